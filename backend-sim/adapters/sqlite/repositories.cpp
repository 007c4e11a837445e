// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/sqlite/repositories.h"

#include <algorithm>

namespace tikgok::sim::sqlite {

namespace {

const std::string kUserColumns =
    "SELECT u.id, u.name, u.password, u.avatar, u.background, u.signature, u.create_time,"
    " (SELECT count(*) FROM relations r WHERE r.user_id = u.id),"
    " (SELECT count(*) FROM relations r WHERE r.to_user_id = u.id),"
    " (SELECT count(*) FROM favorites f JOIN videos v ON v.id = f.video_id WHERE v.author_id = u.id),"
    " (SELECT count(*) FROM videos v WHERE v.author_id = u.id),"
    " (SELECT count(*) FROM favorites f WHERE f.user_id = u.id) FROM users u ";

UserRow userFrom(const Query& query) {
    UserRow row;
    row.id = query.number(0);
    row.name = query.text(1);
    row.passwordHash = query.text(2);
    row.avatarKey = query.text(3);
    row.backgroundKey = query.text(4);
    row.signature = query.text(5);
    row.createdAt = query.number(6);
    row.followCount = query.number(7);
    row.followerCount = query.number(8);
    row.totalFavorited = query.number(9);
    row.workCount = query.number(10);
    row.favoriteCount = query.number(11);
    return row;
}

const std::string kVideoColumns =
    "SELECT v.id, v.author_id, v.title, v.play_key, v.cover_key, v.publish_time,"
    " (SELECT count(*) FROM favorites f WHERE f.video_id = v.id),"
    " (SELECT count(*) FROM comments c WHERE c.video_id = v.id) FROM videos v ";

VideoRow videoFrom(const Query& query) {
    VideoRow row;
    row.id = query.number(0);
    row.author = query.number(1);
    row.title = query.text(2);
    row.playKey = query.text(3);
    row.coverKey = query.text(4);
    row.publishedAt = query.number(5);
    row.favoriteCount = query.number(6);
    row.commentCount = query.number(7);
    return row;
}

const std::string kCommentColumns = "SELECT id, user_id, video_id, content, create_time FROM comments ";

CommentRow commentFrom(const Query& query) {
    return {query.number(0), query.number(1), query.number(2), query.text(3), query.number(4)};
}

const std::string kMessageColumns =
    "SELECT id, from_user_id, to_user_id, content, create_time FROM messages"
    " WHERE min(from_user_id, to_user_id) = ? AND max(from_user_id, to_user_id) = ? ";

MessageRow messageFrom(const Query& query) {
    return {query.number(0), query.number(1), query.number(2), query.text(3), query.number(4)};
}

template <class Make>
auto rowsOf(Query& query, Make make) {
    std::vector<decltype(make(query))> rows;
    while (query.step()) {
        rows.push_back(make(query));
    }
    return rows;
}

template <class Make>
auto firstOf(Query& query, Make make) {
    return query.step() ? std::optional(make(query)) : std::nullopt;
}

Id firstColumn(const Query& query) {
    return query.number(0);
}

}  // namespace

Users::Users(Connection& connection)
    : connection_(connection),
      add_(connection.database(),
           "INSERT INTO users (id, name, password, avatar, background, signature, create_time)"
           " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING"),
      find_(connection.database(), kUserColumns + "WHERE u.id = ?"),
      exists_(connection.database(), "SELECT 1 FROM users WHERE id = ?"),
      findByName_(connection.database(), kUserColumns + "WHERE u.name = ?"),
      all_(connection.database(), kUserColumns + "ORDER BY u.id") {}

StoreResult<bool> Users::add(const UserRow& row) {
    return connection_.guarded([&] {
        return Query(add_, row.id, row.name, row.passwordHash, row.avatarKey, row.backgroundKey,
                     row.signature, row.createdAt)
                   .run() > 0;
    });
}

StoreResult<bool> Users::exists(Id id) {
    return connection_.guarded([&] { return Query(exists_, id).step(); });
}

StoreResult<std::optional<UserRow>> Users::find(Id id) {
    return connection_.guarded([&] {
        Query query(find_, id);
        return firstOf(query, userFrom);
    });
}

StoreResult<std::optional<UserRow>> Users::findByName(std::string_view name) {
    return connection_.guarded([&] {
        Query query(findByName_, name);
        return firstOf(query, userFrom);
    });
}

StoreResult<std::vector<UserRow>> Users::all() {
    return connection_.guarded([&] {
        Query query(all_);
        return rowsOf(query, userFrom);
    });
}

Videos::Videos(Connection& connection)
    : connection_(connection),
      add_(connection.database(),
           "INSERT INTO videos (id, author_id, title, play_key, cover_key, publish_time)"
           " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (publish_time) DO NOTHING"),
      find_(connection.database(), kVideoColumns + "WHERE v.id = ?"),
      exists_(connection.database(), "SELECT 1 FROM videos WHERE id = ?"),
      before_(connection.database(),
              kVideoColumns + "WHERE v.publish_time < ? ORDER BY v.publish_time DESC LIMIT ?"),
      byAuthor_(connection.database(), kVideoColumns + "WHERE v.author_id = ? ORDER BY v.publish_time DESC") {
}

StoreResult<bool> Videos::add(const VideoRow& row) {
    return connection_.guarded([&] {
        return Query(add_, row.id, row.author, row.title, row.playKey, row.coverKey, row.publishedAt).run() >
               0;
    });
}

StoreResult<bool> Videos::exists(Id id) {
    return connection_.guarded([&] { return Query(exists_, id).step(); });
}

StoreResult<std::optional<VideoRow>> Videos::find(Id id) {
    return connection_.guarded([&] {
        Query query(find_, id);
        return firstOf(query, videoFrom);
    });
}

StoreResult<std::vector<VideoRow>> Videos::before(std::int64_t bound, std::size_t limit) {
    return connection_.guarded([&] {
        Query query(before_, bound, static_cast<Id>(limit));
        return rowsOf(query, videoFrom);
    });
}

StoreResult<std::vector<VideoRow>> Videos::byAuthor(Id author) {
    return connection_.guarded([&] {
        Query query(byAuthor_, author);
        return rowsOf(query, videoFrom);
    });
}

Favorites::Favorites(Connection& connection)
    : connection_(connection),
      add_(connection.database(),
           "INSERT INTO favorites (user_id, video_id, create_time) VALUES (?, ?, ?)"
           " ON CONFLICT (user_id, video_id) DO NOTHING"),
      remove_(connection.database(), "DELETE FROM favorites WHERE user_id = ? AND video_id = ?"),
      contains_(connection.database(), "SELECT 1 FROM favorites WHERE user_id = ? AND video_id = ?"),
      videosOf_(connection.database(), "SELECT video_id FROM favorites WHERE user_id = ? ORDER BY id DESC") {}

StoreResult<bool> Favorites::set(Id user, Id video, bool on, std::int64_t at) {
    return connection_.guarded(
        [&] { return (on ? Query(add_, user, video, at).run() : Query(remove_, user, video).run()) > 0; });
}

StoreResult<bool> Favorites::contains(Id user, Id video) {
    return connection_.guarded([&] { return Query(contains_, user, video).step(); });
}

StoreResult<std::vector<Id>> Favorites::videosOf(Id user) {
    return connection_.guarded([&] {
        Query query(videosOf_, user);
        return rowsOf(query, firstColumn);
    });
}

Comments::Comments(Connection& connection)
    : connection_(connection),
      add_(connection.database(),
           "INSERT INTO comments (id, user_id, video_id, content, create_time) VALUES (?, ?, ?, ?, ?)"),
      find_(connection.database(), kCommentColumns + "WHERE id = ?"),
      remove_(connection.database(), "DELETE FROM comments WHERE id = ?"),
      on_(connection.database(), kCommentColumns + "WHERE video_id = ? ORDER BY create_time DESC, id DESC") {}

StoreResult<void> Comments::add(const CommentRow& row) {
    return connection_.guarded(
        [&] { Query(add_, row.id, row.user, row.video, row.text, row.createdAt).run(); });
}

StoreResult<std::optional<CommentRow>> Comments::find(Id id) {
    return connection_.guarded([&] {
        Query query(find_, id);
        return firstOf(query, commentFrom);
    });
}

StoreResult<bool> Comments::remove(Id id) {
    return connection_.guarded([&] { return Query(remove_, id).run() > 0; });
}

StoreResult<std::vector<CommentRow>> Comments::on(Id video) {
    return connection_.guarded([&] {
        Query query(on_, video);
        return rowsOf(query, commentFrom);
    });
}

Relations::Relations(Connection& connection)
    : connection_(connection),
      add_(connection.database(),
           "INSERT INTO relations (user_id, to_user_id, create_time) VALUES (?, ?, ?)"
           " ON CONFLICT (user_id, to_user_id) DO NOTHING"),
      remove_(connection.database(), "DELETE FROM relations WHERE user_id = ? AND to_user_id = ?"),
      contains_(connection.database(), "SELECT 1 FROM relations WHERE user_id = ? AND to_user_id = ?"),
      followedBy_(connection.database(),
                  "SELECT to_user_id FROM relations WHERE user_id = ? ORDER BY id DESC"),
      followersOf_(connection.database(),
                   "SELECT user_id FROM relations WHERE to_user_id = ? ORDER BY id DESC") {}

StoreResult<bool> Relations::set(Id follower, Id followed, bool on, std::int64_t at) {
    return connection_.guarded([&] {
        return (on ? Query(add_, follower, followed, at).run() : Query(remove_, follower, followed).run()) >
               0;
    });
}

StoreResult<bool> Relations::contains(Id follower, Id followed) {
    return connection_.guarded([&] { return Query(contains_, follower, followed).step(); });
}

StoreResult<std::vector<Id>> Relations::followedBy(Id user) {
    return connection_.guarded([&] {
        Query query(followedBy_, user);
        return rowsOf(query, firstColumn);
    });
}

StoreResult<std::vector<Id>> Relations::followersOf(Id user) {
    return connection_.guarded([&] {
        Query query(followersOf_, user);
        return rowsOf(query, firstColumn);
    });
}

// The index is on expressions, so ON CONFLICT has to repeat them.
Messages::Messages(Connection& connection)
    : connection_(connection),
      add_(connection.database(),
           "INSERT INTO messages (id, from_user_id, to_user_id, content, create_time)"
           " VALUES (?, ?, ?, ?, ?) ON CONFLICT (min(from_user_id, to_user_id),"
           " max(from_user_id, to_user_id), create_time) DO NOTHING"),
      between_(connection.database(), kMessageColumns + "AND create_time > ? ORDER BY create_time"),
      newest_(connection.database(), kMessageColumns + "ORDER BY create_time DESC LIMIT 1") {}

StoreResult<bool> Messages::add(const MessageRow& row) {
    return connection_.guarded(
        [&] { return Query(add_, row.id, row.from, row.to, row.text, row.createdAt).run() > 0; });
}

StoreResult<std::vector<MessageRow>> Messages::between(Id one, Id other, std::int64_t after) {
    return connection_.guarded([&] {
        Query query(between_, std::min(one, other), std::max(one, other), after);
        return rowsOf(query, messageFrom);
    });
}

StoreResult<std::optional<MessageRow>> Messages::newestBetween(Id one, Id other) {
    return connection_.guarded([&] {
        Query query(newest_, std::min(one, other), std::max(one, other));
        return firstOf(query, messageFrom);
    });
}

// Runs neither overlap nor touch, so the last one that starts before an id is the only one that may hold it.
Applied::Applied(Connection& connection)
    : connection_(connection),
      contains_(connection.database(),
                "SELECT last_id >= ?1 FROM applied WHERE first_id <= ?1 ORDER BY first_id DESC LIMIT 1"),
      last_(connection.database(), "SELECT last_id FROM applied ORDER BY first_id DESC LIMIT 1"),
      before_(connection.database(),
              "SELECT first_id, last_id FROM applied WHERE first_id < ? ORDER BY first_id DESC LIMIT 1"),
      within_(connection.database(), "SELECT max(last_id) FROM applied WHERE first_id BETWEEN ? AND ?"),
      swallow_(connection.database(), "DELETE FROM applied WHERE first_id BETWEEN ? AND ?"),
      add_(connection.database(), "INSERT OR REPLACE INTO applied (first_id, last_id) VALUES (?, ?)") {}

StoreResult<bool> Applied::contains(WriteId id) {
    return connection_.guarded([&] {
        Query query(contains_, id);
        return query.step() && query.number(0) != 0;
    });
}

StoreResult<WriteId> Applied::last() {
    return connection_.guarded([&]() -> WriteId {
        Query query(last_);
        return query.step() ? query.number(0) : 0;
    });
}

StoreResult<void> Applied::add(WriteId first, WriteId last) {
    return connection_.guarded([&] {
        {
            Query query(before_, first);
            if (query.step() && query.number(1) >= first - 1) {
                first = query.number(0);
                last = std::max(last, query.number(1));
            }
        }
        {
            Query query(within_, first, last + 1);
            if (query.step() && !query.isNull(0)) {
                last = std::max(last, query.number(0));
            }
        }
        Query(swallow_, first + 1, last).run();
        Query(add_, first, last).run();
    });
}

}  // namespace tikgok::sim::sqlite
