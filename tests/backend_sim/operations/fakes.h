// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A clock and a processor that do what a test says.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/cpu_meter.h"

#include <atomic>
#include <chrono>
#include <cstdint>

namespace tikgok::test {

class HandClock final : public sim::Clock {
public:
    [[nodiscard]] std::int64_t nowMs() const override {
        return 1'800'000'000'000 +
               std::chrono::duration_cast<std::chrono::milliseconds>(passed_.load()).count();
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override {
        return std::chrono::steady_clock::time_point(std::chrono::hours(1)) + passed_.load();
    }
    void advance(std::chrono::nanoseconds by) { passed_ = passed_.load() + by; }

private:
    std::atomic<std::chrono::nanoseconds> passed_{std::chrono::nanoseconds(0)};
};

class HandCpu final : public sim::CpuMeter {
public:
    double busySinceLast() override {
        ++looks;
        return busy;
    }
    double busy = 0;
    int looks = 0;
};

}  // namespace tikgok::test
