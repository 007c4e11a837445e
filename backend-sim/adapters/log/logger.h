// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The log as a whole: lines in logfmt, with time and level, to standard error or to a file that rotates.
#pragma once

#include "backend-sim/adapters/log/rotating_file.h"
#include "backend-sim/ports/log.h"

#include <expected>
#include <memory>
#include <optional>
#include <string>

namespace tikgok::sim {

// Any thread. Sinks stay good as long as the object.
class Logger {
public:
    // To standard error when there is no file. `clock` must outlive the object.
    static std::expected<std::unique_ptr<Logger>, std::string> open(std::optional<RotatingFile::Config> file,
                                                                    const Clock& clock);
    ~Logger();
    Logger(const Logger&) = delete;
    Logger& operator=(const Logger&) = delete;

    [[nodiscard]] LogSink sink();
    // "debug", "info", "warning", "error" or "off". From now on.
    void setLevel(const std::string& name);
    // Lines that could not be written.
    [[nodiscard]] std::uint64_t lost() const;

private:
    struct Parts;
    explicit Logger(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim
