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


def start_time(setup, command, name):
    """Milliseconds to the first line, and the process."""
    with open(setup.temporary / f"{name}.log", "ab") as log:
        before = time.monotonic_ns()
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=log)
        process.log = log.name
        try:
            line = first_line(process, 30)
            took = (time.monotonic_ns() - before) / 1e6
            if json.loads(line).get("ready") is not True:
                raise SetupError(f"{name} is not ready: {line[:200]}; {tail(log.name)}")
        except BaseException:
            end(process)
            raise
    return took, process


def measure(setup, report):
    sim = setup.program("tikgok-sim")
    floor = setup.program("bench_ready_floor")

    def serve(data):
        return [sim, "serve", "--data", data, "--port", "0", "--world", "small", "--ready-json"]

    times = {"first": [], "again": [], "floor": []}
    memories = []

    def once(key, command):
        took, process = start_time(setup, command, f"ready-{key}")
        try:
            times[key].append(took)
            if key == "again" and len(memories) < 3:
                time.sleep(2)
                memories.append(memory(process.pid))
        finally:
            end(process)

    for _ in range(FIRST_STARTS):
        data = setup.directory("world")
        once("first", serve(data))
        once("floor", [floor])
    for _ in range(STARTS):
        once("again", serve(data))
        once("floor", [floor])
    bare = median(times["floor"])
    again = median(times["again"])
    report.add("ready", "first start, makes the small world", median(times["first"]), "ms",
               ratio=median(times["first"]) / bare, against="bare process with a port")
    report.add("ready", "later start, small world", again, "ms", ratio=again / bare,
               against="bare process with a port", target="<= 150 ms")
    report.add("ready", "later start, slowest of ten", percentile(times["again"], 1), "ms")
    report.add("ready", "bare process with a port", bare, "ms")
    report.add("ready", "idle after 2 s, RSS", median([rss for rss, _ in memories]) / 1024, "MB", target="<= 60 MB")
    report.add("ready", "idle after 2 s, PSS", median([pss for _, pss in memories]) / 1024, "MB")
    report.raw["ready_ms"] = times
    report.raw["ready_memory_kb"] = memories
