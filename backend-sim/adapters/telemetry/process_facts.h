// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What Linux says about this process.
#pragma once

#include <cstdint>

namespace tikgok::sim {

struct ProcessFacts {
    std::uint64_t residentBytes = 0;
    std::uint64_t virtualBytes = 0;
    // User and system time.
    double cpuSeconds = 0;
    std::uint64_t openFiles = 0;
    std::uint64_t mostFiles = 0;
    std::uint64_t threads = 0;
    // Unix time.
    double startSeconds = 0;
};

// Any thread. What cannot be read stays 0.
ProcessFacts processFacts();

}  // namespace tikgok::sim
