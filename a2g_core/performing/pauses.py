"""Where a take idles: before its speech and after it, and in pauses that are long enough to stand about in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..body.resample import eased
from .ends import Ends

_BEGINS_S, _ENDS_S, _FADE_S = 1.0, 0.6, 1.0
"""The idle fades in so long after a voice has stopped, and is gone so long before it is heard again."""
_STILL_AFTER_S, _STILL_BEFORE_S, _FREE_FADE_S = 2.0, 0.3, 2.5
"""Weight is shifted, and heads look about, later still, and no more so long before: speech finds the body at rest."""

REACH_S = _STILL_AFTER_S + _FREE_FADE_S
"""Speech further away than this does not change an idle."""


@dataclass(frozen=True)
class Pauses:
    """The pauses of a speech of n_frames at fps. spoken: (start_s, end_s) of what is said."""

    spoken: tuple[tuple[float, float], ...]
    n_frames: int
    fps: float

    FREE_AFTER_S: ClassVar[float] = _STILL_AFTER_S + _FREE_FADE_S
    FREE_BEFORE_S: ClassVar[float] = _STILL_BEFORE_S + _FREE_FADE_S
    """A body moves quite freely in an idle from so long after a voice until so long before the next."""

    def share(self, first: int, n: int, ends: Ends) -> np.ndarray:
        """How much of frames first to first + n is an idle, (n, 1) float32: all outside the speech, and where its ends
        are at rest."""
        since_s, until_s = self._since_and_until(first, n)
        paused = eased((since_s - _BEGINS_S) / _FADE_S) * eased((until_s - _ENDS_S) / _FADE_S)
        return np.maximum(paused.astype(np.float32)[:, None], ends.share(first, n))

    def free(self, first: int, n: int) -> np.ndarray:
        """How freely the body may move in an idle, 0 to 1, (n, 1)."""
        since_s, until_s = self._since_and_until(first, n)
        return (
            eased((since_s - _STILL_AFTER_S) / _FREE_FADE_S) * eased((until_s - _STILL_BEFORE_S) / _FREE_FADE_S)
        )[:, None]  # fmt: skip

    def is_free(self, start_s: float, stop_s: float) -> bool:
        """Whether the body may move quite freely from start_s to stop_s."""
        low_s, high_s = start_s - self.FREE_AFTER_S, stop_s + self.FREE_BEFORE_S
        return not any(begins_s < high_s and ends_s > low_s for begins_s, ends_s in self.spoken)

    def _since_and_until(self, first: int, n: int) -> tuple[np.ndarray, np.ndarray]:
        """Seconds since something was said, and until it will be, (n,) each; 0 while it is."""
        times_s = np.arange(first, first + n) / self.fps
        starts = np.array([*(start_s for start_s, _ in self.spoken), np.inf])
        stops = np.array([-np.inf, *(stop_s for _, stop_s in self.spoken)])
        since_s = times_s - stops[np.searchsorted(starts, times_s, side="right")]
        until_s = starts[np.searchsorted(stops[1:], times_s, side="right")] - times_s
        return np.maximum(since_s, 0), np.maximum(until_s, 0)
