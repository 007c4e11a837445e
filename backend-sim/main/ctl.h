// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// `tikgok-sim ctl`: the admin API on the command line, in the same words.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>

namespace tikgok::sim {

// Exit codes, also in the manual page.
inline constexpr int kCtlRefused = 1;
inline constexpr int kCtlMisused = 2;
inline constexpr int kCtlNobody = 3;
inline constexpr int kCtlNotAllowed = 4;

class Ctl {
public:
    // Adds the commands below `command`, which must outlive this object.
    explicit Ctl(CLI::App& command);
    ~Ctl();
    Ctl(const Ctl&) = delete;
    Ctl& operator=(const Ctl&) = delete;

    // After parsing. Gives the exit code.
    int run();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim
