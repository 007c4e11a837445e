// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/storage/account_rows.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace tikgok {

void removeAccountRows(SQLite::Database& database, const char* table, const std::string& prefix) {
    SQLite::Statement remove(
        database, std::string("DELETE FROM ") + table + " WHERE substr(account, 1, length(?1)) = ?1");
    remove.bind(1, prefix);
    remove.exec();
}

}  // namespace tikgok
