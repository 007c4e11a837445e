// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lists of people: friends, who follows whom, and the ways there and back.
#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage_people.h"
#include "tests/qml/support/test_main.h"

#include <QAccessible>
#include <QQuickItem>
#include <QRegularExpression>

namespace tikgok::test {

using Rule = StageServer::Rule;

namespace {

const auto kFriends = QStringLiteral("/douyin/relation/friend/list/");

// What a screen reader says after the name, without the marks around what others wrote.
QString descriptionOf(QQuickItem* item) {
    QString words = QAccessible::queryAccessibleInterface(item)->text(QAccessible::Description);
    return words.remove(QChar(0x2068)).remove(QChar(0x2069));
}

}  // namespace

class PeoplePagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countersOpenLists();
    void backToTheCounter_data();
    void backToTheCounter();
    void ownEmptyLists();
    void friends();
    void friendsFollowTheirConversations();
    void friendsStates();
    void friendsByKeyboardAlone();
    void longListByKeyboard();
    void listTakesKeysAtOnce_data();
    void listTakesKeysAtOnce();
    void tabsKeepTheirSize();
    void pulledFromUnderTheHead();
};

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

// Before any row has the keyboard, wherever on the page it is.
void PeoplePagesTest::listTakesKeysAtOnce_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("row");
    QTest::addColumn<bool>("head");
    for (const bool head : {false, true}) {
        QTest::addRow("Down%s", head ? ", from the head" : "") << static_cast<int>(Qt::Key_Down) << 0 << head;
        QTest::addRow("End%s", head ? ", from the head" : "") << static_cast<int>(Qt::Key_End) << 9 << head;
    }
}

void PeoplePagesTest::listTakesKeysAtOnce() {
    QFETCH(const int, key);
    QFETCH(const int, row);
    QFETCH(const bool, head);
    Stage stage;
    for (qint64 id = 3; id <= 12; ++id)
        stage.server.setFollow(id, kFirstAuthor);
    QVERIFY(openProfile(stage));
    stage.press(QStringLiteral("followersCount"));
    QTRY_VERIFY(all(stage, "personRow").size() > 3);
    QVERIFY(waitForRest(stage.window()));
    if (head)
        stage.find(QStringLiteral("backButton"))->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(stage.window(), static_cast<Qt::Key>(key));
    QTRY_COMPARE(stage.focused()->objectName(), QStringLiteral("personRow"));
    QCOMPARE(stage.find(QStringLiteral("peopleList"))->property("currentIndex").toInt(), row);
    QVERIFY(stage.focused()->property("visualFocus").toBool());
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
    // A press on it, or right beside it, brings it and chooses nothing.
    const QQuickItem* more = stage.find(QStringLiteral("moreTabs"));
    QTest::mouseClick(stage.window(), Qt::LeftButton, {},
                      more->mapToScene(QPointF(-8, more->height() / 2)).toPoint());
    QTRY_VERIFY(stage.find(QStringLiteral("moreTabsBefore")));
    QVERIFY(stage.find(QStringLiteral("friendsTab"))->property("current").toBool());
    for (const char* name : {"moreTabs", "moreTabsBefore"}) {
        for (int i = 0; i < 3 && stage.find(QLatin1StringView(name)); ++i) {
            pressItem(stage, stage.find(QLatin1StringView(name)));
        }
        QVERIFY2(!stage.find(QLatin1StringView(name)), name);
    }
    QTRY_VERIFY(stage.find(QStringLiteral("moreTabs")));
    QVERIFY(stage.find(QStringLiteral("friendsTab"))->property("current").toBool());
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

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::PeoplePagesTest)
#include "people_pages_test.moc"
