#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole journey with the keyboard alone: watch, swipe, like, sign in, comment, the author's page, follow, and back.

The pointer is put into a corner and stays there. Usage: keyboard.py TIKGOK TIKGOK_SIM DIALECT [PICTURES_DIR]
"""
import sys

import driver
import sim


def main():
    pictures = sys.argv[4] if len(sys.argv) > 4 else None
    with sim.Server(sys.argv[2], sys.argv[3]) as server, \
            driver.Journey(sys.argv[1], pictures=pictures, listening=True) as journey:
        me = server.newcomer()
        video = me.feed()[1]
        author = video["author"]
        journey.display.xdotool("mousemove", 0, 0)
        journey.start("--server", server.url)
        journey.moving("the first video moves")
        journey.shows("Video 1 of .*", "it is read out", state="focused")
        journey.key("Down")
        journey.shows("Video 2 of .*", "the second one is read out", state="focused")
        journey.moving("and moves")

        journey.key("l")
        journey.sign_in(me)
        driver.wait_for(lambda: video["id"] in me.likes(), "the like that asked for the account")
        journey.shows("Video 2 of .*", "the keyboard is where it was", state="focused")

        journey.key("c")
        journey.shows("Write a comment", "one can write at once", state="focused")
        journey.type("seen without a mouse")
        journey.key("Return")
        driver.wait_for(lambda: "seen without a mouse" in me.comments(video["id"]), "the comment is on the server")
        journey.shows(f"{me.name}: seen without a mouse", "and in the list", role="list item")
        journey.keep("commented")
        journey.key("Escape")
        journey.shows("Video 2 of .*", "the keyboard is with the video again", state="focused")

        journey.tab_to(f"Profile of {author['name']}", "the author")
        journey.key("Return")
        journey.shows("Message", "the author's page", role="push button")
        journey.tab_to(f"Follow {author['name']}", "the button to follow")
        journey.key("Return")
        driver.wait_for(lambda: author["id"] in me.follows(), "followed")
        journey.shows(f"Unfollow {author['name']}", "and shown")
        journey.keep("followed")

        journey.key("Escape")
        journey.shows("Video 2 of .*", "back where it began")
        journey.key("Down")
        journey.shows("Video 3 of .*", "and on", state="focused")
        journey.moving("the third video moves")

        # Nobody waits until the comments have sunk.
        journey.key("c")
        journey.shows("Write a comment", "one can write again", state="focused")
        journey.key("Escape")
        journey.key("Down")
        journey.shows("Video 4 of .*", "on at once", state="focused")
        position = journey.display.xdotool("getmouselocation").stdout
        assert position.startswith("x:0 y:0 "), f"the mouse was moved: {position}"
        assert journey.stop() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
