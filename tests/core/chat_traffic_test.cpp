// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What goes to the server in a conversation and when: messages, in order and refused, and questions for new
// ones.

#include "core/chat/chat_model.h"
#include "tests/core/support/conversation.h"

#include <QSignalSpy>
#include <QTest>

#include <SQLiteCpp/Database.h>

namespace tikgok {

using test::Chat;
using test::ChatHabits;
using test::ChatServer;
using test::kMe;
using test::kPeer;
using test::waitFor;
using test::waitUntil;
using Fate = ChatServer::Fate;
using State = ChatModel::State;
using Status = ChatModel::Status;

class ChatTrafficTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- sending

    void beforeTheConversationWasRead() {
        Chat c({}, {">same"});
        c.server.fates[ChatServer::kChat] = {Fate::Held};
        c.server.fates[ChatServer::kSend] = {Fate::DoneThenCut};
        c.client->chat.setShown(true);
        c.client->chat.open(QString::number(kPeer), QStringLiteral("peer"), {});
        QVERIFY(c.sends("same"));
        QVERIFY(waitUntil([&] { return c.server.count(ChatServer::kSend) == 1; }));
        QVERIFY(waitUntil([&] { return c.client->clock.untilAlarm() > 0; }));
        c.client->later();
        QVERIFY(waitUntil([&] { return c.client->outbox.openCount() == 0; }));
        c.server.letGo();
        QVERIFY(c.shows(">same >same"));
        QCOMPARE(c.server.countOf(QStringLiteral("same")), 2);
    }

    // The disk knows that it is being sent, takes nothing more, and the program is killed.
    void aDiskThatRefusesWhatWasThereBefore() {
        Chat c({}, {">same"});
        c.server.fates[ChatServer::kChat] = {Fate::Held, Fate::Held};
        c.client->chat.setShown(true);
        c.client->chat.open(QString::number(kPeer), QStringLiteral("peer"), {});
        QVERIFY(c.sends("same"));
        // The page's question and the sender's.
        QVERIFY(waitUntil([&] { return c.server.heldCount() == 2; }));
        QVERIFY(waitFor(c.client->database.run(
            [](SQLite::Database& database) { database.exec("PRAGMA query_only = 1"); }, {})));
        c.server.letGo();
        const auto ended = [&] {
            return c.client->outbox.openCount() == 0 || c.client->clock.untilAlarm() > 0;
        };
        QVERIFY(waitUntil(ended));
        c.start();
        QVERIFY(c.client->open());
        QVERIFY(waitUntil([&] {
            c.client->later();
            return c.client->outbox.openCount() == 0 && c.client->allSent();
        }));
        QCOMPARE(c.server.countOf(QStringLiteral("same")), 2);
    }

    void refusedIsKeptAndRetried() {
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        c.server.fates[ChatServer::kSend] = {Fate::Refused};
        QVERIFY(c.sends("please"));
        QVERIFY(waitUntil([&] { return c.client->status(0) == Status::Failed; }));
        QCOMPARE(c.client->at(0, ChatModel::FailedWordsRole).toString(), QStringLiteral("words"));
        QCOMPARE(c.client->at(0, ChatModel::FailedKindRole).value<ErrorKind>(), ErrorKind::Refused);
        c.client->chat.retry(1);
        c.client->chat.discard(1);
        c.client->chat.retry(0);
        QVERIFY(waitUntil([&] { return c.client->status(0) == Status::Sent; }));
        QVERIFY(c.shows("hi >please"));
        QCOMPARE(c.server.countOf(QStringLiteral("please")), 1);
    }

    void refusedCanBeDiscarded() {
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        c.server.fates[ChatServer::kSend] = {Fate::Refused};
        QVERIFY(c.sends("please"));
        QVERIFY(waitUntil([&] { return c.client->status(0) == Status::Failed; }));
        c.client->chat.discard(0);
        QVERIFY(c.shows("hi"));
        c.start();
        QVERIFY(c.client->open());
        QVERIFY(c.shows("hi"));
        QCOMPARE(c.server.countOf(QStringLiteral("please")), 0);
    }

    void orderIsKept() {
        Chat c;
        QVERIFY(c.client->open());
        c.server.fates[ChatServer::kSend] = {Fate::Cut, Fate::DoneThenCut};
        for (const char* text : {"1", "2", "3", "4"}) {
            QVERIFY(c.sends(text));
        }
        QCOMPARE(c.client->texts(), QStringLiteral(">1 >2 >3 >4"));
        QVERIFY(waitUntil([&] {
            c.client->later();
            return c.client->outbox.openCount() == 0 && c.client->allSent();
        }));
        QVERIFY(c.shows(">1 >2 >3 >4"));
        QStringList arrived;
        for (const auto& one : c.server.messages) {
            arrived.append(one.content);
        }
        QCOMPARE(arrived.join(u' '), QStringLiteral("1 2 3 4"));
    }

    void countsAsSentAfterThreeAnswers() {
        // It never shows anybody their own words.
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        ChatServer& server = c.server;
        QVERIFY(c.sends("gone"));
        QVERIFY(waitUntil([&] { return server.countOf(QStringLiteral("gone")) == 1; }));
        server.messages.removeLast();
        QVERIFY(waitUntil([&] { return c.client->status(0) == Status::Sent; }));
        QVERIFY(c.polls(3));
        QVERIFY(c.shows("hi >gone"));
        QCOMPARE(c.client->status(0), Status::Sent);
        // A reload was asked for, once.
        const auto reloads = std::ranges::count(server.bounds, qint64{0});
        QVERIFY(c.polls(5));
        QCOMPARE(std::ranges::count(server.bounds, qint64{0}), reloads);
    }

    void lengths_data() {
        QTest::addColumn<bool>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("taken");
        QTest::newRow("empty") << false << "" << false;
        QTest::newRow("blank") << false << " \n " << false;
        QTest::newRow("254 characters") << false << QString(254, u'字') << true;
        QTest::newRow("255 characters") << false << QString(255, u'x') << false;
        QTest::newRow("254 emoji") << false << QStringLiteral("😀").repeated(254) << true;
        QTest::newRow("254 bytes") << true << QString(254, u'x') << true;
        QTest::newRow("255 bytes") << true << QString(85, u'字') << false;
    }
    void lengths() {
        QFETCH(bool, bytes);
        QFETCH(QString, text);
        QFETCH(bool, taken);
        ChatHabits habits;
        habits.bound = bytes ? ChatHabits::Bound::Before : ChatHabits::Bound::After;
        Chat c(habits, {"hi"});
        QVERIFY(c.client->open());
        QCOMPARE(c.client->chat.countsBytes(), bytes);
        c.client->chat.setDraft(text);
        const QSignalSpy refused(&c.client->chat, &ChatModel::refused);
        QCOMPARE(c.client->chat.send(text), taken);
        QCOMPARE(refused.count(), taken ? 0 : 1);
        QCOMPARE(c.client->chat.draft(), taken ? QString() : text);
        QCOMPARE(c.client->chat.count(), taken ? 2 : 1);
    }

    // The unit follows what the server was found to be, also while somebody types; that goes before what its
    // way of giving messages lets one guess.
    void lengthsFollowWhatTheServerWasFoundToBe() {
        struct Facts final : ServerFacts {
            [[nodiscard]] ServerTraits traits() const override { return {.dialect = dialect}; }
            Dialect dialect = Dialect::Unknown;
        };
        Facts facts;
        for (const bool looksLikeTheReference : {false, true}) {
            ChatHabits habits;
            habits.bound = looksLikeTheReference ? ChatHabits::Bound::Before : ChatHabits::Bound::After;
            Chat c(habits, {"hi"});
            QVERIFY(c.client->open());
            ChatModel& chat = c.client->chat;
            Session& session = c.client->session;
            chat.setDraft(QString(100, u'字'));
            facts.dialect = Dialect::Unknown;
            session.setServerFacts(&facts);
            const QSignalSpy units(&chat, &ChatModel::countsBytesChanged);
            const QSignalSpy drafts(&chat, &ChatModel::draftChanged);
            int told = 0;
            for (const auto& [dialect, bytes] :
                 {std::pair(Dialect::TikGok, true), std::pair(Dialect::Standard, false),
                  std::pair(Dialect::Demo, false), std::pair(Dialect::Other, false),
                  std::pair(Dialect::Unknown, looksLikeTheReference)}) {
                facts.dialect = dialect;
                Q_EMIT session.traitsChanged();
                ++told;
                QCOMPARE(units.count(), told);
                QCOMPARE(drafts.count(), told);
                QCOMPARE(chat.countsBytes(), bytes);
                QCOMPARE(chat.draftLength(), bytes ? 300 : 100);
                QCOMPARE(chat.maxLength(), 254);
            }
            facts.dialect = Dialect::TikGok;
            QVERIFY(!chat.send(chat.draft()));
            QCOMPARE(chat.draft(), QString(100, u'字'));
            facts.dialect = Dialect::Standard;
            QVERIFY(chat.send(chat.draft()));
            session.setServerFacts(nullptr);
        }
    }

    // --- asking

    void asksOnlyWhileSomebodyLooks() {
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        QVERIFY(c.polls(3));
        const auto isQuiet = [&c] {
            // What is under way may end; then nothing more is asked.
            QTest::qWait(30);
            const int before = c.server.asked();
            QTest::qWait(80);
            return c.server.asked() == before;
        };
        c.client->list.setAwake(false);
        QVERIFY(isQuiet());
        c.client->list.setAwake(true);
        QVERIFY(c.polls(2));
        c.client->chat.setShown(false);
        c.client->list.setAwake(false);
        QVERIFY(isQuiet());
        c.client->chat.setShown(true);
        c.client->list.setAwake(true);
        QVERIFY(c.polls(2));
        c.client->session.signOut();
        QVERIFY(isQuiet());
        QCOMPARE(c.client->chat.count(), 0);
        QCOMPARE(c.client->list.count(), 0);
    }

    void backsOffWhenAskedTo() {
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        c.client->list.setAwake(false);
        QTest::qWait(30);
        c.server.fates[ChatServer::kChat] = {Fate::Throttled};
        c.server.fates[ChatServer::kFriends] = {Fate::Throttled};
        c.client->list.setAwake(true);
        QVERIFY(waitUntil([&] { return c.client->chat.errorKind() == ErrorKind::Throttled; }));
        QVERIFY(waitUntil([&] { return c.client->list.errorKind() == ErrorKind::Throttled; }));
        const int before = c.server.asked();
        QTest::qWait(80);
        QCOMPARE(c.server.asked(), before);
        QVERIFY(c.shows("hi"));
        c.client->chat.refresh();
        QVERIFY(waitUntil([&] { return c.client->chat.errorKind() == ErrorKind::None; }));
    }

    void signedOutByTheServer() {
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        c.server.fates[ChatServer::kChat] = {Fate::SignedOut};
        QVERIFY(waitUntil([&] { return c.client->session.expired(); }));
        // What was known stays, and it goes on after signing in again.
        QVERIFY(c.shows("hi"));
        QVERIFY(c.client->signIn(kMe));
        c.say("again");
        QVERIFY(c.shows("hi again"));
    }

    // What waits for its account says so.
    void writingWithAnExpiredSessionAsksForTheAccount() {
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        c.server.fates[ChatServer::kChat] = {Fate::SignedOut};
        QVERIFY(waitUntil([&] { return c.client->session.expired(); }));
        QSignalSpy needed(&c.client->session, &Session::accountNeeded);
        QVERIFY(c.client->chat.send(QStringLiteral("yes")));
        QCOMPARE(needed.count(), 1);
        QCOMPARE(needed.at(0).at(0).toString(), QStringLiteral("message"));
        QVERIFY(c.client->signIn(kMe));
        QVERIFY(c.shows("hi >yes"));
        QVERIFY(waitUntil([&] { return c.server.countOf(QStringLiteral("yes")) == 1; }));
    }

    void anotherAccountSeesItsOwn() {
        Chat c({}, {"for 77"});
        QVERIFY(c.client->open());
        c.client->chat.setDraft(QStringLiteral("mine"));
        c.server.fates[ChatServer::kChat] = {Fate::Held};
        QVERIFY(waitUntil([&] { return c.server.heldCount() == 1; }));
        c.client->session.signOut();
        QCOMPARE(c.client->chat.peerId(), QString());
        QVERIFY(c.client->signIn(78));
        c.server.letGo();
        QVERIFY(waitUntil([&] { return c.client->book.canRead(); }));
        QVERIFY(c.client->open());
        QVERIFY(c.shows(""));
        QCOMPARE(c.client->chat.draft(), QString());
        c.client->session.signOut();
        QVERIFY(c.client->signIn(kMe));
        QVERIFY(waitUntil([&] { return c.client->book.canRead(); }));
        QVERIFY(c.client->open());
        QVERIFY(c.shows("for 77"));
        QCOMPARE(c.client->chat.draft(), QStringLiteral("mine"));
    }

    void anotherServerSeesItsOwn() {
        Chat c({}, {"here"});
        QVERIFY(c.client->open());
        c.client->session.setServer(QStringLiteral("http://other"));
        QCOMPARE(c.client->chat.peerId(), QString());
        QCOMPARE(c.client->list.count(), 0);
        QCOMPARE(c.client->book.protocol().mode(), ChatProtocol::Mode::Unknown);
        c.client->session.setServer(QStringLiteral("http://server"));
        QVERIFY(waitUntil([&] { return c.client->book.canRead(); }));
        QCOMPARE(c.client->book.protocol().mode(), ChatProtocol::Mode::After);
        QVERIFY(c.client->open());
        QVERIFY(c.shows("here"));
    }

    void diesInTheMiddle_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("reading") << QString(ChatServer::kChat);
        QTest::newRow("sending") << QString(ChatServer::kSend);
        QTest::newRow("listing") << QString(ChatServer::kFriends);
    }
    void diesInTheMiddle() {
        QFETCH(QString, path);
        Chat c({}, {"hi"});
        QVERIFY(c.client->open());
        c.server.fates[path] = {Fate::Held};
        c.client->list.refresh();
        QVERIFY(c.sends("words"));
        QVERIFY(waitUntil([&] { return c.server.heldCount() == 1; }));
        c.client.reset();
        c.server.letGo();
        QCoreApplication::processEvents();
    }

    void failsWithoutAnythingToShow() {
        Chat c;
        c.server.fates[ChatServer::kChat] = {Fate::Refused};
        c.client->chat.setShown(true);
        c.client->chat.open(QString::number(kPeer), QStringLiteral("peer"), {});
        QCOMPARE(c.client->chat.state(), State::Loading);
        QVERIFY(waitUntil([&] { return c.client->chat.state() == State::Failed; }));
        QCOMPARE(c.client->chat.errorKind(), ErrorKind::Refused);
        QVERIFY(waitUntil([&] { return c.client->chat.state() == State::Ready; }));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ChatTrafficTest)
#include "chat_traffic_test.moc"
