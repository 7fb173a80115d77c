"""Takes written for inverse kinematics: goals of hands and feet are keyed so that limbs lie as the take's FK keys have
them, and the switches of those limbs are keyed over.

The FK keys stay in the take as they are, so that writing it as FK again gives back every byte: what was added is
removed, and the switches get the values that they had. Both are noted on the Action.

Hands and feet are where the take has them. Elbows and knees are as near to that as the rig lets them be: it bends them
about one axis, so how a limb's bones turn about themselves is up to it, and one whose inverse kinematics stretch the
limb, as Rigify's do by a hundredth, rather stretches than bends it. Neither poles nor Rigify's IK Stretch change that.
`ik_stretch` of bones that the artist never sees would; a muted take would leave her rig with what it had keyed there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body import channels
from ..a2g_core.body.reaching import pole_places, swing, swung
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.rig_map import LIMB_ENDS, Reach
from ..a2g_core.body.rotations import matrix_to_quaternion
from ..a2g_core.body.skeleton import joints_of
from ..a2g_core.errors import A2GError
from . import keys, rig, sharing
from .double import Double, pose_of
from .keys import Track
from .nla import Placed
from .recipe import Recipe

HANDS = tuple(end for end in LIMB_ENDS if end.endswith("wrist"))
FEET = tuple(end for end in LIMB_ENDS if end.endswith("ankle"))

_SAME = 1e-4
_SAMPLES = 32
_AIMED = 2
"""How often poles are corrected by what is seen, and on how many frames it is looked."""


def known(obj: bpy.types.Object) -> dict[str, Reach]:
    """The limbs that the character's rig can pose by inverse kinematics, by the joints at their ends."""
    fit = rig.fit(obj)
    bones: Any = pose_of(obj).bones

    def is_there(reach: Reach) -> bool:
        properties = all(s.bone in bones and s.property in bones[s.bone] for s in reach.switches)
        return properties and all(bone in bones for bone in reach.bones)

    return {
        end: reach
        for end, reach in fit.map.ik.items()
        if is_there(reach) and all(joint in fit.joints for joint in LIMB_ENDS[end])
    }


def is_as_ik(strip: bpy.types.NlaStrip) -> bool:
    """Whether a take is written for inverse kinematics."""
    return bool(bl.action_of(strip).a2g.as_ik)


def check_as_fk(strip: bpy.types.NlaStrip) -> None:
    """A2GError for a take that is written for inverse kinematics: a change would not reach its goals."""
    if is_as_ik(strip):
        raise A2GError(
            "take '{name}' is written as IK, and can be changed as FK only", "use Write as FK, change it, and write it "
            "as IK again", name=strip.name,
        )  # fmt: skip


def check_as_ik(strip: bpy.types.NlaStrip) -> None:
    """A2GError for a take that is not written for inverse kinematics."""
    if not is_as_ik(strip):
        raise A2GError("take '{name}' is not written as IK", "use Write as IK", name=strip.name)


def check(obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> None:
    """A2GError if a take cannot be written for inverse kinematics."""
    if not known(obj):
        raise A2GError(
            "no IK controls of this rig are known", "use a Rigify character, or a rig map that names them under 'ik'"
        )
    if strip.blend_type != "REPLACE":
        raise A2GError(
            "take '{name}' is combined with what lies below it, which IK controls cannot be",
            "set its Blending to Replace", name=strip.name,
        )  # fmt: skip
    if (strip.scale, strip.repeat, strip.use_reverse, strip.use_animated_time) != (1.0, 1.0, False, False):
        raise A2GError(
            "take '{name}' does not play at its own speed", "reset its scale, repeat and reversal in the NLA editor",
            name=strip.name,
        )  # fmt: skip


# Writing --------------------------------------------------------------------------------------------------------------


def write(obj: bpy.types.Object, placed: Placed, ends: Sequence[str]) -> None:
    """Write these limbs of a take for inverse kinematics, and its others as FK; A2GError, before anything is changed,
    if that cannot be.
    """
    strip = placed.strip
    check(obj, strip)
    recipe = Recipe.from_text(bl.action_of(strip).a2g.recipe)
    moved = joints_of(recipe.body_parts)
    reaches = {end: reach for end, reach in known(obj).items() if end in ends and end in moved}
    if not reaches:
        raise A2GError(
            "take '{name}' keys none of the limbs chosen whose IK controls are known", "choose hands or feet",
            name=strip.name,
        )  # fmt: skip
    _check_keys(obj, strip, recipe, reaches)
    action = sharing.own_action(obj, bl.action_of(strip))
    assert action is not None
    if action.a2g.as_ik:
        restore(obj, strip)
    was = _values(obj, reaches)
    limbs = _solved(obj, placed, recipe, reaches)
    added, switched = _key(action, recipe, reaches, [track for limb in limbs for track in limb.tracks(obj)])
    noted = {"limbs": list(reaches), "added": added, "switched": switched, "was": was}
    action.a2g.as_ik = json.dumps(noted)
    _tell(obj, action)
    _aim(obj, placed, recipe, action, limbs)
    _tell(obj, action)


def _key(
    action: bpy.types.Action, recipe: Recipe, reaches: Mapping[str, Reach], tracks: Sequence[Track]
) -> tuple[list[str], dict[str, float]]:
    """Key goals and switches: (paths of what was added, what switches were keyed to that were there)."""
    owner, curves = bl.curve_owner(action), _curves(action)
    added, switched = [], {}
    for track in tracks:
        keys.write(owner, track, recipe.start_frame)
        added.append(track.path)
    for switch in (switch for reach in reaches.values() for switch in reach.switches):
        path, values = rig.switch_path(switch), np.full((recipe.n_frames, 1), switch.value, np.float32)
        if (curve := curves.get((path, 0))) is None:
            keys.write(owner, Track(path, values, switch.bone), recipe.start_frame)
            added.append(path)
        else:
            switched[path] = curve.keyframe_points[0].co[1]
            keys.overwrite_untouched(curve, values[:, 0], recipe.start_frame)
    return added, switched


def restore(obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> None:
    """Write a take as FK again, just as it was; A2GError if it is not written for inverse kinematics."""
    check_as_ik(strip)
    action = sharing.own_action(obj, bl.action_of(strip))
    assert action is not None
    was = json.loads(action.a2g.as_ik)["was"]
    _restore(action, Recipe.from_text(action.a2g.recipe))
    for bone, values in was["bones"].items():
        for name, value in values.items():
            if bone in pose_of(obj).bones:
                setattr(pose_of(obj).bones[bone], name, value)
    for bone, name, value in was["properties"]:
        owner: Any = pose_of(obj).bones.get(bone)
        if owner is not None and name in owner:
            owner[name] = type(owner[name])(value)
    _tell(obj, action)


def _values(obj: bpy.types.Object, reaches: Mapping[str, Reach]) -> dict[str, Any]:
    """What the artist has set of what will be keyed: Blender would leave the last values of keys that are gone."""
    posed: Any = pose_of(obj).bones
    bones = {bone: posed[bone] for reach in reaches.values() for bone in reach.bones}
    names = ("location", "rotation_quaternion", "rotation_axis_angle", "rotation_euler")
    known_paths = {rig.switch_path(switch) for switch in rig.fit(obj).switches}
    switches = [s for reach in reaches.values() for s in reach.switches if rig.switch_path(s) not in known_paths]
    return {
        "bones": {name: {channel: list(getattr(bone, channel)) for channel in names} for name, bone in bones.items()},
        "properties": [[s.bone, s.property, float(posed[s.bone][s.property])] for s in switches],
    }


def _restore(action: bpy.types.Action, recipe: Recipe) -> None:
    if not action.a2g.as_ik:
        return
    noted, slot = json.loads(action.a2g.as_ik), bl.first_slot(action)
    for curve in [c for c in bl.fcurves(action, slot) if c.data_path in noted["added"]]:
        bl.remove_fcurve(action, slot, curve)
    for (path, _index), curve in _curves(action).items():
        if path in noted["switched"]:
            rows = np.full(recipe.n_frames, noted["switched"][path], np.float32)
            keys.overwrite(curve, recipe.start_frame + np.arange(recipe.n_frames), rows)
            curve.update()
    action.a2g.as_ik = ""


def _tell(obj: bpy.types.Object, action: bpy.types.Action) -> None:
    action.update_tag()
    obj.update_tag(refresh={"TIME"})


def _curves(action: bpy.types.Action) -> dict[tuple[str, int], bpy.types.FCurve]:
    return {(c.data_path, c.array_index): c for c in bl.fcurves(action, bl.first_slot(action))}


def _check_keys(obj: bpy.types.Object, strip: bpy.types.NlaStrip, recipe: Recipe, reaches: Mapping[str, Reach]) -> None:
    """A2GError where the take holds keys of the artist's own on what would be written."""
    action = bl.action_of(strip)
    ours = set(json.loads(action.a2g.as_ik)["added"]) if action.a2g.as_ik else set()
    switches = {rig.switch_path(switch) for reach in reaches.values() for switch in reach.switches}
    goals = {bone for reach in reaches.values() for bone in reach.bones}
    for (path, _index), curve in _curves(action).items():
        bone, n = rig.bone_of(path), len(curve.keyframe_points)
        is_goal = bone in goals and path not in ours and not path.endswith("]")
        values = np.array([point.co[1] for point in curve.keyframe_points]) if path in switches else np.zeros(0)
        is_edited = path in switches and (n != recipe.n_frames or float(np.ptp(values)) > _SAME)
        if is_goal or is_edited:
            raise A2GError(
                "take '{name}' holds keys of your own on '{bone}'", "remove them from the take first",
                name=strip.name, bone=bone,
            )  # fmt: skip


# Solving --------------------------------------------------------------------------------------------------------------


def _solved(obj: bpy.types.Object, placed: Placed, recipe: Recipe, reaches: Mapping[str, Reach]) -> list[_Limb]:
    """Limbs with goals, poles and toes as the take has them, found by playing it on a double as FK."""
    found = rig.read(obj)
    limbs = [_Limb(obj, found, end, reach) for end, reach in reaches.items()]
    shown = {bone for limb in limbs for bone in limb.shown}
    bones = {bone for limb in limbs for bone in limb.reach.bones}
    frames, window_manager = _frames(placed.strip, recipe), bpy.context.window_manager
    window_manager.progress_begin(0, len(frames))
    with Double(obj, animated=True) as double:
        double.keep_up_to(_level(obj, placed))
        for number, _posed in enumerate(double.playing(frames.tolist())):
            window_manager.progress_update(number)
            poses = double.poses(shown)
            for limb in limbs:
                limb.reach_out(double, poses)
            later = double.poses(bones)  # poles and toes may hang on the goals
            for limb in limbs:
                limb.point(double, later)
    window_manager.progress_end()
    return limbs


def _aim(
    obj: bpy.types.Object, placed: Placed, recipe: Recipe, action: bpy.types.Action, limbs: Sequence[_Limb]
) -> None:
    """Turn the poles, which are keyed, so that elbows and knees lie where they are wanted.

    A rig may point them past the pole: by how much depends on how far the limb is bent, and on nothing else. It is seen
    on some frames, from the most bent to the least.
    """
    frames, curves = _frames(placed.strip, recipe), _curves(action)
    for _again in range(_AIMED):
        samples = [limb.samples() for limb in limbs]
        chosen = np.unique(np.concatenate(samples))
        with Double(obj, animated=True) as double:
            double.keep_up_to(_level(obj, placed))
            seen = [double.poses({bone for limb in limbs for bone in limb.shown})
                    for _posed in double.playing(frames[chosen].tolist())]  # fmt: skip
        for limb, rows in zip(limbs, samples, strict=True):
            limb.aim(rows, [seen[k] for k in np.searchsorted(chosen, rows).tolist()])
            path, places = rig.bone_path(limb.reach.pole, "location"), limb.pole_locations()
            for k in range(3):
                keys.overwrite_untouched(curves[path, k], places[:, k], recipe.start_frame)


def _frames(strip: bpy.types.NlaStrip, recipe: Recipe) -> np.ndarray:
    """The scene frame (T,) of each frame of a take. What a trimmed strip does not play is keyed like what it does."""
    frames = recipe.start_frame + np.arange(recipe.n_frames) + round(strip.frame_start - strip.action_frame_start)
    return np.clip(frames, np.ceil(strip.frame_start), np.floor(strip.frame_end))


def _level(obj: bpy.types.Object, placed: Placed) -> int:
    return next(k for k, track in enumerate(bl.animation_of(obj).nla_tracks) if track == placed.track)


class _Limb:
    """A limb whose goal, pole and toe are posed frame by frame; basis: their own transforms (4, 4), as they were."""

    def __init__(self, obj: bpy.types.Object, found: Rig, end: str, reach: Reach) -> None:
        shown_by = rig.shown_by(obj, found)
        self.reach = reach
        joints = [*LIMB_ENDS[end], *([_toe(end)] if reach.toe and _toe(end) in found.fit.joints else [])]
        self.shown = [shown_by[found.fit.joints[joint]] for joint in joints]
        self._rests = {bone: rig.rest_of(obj, bone) for bone in (*self.shown, *reach.bones)}
        heads = [self._rests[bone][:3, 3] for bone in (self.shown[1], reach.pole)]
        self._bends = (heads[1] - heads[0]) / max(float(np.linalg.norm(heads[1] - heads[0])), 1e-9)
        self._turns: list[np.ndarray] = []
        self._heads: list[np.ndarray] = []
        self._limb: list[np.ndarray] = []  # where its three joints are, (3, 3) a frame
        self._poles: list[np.ndarray] = []
        self._axes: list[np.ndarray] = []  # of the pole's location, in armature space
        self.basis: dict[str, list[np.ndarray]] = {bone: [] for bone in reach.bones}

    def reach_out(self, double: Double, poses: Mapping[str, np.ndarray]) -> None:
        """Put the goal where the take has the hand or foot. poses: (4, 4) of the limb's bones in armature space."""
        stack = np.array([poses[bone] for bone in self.shown])
        rests = np.array([self._rests[bone][:3, :3] for bone in self.shown])
        self._turns, self._heads = list(rig.rotations_of(stack) @ rests.swapaxes(1, 2)), list(stack[:, :3, 3])
        self._limb.append(stack[:3, :3, 3])
        self._put(double, self.reach.goal, self._carried(2, self.reach.goal))

    def _carried(self, which: int, bone: str) -> np.ndarray:
        """Where a bone is that goes with one of the limb's."""
        rest, turn = self._rests[bone], self._turns[which]
        matrix = np.eye(4)
        matrix[:3, :3] = turn @ rest[:3, :3]
        matrix[:3, 3] = self._heads[which] + turn @ (rest[:3, 3] - self._rests[self.shown[which]][:3, 3])
        return matrix

    def point(self, double: Double, poses: Mapping[str, np.ndarray]) -> None:
        """Put the pole, and turn the toe. poses: of what this limb keys."""
        pole, name = poses[self.reach.pole].copy(), self.reach.pole
        pole[:3, 3] = pole_places(self._limb[-1][None], (self._turns[0] @ self._bends)[None])[0]
        self._put(double, name, pole)
        self._poles.append(pole[:3, 3].copy())
        axes = []
        for k in range(3):
            pole[:3, 3] = self._poles[-1] + np.eye(3)[k]
            axes.append(double.own(name, pole)[:3, 3] - self.basis[name][-1][:3, 3])
        self._axes.append(np.array(axes).T)
        if self.reach.toe:
            self._put(double, self.reach.toe, self._carried(len(self.shown) - 1, self.reach.toe))

    def samples(self) -> np.ndarray:
        """Some frames from the one on which the limb is bent most to that on which it is bent least."""
        order = np.argsort(self._reaches, kind="stable")
        return np.unique(order[np.linspace(0, len(order) - 1, min(len(order), _SAMPLES)).round().astype(int)])

    @property
    def _reaches(self) -> np.ndarray:
        """How far it is from one end to the other, (T,)."""
        limb = np.array(self._limb)
        return np.linalg.norm(limb[:, 2] - limb[:, 0], axis=1)

    def aim(self, rows: np.ndarray, seen: Sequence[Mapping[str, np.ndarray]]) -> None:
        """Turn the pole about the line between the limb's ends by what the middle joint is off on these frames."""
        limb = np.array(self._limb)
        found = np.array([[poses[bone][:3, 3] for bone in self.shown[:3]] for poses in seen])
        order = np.argsort(self._reaches[rows], kind="stable")
        angles = np.unwrap(swing(found, limb[rows])[order])
        angles = np.interp(self._reaches, self._reaches[rows][order], angles)
        places = swung(np.array(self._poles), limb, angles)
        for row, place in enumerate(places):
            self.basis[self.reach.pole][row][:3, 3] += self._axes[row] @ (place - self._poles[row])
        self._poles = list(places)

    def pole_locations(self) -> np.ndarray:
        """What is keyed of the pole, (T, 3) float32."""
        return np.array(self.basis[self.reach.pole])[:, :3, 3].astype(np.float32)

    def _put(self, double: Double, bone: str, matrix: np.ndarray) -> None:
        self.basis[bone].append(double.pose_as(bone, matrix))

    def tracks(self, obj: bpy.types.Object) -> Iterator[Track]:
        """What to key."""
        for bone, matrices in self.basis.items():
            stack = np.array(matrices)
            if bone != self.reach.toe:
                yield Track(rig.bone_path(bone, "location"), stack[:, :3, 3].astype(np.float32), bone)
            if bone != self.reach.pole:
                mode: Any = pose_of(obj).bones[bone].rotation_mode
                q = matrix_to_quaternion(rig.rotations_of(stack))
                values = channels.quaternion_to_channel(mode, q).astype(np.float32)
                yield Track(rig.bone_path(bone, channels.rotation_channel(mode).name), values, bone, mode)


def _toe(end: str) -> str:
    """The joint below an ankle."""
    return end.replace("ankle", "foot")
