# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Feed pages per second and their p99, against a floor, a static file server and a peer."""
import base64
import dataclasses
import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

from bench import world
from bench.report import median
from bench.setup import SetupError, call, end, fetch, first_line, free_port, wait_for_port

CONNECTIONS = 64
THREADS = 2
# A peer needs it in its environment; it guards nothing.
PEER_KEY = "measuring-stick"


@dataclasses.dataclass
class Target:
    name: str
    url: str
    process: object
    # Others whose work is part of it: a database.
    more: tuple = ()
    rates: list = dataclasses.field(default_factory=list)
    p99: list = dataclasses.field(default_factory=list)
    cpu: list = dataclasses.field(default_factory=list)
    # For the script that wrk runs, if any.
    arguments: list = dataclasses.field(default_factory=list)

    @property
    def rate(self):
        return median(self.rates)

    @property
    def slowest(self):
        return median(self.p99)


UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}


def load(target, seconds):
    """One wrk run: requests per second, p99 in ms, and the server's CPU time per request in us."""
    used = cpu_of(target)
    done = subprocess.run(["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", target.url],
                          capture_output=True, text=True)
    text = done.stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    p99 = re.search(r"^\s+99%\s+([\d.]+)(us|ms|s|m)\s*$", text, re.M)
    if done.returncode != 0 or not rate or not p99:
        raise SetupError(f"wrk failed on {target.name}: {(done.stderr or text).strip()[-300:]}")
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text) or re.search(r"Socket errors: (.*)", text)
    if bad:
        raise SetupError(f"wrong answers from {target.name} under load: {bad.group(0)}")
    used = cpu_of(target) - used
    requests = int(re.search(r"(\d+) requests in", text).group(1))
    return float(rate.group(1)), float(p99.group(1)) * UNITS[p99.group(2)], used / max(1, requests) * 1e6


def page_of(url, at_least=30):
    """The bytes of a feed page, which must not hold less."""
    body = fetch(url)
    page = json.loads(body)
    if page.get("status_code") != 0 or len(page.get("video_list") or []) < at_least:
        raise SetupError(f"less than {at_least} videos on a feed page: {body[:200]!r}")
    return body


def jwt(claims, key):
    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")
    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(claims, separators=(",", ":")).encode())
    return (text + b"." + part(hmac.new(key.encode(), text, hashlib.sha256).digest())).decode()


def start_nginx(setup, body):
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not os.path.exists(program):
        raise SetupError("nginx is not installed")
    root = setup.directory("nginx")
    (root / "www").mkdir()
    (root / "www" / "page.json").write_bytes(body)
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    (root / "nginx.conf").write_text(f"""
        {user} daemon off; worker_processes 2; pid {root}/pid; error_log stderr;
        events {{ worker_connections 1024; }}
        http {{
          access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
          client_body_temp_path {root}/a; proxy_temp_path {root}/b; fastcgi_temp_path {root}/c;
          uwsgi_temp_path {root}/d; scgi_temp_path {root}/e;
          types {{ application/json json; }}
          server {{ listen 127.0.0.1:{port}; root {root}/www; }}
        }}""", encoding="utf-8")
    process = setup.start([program, "-p", root, "-c", root / "nginx.conf", "-e", "stderr"], "nginx",
                          stdout=subprocess.DEVNULL)
    wait_for_port(port, process)
    return Target("nginx, static file of the same size", f"http://127.0.0.1:{port}/page.json", process)


def start_peer(setup, name, command, port, caller, more=()):
    process = setup.start(command, pathlib.Path(command[0]).name, environment={**os.environ, "JWT_KEY": PEER_KEY},
                          stdout=subprocess.DEVNULL)
    wait_for_port(port, process)
    token = jwt({"ID": caller, "exp": int(time.time()) + 86400}, PEER_KEY)
    target = Target(name, f"http://127.0.0.1:{port}/feed?latest_time=4000000000000&token={token}", process, more)
    page = json.loads(page_of(target.url))
    if not any(video["is_favorite"] or video["author"]["is_follow"] for video in page["video_list"]):
        # Nobody would notice a caller who is not known there; the page must be the signed-in one.
        check = json.loads(fetch(target.url.replace(token, "")))
        if check == page:
            raise SetupError("the peer does not know the caller")
    return target


def start_gin(setup, file, caller):
    port = free_port()
    return start_peer(setup, "Gin + SQLite, signed in",
                      [setup.peers() / "gin_sqlite", f"127.0.0.1:{port}", file, "full", "naive"], port, caller)


def start_gin_mariadb(setup, file, caller):
    """A MariaDB of our own, with the rows of `file`, and the peer in front of it."""
    server = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
    for program in (server, "mariadb-install-db", "mariadb"):
        if not shutil.which(program):
            raise SetupError(f"{program} is not installed")
    root = setup.directory("mariadb")
    user = ["--user=root"] if os.geteuid() == 0 else []
    made = subprocess.run(["mariadb-install-db", "--no-defaults", f"--datadir={root}/data", "--skip-test-db",
                           "--auth-root-authentication-method=normal", *user], capture_output=True, text=True)
    if made.returncode != 0:
        raise SetupError("mariadb-install-db failed: " + (made.stderr or made.stdout).strip()[-300:])
    # The path of a socket must be short, and the temporary directory's may be long.
    port = free_port()
    database = setup.start([server, "--no-defaults", f"--datadir={root}/data", f"--socket={root}/s", f"--port={port}",
                            "--bind-address=127.0.0.1", f"--pid-file={root}/pid", *user], "mariadbd",
                           stdout=subprocess.DEVNULL)
    wait_for_port(port, database, 60)
    client = ["mariadb", "--no-defaults", "--protocol=tcp", "--host=127.0.0.1", f"--port={port}", "--user=root"]
    filling = subprocess.run([*client, "--execute=CREATE DATABASE bench CHARACTER SET utf8mb4"], capture_output=True,
                             text=True)
    if filling.returncode == 0:
        filling = subprocess.run([*client, "--default-character-set=utf8mb4", "bench"], capture_output=True, text=True,
                                 input="".join(world.as_mariadb(file)))
    if filling.returncode != 0:
        raise SetupError("MariaDB did not take the rows: " + filling.stderr.strip()[-300:])
    listen = free_port()
    return start_peer(setup, "Gin + MariaDB, signed in",
                      [setup.peers() / "gin_mariadb", f"127.0.0.1:{listen}",
                       f"root@tcp(127.0.0.1:{port})/bench?charset=utf8mb4", "sql"], listen, caller, (database,))


def register(url, name="bench"):
    answer = call(url, "/douyin/user/register/", "POST", username=name, password="bench-password")
    return answer["user_id"], answer["token"]


def family(pid):
    """The process and all its children."""
    found = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            found += family(int(child))
    return found


def cpu_seconds(pid):
    ticks = 0
    for one in family(pid):
        fields = pathlib.Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def cpu_of(target):
    return sum(cpu_seconds(process.pid) for process in (target.process, *target.more))


def start_huge(setup):
    """A world a hundred times as large, seen by its first person."""
    process, ready = setup.simulator(setup.directory("huge-world"), "--world", "huge", name="tikgok-sim-huge",
                                     patience=180)
    people = json.loads((setup.TOP / "resources" / "worlds" / "small.json").read_text(encoding="utf-8"))["people"]
    account = call(ready["url"], "/douyin/user/login/", "POST", username=people[0]["name"],
                   password=people[0]["password"])
    target = Target("feed, signed in, 1,000,000 videos", f"{ready['url']}/douyin/feed/?token={account['token']}",
                    process)
    page_of(target.url)
    return target


def measure(setup, report):
    # One start makes the store and the caller; then the rows are written while nobody has it open.
    data = setup.directory("large-world")
    process, ready = setup.simulator(data, "--world", "empty")
    caller, token = register(ready["url"])
    end(process)
    filled = world.import_into_simulator(data, caller)
    process, ready = setup.simulator(data)
    large = Target("feed, signed in, 10,000 videos", f"{ready['url']}/douyin/feed/?token={token}", process)
    anonymous = Target("feed, signed out, 10,000 videos", f"{ready['url']}/douyin/feed/", process)
    ping = Target("/ping", f"{ready['url']}/ping", process)
    body = page_of(large.url)

    small_process, small_ready = setup.simulator(setup.directory("small-world"), "--world", "small",
                                                 name="tikgok-sim-small")
    _, small_token = register(small_ready["url"])
    small = Target("feed, signed in, small world", f"{small_ready['url']}/douyin/feed/?token={small_token}",
                   small_process)
    page_of(small.url, at_least=1)

    floor_process = setup.start([setup.program("bench_epoll_floor"), str(len(body)), str(THREADS)], "epoll_floor")
    floor_url = json.loads(first_line(floor_process, 10))["url"]
    floor = Target("epoll floor, same bytes", floor_url + "/page", floor_process)
    floor_ping = Target("epoll floor, /ping", floor_url + "/ping", floor_process)
    huge = start_huge(setup)
    targets = [large, small, anonymous, huge, ping, floor, floor_ping]
    nginx = gin = maria = None
    try:
        nginx = start_nginx(setup, body)
        targets.append(nginx)
    except SetupError as problem:
        report.left_out("feed", str(problem))
    try:
        setup.peers()
        rows = setup.directory("gin") / "peer.db"
        world.fill_gin(rows, caller, filled, f"{ready['url']}/static/")
        gin = start_gin(setup, rows, caller)
        targets.append(gin)
        report.raw["feed_gin_page_bytes"] = len(fetch(gin.url))
        maria = start_gin_mariadb(setup, rows, caller)
        targets.append(maria)
    except SetupError as problem:
        report.left_out("feed against " + ("Gin + MariaDB" if gin else "the peers"), str(problem))

    for target in targets:
        load(target, 1)
    for _ in range(setup.options.rounds):
        for target in targets:
            rate, p99, cpu = load(target, setup.options.seconds)
            target.rates.append(rate)
            target.p99.append(p99)
            target.cpu.append(cpu)

    def add(measured, against, **more):
        report.add("feed", measured.name, measured.rate, "/s", ratio=against and measured.rate / against.rate,
                   against=against.name if against else "", **more)

    if gin:
        add(large, gin, target=">= 12", of_ratio=True)
        add(small, gin, target=">= 3", of_ratio=True)
        add(anonymous, gin)
    else:
        add(large, None)
        add(small, None)
        add(anonymous, None)
    if maria:
        add(large, maria, target=">= 15", of_ratio=True)
    if nginx:
        add(large, nginx, target=">= 0.40", of_ratio=True)
    add(huge, large, target=">= 0.75", of_ratio=True)
    add(large, floor)
    add(ping, floor_ping)
    if nginx:
        add(nginx, floor)
    for peer in (gin, maria):
        if peer:
            add(peer, floor)
    add(floor, None)
    for target in (large, small, anonymous, huge, ping):
        report.add("feed", f"p99 of {target.name}", target.slowest, "ms", ratio=target.slowest / floor.slowest,
                   against=floor.name, target="<= 5 ms" if target in (large, huge) else "")
    for target in (nginx, gin, maria, floor):
        if target:
            report.add("feed", f"p99 of {target.name}", target.slowest, "ms")
    # Says the same as the rates, but hardly depends on what else the machine is doing.
    for target in targets:
        other = (gin if target in (large, small, anonymous) else large if target is huge
                 else floor_ping if target is ping else floor)
        report.add("feed", f"server CPU per request, {target.name}", median(target.cpu), "us",
                   ratio=median(target.cpu) / median(other.cpu) if other and other is not target else None,
                   against=other.name if other and other is not target else "")
    report.raw["feed"] = {t.name: {"rates": t.rates, "p99_ms": t.p99, "cpu_us": t.cpu} for t in targets}
    report.raw["feed_page_bytes"] = len(body)
    report.note("feed", f"{CONNECTIONS} connections, wrk with {THREADS} threads on the same CPUs, "
                        f"{setup.options.rounds} rounds of {setup.options.seconds} s in turn; "
                        f"a page of 30 videos is {len(body):,} bytes")
    for target in targets:
        for process in (target.process, *target.more):
            end(process)
