// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An API description (docs/openapi*.yaml) as a judge of answers.
//
// Two extensions of OpenAPI: `x-wrong-method` and `x-unknown-path` at the top are responses with an
// `x-status`, for requests that the description does not know. Without them a wrong method is a 405 and an
// unknown path is a complaint.
#pragma once

#include <boost/json.hpp>

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::conformance {

class ApiSpec {
public:
    // The error says what is wrong with the text.
    static std::expected<ApiSpec, std::string> parse(std::string_view yaml);
    ~ApiSpec();
    ApiSpec(ApiSpec&&) noexcept;
    ApiSpec& operator=(ApiSpec&&) noexcept;
    ApiSpec(const ApiSpec&) = delete;
    ApiSpec& operator=(const ApiSpec&) = delete;

    // The whole description as JSON.
    [[nodiscard]] const boost::json::value& document() const;

    // What is wrong with an answer to `method` `path` (path of a request, without query). A path without the
    // final slash is the one with it, unless the description has it as a path of its own. Empty: the answer
    // is what the description says. Looks at the HTTP status, the content type, the body's schema (texts
    // too), and members that the description does not know.
    [[nodiscard]] std::vector<std::string> check(std::string_view method, std::string_view path, int status,
                                                 std::string_view mediaType, std::string_view body) const;

    // Validates a value against a schema node; references are looked up in the description.
    [[nodiscard]] std::vector<std::string> validate(const boost::json::value& schema,
                                                    const boost::json::value& value) const;

private:
    struct State;
    [[nodiscard]] std::vector<std::string> checkResponse(const boost::json::value& response,
                                                         std::string_view method, std::string_view mediaType,
                                                         std::string_view body) const;
    explicit ApiSpec(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// YAML to JSON: plain scalars are typed as in YAML 1.2's core schema, quoted ones are strings.
std::expected<boost::json::value, std::string> yamlToJson(std::string_view yaml);

}  // namespace tikgok::conformance
