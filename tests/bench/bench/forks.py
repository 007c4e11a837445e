# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reset, snapshot, restore and fork of a busy world, and a hundred instances in one process; over the admin API."""
import http.client
import json
import pathlib
import subprocess
import time

from bench.report import median
from bench.setup import end, first_line

TIMES = 15


class Admin:
    def __init__(self, url, token):
        self.address = url.removeprefix("http://")
        self.token = token

    def call(self, method, path, body=None):
        """Milliseconds from the request to the whole answer, and the answer."""
        connection = http.client.HTTPConnection(self.address, timeout=120)
        before = time.monotonic_ns()
        connection.request(method, f"/_sim/{path}", None if body is None else json.dumps(body),
                           {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        took = (time.monotonic_ns() - before) / 1e6
        connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]}")
        return took, json.loads(text)


def write_something(url, number):
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    connection.request("POST", f"/douyin/user/register/?username=bench{number}&password=secret")
    connection.getresponse().read()
    connection.close()


def started(setup, world, name):
    data = setup.directory(f"forks-{name}")
    with open(setup.temporary / f"forks-{name}.log", "ab") as log:
        process = subprocess.Popen([setup.program("tikgok-sim"), "serve", "--data", str(data), "--port", "0", "--world", world,
                                    "--ready-json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        process.log = log.name
    url = json.loads(first_line(process, 180))["url"]
    return process, url, Admin(url, (pathlib.Path(data) / "admin.token").read_text(encoding="utf-8").strip())


def measure(setup, report):
    process, url, admin = started(setup, "busy", "busy")
    try:
        times = {"reset": [], "fork": [], "snapshot": [], "restore": []}
        for number in range(TIMES):
            write_something(url, number)
            # The next start is being laid out in the background.
            time.sleep(0.3)
            times["reset"].append(admin.call("POST", "world/reset", {})[0])
            times["snapshot"].append(admin.call("PUT", "snapshots/bench", {"replace": True})[0])
            times["restore"].append(admin.call("POST", "snapshots/bench/restore", {})[0])
            took, made = admin.call("POST", "instances", {})
            times["fork"].append(took)
            admin.call("DELETE", f"instances/{made['instances'][0]['id']}")
            admin.call("POST", "world/reset", {})
    finally:
        end(process, 60)
    report.add("forks", "busy world: reset", median(times["reset"]), "ms", target="<= 20 ms")
    report.add("forks", "busy world: fork, until it answers", median(times["fork"]), "ms", target="<= 50 ms")
    report.add("forks", "busy world: snapshot", median(times["snapshot"]), "ms")
    report.add("forks", "busy world: restore of a snapshot", median(times["restore"]), "ms")
    process, url, admin = started(setup, "small", "small")
    try:
        took, made = admin.call("POST", "instances", {"count": 100})
        for each in made["instances"]:
            Admin(each["url"], each["admin_token"]).call("GET", "")
    finally:
        end(process, 60)
    report.add("forks", "100 instances of the small world in one process", took, "ms", target="<= 5000 ms")
    report.raw["forks_ms"] = times | {"hundred": took}
