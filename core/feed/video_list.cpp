// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/video_list.h"

#include <algorithm>
#include <utility>

namespace tikgok {

VideoList::VideoList(QObject* parent) : QAbstractListModel(parent) {}

VideoList::~VideoList() {
    releaseAll();
}

void VideoList::releaseAll() {
    for (VideoEntity* video : std::as_const(videos_)) {
        video->use().release();
    }
}

int VideoList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant VideoList::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    VideoEntity* video = videos_.at(index.row());
    switch (role) {
        case VideoRole:
            return QVariant::fromValue(video);
        case Qt::DisplayRole:
            return video->title();
        default:
            return {};
    }
}

QHash<int, QByteArray> VideoList::roleNames() const {
    return {{VideoRole, QByteArrayLiteral("video")}};
}

VideoEntity* VideoList::videoAt(int row) const {
    return videos_.value(row, nullptr);
}

void VideoList::setCurrentRow(int row) {
    row = std::clamp(row, 0, std::max(count() - 1, 0));
    if (std::exchange(currentRow_, row) != row) {
        Q_EMIT currentRowChanged();
    }
}

QList<VideoEntity*> VideoList::unseen(const QList<VideoEntity*>& videos) const {
    QList<VideoEntity*> fresh;
    QSet<contract::Id> here;
    for (VideoEntity* video : videos) {
        if (!ids_.contains(video->id()) && !here.contains(video->id())) {
            here.insert(video->id());
            fresh.append(video);
        }
    }
    return fresh;
}

void VideoList::insertVideos(int row, const QList<VideoEntity*>& videos) {
    const QList<VideoEntity*> fresh = unseen(videos);
    if (fresh.isEmpty()) {
        return;
    }
    beginInsertRows({}, row, row + static_cast<int>(fresh.size()) - 1);
    for (qsizetype i = 0; i < fresh.size(); ++i) {
        videos_.insert(row + i, fresh.at(i));
        fresh.at(i)->use().hold();
        ids_.insert(fresh.at(i)->id());
    }
    endInsertRows();
    // Whoever follows the row goes by the count, so that one must be right before.
    Q_EMIT countChanged();
    if (row <= currentRow_ && fresh.size() < videos_.size()) {
        setCurrentRow(currentRow_ + static_cast<int>(fresh.size()));
    }
}

void VideoList::removeVideos(int row, int many) {
    beginRemoveRows({}, row, row + many - 1);
    for (int i = row; i < row + many; ++i) {
        ids_.remove(videos_.at(i)->id());
        videos_.at(i)->use().release();
    }
    videos_.remove(row, many);
    endRemoveRows();
    setCurrentRow(row < currentRow_ ? std::max(row, currentRow_ - many) : currentRow_);
    Q_EMIT countChanged();
}

void VideoList::moveVideoUp(int from, int to) {
    if (!beginMoveRows({}, from, from, {}, to)) {
        return;
    }
    videos_.move(from, to);
    endMoveRows();
    if (from == currentRow_) {
        setCurrentRow(to);
    } else if (to <= currentRow_ && currentRow_ < from) {
        setCurrentRow(currentRow_ + 1);
    }
}

void VideoList::clearVideos() {
    beginResetModel();
    releaseAll();
    videos_.clear();
    ids_.clear();
    endResetModel();
    setCurrentRow(0);
    setRefreshing(false);
    setSavedAt(std::nullopt);
    setState(State::Empty);
    Q_EMIT countChanged();
}

void VideoList::setState(State state, const Error* error) {
    const ErrorKind kind = error == nullptr ? ErrorKind::None : error->kind;
    const QString words = error == nullptr ? QString() : error->serverWords;
    if (state == state_ && kind == errorKind_ && words == errorWords_) {
        return;
    }
    state_ = state;
    errorKind_ = kind;
    errorWords_ = words;
    Q_EMIT stateChanged();
}

void VideoList::setSavedAt(std::optional<qint64> savedAt) {
    const QDateTime time = savedAt ? QDateTime::fromMSecsSinceEpoch(*savedAt) : QDateTime();
    if (std::exchange(savedAt_, time) != time) {
        Q_EMIT savedAtChanged();
    }
}

bool VideoList::isLacking() const {
    const bool failed = state_ == State::Failed || state_ == State::MoreFailed;
    return savedAt_.isValid() || (failed && isAway(errorKind_));
}

void VideoList::serverIsBack() {
    if (!isLacking() || refreshing_) {
        return;
    }
    if (savedAt_.isValid()) {
        refresh();
    } else {
        retry();
    }
}

void VideoList::setRefreshing(bool refreshing) {
    if (std::exchange(refreshing_, refreshing) != refreshing) {
        Q_EMIT refreshingChanged();
    }
}

}  // namespace tikgok
