// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/frame_converter.h"

#include <QImage>

#include <algorithm>
#include <cmath>

extern "C" {
#include <libswscale/swscale.h>
}

namespace tikgok {

namespace {

// A larger picture than this is not made for the software scene graph; the painter scales the rest.
constexpr int kMostRgbPixels = 2560 * 1440;

ColorMatrix matrixOf(const AVFrame& frame) {
    switch (frame.colorspace) {
        case AVCOL_SPC_BT470BG:
        case AVCOL_SPC_SMPTE170M:
        case AVCOL_SPC_FCC:
            return ColorMatrix::Bt601;
        case AVCOL_SPC_BT2020_NCL:
        case AVCOL_SPC_BT2020_CL:
            return ColorMatrix::Bt2020;
        case AVCOL_SPC_BT709:
            return ColorMatrix::Bt709;
        case AVCOL_SPC_RGB:
            return ColorMatrix::Bt601;  // what toYuv420() makes
        default:
            // Untagged: small pictures come from the world of television before high definition.
            return frame.width >= 1280 || frame.height > 576 ? ColorMatrix::Bt709 : ColorMatrix::Bt601;
    }
}

bool isPlanar420(int format) {
    return format == AV_PIX_FMT_YUV420P || format == AV_PIX_FMT_YUVJ420P;
}

QSize displaySizeOf(const AVFrame& frame, const PictureHints& hints) {
    AVRational aspect = frame.sample_aspect_ratio;
    if (aspect.num <= 0 || aspect.den <= 0)
        aspect = hints.sampleAspect;
    double width = frame.width;
    double height = frame.height;
    if (aspect.num > 0 && aspect.den > 0) {
        const double ratio = av_q2d(aspect);
        // Grow, do not shrink; and believe nothing absurd.
        if (ratio > 1 && ratio < 16)
            width *= ratio;
        else if (ratio < 1 && ratio > 1.0 / 16)
            height /= ratio;
    }
    const QSize size(std::max(1, int(std::lround(width))), std::max(1, int(std::lround(height))));
    return hints.rotation == 90 || hints.rotation == 270 ? size.transposed() : size;
}

}  // namespace

FrameConverter::~FrameConverter() {
    sws_freeContext(context_);
}

VideoFrame FrameConverter::convert(av::FramePtr frame, const PictureHints& hints,
                                   const FrameRequest& request) {
    if (!frame || frame->width <= 0 || frame->height <= 0)
        return {};
    VideoFrame result;
    result.layout = PixelLayout::Yuv420;
    result.size = QSize(frame->width, frame->height);
    result.displaySize = displaySizeOf(*frame, hints);
    result.rotation = hints.rotation;
    result.matrix = matrixOf(*frame);
    result.fullRange = frame->color_range == AVCOL_RANGE_JPEG || frame->format == AV_PIX_FMT_YUVJ420P;
    if (!isPlanar420(frame->format)) {
        frame = toYuv420(*frame);
        if (!frame)
            return {};
    }
    const QSize chroma((frame->width + 1) / 2, (frame->height + 1) / 2);
    for (int i = 0; i < 3; ++i)
        result.planes[std::size_t(i)] = {frame->data[i], frame->linesize[i], i == 0 ? result.size : chroma};
    // The scene graph reads rows from the top; a picture stored upside down has negative strides.
    if (frame->linesize[0] < 0 || frame->linesize[1] < 0 || frame->linesize[2] < 0)
        return {};
    result.owner = std::shared_ptr<const AVFrame>(std::move(frame));
    if (request.layout == PixelLayout::Rgb32)
        return toRgb(result, request.target);
    return result;
}

VideoFrame FrameConverter::toRgb(const VideoFrame& yuv, const QSize& target) {
    QSize size = target.isEmpty() ? yuv.displaySize : target;
    const double pixels = double(size.width()) * size.height();
    if (pixels > kMostRgbPixels)
        size *= std::sqrt(kMostRgbPixels / pixels);
    auto image = std::make_shared<QImage>(scaler_.convert(yuv, size.expandedTo({1, 1})));
    if (image->isNull())
        return {};
    VideoFrame result = yuv;
    result.layout = PixelLayout::Rgb32;
    result.planes = {};
    result.planes[0] = {image->constBits(), image->bytesPerLine(), image->size()};
    result.size = image->size();
    result.rotation = 0;
    result.owner = std::move(image);
    return result;
}

av::FramePtr FrameConverter::toYuv420(const AVFrame& frame) {
    av::FramePtr result(av_frame_alloc());
    if (!result)
        return nullptr;
    result->format = AV_PIX_FMT_YUV420P;
    result->width = frame.width;
    result->height = frame.height;
    if (av_frame_get_buffer(result.get(), 64) < 0)
        return nullptr;
    context_ = sws_getCachedContext(context_, frame.width, frame.height,
                                    static_cast<AVPixelFormat>(frame.format), frame.width, frame.height,
                                    AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr);
    if (!context_)
        return nullptr;
    // The matrix stays as it is, and so does the range.
    const int range = frame.color_range == AVCOL_RANGE_JPEG ? 1 : 0;
    const int* coefficients = sws_getCoefficients(SWS_CS_DEFAULT);
    sws_setColorspaceDetails(context_, coefficients, range, coefficients, range, 0, 1 << 16, 1 << 16);
    sws_scale(context_, frame.data, frame.linesize, 0, frame.height, result->data, result->linesize);
    return result;
}

}  // namespace tikgok
