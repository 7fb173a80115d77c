"""An artist's scene, and all of it that is hers as values that can be compared."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from scenes import key_clip, turn

MARK = "soak"
LOCKED = "mine "
"""What the artist's things are told by: a custom property, and how tracks that the walk never touches are called."""

GHOST = "a2g_ghost"
"""Custom property of what Compare Take shows."""

_STRIP = ("name", "frame_start", "frame_end", "action_frame_start", "action_frame_end", "scale", "repeat", "mute",
          "influence", "blend_type", "extrapolation", "blend_in", "blend_out", "use_reverse")  # fmt: skip
_KINDS = ("objects", "armatures", "meshes", "collections", "scenes", "texts", "images", "sounds", "worlds", "materials")


# The artist's scene ---------------------------------------------------------------------------------------------------


def build_scene(addon: Any, voice: Path) -> None:
    """Two characters who speak from a file, with an artist's clips, constraints, drivers and keys; a moving prop."""
    scene = bpy.context.scene
    scene.frame_end = 220
    target = bpy.data.objects.new("target", None)
    scene.collection.objects.link(target)
    target[MARK] = "target"
    for number in range(2):
        assert bpy.ops.a2g.add_character(with_body=False) == {"FINISHED"}
        obj = bpy.context.active_object
        obj[MARK] = f"character {number}"
        obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 37 + 5 * number
        _add_artists_work(addon, obj, target)
    scene.a2g_character = None
    _key_object(addon, target, "prop", {"location": np.linspace(0, 2, 20)})
    target.driver_add("scale", 0).driver.expression = "1 + frame / 100"


def _add_artists_work(addon: Any, obj: bpy.types.Object, target: bpy.types.Object) -> None:
    rng = np.random.default_rng(1)
    below = {"spine1": turn(0, 0.1 * rng.standard_normal(60)), "left_hip": turn(1, 0.1 * rng.standard_normal(60))}
    _mark(key_clip(addon.bl, obj, LOCKED + "walk", 1, below), "walk").extrapolation = "HOLD"
    for name, start, bone in (("wave", 60, "left_elbow"), ("nod", 110, "head")):
        strip = _mark(key_clip(addon.bl, obj, name, start, {bone: turn(2, np.linspace(0, 1, 25))}), name)
        strip.extrapolation = "NOTHING"
    above = {"jaw": turn(0, 0.05 * rng.standard_normal(30))}
    strip = _mark(key_clip(addon.bl, obj, LOCKED + "lips", 40, above), "lips")
    strip.influence, strip.blend_type, strip.blend_in = 0.7, "COMBINE", 3
    _key_object(addon, obj, "sliders", {"a2g_energy": np.linspace(0.8, 1.2, 30)})
    obj["smile"] = 0.25
    limit = obj.pose.bones["left_foot"].constraints.new("LIMIT_ROTATION")
    limit.use_limit_x, limit.max_x = True, 0.5
    track = obj.pose.bones["right_eye_smplhf" if "right_eye_smplhf" in obj.pose.bones else "head"].constraints.new(
        "DAMPED_TRACK"
    )
    track.target, track.influence, track.name = target, 0.3, "look"
    curve = obj.driver_add('["smile"]')
    curve.driver.expression = "0.5 * x"
    variable = curve.driver.variables.new()
    variable.name = "x"
    variable.targets[0].id, variable.targets[0].data_path = target, "location.x"


def _mark(strip: bpy.types.NlaStrip, mark: str) -> bpy.types.NlaStrip:
    strip.action[MARK] = mark
    return strip


def _key_object(addon: Any, obj: bpy.types.Object, name: str, values: dict[str, np.ndarray]) -> None:
    action, owner, slot = addon.bl.new_action(name, obj)
    for path, column in values.items():
        curve = addon.bl.new_fcurve(owner, path, 0, name)
        for frame, value in enumerate(column):
            curve.keyframe_points.insert(40 + frame, value)
    action[MARK] = name
    data = obj.animation_data or obj.animation_data_create()
    data.action = action
    if slot is not None:
        data.action_slot = slot


# What is the artist's, as values that can be compared -----------------------------------------------------------------


def fixed_work(bl: Any) -> dict[str, Any]:
    """All that nobody in the walk ever changes, not even the artist; the same after every step."""
    found: dict[str, Any] = {}
    for obj in marked_objects():
        mark, data = obj[MARK], obj.animation_data
        found[mark, "action"] = (data.action.get(MARK), _keys(bl, data.action, bl.slot_of(data)))
        found[mark, "drivers"] = [_driver(curve) for curve in data.drivers]
        found[mark, "tracks"] = [
            (t.name, t.mute, t.lock, [_strip(bl, s) for s in t.strips])
            for t in data.nla_tracks if t.name.startswith(LOCKED)
        ]  # fmt: skip
        bones = obj.pose.bones if obj.pose else ()
        found[mark, "constraints"] = [(b.name, *_constraint(c)) for b in bones for c in b.constraints]
        found[mark, "rotation"] = [b.rotation_mode for b in bones]
        found[mark, "transform"] = (*obj.rotation_euler, *obj.delta_location)  # the rest is animated
    return found


def own_work(bl: Any) -> dict[str, Any]:
    """All that is not the add-on's, the clips that the artist moves about too; the same after each of our operators."""
    found = {
        (obj[MARK], "clips"): [
            (t.name, t.mute, t.is_solo, _strip(bl, s))
            for t in obj.animation_data.nla_tracks for s in t.strips
            if s.action is not None and not s.action.a2g.is_take
        ]
        for obj in marked_objects()
    }  # fmt: skip
    scene = bpy.context.scene
    found["counts"] = {kind: sum(GHOST not in item for item in getattr(bpy.data, kind)) for kind in _KINDS}
    found["scene"] = (scene.frame_start, scene.frame_end, scene.render.fps, tuple(scene.cursor.location))
    found["mode"] = bpy.context.mode
    found["orphans"] = sum(a.users == 0 and not a.a2g.is_unfinished for a in bpy.data.actions)
    return found


def marked_objects() -> list[bpy.types.Object]:
    """The artist's objects that are in the scene, in the order of their marks."""
    return sorted((o for o in bpy.context.scene.objects if MARK in o and GHOST not in o), key=lambda o: o[MARK])


def _keys(bl: Any, action: bpy.types.Action, slot: Any) -> str:
    digest = hashlib.sha256()
    for curve in bl.fcurves(action, slot):
        digest.update(f"{curve.data_path} {curve.array_index} {curve.mute} {curve.extrapolation}".encode())
        for name, width in (("co", 2), ("handle_left", 2), ("handle_right", 2)):
            values = np.empty(width * len(curve.keyframe_points), np.float32)
            curve.keyframe_points.foreach_get(name, values)
            digest.update(values.tobytes())
        digest.update("".join(key.interpolation for key in curve.keyframe_points).encode())
    return digest.hexdigest()


def _strip(bl: Any, strip: bpy.types.NlaStrip) -> tuple:
    values = [getattr(strip, name) for name in _STRIP]
    slot = bl.slot_of(strip)
    return (*values, strip.action.get(MARK), slot and slot.identifier, _keys(bl, strip.action, slot))


def _constraint(constraint: bpy.types.Constraint) -> tuple:
    target = getattr(constraint, "target", None)
    return constraint.type, constraint.name, constraint.influence, constraint.mute, target and target[MARK]


def _driver(curve: bpy.types.FCurve) -> tuple:
    variables = [(v.name, v.type, v.targets[0].data_path, v.targets[0].id[MARK]) for v in curve.driver.variables]
    return curve.data_path, curve.array_index, curve.driver.type, curve.driver.expression, variables
