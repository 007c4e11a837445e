#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each ability of the simulator has an example with curl and one with its command line, in blocks that tests run.

Usage: abilities_test.py SOURCES
The table is in docs/admin-worlds.md; control_docs_test runs the blocks of docs/admin-api.md, control_manual_test those of
docs/admin-worlds.md.
"""
import pathlib
import re
import sys
import unittest

# Of the list of abilities: 1 is the contract, 13 the page at /metrics.
WANTED = [*range(2, 13), 14, 15]
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| `([^`]+)` \| `([^`]+)` \|$", re.M)


def blocks_of(text):
    return "".join(re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S))


def problems(table, blocks):
    """What is missing, in words. `table`: the page with the table; `blocks`: what tests run."""
    rows = [(int(number), *rest) for number, *rest in ROW.findall(table.partition("## Where what is shown")[2])]
    for number in WANTED:
        if number not in (row[0] for row in rows):
            yield f"{number} has no row"
    for number, name, curl, ctl in rows:
        if not re.match(r"(sim|curl|test) ", curl) or not re.match(r"(ctl|tikgok-sim|test) ", ctl):
            yield f"{number}, {name}: the examples are not in their columns"
        for example in (curl, ctl):
            if example not in blocks:
                yield f"{number}, {name}: '{example}' is in no block that is run"


class Abilities(unittest.TestCase):
    sources = pathlib.Path()

    def setUp(self):
        self.worlds = (self.sources / "docs/admin-worlds.md").read_text(encoding="utf-8")
        self.blocks = blocks_of((self.sources / "docs/admin-api.md").read_text(encoding="utf-8")) + blocks_of(self.worlds)

    def test_each_has_its_examples(self):
        self.assertEqual(list(problems(self.worlds, self.blocks)), [])

    def test_a_row_without_its_example_is_seen(self):
        for number in WANTED:
            without = re.sub(rf"^\| {number} \|.*\n", "", self.worlds, flags=re.M)
            self.assertEqual(list(problems(without, self.blocks)), [f"{number} has no row"])
        for number, name, curl, ctl in ROW.findall(self.worlds):
            for example in (curl, ctl):
                found = list(problems(self.worlds, self.blocks.replace(example, "")))
                self.assertTrue(any(example in words for words in found), f"{number}, {name}")

    def test_the_blocks_are_run(self):
        control = self.sources / "tests/backend_sim/control"
        self.assertIn("admin-api.md", (control / "docs_test.cpp").read_text(encoding="utf-8"))
        self.assertIn("admin-worlds.md", (control / "manual_test.py").read_text(encoding="utf-8"))


if __name__ == "__main__":
    Abilities.sources = pathlib.Path(sys.argv.pop())
    unittest.main()
