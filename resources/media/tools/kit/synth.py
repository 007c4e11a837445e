# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound in a circle: everything added past the end comes in again at the start, so each track loops without a seam."""
import numpy as np

RATE = 48000
TAU = 2 * np.pi


def hz(midi):
    return 440.0 * 2 ** ((midi - 69) / 12)


def _fade(sig, attack, release):
    n = len(sig)
    a, r = min(n, int(attack * RATE)), min(n, int(release * RATE))
    if a:
        sig[:a] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(a) / a)
    if r:
        sig[-r:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(r) / r)
    return sig


def _time(seconds):
    return np.arange(int(seconds * RATE)) / RATE


def pluck(midi, seconds=2.0, bright=1.0):
    f, t = hz(midi), _time(seconds)
    out = sum(np.sin(TAU * f * k * t) * np.exp(-t * (2.2 + k * 1.6 / bright)) / k ** 1.25 for k in range(1, 9) if f * k < 15000)
    return _fade(out, 0.004, 0.05)


def bell(midi, seconds=3.5):
    f, t = hz(midi), _time(seconds)
    parts = ((1, 1, 1.1), (2.0, 0.5, 1.6), (2.76, 0.35, 2.4), (5.4, 0.16, 4.0), (8.9, 0.06, 7.0))
    return _fade(sum(a * np.sin(TAU * f * r * t) * np.exp(-t * d) for r, a, d in parts), 0.003, 0.2)


def keys(midi, seconds=2.5):
    """Electric piano."""
    f, t = hz(midi), _time(seconds)
    tine = np.sin(TAU * f * t + 1.2 * np.exp(-t * 5) * np.sin(TAU * f * 2 * t) + 0.25 * np.exp(-t * 18) * np.sin(TAU * f * 14 * t))
    return _fade(tine * np.exp(-t * 1.3), 0.004, 0.25)


def pad(midi, seconds, bright=0.5, rng=None):
    rng = rng or np.random.default_rng(int(midi * 7))
    f, t = hz(midi), _time(seconds)
    out = np.zeros_like(t)
    for cents in (-6, 0, 5):
        g = f * 2 ** (cents / 1200)
        for k in range(1, 7):
            out += np.sin(TAU * g * k * t + rng.uniform(0, TAU)) * bright ** (k - 1) / k
    return _fade(out / 3, min(1.2, seconds * 0.35), min(1.6, seconds * 0.45))


def flute(midi, seconds=1.0):
    f, t = hz(midi), _time(seconds)
    vib = 0.004 * np.clip(t * 2 - 0.4, 0, 1) * np.sin(TAU * 5.2 * t)
    ph = TAU * f * np.cumsum(1 + vib) / RATE
    return _fade(np.sin(ph) + 0.25 * np.sin(2 * ph) + 0.08 * np.sin(3 * ph), 0.07, min(0.2, seconds / 2))


def square(midi, seconds=0.15):
    f, t = hz(midi), _time(seconds)
    out = sum(np.sin(TAU * f * k * t) / k for k in (1, 3, 5, 7, 9, 11))
    return _fade(out * np.exp(-t * 4), 0.002, 0.02)


def saw(midi, seconds=0.4, cut=8):
    f, t = hz(midi), _time(seconds)
    return _fade(sum(np.sin(TAU * f * k * t) / k * np.exp(-t * k * 0.9) for k in range(1, cut)), 0.005, 0.06)


def kick(seconds=0.35):
    t = _time(seconds)
    return _fade(np.sin(TAU * (45 * t + 9 * (1 - np.exp(-t * 28)))) * np.exp(-t * 9), 0.002, 0.05)


def hiss(seconds=0.08, seed=1, decay=50, tone=1):
    t = _time(seconds)
    n = np.random.default_rng(seed).standard_normal(len(t))
    for _ in range(tone):
        n = np.diff(n, prepend=0)
    return _fade(n * np.exp(-t * decay) * 0.5, 0.001, 0.02)


def knock(f=900, decay=60, seconds=0.12):
    t = _time(seconds)
    return _fade((np.sin(TAU * f * t) + 0.5 * np.sin(TAU * f * 2.4 * t)) * np.exp(-t * decay), 0.001, 0.02)


def chirp(f0, f1, seconds=0.15):
    t = _time(seconds)
    f = f0 + (f1 - f0) * t / seconds
    return _fade(np.sin(TAU * np.cumsum(f) / RATE), seconds * 0.3, seconds * 0.5)


class Track:
    def __init__(self, seconds, seed=1):
        self.seconds, self.n = seconds, int(round(seconds * RATE))
        self.mix = np.zeros((self.n, 2))
        self.rng = np.random.default_rng(seed)

    def add(self, sig, at=0.0, gain=1.0, pan=0.0):
        """pan -1 left .. 1 right; at in seconds."""
        start = int(at * RATE) % self.n
        total = -(-(start + len(sig)) // self.n) * self.n
        ring = np.zeros(total)
        ring[start:start + len(sig)] = sig
        ring = ring.reshape(-1, self.n).sum(0) * gain
        self.mix[:, 0] += ring * np.cos((pan + 1) * np.pi / 4)
        self.mix[:, 1] += ring * np.sin((pan + 1) * np.pi / 4)
        return self

    def tune(self, voice, notes, beat, gain=0.3, start=0.0, spread=0.4, **how):
        """notes: one midi number, None or chord per beat."""
        for i, note in enumerate(notes):
            for m in (note if isinstance(note, (tuple, list)) else [note]):
                if m is not None:
                    self.add(voice(m, **how), start + i * beat, gain, self.rng.uniform(-spread, spread))
        return self

    def chords(self, chords, gain=0.2, bright=0.5, overlap=1.5):
        """Pads, spread evenly over the track."""
        span = self.seconds / len(chords)
        for i, chord in enumerate(chords):
            for j, m in enumerate(chord):
                self.add(pad(m, span * overlap, bright), i * span, gain, (-1) ** j * 0.5)
        return self

    def noise(self, low, high, gain=0.2, swell=None, slope=0.5):
        """Noise between two frequencies; swell(phase 0..1) shapes the loudness over the clip."""
        f = np.fft.rfftfreq(self.n, 1 / RATE)
        shape = 1 / (1 + (low / np.maximum(f, 1)) ** 4) / (1 + (f / high) ** 4) / np.maximum(f, 20) ** slope
        for ch in (0, 1):
            x = np.fft.irfft(shape * np.exp(1j * self.rng.uniform(0, TAU, len(f))), self.n)
            x /= x.std()
            if swell is not None:
                x = x * swell((np.arange(self.n) / self.n + 0.04 * ch) % 1.0)
            self.mix[:, ch] += x * gain
        return self

    def drops(self, count, low=900, high=3500, gain=0.1, decay=45):
        for _ in range(count):
            f = self.rng.uniform(low, high)
            self.add(knock(f, decay), self.rng.uniform(0, self.seconds), gain * self.rng.uniform(0.2, 1), self.rng.uniform(-0.9, 0.9))
        return self

    def room(self, decay=1.6, wet=0.35):
        """Reverb by convolution in the circle."""
        m = min(self.n, int(decay * 2.2 * RATE))
        t = np.arange(m) / RATE
        for ch in (0, 1):
            ir = self.rng.standard_normal(m) * np.exp(-t * 3.2 / decay)
            ir = np.convolve(ir, np.ones(6) / 6, "same")
            ir *= 1 / np.sqrt((ir ** 2).sum())
            buf = np.zeros(self.n)
            buf[:m] = ir
            x = self.mix[:, ch]
            self.mix[:, ch] = x * (1 - wet * 0.5) + np.fft.irfft(np.fft.rfft(x) * np.fft.rfft(buf), self.n) * wet
        return self

    def master(self, lufs=-18.0, ceiling=0.8):
        """Even loudness (BS.1770 weighting, no gate), peaks bent below the ceiling."""
        f = np.fft.rfftfreq(self.n, 1 / RATE)
        z = np.exp(-1j * TAU * f / RATE)
        k = ((1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z * z)
             / (1 - 1.69065929318241 * z + 0.73248077421585 * z * z)
             * (1 - 2 * z + z * z) / (1 - 1.99004745483398 * z + 0.99007225036621 * z * z))
        x = self.mix - self.mix.mean(0)
        for _ in range(3):
            power = sum((np.fft.irfft(np.fft.rfft(x[:, ch]) * k, self.n) ** 2).mean() for ch in (0, 1))
            x = x * 10 ** ((lufs + 0.691 - 10 * np.log10(power + 1e-12)) / 20)
            x = np.where(np.abs(x) > ceiling / 2, np.sign(x) * (ceiling / 2 + ceiling / 2 * np.tanh((np.abs(x) - ceiling / 2) / (ceiling / 2))), x)
        return x
