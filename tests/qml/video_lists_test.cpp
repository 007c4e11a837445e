// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The player on lists other than the feed: somebody's videos, those of whom one follows, one from a link.
#include "tests/qml/support/stage_people.h"
#include "tests/qml/support/test_main.h"

#include <QPointer>
#include <QQuickItem>

namespace tikgok::test {

using Rule = StageServer::Rule;

namespace {

const auto kFollowing = QStringLiteral("/douyin/relation/follow/list/");

}  // namespace

class VideoListsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cellOpensThePlayerOnThatList();
    void commentsAreOfThePageInFront();
    void onlyOneVideoPlays();
    void likeInTheListShowsInTheFeed();
    void followingFeed();
    void followingFeedStates();
    void backThroughManyPages();
    void linkToAVideo();
};

void VideoListsTest::cellOpensThePlayerOnThatList() {
    Stage stage(StageOptions{.videos = 40});
    QVERIFY(openProfile(stage));
    const auto cells = all(stage, "coverCell");
    QVERIFY(cells.size() >= 2);
    pressItem(stage, cells.at(1));
    QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    QTRY_COMPARE(stage.playback.currentIndex(), 1);
    QVERIFY(stage.playback.isActive());
    VideoList* list = stage.playlist.list();
    QVERIFY(list != &stage.feed);
    QCOMPARE(stage.find(QStringLiteral("pager"))->property("video").value<VideoEntity*>(), list->videoAt(1));
    QVERIFY(list->videoAt(1)->author()->id() == kFirstAuthor);
    // As in the feed: comments, keys.
    QTest::keyClick(stage.window(), Qt::Key_Up);
    QCOMPARE(stage.playback.currentIndex(), 0);
    stage.press(QStringLiteral("commentsButton"));
    QTRY_VERIFY(stage.comments.count() > 0);
    QCOMPARE(stage.comments.video(), list->videoAt(0));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    // Back to the grid, at its place, and back to the feed, at its place.
    QTRY_VERIFY(!stage.find(QStringLiteral("commentAuthor")));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(stage.find(QStringLiteral("profileGrid")));
    QVERIFY(!stage.playback.isActive());
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(stage.playback.isActive());
    QTRY_COMPARE(stage.playlist.list(), &stage.feed);
    QTRY_COMPARE(stage.playback.currentIndex(), 0);
    QCOMPARE(stage.warnings(), QStringList());
}

// What is typed goes to the video on the screen, also after another page had its comments open.
void VideoListsTest::commentsAreOfThePageInFront() {
    Stage stage(StageOptions{.videos = 40});
    QVERIFY(stage.open(QSize(1200, 800)));
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("commentsButton"));
    QTRY_COMPARE(stage.comments.video(), stage.feed.videoAt(0));
    stage.press(QStringLiteral("authorButton"));
    QTRY_VERIFY(all(stage, "coverCell").size() >= 2);
    pressItem(stage, all(stage, "coverCell").at(1));
    QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    const VideoEntity* other = stage.playlist.list()->videoAt(1);
    QVERIFY(other != stage.feed.videoAt(0));
    QTest::keyClick(stage.window(), Qt::Key_C);
    QTRY_COMPARE(stage.comments.video(), other);
    stage.press(QStringLiteral("navHome"));
    QTRY_COMPARE(stage.playlist.list(), &stage.feed);
    QTRY_VERIFY(stage.find(QStringLiteral("commentsList")));
    QTRY_COMPARE(stage.comments.video(), stage.feed.videoAt(0));
    QCOMPARE(stage.warnings(), QStringList());
}

void VideoListsTest::onlyOneVideoPlays() {
    Stage stage(StageOptions{.videos = 40});
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QTRY_COMPARE(stage.playback.currentIndex(), 1);
    QTRY_COMPARE(playing(stage), 1);
    pressItem(stage, part(stage, "authorButton"));
    QTRY_VERIFY(!all(stage, "coverCell").isEmpty());
    QCOMPARE(playing(stage), 0);
    pressItem(stage, all(stage, "coverCell").first());
    QTRY_COMPARE(playing(stage), 1);
    // The feed below has no players.
    int withPlayer = 0;
    for (const QQuickItem* page : all(stage, "videoPage")) {
        if (page->property("current").toBool())
            ++withPlayer;
    }
    QCOMPARE(withPlayer, 1);
    QTest::keyClick(stage.window(), Qt::Key_1);
    QTRY_COMPARE(stage.playlist.list(), &stage.feed);
    QTRY_COMPARE(stage.playback.currentIndex(), 1);
    QTRY_COMPARE(playing(stage), 1);
    QCOMPARE(stage.warnings(), QStringList());
}

void VideoListsTest::likeInTheListShowsInTheFeed() {
    Stage stage;
    QVERIFY(openProfile(stage));
    VideoEntity* first = stage.feed.videoAt(0);
    for (QQuickItem* cell : all(stage, "coverCell")) {
        if (cell->property("video").value<VideoEntity*>() == first) {
            pressItem(stage, cell);
            break;
        }
    }
    QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    QTRY_VERIFY(stage.find(QStringLiteral("likeButton")));
    QTest::keyClick(stage.window(), Qt::Key_L);
    QTRY_VERIFY(first->liked());
    QTRY_VERIFY(!first->likePending());
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_COMPARE(stage.find(QStringLiteral("likeButton"))->property("iconName").toString(),
                 QStringLiteral("heart-fill"));
}

void VideoListsTest::followingFeed() {
    Stage stage(StageOptions{.videos = 40});
    stage.server.setFollow(kMika, 4);
    stage.server.setFollow(kMika, 7);
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QTRY_COMPARE(stage.playback.currentIndex(), 1);
    stage.press(QStringLiteral("followingFeedTab"));
    QTRY_COMPARE(stage.following.state(), VideoList::State::End);
    QTRY_COMPARE(stage.playlist.list(), &stage.following);
    QTRY_COMPARE(stage.playback.currentIndex(), 0);
    QTRY_COMPARE(playing(stage), 1);
    for (int row = 0; row < stage.following.count(); ++row) {
        const qint64 author = stage.following.videoAt(row)->author()->id();
        QVERIFY(author == 4 || author == 7);
    }
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QTRY_COMPARE(stage.playback.currentIndex(), 1);
    // Each tab keeps its place.
    stage.press(QStringLiteral("forYouTab"));
    QTRY_COMPARE(stage.playlist.list(), &stage.feed);
    QTRY_COMPARE(stage.playback.currentIndex(), 1);
    QCOMPARE(stage.feed.currentRow(), 1);
    stage.press(QStringLiteral("followingFeedTab"));
    QTRY_COMPARE(stage.playlist.list(), &stage.following);
    QTRY_COMPARE(stage.playback.currentIndex(), 1);
    QTest::keyClick(stage.window(), Qt::Key_BracketLeft);
    QTRY_COMPARE(stage.playlist.list(), &stage.feed);
    QCOMPARE(stage.warnings(), QStringList());
}

void VideoListsTest::followingFeedStates() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("followingFeedTab"));
    QTRY_VERIFY(stage.find(QStringLiteral("feedAction")));
    QVERIFY(!stage.find(QStringLiteral("likeButton")));
    stage.press(QStringLiteral("feedAction"));
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    stage.server.rule(kFollowing, {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
    stage.signIn();
    QTRY_COMPARE(stage.following.errorKind(), ErrorKind::Offline);
    QTRY_VERIFY(!stage.find(QStringLiteral("submitButton")));
    stage.server.clearRules();
    stage.press(QStringLiteral("feedAction"));
    QTRY_COMPARE(stage.following.state(), VideoList::State::NoVideos);
    QVERIFY(stage.following.followsNobody());
    // It sends to people.
    QTRY_VERIFY(stage.find(QStringLiteral("feedAction")));
    QTest::qWait(20);
    stage.press(QStringLiteral("feedAction"));
    QTRY_COMPARE(stage.playlist.list(), &stage.feed);
    QCOMPARE(stage.warnings(), QStringList());
}

void VideoListsTest::backThroughManyPages() {
    Stage stage(StageOptions{.videos = 40});
    stage.server.setFollow(kFirstAuthor, 5);
    QVERIFY(openProfile(stage));
    stage.press(QStringLiteral("followingCount"));
    QTRY_VERIFY(stage.find(QStringLiteral("personRow")));
    stage.press(QStringLiteral("personRow"));
    QTRY_VERIFY(!all(stage, "coverCell").isEmpty());
    pressItem(stage, all(stage, "coverCell").first());
    QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    stage.press(QStringLiteral("authorButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("profilePage")));
    QVERIFY(!stage.playback.isActive());
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    QTRY_COMPARE(playing(stage), 1);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_COMPARE(stage.playlist.list(), &stage.feed);
    QTRY_COMPARE(playing(stage), 1);
    QCOMPARE(stage.warnings(), QStringList());
}

void VideoListsTest::linkToAVideo() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    VideoEntity* video = stage.feed.videoAt(5);
    QMetaObject::invokeMethod(stage.shell(), "openVideo", Q_ARG(QString, video->videoIdText()));
    QTRY_COMPARE(playing(stage), 1);
    QCOMPARE(stage.playlist.list()->videoAt(0), video);
    const QPointer<VideoList> list = stage.playlist.list();
    stage.press(QStringLiteral("backButton"));
    QTRY_COMPARE(stage.playlist.list(), &stage.feed);
    // Links are opened for as long as the program runs.
    QTRY_VERIFY(list.isNull());
    QMetaObject::invokeMethod(stage.shell(), "openVideo", Q_ARG(QString, QStringLiteral("9007199254740993")));
    QTRY_VERIFY(stage.find(QStringLiteral("feedAction")));
    stage.press(QStringLiteral("backButton"));
    QTRY_COMPARE(playing(stage), 1);
    QCOMPARE(stage.warnings(), QStringList());
}

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::VideoListsTest)
#include "video_lists_test.moc"
