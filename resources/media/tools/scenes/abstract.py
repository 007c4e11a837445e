# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Abstract scenes: lava lamp, cubes, flow field, kaleidoscope, stained glass, curves."""
import numpy as np

from kit.canvas import Canvas, TAU, bloom, blurred, enlarge, glow, grid, over, smooth
from kit.colour import gradient, mix, ramp, rgb
from kit.noise import cloud, sample
from kit.stage import scene
from kit.synth import Track, bell, flute, keys, knock, pluck


@scene("metaballs", seconds=10, fps=24, crf=27)
def metaballs(s):
    """A lava lamp."""
    w, h = s.w, s.h
    x, y = grid(w // 2, h // 2)
    x, y = x * 2, y * 2
    cx = 250
    base = gradient(w, h, [(0, "#1b0f3a"), (0.6, "#2b1450"), (1, "#0e0620")])
    glow(base, cx, 470, 480, rgb("#ff4f8a") * 0.42, 1, 2)
    half = np.interp(y, [120, 200, 640, 700], [70, 84, 150, 128])
    glass = smooth(3, -3, np.abs(x - cx) - half) * smooth(118, 124, y) * smooth(702, 696, y)
    balls = [(s.rng.uniform(-55, 55), s.rng.uniform(0, 1), s.rng.uniform(26, 50), 1 if k < 6 else 2) for k in range(9)]
    edge = np.clip((np.abs(x - cx)) / half, 0, 1)

    def frame(t):
        field = np.zeros_like(x)
        for ox, ph, r, laps in balls:
            p = (ph + laps * t) % 1.0
            lift = 0.5 - 0.5 * np.cos(TAU * p)
            by, bx = 690 - 560 * lift, cx + ox * (0.55 + 0.65 * (1 - lift)) + 12 * np.sin(TAU * (2 * t + ph))
            field += (r * r) / ((x - bx) ** 2 + ((y - by) * 0.86) ** 2 + 60)
        field += 1.25 * np.exp((y - 704) / 26) + 0.8 * np.exp((120 - y) / 18)
        wax = smooth(0.93, 1.07, field)
        hot = ramp([(120, "#ff3d7f"), (420, "#ff6a4a"), (700, "#ffd35a")], y)
        fluid = ramp([(120, "#3a1a8a"), (700, "#8a2a9a")], y)
        inner = np.clip((field - 1) * 0.55, 0, 1)[..., None]
        body = fluid + (hot * (0.78 + 0.34 * inner) - fluid) * wax[..., None]
        body *= (1 - 0.45 * edge ** 3)[..., None]
        body += (np.exp(-((edge - 0.72) / 0.07) ** 2) * (x < cx) * 46)[..., None]
        c = Canvas(w, h, base)
        arr = c.pixels()
        big = enlarge(body, w, h)
        mask = enlarge(np.repeat(glass[..., None] * 255, 3, 2), w, h) / 255
        arr += (big - arr) * mask
        c = Canvas(w, h, arr)
        c.poly([(cx - 70, 124), (cx + 70, 124), (cx + 54, 66), (cx - 54, 66)], "#c9b6e8")
        c.poly([(cx - 70, 124), (cx - 30, 124), (cx - 26, 66), (cx - 54, 66)], "#efe4ff")
        c.poly([(cx - 132, 696), (cx + 132, 696), (cx + 84, 786), (cx - 84, 786)], "#a893cf")
        c.poly([(cx - 84, 784), (cx + 84, 784), (cx + 140, 872), (cx - 140, 872)], "#8a74b8")
        c.poly([(cx - 132, 696), (cx - 70, 696), (cx - 44, 786), (cx - 84, 786)], "#e0d2f8")
        c.poly([(cx - 84, 784), (cx - 44, 784), (cx - 74, 872), (cx - 140, 872)], "#bfaee0")
        c.rect(0, 870, w, h, "#150a2a")
        return bloom(c.pixels(), 26, 0.28, 120)

    track = Track(s.seconds, 301).chords([(45, 57, 60, 64, 67), (41, 53, 57, 64, 72)], 0.2, 0.5).noise(60, 260, 0.06)
    track.tune(keys, [69, None, 72, 76, None, 79, None, 76, 65, None, 69, 72, None, 76, None, 71], 0.625, 0.2)
    return frame, track.room(2.6, 0.5)


@scene("iso-cubes", seconds=6, fps=24, crf=27)
def iso_cubes(s):
    w, h = s.w, s.h
    base = gradient(w, h, [(0, "#171440"), (1, "#0a0820")])
    n, a, b = 13, 23, 13.4
    stops = [(-1, "#2a3bd6"), (-0.3, "#7a4bf0"), (0.3, "#ff5f9a"), (1, "#ffc45a")]

    def frame(t):
        c = Canvas(w, h, base)
        for i in range(n):
            for j in range(n):
                d = np.hypot(i - (n - 1) / 2, j - (n - 1) / 2)
                wave = np.sin(TAU * (2 * t - d / 7.5))
                z = 50 * wave + 20 * np.sin(TAU * (t + (i + j) / n))
                x, y = w * 0.48 + (i - j) * a * 0.88, 210 + (i + j) * b * 0.98 - z
                col = ramp(stops, np.array([wave * 0.8 + 0.2 * np.sin(TAU * (i - j) / n)]))[0]
                k, m = a * 0.82, b * 0.82
                foot = 128
                c.poly([(x - k, y), (x, y + m), (x, y + m + foot), (x - k, y + foot)], col * 0.55)
                c.poly([(x + k, y), (x, y + m), (x, y + m + foot), (x + k, y + foot)], col * 0.34)
                c.poly([(x, y - m), (x + k, y), (x, y + m), (x - k, y)], mix(col, "#ffffff", 0.14))
        return c

    track = Track(s.seconds, 311)
    track.tune(pluck, [60, 64, 67, 72, 76, 72, 67, 64, 57, 60, 64, 69, 72, 69, 64, 60, 53, 57, 60, 65, 69, 65, 60, 57], 0.25, 0.3, bright=1.8)
    track.tune(bell, [None, 84, None, 88, None, 81, None, 84, None, 77, 79, None], 0.5, 0.1)
    for k in range(24):
        track.add(knock(300 + 60 * (k % 4), 50), k * 0.25, 0.22 if k % 4 == 0 else 0.08)
    return frame, track.chords([(48, 55), (45, 52), (41, 53)], 0.16, 0.4).room(1.6, 0.3)


@scene("flow-field", seconds=6, fps=24, crf=30)
def flow_field(s):
    """Streamlines of a still field; bright dashes run along them."""
    w, h, rng = s.w, s.h, s.rng
    field = cloud(rng, 256, 256, beta=3.4)
    base = gradient(w, h, [(0, "#0b1533"), (0.6, "#111b45"), (1, "#070b1f")])
    px, py = rng.uniform(-60, w + 60, 330), rng.uniform(-60, h + 60, 330)
    path = [(px, py)]
    for _ in range(88):
        ang = 2.3 * sample(field, px * 0.2, py * 0.2) + 0.55
        px, py = px + 4.2 * np.cos(ang), py + 4.2 * np.sin(ang)
        path.append((px, py))
    path = np.array(path).transpose(2, 0, 1)
    tone = np.clip(sample(field, path[:, 0, 0] * 0.13 + 40, path[:, 0, 1] * 0.13) * 0.27 + 0.45, 0, 1)
    cols = ramp([(0, "#2fd6c8"), (0.25, "#4f8bff"), (0.5, "#b06bff"), (0.72, "#ff6f91"), (0.9, "#ffc75f"), (1, "#fff3c4")], tone)
    phase, width = rng.uniform(0, 1, len(path)), rng.uniform(2.0, 5.5, len(path))
    c = Canvas(w, h, base)
    for k in range(len(path)):
        c.line([tuple(p) for p in path[k]], width[k] * 0.5, cols[k], 0.16)
    still = c.image

    def frame(t):
        c = Canvas(w, h, still)
        m = 89
        for k in range(len(path)):
            p = (phase[k] + t) % 1.0
            head = p * (m + 34)
            calm = 0.55 if path[k, 44, 1] > h * 0.76 else 1
            lo, hi = int(max(0, head - 34)), int(min(m - 1, head))
            if hi - lo < 2:
                continue
            third = max(1, (hi - lo) // 3)
            for j, al in ((0, 0.3), (1, 0.6), (2, 1.0)):
                a0, a1 = lo + j * third, (lo + (j + 1) * third + 1) if j < 2 else hi + 1
                seg = path[k, a0:a1]
                if len(seg) > 1:
                    c.line([tuple(q) for q in seg], width[k] * (0.6 + 0.2 * j), cols[k], al * calm)
            if head < m:
                c.circle(*path[k, hi], width[k] * 0.6, mix(cols[k], "#ffffff", 0.5), calm)
        return c

    track = Track(s.seconds, 321).noise(300, 2500, 0.12, lambda p: 0.6 + 0.4 * np.sin(TAU * 2 * p), 0.7)
    track.tune(pluck, [62, 69, 74, 76, 78, 76, 74, 69, 59, 66, 71, 74, 78, 74, 71, 66, 55, 62, 67, 71, 74, 71, 67, 62], 0.25, 0.22)
    return frame, track.chords([(50, 57, 66), (47, 54, 62), (43, 55, 59)], 0.14, 0.4).room(2.4, 0.4)


@scene("kaleidoscope", "square", seconds=6, fps=24, crf=30)
def kaleidoscope(s):
    w, h, rng = s.w, s.h, s.rng
    x, y = grid(w, h)
    x, y = x - w / 2, y - h / 2
    r = np.hypot(x, y)
    a = np.arctan2(y, x)
    wedge = TAU / 12
    fold = np.abs(((a + wedge / 2) % wedge) - wedge / 2)
    # A folded disc shows one wedge of this picture: coloured glass that turns.
    n = 900
    c = Canvas(n, n, "#120a30", 2)
    cols = ["#ff3d68", "#ff9f1c", "#ffe14d", "#2ec4b6", "#3a86ff", "#8338ec", "#ff5fa2", "#fdf0d5", "#06d6a0"]
    for k in range(230):
        px, py, size = rng.uniform(0, n), rng.uniform(0, n), rng.uniform(50, 190)
        m, b0 = rng.integers(3, 7), rng.uniform(0, TAU)
        c.poly([(px + size * np.cos(b0 + TAU * j / m), py + size * np.sin(b0 + TAU * j / m)) for j in range(m)], cols[k % 9], 0.82)
        c.ring(px, py, size * 0.55, 5, cols[(k * 5 + 2) % 9], 0.9)
    glass = c.pixels()
    shade = (1 - 0.10 * np.abs(fold / (wedge / 2)) ** 3)[..., None]
    disc = smooth(352, 347, r)
    back = gradient(w, h, [(0, "#0d0826"), (1, "#05030f")])
    rim = np.exp(-((r - 350) / 3) ** 2)[..., None] * rgb("#c9a86b")

    def frame(t):
        t2 = TAU * t
        u = r * np.cos(fold) * 0.62
        v = r * np.sin(fold) * 0.62
        lean = 0.22 * np.sin(t2)
        ca, sa = np.cos(lean), np.sin(lean)
        gx, gy = 450 + 46 * np.cos(t2 + 1) + (u - 130) * ca - v * sa, 450 + 46 * np.sin(t2) + (u - 130) * sa + v * ca
        pic = sample(glass, gx, gy) * shade
        k = disc[..., None]
        return back * (1 - k) + pic * k + rim

    track = Track(s.seconds, 331).chords([(53, 60, 64, 69), (50, 57, 65, 69)], 0.12, 0.4)
    track.tune(bell, [81, 84, 88, 84, 81, 89, 88, 84, 79, 81, 86, 84, 77, 81, 86, 89], 0.375, 0.2, seconds=2.5)
    track.tune(bell, [93, None, 96, None, None, 98, None, 91], 0.75, 0.05)
    return frame, track.room(2.6, 0.45)


@scene("stained-glass", seconds=8, fps=24, crf=28)
def stained_glass(s):
    """A Voronoi window; the sun behind it moves, the cells breathe."""
    w, h, rng = s.w, s.h, s.rng
    x, y = grid(w, h)
    n = 64
    px, py = rng.uniform(0, w, n), rng.uniform(0, h, n)
    for _ in range(2):
        best = np.argmin((x[::6, ::6, None] - px) ** 2 + (y[::6, ::6, None] - py) ** 2, -1)
        for k in range(n):
            m = best == k
            if m.any():
                px[k], py[k] = x[::6, ::6][m].mean(), y[::6, ::6][m].mean()
    ph = rng.uniform(0, 1, n)
    d0 = np.hypot(px - 250, py - 360)
    cols = ramp([(0, "#fff0a8"), (90, "#ffc23d"), (170, "#ff6b3d"), (260, "#d8265f"), (360, "#6b2bd0"), (470, "#1f5fd0"), (640, "#0f3a6b")], d0 + rng.normal(0, 34, n))
    cols[rng.random(n) < 0.12] = rgb("#1fb89a")
    grain = 1 + 0.06 * cloud(rng, h, w, beta=2.0, low=4)[..., None]
    hx, hy = grid(w // 2, h // 2)
    hx, hy = hx * 2, hy * 2
    arch = np.where(y > 270, np.abs(x - 262) - 226, np.hypot(x - 262, y - 270) - 226)
    stone = over(gradient(w, h, [(0, "#1d1a26"), (1, "#100e18")]) * (1 + 0.07 * cloud(rng, h, w, beta=1.6)[..., None]), rgb("#3a3446"), np.exp(-((arch - 12) / 7) ** 2))
    inside = smooth(1, -1, arch)[..., None] * smooth(838, 834, y)[..., None]

    def frame(t):
        jx, jy = px + 9 * np.sin(TAU * (t + ph)), py + 9 * np.cos(TAU * (t + ph))
        best = np.full(hx.shape, 1e9, np.float32)
        second = best.copy()
        who = np.zeros(hx.shape, np.int32)
        for k in range(n):
            d = (hx - jx[k]) ** 2 + (hy - jy[k]) ** 2
            nearer = d < best
            second = np.where(nearer, best, np.minimum(second, d))
            who[nearer] = k
            best = np.where(nearer, d, best)
        seam = np.sqrt(second) - np.sqrt(best)
        sx, sy = 262 + 130 * np.sin(TAU * t), 330 + 150 * np.cos(TAU * t)
        sun = np.exp(-(((hx - sx) / 190) ** 2 + ((hy - sy) / 250) ** 2))
        tone = cols * (0.82 + 0.18 * np.sin(TAU * (t * 1 + ph)))[:, None]
        pic = tone[who] * (0.62 + 0.62 * sun)[..., None] + (sun ** 2 * 46)[..., None]
        pic *= smooth(3.0, 7.0, seam)[..., None]
        pic = enlarge(pic, w, h) * grain
        arr = stone * (1 - inside) + pic * inside
        return arr + blurred(pic * inside, 40) * 0.3 * (1 - 0.6 * inside)

    track = Track(s.seconds, 341).chords([(43, 55, 62, 67, 71), (48, 55, 64, 67, 72), (45, 57, 60, 69, 76), (50, 57, 62, 66, 74)], 0.2, 0.62)
    track.tune(flute, [79, 78, 76, 74, 76, 72, 74, 71], 1.0, 0.07, seconds=1.2)
    return frame, track.room(4.5, 0.65)


@scene("lissajous", "square", seconds=8, fps=24, crf=29)
def lissajous(s):
    w, h = s.w, s.h
    base = gradient(w, h, [(0, "#081a1c"), (0.5, "#0b2a2c"), (1, "#050f12")])
    c = Canvas(w, h, base)
    for k in range(1, 12):
        c.line([(k * 60, 60), (k * 60, 660)], 1, "#2f6f6a", 0.35)
        c.line([(60, k * 60), (660, k * 60)], 1, "#2f6f6a", 0.35)
    c.line([(360, 60), (360, 660)], 1.4, "#4fa89f", 0.5)
    c.line([(60, 360), (660, 360)], 1.4, "#4fa89f", 0.5)
    ground = c.pixels()
    q = np.linspace(0, TAU, 420)

    def frame(t):
        c = Canvas(w, h, np.zeros((h, w, 3), np.float32))
        turn_ = TAU * t
        x = 360 + 250 * np.sin(3 * q + turn_)
        y = 360 + 250 * np.sin(2 * q)
        pos = (q / TAU - t * 1.0) % 1.0
        for k in range(len(q) - 1):
            v = pos[k]
            col = ramp([(0, "#1fae8f"), (0.7, "#4fffc0"), (0.96, "#e8fff4"), (1, "#1fae8f")], np.array([v]))[0]
            c.line([(x[k], y[k]), (x[k + 1], y[k + 1])], 3.4, col * (0.35 + 0.65 * v))
        hx, hy = 360 + 250 * np.sin(3 * TAU * t + turn_), 360 + 250 * np.sin(2 * TAU * t)
        c.line([(hx, 46), (hx, hy)], 1.2, "#ff9f5a", 0.6)
        c.line([(46, hy), (hx, hy)], 1.2, "#ff9f5a", 0.6)
        for px, py, r in ((hx, hy, 9), (hx, 46, 6), (46, hy, 6)):
            c.circle(px, py, r, "#ffb36b")
        light = c.pixels()
        return ground + light + blurred(light, 6, 2) * 0.9 + blurred(light, 26) * 0.7

    track = Track(s.seconds, 351)
    t = np.arange(track.n) / 48000
    for f, g, ch in ((165, 0.12, 0), (110, 0.16, 1)):
        tone = (np.sin(TAU * f * t) + 0.3 * np.sin(TAU * 2 * f * t)) * g * (0.7 + 0.3 * np.sin(TAU * t / s.seconds * (2 + ch)))
        track.mix[:, ch] += tone
        track.mix[:, 1 - ch] += tone * 0.4
    track.tune(pluck, [64, None, 69, 71, None, 76, None, 71, 69, None, 64, None, 73, None, 71, None], 0.5, 0.25, bright=2)
    return frame, track.room(2.5, 0.4)
