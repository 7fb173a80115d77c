"""What a gesture looks like: its pose at the emphasis as a small picture, drawn with NumPy alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..body.kinematics import forward_kinematics
from ..body.rotations import quaternion_to_matrix
from ..body.skeleton import SMPLX
from .library import Gesture

_LOW_M, _HIGH_M = 0.78, 2.0
"""What of the height above the floor is seen."""
_HANG_DEG = 70.0
"""By which an arm that takes no part hangs below its place in the rest pose."""
_TURNED_DEG = 25.0
_BACK = (0.16, 0.17, 0.2)
_BODY, _PART = (0.55, 0.57, 0.62), (1.0, 0.62, 0.2)
_RADIUS_M = {
    "spine": 0.085, "neck": 0.045, "head": 0.09, "collar": 0.06, "shoulder": 0.045, "elbow": 0.038, "hip": 0.08,
    "wrist": 0.03, "knee": 0.07, "ankle": 0.05, "foot": 0.05,
}  # fmt: skip
_FINGER_M = 0.013
"""How thick the limb is that ends in a joint of this kind."""
_AMBIENT = 0.55


def picture(gesture: Gesture, size: int = 128) -> np.ndarray:
    """(size, size, 4) float32 RGBA from 0 to 1, the lowest row first: the character seen from ahead, a little turned.

    What takes part in the gesture is coloured.
    """
    scale = size / (_HIGH_M - _LOW_M)
    rows, columns = np.mgrid[0:size, 0:size] + 0.5
    image = np.empty((size, size, 4), np.float32)
    image[...] = (*_BACK, 1.0)
    nearest = np.full((size, size), -np.inf)
    for begin, end, radius_m, takes_part in _limbs(gesture):
        (x, y, z), (x1, y1, z1) = (_seen(place, scale, size) for place in (begin, end))
        way = np.array([x1 - x, y1 - y])
        share = np.clip(((columns - x) * way[0] + (rows - y) * way[1]) / max(way @ way, 1e-9), 0, 1)
        away = np.hypot(columns - x - share * way[0], rows - y - share * way[1])
        bulge = np.sqrt(np.clip(1 - (away / (radius_m * scale)) ** 2, 0, 1))
        height = z + share * (z1 - z) + bulge * radius_m
        shown = (bulge > 0) & (height > nearest)
        nearest[shown] = height[shown]
        colour = np.array(_PART if takes_part else _BODY)
        image[shown, :3] = (_AMBIENT + (1 - _AMBIENT) * bulge[shown, None]) * colour
    return image


def _seen(place: np.ndarray, scale: float, size: int) -> tuple[float, float, float]:
    """Column and row of a place in metres, and how near it is."""
    turn = np.radians(_TURNED_DEG)
    across = place[0] * np.cos(turn) - place[2] * np.sin(turn)
    near = place[2] * np.cos(turn) + place[0] * np.sin(turn)
    return float(across * scale + size / 2), float((place[1] - _LOW_M) * scale), float(near)


def _limbs(gesture: Gesture) -> Iterator[tuple[np.ndarray, np.ndarray, float, bool]]:
    """Both ends of each limb in metres above the floor, how thick it is, and whether it takes part.

    The gesture is at its emphasis; an arm that takes no part hangs.
    """
    turns = np.zeros((1, len(SMPLX), 4))
    turns[..., 0] = 1
    half = np.radians(_HANG_DEG) / 2
    for side, sign in (("left", -1.0), ("right", 1.0)):
        turns[0, SMPLX.index(f"{side}_shoulder")] = (np.cos(half), 0, 0, sign * np.sin(half))
    clip = gesture.clip
    frame = min(round(gesture.emphasis_s * clip.fps), len(clip) - 1)
    for k, name in enumerate(clip.skeleton.names):
        turns[0, SMPLX.index(name)] = clip.quaternions[frame, k]
    positions, rotations = (np.asarray(found)[0] for found in forward_kinematics(quaternion_to_matrix(turns), SMPLX))
    places = positions - positions[:, 1].min() * np.array([0.0, 1.0, 0.0])
    moving = set(clip.skeleton.names)
    for joint, parent in enumerate(SMPLX.parents):
        name = SMPLX.names[joint]
        if parent >= 0 and "eye" not in name and name != "jaw":
            yield places[parent], places[joint], _radius(name), SMPLX.names[parent] in moving
    head = SMPLX.index("head")
    for tip, radius_m in (((0.0, 0.1, 0.02), 0.095), ((0.0, 0.07, 0.13), 0.018)):
        way = rotations[head] @ np.array(tip)
        yield places[head] + way / 2, places[head] + way, radius_m, "head" in moving


def _radius(name: str) -> float:
    return next((radius_m for kind, radius_m in _RADIUS_M.items() if kind in name), _FINGER_M)
