// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// tikgok-sim as a program: words, refusals, the ready line, and a clean stop.

#include "tests/conformance/http.h"
#include "tests/conformance/raw_http.h"
#include "tests/support/patience.h"
#include "tests/support/sim_process.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <list>

using tikgok::conformance::Answer;
using tikgok::conformance::HttpClient;
using tikgok::conformance::RawConnection;
using tikgok::conformance::splitUrl;
using tikgok::test::SimProcess;

namespace {

QString program() {
    return QStringLiteral(TIKGOK_SIM);
}

QStringList words(const char* line) {
    return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QStringList emptyWorld(const QString& directory) {
    return {QStringLiteral("--data"),  directory,
            QStringLiteral("--port"),  QStringLiteral("0"),
            QStringLiteral("--world"), QStringLiteral("empty")};
}

QJsonObject objectAt(const QString& url, const char* target, const char* method = "GET") {
    HttpClient client(url.toStdString());
    const Answer answer = client.send({.method = method, .target = target});
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

}  // namespace

class SimCliTest : public QObject {
    Q_OBJECT

    QTemporaryDir place_;

    QString fresh(const char* name) { return place_.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void helps_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("--help") << QStringLiteral("--help") << QStringLiteral("serve");
        QTest::newRow("serve --help data") << QStringLiteral("serve --help") << QStringLiteral("--data");
        QTest::newRow("serve --help port") << QStringLiteral("serve --help") << QStringLiteral("--port");
        QTest::newRow("serve --help world") << QStringLiteral("serve --help") << QStringLiteral("--world");
        QTest::newRow("serve --help ready")
            << QStringLiteral("serve --help") << QStringLiteral("--ready-json");
        QTest::newRow("--version") << QStringLiteral("--version")
                                   << QStringLiteral("tikgok-sim " TIKGOK_VERSION);
    }
    void helps() {
        QFETCH(QString, line);
        QFETCH(QString, wanted);
        const auto ended = SimProcess(program()).run(line.split(QLatin1Char(' ')));
        QVERIFY(ended.exitCode == 0);
        QVERIFY2(QString::fromUtf8(ended.standardOutput).contains(wanted), ended.standardOutput.constData());
        QVERIFY(ended.standardError.isEmpty());
    }

    void refuses_data() {
        QTest::addColumn<QStringList>("arguments");
        const QString file = fresh("a-file");
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));
        const QString serve = QStringLiteral("serve");
        const QString data = QStringLiteral("--data");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << words("dance");
        QTest::newRow("unknown option") << words("serve --loud");
        QTest::newRow("data without value") << words("serve --data");
        QTest::newRow("unknown world")
            << QStringList{serve, data, fresh("w"), QStringLiteral("--world"), QStringLiteral("enormous")};
        QTest::newRow("port word") << QStringList{serve, data, fresh("p"), QStringLiteral("--port"),
                                                  QStringLiteral("abc")};
        QTest::newRow("port too large")
            << QStringList{serve, data, fresh("p"), QStringLiteral("--port"), QStringLiteral("70000")};
        QTest::newRow("port negative")
            << QStringList{serve, data, fresh("p"), QStringLiteral("--port"), QStringLiteral("-1")};
        QTest::newRow("data is a file") << QStringList{serve, data, file};
        QTest::newRow("data below a file") << QStringList{serve, data, file + QStringLiteral("/below")};
        // Nobody, not even root, makes directories there.
        QTest::newRow("data not writable") << QStringList{serve, data, QStringLiteral("/proc/tikgok")};
    }
    void refuses() {
        QFETCH(QStringList, arguments);
        const auto ended = SimProcess(program()).run(arguments, 5'000);
        QVERIFY2(ended.exitCode.has_value(), "it ends by itself, and not by a crash");
        QVERIFY(*ended.exitCode != 0);
        QVERIFY2(!ended.standardError.trimmed().isEmpty(), "it says why");
        QVERIFY2(!ended.standardOutput.contains("\"ready\""), "it is never ready");
    }

    void namesWhatItDoesNotKnow_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("command") << QStringLiteral("dance --slowly") << QByteArray("'dance'");
        QTest::newRow("option") << QStringLiteral("--loud") << QByteArray("'--loud'");
        QTest::newRow("command below") << QStringLiteral("config chek a.toml") << QByteArray("'chek'");
        QTest::newRow("nothing") << QString() << QByteArray("subcommand is required");
    }
    void namesWhatItDoesNotKnow() {
        QFETCH(QString, line);
        QFETCH(QByteArray, said);
        const auto ended = SimProcess(program()).run(line.split(QLatin1Char(' '), Qt::SkipEmptyParts));
        QCOMPARE(ended.exitCode, std::optional(2));
        QVERIFY2(ended.standardError.contains(said), ended.standardError.constData());
    }

    void portInUse() {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const auto ended = SimProcess(program()).run(
            {QStringLiteral("serve"), QStringLiteral("--ready-json"), QStringLiteral("--data"), fresh("busy"),
             QStringLiteral("--world"), QStringLiteral("empty"), QStringLiteral("--port"),
             QString::number(other.serverPort())},
            5'000);
        QVERIFY(ended.exitCode.has_value() && *ended.exitCode != 0);
        QVERIFY2(ended.standardError.contains(QByteArray::number(other.serverPort())),
                 ("it names the port: " + ended.standardError).constData());
        QVERIFY(ended.standardOutput.isEmpty());
    }

    void secondProcess() {
        const QString data = fresh("shared");
        SimProcess first(program());
        const auto ready = first.serve(emptyWorld(data));
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        const auto ended =
            SimProcess(program()).run(QStringList{QStringLiteral("serve")} + emptyWorld(data), 5'000);
        QVERIFY(ended.exitCode.has_value() && *ended.exitCode != 0);
        QVERIFY2(ended.milliseconds < 1'000 * tikgok::test::patience(), "it leaves within a second");
        QVERIFY2(ended.standardError.contains(QByteArray::number(ready->pid)),
                 ("it names the first: " + ended.standardError).constData());
        QCOMPARE(objectAt(ready->url, "/ping").value(QLatin1String("message")).toString(),
                 QStringLiteral("pong"));
        QVERIFY(first.signal(SIGTERM).exitCode == 0);
        // The directory is free again.
        SimProcess third(program());
        QVERIFY(third.serve(emptyWorld(data)).has_value());
        QVERIFY(third.signal(SIGTERM).exitCode == 0);
    }

    void readyLine() {
        SimProcess sim(program());
        const auto ready = sim.serve(emptyWorld(fresh("ready")));
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        const QJsonDocument line = QJsonDocument::fromJson(ready->line);
        QVERIFY2(line.isObject(), ready->line.constData());
        QCOMPARE(line.object().value(QLatin1String("ready")).toBool(), true);
        const QRegularExpression shape(QStringLiteral("^http://127\\.0\\.0\\.1:[1-9][0-9]*/?$"));
        QVERIFY(shape.match(line.object().value(QLatin1String("url")).toString()).hasMatch());
        QCOMPARE(objectAt(ready->url, "/ping").value(QLatin1String("message")).toString(),
                 QStringLiteral("pong"));
        const auto ended = sim.signal(SIGTERM);
        QVERIFY(ended.exitCode == 0);
        QVERIFY2(ready->pid > 0, "the ready line has the process id");
    }

    // Making the world takes half a minute; nobody waits for that who wants it to stop.
    void stopsWhileItStarts_data() {
        QTest::addColumn<bool>("asServer");
        QTest::addColumn<int>("number");
        QTest::newRow("serve, SIGTERM") << true << SIGTERM;
        QTest::newRow("serve, SIGINT") << true << SIGINT;
        QTest::newRow("exec, SIGTERM") << false << SIGTERM;
    }
    void stopsWhileItStarts() {
        QFETCH(bool, asServer);
        QFETCH(int, number);
        const QString data = fresh(QTest::currentDataTag());
        QStringList line{asServer ? QStringLiteral("serve") : QStringLiteral("exec"),
                         QStringLiteral("--world"), QStringLiteral("huge"), QStringLiteral("--data"), data};
        if (!asServer) {
            line << QStringLiteral("--") << QStringLiteral("true");
        }
        QProcess process;
        process.start(program(), line);
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(data + QStringLiteral("/store.sqlite")).size() > 1'000'000,
                                 60'000);
        ::kill(static_cast<pid_t>(process.processId()), number);
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        QCOMPARE(process.exitCode(), number);
        QVERIFY(!process.readAllStandardError().contains("Made the world"));
        // What was begun is no world.
        SimProcess next(program());
        const auto ready = next.serve(emptyWorld(data));
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        QVERIFY(objectAt(ready->url, "/douyin/feed/").value(QLatin1String("video_list")).toArray().isEmpty());
        QVERIFY(next.signal(SIGTERM).exitCode == 0);
    }

    void stops_data() {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void stops() {
        QFETCH(int, number);
        SimProcess sim(program());
        const auto ready = sim.serve(emptyWorld(fresh(QTest::currentDataTag())));
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        const auto host = splitUrl(ready->url.toStdString());
        QVERIFY(host.has_value());
        // Open connections: idle after an answer, never used, and in the middle of a request.
        std::list<RawConnection> open;
        for (int i = 0; i < 30; ++i) {
            RawConnection& wire = open.emplace_back(*host);
            if (i % 3 == 0) {
                wire.send("GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                QCOMPARE(wire.read().status, 200);
            } else if (i % 3 == 1) {
                wire.send("POST /douyin/user/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le");
            }
        }
        const auto ended = sim.signal(number);
        QVERIFY2(ended.exitCode == 0, ended.standardError.constData());
        QVERIFY2(ended.milliseconds < 1'000 * tikgok::test::patience(),
                 qPrintable(QStringLiteral("stopped after %1 ms").arg(ended.milliseconds)));
    }

    void worldsAreKept() {
        const QString data = fresh("kept");
        QString token;
        {
            SimProcess sim(program());
            const auto ready = sim.serve(emptyWorld(data));
            QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
            const QJsonObject account =
                objectAt(ready->url, "/douyin/user/register/?username=kept&password=secret", "POST");
            token = account.value(QLatin1String("token")).toString();
            QVERIFY(!token.isEmpty());
            QVERIFY(sim.signal(SIGTERM).exitCode == 0);
        }
        SimProcess sim(program());
        const auto ready =
            sim.serve({QStringLiteral("--data"), data, QStringLiteral("--port"), QStringLiteral("0"),
                       QStringLiteral("--world"), QStringLiteral("small")});
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        const QJsonObject feed = objectAt(ready->url, "/douyin/feed/");
        QVERIFY2(feed.value(QLatin1String("video_list")).toArray().isEmpty(),
                 "a directory with a world is opened as it is");
        const QJsonObject own = objectAt(ready->url, ("/douyin/user/?token=" + token.toStdString()).c_str());
        QCOMPARE(own.value(QLatin1String("user")).toObject().value(QLatin1String("name")).toString(),
                 QStringLiteral("kept"));
        QVERIFY(sim.signal(SIGTERM).exitCode == 0);
    }

    void smallWorld() {
        const QString data = fresh("small");
        SimProcess sim(program());
        const auto ready =
            sim.serve({QStringLiteral("--data"), data, QStringLiteral("--port"), QStringLiteral("0"),
                       QStringLiteral("--world"), QStringLiteral("small")});
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        QFile description(QStringLiteral(TIKGOK_SMALL_WORLD));
        QVERIFY(description.open(QIODevice::ReadOnly));
        const qsizetype want = QJsonDocument::fromJson(description.readAll())
                                   .object()
                                   .value(QLatin1String("videos"))
                                   .toArray()
                                   .size();
        QVERIFY(want > 0);
        qsizetype have = 0;
        QByteArray latest = "0";
        while (true) {
            const QJsonObject page =
                objectAt(ready->url, ("/douyin/feed/?latest_time=" + latest).constData());
            const qsizetype count = page.value(QLatin1String("video_list")).toArray().size();
            if (count == 0) {
                break;
            }
            have += count;
            latest = QByteArray::number(page.value(QLatin1String("next_time")).toInteger());
        }
        QCOMPARE(have, want);
        QVERIFY(sim.signal(SIGTERM).exitCode == 0);

        int keys = 0;
        QDirIterator files(data, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            files.next();
            if (files.fileName().contains(QLatin1String("key"))) {
                ++keys;
                QCOMPARE(int(files.fileInfo().permissions() &
                             (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)),
                         0);
            }
        }
        QVERIFY(keys > 0);
    }
};

QTEST_GUILESS_MAIN(SimCliTest)
#include "sim_cli_test.moc"
