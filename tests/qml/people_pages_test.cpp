// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pages about people, and the lists of videos that they lead to.
#include "tests/qml/support/test_main.h"

#include <QAccessible>
#include <QQuickItem>
#include <QRegularExpression>
#include <QSignalSpy>

namespace tikgok::test {

using Rule = StageServer::Rule;

namespace {

const auto kFollow = QStringLiteral("/douyin/relation/action/");
const auto kWorks = QStringLiteral("/douyin/publish/list/");
const auto kLikes = QStringLiteral("/douyin/favorite/list/");
const auto kUser = QStringLiteral("/douyin/user/");
const auto kFriends = QStringLiteral("/douyin/relation/friend/list/");
const auto kFollowing = QStringLiteral("/douyin/relation/follow/list/");

// The stage's mika.
constexpr qint64 kMika = 2;
// Who made the first video of the feed.
constexpr qint64 kFirstAuthor = 3;

QString toast(const Stage& stage) {
    return stage.object(QStringLiteral("toasts"))->property("text").toString();
}

QList<QQuickItem*> all(QQuickItem* item, const QString& name) {
    QList<QQuickItem*> found;
    if (!item->isVisible())
        return found;
    if (item->objectName() == name)
        found.append(item);
    for (QQuickItem* child : item->childItems())
        found += all(child, name);
    return found;
}

QList<QQuickItem*> all(const Stage& stage, const char* name) {
    return all(stage.window()->contentItem(), QLatin1String(name));
}

void pressItem(const Stage& stage, QQuickItem* item) {
    QVERIFY(item);
    QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier,
                      item->mapToScene(QPointF(item->width() / 2, item->height() / 2)).toPoint());
}

// What a screen reader says after the name, without the marks around what others wrote.
QString descriptionOf(QQuickItem* item) {
    QString words = QAccessible::queryAccessibleInterface(item)->text(QAccessible::Description);
    return words.remove(QChar(0x2068)).remove(QChar(0x2069));
}

// On the profile of the first video's author, signed in.
bool openProfile(Stage& stage, QSize size = QSize(390, 844)) {
    if (!stage.open(size))
        return false;
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("authorButton"));
    return QTest::qWaitFor([&stage] { return !all(stage, "coverCell").isEmpty(); });
}

// Of the video being watched; its neighbours have the same parts.
QQuickItem* part(const Stage& stage, const char* name) {
    auto* page = stage.find(QStringLiteral("pager"))->property("currentPage").value<QQuickItem*>();
    return page ? all(page, QLatin1String(name)).value(0) : nullptr;
}

int playing(const Stage& stage) {
    return stage.playback.isPlaying() ? 1 : 0;
}

}  // namespace

class PeoplePagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void authorOpensTheProfile();
    void cellOpensThePlayerOnThatList();
    void commentsAreOfThePageInFront();
    void onlyOneVideoPlays();
    void likeInTheListShowsInTheFeed();
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
    void ownPageFollowsTheAccount();
    void countersOpenLists();
    void backToTheCounter_data();
    void backToTheCounter();
    void ownEmptyLists();
    void friends();
    void friendsFollowTheirConversations();
    void friendsStates();
    void followingFeed();
    void followingFeedStates();
    void commentAuthorOpensTheProfile();
    void profileByKeyboardAlone();
    void friendsByKeyboardAlone();
    void longListByKeyboard();
    void tabsKeepTheirSize();
    void pulledFromUnderTheHead();
    void readOut();
    void backThroughManyPages();
    void linkToAVideo();
};

void PeoplePagesTest::authorOpensTheProfile() {
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

void PeoplePagesTest::cellOpensThePlayerOnThatList() {
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
void PeoplePagesTest::commentsAreOfThePageInFront() {
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

void PeoplePagesTest::onlyOneVideoPlays() {
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

void PeoplePagesTest::likeInTheListShowsInTheFeed() {
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

void PeoplePagesTest::followFromTheProfile() {
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

void PeoplePagesTest::refusedFollowIsSaid() {
    Stage stage;
    QVERIFY(openProfile(stage));
    stage.server.rule(
        kFollow,
        {.kind = Rule::Kind::Refuse, .error = {}, .code = 20009, .words = QStringLiteral("not this one")});
    stage.press(QStringLiteral("profileFollow"));
    QTRY_VERIFY(toast(stage).contains(QStringLiteral("not this one")));
    QVERIFY(!stage.feed.videoAt(0)->author()->followed());
}

void PeoplePagesTest::followWhenSignedOutHappensAfterSigningIn() {
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

void PeoplePagesTest::badgeFollowsAndGoes() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    pressItem(stage, part(stage, "followBadge"));
    QVERIFY(stage.feed.videoAt(0)->author()->followed());
    QTRY_VERIFY(!part(stage, "followBadge"));
    // One tap is for the badge alone.
    QVERIFY(!stage.find(QStringLiteral("profilePage")));
    QTRY_VERIFY(stage.server.follows(kMika, kFirstAuthor));
}

void PeoplePagesTest::nothingToFollowOnOneself() {
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

void PeoplePagesTest::likesTab() {
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

void PeoplePagesTest::refusedLikesAreSaid() {
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

void PeoplePagesTest::unknownUser() {
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

void PeoplePagesTest::failedProfileCanBeTriedAgain() {
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
void PeoplePagesTest::signedOutProfile() {
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

void PeoplePagesTest::ownPage() {
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

void PeoplePagesTest::ownPageFollowsTheAccount() {
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

void PeoplePagesTest::countersOpenLists() {
    Stage stage;
    stage.server.setFollow(kFirstAuthor, 5);
    stage.server.setFollow(kFirstAuthor, kMika);
    stage.server.setFollow(7, kFirstAuthor);
    QVERIFY(openProfile(stage));
    stage.press(QStringLiteral("followingCount"));
    QTRY_COMPARE(all(stage, "personRow").size(), 2);
    // Oneself is in the list, but not to be followed.
    QCOMPARE(all(stage, "personFollow").size(), 1);
    stage.press(QStringLiteral("personFollow"));
    QTRY_VERIFY(stage.server.follows(kMika, 5));
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("followersCount")));
    stage.press(QStringLiteral("followersCount"));
    QTRY_COMPARE(all(stage, "personRow").size(), 1);
    stage.press(QStringLiteral("personRow"));
    QTRY_VERIFY(stage.find(QStringLiteral("profileName")));
    QCOMPARE(stage.find(QStringLiteral("profileName"))->property("text").toString(),
             QStringLiteral("Tomás Reyes"));
    QCOMPARE(stage.warnings(), QStringList());
}

void PeoplePagesTest::backToTheCounter_data() {
    QTest::addColumn<bool>("own");
    QTest::addColumn<QString>("counter");
    QTest::newRow("own followers") << true << QStringLiteral("followersCount");
    QTest::newRow("own following") << true << QStringLiteral("followingCount");
    QTest::newRow("somebody's followers") << false << QStringLiteral("followersCount");
    QTest::newRow("somebody's following") << false << QStringLiteral("followingCount");
}

// Whoever comes back stands where they left, also when the numbers are others by then.
void PeoplePagesTest::backToTheCounter() {
    QFETCH(const bool, own);
    QFETCH(const QString, counter);
    Stage stage(StageOptions{.videos = 40});
    stage.server.setFollow(kMika, 5);
    stage.server.setFollow(5, kMika);
    QVERIFY(openProfile(stage));
    if (own) {
        stage.press(QStringLiteral("backButton"));
        stage.press(QStringLiteral("navMe"));
    }
    QTRY_VERIFY(stage.find(counter));
    for (int i = 0; i < 40 && stage.focused()->objectName() != counter; ++i)
        QTest::keyClick(stage.window(), Qt::Key_Tab);
    QCOMPARE(stage.focused()->objectName(), counter);
    QTest::keyClick(stage.window(), Qt::Key_Return);
    QTRY_VERIFY(stage.find(QStringLiteral("peoplePage")));
    UserEntity* user = stage.entities.findUser(own ? kMika : kFirstAuthor);
    QVERIFY(user);
    contract::User told = user->told();
    ++told.totalFavorited;
    stage.entities.user(told, stage.entities.beginReading());
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(!stage.find(QStringLiteral("peoplePage")));
    QTRY_COMPARE(stage.focused()->objectName(), counter);
    QVERIFY(stage.focused()->property("visualFocus").toBool());
    QCOMPARE(stage.warnings(), QStringList());
}

void PeoplePagesTest::ownEmptyLists() {
    Stage stage;
    stage.setLanguage(QStringLiteral("en"));
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("navMe"));
    QTRY_VERIFY(stage.find(QStringLiteral("followersCount")));
    for (const char* name : {"followersCount", "followingCount"}) {
        stage.press(QLatin1String(name));
        QTRY_VERIFY(stage.find(QStringLiteral("peoplePage")));
        QQuickItem* page = stage.find(QStringLiteral("peoplePage"));
        const auto said = [page] {
            QStringList words;
            for (QQuickItem* item : page->findChildren<QQuickItem*>())
                if (item->isVisible())
                    words.append(item->property("text").toString());
            return words.join(u'|');
        };
        const QString wanted = QLatin1StringView(name) == QLatin1StringView("followersCount")
                                   ? QStringLiteral("Nobody follows you yet")
                                   : QStringLiteral("You follow nobody yet");
        QTRY_VERIFY2(said().contains(wanted), qPrintable(said()));
        QVERIFY2(!said().contains(QStringLiteral("Be the first")) && !said().contains(QStringLiteral("they")),
                 qPrintable(said()));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("peoplePage")));
    }
    QCOMPARE(stage.warnings(), QStringList());
}

void PeoplePagesTest::friends() {
    Stage stage;
    for (const qint64 id : {4, 5}) {
        stage.server.setFollow(kMika, id);
        stage.server.setFollow(id, kMika);
    }
    stage.server.setFollow(kMika, 6);
    stage.server.setFollow(8, kMika);
    stage.server.setMessage(4, QStringLiteral("see you there"), true);
    stage.server.setMessage(5, QStringLiteral("what a view"), false);
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("navFriends"));
    QTRY_COMPARE(all(stage, "personRow").size(), 2);
    QStringList told;
    for (QQuickItem* row : all(stage, "personRow"))
        told.append(descriptionOf(row));
    QVERIFY2(told.contains(QStringLiteral("You: see you there")), qPrintable(told.join(u'|')));
    // With a word before it as soon as the conversations know that nobody saw it.
    QVERIFY2(!told.filter(QRegularExpression(QStringLiteral("(^|, )what a view$"))).isEmpty(),
             qPrintable(told.join(u'|')));
    stage.press(QStringLiteral("followingTab"));
    QTRY_COMPARE(all(stage, "personRow").size(), 3);
    stage.press(QStringLiteral("followersTab"));
    QTRY_COMPARE(all(stage, "personFollow").size(), 3);
    stage.press(QStringLiteral("friendsTab"));
    QTRY_COMPARE(all(stage, "personRow").size(), 2);
    // Whoever comes back looks again.
    const int before = stage.server.count(kFriends);
    stage.press(QStringLiteral("navHome"));
    stage.press(QStringLiteral("navFriends"));
    QTRY_VERIFY(stage.server.count(kFriends) > before);
    const int again = stage.server.count(kFriends);
    stage.press(QStringLiteral("peopleRefresh"));
    QTRY_VERIFY(stage.server.count(kFriends) > again);
    stage.press(QStringLiteral("personRow"));
    QTRY_VERIFY(stage.find(QStringLiteral("profileName")));
    QCOMPARE(stage.warnings(), QStringList());
}

// What was written and what is unread follows what the conversations know, while one looks.
void PeoplePagesTest::friendsFollowTheirConversations() {
    Stage stage;
    for (const qint64 id : {4, 5}) {
        stage.server.setFollow(kMika, id);
        stage.server.setFollow(id, kMika);
    }
    stage.server.chat.say(4, kMika, QStringLiteral("look at this"));
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("navFriends"));
    QTRY_COMPARE(all(stage, "personRow").size(), 2);
    const auto told = [&stage] {
        QStringList words;
        for (QQuickItem* row : all(stage, "personRow"))
            words.append(descriptionOf(row));
        return words;
    };
    QTRY_VERIFY2(told().contains(QStringLiteral("1 unread, look at this")), qPrintable(told().join(u'|')));
    QCOMPARE(all(stage, "personBadge").size(), 1);
    stage.server.chat.say(4, kMika, QStringLiteral("and at that"));
    stage.conversations.refresh();
    QTRY_VERIFY2(told().contains(QStringLiteral("2 unread, and at that")), qPrintable(told().join(u'|')));
    QCOMPARE(all(stage, "personBadge").first()->property("count").toInt(), 2);
    // Answered, in whatever place: nothing of it is unread.
    stage.chatBook.send(4, QStringLiteral("I see"));
    QTRY_VERIFY2(told().contains(QStringLiteral("You: I see")), qPrintable(told().join(u'|')));
    QTRY_VERIFY(all(stage, "personBadge").isEmpty());
    // Lists that are not about friends stay as they are.
    stage.server.chat.say(4, kMika, QStringLiteral("again"));
    stage.conversations.refresh();
    QTRY_COMPARE(all(stage, "personBadge").size(), 1);
    stage.press(QStringLiteral("followingTab"));
    QTRY_VERIFY(all(stage, "personBadge").isEmpty());
    QTRY_COMPARE(all(stage, "personRow").size(), 2);
    QVERIFY(all(stage, "personBadge").isEmpty());
    QCOMPARE(stage.warnings(), QStringList());
}

void PeoplePagesTest::friendsStates() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("navFriends"));
    QTRY_VERIFY(stage.find(QStringLiteral("peopleAction")));
    stage.press(QStringLiteral("peopleAction"));
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    stage.server.rule(kFriends, {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
    stage.signIn();
    QTRY_VERIFY(!stage.find(QStringLiteral("submitButton")));
    // Conversations ask for the same list.
    QTRY_VERIFY(stage.server.count(kFriends) > 0);
    QTRY_VERIFY(stage.find(QStringLiteral("peopleAction")));
    const int before = stage.server.count(kFriends);
    stage.server.clearRules();
    stage.press(QStringLiteral("peopleAction"));
    QTRY_VERIFY(stage.server.count(kFriends) > before);
    // Nobody: it says what to do.
    QTRY_VERIFY(stage.find(QStringLiteral("peopleAction")));
    QTest::qWait(20);
    stage.press(QStringLiteral("peopleAction"));
    QTRY_VERIFY(stage.playback.isActive());
    QCOMPARE(stage.warnings(), QStringList());
}

void PeoplePagesTest::followingFeed() {
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

void PeoplePagesTest::followingFeedStates() {
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

void PeoplePagesTest::commentAuthorOpensTheProfile() {
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

void PeoplePagesTest::profileByKeyboardAlone() {
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

void PeoplePagesTest::friendsByKeyboardAlone() {
    Stage stage;
    for (const qint64 id : {4, 5, 6, 7}) {
        stage.server.setFollow(kMika, id);
        stage.server.setFollow(id, kMika);
    }
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    QTest::keyClick(stage.window(), Qt::Key_2);
    QTRY_COMPARE(all(stage, "personRow").size(), 4);
    for (int i = 0; i < 20 && stage.focused()->objectName() != QLatin1StringView("personRow"); ++i)
        QTest::keyClick(stage.window(), Qt::Key_Tab);
    QCOMPARE(stage.focused()->objectName(), QStringLiteral("personRow"));
    const QString first = stage.focused()->property("text").toString();
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QVERIFY(stage.focused()->property("text").toString() != first);
    QTest::keyClick(stage.window(), Qt::Key_Tab);
    QCOMPARE(stage.focused()->objectName(), QStringLiteral("personMessage"));
    QTest::keyClick(stage.window(), Qt::Key_Tab);
    QCOMPARE(stage.focused()->objectName(), QStringLiteral("personFollow"));
    QTest::keyClick(stage.window(), Qt::Key_Space);
    QTRY_COMPARE(stage.server.count(kFollow), 1);
}

void PeoplePagesTest::longListByKeyboard() {
    Stage stage;
    for (qint64 id = 3; id <= 12; ++id)
        stage.server.setFollow(kMika, id);
    QVERIFY(stage.open(QSize(720, 480)));
    stage.start();
    stage.signIn();
    QTest::keyClick(stage.window(), Qt::Key_2);
    stage.press(QStringLiteral("followingTab"));
    QTRY_VERIFY(stage.find(QStringLiteral("peopleList")));
    QQuickItem* list = stage.find(QStringLiteral("peopleList"));
    QTRY_COMPARE(list->property("count").toInt(), 10);
    QTRY_VERIFY(all(stage, "personRow").size() > 3);
    for (int i = 0; i < 60 && stage.focused()->objectName() != QLatin1StringView("personRow"); ++i)
        QTest::keyClick(stage.window(), Qt::Key_Tab);
    QCOMPARE(stage.focused()->objectName(), QStringLiteral("personRow"));
    const auto row = [list] { return list->property("currentIndex").toInt(); };
    const auto seen = [&stage, list] {
        const QRectF where = stage.focused()->mapRectToItem(
            list, QRectF(0, 0, stage.focused()->width(), stage.focused()->height()));
        return stage.focused()->objectName() == QLatin1StringView("personRow") && where.top() >= -0.5 &&
               where.bottom() <= list->height() + 0.5;
    };
    QTest::keyClick(stage.window(), Qt::Key_End);
    QCOMPARE(row(), 9);
    QTRY_VERIFY(seen());
    QTest::keyClick(stage.window(), Qt::Key_End);
    QCOMPARE(row(), 9);
    QTest::keyClick(stage.window(), Qt::Key_Home);
    QCOMPARE(row(), 0);
    QTRY_VERIFY(seen());
    QTest::keyClick(stage.window(), Qt::Key_PageDown);
    const int page = row();
    QVERIFY2(page > 1 && page < 9, qPrintable(QString::number(page)));
    QTRY_VERIFY(seen());
    QTest::keyClick(stage.window(), Qt::Key_PageUp);
    QCOMPARE(row(), 0);
    QTRY_VERIFY(seen());
}

// However large the text is: what does not fit beside the others is moved into sight.
void PeoplePagesTest::tabsKeepTheirSize() {
    Stage stage;
    QVERIFY(stage.open(QSize(320, 640)));
    stage.settings.setTextScale(2);
    stage.start();
    stage.signIn();
    QTest::keyClick(stage.window(), Qt::Key_2);
    QTRY_VERIFY(stage.find(QStringLiteral("followersTab")));
    // One sees that there is more, and where.
    QTRY_VERIFY(stage.find(QStringLiteral("moreTabs")));
    QVERIFY(!stage.find(QStringLiteral("moreTabsBefore")));
    for (const char* name : {"friendsTab", "followingTab", "followersTab"}) {
        QQuickItem* tab = stage.find(QLatin1StringView(name));
        const auto words = tab->property("contentItem").value<QQuickItem*>()->childItems().value(0);
        QCOMPARE(words->property("font").value<QFont>().pixelSize(), 32);
        QVERIFY2(words->width() <= tab->width(), name);
        tab->forceActiveFocus(Qt::TabFocusReason);
        const auto seen = [tab] {
            const QQuickItem* strip = tab->parentItem()->parentItem()->parentItem();
            const QRectF place = tab->mapRectToItem(strip, QRectF(0, 0, tab->width(), tab->height()));
            return place.left() >= 0 && place.right() <= strip->width();
        };
        QTRY_VERIFY2(seen(), name);
    }
    QTRY_VERIFY(stage.find(QStringLiteral("moreTabsBefore")));
    QVERIFY(!stage.find(QStringLiteral("moreTabs")));
    QCOMPARE(stage.warnings(), QStringList());
}

// The mark of a refresh lies over no title.
void PeoplePagesTest::pulledFromUnderTheHead() {
    Stage stage;
    stage.server.setFollow(kMika, 3);
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    QTest::keyClick(stage.window(), Qt::Key_2);
    stage.press(QStringLiteral("followingTab"));
    QTRY_VERIFY(stage.find(QStringLiteral("peopleList")));
    QTRY_VERIFY(!all(stage, "personRow").isEmpty());
    QQuickItem* list = stage.find(QStringLiteral("peopleList"));
    QVERIFY(!stage.find(QStringLiteral("pullMark")));
    for (const double pulled : {10.0, 30.0, 72.0, 100.0}) {
        list->setProperty("contentY", list->property("originY").toDouble() -
                                          list->property("topMargin").toDouble() - pulled);
        const QQuickItem* mark = stage.find(QStringLiteral("pullMark"));
        QVERIFY(mark);
        const double top = mark->mapToItem(list, QPointF()).y();
        // Below the top, or cut off there.
        QVERIFY(top >= 0 ||
                (mark->parentItem()->clip() && mark->parentItem()->mapToItem(list, QPointF()).y() >= 0));
        if (pulled >= 72) {
            QVERIFY(top >= 0 && top + mark->height() <= pulled);
        }
    }
}

void PeoplePagesTest::readOut() {
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

void PeoplePagesTest::backThroughManyPages() {
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

void PeoplePagesTest::linkToAVideo() {
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

TIKGOK_STAGE_MAIN(tikgok::test::PeoplePagesTest)
#include "people_pages_test.moc"
