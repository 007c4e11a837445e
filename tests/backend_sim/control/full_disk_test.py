#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator on a disk of four megabytes that is full to the last byte, over HTTP: what was answered stays, what does not
fit is refused in words, and all goes on when there is room again. Skipped where no disk can be mounted.

Usage: full_disk_test.py PROGRAM VIDEO
"""
import base64
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from own_mounts import in_own_mounts  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1])
VIDEO = pathlib.Path(sys.argv[2])
PATIENCE = 60


class FullDisk(unittest.TestCase):
    def setUp(self):
        self.disk = pathlib.Path(tempfile.mkdtemp())
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", self.disk], check=True)
        # Last one first: when nobody uses it any more.
        self.addCleanup(self.disk.rmdir)
        self.addCleanup(subprocess.run, ["umount", self.disk], check=True)
        self.data = self.disk / "data"
        self.junk = self.disk / "junk"
        self.log = tempfile.TemporaryFile("w+")
        self.addCleanup(self.log.close)
        self.answered = []
        self.server = None

    def serve(self, reserve):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TIKGOK_SIM_")} | {"TIKGOK_SIM_WRITES_DISK_RESERVE": reserve}
        self.server = subprocess.Popen([PROGRAM, "serve", "--data", self.data, "--port", "0", "--ready-json"], env=environment,
                                       stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.addCleanup(self.server.stdout.close)
        self.addCleanup(self.server.wait)
        self.addCleanup(self.server.kill)
        line = self.server.stdout.readline()
        self.assertTrue(line, self.said())
        self.port = int(json.loads(line)["url"].rpartition(":")[2])

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def ask(self, method, path, body=None, kind="application/json", headers=None):
        """Status and body; the body as JSON where it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body, (headers or {}) | ({"Content-Type": kind} if body is not None else {}))
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        self.assertIsNone(self.server.poll(), "it is gone")
        return answer.status, json.loads(text) if text.startswith(b"{") else text

    def admin(self, method, path, body=None):
        token = (self.data / "admin.token").read_text()
        if body is None and method in ("PUT", "POST"):
            body = {}
        return self.ask(method, "/_sim/" + path, None if body is None else json.dumps(body),
                        headers={"Authorization": "Bearer " + token.strip()})

    def begin(self, reserve):
        self.serve(reserve)
        _, person = self.ask("POST", "/douyin/user/register/?username=qa&password=secret")
        self.token = person["token"]
        self.video = self.ask("GET", "/douyin/feed/")[1]["video_list"][0]["id"]

    def comment(self, words):
        status, answer = self.ask("POST", f"/douyin/comment/action/?token={self.token}&video_id={self.video}&action_type=1&comment_text={words}")
        if status == 200 and answer["status_code"] == 0:
            self.answered.append(words)
        return status, answer

    def comments(self):
        return [each["content"] for each in self.ask("GET", f"/douyin/comment/list/?video_id={self.video}")[1]["comment_list"]]

    def publish(self, title):
        edge = "edge"
        fields = "".join(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                         for name, value in (("token", self.token), ("title", title)))
        head = f'--{edge}\r\nContent-Disposition: form-data; name="data"; filename="a.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
        body = (fields + head).encode() + VIDEO.read_bytes() + f"\r\n--{edge}--\r\n".encode()
        return self.ask("POST", "/douyin/publish/action/", body, f"multipart/form-data; boundary={edge}")

    def fill(self, leave=0):
        with open(self.junk, "ab", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    pass
        if leave:
            os.truncate(self.junk, self.junk.stat().st_size - leave)

    def in_time(self, true, what):
        end = time.monotonic() + PATIENCE
        while not true():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.02)

    def all_there(self):
        shown = self.comments()
        self.assertEqual([each for each in self.answered if each not in shown], [])
        self.assertEqual(len(shown), len(set(shown)))

    def test_nothing_that_was_answered_is_lost(self):
        for reserve in ("0B", "1MiB"):
            # Full at once, and while it works.
            for leave in (0, 100_000):
                with self.subTest(reserve=reserve, leave=leave):
                    self.answered = []
                    self.begin(reserve)
                    for i in range(5):
                        self.assertEqual(self.comment(f"before{i}")[0], 200)
                    self.assertEqual(self.admin("PUT", "snapshots/before")[0], 201)
                    self.fill(leave)
                    refused = 0
                    for i in range(150):
                        status, answer = self.comment(f"full{i}")
                        self.assertIn(status, (200, 503))
                        refused += answer["status_code"] != 0
                    self.assertGreater(refused, 0)
                    self.fill()
                    self.assertNotEqual(self.publish("full")[1]["status_code"], 0)
                    self.all_there()
                    page = self.ask("GET", "/metrics")[1].decode()
                    self.assertRegex(page, r'tikgok_writes_total\{outcome="(failed|turned_away)"\} [1-9]')
                    self.assertIn("full", self.said())
                    self.server.kill()
                    self.server.wait()
                    self.junk.unlink()
                    self.serve(reserve)
                    self.all_there()
                    self.assertEqual(self.comment("after")[1]["status_code"], 0)
                    self.assertEqual(self.publish("after")[1]["status_code"], 0)
                    self.in_time(lambda: self.ask("GET", "/douyin/feed/")[1]["video_list"][0]["title"] == "after", "the upload")
                    self.server.terminate()
                    self.assertEqual(self.server.wait(PATIENCE), 0)
                    subprocess.run(["rm", "-r", self.data], check=True)

    def test_worlds_stay_as_they_were(self):
        self.begin("0B")
        self.comment("before")
        self.assertEqual(self.admin("PUT", "snapshots/before")[0], 201)
        self.fill()
        for method, path, body in (("PUT", "snapshots/full", {}), ("PUT", "snapshots/before", {"replace": True}), ("GET", "world/export", None),
                                   ("POST", "world/reset", {}), ("PUT", "world", {"name": "one"}), ("POST", "snapshots/before/restore", {}),
                                   ("POST", "instances", {"count": 1}), ("POST", "scenarios/slow-3g", {}), ("PUT", "recording", {})):
            with self.subTest(f"{method} {path}"):
                status, answer = self.admin(method, path, body)
                self.assertEqual(status, 500, answer)
                self.assertEqual(answer["error"]["code"], "io")
                self.assertRegex(answer["error"]["message"], "No space left on device|full|disk I/O error")
        self.assertEqual(self.admin("GET", "world")[1], {"world": "small"})
        self.assertEqual([each["name"] for each in self.admin("GET", "snapshots")[1]["snapshots"]], ["before"])
        self.all_there()
        self.assertEqual([each.name for each in self.data.glob("*.new")], [])
        self.junk.unlink()
        for method, path, body in (("PUT", "snapshots/before", {"replace": True}), ("POST", "scenarios/slow-3g", {}), ("DELETE", "scenario", None),
                                   ("PUT", "world", {"name": "one"}), ("POST", "world/reset", {}), ("POST", "snapshots/before/restore", {}),
                                   ("PUT", "recording", {})):
            with self.subTest(f"{method} {path}, with room"):
                status, answer = self.admin(method, path, body)
                self.assertIn(status, (200, 201), answer)
        self.all_there()

    def test_an_import_that_has_no_room_is_no_broken_file(self):
        self.begin("0B")
        self.assertEqual(self.publish("big")[1]["status_code"], 0)
        self.in_time(lambda: self.ask("GET", "/douyin/feed/")[1]["video_list"][0]["title"] == "big", "the upload")
        status, world = self.admin("GET", "world/export")
        self.assertEqual(status, 200)
        _, opened = self.admin("POST", "imports")
        path = "imports/" + opened["import"]
        piece = 120_000
        for at in range(0, len(world), piece):
            self.assertEqual(self.admin("PUT", path, {"at": at, "base64": base64.b64encode(world[at:at + piece]).decode()})[0], 200)
        self.fill()
        free = len(world)
        # Room for a copy of the file, and for half of what is in it.
        os.truncate(self.junk, self.junk.stat().st_size - free - VIDEO.stat().st_size // 2)
        status, answer = self.admin("POST", path + "/finish", {"name": "theirs"})
        self.assertEqual((status, answer["error"]["code"]), (500, "io"), answer)
        self.junk.unlink()
        self.assertEqual(self.admin("POST", path + "/finish", {"name": "theirs"})[0], 201)


if __name__ == "__main__":
    in_own_mounts()
    unittest.main(argv=[sys.argv[0]])
