// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files of servers (videos, pictures) kept in a folder of this device, up to a limit in bytes.
//
// What is asked for is fetched in ranges, kept, and handed on as it comes; what is there is not fetched
// again. A file that is there in whole is compared with its digest before it is used for the first time in a
// run, and the server is asked whether it is still the same (its ETag, its date, its size); without a network
// it is used as it is. Too much: what was used longest ago goes, but nothing that is in use.
//
// A disk that is full, read-only or broken makes nothing fail: then less is kept, or nothing, and readers are
// told to read from the network by themselves.
//
// Network and disk work happen on a thread of its own.
#pragma once

#include "core/cache/cached_file.h"
#include "core/cache/disk_trouble.h"
#include "core/playback/media_source.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QString>
#include <QThread>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace tikgok {

class FileFetcher;
struct FileCacheState;

struct FileCacheOptions {
    // Not empty. Made when it is not there; readable by its owner only. Nothing else may be in it.
    QString directory;
    // Bytes. 0: nothing is kept.
    qint64 limit = qint64{1} << 30;
    QByteArray userAgent = "TikGok/" TIKGOK_VERSION;
    // Told of the bytes that came over the network, in portions, on the cache's thread; may be empty.
    std::function<void(qint64 bytes)> received = {};
    // Without a byte, then a fetch has failed.
    std::chrono::milliseconds idleTimeout{10'000};
    // How long a file that is there waits for the server's word that it is still the same.
    std::chrono::milliseconds askPatience{300};
    // The server is asked again after this.
    std::chrono::milliseconds askAgainAfter{std::chrono::minutes(10)};
    // What could not be shown is fetched once more after this. Shorter than the last wait of a picture that
    // is asked for again, so that its last try reaches the server.
    std::chrono::milliseconds unusableAgainAfter{std::chrono::seconds(25)};
};

struct PrefetchWish {
    QUrl url;
    // How much of its beginning.
    qint64 bytes = 0;

    bool operator==(const PrefetchWish&) const = default;
};

// The object belongs to one thread (the GUI's); what says "thread-safe" may be called from any.
class FileCache final : public QObject, public MediaSource {
    Q_OBJECT
    // On this device, all files together. Told about once a second while it changes.
    Q_PROPERTY(qint64 bytes READ bytes NOTIFY bytesChanged)
    Q_PROPERTY(qint64 limit READ limit WRITE setLimit NOTIFY limitChanged)
    // Why the disk keeps no more: for the settings to say.
    Q_PROPERTY(tikgok::DiskTroubles::Kind diskTrouble READ diskTrouble NOTIFY diskTroubleChanged)

public:
    explicit FileCache(FileCacheOptions options, QObject* parent = nullptr);
    // Ends the fetches. Readers that are left get Failure::Unavailable.
    ~FileCache() override;

    // Names the server across restarts: addresses that begin with `base` (scheme, host and port) are those of
    // `key`. The simulator inside has another port at each start. Thread-safe.
    void setServer(const QUrl& base, const QString& key);

    // Thread-safe. Null for addresses that are not http or https, when nothing is kept, and for a while when
    // the file turned out to be larger than all that may be kept.
    std::unique_ptr<MediaBytes> open(const QUrl& url) override;
    // The whole file, for pictures. Cancelling the future ends the wish. At most `kMostWhole` bytes, larger
    // ones fail with TooLarge, for a while without being fetched again. Thread-safe.
    QFuture<WholeFile> fetch(const QUrl& url);
    static constexpr qint64 kMostWhole = qint64{16} << 20;
    // What is there of this address, in whole, cannot be shown: it goes, and the next one who wants it gets
    // it anew. Not what is being fetched or read, nor again within `unusableAgainAfter`: it may be like that
    // on the server. Before fetches that are asked for afterwards. Thread-safe.
    void noteUnusable(const QUrl& url);

    // For who fetches by himself what is not kept: how, and that he says how many bytes came. Thread-safe.
    [[nodiscard]] const FileCacheOptions& options() const;
    void countDirect(qint64 bytes);
    // The same of one that is larger than kMostWhole. Thread-safe.
    void noteTooLarge(const QUrl& url, qint64 atLeast);

    // Replaces the earlier wishes. They wait while somebody reads; the first is fetched first. Thread-safe.
    void setPrefetch(const QList<PrefetchWish>& wishes);

    [[nodiscard]] qint64 bytes() const;
    [[nodiscard]] qint64 limit() const;
    // Throws away what is too much; what is in use, as soon as it is not.
    void setLimit(qint64 bytes);
    [[nodiscard]] DiskTrouble diskTrouble() const;
    // Bytes that came over the network since the start.
    [[nodiscard]] qint64 bytesFetched() const;
    // Is the file of this address there, in whole? For tests and pages. Thread-safe.
    [[nodiscard]] bool isWhole(const QUrl& url) const;
    // Throws away everything that is not in use, and the rest as soon as it is not.
    Q_INVOKABLE void clear();
    // The same of the files of one server, by the key that setServer() had, also what is not known yet of an
    // earlier run. A server at a deeper path of the same address fetches again.
    void forgetServer(const QString& key);

Q_SIGNALS:
    void bytesChanged();
    void limitChanged();
    void diskTroubleChanged();

private:
    std::shared_ptr<FileCacheState> state_;
    QThread thread_;
    FileFetcher* fetcher_ = nullptr;
};

}  // namespace tikgok
