// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One file of a FileCache: its bytes in NAME.data, as many as there are, and what is known of it in
// NAME.json. Inside of this folder.
#pragma once

#include "core/cache/byte_ranges.h"
#include "core/playback/media_source.h"

#include <QByteArray>
#include <QFuture>
#include <QPromise>
#include <QString>
#include <QUrl>

#include <chrono>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace tikgok {

using WholeFile = std::expected<QByteArray, MediaBytes::Failure>;

// Guarded by the mutex of the cache, but for `name` and `key`, which never change.
struct CachedFile {
    struct Reader {
        qint64 at = 0;
        bool waiting = false;
        // It has seen bytes.
        bool begun = false;
    };

    // Of its files, without folder and suffix.
    QString name;
    // What it is, across restarts.
    QString key;
    // Where it can be fetched now.
    QUrl url;

    // Negative while unknown.
    qint64 size = -1;
    ByteRanges have;
    // As the server sent them, may be empty.
    QByteArray etag;
    QByteArray modified;
    // Of the whole file, once it is whole; empty for large ones.
    QByteArray digest;
    // The higher, the later it was used last.
    std::uint64_t used = 0;

    // Grows when the bytes were thrown away: those that were read before belong to something else.
    int version = 0;
    // The digest was compared in this run.
    bool checked = false;
    // When the server was asked last whether it still is the same.
    std::optional<std::chrono::steady_clock::time_point> asked;
    bool asking = false;
    bool askNow = false;
    // How often in a row what was written down was not what had come.
    int wrong = 0;
    // The disk does not take it, or it is larger than all that may be kept.
    bool refused = false;
    // To be thrown away when nobody uses it any more.
    bool forget = false;

    // Wishes.
    std::map<const void*, Reader> readers;
    qint64 prefetchTo = 0;
    std::vector<std::shared_ptr<QPromise<WholeFile>>> whole;
    // Why the last fetch ended; until somebody asks again.
    std::optional<MediaBytes::Failure> failure;
    bool fetching = false;

    [[nodiscard]] bool isWhole() const { return have.covers(size); }
    [[nodiscard]] bool inUse() const {
        return !readers.empty() || !whole.empty() || prefetchTo > 0 || fetching || asking;
    }
};

// The largest file whose bytes are compared with its digest.
inline constexpr qint64 kMostDigested = qint64{32} << 20;

QString cachedFileName(const QString& key);
QString dataPath(const QString& directory, const QString& name);
QString metaPath(const QString& directory, const QString& name);

// Null when there is no such file, or what is known of it makes no sense; then both files are removed.
std::shared_ptr<CachedFile> loadCachedFile(const QString& directory, const QString& name);
// Syncs the data first unless the file is whole (then its digest tells). False when the disk refuses.
bool saveCachedFile(const QString& directory, const CachedFile& file);
void removeCachedFile(const QString& directory, const QString& name);
// Empty when it cannot be read or `stopped` said so.
QByteArray digestOf(const QString& path, const std::function<bool()>& stopped = {});

}  // namespace tikgok
