// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/frame_converter.h"
#include "core/playback/media_facts.h"
#include "core/playback/media_input.h"

#include <QImage>
#include <QSize>
#include <QString>

namespace tikgok {

// Takes single pictures out of a file. Blocks; for one thread, but stop() may be called from any.
class FrameGrabber {
public:
    explicit FrameGrabber(const QString& path);

    // False: see error(), or stopped.
    bool open();
    // After open().
    [[nodiscard]] const MediaFacts& facts() const { return facts_; }
    [[nodiscard]] const Player::Error& error() const { return error_; }

    // The picture at that time, upright, fitted into `bound`; the last one before it where there is none.
    // Null when there is no picture or it was stopped.
    QImage grab(qint64 positionMs, QSize bound);

    void stop() { input_.stop(); }
    [[nodiscard]] bool isStopped() const { return input_.isStopped(); }

private:
    av::FramePtr decodeAt(int64_t timeUs);

    MediaInput input_;
    av::CodecPtr decoder_;
    FrameConverter converter_;
    MediaFacts facts_;
    Player::Error error_;
};

}  // namespace tikgok
