#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures TikGok and prints one table of medians, ratios and targets.

Everything that is compared is measured in the same run, in turns, on the same machine. What is started here runs on
loopback, on free ports, in temporary directories, and is ended again.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from bench import connections, control, feed, forks, likes, ready, screen, upload  # noqa: E402
from bench.report import Report  # noqa: E402
from bench.setup import Setup, SetupError  # noqa: E402

PARTS = {
    "feed": feed.measure,
    "likes": likes.measure,
    "ready": ready.measure,
    "forks": forks.measure,
    "upload": upload.measure,
    "connections": connections.measure,
    "control": control.measure,
    "start": screen.measure_start,
    "swipes": screen.measure_swipes,
    "idle": screen.measure_idle,
    "lists": screen.measure_lists,
}


def options(argv):
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="Parts: " + ", ".join(PARTS) + ". Without one, all of them.")
    parser.add_argument("parts", nargs="*", metavar="part", help="what to measure; 'all' is everything")
    parser.add_argument("--json", metavar="FILE", help="also write every number here")
    parser.add_argument("--seconds", type=int, default=6, help="length of one load measurement in whole seconds (default 6)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of load measurements (default 3)")
    parser.add_argument("--starts", type=int, default=7, help="starts of the app per row (default 7)")
    parser.add_argument("--swipes", type=int, default=200, help="swipes of the part 'swipes' (default 200)")
    parser.add_argument("--peers", metavar="DIR", help="sources of the peer servers (default ../shared/peers)")
    parser.add_argument("--preset", default="release", help="CMake preset to build and measure (default release)")
    parser.add_argument("--no-build", action="store_true", help="take what is built already")
    parser.add_argument("--strict", action="store_true", help="exit code 1 when a target is missed")
    parser.add_argument("--keep", action="store_true", help="keep the temporary directory and say where it is")
    chosen = parser.parse_args(argv)
    names = list(PARTS) if not chosen.parts or "all" in chosen.parts else chosen.parts
    for name in names:
        if name not in PARTS:
            parser.error(f"unknown part '{name}'; there are {', '.join(PARTS)} and all")
    if chosen.seconds <= 0 or chosen.rounds < 1 or chosen.starts < 1 or chosen.swipes < 120:
        parser.error("--seconds, --rounds and --starts must be positive, --swipes at least 120")
    chosen.parts = [name for name in PARTS if name in names]
    return chosen


def commit():
    done = subprocess.run(["git", "-C", str(Setup.TOP), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def main(argv):
    chosen = options(argv)
    report = Report(facts={
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit(),
        "preset": chosen.preset,
        "cpus": os.cpu_count(),
        "kernel": platform.release(),
        "parts": chosen.parts,
    })
    temporary = tempfile.TemporaryDirectory(prefix="tikgok-bench-")
    try:
        with Setup(chosen, pathlib.Path(temporary.name)) as setup:
            setup.build(chosen.parts)
            for name in chosen.parts:
                print(f"measuring: {name} ...", file=sys.stderr, flush=True)
                try:
                    PARTS[name](setup, report)
                except SetupError as problem:
                    report.left_out(name, str(problem))
    except SetupError as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 2
    finally:
        if chosen.keep:
            temporary._finalizer.detach()
            print(f"kept: {temporary.name}", file=sys.stderr)
        else:
            temporary.cleanup()
    print(report.text())
    if chosen.json:
        pathlib.Path(chosen.json).write_text(json.dumps(report.data(), indent=2) + "\n", encoding="utf-8")
    return 1 if chosen.strict and report.missed() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
