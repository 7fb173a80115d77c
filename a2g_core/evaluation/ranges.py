"""Whether joints stay where people's go: no joint beyond what was recorded, no elbow or knee bent backwards.

A pose within every range can still be one that nobody takes (the ranges know nothing of one another), and the frozen
pose is always within: this finds broken joints, not bad gestures.
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
"""Smallest and largest x, y, z of a joint's rotation vector, degrees, in all 231 recorded clips and 1.5 h of a built
corpus' training motion, and their mirror images. Right joints are the left ones' mirror: x, -y, -z."""

MARGIN_DEG = 10.0
"""By how much each range is widened: one archive's five performers do not go as far as people can."""

_BACKWARDS = {
    "elbow": ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0), 20.0),
    "knee": ((0.0, -1.0, 0.0), (0.0, 0.0, 1.0), 15.0),
}
"""Hinge: where the bone below it points in the rest pose (of the left; the right elbow's is the other way), which way
it must not bend, and by how many degrees it may: people overstretch by up to 10, and the clips' retargeting leaves an
elbow's axis uncertain by as much."""


def outside_share(quaternions: np.ndarray, skeleton: Skeleton) -> float:
    """Share of frames in which any joint leaves its range or a hinge bends backwards; (T, J, 4). Fingers and face,
    of which nothing is known here, do not count.
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
    """Smallest and largest rotation vector of a joint, degrees; endless for one that is not in the table."""
    mirrored = name.startswith("right_")
    known = HUMAN_DEG.get(mirror_name(name) if mirrored else name, ((-np.inf, np.inf),) * 3)
    low, high = np.array(known, float).T
    if mirrored:
        low[1:], high[1:] = -high[1:], -low[1:]
    return low, high
