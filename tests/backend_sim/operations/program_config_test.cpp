// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// tikgok-sim with a configuration file: commands, layers, and a change while it runs.

#include "tests/conformance/http.h"
#include "tests/support/patience.h"
#include "tests/support/sim_process.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>
#include <functional>

using tikgok::conformance::Answer;
using tikgok::conformance::HttpClient;
using tikgok::test::SimProcess;

namespace {

bool eventually(const std::function<bool()>& condition) {
    const QDeadlineTimer end(10'000 * tikgok::test::patience());
    while (!condition()) {
        if (end.hasExpired()) {
            return false;
        }
        QThread::msleep(10);
    }
    return true;
}

}  // namespace

class ProgramConfigTest : public QObject {
    Q_OBJECT

    QTemporaryDir place_;

    QString path(const char* name) const { return place_.filePath(QString::fromLatin1(name)); }
    static void put(const QString& name, const QByteArray& text) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size());
    }
    static QByteArray get(const QString& name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static SimProcess::Ended run(const QStringList& arguments) {
        return SimProcess(QStringLiteral(TIKGOK_SIM)).run(arguments);
    }
    static qsizetype feedSize(HttpClient& client) {
        const Answer answer = client.send({.target = "/douyin/feed/"});
        return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body))
            .object()
            .value(QLatin1String("video_list"))
            .toArray()
            .size();
    }

private Q_SLOTS:
    void check() {
        const QString file = path("check.toml");
        put(file, "[api]\npage_size = 3\n[log]\nlevel = \"debug\"\n");
        auto ended = run({QStringLiteral("config"), QStringLiteral("check"), file});
        QVERIFY(ended.exitCode == 0);
        QCOMPARE(ended.standardOutput, file.toUtf8() + ": good, 2 keys set\n");
        put(file, "[api]\npage_size = 31\n\n[lgo]\n");
        ended = run({QStringLiteral("config"), QStringLiteral("check"), file});
        QVERIFY(ended.exitCode == 1);
        QVERIFY(ended.standardOutput.isEmpty());
        QCOMPARE(ended.standardError, file.toUtf8() + ":2: api.page_size: 31: must be integer, 1 to 30\n" +
                                          file.toUtf8() + ":4: there is no section lgo; did you mean log?\n");
        QVERIFY(run({QStringLiteral("config"), QStringLiteral("check"), path("missing")}).exitCode == 1);
        QVERIFY(run({QStringLiteral("config"), QStringLiteral("check")}).exitCode == 2);
        QVERIFY(run({QStringLiteral("config")}).exitCode == 2);
    }

    void print() {
        const QString file = path("print.toml");
        put(file, "[server]\nport = 8080\nthreads = 3\n[api]\npage_size = 4\n");
        qputenv("TIKGOK_SIM_SERVER_THREADS", "4");
        qputenv("TIKGOK_SIM_API_PAGE_SIZE", "5");
        const auto ended =
            run({QStringLiteral("config"), QStringLiteral("print"), QStringLiteral("--config"), file,
                 QStringLiteral("--page-size"), QStringLiteral("6"), QStringLiteral("--lan")});
        qunsetenv("TIKGOK_SIM_API_PAGE_SIZE");
        qputenv("TIKGOK_SIM_SERVER_THREADS", "many");
        const auto bad = run({QStringLiteral("config"), QStringLiteral("print")});
        const auto refused = run({QStringLiteral("serve"), QStringLiteral("--data"), path("never")});
        qunsetenv("TIKGOK_SIM_SERVER_THREADS");
        QVERIFY(ended.exitCode == 0);
        const auto has = [&ended](const QByteArray& line) {
            return ("\n" + ended.standardOutput).contains("\n" + line + "\n");
        };
        QVERIFY2(has("port = 8080  # " + file.toUtf8() + ":2"), ended.standardOutput.constData());
        QVERIFY(has("threads = 4  # environment TIKGOK_SIM_SERVER_THREADS"));
        QVERIFY(has("page_size = 6  # flag --page-size"));
        QVERIFY(has("lan = true  # flag --lan"));
        QVERIFY(has("level = \"info\"  # default"));
        QVERIFY(bad.exitCode == 2 && bad.standardError.startsWith("TIKGOK_SIM_SERVER_THREADS: \"many\""));
        QVERIFY(refused.exitCode == 2);
        QVERIFY(!QFile::exists(path("never")));
    }

    void badFileNeverStarts() {
        const QString file = path("bad.toml");
        put(file, "[server\n");
        const auto ended = run({QStringLiteral("serve"), QStringLiteral("--data"), path("unmade"),
                                QStringLiteral("--config"), file});
        QVERIFY(ended.exitCode == 2);
        QVERIFY2(ended.standardError.startsWith(file.toUtf8() + ":1: "), ended.standardError.constData());
        QVERIFY(!QFile::exists(path("unmade")));
    }

    void changesWhileRunning_data() {
        QTest::addColumn<bool>("hangup");
        QTest::newRow("by itself") << false;
        QTest::newRow("on SIGHUP") << true;
    }
    void changesWhileRunning() {
        QFETCH(bool, hangup);
        const QString file = path(hangup ? "hup.toml" : "run.toml");
        const QString log = path(hangup ? "hup.log" : "run.log");
        const QByteArray fixed = "[log]\nfile = \"" + log.toUtf8() + "\"\naccess = true\n";
        put(file, fixed + "[api]\npage_size = 7\n");
        SimProcess sim(QStringLiteral(TIKGOK_SIM));
        const auto ready =
            sim.serve({QStringLiteral("--data"), path(hangup ? "hup" : "run"), QStringLiteral("--port"),
                       QStringLiteral("0"), QStringLiteral("--config"), file});
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        HttpClient client(ready->url.toStdString());
        QCOMPARE(feedSize(client), 7);
        const auto change = [&](const QByteArray& text) {
            put(file, fixed + text);
            if (hangup) {
                ::kill(static_cast<pid_t>(ready->pid), SIGHUP);
            }
        };
        // A smaller page, no time for logins, and a limiter that is on: seen at once, without a restart.
        change(
            "[api]\npage_size = 3\nmax_upload = 10\n[budget]\nuser_login = \"1ms\"\n[limiter]\nmode = "
            "\"on\"\n"
            "[server]\nthreads = 7\n");
        QVERIFY(eventually([&] { return feedSize(client) == 3; }));
        const std::string metrics = client.send({.target = "/metrics"}).body;
        QVERIFY(metrics.find("\ntikgok_limiter_enabled 1\n") != std::string::npos);
        QVERIFY(eventually(
            [&] { return get(log).contains("config key=server.threads from=2 to=7 needs a restart"); }));
        // Refused as a whole, with file, line and reason; what was before stays.
        change("[api]\npage_size = 5\n[limiter]\nmod = \"off\"\n");
        QVERIFY(eventually([&] {
            return get(log).contains("config refused, the old values stay: " + file.toUtf8() +
                                     ":7: there is no key limiter.mod; did you mean limiter.mode?");
        }));
        QCOMPARE(feedSize(client), 3);
        // And the next good one is taken, also when the level hides all that would be said about it.
        change("level = \"error\"\n[api]\npage_size = 5\n");
        QVERIFY(eventually([&] { return feedSize(client) == 5; }));
        const auto ended = sim.signal(SIGTERM);
        QVERIFY(ended.exitCode == 0);
        const QByteArray text = get(log);
        QVERIFY(text.contains("request method=GET path=/douyin/feed/ status=200"));
        QVERIFY2(!text.contains("stopped"), "the level is error by now");
        QVERIFY(ended.standardError.isEmpty());
    }

    // Without a file there is nothing to read again: as every program, it ends.
    void hangupWithoutFile() {
        SimProcess sim(QStringLiteral(TIKGOK_SIM));
        QVERIFY(sim.serve({QStringLiteral("--data"), path("plain"), QStringLiteral("--port"),
                           QStringLiteral("0"), QStringLiteral("--world"), QStringLiteral("empty")})
                    .has_value());
        QVERIFY(sim.signal(SIGHUP).exitCode == 0);
    }

    // The log's disk is full from the begin to the end; nobody notices.
    void fullLogDisk() {
        SimProcess sim(QStringLiteral(TIKGOK_SIM));
        const auto ready =
            sim.serve({QStringLiteral("--data"), path("full"), QStringLiteral("--port"), QStringLiteral("0"),
                       QStringLiteral("--world"), QStringLiteral("empty"), QStringLiteral("--access-log"),
                       QStringLiteral("--log-file"), QStringLiteral("/dev/full")});
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        HttpClient client(ready->url.toStdString());
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(client.send({.target = "/douyin/feed/"}).status, 200);
        }
        const std::string metrics = client.send({.target = "/metrics"}).body;
        QVERIFY2(metrics.find("\ntikgok_log_lines_lost_total 5") != std::string::npos, metrics.c_str());
        QVERIFY(sim.signal(SIGTERM).exitCode == 0);
    }

    void accessFile() {
        const QString file = path("access.toml");
        put(file, "[log]\naccess = true\naccess_file = \"" + path("access/requests.log").toUtf8() +
                      "\"\nfile = \"" + path("access/sim.log").toUtf8() + "\"\n");
        SimProcess sim(QStringLiteral(TIKGOK_SIM));
        const auto ready = sim.serve({QStringLiteral("--data"), path("access-data"), QStringLiteral("--port"),
                                      QStringLiteral("0"), QStringLiteral("--world"), QStringLiteral("empty"),
                                      QStringLiteral("--config"), file});
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        HttpClient client(ready->url.toStdString());
        client.send(
            {.method = "POST",
             .target = "/douyin/user/register/?username=ann&password=geheim",
             .headers = {{"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}});
        QVERIFY(sim.signal(SIGTERM).exitCode == 0);
        const QByteArray requests = get(path("access/requests.log"));
        QVERIFY2(requests.contains("method=POST path=/douyin/user/register/ status=200"),
                 requests.constData());
        QVERIFY(requests.contains("code=0"));
        QVERIFY(requests.contains("trace=0af7651916cd43dd8448eb211c80319c parent=b7ad6b7169203331"));
        const QByteArray rest = get(path("access/sim.log"));
        QVERIFY(rest.contains("stopped") && !rest.contains("method="));
        QVERIFY(!requests.contains("geheim") && !rest.contains("geheim") && !requests.contains("username"));
    }
};

QTEST_GUILESS_MAIN(ProgramConfigTest)
#include "program_config_test.moc"
