// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every page, as a screen reader, a keyboard and a small window find it, in both languages.

#include "resources/demo_media_dir.h"
#include "tests/qml/support/audit.h"
#include "tests/qml/support/stage_talk.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/tree_audit.h"

#include <QAccessible>
#include <QQuickItem>
#include <QSet>
#include <QTcpServer>

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
    void tabReachesEverything_data();
    void tabReachesEverything();
    void everythingHasAName_data();
    void everythingHasAName();
    void accessibleTree_data() { everythingHasAName_data(); }
    void accessibleTree();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
    void screenReaderCanPress();
    void currentVideoIsReadOut();
    void languageChangesAtOnce();
    void questionsFollowTheLanguage();
    void titlesAreWhole_data();
    void titlesAreWhole();
    void badgesLeaveTheirIcon_data();
    void badgesLeaveTheirIcon();
};

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

// Also the words of a question that stands already.
void PagesTest::questionsFollowTheLanguage() {
    Stage stage;
    stage.setLanguage(QStringLiteral("en"));
    QVERIFY(stage.open());
    stage.start();
    show(stage, QStringLiteral("discard"));
    QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
    const auto words = [&stage] {
        QStringList all;
        for (const char* name :
             {"sheetTitle", "confirmSubject", "confirmNote", "confirmKeep", "confirmAction"}) {
            all.append(stage.find(QLatin1StringView(name))->property("text").toString());
        }
        return all;
    };
    const QStringList english = words();
    stage.setLanguage(QStringLiteral("zh_CN"));
    const QStringList chinese = words();
    for (qsizetype i = 0; i < english.size(); ++i) {
        QVERIFY2(!english.at(i).isEmpty() && english.at(i) != chinese.at(i), qPrintable(english.at(i)));
    }
    QCOMPARE(stage.warnings(), QStringList());
}

// With large text, too, one reads where one is.
void PagesTest::titlesAreWhole_data() {
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << QStringLiteral("en");
    QTest::newRow("Chinese") << QStringLiteral("zh_CN");
}
void PagesTest::titlesAreWhole() {
    QFETCH(QString, language);
    Stage stage;
    stage.setLanguage(language);
    QVERIFY(stage.open(QSize(360, 640)));
    stage.settings.setTextScale(2);
    stage.start();
    QMetaObject::invokeMethod(stage.shell(), "openSettings");
    QTRY_VERIFY(stage.find(QStringLiteral("muteToggle")));
    for (const char* row : {"serversRow", "shortcutsEditRow", "diagnosticsRow"}) {
        QMetaObject::invokeMethod(stage.find(QLatin1StringView(row)), "clicked");
        QTRY_VERIFY(!stage.find(QStringLiteral("muteToggle")));
        const QQuickItem* title = stage.find(QStringLiteral("pageTitle"));
        QVERIFY(title);
        QVERIFY2(!title->property("truncated").toBool(), qPrintable(title->property("text").toString()));
        stage.press(QStringLiteral("backButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("muteToggle")));
    }
    QCOMPARE(stage.warnings(), QStringList());
}

// However large the text: one sees what it is the number of.
void PagesTest::badgesLeaveTheirIcon_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
    for (const double scale : {1.0, 2.0}) {
        QTest::addRow("phone, %.0f", scale) << QSize(390, 844) << scale;
        QTest::addRow("desktop, %.0f", scale) << QSize(1200, 800) << scale;
    }
}
void PagesTest::badgesLeaveTheirIcon() {
    QFETCH(QSize, size);
    QFETCH(double, scale);
    Stage stage;
    QVERIFY(stage.open(size));
    stage.settings.setTextScale(scale);
    stage.start();
    show(stage, QStringLiteral("activity"));
    stage.press(QStringLiteral("backButton"));
    QTRY_VERIFY(stage.find(QStringLiteral("failedBadge")));
    const auto leaves = [](const QQuickItem* badge) {
        const QRectF icon(badge->parentItem()->width() / 2 - 12, badge->parentItem()->height() / 2 - 12, 24,
                          24);
        const QRectF covered = icon & QRectF(badge->x(), badge->y(), badge->width(), badge->height());
        return badge->width() > 0 && covered.width() * covered.height() < 24 * 24 / 5.0;
    };
    QTRY_VERIFY(leaves(stage.find(QStringLiteral("failedBadge"))));
    QTRY_VERIFY(stage.find(QStringLiteral("navBadge")));
    QTRY_VERIFY(leaves(stage.find(QStringLiteral("navBadge"))));
    QCOMPARE(stage.warnings(), QStringList());
}

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::PagesTest)

#include "pages_test.moc"
