"""How a take stands, and how it shifts its weight: what the codes lose of a training sequence, played beside them.

The codes' few channels are taken by what hands do. What a sequence's legs and trunk did besides is stored with its
codes, slowly sampled, and a take plays that of one sequence: it stands as that one did and shifts its weight as that
one did, forward and backward again for as long as the speech lasts, so that the feet stay where they are. At its ends
it stands as that one did on average.
"""

from __future__ import annotations

import numpy as np

from ..model.checkpoint import Model, first_stances
from ..model.config import AccentPieces
from .sampling import draw_stance, interpolate

_SETTLING_S = 3.0
"""How long before its end a take begins to stand as usual, and how long after its start it no longer does."""


class Standing:
    """The standing of one take: of a sequence that seed and take draw from those that the take is made from.

    kept: numbers of these sequences (see `sampling.draw_sequences`). share: 0 to 1 of what was stored. start: frame at
    which the voice is first heard, to which all is anchored: silence before it makes the take later and no other.
    stop: frame after the take's last.
    """

    def __init__(
        self, model: Model, layout: AccentPieces, kept: np.ndarray, seed: int, take: int, share: float,
        start: float, stop: int,
    ) -> None:  # fmt: skip
        self._interval = layout.stance_frames(model.fps)
        self._size, self._channels = len(model.motion_mean), model.config.architecture.standing_channels
        sequence, begin = draw_stance(kept, seed, take)
        firsts = first_stances(model.sequences, len(model.pieces), layout.codes_a_stance)
        stances = share * model.stances[firsts[sequence] : firsts[sequence + 1]]
        self._usual = stances.mean(axis=0)
        self._shifts = stances - self._usual
        # In whole frames: a start that is heard a little earlier moves nothing.
        self._first, self._last, self._settling = round(start), stop - 1, _SETTLING_S * model.fps
        self._begin = begin * len(stances) - self._first / self._interval

    def at(self, first: int, n: int) -> np.ndarray:
        """What is added to frames first to first + n, (n, motion_size) float32."""
        frames = np.arange(first, first + n)
        position = self._begin + frames / self._interval
        low, high = int(np.floor(position[0])) - 1, int(np.floor(position[-1])) + 3
        around = self._shifts[_there_and_back(np.arange(low, high), len(self._shifts))]
        x = np.clip(np.minimum(frames - self._first, self._last - frames) / self._settling, 0, 1)
        shifting = (x * x * (3 - 2 * x)).astype(np.float32)[:, None]
        out = np.zeros((n, self._size), np.float32)
        out[:, self._channels] = self._usual + shifting * interpolate(around, position - low)
        return out


def _there_and_back(k: np.ndarray, n: int) -> np.ndarray:
    """Indices of n samples that are played forward and backward without end, for positions k (any integers)."""
    if n == 1:
        return np.zeros_like(k)
    return n - 1 - np.abs(k % (2 * (n - 1)) - (n - 1))
