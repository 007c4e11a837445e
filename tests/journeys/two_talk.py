#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people with a program each become friends and talk: in order, nothing twice, with badges; one goes away and comes
back. In the dialect demo, which knows nobody but one TestUser, there is only one side to it.

Usage: two_talk.py TIKGOK TIKGOK_SIM DIALECT [PICTURES_DIR]
"""
import sys

import driver
import sim


def bubbles(journey):
    """What was said as it stands on the screen, from top to bottom: (who, text)."""
    # Texts of others are kept apart from ours by invisible marks.
    found = [(journey.reader.top(node), node.name.translate({0x2068: None, 0x2069: None})) for node in journey.reader.nodes()
             if node.role == "list item" and ": " in node.name]
    return [tuple(name.split(": ", 1)) for _, name in sorted(found)]


def reads(journey, wanted, what):
    driver.wait_for(lambda: bubbles(journey) == wanted, f"{what}: {wanted}")


def befriend(journey, server, me, other):
    """By the other's page, as a link opens it."""
    journey.start("--server", server.url, f"tikgok://user/{other.id}")
    journey.shows("Sign in to see this.*", "a page that wants an account")
    journey.tab_to("Sign in or register", "the way in")
    journey.key("Return")
    journey.sign_in(me)
    journey.shows(f"Follow {other.name}", "the other's page")
    journey.tab_to(f"Follow {other.name}", "the button to follow")
    journey.key("Return")
    journey.shows(f"Unfollow {other.name}", "it is shown at once")
    driver.wait_for(lambda: other.id in me.follows(), "and done")


def say(journey, *texts):
    for text in texts:
        journey.type(text)
        journey.key("Return")


def open_conversation(journey, name):
    """From the list of conversations, which is where the keyboard is after the key 4."""
    journey.key("4")
    journey.shows(name, "the conversation in the list", role="list item")
    journey.tab_to(name, "its row")
    journey.key("Return")
    journey.shows(f"Write a message to {name}", "the conversation", state="focused")


def two_programs(tikgok, server, pictures):
    with driver.Journey(tikgok, pictures=pictures, name="ann", listening=True, remembering=True) as hers, \
            driver.Journey(tikgok, pictures=pictures, name="bob", listening=True, remembering=True) as his:
        ann, bob = server.newcomer(), server.newcomer()
        befriend(hers, server, ann, bob)
        befriend(his, server, bob, ann)

        hers.tab_to("Message", "the way to talk to him")
        hers.key("Return")
        hers.shows(f"Write a message to {bob.name}", "the conversation", state="focused")
        say(hers, "good morning", "are you there")
        # He is elsewhere, and is told.
        his.key("1")
        his.shows("Messages, 2 unread", "the badge on the navigation", role="page tab")
        his.keep("badge")
        open_conversation(his, ann.name)
        reads(his, [(ann.name, "good morning"), (ann.name, "are you there")], "he reads")
        say(his, "good morning", "I am")
        reads(hers, [("You", "good morning"), ("You", "are you there"), (bob.name, "good morning"), (bob.name, "I am")],
              "she reads")
        hers.keep("talk")
        his.key("Escape")
        his.shows("Messages", "no badge any more", role="page tab")

        # He leaves, she goes on, he comes back.
        assert his.stop() == 0
        say(hers, "look at this", "and this")
        his.start("--server", server.url)
        his.shows("Messages, 2 unread", "the badge after coming back", role="page tab")
        open_conversation(his, ann.name)
        say(his, "I see")
        talk = [(0, "good morning"), (0, "are you there"), (1, "good morning"), (1, "I am"), (0, "look at this"),
                (0, "and this"), (1, "I see")]
        reads(hers, [(("You", bob.name)[who], text) for who, text in talk], "she")
        reads(his, [((ann.name, "You")[who], text) for who, text in talk], "he")
        his.keep("talk")
        assert ann.talk_with(bob) == [text for _, text in talk], "and so it is on the server"
        assert hers.stop() == 0
        assert his.stop() == 0


class TestUser:
    """Everybody's only friend in the demo, who never answers."""
    id = 1
    name = "TestUser"


def with_the_test_user(tikgok, server, pictures):
    with driver.Journey(tikgok, pictures=pictures, name="ann", listening=True, remembering=True) as hers:
        ann = server.newcomer()
        hers.start("--server", server.url)
        hers.key("4")
        hers.shows("Sign in to talk.*", "a page that wants an account")
        hers.tab_to("Sign in or register", "the way in")
        hers.key("Return")
        hers.sign_in(ann)
        open_conversation(hers, TestUser.name)
        say(hers, "good morning", "are you there")
        driver.wait_for(lambda: ann.talk_with(TestUser) == ["good morning", "are you there"], "it arrives, in order")
        reads(hers, [("You", "good morning"), ("You", "are you there")], "she reads")
        assert hers.stop() == 0
        hers.start("--server", server.url)
        open_conversation(hers, TestUser.name)
        say(hers, "still here")
        talk = ["good morning", "are you there", "still here"]
        driver.wait_for(lambda: ann.talk_with(TestUser) == talk, "that, too")
        reads(hers, [("You", text) for text in talk], "after coming back")
        hers.keep("talk")
        assert hers.stop() == 0


def main():
    tikgok, program, dialect = sys.argv[1:4]
    pictures = sys.argv[4] if len(sys.argv) > 4 else None
    with sim.Server(program, dialect) as server:
        (with_the_test_user if dialect == "demo" else two_programs)(tikgok, server, pictures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
