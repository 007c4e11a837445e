// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is put into the outbox goes out: in order, once, again after errors, for the right account. Its disk
// is in outbox_disk_test.cpp, what takes intents away in outbox_endings_test.cpp.

#include "core/outbox/outbox.h"

#include "tests/core/support/outbox_rig.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <optional>

namespace tikgok {

using test::kMine;
using test::text;
using test::textsOf;
using test::waitUntil;
using test::wish;
using test::words;
using Rig = test::OutboxRig;

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

    // The server has it, the program is killed, and what was kept of the server says that it does not.
    void aWishOfAnEarlierRunMayHaveArrived_data() {
        QTest::addColumn<bool>("loaded");  // before it is taken back
        QTest::newRow("taken back after loading") << true;
        QTest::newRow("taken back before") << false;
    }
    void aWishOfAnEarlierRunMayHaveArrived() {
        QFETCH(const bool, loaded);
        Rig rig;
        rig.begin();
        rig.load();
        rig.outbox->put(wish(IntentKind::Like, 5), false);
        QVERIFY(waitUntil([&] { return rig.handler.running() == 1; }));
        rig.settle();
        rig.begin();
        rig.outbox->removeHandler(IntentKind::Like);
        if (loaded) {
            rig.load();
        }
        QVERIFY(rig.outbox->put(wish(IntentKind::Like, 5, false), false) > 0);
        rig.load();
        // However often it is changed.
        rig.outbox->put(wish(IntentKind::Like, 5), false);
        QVERIFY(rig.outbox->put(wish(IntentKind::Like, 5, false), false) > 0);
        rig.handler.thenDone();
        rig.outbox->setHandler(IntentKind::Like, rig.handler);
        QVERIFY(waitUntil([&] { return rig.outbox->openCount() == 0; }));
        QCOMPARE(rig.handler.log(), (QStringList{"send 5 on", "send 5 off"}));
        rig.settle();
        QCOMPARE(rig.rows(), 1);
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
        row("cut", Kind::Comment, ErrorKind::Cut, true, true, State::Waiting, "find 5 x");
        row("cut, a like", Kind::Like, ErrorKind::Cut, true, true, State::Waiting, "send 5 x");
        row("cut, a removal", Kind::DeleteComment, ErrorKind::Cut, true, true, State::Waiting, "send 5 x");
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
        rig.handler.thenFail(ErrorKind::Offline).thenFail(ErrorKind::Cut);
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
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::OutboxTest)
#include "outbox_test.moc"
