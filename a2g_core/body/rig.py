"""Rigs: how motion becomes values of an armature's bones. Which bone stands for which joint: `rig_map.py`.

A `Rig` is one armature seen through a map. With A the rotation from SMPL-X axes (Y up, facing +Z) to the armature's and
B a bone's rest rotation in armature space, a joint's local rotation R is the bone's own rotation B^-1 A R A^-1 B, and
the root moves by B^-1 A t. The rest rotation of a bone's parent does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .motion import Motion
from .rest import armature_axes, chain_length, posed_joints
from .rig_map import CHAINS, RigMap
from .rotations import axis_angle_to_quaternion, make_continuous, multiply_quaternions
from .skeleton import BODY, BODY_HANDS, SMPLX

ROOT = SMPLX.names[0]
_LEG = ("left_hip", "left_knee", "left_ankle")
# Which map an armature fits -------------------------------------------------------------------------------------------


class Fit(NamedTuple):
    """How an armature fits a map. bones: by joint, those it has. missing: bones that it lacks to be of the family."""

    map: RigMap
    bones: Mapping[str, str]
    missing: tuple[str, ...]


@lru_cache(maxsize=64)
def best_fit(present: frozenset[str], maps: tuple[RigMap, ...]) -> Fit:
    """The map that fits an armature with these bones best: of those that fit, the one that finds most joints.

    Remembered, as the interface asks on every redraw.
    """
    fits = [_fit(rig_map, present) for rig_map in maps if not rig_map.folded]
    return min(fits, key=lambda fit: (len(fit.missing), -len(fit.bones)))


def bone_names(rig_map: RigMap) -> dict[str, tuple[str, ...]]:
    """Names of bones by joint, with those of the trunk and the neck as our skeleton has them; in the order of SMPLX."""
    chains = {joint: (bone,) for key, joints in CHAINS.items() for joint, bone in zip(joints, getattr(rig_map, key))}
    named = {**rig_map.joints, **chains}
    return {joint: named[joint] for joint in SMPLX.names if joint in named}


def _fit(rig_map: RigMap, present: frozenset[str]) -> Fit:
    named = bone_names(rig_map)
    found = {joint: next((name for name in names if name in present), None) for joint, names in named.items()}
    bones = {joint: name for joint, name in found.items() if name is not None}
    return Fit(rig_map, bones, tuple(named.get(joint, (joint,))[0] for joint in BODY.names if joint not in bones))


# How a bone's rotation is stored --------------------------------------------------------------------------------------


class Channel(NamedTuple):
    """A property of a bone that is animated. rest: its values in the rest pose, one per component."""

    name: str
    rest: tuple[float, ...]


_EULER = Channel("rotation_euler", (0.0, 0.0, 0.0))
_CHANNELS = {
    "QUATERNION": Channel("rotation_quaternion", (1.0, 0.0, 0.0, 0.0)),
    "AXIS_ANGLE": Channel("rotation_axis_angle", (0.0, 0.0, 1.0, 0.0)),
}
LOCATION = Channel("location", (0.0, 0.0, 0.0))
OTHER_ROTATIONS = (_EULER.name, _CHANNELS["AXIS_ANGLE"].name)
"""Properties that rotate a bone which does not rotate by quaternion."""


def rotation_channel(mode: str) -> Channel:
    """Where a bone of this rotation mode (Blender's names: QUATERNION, AXIS_ANGLE, XYZ, ...) keeps its rotation."""
    return _CHANNELS.get(mode, _EULER)


def channel_to_quaternion(mode: str, values: np.ndarray) -> np.ndarray:
    """Values (T, 3 or 4) of a bone's rotation channel as unit quaternions (T, 4), as Blender makes them."""
    if mode == "QUATERNION":
        # Blender, too, normalises a pose's quaternion, and takes a zero one as no rotation.
        normalised, is_zero = _normalised(values)
        return np.where(is_zero, _CHANNELS[mode].rest, normalised)
    if mode == "AXIS_ANGLE":
        axis, _is_zero = _normalised(values[:, 1:])
        return axis_angle_to_quaternion(axis * values[:, :1])
    return euler_to_quaternion(values, mode)


def euler_to_quaternion(angles: np.ndarray, order: str) -> np.ndarray:
    """Euler angles (T, 3) about X, Y and Z, the first axis of the order turned first, as quaternions (T, 4)."""
    turns = {axis: axis_angle_to_quaternion(angles * np.eye(3)[k]) for k, axis in enumerate("XYZ")}
    first, second, third = (turns[axis] for axis in order)
    return multiply_quaternions(third, multiply_quaternions(second, first))


def _normalised(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(the vectors at unit length, (T, 1) which are zero); those stay zero."""
    norm = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.where(norm > 1e-9, vectors / np.maximum(norm, 1e-9), 0.0), norm <= 1e-9


# An armature ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bone:
    """A bone that stands for a joint. rest: its rest rotation, (3, 3) in armature space."""

    name: str
    rest: np.ndarray
    rotation_mode: str = "QUATERNION"
    """As Blender names it, see `rotation_channel`."""


class BoneValues(NamedTuple):
    """What a bone's channel is over time: values (T, k) float32."""

    bone: str
    channel: str
    values: np.ndarray


@dataclass(frozen=True)
class Rig:
    """An armature as a character, without any reference to Blender.

    map: its family. bones: by joint, in the order of SMPLX, those that the armature has. axes: rotation (3, 3) from
    SMPL-X axes to the armature's. scale: the armature's units to a metre of our skeleton, by the length of the legs.
    """

    map: RigMap
    bones: Mapping[str, Bone]
    axes: np.ndarray
    scale: float

    def values(self, motion: Motion, joints: Collection[str], idle: np.ndarray | None = None) -> Iterator[BoneValues]:
        """The motion of these joints as values of the bones, one channel at a time: rotations, then the root's place.

        idle: quaternions (J, 4) that rotations are relative to, for motion that is added to what lies below it.
        """
        for joint, name in enumerate(motion.skeleton.names):
            if name in self.bones and name in joints:
                q = motion.quaternions[:, joint]
                if idle is not None:
                    q = multiply_quaternions(idle[joint] * np.array([1, -1, -1, -1], np.float32), q)
                values = self.to_bone(name, q).astype(np.float32)
                yield BoneValues(self.bones[name].name, rotation_channel("QUATERNION").name, values)
        if ROOT in joints:
            location = self.scale * motion.translation @ self._to_root.T
            yield BoneValues(self.bones[ROOT].name, LOCATION.name, location.astype(np.float32))

    def from_location(self, values: np.ndarray) -> np.ndarray:
        """Where the root's bone is put by its location (T, 3), as a motion's translation (T, 3) in metres."""
        return values @ self._to_root / self.scale

    @property
    def _to_root(self) -> np.ndarray:
        """Rotation (3, 3) from SMPL-X axes to those of the root's bone."""
        return self.bones[ROOT].rest.T @ self.axes

    def to_bone(self, joint: str, rotations: np.ndarray) -> np.ndarray:
        """A joint's rotations (T, 4) as its bone's own: sign-continuous, the first with w >= 0 as in the rest pose."""
        q = make_continuous(_turn_axes(rotations, self.bones[joint].rest.T @ self.axes))
        return -q if q[0, 0] < 0 else q

    def from_bone(self, joint: str, rotations: np.ndarray) -> np.ndarray:
        """The inverse of `to_bone`, up to sign."""
        return _turn_axes(rotations, self.axes.T @ self.bones[joint].rest)


def make_rig(rig_map: RigMap, bones: Mapping[str, Bone], heads: Mapping[str, np.ndarray]) -> Rig:
    """A rig from what an armature holds, which must be all that the map requires.

    heads: where each joint's bone begins at rest, (3,) in armature space.
    """
    rests = {joint: bone.rest for joint, bone in bones.items()}
    axes = armature_axes(heads, rests, BODY_HANDS.rest_places)
    scale = chain_length(heads, _LEG) / chain_length(BODY.rest_places, _LEG)
    return Rig(rig_map, bones, axes, scale)


def joint_above(joint: str, present: Collection[str]) -> str | None:
    """The nearest of the present joints above one, on our skeleton; None above the root."""
    parent = SMPLX.parents[SMPLX.names.index(joint)]
    while parent >= 0 and SMPLX.names[parent] not in present:
        parent = SMPLX.parents[parent]
    return SMPLX.names[parent] if parent >= 0 else None


def posed_bones(rig: Rig, heads: Mapping[str, np.ndarray]) -> list[str]:
    """Names of the bones that rest otherwise than in the T-pose that motion is meant for; heads: see `make_rig`."""
    rests = {joint: bone.rest for joint, bone in rig.bones.items()}
    return [rig.bones[joint].name for joint in posed_joints(heads, rests, rig.axes, BODY_HANDS.rest_places)]


def _turn_axes(rotations: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """Rotations (T, 4) about turned axes, turn R turn^-1: the quaternion's vector part is turned, its angle kept."""
    return np.concatenate([rotations[:, :1], rotations[:, 1:] @ turn.T], axis=1)
