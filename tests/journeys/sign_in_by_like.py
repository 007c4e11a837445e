#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stranger likes a video, signs in on the sheet that comes up, and the like happens; then a comment.

The judge is the server: it is asked over HTTP, past the client.
Usage: sign_in_by_like.py TIKGOK TIKGOK_SIM DIALECT [PICTURES_DIR]
"""
import sys

import driver
import sim


def main():
    dialect = sys.argv[3]
    pictures = sys.argv[4] if len(sys.argv) > 4 else None
    with sim.Server(sys.argv[2], dialect) as server, driver.Journey(sys.argv[1], pictures=pictures) as journey:
        me = server.newcomer()
        server.keep_journal()
        newest = me.feed()[0]["id"]
        journey.start("--server", server.url)
        journey.moving("the first video moves")

        journey.key("l")
        journey.sheet("the like asks for an account")
        journey.keep("sheet")
        journey.type(me.name)
        journey.key("Tab")
        journey.type(me.password)
        journey.keep("typed")
        journey.key("Return")
        driver.wait_for(lambda: server.successes("/douyin/favorite/action/") == 1, "the like happened, once")
        assert newest in me.likes(), "and it is there"
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
        driver.wait_for(lambda: server.successes("/douyin/comment/action/") == 1, "the comment is on the server, once")
        # The demo forgets what is said.
        assert dialect == "demo" or "what a sight" in me.comments(newest), "and can be read"
        journey.keep("commented")
        assert journey.stop() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
