// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/feed_model.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// How far a refresh looks for the place where the new videos meet the known ones.
constexpr int kMostNewPages = 20;

}  // namespace

FeedModel::FeedModel(Api& api, Session& session, EntityStore& store, QObject* parent)
    : VideoList(parent), api_(api), session_(session), store_(store) {
    connect(&session_, &Session::serverChanged, this, &FeedModel::clear);
    connect(&session_, &Session::signedInChanged, this, &FeedModel::accountMayHaveChanged);
}

FeedModel::~FeedModel() = default;

void FeedModel::refresh() {
    switch (state()) {
        case State::Empty:
        case State::Failed:
        case State::NoVideos:
            loadFirst();
            return;
        case State::Loading:
            return;
        case State::Ready:
        case State::LoadingMore:
        case State::MoreFailed:
        case State::End:
            loadNewer();
            return;
    }
}

void FeedModel::loadMore() {
    if (state() == State::Ready) {
        loadNext();
    }
}

void FeedModel::retry() {
    if (state() == State::Failed) {
        loadFirst();
    } else if (state() == State::MoreFailed) {
        loadNext();
    }
}

void FeedModel::startOver() {
    clear();
    loadFirst();
}

void FeedModel::clear() {
    scope_.restart();
    againScope_.restart();
    cursor_.reset();
    pagesRead_ = 0;
    readAs_ = 0;
    clearVideos();
}

QCoro::Task<Result<FeedModel::Page>> FeedModel::readPage(std::optional<qint64> cursor,
                                                         std::stop_token alive) {
    QString token = session_.token();
    const contract::Id reader = session_.userId();
    ReadMark mark = store_.beginReading();
    auto answer = co_await api_.feed(cursor, token, alive);
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    bool asStranger = token.isEmpty();
    if (!answer && answer.error().kind == ErrorKind::SignedOut && !token.isEmpty()) {
        session_.reportSignedOut(token);
        if (alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        asStranger = true;
        mark = store_.beginReading();
        answer = co_await api_.feed(cursor, QString(), alive);
        if (alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
    }
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    if (videos().isEmpty()) {
        readAs_ = asStranger ? 0 : reader;
    } else if (asStranger) {
        readAs_ = 0;
    }
    Page page;
    page.next = answer->nextTime;
    for (const contract::Video& video : answer->videos) {
        page.videos.append(store_.video(video, mark));
    }
    co_return std::move(page);
}

void FeedModel::append(const Page& page) {
    const qsizetype before = videos().size();
    ++pagesRead_;
    insertVideos(count(), page.videos);
    const bool gotNew = videos().size() > before;
    // The three ways in which servers say that there is nothing older. A wrapped feed also ends here: it
    // starts over with videos that are known.
    if (!gotNew || !page.next) {
        cursor_.reset();
        setState(videos().isEmpty() ? State::NoVideos : State::End);
        return;
    }
    cursor_ = page.next;
    setState(State::Ready);
}

QCoro::Task<> FeedModel::loadFirst() {
    const std::stop_token alive = scope_.token();
    setState(State::Loading);
    const auto page = co_await readPage(std::nullopt, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!page) {
        setState(State::Failed, &page.error());
        co_return;
    }
    append(*page);
}

QCoro::Task<> FeedModel::loadNext() {
    const std::stop_token alive = scope_.token();
    setState(State::LoadingMore);
    const auto page = co_await readPage(cursor_, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!page) {
        setState(State::MoreFailed, &page.error());
        co_return;
    }
    append(*page);
}

QCoro::Task<> FeedModel::loadNewer() {
    if (refreshing()) {
        co_return;
    }
    const std::stop_token alive = scope_.token();
    setRefreshing(true);
    QList<VideoEntity*> newer;
    std::optional<qint64> cursor;
    for (int i = 0; i < kMostNewPages; ++i) {
        const auto page = co_await readPage(cursor, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        if (!page) {
            // Without the pages in between, what was found would leave a hole.
            setRefreshing(false);
            Q_EMIT refreshFailed(page.error().kind, page.error().serverWords);
            co_return;
        }
        const QList<VideoEntity*> fresh = unseen(page->videos);
        newer += fresh;
        if (fresh.size() < page->videos.size() || fresh.isEmpty() || !page->next || page->next == cursor) {
            break;
        }
        cursor = page->next;
    }
    insertVideos(std::min(currentRow() + 1, count()), newer);
    setRefreshing(false);
}

void FeedModel::accountMayHaveChanged() {
    if (session_.expired()) {
        return;  // still the same person's view
    }
    // What is on its way was asked for by somebody else. `readAs_` does not know of it before it is there.
    if (state() == State::Loading) {
        scope_.restart();
        loadFirst();
        return;
    }
    if (readAs_ == session_.userId() || videos().isEmpty()) {
        return;
    }
    const bool loadingMore = state() == State::LoadingMore;
    const bool wasRefreshing = refreshing();
    scope_.restart();
    setRefreshing(false);
    readAs_ = session_.userId();
    if (loadingMore) {
        loadNext();
    }
    if (wasRefreshing) {
        loadNewer();
    }
    readAgain();
}

// The same videos with the eyes of another account: only the entities change, no row moves.
QCoro::Task<> FeedModel::readAgain() {
    againScope_.restart();
    const std::stop_token alive = againScope_.token();
    const int pages = pagesRead_ + 1;  // one more: newer videos may have pushed the pages down
    QSet<contract::Id> missing = ids();
    std::optional<qint64> cursor;
    for (int i = 0; i < pages && !missing.isEmpty(); ++i) {
        const auto page = co_await readPage(cursor, alive);
        if (alive.stop_requested() || !page) {
            co_return;
        }
        for (const VideoEntity* video : page->videos) {
            missing.remove(video->id());
        }
        if (!page->next || page->videos.isEmpty() || page->next == cursor) {
            co_return;
        }
        cursor = page->next;
    }
}

}  // namespace tikgok
