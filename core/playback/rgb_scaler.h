// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/video_frame.h"

struct SwsContext;

namespace tikgok {

// Makes upright RGB32 pictures of frames; quick when one frame after the other has the same form. For one
// thread.
class RgbScaler {
public:
    RgbScaler() = default;
    ~RgbScaler();
    RgbScaler(const RgbScaler&) = delete;
    RgbScaler& operator=(const RgbScaler&) = delete;

    // To `target`, or to the frame's displaySize when that is empty. Null when it cannot be done.
    QImage convert(const VideoFrame& frame, QSize target);

private:
    bool prepare(const VideoFrame& frame, QSize to);

    SwsContext* context_ = nullptr;
    QSize from_;
    QSize to_;
    ColorMatrix matrix_ = ColorMatrix::Bt709;
    bool fullRange_ = false;
};

}  // namespace tikgok
