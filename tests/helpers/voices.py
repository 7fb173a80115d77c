"""Speech: recorded, where it lies beside the repository, and made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from places import SHARED

from a2g_core.speech.audio import Speech


def librispeech(index: int) -> Path:
    """A LibriSpeech file of its own speaker; the test is skipped where the data is not beside the repository."""
    files = sorted((SHARED / "data/ship/librispeech").glob("*.flac"))
    if not files:
        pytest.skip("needs ../shared/data/ship/librispeech, which may not be committed")
    return files[index]


def babble(seconds: float, seed: int = 0, rate_hz: int = 16000) -> Speech:
    """Noise with the rhythm of syllables, for tests that need any signal of an exact length."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    envelope = np.clip(np.sin(2 * np.pi * 3.1 * t + rng.uniform(0, 6)), 0, 1) * (np.sin(2 * np.pi * 0.3 * t) > -0.5)
    return Speech.from_samples((0.2 * envelope * rng.standard_normal(len(t))).astype(np.float32), rate_hz)
