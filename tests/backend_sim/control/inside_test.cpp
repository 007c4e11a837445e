// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Trouble behind the API, dead letters, and being anybody.

#include "tests/backend_sim/control/admin_stage.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

namespace {

Reply like(const AdminStage& stage, const std::string& token, int video, int action = 1) {
    return stage.post("/douyin/favorite/action/?video_id=" + std::to_string(video) +
                      "&action_type=" + std::to_string(action) + "&token=" + token);
}

bool isOk(const Reply& reply) {
    return reply.status == 200 && reply.body.starts_with("{\"status_code\":0");
}

void switchOn(const AdminStage& stage, const std::string& fault, const std::string& more = {}) {
    stage.must("PUT", "/_sim/inside/" + fault, R"({"on":true)" + more + "}");
}

std::int64_t waiting(const AdminStage& stage) {
    return at(stage.must("GET", "/_sim/inside"), "/writes_waiting").as_int64();
}

std::int64_t struck(const AdminStage& stage, std::string_view fault) {
    const json::value all = stage.must("GET", "/_sim/inside");
    for (const json::value& each : all.at("inside").as_array()) {
        if (each.at("name").as_string() == fault) {
            return each.at("struck").as_int64();
        }
    }
    return -1;
}

Reply publish(const AdminStage& stage, const std::string& token) {
    const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
    QFile video(videos.filePath(
        videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed).first()));
    [[maybe_unused]] const bool open = video.open(QIODevice::ReadOnly);
    using namespace gatewaytest;
    return stage.post(
        "/douyin/publish/action/?token=" + token, "multipart/form-data; boundary=bnd",
        multipartBody("bnd", {field("title", "t"), file("data", "c.mp4", video.readAll().toStdString())}));
}

std::size_t published(const AdminStage& stage, const std::string& token) {
    const std::string me =
        std::to_string(at(stage.get("/douyin/user/?token=" + token), "/user/id").as_int64());
    return json::parse(stage.get("/douyin/publish/list/?user_id=" + me + "&token=" + token).body)
        .at("video_list")
        .as_array()
        .size();
}

}  // namespace

class InsideTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusals_data();
    void refusals();
    void turnsWritesAway_data();
    void turnsWritesAway();
    void consumerPaused();
    void comesAgain_data();
    void comesAgain();
    void poison();
    void coverFails();
    void uploadsTwice();
    void offIsOff();
    void frozenWritesDoNotHoldUpAShutdown();
    void tokens_data();
    void tokens();
    void people();
    void signInAsAnybody();
};

void InsideTest::refusals_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* method, const char* path, const char* body,
                        int status) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(body) << status;
    };
    row("unknown fault", "PUT", "/_sim/inside/gremlins", "{}", 404);
    row("removal of an unknown one", "DELETE", "/_sim/inside/gremlins", "", 404);
    row("no times", "PUT", "/_sim/inside/poison_message", R"({"times":0})", 422);
    row("times of a state", "PUT", "/_sim/inside/disk_full", R"({"times":3})", 422);
    row("a letter that there is not", "POST", "/_sim/dead-letters/5/resend", "{}", 404);
    row("a letter that is none", "POST", "/_sim/dead-letters/x/resend", "{}", 404);
    row("nobody", "POST", "/_sim/people/token", R"({"id":999999})", 404);
    row("nobody of that name", "POST", "/_sim/people/token", R"({"name":"nobody"})", 404);
    row("both", "POST", "/_sim/people/token", R"({"id":1,"name":"mika"})", 422);
    row("neither", "POST", "/_sim/people/token", "{}", 422);
    row("unknown damage", "POST", "/_sim/people/token", R"({"id":1,"damage":"rust"})", 422);
    row("an age beyond", "POST", "/_sim/people/token", R"({"id":1,"age_ms":9000000000000000000})", 422);
}

void InsideTest::refusals() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    AdminStage stage;
    const Reply reply = stage.admin(method.toStdString(), path.toStdString(), body.toStdString());
    QVERIFY2(reply.status == status, reply.body.c_str());
}

void InsideTest::turnsWritesAway_data() {
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("retryAfter");
    QTest::newRow("queue full") << QByteArray("queue_full") << 503 << true;
    QTest::newRow("disk full") << QByteArray("disk_full") << 503 << true;
    QTest::newRow("read-only") << QByteArray("database_read_only") << 200 << false;
}

void InsideTest::turnsWritesAway() {
    QFETCH(QByteArray, fault);
    QFETCH(int, status);
    QFETCH(bool, retryAfter);
    AdminStage stage;
    const std::string token = stage.person("ann");
    switchOn(stage, fault.toStdString());
    const Reply reply = like(stage, token, 13);
    QCOMPARE(reply.status, status);
    QCOMPARE(!reply.header("retry-after").empty(), retryAfter);
    QVERIFY2(reply.body.starts_with("{\"status_code\":2"), reply.body.c_str());
    // Reads go on, and show nothing of it.
    QCOMPARE(json::parse(stage.get("/douyin/favorite/list/?user_id=1&token=" + token).body)
                 .at("status_code")
                 .as_int64(),
             0);
    stage.must("DELETE", "/_sim/inside/" + fault.toStdString());
    QVERIFY(isOk(like(stage, token, 13)));
}

void InsideTest::consumerPaused() {
    AdminStage stage;
    const std::string token = stage.person("ann");
    QTRY_COMPARE(waiting(stage), 0);
    switchOn(stage, "consumer_paused");
    // Twice is once.
    switchOn(stage, "consumer_paused");
    QVERIFY(isOk(like(stage, token, 13)));
    QVERIFY(isOk(like(stage, token, 14)));
    QCOMPARE(waiting(stage), 2);
    // Seen all the same, also after a restart.
    stage.simulator.reset();
    auto again = Simulator::start(stage.config);
    QVERIFY(again);
    stage.simulator = std::move(*again);
    QVERIFY(stage.get("/douyin/favorite/list/?user_id=13&token=" + token).body.find("\"video_list\":[{") !=
                std::string::npos ||
            stage.get("/douyin/user/?token=" + token).body.find("\"favorite_count\":2") != std::string::npos);
    QTRY_COMPARE(waiting(stage), 0);
}

void InsideTest::comesAgain_data() {
    QTest::addColumn<QByteArray>("fault");
    QTest::newRow("crash") << QByteArray("crash_before_ack");
    QTest::newRow("duplicate") << QByteArray("duplicate_delivery");
}

void InsideTest::comesAgain() {
    QFETCH(QByteArray, fault);
    AdminStage stage;
    const std::string token = stage.person("ann");
    QTRY_COMPARE(waiting(stage), 0);
    switchOn(stage, fault.toStdString(), R"(,"times":2)");
    QVERIFY(isOk(like(stage, token, 13)));
    QVERIFY(isOk(
        stage.post("/douyin/comment/action/?action_type=1&video_id=13&comment_text=once&token=" + token)));
    QTRY_COMPARE(struck(stage, fault.toStdString()), 2);
    QTRY_COMPARE(waiting(stage), 0);
    // Applied once all the same: also for a fresh opener.
    stage.simulator.reset();
    auto again = Simulator::start(stage.config);
    QVERIFY(again);
    stage.simulator = std::move(*again);
    const std::string comments = stage.get("/douyin/comment/list/?video_id=13").body;
    const std::size_t first = comments.find("\"once\"");
    QVERIFY(first != std::string::npos);
    QVERIFY(comments.find("\"once\"", first + 1) == std::string::npos);
    QVERIFY(stage.get("/douyin/user/?token=" + token).body.find("\"favorite_count\":1") != std::string::npos);
}

void InsideTest::poison() {
    AdminStage stage;
    const std::string token = stage.person("ann");
    QTRY_COMPARE(waiting(stage), 0);
    switchOn(stage, "poison_message", R"(,"times":1)");
    QVERIFY(isOk(like(stage, token, 13)));
    QVERIFY(isOk(like(stage, token, 14)));
    const auto letters = [&] {
        return stage.must("GET", "/_sim/dead-letters").at("dead_letters").as_array();
    };
    QTRY_COMPARE(letters().size(), std::size_t{1});
    QVERIFY(letters()[0].at("reason").as_string().find("poison") != json::string::npos);
    QTRY_COMPARE(waiting(stage), 0);
    // Sent again while it is poison, it comes back; mended, it is applied.
    stage.must("POST", "/_sim/dead-letters/all/resend", "{}");
    QTRY_COMPARE(letters().size(), std::size_t{1});
    stage.must("DELETE", "/_sim/inside/poison_message");
    const std::string id = std::to_string(letters()[0].at("id").as_int64());
    QCOMPARE(at(stage.must("POST", "/_sim/dead-letters/" + id + "/resend", "{}"), "/resent").as_int64(), 1);
    QTRY_COMPARE(waiting(stage), 0);
    QVERIFY(letters().empty());
}

void InsideTest::coverFails() {
    AdminStage stage;
    const std::string token = stage.person("ann");
    switchOn(stage, "cover_fails", R"(,"times":2)");
    // Tried again, a little later by its clock.
    stage.must("POST", "/_sim/clock/scale", R"({"factor":1000})");
    QVERIFY(isOk(publish(stage, token)));
    QCOMPARE(struck(stage, "cover_fails"), 2);
    switchOn(stage, "cover_fails");
    const Reply reply = publish(stage, token);
    QVERIFY2(reply.body.starts_with("{\"status_code\":2"), reply.body.c_str());
    const json::value letters = stage.must("GET", "/_sim/dead-letters");
    QCOMPARE(at(letters, "/dead_letters/0/topic").as_string(), "upload");
    stage.must("DELETE", "/_sim/inside");
    stage.must("POST", "/_sim/dead-letters/all/resend", "{}");
    QTRY_COMPARE(published(stage, token), std::size_t{2});
}

// What a proxy does that sends again what it had sent already.
void InsideTest::uploadsTwice() {
    AdminStage stage;
    const std::string token = stage.person("ann");
    stage.must("PUT", "/_sim/faults/twice",
               R"({"match":{"route":"/douyin/publish/action/"},"effects":[{"kind":"duplicate"}]})");
    const Reply reply = publish(stage, token);
    QVERIFY2(isOk(reply), reply.body.c_str());
    QCOMPARE(reply.header("x-sim-fault"), std::string("twice"));
    QTRY_COMPARE(published(stage, token), std::size_t{2});
    // The second time may come to something else.
    switchOn(stage, "cover_fails");
    stage.must("POST", "/_sim/clock/scale", R"({"factor":1000})");
    QVERIFY(!isOk(publish(stage, token)));
    QCOMPARE(at(stage.must("GET", "/_sim/dead-letters"), "/dead_letters").as_array().size(), std::size_t{2});
    stage.must("DELETE", "/_sim/inside");
    stage.must("DELETE", "/_sim/faults");
    QVERIFY(isOk(publish(stage, token)));
    QTRY_COMPARE(published(stage, token), std::size_t{3});
}

void InsideTest::offIsOff() {
    AdminStage stage;
    const json::value all = stage.must("GET", "/_sim/inside");
    QCOMPARE(all.at("inside").as_array().size(), std::size_t{8});
    for (const json::value& each : all.at("inside").as_array()) {
        const std::string name(each.at("name").as_string());
        QVERIFY(!each.at("on").as_bool());
        switchOn(stage, name);
        stage.must("DELETE", "/_sim/inside/" + name);
    }
    const std::string token = stage.person("ann");
    QVERIFY(isOk(like(stage, token, 13)));
    QVERIFY(isOk(publish(stage, token)));
    QTRY_COMPARE(waiting(stage), 0);
    const json::value after = stage.must("GET", "/_sim/inside");
    for (const json::value& each : after.at("inside").as_array()) {
        QCOMPARE(each.at("struck").as_int64(), 0);
    }
}

void InsideTest::frozenWritesDoNotHoldUpAShutdown() {
    AdminStage stage;
    const std::string token = stage.person("ann");
    switchOn(stage, "consumer_paused");
    switchOn(stage, "cover_fails");
    stage.must("POST", "/_sim/clock/freeze", "{}");
    std::thread upload([&] { static_cast<void>(publish(stage, token)); });
    QTRY_COMPARE(at(stage.must("GET", "/_sim/inside"), "/uploads_waiting").as_int64(), 1);
    QElapsedTimer timer;
    timer.start();
    stage.simulator->stop();
    QVERIFY2(timer.elapsed() < 5'000, std::to_string(timer.elapsed()).c_str());
    upload.join();
}

void InsideTest::tokens_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const char* body, const char* words) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(words);
    };
    row("good", R"({"id":1})", "success");
    row("by name", R"({"name":"mika"})", "success");
    row("29 days old", R"({"id":1,"age_ms":2505600000})", "success");
    row("31 days old", R"({"id":1,"age_ms":2678400000})", "token is expired");
    row("from tomorrow", R"({"id":1,"age_ms":-86400000})", "token not active yet");
    row("expired", R"({"id":1,"damage":"expired"})", "token is expired");
    row("not yet", R"({"id":1,"damage":"not_yet"})", "token not active yet");
    row("signature", R"({"id":1,"damage":"signature"})", "couldn't handle this token");
    row("no signature", R"({"id":1,"damage":"no_signature"})", "couldn't handle this token");
    row("another key", R"({"id":1,"damage":"other_key"})", "couldn't handle this token");
    row("nobody's", R"({"id":1,"damage":"unknown_user"})", "couldn't handle this token");
    row("cut", R"({"id":1,"damage":"cut"})", "that's not even a token");
    row("malformed", R"({"id":1,"damage":"malformed"})", "that's not even a token");
}

void InsideTest::tokens() {
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, words);
    AdminStage stage;
    const std::string token(
        at(stage.must("POST", "/_sim/people/token", body.toStdString()), "/token").as_string());
    std::string escaped;
    for (const char c : token) {
        escaped += c == ' ' ? std::string("%20") : std::string(1, c);
    }
    const Reply reply = stage.get("/douyin/user/?token=" + escaped);
    QVERIFY2(at(reply, "/status_msg").as_string() == words.toStdString(), reply.body.c_str());
}

void InsideTest::people() {
    AdminStage stage;
    const json::value all = stage.must("GET", "/_sim/people");
    QCOMPARE(all.at("people").as_array().size(), std::size_t{12});
    QCOMPARE(at(all, "/people/1/name").as_string(), "mika");
    QCOMPARE(stage.must("GET", "/_sim/people?limit=5").at("people").as_array().size(), std::size_t{5});
    QCOMPARE(at(stage.must("GET", "/_sim/people?name=ik"), "/people/0/name").as_string(), "mika");
    QCOMPARE(at(stage.must("GET", "/_sim/people?after=11"), "/people/0/id").as_int64(), 12);
}

void InsideTest::signInAsAnybody() {
    AdminStage stage([](SimulatorConfig& config) { config.world = "busy"; });
    const json::value made = stage.must("POST", "/_sim/people/token", R"({"id":1000})");
    const Reply reply = stage.get("/douyin/user/?token=" + std::string(made.at("token").as_string()));
    QCOMPARE(at(reply, "/user/id").as_int64(), 1000);
    QCOMPARE(at(reply, "/user/name").as_string(), made.at("name").as_string());
    stage.simulator->setDialect(DialectName::Demo);
    QCOMPARE(stage.admin("POST", "/_sim/people/token", R"({"id":1})").status, 409);
}

QTEST_GUILESS_MAIN(InsideTest)
#include "inside_test.moc"
