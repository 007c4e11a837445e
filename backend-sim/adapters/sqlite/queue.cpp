// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/sqlite/queue.h"

#include "backend-sim/adapters/sqlite/connection.h"

#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <utility>

namespace tikgok::sim {

using sqlite::Blob;
using sqlite::Query;

namespace {

// The line of each topic is a table of its own, ordered by its key: appending and reading need no other
// index.
constexpr const char* kQueueSchema = R"sql(
CREATE TABLE facts (
    key   TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE writes (
    id       INTEGER PRIMARY KEY,
    write_id INTEGER NOT NULL,
    time     INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    body     BLOB NOT NULL
);

CREATE TABLE uploads (
    id       INTEGER PRIMARY KEY,
    write_id INTEGER NOT NULL,
    time     INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    body     BLOB NOT NULL
);

CREATE TABLE dead_letters (
    id        INTEGER PRIMARY KEY,
    write_id  INTEGER NOT NULL,
    time      INTEGER NOT NULL,
    failures  INTEGER NOT NULL,
    body      BLOB NOT NULL,
    topic     INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    dead_time INTEGER NOT NULL
);

CREATE TABLE taken (
    id       INTEGER PRIMARY KEY,
    write_id INTEGER NOT NULL,
    time     INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    body     BLOB NOT NULL,
    topic    INTEGER NOT NULL
);
)sql";

bool makeQueueSchema(SQLite::Database& database) {
    // Nobody else opens this file: no locks to take and give back in every commit.
    database.exec("PRAGMA locking_mode=EXCLUSIVE");
    constexpr int kNewest = 1;
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version == 0) {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        database.exec(kQueueSchema);
        database.exec("PRAGMA user_version=1");
        transaction.commit();
    }
    return version <= kNewest;
}

constexpr std::array<const char*, kTopics> kTables{"writes", "uploads"};

std::string onTable(std::size_t topic, std::string sql) {
    constexpr std::string_view kMark = "TABLE";
    return sql.replace(sql.find(kMark), kMark.size(), kTables[topic]);
}

// Columns 0 to 4 as all tables have them.
Message messageFrom(const Query& row, Topic topic) {
    return {row.number(0), topic, row.number(1), row.number(2), row.text(4), static_cast<int>(row.number(3))};
}

struct Line {
    Line(SQLite::Database& database, std::size_t topic)
        : append(database, onTable(topic, "INSERT INTO TABLE VALUES (?, ?, ?, 0, ?)")),
          read(database, onTable(topic, "SELECT * FROM TABLE WHERE id > ? ORDER BY id LIMIT ?")),
          remove(database, onTable(topic, "DELETE FROM TABLE WHERE id BETWEEN ? AND ?")),
          countFailure(database, onTable(topic,
                                         "UPDATE TABLE SET failures = failures + 1 WHERE id = ?"
                                         " RETURNING failures")),
          bury(database,
               onTable(topic, "INSERT INTO dead_letters SELECT *, ?2, ?3, ?4 FROM TABLE WHERE id = ?1")),
          take(database, onTable(topic,
                                 "INSERT INTO taken SELECT *, ?3 FROM TABLE WHERE id BETWEEN ?1 AND"
                                 " ?2")),
          depth(static_cast<std::size_t>(
              database.execAndGet(onTable(topic, "SELECT count(*) FROM TABLE")).getInt64())) {}

    SQLite::Statement append;
    SQLite::Statement read;
    SQLite::Statement remove;
    SQLite::Statement countFailure;
    SQLite::Statement bury;
    SQLite::Statement take;
    std::atomic<std::size_t> depth;
};

// Calls `each(first, last)` for every run of neighbouring ids: one statement then serves many of them.
template <class Each>
void forRuns(std::span<const MessageId> ids, Each each) {
    for (std::size_t from = 0; from < ids.size();) {
        std::size_t to = from + 1;
        while (to < ids.size() && ids[to] == ids[to - 1] + 1) {
            ++to;
        }
        each(ids[from], ids[to - 1]);
        from = to;
    }
}

}  // namespace

struct SqliteQueue::Parts {
    Parts(const std::filesystem::path& file, MessageId after) : connection(file, makeQueueSchema) {
        auto& database = connection.database();
        bound = database.execAndGet("SELECT coalesce(max(value), 1) FROM facts").getInt64();
        next = std::max(bound, after + 1);
    }

    Line& line(Topic topic) { return lines[static_cast<std::size_t>(topic)]; }

    template <class Body>
    auto commit(Body body) -> StoreResult<std::invoke_result_t<Body>> {
        using Result = std::invoke_result_t<Body>;
        std::optional<Result> result;
        const StoreResult<void> done = connection.atomically([&]() -> StoreResult<void> {
            auto part = connection.guarded(body);
            if (!part) {
                return std::unexpected(std::move(part.error()));
            }
            result = std::move(*part);
            return {};
        });
        if (!done) {
            return std::unexpected(done.error());
        }
        return std::move(*result);
    }

    // A transaction that is on the medium when it returns.
    template <class Body>
    auto transaction(Body body) -> StoreResult<std::invoke_result_t<Body>> {
        const auto all = connection.guarded([&] {
            if (relaxed) {
                syncAgain();
            }
            return commit(body);
        });
        return all ? *all : std::unexpected(all.error());
    }

    // One that need not be there when it returns. The next one that is takes it along.
    template <class Body>
    auto unsynced(Body body) -> StoreResult<std::invoke_result_t<Body>> {
        const auto all = connection.guarded([&] {
            relaxed = true;
            connection.database().exec("PRAGMA synchronous=NORMAL");
            auto result = commit(body);
            try {
                syncAgain();
            } catch (const SQLite::Exception&) {
                // It is done all the same; the next transaction() tries again.
                relaxed = true;
            }
            return result;
        });
        return all ? *all : std::unexpected(all.error());
    }
    void syncAgain() {
        connection.database().exec("PRAGMA synchronous=FULL");
        relaxed = false;
    }

    // The new id. Within a transaction; the caller sets `next` when it has been kept.
    MessageId idsFrom(std::size_t count) {
        // In strides, so that giving out ids does not write a page of its own in every transaction.
        constexpr MessageId kStride = 1 << 16;
        const MessageId end = next + static_cast<MessageId>(count);
        // What a transaction that failed had in mind is not in the file.
        newBound = bound;
        if (end > bound) {
            newBound = end + kStride;
            Query(setBound, newBound).run();
        }
        return next;
    }
    void keepIds(std::size_t count) {
        next += static_cast<MessageId>(count);
        bound = newBound;
    }

    sqlite::Connection connection;
    std::array<Line, kTopics> lines{Line(connection.database(), 0), Line(connection.database(), 1)};
    SQLite::Statement setBound{connection.database(),
                               "INSERT OR REPLACE INTO facts (key, value) VALUES ('id_bound', ?)"};
    SQLite::Statement deadLetters{connection.database(), "SELECT * FROM dead_letters ORDER BY id"};
    SQLite::Statement deadLetter{connection.database(), "SELECT * FROM dead_letters WHERE id = ?"};
    SQLite::Statement removeDead{connection.database(), "DELETE FROM dead_letters WHERE id = ?"};
    SQLite::Statement taken{connection.database(), "SELECT * FROM taken ORDER BY id"};
    SQLite::Statement settle{connection.database(), "DELETE FROM taken WHERE id BETWEEN ? AND ?"};

    // Commits may not be synced: unsynced() did not get to its end. Only touched under the connection's lock.
    bool relaxed = false;

    // Held while ids are given out; the connection's own lock is inside.
    std::mutex giving;
    MessageId next = 1;
    // Every id below has been, or may have been, given out, as far as the file knows.
    MessageId bound = 1;
    MessageId newBound = 1;
};

SqliteQueue::SqliteQueue(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

SqliteQueue::~SqliteQueue() = default;

void SqliteQueue::watchCommits(std::function<void(std::chrono::steady_clock::duration)> watch) {
    // On the thread that commits, under the connection's lock.
    parts_->connection.watchCommits(
        [parts = parts_.get(), watch = std::move(watch)](std::chrono::steady_clock::duration spent) {
            if (!parts->relaxed) {
                watch(spent);
            }
        });
}

std::expected<std::unique_ptr<SqliteQueue>, SqliteOpenError> SqliteQueue::open(
    const std::filesystem::path& file, MessageId after) {
    try {
        return std::unique_ptr<SqliteQueue>(new SqliteQueue(std::make_unique<Parts>(file, after)));
    } catch (const sqlite::TooNew&) {
        return std::unexpected(
            SqliteOpenError{SqliteOpenError::Kind::TooNew, "a newer version wrote this queue"});
    } catch (const SQLite::Exception& exception) {
        return std::unexpected(sqlite::openErrorOf(exception));
    }
}

StoreResult<MessageId> SqliteQueue::append(std::span<const NewMessage> batch) {
    if (batch.empty()) {
        return 0;
    }
    const std::lock_guard lock(parts_->giving);
    std::array<std::size_t, kTopics> added{};
    const auto first = parts_->transaction([&] {
        const MessageId from = parts_->idsFrom(batch.size());
        MessageId id = from;
        for (const NewMessage& each : batch) {
            Query(parts_->line(each.topic).append, id, each.write == 0 ? id : each.write, each.at,
                  Blob{each.body})
                .run();
            ++added[static_cast<std::size_t>(each.topic)];
            ++id;
        }
        return from;
    });
    if (first) {
        parts_->keepIds(batch.size());
        for (std::size_t topic = 0; topic < kTopics; ++topic) {
            parts_->lines[topic].depth += added[topic];
        }
    }
    return first;
}

StoreResult<std::vector<Message>> SqliteQueue::read(Topic topic, MessageId after, std::size_t limit) {
    return parts_->connection.guarded([&] {
        std::vector<Message> found;
        Query query(parts_->line(topic).read, after, static_cast<Id>(limit));
        while (query.step()) {
            found.push_back(messageFrom(query, topic));
        }
        return found;
    });
}

StoreResult<void> SqliteQueue::acknowledge(Topic topic, std::span<const MessageId> done) {
    Line& line = parts_->line(topic);
    const auto removed = parts_->unsynced([&] {
        std::size_t count = 0;
        forRuns(done, [&](MessageId first, MessageId last) {
            count += static_cast<std::size_t>(Query(line.remove, first, last).run());
        });
        return count;
    });
    if (!removed) {
        return std::unexpected(removed.error());
    }
    line.depth -= *removed;
    return {};
}

StoreResult<int> SqliteQueue::countFailure(Topic topic, MessageId id) {
    return parts_->unsynced([&] {
        Query query(parts_->line(topic).countFailure, id);
        // The row is changed before the first step gives it.
        return query.step() ? static_cast<int>(query.number(0)) : 0;
    });
}

StoreResult<bool> SqliteQueue::bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) {
    Line& line = parts_->line(topic);
    const auto buried = parts_->transaction([&] {
        Query(line.bury, id, static_cast<Id>(topic), reason, at).run();
        return Query(line.remove, id, id).run() > 0;
    });
    if (buried && *buried) {
        --line.depth;
    }
    return buried;
}

StoreResult<std::vector<DeadLetter>> SqliteQueue::deadLetters() {
    return parts_->connection.guarded([&] {
        std::vector<DeadLetter> all;
        Query query(parts_->deadLetters);
        while (query.step()) {
            all.push_back(
                {messageFrom(query, static_cast<Topic>(query.number(5))), query.text(6), query.number(7)});
        }
        return all;
    });
}

StoreResult<MessageId> SqliteQueue::resend(MessageId deadLetter) {
    const std::lock_guard lock(parts_->giving);
    Topic topic = Topic::Writes;
    const auto sent = parts_->transaction([&]() -> MessageId {
        std::optional<Message> message;
        {
            Query query(parts_->deadLetter, deadLetter);
            if (query.step()) {
                topic = static_cast<Topic>(query.number(5));
                message = messageFrom(query, topic);
            }
        }
        if (!message) {
            return 0;
        }
        const MessageId id = parts_->idsFrom(1);
        Query(parts_->line(topic).append, id, message->write, message->at, Blob{message->body}).run();
        Query(parts_->removeDead, deadLetter).run();
        return id;
    });
    if (sent && *sent != 0) {
        parts_->keepIds(1);
        ++parts_->line(topic).depth;
    }
    return sent;
}

std::size_t SqliteQueue::depth(Topic topic) const {
    return parts_->line(topic).depth;
}

StoreResult<void> SqliteQueue::take(Topic topic, std::span<const MessageId> early) {
    Line& line = parts_->line(topic);
    const auto moved = parts_->unsynced([&] {
        std::size_t count = 0;
        forRuns(early, [&](MessageId first, MessageId last) {
            Query(line.take, first, last, static_cast<Id>(topic)).run();
            count += static_cast<std::size_t>(Query(line.remove, first, last).run());
        });
        return count;
    });
    if (!moved) {
        return std::unexpected(moved.error());
    }
    line.depth -= *moved;
    return {};
}

StoreResult<void> SqliteQueue::settle(std::span<const MessageId> applied) {
    const auto settled = parts_->unsynced([&] {
        int count = 0;
        forRuns(applied,
                [&](MessageId first, MessageId last) { count += Query(parts_->settle, first, last).run(); });
        return count;
    });
    return settled ? StoreResult<void>() : std::unexpected(settled.error());
}

StoreResult<std::vector<Message>> SqliteQueue::taken() {
    return parts_->connection.guarded([&] {
        std::vector<Message> all;
        Query query(parts_->taken);
        while (query.step()) {
            all.push_back(messageFrom(query, static_cast<Topic>(query.number(5))));
        }
        return all;
    });
}

MessageId SqliteQueue::lastGiven() const {
    const std::lock_guard lock(parts_->giving);
    return parts_->next - 1;
}

StoreResult<void> SqliteQueue::forget(MessageId last) {
    const auto gone = parts_->connection.guarded([&]() -> StoreResult<void> {
        auto& database = parts_->connection.database();
        const auto any = [&](const char* table) {
            SQLite::Statement look(database,
                                   "SELECT EXISTS (SELECT 1 FROM " + std::string(table) + " WHERE id <= ?)");
            look.bind(1, last);
            return look.executeStep() && look.getColumn(0).getInt() != 0;
        };
        constexpr std::array kAll{"writes", "uploads", "dead_letters", "taken"};
        if (std::ranges::none_of(kAll, any)) {
            return {};
        }
        std::array<std::size_t, kTopics> removed{};
        const auto done = parts_->unsynced([&] {
            for (std::size_t i = 0; i < kAll.size(); ++i) {
                SQLite::Statement remove(database, "DELETE FROM " + std::string(kAll[i]) + " WHERE id <= ?");
                remove.bind(1, last);
                const auto count = static_cast<std::size_t>(remove.exec());
                if (i < kTopics) {
                    removed[i] = count;
                }
            }
            return true;
        });
        if (!done) {
            return std::unexpected(done.error());
        }
        for (std::size_t topic = 0; topic < kTopics; ++topic) {
            parts_->lines[topic].depth -= removed[topic];
        }
        return {};
    });
    return gone ? *gone : StoreResult<void>(std::unexpected(gone.error()));
}

StoreResult<std::string> SqliteQueue::integrity() {
    return parts_->connection.guarded(
        [&]() -> std::string { return parts_->connection.database().execAndGet("PRAGMA integrity_check"); });
}

}  // namespace tikgok::sim
