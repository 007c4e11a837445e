// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/one_video.h"

namespace tikgok {

OneVideo::OneVideo(contract::Id videoId, Api& api, Session& session, EntityStore& store, QObject* parent)
    : VideoList(parent), videoId_(videoId), api_(api), session_(session), store_(store) {
    connect(&session_, &Session::serverChanged, this, [this] {
        scope_.restart();
        clearVideos();
        // A page of it is open and waits.
        if (asked_ && !session_.server().isEmpty()) {
            refresh();
        }
    });
}

OneVideo::~OneVideo() = default;

void OneVideo::refresh() {
    asked_ = true;
    if (state() == State::Loading || count() > 0) {
        return;
    }
    if (VideoEntity* known = store_.findVideo(videoId_)) {
        insertVideos(0, {known});
        setState(State::End);
        return;
    }
    look();
}

QCoro::Task<> OneVideo::look() {
    const std::stop_token alive = scope_.token();
    setState(State::Loading);
    std::optional<qint64> cursor;
    for (int page = 0; page < kMostPages; ++page) {
        const QString token = session_.token();
        const ReadMark mark = store_.beginReading();
        const auto answer = co_await api_.feed(cursor, token, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        if (!answer) {
            setState(State::Failed, &answer.error());
            if (answer.error().kind == ErrorKind::SignedOut) {
                session_.reportSignedOut(token);
            }
            co_return;
        }
        for (const contract::Video& video : answer->videos) {
            VideoEntity* const entity = store_.video(video, answer.savedAt ? kOldReading : mark);
            if (video.id == videoId_) {
                setSavedAt(answer.savedAt);
                insertVideos(0, {entity});
                setState(State::End);
                co_return;
            }
        }
        if (answer->videos.empty() || !answer->nextTime || answer->nextTime == cursor) {
            break;
        }
        cursor = answer->nextTime;
    }
    setState(State::NoVideos);
}

}  // namespace tikgok
