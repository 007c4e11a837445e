// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/token.h"

#include "backend-sim/gateway/hmac.h"

#include <boost/json.hpp>
#include <sodium.h>

#include <limits>
#include <optional>

namespace tikgok::sim {

namespace {

namespace json = boost::json;

// Far more than any token of ours; bounds the work for what a stranger sends.
constexpr std::size_t kMaxToken = 4096;
constexpr std::string_view kIssuer = "TikGok";
// {"alg":"HS256","typ":"JWT"}
constexpr std::string_view kHeader = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

void appendBase64(std::string& out, std::string_view bytes) {
    const std::size_t room =
        sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    std::string text(room, '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.resize(room - 1);  // its final NUL
    out += text;
}

std::optional<std::string> fromBase64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &length, nullptr,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
        return std::nullopt;
    }
    bytes.resize(length);
    return bytes;
}

// A JSON object out of one part of a token. Shallow and small.
std::optional<json::value> tokenPart(std::string_view text, json::memory_resource& memory) {
    const auto bytes = fromBase64(text);
    if (!bytes) {
        return std::nullopt;
    }
    json::parse_options options;
    options.max_depth = 4;
    boost::system::error_code error;
    json::value value = json::parse(json::string_view(bytes->data(), bytes->size()), error, &memory, options);
    if (error || !value.is_object()) {
        return std::nullopt;
    }
    return value;
}

struct Claims {
    std::optional<contract::Id> user;
    std::optional<double> notBefore;
    std::optional<double> expires;
    bool issuedByUs = false;
};

using Hmac = std::string (*)(std::string_view key, std::string_view text);

// Null for what is not taken; never one without a key.
Hmac hmacCalled(std::string_view name, TokenRules rules) {
    if (name == "HS256") {
        return &hmacSha256;
    }
    if (rules == TokenRules::Reference) {
        if (name == "HS384") {
            return &hmacSha384;
        }
        if (name == "HS512") {
            return &hmacSha512;
        }
    }
    return nullptr;
}

// Nothing when a claim has the wrong type, which makes the text no token of this kind at all.
std::optional<Claims> readClaims(const json::object& object) {
    Claims claims;
    if (const json::value* id = object.if_contains("ID")) {
        if (!id->is_int64()) {
            return std::nullopt;
        }
        claims.user = id->get_int64();
    }
    const auto time = [&object](json::string_view name, std::optional<double>& out) {
        const json::value* value = object.if_contains(name);
        if (value == nullptr || value->is_null()) {
            return true;
        }
        if (!value->is_number()) {
            return false;
        }
        out = value->to_number<double>();
        return true;
    };
    if (!time("nbf", claims.notBefore) || !time("exp", claims.expires)) {
        return std::nullopt;
    }
    if (const json::value* issuer = object.if_contains("iss")) {
        if (!issuer->is_string()) {
            return std::nullopt;
        }
        claims.issuedByUs = issuer->get_string() == kIssuer;
    }
    return claims;
}

}  // namespace

TokenAuthority::TokenAuthority(std::string_view key) : key_(key) {
    // Harmless when it was done before; the library is ready after the first call in the process.
    [[maybe_unused]] const int ready = sodium_init();
}

TokenAuthority::~TokenAuthority() {
    sodium_memzero(key_.data(), key_.size());
}

std::string TokenAuthority::issue(contract::Id user, std::int64_t now) const {
    std::string claims = R"({"ID":)" + std::to_string(user) + R"(,"iss":"TikGok","exp":)" +
                         std::to_string(now + kLifetimeSeconds) + R"(,"nbf":)" + std::to_string(now) + "}";
    std::string token(kHeader);
    token += '.';
    appendBase64(token, claims);
    const std::string mac = hmacSha256(key_, token);
    token += '.';
    appendBase64(token, mac);
    return token;
}

std::expected<contract::Id, contract::Failure> TokenAuthority::verify(std::string_view token,
                                                                      std::int64_t now) const {
    const auto pass = examine(token, now);
    if (!pass) {
        return std::unexpected(pass.error());
    }
    return pass->user;
}

std::expected<TokenAuthority::Pass, contract::Failure> TokenAuthority::examine(std::string_view token,
                                                                               std::int64_t now,
                                                                               TokenRules rules) const {
    if (token.empty()) {
        return std::unexpected(contract::kNoToken);
    }
    const std::size_t firstDot = token.find('.');
    const std::size_t lastDot = token.rfind('.');
    if (token.size() > kMaxToken || firstDot == std::string_view::npos || firstDot == lastDot ||
        token.find('.', firstDot + 1) != lastDot) {
        return std::unexpected(contract::kTokenMalformed);
    }
    std::array<unsigned char, 4096> scratch;
    json::monotonic_resource memory(scratch.data(), scratch.size());
    const std::string_view headText = token.substr(0, firstDot);
    Hmac hmac = headText == kHeader ? &hmacSha256 : nullptr;
    if (hmac == nullptr) {
        const auto head = tokenPart(headText, memory);
        if (!head) {
            return std::unexpected(contract::kTokenMalformed);
        }
        const json::value* algorithm = head->get_object().if_contains("alg");
        if (algorithm != nullptr && algorithm->is_string()) {
            hmac = hmacCalled(algorithm->get_string(), rules);
        }
    }
    const auto body = tokenPart(token.substr(firstDot + 1, lastDot - firstDot - 1), memory);
    const auto claims = body ? readClaims(body->get_object()) : std::nullopt;
    if (!claims) {
        return std::unexpected(contract::kTokenMalformed);
    }
    if (claims->expires && static_cast<double>(now) >= *claims->expires) {
        return std::unexpected(contract::kTokenExpired);
    }
    if (claims->notBefore && static_cast<double>(now) < *claims->notBefore) {
        return std::unexpected(contract::kTokenNotYet);
    }
    const auto mac = fromBase64(token.substr(lastDot + 1));
    const std::string expected = (hmac != nullptr ? hmac : &hmacSha256)(key_, token.substr(0, lastDot));
    const bool genuine = hmac != nullptr && mac && mac->size() == expected.size() &&
                         sodium_memcmp(mac->data(), expected.data(), expected.size()) == 0;
    const bool complete = rules == TokenRules::Reference ||
                          (claims->expires && claims->issuedByUs && claims->user.value_or(0) > 0);
    if (!genuine || !complete) {
        return std::unexpected(contract::kTokenInvalid);
    }
    return Pass{claims->user.value_or(0), claims->notBefore.value_or(0),
                claims->expires.value_or(std::numeric_limits<double>::infinity())};
}

}  // namespace tikgok::sim
