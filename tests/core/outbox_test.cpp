// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/outbox/outbox.h"

#include "core/outbox/outbox_store.h"
#include "core/storage/database.h"
#include "tests/core/support/fake_outbox.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QFile>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <memory>

using tikgok::test::FakeIntentHandler;
using tikgok::test::FakeOutboxClock;
using tikgok::test::waitFor;
using tikgok::test::waitUntil;
using tikgok::test::World;

namespace tikgok {

namespace {

const QString kMine = QStringLiteral("http://server|77");

Intent wish(IntentKind kind, contract::Id target, bool on = true, const QString& account = kMine) {
    Intent intent;
    intent.account = account;
    intent.kind = kind;
    intent.target = target;
    intent.on = on;
    return intent;
}

Intent words(const QString& text, contract::Id target = 5, IntentKind kind = IntentKind::Comment,
             const QString& account = kMine) {
    Intent intent = wish(kind, target, true, account);
    intent.text = text;
    return intent;
}

Intent text(const char* value, contract::Id target = 5) {
    return words(QString::fromLatin1(value), target);
}

// A client's outbox with its surroundings; begin() again is the next start of the program.
struct Rig {
    explicit Rig(bool signedIn = true) : world(signedIn) {}

    void begin(OutboxOptions options = {}) {
        outbox.reset();
        database.reset();
        database = std::make_unique<Database>(path(), QList<SchemaPart>{outboxSchema()});
        outbox = std::make_unique<Outbox>(*database, world.session, clock, options);
        for (const IntentKind kind : {IntentKind::Like, IntentKind::Follow, IntentKind::Comment,
                                      IntentKind::DeleteComment, IntentKind::Message, IntentKind::Publish}) {
            outbox->setHandler(kind, handler);
        }
    }
    void load() {
        QVERIFY(waitUntil([&] { return outbox->loaded(); }));
    }
    // All that can happen without time and answers has happened.
    void settle() const {
        for (int i = 0; i < 3; ++i) {
            QVERIFY(waitFor(database->run([](SQLite::Database&) {}, {})));
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
    }
    void execute(const std::string& sql) const {
        QVERIFY(waitFor(database->run([sql](SQLite::Database& db) { db.exec(sql); }, {})));
    }
    // The disk takes nothing any more, or takes again.
    void setFull(bool full) const { execute(full ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0"); }
    [[nodiscard]] QString path() const { return dir.filePath(QStringLiteral("client.sqlite")); }
    [[nodiscard]] IntentState stateOf(IntentId id) const {
        const auto intent = outbox->intent(id);
        return intent ? intent->state : IntentState::Paused;
    }
    [[nodiscard]] int rows() const {
        return *waitFor(database->run(
            [](SQLite::Database& db) { return db.execAndGet("SELECT count(*) FROM intents").getInt(); }, {}));
    }

    QTemporaryDir dir;
    World world;
    FakeOutboxClock clock;
    FakeIntentHandler handler;
    std::unique_ptr<Database> database;
    std::unique_ptr<Outbox> outbox;
};

QStringList textsOf(const QList<Intent>& intents) {
    QStringList texts;
    for (const Intent& intent : intents) {
        texts.append(intent.text);
    }
    return texts;
}

}  // namespace

class OutboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsAndSends() {
        Rig rig;
        rig.begin();
        QSignalSpy loaded(rig.outbox.get(), &Outbox::loadedChanged);
        QSignalSpy kept(rig.outbox.get(), &Outbox::kept);
        QSignalSpy sent(rig.outbox.get(), &Outbox::sent);
        QSignalSpy changed(rig.outbox.get(), &Outbox::changed);
        rig.load();
        QCOMPARE(loaded.size(), 1);
        Intent intent = text("hello");
        intent.caption = QStringLiteral("a clip");
        intent.data = QByteArray("\0\1x", 3);
        const IntentId id = rig.outbox->put(intent);
        QVERIFY(id > 0);
        QCOMPARE(changed.size(), 0);  // never within the call
        QVERIFY(!rig.outbox->intent(id)->kept);
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 1; }));
        QCOMPARE(kept.size(), 1);
        QVERIFY(kept.at(0).at(0).value<Intent>().kept);
        QCOMPARE(rig.stateOf(id), IntentState::Sending);
        QCOMPARE(rig.outbox->openCount(), 1);
        QCOMPARE(rig.handler.calls.at(0)->token, QStringLiteral("secret-token"));
        rig.handler.finish(0);
        QCOMPARE(sent.size(), 1);
        QCOMPARE(rig.stateOf(id), IntentState::Sent);
        QCOMPARE(rig.outbox->openCount(), 0);
        rig.begin();
        rig.load();
        const Intent again = rig.outbox->intent(id).value();
        QCOMPARE(again.state, IntentState::Sent);
        QCOMPARE(again.text, intent.text);
        QCOMPARE(again.caption, intent.caption);
        QCOMPARE(again.data, intent.data);
        QCOMPARE(again.createdAt, rig.clock.now());
        rig.settle();
        QCOMPARE(rig.handler.calls.size(), 1);
    }

    void oneAtATimePerTargetInOrder() {
        Rig rig;
        rig.begin();
        for (const char* one : {"a", "b", "c"}) {
            rig.outbox->put(text(one, 5));
        }
        rig.outbox->put(text("other", 6));
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 2; }));
        rig.settle();
        QCOMPARE(rig.handler.log(), (QStringList{"send 5 a", "send 6 other"}));
        rig.handler.finish(0);
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 3; }));
        // A wait of the first holds up those behind it.
        rig.handler.finish(
            2, std::unexpected(
                   Error{.kind = ErrorKind::Offline, .serverWords = {}, .retryAfter = {}, .detail = {}}));
        rig.settle();
        QCOMPARE(rig.handler.calls.size(), 3);
        rig.handler.thenDone().thenDone();
        rig.clock.advance(10'000);
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 5; }));
        QCOMPARE(rig.handler.log().mid(2), (QStringList{"send 5 b", "send 5 b", "send 5 c"}));
    }

    void aRefusedOneDoesNotHoldUpTheNext() {
        Rig rig;
        rig.begin();
        rig.handler.thenFail(ErrorKind::Refused).thenDone();
        const IntentId first = rig.outbox->put(text("a"));
        const IntentId second = rig.outbox->put(text("b"));
        QVERIFY(waitUntil([&] { return rig.stateOf(second) == IntentState::Sent; }));
        QCOMPARE(rig.stateOf(first), IntentState::Failed);
        QCOMPARE(rig.outbox->failedCount(), 1);
    }

    void threeAtATimeAndAnUpload() {
        Rig rig;
        rig.begin();
        for (contract::Id target = 1; target <= 6; ++target) {
            rig.outbox->put(wish(IntentKind::Like, target));
        }
        rig.outbox->put(words(QStringLiteral("title one"), 0, IntentKind::Publish));
        rig.outbox->put(words(QStringLiteral("title two"), 0, IntentKind::Publish));
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 4; }));
        rig.settle();
        QCOMPARE(rig.handler.running(), 4);
        for (qsizetype i = 0; i < rig.handler.calls.size(); ++i) {
            rig.handler.finish(i);
            rig.settle();
            QVERIFY(rig.handler.running() <= 4);
        }
        QVERIFY(waitUntil([&] { return rig.outbox->openCount() == 0; }));
        QCOMPARE(rig.handler.calls.size(), 8);
    }

    // --- toggles

    void toggles_data() {
        QTest::addColumn<QString>("wishes");        // + and -, in order, while nothing can be sent
        QTest::addColumn<bool>("confirmed");        // what the server says
        QTest::addColumn<QStringList>("expected");  // what is sent
        QTest::newRow("on") << "+" << false << QStringList{"send 5 on"};
        QTest::newRow("off") << "-" << true << QStringList{"send 5 off"};
        QTest::newRow("on off") << "+-" << false << QStringList{};
        QTest::newRow("on off on") << "+-+" << false << QStringList{"send 5 on"};
        QTest::newRow("off on") << "-+" << true << QStringList{};
        QTest::newRow("many") << "+-+-+-+-+-+" << false << QStringList{"send 5 on"};
        QTest::newRow("many, back") << "+-+-+-+-+-" << false << QStringList{};
        QTest::newRow("as it is") << "+" << true << QStringList{};
    }
    void toggles() {
        QFETCH(const QString, wishes);
        QFETCH(const bool, confirmed);
        QFETCH(const QStringList, expected);
        Rig rig;
        rig.begin();
        rig.load();
        IntentId last = -1;
        for (const QChar one : wishes) {
            last = rig.outbox->put(wish(IntentKind::Like, 5, one == QLatin1Char('+')), confirmed);
        }
        QCOMPARE(last == 0, expected.isEmpty());
        QCOMPARE(rig.outbox->wanted(kMine, IntentKind::Like, 5).has_value(), !expected.isEmpty());
        rig.handler.thenDone();
        rig.settle();
        QVERIFY(waitUntil([&] { return rig.outbox->openCount() == 0; }));
        QCOMPARE(rig.handler.log(), expected);
        rig.begin();
        rig.load();
        QCOMPARE(rig.outbox->openCount(), 0);
        QCOMPARE(rig.rows(), static_cast<int>(expected.size()));
    }

    void aNewWishWhileOneIsUnderWay() {
        Rig rig;
        rig.begin();
        const IntentId on = rig.outbox->put(wish(IntentKind::Like, 5), false);
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        const IntentId off = rig.outbox->put(wish(IntentKind::Like, 5, false), false);
        QVERIFY(off > on);
        QCOMPARE(rig.outbox->wanted(kMine, IntentKind::Like, 5), std::optional(false));
        // Back to what is under way: nothing more is needed.
        QCOMPARE(rig.outbox->put(wish(IntentKind::Like, 5), false), on);
        QVERIFY(!rig.outbox->intent(off));
        rig.outbox->put(wish(IntentKind::Like, 5, false), false);
        rig.settle();
        QCOMPARE(rig.handler.running(), 1);
        rig.handler.thenDone();
        rig.handler.finish(0);
        QVERIFY(waitUntil([&] { return rig.outbox->openCount() == 0; }));
        QCOMPARE(rig.handler.log(), (QStringList{"send 5 on", "send 5 off"}));
    }

    void aRefusalOfWhatNobodyWantsAnyMoreIsNotTold() {
        Rig rig;
        rig.begin();
        QSignalSpy failed(rig.outbox.get(), &Outbox::failed);
        rig.outbox->put(wish(IntentKind::Like, 5), false);
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        rig.outbox->put(wish(IntentKind::Like, 5, false), false);
        rig.handler.thenDone();
        rig.handler.finish(
            0, std::unexpected(
                   Error{.kind = ErrorKind::Refused, .serverWords = {}, .retryAfter = {}, .detail = {}}));
        QVERIFY(waitUntil([&] { return rig.outbox->openCount() == 0; }));
        QCOMPARE(failed.size(), 0);
        QCOMPARE(rig.outbox->all(kMine).size(), 1);
        rig.settle();
        QCOMPARE(rig.rows(), 1);
    }

    void aFailedWishIsNotWanted() {
        Rig rig;
        rig.begin();
        rig.handler.thenFail(ErrorKind::NotFound);
        const IntentId id = rig.outbox->put(wish(IntentKind::Follow, 5), false);
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Failed; }));
        QCOMPARE(rig.outbox->wanted(kMine, IntentKind::Follow, 5), std::nullopt);
        QCOMPARE(rig.outbox->open(kMine, IntentKind::Follow, 5).size(), 1);
        // Wishing back takes the failure away.
        QCOMPARE(rig.outbox->put(wish(IntentKind::Follow, 5, false), false), 0);
        rig.settle();
        QCOMPARE(rig.outbox->openCount(), 0);
        QCOMPARE(rig.rows(), 0);
    }

    // --- errors

    void errors_data() {
        QTest::addColumn<IntentKind>("intentKind");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<bool>("retryable");
        QTest::addColumn<bool>("maybeDone");
        QTest::addColumn<IntentState>("state");
        QTest::addColumn<QString>("second");  // what is done when the time has come
        const auto row = [](const char* name, IntentKind intent, ErrorKind kind, bool retryable,
                            bool maybeDone, IntentState state, const char* second) {
            QTest::newRow(name) << intent << kind << retryable << maybeDone << state
                                << QString::fromLatin1(second);
        };
        using Kind = IntentKind;
        using State = IntentState;
        row("offline", Kind::Comment, ErrorKind::Offline, true, false, State::Waiting, "send 5 x");
        row("cut", Kind::Comment, ErrorKind::Timeout, true, true, State::Waiting, "find 5 x");
        row("cut, a like", Kind::Like, ErrorKind::Timeout, true, true, State::Waiting, "send 5 x");
        row("cut, a removal", Kind::DeleteComment, ErrorKind::Timeout, true, true, State::Waiting,
            "send 5 x");
        row("broken", Kind::Message, ErrorKind::ServerBroken, true, true, State::Waiting, "find 5 x");
        row("unreadable", Kind::Message, ErrorKind::ServerBroken, false, true, State::Waiting, "find 5 x");
        row("bad request", Kind::Message, ErrorKind::ServerBroken, false, false, State::Failed, "");
        row("refused", Kind::Message, ErrorKind::Refused, false, false, State::Failed, "");
        row("refused for now", Kind::Message, ErrorKind::Refused, true, true, State::Waiting, "find 5 x");
        row("not found", Kind::Comment, ErrorKind::NotFound, false, false, State::Failed, "");
        row("too large", Kind::Publish, ErrorKind::TooLarge, false, false, State::Failed, "");
        row("throttled", Kind::Comment, ErrorKind::Throttled, true, false, State::Waiting, "send 5 x");
        row("cancelled", Kind::Comment, ErrorKind::Cancelled, false, false, State::Waiting, "find 5 x");
        row("storage", Kind::Publish, ErrorKind::Storage, false, false, State::Failed, "");
        row("storage for now", Kind::Publish, ErrorKind::Storage, true, false, State::Waiting, "send 5 x");
        row("invalid", Kind::Comment, ErrorKind::Invalid, false, false, State::Failed, "");
    }
    void errors() {
        QFETCH(const IntentKind, intentKind);
        QFETCH(const ErrorKind, kind);
        QFETCH(const bool, retryable);
        QFETCH(const bool, maybeDone);
        QFETCH(const IntentState, state);
        QFETCH(const QString, second);
        Rig rig;
        rig.begin();
        QSignalSpy failed(rig.outbox.get(), &Outbox::failed);
        rig.handler.thenFail(kind, retryable, maybeDone);
        const IntentId id = rig.outbox->put(words(QStringLiteral("x"), 5, intentKind));
        QVERIFY(waitUntil([&] { return rig.outbox->intent(id)->errorKind == kind; }));
        const Intent after = *rig.outbox->intent(id);
        QCOMPARE(after.state, state);
        QCOMPARE(after.errorWords, QStringLiteral("words"));
        QCOMPARE(failed.size(), state == IntentState::Failed ? 1 : 0);
        QCOMPARE(after.nextTry > rig.clock.now(), state == IntentState::Waiting);
        rig.settle();
        rig.clock.advance(3'600'000);
        rig.settle();
        QCOMPARE(rig.handler.log().mid(1), second.isEmpty() ? QStringList() : QStringList{second});
    }

    void backsOff() {
        Rig rig;
        rig.begin();
        const IntentId id = rig.outbox->put(text("x"));
        QList<std::int64_t> waits;
        for (int i = 0; i < 11; ++i) {
            rig.handler.thenFail(ErrorKind::Offline);
            const auto calls = rig.handler.calls.size();
            rig.clock.advance(std::max<std::int64_t>(rig.clock.untilAlarm(), 0));
            QVERIFY(waitUntil([&] { return rig.handler.calls.size() == calls + 1; }));
            rig.settle();
            waits.append(rig.outbox->intent(id)->nextTry - rig.clock.now());
            QCOMPARE(rig.clock.untilAlarm(), waits.last());
        }
        QCOMPARE(waits, (QList<std::int64_t>{500, 1'000, 2'000, 4'000, 8'000, 16'000, 32'000, 64'000, 128'000,
                                             150'000, 150'000}));
        QCOMPARE(rig.outbox->intent(id)->attempts, 11);
        // A person who does not want to wait begins afresh.
        rig.handler.thenFail(ErrorKind::Offline);
        rig.outbox->retry(id);
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 12; }));
        rig.settle();
        QCOMPARE(rig.outbox->intent(id)->nextTry - rig.clock.now(), 500);
    }

    void heedsRetryAfter() {
        Rig rig;
        rig.begin();
        rig.handler.thenFail(Error{.kind = ErrorKind::Throttled,
                                   .serverWords = {},
                                   .retryable = true,
                                   .retryAfter = std::chrono::seconds(90),
                                   .detail = {}});
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.outbox->intent(id)->nextTry > 0; }));
        rig.settle();
        QCOMPARE(rig.clock.untilAlarm(), 90'000);
        rig.outbox->poke();  // a network is not what it waits for
        rig.settle();
        rig.clock.advance(89'999);
        rig.settle();
        QCOMPARE(rig.handler.calls.size(), 1);
        rig.clock.advance(1);
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 2; }));
    }

    void aWorkingLineEndsTheWaitForOne() {
        Rig rig;
        rig.begin();
        rig.handler.thenFail(ErrorKind::Offline).thenFail(ErrorKind::Timeout);
        rig.outbox->put(wish(IntentKind::Like, 1));
        rig.outbox->put(wish(IntentKind::Like, 2));
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 2; }));
        rig.settle();
        rig.handler.thenDone();
        rig.outbox->put(wish(IntentKind::Like, 3));
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 5; }));
        rig.handler.finish(3);
        rig.handler.finish(4);
        QVERIFY(waitUntil([&] { return rig.outbox->openCount() == 0; }));
    }

    void pokedFromOutside() {
        Rig rig;
        rig.begin();
        rig.handler.thenFail(ErrorKind::Offline).thenDone();
        rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.clock.untilAlarm() > 0; }));
        rig.outbox->poke();
        QVERIFY(waitUntil([&] { return rig.outbox->openCount() == 0; }));
    }

    // --- accounts

    void anExpiredSessionIsReportedAndWaitedFor() {
        Rig rig;
        rig.begin();
        QSignalSpy needed(&rig.world.session, &Session::accountNeeded);
        rig.handler.thenFail(ErrorKind::SignedOut).thenFail(ErrorKind::SignedOut);
        const IntentId id = rig.outbox->put(wish(IntentKind::Like, 1));
        rig.outbox->put(wish(IntentKind::Like, 2));
        QVERIFY(waitUntil([&] { return rig.world.session.expired(); }));
        rig.settle();
        QCOMPARE(needed.size(), 1);
        QCOMPARE(needed.at(0).at(0).toString(), QStringLiteral("like"));
        QCOMPARE(rig.stateOf(id), IntentState::Waiting);
        QCOMPARE(rig.outbox->intent(id)->attempts, 0);
        QCOMPARE(rig.outbox->openCount(), 2);
        QCOMPARE(rig.outbox->wanted(kMine, IntentKind::Like, 1), std::optional(true));
        // Dismissed: it goes on waiting.
        rig.world.session.cancelSignIn();
        rig.clock.advance(1'000'000);
        rig.settle();
        QCOMPARE(rig.handler.calls.size(), 2);
        // A person who asks again sees the sheet again.
        rig.outbox->retry(id);
        QCOMPARE(needed.size(), 2);
        rig.handler.thenDone().thenDone();
        rig.world.signIn(test::kMe, "mei", "new-token");
        QVERIFY(waitUntil([&] { return rig.outbox->openCount() == 0; }));
        QCOMPARE(rig.handler.calls.last()->token, QStringLiteral("new-token"));
    }

    void accountsAreApart() {
        Rig rig;
        const QString hers = QStringLiteral("http://server|78");
        rig.begin();
        rig.load();
        rig.outbox->put(words(QStringLiteral("of 78"), 5, IntentKind::Comment, hers));
        const IntentId mine = rig.outbox->put(text("mine"));
        rig.settle();
        QCOMPARE(rig.handler.log(), QStringList{"send 5 mine"});
        QCOMPARE(rig.outbox->openCount(), 1);
        QCOMPARE(textsOf(rig.outbox->all(kMine)), QStringList{QStringLiteral("mine")});
        QCOMPARE(textsOf(rig.outbox->open(hers, IntentKind::Comment)), QStringList{QStringLiteral("of 78")});
        // Another person signs in while mine is under way: it must not go on in her name.
        rig.world.session.signOut();
        QVERIFY(rig.handler.calls.at(0)->stopped);
        QCOMPARE(rig.stateOf(mine), IntentState::Waiting);
        QVERIFY(rig.outbox->intent(mine)->maybeDone);
        QCOMPARE(rig.outbox->openCount(), 0);
        rig.handler.thenDone();
        rig.world.signIn(78, "bo", "her-token");
        QVERIFY(waitUntil([&] { return rig.outbox->open(hers, IntentKind::Comment).isEmpty(); }));
        rig.settle();
        QCOMPARE(rig.handler.log(), (QStringList{"send 5 mine", "send 5 of 78"}));
        QCOMPARE(rig.handler.calls.last()->token, QStringLiteral("her-token"));
        // And back.
        rig.handler.then(Presence::There);
        rig.world.signIn();
        QVERIFY(waitUntil([&] { return rig.stateOf(mine) == IntentState::Sent; }));
        QCOMPARE(rig.handler.log().last(), QStringLiteral("find 5 mine"));
    }

    void anotherServerStopsWhatIsUnderWay() {
        Rig rig;
        rig.begin();
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        rig.world.session.setServer(QStringLiteral("http://other"));
        QVERIFY(rig.handler.calls.at(0)->stopped);
        rig.settle();
        QCOMPARE(rig.stateOf(id), IntentState::Waiting);
        QCOMPARE(rig.handler.calls.size(), 1);
    }

    void intentsOfNobodyAreNotTaken() {
        Rig rig;
        rig.begin();
        QCOMPARE(rig.outbox->put(words(QStringLiteral("x"), 5, IntentKind::Comment, QString())), 0);
        rig.settle();
        QCOMPARE(rig.rows(), 0);
    }

    void nobodyIsSignedIn() {
        Rig rig(false);
        rig.begin();
        rig.load();
        rig.outbox->put(text("x"));
        rig.settle();
        QCOMPARE(rig.handler.calls.size(), 0);
        rig.handler.thenDone();
        rig.world.signIn();
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 1; }));
    }

    // --- after a crash

    void afterACrash_data() {
        QTest::addColumn<IntentKind>("kind");
        QTest::addColumn<QString>("found");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("a like is sent again") << IntentKind::Like << "" << QStringList{"send 5 x"};
        QTest::newRow("it had arrived") << IntentKind::Comment << "there" << QStringList{"find 5 x"};
        QTest::newRow("it had not") << IntentKind::Message << "absent" << QStringList{"find 5 x", "send 5 x"};
        QTest::newRow("not to be told now") << IntentKind::Comment << "error" << QStringList{"find 5 x"};
    }
    void afterACrash() {
        QFETCH(const IntentKind, kind);
        QFETCH(const QString, found);
        QFETCH(const QStringList, expected);
        Rig rig;
        rig.begin();
        const IntentId id = rig.outbox->put(words(QStringLiteral("x"), 5, kind));
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        rig.handler.calls.clear();
        if (found == QLatin1String("error")) {
            rig.handler.thenFail(ErrorKind::Timeout, true, true);
        } else if (!found.isEmpty()) {
            rig.handler.then(found == QLatin1String("there") ? Presence::There : Presence::Absent);
        }
        rig.handler.thenDone();
        rig.begin();
        rig.load();
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == expected.size(); }));
        rig.settle();
        QCOMPARE(rig.handler.log(), expected);
        if (found == QLatin1String("error")) {
            QCOMPARE(rig.stateOf(id), IntentState::Waiting);
            QVERIFY(rig.outbox->intent(id)->maybeDone);
            rig.handler.then(Presence::There);
            rig.clock.advance(10'000);
        }
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Sent; }));
    }

    void beforeTheRequestGoesOutItIsKnownOnDisk() {
        Rig rig;
        rig.begin();
        rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        SQLite::Database other(rig.path().toStdString(), SQLite::OPEN_READONLY);
        QCOMPARE(other.execAndGet("SELECT state FROM intents").getInt(),
                 static_cast<int>(IntentState::Sending));
    }

    void aFindThatDoesNotPassFails() {
        Rig rig;
        rig.begin();
        rig.handler.thenFail(ErrorKind::Timeout, true, true).thenFail(ErrorKind::NotFound);
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.clock.untilAlarm() > 0; }));
        rig.clock.advance(10'000);
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Failed; }));
        // A retry looks again before it sends.
        rig.handler.then(Presence::Absent).thenDone();
        rig.outbox->retry(id);
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Sent; }));
        QCOMPARE(rig.handler.log(), (QStringList{"send 5 x", "find 5 x", "find 5 x", "send 5 x"}));
    }

    void waitsSurviveARestart() {
        Rig rig;
        rig.begin();
        rig.handler.thenFail(ErrorKind::Offline);
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.clock.untilAlarm() > 0; }));
        const auto next = rig.outbox->intent(id)->nextTry;
        rig.begin();
        int open = -1;
        connect(rig.outbox.get(), &Outbox::loadedChanged, this, [&] { open = rig.outbox->openCount(); });
        rig.load();
        QCOMPARE(open, 1);
        rig.settle();
        QCOMPARE(rig.outbox->intent(id)->nextTry, next);
        QCOMPARE(rig.outbox->intent(id)->attempts, 1);
        QCOMPARE(rig.outbox->intent(id)->errorKind, ErrorKind::Offline);
        // A clock that was set back by a year does not make it wait for a year.
        rig.clock.time -= 365LL * 24 * 3'600'000;
        rig.begin();
        rig.load();
        rig.settle();
        QVERIFY(rig.clock.untilAlarm() <= 3'600'000);
    }

    // --- the disk

    void twentyAtOnceComeBackInOrder() {
        Rig rig(false);
        rig.begin();
        rig.load();
        QStringList expected;
        QSet<IntentId> ids;
        for (int i = 0; i < 20; ++i) {
            expected.append(QString::number(i));
            ids.insert(rig.outbox->put(words(expected.last())));
        }
        QCOMPARE(ids.size(), 20);
        rig.begin();  // at once: all of them were promised
        rig.load();
        QCOMPARE(textsOf(rig.outbox->open(kMine, IntentKind::Comment)), expected);
    }

    void putWhileLoading() {
        Rig rig(false);
        rig.begin();
        rig.load();
        rig.outbox->put(wish(IntentKind::Like, 5));
        const IntentId old = rig.outbox->put(text("old"));
        rig.settle();
        rig.begin();
        QVERIFY(!rig.outbox->loaded());
        const IntentId fresh = rig.outbox->put(text("new"));
        rig.outbox->put(wish(IntentKind::Like, 5, false), std::nullopt);
        QCOMPARE(rig.outbox->open(kMine, IntentKind::Comment).size(), 1);
        rig.load();
        rig.settle();
        QVERIFY(fresh > old);
        QCOMPARE(textsOf(rig.outbox->open(kMine, IntentKind::Comment)),
                 (QStringList{QStringLiteral("old"), QStringLiteral("new")}));
        QCOMPARE(rig.outbox->open(kMine, IntentKind::Like).size(), 1);
        QCOMPARE(rig.outbox->wanted(kMine, IntentKind::Like, 5), std::optional(false));
        rig.begin();
        rig.load();
        QCOMPARE(textsOf(rig.outbox->open(kMine, IntentKind::Comment)),
                 (QStringList{QStringLiteral("old"), QStringLiteral("new")}));
        QCOMPARE(rig.outbox->open(kMine, IntentKind::Like).size(), 1);
    }

    void idsAreNeverUsedTwice() {
        Rig rig(false);
        QSet<IntentId> ids;
        for (int run = 0; run < 4; ++run) {
            rig.begin();
            ids.insert(rig.outbox->put(text("early")));
            rig.load();
            const IntentId id = rig.outbox->put(text("late"));
            ids.insert(id);
            rig.settle();
            rig.outbox->discard(id);
            rig.settle();
        }
        QCOMPARE(ids.size(), 8);
    }

    void aFullDiskIsSaidAndNothingStops() {
        Rig rig;
        rig.begin();
        rig.load();
        rig.setFull(true);
        QSignalSpy kept(rig.outbox.get(), &Outbox::kept);
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return !kept.isEmpty(); }));
        const Intent told = kept.at(0).at(0).value<Intent>();
        QVERIFY(!told.kept);
        // Nothing on disk can bring it back a second time, so it is sent.
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        rig.handler.finish(0);
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Sent; }));
        rig.settle();
        // It was written three times in vain, and that is said once.
        QCOMPARE(kept.count(), 1);
        rig.setFull(false);
        const IntentId next = rig.outbox->put(text("y"));
        QVERIFY(waitUntil([&] { return rig.outbox->intent(next)->kept; }));
    }

    void whatTheDiskDidNotTakeIsKeptWhenThereIsRoom() {
        // Signed out, so that no try to send it writes it down.
        Rig rig(false);
        OutboxOptions options;
        options.keepAgain = std::chrono::milliseconds(1);
        rig.begin(options);
        rig.load();
        rig.setFull(true);
        const IntentId one = rig.outbox->put(text("x"));
        const IntentId two = rig.outbox->put(text("y"));
        QVERIFY(waitUntil([&] { return rig.outbox->intent(two)->errorKind == ErrorKind::Storage; }));
        QVERIFY(!rig.outbox->intent(one)->kept);
        rig.setFull(false);
        QVERIFY(waitUntil([&] { return rig.outbox->intent(one)->kept && rig.outbox->intent(two)->kept; }));
        QCOMPARE(rig.outbox->intent(two)->errorKind, ErrorKind::None);
        rig.begin();
        rig.load();
        QCOMPARE(rig.outbox->openCount(), 0);  // nobody is signed in
        QCOMPARE(textsOf(rig.outbox->open(kMine, IntentKind::Comment)), (QStringList{"x", "y"}));
    }

    void whatIsOnDiskIsNotSentWhenTheDiskCannotRememberIt() {
        Rig rig(false);
        rig.begin();
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.outbox->intent(id)->kept; }));
        rig.setFull(true);
        rig.world.signIn();
        QVERIFY(waitUntil([&] { return rig.outbox->intent(id)->errorKind == ErrorKind::Storage; }));
        rig.settle();
        QCOMPARE(rig.handler.calls.size(), 0);
        QCOMPARE(rig.stateOf(id), IntentState::Waiting);
        rig.setFull(false);
        rig.handler.thenDone();
        rig.clock.advance(10'000);
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Sent; }));
        QCOMPARE(rig.handler.log(), QStringList{"send 5 x"});
    }

    void aDamagedFile() {
        Rig rig(false);
        rig.begin();
        rig.outbox->put(text("x"));
        rig.load();
        rig.settle();
        rig.outbox.reset();
        rig.database.reset();
        {
            QFile file(rig.path());
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.write(QByteArray(200, 'z'));
        }
        rig.begin();
        rig.load();
        QCOMPARE(rig.outbox->openCount(), 0);
        QVERIFY(!rig.database->asidePath().isEmpty());
        const IntentId id = rig.outbox->put(text("goes on"));
        QVERIFY(waitUntil([&] { return rig.outbox->intent(id)->kept; }));
    }

    void aFileThatCannotBeOpenedAtFirst() {
        Rig rig;
        // A folder in its place.
        QVERIFY(QDir().mkpath(rig.path()));
        rig.begin();
        rig.load();
        rig.handler.thenDone();
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Sent; }));
        QVERIFY(!rig.outbox->intent(id)->kept);
        QVERIFY(QDir().rmdir(rig.path()));
        const IntentId next = rig.outbox->put(text("y"));
        QVERIFY(waitUntil([&] { return rig.outbox->intent(next)->kept; }));
    }

    void sentOnesAreBounded() {
        Rig rig;
        rig.begin({.sentKept = 3});
        for (int i = 0; i < 8; ++i) {
            rig.handler.thenDone();
            rig.outbox->put(words(QString::number(i)));
        }
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 8 && rig.outbox->openCount() == 0; }));
        rig.settle();
        const QStringList expected{"7", "6", "5"};
        QCOMPARE(textsOf(rig.outbox->all(kMine)), expected);
        QCOMPARE(rig.rows(), 3);
        rig.begin({.sentKept = 3});
        rig.load();
        QCOMPARE(textsOf(rig.outbox->all(kMine)), expected);
    }

    // --- by a person

    // Likes do not push out what comments became.
    void sentOnesAreBoundedPerKind() {
        Rig rig;
        rig.begin({.sentKept = 3});
        rig.handler.thenDone();
        rig.outbox->put(text("first"));
        for (int i = 0; i < 8; ++i) {
            rig.handler.thenDone();
            rig.outbox->put(wish(IntentKind::Like, 100 + i));
        }
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 9 && rig.outbox->openCount() == 0; }));
        rig.settle();
        for (int run = 0; run < 2; ++run) {
            QCOMPARE(rig.outbox->all(kMine).size(), 4);
            QCOMPARE(rig.outbox->all(kMine).constLast().text, QStringLiteral("first"));
            QCOMPARE(rig.rows(), 4);
            rig.begin({.sentKept = 3});
            rig.load();
        }
    }

    void forgetsAnAccount_data() {
        QTest::addColumn<bool>("loaded");
        QTest::newRow("loaded") << true;
        QTest::newRow("before it is loaded") << false;
    }
    void forgetsAnAccount() {
        QFETCH(bool, loaded);
        const QString other = QStringLiteral("http://server|88");
        Rig rig(false);
        rig.begin();
        rig.load();
        rig.outbox->put(text("mine"));
        rig.outbox->put(words(QStringLiteral("theirs"), 5, IntentKind::Comment, other));
        rig.settle();
        QCOMPARE(rig.rows(), 2);
        rig.begin();
        QSignalSpy discarded(rig.outbox.get(), &Outbox::discarded);
        if (loaded) {
            rig.load();
        }
        rig.outbox->forget(kMine);
        rig.load();
        rig.settle();
        QCOMPARE(discarded.count(), 1);
        QVERIFY(rig.outbox->all(kMine).isEmpty());
        QCOMPARE(rig.outbox->all(other).size(), 1);
        QCOMPARE(rig.rows(), 1);
        // Whoever comes back begins anew.
        rig.outbox->put(text("again"));
        rig.settle();
        QCOMPARE(rig.rows(), 2);
    }

    void forgetsAServer_data() {
        QTest::addColumn<bool>("loaded");
        QTest::newRow("loaded") << true;
        QTest::newRow("before it is loaded") << false;
    }
    void forgetsAServer() {
        QFETCH(bool, loaded);
        const QString second = QStringLiteral("http://server|88");
        // Its name only begins the same.
        const QString other = QStringLiteral("http://server2|77");
        Rig rig(false);
        rig.begin();
        rig.load();
        rig.outbox->put(text("mine"));
        rig.outbox->put(words(QStringLiteral("a friend's"), 5, IntentKind::Comment, second));
        rig.outbox->put(words(QStringLiteral("elsewhere"), 5, IntentKind::Comment, other));
        rig.settle();
        QCOMPARE(rig.outbox->openCount(kMine), 1);
        QCOMPARE(rig.outbox->openCountOfAll(QStringLiteral("http://server|")), 2);
        rig.begin();
        QSignalSpy discarded(rig.outbox.get(), &Outbox::discarded);
        if (loaded) {
            rig.load();
        }
        QVERIFY(waitFor(rig.outbox->forgetAll(QStringLiteral("http://server|"))));
        rig.load();
        rig.settle();
        QTRY_COMPARE(discarded.count(), 2);
        QVERIFY(rig.outbox->all(kMine).isEmpty());
        QVERIFY(rig.outbox->all(second).isEmpty());
        QCOMPARE(rig.outbox->openCountOfAll(QStringLiteral("http://server|")), 0);
        QCOMPARE(rig.outbox->openCount(other), 1);
        QCOMPARE(rig.rows(), 1);
        rig.begin();
        rig.load();
        QCOMPARE(rig.outbox->all(other).size(), 1);
    }

    // What the disk does not let go of is still there to be seen.
    void keepsAServerThatTheDiskKeeps() {
        Rig rig(false);
        rig.begin();
        rig.load();
        rig.outbox->put(text("mine"));
        rig.settle();
        QVERIFY(waitFor(rig.database->run(
            [](SQLite::Database& file) {
                file.exec("PRAGMA query_only=1");
                return 1;
            },
            {})));
        QVERIFY(!waitFor(rig.outbox->forgetAll(QStringLiteral("http://server|"))));
        QCOMPARE(rig.outbox->all(kMine).size(), 1);
        QTRY_COMPARE(rig.outbox->openCount(kMine), 1);
    }

    void countsForEachAccount() {
        Rig rig(false);
        rig.begin();
        rig.load();
        QSignalSpy counts(rig.outbox.get(), &Outbox::openCountsChanged);
        const QString other = QStringLiteral("http://server|88");
        const IntentId id = rig.outbox->put(words(QStringLiteral("theirs"), 5, IntentKind::Comment, other));
        QCOMPARE(rig.outbox->openCount(other), 1);
        QTRY_COMPARE(counts.count(), 1);
        rig.outbox->discard(id);
        QCOMPARE(rig.outbox->openCount(other), 0);
        QTRY_COMPARE(counts.count(), 2);
    }

    void discards_data() {
        QTest::addColumn<QString>("when");
        QTest::newRow("waiting") << "waiting";
        QTest::newRow("sending") << "sending";
        QTest::newRow("failed") << "failed";
    }
    void discards() {
        QFETCH(const QString, when);
        Rig rig(when != QLatin1String("waiting"));
        rig.begin();
        if (when == QLatin1String("failed")) {
            rig.handler.thenFail(ErrorKind::Refused);
        }
        const IntentId id = rig.outbox->put(text("x"));
        const auto state = when == QLatin1String("waiting")   ? IntentState::Waiting
                           : when == QLatin1String("sending") ? IntentState::Sending
                                                              : IntentState::Failed;
        rig.load();
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == state; }));
        rig.settle();
        QSignalSpy gone(rig.outbox.get(), &Outbox::discarded);
        rig.outbox->discard(id);
        QVERIFY(waitUntil([&] { return gone.size() == 1; }));
        QCOMPARE(rig.handler.running(), 0);
        QVERIFY(!rig.outbox->intent(id));
        QCOMPARE(rig.outbox->openCount(), 0);
        QCOMPARE(rig.rows(), 0);
        rig.outbox->discard(id);  // what is not there is no harm
        rig.outbox->retry(id);
        QVERIFY(!waitFor(rig.outbox->setData(id, "x")));
    }

    void aDiskThatDoesNotLetGo() {
        Rig rig(false);
        rig.begin();
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.outbox->intent(id)->kept; }));
        rig.setFull(true);
        QSignalSpy gone(rig.outbox.get(), &Outbox::discarded);
        rig.outbox->discard(id);
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Failed; }));
        QCOMPARE(gone.size(), 0);
        QCOMPARE(rig.outbox->intent(id)->errorKind, ErrorKind::Storage);
        rig.setFull(false);
        rig.outbox->discard(id);
        QVERIFY(waitUntil([&] { return gone.size() == 1; }));
    }

    void aReplacedWishTheDiskDidNotLetGo() {
        Rig rig(false);
        rig.begin();
        rig.load();
        const IntentId on = rig.outbox->put(wish(IntentKind::Like, 5), false);
        QVERIFY(waitUntil([&] { return rig.outbox->intent(on)->kept; }));
        rig.setFull(true);
        QCOMPARE(rig.outbox->put(wish(IntentKind::Like, 5, false), false), 0);
        rig.settle();
        QCOMPARE(rig.rows(), 1);
        rig.setFull(false);
        rig.outbox->put(text("anything"));
        rig.settle();
        QCOMPARE(rig.rows(), 1);
        rig.begin();
        rig.load();
        QCOMPARE(rig.outbox->wanted(kMine, IntentKind::Like, 5), std::nullopt);
    }

    void pausesUploads() {
        Rig rig;
        rig.begin();
        const IntentId id = rig.outbox->put(words(QStringLiteral("title"), 0, IntentKind::Publish));
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        rig.outbox->pause(id);
        QCOMPARE(rig.stateOf(id), IntentState::Paused);
        QCOMPARE(rig.handler.running(), 0);
        rig.settle();
        rig.begin();
        rig.load();
        rig.settle();
        QCOMPARE(rig.stateOf(id), IntentState::Paused);
        QCOMPARE(rig.handler.calls.size(), 1);
        rig.handler.then(Presence::There);
        rig.outbox->resume(id);
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Sent; }));
        QCOMPARE(rig.handler.log().last(), QStringLiteral("find 0 title"));
        // Only uploads can be paused.
        const IntentId comment = rig.outbox->put(text("x", 9));
        rig.outbox->pause(comment);
        QVERIFY(rig.stateOf(comment) != IntentState::Paused);
    }

    void resumingWithAnExpiredSessionAsksForTheAccount() {
        Rig rig;
        rig.begin();
        const IntentId id = rig.outbox->put(words(QStringLiteral("title"), 0, IntentKind::Publish));
        rig.outbox->pause(id);
        QCOMPARE(rig.stateOf(id), IntentState::Paused);
        rig.world.session.reportSignedOut(rig.world.session.token());
        QSignalSpy needed(&rig.world.session, &Session::accountNeeded);
        rig.outbox->resume(id);
        QCOMPARE(needed.count(), 1);
        QCOMPARE(needed.at(0).at(0).toString(), QStringLiteral("publish"));
    }

    void handlersRemember() {
        Rig rig;
        rig.begin();
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        QVERIFY(waitFor(rig.outbox->setData(id, "remembered")));
        rig.handler.then(Presence::There);
        rig.begin();
        QVERIFY(waitUntil([&] { return rig.handler.calls.size() == 2; }));
        QCOMPARE(rig.handler.calls.at(1)->intent.data, QByteArray("remembered"));
        rig.setFull(true);
        const auto refused = waitFor(rig.outbox->setData(id, "not this"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
    }

    void aHandlerGoes() {
        Rig rig;
        rig.begin();
        const IntentId id = rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        rig.outbox->removeHandler(IntentKind::Comment);
        QCOMPARE(rig.handler.running(), 0);
        rig.settle();
        QCOMPARE(rig.stateOf(id), IntentState::Waiting);
        QVERIFY(rig.outbox->intent(id)->maybeDone);
        FakeIntentHandler second;
        second.then(Presence::There);
        rig.outbox->setHandler(IntentKind::Comment, second);
        QVERIFY(waitUntil([&] { return rig.stateOf(id) == IntentState::Sent; }));
        rig.outbox->removeHandler(IntentKind::Comment);
    }

    // --- the owner goes in the middle

    void destroyed_data() {
        QTest::addColumn<QString>("when");
        for (const char* when : {"loading", "keeping", "sending", "finding", "remembering", "discarding"}) {
            QTest::newRow(when) << QString::fromLatin1(when);
        }
    }
    void destroyed() {
        QFETCH(const QString, when);
        Rig rig;
        rig.begin();
        if (when == QLatin1String("loading")) {
            rig.outbox->put(text("x"));
        } else {
            rig.load();
            const IntentId id = rig.outbox->put(text("x"));
            if (when != QLatin1String("keeping")) {
                QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
            }
            if (when == QLatin1String("finding")) {
                rig.begin();
                QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
                QVERIFY(rig.handler.calls.last()->isFind);
            } else if (when == QLatin1String("remembering")) {
                rig.outbox->setData(id, "x");
            } else if (when == QLatin1String("discarding")) {
                rig.outbox->discard(id);
            }
        }
        rig.outbox.reset();
        QCOMPARE(rig.handler.running(), 0);
        QVERIFY(waitFor(rig.database->run([](SQLite::Database&) {}, {})));
        QCoreApplication::processEvents();
        QVERIFY(rig.rows() ==
                (when == QLatin1String("loading") || when == QLatin1String("discarding") ? 0 : 1));
    }

    void destroyedFromItsOwnSignals_data() {
        QTest::addColumn<int>("signal");
        for (int i = 0; i < 5; ++i) {
            QTest::addRow("signal %d", i) << i;
        }
    }
    void destroyedFromItsOwnSignals() {
        QFETCH(const int, signal);
        Rig rig;
        rig.begin();
        const auto end = [&rig] { rig.outbox.reset(); };
        Outbox* outbox = rig.outbox.get();
        switch (signal) {
            case 0:
                QObject::connect(outbox, &Outbox::changed, this, end);
                break;
            case 1:
                QObject::connect(outbox, &Outbox::kept, this, end);
                break;
            case 2:
                QObject::connect(outbox, &Outbox::sent, this, end);
                break;
            case 3:
                QObject::connect(outbox, &Outbox::failed, this, end);
                break;
            default:
                QObject::connect(outbox, &Outbox::countsChanged, this, end);
                break;
        }
        if (signal == 3) {
            rig.handler.thenFail(ErrorKind::Refused);
        } else {
            rig.handler.thenDone();
        }
        rig.outbox->put(text("x"));
        QVERIFY(waitUntil([&] { return rig.outbox == nullptr; }));
        QVERIFY(waitFor(rig.database->run([](SQLite::Database&) {}, {})));
        QCoreApplication::processEvents();
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::OutboxTest)
#include "outbox_test.moc"
