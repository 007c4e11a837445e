# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Likes per second, each answered after it is on the medium, against the medium itself and two ways of writing it."""
import json
import os
import pathlib
import re
import subprocess
import time
import urllib.request

from bench import world
from bench.feed import CONNECTIONS, PEER_KEY, THREADS, UNITS, Target, cpu_seconds, jwt, register
from bench.report import median
from bench.setup import SetupError, call, end, free_port, wait_for_port

PEOPLE = 32
# What one commit of some tens of likes writes.
COMMIT_BYTES = 8192


def syncs(directory, seconds=1.0):
    """How often this medium takes a commit's worth of bytes in a second, one after the other."""
    file = pathlib.Path(directory) / "syncs"
    block = os.urandom(COMMIT_BYTES)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(handle, os.urandom(1 << 24), 0)
        os.fsync(handle)
        count, begin = 0, time.perf_counter()
        while time.perf_counter() - begin < seconds:
            os.pwrite(handle, block, count % 1024 * COMMIT_BYTES)
            os.fdatasync(handle)
            count += 1
        return count / (time.perf_counter() - begin)
    finally:
        os.close(handle)
        file.unlink()


def load(target, seconds):
    """One wrk run: likes per second, p99 in ms, and the server's CPU time per like in us."""
    script = pathlib.Path(__file__).with_name("likes.lua")
    used = cpu_seconds(target.process.pid)
    done = subprocess.run(["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", script,
                           target.url, "--", *target.arguments], capture_output=True, text=True)
    text = done.stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    p99 = re.search(r"^\s+99%\s+([\d.]+)(us|ms|s|m)\s*$", text, re.M)
    bad = re.search(r"Non-2xx or 3xx responses: (.*)", text) or re.search(r"Socket errors: (.*)", text)
    if done.returncode != 0 or not rate or not p99:
        raise SetupError(f"wrk failed on {target.name}: {(done.stderr or text).strip()[-300:]}")
    if bad:
        raise SetupError(f"wrong answers from {target.name}: {bad.group(0)}")
    used = cpu_seconds(target.process.pid) - used
    requests = int(re.search(r"(\d+) requests in", text).group(1))
    return float(rate.group(1)), float(p99.group(1)) * UNITS[p99.group(2)], used / max(1, requests) * 1e6


def check(target, before):
    """The answers under load were not looked at; what they came to is: one like more, and one less."""
    path, video, _, token = target.arguments[:4]
    for action in ("1", "2"):
        request = urllib.request.Request(f"{target.url}{path}?video_id={video}&action_type={action}&token={token}",
                                         method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            body = json.loads(answer.read())
        if body.get("status_code") != 0:
            raise SetupError(f"{target.name} answered {body} {'before' if before else 'after'} the load")


def target_of(name, url, process, path, videos, tokens):
    made = Target(name, url, process)
    made.arguments = [path, str(videos[0][0]), str(len(videos)), *tokens]
    return made


def liked_by(target, user):
    """How many videos that person likes, as the simulator says."""
    answer = call(target.url, "/douyin/user/", user_id=user, token=target.arguments[3])
    return answer["user"]["favorite_count"]


def start_gin(setup, mode, made, caller):
    file = setup.directory(f"gin-{mode}") / "peer.db"
    world.fill_gin(file, caller, made, "/")
    port = free_port()
    process = setup.start([setup.peers() / "gin_sqlite", f"127.0.0.1:{port}", file, "full", mode], f"gin-{mode}",
                          environment={**os.environ, "JWT_KEY": PEER_KEY}, stdout=subprocess.DEVNULL)
    wait_for_port(port, process)
    tokens = [jwt({"ID": user, "exp": int(time.time()) + 86400}, PEER_KEY) for user, _, _ in made.users[:PEOPLE]]
    return target_of(f"Gin + SQLite, {mode}", f"http://127.0.0.1:{port}", process, "/like", made.videos, tokens)


def measure(setup, report):
    data = setup.directory("likes")
    process, ready = setup.simulator(data, "--world", "empty")
    people = [register(ready["url"], f"liker {i}") for i in range(PEOPLE)]
    end(process)
    caller = people[0][0]
    made = world.import_into_simulator(data, caller)
    process, ready = setup.simulator(data)
    ours = target_of("like, answered after its sync", ready["url"], process, "/douyin/favorite/action/", made.videos,
                     [token for _, token in people])
    targets, peers = [ours], {}
    for mode in ("naive", "group"):
        try:
            peers[mode] = start_gin(setup, mode, made, caller)
            targets.append(peers[mode])
        except SetupError as problem:
            report.left_out(f"likes against Gin + SQLite, {mode}", str(problem))
    likes_before = liked_by(ours, people[0][0])
    floors = []
    for target in targets:
        check(target, True)
        load(target, 1)
    for _ in range(setup.options.rounds):
        floors.append(syncs(setup.directory("syncs")))
        for target in targets:
            rate, p99, cpu = load(target, setup.options.seconds)
            target.rates.append(rate)
            target.p99.append(p99)
            target.cpu.append(cpu)

    for target in targets:
        check(target, False)
    if liked_by(ours, people[0][0]) == likes_before:
        raise SetupError("the load changed no likes")

    report.add("likes", ours.name, ours.rate, "/s", ratio=ours.rate / median(floors), against="syncs of the medium")
    for mode, goal in (("naive", ">= 8"), ("group", ">= 2.5")):
        if mode in peers:
            report.add("likes", ours.name, ours.rate, "/s", ratio=ours.rate / peers[mode].rate,
                       against=peers[mode].name, target=goal, of_ratio=True)
    for peer in peers.values():
        report.add("likes", peer.name, peer.rate, "/s", ratio=peer.rate / median(floors), against="syncs of the medium")
    report.add("likes", f"syncs of {COMMIT_BYTES} bytes, one after the other", median(floors), "/s")
    report.add("likes", f"p99 of {ours.name}", ours.slowest, "ms", target="<= 8 ms")
    for peer in peers.values():
        report.add("likes", f"p99 of {peer.name}", peer.slowest, "ms")
    for target in targets:
        report.add("likes", f"server CPU per like, {target.name}", median(target.cpu), "us",
                   ratio=median(target.cpu) / median(peers["naive"].cpu) if "naive" in peers else None,
                   against=peers["naive"].name if "naive" in peers else "")
    report.raw["likes"] = {t.name: {"rates": t.rates, "p99_ms": t.p99, "cpu_us": t.cpu} for t in targets}
    report.raw["likes_syncs"] = floors
    report.note("likes", f"{CONNECTIONS} connections, wrk with {THREADS} threads on the same CPUs, {PEOPLE} people who "
                         f"toggle likes of {len(made.videos):,} videos, {setup.options.rounds} rounds of "
                         f"{setup.options.seconds} s in turn")
    for target in targets:
        end(target.process)
