// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of comments: read, read again, taken from what was kept, and left in the middle. Writing is in
// comments_post_test.cpp and unsent_comments_test.cpp, one's own comments in own_comments_test.cpp.

#include "core/comments/comments_model.h"

#include "core/cache/kept_answers.h"
#include "core/cache/page_cache.h"
#include "tests/core/support/comments_world.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tikgok {

using test::clip;
using test::Comments;
using test::failure;
using test::kAction;
using test::kAnn;
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

// Comments that are kept on the device when they are read.
struct KeptComments {
    KeptComments() : tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest) {
        world.store.user(kMei);
        video = world.store.video(clip(5), world.store.beginReading());
    }
    void show() {
        model.setVideo(nullptr);
        model.setVideo(video);
    }
    [[nodiscard]] bool settles() {
        return waitUntil([&] { return model.state() == State::Ready || model.state() == State::Failed; });
    }
    void goOffline() {
        for (int i = 0; i < 3; ++i) {
            world.net.fail(ErrorKind::Offline, true);
        }
    }
    [[nodiscard]] QStringList texts() const {
        QStringList all;
        for (int row = 0; row < model.count(); ++row) {
            all.append(model.data(model.index(row), CommentsModel::ContentRole).toString());
        }
        return all;
    }

    QTemporaryDir dir;
    World world{true};
    Database database{QString(), {pageCacheSchema()}, StorageClass::Disposable};
    qint64 now = 1'700'000'000'000;
    PageCache pages{database, 1 << 20, [this] { return now; }};
    KeptAnswers kept{world.net, pages, [](const QString&) { return QStringLiteral("me"); }};
    Api reads{kept, test::quickApi()};
    CommentSender sender{world.api, world.session, world.outbox};
    Drafts drafts{dir.filePath(QStringLiteral("drafts.json"))};
    CommentsModel model{reads, world.session, world.store, world.outbox, sender, drafts};
    QAbstractItemModelTester tester;
    VideoEntity* video = nullptr;
};

}  // namespace

class CommentsModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- without a network

    void readAgainWithoutANetwork() {
        KeptComments comments;
        comments.world.net.reply(twoComments());
        comments.show();
        QVERIFY(comments.settles());
        QVERIFY(!comments.model.savedAt().isValid());
        const QStringList read = comments.texts();
        const qint64 then = comments.now;
        comments.now += 7'200'000;
        // The server has counted on since.
        contract::Video later = clip(5);
        later.commentCount = 9;
        comments.world.store.video(later, comments.world.store.beginReading());
        comments.goOffline();
        comments.show();
        QVERIFY(comments.settles());
        QCOMPARE(comments.model.state(), State::Ready);
        QCOMPARE(comments.texts(), read);
        QCOMPARE(comments.model.savedAt().toMSecsSinceEpoch(), then);
        QCOMPARE(comments.model.total(), 9);
        // Asking again in vain changes nothing.
        comments.goOffline();
        comments.model.refresh();
        QVERIFY(comments.settles());
        QCOMPARE(comments.texts(), read);
        QVERIFY(comments.model.savedAt().isValid());
        // The server is back.
        comments.world.net.reply(listOf({remark(103, kAnn, "third"), remark(102, kAnn, "second")}));
        comments.model.serverIsBack();
        QVERIFY(waitUntil([&] { return !comments.model.savedAt().isValid(); }));
        QCOMPARE(comments.texts(), words({"third", "second"}));
        QCOMPARE(comments.model.total(), 2);
        // What is of now is not asked for.
        comments.model.serverIsBack();
        QVERIFY(comments.world.net.scriptsUsedUp());
        QCOMPARE(comments.world.net.unscripted(), 0);
    }

    // An old list does not know of what was written here after it was read: sent, and waiting.
    void writtenSinceTheListWasKept() {
        KeptComments comments;
        comments.now = comments.world.clock.now();
        comments.world.net.reply(twoComments());
        comments.show();
        QVERIFY(comments.settles());
        const auto say = [&comments](const char* text, contract::Id id) {
            comments.world.net.reply(contract::writeComment(remark(id, kMei, text)));
            comments.world.clock.advance(1'000);
            QVERIFY(comments.model.post(QString::fromUtf8(text)));
            QVERIFY(waitUntil([&] {
                return comments.model.data(comments.model.index(0), CommentsModel::StatusRole)
                           .value<Status>() == Status::Sent;
            }));
        };
        say("third", 103);
        say("fourth", 104);
        comments.world.net.reply(contract::writeComment(std::nullopt));
        comments.model.remove(1);
        comments.model.setVideo(nullptr);  // what is removed cannot be brought back any more
        QVERIFY(waitUntil([&] {
            return comments.world.outbox.open(comments.world.session.accountKey(), IntentKind::DeleteComment)
                .isEmpty();
        }));
        comments.goOffline();
        comments.show();
        QVERIFY(comments.settles());
        QVERIFY(comments.model.savedAt().isValid());
        QCOMPARE(comments.texts(), words({"fourth", "second", "first"}));
        const QModelIndex mine = comments.model.index(0);
        QCOMPARE(comments.model.data(mine, CommentsModel::StatusRole).value<Status>(), Status::Sent);
        QCOMPARE(comments.model.data(mine, CommentsModel::CommentIdRole).toString(), QStringLiteral("104"));
        QVERIFY(comments.model.data(mine, CommentsModel::OwnRole).toBool());
        QVERIFY(!comments.model.data(mine, CommentsModel::DateTextRole).toString().isEmpty());
        // A list that was read later has what it has: it may have been removed elsewhere.
        comments.now = comments.world.clock.now() + 1'000;
        comments.world.net.reply(twoComments());
        comments.model.refresh();
        QVERIFY(comments.settles());
        comments.goOffline();
        comments.show();
        QVERIFY(comments.settles());
        QCOMPARE(comments.texts(), words({"second", "first"}));
    }

    // Also what an earlier run wrote, of which the count that was kept with the feed knows nothing.
    void waitingCommentsAreCountedOverAKeptList() {
        KeptComments comments;
        comments.world.net.reply(twoComments());
        comments.show();
        QVERIFY(comments.settles());
        comments.world.net.fail(ErrorKind::Offline, true);
        QVERIFY(comments.model.post(QStringLiteral("third")));
        QVERIFY(waitUntil([&] {
            return comments.model.data(comments.model.index(0), CommentsModel::FailedKindRole)
                       .value<ErrorKind>() == ErrorKind::Offline;
        }));
        comments.model.setVideo(nullptr);
        comments.world.store.video(clip(5), comments.world.store.beginReading());
        QCOMPARE(comments.video->commentCount(), clip(5).commentCount);

        CommentsModel next(comments.reads, comments.world.session, comments.world.store,
                           comments.world.outbox, comments.sender, comments.drafts);
        comments.goOffline();
        next.setVideo(comments.video);
        QVERIFY(waitUntil([&] { return next.savedAt().isValid(); }));
        QCOMPARE(next.count(), 3);
        QCOMPARE(next.total(), clip(5).commentCount + 1);
    }

    void unseenCommentsFailAndComeWhenTheServerIsBack() {
        KeptComments comments;
        comments.goOffline();
        comments.show();
        QVERIFY(comments.settles());
        QCOMPARE(comments.model.state(), State::Failed);
        QVERIFY(!comments.model.savedAt().isValid());
        comments.world.net.reply(twoComments());
        comments.model.serverIsBack();
        QVERIFY(waitUntil([&] { return comments.model.state() == State::Ready; }));
        QCOMPARE(comments.model.count(), 2);
    }

    // What was refused is not asked for again because somebody answers.
    void refusedListsAreLeftAlone() {
        KeptComments comments;
        comments.world.net.reply(failure(10010, "no"));
        comments.show();
        QVERIFY(comments.settles());
        QCOMPARE(comments.model.state(), State::Failed);
        comments.model.serverIsBack();
        QCOMPARE(comments.model.state(), State::Failed);
        QCOMPARE(comments.world.net.unscripted(), 0);
    }

    // --- reading

    void startsIdle() {
        Comments c;
        QCOMPARE(c.model.state(), State::Idle);
        QCOMPARE(c.model.count(), 0);
        QCOMPARE(c.model.total(), 0);
        QCOMPARE(c.model.maxLength(), 256);
        c.model.refresh();
        c.model.undoRemove();
        c.model.retry(0);
        c.model.discard(-1);
        c.model.remove(0);
        QCOMPARE(c.world.net.count(), 0);
    }

    void showsTheList() {
        Comments c;
        c.model.setLocale(QLocale(QLocale::English));
        c.world.net.reply(twoComments());
        c.model.setVideo(c.video);
        QCOMPARE(c.model.state(), State::Loading);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"second", "first"}));
        QCOMPARE(c.at(0, CommentsModel::CommentIdRole).toString(), QStringLiteral("102"));
        QCOMPARE(c.at(0, CommentsModel::AuthorNameRole).toString(), QStringLiteral("ann"));
        QCOMPARE(c.at(0, CommentsModel::AuthorIdRole).toString(), QStringLiteral("11"));
        QVERIFY(c.at(0, CommentsModel::AuthorKnownRole).toBool());
        QVERIFY(!c.at(0, CommentsModel::OwnRole).toBool());
        QVERIFY(c.at(1, CommentsModel::OwnRole).toBool());
        QCOMPARE(c.at(0, CommentsModel::DateTextRole).toString(), QStringLiteral("20 Feb"));
        QVERIFY(!c.at(0, CommentsModel::AuthorAvatarRole).toUrl().isEmpty());
        QCOMPARE(c.model.total(), 2);
        QCOMPARE(c.video->commentCount(), 2);
        QCOMPARE(c.world.net.at(0).value("token"), QStringLiteral("secret-token"));
    }

    void strangersReadToo() {
        Comments c(false);
        c.open();
        QCOMPARE(c.model.count(), 2);
        QVERIFY(!c.at(1, CommentsModel::OwnRole).toBool());
    }

    void oddLists_data() {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<int>("count");
        QTest::newRow("empty") << QByteArray("{\"status_code\":0,\"comment_list\":[]}") << 0;
        QTest::newRow("null") << QByteArray("{\"status_code\":0,\"comment_list\":null}") << 0;
        QTest::newRow("absent") << QByteArray("{\"status_code\":0}") << 0;
        QTest::newRow("twice the same")
            << QByteArray("{\"status_code\":0,\"comment_list\":[{\"id\":1},{\"id\":1},{\"id\":0}]}") << 1;
        QTest::newRow("no user") << QByteArray(
                                        "{\"status_code\":0,\"comment_list\":[{\"id\":1,\"user\":null}]}")
                                 << 1;
    }
    void oddLists() {
        QFETCH(QByteArray, list);
        QFETCH(int, count);
        Comments c;
        c.open(list.toStdString());
        QCOMPARE(c.model.count(), count);
        QCOMPARE(c.video->commentCount(), count);
    }

    void failsAndIsRetried() {
        Comments c;
        c.world.net.reply(failure(10001, "interaction server error"));
        c.model.setVideo(c.video);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Failed; }));
        QCOMPARE(c.model.errorKind(), ErrorKind::Refused);
        QCOMPARE(c.model.errorWords(), QStringLiteral("interaction server error"));
        c.world.net.reply(twoComments());
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.model.errorKind(), ErrorKind::None);
        QCOMPARE(c.model.count(), 2);
    }

    void badTokenReadsAsAStranger() {
        Comments c;
        c.world.net.reply(contract::writeFailure(contract::kTokenExpired)).reply(twoComments());
        c.model.setVideo(c.video);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QVERIFY(c.world.session.expired());
        QVERIFY(!c.world.net.at(1).has("token"));
    }

    void serverThatWantsAnAccountIsReadAfterSigningIn() {
        Comments c(false);
        c.world.net.reply(contract::writeFailure(contract::kNoToken));
        c.model.setVideo(c.video);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Failed; }));
        QCOMPARE(c.model.errorKind(), ErrorKind::SignedOut);
        c.world.signIn();
        c.world.net.finish(c.world.net.count() - 1, twoComments());
        QCOMPARE(c.model.state(), State::Ready);
        QVERIFY(c.at(1, CommentsModel::OwnRole).toBool());
    }

    void refreshDisturbsOnlyWhatChanged() {
        Comments c;
        c.open();
        QSignalSpy reset(&c.model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&c.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&c.model, &QAbstractItemModel::rowsRemoved);
        c.world.net.reply(
            listOf({remark(104, kAnn, "fourth"), remark(103, kAnn, "third"), remark(102, kAnn, "second")}));
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"fourth", "third", "second"}));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(inserted.count(), 1);  // both at once
        QCOMPARE(removed.count(), 1);
        c.world.net.reply(
            listOf({remark(102, kAnn, "second"), remark(104, kAnn, "fourth"), remark(103, kAnn, "third")}));
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"second", "fourth", "third"}));
    }

    void lateListOfAnotherVideoIsDropped() {
        Comments c;
        VideoEntity* other = c.world.store.video(clip(6), c.world.store.beginReading());
        c.model.setVideo(c.video);
        const auto first = c.world.net.sent.last();
        c.world.net.reply(listOf({remark(201, kAnn, "other")}));
        c.model.setVideo(other);
        QVERIFY(first->cancelled);
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.texts(), words({"other"}));
        c.model.setVideo(nullptr);
        QCOMPARE(c.model.count(), 0);
        QCOMPARE(c.model.state(), State::Idle);
    }

    void longListsAreTakenTogether() {
        constexpr int kMany = 20'000;
        Comments c;
        std::vector<contract::Comment> many;
        for (int i = 0; i < kMany; ++i) {
            many.push_back(remark(1'000 + kMany - i, i % 2 == 0 ? kAnn : kMei, "c" + std::to_string(i)));
        }
        QSignalSpy inserted(&c.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&c.model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&c.model, &QAbstractItemModel::dataChanged);
        c.open(listOf(many));
        QCOMPARE(c.model.count(), kMany);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(changed.count(), 1);
        // A new one on top, a hundred in the middle gone, one of the others on its way out.
        c.model.remove(1);
        many.insert(many.begin(), remark(900'000, kAnn, "new"));
        many.erase(many.begin() + 500, many.begin() + 600);
        inserted.clear();
        changed.clear();
        c.world.net.reply(listOf(many));
        c.model.refresh();
        QVERIFY(waitUntil([&] { return c.model.state() == State::Ready; }));
        QCOMPARE(c.model.count(), kMany - 99);
        QCOMPARE(c.text(0), words({"new"}).constFirst());
        QCOMPARE(c.status(2), Status::Deleting);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(removed.count(), 1);
        QVERIFY(changed.count() <= 2);
    }

    // --- ends

    void anotherServerShowsNothing() {
        Comments c;
        c.open();
        c.model.post(QStringLiteral("x"));
        QVERIFY(c.reaches(kAction, 1));
        c.world.session.setServer(QStringLiteral("http://other"));
        QVERIFY(c.world.net.at(0).cancelled);
        QVERIFY(!c.model.video());
        QCOMPARE(c.model.count(), 0);
        QCOMPARE(c.model.state(), State::Idle);
        QCOMPARE(c.waiting().size(), 1);
    }

    // As long as somebody needs to see it and to press it.
    void undoTakesFiveSeconds() { QCOMPARE(CommentsOptions().undoTime, std::chrono::seconds(5)); }

    void modelGoesDuringCalls_data() {
        QTest::addColumn<QString>("call");
        for (const char* call : {"list", "look before", "post", "look after", "look because of nothing",
                                 "remove", "sheet", "undo"}) {
            QTest::newRow(call) << QString::fromLatin1(call);
        }
    }
    void modelGoesDuringCalls() {
        QFETCH(QString, call);
        QTemporaryDir dir;
        World world(call != QLatin1String("sheet"));
        world.store.user(kMei);
        Drafts drafts(dir.filePath(QStringLiteral("d.json")));
        VideoEntity* video = world.store.video(clip(5), world.store.beginReading());
        auto sender = std::make_unique<CommentSender>(world.api, world.session, world.outbox);
        const bool undo = call == QLatin1String("undo");
        auto model = std::make_unique<CommentsModel>(
            world.api, world.session, world.store, world.outbox, *sender, drafts,
            CommentsOptions{.undoTime =
                                undo ? std::chrono::milliseconds(60'000) : std::chrono::milliseconds(0)});
        const auto sentSoFar = [&world](qsizetype count) {
            return waitUntil([&world, count] { return world.net.count() == count; });
        };
        if (call == QLatin1String("list")) {
            model->setVideo(video);
        } else if (call == QLatin1String("look before")) {
            model->setVideo(video);
            model->post(QStringLiteral("x"));
            QVERIFY(sentSoFar(2));
        } else {
            world.net.reply(twoComments());
            model->setVideo(video);
            QVERIFY(waitUntil([&] { return model->state() == State::Ready; }));
            if (call == QLatin1String("remove") || undo) {
                model->remove(1);
            } else {
                if (call == QLatin1String("look after")) {
                    world.net.cut();
                } else if (call == QLatin1String("look because of nothing")) {
                    world.net.reply(contract::writeSuccess());
                }
                model->post(QStringLiteral("x"));
                if (call == QLatin1String("look after")) {
                    QVERIFY(waitUntil([&] { return world.clock.untilAlarm() > 0; }));
                    world.clock.advance(1'000);
                }
            }
            const bool silent = call == QLatin1String("sheet") || undo;
            const bool looks = call.startsWith(QLatin1String("look"));
            QVERIFY(sentSoFar(silent ? 1 : looks ? 3 : 2));
        }
        model.reset();
        if (undo) {
            // Whoever removed it and closed the window meant it.
            QCOMPARE(world.outbox.open(world.session.accountKey(), IntentKind::DeleteComment).size(), 1);
            return;
        }
        if (call == QLatin1String("sheet")) {
            world.signIn();
            QCOMPARE(world.net.count(), 1);
            return;
        }
        if (call != QLatin1String("list")) {
            QVERIFY(!world.net.last().cancelled);  // the outbox goes on without the model
        }
        sender.reset();
        QVERIFY(world.net.last().cancelled);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::CommentsModelTest)
#include "comments_model_test.moc"
