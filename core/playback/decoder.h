// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/av_types.h"

namespace tikgok::av {

// Of one picture, either way up: 8K as cinemas and phones take it (8192x4320, 7680x4320), with room for what
// codecs round up to. A file of a few kilobytes may claim far more, and a decoder keeps up to 16 pictures.
inline constexpr int64_t kMostPixels = int64_t{8192} * 4608;

inline bool tooManyPixels(const AVCodecParameters& parameters) {
    return int64_t{parameters.width} * parameters.height > kMostPixels;
}

// Null when this build has no decoder for it. It refuses pictures of more than kMostPixels, whenever they
// come.
CodecPtr openDecoder(const AVCodecParameters* parameters, AVRational timeBase, int threads);

}  // namespace tikgok::av
