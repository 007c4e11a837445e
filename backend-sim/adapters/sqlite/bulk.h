// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Many rows at once, into the tables and out of them. Inside of this folder only.
#pragma once

#include "backend-sim/adapters/sqlite/connection.h"
#include "backend-sim/ports/bulk_rows.h"

#include <filesystem>
#include <functional>

namespace tikgok::sim::sqlite {

// See SqliteStore::fill() and readAll().
StoreResult<void> fill(Connection& connection, const std::function<StoreResult<void>(BulkRows&)>& make);
StoreResult<void> readAll(Connection& connection, const std::filesystem::path& file, BulkRows& into);

}  // namespace tikgok::sim::sqlite
