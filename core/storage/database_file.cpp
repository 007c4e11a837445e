// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/storage/database_file.h"

#include "core/storage/private_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <array>
#include <exception>
#include <sqlite3.h>
#include <string>
#include <utility>

namespace tikgok {

namespace {

// How the versions of the parts are kept. A file with another number is of a newer program.
constexpr int kFileFormat = 1;
constexpr int kBusyTimeoutMs = 2'000;
constexpr std::array<const char*, 3> kSuffixes{"", "-wal", "-shm"};

struct DamagedFile : std::exception {};
struct NewerFile : std::exception {};

bool isDamage(const SQLite::Exception& exception) {
    switch (exception.getErrorCode()) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FORMAT:
        // A plain SQL error while opening: the schema is not what its version says.
        case SQLITE_ERROR:
        case SQLITE_CONSTRAINT:
            return true;
        default:
            return false;
    }
}

// Messages and comments are in here, so nobody else may read them, whatever the umask says. SQLite gives new
// -wal and -shm files the mode of the database. Where it does not work, opening says why.
void makePrivate(const QString& path) {
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    // Only ever a new file: closing one that SQLite has open in this process would drop SQLite's locks.
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
}

int numberOf(SQLite::Database& database, const char* sql) {
    return database.execAndGet(sql).getInt();
}

bool hasTable(SQLite::Database& database, const char* name) {
    SQLite::Statement query(database, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
    query.bind(1, name);
    return query.executeStep();
}

int versionOf(SQLite::Database& database, const QString& part) {
    SQLite::Statement query(database, "SELECT version FROM schema_parts WHERE name = ?");
    query.bind(1, part.toStdString());
    return query.executeStep() ? query.getColumn(0).getInt() : 0;
}

// Parts that are not known here are somebody else's and stay.
bool isNewer(SQLite::Database& database, const QList<SchemaPart>& parts) {
    if (numberOf(database, "PRAGMA user_version") > kFileFormat) {
        return true;
    }
    if (!hasTable(database, "schema_parts")) {
        return false;
    }
    for (const SchemaPart& part : parts) {
        if (versionOf(database, part.name) > static_cast<int>(part.steps.size())) {
            return true;
        }
    }
    return false;
}

// Looks at a file without changing a byte of it.
void refuseNewer(const QString& path, const QList<SchemaPart>& parts) {
    if (QFileInfo(path).size() == 0) {
        return;
    }
    SQLite::Database database(path.toStdString(), SQLite::OPEN_READONLY, kBusyTimeoutMs);
    if (isNewer(database, parts)) {
        throw NewerFile();
    }
}

void check(SQLite::Database& database, StorageClass storage) {
    const char* pragma =
        storage == StorageClass::Precious ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)";
    if (database.execAndGet(pragma).getString() != "ok") {
        throw DamagedFile();
    }
}

void migrate(SQLite::Database& database, const QList<SchemaPart>& parts) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    database.exec(
        "CREATE TABLE IF NOT EXISTS schema_parts (name TEXT PRIMARY KEY, version INTEGER NOT NULL)");
    for (const SchemaPart& part : parts) {
        const int from = versionOf(database, part.name);
        const int to = static_cast<int>(part.steps.size());
        if (from == to) {
            continue;
        }
        for (const MigrationStep step : part.steps.subspan(static_cast<std::size_t>(from))) {
            step(database);
        }
        SQLite::Statement put(database, "INSERT OR REPLACE INTO schema_parts (name, version) VALUES (?, ?)");
        put.bind(1, part.name.toStdString());
        put.bind(2, to);
        put.exec();
    }
    if (numberOf(database, "PRAGMA user_version") != kFileFormat) {
        database.exec("PRAGMA user_version = " + std::to_string(kFileFormat));
    }
    transaction.commit();
}

std::unique_ptr<SQLite::Database> openWhole(const QString& path, const QList<SchemaPart>& parts,
                                            StorageClass storage) {
    const bool inMemory = path.isEmpty();
    if (!inMemory) {
        makePrivate(path);
        refuseNewer(path, parts);
    }
    auto database = std::make_unique<SQLite::Database>(
        inMemory ? ":memory:" : path.toStdString(),
        SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX, kBusyTimeoutMs);
    database->exec("PRAGMA journal_mode=WAL");
    database->exec(storage == StorageClass::Precious ? "PRAGMA synchronous=FULL"
                                                     : "PRAGMA synchronous=NORMAL");
    database->exec("PRAGMA foreign_keys=ON");
    // Debian's library does so anyway.
    database->exec("PRAGMA secure_delete=ON");
    database->exec("PRAGMA temp_store=MEMORY");
    database->exec("PRAGMA journal_size_limit=4194304");
    database->exec("PRAGMA trusted_schema=OFF");
    check(*database, storage);
    migrate(*database, parts);
    return database;
}

// The log belongs to the file: without it the file is older than it was.
bool putAside(const QString& path, const QString& aside) {
    for (const char* suffix : kSuffixes) {
        const QString from = path + QLatin1String(suffix);
        if (QFileInfo::exists(from) && !QFile::rename(from, aside + QLatin1String(suffix))) {
            return false;
        }
    }
    return true;
}

void removeFiles(const QString& path) {
    for (const char* suffix : kSuffixes) {
        QFile::remove(path + QLatin1String(suffix));
    }
}

OpenedFile tryOpen(const QString& path, const QList<SchemaPart>& parts, StorageClass storage, bool& damaged) {
    OpenedFile result;
    damaged = false;
    try {
        result.database = openWhole(path, parts, storage);
        result.state = Database::State::Ready;
    } catch (const NewerFile&) {
        result.state = Database::State::TooNew;
        result.detail = QStringLiteral("the file is of a newer version of this program");
    } catch (const DamagedFile&) {
        damaged = true;
        result.detail = QStringLiteral("the integrity check failed");
    } catch (const SQLite::Exception& exception) {
        damaged = isDamage(exception);
        result.detail = QString::fromUtf8(exception.what());
    } catch (const std::exception& exception) {
        result.detail = QString::fromUtf8(exception.what());
    }
    return result;
}

}  // namespace

bool hasAsideFiles(const QString& path) {
    const QFileInfo file(path);
    const QString start = file.fileName() + QStringLiteral(".bad");
    const QStringList beside = file.absoluteDir().entryList(QDir::Files | QDir::Hidden);
    return std::ranges::any_of(beside, [&](const QString& name) { return name.startsWith(start); });
}

OpenedFile openDatabaseFile(const QString& path, const QList<SchemaPart>& parts, StorageClass storage) {
    bool damaged = false;
    OpenedFile first = tryOpen(path, parts, storage, damaged);
    if (!damaged || path.isEmpty()) {
        return first;
    }
    QString aside;
    if (storage == StorageClass::Precious) {
        aside = freeAsideName(path);
        if (!putAside(path, aside)) {
            first.detail += QStringLiteral("; it cannot be put aside");
            return first;
        }
    } else {
        removeFiles(path);
    }
    OpenedFile second = tryOpen(path, parts, storage, damaged);
    second.asidePath = aside;
    second.removed = storage == StorageClass::Disposable;
    if (second.detail.isEmpty()) {
        second.detail = first.detail;
    }
    return second;
}

}  // namespace tikgok
