// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/sqlite/connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tikgok::sim::sqlite {

namespace {

// Password hashes and messages are in here, so nobody else may read it, whatever the umask says. SQLite gives
// new -wal and -shm files the mode of the database; old ones are from before this rule. Where it does not
// work, opening the database says why.
void makePrivate(const std::filesystem::path& file) {
    constexpr mode_t kOwnerOnly = 0600;
    // Only ever a new file: closing one that SQLite has open in this process would drop SQLite's locks.
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
    if (made >= 0) {
        ::close(made);
    }
    for (const char* suffix : {"", "-wal", "-shm"}) {
        static_cast<void>(::chmod((file.string() + suffix).c_str(), kOwnerOnly));
    }
}

SQLite::Database openDatabase(const std::filesystem::path& file, Migrate migrate) {
    makePrivate(file);
    // One lock is enough, and Connection has it.
    SQLite::Database database(file.string(),
                              SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX, 2000);
    database.exec("PRAGMA journal_mode=WAL");
    // Every commit is synced: an answered write survives a power cut.
    database.exec("PRAGMA synchronous=FULL");
    database.exec("PRAGMA foreign_keys=ON");
    database.exec("PRAGMA temp_store=MEMORY");
    database.exec("PRAGMA cache_size=-32000");
    // A page that many transactions change goes from the log to the file once.
    database.exec("PRAGMA wal_autocheckpoint=4000");
    database.exec("PRAGMA journal_size_limit=16777216");
    database.exec("PRAGMA trusted_schema=OFF");
    if (!migrate(database)) {
        throw TooNew();
    }
    return database;
}

}  // namespace

StoreError errorOf(const SQLite::Exception& exception) {
    switch (exception.getErrorCode()) {
        case SQLITE_CONSTRAINT:
            return {StoreError::Kind::Conflict, exception.what()};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {StoreError::Kind::Corrupt, exception.what()};
        default:
            return {StoreError::Kind::Io, exception.what()};
    }
}

SqliteOpenError openErrorOf(const SQLite::Exception& exception) {
    using Kind = SqliteOpenError::Kind;
    // A plain SQL error means that the schema is not what its version says.
    const bool wrongSchema = exception.getErrorCode() == SQLITE_ERROR;
    const bool io = errorOf(exception).kind == StoreError::Kind::Io && !wrongSchema;
    return {io ? Kind::Unwritable : Kind::Corrupt, exception.what()};
}

// All units of work share the name of their savepoint: SQLite takes the innermost one.
Connection::Connection(const std::filesystem::path& file, Migrate migrate)
    : database_(openDatabase(file, migrate)),
      begin_(database_, "BEGIN IMMEDIATE"),
      commit_(database_, "COMMIT"),
      rollback_(database_, "ROLLBACK"),
      savepoint_(database_, "SAVEPOINT part"),
      release_(database_, "RELEASE part"),
      rollbackTo_(database_, "ROLLBACK TO part") {}

StoreError Connection::classify(const SQLite::Exception& exception) {
    StoreError error = errorOf(exception);
    // A full disk or an I/O error can make SQLite roll the whole transaction back on its own.
    if (depth_ > 0 && sqlite3_get_autocommit(database_.getHandle()) != 0) {
        error.kind = StoreError::Kind::Lost;
    }
    return error;
}

StoreResult<void> Connection::begin() {
    return guarded([this] { Query(depth_ == 0 ? begin_ : savepoint_).run(); });
}

StoreResult<void> Connection::finish() {
    return guarded([this] { Query(depth_ == 1 ? commit_ : release_).run(); });
}

void Connection::undo() {
    if (sqlite3_get_autocommit(database_.getHandle()) != 0) {
        return;  // SQLite did it already
    }
    if (depth_ == 1) {
        static_cast<void>(guarded([this] { Query(rollback_).run(); }));
        return;
    }
    static_cast<void>(guarded([this] {
        Query(rollbackTo_).run();
        Query(release_).run();
    }));
}

StoreResult<void> Connection::atomically(const Store::Work& work) {
    const std::lock_guard lock(mutex_);
    if (StoreResult<void> begun = begin(); !begun) {
        return begun;
    }
    ++depth_;
    StoreResult<void> result;
    try {
        result = work();
    } catch (...) {
        // No memory, most likely. The work is undone, and the next one begins anew.
        undo();
        --depth_;
        throw;
    }
    if (result && depth_ == 1 && onCommit_) {
        const auto began = std::chrono::steady_clock::now();
        result = finish();
        onCommit_(std::chrono::steady_clock::now() - began);
    } else if (result) {
        result = finish();
    }
    if (!result) {
        undo();
        if (depth_ > 1 && sqlite3_get_autocommit(database_.getHandle()) != 0) {
            result.error().kind = StoreError::Kind::Lost;
        }
    }
    --depth_;
    return result;
}

}  // namespace tikgok::sim::sqlite
