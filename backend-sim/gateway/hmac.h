// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HMAC (RFC 2104) with the three lengths of SHA-2 that tokens may use (RFC 7518, section 3.2).
#pragma once

#include <string>
#include <string_view>

namespace tikgok::sim {

// Raw bytes: 32, 48 or 64 of them.
std::string hmacSha256(std::string_view key, std::string_view text);
std::string hmacSha384(std::string_view key, std::string_view text);
std::string hmacSha512(std::string_view key, std::string_view text);

}  // namespace tikgok::sim
