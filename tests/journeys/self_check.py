#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the program's self-check and judges its report. Usage: self_check.py TIKGOK"""
import json
import os
import subprocess
import sys
import tempfile


def main():
    with tempfile.TemporaryDirectory() as home:
        # A home of its own: the check must leave nothing in it.
        env = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home + "/config", "XDG_DATA_HOME": home + "/data"}
        done = subprocess.run([sys.argv[1], "--self-check"], env=env, capture_output=True, text=True, timeout=100)
        left = [os.path.join(d, f) for d, _, files in os.walk(home) for f in files
                if "cache" not in d.lower()]
    print(done.stdout, done.stderr[-4000:], sep="\n")
    lines = done.stdout.splitlines()
    assert len(lines) == 1, f"one line on stdout, not {len(lines)}"
    report = json.loads(lines[0])
    assert done.returncode == 0 and report["ok"] is True, f"exit {done.returncode}, {report.get('problem')}"
    assert report["videos"] >= 20, report
    assert report["frames_shown"] >= 20, report
    assert 0 < report["first_frame_ms"] < 20000, report
    assert report["qt"] and report["media_backend"], report
    assert not left, f"left behind: {left}"
    return 0


if __name__ == "__main__":
    sys.exit(main())
