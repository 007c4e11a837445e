#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody who was signed in starts the program while the server is away: what was seen last is there and plays. With the server
away or not, the feed is where one was.

Usage: offline_start.py TIKGOK TIKGOK_SIM DIALECT
"""
import sys

import driver
import sim


def main():
    tikgok, program, dialect = sys.argv[1:4]
    with sim.Server(program, dialect) as server, driver.Journey(tikgok, listening=True, remembering=True) as journey:
        me = server.newcomer()
        journey.start("--server", server.url)
        journey.moving("the first video moves")
        journey.shows("Video 1 of .*", "it is read out", state="focused")
        journey.key("l")
        journey.sign_in(me)
        driver.wait_for(me.likes, "the like that asked for the account")
        assert journey.stop() == 0
        journey.start("--server", server.url)
        journey.shows("Video 1 of .*", "the feed of this account", state="focused")
        journey.moving("it moves")
        for number in (2, 3):
            journey.key("Down")
            journey.shows(f"Video {number} of .*", "the next one", state="focused")
        assert journey.stop() == 0

        journey.start("--server", server.url)
        journey.shows("Video 3 of .*", "the place where one was", state="focused")
        journey.moving("it moves there")
        assert journey.stop() == 0

        server.stop()
        journey.start("--server", server.url)
        journey.shows("Video 3 of .*", "the feed that was kept, at its place")
        journey.moving("its video moves")
        journey.keep("offline")
        assert journey.stop() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
