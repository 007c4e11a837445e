#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the demo media: clips, avatars, backgrounds. The same seed gives the same pictures."""
import argparse
import os
import pathlib
import sys
import time
from concurrent.futures import ProcessPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from catalogue import ORDER, number_of  # noqa: E402
from kit.canvas import to_image  # noqa: E402
from kit.encode import encode, render  # noqa: E402
from kit.stage import SCENES, open_scene  # noqa: E402

MEDIA = HERE.parent
LIMIT = 330_000
# What moves everywhere needs more.
MORE = {"bamboo": 400_000, "kaleidoscope": 420_000, "lighthouse": 390_000, "ramen": 360_000, "koi-pond": 370_000, "coral-reef": 395_000, "bubbles": 400_000, "sky-lanterns": 390_000}


def make_clip(job):
    slug, scratch, again, limit, folder = job
    begun = time.time()
    if again or not (scratch / f"{slug}.mkv").exists():
        render(slug, scratch)
    size, crf = encode(slug, scratch, folder / f"{number_of(slug):02d}-{slug}.mp4", limit)
    return f"{number_of(slug):02d}-{slug}: {size / 1000:.0f} kB, crf {crf}, {time.time() - begun:.0f} s"


def look(slugs, out, shots=3):
    """A contact sheet: one row of moments per scene, and the size of the seam."""
    tiles = []
    for slug in slugs:
        begun = time.time()
        stage, pixels, track, _ = open_scene(slug)
        frames = [np.clip(pixels(k / shots), 0, 255) for k in range(shots)]
        cost = (time.time() - begun) / shots
        step = np.abs(pixels(1 / stage.frames) - frames[0]).mean()
        seam = np.abs(pixels(1 - 1 / stage.frames) - frames[0]).mean()
        level = np.sqrt((track.master() ** 2).mean())
        print(f"{slug}: {cost * 1000:.0f} ms a frame, step {step:.2f}, seam {seam:.2f}, sound rms {level:.3f}", flush=True)
        for f in frames:
            im = to_image(f)
            im.thumbnail((300, 480))
            tiles.append(im)
    columns = min(6, len(tiles))
    rows = [tiles[i:i + columns] for i in range(0, len(tiles), columns)]
    sheet = Image.new("RGB", (columns * 306, sum(max(t.height for t in r) + 6 for r in rows)), (40, 40, 40))
    y = 0
    for row in rows:
        for i, tile in enumerate(row):
            sheet.paste(tile, (i * 306, y))
        y += max(t.height for t in row) + 6
    sheet.save(out)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("what", choices=["all", "videos", "pictures", "look"])
    ap.add_argument("slugs", nargs="*", help="only these scenes")
    ap.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path("/tmp/tikgok-media"), help="folder for lossless copies")
    ap.add_argument("--again", action="store_true", help="render even where a lossless copy exists")
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--limit", type=int, help=f"bytes a clip may have (else {LIMIT}, some more)")
    ap.add_argument("--videos", type=pathlib.Path, default=MEDIA / "videos", help="folder for the finished clips")
    ap.add_argument("--out", default="look.png", help="file of the contact sheet")
    args = ap.parse_args()
    slugs = args.slugs or [s for s in ORDER if s in SCENES]
    os.nice(2)
    if args.what == "look":
        look(slugs, args.out)
        return
    if args.what in ("all", "pictures"):
        from pictures import avatars, backgrounds
        avatars.make(MEDIA / "avatars")
        backgrounds.make(MEDIA / "backgrounds")
    if args.what in ("all", "videos"):
        args.scratch.mkdir(parents=True, exist_ok=True)
        args.videos.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(args.jobs) as pool:
            for line in pool.map(make_clip, [(s, args.scratch, args.again, args.limit or MORE.get(s, LIMIT), args.videos) for s in slugs]):
                print(line, flush=True)


if __name__ == "__main__":
    main()
