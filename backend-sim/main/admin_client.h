// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls of the admin API of a simulator, this one or another, over HTTP.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

struct AdminAnswer {
    int status = 0;
    std::string body;
};

// Blocking; one connection per call.
class AdminClient {
public:
    // `url`: one that has no problemOfUrl(). The error of a call is a sentence: nobody answers there.
    AdminClient(std::string url, std::string token) : url_(std::move(url)), token_(std::move(token)) {}

    // `path` is below /_sim/; `body` JSON, or empty.
    [[nodiscard]] std::expected<AdminAnswer, std::string> call(std::string_view method, std::string_view path,
                                                               const std::string& body) const;
    [[nodiscard]] const std::string& url() const { return url_; }

private:
    std::string url_;
    std::string token_;
};

// Why this can be no simulator's address ("http://127.0.0.1:8080", "http://[::1]:8080"), as a sentence.
std::optional<std::string> problemOfUrl(std::string_view url);

// One part of a path or a query, percent-encoded.
std::string escapedForPath(std::string_view text);

// What a refusal says to people.
std::string wordsOf(const AdminAnswer& refusal);

}  // namespace tikgok::sim
