// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/state.h"

#include <algorithm>

namespace tikgok::sim {

bool StoreState::userExists(Id user) const {
    return store_.users().exists(user).value_or(false);
}

bool StoreState::nameTaken(std::string_view name) const {
    const auto found = store_.users().findByName(name);
    return found && found->has_value();
}

bool StoreState::videoExists(Id video) const {
    return store_.videos().exists(video).value_or(false);
}

bool StoreState::publishTimeTaken(std::int64_t time) const {
    const auto found = store_.videos().before(time + 1, 1);
    return found && !found->empty() && found->front().publishedAt == time;
}

bool StoreState::likes(Id user, Id video) const {
    return store_.favorites().contains(user, video).value_or(false);
}

bool StoreState::follows(Id follower, Id followed) const {
    return store_.relations().contains(follower, followed).value_or(false);
}

std::optional<WriteState::CommentPlace> StoreState::comment(Id comment) const {
    const auto found = store_.comments().find(comment);
    return found && found->has_value() ? std::optional(CommentPlace{(*found)->user, (*found)->video})
                                       : std::nullopt;
}

std::optional<std::int64_t> StoreState::newestMessage(Id one, Id other) const {
    const auto found = store_.messages().newestBetween(one, other);
    return found && found->has_value() ? std::optional((*found)->createdAt) : std::nullopt;
}

void DraftState::add(const Change& change) {
    struct Adder {
        DraftState& draft;
        void operator()(const UserRow& row) const {
            draft.users_.insert(row.id);
            draft.names_.insert(row.name);
        }
        void operator()(const VideoRow& row) const {
            draft.videos_.insert(row.id);
            draft.publishTimes_.insert(row.publishedAt);
        }
        void operator()(const FavoriteChange& like) const { draft.likes_[{like.user, like.video}] = like.on; }
        void operator()(const CommentRow& row) const {
            draft.comments_[row.id] = CommentPlace{row.user, row.video};
        }
        void operator()(const CommentRemoval& removal) const { draft.comments_[removal.id] = std::nullopt; }
        void operator()(const FollowChange& follow) const {
            draft.follows_[{follow.follower, follow.followed}] = follow.on;
        }
        void operator()(const MessageRow& row) const {
            draft.messages_[std::minmax(row.from, row.to)] = row.createdAt;
        }
    };
    std::visit(Adder{*this}, change);
}

void DraftState::clear() {
    users_.clear();
    names_.clear();
    videos_.clear();
    publishTimes_.clear();
    likes_.clear();
    follows_.clear();
    comments_.clear();
    messages_.clear();
}

bool DraftState::userExists(Id user) const {
    return users_.contains(user) || below_.userExists(user);
}

bool DraftState::nameTaken(std::string_view name) const {
    return (!names_.empty() && names_.contains(std::string(name))) || below_.nameTaken(name);
}

bool DraftState::videoExists(Id video) const {
    return videos_.contains(video) || below_.videoExists(video);
}

bool DraftState::publishTimeTaken(std::int64_t time) const {
    return publishTimes_.contains(time) || below_.publishTimeTaken(time);
}

bool DraftState::likes(Id user, Id video) const {
    const auto found = likes_.find({user, video});
    return found != likes_.end() ? found->second : below_.likes(user, video);
}

bool DraftState::follows(Id follower, Id followed) const {
    const auto found = follows_.find({follower, followed});
    return found != follows_.end() ? found->second : below_.follows(follower, followed);
}

std::optional<WriteState::CommentPlace> DraftState::comment(Id comment) const {
    const auto found = comments_.find(comment);
    return found != comments_.end() ? found->second : below_.comment(comment);
}

std::optional<std::int64_t> DraftState::newestMessage(Id one, Id other) const {
    const auto found = messages_.find(std::minmax(one, other));
    return found != messages_.end() ? std::optional(found->second) : below_.newestMessage(one, other);
}

}  // namespace tikgok::sim
