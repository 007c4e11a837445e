// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One connection: prepared statements, nested units of work, errors as values. Inside of this folder only.
#pragma once

#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/ports/repositories.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tikgok::sim::sqlite {

// The file was written by a newer program.
struct TooNew {};

StoreError errorOf(const SQLite::Exception& exception);
SqliteOpenError openErrorOf(const SQLite::Exception& exception);

// Bound as a blob, not as text. Must outlive the query.
struct Blob {
    std::string_view bytes;
};

// A prepared statement in use. Bound on construction, reset on destruction.
class Query {
public:
    template <class... Args>
    explicit Query(SQLite::Statement& statement, const Args&... args) : statement_(statement) {
        int index = 0;
        (bindOne(++index, args), ...);
    }
    ~Query() { statement_.tryReset(); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    // True while there is a row.
    bool step() { return statement_.executeStep(); }
    // For statements without rows: how many rows were changed.
    int run() { return statement_.exec(); }

    Id number(int column) const { return statement_.getColumn(column).getInt64(); }
    std::string text(int column) const { return statement_.getColumn(column).getString(); }
    bool isNull(int column) const { return statement_.getColumn(column).isNull(); }

private:
    void bindOne(int index, Id value) { statement_.bind(index, value); }
    void bindOne(int index, const std::string& value) { statement_.bindNoCopy(index, value); }
    void bindOne(int index, Blob value) {
        statement_.bindNoCopy(index, value.bytes.data(), static_cast<int>(value.bytes.size()));
    }
    void bindOne(int index, std::string_view value) { statement_.bind(index, std::string(value)); }

    SQLite::Statement& statement_;
};

// Brings a database to the newest schema. False when a newer program wrote it. Throws SQLite::Exception.
using Migrate = bool (*)(SQLite::Database& database);

class Connection {
public:
    // Opens or makes the file, with the newest schema. Throws SQLite::Exception or TooNew.
    Connection(const std::filesystem::path& file, Migrate migrate);

    SQLite::Database& database() { return database_; }

    // Runs `body` under the lock and turns SQLite's exceptions into values.
    template <class Body>
    auto guarded(Body body) -> StoreResult<std::invoke_result_t<Body>> {
        const std::lock_guard lock(mutex_);
        try {
            if constexpr (std::is_void_v<std::invoke_result_t<Body>>) {
                body();
                return {};
            } else {
                return body();
            }
        } catch (const SQLite::Exception& exception) {
            return std::unexpected(classify(exception));
        }
    }

    // Undone when `work` fails or throws.
    StoreResult<void> atomically(const Store::Work& work);

    // Told how long each commit took, which is its sync for the most part. Before the first one. Quick.
    using CommitWatch = std::function<void(std::chrono::steady_clock::duration)>;
    void watchCommits(CommitWatch watch) { onCommit_ = std::move(watch); }

private:
    StoreError classify(const SQLite::Exception& exception);
    StoreResult<void> begin();
    StoreResult<void> finish();
    void undo();

    std::recursive_mutex mutex_;
    SQLite::Database database_;
    // How many units of work are open. Only touched under the lock.
    int depth_ = 0;
    CommitWatch onCommit_;
    SQLite::Statement begin_;
    SQLite::Statement commit_;
    SQLite::Statement rollback_;
    SQLite::Statement savepoint_;
    SQLite::Statement release_;
    SQLite::Statement rollbackTo_;
};

}  // namespace tikgok::sim::sqlite
