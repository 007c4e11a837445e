# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""On the way: train, balloons, paper cranes, lighthouse, caravan, a small game."""
import numpy as np

from kit.canvas import Canvas, TAU, glow, grid, over, smooth, tapered, turn
from kit.colour import gradient, mix, rgb
from kit.noise import cloud, line_noise
from kit.stage import scene
from kit.synth import Track, bell, chirp, flute, hiss, knock, pluck, square


def band(profile, shift):
    """A periodic outline moved to the left by shift (0..1 of its length)."""
    return np.roll(profile, -int(round(shift * len(profile))))


@scene("train", "wide", seconds=8, fps=24, crf=28)
def train(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#6fb7e8"), (0.35, "#bfe3f0"), (0.55, "#fff0cf"), (1, "#fff0cf")])
    glow(base, 720, 120, 240, rgb("#fff0c0") * 0.2, 1, 1.8)
    hills = [(268, 58, line_noise(rng, w, 5, 1, 1.2), "#9cc3c8", 1), (318, 44, line_noise(rng, w, 5, 1, 1.2), "#7fb58f", 1), (362, 26, line_noise(rng, w, 4, 1, 1.2), "#5f9f62", 2)]
    trees = [(rng.uniform(0, w), rng.uniform(0.7, 1.2), rng.choice(["#3f8a4f", "#4f9a4a", "#2f7a55"])) for _ in range(16)]
    clouds = [(rng.uniform(0, w), rng.uniform(30, 150), rng.uniform(0.5, 1.1)) for _ in range(6)]
    blooms = [(rng.uniform(0, w), rng.uniform(0, 1)) for _ in range(150)]
    near = [(rng.uniform(0, w), rng.uniform(16, 40), rng.choice(["#2f6b3a", "#3f7f3a"])) for _ in range(26)]

    def coach(c, x, y, engine, t):
        body, stripe = ("#c8402f", "#ffe2a8") if engine else ("#2f6b4a", "#f2d27a")
        c.rect(x, y, x + 196, y + 66, body, radius=11)
        c.rect(x, y + 42, x + 196, y + 48, stripe)
        c.rect(x + 2, y - 6, x + 194, y + 6, mix(body, "#101820", 0.45), radius=5)
        for k in range(6):
            wx = x + 14 + k * 30
            if engine and k > 3:
                continue
            c.rect(wx, y + 13, wx + 22, y + 34, "#fff2c8", radius=4)
            if (k + int(x)) % 3 != 1:
                c.circle(wx + 11, y + 27, 5, "#6b4a3a")
                c.rect(wx + 4, y + 30, wx + 18, y + 34, "#b5533f" if k % 2 else "#3a5f8a", radius=2)
        if engine:
            c.poly([(x + 150, y + 8), (x + 190, y + 12), (x + 194, y + 36), (x + 150, y + 36)], "#bfe3f0")
            c.circle(x + 188, y + 54, 6, "#fff6c8")
        c.rect(x + 8, y + 64, x + 188, y + 74, "#2a2f38")
        for wx in (28, 58, 138, 168):
            c.circle(x + wx, y + 76, 11, "#1f232b")
            c.circle(x + wx, y + 76, 6.5, "#6a7280")
            a = TAU * 24 * t
            c.line([(x + wx - 9 * np.cos(a), y + 76 - 9 * np.sin(a)), (x + wx + 9 * np.cos(a), y + 76 + 9 * np.sin(a))], 2, "#aab2c0")

    def frame(t):
        c = Canvas(w, h, base)
        for x0, y0, k in clouds:
            x = ((x0 / w - t) % 1.0) * (w + 300) - 150
            for dx, dy, r in ((0, 0, 30), (34, -12, 38), (72, 0, 30), (36, 8, 34)):
                c.ellipse(x + dx * k, y0 + dy * k, r * k * 1.15, r * k * 0.72, "#ffffff", 0.85)
        for y0, amp, prof, col, laps in hills:
            p = y0 - amp * band(prof, t * laps)
            c.poly([(0, h)] + [(i, p[i]) for i in range(0, w, 8)] + [(w, p[-1]), (w, h)], col)
        for x0, k, col in trees:
            x = ((x0 / w - 2 * t) % 1.0) * (w + 120) - 60
            c.rect(x - 3 * k, 366, x + 3 * k, 394, "#6b4a3a")
            c.ellipse(x, 352 - 8 * k, 20 * k, 27 * k, col)
            c.ellipse(x - 5 * k, 346 - 10 * k, 11 * k, 14 * k, mix(col, "#d8f0a0", 0.35))
        c.rect(0, 386, w, h, "#f2c832")
        for k in range(6):
            y = 388 + k * 5
            c.line([(0, y), (w, y)], 2, mix("#f2c832", "#b8a02a", 0.35 + 0.1 * (k % 2)), 0.6)
        for x0, dy in blooms:
            x = ((x0 / w - 3 * t) % 1.0) * (w + 20) - 10
            c.ellipse(x, 388 + dy * 26, 6, 2.6, "#ffe66b" if dy > 0.5 else "#fff2a0")
        for k in range(4):
            x = ((k / 4 - 3 * t) % 1.0) * (w + 40) - 20
            c.rect(x - 3, 262, x + 3, 430, "#4a4a55")
            c.rect(x - 3, 268, x + 46, 272, "#4a4a55")
        c.line([(0, 276), (w, 276)], 1.6, "#4a4a55", 0.8)
        c.rect(0, 424, w, 446, "#8a7a6a")
        for k in range(4):
            coach(c, 60 + k * 202 - 30, 342 + 1.0 * np.sin(TAU * 16 * t + k * 1.3), k == 3, t)
            if k < 3:
                c.rect(60 + k * 202 + 164, 396, 60 + k * 202 + 176, 404, "#2a2f38")
        c.rect(0, 428, w, 432, "#5a5f6a")
        for k in range(26):
            x = ((k / 26 - 4 * t) % 1.0) * (w + 40) - 20
            c.rect(x, 433, x + 20, 440, "#5f4a3a")
        c.rect(0, 446, w, h, "#3f7a3f")
        c.rect(0, 446, w, 456, "#5f9f4a")
        for x0, r, col in near:
            x = ((x0 / w - 5 * t) % 1.0) * (w + 200) - 100
            c.ellipse(x, h + 8, r * 3, r * 1.7, col)
        return c

    track = Track(s.seconds, 601).noise(80, 700, 0.13, None, 0.7)
    for k in range(16):
        for d, g in ((0, 0.5), (0.12, 0.35)):
            track.add(knock(170, 40, 0.2), k * 0.5 + d, g, -0.2).add(hiss(0.04, k, 90), k * 0.5 + d, 0.25, 0.2)
    track.tune(pluck, [67, None, 71, 74, 76, None, 74, 71, 72, None, 76, 79, 78, 74, 71, None], 0.5, 0.26, bright=1.3)
    track.tune(pluck, [43, 50, 48, 43, 48, 52, 50, 50], 1, 0.35, bright=0.7).chords([(55, 59, 62), (60, 64, 67), (57, 60, 64), (62, 66, 69)], 0.08, 0.3)
    return frame, track.room(1.4, 0.25)


@scene("balloons", seconds=10, fps=24, crf=27)
def balloons(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#4f7fc8"), (0.35, "#a9b8e0"), (0.6, "#ffc9a0"), (0.76, "#ff9f7a"), (1, "#6b4a7a")])
    glow(base, 120, 640, 380, rgb("#ffe0a0") * 0.18, 1, 1.7)
    c = Canvas(w, h, base)
    c.circle(120, 640, 50, "#fff2c8")
    for i, (y0, amp, col) in enumerate(((690, 46, "#c98a9a"), (745, 54, "#96648c"), (815, 44, "#5f4272"), (885, 30, "#33264e"))):
        p = y0 - amp * line_noise(rng, w, 10, 1 + i, 1.2)
        c.poly([(0, h)] + [(k, p[k]) for k in range(0, w, 6)] + [(w, p[-1]), (w, h)], col)
    ground = c.image
    puffs = [(rng.uniform(0, 1), y0, k) for y0, k in ((130, 0.8), (300, 1.1), (470, 0.7), (610, 1.2))]
    fleet = [(228, 300, 118, ["#ff5f5f", "#fff2d8", "#ffb347"], 0.0), (420, 170, 58, ["#2ec4b6", "#fdf0d5", "#3a86ff"], 0.3), (92, 150, 42, ["#ffd166", "#ef476f", "#ffd166"], 0.55),
             (410, 470, 44, ["#8338ec", "#ff9fd0", "#fff2d8"], 0.75), (62, 490, 30, ["#06d6a0", "#fff2d8", "#118ab2"], 0.2), (300, 590, 24, ["#ff7a5a", "#5a3f8a", "#ff7a5a"], 0.45)]

    def balloon(c, x, y, r, cols, t, ph):
        q = np.linspace(0, 1, 40)
        half = np.where(q < 0.42, np.sqrt(np.clip(1 - ((0.42 - q) / 0.42) ** 2, 0, 1)), np.cos((q - 0.42) / 0.58 * 1.33) ** 0.9)
        ys = y - r + q * r * 2.35
        c.poly(list(zip(x - half * r, ys)) + list(zip((x + half * r)[::-1], ys[::-1])), cols[0])
        n = 9
        spin = (0.15 * np.sin(TAU * (t + ph)))
        for k in range(-n, n):
            a0, a1 = (k + spin * 4) * np.pi / n, (k + 1 + spin * 4) * np.pi / n
            a0, a1 = max(a0, -np.pi / 2), min(a1, np.pi / 2)
            if a1 <= a0:
                continue
            col = mix(cols[k % len(cols)], "#2a1f4a", 0.30 * max(0, np.sin((a0 + a1) / 2)) + 0.04)
            col = mix(col, "#ffffff", 0.18 * max(0, np.cos((a0 + a1) / 2 + 0.7)) ** 3)
            c.poly(list(zip(x + np.sin(a0) * half * r, ys)) + list(zip((x + np.sin(a1) * half * r)[::-1], ys[::-1])), col)
        low = ys[-1]
        mouth = half[-1] * r
        for k in (-1, -0.35, 0.35, 1):
            c.line([(x + k * mouth, low - 1), (x + k * r * 0.14, low + r * 0.34)], max(0.8, r * 0.012), "#5a4038")
        b = r * 0.17
        c.rect(x - b, low + r * 0.33, x + b, low + r * 0.56, "#8a5a34", radius=r * 0.03)
        c.rect(x - b * 1.1, low + r * 0.32, x + b * 1.1, low + r * 0.375, "#5f3c22", radius=r * 0.02)
        if r > 50:
            for k in (-0.5, 0.45):
                c.circle(x + k * b, low + r * 0.25, r * 0.045, "#4a3048")
                c.rect(x + k * b - r * 0.05, low + r * 0.28, x + k * b + r * 0.05, low + r * 0.33, "#3f6b9a" if k > 0 else "#c8503f")
        burn = max(0, np.sin(TAU * (2 * t + ph))) ** 6
        if burn > 0.02:
            c.poly([(x - r * 0.04, low + r * 0.16), (x, low + r * (0.12 - 0.3 * burn)), (x + r * 0.04, low + r * 0.16)], "#fff0a0", 0.95)
        return low, burn

    def frame(t):
        c = Canvas(w, h, ground)
        spots = []
        for ph, y0, k in puffs:
            x = ((ph + t) % 1.0) * (w + 400) - 200
            for dx, dy, r in ((-60, 6, 34), (-20, -10, 44), (28, -4, 40), (66, 8, 30)):
                c.ellipse(x + dx * k, y0 + dy * k, r * k * 1.3, r * k * 0.62, "#fff6ee", 0.34)
        for x0, y0, r, cols, ph in sorted(fleet, key=lambda f: f[2]):
            x, y = x0 + r * 0.16 * np.sin(TAU * (t + ph)), y0 + r * 0.22 * np.sin(TAU * (t + ph + 0.25)) + r * .05 * np.sin(TAU * (2 * t + ph))
            low, burn = balloon(c, x, y, r, cols, t, ph)
            spots.append((x, low, r, burn))
        for k in range(7):
            p = (t + 0.3) % 1.0
            bx, by = -60 + p * (w + 160) - abs(k - 3) * 17, 560 - 60 * p + (k - 3) * 9
            flap = 5 * np.sin(TAU * (14 * t) + k)
            c.line([(bx - 9, by - flap), (bx, by), (bx + 9, by - flap)], 1.8, "#4a3860")
        arr = c.pixels()
        for x, low, r, burn in spots:
            glow(arr, x, low - r * 0.5, r * 1.3, rgb("#ffb04a") * 0.35 * burn, 1, 2)
        return arr

    track = Track(s.seconds, 611).noise(200, 1500, 0.07, lambda p: 0.6 + 0.4 * np.sin(TAU * p), 0.7).chords([(53, 60, 65, 69), (50, 57, 65, 69), (46, 58, 62, 65), (48, 55, 64, 67)], 0.16, 0.4)
    track.tune(flute, [77, None, 81, 84, None, 82, 81, None, 79, 77, None, 74, 72, None, 76, None], 0.625, 0.12, seconds=0.85)
    for k in range(4):
        track.add(hiss(1.1, k, 2.5, 0), k * 2.5 + 1.0, 0.16, np.sin(k * 2))
    return frame, track.room(2.4, 0.4)


@scene("cranes", seconds=8, fps=24, crf=28)
def cranes(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#1f2f5a"), (0.4, "#4a5f96"), (0.7, "#c98fa8"), (0.85, "#7a5a86"), (1, "#2a2348")])
    x, y = grid(w, h)
    disc = np.clip(150 - np.hypot(x - 250, y - 420) + 0.5, 0, 1)
    glow(base, 250, 420, 330, rgb("#ffd0b0") * 0.3, 1, 2)
    base = over(base, rgb("#ff8a7a"), disc * 0.9)
    # Waves of a folded-paper pattern at the bottom.
    c = Canvas(w, h, base)
    for row in range(6):
        for k in range(-1, 9):
            px, py = k * 74 + (37 if row % 2 else 0), 800 + row * 34
            for r, col in ((37, "#3a3568"), (29, "#57508f"), (20, "#3a3568"), (11, "#57508f")):
                c.circle(px, py + 14, r, mix(col, "#1a1636", row / 7))
    ground = c.image
    flock = [(0.15, 0.30, 1.35, 0.0, "#fff6ea", 1), (0.62, 0.14, 0.85, 0.3, "#ff9f9f", 1), (0.45, 0.52, 1.05, 0.55, "#ffd98a", 1), (0.88, 0.36, 0.7, 0.75, "#a8d8f0", 1), (0.28, 0.68, 0.62, 0.15, "#d8b8f2", 1), (0.75, 0.62, 0.5, 0.9, "#bfe8c8", 1)]

    def crane(c, cx, cy, k, col, beat):
        up = np.sin(beat)
        dark, mid, light = mix(col, "#3a2a50", 0.42), mix(col, "#3a2a50", 0.2), mix(col, "#ffffff", 0.35)
        tilt = -0.12 + 0.05 * np.sin(beat - 1)
        p = lambda pts: turn(pts, tilt, cx, cy + 7 * k * -up, k)
        c.poly(p([(4, 2), (-34, -66 * up - 14), (-74, -92 * up - 6), (-24, 8)]), dark)
        c.poly(p([(-10, 6), (-92, -30), (-26, 20)]), mid)
        c.poly(p([(-92, -30), (-46, 2), (-26, 20)]), dark)
        c.poly(p([(-30, 12), (2, -8), (34, 12), (0, 34)]), col)
        c.poly(p([(-30, 12), (0, 34), (2, 12)]), mid)
        c.poly(p([(20, 14), (34, 4), (80, -44), (66, -36)]), light)
        c.poly(p([(20, 14), (66, -36), (58, -22), (24, 22)]), mid)
        c.poly(p([(80, -44), (66, -38), (70, -31), (98, -26)]), col)
        c.poly(p([(80, -44), (76, -36), (98, -26)]), light)
        c.poly(p([(-18, 8), (18, 8), (26, -58 * up - 16), (16, -110 * up - 6)]), light)
        c.poly(p([(-18, 8), (2, 8), (16, -110 * up - 6), (-10, -52 * up - 12)]), col)

    def frame(t):
        c = Canvas(w, h, ground)
        for k in range(5):
            xx = ((k / 5 + t) % 1.0) * (w + 300) - 150
            yy = 170 + 120 * k
            c.rect(xx - 90, yy, xx + 70, yy + 13, "#fff0e8", 0.20, radius=6)
            c.rect(xx - 50, yy + 20, xx + 120, yy + 32, "#fff0e8", 0.14, radius=6)
        for x0, y0, k, ph, col, laps in sorted(flock, key=lambda f: f[2]):
            p = (x0 + t) % 1.0
            cx = -150 + p * (w + 300)
            cy = y0 * h + 60 - 90 * (p - 0.5) + 16 * np.sin(TAU * (2 * t + ph))
            crane(c, cx, cy, k, col, TAU * (6 * t + ph))
        return c

    track = Track(s.seconds, 621)
    scale = {"a": 69, "b": 70, "d": 74, "e": 76, "g": 79, "A": 81, "D": 86}
    track.tune(pluck, [scale.get(k) for k in "d.A.gAe.d.b.a.e.g.d.e.A.D.A.g.e."], 0.25, 0.3, bright=2.0, seconds=2.4)
    track.tune(pluck, [50, None, 57, None, 46, None, 53, None, 43, None, 50, None, 45, None, 52, None], 0.5, 0.3)
    for k in range(48):
        track.add(hiss(0.07, k, 30), k / 6, 0.10, np.sin(k))
    return frame, track.noise(500, 4000, 0.04).room(2.4, 0.4)


@scene("lighthouse", "wide", seconds=10, fps=24, crf=29)
def lighthouse(s):
    w, h, rng, line = s.w, s.h, s.rng, 372
    base = gradient(w, h, [(0, "#0b1230"), (0.4, "#1f2f5f"), (0.66, "#5f6f9a"), (0.69, "#8f92ac"), (0.695, "#16264a"), (1, "#050a1a")])
    x, y = grid(w, h)
    veil = cloud(rng, 256, 1024, beta=2.4, stretch=4)
    stars_ = [(rng.uniform(0, w), rng.uniform(0, 230), rng.uniform(0.2, 1)) for _ in range(70)]
    lx, ly = 250, 128
    dx, dy = x - lx, y - ly
    dist = np.hypot(dx, dy)

    def frame(t):
        arr = base.copy()
        for sx, sy, b in stars_:
            glow(arr, sx, sy, 1.5 + b, rgb("#e8eeff") * b * (0.7 + 0.3 * np.sin(TAU * (3 * t + sx))), 1, 1)
        tex = veil[(np.arange(line) * 0.6).astype(int) % 256][:, (np.arange(w) * 0.55 + t * 1024).astype(int) % 1024]
        k = np.clip(tex * 0.5 - 0.05, 0, 0.75)
        arr[:line] += (rgb("#2f3a62") - arr[:line]) * k[..., None]
        # The lamp turns once in five seconds: the beam is drawn as it sweeps past us.
        for half in (0, np.pi):
            a = TAU * 2 * t + half
            face, side = np.cos(a), np.sin(a)
            reach = abs(side)
            if reach > 0.06:
                way = np.sign(side)
                u = dx * way
                spread = 10 + np.maximum(u, 0) * (0.10 + 0.10 * (1 - reach))
                k = np.exp(-((dy + u * 0.05) / spread) ** 2) * (u > 0) * np.exp(-np.maximum(u, 0) / (620 * reach)) * (0.62 + 0.38 * face)
                arr += (k * 0.7)[..., None] * rgb("#ffe9a8")
            if face > 0.75:
                arr += (np.exp(-dist / 150) * smooth(0.75, 1, face) * 0.9)[..., None] * rgb("#fff0c0")
        c = Canvas(w, h, arr)
        for row in range(8):
            p = row / 7
            yy = line + 6 + 150 * p ** 1.5
            amp, long = 2 + 11 * p, w / (14 - int(9 * p))
            q = np.arange(0, w + 8, 8)
            edge = yy + amp * np.sin(TAU * q / long + TAU * (2 + row % 2) * t + row * 2.1) + amp * 0.5 * np.sin(TAU * q / (w / 5) - TAU * t + row)
            c.poly([(0, h)] + list(zip(q, edge)) + [(w, h)], mix("#22406b", "#060c1e", p))
            c.line(list(zip(q, edge)), 1 + p, mix("#7f9cc8", "#22406b", p), 0.45)
        c.poly([(60, h), (95, 430), (140, 392), (190, 372), (225, 352), (300, 350), (345, 380), (392, 400), (440, 462), (480, h)], "#0d1020")
        c.poly([(190, 372), (225, 352), (300, 350), (312, 380), (250, 400)], "#1c2138")
        c.poly([(216, 354), (229, 160), (271, 160), (284, 354)], "#f2ede4")
        for k in range(3):
            q0, q1 = 0.14 + k * 0.31, 0.29 + k * 0.31
            f = lambda q: (229 - 13 * q, 271 + 13 * q, 160 + 194 * q)
            a0, b0, y0 = f(q0)
            a1, b1, y1 = f(q1)
            c.poly([(a0, y0), (b0, y0), (b1, y1), (a1, y1)], "#c8402f")
        c.poly([(255, 160), (271, 160), (284, 354), (258, 354)], "#141a33", 0.38)
        for yy in (226, 296):
            c.rect(243, yy, 253, yy + 15, "#ffd98a", radius=3)
        c.rect(220, 152, 280, 161, "#22283f", radius=2)
        c.rect(234, 108, 266, 152, "#ffe9a8")
        for px in (234, 249, 264):
            c.rect(px, 108, px + 3, 152, "#22283f")
        c.poly([(227, 109), (250, 82), (273, 109)], "#a8322a")
        c.line([(250, 84), (250, 66)], 2, "#22283f")
        c.rect(300, 316, 362, 364, "#d8d2c8")
        c.poly([(292, 318), (331, 288), (370, 318)], "#7a3028")
        c.rect(322, 332, 338, 348, "#ffcf7a")
        sx, sy = 640 + 60 * np.sin(TAU * t), line + 8 + 2 * np.sin(TAU * 2 * t)
        c.poly([(sx - 26, sy - 6), (sx + 28, sy - 6), (sx + 20, sy + 5), (sx - 20, sy + 5)], "#10162c")
        c.poly([(sx, sy - 8), (sx, sy - 42), (sx + 20, sy - 10)], "#c8c4cc")
        c.poly([(sx - 3, sy - 8), (sx - 3, sy - 36), (sx - 18, sy - 10)], "#a8a4b4")
        arr = c.pixels()
        glow(arr, lx, ly, 90, rgb("#ffdf9a") * (0.55 + 0.35 * np.cos(TAU * 4 * t)), 1, 2)
        return arr

    track = Track(s.seconds, 631).noise(90, 1300, 0.3, lambda p: 0.4 + 0.6 * np.sin(np.pi * 3 * p) ** 4, 0.6).noise(300, 900, 0.08, lambda p: 0.5 + 0.5 * np.sin(TAU * p), 0.5)
    for at in (1.5,):
        for f, g in ((93, 0.5), (139, 0.22), (187, 0.16)):
            t = np.arange(int(2.2 * 48000)) / 48000
            track.add(np.sin(TAU * f * t) * np.minimum(1, np.minimum(t * 5, (2.2 - t) * 3)), at, g * 0.5, 0.4)
    for at in (5.2, 6.0, 8.6):
        track.add(chirp(1700, 1150, 0.28), at, 0.05, 0.6).add(chirp(1600, 1100, 0.25), at + 0.32, 0.04, 0.6)
    return frame, track.tune(bell, [None, None, 62, None, None, None, None, 57, None, None], 1, 0.1).chords([(38, 50, 57), (41, 48, 57)], 0.1, 0.4).room(3.5, 0.5)


@scene("caravan", "wide", seconds=10, fps=24, crf=27)
def caravan(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#5a3a7a"), (0.3, "#d0607a"), (0.52, "#ff9f5f"), (0.66, "#ffd98a"), (1, "#ffd98a")])
    glow(base, 600, 270, 380, rgb("#fff0b0") * 0.4, 1, 1.8)
    c = Canvas(w, h, base)
    c.circle(600, 270, 82, "#fff0c0")
    sky = c.image
    far, mid = line_noise(rng, w, 3, 1, 1.4), line_noise(rng, w, 3, 1, 1.5)
    near = line_noise(rng, w, 2, 1, 1.6)
    ink_ = "#3a1830"

    def camel(c, x, foot, k, step, rider):
        bob = 2.2 * k * np.sin(2 * step)
        y = foot - 66 * k + bob
        col = ink_
        for at, off in ((-26, 0.0), (-20, 0.5), (26, 0.25), (32, 0.75)):
            a = step + TAU * off
            sx, lift = 15 * k * np.cos(a), max(0, np.sin(a)) * 9 * k
            hip, toe = (x + at * k, y + 14 * k), (x + at * k + sx, foot - lift)
            knee = ((hip[0] + toe[0]) / 2 + 4 * k, (hip[1] + toe[1]) / 2 - lift * 0.3)
            c.poly(tapered([hip, knee, toe], [9 * k, 4.6 * k, 3 * k]), col)
            c.ellipse(toe[0] + 2 * k, foot - lift - 1, 6 * k, 3 * k, col)
        c.ellipse(x, y + 4 * k, 42 * k, 20 * k, col)
        c.poly([(x - 34 * k, y - 6 * k), (x - 18 * k, y - 30 * k), (x - 6 * k, y - 12 * k), (x + 8 * k, y - 13 * k), (x + 18 * k, y - 30 * k), (x + 34 * k, y - 4 * k)], col)
        nod = 3 * k * np.sin(step * 2 + 0.8)
        neck = [(x + 34 * k, y + 4 * k), (x + 56 * k, y + 8 * k), (x + 66 * k + nod * 0.4, y - 16 * k), (x + 70 * k + nod, y - 40 * k)]
        q = np.linspace(0, 1, 16)
        curve = np.array([[sum(b * p[j] for b, p in zip(((1 - v) ** 3, 3 * v * (1 - v) ** 2, 3 * v * v * (1 - v), v ** 3), neck)) for j in (0, 1)] for v in q])
        c.poly(tapered(curve, k * (12 - 6.5 * q)), col)
        hx, hy = neck[-1]
        c.ellipse(hx + 8 * k, hy - 2 * k, 15 * k, 7.5 * k, col)
        c.ellipse(hx + 18 * k, hy + 1 * k, 7 * k, 6 * k, col)
        c.poly([(hx - 4 * k, hy - 6 * k), (hx - 7 * k, hy - 16 * k), (hx + 2 * k, hy - 8 * k)], col)
        c.line([(x - 42 * k, y), (x - 50 * k, y + 22 * k + 3 * k * np.sin(step))], 2.4 * k, col)
        if rider:
            c.poly([(x - 22 * k, y - 12 * k), (x + 22 * k, y - 12 * k), (x + 28 * k, y + 14 * k), (x - 28 * k, y + 14 * k)], rider)
            for j in range(5):
                c.line([(x + (-22 + j * 11) * k, y + 14 * k), (x + (-22 + j * 11) * k, y + 21 * k)], 2 * k, "#ffcf7a")
            c.poly([(x - 13 * k, y - 12 * k), (x - 9 * k, y - 46 * k), (x + 9 * k, y - 46 * k), (x + 15 * k, y - 12 * k)], mix(rider, "#2a1028", 0.4))
            c.circle(x + 1 * k, y - 54 * k, 8.5 * k, "#5a2f2a")
            c.poly([(x - 10 * k, y - 54 * k), (x, y - 68 * k), (x + 11 * k, y - 56 * k), (x + 4 * k, y - 60 * k), (x - 12 * k, y - 40 * k)], "#fff0d8")
        else:
            c.rect(x - 24 * k, y - 26 * k, x + 22 * k, y + 8 * k, "#7a3f2f", radius=7 * k)
            c.line([(x - 20 * k, y - 12 * k), (x + 20 * k, y - 12 * k)], 2 * k, "#ffcf7a")

    def frame(t):
        c = Canvas(w, h, sky)
        p = 318 - 40 * band(far, t)
        c.poly([(0, h)] + [(i, p[i]) for i in range(0, w, 6)] + [(w, p[-1]), (w, h)], "#f2a066")
        c.poly([(0, h)] + [(i, p[i] + 14 + 12 * np.sin(i / 60.0)) for i in range(0, w, 6)] + [(w, p[-1]), (w, h)], "#e0855a", 0.6)
        p = 372 - 30 * band(mid, t)
        c.poly([(0, h)] + [(i, p[i]) for i in range(0, w, 6)] + [(w, p[-1]), (w, h)], "#c8623f")
        prof = band(near, 2 * t)
        p = 414 - 17 * prof
        c.poly([(0, h)] + [(i, p[i]) for i in range(0, w, 4)] + [(w, p[-1]), (w, h)], "#8f3f35")
        q = np.arange(0, w, 6)
        for k in range(6):
            yy = p[q] + 14 + k * 16 + 3 * np.sin(TAU * (q / w * (6 + k)) + k + TAU * 2 * (6 + k) * t)
            c.line(list(zip(q, yy)), 2, "#6b2a30", 0.5)
        for k, (cx, size, rider) in enumerate(((720, 1.0, "#2f8a8a"), (560, 0.96, None), (408, 1.0, "#c83f5f"), (262, 0.94, None), (124, 0.98, "#e8a02f"))):
            foot = p[min(w - 1, cx)] + 3
            shade = [(cx - 40, foot + 2), (cx + 40, foot + 2), (cx + 5, foot + 46), (cx - 100, foot + 46)]
            c.poly(shade, "#4a1c2c", 0.35)
            camel(c, cx, foot, size, TAU * (8 * t + k * 0.23), rider)
            if k < 4:
                a, b = cx - 46, cx - 76
                c.line([(a, foot - 60), ((a + b) / 2, foot - 50), (b, foot - 82)], 1.4, ink_, 0.9)
        for k in range(22):
            b = (k * 0.618 + 3 * t) % 1.0
            c.line([(w - b * (w + 80), 424 + (k * 37) % 90), (w - b * (w + 80) + 26, 422 + (k * 37) % 90)], 1.2, "#ffd9a0", 0.35)
        return c

    track = Track(s.seconds, 641).noise(250, 2500, 0.10, lambda p: 0.4 + 0.6 * np.sin(TAU * p) ** 2, 0.7)
    beat = 0.3125
    for k in range(32):
        if k % 8 in (0, 3, 6):
            track.add(knock(105, 14, 0.35), k * beat, 0.7)
        if k % 8 in (2, 5, 7):
            track.add(knock(420, 40, 0.12), k * beat, 0.28, 0.3)
    track.tune(pluck, [50, None, None, 57, None, None, 50, None] * 4, beat, 0.28, bright=0.9)
    track.tune(flute, [74, None, 75, 78, None, 79, 78, 75, 74, None, None, 72, 74, None, None, None, 81, None, 82, 81, 79, 78, 75, None, 78, 75, 74, None, 72, 74, None, None], beat, 0.12, seconds=0.42)
    for k in range(5):
        track.add(bell(98, 0.8), k * 2 + 0.6, 0.04, np.sin(k))
    return frame, track.room(2.2, 0.35)


FOX = ["..........r...r.", "..........rr.rr.", "..........rrrrr.", "..........rkrkr.", "rr........rrrrw.", "rrr..rrrrrrrww..", "wrrrrrrrrrrrr...", ".wrrrrrrrrrw....", "...rrrrrrrww...."]
LEGS = [["...rr....rr.....", "...k......k....."], ["....rr..rr......", "....k....k......"], ["..rr......rr....", ".k..........k..."], ["....rrrr........", ".....kk........."]]
HEART = [".rr.rr.", "rrrrrrr", "rrrrrrr", ".rrrrr.", "..rrr..", "...r..."]


@scene("pixel-run", "wide", seconds=8, fps=24, crf=24)
def pixel_run(s):
    """A fox runs, jumps over crates and takes coins; drawn at 160 x 90 and enlarged without smoothing."""
    w, h, f = 160, 90, 6
    rng = s.rng
    sky = gradient(w, h, [(0, "#3a2a6b"), (0.3, "#8a4a8f"), (0.55, "#f08a7a"), (0.72, "#ffd08a"), (1, "#ffd08a")])
    sky = sky[(np.arange(h) // 6) * 6]
    length = w * 4
    far = (40 + 9 * line_noise(rng, w, 5, 1, 1.0)).astype(int)
    mid = (55 + 7 * line_noise(rng, w * 2, 9, 2, 0.9)).astype(int)
    crates, coins = [150, 310, 440, 590], []
    for k in crates:
        coins += [(k - 9, 42), (k + 4, 37), (k + 17, 42)]
    coins += [(60, 60), (75, 60), (230, 60), (245, 60), (375, 60), (520, 60)]
    tones = {"r": rgb("#ff7a2e"), "w": rgb("#fff2dc"), "k": rgb("#2a1a2e")}
    at = 44

    def sprite(a, rows, x, y, tones_):
        for j, row in enumerate(rows):
            for i, ch in enumerate(row):
                if ch in tones_ and 0 <= y + j < h and 0 <= x + i < w:
                    a[y + j, x + i] = tones_[ch]

    def frame(t):
        a = sky.copy()
        yy, xx = np.mgrid[0:h, 0:w]
        sun = (xx - 112) ** 2 + (yy - 34) ** 2
        a[sun < 15 ** 2] = rgb("#fff2b8")
        for k in range(3):
            a[(sun < 15 ** 2) & (yy == 38 + 4 * k)] = rgb("#ffb07a")
        pos = int(round(t * length))
        cols = np.arange(w)
        edge = far[(cols + pos // 4) % w]
        a[yy >= edge[None, :]] = rgb("#7a4a86")
        edge = mid[(cols + pos // 2) % (w * 2)]
        a[yy >= edge[None, :]] = rgb("#4f3a75")
        tips = ((cols + pos // 2) % 10 == 4)
        a[(yy >= edge[None, :] - 5) & (yy < edge[None, :]) & tips[None, :]] = rgb("#4f3a75")
        a[(yy >= edge[None, :] - 2) & (yy < edge[None, :]) & (np.roll(tips, 1) | np.roll(tips, -1))[None, :]] = rgb("#4f3a75")
        g = 70
        a[yy >= g] = rgb("#2f8a5a")
        a[yy == g] = rgb("#7fe07a")
        a[yy == g + 1] = rgb("#4fb56a")
        a[yy >= g + 4] = rgb("#5a3a3a")
        brick = ((xx + pos + ((yy - g) // 5 % 2) * 5) % 10 == 0) | ((yy - g) % 5 == 4)
        a[(yy >= g + 4) & brick] = rgb("#40282e")
        hop = 0
        for k in crates:
            d = (k - pos - at + length // 2) % length - length // 2
            if -30 < d - 4 < 30:
                hop = int(27 * (1 - ((d - 4) / 30) ** 2))
            for off in (0, length):
                x0 = (k - pos) % length + (off - length)
                if -12 < x0 < w:
                    for j in range(10):
                        for i in range(10):
                            if 0 <= x0 + i < w:
                                edge_ = i in (0, 9) or j in (0, 9) or i == j
                                a[g - 10 + j, x0 + i] = rgb("#8a5a2f" if edge_ else "#d8a05a")
        bob = int(t * 48) % 4
        for cx, cy in coins:
            x0 = (cx - pos + 20) % length - 20
            if x0 <= at + 8:
                age = at + 8 - x0
                if age < 10:
                    for i, j in ((0, -1), (0, 1), (1, 0), (-1, 0)):
                        a[cy - 2 + j * (2 + age // 2), at + 10 + i * (2 + age // 2)] = rgb("#fff6b0")
                continue
            if x0 > w:
                continue
            half = (3, 2, 1, 2)[bob]
            for j in range(-3, 4):
                for i in range(-half, half + 1):
                    if i * i * 9 + j * j * half * half <= 9 * half * half + 3 and 0 <= x0 + i < w:
                        a[cy + j, x0 + i] = rgb("#fff0a0") if i == -half + (half > 1) or j == -3 else rgb("#ffc42e")
        step = (pos // 5) % 4
        fy = g - 11 - hop
        sprite(a, FOX, at, fy, tones)
        sprite(a, LEGS[2 if hop > 2 else (0, 1, 3, 1)[step]], at, fy + 9, tones)
        if hop <= 2:
            for k in range(3):
                if (pos + k * 3) % 8 < 4:
                    a[g - 1 - k % 2, at - 3 - k * 3 - pos % 3] = rgb("#d8c8a8")
        for k in range(3):
            sprite(a, HEART, 5 + k * 9, 5, {"r": rgb("#ff4f6d") if k < 2 or int(t * 16) % 2 else rgb("#5a2f5a")})
        for k in range(12):
            sx, sy = (k * 53 - pos // 4) % w, 4 + (k * 29) % 26
            if k % 3 != int(t * 8 + k) % 3:
                a[sy, sx] = rgb("#ffe8d0")
        return np.kron(a, np.ones((f, f, 1), np.float32))

    track = Track(s.seconds, 651)
    beat = 0.25
    lead = [76, None, 79, 81, 83, None, 81, 79, 76, None, 74, 76, None, 71, 74, None, 72, None, 76, 79, 81, None, 79, 76, 78, None, 74, 71, 69, 71, 74, None]
    track.tune(square, lead, beat, 0.16, spread=0.1, seconds=0.22)
    track.tune(square, [m for r in (40, 36, 33, 35) for m in (r, r + 12, r, r + 12, r, r + 12, r + 7, r + 12)], beat, 0.2, spread=0.1, seconds=0.2)
    for k in range(32):
        track.add(hiss(0.04 if k % 4 != 2 else 0.12, k % 4, 60 if k % 4 != 2 else 25), k * beat, 0.3 if k % 4 == 2 else 0.14)
    for k in crates:
        d = ((k - at - 30) / length * s.seconds) % s.seconds
        track.add(chirp(300, 800, 0.16), d, 0.10)
    for cx, _ in coins:
        d = ((cx - at - 8) / length * s.seconds) % s.seconds
        track.add(square(88, 0.07), d, 0.10, 0.2).add(square(95, 0.16), d + 0.06, 0.10, 0.2)
    return frame, track
