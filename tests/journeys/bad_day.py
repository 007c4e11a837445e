#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server goes away while somebody likes and writes, comes back, forgets every token, and is killed.

Nothing that was done in between is lost or doubled, and nobody has to start the client again.
Usage: bad_day.py TIKGOK TIKGOK_SIM DIALECT [PICTURES_DIR]
"""
import sys

import driver
import sim


def sign_in(journey, person):
    journey.sheet("the sheet")
    journey.type(person.name)
    journey.key("Tab")
    journey.type(person.password)
    journey.key("Return")


def demo(server, journey, me):
    """The demo has one video, keeps its tokens in memory only, and remembers no likes: its journal is the judge."""
    journey.start("--server", server.url)
    journey.moving("the video moves")
    server.keep_journal()
    journey.key("l")
    sign_in(journey, me)
    driver.wait_for(lambda: server.successes("/douyin/favorite/action/") == 1, "the like that asked for the account")
    journey.no_sheet("signed in")

    server.stop()
    journey.key("c")
    journey.sheet("comments, as far as they are known")
    journey.type("written while it was away")
    journey.key("Return")
    journey.keep("away")
    journey.key("Escape")
    journey.no_sheet("closed")
    server.start()
    server.keep_journal()
    # It knows nobody's token any more, so the comment needs the password first.
    journey.sheet("the session has ended: the sheet comes")
    journey.keep("expired")
    journey.type(me.password)
    journey.key("Return")
    driver.wait_for(lambda: server.successes("/douyin/comment/action/") == 1, "the comment that waited, once")
    journey.no_sheet("signed in again")
    assert journey.stop() == 0
    assert server.successes("/douyin/comment/action/") == 1, "still only once"


def main():
    pictures = sys.argv[4] if len(sys.argv) > 4 else None
    with sim.Server(sys.argv[2], sys.argv[3]) as server, driver.Journey(sys.argv[1], pictures=pictures) as journey:
        me = server.newcomer()
        if server.dialect == "demo":
            demo(server, journey, me)
            return 0
        first, second, third = [video["id"] for video in me.feed()[:3]]
        journey.start("--server", server.url)
        journey.moving("the first video moves")
        journey.key("l")
        sign_in(journey, me)
        driver.wait_for(lambda: first in me.likes(), "the like that asked for the account")
        journey.no_sheet("signed in")

        # Away: what is done now waits.
        server.stop()
        journey.key("Down")
        journey.moving("the next video was there already")
        journey.key("l")
        journey.key("c")
        journey.sheet("comments, as far as they are known")
        journey.type("written while it was away")
        journey.key("Return")
        journey.keep("away")
        journey.key("Escape")
        journey.no_sheet("closed")
        server.start()
        driver.wait_for(lambda: second in me.likes(), "the like that waited")
        driver.wait_for(lambda: me.comments(second).count("written while it was away") == 1, "the comment that waited")

        # Everybody is signed out; the like after that asks, and happens.
        server.stop()
        server.forget_tokens()
        server.start()
        me.again()
        journey.key("Down")
        journey.moving("the third video")
        journey.key("l")
        journey.sheet("the session has ended: the sheet comes")
        journey.keep("expired")
        # The name is filled in.
        journey.type(me.password)
        journey.key("Return")
        driver.wait_for(lambda: third in me.likes(), "the like is replayed after signing in again")
        journey.no_sheet("signed in again")

        # Killed in the middle of a toggle, twice.
        for _ in range(2):
            server.stop(hard=True)
            journey.key("l")
            server.start()
            me.again()
        driver.wait_for(lambda: third in me.likes(), "unliked and liked again: the last choice holds")
        assert me.comments(second).count("written while it was away") == 1, "still only once"
        assert journey.stop() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
