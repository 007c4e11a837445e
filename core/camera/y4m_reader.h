// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Takes a stream of raw pictures (YUV4MPEG2, 4:2:0) apart.
#pragma once

#include "core/playback/video_frame.h"

#include <QByteArray>

#include <optional>

namespace tikgok {

// Any one thread. What is no such stream gives no pictures.
class Y4mReader {
public:
    // A new stream begins. Pictures go on being numbered.
    void restart();
    // The newest picture that is whole with these bytes; earlier ones among them are dropped.
    std::optional<VideoFrame> feed(const QByteArray& bytes);

private:
    [[nodiscard]] bool readHeader();
    [[nodiscard]] VideoFrame frameOf(QByteArray pixels);

    QByteArray waiting_;
    QSize size_;
    bool bad_ = false;
    quint64 number_ = 0;
};

}  // namespace tikgok
