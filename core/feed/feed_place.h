// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where somebody was in the feed, as bytes to keep: the video that was watched with its neighbours, and the
// cursor of what follows.
#pragma once

#include "core/contract/codec.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace tikgok {

// Under this name it is kept among the pages of its account.
inline QString feedPlaceName() {
    return QStringLiteral("place:feed");
}

struct FeedPlace {
    contract::FeedPage page;
    // Of the video that was watched, in `page`.
    int row = 0;
};

QByteArray packFeedPlace(const FeedPlace& place);
// Nothing when the bytes are no place with at least one video.
std::optional<FeedPlace> unpackFeedPlace(const QByteArray& bytes);

}  // namespace tikgok
