// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The schema and how it came about. Inside of this folder only.
#pragma once

#include <SQLiteCpp/Database.h>

namespace tikgok::sim::sqlite {

// Brings a database to the newest schema, each step in a transaction of its own. False when a newer program
// wrote it. Throws SQLite::Exception.
bool migrate(SQLite::Database& database);

}  // namespace tikgok::sim::sqlite
