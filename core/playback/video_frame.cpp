// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/video_frame.h"

#include <QTransform>

extern "C" {
#include <libavutil/pixfmt.h>

#include <libswscale/swscale.h>
}

namespace tikgok {

namespace {

struct SwsDeleter {
    void operator()(SwsContext* context) const { sws_freeContext(context); }
};

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

QImage uprightOf(const QImage& image, int rotation) {
    return rotation == 0 ? image : image.transformed(QTransform().rotate(rotation));
}

}  // namespace

QImage toImage(const VideoFrame& frame, QSize target) {
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
    QImage image(sideways ? target.transposed() : target, QImage::Format_RGB32);
    const bool sameSize = image.size() == frame.size;
    const std::unique_ptr<SwsContext, SwsDeleter> context(sws_getContext(
        frame.size.width(), frame.size.height(), AV_PIX_FMT_YUV420P, image.width(), image.height(),
        AV_PIX_FMT_RGB32, sameSize ? SWS_POINT : SWS_BILINEAR, nullptr, nullptr, nullptr));
    if (!context || image.isNull())
        return {};
    sws_setColorspaceDetails(context.get(), sws_getCoefficients(swsColorspace(frame.matrix)),
                             frame.fullRange ? 1 : 0, sws_getCoefficients(SWS_CS_ITU709), 1, 0, 1 << 16,
                             1 << 16);
    // sws_scale reads four entries of each array, whatever the format.
    const uint8_t* from[4] = {frame.planes[0].data, frame.planes[1].data, frame.planes[2].data, nullptr};
    const int fromStride[4] = {int(frame.planes[0].stride), int(frame.planes[1].stride),
                               int(frame.planes[2].stride), 0};
    // Rows of a QImage are aligned to 4 bytes only, and the vector code writes past the end of a row.
    const qsizetype stride = (qsizetype(image.width()) * 4 + 63) / 64 * 64;
    QImage aligned;
    uint8_t* to[4] = {image.bits(), nullptr, nullptr, nullptr};
    int toStride[4] = {int(image.bytesPerLine()), 0, 0, 0};
    std::unique_ptr<uint8_t[]> buffer;
    if (stride != image.bytesPerLine()) {
        buffer = std::make_unique<uint8_t[]>(std::size_t(stride) * std::size_t(image.height()) + 64);
        to[0] = buffer.get();
        toStride[0] = int(stride);
    }
    sws_scale(context.get(), from, fromStride, 0, frame.size.height(), to, toStride);
    if (buffer) {
        for (int y = 0; y < image.height(); ++y)
            std::copy_n(buffer.get() + y * stride, image.width() * 4, image.scanLine(y));
    }
    return uprightOf(image, frame.rotation);
}

}  // namespace tikgok
