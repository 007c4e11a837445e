// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/audio_stretch.h"
#include "core/playback/decoder.h"
#include "core/playback/frame_converter.h"
#include "core/playback/media_session.h"

#include <climits>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

constexpr int64_t kAudioAheadUs = 300000;
// Frames so close before the wanted one are all decoded.
constexpr int64_t kSeekMarginUs = 200000;
// Pictures with more pixels than this are decoded by two threads.
constexpr int kOneThreadPixels = 1280 * 800;

int64_t durationOf(const AVFrame& frame) {
#if LIBAVUTIL_VERSION_MAJOR >= 58
    return frame.duration;
#else
    return frame.pkt_duration;
#endif
}

}  // namespace

// What the decoding thread alone knows.
struct MediaSession::Decoders {
    explicit Decoders(AudioStream& out) : stretch(out) {}

    unsigned serial = 0;
    unsigned audioSerial = 0;

    av::CodecPtr video;
    av::FramePtr spare{av_frame_alloc()};
    FrameConverter converter;
    FrameRequest request;
    bool videoEnded = false;
    int loop = 0;
    int64_t offsetUs = 0;
    int64_t nextUs = 0;               // where a frame without a time belongs
    int64_t skipUntilUs = INT64_MIN;  // exact seek: frames that end before are not shown
    bool delivered = false;           // since the last seek
    bool deliveredInPass = false;     // since the last seek or loop
    av::FramePtr candidate;           // the last frame before skipUntilUs
    int64_t candidateUs = 0;

    av::CodecPtr audio;
    AudioStretch stretch;
    double rate = 1;
    bool audioEnded = false;
    int64_t audioOffsetUs = 0;
    int64_t audioNextUs = 0;
};

void MediaSession::decodeLoop() {
    Decoders d(*audio_);
    const AVCodecParameters* parameters = input_.video();
    d.video = av::openDecoder(parameters, input_.videoTimeBase(),
                              int64_t{parameters->width} * parameters->height > kOneThreadPixels ? 2 : 1);
    if (!d.video || !d.spare)
        return fail({Player::ErrorKind::Unsupported,
                     QStringLiteral("no decoder for %1")
                         .arg(QLatin1StringView(avcodec_get_name(parameters->codec_id)))});
    std::unique_lock lock(mutex_);
    while (!stop_) {
        if (d.serial != serial_ && !readerMustSeek_) {
            resetDecoders(d, lock);
            continue;
        }
        const bool current = d.serial == serial_;
        const bool needVideo = current && !d.videoEnded && frames_.size() < frameLimit();
        const bool needAudio = current && playing_ && input_.audio() && !d.audioEnded;
        // The sound is quick to decode and a hole in it is heard: it goes first.
        if (needAudio && audio_->bufferedUs() < kAudioAheadUs && stepAudio(d, lock))
            continue;
        if (needVideo) {
            if (stepVideo(d, lock))
                continue;
            if (!starved_) {
                starved_ = true;
                lock.unlock();
                notify();
                lock.lock();
                continue;
            }
        }
        // While sound is played it runs low without anybody calling.
        if (needAudio)
            changed_.wait_for(lock, std::chrono::milliseconds(50));
        else
            changed_.wait(lock);
    }
}

void MediaSession::resetDecoders(Decoders& d, std::unique_lock<std::mutex>& lock) {
    d.serial = serial_;
    d.skipUntilUs = seekExact_ ? seekUs_ : INT64_MIN;
    d.loop = 0;
    d.offsetUs = d.audioOffsetUs = audioOffsetUs_ = 0;
    d.videoEnded = d.audioEnded = false;
    d.delivered = d.deliveredInPass = false;
    d.candidate.reset();
    d.nextUs = d.audioNextUs = seekUs_;
    lock.unlock();
    avcodec_flush_buffers(d.video.get());
    if (d.audio)
        avcodec_flush_buffers(d.audio.get());
    d.stretch.reset();
    lock.lock();
}

bool MediaSession::stepVideo(Decoders& d, std::unique_lock<std::mutex>& lock) {
    av::PacketPtr packet;
    const PacketStore::Taken taken = store_->take(Track::Video, looping_, packet);
    if (taken == PacketStore::Taken::Nothing)
        return false;
    starved_ = false;
    // The reader may have room now.
    changed_.notify_all();
    d.request = request_;
    const bool late = late_;
    lock.unlock();
    if (taken == PacketStore::Taken::Packet) {
        // On the way to the wanted frame of a seek, only what others are built on is worth decoding.
        const bool onTheWay = packet->pts != AV_NOPTS_VALUE &&
                              av_rescale_q(packet->pts, input_.videoTimeBase(), av::kMicroseconds) -
                                      input_.startUs() + kSeekMarginUs <
                                  d.skipUntilUs;
        d.video->skip_frame = late || onTheWay ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
        int code = avcodec_send_packet(d.video.get(), packet.get());
        receiveVideo(d);
        if (code == AVERROR(EAGAIN)) {
            avcodec_send_packet(d.video.get(), packet.get());
            receiveVideo(d);
        }
        lock.lock();
        return true;
    }
    avcodec_send_packet(d.video.get(), nullptr);
    receiveVideo(d);
    avcodec_flush_buffers(d.video.get());
    if (d.candidate && !d.delivered)
        deliver(d, std::exchange(d.candidate, nullptr), d.candidateUs, input_.frameDurationUs());
    const bool barren = !d.deliveredInPass;
    if (barren)
        fail({Player::ErrorKind::Damaged, QStringLiteral("no picture in the whole file")});
    lock.lock();
    d.deliveredInPass = false;
    if (barren || taken == PacketStore::Taken::End) {
        d.videoEnded = true;
        if (d.serial == serial_)
            ended_ = true;
        lock.unlock();
        notify();
        lock.lock();
    } else {
        d.offsetUs += periodUs_;
        ++d.loop;
        d.nextUs = 0;
        d.skipUntilUs = INT64_MIN;
    }
    return true;
}

void MediaSession::receiveVideo(Decoders& d) {
    while (avcodec_receive_frame(d.video.get(), d.spare.get()) >= 0) {
        av::FramePtr frame(av_frame_alloc());
        if (!frame)
            return;
        av_frame_move_ref(frame.get(), d.spare.get());
        ++framesDecoded_;
        int64_t durationUs = av_rescale_q(durationOf(*frame), input_.videoTimeBase(), av::kMicroseconds);
        if (durationUs <= 0)
            durationUs = input_.frameDurationUs();
        const int64_t stamp = frame->best_effort_timestamp;
        const int64_t mediaUs =
            stamp == AV_NOPTS_VALUE
                ? d.nextUs
                : av_rescale_q(stamp, input_.videoTimeBase(), av::kMicroseconds) - input_.startUs();
        d.nextUs = mediaUs + durationUs;
        if (mediaUs + durationUs <= d.skipUntilUs) {
            d.candidate = std::move(frame);
            d.candidateUs = mediaUs;
            d.deliveredInPass = true;
            continue;
        }
        d.skipUntilUs = INT64_MIN;
        d.candidate.reset();
        deliver(d, std::move(frame), mediaUs, durationUs);
    }
}

void MediaSession::deliver(Decoders& d, av::FramePtr frame, int64_t mediaUs, int64_t durationUs) {
    TimedFrame timed;
    timed.frame = d.converter.convert(std::move(frame), input_.hints(), d.request);
    if (timed.frame.isNull())
        return;
    timed.frame.positionMs = std::max<int64_t>(0, mediaUs / 1000);
    timed.frame.number = ++*options_.frameNumbers;
    timed.timeUs = mediaUs + d.offsetUs;
    timed.durationUs = durationUs;
    timed.loop = d.loop;
    d.delivered = d.deliveredInPass = true;
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        if (stop_ || d.serial != serial_)
            return;
        first = frames_.empty();
        frames_.push_back(std::move(timed));
    }
    // With more in the queue the player comes by itself when the next one is due.
    if (first)
        notify();
}

bool MediaSession::stepAudio(Decoders& d, std::unique_lock<std::mutex>& lock) {
    if (d.audioSerial != audioSerial_) {
        d.audioSerial = audioSerial_;
        d.stretch.reset();
        if (d.audio)
            avcodec_flush_buffers(d.audio.get());
    }
    av::PacketPtr packet;
    const PacketStore::Taken taken = store_->take(Track::Audio, looping_, packet);
    if (taken == PacketStore::Taken::Nothing)
        return false;
    changed_.notify_all();
    d.rate = rate_;
    lock.unlock();
    if (!d.audio) {
        d.audio = av::openDecoder(input_.audio(), input_.audioTimeBase(), 1);
        if (!d.audio) {
            // A film without its sound is better than none.
            lock.lock();
            d.audioEnded = true;
            return true;
        }
    }
    if (taken == PacketStore::Taken::Packet) {
        const int code = avcodec_send_packet(d.audio.get(), packet.get());
        receiveAudio(d);
        if (code == AVERROR(EAGAIN)) {
            avcodec_send_packet(d.audio.get(), packet.get());
            receiveAudio(d);
        }
        lock.lock();
        return true;
    }
    avcodec_send_packet(d.audio.get(), nullptr);
    receiveAudio(d);
    avcodec_flush_buffers(d.audio.get());
    if (taken == PacketStore::Taken::End)
        d.stretch.drain();
    lock.lock();
    if (taken == PacketStore::Taken::End) {
        d.audioEnded = true;
    } else {
        d.audioOffsetUs += periodUs_;
        if (d.serial == serial_)
            audioOffsetUs_ = d.audioOffsetUs;
        d.audioNextUs = 0;
    }
    return true;
}

void MediaSession::receiveAudio(Decoders& d) {
    while (avcodec_receive_frame(d.audio.get(), d.spare.get()) >= 0) {
        const int64_t stamp = d.spare->best_effort_timestamp;
        const int64_t mediaUs =
            stamp == AV_NOPTS_VALUE
                ? d.audioNextUs
                : av_rescale_q(stamp, input_.audioTimeBase(), av::kMicroseconds) - input_.startUs();
        if (d.spare->sample_rate > 0)
            d.audioNextUs = mediaUs + int64_t(d.spare->nb_samples) * 1000000 / d.spare->sample_rate;
        d.stretch.push(d.spare.get(), mediaUs + d.audioOffsetUs, d.rate);
        av_frame_unref(d.spare.get());
    }
}

}  // namespace tikgok
