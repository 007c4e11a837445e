// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Knows when a frame of a window, and when a picture of the current video, has really gone to the screen.
#pragma once

#include "core/playback/playback_controller.h"
#include "qml/Playback/video_surface.h"

#include <QObject>
#include <QPointer>
#include <QQuickWindow>

#include <atomic>
#include <functional>
#include <map>

namespace tikgok::bench {

class FrameWatch final : public QObject {
public:
    // Both must outlive the watch. GUI thread.
    FrameWatch(QQuickWindow& window, PlaybackController& playback, QObject* parent = nullptr);

    // Called on the GUI thread with the time (ns) of the first frame of the window.
    void onWindowFrame(std::function<void(qint64)> call) { windowFrame_ = std::move(call); }

    // Calls back once, on the GUI thread, with the time (ns) at which a frame was shown that contains a
    // picture of the video at currentIndex. A later call replaces it.
    void waitForVideo(std::function<void(qint64)> call);

    // Why waitForVideo() may still be waiting, for a person.
    [[nodiscard]] QString describe() const;

private:
    void synchronized();
    void swapped();

    QQuickWindow& window_;
    PlaybackController& playback_;
    std::function<void(qint64)> windowFrame_;
    std::function<void(qint64)> videoFrame_;
    // How many frames each surface had shown when the waiting began.
    std::map<const VideoSurface*, int> before_;
    std::atomic<bool> waiting_ = false;
    // The frame that is being drawn has the picture in it.
    std::atomic<bool> inThisFrame_ = false;
    std::atomic<bool> sawWindow_ = false;
};

}  // namespace tikgok::bench
