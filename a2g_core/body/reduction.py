"""Fewer keys: cubic curves through some of a track's frames that stay near all of them.

A track has one row on every frame. A curve keeps some of the rows, as keys, and between two of them it is the cubic
whose slopes at both are those of the rows. So what lies between two keys depends on these alone, and a key that is
added changes one part of the curve.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

_TIGHTER = 0.6
"""Where a whole is too far off, the tolerance of its parts is multiplied by it."""

_ROUNDS = 12
"""In the last of so many, what is still too far off gets a key on that frame."""

Error = Callable[[np.ndarray], np.ndarray]
"""How far rows (n, k) are from those of a track, on each frame (n,), in parts of the tolerance."""


def slopes(rows: np.ndarray) -> np.ndarray:
    """How rows (n, k) change per frame, on each of them."""
    return np.gradient(rows, axis=0) if len(rows) > 1 else np.zeros_like(rows)


@dataclass(eq=False)
class Reduced:
    """A track with fewer keys. rows: (n, k), n at least 2. error: see `Error`. kept: (n,) whether a frame has a key;
    the first and the last always do. tightness: (n,) factor of the tolerance.
    """

    rows: np.ndarray
    error: Error
    kept: np.ndarray
    tightness: np.ndarray = field(init=False)
    slopes: np.ndarray = field(init=False)
    curve: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.slopes, self.tightness = slopes(self.rows), np.ones(len(self.rows))
        self.kept[[0, -1]] = True
        self.refine()

    def refine(self) -> None:
        """Add keys until the curve is within the tolerance everywhere."""
        while True:
            self.curve = cubics(self.rows, self.slopes, self.kept)
            off = self.error(self.curve) / self.tightness
            off[self.kept] = 0.0
            starts = np.flatnonzero(self.kept)[:-1]
            worst = np.maximum.reduceat(off[:-1], starts)
            bad = np.flatnonzero(worst > 1.0)
            if not len(bad):
                return
            ends = np.append(starts[1:], len(off) - 1)
            self.kept[[starts[i] + int(np.argmax(off[starts[i] : ends[i]])) for i in bad]] = True


def cubics(rows: np.ndarray, slopes: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """(n, k): through the rows of the frames that are kept, with their slopes."""
    frames = np.flatnonzero(kept)
    place = np.arange(len(rows))
    part = np.clip(np.searchsorted(frames, place, side="right") - 1, 0, len(frames) - 2)
    first, last = frames[part], frames[part + 1]
    length = (last - first)[:, None].astype(np.float64)
    t = (place - first)[:, None] / length
    return (
        (1 + 2 * t) * (1 - t) ** 2 * rows[first] + t * (1 - t) ** 2 * length * slopes[first]
        + t**2 * (3 - 2 * t) * rows[last] + t**2 * (t - 1) * length * slopes[last]
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Whole:
    """What tracks make together, such as the place of a hand. parts: their names. error: from the curves of all tracks,
    how far it is off on each frame (n,), in parts of its tolerance; the rows themselves give 0.
    """

    parts: frozenset[str]
    error: Callable[[Mapping[str, np.ndarray]], np.ndarray]


def tighten(tracks: Mapping[str, Reduced], wholes: Sequence[Whole]) -> None:
    """Add keys to tracks until all that they make together is within its tolerance."""
    for number in range(_ROUNDS):
        curves = {name: track.curve for name, track in tracks.items()}
        off = {whole: whole.error(curves) > 1.0 for whole in wholes}
        if not any(frames.any() for frames in off.values()):
            return
        for name, track in tracks.items():
            mine = np.any([frames for whole, frames in off.items() if name in whole.parts], axis=0)
            if not np.any(mine):
                continue
            track.tightness[mine] *= _TIGHTER
            if number == _ROUNDS - 1:
                track.kept |= mine
            track.refine()
