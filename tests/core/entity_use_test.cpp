// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Swiping for hours: what nobody shows any more is let go, and nothing else.
#include "core/entities/entity_use.h"

#include "core/entities/snowflake.h"
#include "core/feed/feed_model.h"
#include "core/feed/video_list_model.h"
#include "core/social/people.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QPointer>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace tikgok {

using test::clip;
using test::kMe;
using test::person;
using test::waitUntil;
using test::World;

namespace {

constexpr EntityLimits kFew{.videos = 8, .users = 8};

// A store that keeps few.
struct Small {
    explicit Small(bool signedIn = false) : world(signedIn) {}

    VideoEntity* show(const contract::Video& video) { return store.video(video, store.beginReading()); }
    // By its own author.
    static contract::Video clipBy(contract::Id id, contract::Id author) {
        contract::Video video = clip(id);
        video.author = person(author, "p" + std::to_string(author));
        return video;
    }
    void showMany(contract::Id from, int many) {
        for (int i = 0; i < many; ++i) {
            show(clipBy(from + i, 10'000 + from + i));
        }
        QCoreApplication::processEvents();
    }

    World world;
    // The world's own has taken the handlers; this one takes them over.
    EntityStore store{world.api, world.session, world.outbox, kFew};
};

std::string worksOf(std::initializer_list<contract::Id> ids) {
    std::vector<contract::Video> videos;
    for (const contract::Id id : ids) {
        videos.push_back(Small::clipBy(id, 700 + id));
    }
    return contract::writeVideos(videos);
}

std::string pageOf(contract::Id newest, int many) {
    std::vector<contract::Video> videos;
    for (int i = 0; i < many; ++i) {
        videos.push_back(clip(newest - i));
    }
    return contract::writeFeed(videos, newest - many + 1);
}

class TikGokServer final : public ServerFacts {
public:
    [[nodiscard]] ServerTraits traits() const override { return {.dialect = dialect}; }
    Dialect dialect = Dialect::TikGok;
};

}  // namespace

class EntityUseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unusedOnesGo() {
        Small small;
        small.showMany(100, 200);
        QVERIFY2(small.store.videoCount() <= kFew.videos,
                 qPrintable(QString::number(small.store.videoCount())));
        QVERIFY2(small.store.userCount() <= kFew.users, qPrintable(QString::number(small.store.userCount())));
        // The latest are there, the first are not.
        QVERIFY(small.store.findVideo(299));
        QVERIFY(small.store.findVideo(299)->author());
        QVERIFY(!small.store.findVideo(100));
    }

    // Not in the middle of anything: only from the event loop.
    void nothingGoesAtOnce() {
        Small small;
        const QPointer<VideoEntity> first = small.show(clip(1));
        for (contract::Id id = 2; id < 50; ++id) {
            small.show(clip(id));
        }
        QVERIFY(first);
        QTRY_VERIFY(!first);
    }

    void whatIsShownStays() {
        Small small;
        VideoListModel list(VideoListModel::Kind::Works, 5, small.world.api, small.world.session,
                            small.store);
        small.world.net.reply(worksOf({1, 2, 3}));
        list.refresh();
        QVERIFY(waitUntil([&] { return list.count() == 3; }));
        const QPointer<VideoEntity> shown = list.videoAt(1);
        small.showMany(100, 200);
        QVERIFY(shown);
        QCOMPARE(list.videoAt(1), shown.get());
        // With whoever made it.
        QVERIFY(shown->author());
        QCOMPARE(shown->author()->name(), QStringLiteral("p702"));
        // One that is taken out of the list may go.
        small.world.net.reply(worksOf({1, 3}));
        list.refresh();
        QVERIFY(waitUntil([&] { return list.count() == 2; }));
        small.showMany(400, 200);
        QVERIFY(!shown);
        QVERIFY(list.videoAt(0) && list.videoAt(1));
    }

    void peopleThatAreShownStay() {
        Small small;
        People people(small.world.api, small.world.session, small.store);
        QObject page;
        PeopleModel* list = people.list(PeopleModel::Kind::Followers, QStringLiteral("5"), &page);
        small.world.net.reply(contract::writeUsers(std::vector{person(21, "ann"), person(22, "bo")}));
        list->refresh();
        QVERIFY(waitUntil([&] { return list->count() == 2; }));
        ProfileModel* profile = people.profile(QStringLiteral("23"), &page);
        small.world.net.reply(contract::writeUser(person(23, "cy"))).reply(worksOf({}));
        profile->refresh();
        QVERIFY(waitUntil([&] { return profile->user() != nullptr; }));
        const QPointer<UserEntity> ann = list->userAt(0);
        const QPointer<UserEntity> cy = profile->user();
        small.showMany(100, 200);
        QVERIFY(ann && cy);
        QCOMPARE(list->userAt(0), ann.get());
        delete list;
        delete profile;
        small.showMany(400, 200);
        QVERIFY(!ann && !cy);
    }

    void whatIsNotSentYetStays() {
        Small small(true);
        VideoEntity* liked = small.show(Small::clipBy(1, 11));
        liked->toggleLike();
        UserEntity* followed = small.store.user(person(31, "dee"));
        followed->toggleFollow();
        small.store.user(person(kMe, "mei"));
        const QPointer<VideoEntity> video = liked;
        const QPointer<UserEntity> user = followed;
        small.showMany(100, 200);
        QVERIFY(video && user);
        QVERIFY(video->liked());
        // Oneself is always wanted.
        QVERIFY(small.store.findUser(kMe));
    }

    void longFeedStaysSmall() {
        World world;
        FeedModel model(world.api, world.session, world.store);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        constexpr int kPage = 30;
        contract::Id next = 100'000;
        world.net.reply(pageOf(next, kPage));
        model.refresh();
        QVERIFY(waitUntil([&] { return model.state() == VideoList::State::Ready; }));
        int most = 0;
        int swipes = 0;
        while (swipes < 1'000) {
            next -= kPage;
            world.net.reply(pageOf(next, kPage));
            const contract::Id watched = model.videoAt(model.currentRow())->id();
            model.loadMore();
            QVERIFY(waitUntil([&] { return model.state() == VideoList::State::Ready; }));
            // The video that is watched stays the one that is watched.
            QCOMPARE(model.videoAt(model.currentRow())->id(), watched);
            for (int i = 0; i < kPage; ++i, ++swipes) {
                const contract::Id before = model.videoAt(model.currentRow())->id();
                model.setCurrentRow(model.currentRow() + 1);
                QCOMPARE(model.videoAt(model.currentRow())->id(), before - 1);
            }
            QCoreApplication::processEvents();
            most = std::max(most, model.count());
        }
        QVERIFY2(most <= 460, qPrintable(QString::number(most)));
        QVERIFY2(world.store.videoCount() <= 1'000, qPrintable(QString::number(world.store.videoCount())));
        // One can still go back for a while.
        QVERIFY(model.currentRow() >= 150);
        // What was left behind is not new.
        const int count = model.count();
        world.net.reply(pageOf(100'000, kPage));
        model.refresh();
        QVERIFY(waitUntil([&] { return !model.refreshing(); }));
        QCOMPARE(model.count(), count);
        QVERIFY(world.net.scriptsUsedUp());
        QCOMPARE(world.net.unscripted(), 0);
        // And a feed that begins again has ended.
        world.net.reply(pageOf(100'000, kPage));
        model.loadMore();
        QVERIFY(waitUntil([&] { return model.state() == VideoList::State::End; }));
    }

    void ageOfAVideo_data() {
        QTest::addColumn<qint64>("id");
        QTest::addColumn<bool>("known");
        const auto idAt = [](qint64 ms) { return (ms - 1'288'834'974'657) << 22; };
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        QTest::newRow("an hour ago") << idAt(now - 3'600'000) << true;
        QTest::newRow("a clock that is ahead") << idAt(now + 3'600'000) << true;
        QTest::newRow("in 2023") << qint64{1'625'000'000'000'000'000} << true;
        QTest::newRow("counted") << qint64{1'234} << false;
        QTest::newRow("before the server was written") << idAt(1'500'000'000'000) << false;
        QTest::newRow("next week") << idAt(now + qint64{7} * 86'400'000) << false;
        QTest::newRow("the largest") << qint64{9'223'372'036'854'775'807} << false;
    }
    void ageOfAVideo() {
        QFETCH(qint64, id);
        QFETCH(bool, known);
        World world;
        VideoEntity* video = world.store.video(clip(id), world.store.beginReading());
        QVERIFY(!video->publishedAt().isValid());  // nothing is known of this server's ids
        TikGokServer facts;
        world.session.setServerFacts(&facts);
        const auto end = qScopeGuard([&] { world.session.setServerFacts(nullptr); });
        QSignalSpy changed(video, &VideoEntity::changed);
        Q_EMIT world.session.traitsChanged();
        QCOMPARE(changed.count(), 1);
        QCOMPARE(video->publishedAt().isValid(), known);
        if (known) {
            QCOMPARE(video->publishedAt().toMSecsSinceEpoch(), (id >> 22) + 1'288'834'974'657);
        }
        facts.dialect = Dialect::Standard;
        QVERIFY(!video->publishedAt().isValid());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::EntityUseTest)
#include "entity_use_test.moc"
