"""How a take stands, and how it shifts its weight: what the codes lose of a training sequence, played beside them.

The codes' few channels are taken by what hands do. What a sequence's legs and trunk did besides is stored with its
codes, slowly sampled, and a take plays that of one sequence: it stands as that one did, and shifts its weight as that
one did, forward and backward about a moment of it, so that the feet stay where they are. Where in the sequence a take
is depends, smoothly, on which moments are performed nearby: so the weight is shifted with the gestures, and a gesture
that is kept keeps its stance. At its ends a take stands as the sequence did on average.
"""

from __future__ import annotations

from math import ceil, floor

import numpy as np

from ..body.kinematics import ground_translation
from ..body.motion import Skeleton
from ..body.resample import eased
from ..body.rotations import sixd_to_matrix
from ..model.checkpoint import Model, first_stances
from ..model.config import AccentPieces
from .choosing import CuedPieces
from .sampling import draw_shifts, draw_stance, interpolate

REACH_S = 2.5
"""How far from its cue a moment moves the weight, on either side: no further than its piece does, after the decoder."""
_WANDER = 1.5
"""In stances, the standard deviation of where in its sequence a take is: played about as fast as it was recorded."""
_WIDEST_M = 0.02
"""Standard deviation of the pelvis to the sides, at most. Half of it keeps nearly every take within 8 cm, but the legs
are then less like those of the performers: FGD of the whole body rises by 0.2, to more than 6."""
_NEAR = 5
"""In stances, how far from where it begins in its sequence a take hardly ever gets."""
_SETTLING_S = 3.0
"""How long before its end a take begins to stand as usual, and how long after its start it no longer does."""


class Standing:
    """The standing of one take: of a sequence that seed and take draw from those that the take is made from.

    cued: what the take performs. kept: numbers of these sequences (see `sampling.draw_sequences`). share: 0 to 1 of
    what was stored. ends: the frame at which the take leaves rest, and that after its last.
    """

    def __init__(
        self, model: Model, layout: AccentPieces, cued: CuedPieces, kept: np.ndarray, seed: int, take: int,
        share: float, ends: tuple[float, int],
    ) -> None:  # fmt: skip
        self._cued, self._fps = cued, model.fps
        self.channels = model.config.architecture.standing_channels
        """Which channels of the motion it is about."""
        sequence, begin = draw_stance(kept, seed, take)
        firsts = first_stances(model.sequences, len(model.pieces), layout.codes_a_stance)
        stances = share * model.stances[firsts[sequence] : firsts[sequence + 1]]
        self.usual = stances.mean(axis=0)
        """(channels,): how it stands on average, and at its ends."""
        self._shifts, self._asides = stances - self.usual, np.zeros((len(stances), 1), np.float32)
        self._begin, self._start, self._last = begin * len(stances), round(ends[0]), ends[1] - 1
        self._drawn = draw_shifts(len(model.moments), seed, take)

    def settle(self, pose: np.ndarray, skeleton: Skeleton, side: float) -> None:
        """Stand as the sequence did at one moment of it, and shift the weight about that, not too far.

        Some performers stepped from leg to leg; a take stands on one. pose (motion_size,): of the body at rest.
        side: 0 to 1, which of the sequence's moments, from those farthest to one side to those at the other.
        """
        frames = np.tile(pose, (len(self._shifts), 1))
        frames[:, self.channels] += self.usual + self._shifts
        aside = ground_translation(sixd_to_matrix(frames.reshape(len(frames), -1, 6)), skeleton)[:, 0]
        begin = int(aside.argsort(kind="stable")[int(side * len(aside))])
        near = _there_and_back(np.arange(begin - _NEAR, begin + _NEAR + 1), len(aside))
        share = np.float32(min(1.0, _WIDEST_M / max(float(aside[near].std()), 1e-9)))
        usual = self._shifts[begin]
        self._begin, self.usual, self._shifts = begin, self.usual + usual, share * (self._shifts - usual)
        self._asides = share * (aside - aside[begin]).astype(np.float32)[:, None]

    def at(self, first: int, n: int) -> tuple[np.ndarray, np.ndarray]:
        """What is added to these channels of frames first to first + n, (n, channels) float32; and how far to the left
        that takes the pelvis, (n, 1) metres."""
        frames = np.arange(first, first + n)
        position = self._begin + _WANDER * self._wandering(first, n)
        low, high = int(np.floor(position.min())) - 1, int(np.floor(position.max())) + 3
        near = _there_and_back(np.arange(low, high), len(self._shifts))
        around = np.concatenate([self._shifts[near], self._asides[near]], axis=1)
        x = np.minimum(frames - self._start, self._last - frames) / (_SETTLING_S * self._fps)
        shifting = eased(x).astype(np.float32)[:, None]
        moved = shifting * interpolate(around, position - low)
        return self.usual + moved[:, :-1], moved[:, -1:]

    def _wandering(self, first: int, n: int) -> np.ndarray:
        """A smooth random curve of about unit variance, (n,): of each frame's near cues, what their moments draw."""
        near = REACH_S * self._fps
        drawn, power = np.zeros(n), np.zeros(n)
        for cue, moment in self._cued.performed(first - near, first + n + near):
            low, high = max(0, ceil(cue.at - near) - first), min(n, floor(cue.at + near) + 1 - first)
            weight = 0.5 + 0.5 * np.cos(np.pi / near * np.abs(np.arange(first + low, first + high) - cue.at))
            drawn[low:high] += weight * self._drawn[moment]
            power[low:high] += weight * weight
        return drawn / np.sqrt(power)


def _there_and_back(k: np.ndarray, n: int) -> np.ndarray:
    """Indices of n samples that are played forward and backward without end, for positions k (any integers)."""
    if n == 1:
        return np.zeros_like(k)
    return n - 1 - np.abs(k % (2 * (n - 1)) - (n - 1))
