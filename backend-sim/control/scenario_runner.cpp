// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/scenario_runner.h"

#include "backend-sim/control/inner_call.h"
#include "backend-sim/control/people_routes.h"
#include "backend-sim/services/trouble/troubles.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <system_error>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

using http::Verb;

constexpr std::size_t kMostScenario = std::size_t{1024} * 1024;
// For a write of somebody in the world.
constexpr std::chrono::seconds kDeedTime{10};

bool went(const http::Response& response) {
    return response.status >= 200 && response.status < 300;
}

// Starts `submit(done)`, waits, and gives what went wrong.
template <class T, class Submit>
std::string outcomeOf(Submit submit, T* value = nullptr) {
    auto promise = std::make_shared<std::promise<Outcome<T>>>();
    auto future = promise->get_future();
    submit(Done<T>([promise](Outcome<T> outcome) { promise->set_value(std::move(outcome)); }));
    if (future.wait_for(kDeedTime) != std::future_status::ready) {
        return "it took too long";
    }
    Outcome<T> outcome = future.get();
    if (!outcome) {
        return std::string(outcome.error().message);
    }
    if constexpr (!std::is_void_v<T>) {
        if (value != nullptr) {
            *value = std::move(*outcome);
        }
    }
    return {};
}

std::string voidOutcomeOf(std::move_only_function<void(Done<void>)> submit) {
    auto promise = std::make_shared<std::promise<Outcome<void>>>();
    auto future = promise->get_future();
    submit(Done<void>([promise](Outcome<void> outcome) { promise->set_value(std::move(outcome)); }));
    if (future.wait_for(kDeedTime) != std::future_status::ready) {
        return "it took too long";
    }
    const Outcome<void> outcome = future.get();
    return outcome ? std::string() : std::string(outcome.error().message);
}

std::optional<json::object> objectIn(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    boost::system::error_code error;
    json::value value = json::parse(text, error);
    return !in.bad() && !error && value.is_object() ? std::optional(std::move(value.get_object()))
                                                    : std::nullopt;
}

}  // namespace

void ScenarioRunner::addRoutes() {
    AdminRouter& router = needs_.router;
    router.add(Verb::Get, "scenarios", "The scenarios that come with the program.",
               [this](const AdminRequest& /*request*/) { return listShipped(); });
    router.add(Verb::Get, "scenarios/{scenario}", "One of them, as it is.",
               [this](const AdminRequest& request) {
                   const auto body = objectIn(needs_.shipped / (request.names[0] + ".json"));
                   return body ? adminReply(*body)
                               : adminProblem(404, "no_such_scenario", "There is no such scenario.");
               });
    router.add(Verb::Post, "scenarios/{scenario}", "Puts one of them in place.",
               [this](const AdminRequest& request) { return startShipped(request.names[0]); });
    router.add(Verb::Get, "scenario", "The one that is in place, and how far it is.",
               [this](const AdminRequest& /*request*/) { return status(); });
    router
        .add(
            Verb::Put, "scenario", "Puts a scenario in place; the body is one (docs/scenario.schema.json).",
            [this](const AdminRequest& request) { return start(request.body); }, kMostScenario)
        .takesWhatItKnows();
    router.add(Verb::Delete, "scenario",
               "Ends it: no steps, no faults, the computer's time; the world stays.",
               [this](const AdminRequest& /*request*/) { return end(); });
}

void ScenarioRunner::stop() {
    ++run_;
    player_.request_stop();
    if (player_.joinable()) {
        player_.join();
    }
}

http::Response ScenarioRunner::call(Verb verb, std::string_view path, json::object body) const {
    return innerCall(needs_.router, verb, path, std::move(body));
}

http::Response ScenarioRunner::listShipped() const {
    json::array all;
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(needs_.shipped, error)) {
        if (entry.path().extension() == ".json") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        if (const auto body = objectIn(file)) {
            all.push_back({{"name", file.stem().string()},
                           {"title", textIn(*body, "title").value_or("")},
                           {"description", textIn(*body, "description").value_or("")}});
        }
    }
    return adminReply({{"scenarios", std::move(all)}});
}

http::Response ScenarioRunner::startShipped(const std::string& name) {
    const auto body = objectIn(needs_.shipped / (name + ".json"));
    return body ? start(*body) : adminProblem(404, "no_such_scenario", "There is no such scenario.");
}

http::Response ScenarioRunner::start(const json::object& body) {
    auto scenario = scenarioFrom(body);
    if (!scenario) {
        return adminProblem(422, "bad_scenario", scenario.error());
    }
    if (auto problem = foresee(*scenario)) {
        return std::move(*problem);
    }
    stop();
    json::array accounts;
    if (auto problem = put(*scenario, accounts)) {
        return std::move(*problem);
    }
    const std::uint64_t run = ++run_;
    {
        const std::lock_guard lock(mutex_);
        progress_ = {};
        progress_.name = scenario->name;
        for (const Scenario::Step& step : scenario->steps) {
            progress_.left += static_cast<std::size_t>(step.times);
        }
    }
    if (!scenario->steps.empty() && !needs_.recorder.driven()) {
        player_ = std::jthread([this, run, begin = needs_.clock.pacedNow(),
                                steps = std::move(scenario->steps)](const std::stop_token& ends) mutable {
            play(std::move(steps), run, begin, ends);
        });
    }
    return adminReply(
        {{"scenario", scenario->name}, {"title", scenario->title}, {"accounts", std::move(accounts)}});
}

std::optional<http::Response> ScenarioRunner::put(const Scenario& scenario, json::array& accounts) {
    const auto must = [this](Verb verb, std::string_view path,
                             json::object body = {}) -> std::optional<http::Response> {
        http::Response response = call(verb, path, std::move(body));
        return went(response) ? std::nullopt : std::optional(std::move(response));
    };
    if (auto bad = must(Verb::Delete, "inside")) {
        return bad;
    }
    // First what may be refused.
    if (!scenario.faults.empty() || needs_.router.find(Verb::Put, "faults").entry != nullptr) {
        if (auto bad = must(Verb::Put, "faults", {{"seed", scenario.seed}, {"rules", scenario.faults}})) {
            return bad;
        }
    }
    if (auto bad = must(Verb::Post, "clock/reset")) {
        return bad;
    }
    const Scenario::Clock& clock = scenario.clock;
    if (clock.frozen) {
        needs_.time.freeze();
    }
    if ((clock.nowMs && !needs_.time.set(*clock.nowMs)) ||
        (clock.advanceMs && !needs_.time.advance(*clock.advanceMs))) {
        return adminProblem(422, "bad_scenario", "'clock' leads out of the years from 1970 to 2199.");
    }
    if (!clock.scale.empty()) {
        if (auto bad = must(Verb::Post, "clock/scale", clock.scale)) {
            return bad;
        }
    }
    if (clock.skewMs && !needs_.time.setSkew(*clock.skewMs)) {
        return adminProblem(422, "bad_scenario", "'clock/skew_ms' is too much.");
    }
    needs_.setDialect(scenario.dialect);
    if (!scenario.world.empty()) {
        if (auto bad = must(Verb::Put, "world", {{"name", scenario.world}, {"seed", scenario.seed}})) {
            return bad;
        }
    }
    for (const Scenario::Account& account : scenario.accounts) {
        if (auto why = makeAccount(account, accounts)) {
            return adminProblem(422, "bad_scenario",
                                "The account '" + account.name + "' cannot be made: " + *why + ".");
        }
    }
    for (const Scenario::Inside& each : scenario.inside) {
        json::object body{{"on", true}};
        if (each.times) {
            body["times"] = *each.times;
        }
        if (auto bad = must(Verb::Put, "inside/" + each.fault, std::move(body))) {
            return bad;
        }
    }
    return std::nullopt;
}

RequestContext ScenarioRunner::contextOf(contract::Id who) const {
    RequestContext context;
    context.caller = who;
    context.policy = &needs_.policy();
    return context;
}

std::optional<std::string> ScenarioRunner::makeAccount(const Scenario::Account& account,
                                                       json::array& accounts) const {
    const Services services = needs_.services();
    auto id = needs_.personNamed(account.name);
    const bool existed = id.has_value();
    if (!existed) {
        contract::Id made = 0;
        std::string why = outcomeOf<contract::Id>(
            [&](Done<contract::Id> done) {
                services.user.registerUser(contextOf(0), account.name, account.password, std::move(done));
            },
            &made);
        if (!why.empty()) {
            return why;
        }
        id = made;
    }
    const auto follow = [&](contract::Id one, contract::Id other) {
        return voidOutcomeOf([&](Done<void> done) {
            services.sociality.follow(contextOf(one), other, contract::Action::Do, std::move(done));
        });
    };
    for (const bool out : {true, false}) {
        for (const std::string& name : out ? account.follows : account.followedBy) {
            const auto other = needs_.personNamed(name);
            std::string why = !other ? "there is no '" + name + "'"
                              : out  ? follow(*id, *other)
                                     : follow(*other, *id);
            if (!why.empty()) {
                return why;
            }
        }
    }
    const auto token =
        mintToken(needs_.tokens, *id, needs_.clock.nowMs(), account.tokenAgeMs, account.tokenDamage);
    if (!token) {
        return "there is no such damage of a token";
    }
    json::object told{{"name", account.name}, {"id", *id}, {"existed", existed}, {"token", *token}};
    if (!existed) {
        // Whoever was there already keeps a password of their own.
        told["password"] = account.password;
    }
    accounts.push_back(std::move(told));
    return std::nullopt;
}

void ScenarioRunner::play(std::vector<Scenario::Step> steps, std::uint64_t run, VirtualTime::Paced begin,
                          const std::stop_token& stop) {
    struct Due {
        VirtualTime::Paced at;
        std::size_t step;
        std::int64_t left;
    };
    std::vector<Due> due;
    due.reserve(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        due.push_back({begin + std::chrono::milliseconds(steps[i].afterMs), i, steps[i].times});
    }
    while (!due.empty()) {
        const auto next =
            std::ranges::min_element(due, {}, [](const Due& each) { return std::pair(each.at, each.step); });
        if (!needs_.time.waitUntil(next->at, stop)) {
            return;
        }
        const Scenario::Step& step = steps[next->step];
        auto done = std::make_shared<std::promise<void>>();
        auto over = done->get_future();
        needs_.post([this, step, run, done] {
            if (run_ != run) {
                return;
            }
            const std::string why = needs_.recorder.noteDeed(step.told, [&] { return perform(step); });
            const std::lock_guard lock(mutex_);
            ++progress_.done;
            progress_.left -= std::min<std::size_t>(progress_.left, 1);
            if (!why.empty()) {
                ++progress_.failed;
                progress_.lastProblem = why;
            }
            done->set_value();
        });
        done.reset();
        // A leap of the clock makes many due at once; they do not pile up on the control's thread.
        constexpr std::chrono::milliseconds kLook{20};
        while (over.wait_for(kLook) != std::future_status::ready) {
            if (stop.stop_requested()) {
                return;
            }
        }
        if (--next->left == 0) {
            due.erase(next);
        } else {
            next->at += std::chrono::milliseconds(step.everyMs);
        }
    }
}

std::string ScenarioRunner::perform(const Scenario::Step& step) const {
    using Deed = Scenario::Step::Deed;
    if (step.deed == Deed::Admin) {
        const Verb verb = step.method == "PUT"      ? Verb::Put
                          : step.method == "DELETE" ? Verb::Delete
                                                    : Verb::Post;
        const http::Response response = call(verb, step.path, step.body);
        return went(response) ? std::string() : response.body;
    }
    const auto who = needs_.personNamed(step.as);
    if (!who) {
        return "there is no '" + step.as + "'";
    }
    const auto other = step.who.empty() ? std::optional<contract::Id>(0) : needs_.personNamed(step.who);
    if (!other) {
        return "there is no '" + step.who + "'";
    }
    const Services services = needs_.services();
    const RequestContext context = contextOf(*who);
    contract::Id newest = 0;
    if (step.deed == Deed::Comment || step.deed == Deed::Like) {
        static_cast<void>(
            services.video.visitFeed(context, 0, [&newest](const VideoSight& sight, const MediaUrls&) {
                newest = newest == 0 ? sight.video.id : newest;
            }));
        if (newest == 0) {
            return "there is no video";
        }
    }
    switch (step.deed) {
        case Deed::SendMessage:
            return voidOutcomeOf(
                [&](Done<void> done) { services.chat.send(context, *other, step.text, std::move(done)); });
        case Deed::Comment:
            return outcomeOf<contract::Comment>([&](Done<contract::Comment> done) {
                services.interaction.addComment(context, newest, step.text, std::move(done));
            });
        case Deed::Like:
            return voidOutcomeOf([&](Done<void> done) {
                services.interaction.favorite(context, newest, contract::Action::Do, std::move(done));
            });
        case Deed::Follow:
            return voidOutcomeOf([&](Done<void> done) {
                services.sociality.follow(context, *other, contract::Action::Do, std::move(done));
            });
        case Deed::Publish: {
            const std::filesystem::path copy =
                needs_.staging / ("scenario-" + std::to_string(run_.load()) + ".mp4");
            std::error_code error;
            std::filesystem::copy_file(needs_.clip, copy, std::filesystem::copy_options::overwrite_existing,
                                       error);
            if (error) {
                return error.message();
            }
            return outcomeOf<contract::Id>([&](Done<contract::Id> done) {
                services.video.publish(context, {copy, "scenario.mp4", {}}, step.text, std::move(done));
            });
        }
        case Deed::Admin:
            break;
    }
    return {};
}

std::expected<std::string, std::string> ScenarioRunner::performTold(const json::object& step) const {
    const auto scenario = scenarioFrom(
        {{"format", kScenarioFormat}, {"name", "step"}, {"title", "One step"}, {"steps", json::array{step}}});
    return scenario ? std::expected<std::string, std::string>(perform(scenario->steps.front()))
                    : std::unexpected(scenario.error());
}

std::string ScenarioRunner::name() const {
    const std::lock_guard lock(mutex_);
    return progress_.name;
}

http::Response ScenarioRunner::status() const {
    const std::lock_guard lock(mutex_);
    if (progress_.name.empty()) {
        return adminReply({{"scenario", nullptr}});
    }
    json::object all{{"scenario", progress_.name},
                     {"steps_left", progress_.left},
                     {"steps_done", progress_.done},
                     {"steps_failed", progress_.failed}};
    if (!progress_.lastProblem.empty()) {
        all["last_problem"] = progress_.lastProblem;
    }
    return adminReply(all);
}

http::Response ScenarioRunner::end() {
    stop();
    static_cast<void>(call(Verb::Delete, "faults"));
    static_cast<void>(call(Verb::Delete, "inside"));
    static_cast<void>(call(Verb::Post, "clock/reset"));
    const std::lock_guard lock(mutex_);
    progress_ = {};
    return adminReply({{"scenario", nullptr}});
}

}  // namespace tikgok::sim
