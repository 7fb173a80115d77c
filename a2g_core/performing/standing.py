"""How a take stands, and how it shifts its weight: what the codes lose of a training sequence, played beside them.

The codes' few channels are taken by what hands do. What a sequence's legs and trunk did besides is stored with its
codes, slowly sampled, and a take plays that of one sequence: it stands as that one did, and shifts its weight as that
one did, forward and backward about a moment of it, so that the feet stay where they are. Where in the sequence a take
is depends on what is said nearby, smoothly: as with the pieces, the same speech stands the same way, wherever it is in
a file. At its ends a take stands as the sequence did on average.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ..model.checkpoint import Model, first_stances
from ..model.config import SHIFT_REACH_S, AccentPieces
from .listening import ALONE, Cue, Listener
from .sampling import draw_shift, draw_stance, interpolate

_WANDER = 3.5
"""In stances, the standard deviation of where in its sequence a take is: played about as fast as it was recorded."""
_SETTLING_S = 3.0
"""How long before its end a take begins to stand as usual, and how long after its start it no longer does."""


class Standing:
    """The standing of one take: of a sequence that seed and take draw from those that the take is made from.

    kept: numbers of these sequences (see `sampling.draw_sequences`). share: 0 to 1 of what was stored. ends: the
    frame at which the take leaves rest, and that after its last.
    """

    def __init__(
        self, model: Model, layout: AccentPieces, listener: Listener, kept: np.ndarray, seed: int, take: int,
        share: float, ends: tuple[float, int],
    ) -> None:  # fmt: skip
        self._listener, self._layout, self._seed, self._take, self._fps = listener, layout, seed, take, model.fps
        self._size, self._channels = len(model.motion_mean), model.config.architecture.standing_channels
        sequence, begin = draw_stance(kept, seed, take)
        firsts = first_stances(model.sequences, len(model.pieces), layout.codes_a_stance)
        stances = share * model.stances[firsts[sequence] : firsts[sequence + 1]]
        self._usual = stances.mean(axis=0)
        self._shifts = stances - self._usual
        self._begin, self._start, self._last = begin * len(stances), round(ends[0]), ends[1] - 1

    def at(self, first: int, n: int) -> np.ndarray:
        """What is added to frames first to first + n, (n, motion_size) float32."""
        frames = np.arange(first, first + n)
        position = self._begin + _WANDER * self._wandering(first, n)
        low, high = int(np.floor(position.min())) - 1, int(np.floor(position.max())) + 3
        around = self._shifts[_there_and_back(np.arange(low, high), len(self._shifts))]
        x = np.clip(np.minimum(frames - self._start, self._last - frames) / (_SETTLING_S * self._fps), 0, 1)
        shifting = (x * x * (3 - 2 * x)).astype(np.float32)[:, None]
        out = np.zeros((n, self._size), np.float32)
        out[:, self._channels] = self._usual + shifting * interpolate(around, position - low)
        return out

    def _wandering(self, first: int, n: int) -> np.ndarray:
        """A smooth random curve of about unit variance, (n,): of each frame's near cues, what these draw."""
        near, frames = SHIFT_REACH_S * self._fps, np.arange(first, first + n)
        drawn, power = np.zeros(n), np.zeros(n)
        for cue in self._listener.cues(first - near, first + n + near):
            x = np.clip(np.abs(frames - cue.at) / near, 0, 1)
            weight = 0.5 + 0.5 * np.cos(np.pi * x)
            drawn += weight * self._draw(cue)
            power += weight * weight
        return drawn / np.sqrt(power)

    def _draw(self, cue: Cue) -> float:
        """What a cue draws, of about unit variance: by what is said there; where nothing is, by its place."""
        if cue.filler == ALONE:
            return float(draw_shift(self._seed, self._take, cue.place, 1)[0])
        if cue not in self._drawn:
            contour = self._listener.contours(np.array([cue.at]))[0] * np.sqrt(self._layout.contour_weights())
            waves, phases = self._waves
            self._drawn[cue] = float(np.sqrt(2 / len(phases)) * np.cos(waves @ contour + phases).sum())
        return self._drawn[cue]

    @cached_property
    def _drawn(self) -> dict[Cue, float]:
        return {}

    @cached_property
    def _waves(self) -> tuple[np.ndarray, np.ndarray]:
        """Random Fourier features (Rahimi and Recht, NIPS 2007): contours draw alike that are much alike."""
        points = self._layout.contour_points
        drawn = draw_shift(self._seed, self._take, None, _FEATURES * (points + 1)).reshape(_FEATURES, points + 1)
        return drawn[:, :points] / _ALIKE, 2 * np.pi * drawn[:, points]


_FEATURES = 16
_ALIKE = 0.3
"""How far apart contours are that draw differently."""


def _there_and_back(k: np.ndarray, n: int) -> np.ndarray:
    """Indices of n samples that are played forward and backward without end, for positions k (any integers)."""
    if n == 1:
        return np.zeros_like(k)
    return n - 1 - np.abs(k % (2 * (n - 1)) - (n - 1))
