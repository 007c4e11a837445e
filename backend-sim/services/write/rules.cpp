// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/rules.h"

#include <algorithm>
#include <utility>

namespace tikgok::sim {

void Rules::keep(Change change) {
    draft_.add(change);
    changes_.push_back(std::move(change));
}

Outcome<void> Rules::need(Id user, Id video) const {
    if (!draft_.userExists(user)) {
        return std::unexpected(contract::kUserNotFound);
    }
    if (video != 0 && !draft_.videoExists(video)) {
        return std::unexpected(contract::kVideoNotFound);
    }
    return {};
}

Outcome<Id> Rules::decide(RegisterUser&& command) {
    if (draft_.nameTaken(command.name)) {
        return std::unexpected(contract::kUserExists);
    }
    UserRow row;
    row.id = ids_.next();
    row.name = std::move(command.name);
    row.passwordHash = std::move(command.passwordHash);
    row.avatarKey = std::move(command.avatarKey);
    row.backgroundKey = std::move(command.backgroundKey);
    row.signature = std::move(command.signature);
    row.createdAt = clock_.nowMs();
    const Id id = row.id;
    keep(std::move(row));
    return id;
}

Outcome<Id> Rules::decide(PublishVideo&& command) {
    if (const auto needed = need(command.author); !needed) {
        return std::unexpected(needed.error());
    }
    // An upload that is worked on again, because nobody heard that it was done.
    if (draft_.videoExists(command.id)) {
        return command.id;
    }
    VideoRow row;
    row.id = command.id;
    row.author = command.author;
    row.title = std::move(command.title);
    row.playKey = std::move(command.playKey);
    row.coverKey = std::move(command.coverKey);
    row.publishedAt = clock_.nowMs();
    while (draft_.publishTimeTaken(row.publishedAt)) {
        ++row.publishedAt;
    }
    keep(std::move(row));
    return command.id;
}

Outcome<void> Rules::decide(const SetFavorite& command) {
    if (command.checkTargets) {
        if (auto needed = need(command.user, command.video); !needed) {
            return needed;
        }
    }
    if (draft_.likes(command.user, command.video) != command.on) {
        keep(FavoriteChange{command.user, command.video, command.on, clock_.nowMs()});
    }
    return {};
}

Outcome<CommentRow> Rules::decide(AddComment&& command) {
    if (command.checkTargets) {
        if (const auto needed = need(command.user, command.video); !needed) {
            return std::unexpected(needed.error());
        }
    }
    CommentRow row{ids_.next(), command.user, command.video, std::move(command.text), clock_.nowMs()};
    keep(row);
    return row;
}

Outcome<void> Rules::decide(const DeleteComment& command) {
    if (command.checkTargets) {
        if (auto needed = need(command.user, command.video); !needed) {
            return needed;
        }
    }
    const auto place = draft_.comment(command.comment);
    if (!place) {
        return std::unexpected(contract::kCommentNotFound);
    }
    if (command.checkOwner && place->video != command.video) {
        return std::unexpected(contract::kCommentNotFound);
    }
    if (command.checkOwner && place->user != command.user) {
        return std::unexpected(contract::kCommentNotYours);
    }
    keep(CommentRemoval{command.comment});
    return {};
}

Outcome<void> Rules::decide(const SetFollow& command) {
    if (command.checkTargets) {
        for (const Id user : {command.follower, command.followed}) {
            if (auto needed = need(user); !needed) {
                return needed;
            }
        }
    }
    if (draft_.follows(command.follower, command.followed) != command.on) {
        keep(FollowChange{command.follower, command.followed, command.on, clock_.nowMs()});
    }
    return {};
}

Outcome<void> Rules::decide(SendMessage&& command) {
    if (command.checkTargets) {
        for (const Id user : {command.from, command.to}) {
            if (auto needed = need(user); !needed) {
                return needed;
            }
        }
    }
    std::int64_t at = clock_.nowMs() + command.delay;
    if (const auto newest = draft_.newestMessage(command.from, command.to)) {
        at = std::max(at, *newest + 1);
    }
    keep(MessageRow{ids_.next(), command.from, command.to, std::move(command.text), at});
    return {};
}

}  // namespace tikgok::sim
