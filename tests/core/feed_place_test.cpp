// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The place in the feed, across restarts: per account, with likes, and on a disk that takes nothing.

#include "core/feed/feed_place.h"

#include "core/cache/page_cache.h"
#include "core/feed/feed_model.h"
#include "tests/core/support/feed_world.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <memory>
#include <optional>

namespace tikgok {

using test::failure;
using test::Feed;
using test::feedOf;
using test::kMe;
using test::likedFeed;
using test::waitUntil;
using State = FeedModel::State;

namespace {

// A store of pages in memory.
struct Kept {
    void settle() {
        test::waitFor(database.run([](SQLite::Database&) { return 1; }, std::stop_token()));
    }
    [[nodiscard]] std::optional<FeedPlace> place(const QString& owner = QStringLiteral("http://server|0")) {
        const auto found = std::make_shared<std::optional<std::optional<KeptPage>>>();
        test::storeInto(pages.find(owner, feedPlaceName(), {}), found);
        waitUntil([&] { return found->has_value(); });
        return *found && **found ? unpackFeedPlace((**found)->body) : std::nullopt;
    }
    [[nodiscard]] int placeRow(const QString& owner = QStringLiteral("http://server|0")) {
        const auto now = place(owner);
        return now ? now->row : -1;
    }
    // The same without the note that it was looked at, which is a write.
    [[nodiscard]] int storedRow() {
        return test::waitFor(database.run(
                                 [](SQLite::Database& file) {
                                     SQLite::Statement row(file, "SELECT body FROM pages WHERE request = ?");
                                     row.bind(1, feedPlaceName().toStdString());
                                     const auto place =
                                         row.executeStep()
                                             ? unpackFeedPlace(qUncompress(
                                                   static_cast<const uchar*>(row.getColumn(0).getBlob()),
                                                   row.getColumn(0).getBytes()))
                                             : std::nullopt;
                                     return place ? place->row : -1;
                                 },
                                 std::stop_token()))
            .value_or(-2);
    }
    [[nodiscard]] std::size_t placeVideos() {
        const auto now = place();
        return now ? now->page.videos.size() : 0;
    }
    [[nodiscard]] contract::Id placeVideo() {
        const auto now = place();
        return now ? now->page.videos.at(std::size_t(now->row)).id : 0;
    }

    Database database{QString(), {pageCacheSchema()}, StorageClass::Disposable};
    PageCache pages{database, 1 << 20};
};

const std::string kYes = R"({"status_code":0,"status_msg":"success"})";

}  // namespace

class FeedPlaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackToItsPlace_data() {
        QTest::addColumn<int>("row");
        QTest::newRow("first") << 0;
        QTest::newRow("middle") << 2;
        QTest::newRow("last of a page") << 3;
        QTest::newRow("second page") << 5;
    }
    void comesBackToItsPlace() {
        QFETCH(int, row);
        Kept kept;
        contract::Id watched = 0;
        {
            Feed feed;
            kept.settle();
            feed.model.keepPlaceIn(kept.pages);
            feed.load(feedOf({98, 97, 96, 95}, 90));
            feed.world.net.reply(feedOf({94, 93, 92, 91}, 80));
            feed.model.loadMore();
            QVERIFY(feed.settles());
            feed.model.setCurrentRow(row);
            watched = feed.model.videoAt(row)->id();
            // With the second page, which may come just after the place was written.
            QVERIFY(waitUntil([&] { return kept.placeVideos() == 8 && kept.placeVideo() == watched; }));
        }
        Feed again;
        again.model.keepPlaceIn(kept.pages);
        QSignalSpy restored(&again.model, &VideoList::placeRestored);
        again.world.net.hang();
        again.model.refresh();
        // Before any answer, and marked as old.
        QVERIFY(waitUntil([&] { return restored.count() == 1; }));
        QCOMPARE(again.model.videoAt(again.model.currentRow())->id(), watched);
        QVERIFY(again.model.savedAt().isValid());
        QCOMPARE(again.model.state(), State::Ready);
        // What is new comes behind it.
        again.world.net.finish(0, feedOf({99, 98, 97}, 70));
        QVERIFY(waitUntil([&] { return !again.model.refreshing(); }));
        const int now = again.model.currentRow();
        QCOMPARE(again.model.videoAt(now)->id(), watched);
        QCOMPARE(again.model.videoAt(now + 1)->id(), 99);
        QVERIFY(!again.model.savedAt().isValid());
        // And what follows goes on where the kept pages end.
        again.world.net.reply(feedOf({50}, 40));
        again.model.loadMore();
        QVERIFY(again.settles());
        QCOMPARE(again.world.net.last().value("latest_time"), QStringLiteral("80"));
    }

    // Of a long list what is around, and the feed goes on behind it.
    void keepsWhatIsAround() {
        Kept kept;
        kept.settle();
        {
            Feed feed;
            feed.model.keepPlaceIn(kept.pages);
            feed.load(feedOf({99, 98, 97, 96, 95, 94, 93, 92}, 90));
            for (const qint64 next : {80, 70}) {
                const qint64 top = next + 9;
                feed.world.net.reply(
                    feedOf({top, top - 1, top - 2, top - 3, top - 4, top - 5, top - 6, top - 7}, next));
                feed.model.loadMore();
                QVERIFY(feed.settles());
            }
            QCOMPARE(feed.model.count(), 24);
            feed.model.setCurrentRow(8);
        }
        const auto place = kept.place();
        QVERIFY(place);
        QCOMPARE(place->row, 5);
        QCOMPARE(place->page.videos.size(), std::size_t{13});
        QCOMPARE(place->page.videos.front().id, contract::Id{96});
        QCOMPARE(place->page.videos.back().id, contract::Id{82});
        QCOMPARE(place->page.nextTime.value_or(0), std::int64_t{80});
    }

    // What is shown from an earlier run is said to be as old as it is, also in the run after this one.
    void staysAsOldAsItIs() {
        Kept kept;
        constexpr qint64 kLongAgo = 1'700'000'000'000;
        kept.pages.put(QStringLiteral("http://server|0"), feedPlaceName(),
                       QByteArray("0\n") + QByteArray::fromStdString(feedOf({9, 8}, 7)), kLongAgo);
        {
            Feed feed;
            feed.model.keepPlaceIn(kept.pages);
            feed.world.net.hang();
            feed.model.refresh();
            QVERIFY(waitUntil([&] { return feed.model.count() == 2; }));
            feed.model.setCurrentRow(1);
        }
        QCOMPARE(kept.storedRow(), 1);
        Feed again;
        again.model.keepPlaceIn(kept.pages);
        again.world.net.hang();
        again.model.refresh();
        QVERIFY(waitUntil([&] { return again.model.count() == 2; }));
        QCOMPARE(again.model.savedAt().toMSecsSinceEpoch(), kLongAgo);
    }

    // Whoever quits right after a swipe comes back to where it led.
    void isWrittenAtTheEnd() {
        Kept kept;
        kept.settle();
        {
            Feed feed;
            feed.model.keepPlaceIn(kept.pages, std::chrono::hours(1));
            feed.load(feedOf({98, 97, 96, 95}, 90));
            QVERIFY(waitUntil([&] { return kept.storedRow() == 0; }));
            feed.model.setCurrentRow(2);
        }
        QCOMPARE(kept.storedRow(), 2);
    }

    // Whoever swipes on and on does not push it back.
    void isWrittenWhileOneSwipes() {
        Kept kept;
        Feed feed;
        kept.settle();
        feed.model.keepPlaceIn(kept.pages);
        feed.load(feedOf({98, 97, 96, 95}, 90));
        QVERIFY(waitUntil([&] { return kept.storedRow() == 0; }));
        QTimer swipes;
        int row = 1;
        connect(&swipes, &QTimer::timeout, this, [&] {
            feed.model.setCurrentRow(row);
            row = row == 3 ? 1 : row + 1;
        });
        swipes.start(std::chrono::milliseconds(20));
        QVERIFY(waitUntil([&] { return kept.storedRow() > 0; }));
    }

    // With its heart and its count, as they were confirmed.
    void likesComeBackWithThePlace() {
        Kept kept;
        {
            Feed feed(true);
            feed.load(feedOf({9, 8}, 7));
            VideoEntity* video = feed.model.videoAt(0);
            feed.world.net.reply(kYes);
            video->toggleLike();
            QVERIFY(waitUntil([&] { return !video->likePending(); }));
            feed.world.net.reply(kYes);
            video->author()->toggleFollow();
            QVERIFY(waitUntil([&] { return !video->author()->followPending(); }));
            QVERIFY(video->liked() && video->author()->followed());
            QCOMPARE(video->likeCount(), 4);
            feed.model.keepPlaceIn(kept.pages);
            feed.model.setCurrentRow(1);
            QVERIFY(waitUntil([&] { return kept.pages.bytes() > 0; }));
        }
        Feed again(true);
        again.model.keepPlaceIn(kept.pages);
        again.world.net.hang();
        again.model.refresh();
        QVERIFY(waitUntil([&] { return again.model.count() == 2; }));
        const VideoEntity* video = again.model.videoAt(0);
        QCOMPARE(video->likeCount(), 4);
        QVERIFY(video->liked());
        QVERIFY(video->author()->followed());
    }

    // What was asked before the vault had given the session is no answer for its account.
    void asksAgainOnceTheSessionIsThere() {
        Kept kept;
        kept.settle();
        {
            Feed feed(true);
            feed.load(likedFeed({9, 8}, 7));
            feed.model.keepPlaceIn(kept.pages);
            feed.model.setCurrentRow(1);
            QVERIFY(waitUntil([&] { return kept.pages.bytes() > 0; }));
        }
        Feed again;
        const QString server = again.world.session.server();
        again.model.keepPlaceIn(kept.pages);
        again.world.session.setServer(QString());
        again.world.accounts.last.insert(server, {QStringLiteral("mei"), kMe});
        again.world.vault.tokens.insert(server + QStringLiteral("|mei"), QStringLiteral("kept"));
        again.world.vault.hold = true;
        again.world.session.setServer(server);
        QVERIFY(again.world.session.restoring());
        again.world.net.hang();
        again.model.refresh();
        QVERIFY(waitUntil([&] { return again.model.count() == 2 && again.world.net.count() == 1; }));
        QCOMPARE(again.world.net.last().value("token"), QString());
        again.world.net.hang();
        again.world.vault.held.finish(true);
        QVERIFY(waitUntil([&] { return again.world.net.count() >= 2; }));
        QCOMPARE(again.world.net.last().value("token"), QStringLiteral("kept"));
        again.world.net.finish(0, feedOf({9, 8}, 7));  // comes too late
        again.world.net.finish(1, likedFeed({9, 8}, 7));
        QVERIFY(again.settles());
        QVERIFY(again.model.videoAt(0)->liked());
    }

    // What was read with the eyes of another is not kept as this account's place.
    void anotherAccountsLikesAreNotKept() {
        Kept kept;
        Feed feed;
        kept.settle();
        feed.model.keepPlaceIn(kept.pages);
        feed.load(feedOf({9, 8}, 7));  // and its place is to be written soon
        const qsizetype asked = feed.world.net.count();
        feed.world.signIn();
        QVERIFY(waitUntil([&] { return feed.world.net.count() > asked; }));
        feed.model.setCurrentRow(1);
        QTest::qWait(400);  // longer than as it takes: nothing is written
        QCOMPARE(kept.placeRow(feed.world.session.accountKey()), -1);
        feed.world.net.finish(asked, likedFeed({9, 8}, 7));
        QVERIFY(waitUntil([&] { return kept.placeRow(feed.world.session.accountKey()) == 1; }));
        const auto place = kept.place(feed.world.session.accountKey());
        QVERIFY(place && place->page.videos.at(0).isFavorite);
    }

    void eachAccountHasItsPlace() {
        Kept kept;
        {
            Feed feed(true);
            feed.model.keepPlaceIn(kept.pages);
            feed.load(feedOf({9, 8}, 7));
            QVERIFY(waitUntil([&] { return kept.pages.bytes() > 0; }));
        }
        Feed stranger;
        stranger.model.keepPlaceIn(kept.pages);
        stranger.load(feedOf({3}, 2));
        QCOMPARE(stranger.ids(), (QList<qint64>{3}));
        QVERIFY(!stranger.model.savedAt().isValid());
    }

    // Without a network the feed of a stranger fails at once; the vault may need longer to say who it is.
    void vaultThatIsSlowerThanTheFailure() {
        Kept kept;
        {
            Feed feed(true);
            feed.model.keepPlaceIn(kept.pages);
            feed.load(feedOf({9, 8}, 7));
            QVERIFY(waitUntil([&] { return kept.pages.bytes() > 0; }));
        }
        Feed again;
        again.model.keepPlaceIn(kept.pages);
        again.world.net.fail(ErrorKind::Offline);
        again.model.refresh();
        QVERIFY(again.settles());
        QCOMPARE(again.model.state(), State::Failed);
        again.world.signIn();
        QVERIFY(waitUntil([&] { return again.model.count() == 2; }));
        QVERIFY(again.model.savedAt().isValid());
    }

    void aPlaceThatMakesNoSense_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("garbage") << QByteArray("\x01\x02");
        QTest::newRow("no row") << QByteArray("x\n") + QByteArray::fromStdString(feedOf({1}, 2));
        QTest::newRow("row behind the end") << QByteArray("1\n") + QByteArray::fromStdString(feedOf({1}, 2));
        QTest::newRow("negative row") << QByteArray("-1\n") + QByteArray::fromStdString(feedOf({1}, 2));
        QTest::newRow("no videos") << QByteArray("0\n") + QByteArray::fromStdString(feedOf({}, 2));
        QTest::newRow("a failure") << QByteArray("0\n") + QByteArray::fromStdString(failure(10001, "no"));
    }
    void aPlaceThatMakesNoSense() {
        QFETCH(QByteArray, bytes);
        Kept kept;
        kept.pages.put(QStringLiteral("http://server|0"), feedPlaceName(), bytes);
        Feed feed;
        feed.model.keepPlaceIn(kept.pages);
        feed.load(feedOf({9, 8}, 7));
        QCOMPARE(feed.ids(), (QList<qint64>{9, 8}));
        QCOMPARE(feed.model.state(), State::Ready);
    }

    // The place is not lost because the disk was full when it was written.
    void placeIsWrittenWhenThereIsRoomAgain_data() {
        QTest::addColumn<bool>("somethingElseIsWritten");
        QTest::newRow("by itself") << false;
        QTest::newRow("with the next page") << true;
    }
    void placeIsWrittenWhenThereIsRoomAgain() {
        QFETCH(bool, somethingElseIsWritten);
        using namespace std::chrono_literals;
        Kept kept;
        kept.settle();
        const auto refuse = [&kept](bool on) {
            QVERIFY(test::waitFor(kept.database.run(
                [on](SQLite::Database& file) {
                    file.exec(on ? "PRAGMA query_only=1" : "PRAGMA query_only=0");
                    return 1;
                },
                std::stop_token())));
        };
        Feed feed;
        feed.model.keepPlaceIn(kept.pages, somethingElseIsWritten ? 1h : 50ms);
        feed.load(feedOf({9, 8, 7}, 7));
        QVERIFY(waitUntil([&] { return kept.placeRow() == 0; }));
        refuse(true);
        feed.model.setCurrentRow(2);
        QVERIFY(waitUntil([&] { return kept.pages.diskTrouble() != DiskTrouble::None; }));
        QCOMPARE(kept.storedRow(), 0);
        refuse(false);
        if (somethingElseIsWritten) {
            kept.pages.put(QStringLiteral("x"), QStringLiteral("y"), QByteArray("z"));
        }
        QVERIFY(waitUntil([&] { return kept.storedRow() == 2; }));
    }

    void startingOverForgetsThePlace() {
        Kept kept;
        Feed feed;
        feed.model.keepPlaceIn(kept.pages);
        feed.load(feedOf({9, 8}, 7));
        feed.world.net.reply(feedOf({99}, 90));
        feed.model.startOver();
        QVERIFY(feed.settles());
        QCOMPARE(feed.ids(), (QList<qint64>{99}));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::FeedPlaceTest)
#include "feed_place_test.moc"
