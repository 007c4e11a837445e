#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody had with one version is there with the next: the account, drafts, what waits to be sent, what the cache
holds, and settings. And files of a later version are left alone, and it is said.

Both programs are driven on a virtual display and listened to as a screen reader does.
Usage: upgrade.py TIKGOK_BEFORE TIKGOK_AFTER TIKGOK_SIM FILM [COMMAND that installs the new one over the old]
"""
import json
import pathlib
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "journeys"))
import driver  # noqa: E402
import sim  # noqa: E402

COMMENT = "written while it was away"
DRAFT = "half a thought"
TITLE = "not sent yet"


def settings_of(journey):
    return json.loads((journey.home / "config" / "tikgok" / "settings.json").read_text())


def field(journey, name, text, what):
    """Waits until a field holds this text."""
    def holds():
        node = journey.reader.find(name)
        return node is not None and journey.reader.text(node) == text
    driver.wait_for(holds, what)


def before(journey, server, me, film):
    """Leaves something of everything behind; gives the video that it is about."""
    video = me.feed()[1]["id"]
    journey.start("--server", server.url, film)
    journey.shows("Cover: picture .*", "the film was looked into")
    journey.tab_to("Title", "the title")
    journey.type(TITLE)
    field(journey, "Title", TITLE, "typed")
    journey.key("Escape")
    journey.key("1")
    journey.moving("the first video moves")
    journey.shows("Video 1 of .*", "it is read out", state="focused")
    journey.key("Down")
    journey.shows("Video 2 of .*", "the second one is read out", state="focused")
    journey.moving("and moves")
    was_muted = settings_of(journey).get("muted", False)
    journey.key("m")
    driver.wait_for(lambda: settings_of(journey).get("muted", False) != was_muted, "the setting is on disk")
    journey.key("l")
    journey.sign_in(me)
    driver.wait_for(lambda: video in me.likes(), "the like that asked for the account")
    journey.shows("Video 2 of .*", "the keyboard is with the video again", state="focused")
    assert journey.stop() == 0, "leaving cleanly"

    # Another day: what is kept is what this account has seen.
    journey.start("--server", server.url)
    journey.shows("Video 1 of .*", "the feed of this account", state="focused")
    journey.key("Down")
    journey.shows("Video 2 of .*", "the second video", state="focused")
    journey.moving("it moves")
    server.stop()
    journey.key("c")
    journey.shows("Write a comment", "one can write at once", state="focused")
    journey.type(COMMENT)
    journey.key("Return")
    journey.shows(f"{me.name}: {COMMENT}", "it waits", role="list item")
    journey.type(DRAFT)
    field(journey, "Write a comment", DRAFT, "typed")
    journey.keep("before")
    assert journey.stop() == 0, "leaving cleanly"
    return video


def kept_files(journey):
    """What the cache holds: films and pictures, and the answers of the server by whose and what they are."""
    cache = journey.home / "cache" / "tikgok"
    with sqlite3.connect(cache / "cache.sqlite") as database:
        pages = set(database.execute("SELECT account, request FROM pages"))
    database.close()
    films = {path.name: path.stat().st_size for path in (cache / "videos").iterdir() if path.suffix != ".json"}
    assert pages and films, "something was kept"
    return pages, films


def after(journey, server, me, video, kept):
    """The next version."""
    settings, (pages, films) = kept
    server.start()
    journey.start("--server", server.url)
    journey.shows("Video [0-9]+ of .*", "the feed", state="focused")
    journey.moving("a video moves")
    driver.wait_for(lambda: me.comments(video).count(COMMENT) == 1, "what waited is sent, once, without a question")
    # The video that it is about: where it was left, or the second one.
    if journey.reader.find("Video 1 of .*", state="focused"):
        journey.key("Down")
    journey.shows("Video 2 of .*", "the second video", state="focused")
    journey.key("c")
    journey.shows(f"{me.name}: {COMMENT}", "the comment is in the list", role="list item")
    field(journey, "Write a comment", DRAFT, "the draft of a comment")
    journey.keep("after")
    journey.key("Escape")
    journey.shows("Video 2 of .*", "the keyboard is with the video again", state="focused")
    journey.key("3")
    journey.shows(f"Draft: {TITLE}", "the draft of a video")
    now = settings_of(journey)
    for name in ("muted", "plainTextTokens", "accounts", "people"):
        assert now.get(name) == settings.get(name), f"the setting {name}: {settings.get(name)}, now {now.get(name)}"
    assert me.name in json.dumps(now["people"]), "the list of accounts"
    assert journey.stop() == 0
    assert me.comments(video).count(COMMENT) == 1, "still only once"
    pages_now, films_now = kept_files(journey)
    assert pages <= pages_now, f"answers that were kept are gone: {pages - pages_now}"
    for name, size in films.items():
        assert films_now.get(name, 0) >= size, f"a film that was kept is gone or smaller: {name}"


def later(journey, server):
    """The file of a version that there is not yet."""
    path = journey.home / "data" / "tikgok" / "client.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE schema_parts SET version = version + 1")
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    was = path.read_bytes()
    journey.start("--server", server.url)
    journey.moving("it works all the same")
    journey.key("a")
    journey.shows("A newer TikGok wrote the list of what waits.*", "it says so")
    journey.keep("later")
    assert journey.stop() == 0
    assert path.read_bytes() == was, "the file is left alone"


def main():
    one, other, program, film = sys.argv[1:5]
    with sim.Server(program) as server, \
            driver.Journey(one, listening=True, remembering=True) as journey:
        me = server.newcomer()
        video = before(journey, server, me, film)
        kept = settings_of(journey), kept_files(journey)
        if len(sys.argv) > 5:
            subprocess.run(sys.argv[5:], check=True)
        journey.tikgok = other
        after(journey, server, me, video, kept)
        print("upgrade: account, drafts, what waited, what was kept and settings are there")
        later(journey, server)
        print("upgrade: files of a later version are left alone, and it is said")
    return 0


if __name__ == "__main__":
    sys.exit(main())
