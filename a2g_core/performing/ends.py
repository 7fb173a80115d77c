"""A take begins and ends at rest: where its hands lie when nothing is said, however soon speech begins.

It leaves rest when speech begins, so that a short silence before the speech makes it later and no other. A longer one
is performed: nobody stands like a statue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..body.resample import eased

_STILL = 0.4
"""Share of `rest_s` for which the codes stay at rest. The decoder sees what comes, so the body stirs all the same."""
LONGEST_WAIT_S = 2.0
"""A take whose voice is heard later than this leaves rest at its first frame."""
_EXACT = 0.7
"""Share of `rest_s` within which the pose itself fades out; the codes have brought it near."""


class Ends(NamedTuple):
    """How the ends of a take of n_frames are at rest.

    codes: (32,), S_A of silence and I of a take that rests; pose: (motion_size,), what the decoder makes of them.
    rest_s: how long it takes until the codes are what is performed, and how long before the end they leave it.
    start: frame at which the take leaves rest.
    """

    codes: np.ndarray
    pose: np.ndarray
    n_frames: int
    rest_s: float
    fps: float
    start: float = 0.0

    def rest_codes(self, codes: np.ndarray, first: int) -> np.ndarray:
        """Codes (T, 32) of frames from `first` on, at rest at both ends and beyond them."""
        return mixed(codes, self.codes, self._share(first, len(codes), _STILL, 1.0))

    def rest_pose(
        self, frames: np.ndarray, first: int, free: np.ndarray, stances: Callable[[int, int], np.ndarray]
    ) -> np.ndarray:
        """Frames (T, motion_size) from `first` on, those until the start and the last exactly at rest where free, one
        of all or per channel, is 1. stances: of frames first to first + n, what is added to the pose, (n, motion_size),
        for a body at rest still shifts its weight."""
        out, share = frames.copy(), free * self.share(first, len(frames))
        (resting,) = np.nonzero(share.any(axis=1))
        for run in np.split(resting, np.flatnonzero(np.diff(resting) > 1) + 1):
            if len(run):
                out[run] = mixed(out[run], self.pose + stances(first + int(run[0]), len(run)), share[run])
        return out

    def share(self, first: int, n: int) -> np.ndarray:
        """(n, 1): how much of frames from `first` on is the pose at rest."""
        return self._share(first, n, 0.0, _EXACT)

    def _share(self, first: int, n: int, still: float, stop: float) -> np.ndarray:
        """(n, 1): how much frames from `first` on are at rest: wholly for a share `still` of `rest_s`, then less, and
        not at all from `stop` on."""
        frames = np.arange(first, first + n)
        longest = min(self.rest_s * self.fps, (self.n_frames - 1) / 2)  # a take may be shorter than its two ends
        x = np.minimum(frames - self.start, self.n_frames - 1 - frames) / max(longest, 1e-6)
        return (1 - eased((x - still) / (stop - still))).astype(np.float32)[:, None]


def mixed(values: np.ndarray, rest: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Values (T, C) on their way to rest (T, C) or (C,), by share, one of all or per channel.

    Frames of which it is 0 keep their bits.
    """
    (resting,) = np.nonzero(share.any(axis=1))
    if not len(resting):
        return values
    out = values.copy()
    out[resting] += share[resting] * (np.broadcast_to(rest, values.shape)[resting] - values[resting])
    return out
