// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A like from the press to the answer: shown at once, sent in order, taken back when it is refused, and held
// against what the server says meanwhile.

#include "core/entities/entity_store.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QSignalSpy>
#include <QTest>

namespace tikgok {

using test::clip;
using test::failure;
using test::kMe;
using test::waitUntil;
using test::World;

class LikesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void likeShowsAtOnceAndIsConfirmed() {
        World world(true);
        VideoEntity* video = world.show(clip(5));
        video->toggleLike();
        QVERIFY(video->liked());
        QCOMPARE(video->likeCount(), 4);
        QVERIFY(video->likePending());
        QCOMPARE(world.net.count(), 0);  // never within the call
        world.flush();
        QCOMPARE(world.net.count(), 1);
        QCOMPARE(world.net.at(0).value("action_type"), QStringLiteral("1"));
        QCOMPARE(world.net.at(0).value("video_id"), QStringLiteral("5"));
        QCOMPARE(world.net.at(0).value("token"), QStringLiteral("secret-token"));
        world.net.finish(0, contract::writeSuccess());
        QVERIFY(!video->likePending());
        QVERIFY(video->liked());
        QCOMPARE(video->likeCount(), 4);
        QVERIFY(!video->likeFailed());
    }

    void unlike() {
        World world(true);
        VideoEntity* video = world.show(clip(5, true, 1));
        world.net.reply(contract::writeSuccess());
        video->toggleLike();
        QVERIFY(!video->liked());
        QCOMPARE(video->likeCount(), 0);
        world.flush();
        QCOMPARE(world.net.at(0).value("action_type"), QStringLiteral("2"));
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QCOMPARE(video->likeCount(), 0);
    }

    void doubleTapOnlyLikes() {
        World world(true);
        VideoEntity* video = world.show(clip(5));
        video->like();
        video->like();
        video->like();
        QVERIFY(video->liked());
        world.flush();
        QCOMPARE(world.net.count(), 1);
        world.net.finish(0, contract::writeSuccess());
        video->like();
        world.flush();
        QCOMPARE(world.net.count(), 1);
        QVERIFY(video->liked());
    }

    // However the button is pressed: one request at a time, and the last choice wins.
    void endsAsChosenLast_data() {
        QTest::addColumn<int>("presses");
        for (int presses = 1; presses <= 9; ++presses) {
            QTest::addRow("%d", presses) << presses;
        }
    }
    void endsAsChosenLast() {
        QFETCH(int, presses);
        World world(true);
        VideoEntity* video = world.show(clip(5));
        for (int i = 0; i < presses; ++i) {
            video->toggleLike();
            world.flush();
            QCOMPARE(world.net.count(), 1);
        }
        const bool last = presses % 2 == 1;
        QCOMPARE(video->liked(), last);
        world.net.finish(0, contract::writeSuccess());
        world.flush();
        QCOMPARE(world.net.count(), last ? 1 : 2);
        if (!last) {
            QCOMPARE(world.net.at(1).value("action_type"), QStringLiteral("2"));
            world.net.finish(1, contract::writeSuccess());
        }
        QVERIFY(!video->likePending());
        QCOMPARE(video->liked(), last);
        QCOMPARE(video->likeCount(), last ? 4 : 3);
        QCOMPARE(world.net.unscripted(), static_cast<int>(world.net.count()));
    }

    void refusedLikeGoesBack_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("gone") << QByteArray::fromStdString(contract::writeFailure(contract::kVideoNotFound))
                              << 200 << int(ErrorKind::NotFound) << QStringLiteral("video not found");
        QTest::newRow("refused") << QByteArray::fromStdString(failure(10001, "no likes today")) << 200
                                 << int(ErrorKind::Refused) << QStringLiteral("no likes today");
        QTest::newRow("bad request") << QByteArray("no") << 400 << int(ErrorKind::ServerBroken) << QString();
    }
    void refusedLikeGoesBack() {
        QFETCH(QByteArray, json);
        QFETCH(int, status);
        QFETCH(int, kind);
        QFETCH(QString, words);
        World world(true);
        VideoEntity* video = world.show(clip(5));
        QSignalSpy refused(video, &VideoEntity::likeRefused);
        world.net.reply(json.toStdString(), status);
        video->toggleLike();
        QVERIFY(waitUntil([&] { return refused.count() == 1; }));
        QVERIFY(!video->liked());
        QCOMPARE(video->likeCount(), 3);
        QVERIFY(video->likeFailed());
        QCOMPARE(static_cast<int>(video->likeErrorKind()), kind);
        QCOMPARE(video->likeError(), words);
        video->toggleLike();  // clears it and tries again
        QVERIFY(!video->likeFailed());
        QVERIFY(video->likeError().isEmpty());
        world.flush();
        world.net.finish(1, contract::writeSuccess());
        QVERIFY(video->liked());
        QCOMPARE(world.outbox.openCount(), 0);
    }

    void whatCanPassStaysAndIsTriedAgain_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("throttled") << QByteArray("Too Many Requests") << 429;
        QTest::newRow("broken") << QByteArray("panic") << 500;
        QTest::newRow("cut") << QByteArray() << 0;
    }
    void whatCanPassStaysAndIsTriedAgain() {
        QFETCH(const QByteArray, body);
        QFETCH(const int, status);
        World world(true);
        VideoEntity* video = world.show(clip(5));
        QSignalSpy refused(video, &VideoEntity::likeRefused);
        if (status == 0) {
            world.net.cut();
        } else {
            world.net.reply(body.toStdString(), status);
        }
        world.net.reply(contract::writeSuccess());
        video->toggleLike();
        QVERIFY(waitUntil([&] { return world.clock.untilAlarm() > 0; }));
        QVERIFY(video->liked());
        QVERIFY(video->likePending());
        world.clock.advance(1'000);
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QVERIFY(video->liked());
        QCOMPARE(video->likeCount(), 4);
        QCOMPARE(refused.count(), 0);
    }

    void aRefusalThatIsDiscardedIsForgotten() {
        World world(true);
        VideoEntity* video = world.show(clip(5));
        world.net.reply(failure(10001, "no"));
        video->toggleLike();
        QVERIFY(waitUntil([&] { return video->likeFailed(); }));
        world.outbox.discard(world.outbox.open(world.session.accountKey(), IntentKind::Like).at(0).id);
        QVERIFY(waitUntil([&] { return !video->likeFailed(); }));
    }

    // What waits in the outbox shows again after a restart, whenever the video comes.
    void aRestartShowsItAgain_data() {
        QTest::addColumn<bool>("shownBefore");
        QTest::newRow("the video comes after the outbox is read") << false;
        QTest::newRow("the video was there before") << true;
    }
    void aRestartShowsItAgain() {
        QFETCH(const bool, shownBefore);
        World world(true);
        world.outbox.removeHandler(IntentKind::Like);
        const auto wish = [&](contract::Id id) {
            Intent intent;
            intent.account = world.session.accountKey();
            intent.target = id;
            return intent;
        };
        if (!shownBefore) {
            world.outbox.put(wish(5));
        }
        VideoEntity* video = world.show(clip(5));
        QCOMPARE(video->liked(), !shownBefore);
        world.outbox.put(wish(5));
        world.flush();
        QVERIFY(video->liked());
        QVERIFY(video->likePending());
        QCOMPARE(video->likeCount(), 4);
    }

    void strangerIsAskedAndThenItHappens() {
        World world;
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        VideoEntity* video = world.show(clip(5));
        video->toggleLike();
        QCOMPARE(needed.count(), 1);
        QCOMPARE(needed[0][0].toString(), QStringLiteral("like"));
        QVERIFY(video->liked());
        QCOMPARE(world.net.count(), 0);
        world.signIn();
        world.flush();
        QCOMPARE(world.net.count(), 1);
        QCOMPARE(world.net.at(0).value("token"), QStringLiteral("secret-token"));
        world.net.finish(0, contract::writeSuccess());
        QVERIFY(video->liked());
        QVERIFY(!video->likePending());
    }

    void strangerWhoDismissesSeesItGoBack() {
        World world;
        VideoEntity* video = world.show(clip(5));
        video->toggleLike();
        world.session.cancelSignIn();
        QVERIFY(!video->liked());
        QVERIFY(!video->likePending());
        QVERIFY(!video->likeFailed());  // nobody refused anything
        QCOMPARE(video->likeCount(), 3);
        world.signIn();
        world.flush();
        QCOMPARE(world.net.count(), 0);
    }

    void strangerWhoTakesItBackIsLeftAlone() {
        World world;
        VideoEntity* video = world.show(clip(5));
        video->toggleLike();
        video->toggleLike();
        QVERIFY(!video->likePending());
        world.signIn();
        world.flush();
        QCOMPARE(world.net.count(), 0);
        video->toggleLike();
        world.flush();
        QCOMPARE(world.net.count(), 1);
    }

    void expiredSessionIsRenewedAndReplayed() {
        World world(true);
        QSignalSpy needed(&world.session, &Session::accountNeeded);
        VideoEntity* video = world.show(clip(5));
        world.net.reply(contract::writeFailure(contract::kTokenExpired));
        video->toggleLike();
        QVERIFY(waitUntil([&] { return needed.count() == 1; }));
        QVERIFY(world.session.expired());
        QVERIFY(video->liked());
        QVERIFY(video->likePending());
        world.signIn(kMe, "mei", "fresh");
        world.flush();
        QCOMPARE(world.net.last().request.path, QStringLiteral("/douyin/favorite/action/"));
        QCOMPARE(world.net.last().value("token"), QStringLiteral("fresh"));
        world.net.finish(world.net.count() - 1, contract::writeSuccess());
        QVERIFY(video->liked());
        QVERIFY(!video->likePending());
    }

    void anotherPersonDoesNotSendIt() {
        World world(true);
        VideoEntity* video = world.show(clip(5));
        world.net.reply(contract::writeFailure(contract::kTokenExpired));
        video->toggleLike();
        QVERIFY(waitUntil([&] { return world.session.expired(); }));
        const qsizetype before = world.net.count();
        world.signIn(78, "lin", "other");
        world.flush();
        QCOMPARE(world.net.count(), before);
        QVERIFY(!video->likePending());
        QVERIFY(!video->liked());
        // It waits for who chose it.
        world.signIn(kMe, "mei", "fresh");
        QVERIFY(video->liked());
        world.flush();
        world.net.finish(world.net.count() - 1, contract::writeSuccess());
        QVERIFY(!video->likePending());
        QVERIFY(video->liked());
    }

    void signingOutForgetsLikes() {
        World world(true);
        VideoEntity* mine = world.show(clip(5, true));
        VideoEntity* pending = world.show(clip(6));
        pending->toggleLike();
        world.flush();
        world.session.signOut();
        QVERIFY(!mine->liked());
        QVERIFY(!pending->liked());
        QVERIFY(world.net.last().cancelled);
    }

    // --- what the server says meanwhile

    void olderReadingDoesNotUndoALike() {
        World world(true);
        VideoEntity* video = world.show(clip(5));
        const ReadMark mark = world.store.beginReading();
        video->toggleLike();
        world.flush();
        world.net.finish(0, contract::writeSuccess());
        world.store.video(clip(5, false, 3), mark);  // read before the like arrived
        QVERIFY(video->liked());
        QCOMPARE(video->likeCount(), 4);
        world.store.video(clip(5, false, 9), world.store.beginReading());  // and this one after
        QVERIFY(!video->liked());
        QCOMPARE(video->likeCount(), 9);
    }

    void readingDuringALikeWaits() {
        World world(true);
        VideoEntity* video = world.show(clip(5));
        video->toggleLike();
        world.flush();
        world.store.video(clip(5, true, 4), world.store.beginReading());
        QCOMPARE(video->likeCount(), 4);
        world.net.finish(0, contract::writeSuccess());
        QCOMPARE(video->likeCount(), 4);
    }

    // The first reading after signing in and the like that waited for it go out together.
    void serverKnewTheLikeWhileItWasSent() {
        World world(true);
        VideoEntity* video = world.show(clip(5, false, 3));
        video->like();
        world.flush();
        world.store.video(clip(5, true, 3), world.store.beginReading());
        QCOMPARE(video->likeCount(), 3);
        world.net.finish(0, contract::writeSuccess());
        QVERIFY(video->liked());
        QCOMPARE(video->likeCount(), 3);
    }

    void lateReadingThatAgreesBringsTheCount() {
        World world(true);
        VideoEntity* video = world.show(clip(5, false, 3));
        const ReadMark mark = world.store.beginReading();
        video->like();
        world.flush();
        world.net.finish(0, contract::writeSuccess());
        QCOMPARE(video->likeCount(), 4);
        world.store.video(clip(5, true, 3), mark);
        QCOMPARE(video->likeCount(), 3);
    }

    void serverKnewTheLikeAlready() {
        World world;
        VideoEntity* video = world.show(clip(5));
        video->like();
        world.store.video(clip(5, true, 8), world.store.beginReading());
        QCOMPARE(video->likeCount(), 8);
        world.signIn();
        QVERIFY(!video->likePending());
        QVERIFY(video->liked());
        QCOMPARE(world.net.count(), 0);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::LikesTest)
#include "likes_test.moc"
