# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Things: a record, tea, noodles, pendulums, a brush circle."""
import numpy as np

from kit.canvas import Canvas, TAU, enlarge, glow, grid, over, smooth, turn
from kit.colour import gradient, mix, ramp, rgb
from kit.noise import cloud, line_noise, sample
from kit.stage import scene
from kit.synth import Track, flute, hiss, keys, kick, knock, pluck


def steam(rng, w, h):
    """Returns at(t): a rising veil (h,w) 0..1, periodic."""
    tex, bend = cloud(rng, 256, 128, beta=2.8, stretch=0.5), cloud(rng, 256, 128, beta=3.2)
    x, y = grid(w, h)
    u, v = x / w * 128, y / h * 190

    def at(t):
        wob = sample(bend, u, v + 256 * t) * 9
        return np.clip(sample(tex, u + wob, v + 256 * t) * 0.5 + 0.12, 0, 1)
    return at


@scene("vinyl", "square", seconds=8, fps=24, crf=28)
def vinyl(s):
    w, h = s.w, s.h
    x, y = grid(w, h)
    cx, cy, big = 330, 372, 286
    d, a = np.hypot(x - cx, y - cy), np.arctan2(y - cy, x - cx)
    wood = mix("#b5703f", "#8a4a28", 0.5) * (1 + 0.10 * np.sin(y / 4.5 + 6 * cloud(s.rng, h, w, beta=2.8, stretch=7))[..., None])
    plate = over(wood * 0.9, rgb("#000000"), 0.5 * smooth(big + 40, big - 10, np.hypot(x - cx - 9, y - cy - 14)))
    plate = over(plate, rgb("#c9c4bc"), smooth(big + 12, big + 10, d))
    plate = over(plate, rgb("#16151a"), smooth(big, big - 2, d))
    groove = 1 + 0.22 * np.sin(d * 2.1) + 0.3 * np.sin(d * 0.31 + 1) ** 8
    shine = np.abs(np.cos(a - 0.7)) ** 26 + 0.6 * np.abs(np.cos(a - 2.0)) ** 40
    disc = (d < big - 3) & (d > 98)
    plate += (shine * groove * 62 * disc)[..., None] * rgb("#ffe9d6") / 255
    plate += (np.sin(d * 2.1) * 2.4 * disc)[..., None]

    def frame(t):
        arr = plate.copy()
        spin = TAU * 4 * t
        # A slightly uneven pressing: the light on the grooves breathes with the turn.
        soft = np.abs(np.cos(a - 0.7 + 0.05 * np.sin(spin))) ** 60 * disc
        arr += (soft * 34)[..., None]
        c = Canvas(w, h, arr)
        c.circle(cx, cy, 98, "#f2653a")
        for k in range(12):
            b = spin + TAU * k / 12
            c.poly([(cx, cy), (cx + 96 * np.cos(b), cy + 96 * np.sin(b)), (cx + 96 * np.cos(b + TAU / 24), cy + 96 * np.sin(b + TAU / 24))], "#ffb347" if k else "#fff2d6")
        c.circle(cx, cy, 60, "#2a3f6b")
        for k in range(5):
            b = spin + TAU * k / 5
            c.circle(cx + 38 * np.cos(b), cy + 38 * np.sin(b), 8, "#fff2d6" if k else "#ff7ad1")
        c.circle(cx, cy, 17, "#f2e6d0")
        c.circle(cx, cy, 6, "#4a4a52")
        dust = spin + 1.0
        c.circle(cx + 210 * np.cos(dust), cy + 210 * np.sin(dust), 2.2, "#d8d4d0", 0.6)
        c.circle(cx + 150 * np.cos(dust + 2), cy + 150 * np.sin(dust + 2), 1.6, "#d8d4d0", 0.5)
        swing = 0.012 * np.sin(spin) + 0.05 * np.sin(TAU * t)
        px, py = 640, 118
        elbow = turn([(0, 0), (-26, 300), (-118, 392)], swing, px, py)
        for off, col, width, al in ((10, "#000000", 15, 0.35), (0, "#9a958e", 13, 1), (-2, "#f2eee8", 5, 1)):
            c.line([(ex + off, ey + off) for ex, ey in elbow], width, col, al)
        ex, ey = elbow[-1]
        c.poly(turn([(-20, -16), (24, -16), (24, 16), (-34, 20)], swing + 2.2, ex, ey), "#2f2d33")
        c.circle(px + 8, py + 10, 46, "#000000", 0.3)
        c.circle(px, py, 44, "#d8d2c8")
        c.circle(px, py, 30, "#8a857e")
        c.circle(px, py, 13, "#f2eee8")
        c.circle(660, 640, 26, "#3a3a42")
        c.circle(660, 640, 19, "#55555f")
        c.line([(660, 640), (672, 626)], 4, "#ffb347")
        return c

    track = Track(s.seconds, 501)
    for k in range(120):
        track.add(hiss(0.004, k, 400, 1), track.rng.uniform(0, s.seconds), track.rng.uniform(0.1, 0.7), track.rng.uniform(-0.7, 0.7))
    track.noise(600, 6000, 0.025)
    beat = 0.5
    for k in range(16):
        if k % 4 in (0, 2) or k == 11:
            track.add(kick(), k * beat, 0.75)
        track.add(hiss(0.05, k, 70), k * beat + 0.27, 0.3, 0.25)
        if k % 2:
            track.add(hiss(0.16, 3, 22, 0), k * beat, 0.22, -0.1)
    track.tune(keys, [(62, 65, 69, 72), None, None, (62, 65, 69), (55, 65, 71, 74), None, None, None, (60, 64, 67, 71), None, None, (60, 64, 71), (57, 64, 67, 73), None, None, None], beat, 0.2)
    track.tune(pluck, [38, None, None, 45, 43, None, None, 38, 36, None, None, 43, 45, None, 40, None], beat, 0.4, bright=0.5)
    track.tune(keys, [None, 81, None, 79, None, 77, 76, None, None, 79, None, 76, None, 74, 73, None], beat, 0.12)
    return frame, track.room(1.3, 0.22)


@scene("tea-steam", seconds=8, fps=24, crf=27)
def tea_steam(s):
    w, h = s.w, s.h
    x, y = grid(w, h)
    base = gradient(w, h, [(0, "#3a2a24"), (0.4, "#6b4a38"), (0.72, "#a8744a"), (0.722, "#4a2c1e"), (1, "#22130d")])
    glow(base, 150, 200, 420, rgb("#ffcf8f") * 0.4, 1, 1.8)
    for k in range(4):
        for j in range(2):
            base = over(base, rgb("#ffe2b0"), 0.16 * smooth(3, -3, np.abs(x - 110 - j * 130 - (y - 100) * 0.25) - 55) * smooth(3, -3, np.abs(y - 130 - k * 120) - 50))
    grain = cloud(s.rng, h, w, beta=2.4, stretch=10)
    base[692:] *= (1 + 0.09 * np.sin(grain[692:] * 5))[..., None]
    c = Canvas(w, h, base)
    cx, top = 250, 560
    c.ellipse(cx + 26, 762, 190, 34, "#000000", 0.45)
    c.blur(6)
    c.ellipse(cx, 748, 178, 36, "#d8d0bc")
    c.ellipse(cx, 742, 178, 34, "#f2ecdc")
    c.ellipse(cx, 742, 122, 22, "#d0c6ae")
    a = np.linspace(0, np.pi, 40)
    side = [(cx + 132 * np.cos(b), top + 168 * np.sin(b) ** 0.75) for b in a]
    c.poly(side, "#8fb5a8")
    c.poly([(cx + 132 * np.cos(b), top + 168 * np.sin(b) ** 0.75) for b in np.linspace(np.pi * 0.62, np.pi, 24)] + [(cx - 40, top)], "#a9cbbf")
    c.poly([(cx + 132 * np.cos(b), top + 168 * np.sin(b) ** 0.75) for b in np.linspace(0, np.pi * 0.3, 24)] + [(cx + 70, top)], "#6f978a")
    for k in range(7):
        b = 0.3 + k * 0.42
        px, py = cx + 100 * np.cos(b), top + 84 + 20 * np.sin(k * 2.3)
        c.line([(px, py + 34), (px + 4, py - 12)], 3, "#4f7568")
        for dy, sgn in ((0, 1), (10, -1), (20, 1)):
            c.poly(turn([(0, 0), (16, -6), (26, 0), (16, 6)], -0.6 if sgn > 0 else np.pi + 0.6, px + 2, py + dy), "#4f7568")
    c.ellipse(cx, top, 132, 40, "#c5ddd3")
    c.ellipse(cx, top + 3, 122, 34, "#6f978a")
    c.ellipse(cx, top + 8, 116, 29, "#b5651d")
    c.ellipse(cx - 16, top + 5, 84, 19, "#d98a2e", 0.8)
    cup = c.image
    veil = steam(s.rng, w // 2, 300)
    gx, gy = grid(w // 2, 300)
    gx, gy = gx * 2, gy * 2
    body = np.exp(-((gx - cx - 26 * np.sin(gy / 150)) / (46 + (600 - gy) * 0.11)) ** 2) * smooth(590, 500, gy) * smooth(-40, 260, gy)

    def frame(t):
        c = Canvas(w, h, cup)
        for k in range(2):
            p = (t * 2 + k / 2) % 1.0
            c.pen.ellipse([(cx - 20 - 70 * p) * 2, (top + 7 - 17 * p) * 2, (cx - 20 + 70 * p) * 2, (top + 7 + 17 * p) * 2], outline=(255, 214, 140, int(110 * (1 - p))), width=2)
        lx, ly = cx + 34 + 8 * np.sin(TAU * t), top + 10 + 2 * np.cos(TAU * t)
        c.poly(turn([(-20, 0), (-6, -6), (18, -1), (-4, 5)], 0.3 + 0.3 * np.sin(TAU * t), lx, ly), "#4f6b2a")
        arr = c.pixels()
        k = enlarge(np.repeat((veil(t) * body)[..., None] * 255, 3, 2), w, 600) / 255 * 0.95
        arr[:600] += (rgb("#fff4e2") - arr[:600]) * k
        return arr

    track = Track(s.seconds, 511).noise(2000, 9000, 0.03).drops(14, 900, 1700, 0.1, 25)
    for k, m in enumerate([62, 69, 74, 78, 76, 74, 69, 66, 64, 69, 71, 74, 69, 66, 64, 62]):
        track.add(pluck(m, 2.4, 1.5), k * 0.5 + 0.02 * np.sin(k * 3), 0.3, np.sin(k) * 0.4)
        if k % 4 == 0:
            track.add(pluck(m - 24, 2.6, 0.8), k * 0.5, 0.3)
    return frame, track.tune(flute, [None, None, 81, None, None, 78, None, None], 1, 0.05, seconds=1.4).room(2.2, 0.4)


@scene("ramen", "square", seconds=8, fps=24, crf=29)
def ramen(s):
    w, h, rng = s.w, s.h, s.rng
    x, y = grid(w, h)
    base = gradient(w, h, [(0, "#2f4a52"), (1, "#1a2c33")]) * (1 + 0.06 * np.sin(x / 5 + 5 * cloud(rng, h, w, beta=2.8, stretch=0.2))[..., None])
    cx, cy, r = 350, 350, 285
    base = over(base, rgb("#000000"), 0.55 * smooth(r + 46, r - 30, np.hypot(x - cx - 14, y - cy - 20)))
    c = Canvas(w, h, base)
    c.circle(cx, cy, r, "#c8362a")
    c.ring(cx, cy, r, 7, "#e86a52")
    for k in range(40):
        b = TAU * k / 40
        c.poly(turn([(-8, -8), (8, -8), (8, 8), (-8, 8)], b, cx + 265 * np.cos(b), cy + 265 * np.sin(b)), "#f7e2c0", 0.9 if k % 2 else 0.35)
    c.circle(cx, cy, 244, "#8a1f18")
    c.circle(cx, cy + 4, 238, "#d9882e")
    c.circle(cx - 8, cy - 6, 220, "#e8a040", 0.55)
    bowl = c.image
    fat = [(cx + rr * np.cos(b), cy + rr * np.sin(b), size, ph) for rr, b, size, ph in zip(rng.uniform(60, 222, 46), rng.uniform(0, TAU, 46), rng.uniform(4, 13, 46), rng.uniform(0, 1, 46))]
    strands = []
    for k in range(46):
        q = np.linspace(0, 1, 26)
        o, amp, fr = rng.uniform(-120, 120), rng.uniform(12, 34), rng.uniform(1, 2.4)
        lo = -np.sqrt(max(0, 190 ** 2 - o * o))
        px, py = lo + (-lo * 2) * q, o + amp * np.sin(q * TAU * fr + k)
        strands.append((turn(list(zip(px, py)), 0.5 + 0.35 * np.sin(k), 0, 0), rng.choice(["#ffe7a8", "#f7d27f", "#fff1c4"])))
    veil = steam(rng, w // 2, h // 2)
    gx, gy = grid(w // 2, h // 2)
    body = np.exp(-(((gx - 165) / 120) ** 2 + ((gy - 150) / 150) ** 2))
    onions = [(rng.normal(0, 70), rng.normal(10, 60), rng.uniform(7, 12), rng.uniform(0, 1)) for _ in range(26)]

    def frame(t):
        c = Canvas(w, h, bowl)
        roll = 0.02 * np.sin(TAU * t)
        for fx, fy, size, ph in fat:
            px, py = fx + 4 * np.sin(TAU * (t + ph)), fy + 4 * np.cos(TAU * (t + ph))
            c.circle(px, py, size, "#f7c25a", 0.5)
            c.ring(px, py, size, 1.2, "#ffe2a0", 0.9)
        for pts, col in strands:
            p = [(cx + a + 1.5 * np.sin(TAU * t + b / 30), cy + b + 20) for a, b in pts]
            c.line(p, 10, mix(col, "#8a5a1f", 0.55))
            c.line(p, 7.4, col)
            c.line([(a - 1.5, b - 1.5) for a, b in p], 1.6, "#fffbe6", 0.6)
        for k in range(3):
            b = -2.55 + k * 0.46
            px, py = cx + 148 * np.cos(b), cy + 148 * np.sin(b)
            for size, col in ((1.0, "#7a3a26"), (0.9, "#d98a6b"), (0.66, "#f2b595"), (0.40, "#c46a4c")):
                c.poly(turn([(66 * size * np.cos(v) * (1 + 0.06 * np.sin(5 * v + k)), 50 * size * np.sin(v)) for v in np.linspace(0, TAU, 40)], b + 1.3 + roll, px, py), col)
        for ex, ey, tilt in ((cx + 118, cy - 96, 0.5), (cx + 168, cy + 8, 1.3)):
            for size, col in ((1, "#b5793f"), (0.93, "#fffaf0"), (0.56, "#f28a1f"), (0.46, "#ffb02e"), (0.24, "#ff9a1a")):
                c.poly(turn([(54 * size * np.cos(v), 43 * size * np.sin(v)) for v in np.linspace(0, TAU, 40)], tilt + roll, ex, ey), col)
            c.ellipse(ex - 10, ey - 12, 9, 5, "#fff6d8", 0.9)
        for k in range(3):
            c.poly(turn([(-44, -62), (44, -62), (44, 62), (-44, 62)], -0.4 + k * 0.22 + roll, cx - 190 + k * 26, cy + 60 + k * 18), mix("#1f3a2c", "#2f5540", k / 2))
        for mx, my, tilt in ((cx - 20, cy + 150, 0.2), (cx + 60, cy + 160, 0.6)):
            pts = [(42 * (1 + 0.09 * np.cos(14 * v)) * np.cos(v), 42 * (1 + 0.09 * np.cos(14 * v)) * np.sin(v)) for v in np.linspace(0, TAU, 90)]
            c.poly(turn(pts, tilt + roll, mx, my), "#fffaf4")
            c.line([(mx + (4 + 3.6 * q) * np.cos(q * 1.5 + tilt), my + (4 + 3.6 * q) * np.sin(q * 1.5 + tilt)) for q in np.linspace(0, 6.6, 50)], 7, "#ff6f9a")
        for ox, oy, size, ph in onions:
            px, py = cx + ox + 2 * np.sin(TAU * (t + ph)), cy + 20 + oy
            c.ring(px, py, size, 4.2, "#5fae3f")
            c.ring(px, py, size - 3.4, 1.6, "#c8ec9a")
        for off, col in ((0, "#3a1a10"), (-3, "#b5532f")):
            for sgn in (-1, 1):
                c.line([(cx + 60 + sgn * 15, cy - 360 + off), (cx + 350 + sgn * 7, cy + 20 + off + sgn * 10)], 13 if off == 0 else 9, col, 0.5 if off == 0 else 1)
        arr = c.pixels()
        k = enlarge(np.repeat((veil(t) * body)[..., None] * 255, 3, 2), w, h) / 255 * 0.75
        return arr + (rgb("#fff8ec") - arr) * k

    track = Track(s.seconds, 521).noise(200, 2200, 0.06, None, 0.7).drops(70, 280, 800, 0.12, 40)
    track.tune(pluck, [57, 60, 64, 67, 69, 67, 64, 60, 53, 57, 60, 64, 65, 64, 60, 57, 55, 59, 62, 65, 67, 65, 62, 59, 52, 56, 59, 62, 64, 68, 71, 74], 0.25, 0.26, bright=1.3)
    track.tune(flute, [76, None, 79, 81, 84, None, 81, None, 79, None, 83, 81, 80, None, 76, None], 0.5, 0.09, seconds=0.5)
    for k in range(16):
        track.add(knock(1400, 80), k * 0.5 + 0.25, 0.12, 0.4)
    return frame, track.room(1.4, 0.28)


@scene("pendulum", seconds=10, fps=24, crf=27)
def pendulum(s):
    """Fifteen pendulums around one pivot. Arcs instead of strings: what does not move costs no bits."""
    w, h, n = s.w, s.h, 15
    base = gradient(w, h, [(0, "#2b2350"), (0.7, "#3a2a58"), (1, "#191430")])
    stops = [(0, "#ff5f6d"), (0.25, "#ffb347"), (0.5, "#3fe0c0"), (0.75, "#4fa3ff"), (1, "#b06bff")]
    px, py, reach = 258, 84, 0.35
    lengths = [676 - 36 * k for k in range(n)]
    cols = [ramp(stops, np.array([k / (n - 1)]))[0] for k in range(n)]
    c = Canvas(w, h, base)
    for k in range(n):
        arc = [(px + lengths[k] * np.sin(a), py + lengths[k] * np.cos(a)) for a in np.linspace(-reach, reach, 60)]
        c.line(arc, 2, mix("#3a2f62", cols[k], 0.35))
        for x, y in (arc[0], arc[-1]):
            c.circle(x, y, 4, mix("#3a2f62", cols[k], 0.5))
    c.circle(px, py, 17, "#6a5a9a")
    c.circle(px, py, 9, "#f2e6ff")
    ground = c.image

    def frame(t):
        c = Canvas(w, h, ground)
        for k in range(n):
            # The k-th swings 4 + k times in one loop, so all meet again at its end.
            a = reach * np.cos(TAU * (4 + k) * t)
            x, y, r = px + lengths[k] * np.sin(a), py + lengths[k] * np.cos(a), 20 - 0.45 * k
            c.circle(x, y, r, mix(cols[k], "#14121f", 0.25))
            c.circle(x - r * 0.1, y - r * 0.12, r * 0.84, cols[k])
            c.circle(x - r * 0.34, y - r * 0.38, r * 0.26, "#ffffff", 0.8)
        return c

    track = Track(s.seconds, 531)
    scale = [48, 52, 55, 57, 60, 62, 64, 67, 69, 72, 74, 76, 79, 81, 84]
    for k in range(n):
        f = 4 + k
        for j in range(f):
            track.add(pluck(scale[k], 1.2, 1.4), (j + 0.25) / f * s.seconds, 0.11, k / (n - 1) * 1.4 - 0.7)
    return frame, track.chords([(36, 48, 55)], 0.08, 0.4).room(2.2, 0.4)


@scene("enso", seconds=9, fps=24, crf=27)
def enso(s):
    """A brush draws a circle on paper, it dries, and washes away again."""
    w, h, rng = s.w, s.h, s.rng
    x, y = grid(w, h)
    fibre = cloud(rng, h, w, beta=1.5, stretch=1.5)
    paper = gradient(w, h, [(0, "#efe6d2"), (0.55, "#e2d6bd"), (0.8, "#9a8a70"), (1, "#6a5c4a")]) * (1 + 0.022 * fibre[..., None])
    cx, cy, r = 246, 400, 166
    dx, dy = x - cx, (y - cy)
    d = np.hypot(dx, dy)
    start = 2.2
    turn_at = ((np.arctan2(dy, dx) - start) % TAU) / TAU
    wob = line_noise(rng, 720, 8, 1, 1.2)[(turn_at * 719).astype(int)]
    width = np.interp(turn_at, [0, 0.04, 0.2, 0.5, 0.8, 0.93, 1], [26, 40, 33, 30, 24, 15, 4]) + 3 * wob
    off = (d - r - 9 * np.sin(turn_at * TAU + 0.6) + 12 * turn_at) / width
    hair = line_noise(rng, 2048, 160, 6, 0.2)[np.clip((off * 0.5 + 0.5) * 2047, 0, 2047).astype(int)]
    dry = smooth(0.45, 1.0, turn_at)
    bristle = smooth(-0.25 + 1.05 * dry - 0.6, 0.15 + 1.05 * dry - 0.6, hair + 0.35 * fibre * 0.4)
    edge = smooth(1.0, 0.86, np.abs(off + 0.05 * fibre))
    stroke = edge * bristle * (0.96 - 0.28 * dry) * (0.92 + 0.08 * np.abs(off))
    halo = np.exp(-np.maximum(np.abs(off) - 0.9, 0) * width / 9) * 0.10
    seal = Canvas(w, h, np.zeros((h, w, 3), np.float32))
    sx, sy, k = 392, 596, 27
    seal.rect(sx - k, sy - k, sx + k, sy + k, "#ffffff", radius=5)
    for x0, y0, x1, y1 in ((-17, -17, -11, 17), (-17, -17, 17, -11), (11, -17, 17, 17), (-3, -11, 3, 17), (-11, 0, 11, 5)):
        seal.rect(sx + x0, sy + y0, sx + x1, sy + y1, "#000000")
    seal = seal.pixels()[..., 0] / 255 * (0.86 + 0.1 * np.clip(fibre, -1, 1))

    def frame(t):
        t = (t + 0.62) % 1.0  # begin with the finished circle: the first picture becomes the cover
        p = np.clip((t - 0.06) / 0.36, 0, 1)
        head = p * p * (3 - 2 * p)
        shown = smooth(0.012, -0.012, turn_at - head * 1.03 + 0.012)
        wash = smooth(0.84, 1.0, t)
        gone = 1 - wash
        ink_k = (stroke * shown + halo * shown * smooth(0, 0.5, t - 0.1)) * gone
        arr = over(paper, mix("#16161c", "#4a4a55", 0.15 + 0.25 * smooth(0.5, 0.8, t)), np.clip(ink_k, 0, 1))
        mark = smooth(0.53, 0.56, t) * gone
        arr = over(arr, rgb("#c22f22"), np.clip(seal * mark, 0, 1))
        c = Canvas(w, h, arr)
        if 0.01 < t < 0.52:
            a = start + TAU * min(head, 0.99)
            rr = r + 9 * np.sin(head * TAU + 0.6) - 12 * head
            come, leave = smooth(0.06, 0.0, t), smooth(0.42, 0.52, t)
            bx, by = cx + rr * np.cos(a) + 240 * leave + 160 * come, cy + rr * np.sin(a) - 340 * leave - 330 * come
            lean = 0.42 + 0.12 * np.sin(a)
            for ox, oy, al in ((26, 30, 0.16), (0, 0, 1)):
                c.poly(turn([(-3, -2), (3, -2), (16, -44), (14, -66), (-14, -66), (-16, -44)], lean, bx + ox, by + oy), "#1c1a1f", al)
                c.poly(turn([(-15, -64), (15, -64), (11, -92), (-11, -92)], lean, bx + ox, by + oy), "#8a6a3f" if al == 1 else "#1c1a1f", al)
                c.poly(turn([(-9, -90), (9, -90), (6, -330), (-6, -330)], lean, bx + ox, by + oy), "#6b3f24" if al == 1 else "#1c1a1f", al)
                if al == 1:
                    c.poly(turn([(-6, -92), (-2, -92), (-1, -328), (-4, -328)], lean, bx, by), "#a8714a")
        return c

    track = Track(s.seconds, 541).noise(1500, 6000, 0.20, lambda p: np.exp(-(((p + 0.62) % 1.0 - 0.24) / 0.1) ** 2) + 0.03, 0.6)
    for at, m in ((0.4, 50), (1.5, 62), (2.4, 69), (3.1, 74), (4.9, 38), (5.6, 65), (6.3, 69), (7.2, 62), (8.1, 57)):
        track.add(pluck(m, 3, 1.6), at + 0.38 * 9, 0.4, np.sin(at) * 0.4)
    track.add(knock(240, 18, 0.4), 4.9 + 0.38 * 9, 0.5)
    return frame, track.tune(flute, [None, None, None, 74, None, 77, 74, None, None], 1, 0.07, seconds=1.6).room(3, 0.45)
