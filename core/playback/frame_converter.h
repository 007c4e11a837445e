// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/av_types.h"
#include "core/playback/rgb_scaler.h"
#include "core/playback/video_frame.h"

#include <memory>

struct SwsContext;

namespace tikgok {

// What the container says about the picture.
struct PictureHints {
    int rotation = 0;  // degrees clockwise to turn: 0, 90, 180 or 270
    AVRational sampleAspect{0, 1};
};

// Makes VideoFrames of what the decoder delivers. For one thread.
class FrameConverter {
public:
    ~FrameConverter();
    FrameConverter() = default;
    FrameConverter(const FrameConverter&) = delete;
    FrameConverter& operator=(const FrameConverter&) = delete;

    // Shares the pixels with `frame` when it has the wanted layout already. Null when it cannot be done.
    // The caller fills in positionMs and number.
    VideoFrame convert(av::FramePtr frame, const PictureHints& hints, const FrameRequest& request);

private:
    VideoFrame toRgb(const VideoFrame& yuv, const QSize& target);
    av::FramePtr toYuv420(const AVFrame& frame);

    RgbScaler scaler_;
    SwsContext* context_ = nullptr;
};

}  // namespace tikgok
