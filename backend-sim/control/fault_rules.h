// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The fault rules of one simulator.
//
// Requests read one immutable set of the rules that are on; while there are none, they read one flag. What
// changes the rules makes a new set. Decisions about the requests that match one rule are taken one after the
// other, in the order of their numbers, so what a rule does to its n-th request depends on nothing but the
// seed, the rule and n.
#pragma once

#include "backend-sim/control/fault_rule.h"
#include "backend-sim/gateway/interference.h"
#include "backend-sim/ports/clock.h"

#include <atomic>
#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

class FaultRules final : public Interference {
public:
    // `clock` must outlive this object.
    FaultRules(const Clock& clock, std::uint64_t seed) : clock_(clock), seed_(seed) {}

    std::unique_ptr<Strike> decide(const http::Exchange& exchange, const Call& call,
                                   const std::function<Asker()>& asker) override;

    struct Told {
        FaultRule rule;
        // Requests that matched, and those that were struck, since the rule was put in.
        std::uint64_t matched = 0;
        std::uint64_t struck = 0;
        // Why it switched itself off: "ttl", "times" or "first". Empty otherwise.
        std::string ended;
    };
    // All of these: any thread.

    [[nodiscard]] std::vector<Told> all();
    [[nodiscard]] std::optional<Told> find(std::string_view name);
    // Puts a rule in, with new counters, or in the place of the one with its name. False when there are too
    // many.
    bool put(FaultRule rule);
    // Counters go on; times begin again. False when there is no such rule.
    bool switchTo(std::string_view name, bool on);
    bool remove(std::string_view name);
    // Instead of all rules that there are.
    void replace(std::vector<FaultRule> rules);

    [[nodiscard]] std::uint64_t seed() const { return seed_.load(std::memory_order_relaxed); }
    // For requests from now on. Counters stay.
    void setSeed(std::uint64_t seed) { seed_.store(seed, std::memory_order_relaxed); }

    // Whether strikes keep what every rule had to say, for the journal.
    void explain(bool on) { explain_.store(on, std::memory_order_relaxed); }

    // Of one rule; shared by the sets that it is in.
    struct State;
    struct Active;
    struct Set;

private:
    void publish();
    void end(const std::shared_ptr<State>& state, std::string_view why);
    void sweep();

    const Clock& clock_;
    std::atomic<std::uint64_t> seed_;
    std::atomic<bool> explain_ = false;
    std::mutex mutex_;
    // In the order in which they were put in; guarded by mutex_.
    std::vector<std::shared_ptr<State>> states_;
    std::atomic<std::shared_ptr<const Set>> set_;
};

}  // namespace tikgok::sim
