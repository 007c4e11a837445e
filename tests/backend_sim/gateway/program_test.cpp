// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The program tikgok-sim: what it prints, how it starts, how it ends.

#include "tests/backend_sim/gateway/stage.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

class Program {
public:
    explicit Program(const QStringList& arguments, const QStringList& environment = {}) {
        process_.setProgram(QStringLiteral(TIKGOK_SIM_PROGRAM));
        process_.setArguments(arguments);
        if (!environment.isEmpty()) {
            QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
            for (const QString& pair : environment) {
                all.insert(pair.section(QLatin1Char('='), 0, 0), pair.section(QLatin1Char('='), 1));
            }
            process_.setProcessEnvironment(all);
        }
        process_.start();
    }
    ~Program() {
        if (process_.state() != QProcess::NotRunning) {
            process_.kill();
            process_.waitForFinished();
        }
    }
    QByteArray firstLine() {
        while (!process_.canReadLine() && process_.waitForReadyRead(20'000)) {
        }
        return process_.readLine();
    }
    // -1: it crashed or never ended.
    int end() {
        if (!process_.waitForFinished(20'000) || process_.exitStatus() != QProcess::NormalExit) {
            return -1;
        }
        return process_.exitCode();
    }
    void signal(int number) { ::kill(static_cast<pid_t>(process_.processId()), number); }
    QProcess& process() { return process_; }

private:
    QProcess process_;
};

}  // namespace

class ProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void helpAndVersion_data();
    void helpAndVersion();
    void wrongUse_data();
    void wrongUse();
    void readyJsonAndSignals_data();
    void readyJsonAndSignals();
    void sentence();
    void portInUse();
    void directoryInUse();
    void unwritableDirectory();
    void unknownWorld();
    void defaultDirectory();
    void accessLogHidesSecrets();
};

void ProgramTest::helpAndVersion_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("expected");
    QTest::newRow("help") << QStringList{QStringLiteral("--help")} << QStringLiteral("serve");
    QTest::newRow("serve help") << QStringList{QStringLiteral("serve"), QStringLiteral("--help")}
                                << QStringLiteral("--ready-json");
    QTest::newRow("version") << QStringList{QStringLiteral("--version")}
                             << QStringLiteral("tikgok-sim " TIKGOK_VERSION);
    QTest::newRow("serve version") << QStringList{QStringLiteral("serve"), QStringLiteral("--version")}
                                   << QStringLiteral("tikgok-sim " TIKGOK_VERSION);
}

void ProgramTest::helpAndVersion() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, expected);
    Program program(arguments);
    QCOMPARE(program.end(), 0);
    QVERIFY(QString::fromUtf8(program.process().readAllStandardOutput()).contains(expected));
}

void ProgramTest::wrongUse_data() {
    QTest::addColumn<QString>("arguments");
    for (const char* row :
         {"", "dance", "serve --port 70000", "serve --port x", "serve --page-size 31", "serve --page-size 0",
          "serve --max-upload -1", "serve --nonsense", "serve --data", "serve --log-level loud"}) {
        QTest::newRow(*row == '\0' ? "nothing" : row) << QString::fromLatin1(row);
    }
}

void ProgramTest::wrongUse() {
    QFETCH(QString, arguments);
    Program program(arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    QCOMPARE(program.end(), 2);
    QVERIFY(!program.process().readAllStandardError().isEmpty());
}

void ProgramTest::readyJsonAndSignals_data() {
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void ProgramTest::readyJsonAndSignals() {
    QFETCH(int, signal);
    const QTemporaryDir directory;
    Program program({QStringLiteral("serve"), QStringLiteral("--data"),
                     directory.path() + QStringLiteral("/d"), QStringLiteral("--port"), QStringLiteral("0"),
                     QStringLiteral("--world"), QStringLiteral("empty"), QStringLiteral("--ready-json")});
    const QByteArray line = program.firstLine();
    const QJsonObject ready = QJsonDocument::fromJson(line).object();
    QVERIFY2(ready.value(QLatin1StringView("ready")).toBool(), line.constData());
    QCOMPARE(ready.value(QLatin1StringView("pid")).toInteger(), program.process().processId());
    QCOMPARE(ready.value(QLatin1StringView("version")).toString(), QStringLiteral(TIKGOK_VERSION));
    QCOMPARE(ready.value(QLatin1StringView("world")).toString(), QStringLiteral("empty"));
    const QUrl url(ready.value(QLatin1StringView("url")).toString());
    QCOMPARE(url.host(), QStringLiteral("127.0.0.1"));
    Wire wire(static_cast<std::uint16_t>(url.port()));
    QCOMPARE(wire.ask("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
    program.signal(signal);
    QCOMPARE(program.end(), 0);
    QVERIFY(program.process().readAllStandardOutput().isEmpty());
}

void ProgramTest::sentence() {
    const QTemporaryDir directory;
    Program program({QStringLiteral("serve"), QStringLiteral("--data"), directory.path(),
                     QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--world"),
                     QStringLiteral("empty")});
    const QByteArray line = program.firstLine();
    QVERIFY2(line.startsWith("The simulator is ready at http://127.0.0.1:"), line.constData());
    program.signal(SIGTERM);
    QCOMPARE(program.end(), 0);
}

void ProgramTest::portInUse() {
    Stage other;
    const QTemporaryDir directory;
    Program program({QStringLiteral("serve"), QStringLiteral("--data"),
                     directory.path() + QStringLiteral("/d"), QStringLiteral("--port"),
                     QString::number(other.port())});
    QCOMPARE(program.end(), 1);
    QVERIFY(program.process().readAllStandardError().contains("in use"));
    QVERIFY(!std::filesystem::exists((directory.path() + QStringLiteral("/d")).toStdString()));
}

void ProgramTest::directoryInUse() {
    const QTemporaryDir directory;
    const QStringList arguments{QStringLiteral("serve"),  QStringLiteral("--data"), directory.path(),
                                QStringLiteral("--port"), QStringLiteral("0"),      QStringLiteral("--world"),
                                QStringLiteral("empty")};
    Program first(arguments);
    QVERIFY(!first.firstLine().isEmpty());
    QElapsedTimer time;
    time.start();
    Program second(arguments);
    QCOMPARE(second.end(), 1);
    QVERIFY(time.elapsed() < 1000 * tikgok::test::patience());
    const QByteArray words = second.process().readAllStandardError();
    QVERIFY2(words.contains("in use") && words.contains(QByteArray::number(first.process().processId())),
             words.constData());
    // A killed owner leaves no lock behind.
    first.signal(SIGKILL);
    QCOMPARE(first.end(), -1);
    Program third(arguments);
    QVERIFY(!third.firstLine().isEmpty());
}

void ProgramTest::unwritableDirectory() {
    const QTemporaryDir directory;
    const std::string blocked = directory.path().toStdString() + "/file";
    std::ofstream(blocked) << "x";
    Program program(
        {QStringLiteral("serve"), QStringLiteral("--data"), QString::fromStdString(blocked + "/d")});
    QCOMPARE(program.end(), 1);
    QVERIFY(program.process().readAllStandardError().contains("cannot be used"));
}

void ProgramTest::unknownWorld() {
    const QTemporaryDir directory;
    for (const QString& world : {QStringLiteral("atlantis"), QStringLiteral("../small"), QString()}) {
        Program program({QStringLiteral("serve"), QStringLiteral("--data"),
                         directory.path() + QStringLiteral("/d"), QStringLiteral("--world"), world,
                         QStringLiteral("--port"), QStringLiteral("0")});
        QVERIFY(program.end() > 0);
        QVERIFY(program.process().readAllStandardError().contains("world"));
    }
}

void ProgramTest::defaultDirectory() {
    const QTemporaryDir directory;
    Program program({QStringLiteral("serve"), QStringLiteral("--world"), QStringLiteral("empty"),
                     QStringLiteral("--port"), QStringLiteral("0")},
                    {QStringLiteral("XDG_DATA_HOME=") + directory.path()});
    QVERIFY(!program.firstLine().isEmpty());
    QVERIFY(std::filesystem::exists(directory.path().toStdString() + "/tikgok-sim/store.sqlite"));
}

void ProgramTest::accessLogHidesSecrets() {
    const QTemporaryDir directory;
    Program program({QStringLiteral("serve"), QStringLiteral("--data"), directory.path(),
                     QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--world"),
                     QStringLiteral("empty"), QStringLiteral("--ready-json"),
                     QStringLiteral("--access-log")});
    const QUrl url(
        QJsonDocument::fromJson(program.firstLine()).object().value(QLatin1StringView("url")).toString());
    Wire wire(static_cast<std::uint16_t>(url.port()));
    const Reply reply = wire.ask(
        "POST /douyin/user/register/?username=ann&password=geheim HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(reply.status, 200);
    program.signal(SIGTERM);
    QCOMPARE(program.end(), 0);
    const QByteArray log = program.process().readAllStandardError();
    QVERIFY(log.contains("method=POST path=/douyin/user/register/ status=200"));
    QVERIFY(!log.contains("geheim") && !log.contains("eyJ"));
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"
