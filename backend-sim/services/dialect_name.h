// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The names of the dialects, for configurations and command lines, and what a simulator of each is like where
// its configuration says nothing.
#pragma once

#include "backend-sim/ports/ids.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tikgok::sim {

enum class DialectName : std::uint8_t {
    Standard,  // docs/openapi.yaml
    Tikgok,    // the reference server, quirks included: docs/openapi-tikgok.yaml
    Demo,      // the official demo server: docs/openapi-demo.yaml
};

// In the order of DialectName.
inline constexpr std::array<std::string_view, 3> kDialectNames{"standard", "tikgok", "demo"};

constexpr std::string_view textOf(DialectName dialect) {
    return kDialectNames[static_cast<std::size_t>(dialect)];
}

constexpr std::optional<DialectName> dialectNamed(std::string_view text) {
    for (std::size_t i = 0; i < kDialectNames.size(); ++i) {
        if (kDialectNames[i] == text) {
            return static_cast<DialectName>(i);
        }
    }
    return std::nullopt;
}

struct DialectDefaults {
    IdKind ids = IdKind::Sequential;
    // The first id of a new directory.
    contract::Id firstId = 1;
    // Whether the adaptive limiter is on.
    bool limiter = false;
};

// In the order of DialectName.
inline constexpr std::array<DialectDefaults, kDialectNames.size()> kDialectDefaults{{
    {},
    {.ids = IdKind::Snowflake, .limiter = true},
    // In the official demo 1 is somebody who was always there.
    {.firstId = 2},
}};

constexpr const DialectDefaults& defaultsOf(DialectName dialect) {
    return kDialectDefaults[static_cast<std::size_t>(dialect)];
}

}  // namespace tikgok::sim
