"""Energy and posture: what two of the controls do to a decoded motion, in 6-D rotations.

The other two, calm and variation, act on the codes (see `generate`).
"""

from __future__ import annotations

import numpy as np

from ..body.motion import Skeleton
from ..body.resample import smooth
from ..body.rotations import axis_angle_to_matrix, matrix_to_sixd, sixd_to_matrix

ENERGY_SIGMA_FRAMES = 12.0
"""What is slower than this is where the body is, what is faster is how it moves."""

ENERGY_RECEPTIVE_FIELD = 36
"""Frames to each side that a frame's energy looks at: three deviations."""

# Degrees about X (forwards), about Y (a left collar backwards) at posture 1 and at -1. Neck and head make up for
# the spine, so that the character goes on looking at whom it talks to.
_UPRIGHT = {"spine1": (-2, 0), "spine2": (-3, 0), "spine3": (-4, 0), "neck": (3, 0), "head": (4, 0),
            "left_collar": (0, -7), "right_collar": (0, 7)}  # fmt: skip
_SLUMPED = {"spine1": (4, 0), "spine2": (6, 0), "spine3": (7, 0), "neck": (3, 0), "head": (-15, 0),
            "left_collar": (0, 8), "right_collar": (0, -8)}  # fmt: skip


def apply_energy(frames: np.ndarray, energy: np.ndarray) -> np.ndarray:
    """(T, J * 6) moved `energy` (T, 1) times as far about their average over time; unchanged where it is 1."""
    return frames + (energy - 1) * (frames - smooth(frames, ENERGY_SIGMA_FRAMES))


def apply_posture(frames: np.ndarray, posture: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """(T, J * 6) with the trunk straightened, or slumped where posture (T, 1) is negative; unchanged where it is 0."""
    out = frames.reshape(len(frames), frames.shape[1] // 6, 6).copy()
    bent = np.flatnonzero(posture[:, 0])
    share = posture[bent]
    for name in _UPRIGHT:
        joint = skeleton.index(name)
        degrees = np.where(share > 0, share * _UPRIGHT[name], -share * _SLUMPED[name])
        turn = axis_angle_to_matrix(np.radians(np.pad(degrees, ((0, 0), (0, 1)))).astype(np.float32))
        out[bent, joint] = matrix_to_sixd(turn @ sixd_to_matrix(out[bent, joint]))
    return out.reshape(frames.shape)
