"""The armature: which family it belongs to, what its rig is, and where its bones keep their values.

No other module of the add-on knows a bone's name or how the path to one of its properties is written. The families are
data, see ``a2g_core/body/rig.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from math import floor
from typing import Any

import bpy
import numpy as np

from .. import bl, sentences
from ..a2g_core.body import rig as rigs
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rig import Bone, Channel, Fit, Rig
from ..a2g_core.body.rig_map import RigMap, rig_maps
from ..a2g_core.body.skeleton import BODY
from ..a2g_core.errors import A2GError, RigError
from .keys import Curves, Track

_QUATERNION = rigs.rotation_channel("QUATERNION").name

Components = list[bpy.types.FCurve | None]
"""The curve of each component of a channel."""

# Which rig ------------------------------------------------------------------------------------------------------------


def find_map(obj: bpy.types.Object) -> RigMap:
    """The map that fits an armature best."""
    return _fit(obj).map


def joints(obj: bpy.types.Object) -> Mapping[str, str]:
    """The joints that the armature has, and the bone that stands for each."""
    return _fit(obj).bones


def joints_named(obj: bpy.types.Object) -> int:
    """How many joints the armature's family has bones for."""
    return len(rigs.bone_names(find_map(obj)))


def missing_bones(obj: bpy.types.Object) -> tuple[str, ...]:
    """Bones that the armature lacks to be a character; fingers, jaw and eyes may be absent."""
    return _fit(obj).missing


def check_bones(obj: bpy.types.Object) -> None:
    """RigError if bones are missing, or a rig map cannot be read."""
    if missing := missing_bones(obj):
        raise RigError(
            "'{name}' has no bones named {bones}", "choose an armature with {rig} bone names",
            name=obj.name, bones=sentences.shorten(missing), rig=find_map(obj).label,
        )  # fmt: skip


def check_rest(obj: bpy.types.Object) -> None:
    """RigError if bones rest, or follow their parents, in a way that would give them another motion than was made.

    Of an armature that has all bones.
    """
    bones, fit = _armature(obj).bones, _fit(obj)
    joint_of = {name: joint for joint, name in fit.bones.items()}
    free = [name for joint, name in fit.bones.items() if joint != rigs.ROOT and not bones[name].use_inherit_rotation]
    if free:
        raise RigError(
            "'{name}' has bones that do not inherit rotation ({bones})",
            "turn on Inherit Rotation under Bone > Relations",
            name=obj.name, bones=sentences.shorten(free),
        )  # fmt: skip
    strays = [fit.bones[joint] for joint in BODY.names if not _follows(bones[fit.bones[joint]], joint_of)]
    if strays:
        raise RigError(
            "'{name}' has bones with other parents than those of {rig} ({bones})",
            "choose an armature with {rig} bone names", name=obj.name, rig=fit.map.label,
            bones=sentences.shorten(strays),
        )  # fmt: skip
    matrices = np.empty(16 * len(bones), np.float32)
    bones.foreach_get("matrix_local", matrices)
    if posed := _posed_bones(fit.map, tuple(bones.keys()), matrices.tobytes()):
        raise RigError(
            "'{name}' rests in another pose than a T-pose ({bones})",
            "pose it in one and use Pose > Apply > Apply Pose as Rest Pose, or choose another armature",
            name=obj.name, bones=sentences.shorten(posed),
        )  # fmt: skip


def _follows(bone: bpy.types.Bone, joint_of: Mapping[str, str]) -> bool:
    """Whether the next joint's bone above is the one that it is on our skeleton."""
    joint = joint_of[bone.name]
    above = bone.parent
    while above is not None and above.name not in joint_of:
        above = above.parent
    return (None if above is None else joint_of[above.name]) == rigs.joint_above(joint, joint_of.values())


@lru_cache(maxsize=16)
def _posed_bones(rig_map: RigMap, names: tuple[str, ...], matrices: bytes) -> tuple[str, ...]:
    """Bones that are not in a T-pose at rest. Remembered, as the interface asks on every redraw.

    matrices: (len(names), 4, 4) float32 as Blender keeps them, column by column.
    """
    rests = dict(zip(names, np.frombuffer(matrices, np.float32).reshape(-1, 4, 4).swapaxes(1, 2).astype(np.float64)))
    bones = rigs.best_fit(frozenset(names), (rig_map,)).bones
    heads = {joint: rests[name][:3, 3] for joint, name in bones.items()}
    found = {joint: Bone(name, rests[name][:3, :3]) for joint, name in bones.items()}
    return tuple(rigs.posed_bones(rigs.make_rig(rig_map, found, heads), heads))


def read(obj: bpy.types.Object) -> Rig:
    """The rig of an armature; RigError if bones are missing, or rest in another pose than a T-pose."""
    check_bones(obj)
    check_rest(obj)
    bones = _armature(obj).bones
    found = {
        joint: Bone(name, np.array(bones[name].matrix_local.to_3x3()), _rotation_mode(obj, name))
        for joint, name in joints(obj).items()
    }
    return rigs.make_rig(find_map(obj), found, rest_places(obj))


def rest_places(obj: bpy.types.Object) -> dict[str, np.ndarray]:
    """Where each joint lies at rest, (3,) in armature space."""
    return {joint: np.array(_armature(obj).bones[name].head_local) for joint, name in joints(obj).items()}


def _fit(obj: bpy.types.Object) -> Fit:
    return rigs.best_fit(frozenset(_armature(obj).bones.keys()), rig_maps())


def _armature(obj: bpy.types.Object) -> bpy.types.Armature:
    assert isinstance(obj.data, bpy.types.Armature)
    return obj.data


def _pose(obj: bpy.types.Object) -> bpy.types.Pose:
    assert obj.pose is not None
    return obj.pose


# Rotation modes -------------------------------------------------------------------------------------------------------


def turned_otherwise(obj: bpy.types.Object) -> list[str]:
    """The bones of joints that do not rotate by quaternion."""
    return [name for name in joints(obj).values() if _rotation_mode(obj, name) != "QUATERNION"]


def _rotation_mode(obj: bpy.types.Object, name: str) -> str:
    """A bone that was added a moment ago, and is not posed yet, begins with quaternions."""
    bone = _pose(obj).bones.get(name)
    return "QUATERNION" if bone is None else bone.rotation_mode


def use_quaternions(obj: bpy.types.Object) -> None:
    """Let the bones of joints rotate by quaternion; Blender itself takes the rotation along."""
    for name in turned_otherwise(obj):
        _pose(obj).bones[name].rotation_mode = "QUATERNION"


def keys_other_rotations(obj: bpy.types.Object) -> bpy.types.Action | None:
    """An Action of the object that turns one of the bones that do not rotate by quaternion, in another way."""
    data = obj.animation_data
    if data is None:
        return None
    users: list[bpy.types.AnimData | bpy.types.NlaStrip] = [
        data,
        *(strip for track in data.nla_tracks for strip in track.strips),
    ]
    paths = {bone_path(bone, kind) for bone in turned_otherwise(obj) for kind in rigs.OTHER_ROTATIONS}
    for user in users:
        if user.action is not None and any(c.data_path in paths for c in bl.fcurves(user.action, bl.slot_of(user))):
            return user.action
    return None


# To keys and back -----------------------------------------------------------------------------------------------------


def bone_path(bone: str, channel: str) -> str:
    """The data path of a bone's property, from the object."""
    return f"{_path(bone)}.{channel}"


def _path(bone: str) -> str:
    return f'pose.bones["{bpy.utils.escape_identifier(bone)}"]'


def tracks(rig: Rig, motion: Motion, chosen: Collection[str], idle: np.ndarray | None = None) -> Iterator[Track]:
    """What to key for the motion of the chosen joints, one property at a time; idle: see ``Rig.values``."""
    for bone, channel, values in rig.values(motion, chosen, idle):
        yield Track(bone_path(bone, channel), values, bone, is_quaternion=channel == _QUATERNION)


def channels(obj: bpy.types.Object) -> dict[str, tuple[str, Channel]]:
    """The bone, and the kind of property, of each path that gestures can be written to or blended with."""
    kinds = (rigs.rotation_channel("QUATERNION"), rigs.LOCATION)
    return {bone_path(bone.name, kind.name): (bone.name, kind) for bone in _pose(obj).bones for kind in kinds}


def keyed_joints(rig: Rig, curves: Curves) -> dict[str, Components]:
    """The curves of each joint's rotation, of those that an Action turns in the mode that their bone is in."""
    found = {}
    for joint, bone in rig.bones.items():
        channel = rigs.rotation_channel(bone.rotation_mode)
        path = bone_path(bone.name, channel.name)
        components = [curves.get((path, k)) for k in range(len(channel.rest))]
        if any(components):
            found[joint] = components
    return found


def read_joint(rig: Rig, joint: str, components: Components, times: list[float]) -> np.ndarray:
    """A joint's rotation (T, 4) on frames of the Action that these curves belong to."""
    mode = rig.bones[joint].rotation_mode
    rest = rigs.rotation_channel(mode).rest
    columns = [
        [curve.evaluate(t) for t in times] if curve else [value] * len(times)
        for curve, value in zip(components, rest, strict=True)
    ]
    return rig.from_bone(joint, rigs.channel_to_quaternion(mode, np.array(columns, np.float64).T))


def read_travel(rig: Rig, curves: Curves, times: list[float]) -> np.ndarray | None:
    """Where an Action puts the root, (T, 3) metres from its rest position; None if it does not key its location."""
    path = bone_path(rig.bones[rigs.ROOT].name, rigs.LOCATION.name)
    components = [curves.get((path, k)) for k in range(len(rigs.LOCATION.rest))]
    if not any(components):
        return None
    columns = [[curve.evaluate(t) for t in times] if curve else [0.0] * len(times) for curve in components]
    return rig.from_location(np.array(columns, np.float64).T)


def keys_rotation(rig: Rig, curves: Curves) -> bool:
    """Whether an Action keys a rotation of a joint's bone, in whatever mode."""
    starts = tuple(bone_path(bone.name, "rotation_") for bone in rig.bones.values())
    return any(path.startswith(starts) for path, _index in curves)


# What turns bones besides keys ----------------------------------------------------------------------------------------

_TURNS_NOTHING = {
    "COPY_LOCATION", "COPY_SCALE", "FLOOR", "LIMIT_DISTANCE", "LIMIT_LOCATION", "LIMIT_SCALE", "MAINTAIN_VOLUME",
    "SHRINKWRAP", "TRANSFORM_CACHE",
}  # fmt: skip
_CHAINS = {"IK", "SPLINE_IK"}


def constraints(obj: bpy.types.Object, chosen: Collection[str]) -> list[tuple[str, bpy.types.Constraint]]:
    """Constraints in force that turn bones of the chosen joints, each with one bone that it turns."""
    bones = {name for joint, name in joints(obj).items() if joint in chosen}
    found = []
    for bone in _pose(obj).bones:
        for constraint in bone.constraints:
            if constraint.mute or not constraint.influence or constraint.type in _TURNS_NOTHING:
                continue
            turned = next((name for name in _turned(bone, constraint) if name in bones), None)
            if turned is not None and constraint.is_valid:
                found.append((turned, constraint))
    return found


def _turned(bone: bpy.types.PoseBone, constraint: Any) -> Iterator[str]:
    """The bones that a constraint turns: its own, and of a chain those above it."""
    yield bone.name
    if constraint.type in _CHAINS:
        above = bone.parent_recursive
        yield from (
            parent.name for parent in (above[: constraint.chain_count - 1] if constraint.chain_count else above)
        )


def drivers(obj: bpy.types.Object, chosen: Collection[str]) -> list[tuple[str, bpy.types.FCurve]]:
    """Drivers in force that turn or move bones of the chosen joints, each with its bone."""
    data = obj.animation_data
    if data is None or not len(data.drivers):
        return []
    paths = {
        bone_path(name, channel): name
        for joint, name in joints(obj).items()
        if joint in chosen
        for channel in (rigs.rotation_channel(_rotation_mode(obj, name)).name, *_moved(joint))
    }
    return [(paths[curve.data_path], curve) for curve in data.drivers if not curve.mute and curve.data_path in paths]


def _moved(joint: str) -> tuple[str, ...]:
    return (rigs.LOCATION.name,) if joint == rigs.ROOT else ()


def is_in_rest_position(obj: bpy.types.Object) -> bool:
    """Whether the armature shows its rest pose, whatever is keyed."""
    return _armature(obj).pose_position == "REST"


def use_pose_position(obj: bpy.types.Object) -> None:
    """Let the armature show its pose; A2GError if it is linked."""
    armature = _armature(obj)
    if armature.library is not None:
        raise A2GError(
            "'{name}' is linked from another file", "make a library override of it first", name=armature.name
        )
    armature.pose_position = "POSE"


# The active Action ----------------------------------------------------------------------------------------------------


def hides_nla(obj: bpy.types.Object) -> bool:
    """Whether the object's active Action moves body bones itself: it then covers whatever the NLA says about them."""
    data = obj.animation_data
    if data is None or data.action is None:
        return False
    found = joints(obj)
    starts = tuple(_path(found[joint]) for joint in BODY.names if joint in found)
    return any(curve.data_path.startswith(starts) for curve in bl.fcurves(data.action, bl.slot_of(data)))


def push_down_action(obj: bpy.types.Object) -> bpy.types.NlaStrip:
    """Move the active Action onto an NLA strip of a new track, where it plays as before but hides no take beside it.

    An active Action holds its first pose before its keys and its last one after them. Above takes, a strip that did so
    would hide all of them for ever; where there are none, it goes on as before, and later takes lie above it.
    """
    data = bl.animation_of(obj)
    # Without a track, Blender does not ask for the Action's blending, extrapolation and influence.
    is_alone = not len(data.nla_tracks)
    has_takes = any(s.action is not None and s.action.a2g.is_take for track in data.nla_tracks for s in track.strips)
    strip = _as_strip(data)
    if not has_takes:
        strip.extrapolation = "HOLD" if is_alone else data.action_extrapolation
    if not is_alone:
        strip.blend_type = data.action_blend_type
        _set_influence(strip, data.action_influence)
    data.action = None
    return strip


def stash_action(obj: bpy.types.Object) -> bpy.types.NlaStrip:
    """Keep the active Action on a muted, locked NLA track, where it does not play."""
    data = bl.animation_of(obj)
    strip = _as_strip(data)
    data.action = None
    track = next(track for track in data.nla_tracks if strip in track.strips.values())
    track.name = "[Action Stash]"
    track.mute = track.lock = True
    return strip


def keyed_range(action: bpy.types.Action, slot: Any) -> tuple[float, float]:
    """First and last key of what an Action does to the user of this slot; other slots may be longer or shorter."""
    ranges = [curve.range() for curve in bl.fcurves(action, slot)] or [action.frame_range]
    return min(keyed[0] for keyed in ranges), max(keyed[1] for keyed in ranges)


def _as_strip(data: bpy.types.AnimData) -> bpy.types.NlaStrip:
    """The active Action on a strip of a new track, each key on its own frame; it holds nothing."""
    action = bl.action_of(data)
    first, last = keyed_range(action, bl.slot_of(data))
    track = data.nla_tracks.new()
    track.name = action.name
    strip = bl.add_nla_strip(track, action.name, floor(first), action, bl.slot_of(data))
    strip.extrapolation = "NOTHING"
    # What Blender gives it may be the range of another slot, or whole frames.
    strip.use_sync_length = False
    # The ends first: neither range can begin after its own end.
    strip.action_frame_end, strip.action_frame_start = max(last, first + 1), first
    strip.frame_end, strip.frame_start = max(strip.action_frame_end, strip.frame_start + 1), first
    strip.frame_end = strip.action_frame_end
    return strip


def _set_influence(strip: bpy.types.NlaStrip, influence: float) -> None:
    """A constant influence, which a strip has as keys alone."""
    if influence != 1.0:
        strip.use_animated_influence = True
        for curve in strip.fcurves:
            for key in curve.keyframe_points:
                key.co.y = influence
