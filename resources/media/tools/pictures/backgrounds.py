# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wide pictures behind a profile: layered bands, each set with its own colours and one motif."""
import numpy as np

from kit.canvas import Canvas, TAU, glow, grid, over, to_image, turn
from kit.colour import gradient, mix, rgb
from kit.noise import cloud, line_noise

W, H = 1080, 540
#        sky top,   sky low,   near,      light,     motif
LOOKS = [
    ("#3d2c6b", "#ff9f7a", "#2a1a48", "#ffe3a8", "ridges"), ("#120a3a", "#d02f8f", "#0b0624", "#ff8a5a", "grid"),
    ("#ffe2a8", "#ff9a5a", "#8a3f2a", "#fff3d6", "dunes"), ("#041530", "#1b6f7a", "#02101c", "#5affb8", "aurora"),
    ("#8fd0ea", "#eaf3cf", "#3f7a4a", "#fffbe0", "ridges"), ("#ffd0c2", "#f28aa0", "#7a2f4f", "#fff0d8", "leaves"),
    ("#0f2b2e", "#1f6b5a", "#08191c", "#ff9f4a", "pixels"), ("#e8e2d4", "#c2c0b4", "#2a2d33", "#c8402f", "ridges"),
    ("#7fe0e6", "#1f7fb5", "#0c2f66", "#ffffff", "waves"), ("#1c1548", "#6b4bd6", "#120c30", "#ffd66b", "curves"),
    ("#ffb48a", "#8f7ad6", "#3a3f8a", "#fff0d0", "bubbles"), ("#d5f0df", "#6fc2a0", "#1f6b55", "#ffffff", "folds"),
]


def ridges(arr, rng, low, near, rough=1.15, rows=5, height=60):
    _, y = grid(W, H)
    for i in range(rows):
        edge = 300 + i * 52 - line_noise(rng, W, 24, 1 + i // 2, rough) * (height - i * 5)
        arr[:] = over(arr, mix(low, near, (i + 1) / rows), np.clip(y - edge[None, :] + 0.5, 0, 1))


def waves(arr, rng, low, near):
    x, y = grid(W, H)
    for i in range(7):
        edge = 190 + i * 52 + 22 * np.sin(x / (90 + 14 * i) + i * 2) + 9 * np.sin(x / 41 + i)
        d = y - edge
        arr *= (1 - 0.25 * np.exp(-np.maximum(-d, 0) / 12) * (d < 1))[..., None]
        arr[:] = over(arr, mix(low, near, (i + 1) / 7), np.clip(d + 0.5, 0, 1))


def draw(i, top, low, near, light, motif):
    rng = np.random.default_rng(900 + i)
    x, y = grid(W, H)
    arr = gradient(W, H, [(0, top), (0.7, low), (1, low)])
    sx, sy = rng.uniform(0.58, 0.82) * W, rng.uniform(120, 200)
    if motif in ("ridges", "dunes", "waves", "grid"):
        glow(arr, sx, sy, 330, rgb(light) * 0.35, 1, 2.2)
        arr = over(arr, rgb(light), np.clip(62 - np.hypot(x - sx, y - sy) + 0.5, 0, 1))
    if motif == "ridges":
        ridges(arr, rng, low, near)
    elif motif == "dunes":
        ridges(arr, rng, low, near, 2.0, 5, 80)
    elif motif == "waves":
        waves(arr, rng, low, near)
    elif motif == "aurora":
        for k in range(3):
            edge = 240 + 40 * k + 50 * np.sin(x / (170 + 40 * k) + k * 2)
            ray = 0.65 + 0.35 * line_noise(rng, W, 40, 3, 0.3)[None, :]
            up = edge - y
            arr += (np.where(up > 0, np.exp(-up / 70), np.exp(up / 10)) * ray * 0.75)[..., None] * mix(light, "#4a5aff", k * 0.3)
        ridges(arr, rng, mix(low, near, 0.6), near, 0.9, 2, 40)
    c = Canvas(W, H, arr)
    if motif == "grid":
        c.rect(0, 330, W, H, near)
        for k in range(13):
            yy = 330 + 210 * (k / 12) ** 2
            c.line([(0, yy), (W, yy)], 1.6, mix(low, light, 0.3), 0.8)
        for k in range(-16, 17):
            c.line([(W / 2 + k * 30, 330), (W / 2 + k * 190, H)], 1.6, mix(low, light, 0.3), 0.8)
    elif motif == "leaves":
        for _ in range(90):
            a, r, px, py = rng.uniform(0, TAU), rng.uniform(16, 62), rng.uniform(0, W), rng.uniform(0, H)
            q = np.linspace(-1, 1, 20)
            rim = [(r * v, r * 0.42 * (1 - v * v)) for v in q] + [(r * v, -r * 0.42 * (1 - v * v)) for v in q[::-1]]
            pts = turn(rim, a, px, py)
            c.poly(pts, mix(mix(low, near, rng.uniform(0, 1)), light, rng.uniform(0, 0.3)), 0.75)
    elif motif == "pixels":
        n = cloud(rng, 14, 27, beta=2.5)
        for j in range(14):
            for k in range(27):
                v = n[j, k]
                col = light if v > 1.7 else mix(mix(top, low, j / 13), near, 0.35 + 0.3 * v)
                c.rect(k * 40, j * 40, k * 40 + 38.5, j * 40 + 38.5, col, 0.95, radius=4)
    elif motif == "curves":
        q = np.linspace(0, TAU, 700)
        for k in range(9):
            c.line(list(zip(W / 2 + (560 - 22 * k) * np.sin(2 * q + 0.5 + k * 0.05), H / 2 + (250 - 14 * k) * np.sin(3 * q + k * 0.04))), 2.6, mix(light, "#ff5fa8", k / 8), 0.8)
    elif motif == "bubbles":
        for _ in range(34):
            px, py, r = rng.uniform(0, W), rng.uniform(0, H), rng.uniform(10, 80)
            c.circle(px, py, r, "#ffffff", 0.10)
            c.ring(px, py, r, 2.4, light, 0.6)
            c.ellipse(px - r * 0.4, py - r * 0.45, r * 0.16, r * 0.1, "#ffffff", 0.9)
    elif motif == "folds":
        pts = [(px + rng.uniform(-50, 50), py + rng.uniform(-50, 50)) for py in range(-60, 661, 120) for px in range(-60, 1261, 120)]
        cols = len(range(-60, 1261, 120))
        for j in range(6):
            for k in range(cols - 1):
                a, b, d, e = (pts[j * cols + k], pts[j * cols + k + 1], pts[(j + 1) * cols + k], pts[(j + 1) * cols + k + 1])
                for tri in ((a, b, d), (b, e, d)):
                    c.poly(tri, mix(mix(low, near, rng.uniform(0, 0.75)), light, rng.uniform(0, 0.45)))
    return c.pixels()


def make(folder):
    folder.mkdir(exist_ok=True)
    for i, look in enumerate(LOOKS):
        im = to_image(draw(i, *look))
        for quality in (88, 80, 72, 62, 50, 42, 36):
            im.save(folder / f"{i + 1:02d}.jpg", quality=quality, optimize=True)
            if (folder / f"{i + 1:02d}.jpg").stat().st_size < 56_000:
                break
    rng = np.random.default_rng(1)
    arr = gradient(W, H, [(0, "#cdd4e0"), (1, "#e6e9ef")])
    ridges(arr, rng, "#d5dbe5", "#aab4c4")
    to_image(arr).save(folder / "default.jpg", quality=85, optimize=True)
