"""Posture: an upright or a slumped trunk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...body.rotations import axis_angle_to_matrix, matrix_to_sixd, sixd_to_matrix
from .table import Control

if TYPE_CHECKING:
    from ...model.checkpoint import Model

# Degrees about X (forwards), about Y (a left collar backwards) at posture 1 and at -1. Neck and head compensate
# for the spine, so that the character keeps looking at its listener.
_UPRIGHT = {"spine1": (-2, 0), "spine2": (-3, 0), "spine3": (-4, 0), "neck": (3, 0), "head": (4, 0),
            "left_collar": (0, -7), "right_collar": (0, 7)}  # fmt: skip
_SLUMPED = {"spine1": (4, 0), "spine2": (6, 0), "spine3": (7, 0), "neck": (3, 0), "head": (-15, 0),
            "left_collar": (0, 8), "right_collar": (0, -8)}  # fmt: skip


def bend_trunk(frames: np.ndarray, posture: np.ndarray, model: Model) -> np.ndarray:
    """Straighten the trunk of frames (T, J * 6), or slump it where posture (T, 1) is negative."""
    out = frames.reshape(len(frames), frames.shape[1] // 6, 6).copy()
    bent = np.flatnonzero(posture[:, 0])
    share = posture[bent]
    for name in _UPRIGHT:
        joint = model.skeleton.index(name)
        degrees = np.where(share > 0, share * _UPRIGHT[name], -share * _SLUMPED[name])
        turn = axis_angle_to_matrix(np.radians(np.pad(degrees, ((0, 0), (0, 1)))).astype(np.float32))
        out[bent, joint] = matrix_to_sixd(turn @ sixd_to_matrix(out[bent, joint]))
    return out.reshape(frames.shape)


CONTROL = Control(
    "posture",
    label="Posture",
    tooltip="From slumped at -1 to upright at 1",
    low=-1.0,
    high=1.0,
    default=0.0,
    subtype="FACTOR",
    order=30,
    acts_on="motion",
    effect=bend_trunk,
)
