// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Many rows at once into an empty store: a whole world when it is made, and all that SQLite keeps when the
// read model is built. Without the checks, the undo and the copies that one write needs.
#pragma once

#include "backend-sim/ports/repositories.h"

#include <cstddef>

namespace tikgok::sim {

// How many rows will come, or nothing where it is not known. Only saves time.
struct RowCounts {
    std::size_t users = 0;
    std::size_t videos = 0;
    std::size_t comments = 0;
    std::size_t messages = 0;
};

// One thread at a time. Users come before videos, all else in any order; videos best from old to new, likes
// and follows best by user, those of one user from old to new. Ids, names, publish times and pairs are
// unique: the caller sees to that, and a store that notices otherwise says Conflict.
class BulkRows {
public:
    virtual ~BulkRows() = default;
    virtual void expect(const RowCounts& counts) = 0;
    virtual StoreResult<void> add(UserRow row) = 0;
    virtual StoreResult<void> add(VideoRow row) = 0;
    virtual StoreResult<void> add(CommentRow row) = 0;
    virtual StoreResult<void> add(MessageRow row) = 0;
    // `on` is true.
    virtual StoreResult<void> add(const FavoriteChange& like) = 0;
    virtual StoreResult<void> add(const FollowChange& follow) = 0;
};

}  // namespace tikgok::sim
