// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/chat_model.h"

#include "tests/core/support/chat_world.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace tikgok {

using test::ChatClient;
using test::ChatFiles;
using test::ChatHabits;
using test::ChatServer;
using test::ChatWorldOptions;
using test::kMe;
using test::kPeer;
using test::waitUntil;
using Fate = ChatServer::Fate;
using State = ChatModel::State;
using Status = ChatModel::Status;

namespace {

// A server, the device, and one run of the client.
struct Chat {
    explicit Chat(const ChatHabits& habits = {}, const QList<const char*>& said = {}) {
        server.habits = habits;
        server.friends = {kPeer};
        for (const char* text : said) {
            say(text);
        }
        start();
    }
    // "x" by the peer, ">x" by the account.
    void say(const char* text) {
        const bool own = *text == '>';
        server.add(own ? kMe : kPeer, own ? kPeer : kMe, QString::fromUtf8(own ? text + 1 : text));
    }
    void start() {
        client.reset();
        client = std::make_unique<ChatClient>(server, files, kMe, options);
    }
    [[nodiscard]] bool shows(const char* texts) const {
        const bool shown =
            waitUntil([&] { return client->texts() == QString::fromUtf8(texts); }, std::chrono::seconds(8));
        if (!shown) {
            qWarning("it shows: %s", qPrintable(client->texts()));
        }
        return shown;
    }
    bool sends(const char* text) { return client->chat.send(QString::fromUtf8(text)); }
    // Until so many more questions about conversations were answered.
    [[nodiscard]] bool polls(int times) const {
        const int before = server.asked();
        return waitUntil([&] { return server.asked() >= before + times; });
    }

    ChatServer server;
    ChatFiles files;
    ChatWorldOptions options;
    std::unique_ptr<ChatClient> client;
};

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
        QVERIFY(waitUntil([&] { return c.client->chat.errorKind() == ErrorKind::Timeout; }));
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
