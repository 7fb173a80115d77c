"""What each control of a rig follows: the control whose turn it takes over before it is rotated itself.

On a plain armature this is the nearest control above it. Where constraints or drivers lie between, as on a control rig
such as Rigify's, it is found by trial: each control of a double is turned, and whoever turns with it follows it. That
takes about a second, so it is done once for each rig and remembered.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import bpy
import numpy as np

from ..a2g_core.body.controls import Follow, bones_of
from ..a2g_core.body.rest import angle_between, unit
from ..a2g_core.body.rig_map import Fit, Switch
from ..a2g_core.body.rotations import axis_angle_to_quaternion, matrix_to_axis_angle, quaternion_to_matrix
from ..a2g_core.body.skeleton import BODY_PARTS, SMPLX
from ..owner import disown, own, owned
from .double import Double, armature_of, pose_of

KEEPS_TURNS = {
    "COPY_LOCATION", "COPY_SCALE", "FLOOR", "LIMIT_DISTANCE", "LIMIT_LOCATION", "LIMIT_SCALE", "MAINTAIN_VOLUME",
    "SHRINKWRAP", "TRANSFORM_CACHE",
}  # fmt: skip
"""Types of constraints that turn no bone."""

_TRIAL_RAD = 0.6
_SAME_RAD = np.radians(0.25)
"""Turns that differ by less are the same: Blender evaluates poses in float32."""

_SAME_SHARE = 0.02
_FAR = 1e6
"""Limits of a property that lie further away are none."""

_REMEMBERED = 16


class Follows(NamedTuple):
    """What a rig's controls follow.

    rests: (4, 4) how each control rests in armature space. parents: what it follows. unclear: controls of which this
    cannot be told, or that do not turn when they are rotated. shown: by control, the bone that turns just as its part
    of the body does, whatever turns it: keys of the control, or inverse kinematics instead. Those that are left out are
    shown by the bones that move the mesh.
    """

    rests: Mapping[str, np.ndarray]
    parents: Mapping[str, Follow]
    unclear: tuple[str, ...]
    shown: Mapping[str, str]


class Followed:
    """What the controls of rigs were found to follow. For the main thread."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, Follows] = OrderedDict()
        self.trials = 0
        """How many rigs were tried out so far."""

    def of(self, obj: bpy.types.Object, fit: Fit) -> Follows:
        """What the controls of an armature follow; not while Blender draws, where nothing can be tried out."""
        if is_plain(obj, fit):
            return _by_hierarchy(obj, fit)
        key = fingerprint(obj, fit)
        if key not in self._known:
            self._known[key] = _by_trial(obj, fit)
            self.trials += 1
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]


def follows(obj: bpy.types.Object, fit: Fit) -> Follows:
    """What the controls of an armature follow, found out at most once; not while Blender draws."""
    return owned(Followed).of(obj, fit)


# Plain armatures ------------------------------------------------------------------------------------------------------


def is_plain(obj: bpy.types.Object, fit: Fit) -> bool:
    """Whether controls follow those above them in the hierarchy, with nothing but bones at rest between."""
    controls, bones = bones_of(fit).keys(), armature_of(obj).bones
    between = {bone.name for name in controls for bone in _between(bones[name], controls)}
    if any(_is_turned(constraint) for name in between for constraint in pose_of(obj).bones[name].constraints):
        return False
    data = obj.animation_data
    starts = tuple(f'pose.bones["{bpy.utils.escape_identifier(name)}"]' for name in between)
    return data is None or not any(curve.data_path.startswith(starts) for curve in data.drivers)


def _between(bone: bpy.types.Bone, controls: Collection[str]) -> list[bpy.types.Bone]:
    """The bones from one up to the next control, without both; none where there is no control above."""
    found: list[bpy.types.Bone] = []
    for above in bone.parent_recursive:
        if above.name in controls:
            return found
        found.append(above)
    return []


def _is_turned(constraint: bpy.types.Constraint) -> bool:
    return constraint.type not in KEEPS_TURNS


def _by_hierarchy(obj: bpy.types.Object, fit: Fit) -> Follows:
    bones, controls = armature_of(obj).bones, bones_of(fit).keys()
    parents = {name: Follow(_parent(bones[name], controls)) for name in controls}
    rests = {name: np.array(bones[name].matrix_local, np.float64) for name in controls}
    return Follows(rests, parents, (), {})


def _parent(bone: bpy.types.Bone, controls: Collection[str]) -> str | None:
    """The next control above, whose turn comes down to a bone."""
    while bone.use_inherit_rotation and bone.parent is not None:
        bone = bone.parent
        if bone.name in controls:
            return bone.name
    return None


# By trial -------------------------------------------------------------------------------------------------------------


def _by_trial(obj: bpy.types.Object, fit: Fit) -> Follows:
    joint_of = bones_of(fit)
    with Double(obj, animated=False) as double:
        double.rest({(switch.bone, switch.property): switch.value for switch in fit.switches})
        rests = double.poses(joint_of)
        turned: dict[str, dict[str, float]] = {}
        for group in _groups(joint_of):
            found = _turn(double, group, rests)
            if found is None:
                found = {}
                for bone in group:
                    found |= _turn(double, [bone], rests) or {}
            turned |= found
        shown = _shown(double, obj, fit)
    shares = {bone: {by: others[bone] for by, others in turned.items() if bone in others} for bone in joint_of}
    parents = {bone: _follow(shares[bone], shares) for bone in joint_of}
    unclear = tuple(bone for bone in joint_of if parents[bone] is None or bone not in turned)
    return Follows(rests, {bone: follow or Follow(None) for bone, follow in parents.items()}, unclear, shown)


def _groups(joint_of: Mapping[str, str]) -> list[list[str]]:
    """Controls that are likely not to follow each other, to be turned at once: those equally far from the root."""
    groups: dict[tuple[int, int], list[str]] = {}
    for bone, joint in joint_of.items():
        depth, above = 0, SMPLX.parents[SMPLX.names.index(joint)]
        while above >= 0:
            depth, above = depth + 1, SMPLX.parents[above]
        taken = sum(1 for other in groups.get((depth, 0), ()) if joint_of[other] == joint)
        groups.setdefault((depth, taken), []).append(bone)
    return list(groups.values())


def _turn(double: Double, group: list[str], rests: Mapping[str, np.ndarray]) -> dict[str, dict[str, float]] | None:
    """Rotate these controls at once: for each of them, which other controls it turned, and what share of its turn they
    took over (not a number where they turned in another way).

    None where it cannot be told which of several turned another, or one did not turn as it was rotated.
    """
    wanted = {}
    for number, bone in enumerate(group):
        axis = unit(np.array([1.0, 2.0 + 0.9 * number, 3.0 - 0.7 * number]))
        q = axis_angle_to_quaternion(axis * (_TRIAL_RAD + 0.02 * number))
        rest = rests[bone][:3, :3]
        wanted[bone] = rest @ quaternion_to_matrix(q) @ rest.T
        double.turn(bone, tuple(q.tolist()))
    poses = double.poses(rests)
    for bone in group:
        double.turn(bone, (1.0, 0.0, 0.0, 0.0))
    turns = {bone: poses[bone][:3, :3] @ rests[bone][:3, :3].T for bone in rests}
    if any(angle_between(turns[bone], turn) > _SAME_RAD for bone, turn in wanted.items()):
        return None
    found: dict[str, dict[str, float]] = {bone: {} for bone in group}
    for bone, turn in turns.items():
        if bone in wanted or angle_between(np.eye(3), turn) < _SAME_RAD:
            continue
        shares = {by: _share(turn, given) for by, given in wanted.items()}
        whole = [by for by, share in shares.items() if abs(share - 1.0) < _SAME_SHARE]
        if len(whole) != 1 and len(group) > 1:
            return None
        by = whole[0] if whole else group[0]
        found[by][bone] = shares[by]
    return found


def _share(turn: np.ndarray, given: np.ndarray) -> float:
    """How much of a given rotation (3, 3) another one is; not a number for one about another axis."""
    found, whole = matrix_to_axis_angle(turn), matrix_to_axis_angle(given)
    share = float(found @ whole / (whole @ whole))
    return share if np.linalg.norm(found - share * whole) < _SAME_RAD else float("nan")


def _follow(mine: Mapping[str, float], shares: Mapping[str, Mapping[str, float]]) -> Follow | None:
    """What a control follows: of those that turn it wholly the last, and of those that turn it in part the last.

    None if it turns otherwise than as one control, or as from one to another.
    """
    whole = {by for by, share in mine.items() if abs(share - 1.0) < _SAME_SHARE}
    part = mine.keys() - whole
    last, last_in_part = _last(whole, shares), _last(part, shares)
    if (whole and last is None) or (part and last_in_part is None):
        return None
    above = shares[last] if last is not None else {}
    if last_in_part is None or all(abs(mine[by] - above.get(by, 0.0)) < _SAME_SHARE for by in part):
        return Follow(last)  # whatever that one follows in part
    weight = mine[last_in_part]
    is_one = all(abs(mine[by] - weight) < _SAME_SHARE for by in part) and 0 < weight < 1
    return Follow(last, last_in_part, weight) if is_one and whole <= shares[last_in_part].keys() else None


def _last(names: Collection[str], shares: Mapping[str, Mapping[str, float]]) -> str | None:
    """The one of these controls that all the others turn; None if there is none."""
    return next((name for name in names if all(other in shares[name] for other in names if other != name)), None)


# What shows ----------------------------------------------------------------------------------------------------------


def _shown(double: Double, obj: bpy.types.Object, fit: Fit) -> dict[str, str]:
    """See `Follows`. A bone that moves the mesh may have a twist of its own, as both halves of a Rigify upper arm have.

    Where it has, another bone is looked for that turns as the control does; and, of a control that a switch puts out of
    force, one that still points where the mesh does when it is out of force.
    """
    bones, draw = armature_of(obj).bones, np.random.default_rng(0)
    rests = {bone.name: np.array(bone.matrix_local, np.float64)[:3, :3] for bone in bones}
    row = {name: number for number, name in enumerate(rests)}
    double.rest({(switch.bone, switch.property): switch.value for switch in fit.switches})
    both = [_turned_at_random(double, fit, rests, draw) for _ in range(2)]
    double.rest({(s.bone, s.property): value for s in fit.switches if (value := off(obj, s)) is not None})
    without = _turned_at_random(double, fit, rests, draw)
    switched = {joint for switch in fit.switches for part in switch.parts for joint in BODY_PARTS[part]}
    found = {}
    for control, joint in bones_of(fit).items():
        deform = fit.deform.get(control, control)
        alike = np.all([_is_near(turns, turns[row[control]]) for turns in both], axis=0)
        if alike[row[deform]] or joint not in switched:
            found[control] = deform if alike[row[deform]] else control
            continue
        points = without @ rests[deform][:, 1]
        alike &= _is_near(points, points[row[deform]])
        if alike.any():
            found[control] = list(rests)[int(alike.argmax())]
    return found


def _turned_at_random(
    double: Double, fit: Fit, rests: Mapping[str, np.ndarray], draw: np.random.Generator
) -> np.ndarray:
    """Turns (N, 3, 3) of all N bones where all controls are rotated."""
    for bone in bones_of(fit):
        double.turn(bone, tuple(unit(np.array([1.0, *draw.normal(0.0, 0.25, 3)])).tolist()))
    poses = double.poses(rests)
    return np.array([poses[name][:3, :3] @ rest.T for name, rest in rests.items()])


def _is_near(these: np.ndarray, one: np.ndarray) -> np.ndarray:
    """(N,) which of N rotations (N, 3, 3), or of unit vectors (N, 3), are the same as one."""
    return np.linalg.norm((these - one).reshape(len(these), -1), axis=1) < _SAME_RAD


def off(obj: bpy.types.Object, switch: Switch) -> float | None:
    """A value of a switch's property that puts its controls out of force; None where none is known."""
    owner: Any = pose_of(obj).bones.get(switch.bone)
    if owner is None or switch.property not in owner:
        return None
    says = owner.id_properties_ui(switch.property).as_dict()
    values = (float(says[key]) for key in ("default", "min", "max") if key in says)
    return next((value for value in values if value != switch.value and abs(value) < _FAR), None)


# Remembering ----------------------------------------------------------------------------------------------------------


def fingerprint(obj: bpy.types.Object, fit: Fit) -> bytes:
    """Of all that may decide what a rig's controls follow, but for how it is posed."""
    said = hashlib.blake2b(digest_size=16)
    for text in _facts(obj, fit):
        said.update(text.encode(errors="surrogatepass") + b"\0")
    bones = armature_of(obj).bones
    matrices = np.empty(16 * len(bones), np.float32)
    bones.foreach_get("matrix_local", matrices)
    said.update(matrices.tobytes())
    return said.digest()


def _facts(obj: bpy.types.Object, fit: Fit) -> Iterator[str]:
    yield repr((list(bones_of(fit).items()), fit.switches, sorted(fit.deform.items())))
    switched = {(switch.bone, switch.property) for switch in fit.switches}
    for bone in pose_of(obj).bones:
        yield repr((bone.name, bone.parent.name if bone.parent else "", bone.bone.use_inherit_rotation))
        for name, value in bone.items():
            if isinstance(value, int | float) and (bone.name, name) not in switched:
                yield repr((name, value))
        for constraint in bone.constraints:
            yield repr((constraint.type, constraint.mute, constraint.influence, *_targets(obj, constraint)))
    if obj.animation_data is not None:
        for curve in obj.animation_data.drivers:
            driver = curve.driver
            yield repr((curve.data_path, curve.array_index, curve.mute, driver.expression if driver else ""))


def _targets(obj: bpy.types.Object, constraint: Any) -> Iterator[tuple[bool, str, float]]:
    """What a constraint looks at, whether it is on the armature itself, and how much it counts."""
    for target in getattr(constraint, "targets", None) or (constraint,):
        its = getattr(target, "target", None)
        yield its == obj, getattr(target, "subtarget", "") or "", getattr(target, "weight", 1.0)


def register() -> None:
    """Start with nothing tried."""
    own(Followed())


def unregister() -> None:
    """Forget what was found."""
    disown(Followed)
