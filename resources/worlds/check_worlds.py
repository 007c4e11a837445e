#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks each world against README.md, and the media that the worlds name."""
import json
import pathlib
import shutil
import subprocess
import unittest

HERE = pathlib.Path(__file__).resolve().parent
MEDIA = HERE.parent / "media"
DAY = 86400


def no_floats(text):
    raise AssertionError(f"not an integer: {text}")


def load(path):
    return json.loads(path.read_text(encoding="utf-8"), parse_float=no_floats, parse_constant=no_floats)


class World(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.worlds = [(p.name, load(p)) for p in sorted(HERE.glob("*.json"))]

    def each(self, key):
        return [(world, entry) for _, world in self.worlds for entry in world[key]]

    def text(self, value, low, high):
        self.assertIsInstance(value, str)
        self.assertTrue(low <= len(value) <= high, f"{len(value)} characters: {value!r}")
        self.assertEqual(value, value.strip())

    def index(self, value, items):
        self.assertIs(type(value), int)
        self.assertTrue(0 <= value < len(items), value)

    def unique(self, values):
        values = list(values)
        self.assertEqual(len(values), len(set(values)))

    def test_there_is_the_small_world(self):
        self.assertIn("small.json", [f for f, _ in self.worlds])

    def test_shape(self):
        for file, world in self.worlds:
            self.assertEqual(list(world), ["format", "name", "people", "videos", "comments", "likes", "follows", "chats"], file)
            self.assertEqual((world["format"], world["name"] + ".json"), (1, file))

    def test_people(self):
        for _, p in self.each("people"):
            self.assertEqual(set(p), {"name", "password", "signature", "avatar", "background"})
            self.text(p["name"], 1, 32)
            self.text(p["password"], 6, 32)
            self.text(p["signature"], 0, 128)
            self.assertTrue((MEDIA / p["avatar"]).is_file(), p["avatar"])
            self.assertTrue((MEDIA / p["background"]).is_file(), p["background"])
        for _, world in self.worlds:
            self.unique(p["name"] for p in world["people"])

    def test_videos(self):
        for world, v in self.each("videos"):
            self.assertEqual(set(v), {"file", "author", "title", "age"})
            self.assertTrue((MEDIA / v["file"]).is_file(), v["file"])
            self.index(v["author"], world["people"])
            self.text(v["title"], 1, 32)
            self.assertIs(type(v["age"]), int)
            self.assertTrue(0 < v["age"] <= 30 * DAY)
        for _, world in self.worlds:
            self.unique(v["file"] for v in world["videos"])
            ages = [v["age"] for v in world["videos"]]
            self.unique(ages)
            self.assertEqual(ages, sorted(ages))

    def test_comments(self):
        last = {}
        for world, c in self.each("comments"):
            self.assertEqual(set(c), {"video", "author", "text", "age"})
            self.index(c["video"], world["videos"])
            self.index(c["author"], world["people"])
            self.text(c["text"], 1, 256)
            self.assertIs(type(c["age"]), int)
            key = (world["name"], c["video"])
            self.assertTrue(0 < c["age"] < last.get(key, world["videos"][c["video"]]["age"]), "not younger than the one before")
            last[key] = c["age"]

    def test_likes(self):
        for world, like in self.each("likes"):
            self.assertEqual(set(like), {"person", "video"})
            self.index(like["person"], world["people"])
            self.index(like["video"], world["videos"])
        for _, world in self.worlds:
            self.unique((x["person"], x["video"]) for x in world["likes"])

    def test_follows(self):
        for world, f in self.each("follows"):
            self.assertEqual(set(f), {"follower", "followed"})
            self.index(f["follower"], world["people"])
            self.index(f["followed"], world["people"])
            self.assertNotEqual(f["follower"], f["followed"])
        for _, world in self.worlds:
            self.unique((x["follower"], x["followed"]) for x in world["follows"])

    def test_chats(self):
        for world, chat in self.each("chats"):
            self.assertEqual(set(chat), {"between", "messages"})
            a, b = chat["between"]
            pairs = {(f["follower"], f["followed"]) for f in world["follows"]}
            self.assertTrue({(a, b), (b, a)} <= pairs, "not mutual")
            self.assertTrue(2 <= len(chat["messages"]) <= 15)
            before = 30 * DAY
            for m in chat["messages"]:
                self.assertEqual(set(m), {"from", "text", "age"})
                self.assertIn(m["from"], (a, b))
                self.text(m["text"], 1, 254)
                self.assertIs(type(m["age"]), int)
                self.assertTrue(0 < m["age"] < before)
                before = m["age"]
        for _, world in self.worlds:
            self.unique(frozenset(c["between"]) for c in world["chats"])


class Media(unittest.TestCase):
    videos = sorted((MEDIA / "videos").glob("*.mp4"))

    def test_sizes(self):
        everything = [p for p in MEDIA.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        self.assertLess(sum(p.stat().st_size for p in everything), 15_000_000)
        for p in everything:
            limit = {"videos": 1_000_000, "avatars": 40_000, "backgrounds": 60_000}.get(p.parent.name, 100_000)
            self.assertLessEqual(p.stat().st_size, limit, p.name)

    def test_defaults(self):
        self.assertTrue((MEDIA / "avatars/default.png").is_file())
        self.assertTrue((MEDIA / "backgrounds/default.jpg").is_file())

    def test_every_clip_has_a_cover(self):
        self.assertEqual([p.stem for p in self.videos], sorted(p.stem for p in (MEDIA / "covers").glob("*.jpg")))

    def test_every_clip_is_used(self):
        used = {v["file"] for p in HERE.glob("*.json") for v in load(p)["videos"]}
        self.assertEqual({f"videos/{p.name}" for p in self.videos} - used, set())

    @unittest.skipUnless(shutil.which("ffprobe"), "no ffprobe")
    def test_formats(self):
        for path in self.videos:
            with self.subTest(path.name):
                out = subprocess.run(["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(path)], capture_output=True, check=True)
                info = json.loads(out.stdout)
                picture, sound = sorted(info["streams"], key=lambda s: s["codec_type"], reverse=True)
                self.assertEqual((picture["codec_name"], picture["pix_fmt"], picture["color_space"]), ("h264", "yuv420p", "bt709"))
                self.assertEqual((sound["codec_name"], sound["sample_rate"], sound["channels"]), ("aac", "48000", 2))
                self.assertTrue(3.9 <= float(info["format"]["duration"]) <= 14.1)
                head = path.read_bytes()[:4096]
                self.assertIn(b"moov", head, "not made for a fast start")


if __name__ == "__main__":
    unittest.main()
