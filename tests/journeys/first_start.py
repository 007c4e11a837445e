#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start, by keys alone: a video plays with no question asked; next, pause, on; leave; start again.

Usage: first_start.py TIKGOK [TIKGOK_SIM DIALECT]
Without a simulator of its own, the one inside.
"""
import contextlib
import sys
import time

import driver
import sim


def main():
    program, *elsewhere = sys.argv[1:]
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(sim.Server(*elsewhere)) if elsewhere else None
        journey = stack.enter_context(driver.Journey(program))
        words = ["--server", server.url] if server else []
        began = time.monotonic()
        journey.start(*words)
        journey.moving("the first video moves")
        print(f"moving picture after {time.monotonic() - began:.1f} s")

        first = journey.display.picture()
        journey.key("Down")
        driver.wait_for(lambda: driver.difference(first, journey.display.picture()) > 8, "another video after Down")
        journey.moving("the second video moves")

        journey.key("space")
        journey.still("Space pauses")
        paused = journey.display.picture()
        journey.key("space")
        journey.moving("Space goes on")

        journey.wheel_down()
        driver.wait_for(lambda: driver.difference(paused, journey.display.picture()) > 8, "another video after the wheel")
        journey.moving("the third video moves")

        assert journey.stop() == 0, "leaving cleanly"
        journey.start(*words)
        journey.moving("plays again after a restart")
        assert journey.stop() == 0, "leaving cleanly again"
    return 0


if __name__ == "__main__":
    sys.exit(main())
