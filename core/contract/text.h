// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts and numbers of the wire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tikgok::contract {

// Reads a 64-bit integer: decimal digits with an optional sign, or a spelling with a fraction or an exponent
// that denotes an exact integer ("1.0", "12e2": some clients print ids through a double). Exact over the
// whole 64-bit range. Nothing for empty text, anything else, or a value outside the range.
std::optional<std::int64_t> parseInteger(std::string_view text);

// Number of Unicode code points, or nothing when the text is not valid UTF-8.
std::optional<std::size_t> characterCount(std::string_view utf8);

// Time units that servers of this contract use.
enum class TimeUnit : std::uint8_t { Seconds, Milliseconds, Microseconds, Nanoseconds };

// The unit of an epoch value, told by its size (contract.md 4.1): below 1e11 seconds, below 1e14
// milliseconds, below 1e17 microseconds, else nanoseconds.
TimeUnit unitOf(std::int64_t epoch);

// An epoch value of any unit as milliseconds. Rounds towards the past; negative values stay negative.
std::int64_t toMilliseconds(std::int64_t epoch);

}  // namespace tikgok::contract
