// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of videos that is being watched, as a list to play. There is one for the whole client, so that
// whichever list comes to the front takes the players from the one before: only one video ever plays.
#pragma once

#include "core/feed/video_list.h"
#include "core/playback/playlist_source.h"

#include <QPointer>

namespace tikgok {

// The base by its whole name: what describes the types to QML does not look into namespaces.
class VideoPlaylist final : public tikgok::PlaylistSource {
    Q_OBJECT
    // Null when none is watched.
    Q_PROPERTY(tikgok::VideoList* list READ list NOTIFY listChanged)

public:
    // Without a default parent: QML takes what can be made of nothing for its own.
    explicit VideoPlaylist(QObject* parent);

    [[nodiscard]] VideoList* list() const { return list_; }
    // From now on this list is played, from this row. A list that goes away leaves nothing to play.
    Q_INVOKABLE void watch(tikgok::VideoList* list, int row);

    [[nodiscard]] int count() const override { return list_ ? list_->count() : 0; }
    [[nodiscard]] QUrl urlAt(int index) const override;
    [[nodiscard]] QString keyAt(int index) const override;

Q_SIGNALS:
    void listChanged();

private:
    QPointer<VideoList> list_;
};

}  // namespace tikgok
