// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/feed_playlist.h"

namespace tikgok {

FeedPlaylist::FeedPlaylist(FeedModel& feed, QObject* parent) : PlaylistSource(parent), feed_(feed) {
    connect(&feed, &QAbstractItemModel::rowsInserted, this, &PlaylistSource::changed);
    connect(&feed, &QAbstractItemModel::rowsRemoved, this, &PlaylistSource::changed);
    connect(&feed, &QAbstractItemModel::modelReset, this, &PlaylistSource::changed);
    connect(&feed, &QAbstractItemModel::dataChanged, this, &PlaylistSource::changed);
}

QUrl FeedPlaylist::urlAt(int index) const {
    const VideoEntity* video = feed_.videoAt(index);
    return video == nullptr ? QUrl() : video->playUrl();
}

QString FeedPlaylist::keyAt(int index) const {
    const VideoEntity* video = feed_.videoAt(index);
    return video == nullptr ? QString() : video->videoIdText();
}

}  // namespace tikgok
