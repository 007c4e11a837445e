#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs qmllint over the QML of the build tree and fails on every warning that is not known to be false.

Fails, too, on a colour that is written anywhere but in Theme.qml; `--self-test` shows that each kind is found.

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

# What QML takes for colours, beside "transparent".
NAMES = """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
    cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod
    darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon
    darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray
    dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green
    greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon
    lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon
    lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen
    magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
    mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy
    oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip
    peachpuff peru pink plum powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen
    seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle
    tomato turquoise violet wheat white whitesmoke yellow yellowgreen
""".split()
COLOUR = re.compile(
    rf"""["'](#[0-9a-f]{{3,8}}|{"|".join(NAMES)})["']|\bQt\.(alpha|color|rgba|hsla|hsva|lighter|darker|tint)\(""", re.I)


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


def foreign_colours(name, text):
    """Yields the number of each line of the QML file `name` that has a colour of its own, and the colour."""
    for number, line in enumerate(text.splitlines(), 1):
        if name != "Theme.qml" and (colour := COLOUR.search(line)):
            yield number, colour[0]


def self_test():
    bad = ['color: "#fff"', "color: '#80ff0000'", 'color: "#1A2B3C"', 'color: "white"', 'border.color: "White"',
           'color: row.down ? "mediumslateblue" : Theme.hover', ': "gold"', "color: Qt.rgba(0, 0, 0, 0.4)",
           "color: Qt.hsla(0, 0, 0, 1)", "color: Qt.darker(Theme.accent)", "color: Qt.alpha(Theme.ink, 0.5)",
           'color: Qt.color("#12345678")']
    good = ["color: Theme.accent", 'color: "transparent"', 'objectName: "redo"', 'text: "#today"',
            'text: qsTr("White nights")', "// as Qt.rgba does", "color: Qt.colorEqual(a, b) ? a : b"]
    for line in bad:
        assert list(foreign_colours("Page.qml", "Item {\n" + line)), f"not found: {line}"
        assert not list(foreign_colours("Theme.qml", line)), f"found in Theme.qml: {line}"
    for line in good:
        assert not list(foreign_colours("Page.qml", line)), f"wrongly found: {line}"
    print(f"{len(bad)} colours found, {len(good)} other lines passed")
    return 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
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
        for number, colour in foreign_colours(file.name, file.read_text()):
            bad += 1
            print(f"{file.relative_to(build)}:{number}: {colour}: colours belong into qml/Controls/Theme.qml")
    print(f"{len(files)} files, {bad} warnings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
