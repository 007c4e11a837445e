// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// From the wire's values to what is shown.
#pragma once

#include <QString>
#include <QUrl>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

namespace tikgok {

inline int shownCount(std::int64_t count) {
    return static_cast<int>(std::clamp<std::int64_t>(count, 0, std::numeric_limits<int>::max()));
}

// Laying out a text of some hundred thousand characters would stop the window for seconds.
inline QString shownText(const std::string& text) {
    constexpr qsizetype kMost = 2'000;
    constexpr std::size_t kMostBytes = 4 * kMost;
    QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), kMostBytes)));
    if (shown.size() > kMost) {
        shown.truncate(shown.at(kMost - 1).isHighSurrogate() ? kMost - 1 : kMost);
        shown += QChar(0x2026);
    }
    return shown;
}

// A server may name any count, also the largest: that one stays where it is.
inline std::int64_t countedOn(std::int64_t count, std::int64_t by) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(count, by, &sum) ? count : sum;
}

// Pictures and videos come over http and https. Anything else that a server names (file:, data:, qrc:) is not
// opened.
inline QUrl webUrl(const std::string& text) {
    const QUrl url(QString::fromStdString(text), QUrl::TolerantMode);
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return web && !url.host().isEmpty() ? url : QUrl();
}

}  // namespace tikgok
