// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Simulator page without its page, against a real simulator, and against servers that are none, say no or
// go away: who is there, faults, scenarios, the clock and people. Worlds and files are in
// simulator_worlds_test.cpp, what it shows of what happened in simulator_findings_test.cpp.

#include "core/simulator/simulator_desk.h"

#include "core/simulator/fault_presets.h"
#include "core/simulator/simulator_facts.h"
#include "tests/core/support/simulator_office.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

namespace tikgok {

using test::answerOf;
using test::Mute;
using test::Office;
using test::othersAskMeanwhile;
using test::startSimulator;
using test::waitFor;
using Presence = SimulatorWatch::Presence;
using Section = SimulatorDesk::Section;

class SimulatorDeskTest : public QObject, private test::DeskStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startServer(); }
    void init() { makeServerGood(); }

    // --- who is there

    void tellsWhatItMeets_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Presence>("presence");
        QTest::newRow("simulator") << 200 << QByteArray(R"({"version":"1","chaos":{}})") << Presence::Open;
        QTest::newRow("simulator, shut")
            << 401 << QByteArray(R"({"error":{"code":"token","message":"Send it."}})")
            << Presence::TokenNeeded;
        QTest::newRow("404 of the contract")
            << 404 << QByteArray(R"({"status_code":1,"status_msg":"no"})") << Presence::NotSimulator;
        QTest::newRow("404 page") << 404 << QByteArray("<html>") << Presence::NotSimulator;
        QTest::newRow("401 of others") << 401 << QByteArray("who are you") << Presence::NotSimulator;
        QTest::newRow("a page for everything") << 200 << QByteArray("<html>") << Presence::NotSimulator;
        QTest::newRow("JSON of others") << 200 << QByteArray("{}") << Presence::NotSimulator;
        QTest::newRow("redirect") << 302 << QByteArray() << Presence::NotSimulator;
        QTest::newRow("broken") << 502 << QByteArray("bad gateway") << Presence::NotSimulator;
    }
    void tellsWhatItMeets() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        Mute mute;
        mute.says = answerOf(status, body);
        Office office(&mute);
        // Of a simulator that once was there.
        QVERIFY(waitFor(keep(office.vault, QStringLiteral("x"))));
        office.watch.setServer(QStringLiteral("x"));
        QTRY_VERIFY(office.watch.presence() != Presence::Unknown);
        QTEST(office.watch.presence(), "presence");
        QVERIFY(!office.watch.chaotic());
        // Whoever is no simulator is asked once, and never with a token.
        if (office.watch.presence() == Presence::NotSimulator) {
            office.watch.setAwake(true);
            QTRY_COMPARE(mute.asked.size(), 2);
            QVERIFY(othersAskMeanwhile());
            QCOMPARE(mute.asked.size(), 2);
            QVERIFY(mute.asked.at(0).token.isEmpty() && mute.asked.at(1).token.isEmpty());
        }
    }

    void aRealServerThatIsNone() {
        // Answers as any web server does.
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server, [&server] {
            QTcpSocket* socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->readAll();
                socket->write("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
                socket->disconnectFromHost();
            });
        });
        Office office;
        office.line.setServer(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort())));
        office.watch.setServer(QStringLiteral("x"));
        QTRY_COMPARE(office.watch.presence(), Presence::NotSimulator);
        QVERIFY(!office.watch.there());
    }

    void opensWithTheTokenOfTheOneInside() {
        Office office;
        office.openTo(*simulator_);
        QTRY_COMPARE(office.watch.presence(), Presence::Open);
        QCOMPARE(office.watch.world(), QStringLiteral("small"));
        QCOMPARE(office.watch.dialect(), QStringLiteral("standard"));
        QVERIFY(!office.watch.chaotic());
    }

    void asksForATokenOnceAndKeepsIt() {
        MemoryVault kept;
        {
            Office office;
            office.connectTo(*simulator_, {});
            QTRY_COMPARE(office.watch.presence(), Presence::TokenNeeded);
            QVERIFY(!office.watch.tokenRefused());
            office.watch.giveToken(QStringLiteral("wrong"));
            QTRY_VERIFY(office.watch.tokenRefused());
            QCOMPARE(office.watch.presence(), Presence::TokenNeeded);
            QVERIFY(!waitFor(load(office.vault)));
            office.watch.giveToken(
                QStringLiteral("  %1\n").arg(QString::fromStdString(simulator_->adminToken())));
            QTRY_COMPARE(office.watch.presence(), Presence::Open);
            QVERIFY(!office.watch.tokenRefused());
            QTRY_VERIFY(waitFor(load(office.vault)));
            // For the diagnostics to take out, the wrong one too.
            QCOMPARE(office.watch.secrets().size(), 2);
            // Another server, and back: it is not asked for again.
            office.watch.setServer(QStringLiteral("other"));
            QTRY_COMPARE(office.watch.presence(), Presence::TokenNeeded);
            office.watch.setServer(QStringLiteral("sim"));
            QTRY_COMPARE(office.watch.presence(), Presence::Open);
            // Nothing of it is in the settings.
            QFile settings(office.directory.filePath(QStringLiteral("settings.json")));
            if (settings.open(QIODevice::ReadOnly)) {
                QVERIFY(!settings.readAll().contains(simulator_->adminToken().c_str()));
            }
        }
    }

    void looksOnlyWhileAwake() {
        Mute mute;
        mute.says = answerOf(200, R"({"version":"1","chaos":{"rules":1}})");
        Office office(&mute);
        office.watch.setServer(QStringLiteral("x"));
        QTRY_VERIFY(office.watch.chaotic());
        QVERIFY(othersAskMeanwhile());
        QCOMPARE(mute.asked.size(), 1);
        office.watch.setAwake(true);
        QTRY_VERIFY(mute.asked.size() > 4);
        office.watch.setAwake(false);
        QCoreApplication::processEvents();
        const qsizetype before = mute.asked.size();
        QVERIFY(othersAskMeanwhile());
        QCOMPARE(mute.asked.size(), before);
        // All of them the one cheap question.
        for (const AdminRequest& one : mute.asked) {
            QCOMPARE(one.path, QStringLiteral("/_sim/"));
        }
    }

    void asksNothingWhileHidden() {
        Mute mute;
        mute.says = answerOf(200, R"({"version":"1"})");
        Office office(&mute);
        office.watch.setServer(QStringLiteral("x"));
        QTRY_COMPARE(office.watch.presence(), Presence::Open);
        office.desk.setShown(true);
        QTRY_VERIFY(mute.asked.size() > 10);
        office.desk.setShown(false);
        QCoreApplication::processEvents();
        const qsizetype before = mute.asked.size();
        QVERIFY(othersAskMeanwhile());
        QCOMPARE(mute.asked.size(), before);
    }

    // --- chaos

    void tellsWhatIsTurned_data() {
        QTest::addColumn<std::function<void(SimulatorDesk&)>>("turn");
        QTest::addColumn<std::function<bool(const SimulatorWatch&)>>("told");
        using Turn = std::function<void(SimulatorDesk&)>;
        using Told = std::function<bool(const SimulatorWatch&)>;
        QTest::newRow("rule") << Turn([](SimulatorDesk& d) { d.addPreset(QStringLiteral("slow-media")); })
                              << Told([](const SimulatorWatch& w) { return w.rulesOn() == 1; });
        QTest::newRow("inside") << Turn([](SimulatorDesk& d) {
            d.switchInside(QStringLiteral("cover_fails"), true);
        }) << Told([](const SimulatorWatch& w) { return w.insideOn() == 1; });
        QTest::newRow("clock") << Turn([](SimulatorDesk& d) { d.freezeClock(); })
                               << Told([](const SimulatorWatch& w) { return !w.realTime(); });
        QTest::newRow("scenario") << Turn([](SimulatorDesk& d) {
            d.loadScenario(QStringLiteral("feed-of-one"));
        }) << Told([](const SimulatorWatch& w) { return w.scenario() == QStringLiteral("feed-of-one"); });
    }
    void tellsWhatIsTurned() {
        QFETCH(std::function<void(SimulatorDesk&)>, turn);
        QFETCH(std::function<bool(const SimulatorWatch&)>, told);
        Office office;
        office.openTo(*simulator_);
        QTRY_COMPARE(office.watch.presence(), Presence::Open);
        QVERIFY(!office.watch.chaotic());
        // Also with the page out of sight, where only the banner is.
        turn(office.desk);
        QTRY_VERIFY(told(office.watch));
        QVERIFY(office.watch.chaotic());
        office.desk.makeGood();
        QTRY_VERIFY(!office.watch.chaotic());
        QCOMPARE(office.desk.problem(), ErrorKind::None);
    }

    void everyPresetIsTakenAndStrikes() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        for (const QString& preset : faultPresets()) {
            office.desk.addPreset(preset);
            QVERIFY(office.idle());
            QCOMPARE(office.desk.problem(), ErrorKind::None);
        }
        QTRY_COMPARE(office.desk.rules()->count(), faultPresets().size());
        office.desk.makeGood();
        QTRY_COMPARE(office.desk.rules()->count(), 0);
        office.desk.addPreset(QStringLiteral("feed-500"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 500);
        QTRY_COMPARE(office.of(office.desk.rules(), 0, FaultRulesModel::StruckRole).toString(),
                     QStringLiteral("1"));
        // One by one.
        office.desk.switchRule(QStringLiteral("feed-500"), false);
        QTRY_COMPARE(office.of(office.desk.rules(), 0, FaultRulesModel::OnRole).toBool(), false);
        QCOMPARE(office.feedStatus(), 200);
        office.desk.removeRule(QStringLiteral("feed-500"));
        QTRY_COMPARE(office.desk.rules()->count(), 0);
        // Nobody knows such a preset.
        office.desk.addPreset(QStringLiteral("nothing"));
        QVERIFY(!office.desk.busy());
    }

    void aRuleOfOnesOwn() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        QTRY_COMPARE(office.desk.inside()->count(), 8);
        office.desk.addRule(QStringLiteral("/douyin/feed/"), QStringLiteral("status"), 418, 100, 2);
        QTRY_COMPARE(office.desk.rules()->count(), 1);
        office.desk.addRule(QStringLiteral("/douyin/*"), QStringLiteral("status"), 503, 25, 0);
        QTRY_COMPARE(office.desk.rules()->count(), 2);
        const auto of = [&office](int row, int role) { return office.of(office.desk.rules(), row, role); };
        QCOMPARE(of(0, FaultRulesModel::NameRole).toString(), QStringLiteral("status"));
        QCOMPARE(of(1, FaultRulesModel::NameRole).toString(), QStringLiteral("status-2"));
        QCOMPARE(of(0, FaultRulesModel::RouteRole).toString(), QStringLiteral("/douyin/feed/"));
        QCOMPARE(of(0, FaultRulesModel::KindsRole).toStringList(), QStringList{QStringLiteral("status")});
        QCOMPARE(of(0, FaultRulesModel::NumberRole).toString(), QStringLiteral("418"));
        QCOMPARE(of(0, FaultRulesModel::TimesRole).toString(), QStringLiteral("2"));
        QCOMPARE(of(1, FaultRulesModel::ChanceRole).toInt(), 25);
        QCOMPARE(office.feedStatus(), 418);
        QCOMPARE(office.feedStatus(), 418);
        QTRY_COMPARE(of(0, FaultRulesModel::EndedRole).toString(), QStringLiteral("times"));
        QVERIFY(!of(0, FaultRulesModel::OnRole).toBool());
    }

    void refusalsAreSaidInTheServersWords_data() {
        QTest::addColumn<std::function<void(SimulatorDesk&)>>("turn");
        QTest::addColumn<QString>("words");
        using Turn = std::function<void(SimulatorDesk&)>;
        QTest::newRow("status") << Turn([](SimulatorDesk& d) {
            d.addRule(QStringLiteral("/douyin/feed/"), QStringLiteral("status"), 999, 100, 0);
        }) << QStringLiteral("status");
        QTest::newRow("route") << Turn([](SimulatorDesk& d) {
            d.addRule(QStringLiteral("/nowhere"), QStringLiteral("reset"), 0, 100, 0);
        }) << QStringLiteral("route");
        QTest::newRow("chance") << Turn([](SimulatorDesk& d) {
            d.addRule(QStringLiteral("/ping"), QStringLiteral("reset"), 0, 700, 0);
        }) << QStringLiteral("probability");
        QTest::newRow("clock") << Turn([](SimulatorDesk& d) { d.scaleClock(-1); })
                               << QStringLiteral("factor");
        QTest::newRow("world") << Turn([](SimulatorDesk& d) { d.makeWorld(QStringLiteral("no/where")); })
                               << QStringLiteral("name");
        QTest::newRow("seed") << Turn([](SimulatorDesk& d) {
            d.makeWorld(QStringLiteral("busy"), QStringLiteral("seven"));
        }) << QStringLiteral("seed");
        QTest::newRow("seed below nothing")
            << Turn([](SimulatorDesk& d) { d.makeWorld(QStringLiteral("busy"), QStringLiteral("-7")); })
            << QStringLiteral("seed");
        QTest::newRow("snapshot") << Turn([](SimulatorDesk& d) { d.saveSnapshot(QStringLiteral("../x")); })
                                  << QString();
        QTest::newRow("no snapshot") << Turn([](SimulatorDesk& d) {
            d.restoreSnapshot(QStringLiteral("gone"));
        }) << QStringLiteral("gone");
        QTest::newRow("dialect") << Turn([](SimulatorDesk& d) { d.speak(QStringLiteral("klingon")); })
                                 << QStringLiteral("dialect");
        QTest::newRow("person") << Turn([](SimulatorDesk& d) { d.become(QStringLiteral("424242")); })
                                << QStringLiteral("nobody");
    }
    void refusalsAreSaidInTheServersWords() {
        QFETCH(std::function<void(SimulatorDesk&)>, turn);
        QFETCH(QString, words);
        Office office;
        office.openTo(*simulator_);
        QTRY_COMPARE(office.watch.presence(), Presence::Open);
        turn(office.desk);
        QVERIFY(office.idle());
        QVERIFY(office.desk.problem() == ErrorKind::Refused || office.desk.problem() == ErrorKind::NotFound);
        QVERIFY2(!office.desk.problemWords().isEmpty(), "no words");
        QVERIFY2(office.desk.problemWords().contains(words), qPrintable(office.desk.problemWords()));
        QVERIFY(!office.session.signedIn());
        // The next lever that moves takes it away.
        office.desk.resetClock();
        QVERIFY(office.idle());
        QCOMPARE(office.desk.problem(), ErrorKind::None);
        QCOMPARE(office.watch.presence(), Presence::Open);
    }

    void scenariosBringAGuest() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Scenarios);
        QTRY_COMPARE(office.desk.scenarios()->count(), 29);
        QVERIFY(!office.of(office.desk.scenarios(), 0, ScenariosModel::DescriptionRole).toString().isEmpty());
        QSignalSpy world(&office.desk, &SimulatorDesk::worldChanged);
        office.desk.loadScenario(QStringLiteral("everything-500"));
        QTRY_COMPARE(world.count(), 1);
        QCOMPARE(office.desk.guestName(), QStringLiteral("qa"));
        QTRY_COMPARE(office.watch.scenario(), QStringLiteral("everything-500"));
        QCOMPARE(office.feedStatus(), 500);
        office.desk.become(office.desk.guestId());
        QTRY_VERIFY(office.session.signedIn());
        QCOMPARE(office.session.userName(), QStringLiteral("qa"));
        office.desk.makeGood();
        QTRY_VERIFY(office.watch.scenario().isEmpty());
        QVERIFY(office.desk.guestId().isEmpty());
        QCOMPARE(office.feedStatus(), 200);
    }

    // --- clock

    void turnsTheClock() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Clock);
        QTRY_VERIFY(!office.desk.clockText().isEmpty());
        QVERIFY(office.desk.clockReal());
        office.desk.freezeClock();
        QTRY_VERIFY(office.desk.clockFrozen());
        QVERIFY(office.idle());
        const auto now = [&office] {
            const auto said = waitFor(office.client.call(AdminCall::get(QStringLiteral("clock")), {}));
            return said ? simulatorClockFrom(*said).nowMs : -1;
        };
        const QString frozen = office.desk.clockText();
        const qint64 before = now();
        office.desk.advanceClock(86'400);
        QTRY_VERIFY(office.desk.clockText() != frozen);
        QCOMPARE(now() - before, qint64{86'400'000});
        QVERIFY(office.desk.clockFrozen());
        office.desk.runClock();
        QTRY_VERIFY(!office.desk.clockFrozen());
        office.desk.scaleClock(60);
        QTRY_COMPARE(office.desk.clockScale(), 60.0);
        QVERIFY(!office.desk.clockReal());
        office.desk.resetClock();
        QTRY_VERIFY(office.desk.clockReal());
        QCOMPARE(office.desk.clockScale(), 1.0);
    }

    // --- people

    void becomesAnybody() {
        Office office;
        office.openTo(*simulator_);
        office.desk.findPeople(QString());
        QTRY_COMPARE(office.desk.people()->count(), 12);
        office.desk.findPeople(QStringLiteral("mik"));
        QTRY_COMPARE(office.desk.people()->count(), 1);
        QCOMPARE(office.of(office.desk.people(), 0, SimPeopleModel::NameRole).toString(),
                 QStringLiteral("mika"));
        QSignalSpy became(&office.desk, &SimulatorDesk::becameSomebody);
        office.desk.become(office.of(office.desk.people(), 0, SimPeopleModel::UserIdRole).toString());
        QTRY_COMPARE(became.count(), 1);
        QVERIFY(office.session.signedIn());
        QCOMPARE(office.session.userName(), QStringLiteral("mika"));
        // The token is a good one, and is kept as any other.
        const auto me = waitFor(office.api.user(office.session.userId(), office.session.token(), {}));
        QVERIFY(me);
        QCOMPARE(QString::fromStdString(me->name), QStringLiteral("mika"));
        QCOMPARE(office.session.accounts().size(), 1);
        // And somebody else, from there.
        office.desk.findPeople(QStringLiteral("kiko"));
        QTRY_COMPARE(office.of(office.desk.people(), 0, SimPeopleModel::NameRole).toString(),
                     QStringLiteral("kiko"));
        office.desk.become(office.of(office.desk.people(), 0, SimPeopleModel::UserIdRole).toString());
        QTRY_COMPARE(office.session.userName(), QStringLiteral("kiko"));
        office.desk.become(QStringLiteral("not a number"));
        QVERIFY(!office.desk.busy());
    }

    // --- it goes away

    void theServerGoesInTheMiddle() {
        auto simulator = startSimulator(data_.filePath(QStringLiteral("short")));
        QVERIFY(simulator);
        Office office;
        office.watch.setAwake(true);
        office.openTo(*simulator);
        office.desk.setShown(true);
        QTRY_COMPARE(office.desk.inside()->count(), 8);
        office.desk.freezeClock();
        QTRY_VERIFY(office.watch.chaotic());
        simulator.reset();
        QTRY_COMPARE(office.watch.presence(), Presence::Silent);
        // It was a simulator: the page stays what it is. Nobody knows what is turned there.
        QVERIFY(office.watch.there());
        QVERIFY(!office.watch.chaotic());
        office.desk.runClock();
        QVERIFY(office.idle());
        QCOMPARE(office.desk.problem(), ErrorKind::Offline);
        QSignalSpy failed(&office.desk, &SimulatorDesk::harFailed);
        office.desk.exportHar(QUrl::fromLocalFile(office.directory.filePath(QStringLiteral("x.har"))));
        QTRY_VERIFY(!office.desk.exporting());
        QCOMPARE(office.desk.problem(), ErrorKind::Offline);
        QVERIFY(!QFile::exists(office.directory.filePath(QStringLiteral("x.har"))));
    }

    void whoeverGoesInTheMiddleLeavesNothingBehind() {
        for (int i = 0; i <= static_cast<int>(Section::Load); ++i) {
            auto office = std::make_unique<Office>();
            office->openTo(*simulator_);
            office->desk.setShown(true);
            office->desk.setSection(static_cast<Section>(i));
            office->desk.freezeClock();
            office->desk.exportHar(QUrl::fromLocalFile(office->directory.filePath(QStringLiteral("x.har"))));
            office->desk.files()->exportWorld(
                QUrl::fromLocalFile(office->directory.filePath(QStringLiteral("x.tikgok"))));
            office->desk.findPeople(QString());
            for (int k = 0; k < i; ++k) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
            }
            office.reset();
        }
        QCoreApplication::processEvents();
    }

    void anotherServerBringsNothingOfTheFormer() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.addPreset(QStringLiteral("slow-media"));
        QTRY_COMPARE(office.desk.rules()->count(), 1);
        office.line.setServer(QUrl(QStringLiteral("http://127.0.0.1:1")));
        office.watch.setServer(QStringLiteral("other"));
        QCOMPARE(office.desk.rules()->count(), 0);
        QCOMPARE(office.watch.rulesOn(), 0);
        QTRY_COMPARE(office.watch.presence(), Presence::Silent);
        QVERIFY(!office.watch.there());
        QVERIFY(office.client.token().isEmpty());
    }

    void namesCannotBecomePaths() {
        QCOMPARE(AdminCall::piece(QStringLiteral("../a/b?c#d")), QStringLiteral("..%2Fa%2Fb%3Fc%23d"));
        QVERIFY(!AdminCall::piece(QString()).isEmpty());
    }

private:
    static QCoro::Task<Result<bool>> keep(TokenVault& vault, QString server) {
        const auto kept = co_await vault.store(SimulatorWatch::vaultKey(server), QStringLiteral("kept"), {});
        co_return kept.has_value();
    }
    static QCoro::Task<Result<QString>> load(TokenVault& vault) {
        const auto kept = co_await vault.load(QStringLiteral("simulator|sim"), {});
        if (!kept) {
            co_return std::unexpected(Error{.serverWords = {}, .retryAfter = {}, .detail = {}});
        }
        co_return *kept;
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::SimulatorDeskTest)
#include "simulator_desk_test.moc"
