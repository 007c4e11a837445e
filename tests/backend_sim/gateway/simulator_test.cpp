// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole simulator as an object: gateway and real services together, several side by side.

#include "backend-sim/simulator.h"

#include "tests/backend_sim/gateway/stage.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

SimulatorConfig configIn(const QTemporaryDir& directory, const char* world = "empty") {
    SimulatorConfig config;
    config.dataDirectory = std::filesystem::path(directory.path().toStdString()) / "data";
    config.world = world;
    return config;
}

Reply ask(const Simulator& simulator, const std::string& method, const std::string& target) {
    Wire wire(simulator.port());
    return wire.ask(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

std::string tokenIn(const Reply& reply) {
    const std::size_t at = reply.body.find("\"token\":\"") + 9;
    return reply.body.substr(at, reply.body.find('"', at) - at);
}

bool ok(const Reply& reply) {
    return reply.body.starts_with("{\"status_code\":0");
}

}  // namespace

class SimulatorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsServesAndStops();
    void keepsWhatItAnswered();
    void manySideBySide();
    void settings();
    void refusals();
    void oneOwnerPerDirectory();
    void registersOneNameOnce();
    void stopsUnderLoad();
    void oneWorldInEveryDialect();
    void idsOfTheDialects();
    void settingsLeaveTheDialectAlone();
};

void SimulatorTest::startsServesAndStops() {
    const QTemporaryDir directory;
    auto simulator = Simulator::start(configIn(directory, "small"));
    QVERIFY2(simulator, simulator ? "" : simulator.error().c_str());
    QCOMPARE((*simulator)->world(), std::string("small"));
    QCOMPARE((*simulator)->url(), "http://127.0.0.1:" + std::to_string((*simulator)->port()));
    const Reply feed = ask(**simulator, "GET", "/douyin/feed/");
    QVERIFY(ok(feed));
    const std::string start = "\"play_url\":\"" + (*simulator)->url();
    const std::size_t at = feed.body.find(start);
    QVERIFY(at != std::string::npos);
    const std::size_t path = at + start.size();
    const Reply media = ask(**simulator, "GET", feed.body.substr(path, feed.body.find('"', path) - path));
    QCOMPARE(media.status, 200);
    QCOMPARE(media.header("content-type"), std::string("video/mp4"));
    const std::uint16_t port = (*simulator)->port();
    (*simulator)->stop();
    (*simulator)->stop();
    QVERIFY(!Wire(port).send("x") || Wire(port).read().status == 0);
}

void SimulatorTest::keepsWhatItAnswered() {
    const QTemporaryDir directory;
    std::string token;
    {
        auto simulator = Simulator::start(configIn(directory));
        QVERIFY(simulator);
        token = tokenIn(ask(**simulator, "POST", "/douyin/user/register/?username=ann&password=secret"));
    }
    // Another world is asked for, but there is one already; tokens stay good.
    auto simulator = Simulator::start(configIn(directory, "small"));
    QVERIFY(simulator);
    QCOMPARE((*simulator)->world(), std::string("empty"));
    QVERIFY(ok(ask(**simulator, "GET", "/douyin/user/?token=" + token)));
    QVERIFY(ok(ask(**simulator, "POST", "/douyin/user/login/?username=ann&password=secret")));
}

void SimulatorTest::manySideBySide() {
    std::vector<std::unique_ptr<QTemporaryDir>> directories;
    std::vector<std::unique_ptr<Simulator>> simulators;
    for (int i = 0; i < 8; ++i) {
        directories.push_back(std::make_unique<QTemporaryDir>());
        auto simulator = Simulator::start(configIn(*directories.back()));
        QVERIFY(simulator);
        simulators.push_back(std::move(*simulator));
    }
    std::string token;
    for (const auto& simulator : simulators) {
        const Reply reply = ask(*simulator, "POST", "/douyin/user/register/?username=same&password=secret");
        QVERIFY(ok(reply));
        // A key of its own: the token of one opens no other.
        QVERIFY(token.empty() || !ok(ask(*simulator, "GET", "/douyin/user/?token=" + token)));
        token = tokenIn(reply);
    }
}

void SimulatorTest::settings() {
    const QTemporaryDir directory;
    SimulatorConfig config = configIn(directory, "small");
    config.pageSize = 3;
    config.lenient = true;
    config.maxUploadBytes = 1000;
    auto simulator = Simulator::start(std::move(config));
    QVERIFY(simulator);
    const Reply feed = ask(**simulator, "GET", "/douyin/feed/");
    std::size_t videos = 0;
    for (std::size_t at = 0; (at = feed.body.find("\"play_url\"", at)) != std::string::npos; ++at) {
        ++videos;
    }
    QCOMPARE(videos, std::size_t{3});
    QVERIFY(ok(ask(**simulator, "GET", "/douyin/publish/list/?user_id=1")));
    Wire wire(simulator.value()->port());
    const std::string body =
        multipartBody("b", {field("title", "t"), file("data", "a.mp4", std::string(2000, 'x'))});
    wire.send(
        "POST /douyin/publish/action/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
        "boundary=b\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body);
    QCOMPARE(wire.read().status, 413);
}

void SimulatorTest::refusals() {
    const QTemporaryDir directory;
    SimulatorConfig lan = configIn(directory);
    lan.host = "0.0.0.0";
    QVERIFY(Simulator::start(lan).error().find("loopback") != std::string::npos);
    QVERIFY(!Simulator::start(configIn(directory, "no-such-world")));
    QVERIFY(!Simulator::start(configIn(directory, "../small")));
    SimulatorConfig nowhere = configIn(directory);
    nowhere.dataDirectory.clear();
    QVERIFY(!Simulator::start(nowhere));
    const std::filesystem::path blocked = std::filesystem::path(directory.path().toStdString()) / "file";
    std::ofstream(blocked) << "x";
    SimulatorConfig onFile = configIn(directory);
    onFile.dataDirectory = blocked / "data";
    QVERIFY(!Simulator::start(onFile));
    // After all these the directory is as usable as ever.
    QVERIFY(Simulator::start(configIn(directory)));
}

void SimulatorTest::oneOwnerPerDirectory() {
    const QTemporaryDir directory;
    auto first = Simulator::start(configIn(directory));
    QVERIFY(first);
    const auto second = Simulator::start(configIn(directory));
    QVERIFY(!second);
    QVERIFY(second.error().find("in use") != std::string::npos);
    first->reset();
    QVERIFY(Simulator::start(configIn(directory)));
}

void SimulatorTest::registersOneNameOnce() {
    const QTemporaryDir directory;
    auto simulator = Simulator::start(configIn(directory));
    QVERIFY(simulator);
    std::atomic<int> winners = 0;
    std::atomic<int> losers = 0;
    std::atomic<bool> go = false;
    std::vector<std::thread> clients;
    for (int i = 0; i < 20; ++i) {
        clients.emplace_back([&] {
            Wire wire((*simulator)->port());
            while (!go) {
                std::this_thread::yield();
            }
            const Reply reply = wire.ask(
                "POST /douyin/user/register/?username=one&password=secret HTTP/1.1\r\nHost: "
                "localhost\r\n\r\n");
            winners += ok(reply) ? 1 : 0;
            losers += reply.body.find("30002") != std::string::npos ? 1 : 0;
        });
    }
    go = true;
    for (std::thread& client : clients) {
        client.join();
    }
    QCOMPARE(winners.load(), 1);
    QCOMPARE(losers.load(), 19);
}

void SimulatorTest::stopsUnderLoad() {
    const QTemporaryDir directory;
    auto simulator = Simulator::start(configIn(directory, "small"));
    QVERIFY(simulator);
    const std::string token =
        tokenIn(ask(**simulator, "POST", "/douyin/user/register/?username=load&password=secret"));
    std::atomic<bool> stopped = false;
    std::atomic<int> answered = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&, i] {
            while (!stopped) {
                Wire wire((*simulator)->port());
                while (wire.send("POST /douyin/relation/action/?to_user_id=1&action_type=" +
                                 std::to_string(1 + i % 2) + "&token=" + token +
                                 " HTTP/1.1\r\nHost: localhost\r\n\r\n") &&
                       ok(wire.read())) {
                    ++answered;
                }
            }
        });
    }
    QVERIFY(Stage::eventually([&] { return answered > 200; }));
    const auto began = std::chrono::steady_clock::now();
    (*simulator)->stop();
    QVERIFY(std::chrono::steady_clock::now() - began < std::chrono::seconds(2));
    stopped = true;
    for (std::thread& client : clients) {
        client.join();
    }
}

// Accounts are the same people, whatever is spoken.
void SimulatorTest::oneWorldInEveryDialect() {
    const QTemporaryDir directory;
    auto started = Simulator::start(configIn(directory));
    QVERIFY2(started, started ? "" : started.error().c_str());
    Simulator& simulator = **started;
    QCOMPARE(simulator.dialect(), DialectName::Standard);
    const auto login = [&simulator](const std::string& name) {
        return ask(simulator, "POST", "/douyin/user/login/?password=pw&username=" + name);
    };
    QVERIFY(ok(ask(simulator, "POST", "/douyin/user/register/?username=Ann&password=pw")));
    QVERIFY(!ok(login("ann")));
    simulator.setDialect(DialectName::Tikgok);
    QCOMPARE(simulator.dialect(), DialectName::Tikgok);
    const Reply folded = login("ann");
    QVERIFY(ok(folded));
    const std::string token = tokenIn(folded);
    simulator.setDialect(DialectName::Demo);
    QVERIFY(!ok(ask(simulator, "GET", "/douyin/user/?token=Annpw")));
    QCOMPARE(tokenIn(login("Ann")), std::string("Annpw"));
    QVERIFY(ask(simulator, "GET", "/douyin/user/?token=Annpw").body.contains("\"name\":\"Ann\""));
    // The one video there is can be played.
    const std::string feed = ask(simulator, "GET", "/douyin/feed/").body;
    for (const std::string& start :
         {"\"play_url\":\"" + simulator.url(), "\"cover_url\":\"" + simulator.url()}) {
        const std::size_t at = feed.find(start);
        QVERIFY(at != std::string::npos);
        const std::size_t path = at + start.size();
        QCOMPARE(ask(simulator, "GET", feed.substr(path, feed.find('"', path) - path)).status, 200);
    }
    // A token of one dialect is none of another.
    QVERIFY(!ok(ask(simulator, "GET", "/douyin/user/?token=" + token)));
    simulator.setDialect(DialectName::Standard);
    QVERIFY(ok(ask(simulator, "GET", "/douyin/user/?token=" + token)));
    QVERIFY(!ok(ask(simulator, "GET", "/douyin/user/?token=Annpw")));
}

void SimulatorTest::idsOfTheDialects() {
    const auto firstId = [](DialectName dialect, std::optional<IdKind> ids) {
        const QTemporaryDir directory;
        SimulatorConfig config = configIn(directory);
        config.dialect = dialect;
        config.ids = ids;
        const auto simulator = Simulator::start(std::move(config));
        const std::string body =
            simulator ? ask(**simulator, "POST", "/douyin/user/register/?username=a&password=b").body : "";
        const std::size_t at = body.find("\"user_id\":") + 10;
        return at < body.size() ? std::atoll(body.c_str() + at) : 0LL;
    };
    QCOMPARE(firstId(DialectName::Standard, std::nullopt), 1LL);
    QCOMPARE(firstId(DialectName::Demo, std::nullopt), 2LL);
    QCOMPARE(firstId(DialectName::Tikgok, IdKind::Sequential), 1LL);
    for (const auto& [dialect, ids] : std::initializer_list<std::pair<DialectName, std::optional<IdKind>>>{
             {DialectName::Tikgok, std::nullopt}, {DialectName::Standard, IdKind::Snowflake}}) {
        const long long id = firstId(dialect, ids);
        QVERIFY(id > 1'000'000'000'000'000'000 && id % 4096 == 0);
    }
}

// What was chosen while it runs lasts until the configuration says something else about it.
void SimulatorTest::settingsLeaveTheDialectAlone() {
    const QTemporaryDir directory;
    auto started = Simulator::start(configIn(directory));
    QVERIFY2(started, started ? "" : started.error().c_str());
    Simulator& simulator = **started;
    const auto limiterIsOn = [&simulator] {
        return ask(simulator, "GET", "/metrics").body.contains("\ntikgok_limiter_enabled 1");
    };
    LiveSettings settings;
    simulator.setDialect(DialectName::Tikgok);
    QVERIFY(limiterIsOn());
    settings.pageSize = 3;
    simulator.apply(settings);
    QCOMPARE(simulator.dialect(), DialectName::Tikgok);
    QVERIFY(limiterIsOn());
    settings.limiter = false;
    simulator.apply(settings);
    QCOMPARE(simulator.dialect(), DialectName::Tikgok);
    QVERIFY(!limiterIsOn());
    settings.limiter.reset();
    settings.dialect = DialectName::Demo;
    simulator.apply(settings);
    QCOMPARE(simulator.dialect(), DialectName::Demo);
    QVERIFY(!limiterIsOn());
    simulator.setDialect(DialectName::Standard);
    simulator.apply(settings);
    QCOMPARE(simulator.dialect(), DialectName::Standard);
    settings.dialect = DialectName::Tikgok;
    simulator.apply(settings);
    QCOMPARE(simulator.dialect(), DialectName::Tikgok);
    QVERIFY(limiterIsOn());
}

QTEST_GUILESS_MAIN(SimulatorTest)
#include "simulator_test.moc"
