// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/video_playlist.h"

namespace tikgok {

VideoPlaylist::VideoPlaylist(QObject* parent) : PlaylistSource(parent) {}

void VideoPlaylist::watch(VideoList* list, int row) {
    if (list_ == list) {
        return;
    }
    if (list_) {
        list_->disconnect(this);
    }
    list_ = list;
    if (list_) {
        connect(list_, &QAbstractItemModel::rowsInserted, this, &PlaylistSource::changed);
        connect(list_, &QAbstractItemModel::rowsRemoved, this, &PlaylistSource::changed);
        connect(list_, &QAbstractItemModel::rowsMoved, this, &PlaylistSource::changed);
        connect(list_, &QAbstractItemModel::modelReset, this, &PlaylistSource::changed);
        connect(list_, &QAbstractItemModel::dataChanged, this, &PlaylistSource::changed);
        connect(list_, &QObject::destroyed, this, [this] {
            Q_EMIT changed();
            Q_EMIT listChanged();
        });
    }
    Q_EMIT switched(row);
    Q_EMIT listChanged();
}

QUrl VideoPlaylist::urlAt(int index) const {
    const VideoEntity* video = list_ ? list_->videoAt(index) : nullptr;
    return video == nullptr ? QUrl() : video->playUrl();
}

QString VideoPlaylist::keyAt(int index) const {
    const VideoEntity* video = list_ ? list_->videoAt(index) : nullptr;
    return video == nullptr ? QString() : video->videoIdText();
}

}  // namespace tikgok
