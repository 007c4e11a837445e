// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Turns passwords into something that can be stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// What comparing a password with a hash came to.
enum class PasswordCheck : std::uint8_t {
    Right,
    Wrong,
    NotChecked,  // memory ran out: nobody knows
};

// Any thread. Slow on purpose: tens of milliseconds.
class PasswordHasher {
public:
    virtual ~PasswordHasher() = default;

    // A self-describing text with salt and cost. Nothing when memory ran out.
    [[nodiscard]] virtual std::optional<std::string> hash(std::string_view password) = 0;
    // Compares in constant time. Wrong for a text that hash() did not make.
    [[nodiscard]] virtual PasswordCheck verify(std::string_view hash, std::string_view password) = 0;
    // The hash of a password that nobody has, at the usual cost. Verifying against it makes a login for an
    // unknown name take as long as any other.
    [[nodiscard]] virtual std::string_view dummy() = 0;
};

}  // namespace tikgok::sim
