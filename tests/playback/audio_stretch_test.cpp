// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sound at other speeds: as long as it should be, and at its own pitch.
#include "core/playback/audio_stretch.h"

#include <QtTest>

#include <cmath>
#include <numbers>

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/frame.h>
#include <libavutil/samplefmt.h>
}

namespace tikgok {

namespace {

constexpr double kTone = 440;
constexpr double kSeconds = 2;
constexpr int kFrameSize = 1024;

struct Form {
    const char* name;
    AVSampleFormat format;
    int rate;
    int channels;
    bool named;  // whether the file says which channel is where
};

constexpr Form kForms[] = {
    {"44.1 kHz, mono, float", AV_SAMPLE_FMT_FLTP, 44100, 1, true},
    {"48 kHz, stereo, 16 bit", AV_SAMPLE_FMT_S16, 48000, 2, true},
    {"22.05 kHz, 6 channels", AV_SAMPLE_FMT_FLTP, 22050, 6, true},
    {"16 kHz, unnamed channel", AV_SAMPLE_FMT_S16P, 16000, 1, false},
};

av::FramePtr toneFrame(const Form& form, int64_t first) {
    av::FramePtr frame(av_frame_alloc());
    frame->format = form.format;
    frame->sample_rate = form.rate;
    frame->nb_samples = kFrameSize;
    if (form.named) {
        av_channel_layout_default(&frame->ch_layout, form.channels);
    } else {
        frame->ch_layout.order = AV_CHANNEL_ORDER_UNSPEC;
        frame->ch_layout.nb_channels = form.channels;
    }
    av_frame_get_buffer(frame.get(), 0);
    for (int i = 0; i < kFrameSize; ++i) {
        const double value = 0.5 * std::sin(2 * std::numbers::pi * kTone * double(first + i) / form.rate);
        for (int channel = 0; channel < form.channels; ++channel) {
            if (form.format == AV_SAMPLE_FMT_FLTP) {
                reinterpret_cast<float*>(frame->extended_data[channel])[i] = float(value);
            } else {
                const bool planar = av_sample_fmt_is_planar(form.format) != 0;
                auto* plane = reinterpret_cast<int16_t*>(frame->extended_data[planar ? channel : 0]);
                plane[planar ? i : i * form.channels + channel] = int16_t(value * 32767);
            }
        }
    }
    return frame;
}

}  // namespace

class AudioStretchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lengthAndPitch_data() {
        QTest::addColumn<int>("form");
        QTest::addColumn<double>("rate");
        for (int form = 0; form < int(std::size(kForms)); ++form) {
            for (const double rate : {0.5, 1.0, 1.5, 2.0}) {
                QTest::addRow("%s at %.1f", kForms[form].name, rate) << form << rate;
            }
        }
    }
    void lengthAndPitch() {
        QFETCH(int, form);
        QFETCH(double, rate);
        const Form& what = kForms[form];
        AudioStream stream;
        AudioStretch stretch(stream);
        const auto samples = int64_t(kSeconds * what.rate);
        for (int64_t first = 0; first < samples; first += kFrameSize) {
            QVERIFY(stretch.push(toneFrame(what, first).get(), first * 1000000 / what.rate, rate));
        }
        stretch.drain();

        // Heard as the sound device hears it.
        const auto start = MediaClock::Time{} + std::chrono::hours(1);
        MediaClock clock;
        clock.rate = rate;
        clock.set(0, start);
        clock.start(start);
        stream.setClock(clock);
        stream.setGain(1);
        int heard = 0;
        int crossings = 0;
        int32_t before = 0;
        constexpr int kBlock = 480;
        const int blocks = int((kSeconds / rate + 1) * AudioStream::kRate) / kBlock;
        for (int block = 0; block < blocks; ++block) {
            int32_t sum[kBlock * AudioStream::kChannels] = {};
            stream.mixInto(sum, kBlock, start + std::chrono::milliseconds(10) * block);
            for (int i = 0; i < kBlock; ++i) {
                const int32_t now = sum[i * AudioStream::kChannels];
                heard += std::abs(now) > 200 ? 1 : 0;
                crossings += (now >= 0) != (before >= 0) && std::abs(now - before) > 0 ? 1 : 0;
                before = now;
            }
        }
        const double seconds = double(heard) / AudioStream::kRate;
        const double wanted = kSeconds / rate;
        QVERIFY2(std::abs(seconds - wanted) < 0.12 * wanted, qPrintable(QString::number(seconds)));
        const double tone = crossings / 2.0 / wanted;
        QVERIFY2(std::abs(tone - kTone) < 0.08 * kTone, qPrintable(QString::number(tone)));
    }

    // A jump in the file, and another speed in the middle, start afresh at the right place.
    void jumps() {
        AudioStream stream;
        AudioStretch stretch(stream);
        const Form& what = kForms[1];
        QVERIFY(stretch.push(toneFrame(what, 0).get(), 0, 1));
        QVERIFY(stretch.push(toneFrame(what, 0).get(), 5'000'000, 1));
        QVERIFY(stretch.push(toneFrame(what, 0).get(), 5'000'000 + kFrameSize * 1'000'000 / what.rate, 2));
        stretch.drain();
        const auto start = MediaClock::Time{} + std::chrono::hours(1);
        MediaClock clock;
        clock.set(5'000'000, start);
        stream.setClock(clock);
        QVERIFY(stream.bufferedUs() >= 2 * kFrameSize * 1'000'000LL / what.rate - 2000);
    }

    void refusesWhatIsNoSound() {
        AudioStream stream;
        AudioStretch stretch(stream);
        av::FramePtr frame = toneFrame(kForms[1], 0);
        frame->sample_rate = 0;
        QVERIFY(!stretch.push(frame.get(), 0, 1));
        frame = toneFrame(kForms[1], 0);
        frame->format = AV_SAMPLE_FMT_NONE;
        QVERIFY(!stretch.push(frame.get(), 0, 1));
        QVERIFY(stretch.push(toneFrame(kForms[1], 0).get(), 0, 1));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::AudioStretchTest)
#include "audio_stretch_test.moc"
