// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed and what opens over it, as people use it: likes, comments, the sign-in sheet.

#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage.h"
#include "tests/qml/support/test_main.h"

#include <QAccessible>
#include <QDateTime>
#include <QQuickItem>

#include <algorithm>

namespace tikgok::test {

using Rule = StageServer::Rule;

class FeedPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coverStaysUntilTheFirstFrame();
    void likeWhenSignedOutHappensAfterSigningIn();
    void oneSeesThatTheCommentsHaveTheKeyboard();
    void keysWorkWhileTheCommentsSink();
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
    void commentsThatCannotBeLoadedAreSaidBesideOnesOwn();
    void clearViewLeavesNothingButTheVideo();
    void draftIsKeptPerVideo();
    void keysAreNotLostWhileSheetsCome();
    void keyboardAlone();

private:
    static void type(Stage& stage, const QString& text);
    static QObject* current(const Stage& stage);
    static QObject* field(const Stage& stage, const char* name) { return stage.object(QLatin1String(name)); }
};

void FeedPageTest::type(Stage& stage, const QString& text) {
    for (const QChar c : text) {
        QTest::keyClick(stage.window(), c.toLatin1());
    }
}

QObject* FeedPageTest::current(const Stage& stage) {
    return stage.object(QStringLiteral("pager"))->property("currentPage").value<QObject*>();
}

void FeedPageTest::coverStaysUntilTheFirstFrame() {
    Stage stage;
    stage.projector->automatic = false;
    QVERIFY(stage.open());
    stage.start();
    // A player has it, and nothing of it has come yet.
    QTRY_VERIFY(std::ranges::any_of(stage.projector->players,
                                    [](const StillPlayer* player) { return !player->source().isEmpty(); }));
    QTRY_VERIFY(current(stage));
    QCoreApplication::processEvents();
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

void FeedPageTest::likeWhenSignedOutHappensAfterSigningIn() {
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

void FeedPageTest::oneSeesThatTheCommentsHaveTheKeyboard() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    QTest::keyClick(stage.window(), Qt::Key_C);
    QTRY_VERIFY(stage.find(QStringLiteral("commentsList")));
    QVERIFY(!stage.find(QStringLiteral("commentsRing")));
    stage.find(QStringLiteral("commentsList"))->forceActiveFocus(Qt::TabFocusReason);
    QTRY_VERIFY(stage.find(QStringLiteral("commentsRing")));
    // Not around all of them when it is another that has it.
    stage.find(QStringLiteral("commentInput"))->forceActiveFocus(Qt::TabFocusReason);
    QTRY_VERIFY(!stage.find(QStringLiteral("commentsRing")));
}

void FeedPageTest::keysWorkWhileTheCommentsSink() {
    Stage stage;
    stage.settings.setReducedMotion(false);
    QVERIFY(stage.open());
    stage.start();
    QTest::keyClick(stage.window(), Qt::Key_C);
    QTRY_VERIFY(stage.find(QStringLiteral("commentsList")));
    QVERIFY(waitForRest(stage.window()));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QCOMPARE(stage.playback.currentIndex(), 1);
    QVERIFY(stage.find(QStringLiteral("commentsList")));
    QTRY_VERIFY(!stage.find(QStringLiteral("commentsList")));
    // And afterwards.
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QTRY_COMPARE(stage.playback.currentIndex(), 2);
    QCOMPARE(stage.warnings(), QStringList());
}

void FeedPageTest::dismissedSheetTakesTheLikeBack() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("likeButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(!stage.find(QStringLiteral("submitButton")));
    QTRY_VERIFY(!stage.feed.videoAt(0)->liked());
    stage.signIn();
    // What is wanted now goes out, and nothing of before.
    stage.feed.videoAt(0)->author()->toggleFollow();
    QTRY_COMPARE(stage.server.count(QStringLiteral("/douyin/relation/action/")), 1);
    QTRY_COMPARE(stage.outbox.openCount(), 0);
    QCOMPARE(stage.server.count(QStringLiteral("/douyin/favorite/action/")), 0);
}

void FeedPageTest::likeIsOptimisticAndRollsBack() {
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

void FeedPageTest::doubleTapOnlyLikes() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    QTRY_VERIFY(current(stage));
    const QList<QQuickItem*> parts = qobject_cast<QQuickItem*>(current(stage))->childItems();
    const auto area = std::ranges::find_if(
        parts, [](const QQuickItem* part) { return part->property("lastTap").isValid(); });
    QVERIFY(area != parts.end());
    for (int round = 0; round < 3; ++round) {
        QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, QPoint(150, 300));
        QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, QPoint(152, 302));
        QTRY_VERIFY(!stage.feed.videoAt(0)->likePending());
        QVERIFY(stage.feed.videoAt(0)->liked());
        // The next one is a first one again, and this one would have been taken for a single one by now.
        QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() - (*area)->property("lastTap").toDouble() >
                    (*area)->property("wait").toDouble() + 70);
        QCoreApplication::processEvents();
        QVERIFY(!stage.playback.isPaused());
    }
    QCOMPARE(stage.server.count(QStringLiteral("/douyin/favorite/action/")), 1);
    QVERIFY(!stage.playback.isPaused());
}

void FeedPageTest::singleTapPauses() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, QPoint(150, 300));
    QTRY_VERIFY(stage.playback.isPaused());
    QTest::keyClick(stage.window(), Qt::Key_Space);
    QVERIFY(!stage.playback.isPaused());
}

void FeedPageTest::muteIsForTheWholeFeed() {
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

void FeedPageTest::failedVideoSaysWhyAndCanBeRetried() {
    Stage stage;
    stage.projector->failures.insert(QStringLiteral(".mp4"), Player::ErrorKind::Network);
    QVERIFY(stage.open());
    stage.start();
    QTRY_VERIFY(stage.find(QStringLiteral("videoRetry")));
    const auto said = [&stage] {
        const QQuickItem* item = stage.find(QStringLiteral("videoRetry"));
        while (item->property("title").toString().isEmpty()) {
            item = item->parentItem();
        }
        return QStringList{item->property("title").toString(), item->property("text").toString()};
    };
    QCOMPARE(said(), QStringList({QStringLiteral("This video does not load"),
                                  QStringLiteral("The connection broke off. Try again, or swipe on to the "
                                                 "next one.")}));
    // Going on works all the same.
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QCOMPARE(stage.playback.currentIndex(), 1);
    QTRY_VERIFY(stage.find(QStringLiteral("videoRetry")));
    stage.projector->failures.clear();
    stage.press(QStringLiteral("videoRetry"));
    QTRY_VERIFY(!stage.playback.hasError());
    QTRY_VERIFY(!stage.find(QStringLiteral("videoRetry")));
}

void FeedPageTest::failedFeedCanBeRetried() {
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

void FeedPageTest::signInErrorsAreSaidInPlace_data() {
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

void FeedPageTest::signInErrorsAreSaidInPlace() {
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

void FeedPageTest::switchingToRegisterKeepsWhatWasTyped() {
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
    // A password never stays in the sheet, nor what one came for the last time.
    QVERIFY(field(stage, "passwordField")->property("text").toString().isEmpty());
    stage.session.addAccount();
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    QVERIFY(!stage.object(QStringLiteral("submitButton"))
                 ->property("text")
                 .toString()
                 .contains(QStringLiteral("Create")));
}

void FeedPageTest::returnPressesTheFocusedButton() {
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

void FeedPageTest::commentsAreSentRetriedAndDiscarded() {
    Stage stage(StageOptions{.comments = 2});
    QVERIFY(stage.open());
    stage.start();
    stage.signIn();
    stage.press(QStringLiteral("commentsButton"));
    QTRY_COMPARE(stage.comments.count(), 2);
    stage.server.rule(
        QStringLiteral("/douyin/comment/action/"),
        {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no comments today")});
    // How much room there is left is said, too, as soon as it is shown.
    const auto said = [&stage] {
        return QAccessible::queryAccessibleInterface(stage.find(QStringLiteral("commentInput")))
            ->text(QAccessible::Description);
    };
    QCOMPARE(said(), QString());
    stage.comments.setDraft(QString(stage.comments.maxLength() - 7, u'x'));
    QTRY_VERIFY2(said().contains(u'7'), qPrintable(said()));
    stage.comments.setDraft(QStringLiteral("hello"));
    QTRY_COMPARE(said(), QString());
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

void FeedPageTest::commentsThatCannotBeLoadedAreSaidBesideOnesOwn() {
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

void FeedPageTest::clearViewLeavesNothingButTheVideo() {
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

void FeedPageTest::draftIsKeptPerVideo() {
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

// Nor do they mean something else to what is below. People type while things still move.
void FeedPageTest::keysAreNotLostWhileSheetsCome() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.settings.setReducedMotion(false);
    QTest::keyClick(stage.window(), Qt::Key_C);
    type(stage, QStringLiteral("slow one"));
    QTRY_VERIFY(stage.find(QStringLiteral("commentInput")));
    QCOMPARE(field(stage, "commentInput")->property("text").toString(), QStringLiteral("slow one"));
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_VERIFY(!stage.find(QStringLiteral("commentInput")));
    QTest::keyClick(stage.window(), Qt::Key_L);
    type(stage, QStringLiteral("mika"));
    QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
    QCOMPARE(field(stage, "nameField")->property("text").toString(), QStringLiteral("mika"));
    QCOMPARE(stage.playback.currentIndex(), 0);
}

void FeedPageTest::keyboardAlone() {
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

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::FeedPageTest)

#include "feed_page_test.moc"
