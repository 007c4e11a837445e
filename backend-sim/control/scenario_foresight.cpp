// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a scenario will be refused for. All of it is looked at before anything is changed: a refused scenario
// leaves the simulator as it was.

#include "backend-sim/control/clock_routes.h"
#include "backend-sim/control/fault_routes.h"
#include "backend-sim/control/people_routes.h"
#include "backend-sim/control/scenario_runner.h"
#include "backend-sim/services/trouble/troubles.h"
#include "backend-sim/services/users.h"

#include <cmath>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

http::Response badScenario(const std::string& words) {
    return adminProblem(422, "bad_scenario", words);
}

std::string noSuchPerson(const std::string& name) {
    return "there is no '" + name + "'";
}

}  // namespace

std::optional<http::Response> ScenarioRunner::foresee(const Scenario& scenario) const {
    for (const Scenario::Inside& each : scenario.inside) {
        const auto trouble = troubleNamed(each.fault);
        if (!trouble) {
            return badScenario("There is no fault '" + each.fault + "' inside.");
        }
        if (each.times && !Troubles::counts(*trouble)) {
            return badScenario("The fault '" + each.fault +
                               "' inside does not strike one by one: no 'times'.");
        }
    }
    if (const auto good = checkFaults({{"seed", scenario.seed}, {"rules", scenario.faults}}); !good) {
        return adminProblem(422, "bad_rule", good.error());
    }
    if (const auto problem = foreseeClock(scenario.clock)) {
        return badScenario(*problem);
    }
    std::set<std::string> people;
    if (!scenario.world.empty()) {
        if (!isAdminName(scenario.world)) {
            return badScenario("'world' must be a plain name.");
        }
        auto there = needs_.worlds.peopleOf(scenario.world, static_cast<std::uint64_t>(scenario.seed));
        if (!there) {
            return adminProblem(there.error());
        }
        people.insert(there->begin(), there->end());
    }
    if (const auto problem = foreseeAccounts(scenario, people)) {
        return badScenario(*problem);
    }
    std::size_t number = 0;
    for (const Scenario::Step& step : scenario.steps) {
        if (const auto problem = foreseeStep(step, people, scenario.world.empty())) {
            return badScenario("'steps/" + std::to_string(number) + "' cannot happen: " + *problem + ".");
        }
        ++number;
    }
    return std::nullopt;
}

std::optional<std::string> ScenarioRunner::foreseeClock(const Scenario::Clock& clock) const {
    const std::int64_t now = clock.nowMs.value_or(needs_.realNowMs());
    if (now > VirtualTime::kLatestMs - clock.advanceMs.value_or(0)) {
        return "'clock' leads out of the years from 1970 to 2199.";
    }
    if (const json::value* const factor = clock.scale.if_contains("factor")) {
        if (!scaleOf(factor->to_number<double>())) {
            return "'clock/scale' must be from 0.000001 to 10000.";
        }
    }
    if (std::abs(clock.skewMs.value_or(0)) > VirtualTime::kMostSkewMs) {
        return "'clock/skew_ms' must be within ten years either way.";
    }
    return std::nullopt;
}

// The people: those who are there, and the accounts.
std::optional<std::string> ScenarioRunner::foreseeAccounts(const Scenario& scenario,
                                                           std::set<std::string>& people) const {
    std::set<std::string> names;
    const auto isThere = [&](const std::string& name) {
        return people.contains(name) || (scenario.world.empty() && needs_.personNamed(name));
    };
    const Policy& policy = policyOf(dialectNamed(scenario.dialect).value_or(DialectName::Standard));
    for (const Scenario::Account& account : scenario.accounts) {
        const auto cannot = [&account](const std::string& why) {
            return "The account '" + account.name + "' cannot be made: " + why + ".";
        };
        if (!names.insert(account.name).second) {
            return "The account '" + account.name + "' is there twice.";
        }
        if (!isThere(account.name) && !isGoodAccount(account.name, account.password, policy)) {
            return cannot("its name or its password is too long");
        }
        if (!mintToken(needs_.tokens, 1, needs_.clock.nowMs(), account.tokenAgeMs, account.tokenDamage)) {
            return cannot("there is no such damage of a token");
        }
        for (const auto& others : {account.follows, account.followedBy}) {
            for (const std::string& other : others) {
                // Accounts are made one after another.
                if (other == account.name) {
                    return cannot("nobody follows oneself");
                }
                if (!names.contains(other) && !isThere(other)) {
                    return cannot(noSuchPerson(other));
                }
            }
        }
    }
    people.insert(names.begin(), names.end());
    return std::nullopt;
}

std::optional<std::string> ScenarioRunner::foreseeStep(const Scenario::Step& step,
                                                       const std::set<std::string>& people,
                                                       bool anybody) const {
    if (step.deed == Scenario::Step::Deed::Admin) {
        const http::Verb verb = step.method == "PUT"      ? http::Verb::Put
                                : step.method == "DELETE" ? http::Verb::Delete
                                                          : http::Verb::Post;
        const AdminRouter::Match match = needs_.router.find(verb, step.path);
        if (match.entry == nullptr) {
            return match.allow.empty() ? "there is nothing at /_sim/" + step.path
                                       : "/_sim/" + step.path + " is for " + match.allow;
        }
        AdminRequest request;
        request.body = step.body;
        return match.entry->unknownIn(request);
    }
    for (const std::string& name : {step.as, step.who}) {
        if (!name.empty() && !people.contains(name) && !(anybody && needs_.personNamed(name))) {
            return noSuchPerson(name);
        }
    }
    if (step.deed == Scenario::Step::Deed::Follow && step.as == step.who) {
        return "nobody follows oneself";
    }
    return std::nullopt;
}

}  // namespace tikgok::sim
