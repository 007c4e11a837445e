// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/people_routes.h"

#include <boost/json/array.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

constexpr std::int64_t kMsPerSecondOfToken = 1000;
constexpr std::int64_t kMostAgeMs = std::int64_t{3'660} * 86'400'000;

// {"alg":"none","typ":"JWT"}
constexpr std::string_view kHeadWithoutAlgorithm = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";

}  // namespace

std::optional<std::string> mintToken(const TokenAuthority& tokens, contract::Id user, std::int64_t nowMs,
                                     std::int64_t ageMs, std::string_view damage) {
    const std::int64_t issued = (nowMs - ageMs) / kMsPerSecondOfToken;
    if (damage == "expired") {
        return tokens.issue(user, issued - TokenAuthority::kLifetimeSeconds);
    }
    if (damage == "not_yet") {
        constexpr std::int64_t kHour = 3'600;
        return tokens.issue(user, issued + kHour);
    }
    if (damage == "other_key") {
        return TokenAuthority("the key of another server").issue(user, issued);
    }
    if (damage == "unknown_user") {
        return tokens.issue(std::numeric_limits<contract::Id>::max() / 2, issued);
    }
    std::string token = tokens.issue(user, issued);
    if (damage.empty() || damage == "none") {
        return token;
    }
    const std::size_t head = token.find('.');
    const std::size_t tail = token.rfind('.');
    if (damage == "signature") {
        // Not the last letter: some of its bits mean nothing.
        char& letter = token[tail + 1];
        letter = letter == 'A' ? 'B' : 'A';
        return token;
    }
    if (damage == "no_signature") {
        return std::string(kHeadWithoutAlgorithm) + token.substr(head, tail - head + 1);
    }
    if (damage == "cut") {
        return token.substr(0, tail);
    }
    if (damage == "malformed") {
        return "that's not even a token";
    }
    return std::nullopt;
}

void addPeopleRoutes(AdminRouter& router, PeopleNeeds needs) {
    router
        .add(http::Verb::Get, "people", "Who there is. Query: name (a part of it), after (an id), limit.",
             [find = needs.find](const AdminRequest& request) {
                 constexpr std::int64_t kUsual = 100;
                 constexpr std::int64_t kMost = 1'000;
                 const auto limit = request.queryNumber("limit", kUsual, 1, kMost);
                 const auto after =
                     request.queryNumber("after", 0, 0, std::numeric_limits<std::int64_t>::max());
                 if (!limit || !after) {
                     return adminProblem(400, "bad_query", limit ? after.error() : limit.error());
                 }
                 json::array people;
                 for (const KnownPerson& each : find(request.queryText("name").value_or(std::string_view()),
                                                     *after, static_cast<std::size_t>(*limit))) {
                     people.push_back({{"id", each.id}, {"name", each.name}});
                 }
                 return adminReply({{"people", std::move(people)}});
             })
        .asks({"name", "after", "limit"});
    router
        .add(
            http::Verb::Post, "people/token",
            "A token for anybody. Body: {\"id\" or \"name\", \"age_ms\", \"damage\": none, expired, not_yet, "
            "signature, "
            "no_signature, cut, other_key, unknown_user, malformed}.",
            [needs = std::move(needs)](const AdminRequest& request) {
                if (!needs.tokensCount()) {
                    return adminProblem(
                        409, "dialect",
                        "In the dialect 'demo' a token is the name with the password behind it.");
                }
                const auto id = numberIn(request.body, "id");
                const auto name = textIn(request.body, "name");
                const auto age = request.body.contains("age_ms") ? numberIn(request.body, "age_ms")
                                                                 : std::optional<std::int64_t>(0);
                if (id.has_value() == name.has_value() || !age || *age < -kMostAgeMs || *age > kMostAgeMs) {
                    return adminProblem(422, "bad_member",
                                        "Give either 'id' or 'name', and 'age_ms' within ten years.");
                }
                std::optional<KnownPerson> person;
                for (contract::Id after = id ? *id - 1 : 0; !person;) {
                    constexpr std::size_t kSome = 1'000;
                    const auto found = needs.find(name ? std::string_view(*name) : std::string_view(), after,
                                                  id ? 1 : kSome);
                    for (const KnownPerson& each : found) {
                        if ((id && each.id == *id) || (name && each.name == *name)) {
                            person = each;
                            break;
                        }
                    }
                    if (found.size() < kSome) {
                        break;
                    }
                    after = found.back().id;
                }
                if (!person) {
                    return adminProblem(404, "no_such_person", "There is nobody like that.");
                }
                const auto damage = request.body.contains("damage") ? textIn(request.body, "damage")
                                                                    : std::optional<std::string>("none");
                const auto token =
                    damage ? mintToken(needs.tokens, person->id, needs.clock.nowMs(), *age, *damage)
                           : std::nullopt;
                if (!token) {
                    return adminProblem(422, "bad_member", "There is no such 'damage'.");
                }
                return adminReply({{"id", person->id}, {"name", person->name}, {"token", *token}});
            })
        .takes({"id", "name", "age_ms", "damage"});
}

}  // namespace tikgok::sim
