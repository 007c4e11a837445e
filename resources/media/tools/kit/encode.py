# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames and sound into mp4. Rendering keeps a lossless copy in a scratch folder, so that encoding again is quick."""
import math
import shutil
import subprocess
import wave

import numpy as np

from .stage import SCENES, open_scene

FFMPEG = ["ffmpeg", "-v", "error", "-y"]
SOUND = 52_000
COLOUR = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"]


def render(slug, scratch):
    """Writes scratch/slug.mkv (lossless) and scratch/slug.wav."""
    stage, pixels, track, _ = open_scene(slug)
    pcm = (np.clip(track.master(), -1, 1) * 32767).astype("<i2")
    with wave.open(str(scratch / f"{slug}.wav"), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(48000)
        out.writeframes(pcm.tobytes())
    part = scratch / f"{slug}.part.mkv"
    pipe = subprocess.Popen(
        FFMPEG + ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{stage.w}x{stage.h}", "-r", str(stage.fps), "-i", "-",
                  "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", *COLOUR,
                  "-c:v", "libx264", "-preset", "ultrafast", "-qp", "4", "-threads", "1", str(part)], stdin=subprocess.PIPE)
    # One fixed pattern of fine noise hides the steps of soft gradients and, being still, costs few bits.
    dither = np.random.default_rng(7).uniform(0, 1, (stage.h, stage.w, 1)).astype(np.float32)
    for i in range(stage.frames):
        pipe.stdin.write(np.clip(pixels(i / stage.frames) + dither, 0, 255).astype(np.uint8).tobytes())
    pipe.stdin.close()
    if pipe.wait():
        raise RuntimeError(f"ffmpeg failed on {slug}")
    part.rename(scratch / f"{slug}.mkv")


def encode(slug, scratch, target, limit):
    """Encodes to target; a clip over limit bytes is made again with coarser quantisation. Returns size and crf."""
    _, (_, _, _, seconds, fps), crf = SCENES[slug]
    sound = seconds * SOUND / 8
    part = scratch / f"{slug}.mp4"
    for _ in range(6):
        subprocess.run(
            FFMPEG + ["-i", str(scratch / f"{slug}.mkv"), "-i", str(scratch / f"{slug}.wav"), "-map", "0:v", "-map", "1:a",
                      "-c:v", "libx264", "-preset", "slow", "-crf", f"{crf:.1f}", "-pix_fmt", "yuv420p", "-threads", "1",
                      "-x264-params", f"keyint={fps}:min-keyint={fps}:scenecut=0:aq-mode=3:aq-strength=0.9", *COLOUR,
                      "-c:a", "aac", "-b:a", str(SOUND), "-ar", "48000", "-ac", "2", "-map_metadata", "-1", "-fflags", "+bitexact",
                      "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", str(part)], check=True)
        size = part.stat().st_size
        if size <= limit:
            break
        # Six more of crf halve the picture's part, roughly.
        crf += max(0.7, 6 * math.log2((size - sound) / (limit - sound)) * 1.05)
    shutil.move(part, target)
    return size, round(crf, 1)
