// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/file_fetcher.h"

#include "core/cache/file_head.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// How far ahead of a reader is fetched.
constexpr qint64 kWindow = qint64{1} << 20;
// Bytes that are read and dropped rather than asking again.
constexpr qint64 kSkip = qint64{256} << 10;
constexpr qint64 kScanSliceMs = 10;
constexpr qsizetype kMostUnusable = 1'000;
constexpr std::uint64_t kUsesPerRun = 1 << 24;

}  // namespace

FileFetcher::FileFetcher(std::shared_ptr<FileCacheState> state)
    : state_(std::move(state)), directory_(state_->options.directory) {}

FileFetcher::~FileFetcher() {
    const auto running = std::exchange(fetches_, {});
    for (const auto& fetch : running) {
        if (fetch->reply != nullptr) {
            fetch->reply->disconnect(this);  // and goes with its manager
        }
    }
    {
        const std::lock_guard lock(state_->mutex);
        for (const auto& file : std::as_const(state_->wanted)) {
            failWhole(*file, MediaBytes::Failure::Unavailable);
        }
    }
    save();
}

void FileFetcher::poke() {
    if (!poked_.exchange(true)) {
        QMetaObject::invokeMethod(this, &FileFetcher::look, Qt::QueuedConnection);
    }
}

void FileFetcher::start() {
    manager_ = new QNetworkAccessManager(this);
    manager_->setAutoDeleteReplies(false);
    saveSoon_ = new QTimer(this);
    saveSoon_->setSingleShot(true);
    saveSoon_->setInterval(std::chrono::seconds(1));
    connect(saveSoon_, &QTimer::timeout, this, &FileFetcher::save);
    tellSoon_ = new QTimer(this);
    tellSoon_->setSingleShot(true);
    tellSoon_->setInterval(std::chrono::milliseconds(500));
    connect(tellSoon_, &QTimer::timeout, this, &FileFetcher::bytesChanged);

    QDir directory(directory_);
    const bool made = directory.mkpath(QStringLiteral("."));
    QFile::setPermissions(directory_, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    // Uses are counted, not timed: clocks jump.
    QFile uses(directory.filePath(QStringLiteral("uses")));
    std::uint64_t count = 0;
    if (uses.open(QIODevice::ReadOnly)) {
        count = uses.read(32).trimmed().toULongLong();
        uses.close();
    }
    count += kUsesPerRun;
    const bool counted =
        uses.open(QIODevice::WriteOnly | QIODevice::Truncate) && uses.write(QByteArray::number(count)) > 0;
    {
        const std::lock_guard lock(state_->mutex);
        state_->uses += count;
        for (const auto& file : std::as_const(state_->wanted)) {
            file->used += count;
        }
    }
    if (!made || !counted) {
        setDiskTrouble(true);
    }
    unscanned_ = directory.entryList(QDir::Files);
    QTimer::singleShot(0, this, &FileFetcher::scan);
    look();
}

// In slices: there may be thousands, and somebody waits for a video.
void FileFetcher::scan() {
    QElapsedTimer time;
    time.start();
    while (!unscanned_.isEmpty() && time.elapsed() < kScanSliceMs) {
        const QString entry = unscanned_.takeLast();
        const QString name = entry.section(QLatin1Char('.'), 0, 0);
        if (entry == QLatin1String("uses")) {
            continue;
        }
        {
            const std::lock_guard lock(state_->mutex);
            if (state_->files.contains(name)) {
                continue;
            }
        }
        if (entry.endsWith(QLatin1String(".json"))) {
            auto file = loadCachedFile(directory_, name);
            const std::lock_guard lock(state_->mutex);
            if (file && !state_->files.contains(name)) {
                state_->total += file->have.total();
                state_->files.insert(name, file);
            }
        } else if (!QFile::exists(metaPath(directory_, name))) {
            // Nobody knows what it is.
            QFile::remove(directory_ + QLatin1Char('/') + entry);
        }
    }
    if (!unscanned_.isEmpty()) {
        QTimer::singleShot(0, this, &FileFetcher::scan);
        return;
    }
    {
        const std::lock_guard lock(state_->mutex);
        state_->scanned = true;
    }
    dropForgotten();
    evict();
    Q_EMIT bytesChanged();
}

void FileFetcher::wantWhole(const QUrl& url, const std::shared_ptr<QPromise<WholeFile>>& promise) {
    const std::lock_guard lock(state_->mutex);
    const qint64 noted = state_->notedSize(cachedFileName(state_->keyOf(url)));
    if (noted > FileCache::kMostWhole || noted > state_->limit || state_->limit <= 0 || state_->closing) {
        const bool tooLarge = noted > FileCache::kMostWhole;
        promise->addResult(
            std::unexpected(tooLarge ? MediaBytes::Failure::TooLarge : MediaBytes::Failure::Unavailable));
        promise->finish();
        return;
    }
    const std::shared_ptr<CachedFile> file = state_->fileOf(url);
    state_->use(file);
    file->whole.push_back(promise);
    poke();
}

void FileFetcher::setPrefetch(const QList<PrefetchWish>& wishes) {
    const std::lock_guard lock(state_->mutex);
    for (const auto& file : std::exchange(state_->prefetch, {})) {
        file->prefetchTo = 0;
    }
    if (state_->limit > 0) {
        for (const PrefetchWish& wish : wishes) {
            if (state_->notedSize(cachedFileName(state_->keyOf(wish.url))) > state_->limit) {
                continue;
            }
            const std::shared_ptr<CachedFile> file = state_->fileOf(wish.url);
            state_->use(file);
            file->prefetchTo = wish.bytes;
            state_->prefetch.append(file);
        }
    }
    poke();
}

std::optional<FileFetcher::Wish> FileFetcher::wishOf(const CachedFile& file, bool mayPrefetch) const {
    if (file.failure || file.refused) {
        return std::nullopt;
    }
    const auto missing = [&](qint64 at) { return file.size < 0 || at < file.size; };
    for (const auto& [reader, place] : file.readers) {
        if (place.waiting && file.have.endFrom(place.at) == place.at && missing(place.at)) {
            return Wish{place.at, place.at + kWindow};
        }
    }
    for (const auto& [reader, place] : file.readers) {
        const qint64 end = file.have.endFrom(place.at);
        if (place.begun && missing(end) && end < place.at + kWindow) {
            return Wish{end, place.at + kWindow};
        }
    }
    const qint64 end = file.have.endFrom(0);
    if (!file.whole.empty() && missing(end)) {
        return Wish{end, FileCache::kMostWhole + 1};
    }
    if (mayPrefetch && end < file.prefetchTo && missing(end)) {
        return Wish{end, file.prefetchTo};
    }
    return std::nullopt;
}

void FileFetcher::look() {
    poked_ = false;
    struct Step {
        std::shared_ptr<CachedFile> file;
        std::optional<Wish> wish;
        bool keep = false;
        bool whole = false;
        bool ask = false;
        bool gone = false;
    };
    QList<Step> steps;
    bool tooMuch = false;
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->closing) {
            return;
        }
        bool somebodyWaits = false;
        for (const auto& file : std::as_const(state_->wanted)) {
            somebodyWaits = somebodyWaits || std::ranges::any_of(file->readers, [&](const auto& one) {
                                return one.second.waiting || !one.second.begun;
                            });
        }
        std::shared_ptr<CachedFile> next;
        for (const auto& file : std::as_const(state_->prefetch)) {
            if (!somebodyWaits && !next && wishOf(*file, true)) {
                next = file;
            }
        }
        for (auto at = state_->wanted.begin(); at != state_->wanted.end();) {
            const std::shared_ptr<CachedFile> file = *at;
            std::erase_if(file->whole, [](const auto& promise) { return promise->isCanceled(); });
            Step step{.file = file, .wish = wishOf(*file, file == next)};
            step.keep = !file->readers.empty();
            step.whole = !file->whole.empty() && (file->isWhole() || file->failure || file->refused);
            step.ask = std::exchange(file->askNow, false) && !file->asking;
            file->asking = file->asking || step.ask;
            step.gone = !file->inUse() && file->forget;
            const bool leave = !file->inUse();
            // It may have been kept only because it was in use.
            tooMuch = tooMuch || (leave && state_->scanned && state_->total > state_->limit);
            if (step.wish || step.keep || step.whole || step.ask || step.gone ||
                fetches_.contains(file.get())) {
                steps.append(step);
            }
            if (leave && file->have.isEmpty()) {
                state_->files.remove(file->name);  // nothing came of it
            }
            at = leave ? state_->wanted.erase(at) : std::next(at);
        }
        if (!state_->dirty.isEmpty() && !saveSoon_->isActive()) {
            saveSoon_->start();
        }
    }
    for (const Step& step : std::as_const(steps)) {
        if (step.gone) {
            remove(step.file);
            continue;
        }
        if (step.ask) {
            ask(step.file);
        }
        if (step.whole) {
            answerWhole(step.file);
        }
        const auto fetch = fetches_.value(step.file.get());
        if (!step.wish) {
            if (fetch && !step.keep) {
                end(fetch, std::nullopt);
            } else if (fetch) {
                fetch->allowed = fetch->at;
            }
            continue;
        }
        if (fetch && fetch->passing) {
            fetch->allowed = step.wish->until;
            take(fetch, false);
            continue;
        }
        if (fetch && fetch->at <= step.wish->at && (fetch->fromStart || step.wish->at - fetch->at <= kSkip)) {
            fetch->allowed = step.wish->until;
            take(fetch, false);
            continue;
        }
        if (fetch) {
            end(fetch, std::nullopt);
        }
        begin(step.file, *step.wish);
    }
    if (tooMuch) {
        evict();
    }
}

void FileFetcher::failWhole(CachedFile& file, MediaBytes::Failure failure) {
    for (const auto& promise : std::exchange(file.whole, {})) {
        promise->addResult(std::unexpected(failure));
        promise->finish();
    }
}

// Somebody wants all of it at once, and it is there, or will not come.
void FileFetcher::answerWhole(const std::shared_ptr<CachedFile>& file) {
    QByteArray known;
    {
        const std::lock_guard lock(state_->mutex);
        // Before what the cache says of it: from its address it would be as large.
        if (file->size > FileCache::kMostWhole || file->have.endFrom(0) > FileCache::kMostWhole ||
            (file->refused && state_->notedSize(file->name) > FileCache::kMostWhole)) {
            poke();  // it goes when nobody else uses it
            failWhole(*file, MediaBytes::Failure::TooLarge);
            return;
        }
        if (file->refused || (!file->isWhole() && file->failure)) {
            poke();
            failWhole(*file, file->refused ? MediaBytes::Failure::Unavailable : *file->failure);
            return;
        }
        if (!file->checked) {
            known = file->digest;
        }
    }
    QFile disk(dataPath(directory_, file->name));
    QByteArray bytes;
    if (disk.open(QIODevice::ReadOnly)) {
        bytes = disk.readAll();
    }
    // Not while the mutex is held: the GUI asks for numbers.
    const bool same = known.isEmpty() || QCryptographicHash::hash(bytes, QCryptographicHash::Sha1) == known;
    const std::lock_guard lock(state_->mutex);
    if (!same || bytes.size() != file->size) {
        state_->forgetBytes(*file);
        // Once more, but not for ever.
        if (++file->wrong > 1) {
            file->wrong = 0;
            file->forget = true;
            failWhole(*file, MediaBytes::Failure::Network);
        }
        poke();  // fetches it again
        return;
    }
    file->wrong = 0;
    file->checked = true;
    for (const auto& promise : std::exchange(file->whole, {})) {
        promise->addResult(WholeFile(bytes));
        promise->finish();
    }
    // Shown at once, asked about afterwards: the next one who wants it gets the new one.
    if (!file->asked) {
        file->askNow = true;
    }
    state_->wanted.insert(file);
    poke();
}

void FileFetcher::ask(const std::shared_ptr<CachedFile>& file) {
    QNetworkRequest request;
    {
        const std::lock_guard lock(state_->mutex);
        request = fileRequest(file->url, state_->options);
    }
    QNetworkReply* reply = manager_->head(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply, file] {
        answered(file, *reply);
        reply->deleteLater();
    });
}

void FileFetcher::answered(const std::shared_ptr<CachedFile>& file, QNetworkReply& reply) {
    const FileHead head = headOf(reply, {});
    const bool missing = head.status == 404 || head.status == 410;
    const std::lock_guard lock(state_->mutex);
    file->asking = false;
    // Also when it is taken for a page: there are servers that call their films that.
    if (reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200 || missing) {
        file->asked = std::chrono::steady_clock::now();
    }
    if (missing || (head.status == 200 && !sameThing(*file, head))) {
        const bool begun =
            std::ranges::any_of(file->readers, [](const auto& reader) { return reader.second.begun; });
        if (begun) {
            file->forget = true;  // who reads it already, goes on with what it was
        } else {
            state_->forgetBytes(*file);
        }
        state_->dirty.insert(file);
    }
    state_->changed.notify_all();
    poke();
}

bool FileFetcher::evictTo(qint64 bytes) {
    QStringList names;
    bool enough = false;
    {
        const std::lock_guard lock(state_->mutex);
        QList<std::shared_ptr<CachedFile>> candidates;
        if (state_->total > bytes) {
            for (const auto& file : std::as_const(state_->files)) {
                if (!file->inUse()) {
                    candidates.append(file);
                }
            }
            std::ranges::sort(candidates, {}, &CachedFile::used);
        }
        for (const auto& file : std::as_const(candidates)) {
            if (state_->total <= bytes) {
                break;
            }
            state_->total -= file->have.total();
            names.append(file->name);
            state_->wanted.remove(file);
            state_->dirty.remove(file);
            state_->files.remove(file->name);
        }
        enough = state_->total <= bytes;
    }
    for (const QString& name : std::as_const(names)) {
        removeCachedFile(directory_, name);
    }
    if (!names.isEmpty()) {
        Q_EMIT bytesChanged();
    }
    return enough;
}

void FileFetcher::evict() {
    if (scanned()) {
        evictTo(limit());
    }
}

void FileFetcher::limitChanged() {
    if (limit() <= 0) {
        // What waits to be used counts as used, too.
        setPrefetch({});
    }
    evict();
}

bool FileFetcher::scanned() const {
    const std::lock_guard lock(state_->mutex);
    return state_->scanned;
}

qint64 FileFetcher::limit() const {
    const std::lock_guard lock(state_->mutex);
    return state_->limit;
}

qint64 FileFetcher::half() const {
    const std::lock_guard lock(state_->mutex);
    return state_->total / 2;
}

void FileFetcher::remove(const std::shared_ptr<CachedFile>& file) {
    {
        const std::lock_guard lock(state_->mutex);
        if (file->inUse()) {
            return;
        }
        state_->total -= file->have.total();
        state_->dirty.remove(file);
        state_->wanted.remove(file);
        if (state_->files.value(file->name) == file) {
            state_->files.remove(file->name);
        }
    }
    removeCachedFile(directory_, file->name);
    Q_EMIT bytesChanged();
}

void FileFetcher::dropUnusable(const QUrl& url) {
    QString name;
    {
        const std::lock_guard lock(state_->mutex);
        name = cachedFileName(state_->keyOf(url));
        const std::shared_ptr<CachedFile> file = state_->files.value(name);
        if (!file || !file->isWhole() || file->fetching || !file->readers.empty() || !file->whole.empty()) {
            return;
        }
        const auto now = std::chrono::steady_clock::now();
        const auto last = state_->unusable.constFind(name);
        if (last != state_->unusable.constEnd() && now - *last < state_->options.unusableAgainAfter) {
            return;
        }
        if (state_->unusable.size() >= kMostUnusable) {
            state_->unusable.clear();
        }
        state_->unusable.insert(name, now);
        // The server may be being asked about it, so it stays, with nothing in it.
        state_->forgetBytes(*file);
    }
    removeCachedFile(directory_, name);
    Q_EMIT bytesChanged();
}

void FileFetcher::clear() {
    {
        const std::lock_guard lock(state_->mutex);
        for (const auto& file : std::as_const(state_->files)) {
            file->forget = true;
        }
    }
    evictTo(0);
    poke();
    Q_EMIT bytesChanged();
}

void FileFetcher::forgetServer(const QString& key) {
    forgotten_.append(key + QLatin1Char('/'));
    if (scanned()) {
        dropForgotten();
    }
}

void FileFetcher::dropForgotten() {
    const QStringList prefixes = std::exchange(forgotten_, {});
    QList<std::shared_ptr<CachedFile>> gone;
    {
        const std::lock_guard lock(state_->mutex);
        std::ranges::copy_if(state_->files, std::back_inserter(gone), [&prefixes](const auto& file) {
            return std::ranges::any_of(
                prefixes, [&file](const QString& prefix) { return file->key.startsWith(prefix); });
        });
        for (const auto& file : std::as_const(gone)) {
            file->forget = true;
        }
    }
    for (const auto& file : std::as_const(gone)) {
        remove(file);
    }
}

void FileFetcher::countDirect(qint64 bytes) {
    if (state_->options.received) {
        state_->options.received(bytes);
    }
    const std::lock_guard lock(state_->mutex);
    state_->fetched += bytes;
}

void FileFetcher::save() {
    QList<CachedFile> copies;
    {
        const std::lock_guard lock(state_->mutex);
        for (const auto& file : std::exchange(state_->dirty, {})) {
            if (file->have.isEmpty()) {
                continue;
            }
            CachedFile copy;
            copy.name = file->name;
            copy.key = file->key;
            copy.size = file->size;
            copy.have = file->have;
            copy.etag = file->etag;
            copy.modified = file->modified;
            copy.digest = file->digest;
            copy.used = file->used;
            copies.append(std::move(copy));
        }
    }
    for (const CachedFile& copy : std::as_const(copies)) {
        if (!saveCachedFile(directory_, copy)) {
            setDiskTrouble(true);
        }
    }
}

void FileFetcher::setDiskTrouble(bool refused) {
    const DiskTrouble trouble = refused ? diskTroubleOf(directory_) : DiskTrouble::None;
    {
        const std::lock_guard lock(state_->mutex);
        if (std::exchange(state_->diskTrouble, trouble) == trouble) {
            return;
        }
    }
    Q_EMIT diskTroubleChanged();
}

}  // namespace tikgok
