// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/redact.h"

#include "backend-sim/gateway/multipart.h"
#include "backend-sim/gateway/params.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

bool equalsLowered(std::string_view text, std::string_view lower) {
    return std::ranges::equal(text, lower, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
    });
}

// std::string::find looks for the first letter, and a quote is the commonest one of JSON; memmem goes in
// leaps.
std::size_t findIn(std::string_view text, std::string_view what) {
    const void* const at = ::memmem(text.data(), text.size(), what.data(), what.size());
    return at == nullptr ? std::string_view::npos
                         : static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
}

bool isTokenLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool isHexDigit(char c) {
    return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9');
}

std::size_t lettersAt(std::string_view text, std::size_t from) {
    std::size_t end = from;
    while (end < text.size() && isTokenLetter(text[end])) {
        ++end;
    }
    return end - from;
}

// How long the token is that begins here; 0: none does.
std::size_t tokenAt(std::string_view text, std::size_t from) {
    constexpr std::size_t kOfOurs = 64;
    constexpr std::size_t kShortest = 4;
    // The base64 of {" is what each begins with.
    if (text.substr(from).starts_with("eyJ")) {
        const std::size_t head = lettersAt(text, from);
        if (from + head < text.size() && text[from + head] == '.') {
            const std::size_t body = lettersAt(text, from + head + 1);
            std::size_t end = from + head + 1 + body;
            if (body >= kShortest) {
                if (end < text.size() && text[end] == '.') {
                    end += 1 + lettersAt(text, end + 1);
                }
                return end - from;
            }
        }
    }
    if (from > 0 && isTokenLetter(text[from - 1])) {
        return 0;
    }
    const std::string_view some = text.substr(from, kOfOurs);
    const bool ours =
        some.size() == kOfOurs && std::ranges::all_of(some, isHexDigit) && lettersAt(text, from) == kOfOurs;
    return ours ? kOfOurs : 0;
}

// Also when it is escaped.
bool hasToken(std::string_view text) {
    const auto decoded = text.find('%') == std::string_view::npos ? std::nullopt : percentDecode(text, false);
    const std::string_view plain = decoded ? std::string_view(*decoded) : text;
    for (std::size_t at = 0; at < plain.size(); ++at) {
        if (tokenAt(plain, at) > 0) {
            return true;
        }
    }
    return false;
}

void hideIn(json::value& value) {
    if (value.is_array()) {
        for (json::value& each : value.get_array()) {
            hideIn(each);
        }
    } else if (value.is_object()) {
        for (auto& member : value.get_object()) {
            if (isSecretName(member.key())) {
                member.value() = kHidden;
            } else {
                hideIn(member.value());
            }
        }
    }
}

}  // namespace

bool isSecretName(std::string_view name) {
    constexpr std::array<std::string_view, 7> kNames{"token",  "password",      "pairing",     "passwd",
                                                     "secret", "authorization", "access_token"};
    return std::ranges::any_of(kNames, [name](std::string_view each) {
        return each.size() == name.size() && equalsLowered(name, each);
    });
}

bool isSecretHeader(std::string_view name) {
    constexpr std::array<std::string_view, 6> kNames{"authorization",    "cookie",    "set-cookie",
                                                     "x-tikgok-pairing", "x-api-key", "proxy-authorization"};
    return std::ranges::any_of(kNames,
                               [name](std::string_view each) {
                                   return each.size() == name.size() && equalsLowered(name, each);
                               }) ||
           isSecretName(name) || isSecretName(name.substr(std::min(name.rfind('-') + 1, name.size())));
}

void appendWithoutTokens(std::string& out, std::string_view text) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = tokenAt(text, at);
        if (length == 0) {
            ++at;
            continue;
        }
        out += text.substr(kept, at - kept);
        out += kHidden;
        at += length;
        kept = at;
    }
    out += text.substr(kept);
}

namespace {

// With escapes it may still be one for whoever reads them: then nothing of it is kept.
void appendOrHide(std::string& out, std::string_view text) {
    std::string plain;
    appendWithoutTokens(plain, text);
    out += plain.find('%') != std::string::npos && hasToken(plain) ? kHidden : std::string_view(plain);
}

}  // namespace

void appendRedactedPairs(std::string& out, std::string_view pairs) {
    while (!pairs.empty()) {
        const std::size_t end = std::min(pairs.find('&'), pairs.size());
        const std::string_view item = pairs.substr(0, end);
        pairs.remove_prefix(std::min(end + 1, pairs.size()));
        const std::size_t equals = std::min(item.find('='), item.size());
        const std::string_view name = item.substr(0, equals);
        bool secret = isSecretName(name);
        if (!secret && name.find('%') != std::string_view::npos) {
            const auto decoded = percentDecode(name, true);
            // A name that nobody can read may mean anything.
            secret = !decoded || isSecretName(*decoded);
        }
        if (secret) {
            out += name;
            out += '=';
            out += kHidden;
        } else if (hasToken(item)) {
            // Of a name that holds it nothing is left either.
            const bool named = equals < item.size() && !hasToken(name);
            out += named ? name : std::string_view();
            out += named ? "=" : "";
            out += kHidden;
        } else {
            out += item;
        }
        if (!pairs.empty()) {
            out += '&';
        }
    }
}

void appendRedactedJson(std::string& out, std::string_view text) {
    constexpr std::array<std::string_view, 2> kKeys{"\"token\"", "\"password\""};
    while (!text.empty()) {
        std::size_t at = std::string_view::npos;
        std::size_t length = 0;
        for (const std::string_view key : kKeys) {
            if (const std::size_t found = findIn(text, key); found < at) {
                at = found;
                length = key.size();
            }
        }
        if (at == std::string_view::npos) {
            break;
        }
        // Up to the value, which begins with a quote when there is anything to hide.
        std::size_t value = at + length;
        while (value < text.size() && (text[value] == ' ' || text[value] == ':')) {
            ++value;
        }
        out += text.substr(0, value);
        text.remove_prefix(value);
        if (!text.starts_with('"')) {
            continue;
        }
        std::size_t end = 1;
        while (end < text.size() && text[end] != '"') {
            end += text[end] == '\\' ? 2 : 1;
        }
        // An empty one is no secret, and says something.
        out += '"';
        out += end > 1 ? kHidden : std::string_view();
        out += '"';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    out += text;
}

void appendRedactedBody(std::string& out, std::string_view type, std::string_view body) {
    if (body.empty()) {
        return;
    }
    if (isMediaType(type, "application/x-www-form-urlencoded")) {
        appendRedactedPairs(out, body);
        return;
    }
    if (isMediaType(type, "application/json")) {
        boost::system::error_code error;
        json::value value = json::parse(body, error);
        if (!error) {
            hideIn(value);
            out += json::serialize(value);
            return;
        }
    }
    out += '(';
    out += type.substr(0, std::min(type.find(';'), type.size())).substr(0, 64);
    out += ')';
}

void appendRedactedPath(std::string& out, std::string_view path) {
    for (const std::string_view name : {"token=", "password=", "pairing="}) {
        if (const std::size_t at = path.find(name); at != std::string_view::npos) {
            appendWithoutTokens(out, path.substr(0, at + name.size()));
            out += kHidden;
            return;
        }
    }
    appendOrHide(out, path);
}

void appendRedactedHeader(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    if (isSecretHeader(name)) {
        out += kHidden;
    } else if (const std::size_t query = value.find('?'); query != std::string_view::npos) {
        // An address: Location, Referer.
        appendOrHide(out, value.substr(0, query));
        out += '?';
        appendRedactedPairs(out, value.substr(query + 1));
    } else {
        appendOrHide(out, value);
    }
    out += '\n';
}

void removeSecret(std::string& text, std::size_t begin, std::string_view secret) {
    constexpr std::size_t kShort = 6;
    if (secret.size() < kShort) {
        return;
    }
    for (std::size_t at = 0;
         (at = findIn(std::string_view(text).substr(begin), secret)) != std::string::npos;) {
        text.replace(begin + at, secret.size(), kHidden);
        begin += at + kHidden.size();
    }
}

}  // namespace tikgok::sim
