// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/comments/own_comments.h"

#include "core/storage/account_rows.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <array>
#include <cstdint>
#include <string>
#include <utility>

namespace tikgok {

namespace {

constexpr int kMostOwn = 20'000;

constexpr std::array<MigrationStep, 1> kOwnCommentSteps{
    [](SQLite::Database& database) {
        database.exec(R"sql(
CREATE TABLE own_comments (
    place   INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    video   INTEGER NOT NULL,
    comment INTEGER NOT NULL,
    UNIQUE (account, video, comment)
);
)sql");
    },
};

// `sql` has places for the three.
void aboutComment(SQLite::Database& database, const char* sql, const std::string& account, contract::Id video,
                  contract::Id comment) {
    SQLite::Statement about(database, sql);
    about.bind(1, account);
    about.bind(2, std::int64_t{video});
    about.bind(3, std::int64_t{comment});
    about.exec();
}

}  // namespace

SchemaPart OwnComments::schema() {
    return {.name = QStringLiteral("own_comments"), .steps = kOwnCommentSteps};
}

QCoro::Task<Result<QList<contract::Id>>> OwnComments::of(const QString& account, contract::Id video,
                                                         std::stop_token alive) {
    return database_.run(
        [account = account.toStdString(), video](SQLite::Database& database) {
            QList<contract::Id> ids;
            SQLite::Statement row(database,
                                  "SELECT comment FROM own_comments WHERE account = ? AND video = ?");
            row.bind(1, account);
            row.bind(2, std::int64_t{video});
            while (row.executeStep()) {
                ids.append(row.getColumn(0).getInt64());
            }
            return ids;
        },
        std::move(alive));
}

void OwnComments::add(const QString& account, contract::Id video, contract::Id comment) {
    database_.run(
        [account = account.toStdString(), video, comment](SQLite::Database& database) {
            aboutComment(database,
                         "INSERT OR IGNORE INTO own_comments (account, video, comment) VALUES (?, ?, ?)",
                         account, video, comment);
            SQLite::Statement drop(
                database,
                "DELETE FROM own_comments WHERE account = ?1 AND place <= (SELECT place FROM "
                "own_comments WHERE account = ?1 ORDER BY place DESC LIMIT 1 OFFSET ?2)");
            drop.bind(1, account);
            drop.bind(2, kMostOwn);
            drop.exec();
        },
        {});
}

void OwnComments::remove(const QString& account, contract::Id video, contract::Id comment) {
    database_.run(
        [account = account.toStdString(), video, comment](SQLite::Database& database) {
            aboutComment(database, "DELETE FROM own_comments WHERE account = ? AND video = ? AND comment = ?",
                         account, video, comment);
        },
        {});
}

void OwnComments::forget(const QString& account) {
    database_.run(
        [account = account.toStdString()](SQLite::Database& database) {
            SQLite::Statement gone(database, "DELETE FROM own_comments WHERE account = ?");
            gone.bind(1, account);
            gone.exec();
        },
        {});
}

QCoro::Task<Result<void>> OwnComments::forgetAll(const QString& accountPrefix, std::stop_token alive) {
    return database_.run(
        [prefix = accountPrefix.toStdString()](SQLite::Database& database) {
            removeAccountRows(database, "own_comments", prefix);
        },
        std::move(alive));
}

}  // namespace tikgok
