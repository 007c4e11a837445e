// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opening a database file: private, checked, brought to the newest schema. Inside of this folder, on the
// database's thread.
#pragma once

#include "core/storage/database.h"

#include <SQLiteCpp/Database.h>

#include <memory>

namespace tikgok {

struct OpenedFile {
    // Null unless `state` is Ready.
    std::unique_ptr<SQLite::Database> database;
    Database::State state = Database::State::Unwritable;
    // Where a damaged file was put. Empty for none, and for one that was removed.
    QString asidePath;
    // A damaged file was removed.
    bool removed = false;
    // For logs.
    QString detail;
};

// See Database::hasDamagedAside().
bool hasAsideFiles(const QString& path);

OpenedFile openDatabaseFile(const QString& path, const QList<SchemaPart>& parts, StorageClass storage);

}  // namespace tikgok
