// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/scenario.h"

#include "backend-sim/control/admin_router.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

constexpr std::int64_t kMostMs = std::int64_t{3'660} * 86'400'000;
constexpr std::size_t kMostListed = 100;
constexpr std::int64_t kMostTimes = 10'000;
constexpr std::size_t kLongestText = 20'000;

constexpr std::array<std::pair<std::string_view, Scenario::Step::Deed>, 6> kDeeds{{
    {"send_message", Scenario::Step::Deed::SendMessage},
    {"comment", Scenario::Step::Deed::Comment},
    {"like", Scenario::Step::Deed::Like},
    {"follow", Scenario::Step::Deed::Follow},
    {"publish", Scenario::Step::Deed::Publish},
    {"admin", Scenario::Step::Deed::Admin},
}};

// Reads an object's members, and keeps the first thing that is wrong.
class Members {
public:
    Members(const json::object& object, std::string where, std::string& problem)
        : object_(object), where_(std::move(where)), problem_(problem) {}

    void only(std::initializer_list<std::string_view> known) {
        for (const auto& member : object_) {
            if (std::ranges::find(known, std::string_view(member.key())) == known.end()) {
                wrong(member.key(), "is not known");
            }
        }
    }
    void wrong(std::string_view name, std::string_view words) {
        if (problem_.empty()) {
            problem_ = "'" + where_ + std::string(name) + "' " + std::string(words) + ".";
        }
    }
    std::optional<std::string> text(std::string_view name, std::size_t most = 1'000) {
        auto value = textIn(object_, name);
        if (object_.contains(name) && (!value || value->empty() || value->size() > most)) {
            wrong(name, "must be a text of 1 to " + std::to_string(most) + " bytes");
            return std::nullopt;
        }
        return value;
    }
    std::string needText(std::string_view name, std::size_t most = 1'000) {
        if (!object_.contains(name)) {
            wrong(name, "is missing");
        }
        return text(name, most).value_or("");
    }
    std::optional<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most) {
        const auto value = numberIn(object_, name);
        if (object_.contains(name) && (!value || *value < least || *value > most)) {
            wrong(name, "must be an integer from " + std::to_string(least) + " to " + std::to_string(most));
            return std::nullopt;
        }
        return value;
    }
    bool flag(std::string_view name) {
        const auto value = boolIn(object_, name);
        if (object_.contains(name) && !value) {
            wrong(name, "must be true or false");
        }
        return value.value_or(false);
    }
    const json::object* object(std::string_view name) {
        const json::value* const value = object_.if_contains(name);
        if (value != nullptr && !value->is_object()) {
            wrong(name, "must be an object");
            return nullptr;
        }
        return value == nullptr ? nullptr : &value->get_object();
    }
    // Calls `take(element, where)` for each of a list.
    template <class Take>
    void list(std::string_view name, Take take) {
        const json::value* const value = object_.if_contains(name);
        if (value == nullptr) {
            return;
        }
        if (!value->is_array() || value->get_array().size() > kMostListed) {
            wrong(name, "must be a list of at most 100");
            return;
        }
        std::size_t index = 0;
        for (const json::value& each : value->get_array()) {
            take(each, where_ + std::string(name) + "/" + std::to_string(index++) + "/");
        }
    }
    template <class Take>
    void objects(std::string_view name, Take take) {
        list(name, [&](const json::value& each, const std::string& where) {
            if (each.is_object()) {
                Members members(each.get_object(), where, problem_);
                take(members, each.get_object());
            } else {
                wrong(name, "must be a list of objects");
            }
        });
    }
    std::vector<std::string> names(std::string_view name) {
        std::vector<std::string> all;
        list(name, [&](const json::value& each, const std::string& /*where*/) {
            if (each.is_string()) {
                all.emplace_back(each.get_string());
            } else {
                wrong(name, "must be a list of names");
            }
        });
        return all;
    }

private:
    const json::object& object_;
    const std::string where_;
    std::string& problem_;
};

Scenario::Account readAccount(Members& in, const json::object& /*object*/) {
    in.only({"name", "password", "follows", "followed_by", "token_age_ms", "token_damage"});
    Scenario::Account account;
    account.name = in.needText("name", 128);
    account.password = in.text("password", 128).value_or("tikgok123");
    account.follows = in.names("follows");
    account.followedBy = in.names("followed_by");
    account.tokenAgeMs = in.number("token_age_ms", -kMostMs, kMostMs).value_or(0);
    account.tokenDamage = in.text("token_damage").value_or("none");
    return account;
}

Scenario::Step readStep(Members& in, const json::object& object) {
    in.only({"after_ms", "every_ms", "times", "do", "as", "who", "text", "repeat", "method", "path", "body"});
    Scenario::Step step;
    const std::string deed = in.needText("do");
    const auto found =
        std::ranges::find(kDeeds, deed, &std::pair<std::string_view, Scenario::Step::Deed>::first);
    if (found == kDeeds.end()) {
        in.wrong("do", "must be send_message, comment, like, follow, publish or admin");
        return step;
    }
    step.deed = found->second;
    step.told = object;
    step.afterMs = in.number("after_ms", 0, kMostMs).value_or(0);
    step.everyMs = in.number("every_ms", 1, kMostMs).value_or(0);
    step.times = in.number("times", 1, kMostTimes).value_or(1);
    if (step.times > 1 && step.everyMs == 0) {
        in.wrong("every_ms", "is missing");
    }
    using Deed = Scenario::Step::Deed;
    if (step.deed == Deed::Admin) {
        step.method = in.needText("method");
        step.path = in.needText("path");
        if (step.method != "POST" && step.method != "PUT" && step.method != "DELETE") {
            in.wrong("method", "must be POST, PUT or DELETE");
        }
        // Below /_sim/, with or without a slash in front.
        step.path.erase(0, step.path.find_first_not_of('/'));
        if (step.path.starts_with("scenario")) {
            in.wrong("path", "must not lead to scenarios");
        }
        if (const json::object* const body = in.object("body")) {
            step.body = *body;
        }
        return step;
    }
    step.as = in.needText("as", 128);
    if (step.deed == Deed::SendMessage || step.deed == Deed::Follow) {
        step.who = in.needText("who", 128);
    }
    if (step.deed != Deed::Like && step.deed != Deed::Follow) {
        const std::string once = in.needText("text", kLongestText);
        const auto repeat = in.number("repeat", 1, 10'000).value_or(1);
        if (once.size() * static_cast<std::size_t>(repeat) > kLongestText * 4) {
            in.wrong("repeat", "makes the text too long");
            return step;
        }
        for (std::int64_t i = 0; i < repeat; ++i) {
            step.text += once;
        }
    }
    return step;
}

}  // namespace

std::expected<Scenario, std::string> scenarioFrom(const json::object& body) {
    std::string problem;
    Scenario scenario;
    Members in(body, "", problem);
    in.only({"$schema", "format", "name", "title", "description", "dialect", "seed", "world", "clock",
             "accounts", "faults", "inside", "steps"});
    if (numberIn(body, "format") != kScenarioFormat) {
        in.wrong("format", "must be 1");
    }
    scenario.name = in.needText("name", 64);
    if (!isAdminName(scenario.name)) {
        in.wrong("name", "must be a plain name");
    }
    scenario.title = in.needText("title", 200);
    in.text("description", 4'000);
    scenario.dialect = in.text("dialect").value_or("standard");
    if (scenario.dialect != "standard" && scenario.dialect != "tikgok" && scenario.dialect != "demo") {
        in.wrong("dialect", "must be standard, tikgok or demo");
    }
    scenario.seed = in.number("seed", 0, (std::int64_t{1} << 53) - 1).value_or(1);
    scenario.world = in.text("world", 64).value_or("");
    if (const json::object* const clock = in.object("clock")) {
        Members members(*clock, "clock/", problem);
        members.only({"now_ms", "advance_ms", "skew_ms", "scale", "frozen"});
        scenario.clock.nowMs = members.number("now_ms", 0, 7'258'118'399'999);
        scenario.clock.advanceMs = members.number("advance_ms", 0, kMostMs);
        scenario.clock.skewMs = members.number("skew_ms", -kMostMs, kMostMs);
        scenario.clock.frozen = members.flag("frozen");
        if (const json::value* const scale = clock->if_contains("scale")) {
            if (!scale->is_number()) {
                members.wrong("scale", "must be a number");
            }
            scenario.clock.scale["factor"] = *scale;
        }
    }
    in.objects("accounts", [&](Members& members, const json::object& each) {
        scenario.accounts.push_back(readAccount(members, each));
    });
    in.objects("faults",
               [&](Members& /*members*/, const json::object& each) { scenario.faults.push_back(each); });
    in.objects("inside", [&](Members& members, const json::object& /*each*/) {
        members.only({"fault", "times"});
        scenario.inside.push_back({members.needText("fault"), members.number("times", 1, 1'000'000)});
    });
    in.objects("steps", [&](Members& members, const json::object& each) {
        scenario.steps.push_back(readStep(members, each));
    });
    if (!problem.empty()) {
        return std::unexpected(problem);
    }
    return scenario;
}

}  // namespace tikgok::sim
