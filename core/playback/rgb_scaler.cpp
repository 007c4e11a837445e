// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/rgb_scaler.h"

#include <QTransform>

#include <cstdlib>

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/pixfmt.h>

#include <libswscale/swscale.h>
}

namespace tikgok {

namespace {

int swsColorspace(ColorMatrix matrix) {
    switch (matrix) {
        case ColorMatrix::Bt601:
            return SWS_CS_ITU601;
        case ColorMatrix::Bt709:
            return SWS_CS_ITU709;
        case ColorMatrix::Bt2020:
            return SWS_CS_BT2020;
    }
    return SWS_CS_ITU709;
}

// An image whose rows are as the vector code wants them: aligned, and with room behind the last one.
QImage alignedImage(QSize size) {
    const qsizetype stride = (qsizetype(size.width()) * 4 + 63) / 64 * 64;
    void* bytes = av_malloc(std::size_t(stride) * std::size_t(size.height()) + 64);
    if (!bytes)
        return {};
    return QImage(
        static_cast<uchar*>(bytes), size.width(), size.height(), stride, QImage::Format_RGB32,
        [](void* p) { av_free(p); }, bytes);
}

}  // namespace

RgbScaler::~RgbScaler() {
    sws_freeContext(context_);
}

bool RgbScaler::prepare(const VideoFrame& frame, QSize to) {
    if (context_ && from_ == frame.size && to_ == to && matrix_ == frame.matrix &&
        fullRange_ == frame.fullRange)
        return true;
    sws_freeContext(context_);
    context_ = sws_getContext(frame.size.width(), frame.size.height(), AV_PIX_FMT_YUV420P, to.width(),
                              to.height(), AV_PIX_FMT_RGB32, to == frame.size ? SWS_POINT : SWS_FAST_BILINEAR,
                              nullptr, nullptr, nullptr);
    if (!context_)
        return false;
    sws_setColorspaceDetails(context_, sws_getCoefficients(swsColorspace(frame.matrix)),
                             frame.fullRange ? 1 : 0, sws_getCoefficients(SWS_CS_ITU709), 1, 0, 1 << 16,
                             1 << 16);
    from_ = frame.size;
    to_ = to;
    matrix_ = frame.matrix;
    fullRange_ = frame.fullRange;
    return true;
}

QImage RgbScaler::convert(const VideoFrame& frame, QSize target) {
    if (frame.isNull() || frame.size.isEmpty())
        return {};
    if (target.isEmpty())
        target = frame.displaySize;
    if (frame.layout == PixelLayout::Rgb32) {
        const QImage view(frame.planes[0].data, frame.size.width(), frame.size.height(),
                          frame.planes[0].stride, QImage::Format_RGB32);
        if (view.size() == target)
            return view.copy();
        return view.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
    const bool sideways = frame.rotation == 90 || frame.rotation == 270;
    const QImage image = alignedImage(sideways ? target.transposed() : target);
    if (image.isNull() || !prepare(frame, image.size()))
        return {};
    // sws_scale reads four entries of each array, whatever the format.
    const uint8_t* from[4] = {frame.planes[0].data, frame.planes[1].data, frame.planes[2].data, nullptr};
    const int fromStride[4] = {int(frame.planes[0].stride), int(frame.planes[1].stride),
                               int(frame.planes[2].stride), 0};
    // Nobody else has this image yet; bits() would copy memory that it does not own.
    uint8_t* to[4] = {const_cast<uint8_t*>(image.constBits()), nullptr, nullptr, nullptr};
    const int toStride[4] = {int(image.bytesPerLine()), 0, 0, 0};
    if (sws_scale(context_, from, fromStride, 0, frame.size.height(), to, toStride) <= 0)
        return {};
    return frame.rotation == 0 ? image : image.transformed(QTransform().rotate(frame.rotation));
}

}  // namespace tikgok
