// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// YAML to JSON, for descriptions that people write. For the build and for tests: the simulator itself carries
// JSON.
#pragma once

#include <boost/json/value.hpp>

#include <expected>
#include <string>
#include <string_view>

namespace tikgok::sim {

// Plain scalars are typed as in YAML 1.2's core schema, quoted ones are strings.
std::expected<boost::json::value, std::string> yamlToJson(std::string_view yaml);

}  // namespace tikgok::sim
