// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is done while a video plays: clear view, the link, dragging the seek bar. By mouse and by keyboard.
#include "tests/qml/support/double_click.h"
#include "tests/qml/support/rest.h"
#include "tests/qml/support/stage_people.h"
#include "tests/qml/support/test_main.h"

#include <QAccessible>
#include <QClipboard>
#include <QExposeEvent>
#include <QSignalSpy>

#include <private/qwindow_p.h>

namespace tikgok::test {

class WatchingTest : public QObject {
    Q_OBJECT

private:
    // Stands where it stays, and in sight.
    static bool rests(const Stage& stage, const char* name) {
        qreal last = -1;
        return QTest::qWaitFor(
            [&] {
                const QQuickItem* item = stage.find(QLatin1StringView(name));
                if (item == nullptr) {
                    return false;
                }
                const QRectF where = item->mapRectToScene(item->boundingRect());
                return std::exchange(last, where.y()) == where.y() && where.top() >= 0 &&
                       where.bottom() <= stage.window()->height();
            },
            10000);
    }
    static void openMenu(Stage& stage) {
        QVERIFY(rests(stage, "moreButton"));
        stage.press(QStringLiteral("moreButton"));
        QVERIFY(rests(stage, "clearView"));
    }
    // The same by pressing the video long.
    static void holdVideo(Stage& stage) {
        const QPoint middle(150, 300);
        QTest::mousePress(stage.window(), Qt::LeftButton, Qt::NoModifier, middle);
        QVERIFY(rests(stage, "clearView"));
        QTest::mouseRelease(stage.window(), Qt::LeftButton, Qt::NoModifier, middle);
    }
    static bool seen(const Stage& stage, const char* name) {
        return stage.find(QLatin1StringView(name)) != nullptr;
    }
    static bool bare(const Stage& stage) {
        for (const char* name : {"likeButton", "moreButton", "muteButton", "forYouTab", "authorButton"}) {
            if (seen(stage, name)) {
                return false;
            }
        }
        return true;
    }
    // On the bar, so far along it as `part` of it says.
    static QPoint along(const Stage& stage, double part) {
        const QQuickItem* bar = stage.find(QStringLiteral("seekBar"));
        // The line keeps a distance from both ends.
        const double edge = stage.find(QStringLiteral("seekLine"))->x();
        return bar->mapToScene(QPointF(edge + (bar->width() - 2 * edge) * part, bar->height() / 2)).toPoint();
    }
    static bool near(double ms, double wanted) { return std::abs(ms - wanted) < 120; }

    // As a window manager takes a window from the screen without a word about its state.
    static void setExposed(const Stage& stage, bool exposed) {
        QWindow* window = stage.window();
        static_cast<QWindowPrivate*>(QObjectPrivate::get(window))->exposed = exposed;
        QExposeEvent event(exposed ? QRegion(QRect(QPoint(), window->size())) : QRegion());
        QCoreApplication::sendEvent(window, &event);
    }

private Q_SLOTS:
    void offTheScreenNothingPlays() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.playback.isActive());
        QTRY_VERIFY(stage.conversations.awake());
        setExposed(stage, false);
        QVERIFY(stage.window()->isVisible());
        QTRY_VERIFY(!stage.playback.isActive());
        QVERIFY(!stage.conversations.awake());
        setExposed(stage, true);
        QTRY_VERIFY(stage.playback.isActive());
        // A blink, as on the way to full screen, stops nothing.
        QSignalSpy active(&stage.playback, &PlaybackController::activeChanged);
        setExposed(stage, false);
        setExposed(stage, true);
        QTest::qWait(500);  // longer than as it takes: nothing happens
        QCOMPARE(active.count(), 0);
        QVERIFY(stage.playback.isActive());
    }

    // As somebody or a desktop hides it, or puts it among the icons.
    void hiddenAndMinimisedNothingPlays() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.playback.isPlaying());
        stage.window()->hide();
        QTRY_VERIFY(!stage.playback.isActive());
        QVERIFY(!stage.playback.isPlaying());
        stage.window()->show();
        QTRY_VERIFY(stage.playback.isPlaying());
        stage.window()->showMinimized();
        QTRY_VERIFY(!stage.playback.isActive());
        QVERIFY(!stage.playback.isPlaying());
        stage.window()->showNormal();
        QTRY_VERIFY(stage.playback.isPlaying());
    }

    // In the menu: for what plays, for those beside it, and for the next start.
    void speedReachesThePlayers() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(stage.playback.isPlaying());
        openMenu(stage);
        const QQuickItem* choice = stage.find(QStringLiteral("speedChoice"));
        QVERIFY(choice);
        QQuickItem* twice = nullptr;
        for (QQuickItem* part : choice->childItems()) {
            for (QQuickItem* option : part->childItems()) {
                if (option->property("text").toString().startsWith(u'2')) {
                    twice = option;
                }
            }
        }
        QVERIFY(twice);
        QVERIFY(waitForRest(stage.window()));
        pressItem(stage, twice);
        QTRY_COMPARE(stage.playback.rate(), 2.0);
        int loaded = 0;
        for (const StillPlayer* player : std::as_const(stage.projector->players)) {
            loaded += player->source().isEmpty() ? 0 : 1;
            QVERIFY(player->source().isEmpty() || player->rate() == 2.0);
        }
        QVERIFY(loaded > 1);
        QCOMPARE(stage.settings.playbackRate(), 2.0);
        QCOMPARE(stage.warnings(), QStringList());
    }

    // Its second half finds nothing there yet but what closes the sheet, which is still on its way.
    void doubleClickOpensTheComments() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(part(stage, "commentsButton"));
        QVERIFY(waitForRest(stage.window()));
        const auto pressAbove = [&stage] {
            QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, QPoint(100, 100));
            return !stage.find(QStringLiteral("commentsList"));
        };
        // However slow this computer is.
        DoubleClickInterval interval(600'000);
        pressItem(stage, part(stage, "commentsButton"));
        QTRY_VERIFY(stage.find(QStringLiteral("commentsList")));
        pressAbove();
        QVERIFY(waitForRest(stage.window()));
        QVERIFY(stage.find(QStringLiteral("commentsList")));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(!stage.find(QStringLiteral("commentsList")));
        // Later it is meant.
        interval.set(1);
        pressItem(stage, part(stage, "commentsButton"));
        QTRY_VERIFY(pressAbove());
        QCOMPARE(stage.warnings(), QStringList());
    }

    // The button over the video is the same choice as the one in the settings, and the one after a restart.
    void soundIsRemembered() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QVERIFY(stage.settings.muted());
        stage.press(QStringLiteral("muteButton"));
        QVERIFY(!stage.playback.isMuted());
        QVERIFY(!stage.settings.muted());
        stage.press(QStringLiteral("muteButton"));
        QVERIFY(stage.settings.muted());
        // And the other way round.
        stage.settings.setMuted(false);
        QVERIFY(!stage.playback.isMuted());
    }

    void authorAndTitleAreAtTheBottom() {
        Stage stage;
        stage.setLanguage(QStringLiteral("en"));
        QVERIFY(stage.open());
        stage.start();
        auto* page = stage.find(QStringLiteral("pager"))->property("currentPage").value<QQuickItem*>();
        QVERIFY(page);
        const VideoEntity* video = stage.feed.videoAt(0);
        for (const QString& words : {u'@' + video->author()->name(), video->title()}) {
            const QList<QQuickItem*> parts = page->findChildren<QQuickItem*>();
            const auto label = std::ranges::find_if(parts, [&words](const QQuickItem* part) {
                return part->inherits("QQuickText") && part->isVisible() &&
                       part->property("text").toString() == words;
            });
            QVERIFY2(label != parts.end(), qPrintable(words));
            const QRectF place = (*label)->mapRectToScene((*label)->boundingRect());
            QVERIFY2(place.top() > 844 / 2.0 && place.bottom() < 844, qPrintable(words));
        }
    }

    // A sheet over the video on a phone, a panel beside it on a desktop; the video goes on.
    void commentsLeaveTheVideoGoingOn_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("beside");
        QTest::newRow("phone") << QSize(390, 844) << false;
        QTest::newRow("desktop") << QSize(1200, 800) << true;
    }
    void commentsLeaveTheVideoGoingOn() {
        QFETCH(QSize, size);
        QFETCH(bool, beside);
        Stage stage;
        QVERIFY(stage.open(size));
        stage.start();
        QTRY_VERIFY(stage.playback.isPlaying());
        const QQuickItem* pager = stage.find(QStringLiteral("pager"));
        const double whole = pager->width();
        stage.press(QStringLiteral("commentsButton"));
        QVERIFY(rests(stage, "commentsList"));
        const QQuickItem* list = stage.find(QStringLiteral("commentsList"));
        const double edge = pager->mapToScene(QPointF(pager->width(), 0)).x();
        if (beside) {
            QTRY_VERIFY(pager->width() < whole);
            QVERIFY(list->mapToScene(QPointF()).x() >= pager->mapToScene(QPointF(pager->width(), 0)).x() - 1);
        } else {
            QCOMPARE(pager->width(), whole);
            QVERIFY(list->mapToScene(QPointF()).x() < edge);
            // The video is still to be seen above it.
            QVERIFY(list->mapToScene(QPointF()).y() > 100);
        }
        QVERIFY(stage.playback.isPlaying());
        QVERIFY(!stage.playback.isPaused());
    }

    // Keys are for the video again: what was being written stays as it was.
    void pressingTheVideoLeavesTheField() {
        Stage stage;
        QVERIFY(stage.open(QSize(1200, 800)));
        stage.start();
        QTest::keyClick(stage.window(), Qt::Key_C);
        QTRY_VERIFY(stage.focused() != nullptr && stage.focused()->inherits("QQuickTextArea"));
        const QQuickItem* field = stage.focused();
        QTest::keyClick(stage.window(), 'h');
        QCOMPARE(field->property("text").toString(), QStringLiteral("h"));
        QVERIFY(rests(stage, "pager"));
        const QQuickItem* pager = stage.find(QStringLiteral("pager"));
        QTest::mouseClick(stage.window(), Qt::LeftButton, {},
                          pager->mapToScene(QPointF(pager->width() / 2, pager->height() / 2)).toPoint());
        QTRY_VERIFY(stage.playback.isPaused());
        QTest::keyClick(stage.window(), Qt::Key_J);
        QTRY_COMPARE(stage.playback.currentIndex(), 1);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void clearViewByMouse() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(seen(stage, "likeButton"));
        QVERIFY(!bare(stage));
        openMenu(stage);
        stage.press(QStringLiteral("clearView"));
        QTRY_VERIFY(!seen(stage, "clearView"));  // the menu makes room
        QTRY_VERIFY(bare(stage));
        QVERIFY(stage.playback.isActive());
        QVERIFY(!stage.playback.isPaused());
        // It holds for the next video as well.
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QTRY_COMPARE(stage.playback.currentIndex(), 1);
        QVERIFY(bare(stage));
        // Pressing long leads back to the menu, which leads back to the buttons.
        holdVideo(stage);
        QVERIFY(stage.find(QStringLiteral("clearView"))->property("checked").toBool());
        QQuickItem* toggle = stage.find(QStringLiteral("clearView"));
        toggle->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Space);
        QTRY_VERIFY(seen(stage, "likeButton"));
        QTRY_VERIFY(!seen(stage, "clearView"));
        QCOMPARE(stage.warnings(), QStringList());
    }

    void clearViewByKeyboard() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(seen(stage, "likeButton"));
        QTest::keyClick(stage.window(), Qt::Key_F);
        QTRY_VERIFY(bare(stage));
        QTest::keyClick(stage.window(), Qt::Key_F);
        QTRY_VERIFY(seen(stage, "likeButton"));
        QTest::keyClick(stage.window(), Qt::Key_F);
        QTRY_VERIFY(bare(stage));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(seen(stage, "likeButton"));
        QVERIFY(seen(stage, "forYouTab"));
    }

    void linkIsCopied_data() {
        QTest::addColumn<QString>("by");
        for (const char* by : {"mouse", "keyboard", "share button"}) {
            QTest::newRow(by) << QString::fromLatin1(by);
        }
    }
    void linkIsCopied() {
        QFETCH(QString, by);
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QGuiApplication::clipboard()->setText(QStringLiteral("before"));
        // Of the one that is watched, not of the first.
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QTRY_COMPARE(stage.playback.currentIndex(), 1);
        if (by != QLatin1StringView("share button")) {
            holdVideo(stage);
            QVERIFY(rests(stage, "copyLink"));
        }
        if (by == QLatin1StringView("share button")) {
            QTRY_VERIFY(part(stage, "shareButton"));
            QVERIFY(waitForRest(stage.window()));
            pressItem(stage, part(stage, "shareButton"));
        } else if (by == QLatin1StringView("mouse")) {
            stage.press(QStringLiteral("copyLink"));
        } else {
            stage.find(QStringLiteral("copyLink"))->forceActiveFocus(Qt::TabFocusReason);
            QTest::keyClick(stage.window(), Qt::Key_Return);
        }
        const QString link = stage.feed.videoAt(1)->playUrl().toString();
        QVERIFY(link.startsWith(QLatin1String("http")));
        QVERIFY(link != stage.feed.videoAt(0)->playUrl().toString());
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), link);
        QTRY_COMPARE(stage.object(QStringLiteral("toasts"))->property("text").toString(),
                     QStringLiteral("Link copied"));
        QTRY_VERIFY(!seen(stage, "copyLink"));
        QVERIFY(!stage.playback.isPaused());
    }

    void draggingTheSeekBar() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(seen(stage, "seekBar"));
        QTRY_COMPARE(stage.playback.durationMs(), 8000.0);
        QQuickItem* bar = stage.find(QStringLiteral("seekBar"));
        QTest::mousePress(stage.window(), Qt::LeftButton, Qt::NoModifier, along(stage, 0.2));
        for (const double part : {0.25, 0.35, 0.5}) {
            QTest::mouseMove(stage.window(), along(stage, part));
        }
        QTRY_VERIFY(bar->property("dragging").toBool());
        // The picture follows before the finger is lifted.
        QTRY_VERIFY2(near(stage.playback.positionMs(), 4000),
                     qPrintable(QString::number(stage.playback.positionMs())));
        QTest::mouseMove(stage.window(), along(stage, 0.75));
        QTRY_VERIFY(near(bar->property("shownMs").toDouble(), 6000));
        QTest::mouseRelease(stage.window(), Qt::LeftButton, Qt::NoModifier, along(stage, 0.75));
        QTRY_VERIFY(!bar->property("dragging").toBool());
        QTRY_VERIFY2(near(stage.playback.positionMs(), 6000),
                     qPrintable(QString::number(stage.playback.positionMs())));
        // It is neither a swipe nor a tap.
        QCOMPARE(stage.playback.currentIndex(), 0);
        QVERIFY(!stage.playback.isPaused());
        // Beyond its ends there is nothing.
        QTest::mousePress(stage.window(), Qt::LeftButton, Qt::NoModifier, along(stage, 0.5));
        QTest::mouseMove(stage.window(), along(stage, 0.3));
        QTest::mouseMove(stage.window(), along(stage, 0.1));
        QTest::mouseMove(stage.window(), QPoint(0, along(stage, 0).y()));
        QTest::mouseRelease(stage.window(), Qt::LeftButton, Qt::NoModifier, QPoint(0, along(stage, 0).y()));
        QTRY_COMPARE(stage.playback.positionMs(), 0.0);
        QCOMPARE(stage.warnings(), QStringList());
    }

    void heartWhereTheFingerWas() {
        Stage stage;
        stage.settings.setReducedMotion(false);
        QVERIFY(stage.open());
        stage.start();
        stage.signIn();
        const QPoint finger(150, 300);
        QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, finger);
        QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, finger);
        QVERIFY(seen(stage, "heart"));
        const QQuickItem* heart = stage.find(QStringLiteral("heart"));
        // It grows.
        QTRY_VERIFY(heart->mapRectToScene(heart->boundingRect()).contains(finger));
        QTRY_VERIFY(!seen(stage, "heart"));
    }

    // When it was chosen, and while nobody reads the comments of the video.
    void autoScrollGoesOnAfterTheVideo() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        Q_EMIT stage.playback.looped(0);
        QCOMPARE(stage.playback.currentIndex(), 0);
        stage.settings.setAutoScroll(true);
        Q_EMIT stage.playback.looped(0);
        QCOMPARE(stage.playback.currentIndex(), 1);
        QTest::keyClick(stage.window(), Qt::Key_C);
        QTRY_VERIFY(seen(stage, "commentsList"));
        Q_EMIT stage.playback.looped(1);
        QCOMPARE(stage.playback.currentIndex(), 1);
    }

    void tappingTheSeekBar() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(seen(stage, "seekBar"));
        QTRY_COMPARE(stage.playback.durationMs(), 8000.0);
        QTest::mouseClick(stage.window(), Qt::LeftButton, Qt::NoModifier, along(stage, 0.25));
        QTRY_VERIFY2(near(stage.playback.positionMs(), 2000),
                     qPrintable(QString::number(stage.playback.positionMs())));
        QVERIFY(!stage.playback.isPaused());
    }

    void seekBarByKeyboardAndScreenReader() {
        Stage stage;
        QVERIFY(stage.open());
        stage.start();
        QTRY_VERIFY(seen(stage, "seekBar"));
        QTRY_COMPARE(stage.playback.durationMs(), 8000.0);
        stage.playback.seek(1000);
        QQuickItem* bar = stage.find(QStringLiteral("seekBar"));
        bar->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Right);
        QTRY_COMPARE(stage.playback.positionMs(), 6000.0);
        QTest::keyClick(stage.window(), Qt::Key_Right);
        QTRY_COMPARE(stage.playback.positionMs(), 8000.0);
        QTest::keyClick(stage.window(), Qt::Key_Left);
        QTRY_COMPARE(stage.playback.positionMs(), 3000.0);
        QTest::keyClick(stage.window(), Qt::Key_End);
        QTRY_COMPARE(stage.playback.positionMs(), 7000.0);
        QTest::keyClick(stage.window(), Qt::Key_Home);
        QTRY_COMPARE(stage.playback.positionMs(), 0.0);
        stage.playback.seek(3000);
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(bar);
        QVERIFY(spoken && spoken->actionInterface());
        spoken->actionInterface()->doAction(QAccessibleActionInterface::increaseAction());
        QTRY_COMPARE(stage.playback.positionMs(), 8000.0);
        spoken->actionInterface()->doAction(QAccessibleActionInterface::decreaseAction());
        QTRY_COMPARE(stage.playback.positionMs(), 3000.0);
        QTRY_COMPARE(spoken->text(QAccessible::Description), QStringLiteral("0:03 of 0:08"));
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::WatchingTest)
#include "watching_test.moc"
