// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// `tikgok-sim replay`: lets a recording happen again, and says what was different.
#pragma once

#include <filesystem>

namespace tikgok::sim {

struct ReplayCommand {
    std::filesystem::path file;
    unsigned threads = 2;
    // How often, each time in a fresh simulator.
    unsigned times = 1;
    bool asJson = false;
};

// 0: the same bytes each time; 1: something was different; 2: the file cannot be replayed.
int replayFile(const ReplayCommand& command);

}  // namespace tikgok::sim
