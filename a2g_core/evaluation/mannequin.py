"""An artist's mannequin for pictures without Blender: rigid closed shapes placed on joint positions.

The add-on's own mannequin (`blender_addon/scene/mannequin.py`) is a mesh inside Blender; this one is plain arrays,
coarse enough to be painted face by face. Metres, for the 1.72 m figure of `skeleton.py`: Y up, facing +Z, left is +X.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from ..body.kinematics import forward_kinematics
from ..body.motion import Skeleton
from ..body.rotations import axis_angle_to_matrix
from ..body.skeleton import BODY, BODY_HANDS
from ..errors import MotionError

BODY_COLOUR = (240, 216, 186)
JOINT_COLOUR = (158, 120, 92)
HAND_COLOUR = (255, 233, 208)
"""A little lighter than the body, so that hands stand out in front of it."""

# A station of a limb: place along it (0 = its joint, 1 = the next), half sizes to the side and to the front.
_UPPER_ARM = ((0.0, 0.048, 0.048), (0.2, 0.046, 0.046), (0.55, 0.039, 0.039), (0.93, 0.031, 0.031))
_FOREARM = ((0.07, 0.031, 0.031), (0.28, 0.036, 0.036), (0.6, 0.029, 0.029), (0.95, 0.0215, 0.0215))
_THIGH = ((0.03, 0.077, 0.084), (0.16, 0.080, 0.088), (0.45, 0.068, 0.077), (0.94, 0.046, 0.049))
_CALF = ((0.06, 0.044, 0.047), (0.3, 0.049, 0.053), (0.6, 0.039, 0.042), (0.95, 0.029, 0.033))
_NECK = ((-0.3, 0.050, 0.050), (0.4, 0.046, 0.046), (1.1, 0.046, 0.046))
_CLAVICLE = ((0.0, 0.040, 0.052), (0.45, 0.046, 0.050), (0.75, 0.046, 0.047))
_PALM = ((0.06, 0.0165, 0.022), (0.38, 0.0175, 0.033), (0.75, 0.0150, 0.038), (0.97, 0.0120, 0.037))

# A ring of a block: height above its joint, half width, and how far it reaches to the front and to the back.
_PELVIS = (
    (-0.155, 0.045, 0.050, 0.055), (-0.135, 0.090, 0.070, 0.075), (-0.105, 0.117, 0.080, 0.090),
    (-0.07, 0.150, 0.094, 0.112), (-0.025, 0.157, 0.098, 0.112), (0.02, 0.148, 0.092, 0.096),
    (0.065, 0.134, 0.086, 0.083), (0.080, 0.09, 0.06, 0.06),
)  # fmt: skip
_WAIST = (  # narrower where it is inside the pelvis and the chest, so that it never shows through
    (-0.075, 0.080, 0.040, 0.035), (-0.035, 0.112, 0.070, 0.066), (-0.005, 0.120, 0.077, 0.072),
    (0.035, 0.120, 0.077, 0.072), (0.065, 0.110, 0.068, 0.063), (0.10, 0.080, 0.040, 0.035),
)  # fmt: skip
_CHEST = (
    (-0.200, 0.085, 0.058, 0.055), (-0.185, 0.124, 0.084, 0.080), (-0.125, 0.134, 0.096, 0.090),
    (-0.055, 0.146, 0.112, 0.102), (0.015, 0.154, 0.118, 0.108), (0.07, 0.152, 0.108, 0.106),
    (0.12, 0.133, 0.086, 0.092), (0.155, 0.098, 0.066, 0.076), (0.183, 0.064, 0.054, 0.062),
)  # fmt: skip
_HEAD = (
    (-0.060, 0.020, 0.070, -0.036), (-0.048, 0.042, 0.086, -0.015), (-0.030, 0.054, 0.092, 0.018),
    (-0.005, 0.062, 0.092, 0.046), (0.015, 0.067, 0.092, 0.062), (0.035, 0.071, 0.092, 0.076),
    (0.060, 0.075, 0.094, 0.090), (0.085, 0.077, 0.097, 0.098), (0.108, 0.076, 0.096, 0.099),
    (0.135, 0.069, 0.088, 0.092), (0.158, 0.054, 0.070, 0.076), (0.173, 0.034, 0.046, 0.052),
    (0.181, 0.010, 0.014, 0.016),
)  # fmt: skip
_NOSE_HEIGHTS_M = (0.005, 0.07)
_FOOT = (  # place along Z from the ankle, half width, up and down from the ankle
    (-0.068, 0.003, -0.050, 0.058), (-0.065, 0.016, -0.040, 0.064), (-0.056, 0.027, -0.018, 0.073),
    (-0.03, 0.031, 0.0, 0.075), (0.03, 0.034, 0.0, 0.075), (0.09, 0.040, -0.022, 0.075), (0.15, 0.045, -0.040, 0.075),
    (0.19, 0.038, -0.050, 0.075), (0.205, 0.024, -0.056, 0.073), (0.209, 0.003, -0.062, 0.068),
)  # fmt: skip
_FINGERS = {"index": 0.0095, "middle": 0.0099, "ring": 0.0093, "pinky": 0.0082, "thumb": 0.0115}
_BALLS = {"elbow": 0.0325, "wrist": 0.0235, "hip": 0.066, "knee": 0.0465, "ankle": 0.033}
_SIDES = ("left", "right")
_RELAXED_CURL = 0.32
"""Radians by which each finger joint bends where the motion has no fingers."""

Frames = Callable[["_Pose"], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Mesh:
    """faces: (F, 4) vertex indices. colours: (F, 3), 0 to 1. `Mannequin.place` gives the rest for a block of frames."""

    faces: np.ndarray
    colours: np.ndarray


@dataclass(frozen=True)
class _Part:
    """vertices (V, 3) and outward normals (F, 3) in the part's own axes, which `frames` places."""

    vertices: np.ndarray
    faces: np.ndarray
    normals: np.ndarray
    colour: tuple[int, int, int]
    frames: Frames


class _Pose:
    """Named joints of a block of frames; fingers are invented where the skeleton has none."""

    def __init__(self, positions: np.ndarray, skeleton: Skeleton, rotations: np.ndarray | None) -> None:
        self.joints = {name: positions[:, j] for j, name in enumerate(skeleton.names)}
        self._rotations = rotations
        self._skeleton = skeleton
        if "left_index1" not in self.joints:
            for side in _SIDES:
                self._add_fingers(side)

    def __getitem__(self, name: str) -> np.ndarray:
        return self.joints[name]

    def turn(self, name: str) -> np.ndarray | None:
        """Rotation (B, 3, 3) of a joint, if the caller gave rotations."""
        return None if self._rotations is None else self._rotations[:, self._skeleton.index(name)]

    @cached_property
    def pelvis(self) -> np.ndarray:
        return self._rigid("left_hip", "right_hip", "spine1", "pelvis")

    @cached_property
    def chest(self) -> np.ndarray:
        return self._rigid("left_collar", "right_collar", "neck", "spine3")

    @cached_property
    def head(self) -> np.ndarray:
        """Axes of the head: as rotated; else from the eyes; else upright on the neck, facing as the chest does."""
        given = self.turn("head")
        if given is not None:
            return given
        if "left_eye_smplhf" in self.joints:
            eyes = 0.5 * (self["left_eye_smplhf"] + self["right_eye_smplhf"])
            across = self["left_eye_smplhf"] - self["right_eye_smplhf"]
            return _axes(across, np.cross(eyes - self["head"], across)) @ _EYE_TILT.T
        return _axes(self.chest[:, :, 0], self["head"] - self["neck"]) @ _NECK_TILT.T

    def _rigid(self, left: str, right: str, above: str, origin: str) -> np.ndarray:
        """The global rotation of a joint that has three rigidly attached children."""
        now = _axes(self[left] - self[right], self[above] - self[origin])
        rest = _axes(_REST[left] - _REST[right], _REST[above] - _REST[origin])
        return now @ rest.T

    def _add_fingers(self, side: str) -> None:
        turn = self.turn(f"{side}_wrist")
        if turn is None:
            sign = 1.0 if side == "left" else -1.0
            forearm = self[f"{side}_wrist"] - self[f"{side}_elbow"]
            thumb = self.chest @ np.array((-0.35 * sign, 0.5, 1.0))
            turn = _axes(sign * forearm, np.cross(thumb, sign * forearm))
        for name, offset in _RELAXED_FINGERS.items():
            if name.startswith(side):
                self.joints[name] = self[f"{side}_wrist"] + turn @ offset


class Mannequin:
    """The shapes for a skeleton with the 22 body joints, with or without fingers, jaw and eyes.

    Raises MotionError if a body joint is missing.
    """

    def __init__(self, skeleton: Skeleton) -> None:
        missing = [name for name in BODY.names if name not in skeleton.names]
        if missing:
            raise MotionError(f"the skeleton has no joint '{missing[0]}'", "draw motions of the SMPL-X body joints")
        self.skeleton = skeleton
        self._parts = [*_trunk(), *(part for side in _SIDES for part in _limbs(side))]
        starts = np.cumsum([0, *(len(p.vertices) for p in self._parts)])
        self.mesh = Mesh(
            np.concatenate([p.faces + start for p, start in zip(self._parts, starts)]),
            np.concatenate([np.tile(np.float32(p.colour) / 255, (len(p.faces), 1)) for p in self._parts]),
        )

    def place(self, positions: np.ndarray, rotations: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Vertices (B, V, 3) and outward normals of faces (B, F, 3) for frames of positions (B, J, 3).

        rotations: (B, J, 3, 3), global. Positions alone do not tell how the head or, without fingers, the hands are
        turned: then the head faces as the chest does, and the hands take their usual orientation.
        """
        pose = _Pose(positions, self.skeleton, rotations)
        vertices, normals = [], []
        for part in self._parts:
            origin, axes = part.frames(pose)
            turned = np.swapaxes(axes, -1, -2).astype(np.float32)
            vertices.append(part.vertices @ turned + origin[:, None])
            normals.append(part.normals @ turned)
        return np.concatenate(vertices, 1), np.concatenate(normals, 1)


# --- axes --------------------------------------------------------------


def _unit(v: np.ndarray) -> np.ndarray:
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


def _axes(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(..., 3, 3) rotation whose columns are x made orthogonal to y, y, and their cross product."""
    y = _unit(y)
    z = _unit(np.cross(x, y))
    return np.stack((np.cross(y, z), y, z), axis=-1)


def _along(axis: np.ndarray, front: np.ndarray, length_m: float) -> np.ndarray:
    """Columns: side, the axis stretched to the bone's length, front."""
    y = _unit(axis)
    x = _unit(np.cross(y, front))
    return np.stack((x, axis / length_m, np.cross(x, y)), axis=-1)


def _rest_positions() -> dict[str, np.ndarray]:
    at: list[np.ndarray] = []
    for parent, offset in zip(BODY_HANDS.parents, BODY_HANDS.offsets):
        at.append(np.array(offset) + (0.0 if parent < 0 else at[parent]))
    return dict(zip(BODY_HANDS.names, at))


_REST = _rest_positions()
_EYE_TILT = _axes(np.array((1.0, 0.0, 0.0)), np.array((0.0, 0.082, -0.062)))
_NECK_TILT = _axes(np.array((1.0, 0.0, 0.0)), _REST["head"] - _REST["neck"])


def _relaxed_fingers() -> dict[str, np.ndarray]:
    """Finger joints relative to the wrist, in the wrist's axes, slightly bent."""
    turns = np.zeros((len(BODY_HANDS), 3))
    fingers = BODY_HANDS.names[len(BODY) :]
    for name in fingers:
        axis, bend = (1, 0.15) if "thumb" in name else (2, -_RELAXED_CURL)
        turns[BODY_HANDS.index(name), axis] = bend if name.startswith("left") else -bend
    positions, _ = forward_kinematics(axis_angle_to_matrix(turns), BODY_HANDS)
    at = dict(zip(BODY_HANDS.names, positions))
    return {name: at[name] - at[f"{name.partition('_')[0]}_wrist"] for name in fingers}


_RELAXED_FINGERS = _relaxed_fingers()


# --- shapes ------------------------------------------------------------


def _part(rings: np.ndarray, colour: tuple[int, int, int], frames: Frames) -> _Part:
    """A closed surface through rings (R, N, 3)."""
    count, around = rings.shape[:2]
    index = np.arange(count * around).reshape(count, around)
    ahead = np.roll(index, -1, axis=1)
    faces = np.stack((index[:-1], ahead[:-1], ahead[1:], index[1:]), axis=-1).reshape(-1, 4)
    vertices = rings.reshape(-1, 3)
    a, b, c, d = (vertices[faces[:, k]] for k in range(4))
    normals = _unit(np.cross(c - a, d - b))
    middle = np.repeat(rings.mean(axis=1)[:-1] + rings.mean(axis=1)[1:], around, axis=0) / 2
    outward = (normals * ((a + b + c + d) / 4 - middle)).sum(-1, keepdims=True)
    normals = np.where(outward < 0, -normals, normals)
    return _Part(vertices.astype(np.float32), faces, normals.astype(np.float32), colour, frames)


def _round(around: int, squareness: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    """Cosine and sine of a superellipse; 2 is an ellipse, more is boxier."""
    angle = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False)
    c, s = np.cos(angle), np.sin(angle)
    return np.sign(c) * np.abs(c) ** (2 / squareness), np.sign(s) * np.abs(s) ** (2 / squareness)


def _block(table: Sequence[Sequence[float]], around: int, rows: int, squareness: float = 2.3) -> np.ndarray:
    """Rings (R, N, 3) around the Y axis, a smooth curve through the table's."""
    height, width, ahead, behind = _curve(np.array(table), rows).T[:, :, None]
    c, s = _round(around, squareness)
    depth = np.where(s > 0, ahead, behind) * s
    return np.stack(np.broadcast_arrays(width * c, height, depth), axis=-1)


def _curve(table: np.ndarray, rows: int) -> np.ndarray:
    """`count` rows on a Catmull-Rom spline through the table's rows, spaced evenly by row, not by height."""
    at = np.linspace(0, len(table) - 1, rows)
    k = np.minimum(at.astype(int), len(table) - 2)
    u = (at - k)[:, None]
    slope = np.gradient(table, axis=0)
    a, b, da, db = table[k], table[k + 1], slope[k], slope[k + 1]
    return (2 * a + da - 2 * b + db) * u**3 + (-3 * a - 2 * da + 3 * b - db) * u**2 + da * u + a


def _tube_rings(profile: Sequence[Sequence[float]], length_m: float, around: int, cap: float = 0.7) -> np.ndarray:
    """Rings (R, N, 3) along Y with rounded ends; cap: how far those reach, in their own thickness."""
    table = np.array(profile)
    place, side, front = (table if len(table) < 3 else _curve(table, len(table) + 1)).T
    place = place * length_m
    bend = np.linspace(0.0, 0.5 * np.pi, 4 if around >= 14 else 3)[1:]
    keep = np.concatenate((np.cos(bend)[::-1], np.ones(len(place)), np.cos(bend))) + 0.01
    place = np.concatenate((
        place[0] - cap * side[0] * np.sin(bend)[::-1], place, place[-1] + 0.6 * side[-1] * np.sin(bend),
    ))  # fmt: skip
    side, front = (np.pad(v, len(bend), mode="edge") * keep for v in (side, front))
    c, s = _round(around)
    return np.stack(np.broadcast_arrays(side[:, None] * c, place[:, None], front[:, None] * s), axis=-1)


def _ball(radius_m: float, around: int = 10) -> np.ndarray:
    tilt = np.linspace(0.05, np.pi - 0.05, around // 2 + 1)
    c, s = _round(around)
    sin, cos = np.sin(tilt)[:, None], np.cos(tilt)[:, None]
    return radius_m * np.stack(np.broadcast_arrays(sin * c, cos, sin * s), axis=-1)


def _head_rings() -> np.ndarray:
    """An egg with the ridge of a nose, so that one can see where it looks."""
    rings = _block(_HEAD, 28, 17, 2.15)
    x, y, z = np.moveaxis(rings, -1, 0)
    low, high = _NOSE_HEIGHTS_M
    ridge = np.clip(np.minimum((y - low + 0.015) / 0.015, (high - y) / (high - low)), 0, 1)
    return np.stack((x, y, z + np.where(z > 0, 0.026 * ridge * np.exp(-((x / 0.016) ** 2)), 0)), axis=-1)


def _limb(
    start: str, end: str, profile: Sequence[Sequence[float]], front: Callable[[_Pose], np.ndarray], *,
    around: int = 14, cap: float = 0.7, colour: tuple[int, int, int] = BODY_COLOUR,
) -> _Part:  # fmt: skip
    length_m = float(np.linalg.norm(_REST[end] - _REST[start]))
    rings = _tube_rings(profile, length_m, around, cap)
    return _part(rings, colour, lambda pose: (pose[start], _along(pose[end] - pose[start], front(pose), length_m)))


def _trunk() -> list[_Part]:
    """Pelvis, waist, chest, neck and head."""

    def waist(pose: _Pose) -> tuple[np.ndarray, np.ndarray]:
        across = pose.pelvis[:, :, 0] + pose.chest[:, :, 0]
        return pose["spine1"], _axes(across, pose["spine2"] - pose["spine1"])

    return [
        _part(_block(_PELVIS, 28, 11), BODY_COLOUR, lambda pose: (pose["pelvis"], pose.pelvis)),
        _part(_block(_WAIST, 24, 6), JOINT_COLOUR, waist),
        _part(_block(_CHEST, 36, 16), BODY_COLOUR, lambda pose: (pose["spine3"], pose.chest)),
        _limb("neck", "head", _NECK, lambda pose: pose.chest[:, :, 2], colour=JOINT_COLOUR, around=14),
        _part(_head_rings(), BODY_COLOUR, lambda pose: (pose["head"], pose.head)),
    ]


def _limbs(side: str) -> list[_Part]:
    """An arm with its hand and a leg with its foot."""
    collar, shoulder, elbow, wrist, hip, knee, ankle = (
        f"{side}_{n}" for n in ("collar", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    )

    def chest_up(pose: _Pose) -> np.ndarray:
        return pose.chest[:, :, 1]

    def pelvis_front(pose: _Pose) -> np.ndarray:
        return pose.pelvis[:, :, 2]

    def arm_front(pose: _Pose) -> np.ndarray:  # arms are round: any direction they seldom point to
        return pose.chest @ np.array((0.3, 0.6, -0.7))

    balls = [_ball_part(name, _BALLS[name.partition("_")[2]]) for name in (elbow, wrist, hip, knee, ankle)]
    return [
        _limb(collar, shoulder, _CLAVICLE, chest_up),
        _limb(shoulder, elbow, _UPPER_ARM, arm_front, cap=0.95),
        _limb(elbow, wrist, _FOREARM, arm_front),
        _limb(hip, knee, _THIGH, pelvis_front, around=16),
        _limb(knee, ankle, _CALF, pelvis_front),
        *_hand(side),
        _foot(side),
        *balls,
    ]


def _ball_part(name: str, radius_m: float) -> _Part:
    return _part(_ball(radius_m), JOINT_COLOUR, lambda pose: (pose[name], pose.chest))


def _hand(side: str) -> list[_Part]:
    """Palm and fingers; each finger bone is a tapered capsule, the last one as long as the one before."""

    def to_thumb(pose: _Pose) -> np.ndarray:
        return pose[f"{side}_index1"] - pose[f"{side}_pinky1"]

    parts = [_limb(f"{side}_wrist", f"{side}_middle1", _PALM, to_thumb, colour=HAND_COLOUR)]
    for finger, radius_m in _FINGERS.items():
        names = [f"{side}_{finger}{k}" for k in (1, 2, 3)]
        if finger == "thumb":
            names.insert(0, f"{side}_wrist")
        for k, (start, end) in enumerate(pairwise(names)):
            r = radius_m * (1.0 - 0.09 * k)
            profile = ((0.0, r, r), (1.0, 0.93 * r, 0.93 * r))
            parts.append(_limb(start, end, profile, to_thumb, around=6, colour=HAND_COLOUR))
        r = radius_m * (1.0 - 0.09 * (len(names) - 1))
        parts.append(_fingertip(names[-2], names[-1], r, to_thumb))
    return parts


def _fingertip(before: str, last: str, r: float, front: Callable[[_Pose], np.ndarray]) -> _Part:
    """Fingertip: beyond the last joint along the bone before it, as positions do not tell how that joint is bent."""
    length_m = float(np.linalg.norm(_REST[last] - _REST[before]))
    rings = _tube_rings(((0.0, r, r), (0.62, 0.85 * r, 0.85 * r)), length_m, 6)

    def frames(pose: _Pose) -> tuple[np.ndarray, np.ndarray]:
        return pose[last], _along(pose[last] - pose[before], front(pose), length_m)

    return _part(rings, HAND_COLOUR, frames)


def _foot(side: str) -> _Part:
    ankle, ball, knee = f"{side}_ankle", f"{side}_foot", f"{side}_knee"
    place, width, up, down = np.array(_FOOT).T[:, :, None]
    c, s = _round(12, 2.6)
    rings = np.stack(np.broadcast_arrays(width * c, (up - down + (up + down) * s) / 2, place), axis=-1)
    rest = _axes(_REST[knee] - _REST[ankle], _REST[ball] - _REST[ankle])

    def frames(pose: _Pose) -> tuple[np.ndarray, np.ndarray]:
        return pose[ankle], _axes(pose[knee] - pose[ankle], pose[ball] - pose[ankle]) @ rest.T

    return _part(rings, BODY_COLOUR, frames)
