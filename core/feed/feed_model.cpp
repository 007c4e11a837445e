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
    : QAbstractListModel(parent), api_(api), session_(session), store_(store) {
    connect(&session_, &Session::serverChanged, this, &FeedModel::clear);
    connect(&session_, &Session::signedInChanged, this, &FeedModel::accountMayHaveChanged);
}

FeedModel::~FeedModel() = default;

int FeedModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant FeedModel::data(const QModelIndex& index, int role) const {
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

QHash<int, QByteArray> FeedModel::roleNames() const {
    return {{VideoRole, QByteArrayLiteral("video")}};
}

VideoEntity* FeedModel::videoAt(int row) const {
    return videos_.value(row, nullptr);
}

void FeedModel::setCurrentRow(int row) {
    row = std::clamp(row, 0, std::max(count() - 1, 0));
    if (std::exchange(currentRow_, row) != row) {
        Q_EMIT currentRowChanged();
    }
}

void FeedModel::refresh() {
    switch (state_) {
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
    if (state_ == State::Ready) {
        loadNext();
    }
}

void FeedModel::retry() {
    if (state_ == State::Failed) {
        loadFirst();
    } else if (state_ == State::MoreFailed) {
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
    beginResetModel();
    videos_.clear();
    ids_.clear();
    endResetModel();
    cursor_.reset();
    pagesRead_ = 0;
    readAs_ = 0;
    setCurrentRow(0);
    setRefreshing(false);
    setState(State::Empty);
    Q_EMIT countChanged();
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
    if (videos_.isEmpty()) {
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

QList<VideoEntity*> FeedModel::unseen(const QList<VideoEntity*>& videos) const {
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

void FeedModel::insert(int row, const QList<VideoEntity*>& videos) {
    const QList<VideoEntity*> fresh = unseen(videos);
    if (fresh.isEmpty()) {
        return;
    }
    beginInsertRows({}, row, row + static_cast<int>(fresh.size()) - 1);
    for (qsizetype i = 0; i < fresh.size(); ++i) {
        videos_.insert(row + i, fresh.at(i));
        ids_.insert(fresh.at(i)->id());
    }
    endInsertRows();
    Q_EMIT countChanged();
}

void FeedModel::append(const Page& page) {
    const qsizetype before = videos_.size();
    ++pagesRead_;
    insert(count(), page.videos);
    const bool gotNew = videos_.size() > before;
    // The three ways in which servers say that there is nothing older. A wrapped feed also ends here: it
    // starts over with videos that are known.
    if (!gotNew || !page.next) {
        cursor_.reset();
        setState(videos_.isEmpty() ? State::NoVideos : State::End);
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
    if (refreshing_) {
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
    insert(std::min(currentRow_ + 1, count()), newer);
    setRefreshing(false);
}

void FeedModel::accountMayHaveChanged() {
    if (session_.expired()) {
        return;  // still the same person's view
    }
    // What is on its way was asked for by somebody else. `readAs_` does not know of it before it is there.
    if (state_ == State::Loading) {
        scope_.restart();
        loadFirst();
        return;
    }
    if (readAs_ == session_.userId() || videos_.isEmpty()) {
        return;
    }
    const bool loadingMore = state_ == State::LoadingMore;
    const bool wasRefreshing = refreshing_;
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
    QSet<contract::Id> missing = ids_;
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

void FeedModel::setState(State state, const Error* error) {
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

void FeedModel::setRefreshing(bool refreshing) {
    if (std::exchange(refreshing_, refreshing) != refreshing) {
        Q_EMIT refreshingChanged();
    }
}

}  // namespace tikgok
