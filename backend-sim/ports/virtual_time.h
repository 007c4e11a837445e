// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The levers of a clock that people may turn.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

namespace tikgok::sim {

// Any thread.
class VirtualTime {
public:
    using Paced = std::chrono::steady_clock::time_point;

    // Years 1970 to 2199.
    static constexpr std::int64_t kEarliestMs = 0;
    static constexpr std::int64_t kLatestMs = 7'258'118'399'999;
    // Virtual milliseconds in a thousand real seconds: a scale of 1 is a million.
    static constexpr std::int64_t kScaleOne = 1'000'000;
    static constexpr std::int64_t kMostScale = 10'000 * kScaleOne;
    // As far as one may be ahead of, or behind, those who ask: ten years.
    static constexpr std::int64_t kMostSkewMs = std::int64_t{3'660} * 86'400'000;

    struct State {
        // What the server says the time is, `skewMs` included.
        std::int64_t nowMs = 0;
        bool frozen = false;
        // In millionths.
        std::int64_t scale = kScaleOne;
        std::int64_t skewMs = 0;
        // It moves between requests only; see step().
        bool stepping = false;
        // Whether anybody has touched it: otherwise it is the computer's.
        bool touched = false;
        // How often it was turned.
        std::uint64_t changes = 0;
    };

    virtual ~VirtualTime() = default;
    [[nodiscard]] virtual State state() const = 0;

    virtual void freeze() = 0;
    // Goes on from where it stands.
    virtual void resume() = 0;
    // These give false, and change nothing, when that is out of range. set(): what now is, skew aside; either
    // way. advance(): not back.
    virtual bool set(std::int64_t nowMs) = 0;
    virtual bool advance(std::int64_t ms) = 0;
    // Above 0, millionths.
    virtual bool setScale(std::int64_t scale) = 0;
    // By how much the server's clock is ahead of the world's: shifts every time that it says or reads, and no
    // pause or delay.
    virtual bool setSkew(std::int64_t ms) = 0;
    // The computer's time again.
    virtual void reset() = 0;

    // While stepping, the time stands still but for calls of step(), each of which takes it to where it would
    // be. What happens between two of them has one time.
    virtual void setStepping(bool on) = 0;
    virtual void step() = 0;
    // What reset() takes for the computer's time while stepping; it goes on stepping then.
    virtual void setHome(std::int64_t nowMs) = 0;

    // Waits until pacedNow() is there. False when `stop` came first.
    virtual bool waitUntil(Paced time, std::stop_token stop) = 0;
    // Real time until then, as it looks now; far away when it is frozen.
    [[nodiscard]] virtual std::chrono::nanoseconds realUntil(Paced time) const = 0;

    // Called after every change, on the thread that made it, until the handle is gone. Quick.
    using Watch = std::shared_ptr<void>;
    [[nodiscard]] virtual Watch watch(std::function<void()> changed) = 0;
};

}  // namespace tikgok::sim
