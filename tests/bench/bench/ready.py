# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the start of the simulator's process to its ready line, and what it needs while idle."""
import json
import subprocess
import time

from bench.report import median, percentile
from bench.setup import SetupError, end, first_line, memory, tail

STARTS = 10
FIRST_STARTS = 3
HUGE_STARTS = 2


def start_time(setup, command, name, patience=30):
    """Milliseconds to the first line, and the process."""
    with open(setup.temporary / f"{name}.log", "ab") as log:
        before = time.monotonic_ns()
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=log)
        process.log = log.name
        try:
            line = first_line(process, patience)
            took = (time.monotonic_ns() - before) / 1e6
            if json.loads(line).get("ready") is not True:
                raise SetupError(f"{name} is not ready: {line[:200]}; {tail(log.name)}")
        except BaseException:
            end(process)
            raise
    return took, process


class World:
    """Starts of one world, and what they take."""

    def __init__(self, setup, name):
        self.setup = setup
        self.name = name
        self.data = setup.directory(f"{name}-world")
        self.first = []
        self.again = []
        self.memories = []

    def command(self):
        return [self.setup.program("tikgok-sim"), "serve", "--data", self.data, "--port", "0", "--world", self.name,
                "--ready-json"]

    def make(self):
        self.data = self.setup.directory(f"{self.name}-world")
        took, process = start_time(self.setup, self.command(), f"ready-{self.name}", 180)
        end(process, 60)
        self.first.append(took)

    def open(self):
        took, process = start_time(self.setup, self.command(), f"ready-{self.name}", 180)
        try:
            self.again.append(took)
            if len(self.memories) < 3:
                time.sleep(2)
                self.memories.append(memory(process.pid))
        finally:
            end(process, 60)

    def idle(self, which):
        return median([pair[which] for pair in self.memories]) / 1024


def measure(setup, report):
    floor = []

    def bare():
        took, process = start_time(setup, [setup.program("bench_ready_floor")], "ready-floor")
        end(process)
        floor.append(took)

    small, busy, huge = (World(setup, name) for name in ("small", "busy", "huge"))
    for _ in range(FIRST_STARTS):
        for world in (small, busy):
            world.make()
        bare()
    for _ in range(STARTS):
        for world in (small, busy):
            world.open()
        bare()
    huge.make()
    for _ in range(HUGE_STARTS):
        huge.open()

    against = "bare process with a port"

    def add(what, times, **more):
        report.add("ready", what, median(times), "ms", ratio=median(times) / median(floor), against=against, **more)

    add("first start, makes the small world", small.first)
    add("first start, makes the busy world", busy.first)
    add("first start, makes the huge world", huge.first, target="<= 60000 ms")
    add("later start, small world", small.again, target="<= 150 ms")
    add("later start, busy world", busy.again, target="<= 100 ms")
    report.add("ready", "later start, small world, slowest of ten", percentile(small.again, 1), "ms")
    report.add("ready", "later start, busy world, slowest of ten", percentile(busy.again, 1), "ms")
    add("later start, huge world", huge.again)
    report.add("ready", against, median(floor), "ms")
    report.add("ready", "idle after 2 s, small world, RSS", small.idle(0), "MB", target="<= 40 MB")
    report.add("ready", "idle after 2 s, small world, PSS", small.idle(1), "MB")
    report.add("ready", "idle after 2 s, busy world, RSS", busy.idle(0), "MB")
    report.add("ready", "idle after 2 s, huge world, RSS", huge.idle(0), "MB")
    report.raw["ready_ms"] = {world.name: {"first": world.first, "again": world.again} for world in (small, busy, huge)}
    report.raw["ready_ms"]["floor"] = floor
    report.raw["ready_memory_kb"] = {world.name: world.memories for world in (small, busy, huge)}
