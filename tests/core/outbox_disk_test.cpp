// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The outbox and its disk: crashes and restarts, one that is full, damaged or not there, and how much is
// kept.

#include "core/outbox/outbox.h"
#include "tests/core/support/outbox_rig.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include <optional>

namespace tikgok {

using test::kMine;
using test::text;
using test::textsOf;
using test::waitUntil;
using test::wish;
using test::words;
using Rig = test::OutboxRig;

class OutboxDiskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
        // Nor does one that goes two years on forget it: it is tried at once.
        rig.clock.time += 2 * 365LL * 24 * 3'600'000;
        rig.handler.thenFail(ErrorKind::Offline);
        rig.begin();
        rig.load();
        QVERIFY(waitUntil([&] { return rig.outbox->intent(id)->attempts == 2; }));
        QCOMPARE(rig.outbox->openCount(), 1);
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
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::OutboxDiskTest)
#include "outbox_disk_test.moc"
