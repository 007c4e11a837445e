// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/av_types.h"

namespace tikgok::av {

// Null when this build has no decoder for it.
CodecPtr openDecoder(const AVCodecParameters* parameters, AVRational timeBase, int threads);

}  // namespace tikgok::av
