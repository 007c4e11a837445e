// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Publishing: what is chosen, recorded, on its way.
#include "resources/demo_media_dir.h"
#include "tests/core/support/test_camera.h"
#include "tests/screenshots/scenes.h"

#include <QTest>

#include <memory>

namespace tikgok::test {

namespace {

using Rule = StageServer::Rule;

const QString kPublish = QStringLiteral("/douyin/publish/action/");

// The page with a film that was looked into, and a title.
void prepareFilm(Stage& stage, const QString& title, const char* film = "05-vinyl") {
    const QString path =
        QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/%1.mp4").arg(QLatin1StringView(film));
    PublishEditor& editor = *stage.publishing.editor();
    QMetaObject::invokeMethod(stage.shell(), "openFile", Q_ARG(QUrl, QUrl::fromLocalFile(path)));
    static_cast<void>(QTest::qWaitFor(
        [&] { return editor.state() == PublishEditor::State::Checked && !editor.cover().isEmpty(); }, 20000));
    editor.setTitle(title);
}

// The same, on its way: the server does what the rule says.
void publishFilm(Stage& stage, const Rule& rule, const QString& title) {
    signIn(stage);
    prepareFilm(stage, title);
    stage.server.rule(kPublish, rule);
    stage.publishing.editor()->publish();
    static_cast<void>(QTest::qWaitFor([&] { return stage.server.count(kPublish) == 1; }, 10000));
    pause(30);
}

// A camera before which a film of ours is played. `program`: in place of ffmpeg.
StageOptions filmedBy(const QString& program = {}) {
    StageOptions options;
    const auto camera = [](const char* id, const char* name, const char* film) {
        return Camera{.id = QLatin1StringView(id),
                      .name = QLatin1StringView(name),
                      .input = {QStringLiteral("-re"), QStringLiteral("-stream_loop"), QStringLiteral("-1"),
                                QStringLiteral("-i"),
                                QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/%1.mp4")
                                    .arg(QLatin1StringView(film))}};
    };
    options.camera.cameras =
        std::make_shared<TestCameras>(CameraLook{.cameras = {camera("one", "Integrated Camera", "14-whale"),
                                                             camera("two", "Logitech C920", "05-vinyl")},
                                                 .sounds = {testSound()}});
    if (!program.isEmpty())
        options.camera.program = program;
    return options;
}

void openCamera(Stage& stage, CameraRecorder::State state, qint64 milliseconds = 0) {
    CameraRecorder& recorder = *stage.publishing.camera();
    const auto reach = [&recorder](CameraRecorder::State wanted) {
        return QTest::qWaitFor([&] { return recorder.state() == wanted; }, 20000);
    };
    stage.press(QStringLiteral("navPublish"));
    static_cast<void>(QTest::qWaitFor([&recorder] { return recorder.available(); }));
    QTest::qWait(50);
    if (state == CameraRecorder::State::Off)
        return;
    recorder.open();
    reach(CameraRecorder::State::Showing);
    QTest::qWait(300);
    if (state == CameraRecorder::State::Recording) {
        recorder.record();
        reach(state);
        static_cast<void>(QTest::qWaitFor([&] { return recorder.milliseconds() >= milliseconds; }, 20000));
    }
}

}  // namespace

std::vector<Scene> publishScenes() {
    return {
        {"publish-empty", {}, {}, [](Stage& stage) { stage.press(QStringLiteral("navPublish")); }, true},
        {"publish-record",
         filmedBy(),
         {},
         [](Stage& stage) { openCamera(stage, CameraRecorder::State::Off); },
         true},
        {"publish-record-missing",
         filmedBy(QStringLiteral("no-such-encoder")),
         {},
         [](Stage& stage) { openCamera(stage, CameraRecorder::State::Off); },
         true},
        {"publish-camera",
         filmedBy(),
         {},
         [](Stage& stage) { openCamera(stage, CameraRecorder::State::Showing); },
         true},
        {"publish-recording",
         filmedBy(),
         {},
         [](Stage& stage) { openCamera(stage, CameraRecorder::State::Recording, 2000); },
         true},
        {"publish-record-trouble",
         filmedBy(QStringLiteral("/bin/false")),
         {},
         [](Stage& stage) {
             openCamera(stage, CameraRecorder::State::Off);
             stage.publishing.camera()->open();
             static_cast<void>(QTest::qWaitFor(
                 [&stage] { return stage.publishing.camera()->trouble() != RecordTrouble::None; }));
         },
         true},
        {"publish-chosen",
         {},
         {},
         [](Stage& stage) { prepareFilm(stage, QStringLiteral("Side B, third groove")); },
         true},
        {"publish-chosen-below",
         {},
         {},
         [](Stage& stage) {
             prepareFilm(stage,
                         QStringLiteral("唱片在转，夜也在转，我们慢慢听完这一面好不好呀朋友们真的很好听啊"));
             stage.find(QStringLiteral("publishColumn"))->setProperty("contentY", 430);
         }},
        {"publish-checking",
         {},
         {},
         [](Stage& stage) {
             stage.press(QStringLiteral("navPublish"));
             stage.publishing.editor()->openFile(QUrl::fromLocalFile(
                 QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/05-vinyl.mp4")));
         }},
        {"publish-refused",
         {},
         {},
         [](Stage& stage) {
             QMetaObject::invokeMethod(stage.shell(), "openFile",
                                       Q_ARG(QUrl, QUrl::fromLocalFile(QStringLiteral(
                                                       TIKGOK_DEMO_MEDIA_DIR_SOURCE "/worlds/small.json"))));
             pause(100);
         },
         true},
        {"publish-uploading",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Hang, .words = {}},
                         QStringLiteral("Side B, third groove"));
             stage.server.moved(31'000, 1'200'000);
             pause(800);
             stage.server.moved(520'000, 1'200'000);
         },
         true},
        {"publish-paused",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Hang, .words = {}},
                         QStringLiteral("Side B, third groove"));
             PublishJobs& jobs = *stage.publishing.jobs();
             jobs.pause(jobs.data(jobs.index(0), PublishJobs::JobIdRole).toString());
             pause(50);
         },
         true},
        {"publish-failed",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Fail, .error = ErrorKind::TooLarge, .words = {}},
                         QStringLiteral("Side B, third groove"));
         },
         true},
        {"publish-done",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {}, QStringLiteral("Side B, third groove"));
             prepareFilm(stage, QStringLiteral("not yet"), "38-enso");
             stage.publishing.editor()->close();
             pause(200);
         }},
        {"publish-chip",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Hang, .words = {}},
                         QStringLiteral("Side B, third groove"));
             stage.server.moved(520'000, 1'200'000);
             stage.press(QStringLiteral("navHome"));
         },
         true},
        {"publish-cancel",
         {},
         {},
         [](Stage& stage) {
             publishFilm(stage, {.kind = Rule::Kind::Hang, .words = {}},
                         QStringLiteral("Side B, third groove"));
             stage.find(QStringLiteral("cancelJob"))->forceActiveFocus();
             QTest::keyClick(stage.window(), Qt::Key_Return);
         },
         true},
    };
}

}  // namespace tikgok::test
