// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/sqlite/bulk.h"

#include <exception>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tikgok::sim::sqlite {

namespace {

// --- into the tables

class Filler final : public BulkRows {
public:
    explicit Filler(SQLite::Database& database)
        : database_(database),
          user_(database,
                "INSERT INTO users (id, name, password, avatar, background, signature, create_time)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"),
          video_(database,
                 "INSERT INTO videos (id, author_id, title, play_key, cover_key, publish_time)"
                 " VALUES (?, ?, ?, ?, ?, ?)"),
          comment_(
              database,
              "INSERT INTO comments (id, user_id, video_id, content, create_time) VALUES (?, ?, ?, ?, ?)"),
          message_(database,
                   "INSERT INTO messages (id, from_user_id, to_user_id, content, create_time)"
                   " VALUES (?, ?, ?, ?, ?)"),
          like_(database, "INSERT INTO favorites (user_id, video_id, create_time) VALUES (?, ?, ?)"),
          follow_(database, "INSERT INTO relations (user_id, to_user_id, create_time) VALUES (?, ?, ?)") {}

    void expect(const RowCounts& /*counts*/) override {}
    StoreResult<void> add(UserRow row) override {
        return insert(user_, row.id, row.name, row.passwordHash, row.avatarKey, row.backgroundKey,
                      row.signature, row.createdAt);
    }
    StoreResult<void> add(VideoRow row) override {
        return insert(video_, row.id, row.author, row.title, row.playKey, row.coverKey, row.publishedAt);
    }
    StoreResult<void> add(CommentRow row) override {
        return insert(comment_, row.id, row.user, row.video, row.text, row.createdAt);
    }
    StoreResult<void> add(MessageRow row) override {
        return insert(message_, row.id, row.from, row.to, row.text, row.createdAt);
    }
    StoreResult<void> add(const FavoriteChange& like) override {
        return insert(like_, like.user, like.video, like.at);
    }
    StoreResult<void> add(const FollowChange& follow) override {
        return insert(follow_, follow.follower, follow.followed, follow.at);
    }

private:
    // Bounds the log and what is lost when the machine stops in between.
    static constexpr std::size_t kRowsPerTransaction = 100'000;

    template <class... Args>
    StoreResult<void> insert(SQLite::Statement& statement, const Args&... args) {
        try {
            Query(statement, args...).run();
            if (++rows_ % kRowsPerTransaction == 0) {
                database_.exec("COMMIT");
                database_.exec("BEGIN IMMEDIATE");
            }
            return {};
        } catch (const SQLite::Exception& exception) {
            return std::unexpected(errorOf(exception));
        }
    }

    SQLite::Database& database_;
    SQLite::Statement user_;
    SQLite::Statement video_;
    SQLite::Statement comment_;
    SQLite::Statement message_;
    SQLite::Statement like_;
    SQLite::Statement follow_;
    std::size_t rows_ = 0;
};

// Those that are not part of a table's own rules. Making them once at the end is several times faster.
struct Index {
    std::string name;
    std::string sql;
};

std::vector<Index> indexesOf(SQLite::Database& database) {
    std::vector<Index> indexes;
    SQLite::Statement find(
        database,
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN"
        " ('users', 'videos', 'favorites', 'comments', 'relations', 'messages')");
    while (find.executeStep()) {
        indexes.push_back({find.getColumn(0).getString(), find.getColumn(1).getString()});
    }
    return indexes;
}

// --- out of the tables

// One table's rows, as fast as SQLite gives them.
class Scan {
public:
    Scan(SQLite::Database& database, const char* sql) : database_(database) {
        if (sqlite3_prepare_v2(database.getHandle(), sql, -1, &statement_, nullptr) != SQLITE_OK) {
            throw SQLite::Exception(database.getHandle());
        }
    }
    ~Scan() { sqlite3_finalize(statement_); }
    Scan(const Scan&) = delete;
    Scan& operator=(const Scan&) = delete;

    bool step() {
        const int result = sqlite3_step(statement_);
        if (result != SQLITE_ROW && result != SQLITE_DONE) {
            throw SQLite::Exception(database_.getHandle(), result);
        }
        return result == SQLITE_ROW;
    }
    Id number(int column) const { return sqlite3_column_int64(statement_, column); }
    std::string text(int column) const {
        const unsigned char* bytes = sqlite3_column_text(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return bytes == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(bytes), size);
    }

private:
    SQLite::Database& database_;
    sqlite3_stmt* statement_ = nullptr;
};

template <class Make>
StoreResult<void> copy(SQLite::Database& database, const char* sql, BulkRows& into, Make make) {
    Scan scan(database, sql);
    while (scan.step()) {
        if (StoreResult<void> added = into.add(make(scan)); !added) {
            return added;
        }
    }
    return {};
}

// Likes and follows: the many small ones, which a thread of its own reads meanwhile.
struct Ties {
    std::vector<FavoriteChange> likes;
    std::vector<FollowChange> follows;
};

Ties readTies(SQLite::Database& database) {
    Ties ties;
    // By rowid, which is the order of liking and following.
    Scan likes(database, "SELECT user_id, video_id, create_time FROM favorites ORDER BY id");
    while (likes.step()) {
        ties.likes.push_back({likes.number(0), likes.number(1), true, likes.number(2)});
    }
    Scan follows(database, "SELECT user_id, to_user_id, create_time FROM relations ORDER BY id");
    while (follows.step()) {
        ties.follows.push_back({follows.number(0), follows.number(1), true, follows.number(2)});
    }
    return ties;
}

StoreResult<void> readNodes(SQLite::Database& database, BulkRows& into) {
    const auto count = [&database](const char* table) {
        return static_cast<std::size_t>(
            database.execAndGet(std::string("SELECT count(*) FROM ") + table).getInt64());
    };
    into.expect({count("users"), count("videos"), count("comments"), count("messages")});
    StoreResult<void> done =
        copy(database,
             "SELECT id, name, password, avatar, background, signature, create_time FROM users ORDER BY id",
             into, [](const Scan& row) {
                 UserRow user;
                 user.id = row.number(0);
                 user.name = row.text(1);
                 user.passwordHash = row.text(2);
                 user.avatarKey = row.text(3);
                 user.backgroundKey = row.text(4);
                 user.signature = row.text(5);
                 user.createdAt = row.number(6);
                 return user;
             });
    if (done) {
        done = copy(database,
                    "SELECT id, author_id, title, play_key, cover_key, publish_time FROM videos ORDER BY id",
                    into, [](const Scan& row) {
                        VideoRow video;
                        video.id = row.number(0);
                        video.author = row.number(1);
                        video.title = row.text(2);
                        video.playKey = row.text(3);
                        video.coverKey = row.text(4);
                        video.publishedAt = row.number(5);
                        return video;
                    });
    }
    if (done) {
        done = copy(database, "SELECT id, user_id, video_id, content, create_time FROM comments ORDER BY id",
                    into, [](const Scan& row) {
                        return CommentRow{row.number(0), row.number(1), row.number(2), row.text(3),
                                          row.number(4)};
                    });
    }
    if (done) {
        done = copy(
            database, "SELECT id, from_user_id, to_user_id, content, create_time FROM messages ORDER BY id",
            into, [](const Scan& row) {
                return MessageRow{row.number(0), row.number(1), row.number(2), row.text(3), row.number(4)};
            });
    }
    return done;
}

// In a small store a second connection costs more than it saves.
constexpr std::int64_t kLargePages = 256;

// What the second thread found. Nothing when it could not open the file: then the first one reads all.
class SideReader {
public:
    explicit SideReader(const std::filesystem::path& file) : thread_([this, file] { run(file); }) {}

    std::optional<Ties> wait() {
        thread_.join();
        return std::move(ties_);
    }

private:
    void run(const std::filesystem::path& file) {
        try {
            SQLite::Database database(file.string(), SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX, 2000);
            ties_ = readTies(database);
        } catch (const std::exception&) {
            ties_.reset();
        }
    }

    std::optional<Ties> ties_;
    std::jthread thread_;
};

}  // namespace

StoreResult<void> fill(Connection& connection, const std::function<StoreResult<void>(BulkRows&)>& make) {
    const auto filled = connection.guarded([&]() -> StoreResult<void> {
        SQLite::Database& database = connection.database();
        const std::vector<Index> indexes = indexesOf(database);
        const std::int64_t usualCache = database.execAndGet("PRAGMA cache_size").getInt64();
        database.exec("PRAGMA cache_size=-65536");
        database.exec("BEGIN IMMEDIATE");
        StoreResult<void> made;
        try {
            for (const Index& index : indexes) {
                database.exec("DROP INDEX " + index.name);
            }
            Filler filler(database);
            made = make(filler);
            if (made) {
                for (const Index& index : indexes) {
                    database.exec(index.sql);
                }
                database.exec("COMMIT");
            }
        } catch (const SQLite::Exception& exception) {
            made = std::unexpected(errorOf(exception));
        }
        if (!made && sqlite3_get_autocommit(database.getHandle()) == 0) {
            database.exec("ROLLBACK");
        }
        database.exec("PRAGMA cache_size=" + std::to_string(usualCache));
        return made;
    });
    return filled ? *filled : StoreResult<void>(std::unexpected(filled.error()));
}

StoreResult<void> readAll(Connection& connection, const std::filesystem::path& file, BulkRows& into) {
    const auto read = connection.guarded([&]() -> StoreResult<void> {
        SQLite::Database& database = connection.database();
        std::optional<SideReader> side;
        if (database.execAndGet("PRAGMA page_count").getInt64() >= kLargePages) {
            side.emplace(file);
        }
        StoreResult<void> done = readNodes(database, into);
        std::optional<Ties> ties = side ? side->wait() : std::nullopt;
        if (done && !ties) {
            ties = readTies(database);
        }
        for (std::size_t i = 0; done && i < ties->likes.size(); ++i) {
            done = into.add(ties->likes[i]);
        }
        for (std::size_t i = 0; done && i < ties->follows.size(); ++i) {
            done = into.add(ties->follows[i]);
        }
        return done;
    });
    return read ? *read : StoreResult<void>(std::unexpected(read.error()));
}

}  // namespace tikgok::sim::sqlite
