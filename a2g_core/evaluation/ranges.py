"""Whether joints stay within the human range: no joint beyond what was recorded, no elbow or knee bent backwards.

Ranges are per joint, so a pose within all of them can still be impossible, and a frozen pose always passes: this finds
broken joints, not bad gestures.
"""

from __future__ import annotations

import numpy as np

from ..body.motion import Skeleton
from ..body.rotations import quaternion_to_axis_angle, quaternion_to_matrix
from ..body.skeleton import mirror_name

HUMAN_DEG: dict[str, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    "pelvis": ((-8, 12), (-29, 29), (-9, 9)),
    "spine1": ((-7, 13), (-33, 33), (-10, 10)),
    "spine2": ((-4, 12), (-9, 9), (-4, 4)),
    "spine3": ((-7, 7), (-9, 9), (-5, 5)),
    "neck": ((-12, 36), (-17, 17), (-15, 15)),
    "head": ((-24, 18), (-32, 32), (-19, 19)),
    "left_hip": ((-32, 6), (-9, 79), (-8, 17)),
    "left_knee": ((-7, 50), (-41, 6), (-14, 9)),
    "left_ankle": ((-23, 16), (-47, 25), (-14, 9)),
    "left_foot": ((-1, 1), (-1, 1), (-1, 1)),
    "left_collar": ((-42, 18), (-31, 19), (-15, 41)),
    "left_shoulder": ((-116, 80), (-70, 31), (-98, -14)),
    "left_elbow": ((-63, 74), (-152, 9), (-102, 57)),
    "left_wrist": ((-107, 91), (-62, 32), (-58, 87)),
}
"""Smallest and largest x, y, z of each joint's rotation vector in degrees, in all 231 recorded clips, in 1.5 h of a
built corpus's training motion, and in their mirror images. Right joints mirror the left ones: x, -y, -z."""

MARGIN_DEG = 10.0
"""By how much each range is widened: the five performers of one archive do not move as far as people can."""

_BACKWARDS = {
    "elbow": ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0), 20.0),
    "knee": ((0.0, -1.0, 0.0), (0.0, 0.0, 1.0), 15.0),
}
"""Hinge joints: the direction of the bone below in the rest pose (of the left side; the right elbow's is the opposite),
the direction it must not bend in, and the tolerance in degrees: people overextend by up to 10, and retargeting leaves
an elbow's axis uncertain by as much."""


def outside_share(quaternions: np.ndarray, skeleton: Skeleton) -> float:
    """Share of frames of quaternions (T, J, 4) in which a joint leaves its range or a hinge bends backwards.

    Fingers and face are ignored, as their ranges are not known here.
    """
    outside = np.zeros(len(quaternions), bool)
    for joint, name in enumerate(skeleton.names):
        low, high = _range_of(name)
        vector = np.degrees(quaternion_to_axis_angle(np.asarray(quaternions[:, joint], np.float64)))
        outside |= ((vector < low - MARGIN_DEG) | (vector > high + MARGIN_DEG)).any(axis=1)
        for hinge, (bone, back, most_deg) in _BACKWARDS.items():
            if name.endswith(hinge):
                side = -1 if name == "right_elbow" else 1
                pointing = quaternion_to_matrix(np.asarray(quaternions[:, joint], np.float64)) @ (side * np.array(bone))
                outside |= pointing @ np.array(back) > np.sin(np.radians(most_deg))
    return float(outside.mean())


def _range_of(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Smallest and largest rotation vector of a joint in degrees; infinite for one that is not in the table."""
    mirrored = name.startswith("right_")
    known = HUMAN_DEG.get(mirror_name(name) if mirrored else name, ((-np.inf, np.inf),) * 3)
    low, high = np.array(known, float).T
    if mirrored:
        low[1:], high[1:] = -high[1:], -low[1:]
    return low, high
