// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/contract/text.h"

#include <charconv>
#include <limits>

namespace tikgok::contract {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// Folds a decimal spelling with fraction and exponent into plain digits, without a detour through a double.
std::optional<std::int64_t> parseScientific(std::string_view text) {
    bool negative = false;
    std::size_t at = 0;
    if (text[at] == '+' || text[at] == '-') {
        negative = text[at] == '-';
        ++at;
    }
    // 64-bit values have at most 19 digits; the bound keeps hostile spellings cheap.
    constexpr std::size_t kMaxSpelling = 64;
    if (text.size() > kMaxSpelling) {
        return std::nullopt;
    }
    char digits[kMaxSpelling] = {};
    int count = 0;
    int pointShift = 0;
    bool sawPoint = false;
    for (; at < text.size() && (isDigit(text[at]) || text[at] == '.'); ++at) {
        if (text[at] == '.') {
            if (sawPoint || count == 0) {
                return std::nullopt;
            }
            sawPoint = true;
            continue;
        }
        digits[count++] = text[at];
        pointShift += sawPoint ? 1 : 0;
    }
    if (count == 0 || (sawPoint && pointShift == 0)) {
        return std::nullopt;
    }
    int exponent = 0;
    if (at < text.size()) {
        if (text[at] != 'e' && text[at] != 'E') {
            return std::nullopt;
        }
        ++at;
        if (at < text.size() && text[at] == '+') {
            ++at;
            if (at < text.size() && text[at] == '-') {
                return std::nullopt;
            }
        }
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        if (error != std::errc() || end != text.data() + text.size() || exponent > 100 || exponent < -100) {
            return std::nullopt;
        }
    }
    std::uint64_t magnitude = 0;
    const auto pushDigit = [&magnitude](unsigned digit) {
        constexpr std::uint64_t kLimit = std::uint64_t{1} << 63U;
        if (magnitude > (kLimit - digit) / 10) {
            return false;
        }
        magnitude = magnitude * 10 + digit;
        return true;
    };
    const int integerDigits = count - pointShift + exponent;
    for (int i = 0; i < count; ++i) {
        const auto digit = static_cast<unsigned>(digits[i] - '0');
        if (i < integerDigits) {
            if (!pushDigit(digit)) {
                return std::nullopt;
            }
        } else if (digit != 0) {
            return std::nullopt;  // a real fraction is not an integer
        }
    }
    for (int i = count; i < integerDigits && magnitude != 0; ++i) {
        if (!pushDigit(0)) {
            return std::nullopt;
        }
    }
    constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (negative) {
        return magnitude > kMax ? std::numeric_limits<std::int64_t>::min()
                                : -static_cast<std::int64_t>(magnitude);
    }
    if (magnitude > kMax) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(magnitude);
}

}  // namespace

std::optional<std::int64_t> parseInteger(std::string_view text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc() && stop == end && !text.empty()) {
        return value;
    }
    if (text.empty()) {
        return std::nullopt;
    }
    return parseScientific(text);
}

std::optional<std::size_t> characterCount(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size(); ++count) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        std::size_t length = 0;
        std::uint32_t point = 0;
        if (lead < 0x80) {
            ++at;
            continue;
        }
        if (lead >= 0xC2 && lead < 0xE0) {
            length = 2;
            point = lead & 0x1FU;
        } else if (lead >= 0xE0 && lead < 0xF0) {
            length = 3;
            point = lead & 0x0FU;
        } else if (lead >= 0xF0 && lead < 0xF5) {
            length = 4;
            point = lead & 0x07U;
        } else {
            return std::nullopt;
        }
        if (at + length > utf8.size()) {
            return std::nullopt;
        }
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(utf8[at + i]);
            if ((next & 0xC0U) != 0x80U) {
                return std::nullopt;
            }
            point = (point << 6U) | (next & 0x3FU);
        }
        const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
        const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        if (overlong || surrogate || point > 0x10FFFF) {
            return std::nullopt;
        }
        at += length;
    }
    return count;
}

TimeUnit unitOf(std::int64_t epoch) {
    constexpr std::int64_t kSecondsBelow = 100'000'000'000;
    constexpr std::int64_t kMillisecondsBelow = 100'000'000'000'000;
    constexpr std::int64_t kMicrosecondsBelow = 100'000'000'000'000'000;
    if (epoch < kSecondsBelow) {
        return TimeUnit::Seconds;
    }
    if (epoch < kMillisecondsBelow) {
        return TimeUnit::Milliseconds;
    }
    return epoch < kMicrosecondsBelow ? TimeUnit::Microseconds : TimeUnit::Nanoseconds;
}

std::int64_t toMilliseconds(std::int64_t epoch) {
    if (epoch <= 0) {
        return epoch;
    }
    switch (unitOf(epoch)) {
        case TimeUnit::Seconds:
            return epoch * 1000;
        case TimeUnit::Milliseconds:
            return epoch;
        case TimeUnit::Microseconds:
            return epoch / 1000;
        case TimeUnit::Nanoseconds:
            return epoch / 1'000'000;
    }
    return epoch;
}

}  // namespace tikgok::contract
