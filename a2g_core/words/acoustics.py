"""What each sound is like in a recording, and how long it lasts (`sounds.npz`, made by `scripts/build_sounds.py`)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import BinaryIO, Self

import numpy as np

FPS = 30.0
"""Of the frames that the sounds were measured in, which are those that are heard for the motion."""

_BANDS = (0, 4, 8, 12, 16, 22, 28, 36, 44, 54, 64)
_LOUD_PERCENTILE = 95
_FLOOR_DB = -45.0
_SPEECH_DB = -20.0
_LEAST_DB = 1.0
_KNOWN_FRAMES = 20.0
_TRUST = 0.5
"""Neighbouring frames say nearly the same: each counts as half."""


@dataclass(frozen=True)
class Sounds:
    """Normal distributions of K sounds and, last of all, of the pause.

    mean, deviation: (K + 1, C) of what is perceived of a frame (`perceived`). log_length, log_spread: (K + 1,) mean
    and standard deviation of the logarithm of how long they last, in seconds.
    """

    mean: np.ndarray
    deviation: np.ndarray
    log_length: np.ndarray
    log_spread: np.ndarray

    def save(self, file: BinaryIO) -> None:
        """Write them as `load` reads them."""
        np.savez(file, **{f.name: getattr(self, f.name).astype(np.float32) for f in fields(self)})

    @classmethod
    @cache
    def load(cls) -> Self:
        """Those that ship, in the order of `spelling.SOUNDS`."""
        with files(__package__).joinpath("sounds.npz").open("rb") as file, np.load(file) as stored:
            return cls(**{f.name: stored[f.name].astype(float) for f in fields(cls)})

    def likeness(self, frames: np.ndarray) -> np.ndarray:
        """(T, K + 1) log-likelihood of each sound and of the pause in each frame (T, C)."""
        z = (frames[:, None] - self.mean) / self.deviation
        return -_TRUST * (0.5 * (z**2).sum(2) + np.log(self.deviation).sum(1))

    def of_voice(self, frames: np.ndarray, of: np.ndarray) -> Self:
        """The same as a voice says them of which frames (T, C) are heard, each of the sound `of` (T,); -1 for none.

        What is known counts as `_KNOWN_FRAMES` of each sound.
        """
        is_of = of[:, None] == np.arange(len(self.mean))
        counts = is_of.sum(0)[:, None] + _KNOWN_FRAMES
        return replace(self, mean=(_KNOWN_FRAMES * self.mean + is_of.T.astype(float) @ frames) / counts)

    def length_likeness(self, sound: int, n_frames: np.ndarray) -> np.ndarray:
        """Log-likelihood of the sound's lasting so many frames (N,)."""
        z = (np.log(n_frames / FPS) - self.log_length[sound]) / self.log_spread[sound]
        return -0.5 * z**2 - np.log(self.log_spread[sound])


def perceived(log_mel: np.ndarray) -> np.ndarray:
    """(T, 12) of log-mel features (T, 64) at `FPS`: level, its slope, and the spectrum beside the recording's own.

    Neither the level of a recording nor the colour of a voice or a microphone changes them.
    """
    level = log_mel.mean(1)
    relative = level - np.percentile(level, _LOUD_PERCENTILE)
    bands = np.stack([log_mel[:, a:b].mean(1) for a, b in pairwise(_BANDS)], 1) - level[:, None]
    said = bands[relative > _SPEECH_DB]
    spectrum = (bands - said.mean(0)) / np.maximum(said.std(0), _LEAST_DB)
    floored = np.maximum(relative, _FLOOR_DB)
    slope = 2 * np.gradient(floored) if len(floored) > 1 else np.zeros_like(floored)
    return np.concatenate([floored[:, None], slope[:, None], spectrum], 1)
