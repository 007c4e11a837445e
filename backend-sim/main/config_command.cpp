// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/config_command.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

// "30" and not "\"30\"": as one would write it after the flag.
std::string plainDefault(const ConfigKey& key) {
    const Settings defaults;
    std::string text = configText(key, key.get(defaults));
    std::erase(text, '"');
    return text;
}

}  // namespace

void addConfigOptions(CLI::App& command, ConfigArguments& into) {
    command.add_option("--config", into.file,
                       "Configuration file (TOML); flags and the environment lie over it");
    for (const ConfigKey& key : configKeys()) {
        if (key.flag.empty()) {
            continue;
        }
        if (key.kind == ConfigKey::Kind::Flag) {
            command.add_flag_callback(
                key.flag, [&key, &into] { into.flags.entries[key.name] = {true, "flag " + key.flag}; },
                key.help);
            continue;
        }
        auto* option = command.add_option_function<std::string>(
            key.flag,
            [&key, &into](const std::string& text) {
                auto value = parseConfigText(key, text);
                if (!value) {
                    throw CLI::ValidationError(key.flag, value.error());
                }
                into.flags.entries[key.name] = {std::move(*value), "flag " + key.flag};
            },
            key.help);
        if (!key.choices.empty()) {
            std::string choices;
            for (const std::string& choice : key.choices) {
                choices += (choices.empty() ? "" : ",") + choice;
            }
            option->type_name("TEXT:{" + choices + "}");
        }
        if (const std::string text = plainDefault(key); !text.empty()) {
            option->default_str(text);
        }
    }
}

std::expected<LoadedConfig, ConfigProblems> loadConfig(const ConfigArguments& arguments) {
    ConfigLayer file;
    if (!arguments.file.empty()) {
        auto read = readConfigFile(arguments.file);
        if (!read) {
            return std::unexpected(std::move(read.error()));
        }
        file = std::move(*read);
    }
    auto environment = readConfigEnvironment([](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
    });
    if (!environment) {
        return std::unexpected(std::move(environment.error()));
    }
    LoadedConfig loaded{std::move(*environment), {}};
    loaded.effective = resolveConfig({&file, &loaded.environment, &arguments.flags});
    return loaded;
}

int checkConfigFile(const std::filesystem::path& file) {
    const auto read = readConfigFile(file);
    if (!read) {
        printProblems(read.error());
        return kFailed;
    }
    std::printf("%s: good, %zu keys set\n", file.c_str(), read->entries.size());
    return 0;
}

int printConfigValues(const ConfigArguments& arguments) {
    const auto loaded = loadConfig(arguments);
    if (!loaded) {
        printProblems(loaded.error());
        return kWrongUse;
    }
    std::fputs(printConfig(loaded->effective).c_str(), stdout);
    return 0;
}

void printProblems(const ConfigProblems& problems) {
    for (const ConfigProblem& problem : problems) {
        std::fprintf(stderr, "%s\n", problem.text().c_str());
    }
}

}  // namespace tikgok::sim
