// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/conversations_model.h"
#include "core/chat/message_text.h"
#include "tests/core/support/chat_world.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace tikgok {

using test::ChatClient;
using test::ChatFiles;
using test::ChatHabits;
using test::ChatServer;
using test::kMe;
using test::waitUntil;
using Fate = ChatServer::Fate;
using State = ConversationsModel::State;
using Last = ConversationsModel::Last;

namespace {

struct List {
    explicit List(const ChatHabits& habits = {}, const QList<contract::Id>& friends = {11, 12, 13}) {
        server.habits = habits;
        server.friends = friends;
    }
    void start() {
        client.reset();
        client = std::make_unique<ChatClient>(server, files);
        client->list.setShown(true);
    }
    [[nodiscard]] QVariant at(int row, int role) const {
        return client->list.data(client->list.index(row), role);
    }
    // "11:hi(2)" with the unread ones; own words with a '>'.
    [[nodiscard]] QString rows() const {
        QStringList all;
        for (int row = 0; row < client->list.count(); ++row) {
            const QString text = at(row, ConversationsModel::LastTextRole).toString();
            all.append(
                QStringLiteral("%1:%2%3(%4)")
                    .arg(at(row, ConversationsModel::PeerIdRole).toString(),
                         at(row, ConversationsModel::LastOwnRole).toBool() ? QStringLiteral(">") : QString(),
                         text.isEmpty() ? text : text.mid(1, text.size() - 2))
                    .arg(at(row, ConversationsModel::UnreadRole).toInt()));
        }
        return all.join(u' ');
    }
    [[nodiscard]] bool shows(const char* wanted) const {
        return waitUntil([&] { return rows() == QString::fromUtf8(wanted); }, std::chrono::seconds(8));
    }

    ChatServer server;
    ChatFiles files;
    std::unique_ptr<ChatClient> client;
};

}  // namespace

class ConversationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsFriendsNewestFirst_data() {
        QTest::addColumn<ChatHabits>("habits");
        for (const auto& [name, habits] : test::chatKinds()) {
            if (!habits.bare) {
                QTest::newRow(name) << habits;
            }
        }
    }
    void showsFriendsNewestFirst() {
        QFETCH(ChatHabits, habits);
        List l(habits);
        l.server.add(12, kMe, QStringLiteral("old"));
        l.server.add(kMe, 12, QStringLiteral("answered"));
        l.server.add(13, kMe, QStringLiteral("one"));
        l.server.add(13, kMe, QStringLiteral("two"));
        l.start();
        QVERIFY2(l.shows("13:two(2) 12:>answered(0) 11:(0)"), qPrintable(l.rows()));
        QCOMPARE(l.client->list.unread(), 2);
        QCOMPARE(l.client->list.state(), State::Ready);
        QVERIFY(!l.at(0, ConversationsModel::TimeTextRole).toString().isEmpty());
        QCOMPARE(l.at(2, ConversationsModel::TimeTextRole).toString(), QString());
        QCOMPARE(l.at(0, ConversationsModel::NameRole).toString(), QStringLiteral("u13"));
        // TikGok's list has no pictures.
        QVERIFY(waitUntil([&] { return l.at(0, ConversationsModel::AvatarRole).toUrl().isValid(); }));
        // By itself.
        const QSignalSpy unread(&l.client->list, &ConversationsModel::unreadChanged);
        l.server.add(11, kMe, QStringLiteral("hello"));
        QVERIFY2(l.shows("11:hello(1) 13:two(2) 12:>answered(0)"), qPrintable(l.rows()));
        QVERIFY(unread.count() > 0);
        QCOMPARE(l.client->list.unread(), 3);
    }

    void silentListsAreAskedInTurn() {
        List l({.bound = ChatHabits::Bound::Ignored, .bare = true, .silentFriends = true}, {11, 12});
        l.server.add(12, kMe, QStringLiteral("hi"));
        l.start();
        QVERIFY2(l.shows("12:hi(1) 11:(0)"), qPrintable(l.rows()));
        QVERIFY(l.at(0, ConversationsModel::TimeTextRole).toString().contains(QStringLiteral("5:26PM")));
    }

    void sameWordsTwiceAreTwo() {
        List l({}, {11, 12});
        l.server.add(11, kMe, QStringLiteral("ok"));
        l.start();
        QVERIFY(l.shows("11:ok(1) 12:(0)"));
        l.server.add(11, kMe, QStringLiteral("ok"));
        QVERIFY2(l.shows("11:ok(2) 12:(0)"), qPrintable(l.rows()));
    }

    void formerFriendsStay() {
        List l({}, {11, 12});
        l.server.add(11, kMe, QStringLiteral("hi"));
        l.start();
        QVERIFY(l.shows("11:hi(1) 12:(0)"));
        QVERIFY(l.at(0, ConversationsModel::IsFriendRole).toBool());
        l.server.friends = {12};
        QVERIFY(waitUntil([&] { return !l.at(0, ConversationsModel::IsFriendRole).toBool(); }));
        l.server.add(11, kMe, QStringLiteral("still here"));
        QVERIFY2(l.shows("11:still here(2) 12:(0)"), qPrintable(l.rows()));
        l.start();
        QVERIFY(l.shows("11:still here(2) 12:(0)"));
        QCOMPARE(l.at(0, ConversationsModel::NameRole).toString(), QStringLiteral("u11"));
    }

    void draftsAreInTheList() {
        List l({}, {11, 12});
        l.start();
        QVERIFY(l.shows("11:(0) 12:(0)"));
        const auto draft = [&l](int row) { return l.at(row, ConversationsModel::DraftRole).toString(); };
        QCOMPARE(draft(1), QString());
        const QSignalSpy changed(&l.client->list, &ConversationsModel::dataChanged);
        const QString account = l.client->book.account();
        l.client->drafts.setDraft(account, chatDraftTarget(12), QStringLiteral("two\nlines"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.front().at(0).toModelIndex().row(), 1);
        QVERIFY(draft(1).contains(QStringLiteral("two lines")));
        QCOMPARE(draft(0), QString());
        // Of others, of something else, and of blanks nothing is said.
        l.client->drafts.setDraft(QStringLiteral("somebody"), chatDraftTarget(11), QStringLiteral("x"));
        l.client->drafts.setDraft(account, QStringLiteral("12"), QStringLiteral("a comment"));
        QCOMPARE(changed.count(), 1);
        l.client->drafts.setDraft(account, chatDraftTarget(11), QStringLiteral(" \n"));
        QCOMPARE(draft(0), QString());
        l.client->drafts.forget(account);
        QCOMPARE(draft(1), QString());
        QCOMPARE(changed.count(), 3);
    }

    void pendingAndFailedWordsAreInTheList() {
        List l({}, {11});
        l.start();
        QVERIFY(l.shows("11:(0)"));
        l.server.fates[ChatServer::kSend] = {Fate::Held};
        l.client->book.send(11, QStringLiteral("wait"));
        QVERIFY(l.shows("11:>wait(0)"));
        QCOMPARE(l.at(0, ConversationsModel::LastStateRole).value<Last>(), Last::Pending);
        QVERIFY(waitUntil([&] { return l.server.heldCount() == 1; }));
        l.server.letGo();
        QVERIFY(waitUntil(
            [&] { return l.at(0, ConversationsModel::LastStateRole).value<Last>() == Last::Arrived; }));
        l.server.fates[ChatServer::kSend] = {Fate::Refused};
        l.client->book.send(11, QStringLiteral("no"));
        QVERIFY(waitUntil(
            [&] { return l.at(0, ConversationsModel::LastStateRole).value<Last>() == Last::Failed; }));
    }

    void strangersOnlyWithWords() {
        List l({}, {});
        l.start();
        QVERIFY(waitUntil([&] { return l.client->list.state() == State::Ready; }));
        QVERIFY(l.client->open(40));
        QCOMPARE(l.client->list.count(), 0);
        l.server.add(40, kMe, QStringLiteral("hi"));
        QVERIFY(l.shows("40:hi(1)"));
        QVERIFY(!l.at(0, ConversationsModel::IsFriendRole).toBool());
    }

    void errorsAreSaidAndPass() {
        List l({}, {11});
        l.server.fates[ChatServer::kFriends] = {Fate::Cut, Fate::Refused};
        l.start();
        QVERIFY(waitUntil([&] { return l.client->list.state() == State::Failed; }));
        QCOMPARE(l.client->list.errorKind(), ErrorKind::Cut);
        QVERIFY(waitUntil([&] { return l.client->list.errorKind() == ErrorKind::Refused; }));
        QCOMPARE(l.client->list.errorWords(), QStringLiteral("words"));
        l.client->list.refresh();
        QVERIFY(l.client->list.refreshing());
        QVERIFY(waitUntil([&] { return l.client->list.state() == State::Ready; }));
        QVERIFY(waitUntil([&] { return !l.client->list.refreshing(); }));
        QCOMPARE(l.client->list.errorKind(), ErrorKind::None);
        // Later trouble leaves what is there.
        l.server.fates[ChatServer::kFriends] = {Fate::Cut};
        QVERIFY(waitUntil([&] { return l.client->list.errorKind() == ErrorKind::Cut; }));
        QCOMPARE(l.client->list.state(), State::Ready);
        QCOMPARE(l.client->list.count(), 1);
    }

    void signedOut() {
        List l;
        l.start();
        QVERIFY(waitUntil([&] { return l.client->list.count() == 3; }));
        l.client->session.signOut();
        QCOMPARE(l.client->list.state(), State::SignedOut);
        QCOMPARE(l.client->list.count(), 0);
        l.client->list.refresh();
        QVERIFY(!l.client->list.refreshing());
        QVERIFY(l.client->signIn(kMe));
        QVERIFY(waitUntil([&] { return l.client->list.count() == 3; }));
    }

    // Of many friends the list hears once, when they are read and when they are loaded.
    void manyFriendsAreToldTogether() {
        constexpr int kMany = 500;
        List l;
        l.server.friends.clear();
        for (int i = 0; i < kMany; ++i) {
            l.server.friends.append(1'000 + i);
        }
        for (int run = 0; run < 2; ++run) {
            l.client.reset();
            l.files.accounts.last.clear();
            l.client = std::make_unique<ChatClient>(l.server, l.files, 0);
            QSignalSpy told(&l.client->book, &ChatBook::listChanged);
            QSignalSpy inserted(&l.client->list, &QAbstractItemModel::rowsInserted);
            l.client->list.setShown(true);
            QVERIFY(l.client->signIn(kMe));
            QVERIFY(waitUntil([&] { return l.client->list.count() == kMany; }));
            // Those that were kept, and the list of friends.
            QVERIFY(inserted.count() <= 2);
            QVERIFY(told.count() <= 3);
        }
    }

    void restartShowsWhatWasKnown() {
        List l({}, {11, 12});
        l.server.add(11, kMe, QStringLiteral("one"));
        l.server.add(12, kMe, QStringLiteral("two"));
        l.start();
        QVERIFY(l.shows("12:two(1) 11:one(1)"));
        l.client->book.markSeen(12);
        l.client.reset();
        l.server.fates[ChatServer::kFriends] = QList<Fate>(500, Fate::Cut);
        l.start();
        QVERIFY2(l.shows("12:two(0) 11:one(1)"), qPrintable(l.rows()));
        QCOMPARE(l.client->list.unread(), 1);
        QCOMPARE(l.client->list.state(), State::Ready);
    }

    void hostileNamesAndWords() {
        List l({}, {11});
        l.server.add(11, kMe, QString(20'000, u'x') + QStringLiteral("<b>\n\n"));
        l.start();
        QVERIFY(waitUntil([&] {
            return l.client->list.count() == 1 &&
                   !l.at(0, ConversationsModel::LastTextRole).toString().isEmpty();
        }));
        QVERIFY(l.at(0, ConversationsModel::LastTextRole).toString().size() < 200);
    }

    void unusableFileIsOnlyForgotten() {
        List l({}, {11});
        l.server.add(11, kMe, QStringLiteral("hi"));
        QFile file(l.files.path("client.db"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is no database at all, and long enough to be looked at as one");
        file.close();
        l.start();
        QVERIFY(l.shows("11:hi(1)"));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ConversationsTest)

#include "conversations_test.moc"
