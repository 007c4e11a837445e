// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/video_list_model.h"

#include <utility>

namespace tikgok {

VideoListModel::VideoListModel(Kind kind, contract::Id userId, Api& api, Session& session, EntityStore& store,
                               QObject* parent)
    : VideoList(parent), kind_(kind), userId_(userId), api_(api), session_(session), store_(store) {
    connect(&session_, &Session::serverChanged, this, &VideoListModel::clear);
    connect(&session_, &Session::signedInChanged, this, &VideoListModel::accountMayHaveChanged);
}

VideoListModel::~VideoListModel() = default;

void VideoListModel::refresh() {
    if (state() != State::Loading && !refreshing()) {
        load();
    }
}

void VideoListModel::retry() {
    if (state() == State::Failed) {
        load();
    }
}

void VideoListModel::startOver() {
    setCurrentRow(0);
    refresh();
}

void VideoListModel::clear() {
    scope_.restart();
    readAs_ = 0;
    clearVideos();
}

void VideoListModel::accountMayHaveChanged() {
    if (session_.expired() || state() == State::Empty) {
        return;
    }
    // What is on its way was asked for by somebody else; so was what is there: the hearts are the caller's.
    if (readAs_ != session_.userId() || state() == State::Loading || refreshing()) {
        scope_.restart();
        setRefreshing(false);
        load();
    }
}

// Not inside load(): gcc 12 runs both branches of a choice between two calls that are awaited.
Api::Call<std::vector<contract::Video>> VideoListModel::ask(const QString& token, std::stop_token alive) {
    return kind_ == Kind::Works ? api_.publishList(userId_, token, std::move(alive))
                                : api_.favoriteList(userId_, token, std::move(alive));
}

QCoro::Task<> VideoListModel::load() {
    const std::stop_token alive = scope_.token();
    const bool first = count() == 0;
    if (first) {
        setState(State::Loading);
    } else {
        setRefreshing(true);
    }
    const QString token = session_.token();
    const contract::Id reader = session_.userId();
    const ReadMark mark = store_.beginReading();
    auto answer = co_await ask(token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    setRefreshing(false);
    if (!answer) {
        if (first) {
            setState(State::Failed, &answer.error());
        } else {
            Q_EMIT refreshFailed(answer.error().kind, answer.error().serverWords);
        }
        if (answer.error().kind == ErrorKind::SignedOut) {
            session_.reportSignedOut(token);  // an empty one is nobody's
        }
        co_return;
    }
    // An older answer is worth nothing when a newer one is shown.
    if (answer.savedAt && !first && !savedAt().isValid()) {
        setSavedAt(answer.savedAt);
        co_return;
    }
    readAs_ = reader;
    setSavedAt(answer.savedAt);
    QList<VideoEntity*> videos;
    for (const contract::Video& video : *answer) {
        videos.append(store_.video(video, answer.savedAt ? kOldReading : mark));
    }
    adopt(videos);
    setState(count() == 0 ? State::NoVideos : State::End);
}

void VideoListModel::adopt(const QList<VideoEntity*>& videos) {
    if (count() == 0) {
        insertVideos(0, videos);
        return;
    }
    QSet<contract::Id> wanted;
    QList<VideoEntity*> order;
    for (VideoEntity* video : videos) {
        if (!wanted.contains(video->id())) {
            wanted.insert(video->id());
            order.append(video);
        }
    }
    for (int row = count() - 1; row >= 0; --row) {
        if (!wanted.contains(videoAt(row)->id())) {
            removeVideo(row);
        }
    }
    for (int row = 0; row < order.size(); ++row) {
        if (videoAt(row) == order.at(row)) {
            continue;
        }
        if (ids().contains(order.at(row)->id())) {
            moveVideoUp(static_cast<int>(this->videos().indexOf(order.at(row), row)), row);
            continue;
        }
        // New ones that stand together come as one change.
        QList<VideoEntity*> fresh;
        for (qsizetype next = row; next < order.size() && !ids().contains(order.at(next)->id()); ++next) {
            fresh.append(order.at(next));
        }
        insertVideos(row, fresh);
    }
}

}  // namespace tikgok
