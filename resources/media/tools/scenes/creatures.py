# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Living things: jellyfish, koi, whale, coral reef, cats on a roof."""
import numpy as np

from kit.canvas import Canvas, TAU, bloom, enlarge, glow, grid, tapered, turn
from kit.colour import gradient, mix, rgb
from kit.noise import Breathing, cloud, sample
from kit.stage import scene
from kit.synth import Track, bell, chirp, flute, keys, knock, pluck


@scene("jellyfish", seconds=8, fps=24, crf=28)
def jellyfish(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#0b3a6b"), (0.25, "#0a2a5c"), (0.6, "#0a1238"), (1, "#04061a")])
    x, y = grid(w, h)
    for k in range(6):
        lean = (k - 2.5) * 0.22
        ray = np.exp(-((x - 90 - k * 75 - lean * y) / (14 + y * 0.05)) ** 2) * np.exp(-y / 330)
        base += ray[..., None] * rgb("#3f9fd8") * 0.28
    herd = [(0.42, 0.36, 78, 0.0, "#ff7ac8", "#8a5bff"), (0.20, 0.62, 44, 0.35, "#6bd5ff", "#3f6bff"), (0.70, 0.17, 40, 0.6, "#ffb36b", "#ff5f7a"),
            (0.16, 0.18, 30, 0.2, "#9affd8", "#2fa8c8"), (0.66, 0.66, 34, 0.8, "#c79bff", "#6b4bff")]
    dust = [(rng.uniform(0, w), rng.uniform(0, 1), rng.uniform(0.6, 2.2), rng.uniform(0, 1)) for _ in range(60)]

    def jelly(c, cx, cy, r, ph, light, deep, t):
        beat = TAU * (2 * t + ph)
        squeeze = 0.5 + 0.5 * np.sin(beat)
        wide, tall = r * (1.08 - 0.24 * squeeze), r * (0.78 + 0.26 * squeeze)
        cy = cy - 14 * np.sin(beat - 0.9)
        a = np.linspace(np.pi, 2 * np.pi, 40)
        for k in range(9):
            f = (k - 4) / 4.6
            n = 22
            q = np.linspace(0, 1, n)
            length = r * (2.6 + 0.9 * np.sin(k * 2.1))
            tx = cx + f * wide * 0.92 * (1 - 0.25 * q) + r * 0.17 * q * np.sin(beat - 4.5 * q + k) + r * .12 * q * np.sin(TAU * (t + ph) + k * 1.7 - 2 * q)
            ty = cy + q * length * (1 - 0.08 * squeeze)
            for j in range(n - 1):
                c.line([(tx[j], ty[j]), (tx[j + 1], ty[j + 1])], 1.6 * (1 - q[j]) + 0.5, light, 0.55 * (1 - q[j]) ** 1.2)
        for k in range(4):
            f = (k - 1.5) / 3
            q = np.linspace(0, 1, 20)
            spine = np.stack([cx + f * wide * (1 - 0.4 * q) + r * 0.14 * q * np.sin(beat - 5 * q + k * 1.3), cy + q * r * 1.9], 1)
            frill = r * 0.12 * (1 - q) * (1.0 + 0.4 * np.sin(q * 26 + k + beat))
            c.poly(tapered(spine, frill), mix(light, deep, 0.3), 0.32)
        rim = r * 0.07
        for size, colour, alpha in ((1.0, deep, 0.42), (0.86, mix(deep, light, 0.5), 0.35), (0.62, light, 0.30), (0.34, "#ffffff", 0.22)):
            pts = [(cx + np.cos(b) * wide * size, cy + np.sin(b) * tall * size) for b in a]
            m = np.linspace(1, -1, 30)
            pts += [(cx + v * wide * size, cy + rim * np.abs(np.sin(v * 9 + 0.5)) * size) for v in m]
            c.poly(pts, colour, alpha)
        for k in range(7):
            f = (k - 3) / 3.2
            c.line([(cx + f * wide * np.sin(g) ** .9 * 0.98, cy - tall * 0.97 * np.cos(g)) for g in np.linspace(0.25, 1.5, 12)], 1.1, "#ffffff", 0.22)

    def frame(t):
        arr = base.copy()
        spots = []
        for fx, fy, r, ph, light, deep in herd:
            cx, cy = fx * w + 18 * np.sin(TAU * (t + ph)), fy * h + 20 * np.cos(TAU * (t + ph))
            spots.append((cx, cy))
            glow(arr, cx, cy, r * 3.4, rgb(deep) * 0.55, 1, 2.4)
        c = Canvas(w, h, arr)
        for dx, y0, r, ph in dust:
            yy = h - ((y0 + t) % 1.0) * (h + 20)
            c.circle(dx + 8 * np.sin(TAU * (t + ph)), yy, r, "#a8dcff", 0.16 + 0.1 * np.sin(TAU * (2 * t + ph)))
        for (fx, fy, r, ph, light, deep), (cx, cy) in sorted(zip(herd, spots), key=lambda z: z[0][2]):
            jelly(c, cx, cy, r, ph, light, deep, t)
        return bloom(c.pixels(), 14, 0.45, 85)

    track = Track(s.seconds, 101).chords([(41, 53, 60, 64, 67), (38, 50, 57, 65, 72)], 0.2, 0.5).noise(60, 350, 0.1, None, 0.9)
    track.tune(bell, [84, None, 88, None, None, 79, 91, None, 86, None, 81, None, None, 93, None, 77], 0.5, 0.07)
    return frame, track.room(3.6, 0.55)


@scene("koi-pond", seconds=10, fps=24, crf=29)
def koi_pond(s):
    w, h, rng = s.w, s.h, s.rng
    x, y = grid(w, h)
    base = gradient(w, h, [(0, "#0f5a5e"), (0.5, "#0d474f"), (1, "#08262f")])
    bed = cloud(rng, h, w, beta=2.4)
    base = base * (1 + 0.10 * bed[..., None])
    caust = Breathing(rng, 256, 256, beta=3.2, low=5)
    gx, gy = grid(w // 2, h // 2)
    fish = []
    skins = [("#fff4ea", "#f2562a"), ("#fff8f0", "#e8322a"), ("#ff9a2e", "#ffd27a"), ("#f7efe6", "#22242c"), ("#fff4ea", "#f2562a"), ("#ffe9d2", "#ff7a2e"), ("#fdf6ee", "#d6281f")]
    for k, (body, spot) in enumerate(skins):
        fish.append((rng.uniform(0.3, 0.58) * w, (0.12 + 0.66 * (k + 0.5) / len(skins)) * h, rng.uniform(120, 190), rng.uniform(90, 170), rng.uniform(0, 1),
                     1 if k % 2 else -1, rng.uniform(0.85, 1.25), body, spot, [(rng.uniform(0.06, 0.75), rng.uniform(-0.4, 0.4), rng.uniform(0.5, 0.95)) for _ in range(5)]))
    pads = [(62, 120, 62, 0.3), (150, 60, 40, 2.0), (470, 800, 78, 4.1), (392, 868, 50, 1.1), (40, 872, 66, 5.2), (505, 250, 46, 3.2), (120, 905, 44, 2.4)]
    rings = [(rng.uniform(80, 430), rng.uniform(120, 700), rng.uniform(0, 1)) for _ in range(6)]

    def path(f, p):
        cx, cy, rx, ry, ph, way, *_ = f
        a = TAU * (way * p + ph)
        return cx + rx * np.sin(a) + 30 * np.sin(2 * a + ph * 9), cy + ry * np.cos(a) + 26 * np.sin(2 * a + ph * 5)

    def swim(c, f, t, shadow):
        size, body, spot, marks = f[6], f[7], f[8], f[9]
        q = np.linspace(0, 1, 26)
        length = 0.135 * size / (0.55 + 0.45 * (f[2] / 160))
        px, py = path(f, t - q * length)
        spine = np.stack([px, py], 1)
        d = np.gradient(spine, axis=0)
        d /= np.hypot(d[:, 0], d[:, 1])[:, None]
        nrm = np.stack([-d[:, 1], d[:, 0]], 1)
        wag = np.sin(TAU * (10 * t + f[4]) - q * 5) * (1 + 8 * q ** 1.5) * size
        spine = spine + nrm * wag[:, None]
        width = size * 21 * np.interp(q, [0, 0.04, 0.13, 0.32, 0.6, 0.82, 1], [0.22, 0.6, 0.86, 1.0, 0.66, 0.26, 0.14])
        off = np.array([16, 26]) if shadow else np.zeros(2)
        col, a = ("#03181c", 0.30) if shadow else (body, 1)
        fwd, n0 = -d[6], nrm[6]
        for sgn in (1, -1):
            root = spine[7] + n0 * sgn * width[7] * 0.8 + off
            flap = 0.5 + 0.25 * np.sin(TAU * (5 * t + f[4]) + sgn)
            tip = root + (n0 * sgn * 30 - fwd * (14 + 16 * flap)) * size
            back = root - fwd * 22 * size
            c.poly([root, tip, tip - fwd * 9 * size - n0 * sgn * 7 * size, back], col if shadow else mix(body, spot, 0.15), a * 0.62)
        tail = spine[-1] + off
        dirn = spine[-1] - spine[-4]
        dirn = dirn / np.hypot(*dirn)
        side = np.array([-dirn[1], dirn[0]])
        sway = side * 9 * size * np.sin(TAU * (10 * t + f[4]) - 6)
        c.poly([tail - side * 3, tail + dirn * 36 * size + side * 17 * size + sway, tail + dirn * 22 * size + sway * 0.7, tail + dirn * 36 * size - side * 17 * size + sway, tail + side * 3],
               col if shadow else mix(body, spot, 0.25), a * 0.72)
        c.poly(tapered(spine + off, width), col, a)
        if shadow:
            return
        for at, across, r in marks:
            i = at * 25
            j = int(i)
            m = spine[j] + nrm[j] * across * width[j]
            seg = np.arange(max(0, j - 3), min(26, j + 4))
            c.poly(tapered(spine[seg] + nrm[seg] * (across * width[seg] * 0.5)[:, None], width[seg] * r * 0.62 * np.sin(np.linspace(0.25, np.pi - 0.25, len(seg)))), spot)
        c.line([tuple(p) for p in spine[8:20]], 2.0, mix(body, "#000000", 0.25), 0.35)
        for sgn in (1, -1):
            ex, ey = spine[2] + nrm[2] * sgn * width[2] * 0.75
            c.circle(ex, ey, 2.4 * size, "#10151a")
            mx, my = spine[0] + nrm[0] * sgn * width[0]
            c.line([(mx, my), (mx - d[0][0] * 7 + nrm[0][0] * sgn * 5, my - d[0][1] * 7 + nrm[0][1] * sgn * 5)], 1, body, 0.8)

    def frame(t):
        n = sample(caust.at(t), gx * 0.8, gy * 0.8)
        web = np.exp(-(n / 0.16) ** 2)
        arr = base + enlarge(np.repeat((web * 105)[..., None], 3, 2), w, h) * (rgb("#8ff0e0") / 255) * 0.24
        c = Canvas(w, h, arr)
        for f in fish:
            swim(c, f, t, True)
        for f in fish:
            swim(c, f, t, False)
        for rx, ry, ph in rings:
            p = (2 * t + ph) % 1.0
            for k in (0, 1):
                r = p * 62 - k * 13
                if r > 2:
                    c.ring(rx, ry, r, 1.4, "#d8fff6", 0.34 * (1 - p) ** 1.3)
        for lx, ly, r, a in pads:
            a = a + 0.05 * np.sin(TAU * t + a)
            lx += 3 * np.sin(TAU * t + a)
            arc = np.linspace(a + 0.22, a + TAU - 0.22, 50)
            for dx, dy, col, al, k in ((12, 18, "#03181c", 0.35, 1), (0, 0, "#1f6b3f", 1, 1), (0, 0, "#2f8a50", 1, 0.9)):
                c.poly([(lx + dx, ly + dy)] + [(lx + dx + np.cos(b) * r * k, ly + dy + np.sin(b) * r * k) for b in arc], col, al)
            for b in np.linspace(a + 0.5, a + TAU - 0.5, 9):
                c.line([(lx, ly), (lx + np.cos(b) * r * 0.8, ly + np.sin(b) * r * 0.8)], 1, "#4fae6b", 0.5)
        fx, fy = 84, 96
        for ring_r, n, col in ((30, 9, "#ff9ec0"), (21, 8, "#ffc4d8"), (12, 6, "#fff0f4")):
            for k in range(n):
                b = TAU * k / n + ring_r
                c.poly(turn([(0, -ring_r * 0.28), (ring_r * 0.7, -ring_r * 0.24), (ring_r, 0), (ring_r * 0.7, ring_r * 0.24), (0, ring_r * 0.28)], b, fx, fy), col, 0.95)
        c.circle(fx, fy, 5, "#ffd24a")
        return c

    track = Track(s.seconds, 111).noise(300, 3000, 0.1, None, 0.6).drops(40, 500, 1600, 0.12, 30)
    scale = [62, 64, 67, 69, 71, 74, 76, 79]
    track.tune(pluck, [scale[k] if k >= 0 else None for k in (3, 5, -1, 6, 5, 3, -1, 2, 0, -1, 3, -1, 5, 6, 7, -1, 6, 5, -1, 3, 2, 3, -1, -1)], 0.5, 0.25, bright=1.6)
    track.tune(flute, [None, None, 86, None, None, None, 81, None, None, 79, None, None], 1, 0.05, seconds=1.6)
    return frame, track.room(2.2, 0.35)


@scene("whale", "wide", seconds=10, fps=24, crf=28)
def whale(s):
    w, h, rng = s.w, s.h, s.rng
    x, y = grid(w, h)
    base = gradient(w, h, [(0, "#3fb6d8"), (0.25, "#1b7fb5"), (0.6, "#0d4580"), (1, "#061d45")])
    rays = [(rng.uniform(-100, w), rng.uniform(20, 60), rng.uniform(0, 1)) for _ in range(9)]
    specks = [(rng.uniform(0, 1), rng.uniform(0, h), rng.uniform(0.7, 2.2), rng.integers(1, 3)) for _ in range(70)]
    shoal = [(rng.normal(0, 46), rng.normal(0, 22), rng.uniform(0.7, 1.2), rng.uniform(0, 1)) for _ in range(26)]
    fall = np.exp(-y / 300)

    def frame(t):
        arr = base.copy()
        for rx, width, ph in rays:
            k = np.exp(-((x - rx - 0.45 * y - 22 * np.sin(TAU * (t + ph))) / (width * (0.5 + y / 500))) ** 2) * fall
            arr += (k * (0.10 + 0.08 * np.sin(TAU * (t + ph))))[..., None] * rgb("#c8fff8")
        c = Canvas(w, h, arr)
        for fx, fy, k, ph in shoal:
            px = (fx + 760 + 60 * np.sin(TAU * t)) % (w + 60) - 20
            py = 150 + fy + 12 * np.sin(TAU * (t + ph))
            c.poly([(px - 8 * k, py), (px - 2 * k, py - 2.6 * k), (px + 6 * k, py), (px - 2 * k, py + 2.6 * k)], "#0d3a66", 0.75)
            c.poly([(px + 5 * k, py), (px + 10 * k, py - 3 * k), (px + 10 * k, py + 3 * k)], "#0d3a66", 0.75)
        # The body swims to the left: q runs from the head to the tail.
        q = np.linspace(0, 1, 60)
        ox, oy = 150 + 16 * np.sin(TAU * t), 250 + 20 * np.sin(TAU * t - 0.6)
        beat = TAU * 2 * t
        spine_y = oy + (4 + 52 * q ** 2) * np.sin(beat - 3.2 * q) - 30 * q
        spine_x = ox + q * 560
        top = np.interp(q, [0, 0.02, 0.1, 0.25, 0.45, 0.7, 0.88, 1], [2, 30, 58, 74, 72, 40, 16, 8])
        low = np.interp(q, [0, 0.02, 0.1, 0.25, 0.45, 0.7, 0.88, 1], [2, 26, 64, 92, 76, 34, 13, 7])
        for arr_ in (top, low):
            arr_[:] = np.convolve(np.pad(arr_, 3, "edge"), np.ones(7) / 7, "valid")
        top[0] = low[0] = 6
        body = list(zip(spine_x, spine_y - top)) + list(zip(spine_x[::-1], (spine_y + low)[::-1]))
        tx, ty = spine_x[-1], spine_y[-1]
        slope = np.arctan2(spine_y[-1] - spine_y[-5], spine_x[-1] - spine_x[-5])
        lift = np.sin(beat - 3.6)
        dark, back, belly = "#123a63", "#1d5285", "#b9dbe6"
        c.poly(turn([(-10, -8), (30, -16), (76, -40 - 26 * lift), (104, -34 - 34 * lift), (74, -8 - 12 * lift), (60, 0), (86, 14 - 22 * lift), (64, 20 - 16 * lift), (24, 8), (-10, 8)], slope, tx, ty), dark)
        flap = 0.35 * np.sin(beat * 0.5 - 0.8) + 0.15
        root = (spine_x[17], spine_y[17] + low[17] * 0.45)
        c.poly(turn([(-20, -8), (26, -4), (90, 52), (128, 112), (112, 116), (56, 76), (-6, 28)], -flap * 0.5 + 0.15, root[0] + 24, root[1] - 14), "#0f3158")
        c.poly(body, back)
        c.poly(list(zip(spine_x[:48], (spine_y + low * np.interp(q, [0, 0.1, 0.5, 0.8], [0.1, 0.24, 0.42, 0.9]))[:48])) + list(zip(spine_x[:48][::-1], (spine_y + low)[:48][::-1])), belly, 0.92)
        for k in range(9):
            f = 0.30 + 0.075 * k
            seg = slice(3, int(34 - abs(k - 4) * 1.2))
            start = np.interp(q, [0, 0.1, 0.5, 0.8], [0.1, 0.24, 0.42, 0.9])
            yy = spine_y + low * (start + (1 - start) * (f - 0.25) / 0.75)
            c.line(list(zip(spine_x[seg], yy[seg])), 1.4, "#6f9fb8", 0.8)
        c.poly(list(zip(spine_x, spine_y - top)) + list(zip(spine_x[::-1], (spine_y - top * 0.55)[::-1])), "#2b6aa0", 0.55)
        fx, fy = spine_x[40], spine_y[40] - top[40]
        c.poly([(fx - 24, fy + 4), (fx + 4, fy - 20), (fx + 20, fy - 16), (fx + 16, fy + 6)], back)
        c.poly(turn([(-20, -8), (24, -12), (94, 40), (150, 118), (132, 126), (62, 84), (-4, 30)], flap, root[0], root[1]), dark)
        c.line(turn([(-12, 2), (24, 4), (88, 54), (136, 118)], flap, root[0], root[1]), 2, "#3a7db0", 0.7)
        ex, ey = spine_x[9] + 4, spine_y[9] + 18
        c.circle(ex, ey, 6, "#071c33")
        c.circle(ex - 1.6, ey - 2, 1.8, "#ffffff")
        c.line([(spine_x[1], spine_y[1] + 18), (spine_x[5], spine_y[5] + 30), (ex - 12, ey + 22), (ex + 14, ey + 18)], 2, "#0d2f52", 0.9)
        for k in range(14):
            i = 4 + k * 2
            c.circle(spine_x[i], spine_y[i] - top[i] * (0.45 + 0.25 * np.sin(k * 5)), 1.8 + np.sin(k * 3), "#8fc0d8", 0.35)
        for px, py, r, laps in specks:
            c.circle(((px + laps * t) % 1.0) * (w + 10) - 5, py + 5 * np.sin(TAU * (t + px)), r, "#d8fbff", 0.3)
        return c

    track = Track(s.seconds, 121).noise(50, 500, 0.14, lambda p: 0.7 + 0.3 * np.sin(TAU * p), 0.8).chords([(38, 50, 57, 64), (34, 46, 58, 65)], 0.2, 0.4)
    for at, a, b, n in ((0.8, 150, 320, 2.2), (3.4, 330, 210, 1.6), (5.6, 180, 420, 1.9), (8.0, 300, 140, 2.0)):
        track.add(chirp(a, b, n) + 0.35 * chirp(a * 2, b * 2, n), at, 0.16, np.sin(at))
    return frame, track.room(4, 0.6)


@scene("coral-reef", seconds=8, fps=24, crf=29)
def coral_reef(s):
    w, h, rng = s.w, s.h, s.rng
    x, y = grid(w, h)
    base = gradient(w, h, [(0, "#7fe6e0"), (0.2, "#2fb9d0"), (0.55, "#1579b0"), (0.85, "#0e3f7a"), (1, "#0a2450")])
    fans = []
    for k, (fx, fy, tall, col) in enumerate([(60, 900, 300, "#ff5f7a"), (190, 930, 210, "#ffb03a"), (470, 920, 260, "#c85bd8"), (330, 950, 150, "#ff7ab0"), (525, 940, 170, "#3fd0a8")]):
        twigs = []

        def grow(px, py, a, length, width, depth):
            qx, qy = px + np.cos(a) * length, py + np.sin(a) * length
            twigs.append((px, py, qx, qy, width))
            if depth:
                for turn_ in (-0.42, 0.02, 0.44)[:3 if depth > 2 else 2]:
                    grow(qx, qy, a + turn_ + rng.normal(0, 0.12), length * rng.uniform(0.68, 0.82), width * 0.72, depth - 1)
        grow(fx, fy, -np.pi / 2, tall * 0.29, tall * 0.06, 5 if k < 3 else 4)
        fans.append((fx, fy, tall, col, twigs))
    weeds = [(rng.uniform(0, w), rng.uniform(120, 330), rng.uniform(0, 1), rng.choice(["#1f9a6a", "#2fb57a", "#16806b"])) for _ in range(13)]
    shoals = []
    for k in range(3):
        body, fin = (("#ffd23a", "#ff8a1f"), ("#ff6b4a", "#ffffff"), ("#5a7bff", "#ffe14a"))[k]
        shoals.append((body, fin, 1 if k != 1 else -1, [(rng.normal(0, 75), rng.normal(0, 48), rng.uniform(0.7, 1.15), rng.uniform(0, 1)) for _ in range((13, 7, 10)[k])], (250, 430, 600)[k], (1, 1, 1)[k]))
    rays = [(rng.uniform(-150, w), rng.uniform(16, 46), rng.uniform(0, 1)) for _ in range(8)]
    airs = [(rng.choice([140, 400]) + rng.normal(0, 8), rng.uniform(0, 1), rng.uniform(2, 6)) for _ in range(18)]

    def fish(c, px, py, k, way, body, fin, wag):
        p = lambda pts: [(px + way * a * k, py + b * k) for a, b in pts]
        c.poly(p([(-13, 0), (-27, -10 + wag), (-24, wag), (-27, 10 + wag)]), fin)
        c.poly(p([(-6, -9), (4, -17), (10, -9)]), fin)
        b = np.linspace(0, TAU, 26)
        c.poly(p([(17 * np.cos(v) - 1, 10.5 * np.sin(v) * (1 - 0.12 * np.cos(v))) for v in b]), body)
        c.poly(p([(1, -10), (6, -9), (5, 9.6), (0, 10)]), fin, 0.9)
        c.circle(px + way * 11 * k, py - 2.5 * k, 2.6 * k, "#ffffff")
        c.circle(px + way * 11.6 * k, py - 2.5 * k, 1.5 * k, "#101a2a")

    def frame(t):
        arr = base.copy()
        for rx, width, ph in rays:
            k = np.exp(-((x - rx - 0.32 * y - 24 * np.sin(TAU * (t + ph))) / (width * (0.6 + y / 500))) ** 2) * np.exp(-y / 420)
            arr += (k * (0.16 + 0.1 * np.sin(TAU * (t + ph))))[..., None] * rgb("#eafff0")
        c = Canvas(w, h, arr)
        c.poly([(0, h)] + [(q, 800 + 40 * np.sin(q / 90 + 1)) for q in range(0, w + 20, 20)] + [(w, h)], "#0f4a80", 0.55)
        for wx, tall, ph, col in weeds:
            q = np.linspace(0, 1, 18)
            spine = np.stack([wx + 34 * q ** 1.4 * np.sin(TAU * (t + ph) - 2.4 * q), h - q * tall], 1)
            c.poly(tapered(spine, 9 * np.sin(np.pi * (0.12 + 0.88 * q)) + 0.5), col, 0.9)
        for body, fin, way, members, level, laps in shoals:
            for fx, fy, k, ph in members:
                p = (0.5 + fx / w * 0.6 + way * laps * t) % 1.0
                px = -50 + p * (w + 100)
                py = level + fy + 16 * np.sin(TAU * (2 * t + ph) + p * 5)
                fish(c, px, py, k, way, body, fin, 5 * np.sin(TAU * (12 * t + ph)))
        for fx, fy, tall, col, twigs in fans:
            def move(px, py):
                k = (fy - py) / tall
                return px + 12 * k * k * np.sin(TAU * t + fx), py
            for px, py, qx, qy, width in twigs:
                a, b = move(px, py), move(qx, qy)
                c.line([a, b], width, mix(col, "#2a2060", 0.25))
                c.circle(*b, width * 0.52, mix(col, "#2a2060", 0.25))
            for px, py, qx, qy, width in twigs:
                a, b = move(px - width * 0.14, py), move(qx - width * 0.14, qy)
                c.line([a, b], width * 0.5, col)
                if width < tall * 0.02:
                    c.circle(*b, width * 0.95, mix(col, "#ffffff", 0.45))
        floor = [(0, h)] + [(q, 908 + 16 * np.sin(q / 62) + 7 * np.sin(q / 23)) for q in range(0, w + 12, 12)] + [(w, h)]
        c.poly(floor, "#0a2c5c")
        for ax, a0, r in airs:
            p = (a0 + t) % 1.0
            c.ring(ax + 12 * np.sin(TAU * (p * 3)), 900 - p * 930, r * (0.6 + p * 0.7), 1.2, "#eaffff", 0.7)
        return c

    track = Track(s.seconds, 131).noise(90, 700, 0.1, None, 0.8).chords([(53, 60, 65, 69), (55, 58, 62, 70)], 0.1, 0.3)
    track.tune(keys, [72, 77, 81, None, 79, None, 77, 76, 74, None, 79, 82, None, 81, 79, None], 0.5, 0.16)
    for _ in range(40):
        f = track.rng.uniform(350, 1100)
        track.add(chirp(f, f * 1.9, 0.07), track.rng.uniform(0, 8), 0.06, track.rng.uniform(-0.8, 0.8))
    return frame, track.room(1.6, 0.35)


@scene("cats", "wide", seconds=8, fps=24, crf=28)
def cats(s):
    """Three cats walk along a roof ridge in front of a large moon; the roof runs by, the cats stay."""
    w, h, rng = s.w, s.h, s.rng
    x, y = grid(w, h)
    base = gradient(w, h, [(0, "#1b1442"), (0.45, "#47307a"), (0.75, "#c85f86"), (1, "#f0937a")])
    glow(base, 430, 230, 430, rgb("#ffcf9a") * 0.35, 1, 2)
    disc = np.clip(168 - np.hypot(x - 430, y - 230) + 0.5, 0, 1)
    spots = cloud(rng, h, w, beta=2.4, low=3)
    base = base * (1 - disc[..., None]) + (rgb("#ffe6b8") * (0.95 + 0.04 * np.clip(spots, -2, 1)[..., None])) * disc[..., None]
    period = w
    houses, px = [], 0
    while px < period - 60:
        bw = rng.uniform(50, 110)
        houses.append((px, min(bw, period - px), rng.uniform(50, 130), rng.random() < 0.5, [(rng.uniform(0.2, 0.7), rng.uniform(0.2, 0.6)) for _ in range(2)]))
        px += bw
    ridge = 408
    ink_ = "#150d2b"

    def cat(c, cx, foot, k, phase, t, tail_up):
        step = TAU * (8 * t + phase)
        bob = 1.6 * k * np.sin(2 * step)
        by = foot - 62 * k + bob
        for off, far, at in ((0.5, 1, -34), (0.0, 0, -28), (0.0, 1, 34), (0.5, 0, 40)):
            a = step + TAU * off
            fx, lift = 15 * k * np.cos(a), max(0, np.sin(a)) * 10 * k
            hip = (cx + at * k, by + 12 * k)
            toe = (cx + at * k + fx, foot - lift)
            knee = ((hip[0] + toe[0]) / 2 + (5 if at < 0 else -4) * k + lift * 0.3, (hip[1] + toe[1]) / 2 - lift * 0.2)
            c.poly(tapered([hip, knee, toe], [10 * k, 7 * k, 4.2 * k]), ink_)
            c.ellipse(toe[0] + 3 * k, toe[1] - 2 * k, 7 * k, 3.6 * k, ink_)
        q = np.linspace(0, 1, 24)
        spine = np.stack([cx + (-48 + 94 * q) * k, by + (3 * np.sin(q * np.pi) - 5 * q + 1.5 * np.sin(step * 2 + q * 3)) * k], 1)
        c.poly(tapered(spine, k * (12 + 12 * np.sin(np.pi * np.clip(q * 0.9 + 0.12, 0, 1)) ** 0.8)), ink_)
        sway = np.sin(TAU * (2 * t + phase))
        tail = np.stack([cx - (46 + 46 * q * (1 - 0.55 * tail_up * q)) * k, by - 8 * k - (62 * q ** 1.5 * tail_up + 10 * q) * k + 0 * q], 1)
        tail[:, 0] += (14 * sway * q ** 2 - 12 * np.sin(q * 4 + sway) * q) * k
        c.poly(tapered(tail, k * (6.5 - 2.5 * q)), ink_)
        c.circle(*tail[-1], 4 * k, ink_)
        hx, hy = cx + 62 * k, by - 20 * k + 1.5 * k * np.sin(step * 2 + 1)
        c.poly([(cx + 30 * k, by - 14 * k), (hx - 6 * k, hy - 12 * k), (hx + 4 * k, hy + 15 * k), (cx + 36 * k, by + 14 * k)], ink_)
        c.ellipse(hx, hy, 20 * k, 17 * k, ink_)
        c.ellipse(hx + 14 * k, hy + 6 * k, 9 * k, 7 * k, ink_)
        twitch = 3 * k * max(0, np.sin(TAU * (3 * t + phase))) ** 8
        c.poly([(hx - 18 * k, hy - 6 * k), (hx - 15 * k - twitch, hy - 31 * k), (hx - 2 * k, hy - 14 * k)], ink_)
        c.poly([(hx + 1 * k, hy - 14 * k), (hx + 11 * k, hy - 32 * k), (hx + 17 * k, hy - 8 * k)], ink_)
        blink = 0.15 if (3 * t + phase) % 1.0 > 0.95 else 1
        c.ellipse(hx + 9 * k, hy - 2 * k, 3 * k, 3.8 * k * blink, "#ffd45a")
        c.ellipse(hx + 9.6 * k, hy - 2 * k, 1.0 * k, 3.4 * k * blink, ink_)
        for dy in (-2, 1, 4):
            c.line([(hx + 18 * k, hy + 7 * k), (hx + 36 * k, hy + (7 + dy * 2) * k)], 0.8, ink_)

    def frame(t):
        c = Canvas(w, h, base)
        for px, bw, bh, gable, wins in houses:
            for shift in (0, -period):
                hx = px - t * period + shift + period
                if -120 < hx < w:
                    c.rect(hx, ridge - bh + 60, hx + bw, h, "#57306b")
                    if gable:
                        c.poly([(hx - 6, ridge - bh + 61), (hx + bw / 2, ridge - bh + 24), (hx + bw + 6, ridge - bh + 61)], "#4a2860")
                    for a, b in wins:
                        c.rect(hx + bw * a, ridge - bh + 60 + 40 * b, hx + bw * a + 9, ridge - bh + 72 + 40 * b, "#ffc97a", 0.85)
        c.rect(0, ridge, w, h, "#1c1236")
        for row in range(5):
            yy = ridge + 6 + row * 27
            for k in range(-2, 34):
                px = k * 32 + (16 if row % 2 else 0) - ((2 * t * period) % 32)
                c.ellipse(px + 16, yy + 6, 16.5, 20, mix("#3a2358", "#1c1236", row / 4))
                c.ellipse(px + 16, yy + 1, 16.5, 20, mix("#2a1a48", "#180f30", row / 4))
        c.rect(0, ridge - 5, w, ridge + 9, "#150d2b")
        for k in range(-1, 12):
            px = k * 96 - ((2 * t * period) % 96)
            c.ellipse(px, ridge - 2, 30, 8, "#150d2b")
        cat(c, 640, ridge - 6, 1.12, 0.0, t, 1.0)
        cat(c, 420, ridge - 6, 0.92, 0.3, t, 0.75)
        cat(c, 248, ridge - 6, 0.66, 0.65, t, 1.15)
        return c

    track = Track(s.seconds, 141)
    beat = 0.5
    track.tune(pluck, [48, None, 55, None, 51, None, 55, None, 46, None, 53, None, 50, None, 53, 47], beat, 0.4, bright=0.5)
    track.tune(keys, [None, (63, 67), None, (63, 67), None, (63, 68), None, (63, 67), None, (62, 65), None, (62, 65), None, (62, 67), None, (62, 65)], beat, 0.13, seconds=0.6)
    track.tune(flute, [75, None, 79, 77, 75, None, 72, None, 74, None, 77, 75, 74, 71, 67, None], beat, 0.12, seconds=0.45)
    for k in range(32):
        track.add(knock(1900, 90), k * 0.25, 0.05 if k % 2 else 0.1, 0.3)
    track.add(chirp(620, 900, 0.22), 3.55, 0.1, -0.3).add(chirp(900, 560, 0.35), 3.75, 0.1, -0.3)
    return frame, track.room(1.2, 0.25)
