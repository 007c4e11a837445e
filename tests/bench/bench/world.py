# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same made-up people, videos, likes and follows for the simulator and for a peer, written straight into their
databases while they are stopped."""
import dataclasses
import pathlib
import random
import sqlite3
import time

from bench.setup import SetupError

# 2026-01-01 in ms.
EPOCH = 1767225600000


@dataclasses.dataclass
class World:
    users: list
    videos: list
    likes: list
    follows: list


def make(caller, first_id, users=1000, videos=10000, likes=200000, follows=30000, seed=20260101):
    """`caller` exists already and gets its share of likes and follows. Ids count up from `first_id`."""
    dice = random.Random(seed)
    words = "雨后 山路 猫 清晨 海边 面包 小城 夜市 rain road cat dawn shore bread town night market light".split()
    people = [(first_id + i, f"person {i:04}", f"likes {dice.choice(words)} and {dice.choice(words)}")
              for i in range(users - 1)]
    ids = [caller] + [row[0] for row in people]
    first_video = first_id + users
    clips = [(first_video + i, dice.choice(ids), " ".join(dice.choices(words, k=4))[:32], EPOCH + i * 60000)
             for i in range(videos)]
    # The caller likes and follows as many as the others do on average, so that the marks on a page are both kinds.
    liked = {(caller, dice.choice(clips)[0]) for _ in range(likes // users)}
    while len(liked) < likes:
        liked.add((dice.choice(ids), dice.choice(clips)[0]))
    followed = {(caller, dice.choice(ids[1:])) for _ in range(follows // users)}
    while len(followed) < follows:
        one, other = dice.choice(ids), dice.choice(ids)
        if one != other:
            followed.add((one, other))
    return World(people, clips, sorted(liked), sorted(followed))


def database_of(data):
    """The store in a data directory of tikgok-sim."""
    file = pathlib.Path(data) / "store.sqlite"
    if not file.is_file():
        raise SetupError(f"tikgok-sim has no store.sqlite in {data}")
    return file


def _id_bound(database):
    row = database.execute("SELECT value FROM facts WHERE key='id_bound'").fetchone()
    highest = max(database.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
                  for table in ("users", "videos", "comments", "messages"))
    return max(int(row[0]) if row else 1, highest + 1)


def _set_id_bound(database, bound):
    database.execute("INSERT INTO facts (key, value) VALUES ('id_bound', ?)"
                     " ON CONFLICT (key) DO UPDATE SET value = excluded.value", (str(bound),))


def import_into_simulator(data, caller, **sizes):
    """Fills a stopped simulator's store; returns the world."""
    with sqlite3.connect(database_of(data)) as database:
        first = _id_bound(database)
        world = make(caller, first, **sizes)
        database.executemany(
            "INSERT INTO users (id, name, password, avatar, background, signature, create_time) VALUES (?,?,?,?,?,?,?)",
            [(i, name, "!", f"media/avatars/{i % 12 + 1:02}.png", f"media/backgrounds/{i % 12 + 1:02}.jpg", words, EPOCH)
             for i, name, words in world.users])
        database.executemany(
            "INSERT INTO videos (id, author_id, title, play_key, cover_key, publish_time) VALUES (?,?,?,?,?,?)",
            [(i, author, title, f"media/videos/{i}.mp4", f"media/covers/{i}.jpg", time)
             for i, author, title, time in world.videos])
        database.executemany("INSERT INTO favorites (user_id, video_id, create_time) VALUES (?,?,?)",
                             [(user, video, EPOCH) for user, video in world.likes])
        database.executemany("INSERT INTO relations (user_id, to_user_id, create_time) VALUES (?,?,?)",
                             [(user, other, EPOCH) for user, other in world.follows])
        _set_id_bound(database, first + len(world.users) + len(world.videos) + 2)
    database.close()
    return world


def lengthen(data, videos):
    """Adds older videos to a stopped simulator until there are `videos`; they play the files of the first ones."""
    with sqlite3.connect(database_of(data)) as database:
        known = database.execute("SELECT author_id, title, play_key, cover_key FROM videos"
                                 " ORDER BY publish_time DESC").fetchall()
        if not known:
            raise SetupError("the small world has no videos")
        oldest = database.execute("SELECT min(publish_time) FROM videos").fetchone()[0]
        first = _id_bound(database)
        more = max(0, videos - len(known))
        database.executemany(
            "INSERT INTO videos (id, author_id, title, play_key, cover_key, publish_time) VALUES (?,?,?,?,?,?)",
            [(first + i, *known[i % len(known)], oldest - 1000 * (i + 1)) for i in range(more)])
        _set_id_bound(database, first + more + 1)
    database.close()


def write_much(data, reader, messages, comments):
    """Into a stopped simulator: messages between `reader` and somebody, comments on the newest video. Returns that
    somebody's id."""
    with sqlite3.connect(database_of(data)) as database:
        mine = database.execute("SELECT id FROM users WHERE name = ?", (reader,)).fetchone()
        if not mine:
            raise SetupError(f"the small world has no {reader}")
        people = [row[0] for row in database.execute("SELECT id FROM users WHERE id <> ?", mine)]
        peer, video = people[0], database.execute("SELECT id FROM videos ORDER BY publish_time DESC LIMIT 1").fetchone()[0]
        database.execute("DELETE FROM messages WHERE ? IN (from_user_id, to_user_id)", mine)
        now, first = int(time.time()) * 1000, _id_bound(database)
        # Of one line to five, as people write.
        text = [("So it was, and nobody had thought of it before. " * (i % 7 + 1))[:20 + i * 37 % 240].strip() for i in range(97)]
        database.executemany(
            "INSERT INTO messages (id, from_user_id, to_user_id, content, create_time) VALUES (?,?,?,?,?)",
            [(first + i, *((mine[0], peer) if i % 3 else (peer, mine[0])), text[i % len(text)], now - 60_000 * (messages - i))
             for i in range(messages)])
        first += messages
        database.executemany(
            "INSERT INTO comments (id, user_id, video_id, content, create_time) VALUES (?,?,?,?,?)",
            [(first + i, people[i % len(people)], video, text[i % len(text)], now - 60_000 * (comments - i))
             for i in range(comments)])
        _set_id_bound(database, first + comments + 1)
    database.close()
    return peer


def fill_gin(file, caller, world, base):
    """The tables that the peer's description lists, with the same rows. `base` comes before every media key."""
    likes_of, likes_to, works, followers, follows = {}, {}, {}, {}, {}
    for user, video in world.likes:
        likes_of[user] = likes_of.get(user, 0) + 1
        likes_to[video] = likes_to.get(video, 0) + 1
    received = {}
    for video, author, _, _ in world.videos:
        works[author] = works.get(author, 0) + 1
        received[author] = received.get(author, 0) + likes_to.get(video, 0)
    for user, other in world.follows:
        follows[user] = follows.get(user, 0) + 1
        followers[other] = followers.get(other, 0) + 1
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript("""
            CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE, password TEXT, follow_count INTEGER,
              follower_count INTEGER, avatar TEXT, background_image TEXT, signature TEXT, total_favorited INTEGER,
              work_count INTEGER, favorite_count INTEGER);
            CREATE TABLE videos (id INTEGER PRIMARY KEY, author_id INTEGER, play_url TEXT, cover_url TEXT,
              favorite_count INTEGER, comment_count INTEGER, title TEXT, created_at INTEGER, ms INTEGER);
            CREATE INDEX videos_created ON videos (created_at);
            CREATE TABLE favorites (user_id INTEGER, video_id INTEGER, PRIMARY KEY (user_id, video_id));
            CREATE TABLE follows (user_id INTEGER, to_id INTEGER, PRIMARY KEY (user_id, to_id));
        """)
        database.executemany(
            "INSERT INTO users VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [(i, name, "!", follows.get(i, 0), followers.get(i, 0), f"{base}media/avatars/{i % 12 + 1:02}.png",
              f"{base}media/backgrounds/{i % 12 + 1:02}.jpg", words, received.get(i, 0), works.get(i, 0),
              likes_of.get(i, 0)) for i, name, words in [(caller, "bench", "default signature"), *world.users]])
        database.executemany(
            "INSERT INTO videos VALUES (?,?,?,?,?,?,?,?,?)",
            [(i, author, f"{base}media/videos/{i}.mp4", f"{base}media/covers/{i}.jpg", likes_to.get(i, 0), 0, title,
              time, time) for i, author, title, time in world.videos])
        database.executemany("INSERT INTO favorites VALUES (?,?)", world.likes)
        database.executemany("INSERT INTO follows VALUES (?,?)", world.follows)
    database.close()


# What Gin + MariaDB needs, as its description lists it.
MARIADB_TABLES = """
    CREATE TABLE users (id BIGINT PRIMARY KEY, name VARCHAR(64) UNIQUE, password VARCHAR(128), follow_count BIGINT,
      follower_count BIGINT, avatar VARCHAR(255), background_image VARCHAR(255), signature VARCHAR(255),
      total_favorited BIGINT, work_count BIGINT, favorite_count BIGINT) CHARACTER SET utf8mb4;
    CREATE TABLE videos (id BIGINT PRIMARY KEY, author_id BIGINT, play_url VARCHAR(255), cover_url VARCHAR(255),
      favorite_count BIGINT, comment_count BIGINT, title VARCHAR(255), created_at BIGINT, ms BIGINT,
      INDEX videos_created (created_at)) CHARACTER SET utf8mb4;
    CREATE TABLE favorites (user_id BIGINT, video_id BIGINT, PRIMARY KEY (user_id, video_id));
    CREATE TABLE follows (user_id BIGINT, to_id BIGINT, PRIMARY KEY (user_id, to_id));
"""


def as_mariadb(file):
    """The rows of a database that fill_gin() made, as SQL for MariaDB."""
    def literal(value):
        if isinstance(value, str):
            return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
        return "NULL" if value is None else str(value)
    yield MARIADB_TABLES
    with sqlite3.connect(file) as database:
        for table in ("users", "videos", "favorites", "follows"):
            rows = database.execute(f"SELECT * FROM {table}")
            while part := rows.fetchmany(1000):
                values = ",".join("(" + ",".join(map(literal, row)) + ")" for row in part)
                yield f"INSERT INTO {table} VALUES {values};\n"
    database.close()
