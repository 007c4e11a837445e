// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/page_cache.h"

#include "core/storage/account_rows.h"

#include <QDateTime>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace tikgok {

namespace {

// `used` is counted, not timed: clocks jump. `body` is packed with qCompress.
constexpr std::array<MigrationStep, 1> kPageSteps{
    [](SQLite::Database& database) {
        database.exec(R"sql(
CREATE TABLE pages (
    account TEXT NOT NULL,
    request TEXT NOT NULL,
    base    TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    used    INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    body    BLOB NOT NULL,
    PRIMARY KEY (account, request)
);
CREATE INDEX pages_by_use ON pages (used, bytes);
)sql");
    },
};

// A page takes some room beside its body.
constexpr qint64 kRowBytes = 200;
// One page may take this part of all that may be kept.
constexpr qint64 kMostParts = 4;

std::string utf8(const QString& text) {
    return text.toStdString();
}

void removeOldest(SQLite::Database& database, qint64 limit, qint64& bytes) {
    while (bytes > limit) {
        std::vector<std::int64_t> rows;
        {
            SQLite::Statement oldest(database, "SELECT rowid, bytes FROM pages ORDER BY used LIMIT 32");
            while (bytes > limit && oldest.executeStep()) {
                rows.push_back(oldest.getColumn(0).getInt64());
                bytes -= oldest.getColumn(1).getInt64();
            }
        }
        if (rows.empty()) {
            bytes = 0;
            return;
        }
        SQLite::Statement remove(database, "DELETE FROM pages WHERE rowid = ?");
        for (const std::int64_t row : rows) {
            remove.bind(1, row);
            remove.exec();
            remove.reset();
        }
    }
}

}  // namespace

// Belongs to the database's thread.
struct PageCache::Count {
    // Negative: to be counted.
    qint64 bytes = -1;
    qint64 uses = 0;

    void begin(SQLite::Database& database) {
        if (bytes < 0) {
            SQLite::Statement sum(database,
                                  "SELECT COALESCE(SUM(bytes), 0), COALESCE(MAX(used), 0) FROM pages");
            sum.executeStep();
            bytes = sum.getColumn(0).getInt64();
            uses = sum.getColumn(1).getInt64();
        }
    }
};

SchemaPart pageCacheSchema() {
    return {.name = QStringLiteral("pages"), .steps = kPageSteps};
}

PageCache::PageCache(Database& database, qint64 limit, Clock clock, QObject* parent)
    : QObject(parent),
      database_(database),
      clock_(clock ? std::move(clock) : Clock([] { return QDateTime::currentMSecsSinceEpoch(); })),
      limit_(limit),
      count_(std::make_shared<Count>()) {
    // Only to count.
    change([](SQLite::Database& /*file*/, Count& /*count*/) {});
}

PageCache::~PageCache() = default;

void PageCache::setBase(const QUrl& base) {
    base_ = base.host().isEmpty()
                ? QString()
                : base.scheme() + QStringLiteral("://") + base.authority(QUrl::FullyEncoded);
}

QCoro::Task<> PageCache::change(Change change) {
    const std::stop_token alive = scope_.token();
    const auto count = count_;
    // Named: gcc 12 destroys temporaries of a co_await twice when they own something.
    auto job = [change = std::move(change), count](SQLite::Database& database) {
        try {
            count->begin(database);
            change(database, *count);
            return count->bytes;
        } catch (...) {
            count->bytes = -1;  // the transaction is undone
            throw;
        }
    };
    auto done = co_await database_.run(std::move(job), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    DiskTrouble trouble = DiskTrouble::None;
    if (!done) {
        // SQLite's words, which are the same everywhere.
        trouble = done.error().detail.contains(QLatin1String("disk is full")) ? DiskTrouble::Full
                                                                              : DiskTrouble::Refused;
    }
    if (done && std::exchange(bytes_, *done) != *done) {
        Q_EMIT bytesChanged();
    }
    if (!alive.stop_requested() && std::exchange(diskTrouble_, trouble) != trouble) {
        Q_EMIT diskTroubleChanged();
    }
}

void PageCache::put(const QString& account, const QString& request, const QByteArray& body,
                    std::optional<qint64> readAt) {
    if (limit_ <= 0) {
        return;
    }
    change([account, request, body, base = base_, readAt = readAt.value_or(clock_()), limit = limit_](
               SQLite::Database& database, Count& count) {
        const QByteArray packed = qCompress(body, 1);
        const qint64 size = packed.size() + account.size() + request.size() + kRowBytes;
        SQLite::Statement before(database, "SELECT bytes FROM pages WHERE account = ? AND request = ?");
        before.bind(1, utf8(account));
        before.bind(2, utf8(request));
        const qint64 known = before.executeStep() ? before.getColumn(0).getInt64() : 0;
        before.reset();
        if (size > limit / kMostParts) {
            return;
        }
        SQLite::Statement write(
            database,
            "INSERT OR REPLACE INTO pages (account, request, base, read_at, used, bytes, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)");
        write.bind(1, utf8(account));
        write.bind(2, utf8(request));
        write.bind(3, utf8(base));
        write.bind(4, std::int64_t{readAt});
        write.bind(5, std::int64_t{++count.uses});
        write.bind(6, std::int64_t{size});
        write.bind(7, packed.constData(), static_cast<int>(packed.size()));
        write.exec();
        count.bytes += size - known;
        removeOldest(database, limit, count.bytes);
    });
}

QCoro::Task<std::optional<KeptPage>> PageCache::find(QString account, QString request,
                                                     std::stop_token alive) {
    struct Found {
        KeptPage page;
        QString base;
    };
    const std::stop_token mine = scope_.token();
    auto job = [account, request](SQLite::Database& database) -> std::optional<Found> {
        SQLite::Statement row(database,
                              "SELECT base, read_at, body FROM pages WHERE account = ? AND request = ?");
        row.bind(1, utf8(account));
        row.bind(2, utf8(request));
        if (!row.executeStep()) {
            return std::nullopt;
        }
        const auto body = row.getColumn(2);
        Found one;
        one.page.body = qUncompress(static_cast<const uchar*>(body.getBlob()), body.getBytes());
        one.page.readAt = row.getColumn(1).getInt64();
        one.base = QString::fromStdString(row.getColumn(0).getString());
        return one;
    };
    auto found = co_await database_.run(std::move(job), alive);
    if (alive.stop_requested() || mine.stop_requested() || !found || !found->has_value()) {
        co_return std::nullopt;
    }
    // On its own: a disk that takes nothing can still be read.
    change([account, request](SQLite::Database& database, Count& count) {
        SQLite::Statement use(database, "UPDATE pages SET used = ? WHERE account = ? AND request = ?");
        use.bind(1, std::int64_t{++count.uses});
        use.bind(2, utf8(account));
        use.bind(3, utf8(request));
        use.exec();
    });
    KeptPage page = std::move((*found)->page);
    if (page.body.isEmpty()) {
        co_return std::nullopt;
    }
    const QString former = (*found)->base;
    if (!former.isEmpty() && !base_.isEmpty() && former != base_) {
        page.body.replace((former + QLatin1Char('/')).toUtf8(), (base_ + QLatin1Char('/')).toUtf8());
    }
    co_return std::move(page);
}

void PageCache::forget(const QString& account) {
    change([account](SQLite::Database& database, Count& count) {
        SQLite::Statement sum(database, "SELECT COALESCE(SUM(bytes), 0) FROM pages WHERE account = ?");
        sum.bind(1, utf8(account));
        sum.executeStep();
        const qint64 bytes = sum.getColumn(0).getInt64();
        sum.reset();
        SQLite::Statement remove(database, "DELETE FROM pages WHERE account = ?");
        remove.bind(1, utf8(account));
        remove.exec();
        count.bytes -= bytes;
    });
}

void PageCache::forgetAll(const QString& accountPrefix) {
    change([prefix = utf8(accountPrefix)](SQLite::Database& database, Count& count) {
        removeAccountRows(database, "pages", prefix);
        count.bytes = -1;
        count.begin(database);
    });
}

void PageCache::clear() {
    change([](SQLite::Database& database, Count& count) {
        database.exec("DELETE FROM pages");
        count.bytes = 0;
    });
}

void PageCache::setLimit(qint64 bytes) {
    limit_ = std::max<qint64>(bytes, 0);
    change([limit = limit_](SQLite::Database& database, Count& count) {
        removeOldest(database, limit, count.bytes);
    });
}

}  // namespace tikgok
