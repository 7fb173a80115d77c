"""One Action of all that plays, on rigs of every rotation mode and with switches: it plays as the NLA did."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
import rigs
import untouched
from moving import swinging
from scenes import pose_matrices, write_take

FRAMES, START, LATER = 40, 11, 38
"""The second take overlaps the end of the first."""
SEEN = (START, START + 9, 30, LATER, LATER + 4, 50, 51, 64, LATER + FRAMES - 1)
NEAR = 1e-4
ROUNDED = 1e-3
"""Blender combines quaternions by a float32 arccosine, a few 1e-4 rad off for small turns: what chains make of it."""


@pytest.fixture
def motion(addon):
    return swinging(addon, FRAMES)


def character(name: str) -> bpy.types.Object:
    """A test rig as the scene's character."""
    obj = rigs.make(name).armature
    bpy.context.scene.a2g_character = obj
    return obj


def key_every_bone(addon, obj: bpy.types.Object, start: int) -> bpy.types.NlaStrip:
    """An artist's clip: every bone turns in its own rotation mode, on each frame."""
    random = np.random.default_rng(4)
    action, owner, slot = addon.bl.new_action("walk", obj)
    frames = np.arange(FRAMES)
    for bone in obj.pose.bones:
        path = f'pose.bones["{bpy.utils.escape_identifier(bone.name)}"]'
        kind = addon.a2g_core.body.channels.rotation_channel(bone.rotation_mode)
        for k, value in enumerate(kind.rest):
            curve = addon.bl.new_fcurve(owner, f"{path}.{kind.name}", k, bone.name)
            swing = value + random.uniform(-0.5, 0.5) * np.sin(frames / random.uniform(4, 9) + k)
            for frame, keyed in zip(frames, swing, strict=True):
                curve.keyframe_points.insert(start + frame, keyed).interpolation = "LINEAR"
    track = obj.animation_data_create().nla_tracks.new()
    track.name = "walk"
    strip = addon.bl.add_nla_strip(track, "walk", start, action, slot)
    strip.extrapolation = "NOTHING"
    return strip


def played(obj: bpy.types.Object) -> dict[int, dict[str, np.ndarray]]:
    """Poses by frame: places in parts of the character's height, as its armature may be in centimetres."""
    size = max(bone.head_local.length for bone in obj.data.bones)
    scale = np.ones((4, 4))
    scale[:3, 3] = 1 / size
    return {frame: {name: pose * scale for name, pose in pose_matrices(obj, frame).items()} for frame in SEEN}


def furthest(first, second) -> float:
    return max(float(np.abs(first[f][b] - second[f][b]).max()) for f in first for b in first[f])


@pytest.mark.parametrize("layering", ["REPLACE", "COMBINE"])
@pytest.mark.parametrize("name", ["made_mixamo", "made_modes", "made_makehuman", "made_unreal", "made_chibi"])
def test_bake_plays_as_before_in_every_rotation_mode(addon, motion, name, layering):
    obj = character(name)
    key_every_bone(addon, obj, START)
    first, second = write_take(addon, obj, motion, START), write_take(addon, obj, motion, LATER)
    first.mute, first.blend_out = False, 9
    second.blend_type, second.blend_in = layering, 14
    first.blend_type = layering
    kept, before = untouched.state(obj, values=False), played(obj)
    assert bpy.ops.a2g.bake_action() == {"FINISHED"}
    baked = obj.animation_data.action
    assert (first.mute, second.mute) == (True, True)
    quaternions = any(bone.rotation_mode == "QUATERNION" for bone in obj.pose.bones)
    assert furthest(before, played(obj)) < (ROUNDED if layering == "COMBINE" and quaternions else NEAR)
    obj.animation_data.action = None
    bpy.data.actions.remove(baked)
    assert [name for name in untouched.changes(kept, untouched.state(obj, values=False)) if "tracks" not in name] == []


def test_bake_keys_the_switches_of_a_control_rig(addon, motion):
    obj = character("rigify")
    bone, default = obj.pose.bones["upper_arm_parent.L"], 0.25
    bone.id_properties_ui("IK_FK").update(default=default)
    first, second = write_take(addon, obj, motion, START), write_take(addon, obj, motion, LATER)
    first.mute, first.blend_out = False, 9
    second.blend_in, second.blend_out = 20, 5
    before, switched = played(obj), []
    for frame in SEEN:
        bpy.context.scene.frame_set(frame)
        switched.append(bone["IK_FK"])
    assert bpy.ops.a2g.bake_action() == {"FINISHED"}
    assert furthest(before, played(obj)) < NEAR
    after = []
    for frame in SEEN:
        bpy.context.scene.frame_set(frame)
        after.append(bone["IK_FK"])
    np.testing.assert_allclose(after, switched, atol=1e-6)
    assert min(switched) < 0.9 < max(switched), "the take's influence on the switch is not seen"


def test_bake_is_one_step_to_undo(addon, motion):
    obj = character("made_mixamo")
    write_take(addon, obj, motion, START)
    name, actions = obj.name, len(bpy.data.actions)
    bpy.ops.ed.undo_push(message="before")
    assert bpy.ops.a2g.bake_action() == {"FINISHED"}
    bpy.ops.ed.undo_push(message="Bake Gestures to Action")
    bpy.ops.ed.undo()
    obj = bpy.data.objects[name]
    assert obj.animation_data.action is None and len(bpy.data.actions) == actions
    assert not obj.animation_data.nla_tracks[0].strips[0].mute


def test_a_baked_curve_of_angles_does_not_jump_where_another_clip_begins(addon, motion):
    obj = character("made_mixamo")
    write_take(addon, obj, motion, START)
    curves_of, far = addon.bl.fcurves, 2 * np.pi
    walk = key_every_bone(addon, obj, START + 20)
    for curve in curves_of(walk.action, addon.bl.slot_of(walk)):
        for key in curve.keyframe_points:
            key.co.y += far if curve.data_path.endswith("rotation_euler") else 0.0
        curve.update()
    before = played(obj)
    assert bpy.ops.a2g.bake_action() == {"FINISHED"}
    assert furthest(before, played(obj)) < NEAR
    data = obj.animation_data
    values = np.array(
        [[k.co.y for k in curve.keyframe_points] for curve in curves_of(data.action, addon.bl.slot_of(data))]
    )
    assert np.abs(np.diff(values, axis=1)).max() < np.pi
