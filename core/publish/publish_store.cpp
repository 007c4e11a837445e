// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/publish/publish_store.h"

#include "core/account/last_accounts.h"
#include "core/storage/account_rows.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <array>
#include <string>
#include <utility>

namespace tikgok {

namespace {

constexpr std::array<MigrationStep, 1> kPublishSteps{
    [](SQLite::Database& database) {
        database.exec(R"sql(
CREATE TABLE publish_drafts (
    id         INTEGER PRIMARY KEY,
    account    TEXT NOT NULL,
    path       TEXT NOT NULL,
    size       INTEGER NOT NULL,
    modified   INTEGER NOT NULL,
    title      TEXT NOT NULL,
    cover_ms   INTEGER NOT NULL,
    thumb      BLOB NOT NULL,
    changed_at INTEGER NOT NULL
);
CREATE TABLE publish_limits (
    server        TEXT PRIMARY KEY,
    max_bytes     INTEGER NOT NULL,
    refused_bytes INTEGER NOT NULL,
    title_bytes   INTEGER NOT NULL
);
)sql");
    },
};

QString columnText(SQLite::Statement& row, int column) {
    return QString::fromStdString(row.getColumn(column).getString());
}

void bindPicture(SQLite::Statement& statement, int at, const QByteArray& bytes) {
    // Of a null pointer SQLite would make NULL.
    statement.bind(at, bytes.isEmpty() ? "" : bytes.constData(), static_cast<int>(bytes.size()));
}

}  // namespace

SchemaPart publishSchema() {
    return {.name = QStringLiteral("publish"), .steps = kPublishSteps};
}

QCoro::Task<Result<QList<PublishDraft>>> PublishStore::drafts(std::stop_token alive) {
    return database_.run(
        [](SQLite::Database& database) {
            QList<PublishDraft> drafts;
            SQLite::Statement row(database,
                                  "SELECT id, account, path, size, modified, title, cover_ms, thumb, "
                                  "changed_at FROM publish_drafts ORDER BY changed_at DESC, id DESC");
            while (row.executeStep()) {
                const SQLite::Column thumb = row.getColumn(7);
                drafts.append(
                    {.id = row.getColumn(0).getInt64(),
                     .account = columnText(row, 1),
                     .path = columnText(row, 2),
                     .stamp = {.size = row.getColumn(3).getInt64(), .modified = row.getColumn(4).getInt64()},
                     .title = columnText(row, 5),
                     .coverMs = row.getColumn(6).getInt64(),
                     .thumb = QByteArray(static_cast<const char*>(thumb.getBlob()), thumb.getBytes()),
                     .changedAt = row.getColumn(8).getInt64()});
            }
            return drafts;
        },
        std::move(alive));
}

QCoro::Task<Result<void>> PublishStore::save(PublishDraft draft, std::stop_token alive) {
    return database_.run(
        [draft = std::move(draft)](SQLite::Database& database) {
            SQLite::Statement write(
                database,
                "INSERT OR REPLACE INTO publish_drafts (id, account, path, size, modified, title, "
                "cover_ms, thumb, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
            write.bind(1, draft.id);
            write.bind(2, draft.account.toStdString());
            write.bind(3, draft.path.toStdString());
            write.bind(4, draft.stamp.size);
            write.bind(5, draft.stamp.modified);
            write.bind(6, draft.title.toStdString());
            write.bind(7, static_cast<std::int64_t>(draft.coverMs));
            bindPicture(write, 8, draft.thumb);
            write.bind(9, draft.changedAt);
            write.exec();
        },
        std::move(alive));
}

QCoro::Task<Result<void>> PublishStore::remove(std::int64_t id, std::stop_token alive) {
    return database_.run(
        [id](SQLite::Database& database) {
            SQLite::Statement gone(database, "DELETE FROM publish_drafts WHERE id = ?");
            gone.bind(1, id);
            gone.exec();
        },
        std::move(alive));
}

QCoro::Task<Result<void>> PublishStore::removeAll(const QString& server, std::stop_token alive) {
    return database_.run(
        [server = server.toStdString(),
         prefix = accountPrefix(server).toStdString()](SQLite::Database& database) {
            removeAccountRows(database, "publish_drafts", prefix);
            SQLite::Statement limits(database, "DELETE FROM publish_limits WHERE server = ?");
            limits.bind(1, server);
            limits.exec();
        },
        std::move(alive));
}

QCoro::Task<Result<QHash<QString, PublishLimits>>> PublishStore::limits(std::stop_token alive) {
    return database_.run(
        [](SQLite::Database& database) {
            QHash<QString, PublishLimits> limits;
            SQLite::Statement row(database,
                                  "SELECT server, max_bytes, refused_bytes, title_bytes FROM publish_limits");
            while (row.executeStep()) {
                limits.insert(columnText(row, 0), {.maxBytes = row.getColumn(1).getInt64(),
                                                   .refusedBytes = row.getColumn(2).getInt64(),
                                                   .titleInBytes = row.getColumn(3).getInt() != 0});
            }
            return limits;
        },
        std::move(alive));
}

QCoro::Task<Result<void>> PublishStore::saveLimits(QString server, PublishLimits limits,
                                                   std::stop_token alive) {
    return database_.run(
        [server = std::move(server), limits](SQLite::Database& database) {
            SQLite::Statement write(
                database,
                "INSERT OR REPLACE INTO publish_limits (server, max_bytes, refused_bytes, title_bytes) "
                "VALUES (?, ?, ?, ?)");
            write.bind(1, server.toStdString());
            write.bind(2, limits.maxBytes);
            write.bind(3, limits.refusedBytes);
            write.bind(4, limits.titleInBytes ? 1 : 0);
            write.exec();
        },
        std::move(alive));
}

}  // namespace tikgok
