// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The feed as a list to play.
#pragma once

#include "core/feed/feed_model.h"
#include "core/playback/playback_controller.h"

namespace tikgok {

class FeedPlaylist final : public PlaylistSource {
    Q_OBJECT

public:
    // `feed` must outlive the playlist.
    explicit FeedPlaylist(FeedModel& feed, QObject* parent = nullptr);

    [[nodiscard]] int count() const override { return feed_.count(); }
    [[nodiscard]] QUrl urlAt(int index) const override;
    [[nodiscard]] QString keyAt(int index) const override;

private:
    FeedModel& feed_;
};

}  // namespace tikgok
