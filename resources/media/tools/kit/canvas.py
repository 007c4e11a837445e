# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawing: a supersampled PIL canvas for shapes, numpy helpers for light."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .colour import ink

TAU = 2 * np.pi


def to_image(arr):
    return Image.fromarray(np.clip(arr, 0, 255).astype(np.uint8))


class Canvas:
    """Shapes in output pixels, drawn at twice the size and reduced: anti-aliased, alpha in fills."""

    def __init__(self, w, h, ground, ss=2):
        self.w, self.h, self.ss = w, h, ss
        if isinstance(ground, Image.Image):
            self.image = ground.copy()
        elif isinstance(ground, np.ndarray) and ground.ndim == 3:
            self.image = to_image(ground).resize((w * ss, h * ss), Image.BILINEAR)
        else:
            self.image = Image.new("RGB", (w * ss, h * ss), ink(ground)[:3])
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def _pts(self, pts):
        return [(float(x) * self.ss, float(y) * self.ss) for x, y in pts]

    def poly(self, pts, fill, alpha=1.0):
        self.pen.polygon(self._pts(pts), fill=ink(fill, alpha))

    def line(self, pts, width, fill, alpha=1.0, caps=False):
        self.pen.line(self._pts(pts), fill=ink(fill, alpha), width=max(1, int(round(width * self.ss))), joint="curve")
        if caps:
            for x, y in (pts[0], pts[-1]):
                self.circle(x, y, width / 2, fill, alpha)

    def ellipse(self, x, y, rx, ry, fill, alpha=1.0):
        s = self.ss
        self.pen.ellipse([(x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s], fill=ink(fill, alpha))

    def circle(self, x, y, r, fill, alpha=1.0):
        self.ellipse(x, y, r, r, fill, alpha)

    def ring(self, x, y, r, width, fill, alpha=1.0):
        s = self.ss
        self.pen.ellipse([(x - r) * s, (y - r) * s, (x + r) * s, (y + r) * s], outline=ink(fill, alpha),
                         width=max(1, int(round(width * s))))

    def rect(self, x0, y0, x1, y1, fill, alpha=1.0, radius=0):
        s = self.ss
        if radius:
            self.pen.rounded_rectangle([x0 * s, y0 * s, x1 * s, y1 * s], radius * s, fill=ink(fill, alpha))
        else:
            self.pen.rectangle([x0 * s, y0 * s, x1 * s - 1, y1 * s - 1], fill=ink(fill, alpha))

    def blur(self, radius):
        """Softens everything drawn so far (radius in output pixels)."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * self.ss))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def pixels(self):
        return np.asarray(self.image.reduce(self.ss), np.float32)


def tapered(spine, widths):
    """Outline of a body: a spine (n,2) with half-widths (n)."""
    spine = np.asarray(spine, float)
    d = np.gradient(spine, axis=0)
    d /= np.maximum(np.hypot(d[:, 0], d[:, 1]), 1e-6)[:, None]
    normal = np.stack([-d[:, 1], d[:, 0]], 1) * np.asarray(widths)[:, None]
    return np.concatenate([spine + normal, (spine - normal)[::-1]])


def turn(pts, angle, x=0.0, y=0.0, scale=1.0):
    """Rotates and scales points around 0,0, then moves them to x,y."""
    c, s = np.cos(angle) * scale, np.sin(angle) * scale
    return [(x + px * c - py * s, y + px * s + py * c) for px, py in pts]


def grid(w, h):
    """X and Y of pixel centres."""
    x, y = np.meshgrid(np.arange(w, dtype=np.float32) + 0.5, np.arange(h, dtype=np.float32) + 0.5)
    return x, y


def smooth(a, b, x):
    k = np.clip((x - a) / (b - a), 0, 1)
    return k * k * (3 - 2 * k)


def patch(arr, x, y, r):
    """The part of arr around x,y: (view, dx, dy) with distances in pixels, or None when outside."""
    h, w = arr.shape[:2]
    x0, x1, y0, y1 = max(0, int(x - r)), min(w, int(x + r) + 2), max(0, int(y - r)), min(h, int(y + r) + 2)
    if x0 >= x1 or y0 >= y1:
        return None
    dx = np.arange(x0, x1, dtype=np.float32)[None, :] + 0.5 - x
    dy = np.arange(y0, y1, dtype=np.float32)[:, None] + 0.5 - y
    return arr[y0:y1, x0:x1], dx, dy


def glow(arr, x, y, r, colour, gain=1.0, power=2.0):
    """Adds a soft light with radius r."""
    p = patch(arr, x, y, r)
    if p:
        view, dx, dy = p
        k = np.clip(1 - np.sqrt(dx * dx + dy * dy) / r, 0, 1) ** power * gain
        view += k[..., None] * np.asarray(colour, np.float32)


def blurred(arr, radius, factor=4):
    """A wide blur, worked out on a small copy."""
    h, w = arr.shape[:2]
    small = to_image(arr).reduce(factor).filter(ImageFilter.GaussianBlur(radius / factor))
    return np.asarray(small.resize((w, h), Image.BILINEAR), np.float32)


def bloom(arr, radius=16, gain=0.6, floor=60):
    """Bright parts shine over their surroundings."""
    return arr + blurred(np.clip(arr - floor, 0, 255), radius) * gain


def enlarge(arr, w, h):
    """Bilinear resize of a float array (h,w,3) in 0..255."""
    return np.asarray(to_image(arr).resize((w, h), Image.BICUBIC), np.float32)


def over(arr, colour, mask):
    """Puts a colour over arr where mask (h,w) in 0..1 says."""
    return arr + (np.asarray(colour, np.float32) - arr) * mask[..., None]


def vignette(w, h, strength=0.35):
    x, y = grid(w, h)
    d = ((x - w / 2) / (w * 0.75)) ** 2 + ((y - h / 2) / (h * 0.75)) ** 2
    return (1 - strength * np.clip(d, 0, 1))[..., None].astype(np.float32)
