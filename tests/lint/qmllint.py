#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs qmllint over the QML of the build tree and fails on every warning that is not known to be false.

Fails, too, on a colour that is written anywhere but in Theme.qml.

qmllint.py QMLLINT BUILD_QML QT_QML. qmllint 6.4 has no --max-warnings, so that the JSON is read here.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# What qmllint 6.4 says though it is right.
FALSE = [
    # An id of a template's part that is made at once anyway.
    r"Cannot defer property assignment",
    # `NumberAnimation on x` beside a property that has a starting value.
    r"Cannot combine value source and binding",
    # Qt.callLater is no method in the type description.
    r'"callLater" is a QJSValue property',
]

COLOUR = re.compile(r"""["'](#[0-9a-fA-F]{3,8}|white|black|gr[ae]y|red|green|blue|yellow|orange)["']|\bQt\.(rgba|hsla|hsva|lighter|darker|tint)\(""")


def is_false(warning, lines):
    message = warning.get("message", "")
    if any(re.search(pattern, message) for pattern in FALSE):
        return True
    if message == "Unqualified access":
        # Ids of this file, seen from a component inside it. Binding components for good is for Qt 6.5.
        line = lines[warning["line"] - 1]
        word = re.match(r"\w+", line[warning["column"] - 1:])
        return bool(word) and (word[0] in ("index", "modelData") or any(
            re.match(rf"\s*id: {word[0]}$", one) for one in lines))
    return False


def main():
    qmllint, build, qt = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    files = sorted(str(p) for p in (build / "TikGok").rglob("*.qml"))
    if not files:
        print(f"no QML under {build}: build first", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        subprocess.run([qmllint, "--json", str(report), "-I", str(build), "-I", qt, *files], check=False)
        found = json.loads(report.read_text())["files"]
    bad = 0
    for one in found:
        name = Path(one["filename"])
        lines = name.read_text().splitlines()
        for warning in one["warnings"]:
            if not is_false(warning, lines):
                bad += 1
                print(f"{name.relative_to(build)}:{warning.get('line', 0)}:{warning.get('column', 0)}: {warning['message']}")
    for file in map(Path, files):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if file.name != "Theme.qml" and (colour := COLOUR.search(line)):
                bad += 1
                print(f"{file.relative_to(build)}:{number}: {colour[0]}: colours belong into qml/Controls/Theme.qml")
    print(f"{len(files)} files, {bad} warnings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
