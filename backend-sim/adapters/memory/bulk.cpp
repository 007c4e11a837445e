// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/memory/bulk.h"

#include <algorithm>

namespace tikgok::sim::memory {

namespace {

StoreResult<void> refused(const char* what) {
    return std::unexpected(conflict(what));
}

}  // namespace

void Loader::expect(const RowCounts& counts) {
    tables_.users.reserve(counts.users);
    tables_.names.reserve(counts.users);
    tables_.foldedNames.reserve(counts.users);
    tables_.videos.reserve(counts.videos);
    tables_.feed.reserve(counts.videos);
    tables_.comments.reserve(counts.comments);
}

UserRecord& Loader::userOf(Id id) {
    if (lastUser_ == nullptr || lastUser_->row.id != id) {
        lastUser_ = &tables_.userRecord(id);
    }
    return *lastUser_;
}

StoreResult<void> Loader::add(UserRow row) {
    UserRecord& record = tables_.userRecord(row.id);
    if (record.known) {
        return refused("user id taken");
    }
    row.followCount = record.row.followCount;
    row.followerCount = record.row.followerCount;
    row.totalFavorited = record.row.totalFavorited;
    row.workCount = record.row.workCount;
    row.favoriteCount = record.row.favoriteCount;
    if (tables_.names.contains(row.name)) {
        return refused("name taken");
    }
    record.row = std::move(row);
    record.known = true;
    tables_.addName(record);
    return {};
}

StoreResult<void> Loader::add(VideoRow row) {
    UserRecord* author = tables_.user(row.author);
    VideoRecord& record = tables_.videoRecord(row.id);
    if (author == nullptr || record.author != nullptr) {
        return refused("video id taken or unknown author");
    }
    row.favoriteCount = record.row.favoriteCount;
    row.commentCount = record.row.commentCount;
    record.row = std::move(row);
    record.author = author;
    author->row.totalFavorited += record.row.favoriteCount;
    ++author->row.workCount;
    sorted_ = sorted_ && (tables_.feed.empty() || tables_.feed.back().at < record.row.publishedAt);
    tables_.feed.push_back({record.row.publishedAt, &record});
    author->works.push_back(&record);
    return {};
}

StoreResult<void> Loader::add(CommentRow row) {
    VideoRecord& video = tables_.videoRecord(row.video);
    auto& place = tables_.comments[row.id];
    if (place) {
        return refused("comment id taken");
    }
    place = std::make_unique<CommentRow>(std::move(row));
    insertComment(video, place.get());
    return {};
}

StoreResult<void> Loader::add(MessageRow row) {
    auto& list = tables_.conversations[conversationOf(row.from, row.to)];
    const auto later = list.begin() + (firstFrom(list, row.createdAt) - list.cbegin());
    if (later != list.end() && later->createdAt == row.createdAt) {
        return refused("message time taken");
    }
    list.insert(later, std::move(row));
    return {};
}

StoreResult<void> Loader::add(const FavoriteChange& like) {
    UserRecord& user = userOf(like.user);
    if (!user.likes.emplace(like.video, ++tables_.lastOrder).second) {
        return refused("liked twice");
    }
    countLike(user, tables_.videoRecord(like.video), 1);
    return {};
}

StoreResult<void> Loader::add(const FollowChange& follow) {
    UserRecord& one = userOf(follow.follower);
    if (follow.follower == follow.followed ||
        !one.following.emplace(follow.followed, ++tables_.lastOrder).second) {
        return refused("followed twice, or oneself");
    }
    UserRecord& other = tables_.userRecord(follow.followed);
    other.followers.emplace(follow.follower, tables_.lastOrder);
    ++one.row.followCount;
    ++other.row.followerCount;
    return {};
}

StoreResult<void> Loader::finish() {
    if (sorted_) {
        return {};
    }
    sorted_ = true;
    auto& feed = tables_.feed;
    std::ranges::sort(feed, {}, &FeedEntry::at);
    if (std::ranges::adjacent_find(feed, {}, &FeedEntry::at) != feed.end()) {
        return refused("publish time taken");
    }
    for (const auto& [id, record] : tables_.users) {
        std::ranges::sort(record->works, {}, [](const VideoRecord* video) { return video->row.publishedAt; });
    }
    return {};
}

void copyRows(const Tables& from, Tables& to) {
    to.users.reserve(from.users.size());
    to.names.reserve(from.names.size());
    to.foldedNames.reserve(from.foldedNames.size());
    to.videos.reserve(from.videos.size());
    to.comments.reserve(from.comments.size());
    to.feed.reserve(from.feed.size());
    for (const auto& [id, user] : from.users) {
        auto copy = std::make_unique<UserRecord>();
        copy->row = user->row;
        copy->known = user->known;
        copy->likes = user->likes;
        copy->following = user->following;
        copy->followers = user->followers;
        copy->works.reserve(user->works.size());
        to.users.emplace(id, std::move(copy));
    }
    for (const auto& [name, user] : from.names) {
        UserRecord* const copy = to.anyUser(user->row.id);
        to.names.emplace(copy->row.name, copy);
    }
    for (const auto& [name, user] : from.foldedNames) {
        UserRecord* const copy = to.anyUser(user->row.id);
        to.foldedNames.emplace(copy->row.name, copy);
    }
    to.lowestUser = from.lowestUser;
    for (const auto& [id, comment] : from.comments) {
        to.comments.emplace(id, std::make_unique<CommentRow>(*comment));
    }
    for (const auto& [id, video] : from.videos) {
        auto copy = std::make_unique<VideoRecord>();
        copy->row = video->row;
        copy->author = video->author == nullptr ? nullptr : to.anyUser(video->author->row.id);
        copy->comments.reserve(video->comments.size());
        for (const CommentRow* comment : video->comments) {
            copy->comments.push_back(to.comments.find(comment->id)->second.get());
        }
        to.videos.emplace(id, std::move(copy));
    }
    for (const auto& [id, user] : from.users) {
        UserRecord* const copy = to.anyUser(id);
        for (const VideoRecord* work : user->works) {
            copy->works.push_back(to.anyVideo(work->row.id));
        }
    }
    for (const FeedEntry& entry : from.feed) {
        to.feed.push_back({entry.at, to.anyVideo(entry.video->row.id)});
    }
    to.conversations = from.conversations;
    to.lastOrder = from.lastOrder;
    to.applied = from.applied;
    to.idBound = from.idBound;
}

}  // namespace tikgok::sim::memory
