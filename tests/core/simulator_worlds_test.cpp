// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Worlds on the Simulator page, without its page: made, kept, and as files that go out and come in.

#include "core/simulator/simulator_desk.h"
#include "tests/core/support/simulator_office.h"

#include <QFile>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

namespace tikgok {

using test::Held;
using test::Mute;
using test::Office;
using test::waitFor;
using test::waitUntil;
using Presence = SimulatorWatch::Presence;
using Section = SimulatorDesk::Section;
using Work = SimulatorFiles::Work;
using Outcome = SimulatorFiles::Outcome;

class SimulatorWorldsTest : public QObject, private test::DeskStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startServer(); }
    void init() { makeServerGood(); }

    void keepsAndRestoresWorlds() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::World);
        QSignalSpy saved(&office.desk, &SimulatorDesk::snapshotSaved);
        QSignalSpy world(&office.desk, &SimulatorDesk::worldChanged);
        office.desk.saveSnapshot(QStringLiteral(" before "));
        QTRY_COMPARE(saved.count(), 1);
        QCOMPARE(saved.at(0).at(0).toString(), QStringLiteral("before"));
        QTRY_COMPARE(office.desk.snapshots()->count(), 1);
        QCOMPARE(office.of(office.desk.snapshots(), 0, SnapshotsModel::WorldRole).toString(),
                 QStringLiteral("small"));
        office.desk.makeWorld(QStringLiteral("empty"));
        QTRY_COMPARE(office.watch.world(), QStringLiteral("empty"));
        QCOMPARE(world.count(), 1);
        office.desk.restoreSnapshot(QStringLiteral("before"));
        QTRY_COMPARE(office.watch.world(), QStringLiteral("small"));
        QCOMPARE(world.count(), 2);
        office.desk.removeSnapshot(QStringLiteral("before"));
        QTRY_COMPARE(office.desk.snapshots()->count(), 0);
        office.desk.resetWorld();
        QTRY_COMPARE(world.count(), 3);
        office.desk.speak(QStringLiteral("tikgok"));
        QTRY_COMPARE(office.watch.dialect(), QStringLiteral("tikgok"));
        office.desk.speak(QStringLiteral("standard"));
        QTRY_COMPARE(office.watch.dialect(), QStringLiteral("standard"));
    }

    void theSameSeedMakesTheSameWorld() {
        Office office;
        office.openTo(*simulator_);
        const auto firstPeople = [&office](const QString& seed) {
            office.desk.makeWorld(QStringLiteral("busy"), seed);
            QStringList names;
            if (!waitUntil([&office] { return !office.desk.busy(); }) ||
                office.desk.problem() != ErrorKind::None) {
                return names;
            }
            office.desk.findPeople(QString());
            static_cast<void>(waitUntil([&office] { return office.desk.people()->count() > 0; }));
            for (int row = 0; row < office.desk.people()->count(); ++row) {
                names.append(office.of(office.desk.people(), row, SimPeopleModel::NameRole).toString());
            }
            return names;
        };
        const QStringList usual = firstPeople(QString());
        QCOMPARE(usual.size(), 100);
        const QStringList other = firstPeople(QStringLiteral(" 424242 "));
        QCOMPARE(other.size(), 100);
        QVERIFY(other != usual);
        QCOMPARE(firstPeople(QStringLiteral("1")), usual);
    }

    // --- files

    void aWorldGoesOutAndComesInAgain() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::World);
        QTRY_COMPARE(office.watch.presence(), Presence::Open);
        SimulatorFiles& files = *office.desk.files();
        QVERIFY(waitFor(
            office.api.registerAccount(QStringLiteral("traveller"), QStringLiteral("secret123"), {})));
        const QString path = office.directory.filePath(QStringLiteral("bug 1234 (mine).tikgok"));
        QSignalSpy done(&files, &SimulatorFiles::done);
        files.exportWorld(QUrl::fromLocalFile(path));
        QCOMPARE(files.work(), Work::ExportWorld);
        // One at a time.
        files.importWorld(QUrl::fromLocalFile(path));
        QCOMPARE(files.work(), Work::ExportWorld);
        QTRY_COMPARE(done.count(), 1);
        QCOMPARE(files.outcome(), Outcome::Done);
        QCOMPARE(files.place(), path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.read(16).startsWith("SQLite format 3"));
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());

        office.desk.makeWorld(QStringLiteral("empty"));
        QTRY_COMPARE(office.watch.world(), QStringLiteral("empty"));
        files.importWorld(QUrl::fromLocalFile(path));
        QTRY_COMPARE(done.count(), 2);
        QCOMPARE(files.place(), QStringLiteral("bug-1234-mine-"));
        // Nothing else has changed.
        QTRY_COMPARE(office.desk.snapshots()->count(), 1);
        QCOMPARE(office.watch.world(), QStringLiteral("empty"));
        // Again: a snapshot is not replaced by one from a file of the same name.
        files.importWorld(QUrl::fromLocalFile(path));
        QTRY_COMPARE(done.count(), 3);
        QCOMPARE(files.place(), QStringLiteral("bug-1234-mine--2"));
        QTRY_COMPARE(office.desk.snapshots()->count(), 2);
        office.desk.restoreSnapshot(QStringLiteral("bug-1234-mine-"));
        QVERIFY(office.idle());
        office.desk.findPeople(QStringLiteral("traveller"));
        QTRY_COMPARE(office.desk.people()->count(), 1);
        for (const char* name : {"bug-1234-mine-", "bug-1234-mine--2"}) {
            office.desk.removeSnapshot(QLatin1String(name));
        }
        QVERIFY(office.idle());
    }

    void wrongFilesChangeNothing_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<bool>("words");
        const QByteArray magic("SQLite format 3\0", 16);
        QTest::newRow("empty") << QByteArray("") << Outcome::NotAWorld << false;
        QTest::newRow("text") << QByteArray("Dear diary") << Outcome::NotAWorld << false;
        QTest::newRow("a film") << QByteArray(3'000'000, 'x') << Outcome::NotAWorld << false;
        QTest::newRow("a broken world") << magic + QByteArray(2'500'000, 'x') << Outcome::NotAWorld << true;
        QTest::newRow("only the begin") << magic << Outcome::NotAWorld << true;
        QTest::newRow("none") << QByteArray() << Outcome::FileTrouble << false;
    }
    void wrongFilesChangeNothing() {
        QFETCH(QByteArray, content);
        QFETCH(bool, words);
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::World);
        QTRY_COMPARE(office.watch.presence(), Presence::Open);
        const QString path = office.directory.filePath(QStringLiteral("wrong.tikgok"));
        if (!content.isNull()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
        }
        SimulatorFiles& files = *office.desk.files();
        QSignalSpy done(&files, &SimulatorFiles::done);
        files.importWorld(QUrl::fromLocalFile(path));
        QTRY_COMPARE(files.work(), Work::None);
        QTEST(files.outcome(), "outcome");
        QCOMPARE(!files.words().isEmpty(), words);
        QCOMPARE(files.last(), Work::ImportWorld);
        QCOMPARE(done.count(), 0);
        const auto left = waitFor(office.client.call(AdminCall::get(QStringLiteral("snapshots")), {}));
        QVERIFY(left);
        QVERIFY(left->value(QLatin1StringView("snapshots")).toArray().isEmpty());
        QCOMPARE(office.watch.world(), QStringLiteral("small"));
        QCOMPARE(office.feedStatus(), 200);
    }

    void filesThatCannotBe() {
        Office office;
        office.openTo(*simulator_);
        SimulatorFiles& files = *office.desk.files();
        files.importWorld(QUrl(QStringLiteral("https://example.org/x.tikgok")));
        QCOMPARE(files.outcome(), Outcome::NotHere);
        QCOMPARE(files.work(), Work::None);
        // A folder.
        files.importWorld(QUrl::fromLocalFile(office.directory.path()));
        QTRY_COMPARE(files.outcome(), Outcome::NotAWorld);
        files.exportWorld(
            QUrl::fromLocalFile(office.directory.filePath(QStringLiteral("no/such/folder.tikgok"))));
        QTRY_COMPARE(files.outcome(), Outcome::FileTrouble);
        QVERIFY(!files.place().isEmpty());
        // Nothing was recorded.
        files.saveRecording(QUrl::fromLocalFile(office.directory.filePath(QStringLiteral("x.replay"))));
        QTRY_COMPARE(files.work(), Work::None);
        QCOMPARE(files.outcome(), Outcome::Refused);
        QCOMPARE(files.problem(), ErrorKind::NotFound);
        QVERIFY(!QFile::exists(office.directory.filePath(QStringLiteral("x.replay"))));
    }

    void aFileOnItsWayIsStopped() {
        // Never answers.
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Office office;
        office.line.setServer(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort())));
        office.watch.setServer(QStringLiteral("x"), QStringLiteral("token"));
        SimulatorFiles& files = *office.desk.files();
        const QString path = office.directory.filePath(QStringLiteral("x.tikgok"));
        files.exportWorld(QUrl::fromLocalFile(path));
        QTRY_VERIFY(server.hasPendingConnections());
        files.stop();
        QCOMPARE(files.work(), Work::None);
        QCOMPARE(files.outcome(), Outcome::Stopped);
        QVERIFY(!QFile::exists(path));
        // Another server: nothing of the former one is told.
        files.exportWorld(QUrl::fromLocalFile(path));
        office.watch.setServer(QStringLiteral("other"));
        QCOMPARE(files.work(), Work::None);
        QCOMPARE(files.outcome(), Outcome::None);
    }

    void whatWasStoppedIsTakenBack() {
        Held held;
        Office office(&held);
        SimulatorFiles& files = *office.desk.files();
        files.importWorld(worldFile(office));
        QVERIFY(files.stoppable());
        QTRY_COMPARE(held.asked.size(), 1);
        held.say(0, R"({"import":"7"})");
        QTRY_COMPARE(held.asked.size(), 2);
        QCOMPARE(held.asked.at(1).path, QStringLiteral("/_sim/imports/7"));
        files.stop();
        QCOMPARE(files.outcome(), Outcome::Stopped);
        QTRY_COMPARE(held.asked.size(), 3);
        QCOMPARE(held.asked.at(2).verb, AdminVerb::Delete);
        QCOMPARE(held.asked.at(2).path, QStringLiteral("/_sim/imports/7"));
        held.say(2, "{}");
        QCOMPARE(files.outcome(), Outcome::Stopped);
        QCOMPARE(files.work(), Work::None);
    }

    void theLastStepIsNotStopped() {
        Held held;
        Office office(&held);
        SimulatorFiles& files = *office.desk.files();
        files.importWorld(worldFile(office));
        const QList<QByteArray> answers{R"({"import":"7"})", "{}", "{}", R"({"snapshots":[]})"};
        for (qsizetype i = 0; i < answers.size(); ++i) {
            QTRY_COMPARE(held.asked.size(), i + 1);
            QVERIFY(files.stoppable());
            held.say(i, answers.at(i));
        }
        QTRY_COMPARE(held.asked.size(), 5);
        QCOMPARE(held.asked.at(4).path, QStringLiteral("/_sim/imports/7/finish"));
        QVERIFY(!files.stoppable());
        files.stop();
        QCOMPARE(files.work(), Work::ImportWorld);
        held.say(4, "{}");
        QTRY_COMPARE(files.outcome(), Outcome::Done);
        QCOMPARE(files.place(), QStringLiteral("x"));
        QCOMPARE(held.asked.size(), 5);
    }

    void aSlowWayUpIsNoSilence() {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        constexpr int kBody = 24 * 1024 * 1024;
        connect(&server, &QTcpServer::newConnection, this, [&server] {
            QTcpSocket* const socket = server.nextPendingConnection();
            socket->setReadBufferSize(64 * 1024);
            auto* const sip = new QTimer(socket);
            connect(sip, &QTimer::timeout, socket, [socket, taken = qint64{0}]() mutable {
                for (int i = 0; i < 24; ++i) {
                    taken += socket->read(64 * 1024).size();
                    socket->waitForReadyRead(1);
                }
                if (taken > kBody) {
                    taken = 0;
                    socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                }
            });
            sip->start(100);
        });
        NetworkAdminTransport line;
        line.setServer(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort())));
        // In all it takes longer.
        const auto answer = waitFor(line.send({.verb = AdminVerb::Put,
                                               .path = QStringLiteral("/_sim/imports/7"),
                                               .body = QByteArray(kBody, 'x'),
                                               .idleTimeout = std::chrono::milliseconds(900)},
                                              {}));
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
        QCOMPARE(answer->body, QByteArray("{}"));
    }

    void moreThanThePageTakesIsSaid() {
        Mute mute;
        mute.says = std::unexpected(
            Error{.kind = ErrorKind::TooLarge, .serverWords = {}, .retryAfter = {}, .detail = {}});
        Office office(&mute);
        SimulatorFiles& files = *office.desk.files();
        files.exportWorld(QUrl::fromLocalFile(office.directory.filePath(QStringLiteral("x.tikgok"))));
        QTRY_COMPARE(files.outcome(), Outcome::TooLarge);
    }

    void snapshotsAreNamedAfterFiles_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QStringList>("taken");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << "/tmp/before.tikgok" << QStringList() << "before";
        QTest::newRow("taken") << "/tmp/before.tikgok" << QStringList{"before", "before-2"} << "before-3";
        QTest::newRow("spaces") << "/tmp/my  world.v2.tikgok" << QStringList() << "my-world.v2";
        QTest::newRow("hidden") << "/tmp/..hidden.tikgok" << QStringList() << "hidden";
        QTest::newRow("Chinese") << QString::fromUtf8("/tmp/世界.tikgok") << QStringList() << "imported";
        QTest::newRow("long") << "/tmp/" + QString(300, QLatin1Char('a')) << QStringList()
                              << QString(48, QLatin1Char('a'));
    }
    void snapshotsAreNamedAfterFiles() {
        QFETCH(QString, path);
        QFETCH(QStringList, taken);
        QTEST(SimulatorFiles::snapshotName(path, taken), "name");
    }

private:
    // An exported world of two pieces, as far as the page looks.
    QUrl worldFile(Office& office) {
        const QString path = office.directory.filePath(QStringLiteral("x.tikgok"));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            file.write(QByteArray("SQLite format 3\0", 16) + QByteArray(1'500'000, 'x'));
        }
        return QUrl::fromLocalFile(path);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::SimulatorWorldsTest)
#include "simulator_worlds_test.moc"
