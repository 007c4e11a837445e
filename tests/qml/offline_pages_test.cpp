// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pages without a network: what was seen before is there, and says how old it is.
#include "core/cache/cached_file.h"
#include "core/feed/feed_place.h"
#include "tests/core/support/wait.h"
#include "tests/qml/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QQuickItem>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTemporaryFile>

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
    void limitsAreChosen();
    void clearingAsksFirst_data();
    void clearingAsksFirst();
    void troubleWithTheDiskIsSaidOnce();
    void damageIsSaidOnce();
    void savesAVideo();
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

namespace {

void openSettings(Stage& stage) {
    QMetaObject::invokeMethod(stage.shell(), "openSettings");
    QTRY_VERIFY(stage.find(QStringLiteral("keptVideos")));
}

QString toast(const Stage& stage) {
    return stage.object(QStringLiteral("toasts"))->property("text").toString();
}

void click(const Stage& stage, const char* name) {
    QTRY_VERIFY2(stage.find(QLatin1String(name)), name);
    QMetaObject::invokeMethod(stage.find(QLatin1String(name)), "clicked");
}

}  // namespace

void OfflinePagesTest::limitsAreChosen() {
    Stage stage(StageOptions{.cache = true});
    QVERIFY(stage.open());
    stage.start();
    openSettings(stage);
    QTRY_VERIFY(stage.find(QStringLiteral("keptPictures"))->property("value").toString() !=
                stage.find(QStringLiteral("keptVideos"))->property("value").toString());
    for (const int megabytes : {0, 4096, 256}) {
        QMetaObject::invokeMethod(stage.find(QStringLiteral("videoLimitChoice")), "chosen",
                                  Q_ARG(QVariant, megabytes));
        QCOMPARE(stage.settings.videoCacheMegabytes(), megabytes);
    }
    for (const int megabytes : {0, 1024, 64}) {
        QMetaObject::invokeMethod(stage.find(QStringLiteral("pictureLimitChoice")), "chosen",
                                  Q_ARG(QVariant, megabytes));
        QCOMPARE(stage.settings.pictureCacheMegabytes(), megabytes);
    }
    QVERIFY(!stage.find(QStringLiteral("storageTrouble")));
    QCOMPARE(stage.warnings(), QStringList());
}

void OfflinePagesTest::clearingAsksFirst_data() {
    QTest::addColumn<QString>("row");
    for (const char* row : {"clearVideos", "clearPictures", "clearChats"}) {
        QTest::newRow(row) << QString::fromLatin1(row);
    }
}

void OfflinePagesTest::clearingAsksFirst() {
    QFETCH(const QString, row);
    QTemporaryDir directory;
    const QString files = directory.path();
    // A video that an earlier run kept.
    QVERIFY(QDir(files).mkpath(QStringLiteral("videos")));
    {
        auto file = std::make_shared<CachedFile>();
        file->key = QStringLiteral("stage/a.mp4");
        file->name = cachedFileName(file->key);
        file->size = 4000;
        file->have.add(0, 4000);
        QFile data(dataPath(files + QStringLiteral("/videos"), file->name));
        QVERIFY(data.open(QIODevice::WriteOnly));
        data.write(QByteArray(4000, 'v'));
        data.close();
        QVERIFY(saveCachedFile(files + QStringLiteral("/videos"), *file));
    }
    Stage stage(StageOptions{.cache = true, .filesDirectory = files});
    QVERIFY(stage.open());
    stage.start();
    ChatMessage message;
    message.key = {.time = 5, .id = 6};
    message.content = QStringLiteral("hello there");
    stage.chatStore.keepMessages(QStringLiteral("stage|2"), 4, {message}, {}, 7);
    openSettings(stage);
    const auto bytes = [&] {
        return row == QLatin1StringView("clearVideos")     ? stage.offline.videoBytes()
               : row == QLatin1StringView("clearPictures") ? stage.offline.pictureBytes()
                                                           : stage.offline.chatBytes();
    };
    QTRY_VERIFY(bytes() > 0);
    click(stage, row.toLatin1().constData());
    QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
    QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep"))->hasActiveFocus());
    click(stage, "confirmKeep");
    QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
    QVERIFY(bytes() > 0);
    click(stage, row.toLatin1().constData());
    click(stage, "confirmAction");
    QTRY_COMPARE(bytes(), 0.0);
    QTRY_VERIFY(!stage.find(QStringLiteral("confirmAction")));
    QTRY_VERIFY(!stage.find(row)->isEnabled());
    QVERIFY(stage.feed.count() > 0);
    QCOMPARE(stage.warnings(), QStringList());
}

void OfflinePagesTest::troubleWithTheDiskIsSaidOnce() {
    // A file where a folder should be.
    QTemporaryFile blocked;
    QVERIFY(blocked.open());
    Stage stage(StageOptions{.cache = true, .filesDirectory = blocked.fileName()});
    QVERIFY(stage.open());
    stage.start();
    QTRY_VERIFY(toast(stage).contains(QStringLiteral("cannot be written to")));
    QCOMPARE(stage.offline.takeNotice(), OfflineStore::Notice::None);
    // All goes on.
    QVERIFY(stage.feed.count() > 0);
    openSettings(stage);
    QTRY_VERIFY(stage.find(QStringLiteral("storageTrouble")));
    QCOMPARE(stage.warnings(), QStringList());
}

void OfflinePagesTest::damageIsSaidOnce() {
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(QByteArray(10'000, 'x'));
    file.flush();
    const StageOptions options{.cache = true, .cacheFile = file.fileName()};
    for (const bool damaged : {true, false}) {
        Stage stage(options);
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.feed.count() > 0);
        QTRY_COMPARE(toast(stage).contains(QStringLiteral("was damaged")), damaged);
        QCOMPARE(stage.offline.takeNotice(), OfflineStore::Notice::None);
        QTRY_VERIFY(stage.pages.bytes() > 0);
    }
}

void OfflinePagesTest::savesAVideo() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    QSignalSpy saving(&stage.saver, &VideoSaver::savingChanged);
    stage.press(QStringLiteral("moreButton"));
    click(stage, "saveVideo");
    QCOMPARE(saving.count(), 1);
    QTRY_VERIFY(!stage.find(QStringLiteral("saveVideo")));
    // From there it can be stopped.
    if (stage.saver.saving()) {
        stage.press(QStringLiteral("moreButton"));
        click(stage, "saveVideo");
    }
    QTRY_VERIFY(!stage.saver.saving());
    Q_EMIT stage.saver.saved(QStringLiteral("ann - rain.mp4"));
    QVERIFY(toast(stage).contains(QStringLiteral("ann - rain.mp4")));
    Q_EMIT stage.saver.failed(ErrorKind::Storage);
    QVERIFY(toast(stage).contains(QStringLiteral("Make some room")));
    QCOMPARE(stage.warnings(), QStringList());
}

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::OfflinePagesTest)

#include "offline_pages_test.moc"
