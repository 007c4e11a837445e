// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/chat_store.h"

#include "core/account/last_accounts.h"
#include "core/storage/account_rows.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <array>
#include <utility>

namespace tikgok {

namespace {

void makeChatTables(SQLite::Database& database) {
    database.exec("CREATE TABLE chat_servers (server TEXT PRIMARY KEY, mode INTEGER NOT NULL) WITHOUT ROWID");
    database.exec(R"(CREATE TABLE chat_peers (
        account TEXT NOT NULL, peer INTEGER NOT NULL, name TEXT NOT NULL DEFAULT '', avatar TEXT NOT NULL DEFAULT '',
        is_friend INTEGER NOT NULL DEFAULT 0, seen_time INTEGER NOT NULL DEFAULT 0,
        seen_id INTEGER NOT NULL DEFAULT 0, read_at INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (account, peer)) WITHOUT ROWID)");
    database.exec(R"(CREATE TABLE chat_messages (
        account TEXT NOT NULL, peer INTEGER NOT NULL, id INTEGER NOT NULL, time INTEGER NOT NULL,
        time_text TEXT NOT NULL, own INTEGER NOT NULL, side_known INTEGER NOT NULL, content TEXT NOT NULL,
        PRIMARY KEY (account, peer, id)) WITHOUT ROWID)");
    database.exec("CREATE INDEX chat_messages_by_time ON chat_messages (account, peer, time, id)");
}

constexpr std::array<MigrationStep, 1> kChatSteps{makeChatTables};

QString textAt(const SQLite::Statement& row, int column) {
    const SQLite::Column cell = row.getColumn(column);
    return QString::fromUtf8(cell.getText(), cell.getBytes());
}

// Columns: id, time, time_text, own, side_known, content.
ChatMessage messageAt(const SQLite::Statement& row, int first) {
    return {
        .key = {.time = row.getColumn(first + 1).getInt64(), .id = row.getColumn(first).getInt64()},
        .own = row.getColumn(first + 3).getInt() != 0,
        .sideKnown = row.getColumn(first + 4).getInt() != 0,
        .timeText = textAt(row, first + 2),
        .content = textAt(row, first + 5),
    };
}

void touchPeer(SQLite::Database& database, const std::string& account, contract::Id peer) {
    SQLite::Statement put(database, "INSERT OR IGNORE INTO chat_peers (account, peer) VALUES (?, ?)");
    put.bind(1, account);
    put.bind(2, peer);
    put.exec();
}

// Friends stay; of the others those go that were read the longest ago.
void dropOldPeers(SQLite::Database& database, const std::string& account) {
    SQLite::Statement drop(database, R"(DELETE FROM chat_peers WHERE account = ?1 AND peer IN (
        SELECT peer FROM chat_peers WHERE account = ?1 ORDER BY is_friend DESC, read_at DESC LIMIT -1 OFFSET ?2))");
    drop.bind(1, account);
    drop.bind(2, ChatStore::kMostConversations);
    if (drop.exec() > 0) {
        SQLite::Statement clean(database, R"(DELETE FROM chat_messages WHERE account = ?1 AND peer NOT IN (
            SELECT peer FROM chat_peers WHERE account = ?1))");
        clean.bind(1, account);
        clean.exec();
    }
}

}  // namespace

SchemaPart ChatStore::schema() {
    return {.name = QStringLiteral("chat"), .steps = kChatSteps};
}

ChatStore::Call<QList<KeptConversation>> ChatStore::load(const QString& account, std::stop_token alive) {
    return database_.run(
        [account = account.toStdString()](SQLite::Database& database) {
            QList<KeptConversation> all;
            QHash<contract::Id, qsizetype> places;
            SQLite::Statement peers(database,
                                    "SELECT peer, name, avatar, is_friend, seen_time, seen_id, read_at "
                                    "FROM chat_peers WHERE account = ? ORDER BY peer");
            peers.bind(1, account);
            while (peers.executeStep()) {
                KeptPeer peer{
                    .id = peers.getColumn(0).getInt64(),
                    .name = textAt(peers, 1),
                    .avatar = textAt(peers, 2),
                    .isFriend = peers.getColumn(3).getInt() != 0,
                    .seen = {.time = peers.getColumn(4).getInt64(), .id = peers.getColumn(5).getInt64()},
                    .readAt = peers.getColumn(6).getInt64()};
                places.insert(peer.id, all.size());
                all.append({.peer = std::move(peer), .messages = {}});
            }
            SQLite::Statement newest(database,
                                     R"(SELECT peer, id, time, time_text, own, side_known, content FROM (
                SELECT *, ROW_NUMBER() OVER (PARTITION BY peer ORDER BY time DESC, id DESC) AS place
                FROM chat_messages WHERE account = ?1) WHERE place <= ?2 ORDER BY peer, time, id)");
            newest.bind(1, account);
            newest.bind(2, kFewMessages);
            while (newest.executeStep()) {
                const auto place = places.constFind(newest.getColumn(0).getInt64());
                if (place != places.cend()) {
                    all[*place].messages.append(messageAt(newest, 1));
                }
            }
            return all;
        },
        std::move(alive));
}

ChatStore::Call<QList<ChatMessage>> ChatStore::messages(const QString& account, contract::Id peer,
                                                        std::stop_token alive) {
    return database_.run(
        [account = account.toStdString(), peer](SQLite::Database& database) {
            QList<ChatMessage> all;
            SQLite::Statement query(database,
                                    "SELECT id, time, time_text, own, side_known, content FROM chat_messages "
                                    "WHERE account = ? AND peer = ? ORDER BY time, id");
            query.bind(1, account);
            query.bind(2, peer);
            while (query.executeStep()) {
                all.append(messageAt(query, 0));
            }
            return all;
        },
        std::move(alive));
}

ChatStore::Call<ChatProtocol::Mode> ChatStore::mode(const QString& server, std::stop_token alive) {
    return database_.run(
        [server = server.toStdString()](SQLite::Database& database) {
            SQLite::Statement query(database, "SELECT mode FROM chat_servers WHERE server = ?");
            query.bind(1, server);
            const int mode = query.executeStep() ? query.getColumn(0).getInt() : 0;
            const bool known =
                mode == static_cast<int>(Mode::After) || mode == static_cast<int>(Mode::Before);
            return known ? static_cast<Mode>(mode) : Mode::Unknown;
        },
        std::move(alive));
}

void ChatStore::keepMode(const QString& server, Mode mode) {
    database_.run(
        [server = server.toStdString(), mode](SQLite::Database& database) {
            SQLite::Statement put(database,
                                  "INSERT OR REPLACE INTO chat_servers (server, mode) VALUES (?, ?)");
            put.bind(1, server);
            put.bind(2, static_cast<int>(mode));
            put.exec();
        },
        {});
}

void ChatStore::keepPeer(const QString& account, const KeptPeer& peer) {
    database_.run(
        [account = account.toStdString(), peer](SQLite::Database& database) {
            touchPeer(database, account, peer.id);
            SQLite::Statement put(database,
                                  "UPDATE chat_peers SET name = ?, avatar = ?, is_friend = ? "
                                  "WHERE account = ? AND peer = ?");
            put.bind(1, peer.name.toStdString());
            put.bind(2, peer.avatar.toStdString());
            put.bind(3, peer.isFriend ? 1 : 0);
            put.bind(4, account);
            put.bind(5, peer.id);
            put.exec();
            dropOldPeers(database, account);
        },
        {});
}

void ChatStore::keepSeen(const QString& account, contract::Id peer, MessageKey seen) {
    database_.run(
        [account = account.toStdString(), peer, seen](SQLite::Database& database) {
            touchPeer(database, account, peer);
            SQLite::Statement put(
                database, "UPDATE chat_peers SET seen_time = ?, seen_id = ? WHERE account = ? AND peer = ?");
            put.bind(1, seen.time);
            put.bind(2, seen.id);
            put.bind(3, account);
            put.bind(4, peer);
            put.exec();
        },
        {});
}

void ChatStore::keepMessages(const QString& account, contract::Id peer, const QList<ChatMessage>& messages,
                             const QList<contract::Id>& removed, std::int64_t readAt) {
    database_.run(
        [account = account.toStdString(), peer, messages, removed, readAt](SQLite::Database& database) {
            touchPeer(database, account, peer);
            SQLite::Statement read(database,
                                   "UPDATE chat_peers SET read_at = ? WHERE account = ? AND peer = ?");
            read.bind(1, readAt);
            read.bind(2, account);
            read.bind(3, peer);
            read.exec();
            SQLite::Statement drop(database,
                                   "DELETE FROM chat_messages WHERE account = ? AND peer = ? AND id = ?");
            for (const contract::Id id : removed) {
                drop.reset();
                drop.bind(1, account);
                drop.bind(2, peer);
                drop.bind(3, id);
                drop.exec();
            }
            SQLite::Statement put(
                database,
                "INSERT OR REPLACE INTO chat_messages (account, peer, id, time, time_text, own, "
                "side_known, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
            for (const ChatMessage& message : messages) {
                put.reset();
                put.bind(1, account);
                put.bind(2, peer);
                put.bind(3, message.id());
                put.bind(4, message.key.time);
                put.bind(5, message.timeText.toStdString());
                put.bind(6, message.own ? 1 : 0);
                put.bind(7, message.sideKnown ? 1 : 0);
                put.bind(8, message.content.toStdString());
                put.exec();
            }
            if (messages.isEmpty()) {
                return;
            }
            SQLite::Statement prune(database,
                                    R"(DELETE FROM chat_messages WHERE account = ?1 AND peer = ?2 AND id IN (
                SELECT id FROM chat_messages WHERE account = ?1 AND peer = ?2
                ORDER BY time DESC, id DESC LIMIT -1 OFFSET ?3))");
            prune.bind(1, account);
            prune.bind(2, peer);
            prune.bind(3, kMostMessages);
            prune.exec();
        },
        {});
}

ChatStore::Call<qint64> ChatStore::bytes(std::stop_token alive) {
    return database_.run(
        [](SQLite::Database& database) -> qint64 {
            // Of a row besides its texts, about.
            SQLite::Statement sum(database,
                                  "SELECT COALESCE(SUM(LENGTH(CAST(content AS BLOB)) + LENGTH(account) + "
                                  "LENGTH(time_text) + 40), 0) FROM chat_messages");
            sum.executeStep();
            return sum.getColumn(0).getInt64();
        },
        std::move(alive));
}

void ChatStore::clearMessages() {
    database_.run(
        [](SQLite::Database& database) {
            database.exec("DELETE FROM chat_messages");
            database.exec("UPDATE chat_peers SET read_at = 0");
        },
        {});
}

void ChatStore::forget(const QString& account) {
    database_.run(
        [account = account.toStdString()](SQLite::Database& database) {
            for (const char* sql : {"DELETE FROM chat_messages WHERE account = ?",
                                    "DELETE FROM chat_peers WHERE account = ?"}) {
                SQLite::Statement remove(database, sql);
                remove.bind(1, account);
                remove.exec();
            }
        },
        {});
}

QCoro::Task<Result<void>> ChatStore::forgetServer(const QString& server, std::stop_token alive) {
    return database_.run(
        [server = server.toStdString(),
         prefix = accountPrefix(server).toStdString()](SQLite::Database& database) {
            removeAccountRows(database, "chat_messages", prefix);
            removeAccountRows(database, "chat_peers", prefix);
            SQLite::Statement mode(database, "DELETE FROM chat_servers WHERE server = ?");
            mode.bind(1, server);
            mode.exec();
        },
        std::move(alive));
}

}  // namespace tikgok
