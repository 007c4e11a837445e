// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Section 1 of the contract for the reference server: paths, methods, compression, the limit of a body.

#include "tests/conformance/calls.h"

namespace tikgok::conformance {

namespace tikgok_transport_cases {
namespace {

using namespace calls;

void followed(Context& context, const Endpoint& endpoint) {
    Request request = workingRequest(context, endpoint);
    if (endpoint.token != TokenRule::None) {
        request.query.push_back({"token", context.shared(1).token});
    }
    request.target.pop_back();
    const Reply first = context.call(request);
    request.target = first.answer.header("location");
    request.query.clear();
    if (context.expect(first, !request.target.empty(), "a Location")) {
        const Reply second = context.plain(request);
        context.expect(second, second.answer.status == 200 && second.ok(),
                       "the same request, sent where the redirect points, succeeds");
    }
}

void wrongMethods(Context& context, const Endpoint& endpoint) {
    for (const std::string_view method : {"GET", "POST", "PUT", "DELETE", "PATCH"}) {
        if (method != endpoint.method) {
            expectText(context,
                       context.call({.method = std::string(method), .target = std::string(endpoint.path)}),
                       405, kMethodText);
        }
    }
}

void unknownPaths(Context& context) {
    for (const std::string_view path : {"/", "/douyin/unknown/", "/douyin/user/registered/", "/DOUYIN/feed/",
                                        "/douyin/Feed/", "/douyin/relatioin/follow/list/", "/pings"}) {
        for (const std::string_view method : {"GET", "POST"}) {
            expectText(context, context.call({.method = std::string(method), .target = std::string(path)}),
                       404, kNotFoundText);
        }
    }
}

void ping(Context& context) {
    for (const std::string_view target : {"/ping", "/ping?token=hello", "/ping?x=%zz"}) {
        const Reply reply = context.call(
            {.target = std::string(target), .headers = {{"Accept-Encoding", "gzip, deflate, br"}}});
        context.expect(reply,
                       reply.answer.status == 200 && reply.answer.body == R"({"message":"pong"})" &&
                           reply.answer.header("content-encoding").empty(),
                       "HTTP 200 and {\"message\":\"pong\"}, no token looked at, never compressed");
    }
    expectText(context, context.call({.method = "POST", .target = "/ping"}), 405, kMethodText);
}

// Any answer of the tree, however small.
void compressed(Context& context, const Endpoint& endpoint) {
    for (const bool good : {true, false}) {
        Request request = workingRequest(context, endpoint);
        if (endpoint.token != TokenRule::None) {
            request.query.push_back({"token", good ? context.shared(1).token : "hello"});
        }
        for (const std::string_view accept : {"gzip", "deflate, gzip", "br, gzip;q=0.8"}) {
            if (endpoint.name == "register") {
                request.query.front().value = Context::randomName();
            }
            request.headers = {{"Accept-Encoding", std::string(accept)}};
            const Reply reply = context.call(request);
            context.expect(reply, reply.answer.header("content-encoding") == "gzip",
                           "gzip for Accept-Encoding: " + std::string(accept));
            context.expect(reply, reply.body.is_object(), "JSON after unpacking");
        }
        for (const std::string_view accept : {"", "identity", "deflate", "br"}) {
            if (endpoint.name == "register") {
                request.query.front().value = Context::randomName();
            }
            request.headers = {{"Accept-Encoding", std::string(accept)}};
            const Reply reply = context.call(request);
            context.expect(reply, reply.answer.header("content-encoding").empty(),
                           "no gzip for Accept-Encoding: " + std::string(accept));
        }
    }
}

// A multipart body of exactly `size` bytes.
std::string bodyOf(const Person& person, std::int64_t size, const std::string& title) {
    const auto field = [](std::string_view name, const std::string& value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" + value +
               "\r\n";
    };
    std::string body = field("token", person.token) + field("title", title) +
                       "--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"big.mp4\"\r\n"
                       "Content-Type: video/mp4\r\n\r\n";
    const std::string end = "\r\n--b--\r\n";
    body.resize(static_cast<std::size_t>(size) - end.size(), 'x');
    return body + end;
}

void bodyLimit(Context& context) {
    const Person& person = context.shared(1);
    const auto send = [&](std::int64_t size) {
        Request request{.method = "POST", .target = "/douyin/publish/action/"};
        request.body = bodyOf(person, size, "size " + std::to_string(size));
        request.bodyType = "multipart/form-data; boundary=b";
        return request;
    };
    context.expectOk(context.call(send(kTikgokBodyLimit)));

    // Refused by its length, before it is sent.
    for (const std::string_view path : {"/douyin/publish/action/", "/douyin/user/login/"}) {
        for (const std::int64_t size : {kTikgokBodyLimit + 1, std::int64_t{100'000'000'000}}) {
            RawConnection wire(context.host());
            wire.send("POST " + std::string(path) + " HTTP/1.1\r\nHost: " + context.host().host +
                      "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " +
                      std::to_string(size) + "\r\n\r\n--b\r\n");
            const Answer answer = wire.read();
            context.expectEqual(std::int64_t{answer.status}, std::int64_t{413},
                                "status for a body of " + std::to_string(size) + " bytes at " +
                                    std::string(path) + " " + answer.problem);
            context.expectEqual(answer.body, std::string(kTooLargeText), "text of the 413");
            context.expectEqual(answer.mediaType(), std::string("text/plain"), "content type of the 413");
        }
    }
    const json::array videos = context.publishedBy(person);
    for (const json::value& each : videos) {
        context.expect(text(each, "title") != "size " + std::to_string(kTikgokBodyLimit + 1),
                       "nothing of a refused upload is kept");
    }
}

void keepAlive(Context& context) {
    RawConnection wire(context.host());
    const std::string host = "Host: " + context.host().host + "\r\n";
    for (int i = 0; i < 5; ++i) {
        wire.send("GET /douyin/feed/ HTTP/1.1\r\n" + host + "\r\n");
        context.expect(wire.read().status == 200, "an answer on one connection");
        wire.send("POST /douyin/feed/ HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n");
        context.expect(wire.read().status == 405, "a 405 does not end the connection");
        wire.send("GET /douyin/feed HTTP/1.1\r\n" + host + "\r\n");
        context.expect(wire.read().status == 301, "a redirect does not end the connection");
    }
}

void badQueries(Context& context) {
    for (const std::string_view query : {"?%", "?%zz=1", "?=&&&=", "?unknown=%00%ff", "?a[]=1"}) {
        const Reply reply = context.call({.target = "/douyin/feed/" + std::string(query)});
        context.expect(reply, reply.answer.status == 200 && (reply.code() == 0 || reply.code() == 1),
                       "HTTP 200 with success or params err");
    }
}

void escaping(Context& context) {
    // <, > and & as \u003c, \u003e and \u0026 is looked at in every answer; here they are in one.
    const Reply reply = addComment(context, context.shared(1), context.sharedVideo(), "<b>&</b>");
    context.requireOk(reply);
    context.expectEqual(text(memberOf(reply.body, "comment"), "content"), std::string("<b>&</b>"), "content");
    context.expect(reply, reply.answer.body.contains("\\u003cb\\u003e\\u0026"), "escaped as in Go");
}

}  // namespace
}  // namespace tikgok_transport_cases

void addTikgokTransportCases(Cases& cases) {
    using namespace tikgok_transport_cases;
    add(cases, "1", "transport/ping", &ping);
    for (const Endpoint& endpoint : tikgokEndpoints()) {
        const std::string name(endpoint.name);
        add(cases, "1", "transport/redirect/" + name, [&](Context& c) { expectRedirect(c, endpoint); });
        add(cases, "1", "transport/redirect-followed/" + name, [&](Context& c) { followed(c, endpoint); });
        add(cases, "1", "transport/method/" + name, [&](Context& c) { wrongMethods(c, endpoint); });
        add(cases, "1", "transport/gzip/" + name, [&](Context& c) { compressed(c, endpoint); });
    }
    add(cases, "1", "transport/unknown-paths", &unknownPaths);
    add(cases, "1", "transport/body-limit", &bodyLimit);
    add(cases, "1", "transport/keep-alive", &keepAlive);
    add(cases, "1", "transport/bad-queries", &badQueries);
    add(cases, "1", "transport/escaping", &escaping);
}

}  // namespace tikgok::conformance
