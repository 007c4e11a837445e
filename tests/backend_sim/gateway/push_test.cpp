// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// New messages over WebSocket: what comes, to whom, and what is refused.

#include "backend-sim/gateway/push.h"

#include "backend-sim/simulator.h"
#include "tests/backend_sim/gateway/stage.h"
#include "tests/backend_sim/gateway/web_socket.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <memory>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

// A gateway over doubles with a hub.
struct PushStage {
    static GatewayConfig configWith(PushHub& hub, std::function<std::int64_t()> now) {
        GatewayConfig config;
        config.push = &hub;
        config.now = std::move(now);
        return config;
    }
    explicit PushStage(http::Limits limits = {}, PushHub::Limits most = {})
        : hub(most), stage(limits, configWith(hub, [this] { return now.load(); })) {}

    [[nodiscard]] std::string target(contract::Id user = 1) const {
        return "/push?token=" + stage.token(user);
    }
    bool waitFor(std::size_t connections) {
        return Stage::eventually([&] { return hub.connections() == connections; });
    }

    std::atomic<std::int64_t> now = Stage::kNow;
    PushHub hub;
    Stage stage;
};

contract::Message messageWith(std::string text, contract::Id from = 2, contract::Id to = 1) {
    return {.id = 9007199254740993,
            .toUserId = to,
            .fromUserId = from,
            .content = std::move(text),
            .createTime = 1700000000123};
}

std::string tokenOf(const Reply& reply) {
    const std::size_t at = reply.body.find("\"token\":\"") + 9;
    return reply.body.substr(at, reply.body.find('"', at) - at);
}

}  // namespace

class PushTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void announced();
    void refused_data();
    void refused();
    void frames();
    void toWhom();
    void wholeSimulator();
    void whatComesIsRead_data();
    void whatComesIsRead();
    void answersPings();
    void silentPeersAreAsked();
    void slowReadersAreDropped();
    void tooMany();
    void endsWithItsToken();
    void endsWithTheDialect();
    void endsWithTheServer();
    void manyComeAndGo();
};

void PushTest::announced() {
    PushStage rig;
    QCOMPARE(rig.stage.get("/ping").body, std::string(R"({"message":"pong","push":"/push"})"));
    rig.stage.gateway->setDialect(DialectName::Tikgok);
    QCOMPARE(rig.stage.get("/ping").body, std::string(R"({"message":"pong"})"));
    QCOMPARE(WebSocket(rig.stage.port(), rig.target()).answer().status, 404);
    Stage without;
    QCOMPARE(without.get("/ping").body, std::string(R"({"message":"pong"})"));
    QCOMPARE(WebSocket(without.port(), "/push?token=" + without.token()).answer().status, 404);
}

void PushTest::refused_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    PushStage rig;
    const std::string good = rig.target();
    const auto row = [](const char* name, const std::string& request, int status) {
        QTest::newRow(name) << QByteArray::fromStdString(request) << status;
    };
    const auto without = [&](std::string_view line) {
        std::string request = WebSocket::handshake(good);
        request.erase(request.find(line), line.size());
        return request;
    };
    row("good", WebSocket::handshake(good), 101);
    row("no token", WebSocket::handshake("/push"), 401);
    row("bad token", WebSocket::handshake("/push?token=hello"), 401);
    row("another server's token",
        WebSocket::handshake("/push?token=" + TokenAuthority("x").issue(1, Stage::kNow)), 401);
    row("expired",
        WebSocket::handshake("/push?token=" + TokenAuthority(Stage::kKey).issue(1, Stage::kNow - 2'592'000)),
        401);
    row("from a page", WebSocket::handshake(good, "Origin: https://example.com\r\n"), 403);
    row("from a page of ours", WebSocket::handshake(good, "Origin: http://127.0.0.1\r\n"), 403);
    row("no upgrade", without("Upgrade: websocket\r\n"), 426);
    row("no key", without("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), 426);
    row("no version", without("Sec-WebSocket-Version: 13\r\n"), 426);
    row("plain request", "GET " + good + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 426);
    row("wrong method", "POST " + good + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 405);
    std::string stranger = WebSocket::handshake(good);
    stranger.replace(stranger.find("127.0.0.1"), 9, "example.com");
    row("another host", stranger, 421);
}

void PushTest::refused() {
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    PushStage rig;
    Wire wire(rig.stage.port());
    wire.send(request.toStdString());
    const Reply reply = wire.read(status == 101);
    QCOMPARE(reply.status, status);
    if (status == 101) {
        // RFC 6455, 1.3
        QCOMPARE(reply.header("sec-websocket-accept"), std::string("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        QVERIFY(rig.waitFor(1));
    } else {
        QCOMPARE(rig.hub.connections(), std::size_t{0});
    }
}

void PushTest::frames() {
    PushStage rig;
    WebSocket socket(rig.stage.port(), rig.target());
    QVERIFY(rig.waitFor(1));
    const std::string nasty = "\"</script>\u202e\n" + std::string(300, 'x') + "\u4f60";
    rig.hub.deliver(messageWith(nasty));
    const auto frame = socket.read();
    QVERIFY(frame);
    QCOMPARE(int(frame->opcode), int(WebSocket::kText));
    QVERIFY2(frame->payload.find("\"id\":9007199254740993,") != std::string::npos, frame->payload.c_str());
    const QJsonObject message = QJsonDocument::fromJson(QByteArray::fromStdString(frame->payload)).object();
    QCOMPARE(message.value(QStringLiteral("content")).toString().toStdString(), nasty);
    QCOMPARE(message.keys(), (QStringList{QStringLiteral("content"), QStringLiteral("create_time"),
                                          QStringLiteral("from_user_id"), QStringLiteral("id"),
                                          QStringLiteral("to_user_id")}));
}

void PushTest::toWhom() {
    PushStage rig;
    WebSocket one(rig.stage.port(), rig.target(1));
    WebSocket again(rig.stage.port(), rig.target(1));
    WebSocket two(rig.stage.port(), rig.target(2));
    QVERIFY(rig.waitFor(3));
    rig.hub.deliver(messageWith("hello", 2, 1));
    rig.hub.deliver(messageWith("for two", 9, 2));
    rig.hub.deliver(messageWith("to oneself", 2, 2));
    rig.hub.deliver(messageWith("for nobody here", 8, 9));
    rig.hub.deliver(messageWith("the end", 1, 2));
    const auto hears = [](WebSocket& socket, const std::vector<std::string>& texts) {
        for (const std::string& text : texts) {
            const auto frame = socket.read();
            QVERIFY(frame);
            QVERIFY2(frame->payload.find("\"content\":\"" + text + "\"") != std::string::npos,
                     frame->payload.c_str());
        }
    };
    // Each once.
    hears(one, {"hello", "the end"});
    hears(again, {"hello", "the end"});
    hears(two, {"hello", "for two", "to oneself", "the end"});
}

void PushTest::wholeSimulator() {
    const QTemporaryDir directory;
    SimulatorConfig config;
    config.dataDirectory = directory.path().toStdString();
    config.world = "empty";
    auto simulator = Simulator::start(std::move(config));
    QVERIFY(simulator);
    const auto ask = [&](const std::string& method, const std::string& target) {
        Wire wire((*simulator)->port());
        return wire.ask(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    };
    const std::string ann = tokenOf(ask("POST", "/douyin/user/register/?username=ann&password=secret"));
    const std::string bob = tokenOf(ask("POST", "/douyin/user/register/?username=bob&password=secret"));
    WebSocket annHears((*simulator)->port(), "/push?token=" + ann);
    WebSocket bobHears((*simulator)->port(), "/push?token=" + bob);
    QCOMPARE(annHears.answer().status, 101);
    QCOMPARE(bobHears.answer().status, 101);
    for (int i = 0; i < 20; ++i) {
        const std::string text = "message" + std::to_string(i);
        QVERIFY(ask("POST",
                    "/douyin/message/action/?action_type=1&to_user_id=2&content=" + text + "&token=" + ann)
                    .body.starts_with("{\"status_code\":0"));
        for (WebSocket* socket : {&annHears, &bobHears}) {
            const auto frame = socket->read();
            QVERIFY(frame && frame->payload.find("\"" + text + "\"") != std::string::npos);
            // The same as by asking.
            QVERIFY(ask("GET", "/douyin/message/chat/?pre_msg_time=0&to_user_id=2&token=" + ann)
                        .body.find(frame->payload) != std::string::npos);
        }
    }
    QVERIFY(ask("GET", "/metrics").body.find("tikgok_push_connections 2") != std::string::npos);
}

void PushTest::whatComesIsRead_data() {
    QTest::addColumn<int>("opcode");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("stays");
    QTest::newRow("a text") << int(WebSocket::kText) << QByteArray("hello") << true;
    QTest::newRow("a pong") << int(WebSocket::kPong) << QByteArray() << true;
    QTest::newRow("the most") << int(WebSocket::kText) << QByteArray(4096, 'x') << true;
    QTest::newRow("too much") << int(WebSocket::kText) << QByteArray(4097, 'x') << false;
    QTest::newRow("no UTF-8") << int(WebSocket::kText) << QByteArray("\xff\xfe") << false;
    QTest::newRow("an unknown kind") << 3 << QByteArray("x") << false;
}

void PushTest::whatComesIsRead() {
    QFETCH(int, opcode);
    QFETCH(QByteArray, payload);
    QFETCH(bool, stays);
    http::Limits limits;
    limits.socketPatience = std::chrono::milliseconds(300);
    PushStage rig(limits);
    WebSocket socket(rig.stage.port(), rig.target());
    QVERIFY(rig.waitFor(1));
    socket.send(static_cast<std::uint8_t>(opcode), payload.toStdString());
    if (stays) {
        socket.send(WebSocket::kPing, "there?");
        QCOMPARE(socket.read()->payload, std::string("there?"));
        rig.hub.deliver(messageWith("still here"));
        QVERIFY(socket.read()->payload.find("still here") != std::string::npos);
    } else {
        QCOMPARE(int(socket.read()->opcode), int(WebSocket::kClose));
        // Whoever does not leave is shown out.
        QVERIFY(rig.waitFor(0));
    }
}

void PushTest::answersPings() {
    PushStage rig;
    WebSocket socket(rig.stage.port(), rig.target());
    socket.send(WebSocket::kPing, "x");
    const auto pong = socket.read();
    QCOMPARE(int(pong->opcode), int(WebSocket::kPong));
    socket.send(WebSocket::kClose, std::string("\x03\xe8", 2));
    QCOMPARE(socket.read()->code(), std::uint16_t{1000});
    socket.wire().endOfInput();
    QVERIFY(rig.waitFor(0));
}

void PushTest::silentPeersAreAsked() {
    http::Limits limits;
    limits.socketIdle = std::chrono::milliseconds(200);
    PushStage rig(limits);
    WebSocket answers(rig.stage.port(), rig.target());
    WebSocket silent(rig.stage.port(), rig.target());
    QVERIFY(rig.waitFor(2));
    // Whoever answers stays; the other one goes.
    while (rig.hub.connections() == 2) {
        const auto ping = answers.read();
        QVERIFY(ping);
        QCOMPARE(int(ping->opcode), int(WebSocket::kPing));
        answers.send(WebSocket::kPong, ping->payload);
    }
    QCOMPARE(rig.hub.connections(), std::size_t{1});
    rig.hub.deliver(messageWith("hello"));
    std::optional<WebSocket::Frame> frame;
    while ((frame = answers.read()) && frame->opcode == WebSocket::kPing) {
        answers.send(WebSocket::kPong, frame->payload);
    }
    QVERIFY(frame && frame->payload.find("hello") != std::string::npos);
}

void PushTest::slowReadersAreDropped() {
    PushStage rig;
    WebSocket slow(rig.stage.port(), rig.target(1));
    WebSocket quick(rig.stage.port(), rig.target(2));
    slow.wire().receiveLittle(4096);
    QVERIFY(rig.waitFor(2));
    const std::string text(8000, 'x');
    int sent = 0;
    while (rig.hub.connections() == 2 && sent < 20'000) {
        rig.hub.deliver(messageWith(text));
        ++sent;
        QVERIFY(quick.read());
    }
    // The other end's buffers and a quarter of a megabyte.
    QVERIFY2(sent < 2'000, std::to_string(sent).c_str());
    QCOMPARE(rig.hub.connections(), std::size_t{1});
    rig.hub.deliver(messageWith("hello"));
    QVERIFY(quick.read()->payload.find("hello") != std::string::npos);
}

void PushTest::tooMany() {
    PushStage rig({}, {.connections = 3, .perUser = 2});
    std::vector<std::unique_ptr<WebSocket>> open;
    const auto connect = [&](contract::Id user) {
        open.push_back(std::make_unique<WebSocket>(rig.stage.port(), rig.target(user)));
        return open.back()->answer().status;
    };
    QCOMPARE(connect(1), 101);
    QCOMPARE(connect(1), 101);
    QCOMPARE(connect(1), 503);
    QCOMPARE(connect(2), 101);
    QCOMPARE(connect(2), 503);
    QVERIFY(!open.back()->answer().header("retry-after").empty());
    open.erase(open.begin());
    QVERIFY(rig.waitFor(2));
    QCOMPARE(connect(2), 101);
}

void PushTest::endsWithItsToken() {
    PushStage rig;
    WebSocket socket(rig.stage.port(), rig.target());
    QVERIFY(rig.waitFor(1));
    rig.now = Stage::kNow + 2'592'000;
    const auto frame = socket.read();
    QCOMPARE(int(frame->opcode), int(WebSocket::kClose));
    QCOMPARE(frame->code(), PushHub::kTokenExpired);
    socket.send(WebSocket::kClose, frame->payload);
    socket.wire().endOfInput();
    QVERIFY(rig.waitFor(0));
}

void PushTest::endsWithTheDialect() {
    PushStage rig;
    WebSocket socket(rig.stage.port(), rig.target());
    QVERIFY(rig.waitFor(1));
    rig.stage.gateway->setDialect(DialectName::Demo);
    const auto frame = socket.read();
    QCOMPARE(frame->code(), PushHub::kGoingAway);
}

void PushTest::endsWithTheServer() {
    PushStage rig;
    WebSocket socket(rig.stage.port(), rig.target());
    QVERIFY(rig.waitFor(1));
    rig.stage.server->stop(std::chrono::milliseconds(100));
    QCOMPARE(rig.hub.connections(), std::size_t{0});
    const auto frame = socket.read();
    QVERIFY(!frame || frame->code() == PushHub::kGoingAway);
}

void PushTest::manyComeAndGo() {
    PushStage rig;
    std::atomic<bool> over = false;
    std::thread talker([&] {
        while (!over) {
            rig.hub.deliver(messageWith("hello", 2, 1));
        }
    });
    std::array<std::thread, 4> clients;
    for (std::thread& client : clients) {
        client = std::thread([&] {
            for (int i = 0; i < 25; ++i) {
                WebSocket socket(rig.stage.port(), rig.target());
                socket.read();
                if (i % 2 == 0) {
                    socket.wire().reset();
                }
            }
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
    over = true;
    talker.join();
    QVERIFY(rig.waitFor(0));
    QCOMPARE(rig.stage.server->counters().connections, std::size_t{0});
}

QTEST_GUILESS_MAIN(PushTest)
#include "push_test.moc"
