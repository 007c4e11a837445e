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
    // Never goes back. For deadlines and durations.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
};

}  // namespace tikgok::sim
