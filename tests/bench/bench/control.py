# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the control of the simulator costs its clients: fault rules that do nothing, the journal, validation, coverage."""
import json
import pathlib
import time
import urllib.request

from bench.connections import REQUESTS, WARM, many_requests
from bench.feed import Target, load, page_of, register
from bench.report import median
from bench.setup import call, end, memory


def admin(ready, method, path, body=None):
    token = pathlib.Path(ready["adminTokenFile"]).read_text(encoding="ascii").strip()
    request = urllib.request.Request(f"{ready['url']}/_sim{path}", method=method,
                                     data=None if body is None else json.dumps(body).encode(),
                                     headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def everything_off(ready):
    admin(ready, "DELETE", "/faults")
    for part in ("journal", "validation", "coverage"):
        admin(ready, "PUT", f"/{part}", {"on": False})
    admin(ready, "DELETE", "/validation")


def rule(ready, **more):
    admin(ready, "PUT", "/faults/bench", {"effects": [{"kind": "status", "status": 500}], **more})


def growth(setup):
    """RSS after the first requests and after many, with everything on that keeps something."""
    process, ready = setup.simulator(setup.directory("control-memory"), "--world", "small")
    videos = [video["id"] for video in call(ready["url"], "/douyin/feed/")["video_list"]]
    people = [register(ready["url"], f"bench{i}") for i in range(4)]
    admin(ready, "PUT", "/journal", {"on": True})
    admin(ready, "PUT", "/coverage", {"on": True})
    many_requests(ready["url"], people, videos, WARM, 1)
    time.sleep(0.5)
    before, _ = memory(process.pid)
    many_requests(ready["url"], people, videos, REQUESTS, 2)
    time.sleep(0.5)
    after, _ = memory(process.pid)
    end(process)
    return before, after


def measure(setup, report):
    process, ready = setup.simulator(setup.directory("control-world"), "--world", "busy", patience=60)
    _, token = register(ready["url"])
    url = f"{ready['url']}/douyin/feed/?token={token}"
    page_of(url)
    # What is switched, what it is called, and how much of the plain rate must be left.
    ways = [
        ("feed, no rules, everything off", "", lambda: None),
        ("feed, one rule that is off", ">= 0.97", lambda: rule(ready, on=False)),
        ("feed, one rule for another route", ">= 0.97", lambda: rule(ready, match={"route": "/douyin/message/chat/"})),
        ("feed, journal on", ">= 0.90", lambda: admin(ready, "PUT", "/journal", {"on": True})),
        ("feed, coverage on", "", lambda: admin(ready, "PUT", "/coverage", {"on": True})),
        ("feed, validation on", "", lambda: admin(ready, "PUT", "/validation", {"on": True})),
    ]
    targets = [Target(name, url, process) for name, _, _ in ways]
    load(targets[0], 1)
    for _ in range(setup.options.rounds):
        for target, (_, _, switch) in zip(targets, ways):
            everything_off(ready)
            switch()
            rate, p99, cpu = load(target, setup.options.seconds)
            target.rates.append(rate)
            target.p99.append(p99)
            target.cpu.append(cpu)
    plain = targets[0]
    for target, (_, wanted, _) in zip(targets, ways):
        more = {"target": wanted, "of_ratio": True} if wanted else {}
        against = "" if target is plain else plain.name
        report.add("control", target.name, target.rate, "/s", ratio=target.rate / plain.rate if against else None,
                   against=against, **more)
    for target in targets:
        against = "" if target is plain else plain.name
        report.add("control", "server CPU per request, " + target.name, median(target.cpu), "us",
                   ratio=median(target.cpu) / median(plain.cpu) if against else None, against=against)
    end(process)

    kept = [growth(setup) for _ in range(setup.options.rounds)]
    report.add("control", f"memory (RSS) with journal and coverage on, after {REQUESTS:,} mixed requests",
               median([after for _, after in kept]) / 1024, "MB", ratio=median([after / before for before, after in kept]),
               against=f"after {WARM:,}", target="<= 1.05", of_ratio=True)
    report.raw["control_rates"] = {target.name: target.rates for target in targets}
    report.raw["control_cpu_us"] = {target.name: target.cpu for target in targets}
    report.raw["control_rss_kb"] = kept
