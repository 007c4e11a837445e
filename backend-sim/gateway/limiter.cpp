// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/limiter.h"

#include "core/contract/errors.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tikgok::sim {

namespace {

constexpr std::int64_t kMicrosPerMilli = 1'000;

class LimiterLink final : public Middleware {
public:
    explicit LimiterLink(Limiter& limiter) : limiter_(limiter) {}

    void onRequest(http::Exchange& exchange, Call& call, const Next& next) override {
        const bool outside = call.route.kind == Route::Kind::Ping ||
                             call.route.kind == Route::Kind::Metrics || call.route.kind == Route::Kind::Admin;
        if (outside || !limiter_.enabled()) {
            next(exchange, call);
            return;
        }
        if (!limiter_.admit()) {
            http::Response response = http::textResponse(429, contract::kTooManyRequestsText);
            response.extraHeaders = "Retry-After: 1\r\n";
            exchange.answer(std::move(response));
            return;
        }
        call.admission.emplace(limiter_);
        next(exchange, call);
    }

private:
    Limiter& limiter_;
};

}  // namespace

Limiter::Limiter(LimiterConfig config, const Clock& clock, CpuMeter& meter)
    : config_(config),
      clock_(clock),
      meter_(meter),
      enabled_(config.enabled),
      busyCpu_(config.busyCpu),
      buckets_(static_cast<std::size_t>(std::max<std::int64_t>(2, config.window / config.bucket))),
      nextLook_(Time::min()) {}

std::int64_t Limiter::numberAt(Time time) const {
    return time.time_since_epoch() / config_.bucket;
}

bool Limiter::admit() {
    // The processors work in real time.
    lookAtCpu(clock_.steadyNow());
    const Time now = clock_.pacedNow();
    if (overloaded(now)) {
        if (cpu_.load(std::memory_order_relaxed) >= busyCpu_.load(std::memory_order_relaxed)) {
            lastDrop_.store(now, std::memory_order_relaxed);
        }
        turnedAway_.fetch_add(1, std::memory_order_relaxed);
        return false;
    }
    inFlight_.fetch_add(1, std::memory_order_relaxed);
    return true;
}

bool Limiter::overloaded(Time now) const {
    if (cpu_.load(std::memory_order_relaxed) < busyCpu_.load(std::memory_order_relaxed)) {
        const Time dropped = lastDrop_.load(std::memory_order_relaxed);
        if (dropped == Time::min() || now - dropped > config_.guard) {
            return false;
        }
    }
    const std::int64_t inFlight = inFlight_.load(std::memory_order_relaxed);
    // One is always let in: without passes the window would never learn that it can be served.
    return inFlight > 1 && inFlight > bestLoad(now);
}

void Limiter::passed(Time admitted) {
    inFlight_.fetch_sub(1, std::memory_order_relaxed);
    const Time now = clock_.steadyNow();
    const std::int64_t number = numberAt(clock_.pacedNow());
    Bucket& bucket = buckets_[static_cast<std::size_t>(number) % buckets_.size()];
    if (bucket.number.load(std::memory_order_acquire) != number) {
        const std::lock_guard lock(rolling_);
        if (bucket.number.load(std::memory_order_relaxed) < number) {
            // A thread that is late may still add to what was there before: a pass too many in the new
            // bucket.
            bucket.passes.store(0, std::memory_order_relaxed);
            bucket.micros.store(0, std::memory_order_relaxed);
            bucket.number.store(number, std::memory_order_release);
        }
    }
    const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(now - admitted).count();
    bucket.passes.fetch_add(1, std::memory_order_relaxed);
    bucket.micros.fetch_add(std::max<std::int64_t>(0, spent), std::memory_order_relaxed);
}

void Limiter::abandoned() {
    inFlight_.fetch_sub(1, std::memory_order_relaxed);
}

std::int64_t Limiter::bestLoad(Time now) const {
    const std::int64_t current = numberAt(now);
    if (knownFor_.load(std::memory_order_acquire) == current) {
        return knownBest_.load(std::memory_order_relaxed);
    }
    std::int64_t mostPasses = 1;
    std::int64_t shortest = std::numeric_limits<std::int64_t>::max();
    for (const Bucket& bucket : buckets_) {
        // The current one is not full yet, and what is older than the window does not count.
        const std::int64_t number = bucket.number.load(std::memory_order_acquire);
        const std::int64_t passes = bucket.passes.load(std::memory_order_relaxed);
        if (number >= current || number <= current - static_cast<std::int64_t>(buckets_.size()) ||
            passes == 0) {
            continue;
        }
        mostPasses = std::max(mostPasses, passes);
        const std::int64_t mean = bucket.micros.load(std::memory_order_relaxed) / passes;
        shortest = std::min(shortest, (mean + kMicrosPerMilli - 1) / kMicrosPerMilli);
    }
    shortest = shortest == std::numeric_limits<std::int64_t>::max() ? 1 : std::max<std::int64_t>(1, shortest);
    const double best = static_cast<double>(mostPasses) * static_cast<double>(shortest) /
                        static_cast<double>(config_.bucket.count());
    const auto rounded = static_cast<std::int64_t>(std::floor(best + 0.5));
    knownBest_.store(rounded, std::memory_order_relaxed);
    knownFor_.store(current, std::memory_order_release);
    return rounded;
}

void Limiter::lookAtCpu(Time now) {
    if (now < nextLook_.load(std::memory_order_relaxed)) {
        return;
    }
    const std::unique_lock lock(looking_, std::try_to_lock);
    if (!lock || now < nextLook_.load(std::memory_order_relaxed)) {
        return;
    }
    const Time planned = nextLook_.load(std::memory_order_relaxed);
    // Nobody asked for a while: what was seen since stands for every look that was left out.
    std::int64_t looks = 1;
    if (planned != Time::min()) {
        constexpr std::int64_t kMost = 1'000;
        looks = std::min(kMost, 1 + (now - planned) / config_.cpuInterval);
    }
    nextLook_.store(now + config_.cpuInterval, std::memory_order_relaxed);
    const double kept = std::pow(config_.cpuMemory, static_cast<double>(looks));
    const double seen = std::clamp(meter_.busySinceLast(), 0.0, 1.0);
    cpu_.store(cpu_.load(std::memory_order_relaxed) * kept + seen * (1 - kept), std::memory_order_relaxed);
}

Limiter::State Limiter::state() const {
    return {.enabled = enabled(),
            .cpu = cpu_.load(std::memory_order_relaxed),
            .inFlight = inFlight_.load(std::memory_order_relaxed),
            .bestLoad = bestLoad(clock_.pacedNow()),
            .turnedAway = turnedAway_.load(std::memory_order_relaxed)};
}

Admission::Admission(Limiter& limiter) : limiter_(&limiter), admitted_(limiter.now()) {}

Admission::~Admission() {
    if (limiter_ != nullptr) {
        limiter_->abandoned();
    }
}

void Admission::answered() {
    if (limiter_ != nullptr) {
        limiter_->passed(admitted_);
        limiter_ = nullptr;
    }
}

std::unique_ptr<Middleware> makeLimiterLink(Limiter& limiter) {
    return std::make_unique<LimiterLink>(limiter);
}

}  // namespace tikgok::sim
