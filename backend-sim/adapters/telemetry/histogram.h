// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A histogram that many threads fill without a lock.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tikgok::sim {

// Inside the telemetry adapter only. Values are whole numbers (nanoseconds, pieces); `bounds` are upper
// bounds, inclusive and ascending, in the same unit, and outlive the object.
class AtomicHistogram {
public:
    static constexpr std::size_t kMostBounds = 20;

    struct Read {
        // Not cumulative; the last one counts what is above all bounds.
        std::array<std::uint64_t, kMostBounds + 1> counts{};
        std::uint64_t sum = 0;
    };

    void add(std::span<const std::uint64_t> bounds, std::uint64_t value) noexcept {
        const auto at = static_cast<std::size_t>(std::ranges::lower_bound(bounds, value) - bounds.begin());
        counts_[at].fetch_add(1, std::memory_order_relaxed);
        sum_.fetch_add(value, std::memory_order_relaxed);
    }

    // Adds to `into`. A value that is being added at the same time may be in the counts and not in the sum.
    void readInto(Read& into) const noexcept {
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            into.counts[i] += counts_[i].load(std::memory_order_relaxed);
        }
        into.sum += sum_.load(std::memory_order_relaxed);
    }

private:
    std::array<std::atomic<std::uint64_t>, kMostBounds + 1> counts_{};
    std::atomic<std::uint64_t> sum_ = 0;
};

}  // namespace tikgok::sim
