# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""City scenes: skyline at night, ferris wheel, neon tunnel, synthwave road."""
import numpy as np

from kit.canvas import Canvas, TAU, bloom, blurred, glow, grid, over, turn
from kit.colour import gradient, mix, ramp, rgb
from kit.noise import line_noise
from kit.stage import scene
from kit.synth import Track, bell, hiss, keys, kick, pluck, saw


@scene("night-city", seconds=10, fps=24, crf=27)
def night_city(s):
    w, h, rng = s.w, s.h, s.rng
    base = gradient(w, h, [(0, "#0a0a26"), (0.4, "#2a1a52"), (0.66, "#8a3a6b"), (0.78, "#f08a5f"), (1, "#f08a5f")])
    glow(base, 400, 150, 60, rgb("#ffe9c8") * 0.35, 1, 2)
    c = Canvas(w, h, base)
    c.circle(400, 150, 26, "#fff0d2")
    blink = []
    for layer, (body, low, high, lit) in enumerate((("#54306b", 300, 460, 0.25), ("#321d52", 190, 420, 0.4), ("#170f2e", 110, 360, 0.55))):
        x, ground = -20.0, 790
        while x < w:
            bw = rng.uniform(46, 92) * (0.8 + 0.15 * layer)
            bh = rng.uniform(low, high) * (0.75 if x > w * 0.75 else 1)
            top = ground - bh
            c.rect(x, top, x + bw, ground, body)
            kind = rng.integers(0, 4)
            if kind == 0:
                c.rect(x + bw * 0.2, top - 22, x + bw * 0.8, top, body)
                c.rect(x + bw * 0.38, top - 44, x + bw * 0.62, top, body)
            elif kind == 1:
                c.line([(x + bw / 2, top), (x + bw / 2, top - 62)], 3, body)
                blink.append((x + bw / 2, top - 62, rng.uniform(0, 1)))
            elif kind == 2:
                c.poly([(x, top + 1), (x + bw, top + 1), (x + bw, top - 34)], body)
            step = 9 + 2.5 * layer
            for wy in np.arange(top + 12, ground - 8, step * 1.25):
                for wx in np.arange(x + 6, x + bw - 8, step):
                    if rng.random() < lit:
                        col = rng.choice(["#ffd98a", "#ffe9b8", "#ffb85a", "#9fd8ff"], p=[0.45, 0.25, 0.2, 0.1])
                        size = (step * 0.48, step * 0.62)
                        if layer and rng.random() < 0.12:
                            blink.append((wx, wy, rng.uniform(0, 1), size, col, body))
                        c.rect(wx, wy, wx + size[0], wy + size[1], col, 0.35 + 0.2 * layer)
            x += bw + rng.uniform(-6, 9) * (1 + layer)
    c.rect(0, 788, w, h, "#0b0820")
    c.rect(0, 764, w, 774, "#221640")
    for px in range(20, w, 92):
        c.rect(px, 772, px + 10, 830, "#1a1134")
    c.rect(0, 826, w, h, "#0a0719")
    image = c.image
    cars = [(rng.uniform(0, 1), k % 2, 1 + (k % 3 == 0)) for k in range(16)]

    def frame(t):
        c = Canvas(w, h, image)
        for b in blink:
            if len(b) == 3:
                c.circle(b[0], b[1], 3, "#ff4a4a", 0.25 + 0.75 * (np.sin(TAU * (5 * t + b[2])) > 0))
            else:
                x, y, ph, (sw, sh), col, body = b
                c.rect(x, y, x + sw, y + sh, body if (t + ph) % 1 < 0.5 else col)
        head = -420 + ((t * 1.0 + 0.15) % 1.0) * (w + 900)
        for k in range(4):
            x0 = head - k * 104
            c.rect(x0, 735, x0 + 100, 766, "#0e0a20", radius=7)
            for j in range(6):
                c.rect(x0 + 8 + j * 15.3, 742, x0 + 18 + j * 15.3, 754, "#ffeec2")
        for ph, lane, laps in cars:
            p = (ph + laps * t) % 1.0
            x = (p if lane else 1 - p) * (w + 120) - 60
            y = 858 if lane else 878
            c.line([(x, y), (x - (46 if lane else -46), y)], 2.5, "#ff3b4e" if not lane else "#fff3d0", 0.25)
            c.circle(x, y, 2.8, "#ff5a66" if not lane else "#fff8e0")
        return bloom(c.pixels(), 10, 0.35, 130)

    track = Track(s.seconds, 201).noise(60, 600, 0.08, None, 0.8).chords([(38, 50, 57, 60, 64), (43, 50, 59, 62, 65)], 0.16, 0.45)
    track.tune(keys, [(65, 69, 72), None, None, 76, None, 74, None, 72, (59, 65, 69), None, None, 74, None, 71, 67, None], 0.625, 0.18)
    for k in range(8):
        track.add(kick(0.3), k * 1.25, 0.5).add(hiss(0.12, k, 30), k * 1.25 + 0.625, 0.5, 0.2)
    return frame, track.room(2, 0.35)


@scene("ferris-wheel", seconds=8, fps=24, crf=28)
def ferris_wheel(s):
    w, h = s.w, s.h
    base = gradient(w, h, [(0, "#1a1650"), (0.4, "#5a2f86"), (0.7, "#d8577f"), (0.85, "#2a1640"), (1, "#120a24")])
    x, y = grid(w, h)
    edge = 765 - 26 * line_noise(s.rng, w, 20, 2, 0.9)
    base = over(base, rgb("#2c1648"), np.clip(y - edge[None, :], 0, 1))
    cx, cy, r, n = 250, 400, 215, 14
    hues = ["#ff5f6d", "#ffb347", "#ffe66d", "#5fe3a1", "#4fc3ff", "#8a7bff", "#ff7ad1"]
    tents = [(70, 830, 62, "#ff5f6d"), (200, 842, 46, "#4fc3ff"), (420, 836, 70, "#ffb347")]

    def frame(t):
        c = Canvas(w, h, base)
        for tx, ty, k, col in tents:
            c.poly([(tx - k, ty), (tx, ty - k * 0.9), (tx + k, ty)], mix(col, "#1a0f30", 0.35))
            c.poly([(tx - k * 0.35, ty), (tx, ty - k * 0.9), (tx + k * 0.3, ty)], mix("#fff0e0", "#1a0f30", 0.35))
            c.rect(tx - k * 0.86, ty, tx + k * 0.86, ty + 46, mix(col, "#120a24", 0.6))
        for side in (-1, 1):
            c.line([(cx, cy), (cx + side * 120, 846)], 9, "#221444")
            c.line([(cx, cy), (cx + side * 120, 846)], 3, "#6a4aa0")
        c.line([(cx - 74, 690), (cx + 74, 690)], 5, "#3a2466")
        turn_ = np.pi * t
        for rr, width, col in ((r, 5, "#f2e6ff"), (r - 22, 3, "#b79be0"), (r * 0.5, 2.5, "#8f6fd0")):
            c.ring(cx, cy, rr, width, col, 0.9)
        for k in range(n):
            a = turn_ + TAU * k / n
            px, py = cx + r * np.cos(a), cy + r * np.sin(a)
            c.line([(cx, cy), (px, py)], 2, "#cdb4f0", 0.8)
            b = a + TAU / n
            c.line([(px, py), (cx + (r - 22) * np.cos(b), cy + (r - 22) * np.sin(b))], 1.3, "#b79be0", 0.7)
        lights = []
        for k in range(n * 2):
            a = turn_ + TAU * k / (n * 2)
            on = 0.35 + 0.65 * (0.5 + 0.5 * np.cos(TAU * (k / 8 - 4 * t))) ** 2
            px, py = cx + (r - 11) * np.cos(a), cy + (r - 11) * np.sin(a)
            lights.append((px, py, on, hues[(k // 2) % 7]))
            c.circle(px, py, 3.2, mix("#5a2f86", "#fff2c8", on))
        for k in range(n):
            a = turn_ + TAU * k / n
            px, py = cx + r * np.cos(a), cy + r * np.sin(a)
            lean = 0.14 * np.sin(TAU * (2 * t) + k)
            col = hues[k % 7]
            for pts, fill in (([(-19, 14), (19, 14), (15, 44), (-15, 44)], col), ([(-16, 16), (16, 16), (15, 27), (-15, 27)], "#fff3cf"), ([(-22, 14), (0, -4), (22, 14)], mix(col, "#ffffff", 0.35))):
                c.poly(turn(pts, lean, px, py), fill)
            c.circle(px, py, 5, "#f2e6ff")
        c.circle(cx, cy, 24, "#fff0d8")
        c.circle(cx, cy, 15, "#ff7a8a")
        for tx, ty, k, col in tents:
            for j in range(9):
                on = 0.5 + 0.5 * np.sin(TAU * (5 * t + j / 3))
                c.circle(tx - k * 0.86 + j * k * 0.215, ty + 3, 2.6, mix(col, "#fff6d8", on))
        arr = c.pixels()
        for px, py, on, col in lights:
            glow(arr, px, py, 26, rgb(col) * 0.3 * on, 1, 2)
        return bloom(arr, 12, 0.28, 150)

    track = Track(s.seconds, 211)
    waltz = [(48, (64, 67)), (43, (62, 67)), (45, (60, 64)), (40, (59, 64)), (41, (60, 65)), (48, (60, 64)), (43, (59, 65)), (43, (62, 65))]
    bar = s.seconds / 8
    for i, (bass, chord) in enumerate(waltz):
        track.add(pluck(bass, 1.2, 0.6), i * bar, 0.4)
        for k in (1, 2):
            for m in chord:
                track.add(pluck(m, 0.8), i * bar + k * bar / 3, 0.14)
    track.tune(bell, [79, 84, 83, 83, 79, 74, 76, 81, 79, 79, 76, 71, 72, 77, 76, 76, 72, 67, 74, 77, 81, 83, None, None], bar / 3, 0.16, seconds=2)
    return frame, track.noise(300, 1200, 0.03).room(1.8, 0.35)


@scene("neon-tunnel", seconds=6, fps=24, crf=30)
def neon_tunnel(s):
    w, h = s.w, s.h
    rings, sides = 15, 6
    base = np.zeros((h, w, 3), np.float32) + rgb("#0a0520")
    stops = [(0, "#ff2e88"), (0.25, "#8a3bff"), (0.5, "#2e8bff"), (0.75, "#2effd5"), (1, "#ff2e88")]

    def frame(t):
        cx, cy = w * 0.48 + 26 * np.sin(TAU * t), h * 0.43 + 30 * np.cos(TAU * t)
        c = Canvas(w, h, base)
        shapes = []
        for k in range(rings):
            z = (k - t * 4 % 1.0 + 0.02)
            d = 0.35 + z * 0.62
            far = 1 / d
            a = z * 0.16 + 0.4 * np.sin(TAU * (t + z / 40))
            px, py = w * 0.48 + (cx - w * 0.48) * min(1, z / 12), h * 0.43 + (cy - h * 0.43) * min(1, z / 12)
            step = int(np.floor(t * 4)) + k
            hue = ramp(stops, np.array([((step % 4) / 4 + z * 0.0) % 1.0]))[0]
            pts = [(px + far * 360 * np.cos(TAU * j / sides + a), py + far * 360 * np.sin(TAU * j / sides + a)) for j in range(sides)]
            shapes.append((pts, far, hue))
        for i in range(rings - 1, -1, -1):
            pts, far, hue = shapes[i]
            fade = np.clip(1.25 - i / rings, 0, 1) ** 1.5 * min(1.0, 0.35 + 1.2 / max(far, 0.5))
            c.line(pts + [pts[0]], max(1.6, 9 * far), hue * fade * 0.6)
            c.line(pts + [pts[0]], max(1, 3.6 * far), mix(hue, "#ffffff", 0.55) * fade)
            if i < rings - 1:
                for p, q in zip(pts, shapes[i + 1][0]):
                    c.line([p, q], max(1.2, 2.6 * far), hue * fade * 0.7)
        arr = c.pixels()
        return arr + blurred(arr, 7, 2) * 1.1 + blurred(arr, 30) * 0.9

    track = Track(s.seconds, 221)
    for k in range(12):
        track.add(kick(), k * 0.5, 0.9).add(hiss(0.09, k, 45), k * 0.5 + 0.25, 0.5, 0.3)
    track.tune(saw, [33, 33, 45, 33, 33, 45, 33, 43, 29, 29, 41, 29, 29, 41, 31, 43], 0.375 / 1.0, 0.4, spread=0.05)
    track.tune(pluck, [69, 76, 72, 81, 76, 72, 69, 84, 65, 72, 69, 77, 72, 81, 79, 74], 0.375, 0.2, bright=2)
    return frame, track.chords([(57, 64, 72), (53, 60, 69)], 0.12, 0.7).room(1.6, 0.3)


@scene("synthwave", seconds=8, fps=24, crf=29)
def synthwave(s):
    w, h, line = s.w, s.h, 520
    x, y = grid(w, h)
    base = gradient(w, h, [(0, "#0c0530"), (0.25, "#35106b"), (0.45, "#c02a8a"), (0.541, "#ff8a5a"), (0.5415, "#12042e"), (1, "#070118")])
    for k in range(60):
        glow(base, s.rng.uniform(0, w), s.rng.uniform(0, 300), 2.2, rgb("#ffffff") * s.rng.uniform(0.3, 0.9), 1, 1)
    cx, cy, r = 260, 372, 148
    d = np.hypot(x - cx, y - cy)
    glow(base[:line], cx, cy, 330, rgb("#ff4f9a") * 0.5, 1, 2)
    face = ramp([(cy - r, "#fff08a"), (cy, "#ffb04a"), (cy + r, "#ff2e7e")], y)
    sky = base.copy()
    ridge = line - 20 - 62 * np.abs(line_noise(s.rng, w, 18, 2, 0.7)) * (0.35 + np.abs(np.arange(w) - cx) / w)

    def frame(t):
        arr = base.copy()
        cuts = ((y - cy) / r + 0.25) * 4.2 - 2 * t
        gap = (cuts % 1.0) < np.clip(((y - cy) / r + 0.15) * 0.55, 0, 0.6)
        mask = np.clip(r - d + 0.5, 0, 1) * ~gap * (y < line)
        arr += (face - arr) * mask[..., None]
        c = Canvas(w, h, arr)
        pts = [(0, line + 1)] + [(i, ridge[i]) for i in range(0, w, 9)] + [(w, ridge[-1]), (w, line + 1)]
        c.poly(pts, "#1a0640")
        c.line(pts[1:-1], 1.6, "#5fe0ff")
        c.rect(0, line, w, h, "#0d0326")
        for k in range(14):
            z = (k - (t * 8) % 1.0 + 1) / 2.4
            yy = line + 150 / max(z, 0.12)
            if yy < h + 20:
                c.line([(0, yy), (w, yy)], max(0.8, 2.6 / max(z, 0.3)), "#ff3fb0", np.clip(1.05 - z / 6, 0.0, 0.9))
        for k in range(-12, 13):
            c.line([(cx + k * 17, line), (cx + k * 196, h)], 1.8, "#ff3fb0", 0.55)
        c.poly([(cx - 14, line), (cx + 14, line), (cx + 165, h), (cx - 165, h)], "#0a021c", 0.9)
        for k in range(-1, 16):
            za, zb = (k - (t * 8) % 1.0 + 1) / 2.4, (k - (t * 8) % 1.0 + 1.5) / 2.4
            if za > 0.12:
                ya, yb = line + 150 / za, line + 150 / zb
                wa, wb = 4.5 / za, 4.5 / zb
                c.poly([(cx - wa, ya), (cx + wa, ya), (cx + wb, yb), (cx - wb, yb)], "#ffe27a", 0.9)
        for side in (-1, 1):
            c.line([(cx + side * 14, line), (cx + side * 165, h)], 3, "#5fe0ff")
            for k in range(7):
                z = (k - (t * 4) % 1.0 + 1) / 1.5
                if z < 0.25:
                    continue
                px, py, tall = cx + side * (62 / z + 20), line + 150 / z, 190 / z
                lean = [(px + side * 10 / z * np.sin(q * 1.5), py - tall * q) for q in np.linspace(0, 1, 6)]
                c.line(lean, max(1, 7 / z), "#1c0a3c")
                tx, ty = lean[-1]
                for a in np.linspace(-0.3, np.pi + 0.3, 7):
                    leaf = [(tx + 62 / z * q * np.cos(a), ty - 40 / z * np.sin(a) * q + 46 / z * q * q) for q in np.linspace(0, 1, 6)]
                    c.line(leaf, max(1, 5 / z), "#1c0a3c")
        bob = 1.5 * np.sin(TAU * 8 * t)
        bx, by = cx + 4 * np.sin(TAU * t), 742 + bob
        c.ellipse(bx, by + 33, 78, 9, "#000000", 0.6)
        c.poly([(bx - 48, by - 12), (bx - 34, by - 40), (bx + 34, by - 40), (bx + 48, by - 12)], "#2a0f52")
        c.poly([(bx - 40, by - 14), (bx - 30, by - 35), (bx + 30, by - 35), (bx + 40, by - 14)], "#ff9a6a", 0.75)
        c.rect(bx - 72, by - 14, bx + 72, by + 22, "#1a0838", radius=10)
        c.rect(bx - 66, by - 6, bx - 26, by + 5, "#ff2e5a", radius=3)
        c.rect(bx + 26, by - 6, bx + 66, by + 5, "#ff2e5a", radius=3)
        c.rect(bx - 18, by - 2, bx + 18, by + 10, "#e8d8ff", radius=2)
        c.rect(bx - 66, by + 20, bx - 42, by + 34, "#08020f", radius=4)
        c.rect(bx + 42, by + 20, bx + 66, by + 34, "#08020f", radius=4)
        return bloom(c.pixels(), 10, 0.3, 120)

    track = Track(s.seconds, 231)
    for k in range(16):
        track.add(kick(), k * 0.5, 0.8)
        if k % 2:
            track.add(hiss(0.25, 5, 14, 0), k * 0.5, 0.32)
    roots = [33] * 8 + [29] * 8 + [36] * 8 + [31] * 8
    track.tune(saw, [r_ + (12 if i % 4 == 3 else 0) for i, r_ in enumerate(roots)], 0.25, 0.4, spread=0.05, seconds=0.24)
    track.chords([(57, 60, 64, 69), (53, 57, 60, 69), (55, 60, 64, 67), (55, 59, 62, 67)], 0.16, 0.7, 1.2)
    track.tune(saw, [76, None, 81, 79, None, 76, 72, None, 77, None, 76, 72, None, 74, None, None], 0.5, 0.13, seconds=0.7, cut=6)
    return frame, track.room(2, 0.35)
