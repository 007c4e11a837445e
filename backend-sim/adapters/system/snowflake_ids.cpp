// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/system/snowflake_ids.h"

#include <algorithm>

namespace tikgok::sim {

namespace {

// 41 bits of milliseconds end in 2080. A clock beyond that (people may set ours) counts as seven weeks before
// the end, which leaves room for four billion ids more.
constexpr std::int64_t kLatestMs = (std::int64_t{1} << 41) - (std::int64_t{1} << 32);

}  // namespace

contract::Id SnowflakeIds::next() {
    const std::int64_t now = std::clamp<std::int64_t>(clock_.nowMs() - kEpochMs, 0, kLatestMs);
    contract::Id last = last_.load(std::memory_order_relaxed);
    contract::Id id = 0;
    do {
        const auto idAt = [this](std::int64_t ms) { return (ms << kTimeShift) | (node_ << kNodeShift); };
        id = idAt(now);
        if (id <= last) {
            id = idAt(last >> kTimeShift);
        }
        if (id <= last) {
            id = idAt((last >> kTimeShift) + 1);
        }
    } while (!last_.compare_exchange_weak(last, id, std::memory_order_relaxed));
    return id;
}

}  // namespace tikgok::sim
