"""An artist's scene, in which the walk begins, and a library with a character."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from scenes import key_clip, place_sound, turn
from soak_bones import bone_of
from soak_facts import MARK

Add = Callable[[int], bpy.types.Object]


def own_character(_number: int) -> bpy.types.Object:
    """Add our own armature."""
    assert bpy.ops.a2g.add_character(with_body=False) == {"FINISHED"}
    return bpy.context.active_object


def build_library(addon: Any, voice: Path, path: Path, add: Add = own_character) -> None:
    """A file with a character that has a take and a clip; add: adds it."""
    obj = add(0)
    obj.name, obj[MARK] = "Library", "library"
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 37
    obj.a2g_body_parts = {"HEAD"}
    key_clip(addon.bl, obj, "bow", 100, {bone_of(obj, "spine1"): turn(0, np.linspace(0, 0.5, 20))}).action[MARK] = "bow"
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    bpy.ops.wm.save_as_mainfile(filepath=str(path), copy=True)


def build_scene(addon: Any, voice: Path, add: Add = own_character) -> None:
    """Two characters who speak, with an artist's clips, constraints, drivers and keys; a moving prop.

    add: adds the character of a number.
    """
    scene = bpy.context.scene
    scene.frame_end = 230
    target = bpy.data.objects.new("target", None)
    scene.collection.objects.link(target)
    target[MARK] = "target"
    for number in range(2):
        obj = add(number)
        obj[MARK] = f"character {number}"
        obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 37 + 5 * number
        obj.a2g_body_parts = {"HEAD", "TORSO"}
        _add_artists_work(addon, obj, target)
    scene.a2g_character = None
    if bpy.app.build_options.audaspace:  # 4.2 has no sound strips
        place_sound(scene, voice, 0, 0, start=40)
        bpy.context.active_object.a2g_speech_source = "STRIP"
    _key_object(addon, target, "prop", {"location": np.linspace(0, 2, 20)})
    target.driver_add("scale", 0).driver.expression = "1 + frame / 100"


def _add_artists_work(addon: Any, obj: bpy.types.Object, target: bpy.types.Object) -> None:
    rng = np.random.default_rng(1)
    below = {
        bone_of(obj, "spine1"): turn(0, 0.1 * rng.standard_normal(60)),
        bone_of(obj, "left_hip"): turn(1, 0.1 * rng.standard_normal(60)),
    }
    _mark(key_clip(addon.bl, obj, "mine walk", 1, below), "walk").extrapolation = "HOLD"
    for name, start, joint in (("wave", 60, "left_elbow"), ("nod", 110, "head")):
        poses = {bone_of(obj, joint): turn(2, np.linspace(0, 1, 25))}
        strip = _mark(key_clip(addon.bl, obj, name, start, poses), name)
        strip.extrapolation = "NOTHING"
    above = {bone_of(obj, "jaw"): turn(0, 0.05 * rng.standard_normal(30))}
    strip = _mark(key_clip(addon.bl, obj, "mine lips", 40, above), "lips")
    strip.influence, strip.blend_type, strip.blend_in = 0.7, "COMBINE", 3
    _key_object(addon, obj, "sliders", {"a2g_energy": np.linspace(0.8, 1.2, 30)})
    obj["smile"] = 0.25
    limit = obj.pose.bones[bone_of(obj, "left_foot")].constraints.new("LIMIT_ROTATION")
    limit.use_limit_x, limit.max_x = True, 0.5
    track = obj.pose.bones[bone_of(obj, "right_eye_smplhf")].constraints.new("DAMPED_TRACK")
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
