// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/feed_place.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tikgok {

// The row in digits, a line feed, and a page of the wire.
QByteArray packFeedPlace(const FeedPlace& place) {
    return QByteArray::number(place.row) + '\n' +
           QByteArray::fromStdString(contract::writeFeed(place.page.videos, place.page.nextTime.value_or(0)));
}

std::optional<FeedPlace> unpackFeedPlace(const QByteArray& bytes) {
    const qsizetype line = bytes.indexOf('\n');
    bool isNumber = false;
    const int row = bytes.left(std::max<qsizetype>(line, 0)).toInt(&isNumber);
    if (line < 0 || !isNumber) {
        return std::nullopt;
    }
    auto page = contract::readFeed(
        std::string_view(bytes.constData() + line + 1, static_cast<std::size_t>(bytes.size() - line - 1)));
    if (!page || !page->status.ok() || row < 0 ||
        static_cast<std::size_t>(row) >= page->payload.videos.size()) {
        return std::nullopt;
    }
    return FeedPlace{.page = std::move(page->payload), .row = row};
}

}  // namespace tikgok
