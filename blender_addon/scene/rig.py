"""The armature: which bones are its controls, what its rig is, and where its bones keep their values.

Few other modules of the add-on know a bone's name or how the path to one of its properties is written: what controls
follow is in ``follow``, a copy of an armature to try things on in ``double``. Families of rigs are data, see
``a2g_core/body/rig_map.py``; how motion becomes values is in ``a2g_core/body/rig.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, cast

import bpy
import numpy as np

from ..a2g_core.body import channels as kinds
from ..a2g_core.body import rig as rigs
from ..a2g_core.body.channels import Channel
from ..a2g_core.body.controls import ROOT, bones_of, named
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.rig_map import Switch
from ..a2g_core.body.rotations import matrix_to_quaternion
from ..a2g_core.body.skeleton import BODY, BODY_PARTS, SMPLX
from ..a2g_core.errors import A2GError
from . import follow
from .double import Double, armature_of, pose_of
from .found import fit as fit
from .keys import Curves, Track

# Which rig ------------------------------------------------------------------------------------------------------------


def joints(obj: bpy.types.Object) -> Mapping[str, str]:
    """The joints that have a bone for themselves, and that bone: of a spine with as many bones as ours, these too."""
    return named(fit(obj))


def moved_joints(obj: bpy.types.Object) -> set[str]:
    """The joints that the armature can show."""
    found = fit(obj)
    return set(bones_of(found).values()) | ({"spine1", "spine2", "spine3"} if found.spine else set())


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
    return rigs.make_rig(
        found, follows.rests, modes, follows.parents, still=still,
        has_local_location=armature_of(obj).bones[root].use_local_location,
    )  # fmt: skip


def unclear_controls(obj: bpy.types.Object) -> tuple[str, ...]:
    """Controls that are left alone because they do not turn as they are rotated; not while Blender draws."""
    return follow.follows(obj, fit(obj)).unclear


def height(obj: bpy.types.Object) -> float:
    """From the lowest of an armature's joints at rest to the highest, as it stands in the scene, in its unit."""
    places = [(obj.matrix_world @ bone.head_local).z for bone in armature_of(obj).bones]
    return max(places) - min(places)


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


def switch_path(switch: Switch) -> str:
    """The data path of a property that switches controls on."""
    return f'{_path(switch.bone)}["{bpy.utils.escape_identifier(switch.property)}"]'


def body_paths(obj: bpy.types.Object) -> tuple[str, ...]:
    """How the paths of all properties begin that turn or move the body; fingers and face are not counted."""
    body = set(BODY.names)
    return tuple(_path(bone) for bone, joint in bones_of(fit(obj)).items() if joint in body)


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
            yield Track(switch_path(switch), np.full((len(motion), 1), switch.value, np.float32), switch.bone)


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


def read_keys(rig: Rig, curves: Curves, times: list[float], fps: float) -> tuple[Motion, bool]:
    """What an Action's curves do on these of its frames: (the motion of all joints, whether they move the root).

    Bones that are not keyed are taken to rest. The Action must turn or move one of the controls.
    """
    rotations = {}
    for bone in keyed_bones(rig, curves):
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


def read_pose(obj: bpy.types.Object, frames: Collection[int], fps: float) -> Motion:
    """What a character does on frames of its scene, all 55 joints, measured on the bones that move its mesh.

    Whatever moves them counts: keys, NLA, constraints, drivers, inverse kinematics. The character itself, its scene and
    its undo history stay as they are. RigError if the armature cannot be a character.
    """
    rig = read(obj)
    bones = {control: rig.fit.deform.get(control, control) for control in rig.controls}
    rests = {
        control: np.array(armature_of(obj).bones[name].matrix_local, np.float64) for control, name in bones.items()
    }
    root = rig.root.bone
    turns: dict[str, list[np.ndarray]] = {control: [] for control in bones}
    middle = []
    with Double(obj, animated=True) as double:
        for frame in frames:
            double.go_to(frame)
            poses = double.poses(set(bones.values()))
            for control, name in bones.items():
                turns[control].append(poses[name][:3, :3] @ rests[control][:3, :3].T)
            middle.append(poses[bones[root]][:3, 3] + turns[root][-1] @ (rig.hips - rests[root][:3, 3]))
    turned = {control: matrix_to_quaternion(np.array(matrices)) for control, matrices in turns.items()}
    return rig.motion(turned, np.array(middle), fps)


# Inverse kinematics in a clip -----------------------------------------------------------------------------------------


def reached_for(obj: bpy.types.Object, curves: Curves, chosen: Collection[str]) -> str | None:
    """A bone that an Action moves, and for which bones of the chosen joints reach by inverse kinematics.

    None where there is none, or where the Action itself keys the switches of its body part to the rig's controls.
    """
    controls, bones = bones_of(fit(obj)), armature_of(obj).bones
    bodily = {
        above.name for name in controls if name in bones for above in (bones[name], *bones[name].parent_recursive)
    }
    goals = {bone.name for goal in _goals(obj) for bone in (bones[goal], *bones[goal].parent_recursive)} - bodily
    moved = [goal for goal in sorted(goals) if any(path.startswith(f"{_path(goal)}.") for path, _index in curves)]
    if not moved:
        return None
    places = rest_places(obj)
    off = _switched_off(obj, curves, chosen, only_keyed=True)
    switched = {joint for switch in fit(obj).switches for joint in _joints_of(switch)}
    for goal in moved:
        head = np.array(bones[goal].head_local)
        joint = min(places, key=lambda name: float(np.linalg.norm(places[name] - head)))
        if joint in chosen and (joint not in switched or any(joint in _joints_of(switch) for switch in off)):
            return goal
    return None


def without_effect(obj: bpy.types.Object, curves: Curves, chosen: Collection[str]) -> tuple[str, Switch] | None:
    """A control of the chosen joints that an Action keys, and the switch that keeps its keys from being seen."""
    for switch in _switched_off(obj, curves, chosen, only_keyed=False):
        side = _side(obj, switch)
        for bone, joint in bones_of(fit(obj)).items():
            is_its = joint in _joints_of(switch) and joint.partition("_")[0] == side
            if is_its and joint in chosen and _turns(curves, bone):
                return bone, switch
    return None


def turns_any(obj: bpy.types.Object, curves: Curves, chosen: Collection[str]) -> bool:
    """Whether an Action keys a rotation of a control of the chosen joints."""
    return any(joint in chosen and _turns(curves, bone) for bone, joint in bones_of(fit(obj)).items())


def _turns(curves: Curves, bone: str) -> bool:
    start = bone_path(bone, "rotation_")
    return any(path.startswith(start) for path, _index in curves)


def _goals(obj: bpy.types.Object) -> set[str]:
    """The armature's bones that inverse kinematics in force aims at, its poles included."""
    names = set()
    for bone in pose_of(obj).bones:
        for constraint in bone.constraints:
            if isinstance(constraint, bpy.types.KinematicConstraint) and not constraint.mute:
                aims = ((constraint.target, constraint.subtarget), (constraint.pole_target, constraint.pole_subtarget))
                names |= {name for target, name in aims if target == obj and name in armature_of(obj).bones}
    return names


def _joints_of(switch: Switch) -> set[str]:
    return {joint for part in switch.parts for joint in BODY_PARTS[part]}


def _side(obj: bpy.types.Object, switch: Switch) -> str:
    """On which side of the body the bone lies that holds a switch: that of the nearest joint of its body part."""
    places, head = rest_places(obj), np.array(armature_of(obj).bones[switch.bone].head_local)
    near = [joint for joint in _joints_of(switch) if joint in places]
    return min(near, key=lambda name: float(np.linalg.norm(places[name] - head))).partition("_")[0]


def _switched_off(obj: bpy.types.Object, curves: Curves, chosen: Collection[str], *, only_keyed: bool) -> list[Switch]:
    """The switches of the chosen joints that do not have the rig's value on every key of an Action.

    Where it has none, the property's own value counts; with only_keyed it counts as off, as a take that plays may have
    set it a moment ago.
    """
    found = []
    for switch in fit(obj).switches:
        if _joints_of(switch).isdisjoint(chosen):
            continue
        curve = curves.get((switch_path(switch), 0))
        if curve is not None and len(curve.keyframe_points):
            values = [point.co[1] for point in curve.keyframe_points]
        else:
            values = [np.nan if only_keyed else pose_of(obj).bones[switch.bone].get(switch.property, switch.value)]
        if not np.allclose(values, switch.value, atol=1e-3):
            found.append(switch)
    return found


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
