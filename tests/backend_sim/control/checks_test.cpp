// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Validation of both sides of every exchange, and the report of what a run has met.

#include "backend-sim/control/contract_check.h"
#include "tests/backend_sim/control/admin_stage.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

namespace {

// Hands in the same exchange again and again until it is told to stop.
class EagerWatcher final : public ExchangeWatcher {
public:
    explicit EagerWatcher(ContractCheck& contract) : contract_(contract) { watching_ = true; }
    void answered(const http::Exchange& exchange, const Call& call, const http::Response& response) override {
        while (!over) {
            contract_.take(exchange, call, response, 0);
            ++times;
        }
    }
    std::atomic<bool> over = false;
    std::atomic<std::uint64_t> times = 0;

private:
    ContractCheck& contract_;
};

}  // namespace

class ChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void goodExchangesAreFine_data();
    void goodExchangesAreFine();
    void badRequests_data();
    void badRequests();
    void deliberateViolations_data();
    void deliberateViolations();
    void reportDoesNotWaitForTheLast();
    void offAndForgotten();
    void coverage();

private:
    std::unique_ptr<AdminStage> stage_;

    [[nodiscard]] json::value report() const { return stage_->must("GET", "/_sim/validation"); }
};

void ChecksTest::init() {
    stage_ = std::make_unique<AdminStage>();
    stage_->must("PUT", "/_sim/validation", R"({"on":true})");
}

void ChecksTest::goodExchangesAreFine_data() {
    QTest::addColumn<QByteArray>("dialect");
    for (const char* const dialect : {"standard", "tikgok", "demo"}) {
        QTest::newRow(dialect) << QByteArray(dialect);
    }
}

void ChecksTest::goodExchangesAreFine() {
    QFETCH(const QByteArray, dialect);
    stage_->simulator->setDialect(*dialectNamed(dialect.toStdString()));
    const std::string token = stage_->person("ann");
    const std::string me = "?token=" + token;
    int asked = 1;
    const auto get = [&](const std::string& target) {
        (void)stage_->get(target);
        ++asked;
    };
    const auto post = [&](const std::string& target) {
        (void)stage_->post(target);
        ++asked;
    };
    get("/douyin/feed/");
    get("/douyin/feed/" + me + "&latest_time=0");
    get("/douyin/user/" + me + "&user_id=1");
    get("/douyin/publish/list/" + me + "&user_id=1");
    get("/douyin/comment/list/" + me + "&video_id=1");
    get("/douyin/relation/friend/list/" + me + "&user_id=1");
    post("/douyin/favorite/action/" + me + "&video_id=1&action_type=1");
    post("/douyin/user/login/?username=ann&password=wrong");
    get("/static/demo/covers/01-aurora.jpg");
    get("/nothing");
    const json::value told = report();
    QCOMPARE(at(told, "/checked").as_int64(), asked);
    QCOMPARE(at(told, "/unchecked").as_int64(), 0);
    QVERIFY2(at(told, "/holds").as_bool(), json::serialize(told).c_str());
    QCOMPARE(at(told, "/bad_answers").as_int64(), 0);
}

void ChecksTest::badRequests_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("form");
    // A piece of the words; empty: nothing is wrong.
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* method, const char* target, const char* form, const char* words) {
        QTest::addRow("%s %s %s", method, target, form)
            << QByteArray(method) << QByteArray(target) << QByteArray(form) << QByteArray(words);
    };
    row("GET", "/douyin/feed/", "", "");
    row("GET", "/douyin/feed", "", "");
    row("GET", "/douyin/feed/?latest_time=17", "", "");
    row("GET", "/douyin/feed/?latest_time=soon", "", "'latest_time' is not as described");
    row("GET", "/douyin/feed/?lates_time=17", "", "'lates_time' is not described");
    row("GET", "/douyin/feed/?latest_time=%zz", "", "broken escape");
    row("GET", "/douyin/nothing/", "", "path is not described");
    row("POST", "/douyin/feed/", "", "method is not described");
    row("POST", "/douyin/user/login/?username=ann&password=x", "", "");
    row("POST", "/douyin/user/login/", "username=ann&password=x", "");
    row("POST", "/douyin/user/login/?username=ann", "", "'password' is missing");
    row("POST", "/douyin/user/login/?username=ann&password=", "", "'password' is not as described");
    row("POST", "/douyin/user/login/?username=123456789012345678901234567890123&password=x", "",
        "'username' is not as described");
    row("POST", "/douyin/favorite/action/?token=t&video_id=1&action_type=9", "",
        "'action_type' is not as described");
}

void ChecksTest::badRequests() {
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, form);
    QFETCH(const QByteArray, words);
    if (method == "GET") {
        (void)stage_->get(target.toStdString());
    } else {
        (void)stage_->post(target.toStdString(), form.isEmpty() ? "" : "application/x-www-form-urlencoded",
                           form.toStdString());
    }
    const json::value told = report();
    QCOMPARE(at(told, "/checked").as_int64(), 1);
    QCOMPARE(at(told, "/bad_requests").as_int64(), words.isEmpty() ? 0 : 1);
    // What the client did wrong is no fault of the server's.
    QVERIFY2(at(told, "/holds").as_bool(), json::serialize(told).c_str());
    if (!words.isEmpty()) {
        const std::string text = json::serialize(at(told, "/violations/0/request"));
        QVERIFY2(text.find(words.toStdString()) != std::string::npos, text.c_str());
    }
}

void ChecksTest::deliberateViolations_data() {
    QTest::addColumn<QByteArray>("effect");
    QTest::addColumn<bool>("violates");
    const auto row = [](const char* effect, bool violates) {
        QTest::newRow(effect) << QByteArray(effect) << violates;
    };
    row(R"({"kind":"malformed_json"})", true);
    row(R"({"kind":"missing_field","field":"next_time"})", true);
    row(R"({"kind":"wrong_type","field":"video_list.*.id"})", true);
    row(R"({"kind":"null_list"})", true);
    row(R"({"kind":"ids_as_strings"})", true);
    row(R"({"kind":"extra_field"})", true);
    row(R"({"kind":"status","status":500})", true);
    row(R"({"kind":"unauthorized"})", true);
    row(R"({"kind":"empty_body"})", true);
    // Within the contract.
    row(R"({"kind":"latency","ms":1})", false);
    row(R"({"kind":"too_many_requests"})", false);
    row(R"({"kind":"envelope","code":2})", false);
    // There is no answer to hold against anything.
    row(R"({"kind":"reset"})", false);
    row(R"({"kind":"empty_reply"})", false);
    row(R"({"kind":"drop_answer"})", false);
}

void ChecksTest::deliberateViolations() {
    QFETCH(const QByteArray, effect);
    QFETCH(const bool, violates);
    stage_->must("PUT", "/_sim/faults/wrong", R"({"effects":[)" + effect.toStdString() + "]}");
    (void)stage_->get("/douyin/feed/");
    const json::value told = report();
    QVERIFY2(at(told, "/holds").as_bool(), json::serialize(told).c_str());
    QCOMPARE(at(told, "/deliberate").as_int64(), violates ? 1 : 0);
    if (violates) {
        QCOMPARE(at(told, "/violations/0/deliberate").as_string(), json::string("wrong"));
        QVERIFY(!at(told, "/violations/0/answer").as_array().empty());
    }
}

// Clients may come faster than their answers can be checked, for as long as they like.
void ChecksTest::reportDoesNotWaitForTheLast() {
    ContractCheck contract;
    contract.turn(true);
    EagerWatcher watcher(contract);
    GatewayConfig config;
    config.watcher = &watcher;
    const gatewaytest::Stage stage({}, std::move(config));
    Wire client(stage.port());
    client.send("GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY(watcher.times > 100);
    auto report = std::async(std::launch::async, [&contract] { return contract.report(); });
    const bool came = report.wait_for(std::chrono::seconds(60)) == std::future_status::ready;
    watcher.over = true;
    QVERIFY(came);
    QVERIFY(report.get().checked > 0);
    QCOMPARE(client.read().status, 200);
    // At rest, everything has been counted.
    const ContractCheck::Report last = contract.report();
    QCOMPARE(last.checked + last.unchecked, watcher.times.load());
    QCOMPARE(last.badAnswers, std::uint64_t{0});
}

void ChecksTest::offAndForgotten() {
    (void)stage_->get("/douyin/nothing/");
    QCOMPARE(at(report(), "/checked").as_int64(), 1);
    stage_->must("PUT", "/_sim/validation", R"({"on":false})");
    (void)stage_->get("/douyin/nothing/");
    QCOMPARE(at(report(), "/checked").as_int64(), 1);
    stage_->must("DELETE", "/_sim/validation");
    QCOMPARE(at(report(), "/checked").as_int64(), 0);
    QVERIFY(at(report(), "/violations").as_array().empty());
    stage_->must("PUT", "/_sim/validation", R"({"on":"yes"})", 422);
}

void ChecksTest::coverage() {
    (void)stage_->get("/ping");
    stage_->must("PUT", "/_sim/coverage", R"({"on":true})");
    stage_->must(
        "PUT", "/_sim/faults/slow",
        R"({"effects":[{"kind":"latency","ms":0},{"kind":"null_list"}],"match":{"route":"/douyin/feed/","nth":[2]}})");
    (void)stage_->get("/douyin/feed/");
    (void)stage_->get("/douyin/feed/");
    (void)stage_->get("/douyin/feed/");
    (void)stage_->post("/douyin/user/login/?username=nobody&password=x");
    (void)stage_->get("/elsewhere/1");
    (void)stage_->get("/elsewhere/2");
    json::value told = stage_->must("GET", "/_sim/coverage");
    const std::string met = json::serialize(at(told, "/met"));
    for (const char* const row :
         {R"({"route":"/douyin/feed/","status":200,"count":2,"code":0})",
          R"({"route":"/douyin/feed/","status":200,"count":1,"code":0,"faults":"latency, null_list"})",
          R"({"route":"/douyin/user/login/","status":200,"count":1,"code":30003})",
          R"({"route":"other","status":404,"count":2})"}) {
        QVERIFY2(met.find(row) != std::string::npos, met.c_str());
    }
    QVERIFY2(met.find("/ping") == std::string::npos, met.c_str());
    const json::value feed = at(told, "/routes/0");
    QCOMPARE(feed.at("requests").as_int64(), 3);
    const auto has = [](const json::value& list, const json::value& what) {
        return std::ranges::find(list.as_array(), what) != list.as_array().end();
    };
    QVERIFY(has(feed.at("unmet_codes"), 1));
    QVERIFY(!has(feed.at("unmet_codes"), 0));
    QVERIFY(has(feed.at("unmet_faults"), "reset"));
    QVERIFY(!has(feed.at("unmet_faults"), "latency"));
    stage_->must("DELETE", "/_sim/coverage");
    QVERIFY(at(stage_->must("GET", "/_sim/coverage"), "/met").as_array().empty());
}

QTEST_GUILESS_MAIN(ChecksTest)
#include "checks_test.moc"
