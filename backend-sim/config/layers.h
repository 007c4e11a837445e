// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where values come from: file, environment, command line, one over the other.
#pragma once

#include "backend-sim/config/keys.h"

#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

struct ConfigProblem {
    // A file's name, or the name of a variable or flag.
    std::string source;
    // From 1; 0 when there is none.
    std::size_t line = 0;
    std::string words;

    // "sim.toml:12: server.port: ..."
    [[nodiscard]] std::string text() const;
};

// Values by the name of their key, with a word for people about where each comes from.
struct ConfigLayer {
    struct Entry {
        ConfigValue value;
        std::string from;
    };
    std::map<std::string, Entry, std::less<>> entries;
};

using ConfigProblems = std::vector<ConfigProblem>;

// Reads a TOML file of at most 1 MiB. All its mistakes, by line.
std::expected<ConfigLayer, ConfigProblems> readConfigFile(const std::filesystem::path& file);

// `variable` gives the value of an environment variable, or nothing.
std::expected<ConfigLayer, ConfigProblems> readConfigEnvironment(
    const std::function<std::optional<std::string>(const std::string&)>& variable);

struct EffectiveConfig {
    Settings settings;
    // By the name of the key: "default", or what the layer says.
    std::map<std::string, std::string, std::less<>> from;
};

// Later layers win.
EffectiveConfig resolveConfig(const std::vector<const ConfigLayer*>& layers);

// A TOML file with every value and, as a comment, where it comes from.
std::string printConfig(const EffectiveConfig& config);

}  // namespace tikgok::sim
