// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Section 1 of the contract for the reference server: where parameters come from and how integers are
// spelled.

#include "tests/conformance/calls.h"

namespace tikgok::conformance {

namespace tikgok_parameter_cases {
namespace {

using namespace calls;

const Endpoint& named(std::string_view name) {
    for (const Endpoint& each : tikgokEndpoints()) {
        if (each.name == name) {
            return each;
        }
    }
    throw Abandon("no such endpoint");
}

Verdict paramsErr(const Endpoint& endpoint) {
    return endpoint.name == "user" ? kOwnParamsErr : kParamsErr;
}

void inQuery(Context& context, const Endpoint& endpoint) {
    Request request = workingRequest(context, endpoint);
    if (endpoint.token != TokenRule::None) {
        request.query.push_back({"token", context.shared(1).token});
    }
    context.expectOk(context.call(request));
}

json::object asJson(const Pairs& pairs) {
    json::object body;
    for (const Pair& pair : pairs) {
        if (pair.name.ends_with("_id") || pair.name == "action_type") {
            body[pair.name] = std::stoll(pair.value);
        } else {
            body[pair.name] = pair.value;
        }
    }
    return body;
}

Request withJson(Context& context, const Endpoint& endpoint, const json::object& body, Pairs query) {
    Request request{.method = std::string(endpoint.method), .target = std::string(endpoint.path)};
    request.query = std::move(query);
    if (endpoint.token != TokenRule::None) {
        request.query.push_back({"token", context.shared(1).token});
    }
    request.body = json::serialize(body);
    request.bodyType = "application/json";
    return request;
}

void inJson(Context& context, const Endpoint& endpoint) {
    const Request working = workingRequest(context, endpoint);
    context.expectOk(context.call(withJson(context, endpoint, asJson(working.query), {})));
}

// "bound first, then the query overrides"
void queryOverJson(Context& context) {
    const Person& person = context.shared(0);
    const Endpoint& login = named("login");
    context.expectOk(context.call(withJson(context, login, {{"username", "nobody"}, {"password", "wrong"}},
                                           {{"username", person.name}, {"password", person.password}})));
    context.expectOk(
        context.call(withJson(context, login, {{"password", person.password}}, {{"username", person.name}})));
    context.expectFailure(
        context.call(withJson(context, login, {{"username", person.name}, {"password", person.password}},
                              {{"password", "wrong"}})),
        kWrongPassword);
}

// "urlencoded or multipart form: ignored for all non-publish fields"
void formIgnored(Context& context, const Endpoint& endpoint) {
    const Pairs parameters = workingRequest(context, endpoint).query;
    for (const bool multipart : {false, true}) {
        Request request{.method = std::string(endpoint.method), .target = std::string(endpoint.path)};
        if (endpoint.token != TokenRule::None) {
            request.query = {{"token", context.shared(1).token}};
        }
        if (multipart) {
            for (const Pair& pair : parameters) {
                request.parts.push_back({.name = pair.name, .data = pair.value});
            }
        } else {
            request.form = parameters;
        }
        context.expectFailure(context.call(request), kParamsErr);
    }
}

// "the token alone is also read from a form"
void tokenInForm(Context& context, const Endpoint& endpoint) {
    const std::string token = context.shared(1).token;
    Request request = workingRequest(context, endpoint);
    request.form = {{"token", token}};
    context.expectOk(context.call(request));
    request.form.clear();
    request.parts = {{.name = "token", .data = token}};
    context.expectOk(context.call(request));
}

// "publish's title is form + json"
void titleSources(Context& context) {
    const Person& person = context.shared(1);
    Request request = uploadRequest({.token = person.token, .fileName = "clip.mp4"});
    request.query = {{"title", "in the query"}};
    context.expectFailure(context.call(request), kOwnParamsErr);
    context.expectOk(
        context.call(uploadRequest({.token = person.token, .title = "form", .fileName = "clip.mp4"})));
}

struct Spelling {
    std::string_view name;
    std::string_view text;
};

constexpr std::array<Spelling, 18> kNotIntegers{{{"empty", ""},
                                                 {"word", "abc"},
                                                 {"fraction", "1.5"},
                                                 {"whole-fraction", "5.0"},
                                                 {"exponent", "1e3"},
                                                 {"large-exponent", "1.628e18"},
                                                 {"two-to-63", "9223372036854775808"},
                                                 {"below-minimum", "-9223372036854775809"},
                                                 {"huge", "99999999999999999999999999999999"},
                                                 {"nan", "NaN"},
                                                 {"hexadecimal", "0x10"},
                                                 {"tail", "5abc"},
                                                 {"space-before", " 5"},
                                                 {"space-after", "5 "},
                                                 {"two-signs", "--5"},
                                                 {"full-width", "\xEF\xBC\x95"},
                                                 {"comma", "1,000"},
                                                 {"nul", std::string_view("5\0", 2)}}};

struct IntegerParameter {
    std::string_view endpoint;
    std::string_view parameter;
};

constexpr std::array<IntegerParameter, 17> kIntegers{{{"feed", "latest_time"},
                                                      {"user", "user_id"},
                                                      {"publish-list", "user_id"},
                                                      {"favorite-action", "video_id"},
                                                      {"favorite-action", "action_type"},
                                                      {"favorite-list", "user_id"},
                                                      {"comment-action", "video_id"},
                                                      {"comment-action", "action_type"},
                                                      {"comment-list", "video_id"},
                                                      {"relation-action", "to_user_id"},
                                                      {"relation-action", "action_type"},
                                                      {"follow-list", "user_id"},
                                                      {"friend-list", "user_id"},
                                                      {"message-chat", "to_user_id"},
                                                      {"message-chat", "pre_msg_time"},
                                                      {"message-action", "to_user_id"},
                                                      {"message-action", "action_type"}}};

Reply withParameter(Context& context, const IntegerParameter& what, std::string_view value) {
    Request request = workingRequest(context, named(what.endpoint));
    std::erase_if(request.query, [&](const Pair& pair) { return pair.name == what.parameter; });
    request.query.push_back({std::string(what.parameter), std::string(value)});
    request.query.push_back({"token", context.shared(1).token});
    return context.call(request);
}

void notIntegers(Context& context, const IntegerParameter& what) {
    const Verdict want = paramsErr(named(what.endpoint));
    for (const Spelling& spelling : kNotIntegers) {
        const Reply reply = withParameter(context, what, spelling.text);
        context.expect(reply, reply.code() == want.code && reply.words() == want.words,
                       std::string(what.parameter) + " as " + std::string(spelling.name) + " is \"" +
                           std::string(want.words) + "\"");
    }
}

// "action_type is 8-bit: out of range is a bind error": 257 is not 1.
void eightBits(Context& context, std::string_view endpoint) {
    for (const std::string_view value : {"128", "257", "258", "-129", "65537", "4294967297"}) {
        context.expectFailure(withParameter(context, {endpoint, "action_type"}, value), kParamsErr);
    }
}

void nothingDone(Context& context) {
    const Person person = context.newPerson();
    const Person other = context.newPerson();
    const std::int64_t video = context.sharedVideo();
    for (const std::string_view action : {"257", "", "1.0", "1e0", "x"}) {
        context.expectFailure(like(context, person, video, action), kParamsErr);
        context.expectFailure(follow(context, person, other.id, action), kParamsErr);
        context.expectFailure(say(context, person, other.id, "refused", action), kParamsErr);
    }
    // A write that counts comes behind them, so that they would be seen.
    context.requireOk(say(context, person, other.id, "marker"));
    context.eventually("the marker is in the chat", [&] {
        return !idsIn(context, chat(context, person, other.id, std::numeric_limits<std::int64_t>::max()),
                      "message_list")
                    .empty();
    });
    const Reply messages = chat(context, person, other.id, std::numeric_limits<std::int64_t>::max());
    context.expectEqual(static_cast<std::int64_t>(list(messages.body, "message_list").size()),
                        std::int64_t{1}, "messages: the marker alone");
    context.expect(idsIn(context, listOf(context, "favorite", person, person.id), "video_list").empty(),
                   "no like was kept");
    context.expect(idsIn(context, listOf(context, "relation/follow", person, person.id), "user_list").empty(),
                   "no follow was kept");
}

// "A missing integer is 0"
void missing(Context& context) {
    const Person& person = context.shared(1);
    const auto bare = [&](std::string_view path) { return context.get(std::string(path), {}, &person); };
    for (const auto& [path, member] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"/douyin/publish/list/", "video_list"},
             {"/douyin/favorite/list/", "video_list"},
             {"/douyin/comment/list/", "comment_list"},
             {"/douyin/relation/follow/list/", "user_list"},
             {"/douyin/relation/follower/list/", "user_list"},
             {"/douyin/relation/friend/list/", "user_list"},
             {"/douyin/message/chat/", "message_list"}}) {
        const Reply reply = bare(path);
        context.expect(reply, idsIn(context, reply, member).empty(), "an id of 0: an empty list");
    }
    context.expectOk(bare("/douyin/feed/"));
}

}  // namespace
}  // namespace tikgok_parameter_cases

void addTikgokParameterCases(Cases& cases) {
    using namespace tikgok_parameter_cases;
    for (const Endpoint& endpoint : tikgokEndpoints()) {
        const std::string name(endpoint.name);
        add(cases, "1", "parameters/query/" + name, [&](Context& c) { inQuery(c, endpoint); });
        if (endpoint.method == "POST" && name != "publish-action") {
            add(cases, "1", "parameters/json/" + name, [&](Context& c) { inJson(c, endpoint); });
            add(cases, "1", "parameters/form-ignored/" + name, [&](Context& c) { formIgnored(c, endpoint); });
            if (endpoint.token != TokenRule::None) {
                add(cases, "1", "parameters/token-in-form/" + name,
                    [&](Context& c) { tokenInForm(c, endpoint); });
            }
        }
    }
    add(cases, "1", "parameters/query-over-json", &queryOverJson);
    add(cases, "1", "parameters/title-sources", &titleSources);
    for (const IntegerParameter& each : kIntegers) {
        add(cases, "1",
            "parameters/not-integers/" + std::string(each.endpoint) + "/" + std::string(each.parameter),
            [&](Context& c) { notIntegers(c, each); });
    }
    for (const std::string_view endpoint :
         {"favorite-action", "comment-action", "relation-action", "message-action"}) {
        add(cases, "1", "parameters/eight-bits/" + std::string(endpoint),
            [endpoint](Context& c) { eightBits(c, endpoint); });
    }
    add(cases, "1", "parameters/nothing-done", &nothingDone);
    add(cases, "1", "parameters/missing", &missing);
}

}  // namespace tikgok::conformance
