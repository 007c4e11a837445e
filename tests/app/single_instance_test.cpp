// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/single_instance.h"

#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <signal.h>

using namespace tikgok;
using namespace std::chrono_literals;

// Other instances are processes: this program, started with words, says its role on stdout.
class SingleInstanceTest : public QObject {
    Q_OBJECT

private:
    // A data directory below `place`.
    static QString dataIn(const QString& place, const char* name = "a") {
        const QString path = QDir(place).filePath(QLatin1String(name));
        QDir().mkpath(path);
        return path;
    }
    static void start(QProcess& process, const QString& place, const QString& data,
                      const QStringList& words) {
        process.start(QCoreApplication::applicationFilePath(),
                      QStringList{QStringLiteral("--claim"), place, data} + words);
        QVERIFY(process.waitForStarted());
    }
    static QByteArray line(QProcess& process) {
        while (!process.canReadLine()) {
            if (!process.waitForReadyRead(20'000)) {
                return {};
            }
        }
        return process.readLine().trimmed();
    }

    static void leaveKilled(const QString& place) {
        QProcess first;
        start(first, place, dataIn(place), {});
        QCOMPARE(line(first), QByteArray("first"));
        first.kill();
        QVERIFY(first.waitForFinished());
    }
    // This process is the first one, and is called by the next.
    static void takesOver(const QString& place) {
        SingleInstance next(place, dataIn(place));
        QCOMPARE(next.claim({}), SingleInstance::Role::First);
        QSignalSpy raised(&next, &SingleInstance::raiseRequested);
        QProcess second;
        start(second, place, dataIn(place), {});
        QVERIFY(raised.wait(20'000));
        QVERIFY(second.waitForFinished());
    }

    // The process that holds the lock had the number of this one.
    static void putOwnNumber(const QString& place) {
        const QStringList locks = QDir(place).entryList({QStringLiteral("*.lock")}, QDir::Files);
        QCOMPARE(locks.size(), 1);
        QFile file(QDir(place).filePath(locks.constFirst()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        text.replace(0, text.indexOf('\n'), QByteArray::number(QCoreApplication::applicationPid()));
        QVERIFY(file.resize(0) && file.seek(0) && file.write(text) == text.size());
    }

private Q_SLOTS:
    void theSecondHandsItsWordsOver() {
        const QTemporaryDir place;
        SingleInstance first(place.path(), dataIn(place.path()));
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);

        QProcess second;
        const QStringList words{QStringLiteral("tikgok://video/9007199254740993"),
                                QStringLiteral("两 \"词\"\n"), QString()};
        start(second, place.path(), dataIn(place.path()), words);
        QVERIFY(raised.wait(20'000));
        QCOMPARE(raised.constFirst().constFirst().toStringList(), words);
        QCOMPARE(line(second), QByteArray("second"));
        QVERIFY(second.waitForFinished());
    }

    void anotherKeyIsAnotherWindow() {
        const QTemporaryDir place;
        SingleInstance one(place.path(), dataIn(place.path()));
        SingleInstance other(place.path(), dataIn(place.path(), "b"));
        QCOMPARE(one.claim({}), SingleInstance::Role::First);
        QCOMPARE(other.claim({}), SingleInstance::Role::First);
    }

    void aKilledOneLeavesTheWayFree() {
        const QTemporaryDir place;
        leaveKilled(place.path());
        takesOver(place.path());
    }

    void aKilledOneMayHaveHadThisNumber() {
        const QTemporaryDir place;
        leaveKilled(place.path());
        putOwnNumber(place.path());
        takesOver(place.path());
    }

    // As in two containers that share a directory.
    void oneThatAnswersMayHaveThisNumber() {
        const QTemporaryDir place;
        QProcess first;
        start(first, place.path(), dataIn(place.path()), {});
        QCOMPARE(line(first), QByteArray("first"));
        putOwnNumber(place.path());
        SingleInstance next(place.path(), dataIn(place.path()));
        QCOMPARE(next.claim({}), SingleInstance::Role::Second);
        first.kill();
        QVERIFY(first.waitForFinished());
    }

    void aStoppedOneIsNamedAsSuch() {
        const QTemporaryDir place;
        QProcess first;
        start(first, place.path(), dataIn(place.path()), {});
        QCOMPARE(line(first), QByteArray("first"));
        ::kill(static_cast<pid_t>(first.processId()), SIGSTOP);
        SingleInstance next(place.path(), dataIn(place.path()));
        QCOMPARE(next.claim({}, 200ms), SingleInstance::Role::NoAnswer);
        ::kill(static_cast<pid_t>(first.processId()), SIGKILL);
        QVERIFY(first.waitForFinished());
    }

    void manyAtOnceHaveOneFirst() {
        const QTemporaryDir place;
        constexpr int kStarts = 8;
        std::vector<std::unique_ptr<QProcess>> all;
        for (int i = 0; i < kStarts; ++i) {
            all.push_back(std::make_unique<QProcess>());
            start(*all.back(), place.path(), dataIn(place.path()), {QString::number(i)});
        }
        int firsts = 0;
        int seconds = 0;
        for (const auto& process : all) {
            const QByteArray role = line(*process);
            firsts += role == "first" ? 1 : 0;
            seconds += role == "second" ? 1 : 0;
        }
        QCOMPARE(firsts, 1);
        QCOMPARE(seconds, kStarts - 1);
        for (const auto& process : all) {
            process->kill();
            process->waitForFinished();
        }
    }

    // By another path it is the same directory.
    void pathsOfOneDirectory_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("a link") << "link";
        QTest::newRow("a link above it") << "above/a";
        QTest::newRow("a slash at the end") << "a/";
        QTest::newRow("there and back") << "b/../a";
    }
    void pathsOfOneDirectory() {
        QFETCH(const QString, path);
        const QTemporaryDir place;
        const QDir dir(place.path());
        const QString data = dataIn(place.path());
        dataIn(place.path(), "b");
        QVERIFY(QFile::link(data, dir.filePath(QStringLiteral("link"))));
        QVERIFY(QFile::link(place.path(), dir.filePath(QStringLiteral("above"))));
        SingleInstance first(place.path(), data);
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        QProcess second;
        start(second, place.path(), place.path() + u'/' + path, {QStringLiteral("word")});
        QVERIFY(raised.wait(20'000));
        QCOMPARE(line(second), QByteArray("second"));
        QVERIFY(second.waitForFinished());
    }

    // Two sessions of one person have a place each.
    void dataIsUsedByOneSession() {
        const QTemporaryDir place;
        const QTemporaryDir other;
        const QString data = dataIn(place.path());
        const QString link = other.filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(data, link));
        QProcess first;
        start(first, place.path(), data, {});
        QCOMPARE(line(first), QByteArray("first"));
        for (const QString& path : {data, link}) {
            SingleInstance next(other.path(), path);
            QCOMPARE(next.claim({}), SingleInstance::Role::DataInUse);
        }
        SingleInstance nowhere(QStringLiteral("/proc/none"), data);
        QCOMPARE(nowhere.claim({}), SingleInstance::Role::DataInUse);
        // Those of another directory are not in its way, and a killed one is in nobody's.
        SingleInstance beside(other.path(), dataIn(other.path()));
        QCOMPARE(beside.claim({}), SingleInstance::Role::First);
        first.kill();
        QVERIFY(first.waitForFinished());
        SingleInstance after(other.path(), link);
        QCOMPARE(after.claim({}), SingleInstance::Role::First);
    }

    // What an earlier one left in it, whatever that says.
    void aLeftDataLockStopsNobody() {
        const QTemporaryDir place;
        const QString data = dataIn(place.path());
        QFile left(data + QStringLiteral("/client.lock"));
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.write("1\ntikgok\n");
        left.close();
        SingleInstance one(place.path(), data);
        QCOMPARE(one.claim({}), SingleInstance::Role::First);
    }

    void aPlaceThatIsNoneStopsNobody() {
        SingleInstance one(QStringLiteral("/proc/none"), QStringLiteral("/proc/none/a"));
        QCOMPARE(one.claim({}), SingleInstance::Role::First);
    }

    void nonsenseFromTheSocketIsDropped_data() {
        QTest::addColumn<QByteArray>("said");
        QTest::addRow("not JSON") << QByteArray("hello\n");
        QTest::addRow("an object") << QByteArray("{}\n");
        QTest::addRow("no end") << QByteArray(200'000, 'x');
    }
    void nonsenseFromTheSocketIsDropped() {
        QFETCH(QByteArray, said);
        const QTemporaryDir place;
        SingleInstance first(place.path(), dataIn(place.path()));
        QCOMPARE(first.claim({}), SingleInstance::Role::First);
        QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        const QStringList sockets = QDir(place.path()).entryList({QStringLiteral("*.socket")}, QDir::System);
        QCOMPARE(sockets.size(), 1);
        QLocalSocket caller;
        caller.connectToServer(QDir(place.path()).filePath(sockets.constFirst()));
        QVERIFY(caller.waitForConnected());
        caller.write(said);
        QTRY_COMPARE(caller.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(raised.size(), 0);
        QVERIFY(caller.readAll().isEmpty());
    }
};

int main(int argc, char* argv[]) {
    QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() >= 4 && words.at(1) == QLatin1StringView("--claim")) {
        SingleInstance instance(words.at(2), words.at(3));
        const auto role = instance.claim(words.mid(4), 20s);
        std::puts(role == SingleInstance::Role::First    ? "first"
                  : role == SingleInstance::Role::Second ? "second"
                                                         : "no answer");
        std::fflush(stdout);
        return role == SingleInstance::Role::First ? QCoreApplication::exec() : 0;
    }
    SingleInstanceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "single_instance_test.moc"
