// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real Prometheus scrapes the real simulator, and its API is asked for what the test did.

#include "tests/conformance/http.h"
#include "tests/support/patience.h"
#include "tests/support/sim_process.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>
#include <optional>

using tikgok::conformance::HttpClient;
using tikgok::test::SimProcess;

namespace {

class Prometheus {
public:
    ~Prometheus() {
        if (process_.state() != QProcess::NotRunning) {
            process_.terminate();
            if (!process_.waitForFinished(10'000)) {
                process_.kill();
                process_.waitForFinished();
            }
        }
    }

    // Empty when it serves; else what it said.
    QString start(const QString& program, const QString& directory, const QString& target) {
        QFile config(directory + QStringLiteral("/prometheus.yml"));
        if (!config.open(QIODevice::WriteOnly)) {
            return config.errorString();
        }
        config.write(
            "global:\n  scrape_interval: 100ms\n  scrape_timeout: 100ms\nscrape_configs:\n"
            "  - job_name: tikgok-sim\n    static_configs:\n      - targets: [\"" +
            target.toUtf8() + "\"]\n");
        config.close();
        process_.setProcessChannelMode(QProcess::MergedChannels);
        process_.start(program, {QStringLiteral("--config.file=") + config.fileName(),
                                 QStringLiteral("--storage.tsdb.path=") + directory + QStringLiteral("/data"),
                                 QStringLiteral("--web.listen-address=127.0.0.1:0")});
        const QRegularExpression listening(
            QStringLiteral("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)"));
        const QDeadlineTimer end(20'000 * tikgok::test::patience());
        QString said;
        while (!said.contains(QStringLiteral("Server is ready"))) {
            if (!process_.waitForReadyRead(static_cast<int>(end.remainingTime()))) {
                return said + process_.errorString();
            }
            said += QString::fromUtf8(process_.readAll());
        }
        url_ = "http://" + listening.match(said).captured(1).toStdString();
        return {};
    }

    // The one value of an expression; nothing when there is none, or more than one.
    std::optional<double> value(const std::string& expression) {
        HttpClient client(url_);
        const auto answer = client.send({.target = "/api/v1/query", .query = {{"query", expression}}});
        const QJsonArray result = QJsonDocument::fromJson(QByteArray::fromStdString(answer.body))
                                      .object()
                                      .value(QLatin1String("data"))
                                      .toObject()
                                      .value(QLatin1String("result"))
                                      .toArray();
        if (result.size() != 1) {
            return std::nullopt;
        }
        return result.first().toObject().value(QLatin1String("value")).toArray().at(1).toString().toDouble();
    }

    // Scrapes come ten times a second.
    bool becomes(const std::string& expression, double wanted) {
        const QDeadlineTimer end(15'000 * tikgok::test::patience());
        std::optional<double> seen;
        while (!end.hasExpired()) {
            seen = value(expression);
            if (seen == wanted) {
                return true;
            }
            QThread::msleep(50);
        }
        qWarning("%s is %f, not %f", expression.c_str(), seen.value_or(-1), wanted);
        return false;
    }

private:
    QProcess process_;
    std::string url_;
};

}  // namespace

class PrometheusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scrapes() {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("prometheus"));
        if (program.isEmpty()) {
            QSKIP("prometheus is not installed: packaging/bootstrap.sh test");
        }
        const QTemporaryDir place;
        SimProcess sim(QStringLiteral(TIKGOK_SIM));
        const auto ready = sim.serve({QStringLiteral("--data"), place.filePath(QStringLiteral("sim")),
                                      QStringLiteral("--port"), QStringLiteral("0"),
                                      QStringLiteral("--world"), QStringLiteral("empty")});
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        Prometheus prometheus;
        const QString problem =
            prometheus.start(program, place.path(), QString(ready->url).remove(QStringLiteral("http://")));
        QVERIFY2(problem.isEmpty(), qPrintable(problem));

        HttpClient client(ready->url.toStdString());
        for (int i = 0; i < 17; ++i) {
            QCOMPARE(client.send({.target = "/douyin/feed/"}).status, 200);
        }
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(client.send({.target = "/nowhere/" + std::to_string(i)}).status, 404);
        }
        const std::string register_ = "/douyin/user/register/?username=ann&password=secret";
        QVERIFY(client.send({.method = "POST", .target = register_}).body.starts_with(R"({"status_code":0)"));
        QVERIFY(
            client.send({.method = "POST", .target = register_}).body.starts_with(R"({"status_code":30002)"));
        for (int i = 0; i < 3; ++i) {
            client.send({.method = "POST", .target = "/douyin/user/login/?username=ann&password=wrong"});
        }

        QVERIFY(prometheus.becomes("up", 1));
        QVERIFY(prometheus.becomes(
            R"(tikgok_http_requests_total{route="/douyin/feed/",status="200",code="0"})", 17));
        QVERIFY(prometheus.becomes(R"(sum(tikgok_http_requests_total{route="other"}))", 5));
        QVERIFY(prometheus.becomes(R"(count(tikgok_http_requests_total{route="other"}))", 1));
        QVERIFY(prometheus.becomes(
            R"(tikgok_http_requests_total{route="/douyin/user/register/",code="30002"})", 1));
        QVERIFY(prometheus.becomes(R"(tikgok_logins_refused_total{reason="wrong"})", 3));
        QVERIFY(
            prometheus.becomes(R"(tikgok_http_request_duration_seconds_count{route="/douyin/feed/"})", 17));
        QVERIFY(prometheus.becomes(R"(tikgok_password_hash_duration_seconds_count)", 4));
        QVERIFY(prometheus.becomes(R"(tikgok_build_info{version=")" TIKGOK_VERSION R"("})", 1));
        // A histogram that Prometheus itself can work with.
        const auto p99 = prometheus.value(
            R"(histogram_quantile(0.99, sum by (le) (tikgok_http_request_duration_seconds_bucket{route="/douyin/feed/"})))");
        QVERIFY(p99 && *p99 > 0 && *p99 < 30);
        QVERIFY(prometheus.value("process_resident_memory_bytes").value_or(0) > 1e6);
        QVERIFY(prometheus.value("time() - process_start_time_seconds").value_or(1e9) < 600);
        QVERIFY(sim.signal(SIGTERM).exitCode == 0);
        QVERIFY(prometheus.becomes("up", 0));
    }
};

QTEST_GUILESS_MAIN(PrometheusTest)
#include "prometheus_test.moc"
