"""Turning the joints of a body in place: about an axis, so that feet stay planted, so that hands leave the trunk.

Bodies are (T, 52, 4) local quaternions at 30 fps.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..body.kinematics import forward_kinematics, unit_vectors
from ..body.rotations import (
    axis_angle_to_matrix,
    axis_angle_to_quaternion,
    matrix_to_quaternion,
    multiply_quaternions,
    quaternion_to_matrix,
)
from ..body.skeleton import BODY_HANDS, SIDES, mirror_name
from .data.smartbody import FPS

_TRUNK = (
    ("pelvis", -0.03, 0.15, 0.10),
    ("pelvis", 0.04, 0.14, 0.085),
    ("spine1", 0.02, 0.12, 0.075),
    ("spine3", -0.14, 0.13, 0.088),
    ("spine3", -0.06, 0.143, 0.102),
    ("spine3", 0.03, 0.15, 0.105),
    ("spine3", 0.10, 0.135, 0.088),
)
"""Capsules that lie across the body, in metres: joint, height above it, half width, radius. As wide as the figure of
`body/figure.py`."""
_THIGH_RADIUS_M = 0.07
_HAND_RADII_M = {"wrist": 0.022, "middle1": 0.018, "middle3": 0.01}
_PUSH_SMOOTH_S = 0.1

INDEX = {name: j for j, name in enumerate(BODY_HANDS.names)}
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


def hand_depths_m(body: np.ndarray) -> np.ndarray:
    """How deep the deepest point of each hand is in the trunk or a thigh, (T, 2) metres, left first; 0: outside."""
    p, g = forward_kinematics(quaternion_to_matrix(body), BODY_HANDS)
    solids = _solids(p, g)
    return np.stack([_deepest(p, solids, side)[0] for side in SIDES], axis=1)


def push_hands_out(body: np.ndarray) -> None:
    """Turn the shoulders, in place, so that hands leave the trunk and thighs; recordings were of slimmer people."""
    p, g = forward_kinematics(quaternion_to_matrix(body), BODY_HANDS)
    solids = _solids(p, g)
    for side in SIDES:
        shoulder, collar = INDEX[f"{side}_shoulder"], INDEX[f"{side}_collar"]
        depth, points, away = _deepest(p, solids, side)
        push = depth[:, None] * unit_vectors(away)
        arm = points - p[:, shoulder]
        turn = np.cross(arm, push) / (arm**2).sum(axis=1, keepdims=True)
        turn = gaussian_filter1d(turn, _PUSH_SMOOTH_S * FPS, axis=0, mode="nearest")
        # About the collar's axes, in which the shoulder's rotation is given.
        turn = (np.swapaxes(g[:, collar], -1, -2) @ turn[..., None])[..., 0]
        body[:, shoulder] = multiply_quaternions(axis_angle_to_quaternion(turn), body[:, shoulder])


def _deepest(
    p: np.ndarray, solids: tuple[np.ndarray, np.ndarray, np.ndarray], side: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of a hand's points the one deepest in the solids: depth (T,), its place (T, 3), and the way out (T, 3)."""
    starts, ends, radii = solids
    frames = np.arange(len(p))
    thick = radii + np.array(list(_HAND_RADII_M.values()))[:, None]
    points = p[:, [INDEX[f"{side}_{name}"] for name in _HAND_RADII_M]]
    away = points[:, :, None] - _nearest_on_segments(points[:, :, None], starts[:, None], ends[:, None])
    distance = np.linalg.norm(away, axis=-1)
    point, solid = np.divmod((thick - distance).reshape(len(p), -1).argmax(axis=1), len(radii))
    depth = np.maximum(thick[point, solid] - distance[frames, point, solid], 0)
    return depth, points[frames, point], away[frames, point, solid]


def _solids(p: np.ndarray, g: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Trunk and thighs as capsules: two ends (T, S, 3) and radii (S,), from joint positions and global rotations."""
    starts: list[np.ndarray] = []
    ends: list[np.ndarray] = []
    radii: list[float] = []
    for joint, up_m, half_width_m, radius_m in _TRUNK:
        j = INDEX[joint]
        middle, across = p[:, j] + up_m * g[:, j, :, 1], (half_width_m - radius_m) * g[:, j, :, 0]
        starts, ends, radii = [*starts, middle - across], [*ends, middle + across], [*radii, radius_m]
    for side in ("left", "right"):
        hip, knee = p[:, INDEX[f"{side}_hip"]], p[:, INDEX[f"{side}_knee"]]
        starts, ends, radii = [*starts, hip], [*ends, knee], [*radii, _THIGH_RADIUS_M]
    return np.stack(starts, axis=1), np.stack(ends, axis=1), np.array(radii)


def _nearest_on_segments(points: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """(..., 3) each, broadcast."""
    along = ends - starts
    part = ((points - starts) * along).sum(axis=-1) / (along**2).sum(axis=-1)
    return starts + np.clip(part, 0, 1)[..., None] * along


def _angle(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Radians between vectors (..., 3)."""
    return np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), (a * b).sum(axis=-1))
