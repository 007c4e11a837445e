#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what is written for systems that are not built here: well-formed, and in step with the project. And holds the two
files of the Linux desktop against each other.

other_systems.py TOP VERSION
"""
import configparser
import plistlib
import re
import sys
import xml.etree.ElementTree as tree
from pathlib import Path

import yaml

ANDROID = "{http://schemas.android.com/apk/res/android}"


def problems(top, version):
    packaging = top / "packaging"
    manifest = tree.parse(packaging / "android/AndroidManifest.xml").getroot()
    if manifest.get("package") != "org.tikgok.TikGok":
        yield "AndroidManifest.xml: another package name"
    icon = manifest.find("application").get(ANDROID + "icon")
    if not (packaging / "android/res" / (icon.lstrip("@") + ".xml")).exists():
        yield f"AndroidManifest.xml: the icon {icon} is not there"
    tree.parse(packaging / "android/res/drawable/tikgok.xml")
    if "tikgok" not in {data.get(ANDROID + "scheme") for data in manifest.iter("data")}:
        yield "AndroidManifest.xml: does not open tikgok:// links"
    entry = configparser.ConfigParser(interpolation=None, delimiters="=")
    entry.optionxform = str
    entry.read(packaging / "linux/org.tikgok.TikGok.desktop", encoding="utf-8")
    opened = entry["Desktop Entry"]["MimeType"].strip(";").split(";")
    provided = [each.text for each in tree.parse(packaging / "linux/org.tikgok.TikGok.metainfo.xml").iter("mediatype")]
    if opened != provided:
        yield f"the desktop entry opens {opened}, and the metainfo says {provided}"
    plist = plistlib.loads((packaging / "macos/Info.plist.in").read_text().replace("@PROJECT_VERSION@", version).encode())
    if plist["CFBundleURLTypes"][0]["CFBundleURLSchemes"] != ["tikgok"]:
        yield "Info.plist.in: does not open tikgok:// links"
    for key, value in plist.items():
        if isinstance(value, str) and "@" in value:
            yield f"Info.plist.in: {key} holds a word that nobody fills in"
    if set(plist["CFBundleLocalizations"]) != {path.name for path in (top / "resources/i18n").iterdir()}:
        yield "Info.plist.in: other languages than the program has"
    flatpak = yaml.safe_load((packaging / "flatpak/org.tikgok.TikGok.yml").read_text())
    names = [module["name"] for module in flatpak["modules"]]
    if flatpak["app-id"] != "org.tikgok.TikGok" or names[-1] != "tikgok":
        yield "the Flatpak manifest builds something else"
    for module in flatpak["modules"][:-1]:
        if not all(source.get("tag") for source in module["sources"]):
            yield f"the Flatpak manifest takes {module['name']} from no fixed version"
    workflow = yaml.safe_load((top / ".github/workflows/ci.yml").read_text())
    steps = " ".join(str(step.get("run", "")) for step in workflow["jobs"]["suite"]["steps"])
    for program in ("./test", "./package"):
        if not re.search(re.escape(program) + r"\b", steps):
            yield f"the workflow does not run {program}"


def main():
    found = list(problems(Path(sys.argv[1]), sys.argv[2]))
    print("\n".join(found) if found else "other systems: nothing to say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
