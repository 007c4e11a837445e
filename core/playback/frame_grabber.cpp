// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/frame_grabber.h"

#include "core/playback/decoder.h"

#include <utility>

namespace tikgok {

namespace {

// On the way to the wanted picture, what no other is built on is left out until this close to it.
constexpr int64_t kGrabMarginUs = 200000;

QString containerName(const QByteArray& name) {
    struct Known {
        const char* part;
        const char* text;
    };
    constexpr Known kKnown[] = {{"mp4", "MP4"}, {"matroska", "MKV/WebM"}, {"mpegts", "MPEG-TS"},
                                {"avi", "AVI"}, {"flv", "FLV"},           {"mpeg", "MPEG"},
                                {"ogg", "Ogg"}};
    for (const Known& known : kKnown) {
        if (name.contains(known.part))
            return QLatin1StringView(known.text);
    }
    return QString::fromLatin1(name).toUpper();
}

QString codecName(AVCodecID id) {
    switch (id) {
        case AV_CODEC_ID_H264:
            return QStringLiteral("H.264");
        case AV_CODEC_ID_HEVC:
            return QStringLiteral("H.265");
        case AV_CODEC_ID_VP8:
            return QStringLiteral("VP8");
        case AV_CODEC_ID_VP9:
            return QStringLiteral("VP9");
        case AV_CODEC_ID_AV1:
            return QStringLiteral("AV1");
        case AV_CODEC_ID_MPEG4:
            return QStringLiteral("MPEG-4");
        case AV_CODEC_ID_AAC:
            return QStringLiteral("AAC");
        case AV_CODEC_ID_MP3:
            return QStringLiteral("MP3");
        case AV_CODEC_ID_OPUS:
            return QStringLiteral("Opus");
        default:
            return QString::fromLatin1(avcodec_get_name(id));
    }
}

}  // namespace

FrameGrabber::FrameGrabber(const QString& path)
    : input_({.url = QUrl::fromLocalFile(path), .userAgent = {}}) {}

bool FrameGrabber::open() {
    if (!input_.open()) {
        error_ = input_.error();
        return false;
    }
    decoder_ = av::openDecoder(input_.video(), input_.videoTimeBase(), 1);
    if (!decoder_) {
        error_ = {Player::ErrorKind::Unsupported,
                  QStringLiteral("no decoder for %1").arg(codecName(input_.video()->codec_id))};
        return false;
    }
    facts_ = {.container = containerName(input_.container()),
              .videoCodec = codecName(input_.video()->codec_id),
              .audioCodec = input_.audio() ? codecName(input_.audio()->codec_id) : QString(),
              .size = {},
              .durationMs = input_.durationUs() / 1000};
    return true;
}

av::FramePtr FrameGrabber::decodeAt(int64_t timeUs) {
    if (!decoder_ || !input_.seek(timeUs))
        return nullptr;
    avcodec_flush_buffers(decoder_.get());
    av::FramePtr best;
    av::FramePtr next(av_frame_alloc());
    for (bool ended = false; next;) {
        while (avcodec_receive_frame(decoder_.get(), next.get()) >= 0) {
            const int64_t stamp = next->best_effort_timestamp;
            const int64_t at =
                stamp == AV_NOPTS_VALUE
                    ? timeUs
                    : av_rescale_q(stamp, input_.videoTimeBase(), av::kMicroseconds) - input_.startUs();
            // A picture after the wanted time is better than none.
            if (at > timeUs && best)
                return best;
            best = std::exchange(next, av::FramePtr(av_frame_alloc()));
            if (!next || at + input_.frameDurationUs() > timeUs)
                return best;
        }
        if (ended)
            return best;
        switch (input_.read()) {
            case MediaInput::Read::Packet: {
                if (!input_.isVideo())
                    break;
                const av::PacketPtr packet = input_.takePacket();
                decoder_->skip_frame =
                    input_.timeUs() + kGrabMarginUs < timeUs ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
                avcodec_send_packet(decoder_.get(), packet.get());
                break;
            }
            case MediaInput::Read::End:
                ended = true;
                avcodec_send_packet(decoder_.get(), nullptr);
                break;
            case MediaInput::Read::Failed:
                error_ = input_.error();
                return best;
            case MediaInput::Read::Stopped:
                return nullptr;
        }
    }
    return best;
}

QImage FrameGrabber::grab(qint64 positionMs, QSize bound) {
    av::FramePtr frame = decodeAt(positionMs * 1000);
    if (!frame) {
        if (error_.kind == Player::ErrorKind::None)
            error_ = {Player::ErrorKind::Damaged, QStringLiteral("no picture")};
        return {};
    }
    const VideoFrame picture = converter_.convert(std::move(frame), input_.hints(), {});
    if (picture.isNull())
        return {};
    facts_.size = picture.displaySize;
    QSize target = picture.displaySize;
    if (target.width() > bound.width() || target.height() > bound.height())
        target = target.scaled(bound, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    return toImage(picture, target);
}

}  // namespace tikgok
