// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The journal as a live stream: asked with wait_ms it answers when something comes.

#include "tests/backend_sim/control/admin_stage.h"

#include <QElapsedTimer>
#include <QTest>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

class StreamTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void waits();
    void stopsWhileSomebodyWaits();
    void thoseWhoVanishMakeRoom();

private:
    std::unique_ptr<AdminStage> stage_;

    void on() const { stage_->must("PUT", "/_sim/journal", R"({"on":true})"); }
    // Requests that the server has read and not answered yet, the question itself among them; -1 when it
    // does not say.
    [[nodiscard]] int underWay() const;
    // Asks for what comes next, and lets the answer wait.
    void askAndWait(Wire& wire) const;
};

void StreamTest::init() {
    stage_ = std::make_unique<AdminStage>();
}

int StreamTest::underWay() const {
    const std::string all = stage_->get("/metrics").body;
    const std::string name = "\ntikgok_http_requests_in_flight ";
    const std::size_t at = all.find(name);
    return at == std::string::npos ? -1 : std::atoi(all.c_str() + at + name.size());
}

void StreamTest::askAndWait(Wire& wire) const {
    wire.send("GET /_sim/journal?wait_ms=60000 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
              stage_->simulator->adminToken() + "\r\n\r\n");
}

// Asked with wait_ms, it answers when something comes.
void StreamTest::waits() {
    on();
    (void)stage_->get("/ping");
    const std::int64_t next = at(stage_->must("GET", "/_sim/journal"), "/next").as_int64();
    Wire wire(stage_->port());
    wire.send("GET /_sim/journal?route=/douyin/feed/&wait_ms=30000&after=" + std::to_string(next) +
              " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + stage_->simulator->adminToken() +
              "\r\n\r\n");
    // Something else is nothing for it, and the admin API goes on meanwhile.
    (void)stage_->get("/ping");
    QCOMPARE(stage_->admin("GET", "/_sim/").status, 200);
    QElapsedTimer timer;
    timer.start();
    (void)stage_->get("/douyin/feed/");
    const Reply reply = wire.read();
    QVERIFY(timer.elapsed() < 10'000);
    QCOMPARE(at(reply, "/entries/0/path").as_string(), json::string("/douyin/feed/"));
    QCOMPARE(at(reply, "/entries").as_array().size(), std::size_t{1});
    // Nothing came: an empty list, and the same place to go on.
    timer.start();
    const json::value nothing = stage_->must("GET", "/_sim/journal?wait_ms=50&after=1000");
    QVERIFY(timer.elapsed() >= 49);
    QVERIFY(at(nothing, "/entries").as_array().empty());
    QCOMPARE(at(nothing, "/next").as_int64(), 1000);
}

void StreamTest::stopsWhileSomebodyWaits() {
    on();
    const int before = underWay();
    QVERIFY(before >= 0);
    Wire wire(stage_->port());
    askAndWait(wire);
    // A request that was not read yet gets no answer, only the end of its connection.
    QTRY_COMPARE(underWay(), before + 1);
    QCOMPARE(stage_->admin("GET", "/_sim/").status, 200);
    QElapsedTimer timer;
    timer.start();
    stage_->simulator->stop();
    QVERIFY(timer.elapsed() < 30'000);  // of the 60 s that it was willing to wait
    QCOMPARE(wire.read().status, 503);
}

// So many may wait, and no place is kept for a reader that has gone.
void StreamTest::thoseWhoVanishMakeRoom() {
    on();
    constexpr int kMost = 64;
    const int before = underWay();
    QVERIFY(before >= 0);
    std::vector<std::unique_ptr<Wire>> readers;
    for (int i = 0; i < kMost; ++i) {
        readers.push_back(std::make_unique<Wire>(stage_->port()));
        askAndWait(*readers.back());
    }
    // Not asked for a place before all have theirs: it could take the last one's. The admin API takes one
    // after the other.
    QTRY_COMPARE_WITH_TIMEOUT(underWay(), before + kMost, 20'000);
    QCOMPARE(stage_->admin("GET", "/_sim/").status, 200);
    const auto oneMore = [this] { return stage_->admin("GET", "/_sim/journal?wait_ms=1").status; };
    QCOMPARE(oneMore(), 503);
    readers.pop_back();
    QTRY_COMPARE(oneMore(), 200);
    // Those that are left hear what comes.
    (void)stage_->get("/ping");
    for (const auto& reader : readers) {
        QCOMPARE(at(reader->read(), "/entries/0/path").as_string(), json::string("/ping"));
    }
}

QTEST_GUILESS_MAIN(StreamTest)
#include "journal_stream_test.moc"
