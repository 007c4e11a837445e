// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/camera/y4m_reader.h"

#include <QList>

namespace tikgok {

namespace {

constexpr qsizetype kLongestY4mHeader = 512;
constexpr int kLargestPictureSide = 4096;
const QByteArray kY4mMagic = QByteArrayLiteral("YUV4MPEG2 ");
const QByteArray kY4mFrame = QByteArrayLiteral("FRAME");

int chromaSide(int side) {
    return (side + 1) / 2;
}

qsizetype pictureBytes(QSize size) {
    return qsizetype{size.width()} * size.height() +
           2 * qsizetype{chromaSide(size.width())} * chromaSide(size.height());
}

}  // namespace

void Y4mReader::restart() {
    waiting_.clear();
    size_ = {};
    bad_ = false;
}

bool Y4mReader::readHeader() {
    const qsizetype end = waiting_.indexOf('\n');
    if (end < 0) {
        bad_ = waiting_.size() > kLongestY4mHeader;
        return false;
    }
    const QByteArray header = waiting_.first(end);
    waiting_.remove(0, end + 1);
    bool layout = true;
    const QList<QByteArray> words = header.split(' ');
    for (const QByteArray& word : words) {
        if (word.startsWith('W')) {
            size_.setWidth(word.mid(1).toInt());
        } else if (word.startsWith('H')) {
            size_.setHeight(word.mid(1).toInt());
        } else if (word.startsWith('C')) {
            layout = word.startsWith("C420") && !word.startsWith("C420p1");
        }
    }
    bad_ = !header.startsWith(kY4mMagic) || !layout || size_.width() <= 0 || size_.height() <= 0 ||
           size_.width() > kLargestPictureSide || size_.height() > kLargestPictureSide;
    return !bad_;
}

std::optional<VideoFrame> Y4mReader::feed(const QByteArray& bytes) {
    if (bad_) {
        return std::nullopt;
    }
    waiting_ += bytes;
    if (size_.isEmpty() && !readHeader()) {
        return std::nullopt;
    }
    std::optional<QByteArray> newest;
    qsizetype used = 0;
    for (;;) {
        const qsizetype line = waiting_.indexOf('\n', used);
        if (line < 0) {
            bad_ = waiting_.size() - used > kLongestY4mHeader;
            break;
        }
        if (QByteArrayView(waiting_).sliced(used, qMin(kY4mFrame.size(), line - used)) != kY4mFrame) {
            bad_ = true;
            break;
        }
        const qsizetype from = line + 1;
        if (waiting_.size() - from < pictureBytes(size_)) {
            break;
        }
        newest = waiting_.mid(from, pictureBytes(size_));
        used = from + pictureBytes(size_);
    }
    waiting_.remove(0, used);
    if (!newest) {
        return std::nullopt;
    }
    return frameOf(std::move(*newest));
}

VideoFrame Y4mReader::frameOf(QByteArray pixels) {
    const auto owner = std::make_shared<const QByteArray>(std::move(pixels));
    const auto* data = reinterpret_cast<const uchar*>(owner->constData());
    const QSize chroma(chromaSide(size_.width()), chromaSide(size_.height()));
    const qsizetype luma = qsizetype{size_.width()} * size_.height();
    const qsizetype other = qsizetype{chroma.width()} * chroma.height();
    VideoFrame frame;
    frame.layout = PixelLayout::Yuv420;
    frame.size = frame.displaySize = size_;
    frame.planes[0] = {.data = data, .stride = size_.width(), .size = size_};
    frame.planes[1] = {.data = data + luma, .stride = chroma.width(), .size = chroma};
    frame.planes[2] = {.data = data + luma + other, .stride = chroma.width(), .size = chroma};
    frame.number = ++number_;
    frame.owner = owner;
    return frame;
}

}  // namespace tikgok
