// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tokens, good and bad, for trying a server's checks.
#pragma once

#include <string>
#include <string_view>

namespace tikgok::conformance {

std::string base64Url(std::string_view bytes);
// Empty when it is no base64.
std::string fromBase64Url(std::string_view text);
// header.payload.signature, with HMAC-SHA256 (or -SHA512) of `key`.
std::string signedToken(std::string_view header, std::string_view payload, std::string_view key,
                        bool sha512 = false);

}  // namespace tikgok::conformance
