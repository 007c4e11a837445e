// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSize>

#include <array>
#include <memory>

namespace tikgok {

// How the pixels of a frame lie in memory.
enum class PixelLayout {
    Yuv420,  // three planes: luma, then both chroma planes at half the size, rounded up
    Rgb32,   // one plane, QImage::Format_RGB32, upright (rotation already applied)
};

enum class ColorMatrix { Bt601, Bt709, Bt2020 };

// One decoded picture. Cheap to copy and immutable: copies share the pixels. May be read on any thread.
struct VideoFrame {
    struct Plane {
        const uchar* data = nullptr;
        qsizetype stride = 0;  // bytes from one row to the next
        QSize size;            // in samples
    };

    PixelLayout layout = PixelLayout::Rgb32;
    std::array<Plane, 3> planes;
    QSize size;         // of the pixels, in samples of the first plane
    QSize displaySize;  // square pixels, upright: after aspect ratio and rotation
    int rotation = 0;   // degrees clockwise the picture still has to be turned: 0, 90, 180 or 270
    ColorMatrix matrix = ColorMatrix::Bt709;
    bool fullRange = false;
    qint64 positionMs = 0;  // in the media, from its start
    quint64 number = 0;     // grows with every frame that a player decodes, never repeats
    std::shared_ptr<const void> owner;

    bool isNull() const { return !owner; }
};

// What the receiver of frames can show. Decoders deliver it when they can, and Rgb32 or Yuv420 otherwise.
struct FrameRequest {
    PixelLayout layout = PixelLayout::Yuv420;
    QSize target;  // Rgb32 only: wanted upright size in device pixels; empty means displaySize

    bool operator==(const FrameRequest&) const = default;
};

// Converts to an upright RGB32 picture of `target` (or of displaySize when empty). Any thread; slow (ms).
QImage toImage(const VideoFrame& frame, QSize target = {});

// Receives the frames of one player, on the GUI thread.
class FrameSink {
public:
    virtual ~FrameSink() = default;
    // To be shown now. The first call after reset() is the first frame of the new source.
    virtual void present(const VideoFrame& frame) = 0;
    // The source has changed or gone: the last frame must not be shown any more.
    virtual void reset() = 0;
};

}  // namespace tikgok
