"""A drawing of the body with a mark on each joint: whether a rig has a bone for it. Drawn with NumPy alone.

Seen from ahead, as the character faces who looks; below it are its hands, larger. The kind of a mark is its shape, and
its colour says it again.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from .kinematics import forward_kinematics
from .rotations import axis_angle_to_quaternion, quaternion_to_matrix
from .skeleton import FINGERS, SIDES, SMPLX

SIZE_PX = 320
"""Side of the picture."""

_FIELD_M, _SOLE_M = 1.84, 1.0
"""How much is seen, and how far below the pelvis it begins."""
_LOWERED_RAD, _APART_RAD = 0.8, 0.08  # arms and legs
_HAND_SCALE = 3.6
_HAND_AT_M = (0.56, -0.38)
"""Where the enlarged left hand's wrist is: to the right of the pelvis, and above it. Its fingers point down."""
_MOVED_M = {"jaw": (0.0, 0.045), "eye_smplhf": (0.0, 0.05), "foot": (0.035, -0.02)}
"""Marks that would lie on others, seen from ahead; of the left side."""
_LIMB_M, _FINGER_M, _HEAD_M = 0.032, 0.03, 0.085
_MARK_M, _SMALL_M, _EDGE_M, _LINE_M = 0.026, 0.02, 0.009, 0.009
_BODY, _EDGE = (0.42, 0.44, 0.48), (0.08, 0.08, 0.1)
_HAS, _WANTED, _EMPTY = (0.38, 0.78, 0.47), (1.0, 0.36, 0.3), (0.72, 0.74, 0.78)


def draw(has: Collection[str], wanted: Collection[str]) -> np.ndarray:
    """The drawing, (SIZE_PX, SIZE_PX, 4) float32 of 0 to 1, the uppermost row first; its ground is transparent.

    has: joints of SMPL-X that have a bone, marked by a disc. wanted: those that need one first, marked by a cross. The
    others are marked by a ring.
    """
    canvas = _Canvas()
    places = _places()
    for name, parent in _limbs():
        canvas.stroke(places[parent], places[name], _FINGER_M if _is_finger(name) else _LIMB_M, _BODY)
    canvas.stroke(places["head"] + (0.0, 0.06), places["head"] + (0.0, 0.1), _HEAD_M, _BODY)
    for name, at in places.items():
        radius = _SMALL_M if _is_finger(name) or "eye" in name or name == "jaw" else _MARK_M
        if name in wanted:
            for slope in (1, -1):
                arm = 1.3 * radius * np.array((1, slope))
                canvas.stroke(at - arm, at + arm, _LINE_M + _EDGE_M, _EDGE)
            for slope in (1, -1):
                arm = 1.3 * radius * np.array((1, slope))
                canvas.stroke(at - arm, at + arm, _LINE_M, _WANTED)
            continue
        canvas.stroke(at, at, radius + _EDGE_M / 2, _EDGE)
        canvas.stroke(at, at, radius, _HAS if name in has else _EMPTY)
        if name not in has:
            canvas.stroke(at, at, radius - _EDGE_M, _BODY)
    return canvas.image


def _is_finger(name: str) -> bool:
    return any(finger in name for finger in FINGERS)


def _limbs() -> list[tuple[str, str]]:
    """Each joint with the one before it, but eyes and jaw, which lie in the head."""
    pairs = [(SMPLX.names[k], SMPLX.names[p]) for k, p in enumerate(SMPLX.parents) if p >= 0]
    pairs = [(name, parent) for name, parent in pairs if "eye" not in name and name != "jaw"]
    # The wrist of an enlarged hand is not the one at the arm.
    return [(name, f"{parent}_of_hand" if _is_finger(name) and "wrist" in parent else parent) for name, parent in pairs]


class _Places(dict[str, np.ndarray]):
    """Where marks are; what is asked for besides is where a hand begins."""

    def __missing__(self, name: str) -> np.ndarray:
        side = name.split("_")[0]
        return _mirrored(np.array(_HAND_AT_M), side)


def _mirrored(at: np.ndarray, side: str) -> np.ndarray:
    return at * ((-1 if side == "right" else 1), 1)


def _places() -> _Places:
    """(2,) of each joint: to the right and up from the pelvis, in metres of the drawing."""
    turns = np.zeros((1, len(SMPLX), 4))
    turns[..., 0] = 1.0
    for side, sign in zip(SIDES, (-1.0, 1.0), strict=True):
        turns[0, SMPLX.index(f"{side}_shoulder")] = axis_angle_to_quaternion(np.array((0.0, 0.0, sign * _LOWERED_RAD)))
        turns[0, SMPLX.index(f"{side}_hip")] = axis_angle_to_quaternion(np.array((0.0, 0.0, -sign * _APART_RAD)))
    positions = np.asarray(forward_kinematics(quaternion_to_matrix(turns), SMPLX)[0])[0]
    offsets = np.array(SMPLX.offsets)
    found = _Places()
    for k, name in enumerate(SMPLX.names):
        if not _is_finger(name):
            moved = np.array(_MOVED_M.get(name.removeprefix("left_").removeprefix("right_"), (0.0, 0.0)))
            found[name] = positions[k, :2] - positions[SMPLX.index("pelvis"), :2] + _mirrored(moved, name.split("_")[0])
            continue
        side = name.split("_")[0]
        parent = SMPLX.names[SMPLX.parents[k]]
        begin = found[f"{side}_of_hand"] if "wrist" in parent else found[parent]
        along, _up, towards_thumb = offsets[k] * ((1 if side == "left" else -1), 1, 1)
        found[name] = begin + _HAND_SCALE * _mirrored(np.array((-towards_thumb, -along)), side)
    return found


class _Canvas:
    """The picture while it is drawn."""

    def __init__(self) -> None:
        self.image = np.zeros((SIZE_PX, SIZE_PX, 4), np.float32)

    def stroke(self, start: np.ndarray, end: np.ndarray, radius_m: float, colour: tuple[float, float, float]) -> None:
        """Draw a line with round ends. start, end: (2,), as of `_places`."""
        scale = SIZE_PX / _FIELD_M
        a, b = ((at * (1, -1) + (_FIELD_M / 2, _FIELD_M - _SOLE_M)) * scale for at in (start, end))
        radius = radius_m * scale
        low = np.maximum(np.floor(np.minimum(a, b) - radius - 1).astype(int), 0)
        high = np.minimum(np.ceil(np.maximum(a, b) + radius + 1).astype(int), SIZE_PX)
        rows, columns = np.mgrid[low[1] : high[1], low[0] : high[0]] + 0.5
        way = b - a
        share = np.clip(((columns - a[0]) * way[0] + (rows - a[1]) * way[1]) / max(way @ way, 1e-9), 0.0, 1.0)
        away = np.hypot(columns - a[0] - share * way[0], rows - a[1] - share * way[1])
        cover = np.clip(radius - away + 0.5, 0.0, 1.0)[..., None]
        here = self.image[low[1] : high[1], low[0] : high[0]]
        alpha = cover + here[..., 3:] * (1 - cover)
        ink = cover * np.array(colour) + (1 - cover) * here[..., 3:] * here[..., :3]
        here[..., :3] = np.divide(ink, alpha, out=np.zeros_like(ink), where=alpha > 0)
        here[..., 3:] = alpha
