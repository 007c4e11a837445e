// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/rules.h"

#include <algorithm>

namespace tikgok::sim {

namespace {

template <class T>
Outcome<T> refuse(const contract::Failure& failure) {
    return std::unexpected(failure);
}

StoreResult<Outcome<void>> nothingNeeded() {
    return Outcome<void>();
}

}  // namespace

StoreResult<void> Rules::keep(Change change) {
    StoreResult<void> done = applyChange(store_, change);
    if (done) {
        changes_.push_back(std::move(change));
    }
    return done;
}

StoreResult<Outcome<void>> Rules::need(Id user, Id video) {
    const StoreResult<bool> userThere = store_.users().exists(user);
    if (!userThere) {
        return std::unexpected(userThere.error());
    }
    if (!*userThere) {
        return refuse<void>(contract::kUserNotFound);
    }
    if (video == 0) {
        return Outcome<void>();
    }
    const StoreResult<bool> videoThere = store_.videos().exists(video);
    if (!videoThere) {
        return std::unexpected(videoThere.error());
    }
    return *videoThere ? Outcome<void>() : refuse<void>(contract::kVideoNotFound);
}

Verdict<RegisterUser> Rules::apply(const RegisterUser& command) {
    UserRow row;
    row.id = ids_.next();
    row.name = command.name;
    row.passwordHash = command.passwordHash;
    row.avatarKey = command.avatarKey;
    row.backgroundKey = command.backgroundKey;
    row.signature = command.signature;
    row.createdAt = clock_.nowMs();
    const StoreResult<bool> added = store_.users().add(row);
    if (!added) {
        return std::unexpected(added.error());
    }
    if (!*added) {
        return refuse<Id>(contract::kUserExists);
    }
    const Id id = row.id;
    changes_.emplace_back(std::move(row));
    return Outcome<Id>(id);
}

Verdict<PublishVideo> Rules::apply(const PublishVideo& command) {
    if (const auto needed = need(command.author); !needed) {
        return std::unexpected(needed.error());
    } else if (!*needed) {
        return refuse<Id>(needed->error());
    }
    // An upload that is worked on again, because nobody heard that it was done.
    if (const StoreResult<bool> there = store_.videos().exists(command.id); !there) {
        return std::unexpected(there.error());
    } else if (*there) {
        return Outcome<Id>(command.id);
    }
    VideoRow row;
    row.id = command.id;
    row.author = command.author;
    row.title = command.title;
    row.playKey = command.playKey;
    row.coverKey = command.coverKey;
    for (row.publishedAt = clock_.nowMs();; ++row.publishedAt) {
        const StoreResult<bool> added = store_.videos().add(row);
        if (!added) {
            return std::unexpected(added.error());
        }
        if (*added) {
            break;
        }
    }
    changes_.emplace_back(std::move(row));
    return Outcome<Id>(command.id);
}

Verdict<SetFavorite> Rules::apply(const SetFavorite& command) {
    if (auto needed = command.checkTargets ? need(command.user, command.video) : nothingNeeded();
        !needed || !*needed) {
        return needed;
    }
    const FavoriteChange change{command.user, command.video, command.on, clock_.nowMs()};
    const StoreResult<bool> changed = store_.favorites().set(change.user, change.video, change.on, change.at);
    if (!changed) {
        return std::unexpected(changed.error());
    }
    if (*changed) {
        changes_.emplace_back(change);
    }
    return Outcome<void>();
}

Verdict<AddComment> Rules::apply(const AddComment& command) {
    if (const auto needed = command.checkTargets ? need(command.user, command.video) : nothingNeeded();
        !needed) {
        return std::unexpected(needed.error());
    } else if (!*needed) {
        return refuse<CommentRow>(needed->error());
    }
    CommentRow row{ids_.next(), command.user, command.video, command.text, clock_.nowMs()};
    if (StoreResult<void> kept = keep(row); !kept) {
        return std::unexpected(kept.error());
    }
    return Outcome<CommentRow>(std::move(row));
}

Verdict<DeleteComment> Rules::apply(const DeleteComment& command) {
    if (auto needed = command.checkTargets ? need(command.user, command.video) : nothingNeeded();
        !needed || !*needed) {
        return needed;
    }
    const auto found = store_.comments().find(command.comment);
    if (!found) {
        return std::unexpected(found.error());
    }
    const bool wrongPlace = command.checkOwner && found->has_value() && (*found)->video != command.video;
    if (!found->has_value() || wrongPlace) {
        return refuse<void>(contract::kCommentNotFound);
    }
    if (command.checkOwner && (*found)->user != command.user) {
        return refuse<void>(contract::kCommentNotYours);
    }
    if (StoreResult<void> kept = keep(CommentRemoval{command.comment}); !kept) {
        return std::unexpected(kept.error());
    }
    return Outcome<void>();
}

Verdict<SetFollow> Rules::apply(const SetFollow& command) {
    for (const Id user : {command.follower, command.followed}) {
        if (auto needed = command.checkTargets ? need(user) : nothingNeeded(); !needed || !*needed) {
            return needed;
        }
    }
    const FollowChange change{command.follower, command.followed, command.on, clock_.nowMs()};
    const StoreResult<bool> changed =
        store_.relations().set(change.follower, change.followed, change.on, change.at);
    if (!changed) {
        return std::unexpected(changed.error());
    }
    if (*changed) {
        changes_.emplace_back(change);
    }
    return Outcome<void>();
}

Verdict<SendMessage> Rules::apply(const SendMessage& command) {
    for (const Id user : {command.from, command.to}) {
        if (auto needed = command.checkTargets ? need(user) : nothingNeeded(); !needed || !*needed) {
            return needed;
        }
    }
    const auto newest = store_.messages().newestBetween(command.from, command.to);
    if (!newest) {
        return std::unexpected(newest.error());
    }
    std::int64_t at = clock_.nowMs() + command.delay;
    if (newest->has_value()) {
        at = std::max(at, (*newest)->createdAt + 1);
    }
    if (StoreResult<void> kept = keep(MessageRow{ids_.next(), command.from, command.to, command.text, at});
        !kept) {
        return std::unexpected(kept.error());
    }
    return Outcome<void>();
}

}  // namespace tikgok::sim
