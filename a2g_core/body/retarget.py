"""Retargeting of any humanoid motion to our skeleton: transfer of world rotations that accounts for the rest pose.

A file's zero pose (offsets without rotations) may be any: a T, an A, arms down, or no pose of a person at all, where
every bone lies along its joint's own axis. For each joint of ours a constant rotation A takes our rest pose to the
source's zero pose; then G_ours = G_source A. Three cues give A, in this order:

- the trunk stands upright in the zero pose: up is pelvis to neck, left is hip to hip;
- a limb's bone has a direction, known in its joint's own frame whatever the zero pose: the shortest arc from where its
  parent's A puts ours;
- what the arc leaves open, the turn about the bone, is checked on the motion: elbows bend forwards, knees point where
  the pelvis does. If they do not, the zero pose was not a human pose, and the mean axis of bending decides.

A file that has our own joints is transferred by the first two alone: where its zero pose is ours, in whatever axes and
unit, the rotations come back as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from ..errors import MotionError
from .motion import Motion, Skeleton
from .resample import slices
from .rest import Places, chain_length, direction, frame, shortest_arc
from .rotations import (
    axis_angle_to_matrix,
    make_continuous,
    matrix_to_quaternion,
    multiply_quaternions,
    quaternion_to_matrix,
)
from .skeleton import BODY, BODY_HANDS, FINGERS, PELVIS_HEIGHT_M, SIDES, SMPLX
from .upright import nearest_axis, up_is_unclear

_FACING_FRAMES = 1500
"""Number of frames, spread over the motion, from which bending and facing are determined."""

_ELBOW_WRONG, _LEG_WRONG, _FOOT_WRONG = np.deg2rad(45.0), np.deg2rad(60.0), np.deg2rad(120.0)
_LEAST_BEND = 0.15
"""Mean sine of the elbow's angle below which its axis is unknown."""

_SNAP = np.deg2rad(15.0)
_SAME_PLACE_M = 0.002
_PELVIS_CLEAR = np.cos(np.deg2rad(43.0))

_TOPS = ("neck", "spine3", "head", "spine2", "spine1")
"""What is above the pelvis: of these joints, the first that there is."""

_ACROSS = tuple((f"left_{name}", f"right_{name}") for name in ("hip", "shoulder", "collar"))
"""What is left of what: of these pairs, the first that there is."""

_LIMBS = ("shoulder", "elbow", "wrist"), ("hip", "knee", "ankle")
_NAMES_WANTED = "give a whole body whose joints have the SMPL-X names"

_Turns = dict[str, np.ndarray]
"""World rotations by joint: (n, 3, 3) of the source's frames, (3, 3) of a rest pose."""


@dataclass(frozen=True)
class Source:
    """A motion on another skeleton, its joints named as ours.

    rest: our joint to the place (3,) of the joint that stands for it in the source's zero pose, any unit and axes;
    `left_index4` and its like are fingertips. Joints that the source lacks are left out: they stay at rest.
    turns: gives for frame numbers (n,) the world rotation (n, 3, 3) of each joint that turns. frames: T, how many.
    root: (T, 3) where the pelvis is, in the unit of rest; None where the file does not say.
    """

    rest: dict[str, np.ndarray]
    turns: Callable[[np.ndarray], _Turns] = field(repr=False)
    root: np.ndarray | None
    frames: int
    fps: float

    @property
    def skeleton(self) -> Skeleton:
        """BODY_HANDS where it has fingers, else BODY."""
        return BODY_HANDS if all(f"{side}_index1" in self.rest for side in SIDES) else BODY


def retarget(source: Source) -> Motion:
    """The motion on our skeleton at the source's frame rate, upright, facing +Z on average; metres.

    The translation is scaled by the length of the legs, or of the trunk where there are none.
    """
    frames = source.frames
    sample = source.turns(np.linspace(0, frames - 1, min(frames, _FACING_FRAMES)).astype(np.int64))
    align = _alignment(source.rest, sample, source.skeleton)
    translation = np.zeros((frames, 3))
    if source.root is not None:
        translation = (source.root - source.root[0]) * _scale(source.rest)
    return face_front(Motion(_all_local(source, align, source.skeleton), translation, source.fps, source.skeleton))


def transfer(source: Source, skeleton: Skeleton) -> Motion:
    """The motion of a source that has our joints on this skeleton of ours, with the heading and the place it had.

    The axes are those in which its zero pose stands upright and faces +Z. The translation is scaled as in `retarget`,
    and is zero where the pelvis is above the origin by its height in our rest pose; without a root, throughout.
    MotionError where up, left or size cannot be told, for limbs without all of their joints, and for a zero pose that
    is not a person's.
    """
    rest = source.rest
    _check_told(rest)
    align = _alignment(rest, None, skeleton)
    axes = align["pelvis"]
    quaternions = _all_local(source, align, skeleton)
    quaternions[:, 0] = multiply_quaternions(matrix_to_quaternion(axes.T), quaternions[:, 0])
    translation = np.zeros((source.frames, 3))
    if source.root is not None:
        translation = source.root * _scale(rest) @ axes - (0.0, PELVIS_HEIGHT_M, 0.0)
    return Motion(make_continuous(quaternions), translation, source.fps, skeleton)


def face_front(motion: Motion) -> Motion:
    """The motion rotated so that the pelvis is upright (Y up) and faces +Z on average, whatever its file calls up.

    MotionError where the pelvis lies between the axes on average, so that up cannot be told.
    """
    pelvis = quaternion_to_matrix(motion.quaternions[:, 0].astype(np.float64))
    axis, cosine = nearest_axis(pelvis[:, :, 1].mean(axis=0))
    if cosine < _PELVIS_CLEAR:
        raise up_is_unclear()
    world = shortest_arc(axis, np.array([0.0, 1.0, 0.0]))
    forward = world @ pelvis[:, :, 2].mean(axis=0)
    world = _yaw(-np.arctan2(forward[0], forward[2])) @ world
    quaternions = motion.quaternions.copy()
    quaternions[:, 0] = multiply_quaternions(matrix_to_quaternion(world), motion.quaternions[:, 0])
    return Motion(make_continuous(quaternions), motion.translation @ world.T, motion.fps, motion.skeleton)


def _all_local(source: Source, align: _Turns, skeleton: Skeleton) -> np.ndarray:
    """Quaternions (T, J, 4) about the parents."""
    quaternions = np.empty((source.frames, len(skeleton), 4), np.float32)
    for part in slices(source.frames):
        quaternions[part] = _local(source.turns(np.arange(part.start, part.stop)), align, skeleton)
    return quaternions


def _local(turns: _Turns, align: _Turns, skeleton: Skeleton) -> np.ndarray:
    """Quaternions (n, J, 4) about the parents; a joint that nothing turns follows its parent."""
    frames = len(turns["pelvis"])
    ours = np.empty((frames, len(skeleton), 3, 3))
    local = np.broadcast_to(np.eye(3), ours.shape).copy()
    for j, (name, parent) in enumerate(zip(skeleton.names, skeleton.parents)):
        ours[:, j] = turns[name] @ align[name] if name in turns else ours[:, parent]
        if parent >= 0 and name in turns:
            local[:, j] = np.swapaxes(ours[:, parent], -1, -2) @ ours[:, j]
    local[:, 0] = ours[:, 0]
    return matrix_to_quaternion(local)


# A, joint by joint ----------------------------------------------------------------------------------------------------


def _alignment(rest: Places, turns: _Turns | None, skeleton: Skeleton) -> _Turns:
    """For each joint of ours the rotation A from our rest pose to the source's zero pose.

    turns: of the motion, on which the turn about a limb's bones is checked; None if the zero pose is a person's.
    """
    trunk = _trunk(rest)
    align = dict.fromkeys(skeleton.names, trunk)
    for side in SIDES:
        if f"{side}_shoulder" in rest:
            _align_arm(align, rest, turns, side)
        if f"{side}_hip" in rest:
            _align_leg(align, rest, turns, side)
    return align


def _trunk(rest: Places) -> np.ndarray:
    """Of pelvis, spine, neck and head, which stand alike in all skeletons; their joints may lie elsewhere in the body.

    Zero poses stand along the axes, unless they are ours: a slant of the line from pelvis to neck is how the joints
    lie, not a lean.
    """
    top = next(name for name in _TOPS if name in rest)
    left, right = next(pair for pair in _ACROSS if set(pair) <= rest.keys())
    ours = SMPLX.rest_places
    theirs = frame(rest[top] - rest["pelvis"], rest[left] - rest[right])
    found = theirs @ frame(ours[top] - ours["pelvis"], ours[left] - ours[right]).T
    snapped = np.round(found)
    is_near = abs(np.linalg.det(snapped) - 1) < 1e-6 and _angle(found, snapped) < _SNAP
    return snapped if is_near and not _has_our_trunk(rest, found) else found


def _has_our_trunk(rest: Places, axes: np.ndarray) -> bool:
    """Whether the joints of the trunk lie where ours do, in these axes."""
    ours, scale = SMPLX.rest_places, _scale(rest)
    names = [name for name in (*_TOPS, "left_hip", "right_hip") if name in rest]
    apart = [scale * (rest[n] - rest["pelvis"]) @ axes - (ours[n] - ours["pelvis"]) for n in names]
    return bool(np.abs(apart).max() < _SAME_PLACE_M)


def _check_told(rest: Places) -> None:
    """MotionError unless joints tell up and left, and limbs are whole: half of our names may stand for other joints."""
    if not any(name in rest for name in _TOPS):
        raise MotionError("which way is up cannot be told without 'spine3', 'neck' or 'head'", _NAMES_WANTED)
    if not any(set(pair) <= rest.keys() for pair in _ACROSS):
        raise MotionError("which way is left cannot be told without 'left_hip' and 'right_hip'", _NAMES_WANTED)
    for side in SIDES:
        for limb in _LIMBS:
            names = [f"{side}_{name}" for name in limb]
            if names[0] in rest and (missing := [name for name in names if name not in rest]):
                raise MotionError(f"it has a joint '{names[0]}' but none named '{missing[0]}'", _NAMES_WANTED)


def _align_arm(align: _Turns, rest: Places, turns: _Turns | None, side: str) -> None:
    """Collar to fingertips, in place."""
    collar, shoulder, elbow, wrist = (f"{side}_{n}" for n in ("collar", "shoulder", "elbow", "wrist"))
    if collar in rest:
        _by_arc(align, rest, collar, shoulder, of=align["spine3"])
    _by_arc(align, rest, shoulder, elbow, of=align["spine3"])
    _by_arc(align, rest, elbow, wrist, of=align[shoulder])
    if turns is not None:
        _check_hinges(align, rest, turns, side)
    align[wrist] = align[elbow]
    index, middle, pinky = (f"{side}_{finger}1" for finger in ("index", "middle", "pinky"))
    if {index, middle, pinky} <= rest.keys():
        theirs = frame(direction(rest, wrist, middle), direction(rest, pinky, index))
        align[wrist] = theirs @ frame(_our_bone(wrist, middle), _our_bone(pinky, index)).T
    for finger in FINGERS:
        _align_finger(align, rest, [f"{side}_{finger}{k}" for k in (1, 2, 3, 4)], align[wrist])


def _check_hinges(align: _Turns, rest: Places, turns: _Turns, side: str) -> None:
    """Turn upper arm and forearm about their bones, in place, where the elbow would not bend forwards."""
    shoulder, elbow, wrist = (f"{side}_{n}" for n in ("shoulder", "elbow", "wrist"))
    hinge = np.array([0.0, -1.0 if side == "left" else 1.0, 0.0])
    axis = np.cross(turns[shoulder] @ direction(rest, shoulder, elbow), turns[elbow] @ direction(rest, elbow, wrist))
    for joint, child in ((shoulder, elbow), (elbow, wrist)):
        own = (np.swapaxes(turns[joint], -1, -2) @ axis[..., None])[..., 0].mean(axis=0)
        if np.linalg.norm(own) > _LEAST_BEND and _between(align[joint] @ hinge, own) > _ELBOW_WRONG:
            align[joint] = frame(direction(rest, joint, child), own) @ frame(_our_bone(joint, child), hinge).T


def _align_finger(align: _Turns, rest: Places, joints: list[str], hand: np.ndarray) -> None:
    """Each bone by the shortest arc from where the bone before it puts it; one without a tip goes straight on."""
    before = hand
    for k, (a, b) in enumerate(pairwise(joints)):
        if a in align and a in rest:
            if b in rest and np.linalg.norm(rest[b] - rest[a]) > 0:
                ours = before @ _our_bone(*(joints[1:3] if k == 2 else (a, b)))
                before = shortest_arc(ours, direction(rest, a, b)) @ before
            align[a] = before


def _align_leg(align: _Turns, rest: Places, turns: _Turns | None, side: str) -> None:
    """Thigh, shin and foot, in place."""
    hip, knee, ankle, foot = (f"{side}_{n}" for n in ("hip", "knee", "ankle", "foot"))
    upright = align["pelvis"]
    if _between(upright @ _our_bone(hip, knee), direction(rest, hip, knee)) < _LEG_WRONG:
        _by_arc(align, rest, hip, knee, of=upright)
        _by_arc(align, rest, knee, ankle, of=align[hip])
        if foot in rest and _between(upright[:, 2], rest[foot] - rest[ankle]) > _FOOT_WRONG:
            raise MotionError("its feet point backwards in its rest pose", "export it with right-handed axes")
        return  # the feet stand flat in both rest poses
    if turns is None:
        raise MotionError("nobody stands as it does in its rest pose", "export it with a rest pose that stands upright")
    body = turns["pelvis"] @ upright
    for joint, child in ((hip, knee), (knee, ankle)):
        across = _in_own_frame(turns[joint], body)[:, 0]
        align[joint] = frame(direction(rest, joint, child), across) @ frame(_our_bone(joint, child), np.eye(3)[0]).T
    for joint in (ankle, foot):
        if joint in turns:
            align[joint] = _in_own_frame(turns[joint], body)


def _in_own_frame(turns: np.ndarray, body: np.ndarray) -> np.ndarray:
    """The mean of the body's axes (n, 3, 3) as seen from a joint: the A of one that stands as the body on average."""
    u, _, v = np.linalg.svd((np.swapaxes(turns, -1, -2) @ body).mean(axis=0))
    return u @ np.diag([1.0, 1.0, np.linalg.det(u @ v)]) @ v


def _by_arc(align: _Turns, rest: Places, joint: str, child: str, *, of: np.ndarray) -> None:
    """The shortest arc from where `of` puts our bone to the source's."""
    align[joint] = shortest_arc(of @ _our_bone(joint, child), direction(rest, joint, child)) @ of


def _scale(rest: Places) -> float:
    """Metres of ours to a unit of the source, by a leg, or by the trunk where there are none."""
    legs = (tuple(f"{side}_{name}" for name in ("hip", "knee", "ankle")) for side in SIDES)
    trunk = ("pelvis", next(name for name in _TOPS if name in rest))
    chain = next((leg for leg in legs if set(leg) <= rest.keys()), trunk)
    theirs = chain_length(rest, chain)
    if theirs == 0:
        raise MotionError("two joints of the skeleton are in the same place", "export it with its bone lengths")
    return chain_length(SMPLX.rest_places, chain) / theirs


def _our_bone(a: str, b: str) -> np.ndarray:
    return direction(SMPLX.rest_places, a, b)


def _yaw(angle: float) -> np.ndarray:
    return axis_angle_to_matrix(np.array([0.0, angle, 0.0]))


def _between(a: np.ndarray, b: np.ndarray) -> float:
    """Angle between two vectors, radians."""
    return float(np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b))


def _angle(a: np.ndarray, b: np.ndarray) -> float:
    """Angle of the rotation from a to b, radians."""
    return float(np.arccos(np.clip((np.trace(a.T @ b) - 1) / 2, -1, 1)))
