// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/sqlite/migrations.h"

#include <SQLiteCpp/Transaction.h>

#include <array>
#include <string>

namespace tikgok::sim::sqlite {

namespace {

// Step i leads from version i to i + 1. Steps that were released are never edited, only followed by others.
//
// favorites.id and relations.id give the order of liking and following. Counters are not stored: they are
// counted when rows are read, which is at the start and in tests only.
constexpr std::array<const char*, 4> kSteps{
    R"sql(
CREATE TABLE facts (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL UNIQUE,
    password       TEXT NOT NULL,
    avatar         TEXT NOT NULL,
    background     TEXT NOT NULL,
    signature      TEXT NOT NULL,
    create_time    INTEGER NOT NULL
);

CREATE TABLE videos (
    id           INTEGER PRIMARY KEY,
    author_id    INTEGER NOT NULL REFERENCES users (id),
    title        TEXT NOT NULL,
    play_key     TEXT NOT NULL,
    cover_key    TEXT NOT NULL,
    publish_time INTEGER NOT NULL UNIQUE
);
CREATE INDEX videos_by_author ON videos (author_id, publish_time);

CREATE TABLE favorites (
    id          INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL REFERENCES users (id),
    video_id    INTEGER NOT NULL REFERENCES videos (id),
    create_time INTEGER NOT NULL,
    UNIQUE (user_id, video_id)
);
CREATE INDEX favorites_by_video ON favorites (video_id);

CREATE TABLE comments (
    id          INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL REFERENCES users (id),
    video_id    INTEGER NOT NULL REFERENCES videos (id),
    content     TEXT NOT NULL,
    create_time INTEGER NOT NULL
);
CREATE INDEX comments_by_video ON comments (video_id, create_time);

CREATE TABLE relations (
    id          INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL REFERENCES users (id),
    to_user_id  INTEGER NOT NULL REFERENCES users (id),
    create_time INTEGER NOT NULL,
    UNIQUE (user_id, to_user_id),
    CHECK (user_id <> to_user_id)
);
CREATE INDEX relations_by_followed ON relations (to_user_id);

CREATE TABLE messages (
    id           INTEGER PRIMARY KEY,
    from_user_id INTEGER NOT NULL REFERENCES users (id),
    to_user_id   INTEGER NOT NULL REFERENCES users (id),
    content      TEXT NOT NULL,
    create_time  INTEGER NOT NULL,
    CHECK (from_user_id <> to_user_id)
);
CREATE UNIQUE INDEX messages_by_conversation
    ON messages (min(from_user_id, to_user_id), max(from_user_id, to_user_id), create_time);
)sql",
    // Runs of write ids that the tables hold already.
    R"sql(
CREATE TABLE applied (
    first_id INTEGER PRIMARY KEY,
    last_id  INTEGER NOT NULL
);
)sql",
    // A dialect may take any id, as the reference server does: rows may point to what does not exist, and
    // messages may go to oneself.
    R"sql(
CREATE TABLE new_favorites (
    id          INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL,
    video_id    INTEGER NOT NULL,
    create_time INTEGER NOT NULL,
    UNIQUE (user_id, video_id)
);
INSERT INTO new_favorites SELECT id, user_id, video_id, create_time FROM favorites;
DROP TABLE favorites;
ALTER TABLE new_favorites RENAME TO favorites;
CREATE INDEX favorites_by_video ON favorites (video_id);

CREATE TABLE new_comments (
    id          INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL,
    video_id    INTEGER NOT NULL,
    content     TEXT NOT NULL,
    create_time INTEGER NOT NULL
);
INSERT INTO new_comments SELECT id, user_id, video_id, content, create_time FROM comments;
DROP TABLE comments;
ALTER TABLE new_comments RENAME TO comments;
CREATE INDEX comments_by_video ON comments (video_id, create_time);

CREATE TABLE new_relations (
    id          INTEGER PRIMARY KEY,
    user_id     INTEGER NOT NULL,
    to_user_id  INTEGER NOT NULL,
    create_time INTEGER NOT NULL,
    UNIQUE (user_id, to_user_id),
    CHECK (user_id <> to_user_id)
);
INSERT INTO new_relations SELECT id, user_id, to_user_id, create_time FROM relations;
DROP TABLE relations;
ALTER TABLE new_relations RENAME TO relations;
CREATE INDEX relations_by_followed ON relations (to_user_id);

CREATE TABLE new_messages (
    id           INTEGER PRIMARY KEY,
    from_user_id INTEGER NOT NULL,
    to_user_id   INTEGER NOT NULL,
    content      TEXT NOT NULL,
    create_time  INTEGER NOT NULL
);
INSERT INTO new_messages SELECT id, from_user_id, to_user_id, content, create_time FROM messages;
DROP TABLE messages;
ALTER TABLE new_messages RENAME TO messages;
CREATE UNIQUE INDEX messages_by_conversation
    ON messages (min(from_user_id, to_user_id), max(from_user_id, to_user_id), create_time);
)sql",
    // Likes by video and followers by person are asked of the read model; here they only made writes dearer.
    R"sql(
DROP INDEX favorites_by_video;
DROP INDEX relations_by_followed;
)sql",
};

}  // namespace

bool migrate(SQLite::Database& database) {
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version > static_cast<int>(kSteps.size())) {
        return false;
    }
    for (std::size_t step = static_cast<std::size_t>(version); step < kSteps.size(); ++step) {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        database.exec(kSteps[step]);
        database.exec("PRAGMA user_version=" + std::to_string(step + 1));
        transaction.commit();
    }
    return true;
}

}  // namespace tikgok::sim::sqlite
