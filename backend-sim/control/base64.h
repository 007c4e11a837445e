// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes inside JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// Standard alphabet, padded.
std::string toBase64(std::string_view bytes);
// Standard alphabet, padding optional; nothing when it is anything else.
std::optional<std::string> fromBase64(std::string_view text);

}  // namespace tikgok::sim
