"""Small steps of who waits: now and then one foot or both are put a little elsewhere, one after the other, and later
back.

When that is, and where the feet go, is drawn for places on a grid of time, by seed and take. Nobody steps who is about
to speak, or has just spoken: a take speaks where it stands at rest. So whether a step is taken depends on what is said
within `REACH_S`.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import NamedTuple

import numpy as np

from .feet import Steps
from .pauses import Pauses
from .sampling import draw_idle

_PLACE_S, _SHARE = 26.0, 0.75
"""Length of a place for a change of stance, and the share of places that have one."""
_TAKES_S = 2.2
"""How long the steps of both feet take; each has half of it."""
_STAYS_S = 3.5, 7.5
"""How long it stands so, before it steps back."""
_OUTWARD_M, _AHEAD_M, _OUTWARD_DEG = (-0.008, 0.03), (-0.03, 0.03), (-3.0, 9.0)
"""How far a foot goes, and how it is turned."""
_ONE_FOOT = 0.35
"""Share of changes in which one foot alone steps."""
_STEPPING = 5  # a stream of random numbers for `draw_idle`, beside those of `idling`

_LONGEST_S = 2 * _TAKES_S + _STAYS_S[1]
REACH_S = _LONGEST_S + Pauses.FREE_AFTER_S
"""Speech further away than this does not change a step."""
KNOWN_S = _LONGEST_S + Pauses.FREE_BEFORE_S
"""And of what comes later, no speech further away than this."""


class _Change(NamedTuple):
    """A change of stance from start_s to stop_s: where the feet go, (2, 3) metres, and turn to, (2,) radians."""

    start_s: float
    stop_s: float
    aside: np.ndarray
    yaw: np.ndarray


class Stepping:
    """The small steps of one take. loop_s: the idle's length if it is to loop."""

    def __init__(self, pauses: Pauses, seed: int, take: int, loop_s: float = 0.0) -> None:
        self._pauses, self._key, self._loop_s = pauses, (seed, take), loop_s

    def at(self, first: int, n: int) -> Steps:
        """Of frames first to first + n."""
        times_s = np.arange(first, first + n) / self._pauses.fps
        out = Steps(np.zeros((n, 1)), np.zeros((n, 2, 3)), np.zeros((n, 2)))
        for change in self._changes(times_s):
            x = np.minimum(times_s - change.start_s, change.stop_s - times_s) / _TAKES_S
            during = x > 0
            out.passed[during, 0] = np.minimum(x[during], 1)
            out.aside[during], out.yaw[during] = change.aside, change.yaw
        return out

    def _changes(self, times_s: np.ndarray) -> Iterator[_Change]:
        for k in range(floor(times_s.min() / _PLACE_S) - 1, ceil(times_s.max() / _PLACE_S) + 1):
            there, later, long, which, *where = draw_idle(*self._key, _STEPPING, k, 10)
            start_s = k * _PLACE_S + later * (_PLACE_S - _LONGEST_S)
            stop_s = start_s + 2 * _TAKES_S + float(_between(_STAYS_S, long))
            beyond = self._loop_s and not 0 <= start_s < stop_s < self._loop_s
            if there < _SHARE and not beyond and self._pauses.is_free(start_s, stop_s):
                out, ahead, turn = (np.array(where[at : at + 2]) for at in (0, 2, 4))
                steps = np.array((which >= _ONE_FOOT / 2, which < 1 - _ONE_FOOT / 2))
                sides = steps * np.array((1.0, -1.0))
                aside = np.zeros((2, 3))
                aside[:, 0], aside[:, 2] = sides * _between(_OUTWARD_M, out), steps * _between(_AHEAD_M, ahead)
                yield _Change(start_s, stop_s, aside, sides * np.radians(_between(_OUTWARD_DEG, turn)))


def _between(bounds: tuple[float, float], share: np.ndarray | float) -> np.ndarray:
    return np.asarray(bounds[0] + (bounds[1] - bounds[0]) * share)
