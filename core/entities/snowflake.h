// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// When something was made, told from its id. The contract has no time in a video; the reference server's ids
// are snowflakes, which hold one (contract.md, section 1). Of other servers' ids nothing is known.
#pragma once

#include "core/contract/types.h"

#include <cstdint>
#include <optional>

namespace tikgok {

// Milliseconds of the Unix epoch; `now` is this device's. Nothing when the id cannot be a snowflake of the
// reference server: before that server was written, or in the future (a day is forgiven: clocks differ).
constexpr std::optional<std::int64_t> snowflakeTime(contract::Id id, std::int64_t now) {
    constexpr std::int64_t kEpoch = 1'288'834'974'657;
    constexpr int kBitsBelow = 22;
    constexpr std::int64_t kFirst = 1'640'995'200'000;  // the beginning of 2022
    constexpr std::int64_t kDay = 86'400'000;
    if (id <= 0) {
        return std::nullopt;
    }
    const std::int64_t time = (id >> kBitsBelow) + kEpoch;
    return time < kFirst || time > now + kDay ? std::nullopt : std::optional(time);
}

}  // namespace tikgok
