// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/frame_grabber.h"
#include "tests/playback/engine_rig.h"

#include <QColor>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <set>

namespace tikgok::test {

namespace {

// The most memory of this process since the last `reset`, in kilobytes; 0 where the system does not tell.
qint64 peakKilobytes(bool reset) {
    if (reset) {
        QFile peak(QStringLiteral("/proc/self/clear_refs"));
        if (!peak.open(QIODevice::WriteOnly) || peak.write("5") != 1)
            return 0;
    }
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = status.readAll();
    return all.mid(all.indexOf("VmHWM:") + 6).trimmed().split(' ').constFirst().toLongLong();
}

}  // namespace

class EngineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void playsEveryKind_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QSize>("size");
        QTest::newRow("portrait with sound") << "portrait.mp4" << QSize(270, 480);
        QTest::newRow("landscape") << "landscape.mp4" << QSize(480, 270);
        QTest::newRow("no sound") << "silent.mp4" << QSize(270, 480);
        QTest::newRow("mpeg-ts") << "portrait.ts" << QSize(270, 480);
        QTest::newRow("flv") << "portrait.flv" << QSize(270, 480);
        QTest::newRow("odd height, full chroma") << "odd.mp4" << QSize(270, 481);
        QTest::newRow("odd both, vp9") << "odd.webm" << QSize(271, 481);
        QTest::newRow("vp9 and opus") << "vp9.webm" << QSize(270, 480);
        QTest::newRow("turned by the container") << "rotated.mp4" << QSize(480, 270);
        QTest::newRow("wide pixels") << "wide_pixels.mp4" << QSize(480, 240);
        QTest::newRow("torn off") << "truncated.mp4" << QSize(270, 480);
        QTest::newRow("streams") << "large.mp4" << QSize(540, 960);
    }
    void playsEveryKind() {
        QFETCH(QString, file);
        QFETCH(QSize, size);
        for (const PixelLayout layout : {PixelLayout::Yuv420, PixelLayout::Rgb32}) {
            Rig rig;
            QSignalSpy first(rig.player.get(), &Player::firstFrame);
            rig.player->setFrameRequest({layout, {}});
            QCOMPARE(rig.player->state(), State::Empty);
            rig.player->setSource(clip(file));
            QCOMPARE(rig.player->state(), State::Loading);
            QVERIFY(rig.waitFor(State::Ready));
            QCOMPARE(first.count(), 1);
            QCOMPARE(rig.sink.shown.size(), std::size_t(1));
            QCOMPARE(rig.sink.last.layout, layout);
            QCOMPARE(rig.sink.last.displaySize, size);
            QCOMPARE(toImage(rig.sink.last).size(), size);
            QVERIFY(rig.player->position() < 100);
            QVERIFY(rig.player->duration() >= 900);
            rig.player->play();
            QVERIFY(rig.waitForFrames(8));
            QCOMPARE(rig.player->state(), State::Playing);
            std::set<quint64> numbers;
            for (const auto& shown : rig.sink.shown)
                numbers.insert(shown.number);
            QCOMPARE(numbers.size(), rig.sink.shown.size());
            QCOMPARE(rig.player->statistics().framesShown, quint64(rig.sink.shown.size()));
            QCOMPARE(first.count(), 1);
        }
    }

    void refusesWhatIsNoVideo_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QList<int>>("kinds");
        QTest::newRow("text") << "text.mp4" << QList{int(Kind::Damaged)};
        QTest::newRow("empty") << "empty.mp4" << QList{int(Kind::Damaged)};
        QTest::newRow("no index") << "no_index.mp4" << QList{int(Kind::Damaged)};
        QTest::newRow("rubbish inside") << "rubbish.mp4" << QList{int(Kind::Damaged)};
        QTest::newRow("sound only") << "sound_only.mp4" << QList{int(Kind::NoVideo)};
        QTest::newRow("too many pixels") << "huge.mp4" << QList{int(Kind::Unsupported)};
        QTest::newRow("too many pixels, vp9") << "huge.webm" << QList{int(Kind::Unsupported)};
        QTest::newRow("too many pixels, and the container lies")
            << "secretly_huge.mp4" << QList{int(Kind::Unsupported), int(Kind::Damaged)};
        QTest::newRow("absent") << "not_there.mp4" << QList{int(Kind::NotFound)};
        QTest::newRow("a directory") << "."
                                     << QList{int(Kind::NotFound), int(Kind::Damaged), int(Kind::Network)};
    }
    void refusesWhatIsNoVideo() {
        QFETCH(QString, file);
        QFETCH(QList<int>, kinds);
        Rig rig;
        QSignalSpy failed(rig.player.get(), &Player::failed);
        rig.player->setSource(clip(file));
        rig.player->play();
        QVERIFY(rig.waitFor(State::Failed));
        QCOMPARE(failed.count(), 1);
        QVERIFY2(kinds.contains(int(rig.player->error().kind)), qPrintable(rig.player->error().detail));
        QVERIFY(!rig.player->error().detail.isEmpty());
        // Another source leads out.
        rig.player->setSource(clip(QStringLiteral("silent.mp4")));
        QVERIFY(rig.waitFor(State::Ready));
        QCOMPARE(rig.player->error().kind, Kind::None);
    }

    void showsTheLargestThatPhonesTake() {
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("eight_k.mp4")));
        QVERIFY(rig.waitFor(State::Ready));
        QCOMPARE(rig.sink.last.displaySize, QSize(4320, 7680));
    }

    void takesNoPictureOfTooManyPixels_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("h264") << "huge.mp4";
        QTest::newRow("vp9") << "huge.webm";
        QTest::newRow("the container lies") << "secretly_huge.mp4";
        QTest::newRow("mpeg-ts") << "huge.ts";
        QTest::newRow("mpeg-ts, late") << "late.ts";
        QTest::newRow("mpeg-ps") << "huge.mpg";
        QTest::newRow("flv") << "huge.flv";
    }
    void takesNoPictureOfTooManyPixels() {
        QFETCH(QString, file);
        const qint64 before = peakKilobytes(true);
        FrameGrabber grabber(clip(file).toLocalFile());
        QVERIFY(!grabber.open() || grabber.grab(0, QSize(100, 100)).isNull());
        // One of its pictures is 60 MB. Where the system does not tell, nothing is compared.
        const qint64 used = peakKilobytes(false) - before;
        QVERIFY2(used < 45'000, QByteArray::number(used).constData());
        QVERIFY2(grabber.error().kind == Kind::Unsupported || grabber.error().kind == Kind::Damaged,
                 qPrintable(grabber.error().detail));
    }

    void refusesOtherSchemes() {
        Rig rig;
        rig.player->setSource(QUrl(QStringLiteral("ftp://127.0.0.1/a.mp4")));
        QVERIFY(rig.waitFor(State::Failed));
        QCOMPARE(rig.player->error().kind, Kind::Unsupported);
    }

    void showsTheFramesInOrderAndLoopsWithoutGap() {
        Rig rig;
        QSignalSpy looped(rig.player.get(), &Player::looped);
        rig.player->setSource(clip(QStringLiteral("portrait.mp4")));
        rig.player->play();
        QVERIFY(QTest::qWaitFor([&] { return looped.count() >= 2; }, kPatienceMs));
        QVERIFY(rig.waitForFrames(rig.sink.shown.size() + 10));
        // Two rounds of 60 frames: each follows the one before, but for those that were dropped.
        int missing = 0;
        qint64 worstLoopGapUs = 0;
        for (std::size_t i = 1; i < rig.sink.shown.size(); ++i) {
            const auto& before = rig.sink.shown[i - 1];
            const auto& now = rig.sink.shown[i];
            const int step =
                (RecordingSink::rampIndex(now.luma) - RecordingSink::rampIndex(before.luma) + 60) % 60;
            missing += step - 1;
            if (now.positionMs < before.positionMs)
                worstLoopGapUs = std::max(worstLoopGapUs, now.atUs - before.atUs);
        }
        const auto dropped = int(rig.player->statistics().framesDropped);
        QVERIFY2(missing == dropped,
                 qPrintable(QStringLiteral("missing %1 dropped %2").arg(missing).arg(dropped)));
        qInfo("gap at the loop %.1f ms, dropped %d", double(worstLoopGapUs) / 1000, dropped);
        QVERIFY(worstLoopGapUs > 0);
        QVERIFY2(worstLoopGapUs < 80000 || dropped > 0, qPrintable(QString::number(worstLoopGapUs)));
    }

    void stopsAtTheEndWhenNotLooping() {
        Rig rig;
        rig.player->setLooping(false);
        rig.player->setSource(clip(QStringLiteral("odd.webm")));
        rig.player->play();
        QVERIFY(rig.waitFor(State::Playing));
        QVERIFY(rig.waitFor(State::Paused));
        QVERIFY(rig.player->position() >= 900);
        const auto shown = rig.sink.shown.size();
        rig.player->play();
        QVERIFY(rig.waitForFrames(shown + 3));
        QVERIFY(rig.player->position() < 900);
    }

    void seeksExactly_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("mp4") << "portrait.mp4";
        QTest::newRow("webm") << "vp9.webm";
    }
    void seeksExactly() {
        QFETCH(QString, file);
        Rig rig;
        rig.player->setSource(clip(file));
        QVERIFY(rig.waitFor(State::Ready));
        for (const int frame : {45, 3, 59, 0, 21, 20, 19, 40}) {
            const auto before = rig.sink.shown.size();
            rig.player->seek(frame * 1000 / 30 + 10, true);
            QVERIFY(rig.waitForFrames(before + 1));
            QVERIFY2(
                std::abs(rig.sink.lastIndex() - frame) <= (file.endsWith(QLatin1StringView("webm")) ? 1 : 0),
                qPrintable(QStringLiteral("wanted %1 got %2").arg(frame).arg(rig.sink.lastIndex())));
            QVERIFY(std::abs(rig.player->position() - frame * 1000 / 30) <= 35);
        }
        QCOMPARE(rig.player->state(), State::Ready);
        // Many at once: the last one counts.
        for (int i = 0; i < 50; ++i)
            rig.player->seek(i * 30, true);
        rig.player->seek(1000, true);
        QTRY_VERIFY_WITH_TIMEOUT(std::abs(rig.sink.lastIndex() - 30) <= 1, kPatienceMs);
        // Beyond the end: the last frame.
        rig.player->seek(99999, true);
        QTRY_VERIFY_WITH_TIMEOUT(rig.sink.lastIndex() >= 58, kPatienceMs);
        // Not exact: a key frame (every 20 frames in the mp4), no later than asked for.
        auto before = rig.sink.shown.size();
        rig.player->seek(1100, false);
        QVERIFY(rig.waitForFrames(before + 1));
        QVERIFY(rig.sink.lastIndex() <= 33);
        // And it plays on from there.
        before = rig.sink.shown.size();
        rig.player->play();
        QVERIFY(rig.waitForFrames(before + 5));
    }

    void seeksWhilePlayingAndBeforeLoaded() {
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("portrait.mp4")));
        rig.player->seek(1000, true);
        rig.player->play();
        QVERIFY(rig.waitForFrames(1));
        QCOMPARE(RecordingSink::rampIndex(rig.sink.shown.front().luma), 30);
        QVERIFY(rig.waitForFrames(5));
        rig.player->seek(200, true);
        const auto from = rig.sink.shown.size();
        QVERIFY(rig.waitForFrames(from + 1));
        QCOMPARE(RecordingSink::rampIndex(rig.sink.shown[from].luma), 6);
        QVERIFY(rig.waitForFrames(from + 5));
        QCOMPARE(rig.player->state(), State::Playing);
    }

    void playsAtTheWantedRate_data() {
        QTest::addColumn<double>("rate");
        QTest::newRow("half") << 0.5;
        QTest::newRow("normal") << 1.0;
        QTest::newRow("double") << 2.0;
    }
    void playsAtTheWantedRate() {
        QFETCH(double, rate);
        Rig rig;
        rig.player->setLooping(false);
        rig.player->setSource(clip(QStringLiteral("portrait.mp4")));
        rig.player->setRate(rate);
        rig.player->play();
        QVERIFY(rig.waitForFrames(5));
        const qint64 from = rig.player->position();
        QElapsedTimer clock;
        clock.start();
        QTest::qWait(400);
        const double measured = double(rig.player->position() - from) / double(clock.elapsed());
        QVERIFY2(measured > rate * 0.7 && measured < rate * 1.3, qPrintable(QString::number(measured)));
        // Changed while playing.
        rig.player->setRate(1.5);
        QCOMPARE(rig.player->rate(), 1.5);
        const qint64 then = rig.player->position();
        QVERIFY(then >= from);
    }

    void pauseStopsEverything() {
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("portrait.mp4")));
        rig.player->play();
        QVERIFY(rig.waitForFrames(10));
        rig.player->pause();
        QCOMPARE(rig.player->state(), State::Paused);
        const qint64 position = rig.player->position();
        const auto shown = rig.sink.shown.size();
        QTest::qWait(100);
        const quint64 decoded = rig.player->statistics().framesDecoded;
        const double cpu = processSeconds();
        QTest::qWait(500);
        QVERIFY2(processSeconds() - cpu < 0.1, qPrintable(QString::number(processSeconds() - cpu)));
        QCOMPARE(rig.player->statistics().framesDecoded, decoded);
        QCOMPARE(rig.sink.shown.size(), shown);
        QCOMPARE(rig.player->position(), position);
        rig.player->play();
        QVERIFY(rig.waitForFrames(shown + 3));
        // It goes on where it stopped.
        const int step = RecordingSink::rampIndex(rig.sink.shown[shown].luma) -
                         RecordingSink::rampIndex(rig.sink.shown[shown - 1].luma);
        QVERIFY2(step >= 1 && step <= 4, qPrintable(QString::number(step)));
    }

    void pictureIsUprightAndInTheRightColours() {
        // Ramp frames are grey all over; a red clip shows the matrix.
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("red.mp4")));
        QVERIFY(rig.waitFor(State::Ready));
        const QColor colour = toImage(rig.sink.last).pixelColor(32, 32);
        QVERIFY2(colour.red() > 245 && colour.green() < 12 && colour.blue() < 12, qPrintable(colour.name()));
        Rig rgb;
        rgb.player->setFrameRequest({PixelLayout::Rgb32, QSize(33, 77)});
        rgb.player->setSource(clip(QStringLiteral("rotated.mp4")));
        QVERIFY(rgb.waitFor(State::Ready));
        QCOMPARE(rgb.sink.last.size, QSize(33, 77));
        QCOMPARE(rgb.sink.last.rotation, 0);
    }

    void aNewSourceForgetsTheOldPicture() {
        Rig rig;
        rig.player->setSource(clip(QStringLiteral("portrait.mp4")));
        rig.player->play();
        QVERIFY(rig.waitForFrames(3));
        const int resets = rig.sink.resets;
        rig.player->setSource(clip(QStringLiteral("landscape.mp4")));
        QCOMPARE(rig.sink.resets, resets + 1);
        QVERIFY(rig.sink.last.isNull());
        QVERIFY(rig.waitFor(State::Ready));
        QCOMPARE(rig.sink.last.displaySize, QSize(480, 270));
        rig.player->setSource({});
        QCOMPARE(rig.player->state(), State::Empty);
        QVERIFY(rig.sink.last.isNull());
    }

    void playsWithoutASoundDevice() {
        // The tests' environment points to no sound server.
        EngineOptions options = quiet();
        options.audio = true;
        Rig rig(options);
        rig.player->setSource(clip(QStringLiteral("portrait.mp4")));
        rig.player->play();
        QVERIFY(rig.waitForFrames(60));
        rig.player->setMuted(true);
        rig.player->setVolume(0.5);
        rig.player->setRate(2);
        QVERIFY(rig.waitForFrames(90));
        rig.player->pause();
        rig.player->setMuted(false);
        rig.player->play();
        QVERIFY(rig.waitForFrames(100));
    }
};

}  // namespace tikgok::test

QTEST_GUILESS_MAIN(tikgok::test::EngineTest)
#include "engine_test.moc"
