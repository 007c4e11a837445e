// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The HTTP server at its edges: what is refused, how connections live and end, limits and slow clients.

#include "tests/backend_sim/gateway/stage.h"

#include <QTest>

#include <chrono>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;
using namespace std::chrono_literals;

namespace {

constexpr const char* kPing = "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr const char* kPong = R"({"message":"pong"})";

http::Limits quick() {
    http::Limits limits;
    limits.headTime = 500ms;
    limits.pieceTime = 500ms;
    limits.bodyTime = 500ms;
    limits.idleTime = 500ms;
    limits.lingerTime = 300ms;
    limits.sweepTime = 20ms;
    return limits;
}

QByteArray bytes(const std::string& text) {
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

std::string text(const QByteArray& value) {
    return value.toStdString();
}

}  // namespace

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
    void slowClients_data();
    void slowClients();
    void slowReaderGetsEverything();
    void idleReaderIsLetGo();
    void tooManyConnections();
    void bodiesShareOneBudget();
    void hangUps();
    void answerAfterTheClientLeft();
    void onlyLoopback();
    void portInUse();
    void stopIsQuickAndFinishesWhatRuns();
    void stopIsBounded();
    void manyServers();
    void manyClientsAtOnce();
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

void HttpTest::slowClients_data() {
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<int>("status");
    const std::string post =
        "POST /douyin/user/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\n";
    QTest::newRow("says nothing") << QByteArray() << 0;
    QTest::newRow("stops in the head") << QByteArray("GET /ping HTTP/1.1\r\nHos") << 408;
    QTest::newRow("stops before the body") << bytes(post + "Content-Length: 21\r\n\r\n") << 408;
    QTest::newRow("stops in the body") << bytes(post + "Content-Length: 21\r\n\r\nuser") << 408;
    QTest::newRow("stops in a chunk") << bytes(post + "Transfer-Encoding: chunked\r\n\r\n9\r\nab") << 408;
    QTest::newRow("stops in an upload")
        << QByteArray(
               "POST /douyin/publish/action/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
               "multipart/form-data; "
               "boundary=b\r\nContent-Length: 1000\r\n\r\n--b\r\nContent-Disposition: form-data; "
               "name=\"data\"; "
               "filename=\"a.mp4\"\r\n\r\nxx")
        << 408;
    QTest::newRow("idle after an answer") << QByteArray(kPing) << 200;
}

void HttpTest::slowClients() {
    QFETCH(QByteArray, start);
    QFETCH(int, status);
    Stage stage(quick());
    Wire wire(stage.port());
    wire.send(text(start));
    if (status != 0) {
        QCOMPARE(wire.read().status, status);
    }
    QVERIFY(wire.closedByServer());
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
    QVERIFY(Stage::eventually([&] { return stage.server->counters().connections == 0; }));
}

void HttpTest::slowReaderGetsEverything() {
    Stage stage;
    stage.services.titleBytes = 400'000;
    Wire wire(stage.port());
    wire.send("GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n" + std::string(kPing));
    // More than the sockets hold, so the server has to wait for the client; others are served meanwhile.
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(stage.get("/ping").status, 200);
    }
    const Reply reply = wire.read();
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.body.size() > 12'000'000);
    QVERIFY(reply.body.ends_with("\"next_time\":1700000000000}"));
    QCOMPARE(wire.read().body, std::string(kPong));
}

void HttpTest::idleReaderIsLetGo() {
    Stage stage(quick());
    stage.services.titleBytes = 400'000;
    Wire wire(stage.port());
    wire.receiveLittle(4096);
    wire.send("GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(Stage::eventually([&] { return stage.server->counters().connections == 1; }));
    QVERIFY(Stage::eventually([&] { return stage.server->counters().connections == 0; }));
}

void HttpTest::tooManyConnections() {
    http::Limits limits;
    limits.connections = 5;
    Stage stage(limits);
    std::vector<std::unique_ptr<Wire>> wires;
    for (int i = 0; i < 5; ++i) {
        wires.push_back(std::make_unique<Wire>(stage.port()));
        QCOMPARE(wires.back()->ask(kPing).status, 200);
    }
    Wire extra(stage.port());
    QCOMPARE(extra.read().status, 503);
    wires.clear();
    QVERIFY(Stage::eventually([&] { return stage.get("/ping").status == 200; }));
}

void HttpTest::bodiesShareOneBudget() {
    http::Limits limits;
    limits.bodyBytes = 100'000;
    limits.sweepTime = 20ms;
    Stage stage(limits);
    const auto login = [](std::size_t size) {
        return "POST /douyin/user/login/?username=alice&password=pw HTTP/1.1\r\nHost: localhost\r\n"
               "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
               std::to_string(size) + "\r\n\r\n";
    };
    const auto held = [&stage](std::size_t size) {
        return Stage::eventually([&] { return stage.server->counters().bodyBytes == size; });
    };
    Wire first(stage.port());
    first.send(login(60'000) + std::string(59'999, 'x'));
    QVERIFY(held(59'999));
    // Each alone is far below what a body may have.
    for (int i = 0; i < 3; ++i) {
        Wire second(stage.port());
        const Reply refused = second.ask(login(60'000) + std::string(60'000, 'y'));
        QCOMPARE(refused.status, 503);
        QCOMPARE(refused.header("retry-after"), std::string("1"));
        QCOMPARE(refused.header("connection"), std::string("close"));
        QCOMPARE(refused.body,
                 std::string(R"({"status_code":2,"status_msg":"service err","user_id":0,"token":""})"));
        QVERIFY(held(59'999));
    }
    // What fits is taken, up to the last byte, and what goes to disk is not counted.
    {
        Wire third(stage.port());
        third.send(login(50'000) + std::string(40'001, 'z'));
        QVERIFY(held(100'000));
        const Reply uploaded = stage.post(
            "/douyin/publish/action/?token=" + stage.token(), "multipart/form-data; boundary=b",
            multipartBody("b", {field("title", "t"), file("data", "a.mp4", std::string(300'000, 'v'))}));
        QCOMPARE(uploaded.status, 200);
        QVERIFY(uploaded.body.starts_with(R"({"status_code":0)"));
        // One that leaves in the middle gives back what it had.
        third.reset();
        QVERIFY(held(59'999));
    }
    // So does one that is answered, also while its connection stays.
    QCOMPARE(first.ask("x").status, 200);
    QVERIFY(held(0));
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(first.ask(login(90'000) + std::string(90'000, 'x')).status, 200);
    }
    // Until then it counts.
    const std::size_t calls = stage.services.calls().size();
    stage.services.worker.hold(true);
    first.send(login(80'000) + std::string(80'000, 'x'));
    QVERIFY(Stage::eventually([&] { return stage.services.calls().size() > calls; }));
    QCOMPARE(stage.server->counters().bodyBytes, std::size_t{80'000});
    stage.services.worker.hold(false);
    QCOMPARE(first.read().status, 200);
    QVERIFY(held(0));
}

void HttpTest::hangUps() {
    Stage stage;
    const std::vector<std::string> starts{
        "",
        "GET /dou",
        "GET /ping HTTP/1.1\r\nHost: localhost\r\n",
        "POST /douyin/user/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nuser",
        "POST /douyin/publish/action/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
        "boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"data\"; "
        "filename=\"a.mp4\"\r\n\r\n0123456789",
        kPing,
        "GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n"};
    for (int round = 0; round < 10; ++round) {
        for (const std::string& start : starts) {
            Wire wire(stage.port());
            wire.send(start);
            if (round % 2 == 0) {
                wire.reset();
            }
        }
    }
    QVERIFY(Stage::eventually([&] { return stage.server->counters().connections == 0; }));
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
    QCOMPARE(stage.get("/ping").body, std::string(kPong));
}

void HttpTest::answerAfterTheClientLeft() {
    Stage stage;
    stage.services.worker.hold(true);
    for (int i = 0; i < 20; ++i) {
        Wire wire(stage.port());
        wire.send("POST /douyin/user/login/?username=a&password=b HTTP/1.1\r\nHost: localhost\r\n\r\n");
        if (i % 2 == 0) {
            wire.reset();
        }
    }
    QVERIFY(Stage::eventually([&] { return stage.services.calls().size() >= 10; }));
    stage.services.worker.hold(false);
    QVERIFY(Stage::eventually([&] { return stage.server->counters().connections == 0; }));
    QCOMPARE(stage.get("/ping").body, std::string(kPong));
}

void HttpTest::onlyLoopback() {
    for (const char* host : {"0.0.0.0", "192.168.1.1", "::", "example.com", ""}) {
        http::ServerConfig config;
        config.host = host;
        QVERIFY(!http::Server::bind(std::move(config)));
    }
    http::ServerConfig config;
    config.host = "localhost";
    const auto server = http::Server::bind(std::move(config));
    QVERIFY(server);
    QVERIFY((*server)->url().starts_with("http://127.0.0.1:"));
}

void HttpTest::portInUse() {
    Stage stage;
    http::ServerConfig config;
    config.port = stage.port();
    const auto second = http::Server::bind(std::move(config));
    QVERIFY(!second);
    QVERIFY(second.error().find("in use") != std::string::npos);
}

void HttpTest::stopIsQuickAndFinishesWhatRuns() {
    Stage stage;
    std::vector<std::unique_ptr<Wire>> idle;
    for (int i = 0; i < 200; ++i) {
        idle.push_back(std::make_unique<Wire>(stage.port()));
    }
    Wire busy(stage.port());
    stage.services.worker.hold(true);
    busy.send("POST /douyin/user/login/?username=a&password=b HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(Stage::eventually([&] { return !stage.services.calls().empty(); }));
    const auto began = std::chrono::steady_clock::now();
    std::thread stopper([&] { stage.server->stop(5s); });
    QVERIFY(idle.front()->closedByServer());
    stage.services.worker.hold(false);
    const Reply reply = busy.read();
    stopper.join();
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("connection"), std::string("close"));
    QVERIFY(std::chrono::steady_clock::now() - began < 2s);
    QVERIFY(!Wire(stage.port()).send(kPing) || !Wire(stage.port()).read().status);
}

void HttpTest::stopIsBounded() {
    Stage stage;
    stage.services.worker.hold(true);
    Wire busy(stage.port());
    busy.send("POST /douyin/user/login/?username=a&password=b HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(Stage::eventually([&] { return !stage.services.calls().empty(); }));
    const auto began = std::chrono::steady_clock::now();
    stage.server->stop(100ms);
    QVERIFY(std::chrono::steady_clock::now() - began < 2s);
    QVERIFY(busy.closedByServer());
    // An answer that comes now finds nobody.
    stage.services.worker.hold(false);
}

void HttpTest::manyServers() {
    std::vector<std::unique_ptr<Stage>> stages;
    for (int i = 0; i < 16; ++i) {
        stages.push_back(std::make_unique<Stage>(http::Limits{}, GatewayConfig{}, 1));
    }
    for (const auto& stage : stages) {
        QCOMPARE(stage->post("/douyin/user/login/?username=a&password=b").status, 200);
    }
    for (const auto& stage : stages) {
        QCOMPARE(stage->services.calls().size(), std::size_t{1});
    }
}

void HttpTest::manyClientsAtOnce() {
    Stage stage;
    const std::string token = stage.token();
    std::atomic<int> good = 0;
    std::atomic<bool> go = false;
    std::vector<std::thread> clients;
    for (int i = 0; i < 20; ++i) {
        clients.emplace_back([&, i] {
            while (!go) {
                std::this_thread::yield();
            }
            Wire wire(stage.port());
            for (int k = 0; k < 50; ++k) {
                const std::string host = " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n";
                const std::string id = std::to_string(i * 100 + k + 1);
                const bool like = wire.ask("POST /douyin/favorite/action/?action_type=1&video_id=" + id +
                                           "&token=" + token + host)
                                      .status == 200;
                const bool feed = wire.ask("GET /douyin/feed/?token=" + token + host).status == 200;
                good += like && feed ? 1 : 0;
            }
        });
    }
    go = true;
    for (std::thread& client : clients) {
        client.join();
    }
    QCOMPARE(good.load(), 1000);
    QCOMPARE(stage.services.calls().size(), std::size_t{2000});
}

QTEST_GUILESS_MAIN(HttpTest)
#include "http_test.moc"
