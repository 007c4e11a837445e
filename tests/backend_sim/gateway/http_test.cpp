// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The HTTP server at its edges: what is refused and what is taken, in one request or several. How connections
// live and end is in connections_test.cpp.

#include "tests/backend_sim/gateway/http_bytes.h"
#include "tests/backend_sim/gateway/stage.h"

#include <QTest>

#include <chrono>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;
using namespace std::chrono_literals;

class HttpTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refused_data();
    void refused();
    void hosts_data();
    void hosts();
    void taken_data();
    void taken();
    void everyCutIsFine();
    void pipelined();
    void pipelinedBehindABody();
    void versions();
    void expectContinue();
    void expectContinueRefused();
    void earlyRefusalOfALongBody();
    void refusedBodyKeepsTheConnection();
};

void HttpTest::refused_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const std::string& request, int status) {
        QTest::newRow(name) << bytes(request) << status;
    };
    const std::string host = "Host: localhost\r\n";
    const std::string post = "POST /douyin/user/login/ HTTP/1.1\r\n" + host;
    row("no HTTP", "hello\r\n\r\n", 400);
    row("no version", "GET /ping\r\n\r\n", 400);
    row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400);
    row("HTTP/9", "GET /ping HTTP/9.9\r\n" + host + "\r\n", 400);
    row("TLS", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400);
    row("bare line feeds", "GET /ping HTTP/1.1\nHost: localhost\n\n", 400);
    row("one bare line feed", "GET /ping HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400);
    row("carriage return inside", "GET /ping HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n", 400);
    row("space first", " GET /ping HTTP/1.1\r\n" + host + "\r\n", 400);
    row("no target", "GET  HTTP/1.1\r\n" + host + "\r\n", 400);
    row("relative target", "GET ping HTTP/1.1\r\n" + host + "\r\n", 400);
    row("space in target", "GET /pi ng HTTP/1.1\r\n" + host + "\r\n", 400);
    row("absolute without a host", "GET http:///ping HTTP/1.1\r\n" + host + "\r\n", 400);
    row("authority form", "CONNECT localhost:80 HTTP/1.1\r\n" + host + "\r\n", 400);
    row("header without colon", "GET /ping HTTP/1.1\r\n" + host + "nothing\r\n\r\n", 400);
    row("space before colon", "GET /ping HTTP/1.1\r\n" + host + "X : y\r\n\r\n", 400);
    row("folded header", "GET /ping HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n", 400);
    row("NUL in header", std::string("GET /ping HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n", 48), 400);
    row("no host", "GET /ping HTTP/1.1\r\n\r\n", 400);
    row("two hosts", "GET /ping HTTP/1.1\r\n" + host + host + "\r\n", 400);
    row("length no number", post + "Content-Length: x\r\n\r\n", 400);
    row("length negative", post + "Content-Length: -5\r\n\r\n", 400);
    row("length signed", post + "Content-Length: +5\r\n\r\nabcde", 400);
    row("length hexadecimal", post + "Content-Length: 0x5\r\n\r\nabcde", 400);
    row("length empty", post + "Content-Length: \r\n\r\n", 400);
    row("length huge", post + "Content-Length: 99999999999999999999999\r\n\r\n", 400);
    row("lengths differ", post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd", 400);
    row("lengths alike", post + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd", 400);
    row("length list", post + "Content-Length: 4, 4\r\n\r\nabcd", 400);
    row("length and chunked", post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("chunked and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400);
    row("gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400);
    row("identity", post + "Transfer-Encoding: identity\r\n\r\n", 400);
    row("xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n", 400);
    row("chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400);
    row("chunked in 1.0",
        "POST /douyin/user/login/ HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("chunk size no number", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", 400);
    row("chunk size negative", post + "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n", 400);
    row("chunk size too long", post + "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\nabc\r\n", 400);
    row("chunk without end", post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n", 400);
    row("chunk header endless", post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(70000, 'x'), 400);
    row("expects something else", post + "Expect: 200-ok\r\n\r\n", 417);
    row("request line too long", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 414);
    row("request line endless", "GET /" + std::string(300'000, 'a'), 414);
    row("header too long", "GET /ping HTTP/1.1\r\n" + host + "X: " + std::string(17'000, 'a') + "\r\n\r\n",
        431);
    row("header endless", "GET /ping HTTP/1.1\r\n" + host + "X: " + std::string(300'000, 'a'), 431);
    std::string many = "GET /ping HTTP/1.1\r\n" + host;
    for (int i = 0; i < 120; ++i) {
        many += "X: y\r\n";
    }
    row("too many headers", many + "\r\n", 431);
    row("form announced too long", post + "Content-Length: 1048577\r\n\r\n", 413);
    row("form chunked too long",
        post + "Transfer-Encoding: chunked\r\n\r\n200000\r\n" + std::string(0x200000, 'a') + "\r\n0\r\n\r\n",
        413);
    row("upload of a terabyte",
        "POST /douyin/publish/action/ HTTP/1.1\r\n" + host +
            "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000000000\r\n\r\n--b\r\n",
        413);
}

void HttpTest::refused() {
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    Stage stage;
    Wire wire(stage.port());
    wire.send(text(request));
    const Reply reply = wire.read();
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.header("connection"), std::string("close"));
    QCOMPARE(reply.header("content-type"), std::string("text/plain; charset=utf-8"));
    if (status == 413) {
        QCOMPARE(reply.body, std::string("Request Entity Too Large"));
    }
    QVERIFY(wire.closedByServer());
    QVERIFY(stage.services.calls().empty());
    QCOMPARE(stage.get("/ping").body, std::string(kPong));
}

void HttpTest::hosts_data() {
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("status");
    for (const char* good :
         {"localhost", "LocalHost:80", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:8080", "my.box:1"}) {
        QTest::newRow(good) << QString::fromLatin1(good) << 200;
    }
    for (const char* bad : {"",
                            "evil.example",
                            "evil.example:80",
                            "localhost.evil.example",
                            "127.0.0.1.evil.example",
                            "localhost.",
                            "127.1",
                            "2130706433",
                            "0x7f000001",
                            "0.0.0.0",
                            "127.0.0.2",
                            "[::]",
                            "[::1",
                            "[::ffff:127.0.0.1]",
                            "::1",
                            "user@127.0.0.1",
                            "127.0.0.1:x",
                            "127.0.0.1:80:80",
                            "127.0.0.1:999999",
                            "localhost/",
                            "localhost evil",
                            "xn--lcalhost-5we"}) {
        QTest::newRow(*bad == '\0' ? "empty" : bad) << QString::fromLatin1(bad) << 421;
    }
}

void HttpTest::hosts() {
    QFETCH(QString, host);
    QFETCH(int, status);
    GatewayConfig config;
    config.hostNames = {"my.box"};
    Stage stage({}, std::move(config));
    const Reply reply =
        stage.ask("POST /douyin/user/login/?username=a&password=b HTTP/1.1\r\nHost: " + host.toStdString() +
                  "\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(reply.status, status);
    QCOMPARE(stage.services.calls().empty(), status == 421);
    // The address in an absolute target counts more than the header.
    QCOMPARE(stage.ask("GET http://evil.example/ping HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 421);
}

void HttpTest::taken_data() {
    QTest::addColumn<QByteArray>("request");
    const auto row = [](const char* name, const std::string& request) {
        QTest::newRow(name) << bytes(request);
    };
    const std::string post =
        "POST /douyin/user/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\n";
    row("empty lines first", "\r\n\r\n" + post + "Content-Length: 21\r\n\r\nusername=a&password=b");
    row("no space after colon",
        "POST /douyin/user/login/ "
        "HTTP/1.1\r\nHost:localhost\r\ncontent-type:application/x-www-form-urlencoded\r\n"
        "CONTENT-LENGTH:21\r\n\r\nusername=a&password=b");
    row("one chunk", post + "Transfer-Encoding: chunked\r\n\r\n15\r\nusername=a&password=b\r\n0\r\n\r\n");
    row("many chunks",
        post +
            "Transfer-Encoding: Chunked\r\n\r\n1\r\nu\r\n007\r\nsername\r\nD\r\n=a&password=b\r\n"
            "0\r\n\r\n");
    row("chunk extensions",
        post + "Transfer-Encoding: chunked\r\n\r\n15;a=b;c=\"d\"\r\nusername=a&password=b\r\n0;x\r\n\r\n");
    row("trailers", post +
                        "Transfer-Encoding: chunked\r\n\r\n15\r\nusername=a&password=b\r\n0\r\n"
                        "Content-Type: text/plain\r\nHost: evil.example\r\nX: y\r\n\r\n");
}

void HttpTest::taken() {
    QFETCH(QByteArray, request);
    Stage stage;
    Wire wire(stage.port());
    QCOMPARE(wire.ask(text(request)).status, 200);
    QCOMPARE(stage.services.lastCall(), std::string("login a b"));
    QCOMPARE(wire.ask(kPing).body, std::string(kPong));
}

void HttpTest::everyCutIsFine() {
    Stage stage;
    const std::string request =
        "POST /douyin/user/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\n"
        "Transfer-Encoding: chunked\r\n\r\n8\r\nusername\r\nd;x=1\r\n=a&password=b\r\n0\r\nX: y\r\n\r\n";
    Wire wire(stage.port());
    for (std::size_t cut = 1; cut < request.size(); ++cut) {
        wire.send(std::string_view(request).substr(0, cut));
        // The request so far is not complete, so nothing may come; a ping elsewhere gives the server time.
        QCOMPARE(stage.get("/ping").status, 200);
        wire.send(std::string_view(request).substr(cut));
        QCOMPARE(wire.read().status, 200);
    }
    QCOMPARE(stage.services.calls().size(), request.size() - 1);
}

void HttpTest::pipelined() {
    Stage stage;
    Wire wire(stage.port());
    std::string all;
    for (int i = 0; i < 300; ++i) {
        all += "GET /douyin/comment/list/?video_id=" + std::to_string(i + 1) +
               " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
    all += "GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" + std::string(kPing);
    wire.send(all);
    for (int i = 0; i < 300; ++i) {
        QVERIFY(wire.read().body.find("comment_list") != std::string::npos);
    }
    QCOMPARE(wire.read().body, std::string(kPong));
    QVERIFY(wire.closedByServer());
    const std::vector<std::string> calls = stage.services.calls();
    QCOMPARE(calls.size(), std::size_t{300});
    QCOMPARE(calls.back(), std::string("commentsOn 0 300"));
}

void HttpTest::pipelinedBehindABody() {
    Stage stage;
    Wire wire(stage.port());
    // Longer than what comes with a head, so that the bodies are read apart from the heads.
    const std::string body = "username=a&password=b&x=" + std::string(40'000, 'x');
    std::string all;
    for (int i = 0; i < 20; ++i) {
        all +=
            "POST /douyin/user/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
            "application/x-www-form-urlencoded\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body;
        all += kPing;
    }
    wire.send(all);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(wire.read().body.find("\"user_id\":1") != std::string::npos);
        QCOMPARE(wire.read().body, std::string(kPong));
    }
    QCOMPARE(stage.services.calls().size(), std::size_t{20});
}

void HttpTest::versions() {
    Stage stage;
    Wire old(stage.port());
    Reply reply = old.ask("GET /ping HTTP/1.0\r\n\r\n");
    QCOMPARE(reply.body, std::string(kPong));
    QCOMPARE(reply.header("connection"), std::string("close"));
    QVERIFY(old.closedByServer());
    Wire kept(stage.port());
    for (int i = 0; i < 3; ++i) {
        reply = kept.ask("GET /ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        QCOMPARE(reply.body, std::string(kPong));
        QCOMPARE(reply.header("connection"), std::string("keep-alive"));
    }
    Wire closing(stage.port());
    reply = closing.ask("GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: foo, Close\r\n\r\n");
    QCOMPARE(reply.header("connection"), std::string("close"));
    QVERIFY(closing.closedByServer());
    QVERIFY(!reply.header("date").empty());
    Wire half(stage.port());
    half.send(kPing);
    half.endOfInput();
    QCOMPARE(half.read().body, std::string(kPong));
}

void HttpTest::expectContinue() {
    Stage stage;
    Wire wire(stage.port());
    for (int i = 0; i < 2; ++i) {
        wire.send(
            "POST /douyin/user/login/ HTTP/1.1\r\nHost: localhost\r\nExpect: 100-Continue\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 21\r\n\r\n");
        QCOMPARE(wire.read().status, 100);
        wire.send("username=a&password=b");
        QCOMPARE(wire.read().status, 200);
    }
    // Nothing to wait for without a body, and 1.0 does not know it.
    QCOMPARE(wire.ask("GET /ping HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\r\n").body,
             std::string(kPong));
    QCOMPARE(stage
                 .ask("POST /douyin/user/login/?username=a&password=b HTTP/1.0\r\nExpect: "
                      "100-continue\r\nContent-Length: 1\r\n\r\nx")
                 .status,
             200);
}

void HttpTest::expectContinueRefused() {
    Stage stage;
    for (const char* start :
         {"POST /nowhere HTTP/1.1\r\nHost: localhost\r\n", "POST /ping HTTP/1.1\r\nHost: localhost\r\n",
          "POST /douyin/user/login/ HTTP/1.1\r\nHost: evil.example\r\n"}) {
        Wire wire(stage.port());
        const Reply reply =
            wire.ask(std::string(start) + "Expect: 100-continue\r\nContent-Length: 21\r\n\r\n");
        QVERIFY(reply.status == 404 || reply.status == 405 || reply.status == 421);
        QVERIFY(wire.closedByServer());
    }
}

void HttpTest::earlyRefusalOfALongBody() {
    Stage stage;
    // The client sends on although it is refused; it must still get the answer.
    for (const char* target : {"/nowhere", "/douyin/feed/", "/douyin/user/login/"}) {
        Wire wire(stage.port());
        wire.send("POST " + std::string(target) +
                  " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8000000\r\n\r\n");
        QVERIFY(wire.send(std::string(8'000'000, 'x')));
        const Reply reply = wire.read();
        QVERIFY2(reply.status == 404 || reply.status == 405 || reply.status == 413, reply.head.c_str());
        QCOMPARE(reply.header("connection"), std::string("close"));
    }
}

void HttpTest::refusedBodyKeepsTheConnection() {
    Stage stage;
    Wire wire(stage.port());
    const std::string body(100'000, 'x');
    for (int i = 0; i < 3; ++i) {
        wire.send("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n" + body);
        QCOMPARE(wire.read().status, 404);
        wire.send(
            "PUT /ping HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
            "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        QCOMPARE(wire.read().status, 405);
        QCOMPARE(wire.ask(kPing).body, std::string(kPong));
    }
}

QTEST_GUILESS_MAIN(HttpTest)
#include "http_test.moc"
