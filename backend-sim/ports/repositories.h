// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is kept: users, videos, likes, comments, follows, messages, each behind its own interface, and the
// unit of work that joins them. Two implementations (SQLite, memory) pass one test suite.
//
// Times are milliseconds since the epoch. Counters are never stored: every implementation derives them from
// the rows, so they cannot be wrong. Every call may come from any thread.
#pragma once

#include "core/contract/types.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tikgok::sim {

using contract::Id;

struct StoreError {
    enum class Kind : std::uint8_t {
        Io,        // the medium failed or is full
        Corrupt,   // what was read makes no sense
        Conflict,  // a rule of the schema was broken: a bug of the caller
        Lost,      // the surrounding transaction is gone; nothing of it will be kept
    };
    Kind kind = Kind::Io;
    // For the log.
    std::string what;
};

template <class T>
using StoreResult = std::expected<T, StoreError>;

struct UserRow {
    Id id = 0;
    std::string name;
    std::string passwordHash;
    // Keys of the object store, relative. Empty: none.
    std::string avatarKey;
    std::string backgroundKey;
    std::string signature;
    std::int64_t createdAt = 0;

    // Derived; ignored by add().
    std::int64_t followCount = 0;
    std::int64_t followerCount = 0;
    std::int64_t totalFavorited = 0;
    std::int64_t workCount = 0;
    std::int64_t favoriteCount = 0;

    bool operator==(const UserRow&) const = default;
};

struct VideoRow {
    Id id = 0;
    Id author = 0;
    std::string title;
    std::string playKey;
    std::string coverKey;
    // Unique.
    std::int64_t publishedAt = 0;

    // Derived; ignored by add().
    std::int64_t favoriteCount = 0;
    std::int64_t commentCount = 0;

    bool operator==(const VideoRow&) const = default;
};

struct CommentRow {
    Id id = 0;
    Id user = 0;
    Id video = 0;
    std::string text;
    std::int64_t createdAt = 0;

    bool operator==(const CommentRow&) const = default;
};

struct MessageRow {
    Id id = 0;
    Id from = 0;
    Id to = 0;
    std::string text;
    // Unique within the conversation.
    std::int64_t createdAt = 0;

    bool operator==(const MessageRow&) const = default;
};

class UserRepository {
public:
    virtual ~UserRepository() = default;
    // False when the name is taken (compared byte for byte).
    virtual StoreResult<bool> add(const UserRow& row) = 0;
    virtual StoreResult<bool> exists(Id id) = 0;
    virtual StoreResult<std::optional<UserRow>> find(Id id) = 0;
    virtual StoreResult<std::optional<UserRow>> findByName(std::string_view name) = 0;
    // By id.
    virtual StoreResult<std::vector<UserRow>> all() = 0;
};

class VideoRepository {
public:
    virtual ~VideoRepository() = default;
    // False when the publish time is taken.
    virtual StoreResult<bool> add(const VideoRow& row) = 0;
    virtual StoreResult<bool> exists(Id id) = 0;
    virtual StoreResult<std::optional<VideoRow>> find(Id id) = 0;
    // Published strictly before, newest first.
    virtual StoreResult<std::vector<VideoRow>> before(std::int64_t bound, std::size_t limit) = 0;
    // Newest first.
    virtual StoreResult<std::vector<VideoRow>> byAuthor(Id author) = 0;
};

class FavoriteRepository {
public:
    virtual ~FavoriteRepository() = default;
    // Whether something changed. `at` is the time of a new like.
    virtual StoreResult<bool> set(Id user, Id video, bool on, std::int64_t at) = 0;
    virtual StoreResult<bool> contains(Id user, Id video) = 0;
    // Latest like first; the order of liking, not `at`, decides.
    virtual StoreResult<std::vector<Id>> videosOf(Id user) = 0;
};

class CommentRepository {
public:
    virtual ~CommentRepository() = default;
    virtual StoreResult<void> add(const CommentRow& row) = 0;
    virtual StoreResult<std::optional<CommentRow>> find(Id id) = 0;
    // False when there is none.
    virtual StoreResult<bool> remove(Id id) = 0;
    // Newest first: by time, then by id.
    virtual StoreResult<std::vector<CommentRow>> on(Id video) = 0;
};

class RelationRepository {
public:
    virtual ~RelationRepository() = default;
    // Whether something changed.
    virtual StoreResult<bool> set(Id follower, Id followed, bool on, std::int64_t at) = 0;
    virtual StoreResult<bool> contains(Id follower, Id followed) = 0;
    // Latest follow first.
    virtual StoreResult<std::vector<Id>> followedBy(Id user) = 0;
    virtual StoreResult<std::vector<Id>> followersOf(Id user) = 0;
};

class MessageRepository {
public:
    virtual ~MessageRepository() = default;
    // False when the time is taken in this conversation.
    virtual StoreResult<bool> add(const MessageRow& row) = 0;
    // Both directions, strictly after, oldest first.
    virtual StoreResult<std::vector<MessageRow>> between(Id one, Id other, std::int64_t after) = 0;
    virtual StoreResult<std::optional<MessageRow>> newestBetween(Id one, Id other) = 0;
};

// Names a write: the same id is the same deed. Above 0.
using WriteId = std::int64_t;

// Which writes this store holds already, so that one that is delivered a second time changes nothing. Kept as
// runs of ids, which are few as long as writes come roughly in order.
class AppliedWrites {
public:
    virtual ~AppliedWrites() = default;
    virtual StoreResult<bool> contains(WriteId id) = 0;
    // The greatest one; 0 when there is none.
    virtual StoreResult<WriteId> last() = 0;
    // All from `first` to `last`, both included. Some of them may be in already.
    virtual StoreResult<void> add(WriteId first, WriteId last) = 0;
};

// One store: its repositories and the unit of work around them.
class Store {
public:
    virtual ~Store() = default;

    virtual UserRepository& users() = 0;
    virtual VideoRepository& videos() = 0;
    virtual FavoriteRepository& favorites() = 0;
    virtual CommentRepository& comments() = 0;
    virtual RelationRepository& relations() = 0;
    virtual MessageRepository& messages() = 0;
    virtual AppliedWrites& applied() = 0;

    // Every id below the bound has been given out. 1 in a new store. Kept so that an id never comes twice,
    // not even that of a deleted comment.
    virtual StoreResult<Id> idBound() = 0;
    virtual StoreResult<void> setIdBound(Id bound) = 0;

    using Work = std::function<StoreResult<void>()>;
    // All that `work` does on this store is kept, or, when it gives an error, nothing. May be nested: an
    // inner failure undoes the inner part only, unless it is Lost. Other threads wait. For a durable store,
    // kept means synced to the medium when the outermost call returns.
    virtual StoreResult<void> atomically(const Work& work) = 0;
};

// --- changes: what a write did, in rows; replayed from one store onto another

struct FavoriteChange {
    Id user = 0;
    Id video = 0;
    bool on = false;
    std::int64_t at = 0;
};
struct FollowChange {
    Id follower = 0;
    Id followed = 0;
    bool on = false;
    std::int64_t at = 0;
};
struct CommentRemoval {
    Id id = 0;
};
using Change =
    std::variant<UserRow, VideoRow, FavoriteChange, CommentRow, CommentRemoval, FollowChange, MessageRow>;

// Does to `store` what the change says. Refusals (a name that is taken, ...) are Conflict here.
StoreResult<void> applyChange(Store& store, const Change& change);

}  // namespace tikgok::sim
