// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A blocking HTTP client for tests: exact control over what is sent, nothing hidden about what came back.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::conformance {

struct Pair {
    std::string name;
    std::string value;
};
using Pairs = std::vector<Pair>;

// One part of a multipart form. With a file name it is a file part.
struct Part {
    std::string name;
    std::string data;
    std::optional<std::string> fileName = std::nullopt;
    std::string contentType = {};
};

struct Request {
    std::string method = "GET";
    // Sent as it is (already percent-encoded); a path, or a whole URL (media).
    std::string target;
    // Percent-encoded here.
    Pairs query = {};
    Pairs form = {};
    std::vector<Part> parts = {};
    // Any other body, with its content type.
    std::optional<std::string> body = std::nullopt;
    std::string bodyType = {};
    Pairs headers = {};
};

struct Answer {
    // 0 when no answer came; `problem` says why.
    int status = 0;
    // Names in lower case.
    Pairs headers;
    std::string body;
    std::string problem;

    // Empty when absent.
    [[nodiscard]] std::string header(std::string_view lowerCaseName) const;
    // The media type without parameters.
    [[nodiscard]] std::string mediaType() const;
};

// Everything but unreserved characters becomes %XX.
std::string percentEncode(std::string_view text);
std::string encodePairs(const Pairs& pairs);
// The target with its query.
std::string fullTarget(const Request& request);
// For messages: values of tokens and passwords are hidden.
std::string describe(const Request& request);
std::string hideSecrets(std::string_view jsonText);

// Keeps its connection open between requests. For one thread.
class HttpClient {
public:
    // Without a path: http://127.0.0.1:8080
    explicit HttpClient(std::string baseUrl);
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    Answer send(const Request& request);
    [[nodiscard]] const std::string& baseUrl() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tikgok::conformance
