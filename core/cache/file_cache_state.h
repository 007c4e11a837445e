// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the parts of a FileCache share. Inside of this folder.
#pragma once

#include "core/cache/cached_file.h"
#include "core/cache/disk_trouble.h"
#include "core/cache/file_cache.h"

#include <QHash>
#include <QSet>

#include <condition_variable>
#include <functional>

namespace tikgok {

struct FileCacheState {
    explicit FileCacheState(FileCacheOptions given) : options(std::move(given)), limit(options.limit) {}

    const FileCacheOptions options;

    mutable std::mutex mutex;
    // Bytes came, a fetch failed, or the server has answered.
    std::condition_variable changed;
    // How large files are, at least, that are too large to be kept or to be had in whole, by name.
    struct Noted {
        qint64 bytes = 0;
        std::chrono::steady_clock::time_point when;
    };
    QHash<QString, Noted> noted;
    // When a file was thrown away because it could not be shown, by name.
    QHash<QString, std::chrono::steady_clock::time_point> unusable;
    // By name. Those that were not asked for in this run are added by and by.
    QHash<QString, std::shared_ptr<CachedFile>> files;
    // Those that somebody wants something of.
    QSet<std::shared_ptr<CachedFile>> wanted;
    // The wishes of setPrefetch, in their order.
    QList<std::shared_ptr<CachedFile>> prefetch;
    // What is known of them is newer than their NAME.json.
    QSet<std::shared_ptr<CachedFile>> dirty;
    QString serverBase;
    QString serverKey;
    qint64 limit = 0;
    qint64 total = 0;
    qint64 fetched = 0;
    std::uint64_t uses = 0;
    // All that is on disk is in `files`.
    bool scanned = false;
    DiskTrouble diskTrouble = DiskTrouble::None;
    bool closing = false;
    // Brings the fetches in line with the wishes, soon, on the cache's thread. Empty while closing.
    std::function<void()> poke;

    // All of these want the mutex held.
    [[nodiscard]] QString keyOf(const QUrl& url) const;
    // So that it is not fetched again soon only to find it too large.
    void noteSize(const QString& name, qint64 atLeast);
    // 0: nothing is known, or not from now.
    [[nodiscard]] qint64 notedSize(const QString& name) const;
    // The file of this address, made or loaded where needed.
    std::shared_ptr<CachedFile> fileOf(const QUrl& url);
    // The bytes are not there after all; what the server has is still the same.
    void loseBytes(CachedFile& file);
    // What is there belongs to something else: readers of it get an error.
    void forgetBytes(CachedFile& file);
    // Before a wish is added to it.
    void use(const std::shared_ptr<CachedFile>& file);
};

// The reading end, for one reader. Wants the mutex held.
std::unique_ptr<MediaBytes> openCachedBytes(std::shared_ptr<FileCacheState> state,
                                            std::shared_ptr<CachedFile> file);

}  // namespace tikgok
