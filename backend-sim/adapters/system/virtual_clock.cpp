// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/system/virtual_clock.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace tikgok::sim {

namespace {

constexpr std::int64_t kNanosPerMs = 1'000'000;
constexpr std::int64_t kLatestNanos = VirtualTime::kLatestMs * kNanosPerMs;
// Leaps add up; after 285 years they shorten no pause any more.
constexpr std::int64_t kMostPaced = 9'000'000'000'000'000'000;
// Nobody waits longer than this without having another look.
constexpr std::chrono::hours kLongestWait{24};

std::int64_t scaled(std::int64_t nanos, std::int64_t rate) {
    // More than 64 bits hold on the way. (The compiler's own type.)
    __extension__ using Wide = __int128;
    const Wide product = static_cast<Wide>(nanos) * rate / VirtualTime::kScaleOne;
    return static_cast<std::int64_t>(std::min(product, static_cast<Wide>(kMostPaced)));
}

std::int64_t sumUpTo(std::int64_t most, std::int64_t one, std::int64_t other) {
    return other > 0 && one > most - other ? most : one + other;
}

}  // namespace

VirtualClock::VirtualClock(const Clock& real) : real_(real) {
    Setting setting;
    setting.anchor = realNow();
    setting.paced = setting.anchor;
    setting.wall = real_.nowMs() * kNanosPerMs;
    beginChange();
    publish(setting);
    endChange();
}

std::int64_t VirtualClock::realNow() const {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(real_.steadyNow().time_since_epoch()).count();
}

std::int64_t VirtualClock::wallAt(const Setting& setting, std::int64_t real) const {
    if (setting.following) {
        return real_.nowMs() * kNanosPerMs;
    }
    return sumUpTo(kLatestNanos, setting.wall, scaled(real - setting.anchor, setting.rate));
}

std::int64_t VirtualClock::pacedAt(const Setting& setting, std::int64_t real) {
    return sumUpTo(kMostPaced, setting.paced, scaled(real - setting.anchor, setting.rate));
}

void VirtualClock::publish(const Setting& setting) {
    const std::array<std::int64_t, kWords> words{
        setting.anchor,   setting.wall,
        setting.paced,    setting.rate,
        setting.skewMs,   setting.following ? 1 : 0,
        setting.frozen,   setting.scale,
        setting.stepping, static_cast<std::int64_t>(setting.changes)};
    for (std::size_t i = 0; i < kWords; ++i) {
        words_[i].store(words[i], std::memory_order_relaxed);
    }
}

// Between these two whoever reads waits.
void VirtualClock::beginChange() {
    sequence_.fetch_add(1, std::memory_order_acq_rel);
    std::atomic_thread_fence(std::memory_order_seq_cst);
}

void VirtualClock::endChange() {
    sequence_.fetch_add(1, std::memory_order_release);
}

VirtualClock::Setting VirtualClock::read() const {
    for (;;) {
        const std::uint64_t before = sequence_.load(std::memory_order_acquire);
        std::array<std::int64_t, kWords> words{};
        for (std::size_t i = 0; i < kWords; ++i) {
            words[i] = words_[i].load(std::memory_order_relaxed);
        }
        std::atomic_thread_fence(std::memory_order_acquire);
        if (before % 2 == 0 && sequence_.load(std::memory_order_relaxed) == before) {
            return {
                words[0],      words[1],      words[2], words[3],      words[4],
                words[5] != 0, words[6] != 0, words[7], words[8] != 0, static_cast<std::uint64_t>(words[9])};
        }
    }
}

std::int64_t VirtualClock::nowMs() const {
    const Setting setting = read();
    const std::int64_t ms = wallAt(setting, setting.following ? 0 : realNow()) / kNanosPerMs + setting.skewMs;
    return std::clamp(ms, kEarliestMs, kLatestMs);
}

std::chrono::steady_clock::time_point VirtualClock::pacedNow() const {
    // A turn between the two looks would be counted from the setting before it: such a time can lie ahead of
    // the next.
    for (;;) {
        const Setting setting = read();
        const std::int64_t real = realNow();
        if (read().changes == setting.changes) {
            return Paced(std::chrono::nanoseconds(pacedAt(setting, real)));
        }
    }
}

VirtualTime::State VirtualClock::state() const {
    const Setting setting = read();
    return {.nowMs = nowMs(),
            .frozen = setting.frozen,
            .scale = setting.scale,
            .skewMs = setting.skewMs,
            .stepping = setting.stepping,
            .touched = !setting.following || setting.skewMs != 0,
            .changes = setting.changes};
}

template <class Change>
bool VirtualClock::turn(Change change) {
    {
        const std::lock_guard lock(turning_);
        Setting setting = read();
        // Before the look at the real clock: a reader that looks at it later must not count from the old
        // setting.
        beginChange();
        const std::int64_t real = realNow();
        setting.wall = wallAt(setting, real);
        setting.paced = pacedAt(setting, real);
        setting.anchor = real;
        setting.following = false;
        if (!change(setting)) {
            endChange();
            return false;
        }
        ++setting.changes;
        setting.rate = setting.frozen || setting.stepping ? 0 : setting.scale;
        publish(setting);
        endChange();
    }
    {
        // Between a waiter's look and its sleep.
        const std::lock_guard lock(waiting_);
    }
    turned_.notify_all();
    std::vector<std::function<void()>> tell;
    {
        const std::lock_guard lock(watchers_->mutex);
        for (const auto& [id, changed] : watchers_->all) {
            tell.push_back(changed);
        }
    }
    for (const auto& changed : tell) {
        changed();
    }
    return true;
}

void VirtualClock::freeze() {
    turn([](Setting& setting) { return setting.frozen = true; });
}

void VirtualClock::resume() {
    turn([](Setting& setting) { return !(setting.frozen = false); });
}

bool VirtualClock::set(std::int64_t nowMs) {
    if (nowMs < kEarliestMs || nowMs > kLatestMs) {
        return false;
    }
    return turn([nowMs](Setting& setting) {
        const std::int64_t wall = nowMs * kNanosPerMs;
        setting.paced = sumUpTo(kMostPaced, setting.paced, std::max<std::int64_t>(0, wall - setting.wall));
        setting.wall = wall;
        return true;
    });
}

bool VirtualClock::advance(std::int64_t ms) {
    if (ms < 0 || ms > kLatestMs) {
        return false;
    }
    return turn([ms](Setting& setting) {
        const std::int64_t leap = ms * kNanosPerMs;
        if (leap > kLatestNanos - setting.wall) {
            return false;
        }
        setting.wall += leap;
        setting.paced = sumUpTo(kMostPaced, setting.paced, leap);
        return true;
    });
}

bool VirtualClock::setScale(std::int64_t scale) {
    if (scale <= 0 || scale > kMostScale) {
        return false;
    }
    return turn([scale](Setting& setting) {
        setting.scale = scale;
        return true;
    });
}

bool VirtualClock::setSkew(std::int64_t ms) {
    if (ms < -kMostSkewMs || ms > kMostSkewMs) {
        return false;
    }
    return turn([ms, was = read().following](Setting& setting) {
        setting.skewMs = ms;
        setting.following = was;
        return true;
    });
}

void VirtualClock::reset() {
    turn([home = home_.load(std::memory_order_relaxed)](Setting& setting) {
        const bool stepping = setting.stepping;
        const Setting fresh{.anchor = setting.anchor,
                            .wall = stepping ? home * kNanosPerMs : setting.wall,
                            .paced = setting.paced,
                            .following = !stepping,
                            .stepping = stepping,
                            .changes = setting.changes};
        setting = fresh;
        return true;
    });
}

void VirtualClock::setStepping(bool on) {
    if (on == read().stepping) {
        return;
    }
    turn([on](Setting& setting) {
        setting.stepping = on;
        return true;
    });
}

void VirtualClock::step() {
    const std::lock_guard lock(turning_);
    Setting setting = read();
    if (!setting.stepping || setting.frozen) {
        return;
    }
    beginChange();
    const std::int64_t real = realNow();
    const std::int64_t passed = scaled(real - setting.anchor, setting.scale);
    setting.wall = sumUpTo(kLatestNanos, setting.wall, passed);
    setting.paced = sumUpTo(kMostPaced, setting.paced, passed);
    setting.anchor = real;
    publish(setting);
    endChange();
}

std::chrono::nanoseconds VirtualClock::realUntil(Paced time) const {
    const Setting setting = read();
    const std::int64_t left =
        std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count() -
        pacedAt(setting, realNow());
    if (left <= 0) {
        return std::chrono::nanoseconds(0);
    }
    if (setting.frozen) {
        return kLongestWait;
    }
    const auto real =
        static_cast<double>(left) * static_cast<double>(kScaleOne) / static_cast<double>(setting.scale);
    constexpr std::chrono::nanoseconds kMost = kLongestWait;
    return real >= static_cast<double>(kMost.count())
               ? kMost
               : std::chrono::nanoseconds(static_cast<std::int64_t>(real) + 1);
}

bool VirtualClock::waitUntil(Paced time, std::stop_token stop) {
    std::unique_lock lock(waiting_);
    while (!stop.stop_requested()) {
        const auto left = realUntil(time);
        if (left.count() <= 0) {
            return true;
        }
        const std::uint64_t changes = read().changes;
        turned_.wait_for(lock, stop, left, [&] { return read().changes != changes; });
    }
    return false;
}

VirtualTime::Watch VirtualClock::watch(std::function<void()> changed) {
    std::uint64_t id = 0;
    {
        const std::lock_guard lock(watchers_->mutex);
        id = watchers_->next++;
        watchers_->all.emplace(id, std::move(changed));
    }
    return {new std::uint64_t(id), [watchers = watchers_](const std::uint64_t* own) {
                const std::lock_guard lock(watchers->mutex);
                watchers->all.erase(*own);
                delete own;
            }};
}

}  // namespace tikgok::sim
