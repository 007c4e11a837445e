// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One object for each person and each video, whoever tells of it, and what of the server's words it takes.
// Likes are in likes_test.cpp.

#include "core/entities/entity_store.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>
#include <memory>

namespace tikgok {

using test::clip;
using test::kMe;
using test::person;
using test::waitUntil;
using test::World;

class EntitiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneObjectPerId() {
        World world;
        VideoEntity* first = world.show(clip(5));
        QVERIFY(first->author());
        QSignalSpy changed(first, &VideoEntity::changed);
        contract::Video renamed = clip(5);
        renamed.title = "new title";
        QCOMPARE(world.show(renamed), first);
        QCOMPARE(first->title(), QStringLiteral("new title"));
        QCOMPARE(changed.count(), 1);
        world.show(renamed);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(world.show(clip(6))->author(), first->author());
        QCOMPARE(world.store.findVideo(5), first);
        QCOMPARE(first->videoIdText(), QStringLiteral("5"));
    }

    void whoSignsInIsTold() {
        World world;
        const UserEntity* author = world.show(clip(5))->author();
        QVERIFY(!author->isMe());
        QSignalSpy told(author, &UserEntity::followChanged);
        world.signIn(author->id(), "mei", "fresh");
        QVERIFY(author->isMe());
        QVERIFY(told.count() > 0);
    }

    void bigIdsStayExact() {
        World world;
        VideoEntity* video = world.show(clip(9'223'372'036'854'775'807));
        QCOMPARE(video->videoIdText(), QStringLiteral("9223372036854775807"));
    }

    void authorMayBeMissing() {
        World world;
        contract::Video orphan = clip(5);
        orphan.author = {};
        VideoEntity* video = world.show(orphan);
        QVERIFY(!video->author());
        QVERIFY(world.show(clip(5))->author());
        world.show(orphan);
        QVERIFY(video->author());  // once known, it stays
    }

    void strippedUsersDoNotWipe() {
        World world;
        UserEntity* user = world.store.user(person(900, "author"));
        contract::User stripped;
        stripped.id = 900;
        QCOMPARE(world.store.user(stripped), user);
        QCOMPARE(user->name(), QStringLiteral("author"));
        stripped.name = "author";
        stripped.followerCount = 12;
        world.store.user(stripped);
        QVERIFY(!user->avatarUrl().isEmpty());
        QCOMPARE(user->followerCount(), 12);
        contract::User nobody;
        QVERIFY(!world.store.user(nobody));
        nobody.id = 901;
        QVERIFY(!world.store.user(nobody));
    }

    void countsAreCutOff() {
        World world;
        contract::Video popular = clip(5, false, std::numeric_limits<std::int64_t>::max());
        popular.commentCount = -4;
        VideoEntity* video = world.show(popular);
        QCOMPARE(video->likeCount(), std::numeric_limits<int>::max());
        QCOMPARE(video->commentCount(), 0);
        video->like();
        QCOMPARE(video->likeCount(), std::numeric_limits<int>::max());
        video->setCommentCount(std::numeric_limits<qint64>::max());
        video->adjustCommentCount(1);
        QCOMPARE(video->commentCount(), std::numeric_limits<int>::max());
    }

    void onlyWebAddresses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("taken");
        QTest::newRow("http") << QStringLiteral("http://h/a.mp4") << true;
        QTest::newRow("https") << QStringLiteral("https://h/a b.mp4?x=1") << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
        QTest::newRow("data") << QStringLiteral("data:video/mp4,xx") << false;
        QTest::newRow("qrc") << QStringLiteral("qrc:/x") << false;
        QTest::newRow("relative") << QStringLiteral("static/a.mp4") << false;
        QTest::newRow("no host") << QStringLiteral("http:///a") << false;
    }
    void onlyWebAddresses() {
        QFETCH(QString, text);
        QFETCH(bool, taken);
        World world;
        contract::Video video = clip(5);
        video.playUrl = text.toStdString();
        QCOMPARE(!world.show(video)->playUrl().isEmpty(), taken);
    }

    // --- what the server says meanwhile

    void hugeTextsAreCut() {
        World world;
        contract::Video wordy = clip(5);
        wordy.title = std::string(200'000, 'x');
        const QString title = world.show(wordy)->title();
        QVERIFY(title.size() < 3'000);
        QVERIFY(title.endsWith(QChar(0x2026)));
    }

    void commentCount() {
        World world;
        VideoEntity* video = world.show(clip(5));
        const ReadMark mark = world.store.beginReading();
        video->adjustCommentCount(1);
        QCOMPARE(video->commentCount(), 3);
        world.store.video(clip(5), mark);
        QCOMPARE(video->commentCount(), 3);
        world.store.video(clip(5), world.store.beginReading());
        QCOMPARE(video->commentCount(), 2);
        video->adjustCommentCount(-7);
        QCOMPARE(video->commentCount(), 0);
    }

    // --- me

    void learnsWhoIAm() {
        World world(true);
        QSignalSpy ready(&world.store, &EntityStore::meReady);
        world.net.reply(contract::writeUser(person(kMe, "mei")));
        QVERIFY(!world.store.me());
        QVERIFY(!world.store.me());
        QVERIFY(waitUntil([&] { return ready.count() == 1; }));
        QCOMPARE(world.net.count(), 1);
        QCOMPARE(world.net.at(0).value("user_id"), QStringLiteral("77"));
        QVERIFY(world.store.me());
        QCOMPARE(world.store.me()->name(), QStringLiteral("mei"));
    }

    void strangerIsNobody() {
        World world;
        QVERIFY(!world.store.me());
        QCOMPARE(world.net.count(), 0);
    }

    // --- ends

    void anotherServerHasOtherVideos() {
        World world(true);
        QPointer<VideoEntity> video = world.show(clip(5));
        video->toggleLike();
        world.flush();
        world.session.setServer(QStringLiteral("http://other"));
        QVERIFY(world.net.last().cancelled);
        QVERIFY(!world.store.findVideo(5));
        QVERIFY(video);  // views may still hold it for a moment
        QTRY_VERIFY(!video);
    }

    void storeGoesDuringCalls() {
        World world(true);
        auto store = std::make_unique<EntityStore>(world.api, world.session, world.outbox);
        VideoEntity* video = store->video(clip(5), store->beginReading());
        video->toggleLike();
        world.flush();
        store->me();
        QCOMPARE(world.net.count(), 2);
        store.reset();
        QVERIFY(world.net.at(0).cancelled);
        QVERIFY(world.net.at(1).cancelled);
    }

    void storeGoesWhileTheSheetIsOpen() {
        World world;
        auto store = std::make_unique<EntityStore>(world.api, world.session, world.outbox);
        store->video(clip(5), store->beginReading())->toggleLike();
        store.reset();
        world.signIn();
        world.flush();
        QCOMPARE(world.net.count(), 0);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::EntitiesTest)
#include "entities_test.moc"
