// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whoever reads in the middle of a conversation is left in peace, and who reads its end stays there.
#include "tests/qml/support/stage_talk.h"
#include "tests/qml/support/test_main.h"

#include <QGuiApplication>
#include <QQuickItem>
#include <QSignalSpy>
#include <QStyleHints>

namespace tikgok::test {

namespace {

QList<QQuickItem*> rows(const Stage& stage) {
    QList<QQuickItem*> all = messageList(stage)->property("contentItem").value<QQuickItem*>()->childItems();
    all.removeIf(
        [](const QQuickItem* item) { return !item->isVisible() || !item->property("content").isValid(); });
    return all;
}

// Until nothing has its place still to take: what was put off, and what a frame lays out.
void settle(const Stage& stage) {
    for (int i = 0; i < 4; ++i) {
        QCoreApplication::processEvents();
        stage.window()->grabWindow();
    }
}

// Downwards, by so many pixels beyond those that say that it is a drag.
void drag(const Stage& stage, int by) {
    const QPoint from =
        messageList(stage)->mapToScene(QPointF(20, messageList(stage)->height() / 2)).toPoint();
    const int threshold = QGuiApplication::styleHints()->startDragDistance() + 1;
    QTest::mousePress(stage.window(), Qt::LeftButton, Qt::NoModifier, from);
    constexpr int kSteps = 20;
    for (int i = 0; i <= kSteps; ++i) {
        QTest::mouseMove(stage.window(), from + QPoint(0, threshold + by * i / kSteps), 10);
    }
    // At rest when it is let go, so that nothing flies on.
    const QPoint to = from + QPoint(0, threshold + by);
    QTest::mouseMove(stage.window(), to, 200);
    QTest::mouseRelease(stage.window(), Qt::LeftButton, Qt::NoModifier, to);
}

}  // namespace

class ChatReadingTest : public QObject {
    Q_OBJECT

private:
    // Lin's conversation with `count` messages of a minute each, at its end.
    static void showLong(Stage& stage, int count, double textScale) {
        for (int i = 0; i < count; ++i) {
            stage.server.chat.say(i % 5 == 0 ? kMika : kLin, i % 5 == 0 ? kLin : kMika,
                                  QStringLiteral("message %1 ").arg(i).repeated(1 + i % 7),
                                  1'700'000'000'000 + i * 60'000);
        }
        showChat(stage);
        stage.settings.setTextScale(textScale);
        QTRY_VERIFY(stage.chat.count() > count);
        QTRY_VERIFY(distanceFromTheEnd(stage) < 2);
        QTRY_COMPARE(stage.chat.unseen(), 0);
        settle(stage);
    }

private Q_SLOTS:
    void whatOneReadsStays_data() {
        QTest::addColumn<double>("textScale");
        QTest::addColumn<int>("presses");
        QTest::addColumn<Qt::Key>("key");
        for (const double scale : {1.0, 2.0}) {
            const QByteArray at = QByteArray::number(scale * 100) + " %, ";
            QTest::newRow((at + "a little up").constData()) << scale << 3 << Qt::Key_Up;
            QTest::newRow((at + "one page up").constData()) << scale << 1 << Qt::Key_PageUp;
            QTest::newRow((at + "far up").constData()) << scale << 4 << Qt::Key_PageUp;
        }
    }
    void whatOneReadsStays() {
        QFETCH(double, textScale);
        QFETCH(int, presses);
        QFETCH(Qt::Key, key);
        Stage stage;
        showLong(stage, 120, textScale);
        // With the keyboard in the list itself, the arrows move it.
        messageList(stage)->forceActiveFocus(Qt::TabFocusReason);
        for (int i = 0; i < presses; ++i) {
            QTest::keyClick(stage.window(), key);
            settle(stage);
        }
        QTRY_VERIFY(stage.find(QStringLiteral("jumpToNewest")));
        settle(stage);
        QQuickItem* view = messageList(stage);
        QQuickItem* seen = nullptr;
        for (QQuickItem* row : rows(stage)) {
            const QRectF where = row->mapRectToItem(view, row->boundingRect());
            if (where.contains(QPointF(100, view->height() / 2))) {
                seen = row;
            }
        }
        QVERIFY(seen);
        const QString words = seen->property("content").toString();
        const double y = seen->mapToItem(view, QPointF()).y();
        const qint64 later = QDateTime(QDate::currentDate(), QTime(11, 0)).toMSecsSinceEpoch();
        for (int i = 0; i < 8; ++i) {
            // Some of one minute, which are one group with one time, and some that begin another.
            stage.server.chat.say(kLin, kMika, QStringLiteral("new %1 ").arg(i).repeated(1 + 5 * (i % 3)),
                                  later + i / 2 * 600'000 + i);
            QTRY_COMPARE(stage.chat.unseen(), i + 1);
            settle(stage);
            QCOMPARE(seen->property("content").toString(), words);
            const double there = seen->mapToItem(view, QPointF()).y();
            QVERIFY2(qAbs(there - y) < 1,
                     qPrintable(QStringLiteral("message %1: %2, was %3").arg(i).arg(there).arg(y)));
        }
        QCOMPARE(stage.warnings(), QStringList());
    }

    // A finger that rests on the end of a conversation moves it a little: that is no wish to read elsewhere.
    void aSmallDragAtTheEndIsStillTheEnd() {
        Stage stage;
        showLong(stage, 60, 1);
        QSignalSpy moved(messageList(stage), SIGNAL(contentYChanged()));
        drag(stage, 20);
        QVERIFY(!moved.isEmpty());
        QTRY_VERIFY(!messageList(stage)->property("moving").toBool());
        settle(stage);
        QVERIFY(!stage.find(QStringLiteral("jumpToNewest")));
        // What comes is seen.
        stage.server.chat.say(kLin, kMika, QStringLiteral("still there?"));
        QTRY_VERIFY(stage.chat.data(stage.chat.index(0), ChatModel::ContentRole)
                        .toString()
                        .contains(QStringLiteral("still there?")));
        QTRY_VERIFY(distanceFromTheEnd(stage) < 2);
        QTRY_COMPARE(stage.chat.unseen(), 0);
        drag(stage, 200);
        QTRY_VERIFY(!messageList(stage)->property("moving").toBool());
        QTRY_VERIFY(stage.find(QStringLiteral("jumpToNewest")));
        QCOMPARE(stage.warnings(), QStringList());
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::ChatReadingTest)

#include "chat_reading_test.moc"
