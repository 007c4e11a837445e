// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/backend_sim/control/admin_judge.h"

#include "tests/conformance/spec.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tikgok::sim::controltest {

namespace json = boost::json;

namespace {

const conformance::ApiSpec& adminSpec() {
    static const conformance::ApiSpec spec = [] {
        std::ifstream file(TIKGOK_DOCS "/openapi-admin.yaml");
        auto parsed = conformance::ApiSpec::parse(std::string(std::istreambuf_iterator<char>(file), {}));
        if (!parsed) {
            throw std::runtime_error(parsed.error());
        }
        return std::move(*parsed);
    }();
    return spec;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::vector<std::string> partsOf(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end > 0) {
            parts.emplace_back(path.substr(0, end));
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

using Named = std::vector<std::pair<std::string, std::string>>;

// What stands for each {...} of a described path; nothing: it is another path.
std::optional<Named> namesIn(const std::vector<std::string>& described,
                             const std::vector<std::string>& asked) {
    Named names;
    if (described.size() != asked.size()) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (described[i].starts_with('{')) {
            names.emplace_back(described[i].substr(1, described[i].size() - 2), asked[i]);
        } else if (described[i] != asked[i]) {
            return std::nullopt;
        }
    }
    return names;
}

struct Place {
    std::string path;
    const json::value* operation = nullptr;
    Named names;
};

// The one with the fewest placeholders.
Place placeOf(std::string_view method, std::string_view path) {
    Place best;
    const std::vector<std::string> asked = partsOf(path);
    for (const auto& each : adminSpec().document().at("paths").as_object()) {
        auto names = namesIn(partsOf(each.key()), asked);
        const json::value* const operation = each.value().as_object().if_contains(lowered(method));
        if (names && operation != nullptr &&
            (best.operation == nullptr || names->size() < best.names.size())) {
            best = {std::string(each.key()), operation, std::move(*names)};
        }
    }
    return best;
}

const json::value& resolved(const json::value& node) {
    const json::value* const reference = node.as_object().if_contains("$ref");
    return reference == nullptr
               ? node
               : adminSpec().document().at_pointer(std::string_view(reference->as_string()).substr(1));
}

json::value typed(const json::value& schema, const std::string& text) {
    const json::value* const type = resolved(schema).as_object().if_contains("type");
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = error == std::errc() && end == text.data() + text.size();
    return type != nullptr && *type == "integer" && isNumber ? json::value(number) : json::value(text);
}

void add(std::vector<std::string>& problems, std::string_view where, const std::vector<std::string>& more) {
    for (const std::string& each : more) {
        problems.push_back(std::string(where) + each);
    }
}

void judgeRequest(const Place& place, std::string_view method, std::string_view query, std::string_view body,
                  std::vector<std::string>& problems) {
    const conformance::ApiSpec& spec = adminSpec();
    add(problems, "query: ", spec.checkRequest(method, place.path, query, "application/json", {}));
    if (const json::value* const parameters = place.operation->as_object().if_contains("parameters")) {
        for (const json::value& each : parameters->as_array()) {
            const json::value& parameter = resolved(each);
            const auto named = std::ranges::find(place.names, std::string(parameter.at("name").as_string()),
                                                 &Named::value_type::first);
            if (parameter.at("in") == "path" && named != place.names.end()) {
                add(problems, "path: ",
                    spec.validate(parameter.at("schema"), typed(parameter.at("schema"), named->second)));
            }
        }
    }
    if (body.empty()) {
        return;
    }
    const json::value* const described = place.operation->as_object().if_contains("requestBody");
    if (described == nullptr) {
        problems.emplace_back("no body is described");
        return;
    }
    add(problems, "body: ",
        spec.validate(described->at_pointer("/content/application~1json/schema"), json::parse(body)));
}

}  // namespace

AdminVerdict judgeAdmin(std::string_view method, std::string_view target, std::string_view body,
                        const gatewaytest::Reply& reply) {
    const std::string_view path = target.substr(0, target.find('?'));
    const std::string_view query = target.substr(std::min(path.size() + 1, target.size()));
    const std::string type = reply.header("content-type");
    AdminVerdict verdict;
    const Place place = placeOf(method, path);
    if (place.operation == nullptr) {
        // No path of this API: a refusal all the same.
        const bool refused = reply.status >= 400 && type.starts_with("application/json");
        verdict.problems = refused
                               ? adminSpec().validate(json::value{{"$ref", "#/components/schemas/Problem"}},
                                                      json::parse(reply.body))
                               : std::vector<std::string>{"it is not described, and not refused"};
        return verdict;
    }
    verdict.operation = std::string(method) + " " + place.path;
    verdict.problems = adminSpec().check(method, place.path, reply.status,
                                         std::string_view(type).substr(0, type.find(';')), reply.body);
    if (reply.status >= 200 && reply.status < 300) {
        judgeRequest(place, method, query, body, verdict.problems);
    }
    return verdict;
}

std::set<std::string> describedOperations() {
    std::set<std::string> all;
    for (const auto& path : adminSpec().document().at("paths").as_object()) {
        for (const auto& method : path.value().as_object()) {
            std::string verb(method.key());
            std::ranges::transform(verb, verb.begin(), [](char c) { return static_cast<char>(c - 32); });
            all.insert(verb + " " + std::string(path.key()));
        }
    }
    return all;
}

}  // namespace tikgok::sim::controltest
