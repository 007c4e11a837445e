# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program on a virtual display: starts it, presses keys, looks at the screen."""
import errno
import json
import mmap
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import tempfile
import time

import reader

# How long anything may take before a journey gives up. Sanitizers and busy machines are slow.
PATIENCE = 60.0


def wait_for(done, what, patience=PATIENCE):
    """Returns the first true value of done(); fails with `what` in words when there is none in time."""
    end = time.monotonic() + patience
    while True:
        value = done()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience:.0f} s in vain: {what}")
        time.sleep(0.02)


class Display:
    """An X server of our own, on a free number, without a fixed port."""

    def __init__(self, width, height):
        self.size = (width, height)
        self._pixels = tempfile.mkdtemp(prefix="tikgok-screen-")
        # Two servers that start or end at the same moment can take each other's socket away.
        for _ in range(5):
            self._start(width, height)
            if self.xdotool("getdisplaygeometry").returncode == 0:
                return
            self._end()
        raise AssertionError("no display could be made")

    def _start(self, width, height):
        read, write = os.pipe()
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
             # Otherwise it starts afresh when its last client leaves, and turns away the next one meanwhile.
             "-noreset",
             # The pixels in a file, for Screen.
             "-fbdir", self._pixels],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.name = ":" + number.readline().strip()

    def close(self):
        self._end()
        shutil.rmtree(self._pixels, ignore_errors=True)

    def pixels(self):
        """The file with the pixels, as xwd writes it."""
        return pathlib.Path(self._pixels) / "Xvfb_screen0"

    def _end(self):
        self._process.terminate()
        self._process.wait(10)

    def picture(self, side=48):
        """The screen, shrunk to side x side, as bytes of RGB."""
        return self._import("-resize", f"{side}x{side}!", "-depth", "8", "rgb:-").stdout

    def save(self, path):
        self._import(str(path))

    def _import(self, *words):
        return subprocess.run(["import", "-silent", "-window", "root", *words], capture_output=True, check=True,
                              env={**os.environ, "DISPLAY": self.name})

    def xdotool(self, *words):
        return subprocess.run(["xdotool", *map(str, words)], env={**os.environ, "DISPLAY": self.name},
                              capture_output=True, text=True, check=False)


class Screen:
    """Looks at a display as often as one likes, without asking its server."""

    def __init__(self, display):
        with open(display.pixels(), "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        # An XWD header: its own size, and where it says how the pixels lie.
        head = struct.unpack(">25I", self._map[:100])
        self._begin = head[0] + head[19] * 12
        self._width, self._height, self._line = head[4], head[5], head[12]

    def middle(self, step=16):
        """The brightest of red, green and blue at every step-th pixel of the screen's middle, 0 to 255."""
        values = []
        for row in range(self._height // 6, self._height * 4 // 6, step):
            begin = self._begin + row * self._line
            line = self._map[begin + self._width // 6 * 4: begin + self._width * 4 // 6 * 4]
            values += [max(line[at:at + 3]) for at in range(0, len(line), step * 4)]
        return values


def difference(one, other):
    """Mean difference of two pictures, 0 (equal) to 255."""
    return sum(abs(a - b) for a, b in zip(one, other)) / max(1, len(one))


class Journey:
    """A display, a home directory and the program in it. Use as a context manager."""

    def __init__(self, tikgok, size=(390, 844), pictures=None, name="", listening=False, remembering=False, room=0):
        """`listening`: what a screen reader finds can be asked for. `remembering`: without a keychain, somebody
        who has agreed to keep the session in a file stays signed in. `room`: the home is a disk of its own with so
        many megabytes, see own_mounts.py."""
        self.tikgok = tikgok
        self.name = name
        self.display = Display(*size)
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="tikgok-journey-"))
        # Beside it, where there is room when there is none in it.
        self.log = self.home.with_suffix(".log")
        self.room = room
        if room:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}m,mode=700", "tmpfs", self.home], check=True)
        self.pictures = pathlib.Path(pictures) if pictures else None
        self.reader = reader.Reader(str(self.home / "bus")) if listening else None
        if remembering:
            config = self.home / "config" / "tikgok"
            config.mkdir(parents=True)
            (config / "settings.json").write_text(json.dumps({"plainTextTokens": True}))
        self.process = None
        self._window = None
        self._log = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        try:
            if kind is not None:
                if self.process is not None and self.process.poll() is not None:
                    print(self.name, "the program had ended with", self.process.returncode)
                if self.log.exists():
                    print(self.name, self.log.read_text(errors="replace")[-4000:])
                if self.reader is not None:
                    print("\n".join(map(str, self.reader.nodes())))
                self.keep("failed")
        finally:
            if self.process is not None and self.process.poll() is None:
                self.process.kill()
                self.process.wait(10)
            if self.reader is not None:
                self.reader.close()
            self.display.close()
            if self.room:
                subprocess.run(["umount", "--lazy", self.home], check=False)
            shutil.rmtree(self.home, ignore_errors=True)
            self.log.unlink(missing_ok=True)

    def environment(self):
        """Of a program on this display, with this home."""
        env = {**os.environ, "DISPLAY": self.display.name, "HOME": str(self.home), "LIBGL_ALWAYS_SOFTWARE": "1",
               "XDG_CONFIG_HOME": str(self.home / "config"), "XDG_DATA_HOME": str(self.home / "data"),
               "XDG_CACHE_HOME": str(self.home / "cache"), "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "xcb",
               "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        for name in ("WAYLAND_DISPLAY", "QT_QUICK_BACKEND"):
            env.pop(name, None)
        if self.reader is not None:
            env.update(self.reader.environment())
        return env

    def start(self, *words):
        self._log = open(self.log, "ab")
        self.process = subprocess.Popen([self.tikgok, *words], env=self.environment(), stdout=self._log, stderr=self._log)
        window = wait_for(lambda: self._windows(), "a window")
        self.display.xdotool("windowmove", window[0], 0, 0)
        self.display.xdotool("windowsize", "--sync", window[0], *self.display.size)
        self._window = window[0]

    def _windows(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program left with code {self.process.returncode}")
        return self.windows_of(self.process)

    def windows_of(self, process):
        return self.display.xdotool("search", "--onlyvisible", "--pid", process.pid).stdout.split()

    def key(self, *names):
        # There is no window manager that would keep the focus for us.
        self.display.xdotool("windowfocus", "--sync", self._window)
        self.display.xdotool("key", "--clearmodifiers", *names)

    def type(self, text):
        self.display.xdotool("type", "--delay", 15, text)

    def click(self, x, y, times=1):
        self.display.xdotool("mousemove", x, y, "click", "--repeat", times, "--delay", 60, 1)

    def fill_disk(self):
        """Of a home that is a disk of its own: not a byte more goes onto it."""
        with open(self.home / "ballast", "ab", buffering=0) as ballast:
            for portion in (1 << 20, 4096, 1):
                try:
                    while True:
                        ballast.write(bytes(portion))
                except OSError as error:
                    assert error.errno == errno.ENOSPC, error

    def empty_disk(self):
        (self.home / "ballast").unlink()

    def is_on_disk(self, text):
        """Whether it stands in one of the client's files, as it was typed."""
        return any(text.encode() in file.read_bytes() for file in (self.home / "data").rglob("*") if file.is_file())

    def wheel_down(self):
        width, height = self.display.size
        self.display.xdotool("mousemove", width // 2, height // 2, "click", 5)

    def keep(self, name):
        """Saves the screen when pictures were asked for."""
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.display.save(self.pictures / f"{self.name}{'-' if self.name else ''}{name}.png")

    def shows(self, name, what, role=None, state=None):
        """Waits until something whose name the pattern matches in full is there, for a screen reader."""
        return wait_for(lambda: self.reader.find(name, role, state), what)

    def shows_not(self, name, what, role=None):
        wait_for(lambda: self.reader.nodes() and not self.reader.find(name, role), what)

    def sign_in(self, person):
        """On the sheet that comes by itself. With a reader only."""
        self.shows("Name", "the sheet, ready for a name", state="focused")
        self.type(person.name)
        self.key("Tab")
        # Qt tells no name of a field that hides what is typed; its label stands before it.
        self.shows("", "and for the password", role="text", state="focused")
        self.type(person.password)
        self.key("Return")
        self.shows_not("Password", "the sheet goes away after signing in")

    def tab_to(self, name, what, most=60):
        """Presses Tab until something of this name has the focus."""
        for _ in range(most):
            before = [node.path for node in self.reader.focused()]
            if self.reader.find(name, state="focused"):
                return
            self.key("Tab")
            wait_for(lambda: [node.path for node in self.reader.focused()] not in (before, []), f"Tab goes on to: {what}")
        raise AssertionError(f"the Tab key does not lead there: {what}")

    def upper(self, side=48):
        """The upper half of the screen, where nothing but the video is."""
        whole = self.display.picture(side)
        return whole[: len(whole) // 2]

    def moving(self, what, least=0.15):
        """Waits until the upper half shows a picture (not an empty page with a spinner) that moves."""
        def differ():
            before = self.upper()
            time.sleep(0.12)
            now = self.upper()
            mean = sum(now) / len(now)
            colourful = sum(abs(value - mean) for value in now) / len(now) > 4
            return colourful and difference(before, now) > least
        wait_for(differ, what)

    def _lower_is_bright(self):
        whole = self.display.picture()
        lower = whole[len(whole) * 11 // 20:]
        return sum(lower) / len(lower) > 170

    def sheet(self, what):
        """Waits until a sheet (of the light theme) has come to rest over the lower half of the screen."""
        wait_for(self._lower_is_bright, what)
        self.still(what, most=3)

    def no_sheet(self, what):
        """Waits until the sheet has gone."""
        wait_for(lambda: not self._lower_is_bright(), what)
        self.moving(what)

    def still(self, what, most=0.02):
        """Waits until the screen stands still."""
        def same():
            before = self.display.picture()
            time.sleep(0.25)
            return difference(before, self.display.picture()) <= most
        wait_for(same, what)

    def kill(self):
        self.process.kill()
        self.process.wait(20)
        self.process = None

    def stop(self):
        """Asks the program to leave as a desktop does, and waits."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(20)
        self.process = None
        return code
