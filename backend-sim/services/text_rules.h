// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules for texts that come from outside.
#pragma once

#include "core/contract/endpoints.h"
#include "core/contract/text.h"

#include <cstddef>
#include <string_view>

namespace tikgok::sim {

// The contract speaks of lengths only. What would break lists, logs or terminals is refused beyond that:
// control characters (U+0000 to U+001F, U+007F to U+009F). Texts of several lines may hold tab, line feed and
// carriage return. Passwords are never shown, so they may hold anything.
enum class TextKind { Line, Lines, Secret };

// 1 to `most` characters of valid UTF-8, without what its kind forbids.
bool isGoodText(std::string_view text, std::size_t most, TextKind kind);

}  // namespace tikgok::sim
