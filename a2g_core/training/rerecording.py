"""Simulates other microphones, rooms and mixes: variations that a model must learn to ignore.

Artists use telephone recordings, clipped ones, laptops in kitchens, and speech that already lies on music.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, fftconvolve, sosfilt

from ..speech.audio import SAMPLE_RATE_HZ
from .beds import make_bed

_GAIN_DB = (-18.0, 9.0)
_CLIPPING, _TELEPHONE, _ROOM, _NOISE, _BED = 0.25, 0.25, 0.4, 0.6, 0.35
"""Probability of each effect."""
_REVERBERATION_S, _DIRECT_TO_REVERBERANT_DB = (0.15, 0.7), (-3.0, 12.0)
_TELEPHONE_LOW_HZ, _TELEPHONE_HIGH_HZ = (200.0, 400.0), (2800.0, 3800.0)
_TILT = (-0.5, 0.5)
_SIGNAL_TO_NOISE_DB = (5.0, 35.0)
_BED_DB = (-25.0, -5.0)
"""How loud a bed of music or tones is, over the speech."""
_OVERDRIVE_DB = (3.0, 15.0)


def rerecord(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Make another recording of 16 kHz mono speech (N,), float32, without changing its timing."""
    out = samples.astype(np.float32)
    loud = float(np.sqrt(np.mean(out**2))) + 1e-9
    out = _tilted(out, rng.uniform(*_TILT))
    if rng.random() < _ROOM:
        out = _in_a_room(out, rng)
    if rng.random() < _TELEPHONE:
        band = rng.uniform(*_TELEPHONE_LOW_HZ), rng.uniform(*_TELEPHONE_HIGH_HZ)
        out = sosfilt(butter(4, band, "bandpass", fs=SAMPLE_RATE_HZ, output="sos"), out)
    if rng.random() < _NOISE:
        noise = _tilted(rng.standard_normal(len(out)).astype(np.float32), rng.uniform(0, 0.95))
        level = 10 ** (-rng.uniform(*_SIGNAL_TO_NOISE_DB) / 20)
        out = out + noise * (level * np.sqrt(np.mean(out**2)) / (np.sqrt(np.mean(noise**2)) + 1e-9))
    if rng.random() < _BED:
        out = out + make_bed(len(out), rng) * (10 ** (rng.uniform(*_BED_DB) / 20) * np.sqrt(np.mean(out**2)))
    if rng.random() < _CLIPPING:
        ceiling = np.abs(out).max() * 10 ** (-rng.uniform(*_OVERDRIVE_DB) / 20) + 1e-9
        out = np.clip(out, -ceiling, ceiling)
    gain = loud / (float(np.sqrt(np.mean(out**2))) + 1e-9) * 10 ** (rng.uniform(*_GAIN_DB) / 20)
    return np.clip(out * gain, -1, 1).astype(np.float32)


def _tilted(samples: np.ndarray, pole: float) -> np.ndarray:
    """Darker (pole above 0) or brighter, by a first-order filter."""
    sos = np.array([[1.0, 0.0, 0.0, 1.0, -pole, 0.0]])
    return sosfilt(sos, samples)


def _in_a_room(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Convolve with exponentially decaying noise as the room's impulse response (Polack 1988)."""
    seconds = rng.uniform(*_REVERBERATION_S)
    n = round(seconds * SAMPLE_RATE_HZ)
    tail = rng.standard_normal(n) * 10 ** (-3 * np.arange(n) / n)
    tail *= 10 ** (-rng.uniform(*_DIRECT_TO_REVERBERANT_DB) / 20) / np.sqrt((tail**2).sum())
    tail[0] = 1.0
    return fftconvolve(samples, tail)[: len(samples)]
