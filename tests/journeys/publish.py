#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody publishes a film of 50 MB over a slow line; the program ends in the middle, is started again, and goes on
by itself. The film is published once, stands on the profile, and plays. Or the server takes no such film, and says so.

Usage: publish.py TIKGOK TIKGOK_SIM DIALECT quit|kill|refused FILM [PICTURES_DIR]
FILM is a short mp4 that the long one is made of.
"""
import os
import subprocess
import sys

import driver
import line
import sim

SIZE = 50_000_000
TITLE = "a very long film"


def make_film(short, path):
    """A real mp4 of 50 MB, within a second: the short one over and over, without encoding it again."""
    subprocess.run(["ffmpeg", "-v", "error", "-stream_loop", "-1", "-i", short, "-c", "copy", "-fs", str(SIZE), path],
                   check=True, stdin=subprocess.DEVNULL)
    assert os.path.getsize(path) >= SIZE * 9 // 10, "the film has its size"


def published(person):
    return [video for video in person.get("/douyin/publish/list/", user_id=person.id)["video_list"] or []
            if video["title"] == TITLE]


def prepare(journey, wire, film):
    """The film was given on the command line, so it is being prepared."""
    journey.start("--server", wire.url, film)
    journey.shows("film.mp4", "the film is being prepared")


def publish(journey, me):
    journey.shows("Cover: picture .*", "the film was looked into")
    journey.tab_to("Title", "the title")
    journey.type(TITLE)
    journey.key("Return")
    journey.sign_in(me)


def end_in_the_middle(journey, me, wire, server, hard):
    wire.up_rate = 2_000_000
    publish(journey, me)
    driver.wait_for(lambda: wire.carried_up > 5_000_000, "the upload is under way")
    journey.shows(f"{TITLE}: .*, [0-9]+ percent", "how far it is")
    journey.keep("under way")
    if hard:
        journey.kill()
    else:
        assert journey.stop() == 0, "leaving cleanly in the middle of an upload"
    assert wire.carried_up < SIZE, "that was in the middle"
    assert server.successes("/douyin/publish/action/") == 0, "nothing was published"


def main():
    dialect, how, short = sys.argv[3:6]
    pictures = sys.argv[6] if len(sys.argv) > 6 else None
    words = ["--max-upload", "10MiB"] if how == "refused" and dialect == "standard" else []
    with sim.Server(sys.argv[2], dialect, words=words) as server, line.Line(server) as wire, \
            driver.Journey(sys.argv[1], pictures=pictures, listening=True, remembering=True) as journey:
        server.keep_journal()
        film = str(journey.home / "film.mp4")
        make_film(short, film)
        me = server.newcomer()
        prepare(journey, wire, film)

        if how == "refused":
            if dialect == "tikgok":
                # Known before a byte is sent: the reference server takes 4 MiB.
                journey.shows("The file is too large. It has 4[0-9.]+ MB, and the server takes 4 MB. .*",
                              "it is said while preparing, with the numbers")
                assert wire.carried_up < 1_000_000, "and not sent"
            else:
                publish(journey, me)
                journey.shows(f"{TITLE}: The server refused it because of its size.*", "the server's 413 in words")
                assert published(me) == []
            journey.keep("refused")
            assert journey.stop() == 0
            return 0

        end_in_the_middle(journey, me, wire, server, how == "kill")
        wire.up_rate = None
        journey.start("--server", wire.url)
        driver.wait_for(lambda: server.successes("/douyin/publish/action/") > 0, "it went on by itself")
        journey.key("3")
        journey.shows(f"{TITLE}: Published", "the job says so")
        journey.keep("published")

        if dialect == "standard":
            assert len(published(me)) == 1, "once"
            journey.key("5")
            journey.shows("Works", "one's own page", role="list")
            journey.shows(f"{TITLE}.*", "it stands on the profile")
            journey.keep("profile")
            journey.tab_to(f"{TITLE}.*", "the film")
            journey.key("Return")
            journey.moving("it plays")
            journey.keep("plays")
            assert len(published(me)) == 1, "still once"
        assert server.successes("/douyin/publish/action/") == 1, "answered once, and never sent again"
        assert journey.stop() == 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
