// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>

namespace tikgok {

// What a file is, as far as its streams say.
struct MediaFacts {
    QString container;   // short and for people: "MP4"
    QString videoCodec;  // "H.264"
    QString audioCodec;  // empty without sound
    QSize size;          // upright, square pixels; empty until the first picture
    qint64 durationMs = 0;

    bool operator==(const MediaFacts&) const = default;
};

}  // namespace tikgok
