// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Takes tokens and passwords out of what shall be kept. What cannot be read is not kept at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace tikgok::sim {

// Stands for every secret.
inline constexpr std::string_view kHidden = "hidden";

// Names whose values are secrets, in any case: token, password, pairing and the like.
bool isSecretName(std::string_view name);
// Names of headers whose values are.
bool isSecretHeader(std::string_view name);

// All of these append to `out`.

// A query or an urlencoded form; names may be escaped.
void appendRedactedPairs(std::string& out, std::string_view pairs);
// JSON of ours, whole or cut anywhere.
void appendRedactedJson(std::string& out, std::string_view text);
// A body of a request, by its type: what is neither a form nor JSON that can be read becomes "(TYPE)".
void appendRedactedBody(std::string& out, std::string_view type, std::string_view body);

// A text without the tokens in it, wherever they stand: JSON web tokens of any server, and the 64 hexadecimal
// digits of our own.
void appendWithoutTokens(std::string& out, std::string_view text);
// A path: tokens in it, also escaped ones; and what looks like a secret parameter in it (a client that wrote
// & for ?) goes, and all behind it.
void appendRedactedPath(std::string& out, std::string_view path);
// "Name: value" and a line feed.
void appendRedactedHeader(std::string& out, std::string_view name, std::string_view value);

// Where `secret` still stands in `text` from `begin` on, it goes. Short ones are left: they stand everywhere.
void removeSecret(std::string& text, std::size_t begin, std::string_view secret);

}  // namespace tikgok::sim
