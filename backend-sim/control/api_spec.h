// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An API description (docs/openapi*.yaml) as a judge of requests and answers. Any thread.
//
// Two extensions of OpenAPI: `x-wrong-method` and `x-unknown-path` at the top are responses with an
// `x-status`, for requests that the description does not know. Without them a wrong method is a 405 and an
// unknown path is a complaint.
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

class ApiSpec {
public:
    // An OpenAPI 3 description.
    explicit ApiSpec(boost::json::value description);
    ~ApiSpec();
    ApiSpec(ApiSpec&&) noexcept;
    ApiSpec& operator=(ApiSpec&&) noexcept;
    ApiSpec(const ApiSpec&) = delete;
    ApiSpec& operator=(const ApiSpec&) = delete;

    // The whole description as JSON.
    [[nodiscard]] const boost::json::value& document() const;

    // What is wrong with an answer to `method` `path` (path of a request, without query). A path without the
    // final slash is the one with it, unless the description has it as a path of its own. Empty: the answer
    // is what the description says. Of `default` only refusals are (400 and above). Looks at the HTTP status,
    // the content type, the body's schema (texts too), and members that the description does not know.
    [[nodiscard]] std::vector<std::string> check(std::string_view method, std::string_view path, int status,
                                                 std::string_view mediaType, std::string_view body) const;

    // The same for what was asked: missing, unknown and ill-shaped parameters. `body`: of an urlencoded form;
    // other bodies are not looked into, and may hold what is missing. Values are not repeated in the words.
    [[nodiscard]] std::vector<std::string> checkRequest(std::string_view method, std::string_view path,
                                                        std::string_view query, std::string_view mediaType,
                                                        std::string_view body) const;

    // Whether it says what becomes of requests to this path, known or not.
    [[nodiscard]] bool describes(std::string_view path) const;

    // The values of `status_code` in the examples of a path.
    [[nodiscard]] std::set<std::int64_t> exampleCodes(std::string_view path) const;

    // Validates a value against a schema node; references are looked up in the description.
    [[nodiscard]] std::vector<std::string> validate(const boost::json::value& schema,
                                                    const boost::json::value& value) const;

private:
    struct State;
    [[nodiscard]] std::vector<std::string> checkResponse(const boost::json::value& response,
                                                         std::string_view method, std::string_view mediaType,
                                                         std::string_view body) const;
    std::unique_ptr<State> state_;
};

}  // namespace tikgok::sim
