"""When a gesture is at its peak, where nobody has said so."""

from __future__ import annotations

import numpy as np

from ..body.kinematics import forward_kinematics
from ..body.motion import Motion
from ..body.rotations import quaternion_to_matrix
from ..body.skeleton import SIDES

_NEARLY = 0.95


def reached_s(motion: Motion, hand: str) -> float:
    """When a hand is first nearly as far from where it begins as it comes, in seconds; of "head", when that is turned
    so far. motion: of the whole skeleton.
    """
    if hand == "head":
        turned = motion.quaternions[:, motion.skeleton.index("head")].astype(float)
        far = 2 * np.arccos(np.clip(np.abs(turned @ turned[0]), 0, 1))
    else:
        beside = wrists(motion, hand)
        far = np.linalg.norm(beside - beside[:1], axis=2).max(1)
    return float(np.argmax(far >= _NEARLY * far.max())) / motion.fps


def wrists(motion: Motion, hand: str) -> np.ndarray:
    """(T, S, 3) where the hand or hands are, from the chest; S is 2 for "both"."""
    positions, _ = forward_kinematics(quaternion_to_matrix(motion.quaternions), motion.skeleton)
    sides = SIDES if hand == "both" else (hand,)
    found = positions[:, [motion.skeleton.index(f"{side}_wrist") for side in sides]]
    return np.asarray(found - positions[:, [motion.skeleton.index("spine3")]])
