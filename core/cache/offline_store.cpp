// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/offline_store.h"

#include <algorithm>

namespace tikgok {

namespace {

// Pages are small: they get an eighth, and no more than this.
constexpr qint64 kMostPages = qint64{32} << 20;
constexpr qint64 kPagesPart = 8;

}  // namespace

OfflineStore::OfflineStore(FileCache& videos, FileCache& pictures, PageCache& pages, QObject* parent)
    : QObject(parent), videos_(videos), pictures_(pictures), pages_(pages) {
    connect(&pages_, &PageCache::bytesChanged, this, &OfflineStore::pictureBytesChanged);
    connect(&pages_, &PageCache::diskTroubleChanged, this, &OfflineStore::diskTroubleChanged);
    connect(&videos_, &FileCache::bytesChanged, this, &OfflineStore::videoBytesChanged);
    connect(&videos_, &FileCache::limitChanged, this, &OfflineStore::videoLimitChanged);
    connect(&videos_, &FileCache::diskTroubleChanged, this, &OfflineStore::diskTroubleChanged);
    connect(&pictures_, &FileCache::bytesChanged, this, &OfflineStore::pictureBytesChanged);
    connect(&pictures_, &FileCache::limitChanged, this, &OfflineStore::pictureLimitChanged);
    connect(&pictures_, &FileCache::diskTroubleChanged, this, &OfflineStore::diskTroubleChanged);
}

void OfflineStore::setPictureLimit(double bytes) {
    const auto all = std::max<qint64>(static_cast<qint64>(bytes), 0);
    const qint64 forPages = std::min(all / kPagesPart, kMostPages);
    pages_.setLimit(forPages);
    pictures_.setLimit(all - forPages);
}

void OfflineStore::clearPictures() {
    pictures_.clear();
    pages_.clear();
}

}  // namespace tikgok
