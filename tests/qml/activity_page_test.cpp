// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The page of every write: what failed, waits or was sent, and what one can do about it.

#include "tests/qml/support/double_click.h"
#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/use.h"

#include <QAccessible>
#include <QFile>
#include <QQuickItem>
#include <QTemporaryDir>

#include <algorithm>

namespace tikgok::test {

using Rule = StageServer::Rule;

class ActivityPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void activityRetriesAndDiscards() {
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

    // The second press of a double click meets the row that comes up.
    void doubleClickDiscardsOne() {
        Stage stage;
        QVERIFY(openActivity(stage));
        const DoubleClickInterval interval(10'000);
        stage.server.rule(kLikePath,
                          {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no")});
        for (int i = 0; i < 3; ++i) {
            stage.feed.videoAt(i)->toggleLike();
        }
        QTRY_COMPARE(stage.outbox.failedCount(), 3);
        QVERIFY(waitForRest(stage.window()));
        const QQuickItem* button = stage.find(QStringLiteral("discardIntent"));
        const QPoint at = button->mapToScene(QPointF(button->width() / 2, button->height() / 2)).toPoint();
        for (int i = 0; i < 2; ++i) {
            QTest::mouseClick(stage.window(), Qt::LeftButton, {}, at);
            QVERIFY(waitForRest(stage.window()));
        }
        QCOMPARE(stage.outbox.failedCount(), 2);
    }

    void activityBadge() {
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

    void storageTroubleIsSaid_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("holds");
        QTest::addColumn<ActivityModel::Storage>("storage");
        QTest::addColumn<QString>("empty");
        // A file where a folder should be.
        QTest::newRow("blocked") << QStringLiteral("blocked/client.sqlite") << QByteArray()
                                 << ActivityModel::Storage::Unwritable
                                 << QStringLiteral("What waited before cannot");
        QTest::newRow("damaged") << QStringLiteral("client.sqlite") << QByteArray(2'000, 'x')
                                 << ActivityModel::Storage::PutAside
                                 << QStringLiteral("What waited before is in");
    }

    void storageTroubleIsSaid() {
        QFETCH(const QString, file);
        QFETCH(const QByteArray, holds);
        QFETCH(const ActivityModel::Storage, storage);
        QFETCH(const QString, empty);
        const QTemporaryDir directory;
        StageOptions options;
        options.databaseFile = directory.filePath(file);
        QFile in(holds.isEmpty() ? directory.filePath(QStringLiteral("blocked")) : options.databaseFile);
        QVERIFY(in.open(QIODevice::WriteOnly) && in.write(holds) == holds.size());
        in.close();
        Stage stage(options);
        // It is known before there is a window that could say it.
        QTRY_COMPARE(stage.activity.storage(), storage);
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.find(QStringLiteral("toasts"))
                        ->property("text")
                        .toString()
                        .startsWith(QStringLiteral("What you do may not be kept")));
        QMetaObject::invokeMethod(stage.shell(), "openActivity");
        QTRY_VERIFY(stage.find(QStringLiteral("storageBanner")));
        const QString said = stage.find(QStringLiteral("activityEmpty"))->property("text").toString();
        QVERIFY2(said.startsWith(empty), qPrintable(said));
    }

    // Rows change their group, and with that their place, while one looks.
    void readersHearTheRowsAsTheyStand() {
        Stage stage;
        QVERIFY(openActivity(stage));
        stage.server.rule(kLikePath, {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
        stage.server.rule(kCommentPath, {.kind = Rule::Kind::Fail, .error = ErrorKind::Offline});
        stage.feed.videoAt(0)->toggleLike();
        stage.feed.videoAt(1)->toggleLike();
        stage.comments.setVideo(stage.feed.videoAt(0));
        QTRY_COMPARE(stage.comments.state(), CommentsModel::State::Ready);
        QVERIFY(stage.comments.post(QStringLiteral("precious words")));
        QTRY_COMPARE(stage.activity.rowCount(), 3);
        QVERIFY(waitForRest(stage.window()));
        QCOMPARE(readers(stage), seen(stage));
        // One of them becomes the first, with a heading of its own.
        stage.server.rule(kCommentPath,
                          {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no")});
        stage.activity.retryAll();
        QTRY_COMPARE(stage.outbox.failedCount(), 1);
        QVERIFY(waitForRest(stage.window()));
        QCOMPARE(readers(stage).size(), 5);
        QCOMPARE(readers(stage), seen(stage));
        // Another goes before it, or after it, under the same heading.
        stage.server.rule(kLikePath,
                          {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no")});
        stage.activity.retryAll();
        QTRY_COMPARE(stage.outbox.failedCount(), 3);
        QVERIFY(waitForRest(stage.window()));
        QCOMPARE(readers(stage), seen(stage));
        // And then the last.
        stage.server.clearRules();
        const QModelIndex first = stage.activity.index(0);
        stage.activity.retry(stage.activity.data(first, ActivityModel::IntentIdRole).toString());
        QTRY_COMPARE(stage.outbox.failedCount(), 2);
        QVERIFY(waitForRest(stage.window()));
        QCOMPARE(readers(stage), seen(stage));
    }

    // Nothing is lost by signing out, and it is said before.
    void signingOutSaysWhatWaits() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        stage.server.setAway(true);
        stage.feed.videoAt(0)->toggleLike();
        QTRY_COMPARE(stage.activity.openCount(), 1);
        stage.press(QStringLiteral("navMe"));
        QTRY_VERIFY(stage.find(QStringLiteral("signOut")));
        const auto asks = [&stage] {
            stage.find(QStringLiteral("signOut"))->forceActiveFocus();
            QTest::keyClick(stage.window(), Qt::Key_Return);
            return QTest::qWaitFor([&] { return stage.find(QStringLiteral("confirmKeep")) != nullptr; });
        };
        QVERIFY(asks());
        QVERIFY(textOf(stage, u"confirmText").contains(u'1'));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
        QVERIFY(stage.session.signedIn());
        QVERIFY(asks());
        QVERIFY(waitUntilItStands(stage.find(QStringLiteral("confirmAction"))));
        stage.press(QStringLiteral("confirmAction"));
        QTRY_VERIFY(!stage.session.signedIn());
        // Who is signed out is not told that there is nothing.
        QMetaObject::invokeMethod(stage.shell(), "openActivity");
        QTRY_VERIFY(stage.find(QStringLiteral("activityEmpty")));
        QVERIFY(textOf(stage, u"activityEmpty").contains(QStringLiteral("stays on this device")));
        QCOMPARE(stage.warnings(), QStringList());
    }

    // What one came for stands first.
    void noticesLeaveTheFirstRows_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::newRow("phone") << QSize(390, 844) << 1.0;
        QTest::newRow("desktop") << QSize(1200, 800) << 1.0;
        QTest::newRow("small, large text") << QSize(360, 640) << 2.0;
    }
    void noticesLeaveTheFirstRows() {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        Stage stage;
        QVERIFY(openActivity(stage, size));
        stage.settings.setTextScale(scale);
        stage.server.rule(kLikePath,
                          {.kind = Rule::Kind::Refuse, .code = 10001, .words = QStringLiteral("no")});
        stage.feed.videoAt(0)->toggleLike();
        QTRY_COMPARE(stage.outbox.failedCount(), 1);
        QQuickItem* notice = stage.find(QStringLiteral("toasts"));
        QTRY_VERIFY(notice && notice->property("showing").toBool());
        QVERIFY(waitForRest(stage.window()));
        const QRectF place = notice->mapRectToScene(QRectF(0, 0, notice->width(), notice->height()));
        QVERIFY(QRectF(QPointF(), QSizeF(size)).contains(place));
        const QStringList rows = seen(stage);
        QCOMPARE(rows.size(), 2);
        for (const QQuickItem* row : rowsOf(stage)) {
            // The last line of a row that fills the page may be under it for a moment.
            const QRectF top =
                row->mapRectToScene(QRectF(0, 0, row->width(), std::min(row->height(), size.height() / 4.0)));
            QVERIFY2(!top.intersects(place), qPrintable(rows.join(u'|')));
        }
    }

private:
    static inline const QString kCommentPath = QStringLiteral("/douyin/comment/action/");
    static inline const QString kLikePath = QStringLiteral("/douyin/favorite/action/");

    static bool openActivity(Stage& stage, QSize size = QSize(390, 844)) {
        if (!stage.open(size)) {
            return false;
        }
        stage.start();
        stage.signIn();
        QMetaObject::invokeMethod(stage.shell(), "openActivity");
        return QTest::qWaitFor([&] { return stage.find(QStringLiteral("backButton")) != nullptr; });
    }
    // What the list shows, headings too, in the order of its children: that is the one of readers and of the
    // Tab key.
    static QList<QQuickItem*> rowsOf(const Stage& stage) {
        const QQuickItem* list = stage.find(QStringLiteral("activityList"));
        QList<QQuickItem*> rows;
        for (QQuickItem* row : list->property("contentItem").value<QQuickItem*>()->childItems()) {
            if (row->isVisible() && row->opacity() > 0 && !nameOf(row).isEmpty()) {
                rows.append(row);
            }
        }
        return rows;
    }
    static QString nameOf(QQuickItem* item) {
        QAccessibleInterface* at = QAccessible::queryAccessibleInterface(item);
        return at ? at->text(QAccessible::Name) : QString();
    }
    static QStringList namesOf(const QList<QQuickItem*>& rows) {
        QStringList names;
        for (QQuickItem* row : rows) {
            names.append(nameOf(row));
        }
        return names;
    }
    static QStringList readers(const Stage& stage) { return namesOf(rowsOf(stage)); }
    static QStringList seen(const Stage& stage) {
        QList<QQuickItem*> rows = rowsOf(stage);
        std::ranges::stable_sort(rows, {}, &QQuickItem::y);
        return namesOf(rows);
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::ActivityPageTest)

#include "activity_page_test.moc"
