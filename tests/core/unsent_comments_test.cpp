// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Comments that wait: for the list, for somebody to sign in, for a network; drafts, and what an earlier run
// left.

#include "core/comments/comments_model.h"
#include "core/comments/unsent_texts.h"
#include "tests/core/support/comments_world.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <initializer_list>

namespace tikgok {

using test::clip;
using test::Comments;
using test::failure;
using test::kAction;
using test::kAnn;
using test::kList;
using test::kMe;
using test::kMei;
using test::listOf;
using test::remark;
using test::twoComments;
using test::waitUntil;
using test::words;
using test::World;

using State = CommentsModel::State;
using Status = CommentsModel::Status;

namespace {

// A model whose outbox finds on the disk what an earlier run left there.
struct LaterRun {
    explicit LaterRun(std::initializer_list<const char*> texts) : path(keep(texts)) {
        world.store.user(kMei);  // so that nobody asks for it
    }
    // In an outbox that is gone when this returns. Where it was.
    QString keep(std::initializer_list<const char*> texts) {
        const QString file = dir.filePath(QStringLiteral("client.sqlite"));
        Database former(file, {outboxSchema()});
        Outbox left(former, world.session);
        waitUntil([&] { return left.loaded(); });
        for (const char* text : texts) {
            Intent intent;
            intent.account = world.session.accountKey();
            intent.kind = IntentKind::Comment;
            intent.target = 5;
            intent.text = QString::fromLatin1(text);
            const IntentId id = left.put(intent);
            waitUntil([&] { return left.intent(id)->kept; });
        }
        return file;
    }
    void open() { model.setVideo(world.store.video(clip(5), world.store.beginReading())); }
    [[nodiscard]] QStringList texts() const {
        QStringList all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(model.data(model.index(row), CommentsModel::ContentRole).toString());
        }
        return all;
    }

    QTemporaryDir dir;
    World world{true};
    QString path;
    Drafts drafts{dir.filePath(QStringLiteral("drafts.json"))};
    Database database{path, {outboxSchema()}};
    Outbox outbox{database, world.session};
    CommentSender sender{world.api, world.session, outbox};
    CommentsModel model{world.api, world.session, world.store, outbox, sender, drafts};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

}  // namespace

class UnsentCommentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pendingSaysWhyItWaits() {
        Comments comments;
        comments.open();
        comments.world.net.fail(ErrorKind::Offline, true);
        QVERIFY(comments.model.post(QStringLiteral("hello")));
        QCOMPARE(comments.at(0, CommentsModel::FailedKindRole).value<ErrorKind>(), ErrorKind::None);
        QVERIFY(waitUntil([&] {
            return comments.at(0, CommentsModel::FailedKindRole).value<ErrorKind>() == ErrorKind::Offline;
        }));
        QCOMPARE(comments.status(0), Status::Pending);
        comments.world.net.reply(contract::writeComment(remark(103, kMei, "hello")));
        comments.later();
        QVERIFY(waitUntil([&] { return comments.status(0) == Status::Sent; }));
        QCOMPARE(comments.at(0, CommentsModel::FailedKindRole).value<ErrorKind>(), ErrorKind::None);
    }

    void postingBeforeTheListIsThere() {
        Comments c;
        c.world.net.hang();
        c.model.setVideo(c.video);
        c.world.net.reply(twoComments()).reply(contract::writeComment(remark(103, kMei, "x")));
        c.model.post(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        // The list comes late and holds it already, or not yet: it stands there once.
        c.world.net.finish(0, listOf({remark(103, kMei, "x"), remark(102, kAnn, "second")}));
        QCOMPARE(c.texts(), words({"x", "second"}));
        QCOMPARE(c.video->commentCount(), 2);
    }

    void goesOnWhileAnotherVideoIsShown() {
        Comments c;
        c.open();
        VideoEntity* other = c.world.store.video(clip(6), c.world.store.beginReading());
        c.model.post(QStringLiteral("x"));
        QVERIFY(c.reaches(kAction, 1));
        const auto post = c.world.net.sent.last();
        c.model.setVideo(other);
        QVERIFY(!post->cancelled);
        QCOMPARE(c.video->commentCount(), 3);
        c.world.net.finish(0, failure(10001, "no"));
        QCOMPARE(c.video->commentCount(), 2);
        QCOMPARE(other->commentCount(), 2);
        c.world.net.reply(twoComments());
        c.model.setVideo(c.video);
        QCOMPARE(c.status(0), Status::Failed);
        QCOMPARE(c.text(0), QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"x", "second", "first"}));
    }

    // --- accounts

    void strangerIsAskedAndThenItIsPosted() {
        Comments c(false);
        c.open();
        QSignalSpy needed(&c.world.session, &Session::accountNeeded);
        c.model.setDraft(QStringLiteral("x"));
        QVERIFY(c.model.post(QStringLiteral("x")));
        QCOMPARE(needed.count(), 1);
        QCOMPARE(needed[0][0].toString(), QStringLiteral("comment"));
        QCOMPARE(c.model.draft(), QStringLiteral("x"));  // where it is safe
        QVERIFY(c.model.post(QStringLiteral("x")));      // an impatient finger
        QCOMPARE(needed.count(), 2);
        c.world.signIn();
        QCOMPARE(c.model.draft(), QString());
        QCOMPARE(c.text(0), QStringLiteral("x"));
        QCOMPARE(c.status(0), Status::Pending);
        QCOMPARE(c.waiting().size(), 1);
        // The list is read again with the new eyes, and once more to know it before posting.
        QVERIFY(c.reaches(kList, 2));
        c.world.net.finish(0, twoComments());
        c.world.net.finish(1, twoComments());
        QVERIFY(c.reaches(kAction, 1));
        QCOMPARE(c.world.net.last().value("comment_text"), QStringLiteral("x"));
        QCOMPARE(c.world.net.last().value("token"), QStringLiteral("secret-token"));
        c.world.net.finish(c.world.net.count() - 1, contract::writeComment(remark(103, kMei, "x")));
        QCOMPARE(c.status(0), Status::Sent);
        QCOMPARE(c.model.count(), 3);
    }

    void dismissedSheetLeavesTheTextWhereItIs() {
        Comments c(false);
        c.open();
        QVERIFY(c.model.post(QStringLiteral("x")));
        c.world.session.cancelSignIn();
        QCOMPARE(c.model.draft(), QStringLiteral("x"));
        QCOMPARE(c.model.count(), 2);
        QCOMPARE(c.model.total(), 2);
        c.world.signIn();
        QVERIFY(c.waiting().isEmpty());
        QCOMPARE(c.model.draft(), QStringLiteral("x"));
    }

    void strangersTextLeavesTheAccountsOwnDraftAlone() {
        Comments c(false);
        c.drafts.setDraft(QStringLiteral("http://server|77"), QStringLiteral("5"), QStringLiteral("mine"));
        c.open();
        QVERIFY(c.model.post(QStringLiteral("x")));
        c.world.signIn();
        QCOMPARE(c.model.draft(), QStringLiteral("mine"));
        QCOMPARE(c.waiting().size(), 1);
    }

    void expiredSessionIsRenewedAndReplayed() {
        Comments c;
        c.open();
        QSignalSpy needed(&c.world.session, &Session::accountNeeded);
        c.world.net.reply(contract::writeFailure(contract::kTokenExpired));
        c.model.post(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return needed.count() == 1; }));
        QCOMPARE(c.status(0), Status::Pending);
        // Another one, while it is known that the session is over: safe at once, and the sheet again.
        QVERIFY(c.model.post(QStringLiteral("y")));
        QCOMPARE(needed.count(), 2);
        QCOMPARE(c.waiting().size(), 2);
        c.world.session.cancelSignIn();
        QCOMPARE(c.waiting().size(), 2);
        c.world.signIn(kMe, "mei", "fresh");
        QVERIFY(c.reaches(kAction, 2));
        QCOMPARE(c.world.net.last().value("token"), QStringLiteral("fresh"));
        c.world.net.finish(c.world.net.count() - 1, contract::writeComment(remark(103, kMei, "x")));
        QVERIFY(waitUntil([&] { return c.waiting().size() == 1; }));
        QCOMPARE(c.status(1), Status::Sent);
    }

    void draftsArePerVideoAndAccount() {
        Comments c;
        c.open();
        VideoEntity* other = c.world.store.video(clip(6), c.world.store.beginReading());
        QSignalSpy changed(&c.model, &CommentsModel::draftChanged);
        c.model.setDraft(QStringLiteral("for five 😀"));
        QCOMPARE(c.model.draftLength(), 10);
        QCOMPARE(changed.count(), 1);
        c.model.setVideo(other);
        QCOMPARE(c.model.draft(), QString());
        c.model.setDraft(QStringLiteral("for six"));
        c.world.net.reply(twoComments());
        c.model.setVideo(c.video);
        QCOMPARE(c.model.draft(), QStringLiteral("for five 😀"));
        c.world.session.signOut();
        QCOMPARE(c.model.draft(), QString());
        c.world.signIn();
        QCOMPARE(c.model.draft(), QStringLiteral("for five 😀"));
    }

    void strangersDraftGoesAlong() {
        Comments c(false);
        c.open();
        c.model.setDraft(QStringLiteral("typed before"));
        c.world.signIn();
        QCOMPARE(c.model.draft(), QStringLiteral("typed before"));
    }

    // As an earlier version kept them.
    void unsentTextsOfAnEarlierVersion() {
        Comments before(false);
        const QString file = before.dir.filePath(QStringLiteral("old.json"));
        {
            QFile old(file);
            QVERIFY(old.open(QIODevice::WriteOnly));
            old.write(QByteArray("{'http://server|77':{'5':{'draft':'half','unsent':[{'text':'arrived',"
                                 "'uncertain':true},{'text':'lost','uncertain':true},{'text':'never sent',"
                                 "'uncertain':false}]}},'http://server|0':{'6':{'unsent':[{'text':'x'}]}}}")
                          .replace('\'', '"'));
        }
        {
            Comments c(true, file);
            moveUnsentTexts(c.drafts, c.world.outbox);
            QCOMPARE(c.waiting().size(), 3);
            QCOMPARE(c.drafts.draft(QStringLiteral("http://server|0"), QStringLiteral("6")),
                     QStringLiteral("x"));
            QCOMPARE(c.drafts.draft(QStringLiteral("http://server|77"), QStringLiteral("5")),
                     QStringLiteral("half"));
            QVERIFY(waitUntil([&] { return c.drafts.unsent().isEmpty(); }));
            const std::string list = listOf({remark(103, kMei, "arrived")});
            c.world.net.finish(0, list);  // found
            QVERIFY(c.reaches(kList, 2));
            c.world.net.finish(1, list);  // not found, so it is sent
            QVERIFY(c.reaches(kAction, 1));
            QCOMPARE(c.world.net.last().value("comment_text"), QStringLiteral("lost"));
            moveUnsentTexts(c.drafts, c.world.outbox);
            QCOMPARE(c.waiting().size(), 2);
        }
        Comments c(true, file);
        QVERIFY(c.drafts.unsent().isEmpty());
    }

    // The outbox is read from disk after the video was opened.
    void postsOfAnEarlierRun() {
        LaterRun run({"was on its way"});
        run.open();
        QVERIFY(waitUntil([&] { return run.model.count() == 1; }));
        QCOMPARE(run.model.data(run.model.index(0), CommentsModel::StatusRole).value<Status>(),
                 Status::Pending);
        QVERIFY(
            waitUntil([&] { return run.world.net.count() == 2; }));  // shown, and looked at before posting
        run.world.net.finish(0, twoComments());
        QCOMPARE(run.model.count(), 3);
        QCOMPARE(run.model.total(), 3);
    }

    // One is written before what waits is read from the disk.
    void newestFirstAlsoWhenTheOlderOneComesLater() {
        LaterRun run({"oldest", "older"});
        run.open();
        QVERIFY(!run.outbox.loaded());
        QVERIFY(run.model.post(QStringLiteral("newest")));
        QVERIFY(waitUntil([&] { return run.model.count() == 3; }));
        QCOMPARE(run.texts(), words({"newest", "older", "oldest"}));
        run.world.net.finish(0, twoComments());
        QVERIFY(waitUntil([&] { return run.model.count() == 5; }));
        QCOMPARE(run.texts(), words({"newest", "older", "oldest", "second", "first"}));
    }

    void newestFirstWhateverBecameOfThem() {
        Comments c;
        c.open();
        c.world.net.reply(failure(40020, "no"));
        c.model.post(QStringLiteral("a"));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Failed; }));
        c.world.net.reply(contract::writeComment(remark(103, kMei, "b")));
        c.model.post(QStringLiteral("b"));
        QVERIFY(waitUntil([&] { return c.status(0) == Status::Sent; }));
        c.world.net.hang();
        c.model.post(QStringLiteral("c"));
        c.model.post(QStringLiteral("d"));  // waits for its turn
        QVERIFY(c.reaches(kAction, 3));
        const QStringList order = words({"d", "c", "b", "a", "second", "first"});
        QCOMPARE(c.texts(), order);
        const std::string list = listOf({remark(104, kAnn, "later"), remark(103, kMei, "b"),
                                         remark(102, kAnn, "second"), remark(101, kMei, "first")});
        c.world.net.reply(list);
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"d", "c", "later", "b", "a", "second", "first"}));
        QCOMPARE(c.status(4), Status::Failed);
        c.model.setVideo(nullptr);
        // Also before the list is there.
        c.world.net.hang();
        c.model.setVideo(c.video);
        QCOMPARE(c.texts(), words({"d", "c", "a"}));
        c.model.setVideo(nullptr);
        c.open(list);
        QCOMPARE(c.texts(), words({"d", "c", "later", "b", "a", "second", "first"}));
    }

    void anotherAccountDoesNotSendIt() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("mei's words"));
        QVERIFY(c.reaches(kAction, 1));
        c.world.session.signOut();
        QVERIFY(c.world.net.at(0).cancelled);
        QCOMPARE(c.video->commentCount(), 2);
        c.world.signIn(78, "lin", "lins-token");
        c.world.net.finish(c.world.net.count() - 1, twoComments());
        QCOMPARE(c.texts(), words({"second", "first"}));
        QCOMPARE(c.asked(kAction), 1);
        QCOMPARE(c.waiting().size(), 1);
        QVERIFY(c.waiting(78).isEmpty());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::UnsentCommentsTest)
#include "unsent_comments_test.moc"
