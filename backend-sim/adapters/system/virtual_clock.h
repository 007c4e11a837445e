// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The computer's clock until somebody turns it.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/virtual_time.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>

namespace tikgok::sim {

// Reading takes no lock.
class VirtualClock final : public Clock, public VirtualTime {
public:
    // `real` must outlive this object.
    explicit VirtualClock(const Clock& real);
    VirtualClock(const VirtualClock&) = delete;
    VirtualClock& operator=(const VirtualClock&) = delete;

    // --- Clock

    [[nodiscard]] std::int64_t nowMs() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override {
        return real_.steadyNow();
    }
    [[nodiscard]] std::chrono::steady_clock::time_point pacedNow() const override;

    // --- VirtualTime

    [[nodiscard]] State state() const override;
    void freeze() override;
    void resume() override;
    bool set(std::int64_t nowMs) override;
    bool advance(std::int64_t ms) override;
    bool setScale(std::int64_t scale) override;
    bool setSkew(std::int64_t ms) override;
    void reset() override;
    void setStepping(bool on) override;
    void step() override;
    void setHome(std::int64_t nowMs) override { home_.store(nowMs, std::memory_order_relaxed); }
    bool waitUntil(Paced time, std::stop_token stop) override;
    [[nodiscard]] std::chrono::nanoseconds realUntil(Paced time) const override;
    [[nodiscard]] Watch watch(std::function<void()> changed) override;

private:
    // What the clock was when it was last turned; nanoseconds.
    struct Setting {
        // Real (steady).
        std::int64_t anchor = 0;
        std::int64_t wall = 0;
        std::int64_t paced = 0;
        // Millionths; 0 while frozen.
        std::int64_t rate = kScaleOne;
        std::int64_t skewMs = 0;
        // The computer's own wall time: it may be set, too.
        bool following = true;
        bool frozen = false;
        std::int64_t scale = kScaleOne;
        bool stepping = false;
        std::uint64_t changes = 0;
    };
    static constexpr std::size_t kWords = 10;

    [[nodiscard]] Setting read() const;
    [[nodiscard]] std::int64_t realNow() const;
    [[nodiscard]] std::int64_t wallAt(const Setting& setting, std::int64_t real) const;
    [[nodiscard]] static std::int64_t pacedAt(const Setting& setting, std::int64_t real);
    // Calls `change` with a setting that is anchored now. Gives what it gives.
    template <class Change>
    bool turn(Change change);
    void publish(const Setting& setting);
    void beginChange();
    void endChange();

    const Clock& real_;
    // A sequence lock: odd while it is being written.
    std::atomic<std::uint64_t> sequence_ = 0;
    std::array<std::atomic<std::int64_t>, kWords> words_{};
    std::atomic<std::int64_t> home_ = 0;
    std::mutex turning_;
    std::condition_variable_any turned_;
    std::mutex waiting_;

    struct Watchers {
        std::mutex mutex;
        std::uint64_t next = 0;
        std::map<std::uint64_t, std::function<void()>> all;
    };
    const std::shared_ptr<Watchers> watchers_ = std::make_shared<Watchers>();
};

}  // namespace tikgok::sim
