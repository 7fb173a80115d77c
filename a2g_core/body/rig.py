"""Rigs: how motion becomes values of an armature's bones, and what its bones do becomes motion.

Which bone stands for which joint is said by a `Fit` (`rig_map.py`). A *control* is a bone that is keyed. A bone's
*turn* D is the rotation, in armature space, that takes it from how it rests, B, to how it is posed, D B. With A the
rotation from SMPL-X axes (Y up, facing +Z) to the armature's, G a joint's global rotation and C the rest correction of
its bone (`rest_correction.py`):

    a control's turn                D = A G A^-1 C
    what is keyed                   B^-1 F^-1 D B     where F is the turn of what the control follows, see `Follow`
    from a turn back to the joint   G = A^-1 D C^-1 A

Bones between pelvis and neck share the turns of our three spine joints, however many they are: bone i of n turns as our
spine does at i/n of the way from pelvis to spine3; bones between those and the head likewise from spine3 to neck. A
spine bone that carries the thighs turns with the pelvis. The pelvis is moved so that the middle between the hips goes
where ours goes, as far as the legs are longer: its control may turn about any other place.

A joint without a bone leaves its turn to the joints after it, and so does a *still* control, which is locked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from . import channels
from .controls import HIPS, NECK, ROOT, SPINE, Control, Follow, make_controls, named, rest_places
from .motion import Motion
from .rest import armature_axes, chain_length, posed_joints
from .rest_correction import rest_corrections
from .rig_map import OWN, Fit, Switch
from .rotations import multiply_quaternions, quaternion_to_matrix, slerp
from .skeleton import BODY_HANDS, SIDES, SMPLX

_MIDDLE = np.mean([SMPLX.rest_places[hip] - SMPLX.rest_places[ROOT] for hip in HIPS], axis=0)
"""From our pelvis to the middle between our hips, metres."""

_SAME_M = 1e-5


class BoneValues(NamedTuple):
    """What a bone's channel is over time: values (T, k) float32. mode: its rotation mode, "" for a location."""

    bone: str
    channel: str
    values: np.ndarray
    mode: str = ""


class Aimed(NamedTuple):
    """An eye that aims at a bone: this one, how it rests, (4, 4) in armature space, and where the eye is, (3,). What
    lets the bone go with the head is `switches`."""

    joint: str
    bone: str
    rest: np.ndarray
    eye: np.ndarray
    switches: tuple[Switch, ...] = ()


@dataclass(frozen=True, eq=False)
class Rig:
    """An armature as a character, without any reference to Blender.

    controls: by bone, in the order in which they are keyed. spine: those that share our spine's turns, each with how
    far up it is, 3 at the top. axes: rotation (3, 3) from SMPL-X axes to the armature's. scale: the armature's units to
    a metre of our skeleton, by the length of a leg. hips: the middle between them at rest, (3,) in armature space.
    has_local_location: whether the root is moved along its own axes, not the armature's. is_ours: of our own family, in
    its T-pose: there rotations are SMPL-X's, whatever the body's build. aims: eyes that are turned by moving what they
    aim at. They are not read back.
    """

    fit: Fit
    controls: Mapping[str, Control]
    spine: tuple[tuple[str, float], ...]
    axes: np.ndarray
    scale: float
    hips: np.ndarray
    has_local_location: bool = True
    is_ours: bool = False
    aims: tuple[Aimed, ...] = ()

    @property
    def root(self) -> Control:
        """The control that moves the whole body."""
        return self.controls[self.fit.joints[ROOT]]

    # From motion to bones ---------------------------------------------------------------------------------------------

    def values(self, motion: Motion, joints: Collection[str], idle: np.ndarray | None = None) -> Iterator[BoneValues]:
        """The motion of these joints as values of the bones, one channel at a time: rotations, then the root's place.

        idle: quaternions (J, 4) that rotations are relative to, for motion that is added to what lies below it: there
        quaternions are multiplied, and other rotations added component by component.
        """
        turns = _Turns(self, motion)
        resting = None if idle is None else _Turns(self, _one_frame(motion, idle))
        for control in self.controls.values():
            if control.joint not in joints or control.joint not in motion.skeleton.names or control.is_still:
                continue
            values = turns.values(control, resting).astype(np.float32)
            yield BoneValues(control.bone, channels.rotation_channel(control.mode).name, values, control.mode)
        if ROOT in joints and not self.root.is_still:
            location = self._location(motion, turns).astype(np.float32)
            yield BoneValues(self.root.bone, channels.LOCATION.name, location)
        for aim in self.aims_of(motion, joints):
            yield BoneValues(aim.bone, channels.LOCATION.name, self._aim(motion, aim).astype(np.float32))

    def aims_of(self, motion: Motion, joints: Collection[str]) -> list[Aimed]:
        """The eyes among these joints that a motion turns, and that are turned by what they aim at."""
        return [aim for aim in self.aims if aim.joint in joints and aim.joint in motion.skeleton.names]

    def _aim(self, motion: Motion, aim: Aimed) -> np.ndarray:
        """Where a bone is put that goes with the head, so that an eye aims at it, (T, 3) along its own axes."""
        head = self.controls[self.fit.joints["head"]].correction
        axes = self.axes if head is None else head.T @ self.axes
        turn = _along(motion.quaternions[:, motion.skeleton.index(aim.joint)].astype(np.float64), axes)
        way = aim.rest[:3, 3] - aim.eye
        return (_turned(turn, way) - way) @ aim.rest[:3, :3]

    def turns(self, motion: Motion) -> dict[str, np.ndarray]:
        """Turns (T, 4) of all controls, as quaternions in armature space."""
        turns = _Turns(self, motion)
        return {bone: turns.bone(bone) for bone in self.controls}

    def _location(self, motion: Motion, turns: _Turns) -> np.ndarray:
        """Where the root's control is put, (T, 3) along the axes of its location."""
        if self._has_our_hips:
            return self.scale * motion.translation @ (self._location_axes.T @ self.axes).T
        middle = motion.translation + _turned(turns.joint(ROOT), _MIDDLE) - _MIDDLE
        reach = self.hips - self.root.head
        moved = self.scale * middle @ self.axes.T - (_turned(turns.bone(self.root.bone), reach) - reach)
        return moved @ self._location_axes

    @property
    def _has_our_hips(self) -> bool:
        """Whether the root turns about our pelvis: then its way is the motion's own, to the bit."""
        apart = (self.hips - self.root.head) @ self.axes / self.scale - _MIDDLE
        return self.is_ours and bool(np.abs(apart).max() < _SAME_M)

    @property
    def _location_axes(self) -> np.ndarray:
        """Rotation (3, 3) from the axes of the root's location to the armature's."""
        return self.root.rest if self.has_local_location else np.eye(3)

    # From bones to motion ---------------------------------------------------------------------------------------------

    def told(self, bones: Collection[str]) -> tuple[str, ...]:
        """The joints whose rotation these controls tell, in the order of SMPLX. Twist bones tell none.

        A joint that no control moves, as a collar that is missing, is told with the joint after it: it stays straight.
        """
        joints = {c.joint for c in self.controls.values() if c.bone in bones and c.twists is None}
        moved = {c.joint for c in self.controls.values() if c.twists is None and not c.is_still} | set(SPINE)
        for joint in list(joints):
            above = SMPLX.parents[SMPLX.index(joint)]
            while above >= 0 and SMPLX.names[above] not in moved:
                joints.add(SMPLX.names[above])
                above = SMPLX.parents[above]
        for number, joint in enumerate(SPINE[1:], start=1):
            higher = [(bone, place) for bone, place in self.spine if place > number - 1 + 1e-9]
            telling = [bone for bone, place in higher if place <= number + 1e-9] or [bone for bone, _ in higher[:1]]
            if not set(telling).isdisjoint(bones):
                joints.add(joint)
        return tuple(joint for joint in SMPLX.names if joint in joints)

    def read(self, rotations: Mapping[str, np.ndarray], location: np.ndarray | None, fps: float) -> Motion:
        """The motion of all 55 joints that the bones' own rotations make: the inverse of `values`.

        rotations: quaternions (T, 4), unit, by bone; bones that are left out rest. location: of the root's control,
        (T, 3) along the axes of its location; None for none. How exact: see `motion`.
        """
        n_frames = len(next(iter(rotations.values()))) if location is None else len(location)
        turns = self.pose(rotations, n_frames)
        hips = self._hips_at(turns)
        if location is not None:
            hips = hips + location @ self._location_axes.T
        motion = self.motion(turns, hips, fps)
        quaternions, travel = np.array(motion.quaternions), motion.translation
        for bone, q in rotations.items():
            control = self.controls.get(bone)
            if control is not None and control.is_ours:  # without a detour, as exactly as it was written
                joint = SMPLX.index(control.joint)
                quaternions[:, joint] = _along(np.asarray(q), self.axes.T @ control.rest)
        if self._has_our_hips and location is not None:
            travel = location @ (self._location_axes.T @ self.axes) / self.scale
        return Motion(quaternions, travel, fps, SMPLX)

    def _hips_at(self, turns: Mapping[str, np.ndarray]) -> np.ndarray:
        """The middle between the hips (T, 3) in armature space, of a root that is not moved."""
        places = [*(self.controls[bone].head for bone in self._carriers), self.hips]
        steps = (
            _turned(turns[bone], end - start)
            for bone, start, end in zip(self._carriers, places[:-1], places[1:], strict=True)
        )
        return self.root.head + sum(steps)

    @property
    def _carriers(self) -> list[str]:
        """The root's control, and after it the spine bones that carry the thighs, from below."""
        spine = (bone for bone in self.fit.spine if self.controls[bone].joint == ROOT)
        return [self.root.bone, *spine]

    def pose(self, rotations: Mapping[str, np.ndarray], n_frames: int) -> dict[str, np.ndarray]:
        """Turns (T, 4) of all controls when bones are rotated so: quaternions (T, 4) by bone, about their own axes.

        The others rest on what they follow. Twist bones turn nothing, and are left out.
        """
        found: dict[str, np.ndarray] = {}

        def turn_of(bone: str) -> np.ndarray:
            if bone not in found:
                control = self.controls[bone]
                turn = _followed(control.follow, turn_of, n_frames)
                if bone in rotations:
                    turn = multiply_quaternions(turn, _along(np.asarray(rotations[bone], np.float64), control.rest))
                found[bone] = turn
            return found[bone]

        return {bone: turn_of(bone) for bone, control in self.controls.items() if control.twists is None}

    def carriers(self, joint: str) -> tuple[str, ...]:
        """The controls from the root on of which each carries the next one, down to the joint's own; none for a joint
        without one. The joint is one of the limbs.
        """
        limb = []
        index = SMPLX.index(joint)
        while index > 0 and SMPLX.names[index] not in SPINE:
            limb.append(SMPLX.names[index])
            index = SMPLX.parents[index]
        spine = self._carriers if SMPLX.names[index] == ROOT else [self.root.bone, *self.fit.spine]
        chain = dict.fromkeys([*spine, *(self.fit.joints[name] for name in reversed(limb) if name in self.fit.joints)])
        return tuple(chain) if joint in self.fit.joints else ()

    def place(self, carriers: Sequence[str], turns: Mapping[str, np.ndarray], location: np.ndarray) -> np.ndarray:
        """Where the head of the last of these controls is, (T, 3) in metres of our body, armature axes.

        turns: from `pose`. location: of the root's control, (T, 3) along the axes of its location.
        """
        heads = [self.controls[bone].head for bone in carriers]
        steps = (
            _turned(turns[bone], end - start)
            for bone, start, end in zip(carriers[:-1], heads[:-1], heads[1:], strict=True)
        )
        return (heads[0] + location @ self._location_axes.T + sum(steps)) / self.scale

    def motion(self, turns: Mapping[str, np.ndarray], hips: np.ndarray | None, fps: float) -> Motion:
        """What our skeleton does, all 55 joints, where bones turn so.

        turns: quaternions (T, 4) in armature space by control, from `pose` or measured; a joint whose control is left
        out goes on straight from the joint above. hips: where the middle between the hips is, (T, 3) in armature space;
        None leaves the root at its rest position.

        The inverse of `turns` for all joints that have a bone, three spine bones or more. With fewer, spine joints that
        no bone tells lie evenly on the way between those that are told, and the bones that were read get back what they
        showed. Of several neck bones the last tells the neck.
        """
        n_frames = len(next(iter(turns.values())))
        bone_of = dict(self.fit.joints) | ({NECK[1]: self.fit.neck[-1]} if self.fit.neck else {})
        bone_of[ROOT] = next((bone for bone in reversed(self._carriers) if bone in turns), self.root.bone)
        found: dict[str, np.ndarray] = {}
        local = []
        for joint, parent in zip(SMPLX.names, SMPLX.parents, strict=True):
            above = found[SMPLX.names[parent]] if parent >= 0 else _identity(n_frames)
            bone = bone_of.get(joint)
            if joint in SPINE[1:]:
                found[joint] = self._spine_joint(turns, joint, above)
            else:
                found[joint] = self._global(turns, bone) if bone in turns and bone is not None else above
            local.append(multiply_quaternions(_inverse(above), found[joint]))
        travel = np.zeros((n_frames, 3))
        if hips is not None:
            travel = (hips - self.hips) @ self.axes / self.scale - (_turned(found[ROOT], _MIDDLE) - _MIDDLE)
        return Motion(np.stack(local, axis=1), travel, fps, SMPLX)

    def _global(self, turns: Mapping[str, np.ndarray], bone: str) -> np.ndarray:
        """G of what a control stands for, from its turn."""
        turn = np.asarray(turns[bone], np.float64)
        if (correction := self.controls[bone].correction_quaternion) is not None:
            turn = multiply_quaternions(turn, _inverse(correction))
        return _along(turn, self.axes.T)

    def _spine_joint(self, turns: Mapping[str, np.ndarray], joint: str, above: np.ndarray) -> np.ndarray:
        """G of a spine joint, from the highest bone above the joint before it that is no higher than itself, gone on
        with up to the joint; or, where there is none, from the next higher bone, gone back from.
        """
        number = SPINE.index(joint)
        higher = [(bone, place) for bone, place in self.spine if bone in turns and place > number - 1 + 1e-9]
        if not higher:
            return above
        below = [pair for pair in higher if pair[1] <= number + 1e-9]
        bone, place = below[-1] if below else higher[0]
        way = multiply_quaternions(_inverse(above), self._global(turns, bone))
        return multiply_quaternions(above, _power(way, 1.0 / (place - (number - 1))))


class _Turns:
    """What a motion turns, computed when it is asked for: a take of minutes is written in slices of milliseconds."""

    def __init__(self, rig: Rig, motion: Motion) -> None:
        self._rig, self._motion = rig, motion
        self._row = {name: row for row, name in enumerate(motion.skeleton.names)}
        self._joints: dict[str, np.ndarray] = {}
        self._bones: dict[str, np.ndarray] = {}

    def joint(self, name: str) -> np.ndarray:
        """G (T, 4); a joint that the motion does not have goes with the one above."""
        if name not in self._joints:
            parent = SMPLX.parents[SMPLX.names.index(name)]
            above = self.joint(SMPLX.names[parent]) if parent >= 0 else _identity(len(self._motion))
            if name in self._row:
                own = self._motion.quaternions[:, self._row[name]].astype(np.float64)
                above = multiply_quaternions(above, own)
            self._joints[name] = above
        return self._joints[name]

    def bone(self, name: str) -> np.ndarray:
        """D (T, 4)."""
        if name not in self._bones:
            control = self._rig.controls[name]
            if control.is_still:
                self._bones[name] = _followed(control.follow, self.bone, len(self._motion))
            elif control.twists is not None:
                self._bones[name] = self._half_twist(*control.twists)
            else:
                self._bones[name] = self._placed(control)
        return self._bones[name]

    def _placed(self, control: Control) -> np.ndarray:
        first, second = control.between
        joint = self.joint(first) if control.share < 1 else self.joint(second)
        if 0 < control.share < 1:
            joint = slerp(joint, self.joint(second), control.share)
        turn = _along(joint, self._rig.axes)
        if control.correction_quaternion is not None:
            turn = multiply_quaternions(turn, control.correction_quaternion)
        return turn

    def _half_twist(self, limb: str, end: str) -> np.ndarray:
        """The limb's turn, and half of how far its end is twisted about it from there."""
        along = self._rig.controls[end].head - self._rig.controls[limb].head
        along = along / np.linalg.norm(along)
        between = multiply_quaternions(_inverse(self.bone(limb)), self.bone(end))
        between = np.where(between[:, :1] < 0, -between, between)
        quarter = np.arctan2(between[:, 1:] @ along, between[:, 0])[:, None] / 2
        half = np.concatenate([np.cos(quarter), along * np.sin(quarter)], axis=1)
        return multiply_quaternions(self.bone(limb), half)

    def _basis(self, control: Control) -> np.ndarray:
        """The bone's own rotation (T, 4)."""
        followed = _followed(control.follow, self.bone, len(self._motion))
        own = multiply_quaternions(_inverse(followed), self.bone(control.bone))
        return _along(own, control.rest.T)

    def values(self, control: Control, resting: _Turns | None) -> np.ndarray:
        """What is keyed, (T, k); resting: what it is relative to."""
        if control.is_ours:
            q = self._motion.quaternions[:, self._row[control.joint]]
            if resting is not None:
                q = multiply_quaternions(_inverse(resting._motion.quaternions[:, self._row[control.joint]]), q)
            return channels.quaternion_to_channel(control.mode, _along(q, control.rest.T @ self._rig.axes))
        basis = self._basis(control)
        if resting is None:
            return channels.quaternion_to_channel(control.mode, basis)
        if control.mode == channels.QUATERNION:
            relative = multiply_quaternions(_inverse(resting._basis(control)), basis)
            return channels.quaternion_to_channel(control.mode, relative)
        values = channels.quaternion_to_channel(control.mode, basis)
        idle = channels.quaternion_to_channel(control.mode, resting._basis(control))[0]
        values = channels.shift_towards(control.mode, values[0], idle)(values)
        # Blender adds these components, from zeros, as they stand: no rest pose is counted, nor is an axis's.
        return values - idle


# Making one -----------------------------------------------------------------------------------------------------------


def make_rig(
    fit: Fit,
    rests: Mapping[str, np.ndarray],
    modes: Mapping[str, str],
    parents: Mapping[str, Follow],
    *,
    still: Collection[str] = (),
    has_local_location: bool = True,
    aims: Sequence[Aimed] = (),
) -> Rig:
    """A rig from what an armature holds.

    rests: (4, 4) rest matrix in armature space of each bone of the fit. modes: its rotation mode, as Blender names it.
    parents: what each control follows. still: controls that are locked, and are left alone. has_local_location: see
    `Rig`. aims: see `Rig`. MotionError for joints that lie in one place where a direction is needed.
    """
    heads = rest_places(fit, rests)
    rotations = {joint: rests[bone][:3, :3] for joint, bone in named(fit).items()}
    axes = armature_axes(heads, rotations, BODY_HANDS.rest_places)
    is_ours = fit.map.name == OWN and not posed_joints(heads, rotations, axes, BODY_HANDS.rest_places)
    corrections = {} if is_ours else rest_corrections(heads, axes)
    controls, spine = make_controls(fit, rests, modes, parents, corrections, still)
    leg = _leg(heads)
    scale = chain_length(heads, leg) / chain_length(SMPLX.rest_places, leg)
    if set(HIPS) <= heads.keys():
        hips = np.mean([heads[hip] for hip in HIPS], axis=0)
    else:
        hips = heads[ROOT] + scale * axes @ _MIDDLE
    return Rig(fit, controls, spine, axes, scale, hips, has_local_location, is_ours, tuple(aims))


def _leg(heads: Mapping[str, np.ndarray]) -> tuple[str, ...]:
    """What an armature is measured by: a leg that is there from hip to ankle, or else the trunk."""
    legs = (tuple(f"{side}_{name}" for name in ("hip", "knee", "ankle")) for side in SIDES)
    return next((leg for leg in legs if set(leg) <= heads.keys()), (ROOT, "head"))


# Quaternions ----------------------------------------------------------------------------------------------------------


def _one_frame(motion: Motion, pose: np.ndarray) -> Motion:
    return Motion(pose[None], np.zeros((1, 3)), motion.fps, motion.skeleton)


def _followed(follow: Follow, turn_of: Callable[[str], np.ndarray], n_frames: int) -> np.ndarray:
    """F (T, 4)."""
    turn = _identity(n_frames) if follow.parent is None else turn_of(follow.parent)
    return turn if follow.towards is None else slerp(turn, turn_of(follow.towards), follow.weight)


def _identity(n_frames: int) -> np.ndarray:
    return np.tile([1.0, 0.0, 0.0, 0.0], (n_frames, 1))


def _inverse(q: np.ndarray) -> np.ndarray:
    """Of unit quaternions."""
    return q * np.array([1, -1, -1, -1], q.dtype)


def _power(q: np.ndarray, exponent: float) -> np.ndarray:
    """Rotations (T, 4) by a multiple of their angle, which is taken the short way round."""
    q = np.where(q[:, :1] < 0, -q, q)
    sine = np.linalg.norm(q[:, 1:], axis=1, keepdims=True)
    half = exponent * np.arctan2(sine, q[:, :1])
    return np.concatenate([np.cos(half), q[:, 1:] * (np.sin(half) / np.maximum(sine, 1e-12))], axis=1)


def _turned(q: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """A vector (3,) turned by each of these (T, 4)."""
    return quaternion_to_matrix(q) @ vector


def _along(rotations: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """Rotations (T, 4) about turned axes, turn R turn^-1: the quaternion's vector part is turned, its angle kept."""
    out = np.empty(rotations.shape, np.result_type(rotations, turn))
    out[:, 0] = rotations[:, 0]
    np.matmul(rotations[:, 1:], turn.T, out=out[:, 1:])
    return out
