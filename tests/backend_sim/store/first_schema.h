// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A store as the first version of the program made it, with a row in every table.
#pragma once

namespace tikgok::sim::test {

inline constexpr const char* kFirstSchema = R"sql(
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

INSERT INTO users VALUES (1, 'ann', 'h', 'a', 'b', 's', 11), (2, 'bob', 'h', 'a', 'b', 's', 12);
INSERT INTO videos VALUES (10, 1, 't', 'p', 'c', 1000);
INSERT INTO favorites VALUES (5, 2, 10, 13), (7, 1, 10, 14);
INSERT INTO comments VALUES (20, 2, 10, 'nice', 15);
INSERT INTO relations VALUES (3, 1, 2, 16);
INSERT INTO messages VALUES (30, 1, 2, 'hi', 17);
INSERT INTO facts VALUES ('id_bound', '31');
PRAGMA user_version=1;
)sql";

}  // namespace tikgok::sim::test
