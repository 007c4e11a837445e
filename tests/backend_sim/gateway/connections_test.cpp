// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Connections: slow clients, many of them, those that leave, and how a server begins to listen and stops.

#include "tests/backend_sim/gateway/http_bytes.h"
#include "tests/backend_sim/gateway/stage.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;
using namespace std::chrono_literals;

namespace {

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

}  // namespace

class ConnectionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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

void ConnectionsTest::slowClients_data() {
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

void ConnectionsTest::slowClients() {
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

void ConnectionsTest::slowReaderGetsEverything() {
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

void ConnectionsTest::idleReaderIsLetGo() {
    Stage stage(quick());
    stage.services.titleBytes = 400'000;
    Wire wire(stage.port());
    wire.receiveLittle(4096);
    wire.send("GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(Stage::eventually([&] { return stage.server->counters().connections == 1; }));
    QVERIFY(Stage::eventually([&] { return stage.server->counters().connections == 0; }));
}

void ConnectionsTest::tooManyConnections() {
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

void ConnectionsTest::bodiesShareOneBudget() {
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

void ConnectionsTest::hangUps() {
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

void ConnectionsTest::answerAfterTheClientLeft() {
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

void ConnectionsTest::onlyLoopback() {
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

void ConnectionsTest::portInUse() {
    Stage stage;
    http::ServerConfig config;
    config.port = stage.port();
    const auto second = http::Server::bind(std::move(config));
    QVERIFY(!second);
    QVERIFY(second.error().find("in use") != std::string::npos);
}

void ConnectionsTest::stopIsQuickAndFinishesWhatRuns() {
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

void ConnectionsTest::stopIsBounded() {
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

void ConnectionsTest::manyServers() {
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

void ConnectionsTest::manyClientsAtOnce() {
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

QTEST_GUILESS_MAIN(ConnectionsTest)
#include "connections_test.moc"
