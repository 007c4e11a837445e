// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Many rows at once into the tables. Inside of this folder only.
#pragma once

#include "backend-sim/adapters/memory/tables.h"
#include "backend-sim/ports/bulk_rows.h"

#include <utility>

namespace tikgok::sim::memory {

// For the thread that has the tables to itself. finish() puts in order what came in another one.
class Loader final : public BulkRows {
public:
    explicit Loader(Tables& tables) : tables_(tables) {}

    void expect(const RowCounts& counts) override;
    StoreResult<void> add(UserRow row) override;
    StoreResult<void> add(VideoRow row) override;
    StoreResult<void> add(CommentRow row) override;
    StoreResult<void> add(MessageRow row) override;
    StoreResult<void> add(const FavoriteChange& like) override;
    StoreResult<void> add(const FollowChange& follow) override;

    // Conflict when two videos have one publish time.
    StoreResult<void> finish();

private:
    // The record that was asked for last: rows of one user come together.
    UserRecord& userOf(Id id);

    Tables& tables_;
    UserRecord* lastUser_ = nullptr;
    bool sorted_ = true;
};

// Into empty tables.
void copyRows(const Tables& from, Tables& to);

}  // namespace tikgok::sim::memory
