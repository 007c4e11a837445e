// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/media/picture.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <system_error>

namespace tikgok::sim::media {

namespace {

Frame blank(int width, int height, AVPixelFormat format) {
    Frame frame = newFrame();
    if (frame) {
        frame->width = width;
        frame->height = height;
        frame->format = format;
        if (av_frame_get_buffer(frame.get(), 0) < 0) {
            frame.reset();
        }
    }
    return frame;
}

Frame scaled(const AVFrame& from, int width, int height, AVPixelFormat format, int quality) {
    const Scaler scaler(sws_getContext(from.width, from.height, static_cast<AVPixelFormat>(from.format),
                                       width, height, format, quality, nullptr, nullptr, nullptr));
    Frame to = scaler ? blank(width, height, format) : nullptr;
    if (!to ||
        sws_scale(scaler.get(), from.data, from.linesize, 0, from.height, to->data, to->linesize) <= 0) {
        return nullptr;
    }
    return to;
}

// Turns one plane clockwise by `turn`. `width` and `height` are those of the source.
void turnPlane(const std::uint8_t* from, int fromStride, std::uint8_t* to, int toStride, int width,
               int height, int turn) {
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int toX = turn == 90 ? height - 1 - y : turn == 180 ? width - 1 - x : y;
            const int toY = turn == 90 ? x : turn == 180 ? height - 1 - y : width - 1 - x;
            to[static_cast<std::ptrdiff_t>(toY) * toStride + toX] =
                from[static_cast<std::ptrdiff_t>(y) * fromStride + x];
        }
    }
}

Frame turned(Frame from, int turn) {
    if (!from || turn == 0) {
        return from;
    }
    const bool sideways = turn != 180;
    Frame to = blank(sideways ? from->height : from->width, sideways ? from->width : from->height,
                     static_cast<AVPixelFormat>(from->format));
    if (!to) {
        return nullptr;
    }
    // 4:2:0: the colour planes have half the size.
    for (int plane = 0; plane < 3; ++plane) {
        const int shift = plane == 0 ? 0 : 1;
        turnPlane(from->data[plane], from->linesize[plane], to->data[plane], to->linesize[plane],
                  (from->width + shift) >> shift, (from->height + shift) >> shift, turn);
    }
    return to;
}

Packet encoded(AVFrame& picture, AVCodecID codec) {
    const AVCodec* encoder = avcodec_find_encoder(codec);
    const Codec context(encoder == nullptr ? nullptr : avcodec_alloc_context3(encoder));
    Packet packet = newPacket();
    if (!context || !packet) {
        return nullptr;
    }
    constexpr int kQuality = 3;  // 2 is best, 31 is worst
    context->width = picture.width;
    context->height = picture.height;
    context->pix_fmt = static_cast<AVPixelFormat>(picture.format);
    context->time_base = AVRational{1, 25};
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_QSCALE;
    context->global_quality = FF_QP2LAMBDA * kQuality;
    picture.quality = context->global_quality;
    picture.pts = 0;
    if (avcodec_open2(context.get(), encoder, nullptr) < 0 ||
        avcodec_send_frame(context.get(), &picture) < 0 || avcodec_send_frame(context.get(), nullptr) < 0 ||
        avcodec_receive_packet(context.get(), packet.get()) < 0) {
        return nullptr;
    }
    return packet;
}

}  // namespace

double contrastOf(const AVFrame& frame) {
    constexpr int kSide = 64;
    const Frame small = scaled(frame, kSide, kSide, AV_PIX_FMT_GRAY8, SWS_FAST_BILINEAR);
    if (!small) {
        return -1.0;
    }
    double sum = 0.0;
    double squares = 0.0;
    for (int y = 0; y < kSide; ++y) {
        const std::uint8_t* line = small->data[0] + static_cast<std::ptrdiff_t>(y) * small->linesize[0];
        for (int x = 0; x < kSide; ++x) {
            sum += line[x];
            squares += static_cast<double>(line[x]) * line[x];
        }
    }
    constexpr double kCount = static_cast<double>(kSide) * kSide;
    const double mean = sum / kCount;
    return std::sqrt(std::max(0.0, squares / kCount - mean * mean));
}

bool writePicture(const AVFrame& frame, const PictureShape& shape, const std::filesystem::path& file) {
    const double width = frame.width * shape.pixelAspect;
    const double shrink = std::min(1.0, shape.side / std::max<double>(width, frame.height));
    // Even sides, so that the halves of the colour planes fit when the picture is turned.
    const auto even = [](double side) { return std::max(2, static_cast<int>(std::lround(side / 2.0)) * 2); };
    Frame picture = turned(
        scaled(frame, even(width * shrink), even(frame.height * shrink), AV_PIX_FMT_YUVJ420P, SWS_BICUBIC),
        shape.turn);
    const bool png = file.extension() == ".png";
    if (picture && png) {
        picture = scaled(*picture, picture->width, picture->height, AV_PIX_FMT_RGB24, SWS_BICUBIC);
    }
    const Packet packet = picture ? encoded(*picture, png ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG) : nullptr;
    if (!packet) {
        return false;
    }
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(packet->data), packet->size);
    out.close();
    if (!out) {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
        return false;
    }
    return true;
}

}  // namespace tikgok::sim::media
