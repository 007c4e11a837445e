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

    def __init__(self, program, dialect="standard", world="small"):
        self._program, self._world = program, world
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
             "--dialect", self.dialect, "--ready-json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
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
        return Person(self, "journey-" + secrets.token_hex(4), "secret12")


class Person:
    """Acts past the client, over HTTP."""

    def __init__(self, server, name, password):
        self.server, self.name, self.password = server, name, password
        answer = server.ask("POST", "/douyin/user/register/", username=name, password=password)
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
