// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed: pages, its end, refreshing, whose likes it shows. Its place across restarts is in
// feed_place_test.cpp.

#include "core/feed/feed_model.h"

#include "core/feed/list_recovery.h"
#include "tests/core/support/feed_world.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

namespace tikgok {

using test::clip;
using test::failure;
using test::Feed;
using test::feedOf;
using test::likedFeed;
using test::waitUntil;
using test::World;
using State = FeedModel::State;

namespace {

// A feed without an end, of ids that count down; the cursor is the last one of a page. Who signed in likes
// everything.
struct Endless {
    static constexpr int kPage = 10;

    explicit Endless(test::FakeTransport& transport) : net(transport) {}

    // Answers until nothing is asked any more.
    void serve() {
        for (; answered < net.count(); ++answered) {
            const auto& one = net.at(answered);
            const qint64 from = one.has("latest_time") ? one.value("latest_time").toLongLong() : newest + 1;
            std::vector<contract::Video> videos;
            for (qint64 id = from - 1; id >= from - kPage; --id) {
                videos.push_back(clip(id, one.has("token")));
            }
            net.finish(answered, contract::writeFeed(videos, from - kPage));
        }
    }
    // What was taken out of the log, as sign-ins are.
    void skip() { answered = std::min(answered, net.count()); }

    test::FakeTransport& net;
    qint64 newest = 1'000'000;
    qsizetype answered = 0;
};

}  // namespace

class FeedModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsEmpty() {
        Feed feed;
        QCOMPARE(feed.model.state(), State::Empty);
        QCOMPARE(feed.model.count(), 0);
        feed.model.loadMore();
        feed.model.retry();
        QCOMPARE(feed.world.net.count(), 0);
        QVERIFY(!feed.model.videoAt(0));
        QVERIFY(!feed.model.videoAt(-1));
    }

    void loadsTheFirstPage() {
        Feed feed;
        QSignalSpy states(&feed.model, &FeedModel::stateChanged);
        feed.world.net.reply(feedOf({9, 8, 7}, 700));
        feed.model.refresh();
        QCOMPARE(feed.model.state(), State::Loading);
        QVERIFY(feed.settles());
        QCOMPARE(feed.model.state(), State::Ready);
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8, 7}));
        QVERIFY(!feed.world.net.at(0).has("latest_time"));
        QCOMPARE(states.count(), 2);
        const QVariant video = feed.model.data(feed.model.index(1), FeedModel::VideoRole);
        QCOMPARE(video.value<VideoEntity*>()->id(), 8);
        QCOMPARE(feed.model.roleNames().value(FeedModel::VideoRole), QByteArray("video"));
    }

    void echoesTheCursorUnchanged_data() {
        QTest::addColumn<qint64>("cursor");
        QTest::newRow("seconds") << qint64{1676323215};
        QTest::newRow("milliseconds") << qint64{1676323215123};
        QTest::newRow("nanoseconds") << qint64{1676323215123456789};
        QTest::newRow("an id") << qint64{9007199254740993};
        QTest::newRow("largest") << qint64{9223372036854775807};
        QTest::newRow("negative") << qint64{-5};
    }
    void echoesTheCursorUnchanged() {
        QFETCH(qint64, cursor);
        Feed feed;
        feed.load(feedOf({9, 8}, cursor));
        feed.model.loadMore();
        QCOMPARE(feed.world.net.last().value("latest_time"), QString::number(cursor));
    }

    void pagesUntilTheEnd() {
        Feed feed;
        feed.load(feedOf({9, 8}, 80));
        feed.world.net.reply(feedOf({7, 6}, 60)).reply(feedOf({}, 999));
        feed.model.loadMore();
        QCOMPARE(feed.model.state(), State::LoadingMore);
        feed.model.loadMore();  // one at a time
        QCOMPARE(feed.world.net.count(), 2);
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8, 7, 6}));
        feed.model.loadMore();
        QVERIFY(feed.settles());
        QCOMPARE(feed.model.state(), State::End);
        feed.model.loadMore();
        QCOMPARE(feed.world.net.count(), 3);
        QCOMPARE(feed.ids().size(), 4);
    }

    // How servers of this contract end a feed (contract.md section 5, rows 2 and 4, and section 7).
    void waysToEnd_data() {
        QTest::addColumn<QByteArray>("page");
        const auto row = [](const char* name, const std::string& page) {
            QTest::newRow(name) << QByteArray::fromStdString(page);
        };
        row("empty page, next_time now", feedOf({}, 1700000000000));
        row("TikGok: the last video for ever", feedOf({8}, 80));
        row("wraps to the top", feedOf({9, 8}, 80));
        row("null list", R"({"status_code":0,"video_list":null,"next_time":80})");
        row("nothing at all", R"({"status_code":0})");
    }
    void waysToEnd() {
        QFETCH(QByteArray, page);
        Feed feed;
        feed.load(feedOf({9, 8}, 80));
        feed.world.net.reply(page.toStdString());
        feed.model.loadMore();
        QVERIFY(feed.settles());
        QCOMPARE(feed.model.state(), State::End);
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8}));
    }

    void lastPageWithoutCursorIsShown_data() {
        QTest::addColumn<QByteArray>("cursor");
        QTest::newRow("zero") << QByteArray(",\"next_time\":0");
        QTest::newRow("absent") << QByteArray();
        QTest::newRow("null") << QByteArray(",\"next_time\":null");
    }
    void lastPageWithoutCursorIsShown() {
        QFETCH(QByteArray, cursor);
        Feed feed;
        feed.load(feedOf({9, 8}, 80));
        feed.world.net.reply(R"({"status_code":0,"video_list":[{"id":7},{"id":6}])" + cursor.toStdString() +
                             "}");
        feed.model.loadMore();
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8, 7, 6}));
        QCOMPARE(feed.model.state(), State::End);
    }

    void inclusiveBoundDoesNotRepeat() {
        Feed feed;
        feed.load(feedOf({9, 8, 7}, 70));
        feed.world.net.reply(feedOf({7, 6, 5}, 50));
        feed.model.loadMore();
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8, 7, 6, 5}));
        QCOMPARE(feed.model.state(), State::Ready);
    }

    void onePageMayRepeatItself() {
        Feed feed;
        feed.load(feedOf({9, 9, 8, 9}, 80));
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8}));
    }

    void serverWithoutVideos() {
        Feed feed;
        feed.load(feedOf({}, 1700000000000));
        QCOMPARE(feed.model.state(), State::NoVideos);
        feed.load(feedOf({1}, 1));
        QCOMPARE(feed.model.state(), State::Ready);
    }

    void firstPageFails() {
        Feed feed;
        feed.world.net.reply(failure(40001, "get videos error"));
        feed.model.refresh();
        QVERIFY(feed.settles());
        QCOMPARE(feed.model.state(), State::Failed);
        QCOMPARE(feed.model.errorKind(), ErrorKind::Refused);
        QCOMPARE(feed.model.errorWords(), QStringLiteral("get videos error"));
        feed.world.net.reply(feedOf({9}, 90));
        feed.model.retry();
        QCOMPARE(feed.model.state(), State::Loading);
        QCOMPARE(feed.model.errorKind(), ErrorKind::None);
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), QList<qint64>{9});
    }

    void laterPageFails() {
        Feed feed;
        feed.load(feedOf({9, 8}, 80));
        feed.world.net.fail(ErrorKind::Offline);
        feed.model.loadMore();
        QVERIFY(feed.settles());
        QCOMPARE(feed.model.state(), State::MoreFailed);
        QCOMPARE(feed.model.errorKind(), ErrorKind::Offline);
        QCOMPARE(feed.model.count(), 2);
        feed.model.loadMore();  // scrolling on does not hammer a server that is down
        QCOMPARE(feed.world.net.count(), 2);
        feed.world.net.reply(feedOf({7}, 70));
        feed.model.retry();
        QVERIFY(feed.settles());
        QCOMPARE(feed.world.net.last().value("latest_time"), QStringLiteral("80"));
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8, 7}));
    }

    // --- refresh

    void refreshKeepsThePlace() {
        Feed feed;
        feed.load(feedOf({9, 8, 7}, 70));
        feed.model.setCurrentRow(1);
        feed.world.net.reply(feedOf({12, 11, 9}, 90));
        QSignalSpy reset(&feed.model, &QAbstractItemModel::modelReset);
        feed.model.refresh();
        QVERIFY(feed.model.refreshing());
        QCOMPARE(feed.model.state(), State::Ready);
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8, 12, 11, 7}));
        QCOMPARE(feed.model.currentRow(), 1);
        QCOMPARE(reset.count(), 0);
        feed.world.net.reply(feedOf({6}, 60));
        feed.model.loadMore();
        QCOMPARE(feed.world.net.last().value("latest_time"), QStringLiteral("70"));
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8, 12, 11, 7, 6}));
    }

    void refreshLeavesNoHole() {
        Feed feed;
        feed.load(feedOf({4, 3}, 30));
        feed.world.net.reply(feedOf({12, 11}, 110)).reply(feedOf({10, 9}, 90)).reply(feedOf({8, 4}, 40));
        feed.model.refresh();
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), (QList<qint64>{4, 12, 11, 10, 9, 8, 3}));
        QCOMPARE(feed.world.net.at(2).value("latest_time"), QStringLiteral("110"));
        QCOMPARE(feed.world.net.at(3).value("latest_time"), QStringLiteral("90"));
    }

    void refreshWithNothingNew() {
        Feed feed;
        feed.load(feedOf({4, 3}, 30));
        feed.world.net.reply(feedOf({4, 3}, 30));
        feed.model.refresh();
        feed.model.refresh();
        QVERIFY(feed.settles());
        QCOMPARE(feed.world.net.count(), 2);
        QCOMPARE(feed.ids(), (QList<qint64>{4, 3}));
        QCOMPARE(feed.model.state(), State::Ready);
    }

    void failedRefreshChangesNothing() {
        Feed feed;
        feed.load(feedOf({4, 3}, 30));
        QSignalSpy failed(&feed.model, &FeedModel::refreshFailed);
        feed.world.net.reply(feedOf({9, 8}, 80)).reply(failure(40001, "no"));
        feed.model.refresh();
        QVERIFY(feed.settles());
        QCOMPARE(failed.count(), 1);
        QCOMPARE(feed.ids(), (QList<qint64>{4, 3}));
        QCOMPARE(feed.model.state(), State::Ready);
    }

    void refreshWhileTheNextPageIsOnItsWay() {
        Feed feed;
        feed.load(feedOf({4, 3}, 30));
        feed.world.net.hang().hang();
        feed.model.loadMore();
        feed.model.refresh();
        feed.world.net.finish(2, feedOf({5, 4}, 40));
        feed.world.net.finish(1, feedOf({3, 2}, 20));
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), (QList<qint64>{4, 5, 3, 2}));
    }

    void startsOver() {
        Feed feed;
        feed.load(feedOf({4, 3}, 30));
        feed.model.setCurrentRow(1);
        feed.world.net.hang();
        feed.model.loadMore();
        feed.world.net.reply(feedOf({5, 4, 3}, 30));
        feed.model.startOver();
        QVERIFY(feed.world.net.at(1).cancelled);
        QCOMPARE(feed.model.currentRow(), 0);
        QVERIFY(feed.settles());
        QVERIFY(!feed.world.net.last().has("latest_time"));
        QCOMPARE(feed.ids(), (QList<qint64>{5, 4, 3}));
    }

    void currentRowStaysInside() {
        Feed feed;
        feed.load(feedOf({4, 3}, 30));
        feed.model.setCurrentRow(99);
        QCOMPARE(feed.model.currentRow(), 1);
        feed.model.setCurrentRow(-1);
        QCOMPARE(feed.model.currentRow(), 0);
    }

    // --- accounts

    void badTokenIsTriedOnceAsAStranger() {
        Feed feed(true);
        feed.world.net.reply(R"({"status_code":1,"status_msg":"bad token","video_list":null,"next_time":0})")
            .reply(feedOf({9, 8}, 80));
        feed.model.refresh();
        QVERIFY(feed.settles());
        QCOMPARE(feed.model.state(), State::Ready);
        QCOMPARE(feed.world.net.count(), 2);
        QCOMPARE(feed.world.net.at(0).value("token"), QStringLiteral("secret-token"));
        QVERIFY(!feed.world.net.at(1).has("token"));
        QVERIFY(feed.world.session.expired());
    }

    void strangerRefusedIsAnError() {
        Feed feed(true);
        feed.world.net.reply("", 401).reply("", 401);
        feed.model.refresh();
        QVERIFY(feed.settles());
        QCOMPARE(feed.model.state(), State::Failed);
        QCOMPARE(feed.model.errorKind(), ErrorKind::SignedOut);
        QCOMPARE(feed.world.net.count(), 2);
    }

    void signingInShowsOnesLikes() {
        Feed feed;
        feed.load(feedOf({9, 8}, 80));
        feed.world.net.reply(feedOf({7}, 70));
        feed.model.loadMore();
        QVERIFY(feed.settles());
        feed.model.setCurrentRow(1);
        QSignalSpy moved(&feed.model, &QAbstractItemModel::rowsInserted);
        feed.world.signIn();
        // The pages are asked for again; the answers come one by one.
        QCOMPARE(feed.world.net.last().value("token"), QStringLiteral("secret-token"));
        feed.world.net.reply(likedFeed({8, 7}, 70));
        feed.world.net.finish(feed.world.net.count() - 1, likedFeed({10, 9}, 90));
        QVERIFY(waitUntil([&] { return feed.model.videoAt(2)->liked(); }));
        QVERIFY(feed.model.videoAt(0)->liked());
        QVERIFY(feed.model.videoAt(1)->liked());
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8, 7}));
        QCOMPARE(moved.count(), 0);
        QCOMPARE(feed.world.net.last().value("latest_time"), QStringLiteral("90"));
    }

    // Somebody has swiped for hours, and then signs in: what was let go is not read again.
    void signingInAfterHours() {
        Feed feed;
        Endless server(feed.world.net);
        feed.model.refresh();
        server.serve();
        for (int swipe = 0; swipe < 1'500; ++swipe) {
            feed.model.setCurrentRow(feed.model.currentRow() + 1);
            if (feed.model.count() - feed.model.currentRow() < 5) {
                feed.model.loadMore();
                server.serve();
            }
        }
        // Something new meanwhile, deep down.
        server.newest += 25;
        feed.model.refresh();
        server.serve();
        QVERIFY(!feed.model.refreshing());
        const QList<qint64> before = feed.ids();
        const qint64 watched = feed.model.videoAt(feed.model.currentRow())->id();
        QCOMPARE(feed.model.videoAt(feed.model.currentRow() + 1)->id(), server.newest);
        feed.world.signIn();
        server.skip();
        const qsizetype asked = feed.world.net.count();
        QSignalSpy inserted(&feed.model, &QAbstractItemModel::rowsInserted);
        server.serve();
        // All that is held has the hearts of this account, for as many pages as that is.
        for (int row = 0; row < feed.model.count(); ++row) {
            QVERIFY2(feed.model.videoAt(row)->liked(), QByteArray::number(row).constData());
        }
        QCOMPARE(feed.ids(), before);
        QCOMPARE(feed.model.videoAt(feed.model.currentRow())->id(), watched);
        QCOMPARE(inserted.count(), 0);
        QVERIFY2(feed.world.net.count() - asked <= 425 / Endless::kPage + 4,
                 QByteArray::number(feed.world.net.count() - asked).constData());
    }

    void answersForAnotherAccountAreDropped() {
        Feed feed;
        feed.world.net.hang();
        feed.model.refresh();
        bool sawFailure = false;
        connect(&feed.model, &FeedModel::stateChanged, this,
                [&] { sawFailure = sawFailure || feed.model.state() == State::Failed; });
        feed.world.signIn();
        QVERIFY(feed.world.net.at(0).cancelled);
        QCOMPARE(feed.world.net.last().value("token"), QStringLiteral("secret-token"));
        feed.world.net.finish(feed.world.net.count() - 1, likedFeed({9}, 90));
        QVERIFY(feed.settles());
        QVERIFY(feed.model.videoAt(0)->liked());
        QVERIFY(!sawFailure);
        disconnect(&feed.model, nullptr, this, nullptr);
    }

    void signingOutDropsTheFirstPageOnItsWay() {
        Feed feed(true);
        feed.world.net.hang();
        feed.model.refresh();
        feed.world.session.signOut();
        QVERIFY(feed.world.net.at(0).cancelled);
        QVERIFY(!feed.world.net.last().has("token"));
        feed.world.net.finish(feed.world.net.count() - 1, feedOf({9}, 90));
        QVERIFY(feed.settles());
        QVERIFY(!feed.model.videoAt(0)->liked());
    }

    void nextPageIsAskedForAgainByTheNewAccount() {
        Feed feed;
        feed.load(feedOf({9, 8}, 80));
        feed.world.net.hang();
        feed.model.loadMore();
        feed.world.signIn();
        QVERIFY(feed.world.net.at(1).cancelled);
        QCOMPARE(feed.world.net.at(2).value("latest_time"), QStringLiteral("80"));
        QCOMPARE(feed.world.net.at(2).value("token"), QStringLiteral("secret-token"));
        feed.world.net.finish(2, likedFeed({7}, 70));
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8, 7}));
    }

    void anotherServerStartsFromNothing() {
        Feed feed;
        feed.load(feedOf({9, 8}, 80));
        feed.world.net.hang();
        feed.model.loadMore();
        feed.world.session.setServer(QStringLiteral("http://other"));
        QVERIFY(feed.world.net.at(1).cancelled);
        QCOMPARE(feed.model.state(), State::Empty);
        QCOMPARE(feed.model.count(), 0);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        feed.load(feedOf({9, 1}, 10));
        QCOMPARE(feed.ids(), (QList<qint64>{9, 1}));
    }

    // --- ends

    void modelGoesDuringCalls_data() {
        QTest::addColumn<int>("call");
        QTest::newRow("first page") << 0;
        QTest::newRow("next page") << 1;
        QTest::newRow("refresh") << 2;
        QTest::newRow("after signing in") << 3;
        QTest::newRow("as a stranger") << 4;
    }
    void modelGoesDuringCalls() {
        QFETCH(int, call);
        World world(call == 4);
        auto model = std::make_unique<FeedModel>(world.api, world.session, world.store);
        if (call == 4) {
            world.net.reply(contract::writeFailure(contract::kFeedBadToken));
            model->refresh();
            QVERIFY(waitUntil([&] { return world.net.count() == 2; }));
        } else {
            if (call != 0) {
                world.net.reply(feedOf({4, 3}, 30));
                model->refresh();
                QVERIFY(waitUntil([&] { return model->count() == 2; }));
            }
            switch (call) {
                case 1:
                    model->loadMore();
                    break;
                case 2:
                case 0:
                    model->refresh();
                    break;
                default:
                    world.signIn();
                    break;
            }
        }
        const auto sent = world.net.sent.last();
        QVERIFY(!sent->ended.isFinished());
        model.reset();
        QVERIFY(sent->cancelled);
    }

    void asksAgainByItself() {
        Feed feed;
        ListRecovery recovery(
            feed.model, {.first = std::chrono::milliseconds(10), .longest = std::chrono::milliseconds(20)});
        QSignalSpy recovered(&recovery, &ListRecovery::recovered);
        for (int i = 0; i < 9; ++i) {
            feed.world.net.fail(ErrorKind::Offline, true);
        }
        feed.world.net.reply(feedOf({9, 8}, 7));
        feed.model.refresh();
        QVERIFY(waitUntil([&] { return feed.model.state() == State::Failed; }));
        const qsizetype asked = feed.world.net.count();
        QTest::qWait(60);  // nothing happens: nobody looks
        QCOMPARE(feed.world.net.count(), asked);
        recovery.setActive(true);
        QVERIFY(waitUntil([&] { return recovered.count() == 1; }));
        QCOMPARE(feed.model.state(), State::Ready);
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8}));
    }

    void refusalsAreNotAskedAgain() {
        Feed feed;
        ListRecovery recovery(
            feed.model, {.first = std::chrono::milliseconds(1), .longest = std::chrono::milliseconds(1)});
        recovery.setActive(true);
        feed.world.net.reply(failure(10010, "no"));
        feed.model.refresh();
        QVERIFY(waitUntil([&] { return feed.model.state() == State::Failed; }));
        QTest::qWait(30);
        QCOMPARE(feed.world.net.count(), 1);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::FeedModelTest)
#include "feed_model_test.moc"
