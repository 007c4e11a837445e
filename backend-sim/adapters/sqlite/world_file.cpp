// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/sqlite/world_file.h"

#include "backend-sim/adapters/sqlite/connection.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <sqlite3.h>
#include <system_error>
#include <vector>

namespace tikgok::sim {

namespace {

namespace fs = std::filesystem;

// "TkGk"
constexpr int kWorldFileMark = 0x546b476b;
constexpr std::size_t kBlobPiece = std::size_t{256} * 1024;
constexpr const char* kMediaTable = "CREATE TABLE media (key TEXT PRIMARY KEY, content BLOB NOT NULL)";

StoreError worldFileError(const std::string& what, StoreError::Kind kind = StoreError::Kind::Corrupt) {
    return {kind, what};
}

struct CloseBlob {
    void operator()(sqlite3_blob* blob) const { sqlite3_blob_close(blob); }
};
using OpenBlob = std::unique_ptr<sqlite3_blob, CloseBlob>;

OpenBlob openBlob(SQLite::Database& database, std::int64_t row, bool write) {
    sqlite3_blob* blob = nullptr;
    if (sqlite3_blob_open(database.getHandle(), "main", "media", "content", row, write ? 1 : 0, &blob) !=
        SQLITE_OK) {
        sqlite3_blob_close(blob);
        return nullptr;
    }
    return OpenBlob(blob);
}

// False when it could not be read or written.
bool packObject(SQLite::Database& database, const fs::path& file, const std::string& key) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error) {
        return false;
    }
    SQLite::Statement insert(database, "INSERT INTO media (key, content) VALUES (?, zeroblob(?))");
    insert.bind(1, key);
    insert.bind(2, static_cast<std::int64_t>(size));
    insert.exec();
    const OpenBlob blob = openBlob(database, database.getLastInsertRowid(), true);
    std::ifstream in(file, std::ios::binary);
    std::vector<char> piece(kBlobPiece);
    for (std::uintmax_t done = 0; blob && done < size;) {
        const auto want = static_cast<std::streamsize>(std::min<std::uintmax_t>(piece.size(), size - done));
        if (!in.read(piece.data(), want) ||
            sqlite3_blob_write(blob.get(), piece.data(), static_cast<int>(want), static_cast<int>(done)) !=
                SQLITE_OK) {
            return false;
        }
        done += static_cast<std::uintmax_t>(want);
    }
    return blob != nullptr;
}

StoreResult<void> unpackObject(SQLite::Database& database, std::int64_t row, const fs::path& file) {
    const auto unread = [] { return std::unexpected(worldFileError("an upload cannot be read")); };
    const auto unwritten = [] {
        return std::unexpected(worldFileError("an upload could not be written", StoreError::Kind::Io));
    };
    const OpenBlob blob = openBlob(database, row, false);
    if (!blob) {
        return unread();
    }
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    if (error || !out) {
        return unwritten();
    }
    std::vector<char> piece(kBlobPiece);
    const int size = sqlite3_blob_bytes(blob.get());
    for (int done = 0; done < size;) {
        const int want = std::min(static_cast<int>(piece.size()), size - done);
        if (sqlite3_blob_read(blob.get(), piece.data(), want, done) != SQLITE_OK) {
            return unread();
        }
        if (!out.write(piece.data(), want)) {
            return unwritten();
        }
        done += want;
    }
    out.close();
    return out.fail() ? unwritten() : StoreResult<void>();
}

}  // namespace

StoreResult<void> packWorld(const fs::path& file, const fs::path& media) {
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 2000);
        database.exec("PRAGMA synchronous=FULL");
        database.exec("PRAGMA journal_mode=DELETE");
        database.exec("PRAGMA application_id=" + std::to_string(kWorldFileMark));
        database.exec("BEGIN IMMEDIATE");
        database.exec(kMediaTable);
        std::error_code error;
        if (fs::is_directory(media, error)) {
            std::vector<fs::path> files;
            for (const auto& entry : fs::recursive_directory_iterator(media, error)) {
                if (entry.is_regular_file(error)) {
                    files.push_back(entry.path());
                }
            }
            // The same world, the same file.
            std::ranges::sort(files);
            for (const fs::path& each : files) {
                if (!packObject(database, each, each.lexically_relative(media).generic_string())) {
                    return std::unexpected(
                        worldFileError("an upload cannot be read, or is too large", StoreError::Kind::Io));
                }
            }
        }
        database.exec("COMMIT");
    } catch (const SQLite::Exception& exception) {
        return std::unexpected(sqlite::errorOf(exception));
    }
    return {};
}

StoreResult<void> unpackWorld(const fs::path& file, const fs::path& media,
                              const std::function<bool(std::string_view key)>& goodKey) {
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 2000);
        database.exec("PRAGMA trusted_schema=OFF");
        database.exec("PRAGMA cell_size_check=ON");
        if (database.execAndGet("PRAGMA application_id").getInt() != kWorldFileMark) {
            return std::unexpected(worldFileError("it is no world of this program"));
        }
        if (const std::string verdict = database.execAndGet("PRAGMA quick_check(1)").getString();
            verdict != "ok") {
            return std::unexpected(worldFileError("it is damaged: " + verdict));
        }
        {
            SQLite::Statement table(database, "SELECT sql FROM sqlite_master WHERE name = 'media'");
            if (!table.executeStep() || table.getColumn(0).getString() != kMediaTable) {
                return std::unexpected(worldFileError("its uploads are not where they should be"));
            }
        }
        SQLite::Statement all(database, "SELECT rowid, key FROM media");
        while (all.executeStep()) {
            const std::string key = all.getColumn(1).getString();
            if (!goodKey(key)) {
                return std::unexpected(worldFileError("an upload has a name that is none"));
            }
            if (auto unpacked = unpackObject(database, all.getColumn(0).getInt64(), media / key); !unpacked) {
                return unpacked;
            }
        }
        all.reset();
        database.exec("DROP TABLE media");
        database.exec("PRAGMA application_id=0");
        database.exec("VACUUM");
    } catch (const SQLite::Exception& exception) {
        // What is read here is a stranger's: only a disk that is full is no fault of it.
        const bool full = exception.getErrorCode() == SQLITE_FULL;
        return std::unexpected(
            StoreError{full ? StoreError::Kind::Io : StoreError::Kind::Corrupt, exception.what()});
    }
    return {};
}

}  // namespace tikgok::sim
