// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Somebody's page and one's own: who it is, following, and videos as a grid.
#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage_people.h"
#include "tests/qml/support/test_main.h"

#include <QAccessible>
#include <QQuickItem>
#include <QSet>

namespace tikgok::test {

using Rule = StageServer::Rule;

namespace {

const auto kLikes = QStringLiteral("/douyin/favorite/list/");
const auto kUser = QStringLiteral("/douyin/user/");

QString toast(const Stage& stage) {
    return stage.object(QStringLiteral("toasts"))->property("text").toString();
}

}  // namespace

class ProfilePageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void authorOpensTheProfile();
    void followFromTheProfile();
    void refusedFollowIsSaid();
    void followWhenSignedOutHappensAfterSigningIn();
    void badgeFollowsAndGoes();
    void nothingToFollowOnOneself();
    void likesTab();
    void refusedLikesAreSaid();
    void unknownUser();
    void failedProfileCanBeTriedAgain();
    void signedOutProfile();
    void ownPage();
    void headThatGrowsStaysInSight();
    void ownPageFollowsTheAccount();
    void commentAuthorOpensTheProfile();
    void profileByKeyboardAlone();
    void readOut();
    void saysWhoItIs();
    void messageOpensTheChat();
};

void ProfilePageTest::saysWhoItIs() {
    Stage stage;
    QVERIFY(openProfile(stage));
    const UserEntity* author = stage.feed.videoAt(0)->author();
    QVERIFY(!author->signature().isEmpty());
    QCOMPARE(textOf(stage, "profileSignature"), author->signature());
    QVERIFY(!author->backgroundUrl().isEmpty());
    QCOMPARE(stage.find(QStringLiteral("profileBackground"))->property("source").toUrl(),
             author->backgroundUrl());
    const std::initializer_list<std::pair<const char*, qint64>> counters{
        {"worksCount", author->workCount()},
        {"followersCount", author->followerCount()},
        {"followingCount", author->followCount()},
        {"likesCount", author->totalFavorited()}};
    for (const auto& [name, number] : counters) {
        QVERIFY2(number > 0, name);
        QVERIFY2(textOf(stage, name).contains(QString::number(number)), qPrintable(textOf(stage, name)));
        // What is seen may be shortened. It stands in the button, or below it.
        QQuickItem* item = stage.find(QLatin1StringView(name));
        const auto inside = seenLabels(item);
        const auto labels = inside.isEmpty() ? seenLabels(item->parentItem()) : inside;
        const QString seen = labels.constFirst()->property("text").toString();
        QVERIFY2(seen.startsWith(QString::number(number).front()), qPrintable(seen));
    }
    // A reader is told of a button only where there is something behind it.
    for (const char* name : {"worksCount", "likesCount"}) {
        QCOMPARE(QAccessible::queryAccessibleInterface(stage.find(QLatin1StringView(name)))->role(),
                 QAccessible::StaticText);
    }
    QCOMPARE(QAccessible::queryAccessibleInterface(stage.find(QStringLiteral("followersCount")))->role(),
             QAccessible::Button);
}

void ProfilePageTest::messageOpensTheChat() {
    Stage stage;
    QVERIFY(openProfile(stage));
    pressItem(stage, stage.find(QStringLiteral("profileMessage")));
    QTRY_VERIFY(stage.find(QStringLiteral("messageInput")));
    QCOMPARE(stage.chat.peerId(), QString::number(kFirstAuthor));
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("profileName")));
    QCOMPARE(stage.warnings(), QStringList());
}

void ProfilePageTest::authorOpensTheProfile() {
    Stage stage;
    QVERIFY(openProfile(stage));
    QCOMPARE(stage.find(QStringLiteral("profileName"))->property("text").toString(),
             stage.feed.videoAt(0)->author()->name());
    QVERIFY(!stage.playback.isActive());
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(stage.playback.isActive());
    QVERIFY(!stage.find(QStringLiteral("profileName")));
    QCOMPARE(stage.playback.currentIndex(), 0);
    QCOMPARE(stage.warnings(), QStringList());
}

void ProfilePageTest::followFromTheProfile() {
    Stage stage;
    QVERIFY(openProfile(stage));
    UserEntity* author = stage.feed.videoAt(0)->author();
    const int followers = author->followerCount();
    stage.server.rule(kFollow, {.kind = Rule::Kind::Hang});
    stage.press(QStringLiteral("profileFollow"));
    QVERIFY(author->followed());
    QCOMPARE(author->followerCount(), followers + 1);
    stage.server.clearRules();
    QTRY_COMPARE(stage.server.count(kFollow), 1);
    stage.server.letGo();
    QTRY_VERIFY(!author->followPending());
    QVERIFY(stage.server.follows(kMika, author->id()));
    // The same person everywhere: the badge in the feed is gone.
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("pager")));
    QVERIFY(!part(stage, "followBadge"));
    QCOMPARE(stage.warnings(), QStringList());
}

void ProfilePageTest::refusedFollowIsSaid() {
    Stage stage;
    QVERIFY(openProfile(stage));
    stage.server.rule(
        kFollow,
        {.kind = Rule::Kind::Refuse, .error = {}, .code = 20009, .words = QStringLiteral("not this one")});
    stage.press(QStringLiteral("profileFollow"));
    QTRY_VERIFY(toast(stage).contains(QStringLiteral("not this one")));
    QVERIFY(!stage.feed.videoAt(0)->author()->followed());
}

void ProfilePageTest::followWhenSignedOutHappensAfterSigningIn() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("followBadge"));
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    QCOMPARE(stage.server.count(kFollow), 0);
    stage.signIn();
    QTRY_COMPARE(stage.server.count(kFollow), 1);
    QTRY_VERIFY(stage.server.follows(kMika, kFirstAuthor));
}

void ProfilePageTest::badgeFollowsAndGoes() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    // The second half of a double click finds the picture in its place.
    clickItemTwice(stage, part(stage, "followBadge"));
    QVERIFY(stage.feed.videoAt(0)->author()->followed());
    QTRY_VERIFY(!part(stage, "followBadge"));
    // One tap is for the badge alone.
    QVERIFY(!stage.find(QStringLiteral("profilePage")));
    QTRY_VERIFY(stage.server.follows(kMika, kFirstAuthor));
}

void ProfilePageTest::nothingToFollowOnOneself() {
    Stage stage(StageOptions{.videos = 40});
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    int mine = 0;
    while (mine < stage.feed.count() && stage.feed.videoAt(mine)->author()->id() != kMika)
        ++mine;
    QVERIFY(mine < stage.feed.count());
    for (int i = 0; i < mine; ++i)
        QTest::keyClick(stage.window(), Qt::Key_Down);
    QTRY_COMPARE(stage.playback.currentIndex(), mine);
    QTRY_VERIFY(!part(stage, "followBadge"));
    pressItem(stage, part(stage, "authorButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("profileName")));
    QVERIFY(!stage.find(QStringLiteral("profileFollow")));
    QVERIFY(!stage.find(QStringLiteral("profileMessage")));
}

void ProfilePageTest::likesTab() {
    Stage stage(StageOptions{.videos = 40});
    QVERIFY(openProfile(stage));
    QCOMPARE(stage.server.count(kLikes), 0);
    stage.press(QStringLiteral("likesTab"));
    QTRY_COMPARE(stage.server.count(kLikes), 1);
    QTRY_VERIFY(!all(stage, "coverCell").isEmpty());
    auto* video = all(stage, "coverCell").first()->property("video").value<VideoEntity*>();
    QCOMPARE(video->id() % 3, kFirstAuthor % 3);
    // Liked videos play, whoever made them.
    pressItem(stage, all(stage, "coverCell").first());
    QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    QCOMPARE(stage.playlist.list()->videoAt(0), video);
    QTRY_COMPARE(playing(stage), 1);
}

void ProfilePageTest::refusedLikesAreSaid() {
    Stage stage;
    stage.server.rule(kLikes, {.kind = Rule::Kind::Refuse,
                               .error = {},
                               .code = 10009,
                               .words = QStringLiteral("likes are private")});
    QVERIFY(openProfile(stage));
    stage.press(QStringLiteral("likesTab"));
    QTRY_VERIFY(stage.find(QStringLiteral("gridAction")));
    stage.server.clearRules();
    stage.press(QStringLiteral("gridAction"));
    QTRY_VERIFY(!all(stage, "coverCell").isEmpty());
    QCOMPARE(stage.warnings(), QStringList());
}

void ProfilePageTest::unknownUser() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    QMetaObject::invokeMethod(stage.shell(), "openUser", Q_ARG(QString, QStringLiteral("9007199254740993")));
    QTRY_VERIFY(stage.find(QStringLiteral("profileAction")));
    QVERIFY(!stage.find(QStringLiteral("profileGrid")));
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(stage.playback.isActive());
    QCOMPARE(stage.warnings(), QStringList());
}

void ProfilePageTest::failedProfileCanBeTriedAgain() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.server.rule(kUser, {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
    QMetaObject::invokeMethod(stage.shell(), "openUser", Q_ARG(QString, QStringLiteral("12")));
    QTRY_VERIFY(stage.find(QStringLiteral("profileAction")));
    stage.server.clearRules();
    stage.press(QStringLiteral("profileAction"));
    QTRY_VERIFY(stage.find(QStringLiteral("profileName")));
    QCOMPARE(stage.find(QStringLiteral("profileName"))->property("text").toString(), QStringLiteral("kiko"));
}

// What the feed knows of the author is shown; the rest needs an account.
void ProfilePageTest::signedOutProfile() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("authorButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("gridAction")));
    QVERIFY(stage.find(QStringLiteral("profileName")));
    stage.press(QStringLiteral("gridAction"));
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    stage.signIn();
    QTRY_VERIFY(!all(stage, "coverCell").isEmpty());
    QCOMPARE(stage.warnings(), QStringList());
}

void ProfilePageTest::ownPage() {
    Stage stage(StageOptions{.videos = 40});
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("navMe"));
    QTRY_VERIFY(!all(stage, "coverCell").isEmpty());
    QVERIFY(!stage.find(QStringLiteral("profileFollow")));
    QVERIFY(stage.find(QStringLiteral("activityRow")));
    // A like elsewhere is here when one looks.
    stage.press(QStringLiteral("likesTab"));
    QTRY_VERIFY(stage.find(QStringLiteral("gridAction")));
    stage.press(QStringLiteral("navHome"));
    QTest::keyClick(stage.window(), Qt::Key_L);
    QTRY_VERIFY(stage.feed.videoAt(0)->liked() && !stage.feed.videoAt(0)->likePending());
    stage.press(QStringLiteral("navMe"));
    QTRY_COMPARE(all(stage, "coverCell").size(), 1);
    pressItem(stage, all(stage, "coverCell").first());
    QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(stage.find(QStringLiteral("settingsRow")));
    stage.press(QStringLiteral("settingsRow"));
    QTRY_VERIFY(stage.find(QStringLiteral("muteToggle")));
    QCOMPARE(stage.warnings(), QStringList());
}

// Where there are no videos below it, too.
void ProfilePageTest::headThatGrowsStaysInSight() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("navMe"));
    stage.press(QStringLiteral("likesTab"));
    QTRY_VERIFY(stage.find(QStringLiteral("gridAction")));
    const QQuickItem* grid = stage.find(QStringLiteral("profileGrid"));
    const auto begin = [&] { return grid->property("originY").toReal(); };
    QCOMPARE(grid->property("contentY").toReal(), begin());
    const qreal before = begin();
    stage.settings.setTextScale(2);
    QTRY_VERIFY(begin() < before);
    QVERIFY(waitForRest(stage.window()));
    QCOMPARE(grid->property("contentY").toReal(), begin());
}

void ProfilePageTest::ownPageFollowsTheAccount() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("navMe"));
    QTRY_VERIFY(stage.find(QStringLiteral("accountSignIn")));
    stage.signIn();
    QTRY_VERIFY(stage.find(QStringLiteral("profileName")));
    QTRY_COMPARE(stage.find(QStringLiteral("profileName"))->property("text").toString(),
                 QStringLiteral("mika"));
    stage.session.signOut();
    QTRY_VERIFY(stage.find(QStringLiteral("accountSignIn")));
    QVERIFY(!stage.find(QStringLiteral("profileName")));
    QCOMPARE(stage.warnings(), QStringList());
}

void ProfilePageTest::commentAuthorOpensTheProfile() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("commentsButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("commentAuthor")));
    const QString name =
        stage.comments.data(stage.comments.index(0), CommentsModel::AuthorNameRole).toString();
    stage.press(QStringLiteral("commentAuthor"));
    QTRY_VERIFY(stage.find(QStringLiteral("profileName")));
    QCOMPARE(stage.find(QStringLiteral("profileName"))->property("text").toString(), name);
    QCOMPARE(stage.warnings(), QStringList());
}

void ProfilePageTest::profileByKeyboardAlone() {
    Stage stage(StageOptions{.videos = 40});
    QVERIFY(openProfile(stage));
    QSet<QString> reached;
    for (int i = 0; i < 30 && stage.focused()->objectName() != QLatin1StringView("coverCell"); ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Tab);
        reached.insert(stage.focused()->objectName());
        const QRectF where = stage.focused()->mapRectToScene(
            QRectF(0, 0, stage.focused()->width(), stage.focused()->height()));
        QVERIFY2(QRectF(0, 0, 390, 844).intersects(where), qPrintable(stage.focused()->objectName()));
    }
    for (const char* name : {"profileFollow", "profileMessage", "followersCount", "followingCount",
                             "worksTab", "likesTab", "coverCell"})
        QVERIFY2(reached.contains(QLatin1String(name)), name);
    QQuickItem* first = stage.focused();
    QTest::keyClick(stage.window(), Qt::Key_Right);
    QVERIFY(stage.focused() != first);
    QCOMPARE(stage.focused()->objectName(), QStringLiteral("coverCell"));
    QTest::keyClick(stage.window(), Qt::Key_Return);
    QTRY_COMPARE(stage.playback.currentIndex(), 1);
    QVERIFY(stage.find(QStringLiteral("listPlayer")));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(stage.find(QStringLiteral("profileGrid")));
}

void ProfilePageTest::readOut() {
    Stage stage;
    QVERIFY(openProfile(stage));
    const auto said = [&stage](const char* name, QAccessible::Text what = QAccessible::Name) {
        return QAccessible::queryAccessibleInterface(stage.find(QLatin1String(name)))->text(what);
    };
    const QString author = stage.feed.videoAt(0)->author()->name();
    QCOMPARE(said("profileFollow"), QStringLiteral("Follow %1").arg(author));
    QVERIFY(said("profilePage").contains(author));
    QVERIFY(said("coverCell").contains(QStringLiteral("like")));
    QAccessibleInterface* tab = QAccessible::queryAccessibleInterface(stage.find(QStringLiteral("worksTab")));
    QVERIFY(tab->state().selected);
    QAccessible::queryAccessibleInterface(stage.find(QStringLiteral("profileFollow")))
        ->actionInterface()
        ->doAction(QAccessibleActionInterface::pressAction());
    QTRY_COMPARE(said("profileFollow"), QStringLiteral("Unfollow %1").arg(author));
}

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::ProfilePageTest)
#include "profile_page_test.moc"
