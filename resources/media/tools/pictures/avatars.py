# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Round creatures on a plain ground: one family, each with its own colours, ears, eyes and mood."""
import numpy as np

from kit.canvas import Canvas, TAU, to_image, turn
from kit.colour import mix

SIZE = 256
#        ground,    body,      accent,    ears,     eyes,     mouth,   extra
LOOKS = [
    ("#ffd9c2", "#ff7f6b", "#ffe9d6", "round", "dots", "smile", "leaf"),
    ("#2a1e5c", "#ff4fa8", "#63e6ff", "horns", "visor", "flat", "sparks"),
    ("#ffe9a8", "#f4a23a", "#fff6e0", "none", "happy", "open", "hat"),
    ("#bfe3f2", "#2f6f9f", "#f2fbff", "fins", "sleepy", "smile", "scarf"),
    ("#d7e6c0", "#5f8f4a", "#f2f5d8", "tuft", "glasses", "smile", "none"),
    ("#f7d3dd", "#b5763f", "#ffeeda", "cat", "wide", "cat", "whiskers"),
    ("#1f3b3a", "#ff8a3d", "#fff1dc", "fox", "pixel", "flat", "none"),
    ("#efe9dd", "#2c2f36", "#f2f0ea", "panda", "dots", "smile", "seal"),
    ("#a8e0e0", "#1f8fa8", "#e6fffa", "fins", "wide", "open", "bubbles"),
    ("#e2d6ff", "#6b4bd6", "#ffd66b", "horns", "glasses", "smile", "spots"),
    ("#ffe3b8", "#ff9fb8", "#fff3e0", "rabbit", "happy", "smile", "cheeks"),
    ("#cfeedd", "#27a17c", "#f3fff2", "paper", "dots", "cat", "none"),
]


def ears(c, kind, body, inner):
    def pair(pts, col):
        c.poly(pts, col)
        c.poly([(SIZE - x, y) for x, y in pts], col)
    if kind == "round" or kind == "panda":
        for x in (68, 188):
            c.circle(x, 84, 31, body)
            c.circle(x, 86, 17, inner)
    elif kind in ("cat", "fox"):
        top = 34 if kind == "cat" else 18
        pair([(52, 132), (54, top), (122, 84)], body)
        pair([(66, 112), (66, top + 26), (102, 88)], inner)
    elif kind == "rabbit":
        for a, x in ((-0.22, 92), (0.28, 166)):
            b = np.linspace(0, TAU, 40)
            c.poly(turn([(22 * np.cos(v), 58 * np.sin(v)) for v in b], a, x, 62), body)
            c.poly(turn([(11 * np.cos(v), 42 * np.sin(v)) for v in b], a, x, 66), inner)
    elif kind == "horns":
        pair([(70, 100), (60, 36), (108, 78)], inner)
    elif kind == "fins":
        pair([(40, 168), (2, 128), (50, 130)], body)
        c.poly([(98, 82), (128, 24), (158, 82)], body)
    elif kind == "tuft":
        for a in (-0.5, 0, 0.5):
            c.poly(turn([(-10, 0), (0, -56), (10, 0)], a, 128, 88), body)
    elif kind == "paper":
        pair([(60, 110), (30, 40), (128, 76)], body)
        pair([(60, 110), (30, 40), (84, 92)], inner)


def eyes(c, kind, dark):
    for x in (96, 160):
        if kind == "dots":
            c.circle(x, 142, 10, dark)
            c.circle(x - 3, 138, 3.4, "#ffffff")
        elif kind == "wide":
            c.circle(x, 140, 19, "#ffffff")
            c.circle(x + 2, 142, 12, dark)
            c.circle(x - 2, 137, 4.5, "#ffffff")
        elif kind == "happy":
            c.line([(x + 13 * np.cos(a), 148 + 14 * np.sin(a)) for a in np.linspace(np.pi, TAU, 20)], 6, dark, caps=True)
        elif kind == "sleepy":
            c.line([(x + 13 * np.cos(a), 138 + 9 * np.sin(a)) for a in np.linspace(0, np.pi, 20)], 5.5, dark, caps=True)
        elif kind == "glasses":
            c.circle(x, 140, 8, dark)
            c.ring(x, 140, 25, 5, dark)
        elif kind == "pixel":
            c.rect(x - 9, 130, x + 9, 154, dark)
            c.rect(x - 5, 134, x + 1, 140, "#ffffff")
    if kind == "glasses":
        c.line([(120, 136), (136, 136)], 5, dark)
    if kind == "visor":
        c.rect(68, 120, 188, 160, dark, radius=20)
        c.rect(78, 130, 178, 150, "#63e6ff", radius=10)
        c.rect(86, 134, 118, 140, "#ffffff", 0.9, radius=3)


def mouth(c, kind, dark):
    if kind == "smile":
        c.line([(128 + 17 * np.cos(a), 172 + 12 * np.sin(a)) for a in np.linspace(0.25, np.pi - 0.25, 20)], 5, dark, caps=True)
    elif kind == "open":
        c.poly([(128 + 18 * np.cos(a), 172 + 22 * np.sin(a)) for a in np.linspace(0, np.pi, 24)], dark)
        c.ellipse(128, 188, 9, 6, "#ff6b6b")
    elif kind == "cat":
        c.poly([(120, 164), (136, 164), (128, 172)], dark)
        for s in (-1, 1):
            c.line([(128 + s * (9 + 9 * np.cos(a)), 173 + 8 * np.sin(a)) for a in np.linspace(0, np.pi, 16)], 4, dark, caps=True)
    else:
        c.line([(114, 178), (142, 178)], 5.5, dark, caps=True)


def extra(c, kind, body, accent, dark):
    if kind == "leaf":
        c.line([(128, 80), (132, 52)], 5, "#4a6b2f")
        c.poly([(132, 56), (150, 30), (182, 34), (166, 58)], "#6fae4a")
    elif kind == "hat":
        for x, r in ((94, 28), (128, 36), (162, 28)):
            c.circle(x, 54, r, "#ffffff")
        c.rect(86, 56, 170, 94, "#ffffff", radius=6)
        c.line([(92, 88), (164, 88)], 3, "#e3ddd0")
    elif kind == "scarf":
        c.rect(52, 204, 204, 236, "#ff6b5a", radius=14)
        c.poly([(160, 222), (190, 222), (196, 256), (164, 256)], "#e0503f")
    elif kind == "whiskers":
        for s in (-1, 1):
            for k in (-1, 0, 1):
                c.line([(128 + s * 44, 168 + k * 6), (128 + s * 88, 166 + k * 15)], 2.6, dark, 0.8)
        for k in (-1, 0, 1):
            c.line([(128 + k * 15, 84), (128 + k * 12, 106)], 7, mix(body, "#3a1f10", 0.45), caps=True)
    elif kind == "seal":
        c.rect(196, 200, 234, 238, "#d8402f", radius=5)
        c.rect(204, 208, 213, 230, "#fff2e6")
        c.rect(217, 208, 226, 230, "#fff2e6")
    elif kind == "bubbles":
        for x, y, r in ((214, 70, 16), (230, 110, 9), (196, 38, 8)):
            c.ring(x, y, r, 3.5, "#ffffff")
            c.circle(x - r * 0.35, y - r * 0.35, r * 0.2, "#ffffff")
    elif kind == "spots":
        for x, y, r in ((84, 96, 9), (128, 88, 12), (172, 98, 8), (104, 108, 5), (152, 108, 6)):
            c.circle(x, y, r, accent, 0.85)
    elif kind == "cheeks":
        for x in (76, 180):
            c.ellipse(x, 166, 15, 10, "#ff5f7f", 0.55)
    elif kind == "sparks":
        for x, y, r in ((34, 60, 12), (222, 84, 9), (212, 32, 6)):
            c.poly([(x, y - r), (x + r * 0.25, y - r * 0.25), (x + r, y), (x + r * 0.25, y + r * 0.25), (x, y + r), (x - r * 0.25, y + r * 0.25), (x - r, y), (x - r * 0.25, y - r * 0.25)], "#63e6ff")


def portrait(ground, body, accent, ear, eye, lips, more):
    c = Canvas(SIZE, SIZE, ground, 4)
    c.circle(128, 128, 112, mix(ground, "#ffffff", 0.25 if sum(mix(ground, ground, 0)) > 380 else 0.07))
    dark = mix(body, "#140f1c", 0.82) if ear != "panda" else mix("#2c2f36", "#000000", 0.3)
    inner = mix(body, accent, 0.6)
    ears(c, ear, body, inner)
    skin = accent if ear == "panda" else body
    b = np.linspace(0, TAU, 120)
    blob = [(128 + 92 * np.sign(np.cos(v)) * abs(np.cos(v)) ** 0.86, 168 + 94 * np.sign(np.sin(v)) * abs(np.sin(v)) ** 0.86) for v in b]
    c.poly(blob, skin)
    c.ellipse(128, 232, 60, 56, mix(skin, accent, 0.75) if ear != "panda" else body)
    if ear == "panda":
        for x in (94, 162):
            c.poly(turn([(23 * np.cos(v), 28 * np.sin(v)) for v in b], 0.5 if x < 128 else -0.5, x, 144), body)
        for x in (98, 158):
            c.circle(x, 142, 9, "#ffffff")
            c.circle(x, 143, 5.5, "#14161a")
        c.ellipse(128, 166, 9, 6, dark)
    else:
        if ear == "fox":
            for s in (-1, 1):
                c.poly([(128, 196), (128 + s * 34, 160), (128 + s * 90, 172), (128 + s * 62, 222), (128, 250)], accent)
        eyes(c, eye, dark)
    mouth(c, lips, dark)
    extra(c, more, body, accent, dark)
    return c


def make(folder):
    folder.mkdir(exist_ok=True)
    for i, look in enumerate(LOOKS):
        to_image(portrait(*look).pixels()).quantize(96).save(folder / f"{i + 1:02d}.png", optimize=True)
    c = Canvas(SIZE, SIZE, "#dfe3ea", 4)
    c.circle(128, 128, 112, "#eceff4")
    c.circle(128, 108, 44, "#a9b2c2")
    c.ellipse(128, 232, 82, 72, "#a9b2c2")
    for x in (113, 143):
        c.circle(x, 106, 5.5, "#eceff4")
    to_image(c.pixels()).quantize(48).save(folder / "default.png", optimize=True)
