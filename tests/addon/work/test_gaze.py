"""Gazes in Blender: eyes on what is looked at, measured on the evaluated pose, and what else must not change."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
import rigs
from mathutils import Vector
from scenes import counts, curves, strips
from ticking import run_timers

START = 37
EYES = ("left_eye_smplhf", "right_eye_smplhf")


@pytest.fixture
def speaking(scene, character, voice) -> bpy.types.Object:
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(voice), START
    return character


@pytest.fixture
def ball(scene) -> bpy.types.Object:
    obj = bpy.data.objects.new("Ball", None)
    scene.collection.objects.link(obj)
    obj.location = (-0.6, -2.0, 1.4)
    return obj


def look_at(obj: bpy.types.Object, target: bpy.types.Object, strength: float = 1.0) -> None:
    obj.a2g_look_at, obj.a2g_look_target, obj.a2g_look_strength = "OBJECT", target, strength


def keys(addon, obj, name: str = "Gestures") -> dict:
    return curves(addon.bl, strips(obj)[name])


def miss_deg(addon, obj: bpy.types.Object, target: bpy.types.Object, frames, eyes: tuple[str, str] = EYES) -> float:
    """How far the mean of both eyes, bones, is from a target, in the mean of these frames."""
    found, ahead = [], addon.scene.rig.read(obj).axes[:, 2]
    for frame in frames:
        bpy.context.scene.frame_set(frame)
        evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
        world, rests = np.array(evaluated.matrix_world), obj.data.bones
        poses = [np.array(evaluated.pose.bones[eye].matrix) for eye in eyes]
        turns = [p[:3, :3] @ np.array(rests[eye].matrix_local)[:3, :3].T for p, eye in zip(poses, eyes, strict=True)]
        looks = world[:3, :3] @ np.mean(turns, axis=0) @ ahead
        at = (world @ np.mean([p[:, 3] for p in poses], axis=0))[:3]
        way = np.array(target.evaluated_get(bpy.context.evaluated_depsgraph_get()).matrix_world)[:3, 3] - at
        found.append(np.degrees(np.arctan2(np.linalg.norm(np.cross(looks, way)), looks @ way)))
    return float(np.mean(found))


def test_eyes_rest_on_an_object_wherever_the_character_stands(addon, speaking, ball):
    before = speaking.matrix_world.inverted() @ ball.location
    speaking.location, speaking.scale, speaking.rotation_euler.z = (3, 1, 0.5), (1.4,) * 3, 2.0
    bpy.context.view_layer.update()
    ball.location = speaking.matrix_world @ before
    bpy.context.view_layer.update()
    look_at(speaking, ball)
    before = counts()
    bpy.ops.a2g.generate()
    assert miss_deg(addon, speaking, ball, range(START, START + 120, 9)) < 3
    assert {**counts(), "actions": 0} == {**before, "actions": 0}


@pytest.mark.parametrize("name", ["rigify", "mpfb_rigify"])
def test_eyes_that_aim_at_controls_look_where_these_are_moved(addon, scene, voice, ball, name):
    if not rigs.available(name):
        pytest.skip(f"{name} is not here")
    obj = rigs.make(name).armature
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), START
    scene.a2g_character = obj
    ball.location = obj.matrix_world @ Vector((0.7, -1.5, 1.5))
    bpy.context.view_layer.update()
    look_at(obj, ball)
    assert not addon.scene.gaze.lacks_eyes(obj)
    bpy.ops.a2g.generate()
    eyes = ("ORG-eye.L", "ORG-eye.R") if name == "rigify" else ("DEF-eye.L", "DEF-eye.R")
    assert miss_deg(addon, obj, ball, range(START, START + 120, 9), eyes) < 3
    written = {path for path, _index in keys(addon, obj)}
    assert {'pose.bones["eye.L"].location', 'pose.bones["eye.R"].location'} <= written
    assert ('pose.bones["eyes"]["eyes_follow"]' in written) == (name == "rigify")
    obj.pose.bones["eye.L"].lock_location = (True, True, True)
    obj.pose.bones["eye.R"].lock_location = (True, True, True)
    assert addon.scene.gaze.lacks_eyes(obj)


def test_a_moving_target_is_followed_by_a_moving_character(addon, scene, speaking, ball):
    scene.frame_start, scene.frame_end = 1, 200
    for obj, places in ((ball, ((-1.5, -2, 1.2), (1.5, -2, 1.8))), (speaking, ((0, 0, 0), (0, -0.5, 0)))):
        for frame, place in zip((1, 200), places, strict=True):
            obj.location = place
            obj.keyframe_insert("location", frame=frame)
    bpy.ops.a2g.push_down_action()
    scene.frame_set(50)
    look_at(speaking, ball)
    bpy.ops.a2g.generate()
    assert scene.frame_current == 50
    assert miss_deg(addon, speaking, ball, range(START, START + 120, 9)) < 3


def test_the_camera_is_the_one_that_markers_choose(addon, scene, speaking):
    cameras = []
    for side, frame in ((-1, START - 10), (1, START + 60)):
        camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
        scene.collection.objects.link(camera)
        camera.location = (1.2 * side, -2.0, 1.6)
        marker = scene.timeline_markers.new("cut", frame=frame)
        marker.camera = camera
        cameras.append(camera)
    scene.camera, scene.frame_end = cameras[0], 200
    speaking.a2g_look_at, speaking.a2g_look_strength = "CAMERA", 1.0
    bpy.ops.a2g.generate()
    assert miss_deg(addon, speaking, cameras[0], range(START, START + 58, 6)) < 3
    assert miss_deg(addon, speaking, cameras[1], range(START + 70, START + 120, 6)) < 3


def test_another_character_is_looked_into_the_eyes(addon, scene, speaking):
    bpy.ops.a2g.add_character(with_body=False)
    other = bpy.context.active_object
    other.location = (0.5, -1.5, 0)
    scene.a2g_character = speaking
    bpy.context.view_layer.update()
    look_at(speaking, other)
    bpy.ops.a2g.generate()
    eyes = np.mean([other.matrix_world @ other.data.bones[eye].head_local for eye in EYES], axis=0)
    point = bpy.data.objects.new("Eyes", None)
    scene.collection.objects.link(point)
    point.location = eyes
    assert miss_deg(addon, speaking, point, range(START, START + 120, 9)) < 3


def test_who_speaks_is_looked_into_the_eyes(addon, scene, speaking, voice):
    bpy.ops.a2g.add_character(with_body=False)
    other = bpy.context.active_object
    other.location = (0.5, -1.5, 0)
    scene.a2g_character, scene.frame_start, scene.frame_end = speaking, START, START + 120
    bpy.context.view_layer.update()
    speaking.a2g_look_at, speaking.a2g_look_strength = "SPEAKER", 1.0
    other.hide_set(True)
    with pytest.raises(RuntimeError, match="No other character has a voice"):
        bpy.ops.a2g.generate()
    other.a2g_speech_source, other.a2g_speech_file, other.a2g_start_frame = "FILE", str(voice), START
    bpy.ops.a2g.generate()
    point = bpy.data.objects.new("Eyes", None)
    scene.collection.objects.link(point)
    point.location = np.mean([other.matrix_world @ other.data.bones[eye].head_local for eye in EYES], axis=0)
    assert miss_deg(addon, speaking, point, range(START, START + 120, 9)) < 3
    bpy.ops.a2g.update_take()
    assert set(strips(speaking)) == {"Gestures"}


@pytest.mark.parametrize("way", ["walks", "sits"])
def test_who_speaks_is_looked_at_where_they_are_on_each_frame(addon, scene, speaking, voice, way):
    bpy.ops.a2g.add_character(with_body=False)
    other = bpy.context.active_object
    other.a2g_speech_source, other.a2g_speech_file, other.a2g_start_frame = "FILE", str(voice), START
    if way == "walks":
        for frame, place in ((1, (-2.0, -1.5, 0)), (200, (2.0, -1.5, 0))):
            other.location = place
            other.keyframe_insert("location", frame=frame)
    else:
        other.location = (0.5, -1.2, 0)
        other.pose.bones["pelvis"].location = (0, -0.6, 0)
        other.pose.bones["pelvis"].keyframe_insert("location", frame=1)
    scene.a2g_character, scene.frame_start, scene.frame_end = speaking, START, START + 120
    scene.frame_set(60)
    before, speaking.a2g_look_at, speaking.a2g_look_strength = counts(), "SPEAKER", 1.0
    bpy.ops.a2g.generate()
    assert {**counts(), "actions": 0} == {**before, "actions": 0} and scene.frame_current == 60
    point = bpy.data.objects.new("Eyes", None)
    scene.collection.objects.link(point)
    for eye, share in zip(EYES, (1.0, 0.5), strict=True):
        follow = point.constraints.new("COPY_LOCATION")
        follow.target, follow.subtarget, follow.influence = other, eye, share
    assert miss_deg(addon, speaking, point, range(START, START + 120, 9)) < 3


def test_without_strength_a_take_is_as_without_a_gaze(addon, speaking, ball):
    speaking.a2g_keep_seed = True
    bpy.ops.a2g.generate()
    plain = keys(addon, speaking)
    look_at(speaking, ball, 0.0)
    bpy.ops.a2g.generate()
    again = keys(addon, speaking, "Gestures 2")
    assert plain.keys() == again.keys()
    assert all(np.array_equal(plain[path], again[path]) for path in plain)


def test_a_keyed_strength_changes_what_is_near_its_keys_alone(addon, scene, speaking, ball):
    scene.frame_end, speaking.a2g_keep_seed = 200, True
    bpy.ops.a2g.generate()
    plain = keys(addon, speaking)
    look_at(speaking, ball)
    for frame, strength in ((START + 50, 1.0), (START + 55, 0.0)):
        speaking.a2g_look_strength = strength
        speaking.keyframe_insert("a2g_look_strength", frame=frame)
    bpy.ops.a2g.push_down_action()
    bpy.ops.a2g.generate()
    looks = keys(addon, speaking, "Gestures 2")
    path = 'pose.bones["head"].rotation_quaternion', 0
    changed = np.flatnonzero(looks[path][:, 1] != plain[path][:, 1])
    assert changed.min() == 0 and changed.max() < 55 + 30


def test_update_take_looks_elsewhere_in_place_and_begins_to_look_in_a_new_take(addon, speaking, ball):
    bpy.ops.a2g.generate()
    look_at(speaking, ball)
    bpy.ops.a2g.update_take()
    assert set(strips(speaking)) == {"Gestures", "Gestures 2"}
    assert miss_deg(addon, speaking, ball, range(START, START + 120, 12)) < 3
    ball.location.x = 0.9
    bpy.context.view_layer.update()
    bpy.ops.a2g.update_take()
    assert set(strips(speaking)) == {"Gestures", "Gestures 2"}
    assert miss_deg(addon, speaking, ball, range(START, START + 120, 12)) < 3


def test_the_slider_of_a_take_that_looks_is_live(addon, runner, watching, speaking, ball):
    look_at(speaking, ball)
    bpy.ops.a2g.generate()
    bpy.context.scene.frame_set(60)
    before = keys(addon, speaking)
    speaking.a2g_look_strength = 0.5
    run_timers(watching, runner)
    path = 'pose.bones["head"].rotation_quaternion', 0
    assert not np.array_equal(keys(addon, speaking)[path], before[path])
    assert addon.scene.take_list.recipe_of(strips(speaking)["Gestures"]).request.gaze.strength == 0.5
    speaking.a2g_look_strength = 0.0
    run_timers(watching, runner)
    speaking.a2g_look_strength = 1.0
    run_timers(watching, runner)
    after = keys(addon, speaking)
    assert list(strips(speaking)) == ["Gestures"]
    assert all(np.array_equal(after[path], before[path]) for path in before)


def test_another_phrase_goes_on_looking(addon, speaking, ball):
    look_at(speaking, ball)
    bpy.ops.a2g.generate()
    before = keys(addon, speaking)
    bpy.context.scene.frame_set(START + 40)
    bpy.ops.a2g.change_phrase(direction="NEXT")
    after = keys(addon, speaking)
    assert any(not np.array_equal(before[path], after[path]) for path in before)
    assert miss_deg(addon, speaking, ball, range(START, START + 120, 9)) < 3
    recipe = addon.scene.take_list.recipe_of(strips(speaking)["Gestures"])
    assert recipe.request.gaze
    bpy.ops.a2g.reproduce_take()
    again = keys(addon, speaking, "Gestures 2")
    assert max(np.abs(again[path][:, 1] - after[path][:, 1]).max() for path in again) < 1e-3


def test_a_combined_take_turns_eyes_and_jaw_too(addon, speaking, ball):
    speaking.a2g_layering, speaking.a2g_jaw = "COMBINE", 1.0
    look_at(speaking, ball)
    bpy.ops.a2g.generate()
    found = keys(addon, speaking)
    assert {f'pose.bones["{bone}"].rotation_quaternion' for bone in (*EYES, "jaw")} <= {path for path, _ in found}
    jaw = found['pose.bones["jaw"].rotation_quaternion', 0][:, 1]
    assert jaw.min() < 0.9999 and jaw.max() == pytest.approx(1, abs=1e-6)


def test_what_is_not_there_is_told(speaking):
    for kind in ("OBJECT", "CAMERA"):
        speaking.a2g_look_at = kind
        with pytest.raises(RuntimeError, match=r"object to look at|no camera"):
            bpy.ops.a2g.generate()
    speaking.a2g_look_at, speaking.a2g_look_target = "OBJECT", speaking
    with pytest.raises(RuntimeError, match="object to look at"):
        bpy.ops.a2g.generate()
