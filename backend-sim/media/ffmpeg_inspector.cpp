// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/media/ffmpeg_inspector.h"

#include "backend-sim/media/ffmpeg.h"
#include "backend-sim/media/picture.h"

extern "C" {
#include <libavutil/display.h>
#include <libavutil/opt.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

namespace {

using media::Codec;
using media::contrastOf;
using media::Format;
using media::Frame;
using media::newFrame;
using media::newPacket;
using media::Packet;
using media::PictureShape;
using media::writePicture;

// Containers behind the suffixes that the contract takes, and Matroska, which hides behind them sometimes.
// Playlists, image sequences and the like, which make FFmpeg read other files, are not among them.
constexpr const char* kContainers = "mov,mp4,avi,asf,flv,rm,mpeg,mpegvideo,mpegts,matroska,webm";

// Frames that are looked at for a cover, and how far apart.
constexpr int kFramesToDecode = 90;
constexpr int kLookAtEvery = 6;
// Enough to be seen as a picture.
constexpr double kGoodContrast = 22.0;
// Of all streams. A video whose first frame comes later than this is none that anybody can play.
constexpr int kMostPackets = 20000;

std::string wordsOf(int error) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(error, text.data(), text.size());
    return text.data();
}

// What nearly every upload is, is known by its first box. Asking all of FFmpeg's formats instead takes 3 MB
// of their code and tables into memory. Null: ask them.
const AVInputFormat* containerOf(const std::filesystem::path& video) {
    std::array<char, 8> start{};
    std::ifstream file(video, std::ios::binary);
    const bool isoMedia = file.read(start.data(), start.size()) && std::string_view(&start[4], 4) == "ftyp";
    return isoMedia ? av_find_input_format("mov") : nullptr;
}

// An AVDictionary with an owner.
class Options {
public:
    Options() = default;
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;
    ~Options() { av_dict_free(&dictionary_); }
    void set(const char* key, const char* value) { av_dict_set(&dictionary_, key, value, 0); }
    void set(const char* key, std::int64_t value) { av_dict_set_int(&dictionary_, key, value, 0); }
    AVDictionary** get() { return &dictionary_; }
    AVDictionary* copy() const {
        AVDictionary* result = nullptr;
        av_dict_copy(&result, dictionary_, 0);
        return result;
    }

private:
    AVDictionary* dictionary_ = nullptr;
};

int clockwiseTurn(const AVStream& stream) {
#if LIBAVFORMAT_VERSION_MAJOR >= 61
    const AVPacketSideData* side = av_packet_side_data_get(
        stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    const auto* matrix = side == nullptr ? nullptr : reinterpret_cast<const std::int32_t*>(side->data);
#else
    const auto* matrix = reinterpret_cast<const std::int32_t*>(
        av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
#endif
    if (matrix == nullptr) {
        return 0;
    }
    const double counterClockwise = av_display_rotation_get(matrix);
    if (std::isnan(counterClockwise)) {
        return 0;
    }
    const int quarters = static_cast<int>(std::lround(-counterClockwise / 90.0));
    return ((quarters % 4) + 4) % 4 * 90;
}

class Inspection {
public:
    Inspection(const FfmpegInspector::Limits& limits, const MediaInspector::Cancelled& cancelled)
        : limits_(limits), cancelled_(cancelled), end_(std::chrono::steady_clock::now() + limits.budget) {}

    std::expected<MediaFacts, MediaError> run(const std::filesystem::path& video,
                                              const std::filesystem::path& cover) {
        if (auto opened = open(video); !opened) {
            return std::unexpected(opened.error());
        }
        if (auto chosen = chooseStream(); !chosen) {
            return std::unexpected(chosen.error());
        }
        const auto frame = findPicture();
        if (!frame) {
            return std::unexpected(frame.error());
        }
        PictureShape shape;
        shape.side = limits_.coverSide;
        shape.turn = clockwiseTurn(*stream_);
        const AVRational aspect = av_guess_sample_aspect_ratio(format_.get(), stream_, nullptr);
        if (aspect.num > 0 && aspect.den > 0) {
            shape.pixelAspect = std::clamp(av_q2d(aspect), 0.1, 10.0);
        }
        if (!writePicture(**frame, shape, cover)) {
            return std::unexpected(MediaError{MediaError::Kind::Io, "the cover could not be made"});
        }
        MediaFacts facts;
        const int width = static_cast<int>(std::lround((*frame)->width * shape.pixelAspect));
        facts.width = shape.turn % 180 == 0 ? width : (*frame)->height;
        facts.height = shape.turn % 180 == 0 ? (*frame)->height : width;
        facts.durationMs = durationMs();
        facts.codec = avcodec_get_name(stream_->codecpar->codec_id);
        return facts;
    }

private:
    // FFmpeg 7 tells the duration of some files only at the stream.
    std::int64_t durationMs() const {
        if (format_->duration > 0) {
            return format_->duration / (AV_TIME_BASE / 1000);
        }
        return stream_->duration > 0 ? av_rescale_q(stream_->duration, stream_->time_base, {1, 1000}) : 0;
    }

    std::unexpected<MediaError> fail(const std::string& what) const {
        if (cancelled_ && cancelled_()) {
            return std::unexpected(MediaError{MediaError::Kind::Cancelled, "nobody waits any more"});
        }
        if (std::chrono::steady_clock::now() >= end_) {
            return std::unexpected(
                MediaError{MediaError::Kind::TimedOut, "looking into the file took too long"});
        }
        return std::unexpected(MediaError{MediaError::Kind::NotAVideo, what});
    }

    bool mustStop() const { return std::chrono::steady_clock::now() >= end_ || (cancelled_ && cancelled_()); }

    std::expected<void, MediaError> open(const std::filesystem::path& video) {
        AVFormatContext* raw = avformat_alloc_context();
        if (raw == nullptr) {
            return std::unexpected(MediaError{MediaError::Kind::Io, "out of memory"});
        }
        raw->interrupt_callback.callback = [](void* self) {
            return static_cast<const Inspection*>(self)->mustStop() ? 1 : 0;
        };
        raw->interrupt_callback.opaque = this;
        Options options;
        options.set("format_whitelist", kContainers);
        options.set("protocol_whitelist", "file");
        options.set("probesize", std::int64_t{5'000'000});
        options.set("analyzeduration", std::int64_t{3'000'000});
        options.set("max_streams", std::int64_t{64});
        // Frees the context when it fails.
        if (const int error = avformat_open_input(&raw, ("file:" + video.string()).c_str(),
                                                  containerOf(video), options.get());
            error < 0) {
            return fail("not a video container: " + wordsOf(error));
        }
        format_.reset(raw);
        // Nobody looks at the others.
        for (unsigned i = 0; i < format_->nb_streams; ++i) {
            if (format_->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO) {
                format_->streams[i]->discard = AVDISCARD_ALL;
            }
        }
        if (headSaysAll()) {
            return {};
        }
        Options decoding;
        decoding.set("max_pixels", limits_.maxPixels);
        decoding.set("threads", std::int64_t{1});
        std::vector<AVDictionary*> perStream(format_->nb_streams);
        std::generate(perStream.begin(), perStream.end(), [&decoding] { return decoding.copy(); });
        const int error =
            avformat_find_stream_info(format_.get(), perStream.empty() ? nullptr : perStream.data());
        for (AVDictionary*& dictionary : perStream) {
            av_dict_free(&dictionary);
        }
        if (error < 0) {
            return fail("the streams cannot be read: " + wordsOf(error));
        }
        return {};
    }

    // Whether the container has said what a decoder must know. Finding out by decoding takes a second set of
    // pictures into memory, 25 MB for 1920 x 1080.
    bool headSaysAll() const {
        bool video = false;
        for (unsigned i = 0; i < format_->nb_streams; ++i) {
            const AVCodecParameters& facts = *format_->streams[i]->codecpar;
            if (facts.codec_type == AVMEDIA_TYPE_VIDEO) {
                video = true;
                if (facts.codec_id == AV_CODEC_ID_NONE || facts.width <= 0 || facts.height <= 0 ||
                    facts.extradata_size <= 0) {
                    return false;
                }
            }
        }
        return video;
    }

    std::expected<void, MediaError> chooseStream() {
        const AVCodec* decoder = nullptr;
        const int index = av_find_best_stream(format_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0);
        if (index < 0 || decoder == nullptr) {
            return fail("no video stream that can be decoded");
        }
        stream_ = format_->streams[index];
        if ((stream_->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            return fail("a picture, not a video");
        }
        const AVCodecParameters& facts = *stream_->codecpar;
        if (facts.width > limits_.maxSide || facts.height > limits_.maxSide ||
            std::int64_t{facts.width} * facts.height > limits_.maxPixels) {
            return std::unexpected(MediaError{
                MediaError::Kind::TooLarge, "the picture is too large: " + std::to_string(facts.width) + "x" +
                                                std::to_string(facts.height)});
        }
        for (unsigned i = 0; i < format_->nb_streams; ++i) {
            format_->streams[i]->discard = static_cast<int>(i) == index ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
        }
        decoder_.reset(avcodec_alloc_context3(decoder));
        if (!decoder_ || avcodec_parameters_to_context(decoder_.get(), &facts) < 0) {
            return fail("the decoder does not start");
        }
        decoder_->thread_count = 1;
        decoder_->max_pixels = limits_.maxPixels;
        if (const int error = avcodec_open2(decoder_.get(), decoder, nullptr); error < 0) {
            return fail("the decoder does not start: " + wordsOf(error));
        }
        return {};
    }

    // The first picture that needs no other, which is all that most covers take: a decoder that keeps none
    // for later keeps within 3 MB for 1920 x 1080 instead of 20. Nothing when there is not much to see on it.
    Frame findKeyPicture() {
        constexpr int kPackets = 64;
        Frame frame = newFrame();
        const Packet packet = newPacket();
        decoder_->skip_frame = AVDISCARD_NONKEY;
        bool there = false;
        for (int packets = 0; frame && packet && !there && packets < kPackets && !mustStop(); ++packets) {
            if (av_read_frame(format_.get(), packet.get()) < 0) {
                break;
            }
            const bool key = packet->stream_index == stream_->index && (packet->flags & AV_PKT_FLAG_KEY) != 0;
            if (key && avcodec_send_packet(decoder_.get(), packet.get()) >= 0) {
                // Decoders hold pictures back that may have to be shown later than others; this one is alone.
                avcodec_send_packet(decoder_.get(), nullptr);
                there = avcodec_receive_frame(decoder_.get(), frame.get()) >= 0;
                avcodec_flush_buffers(decoder_.get());
            }
            av_packet_unref(packet.get());
        }
        decoder_->skip_frame = AVDISCARD_DEFAULT;
        const bool good = there && frame->width <= limits_.maxSide && frame->height <= limits_.maxSide &&
                          contrastOf(*frame) >= kGoodContrast;
        return good ? std::move(frame) : nullptr;
    }

    // The first frame with something to see, or the best of the early ones.
    std::expected<Frame, MediaError> findPicture() {
        if (Frame key = findKeyPicture()) {
            return key;
        }
        // Again from the begin, looking at everything. Where there is no way back, what follows has to do.
        avcodec_flush_buffers(decoder_.get());
        av_seek_frame(format_.get(), stream_->index, 0, AVSEEK_FLAG_BACKWARD);
        Frame best;
        double bestContrast = -1.0;
        const Frame frame = newFrame();
        const Packet packet = newPacket();
        if (!frame || !packet) {
            return std::unexpected(MediaError{MediaError::Kind::Io, "out of memory"});
        }
        int decoded = 0;
        // True when the search is over.
        const auto takeFrames = [&] {
            while (avcodec_receive_frame(decoder_.get(), frame.get()) >= 0) {
                const int at = decoded++;
                if (at % kLookAtEvery == 0 && frame->width <= limits_.maxSide &&
                    frame->height <= limits_.maxSide) {
                    const double contrast = contrastOf(*frame);
                    if (contrast > bestContrast) {
                        bestContrast = contrast;
                        best.reset(av_frame_clone(frame.get()));
                    }
                }
                av_frame_unref(frame.get());
                if (bestContrast >= kGoodContrast || decoded >= kFramesToDecode) {
                    return true;
                }
            }
            return false;
        };
        bool over = false;
        for (int packets = 0; !over && packets < kMostPackets && !mustStop(); ++packets) {
            if (av_read_frame(format_.get(), packet.get()) < 0) {
                avcodec_send_packet(decoder_.get(), nullptr);
                takeFrames();
                break;
            }
            // Damaged packets are skipped; what matters is whether a frame comes out.
            if (packet->stream_index == stream_->index &&
                avcodec_send_packet(decoder_.get(), packet.get()) >= 0) {
                over = takeFrames();
            }
            av_packet_unref(packet.get());
        }
        if (!best) {
            return fail("no frame can be decoded");
        }
        if (cancelled_ && cancelled_()) {
            return fail("");
        }
        return best;
    }

    const FfmpegInspector::Limits& limits_;
    const MediaInspector::Cancelled& cancelled_;
    const std::chrono::steady_clock::time_point end_;
    Format format_;
    AVStream* stream_ = nullptr;
    Codec decoder_;
};

}  // namespace

FfmpegInspector::FfmpegInspector(const Limits& limits) : limits_(limits) {
    // FFmpeg writes to stderr otherwise; what matters comes back as an error.
    av_log_set_level(AV_LOG_QUIET);
}

std::expected<MediaFacts, MediaError> FfmpegInspector::inspect(const std::filesystem::path& video,
                                                               const std::filesystem::path& cover,
                                                               const Cancelled& cancelled) {
    return Inspection(limits_, cancelled).run(video, cover);
}

}  // namespace tikgok::sim
