// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Section 2 of the contract for the reference server: what is in a token, which ones it takes, and what comes
// first when several things are wrong.

#include "tests/conformance/calls.h"
#include "tests/conformance/token_forge.h"

#include <algorithm>
#include <chrono>

namespace tikgok::conformance {

namespace tikgok_token_cases {
namespace {

using namespace calls;

constexpr std::int64_t kMonth = 2'592'000;
constexpr std::string_view kHs256 = R"({"alg":"HS256","typ":"JWT"})";
constexpr std::string_view kHs512 = R"({"alg":"HS512","typ":"JWT"})";

std::int64_t seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

json::object someClaims(std::int64_t id) {
    return {{"ID", id}, {"nbf", seconds() - 10}, {"exp", seconds() + 1000}, {"iss", "TikGok"}};
}

// On an endpoint that needs nothing but a token that is taken.
Reply ask(Context& context, const std::string& token) {
    return context.get("/douyin/comment/list/", {{"video_id", "0"}, {"token", token}});
}

void claims(Context& context) {
    const Person person = context.newPerson();
    const auto first = person.token.find('.');
    const auto second = person.token.rfind('.');
    context.expectEqual(fromBase64Url(person.token.substr(0, first)), std::string(kHs256), "the header");
    boost::system::error_code error;
    const json::value payload =
        json::parse(fromBase64Url(person.token.substr(first + 1, second - first - 1)), error);
    if (!context.expect(!error, "the claims are JSON")) {
        return;
    }
    context.expectEqual(number(payload, "ID"), person.id, "ID, exactly");
    context.expectEqual(number(payload, "exp") - number(payload, "nbf"), kMonth, "30 days");
    context.expectEqual(text(payload, "iss"), std::string("TikGok"), "iss");
    context.expectEqual(static_cast<std::int64_t>(payload.as_object().size()), std::int64_t{4},
                        "ID, nbf, exp and iss; no iat and no sub");
}

// "login and register issue a new token each time and old ones stay valid"
void oldOnes(Context& context) {
    const Person person = context.newPerson();
    const Reply again = signIn(context, person.name, person.password);
    context.requireOk(again);
    context.expectOk(ask(context, person.token));
    context.expectOk(ask(context, text(again.body, "token")));
}

// The token is looked at before the parameters.
void first(Context& context, const Endpoint& endpoint) {
    const Verdict bad = kNotAToken;
    for (const Pairs& query : {Pairs{}, Pairs{{"user_id", "x"}, {"to_user_id", ""}, {"video_id", "1.5"}},
                               Pairs{{"action_type", "999"}}}) {
        Request request{
            .method = std::string(endpoint.method), .target = std::string(endpoint.path), .query = query};
        context.expectFailure(context.call(request), kNoToken);
        request.query.push_back({"token", "hello"});
        context.expectFailure(context.call(request), bad);
    }
}

struct Minted {
    std::string_view name;
    std::function<std::string(const Person&, const std::string& key)> make;
    // Nothing: it is taken.
    std::optional<Verdict> verdict;
};

std::string minted(const json::object& claims, const std::string& key, std::string_view header = kHs256) {
    return signedToken(header, json::serialize(claims), key, header == kHs512);
}

std::string with(const Person& person, const std::string& key, std::string_view name,
                 const json::value& value) {
    json::object claims = someClaims(person.id);
    claims[name] = value;
    return minted(claims, key);
}

const std::vector<Minted>& mintedTokens() {
    static const std::vector<Minted> table{
        {"plain", [](const Person& p, const std::string& k) { return minted(someClaims(p.id), k); }, {}},
        {"hs512",
         [](const Person& p, const std::string& k) { return minted(someClaims(p.id), k, kHs512); },
         {}},
        {"other-issuer",
         [](const Person& p, const std::string& k) { return with(p, k, "iss", "somebody"); },
         {}},
        {"unknown-user", [](const Person&, const std::string& k) { return minted(someClaims(4096), k); }, {}},
        {"none",
         [](const Person& p, const std::string& k) {
             return minted(someClaims(p.id), k, R"({"alg":"none","typ":"JWT"})");
         },
         kBadSignature},
        {"rs256",
         [](const Person& p, const std::string& k) {
             return minted(someClaims(p.id), k, R"({"alg":"RS256","typ":"JWT"})");
         },
         kBadSignature},
        {"hs256-signed-as-hs512",
         [](const Person& p, const std::string& k) {
             return signedToken(kHs256, json::serialize(someClaims(p.id)), k, true);
         },
         kBadSignature},
        {"expired", [](const Person& p, const std::string& k) { return with(p, k, "exp", seconds() - 3); },
         kExpired},
        {"not-yet", [](const Person& p, const std::string& k) { return with(p, k, "nbf", seconds() + 100); },
         kNotYet},
        {"expired-and-not-yet",
         [](const Person& p, const std::string& k) {
             json::object both = someClaims(p.id);
             both["exp"] = seconds() - 100;
             both["nbf"] = seconds() + 100;
             return minted(both, k);
         },
         kExpired},
        {"other-key", [](const Person& p, const std::string& k) { return minted(someClaims(p.id), k + "x"); },
         kBadSignature},
    };
    return table;
}

void mintedOne(Context& context, const Minted& what) {
    const std::string token = what.make(context.shared(0), *context.settings().jwtKey);
    const Reply reply = ask(context, token);
    const Reply top = context.get("/douyin/feed/", {{"token", token}});
    if (what.verdict) {
        context.expectFailure(reply, *what.verdict);
        context.expectFailure(top, kFeedBadToken);
    } else {
        context.expectOk(reply);
        context.expectOk(top);
    }
}

// "does not check that the user exists": what such a caller does is done.
void stranger(Context& context) {
    const std::int64_t id = std::int64_t{1} << 62;
    const Person nobody{.id = id, .token = minted(someClaims(id), *context.settings().jwtKey)};
    const Person& person = context.shared(0);
    context.expectOk(say(context, nobody, person.id, "from nobody"));
    context.expectOk(follow(context, nobody, person.id));
    context.expectOk(like(context, nobody, context.sharedVideo()));
    context.eventually("the follower that does not exist is in the list, all zero", [&] {
        return holds(idsIn(context, listOf(context, "relation/follower", person, person.id), "user_list"), 0);
    });
    context.expectOk(follow(context, nobody, person.id, kUndo));
    context.expectFailure(profile(context, nobody, id), kUserNotFound);
}

}  // namespace
}  // namespace tikgok_token_cases

void addTikgokTokenCases(Cases& cases) {
    using namespace tikgok_token_cases;
    addTokenChecks(cases, tikgokEndpoints());
    add(cases, "2", "token/claims", &claims);
    add(cases, "2", "token/old-ones", &oldOnes);
    for (const Endpoint& endpoint : tikgokEndpoints()) {
        if (endpoint.token == TokenRule::Required) {
            add(cases, "2", "token/before-parameters/" + std::string(endpoint.name),
                [&](Context& c) { first(c, endpoint); });
        }
    }
    for (const Minted& each : mintedTokens()) {
        addWithKey(cases, "2", "token/minted/" + std::string(each.name),
                   [&](Context& c) { mintedOne(c, each); });
    }
    addWithKey(cases, "2", "token/stranger", &stranger);
}

}  // namespace tikgok::conformance
