// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sections 1, 2 and 3 of the contract for the official demo: transport, sources, tokens, media.

#include "tests/conformance/calls.h"

#include <algorithm>

namespace tikgok::conformance {

namespace demo_transport_cases {
namespace {

using namespace calls;

// Those that check the token; all others check nothing.
bool needsToken(const Endpoint& endpoint) {
    static const std::vector<std::string_view> names{"user",           "publish-action",  "favorite-action",
                                                     "comment-action", "relation-action", "message-chat",
                                                     "message-action"};
    return std::ranges::find(names, endpoint.name) != names.end();
}

// A request that succeeds, without its token.
Request working(Context& context, const Endpoint& endpoint) {
    if (endpoint.name == "publish-action") {
        return {
            .method = "POST",
            .target = "/douyin/publish/action/",
            .parts = {{.name = "data", .data = "words", .fileName = "clip.mp4", .contentType = "video/mp4"}}};
    }
    Request request{.method = std::string(endpoint.method), .target = std::string(endpoint.path)};
    const Person& person = context.shared(0);
    if (endpoint.name == "register") {
        request.query = {{"username", Context::randomName()}, {"password", "p"}};
    } else if (endpoint.name == "login") {
        request.query = {{"username", person.name}, {"password", person.password}};
    } else {
        request.query = {{"user_id", std::to_string(person.id)},
                         {"video_id", "1"},
                         {"to_user_id", "1"},
                         {"action_type", "1"},
                         {"content", "hi"},
                         {"comment_text", "hi"}};
    }
    return request;
}

// publish reads it from the form alone, all others from the query alone.
void putToken(Request& request, const Endpoint& endpoint, const std::string& token) {
    if (endpoint.name == "publish-action") {
        request.parts.push_back({.name = "token", .data = token});
    } else {
        request.query.push_back({"token", token});
    }
}

void succeeds(Context& context, const Endpoint& endpoint) {
    Request request = working(context, endpoint);
    if (needsToken(endpoint)) {
        putToken(request, endpoint, context.shared(0).token);
    }
    context.expectOk(context.call(request));
}

void wrongMethods(Context& context, const Endpoint& endpoint) {
    for (const std::string_view method : {"GET", "POST", "PUT", "DELETE", "PATCH"}) {
        if (method != endpoint.method) {
            expectText(context,
                       context.call({.method = std::string(method), .target = std::string(endpoint.path)}),
                       404, kNotFoundText);
        }
    }
}

void redirectBodies(Context& context, const Endpoint& endpoint) {
    expectRedirect(context, endpoint);
    std::string bare(endpoint.path);
    bare.pop_back();
    const Reply reply = context.call({.method = std::string(endpoint.method), .target = bare});
    if (endpoint.method == "GET") {
        context.expect(reply, reply.answer.mediaType() == "text/html" && !reply.answer.body.empty(),
                       "an HTML body");
    } else {
        context.expect(reply, reply.answer.body.empty(), "no body");
    }
}

void neverCompressed(Context& context, const Endpoint& endpoint) {
    Request request = working(context, endpoint);
    putToken(request, endpoint, context.shared(0).token);
    request.headers = {{"Accept-Encoding", "gzip, deflate"}};
    const Reply reply = context.call(request);
    context.expect(reply, reply.answer.header("content-encoding").empty(), "never compressed");
}

void unknownPaths(Context& context) {
    for (const std::string_view path :
         {"/", "/ping", "/douyin/unknown/", "/DOUYIN/feed/", "/douyin/relatioin/follow/list/"}) {
        for (const std::string_view method : {"GET", "POST"}) {
            expectText(context, context.call({.method = std::string(method), .target = std::string(path)}),
                       404, kNotFoundText);
        }
    }
}

// "body size limit: none"
void largeBody(Context& context) {
    Request request{.method = "POST", .target = "/douyin/publish/action/"};
    request.parts = {{.name = "token", .data = context.shared(0).token},
                     {.name = "data",
                      .data = std::string(std::size_t{6} * 1024 * 1024, 'x'),
                      .fileName = "large.mp4",
                      .contentType = "video/mp4"}};
    context.expectOk(context.call(request));
}

// --- sources

void formsIgnored(Context& context) {
    // "A form-only register there "succeeds" and makes a nameless user with token """; the second one finds
    // it.
    for (const bool multipart : {false, true}) {
        const Pairs fields{{"username", Context::randomName()}, {"password", "p"}};
        Request request{.method = "POST", .target = "/douyin/user/register/"};
        if (multipart) {
            for (const Pair& pair : fields) {
                request.parts.push_back({.name = pair.name, .data = pair.value});
            }
        } else {
            request.form = fields;
        }
        const Reply reply = context.call(request);
        const bool nameless = reply.ok() && text(reply.body, "token").empty();
        context.expect(
            reply,
            nameless || (reply.code() == kDemoUserExists.code && reply.words() == kDemoUserExists.words),
            "a nameless user with an empty token, or it is there already");
        context.expectFailure(signIn(context, fields[0].value, fields[1].value), kDemoNoUser);
    }
    Request like{.method = "POST", .target = "/douyin/favorite/action/"};
    like.form = {{"token", context.shared(0).token}, {"video_id", "1"}, {"action_type", "1"}};
    const Reply reply = context.call(like);
    // The empty token is that of the nameless user.
    context.expectOneOf(reply, {kDemoNoUser, {0, ""}});
}

void jsonIgnored(Context& context) {
    const Person& person = context.shared(0);
    Request login{.method = "POST", .target = "/douyin/user/login/"};
    login.query = {{"username", person.name}, {"password", "wrong"}};
    login.body = json::serialize(json::value{{"username", person.name}, {"password", person.password}});
    login.bodyType = "application/json";
    context.expectFailure(context.call(login), kDemoNoUser);
}

// --- tokens

void tokenShape(Context& context) {
    const Person person = context.newPerson();
    context.expectEqual(person.token, person.name + person.password, "user name and password in one");
    const Reply again = signIn(context, person.name, person.password);
    context.requireOk(again);
    context.expectEqual(text(again.body, "token"), person.token, "the same token at login");
}

void badToken(Context& context, const Endpoint& endpoint) {
    for (const std::string& token : {std::string("hello"), context.shared(0).token + "x",
                                     std::string("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln")}) {
        Request request = working(context, endpoint);
        putToken(request, endpoint, token);
        const Reply reply = context.call(request);
        if (needsToken(endpoint)) {
            context.expectFailure(reply, kDemoNoUser);
        } else {
            context.expectOk(reply);
        }
    }
}

// --- ids

void ids(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    context.expect(a.id >= 2, "ids of people count from 2");
    context.expectEqual(b.id, a.id + 1, "one by one");
}

// --- media

void media(Context& context) {
    const Reply reply = feed(context, std::nullopt);
    context.requireOk(reply);
    const std::string url = text(list(reply.body, "video_list").at(0), "play_url");
    const Reply whole = context.plain({.target = url});
    context.require(whole, whole.answer.status == 200 && whole.answer.body.size() > 100,
                    "the video, at once");
    context.expectEqual(whole.answer.mediaType(), std::string("video/mp4"), "Content-Type");
    context.expectEqual(whole.answer.header("accept-ranges"), std::string("bytes"), "Accept-Ranges");
    context.expect(whole, !whole.answer.header("last-modified").empty(), "Last-Modified");
    const Reply part = context.plain({.target = url, .headers = {{"Range", "bytes=10-19"}}});
    context.expect(part, part.answer.status == 206 && part.answer.body == whole.answer.body.substr(10, 10),
                   "206 with ten bytes");
    context.expectEqual(part.answer.header("content-range"),
                        "bytes 10-19/" + std::to_string(whole.answer.body.size()), "Content-Range");
    const Reply head = context.plain({.method = "HEAD", .target = url});
    context.expect(head, head.answer.status == 200 && head.answer.body.empty(), "HEAD");
    for (const std::string_view missing : {"/static/nothing.mp4", "/static/", "/static/../go.mod"}) {
        const Reply none = context.plain({.target = std::string(missing)});
        context.expect(none, none.answer.status == 404, "404 for " + std::string(missing));
    }
}

}  // namespace
}  // namespace demo_transport_cases

void addDemoTransportCases(Cases& cases) {
    using namespace demo_transport_cases;
    for (const Endpoint& endpoint : endpoints()) {
        const std::string name(endpoint.name);
        add(cases, "4", "success/" + name, [&](Context& c) { succeeds(c, endpoint); });
        add(cases, "1", "transport/redirect/" + name, [&](Context& c) { redirectBodies(c, endpoint); });
        add(cases, "1", "transport/method/" + name, [&](Context& c) { wrongMethods(c, endpoint); });
        add(cases, "1", "transport/no-gzip/" + name, [&](Context& c) { neverCompressed(c, endpoint); });
        if (endpoint.token != TokenRule::None) {
            add(cases, "2", "token/bad/" + name, [&](Context& c) { badToken(c, endpoint); });
        }
    }
    add(cases, "1", "transport/unknown-paths", &unknownPaths);
    add(cases, "1", "transport/large-body", &largeBody);
    add(cases, "1", "parameters/forms-ignored", &formsIgnored);
    add(cases, "1", "parameters/json-ignored", &jsonIgnored);
    add(cases, "2", "token/shape", &tokenShape);
    add(cases, "3", "ids/count", &ids);
    add(cases, "3", "media/file", &media);
}

}  // namespace tikgok::conformance
