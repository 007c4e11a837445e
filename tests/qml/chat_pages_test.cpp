// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One conversation as people use it: mouse, keyboard, screen reader. The list of all is in
// conversations_page_test.cpp.
#include "tests/qml/support/stage_talk.h"
#include "tests/qml/support/test_main.h"

#include <QAccessible>
#include <QQuickItem>
#include <QScopeGuard>
#include <QSet>
#include <QSignalSpy>
#include <qpa/qplatformaccessibility.h>
#include <qpa/qplatformintegration.h>

#include <private/qguiapplication_p.h>

namespace tikgok::test {

using Rule = StageServer::Rule;

namespace {

const QString kSendPath = QStringLiteral("/douyin/message/action/");

// Of which objects a screen reader was told that their name has changed; its handler is a plain function.
QStringList& told() {
    static QStringList names;
    return names;
}

// "message 0" and so on, one each minute.
void sayMany(Stage& stage, contract::Id from, contract::Id to, int count) {
    for (int i = 0; i < count; ++i) {
        stage.server.chat.say(from, to, QStringLiteral("message %1").arg(i), 1'700'000'000'000 + i * 60'000);
    }
}

}  // namespace

class ChatPagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keyboardAlone() {
        Stage stage;
        fillTalk(stage.server);
        QVERIFY(stage.open(QSize(1200, 800)));
        stage.start();
        stage.signIn();
        QTest::keyClick(stage.window(), Qt::Key_4);
        QTRY_VERIFY(stage.find(QStringLiteral("conversationList")));
        QTRY_COMPARE(stage.conversations.unread(), 4);
        QTRY_VERIFY(stage.find(QStringLiteral("conversationList"))->hasActiveFocus() ||
                    stage.find(QStringLiteral("conversationList"))->hasFocus());
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Up);
        }
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("messageInput")));
        QTRY_VERIFY(stage.find(QStringLiteral("messageInput"))->hasActiveFocus());
        QTRY_COMPARE(stage.chat.state(), ChatModel::State::Ready);
        QCOMPARE(stage.chat.peerId(), QString::number(kLin));
        typeText(stage, QStringLiteral("two"));
        QTest::keyClick(stage.window(), Qt::Key_Return, Qt::ShiftModifier);
        typeText(stage, QStringLiteral("lines 1"));
        QCOMPARE(stage.chat.draft(), QStringLiteral("two\nlines 1"));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_COMPARE(stage.server.chat.countOf(QStringLiteral("two\nlines 1")), 1);
        QCOMPARE(stage.chat.draft(), QString());
        // The list of messages scrolls, and the way there and back is Tab.
        QTest::keyClick(stage.window(), Qt::Key_Backtab);
        QTRY_VERIFY(messageList(stage)->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Tab);
        QTRY_VERIFY(stage.find(QStringLiteral("messageInput"))->hasActiveFocus() ||
                    stage.find(QStringLiteral("jumpToNewest")));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(stage.find(QStringLiteral("conversationList"))->hasFocus());
        QCOMPARE(stage.warnings(), QStringList());
    }

    void pendingFailedRetriedDiscarded() {
        Stage stage;
        showChat(stage);
        stage.server.rule(kSendPath, {.kind = Rule::Kind::Hang});
        typeText(stage, QStringLiteral("first"));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QCOMPARE(stage.chat.data(stage.chat.index(0), ChatModel::StatusRole).value<ChatModel::Status>(),
                 ChatModel::Status::Pending);
        QTRY_COMPARE(stage.server.count(kSendPath), 1);
        stage.server.refuseHeld(50001, QStringLiteral("not today"));
        QTRY_VERIFY(stage.find(QStringLiteral("retryMessage")));
        stage.server.clearRules();
        stage.press(QStringLiteral("retryMessage"));
        QTRY_COMPARE(stage.server.chat.countOf(QStringLiteral("first")), 1);
        QTRY_VERIFY(!stage.find(QStringLiteral("retryMessage")));
        stage.server.rule(kSendPath,
                          {.kind = Rule::Kind::Refuse, .code = 50001, .words = QStringLiteral("no")});
        typeText(stage, QStringLiteral("second"));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(stage.find(QStringLiteral("discardMessage")));
        const int before = stage.chat.count();
        stage.press(QStringLiteral("discardMessage"));
        QTRY_COMPARE(stage.chat.count(), before - 1);
        QCOMPARE(stage.server.chat.countOf(QStringLiteral("second")), 0);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void newOnesAreSeenAndSaid() {
        Stage stage;
        showChat(stage);
        QTRY_COMPARE(stage.chat.unseen(), 0);
        QQuickItem* item = stage.find(QStringLiteral("chatAnnouncement"));
        QVERIFY(item);
        // As if a screen reader had come: otherwise nothing is told to anybody.
        told().clear();
        QPlatformAccessibility* platform = QGuiApplicationPrivate::platformIntegration()->accessibility();
        QVERIFY(platform);
        platform->setActive(true);
        const auto before = QAccessible::installUpdateHandler([](QAccessibleEvent* event) {
            if (event->type() == QAccessible::NameChanged && event->object() != nullptr) {
                told().append(event->object()->objectName());
            }
        });
        const auto handler = qScopeGuard([before, platform] {
            QAccessible::installUpdateHandler(before);
            platform->setActive(false);
        });
        stage.server.chat.say(kLin, kMika, QStringLiteral("listen"));
        QTRY_VERIFY(told().contains(QStringLiteral("chatAnnouncement")));
        QAccessibleInterface* at = QAccessible::queryAccessibleInterface(item);
        QTRY_VERIFY(at->text(QAccessible::Name).contains(QStringLiteral("listen")));
        QCOMPARE(at->role(), QAccessible::AlertMessage);
        QTRY_COMPARE(stage.chat.unseen(), 0);
        QTRY_VERIFY(distanceFromTheEnd(stage) < 2);
    }

    void placeIsKeptAndJumpCounts() {
        Stage stage;
        sayMany(stage, kLin, kMika, 300);
        showChat(stage);
        QTRY_VERIFY(stage.chat.count() > 300);
        QTRY_VERIFY(distanceFromTheEnd(stage) < 2);
        QTRY_COMPARE(stage.chat.unseen(), 0);
        QTest::keyClick(stage.window(), Qt::Key_PageUp);
        QTest::keyClick(stage.window(), Qt::Key_PageUp);
        QTRY_VERIFY(stage.find(QStringLiteral("jumpToNewest")));
        QQuickItem* view = messageList(stage);
        // What stands in the middle of the view stays there.
        QQuickItem* seen = nullptr;
        for (QQuickItem* child : view->property("contentItem").value<QQuickItem*>()->childItems()) {
            const QRectF where = child->mapRectToItem(view, child->boundingRect());
            if (child->isVisible() && where.contains(QPointF(100, view->height() / 2))) {
                seen = child;
            }
        }
        QVERIFY(seen);
        const QString words = seen->property("content").toString();
        const double y = seen->mapToItem(view, QPointF()).y();
        stage.server.chat.say(kLin, kMika, QStringLiteral("one more"));
        stage.server.chat.say(kLin, kMika, QStringLiteral("and one"));
        QTRY_COMPARE(stage.chat.unseen(), 2);
        QTest::qWait(30);
        QCOMPARE(seen->property("content").toString(), words);
        QVERIFY2(qAbs(seen->mapToItem(view, QPointF()).y() - y) < 2,
                 qPrintable(QStringLiteral("%1 %2").arg(y).arg(seen->mapToItem(view, QPointF()).y())));
        QVERIFY(stage.find(QStringLiteral("jumpToNewest"))->property("text").toString().contains(u'2'));
        stage.press(QStringLiteral("jumpToNewest"));
        QTRY_VERIFY(!stage.find(QStringLiteral("jumpToNewest")));
        QTRY_COMPARE(stage.chat.unseen(), 0);
        QTRY_VERIFY(distanceFromTheEnd(stage) < 2);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void longChatScrollsWithoutStalls() {
        Stage stage;
        for (int i = 0; i < 2'000; ++i) {
            stage.server.chat.say(
                i % 3 == 0 ? kMika : kLin, i % 3 == 0 ? kLin : kMika,
                QStringLiteral("message %1 with some more words 你好").arg(i).repeated(1 + i % 4),
                1'700'000'000'000 + i * 600'000);
        }
        showChat(stage);
        QTRY_VERIFY(stage.chat.count() > 2'000);
        QTRY_VERIFY(distanceFromTheEnd(stage) < 2);
        // Only what is in sight exists.
        const auto delegates =
            messageList(stage)->property("contentItem").value<QQuickItem*>()->childItems().size();
        QVERIFY2(delegates < 120, qPrintable(QString::number(delegates)));
        // A stall is rows that are made by the hundred, so those are counted; how long a page takes on a busy
        // machine says nothing.
        auto* rows = messageList(stage)->property("contentItem").value<QQuickItem*>();
        QSet<const QQuickItem*> there;
        qsizetype made = 0;
        const QObject counting;
        connect(rows, &QQuickItem::childrenChanged, &counting, [&] {
            const QList<QQuickItem*> all = rows->childItems();
            QSet<const QQuickItem*> now(all.cbegin(), all.cend());
            made += (now - there).size();
            there = std::move(now);
        });
        Q_EMIT rows->childrenChanged();
        qsizetype most = 0;
        for (int i = 0; i < 60; ++i) {
            made = 0;
            QTest::keyClick(stage.window(), Qt::Key_PageUp);
            stage.window()->grabWindow();
            most = std::max(most, made);
        }
        QVERIFY2(most > 0 && most < 120, qPrintable(QString::number(most)));
        // As somebody without a mouse gets there.
        for (int i = 0; i < 6 && !messageList(stage)->hasActiveFocus(); ++i) {
            QTest::keyClick(stage.window(), Qt::Key_Backtab, Qt::ShiftModifier);
        }
        QVERIFY(messageList(stage)->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Home);
        QTRY_VERIFY(messageList(stage)->property("atYBeginning").toBool());
        QTest::keyClick(stage.window(), Qt::Key_End);
        QTRY_VERIFY(distanceFromTheEnd(stage) < 2);
    }

    void noticesLeaveRoomForWriting_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::newRow("phone") << QSize(390, 844) << 1.0;
        QTest::newRow("desktop") << QSize(1200, 800) << 1.0;
        QTest::newRow("small, large text") << QSize(360, 640) << 2.0;
    }
    void noticesLeaveRoomForWriting() {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        Stage stage;
        showChat(stage, kLin, size);
        stage.settings.setTextScale(scale);
        QQuickItem* toasts = stage.find(QStringLiteral("toasts"));
        QVERIFY(toasts);
        const auto clear = [&] {
            const QQuickItem* input = stage.find(QStringLiteral("messageInput"));
            const double top = input->mapToScene(QPointF()).y();
            return toasts->mapToScene(QPointF(0, toasts->height())).y() <= top;
        };
        QMetaObject::invokeMethod(toasts, "show", Q_ARG(QString, QStringLiteral("a notice")));
        QTRY_VERIFY(clear());
        // However much is written.
        stage.chat.setDraft(QStringLiteral("one\ntwo\nthree\nfour\nfive\nsix"));
        QTRY_VERIFY(stage.find(QStringLiteral("messageInput"))->property("lineCount").toInt() >= 6);
        QTRY_VERIFY(clear());
    }

    // No message lies below it.
    void theWayToTheNewestHasItsOwnRoom() {
        Stage stage;
        sayMany(stage, kMika, kLin, 60);
        showChat(stage);
        QTRY_VERIFY(stage.chat.count() > 60);
        QTRY_VERIFY(distanceFromTheEnd(stage) < 2);
        const double whole = messageList(stage)->height();
        QTest::keyClick(stage.window(), Qt::Key_PageUp);
        QTRY_VERIFY(stage.find(QStringLiteral("jumpToNewest")));
        const auto below = [&] {
            return messageList(stage)->mapToScene(QPointF(0, messageList(stage)->height())).y();
        };
        QTRY_VERIFY(below() <= stage.find(QStringLiteral("jumpToNewest"))->mapToScene(QPointF()).y());
        stage.press(QStringLiteral("jumpToNewest"));
        QTRY_VERIFY(!stage.find(QStringLiteral("jumpToNewest")));
        QTRY_COMPARE(messageList(stage)->height(), whole);
        QTRY_VERIFY(distanceFromTheEnd(stage) < 2);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void draftsArePerPeer() {
        Stage stage;
        showChat(stage);
        typeText(stage, QStringLiteral("half"));
        UserEntity* nora = stage.entities.findUser(kNora);
        QMetaObject::invokeMethod(stage.shell(), "openChat", Q_ARG(QVariant, QVariant::fromValue(nora)));
        QTRY_COMPARE(stage.find(QStringLiteral("messageInput"))->property("text").toString(), QString());
        UserEntity* lin = stage.entities.findUser(kLin);
        QMetaObject::invokeMethod(stage.shell(), "openChat", Q_ARG(QVariant, QVariant::fromValue(lin)));
        QTRY_COMPARE(stage.find(QStringLiteral("messageInput"))->property("text").toString(),
                     QStringLiteral("half"));
    }

    void lengthIsShownNearTheLimit() {
        Stage stage;
        stage.setLanguage(QStringLiteral("en"));
        showChat(stage);
        stage.chat.setDraft(QString(230, u'x'));
        QTRY_COMPARE(stage.find(QStringLiteral("messageInput"))->property("length").toInt(), 230);
        QVERIFY(stage.find(QStringLiteral("sendMessage"))->property("enabled").toBool());
        QCOMPARE(QAccessible::queryAccessibleInterface(stage.find(QStringLiteral("messageInput")))
                     ->text(QAccessible::Description),
                 QStringLiteral("24 characters left"));
        stage.chat.setDraft(QString(255, u'x'));
        QTRY_VERIFY(!stage.find(QStringLiteral("sendMessage"))->property("enabled").toBool());
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QCOMPARE(stage.server.count(kSendPath), 0);
        QCOMPARE(stage.chat.draft().size(), 255);
    }

    void hostileTextsStayInTheirPlace_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("html") << QStringLiteral("<b>bold</b><img src=\"http://x/y.png\"><h1>big</h1>");
        QTest::newRow("bidi") << QString(QChar(0x202e)) + QStringLiteral("gnp.exe") + QChar(0x2066);
        QTest::newRow("zalgo") << QStringLiteral("Z") + QString(QChar(0x0335)).repeated(200) +
                                      QStringLiteral("algo");
        QTest::newRow("long") << QString(10'000, u'w');
        QTest::newRow("long words") << QStringLiteral("wort ").repeated(2'000);
        QTest::newRow("lines") << QStringLiteral("a\n").repeated(3'000);
        QTest::newRow("emoji") << QStringLiteral("👩‍👩‍👧‍👦").repeated(500);
    }
    void hostileTextsStayInTheirPlace() {
        QFETCH(QString, text);
        Stage stage;
        showChat(stage);
        QElapsedTimer timer;
        timer.start();
        stage.server.chat.say(kLin, kMika, text);
        stage.server.chat.say(kLin, kMika, QStringLiteral("after"));
        QTRY_VERIFY(stage.chat.data(stage.chat.index(0), ChatModel::ContentRole)
                        .toString()
                        .contains(QStringLiteral("after")));
        QTest::qWait(50);
        stage.window()->grabWindow();
        QVERIFY2(timer.elapsed() < 4'000, qPrintable(QString::number(timer.elapsed())));
        for (QQuickItem* child :
             messageList(stage)->property("contentItem").value<QQuickItem*>()->childItems()) {
            if (!child->property("content").isValid() || !child->isVisible()) {
                continue;
            }
            for (QQuickItem* label : child->findChildren<QQuickItem*>()) {
                if (label->inherits("QQuickText") && label->isVisible()) {
                    QCOMPARE(label->property("textFormat").toInt(), int(Qt::PlainText));
                    const QRectF where = label->mapRectToScene(label->boundingRect());
                    QVERIFY(where.left() >= 0 && where.right() <= 390);
                }
            }
        }
        QTRY_VERIFY2(distanceFromTheEnd(stage) < 2, qPrintable(QString::number(distanceFromTheEnd(stage))));
        // In the list it has one line.
        stage.server.chat.say(kLin, kMika, text);
        stage.press(QStringLiteral("backButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("conversationList")));
        QTest::qWait(50);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void headerLeadsToTheProfile() {
        Stage stage;
        showChat(stage);
        QQuickItem* pane = stage.find(QStringLiteral("chatPane"));
        QSignalSpy wanted(pane, SIGNAL(profileWanted(QVariant)));
        QVERIFY(wanted.isValid());
        stage.press(QStringLiteral("chatPerson"));
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.constFirst().at(0).value<UserEntity*>(), stage.entities.findUser(kLin));
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::ChatPagesTest)

#include "chat_pages_test.moc"
