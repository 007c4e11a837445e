#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stranger likes a video, signs in on the sheet that comes up, and the like happens; then a comment.

The judge is the server: it is asked over HTTP, past the client.
Usage: sign_in_by_like.py TIKGOK TIKGOK_SIM [PICTURES_DIR]
"""
import json
import secrets
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

import driver


class Server:
    def __init__(self, program, directory):
        self._process = subprocess.Popen([program, "serve", "--data", directory, "--port", "0", "--world", "small",
                                          "--ready-json"], stdout=subprocess.PIPE, text=True)
        self.url = json.loads(self._process.stdout.readline())["url"]

    def ask(self, method, path, **parameters):
        request = urllib.request.Request(f"{self.url}{path}?{urllib.parse.urlencode(parameters)}", method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def close(self):
        self._process.terminate()
        assert self._process.wait(20) == 0


def main():
    name, password = "journey-" + secrets.token_hex(4), "secret12"
    pictures = sys.argv[3] if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory() as directory:
        server = Server(sys.argv[2], directory)
        try:
            with driver.Journey(sys.argv[1], pictures=pictures) as journey:
                server.ask("POST", "/douyin/user/register/", username=name, password=password)
                newest = server.ask("GET", "/douyin/feed/")["video_list"][0]
                journey.start("--server", server.url)
                journey.moving("the first video moves")

                journey.key("l")
                journey.sheet("the like asks for an account")
                journey.keep("sheet")
                journey.type(name)
                journey.key("Tab")
                journey.type(password)
                journey.keep("typed")
                journey.key("Return")
                me = server.ask("POST", "/douyin/user/login/", username=name, password=password)
                driver.wait_for(lambda: any(v["id"] == newest["id"] for v in server.ask(
                    "GET", "/douyin/favorite/list/", user_id=me["user_id"], token=me["token"])["video_list"]),
                    "the like that asked for the account happened")
                journey.no_sheet("the sheet goes away after signing in")
                journey.keep("liked")

                journey.key("c")
                journey.sheet("the comments")
                journey.key("Escape")
                journey.no_sheet("Escape closes the comments")
                journey.key("c")
                journey.sheet("the comments come again, and one can write at once")
                journey.type("what a sight")
                journey.key("Return")
                driver.wait_for(lambda: any(c["content"] == "what a sight" and c["user"]["name"] == name
                                            for c in server.ask("GET", "/douyin/comment/list/",
                                                                video_id=newest["id"])["comment_list"]),
                                "the comment is on the server")
                journey.keep("commented")
                assert journey.stop() == 0
        finally:
            server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
