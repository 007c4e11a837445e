// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a camera, a disk or the encoder can do wrong while one records, said by scripts in place of ffmpeg;
// and what is left of it. The victim of the kill test is this program, started again (--victim DIRECTORY).

#include "core/camera/camera_recorder.h"
#include "tests/core/support/camera_rig.h"
#include "tests/support/encoder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>
#include <utility>

namespace tikgok {

using test::childrenOf;
using test::factsOf;
using test::madeUpCamera;
using test::nobodyRuns;
using test::testCamera;
using test::waitUntil;
using Rig = test::CameraRig;
using State = CameraRecorder::State;
using Trouble = RecordTrouble;

class CameraTroubleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::skipWithoutEncoder(); }
    // A child that is left would be found by the next test's nobodyRuns().
    void cleanup() { QVERIFY(nobodyRuns()); }

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
            const QByteArray words =
                "echo '[video4linux2,v4l2 @ 0x55] [error] ioctl(VIDIOC_DQBUF): No such device' >&2";
            const QByteArray script = how == 4 ? "(sleep 2; " + words + ") & exec ffmpeg \"$@\";;\n"
                                               : "ffmpeg -t 2 \"$@\"; code=$?; " + words + "; exit $code;;\n";
            if (how == 5) {
                rig.cameras->set({.cameras = {testCamera()}, .sounds = {}});
            }
            rig.makeWith("case \"$*\" in\n*empty_moov*) " + script + "esac\nexec ffmpeg \"$@\"");
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

    void noRoomForTheWholeFilm_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<bool>("found");  // only the next start sees to it
        const QByteArray full = "av_interleaved_write_frame(): No space left on device";
        QTest::newRow("the disk is full") << full << false;
        QTest::newRow("something else") << QByteArray("Conversion failed!") << false;
        QTest::newRow("the disk is full at the next start") << full << true;
    }
    // The film cannot be made whole: what was recorded can be played as it is.
    void noRoomForTheWholeFilm() {
        QFETCH(const QByteArray, words);
        QFETCH(const bool, found);
        Rig rig;
        rig.makeWith("case \"$*\" in\n*faststart*) echo '" + words +
                     "' >&2; exit 1;;\nesac\nexec ffmpeg \"$@\"");
        QVERIFY(rig.found() && rig.shows() && rig.records());
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() > 700; }));
        if (found) {
            rig.recorder.reset();
            rig.make({.directory = rig.folder.filePath(QStringLiteral("recordings")),
                      .cameras = rig.cameras,
                      .program = rig.folder.filePath(QStringLiteral("ffmpeg"))});
            rig.recorder->recover();
        } else {
            rig.recorder->stop();
        }
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
        QCOMPARE(rig.recovered, found);
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
        EncoderPatience patience{.firstPicture = std::chrono::milliseconds(400),
                                 .asked = std::chrono::milliseconds(100),
                                 .told = std::chrono::milliseconds(100)};
        // A busy machine starts a script late.
        if (trouble != int(Trouble::CameraSilent)) {
            patience.firstPicture = std::chrono::seconds(20);
        }
        rig.makeWith(script, patience);
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
        rig.makeWith(
            "case \"$*\" in\n"
            "*libx264*) echo \"[fatal] Unknown encoder 'libx264'\" >&2; exit 1;;\n"
            "*libopenh264*) echo \"[fatal] Unknown encoder 'libopenh264'\" >&2; exit 1;;\n"
            "esac\nexec ffmpeg \"$@\"");
        QVERIFY(rig.found() && rig.shows());
        rig.recorder->record();
        QVERIFY(rig.is(State::Off));
        QCOMPARE(rig.recorder->trouble(), Trouble::EncoderUnfit);
    }

    // Only the second encoder is there.
    void theOtherEncoderOfH264() {
        Rig rig;
        rig.makeWith(
            "case \"$*\" in\n"
            "*libx264*) echo \"[fatal] Unknown encoder 'libx264'\" >&2; exit 1;;\n"
            "esac\n"
            // Debian's ffmpeg has the first one only.
            "for word; do shift; [ \"$word\" = libopenh264 ] && word=libx264; set -- \"$@\" \"$word\"; done\n"
            "exec ffmpeg \"$@\"");
        QVERIFY(rig.found() && rig.shows() && rig.records());
        QVERIFY(!rig.recorder->silent());
        QVERIFY(waitUntil([&] { return rig.recorder->milliseconds() > 300; }));
        rig.recorder->stop();
        QVERIFY(waitUntil([&] { return rig.films.size() == 1; }));
    }

    // It does not listen to "q", and not to a polite signal.
    void deafEncoderIsKilled() {
        Rig rig({}, {.cameras = {testCamera()}, .sounds = {}});
        rig.makeWith(
            "case \"$*\" in\n"
            "*empty_moov*) trap '' TERM\n"
            "  ffmpeg -t 1 \"$@\" </dev/null; while :; do sleep 0.2; done;;\n"
            "esac\nexec ffmpeg \"$@\"",
            {.asked = std::chrono::milliseconds(100), .told = std::chrono::milliseconds(100)});
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
        for (const char* name : {"a.mp4.part", "b.mp4.part", "b.mp4.part.making", "c.mp4.part.making"}) {
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
    tikgok::CameraTroubleTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "camera_trouble_test.moc"
