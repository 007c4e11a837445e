// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/sqlite/sqlite_store.h"

#include "backend-sim/adapters/sqlite/bulk.h"
#include "backend-sim/adapters/sqlite/migrations.h"
#include "backend-sim/adapters/sqlite/repositories.h"

#include <array>
#include <charconv>
#include <system_error>
#include <vector>

namespace tikgok::sim {

using sqlite::migrate;
using sqlite::Query;

namespace {

constexpr const char* kFindFact = "SELECT value FROM facts WHERE key = ?";

}  // namespace

struct SqliteStore::Parts {
    explicit Parts(const std::filesystem::path& path) : file(path), connection(path, migrate) {}

    const std::filesystem::path file;
    sqlite::Connection connection;
    sqlite::Users users{connection};
    sqlite::Videos videos{connection};
    sqlite::Favorites favorites{connection};
    sqlite::Comments comments{connection};
    sqlite::Relations relations{connection};
    sqlite::Messages messages{connection};
    sqlite::Applied applied{connection};
    SQLite::Statement fact{connection.database(), kFindFact};
    SQLite::Statement setFact{connection.database(),
                              "INSERT INTO facts (key, value) VALUES (?, ?)"
                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value"};
};

namespace {

constexpr const char* kIdBound = "id_bound";

using Take = std::function<StoreResult<void>(const Change&)>;

// One table's rows as changes.
struct Replay {
    const char* sql;
    Change (*make)(const Query&);
};

// In an order in which nothing points to what comes later.
constexpr std::array<Replay, 6> kReplays{{
    {"SELECT id, name, password, avatar, background, signature, create_time FROM users ORDER BY id",
     [](const Query& row) -> Change {
         UserRow user;
         user.id = row.number(0);
         user.name = row.text(1);
         user.passwordHash = row.text(2);
         user.avatarKey = row.text(3);
         user.backgroundKey = row.text(4);
         user.signature = row.text(5);
         user.createdAt = row.number(6);
         return user;
     }},
    {"SELECT id, author_id, title, play_key, cover_key, publish_time FROM videos ORDER BY publish_time",
     [](const Query& row) -> Change {
         VideoRow video;
         video.id = row.number(0);
         video.author = row.number(1);
         video.title = row.text(2);
         video.playKey = row.text(3);
         video.coverKey = row.text(4);
         video.publishedAt = row.number(5);
         return video;
     }},
    {"SELECT user_id, video_id, create_time FROM favorites ORDER BY id",
     [](const Query& row) -> Change {
         return FavoriteChange{row.number(0), row.number(1), true, row.number(2)};
     }},
    {"SELECT id, user_id, video_id, content, create_time FROM comments ORDER BY create_time, id",
     [](const Query& row) -> Change {
         return CommentRow{row.number(0), row.number(1), row.number(2), row.text(3), row.number(4)};
     }},
    {"SELECT user_id, to_user_id, create_time FROM relations ORDER BY id",
     [](const Query& row) -> Change {
         return FollowChange{row.number(0), row.number(1), true, row.number(2)};
     }},
    {"SELECT id, from_user_id, to_user_id, content, create_time FROM messages ORDER BY create_time",
     [](const Query& row) -> Change {
         return MessageRow{row.number(0), row.number(1), row.number(2), row.text(3), row.number(4)};
     }},
}};

}  // namespace

SqliteStore::SqliteStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

SqliteStore::~SqliteStore() = default;

std::expected<std::unique_ptr<SqliteStore>, SqliteStore::OpenError> SqliteStore::open(
    const std::filesystem::path& file) {
    try {
        return std::unique_ptr<SqliteStore>(new SqliteStore(std::make_unique<Parts>(file)));
    } catch (const sqlite::TooNew&) {
        return std::unexpected(OpenError{OpenError::Kind::TooNew, "a newer version wrote this store"});
    } catch (const SQLite::Exception& exception) {
        return std::unexpected(sqlite::openErrorOf(exception));
    }
}

UserRepository& SqliteStore::users() {
    return parts_->users;
}
VideoRepository& SqliteStore::videos() {
    return parts_->videos;
}
FavoriteRepository& SqliteStore::favorites() {
    return parts_->favorites;
}
CommentRepository& SqliteStore::comments() {
    return parts_->comments;
}
RelationRepository& SqliteStore::relations() {
    return parts_->relations;
}
MessageRepository& SqliteStore::messages() {
    return parts_->messages;
}

AppliedWrites& SqliteStore::applied() {
    return parts_->applied;
}

StoreResult<void> SqliteStore::atomically(const Work& work) {
    return parts_->connection.atomically(work);
}

StoreResult<std::optional<std::string>> SqliteStore::fact(std::string_view key) {
    return parts_->connection.guarded([&]() -> std::optional<std::string> {
        Query query(parts_->fact, key);
        return query.step() ? std::optional(query.text(0)) : std::nullopt;
    });
}

std::optional<std::string> SqliteStore::factOfBroken(const std::filesystem::path& file,
                                                     std::string_view key) {
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        SQLite::Statement find(database, kFindFact);
        find.bind(1, std::string(key));
        return find.executeStep() ? std::optional(find.getColumn(0).getString()) : std::nullopt;
    } catch (const SQLite::Exception&) {
        return std::nullopt;
    }
}

StoreResult<void> SqliteStore::setFact(std::string_view key, std::string_view value) {
    return parts_->connection.guarded([&] { Query(parts_->setFact, key, value).run(); });
}

StoreResult<void> SqliteStore::forgetApplied() {
    return parts_->connection.guarded([&] { parts_->connection.database().exec("DELETE FROM applied"); });
}

StoreResult<Id> SqliteStore::idBound() {
    const auto text = fact(kIdBound);
    if (!text) {
        return std::unexpected(text.error());
    }
    Id bound = 1;
    if (text->has_value()) {
        const std::string& digits = **text;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bound);
        if (error != std::errc() || end != digits.data() + digits.size() || bound < 1) {
            return std::unexpected(StoreError{StoreError::Kind::Corrupt, "the id bound is not a number"});
        }
    }
    return bound;
}

StoreResult<void> SqliteStore::setIdBound(Id bound) {
    return setFact(kIdBound, std::to_string(bound));
}

StoreResult<void> SqliteStore::replay(const Take& take) {
    auto& database = parts_->connection.database();
    const auto all = parts_->connection.guarded([&] {
        StoreResult<void> result;
        for (const Replay& part : kReplays) {
            SQLite::Statement statement(database, part.sql);
            Query query(statement);
            while (result && query.step()) {
                result = take(part.make(query));
            }
        }
        return result;
    });
    return all ? *all : StoreResult<void>(std::unexpected(all.error()));
}

StoreResult<void> SqliteStore::readAll(BulkRows& into) {
    return sqlite::readAll(parts_->connection, parts_->file, into);
}

StoreResult<void> SqliteStore::fill(const std::function<StoreResult<void>(BulkRows&)>& make) {
    return sqlite::fill(parts_->connection, make);
}

StoreResult<std::string> SqliteStore::integrity() {
    return parts_->connection.guarded([&]() -> std::string {
        auto& database = parts_->connection.database();
        std::string verdict = database.execAndGet("PRAGMA integrity_check").getString();
        if (verdict != "ok") {
            return verdict;
        }
        SQLite::Statement check(database, "PRAGMA foreign_key_check");
        return check.executeStep() ? "a row points to nothing" : "ok";
    });
}

StoreResult<bool> SqliteStore::hasOurSchema() {
    const auto read = [](SQLite::Database& database) {
        std::vector<std::string> words;
        SQLite::Statement all(database,
                              "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master"
                              " ORDER BY 1");
        while (all.executeStep()) {
            words.push_back(all.getColumn(0).getString());
        }
        return words;
    };
    return parts_->connection.guarded([&] {
        SQLite::Database fresh(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        migrate(fresh);
        return read(fresh) == read(parts_->connection.database());
    });
}

// The file and its log as they lie there: quicker than reading page by page. (To open and close the file
// drops SQLite's locks on it; the directory's own lock keeps other processes away.)
StoreResult<void> SqliteStore::copyTo(const std::filesystem::path& file, bool sync) {
    namespace fs = std::filesystem;
    const auto trouble = [](const std::error_code& error) {
        // GCC's copy_file() calls it an input/output error when room runs out in the middle of a file.
        const bool perhapsFull = error == std::errc::io_error;
        return StoreResult<void>(std::unexpected(
            StoreError{StoreError::Kind::Io,
                       perhapsFull ? error.message() + ", or the disk is full" : error.message()}));
    };
    const auto copied = parts_->connection.guarded([&]() -> StoreResult<void> {
        std::error_code error;
        for (const char* suffix : {"", "-wal"}) {
            const fs::path from = parts_->file.string() + suffix;
            if (!fs::exists(from, error)) {
                continue;
            }
            if (!fs::copy_file(from, file.string() + suffix, error)) {
                return trouble(error);
            }
        }
        return {};
    });
    if (!copied || !*copied) {
        return copied ? *copied : StoreResult<void>(std::unexpected(copied.error()));
    }
    try {
        SQLite::Database copy(file.string(), SQLite::OPEN_READWRITE, 2000);
        copy.exec(sync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
        copy.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const SQLite::Exception& exception) {
        return std::unexpected(sqlite::errorOf(exception));
    }
    return {};
}

}  // namespace tikgok::sim
