#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A link is what brings somebody here for the first time: there is no world yet, and it opens all the same.

Usage: first_link.py TIKGOK
"""
import sys

import driver


def main():
    with driver.Journey(sys.argv[1], listening=True) as journey:
        journey.start("tikgok://video/50")
        journey.moving("the video of the link moves")
        journey.shows("Video 1 of 1.*", "that video alone")
        journey.key("Escape")
        journey.shows("Video 1 of .*", "the feed is below", state="focused")
        journey.shows_not("Video 1 of 1[^0-9].*", "and no more that video alone")
        assert journey.stop() == 0
    with driver.Journey(sys.argv[1], listening=True) as journey:
        journey.start("tikgok://user/2")
        journey.shows("Sign in to see this", "the server shows people to those it knows, and that is what is said", role="label")
        assert journey.stop() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
