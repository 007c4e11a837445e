// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/audio_stretch.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/channel_layout.h>
#include <libavutil/samplefmt.h>
}

namespace tikgok {

namespace {

// A jump of the time stamps that is more than the usual rounding.
constexpr int64_t kJumpUs = 20000;

}  // namespace

AudioStretch::~AudioStretch() {
    reset();
}

void AudioStretch::reset() {
    avfilter_graph_free(&graph_);
    source_ = sink_ = nullptr;
}

bool AudioStretch::build(const AVFrame& frame, double rate) {
    reset();
    graph_ = avfilter_graph_alloc();
    if (!graph_)
        return false;
    graph_->nb_threads = 1;
    char layout[128] = {};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
        AVChannelLayout usual{};
        av_channel_layout_default(&usual, frame.ch_layout.nb_channels);
        av_channel_layout_describe(&usual, layout, sizeof layout);
        av_channel_layout_uninit(&usual);
    } else {
        av_channel_layout_describe(&frame.ch_layout, layout, sizeof layout);
    }
    char in[320];
    std::snprintf(in, sizeof in, "sample_rate=%d:sample_fmt=%s:channel_layout=%s:time_base=1/%d",
                  frame.sample_rate, av_get_sample_fmt_name(static_cast<AVSampleFormat>(frame.format)),
                  layout, frame.sample_rate);
    char format[96];
    std::snprintf(format, sizeof format, "sample_rates=%d:sample_fmts=s16:channel_layouts=stereo",
                  AudioStream::kRate);
    const int percent = int(std::lround(rate * 100));
    char tempo[32];
    std::snprintf(tempo, sizeof tempo, "tempo=%d.%02d", percent / 100, percent % 100);
    AVFilterContext* stretch = nullptr;
    AVFilterContext* convert = nullptr;
    const auto make = [this](AVFilterContext** made, const char* name, const char* arguments) {
        return avfilter_graph_create_filter(made, avfilter_get_by_name(name), name, arguments, nullptr,
                                            graph_) >= 0;
    };
    const bool plain = percent == 100;
    if (!make(&source_, "abuffer", in) || !make(&convert, "aformat", format) ||
        !make(&sink_, "abuffersink", nullptr) || (!plain && !make(&stretch, "atempo", tempo)) ||
        avfilter_link(source_, 0, plain ? convert : stretch, 0) < 0 ||
        (!plain && avfilter_link(stretch, 0, convert, 0) < 0) || avfilter_link(convert, 0, sink_, 0) < 0 ||
        avfilter_graph_config(graph_, nullptr) < 0) {
        reset();
        return false;
    }
    format_ = frame.format;
    inRate_ = frame.sample_rate;
    inChannels_ = frame.ch_layout.nb_channels;
    rate_ = rate;
    inFrames_ = outFrames_ = 0;
    return true;
}

bool AudioStretch::push(AVFrame* frame, int64_t timeUs, double rate) {
    if (frame->sample_rate <= 0 || frame->ch_layout.nb_channels <= 0)
        return false;
    const bool same = graph_ && format_ == frame->format && inRate_ == frame->sample_rate &&
                      inChannels_ == frame->ch_layout.nb_channels && rate_ == rate;
    if (!same || std::abs(timeUs - startUs_ - inFrames_ * 1000000 / inRate_) > kJumpUs) {
        drain();
        if (!build(*frame, rate))
            return false;
        startUs_ = timeUs;
    }
    inFrames_ += frame->nb_samples;
    frame->pts = AV_NOPTS_VALUE;
    if (av_buffersrc_add_frame_flags(source_, frame, AV_BUFFERSRC_FLAG_KEEP_REF) < 0)
        return false;
    pull();
    return true;
}

void AudioStretch::drain() {
    if (!graph_)
        return;
    if (av_buffersrc_add_frame_flags(source_, nullptr, 0) >= 0)
        pull();
    reset();
}

void AudioStretch::pull() {
    if (!spare_)
        spare_.reset(av_frame_alloc());
    while (spare_ && av_buffersink_get_frame(sink_, spare_.get()) >= 0) {
        // Counted, not read from the filters: they differ in what they make of time stamps.
        const int64_t timeUs = startUs_ + int64_t(double(outFrames_) * rate_ * 1e6 / AudioStream::kRate);
        out_.append(reinterpret_cast<const int16_t*>(spare_->data[0]), spare_->nb_samples, timeUs, rate_);
        outFrames_ += spare_->nb_samples;
        av_frame_unref(spare_.get());
    }
}

}  // namespace tikgok
