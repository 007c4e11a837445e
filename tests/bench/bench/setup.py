# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds, starts and ends what is measured. Only processes that were started here are ended."""
import contextlib
import json
import os
import pathlib
import selectors
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request


class SetupError(Exception):
    """A sentence for the person who runs the measurement."""


# What each part needs built.
TARGETS = {
    "feed": ["tikgok-sim", "bench_epoll_floor"],
    "likes": ["tikgok-sim"],
    "ready": ["tikgok-sim", "bench_ready_floor"],
    "forks": ["tikgok-sim"],
    "upload": ["tikgok-sim", "bench_upload_client"],
    "connections": ["tikgok-sim"],
    "control": ["tikgok-sim"],
    "start": ["bench_empty_window", "bench_start"],
    "idle": ["bench_empty_window", "bench_app"],
    "lists": ["tikgok-sim", "bench_app"],
    "swipes": ["tikgok-sim", "bench_app"],
}


class Setup:
    TOP = pathlib.Path(__file__).resolve().parents[3]

    def __init__(self, options, temporary):
        self.options = options
        self.temporary = temporary
        self.bin = self.TOP / "build" / options.preset / "bin"
        self._stack = contextlib.ExitStack()
        self._names = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stack.close()

    # Building

    def build(self, parts):
        if self.options.no_build:
            return
        targets = sorted({target for part in parts for target in TARGETS[part]})
        for command in (["packaging/bootstrap.sh", "build", "bench"],
                        ["packaging/build.sh", self.options.preset, *targets]):
            if subprocess.run(command, cwd=self.TOP, stdout=sys.stderr).returncode != 0:
                raise SetupError(f"{' '.join(command)} failed; the lines above say why")

    def program(self, name):
        path = self.bin / name
        if not path.exists():
            raise SetupError(f"{name} is not built (preset {self.options.preset})")
        return str(path)

    def peers(self):
        """Folder with the built peers, or a SetupError that says what is missing."""
        given = self.options.peers
        source = pathlib.Path(given) if given else self.TOP.parent / "shared" / "peers"
        if not (source / "build.sh").exists():
            raise SetupError(f"The peer servers are not at {given or '../shared/peers'}; name their folder with --peers DIR")
        out = self.TOP / "build" / "peers"
        out.mkdir(parents=True, exist_ok=True)
        newest = max(f.stat().st_mtime for f in source.rglob("*") if f.is_file())
        built = out / "gin_sqlite"
        if not built.exists() or built.stat().st_mtime < newest:
            environment = {**os.environ, "GOCACHE": str(out / "go-cache")}
            done = subprocess.run([str(source / "build.sh"), str(out)], env=environment, capture_output=True, text=True)
            if done.returncode != 0:
                raise SetupError("The peer servers cannot be built: " + done.stderr.strip()[-400:])
        return out

    # Running

    def directory(self, name):
        self._names += 1
        path = self.temporary / f"{self._names:03}-{name}"
        path.mkdir()
        return path

    def start(self, command, name, *, environment=None, stdout=subprocess.PIPE):
        """Starts a program that is ended with this object, or earlier by end()."""
        log = open(self.temporary / f"{name}.log", "ab")
        self._stack.callback(log.close)
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=stdout, stderr=log,
                                   env=environment)
        process.log = log.name
        self._stack.callback(end, process)
        return process

    def simulator(self, data, *words, name="tikgok-sim", patience=30):
        """Starts tikgok-sim on a free port. Returns the process and what its ready line says."""
        process = self.start([self.program("tikgok-sim"), "serve", "--data", data, "--port", "0", "--ready-json",
                              *words], name)
        line = first_line(process, patience)
        try:
            ready = json.loads(line)
        except ValueError:
            raise SetupError(f"tikgok-sim said no ready line but {line[:200]!r}; {tail(process.log)}") from None
        return process, ready


def end(process, patience=10):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout:
        process.stdout.close()
    return process.returncode


def tail(file, characters=600):
    text = pathlib.Path(file).read_text(encoding="utf-8", errors="replace").strip()
    return f"its log ends with: {text[-characters:]}" if text else "it logged nothing"


def first_line(process, patience):
    """The first line on the process's stdout, without anything in between that could delay it."""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        until = time.monotonic() + patience
        line = b""
        while not line.endswith(b"\n"):
            if not selector.select(max(0.0, until - time.monotonic())):
                raise SetupError(f"{process.args[0]} said nothing for {patience} s; {tail(process.log)}")
            piece = os.read(process.stdout.fileno(), 65536)
            if not piece:
                raise SetupError(f"{process.args[0]} ended without a word; {tail(process.log)}")
            line += piece
            if b"\n" in line:
                break
    return line.split(b"\n", 1)[0].decode()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process, patience=10):
    until = time.monotonic() + patience
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None or time.monotonic() > until:
            raise SetupError(f"{process.args[0]} does not listen; {tail(process.log)}")
        time.sleep(0.01)


def call(url, path, method="GET", **query):
    """One request to a server of the contract; the decoded answer, which must be a success."""
    request = urllib.request.Request(f"{url}{path}?{urllib.parse.urlencode(query)}", method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        body = json.loads(answer.read())
    if body.get("status_code") != 0:
        raise SetupError(f"{path} answered {body}")
    return body


def fetch(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


def memory(pid):
    """Rss and Pss in kB."""
    wanted = {}
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        name, _, rest = line.partition(":")
        if name in ("Rss", "Pss"):
            wanted[name] = int(rest.split()[0])
    return wanted["Rss"], wanted["Pss"]


def status(pid, field):
    """A kB field of /proc/PID/status, such as VmRSS or VmHWM."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1])
    raise SetupError(f"no {field} in /proc/{pid}/status")


def forget_peak(pid):
    """VmHWM starts again from VmRSS."""
    pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
