// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A log file that is put aside when it is large or old. What was put aside is compressed, and only so much of
// it is kept.
#pragma once

#include "backend-sim/ports/clock.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace tikgok::sim {

// The file `sim.log`, then `sim.log.1.gz` (the newest), `sim.log.2.gz` and so on.
//
// Any thread. A line costs one write(2); compressing is done on a thread of its own. A full disk loses lines,
// which are counted and said in the file when it goes on, and stops nobody.
class RotatingFile {
public:
    struct Config {
        std::filesystem::path file;
        // A line that would make the file larger begins a new one. 0: no limit.
        std::uint64_t maxBytes = std::uint64_t{10} * 1024 * 1024;
        // Counted from the file's first line; looked at with each line. 0: no limit.
        std::chrono::milliseconds maxAge{0};
        // Files that were put aside and are kept.
        std::size_t keep = 7;
        bool compress = true;
    };

    // Makes the file (0600) and its directory, or goes on with the one that is there. The error is a sentence
    // for people. `clock` must outlive the object.
    static std::expected<std::unique_ptr<RotatingFile>, std::string> open(Config config, const Clock& clock);

    // Waits until what was put aside is compressed.
    ~RotatingFile();
    RotatingFile(const RotatingFile&) = delete;
    RotatingFile& operator=(const RotatingFile&) = delete;

    // `line` without its end.
    void write(std::string_view line);

    // Lines that could not be written.
    [[nodiscard]] std::uint64_t lost() const;
    // Waits until everything that was put aside so far has its final name.
    void settle();

private:
    RotatingFile(Config config, const Clock& clock);

    bool openFile();
    void rotate();
    void putDown(std::string_view text);
    void run();
    void store(const std::filesystem::path& aside);
    [[nodiscard]] std::filesystem::path numbered(std::size_t number, bool packed) const;

    const Config config_;
    const Clock& clock_;

    mutable std::mutex mutex_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    std::int64_t begunMs_ = 0;
    // A part of a line stands at the end of the file.
    bool torn_ = false;
    std::uint64_t lost_ = 0;
    std::uint64_t lostSince_ = 0;
    std::uint64_t asideNumber_ = 0;
    std::string buffer_;

    // Files on their way to their number.
    std::deque<std::filesystem::path> aside_;
    std::condition_variable changed_;
    bool storing_ = false;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace tikgok::sim
