"""Whether a motion deteriorates as it goes on (sec. 5.4: 5000 frames, 166 s)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from ..model.checkpoint import Model
from ..performing.generate import generate
from ..speech.audio import SAMPLE_RATE_HZ
from ..speech.features import log_mel
from ..speech.heard import Heard
from . import dynamics
from .entrants import FPS, Clip
from .metrics import body_positions, diversity_cm

LONG_FRAMES = 5000


@dataclass(frozen=True)
class Drift:
    """Each third of a long motion, averaged over seeds.

    Speed (m/s), jerk (m/s³), diversity (cm), and the distance of the joints' mean positions from those of the first
    third (cm).
    """

    name: str
    speed_m_s: tuple[float, float, float]
    jerk_m_s3: tuple[float, float, float]
    diversity_cm: tuple[float, float, float]
    pose_moved_cm: tuple[float, float, float]

    @property
    def speed_change(self) -> float:
        """Last third against the first: 0.1 is 10 % faster."""
        return self.speed_m_s[2] / max(self.speed_m_s[0], 1e-9) - 1


def measure_drift(name: str, model: Model, clips: Sequence[Clip], seeds: int = 3, frames: int = LONG_FRAMES) -> Drift:
    """A motion of `frames` frames whose thirds hear the same speech, so that they differ by time alone."""
    third = ceil(frames / 3)
    parts, n_heard = [], 0.0
    for clip in clips:
        parts.append(clip.sequence.samples())
        n_heard += len(parts[-1]) / SAMPLE_RATE_HZ * FPS
        if n_heard >= third:
            break
    samples = np.tile(np.concatenate(parts), -(-third // int(n_heard)))[: round(third / FPS * SAMPLE_RATE_HZ)]
    n = round(3 * third / FPS * model.fps)
    heard = Heard(log_mel([samples, samples, samples], n, model.fps), model.fps, 3 * third / FPS, name)
    rows = []
    for seed in range(seeds if model.config.is_random else 1):
        p = body_positions(generate(heard, model, seed=seed, fps=FPS))
        pieces = [p[k * third : (k + 1) * third] for k in range(3)]
        rows.append([
            [dynamics.mean_speed(x, FPS) for x in pieces], [dynamics.mean_jerk(x, FPS) for x in pieces],
            [diversity_cm(x) for x in pieces],
            [100 * np.linalg.norm(x.mean(axis=0) - pieces[0].mean(axis=0), axis=-1).mean() for x in pieces],
        ])  # fmt: skip
    speed, jerk, diversity, moved = ((float(a), float(b), float(c)) for a, b, c in np.mean(rows, axis=0))
    return Drift(name, speed, jerk, diversity, moved)
