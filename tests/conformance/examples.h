// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The examples of an API description.
#pragma once

#include "tests/conformance/spec.h"

#include <string>
#include <vector>

namespace tikgok::conformance {

struct Example {
    std::string method;
    std::string path;
    // Its name in the description; empty for a nameless one.
    std::string name;
    boost::json::value value;
};

// Of all answers with status 200 and JSON. Throws when the description is not made as ours are.
inline std::vector<Example> examplesOf(const ApiSpec& spec) {
    namespace json = boost::json;
    std::vector<Example> out;
    for (const auto& [path, item] : spec.document().at("paths").as_object()) {
        for (const auto& [method, operation] : item.as_object()) {
            if (!operation.is_object() || !operation.at("responses").as_object().contains("200")) {
                continue;
            }
            const json::value& content = operation.at("responses").at("200").at("content");
            const json::value* media = content.as_object().if_contains("application/json");
            if (media == nullptr) {
                continue;
            }
            if (const json::value* one = media->as_object().if_contains("example")) {
                out.push_back({method, path, {}, *one});
            }
            if (const json::value* several = media->as_object().if_contains("examples")) {
                for (const auto& [name, example] : several->as_object()) {
                    const std::string_view pointer = example.at("$ref").as_string();
                    out.push_back(
                        {method, path, name, spec.document().at_pointer(pointer.substr(1)).at("value")});
                }
            }
        }
    }
    return out;
}

}  // namespace tikgok::conformance
