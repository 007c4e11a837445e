// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/following_feed.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace tikgok {

namespace {

// Each keeps its order; of the two in front, the larger id comes first.
QList<VideoEntity*> mergedByAge(const QList<VideoEntity*>& one, const QList<VideoEntity*>& other) {
    QList<VideoEntity*> both;
    both.reserve(one.size() + other.size());
    std::ranges::merge(one, other, std::back_inserter(both), std::ranges::greater(), &VideoEntity::id,
                       &VideoEntity::id);
    return both;
}

}  // namespace

FollowingFeed::FollowingFeed(Api& api, Session& session, EntityStore& store, QObject* parent)
    : VideoList(parent), api_(api), session_(session), store_(store) {
    connect(&session_, &Session::serverChanged, this, &FollowingFeed::clear);
    connect(&session_, &Session::signedInChanged, this, &FollowingFeed::accountMayHaveChanged);
}

FollowingFeed::~FollowingFeed() = default;

void FollowingFeed::refresh() {
    if (!busy_) {
        begin();
    }
}

void FollowingFeed::retry() {
    if (busy_) {
        return;
    }
    if (state() != State::MoreFailed || missed_.isEmpty()) {
        begin();
        return;
    }
    waiting_.assign(missed_.cbegin(), missed_.cend());
    setMissed({});
    busy_ = true;
    setState(State::LoadingMore);
    askWaiting();
}

void FollowingFeed::startOver() {
    clear();
    begin();
}

void FollowingFeed::clear() {
    scope_.restart();
    waiting_.clear();
    early_.clear();
    setMissed({});
    asking_ = 0;
    answered_ = 0;
    busy_ = false;
    followsNobody_ = false;
    readAs_ = 0;
    clearVideos();
}

void FollowingFeed::accountMayHaveChanged() {
    if (session_.expired() || state() == State::Empty || readAs_ == session_.userId()) {
        return;
    }
    // Another person follows others.
    clear();
    begin();
}

void FollowingFeed::begin() {
    if (!session_.signedIn()) {
        Error error;
        error.kind = ErrorKind::SignedOut;
        setState(count() == 0 ? State::Failed : State::MoreFailed, &error);
        return;
    }
    busy_ = true;
    answered_ = 0;
    early_.clear();
    waiting_.clear();
    setMissed({});
    readAs_ = session_.userId();
    oldest_.reset();
    if (count() == 0) {
        setState(State::Loading);
    } else {
        setRefreshing(true);
    }
    readPeople();
}

QCoro::Task<> FollowingFeed::readPeople() {
    const std::stop_token alive = scope_.token();
    const QString token = session_.token();
    auto people = co_await api_.following(readAs_, token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!people) {
        fail(people.error());
        if (people.error().kind == ErrorKind::SignedOut) {
            session_.reportSignedOut(token);
        }
        co_return;
    }
    noteAge(people.savedAt);
    QSet<contract::Id> followed;
    for (contract::User& person : *people) {
        if (!followed.contains(person.id)) {
            followed.insert(person.id);
            waiting_.push_back(std::move(person));
        }
    }
    if (!people.savedAt) {
        dropUnfollowed(followed);
    }
    followsNobody_ = followed.isEmpty();
    askWaiting();
}

void FollowingFeed::askWaiting() {
    if (waiting_.empty()) {
        finish();
        return;
    }
    // Each goes on by itself until nobody is left.
    asking_ = static_cast<int>(std::min<std::size_t>(kAtOnce, waiting_.size()));
    for (int i = asking_; i > 0; --i) {
        readWorks();
    }
}

QCoro::Task<> FollowingFeed::readWorks() {
    const std::stop_token alive = scope_.token();
    while (!waiting_.empty()) {
        const contract::User person = std::move(waiting_.front());
        waiting_.pop_front();
        const QString token = session_.token();
        const ReadMark mark = store_.beginReading();
        auto works = co_await api_.publishList(person.id, token, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        ++answered_;
        if (works) {
            noteAge(works.savedAt);
            QList<VideoEntity*> videos;
            for (contract::Video& video : *works) {
                if (video.author.id == 0) {
                    video.author = person;  // some servers leave it out of lists of one's works
                }
                videos.append(store_.video(video, works.savedAt ? kOldReading : mark));
            }
            arrived(videos);
            continue;
        }
        if (works.error().kind == ErrorKind::SignedOut) {
            // Whoever else is asked would get the same answer. This ends the other readers, too.
            scope_.restart();
            waiting_.clear();
            asking_ = 0;
            fail(works.error());
            session_.reportSignedOut(token);
            co_return;
        }
        lastError_ = std::move(works.error());
        setMissed(missed_ + QList<contract::User>{person});
    }
    if (--asking_ == 0) {
        finish();
    }
}

void FollowingFeed::arrived(const QList<VideoEntity*>& videos) {
    if (count() > 0) {
        mergeIn(videos);
        return;
    }
    early_.append(QList<QPointer<VideoEntity>>(videos.cbegin(), videos.cend()));
    if (answered_ >= kFirstPeople) {
        showEarly();
    }
    if (count() > 0) {
        setState(State::LoadingMore);
    }
}

// All at once: whoever watches begins at the first row.
void FollowingFeed::showEarly() {
    QList<VideoEntity*> all;
    for (const QList<QPointer<VideoEntity>>& each : std::exchange(early_, {})) {
        QList<VideoEntity*> there;
        for (const QPointer<VideoEntity>& video : each) {
            if (video) {
                there.append(video);
            }
        }
        all = mergedByAge(all, there);
    }
    insertVideos(0, all);
}

// Rows up to the one being watched stay what they are.
void FollowingFeed::mergeIn(const QList<VideoEntity*>& videos) {
    const QList<VideoEntity*> fresh = unseen(videos);
    int row = std::min(currentRow() + 1, count());
    QList<VideoEntity*> together;
    const auto put = [&] {
        insertVideos(row, together);
        row += static_cast<int>(together.size());
        together.clear();
    };
    for (VideoEntity* video : fresh) {
        if (row < count() && videoAt(row)->id() > video->id()) {
            put();
            while (row < count() && videoAt(row)->id() > video->id()) {
                ++row;
            }
        }
        together.append(video);
    }
    put();
}

void FollowingFeed::dropUnfollowed(const QSet<contract::Id>& followed) {
    for (int row = count() - 1; row > currentRow(); --row) {
        const UserEntity* author = videoAt(row)->author();
        if (author != nullptr && !followed.contains(author->id())) {
            removeVideo(row);
        }
    }
}

// The whole is as old as its oldest part.
void FollowingFeed::noteAge(std::optional<qint64> savedAt) {
    if (savedAt) {
        oldest_ = std::min(oldest_.value_or(*savedAt), *savedAt);
    }
}

void FollowingFeed::finish() {
    showEarly();
    setSavedAt(oldest_);
    busy_ = false;
    setRefreshing(false);
    if (!missed_.isEmpty()) {
        setState(count() == 0 ? State::Failed : State::MoreFailed, &lastError_);
    } else {
        setState(count() == 0 ? State::NoVideos : State::End);
    }
}

void FollowingFeed::fail(const Error& error) {
    early_.clear();
    busy_ = false;
    if (count() == 0) {
        setState(State::Failed, &error);
    } else if (refreshing()) {
        setRefreshing(false);
        Q_EMIT refreshFailed(error.kind, error.serverWords);
    } else {
        setState(State::MoreFailed, &error);
    }
}

void FollowingFeed::setMissed(QList<contract::User> missed) {
    if (missed.isEmpty() && missed_.isEmpty()) {
        return;
    }
    missed_ = std::move(missed);
    Q_EMIT missedPeopleChanged();
}

}  // namespace tikgok
