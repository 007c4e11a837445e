# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Noise that repeats in space and, where a time is given, comes back after t = 1."""
import numpy as np

TAU = 2 * np.pi


def cloud(rng, h, w, beta=2.2, stretch=1.0, low=1.0):
    """Smooth random texture, periodic in both directions, mean 0, spread 1. Larger beta: softer. stretch > 1: wider than high."""
    fy = np.fft.fftfreq(h)[:, None] * h * (w / h) / stretch
    fx = np.fft.rfftfreq(w)[None, :] * w
    f = np.sqrt(fx * fx + fy * fy)
    amp = np.where(f < low * 0.5, 0, 1 / np.maximum(f, low) ** (beta / 2 + 0.5))
    spec = amp * np.exp(1j * rng.uniform(0, TAU, (h, w // 2 + 1)))
    out = np.fft.irfft2(spec, s=(h, w))
    return ((out - out.mean()) / out.std()).astype(np.float32)


class Breathing:
    """A texture that changes smoothly and loops: two clouds turned into each other."""

    def __init__(self, rng, h, w, **shape):
        self.a, self.b = cloud(rng, h, w, **shape), cloud(rng, h, w, **shape)

    def at(self, t, turns=1):
        return self.a * np.cos(TAU * turns * t) + self.b * np.sin(TAU * turns * t)


def line_noise(rng, n, waves=12, low=1, roll=1.0):
    """1-D periodic noise of n points, about -1..1."""
    x = np.arange(n) / n * TAU
    out = sum(np.sin(k * x + rng.uniform(0, TAU)) / k ** roll for k in range(low, low + waves))
    return (out / np.abs(out).max()).astype(np.float32)


def sample(tex, x, y):
    """Bilinear look-up with wrap-around. x, y in pixels of tex."""
    h, w = tex.shape[:2]
    x0, y0 = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
    fx, fy = (x - x0).astype(np.float32), (y - y0).astype(np.float32)
    if tex.ndim == 3:
        fx, fy = fx[..., None], fy[..., None]
    x0, y0 = x0 % w, y0 % h
    x1, y1 = (x0 + 1) % w, (y0 + 1) % h
    return (tex[y0, x0] * (1 - fx) + tex[y0, x1] * fx) * (1 - fy) + (tex[y1, x0] * (1 - fx) + tex[y1, x1] * fx) * fy
