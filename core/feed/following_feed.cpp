// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/following_feed.h"

#include <algorithm>
#include <utility>

namespace tikgok {

FollowingFeed::FollowingFeed(Api& api, Session& session, EntityStore& store, QObject* parent)
    : VideoList(parent), api_(api), session_(session), store_(store) {
    connect(&session_, &Session::serverChanged, this, &FollowingFeed::clear);
    connect(&session_, &Session::signedInChanged, this, &FollowingFeed::accountMayHaveChanged);
    // Early enough that nobody waits for a list that has to be read again.
    connect(this, &VideoList::currentRowChanged, this, [this] {
        if (rowsAhead() < kAhead / 2) {
            loadMore();
        }
    });
}

FollowingFeed::~FollowingFeed() = default;

void FollowingFeed::refresh() {
    if (round_ != Round::Everybodys) {
        begin();
    }
}

void FollowingFeed::retry() {
    if (round_ != Round::Nobodys) {
        return;
    }
    if (state() == State::MoreFailed && !stopped_) {
        ask(works_.missedPeople());
    } else {
        begin();
    }
}

void FollowingFeed::startOver() {
    clear();
    begin();
}

void FollowingFeed::loadMore() {
    if (count() == 0 || changingRows_ || stopped_) {
        return;
    }
    bringInLine();
    if (round_ == Round::Nobodys) {
        goOn();
        return;
    }
    // They are asked anyway: let them be the next.
    std::ranges::stable_partition(waiting_, [this](contract::Id person) {
        return std::ranges::find(lacking_, person) != lacking_.end();
    });
}

void FollowingFeed::clear() {
    scope_.restart();
    works_.clear();
    waiting_.clear();
    lacking_.clear();
    countMissed();
    asking_ = 0;
    answered_ = 0;
    round_ = Round::Nobodys;
    more_ = false;
    stopped_ = false;
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
        stopped_ = true;
        setState(count() == 0 ? State::Failed : State::MoreFailed, &error);
        return;
    }
    // What a few people are being asked for comes with everybody's, too.
    scope_.restart();
    stopped_ = false;
    if (round_ == Round::Somebodys) {
        settle();
    }
    waiting_.clear();
    asking_ = 0;
    answered_ = 0;
    round_ = Round::Everybodys;
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
    for (const contract::User& person : *people) {
        if (!followed.contains(person.id)) {
            followed.insert(person.id);
            waiting_.push_back(person.id);
        }
    }
    works_.setPeople(*people, !people.savedAt);
    countMissed();
    followsNobody_ = !works_.hasPeople();
    if (count() > 0) {
        bringInLine();  // who is not followed any more goes
    }
    askWaiting();
}

void FollowingFeed::ask(const std::vector<contract::Id>& people) {
    waiting_.assign(people.cbegin(), people.cend());
    round_ = Round::Somebodys;
    setState(State::LoadingMore);
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
        const contract::Id person = waiting_.front();
        waiting_.pop_front();
        const QString token = session_.token();
        const ReadMark mark = store_.beginReading();
        auto works = co_await api_.publishList(person, token, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        ++answered_;
        if (works) {
            noteAge(works.savedAt);
            adopt(person, std::move(*works), works.savedAt ? kOldReading : mark);
            if (alive.stop_requested()) {
                co_return;
            }
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
        works_.setMissed(person, true);
        countMissed();
    }
    if (--asking_ == 0) {
        finish();
    }
}

void FollowingFeed::adopt(contract::Id id, std::vector<contract::Video> works, ReadMark read) {
    for (contract::Video& video : works) {
        if (const contract::User* person = works_.person(id); person != nullptr && video.author.id == 0) {
            video.author = *person;  // some servers leave it out of lists of one's works
        }
        if (read != kOldReading && store_.findVideo(video.id) != nullptr) {
            store_.video(video, read);
        }
    }
    works_.setWorks(id, std::move(works), read);
    countMissed();
    // The first rows come all at once: whoever watches begins at the first one.
    if (count() > 0 || answered_ >= kFirstPeople) {
        bringInLine();
        if (count() > 0 && !refreshing()) {
            setState(State::LoadingMore);
        }
        works_.trim(id, ids(), planned_);
    }
}

// Rows up to the one being watched stay what they are.
void FollowingFeed::bringInLine() {
    if (changingRows_) {
        return;
    }
    changingRows_ = true;
    dropPassed();
    const QList<VideoEntity*> next = nextVideos();
    int row = count() == 0 ? 0 : currentRow() + 1;
    QList<VideoEntity*> together;
    const auto put = [&] {
        insertVideos(row, together);
        row += static_cast<int>(together.size());
        together.clear();
    };
    for (VideoEntity* video : next) {
        if (!ids().contains(video->id())) {
            together.append(video);
            continue;
        }
        put();
        const auto at = static_cast<int>(videos().indexOf(video, row));
        if (at > row) {
            moveVideoUp(at, row);
        }
        ++row;
    }
    put();
    if (row < count()) {
        removeVideos(row, count() - row);
    }
    changingRows_ = false;
}

// What belongs behind the row being watched, as far as it is at hand.
QList<VideoEntity*> FollowingFeed::nextVideos() {
    lacking_.clear();
    // Who swiped back finds again what was ready.
    const int most = std::max(kAhead, std::min(rowsAhead(), kMostRows - 1 - currentRow()));
    const std::vector<FollowedWorks::Work> works = works_.next(
        most + 1, idsUpToCurrent(), [this](contract::Id id) { return store_.findVideo(id) != nullptr; });
    more_ = std::cmp_greater(works.size(), most);
    planned_.clear();
    QList<VideoEntity*> videos;
    for (const FollowedWorks::Work& work : works) {
        if (std::cmp_greater_equal(planned_.size(), most)) {
            break;
        }
        planned_.insert(work.video);
        VideoEntity* video = store_.findVideo(work.video);
        // Nothing comes before what has to be read again, but that is looked for at once.
        if (video == nullptr && lacking_.empty()) {
            if (const auto told = works_.take(work)) {
                video = store_.video(told->video, told->read);
            }
        }
        if (video != nullptr && lacking_.empty()) {
            videos.append(video);
        } else if (video == nullptr && std::ranges::find(lacking_, work.person) == lacking_.end()) {
            lacking_.push_back(work.person);
        }
    }
    more_ = more_ || !lacking_.empty();
    return videos;
}

// Somebody swipes for hours: what they left far behind is let go.
void FollowingFeed::dropPassed() {
    if (currentRow() + 1 + kAhead <= kMostRows) {
        return;
    }
    const int many = currentRow() - kRowsBehind;
    for (int row = 0; row < many; ++row) {
        works_.pass(videoAt(row)->id());
    }
    removeVideos(0, many);
}

QSet<contract::Id> FollowingFeed::idsUpToCurrent() const {
    QSet<contract::Id> all;
    for (int row = 0; row <= currentRow() && row < count(); ++row) {
        all.insert(videoAt(row)->id());
    }
    return all;
}

// The whole is as old as its oldest part.
void FollowingFeed::noteAge(std::optional<qint64> savedAt) {
    if (savedAt) {
        oldest_ = std::min(oldest_.value_or(*savedAt), *savedAt);
    }
}

void FollowingFeed::finish() {
    round_ = Round::Nobodys;
    bringInLine();
    works_.trimAll(ids(), planned_);
    setSavedAt(oldest_);
    setRefreshing(false);
    goOn();
}

void FollowingFeed::goOn() {
    if (rowsAhead() < kAhead / 2 && !lacking_.empty()) {
        ask(std::exchange(lacking_, {}));
    } else {
        settle();
    }
}

void FollowingFeed::settle() {
    if (missedPeople_ > 0) {
        setState(count() == 0 ? State::Failed : State::MoreFailed, &lastError_);
    } else if (count() == 0) {
        setState(State::NoVideos);
    } else {
        setState(more_ ? State::Ready : State::End);
    }
}

void FollowingFeed::fail(const Error& error) {
    round_ = Round::Nobodys;
    if (count() == 0) {
        setState(State::Failed, &error);
    } else if (refreshing()) {
        setRefreshing(false);
        Q_EMIT refreshFailed(error.kind, error.serverWords);
    } else {
        stopped_ = true;
        setState(State::MoreFailed, &error);
    }
}

void FollowingFeed::countMissed() {
    const auto missed = static_cast<int>(works_.missedPeople().size());
    if (std::exchange(missedPeople_, missed) != missed) {
        Q_EMIT missedPeopleChanged();
    }
}

}  // namespace tikgok
