// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/yaml_json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <charconv>
#include <exception>
#include <yaml-cpp/yaml.h>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

json::value typedScalar(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!") {  // quoted
        return json::value(text);
    }
    if (text == "true" || text == "false") {
        return json::value(text == "true");
    }
    if (text == "null" || text == "~" || text.empty()) {
        return json::value(nullptr);
    }
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    std::int64_t integer = 0;
    if (const auto [stop, error] = std::from_chars(begin, end, integer);
        error == std::errc() && stop == end) {
        return json::value(integer);
    }
    double real = 0;
    if (const auto [stop, error] = std::from_chars(begin, end, real); error == std::errc() && stop == end) {
        return json::value(real);
    }
    return json::value(text);
}

json::value converted(const YAML::Node& node) {
    switch (node.Type()) {
        case YAML::NodeType::Map: {
            json::object object;
            for (const auto& entry : node) {
                object[entry.first.Scalar()] = converted(entry.second);
            }
            return object;
        }
        case YAML::NodeType::Sequence: {
            json::array array;
            for (const auto& entry : node) {
                array.push_back(converted(entry));
            }
            return array;
        }
        case YAML::NodeType::Scalar:
            return typedScalar(node);
        case YAML::NodeType::Null:
        case YAML::NodeType::Undefined:
            break;
    }
    return nullptr;
}

}  // namespace

std::expected<json::value, std::string> yamlToJson(std::string_view yaml) {
    try {
        return converted(YAML::Load(std::string(yaml)));
    } catch (const std::exception& problem) {
        return std::unexpected(problem.what());
    }
}

}  // namespace tikgok::sim
