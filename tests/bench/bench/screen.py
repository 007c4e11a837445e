# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: from the start of the process to its first frames, and two hundred swipes."""
import contextlib
import json
import os
import subprocess
import time

from bench import world
from bench.report import median, percentile
from bench.setup import SetupError, end, first_line, tail


@contextlib.contextmanager
def display(setup):
    """A virtual display of its own, with software OpenGL; yields the environment for programs on it."""
    home = setup.directory("home")
    run = setup.directory("run")
    run.chmod(0o700)
    server = setup.start(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], "xvfb")
    try:
        number = first_line(server, 20)
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM",
                                       "QT_QUICK_BACKEND", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "PULSE_SERVER")}
        environment |= {"DISPLAY": f":{number}", "LIBGL_ALWAYS_SOFTWARE": "1", "QT_QPA_PLATFORM": "xcb",
                        "HOME": str(home), "XDG_RUNTIME_DIR": str(run), "XDG_CACHE_HOME": str(home / ".cache"),
                        "LC_ALL": "C.UTF-8", "NO_AT_BRIDGE": "1"}
        yield environment
    finally:
        end(server)


def run(setup, environment, name, *words, patience=60):
    """Runs a program of tests/bench to its end; what it printed, which is one JSON object."""
    log = setup.temporary / f"{name}.log"
    with open(log, "ab") as errors:
        before = {**environment, "TIKGOK_BENCH_START_NS": str(time.monotonic_ns())}
        process = subprocess.Popen([setup.program(name), *map(str, words)], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=errors, env=before)
        try:
            out, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            end(process)
            raise SetupError(f"{name} did not end within {patience} s; {tail(log)}") from None
    try:
        answer = json.loads(out)
    except ValueError:
        raise SetupError(f"{name} printed no report but {out[-200:]!r}; {tail(log)}") from None
    if process.returncode != 0 or answer.get("problem"):
        raise SetupError(f"{name}: {answer.get('problem') or process.returncode}; {tail(log)}")
    return answer


def measure_start(setup, report):
    app = setup.program("bench_start")
    assert app
    kept = setup.directory("app-data")
    with display(setup) as environment:
        # Files into the cache, and the small world made.
        run(setup, environment, "bench_empty_window")
        run(setup, environment, "bench_start", "--data", kept)
        empty, first, again = [], [], []
        for _ in range(setup.options.starts):
            empty.append(run(setup, environment, "bench_empty_window"))
            again.append(run(setup, environment, "bench_start", "--data", kept))
            first.append(run(setup, environment, "bench_start", "--data", setup.directory("app-data")))

    def middle(runs, key):
        return median([one[key] for one in runs])

    bare = middle(empty, "first_window_frame_ms")
    against = "empty Qt Quick window"
    for name, runs in (("later start", again), ("very first start", first)):
        for key, what in (("first_window_frame_ms", "first window frame"), ("first_video_frame_ms", "first video frame")):
            value = middle(runs, key)
            target = {"target": "<= 1.5", "of_ratio": True} if name == "later start" and what == "first window frame" else {}
            report.add("start", f"{name}, {what}", value, "ms", ratio=value / bare, against=against, **target)
    report.add("start", f"{against}, first window frame", bare, "ms")
    names = [name for name, _ in again[0]["marks"]]
    steps = [f"{name} {median([dict(one['marks'])[name] for one in again]):.0f}" for name in names]
    report.note("start", "later start, ms since process start: " + ", ".join(steps))
    report.note("start", "from a warm file cache, under Xvfb with software OpenGL, window of 1200 x 800, "
                         f"medians of {setup.options.starts}")
    report.raw["start"] = {"empty": empty, "again": again, "first": first}


def measure_idle(setup, report):
    data, seconds = setup.directory("idle-data"), 10
    with display(setup) as environment:
        empty = run(setup, environment, "bench_empty_window", "--idle", seconds)
        app = run(setup, environment, "bench_app", "--data", data, "--idle", seconds, patience=60 + 4 * seconds)
    bare = empty["idle_cpu_percent"]
    for what in ("paused", "hidden"):
        used = app[f"{what}_cpu_percent"]
        report.add("idle", f"CPU while {what}, above that of an empty window", max(0.0, used - bare), "%", target="<= 1 %")
        report.add("idle", f"CPU while {what}", used, "%")
    report.add("idle", "CPU of an empty Qt Quick window", bare, "%")
    report.note("idle", f"of one CPU, over {seconds} s that begin 3 s after the change; the feed with its first video, the "
                        "simulator inside")
    report.raw["idle"] = {"empty": empty, "app": app}


def measure_swipes(setup, report):
    swipes = setup.options.swipes
    setup.program("bench_app")
    # A feed of different rows, long enough; the later ones play the same files again.
    data = setup.directory("swipe-data")
    process, _ = setup.simulator(data / "simulator", "--world", "small")
    end(process)
    world.lengthen(data / "simulator", swipes + 60)
    with display(setup) as environment:
        got = run(setup, environment, "bench_app", "--data", data, "--swipes", swipes, patience=120 + swipes * 3)
    early, late = got["after_50"], got["after_all"]
    when = f"after {swipes} swipes"
    report.add("swipes", f"memory (PSS) {when}", late["pss_kb"] / 1024, "MB", ratio=late["pss_kb"] / early["pss_kb"],
               against="after 50", target="<= 1.05", of_ratio=True)
    report.add("swipes", f"memory (RSS) {when}", late["rss_kb"] / 1024, "MB", ratio=late["rss_kb"] / early["rss_kb"],
               against="after 50")
    report.add("swipes", f"heap in use {when}", late["heap_kb"] / 1024, "MB", ratio=late["heap_kb"] / early["heap_kb"],
               against="after 50")
    report.add("swipes", f"threads {when}", late["threads"], "", ratio=late["threads"] / early["threads"],
               against="after 50", target="<= 1.05", of_ratio=True)
    report.add("swipes", f"file descriptors {when}", late["descriptors"], "",
               ratio=late["descriptors"] / early["descriptors"], against="after 50", target="<= 1.05", of_ratio=True)
    calm, hasty = got["calm_ms"], got["hasty_ms"]
    report.add("swipes", "swipe to first frame, next one preloaded", median(calm), "ms", target="<= 50 ms",
               ratio=percentile(calm, 0.95) / max(0.001, median(calm)), against="p95 to median")
    report.add("swipes", "the same, p95", percentile(calm, 0.95), "ms")
    report.add("swipes", "swipe to first frame, without a pause", median(hasty), "ms",
               ratio=median(hasty) / max(0.001, median(calm)), against="next one preloaded")
    report.add("swipes", "the same, p95", percentile(hasty, 0.95), "ms")
    report.add("swipes", "longest GUI stall that is not drawing", got["longest_own_event"]["own_ms"], "ms",
               target="<= 50 ms", note=json.dumps(got["longest_own_event"]))
    report.add("swipes", "the same, with the CPU taken away", got["longest_other_event"]["wall_ms"], "ms")
    report.add("swipes", "longest gap of a 4 ms GUI heartbeat", got["longest_gap_ms"], "ms")
    report.add("swipes", "frames decoded but too late", got["frames_dropped"], "",
               ratio=got["frames_dropped"] / max(1, got["frames_shown"]), against="frames shown")
    def words(one):
        return f"{one['what']} {one['wall_ms']:.1f} ms (CPU {one['cpu_ms']:.1f}, waits {one['waits']})"

    report.note("swipes", f"longest stall that is not drawing: {words(got['longest_own_event'])}; "
                f"with the CPU taken away: {words(got['longest_other_event'])}; longest GUI events: "
                + ", ".join(words(one) for one in got["slow_events"][:4]))
    report.note("swipes", f"renderer: {got['renderer']}; {got['videos']} videos in the feed at the end; "
                          f"{got['dwell_ms']} ms on each video, {len(hasty)} swipes without a pause afterwards")
    step, course = got["course_swipes"], got["course_pss_heap_kb"]
    fifths = [course[len(course) * i // 5:len(course) * (i + 1) // 5] for i in range(5)]
    report.note("swipes", f"memory in the five fifths of the run, medians of every {step}th swipe, PSS/heap in MB: " + ", ".join(
        "/".join(f"{median([one[kind] for one in fifth]) / 1024:.0f}" for kind in (0, 1)) for fifth in fifths if fifth))
    report.raw["swipes"] = got


# A long conversation and much said about one video.
MESSAGES = 2000
COMMENTS = 5000


def measure_lists(setup, report):
    data = setup.directory("list-data")
    process, _ = setup.simulator(data / "simulator", "--world", "small")
    end(process)
    peer = world.write_much(data / "simulator", "mika", MESSAGES, COMMENTS)
    with display(setup) as environment:
        got = run(setup, environment, "bench_app", "--data", data, "--user", "mika", "--password", "tikgok123", "--peer",
                  peer, "--messages", MESSAGES, "--comments", COMMENTS, patience=180)
    for name, what in (("chat", f"conversation of {MESSAGES:,}"), ("comments", f"{COMMENTS:,} comments")):
        report.add("lists", f"{what}: longest time the GUI thread was busy, scrolling", got[f"{name}_busy_ms"], "ms",
                   target="<= 50 ms")
        report.add("lists", f"{what}: the same, to the other end and back by key", got[f"{name}_key_busy_ms"], "ms",
                   target="<= 50 ms")
        report.add("lists", f"{what}: the same, opening", got[f"{name}_open_busy_ms"], "ms")
        report.add("lists", f"{what}: until all rows are there", got[f"{name}_open_ms"], "ms")
    report.note("lists", "600 steps of the wheel, 16 ms each, there and back, then to the other end and back by key, "
                         f"{got['chat_far']:.0f} and {got['comments_far']:.0f} heights of the list; longest: "
                         f"{got['chat_busy_what']} (conversation), {got['comments_busy_what']} (comments)")
    report.raw["lists"] = got
