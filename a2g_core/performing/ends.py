"""A take begins and ends at rest: where its hands lie when nothing is said, however soon speech begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_STILL_S = 0.25
"""How long codes stay at rest at each end before they leave it. The decoder sees what comes, so the body does stir."""


@dataclass(frozen=True)
class Ends:
    """How the ends of a take of n_frames are at rest.

    codes: (32,), S_A of silence and I of a take that rests; pose: (motion_size,), what the decoder makes of them.
    fade_s: how long the codes take from rest to what is performed, and back.
    """

    codes: np.ndarray
    pose: np.ndarray
    n_frames: int
    fade_s: float
    fps: float

    def rest_codes(self, codes: np.ndarray, first: int) -> np.ndarray:
        """Codes (T, 32) of frames from `first` on, at rest at both ends and beyond them."""
        return _mixed(codes, self.codes, self._share(first, len(codes), _STILL_S, self.fade_s))

    def rest_pose(self, frames: np.ndarray, first: int, free: np.ndarray) -> np.ndarray:
        """Frames (T, motion_size) from `first` on, the first and the last exactly at rest where free (T, 1) is 1.

        The codes have brought them near; what the decoder lacks fades out before the codes are what is performed.
        """
        return _mixed(frames, self.pose, free * self._share(first, len(frames), 0.0, _STILL_S + self.fade_s / 2))

    def _share(self, first: int, n: int, still_s: float, fade_s: float) -> np.ndarray:
        """(n, 1): how much frames from `first` on are at rest: 1 for still_s at both ends, then less for fade_s."""
        frames = np.arange(first, first + n)
        inside = np.minimum(frames, self.n_frames - 1 - frames) / self.fps
        short = min(1.0, (self.n_frames - 1) / 2 / self.fps / (still_s + fade_s))  # a take may end before it has begun
        x = np.clip((inside - short * still_s) / max(short * fade_s, 1e-6), 0, 1)
        return (1 - x * x * (3 - 2 * x)).astype(np.float32)[:, None]


def _mixed(values: np.ndarray, rest: np.ndarray, share: np.ndarray) -> np.ndarray:
    # Where the share is 0 this adds 0: frames far from the ends keep their bits.
    return values + share * (rest - values) if share.any() else values
