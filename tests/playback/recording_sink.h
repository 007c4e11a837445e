// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/player.h"
#include "core/playback/video_frame.h"

#include <QElapsedTimer>

#include <vector>

namespace tikgok::test {

// Remembers what a player showed and when.
class RecordingSink : public FrameSink {
public:
    struct Shown {
        qint64 atUs = 0;
        qint64 positionMs = 0;
        quint64 number = 0;
        int luma = 0;  // of the middle
    };

    RecordingSink() { clock_.start(); }

    void present(const VideoFrame& frame) override {
        last = frame;
        shown.push_back({clock_.nsecsElapsed() / 1000, frame.positionMs, frame.number, luma(frame)});
    }
    void reset() override {
        ++resets;
        last = {};
    }

    // Which frame of a "ramp" clip a picture is.
    static int rampIndex(int luma) { return (luma - 20 + 1) / 3; }
    int lastIndex() const { return shown.empty() ? -1 : rampIndex(shown.back().luma); }

    VideoFrame last;
    std::vector<Shown> shown;
    int resets = 0;

private:
    static int luma(const VideoFrame& frame) {
        const auto& plane = frame.planes[0];
        const qsizetype x = plane.size.width() / 2;
        const qsizetype y = plane.size.height() / 2;
        if (frame.layout == PixelLayout::Rgb32)
            return plane.data[y * plane.stride + x * 4 + 1];
        return plane.data[y * plane.stride + x];
    }

    QElapsedTimer clock_;
};

}  // namespace tikgok::test
