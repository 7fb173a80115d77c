"""A take: where its keys are, what they say, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np
import pytest
from scenes import (
    RATE_HZ,
    counts,
    curves,
    cut,
    key_clip,
    place_sound,
    pose_matrices,
    read_wav,
    strips,
    turn,
    write_take,
)


def expected_motion(addon, samples: np.ndarray, fps: float, seed: int = 0):
    """What the core makes of these samples."""
    speech = addon.a2g_core.speech.audio.Speech.from_samples(samples, RATE_HZ)
    return addon.a2g_core.performing.generate.generate(
        speech, addon.a2g_core.model.checkpoint.load_model(), seed=seed, fps=fps
    )


def assert_pose_is(addon, obj, motion, start: int, frames) -> None:
    """Evaluated bone matrices against forward kinematics of the core, rest orientation taken out."""
    matrices = addon.a2g_core.body.rotations.quaternion_to_matrix(motion.quaternions.astype(np.float64))
    positions, turns = addon.a2g_core.body.kinematics.forward_kinematics(matrices, motion.skeleton)
    root = np.array(obj.data.bones["pelvis"].head_local)
    for frame in frames:
        pose = pose_matrices(obj, start + frame)
        for joint, name in enumerate(motion.skeleton.names):
            rest = np.array(obj.data.bones[name].matrix_local)[:3, :3]
            np.testing.assert_allclose(pose[name][:3, :3] @ rest.T, turns[frame, joint], atol=1e-4, err_msg=name)
            where = positions[frame, joint] + motion.translation[frame] + root
            np.testing.assert_allclose(pose[name][:3, 3], where, atol=1e-4, err_msg=name)


def assert_keys_on(addon, strip, frames) -> None:
    """Every curve has one key on each of these frames and no others."""
    found = curves(addon.bl, strip)
    assert found
    for keys in found.values():
        np.testing.assert_array_equal(keys[:, 0], frames)


def assert_continuous(addon, strip) -> None:
    """No quaternion jumps to its negative, and the first is on the rest pose's side."""
    found = curves(addon.bl, strip)
    for path in {path for path, _ in found if path.endswith("rotation_quaternion")}:
        q = np.stack([found[path, k][:, 1] for k in range(4)], axis=1)
        assert (np.sum(q[1:] * q[:-1], axis=1) >= 0).all(), path
        assert q[0, 0] >= 0, path


@pytest.mark.parametrize(("fps", "fps_base"), [(30, 1.0), (24, 1.0), (30, 1.001), (60, 1.0)])
def test_keys_are_where_the_trimmed_strip_is(addon, scene, character, voice, fps, fps_base):
    scene.render.fps, scene.render.fps_base = fps, fps_base
    place_sound(scene, voice, 50, 117)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    strip = strips(character)["Gestures"]
    assert_keys_on(addon, strip, range(50, 117))
    assert (strip.frame_start, strip.frame_end, strip.extrapolation) == (50, 116, "NOTHING")
    assert character.animation_data.action is None


def test_strip_is_heard_from_its_first_visible_sample(addon, scene, character, sound_strip, voice):
    used = read_wav(voice)[round(13 / 30 * RATE_HZ) :][: round(87 / 30 * RATE_HZ)]
    heard = np.concatenate(list(addon.speech.strips.find_speech(bpy.context, character).open().read()))
    np.testing.assert_allclose(heard[:, 0], used, atol=1e-4)
    bpy.ops.a2g.generate()
    assert_pose_is(addon, character, expected_motion(addon, used, 30.0), 50, (0, 40, 86))


def test_strip_longer_than_its_sound_is_silent_there(addon, scene, character, sound_strip, voice):
    cut(sound_strip, 27, 37 + 120 + 15)
    bpy.ops.a2g.generate()
    assert_keys_on(addon, strips(character)["Gestures"], range(27, 172))
    heard = np.concatenate(list(addon.speech.strips.find_speech(bpy.context, character).open().read()))[:, 0]
    before = round(10 / 30 * RATE_HZ)
    assert len(heard) == round(145 / 30 * RATE_HZ)
    np.testing.assert_allclose(heard[before:][: 4 * RATE_HZ], read_wav(voice), atol=1e-4)
    assert (heard[:before] == 0).all()
    assert (heard[before + 4 * RATE_HZ :] == 0).all()


def test_packed_sound_needs_no_file(addon, scene, character, sound_strip, voice, tmp_path):
    copy = tmp_path / "copy.wav"
    copy.write_bytes(voice.read_bytes())
    sound_strip.sound.filepath = str(copy)
    sound_strip.sound.pack()
    copy.unlink()
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    heard = np.concatenate(list(addon.speech.strips.find_speech(bpy.context, character).open().read()))
    used = read_wav(voice)[round(13 / 30 * RATE_HZ) :][: round(87 / 30 * RATE_HZ)]
    np.testing.assert_allclose(heard[:, 0], used, atol=1e-4)


def test_outside_the_take_nothing_is_posed(addon, character, speech_file):
    bpy.ops.a2g.generate()
    for frame in (1, 36, 37 + 120, 400):
        for name, matrix in pose_matrices(character, frame).items():
            np.testing.assert_allclose(matrix, character.data.bones[name].matrix_local, atol=1e-6)


def test_pose_is_what_the_core_says(addon, character, speech_file):
    bpy.ops.a2g.generate()
    strip = strips(character)["Gestures"]
    assert_keys_on(addon, strip, range(37, 157))
    assert_pose_is(addon, character, expected_motion(addon, read_wav(speech_file), 30.0), 37, (0, 1, 60, 119))


def turn_bones(obj: bpy.types.Object) -> None:
    """Give every bone a random rest direction and roll, and leave its head where it is."""
    rng = np.random.default_rng(3)
    bpy.ops.object.mode_set(mode="EDIT")
    for bone in obj.data.edit_bones:
        bone.tail = np.array(bone.head) + 0.1 * rng.standard_normal(3)
        bone.roll = rng.uniform(-3, 3)
    bpy.ops.object.mode_set(mode="OBJECT")


def test_pose_is_the_same_on_bones_of_any_rest_orientation(addon, character, speech_file):
    turn_bones(character)
    bpy.ops.a2g.generate()
    assert_pose_is(addon, character, expected_motion(addon, read_wav(speech_file), 30.0), 37, (0, 60, 119))


@pytest.mark.parametrize("turned", [False, True])
def test_any_motion_is_written_exactly(addon, character, turned):
    """Wild rotations and a wandering root, which no model makes."""
    if turned:
        turn_bones(character)
    rng = np.random.default_rng(4)
    skeleton = addon.a2g_core.body.skeleton.SMPLX
    q = rng.standard_normal((7, len(skeleton), 4))
    q /= np.linalg.norm(q, axis=-1, keepdims=True)
    motion = addon.a2g_core.body.motion.Motion(q, rng.standard_normal((7, 3)), 30.0, skeleton)
    strip = write_take(addon, character, motion, 12)
    assert_continuous(addon, strip)
    assert_pose_is(addon, character, motion, 12, range(7))


def test_applied_object_rotation_does_not_matter(addon, character, speech_file):
    bpy.ops.a2g.generate()
    before = {n: character.matrix_world @ character.data.bones[n].head_local for n in ("head", "left_wrist")}
    moved = {n: np.array(character.matrix_world) @ m for n, m in pose_matrices(character, 90).items()}
    for track in list(character.animation_data.nla_tracks):
        character.animation_data.nla_tracks.remove(track)
    bpy.ops.object.transform_apply(location=False, rotation=True, scale=False)
    bpy.context.view_layer.update()
    assert (character.matrix_world @ character.data.bones["head"].head_local - before["head"]).length < 1e-5
    bpy.ops.a2g.generate()
    for name, matrix in pose_matrices(character, 90).items():
        again = np.array(character.matrix_world) @ matrix
        np.testing.assert_allclose(again[:3, 3], moved[name][:3, 3], atol=1e-4, err_msg=name)


def test_one_undo_step_removes_everything(character, speech_file):
    bpy.ops.ed.undo_push(message="before")
    before = counts()
    bpy.ops.a2g.generate("EXEC_DEFAULT", True)
    assert counts() == {**before, "actions": before["actions"] + 1}
    bpy.ops.ed.undo()
    assert counts() == before
    assert strips(bpy.data.objects[0]) == {}


def test_save_and_reload_keep_everything(addon, scene, character, speech_file, tmp_path):
    character.a2g_seed = 5
    bpy.ops.a2g.generate()
    before = curves(addon.bl, strips(character)["Gestures"])
    pose = pose_matrices(character, 90)
    path = str(tmp_path / "saved.blend")
    bpy.ops.wm.save_as_mainfile(filepath=path)
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.ops.wm.open_mainfile(filepath=path)
    obj = bpy.context.scene.a2g_character
    assert (obj.a2g_seed, obj.a2g_start_frame, Path(obj.a2g_speech_file)) == (5, 37, speech_file)
    after = curves(addon.bl, strips(obj)["Gestures"])
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[k], after[k]) for k in before)
    assert strips(obj)["Gestures"].action.a2g.is_take
    for name, matrix in pose_matrices(obj, 90).items():
        np.testing.assert_array_equal(matrix, pose[name])


def test_the_artists_own_things_are_untouched(addon, character, speech_file):
    own = key_clip(addon.bl, character, "walk", 40, {"left_knee": turn(0, np.linspace(0, 1, 20))})
    constraint = character.pose.bones["head"].constraints.new("LIMIT_ROTATION")
    prop = bpy.data.objects.new("prop", None)
    prop.animation_data_create().action = bpy.data.actions.new("prop action")
    before = curves(addon.bl, own), (own.frame_start, own.frame_end, own.mute, own.influence, own.extrapolation)
    selected, frame = list(bpy.context.selected_objects), bpy.context.scene.frame_current
    bpy.ops.a2g.generate()
    assert [track.name for track in character.animation_data.nla_tracks] == ["walk", "Gestures"]
    own = strips(character)["walk"]
    after = curves(addon.bl, own), (own.frame_start, own.frame_end, own.mute, own.influence, own.extrapolation)
    assert before[1] == after[1]
    assert all(np.array_equal(before[0][k], after[0][k]) for k in before[0])
    assert list(character.pose.bones["head"].constraints) == [constraint]
    assert prop.animation_data.action.name == "prop action"
    assert (list(bpy.context.selected_objects), bpy.context.scene.frame_current) == (selected, frame)
    assert own.select


def test_a_new_take_mutes_the_one_it_covers_and_keeps_it(character, speech_file):
    bpy.ops.a2g.generate()
    character.a2g_seed = 1
    bpy.ops.a2g.generate()
    found = strips(character)
    assert list(found) == ["Gestures", "Gestures 2"]
    assert found["Gestures"].mute
    assert not found["Gestures 2"].mute
    character.a2g_start_frame = 500
    bpy.ops.a2g.generate()
    assert not strips(character)["Gestures 2"].mute


def test_another_seed_gives_another_performance_and_the_same_one_the_same(addon, character, speech_file):
    takes = []
    for seed in (0, 0, 1):
        character.a2g_seed = seed
        bpy.ops.a2g.generate()
        newest = list(strips(character).values())[-1]
        takes.append(np.concatenate([v[:, 1] for v in curves(addon.bl, newest).values()]))
    assert np.array_equal(takes[0], takes[1])
    assert np.abs(takes[0] - takes[2]).max() > 1e-3


def test_a_rig_without_fingers_is_enough(addon, character, speech_file):
    bpy.ops.object.mode_set(mode="EDIT")
    for bone in list(character.data.edit_bones):
        if bone.name not in addon.a2g_core.body.skeleton.BODY.names:
            character.data.edit_bones.remove(bone)
    bpy.ops.object.mode_set(mode="OBJECT")
    assert bpy.ops.a2g.generate() == {"FINISHED"}


def test_push_down_keeps_the_active_action_and_lets_gestures_be_seen(addon, character, speech_file):
    strip = key_clip(addon.bl, character, "wave", 1, {"head": turn(2, np.linspace(0, 1, 10))})
    action, slot = strip.action, addon.bl.slot_of(strip)
    track = character.animation_data.nla_tracks["wave"]
    character.animation_data.nla_tracks.remove(track)
    character.animation_data.action = action
    if slot is not None:
        character.animation_data.action_slot = slot
    pose = pose_matrices(character, 8)["head"]
    assert "Push Down Action" in addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context)
    with pytest.raises(RuntimeError, match="would hide the gestures"):
        bpy.ops.a2g.generate()
    assert bpy.ops.a2g.push_down_action() == {"FINISHED"}
    np.testing.assert_allclose(pose_matrices(character, 8)["head"], pose, atol=1e-6)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
