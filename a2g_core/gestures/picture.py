"""What a gesture looks like: its pose at the emphasis as a small picture, drawn with NumPy alone."""

from __future__ import annotations

import numpy as np

from ..body import picture as poses
from ..body.motion import Motion
from ..body.skeleton import SIDES, SMPLX
from .library import Gesture

_HANG_DEG = 70.0
"""By which an arm that takes no part hangs below its place in the rest pose."""
_BACK = (0.16, 0.17, 0.2)


def picture(gesture: Gesture, size: int = 128) -> np.ndarray:
    """(size, size, 4) float32 RGBA from 0 to 1, the uppermost row first: the character down to its hips.

    What takes part in the gesture is coloured; an arm that takes no part hangs.
    """
    quaternions = np.zeros((1, len(SMPLX), 4), np.float32)
    quaternions[..., 0] = 1
    half = np.radians(_HANG_DEG) / 2
    for side, sign in zip(SIDES, (-1.0, 1.0), strict=True):
        quaternions[0, SMPLX.index(f"{side}_shoulder")] = (np.cos(half), 0, 0, sign * np.sin(half))
    clip = gesture.clip
    frame = min(round(gesture.emphasis_s * clip.fps), len(clip) - 1)
    for k, name in enumerate(clip.skeleton.names):
        quaternions[0, SMPLX.index(name)] = clip.quaternions[frame, k]
    pose = Motion(quaternions, np.zeros((1, 3), np.float32), clip.fps, SMPLX)
    drawn = poses.draw(pose, (size, size), poses.UPPER_M, frozenset(clip.skeleton.names))
    cover = drawn[..., 3:]
    opaque = np.ones_like(drawn)
    opaque[..., :3] = drawn[..., :3] * cover + np.array(_BACK, np.float32) * (1 - cover)
    return opaque
