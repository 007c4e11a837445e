// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/outbox/outbox_store.h"

#include "core/storage/account_rows.h"

#include <QMetaEnum>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <array>
#include <string>
#include <utility>

namespace tikgok {

namespace {

// `kind` and `state` are the numbers of the enums in intent.h; `error` is a name of ErrorKind.
constexpr std::array<MigrationStep, 1> kOutboxSteps{
    [](SQLite::Database& database) {
        database.exec(R"sql(
CREATE TABLE intents (
    id          INTEGER PRIMARY KEY,
    position    INTEGER NOT NULL,
    account     TEXT NOT NULL,
    kind        INTEGER NOT NULL,
    target      INTEGER NOT NULL,
    object      INTEGER NOT NULL,
    is_on       INTEGER NOT NULL,
    text        TEXT NOT NULL,
    data        BLOB NOT NULL,
    caption     TEXT NOT NULL,
    state       INTEGER NOT NULL,
    maybe_done  INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    next_try    INTEGER NOT NULL,
    error       TEXT NOT NULL,
    error_words TEXT NOT NULL
);
CREATE INDEX intents_by_account ON intents (account, state, position);
)sql");
    },
};

constexpr const char* kSelect =
    "SELECT id, position, account, kind, target, object, is_on, text, data, caption, state, maybe_done, "
    "attempts, created_at, next_try, error, error_words FROM intents ORDER BY position, id";
constexpr const char* kWrite =
    "INSERT OR REPLACE INTO intents (id, position, account, kind, target, object, is_on, text, data, "
    "caption, "
    "state, maybe_done, attempts, created_at, next_try, error, error_words) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kTrim =
    "DELETE FROM intents WHERE account = ?1 AND state = ?2 AND kind = ?4 AND position <= "
    "(SELECT position FROM intents WHERE account = ?1 AND state = ?2 AND kind = ?4 "
    "ORDER BY position DESC LIMIT 1 OFFSET ?3)";

const QMetaEnum& errorNames() {
    static const QMetaEnum names = QMetaEnum::fromType<ErrorKind>();
    return names;
}

QString textAt(SQLite::Statement& row, int column) {
    return QString::fromStdString(row.getColumn(column).getString());
}

std::optional<KeptIntent> intentAt(SQLite::Statement& row) {
    const int kind = row.getColumn(3).getInt();
    const int state = row.getColumn(10).getInt();
    if (kind < 0 || kind > static_cast<int>(IntentKind::Publish) || state < 0 ||
        state > static_cast<int>(IntentState::Failed)) {
        return std::nullopt;
    }
    KeptIntent kept;
    kept.position = row.getColumn(1).getInt64();
    Intent& intent = kept.intent;
    intent.id = row.getColumn(0).getInt64();
    intent.account = textAt(row, 2);
    intent.kind = static_cast<IntentKind>(kind);
    intent.target = row.getColumn(4).getInt64();
    intent.object = row.getColumn(5).getInt64();
    intent.on = row.getColumn(6).getInt() != 0;
    intent.text = textAt(row, 7);
    intent.data = QByteArray::fromStdString(row.getColumn(8).getString());
    intent.caption = textAt(row, 9);
    intent.state = static_cast<IntentState>(state);
    intent.maybeDone = row.getColumn(11).getInt() != 0;
    intent.attempts = row.getColumn(12).getInt();
    intent.createdAt = row.getColumn(13).getInt64();
    intent.nextTry = row.getColumn(14).getInt64();
    bool known = false;
    const int error = errorNames().keyToValue(row.getColumn(15).getString().c_str(), &known);
    intent.errorKind = known ? static_cast<ErrorKind>(error) : ErrorKind::None;
    intent.errorWords = textAt(row, 16);
    intent.kept = true;
    return kept;
}

void writeIntent(SQLite::Database& database, const KeptIntent& kept) {
    const Intent& intent = kept.intent;
    SQLite::Statement write(database, kWrite);
    int at = 0;
    write.bind(++at, static_cast<std::int64_t>(intent.id));
    write.bind(++at, kept.position);
    write.bind(++at, intent.account.toStdString());
    write.bind(++at, static_cast<int>(intent.kind));
    write.bind(++at, static_cast<std::int64_t>(intent.target));
    write.bind(++at, static_cast<std::int64_t>(intent.object));
    write.bind(++at, intent.on ? 1 : 0);
    write.bind(++at, intent.text.toStdString());
    write.bind(++at, static_cast<const void*>(intent.data.isEmpty() ? "" : intent.data.constData()),
               static_cast<int>(intent.data.size()));
    write.bind(++at, intent.caption.toStdString());
    write.bind(++at, static_cast<int>(intent.state));
    write.bind(++at, intent.maybeDone ? 1 : 0);
    write.bind(++at, intent.attempts);
    write.bind(++at, intent.createdAt);
    write.bind(++at, intent.nextTry);
    write.bind(++at, std::string(errorNames().valueToKey(static_cast<int>(intent.errorKind))));
    write.bind(++at, intent.errorWords.toStdString());
    write.exec();
}

void forgetOldSent(SQLite::Database& database, const Intent& sent, int sentKept) {
    SQLite::Statement trim(database, kTrim);
    trim.bind(1, sent.account.toStdString());
    trim.bind(2, static_cast<int>(IntentState::Sent));
    trim.bind(3, sentKept);
    trim.bind(4, static_cast<int>(sent.kind));
    trim.exec();
}

}  // namespace

SchemaPart outboxSchema() {
    return {QStringLiteral("outbox"), kOutboxSteps};
}

QCoro::Task<Result<QList<KeptIntent>>> OutboxStore::load(std::stop_token alive) {
    return database_.run(
        [](SQLite::Database& database) {
            QList<KeptIntent> all;
            SQLite::Statement row(database, kSelect);
            while (row.executeStep()) {
                if (auto one = intentAt(row)) {
                    all.append(std::move(*one));
                }
            }
            return all;
        },
        std::move(alive));
}

QCoro::Task<Result<void>> OutboxStore::change(QList<IntentId> gone, std::optional<KeptIntent> one,
                                              int sentKept, std::stop_token alive) {
    return database_.run(
        [gone = std::move(gone), one = std::move(one), sentKept](SQLite::Database& database) {
            for (const IntentId id : gone) {
                SQLite::Statement remove(database, "DELETE FROM intents WHERE id = ?");
                remove.bind(1, static_cast<std::int64_t>(id));
                remove.exec();
            }
            if (one) {
                writeIntent(database, *one);
                if (one->intent.state == IntentState::Sent) {
                    forgetOldSent(database, one->intent, sentKept);
                }
            }
        },
        std::move(alive));
}

QCoro::Task<Result<void>> OutboxStore::removeAll(const QString& accountPrefix, std::stop_token alive) {
    return database_.run([prefix = accountPrefix.toStdString()](
                             SQLite::Database& database) { removeAccountRows(database, "intents", prefix); },
                         std::move(alive));
}

}  // namespace tikgok
