// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pager moves by exactly one video, whatever it is moved with.
#include "tests/qml/support/test_main.h"

#include <QElapsedTimer>
#include <QPointingDevice>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQmlExpression>
#include <QQmlProperty>
#include <QWheelEvent>

#include <algorithm>

namespace tikgok::test {

namespace {

struct Turn {
    int delta = 0;  // positive towards the next video
    bool notched = true;
    int after = 0;  // ms since the one before
    bool moving = false;
};

using Turns = QList<Turn>;

}  // namespace

}  // namespace tikgok::test

Q_DECLARE_METATYPE(tikgok::test::Turn)

namespace tikgok::test {

class PagerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gate_data();
    void gate();
    void keys_data();
    void keys();
    void fastKeysEachStepOnce();
    void reducedMotionSlidesNothing();
    void wheelStepsOncePerGesture();
    void touchpadStepsOncePerGesture();
    void notchesAfterRestingStepAgain();
    void touch_data();
    void touch();
    void staysAtBothEnds();
    void endPageIsOneStepMore();
    void keepsPlaceWhenResized();
    void everyPageTakesTheHeight();
    void landsExactlyBetweenPixels();
    void makesOnlyNeighbours();
    void keepsItsVideoWhenRowsGo();
    void everyPageShowsItsVideo();
    void refreshDoesNotMove();
    void asksForMoreInTime();

private:
    static QObject* pager(const Stage& stage) { return stage.object(QStringLiteral("pager")); }
    static int position(const Stage& stage) { return pager(stage)->property("position").toInt(); }
    static bool atRest(const Stage& stage) { return !pager(stage)->property("moving").toBool(); }
    // The page whose top edge is at the top of the pager.
    static QList<QQuickItem*> pages(QQuickItem* from);
    static int shown(const Stage& stage);
    static void turn(Stage& stage, QPoint angle, QPoint pixels = {});
    static void swipe(Stage& stage, int by, int steps);
};

QList<QQuickItem*> PagerTest::pages(QQuickItem* from) {
    QList<QQuickItem*> found;
    for (QQuickItem* child : from->childItems()) {
        if (child->objectName() == QLatin1StringView("videoPage")) {
            found.append(child);
        } else {
            found += pages(child);
        }
    }
    return found;
}

int PagerTest::shown(const Stage& stage) {
    QQuickItem* item = stage.find(QStringLiteral("pager"));
    for (QQuickItem* page : item != nullptr ? pages(item) : QList<QQuickItem*>()) {
        if (qAbs(page->mapToItem(item, QPointF(0, 0)).y()) < 0.5) {
            return page->property("index").toInt();
        }
    }
    return -1;
}

void PagerTest::turn(Stage& stage, QPoint angle, QPoint pixels) {
    const QPointF middle(stage.window()->width() / 2.0, 300);
    QWheelEvent event(middle, stage.window()->mapToGlobal(middle), pixels, angle, Qt::NoButton,
                      Qt::NoModifier, pixels.isNull() ? Qt::NoScrollPhase : Qt::ScrollUpdate, false);
    QCoreApplication::sendEvent(stage.window(), &event);
}

void PagerTest::swipe(Stage& stage, int by, int steps) {
    static QPointingDevice* screen = QTest::createTouchDevice();
    const QPoint from(180, by < 0 ? 640 : 200);
    QTest::touchEvent(stage.window(), screen).press(1, from);
    for (int i = 1; i <= steps; ++i) {
        QTest::qWait(8);
        QTest::touchEvent(stage.window(), screen).move(1, from + QPoint(0, by * i / steps));
    }
    QTest::qWait(8);
    QTest::touchEvent(stage.window(), screen).release(1, from + QPoint(0, by));
}

void PagerTest::gate_data() {
    QTest::addColumn<Turns>("turns");
    QTest::addColumn<QList<int>>("steps");

    QTest::newRow("one notch down") << Turns{{120}} << QList<int>{1};
    QTest::newRow("one notch up") << Turns{{-120}} << QList<int>{-1};
    QTest::newRow("notches one after the other, each at rest")
        << Turns{{120}, {120, true, 300}, {120, true, 300}} << QList<int>{1, 1, 1};
    QTest::newRow("notches quickly, while moving")
        << Turns{{120}, {120, true, 20, true}, {120, true, 20, true}} << QList<int>{1, 0, 0};
    QTest::newRow("spinning on after the page came to rest")
        << Turns{{120}, {120, true, 100, true}, {120, true, 100, false}} << QList<int>{1, 0, 1};
    QTest::newRow("back while moving") << Turns{{120}, {-120, true, 40, true}} << QList<int>{1, -1};
    QTest::newRow("a double notch is one gesture") << Turns{{240}} << QList<int>{1};
    QTest::newRow("high resolution: eight parts make a step")
        << Turns{{15, false},    {15, false, 5}, {15, false, 5}, {15, false, 5}, {15, false, 5},
                 {15, false, 5}, {15, false, 5}, {15, false, 5}, {15, false, 5}}
        << QList<int>{0, 0, 0, 0, 0, 0, 0, 1, 0};
    QTest::newRow("touchpad going on for long") << Turns{{90, false},
                                                         {90, false, 16},
                                                         {90, false, 16, true},
                                                         {80, false, 16, true},
                                                         {60, false, 100, false},
                                                         {40, false, 100, false},
                                                         {90, false, 100, false}}
                                                << QList<int>{0, 1, 0, 0, 0, 0, 0};
    QTest::newRow("touchpad again after a rest")
        << Turns{{130, false}, {20, false, 50, true}, {130, false, 400}} << QList<int>{1, 0, 1};
    QTest::newRow("a little and nothing") << Turns{{30, false}, {30, false, 16}} << QList<int>{0, 0};
    QTest::newRow("a little, a rest, a little") << Turns{{100, false}, {100, false, 500}} << QList<int>{0, 0};
    QTest::newRow("sideways") << Turns{{0, false}, {0, true, 5}} << QList<int>{0, 0};
}

void PagerTest::gate() {
    QFETCH(const Turns, turns);
    QFETCH(const QList<int>, steps);
    QQmlEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    QQmlComponent component(&engine, QUrl(QStringLiteral("qrc:/qt/qml/TikGok/Feed/StepGate.qml")));
    const std::unique_ptr<QObject> made(component.create());
    QVERIFY2(made, qPrintable(component.errorString()));
    QList<int> got;
    int now = 100'000;
    for (const Turn& one : turns) {
        now += one.after;
        QQmlExpression push(qmlContext(made.get()), made.get(),
                            QStringLiteral("push(%1, %2, %3, %4)")
                                .arg(one.delta)
                                .arg(one.notched ? QStringLiteral("true") : QStringLiteral("false"))
                                .arg(now)
                                .arg(one.moving ? QStringLiteral("true") : QStringLiteral("false")));
        got.append(push.evaluate().toInt());
    }
    QCOMPARE(got, steps);
}

void PagerTest::keys_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::newRow("Down") << int(Qt::Key_Down) << 2 << 3;
    QTest::newRow("Page down") << int(Qt::Key_PageDown) << 2 << 3;
    QTest::newRow("J") << int(Qt::Key_J) << 2 << 3;
    QTest::newRow("Up") << int(Qt::Key_Up) << 2 << 1;
    QTest::newRow("Page up") << int(Qt::Key_PageUp) << 2 << 1;
    QTest::newRow("K") << int(Qt::Key_K) << 2 << 1;
    QTest::newRow("Up at the top") << int(Qt::Key_Up) << 0 << 0;
    QTest::newRow("Left does not move") << int(Qt::Key_Left) << 2 << 2;
}

void PagerTest::keys() {
    QFETCH(const int, key);
    QFETCH(const int, from);
    QFETCH(const int, to);
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    for (int i = 0; i < from; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Down);
    }
    QCOMPARE(position(stage), from);
    QTest::keyClick(stage.window(), Qt::Key(key));
    QCOMPARE(position(stage), to);
    QTRY_COMPARE(shown(stage), to);
    QCOMPARE(stage.playback.currentIndex(), to);
    QCOMPARE(stage.warnings(), QStringList());
}

void PagerTest::reducedMotionSlidesNothing() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    stage.settings.setReducedMotion(false);
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QVERIFY(!atRest(stage));
    QTRY_VERIFY(atRest(stage));
    stage.settings.setReducedMotion(true);
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QVERIFY(atRest(stage));
    QCOMPARE(shown(stage), 2);
}

void PagerTest::fastKeysEachStepOnce() {
    Stage stage;
    stage.settings.setReducedMotion(false);
    QVERIFY(stage.open());
    stage.start();
    for (int i = 1; i <= 7; ++i) {
        QTest::keyClick(stage.window(), i % 2 == 0 ? Qt::Key_J : Qt::Key_Down);
        QCOMPARE(position(stage), i);
    }
    QTRY_VERIFY(atRest(stage));
    QCOMPARE(shown(stage), 7);
    QCOMPARE(stage.playback.currentIndex(), 7);
}

void PagerTest::wheelStepsOncePerGesture() {
    Stage stage;
    stage.settings.setReducedMotion(false);
    QVERIFY(stage.open());
    stage.start();
    for (int i = 0; i < 5; ++i) {
        turn(stage, QPoint(0, -120));
    }
    QCOMPARE(position(stage), 1);
    QTRY_VERIFY(atRest(stage));
    QCOMPARE(position(stage), 1);
    QCOMPARE(shown(stage), 1);
    turn(stage, QPoint(0, -120));
    QCOMPARE(position(stage), 2);
    QTRY_VERIFY(atRest(stage));
    turn(stage, QPoint(0, 120));
    QTRY_VERIFY(atRest(stage));
    QCOMPARE(shown(stage), 1);
}

void PagerTest::touchpadStepsOncePerGesture() {
    constexpr int kTries = 20;
    constexpr qint64 kGap = 120;  // StepGate takes 160 ms of silence for the end of a gesture
    for (int attempt = 0; attempt < kTries; ++attempt) {
        Stage stage;
        stage.settings.setReducedMotion(false);
        QVERIFY(stage.open());
        stage.start();
        // Half a second of small moves, as a touchpad sends them, on beyond the end of the animation.
        QElapsedTimer since;
        qint64 longest = 0;
        for (int i = 0; i < 70; ++i) {
            since.start();
            turn(stage, QPoint(0, -20), QPoint(0, -10));
            QTest::qWait(8);
            longest = std::max(longest, since.elapsed());
        }
        if (longest > kGap) {
            continue;  // the machine made a pause, so these were two gestures
        }
        QTRY_VERIFY(atRest(stage));
        QCOMPARE(position(stage), 1);
        QCOMPARE(shown(stage), 1);
        return;
    }
    QSKIP("this machine is too busy for a gesture without a pause");
}

void PagerTest::notchesAfterRestingStepAgain() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    for (int i = 1; i <= 4; ++i) {
        turn(stage, QPoint(0, -120));
        QTRY_COMPARE(position(stage), i);
        QCOMPARE(shown(stage), i);
    }
}

void PagerTest::touch_data() {
    QTest::addColumn<int>("by");
    QTest::addColumn<int>("steps");
    QTest::addColumn<int>("to");
    QTest::newRow("quick flick up") << -160 << 4 << 3;
    QTest::newRow("quick flick down") << 160 << 4 << 1;
    QTest::newRow("long way up") << -600 << 40 << 3;
    QTest::newRow("a nudge goes back") << -40 << 30 << 2;
}

void PagerTest::touch() {
    QFETCH(const int, by);
    QFETCH(const int, steps);
    QFETCH(const int, to);
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QTest::keyClick(stage.window(), Qt::Key_Down);
    QTRY_COMPARE(shown(stage), 2);
    swipe(stage, by, steps);
    QTRY_VERIFY(atRest(stage));
    QCOMPARE(position(stage), to);
    QTRY_COMPARE(shown(stage), to);
}

void PagerTest::staysAtBothEnds() {
    Stage stage(StageOptions{.videos = 3});
    QVERIFY(stage.open());
    stage.start();
    turn(stage, QPoint(0, 120));
    QCOMPARE(position(stage), 0);
    QCOMPARE(shown(stage), 0);
    QTRY_COMPARE(stage.feed.state(), FeedModel::State::End);
    for (int i = 0; i < 10; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Down);
    }
    QCOMPARE(position(stage), 3);
}

void PagerTest::endPageIsOneStepMore() {
    Stage stage(StageOptions{.videos = 3});
    QVERIFY(stage.open());
    stage.start();
    QTRY_COMPARE(stage.feed.state(), FeedModel::State::End);
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Down);
    }
    QVERIFY(pager(stage)->property("onTail").toBool());
    QTRY_VERIFY(!stage.playback.isActive());
    QTest::keyClick(stage.window(), Qt::Key_Up);
    QCOMPARE(shown(stage), 2);
    QTRY_VERIFY(stage.playback.isActive());
    QTest::keyClick(stage.window(), Qt::Key_Down);
    stage.press(QStringLiteral("tailAction"));
    QTRY_COMPARE(position(stage), 0);
    QTRY_COMPARE(shown(stage), 0);
    QTRY_COMPARE(stage.playback.currentIndex(), 0);
}

// Also far down, when no page above is there any more to be measured, and when only the bar below goes and
// comes.
void PagerTest::keepsPlaceWhenResized() {
    constexpr int kRow = 12;
    Stage stage(StageOptions{.videos = 30});
    QVERIFY(stage.open());
    stage.start();
    for (int i = 0; i < kRow; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Down);
    }
    QTRY_COMPARE(shown(stage), kRow);
    // What is drawn, not what stands right for a moment and is laid out again before the next picture.
    const auto drawn = [&stage] {
        stage.window()->grabWindow();
        QCoreApplication::processEvents();
        stage.window()->grabWindow();
        return shown(stage);
    };
    for (const QSize size : {QSize(1200, 800), QSize(360, 640), QSize(800, 500), QSize(390, 844)}) {
        stage.window()->resize(size);
        QTRY_COMPARE(shown(stage), kRow);
        QTRY_COMPARE(drawn(), kRow);
        QCOMPARE(stage.playback.currentIndex(), kRow);
    }
    QTest::keyClick(stage.window(), Qt::Key_S);
    QTRY_VERIFY(stage.find(QStringLiteral("pager")) == nullptr);
    drawn();
    QTest::keyClick(stage.window(), Qt::Key_Escape);
    QTRY_COMPARE(shown(stage), kRow);
    QCOMPARE(drawn(), kRow);
}

// A page that was made because the height has changed has to hear of the next change as well.
void PagerTest::everyPageTakesTheHeight() {
    Stage stage(StageOptions{.videos = 30});
    QVERIFY(stage.open());
    stage.start();
    QQuickItem* pager = stage.find(QStringLiteral("pager"));
    const auto fits = [&] {
        const QList<QQuickItem*> made = pages(pager);
        return made.size() > 1 && std::ranges::all_of(made, [pager](const QQuickItem* page) {
                   return page->height() == pager->height();
               });
    };
    for (const int below : {1, 0, 90, 0, 1, 2, 300, 1}) {
        QVERIFY(QQmlProperty::write(pager, QStringLiteral("anchors.bottomMargin"), below));
        QTRY_VERIFY2(fits(), qPrintable(QString::number(below)));
        const int now = position(stage);
        QCOMPARE(shown(stage), now);
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QTRY_COMPARE(shown(stage), now + 1);
    }
}

// What stands above it, words of any size, may leave it a height that is no whole number of pixels.
void PagerTest::landsExactlyBetweenPixels() {
    Stage stage(StageOptions{.videos = 60});
    QVERIFY(stage.open());
    stage.start();
    for (const double below : {0.48, 0.52}) {
        QVERIFY(QQmlProperty::write(stage.find(QStringLiteral("pager")),
                                    QStringLiteral("anchors.bottomMargin"), below));
        for (int i = 0; i < 20; ++i) {
            const int next = position(stage) + 1;
            QTest::keyClick(stage.window(), Qt::Key_Down);
            QTRY_COMPARE(shown(stage), next);
        }
    }
}

void PagerTest::makesOnlyNeighbours() {
    Stage stage(StageOptions{.videos = 30});
    QVERIFY(stage.open());
    stage.start();
    for (int i = 0; i < 15; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QTRY_COMPARE(shown(stage), i + 1);
        const qsizetype made = pages(stage.find(QStringLiteral("pager"))).size();
        QVERIFY2(made <= 5, qPrintable(QString::number(made)));
    }
    QVERIFY2(stage.projector->players.size() <= 3,
             qPrintable(QString::number(stage.projector->players.size())));
}

// After hundreds of swipes the first rows are let go; what is watched does not move.
void PagerTest::keepsItsVideoWhenRowsGo() {
    Stage stage(StageOptions{.videos = 900});
    stage.server.setPageSize(100);
    QVERIFY(stage.open());
    stage.start();
    QQuickItem* pager = stage.find(QStringLiteral("pager"));
    contract::Id last = 0;
    bool gone = false;
    for (int round = 0; round < 7; ++round) {
        const int row = stage.feed.count() - 1;
        const contract::Id wanted = stage.feed.videoAt(row)->id();
        QVERIFY(wanted > last);
        last = wanted;
        bool went = false;
        QMetaObject::invokeMethod(pager, "goTo", Q_RETURN_ARG(bool, went), Q_ARG(int, row));
        QVERIFY(went);
        QTRY_VERIFY(stage.feed.videoAt(stage.feed.count() - 1)->id() != wanted);
        QTRY_COMPARE(pager->property("position").toInt(), stage.feed.currentRow());
        QCOMPARE(stage.feed.videoAt(stage.feed.currentRow())->id(), wanted);
        QTRY_COMPARE(stage.playback.currentIndex(), stage.feed.currentRow());
        gone = gone || stage.feed.videoAt(0)->id() != 1000;
        // The next one is the next one.
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QTRY_COMPARE(stage.feed.videoAt(stage.playback.currentIndex())->id(), wanted + 1);
        QTest::keyClick(stage.window(), Qt::Key_Up);
        QTRY_COMPARE(stage.feed.videoAt(stage.playback.currentIndex())->id(), wanted);
    }
    QVERIFY(gone);
    QVERIFY2(stage.feed.count() <= 500, qPrintable(QString::number(stage.feed.count())));
    QCOMPARE(stage.warnings(), QStringList());
}

// Not only the first one: a player comes to a page that was there before it.
void PagerTest::everyPageShowsItsVideo() {
    Stage stage(StageOptions{.videos = 8});
    QVERIFY(stage.open());
    stage.start();
    const auto coverGone = [&stage](int index) {
        const QList<QQuickItem*> all = pages(stage.find(QStringLiteral("pager")));
        return std::ranges::any_of(all, [index](const QQuickItem* page) {
            return page->property("index").toInt() == index && !page->property("coverShown").toBool();
        });
    };
    QTRY_VERIFY(coverGone(0));
    for (int i = 1; i < 5; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QTRY_COMPARE(shown(stage), i);
        QTRY_VERIFY(coverGone(i));
    }
}

void PagerTest::refreshDoesNotMove() {
    Stage stage;
    QVERIFY(stage.open());
    stage.start();
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Down);
    }
    const QString before = stage.feed.videoAt(3)->videoIdText();
    stage.feed.refresh();
    QTRY_VERIFY(!stage.feed.refreshing());
    QCOMPARE(stage.feed.videoAt(position(stage))->videoIdText(), before);
    QCOMPARE(shown(stage), position(stage));
}

void PagerTest::asksForMoreInTime() {
    Stage stage(StageOptions{.videos = 24});
    stage.server.setPageSize(8);
    QVERIFY(stage.open());
    stage.start();
    for (int i = 0; i < 23; ++i) {
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QTRY_VERIFY(stage.feed.count() > i + 2 || stage.feed.count() == 24);
        QCOMPARE(position(stage), i + 1);
    }
    QSet<QString> seen;
    for (int i = 0; i < stage.feed.count(); ++i) {
        seen.insert(stage.feed.videoAt(i)->videoIdText());
    }
    QCOMPARE(seen.size(), 24);
}

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::PagerTest)

#include "pager_test.moc"
