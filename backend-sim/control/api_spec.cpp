// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Without it valijson ends the program where it would throw.
#define VALIJSON_USE_EXCEPTIONS 1

#include "backend-sim/control/api_spec.h"

#include "backend-sim/gateway/params.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <utility>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

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

    // `name`: as the description calls it.
    const json::value* pathItem(std::string_view path, std::string& name) const {
        const json::value* const paths = member(&document, "paths");
        name = path.starts_with("/static/") ? "/static/{path}" : path;
        const json::value* item = member(paths, name);
        if (item == nullptr && !name.ends_with('/')) {
            name += '/';
            item = member(paths, name);
        }
        return resolve(item);
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
            more != nullptr && (more->is_object() || (more->is_bool() && !more->get_bool()))) {
            return;  // what may be there is said: the validator has looked
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

ApiSpec::ApiSpec(json::value description) : state_(std::make_unique<State>()) {
    state_->document = std::move(description);
}
ApiSpec::~ApiSpec() = default;
ApiSpec::ApiSpec(ApiSpec&&) noexcept = default;
ApiSpec& ApiSpec::operator=(ApiSpec&&) noexcept = default;

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
    std::string name;
    const json::value* const item = state_->pathItem(path, name);
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
    const json::value* const responses = member(operation, "responses");
    const json::value* response = state_->resolve(member(responses, std::to_string(status)));
    if (response == nullptr && status >= 400) {
        response = state_->resolve(member(responses, "default"));
    }
    if (response == nullptr) {
        return {"HTTP status " + std::to_string(status) + " is not described"};
    }
    return checkResponse(*response, method, mediaType, body);
}

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

// False when an escape in it is broken.
bool addFields(Fields& fields, std::string_view pairs) {
    bool good = true;
    while (!pairs.empty()) {
        const std::size_t end = std::min(pairs.find('&'), pairs.size());
        const std::string_view item = pairs.substr(0, end);
        pairs.remove_prefix(std::min(end + 1, pairs.size()));
        const std::size_t equals = std::min(item.find('='), item.size());
        auto name = percentDecode(item.substr(0, equals), true);
        auto value = percentDecode(item.substr(std::min(equals + 1, item.size())), true);
        good = good && name && value;
        if (name && value && !name->empty()) {
            fields.emplace_back(std::move(*name), std::move(*value));
        }
    }
    return good;
}

const std::string* fieldNamed(const Fields& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Fields::value_type::first);
    return found == fields.end() ? nullptr : &found->second;
}

// A text of a query as the type that its schema wants.
json::value typedAs(const json::value* schema, const std::string& text) {
    const json::value* const type = member(schema, "type");
    if (type != nullptr && type->is_string() && type->as_string() == "integer") {
        std::int64_t number = 0;
        const char* const end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (error == std::errc() && stop == end) {
            return number;
        }
    }
    return json::value(text);
}

}  // namespace

std::vector<std::string> ApiSpec::checkRequest(std::string_view method, std::string_view path,
                                               std::string_view query, std::string_view mediaType,
                                               std::string_view body) const {
    std::string name;
    const json::value* const item = state_->pathItem(path, name);
    const json::value* const operation = member(item, loweredAscii(method == "HEAD" ? "GET" : method));
    if (operation == nullptr) {
        return {item == nullptr ? "the path is not described" : "the method is not described for this path"};
    }
    std::vector<std::string> problems;
    Fields fields;
    if (!addFields(fields, query)) {
        problems.emplace_back("the query has a broken escape");
    }
    const bool isForm = mediaType == "application/x-www-form-urlencoded";
    if (isForm && !addFields(fields, body)) {
        problems.emplace_back("the form has a broken escape");
    }
    // Fields of bodies that are not looked into may be anywhere in them.
    const bool opaque = !mediaType.empty() && !isForm;
    std::set<std::string> known{"token"};
    if (const json::value* const parameters = member(operation, "parameters")) {
        for (const json::value& each : parameters->as_array()) {
            const json::value* const parameter = state_->resolve(&each);
            const json::value* const called = member(parameter, "name");
            const json::value* const in = member(parameter, "in");
            if (called == nullptr || in == nullptr || in->as_string() != "query") {
                continue;
            }
            const std::string parameterName(called->as_string());
            known.insert(parameterName);
            const std::string* const value = fieldNamed(fields, parameterName);
            const json::value* const required = member(parameter, "required");
            if (value == nullptr) {
                if (required != nullptr && required->is_bool() && required->get_bool() && !opaque) {
                    problems.push_back("parameter '" + parameterName + "' is missing");
                }
                continue;
            }
            const json::value* const schema = state_->resolve(member(parameter, "schema"));
            // Not the validator's words: they may repeat the value, which may be a password.
            if (schema != nullptr && !validate(*schema, typedAs(schema, *value)).empty()) {
                problems.push_back("parameter '" + parameterName + "' is not as described");
            }
        }
    }
    if (const json::value* const content = member(member(operation, "requestBody"), "content");
        content != nullptr && content->is_object()) {
        for (const auto& media : content->as_object()) {
            std::map<std::string, const json::value*> properties;
            state_->properties(member(&media.value(), "schema"), properties);
            for (const auto& property : properties) {
                known.insert(property.first);
            }
        }
    }
    for (const auto& field : fields) {
        if (!known.contains(field.first)) {
            problems.push_back("parameter '" + field.first.substr(0, 64) + "' is not described");
        }
    }
    return problems;
}

bool ApiSpec::describes(std::string_view path) const {
    std::string name;
    return state_->pathItem(path, name) != nullptr || member(&state_->document, "x-unknown-path") != nullptr;
}

std::set<std::int64_t> ApiSpec::exampleCodes(std::string_view path) const {
    std::set<std::int64_t> codes;
    std::string name;
    const json::value* const item = state_->pathItem(path, name);
    for (const std::string_view method : {"get", "post"}) {
        const json::value* const response = member(member(member(item, method), "responses"), "200");
        const json::value* const media =
            member(member(state_->resolve(response), "content"), "application/json");
        const json::value* const examples = member(media, "examples");
        if (examples == nullptr || !examples->is_object()) {
            continue;
        }
        for (const auto& example : examples->as_object()) {
            const json::value* const code =
                member(member(state_->resolve(&example.value()), "value"), "status_code");
            if (code != nullptr && code->is_int64()) {
                codes.insert(code->get_int64());
            }
        }
    }
    return codes;
}

}  // namespace tikgok::sim
