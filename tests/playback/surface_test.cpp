// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/playback_engine.h"
#include "qml/Playback/video_surface.h"
#include "tests/playback/recording_sink.h"

#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>
#include <QtQml/qqmlextensionplugin.h>

#include <memory>

Q_IMPORT_QML_PLUGIN(TikGok_PlaybackPlugin)

namespace tikgok::test {

// Runs on the software scene graph and, under a display, on OpenGL.
class SurfaceTest : public QObject {
    Q_OBJECT

private:
    static constexpr int kPatienceMs = 20000;

    static QUrl clip(const QString& name) {
        return QUrl::fromLocalFile(QStringLiteral(TIKGOK_CLIPS "/") + name);
    }

    struct Rig {
        explicit Rig(QSize size = {200, 200}) {
            EngineOptions options;
            options.audio = false;
            engine = std::make_unique<PlaybackEngine>(options);
            player = engine->makePlayer();
            window.setColor(Qt::green);
            window.resize(size);
            surface = new VideoSurface(window.contentItem());
            surface->setSize(size);
            surface->setPlayer(player.get());
            window.show();
        }
        bool waitForFrame() {
            return QTest::qWaitFor([this] { return surface->hasFrame(); }, kPatienceMs);
        }
        QColor at(double x, double y) {
            const QImage image = window.grabWindow();
            return image.pixelColor(int(x * image.width()), int(y * image.height()));
        }
        std::unique_ptr<PlaybackEngine> engine;
        std::unique_ptr<Player> player;
        QQuickWindow window;
        VideoSurface* surface = nullptr;
    };

    static bool isRed(const QColor& c) { return c.red() > 235 && c.green() < 25 && c.blue() < 25; }
    static bool isBlue(const QColor& c) { return c.red() < 25 && c.green() < 25 && c.blue() > 235; }
    static bool isGreen(const QColor& c) { return c == QColor(Qt::green); }

private Q_SLOTS:
    void init() { qInfo("scene graph: %s", qPrintable(QQuickWindow::sceneGraphBackend())); }

    void showsMovingPictures() {
        Rig rig({270, 480});
        QVERIFY(isGreen(rig.at(0.5, 0.5)));
        QCOMPARE(rig.surface->hasFrame(), false);
        rig.player->setSource(clip(QStringLiteral("portrait.mp4")));
        QVERIFY(rig.waitForFrame());
        // Preloaded, not playing: the first frame stands. It is as good as black (16 is black, it has 20).
        const int first = rig.at(0.5, 0.5).green();
        QVERIFY(first < 12);
        QCOMPARE(rig.surface->framesPresented(), 1);
        QCOMPARE(rig.surface->sourceSize(), QSize(270, 480));
        rig.player->play();
        QTRY_VERIFY_WITH_TIMEOUT(rig.surface->framesPresented() > 20, kPatienceMs);
        const QColor later = rig.at(0.5, 0.5);
        QVERIFY2(later.green() > first + 20, qPrintable(later.name()));
        QVERIFY(std::abs(later.red() - later.green()) < 6 && std::abs(later.blue() - later.green()) < 6);
        const int then = rig.surface->framesPresented();
        QTRY_VERIFY_WITH_TIMEOUT(rig.surface->framesPresented() > then + 5, kPatienceMs);
        QVERIFY(rig.at(0.5, 0.5) != later);
    }

    void coloursAreRight() {
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("red.mp4")));
        QVERIFY(rig.waitForFrame());
        const QColor colour = rig.at(0.5, 0.5);
        QVERIFY2(isRed(colour), qPrintable(colour.name()));
    }

    void fitsAndCrops() {
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("halves.mp4")));  // 120 x 80
        QVERIFY(rig.waitForFrame());
        QCOMPARE(rig.surface->contentRect().width(), 200.0);
        QCOMPARE(rig.surface->contentRect().height(), 200.0 * 80 / 120);
        // Outside of the picture the window shows through.
        QVERIFY(isGreen(rig.at(0.5, 0.05)));
        QVERIFY(isRed(rig.at(0.1, 0.4)));
        QVERIFY(isBlue(rig.at(0.9, 0.6)));
        rig.surface->setFillMode(VideoSurface::Crop);
        QCOMPARE(rig.surface->contentRect().height(), 200.0);
        QCOMPARE(rig.surface->contentRect().width(), 300.0);
        QVERIFY(isRed(rig.at(0.02, 0.05)));
        QVERIFY(isBlue(rig.at(0.98, 0.95)));
        rig.surface->setSize({100, 200});
        QVERIFY(isRed(rig.at(0.25, 0.25)));
        QVERIFY(isGreen(rig.at(0.75, 0.25)));
    }

    void turnsWhatTheCameraHeldSideways() {
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("halves_turned.mp4")));
        QVERIFY(rig.waitForFrame());
        QCOMPARE(rig.surface->sourceSize(), QSize(80, 120));
        QVERIFY(isRed(rig.at(0.6, 0.5)));
        QVERIFY(isBlue(rig.at(0.4, 0.5)));
    }

    void neverShowsAnOldPicture() {
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("red.mp4")));
        QVERIFY(rig.waitForFrame());
        QSignalSpy changed(rig.surface, &VideoSurface::hasFrameChanged);
        rig.player->setSource(clip(QStringLiteral("not_there.mp4")));
        QCOMPARE(rig.surface->hasFrame(), false);
        QCOMPARE(changed.count(), 1);
        QVERIFY(isGreen(rig.at(0.5, 0.5)));
        rig.player->setSource(clip(QStringLiteral("red.mp4")));
        QVERIFY(rig.waitForFrame());
        QVERIFY(isRed(rig.at(0.5, 0.5)));
        // Nor one of another player.
        const std::unique_ptr<Player> other = rig.engine->makePlayer();
        rig.surface->setPlayer(other.get());
        QCOMPARE(rig.surface->hasFrame(), false);
        QVERIFY(isGreen(rig.at(0.5, 0.5)));
        rig.surface->setPlayer(rig.player.get());
        QVERIFY(rig.waitForFrame());
        QVERIFY(isRed(rig.at(0.5, 0.5)));
        rig.player.reset();
        QCOMPARE(rig.surface->player(), nullptr);
        QCOMPARE(rig.surface->hasFrame(), false);
        QVERIFY(isGreen(rig.at(0.5, 0.5)));
        rig.surface->setPlayer(nullptr);
    }

    void aSurfaceMayGoFirst() {
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("portrait.mp4")));
        rig.player->play();
        QVERIFY(rig.waitForFrame());
        delete rig.surface;
        const quint64 shown = rig.player->statistics().framesShown;
        QTRY_VERIFY_WITH_TIMEOUT(rig.player->statistics().framesShown > shown + 3, kPatienceMs);
        rig.surface = new VideoSurface(rig.window.contentItem());
        rig.surface->setSize({200, 200});
        rig.surface->setPlayer(rig.player.get());
        QVERIFY(rig.waitForFrame());
    }

    void aRefreshOfTheSizeWhilePlaying() {
        Rig rig({400, 400});
        rig.player->setSource(clip(QStringLiteral("landscape.mp4")));
        rig.player->play();
        QVERIFY(rig.waitForFrame());
        for (int i = 0; i < 40; ++i) {
            rig.surface->setSize(QSizeF(20 + i * 13 % 380, 20 + i * 29 % 380));
            rig.surface->setFillMode(i % 2 == 0 ? VideoSurface::Fit : VideoSurface::Crop);
            QTest::qWait(10);
        }
        rig.surface->setSize({0, 0});
        QTest::qWait(20);
        rig.surface->setSize({400, 400});
        const int shown = rig.surface->framesPresented();
        QTRY_VERIFY_WITH_TIMEOUT(rig.surface->framesPresented() > shown + 3, kPatienceMs);
    }

    void isKnownInQml() {
        QQmlEngine engine;
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        QQmlComponent component(&engine);
        component.setData(
            "import QtQuick\n"
            "import TikGok.Playback\n"
            "VideoSurface { fillMode: VideoSurface.Crop; property int failed: Player.Failed;\n"
            "  property int notFound: Player.NotFound; visible: player === null && !hasFrame }",
            QUrl());
        const std::unique_ptr<QObject> made(component.create());
        QVERIFY2(made, qPrintable(component.errorString()));
        QCOMPARE(made->property("failed").toInt(), int(Player::State::Failed));
        QCOMPARE(made->property("notFound").toInt(), int(Player::ErrorKind::NotFound));
        QCOMPARE(made->property("visible").toBool(), true);
    }
};

}  // namespace tikgok::test

QTEST_MAIN(tikgok::test::SurfaceTest)
#include "surface_test.moc"
