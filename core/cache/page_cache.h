// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a server answered last, kept on this device: by whose eyes it was (an account of a server, or a
// stranger there) and by what was asked. Up to a limit in bytes; what was used longest ago goes. Nothing here
// is precious, and nothing here is a token.
#pragma once

#include "core/cache/disk_trouble.h"
#include "core/storage/database.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace tikgok {

// For the Database that a page cache is to live in.
SchemaPart pageCacheSchema();

struct KeptPage {
    QByteArray body;
    // Milliseconds of the Unix epoch, by the clock of this device.
    qint64 readAt = 0;
};

// GUI thread. A disk that refuses means only that less is kept.
class PageCache final : public QObject {
    Q_OBJECT
    // Told about after each change.
    Q_PROPERTY(qint64 bytes READ bytes NOTIFY bytesChanged)

public:
    using Clock = std::function<qint64()>;

    // `database` must outlive the cache. `limit` in bytes as kept (packed): no more is put in, but nothing
    // that an earlier run kept is removed before setLimit() or put(), since the settings may come later. An
    // empty clock is the system's.
    PageCache(Database& database, qint64 limit, Clock clock = {}, QObject* parent = nullptr);
    ~PageCache() override;

    // Where the present server is reached. Answers hold absolute addresses; those that were kept when it was
    // reached elsewhere (the simulator inside has another port at each start) are brought in line.
    void setBase(const QUrl& base);

    // `readAt`: when it was read; nothing is now.
    void put(const QString& account, const QString& request, const QByteArray& body,
             std::optional<qint64> readAt = std::nullopt);
    QCoro::Task<std::optional<KeptPage>> find(QString account, QString request, std::stop_token alive);
    // Everything that was read with the eyes of this account.
    void forget(const QString& account);
    // The same of all accounts whose keys begin so.
    void forgetAll(const QString& accountPrefix);
    void clear();

    [[nodiscard]] qint64 bytes() const { return bytes_; }
    [[nodiscard]] qint64 limit() const { return limit_; }
    void setLimit(qint64 bytes);
    [[nodiscard]] qint64 now() const { return clock_(); }
    // Why the disk refused the last write.
    [[nodiscard]] DiskTrouble diskTrouble() const { return diskTrouble_; }

Q_SIGNALS:
    void bytesChanged();
    void diskTroubleChanged();

private:
    struct Count;
    // Runs on the database's thread; the answer is what is kept now.
    using Change = std::function<void(SQLite::Database&, Count&)>;
    QCoro::Task<> change(Change change);

    Database& database_;
    Clock clock_;
    QString base_;
    qint64 limit_ = 0;
    qint64 bytes_ = 0;
    DiskTrouble diskTrouble_ = DiskTrouble::None;
    std::shared_ptr<Count> count_;
    TaskScope scope_;
};

}  // namespace tikgok
