# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Water scenes: rain on a window, paper waves, ink in water, bubbles."""
import numpy as np

from kit.canvas import Canvas, TAU, bloom, enlarge, glow, grid, over, patch, smooth, turn
from kit.colour import gradient, ramp, rgb
from kit.noise import Breathing, cloud, sample
from kit.stage import scene
from kit.synth import Track, bell, chirp, flute, keys, pluck


@scene("papercut-waves", seconds=8, fps=24, crf=27)
def papercut_waves(s):
    w, h = s.w, s.h
    x, y = grid(w, h)
    sky = gradient(w, h, [(0, "#ffb48a"), (0.3, "#ff8f7d"), (0.5, "#f76f7d"), (1, "#f76f7d")])
    grain = 1 + 0.018 * cloud(s.rng, h, w, beta=0.6)[..., None]
    for r, col in ((190, "#ff9f80"), (150, "#ffb68a"), (112, "#ffd79b")):
        d = np.hypot(x - 210, y - 330)
        sky *= 1 - 0.16 * (smooth(r + 16, r, np.hypot(x - 214, y - 337)) * (d > r))[..., None]
        sky = over(sky, rgb(col), np.clip(r - d + 0.5, 0, 1))
    sky *= grain
    cols = ["#ffd3b0", "#f08f96", "#b5598c", "#6f4a94", "#3f4a92", "#263a78", "#15265a", "#0b1740"]
    base = [430, 485, 545, 610, 680, 750, 825, 900]
    xs = np.arange(w)

    def edge(i, t, at=xs):
        way = 1 if i % 2 else -1
        p = TAU * way * t
        return base[i] + (19 + 2 * i) * np.sin(TAU * at / (360 + 22 * i) + p + i * 1.9) + (7 + i) * np.sin(TAU * at / (170 + 9 * i) + 2 * p + i)

    def boat(c, t):
        bx = 250 + 40 * np.sin(TAU * t)
        e = edge(2, t, np.array([bx - 20, bx, bx + 20]))
        tilt = np.arctan2(e[2] - e[0], 40) * 0.8
        for off, tone in ((7, None), (0, 1)):
            for pts, col in (([(-58, -14), (58, -14), (36, 16), (-36, 16)], "#fff6ea"), ([(-4, -20), (-4, -104), (-52, -20)], "#fffaf2"), ([(4, -20), (4, -88), (40, -20)], "#f7d9c8")):
                p = turn(pts, tilt, bx + off * 0.7, e[1] + 3 + off)
                if tone:
                    c.poly(p, col)
                else:
                    c.poly(p, "#4a1030", 0.22)

    def frame(t):
        arr = sky.copy()
        for i, col in enumerate(cols):
            if i == 2:
                c = Canvas(w, h, arr, 2)
                boat(c, t)
                arr = c.pixels()
            e = edge(i, t)[None, :]
            d = y - e
            top = int(max(0, e.min() - 32))
            part, dd = arr[top:], d[top:]
            part *= (1 - 0.34 * np.exp(-np.maximum(-dd, 0) / 11) * (dd < 1))[..., None]
            body = rgb(col) * (1 + 0.10 * np.exp(-np.clip(dd, 0, 400) / 5))[..., None]
            part += (body * grain[top:] - part) * np.clip(dd + 0.5, 0, 1)[..., None]
        return arr

    track = Track(s.seconds, 61).noise(150, 1200, 0.16, lambda p: 0.4 + 0.6 * np.sin(TAU * p) ** 2, 0.7)
    track.tune(pluck, [60, 67, 72, 76, 69, 76, 72, 67, 57, 64, 69, 72, 65, 72, 69, 64], 0.5, 0.2).tune(flute, [None, 79, None, 76, None, 81, None, 77], 1, 0.07, seconds=0.9)
    return frame, track.room(1.8, 0.35)


@scene("rain-window", seconds=8, fps=24, crf=31)
def rain_window(s):
    w, h, rng = s.w, s.h, s.rng
    x, y = grid(w, h)
    dark = gradient(w, h, [(0, "#070a18"), (0.5, "#161a35"), (0.75, "#1b1730"), (1, "#07060f")])
    lamps = []
    for k in range(74):
        col = rgb(rng.choice(["#ffb45a", "#ff6b5a", "#ffd9a0", "#5ac8ff", "#ff4f8a", "#8affc8", "#ffe9c8"]))
        lamps.append((rng.uniform(0, w), 400 + rng.normal(0, 1) * 190, rng.uniform(14, 50), col * rng.uniform(0.2, 0.65), k % 3))

    def lights(scale, soft):
        out = []
        for g in range(3):
            arr = np.zeros((h, w, 3), np.float32)
            for lx, ly, r, col, group in lamps:
                if group == g:
                    p = patch(arr, lx, ly, r * scale + soft)
                    if p:
                        v, dx, dy = p
                        d = np.sqrt(dx * dx + dy * dy)
                        k = smooth(r * scale + soft / 2, r * scale - soft / 2, d) * (0.75 + 0.35 * smooth(r * scale * 0.6, r * scale, d))
                        v += k[..., None] * col
            out.append(arr)
        return out
    far, near = lights(1.0, 16), lights(0.55, 4)
    # The still drops: a lens for each, as offsets into the sharp picture.
    sx, sy = np.tile(x, 1), np.tile(y, 1)
    lens = np.zeros((h, w), np.float32)
    shade = np.zeros((h, w), np.float32)

    def stamp(px, py, r, sx, sy, lens, shade, squash=1.15):
        for arr, kind in ((sx, 0), (sy, 1), (lens, 2), (shade, 3)):
            p = patch(arr, px, py, r * 1.5)
            if not p:
                return
            v, dx, dy = p
            d = np.sqrt(dx * dx + (dy / squash) ** 2) / r
            inside = d < 1
            if kind == 0:
                v[...] = np.where(inside, px - dx * (3 + 5 * d), v)
            elif kind == 1:
                v[...] = np.where(inside, 400 - (py - 480) * 0.3 - dy * (3 + 7 * d), v)
            elif kind == 2:
                v[...] = np.maximum(v, smooth(1.0, 0.86, d))
            else:
                tone = np.clip(-0.55 * dy / r * d - 0.15 * d, -1, 1) + 0.9 * smooth(0.3, 0.1, np.sqrt((dx / r + 0.3) ** 2 + (dy / r + 0.45) ** 2))
                v[...] = np.where(inside, tone, v)
    spots = [(rng.uniform(0, w), rng.uniform(0, h), 2 + rng.gamma(1.5, 2.2)) for _ in range(380)]
    for px, py, r in spots:
        stamp(px, py, min(r, 11), sx, sy, lens, shade)
    runs = [(rng.uniform(20, w - 20), rng.uniform(0, 1), rng.uniform(7, 11), rng.uniform(0, 1), 1 + k % 2) for k in range(9)]

    def frame(t):
        gains = [0.8 + 0.2 * np.sin(TAU * (t * (1 + g % 2) + g / 3)) for g in range(3)]
        back = dark + sum(a * g for a, g in zip(far, gains))
        sharp = dark * 1.5 + sum(a * g for a, g in zip(near, gains)) * 1.35 + 12
        ax, ay, al, ash = sx.copy(), sy.copy(), lens.copy(), shade.copy()
        trail = np.zeros((h, w), np.float32)
        for rx, r0, r, ph, laps in runs:
            p = (r0 + t * laps) % 1.0
            ease = p + 0.05 * np.sin(TAU * 4 * p) / 2
            py = -40 + ease * (h + 240)
            px = rx + 9 * np.sin(py / 60 + ph * 9) + 4 * np.sin(py / 23)
            top = max(0, int(py - 200))
            rows = np.arange(top, min(h, max(0, int(py))))
            if len(rows):
                mx = rx + 9 * np.sin(rows / 60 + ph * 9) + 4 * np.sin(rows / 23)
                k = smooth(r * 0.75, r * 0.4, np.abs(x[rows] - mx[:, None])) * ((rows - py + 200) / 200)[:, None]
                al[rows] *= 1 - k
                trail[rows] = np.maximum(trail[rows], k)
            stamp(px, py, r, ax, ay, al, ash, 1.35)
        seen = sharp[np.clip(ay, 0, h - 1).astype(np.int32), np.clip(ax, 0, w - 1).astype(np.int32)]
        seen = seen * (1 + 0.35 * np.minimum(ash, 0))[..., None] + np.maximum(ash, 0)[..., None] * 70 + 8
        back = back * (1 + 0.35 * trail)[..., None] + 18 * trail[..., None]
        return back + (seen - back) * al[..., None]

    track = Track(s.seconds, 71).noise(500, 7000, 0.16, None, 0.4).noise(80, 300, 0.06).drops(110, 700, 2600, 0.16, 60)
    track.tune(keys, [(52, 64, 67, 71), None, None, 74, (48, 64, 67, 71), None, 76, None, (45, 60, 64, 67), None, None, 71, (47, 62, 66, 69), None, 74, None], 0.5, 0.16)
    return frame, track.room(2, 0.3)


@scene("ink-water", seconds=9, fps=24, crf=27)
def ink_water(s):
    w, h = 270, 480
    x, y = grid(w, h)
    warp_x, warp_y = Breathing(s.rng, 512, 512, beta=3.2), Breathing(s.rng, 512, 512, beta=3.2)
    fine_x, fine_y = Breathing(s.rng, 512, 512, beta=2.9, low=4), Breathing(s.rng, 512, 512, beta=2.9, low=4)
    threads = cloud(s.rng, 512, 512, beta=2.7, low=3)
    ground = gradient(w, h, [(0, "#0a0d1f"), (0.6, "#0d1330"), (1, "#05060f")])
    cut = (slice(0, h), slice(0, w))

    def frame(t):
        dx, dy = warp_x.at(t)[cut] * 26, warp_y.at(t)[cut] * 26
        dx2, dy2 = fine_x.at(t)[cut] * 9, fine_y.at(t)[cut] * 9
        u, v = x + dx + dx2, y + dy + dy2
        tex = sample(threads, u * 1.1, v * 0.8)
        plume = np.exp(-((u - 128) / 62) ** 2) * smooth(420, 120, v) * smooth(-90, 40, v + 40)
        mush = np.exp(-(((u - 128) / 105) ** 2 + ((v - 215) / 95) ** 2))
        ink_a = np.clip(plume * (0.75 + 0.35 * tex) + mush * (0.7 + 0.5 * tex), 0, 1.4)
        veins = np.exp(-(tex / 0.12) ** 2) * ink_a
        hue = np.clip(0.5 + (u - 128) / 190 + dy / 120, 0, 1)
        col = ramp([(0, "#3a2bd6"), (0.3, "#8a2be2"), (0.55, "#ff3d81"), (0.8, "#ff8a3d"), (1, "#ffd27a")], hue)
        arr = ground + col * (0.75 * ink_a ** 1.4)[..., None] + rgb("#fff0d8") * (veins * 0.28)[..., None]
        return bloom(enlarge(arr, s.w, s.h), 24, 0.25, 90)

    track = Track(s.seconds, 81).chords([(38, 50, 57, 65, 69), (34, 53, 58, 62, 69)], 0.22, 0.6).tune(bell, [81, None, 77, None, None, 84, None, 76, None, None], 1, 0.07)
    return frame, track.noise(100, 700, 0.08, lambda p: 0.6 + 0.4 * np.cos(TAU * p), 0.8).room(4, 0.6)


@scene("bubbles", seconds=8, fps=24, crf=28)
def bubbles(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#ffc9a8"), (0.25, "#f59fb4"), (0.55, "#9a86d8"), (0.8, "#4a5fb5"), (1, "#27376f")])
    for _ in range(16):
        glow(base, rng.uniform(0, w), rng.uniform(40, 700), rng.uniform(60, 150), rgb("#fff2e0") * 0.12, 1, 0.6)
    balls = []
    for k in range(20):
        r = rng.uniform(14, 40) if k < 14 else rng.uniform(55, 98)
        balls.append((r, (k * 0.618 % 1) * w * 0.95, rng.uniform(0, 1), rng.uniform(0, 1), 1 if r > 50 else 1 + k % 2))
    balls.sort()

    def frame(t):
        arr = base.copy()
        for r, x0, y0, ph, laps in balls:
            p = (y0 + laps * t) % 1.0
            cx, cy = x0 + 22 * np.sin(TAU * (t + ph)), h + 110 - p * (h + 220)
            got = patch(arr, cx, cy, r * 1.06)
            if not got:
                continue
            v, dx, dy = got
            wob = 0.03 * np.sin(TAU * (2 * t + ph))
            nx, ny = dx / r / (1 + wob), dy / r / (1 - wob)
            d = np.sqrt(nx * nx + ny * ny)
            mask = np.clip((1 - d) * r + 0.5, 0, 1)
            rim = np.clip(d, 0, 1) ** 5
            film = 2.2 * d * d + 0.9 * ny + 0.5 * nx * ny + ph * 3 + 0.35 * np.sin(TAU * (t + ph) + 3 * nx)
            rain = np.stack([0.5 + 0.5 * np.cos(TAU * (film + k)) for k in (0.0, 0.33, 0.62)], -1)
            colour = 120 + 135 * rain
            k = mask * (0.07 + 0.68 * rim)
            v += (colour - v) * k[..., None]
            shine = np.exp(-(((nx + 0.42) / 0.2) ** 2 + ((ny + 0.5) / 0.13) ** 2)) + 0.45 * np.exp(-(((nx - 0.45) / 0.1) ** 2 + ((ny - 0.55) / 0.07) ** 2))
            arc = np.exp(-((d - 0.86) / 0.035) ** 2) * smooth(0.2, 0.9, -(nx * 0.6 + ny * 0.8))
            v += ((shine * 0.85 + arc * 0.5) * mask * 200)[..., None]
        return arr

    track = Track(s.seconds, 91).chords([(60, 67, 71, 76), (57, 64, 69, 72), (53, 60, 69, 72), (55, 62, 67, 74)], 0.12, 0.3)
    track.tune(bell, [84, 88, None, 91, 95, None, 93, None, 88, 84, None, 86, 81, None, 91, 88, None, 83, 86, None], 0.5, 0.12)
    for k in range(26):
        f = track.rng.uniform(300, 900)
        track.add(chirp(f, f * 2.1, 0.09), track.rng.uniform(0, s.seconds), 0.05, track.rng.uniform(-0.8, 0.8))
    return frame, track.room(2, 0.4)
