# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Colours as float RGB triples in 0..255, written as '#rrggbb'."""
import numpy as np


def rgb(code):
    code = code.lstrip("#")
    return np.array([int(code[i:i + 2], 16) for i in (0, 2, 4)], np.float32)


def mix(a, b, k):
    a = rgb(a) if isinstance(a, str) else np.asarray(a, np.float32)
    b = rgb(b) if isinstance(b, str) else np.asarray(b, np.float32)
    return a + (b - a) * k


def ink(colour, alpha=1.0):
    """A fill for PIL: integers with alpha."""
    c = rgb(colour) if isinstance(colour, str) else colour
    return (int(c[0]), int(c[1]), int(c[2]), int(max(0.0, min(1.0, alpha)) * 255))


def ramp(stops, x):
    """Colour of x (any shape, clipped to the stops' range). stops: [(position, '#rrggbb'), ...], ascending."""
    at = [p for p, _ in stops]
    cols = np.array([rgb(c) if isinstance(c, str) else c for _, c in stops])
    return np.stack([np.interp(x, at, cols[:, i]) for i in range(3)], -1).astype(np.float32)


def gradient(w, h, stops):
    """Vertical gradient, stops over 0 (top) .. 1 (bottom)."""
    return np.repeat(ramp(stops, np.linspace(0, 1, h))[:, None, :], w, 1)


def cycle(keys, t):
    """Colour of a palette that runs in a circle: keys = ['#..', ...] evenly spread over t in 0..1."""
    k = (t % 1.0) * len(keys)
    i = int(k)
    f = k - i
    return mix(keys[i % len(keys)], keys[(i + 1) % len(keys)], f * f * (3 - 2 * f))
