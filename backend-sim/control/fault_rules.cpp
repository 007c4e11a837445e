// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/fault_rules.h"

#include "backend-sim/control/fault_dice.h"
#include "backend-sim/control/fault_strike.h"
#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/dialects/dialect.h"
#include "backend-sim/gateway/observe.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

struct FaultRules::State {
    explicit State(FaultRule its) : rule(std::make_shared<const FaultRule>(std::move(its))) {}

    // Guarded by FaultRules::mutex_.
    std::shared_ptr<const FaultRule> rule;
    bool on = true;
    std::string ended;

    // Counters, in the order of decisions. Never taken together with FaultRules::mutex_ on the way of a
    // request.
    std::mutex counting;
    std::int64_t sinceMs = 0;
    std::uint64_t matched = 0;
    std::uint64_t struck = 0;
};

struct FaultRules::Active {
    std::shared_ptr<const FaultRule> rule;
    std::shared_ptr<State> state;
};

struct FaultRules::Set {
    std::vector<Active> rules;
};

namespace {

bool sameIgnoringCase(std::string_view name, std::string_view lower) {
    return std::ranges::equal(name, lower, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
    });
}

// The headers that the gateway looks at are not among the others.
std::optional<std::string_view> headerNamed(const http::Request& request, std::string_view lower) {
    const std::array<std::pair<std::string_view, std::string_view>, 9> known{
        {{"host", request.host},
         {"content-type", request.contentType},
         {"accept-encoding", request.acceptEncoding},
         {"range", request.range},
         {"if-range", request.ifRange},
         {"if-none-match", request.ifNoneMatch},
         {"if-modified-since", request.ifModifiedSince},
         {"traceparent", request.traceParent},
         {"content-encoding", request.contentEncoding}}};
    for (const auto& [name, value] : known) {
        if (name == lower) {
            return value.empty() ? std::nullopt : std::optional(value);
        }
    }
    for (const auto& [name, value] : request.otherHeaders) {
        if (sameIgnoringCase(name, lower)) {
            return value;
        }
    }
    return std::nullopt;
}

// The path as rules name it.
std::string routeOf(const Call& call) {
    switch (call.route.kind) {
        case Route::Kind::Endpoint:
            return std::string(call.route.endpoint->path);
        case Route::Kind::Ping:
            return "/ping";
        case Route::Kind::Media:
            return "/static/" + std::string(call.route.mediaKey);
        case Route::Kind::Metrics:
        case Route::Kind::Admin:
        case Route::Kind::Push:
        case Route::Kind::Nowhere:
            break;
    }
    return {};
}

bool routeFits(std::string_view wanted, std::string_view route) {
    if (wanted.empty()) {
        return true;
    }
    if (wanted.ends_with('*')) {
        return route.starts_with(wanted.substr(0, wanted.size() - 1));
    }
    return wanted == route;
}

bool headerFits(const FaultMatch& match, const http::Request& request) {
    if (match.headerTest == FaultMatch::HeaderTest::None) {
        return true;
    }
    const auto value = headerNamed(request, match.headerName);
    switch (match.headerTest) {
        case FaultMatch::HeaderTest::Equals:
            return value && *value == match.headerValue;
        case FaultMatch::HeaderTest::Contains:
            return value && value->find(match.headerValue) != std::string_view::npos;
        case FaultMatch::HeaderTest::None:
        case FaultMatch::HeaderTest::Present:
            break;
    }
    return value.has_value();
}

// Where the server looks at one.
bool carriesToken(const Call& call) {
    return call.route.kind == Route::Kind::Endpoint && !call.params.token().empty() &&
           call.dialect->doorman.need(call.route.endpoint->endpoint) != contract::TokenNeed::None;
}

// What came of one rule for one request.
struct Verdict {
    std::uint64_t number = 0;
    bool struck = false;
    // For the journal.
    std::string_view why;
    double chance = 1;
    double draw = -1;
    // The rule is over: "times", "first" or "ttl".
    std::string_view over;
};

double chanceAt(const FaultLimits& limits, std::uint64_t number, std::int64_t ageMs) {
    double chance = limits.probability;
    if (limits.ramp) {
        const FaultLimits::Ramp& ramp = *limits.ramp;
        const double way = ramp.requests > 0
                               ? static_cast<double>(number - 1) / static_cast<double>(ramp.requests)
                               : static_cast<double>(ageMs) / static_cast<double>(ramp.time.count());
        chance *= ramp.from + (ramp.to - ramp.from) * std::clamp(way, 0.0, 1.0);
    }
    return chance;
}

Verdict judge(const FaultRule& rule, std::uint64_t seed, std::uint64_t number, std::uint64_t struckBefore,
              std::int64_t ageMs) {
    const FaultLimits& limits = rule.limits;
    Verdict verdict;
    verdict.number = number;
    if (limits.first && number >= *limits.first) {
        verdict.over = "first";
    }
    if (limits.times && struckBefore >= *limits.times) {
        verdict.why = "it struck as often as it may";
        verdict.over = "times";
    } else if (limits.first && number > *limits.first) {
        verdict.why = "it was for the first ones only";
    } else if (number <= limits.after) {
        verdict.why = "not yet so many requests";
    } else if ((!rule.match.nth.empty() &&
                std::ranges::find(rule.match.nth, number) == rule.match.nth.end()) ||
               (rule.match.every > 0 && number % rule.match.every != 0)) {
        verdict.why = "it is for others of them";
    } else if ((limits.windowFrom && ageMs < limits.windowFrom->count()) ||
               (limits.windowTo && ageMs >= limits.windowTo->count())) {
        verdict.why = "outside its window";
    } else {
        verdict.chance = chanceAt(limits, number, ageMs);
        verdict.draw = FaultDice(seed, rule.name, number).unit(0);
        verdict.struck = verdict.draw < verdict.chance;
        verdict.why = verdict.struck ? "struck" : "the draw";
        if (verdict.struck && limits.times && struckBefore + 1 >= *limits.times) {
            verdict.over = "times";
        }
    }
    return verdict;
}

json::object explained(const FaultRule& rule, const Verdict& verdict) {
    json::object out{
        {"rule", rule.name}, {"number", verdict.number}, {"struck", verdict.struck}, {"why", verdict.why}};
    if (verdict.draw >= 0) {
        out["draw"] = verdict.draw;
        out["chance"] = verdict.chance;
    }
    return out;
}

}  // namespace

std::unique_ptr<Strike> FaultRules::decide(const http::Exchange& exchange, const Call& call,
                                           const std::function<Asker()>& asker) {
    const std::shared_ptr<const Set> set = set_.load(std::memory_order_acquire);
    const std::string route = routeOf(call);
    if (!set || route.empty()) {
        return nullptr;
    }
    const bool explain = explain_.load(std::memory_order_relaxed);
    json::array notes;
    std::optional<Asker> who;
    std::unique_ptr<FaultStrike> strike;
    const std::uint64_t seed = this->seed();
    for (const Active& active : set->rules) {
        const FaultRule& rule = *active.rule;
        const FaultMatch& match = rule.match;
        std::string_view mismatch;
        if (!match.method.empty() && match.method != http::verbName(exchange.request.verb)) {
            mismatch = "another method";
        } else if (!routeFits(match.route, route)) {
            mismatch = "another route";
        } else if (!headerFits(match, exchange.request)) {
            mismatch = "its header";
        } else if (isAboutTokens(rule) && !carriesToken(call)) {
            mismatch = "no token";
        } else if (match.accountId || !match.accountName.empty()) {
            if (!who) {
                who = asker();
            }
            if (match.accountId ? *match.accountId != who->id : match.accountName != who->name) {
                mismatch = "another account";
            }
        }
        if (!mismatch.empty()) {
            if (explain) {
                notes.push_back({{"rule", rule.name}, {"struck", false}, {"why", mismatch}});
            }
            continue;
        }
        Verdict verdict;
        {
            const std::lock_guard lock(active.state->counting);
            const std::int64_t age = clock_.nowMs() - active.state->sinceMs;
            if (rule.limits.timeToLive && age >= rule.limits.timeToLive->count()) {
                verdict.why = "its time is over";
                verdict.over = "ttl";
            } else {
                verdict = judge(rule, seed, ++active.state->matched, active.state->struck, age);
                active.state->struck += verdict.struck ? 1 : 0;
            }
        }
        if (!verdict.over.empty()) {
            end(active.state, verdict.over);
        }
        if (explain) {
            notes.push_back(explained(rule, verdict));
        }
        if (verdict.struck) {
            if (!strike) {
                strike = std::make_unique<FaultStrike>();
            }
            strike->add(active.rule, FaultDice(seed, rule.name, verdict.number));
        }
    }
    if (explain && !notes.empty()) {
        if (!strike) {
            strike = std::make_unique<FaultStrike>();
        }
        strike->explain(json::serialize(notes));
    }
    return strike;
}

std::vector<FaultRules::Told> FaultRules::all() {
    sweep();
    std::vector<Told> told;
    const std::lock_guard lock(mutex_);
    for (const std::shared_ptr<State>& state : states_) {
        Told& one = told.emplace_back();
        one.rule = *state->rule;
        one.ended = state->ended;
        one.rule.on = state->on;
        const std::lock_guard counting(state->counting);
        one.matched = state->matched;
        one.struck = state->struck;
    }
    return told;
}

std::optional<FaultRules::Told> FaultRules::find(std::string_view name) {
    for (Told& told : all()) {
        if (told.rule.name == name) {
            return std::move(told);
        }
    }
    return std::nullopt;
}

bool FaultRules::put(FaultRule rule) {
    const std::lock_guard lock(mutex_);
    auto state = std::make_shared<State>(std::move(rule));
    state->on = state->rule->on;
    state->sinceMs = clock_.nowMs();
    const auto old = std::ranges::find_if(states_, [&state](const std::shared_ptr<State>& each) {
        return each->rule->name == state->rule->name;
    });
    if (old != states_.end()) {
        *old = std::move(state);
    } else if (states_.size() >= kMostFaultRules) {
        return false;
    } else {
        states_.push_back(std::move(state));
    }
    publish();
    return true;
}

bool FaultRules::switchTo(std::string_view name, bool on) {
    const std::lock_guard lock(mutex_);
    for (const std::shared_ptr<State>& state : states_) {
        if (state->rule->name != name) {
            continue;
        }
        if (on && !state->on) {
            const std::lock_guard counting(state->counting);
            state->sinceMs = clock_.nowMs();
        }
        state->on = on;
        state->ended.clear();
        publish();
        return true;
    }
    return false;
}

bool FaultRules::remove(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const bool found = std::erase_if(states_, [name](const std::shared_ptr<State>& state) {
                           return state->rule->name == name;
                       }) > 0;
    publish();
    return found;
}

void FaultRules::replace(std::vector<FaultRule> rules) {
    const std::lock_guard lock(mutex_);
    states_.clear();
    for (FaultRule& rule : rules) {
        auto state = std::make_shared<State>(std::move(rule));
        state->on = state->rule->on;
        state->sinceMs = clock_.nowMs();
        states_.push_back(std::move(state));
    }
    publish();
}

// With mutex_ held.
void FaultRules::publish() {
    auto set = std::make_shared<Set>();
    for (const std::shared_ptr<State>& state : states_) {
        if (state->on) {
            set->rules.push_back({state->rule, state});
        }
    }
    const bool any = !set->rules.empty();
    set_.store(any ? std::move(set) : nullptr, std::memory_order_release);
    armed_.store(any, std::memory_order_relaxed);
}

void FaultRules::end(const std::shared_ptr<State>& state, std::string_view why) {
    const std::lock_guard lock(mutex_);
    if (state->on) {
        state->on = false;
        state->ended = why;
        publish();
    }
}

// Rules whose time is over, whether requests came or not.
void FaultRules::sweep() {
    const std::lock_guard lock(mutex_);
    bool changed = false;
    for (const std::shared_ptr<State>& state : states_) {
        const auto& life = state->rule->limits.timeToLive;
        if (!state->on || !life) {
            continue;
        }
        const std::lock_guard counting(state->counting);
        if (clock_.nowMs() - state->sinceMs >= life->count()) {
            state->on = false;
            state->ended = "ttl";
            changed = true;
        }
    }
    if (changed) {
        publish();
    }
}

}  // namespace tikgok::sim
