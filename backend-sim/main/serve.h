// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs the simulator until a signal ends it.
#pragma once

#include "backend-sim/config/layers.h"
#include "backend-sim/simulator.h"

#include <filesystem>

namespace tikgok::sim {

struct ServeOptions {
    // Empty: none.
    std::filesystem::path configFile;
    ConfigLayer environment;
    ConfigLayer flags;
    // Out of all of them.
    Settings settings;
    bool readyJson = false;
    // Ends when the parent does.
    bool parentDeath = false;
};

// $XDG_DATA_HOME/tikgok-sim, or where that is by default. Never where others could have laid it out: its keys
// are in it.
std::filesystem::path defaultDataDirectory();

SimulatorConfig simulatorConfigOf(const Settings& settings);

// Gives the program's exit code. SIGTERM and SIGINT end it; SIGHUP reads the configuration file again, or
// ends it when there is none.
int serve(const ServeOptions& options);

}  // namespace tikgok::sim
