"""The armature: which bones are its controls, what its rig is, and where its bones keep their values.

Few other modules of the add-on know a bone's name or how the path to one of its properties is written: what controls
follow is in ``follow``, a copy of an armature to try things on in ``double``. Families of rigs are data, see
``a2g_core/body/rig_map.py``; how motion becomes values is in ``a2g_core/body/rig.py``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeGuard, cast

import bpy
import numpy as np
from mathutils import Vector

from ..a2g_core.body import channels as kinds
from ..a2g_core.body import rig as rigs
from ..a2g_core.body.channels import Channel
from ..a2g_core.body.controls import ROOT, bones_of, named
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.rig_map import Aim, Switch
from ..a2g_core.body.rotations import matrix_to_quaternion
from ..a2g_core.body.skeleton import BODY, BODY_PARTS, SMPLX
from ..a2g_core.errors import A2GError
from . import follow
from .double import Double, armature_of, pose_of
from .found import fit as fit
from .keys import Curves, Track

_BONE = r'pose\.bones\["((?:[^"\\]|\\.)*)"\]'

# Which rig ------------------------------------------------------------------------------------------------------------


def joints(obj: bpy.types.Object) -> Mapping[str, str]:
    """The joints that have a bone for themselves, and that bone: of a spine with as many bones as ours, these too."""
    return named(fit(obj))


def moved_joints(obj: bpy.types.Object) -> set[str]:
    """The joints that the armature can show."""
    found = fit(obj)
    return set(bones_of(found).values()) | ({"spine1", "spine2", "spine3"} if found.spine else set()) | aims(obj).keys()


def aims(obj: bpy.types.Object) -> dict[str, Aim]:
    """The eyes that a character turns by moving what they aim at."""
    found, bones = fit(obj), pose_of(obj).bones
    return {
        eye: aim
        for eye, aim in found.map.aims.items()
        if eye not in found.joints and aim.eye in bones and aim.target in bones and _is_free(bones[aim.target])
    }


def _is_free(target: Any) -> bool:
    return target.bone.use_local_location and not any(target.lock_location)


def check(obj: bpy.types.Object) -> None:
    """RigError if the armature cannot be a character."""
    for problem in fit(obj).problems:
        raise problem


def locked(obj: bpy.types.Object, chosen: Collection[str]) -> list[str]:
    """Controls of the chosen joints that are locked against every rotation. They are left alone, and the bones after
    them take their turn.
    """
    posed: Any = pose_of(obj).bones
    found = [name for name, joint in bones_of(fit(obj)).items() if joint in chosen and name in posed]
    return [name for name in found if all(posed[name].lock_rotation)]


def read(obj: bpy.types.Object) -> Rig:
    """The rig of an armature; RigError if it cannot be a character. Not while Blender draws: see ``follow``."""
    check(obj)
    found = fit(obj)
    follows = follow.follows(obj, found)
    modes = {name: _rotation_mode(obj, name) for name in follows.rests}
    still = {*locked(obj, SMPLX.names), *follows.unclear}
    root = found.joints[ROOT]
    aims, has_local_location = _aimed(obj), armature_of(obj).bones[root].use_local_location
    places = (*follows.rests.values(), *(place for aim in aims for place in (aim.rest, aim.eye)))
    rests = b"".join(place.tobytes() for place in places)
    known = _known(
        found, tuple(follows.rests), rests, tuple(modes.values()), tuple(follows.parents.items()), frozenset(still),
        tuple((a.joint, a.bone, a.switches) for a in aims), has_local_location,
    )  # fmt: skip
    if known.rig is None:
        known.rig = rigs.make_rig(
            found, follows.rests, modes, follows.parents, still=still, aims=aims,
            has_local_location=has_local_location,
        )  # fmt: skip
    return known.rig


@dataclass(eq=False)
class _Known:
    """rig: None as long as it was not made."""

    rig: Rig | None = None


@lru_cache(maxsize=8)
def _known(*_seen: object) -> _Known:
    """The same object for an armature of which the same is seen. Who asks fills it."""
    return _Known()


def _aimed(obj: bpy.types.Object) -> list[rigs.Aimed]:
    bones: Any = pose_of(obj).bones
    return [
        rigs.Aimed(
            eye, aim.target, rest_of(obj, aim.target), rest_of(obj, aim.eye)[:3, 3],
            tuple(s for s in aim.switches if s.bone in bones and s.property in bones[s.bone]),
        )
        for eye, aim in aims(obj).items()
    ]  # fmt: skip


def height(obj: bpy.types.Object) -> float:
    """From the lowest of an armature's joints at rest to the highest, as it stands in the scene, in its unit."""
    places = [(obj.matrix_world @ bone.head_local).z for bone in armature_of(obj).bones]
    return max(places) - min(places)


def bounds(obj: bpy.types.Object) -> tuple[Vector, Vector]:
    """The least and the greatest coordinates of an armature's bones at rest, as it stands in the scene, in its unit."""
    ends = [obj.matrix_world @ end for bone in armature_of(obj).bones for end in (bone.head_local, bone.tail_local)]
    low, high = (Vector([f(end[k] for end in ends) for k in range(3)]) for f in (min, max))
    return low, high


def is_of(modifier: bpy.types.Modifier, obj: bpy.types.Object) -> TypeGuard[bpy.types.ArmatureModifier]:
    """Whether this modifier of a mesh moves it by this armature."""
    return isinstance(modifier, bpy.types.ArmatureModifier) and modifier.object == obj


def is_moved_by(mesh: bpy.types.Object, obj: bpy.types.Object) -> bool:
    """Whether an armature moves a mesh by a modifier."""
    return any(is_of(modifier, obj) for modifier in mesh.modifiers)


def is_part_of(mesh: bpy.types.Object, obj: bpy.types.Object) -> bool:
    """Whether a mesh is seen of a character: its armature moves the mesh, or carries it."""
    return mesh.parent == obj or is_moved_by(mesh, obj)


def rest_places(obj: bpy.types.Object) -> dict[str, np.ndarray]:
    """Where each joint that has a bone for itself lies at rest, (3,) in armature space."""
    return {joint: np.array(armature_of(obj).bones[name].head_local) for joint, name in joints(obj).items()}


def rotation_modes(obj: bpy.types.Object) -> dict[str, str]:
    """How each bone rotates, by its name (see ``channels.rotation_channel``)."""
    return {bone.name: bone.rotation_mode for bone in pose_of(obj).bones}


def _rotation_mode(obj: bpy.types.Object, name: str) -> str:
    """A bone that was added a moment ago, and is not posed yet, begins with quaternions."""
    bone = pose_of(obj).bones.get(name)
    return "QUATERNION" if bone is None else bone.rotation_mode


# To keys and back -----------------------------------------------------------------------------------------------------


def bone_path(bone: str, channel: str) -> str:
    """The data path of a bone's property, from the object."""
    return f"{_path(bone)}.{channel}"


def property_path(bone: str, name: str) -> str:
    """The data path of a bone's custom property, from the object."""
    return f'{_path(bone)}["{bpy.utils.escape_identifier(name)}"]'


def switch_path(switch: Switch) -> str:
    """The data path of a property that switches controls on."""
    return property_path(switch.bone, switch.property)


def body_paths(obj: bpy.types.Object) -> tuple[str, ...]:
    """How the paths of all properties begin that turn or move the body; fingers and face are not counted."""
    body = set(BODY.names)
    return tuple(_path(bone) for bone, joint in bones_of(fit(obj)).items() if joint in body)


def bone_of(path: str) -> str | None:
    """The bone that a property belongs to, by its data path from the object; None for one of no bone."""
    found = re.match(_BONE, path)
    return None if found is None else bpy.utils.unescape_identifier(found[1])


def _path(bone: str) -> str:
    return f'pose.bones["{bpy.utils.escape_identifier(bone)}"]'


def tracks(rig: Rig, motion: Motion, chosen: Collection[str], idle: np.ndarray | None = None) -> Iterator[Track]:
    """What to key for the motion of the chosen joints, one property at a time; idle: see ``Rig.values``.

    The properties that switch the controls of these joints on come last: muting the take gives back what they were.
    """
    for bone, channel, values, mode in rig.values(motion, chosen, idle):
        yield Track(bone_path(bone, channel), values, bone, mode)
    for switch in rig.fit.switches:
        if any(joint in chosen for part in switch.parts for joint in BODY_PARTS[part]):
            yield _switch_track(switch, len(motion))
    for switch in {s for aim in rig.aims_of(motion, chosen) for s in aim.switches}:
        yield _switch_track(switch, len(motion))


def _switch_track(switch: Switch, n_frames: int) -> Track:
    return Track(switch_path(switch), np.full((n_frames, 1), switch.value, np.float32), switch.bone)


def channels(obj: bpy.types.Object) -> dict[str, tuple[str, Channel]]:
    """The bone, and the kind of property, of each path that gestures can be written to or blended with."""
    found = (*kinds.ROTATIONS, kinds.LOCATION)
    return {bone_path(bone.name, kind.name): (bone.name, kind) for bone in pose_of(obj).bones for kind in found}


def property_channels(obj: bpy.types.Object) -> dict[str, tuple[str, Channel]]:
    """The bone, and the kind of property, of the path of each custom property of a bone that holds numbers.

    It rests at the default that the artist has set, from which Blender blends it, or else at zero.
    """
    found = {}
    for bone in pose_of(obj).bones:
        for name, value in bone.items():
            numbers = np.atleast_1d(np.array(value if isinstance(value, (bool, int, float)) else _numbers(value)))
            if not numbers.size:
                continue
            default = cast(Any, bone).id_properties_ui(name).as_dict().get("default")
            rest = np.broadcast_to(0.0 if default is None else np.array(default, np.float64), numbers.shape)
            key = f'["{bpy.utils.escape_identifier(name)}"]'
            found[_path(bone.name) + key] = bone.name, Channel(key, tuple(rest.tolist()))
    return found


def _numbers(value: Any) -> list[float]:
    """The numbers of a custom property that is an array of some; else none."""
    is_array = getattr(value, "typecode", "") in {"b", "i", "f", "d"}
    return list(value) if is_array else []


def keyed_bones(rig: Rig, curves: Curves) -> list[str]:
    """The controls that an Action turns in the rotation mode that they are in."""
    return [bone for bone, control in rig.controls.items() if any(_components(bone, _channel(control.mode), curves))]


def read_keys(
    rig: Rig, curves: Curves, times: list[float], fps: float, but: Collection[str] = ()
) -> tuple[Motion, bool]:
    """What an Action's curves do on these of its frames: (the motion of all joints, whether they move the root).

    Bones that are not keyed are taken to rest. The Action must turn or move one of the controls. but: joints of which
    nobody wants to know; nor then of those that they carry.
    """
    rotations, keyed = {}, keyed_bones(rig, curves)
    for bone in [bone for bone in keyed if rig.controls[bone].joint not in but] or keyed:
        mode = rig.controls[bone].mode
        rotations[bone] = kinds.channel_to_quaternion(mode, _columns(bone, _channel(mode), curves, times))
    travels = any(_components(rig.root.bone, kinds.LOCATION, curves))
    location = _columns(rig.root.bone, kinds.LOCATION, curves, times) if travels else None
    return rig.read(rotations, location, fps), travels


def _channel(mode: str) -> Channel:
    return kinds.rotation_channel(mode)


def _components(bone: str, channel: Channel, curves: Curves) -> list[bpy.types.FCurve | None]:
    """The curve of each component of a bone's channel."""
    path = bone_path(bone, channel.name)
    return [curves.get((path, k)) for k in range(len(channel.rest))]


def _columns(bone: str, channel: Channel, curves: Curves, times: list[float]) -> np.ndarray:
    """(T, k) what the curves say; components without one stay as at rest."""
    columns = [
        [curve.evaluate(t) for t in times] if curve else [value] * len(times)
        for curve, value in zip(_components(bone, channel, curves), channel.rest, strict=True)
    ]
    return np.array(columns, np.float64).T


def keys_rotation(rig: Rig, curves: Curves) -> bool:
    """Whether an Action keys a rotation of a control, in whatever mode."""
    starts = tuple(bone_path(bone, "rotation_") for bone in rig.controls)
    return any(path.startswith(starts) for path, _index in curves)


def keyed_otherwise(tracks: Iterable[Track], curves: Curves) -> list[str]:
    """The bones of these tracks that an Action rotates, but in another rotation mode than the track does."""
    found = []
    for track in tracks:
        if track.mode and (track.path, 0) not in curves:
            others = (bone_path(track.group, kind.name) for kind in kinds.ROTATIONS)
            if any((path, 0) in curves for path in others):
                found.append(track.group)
    return found


def read_pose(obj: bpy.types.Object, frames: Collection[int], fps: float, *, without_takes: bool = False) -> Motion:
    """What a character does on frames of its scene, all 55 joints, measured on the bones that show it.

    Whatever moves them counts: keys, NLA, constraints, drivers, inverse kinematics; but takes only if they are not left
    out. The character itself, its scene and its undo history stay as they are. RigError if the armature cannot be a
    character.
    """
    found = read(obj)
    with Double(obj, animated=True) as double:
        if without_takes:
            double.mute(lambda action: action.a2g.is_take)
        return measure(obj, found, double, double.playing(frames), fps)


def shown_by(obj: bpy.types.Object, rig: Rig) -> dict[str, str]:
    """The bone that shows how each control's part of the body is turned; not while Blender draws: see ``follow``."""
    shown = follow.follows(obj, rig.fit).shown
    return {control: shown.get(control) or rig.fit.deform.get(control, control) for control in rig.controls}


def rest_of(obj: bpy.types.Object, bone: str) -> np.ndarray:
    """How a bone rests, (4, 4) in armature space."""
    return np.array(armature_of(obj).bones[bone].matrix_local, np.float64)


def measure(obj: bpy.types.Object, rig: Rig, double: Double, poses: Iterable[None], fps: float) -> Motion:
    """What a character's double does, all 55 joints, a frame each time that `poses` has posed it."""
    bones = shown_by(obj, rig)
    rests = {control: rest_of(obj, name) for control, name in bones.items()}
    root = rig.root.bone
    stacks: dict[str, list[np.ndarray]] = {control: [] for control in bones}
    for _posed in poses:
        seen = double.poses(set(bones.values()))
        for control, name in bones.items():
            stacks[control].append(seen[name])
    matrices = {control: np.array(stack) for control, stack in stacks.items()}
    turns = {control: rotations_of(stack) @ rests[control][:3, :3].T for control, stack in matrices.items()}
    middle = matrices[root][:, :3, 3] + turns[root] @ (rig.hips - rests[root][:3, 3])
    return rig.motion({control: matrix_to_quaternion(turn) for control, turn in turns.items()}, middle, fps)


def rotations_of(poses: np.ndarray) -> np.ndarray:
    """The rotations (T, 3, 3) of poses (T, 4, 4), whose bones may be stretched: those that reach for something are."""
    axes = poses[:, :3, :3]
    u, _sizes, v = np.linalg.svd(axes / np.maximum(np.linalg.norm(axes, axis=1, keepdims=True), 1e-9))
    return u @ v


# What turns bones besides keys ----------------------------------------------------------------------------------------

_CHAINS = {"IK", "SPLINE_IK"}


def constraints(obj: bpy.types.Object, chosen: Collection[str]) -> list[tuple[str, bpy.types.Constraint]]:
    """Constraints in force that turn bones of the chosen joints, each with one bone that it turns."""
    bones = {name for name, joint in bones_of(fit(obj)).items() if joint in chosen}
    found = []
    for bone in pose_of(obj).bones:
        for constraint in bone.constraints:
            if constraint.mute or not constraint.influence or constraint.type in follow.KEEPS_TURNS:
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
        for name, joint in bones_of(fit(obj)).items()
        if joint in chosen
        for channel in (kinds.rotation_channel(_rotation_mode(obj, name)).name, *_moved(joint))
    }
    return [(paths[curve.data_path], curve) for curve in data.drivers if not curve.mute and curve.data_path in paths]


def _moved(joint: str) -> tuple[str, ...]:
    return (kinds.LOCATION.name,) if joint == ROOT else ()


def is_in_rest_position(obj: bpy.types.Object) -> bool:
    """Whether the armature shows its rest pose, whatever is keyed."""
    return armature_of(obj).pose_position == "REST"


def use_pose_position(obj: bpy.types.Object) -> None:
    """Let the armature show its pose; A2GError if it is linked."""
    armature = armature_of(obj)
    if armature.library is not None:
        raise A2GError(
            "'{name}' is linked from another file", "make a library override of it first", name=armature.name
        )
    armature.pose_position = "POSE"
