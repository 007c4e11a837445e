// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/scenario: puts a scenario in place, and lets happen what it says. /_sim/scenarios: those that come
// with the program.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/control/recorder.h"
#include "backend-sim/control/scenario.h"
#include "backend-sim/control/world_routes.h"
#include "backend-sim/gateway/token.h"
#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/virtual_time.h"
#include "backend-sim/services/services.h"

#include <atomic>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tikgok::sim {

class ScenarioRunner {
public:
    // Everything must outlive this object.
    struct Needs {
        AdminRouter& router;
        VirtualTime& time;
        const Clock& clock;
        const TokenAuthority& tokens;
        std::function<Services()> services;
        std::function<std::optional<contract::Id>(std::string_view name)> personNamed;
        const WorldKeeper& worlds;
        std::function<void(std::string_view dialect)> setDialect;
        std::function<const Policy&()> policy;
        // The computer's time.
        std::function<std::int64_t()> realNowMs;
        // Runs it on the control's thread, later. Dropped when that has ended.
        std::function<void(std::move_only_function<void()>)> post;
        // Told of every step.
        Recorder& recorder;
        // A clip to publish, and where a copy of it may lie.
        std::filesystem::path clip;
        std::filesystem::path staging;
        // Of the shipped ones; empty: none.
        std::filesystem::path shipped;
    };
    explicit ScenarioRunner(Needs needs) : needs_(std::move(needs)) {}
    ~ScenarioRunner() { stop(); }
    ScenarioRunner(const ScenarioRunner&) = delete;
    ScenarioRunner& operator=(const ScenarioRunner&) = delete;

    void addRoutes();
    // On the control's thread: does what a step says. Gives why it failed, or as the error what is wrong
    // with the step.
    [[nodiscard]] std::expected<std::string, std::string> performTold(const boost::json::object& step) const;
    // What it does on its own ends. From any thread but those that steps run on.
    void stop();
    // Of the scenario that is in place; empty: none. Any thread.
    [[nodiscard]] std::string name() const;

private:
    struct Progress {
        std::string name;
        std::size_t left = 0;
        std::uint64_t done = 0;
        std::uint64_t failed = 0;
        std::string lastProblem;
    };

    http::Response start(const boost::json::object& body);
    http::Response startShipped(const std::string& name);
    [[nodiscard]] http::Response listShipped() const;
    [[nodiscard]] http::Response status() const;
    http::Response end();

    // A call of the admin API from within; on the control's thread.
    [[nodiscard]] http::Response call(http::Verb verb, std::string_view path,
                                      boost::json::object body = {}) const;
    // What will be refused; nothing is changed by then.
    [[nodiscard]] std::optional<http::Response> foresee(const Scenario& scenario) const;
    [[nodiscard]] std::optional<std::string> foreseeClock(const Scenario::Clock& clock) const;
    [[nodiscard]] std::optional<std::string> foreseeAccounts(const Scenario& scenario,
                                                             std::set<std::string>& people) const;
    [[nodiscard]] std::optional<std::string> foreseeStep(const Scenario::Step& step,
                                                         const std::set<std::string>& people,
                                                         bool anybody) const;
    // Gives what came of it when it did not go well.
    std::optional<http::Response> put(const Scenario& scenario, boost::json::array& accounts);
    std::optional<std::string> makeAccount(const Scenario::Account& account,
                                           boost::json::array& accounts) const;
    // `begin`: from when on the steps' times count.
    void play(std::vector<Scenario::Step> steps, std::uint64_t run, VirtualTime::Paced begin,
              const std::stop_token& stop);
    // Gives why not.
    std::string perform(const Scenario::Step& step) const;
    [[nodiscard]] RequestContext contextOf(contract::Id who) const;

    const Needs needs_;
    mutable std::mutex mutex_;
    Progress progress_;
    std::atomic<std::uint64_t> run_ = 0;
    std::jthread player_;
};

}  // namespace tikgok::sim
