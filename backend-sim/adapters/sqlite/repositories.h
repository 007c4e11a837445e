// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The six repositories over one connection. Inside of this folder only.
#pragma once

#include "backend-sim/adapters/sqlite/connection.h"

namespace tikgok::sim::sqlite {

class Users final : public UserRepository {
public:
    explicit Users(Connection& connection);
    StoreResult<bool> add(const UserRow& row) override;
    StoreResult<bool> exists(Id id) override;
    StoreResult<std::optional<UserRow>> find(Id id) override;
    StoreResult<std::optional<UserRow>> findByName(std::string_view name) override;
    StoreResult<std::vector<UserRow>> all() override;

private:
    Connection& connection_;
    SQLite::Statement add_;
    SQLite::Statement find_;
    SQLite::Statement exists_;
    SQLite::Statement findByName_;
    SQLite::Statement all_;
};

class Videos final : public VideoRepository {
public:
    explicit Videos(Connection& connection);
    StoreResult<bool> add(const VideoRow& row) override;
    StoreResult<bool> exists(Id id) override;
    StoreResult<std::optional<VideoRow>> find(Id id) override;
    StoreResult<std::vector<VideoRow>> before(std::int64_t bound, std::size_t limit) override;
    StoreResult<std::vector<VideoRow>> byAuthor(Id author) override;

private:
    Connection& connection_;
    SQLite::Statement add_;
    SQLite::Statement find_;
    SQLite::Statement exists_;
    SQLite::Statement before_;
    SQLite::Statement byAuthor_;
};

class Favorites final : public FavoriteRepository {
public:
    explicit Favorites(Connection& connection);
    StoreResult<bool> set(Id user, Id video, bool on, std::int64_t at) override;
    StoreResult<bool> contains(Id user, Id video) override;
    StoreResult<std::vector<Id>> videosOf(Id user) override;

private:
    Connection& connection_;
    SQLite::Statement add_;
    SQLite::Statement remove_;
    SQLite::Statement contains_;
    SQLite::Statement videosOf_;
};

class Comments final : public CommentRepository {
public:
    explicit Comments(Connection& connection);
    StoreResult<void> add(const CommentRow& row) override;
    StoreResult<std::optional<CommentRow>> find(Id id) override;
    StoreResult<bool> remove(Id id) override;
    StoreResult<std::vector<CommentRow>> on(Id video) override;

private:
    Connection& connection_;
    SQLite::Statement add_;
    SQLite::Statement find_;
    SQLite::Statement remove_;
    SQLite::Statement on_;
};

class Relations final : public RelationRepository {
public:
    explicit Relations(Connection& connection);
    StoreResult<bool> set(Id follower, Id followed, bool on, std::int64_t at) override;
    StoreResult<bool> contains(Id follower, Id followed) override;
    StoreResult<std::vector<Id>> followedBy(Id user) override;
    StoreResult<std::vector<Id>> followersOf(Id user) override;

private:
    Connection& connection_;
    SQLite::Statement add_;
    SQLite::Statement remove_;
    SQLite::Statement contains_;
    SQLite::Statement followedBy_;
    SQLite::Statement followersOf_;
};

class Messages final : public MessageRepository {
public:
    explicit Messages(Connection& connection);
    StoreResult<bool> add(const MessageRow& row) override;
    StoreResult<std::vector<MessageRow>> between(Id one, Id other, std::int64_t after) override;
    StoreResult<std::optional<MessageRow>> newestBetween(Id one, Id other) override;

private:
    Connection& connection_;
    SQLite::Statement add_;
    SQLite::Statement between_;
    SQLite::Statement newest_;
};

class Applied final : public AppliedWrites {
public:
    explicit Applied(Connection& connection);
    StoreResult<bool> contains(WriteId id) override;
    StoreResult<WriteId> last() override;
    StoreResult<void> add(WriteId first, WriteId last) override;

private:
    Connection& connection_;
    SQLite::Statement contains_;
    SQLite::Statement last_;
    SQLite::Statement before_;
    SQLite::Statement within_;
    SQLite::Statement swallow_;
    SQLite::Statement add_;
};

}  // namespace tikgok::sim::sqlite
