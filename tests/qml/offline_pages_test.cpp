// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pages without a network: what was seen before is there, and says how old it is.
#include "core/feed/feed_place.h"
#include "tests/core/support/wait.h"
#include "tests/qml/support/test_main.h"

#include <QQuickItem>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace tikgok::test {

namespace {

// The video at which the feed would begin after a restart; 0 for none.
contract::Id keptPlace(Stage& stage) {
    const auto found = std::make_shared<std::optional<std::optional<KeptPage>>>();
    storeInto(stage.pages.find(QStringLiteral("stage|0"), feedPlaceName(), {}), found);
    waitUntil([&] { return found->has_value(); });
    const auto place = *found && **found ? unpackFeedPlace((**found)->body) : std::nullopt;
    return place ? place->page.videos.at(static_cast<std::size_t>(place->row)).id : 0;
}

}  // namespace

class OfflinePagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commentsWithoutANetwork();
    void feedComesBackToItsPlace();
    void ageIsSaidInWords_data();
    void ageIsSaidInWords();
    void oldPagesSayHowOldTheyAre();
};

void OfflinePagesTest::commentsWithoutANetwork() {
    Stage stage(StageOptions{.cache = true});
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("commentsButton"));
    QTRY_VERIFY(stage.comments.count() > 0);
    const int read = stage.comments.count();
    QVERIFY(!stage.find(QStringLiteral("savedMark")));
    stage.server.setAway(true);
    stage.comments.refresh();
    QTRY_VERIFY(stage.find(QStringLiteral("savedMark")));
    QCOMPARE(stage.comments.count(), read);
    QVERIFY(stage.comments.post(QStringLiteral("said in a tunnel")));
    QTRY_VERIFY(stage.find(QStringLiteral("commentCause")));
    QCOMPARE(stage.find(QStringLiteral("commentCause"))->property("text").toString(),
             QStringLiteral("Will be sent when the server answers."));
    stage.server.setAway(false);
    stage.outbox.poke();
    stage.comments.serverIsBack();
    QTRY_VERIFY(!stage.find(QStringLiteral("savedMark")));
    QTRY_VERIFY(!stage.find(QStringLiteral("commentCause")));
    QTRY_COMPARE(stage.outbox.openCount(), 0);
    QCOMPARE(stage.warnings(), QStringList());
}

void OfflinePagesTest::feedComesBackToItsPlace() {
    QTemporaryDir directory;
    const StageOptions options{.cache = true,
                               .cacheFile = directory.filePath(QStringLiteral("cache.sqlite"))};
    contract::Id watched = 0;
    {
        Stage stage(options);
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(!stage.find(QStringLiteral("savedMark")));
        for (int i = 0; i < 7; ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Down);
        }
        QTRY_COMPARE(stage.playback.currentIndex(), 7);
        watched = stage.feed.videoAt(7)->id();
        // It is written down some moments after a swipe.
        QTRY_COMPARE(keptPlace(stage), watched);
    }
    Stage stage(options);
    stage.server.setAway(true);
    QVERIFY(stage.open());
    stage.start();
    const auto now = [&stage] {
        VideoEntity* video = stage.feed.videoAt(stage.playback.currentIndex());
        return video == nullptr ? 0 : video->id();
    };
    QTRY_COMPARE(now(), watched);
    QCOMPARE(stage.feed.videoAt(stage.feed.currentRow())->id(), watched);
    QTRY_COMPARE(stage.find(QStringLiteral("pager"))->property("position").toInt(), stage.feed.currentRow());
    QTRY_VERIFY(stage.find(QStringLiteral("savedMark")));
    // What was not there before stands behind it, when it has been looked for.
    QTRY_VERIFY(!stage.feed.refreshing());
    // One can go back and on from there.
    QTest::keyClick(stage.window(), Qt::Key_Up);
    QTRY_VERIFY(now() != watched);
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QTRY_COMPARE(now(), watched);
    stage.server.setAway(false);
    stage.feed.serverIsBack();
    QTRY_VERIFY(!stage.find(QStringLiteral("savedMark")));
    QCOMPARE(now(), watched);
    QCOMPARE(stage.warnings(), QStringList());
}

void OfflinePagesTest::ageIsSaidInWords_data() {
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("words");
    QTest::newRow("now") << qint64{20} << QStringLiteral("Saved just now");
    QTest::newRow("one minute") << qint64{70} << QStringLiteral("Saved 1 minute ago");
    QTest::newRow("minutes") << qint64{59 * 60} << QStringLiteral("Saved 59 minutes ago");
    QTest::newRow("one hour") << qint64{3600} << QStringLiteral("Saved 1 hour ago");
    QTest::newRow("hours") << qint64{2 * 3600} << QStringLiteral("Saved 2 hours ago");
    QTest::newRow("one day") << qint64{86400} << QStringLiteral("Saved 1 day ago");
    QTest::newRow("days") << qint64{9 * 86400} << QStringLiteral("Saved 9 days ago");
    // The clock was set back.
    QTest::newRow("future") << qint64{-3600} << QStringLiteral("Saved earlier");
}

void OfflinePagesTest::ageIsSaidInWords() {
    QFETCH(const qint64, seconds);
    QFETCH(const QString, words);
    Stage stage(StageOptions{.cache = true});
    stage.setLanguage(QStringLiteral("en"));
    QVERIFY(stage.open());
    contract::FeedPage page;
    for (const contract::Id id : {1, 2}) {
        contract::Video video;
        video.id = id;
        video.playUrl = "http://stage.test/1.mp4";
        page.videos.push_back(video);
    }
    stage.pages.put(QStringLiteral("stage|0"), feedPlaceName(), packFeedPlace({.page = page, .row = 1}),
                    QDateTime::currentMSecsSinceEpoch() - 1000 * seconds);
    stage.server.setAway(true);
    stage.start();
    QTRY_VERIFY(stage.find(QStringLiteral("savedMark")));
    QCOMPARE(stage.find(QStringLiteral("savedMark"))->property("spoken").toString(), words);
}

void OfflinePagesTest::oldPagesSayHowOldTheyAre() {
    Stage stage(StageOptions{.cache = true});
    stage.server.setFollow(4, 3);
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("authorButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("coverCell")));
    QVERIFY(!stage.find(QStringLiteral("savedMark")));
    stage.press(QStringLiteral("followersCount"));
    QTRY_VERIFY(stage.find(QStringLiteral("personRow")));
    QVERIFY(!stage.find(QStringLiteral("savedMark")));
    stage.press(QStringLiteral("backButton"));
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(!stage.find(QStringLiteral("profileName")));
    // The same pages again, without a network.
    stage.server.setAway(true);
    stage.press(QStringLiteral("authorButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("savedMark")));
    QCOMPARE(stage.find(QStringLiteral("savedMark"))->property("spoken").toString(),
             QStringLiteral("Saved just now"));
    QTRY_VERIFY(stage.find(QStringLiteral("coverCell")));
    stage.press(QStringLiteral("followersCount"));
    QTRY_VERIFY(stage.find(QStringLiteral("personRow")));
    QTRY_VERIFY(stage.find(QStringLiteral("savedMark")));
    // And when it is there again, all that is open comes up to date.
    stage.server.setAway(false);
    Q_EMIT stage.people.serverIsBack();
    QTRY_VERIFY(!stage.find(QStringLiteral("savedMark")));
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("profileName")));
    QTRY_VERIFY(!stage.find(QStringLiteral("savedMark")));
    QCOMPARE(stage.warnings(), QStringList());
}

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::OfflinePagesTest)

#include "offline_pages_test.moc"
