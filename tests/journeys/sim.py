# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator in a process of its own: the server of a journey, and its judge over HTTP."""
import json
import os
import secrets
import signal
import subprocess
import tempfile
import urllib.parse
import urllib.request
import uuid


class Server:
    """Use as a context manager. Its data live as long as it; it may be stopped and started in between."""

    def __init__(self, program, dialect="standard", world="small", words=()):
        """`words`: more for the command line."""
        self._program, self._world, self._words = program, world, words
        self._process = None
        self._directory = tempfile.TemporaryDirectory(prefix="tikgok-server-")
        self.dialect = dialect
        self.data = self._directory.name
        self.port = 0
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.stop()
        self._directory.cleanup()

    def start(self):
        """The second time on the port of the first time."""
        self._process = subprocess.Popen(
            [self._program, "serve", "--data", self.data, "--port", str(self.port), "--world", self._world,
             "--dialect", self.dialect, "--ready-json", *self._words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self._process.stdout.readline()
        assert line, "the server did not start"
        self.url = json.loads(line)["url"]
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self, hard=False):
        if self._process is None:
            return
        self._process.send_signal(signal.SIGKILL if hard else signal.SIGTERM)
        code = self._process.wait(20)
        self._process = None
        assert hard or code == 0, f"the server left with code {code}"

    def forget_tokens(self):
        """Every token of before is worth nothing with the next start."""
        os.remove(os.path.join(self.data, "token.key"))

    def ask(self, method, path, **parameters):
        request = urllib.request.Request(f"{self.url}{path}?{urllib.parse.urlencode(parameters)}", method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def admin(self, method, path, body=None):
        """The admin API, see docs/admin-api.md."""
        with open(os.path.join(self.data, "admin.token"), encoding="ascii") as token:
            headers = {"Authorization": "Bearer " + token.read().strip(), "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_sim/{path}", method=method, headers=headers,
                                         data=None if method == "GET" else json.dumps(body or {}).encode())
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def keep_journal(self):
        self.admin("PUT", "journal", {"on": True})

    def successes(self, route):
        """How many requests of this route were answered with code 0, as the journal has it."""
        return len(self.admin("GET", f"journal?route={route}&code=0&limit=1000")["entries"])

    def publish(self, person, file, title):
        boundary = uuid.uuid4().hex
        with open(file, "rb") as media:
            body = b"".join(
                [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in (("token", person.token), ("title", title))]
                + [f'--{boundary}\r\nContent-Disposition: form-data; name="data"; filename="{os.path.basename(file)}"'
                   f"\r\n\r\n".encode(), media.read(), f"\r\n--{boundary}--\r\n".encode()])
        request = urllib.request.Request(f"{self.url}/douyin/publish/action/", data=body, method="POST",
                                         headers={"Content-Type": f"multipart/form-data; boundary={boundary}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def newcomer(self):
        """Somebody who has just registered."""
        return Person(self, "journey-" + secrets.token_hex(4), "secret12", "register")

    def somebody(self, name, password):
        """Somebody of the world."""
        return Person(self, name, password, "login")


class Person:
    """Acts past the client, over HTTP."""

    def __init__(self, server, name, password, how):
        self.server, self.name, self.password = server, name, password
        answer = server.ask("POST", f"/douyin/user/{how}/", username=name, password=password)
        self.id, self.token = answer["user_id"], answer["token"]

    def again(self):
        """A fresh token, after the server forgot the old ones."""
        self.token = self.server.ask("POST", "/douyin/user/login/", username=self.name, password=self.password)["token"]
        return self

    def get(self, path, **parameters):
        return self.server.ask("GET", path, token=self.token, **parameters)

    def post(self, path, **parameters):
        return self.server.ask("POST", path, token=self.token, **parameters)

    def feed(self):
        return self.get("/douyin/feed/")["video_list"]

    def likes(self):
        return [video["id"] for video in self.get("/douyin/favorite/list/", user_id=self.id)["video_list"] or []]

    def comments(self, video):
        return [comment["content"] for comment in self.get("/douyin/comment/list/", video_id=video)["comment_list"] or []]

    def follows(self):
        return [user["id"] for user in self.get("/douyin/relation/follow/list/", user_id=self.id)["user_list"] or []]

    def talk_with(self, other):
        """All texts of both, oldest first."""
        # The reference server takes the time for an upper bound, and gives the newest first.
        reference = self.server.dialect == "tikgok"
        answer = self.get("/douyin/message/chat/", to_user_id=other.id, pre_msg_time=2**63 - 1 if reference else 0)
        texts = [message["content"] for message in answer["message_list"] or []]
        return texts[::-1] if reference else texts
