#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Swipes through the feed, with and without waiting for a video to move; the screen is looked at all the time and
never black.

Usage: never_black.py TIKGOK [PICTURES_DIR]
"""
import sys
import threading

import driver

# A screen of which nearly nothing is brighter than this is black: covers and videos of our world are not.
DARK = 24
MOST_DARK = 0.98


class Watch(threading.Thread):
    """Looks at the screen until it is ended."""

    def __init__(self, screen):
        super().__init__()
        self._screen = screen
        self._over = threading.Event()
        self.looks = 0
        # While what was done.
        self.black = {}
        self.doing = ""
        self.changes = 0

    def run(self):
        before = None
        # About as often as the screen is drawn.
        while not self._over.wait(0.008):
            values = self._screen.middle()
            self.looks += 1
            if sum(value < DARK for value in values) > MOST_DARK * len(values):
                self.black[self.doing] = self.black.get(self.doing, 0) + 1
            self.changes += values != before
            before = values

    def end(self):
        self._over.set()
        self.join()


def main():
    with driver.Journey(sys.argv[1], pictures=sys.argv[2] if len(sys.argv) > 2 else None) as journey:
        journey.start()
        journey.moving("the first video moves")
        watch = Watch(driver.Screen(journey.display))
        watch.start()
        try:
            for swipe in range(12):
                watch.doing = f"swipe {swipe + 1}"
                before = journey.upper()
                journey.key("Down")
                driver.wait_for(lambda: driver.difference(before, journey.upper()) > 4, "another video after Down")
                journey.moving(f"video {swipe + 2} moves")
            watch.doing = "many at once"
            for _ in range(12):
                journey.key("Down")
            journey.moving("a video moves after many at once")
            watch.doing = "the wheel"
            for _ in range(6):
                journey.wheel_down()
            journey.moving("and after the wheel")
        finally:
            watch.end()
        print(f"{watch.looks} looks, {watch.changes} different ones, {watch.black} black")
        # Whoever sees nothing change saw no swipes.
        assert watch.changes > 100, watch.changes
        assert not watch.black, watch.black
        assert journey.stop() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
