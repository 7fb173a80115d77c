"""Turning the joints of a body in place: about an axis, so that feet stay planted, so that hands leave the trunk.

Bodies are (T, 52, 4) local quaternions at 30 fps.
"""

from __future__ import annotations

import numpy as np

from ..body.contact import shoulder_turns
from ..body.kinematics import forward_kinematics, unit_vectors
from ..body.rotations import (
    axis_angle_to_matrix,
    axis_angle_to_quaternion,
    matrix_to_quaternion,
    multiply_quaternions,
    quaternion_to_matrix,
)
from ..body.skeleton import BODY_HANDS, SIDES, mirror_name
from ..body.solids import OURS, Capsule, Solids
from .data.smartbody import FPS

INDEX = {name: j for j, name in enumerate(BODY_HANDS.names)}
_BODY = Solids.of([
    *(capsule for capsule in OURS.capsules() if capsule.joint in ("pelvis", "spine1", "spine3")),
    *(Capsule(f"{side}_hip", np.zeros(3), np.array(BODY_HANDS.offsets[INDEX[f"{side}_knee"]]), 0.07) for side in SIDES),
])  # fmt: skip
"""What hands leave in a corpus; models are made of it, and it keeps its bytes."""
_MIRROR = [INDEX[mirror_name(name)] for name in BODY_HANDS.names]


def mirror(quaternions: np.ndarray) -> np.ndarray:
    """Left and right swapped: a reflection across the plane X = 0; (..., 52, 4)."""
    return quaternions[..., _MIRROR, :] * np.array([1, 1, -1, -1], quaternions.dtype)


def conjugate(q: np.ndarray) -> np.ndarray:
    """Inverse of unit quaternions (..., 4)."""
    return q * np.array([1, -1, -1, -1], q.dtype)


def turn(body: np.ndarray, joint: str, degrees: np.ndarray) -> None:
    """Turn a joint further, in place, by (T, 3) axis-angle in degrees about its own axes."""
    j = INDEX[joint]
    body[:, j] = multiply_quaternions(body[:, j], axis_angle_to_quaternion(np.deg2rad(degrees)))


def leg_directions(body: np.ndarray) -> np.ndarray:
    """World rotations of the two hips, (T, 2, 4)."""
    hips = [INDEX["left_hip"], INDEX["right_hip"]]
    return multiply_quaternions(body[:, :1], body[:, hips])


def keep_legs(body: np.ndarray, directions: np.ndarray) -> None:
    """Set the hips so that the legs keep their directions in the world however the pelvis has turned."""
    body[:, [INDEX["left_hip"], INDEX["right_hip"]]] = multiply_quaternions(conjugate(body[:, :1]), directions)


def plant_feet(body: np.ndarray, rest: np.ndarray) -> None:
    """Turn the legs, in place, so that the ankles stay as far apart along the floor as in the pose `rest` (52, 4).

    The middle between them is where the body is put on the floor: if one steps, the other would slide.
    """
    p, g = forward_kinematics(quaternion_to_matrix(body), BODY_HANDS)
    standing, _ = forward_kinematics(quaternion_to_matrix(rest), BODY_HANDS)
    left, right = INDEX["left_ankle"], INDEX["right_ankle"]
    short = ((standing[left] - standing[right]) - (p[:, left] - p[:, right])) * [0.5, 0, 0.5]
    for side, sign in (("left", 1.0), ("right", -1.0)):
        hip, knee, ankle = (INDEX[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
        target = p[:, ankle] + sign * short - p[:, hip]
        thigh, calf = p[:, knee] - p[:, hip], p[:, ankle] - p[:, knee]
        bend = _angle(thigh, calf)
        a, b = np.linalg.norm(thigh, axis=-1), np.linalg.norm(calf, axis=-1)
        cosine = ((target**2).sum(axis=-1) - a**2 - b**2) / (2 * a * b)
        hinge = unit_vectors(np.cross(thigh, calf)) * (np.arccos(np.clip(cosine, -1, 1)) - bend)[:, None]
        calf = (axis_angle_to_matrix(hinge) @ calf[..., None])[..., 0]
        leg = thigh + calf
        aim = unit_vectors(np.cross(leg, target)) * _angle(leg, target)[:, None]
        knee_turn, hip_turn = axis_angle_to_quaternion(hinge), axis_angle_to_quaternion(aim)
        # The foot keeps its direction in the world.
        world = [matrix_to_quaternion(g[:, j]) for j in (0, hip, knee, ankle)]
        world[1] = multiply_quaternions(hip_turn, world[1])
        world[2] = multiply_quaternions(hip_turn, multiply_quaternions(knee_turn, world[2]))
        for parent, j in zip(range(3), (hip, knee, ankle)):
            body[:, j] = multiply_quaternions(conjugate(world[parent]), world[parent + 1])


def push_hands_out(body: np.ndarray) -> None:
    """Turn the shoulders, in place, so that hands leave the trunk and thighs; recordings were of slimmer people."""
    turns = shoulder_turns(quaternion_to_matrix(body), BODY_HANDS, FPS, solids=_BODY, for_corpus=True)
    shoulders = [INDEX[f"{side}_shoulder"] for side in SIDES]
    body[:, shoulders] = multiply_quaternions(axis_angle_to_quaternion(turns), body[:, shoulders])


def _angle(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Radians between vectors (..., 3)."""
    return np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), (a * b).sum(axis=-1))
