// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Connections that a fault ended early, and who says so: the journal, coverage, the access log and the
// metrics.

#include "tests/backend_sim/control/admin_stage.h"
#include "tests/backend_sim/operations/exposition.h"

#include <QTest>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

class CutsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cuts_data();
    void cuts();

private:
    // Goes after the simulator, which writes into them.
    std::mutex mutex_;
    std::vector<std::string> accessLines_;
    std::unique_ptr<AdminStage> stage_;

    [[nodiscard]] json::array entries(const std::string& query = "") const {
        return at(stage_->must("GET", "/_sim/journal" + query), "/entries").as_array();
    }
    // The only line of a client.
    [[nodiscard]] std::string accessLine() {
        const std::lock_guard lock(mutex_);
        std::string found;
        for (const std::string& line : accessLines_) {
            if (!line.contains("path=/_sim") && !line.contains("path=/metrics")) {
                found += line;
            }
        }
        return found;
    }
    // How many answers the metrics count with this status and cut, the admin API's aside.
    [[nodiscard]] double counted(int status, const char* cut) const {
        const auto page = tikgok::test::parseExposition(stage_->get("/metrics").body);
        if (!page) {
            return -1;
        }
        double sum = 0;
        for (const char* const route : {"/douyin/feed/", "/static/*"}) {
            sum += page->sum("tikgok_http_requests_total",
                             {{"route", route}, {"status", std::to_string(status)}, {"cut", cut}});
        }
        return sum;
    }
};

void CutsTest::init() {
    stage_.reset();
    accessLines_.clear();
    stage_ = std::make_unique<AdminStage>([this](SimulatorConfig& config) {
        config.accessLog = true;
        config.accessTo = [this](LogLevel, std::string_view line) {
            const std::lock_guard lock(mutex_);
            accessLines_.emplace_back(line);
        };
    });
}

void CutsTest::cuts_data() {
    QTest::addColumn<QByteArray>("effect");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("cut");
    const auto row = [](const char* name, const char* effect, int status, const char* cut,
                        const char* request = "GET /douyin/feed/", const char* headers = "") {
        QTest::newRow(name) << QByteArray(effect)
                            << QByteArray(request) + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n"
                            << status << QByteArray(cut);
    };
    const char* const media = "GET /static/demo/covers/01-aurora.jpg";
    row("reset", R"("kind":"reset")", 0, "reset");
    row("no reply", R"("kind":"empty_reply")", 0, "close");
    row("dropped", R"("kind":"drop_answer")", 0, "reset");
    row("truncated", R"("kind":"truncate","at":5)", 200, "close");
    row("reset in the body", R"("kind":"reset_at","at":5)", 200, "reset");
    row("in a file", R"("kind":"truncate","at":5)", 200, "close", media);
    row("in a part of a file", R"("kind":"truncate","at":5)", 206, "close", media, "Range: bytes=0-9\r\n");
    // What is planned behind the last byte does not happen.
    row("behind the end", R"("kind":"truncate","at":1000000)", 200, "");
    row("behind the end of a part", R"("kind":"truncate","at":10)", 206, "", media, "Range: bytes=0-9\r\n");
    row("no body", R"("kind":"truncate","at":5)", 200, "", "HEAD /static/demo/covers/01-aurora.jpg");
    row("long enough", R"("kind":"truncate","at":8000)", 200, "close");
    row("not as it is sent", R"("kind":"truncate","at":8000)", 200, "", "GET /douyin/feed/",
        "Accept-Encoding: gzip\r\n");
    row("late", R"("kind":"latency","ms":1)", 200, "");
}

// Journal, coverage, access log and metrics say what the client saw.
void CutsTest::cuts() {
    QFETCH(const QByteArray, effect);
    QFETCH(const QByteArray, request);
    QFETCH(const int, status);
    QFETCH(const QByteArray, cut);
    stage_->must("PUT", "/_sim/journal", R"({"on":true})");
    stage_->must("PUT", "/_sim/coverage", R"({"on":true})");
    stage_->must("PUT", "/_sim/faults/x", R"({"effects":[{)" + effect.toStdString() + "}]}");
    const Raw raw = stage_->raw(request.toStdString());
    QCOMPARE(raw.closed || raw.reset, !cut.isEmpty());
    const json::object line = entries().back().as_object();
    QCOMPARE(line.at("status").as_int64(), status);
    const json::value har = at(stage_->must("GET", "/_sim/journal/har"), "/log/entries/0/response");
    QCOMPARE(at(har, "/status").as_int64(), status);
    QCOMPARE(at(stage_->must("GET", "/_sim/coverage"), "/met/0/status").as_int64(), status);
    QCOMPARE(entries("?status=" + std::to_string(status)).size(), std::size_t{1});
    for (const char* const wanted : {"close", "reset", "*"}) {
        const bool fits = cut == wanted || (*wanted == '*' && !cut.isEmpty());
        QCOMPARE(entries(std::string("?cut=") + wanted).size(), std::size_t{fits ? 1U : 0U});
        const std::string filter = R"({"times":1,"cut":")" + std::string(wanted) + "\"}";
        QCOMPARE(at(stage_->must("POST", "/_sim/journal/verify", filter), "/holds").as_bool(), fits);
    }
    QCOMPARE(counted(status, cut.isEmpty() ? "none" : cut.constData()), 1.0);
    const std::string logged = accessLine();
    QVERIFY2(logged.contains(" status=" + std::to_string(status) + " "), logged.c_str());
    QCOMPARE(logged.contains(" code="), status != 0 && line.contains("code"));
    QCOMPARE(logged.contains(" bytes=0 "), status == 0);
    if (cut.isEmpty()) {
        QVERIFY2(!logged.contains("cut="), logged.c_str());
        QVERIFY(!line.contains("cut") && !har.as_object().contains("_cut"));
        return;
    }
    QVERIFY2(logged.contains(" cut=" + cut.toStdString()), logged.c_str());
    QCOMPARE(line.at("cut").as_string().c_str(), cut.constData());
    QCOMPARE(at(har, "/_cut").as_string().c_str(), cut.constData());
    QVERIFY(std::string(at(har, "/_error").as_string()).contains(cut.toStdString()));
}

QTEST_GUILESS_MAIN(CutsTest)
#include "cuts_test.moc"
