// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The virtual clock through the admin API: what it moves, and that nothing sticks or spins.

#include "backend-sim/adapters/system/system.h"
#include "backend-sim/adapters/system/virtual_clock.h"
#include "tests/backend_sim/control/admin_stage.h"
#include "tests/backend_sim/gateway/web_socket.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kThen = 1'900'000'000'000;

std::int64_t nowOf(const AdminStage& stage) {
    return at(stage.must("GET", "/_sim/clock"), "/now_ms").as_int64();
}

std::string ms(std::int64_t value) {
    return R"({"ms":)" + std::to_string(value) + "}";
}

bool opens(const AdminStage& stage, const std::string& token) {
    return stage.get("/douyin/user/?token=" + token).body.starts_with("{\"status_code\":0");
}

}  // namespace

class ClockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void levers_data();
    void levers();
    void isTheComputersAtFirst();
    void standsAndGoes();
    void runsFaster();
    void expiresTokens();
    void datesWhatIsWritten();
    void skewMovesWordsOnly();
    void nothingIsLostWhenItGoesBack();
    void loginLimitPasses();
    void pushEndsWithTheToken();
    void nothingSticksOrSpins_data();
    void nothingSticksOrSpins();
    void waiting();
    void manyAtOnce();
};

void ClockTest::levers_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* path, const char* body, int status) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(body) << status;
    };
    row("set", "set", R"({"now_ms":1900000000000})", 200);
    row("set to the begin", "set", R"({"now_ms":0})", 200);
    row("set to the end", "set", R"({"now_ms":7258118399999})", 200);
    row("set beyond", "set", R"({"now_ms":7258118400000})", 422);
    row("set before", "set", R"({"now_ms":-1})", 422);
    row("set to nothing", "set", "{}", 422);
    row("set to a text", "set", R"({"now_ms":"1900000000000"})", 422);
    row("set to a fraction", "set", R"({"now_ms":1.5})", 422);
    row("advance", "advance", R"({"ms":2592000000})", 200);
    row("advance by nothing", "advance", R"({"ms":0})", 200);
    row("advance back", "advance", R"({"ms":-1})", 422);
    row("advance for ever", "advance", R"({"ms":9223372036854775807})", 422);
    row("scale", "scale", R"({"factor":1000})", 200);
    row("scale down", "scale", R"({"factor":0.25})", 200);
    row("no scale", "scale", R"({"factor":0})", 422);
    row("backwards", "scale", R"({"factor":-1})", 422);
    row("too fast", "scale", R"({"factor":10001})", 422);
    row("skew", "skew", R"({"ms":-60000})", 200);
    row("too much skew", "skew", R"({"ms":999999999999})", 422);
    row("freeze", "freeze", "{}", 200);
    row("resume", "resume", "{}", 200);
    row("reset", "reset", "{}", 200);
}

void ClockTest::levers() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    AdminStage stage([](SimulatorConfig& config) { config.world = "empty"; });
    const Reply reply = stage.admin("POST", "/_sim/clock/" + path.toStdString(), body.toStdString());
    QVERIFY2(reply.status == status, reply.body.c_str());
    // A refusal changes nothing.
    QCOMPARE(at(stage.must("GET", "/_sim/clock"), "/real").as_bool(), status != 200 || path == "reset");
    QVERIFY(!stage.person("ann").empty());
}

void ClockTest::isTheComputersAtFirst() {
    AdminStage stage;
    const auto before = SystemClock().nowMs();
    const auto now = nowOf(stage);
    QVERIFY(now >= before && now <= SystemClock().nowMs());
}

void ClockTest::standsAndGoes() {
    AdminStage stage;
    stage.must("POST", "/_sim/clock/freeze", "{}");
    stage.must("POST", "/_sim/clock/set", R"({"now_ms":1900000000000})");
    QTest::qWait(20);
    QCOMPARE(nowOf(stage), kThen);
    stage.must("POST", "/_sim/clock/advance", ms(5));
    QCOMPARE(nowOf(stage), kThen + 5);
    stage.must("POST", "/_sim/clock/resume", "{}");
    QTRY_VERIFY(nowOf(stage) > kThen + 10);
    QVERIFY(nowOf(stage) < kThen + kDay);
    // The Date of answers is the same clock's.
    QVERIFY(stage.get("/ping").header("date").find("2030") != std::string::npos);
    stage.must("POST", "/_sim/clock/reset", "{}");
    QVERIFY(std::abs(nowOf(stage) - SystemClock().nowMs()) < 10'000);
}

void ClockTest::runsFaster() {
    AdminStage stage;
    stage.must("POST", "/_sim/clock/set", R"({"now_ms":1900000000000})");
    stage.must("POST", "/_sim/clock/scale", R"({"factor":1000})");
    QElapsedTimer timer;
    timer.start();
    const std::int64_t from = nowOf(stage);
    QTest::qWait(100);
    const std::int64_t passed = nowOf(stage) - from;
    QVERIFY2(passed >= 90'000 && passed <= timer.elapsed() * 1'100 + 100'000, std::to_string(passed).c_str());
}

void ClockTest::expiresTokens() {
    AdminStage stage;
    const std::string token = stage.person("ann");
    QVERIFY(opens(stage, token));
    stage.must("POST", "/_sim/clock/advance", ms(29 * kDay));
    QVERIFY(opens(stage, token));
    stage.must("POST", "/_sim/clock/advance", ms(kDay + 1'000));
    QVERIFY(stage.get("/douyin/user/?token=" + token).body.find("token is expired") != std::string::npos);
    // One that is made now is good, and not before it was made.
    const std::string fresh(
        at(stage.post("/douyin/user/login/?username=ann&password=secret"), "/token").as_string());
    QVERIFY(opens(stage, fresh));
    stage.must("POST", "/_sim/clock/reset", "{}");
    QVERIFY(stage.get("/douyin/user/?token=" + fresh).body.find("token not active yet") != std::string::npos);
    QVERIFY(opens(stage, token));
}

void ClockTest::datesWhatIsWritten() {
    AdminStage stage;
    const std::string token = stage.person("ann");
    stage.must("POST", "/_sim/clock/freeze", "{}");
    stage.must("POST", "/_sim/clock/set", R"({"now_ms":1900000000000})");
    const std::string fresh(
        at(stage.must("POST", "/_sim/people/token", R"({"name":"ann"})"), "/token").as_string());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(stage.post("/douyin/message/action/?action_type=1&to_user_id=1&content=hi&token=" + fresh)
                    .body.starts_with("{\"status_code\":0"));
    }
    const json::value chat =
        json::parse(stage.get("/douyin/message/chat/?to_user_id=1&pre_msg_time=0&token=" + fresh).body);
    // Distinct although the clock stands.
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(at(chat, "/message_list/" + std::to_string(i) + "/create_time").as_int64(), kThen + i);
    }
    QCOMPARE(at(stage.post("/douyin/comment/action/?action_type=1&video_id=13&comment_text=x&token=" + fresh),
                "/comment/create_date")
                 .as_string(),
             "03-17");
}

void ClockTest::skewMovesWordsOnly() {
    AdminStage stage;
    stage.must("POST", "/_sim/clock/skew", ms(365 * kDay));
    QVERIFY(std::abs(nowOf(stage) - SystemClock().nowMs() - 365 * kDay) < 10'000);
    const std::string token = stage.person("ann");
    QVERIFY(opens(stage, token));
    stage.must("POST", "/_sim/clock/skew", ms(-3'600'000));
    // From the future, as far as this server is concerned.
    QVERIFY(!opens(stage, token));
    stage.must("POST", "/_sim/clock/skew", ms(0));
    QVERIFY(at(stage.must("GET", "/_sim/clock"), "/real").as_bool());
}

void ClockTest::nothingIsLostWhenItGoesBack() {
    AdminStage stage;
    const std::size_t all = 30;
    const json::value before = json::parse(stage.get("/douyin/feed/").body);
    stage.must("POST", "/_sim/clock/set", R"({"now_ms":1000000000000})");
    const json::value after = json::parse(stage.get("/douyin/feed/").body);
    QCOMPARE(after.at("video_list").as_array().size(), all);
    QCOMPARE(after.at("video_list"), before.at("video_list"));
    // The pages behind it end, although their times are in the future.
    std::int64_t next = after.at("next_time").as_int64();
    const json::value rest = json::parse(stage.get("/douyin/feed/?latest_time=" + std::to_string(next)).body);
    QCOMPARE(rest.at("video_list").as_array().size(), std::size_t{10});
    next = rest.at("next_time").as_int64();
    QVERIFY(json::parse(stage.get("/douyin/feed/?latest_time=" + std::to_string(next)).body)
                .at("video_list")
                .as_array()
                .empty());
}

void ClockTest::loginLimitPasses() {
    AdminStage stage([](SimulatorConfig& config) { config.loginLimits.perAccount = 3; });
    static_cast<void>(stage.person("ann"));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(stage.post("/douyin/user/login/?username=ann&password=wrong").status, 200);
    }
    QCOMPARE(stage.post("/douyin/user/login/?username=ann&password=secret").status, 429);
    stage.must("POST", "/_sim/clock/advance", ms(kDay));
    QCOMPARE(stage.post("/douyin/user/login/?username=ann&password=secret").status, 200);
}

void ClockTest::pushEndsWithTheToken() {
    AdminStage stage;
    gatewaytest::WebSocket socket(stage.port(), "/push?token=" + stage.person("ann"));
    QCOMPARE(socket.answer().status, 101);
    stage.must("POST", "/_sim/clock/advance", ms(31 * kDay));
    QCOMPARE(socket.read()->code(), std::uint16_t{4401});
}

void ClockTest::nothingSticksOrSpins_data() {
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::newRow("frozen") << QByteArray("freeze") << QByteArray("{}");
    QTest::newRow("a thousand times") << QByteArray("scale") << QByteArray(R"({"factor":1000})");
    QTest::newRow("slow") << QByteArray("scale") << QByteArray(R"({"factor":0.001})");
    QTest::newRow("30 days on") << QByteArray("advance") << QByteArray(R"({"ms":2592000000})");
    QTest::newRow("the begin") << QByteArray("set") << QByteArray(R"({"now_ms":0})");
    QTest::newRow("the end") << QByteArray("set") << QByteArray(R"({"now_ms":7258118399999})");
}

void ClockTest::nothingSticksOrSpins() {
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    AdminStage stage([](SimulatorConfig& config) { config.limiter = true; });
    stage.must("POST", "/_sim/clock/" + first.toStdString(), second.toStdString());
    const std::string token = stage.person("ann");
    QVERIFY(!token.empty());
    for (int i = 0; i < 50; ++i) {
        QVERIFY(stage
                    .post("/douyin/favorite/action/?video_id=13&action_type=" + std::to_string(1 + i % 2) +
                          "&token=" + token)
                    .body.starts_with("{\"status_code\":0"));
        QCOMPARE(stage.get("/douyin/feed/").status, 200);
    }
    // Writes still reach the tables.
    QTRY_COMPARE(at(stage.must("GET", "/_sim/inside"), "/writes_waiting").as_int64(), 0);
    const auto ticks = [] {
        timespec used{};
        ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
        return used.tv_sec * 1'000 + used.tv_nsec / 1'000'000;
    };
    const auto before = ticks();
    QTest::qWait(300);
    QVERIFY2(ticks() - before < 100, std::to_string(ticks() - before).c_str());
    QElapsedTimer timer;
    timer.start();
    stage.simulator->stop();
    QVERIFY(timer.elapsed() < 3'000);
}

void ClockTest::waiting() {
    const SystemClock real;
    VirtualClock clock(real);
    const auto in = [&](std::int64_t millis) { return clock.pacedNow() + std::chrono::milliseconds(millis); };
    clock.freeze();
    std::atomic<bool> done = false;
    std::jthread waiter([&](const std::stop_token& stop) { done = clock.waitUntil(in(1'000'000), stop); });
    QTest::qWait(20);
    QVERIFY(!done);
    clock.advance(1'000'001);
    QTRY_VERIFY(done);
    clock.resume();
    clock.setScale(1'000 * VirtualTime::kScaleOne);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(clock.waitUntil(in(100'000), {}));
    QVERIFY(timer.elapsed() < 5'000);
    // Told to stop, it does, whatever the clock is like.
    clock.freeze();
    std::atomic<bool> given = true;
    std::jthread stopped([&](const std::stop_token& stop) { given = clock.waitUntil(in(1), stop); });
    QTest::qWait(20);
    stopped.request_stop();
    stopped.join();
    QVERIFY(!given);
    // Going back moves no pause.
    const auto paced = clock.pacedNow();
    clock.set(1'000);
    QVERIFY(clock.pacedNow() == paced);
    int told = 0;
    auto watch = clock.watch([&] { ++told; });
    clock.advance(1);
    QCOMPARE(told, 1);
    watch.reset();
    clock.advance(1);
    QCOMPARE(told, 1);
}

void ClockTest::manyAtOnce() {
    const SystemClock real;
    VirtualClock clock(real);
    std::atomic<bool> over = false;
    std::vector<std::jthread> readers;
    std::atomic<int> wrong = 0;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            auto last = clock.pacedNow();
            while (!over) {
                const auto now = clock.pacedNow();
                wrong += now < last ? 1 : 0;
                last = now;
                wrong += clock.nowMs() < 0 ? 1 : 0;
            }
        });
    }
    for (int i = 0; i < 20'000; ++i) {
        clock.advance(i % 7);
        i % 2 == 0 ? clock.freeze() : clock.resume();
        clock.set(kThen + i % 1'000);
        clock.setScale(1 + i % 100 * VirtualTime::kScaleOne);
    }
    over = true;
    readers.clear();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(ClockTest)
#include "clock_test.moc"
