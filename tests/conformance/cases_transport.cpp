// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is common to all endpoints: paths, methods, content types, connections, compression, damaged requests.

#include "tests/conformance/calls.h"

#include <chrono>

namespace tikgok::conformance {

namespace transport_cases {
namespace {

void expectAlive(Context& context, std::string_view after) {
    const Reply reply = context.plain({.target = "/ping"});
    context.expect(reply, reply.answer.status == 200, "the server is alive after " + std::string(after));
}

Pairs withToken(const Endpoint& endpoint, const Person& person) {
    return endpoint.token == TokenRule::None ? Pairs{} : Pairs{{"token", person.token}};
}

void slashless(Context& context, const Endpoint& endpoint) {
    for (const bool slash : {true, false}) {
        Request request = workingRequest(context, endpoint);
        if (!slash) {
            request.target.pop_back();
        }
        for (const Pair& pair : withToken(endpoint, context.shared(1))) {
            request.query.push_back(pair);
        }
        const Reply reply = context.call(request);
        context.expect(reply, reply.answer.status == 200 && reply.ok(),
                       slash ? "success with the slash" : "success without the slash, without a redirect");
    }
}

void wrongMethods(Context& context, const Endpoint& endpoint) {
    for (const std::string_view method : {"GET", "POST", "PUT", "DELETE", "PATCH"}) {
        if (method != endpoint.method) {
            const Reply reply =
                context.call({.method = std::string(method), .target = std::string(endpoint.path)});
            expectText(context, reply, 405, kMethodText);
        }
    }
}

void ping(Context& context) {
    const Reply reply = context.call({.target = "/ping", .headers = {{"Accept-Encoding", "gzip"}}});
    // A server may say where it pushes new messages.
    const bool plain = reply.answer.body == R"({"message":"pong"})";
    const bool pushes =
        reply.answer.body.starts_with(R"({"message":"pong","push":"/)") && reply.answer.body.ends_with("\"}");
    context.expect(reply, reply.answer.status == 200 && (plain || pushes),
                   "HTTP 200 and {\"message\":\"pong\"}, perhaps with a path in `push`, never compressed");
    expectText(context, context.call({.method = "POST", .target = "/ping"}), 405, kMethodText);
}

void unknownPaths(Context& context) {
    for (const std::string_view path :
         {"/", "/douyin", "/douyin/", "/douyin/unknown/", "/douyin/user/registered/", "/douyin/feed/more/",
          "/DOUYIN/feed/", "/douyin/Feed/", "/index.html", "/douyin/relatioin/follow/list/", "/pings",
          "/douyin/user/%00", "/%2e%2e/%2e%2e/etc/passwd"}) {
        for (const std::string_view method : {"GET", "POST"}) {
            expectText(context, context.plain({.method = std::string(method), .target = std::string(path)}),
                       404, kNotFoundText);
        }
    }
}

void keepAlive(Context& context) {
    RawConnection wire(context.host());
    if (!context.expect(wire.problem().empty(), "a connection: " + wire.problem())) {
        return;
    }
    const std::string host = "Host: " + context.host().host + "\r\n";
    for (int i = 0; i < 5; ++i) {
        wire.send("GET /douyin/feed/ HTTP/1.1\r\n" + host + "\r\n");
        const Answer feed = wire.read();
        context.expect(feed.status == 200 && feed.body.starts_with('{'),
                       "answer " + std::to_string(i) + " on one connection: " + feed.problem);
        wire.send("POST /douyin/user/login/?username=a&password= HTTP/1.1\r\n" + host +
                  "Content-Length: 0\r\n\r\n");
        const Answer login = wire.read();
        context.expect(login.status == 200 && login.body.contains("params err"),
                       "a POST on the same connection: " + login.problem);
        wire.send("GET /nowhere HTTP/1.1\r\n" + host + "\r\n");
        context.expect(wire.read().status == 404, "a 404 does not end the connection");
    }
    wire.send("GET /ping HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
    context.expect(wire.read().status == 200, "an answer to a request with Connection: close");
    context.expect(wire.closedByPeer(), "Connection: close is obeyed");

    RawConnection old(context.host());
    old.send("GET /ping HTTP/1.0\r\n\r\n");
    context.expect(old.read().status == 200, "HTTP/1.0 is answered");
    context.expect(old.closedByPeer(), "HTTP/1.0 without keep-alive is closed");
}

void head(Context& context) {
    RawConnection wire(context.host());
    const std::string host = "Host: " + context.host().host + "\r\n";
    wire.send("HEAD /douyin/feed/ HTTP/1.1\r\n" + host + "\r\n");
    const Answer answer = wire.read(true);
    context.expect(answer.status == 200 || answer.status == 405,
                   "HEAD on an endpoint is 200 or 405, got " + std::to_string(answer.status));
    wire.send("GET /ping HTTP/1.1\r\n" + host + "\r\n");
    context.expect(wire.read().status == 200, "no body after HEAD: the next answer is readable");
}

void slowRequest(Context& context) {
    RawConnection wire(context.host());
    const std::string request = "GET /ping HTTP/1.1\r\nHost: " + context.host().host + "\r\n\r\n";
    for (const char c : request) {
        wire.send(std::string_view(&c, 1));
    }
    context.expect(wire.read().status == 200, "a request sent byte by byte is answered");
}

void chunked(Context& context) {
    Request request{.method = "POST", .target = "/douyin/user/login/"};
    RawConnection wire(context.host());
    const Person& person = context.shared(0);
    const std::string body = "username=" + person.name + "&password=" + person.password;
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string chunks;
    for (std::size_t at = 0; at < body.size(); at += 7) {
        const std::string piece = body.substr(at, 7);
        chunks += std::string(1, kHex[piece.size()]) + "\r\n" + piece + "\r\n";
    }
    wire.send("POST /douyin/user/login/ HTTP/1.1\r\nHost: " + context.host().host +
              "\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n" +
              chunks + "0\r\n\r\n");
    const Answer answer = wire.read();
    context.expect(answer.status == 200 && answer.body.contains("\"status_code\":0"),
                   "a chunked form is read: " + answer.problem + hideSecrets(answer.body).substr(0, 200));
}

void compression(Context& context) {
    const Person person = context.newPerson();
    for (int i = 0; i < 3; ++i) {
        context.publish(person, "compressed " + std::to_string(i));
    }
    Request request{.target = "/douyin/publish/list/",
                    .query = {{"user_id", std::to_string(person.id)}, {"token", person.token}}};
    const Reply bare = context.call(request);
    context.requireOk(bare);
    context.expect(bare, bare.answer.header("content-encoding").empty(), "no gzip when nobody asked");
    for (const std::string_view accept : {"gzip", "deflate, gzip", "gzip, deflate, br", "gzip;q=0.5"}) {
        request.headers = {{"Accept-Encoding", std::string(accept)}};
        const Reply packed = context.call(request);
        context.expect(packed, packed.answer.header("content-encoding") == "gzip",
                       "gzip of an answer above 1 KiB for Accept-Encoding: " + std::string(accept));
        context.expect(packed, unzipped(packed.answer.body) == bare.answer.body,
                       "the same text after unpacking");
        context.expect(packed, packed.answer.header("content-type") == "application/json; charset=utf-8",
                       "the content type of what is inside");
    }
    for (const std::string_view accept : {"identity", "deflate", "gzip;q=0", "br"}) {
        request.headers = {{"Accept-Encoding", std::string(accept)}};
        const Reply reply = context.call(request);
        context.expect(reply, reply.answer.header("content-encoding") != "gzip",
                       "no gzip for Accept-Encoding: " + std::string(accept));
    }
}

void damagedRequests(Context& context) {
    const std::string host = "Host: " + context.host().host + "\r\n";
    using namespace std::string_literals;
    const std::string much(300'000, 'x');
    const std::vector<std::pair<std::string, std::string>> table{
        {"no HTTP at all", "hello\r\n\r\n"},
        {"a line without version", "GET /ping\r\n\r\n"},
        {"an unknown version", "GET /ping HTTP/9.9\r\n" + host + "\r\n"},
        {"a bad header line", "GET /ping HTTP/1.1\r\n" + host + "no colon here\r\n\r\n"},
        {"a NUL in a header", "GET /ping HTTP/1.1\r\nHost: a\0b\r\n\r\n"s},
        {"a bad Content-Length",
         "POST /douyin/user/login/ HTTP/1.1\r\n" + host + "Content-Length: x\r\n\r\n"},
        {"a negative Content-Length",
         "POST /douyin/user/login/ HTTP/1.1\r\n" + host + "Content-Length: -5\r\n\r\n"},
        {"two lengths", "POST /douyin/user/login/ HTTP/1.1\r\n" + host +
                            "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd"},
        {"a bad chunk size",
         "POST /douyin/user/login/ HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"},
        {"an endless request line", "GET /" + much + " HTTP/1.1\r\n" + host + "\r\n"},
        {"an endless header", "GET /ping HTTP/1.1\r\n" + host + "X-Long: " + much + "\r\n\r\n"},
    };
    for (const auto& [name, bytes] : table) {
        RawConnection wire(context.host());
        wire.send(bytes);
        const Answer answer = wire.read();
        // Refusing, or closing without a word; but neither success nor silence.
        const bool refused = answer.status >= 400 && answer.status < 500;
        const bool closed = answer.status == 0 && wire.closedByPeer(std::chrono::milliseconds(100));
        context.expect(refused || closed, name + ": 4xx or a closed connection, got " +
                                              std::to_string(answer.status) + " " + answer.problem);
    }
    expectAlive(context, "damaged requests");
}

void hangUps(Context& context) {
    const std::string host = "Host: " + context.host().host + "\r\n";
    for (const std::string& bytes :
         {std::string("GET /douyin/fe"), "POST /douyin/user/register/ HTTP/1.1\r\n" + host,
          "POST /douyin/publish/action/ HTTP/1.1\r\n" + host +
              "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n",
          "GET /douyin/feed/ HTTP/1.1\r\n" + host + "\r\n"}) {
        RawConnection wire(context.host());
        wire.send(bytes);
    }
    expectAlive(context, "hang-ups");
}

void tooLarge(Context& context) {
    const Person& person = context.shared(0);
    RawConnection wire(context.host());
    wire.send(
        "POST /douyin/publish/action/?token=" + person.token + " HTTP/1.1\r\nHost: " + context.host().host +
        "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000000000\r\n\r\n--b\r\n");
    const Answer answer = wire.read();
    context.expect(answer.status == 413, "413 for a body of a terabyte, before it is sent; got " +
                                             std::to_string(answer.status) + " " + answer.problem);
    context.expectEqual(answer.body, std::string(kTooLargeText), "text of the 413");
    context.expectEqual(answer.mediaType(), std::string("text/plain"), "content type of the 413");
    expectAlive(context, "a 413");
}

void badQueries(Context& context) {
    // A lone % or an unknown parameter never breaks a request that needs nothing.
    for (const std::string_view query :
         {"?%", "?%zz=1", "?=&&&=", "?latest_time=0&latest_time=x", "?unknown=%00%ff", "?a[]=1", "?;;;"}) {
        const Reply reply = context.plain({.target = "/douyin/feed/" + std::string(query)});
        context.expect(reply, reply.answer.status == 200 && (reply.code() == 0 || reply.code() == 1),
                       "HTTP 200 with success or params err");
    }
}

}  // namespace
}  // namespace transport_cases

void addTransportCases(Cases& cases) {
    using namespace transport_cases;
    cases.push_back({"transport/ping", &ping});
    for (const Endpoint& endpoint : endpoints()) {
        const std::string name(endpoint.name);
        cases.push_back({"transport/slash/" + name, [&endpoint](Context& c) { slashless(c, endpoint); }});
        cases.push_back({"transport/method/" + name, [&endpoint](Context& c) { wrongMethods(c, endpoint); }});
    }
    cases.push_back({"transport/unknown-paths", &unknownPaths});
    cases.push_back({"transport/keep-alive", &keepAlive});
    cases.push_back({"transport/head", &head});
    cases.push_back({"transport/byte-by-byte", &slowRequest});
    cases.push_back({"transport/chunked-form", &chunked});
    cases.push_back({"transport/gzip", &compression});
    cases.push_back({"transport/damaged-requests", &damagedRequests});
    cases.push_back({"transport/hang-ups", &hangUps});
    cases.push_back({"transport/too-large", &tooLarge});
    cases.push_back({"transport/bad-queries", &badQueries});
}

}  // namespace tikgok::conformance
