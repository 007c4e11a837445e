// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/offline_store.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tikgok {

namespace {

// Pages are small: they get an eighth, and no more than this.
constexpr qint64 kMostPageBytes = qint64{32} << 20;
constexpr qint64 kPageBytesPart = 8;

}  // namespace

OfflineStore::OfflineStore(FileCache& videos, FileCache& pictures, PageCache& pages, KeptChats chats,
                           QObject* parent)
    : QObject(parent), videos_(videos), pictures_(pictures), pages_(pages), chats_(std::move(chats)) {
    connect(&pages_, &PageCache::bytesChanged, this, &OfflineStore::pictureBytesChanged);
    connect(&pages_, &PageCache::diskTroubleChanged, this, &OfflineStore::troubleMayHaveChanged);
    connect(&videos_, &FileCache::bytesChanged, this, &OfflineStore::videoBytesChanged);
    connect(&videos_, &FileCache::limitChanged, this, &OfflineStore::videoLimitChanged);
    connect(&videos_, &FileCache::diskTroubleChanged, this, &OfflineStore::troubleMayHaveChanged);
    connect(&pictures_, &FileCache::bytesChanged, this, &OfflineStore::pictureBytesChanged);
    connect(&pictures_, &FileCache::limitChanged, this, &OfflineStore::pictureLimitChanged);
    connect(&pictures_, &FileCache::diskTroubleChanged, this, &OfflineStore::troubleMayHaveChanged);
}

void OfflineStore::setPictureLimit(double bytes) {
    const auto all = std::max<qint64>(static_cast<qint64>(bytes), 0);
    const qint64 forPages = std::min(all / kPageBytesPart, kMostPageBytes);
    pages_.setLimit(forPages);
    pictures_.setLimit(all - forPages);
}

void OfflineStore::clearPictures() {
    pictures_.clear();
    pages_.clear();
}

void OfflineStore::forgetServer(const QString& server, const QString& accountPrefix) {
    videos_.forgetServer(server);
    pictures_.forgetServer(server);
    pages_.forgetAll(accountPrefix);
}

DiskTrouble OfflineStore::diskTrouble() const {
    const std::array all{videos_.diskTrouble(), pictures_.diskTrouble(), pages_.diskTrouble()};
    if (std::ranges::find(all, DiskTrouble::Full) != all.end()) {
        return DiskTrouble::Full;
    }
    return std::ranges::find(all, DiskTrouble::Refused) != all.end() ? DiskTrouble::Refused
                                                                     : DiskTrouble::None;
}

void OfflineStore::troubleMayHaveChanged() {
    Q_EMIT diskTroubleChanged();
    const DiskTrouble now = diskTrouble();
    if (now != DiskTrouble::None && !std::exchange(troubleSaid_, true)) {
        trouble_ = now == DiskTrouble::Full ? Notice::DiskFull : Notice::DiskRefused;
        Q_EMIT noticeWaits();
    }
}

void OfflineStore::noteDamage() {
    if (!std::exchange(damageSaid_, true)) {
        damaged_ = true;
        Q_EMIT noticeWaits();
    }
}

OfflineStore::Notice OfflineStore::takeNotice() {
    if (trouble_ != Notice::None) {
        return std::exchange(trouble_, Notice::None);
    }
    return std::exchange(damaged_, false) ? Notice::Damaged : Notice::None;
}

void OfflineStore::count() {
    if (chats_.bytes) {
        countChats();
    }
}

QCoro::Task<> OfflineStore::countChats() {
    scope_.restart();
    const std::stop_token alive = scope_.token();
    const auto bytes = co_await chats_.bytes(alive);
    if (alive.stop_requested() || !bytes) {
        co_return;
    }
    if (std::exchange(chatBytes_, *bytes) != *bytes) {
        Q_EMIT chatBytesChanged();
    }
}

void OfflineStore::clearChats() {
    if (chats_.clear) {
        chats_.clear();
        count();
    }
}

}  // namespace tikgok
