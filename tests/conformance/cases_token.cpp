// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who needs a token, where it may be, and what is said about a bad one.

#include "tests/conformance/context.h"
#include "tests/conformance/token_forge.h"

#include <chrono>

namespace tikgok::conformance {

namespace token_cases {
namespace {

constexpr std::string_view kGoodHeader = R"({"alg":"HS256","typ":"JWT"})";

std::int64_t nowSeconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::string claims(std::int64_t id, std::int64_t notBefore, std::int64_t expires) {
    return R"({"ID":)" + std::to_string(id) + R"(,"nbf":)" + std::to_string(notBefore) + R"(,"exp":)" +
           std::to_string(expires) + R"(,"iss":"TikGok"})";
}

struct BadToken {
    std::string name;
    std::function<std::string(const Person&)> make;
    std::vector<Verdict> verdicts;
};

std::string withSignature(const Person& person, std::string signature) {
    return person.token.substr(0, person.token.rfind('.') + 1) + std::move(signature);
}

const std::vector<BadToken>& badTokens() {
    constexpr std::int64_t kMonth = 2'592'000;
    static const std::vector<BadToken> table{
        {"empty", [](const Person&) { return ""; }, {kNoToken}},
        {"word", [](const Person&) { return "hello"; }, {kNotAToken}},
        {"two-parts", [](const Person& p) { return p.token.substr(0, p.token.rfind('.')); }, {kNotAToken}},
        {"four-parts", [](const Person& p) { return p.token + ".x"; }, {kNotAToken}},
        {"dots", [](const Person&) { return ".."; }, {kNotAToken}},
        {"not-base64", [](const Person&) { return "!!!.???.###"; }, {kNotAToken}},
        {"not-json",
         [](const Person&) { return base64Url("abc") + '.' + base64Url("def") + ".c2ln"; },
         {kNotAToken}},
        {"claims-not-json",
         [](const Person&) { return base64Url(kGoodHeader) + '.' + base64Url("{") + ".c2ln"; },
         {kNotAToken}},
        {"bytes", [](const Person&) { return std::string("\xff\xfe\x00.\x80.\xc0", 7); }, {kNotAToken}},
        {"long", [](const Person&) { return std::string(3000, 'a'); }, {kNotAToken}},
        {"signature-changed",
         [](const Person& p) {
             std::string token = p.token;
             char& c = token[token.rfind('.') + 5];
             c = c == 'A' ? 'B' : 'A';
             return token;
         },
         {kBadSignature}},
        {"signature-cut",
         [](const Person& p) { return p.token.substr(0, p.token.size() - 3); },
         {kBadSignature}},
        {"signature-empty",
         [](const Person& p) { return withSignature(p, ""); },
         {kBadSignature, kNotAToken}},
        {"signature-other",
         [](const Person& p) { return withSignature(p, base64Url(std::string(32, 'x'))); },
         {kBadSignature}},
        {"claims-changed",
         [](const Person& p) {
             return base64Url(kGoodHeader) + '.' +
                    base64Url(claims(p.id + 1, nowSeconds() - 10, nowSeconds() + kMonth)) +
                    p.token.substr(p.token.rfind('.'));
         },
         {kBadSignature}},
        {"alg-none",
         [](const Person& p) {
             return base64Url(R"({"alg":"none","typ":"JWT"})") + '.' +
                    base64Url(claims(p.id, nowSeconds() - 10, nowSeconds() + kMonth)) + '.';
         },
         {kBadSignature}},
        {"alg-none-signed",
         [](const Person& p) {
             return base64Url(R"({"alg":"None","typ":"JWT"})") + '.' +
                    base64Url(claims(p.id, nowSeconds() - 10, nowSeconds() + kMonth)) + ".c2ln";
         },
         {kBadSignature}},
        {"alg-rs256",
         [](const Person& p) {
             return signedToken(R"({"alg":"RS256","typ":"JWT"})",
                                claims(p.id, nowSeconds() - 10, nowSeconds() + kMonth), "guess");
         },
         {kBadSignature}},
        {"other-key",
         [](const Person& p) {
             return signedToken(kGoodHeader, claims(p.id, nowSeconds() - 10, nowSeconds() + kMonth), "guess");
         },
         {kBadSignature}},
        {"empty-key",
         [](const Person& p) {
             return signedToken(kGoodHeader, claims(p.id, nowSeconds() - 10, nowSeconds() + kMonth), "");
         },
         {kBadSignature}},
        // "Expired" wins over a bad signature, so this one needs no key.
        {"expired-and-forged",
         [](const Person& p) {
             return signedToken(kGoodHeader, claims(p.id, nowSeconds() - 2 * kMonth, nowSeconds() - 60),
                                "guess");
         },
         {kExpired}},
        {"not-yet-and-forged",
         [](const Person& p) {
             return signedToken(kGoodHeader, claims(p.id, nowSeconds() + 600, nowSeconds() + kMonth),
                                "guess");
         },
         {kNotYet, kBadSignature}},
    };
    return table;
}

void refused(Context& context, const Endpoint& endpoint, const BadToken& bad) {
    const std::string token = bad.make(context.shared(0));
    Request request = workingRequest(context, endpoint);
    request.query.push_back({"token", token});
    const Reply reply = context.call(request);
    if (token.empty() && endpoint.token != TokenRule::Required) {
        context.expectOk(reply);  // as if there was none
    } else if (endpoint.token == TokenRule::Feed) {
        context.expectFailure(reply, kFeedBadToken);
    } else {
        context.expectOneOf(reply, bad.verdicts);
    }
}

void missing(Context& context, const Endpoint& endpoint) {
    const Reply reply = context.call(workingRequest(context, endpoint));
    if (endpoint.token == TokenRule::Required) {
        context.expectFailure(reply, kNoToken);
        Request bare{.method = std::string(endpoint.method), .target = std::string(endpoint.path)};
        context.expectFailure(context.call(bare), kNoToken);
    } else {
        context.expectOk(reply);
    }
}

void sources(Context& context) {
    const Person& person = context.shared(1);
    const std::string video = std::to_string(context.sharedVideo());
    const Pairs like{{"video_id", video}, {"action_type", "1"}};
    const Pairs token{{"token", person.token}};
    const Pairs emptyToken{{"token", ""}};
    const Pairs badToken{{"token", "hello"}};
    const auto send = [&](Pairs extraQuery, Pairs form, const Pairs& parts) {
        Request request{.method = "POST", .target = "/douyin/favorite/action/", .query = like};
        request.query.insert(request.query.end(), extraQuery.begin(), extraQuery.end());
        request.form = std::move(form);
        for (const Pair& pair : parts) {
            request.parts.push_back({.name = pair.name, .data = pair.value});
        }
        return context.call(request);
    };
    context.expectOk(send(token, {}, {}));
    context.expectOk(send({}, token, {}));
    context.expectOk(send({}, {}, token));
    context.expectOk(send(emptyToken, token, {}));
    context.expectOk(send(token, badToken, {}));
    context.expectFailure(send(badToken, token, {}), kNotAToken);
    context.expectFailure(send({}, badToken, {}), kNotAToken);
    context.expectFailure(send({}, {}, badToken), kNotAToken);
    context.expectFailure(send({}, emptyToken, {}), kNoToken);

    Request inJson{.method = "POST", .target = "/douyin/favorite/action/", .query = like};
    inJson.body = R"({"token":")" + person.token + R"("})";
    inJson.bodyType = "application/json";
    context.expectFailure(context.call(inJson), kNoToken);

    Request inHeader{.method = "POST", .target = "/douyin/favorite/action/", .query = like};
    inHeader.headers = {{"Authorization", "Bearer " + person.token}, {"Cookie", "token=" + person.token}};
    context.expectFailure(context.call(inHeader), kNoToken);
}

void shape(Context& context) {
    const Person person = context.newPerson();
    context.expect(person.token.size() > 20 && std::count(person.token.begin(), person.token.end(), '.') == 2,
                   "the token has three parts");
    const Reply again =
        context.post("/douyin/user/login/", {{"username", person.name}, {"password", person.password}});
    context.requireOk(again);
    for (const std::string& token : {person.token, text(again.body, "token")}) {
        const Reply reply = context.get("/douyin/user/", {{"token", token}});
        context.requireOk(reply);
        context.expectEqual(number(memberOf(reply.body, "user"), "id"), person.id,
                            "old and new tokens stay valid; the caller");
    }
}

void minted(Context& context) {
    const Person& person = context.shared(0);
    const std::string& key = *context.settings().jwtKey;
    const std::int64_t now = nowSeconds();
    const auto ask = [&](const std::string& token) {
        return context.get("/douyin/user/", {{"token", token}});
    };
    context.expectOk(ask(signedToken(kGoodHeader, claims(person.id, now - 10, now + 100), key)));
    context.expectFailure(ask(signedToken(kGoodHeader, claims(person.id, now - 100, now - 10), key)),
                          kExpired);
    context.expectFailure(ask(signedToken(kGoodHeader, claims(person.id, now + 100, now + 200), key)),
                          kNotYet);
    context.expectFailure(
        ask(signedToken(R"({"alg":"HS512","typ":"JWT"})", claims(person.id, now - 10, now + 100), key, true)),
        kBadSignature);
    context.expectFailure(
        ask(signedToken(R"({"alg":"none","typ":"JWT"})", claims(person.id, now - 10, now + 100), key)),
        kBadSignature);
}

}  // namespace
}  // namespace token_cases

void addTokenChecks(Cases& cases, const std::vector<Endpoint>& all) {
    using namespace token_cases;
    for (const Endpoint& endpoint : all) {
        cases.push_back({"token/missing/" + std::string(endpoint.name),
                         [&endpoint](Context& context) { missing(context, endpoint); }});
    }
    // Every kind of bad token on one endpoint, and three kinds on all of them.
    for (const BadToken& bad : badTokens()) {
        const bool everywhere =
            bad.name == "word" || bad.name == "signature-changed" || bad.name == "expired-and-forged";
        for (const Endpoint& endpoint : all) {
            if (endpoint.token != TokenRule::None &&
                (everywhere || endpoint.name == "user" || endpoint.name == "feed" ||
                 endpoint.name == "comment-list")) {
                cases.push_back({"token/" + bad.name + "/" + std::string(endpoint.name),
                                 [&](Context& context) { refused(context, endpoint, bad); }});
            }
        }
    }
    cases.push_back({"token/sources", &sources});
}

void addTokenCases(Cases& cases) {
    using namespace token_cases;
    addTokenChecks(cases, endpoints());
    cases.push_back({"token/shape", &shape});
    cases.push_back({"token/minted", &minted, true});
}

}  // namespace tikgok::conformance
