"""Arithmetic of rest poses: directions of bones, frames, and the rotations that take one rest pose to another.

`places` maps a joint's name to where it lies at rest, (3,), in any unit and any axes. Matrices act on column vectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, permutations, product

import numpy as np

from ..errors import MotionError
from .rotations import axis_angle_to_matrix

Places = Mapping[str, np.ndarray]


def unit(v: np.ndarray) -> np.ndarray:
    """(3,) at length one; MotionError for the direction between two joints that coincide."""
    length = np.linalg.norm(v)
    if length < 1e-9:
        raise MotionError("two joints of the skeleton are in the same place", "export it with its bone lengths")
    return v / length


def direction(places: Places, a: str, b: str) -> np.ndarray:
    """Unit vector from joint a to joint b."""
    return unit(places[b] - places[a])


def chain_length(places: Places, joints: Sequence[str]) -> float:
    """From the first joint to the last along the ones between, in the places' unit."""
    return float(sum(np.linalg.norm(places[b] - places[a]) for a, b in pairwise(joints)))


def frame(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Rotation whose columns are `first`, the part of `second` at right angles to it, and their cross product."""
    x = unit(first)
    y = unit(second - x * (second @ x))
    return np.stack([x, y, np.cross(x, y)], axis=1)


def shortest_arc(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The smallest rotation that takes unit vector a to unit vector b; a half turn is about Z, or about X."""
    axis, cosine = np.cross(a, b), a @ b
    sine = np.linalg.norm(axis)
    if sine < 1e-9 and cosine < 0:
        axis = np.cross(a, np.eye(3)[2 if abs(a[2]) < 0.9 else 0])
        return axis_angle_to_matrix(unit(np.cross(axis, a)) * np.pi)
    return axis_angle_to_matrix(axis / max(sine, 1e-12) * np.arctan2(sine, cosine))


def whole_axes(left: np.ndarray, up: np.ndarray) -> np.ndarray:
    """Rotation (3, 3) from SMPL-X axes to those in which the character's left and up point this way.

    Snapped to whole axes: applying an object's rotation turns its space by right angles, bodies lean by less. The
    identity where the two vectors lie along one axis, or are zero.
    """
    x, y = _nearest_axis(left), _nearest_axis(up)
    axes = np.stack([x, y, np.cross(x, y)], axis=-1)
    return axes if np.linalg.det(axes) > 0.5 else np.eye(3)


def _nearest_axis(vector: np.ndarray) -> np.ndarray:
    axis = np.zeros(3)
    largest = int(np.abs(vector).argmax())
    axis[largest] = np.sign(vector[largest])
    return axis


# Axes and pose of an armature -----------------------------------------------------------------------------------------

_TRUNK = (
    "pelvis", "spine1", "spine2", "spine3", "neck", "head", "left_hip", "right_hip", "left_knee", "right_knee",
    "left_ankle", "right_ankle", "left_shoulder", "right_shoulder",
)  # fmt: skip
_SHARED = 0.5
"""Of an armature whose bones all rest in one orientation, as SMPL-X's do, at least this part still does so when some of
them were posed and the pose was applied."""

_SAME_RAD = np.radians(0.1)
_APPLIED_RAD = np.radians(1.0)
"""Far above the rounding of an applied rotation, and too little to be seen."""

_BUILD_RAD = np.radians(5.0)
"""Hips and shoulders of different people, and of rigs made by different tools, lie up to 2.2 degrees out of line, and
the whole trunk up to 1.9 (SMPL-X's neutral body, MakeHuman's Mixamo and game engine rigs)."""

_LIMB_RAD = np.radians(25.0)
"""Limbs of bodies in a T-pose lie up to 18 degrees off those of our skeleton, since people are built differently; arms
in an A-pose 45 or more (the same bodies and rigs)."""

_LIMBS = {
    f"{side}_{joint}": f"{side}_{end}"
    for side in ("left", "right")
    for joint, end in (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"))
}
_ENDS = _LIMBS | {
    "spine1": "spine2", "spine2": "spine3", "spine3": "neck", "neck": "head",
    **{f"{side}_{joint}": f"{side}_{end}"
       for side in ("left", "right")
       for joint, end in (("collar", "shoulder"), ("wrist", "middle1"), ("ankle", "foot"))},
}  # fmt: skip
"""The joint that a joint's bone leads to."""


def armature_axes(places: Places, rests: Mapping[str, np.ndarray], model: Places) -> np.ndarray:
    """Rotation (3, 3) from SMPL-X axes to an armature's.

    places: where its joints lie at rest. rests: rest rotations of their bones, (3, 3). model: places of our skeleton.
    Whole axes, unless the armature's rotation was applied when it was turned or tilted by other than right angles. Then
    bones that share one orientation tell it exactly, and joints tell it as well as bodies resemble each other.
    """
    whole = whole_axes(_left(places), places["head"] - places["pelvis"])
    fitted = _fitted(places, model)
    if angle_between(fitted, whole) < _BUILD_RAD:
        fitted = whole
    if (shared := _shared_orientation(rests)) is not None:
        own = _nearest_whole_rotation(fitted.T @ shared)
        exact = shared @ own.T
        if angle_between(exact, fitted) < 2 * _BUILD_RAD:
            return whole if angle_between(exact, whole) < _SAME_RAD else exact
    return fitted


def _left(places: Places) -> np.ndarray:
    """Roughly to the left: from one hip to the other, or else one shoulder, or from the trunk to what one side has."""
    for joint in ("hip", "shoulder"):
        left, right = (places.get(f"{side}_{joint}") for side in ("left", "right"))
        if left is not None and right is not None:
            return left - right
    for joint in ("shoulder", "hip"):
        for side, sign in (("left", 1.0), ("right", -1.0)):
            if f"{side}_{joint}" in places:
                return sign * (places[f"{side}_{joint}"] - places["pelvis"])
    return np.zeros(3)


def posed_joints(places: Places, rests: Mapping[str, np.ndarray], axes: np.ndarray, model: Places) -> list[str]:
    """Joints that rest otherwise than in a T-pose, so that a motion cannot be given to their bones as it stands.

    A limb that points elsewhere; and, where bones share one orientation, any bone that was turned out of it together
    with what follows it. (Bones that are oriented in their own way, and lie as they should, are as good as any.)
    """
    shared = _shared_orientation(rests)
    own = None if shared is None else _nearest_whole_rotation(axes.T @ shared)
    found = []
    for joint, end in _ENDS.items():
        if joint not in places or end not in places or np.allclose(places[joint], places[end]):
            continue
        lies, should = axes.T @ direction(places, joint, end), direction(model, joint, end)
        is_off = joint in _LIMBS and _angle(lies, should) > _LIMB_RAD
        if own is not None and joint in rests and not is_off:
            turned = axes.T @ rests[joint] @ own.T
            is_turned = angle_between(turned, np.eye(3)) > _APPLIED_RAD
            is_off = is_turned and _angle(lies, turned @ should) < _angle(lies, should)
        if is_off:
            found.append(joint)
    return found


def angle_between(first: np.ndarray, second: np.ndarray) -> float:
    """Radians of the rotation from one rotation (3, 3) to another."""
    r = first.T @ second
    twice_sine = np.linalg.norm([r[2, 1] - r[1, 2], r[0, 2] - r[2, 0], r[1, 0] - r[0, 1]])
    return float(np.arctan2(twice_sine, np.trace(r) - 1.0))


def _angle(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b))


def _fitted(places: Places, model: Places) -> np.ndarray:
    """The rotation that lays our skeleton's trunk and legs onto an armature's with the least squared distance."""
    joints = [joint for joint in _TRUNK if joint in places and joint in model]
    ours, theirs = (np.array([p[joint] for joint in joints], np.float64) for p in (model, places))
    u, _s, vt = np.linalg.svd((theirs - theirs.mean(axis=0)).T @ (ours - ours.mean(axis=0)))
    return u @ np.diag([1.0, 1.0, np.linalg.det(u @ vt)]) @ vt


def _shared_orientation(rests: Mapping[str, np.ndarray]) -> np.ndarray | None:
    """The orientation in which most bones of the body rest; None if each rests in its own."""
    bones = np.array([rests[joint] for joint in (*_ENDS, "pelvis", "head") if joint in rests])
    # Rotations differ by at most this angle where the trace of their quotient is at least that.
    alike = np.einsum("aij,bij->ab", bones, bones) > 1.0 + 2.0 * np.cos(_SAME_RAD)
    most = int(alike.sum(axis=1).argmax())
    return bones[alike[most]].mean(axis=0) if alike[most].mean() >= _SHARED else None


def _nearest_whole_rotation(rotation: np.ndarray) -> np.ndarray:
    """The rotation (3, 3) by right angles that differs least."""
    return max(_WHOLE_ROTATIONS, key=lambda whole: float(np.sum(whole * rotation)))


_WHOLE_ROTATIONS = [
    matrix
    for order in permutations(range(3))
    for signs in product((1.0, -1.0), repeat=3)
    if np.linalg.det(matrix := np.eye(3)[list(order)] * np.array(signs)[:, None]) > 0
]
