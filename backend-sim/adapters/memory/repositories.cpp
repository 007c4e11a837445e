// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/memory/repositories.h"

#include <algorithm>

namespace tikgok::sim::memory {

namespace {

bool earlierInFeed(const FeedEntry& entry, std::int64_t at) {
    return entry.at < at;
}

bool earlierMessage(const MessageRow& message, std::int64_t at) {
    return message.createdAt < at;
}

void removeComment(VideoRecord& video, const CommentRow* comment) {
    auto& list = video.comments;
    list.erase(std::lower_bound(list.begin(), list.end(), comment, earlierComment));
    --video.row.commentCount;
}

// What was counted before the row came stays.
void takeRow(UserRow& into, const UserRow& from) {
    UserRow row = from;
    row.followCount = into.followCount;
    row.followerCount = into.followerCount;
    row.totalFavorited = into.totalFavorited;
    row.workCount = into.workCount;
    row.favoriteCount = into.favoriteCount;
    into = std::move(row);
}

void takeRow(VideoRow& into, const VideoRow& from) {
    VideoRow row = from;
    row.favoriteCount = into.favoriteCount;
    row.commentCount = into.commentCount;
    into = std::move(row);
}

}  // namespace

// --- users

StoreResult<bool> Users::add(const UserRow& row) {
    const Gate::Writing lock(shared_.gate);
    auto& tables = shared_.tables;
    if (tables.user(row.id) != nullptr) {
        return std::unexpected(conflict("user id taken"));
    }
    if (tables.names.contains(row.name)) {
        return false;
    }
    UserRecord& record = tables.userRecord(row.id);
    takeRow(record.row, row);
    record.known = true;
    const auto before = tables.addName(record);
    shared_.undo.add([&tables, &record, before] {
        tables.texts.forget(record.text);
        tables.removeName(record, before);
        record.known = false;
        UserRow bare;
        bare.id = record.row.id;
        takeRow(record.row, bare);
    });
    return true;
}

StoreResult<bool> Users::exists(Id id) {
    const Gate::Reading lock(shared_.gate);
    return shared_.tables.user(id) != nullptr;
}

StoreResult<std::optional<UserRow>> Users::find(Id id) {
    const Gate::Reading lock(shared_.gate);
    const UserRecord* record = shared_.tables.user(id);
    return record == nullptr ? std::nullopt : std::optional(record->row);
}

StoreResult<std::optional<UserRow>> Users::findByName(std::string_view name) {
    const Gate::Reading lock(shared_.gate);
    const auto found = shared_.tables.names.find(name);
    return found == shared_.tables.names.end() ? std::nullopt : std::optional(found->second->row);
}

StoreResult<std::vector<UserRow>> Users::all() {
    const Gate::Reading lock(shared_.gate);
    std::vector<UserRow> rows;
    rows.reserve(shared_.tables.names.size());
    for (const auto& [name, record] : shared_.tables.names) {
        rows.push_back(record->row);
    }
    std::sort(rows.begin(), rows.end(), [](const UserRow& a, const UserRow& b) { return a.id < b.id; });
    return rows;
}

// --- videos

StoreResult<bool> Videos::add(const VideoRow& row) {
    const Gate::Writing lock(shared_.gate);
    auto& tables = shared_.tables;
    UserRecord* author = tables.user(row.author);
    if (author == nullptr || tables.video(row.id) != nullptr) {
        return std::unexpected(conflict("video id taken or unknown author"));
    }
    auto& feed = tables.feed;
    const auto place = std::lower_bound(feed.begin(), feed.end(), row.publishedAt, earlierInFeed);
    if (place != feed.end() && place->at == row.publishedAt) {
        return false;
    }
    VideoRecord* raw = &tables.videoRecord(row.id);
    takeRow(raw->row, row);
    raw->author = author;
    author->row.totalFavorited += raw->row.favoriteCount;
    feed.insert(place, FeedEntry{row.publishedAt, raw});
    const auto earlier = [](const VideoRecord* video, std::int64_t at) {
        return video->row.publishedAt < at;
    };
    author->works.insert(
        std::lower_bound(author->works.begin(), author->works.end(), row.publishedAt, earlier), raw);
    ++author->row.workCount;
    shared_.undo.add([&tables, raw] {
        UserRecord* owner = raw->author;
        tables.texts.forget(raw->text);
        std::erase(owner->works, raw);
        --owner->row.workCount;
        owner->row.totalFavorited -= raw->row.favoriteCount;
        std::erase_if(tables.feed, [raw](const FeedEntry& entry) { return entry.video == raw; });
        raw->author = nullptr;
        VideoRow bare;
        bare.id = raw->row.id;
        takeRow(raw->row, bare);
    });
    return true;
}

StoreResult<bool> Videos::exists(Id id) {
    const Gate::Reading lock(shared_.gate);
    return shared_.tables.video(id) != nullptr;
}

StoreResult<std::optional<VideoRow>> Videos::find(Id id) {
    const Gate::Reading lock(shared_.gate);
    const VideoRecord* record = shared_.tables.video(id);
    return record == nullptr ? std::nullopt : std::optional(record->row);
}

StoreResult<std::vector<VideoRow>> Videos::before(std::int64_t bound, std::size_t limit) {
    const Gate::Reading lock(shared_.gate);
    const auto& feed = shared_.tables.feed;
    std::vector<VideoRow> rows;
    auto at = std::lower_bound(feed.begin(), feed.end(), bound, earlierInFeed);
    while (at != feed.begin() && rows.size() < limit) {
        rows.push_back((--at)->video->row);
    }
    return rows;
}

StoreResult<std::vector<VideoRow>> Videos::byAuthor(Id author) {
    const Gate::Reading lock(shared_.gate);
    std::vector<VideoRow> rows;
    if (const UserRecord* record = shared_.tables.user(author)) {
        std::for_each(record->works.rbegin(), record->works.rend(),
                      [&rows](const VideoRecord* video) { rows.push_back(video->row); });
    }
    return rows;
}

// --- likes

StoreResult<bool> Favorites::set(Id user, Id video, bool on, std::int64_t at) {
    static_cast<void>(at);  // the order of liking is all that readers need
    const Gate::Writing lock(shared_.gate);
    auto& tables = shared_.tables;
    UserRecord* who = on ? &tables.userRecord(user) : tables.anyUser(user);
    VideoRecord* what = on ? &tables.videoRecord(video) : tables.anyVideo(video);
    if (who == nullptr || what == nullptr) {
        return false;
    }
    const auto found = who->likes.find(video);
    if (on == (found != who->likes.end())) {
        return false;
    }
    if (on) {
        who->likes.emplace(video, ++tables.lastOrder);
        countLike(*who, *what, 1);
        shared_.undo.add([who, what, video] {
            who->likes.erase(video);
            countLike(*who, *what, -1);
        });
    } else {
        const std::uint64_t place = found->second;
        who->likes.erase(found);
        countLike(*who, *what, -1);
        shared_.undo.add([who, what, video, place] {
            who->likes.emplace(video, place);
            countLike(*who, *what, 1);
        });
    }
    return true;
}

StoreResult<bool> Favorites::contains(Id user, Id video) {
    const Gate::Reading lock(shared_.gate);
    const UserRecord* who = shared_.tables.anyUser(user);
    return who != nullptr && who->likes.contains(video);
}

StoreResult<std::vector<Id>> Favorites::videosOf(Id user) {
    const Gate::Reading lock(shared_.gate);
    const UserRecord* who = shared_.tables.anyUser(user);
    return who == nullptr ? std::vector<Id>() : latestFirst(who->likes);
}

// --- comments

StoreResult<void> Comments::add(const CommentRow& row) {
    const Gate::Writing lock(shared_.gate);
    auto& tables = shared_.tables;
    if (tables.comments.contains(row.id)) {
        return std::unexpected(conflict("comment id taken"));
    }
    VideoRecord* video = &tables.videoRecord(row.video);
    const auto place = tables.comments.emplace(row.id, std::make_unique<CommentRow>(row)).first;
    insertComment(*video, place->second.get());
    shared_.undo.add([&tables, video, id = row.id] {
        const auto found = tables.comments.find(id);
        removeComment(*video, found->second.get());
        tables.comments.erase(found);
    });
    return {};
}

StoreResult<std::optional<CommentRow>> Comments::find(Id id) {
    const Gate::Reading lock(shared_.gate);
    const auto found = shared_.tables.comments.find(id);
    return found == shared_.tables.comments.end() ? std::nullopt : std::optional(*found->second);
}

StoreResult<bool> Comments::remove(Id id) {
    const Gate::Writing lock(shared_.gate);
    auto& tables = shared_.tables;
    const auto found = tables.comments.find(id);
    if (found == tables.comments.end()) {
        return false;
    }
    VideoRecord* video = tables.anyVideo(found->second->video);
    removeComment(*video, found->second.get());
    const CommentRow row = std::move(*found->second);
    tables.comments.erase(found);
    shared_.undo.add([&tables, video, row] {
        const auto place = tables.comments.emplace(row.id, std::make_unique<CommentRow>(row)).first;
        insertComment(*video, place->second.get());
    });
    return true;
}

StoreResult<std::vector<CommentRow>> Comments::on(Id video) {
    const Gate::Reading lock(shared_.gate);
    std::vector<CommentRow> rows;
    if (const VideoRecord* record = shared_.tables.anyVideo(video)) {
        rows.reserve(record->comments.size());
        std::for_each(record->comments.rbegin(), record->comments.rend(),
                      [&rows](const CommentRow* comment) { rows.push_back(*comment); });
    }
    return rows;
}

// --- follows

StoreResult<bool> Relations::set(Id follower, Id followed, bool on, std::int64_t at) {
    static_cast<void>(at);
    const Gate::Writing lock(shared_.gate);
    auto& tables = shared_.tables;
    if (follower == followed) {
        if (!on) {
            return false;
        }
        return std::unexpected(conflict("follow of oneself"));
    }
    UserRecord* one = on ? &tables.userRecord(follower) : tables.anyUser(follower);
    UserRecord* other = on ? &tables.userRecord(followed) : tables.anyUser(followed);
    if (one == nullptr || other == nullptr) {
        return false;
    }
    const auto found = one->following.find(followed);
    if (on == (found != one->following.end())) {
        return false;
    }
    const auto join = [one, other](std::uint64_t place) {
        one->following.emplace(other->row.id, place);
        other->followers.emplace(one->row.id, place);
        ++one->row.followCount;
        ++other->row.followerCount;
    };
    const auto part = [one, other] {
        one->following.erase(other->row.id);
        other->followers.erase(one->row.id);
        --one->row.followCount;
        --other->row.followerCount;
    };
    if (on) {
        join(++tables.lastOrder);
        shared_.undo.add(part);
    } else {
        const std::uint64_t place = found->second;
        part();
        shared_.undo.add([join, place] { join(place); });
    }
    return true;
}

StoreResult<bool> Relations::contains(Id follower, Id followed) {
    const Gate::Reading lock(shared_.gate);
    const UserRecord* one = shared_.tables.anyUser(follower);
    return one != nullptr && one->following.contains(followed);
}

StoreResult<std::vector<Id>> Relations::followedBy(Id user) {
    const Gate::Reading lock(shared_.gate);
    const UserRecord* record = shared_.tables.anyUser(user);
    return record == nullptr ? std::vector<Id>() : latestFirst(record->following);
}

StoreResult<std::vector<Id>> Relations::followersOf(Id user) {
    const Gate::Reading lock(shared_.gate);
    const UserRecord* record = shared_.tables.anyUser(user);
    return record == nullptr ? std::vector<Id>() : latestFirst(record->followers);
}

// --- messages

StoreResult<bool> Messages::add(const MessageRow& row) {
    const Gate::Writing lock(shared_.gate);
    auto& tables = shared_.tables;
    const ConversationKey key = conversationOf(row.from, row.to);
    auto& list = tables.conversations[key];
    const auto place = std::lower_bound(list.begin(), list.end(), row.createdAt, earlierMessage);
    if (place != list.end() && place->createdAt == row.createdAt) {
        return false;
    }
    list.insert(place, row);
    shared_.undo.add([&tables, key, id = row.id] {
        std::erase_if(tables.conversations[key],
                      [id](const MessageRow& message) { return message.id == id; });
    });
    return true;
}

StoreResult<std::vector<MessageRow>> Messages::between(Id one, Id other, std::int64_t after) {
    const Gate::Reading lock(shared_.gate);
    const auto found = shared_.tables.conversations.find(conversationOf(one, other));
    if (found == shared_.tables.conversations.end()) {
        return std::vector<MessageRow>();
    }
    const auto& list = found->second;
    const auto later = [](std::int64_t at, const MessageRow& message) { return at < message.createdAt; };
    return std::vector<MessageRow>(std::upper_bound(list.begin(), list.end(), after, later), list.end());
}

StoreResult<std::optional<MessageRow>> Messages::newestBetween(Id one, Id other) {
    const Gate::Reading lock(shared_.gate);
    const auto found = shared_.tables.conversations.find(conversationOf(one, other));
    if (found == shared_.tables.conversations.end() || found->second.empty()) {
        return std::nullopt;
    }
    return found->second.back();
}

StoreResult<bool> Applied::contains(WriteId id) {
    const Gate::Reading lock(shared_.gate);
    const auto& runs = shared_.tables.applied;
    const auto after = runs.upper_bound(id);
    return after != runs.begin() && std::prev(after)->second >= id;
}

StoreResult<WriteId> Applied::last() {
    const Gate::Reading lock(shared_.gate);
    const auto& runs = shared_.tables.applied;
    return runs.empty() ? 0 : runs.rbegin()->second;
}

StoreResult<void> Applied::add(WriteId first, WriteId last) {
    const Gate::Writing lock(shared_.gate);
    auto& runs = shared_.tables.applied;
    shared_.undo.add([&runs, old = runs] { runs = old; });
    auto at = runs.upper_bound(first);
    if (at != runs.begin() && std::prev(at)->second >= first - 1) {
        --at;
    }
    while (at != runs.end() && at->first <= last + 1) {
        first = std::min(first, at->first);
        last = std::max(last, at->second);
        at = runs.erase(at);
    }
    runs.emplace(first, last);
    return {};
}

}  // namespace tikgok::sim::memory
