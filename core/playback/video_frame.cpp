// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/video_frame.h"

#include "core/playback/rgb_scaler.h"

#include <QTransform>

extern "C" {
#include <libavutil/pixfmt.h>

#include <libswscale/swscale.h>
}

namespace tikgok {

QImage toImage(const VideoFrame& frame, QSize target) {
    return RgbScaler().convert(frame, target);
}

}  // namespace tikgok
