# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Woods and meadows: maple leaves, snow on pines, bamboo, dandelion."""
import numpy as np

from kit.canvas import Canvas, TAU, bloom, glow, grid, smooth, tapered, turn
from kit.colour import gradient, mix, rgb
from kit.noise import line_noise
from kit.stage import scene
from kit.synth import Track, bell, chirp, flute, knock, pluck

MAPLE = [(0, -1), (0.13, -0.62), (0.34, -0.72), (0.28, -0.42), (0.62, -0.56), (0.58, -0.36), (0.98, -0.2), (0.72, -0.04), (0.8, 0.14), (0.4, 0.1),
         (0.46, 0.4), (0.14, 0.26), (0.05, 0.3), (0.04, 0.85), (-0.04, 0.85), (-0.05, 0.3), (-0.14, 0.26), (-0.46, 0.4), (-0.4, 0.1), (-0.8, 0.14),
         (-0.72, -0.04), (-0.98, -0.2), (-0.58, -0.36), (-0.62, -0.56), (-0.28, -0.42), (-0.34, -0.72), (-0.13, -0.62)]


@scene("maple-leaves", seconds=9, fps=24, crf=28)
def maple_leaves(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#ffd9a0"), (0.35, "#f7a35c"), (0.7, "#b8452f"), (1, "#4a1420")])
    glow(base, 380, 140, 330, rgb("#fff3c8") * 0.5, 1, 1.8)
    c = Canvas(w, h, base)
    for depth in range(4):
        col = mix("#e07a45", "#3a0f18", depth / 3)
        for _ in range(6 - depth):
            x, width = rng.uniform(-20, w), 6 + depth * 9 + rng.uniform(0, 6)
            lean = rng.uniform(-40, 40)
            spine = np.array([(x + lean * q + 8 * np.sin(q * 5 + x), h * (1 - q) + 20) for q in np.linspace(0, 1.05, 14)])
            c.poly(tapered(spine, width * (1 - 0.55 * np.linspace(0, 1, 14))), col, 0.55 + 0.12 * depth)
        if depth < 3:
            c.blur(3.2 - depth)
    ground = c.image
    leaves = []
    for k in range(38):
        z = rng.uniform(0.25, 1) ** 1.3 if k < 34 else rng.uniform(1.5, 2.0)
        leaves.append((z, rng.uniform(-40, w + 20), rng.uniform(0, 1), rng.uniform(0, 1), 1 if z < 0.75 or z > 1.4 else 2, rng.choice([-1, 1]),
                       rng.choice(["#e8402a", "#ff7a2e", "#ffb12e", "#c8262a", "#f25a1f"])))
    leaves.sort(key=lambda q: q[0])

    def frame(t):
        c = Canvas(w, h, ground)
        for z, x0, y0, ph, laps, way, col in leaves:
            p = (y0 + laps * t) % 1.0
            r = 30 * z
            x = x0 + 46 * z * np.sin(TAU * (2 * p + ph)) + 30 * np.sin(TAU * (t + ph))
            y = -70 + p * (h + 140)
            flip = np.cos(TAU * (2 * p * way + ph))
            flip = np.sign(flip) * max(0.18, abs(flip))
            spin = TAU * (p * way + ph) + 0.5 * np.sin(TAU * (2 * p + ph))
            shade = mix(col, "#3a0a12", 0.35 * (1 - abs(flip)) + 0.45 * (1 - min(z, 1)) * 0.6)
            pts = turn([(a * r * flip, b * r) for a, b in MAPLE], spin, x, y)
            if z > 1.4:
                c.poly(pts, shade, 0.92)
            else:
                c.poly(pts, shade)
            vein = mix(shade, "#ffe0a0", 0.4)
            for a, b in ((0, -0.8), (0.75, -0.18), (-0.75, -0.18), (0.45, -0.45), (-0.45, -0.45)):
                c.line(turn([(0, 0.2 * r), (a * r * flip, b * r)], spin, x, y), 1.0 * max(0.7, z), vein, 0.7)
        return c

    track = Track(s.seconds, 401).noise(700, 6000, 0.09, lambda p: 0.5 + 0.5 * np.sin(TAU * 2 * p) ** 2, 0.6)
    track.chords([(45, 52, 60, 64), (41, 53, 57, 60), (43, 50, 59, 62)], 0.14, 0.35)
    track.tune(pluck, [76, 72, 69, 72, 76, 79, 77, 72, 69, 72, 77, 81, 79, 74, 71, 74, 67, 71], 0.5, 0.26).tune(flute, [None, 84, None, 81, None, 83], 1.5, 0.06, seconds=1.3)
    return frame, track.room(2, 0.4)


@scene("snow-pines", seconds=8, fps=24, crf=29)
def snow_pines(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#182a52"), (0.35, "#3f5f96"), (0.62, "#a9bfe0"), (0.75, "#d5dff0"), (1, "#5f78a8")])
    glow(base, 150, 190, 260, rgb("#dbe8ff") * 0.4, 1, 2)
    c = Canvas(w, h, base)
    c.circle(150, 190, 44, "#f6f4ea")
    hill = 600 - 70 * line_noise(rng, w, 8, 1, 1.2)
    c.poly([(0, h)] + [(i, hill[i]) for i in range(0, w, 6)] + [(w, h)], "#8fa8d0")

    def pine(x, foot, tall, tone):
        trunk = mix("#2f2a3a", "#8fa8d0", tone)
        green, snow = mix("#1a3d4a", "#8fa8d0", tone), mix("#f4f8ff", "#b9cbe6", tone)
        c.rect(x - tall * 0.03, foot - tall * 0.12, x + tall * 0.03, foot, trunk)
        for k in range(6):
            y0, y1 = foot - tall * (0.1 + 0.145 * k), foot - tall * (0.36 + 0.13 * k)
            r = tall * (0.30 - 0.043 * k)
            c.poly([(x - r, y0), (x - r * 0.5, y0 - 0.02 * tall), (x, y0 + 0.025 * tall), (x + r * 0.5, y0 - 0.02 * tall), (x + r, y0), (x, y1)], green)
            c.poly([(x - r * 0.72, y0 - tall * 0.05), (x - r * 0.3, y0 - tall * 0.065), (x - r * 0.1, y0 - tall * 0.03), (x + r * 0.25, y0 - tall * 0.07), (x + r * 0.5, y0 - tall * 0.07), (x, y1 - tall * 0.01)], snow)
    for k in range(16):
        x = rng.uniform(0, w)
        pine(x, hill[int(x)] + rng.uniform(10, 50), rng.uniform(90, 140), 0.62)
    c.poly([(0, h)] + [(i, 690 + 22 * np.sin(i / 90)) for i in range(0, w + 6, 6)] + [(w, h)], "#b9cbe6")
    for x, foot, tall in ((40, 760, 300), (118, 740, 210), (470, 740, 260), (528, 775, 340)):
        pine(x, foot, tall, 0.25)
    # A hut with a lit window.
    hx, hy = 290, 740
    c.rect(hx - 62, hy - 66, hx + 62, hy, "#3a2a30")
    c.poly([(hx - 84, hy - 60), (hx, hy - 132), (hx + 84, hy - 60)], "#2a1f28")
    c.poly([(hx - 90, hy - 62), (hx, hy - 142), (hx + 90, hy - 62), (hx + 70, hy - 66), (hx, hy - 122), (hx - 70, hy - 66)], "#f4f8ff")
    c.rect(hx + 26, hy - 128, hx + 44, hy - 90, "#4a3a40")
    c.rect(hx + 23, hy - 134, hx + 47, hy - 126, "#f4f8ff")
    for wx in (-44, 14):
        c.rect(hx + wx, hy - 48, hx + wx + 30, hy - 18, "#ffcf6b")
        c.line([(hx + wx + 15, hy - 48), (hx + wx + 15, hy - 18)], 2, "#3a2a30")
        c.line([(hx + wx, hy - 33), (hx + wx + 30, hy - 33)], 2, "#3a2a30")
    c.poly([(0, h)] + [(i, 768 + 30 * np.sin(i / 120 + 2)) for i in range(0, w + 6, 6)] + [(w, h)], "#8aa3cc")
    c.poly([(0, h)] + [(i, 850 + 20 * np.sin(i / 100)) for i in range(0, w + 6, 6)] + [(w, h)], "#5f7cb0")
    ground = c.pixels()
    flakes = [(rng.uniform(0, w), rng.uniform(0, 1), z, rng.uniform(0, 1), 1 + (z > 0.6)) for z in np.sort(rng.uniform(0.2, 1, 130))]

    def frame(t):
        arr = ground.copy()
        for wx in (-29, 29):
            glow(arr, hx + wx, hy - 33, 95 + 6 * np.sin(TAU * (3 * t) + wx), rgb("#ffb04a") * 0.5, 1, 2)
        c = Canvas(w, h, arr)
        for k in range(9):
            p = (k / 9 + t) % 1.0
            c.circle(hx + 35 + 40 * p * p + 7 * np.sin(TAU * (p * 1.5)), hy - 134 - 150 * p, 6 + 22 * p, "#e8eef8", 0.30 * (1 - p) * smooth(0, 0.1, p))
        for x, y0, z, ph, laps in flakes:
            p = (y0 + laps * t) % 1.0
            c.circle((x + 26 * np.sin(TAU * (t + ph)) + 40 * p) % (w + 20) - 10, -10 + p * (h + 20), 0.9 + 2.9 * z, "#ffffff", 0.5 + 0.45 * z)
        return c

    track = Track(s.seconds, 411).noise(150, 900, 0.12, lambda p: 0.5 + 0.5 * np.sin(TAU * p) ** 2, 0.8)
    track.tune(bell, [76, 79, 83, None, 81, 79, 74, None, 72, 76, 79, None, 78, 74, 71, None], 0.5, 0.16).chords([(48, 55, 64), (50, 57, 62), (45, 52, 60), (43, 50, 59)], 0.15, 0.35)
    return frame, track.room(3, 0.5)


@scene("bamboo", seconds=6, fps=24, crf=28)
def bamboo(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#eaf4c8"), (0.3, "#b6d98f"), (0.65, "#4f9a63"), (1, "#12402f")])
    x, y = grid(w, h)
    glow(base, 300, 110, 360, rgb("#fffbe0") * 0.4, 1, 1.6)
    stalks = []
    for depth in range(3):
        for k in range((6, 5, 4)[depth]):
            sx = (k + rng.uniform(0.1, 0.9)) * w / (6, 5, 4)[depth]
            if depth == 2:
                sx = (28, 120, 452, 520)[k]
            leaves = [(rng.uniform(0.2, 0.97), rng.choice([-1, 1]), rng.uniform(0.7, 1.2), rng.uniform(0, 1)) for _ in range((4, 7, 11)[depth])]
            stalks.append((depth, sx, (7, 12, 20)[depth] * rng.uniform(0.85, 1.15), rng.uniform(-24, 24), rng.uniform(0, 1), leaves, rng.uniform(60, 90) * (0.8 + 0.4 * depth)))
    tint = ["#8fc27a", "#3f9a5a", "#1f6b45"]
    rays = [(-60, 50, 0.0), (120, 36, 0.3), (260, 60, 0.6), (430, 40, 0.8)]
    drift = [(rng.uniform(0, w), rng.uniform(0, 1), rng.uniform(0, 1)) for _ in range(9)]

    def leaf(c, px, py, a, size, col):
        q = np.linspace(0, 1, 9)
        spine = np.stack([px + np.cos(a) * q * size, py + np.sin(a) * q * size + 10 * q * q * size / 50], 1)
        c.poly(tapered(spine, size * 0.085 * np.sin(np.pi * q ** 0.7)), col)

    def frame(t):
        c = Canvas(w, h, base)
        for depth in range(3):
            for d, sx, r, lean, ph, leaves, node in stalks:
                if d != depth:
                    continue
                sway = (10 + 7 * depth) * np.sin(TAU * (t + ph * 0.3)) + 4 * np.sin(TAU * (2 * t + ph))
                body = tint[depth]

                def at(q):
                    return sx + lean * q + sway * q * q, h + 20 - q * (h + 60)
                n = int((h + 60) / node)
                for k in range(n + 1):
                    q0, q1 = k / (n + 1), (k + 1) / (n + 1)
                    (x0, y0), (x1, y1) = at(q0), at(q1)
                    r0 = r * (1 - 0.35 * q0)
                    c.poly([(x0 - r0, y0), (x0 + r0, y0), (x1 + r0 * 0.94, y1 + 2), (x1 - r0 * 0.94, y1 + 2)], body)
                    c.poly([(x0 - r0 * 0.7, y0), (x0 - r0 * 0.25, y0), (x1 - r0 * 0.25, y1 + 2), (x1 - r0 * 0.65, y1 + 2)], mix(body, "#f2ffd0", 0.35))
                    c.poly([(x0 + r0 * 0.5, y0), (x0 + r0, y0), (x1 + r0 * 0.94, y1 + 2), (x1 + r0 * 0.5, y1 + 2)], mix(body, "#06281c", 0.35))
                    c.rect(x1 - r0 * 1.06, y1, x1 + r0 * 1.06, y1 + 3 + depth, mix(body, "#06281c", 0.45), radius=2)
                for q, side, size, lp in leaves:
                    px, py = at(q)
                    flutter = 0.16 * np.sin(TAU * (3 * t + lp)) + 0.1 * np.sin(TAU * (t + ph))
                    long = (44, 62, 84)[depth] * size
                    ex, ey = px + side * long * 0.6, py - long * 0.28
                    c.line([(px, py), (ex, ey)], 1 + 0.5 * depth, body)
                    for k, da in enumerate((-0.45, 0.05, 0.55, 0.95)):
                        a = (0.25 + da if side > 0 else np.pi - 0.25 - da) + flutter
                        leaf(c, ex, ey, a, long * (1 - 0.12 * k), mix(body, "#d8f29a", 0.12 * (k % 3)))
            if depth < 2:
                c.rect(0, 0, w, h, "#d6ecae" if depth == 0 else "#8fc27a", 0.16)
        for x0, ph, lp in drift:
            p = (ph + t) % 1.0
            leaf(c, x0 + 60 * np.sin(TAU * (p + lp)) + 40 * p, -30 + p * (h + 60), TAU * (2 * p + lp), 26, "#e9f2a0")
        arr = c.pixels()
        for rx, width, ph in rays:
            k = np.exp(-((x - rx - 0.42 * y) / width) ** 2) * np.exp(-y / 520) * (0.14 + 0.06 * np.sin(TAU * (t + ph)))
            arr += k[..., None] * rgb("#fffbd0")
        return arr

    track = Track(s.seconds, 421).noise(900, 8000, 0.12, lambda p: 0.4 + 0.6 * np.sin(TAU * p) ** 2, 0.5)
    track.tune(flute, [74, None, 76, 79, 81, None, 79, 76, 74, 71, 69, None, 71, 74, None, None], 0.375, 0.14, seconds=0.6)
    track.tune(pluck, [50, None, 57, None, 62, None, 57, None, 47, None, 54, None, 59, None, 57, None], 0.375, 0.25)
    for at in (0.9, 1.15, 3.3, 5.7, 5.9, 6.1):
        track.add(chirp(2600, 3600, 0.09), at, 0.04, np.sin(at * 7))
    for at in (2.5, 6.9):
        track.add(knock(520, 30, 0.25), at, 0.2, -0.3)
    return frame, track.room(2.2, 0.4)


@scene("dandelion", seconds=8, fps=24, crf=28)
def dandelion(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#2f6f9a"), (0.35, "#6fb0b8"), (0.62, "#f2d59a"), (0.8, "#7a9a5a"), (1, "#1f3f2a")])
    glow(base, 400, 560, 300, rgb("#ffe0a0") * 0.28, 1, 1.8)
    c = Canvas(w, h, base)
    for _ in range(24):
        c.circle(rng.uniform(0, w), rng.uniform(660, 940), rng.uniform(10, 40), rng.choice(["#e8f2a8", "#b9d88f", "#fff0b8"]), 0.16)
    c.blur(3)
    ground = c.image
    grass = [(rng.uniform(-10, w + 10), rng.uniform(70, 230), rng.uniform(0, 1), rng.uniform(-40, 40), rng.uniform(3, 6)) for _ in range(70)]
    cx, cy, r = 205, 450, 116
    gold = np.pi * (3 - np.sqrt(5))
    tips = []
    for k in range(150):
        z = 1 - 2 * (k + 0.5) / 150
        a = k * gold
        tips.append((np.sqrt(1 - z * z) * np.cos(a), np.sqrt(1 - z * z) * np.sin(a), z))
    tips = [p for p in tips if not (p[0] > 0.55 and p[1] < 0.1)]
    fly = [(rng.uniform(0, 1), rng.uniform(-0.55, 0.5), rng.uniform(0.75, 1.3), rng.uniform(0, 1)) for _ in range(22)]

    def tuft(c, x, y, a, size, alpha):
        """A seed: a at the angle of the stalk, the umbrella at its end."""
        ex, ey = x + np.cos(a) * size * 0.9, y + np.sin(a) * size * 0.9
        c.line([(x, y), (ex, ey)], 1.1, "#f8f4e4", alpha)
        for da in np.linspace(-1.15, 1.15, 9):
            c.line([(ex, ey), (ex + np.cos(a + da) * size * 0.5, ey + np.sin(a + da) * size * 0.5)], 0.8, "#ffffff", alpha * 0.8)
        q = np.linspace(0, 1, 6)
        c.poly(tapered(np.stack([x - np.cos(a) * q * size * 0.3, y - np.sin(a) * q * size * 0.3], 1), 1.8 * np.sin(np.pi * (0.1 + 0.8 * q))), "#6b4a2f", alpha)

    def frame(t):
        c = Canvas(w, h, ground)
        sway = 8 * np.sin(TAU * t) + 3 * np.sin(TAU * (2 * t + 0.2))
        for gx, tall, ph, lean, width in grass:
            q = np.linspace(0, 1, 10)
            spine = np.stack([gx + (lean + 16 * np.sin(TAU * (t + ph * 0.4))) * q * q, h + 10 - tall * q], 1)
            c.poly(tapered(spine, width * (1 - q) + 0.2), mix("#2f6b3a", "#14321f", ph))
        q = np.linspace(0, 1, 24)
        hx, hy = cx + sway, cy
        stem = np.stack([290 - (290 - hx) * q ** 1.3 + 16 * np.sin(np.pi * q), h + 10 - (h + 10 - hy) * q], 1)
        c.poly(tapered(stem, 5.5 - 2.2 * q), "#4f7a3f")
        c.poly(tapered(stem - [1.6, 0], 1.6 - 0.8 * q), "#9fc27a")
        for px, py, z in sorted(tips, key=lambda p: p[2]):
            shiver = 0.05 * np.sin(TAU * 4 * t + px * 9)
            ex, ey = hx + (px + shiver * py) * r * 0.72, hy + py * r * 0.72
            al = 0.35 + 0.5 * (z + 1) / 2
            c.line([(hx + px * 12, hy + py * 12), (ex, ey)], 0.8, "#d8d2b8", al)
            rim = 0.30 * r
            for k in range(7):
                a = TAU * k / 7 + px * 3
                c.line([(ex, ey), (ex + (px * 0.55 + 0.6 * np.cos(a)) * rim, ey + (py * 0.55 + 0.6 * np.sin(a)) * rim)], 0.7, "#ffffff", al * 0.75)
        c.circle(hx, hy, 13, "#a8905a")
        for k in range(30):
            a, b = k * gold, 12 * np.sqrt(k / 30)
            c.circle(hx + b * np.cos(a), hy + b * np.sin(a), 1.6, "#6b4a2f")
        for ph, up, size, lp in fly:
            p = (ph + t) % 1.0
            x = hx + 60 + p * 420
            y = hy - 40 - 420 * p * (0.55 + up * 0.6) + 22 * np.sin(TAU * (2 * p + lp)) + 60 * up
            fade = smooth(0, 0.08, p) * smooth(1, 0.85, p)
            tuft(c, x, y, -1.25 + 0.5 * np.sin(TAU * (2 * p + lp)), 30 * size, 0.95 * fade)
        return bloom(c.pixels(), 12, 0.16, 150)

    track = Track(s.seconds, 431).noise(400, 3000, 0.12, lambda p: 0.3 + 0.7 * np.sin(np.pi * p) ** 2, 0.7)
    track.chords([(48, 55, 64, 71), (53, 57, 64, 69)], 0.14, 0.35).tune(pluck, [72, 76, 79, 83, 84, 83, 79, 76, 69, 72, 77, 81, 84, 81, 79, 77], 0.5, 0.22)
    track.tune(bell, [None, None, 91, None, 95, None, 93, None], 1, 0.07)
    for at in (1.2, 1.4, 4.6, 6.3, 6.5):
        track.add(chirp(3000, 4200, 0.08), at, 0.03, 0.5)
    return frame, track.room(2.2, 0.4)
