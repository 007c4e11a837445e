// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ids of 63 bits, as the reference server makes them (contract.md, section 3).
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/ids.h"

#include <atomic>
#include <cstdint>

namespace tikgok::sim {

// Milliseconds since 2010-11-04 in the upper 41 bits, ten bits of node, twelve of step. The reference server
// makes a new generator per request, so its step is always 0, its ids are multiples of 4096, and two of the
// same millisecond are the same. Ours are multiples of 4096, too, but never the same: what comes within one
// millisecond, or while the clock is behind the last id (it was set back, or this is a restart), takes the
// millisecond after the last one. It does not sleep until then: a clock that went back an hour would stop the
// server for an hour.
class SnowflakeIds final : public IdGenerator {
public:
    static constexpr std::int64_t kEpochMs = 1'288'834'974'657;
    static constexpr unsigned kTimeShift = 22;
    static constexpr unsigned kNodeShift = 12;
    static constexpr std::int64_t kMaxNode = 1023;

    // Every id is `first` or above: the bound that the store knows. `node`: 0 to 1023. `clock` must outlive
    // this object.
    SnowflakeIds(const Clock& clock, contract::Id first, std::int64_t node = 0)
        : clock_(clock), node_(node), last_(first - 1) {}

    contract::Id next() override;
    [[nodiscard]] contract::Id bound() const override { return last_.load(std::memory_order_relaxed) + 1; }
    void restart(contract::Id bound) override { last_.store(bound - 1, std::memory_order_relaxed); }

private:
    const Clock& clock_;
    const std::int64_t node_;
    std::atomic<contract::Id> last_;
};

}  // namespace tikgok::sim
