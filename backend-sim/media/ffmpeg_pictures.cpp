// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/media/ffmpeg_pictures.h"

#include "backend-sim/media/ffmpeg.h"
#include "backend-sim/media/picture.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>

namespace tikgok::sim {

namespace {

std::unexpected<MediaError> noPicture(MediaError::Kind kind, std::string what) {
    return std::unexpected(MediaError{kind, std::move(what)});
}

AVCodecID pictureCodecOf(std::string_view start) {
    using namespace std::string_view_literals;
    if (start.starts_with("\x89PNG\r\n\x1a\n"sv)) {
        return AV_CODEC_ID_PNG;
    }
    return start.starts_with("\xff\xd8\xff"sv) ? AV_CODEC_ID_MJPEG : AV_CODEC_ID_NONE;
}

// How a camera was held (Exif), as a clockwise turn. Mirrored ones are left as they are.
int exifTurnOf(const AVFrame& frame) {
    const AVDictionaryEntry* entry = av_dict_get(frame.metadata, "Orientation", nullptr, 0);
    switch (entry == nullptr ? 0 : std::atoi(entry->value)) {
        case 3:
            return 180;
        case 6:
            return 90;
        case 8:
            return 270;
        default:
            return 0;
    }
}

}  // namespace

FfmpegPictures::FfmpegPictures(const Limits& limits) : limits_(limits) {
    av_log_set_level(AV_LOG_QUIET);
}

std::expected<void, MediaError> FfmpegPictures::recode(const std::filesystem::path& from,
                                                       const std::filesystem::path& to) {
    using Kind = MediaError::Kind;
    std::ifstream file(from, std::ios::binary | std::ios::ate);
    const auto size = file ? static_cast<std::int64_t>(file.tellg()) : -1;
    if (size < 0) {
        return noPicture(Kind::Io, "the picture cannot be read");
    }
    if (static_cast<std::uint64_t>(size) > limits_.maxBytes) {
        return noPicture(Kind::TooLarge, "the picture has too many bytes");
    }
    const media::Packet packet = media::newPacket();
    if (!packet || av_new_packet(packet.get(), static_cast<int>(size)) < 0) {
        return noPicture(Kind::Io, "out of memory");
    }
    file.seekg(0);
    if (size > 0 && !file.read(reinterpret_cast<char*>(packet->data), size)) {
        return noPicture(Kind::Io, "the picture cannot be read");
    }
    const AVCodecID id = pictureCodecOf({reinterpret_cast<const char*>(packet->data),
                                         static_cast<std::size_t>(std::min<std::int64_t>(size, 8))});
    const AVCodec* decoder = id == AV_CODEC_ID_NONE ? nullptr : avcodec_find_decoder(id);
    const media::Codec context(decoder == nullptr ? nullptr : avcodec_alloc_context3(decoder));
    if (!context) {
        return noPicture(Kind::NotAVideo, "neither PNG nor JPEG");
    }
    context->thread_count = 1;
    context->max_pixels = limits_.maxPixels;
    // Half a picture is none.
    context->err_recognition = AV_EF_EXPLODE | AV_EF_CRCCHECK;
    const media::Frame frame = media::newFrame();
    if (!frame || avcodec_open2(context.get(), decoder, nullptr) < 0 ||
        avcodec_send_packet(context.get(), packet.get()) < 0 ||
        avcodec_receive_frame(context.get(), frame.get()) < 0) {
        return noPicture(Kind::NotAVideo, "the picture cannot be decoded");
    }
    if (frame->width > limits_.maxSide || frame->height > limits_.maxSide) {
        return noPicture(Kind::TooLarge, "the picture is too large");
    }
    media::PictureShape shape;
    shape.side = limits_.side;
    shape.turn = exifTurnOf(*frame);
    if (!media::writePicture(*frame, shape, to)) {
        return noPicture(Kind::Io, "the picture cannot be written");
    }
    return {};
}

}  // namespace tikgok::sim
