// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Recording with a camera that ffmpeg makes up: the program really runs, and the film is looked into again.
// What a camera or a disk can do wrong is in camera_trouble_test.cpp.

#include "core/camera/camera_recorder.h"

#include "tests/core/support/camera_rig.h"
#include "tests/support/encoder.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

namespace tikgok {

using test::factsOf;
using test::madeUpCamera;
using test::nobodyRuns;
using test::testCamera;
using test::waitUntil;
using Rig = test::CameraRig;
using State = CameraRecorder::State;
using Trouble = RecordTrouble;

namespace {

QByteArray lumaOf(const VideoFrame& frame) {
    return frame.isNull() ? QByteArray()
                          : QByteArray(reinterpret_cast<const char*>(frame.planes[0].data),
                                       frame.planes[0].stride * frame.planes[0].size.height());
}

bool isOwners(const QString& path) {
    constexpr QFile::Permissions kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                           QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    return QFile::exists(path) && !(QFile::permissions(path) & kOthers);
}

}  // namespace

class CameraRecorderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::skipWithoutEncoder(); }
    // A child that is left would be found by the next test's nobodyRuns().
    void cleanup() { QVERIFY(nobodyRuns()); }

    void fromCameraToFilm() {
        Rig rig;
        QVERIFY(rig.found());
        QVERIFY(rig.recorder->equipped());
        QCOMPARE(rig.recorder->camera(), QStringLiteral("front"));
        QVERIFY(rig.shows());
        QVERIFY(waitUntil([&] { return rig.sink.shown >= 2; }));
        QCOMPARE(rig.sink.last.size, QSize(320, 240));
        const QByteArray first = lumaOf(rig.sink.last);
        QVERIFY(waitUntil([&] { return lumaOf(rig.sink.last) != first; }));
        QCOMPARE(rig.files(), QStringList());  // nothing is kept of what is only shown
        QVERIFY(rig.records());
        QCOMPARE(rig.files().size(), 1);
        QVERIFY(isOwners(rig.folder.filePath(QStringLiteral("recordings/") + rig.files().first())));
        QVERIFY(!rig.recorder->silent());
        const int before = rig.sink.shown;
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() >= 1200; }));
        QVERIFY(rig.sink.shown > before + 5);
        rig.recorder->stop();
        QCOMPARE(rig.recorder->state(), State::Finishing);
        QVERIFY(rig.is(State::Off));
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
        QVERIFY(!rig.recovered);
        QCOMPARE(rig.recorder->trouble(), Trouble::None);
        QVERIFY(rig.recorder->kept());
        QCOMPARE(rig.files(), QStringList{QFileInfo(rig.films.first()).fileName()});
        QVERIFY(isOwners(rig.films.first()) && isOwners(QFileInfo(rig.films.first()).path()));
        const MediaFacts facts = factsOf(rig.films.first());
        QCOMPARE(facts.container, QStringLiteral("MP4"));
        QCOMPARE(facts.videoCodec, QStringLiteral("H.264"));
        QCOMPARE(facts.audioCodec, QStringLiteral("AAC"));
        QCOMPARE(facts.size, QSize(320, 240));
        QVERIFY2(facts.durationMs >= 1000, qPrintable(QString::number(facts.durationMs)));
        // The table of contents comes first, so that it plays while it is being fetched.
        QFile film(rig.films.first());
        QVERIFY(film.open(QIODevice::ReadOnly));
        const QByteArray bytes = film.readAll();
        QVERIFY(bytes.indexOf("moov") > 0 && bytes.indexOf("moov") < bytes.indexOf("mdat"));
        QVERIFY(nobodyRuns());
    }

    void cancelKeepsNothing() {
        Rig rig;
        QVERIFY(rig.found() && rig.shows() && rig.records());
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() > 0; }));
        rig.recorder->cancel();
        QCOMPARE(rig.recorder->state(), State::Off);
        QVERIFY(nobodyRuns());
        QVERIFY(waitUntil([&] { return rig.files().isEmpty(); }));
        QVERIFY(rig.films.isEmpty());
        QCOMPARE(rig.recorder->trouble(), Trouble::None);
        // And again, at once.
        rig.recorder->open();
        rig.recorder->cancel();
        QVERIFY(rig.shows());
        rig.recorder->leave();
        QCOMPARE(rig.recorder->state(), State::Off);
        QVERIFY(rig.sink.resets > 0);
    }

    void leavingWhileRecordingKeeps() {
        Rig rig;
        QVERIFY(rig.found() && rig.shows() && rig.records());
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() >= 500; }));
        rig.recorder->leave();
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
        QVERIFY(factsOf(rig.films.first()).durationMs > 0);
    }

    void anotherCamera() {
        Rig rig({}, {.cameras = {testCamera(),
                                 madeUpCamera(QStringLiteral("dark"),
                                              QStringLiteral("color=c=black:size=200x360:rate=25"))},
                     .sounds = {}});
        QVERIFY(rig.found());
        QCOMPARE(rig.recorder->cameraList().size(), 2);
        QVERIFY(rig.shows());
        rig.recorder->choose(QStringLiteral("dark"));
        QCOMPARE(rig.recorder->state(), State::Opening);
        QVERIFY(rig.is(State::Showing));
        QVERIFY(waitUntil([&] { return rig.sink.last.size == QSize(200, 360); }));
        QVERIFY(rig.records());
        QVERIFY(rig.recorder->silent());
        rig.recorder->choose(QStringLiteral("front"));  // not while it records
        QCOMPARE(rig.recorder->camera(), QStringLiteral("dark"));
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() > 300; }));
        rig.recorder->stop();
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
        QCOMPARE(factsOf(rig.films.first()).size, QSize(200, 360));
        QCOMPARE(factsOf(rig.films.first()).audioCodec, QString());
    }

    void microphoneThatDoesNotWorkIsPassedOver() {
        Rig rig({}, {.cameras = {testCamera()},
                     .sounds = {{QStringLiteral("-f"), QStringLiteral("alsa"), QStringLiteral("-i"),
                                 QStringLiteral("no-such-microphone")}}});
        QVERIFY(rig.found() && rig.shows() && rig.records());
        QVERIFY(rig.recorder->silent());
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() > 300; }));
        rig.recorder->stop();
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
    }

    // A window that has no time drops pictures; the recording does not wait for it.
    void slowWindowCostsPicturesOnly() {
        Rig rig;
        QVERIFY(rig.found() && rig.shows() && rig.records());
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() > 0; }));
        const int shown = rig.sink.shown;
        const qint64 before = rig.recorder->milliseconds();
        // The length of the stall is what is tested here.
        QThread::msleep(2000);
        QCoreApplication::processEvents();
        QVERIFY2(rig.sink.shown - shown <= 3, qPrintable(QString::number(rig.sink.shown - shown)));
        QVERIFY2(rig.recorder->milliseconds() - before >= 1000,
                 qPrintable(QString::number(rig.recorder->milliseconds() - before)));
        rig.recorder->cancel();
    }

    void camerasComeAndGo() {
        Rig rig({}, {});
        rig.cameras->folder = rig.folder.path();
        QSignalSpy changed(rig.recorder.get(), &CameraRecorder::camerasChanged);
        rig.recorder->look();
        QVERIFY(waitUntil([&] { return rig.recorder->equipped(); }));
        QVERIFY(!rig.recorder->available());
        rig.cameras->set({.cameras = {testCamera()}, .sounds = {}});
        QFile device(rig.folder.filePath(QStringLiteral("video0")));
        QVERIFY(device.open(QIODevice::WriteOnly));
        QVERIFY(waitUntil([&] { return rig.recorder->available(); }));
        QCOMPARE(rig.recorder->camera(), QStringLiteral("front"));
        rig.cameras->set({});
        QVERIFY(device.remove());
        QVERIFY(waitUntil([&] { return !rig.recorder->available(); }));
        QCOMPARE(rig.recorder->camera(), QString());
        rig.recorder->open();
        QCOMPARE(rig.recorder->trouble(), Trouble::CameraGone);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::CameraRecorderTest)
#include "camera_recorder_test.moc"
