// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Recording a video on the page on which it is published, with a made-up camera and the real encoder.
#include "tests/core/support/test_camera.h"
#include "tests/qml/support/audit.h"
#include "tests/qml/support/test_main.h"
#include "tests/qml/support/tree_audit.h"
#include "tests/qml/support/use.h"
#include "tests/support/encoder.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <memory>
#include <utility>

namespace tikgok::test {

using CameraState = CameraRecorder::State;
using EditorState = PublishEditor::State;

namespace {

StageOptions withCameras(QList<Camera> cameras = {testCamera()}) {
    StageOptions options;
    options.camera.cameras =
        std::make_shared<TestCameras>(CameraLook{.cameras = std::move(cameras), .sounds = {testSound()}});
    return options;
}

bool reaches(Stage& stage, CameraState state) {
    return QTest::qWaitFor([&] { return stage.publishing.camera()->state() == state; }, 20000);
}

bool recordsFor(Stage& stage, qint64 milliseconds) {
    return QTest::qWaitFor([&] { return stage.publishing.camera()->milliseconds() >= milliseconds; }, 20000);
}

QString spoken(const Stage& stage) {
    const QQuickItem* item = stage.find(QStringLiteral("recordAnnouncement"));
    return item ? item->property("words").toString() : QString();
}

QStringList recordingsOf(const Stage& stage) {
    return QDir(stage.filePath(QStringLiteral("publish/recordings"))).entryList(QDir::Files);
}

// On the page, with the camera in one of its states.
void film(Stage& stage, CameraState state) {
    QVERIFY(stage.open());
    stage.start();
    stage.press(QStringLiteral("navPublish"));
    QTRY_VERIFY(stage.find(QStringLiteral("recordVideo")));
    if (state == CameraState::Off) {
        return;
    }
    QTRY_VERIFY(stage.find(QStringLiteral("recordVideo"))->isEnabled());
    push(stage, "recordVideo");
    QVERIFY(reaches(stage, CameraState::Showing));
    if (state == CameraState::Recording) {
        push(stage, "recordToggle");
        QVERIFY(reaches(stage, CameraState::Recording));
    }
}

}  // namespace

class RecordingPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingToRecordWithWithoutACamera() {
        Stage stage(withCameras({}));
        QVERIFY(stage.open());
        stage.start();
        stage.press(QStringLiteral("navPublish"));
        QTRY_VERIFY(stage.find(QStringLiteral("chooseFile")));
        QTRY_VERIFY(stage.publishing.camera()->equipped() || !hasEncoder());
        QVERIFY(!stage.find(QStringLiteral("recordVideo")));
        QVERIFY(!stage.find(QStringLiteral("recordMissing")));
    }

    void withoutFfmpegTheButtonSaysWhatIsMissing() {
        StageOptions options = withCameras();
        options.camera.program = QStringLiteral("no-such-encoder");
        Stage stage(options);
        film(stage, CameraState::Off);
        QVERIFY(!stage.find(QStringLiteral("recordVideo"))->isEnabled());
        QVERIFY(textOf(stage, "recordMissing").contains(QLatin1String("ffmpeg")));
    }

    void fromCameraToDraftByKeyboard() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(withCameras());
        film(stage, CameraState::Showing);
        QVERIFY(!stage.find(QStringLiteral("chooseFile")));
        QVERIFY(!stage.find(QStringLiteral("recordTime")));
        QVERIFY(!stage.find(QStringLiteral("cameraChoice")));  // there is one only
        QTRY_COMPARE(spoken(stage), QStringLiteral("The camera is on"));
        const QQuickItem* surface = stage.find(QStringLiteral("cameraSurface"));
        const int frames = surface->property("framesPresented").toInt();
        QTRY_VERIFY(surface->property("framesPresented").toInt() > frames + 3);
        // The keyboard is on the button that begins.
        QTRY_VERIFY(stage.find(QStringLiteral("recordToggle"))->hasActiveFocus());
        QTest::keyClick(stage.window(), Qt::Key_Space);
        QVERIFY(reaches(stage, CameraState::Recording));
        QTRY_COMPARE(spoken(stage), QStringLiteral("Recording started"));
        QTRY_VERIFY(stage.find(QStringLiteral("recordTime")));
        QVERIFY(recordsFor(stage, 1000));
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(stage.find(QStringLiteral("publishButton")), 20000);
        PublishEditor& editor = *stage.publishing.editor();
        QTRY_COMPARE_WITH_TIMEOUT(editor.state(), EditorState::Checked, 20000);
        QCOMPARE(editor.problem(), PublishProblem::None);
        QVERIFY(editor.recorded());
        QVERIFY(editor.duration() >= 900);
        QTRY_VERIFY(stage.find(QStringLiteral("publishPreview")));
        QVERIFY(stage.find(QStringLiteral("coverStrip")));
        QVERIFY(!stage.find(QStringLiteral("recordNotice")));
        QCOMPARE(recordingsOf(stage).size(), 1);
        push(stage, "discardButton");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        push(stage, "confirmAction");
        QTRY_VERIFY(recordingsOf(stage).isEmpty());
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo")));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join(QLatin1Char('\n'))));
    }

    void leavingThePageEndsAndKeeps() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(withCameras());
        film(stage, CameraState::Recording);
        QVERIFY(recordsFor(stage, 700));
        stage.press(QStringLiteral("navHome"));
        QTRY_COMPARE_WITH_TIMEOUT(stage.publishing.drafts()->count(), 1, 20000);
        QCOMPARE(stage.publishing.camera()->state(), CameraState::Off);
        stage.press(QStringLiteral("navPublish"));
        QTRY_VERIFY_WITH_TIMEOUT(stage.find(QStringLiteral("coverStrip")), 20000);
        // Only shown, it goes off with nothing left.
        stage.publishing.editor()->close();
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo")));
        push(stage, "recordVideo");
        QVERIFY(reaches(stage, CameraState::Showing));
        stage.press(QStringLiteral("navHome"));
        QTRY_COMPARE(stage.publishing.camera()->state(), CameraState::Off);
        QCOMPARE(stage.publishing.drafts()->count(), 1);
    }

    void hiddenWindowEndsAndKeeps() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(withCameras());
        film(stage, CameraState::Recording);
        QVERIFY(recordsFor(stage, 700));
        stage.window()->hide();
        QTRY_COMPARE_WITH_TIMEOUT(stage.publishing.drafts()->count(), 1, 20000);
        QCOMPARE(stage.publishing.camera()->state(), CameraState::Off);
    }

    void cancelAsksWhenThereIsSomethingToLose() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(withCameras());
        film(stage, CameraState::Recording);
        QVERIFY(recordsFor(stage, 3000));
        QTest::keyClick(stage.window(), Qt::Key_Escape);
        QTRY_VERIFY(stage.find(QStringLiteral("confirmKeep")));
        push(stage, "confirmKeep");
        QTRY_VERIFY(!stage.find(QStringLiteral("confirmKeep")));
        QCOMPARE(stage.publishing.camera()->state(), CameraState::Recording);
        push(stage, "recordCancel");
        QTRY_VERIFY(stage.find(QStringLiteral("confirmAction")));
        push(stage, "confirmAction");
        QTRY_COMPARE(stage.publishing.camera()->state(), CameraState::Off);
        QTRY_VERIFY(recordingsOf(stage).isEmpty());
        QCOMPARE(stage.publishing.drafts()->count(), 0);
        // Of what is only shown there is nothing to lose.
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo")));
        push(stage, "recordVideo");
        QVERIFY(reaches(stage, CameraState::Showing));
        push(stage, "recordCancel");
        QTRY_VERIFY(stage.find(QStringLiteral("chooseFile")));
        QVERIFY(!stage.find(QStringLiteral("confirmAction")));
    }

    void anotherCameraIsChosen() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Stage stage(
            withCameras({testCamera(), madeUpCamera(QStringLiteral("tall"),
                                                    QStringLiteral("testsrc2=size=200x360:rate=25"))}));
        film(stage, CameraState::Showing);
        QQuickItem* choice = stage.find(QStringLiteral("cameraChoice"));
        QVERIFY(choice);
        QMetaObject::invokeMethod(choice, "chosen", Q_ARG(QVariant, QStringLiteral("tall")));
        QCOMPARE(stage.publishing.camera()->camera(), QStringLiteral("tall"));
        const QQuickItem* surface = stage.find(QStringLiteral("cameraSurface"));
        QTRY_COMPARE_WITH_TIMEOUT(surface->property("sourceSize").toSize(), QSize(200, 360), 20000);
        stage.press(QStringLiteral("recordToggle"));
        QVERIFY(reaches(stage, CameraState::Recording));
        QVERIFY(!stage.find(QStringLiteral("cameraChoice")));
    }

    void troubleIsSaidAndCanBeTriedAgain() {
        StageOptions options = withCameras();
        QTemporaryDir directory;
        options.camera.program = directory.filePath(QStringLiteral("ffmpeg"));
        QFile program(options.camera.program);
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write("#!/bin/sh\necho '[error] front: Device or resource busy' >&2\nexit 1\n");
        program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        program.close();
        Stage stage(options);
        film(stage, CameraState::Off);
        QTRY_VERIFY(stage.find(QStringLiteral("recordVideo"))->isEnabled());
        push(stage, "recordVideo");
        QTRY_VERIFY_WITH_TIMEOUT(stage.find(QStringLiteral("recordNotice")), 20000);
        QCOMPARE(stage.find(QStringLiteral("recordNotice"))->property("title").toString(),
                 QStringLiteral("Another program uses the camera"));
        QSignalSpy states(stage.publishing.camera(), &CameraRecorder::stateChanged);
        push(stage, "noticeAction");
        QTRY_COMPARE_WITH_TIMEOUT(states.count(), 2, 20000);
        QTRY_VERIFY(stage.find(QStringLiteral("recordNotice")));
        push(stage, "noticeOther");
        QTRY_VERIFY(!stage.find(QStringLiteral("recordNotice")));
        QVERIFY(stage.find(QStringLiteral("chooseFile")));
    }

    void longestIsSaidAndKept() {
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        StageOptions options = withCameras();
        options.camera.longestMs = 700;
        Stage stage(options);
        film(stage, CameraState::Recording);
        QTRY_VERIFY_WITH_TIMEOUT(stage.find(QStringLiteral("recordNotice")), 20000);
        const QString text = stage.find(QStringLiteral("recordNotice"))->property("text").toString();
        QVERIFY2(text.startsWith(QLatin1String("What was recorded until then is kept.")), qPrintable(text));
        QTRY_VERIFY(stage.find(QStringLiteral("publishButton")));
    }

    void cameraForEverybody_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(390, 844), QSize(1200, 800)}) {
            for (const CameraState state : {CameraState::Off, CameraState::Showing, CameraState::Recording}) {
                QTest::addRow("%d at %d", int(state), size.width()) << int(state) << size;
            }
        }
    }
    // The accessible tree, and nothing cut off, with two cameras.
    void cameraForEverybody() {
        QFETCH(int, state);
        QFETCH(QSize, size);
        if (!hasEncoder())
            QSKIP("ffmpeg is not installed");
        Camera other = testCamera(QStringLiteral("other"));
        other.name = QStringLiteral("Logitech HD Pro Webcam C920");
        Stage stage(withCameras({testCamera(), other}));
        film(stage, static_cast<CameraState>(state));
        stage.window()->resize(size);
        const QStringList faults = accessibleFaults(stage.window());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        const QStringList cut = cutInShapes(stage, {QSize(360, 640), size});
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QLatin1Char('\n'))));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join(QLatin1Char('\n'))));
    }
};

}  // namespace tikgok::test

TIKGOK_STAGE_MAIN(tikgok::test::RecordingPageTest)
#include "recording_page_test.moc"
