# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sky scenes: aurora, a day over mountains, lanterns, moon and tide, galaxy, fireworks."""
import numpy as np

from kit.canvas import Canvas, TAU, bloom, blurred, enlarge, glow, grid, over, smooth, turn
from kit.colour import cycle, gradient, mix, ramp, rgb
from kit.noise import Breathing, cloud, line_noise, sample
from kit.stage import scene
from kit.synth import Track, bell, flute, hiss, keys, kick, pluck


def stars(rng, w, h, count, bottom):
    """Small lights: x, y, brightness, phase."""
    return [(rng.uniform(0, w), rng.uniform(0, bottom), rng.uniform(0.2, 1) ** 2, rng.uniform(0, 1)) for _ in range(count)]


def put_stars(arr, lights, t, gain=1.0):
    for x, y, b, ph in lights:
        k = b * gain * (0.65 + 0.35 * np.sin(TAU * (t * 2 + ph)))
        glow(arr, x, y, 1.3 + 1.6 * b, (225 * k, 232 * k, 255 * k), 1.0, 1.0)


def pine_row(rng, w, base, low, high, step):
    """Silhouettes of pines along a shore: list of polygons."""
    out, x = [], -10.0
    while x < w + 10:
        tall = rng.uniform(low, high)
        wide = tall * rng.uniform(0.2, 0.28)
        pts = [(x, base - tall)]
        for k in range(1, 7):
            y = base - tall + tall * k / 6.5
            r = wide * k / 6
            pts += [(x + r, y), (x + r * 0.5, y - tall * 0.02)]
        pts += [(x + wide * .1, base + 4)]
        left = [(2 * x - px, py) for px, py in reversed(pts[1:])]
        out.append(pts + left)
        x += step * rng.uniform(0.5, 1.4)
    return out


@scene("aurora", seconds=9, fps=24, crf=27)
def aurora(s):
    w, h, shore = 270, 480, 352
    x, y = grid(w, h)
    sky = gradient(w, h, [(0, "#030514"), (0.45, "#07182f"), (0.74, "#0f3a48"), (1, "#0f3a48")])
    lights = stars(s.rng, s.w, s.h, 130, shore * 2 - 30)
    rays = [(line_noise(s.rng, w, 26, 2, 0.35), line_noise(s.rng, w, 26, 2, 0.35)) for _ in range(3)]
    curtains = [(150, 46, 105, "#2dffa0", "#5a34e0", 1.0), (215, 34, 85, "#35ffd0", "#2f62ff", 0.75), (270, 22, 60, "#7dff9a", "#18a58e", 0.6)]
    trees = pine_row(s.rng, s.w, shore * 2 + 4, 30, 95, 17)

    def frame(t):
        arr = sky.copy()
        for i, (base, sway, tall, low, high, gain) in enumerate(curtains):
            xs = np.arange(w) / w
            edge = base + sway * np.sin(TAU * (0.8 * xs + t + i * 0.37)) + 0.5 * sway * np.sin(TAU * (1.7 * xs - t * (1 + i % 2) + i * 0.2)) - 40 * xs
            a, b = rays[i]
            ray = 0.6 + 0.4 * (a * np.cos(TAU * (t + i / 3)) + b * np.sin(TAU * (t + i / 3)))
            up = edge[None, :] - y
            reach = tall * (0.7 + 0.5 * ray)[None, :]
            light = np.where(up > -2, np.exp(-np.maximum(up, 0) / reach * 1.5) * smooth(-2, 24, up), 0) * ray[None, :] ** 1.5 * gain
            hue = np.clip(up / (reach * 1.6), 0, 1)[..., None]
            arr += light[..., None] * (rgb(low) * (1 - hue) + rgb(high) * hue)
        n = h - shore
        wave = 1.6 * np.sin(TAU * (y[shore:] ** 0.8 / 4.5 + 2 * t))
        src_y = np.clip(shore - (y[shore:] - shore) * 1.35 + wave, 0, shore - 1).astype(int)
        src_x = np.clip(x[shore:] + wave, 0, w - 1).astype(int)
        fall = np.linspace(0.62, 0.22, n)[:, None, None]
        arr[shore:] = arr[src_y, src_x] * fall + rgb("#02101a") * (1 - fall)
        arr = enlarge(arr, s.w, s.h)
        put_stars(arr[:shore * 2], lights, t, 0.9)
        c = Canvas(s.w, s.h, arr, 1)
        for k, tree in enumerate(trees):
            c.poly(tree, "#020a10")
        c.rect(0, shore * 2, s.w, shore * 2 + 5, "#020a10")
        return c

    track = Track(s.seconds, 11).chords([(45, 57, 64, 71), (41, 57, 60, 67), (48, 55, 64, 67), (43, 59, 62, 69)], 0.2, 0.45)
    track.tune(bell, [88, None, 83, None, 91, None, 86, None, 84, None, 91, None], 1.0, 0.05).noise(200, 900, 0.05, lambda p: 1 + np.sin(TAU * p)).room(3, 0.5)
    return frame, track


@scene("a-day", seconds=12, fps=24, crf=27)
def a_day(s):
    """A whole day over seven ridges: dawn, noon, dusk, night."""
    w, h, layers = s.w, s.h, 7
    x, y = grid(w, h)
    masks = []
    left = np.ones((h, w), np.float32)
    for i in reversed(range(layers)):
        base = 400 + i * 82
        rough = line_noise(s.rng, w * 2, 30, 1 + i // 2, 1.15)[:w] * (62 - i * 3)
        m = np.clip(y - (base - rough[None, :]) + 0.5, 0, 1)
        mist = np.clip((y - base + 50) / 150, 0, 1) * left * m
        masks.insert(0, (left * m - mist, mist))
        left = left * (1 - m)
    weights = np.stack([m for pair in masks for m in pair], -1)
    lights = stars(s.rng, w, h, 160, 420)
    top = ["#0a1030", "#4a5fa8", "#3f9be0", "#3a2f6b"]
    low = ["#1c2a58", "#ffb38a", "#cfeaf5", "#ff7a52"]
    near = ["#050a18", "#26203f", "#12383f", "#1c1030"]
    mist = ["#1b2a52", "#e79a8c", "#a8d5d6", "#c9566a"]
    x1, y1 = x[:, :, None], y[:, :, None]

    def frame(t):
        a, b = cycle(top, t), cycle(low, t)
        k = np.clip(y1 / 470, 0, 1)
        arr = a + (b - a) * k ** 1.4
        dark = np.clip(np.cos(TAU * t) * 1.3, 0, 1)
        if dark > 0.02:
            put_stars(arr[:470], lights, t, dark)
        for off, colour, size, gain in ((0.5, mix("#ff9a5a", "#fff4d0", np.clip(-np.cos(TAU * t), 0, 1)), 34, 1.0), (0.0, "#eef2ff", 25, 0.75)):
            ang = TAU * (t - off)
            cx, cy = w * 0.46 + 200 * np.sin(ang), 470 - 330 * np.cos(ang)
            if cy < 640:
                colour = rgb(colour) if isinstance(colour, str) else colour
                glow(arr, cx, cy, size * 7, colour * 0.45 * gain, 1, 2.5)
                arr = over(arr, colour, np.clip(size - np.hypot(x - cx, y - cy) + 0.5, 0, 1))
        n, f = cycle(near, t), cycle(mist, t)
        cols = []
        for i in range(layers):
            depth = (i / (layers - 1)) ** 0.8
            body = mix(mix(b, f, 0.5), n, 0.15 + 0.85 * depth)
            cols += [body, mix(body, f, 0.55 * (1 - depth * 0.85))]
        return arr * left[..., None] + weights @ np.array(cols, np.float32)

    track = Track(s.seconds, 5).chords([(50, 57, 66, 69), (47, 54, 62, 66), (43, 55, 59, 66), (45, 57, 61, 64)], 0.2, 0.4)
    track.tune(pluck, [74, 78, 81, None, 85, 81, 78, None, 74, 73, 69, None, 71, 74, 78, None], 0.75, 0.14).room(2.4, 0.45)
    return frame, track


@scene("sky-lanterns", seconds=10, fps=24, crf=28)
def sky_lanterns(s):
    w, h = s.w, s.h
    ground = gradient(w, h, [(0, "#0b0f2c"), (0.45, "#26204f"), (0.72, "#6b3358"), (0.8, "#2a1733"), (1, "#0d0818")])
    x, y = grid(w, h)
    for i, (base, amp, col) in enumerate(((700, 44, "#3b2249"), (742, 30, "#20132f"))):
        edge = base - line_noise(s.rng, w, 14, 1, 1.1) * amp
        ground = over(ground, rgb(col), np.clip(y - edge[None, :], 0, 1))
    lamps = []
    for k in range(46):
        z = s.rng.uniform(0.16, 1) ** 1.5
        lamps.append((z, s.rng.uniform(0, w), s.rng.uniform(0, 1), s.rng.uniform(0, 1), 2 if z > 0.7 else 1))
    lamps.sort()
    lights = stars(s.rng, w, h, 60, 420)

    def frame(t):
        arr = ground.copy()
        put_stars(arr, lights, t, 0.6)
        places = []
        for z, x0, y0, ph, laps in lamps:
            p = (y0 + t * laps) % 1.0
            px, py = x0 + 26 * z * np.sin(TAU * (t + ph)), 770 + 40 * z - p * (880 + 200 * z)
            lit = smooth(0, 0.1, p)
            places.append((z, px, py, ph, lit))
            glow(arr, px, py, 110 * z + 16, rgb("#ff8a3a") * 0.5 * lit, 1, 2.2)
            if py > 250 and z > .3:
                glow(arr, px, 1560 - py, 60 * z + 10, rgb("#ff7a3a") * 0.12 * lit, 1, 2)
        c = Canvas(w, h, arr)
        for z, px, py, ph, lit in places:
            r = 27 * z + 2
            lean = 0.12 * np.sin(TAU * (t + ph + 0.2))
            for k, (size, col, a) in enumerate(((1, "#d9562a", 0.95), (0.84, "#f6883a", 0.9), (0.62, "#ffc061", 0.85))):
                body = [(-0.62, 0.85), (-0.95, -0.5), (-0.7, -1.05), (0, -1.22), (0.7, -1.05), (0.95, -0.5), (0.62, 0.85)]
                pts = turn([(bx * r * size, by * r * (0.55 + 0.45 * size) + r * (1 - size) * 0.55) for bx, by in body], lean, px, py)
                c.poly(pts, col, a * lit)
            fx, fy = turn([(0, r * 0.75)], lean, px, py)[0]
            c.ellipse(fx, fy, r * 0.3, r * 0.2, "#fff6c8", lit)
        return bloom(c.pixels(), 14, 0.3, 110)

    track = Track(s.seconds, 21).chords([(50, 57, 62, 66), (45, 57, 61, 69), (47, 54, 62, 71), (43, 55, 62, 66)], 0.17, 0.4)
    track.tune(flute, [78, 81, None, 83, 86, 83, 81, None, 78, 76, 74, None], 1.0, 0.1, seconds=1.1)
    track.tune(pluck, [62, 69, 74, 78, 61, 69, 73, 76, 59, 66, 71, 74, 55, 62, 67, 71], 0.75, 0.1).room(2.6, 0.45)
    return frame, track


@scene("moon-tide", seconds=7, fps=24, crf=29)
def moon_tide(s):
    w, h, line = s.w, s.h, 440
    x, y = grid(w, h)
    base = gradient(w, h, [(0, "#071027"), (0.3, "#12294d"), (0.458, "#3d5c80"), (0.459, "#27466a"), (0.7, "#0c1f3a"), (1, "#040a18")])
    cx, cy, r = 232, 250, 92
    disc = np.clip(r - np.hypot(x - cx, y - cy) + 0.5, 0, 1)
    tex = cloud(s.rng, 540, 540, beta=2.2, low=4)
    tex = np.pad(tex, ((0, h - 540), (0, 0)))
    face = (rgb("#fff3d6")[None, None] * (0.9 + 0.1 * np.clip(tex, -2, 0.6)[..., None])).astype(np.float32)
    glow(base, cx, cy, 380, rgb("#8fb4e8") * 0.5, 1, 2.6)
    base = base * (1 - disc[..., None]) + face * disc[..., None]
    veil = cloud(s.rng, 256, 1024, beta=2.4, stretch=4)
    clouds = np.clip(veil * 0.5 - 0.1, 0, 1)
    d = np.maximum(y[line:] - line, 1)
    depth = 900 / (d + 14)
    ripple = Breathing(s.rng, 256, 256, beta=1.7, stretch=3)
    u, v = (x[line:] - cx) * (depth + 1.6) * 0.42, depth * 34 - d * 0.5
    lane = np.exp(-((x[line:] - cx) / (50 + d * 0.16)) ** 2)
    swell_lines = [(k / 9) for k in range(9)]

    def frame(t):
        arr = base.copy()
        tex = clouds[(np.arange(line) * 0.55).astype(int) % 256][:, (np.arange(w) * 0.6 + t * 1024).astype(int) % 1024]
        k = tex * np.sin(np.pi * np.clip(np.arange(line) / line, 0, 1))[:, None] * 0.55
        lit = mix("#2a3e63", "#dfe6f2", 0.3) + 90 * np.exp(-(((x[:line] - cx) ** 2 + (y[:line] - cy) ** 2) / 170 ** 2))[..., None]
        arr[:line] = arr[:line] * (1 - k[..., None]) + lit * k[..., None]
        n = 1.5 * sample(ripple.at(t, 1), u, v + 256 * t)
        glint = smooth(0.5, 1.5, n) * lane * np.clip(1 - d / 430, 0.12, 1)
        arr[line:] += glint[..., None] * rgb("#ffe9b8") + (np.clip(n, -1, 1) * 5)[..., None]
        for ph in swell_lines:
            p = (ph + t) % 1.0
            yy = line + 20 + 560 * p ** 2.2
            crest = yy + 6 * p * np.sin(TAU * (x[line:] / (150 + 260 * p) + ph * 7))
            k = np.exp(-np.abs(y[line:] - crest) / (1 + 5 * p)) * np.sin(np.pi * p) * 0.2
            arr[line:] += k[..., None] * rgb("#a9c7ea")
        return arr

    track = Track(s.seconds, 31).noise(120, 1500, 0.3, lambda p: 0.35 + 0.65 * np.sin(np.pi * p * 2) ** 4, 0.6)
    track.chords([(45, 52, 60, 67), (41, 53, 60, 64)], 0.16, 0.35).tune(keys, [76, None, 72, 79, None, 74, 71, None], 1.25, 0.09).room(2.4, 0.4)
    return frame, track


@scene("galaxy", seconds=8, fps=24, crf=29)
def galaxy(s):
    w, h, rng = s.w, s.h, s.rng
    n = 5200
    r = rng.gamma(2.0, 62, n) + 4
    arm = rng.normal(0, 0.30, n) * (1.3 - np.clip(r / 500, 0, 0.8)) + np.log(r / 10) * 2.1
    heat = np.clip(1 - r / 260 + rng.normal(0, 0.15, n), 0, 1)
    power = rng.uniform(0.15, 1, n) ** 3 * 2 + 0.15
    cols = ramp([(0, "#4a74ff"), (0.35, "#c07bff"), (0.7, "#ffb38a"), (1, "#fff1d0")], heat) * power[:, None]
    pink = rng.random(n) < 0.06
    cols[pink] = rgb("#ff5a9a") * 1.5
    dust = gradient(w, h, [(0, "#04040f"), (0.5, "#0b0a22"), (1, "#03030b")])
    neb = cloud(rng, 960, 960, beta=2.6)[:h, :w]
    dust += np.clip(neb, 0, 2)[..., None] * rgb("#160f33") * 0.6
    lights = stars(rng, w, h, 110, h)
    cx, cy, tilt, lean = w * 0.47, h * 0.40, 0.52, -0.5
    ca, sa = np.cos(lean), np.sin(lean)

    def splat(hh, ww, px, py, c):
        x0, y0 = np.floor(px).astype(int), np.floor(py).astype(int)
        fx, fy = px - x0, py - y0
        out = np.zeros((hh * ww, 3), np.float32)
        for dx, dy, k in ((0, 0, (1 - fx) * (1 - fy)), (1, 0, fx * (1 - fy)), (0, 1, (1 - fx) * fy), (1, 1, fx * fy)):
            ok = (x0 + dx >= 0) & (x0 + dx < ww) & (y0 + dy >= 0) & (y0 + dy < hh)
            idx = (y0 + dy)[ok] * ww + (x0 + dx)[ok]
            for ch in range(3):
                out[:, ch] += np.bincount(idx, (c[:, ch] * k)[ok], hh * ww).astype(np.float32)
        return out.reshape(hh, ww, 3)

    def frame(t):
        arr = dust.copy()
        put_stars(arr, lights, t, 0.7)
        px, py, cc = [], [], []
        for half in (0, np.pi):
            ang = arm + half - np.pi * t
            ex, ey = r * np.cos(ang), r * np.sin(ang) * tilt
            px.append(cx + ex * ca - ey * sa)
            py.append(cy + ex * sa + ey * ca)
            cc.append(cols)
        light = splat(h, w, np.concatenate(px), np.concatenate(py), np.concatenate(cc))
        small = light.reshape(h // 4, 4, w // 4, 4, 3).mean((1, 3))
        haze = blurred(enlarge(small * 3.2, w, h), 10, 4) + blurred(enlarge(small * 2.2, w, h), 50, 8)
        arr += light * 0.75 + haze * 0.8
        glow(arr, cx, cy, 150, rgb("#ffdcae") * 0.75, 1, 3)
        glow(arr, cx, cy, 44, rgb("#fff6e6"), 1, 2)
        return arr

    track = Track(s.seconds, 41).chords([(36, 48, 55, 64), (38, 50, 57, 66), (33, 52, 57, 64), (40, 47, 59, 64)], 0.22, 0.55)
    track.tune(bell, [83, None, None, 90, None, 88, None, None, 95, None, 86, None, None, 79, None, None], 0.75, 0.06).noise(60, 300, 0.06).room(4, 0.6)
    return frame, track


@scene("fireworks", seconds=6, fps=24, crf=29)
def fireworks(s):
    w, h, rng, line = s.w, s.h, s.rng, 730
    ground = gradient(w, h, [(0, "#050718"), (0.5, "#101233"), (0.75, "#2b1d45"), (0.77, "#0b0a1c"), (1, "#05050f")])
    c = Canvas(w, h, ground)
    x = 0
    while x < w:
        bw, bh = rng.uniform(18, 46), rng.uniform(14, 92)
        c.rect(x, line - bh, x + bw, line + 4, "#090817")
        for _ in range(int(bw * bh / 260)):
            wx, wy = x + rng.uniform(3, bw - 4), line - rng.uniform(4, bh - 4)
            c.rect(wx, wy, wx + 2, wy + 2.5, "#ffca7a", rng.uniform(0.3, 0.9))
        x += bw
    ground = c.pixels()
    shots = []
    hues = [("#ffd36b", "#ff7a3a"), ("#ff5f8f", "#c33bff"), ("#6be0ff", "#4a6bff"), ("#a8ff8f", "#2fd6a0"), ("#ffffff", "#ffcf7a"), ("#ff8a6b", "#ff3a5a"), ("#d79bff", "#6b5bff")]
    for k in range(13):
        n = int(rng.uniform(90, 130))
        ang, z = rng.uniform(0, TAU, n), rng.uniform(-1, 1, n)
        vel = rng.uniform(0.9, 1.0, n) * (1 if k % 3 else rng.choice([0.55, 1.0], n))
        shots.append(((k + rng.uniform(0.0, 0.5)) / 13, rng.uniform(0.18, 0.78) * w, rng.uniform(130, 440), rng.uniform(140, 235),
                      np.cos(ang) * np.sqrt(1 - z * z) * vel, z * vel, hues[k % len(hues)]))
    life = 0.34

    def frame(t):
        cv = Canvas(w, h, np.zeros((h, w, 3), np.float32), 2)
        flash = np.zeros((h, w, 3), np.float32)
        for t0, sx, sy, size, vx, vy, (c0, c1) in shots:
            age = (t - t0) % 1.0
            rise = ((t - t0 + 0.12) % 1.0) / 0.12
            if rise < 1:
                yy = line - (line - sy) * (1 - (1 - rise) ** 2)
                y2 = line - (line - sy) * (1 - (1 - max(0, rise - 0.12)) ** 2)
                cv.line([(sx, yy), (sx + 2 * np.sin(rise * 9), y2)], 2, rgb("#ffd9a0") * (1 - rise * 0.6))
            if age >= life:
                continue
            a = age / life

            def place(q):
                q = np.maximum(q, 0)
                grow = size * (1 - np.exp(-4.2 * q)) / 0.985
                return sx + vx * grow, sy + vy * grow + 120 * q * q
            x0, y0 = place(a)
            x1, y1 = place(a - 0.05 - 0.13 * a)
            fade = (1 - a) ** 0.8
            col = mix(c0, c1, a)
            for i in range(len(vx)):
                f = fade * (1 if a < 0.55 else 0.55 + 0.45 * np.sin(i * 7 + t * s.seconds * 40))
                cv.line([(x0[i], y0[i]), (x1[i], y1[i])], 2.4, col * f)
                cv.circle(x0[i], y0[i], 1.9, mix(col, "#ffffff", 0.6) * f)
            glow(flash, sx, sy, size * 2.2, rgb(c1) * 0.35 * np.exp(-a * 7) + rgb(c1) * 0.1 * fade, 1, 2)
        lit = cv.pixels()
        lit = lit + blurred(lit, 9) * 2.2 + blurred(lit, 40, 8) * 1.2 + flash
        mirror = lit[line - 1:line - 1 - (h - line) * 2:-2]
        out = ground + lit
        wob = (np.sin(np.arange(h - line) * 0.55 + TAU * 3 * t) * 3).astype(int)
        cols = (np.arange(w)[None, :] + wob[:, None]) % w
        m = blurred(mirror, 5, 2)[np.arange(h - line)[:, None], cols]
        out[line:] = ground[line:] + m * 0.6
        return out

    track = Track(s.seconds, 51).chords([(48, 55, 64), (45, 57, 64)], 0.05, 0.4)
    for t0, sx, *_ in shots:
        at, pan = t0 * s.seconds, sx / w * 2 - 1
        track.add(kick(0.5), at, 0.9, pan * 0.4).add(hiss(0.9, int(sx), 5, 0), at, 0.5, pan)
        for k in range(14):
            track.add(hiss(0.03, k, 120), at + 0.35 + 0.07 * k + 0.02 * np.sin(k * 5), 0.35, np.sin(k * 2.3))
        track.add(flute(96, 0.8), at - 0.95, 0.018, pan)
    track.room(2.6, 0.5)
    return frame, track
