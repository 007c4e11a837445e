# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of 200 MB: megabytes per second, and how far the memory of both sides grows."""
import contextlib
import json
import os
import random
import struct
import subprocess
import time

from bench.feed import register
from bench.report import median
from bench.setup import SetupError, call, end, first_line, forget_peak, memory, status, tail

SIZE = 200 * 1000 * 1000
MB = 1000 * 1000
# One takes a sixth of a second, and the medium's caches make it a matter of luck.
ROUNDS = 7


def clip(setup):
    """A small playable mp4."""
    found = sorted(setup.TOP.glob("resources/media/videos/*.mp4"), key=lambda file: file.stat().st_size)
    if found:
        return found[len(found) // 2].read_bytes()
    return made_clip(setup, "540x960").read_bytes()


def made_clip(setup, size):
    """A file with four seconds of FFmpeg's test picture."""
    out = setup.directory("clip") / "clip.mp4"
    try:
        done = subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc2=size={size}:rate=30:duration=4",
                               "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(out)], capture_output=True, text=True)
    except FileNotFoundError:
        raise SetupError("no video to upload: ffmpeg is not installed") from None
    if done.returncode != 0:
        raise SetupError(f"no video to upload: {done.stderr.strip()[-200:]}")
    return out


def padded(setup, start):
    """The clip with a `free` box behind it: still a right mp4, of SIZE bytes that do not compress."""
    file = setup.directory("upload") / "large.mp4"
    rest = SIZE - len(start)
    block = random.Random(1).randbytes(1 << 20)
    with open(file, "wb") as out:
        out.write(start)
        out.write(struct.pack(">I4s", rest, b"free"))
        left = rest - 8
        while left:
            piece = block[:min(left, len(block))]
            out.write(piece)
            left -= len(piece)
    return file


def plain_write(setup, file):
    """Seconds for copying the file to the same file system, safely on disk."""
    out = setup.directory("plain") / "copy"
    before = time.monotonic()
    with open(file, "rb", buffering=0) as source, open(out, "wb", buffering=0) as target:
        while piece := source.read(1 << 20):
            target.write(piece)
        os.fsync(target.fileno())
    took = time.monotonic() - before
    out.unlink()
    return took


def warm(setup, file):
    """A virtual machine gives memory back to its host, and pays to get it again: what is timed comes after that."""
    plain_write(setup, file)


def curl(ready, token, file, title):
    """Seconds for one publish, which must succeed."""
    done = subprocess.run(
        ["curl", "-sS", "-w", "\n%{time_total}", "-F", f"title={title}", "-F", f"data=@{file};filename=clip.mp4",
         f"{ready['url']}/douyin/publish/action/?token={token}"], capture_output=True, text=True)
    answer, _, took = done.stdout.rpartition("\n")
    if done.returncode != 0 or json.loads(answer or "{}").get("status_code") != 0:
        raise SetupError(f"publish with curl failed: {done.stderr.strip()} {answer[:200]}")
    return float(took)


def server_growth(pid, publish):
    """kB between the memory before and the peak while `publish` runs, and what it returns."""
    before, _ = memory(pid)
    forget_peak(pid)
    result = publish()
    return status(pid, "VmHWM") - before, result


def client(setup, ready, file):
    process = setup.start([setup.program("bench_upload_client"), "--server", ready["url"], "--file", file],
                          "upload_client", environment={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    report = json.loads(first_line(process, 120))
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    if end(process) != 0 or not report.get("ok"):
        raise SetupError(f"bench_upload_client failed: {report}; {tail(process.log)}")
    return report


def measure(setup, report):
    start = clip(setup)
    file = padded(setup, start)
    little = setup.directory("little") / "little.mp4"
    little.write_bytes(start)
    wide = made_clip(setup, "1920x1080")
    plain, by_curl, by_client = [], [], []
    growth = {"little": [], "wide": [], "large": [], "again": [], "client": [], "client_little": []}
    for _ in range(max(ROUNDS, setup.options.rounds)):
        warm(setup, file)
        plain.append(plain_write(setup, file))
        # A fresh server each time: the first upload is the one that grows it most.
        process, ready = setup.simulator(setup.directory("upload-world"), "--world", "empty")
        user, token = register(ready["url"])
        # The first file warms up what any upload needs, the decoder above all.
        growth["little"].append(server_growth(process.pid, lambda: curl(ready, token, little, "little"))[0])
        end(process)
        process, ready = setup.simulator(setup.directory("upload-world"), "--world", "empty")
        user, token = register(ready["url"])
        growth["wide"].append(server_growth(process.pid, lambda: curl(ready, token, wide, "wide"))[0])
        end(process)
        process, ready = setup.simulator(setup.directory("upload-world"), "--world", "empty")
        user, token = register(ready["url"])
        warm(setup, file)
        grown, took = server_growth(process.pid, lambda: curl(ready, token, file, "large"))
        growth["large"].append(grown)
        by_curl.append(took)
        growth["again"].append(server_growth(process.pid, lambda: curl(ready, token, file, "large again"))[0])
        published = call(ready["url"], "/douyin/publish/list/", user_id=user, token=token)["video_list"]
        if len(published) != 2:
            raise SetupError(f"{len(published)} videos are published, expected 2")
        growth["client_little"].append(client(setup, ready, little)["peak_growth_kb"])
        warm(setup, file)
        done = client(setup, ready, file)
        growth["client"].append(done["peak_growth_kb"])
        by_client.append(done["seconds"])
        end(process)
    rate = {"plain": [SIZE / MB / t for t in plain], "curl": [SIZE / MB / t for t in by_curl],
            "client": [SIZE / MB / t for t in by_client]}
    against = median(rate["plain"])
    report.add("upload", "curl to the simulator, 200 MB", median(rate["curl"]), "MB/s",
               ratio=median(rate["curl"]) / against, against="plain write of the file", target=">= 0.60",
               of_ratio=True)
    report.add("upload", "our client to the simulator, 200 MB", median(rate["client"]), "MB/s",
               ratio=median(rate["client"]) / median(rate["curl"]), against="curl to the simulator", target=">= 0.80",
               of_ratio=True)
    report.add("upload", "plain write of the file, with fsync", against, "MB/s")
    report.add("upload", "server, peak growth, first upload", median(growth["large"]) / 1024, "MB",
               ratio=median(growth["large"]) / max(1, median(growth["little"])), against=f"file of {len(start) / MB:.1f} MB",
               target="<= 16 MB")
    report.add("upload", "server, peak growth, second upload", median(growth["again"]) / 1024, "MB", target="<= 16 MB")
    report.add("upload", f"server, peak growth, file of {len(start) / MB:.1f} MB", median(growth["little"]) / 1024, "MB")
    report.add("upload", "server, peak growth, first upload of 1920 x 1080", median(growth["wide"]) / 1024, "MB",
               target="<= 16 MB")
    report.add("upload", "client, peak growth", median(growth["client"]) / 1024, "MB",
               ratio=median(growth["client"]) / max(1, median(growth["client_little"])),
               against=f"file of {len(start) / MB:.1f} MB", target="<= 16 MB")
    report.raw["upload_seconds"] = {"plain": plain, "curl": by_curl, "client": by_client}
    report.raw["upload_growth_kb"] = growth
