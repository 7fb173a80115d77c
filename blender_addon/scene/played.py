"""What a clip looks like where keys of the rig's controls do not say it: on a control rig, keyed on whatever bones an
animator likes, in inverse kinematics too.

The clip is played on a double, alone, and read from the bones that show it. Bones that it does not key rest. That takes
ten to thirty milliseconds for a frame of a large rig, so what was read is remembered.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.channels import LOCATION, ROTATIONS
from ..a2g_core.body.controls import bones_of
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.rig_map import Switch
from ..a2g_core.body.skeleton import BODY_PARTS, SMPLX
from ..owner import disown, own, owned
from . import follow, rig
from .double import Double, armature_of, pose_of
from .keys import Curves

_TOLD_COSINE = float(np.cos(np.radians(0.25) / 2))
"""Of half the angle: a joint that turns by less when a clip's bones are moved is none that the clip tells."""

_MOVED = 0.002
"""Of the hips, in metres of our skeleton, when a clip's bones are."""

_IN_PLACE = ("rotation_quaternion", "rotation_axis_angle", "rotation_euler", "scale")
"""Properties of a bone that leave it where it is. Scaling some bones of a rig curls its fingers."""

_REMEMBERED = 16


class Clip(NamedTuple):
    """An Action with its slot (None before Blender has slots), and those of its curves that play."""

    action: bpy.types.Action
    slot: Any
    curves: Curves


class Seen(NamedTuple):
    """What a clip shows. joints: those that it turns, in the order of SMPLX. travels: whether it moves the hips."""

    joints: tuple[str, ...]
    travels: bool


class Played:
    """The clips that were played, as they were then. For the main thread."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[Motion, Seen]] = OrderedDict()
        self.frames = 0
        """How many frames were played so far."""

    def of(self, obj: bpy.types.Object, found: Rig, clip: Clip, times: list[float], fps: float) -> tuple[Motion, Seen]:
        """What a clip does, all 55 joints, on these of its frames, and what of that it tells."""
        key = _fingerprint(obj, found, clip, times, fps)
        known = None if key is None else self._known.get(key)
        if known is None:
            known = _play(obj, found, clip, times, fps), seen(obj, found, clip)
            self.frames += len(times)
            if key is not None:
                self._known[key] = known
                while len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        return known


def read(obj: bpy.types.Object, found: Rig, clip: Clip, times: list[float], fps: float) -> tuple[Motion, Seen]:
    """See `Played.of`; played at most once."""
    return owned(Played).of(obj, found, clip, times, fps)


def _play(obj: bpy.types.Object, found: Rig, clip: Clip, times: list[float], fps: float) -> Motion:
    with Double(obj, animated=False) as double:
        double.rest(_switched(obj, clip.curves))
        double.play(clip.action, clip.slot)
        return rig.measure(obj, found, double, _shown(double, times), fps)


def _shown(double: Double, times: list[float]) -> Iterator[None]:
    """Goes through these frames, and shows how far it is: a long clip takes a while."""
    window_manager = bpy.context.window_manager
    window_manager.progress_begin(0, len(times))
    for number, _posed in enumerate(double.playing(times)):
        window_manager.progress_update(number)
        yield
    window_manager.progress_end()


# What a clip tells ----------------------------------------------------------------------------------------------------


def do_keys_tell(obj: bpy.types.Object, found: Rig, curves: Curves) -> bool:
    """Whether keys of the rig's controls say by themselves what an Action looks like."""
    if follow.is_plain(obj, found.fit):
        return not (
            _goals_moved(obj, curves) or rig.constraints(obj, SMPLX.names) or rig.drivers(obj, SMPLX.names)
        )  # fmt: skip
    switches = {rig.switch_path(switch) for switch in found.fit.switches}
    own = {rig.bone_path(bone, channel.name) for bone in found.controls for channel in (*ROTATIONS, LOCATION)}
    if any(path not in own | switches and rig.bone_of(path) is not None for path, _index in curves):
        return False
    told = set(found.told(rig.keyed_bones(found, curves)))
    for joint, parent in zip(SMPLX.names, SMPLX.parents, strict=True):
        if parent >= 0 and SMPLX.names[parent] in told:
            told.add(joint)
    return not any(told & _limb(obj, switch) for switch in _off(obj, curves, only_keyed=True))


def _bones(curves: Curves) -> set[str]:
    """The bones that an Action rotates, moves or scales."""
    return {name for path, _index in curves if not path.endswith("]") and (name := rig.bone_of(path)) is not None}


def seen(obj: bpy.types.Object, found: Rig, clip: Clip) -> Seen:
    """What a clip tells, found by moving the bones that it keys a little, about where it has them."""
    joints: set[str] = set()
    travels = False
    draw = np.random.default_rng(0)
    with Double(obj, animated=False) as double:
        for time in _samples(clip):
            values = {place: curve.evaluate(time) for place, curve in clip.curves.items()}
            tries = [values, *(_moved(values, kinds, found.scale, draw) for kinds in (_IN_PLACE, ("location",)) * 2)]
            motion = rig.measure(obj, found, double, _posed(double, obj, clip.curves, tries), 30.0)
            q = motion.quaternions.astype(np.float64)
            apart = np.abs(np.sum(q[1:] * q[:1], axis=2)).min(axis=0)
            joints |= {name for name, cosine in zip(SMPLX.names, apart, strict=True) if cosine < _TOLD_COSINE}
            way = motion.translation[2::2] - motion.translation[:1]
            travels |= bool(np.abs(way).max() > _MOVED)
    for switch in found.fit.switches:
        # A limb that is stretched out turns its middle joint by nothing, whatever is moved: it shows it all the same.
        limb = [name for name in SMPLX.names if name in _limb(obj, switch)]
        told = [number for number, name in enumerate(limb) if name in joints]
        joints |= set(limb[told[0] : told[-1]]) if told else set()
    return Seen(tuple(name for name in SMPLX.names if name in joints), travels)


def _samples(clip: Clip) -> list[float]:
    first, last = (clip.action.frame_range[k] for k in (0, 1))
    return sorted({first, (first + last) / 2, last})


def _posed(
    double: Double, obj: bpy.types.Object, curves: Curves, tries: Iterable[Mapping[tuple[str, int], float]]
) -> Iterator[None]:
    for values in tries:
        double.rest(_switched(obj, curves))
        for (path, index), value in values.items():
            double.put(path, index, value)
        yield


def _moved(
    values: Mapping[tuple[str, int], float], kinds: Collection[str], scale: float, draw: np.random.Generator
) -> dict[tuple[str, int], float]:
    """Values of properties, those of these kinds somewhat off."""
    step = 0.1 * scale if "location" in kinds else 0.2
    return {
        (path, index): value + (step * float(draw.normal()) if path.endswith(tuple(kinds)) else 0.0)
        for (path, index), value in values.items()
    }


# Switches -------------------------------------------------------------------------------------------------------------


def _switched(obj: bpy.types.Object, curves: Curves) -> dict[tuple[str, str], float]:
    """Values of switches that a clip plays with though it does not key them, where they are not those of now.

    A clip that moves what inverse kinematics reach for, and turns none of the limb's controls, is one in inverse
    kinematics. So is one that does neither, where the value of now may be a take's.
    """
    found = {}
    goals, turned = _goals_moved(obj, curves), {j for b, j in bones_of(rig.fit(obj)).items() if _turns(curves, b)}
    for switch in rig.fit(obj).switches:
        if (rig.switch_path(switch), 0) in curves:
            continue
        limb = _limb(obj, switch)
        reaches, turns = not limb.isdisjoint(goals), not limb.isdisjoint(turned)
        if not turns and (reaches or _is_a_takes(obj, switch)):
            value = follow.off(obj, switch)
            if value is not None:
                found[switch.bone, switch.property] = value
    return found


def _is_a_takes(obj: bpy.types.Object, switch: Switch) -> bool:
    """Whether a take of the character keys a switch."""
    path = rig.switch_path(switch)
    strips = [strip for track in obj.animation_data.nla_tracks for strip in track.strips] if obj.animation_data else []
    takes = (strip for strip in strips if strip.action is not None and strip.action.a2g.is_take)
    return any(curve.data_path == path for take in takes for curve in bl.fcurves(bl.action_of(take), bl.slot_of(take)))


def without_effect(
    obj: bpy.types.Object, curves: Curves, chosen: Collection[str], told: Collection[str]
) -> tuple[str, Switch] | None:
    """A control of the chosen joints that an Action keys, and the switch that keeps its keys from being seen, of a limb
    of which the Action tells nothing else.
    """
    for switch in _off(obj, curves, only_keyed=False):
        limb = _limb(obj, switch)
        if limb.isdisjoint(told):
            for bone, joint in bones_of(rig.fit(obj)).items():
                if joint in limb and joint in chosen and _turns(curves, bone):
                    return bone, switch
    return None


def _turns(curves: Curves, bone: str) -> bool:
    start = rig.bone_path(bone, "rotation_")
    return any(path.startswith(start) for path, _index in curves)


def _goals_moved(obj: bpy.types.Object, curves: Curves) -> set[str]:
    """The joints next to bones that an Action moves, and for which other bones reach by inverse kinematics."""
    controls, bones = bones_of(rig.fit(obj)), armature_of(obj).bones
    bodily = {
        above.name for name in controls if name in bones for above in (bones[name], *bones[name].parent_recursive)
    }
    goals = {bone.name for goal in _goals(obj) for bone in (bones[goal], *bones[goal].parent_recursive)} - bodily
    places = rig.rest_places(obj)
    return {_nearest(places, bones[goal]) for goal in goals & _bones(curves)}


def _nearest(places: Mapping[str, np.ndarray], bone: bpy.types.Bone) -> str:
    head = np.array(bone.head_local)
    return min(places, key=lambda name: float(np.linalg.norm(places[name] - head)))


def _goals(obj: bpy.types.Object) -> set[str]:
    """The armature's bones that inverse kinematics in force aims at, its poles included."""
    names = set()
    for bone in pose_of(obj).bones:
        for constraint in bone.constraints:
            if isinstance(constraint, bpy.types.KinematicConstraint) and not constraint.mute:
                aims = ((constraint.target, constraint.subtarget), (constraint.pole_target, constraint.pole_subtarget))
                names |= {name for target, name in aims if target == obj and name in armature_of(obj).bones}
    return names


def _limb(obj: bpy.types.Object, switch: Switch) -> set[str]:
    """The joints that a switch is for, on its side: that of the joint of its body part that is nearest to its bone.

    Collars are keyed in either way.
    """
    joints = {joint for part in switch.parts for joint in BODY_PARTS[part] if not joint.endswith("_collar")}
    places = {joint: place for joint, place in rig.rest_places(obj).items() if joint in joints}
    if not places or switch.bone not in armature_of(obj).bones:
        return joints
    side = _nearest(places, armature_of(obj).bones[switch.bone]).partition("_")[0]
    return {joint for joint in joints if joint.partition("_")[0] == side}


def _off(obj: bpy.types.Object, curves: Curves, *, only_keyed: bool) -> list[Switch]:
    """The switches that do not have the rig's value on every key of an Action.

    Where it has none, the property's own value counts; with only_keyed it counts as off, as a take that plays may have
    set it a moment ago.
    """
    found = []
    for switch in rig.fit(obj).switches:
        curve = curves.get((rig.switch_path(switch), 0))
        if curve is not None and len(curve.keyframe_points):
            values = [point.co[1] for point in curve.keyframe_points]
        else:
            values = [np.nan if only_keyed else pose_of(obj).bones[switch.bone].get(switch.property, switch.value)]
        if not np.allclose(values, switch.value, atol=1e-3):
            found.append(switch)
    return found


# Remembering ----------------------------------------------------------------------------------------------------------


def _fingerprint(obj: bpy.types.Object, found: Rig, clip: Clip, times: list[float], fps: float) -> bytes | None:
    """Of all that decides what a clip looks like; None where that is not all in the armature and the clip."""
    if _looks_outside(obj) or any(len(curve.modifiers) for curve in clip.curves.values()):
        return None
    said = hashlib.blake2b(follow.fingerprint(obj, found.fit), digest_size=16)
    modes = [(bone.name, bone.rotation_mode) for bone in pose_of(obj).bones]
    matrix = np.array(obj.matrix_world).tolist()
    said.update(repr((times, fps, modes, matrix, _switches_now(obj), _switched(obj, clip.curves))).encode())
    for (path, index), curve in clip.curves.items():
        said.update(repr((path, index, curve.extrapolation)).encode(errors="surrogatepass"))
        n = len(curve.keyframe_points)
        for name, width, kind in (
            ("co", 2, np.float32), ("handle_left", 2, np.float32), ("handle_right", 2, np.float32),
            ("interpolation", 1, np.int32), ("easing", 1, np.int32), ("back", 1, np.float32),
            ("amplitude", 1, np.float32), ("period", 1, np.float32),
        ):  # fmt: skip
            column = np.empty(width * n, kind)
            curve.keyframe_points.foreach_get(name, column)
            said.update(column.tobytes())
    return said.digest()


def _switches_now(obj: bpy.types.Object) -> list[Any]:
    bones = pose_of(obj).bones
    switches = (switch for switch in rig.fit(obj).switches if switch.bone in bones)
    return [bones[switch.bone].get(switch.property) for switch in switches]


def _looks_outside(obj: bpy.types.Object) -> bool:
    """Whether a constraint of a bone, or a driver, may look at something besides the armature."""
    for bone in pose_of(obj).bones:
        for constraint in bone.constraints:
            aims = [constraint, *(getattr(constraint, "targets", None) or ())]
            looked_at = {getattr(aim, name, None) for aim in aims for name in ("target", "pole_target")}
            if not looked_at <= {None, obj}:
                return True
    owners = (obj.animation_data, armature_of(obj).animation_data)
    drivers = [curve.driver for data in owners if data is not None for curve in data.drivers if curve.driver]
    targets = (target.id for driver in drivers for variable in driver.variables for target in variable.targets)
    return not {*targets} <= {None, obj, obj.data}


def register() -> None:
    """Start with nothing played."""
    own(Played())


def unregister() -> None:
    """Forget what was played."""
    disown(Played)
