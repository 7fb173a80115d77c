"""The 49 key points of 2-D gestures (sec. 5.3: "neck, shoulders, elbows, wrists, and hands"), and our joints on them.

The order is the public Speech2Gesture data set's (Ginosar et al., CVPR 2019): OpenPose's upper body without the face,
then both hands of 21 points each, in OpenPose's order of a hand. Pixels, x to the right and y down; the speaker faces
the camera, so that the speaker's left is right in the picture.
"""

from __future__ import annotations

import numpy as np

from ..errors import MotionError
from .motion import Skeleton

FINGERS = ("thumb", "index", "middle", "ring", "pinky")


def _hand(side: str) -> tuple[str, ...]:
    """The root of a hand, and four points per finger from the palm to the tip."""
    return (f"{side}_hand", *(f"{side}_{finger}{k}" for finger in FINGERS for k in (1, 2, 3, 4)))


KEYPOINT_NAMES: tuple[str, ...] = (
    "neck",
    "right_shoulder", "right_elbow", "right_wrist",
    "left_shoulder", "left_elbow", "left_wrist",
    *_hand("left"), *_hand("right"),
)  # fmt: skip
"""Key point 0 is the root; 7 to 27 are the left hand, 28 to 48 the right one."""


def _parents() -> tuple[int, ...]:
    out = []
    for name in KEYPOINT_NAMES:
        side, _, part = name.partition("_")
        if part[-1:] in ("2", "3", "4"):
            parent = f"{side}_{part[:-1]}{int(part[-1]) - 1}"
        else:
            above = {"": "", "shoulder": "neck", "elbow": f"{side}_shoulder", "wrist": f"{side}_elbow",
                     "hand": f"{side}_wrist"}  # fmt: skip
            parent = above.get(part, f"{side}_hand")
        out.append(KEYPOINT_NAMES.index(parent) if parent else -1)
    return tuple(out)


KEYPOINT_PARENTS: tuple[int, ...] = _parents()
"""Index of the key point each hangs on, -1 for the neck; parents come before children."""

SHOULDERS = (KEYPOINT_NAMES.index("left_shoulder"), KEYPOINT_NAMES.index("right_shoulder"))

_TIP = 0.9
"""A fingertip lies this much of the bone before the last joint beyond it."""


def project_keypoints(positions: np.ndarray, skeleton: Skeleton, pixels_per_metre: float) -> np.ndarray:
    """3-D joints seen from the front without perspective: (T, 49, 2) pixels relative to the neck, float32.

    positions: (T, J, 3) metres, Y up, facing +Z, of a skeleton with fingers. OpenPose's neck is the middle of the
    shoulders; the skeleton ends at each finger's last joint, from where the tip is drawn on in the direction of the
    bone before. Raises MotionError for a skeleton without fingers.
    """
    if "left_index1" not in skeleton.names:
        raise MotionError("the skeleton has no fingers to make key points of", "give the 52 or 55 SMPL-X joints")
    at = {name: positions[:, j] for j, name in enumerate(skeleton.names)}
    at["neck"] = 0.5 * (at["left_shoulder"] + at["right_shoulder"])
    for side in ("left", "right"):
        at[f"{side}_hand"] = at[f"{side}_wrist"]
        for finger in FINGERS:
            last, before = at[f"{side}_{finger}3"], at[f"{side}_{finger}2"]
            at[f"{side}_{finger}4"] = last + _TIP * (last - before)
    points = np.stack([at[name] for name in KEYPOINT_NAMES], axis=1)
    relative = (points - points[:, :1])[..., :2]
    return (relative * np.array((1.0, -1.0)) * pixels_per_metre).astype(np.float32)


def shoulder_width(keypoints: np.ndarray) -> float:
    """Mean distance of the shoulders over (T, 49, 2), in the key points' own unit: the measure of sizes in 2-D."""
    left, right = (keypoints[:, k].astype(np.float64) for k in SHOULDERS)
    return float(np.linalg.norm(left - right, axis=-1).mean())
