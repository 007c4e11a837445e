// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/ports/repositories.h"

namespace tikgok::sim {

namespace {

template <class Result>
StoreResult<void> mustSucceed(const Result& result, const char* what) {
    if (!result) {
        return std::unexpected(result.error());
    }
    if (!*result) {
        return std::unexpected(StoreError{StoreError::Kind::Conflict, what});
    }
    return {};
}

struct Applier {
    Store& store;

    StoreResult<void> operator()(const UserRow& row) const {
        return mustSucceed(store.users().add(row), "name taken");
    }
    StoreResult<void> operator()(const VideoRow& row) const {
        return mustSucceed(store.videos().add(row), "publish time taken");
    }
    StoreResult<void> operator()(const FavoriteChange& change) const {
        return mustSucceed(store.favorites().set(change.user, change.video, change.on, change.at),
                           "like changed nothing");
    }
    StoreResult<void> operator()(const CommentRow& row) const { return store.comments().add(row); }
    StoreResult<void> operator()(const CommentRemoval& removal) const {
        return mustSucceed(store.comments().remove(removal.id), "no such comment");
    }
    StoreResult<void> operator()(const FollowChange& change) const {
        return mustSucceed(store.relations().set(change.follower, change.followed, change.on, change.at),
                           "follow changed nothing");
    }
    StoreResult<void> operator()(const MessageRow& row) const {
        return mustSucceed(store.messages().add(row), "message time taken");
    }
};

}  // namespace

StoreResult<void> applyChange(Store& store, const Change& change) {
    return std::visit(Applier{store}, change);
}

}  // namespace tikgok::sim
