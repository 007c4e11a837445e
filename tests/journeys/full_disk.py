#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The disk with everything that the client keeps becomes full: it says so, plays and sends on, loses nothing that was
typed, and writes it down by itself as soon as there is room.

Usage: full_disk.py TIKGOK TIKGOK_SIM DIALECT [PICTURES_DIR]
"""
import pathlib
import re
import sys

import driver
import sim

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from own_mounts import in_own_mounts  # noqa: E402


def main():
    in_own_mounts()
    pictures = sys.argv[4] if len(sys.argv) > 4 else None
    with sim.Server(sys.argv[2], sys.argv[3]) as server, \
            driver.Journey(sys.argv[1], pictures=pictures, listening=True, remembering=True, room=48) as journey:
        me = server.newcomer()
        videos = [video["id"] for video in me.feed()]
        journey.start("--server", server.url)
        journey.moving("the first video moves")
        journey.key("l")
        journey.sign_in(me)
        driver.wait_for(lambda: videos[0] in me.likes(), "the like that asked for the account")
        driver.wait_for(lambda: journey.is_on_disk(me.name), "the session is kept")
        settings = journey.home / "config" / "tikgok" / "settings.json"
        driver.wait_for(lambda: me.name in settings.read_text(), "and whose it is")

        journey.fill_disk()
        # Some of what comes next is there already; then nothing more fits.
        for _ in range(12):
            journey.key("Down")
            journey.moving("it plays all the same")
            if journey.reader.find("The disk is full.*"):
                break
        else:
            raise AssertionError("it is not said in words")
        journey.keep("full")
        row = int(re.match("Video ([0-9]+) of", journey.shows("Video [0-9]+ of .*", "the video").name)[1]) - 1
        video = videos[row]
        journey.key("l")
        driver.wait_for(lambda: video in me.likes(), "and sends")
        # What had no room was thrown away again, which makes some.
        journey.fill_disk()

        # What cannot be sent either may be in memory only; what is only half said is.
        server.stop()
        journey.key("c")
        journey.shows("Write a comment", "one can write", state="focused")
        journey.type("written without room")
        journey.key("Return")
        journey.shows(f"{me.name}: written without room.*", "it stands there", role="list item")
        journey.type("half a thought")
        journey.keep("typed")
        assert not journey.is_on_disk("half a thought"), "the disk was not full"
        journey.empty_disk()
        for text in ("written without room", "half a thought"):
            driver.wait_for(lambda: journey.is_on_disk(text), f"kept by itself as soon as there is room: {text}")

        # So that now it may even be killed.
        journey.kill()
        server.start()
        journey.start("--server", server.url, f"tikgok://video/{video}")
        driver.wait_for(lambda: me.comments(video).count("written without room") == 1, "it is sent after all")
        journey.moving("back at the video")
        journey.key("c")
        journey.shows("Write a comment", "the draft is there", state="focused")
        journey.key("Return")
        driver.wait_for(lambda: "half a thought" in me.comments(video), "and can be sent")
        assert me.comments(video).count("written without room") == 1, "once"
        assert journey.stop() == 0

        # A start on a full disk.
        journey.fill_disk()
        journey.start("--server", server.url)
        journey.moving("it starts and plays on a full disk")
        assert journey.stop() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
