#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who starts the program from a desktop's menu reads nothing of what it prints: why it does not start is shown.

Usage: refused.py TIKGOK
"""
import json
import os
import shutil
import signal
import subprocess
import sys

import driver


class Started:
    """A start by a desktop, of which nobody reads what is printed. It goes into a file for the journey."""

    def __init__(self, journey, *words, session=None):
        self.journey = journey
        self.said = journey.home / "said"
        env = {**journey.environment(), "DESKTOP_STARTUP_ID": "menu-1"}
        if session is not None:
            env["XDG_RUNTIME_DIR"] = str(session)
        with open(self.said, "wb") as said:
            self.process = subprocess.Popen([journey.tikgok, *map(str, words)], env=env, stderr=said)

    def closes_with(self, heading, close, key, code, says):
        journey = self.journey
        try:
            journey.shows(heading, "the window says why", role="label")
            journey.shows(heading + ".+", "and in one piece what to do")
            journey.shows(close, "the button has the keyboard", role="push button", state="focused")
            window = journey.windows_of(self.process)[0]
            journey.keep(heading.replace(" ", "-"))
            journey.display.xdotool("windowfocus", "--sync", window)
            journey.display.xdotool("key", "--clearmodifiers", key)
            assert self.process.wait(driver.PATIENCE) == code, self.process.returncode
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait(10)
        assert says in self.said.read_text(), self.said.read_text()


def main():
    with driver.Journey(sys.argv[1], listening=True) as journey:
        data, here, there = (journey.home / name for name in ("one", "here", "there"))
        for directory in (data, here, there):
            directory.mkdir(mode=0o700)
        # As nobody else could tell: the language and the theme are those of the settings.
        (data / "settings.json").write_text(json.dumps({"language": "zh_CN", "theme": "dark"}))
        Started(journey, "--data", data, journey.home).closes_with(
            "TikGok 无法打开文件夹", "关闭", "Return", 2, "is a directory; a video file is wanted")
        (data / "settings.json").unlink()
        # Where its shared object is missing nobody is kept waiting for a window that cannot come.
        (journey.home / "bin").mkdir()
        bare = shutil.copy(sys.argv[1], journey.home / "bin")
        left = subprocess.run([bare, journey.home], env={**journey.environment(), "DESKTOP_STARTUP_ID": "menu-2"},
                              stderr=subprocess.PIPE, text=True, timeout=driver.PATIENCE, check=False)
        assert left.returncode == 2 and "is a directory" in left.stderr, left
        first = subprocess.Popen([sys.argv[1], "--data", data], stderr=subprocess.DEVNULL,
                                 env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software",
                                      "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": str(here)})
        try:
            driver.wait_for(lambda: list(here.glob("tikgok-*.socket")), "the first one can be called")
            Started(journey, "--data", data, session=there).closes_with(
                "TikGok is running already", "Close", "Escape", 1, "it is running already with the same data")
            first.send_signal(signal.SIGSTOP)
            Started(journey, "--data", data, session=here).closes_with(
                "TikGok does not answer", "Close", "Return", 1, "it is running already, and does not answer")
            assert first.poll() is None, "nothing was done to the first one"
        finally:
            first.kill()
            first.wait(10)
    return 0


if __name__ == "__main__":
    sys.exit(main())
