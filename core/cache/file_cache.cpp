// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/file_cache.h"

#include "core/cache/file_cache_state.h"
#include "core/cache/file_fetcher.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tikgok {

namespace {

using PictureFailure = MediaBytes::Failure;

constexpr qsizetype kMostNoted = 1'000;

bool overTheWeb(const QUrl& url) {
    return (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https")) &&
           !url.host().isEmpty();
}

QString originOf(const QUrl& url) {
    return url.scheme() + QStringLiteral("://") + url.authority(QUrl::FullyEncoded);
}

}  // namespace

QString FileCacheState::keyOf(const QUrl& url) const {
    const QString text = url.adjusted(QUrl::RemoveFragment).toString(QUrl::FullyEncoded);
    const bool ours = !serverBase.isEmpty() && text.startsWith(serverBase) &&
                      (text.size() == serverBase.size() || text.at(serverBase.size()) == QLatin1Char('/'));
    return ours ? serverKey + text.mid(serverBase.size()) : text;
}

void FileCacheState::noteSize(const QString& name, qint64 atLeast) {
    if (noted.size() >= kMostNoted && !noted.contains(name)) {
        noted.clear();
    }
    noted.insert(name, {.bytes = atLeast, .when = std::chrono::steady_clock::now()});
}

qint64 FileCacheState::notedSize(const QString& name) const {
    const auto found = noted.constFind(name);
    const bool now =
        found != noted.constEnd() && std::chrono::steady_clock::now() - found->when < options.askAgainAfter;
    return now ? found->bytes : 0;
}

std::shared_ptr<CachedFile> FileCacheState::fileOf(const QUrl& url) {
    const QString key = keyOf(url);
    const QString name = cachedFileName(key);
    std::shared_ptr<CachedFile>& file = files[name];
    if (!file) {
        // Once all that is on disk is known, what is not known is not there.
        file = scanned ? nullptr : loadCachedFile(options.directory, name);
        if (file) {
            total += file->have.total();
        } else {
            file = std::make_shared<CachedFile>();
            file->name = name;
            file->key = key;
        }
    }
    file->url = url;
    return file;
}

void FileCacheState::loseBytes(CachedFile& file) {
    total -= file.have.total();
    file.have.clear();
    file.digest.clear();
}

void FileCacheState::forgetBytes(CachedFile& file) {
    loseBytes(file);
    ++file.version;
    file.size = -1;
    file.etag.clear();
    file.modified.clear();
    file.checked = false;
}

void FileCacheState::use(const std::shared_ptr<CachedFile>& file) {
    file->used = ++uses;
    // A disk that was full may have room again.
    file->refused = false;
    file->failure.reset();
    wanted.insert(file);
    dirty.insert(file);
}

FileCache::FileCache(FileCacheOptions options, QObject* parent)
    : QObject(parent), state_(std::make_shared<FileCacheState>(std::move(options))) {
    fetcher_ = new FileFetcher(state_);
    fetcher_->moveToThread(&thread_);
    connect(&thread_, &QThread::started, fetcher_, &FileFetcher::start);
    connect(&thread_, &QThread::finished, fetcher_, &QObject::deleteLater);
    connect(fetcher_, &FileFetcher::bytesChanged, this, &FileCache::bytesChanged);
    connect(fetcher_, &FileFetcher::diskTroubleChanged, this, &FileCache::diskTroubleChanged);
    state_->poke = [fetcher = fetcher_] { fetcher->poke(); };
    thread_.setObjectName(QStringLiteral("file cache"));
    thread_.start();
}

FileCache::~FileCache() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->closing = true;
        state_->poke = nullptr;
        state_->changed.notify_all();
    }
    thread_.quit();
    thread_.wait();
}

void FileCache::setServer(const QUrl& base, const QString& key) {
    const std::lock_guard lock(state_->mutex);
    state_->serverBase = base.host().isEmpty() ? QString() : originOf(base);
    state_->serverKey = key;
}

std::unique_ptr<MediaBytes> FileCache::open(const QUrl& url) {
    if (!overTheWeb(url)) {
        return nullptr;
    }
    const std::lock_guard lock(state_->mutex);
    if (state_->limit <= 0 || state_->closing ||
        state_->notedSize(cachedFileName(state_->keyOf(url))) > state_->limit) {
        return nullptr;
    }
    const std::shared_ptr<CachedFile> file = state_->fileOf(url);
    state_->use(file);
    return openCachedBytes(state_, file);
}

QFuture<WholeFile> FileCache::fetch(const QUrl& url) {
    const auto promise = std::make_shared<QPromise<WholeFile>>();
    promise->start();
    QFuture<WholeFile> future = promise->future();
    if (!overTheWeb(url)) {
        promise->addResult(std::unexpected(PictureFailure::Unavailable));
        promise->finish();
        return future;
    }
    // There, because what is known of a file may have to be read from the disk.
    QMetaObject::invokeMethod(
        fetcher_, [fetcher = fetcher_, url, promise] { fetcher->wantWhole(url, promise); },
        Qt::QueuedConnection);
    return future;
}

void FileCache::noteUnusable(const QUrl& url) {
    QMetaObject::invokeMethod(
        fetcher_, [fetcher = fetcher_, url] { fetcher->dropUnusable(url); }, Qt::QueuedConnection);
}

const FileCacheOptions& FileCache::options() const {
    return state_->options;
}

void FileCache::countDirect(qint64 bytes) {
    QMetaObject::invokeMethod(
        fetcher_, [fetcher = fetcher_, bytes] { fetcher->countDirect(bytes); }, Qt::QueuedConnection);
}

void FileCache::noteTooLarge(const QUrl& url, qint64 atLeast) {
    const std::lock_guard lock(state_->mutex);
    state_->noteSize(cachedFileName(state_->keyOf(url)), atLeast);
}

void FileCache::setPrefetch(const QList<PrefetchWish>& wishes) {
    QList<PrefetchWish> fine;
    std::ranges::copy_if(wishes, std::back_inserter(fine),
                         [](const PrefetchWish& wish) { return overTheWeb(wish.url) && wish.bytes > 0; });
    QMetaObject::invokeMethod(
        fetcher_, [fetcher = fetcher_, fine] { fetcher->setPrefetch(fine); }, Qt::QueuedConnection);
}

qint64 FileCache::bytes() const {
    const std::lock_guard lock(state_->mutex);
    return state_->total;
}

qint64 FileCache::limit() const {
    const std::lock_guard lock(state_->mutex);
    return state_->limit;
}

void FileCache::setLimit(qint64 bytes) {
    bytes = std::max<qint64>(bytes, 0);
    {
        const std::lock_guard lock(state_->mutex);
        if (std::exchange(state_->limit, bytes) == bytes) {
            return;
        }
        state_->poke();
    }
    QMetaObject::invokeMethod(
        fetcher_, [fetcher = fetcher_] { fetcher->limitChanged(); }, Qt::QueuedConnection);
    Q_EMIT limitChanged();
}

DiskTrouble FileCache::diskTrouble() const {
    const std::lock_guard lock(state_->mutex);
    return state_->diskTrouble;
}

qint64 FileCache::bytesFetched() const {
    const std::lock_guard lock(state_->mutex);
    return state_->fetched;
}

bool FileCache::isWhole(const QUrl& url) const {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->files.constFind(cachedFileName(state_->keyOf(url)));
    return found != state_->files.constEnd() && (*found)->isWhole();
}

void FileCache::clear() {
    QMetaObject::invokeMethod(fetcher_, [fetcher = fetcher_] { fetcher->clear(); }, Qt::QueuedConnection);
}

void FileCache::forgetServer(const QString& key) {
    QMetaObject::invokeMethod(
        fetcher_, [fetcher = fetcher_, key] { fetcher->forgetServer(key); }, Qt::QueuedConnection);
}

}  // namespace tikgok
