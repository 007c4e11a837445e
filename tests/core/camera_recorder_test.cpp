// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Recording with a camera that ffmpeg makes up: the program really runs, and the film is looked into again.
// What a camera or a disk can do wrong is said by scripts in place of ffmpeg. The victim of the kill test is
// this program, started again (--victim DIRECTORY).

#include "core/camera/camera_recorder.h"

#include "core/camera/device_cameras.h"
#include "core/camera/recorder_command.h"
#include "core/camera/y4m_reader.h"
#include "core/playback/frame_grabber.h"
#include "tests/core/support/test_camera.h"
#include "tests/core/support/wait.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>

namespace tikgok {

using test::childrenOf;
using test::madeUpCamera;
using test::testCamera;
using test::TestCameras;
using test::testSound;
using test::waitUntil;
using State = CameraRecorder::State;
using Trouble = RecordTrouble;

namespace {

// Counts pictures, and remembers the last one.
class CountingSink final : public FrameSink {
public:
    void present(const VideoFrame& frame) override {
        ++shown;
        last = frame;
    }
    void reset() override { ++resets; }

    int shown = 0;
    int resets = 0;
    VideoFrame last;
};

QByteArray lumaOf(const VideoFrame& frame) {
    return frame.isNull() ? QByteArray()
                          : QByteArray(reinterpret_cast<const char*>(frame.planes[0].data),
                                       frame.planes[0].stride * frame.planes[0].size.height());
}

struct Rig {
    explicit Rig(const std::function<void(RecorderOptions&)>& change = {},
                 CameraLook look = {.cameras = {testCamera()}, .sounds = {testSound()}}) {
        cameras = std::make_shared<TestCameras>(std::move(look));
        RecorderOptions options{.directory = folder.filePath(QStringLiteral("recordings")),
                                .cameras = cameras};
        if (change) {
            change(options);
        }
        make(options);
    }
    ~Rig() { recorder.reset(); }

    void make(const RecorderOptions& options) {
        recorder = std::make_unique<CameraRecorder>(options);
        recorder->frames()->setFrameSink(&sink);
        QObject::connect(recorder.get(), &CameraRecorder::recorded, recorder.get(),
                         [this](const QString& file, bool again) {
                             films.append(file);
                             recovered = again;
                         });
    }

    bool found() {
        recorder->look();
        return waitUntil([this] { return recorder->available(); });
    }
    bool is(State state) {
        return waitUntil([this, state] { return recorder->state() == state; });
    }
    bool shows() {
        recorder->open();
        return is(State::Showing);
    }
    bool records() {
        recorder->record();
        return is(State::Recording);
    }
    // What lies in the folder.
    [[nodiscard]] QStringList files() const {
        return QDir(folder.filePath(QStringLiteral("recordings"))).entryList(QDir::Files);
    }
    // A program of ours in place of ffmpeg.
    QString script(const QByteArray& text) const {
        const QString path = folder.filePath(QStringLiteral("ffmpeg"));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            file.write("#!/bin/sh\n" + text + "\n");
        }
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

    QTemporaryDir folder;
    CountingSink sink;
    QStringList films;
    bool recovered = false;
    std::shared_ptr<TestCameras> cameras;
    std::unique_ptr<CameraRecorder> recorder;
};

bool nobodyRuns() {
    return waitUntil([] { return childrenOf(QCoreApplication::applicationPid()).isEmpty(); });
}

MediaFacts factsOf(const QString& file) {
    FrameGrabber grabber(file);
    if (!grabber.open()) {
        return {};
    }
    // To its end.
    return grabber.grab(grabber.facts().durationMs, QSize(64, 64)).isNull() ? MediaFacts() : grabber.facts();
}

}  // namespace

class CameraRecorderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        if (!test::hasEncoder()) {
            QSKIP("ffmpeg is not installed");
        }
    }

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

    void ends_data() {
        QTest::addColumn<int>("how");
        QTest::addColumn<int>("trouble");
        QTest::newRow("longest") << 0 << int(Trouble::LongestReached);
        QTest::newRow("largest") << 1 << int(Trouble::LargestReached);
        QTest::newRow("disk gets full") << 2 << int(Trouble::DiskFull);
        QTest::newRow("encoder is killed") << 3 << int(Trouble::EncoderDied);
        QTest::newRow("camera is taken away") << 4 << int(Trouble::CameraGone);
        QTest::newRow("camera without sound is taken away") << 5 << int(Trouble::CameraGone);
    }
    // It ends in the middle, and what there is until then is a film.
    void ends() {
        QFETCH(int, how);
        QFETCH(int, trouble);
        const auto room = std::make_shared<std::atomic<qint64>>(qint64{1} << 40);
        Rig rig([&](RecorderOptions& options) {
            options.freeBytes = [room](const QString&) { return room->load(); };
            if (how == 0) {
                options.longestMs = 1500;
            }
        });
        if (how >= 4) {
            // With sound ffmpeg says so and goes on; without it finishes the file.
            RecorderOptions options{.directory = rig.folder.filePath(QStringLiteral("recordings")),
                                    .cameras = rig.cameras};
            const QByteArray words =
                "echo '[video4linux2,v4l2 @ 0x55] [error] ioctl(VIDIOC_DQBUF): No such device' >&2";
            const QByteArray script = how == 4 ? "(sleep 2; " + words + ") & exec ffmpeg \"$@\";;\n"
                                               : "ffmpeg -t 2 \"$@\"; code=$?; " + words + "; exit $code;;\n";
            options.program =
                rig.script("case \"$*\" in\n*empty_moov*) " + script + "esac\nexec ffmpeg \"$@\"");
            if (how == 5) {
                rig.cameras->set({.cameras = {testCamera()}, .sounds = {}});
            }
            rig.make(options);
        }
        constexpr qint64 kLargest = 200'000;
        if (how == 1) {
            rig.recorder->setLargest(kLargest);
        }
        QVERIFY(rig.found() && rig.shows() && rig.records());
        if (how >= 2) {
            QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() > 700; }));
        }
        if (how == 2) {
            room->store(0);
        } else if (how == 3) {
            const QList<qint64> children = childrenOf(QCoreApplication::applicationPid());
            QCOMPARE(children.size(), 1);
            QCOMPARE(::kill(static_cast<pid_t>(children.first()), SIGKILL), 0);
        }
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
        QCOMPARE(int(rig.recorder->trouble()), trouble);
        QVERIFY(rig.recorder->kept());
        QCOMPARE(rig.recorder->state(), State::Off);
        const MediaFacts facts = factsOf(rig.films.first());
        QCOMPARE(facts.videoCodec, QStringLiteral("H.264"));
        QVERIFY(facts.durationMs > 0);
        if (how == 1) {
            QVERIFY(QFileInfo(rig.films.first()).size() > kLargest / 2);
        }
        QCOMPARE(rig.files().size(), 1);
        rig.recorder->forgetTrouble();
        QCOMPARE(rig.recorder->trouble(), Trouble::None);
    }

    void noRoomAtTheStart() {
        Rig rig([](RecorderOptions& options) {
            options.freeBytes = [](const QString&) { return qint64{1000}; };
        });
        QVERIFY(rig.found() && rig.shows());
        rig.recorder->record();
        QVERIFY(rig.is(State::Off));
        QCOMPARE(rig.recorder->trouble(), Trouble::DiskFull);
        QVERIFY(!rig.recorder->kept());
        QVERIFY(rig.films.isEmpty());
        QVERIFY(rig.files().isEmpty());
    }

    // The disk is full when the film is to be made whole: what was recorded can be played as it is.
    void noRoomForTheWholeFilm() {
        Rig rig;
        RecorderOptions options{.directory = rig.folder.filePath(QStringLiteral("recordings")),
                                .cameras = rig.cameras};
        options.program = rig.script(
            "case \"$*\" in\n"
            "*faststart*) echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1;;\n"
            "esac\nexec ffmpeg \"$@\"");
        rig.make(options);
        QVERIFY(rig.found() && rig.shows() && rig.records());
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() > 700; }));
        rig.recorder->stop();
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
        QVERIFY(factsOf(rig.films.first()).durationMs > 0);
        QCOMPARE(rig.files().size(), 1);
    }

    void says_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<int>("trouble");
        const auto line = [](const char* text, int code = 1) {
            return QByteArray("echo '") + text + "' >&2; exit " + QByteArray::number(code);
        };
        QTest::newRow("busy")
            << line("[video4linux2,v4l2 @ 0x1] [error] ioctl(VIDIOC_STREAMON): Device or resource busy")
            << int(Trouble::CameraBusy);
        QTest::newRow("denied") << line("[error] /dev/video7: Permission denied")
                                << int(Trouble::CameraRefused);
        QTest::newRow("gone") << line("[error] /dev/video7: No such file or directory")
                              << int(Trouble::CameraGone);
        QTest::newRow("newer words") << line(
                                            "[in#0 @ 0x1] [error] Error opening input: No such device\n"
                                            "Error opening input file /dev/video7: No such device")
                                     << int(Trouble::CameraGone);
        QTest::newRow("cannot read cameras")
            << line("[fatal] Unknown input format: v4l2") << int(Trouble::EncoderUnfit);
        QTest::newRow("something else")
            << line("[error] /dev/video7: Invalid argument") << int(Trouble::CameraFailed);
        QTest::newRow("nothing") << QByteArray("exit 0") << int(Trouble::CameraFailed);
        QTest::newRow("killed") << QByteArray("kill -9 $$") << int(Trouble::EncoderDied);
        QTest::newRow("no picture") << QByteArray("exec sleep 100") << int(Trouble::CameraSilent);
        QTest::newRow("noise") << QByteArray("head -c 3000 /dev/zero; exec sleep 100")
                               << int(Trouble::CameraSilent);
    }
    void says() {
        QFETCH(QByteArray, script);
        QFETCH(int, trouble);
        Rig rig({}, {.cameras = {madeUpCamera(QStringLiteral("/dev/video7"), QStringLiteral("testsrc2"))},
                     .sounds = {}});
        RecorderOptions options{.directory = rig.folder.filePath(QStringLiteral("recordings")),
                                .cameras = rig.cameras,
                                .program = rig.script(script)};
        options.patience = {.firstPicture = std::chrono::milliseconds(400),
                            .asked = std::chrono::milliseconds(100),
                            .told = std::chrono::milliseconds(100)};
        // A busy machine starts a script late.
        if (trouble != int(Trouble::CameraSilent)) {
            options.patience.firstPicture = std::chrono::seconds(20);
        }
        rig.make(options);
        QVERIFY(rig.found());
        rig.recorder->open();
        QVERIFY(rig.is(State::Off));
        QCOMPARE(int(rig.recorder->trouble()), trouble);
        QVERIFY(!rig.recorder->kept());
        QVERIFY(rig.films.isEmpty());
    }

    void withoutTheProgram() {
        Rig rig([](RecorderOptions& options) { options.program = QStringLiteral("no-such-encoder"); });
        QVERIFY(rig.found());
        QVERIFY(!rig.recorder->equipped());
        rig.recorder->open();
        QCOMPARE(rig.recorder->state(), State::Off);
        QCOMPARE(rig.recorder->trouble(), Trouble::NoEncoder);
    }

    void withoutTheEncodersOfH264() {
        Rig rig;
        RecorderOptions options{.directory = rig.folder.filePath(QStringLiteral("recordings")),
                                .cameras = rig.cameras};
        options.program = rig.script(
            "case \"$*\" in\n"
            "*libx264*) echo \"[fatal] Unknown encoder 'libx264'\" >&2; exit 1;;\n"
            "*libopenh264*) echo \"[fatal] Unknown encoder 'libopenh264'\" >&2; exit 1;;\n"
            "esac\nexec ffmpeg \"$@\"");
        rig.make(options);
        QVERIFY(rig.found() && rig.shows());
        rig.recorder->record();
        QVERIFY(rig.is(State::Off));
        QCOMPARE(rig.recorder->trouble(), Trouble::EncoderUnfit);
    }

    // Only the second encoder is there.
    void theOtherEncoderOfH264() {
        Rig rig;
        RecorderOptions options{.directory = rig.folder.filePath(QStringLiteral("recordings")),
                                .cameras = rig.cameras};
        options.program = rig.script(
            "case \"$*\" in\n"
            "*libx264*) echo \"[fatal] Unknown encoder 'libx264'\" >&2; exit 1;;\n"
            "esac\n"
            // Debian's ffmpeg has the first one only.
            "for word; do shift; [ \"$word\" = libopenh264 ] && word=libx264; set -- \"$@\" \"$word\"; done\n"
            "exec ffmpeg \"$@\"");
        rig.make(options);
        QVERIFY(rig.found() && rig.shows() && rig.records());
        QVERIFY(!rig.recorder->silent());
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() > 300; }));
        rig.recorder->stop();
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
    }

    // It does not listen to "q", and not to a polite signal.
    void deafEncoderIsKilled() {
        Rig rig({}, {.cameras = {testCamera()}, .sounds = {}});
        RecorderOptions options{.directory = rig.folder.filePath(QStringLiteral("recordings")),
                                .cameras = rig.cameras};
        options.patience = {.asked = std::chrono::milliseconds(100), .told = std::chrono::milliseconds(100)};
        options.program = rig.script(
            "case \"$*\" in\n"
            "*empty_moov*) trap '' TERM\n"
            "  ffmpeg -t 1 \"$@\" </dev/null; while :; do sleep 0.2; done;;\n"
            "esac\nexec ffmpeg \"$@\"");
        rig.make(options);
        QVERIFY(rig.found() && rig.shows() && rig.records());
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() >= 900; }));
        rig.recorder->stop();
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
        QVERIFY(factsOf(rig.films.first()).durationMs > 0);
    }

    void ownerGoesInTheMiddle_data() {
        QTest::addColumn<int>("when");
        QTest::newRow("looking") << 0;
        QTest::newRow("opening") << 1;
        QTest::newRow("showing") << 2;
        QTest::newRow("starting") << 3;
        QTest::newRow("recording") << 4;
        QTest::newRow("finishing") << 5;
    }
    void ownerGoesInTheMiddle() {
        QFETCH(int, when);
        Rig rig;
        if (when == 0) {
            rig.recorder->look();
        } else {
            QVERIFY(rig.found());
            rig.recorder->open();
        }
        if (when >= 2) {
            QVERIFY(rig.is(State::Showing));
        }
        if (when >= 3) {
            rig.recorder->record();
        }
        if (when >= 4) {
            QVERIFY(rig.is(State::Recording));
            QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() >= 700; }));
        }
        if (when == 5) {
            rig.recorder->stop();
        }
        rig.recorder.reset();
        QCOMPARE(childrenOf(QCoreApplication::applicationPid()), QList<qint64>());
        QVERIFY(rig.films.isEmpty());
        if (when < 4) {
            return;
        }
        // The next one finds what was recorded.
        QCOMPARE(rig.files().size(), 1);
        rig.make({.directory = rig.folder.filePath(QStringLiteral("recordings")), .cameras = rig.cameras});
        rig.recorder->recover();
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
        QVERIFY(rig.recovered);
        QVERIFY(factsOf(rig.films.first()).durationMs > 0);
        QCOMPARE(rig.files(), QStringList{QFileInfo(rig.films.first()).fileName()});
        QCOMPARE(rig.recorder->state(), State::Off);
        QCOMPARE(rig.recorder->trouble(), Trouble::None);
    }

    void leftoversWithoutPicturesGo() {
        Rig rig;
        const QDir directory(rig.folder.filePath(QStringLiteral("recordings")));
        QVERIFY(QDir().mkpath(directory.path()));
        for (const char* name : {"a.mp4.part", "b.mp4.part", "b.mp4.part.making"}) {
            QFile file(directory.filePath(QLatin1StringView(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(name[0] == 'a' ? QByteArray(5000, 'x') : QByteArray());
        }
        rig.recorder->recover();
        QVERIFY(waitUntil([&] { return rig.files().isEmpty(); }));
        QVERIFY(rig.films.isEmpty());
    }

    // Nothing of this program is left when it is killed.
    void encoderDiesWithThisProgram() {
        Rig rig;
        QProcess victim;
        victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        victim.start(QCoreApplication::applicationFilePath(),
                     {QStringLiteral("--victim"), rig.folder.filePath(QStringLiteral("recordings"))});
        QVERIFY(victim.waitForStarted());
        QVERIFY(waitUntil([&] { return victim.canReadLine(); }));
        QCOMPARE(victim.readLine(), QByteArray("recording\n"));
        const QList<qint64> children = childrenOf(victim.processId());
        QCOMPARE(children.size(), 1);
        victim.kill();
        QVERIFY(victim.waitForFinished());
        QVERIFY(waitUntil([&] { return ::kill(static_cast<pid_t>(children.first()), 0) != 0; }));
        rig.recorder->recover();
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
        QVERIFY(rig.recovered);
        QVERIFY(factsOf(rig.films.first()).durationMs > 0);
    }

    // Also one that writes nothing, and would not find out by itself that nobody reads.
    void idleEncoderDiesWithThisProgram() {
        Rig rig;
        QProcess victim;
        victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        victim.start(QCoreApplication::applicationFilePath(),
                     {QStringLiteral("--victim"), rig.folder.filePath(QStringLiteral("recordings")),
                      rig.script("exec sleep 100")});
        QVERIFY(victim.waitForStarted());
        QList<qint64> children;
        QVERIFY(waitUntil([&] {
            children = childrenOf(victim.processId());
            return children.size() == 1;
        }));
        const auto command = [&children] {
            QFile file(QStringLiteral("/proc/%1/cmdline").arg(children.first()));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QVERIFY(waitUntil([&] { return command().startsWith("sleep"); }));
        victim.kill();
        QVERIFY(victim.waitForFinished());
        QVERIFY(waitUntil([&] { return !command().startsWith("sleep"); }));
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

    void onlyTheNewestPictureWaits() {
        PictureBox box;
        VideoFrame frame;
        frame.number = 1;
        QVERIFY(box.put(frame));
        frame.number = 2;
        QVERIFY(!box.put(frame));
        const auto taken = box.take();
        QVERIFY(taken);
        QCOMPARE(taken->number, quint64(2));
        QVERIFY(!box.take());
        QVERIFY(box.put(frame));
    }

    void streamInAnyPieces_data() {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 2, 7, 30, 64, 1000}) {
            QTest::addRow("%d", piece) << piece;
        }
    }
    void streamInAnyPieces() {
        QFETCH(int, piece);
        // 5 x 3: the colours have 3 x 2.
        QByteArray stream("YUV4MPEG2 W5 H3 F20:1 Ip A1:1 C420jpeg XYSCSS=420JPEG\n");
        for (char i = 1; i <= 3; ++i) {
            stream += "FRAME Ixyz\n" + QByteArray(15, i) + QByteArray(6, char(10 * i)) +
                      QByteArray(6, char(20 * i));
        }
        Y4mReader reader;
        std::optional<VideoFrame> last;
        int frames = 0;
        for (qsizetype at = 0; at < stream.size(); at += piece) {
            if (auto frame = reader.feed(stream.mid(at, piece))) {
                last = std::move(frame);
                ++frames;
            }
        }
        QVERIFY(last);
        QCOMPARE(frames, piece < 30 ? 3 : piece == 1000 ? 1 : frames);
        QCOMPARE(last->size, QSize(5, 3));
        QCOMPARE(int(last->planes[0].data[14]), 3);
        QCOMPARE(last->planes[1].size, QSize(3, 2));
        QCOMPARE(int(last->planes[1].data[0]), 30);
        QCOMPARE(int(last->planes[2].data[5]), 60);
        const quint64 number = last->number;
        reader.restart();
        const auto again = reader.feed(stream);
        QVERIFY(again && again->number > number);
    }

    void whatIsNoStreamShowsNothing_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("noise") << QByteArray(5000, 'x');
        QTest::newRow("no size") << QByteArray("YUV4MPEG2 F20:1\nFRAME\n");
        QTest::newRow("too large") << QByteArray("YUV4MPEG2 W100000 H100000\nFRAME\n");
        QTest::newRow("negative") << QByteArray("YUV4MPEG2 W-4 H4\nFRAME\n");
        QTest::newRow("other colours") << "YUV4MPEG2 W2 H2 C444\nFRAME\n" + QByteArray(100, 'x');
        QTest::newRow("deeper colours") << "YUV4MPEG2 W2 H2 C420p10\nFRAME\n" + QByteArray(100, 'x');
        QTest::newRow("no frame") << "YUV4MPEG2 W2 H2 C420\nFRANK\n" + QByteArray(100, '\n');
    }
    void whatIsNoStreamShowsNothing() {
        QFETCH(QByteArray, bytes);
        Y4mReader reader;
        QVERIFY(!reader.feed(bytes));
        QVERIFY(!reader.feed(bytes));
    }

    void devicesOfASystem() {
        QTemporaryDir root;
        const auto write = [&root](const QString& name, const QByteArray& text) {
            const QString path = root.filePath(name);
            QFile file(path);
            return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
                   file.write(text) == text.size();
        };
        for (const int device : {0, 1, 2, 3, 10}) {
            const QString folder = QStringLiteral("class/video%1/").arg(device);
            QVERIFY(write(folder + QStringLiteral("name"), "Device " + QByteArray::number(device) + "\n"));
            QVERIFY(write(folder + QStringLiteral("index"), device == 3 ? "1\n" : "0\n"));
        }
        QVERIFY(write(QStringLiteral("pcm"), "00-00: ALC : ALC : playback 1 : capture 1\n"));
        DevicePlaces places{.classFolder = root.filePath(QStringLiteral("class")),
                            .devices = QStringLiteral("/dev"),
                            .soundSocket = root.filePath(QStringLiteral("native")),
                            .soundCards = root.filePath(QStringLiteral("pcm"))};
        places.ask = [](const QString& path) -> DeviceAnswer {
            using Kind = DeviceAnswer::Kind;
            if (path == QLatin1StringView("/dev/video0")) {
                return {.kind = Kind::Camera, .name = QStringLiteral("HD Webcam"), .jpeg = true};
            }
            if (path == QLatin1StringView("/dev/video1")) {
                return {.kind = Kind::Other, .name = {}};  // what it knows of its pictures
            }
            if (path == QLatin1StringView("/dev/video10")) {
                return {.kind = Kind::Camera, .name = {}};
            }
            return {.kind = Kind::Refused, .name = {}};
        };
        DeviceCameras devices(places);
        const CameraLook look = devices.look();
        QStringList names;
        for (const Camera& camera : look.cameras) {
            names.append(camera.id + QLatin1Char(' ') + camera.name);
        }
        QCOMPARE(names,
                 (QStringList{QStringLiteral("/dev/video0 HD Webcam"), QStringLiteral("/dev/video2 Device 2"),
                              QStringLiteral("/dev/video10 Device 10")}));
        const QString command =
            recordCommand(look.cameras.first(), {}, videoEncoders().first(), QStringLiteral("/x/y.mp4"))
                .join(QLatin1Char(' '));
        QVERIFY2(command.contains(
                     QLatin1StringView("-f v4l2 -input_format mjpeg -video_size 1280x720 -i /dev/video0")),
                 qPrintable(command));
        QCOMPARE(look.sounds.size(), 1);
        QVERIFY(look.sounds.first().contains(QStringLiteral("alsa")));
        QVERIFY(write(QStringLiteral("native"), ""));
        QCOMPARE(devices.look().sounds.size(), 2);
        QVERIFY(devices.look().sounds.first().contains(QStringLiteral("pulse")));
        // What is there but is no device says nothing, and does not crash.
        places.ask = {};
        places.devices = root.filePath(QStringLiteral("class"));
        QVERIFY(DeviceCameras(places).look().cameras.isEmpty());
    }
};

}  // namespace tikgok

namespace {

int runVictim(const QString& directory, const QString& program) {
    tikgok::CameraRecorder recorder(
        {.directory = directory,
         .cameras = std::make_shared<tikgok::test::TestCameras>(
             tikgok::CameraLook{.cameras = {tikgok::test::testCamera()}, .sounds = {}}),
         .program = program});
    using State = tikgok::CameraRecorder::State;
    QObject::connect(&recorder, &tikgok::CameraRecorder::camerasChanged, &recorder, [&] { recorder.open(); });
    QObject::connect(&recorder, &tikgok::CameraRecorder::stateChanged, &recorder, [&] {
        if (recorder.state() == State::Showing) {
            recorder.record();
        }
    });
    bool said = false;
    QObject::connect(&recorder, &tikgok::CameraRecorder::progressed, &recorder, [&] {
        if (recorder.milliseconds() > 1500 && !std::exchange(said, true)) {
            std::puts("recording");
            std::fflush(stdout);
        }
    });
    recorder.look();
    return QCoreApplication::exec();
}

}  // namespace

int main(int argc, char* argv[]) {
    QCoreApplication app(argc, argv);
    if (argc >= 3 && QByteArray(argv[1]) == "--victim") {
        return runVictim(QString::fromLocal8Bit(argv[2]),
                         argc > 3 ? QString::fromLocal8Bit(argv[3]) : QStringLiteral("ffmpeg"));
    }
    tikgok::CameraRecorderTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "camera_recorder_test.moc"
