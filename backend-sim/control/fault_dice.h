// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Draws of fault rules: functions of the seed, the rule's name and the number of the matching request, and of
// nothing else. What other rules, threads or clocks do changes none of them.
#pragma once

#include "backend-sim/world/dice.h"

#include <cmath>
#include <cstdint>
#include <string_view>

namespace tikgok::sim {

class FaultDice {
public:
    FaultDice(std::uint64_t seed, std::string_view rule, std::uint64_t request) {
        std::uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a
        for (const char c : rule) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        }
        key_ = Dice::mix(Dice::mix(seed + 0x9E3779B97F4A7C15U) ^ hash) ^ Dice::mix(request);
    }

    // `draw` tells the draws of one request apart. 0 to below 1.
    [[nodiscard]] double unit(std::uint64_t draw) const {
        constexpr double kStep = 1.0 / 9007199254740992.0;  // 2^-53
        return static_cast<double>(bits(draw) >> 11U) * kStep;
    }
    // Below `bound`, which is 1 to 2^32.
    [[nodiscard]] std::uint64_t below(std::uint64_t draw, std::uint64_t bound) const {
        return ((bits(draw) >> 32U) * bound) >> 32U;
    }
    // Standard normal (Box and Muller). Uses `draw` and the one after it.
    [[nodiscard]] double normal(std::uint64_t draw) const {
        constexpr double kTwoPi = 6.283185307179586;
        return std::sqrt(-2 * std::log(1 - unit(draw))) * std::cos(kTwoPi * unit(draw + 1));
    }

private:
    [[nodiscard]] std::uint64_t bits(std::uint64_t draw) const { return Dice(key_).fork(draw).next(); }

    std::uint64_t key_ = 0;
};

}  // namespace tikgok::sim
