# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of the clips: it gives each file its number. Importing this module registers every scene."""
from kit.stage import SCENES
from scenes import abstract, city, creatures, forest, journeys, objects, sky, water  # noqa: F401

ORDER = [
    "aurora", "koi-pond", "night-city", "papercut-waves", "vinyl", "jellyfish", "sky-lanterns", "neon-tunnel", "tea-steam", "train",
    "maple-leaves", "metaballs", "rain-window", "whale", "a-day", "iso-cubes", "fireworks", "bamboo", "pixel-run", "ink-water",
    "balloons", "ferris-wheel", "kaleidoscope", "snow-pines", "cranes", "moon-tide", "pendulum", "lighthouse", "flow-field", "ramen",
    "bubbles", "stained-glass", "cats", "galaxy", "dandelion", "synthwave", "coral-reef", "enso", "caravan", "lissajous",
]


def number_of(slug):
    return ORDER.index(slug) + 1


missing = set(ORDER) - set(SCENES)
