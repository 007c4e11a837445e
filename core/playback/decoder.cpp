// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/decoder.h"

namespace tikgok::av {

CodecPtr openDecoder(const AVCodecParameters* parameters, AVRational timeBase, int threads) {
    const AVCodec* codec = avcodec_find_decoder(parameters->codec_id);
    if (!codec)
        return nullptr;
    CodecPtr context(avcodec_alloc_context3(codec));
    if (!context || avcodec_parameters_to_context(context.get(), parameters) < 0)
        return nullptr;
    context->pkt_timebase = timeBase;
    context->thread_count = threads;
    context->max_pixels = kMostPixels;
    if (avcodec_open2(context.get(), codec, nullptr) < 0)
        return nullptr;
    return context;
}

}  // namespace tikgok::av
