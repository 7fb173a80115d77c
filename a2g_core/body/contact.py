"""Hands inside the trunk or a thigh, and the turns of the shoulders that take them out.

Rotations are (T, J, 3, 3), each about the joint's parent. Fingers that a skeleton lacks are held straight.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .kinematics import unit_vectors
from .motion import Skeleton
from .resample import smooth
from .rotations import axis_angle_to_matrix, matrix_to_axis_angle
from .skeleton import BODY_HANDS, SIDES


class _Solid(NamedTuple):
    """A capsule that keeps its place in a joint's axes: one end, from there to the other, and its radius, metres."""

    joint: str
    start: tuple[float, float, float]
    along: tuple[float, float, float]
    radius: float


def _across(joint: str, up_m: float, half_width_m: float, radius_m: float) -> _Solid:
    """A capsule that lies across the body, centred above a joint."""
    reach_m = half_width_m - radius_m
    return _Solid(joint, (-reach_m, up_m, 0.0), (2 * reach_m, 0.0, 0.0), radius_m)


_OFFSETS = dict(zip(BODY_HANDS.names, BODY_HANDS.offsets, strict=True))
_SOLIDS = (
    _across("pelvis", -0.03, 0.15, 0.10),
    _across("pelvis", 0.04, 0.14, 0.085),
    _across("spine1", 0.02, 0.12, 0.075),
    _across("spine3", -0.14, 0.13, 0.088),
    _across("spine3", -0.06, 0.143, 0.102),
    _across("spine3", 0.03, 0.15, 0.105),
    _across("spine3", 0.10, 0.135, 0.088),
    *(_Solid(f"{side}_hip", (0.0, 0.0, 0.0), _OFFSETS[f"{side}_knee"], 0.07) for side in SIDES),
)
"""Trunk and thighs, as wide as the figure of `figure.py`."""
_HAND_RADII_M = (0.022, 0.018, 0.01)
"""About the wrist, and about the first and the last joint of the middle finger."""

_SKIN_M = 1e-4
"""A hand this deep lies on the body."""
_STEPS = 8
"""Turns towards the surface within a frame: each leaves the solid that the hand is deepest in, and may meet another."""
_LEAST_SINE = 0.5
"""Of the angle between the arm and the way out: a turn cannot make the arm longer, and must not try."""
_HOLD_S = 0.13
"""What a contact needs is held so long before and after it, and comes and goes within as much again."""
_AGREED = 0.7
"""Length of the mean of near turns, as a share of their mean length, from which on they agree on the way out."""


JOINTS = (
    "pelvis", "spine1", "spine2", "spine3", "left_hip", "right_hip",
    *(f"{side}_{joint}" for side in SIDES for joint in ("collar", "shoulder", "elbow", "wrist")),
    *(f"{side}_middle{k}" for side in SIDES for k in (1, 2, 3)),
)  # fmt: skip
"""Those whose rotations matter here, parents first."""


def receptive_field(fps: float) -> int:
    """Frames before and after a contact in which `shoulder_turns` are not zero."""
    return 2 * _hold_frames(fps)


def _hold_frames(fps: float) -> int:
    return max(1, round(_HOLD_S * fps))


def hand_depths_m(rotations: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """How deep the deepest point of each hand is in the trunk or a thigh, (T, 2) metres, left first; 0: outside."""
    views = _views(rotations, skeleton)
    hands = [_hand(rotations, skeleton, side)[0] for side in SIDES]
    return np.stack([_depths(views, hand)[0].max(axis=0).clip(0) for hand in hands], axis=1)


def shoulder_turns(rotations: np.ndarray, skeleton: Skeleton, fps: float) -> np.ndarray:
    """Turns of the shoulders that take the hands out of trunk and thighs, (T, 2, 3) axis-angle, left first.

    A turn goes before the shoulder's own rotation, about the collar's axes. It is exactly zero where no hand is inside
    within the `receptive_field`. A hand may lie on the body.
    """
    views, out = _views(rotations, skeleton), np.zeros((len(rotations), 2, 3), rotations.dtype)
    for k, side in enumerate(SIDES):
        points, shoulder = _hand(rotations, skeleton, side)
        inside = np.flatnonzero(_depths(views, points)[0].max(axis=0) > _SKIN_M)
        if len(inside):
            turns = _turns_out({joint: view[inside] for joint, view in views.items()}, points[inside], shoulder[inside])
            collar = rotations[inside, skeleton.index(f"{side}_collar")]
            out[inside, k] = (np.swapaxes(collar, -1, -2) @ turns[..., None])[..., 0]
            out[:, k] = _held(out[:, k], _hold_frames(fps))
    return out


def _column(name: str, dtype: np.dtype) -> np.ndarray:
    """A joint's offset, (3, 1)."""
    return np.array(_OFFSETS[name], dtype)[:, None]


def _views(rotations: np.ndarray, skeleton: Skeleton) -> dict[str, np.ndarray]:
    """How joints that carry solids see the chest (spine3): its axes, and in the last column its place, (T, 3, 4)."""
    view = np.broadcast_to(np.eye(3, 4, dtype=rotations.dtype), (len(rotations), 3, 4))
    views = {"spine3": view}
    for joint, above in (("spine3", "spine2"), ("spine2", "spine1"), ("spine1", "pelvis")):
        view = rotations[:, skeleton.index(joint)] @ view
        view[..., 3:] += _column(joint, view.dtype)
        views[above] = view
    for hip in (f"{side}_hip" for side in SIDES):
        from_hip = view.copy()
        from_hip[..., 3:] -= _column(hip, view.dtype)
        views[hip] = np.swapaxes(rotations[:, skeleton.index(hip)], -1, -2) @ from_hip
    return views


def _hand(rotations: np.ndarray, skeleton: Skeleton, side: str) -> tuple[np.ndarray, np.ndarray]:
    """A hand's three points (T, 3, 3), in columns, and its shoulder (T, 3, 1), in the chest's axes."""

    def from_above(joint: str, places: np.ndarray) -> np.ndarray:
        """Places in a joint's axes, as its parent sees them."""
        name = f"{side}_{joint}"
        turned = rotations[:, skeleton.index(name)] @ places if name in skeleton.names else places
        return turned + _column(name, places.dtype)

    origin = np.zeros((len(rotations), 3, 1), rotations.dtype)
    last = from_above("middle1", from_above("middle2", from_above("middle3", origin)))
    points = np.concatenate([origin, from_above("middle1", origin), last], axis=-1)
    for joint in ("wrist", "elbow", "shoulder", "collar"):
        points = from_above(joint, points)
    return points, from_above("collar", from_above("shoulder", origin))


def _depths(views: dict[str, np.ndarray], points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How deep a hand's points (T, 3, 3) are in each solid, and the way out of it, as its joint sees that.

    Returns (S * 3, T), negative outside, and (S * 3, 3, T) of any length: the three points of the first solid first.
    """
    # Frames last, and coordinate by coordinate: NumPy's sums over three numbers take far longer.
    seen = {joint: np.moveaxis(view[..., :3] @ points + view[..., 3:], 0, -1).copy() for joint, view in views.items()}
    radii = np.array(_HAND_RADII_M, points.dtype)[:, None]
    depths, ways = [], []
    for joint, start, along, radius in _SOLIDS:
        x, y, z = (place - at for place, at in zip(seen[joint], start))
        a, b, c = along
        part = ((a * x + b * y + c * z) / (a * a + b * b + c * c)).clip(0, 1)
        x, y, z = x - a * part, y - b * part, z - c * part
        depths.append(radius + radii - np.sqrt(x * x + y * y + z * z))
        ways.append(np.stack((x, y, z), axis=1))
    return np.concatenate(depths), np.concatenate(ways)


def _turns_out(views: dict[str, np.ndarray], points: np.ndarray, shoulder: np.ndarray) -> np.ndarray:
    """Turns about the shoulder that take a hand's points out of the solids, (T, 3) axis-angle in the chest's axes."""
    frames, arm, n = np.arange(len(points)), points - shoulder, points.shape[-1]
    to_chest = np.stack([np.swapaxes(views[solid.joint][..., :3], -1, -2) for solid in _SOLIDS])
    whole = np.broadcast_to(np.eye(3, dtype=points.dtype), (len(points), 3, 3))
    for _ in range(_STEPS):
        levers = whole @ arm
        depths, ways = _depths(views, shoulder + levers)
        deepest = depths.argmax(axis=0)
        depth, lever = depths[deepest, frames], levers[frames, :, deepest % n]
        depth = np.where(depth > _SKIN_M, depth, 0)
        if not depth.any():
            break  # further turns would be none, to the bit
        way = unit_vectors((to_chest[deepest // n, frames] @ ways[deepest, :, frames][..., None])[..., 0])
        axis = np.cross(lever, way)
        reach = np.maximum((axis**2).sum(axis=-1), _LEAST_SINE**2 * (lever**2).sum(axis=-1))
        whole = axis_angle_to_matrix(axis * (depth / reach)[:, None]) @ whole
    turns: np.ndarray = matrix_to_axis_angle(whole)
    return turns


def _held(turns: np.ndarray, hold: int) -> np.ndarray:
    """Turns (T, 3) that come and go smoothly, and are nowhere smaller than those given.

    But where the way out changes sides: there a hand is let through, as it would jump otherwise.
    """
    sizes = np.linalg.norm(turns, axis=1)
    most = sliding_window_view(np.pad(sizes, hold), 2 * hold + 1).max(axis=1)
    mean = smooth(turns, 2 * hold / 3)
    agreement = np.linalg.norm(mean, axis=1, keepdims=True) / np.maximum(smooth(sizes[:, None], 2 * hold / 3), 1e-9)
    share = np.clip(agreement / _AGREED, 0, 1)
    return unit_vectors(mean) * smooth(most[:, None], hold / 3) * (share * share * (3 - 2 * share))
