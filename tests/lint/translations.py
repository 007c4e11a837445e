#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails on words that people would read in the wrong language.

translations.py TOP LUPDATE: no entry of resources/i18n may be unfinished, empty or obsolete, placeholders must
be the same on both sides, every string of the QML files of an area must be in the Chinese file of that area, and no
property that shows text may hold a literal outside qsTr(). What a function returns is not looked at: names of icons and
of pages come from functions as words do.
"""
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
from pathlib import Path

SHOWN = (r"(?:text|title|detail|label|hint|heading|words|caption|subject|note|problem|counter|placeholder|placeholderText|\w+Text|"
         r"\w+Title|\w+Label|description|Accessible\.name|Accessible\.description)")
# Names of languages are written in their own language; addresses are the same everywhere, and so is what a badge holds.
SAME_EVERYWHERE = {"中文", "English", "videos.example.org", "/douyin/feed/", "99+"}
STRING = r'"((?:[^"\\]|\\.)*)"'


def entries(path):
    for context in tree.parse(path).getroot().iter("context"):
        name = context.findtext("name")
        for message in context.iter("message"):
            yield name, message.findtext("source"), message.find("translation"), message.get("numerus") == "yes"


def problems_of(path):
    for name, source, translation, numerus in entries(path):
        where = f"{path.parent.name}/{path.name}: {name}: '{source}'"
        if translation.get("type"):
            yield f"{where} is {translation.get('type')}"
            continue
        texts = [form.text or "" for form in translation.iter("numerusform")] if numerus else [translation.text or ""]
        for text in texts:
            if not text.strip():
                yield f"{where} is empty"
            marks = lambda s: sorted(set(re.findall(r"%\d|%n", s)))
            if marks(text) != marks(source):
                yield f"{where} has other placeholders: '{text}'"


def bindings(lines):
    """Each binding of a property that shows text, with the lines on which it goes on."""
    for number, line in enumerate(lines, 1):
        found = re.match(rf'\s*(?:(?:readonly |required )?property string )?"?{SHOWN}"?:\s*(.*)$', line)
        if found:
            whole = [found.group(1)]
            for more in lines[number:]:
                if not re.match(r"\s*(?:[?:+]|&&|\|\|)\s", more):
                    break
                whole.append(more.strip())
            yield number, " ".join(whole)


def has_words(literal):
    """Letters, or digits with a sign, which other languages write in other ways. A number alone is what a field begins with."""
    return re.search(r"[^\W\d_]", literal) or re.search(r"\d", literal) and not re.fullmatch(r"\d+", literal)


def literals_in(binding):
    rest = re.sub(rf"qsTr\({STRING}", "", binding)
    # What something is compared with, and how a number is to be written, is not shown.
    rest = re.sub(rf"[=!]==?\s*{STRING}|{STRING}\s*[=!]==?", "", rest)
    rest = re.sub(r"\.(?:toLocaleString|startsWith|endsWith|includes|indexOf|split)\([^()]*\)", "", rest)
    return [literal for literal in re.findall(STRING, rest) if has_words(literal) and literal not in SAME_EVERYWHERE]


def literals(top):
    for path in sorted((top / "qml").rglob("*.qml")):
        lines = [re.sub(r"^\s*//.*$", "", line) for line in path.read_text().splitlines()]
        for number, binding in bindings(lines):
            for literal in literals_in(binding):
                yield f"{path.relative_to(top)}:{number}: '{literal}' is not in qsTr()"


def missing(top, lupdate):
    for area in sorted({path.parent for path in (top / "qml").glob("*/*.qml")}):
        ours = top / "resources/i18n/zh_CN" / f"{area.name}.ts"
        with tempfile.TemporaryDirectory() as scratch:
            fresh = Path(scratch) / "fresh_zh_CN.ts"
            subprocess.run([lupdate, "-silent", "-locations", "none", "-source-language", "en", str(area), "-ts", str(fresh)],
                           check=True)
            wanted = {(name, source) for name, source, _, _ in entries(fresh)}
        have = {(name, source) for name, source, _, _ in entries(ours)} if ours.exists() else set()
        for name, source in sorted(wanted - have):
            yield f"zh_CN/{ours.name}: {name}: '{source}' is missing (build update_translations)"
        for name, source in sorted(have - wanted):
            yield f"zh_CN/{ours.name}: {name}: '{source}' is used nowhere (build update_translations)"


def main():
    top, lupdate = Path(sys.argv[1]), sys.argv[2]
    found = [p for path in sorted((top / "resources/i18n").rglob("*.ts")) for p in problems_of(path)]
    found += literals(top)
    found += missing(top, lupdate)
    print("\n".join(found) if found else "translations: all there")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
