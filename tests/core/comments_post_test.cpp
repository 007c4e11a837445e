// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A comment on its way: shown at once, confirmed, refused, and looked for when the answer was lost.

#include "core/comments/comments_model.h"
#include "tests/core/support/comments_world.h"

#include <QSignalSpy>
#include <QTest>

namespace tikgok {

using test::Comments;
using test::failure;
using test::kAction;
using test::kAnn;
using test::kList;
using test::kMei;
using test::listOf;
using test::remark;
using test::twoComments;
using test::waitUntil;
using test::words;

using State = CommentsModel::State;
using Status = CommentsModel::Status;

class CommentsPostTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void postsAtOnceAndIsConfirmed() {
        Comments c;
        c.open();
        QVERIFY(c.model.post(QStringLiteral("  hello +1 好 ")));
        QCOMPARE(c.texts(), words({"hello +1 好", "second", "first"}));
        QCOMPARE(c.status(0), Status::Pending);
        QVERIFY(c.at(0, CommentsModel::OwnRole).toBool());
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QStringLiteral("mei"));
        QCOMPARE(c.model.total(), 3);
        QVERIFY(c.reaches(kAction, 1));
        QCOMPARE(c.world.net.count(), 1);
        QCOMPARE(c.world.net.at(0).value("comment_text"), QStringLiteral("hello +1 好"));
        QSignalSpy inserted(&c.model, &QAbstractItemModel::rowsInserted);
        c.world.net.finish(0, contract::writeComment(remark(103, kMei, "hello +1 好")));
        QCOMPARE(c.status(0), Status::Sent);
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
        QCOMPARE(c.model.count(), 3);
        QCOMPARE(inserted.count(), 0);
        QCOMPARE(c.video->commentCount(), 3);
    }

    void tikgoksAnswerShowsMyName() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("x"));
        QVERIFY(c.reaches(kAction, 1));
        c.world.net.finish(0, R"({"status_code":0,"comment":{"id":103,"user":{"id":103},"content":"x",)"
                              R"("create_date":"1676323215123456789"}})");
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QStringLiteral("mei"));
        QVERIFY(c.at(0, CommentsModel::OwnRole).toBool());
        // And still after a refresh that does not name anybody.
        c.world.net.reply(R"({"status_code":0,"comment_list":[{"id":103,"user":{"id":103},"content":"x"}]})");
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QStringLiteral("mei"));
    }

    void successWithoutACommentReadsTheList() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("x"));
        QVERIFY(c.reaches(kAction, 1));
        c.world.net.reply(
            listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")}));
        c.world.net.finish(0, contract::writeSuccess());
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        QCOMPARE(c.texts(), words({"x", "second", "first"}));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
        QCOMPARE(c.video->commentCount(), 3);
    }

    void severalGoInOrderOneAtATime() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("a"));
        c.model.post(QStringLiteral("b"));
        c.model.post(QStringLiteral("b"));
        QCOMPARE(c.texts().mid(0, 3), words({"b", "b", "a"}));
        QVERIFY(c.reaches(kAction, 1));
        c.world.net.finish(0, contract::writeComment(remark(103, kMei, "a")));
        // Equal texts: each looks at what is there before it goes.
        for (contract::Id id = 104; id <= 105; ++id) {
            QVERIFY(c.reaches(kList, static_cast<int>(id) - 103));
            c.world.net.finish(c.world.net.count() - 1, twoComments());
            QVERIFY(c.reaches(kAction, static_cast<int>(id) - 102));
            c.world.net.finish(c.world.net.count() - 1, contract::writeComment(remark(id, kMei, "b")));
        }
        QVERIFY(waitUntil([&] { return c.waiting().isEmpty(); }));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("105"));
        QCOMPARE(c.at(1, CommentsModel::CommentIdRole).toString(), QStringLiteral("104"));
        QCOMPARE(c.at(2, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
        QCOMPARE(c.model.total(), 5);
    }

    void refusesLocally_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("problem");  // -1: taken
        QTest::newRow("empty") << QString() << int(CommentsModel::Problem::Empty);
        QTest::newRow("blank") << QStringLiteral(" \n\t ") << int(CommentsModel::Problem::Empty);
        QTest::newRow("256") << QString(256, u'x') << -1;
        QTest::newRow("257") << QString(257, u'x') << int(CommentsModel::Problem::TooLong);
        QTest::newRow("256 chinese") << QString(256, u'好') << -1;
        QTest::newRow("256 emoji") << QStringLiteral("😀").repeated(256) << -1;
        QTest::newRow("257 emoji") << QStringLiteral("😀").repeated(257)
                                   << int(CommentsModel::Problem::TooLong);
        QTest::newRow("spaces around do not count") << QStringLiteral("  %1  ").arg(QString(256, u'x')) << -1;
    }
    void refusesLocally() {
        QFETCH(QString, text);
        QFETCH(int, problem);
        Comments c;
        c.open();
        c.model.setDraft(text);
        QSignalSpy refused(&c.model, &CommentsModel::refused);
        QCOMPARE(c.model.post(text), problem < 0);
        QCOMPARE(refused.count(), problem < 0 ? 0 : 1);
        QCOMPARE(c.waiting().size(), problem < 0 ? 1 : 0);
        QCOMPARE(c.model.draft(), problem < 0 ? QString() : text);
        if (problem >= 0) {
            QCOMPARE(static_cast<int>(refused[0][0].value<CommentsModel::Problem>()), problem);
        }
    }

    void withoutAVideoNothingIsTaken() {
        Comments c;
        QSignalSpy refused(&c.model, &CommentsModel::refused);
        QVERIFY(!c.model.post(QStringLiteral("x")));
        QCOMPARE(refused.count(), 1);
    }

    void failedKeepsTheText() {
        Comments c;
        c.open();
        QSignalSpy failed(&c.model, &CommentsModel::postFailed);
        c.world.net.reply(failure(10001, "no comments today"));
        c.model.post(QStringLiteral("precious"));
        QVERIFY(waitUntil([&] { return failed.count() == 1; }));
        QCOMPARE(c.text(0), QStringLiteral("precious"));
        QCOMPARE(c.status(0), Status::Failed);
        QCOMPARE(c.at(0, CommentsModel::FailedWordsRole).toString(), QStringLiteral("no comments today"));
        QCOMPARE(c.at(0, CommentsModel::FailedKindRole).value<ErrorKind>(), ErrorKind::Refused);
        QCOMPARE(c.model.total(), 2);
        QCOMPARE(c.asked(kList), 0);  // a clear no needs no looking
        c.model.retry(0);
        QCOMPARE(c.status(0), Status::Pending);
        QCOMPARE(c.model.total(), 3);
        QVERIFY(c.reaches(kAction, 2));
        c.world.net.finish(1, contract::writeComment(remark(103, kMei, "precious")));
        QCOMPARE(c.status(0), Status::Sent);
        QCOMPARE(c.video->commentCount(), 3);
        QVERIFY(c.waiting().isEmpty());
    }

    void failedIsDiscarded() {
        Comments c;
        c.open();
        c.world.net.reply(failure(1, "params err"));
        c.model.post(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Failed; }));
        c.model.discard(1);  // not that one
        QCOMPARE(c.model.count(), 3);
        c.model.discard(0);
        QVERIFY(waitUntil([&] { return c.model.count() == 2; }));
        QCOMPARE(c.texts(), words({"second", "first"}));
        QCOMPARE(c.model.total(), 2);
    }

    // The answer was lost: look before saying anything.
    void lostAnswerButArrived() {
        Comments c;
        c.open();
        c.world.net.cut().reply(
            listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")}));
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
        QCOMPARE(c.asked(kAction), 1);
        QCOMPARE(c.model.total(), 3);
    }

    void lostAnswerAndDidNotArrive() {
        Comments c;
        c.open();
        c.world.net.cut().reply(twoComments()).reply(contract::writeComment(remark(103, kMei, "x")));
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        QCOMPARE(c.asked(kAction), 2);
        QCOMPARE(c.asked(kList), 1);
        QCOMPARE(c.model.total(), 3);
    }

    // The server is still busy with it when the client has given up waiting.
    void lostAnswerAndArrivesLate() {
        Comments c(true, {}, {.looks = 3, .betweenLooks = std::chrono::milliseconds(1)});
        c.open();
        c.world.net.cut()
            .reply(twoComments())
            .reply(listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")}));
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent || c.asked(kAction) > 1; }));
        QCOMPARE(c.asked(kAction), 1);  // posted once
        QCOMPARE(c.asked(kList), 2);
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
    }

    void slowServerWasOnlySlow() {
        Comments c;
        c.open();
        c.world.net.cut().reply("a", 500).reply("b", 500).reply("c", 500);
        c.model.post(QStringLiteral("x"));
        c.later();  // it cannot be told
        QVERIFY(c.reaches(kList, 3));
        c.world.net.reply(
            listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")}));
        c.later();
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        QCOMPARE(c.asked(kAction), 1);  // posted once
        QCOMPARE(c.model.count(), 3);
        QCOMPARE(c.model.total(), 3);
    }

    void refreshFindsWhatWasTakenForLost() {
        Comments c;
        c.open();
        c.world.net.cut();
        c.model.post(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return c.world.clock.untilAlarm() > 0; }));
        const std::string list =
            listOf({remark(103, kMei, "x"), remark(102, kAnn, "second"), remark(101, kMei, "first")});
        c.world.net.reply(list).reply(list);
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"x", "second", "first"}));
        QCOMPARE(c.status(0), Status::Sent);
        QVERIFY(waitUntil([&] { return c.waiting().isEmpty(); }));  // without waiting for its time
        QCOMPARE(c.asked(kAction), 1);
        QCOMPARE(c.texts(), words({"x", "second", "first"}));
        QCOMPARE(c.model.total(), 3);
    }

    void sameWordsOfBeforeAreNotTakenForIt() {
        Comments c;
        c.open(listOf({remark(101, kMei, "ha")}));
        c.world.net.cut().reply(listOf({remark(101, kMei, "ha")}));
        c.model.post(QStringLiteral("ha"));
        c.later();
        QVERIFY(c.reaches(kAction, 2));
        QCOMPARE(c.status(0), Status::Pending);
        QCOMPARE(c.model.count(), 2);
    }

    // Written twice on purpose, and the first one's answer is lost: each is found once.
    void sameWordsTwice() {
        Comments c;
        c.open();
        c.world.net.reply(contract::writeComment(remark(103, kMei, "ha")));
        c.model.post(QStringLiteral("ha"));
        QVERIFY(waitUntil([&] { return c.waiting().isEmpty(); }));
        c.world.net.reply(listOf({remark(103, kMei, "ha")})).cut().reply(listOf({remark(103, kMei, "ha")}));
        c.model.post(QStringLiteral("ha"));
        c.later();
        QVERIFY(c.reaches(kAction, 3));  // the first one is not taken for it
        c.world.net.finish(c.world.net.count() - 1, contract::writeComment(remark(104, kMei, "ha")));
        QVERIFY(waitUntil([&] { return c.waiting().isEmpty(); }));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("104"));
        QCOMPARE(c.at(1, CommentsModel::CommentIdRole).toString(), QStringLiteral("103"));
    }

    void sameWordsOfSomebodyElseAreNotTakenForIt() {
        Comments c;
        c.open();
        c.world.net.cut().reply(listOf({remark(103, kAnn, "x"), remark(102, kAnn, "second")}));
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(c.reaches(kAction, 2));
    }

    void lookingFailsToo() {
        Comments c;
        c.open();
        c.world.net.cut();
        c.model.post(QStringLiteral("x"));
        for (int i = 1; i <= 2; ++i) {
            QVERIFY(waitUntil([&] { return c.world.clock.untilAlarm() > 0; }));
            c.world.net.reply("a", 500).reply("b", 500).reply("c", 500);
            c.later();
            QVERIFY(c.reaches(kList, 3 * i));
        }
        QCOMPARE(c.asked(kAction), 1);
        QCOMPARE(c.status(0), Status::Pending);
        QCOMPARE(c.model.total(), 3);
    }

    void neverConnectedIsNotLookedFor() {
        Comments c;
        c.open();
        c.world.net.fail(ErrorKind::Offline, true, false);
        c.model.post(QStringLiteral("x"));
        c.later();
        QVERIFY(c.reaches(kAction, 2));
        QCOMPARE(c.asked(kList), 0);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::CommentsPostTest)
#include "comments_post_test.moc"
