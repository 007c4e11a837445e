// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One's own comments: which they are, also on servers that do not say it, and removing them.

#include "core/comments/comments_model.h"
#include "tests/core/support/comments_world.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tikgok {

using test::clip;
using test::Comments;
using test::failure;
using test::kAction;
using test::kMe;
using test::kMei;
using test::listOf;
using test::person;
using test::remark;
using test::twoComments;
using test::waitUntil;
using test::words;

using State = CommentsModel::State;
using Status = CommentsModel::Status;

namespace {

class FixedFacts final : public ServerFacts {
public:
    explicit FixedFacts(Dialect dialect) { traits_.dialect = dialect; }
    [[nodiscard]] ServerTraits traits() const override { return traits_; }

private:
    ServerTraits traits_;
};

// As the reference server sends it: its author is its own id and nothing else.
contract::Comment nameless(contract::Id id, const std::string& content) {
    contract::User nobody;
    nobody.id = id;
    return {.id = id, .user = nobody, .content = content, .createDate = "1676323215123456789"};
}

}  // namespace

class OwnCommentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The outbox forgets what it sent; whose a comment is stays known, on servers that do not say it.
    void ownCommentsAreKnownForLong() {
        const QTemporaryDir dir;
        Database database(dir.filePath(QStringLiteral("own.sqlite")), {OwnComments::schema()});
        OwnComments own(database);
        {
            Comments c;
            c.model.knowOwnBy(own);
            c.open(listOf({}));
            c.world.net.reply(contract::writeComment(nameless(500, "mine")));
            QVERIFY(c.model.post(QStringLiteral("mine")));
            QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
            QVERIFY(c.at(0, CommentsModel::OwnRole).toBool());
        }
        Comments c;  // which has sent nothing
        c.model.knowOwnBy(own);
        c.open(listOf({nameless(501, "theirs"), nameless(500, "mine")}));
        QVERIFY(waitUntil([&] { return c.at(1, CommentsModel::OwnRole).toBool(); }));
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
        QCOMPARE(c.at(1, CommentsModel::AuthorNameRole).toString(), QStringLiteral("mei"));
        c.world.net.reply(R"({"status_code":0,"status_msg":"success"})");
        c.model.remove(1);
        QVERIFY(c.reaches(kAction, 1));
        QCOMPARE(c.world.net.last().value("comment_id"), QStringLiteral("500"));
        QVERIFY(waitUntil([&] { return c.model.count() == 1; }));
        const auto left = test::waitFor(own.of(c.world.session.accountKey(), 5, {}));
        QVERIFY(left && left->isEmpty());
        // Another account's are not this one's.
        own.add(QStringLiteral("http://server|99"), 5, 501);
        c.model.setVideo(nullptr);
        c.open(listOf({nameless(501, "theirs")}));
        QVERIFY(test::waitFor(own.of(c.world.session.accountKey(), 5, {})));
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
    }

    void ownCommentsOfADestroyedModel() {
        Database database(QString(), {OwnComments::schema()});
        OwnComments own(database);
        own.add(QStringLiteral("http://server|77"), 5, 500);
        {
            Comments c;
            c.model.knowOwnBy(own);
            c.world.net.hang();
            c.model.setVideo(c.video);
        }
        QVERIFY(test::waitFor(own.of(QStringLiteral("http://server|77"), 5, {})));
    }

    void forgottenOwnComments() {
        Database database(QString(), {OwnComments::schema()});
        OwnComments own(database);
        for (const char* account : {"http://server|77", "http://server|88", "http://server2|77"}) {
            own.add(QString::fromLatin1(account), 5, 500);
        }
        const auto many = [&own](const char* account) {
            const auto ids = test::waitFor(own.of(QString::fromLatin1(account), 5, {}));
            return ids ? ids->size() : -1;
        };
        QCOMPARE(many("http://server|88"), 1);
        own.forget(QStringLiteral("http://server|88"));
        QCOMPARE(many("http://server|88"), 0);
        QCOMPARE(many("http://server|77"), 1);
        QVERIFY(test::waitFor(own.forgetAll(QStringLiteral("http://server|"), {})));
        QCOMPARE(many("http://server|77"), 0);
        QCOMPARE(many("http://server2|77"), 1);
    }

    // The official demo answers yes, with an id that another comment has, and its list is always the same.
    void serverThatKeepsNoComments() {
        const FixedFacts facts(Dialect::Demo);
        const std::string list = listOf({remark(1, person(1, "TestUser"), "Test Comment")});
        Comments c;
        c.world.session.setServerFacts(&facts);
        c.open(list);
        c.world.net.reply(list);  // what is there before
        c.world.net.reply(contract::writeComment(remark(1, kMei, "mine")));
        QVERIFY(c.model.post(QStringLiteral("mine")));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        const QStringList both{QStringLiteral("mine"), QStringLiteral("Test Comment")};
        QCOMPARE(c.texts(), both);
        QVERIFY(c.at(0, CommentsModel::OwnRole).toBool());
        // Whose id was given to ours is still somebody else's.
        QVERIFY(!c.at(1, CommentsModel::OwnRole).toBool());
        QCOMPARE(c.at(1, CommentsModel::AuthorNameRole).toString(), QStringLiteral("TestUser"));
        // It stays for this run, whatever the list says.
        c.world.net.clearScripts();
        c.world.net.reply(list);
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), both);
        QCOMPARE(c.model.total(), 2);
        c.model.setVideo(nullptr);
        c.open(list);
        QCOMPARE(c.texts(), both);
        // There is nothing to ask the server for.
        const int asked = c.asked(kAction);
        c.model.remove(0);
        QCOMPARE(c.texts(), QStringList{QStringLiteral("Test Comment")});
        QCOMPARE(c.model.total(), 1);
        QCOMPARE(c.asked(kAction), asked);
        c.model.remove(0);
        QCOMPARE(c.texts().size(), 1);
        c.world.session.setServerFacts(nullptr);
    }

    // In the next run what was sent is known by an id that is another's.
    void nothingOfAnothersIsOwn() {
        Comments c;
        c.open(listOf({}));
        c.world.net.reply(contract::writeComment(remark(1, kMei, "mine")));
        QVERIFY(c.model.post(QStringLiteral("mine")));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        c.model.setVideo(nullptr);
        c.open(listOf({remark(1, person(1, "TestUser"), "Test Comment")}));
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
    }

    void tikgokDoesNotSayWhoWrote() {
        Comments c;
        c.open(R"({"status_code":0,"comment_list":[{"id":900,"user":{"id":900},"content":"x",)"
               R"("create_date":"1676323215123456789"}]})");
        QVERIFY(!c.at(0, CommentsModel::AuthorKnownRole).toBool());
        QCOMPARE(c.at(0, CommentsModel::AuthorIdRole).toString(), QString());
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QString());
        QVERIFY(!c.at(0, CommentsModel::DateTextRole).toString().contains(QLatin1String("1676323215")));
    }

    void commentIdEqualToMineIsNotMine() {
        Comments c;
        c.open(listOf({remark(kMe, person(kMe, ""), "x")}));
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
    }

    // --- removing

    void removesAfterTheTimeToUndo() {
        Comments c;
        c.open();
        c.world.net.reply(contract::writeComment(std::nullopt));
        c.model.remove(1);
        QVERIFY(c.model.canUndo());
        QCOMPARE(c.status(1), Status::Deleting);
        QCOMPARE(c.model.total(), 1);
        QCOMPARE(c.world.net.count(), 0);
        QVERIFY(waitUntil([&] { return c.model.count() == 1; }));
        QVERIFY(!c.model.canUndo());
        QCOMPARE(c.world.net.at(0).value("action_type"), QStringLiteral("2"));
        QCOMPARE(c.world.net.at(0).value("comment_id"), QStringLiteral("101"));
        QCOMPARE(c.world.net.at(0).value("video_id"), QStringLiteral("5"));
        QCOMPARE(c.video->commentCount(), 1);
    }

    void undo() {
        Comments c;
        c.open();
        c.model.remove(1);
        c.model.undoRemove();
        QVERIFY(!c.model.canUndo());
        QCOMPARE(c.status(1), Status::Sent);
        QCOMPARE(c.model.total(), 2);
        QTest::qWait(60);
        QCOMPARE(c.world.net.count(), 0);
    }

    void onlyOnesOwn() {
        Comments c;
        c.open();
        c.model.remove(0);
        c.model.remove(7);
        QVERIFY(!c.model.canUndo());
        QCOMPARE(c.status(0), Status::Sent);
    }

    void refusedRemovalComesBack() {
        Comments c;
        c.open();
        QSignalSpy failed(&c.model, &CommentsModel::removeFailed);
        c.world.net.reply(contract::writeFailure(contract::kCommentNotYours));
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return failed.count() == 1; }));
        QCOMPARE(failed[0][1].toString(), QStringLiteral("permission denied"));
        QCOMPARE(c.status(1), Status::Sent);
        QCOMPARE(c.at(1, CommentsModel::FailedWordsRole).toString(), QStringLiteral("permission denied"));
        QCOMPARE(c.model.total(), 2);
    }

    void goneAlreadyIsGone() {
        Comments c;
        c.open();
        c.world.net.reply(contract::writeFailure(contract::kCommentNotFound));
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return c.model.count() == 1; }));
        QCOMPARE(c.model.total(), 1);
    }

    void secondRemovalMakesTheFirstFinal() {
        Comments c;
        c.open(listOf({remark(102, kMei, "b"), remark(101, kMei, "a")}));
        c.model.remove(0);
        c.model.remove(1);
        c.world.flush();
        QCOMPARE(c.world.net.count(), 1);
        QCOMPARE(c.world.net.at(0).value("comment_id"), QStringLiteral("102"));
        c.model.undoRemove();
        QCOMPARE(c.status(1), Status::Sent);
        QCOMPARE(c.status(0), Status::Deleting);
        c.world.net.finish(0, contract::writeSuccess());
        QCOMPARE(c.texts(), words({"a"}));
        QCOMPARE(c.model.total(), 1);
    }

    void leavingTheVideoMakesItFinal() {
        Comments c;
        c.open();
        VideoEntity* other = c.world.store.video(clip(6), c.world.store.beginReading());
        c.model.remove(1);
        c.model.setVideo(other);
        QVERIFY(!c.model.canUndo());
        c.world.flush();
        QCOMPARE(c.asked(kAction), 1);
        QVERIFY(!c.world.net.last().cancelled);
        c.world.net.finish(c.world.net.count() - 1, failure(10001, "no"));
        QCOMPARE(c.video->commentCount(), 2);
    }

    void refreshDoesNotBringItBack() {
        Comments c;
        c.open();
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return c.asked(kAction) == 1; }));
        c.world.net.reply(twoComments());
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.status(1), Status::Deleting);
        QCOMPARE(c.model.total(), 1);
        c.world.net.finish(0, contract::writeSuccess());
        QCOMPARE(c.model.count(), 1);
        QCOMPARE(c.model.total(), 1);
    }

    void expiredSessionRemovesAfterwards() {
        Comments c;
        c.open();
        QSignalSpy needed(&c.world.session, &Session::accountNeeded);
        c.world.net.reply(contract::writeFailure(contract::kTokenExpired));
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return needed.count() == 1; }));
        c.world.signIn(kMe, "mei", "fresh");
        QCOMPARE(c.status(1), Status::Deleting);
        QVERIFY(c.reaches(kAction, 2));
        QCOMPARE(c.world.net.last().value("token"), QStringLiteral("fresh"));
        c.world.net.finish(c.world.net.count() - 1, contract::writeSuccess());
        QCOMPARE(c.model.count(), 1);
    }

    void signingOutKeepsWhatWasNotRemovedYet() {
        Comments c;
        c.open();
        c.model.remove(1);
        c.world.session.signOut();
        QVERIFY(!c.model.canUndo());
        QCOMPARE(c.video->commentCount(), 2);
        QCOMPARE(c.asked(kAction), 0);
    }

    // It was wanted, and nobody took it back.
    void switchingKeepsTheRemoval_data() {
        QTest::addColumn<bool>("server");
        QTest::newRow("another account") << false;
        QTest::newRow("another server") << true;
    }
    void switchingKeepsTheRemoval() {
        QFETCH(bool, server);
        Comments c;
        c.open();
        const QString mine = c.world.session.accountKey();
        c.model.remove(1);
        if (server) {
            c.world.session.setServer(QStringLiteral("http://other"));
        } else {
            c.world.signIn(78, "lin", "lins-token");
        }
        QVERIFY(!c.model.canUndo());
        const QList<Intent> removals = c.world.outbox.open(mine, IntentKind::DeleteComment);
        QCOMPARE(removals.size(), 1);
        QCOMPARE(removals.at(0).object, contract::Id{101});
        c.world.flush();
        QCOMPARE(c.asked(kAction), 0);  // not in another's name
        if (!server) {
            QCOMPARE(c.video->commentCount(), 2);
        }
        c.world.session.setServer(QStringLiteral("http://server"));
        c.world.session.switchTo(QString::number(kMe));
        QVERIFY(waitUntil([&] { return c.asked(kAction) == 1; }));
        QCOMPARE(c.world.net.last().value("comment_id"), QStringLiteral("101"));
    }

    void aFailedRemovalCanBeTriedAgain() {
        Comments c;
        c.open();
        c.world.net.reply(failure(10001, "no"));
        c.model.remove(1);
        QVERIFY(waitUntil(
            [&] { return c.at(1, CommentsModel::FailedKindRole).value<ErrorKind>() == ErrorKind::Refused; }));
        const auto removals = [&] {
            return c.world.outbox.open(c.world.session.accountKey(), IntentKind::DeleteComment);
        };
        QCOMPARE(removals().size(), 1);
        c.world.net.reply(contract::writeSuccess());
        c.model.remove(1);
        QVERIFY(waitUntil([&] { return c.model.count() == 1; }));
        QVERIFY(waitUntil([&] { return removals().isEmpty(); }));
        QCOMPARE(c.model.total(), 1);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::OwnCommentsTest)
#include "own_comments_test.moc"
