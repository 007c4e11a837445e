// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/audio_stretch.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <soundtouch/SoundTouch.h>
#include <type_traits>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/samplefmt.h>

#include <libswresample/swresample.h>
}

namespace tikgok {

namespace {

static_assert(std::is_same_v<soundtouch::SAMPLETYPE, float>);

// A jump of the time stamps that is more than the usual rounding.
constexpr int64_t kJumpUs = 20000;
// Sample pairs that are taken out of the stretcher at a time.
constexpr int kPart = 2048;
constexpr float kFull = 32767;

}  // namespace

AudioStretch::AudioStretch(AudioStream& out) : out_(out) {}

AudioStretch::~AudioStretch() {
    reset();
}

void AudioStretch::reset() {
    swr_free(&converter_);
    tempo_.reset();
}

bool AudioStretch::build(const AVFrame& frame, double rate) {
    reset();
    AVChannelLayout from{};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
        av_channel_layout_default(&from, frame.ch_layout.nb_channels);
    } else if (av_channel_layout_copy(&from, &frame.ch_layout) < 0) {
        return false;
    }
    AVChannelLayout stereo{};
    av_channel_layout_default(&stereo, AudioStream::kChannels);
    const bool plain = std::lround(rate * 100) == 100;
    const int made = swr_alloc_set_opts2(&converter_, &stereo, plain ? AV_SAMPLE_FMT_S16 : AV_SAMPLE_FMT_FLT,
                                         AudioStream::kRate, &from, static_cast<AVSampleFormat>(frame.format),
                                         frame.sample_rate, 0, nullptr);
    av_channel_layout_uninit(&from);
    if (made < 0 || swr_init(converter_) < 0) {
        reset();
        return false;
    }
    if (!plain) {
        tempo_ = std::make_unique<soundtouch::SoundTouch>();
        tempo_->setSampleRate(AudioStream::kRate);
        tempo_->setChannels(AudioStream::kChannels);
        tempo_->setTempo(rate);
    }
    format_ = frame.format;
    inRate_ = frame.sample_rate;
    inChannels_ = frame.ch_layout.nb_channels;
    rate_ = rate;
    inFrames_ = outFrames_ = 0;
    return true;
}

bool AudioStretch::push(AVFrame* frame, int64_t timeUs, double rate) {
    // swr_convert divides by these.
    if (frame->sample_rate <= 0 || frame->ch_layout.nb_channels <= 0 ||
        av_get_bytes_per_sample(static_cast<AVSampleFormat>(frame->format)) <= 0)
        return false;
    const bool same = converter_ && format_ == frame->format && inRate_ == frame->sample_rate &&
                      inChannels_ == frame->ch_layout.nb_channels && rate_ == rate;
    if (!same || std::abs(timeUs - startUs_ - inFrames_ * 1000000 / inRate_) > kJumpUs) {
        drain();
        if (!build(*frame, rate))
            return false;
        startUs_ = timeUs;
    }
    inFrames_ += frame->nb_samples;
    return convert(frame);
}

void AudioStretch::drain() {
    if (!converter_)
        return;
    if (convert(nullptr) && tempo_) {
        tempo_->flush();
        stretch();
    }
    reset();
}

// Null: what the converter still holds.
bool AudioStretch::convert(const AVFrame* frame) {
    const int room = swr_get_out_samples(converter_, frame ? frame->nb_samples : 0);
    if (room < 0)
        return false;
    if (room == 0)
        return true;
    const auto values = static_cast<std::size_t>(room) * AudioStream::kChannels;
    uint8_t* into = nullptr;
    if (tempo_) {
        floats_.resize(values);
        into = reinterpret_cast<uint8_t*>(floats_.data());
    } else {
        pairs_.resize(values);
        into = reinterpret_cast<uint8_t*>(pairs_.data());
    }
    const int got = swr_convert(converter_, &into, room,
                                frame ? const_cast<const uint8_t**>(frame->extended_data) : nullptr,
                                frame ? frame->nb_samples : 0);
    if (got < 0)
        return false;
    if (!tempo_) {
        pass(got);
        return true;
    }
    if (got > 0)
        tempo_->putSamples(floats_.data(), static_cast<unsigned>(got));
    stretch();
    return true;
}

void AudioStretch::stretch() {
    floats_.resize(std::max<std::size_t>(floats_.size(), std::size_t{kPart} * AudioStream::kChannels));
    while (const unsigned got = tempo_->receiveSamples(floats_.data(), kPart)) {
        const std::size_t values = std::size_t{got} * AudioStream::kChannels;
        pairs_.resize(values);
        for (std::size_t i = 0; i < values; ++i)
            pairs_[i] = static_cast<int16_t>(std::lround(std::clamp(floats_[i], -1.0F, 1.0F) * kFull));
        pass(static_cast<int>(got));
    }
}

void AudioStretch::pass(int frames) {
    if (frames <= 0)
        return;
    // Counted, not read from time stamps, which the stretcher does not know.
    const int64_t timeUs = startUs_ + int64_t(double(outFrames_) * rate_ * 1e6 / AudioStream::kRate);
    out_.append(pairs_.data(), frames, timeUs, rate_);
    outFrames_ += frames;
}

}  // namespace tikgok
