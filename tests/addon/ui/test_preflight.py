"""Everything that keeps gestures from being generated: it is told, and the button beside it mends it."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from mathutils import Euler
from refusals import mends, problems
from scenes import curves, key_clip, pose_matrices, save_and_link, strips, turn


@pytest.fixture
def ready(addon, character, speech_file) -> bpy.types.Object:
    """A character that nothing is wrong with."""
    assert problems(addon) == []
    return character


def wave(addon, obj) -> bpy.types.NlaStrip:
    return key_clip(addon.bl, obj, "wave", 50, {"head": turn(2, np.linspace(0, 1, 20))})


def activate(obj, strip) -> None:
    obj.animation_data.action = strip.action
    if hasattr(strip, "action_slot"):
        obj.animation_data.action_slot = strip.action_slot


def test_no_character(addon, scene):
    mends(addon, "no character is chosen".capitalize(), "a2g.add_character")


def test_missing_bones(addon, ready):
    bpy.ops.object.mode_set(mode="EDIT")
    for bone in list(ready.data.edit_bones):
        if any(part in bone.name for part in ("left_", "right_")):
            ready.data.edit_bones.remove(bone)
    bpy.ops.object.mode_set(mode="OBJECT")
    mends(addon, "No bones were found for an arm", "a2g.add_character", with_body=False)


def test_edit_mode(addon, ready):
    bpy.ops.object.mode_set(mode="EDIT")
    mends(addon, "Edit Mode", "a2g.leave_mode")


def test_edit_mode_of_a_character_that_is_not_active(addon, scene, ready):
    other = bpy.data.objects.new("other", bpy.data.armatures.new("other"))
    scene.collection.objects.link(other)
    other.select_set(True)
    ready.select_set(True)
    bpy.context.view_layer.objects.active = other
    bpy.ops.object.mode_set(mode="EDIT")
    scene.a2g_character = ready
    mends(addon, "Edit Mode", "a2g.leave_mode")


@pytest.mark.parametrize("mode", ["XYZ", "YXZ", "AXIS_ANGLE"])
def test_bones_of_any_rotation_mode_are_keyed_in_it(addon, ready, mode):
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    before = pose_matrices(ready, 60)
    bpy.ops.a2g.delete_take()
    for name in ("left_elbow", "spine2", "pelvis"):
        ready.pose.bones[name].rotation_mode = mode
    assert problems(addon) == []
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    for name, matrix in pose_matrices(ready, 60).items():
        np.testing.assert_allclose(matrix, before[name], atol=1e-5)
    assert ready.pose.bones["left_elbow"].rotation_mode == mode


@pytest.mark.parametrize("fix", ["a2g.push_down_action", "a2g.stash_action"])
def test_action_that_hides_the_nla(addon, ready, fix):
    strip = wave(addon, ready)
    activate(ready, strip)
    mends(addon, "would hide the gestures", fix)
    track = ready.animation_data.nla_tracks[-1]
    assert track.strips[0].action == strip.action
    assert track.mute == (fix == "a2g.stash_action")


def test_tweak_mode(addon, ready):
    strip = wave(addon, ready)
    strip.select = True
    ready.animation_data.nla_tracks[0].select = True
    ready.animation_data.use_tweak_mode = True
    if not ready.animation_data.use_tweak_mode:
        pytest.skip("tweak mode needs a window here")
    mends(addon, "is being tweaked", "a2g.leave_tweak_mode")


def test_nla_turned_off(addon, ready):
    wave(addon, ready)
    ready.animation_data.use_nla = False
    mends(addon, "is turned off", "a2g.enable_nla")


def test_solo_track(addon, ready):
    wave(addon, ready)
    ready.animation_data.nla_tracks[0].is_solo = True
    mends(addon, "plays solo", "a2g.unsolo")


def test_no_speech_file_and_a_missing_one(addon, ready, voice, tmp_path):
    ready.a2g_speech_file = ""
    mends(addon, "No speech file", "a2g.choose_speech_file", filepath=str(voice))
    assert (ready.a2g_speech_source, ready.a2g_speech_file) == ("FILE", str(voice)), "where a file was asked for"
    ready.a2g_speech_file = str(tmp_path / "gone.wav")
    mends(addon, "There is no file", "a2g.find_speech_file", filepath=str(voice))


def test_no_strip(addon, character, voice):
    mends(addon, "no sound strip", "a2g.choose_speech_file", filepath=str(voice))
    placed = "STRIP" if bpy.app.build_options.audaspace else "FILE"  # nothing can be placed without sound
    assert character.a2g_speech_source == placed


def test_strip_whose_file_is_gone(addon, character, sound_strip, voice, tmp_path):
    sound_strip.sound.filepath = str(tmp_path / "gone.wav")
    mends(addon, "is missing", "a2g.find_speech_file", filepath=str(voice))


def test_engine_that_is_not_set_up(addon, ready, monkeypatch):
    preferences = bpy.context.preferences.addons["bl_ext.user_default.audio2gestures"].preferences
    preferences.engine = "WORKER"
    try:
        mends(addon, "engine is not set up", "a2g.use_cpu")
    finally:
        preferences.engine = "NUMPY"


def test_missing_model(addon, ready, monkeypatch, tmp_path):
    monkeypatch.setattr(addon.a2g_core.model.checkpoint, "default_model_path", lambda: tmp_path / "gone")
    assert [p.text for p in problems(addon)] == ["The gesture model is missing; install the add-on again."]


def test_linked_character(addon, character, voice, tmp_path):
    character.a2g_speech_source, character.a2g_speech_file = "FILE", str(voice)
    save_and_link(tmp_path / "library.blend")
    mends(addon, "linked from another file", "a2g.make_override")
    obj = addon.ui.state.character(bpy.context)
    assert obj.override_library is not None
    assert problems(addon) == []
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert list(strips(obj)) == ["Gestures"]


def test_several_problems_are_all_told(addon, ready):
    wave(addon, ready)
    ready.animation_data.use_nla = False
    ready.animation_data.nla_tracks[0].is_solo = True
    ready.a2g_speech_file = ""
    assert len(problems(addon)) == 3


# --- the rest pose ------------------------------------------------------


def wrists(obj) -> np.ndarray:
    return np.array([(obj.matrix_world @ obj.pose.bones["left_wrist"].matrix).translation for _ in shown(obj)])


def shown(obj):
    for frame in range(40, 150, 20):
        bpy.context.scene.frame_set(frame)
        yield frame


@pytest.mark.parametrize("angles", [(0, 0, 30), (0, 0, -110), (0, 0, 4), (15, 0, 0)])
def test_an_applied_turn_or_tilt_is_followed(addon, ready, angles):
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    before = wrists(ready)
    bpy.ops.a2g.delete_take()
    for bone in ready.pose.bones:
        bone.matrix_basis.identity()
    rotation = Euler(np.radians(angles)).to_matrix().to_4x4()
    ready.matrix_world = rotation @ ready.matrix_world
    bpy.context.view_layer.update()
    bpy.ops.object.transform_apply(location=False, rotation=True, scale=False)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    np.testing.assert_allclose(wrists(ready), before @ np.array(rotation)[:3, :3].T, atol=1e-4)


def directions(obj, frame: int) -> np.ndarray:
    """Where the arms point in the world: from shoulder to elbow to wrist."""
    bpy.context.scene.frame_set(frame)
    names = [f"{side}_{joint}" for side in ("left", "right") for joint in ("shoulder", "elbow", "wrist")]
    heads = np.array([(obj.matrix_world @ obj.pose.bones[name].matrix).translation for name in names])
    along = np.diff(heads.reshape(2, 3, 3), axis=1)
    return along / np.linalg.norm(along, axis=-1, keepdims=True)


@pytest.mark.parametrize("degrees", [5, 45])
def test_an_a_pose_is_corrected(addon, ready, degrees):
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    before = directions(ready, 60)
    bpy.ops.a2g.delete_take()
    for bone in ready.pose.bones:
        bone.matrix_basis.identity()
    bpy.ops.object.mode_set(mode="POSE")
    for side, sign in (("left", -1), ("right", 1)):
        ready.pose.bones[f"{side}_shoulder"].rotation_quaternion = turn(2, np.radians([sign * degrees]))[0]
    bpy.context.view_layer.update()
    bpy.ops.pose.armature_apply(selected=False)
    bpy.ops.object.mode_set(mode="OBJECT")
    assert problems(addon) == []
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    np.testing.assert_allclose(directions(ready, 60), before, atol=1e-4)


def test_bones_that_do_not_follow_their_parents_turn_as_if_they_did(addon, ready):
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    before = directions(ready, 60)
    bpy.ops.a2g.delete_take()
    ready.data.bones["left_elbow"].use_inherit_rotation = False
    bpy.ops.object.mode_set(mode="EDIT")
    ready.data.edit_bones["right_shoulder"].parent = ready.data.edit_bones["spine2"]
    bpy.ops.object.mode_set(mode="OBJECT")
    assert problems(addon) == []
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    np.testing.assert_allclose(directions(ready, 60), before, atol=1e-4)


def test_locked_bones_are_named_and_left_alone(addon, ready):
    ready.pose.bones["left_elbow"].lock_rotation = (True, True, True)
    (problem,) = problems(addon)
    assert problem.text.startswith("Bones of the gestures are locked and will be left alone (left_elbow)")
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    keyed = {path for path, _ in curves(addon.bl, strips(ready)["Gestures"])}
    assert len(keyed) == 52 and not any("left_elbow" in path for path in keyed)
