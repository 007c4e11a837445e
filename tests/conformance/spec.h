// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The judge of answers (backend-sim/control/api_spec.h), from a description as people write it.
#pragma once

#include "backend-sim/control/api_spec.h"
#include "backend-sim/control/yaml_json.h"

#include <expected>
#include <string>
#include <string_view>

namespace tikgok::conformance {

using sim::yamlToJson;

class ApiSpec : public sim::ApiSpec {
public:
    using sim::ApiSpec::ApiSpec;
    // The error says what is wrong with the text.
    static std::expected<ApiSpec, std::string> parse(std::string_view yaml);
};

}  // namespace tikgok::conformance
