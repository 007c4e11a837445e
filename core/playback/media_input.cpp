// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/media_input.h"

#include "core/playback/decoder.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <utility>
#include <vector>

extern "C" {
#include <libavutil/dict.h>
#include <libavutil/display.h>
}

namespace tikgok {

namespace {

using Kind = Player::ErrorKind;

// Sound may end so much later than the picture before the picture waits for it.
constexpr int64_t kLateSoundUs = 250000;

// Nothing that makes the library open further addresses or local files on its own (play lists and such).
constexpr char kFormats[] = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,avi,flv,mpeg,ogg";
constexpr char kNetworkProtocols[] = "http,https,tcp,tls,httpproxy";
constexpr char kFileProtocols[] = "file";

Kind kindOf(int code) {
    switch (code) {
        case AVERROR_HTTP_NOT_FOUND:
        case AVERROR(ENOENT):
        case AVERROR(EISDIR):
        case AVERROR(EACCES):
            return Kind::NotFound;
        case AVERROR_DEMUXER_NOT_FOUND:
        case AVERROR_DECODER_NOT_FOUND:
        case AVERROR_PROTOCOL_NOT_FOUND:
        case AVERROR_PATCHWELCOME:
        case AVERROR(EINVAL):
            return Kind::Unsupported;
        case AVERROR_INVALIDDATA:
        case AVERROR_EOF:
            return Kind::Damaged;
        case AVERROR(ENOMEM):
            return Kind::Internal;
        default:
            return Kind::Network;
    }
}

int codeOf(MediaBytes::Failure failure) {
    switch (failure) {
        case MediaBytes::Failure::NotFound:
            return AVERROR_HTTP_NOT_FOUND;
        case MediaBytes::Failure::Stopped:
            return AVERROR_EXIT;
        case MediaBytes::Failure::Network:
        case MediaBytes::Failure::Unavailable:
        case MediaBytes::Failure::TooLarge:
            return AVERROR(EIO);
    }
    return AVERROR(EIO);
}

// Since FFmpeg 7 a connection that was lost, and could not be made again, looks like the end of the file. The
// size must be known from before: the refusal that came last has a size, too.
bool endsEarly(AVIOContext& line, int64_t size) {
    return line.eof_reached != 0 && avio_tell(&line) < size;
}

int rotationOf(const AVStream& stream) {
#if LIBAVFORMAT_VERSION_MAJOR >= 61
    const AVPacketSideData* side = av_packet_side_data_get(
        stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    const auto* matrix = side == nullptr ? nullptr : reinterpret_cast<const int32_t*>(side->data);
#else
    const auto* matrix = reinterpret_cast<const int32_t*>(
        av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
#endif
    if (!matrix)
        return 0;
    const double degrees = -av_display_rotation_get(matrix);
    if (std::isnan(degrees))
        return 0;
    const int quarter = int(std::lround(degrees / 90)) % 4;
    return (quarter + 4) % 4 * 90;
}

av::ParametersPtr copyOf(const AVCodecParameters* from) {
    av::ParametersPtr copy(avcodec_parameters_alloc());
    if (!copy || avcodec_parameters_copy(copy.get(), from) < 0)
        return nullptr;
    return copy;
}

bool anyTooLarge(const AVFormatContext& format) {
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        if (av::tooManyPixels(*format.streams[i]->codecpar))
            return true;
    }
    return false;
}

// Some containers (MPEG-TS, MPEG-PS, FLV) tell of a stream when it begins to flow. The library takes options
// for the streams that it knows of, so all are to be known: as far as it would look, and back.
int meetStreams(AVFormatContext& format) {
    if ((format.ctx_flags & AVFMTCTX_NOHEADER) == 0)
        return 0;
    const int64_t start = avio_tell(format.pb);
    const av::PacketPtr packet(av_packet_alloc());
    if (!packet)
        return AVERROR(ENOMEM);
    while (avio_tell(format.pb) - start < 2 * format.probesize && av_read_frame(&format, packet.get()) >= 0)
        av_packet_unref(packet.get());
    return av_seek_frame(&format, -1, start, AVSEEK_FLAG_BYTE);
}

// Decodes pictures where the container says too little; no larger ones than openDecoder() would.
int findStreams(AVFormatContext& format) {
    if (const int code = meetStreams(format); code < 0)
        return code;
    std::vector<AVDictionary*> options(format.nb_streams, nullptr);
    for (AVDictionary*& one : options)
        av_dict_set_int(&one, "max_pixels", av::kMostPixels, 0);
    const int code = avformat_find_stream_info(&format, options.empty() ? nullptr : options.data());
    for (AVDictionary*& one : options)
        av_dict_free(&one);
    return code;
}

}  // namespace

int MediaInput::interrupt(void* self) {
    auto& input = *static_cast<MediaInput*>(self);
    if (input.stopped_)
        return 1;
    // Bytes that arrive buy time.
    if (input.watched_ && input.watched_->pb && input.watched_->pb->bytes_read != input.bytesSeen_) {
        input.bytesSeen_ = input.watched_->pb->bytes_read;
        input.deadline_ = std::chrono::steady_clock::now() + input.options_.timeout;
    }
    if (std::chrono::steady_clock::now() < input.deadline_)
        return 0;
    input.timedOut_ = true;
    return 1;
}

int MediaInput::readDirectly(uint8_t* into, int most) {
    if (!direct_) {
        AVDictionary* dictionary = networkOptions();
        const AVIOInterruptCB callback{&MediaInput::interrupt, this};
        const int code = avio_open2(&direct_, options_.url.toEncoded().constData(), AVIO_FLAG_READ, &callback,
                                    &dictionary);
        av_dict_free(&dictionary);
        if (code < 0)
            return code;
        size_ = avio_size(direct_);
    }
    if (avio_tell(direct_) != place_) {
        if (const int64_t at = avio_seek(direct_, place_, SEEK_SET); at < 0)
            return int(at);
    }
    const int count = avio_read_partial(direct_, into, most);
    if (count > 0)
        place_ += count;
    if (count == 0 || count == AVERROR_EOF)
        return endsEarly(*direct_, size_) ? AVERROR(EIO) : AVERROR_EOF;
    return count;
}

int MediaInput::readKept(void* self, uint8_t* into, int most) {
    auto& input = *static_cast<MediaInput*>(self);
    if (input.bytes_) {
        const auto count =
            input.bytes_->read(input.place_, {reinterpret_cast<char*>(into), std::size_t(most)},
                               [&input] { return interrupt(&input) != 0; });
        if (count) {
            input.place_ += *count;
            return *count == 0 ? AVERROR_EOF : int(*count);
        }
        if (count.error() != MediaBytes::Failure::Unavailable)
            return input.keptFailure_ = codeOf(count.error());
        input.bytes_.reset();
    }
    return input.readDirectly(into, most);
}

int64_t MediaInput::seekKept(void* self, int64_t to, int whence) {
    auto& input = *static_cast<MediaInput*>(self);
    int64_t size = -1;
    if (whence == AVSEEK_SIZE || whence == SEEK_END) {
        if (input.bytes_)
            size = input.bytes_->size([&input] { return interrupt(&input) != 0; }).value_or(-1);
        else if (input.direct_)
            size = avio_size(input.direct_);
        if (size < 0)
            return AVERROR(ENOSYS);
    }
    switch (whence) {
        case AVSEEK_SIZE:
            return size;
        case SEEK_END:
            to += size;
            break;
        case SEEK_CUR:
            to += input.place_;
            break;
        case SEEK_SET:
            break;
        default:
            return AVERROR(EINVAL);
    }
    if (to < 0)
        return AVERROR(EINVAL);
    return input.place_ = to;
}

// False: the source does not have it, and nothing has changed.
bool MediaInput::useSource() {
    if (!options_.source || options_.url.isLocalFile())
        return false;
    bytes_ = options_.source->open(options_.url);
    if (!bytes_)
        return false;
    place_ = 0;
    keptFailure_ = 0;
    constexpr int kBuffer = 32768;
    auto* buffer = static_cast<unsigned char*>(av_malloc(kBuffer));
    kept_ = buffer ? avio_alloc_context(buffer, kBuffer, 0, this, &MediaInput::readKept, nullptr,
                                        &MediaInput::seekKept)
                   : nullptr;
    if (!kept_) {
        av_free(buffer);
        bytes_.reset();
        return false;
    }
    format_->pb = kept_;
    format_->flags |= AVFMT_FLAG_CUSTOM_IO;
    return true;
}

AVDictionary* MediaInput::networkOptions() const {
    AVDictionary* dictionary = nullptr;
    av_dict_set(&dictionary, "protocol_whitelist", kNetworkProtocols, 0);
    av_dict_set(&dictionary, "user_agent", options_.userAgent.toUtf8().constData(), 0);
    // Half the time for one connection, so that one more can be tried.
    av_dict_set_int(&dictionary, "rw_timeout", options_.timeout.count() * 1000 / 2, 0);
    av_dict_set(&dictionary, "reconnect", "1", 0);
    av_dict_set(&dictionary, "reconnect_delay_max", "4", 0);
    return dictionary;
}

void MediaInput::fail(int code, const char* doing) {
    if (stopped_)
        return;
    // A demuxer may report what it could not read as damage.
    if (keptFailure_ != 0)
        code = std::exchange(keptFailure_, 0);
    if (timedOut_)
        error_ = {Kind::Network, QStringLiteral("%1: no data in time").arg(QLatin1StringView(doing))};
    else
        error_ = {kindOf(code), QStringLiteral("%1: %2").arg(QLatin1StringView(doing),
                                                             QString::fromStdString(av::errorText(code)))};
    if (bytes_ && (error_.kind == Kind::Damaged || error_.kind == Kind::Unsupported))
        bytes_->reportDamaged();
}

bool MediaInput::open() {
    const bool local = options_.url.isLocalFile();
    const QString scheme = options_.url.scheme();
    if (!local && scheme != QLatin1StringView("http") && scheme != QLatin1StringView("https")) {
        error_ = {Kind::Unsupported, QStringLiteral("open: scheme %1").arg(scheme)};
        return false;
    }
    format_.reset(avformat_alloc_context());
    if (!format_) {
        error_ = {Kind::Internal, QStringLiteral("open: out of memory")};
        return false;
    }
    format_->interrupt_callback = {&MediaInput::interrupt, this};
    format_->flags |= AVFMT_FLAG_DISCARD_CORRUPT;
    format_->max_analyze_duration = AV_TIME_BASE;
    format_->probesize = 1 << 20;
    const QByteArray address =
        local ? "file:" + options_.url.toLocalFile().toUtf8() : options_.url.toEncoded();
    AVDictionary* dictionary = local ? nullptr : networkOptions();
    if (local)
        av_dict_set(&dictionary, "protocol_whitelist", kFileProtocols, 0);
    av_dict_set(&dictionary, "format_whitelist", kFormats, 0);
    useSource();
    deadline_ = std::chrono::steady_clock::now() + options_.timeout;
    watched_ = format_.get();
    // Takes the context over; frees it when it fails.
    AVFormatContext* raw = format_.release();
    int code = avformat_open_input(&raw, address.constData(), nullptr, &dictionary);
    av_dict_free(&dictionary);
    if (code < 0) {
        watched_ = nullptr;
        fail(code, "open");
        close();
        return false;
    }
    format_.reset(raw);
    if (options_.source == nullptr && format_->pb)
        size_ = avio_size(format_->pb);
    bytesReported_ = 0;
    // Looking into what is said to be too large makes the library forget what was said.
    const bool tooLarge = anyTooLarge(*format_);
    code = tooLarge ? 0 : findStreams(*format_);
    report();
    if (tooLarge || anyTooLarge(*format_)) {
        error_ = {Kind::Unsupported, QStringLiteral("too many pixels")};
        close();
        return false;
    }
    if (code < 0 || timedOut_ || stopped_) {
        fail(code, "probe");
        close();
        return false;
    }
    if (!chooseStreams()) {
        close();
        return false;
    }
    container_ = format_->iformat->name;
    if (format_->start_time != AV_NOPTS_VALUE)
        startUs_ = format_->start_time;
    if (format_->duration != AV_NOPTS_VALUE)
        durationUs_ = std::max<int64_t>(0, format_->duration);
    return true;
}

bool MediaInput::chooseStreams() {
    videoIndex_ = av_find_best_stream(format_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    // A cover in a music file is no film.
    if (videoIndex_ >= 0 && (format_->streams[videoIndex_]->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0)
        videoIndex_ = -1;
    if (videoIndex_ < 0) {
        const bool any = format_->nb_streams > 0;
        error_ = {any ? Kind::NoVideo : Kind::Damaged, QStringLiteral("no video stream")};
        return false;
    }
    audioIndex_ = av_find_best_stream(format_.get(), AVMEDIA_TYPE_AUDIO, -1, videoIndex_, nullptr, 0);
    for (unsigned i = 0; i < format_->nb_streams; ++i) {
        if (int(i) != videoIndex_ && int(i) != audioIndex_)
            format_->streams[i]->discard = AVDISCARD_ALL;
    }
    AVStream& video = *format_->streams[videoIndex_];
    video_ = copyOf(video.codecpar);
    videoTimeBase_ = video.time_base;
    hints_.rotation = rotationOf(video);
    hints_.sampleAspect = av_guess_sample_aspect_ratio(format_.get(), &video, nullptr);
    const AVRational rate = av_guess_frame_rate(format_.get(), &video, nullptr);
    if (rate.num > 0 && rate.den > 0)
        frameDurationUs_ = std::clamp<int64_t>(av_rescale(1000000, rate.den, rate.num), 1000, 1000000);
    if (audioIndex_ >= 0) {
        audio_ = copyOf(format_->streams[audioIndex_]->codecpar);
        audioTimeBase_ = format_->streams[audioIndex_]->time_base;
    }
    if (!video_) {
        error_ = {Kind::Internal, QStringLiteral("out of memory")};
        return false;
    }
    return true;
}

MediaInput::Read MediaInput::read() {
    packet_.reset(av_packet_alloc());
    if (!packet_ || !format_) {
        error_ = {Kind::Internal, QStringLiteral("read: out of memory")};
        return Read::Failed;
    }
    deadline_ = std::chrono::steady_clock::now() + options_.timeout;
    for (;;) {
        const int code = av_read_frame(format_.get(), packet_.get());
        report();
        if (stopped_)
            return Read::Stopped;
        if (code == AVERROR(EAGAIN))
            continue;
        if (code < 0) {
            // Some containers report a lost connection as the end.
            int below = format_->pb ? format_->pb->error : 0;
            if (below >= 0 && options_.source == nullptr && format_->pb && endsEarly(*format_->pb, size_))
                below = AVERROR(EIO);
            if (timedOut_ || (below < 0 && below != AVERROR_EOF)) {
                fail(below < 0 ? below : code, "read");
                return Read::Failed;
            }
            if (code == AVERROR_EOF || (code == AVERROR_INVALIDDATA && readAnything_))
                return Read::End;
            fail(code, "read");
            return Read::Failed;
        }
        isVideo_ = packet_->stream_index == videoIndex_;
        if (!isVideo_ && packet_->stream_index != audioIndex_) {
            av_packet_unref(packet_.get());
            continue;
        }
        break;
    }
    readAnything_ = true;
    const AVRational base = isVideo_ ? videoTimeBase_ : audioTimeBase_;
    int64_t stamp = packet_->pts != AV_NOPTS_VALUE ? packet_->pts : packet_->dts;
    int64_t& end = isVideo_ ? videoEndUs_ : audioEndUs_;
    timeUs_ = stamp == AV_NOPTS_VALUE ? end : av_rescale_q(stamp, base, av::kMicroseconds) - startUs_;
    int64_t length = av_rescale_q(packet_->duration, base, av::kMicroseconds);
    if (length <= 0)
        length = isVideo_ ? frameDurationUs_ : 0;
    end = std::max(end, timeUs_ + length);
    return Read::Packet;
}

int64_t MediaInput::periodUs() const {
    return audioEndUs_ > videoEndUs_ + kLateSoundUs ? audioEndUs_ : videoEndUs_;
}

bool MediaInput::seek(int64_t timeUs) {
    if (!format_ && !open())
        return false;
    deadline_ = std::chrono::steady_clock::now() + options_.timeout;
    if (format_->pb) {
        format_->pb->error = 0;
        format_->pb->eof_reached = 0;
    }
    const int64_t target = timeUs + startUs_;
    int code = av_seek_frame(format_.get(), videoIndex_,
                             av_rescale_q(target, av::kMicroseconds, videoTimeBase_), AVSEEK_FLAG_BACKWARD);
    if (code < 0 && !stopped_ && !timedOut_)
        code = av_seek_frame(format_.get(), -1, target, AVSEEK_FLAG_BACKWARD);
    if (code < 0 && !stopped_ && !timedOut_)
        code = avformat_seek_file(format_.get(), -1, INT64_MIN, startUs_, INT64_MAX, 0);
    report();
    if (code >= 0 && !timedOut_)
        return true;
    fail(code, "seek");
    return false;
}

void MediaInput::report() {
    // Nobody may be left to hear it once it was stopped.
    if (!options_.received || stopped_ || !format_)
        return;
    // What a source hands out was counted where it was fetched.
    const AVIOContext* line = kept_ != nullptr ? direct_ : format_->pb;
    if (line == nullptr)
        return;
    const int64_t all = line->bytes_read;
    if (all > bytesReported_)
        options_.received(all - bytesReported_);
    bytesReported_ = all;
}

void MediaInput::close() {
    watched_ = nullptr;
    format_.reset();
    if (kept_) {
        av_freep(static_cast<void*>(&kept_->buffer));
        avio_context_free(&kept_);
    }
    avio_closep(&direct_);
    bytes_.reset();
}

}  // namespace tikgok
