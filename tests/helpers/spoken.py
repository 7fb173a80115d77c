"""Speech in features alone: bursts of sound at known times."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from a2g_core.speech.heard import Heard

QUIET_DB = -65.0


def spoken(seconds: float, bursts: Sequence[tuple[float, float]], level_db: float = 10.0) -> Heard:
    """Syllables of 0.15 s at (time in seconds, decibels above the others), heard at 30 frames per second."""
    n = round(seconds * 30)
    power = np.full(n, 10 ** (QUIET_DB / 10))
    for at_s, db in bursts:
        power += 10 ** ((level_db + db) / 10) * np.exp(-0.5 * ((np.arange(n) / 30 - at_s) / 0.06) ** 2)
    features = np.repeat(10 * np.log10(power)[:, None], 64, axis=1).astype(np.float32)
    return Heard(features, 30.0, seconds, "spoken")


def sentence(start_s: float, seconds: float, seed: int) -> list[tuple[float, float]]:
    """The syllables of a sentence, about four a second, of many strengths."""
    rng = np.random.default_rng(seed)
    times = start_s + np.cumsum(rng.uniform(0.18, 0.32, round(seconds / 0.25)))
    return [(float(t), float(db)) for t, db in zip(times, rng.uniform(-14, 0, len(times)))]
