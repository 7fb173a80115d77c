"""The armature: which family it belongs to, what its rig is, and where its bones keep their values.

No other module of the add-on knows a bone's name or how the path to one of its properties is written. The families are
data, see ``a2g_core/body/rig.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import bpy
import numpy as np

from .. import bl, sentences
from ..a2g_core.body import rig as rigs
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rig import Bone, Channel, Fit, Rig, RigMap
from ..a2g_core.errors import RigError
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


def read(obj: bpy.types.Object) -> Rig:
    """The rig of an armature; RigError if bones are missing."""
    check_bones(obj)
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
    return rigs.best_fit(frozenset(_armature(obj).bones.keys()), rigs.rig_maps())


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


# The active Action ----------------------------------------------------------------------------------------------------


def hides_nla(obj: bpy.types.Object) -> bool:
    """Whether the object's active Action moves body bones itself: it then covers whatever the NLA says about them."""
    data = obj.animation_data
    if data is None or data.action is None:
        return False
    found = joints(obj)
    starts = tuple(_path(found[joint]) for joint in find_map(obj).required if joint in found)
    return any(curve.data_path.startswith(starts) for curve in bl.fcurves(data.action, bl.slot_of(data)))


def push_down_action(obj: bpy.types.Object) -> bpy.types.NlaStrip:
    """Move the active Action onto an NLA strip of a new track, where it plays as before."""
    data = bl.animation_of(obj)
    action, slot = bl.action_of(data), bl.slot_of(data)
    track = data.nla_tracks.new()
    track.name = action.name
    strip = bl.add_nla_strip(track, action.name, int(action.frame_range[0]), action, slot)
    strip.blend_type, strip.extrapolation = data.action_blend_type, data.action_extrapolation
    strip.influence = data.action_influence
    data.action = None
    return strip


def stash_action(obj: bpy.types.Object) -> bpy.types.NlaStrip:
    """Keep the active Action on a muted, locked NLA track, where it does not play."""
    strip = push_down_action(obj)
    track = next(track for track in bl.animation_of(obj).nla_tracks if strip in track.strips.values())
    track.name = "[Action Stash]"
    track.mute = track.lock = True
    return strip
