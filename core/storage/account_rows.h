// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What tables keep for accounts, in a column `account` with the account's key. On the database's thread.
#pragma once

#include <string>

namespace SQLite {
class Database;
}

namespace tikgok {

// Removes the rows of all accounts of a server: those whose key begins with `prefix` (see accountPrefix()),
// which holds no pattern, in UTF-8. `table` goes into the statement as it is. Throws as SQLite::Statement
// does.
void removeAccountRows(SQLite::Database& database, const char* table, const std::string& prefix);

}  // namespace tikgok
