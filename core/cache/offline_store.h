// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// All that this device keeps of servers, as people see it: how much, at most how much, and away with it.
#pragma once

#include "core/api/task_scope.h"
#include "core/cache/disk_trouble.h"
#include "core/cache/file_cache.h"
#include "core/cache/page_cache.h"

#include <QObject>
#include <qcoro/qcorotask.h>

#include <functional>
#include <stop_token>

namespace tikgok {

// Conversations live elsewhere.
struct KeptChats {
    std::function<QCoro::Task<Result<qint64>>(std::stop_token alive)> bytes;
    std::function<void()> clear;
};

class OfflineStore final : public QObject {
    Q_OBJECT
    // Bytes on this device, told about twice a second while they change; and the limits.
    Q_PROPERTY(double videoBytes READ videoBytes NOTIFY videoBytesChanged)
    Q_PROPERTY(double videoLimit READ videoLimit WRITE setVideoLimit NOTIFY videoLimitChanged)
    // Pictures and pages together.
    Q_PROPERTY(double pictureBytes READ pictureBytes NOTIFY pictureBytesChanged)
    Q_PROPERTY(double pictureLimit READ pictureLimit WRITE setPictureLimit NOTIFY pictureLimitChanged)
    // Of these, pages: lists, people, comments.
    Q_PROPERTY(double pageBytes READ pageBytes NOTIFY pictureBytesChanged)
    // As they were at count().
    Q_PROPERTY(double chatBytes READ chatBytes NOTIFY chatBytesChanged)
    // The disk keeps no more: less is kept, everything else goes on.
    Q_PROPERTY(tikgok::DiskTroubles::Kind diskTrouble READ diskTrouble NOTIFY diskTroubleChanged)

public:
    static constexpr qint64 kDefaultVideoLimit = qint64{1} << 30;
    static constexpr qint64 kDefaultPictureLimit = qint64{256} << 20;

    // What is to be said once in a run, wherever one is.
    enum class Notice { None, DiskFull, DiskRefused, Damaged };
    Q_ENUM(Notice)

    // All must outlive the store. `chats` may be empty.
    OfflineStore(FileCache& videos, FileCache& pictures, PageCache& pages, KeptChats chats = {},
                 QObject* parent = nullptr);

    // Bytes as doubles for QML: exact up to 2^53.
    [[nodiscard]] double videoBytes() const { return static_cast<double>(videos_.bytes()); }
    [[nodiscard]] double videoLimit() const { return static_cast<double>(videos_.limit()); }
    void setVideoLimit(double bytes) { videos_.setLimit(static_cast<qint64>(bytes)); }
    [[nodiscard]] double pictureBytes() const {
        return static_cast<double>(pictures_.bytes() + pages_.bytes());
    }
    [[nodiscard]] double pictureLimit() const {
        return static_cast<double>(pictures_.limit() + pages_.limit());
    }
    void setPictureLimit(double bytes);
    [[nodiscard]] double pageBytes() const { return static_cast<double>(pages_.bytes()); }
    [[nodiscard]] double chatBytes() const { return static_cast<double>(chatBytes_); }
    [[nodiscard]] DiskTrouble diskTrouble() const;

    // Looks how much the conversations take.
    Q_INVOKABLE void count();
    // What is in use goes when it no longer is.
    Q_INVOKABLE void clearVideos() { videos_.clear(); }
    // Pages, too.
    Q_INVOKABLE void clearPictures();
    Q_INVOKABLE void clearChats();
    // Videos, pictures and pages of one server, by its key and by how the keys of its accounts begin.
    void forgetServer(const QString& server, const QString& accountPrefix);

    // A damaged file of what is kept was found and thrown away.
    void noteDamage();
    // The next thing to say, which then counts as said.
    Q_INVOKABLE tikgok::OfflineStore::Notice takeNotice();

Q_SIGNALS:
    void videoBytesChanged();
    void videoLimitChanged();
    void pictureBytesChanged();
    void pictureLimitChanged();
    void chatBytesChanged();
    void diskTroubleChanged();
    // takeNotice() has something.
    void noticeWaits();

private:
    void troubleMayHaveChanged();
    QCoro::Task<> countChats();

    FileCache& videos_;
    FileCache& pictures_;
    PageCache& pages_;
    KeptChats chats_;
    qint64 chatBytes_ = 0;
    bool troubleSaid_ = false;
    bool damageSaid_ = false;
    Notice trouble_ = Notice::None;
    bool damaged_ = false;
    TaskScope scope_;
};

}  // namespace tikgok
