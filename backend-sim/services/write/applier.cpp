// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/applier.h"

namespace tikgok::sim {

namespace {

StoreResult<void> eitherWay(const StoreResult<bool>& changed) {
    return changed ? StoreResult<void>() : std::unexpected(changed.error());
}

}  // namespace

StoreResult<void> applyTolerantly(Store& store, const Change& change) {
    if (const auto* like = std::get_if<FavoriteChange>(&change)) {
        return eitherWay(store.favorites().set(like->user, like->video, like->on, like->at));
    }
    if (const auto* follow = std::get_if<FollowChange>(&change)) {
        return eitherWay(store.relations().set(follow->follower, follow->followed, follow->on, follow->at));
    }
    if (const auto* removal = std::get_if<CommentRemoval>(&change)) {
        return eitherWay(store.comments().remove(removal->id));
    }
    return applyChange(store, change);
}

StoreResult<void> TableApplier::apply(Store& store, const Change& change,
                                      const std::stop_token& /*expired*/) {
    return applyTolerantly(store, change);
}

}  // namespace tikgok::sim
