"""How a take stands, and how it shifts its weight: what the codes lose of a training sequence, played beside them.

The codes' few channels are taken by what hands do. What a sequence's legs and trunk did besides is stored with its
codes, slowly sampled, and a take plays that of one sequence: it stands as that one did and shifts its weight as that
one did, forward and backward again for as long as the speech lasts, so that the feet stay where they are.
"""

from __future__ import annotations

import numpy as np

from ..model.checkpoint import Model, first_stances
from ..model.config import AccentPieces
from .sampling import draw_stance, interpolate


class Standing:
    """The standing of one take: of a sequence that seed and take draw from those that the take is made from.

    kept: numbers of these sequences (see `sampling.draw_sequences`). share: 0 to 1 of what was stored. begins: frame at
    which the voice is first heard, to which all is anchored: silence before it makes the take later and no other.
    """

    def __init__(
        self, model: Model, layout: AccentPieces, kept: np.ndarray, seed: int, take: int, share: float, begins: float
    ) -> None:  # fmt: skip
        self._interval = layout.stance_frames(model.fps)
        self._size, self._channels = len(model.motion_mean), model.config.architecture.standing_channels
        sequence, start = draw_stance(kept, seed, take)
        firsts = first_stances(model.sequences, len(model.pieces), layout.codes_a_stance)
        self._stances = share * model.stances[firsts[sequence] : firsts[sequence + 1]]
        # In whole frames: a start that is heard a little earlier moves nothing.
        self._start = start * len(self._stances) - round(begins) / self._interval

    def at(self, first: int, n: int) -> np.ndarray:
        """What is added to frames first to first + n, (n, motion_size) float32."""
        position = self._start + np.arange(first, first + n) / self._interval
        low, high = int(np.floor(position[0])) - 1, int(np.floor(position[-1])) + 3
        around = self._stances[_there_and_back(np.arange(low, high), len(self._stances))]
        out = np.zeros((n, self._size), np.float32)
        out[:, self._channels] = interpolate(around, position - low)
        return out


def _there_and_back(k: np.ndarray, n: int) -> np.ndarray:
    """Indices of n samples that are played forward and backward without end, for positions k (any integers)."""
    if n == 1:
        return np.zeros_like(k)
    return n - 1 - np.abs(k % (2 * (n - 1)) - (n - 1))
