// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/spec.h"

#include <utility>

namespace tikgok::conformance {

std::expected<ApiSpec, std::string> ApiSpec::parse(std::string_view yaml) {
    auto document = yamlToJson(yaml);
    if (!document) {
        return std::unexpected(document.error());
    }
    const boost::json::object* const top = document->if_object();
    const boost::json::value* const version = top != nullptr ? top->if_contains("openapi") : nullptr;
    if (version == nullptr || !version->is_string() || !version->as_string().starts_with("3.")) {
        return std::unexpected("not an OpenAPI 3 description");
    }
    return ApiSpec(std::move(*document));
}

}  // namespace tikgok::conformance
