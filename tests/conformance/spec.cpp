// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Without it valijson ends the program where it would throw.
#define VALIJSON_USE_EXCEPTIONS 1

#include "tests/conformance/spec.h"

#include <charconv>
#include <exception>
#include <map>
#include <mutex>
#include <utility>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <yaml-cpp/yaml.h>

namespace tikgok::conformance {

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

const json::value* member(const json::value* value, std::string_view name) {
    if (value == nullptr || !value->is_object()) {
        return nullptr;
    }
    return value->as_object().if_contains(name);
}

// Numbers above 2^63-1 are no ids and no times, and valijson's adapter does not know them.
void hugeNumbers(const json::value& value, const std::string& where, std::vector<std::string>& problems) {
    if (value.is_uint64()) {
        problems.push_back(where + ": number does not fit into 64 bits with a sign");
    } else if (value.is_array()) {
        for (const json::value& each : value.get_array()) {
            hugeNumbers(each, where + "[]", problems);
        }
    } else if (value.is_object()) {
        for (const auto& [name, each] : value.get_object()) {
            hugeNumbers(each, where + "/" + std::string(name), problems);
        }
    }
}

std::string loweredAscii(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return out;
}

}  // namespace

std::expected<json::value, std::string> yamlToJson(std::string_view yaml) {
    try {
        return converted(YAML::Load(std::string(yaml)));
    } catch (const std::exception& problem) {
        return std::unexpected(problem.what());
    }
}

struct ApiSpec::State {
    json::value document;
    // Schemas already prepared, by their text.
    std::mutex mutex;
    std::map<std::string, std::unique_ptr<valijson::Schema>> schemas;

    const json::value* resolve(const json::value* node) const {
        while (const json::value* reference = member(node, "$ref")) {
            std::string_view pointer = reference->as_string();
            if (!pointer.starts_with('#')) {
                return nullptr;
            }
            boost::system::error_code error;
            node = document.find_pointer(pointer.substr(1), error);
            if (error) {
                return nullptr;
            }
        }
        return node;
    }

    // Collects the known members of an object schema, through references and allOf.
    void properties(const json::value* schema, std::map<std::string, const json::value*>& known) const {
        schema = resolve(schema);
        if (const json::value* own = member(schema, "properties")) {
            for (const auto& [name, node] : own->as_object()) {
                known[std::string(name)] = &node;
            }
        }
        if (const json::value* all = member(schema, "allOf")) {
            for (const json::value& each : all->as_array()) {
                properties(&each, known);
            }
        }
    }

    // Schemas here are open; the contract is not: an answer has the listed members and no others.
    void unknownMembers(const json::value* schema, const json::value& value, const std::string& where,
                        std::vector<std::string>& problems) const {
        schema = resolve(schema);
        if (const json::value* more = member(schema, "additionalProperties");
            more != nullptr && more->is_bool() && !more->get_bool()) {
            return;  // closed: the validator has looked
        }
        const json::value* choices = member(schema, "oneOf");
        if (choices == nullptr) {
            choices = member(schema, "anyOf");
        }
        if (choices != nullptr) {
            const auto& list = choices->as_array();
            std::size_t chosen = 0;
            if (const json::value* code = member(&value, "status_code"); code != nullptr && where.empty()) {
                chosen = code->is_int64() && code->as_int64() == 0 ? 0 : list.size() - 1;
            }
            return unknownMembers(&list[chosen], value, where, problems);
        }
        if (value.is_array()) {
            if (const json::value* items = member(schema, "items")) {
                for (const json::value& each : value.as_array()) {
                    unknownMembers(items, each, where + "[]", problems);
                }
            }
            return;
        }
        if (!value.is_object()) {
            return;
        }
        std::map<std::string, const json::value*> known;
        properties(schema, known);
        for (const auto& [name, each] : value.as_object()) {
            const auto found = known.find(std::string(name));
            if (found == known.end()) {
                problems.push_back("unknown member " + where + "/" + std::string(name));
            } else {
                unknownMembers(found->second, each, where + "/" + found->first, problems);
            }
        }
    }
};

ApiSpec::ApiSpec(std::unique_ptr<State> state) : state_(std::move(state)) {}
ApiSpec::~ApiSpec() = default;
ApiSpec::ApiSpec(ApiSpec&&) noexcept = default;
ApiSpec& ApiSpec::operator=(ApiSpec&&) noexcept = default;

std::expected<ApiSpec, std::string> ApiSpec::parse(std::string_view yaml) {
    auto document = yamlToJson(yaml);
    if (!document) {
        return std::unexpected(document.error());
    }
    auto state = std::make_unique<State>();
    state->document = std::move(*document);
    const json::value* version = member(&state->document, "openapi");
    if (version == nullptr || !version->is_string() || !version->as_string().starts_with("3.")) {
        return std::unexpected("not an OpenAPI 3 description");
    }
    return ApiSpec(std::move(state));
}

const json::value& ApiSpec::document() const {
    return state_->document;
}

std::vector<std::string> ApiSpec::validate(const json::value& schema, const json::value& value) const {
    std::vector<std::string> problems;
    hugeNumbers(value, "", problems);
    if (!problems.empty()) {
        return problems;
    }
    const std::string key = json::serialize(schema);
    const std::scoped_lock lock(state_->mutex);
    auto& prepared = state_->schemas[key];
    try {
        if (!prepared) {
            // References are looked up from the root of what is parsed, so the components come along.
            json::object root = schema.as_object();
            root["components"] = state_->document.at("components");
            const json::value rootValue = std::move(root);
            auto fresh = std::make_unique<valijson::Schema>();
            valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
            parser.populateSchema(valijson::adapters::BoostJsonAdapter(rootValue), *fresh);
            prepared = std::move(fresh);
        }
        valijson::Validator validator;
        valijson::ValidationResults results;
        if (validator.validate(*prepared, valijson::adapters::BoostJsonAdapter(value), &results)) {
            return {};
        }
        valijson::ValidationResults::Error error;
        while (results.popError(error)) {
            std::string where;
            for (const std::string& step : error.context) {
                where += step;
            }
            problems.push_back(where + ": " + error.description);
        }
        if (problems.empty()) {
            problems.emplace_back("does not fit its schema");
        }
        return problems;
    } catch (const std::exception& problem) {
        return {std::string("schema cannot be used: ") + problem.what()};
    }
}

namespace {

// An answer that none of the choices describes: what is wrong with the likeliest one. Success comes first in
// a description.
std::vector<std::string> likeliestProblems(const ApiSpec& spec, const json::array& choices,
                                           const json::value& value) {
    const json::value* code = member(&value, "status_code");
    if (code != nullptr && code->is_int64() && code->as_int64() == 0) {
        return spec.validate(choices.front(), value);
    }
    std::vector<std::string> fewest;
    for (std::size_t i = 1; i < choices.size(); ++i) {
        std::vector<std::string> problems = spec.validate(choices[i], value);
        if (i == 1 || problems.size() < fewest.size()) {
            fewest = std::move(problems);
        }
    }
    return fewest;
}

}  // namespace

std::vector<std::string> ApiSpec::checkResponse(const json::value& response, std::string_view method,
                                                std::string_view mediaType, std::string_view body) const {
    const json::value* content = member(&response, "content");
    if (content == nullptr || method == "HEAD") {
        return {};
    }
    const json::value* media = member(content, mediaType);
    if (media == nullptr) {
        return {"content type '" + std::string(mediaType) + "' is not described for this status"};
    }
    const json::value* schema = member(media, "schema");
    if (schema == nullptr) {
        return {};
    }
    if (mediaType.starts_with("text/")) {
        return validate(*schema, json::value(body));
    }
    if (mediaType != "application/json") {
        return {};
    }
    boost::system::error_code error;
    const json::value value = json::parse(body, error);
    if (error) {
        return {"body is not JSON: " + error.message()};
    }
    std::vector<std::string> problems = validate(*schema, value);
    if (!problems.empty()) {
        for (const std::string_view kind : {"oneOf", "anyOf"}) {
            // "None of the choices" says little.
            if (const json::value* choices = member(schema, kind)) {
                problems = likeliestProblems(*this, choices->as_array(), value);
                if (problems.empty()) {
                    problems.emplace_back("fits more than one of the described answers");
                }
            }
        }
    }
    state_->unknownMembers(schema, value, "", problems);
    return problems;
}

std::vector<std::string> ApiSpec::check(std::string_view method, std::string_view path, int status,
                                        std::string_view mediaType, std::string_view body) const {
    const json::value* paths = member(&state_->document, "paths");
    std::string name(path.starts_with("/static/") ? "/static/{path}" : path);
    const json::value* item = member(paths, name);
    if (item == nullptr && !name.ends_with('/')) {
        name += '/';
        item = member(paths, name);
    }
    item = state_->resolve(item);
    const json::value* operation = member(item, loweredAscii(method == "HEAD" ? "GET" : method));
    if (operation == nullptr) {
        const std::string what = item == nullptr ? "path " + name : "method " + std::string(method);
        const json::value* rule =
            state_->resolve(member(&state_->document, item == nullptr ? "x-unknown-path" : "x-wrong-method"));
        const json::value* wanted = member(rule, "x-status");
        if (item == nullptr && wanted == nullptr) {
            return {what + " is not described"};
        }
        const std::int64_t wantedStatus = wanted == nullptr ? 405 : wanted->to_number<std::int64_t>();
        if (status != wantedStatus) {
            return {what + " is not described, and the answer is " + std::to_string(status) + ", not " +
                    std::to_string(wantedStatus)};
        }
        return rule == nullptr ? std::vector<std::string>{} : checkResponse(*rule, method, mediaType, body);
    }
    const json::value* response =
        state_->resolve(member(member(operation, "responses"), std::to_string(status)));
    if (response == nullptr) {
        return {"HTTP status " + std::to_string(status) + " is not described"};
    }
    return checkResponse(*response, method, mediaType, body);
}

}  // namespace tikgok::conformance
