// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The durable implementation of the repositories: SQLite in WAL mode, every commit synced.
//
// Any thread; one at a time gets in. In the simulator only the writer's thread uses it after the start.
#pragma once

#include "backend-sim/ports/bulk_rows.h"
#include "backend-sim/ports/repositories.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

struct SqliteOpenError {
    enum class Kind : std::uint8_t { Unwritable, Corrupt, TooNew };
    Kind kind = Kind::Unwritable;
    std::string what;
};

class SqliteStore final : public Store {
public:
    using OpenError = SqliteOpenError;

    // Opens or makes the file and brings its schema up to date. Finishes what a crash left in the log. The
    // file and its logs are readable by their owner only (0600) afterwards.
    static std::expected<std::unique_ptr<SqliteStore>, OpenError> open(const std::filesystem::path& file);

    ~SqliteStore() override;
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    UserRepository& users() override;
    VideoRepository& videos() override;
    FavoriteRepository& favorites() override;
    CommentRepository& comments() override;
    RelationRepository& relations() override;
    MessageRepository& messages() override;
    AppliedWrites& applied() override;
    StoreResult<Id> idBound() override;
    StoreResult<void> setIdBound(Id bound) override;
    StoreResult<void> atomically(const Work& work) override;

    // All rows as changes, in an order in which they can be applied to an empty store. Stops at the first
    // error of `take`.
    StoreResult<void> replay(const std::function<StoreResult<void>(const Change&)>& take);

    // All rows for a read model: likes and follows by a second thread where there are many.
    StoreResult<void> readAll(BulkRows& into);

    // Puts many rows into a new store, in several transactions. What was made until an error or a crash
    // stays, without the indexes that open() needs: the caller keeps a fact that says so until it has seen
    // the end.
    StoreResult<void> fill(const std::function<StoreResult<void>(BulkRows&)>& make);

    // Small facts about the store itself, such as the name of its world.
    StoreResult<std::optional<std::string>> fact(std::string_view key);
    StoreResult<void> setFact(std::string_view key, std::string_view value);

    // One of them out of a file that open() does not take, because fill() never came to its end there.
    // Nothing when there is none, or the file cannot be read at all.
    static std::optional<std::string> factOfBroken(const std::filesystem::path& file, std::string_view key);
    // Which writes were applied: their ids mean nothing to another queue than the one that gave them.
    StoreResult<void> forgetApplied();

    // SQLite's own full check. "ok", or what is wrong.
    StoreResult<std::string> integrity();
    // Whether the schema is, word by word, the one that open() makes: nothing was added that could act on its
    // own.
    StoreResult<bool> hasOurSchema();

    // Puts the file of `other` in place of the one that is open here, and the other way round. Nobody may be
    // within a call.
    void exchange(SqliteStore& other) { parts_.swap(other.parts_); }
    // All of it as one file that is not there yet, synced when that is asked for. Nothing is written
    // meanwhile.
    StoreResult<void> copyTo(const std::filesystem::path& file, bool sync);

private:
    struct Parts;
    explicit SqliteStore(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim
