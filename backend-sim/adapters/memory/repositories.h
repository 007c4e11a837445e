// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The six repositories over Tables. Inside of this folder only.
#pragma once

#include "backend-sim/adapters/memory/tables.h"

namespace tikgok::sim::memory {

struct Shared {
    Gate gate;
    Tables tables;
    UndoLog undo;
};

class Users final : public UserRepository {
public:
    explicit Users(Shared& shared) : shared_(shared) {}
    StoreResult<bool> add(const UserRow& row) override;
    StoreResult<bool> exists(Id id) override;
    StoreResult<std::optional<UserRow>> find(Id id) override;
    StoreResult<std::optional<UserRow>> findByName(std::string_view name) override;
    StoreResult<std::vector<UserRow>> all() override;

private:
    Shared& shared_;
};

class Videos final : public VideoRepository {
public:
    explicit Videos(Shared& shared) : shared_(shared) {}
    StoreResult<bool> add(const VideoRow& row) override;
    StoreResult<bool> exists(Id id) override;
    StoreResult<std::optional<VideoRow>> find(Id id) override;
    StoreResult<std::vector<VideoRow>> before(std::int64_t bound, std::size_t limit) override;
    StoreResult<std::vector<VideoRow>> byAuthor(Id author) override;

private:
    Shared& shared_;
};

class Favorites final : public FavoriteRepository {
public:
    explicit Favorites(Shared& shared) : shared_(shared) {}
    StoreResult<bool> set(Id user, Id video, bool on, std::int64_t at) override;
    StoreResult<bool> contains(Id user, Id video) override;
    StoreResult<std::vector<Id>> videosOf(Id user) override;

private:
    Shared& shared_;
};

class Comments final : public CommentRepository {
public:
    explicit Comments(Shared& shared) : shared_(shared) {}
    StoreResult<void> add(const CommentRow& row) override;
    StoreResult<std::optional<CommentRow>> find(Id id) override;
    StoreResult<bool> remove(Id id) override;
    StoreResult<std::vector<CommentRow>> on(Id video) override;

private:
    Shared& shared_;
};

class Relations final : public RelationRepository {
public:
    explicit Relations(Shared& shared) : shared_(shared) {}
    StoreResult<bool> set(Id follower, Id followed, bool on, std::int64_t at) override;
    StoreResult<bool> contains(Id follower, Id followed) override;
    StoreResult<std::vector<Id>> followedBy(Id user) override;
    StoreResult<std::vector<Id>> followersOf(Id user) override;

private:
    Shared& shared_;
};

class Messages final : public MessageRepository {
public:
    explicit Messages(Shared& shared) : shared_(shared) {}
    StoreResult<bool> add(const MessageRow& row) override;
    StoreResult<std::vector<MessageRow>> between(Id one, Id other, std::int64_t after) override;
    StoreResult<std::optional<MessageRow>> newestBetween(Id one, Id other) override;

private:
    Shared& shared_;
};

class Applied final : public AppliedWrites {
public:
    explicit Applied(Shared& shared) : shared_(shared) {}
    StoreResult<bool> contains(WriteId id) override;
    StoreResult<WriteId> last() override;
    StoreResult<void> add(WriteId first, WriteId last) override;

private:
    Shared& shared_;
};

}  // namespace tikgok::sim::memory
