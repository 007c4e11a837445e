// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which server of the contract is judged: ours (column R of contract.md), the reference server (b), or the
// official demo (c).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace tikgok::conformance {

enum class Dialect : std::uint8_t { Standard, Tikgok, Demo };

inline constexpr std::array<std::pair<Dialect, std::string_view>, 3> kDialects{
    {{Dialect::Standard, "standard"}, {Dialect::Tikgok, "tikgok"}, {Dialect::Demo, "demo"}}};

constexpr std::string_view dialectName(Dialect dialect) {
    return kDialects[static_cast<std::size_t>(dialect)].second;
}

constexpr std::optional<Dialect> dialectNamed(std::string_view name) {
    for (const auto& [dialect, its] : kDialects) {
        if (its == name) {
            return dialect;
        }
    }
    return std::nullopt;
}

}  // namespace tikgok::conformance
