// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pages as people use them: mouse, keyboard, screen reader, both languages.
#include "resources/demo_media_dir.h"
#include "tests/qml/support/audit.h"
#include "tests/qml/support/stage_talk.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/tree_audit.h"

#include <QAccessible>
#include <QQuickItem>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryFile>

#include <algorithm>
#include <array>

namespace tikgok::test {

using Rule = StageServer::Rule;

namespace {

// Those of the settings are in settings_pages_test, the Simulator page has a test of its own.
constexpr std::array kPages{
    "feed",    "menu",       "saving",    "error",    "end",    "following", "followed",       "comments",
    "signin",  "register",   "shortcuts", "me",       "mine",   "settings",  "author",         "likes",
    "player",  "unknown",    "people",    "friends",  "nobody", "messages",  "messages empty", "chat",
    "publish", "publishing", "cancel",    "activity", "discard"};

}  // namespace

class PagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coverStaysUntilTheFirstFrame();
    void likeWhenSignedOutHappensAfterSigningIn();
    void dismissedSheetTakesTheLikeBack();
    void likeIsOptimisticAndRollsBack();
    void doubleTapOnlyLikes();
    void singleTapPauses();
    void muteIsForTheWholeFeed();
    void failedVideoSaysWhyAndCanBeRetried();
    void failedFeedCanBeRetried();
    void signInErrorsAreSaidInPlace_data();
    void signInErrorsAreSaidInPlace();
    void switchingToRegisterKeepsWhatWasTyped();
    void returnPressesTheFocusedButton();
    void commentsAreSentRetriedAndDiscarded();
    void deletedCommentComesBack();
    void commentsThatCannotBeLoadedAreSaidBesideOnesOwn();
    void clearViewLeavesNothingButTheVideo();
    void draftIsKeptPerVideo();
    void keyboardAlone();
    void tabReachesEverything_data();
    void tabReachesEverything();
    void everythingHasAName_data();
    void everythingHasAName();
    void accessibleTree_data() { everythingHasAName_data(); }
    void accessibleTree();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
    void activityRetriesAndDiscards();
    void activityBadge();
    void storageTroubleIsSaid();
    void screenReaderCanPress();
    void currentVideoIsReadOut();
    void languageChangesAtOnce();

private:
    static void type(Stage& stage, const QString& text);
    static QObject* current(const Stage& stage);
    static QObject* field(const Stage& stage, const char* name) { return stage.object(QLatin1String(name)); }
};

void PagesTest::type(Stage& stage, const QString& text) {
    for (const QChar c : text) {
        QTest::keyClick(stage.window(), c.toLatin1());
    }
}

QObject* PagesTest::current(const Stage& stage) {
    return stage.object(QStringLiteral("pager"))->property("currentPage").value<QObject*>();
}

void PagesTest::coverStaysUntilTheFirstFrame() {
    Stage stage;
    stage.projector->automatic = false;
    QVERIFY(stage.open());
    stage.start();
    QTRY_VERIFY(current(stage));
    QTest::qWait(50);
    QVERIFY(current(stage)->property("coverShown").toBool());
    stage.projector->roll();
    QTRY_VERIFY(!current(stage)->property("coverShown").toBool());
    // Each video has its own first frame to wait for.
    for (int i = 0; i < 2; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QVERIFY(QTest::qWaitFor([&stage] {
            stage.projector->roll();
            return !current(stage)->property("coverShown").toBool();
        }));
    }
}

void PagesTest::likeWhenSignedOutHappensAfterSigningIn() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("likeButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    QCOMPARE(stage.server.count(QStringLiteral("/douyin/favorite/action/")), 0);
    QTRY_VERIFY(stage.focused());
    type(stage, QStringLiteral("mika"));
    QTest::keyClick(stage.window(), Qt::Key_Return);
    type(stage, QStringLiteral("tikgok123"));
    QTest::keyClick(stage.window(), Qt::Key_Return);
    QTRY_VERIFY(stage.session.signedIn());
    QTRY_VERIFY(!stage.find(QStringLiteral("submitButton")));
    QTRY_COMPARE(stage.server.count(QStringLiteral("/douyin/favorite/action/")), 1);
    QTRY_VERIFY(!stage.feed.videoAt(0)->likePending());
    QVERIFY(stage.feed.videoAt(0)->liked());
    QCOMPARE(stage.warnings(), QStringList());
}

void PagesTest::dismissedSheetTakesTheLikeBack() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("likeButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(!stage.find(QStringLiteral("submitButton")));
    QTRY_VERIFY(!stage.feed.videoAt(0)->liked());
    stage.signIn();
    QTest::qWait(30);
    QCOMPARE(stage.server.count(QStringLiteral("/douyin/favorite/action/")), 0);
}

void PagesTest::likeIsOptimisticAndRollsBack() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    VideoEntity* video = stage.feed.videoAt(0);
    const int before = video->likeCount();
    stage.server.rule(QStringLiteral("/douyin/favorite/action/"), {.kind = Rule::Kind::Hang});
    stage.press(QStringLiteral("likeButton"));
    QVERIFY(video->liked());
    QCOMPARE(stage.find(QStringLiteral("likeButton"))->property("iconName").toString(),
             QStringLiteral("heart-fill"));
    QTRY_COMPARE(stage.server.count(QStringLiteral("/douyin/favorite/action/")), 1);
    stage.server.refuseHeld(10001, QStringLiteral("no likes today"));
    QTRY_VERIFY(!video->liked());
    QCOMPARE(video->likeCount(), before);
    QCOMPARE(stage.find(QStringLiteral("likeButton"))->property("iconName").toString(),
             QStringLiteral("heart"));
    QTRY_VERIFY(stage.object(QStringLiteral("toasts"))
                    ->property("text")
                    .toString()
                    .contains(QStringLiteral("no likes today")));
}

void PagesTest::doubleTapOnlyLikes() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    for (int round = 0; round < 3; ++round) {
        QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, QPoint(150, 300));
        QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, QPoint(152, 302));
        QTRY_VERIFY(!stage.feed.videoAt(0)->likePending());
        QVERIFY(stage.feed.videoAt(0)->liked());
        QTest::qWait(350);
    }
    QCOMPARE(stage.server.count(QStringLiteral("/douyin/favorite/action/")), 1);
    QVERIFY(!stage.playback.isPaused());
}

void PagesTest::singleTapPauses() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, QPoint(150, 300));
    QTRY_VERIFY(stage.playback.isPaused());
    QTest::keyClick(stage.window(), Qt::Key_Space);
    QVERIFY(!stage.playback.isPaused());
}

void PagesTest::muteIsForTheWholeFeed() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    QVERIFY(stage.playback.isMuted());
    stage.press(QStringLiteral("muteButton"));
    QVERIFY(!stage.playback.isMuted());
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QVERIFY(!stage.playback.isMuted());
    QTest::keyClick(stage.window(), Qt::Key_M);
    QVERIFY(stage.playback.isMuted());
}

void PagesTest::failedVideoSaysWhyAndCanBeRetried() {
    Stage stage;
    stage.projector->failures.insert(QStringLiteral(".mp4"), Player::ErrorKind::Network);
    QVERIFY(stage.open());
    stage.start();
    QTRY_VERIFY(stage.find(QStringLiteral("videoRetry")));
    // Going on works all the same.
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QCOMPARE(stage.playback.currentIndex(), 1);
    QTRY_VERIFY(stage.find(QStringLiteral("videoRetry")));
    stage.projector->failures.clear();
    stage.press(QStringLiteral("videoRetry"));
    QTRY_VERIFY(!stage.playback.hasError());
    QTRY_VERIFY(!stage.find(QStringLiteral("videoRetry")));
}

void PagesTest::failedFeedCanBeRetried() {
    Stage stage;
    stage.server.rule(QStringLiteral("/douyin/feed/"),
                      {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
    QVERIFY(stage.open());
    stage.start();
    QTRY_VERIFY(stage.find(QStringLiteral("feedAction")));
    stage.server.clearRules();
    stage.press(QStringLiteral("feedAction"));
    QTRY_VERIFY(stage.feed.count() > 0);
    QTRY_VERIFY(!stage.find(QStringLiteral("feedAction")));
    QTRY_COMPARE(stage.playback.currentIndex(), 0);
}

void PagesTest::signInErrorsAreSaidInPlace_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("fieldName");
    QTest::newRow("nothing typed") << QString() << QString() << QStringLiteral("nameField");
    QTest::newRow("no password") << QStringLiteral("mika") << QString() << QStringLiteral("passwordField");
    QTest::newRow("nobody of that name")
        << QStringLiteral("nobody") << QStringLiteral("x") << QStringLiteral("nameField");
    QTest::newRow("wrong password") << QStringLiteral("mika") << QStringLiteral("x")
                                    << QStringLiteral("passwordField");
    QTest::newRow("name too long") << QString(33, QLatin1Char('n')) << QStringLiteral("x")
                                   << QStringLiteral("nameField");
}

void PagesTest::signInErrorsAreSaidInPlace() {
    QFETCH(const QString, name);
    QFETCH(const QString, password);
    QFETCH(const QString, fieldName);
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.session.requestAccount();
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    field(stage, "nameField")->setProperty("text", name);
    field(stage, "passwordField")->setProperty("text", password);
    stage.press(QStringLiteral("submitButton"));
    QTRY_VERIFY(!stage.object(fieldName)->property("problem").toString().isEmpty());
    QVERIFY(!stage.session.signedIn());
    QCOMPARE(field(stage, "nameField")->property("text").toString(), name);
    // It goes as soon as something is typed.
    stage.object(fieldName)->setProperty("text", QStringLiteral("other"));
    QVERIFY(stage.object(fieldName)->property("problem").toString().isEmpty());
}

void PagesTest::switchingToRegisterKeepsWhatWasTyped() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.session.requestAccount();
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    field(stage, "nameField")->setProperty("text", QStringLiteral("newcomer"));
    field(stage, "passwordField")->setProperty("text", QStringLiteral("long enough"));
    stage.press(QStringLiteral("switchButton"));
    QCOMPARE(field(stage, "nameField")->property("text").toString(), QStringLiteral("newcomer"));
    stage.press(QStringLiteral("submitButton"));
    QTRY_VERIFY(stage.session.signedIn());
    QCOMPARE(stage.server.count(QStringLiteral("/douyin/user/register/")), 1);
    // A password never stays in the sheet.
    QVERIFY(field(stage, "passwordField")->property("text").toString().isEmpty());
}

void PagesTest::returnPressesTheFocusedButton() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("likeButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("switchButton")));
    auto* button = qobject_cast<QQuickItem*>(stage.object(QStringLiteral("switchButton")));
    QVERIFY(button != nullptr);
    const QString before = button->property("text").toString();
    button->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(stage.window(), Qt::Key_Return);
    QVERIFY(button->property("text").toString() != before);
}

void PagesTest::commentsAreSentRetriedAndDiscarded() {
    Stage stage(StageOptions{.comments = 2});
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("commentsButton"));
    QTRY_COMPARE(stage.comments.count(), 2);
    stage.server.rule(
        QStringLiteral("/douyin/comment/action/"),
        {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no comments today")});
    stage.comments.setDraft(QStringLiteral("hello"));
    stage.press(QStringLiteral("sendComment"));
    QCOMPARE(stage.comments.count(), 3);
    QTRY_VERIFY(stage.find(QStringLiteral("retryComment")));
    stage.server.clearRules();
    stage.press(QStringLiteral("retryComment"));
    QTRY_VERIFY(!stage.find(QStringLiteral("retryComment")));
    QTRY_VERIFY(stage.find(QStringLiteral("deleteComment")));
    stage.server.rule(
        QStringLiteral("/douyin/comment/action/"),
        {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no comments today")});
    stage.comments.setDraft(QStringLiteral("again"));
    stage.press(QStringLiteral("sendComment"));
    QTRY_VERIFY(stage.find(QStringLiteral("discardComment")));
    stage.press(QStringLiteral("discardComment"));
    QTRY_COMPARE(stage.comments.count(), 3);
    QCOMPARE(stage.warnings(), QStringList());
}

void PagesTest::commentsThatCannotBeLoadedAreSaidBesideOnesOwn() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.server.rule(QStringLiteral("/douyin/comment/list/"),
                      {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
    stage.server.rule(QStringLiteral("/douyin/comment/action/"), {.kind = Rule::Kind::Hang});
    stage.press(QStringLiteral("commentsButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("commentsRetry")));
    QVERIFY(!stage.find(QStringLiteral("commentsRetryOthers")));
    stage.comments.post(QStringLiteral("first"));
    QTRY_VERIFY(stage.find(QStringLiteral("commentsRetryOthers")));
    stage.server.clearRules();
    stage.press(QStringLiteral("commentsRetryOthers"));
    QTRY_VERIFY(!stage.find(QStringLiteral("commentsRetryOthers")));
    QVERIFY(stage.comments.count() > 1);
    QCOMPARE(stage.warnings(), QStringList());
}

void PagesTest::clearViewLeavesNothingButTheVideo() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    const QStringList rest{QStringLiteral("navMe"), QStringLiteral("likeButton"), QStringLiteral("seekBar")};
    const auto seen = [&] {
        return std::ranges::count_if(rest,
                                     [&stage](const QString& name) { return stage.find(name) != nullptr; });
    };
    for (const QSize size : {QSize(390, 844), QSize(1200, 800)}) {
        stage.window()->resize(size);
        QTRY_COMPARE(seen(), rest.size());
        QTest::keyClick(stage.window(), Qt::Key_F);
        QTRY_COMPARE(seen(), 0);
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_COMPARE(seen(), rest.size());
    }
    QCOMPARE(stage.warnings(), QStringList());
}

void PagesTest::deletedCommentComesBack() {
    Stage stage(StageOptions{.comments = 1});
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("commentsButton"));
    QTRY_COMPARE(stage.comments.count(), 1);
    QVERIFY(stage.comments.post(QStringLiteral("mine")));
    QTRY_VERIFY(stage.find(QStringLiteral("deleteComment")));
    stage.press(QStringLiteral("deleteComment"));
    QTRY_VERIFY(stage.find(QStringLiteral("undoRemove")));
    QVERIFY(!stage.find(QStringLiteral("deleteComment")));
    stage.press(QStringLiteral("undoRemove"));
    QTRY_VERIFY(stage.find(QStringLiteral("deleteComment")));
    QCOMPARE(stage.comments.count(), 2);
    // Nothing but the posting was sent.
    QCOMPARE(stage.server.count(QStringLiteral("/douyin/comment/action/")), 1);
}

void PagesTest::draftIsKeptPerVideo() {
    Stage stage;
    QVERIFY(stage.open(QSize(1200, 800)));
    stage.start();
    QTest::keyClick(stage.window(), Qt::Key_C);
    QTRY_VERIFY(stage.find(QStringLiteral("commentInput")));
    QTRY_VERIFY(stage.find(QStringLiteral("commentInput"))->hasActiveFocus());
    type(stage, QStringLiteral("half a thought"));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(!stage.find(QStringLiteral("commentInput")));
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QTest::keyClick(stage.window(), Qt::Key_C);
    QTRY_VERIFY(stage.find(QStringLiteral("commentInput")));
    QTRY_COMPARE(stage.find(QStringLiteral("commentInput"))->property("text").toString(), QString());
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTest::keyClick(stage.window(), Qt::Key_Up);
    QTest::keyClick(stage.window(), Qt::Key_C);
    QTRY_VERIFY(stage.find(QStringLiteral("commentInput")));
    QTRY_COMPARE(stage.find(QStringLiteral("commentInput"))->property("text").toString(),
                 QStringLiteral("half a thought"));
}

void PagesTest::keyboardAlone() {
    Stage stage;
    QVERIFY(stage.open(QSize(1200, 800)));
    stage.start();
    QTest::keyClick(stage.window(), '?');
    QTRY_VERIFY(stage.object(QStringLiteral("shortcuts"))->property("opened").toBool());
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(!stage.object(QStringLiteral("shortcuts"))->property("visible").toBool());
    QTest::keyClick(stage.window(), Qt::Key_J);
    QCOMPARE(stage.playback.currentIndex(), 1);
    QTest::keyClick(stage.window(), Qt::Key_C);
    QTRY_VERIFY(stage.find(QStringLiteral("commentInput")));
    QTRY_VERIFY(stage.find(QStringLiteral("commentInput"))->hasActiveFocus());
    type(stage, QStringLiteral("by keyboard"));
    QTest::keyClick(stage.window(), Qt::Key_Return);
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    type(stage, QStringLiteral("mika"));
    QTest::keyClick(stage.window(), Qt::Key_Return);
    type(stage, QStringLiteral("tikgok123"));
    QTest::keyClick(stage.window(), Qt::Key_Return);
    QTRY_VERIFY(stage.session.signedIn());
    QTRY_COMPARE(stage.server.count(QStringLiteral("/douyin/comment/action/")), 1);
    QTRY_VERIFY(stage.find(QStringLiteral("deleteComment")));
    QTRY_VERIFY(!stage.find(QStringLiteral("submitButton")));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(!stage.find(QStringLiteral("commentInput")));
    QTest::keyClick(stage.window(), Qt::Key_L);
    QTRY_VERIFY(stage.feed.videoAt(1)->liked());
    QTest::keyClick(stage.window(), Qt::Key_5);
    QTRY_VERIFY(stage.find(QStringLiteral("signOut")));
    QTest::keyClick(stage.window(), Qt::Key_1);
    QTest::keyClick(stage.window(), Qt::Key_Up);
    QCOMPARE(stage.playback.currentIndex(), 0);
}

void PagesTest::tabReachesEverything_data() {
    QTest::addColumn<QStringList>("way");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("me") << QStringList{QStringLiteral("navMe")}
                        << QStringList{QStringLiteral("accountSignIn"), QStringLiteral("activityRow"),
                                       QStringLiteral("settingsRow"), QStringLiteral("shortcutsRow")};
    QTest::newRow("settings") << QStringList{QStringLiteral("navMe"), QStringLiteral("settingsRow")}
                              << QStringList{QStringLiteral("backButton"), QStringLiteral("motionToggle"),
                                             QStringLiteral("muteToggle"),
                                             QStringLiteral("autoScrollToggle")};
}

void PagesTest::tabReachesEverything() {
    QFETCH(const QStringList, way);
    QFETCH(const QStringList, names);
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    for (const QString& step : way) {
        QTRY_VERIFY(stage.find(step));
        stage.press(step);
    }
    QTRY_VERIFY(stage.find(names.first()));
    QSet<QString> reached;
    for (int i = 0; i < 40; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Tab);
        QQuickItem* item = stage.focused();
        QVERIFY(item);
        reached.insert(item->objectName());
        // What has the keyboard comes onto the screen; the page scrolls with its next frame.
        const auto onScreen = [item] {
            return QRectF(0, 0, 390, 844).intersects(item->mapRectToScene(item->boundingRect()));
        };
        QTRY_VERIFY2(onScreen(), qPrintable(item->objectName()));
    }
    for (const QString& name : names) {
        QVERIFY2(reached.contains(name), qPrintable(name));
    }
}

void PagesTest::everythingHasAName_data() {
    QTest::addColumn<QString>("page");
    QTest::addColumn<QSize>("size");
    for (const char* page : kPages) {
        for (const QSize size : {QSize(390, 844), QSize(1200, 800)}) {
            QTest::addRow("%s at %d", page, size.width()) << QString::fromLatin1(page) << size;
        }
    }
}

namespace {

// Brings the stage to a page.
void show(Stage& stage, const QString& page) {
    if (page == QLatin1StringView("comments")) {
        stage.signIn();
        stage.press(QStringLiteral("commentsButton"));
        QTRY_VERIFY(stage.comments.count() > 0);
        stage.comments.post(QStringLiteral("one of mine"));
        QTRY_VERIFY(stage.find(QStringLiteral("deleteComment")));
        stage.server.rule(
            QStringLiteral("/douyin/comment/action/"),
            {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no comments today")});
        stage.comments.post(QStringLiteral("one that fails"));
        QTRY_VERIFY(stage.find(QStringLiteral("retryComment")));
    } else if (page.startsWith(QLatin1StringView("messages"))) {
        if (page == QLatin1StringView("messages")) {
            fillTalk(stage.server);
        }
        stage.signIn();
        stage.press(QStringLiteral("navMessages"));
        QTRY_COMPARE(stage.conversations.unread(), page == QLatin1StringView("messages") ? 4 : 0);
    } else if (page == QLatin1StringView("chat")) {
        fillTalk(stage.server);
        stage.signIn();
        QTRY_COMPARE(stage.conversations.unread(), 4);
        QMetaObject::invokeMethod(stage.shell(), "openChat",
                                  Q_ARG(QVariant, QVariant::fromValue(stage.entities.findUser(kLin))));
        stage.server.rule(QStringLiteral("/douyin/message/action/"),
                          {.kind = Rule::Kind::Refuse, .code = 50001, .words = QStringLiteral("not today")});
        QTRY_VERIFY(stage.chat.count() > 3);
        stage.chat.send(QStringLiteral("one that fails"));
        QTRY_VERIFY(stage.find(QStringLiteral("retryMessage")));
        stage.chat.setDraft(QString(240, u'x'));
    } else if (page == QLatin1StringView("signin")) {
        stage.session.requestAccount();
    } else if (page == QLatin1StringView("register")) {
        stage.session.requestAccount();
        QTRY_VERIFY(stage.find(QStringLiteral("switchButton")));
        stage.press(QStringLiteral("switchButton"));
    } else if (page == QLatin1StringView("me")) {
        stage.press(QStringLiteral("navMe"));
    } else if (page == QLatin1StringView("settings")) {
        stage.press(QStringLiteral("navMe"));
        QTRY_VERIFY(stage.find(QStringLiteral("settingsRow")));
        stage.press(QStringLiteral("settingsRow"));
        QTRY_VERIFY(stage.find(QStringLiteral("muteToggle")));
    } else if (page == QLatin1StringView("activity")) {
        stage.signIn();
        stage.fillOutbox();
        stage.press(QStringLiteral("navMe"));
        QTRY_VERIFY(stage.find(QStringLiteral("activityRow")));
        stage.press(QStringLiteral("activityRow"));
        QTRY_COMPARE(stage.activity.count(), 7);
        QTRY_VERIFY(stage.find(QStringLiteral("retryIntent")));
    } else if (page == QLatin1StringView("publish")) {
        QMetaObject::invokeMethod(
            stage.shell(), "openFile",
            Q_ARG(QUrl, QUrl::fromLocalFile(
                            QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/38-enso.mp4"))));
        QTRY_COMPARE_WITH_TIMEOUT(stage.publishing.editor()->state(), PublishEditor::State::Checked, 20000);
    } else if (page == QLatin1StringView("publishing")) {
        stage.signIn();
        show(stage, QStringLiteral("publish"));
        stage.publishing.editor()->setTitle(QStringLiteral("hello"));
        stage.server.rule(QStringLiteral("/douyin/publish/action/"), {.kind = Rule::Kind::Refuse, .code = 2});
        stage.publishing.editor()->publish();
        QTRY_VERIFY(stage.find(QStringLiteral("retryJob")));
    } else if (page == QLatin1StringView("cancel")) {
        stage.signIn();
        show(stage, QStringLiteral("publish"));
        stage.publishing.editor()->setTitle(QStringLiteral("hello"));
        stage.server.rule(QStringLiteral("/douyin/publish/action/"), {.kind = Rule::Kind::Hang});
        stage.publishing.editor()->publish();
        QTRY_VERIFY(stage.find(QStringLiteral("cancelJob")));
        stage.find(QStringLiteral("cancelJob"))->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
    } else if (page == QLatin1StringView("discard")) {
        show(stage, QStringLiteral("activity"));
        stage.press(QStringLiteral("discardIntent"));
    } else if (page == QLatin1StringView("menu")) {
        stage.press(QStringLiteral("moreButton"));
    } else if (page == QLatin1StringView("saving")) {
        // From somebody who never answers.
        auto* silent = new QTcpServer(&stage);
        QVERIFY(silent->listen(QHostAddress::LocalHost));
        stage.saver.save(QUrl(QStringLiteral("http://127.0.0.1:%1/rain.mp4").arg(silent->serverPort())),
                         QStringLiteral("ann"), QStringLiteral("rain"));
        QVERIFY(stage.saver.saving());
        stage.press(QStringLiteral("moreButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("saveVideo")));
    } else if (page == QLatin1StringView("followed")) {
        stage.signIn();
        stage.press(QStringLiteral("followingFeedTab"));
        QTRY_VERIFY(stage.following.count() > 0);
    } else if (page == QLatin1StringView("player")) {
        show(stage, QStringLiteral("author"));
        stage.press(QStringLiteral("coverCell"));
        QTRY_VERIFY(stage.find(QStringLiteral("listPlayer")));
    } else if (page == QLatin1StringView("unknown")) {
        stage.signIn();
        QMetaObject::invokeMethod(stage.shell(), "openUser",
                                  Q_ARG(QString, QStringLiteral("9007199254740993")));
        QTRY_VERIFY(stage.find(QStringLiteral("backButton")));
    } else if (page == QLatin1StringView("author") || page == QLatin1StringView("likes") ||
               page == QLatin1StringView("people")) {
        stage.signIn();
        stage.press(QStringLiteral("authorButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("coverCell")));
        if (page == QLatin1StringView("likes")) {
            stage.server.rule(
                QStringLiteral("/douyin/favorite/list/"),
                {.kind = Rule::Kind::Refuse, .error = {}, .code = 10009, .words = QStringLiteral("private")});
            stage.press(QStringLiteral("likesTab"));
            QTRY_VERIFY(stage.find(QStringLiteral("gridAction")));
        } else if (page == QLatin1StringView("people")) {
            stage.press(QStringLiteral("followersCount"));
            QTRY_VERIFY(stage.find(QStringLiteral("personRow")));
        }
    } else if (page == QLatin1StringView("mine")) {
        stage.signIn();
        stage.press(QStringLiteral("navMe"));
        QTRY_VERIFY(stage.find(QStringLiteral("signOut")));
    } else if (page == QLatin1StringView("friends")) {
        stage.signIn();
        stage.press(QStringLiteral("navFriends"));
        QTRY_VERIFY(stage.find(QStringLiteral("personRow")));
    } else if (page == QLatin1StringView("following")) {
        stage.press(QStringLiteral("followingFeedTab"));
        QTRY_VERIFY(stage.find(QStringLiteral("feedAction")));
    } else if (page == QLatin1StringView("nobody")) {
        stage.press(QStringLiteral("navFriends"));
        QTRY_VERIFY(stage.find(QStringLiteral("peopleAction")));
    } else if (page == QLatin1StringView("shortcuts")) {
        QTest::keyClick(stage.window(), '?');
    } else if (page == QLatin1StringView("end")) {
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Down);
        }
    }
    QTest::qWait(30);
}

StageOptions optionsFor(const QString& page) {
    StageOptions options;
    options.videos = page == QLatin1StringView("end") ? 3 : 8;
    return options;
}

void prepareFor(Stage& stage, const QString& page) {
    for (const qint64 id : {3, 4, 5}) {
        stage.server.setFollow(2, id);
        stage.server.setFollow(id, 2);
    }
    stage.server.setMessage(4, QStringLiteral("See you at the river on Saturday, then"), true);
    if (page == QLatin1StringView("error")) {
        stage.server.rule(QStringLiteral("/douyin/feed/"),
                          {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
    }
}

}  // namespace

void PagesTest::everythingHasAName() {
    QFETCH(const QString, page);
    QFETCH(const QSize, size);
    Stage stage(optionsFor(page));
    prepareFor(stage, page);
    QVERIFY(stage.open(size));
    stage.start();
    show(stage, page);
    int named = 0;
    const QStringList nameless = namelessIn(stage.window(), named);
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    QVERIFY2(named >= 3, qPrintable(QString::number(named)));
    QCOMPARE(stage.warnings(), QStringList());
}

void PagesTest::accessibleTree() {
    QFETCH(const QString, page);
    QFETCH(const QSize, size);
    Stage stage(optionsFor(page));
    prepareFor(stage, page);
    QVERIFY(stage.open(size));
    stage.start();
    show(stage, page);
    const QStringList faults = accessibleFaults(stage.window());
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    QCOMPARE(stage.warnings(), QStringList());
}

void PagesTest::nothingIsCutOff_data() {
    QTest::addColumn<QString>("page");
    for (const char* page : kPages) {
        // Those look like others.
        if (!QByteArrayList{"followed", "player", "unknown", "register"}.contains(page)) {
            QTest::newRow(page) << QString::fromLatin1(page);
        }
    }
}

void PagesTest::nothingIsCutOff() {
    QFETCH(const QString, page);
    Stage stage(optionsFor(page));
    prepareFor(stage, page);
    QVERIFY(stage.open());
    stage.start();
    show(stage, page);
    const QStringList cut = cutInShapes(stage, {QSize(360, 640), QSize(390, 844), QSize(1200, 800)});
    QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QLatin1Char('\n'))));
}

void PagesTest::activityRetriesAndDiscards() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    QMetaObject::invokeMethod(stage.shell(), "openActivity");
    QTRY_VERIFY(stage.find(QStringLiteral("backButton")));
    QVERIFY(!stage.find(QStringLiteral("retryIntent")));
    stage.server.rule(QStringLiteral("/douyin/favorite/action/"),
                      {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no")});
    stage.feed.videoAt(0)->toggleLike();
    QTRY_VERIFY(stage.find(QStringLiteral("retryIntent")));
    QTRY_VERIFY(stage.find(QStringLiteral("activityProgress"))
                    ->property("text")
                    .toString()
                    .contains(QStringLiteral("no")));
    stage.server.clearRules();
    stage.press(QStringLiteral("retryIntent"));
    QTRY_VERIFY(stage.feed.videoAt(0)->liked());
    QTRY_COMPARE(stage.outbox.openCount(), 0);
    // A text goes only when it is said twice.
    stage.server.rule(QStringLiteral("/douyin/comment/action/"),
                      {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no")});
    stage.comments.setVideo(stage.feed.videoAt(0));
    QTRY_VERIFY(stage.comments.state() == CommentsModel::State::Ready);
    QVERIFY(stage.comments.post(QStringLiteral("precious words")));
    QTRY_VERIFY(stage.find(QStringLiteral("retryIntent")));
    stage.press(QStringLiteral("discardIntent"));
    QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
    QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep"))->hasActiveFocus());
    stage.press(QStringLiteral("confirmKeep"));
    QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
    QCOMPARE(stage.outbox.failedCount(), 1);
    stage.press(QStringLiteral("discardIntent"));
    QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
    stage.press(QStringLiteral("confirmAction"));
    QTRY_COMPARE(stage.outbox.openCount(), 0);
    QTRY_VERIFY(!stage.find(QStringLiteral("confirmAction")));
    // The page lets go of the list when it closes.
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(!stage.activity.active());
    QCOMPARE(stage.warnings(), QStringList());
}

void PagesTest::activityBadge() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.server.rule(QStringLiteral("/douyin/favorite/action/"),
                      {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no")});
    stage.feed.videoAt(0)->toggleLike();
    QTRY_COMPARE(stage.find(QStringLiteral("navMe"))->property("badge").toInt(), 1);
    stage.press(QStringLiteral("navMe"));
    QTRY_VERIFY(stage.find(QStringLiteral("activityRow")));
    QVERIFY(stage.find(QStringLiteral("activityRow"))
                ->property("text")
                .toString()
                .contains(QStringLiteral("1 not sent")));
    stage.feed.videoAt(0)->toggleLike();
    stage.feed.videoAt(0)->toggleLike();
    QTRY_COMPARE(stage.find(QStringLiteral("navMe"))->property("badge").toInt(), 0);
}

void PagesTest::storageTroubleIsSaid() {
    StageOptions options;
    // A file where a folder should be.
    QTemporaryFile blocked;
    QVERIFY(blocked.open());
    options.databaseFile = blocked.fileName() + QStringLiteral("/client.sqlite");
    Stage stage(options);
    // It is known before there is a window that could say it.
    QTRY_COMPARE(stage.activity.storage(), ActivityModel::Storage::Unwritable);
    QVERIFY(stage.open());
    stage.start();
    QTRY_VERIFY(stage.find(QStringLiteral("toasts"))
                    ->property("text")
                    .toString()
                    .startsWith(QStringLiteral("What you do may not be kept")));
    QMetaObject::invokeMethod(stage.shell(), "openActivity");
    QTRY_VERIFY(stage.find(QStringLiteral("storageBanner")));
}

void PagesTest::screenReaderCanPress() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    const auto act = [&stage](const char* name) {
        QAccessibleInterface* at = QAccessible::queryAccessibleInterface(stage.find(QLatin1String(name)));
        if (at && at->actionInterface()) {
            at->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        }
    };
    act("likeButton");
    QTRY_VERIFY(stage.feed.videoAt(0)->liked());
    act("navMe");
    QTRY_VERIFY(stage.find(QStringLiteral("settingsRow")));
    act("settingsRow");
    QTRY_VERIFY(stage.find(QStringLiteral("muteToggle")));
    const bool before = stage.settings.autoScroll();
    act("autoScrollToggle");
    QCOMPARE(stage.settings.autoScroll(), !before);
}

void PagesTest::currentVideoIsReadOut() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    for (int i = 0; i < 3; ++i) {
        QQuickItem* pager = stage.find(QStringLiteral("pager"));
        QTRY_VERIFY(pager->hasActiveFocus());
        const QString said = QAccessible::queryAccessibleInterface(pager)->text(QAccessible::Name);
        VideoEntity* video = stage.feed.videoAt(i);
        QVERIFY2(said.contains(video->title()) && said.contains(video->author()->name()), qPrintable(said));
        // The neighbours are not in the tree.
        int shown = 0;
        for (QQuickItem* page :
             stage.window()->contentItem()->findChildren<QQuickItem*>(QStringLiteral("videoPage"))) {
            QAccessibleInterface* at = QAccessible::queryAccessibleInterface(page);
            shown += at != nullptr && !page->property("current").toBool() ? 1 : 0;
        }
        QCOMPARE(shown, 0);
        QTest::keyClick(stage.window(), Qt::Key_Down);
    }
}

void PagesTest::languageChangesAtOnce() {
    Stage stage;
    stage.setLanguage(QStringLiteral("en"));
    QVERIFY(stage.open());
    stage.start();
    QCOMPARE(stage.find(QStringLiteral("navHome"))->property("text").toString(), QStringLiteral("Home"));
    stage.setLanguage(QStringLiteral("zh_CN"));
    QCOMPARE(stage.find(QStringLiteral("navHome"))->property("text").toString(), QStringLiteral("首页"));
    QCOMPARE(stage.find(QStringLiteral("muteButton"))->property("text").toString(),
             QStringLiteral("打开声音"));
}

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::PagesTest)

#include "pages_test.moc"
