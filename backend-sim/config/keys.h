// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one table of what can be configured: name, type, range, default, flag, and whether a change takes
// effect while the simulator runs. File, environment, flags, `config print` and docs/configuration.md all
// come out of it.
#pragma once

#include "backend-sim/config/settings.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tikgok::sim {

// Bytes and durations (milliseconds) are integers.
using ConfigValue = std::variant<bool, std::int64_t, double, std::string>;

struct ConfigKey {
    enum class Kind : std::uint8_t { Flag, Integer, Number, Text, Choice, Bytes, Duration };

    // section.key
    std::string name;
    Kind kind = Kind::Text;
    // Inclusive; for all that is a number.
    double least = 0;
    double most = 0;
    // For Kind::Choice.
    std::vector<std::string> choices;
    // What a shell may offer where other values are taken as well.
    std::vector<std::string> offered;
    // A reload changes it; otherwise a restart does.
    bool live = false;
    // On the command line; empty: none.
    std::string flag;
    std::string help;
    std::function<ConfigValue(const Settings&)> get;
    std::function<void(Settings&, const ConfigValue&)> set;
};

// In the order of the documentation: sections stand together.
const std::vector<ConfigKey>& configKeys();
// Null when there is no such key.
const ConfigKey* findConfigKey(std::string_view name);

// TIKGOK_SIM_SERVER_PORT for server.port.
std::string environmentName(const ConfigKey& key);

// Reads what a person wrote ("30s", "200MiB", "true"); checks the range. The error says what would be right.
std::expected<ConfigValue, std::string> parseConfigText(const ConfigKey& key, std::string_view text);
// Checks the range of a value of the right type.
std::expected<ConfigValue, std::string> checkConfigValue(const ConfigKey& key, ConfigValue value);
// As it stands in a TOML file.
std::string configText(const ConfigKey& key, const ConfigValue& value);
// "integer, 0 to 65535"
std::string describeConfigType(const ConfigKey& key);

// The name in `names` that somebody may have meant; empty when none is near.
std::string nearestName(std::string_view wrong, const std::vector<std::string>& names);

// docs/configuration.md below its first comment.
std::string configurationPage();

}  // namespace tikgok::sim
