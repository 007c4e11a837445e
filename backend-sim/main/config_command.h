// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The configuration on the command line: flags out of the table of keys, and what `tikgok-sim config` does.
#pragma once

#include "backend-sim/config/layers.h"

#include <CLI/CLI.hpp>

#include <expected>
#include <filesystem>
#include <string>

namespace tikgok::sim {

// What the command line said; filled when it is parsed.
struct ConfigArguments {
    std::filesystem::path file;
    ConfigLayer flags;
};

// Adds --config and the flag of every key that has one. `into` must outlive the parsing.
void addConfigOptions(CLI::App& command, ConfigArguments& into);

struct LoadedConfig {
    ConfigLayer environment;
    EffectiveConfig effective;
};
// Puts file, environment and flags together.
std::expected<LoadedConfig, ConfigProblems> loadConfig(const ConfigArguments& arguments);

// Each prints on stdout and gives the program's exit code.
int checkConfigFile(const std::filesystem::path& file);
int printConfigValues(const ConfigArguments& arguments);

// On stderr, one line each.
void printProblems(const ConfigProblems& problems);

}  // namespace tikgok::sim
