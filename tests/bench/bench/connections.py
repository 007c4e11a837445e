# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What connections cost: idle ones, 100,000 requests over a few, and the end of the server with a thousand of them."""
import json
import random
import re
import selectors
import socket
import time
import urllib.parse

from bench.feed import register
from bench.report import median
from bench.setup import SetupError, call, end, memory
from bench.upload import clip

IDLE = 1000
REQUESTS = 100_000
WARM = 10_000
ANSWER = re.compile(rb"HTTP/1\.1 200 OK\r\n(?:[^\r]+\r\n)*?Content-Length: (\d+)\r\n(?:[^\r]+\r\n)*\r\n")


class Client:
    """A keep-alive connection that sends some requests at once and reads their answers."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port), 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = parts.netloc
        self.rest = b""

    def request(self, method, target):
        length = "Content-Length: 0\r\n" if method == "POST" else ""
        return f"{method} {target} HTTP/1.1\r\nHost: {self.host}\r\n{length}\r\n".encode()

    def send(self, requests):
        self.socket.sendall(b"".join(self.request(*one) for one in requests))

    def answers(self, count):
        """The bodies of the next answers, which must be successes."""
        bodies = []
        while len(bodies) < count:
            head = ANSWER.match(self.rest)
            if head and len(self.rest) >= head.end() + int(head[1]):
                end_of_body = head.end() + int(head[1])
                bodies.append(self.rest[head.end():end_of_body])
                self.rest = self.rest[end_of_body:]
                continue
            piece = self.socket.recv(1 << 18)
            if not piece:
                raise SetupError(f"the server hung up; what came last is {self.rest[:200]!r}")
            self.rest += piece
        return bodies

    def close(self):
        self.socket.close()


def idle_connections(url, count):
    """Connections that have had one answer and wait for nothing."""
    clients = []
    for _ in range(count):
        client = Client(url)
        client.send([("GET", "/douyin/feed/")])
        client.answers(1)
        clients.append(client)
    return clients


def mixed(people, videos, chance):
    """One request of somebody: four reads to one write, which changes nothing that grows."""
    (_, token), (bob, _) = chance.sample(people, 2)
    kind = chance.randrange(10)
    if kind < 4:
        return "GET", f"/douyin/feed/?token={token}"
    if kind < 5:
        return "GET", f"/douyin/user/?user_id={bob}&token={token}"
    if kind < 6:
        return "GET", f"/douyin/publish/list/?user_id={bob}&token={token}"
    if kind < 7:
        return "GET", f"/douyin/favorite/list/?user_id={bob}&token={token}"
    if kind < 8:
        return "GET", f"/douyin/comment/list/?video_id={chance.choice(videos)}&token={token}"
    action = chance.choice((1, 2))
    if kind < 9:
        return "POST", f"/douyin/relation/action/?to_user_id={bob}&action_type={action}&token={token}"
    return "POST", f"/douyin/favorite/action/?video_id={chance.choice(videos)}&action_type={action}&token={token}"


def many_requests(url, people, videos, count, seed):
    """`count` requests over eight connections, sixteen at a time on each."""
    chance = random.Random(seed)
    clients = [Client(url) for _ in range(8)]
    try:
        left = count
        while left > 0:
            sent = []
            for client in clients:
                batch = min(16, left)
                client.send([mixed(people, videos, chance) for _ in range(batch)])
                sent.append(batch)
                left -= batch
            for client, batch in zip(clients, sent):
                for body in client.answers(batch):
                    if not body.startswith(b'{"status_code":0'):
                        raise SetupError(f"a request failed: {body[:200]!r}")
    finally:
        for client in clients:
            client.close()


def busy_upload(ready, token, video):
    """A publish of which everything is sent and nothing is answered yet."""
    client = Client(ready["url"])
    body = (b"--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nlast\r\n"
            b"--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a.mp4\"\r\n\r\n" + video + b"\r\n--b--\r\n")
    client.socket.sendall(f"POST /douyin/publish/action/?token={token} HTTP/1.1\r\nHost: {client.host}\r\n"
                          f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\n\r\n".encode())
    client.socket.sendall(body)
    return client


def stop_time(setup):
    """Milliseconds from SIGTERM to the end, with IDLE idle connections and a busy one, which must get its answer."""
    process, ready = setup.simulator(setup.directory("stop-world"), "--world", "empty")
    _, token = register(ready["url"])
    video = clip(setup)
    idle = idle_connections(ready["url"], IDLE)
    busy = busy_upload(ready, token, video)
    # Until the server has read all of it; it cannot be answered faster than a cover is made.
    with selectors.DefaultSelector() as selector:
        selector.register(busy.socket, selectors.EVENT_READ)
        early = bool(selector.select(0.01))
    before = time.monotonic()
    process.terminate()
    answered = json.loads(busy.answers(1)[0])["status_code"] == 0
    process.wait(30)
    took = (time.monotonic() - before) * 1000
    for client in [*idle, busy]:
        client.close()
    end(process)
    if not answered:
        raise SetupError("the busy connection got no good answer")
    return took, early


def measure(setup, report):
    each, growth = [], []
    for _ in range(setup.options.rounds):
        process, ready = setup.simulator(setup.directory("connections-world"), "--world", "small")
        for client in idle_connections(ready["url"], 8):
            client.close()
        before, _ = memory(process.pid)
        clients = idle_connections(ready["url"], IDLE)
        time.sleep(0.5)
        each.append((memory(process.pid)[0] - before) / IDLE)
        for client in clients:
            client.close()
        end(process)
    report.add("connections", f"memory of one of {IDLE:,} idle connections", median(each), "kB", target="<= 80 kB")

    for _ in range(setup.options.rounds):
        process, ready = setup.simulator(setup.directory("requests-world"), "--world", "small")
        videos = [video["id"] for video in call(ready["url"], "/douyin/feed/")["video_list"]]
        people = [register(ready["url"], f"bench{i}") for i in range(4)]
        many_requests(ready["url"], people, videos, WARM, 1)
        time.sleep(0.5)
        before, _ = memory(process.pid)
        many_requests(ready["url"], people, videos, REQUESTS, 2)
        time.sleep(0.5)
        after, _ = memory(process.pid)
        growth.append((before, after))
        end(process)
    ratio = median([after / before for before, after in growth])
    report.add("connections", f"memory (RSS) after {REQUESTS:,} mixed requests", median([after for _, after in growth]) / 1024,
               "MB", ratio=ratio, against=f"after {WARM:,}", target="<= 1.05", of_ratio=True)

    stops = [stop_time(setup) for _ in range(setup.options.rounds)]
    report.add("connections", f"stop with {IDLE:,} idle and one busy connection", median([took for took, _ in stops]), "ms",
               target="<= 1000 ms")
    if any(early for _, early in stops):
        report.note("connections", "in some rounds the busy connection was answered before the stop")
    report.raw["idle_connection_kb"] = each
    report.raw["requests_rss_kb"] = growth
    report.raw["stop_ms"] = stops
