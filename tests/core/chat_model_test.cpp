// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A conversation with every kind of server, what is kept of it, and how it looks. Sending and asking are in
// chat_traffic_test.cpp.

#include "core/chat/chat_model.h"

#include "tests/core/support/conversation.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <limits>

namespace tikgok {

using test::Chat;
using test::ChatHabits;
using test::ChatServer;
using test::kMe;
using test::kPeer;
using test::waitUntil;
using Fate = ChatServer::Fate;
using State = ChatModel::State;
using Status = ChatModel::Status;

namespace {

void addKinds() {
    QTest::addColumn<ChatHabits>("habits");
    for (const auto& [name, habits] : test::chatKinds()) {
        QTest::newRow(name) << habits;
    }
}

}  // namespace

class ChatModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draftsGoToDiskWhenTheWindowIsLeft() {
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        c.client->chat.setDraft(QStringLiteral("half a thought"));
        QFile file(c.client->drafts.filePath());
        QVERIFY(!file.exists());
        c.client->chat.setActive(false);
        QVERIFY(waitUntil([&file] { return file.exists(); }));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("half a thought"));
    }

    void startsIdle() {
        Chat c;
        QCOMPARE(c.client->chat.state(), State::Idle);
        QCOMPARE(c.client->chat.count(), 0);
        QCOMPARE(c.client->chat.maxLength(), 254);
        QCOMPARE(c.client->chat.draft(), QString());
        c.client->chat.setDraft(QStringLiteral("nobody"));
        c.client->chat.refresh();
        c.client->chat.markSeen();
        c.client->chat.retry(0);
        c.client->chat.discard(-1);
        c.client->chat.open(QStringLiteral("0"), {}, {});
        c.client->chat.open(QStringLiteral("x"), {}, {});
        QCOMPARE(c.client->chat.peerId(), QString());
        const QSignalSpy refused(&c.client->chat, &ChatModel::refused);
        QVERIFY(!c.sends("hi"));
        QCOMPARE(refused.count(), 1);
    }

    // --- every kind of server

    void showsTheConversation_data() { addKinds(); }
    void showsTheConversation() {
        QFETCH(ChatHabits, habits);
        Chat c(habits, {"one", "two", "three"});
        QVERIFY(c.client->open());
        QVERIFY(c.shows("one two three"));
        QCOMPARE(c.client->chat.state(), State::Ready);
        QCOMPARE(c.client->chat.keptSince(), QString());
        c.say("four");
        QVERIFY(c.shows("one two three four"));
        // Whatever the server repeats, nothing stands there twice.
        QVERIFY(c.polls(3));
        QVERIFY(c.shows("one two three four"));
    }

    void ownMessagesAreOwn_data() { addKinds(); }
    void ownMessagesAreOwn() {
        QFETCH(ChatHabits, habits);
        Chat c(habits, {"hi", ">hello"});
        QVERIFY(c.client->open());
        // The demo does not say whose they are.
        QVERIFY(c.shows(habits.bare ? "hi hello" : "hi >hello"));
    }

    void sendsAndConfirms_data() { addKinds(); }
    void sendsAndConfirms() {
        QFETCH(ChatHabits, habits);
        Chat c(habits, {"hi"});
        QVERIFY(c.client->open());
        QVERIFY(c.shows("hi"));
        c.client->chat.setDraft(QStringLiteral("hello + 好 😀"));
        QVERIFY(c.sends("hello + 好 😀"));
        QCOMPARE(c.client->chat.draft(), QString());
        // At once, and on its way.
        QCOMPARE(c.client->texts(), QStringLiteral("hi >hello + 好 😀"));
        QCOMPARE(c.client->status(0), Status::Pending);
        QVERIFY(waitUntil([&] { return c.client->status(0) == Status::Sent; }));
        QVERIFY(c.polls(6));
        QVERIFY(c.shows("hi >hello + 好 😀"));
        QCOMPARE(c.server.countOf(QStringLiteral("hello + 好 😀")), 1);
        c.say("nice");
        QVERIFY(c.shows("hi >hello + 好 😀 nice"));
    }

    void firstMessageOfAll_data() { addKinds(); }
    void firstMessageOfAll() {
        QFETCH(ChatHabits, habits);
        Chat c(habits);
        QVERIFY(c.client->open());
        QCOMPARE(c.client->chat.state(), State::Ready);
        QVERIFY(c.sends("first"));
        QVERIFY(waitUntil([&] { return c.client->status(0) == Status::Sent; }));
        QVERIFY(waitUntil([&] { return !c.client->book.find(kPeer)->history().isEmpty(); },
                          std::chrono::seconds(8)));
        QCOMPARE(c.client->book.protocol().mode(), habits.bound == ChatHabits::Bound::Before
                                                       ? ChatProtocol::Mode::Before
                                                       : ChatProtocol::Mode::After);
        QVERIFY(c.shows(">first"));
        c.say("second");
        QVERIFY(c.shows(">first second"));
    }

    void firstWordsOfThePeer_data() { addKinds(); }
    void firstWordsOfThePeer() {
        QFETCH(ChatHabits, habits);
        Chat c(habits);
        QVERIFY(c.client->open());
        c.say("first");
        QVERIFY(c.shows("first"));
    }

    void lostAnswerIsLookedFor_data() { addKinds(); }
    void lostAnswerIsLookedFor() {
        QFETCH(ChatHabits, habits);
        for (const bool arrived : {true, false}) {
            Chat c(habits, {"hi"});
            QVERIFY(c.client->open());
            c.server.fates[ChatServer::kSend] = {arrived ? Fate::DoneThenCut : Fate::Cut};
            QVERIFY(c.sends("once"));
            QVERIFY(waitUntil([&] { return c.client->clock.untilAlarm() > 0; }));
            c.client->later();
            QVERIFY(waitUntil(
                [&] { return c.client->outbox.openCount() == 0 && c.client->status(0) == Status::Sent; }));
            QVERIFY(c.polls(4));
            QVERIFY(c.shows("hi >once"));
            QCOMPARE(c.server.countOf(QStringLiteral("once")), 1);
        }
    }

    void equalTextsWithLostAnswers_data() { addKinds(); }
    void equalTextsWithLostAnswers() {
        QFETCH(ChatHabits, habits);
        Chat c(habits, {"hi", ">ok"});
        QVERIFY(c.client->open());
        c.server.fates[ChatServer::kSend] = {Fate::DoneThenCut, Fate::Cut, Fate::DoneThenCut};
        for (int i = 0; i < 3; ++i) {
            QVERIFY(c.sends("ok"));
        }
        QVERIFY(waitUntil([&] {
            c.client->later();
            return c.client->outbox.openCount() == 0 && c.client->allSent();
        }));
        QVERIFY(c.polls(4));
        QVERIFY(c.shows(habits.bare ? "hi ok >ok >ok >ok" : "hi >ok >ok >ok >ok"));
        QCOMPARE(c.server.countOf(QStringLiteral("ok")), 4);
    }

    void killedInTheMiddle_data() { addKinds(); }
    void killedInTheMiddle() {
        QFETCH(ChatHabits, habits);
        for (const bool arrived : {true, false}) {
            Chat c(habits, {"hi"});
            QVERIFY(c.client->open());
            // The answer never comes, and then the program is gone.
            c.server.fates[ChatServer::kSend] = {Fate::Held};
            QVERIFY(c.sends("once"));
            QVERIFY(c.sends("twice"));
            QVERIFY(waitUntil([&] { return c.server.heldCount() == 1; }));
            c.client.reset();
            if (arrived) {
                c.server.letGo();
            }
            c.start();
            QVERIFY(c.client->open());
            QVERIFY(waitUntil([&] {
                c.client->later();
                return c.client->outbox.openCount() == 0 && c.client->allSent();
            }));
            QVERIFY(c.shows("hi >once >twice"));
            QCOMPARE(c.server.countOf(QStringLiteral("once")), 1);
            QCOMPARE(c.server.countOf(QStringLiteral("twice")), 1);
        }
    }

    // --- what is kept

    void restartShowsWhatWasKnown() {
        Chat c({}, {"one", ">two"});
        QVERIFY(c.client->open());
        c.client->chat.setDraft(QStringLiteral("half"));
        QVERIFY(c.sends("three"));
        c.client->chat.setDraft(QStringLiteral("half"));
        QVERIFY(waitUntil([&] { return c.client->allSent(); }));
        // No network: nothing answers.
        c.client.reset();
        for (const auto& path : {ChatServer::kChat, ChatServer::kFriends}) {
            c.server.fates[path] = QList<Fate>(500, Fate::Cut);
        }
        c.start();
        c.client->chat.setShown(true);
        c.client->chat.open(QString::number(kPeer), {}, {});
        QVERIFY(c.shows("one >two >three"));
        QVERIFY(waitUntil([&] { return c.client->chat.errorKind() == ErrorKind::Cut; }));
        QCOMPARE(c.client->chat.state(), State::Ready);
        QVERIFY(!c.client->chat.keptSince().isEmpty());
        QCOMPARE(c.client->chat.draft(), QStringLiteral("half"));
        QCOMPARE(c.client->chat.peerName(), QStringLiteral("u11"));
        // And back.
        c.server.fates.clear();
        c.say("four");
        c.client->chat.refresh();
        QVERIFY(c.shows("one >two >three four"));
        QCOMPARE(c.client->chat.keptSince(), QString());
        QCOMPARE(c.client->chat.errorKind(), ErrorKind::None);
    }

    void modeIsRememberedPerServer() {
        Chat c({.bound = ChatHabits::Bound::Before, .newestFirst = true}, {"one"});
        QVERIFY(c.client->open());
        c.client.reset();
        c.server.bounds.clear();
        c.start();
        QVERIFY(c.client->open());
        QCOMPARE(c.server.bounds.constFirst(), std::numeric_limits<qint64>::max());
    }

    void anotherLifeOfTheServer() {
        Chat c({}, {"old"});
        QVERIFY(c.client->open());
        c.client.reset();
        c.server.messages.clear();
        c.say("new");
        c.start();
        QVERIFY(c.client->open());
        QVERIFY(c.shows("new"));
        c.client.reset();
        c.server.messages.clear();
        c.start();
        QVERIFY(c.client->open());
        QVERIFY(c.shows(""));
        c.start();
        c.server.fates[ChatServer::kChat] = {Fate::Held};
        c.client->chat.setShown(true);
        c.client->chat.open(QString::number(kPeer), {}, {});
        QCOMPARE(c.client->chat.count(), 0);
    }

    void longConversations() {
        Chat c;
        for (int i = 0; i < 2'100; ++i) {
            c.say("message");
        }
        QVERIFY(c.client->open());
        QCOMPARE(c.client->chat.count(), 2'100);
        const QSignalSpy inserted(&c.client->chat, &QAbstractItemModel::rowsInserted);
        const QSignalSpy reset(&c.client->chat, &QAbstractItemModel::modelReset);
        c.say("last");
        QVERIFY(waitUntil([&] { return c.client->chat.count() == 2'101; }));
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted.constFirst().at(1).toInt(), 0);
        QCOMPARE(inserted.constFirst().at(2).toInt(), 0);
        QCOMPARE(reset.count(), 0);
        // The file holds the newest ones, and the older ones come behind them.
        c.server.fates[ChatServer::kChat] = QList<Fate>(500, Fate::Cut);
        c.start();
        c.client->chat.open(QString::number(kPeer), {}, {});
        QVERIFY(waitUntil([&] { return c.client->chat.count() == ChatStore::kMostMessages; }));
    }

    void conversationsOfAServerAreForgotten() {
        Database database(QString(), {ChatStore::schema()}, StorageClass::Disposable);
        ChatStore kept(database);
        const QString gone = QStringLiteral("http://server");
        // Its address only begins the same.
        const QString stays = QStringLiteral("http://server2");
        for (const QString& server : {gone, stays}) {
            for (const char* who : {"|1", "|2"}) {
                const QString account = server + QLatin1String(who);
                kept.keepPeer(account, {.id = 5, .name = QStringLiteral("ann"), .avatar = {}, .seen = {}});
                kept.keepMessages(account, 5,
                                  {{.key = {.time = 1, .id = 1}, .timeText = {}, .content = account}}, {}, 0);
            }
            kept.keepMode(server, ChatProtocol::Mode::Before);
        }
        QVERIFY(test::waitFor(kept.forgetServer(gone, {})));
        const auto conversations = [&](const QString& account) {
            const auto found = test::waitFor(kept.load(account, {}));
            return found ? found->size() : -1;
        };
        for (const char* who : {"|1", "|2"}) {
            QCOMPARE(conversations(gone + QLatin1String(who)), 0);
            QCOMPARE(conversations(stays + QLatin1String(who)), 1);
        }
        QVERIFY(test::waitFor(kept.mode(gone, {})).value_or(ChatProtocol::Mode::After) ==
                ChatProtocol::Mode::Unknown);
        QVERIFY(test::waitFor(kept.mode(stays, {})).value_or(ChatProtocol::Mode::After) ==
                ChatProtocol::Mode::Before);
    }

    // --- how it looks

    void daysAndGroups() {
        Chat c;
        const auto add = [&c](bool own, const QDateTime& moment, const char* text) {
            c.server.add(own ? kMe : kPeer, own ? kPeer : kMe, QString::fromLatin1(text));
            c.server.messages.last().timeMs = moment.toMSecsSinceEpoch();
        };
        const QDateTime noon(QDate::currentDate(), QTime(12, 0));
        add(false, noon.addDays(-9), "a");
        add(false, noon.addDays(-1), "b");
        add(true, noon.addDays(-1).addSecs(10), "c");
        add(true, noon.addDays(-1).addSecs(20), "d");
        add(true, noon.addDays(-1).addSecs(2'000), "e");
        add(true, noon, "f");
        QVERIFY(c.client->open());
        QVERIFY(c.shows("a b >c >d >e >f"));
        c.client->chat.setLocale(QLocale(QStringLiteral("en_GB")));
        QStringList looks;
        for (int row = 5; row >= 0; --row) {
            looks.append(
                QStringLiteral("%1%2%3")
                    .arg(c.client->at(row, ChatModel::DaysAgoRole).toInt())
                    .arg(c.client->at(row, ChatModel::GroupStartRole).toBool() ? QChar(u'[') : QChar(u'-'))
                    .arg(c.client->at(row, ChatModel::GroupEndRole).toBool() ? QChar(u']') : QChar(u'-')));
        }
        QCOMPARE(looks.join(u' '), QStringLiteral("9[] 1[] -1[- -1-] -1[] 0[]"));
        QCOMPARE(c.client->at(5, ChatModel::TimeTextRole).toString(), QStringLiteral("12:00"));
        QVERIFY(!c.client->at(5, ChatModel::DayTextRole).toString().isEmpty());
        QCOMPARE(c.client->at(2, ChatModel::DayTextRole).toString(), QString());
        QVERIFY(!c.client->chat.data(c.client->chat.index(0), -1).isValid());
    }

    void timesInWordsAreShownVerbatim() {
        Chat c({.bound = ChatHabits::Bound::Ignored, .bare = true}, {"hi"});
        QVERIFY(c.client->open());
        QVERIFY(c.shows("hi"));
        QVERIFY(c.client->at(0, ChatModel::TimeTextRole).toString().contains(QStringLiteral("5:26PM")));
        QCOMPARE(c.client->at(0, ChatModel::DayTextRole).toString(), QString());
    }

    void tellsWhatWasSaid() {
        Chat c({}, {"before"});
        const QSignalSpy heard(&c.client->chat, &ChatModel::heard);
        QVERIFY(c.client->open());
        QVERIFY(c.polls(2));
        QCOMPARE(heard.count(), 0);
        c.say("now");
        c.say(">mine");
        QVERIFY(c.shows("before now >mine"));
        QCOMPARE(heard.count(), 1);
        QVERIFY(heard.constFirst().at(0).toString().contains(QStringLiteral("now")));
    }

    void unseenUntilSeen() {
        Chat c({}, {"1", ">2", "3", "4"});
        QVERIFY(c.client->open());
        QCOMPARE(c.client->chat.unseen(), 2);
        QCOMPARE(c.client->list.unread(), 2);
        c.client->chat.markSeen();
        QCOMPARE(c.client->chat.unseen(), 0);
        QCOMPARE(c.client->list.unread(), 0);
        c.say("5");
        QVERIFY(c.shows("1 >2 3 4 5"));
        QCOMPARE(c.client->chat.unseen(), 1);
        // It is kept.
        c.start();
        QVERIFY(c.client->open());
        QCOMPARE(c.client->chat.unseen(), 1);
        c.client->chat.markSeen();
        c.start();
        QVERIFY(c.client->open());
        QCOMPARE(c.client->chat.unseen(), 0);
    }

    void typingWakesIt() {
        Chat c;
        c.options.chat.active = {.fast = std::chrono::milliseconds(10),
                                 .slow = std::chrono::hours(1),
                                 .patience = 0,
                                 .longestAfterErrors = std::chrono::hours(1)};
        c.start();
        QVERIFY(c.client->open());
        c.client->chat.setDraft(QStringLiteral("a"));
        QVERIFY(c.polls(1));
    }

    void pushedLineMakesAskingRare() {
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        c.client->chat.setPushed(true);
        c.client->list.setPushed(true);
        QTest::qWait(60);
        const int before = c.server.asked();
        QTest::qWait(80);
        QCOMPARE(c.server.asked(), before);
        c.client->chat.setPushed(false);
        QVERIFY(c.polls(3));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ChatModelTest)
#include "chat_model_test.moc"
