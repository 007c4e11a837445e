// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What takes an intent away or holds it up other than its answer: accounts and servers are forgotten, a
// person discards or pauses, and handler or owner go.

#include "core/outbox/outbox.h"
#include "tests/core/support/outbox_rig.h"

#include <QSignalSpy>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include <optional>

namespace tikgok {

using test::FakeIntentHandler;
using test::kMine;
using test::text;
using test::waitFor;
using test::waitUntil;
using test::wish;
using test::words;
using Rig = test::OutboxRig;

class OutboxEndingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- by a person

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

QTEST_GUILESS_MAIN(tikgok::OutboxEndingsTest)
#include "outbox_endings_test.moc"
