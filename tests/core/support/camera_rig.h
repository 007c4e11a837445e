// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of recording share: a recorder on a made-up camera, and looks into its films.
#pragma once

#include "core/camera/camera_recorder.h"
#include "core/playback/frame_grabber.h"
#include "tests/core/support/test_camera.h"
#include "tests/core/support/wait.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <utility>

namespace tikgok::test {

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

struct CameraRig {
    explicit CameraRig(const std::function<void(RecorderOptions&)>& change = {},
                       CameraLook look = {.cameras = {testCamera()}, .sounds = {testSound()}}) {
        cameras = std::make_shared<TestCameras>(std::move(look));
        RecorderOptions options{.directory = folder.filePath(QStringLiteral("recordings")),
                                .cameras = cameras};
        if (change) {
            change(options);
        }
        make(options);
    }
    ~CameraRig() { recorder.reset(); }

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
    bool is(CameraRecorder::State state) {
        return waitUntil([this, state] { return recorder->state() == state; });
    }
    bool shows() {
        recorder->open();
        return is(CameraRecorder::State::Showing);
    }
    bool records() {
        recorder->record();
        return is(CameraRecorder::State::Recording);
    }
    // What lies in the folder.
    [[nodiscard]] QStringList files() const {
        return QDir(folder.filePath(QStringLiteral("recordings"))).entryList(QDir::Files);
    }
    // The recorder anew, with a program of ours in place of ffmpeg.
    void makeWith(const QByteArray& text, EncoderPatience patience = {}) {
        make({.directory = folder.filePath(QStringLiteral("recordings")),
              .cameras = cameras,
              .program = script(text),
              .patience = patience});
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

inline bool nobodyRuns() {
    return waitUntil([] { return childrenOf(QCoreApplication::applicationPid()).isEmpty(); });
}

inline MediaFacts factsOf(const QString& file) {
    FrameGrabber grabber(file);
    if (!grabber.open()) {
        return {};
    }
    // To its end.
    return grabber.grab(grabber.facts().durationMs, QSize(64, 64)).isNull() ? MediaFacts() : grabber.facts();
}

}  // namespace tikgok::test
