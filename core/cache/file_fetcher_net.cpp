// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a FileFetcher fetches one file.
#include "core/api/end_reply.h"
#include "core/cache/file_fetcher.h"
#include "core/cache/file_head.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(fileCacheLog, "tikgok.cache.files")

using Failure = MediaBytes::Failure;

constexpr qint64 kReadBuffer = qint64{512} << 10;
constexpr qint64 kStep = qint64{128} << 10;
// Of the beginning of an answer, to see what it is.
constexpr qint64 kPeek = 64;
constexpr int kTries = 3;
constexpr std::chrono::milliseconds kTryAgain{200};

bool nobodyThere(QNetworkReply::NetworkError error) {
    return error == QNetworkReply::ConnectionRefusedError || error == QNetworkReply::HostNotFoundError;
}

}  // namespace

void FileFetcher::begin(const std::shared_ptr<CachedFile>& file, const Wish& wish) {
    const auto fetch = std::make_shared<Fetch>();
    fetch->file = file;
    fetch->at = wish.at;
    fetch->allowed = wish.until;
    fetches_.insert(file.get(), fetch);
    {
        const std::lock_guard lock(state_->mutex);
        file->fetching = true;
    }
    send(*fetch);
}

void FileFetcher::send(Fetch& fetch) {
    QNetworkRequest request;
    {
        const std::lock_guard lock(state_->mutex);
        const CachedFile& file = *fetch.file;
        request = fileRequest(file.url, state_->options);
        QByteArray range = "bytes=" + QByteArray::number(fetch.at) + '-';
        if (const auto next = file.have.nextStart(fetch.at)) {
            range += QByteArray::number(*next - 1);
        }
        request.setRawHeader("Range", range);
        if (!file.have.isEmpty()) {
            const QByteArray known =
                file.etag.startsWith("W/") || file.etag.isEmpty() ? file.modified : file.etag;
            if (!known.isEmpty()) {
                request.setRawHeader("If-Range", known);
            }
        }
    }
    fetch.headSeen = false;
    fetch.fromStart = false;
    fetch.got = false;
    fetch.reply = manager_->get(request);
    fetch.reply->setReadBufferSize(kReadBuffer);
    const std::weak_ptr<Fetch> weak = fetches_.value(fetch.file.get());
    connect(fetch.reply, &QNetworkReply::readyRead, this, [this, weak] {
        if (const auto strong = weak.lock()) {
            take(strong, false);
        }
    });
    connect(fetch.reply, &QNetworkReply::finished, this, [this, weak] {
        if (const auto strong = weak.lock()) {
            finished(strong);
        }
    });
}

// False: this answer is of no use; what becomes of the fetch is said in `failure`, or it is sent again.
bool FileFetcher::readHead(Fetch& fetch) {
    fetch.headSeen = true;
    const FileHead head = headOf(*fetch.reply, fetch.reply->peek(kPeek));
    const auto self = fetches_.value(fetch.file.get());
    if (head.status != 200 && head.status != 206) {
        bool again = false;
        if (head.status == 416) {
            const std::lock_guard lock(state_->mutex);
            again = !fetch.file->have.isEmpty() || fetch.at > 0;
            state_->forgetBytes(*fetch.file);
            state_->changed.notify_all();
        }
        const bool missing = head.status == 404 || head.status == 410;
        if (missing) {
            const std::lock_guard lock(state_->mutex);
            fetch.file->forget = true;
        }
        end(self, again ? std::nullopt : std::optional(missing ? Failure::NotFound : Failure::Network));
        return false;
    }
    bool tooLarge = false;
    bool odd = false;
    {
        const std::lock_guard lock(state_->mutex);
        CachedFile& file = *fetch.file;
        if (!file.have.isEmpty() && !sameThing(file, head)) {
            qCInfo(fileCacheLog) << "a file has changed on the server";
            state_->forgetBytes(file);
            QFile::resize(dataPath(directory_, file.name), 0);
            state_->changed.notify_all();
        }
        if (file.size < 0) {
            file.size = head.size;
        }
        file.etag = head.etag;
        file.modified = head.modified;
        file.asked = std::chrono::steady_clock::now();
        tooLarge = file.size > state_->limit || (!file.whole.empty() && file.size > FileCache::kMostWhole);
        if (tooLarge && !file.whole.empty() && file.size <= FileCache::kMostWhole && file.readers.empty() &&
            file.have.isEmpty() && (head.status == 200 || head.from == 0)) {
            // Whoever waits would ask for all of it again, past the cache.
            fetch.passing.emplace();
            tooLarge = false;
        }
        odd = head.status == 206 && head.from != fetch.at;
        if (head.status == 200) {
            fetch.at = 0;
            fetch.fromStart = true;
        }
    }
    if (tooLarge) {
        const std::lock_guard lock(state_->mutex);
        state_->noteSize(fetch.file->name, fetch.file->size);
    }
    if (tooLarge || odd) {
        refuse(self, false);
        return false;
    }
    return true;
}

bool FileFetcher::write(Fetch& fetch, const QByteArray& bytes) {
    if (!fetch.out.isOpen()) {
        fetch.out.setFileName(dataPath(directory_, fetch.file->name));
        bool fresh = false;
        {
            const std::lock_guard lock(state_->mutex);
            fresh = fetch.file->have.isEmpty();
        }
        const QIODevice::OpenMode mode =
            fresh ? QIODevice::WriteOnly | QIODevice::Truncate : QIODevice::ReadWrite;
        if (!fetch.out.open(mode | QIODevice::Unbuffered)) {
            return false;
        }
    }
    return fetch.out.seek(fetch.at) && fetch.out.write(bytes) == bytes.size();
}

void FileFetcher::take(const std::shared_ptr<Fetch>& fetch, bool all) {
    if (fetch->reply == nullptr || fetches_.value(fetch->file.get()) != fetch) {
        return;
    }
    if (!fetch->headSeen) {
        if (fetch->reply->bytesAvailable() == 0 && !all) {
            return;
        }
        if (!readHead(*fetch)) {
            return;
        }
    }
    for (;;) {
        const qint64 most = all ? kStep : std::min(kStep, fetch->allowed - fetch->at);
        if (most <= 0) {
            return;
        }
        const QByteArray bytes = fetch->reply->read(most);
        if (bytes.isEmpty()) {
            return;
        }
        bool beyond = false;
        {
            const std::lock_guard lock(state_->mutex);
            const qint64 size = fetch->file->size;
            beyond = size >= 0 && fetch->at + bytes.size() > size;
        }
        // More than the server said that there is: nothing that it says of this file can be believed.
        if (beyond) {
            refuse(fetch, false);
            return;
        }
        if (fetch->passing) {
            if (!passOn(*fetch, bytes)) {
                refuse(fetch, false);
                return;
            }
            continue;
        }
        // A disk that is full has room again when half of what is kept goes.
        if (!write(*fetch, bytes) && !(evictTo(half()) && write(*fetch, bytes))) {
            refuse(fetch, true);
            return;
        }
        fetch->tries = 0;
        fetch->got = true;
        if (state_->options.received) {
            state_->options.received(bytes.size());
        }
        bool tooMuch = false;
        bool tooLong = false;
        {
            const std::lock_guard lock(state_->mutex);
            CachedFile& file = *fetch->file;
            const qint64 before = file.have.total();
            file.have.add(fetch->at, fetch->at + bytes.size());
            fetch->at += bytes.size();
            state_->total += file.have.total() - before;
            state_->fetched += bytes.size();
            state_->dirty.insert(fetch->file);
            tooMuch = state_->total > state_->limit;
            tooLong = !file.whole.empty() && fetch->at > FileCache::kMostWhole;
            if (tooLong || file.have.total() > state_->limit) {
                state_->noteSize(file.name, fetch->at);
            }
            state_->changed.notify_all();
        }
        if (!tellSoon_->isActive()) {
            tellSoon_->start();
        }
        setDiskTrouble(false);
        tooMuch = tooMuch && scanned() && !evictTo(limit());
        if (tooLong || (tooMuch && !letPass(*fetch))) {
            refuse(fetch, false);
            return;
        }
    }
}

// False: that is more than anybody gets in whole.
bool FileFetcher::passOn(Fetch& fetch, const QByteArray& bytes) {
    *fetch.passing += bytes;
    fetch.at += bytes.size();
    fetch.tries = 0;
    fetch.got = true;
    if (state_->options.received) {
        state_->options.received(bytes.size());
    }
    const std::lock_guard lock(state_->mutex);
    state_->fetched += bytes.size();
    if (fetch.at > FileCache::kMostWhole) {
        state_->noteSize(fetch.file->name, fetch.at);
        return false;
    }
    return true;
}

// Larger than all that may be kept, which its head did not say. Whoever waits for all of it gets what has
// come so far and the rest without asking for it again. False: somebody reads it, or some of it is from
// before.
bool FileFetcher::letPass(Fetch& fetch) {
    const std::lock_guard lock(state_->mutex);
    CachedFile& file = *fetch.file;
    if (file.whole.empty() || !file.readers.empty() || file.have.total() != fetch.at ||
        file.have.endFrom(0) != fetch.at) {
        return false;
    }
    QFile disk(dataPath(directory_, file.name));
    QByteArray bytes;
    if (disk.open(QIODevice::ReadOnly)) {
        bytes = disk.readAll();
    }
    if (bytes.size() != fetch.at) {
        return false;
    }
    fetch.out.close();
    QFile::resize(disk.fileName(), 0);
    state_->loseBytes(file);
    fetch.passing = std::move(bytes);
    return true;
}

void FileFetcher::finished(const std::shared_ptr<Fetch>& fetch) {
    if (fetches_.value(fetch->file.get()) != fetch || fetch->reply == nullptr) {
        return;
    }
    const auto error = fetch->reply->error();
    const bool answered = fetch->reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() > 0;
    if (answered) {
        take(fetch, true);
        if (fetches_.value(fetch->file.get()) != fetch) {
            return;  // the answer's head ended it, or the disk
        }
    }
    if (error == QNetworkReply::NoError && fetch->passing) {
        {
            const std::lock_guard lock(state_->mutex);
            if (fetch->file->size < 0) {
                fetch->file->size = fetch->at;
            }
        }
        handOver(fetch);
        return;
    }
    if (error == QNetworkReply::NoError) {
        bool nothing = false;
        {
            const std::lock_guard lock(state_->mutex);
            if (fetch->file->size < 0) {
                fetch->file->size = fetch->at;
            }
            nothing = !fetch->got && !fetch->file->isWhole();
        }
        end(fetch, nothing ? std::optional(Failure::Network) : std::nullopt);
        return;
    }
    fetch->reply->deleteLater();
    fetch->reply = nullptr;
    if (std::exchange(fetch->passing, std::nullopt)) {
        fetch->at = 0;  // nothing of it is kept
    }
    bool wished = false;
    {
        const std::lock_guard lock(state_->mutex);
        wished = fetch->allowed > fetch->at;
    }
    // A connection that nobody read from was given up by the server, or by us.
    if (!wished) {
        end(fetch, std::nullopt);
        return;
    }
    const bool timeout = error == QNetworkReply::OperationCanceledError;
    if (nobodyThere(error) || timeout || ++fetch->tries >= kTries) {
        end(fetch, Failure::Network);
        return;
    }
    const std::weak_ptr<Fetch> weak = fetch;
    QTimer::singleShot(kTryAgain * fetch->tries, this, [this, weak] {
        const auto strong = weak.lock();
        if (strong && strong->reply == nullptr && fetches_.value(strong->file.get()) == strong) {
            send(*strong);
        }
    });
}

// To those who wait for all of it. Nothing of it stays.
void FileFetcher::handOver(const std::shared_ptr<Fetch>& fetch) {
    const QByteArray bytes = *std::exchange(fetch->passing, std::nullopt);
    {
        const std::lock_guard lock(state_->mutex);
        if (bytes.size() == fetch->file->size) {
            for (const auto& promise : std::exchange(fetch->file->whole, {})) {
                promise->addResult(WholeFile(bytes));
                promise->finish();
            }
        }
    }
    refuse(fetch, false);  // for whoever is left
}

void FileFetcher::end(const std::shared_ptr<Fetch>& fetch, std::optional<Failure> failure) {
    if (fetches_.value(fetch->file.get()) != fetch) {
        return;
    }
    fetches_.remove(fetch->file.get());
    if (fetch->reply != nullptr) {
        fetch->reply->disconnect(this);
        endReply(*fetch->reply);
        fetch->reply = nullptr;
    }
    fetch->out.close();
    bool whole = false;
    {
        const std::lock_guard lock(state_->mutex);
        fetch->file->fetching = false;
        if (failure) {
            fetch->file->failure = failure;
        }
        whole = fetch->file->isWhole();
        state_->changed.notify_all();
    }
    if (whole && !failure) {
        complete(fetch->file);
    }
    poke();
}

void FileFetcher::refuse(const std::shared_ptr<Fetch>& fetch, bool disk) {
    if (disk) {
        qCWarning(fileCacheLog) << "the disk does not take more:" << fetch->out.errorString();
        setDiskTrouble(true);
    }
    {
        const std::lock_guard lock(state_->mutex);
        fetch->file->refused = true;
        fetch->file->forget = true;
    }
    end(fetch, Failure::Unavailable);
}

void FileFetcher::complete(const std::shared_ptr<CachedFile>& file) {
    QByteArray digest;
    int version = 0;
    {
        const std::lock_guard lock(state_->mutex);
        if (!file->digest.isEmpty() || file->size > kMostDigested) {
            return;
        }
        version = file->version;
    }
    digest = digestOf(dataPath(directory_, file->name));
    const std::lock_guard lock(state_->mutex);
    if (version == file->version && file->isWhole()) {
        file->digest = digest;
        file->checked = true;
        state_->dirty.insert(file);
    }
}

}  // namespace tikgok
