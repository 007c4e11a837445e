// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of conversations, beside the open one and without it: by mouse and keyboard, narrow and wide.
#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage_talk.h"
#include "tests/qml/support/test_main.h"

#include <QPointer>
#include <QQuickItem>

namespace tikgok::test {

using Rule = StageServer::Rule;

class ConversationsPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badgeComesByItself() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        stage.server.chat.befriend(kNora);
        QTRY_COMPARE(stage.conversations.count(), 1);
        QQuickItem* nav = stage.find(QStringLiteral("navMessages"));
        QVERIFY(nav);
        QCOMPARE(nav->property("badge").toInt(), 0);
        stage.server.chat.say(kNora, kMika, QStringLiteral("hello"));
        QTRY_COMPARE(stage.find(QStringLiteral("navMessages"))->property("badge").toInt(), 1);
        QCOMPARE(stage.warnings(), QStringList());
    }

    // What is kept of it can be read although nothing can be sent.
    void opensWhileTheSessionHasEnded() {
        Stage stage;
        showMessages(stage);
        stage.session.reportSignedOut(stage.session.token());
        QVERIFY(stage.session.expired());
        QMetaObject::invokeMethod(stage.shell(), "openChat",
                                  Q_ARG(QVariant, QVariant::fromValue(stage.entities.findUser(kLin))));
        QTRY_VERIFY(stage.find(QStringLiteral("chatPane")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void phoneShowsOneAtATime() {
        Stage stage;
        showMessages(stage);
        QTRY_VERIFY(stage.find(QStringLiteral("conversationList")));
        QVERIFY(!stage.find(QStringLiteral("chatPane")));
        QQuickItem* rows = stage.find(QStringLiteral("conversationList"));
        // On top once the list shows the order that the model has.
        const auto topRow = [rows] {
            auto* content = rows->property("contentItem").value<QQuickItem*>();
            const QPointF at = rows->mapToItem(content, QPointF(100, 40));
            return content->childAt(at.x(), at.y());
        };
        const auto isNora = [](const QQuickItem* row) {
            return row && row->property("peerId").toString() == QString::number(kNora);
        };
        QTRY_VERIFY(isNora(topRow()));
        QVERIFY(waitUntilItStands(topRow()));
        QVERIFY(isNora(topRow()));
        pressItem(stage, topRow());
        QTRY_VERIFY(stage.find(QStringLiteral("chatPane")));
        QVERIFY(!stage.find(QStringLiteral("conversationList")));
        QVERIFY(!stage.find(QStringLiteral("navMessages")));
        QCOMPARE(stage.chat.peerName(), QStringLiteral("Nora Lind"));
        // Looked at, so it is seen.
        QTRY_COMPARE(stage.conversations.unread(), 2);
        QTRY_VERIFY(stage.find(QStringLiteral("messageInput"))->hasActiveFocus());
        stage.press(QStringLiteral("backButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("conversationList")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void desktopShowsBoth() {
        Stage stage;
        showChat(stage, kLin, QSize(1200, 800));
        QTRY_VERIFY(stage.find(QStringLiteral("conversationList")));
        QVERIFY(stage.find(QStringLiteral("chatPane")));
        QVERIFY(stage.find(QStringLiteral("navMessages")));
        QTRY_VERIFY(stage.find(QStringLiteral("messageInput"))->hasActiveFocus());
        // Narrower, and wider again: the conversation stays.
        stage.window()->resize(390, 844);
        QTRY_VERIFY(!stage.find(QStringLiteral("conversationList")));
        QVERIFY(stage.find(QStringLiteral("chatPane")));
        stage.window()->resize(1200, 800);
        QTRY_VERIFY(stage.find(QStringLiteral("conversationList")));
        QTRY_VERIFY(stage.find(QStringLiteral("chatPane")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    // A number that comes or goes takes neither the keyboard nor a click in the middle.
    void newsLeavesTheNavigationAlone_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("bar") << QSize(390, 844);
        QTest::newRow("rail") << QSize(1200, 800);
    }
    void newsLeavesTheNavigationAlone() {
        QFETCH(QSize, size);
        Stage stage;
        QVERIFY(stage.open(size));
        stage.start();
        const QPointer<QQuickItem> button = stage.find(QStringLiteral("navFriends"));
        QVERIFY(button);
        button->forceActiveFocus(Qt::TabFocusReason);
        const QPoint middle = button->mapToScene(button->boundingRect().center()).toPoint();
        stage.signIn();
        stage.server.chat.befriend(kNora);
        QTRY_COMPARE(stage.conversations.count(), 1);
        QTest::mousePress(stage.window(), Qt::LeftButton, {}, middle);
        stage.server.chat.say(kNora, kMika, QStringLiteral("hello"));
        QTRY_VERIFY(stage.find(QStringLiteral("navMessages"))->property("badge").toInt() > 0);
        QVERIFY2(button, "it was made anew");
        QCOMPARE(stage.find(QStringLiteral("navFriends")), button);
        QVERIFY(button->hasActiveFocus());
        QTest::mouseRelease(stage.window(), Qt::LeftButton, {}, middle);
        QTRY_VERIFY(stage.find(QStringLiteral("friendsTab")));
    }

    // As in every other list: the arrows, the pages and the ends.
    void keysGoThroughTheConversations() {
        Stage stage;
        fillTalk(stage.server);
        for (qint64 id = 1; id <= 12; ++id) {
            if (id != kMika) {
                stage.server.chat.befriend(id);
            }
        }
        QVERIFY(stage.open(QSize(390, 480)));
        stage.start();
        stage.signIn();
        stage.press(QStringLiteral("navMessages"));
        QTRY_COMPARE(stage.conversations.count(), 11);
        // All is read: no row moves any more.
        QTRY_COMPARE(stage.conversations.unread(), 4);
        QTRY_VERIFY(stage.find(QStringLiteral("conversationList")));
        QQuickItem* rows = stage.find(QStringLiteral("conversationList"));
        rows->forceActiveFocus(Qt::TabFocusReason);
        const auto at = [&] {
            auto* row = rows->property("currentItem").value<QQuickItem*>();
            const bool seen = row && row->hasActiveFocus() && row->mapToItem(rows, QPointF()).y() >= 0 &&
                              row->mapToItem(rows, QPointF(0, row->height())).y() <= rows->height() + 1;
            return seen && row->property("visualFocus").toBool() ? row->property("index").toInt() : -1;
        };
        const int last = stage.conversations.count() - 1;
        const auto press = [&](Qt::Key key) {
            QTest::keyClick(stage.window(), key);
            return at();
        };
        press(Qt::Key_Home);
        QTRY_COMPARE(at(), 0);
        QCOMPARE(press(Qt::Key_Up), 0);
        QCOMPARE(press(Qt::Key_Down), 1);
        const int page = press(Qt::Key_PageDown) - 1;
        QVERIFY2(page > 1 && page < 6, qPrintable(QString::number(page)));
        const int further = press(Qt::Key_PageDown);
        QVERIFY2(further > 1 + page && further < last, qPrintable(QString::number(further)));
        QVERIFY(press(Qt::Key_PageUp) < further);
        QCOMPARE(press(Qt::Key_End), last);
        QCOMPARE(press(Qt::Key_PageDown), last);
        QCOMPARE(press(Qt::Key_Home), 0);
        // With a modifier it is another key.
        QTest::keyClick(stage.window(), Qt::Key_End, Qt::AltModifier);
        QCOMPARE(at(), 0);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("chatPane")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void draftsStandInTheList() {
        Stage stage;
        stage.setLanguage(QStringLiteral("en"));
        showChat(stage, kLin, QSize(1200, 800));
        const auto wordsOf = [&stage](qint64 peer) {
            for (QQuickItem* row : stage.find(QStringLiteral("conversationList"))
                                       ->property("contentItem")
                                       .value<QQuickItem*>()
                                       ->childItems()) {
                if (row->property("peerId").toString() == QString::number(peer)) {
                    return row->findChild<QQuickItem*>(QStringLiteral("conversationWords"))
                        ->property("text")
                        .toString();
                }
            }
            return QString();
        };
        const QString before = wordsOf(kLin);
        QVERIFY(!before.isEmpty());
        typeText(stage, QStringLiteral("half a thought"));
        // It stands beside the list.
        QCOMPARE(wordsOf(kLin), before);
        QMetaObject::invokeMethod(stage.shell(), "openChat",
                                  Q_ARG(QVariant, QVariant::fromValue(stage.entities.findUser(kNora))));
        QTRY_VERIFY(wordsOf(kLin).startsWith(QLatin1String("Draft: ")));
        QVERIFY(wordsOf(kLin).contains(QLatin1String("half a thought")));
        QMetaObject::invokeMethod(stage.shell(), "openChat",
                                  Q_ARG(QVariant, QVariant::fromValue(stage.entities.findUser(kLin))));
        QTRY_COMPARE(stage.chat.draft(), QStringLiteral("half a thought"));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_COMPARE(stage.server.chat.countOf(QStringLiteral("half a thought")), 1);
        QTRY_VERIFY(wordsOf(kLin).contains(QLatin1String("half a thought")));
        QVERIFY(!wordsOf(kLin).contains(QLatin1String("Draft")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void offlineShowsWhatWasThereAndSince() {
        Stage stage;
        showChat(stage);
        const int before = stage.chat.count();
        stage.server.rule(kChatPath, {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
        stage.server.rule(kFriendsPath, {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
        stage.chat.refresh();
        QTRY_VERIFY(!stage.chat.keptSince().isEmpty());
        QCOMPARE(stage.chat.count(), before);
        stage.press(QStringLiteral("backButton"));
        QTRY_COMPARE(stage.conversations.errorKind(), ErrorKind::Offline);
        QCOMPARE(stage.conversations.count(), 5);
        stage.server.clearRules();
        stage.press(QStringLiteral("refreshConversations"));
        QTRY_COMPARE(stage.conversations.errorKind(), ErrorKind::None);
    }

    void saysWhatToDo() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.press(QStringLiteral("navMessages"));
        QTRY_VERIFY(stage.find(QStringLiteral("messagesSignIn")));
        stage.press(QStringLiteral("messagesSignIn"));
        QTRY_VERIFY(stage.find(QStringLiteral("submitButton")));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("submitButton")));
        stage.server.rule(kFriendsPath,
                          {.kind = Rule::Kind::Refuse, .code = 20001, .words = QStringLiteral("no")});
        stage.signIn();
        QTRY_VERIFY(stage.find(QStringLiteral("messagesRetry")));
        stage.server.clearRules();
        stage.press(QStringLiteral("messagesRetry"));
        QTRY_VERIFY(stage.find(QStringLiteral("messagesFriends")));
        stage.press(QStringLiteral("messagesFriends"));
        QTRY_COMPARE(stage.shell()->property("page").toString(), QStringLiteral("friends"));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void nothingIsAskedWhileHidden() {
        Stage stage;
        showChat(stage);
        stage.window()->hide();
        QTRY_VERIFY(!stage.conversations.awake());
        QTest::qWait(100);
        const int before = stage.server.count(kChatPath) + stage.server.count(kFriendsPath);
        QTest::qWait(200);
        QCOMPARE(stage.server.count(kChatPath) + stage.server.count(kFriendsPath), before);
        stage.window()->show();
        QTRY_VERIFY(stage.server.count(kChatPath) + stage.server.count(kFriendsPath) > before);
    }

    void signingOutClosesTheConversation() {
        Stage stage;
        showChat(stage);
        stage.session.signOut();
        QTRY_VERIFY(stage.find(QStringLiteral("messagesSignIn")));
        QVERIFY(!stage.find(QStringLiteral("chatPane")));
        QCOMPARE(stage.chat.count(), 0);
        QCOMPARE(stage.warnings(), QStringList());
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::ConversationsPageTest)
#include "conversations_page_test.moc"
