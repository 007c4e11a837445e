// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/feed/feed_model.h"

#include "core/feed/feed_place.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// How far a refresh looks for the place where the new videos meet the known ones.
constexpr int kMostNewPages = 20;

// Of the feed's place: how long after a swipe it is written, and how much of the list around the video.
constexpr std::chrono::milliseconds kSaveAfter{250};
constexpr int kPlaceBefore = 5;
constexpr int kPlaceBehind = 5;
constexpr int kPlaceMost = 80;

// So many rows, and then the first ones go, but for those that somebody may swipe back to.
constexpr int kMostRows = 400;
constexpr int kRowsBehind = 200;

}  // namespace

FeedModel::FeedModel(Api& api, Session& session, EntityStore& store, QObject* parent)
    : VideoList(parent), api_(api), session_(session), store_(store) {
    saveSoon_.setSingleShot(true);
    saveSoon_.setInterval(kSaveAfter);
    connect(&saveSoon_, &QTimer::timeout, this, &FeedModel::savePlace);
    connect(&session_, &Session::serverChanged, this, [this] {
        lookedFor_.clear();
        clear();
    });
    connect(&session_, &Session::signedInChanged, this, &FeedModel::accountMayHaveChanged);
}

FeedModel::~FeedModel() {
    // Whoever quits right after a swipe comes back to where it led.
    if (saveSoon_.isActive()) {
        savePlace();
    }
}

void FeedModel::refresh() {
    switch (state()) {
        case State::Empty:
        case State::Failed:
        case State::NoVideos:
            begin();
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

void FeedModel::keepPlaceIn(PageCache& pages, std::chrono::milliseconds again) {
    pages_ = &pages;
    saveAgain_.setInterval(again);
    connect(&saveAgain_, &QTimer::timeout, this, &FeedModel::savePlace);
    connect(pages_, &PageCache::diskTroubleChanged, this, &FeedModel::diskTroubleMayHaveChanged);
    connect(this, &VideoList::currentRowChanged, this, &FeedModel::saveSoon);
    connect(this, &VideoList::countChanged, this, &FeedModel::saveSoon);
}

void FeedModel::saveSoon() {
    // Not pushed back by the next swipe: somebody who swipes on for a minute may be killed in it.
    if (pages_ != nullptr && count() > 0 && !anothersEyes_ && !saveSoon_.isActive()) {
        saveSoon_.start();
    }
}

// Which of its writes the disk refused is not known; the place is small.
void FeedModel::diskTroubleMayHaveChanged() {
    if (pages_->diskTrouble() != DiskTrouble::None) {
        saveAgain_.start();
    } else if (saveAgain_.isActive()) {
        saveAgain_.stop();
        saveSoon();
    }
}

QString FeedModel::placeOwner() const {
    const QString account = session_.accountKey();
    return account.isEmpty() ? session_.server() + QStringLiteral("|0") : account;
}

void FeedModel::begin() {
    if (pages_ != nullptr && lookedFor_ != placeOwner()) {
        restorePlace();
    } else {
        loadFirst();
    }
}

QCoro::Task<> FeedModel::restorePlace() {
    const std::stop_token alive = scope_.token();
    setState(State::Loading);
    const QString owner = placeOwner();
    const auto kept = co_await pages_->find(owner, feedPlaceName(), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    lookedFor_ = owner;
    if (kept) {
        showPlace(*kept);
    }
    if (videos().isEmpty()) {
        loadFirst();
    } else {
        loadNewer();
    }
}

void FeedModel::showPlace(const KeptPage& kept) {
    const auto place = unpackFeedPlace(kept.body);
    if (!place) {
        return;
    }
    readAs_ = session_.lastUserId();
    cursor_ = place->page.nextTime;
    QList<VideoEntity*> shown;
    for (const contract::Video& video : place->page.videos) {
        shown.append(store_.video(video, kOldReading));
    }
    VideoEntity* const watched = shown.at(place->row);
    if (cursor_) {
        cursorAfter_.insert(shown.constLast()->id(), *cursor_);
    }
    setSavedAt(kept.readAt);
    // The watched one comes first, so that no other is loaded before it.
    insertVideos(0, shown.mid(place->row));
    insertVideos(0, shown.first(place->row));
    const int row = static_cast<int>(videos().indexOf(watched));
    setCurrentRow(row);
    setState(cursor_ ? State::Ready : State::End);
    Q_EMIT placeRestored(row);
}

void FeedModel::savePlace() {
    if (pages_ == nullptr || videos().isEmpty() || anothersEyes_) {
        return;
    }
    const int first = std::max(0, currentRow() - kPlaceBefore);
    const int most = std::min(count(), first + kPlaceMost);
    FeedPlace place;
    place.row = currentRow() - first;
    for (int row = first; row < most; ++row) {
        const VideoEntity* video = videoAt(row);
        place.page.videos.push_back(video->told());
        const auto cursor = cursorAfter_.constFind(video->id());
        if (row >= currentRow() + kPlaceBehind && cursor != cursorAfter_.constEnd()) {
            place.page.nextTime = *cursor;
            break;
        }
    }
    if (!place.page.nextTime && most == count()) {
        place.page.nextTime = cursor_;
    }
    // A place that is shown from an earlier run is as old as it was.
    pages_->put(placeOwner(), feedPlaceName(), packFeedPlace(place),
                savedAt().isValid() ? std::optional(savedAt().toMSecsSinceEpoch()) : std::nullopt);
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
    cursorAfter_.clear();
    firstCursor_.reset();
    newer_.clear();
    passed_.clear();
    saveSoon_.stop();
    anothersEyes_ = false;
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
    page.savedAt = answer.savedAt;
    for (const contract::Video& video : answer->videos) {
        page.videos.append(store_.video(video, answer.savedAt ? kOldReading : mark));
    }
    co_return std::move(page);
}

void FeedModel::append(const Page& page) {
    const qsizetype before = videos().size();
    insertVideos(count(), notShown(page.videos));
    const bool gotNew = videos().size() > before;
    // The three ways in which servers say that there is nothing older. A wrapped feed also ends here: it
    // starts over with videos that are known.
    if (!gotNew || !page.next) {
        cursor_.reset();
        setState(videos().isEmpty() ? State::NoVideos : State::End);
        return;
    }
    cursor_ = page.next;
    cursorAfter_.insert(videos().constLast()->id(), *page.next);
    setState(State::Ready);
    dropPassed();
}

QList<VideoEntity*> FeedModel::notShown(const QList<VideoEntity*>& videos) const {
    QList<VideoEntity*> fresh = unseen(videos);
    fresh.removeIf([this](const VideoEntity* video) { return passed_.contains(video->id()); });
    return fresh;
}

// Somebody swipes for hours: what they left far behind is let go.
void FeedModel::dropPassed() {
    const int many = std::min(count() - kMostRows, currentRow() - kRowsBehind);
    if (many <= 0) {
        return;
    }
    for (int row = 0; row < many; ++row) {
        const contract::Id id = videoAt(row)->id();
        passed_.insert(id);
        newer_.remove(id);
        if (const auto cursor = cursorAfter_.constFind(id); cursor != cursorAfter_.constEnd()) {
            firstCursor_ = *cursor;
            cursorAfter_.erase(cursor);
        }
    }
    removeVideos(0, many);
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
    setSavedAt(page->savedAt);
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
    QList<QPointer<VideoEntity>> newer;
    std::optional<qint64> cursor;
    std::optional<qint64> kept;
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
        kept = kept ? kept : page->savedAt;
        const QList<VideoEntity*> fresh = notShown(page->videos);
        newer.append(QList<QPointer<VideoEntity>>(fresh.cbegin(), fresh.cend()));
        if (fresh.size() < page->videos.size() || fresh.isEmpty() || !page->next || page->next == cursor) {
            break;
        }
        cursor = page->next;
    }
    // What is shown from an earlier run stays marked until the server is heard.
    if (!kept) {
        setSavedAt(std::nullopt);
    } else if (!savedAt().isValid()) {
        setSavedAt(kept);
    }
    QList<VideoEntity*> there;
    for (const QPointer<VideoEntity>& video : std::as_const(newer)) {
        if (video) {
            there.append(video);
            newer_.insert(video->id());
        }
    }
    insertVideos(std::min(currentRow() + 1, count()), there);
    setRefreshing(false);
}

void FeedModel::accountMayHaveChanged() {
    if (session_.expired()) {
        return;  // still the same person's view
    }
    // What is on its way was asked for by somebody else. `readAs_` does not know of it before it is there.
    // What failed before the vault had given the session may be kept on this device for whom it is.
    if (state() == State::Loading || state() == State::Failed) {
        scope_.restart();
        begin();
        return;
    }
    if (videos().isEmpty()) {
        return;
    }
    const bool loadingMore = state() == State::LoadingMore;
    const bool wasRefreshing = refreshing();
    const bool sameEyes = readAs_ == session_.userId();
    if (!sameEyes || loadingMore || wasRefreshing) {
        scope_.restart();
        setRefreshing(false);
    }
    if (!sameEyes) {
        readAs_ = session_.userId();
        saveSoon_.stop();
        anothersEyes_ = true;
    }
    if (loadingMore) {
        loadNext();
    }
    if (wasRefreshing) {
        loadNewer();
    }
    if (!sameEyes) {
        readAgain();
    }
}

// The same videos with the eyes of another account: only the entities change, no row moves. As many pages as
// the rows came with, and some, because newer videos may have pushed them down; what was let go long ago is
// not read again.
QCoro::Task<> FeedModel::readAgain() {
    againScope_.restart();
    const std::stop_token alive = againScope_.token();
    QSet<contract::Id> missing = ids();
    const bool fromTheTop = !firstCursor_;
    co_await readPages(firstCursor_, cursorAfter_.size() + 2, missing, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!fromTheTop && missing.intersects(newer_)) {
        missing.intersect(newer_);
        co_await readPages(std::nullopt, kMostNewPages, missing, alive);
        if (alive.stop_requested()) {
            co_return;
        }
    }
    // What was not found or could not be asked has lost its hearts with the former account: nothing of it is
    // left.
    anothersEyes_ = false;
    saveSoon();
}

QCoro::Task<> FeedModel::readPages(std::optional<qint64> cursor, qsizetype most, QSet<contract::Id>& missing,
                                   std::stop_token alive) {
    for (qsizetype i = 0; i < most && !missing.isEmpty(); ++i) {
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
