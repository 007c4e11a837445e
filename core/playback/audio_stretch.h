// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playback/audio_stream.h"
#include "core/playback/av_types.h"

#include <cstdint>
#include <memory>
#include <vector>

struct SwrContext;
namespace soundtouch {
class SoundTouch;
}

namespace tikgok {

// Turns decoded sound of any form into what AudioStream takes, faster or slower at the same pitch. For one
// thread.
class AudioStretch {
public:
    explicit AudioStretch(AudioStream& out);
    ~AudioStretch();
    AudioStretch(const AudioStretch&) = delete;
    AudioStretch& operator=(const AudioStretch&) = delete;

    // `timeUs` on the media's time line. False when this sound cannot be converted.
    bool push(AVFrame* frame, int64_t timeUs, double rate);
    void drain();  // what is still inside goes out
    void reset();  // what is still inside is forgotten

private:
    bool build(const AVFrame& frame, double rate);
    bool convert(const AVFrame* frame);
    void stretch();
    void pass(int frames);

    AudioStream& out_;
    SwrContext* converter_ = nullptr;
    // Null at the usual speed.
    std::unique_ptr<soundtouch::SoundTouch> tempo_;
    // Converted, and stretched: sample pairs as AudioStream takes them.
    std::vector<int16_t> pairs_;
    std::vector<float> floats_;
    int format_ = -1;
    int inRate_ = 0;
    int inChannels_ = 0;
    double rate_ = 1;
    int64_t startUs_ = 0;  // of the first sample that went in
    int64_t inFrames_ = 0;
    int64_t outFrames_ = 0;
};

}  // namespace tikgok
