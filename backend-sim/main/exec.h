// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// `tikgok-sim exec`: a simulator for the time of one command.
#pragma once

#include "backend-sim/config/layers.h"

#include <string>
#include <vector>

namespace tikgok::sim {

struct ExecOptions {
    Settings settings;
    // A file, or the name of one that comes with the program. Empty: none.
    std::string scenario;
    std::vector<std::string> command;
    bool parentDeath = false;
};

// Starts a simulator (in a directory of its own unless one was given, on any free port), puts the scenario in
// place, runs the command with TIKGOK_SIM_URL, TIKGOK_SIM_ADMIN_TOKEN_FILE and, with a scenario,
// TIKGOK_SIM_SCENARIO in its environment, and stops. Gives the command's exit code; 128 and the signal when
// one ended it, 127 when it cannot be run, 125 when the simulator or the scenario could not be started. When
// the parent has ended, a command that does not end on SIGTERM is killed after the time that a stop may take.
int execWith(const ExecOptions& options);

}  // namespace tikgok::sim
