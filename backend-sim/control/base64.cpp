// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/base64.h"

#include <algorithm>
#include <cstdint>

namespace tikgok::sim {

std::string toBase64(std::string_view bytes) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t each = 0; each < 3; ++each) {
            bits = bits << 8U | (each < count ? static_cast<unsigned char>(bytes[i + each]) : 0U);
        }
        for (std::size_t each = 0; each < 4; ++each) {
            out += each <= count ? kLetters[bits >> (18U - 6U * static_cast<unsigned>(each)) & 63U] : '=';
        }
    }
    return out;
}

std::optional<std::string> fromBase64(std::string_view text) {
    while (text.ends_with('=')) {
        text.remove_suffix(1);
    }
    std::string out;
    out.reserve(text.size() * 3 / 4 + 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        int value = -1;
        if (c >= 'A' && c <= 'Z') {
            value = c - 'A';
        } else if (c >= 'a' && c <= 'z') {
            value = c - 'a' + 26;
        } else if (c >= '0' && c <= '9') {
            value = c - '0' + 52;
        } else if (c == '+') {
            value = 62;
        } else if (c == '/') {
            value = 63;
        }
        if (value < 0) {
            return std::nullopt;
        }
        bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0xffffffU;
        if (++count % 4 != 1) {
            out += static_cast<char>(bits >> (6U - static_cast<unsigned>((count - 1) % 4) * 2U) & 0xffU);
        }
    }
    return count % 4 == 1 ? std::nullopt : std::optional(std::move(out));
}

}  // namespace tikgok::sim
