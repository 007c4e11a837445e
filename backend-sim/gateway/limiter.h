// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The adaptive limiter of the reference server: it knows no rate, only how much was under way when the server
// was at its best, and turns requests away while the processors are busy and more than that is under way.
//
// As in the reference server (the BBR limiter of Hertz, hertz-contrib/limiter): the best load is the most
// passes of one bucket times the shortest mean response time of one bucket, over a sliding window; response
// times count in whole milliseconds, rounded up. A window without passes counts as one pass of one
// millisecond.
#pragma once

#include "backend-sim/gateway/call.h"
#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/cpu_meter.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace tikgok::sim {

struct LimiterConfig {
    bool enabled = false;
    // Share of all processors, smoothed, from which on the server counts as busy. 0 to 1.
    double busyCpu = 0.9;
    std::chrono::milliseconds window{10'000};
    std::chrono::milliseconds bucket{100};
    // How often the processors are looked at.
    std::chrono::milliseconds cpuInterval{250};
    // How much of the smoothed value one look leaves. 0: the last look alone counts.
    double cpuMemory = 0.95;
    // How long the limiter stays on its guard after it had to turn somebody away.
    std::chrono::milliseconds guard{1'000};
};

// Any thread. A request that is let in costs some atomic additions.
class Limiter {
public:
    using Time = std::chrono::steady_clock::time_point;

    // Both must outlive it. `meter` is asked by one thread at a time.
    Limiter(LimiterConfig config, const Clock& clock, CpuMeter& meter);

    // Takes effect with the next request. The window's length and its buckets stay.
    void setEnabled(bool enabled) { enabled_.store(enabled, std::memory_order_relaxed); }
    void setBusyCpu(double share) { busyCpu_.store(share, std::memory_order_relaxed); }
    [[nodiscard]] bool enabled() const { return enabled_.load(std::memory_order_relaxed); }

    // Whether a request may go on. When it may, exactly one of the next two must follow.
    [[nodiscard]] bool admit();
    // It was answered; `admitted`: when.
    void passed(Time admitted);
    // Nobody waits for its answer any more; it says nothing about response times.
    void abandoned();

    struct State {
        bool enabled = false;
        // Smoothed, 0 to 1.
        double cpu = 0;
        std::int64_t inFlight = 0;
        // More than this is not let in while it limits.
        std::int64_t bestLoad = 0;
        std::uint64_t turnedAway = 0;
    };
    [[nodiscard]] State state() const;
    [[nodiscard]] Time now() const { return clock_.steadyNow(); }

private:
    struct alignas(64) Bucket {
        // Number of the bucket since the clock's begin; -1: never used.
        std::atomic<std::int64_t> number = -1;
        std::atomic<std::int64_t> passes = 0;
        std::atomic<std::int64_t> micros = 0;
    };

    [[nodiscard]] std::int64_t numberAt(Time time) const;
    void lookAtCpu(Time now);
    [[nodiscard]] std::int64_t bestLoad(Time now) const;
    [[nodiscard]] bool overloaded(Time now) const;

    const LimiterConfig config_;
    const Clock& clock_;
    CpuMeter& meter_;
    std::atomic<bool> enabled_;
    std::atomic<double> busyCpu_;

    alignas(64) std::atomic<std::int64_t> inFlight_ = 0;
    std::vector<Bucket> buckets_;
    std::mutex rolling_;
    // The best load changes with a new bucket only.
    mutable std::atomic<std::int64_t> knownFor_ = -1;
    mutable std::atomic<std::int64_t> knownBest_ = 1;

    std::atomic<double> cpu_ = 0;
    std::atomic<Time> nextLook_;
    std::mutex looking_;
    // Last time that it had to turn somebody away while busy.
    std::atomic<Time> lastDrop_{Time::min()};
    std::atomic<std::uint64_t> turnedAway_ = 0;
};

// Answers 429 with Retry-After to what `limiter` does not let in. /ping and /metrics always pass.
std::unique_ptr<Middleware> makeLimiterLink(Limiter& limiter);

}  // namespace tikgok::sim
