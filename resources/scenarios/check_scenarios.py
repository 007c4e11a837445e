#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds each scenario against docs/scenario.schema.json. That each acts as described, control_scenario_test says."""
import json
import pathlib
import sys
import unittest

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = json.loads((HERE.parent.parent / "docs/scenario.schema.json").read_text(encoding="utf-8"))


class Scenarios(unittest.TestCase):
    files = sorted(HERE.glob("*.json"))

    def test_enough(self):
        self.assertGreaterEqual(len(self.files), 20)

    def test_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        for file in self.files:
            with self.subTest(file.name):
                scenario = json.loads(file.read_text(encoding="utf-8"))
                jsonschema.Draft202012Validator(SCHEMA).validate(scenario)
                self.assertEqual(scenario["name"], file.stem)
                self.assertIn("description", scenario)

    def test_schema_refuses(self):
        good = {"format": 1, "name": "x", "title": "X"}
        jsonschema.validate(good, SCHEMA)
        for bad in (
            {"format": 2}, {"name": "../x"}, {"dialect": "latin"}, {"seed": -1}, {"script": "rm -rf /"},
            {"steps": [{"do": "shell", "text": "x"}]}, {"steps": [{"do": "send_message", "as": "a"}]},
            {"steps": [{"do": "like", "as": "a", "times": 2}]}, {"clock": {"scale": 0}},
            {"inside": [{"fault": "gremlins"}]}, {"accounts": [{"password": "x"}]},
        ):
            with self.subTest(str(bad)), self.assertRaises(jsonschema.ValidationError):
                jsonschema.validate({**good, **bad}, SCHEMA)


if __name__ == "__main__":
    sys.exit(unittest.main())
