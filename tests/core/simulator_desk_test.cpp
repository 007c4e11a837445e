// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Simulator page without its page: against a real simulator, and against servers that are none, say no or
// go away.

#include "core/simulator/simulator_desk.h"

#include "backend-sim/simulator.h"
#include "core/account/session.h"
#include "core/api/network_transport.h"
#include "core/settings/settings.h"
#include "core/simulator/fault_presets.h"
#include "core/simulator/network_admin_transport.h"
#include "core/simulator/simulator_watch.h"
#include "tests/core/support/wait.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>

namespace tikgok {

using test::waitFor;
using test::waitUntil;
using Presence = SimulatorWatch::Presence;
using Section = SimulatorDesk::Section;
using Work = SimulatorFiles::Work;
using Outcome = SimulatorFiles::Outcome;

namespace {

constexpr std::chrono::milliseconds kQuick{30};

std::unique_ptr<sim::Simulator> startSimulator(const QString& directory) {
    sim::SimulatorConfig config;
    config.dataDirectory = directory.toStdString();
    auto started = sim::Simulator::start(std::move(config));
    if (!started) {
        qWarning("%s", started.error().c_str());
        return nullptr;
    }
    return std::move(*started);
}

// Says the same to everything.
class Mute final : public AdminTransport {
public:
    Result<HttpAnswer> says =
        std::unexpected(Error{.kind = ErrorKind::Offline, .serverWords = {}, .retryAfter = {}, .detail = {}});
    QList<AdminRequest> asked;

    QCoro::Task<Result<HttpAnswer>> send(AdminRequest request, std::stop_token) override {
        asked.append(request);
        auto answer = says;
        co_return std::move(answer);
    }
};

// Answers when it is told to.
class Held final : public AdminTransport {
public:
    QList<AdminRequest> asked;

    QCoro::Task<Result<HttpAnswer>> send(AdminRequest request, std::stop_token alive) override {
        asked.append(std::move(request));
        const Once<Result<HttpAnswer>> answer;
        waiting_.append(answer);
        const std::stop_callback gone(alive, [answer] { answer.finish(std::unexpected(cancelledError())); });
        co_return co_await answer;
    }
    // To the request of that number, from 0.
    void say(qsizetype number, const QByteArray& body) {
        waiting_[number].finish(HttpAnswer{.status = 200, .body = body, .retryAfter = {}});
    }

private:
    QList<Once<Result<HttpAnswer>>> waiting_;
};

// The part of the client that the page needs.
struct Office {
    explicit Office(AdminTransport* other = nullptr)
        : client(other == nullptr ? static_cast<AdminTransport&>(line) : *other),
          watch(client, vault, {.pace = kQuick}),
          session(api, vault, settings),
          desk(client, watch, session, {.pace = kQuick}) {
        for (QAbstractItemModel* model : std::initializer_list<QAbstractItemModel*>{
                 desk.rules(), desk.inside(), desk.scenarios(), desk.snapshots(), desk.people(),
                 desk.journal(), desk.load(), desk.deadLetters(), desk.findings(), desk.coverage()}) {
            new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest,
                                         &testers);
        }
    }
    void connectTo(const sim::Simulator& simulator, const QString& token,
                   const QString& key = QStringLiteral("sim")) {
        const QUrl url(QString::fromStdString(simulator.url()));
        line.setServer(url);
        transport.setServer(url);
        session.setServer(key);
        watch.setServer(key, token);
    }
    void openTo(const sim::Simulator& simulator) {
        connectTo(simulator, QString::fromStdString(simulator.adminToken()));
    }
    bool idle() {
        return waitUntil([this] { return !desk.busy(); });
    }
    int feedStatus(const QString& latestTime = {}) {
        HttpRequest request;
        request.path = QStringLiteral("/douyin/feed/");
        if (!latestTime.isEmpty()) {
            request.query.append({QStringLiteral("latest_time"), latestTime});
        }
        const auto answer = waitFor(transport.send(request, {}));
        return answer ? answer->status : -1;
    }
    QVariant of(CountedModel* model, int row, int role) { return model->data(model->index(row), role); }

    QTemporaryDir directory;
    QObject testers;
    NetworkAdminTransport line;
    NetworkTransport transport;
    MemoryVault vault;
    Settings settings{directory.filePath(QStringLiteral("settings.json"))};
    Api api{transport, {.retries = 0}};
    AdminClient client;
    SimulatorWatch watch;
    Session session;
    SimulatorDesk desk;
};

HttpAnswer answerOf(int status, const QByteArray& body) {
    return {.status = status, .body = body, .retryAfter = {}};
}

}  // namespace

class SimulatorDeskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        simulator_ = startSimulator(data_.filePath(QStringLiteral("main")));
        QVERIFY(simulator_);
    }
    // Each test finds a good server.
    void init() {
        Office office;
        office.openTo(*simulator_);
        office.desk.makeGood();
        QVERIFY(office.idle());
        office.desk.makeWorld(QStringLiteral("small"));
        QVERIFY(office.idle());
    }

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
        office.watch.setServer(QStringLiteral("x"));
        QTRY_VERIFY(office.watch.presence() != Presence::Unknown);
        QTEST(office.watch.presence(), "presence");
        QVERIFY(!office.watch.chaotic());
        // Whoever is no simulator is asked once, and never with a token.
        if (office.watch.presence() == Presence::NotSimulator) {
            office.watch.setAwake(true);
            QTRY_COMPARE(mute.asked.size(), 2);
            QTest::qWait(static_cast<int>(3 * kQuick.count()));
            QCOMPARE(mute.asked.size(), 2);
            QVERIFY(mute.asked.at(0).token.isEmpty());
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
        QTest::qWait(static_cast<int>(3 * kQuick.count()));
        QCOMPARE(mute.asked.size(), 1);
        office.watch.setAwake(true);
        QTRY_VERIFY(mute.asked.size() > 4);
        office.watch.setAwake(false);
        QCoreApplication::processEvents();
        const qsizetype before = mute.asked.size();
        QTest::qWait(static_cast<int>(3 * kQuick.count()));
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
        QTest::qWait(static_cast<int>(3 * kQuick.count()));
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

    // --- clock and world

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
        const QString frozen = office.desk.clockText();
        office.desk.advanceClock(86'400);
        QTRY_VERIFY(office.desk.clockText() != frozen);
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

    // An exported world of two pieces, as far as the page looks.
    QUrl worldFile(Office& office) {
        const QString path = office.directory.filePath(QStringLiteral("x.tikgok"));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            file.write(QByteArray("SQLite format 3\0", 16) + QByteArray(1'500'000, 'x'));
        }
        return QUrl::fromLocalFile(path);
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

    // --- journal

    // With nothing in it yet.
    void openJournal(Office& office) {
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Journal);
        // By itself, from the first look on.
        QTRY_VERIFY(office.desk.recording());
        office.desk.clearJournal();
        QVERIFY(office.idle());
        QTRY_COMPARE(office.desk.journal()->count(), 0);
    }

    void showsWhatWasCut() {
        Office office;
        openJournal(office);
        office.desk.addPreset(QStringLiteral("no-answer"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), -1);
        // Qt may have tried more than once.
        QTRY_VERIFY(office.desk.journal()->count() > 0);
        QCOMPARE(office.of(office.desk.journal(), 0, JournalModel::StatusRole).toInt(), 0);
        QCOMPARE(office.of(office.desk.journal(), 0, JournalModel::CutRole).toString(),
                 QStringLiteral("reset"));
        office.desk.openEntry(office.of(office.desk.journal(), 0, JournalModel::NumberRole).toString());
        QTRY_VERIFY(office.desk.entryText().contains(QStringLiteral("→ 0 (cut: reset)")));
        office.desk.removeRule(QStringLiteral("no-answer"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 200);
        QTRY_COMPARE(office.of(office.desk.journal(), 0, JournalModel::StatusRole).toInt(), 200);
        QCOMPARE(office.of(office.desk.journal(), 0, JournalModel::CutRole).toString(), QString());
    }

    void recordsFiltersAndExports() {
        Office office;
        openJournal(office);
        QCOMPARE(office.feedStatus(), 200);
        office.desk.addPreset(QStringLiteral("feed-500"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 500);
        QTRY_COMPARE(office.desk.journal()->count(), 2);
        const auto of = [&office](int row, int role) { return office.of(office.desk.journal(), row, role); };
        // The newest first.
        QCOMPARE(of(0, JournalModel::StatusRole).toInt(), 500);
        QCOMPARE(of(0, JournalModel::FaultRole).toString(), QStringLiteral("feed-500"));
        QCOMPARE(of(1, JournalModel::StatusRole).toInt(), 200);
        QCOMPARE(of(1, JournalModel::CodeRole).toInt(), 0);
        QCOMPARE(of(0, JournalModel::PathRole).toString(), QStringLiteral("/douyin/feed/"));
        office.desk.filterJournal(QString(), true);
        QTRY_COMPARE(office.desk.journal()->count(), 1);
        office.desk.filterJournal(QStringLiteral("/ping"), false);
        QTRY_COMPARE(office.desk.journal()->count(), 0);
        office.desk.filterJournal(QString(), false);
        QTRY_COMPARE(office.desk.journal()->count(), 2);

        const QString number = of(0, JournalModel::NumberRole).toString();
        office.desk.openEntry(number);
        QTRY_VERIFY(office.desk.entryText().contains(QStringLiteral("GET /douyin/feed/")));
        QVERIFY(office.desk.entryText().contains(QStringLiteral("500")));
        office.desk.closeEntry();
        QVERIFY(office.desk.entryText().isEmpty());
        QSignalSpy curl(&office.desk, &SimulatorDesk::curlReady);
        office.desk.askCurl(number);
        QTRY_COMPARE(curl.count(), 1);
        QVERIFY(curl.at(0).at(0).toString().startsWith(QStringLiteral("curl -i")));
        office.desk.openEntry(QStringLiteral("999999"));
        QTRY_COMPARE(office.desk.problem(), ErrorKind::NotFound);

        QSignalSpy saved(&office.desk, &SimulatorDesk::harSaved);
        QSignalSpy failed(&office.desk, &SimulatorDesk::harFailed);
        const QString path = office.directory.filePath(QStringLiteral("a journal.har"));
        office.desk.exportHar(QUrl::fromLocalFile(path));
        QTRY_COMPARE(saved.count(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject log =
            QJsonDocument::fromJson(file.readAll()).object().value(QLatin1StringView("log")).toObject();
        QCOMPARE(log.value(QLatin1StringView("version")).toString(), QStringLiteral("1.2"));
        QCOMPARE(log.value(QLatin1StringView("entries")).toArray().size(), 2);
        // Nobody else reads what people did.
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
        // A place where nothing can be written.
        office.desk.exportHar(
            QUrl::fromLocalFile(office.directory.filePath(QStringLiteral("no/such/folder.har"))));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!failed.at(0).at(0).toString().isEmpty());
        QVERIFY(!office.desk.exporting());
        office.desk.exportHar(QUrl(QStringLiteral("https://example.org/x.har")));
        QCOMPARE(failed.count(), 2);

        // Off, by the person: it stays off, also when the page is opened again.
        office.desk.setRecording(false);
        QTRY_VERIFY(!office.desk.recording());
        office.desk.setShown(false);
        office.desk.setShown(true);
        QTRY_VERIFY(office.watch.presence() == Presence::Open);
        QVERIFY(office.idle());
        QVERIFY(!office.desk.recording());
    }

    void moreThanFitsIsLeftBehind() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Journal);
        QTRY_VERIFY(office.desk.recording());
        for (int i = 0; i < JournalModel::kMost + 20; ++i) {
            QCOMPARE(office.feedStatus(), 200);
        }
        const auto newest = [&] {
            return office.of(office.desk.journal(), 0, JournalModel::NumberRole).toLongLong();
        };
        QTRY_COMPARE(office.desk.journal()->count(), static_cast<int>(JournalModel::kMost));
        QTRY_VERIFY(newest() >= JournalModel::kMost + 20);
        QCOMPARE(office.desk.journal()->count(), static_cast<int>(JournalModel::kMost));
    }

    // --- what it found

    void whatWasGivenUpIsSentAgain() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        QTRY_COMPARE(office.desk.inside()->count(), 8);
        QCOMPARE(office.desk.deadLetters()->count(), 0);
        office.desk.switchInside(QStringLiteral("poison_message"), true);
        QVERIFY(office.idle());
        for (const char* name : {"poisoned", "poisoned too"}) {
            QVERIFY(
                waitFor(office.api.registerAccount(QLatin1String(name), QStringLiteral("secret123"), {})));
        }
        QTRY_COMPARE_WITH_TIMEOUT(office.desk.deadLetters()->count(), 2, 20'000);
        QCOMPARE(office.desk.olderLetters(), 0);
        const auto of = [&office](int row, int role) {
            return office.of(office.desk.deadLetters(), row, role);
        };
        QVERIFY(of(0, DeadLettersModel::ReasonRole).toString().contains(QStringLiteral("poison")));
        QVERIFY(!of(0, DeadLettersModel::UploadRole).toBool());
        QCOMPARE(of(0, DeadLettersModel::FailuresRole).toInt(), 5);
        QVERIFY(!of(0, DeadLettersModel::DeadRole).toString().isEmpty());
        // The newest first.
        QVERIFY(of(0, DeadLettersModel::LetterRole).toLongLong() >
                of(1, DeadLettersModel::LetterRole).toLongLong());
        office.desk.switchInside(QStringLiteral("poison_message"), false);
        QVERIFY(office.idle());
        QSignalSpy resent(&office.desk, &SimulatorDesk::lettersResent);
        const QString newest = of(0, DeadLettersModel::LetterRole).toString();
        office.desk.resendLetter(newest);
        QTRY_COMPARE(resent.count(), 1);
        QCOMPARE(resent.at(0).at(0).toInt(), 1);
        QTRY_COMPARE(office.desk.deadLetters()->count(), 1);
        QVERIFY(of(0, DeadLettersModel::LetterRole).toString() != newest);
        office.desk.resendAllLetters();
        QTRY_COMPARE(resent.count(), 2);
        QTRY_COMPARE(office.desk.deadLetters()->count(), 0);
        // One that is gone meanwhile.
        office.desk.resendLetter(newest);
        QVERIFY(office.idle());
        QCOMPARE(office.desk.problem(), ErrorKind::NotFound);
        QVERIFY(!office.desk.problemWords().isEmpty());
        QCOMPARE(resent.count(), 2);
    }

    void onlyTheNewestDeadLettersAreShown() {
        Mute mute;
        QJsonArray letters;
        for (int i = 1; i <= 25; ++i) {
            letters.append(
                QJsonObject{{QStringLiteral("id"), i}, {QStringLiteral("topic"), QStringLiteral("upload")}});
        }
        mute.says = answerOf(200, QJsonDocument(QJsonObject{{QStringLiteral("version"), QStringLiteral("1")},
                                                            {QStringLiteral("dead_letters"), letters}})
                                      .toJson());
        Office office(&mute);
        office.watch.setServer(QStringLiteral("x"));
        office.desk.setShown(true);
        QTRY_COMPARE(office.desk.deadLetters()->count(), 20);
        QCOMPARE(office.desk.olderLetters(), 5);
        QCOMPARE(office.of(office.desk.deadLetters(), 0, DeadLettersModel::LetterRole).toInt(), 25);
        QVERIFY(office.of(office.desk.deadLetters(), 0, DeadLettersModel::UploadRole).toBool());
    }

    void looksAtBothSides() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Checks);
        QTRY_VERIFY(office.desk.recording());
        QVERIFY(!office.desk.validating());
        office.desk.setValidating(true);
        QTRY_VERIFY(office.desk.validating());
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 200);
        QTRY_COMPARE(office.desk.checked(), QStringLiteral("1"));
        QCOMPARE(office.desk.findings()->count(), 0);
        // The client's mistake.
        office.feedStatus(QStringLiteral("soon"));
        QTRY_COMPARE(office.desk.findings()->count(), 1);
        QCOMPARE(office.desk.badRequests(), QStringLiteral("1"));
        QCOMPARE(office.desk.badAnswers(), QStringLiteral("0"));
        const auto of = [&office](int row, int role) { return office.of(office.desk.findings(), row, role); };
        QCOMPARE(of(0, FindingsModel::PathRole).toString(), QStringLiteral("/douyin/feed/"));
        QCOMPARE(of(0, FindingsModel::MethodRole).toString(), QStringLiteral("GET"));
        QVERIFY(of(0, FindingsModel::RequestRole)
                    .toStringList()
                    .join(QLatin1Char(' '))
                    .contains(QStringLiteral("latest_time")));
        QVERIFY(of(0, FindingsModel::AnswerRole).toStringList().isEmpty());
        // It is in the journal, which records since the page was opened.
        office.desk.openEntry(of(0, FindingsModel::EntryRole).toString());
        QTRY_VERIFY(office.desk.entryText().contains(QStringLiteral("latest_time=soon")));
        // Ours, on purpose; the newest first.
        office.desk.addPreset(QStringLiteral("broken-json"));
        QVERIFY(office.idle());
        office.feedStatus();
        QTRY_COMPARE(office.desk.findings()->count(), 2);
        QCOMPARE(of(0, FindingsModel::DeliberateRole).toString(), QStringLiteral("broken-json"));
        QVERIFY(!of(0, FindingsModel::AnswerRole).toStringList().isEmpty());
        QCOMPARE(office.desk.deliberate(), QStringLiteral("1"));
        QCOMPARE(office.desk.unchecked(), QStringLiteral("0"));
        office.desk.clearFindings();
        QTRY_COMPARE(office.desk.findings()->count(), 0);
        QCOMPARE(office.desk.checked(), QStringLiteral("0"));
        office.desk.setValidating(false);
        QTRY_VERIFY(!office.desk.validating());
    }

    void saysWhatWasNeverMet() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Checks);
        office.desk.setCovering(true);
        QTRY_VERIFY(office.desk.covering());
        QTRY_COMPARE(office.desk.coverage()->count(), 16);
        office.desk.clearCoverage();
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 200);
        office.desk.addPreset(QStringLiteral("feed-500"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 500);
        int feed = -1;
        for (int row = 0; row < office.desk.coverage()->count(); ++row) {
            if (office.of(office.desk.coverage(), row, CoverageModel::RouteRole).toString() ==
                QStringLiteral("/douyin/feed/")) {
                feed = row;
            }
        }
        QVERIFY(feed >= 0);
        const auto of = [&office, feed](int role) { return office.of(office.desk.coverage(), feed, role); };
        QTRY_COMPARE(of(CoverageModel::RequestsRole).toString(), QStringLiteral("2"));
        const QVariantList met = of(CoverageModel::MetRole).toList();
        QCOMPARE(met.size(), 2);
        QCOMPARE(met.at(0).toMap().value(QStringLiteral("status")).toInt(), 200);
        QCOMPARE(met.at(0).toMap().value(QStringLiteral("code")).toInt(), 0);
        QCOMPARE(met.at(1).toMap().value(QStringLiteral("status")).toInt(), 500);
        QCOMPARE(met.at(1).toMap().value(QStringLiteral("faults")).toString(), QStringLiteral("status"));
        const QStringList faults = of(CoverageModel::UnmetFaultsRole).toStringList();
        QVERIFY(!faults.contains(QStringLiteral("status")));
        QVERIFY(faults.contains(QStringLiteral("latency")));
        QVERIFY(!of(CoverageModel::UnmetCodesRole).toStringList().isEmpty());
        office.desk.clearCoverage();
        QTRY_COMPARE(of(CoverageModel::RequestsRole).toString(), QStringLiteral("0"));
        office.desk.setCovering(false);
        QTRY_VERIFY(!office.desk.covering());
    }

    // --- replay

    void recordsAndLetsItHappenAgain() {
        using Replayed = SimulatorDesk::Replayed;
        Office office;
        office.openTo(*simulator_);
        office.desk.setShown(true);
        office.desk.setSection(Section::Replay);
        QTRY_COMPARE(office.watch.presence(), Presence::Open);
        // There is nothing.
        office.desk.checkReplay();
        QTRY_VERIFY(!office.desk.replaying());
        QCOMPARE(office.desk.problem(), ErrorKind::NotFound);
        QCOMPARE(office.desk.replayed(), Replayed::NotYet);
        office.desk.startReplay();
        QTRY_VERIFY(office.desk.replayOn());
        QVERIFY(office.idle());
        QVERIFY(office.desk.replayBytes() > 0);
        // Another one in its place would be a loss.
        office.desk.startReplay();
        QVERIFY(office.idle());
        QCOMPARE(office.desk.problem(), ErrorKind::Refused);
        QVERIFY(office.desk.problemWords().contains(QStringLiteral("already")));
        QCOMPARE(office.feedStatus(), 200);
        office.desk.addPreset(QStringLiteral("feed-500"));
        QVERIFY(office.idle());
        QCOMPARE(office.feedStatus(), 500);
        // Two requests, and the rule.
        QTRY_COMPARE(office.desk.replayEntries(), QStringLiteral("3"));
        office.desk.stopReplay();
        QTRY_VERIFY(!office.desk.replayOn());
        QCOMPARE(office.feedStatus(), 500);
        QCOMPARE(office.desk.replayEntries(), QStringLiteral("3"));

        office.desk.checkReplay();
        QVERIFY(office.desk.replaying());
        QTRY_COMPARE_WITH_TIMEOUT(office.desk.replayed(), Replayed::Same, 30'000);
        QCOMPARE(office.desk.replayCompared(), QStringLiteral("2"));
        QVERIFY(office.desk.replayDifference().isEmpty());

        SimulatorFiles& files = *office.desk.files();
        const QString path = office.directory.filePath(QStringLiteral("bug.replay"));
        files.saveRecording(QUrl::fromLocalFile(path));
        QTRY_COMPARE(files.outcome(), Outcome::Done);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readLine().contains("tikgok-replay"));
        // There are passwords in it.
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
        office.desk.forgetReplay();
        QTRY_COMPARE(office.desk.replayEntries(), QStringLiteral("0"));
        QCOMPARE(office.desk.replayed(), Replayed::NotYet);
        // What is in no file is no world.
        files.importWorld(QUrl::fromLocalFile(path));
        QTRY_COMPARE(files.outcome(), Outcome::NotAWorld);
    }

    void saysWhatWasDifferentFirst() {
        Mute mute;
        mute.says = answerOf(200, R"({"version":"1","same":false,"compared":7,
            "difference":{"what":"status","request":"GET /ping","recorded":200,"replayed":500}})");
        Office office(&mute);
        office.watch.setServer(QStringLiteral("x"));
        office.desk.checkReplay();
        QTRY_COMPARE(office.desk.replayed(), SimulatorDesk::Replayed::Different);
        QCOMPARE(office.desk.replayCompared(), QStringLiteral("7"));
        QVERIFY(office.desk.replayDifference().contains(QStringLiteral("GET /ping")));
        // Of another server nothing is known.
        office.watch.setServer(QStringLiteral("y"));
        QCOMPARE(office.desk.replayed(), SimulatorDesk::Replayed::NotYet);
    }

    void aVerdictIsAboutTheRecordingThatIsThere() {
        Held held;
        Office office(&held);
        office.desk.checkReplay();
        QTRY_COMPARE(held.asked.size(), 1);
        office.desk.startReplay();
        QTRY_COMPARE(held.asked.size(), 2);
        held.say(1, R"({"on":true,"entries":0,"bytes":100})");
        QTRY_VERIFY(office.desk.replayOn());
        QVERIFY(!office.desk.replaying());
        held.say(0, R"({"version":"1","same":true,"compared":7})");
        QCoreApplication::processEvents();
        QCOMPARE(office.desk.replayed(), SimulatorDesk::Replayed::NotYet);
    }

    // --- load

    void samplesTheLoad() {
        Office office;
        office.openTo(*simulator_);
        office.desk.setSection(Section::Load);
        office.desk.setShown(true);
        office.desk.addPreset(QStringLiteral("feed-500"));
        const auto of = [&office](LoadModel::Series series, int role) {
            return office.of(office.desk.load(), static_cast<int>(series), role);
        };
        QTRY_VERIFY([&] {
            office.feedStatus();
            return of(LoadModel::Series::Failures, LoadModel::PeakRole).toDouble() > 0 &&
                   of(LoadModel::Series::Median, LoadModel::PeakRole).toDouble() > 0;
        }());
        QVERIFY(of(LoadModel::Series::Requests, LoadModel::PeakRole).toDouble() > 0);
        QVERIFY(of(LoadModel::Series::Connections, LoadModel::LatestRole).toDouble() >= 1);
        QTRY_VERIFY(of(LoadModel::Series::Requests, LoadModel::ValuesRole).value<QList<double>>().size() > 1);
        // Writes wait while the consumer stands.
        office.desk.switchInside(QStringLiteral("consumer_paused"), true);
        QVERIFY(office.idle());
        auto account =
            waitFor(office.api.registerAccount(QStringLiteral("writer"), QStringLiteral("secret123"), {}));
        QVERIFY(account);
        QTRY_VERIFY(of(LoadModel::Series::WritesWaiting, LoadModel::PeakRole).toDouble() > 0);
    }

    // Whatever status an answer had, a client that did not get all of it met a failure.
    void whatWasCutFailed() {
        const auto line = [](const char* status, const char* cut, const char* count) {
            return QByteArray("tikgok_http_requests_total{route=\"/ping\",method=\"GET\",status=\"") +
                   status + "\",code=\"none\",cut=\"" + cut + "\"} " + count + "\n";
        };
        const LoadSample sample = loadSampleFrom(line("200", "none", "5") + line("200", "close", "2") +
                                                 line("0", "reset", "3") + line("other", "other", "7"));
        QCOMPARE(sample.requests, 17.0);
        QCOMPARE(sample.failures, 5.0);
    }

    void readsPagesOfMetrics() {
        const auto page = [](int feed, int failed, int fast, int slow) {
            return QByteArray(
                       "# HELP x y\n"
                       "tikgok_http_requests_total{route=\"/douyin/feed/"
                       "\",method=\"GET\",status=\"200\",code=\"0\"} ") +
                   QByteArray::number(feed) +
                   "\ntikgok_http_requests_total{route=\"/douyin/feed/"
                   "\",method=\"GET\",status=\"500\",code=\"none\"} " +
                   QByteArray::number(failed) +
                   "\ntikgok_http_requests_total{route=\"/_sim/"
                   "*\",method=\"GET\",status=\"200\",code=\"none\"} 5000\n"
                   "tikgok_http_request_duration_seconds_bucket{route=\"/douyin/feed/\",le=\"0.001\"} " +
                   QByteArray::number(fast) +
                   "\ntikgok_http_request_duration_seconds_bucket{route=\"/douyin/feed/\",le=\"0.5\"} " +
                   QByteArray::number(fast + slow) +
                   "\ntikgok_http_request_duration_seconds_bucket{route=\"/douyin/feed/\",le=\"+Inf\"} " +
                   QByteArray::number(fast + slow) +
                   "\ntikgok_queue_depth 3\ntikgok_consumer_lag 4\nrubbish\n\n" +
                   "tikgok_upload_queue_depth nonsense\n";
        };
        LoadModel load(nullptr);
        QAbstractItemModelTester tester(&load, QAbstractItemModelTester::FailureReportingMode::QtTest);
        load.add(loadSampleFrom(page(100, 0, 100, 0)), 1'000);
        load.add(loadSampleFrom(page(190, 10, 196, 4)), 3'000);
        const auto latest = [&load](LoadModel::Series series) {
            return load.data(load.index(static_cast<int>(series)), LoadModel::LatestRole).toDouble();
        };
        QCOMPARE(latest(LoadModel::Series::Requests), 50.0);
        QCOMPARE(latest(LoadModel::Series::Failures), 5.0);
        QCOMPARE(latest(LoadModel::Series::Median), 1.0);
        QCOMPARE(latest(LoadModel::Series::P99), 500.0);
        QCOMPARE(latest(LoadModel::Series::WritesWaiting), 7.0);
        QCOMPARE(latest(LoadModel::Series::UploadsWaiting), 0.0);
        QCOMPARE(load.span(), 2);
        // Another start of the simulator counts from nothing.
        load.add(loadSampleFrom(page(1, 0, 1, 0)), 4'000);
        QCOMPARE(load.span(), 0);
        load.add(loadSampleFrom(page(3, 0, 3, 0)), 5'000);
        QCOMPARE(latest(LoadModel::Series::Requests), 2.0);
        for (int i = 0; i < 2 * LoadModel::kMostSamples; ++i) {
            load.add(loadSampleFrom(page(3 + i, 0, 3, 0)), 6'000 + i * 1'000);
        }
        QCOMPARE(load.data(load.index(0), LoadModel::ValuesRole).value<QList<double>>().size(),
                 LoadModel::kMostSamples);
        QCOMPARE(load.span(), static_cast<int>(LoadModel::kMostSamples));
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
    static QCoro::Task<Result<QString>> load(TokenVault& vault) {
        const auto kept = co_await vault.load(QStringLiteral("simulator|sim"), {});
        if (!kept) {
            co_return std::unexpected(Error{.serverWords = {}, .retryAfter = {}, .detail = {}});
        }
        co_return *kept;
    }

    QTemporaryDir data_;
    std::unique_ptr<sim::Simulator> simulator_;
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::SimulatorDeskTest)
#include "simulator_desk_test.moc"
