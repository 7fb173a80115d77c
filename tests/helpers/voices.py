"""Sounds of exact lengths."""

from __future__ import annotations

import numpy as np

from a2g_core.speech.audio import Speech


def babble(seconds: float, seed: int = 0, rate_hz: int = 16000) -> Speech:
    """Noise with the rhythm of syllables, for tests that need any signal of an exact length."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    envelope = np.clip(np.sin(2 * np.pi * 3.1 * t + rng.uniform(0, 6)), 0, 1) * (np.sin(2 * np.pi * 0.3 * t) > -0.5)
    return Speech.from_samples((0.2 * envelope * rng.standard_normal(len(t))).astype(np.float32), rate_hz)
