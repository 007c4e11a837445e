// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The time, as the simulator sees it.
#pragma once

#include <chrono>
#include <cstdint>

namespace tikgok::sim {

// Any thread.
class Clock {
public:
    virtual ~Clock() = default;

    // Milliseconds since the Unix epoch. May jump either way.
    [[nodiscard]] virtual std::int64_t nowMs() const = 0;
    // Real time, whatever the clock on the wall does. Never goes back. For deadlines of those who wait
    // outside, and for durations that are measured.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
    // Passes as the clock on the wall does: stands while it is frozen, leaps when it is put forward. Never
    // goes back. For pauses, delays and windows. Compares with nothing but itself.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point pacedNow() const { return steadyNow(); }
};

}  // namespace tikgok::sim
