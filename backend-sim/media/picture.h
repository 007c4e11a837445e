// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures out of decoded frames. Inside of this folder only.
#pragma once

#include "backend-sim/media/ffmpeg.h"

#include <cstdint>
#include <filesystem>

namespace tikgok::sim::media {

// How much there is to see: the standard deviation of the brightness, 0 (one plain colour) to 127. Negative
// when the frame cannot be read.
double contrastOf(const AVFrame& frame);

struct PictureShape {
    // The longer side at most.
    int side = 720;
    // Width of a pixel by its height.
    double pixelAspect = 1.0;
    // Clockwise, by which the picture has to be turned: 0, 90, 180, 270.
    int turn = 0;
};

// Writes the frame as a PNG when the file is called so, otherwise as a JPEG; scaled and turned. False, and
// nothing is left, when that cannot be done.
bool writePicture(const AVFrame& frame, const PictureShape& shape, const std::filesystem::path& file);

}  // namespace tikgok::sim::media
