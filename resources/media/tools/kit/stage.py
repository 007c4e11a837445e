# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scene gets and the list of all scenes."""
import zlib

import numpy as np

SCENES = {}


class Stage:
    """Size, length and a seeded source of chance for one clip."""

    def __init__(self, slug, w, h, seconds, fps):
        self.slug, self.w, self.h, self.seconds, self.fps = slug, w, h, seconds, fps
        self.frames = int(round(seconds * fps))
        self.seed = zlib.crc32(slug.encode())
        self.rng = np.random.default_rng(self.seed)


SHAPES = {"tall": (540, 960), "wide": (960, 540), "square": (720, 720)}


def scene(slug, shape="tall", seconds=8, fps=24, crf=28):
    """Registers a scene. The function takes a Stage and returns (frame, track): frame(t) with t in 0..1 gives an array or a
    Canvas, track is the finished sound."""
    def keep(fn):
        SCENES[slug] = (fn, (slug, *SHAPES[shape], seconds, fps), crf)
        return fn
    return keep


def open_scene(slug):
    fn, args, crf = SCENES[slug]
    stage = Stage(*args)
    frame, track = fn(stage)

    def pixels(t):
        out = frame(t)
        return out.pixels() if hasattr(out, "pixels") else out
    return stage, pixels, track, crf
