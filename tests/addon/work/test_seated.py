"""Seated characters: hips, legs and feet as the animation below has them, hands on the thighs and not in them."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
import rigs
from scenes import counts, curves, key_clip, pose_matrices, strips

from a2g_core.body.contact import hand_depths_m
from a2g_core.body.kinematics import LEG_CHAIN, joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion, quaternion_to_matrix
from a2g_core.body.skeleton import SMPLX
from a2g_core.performing.seated import chair

START, FRAMES = 37, 160


@pytest.fixture
def sitting(addon, scene, character, voice) -> bpy.types.Object:
    """Sits on a clip of its own, on which a leg swings, and has something to say."""
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(voice), START
    scene.frame_start, scene.frame_end = 1, FRAMES
    scene.frame_set(20)
    key_clip(addon.bl, character, "Sitting", 1, seat_of(addon, character))
    character.a2g_seated = character.a2g_idle = True
    return character


def seat_of(addon, obj: bpy.types.Object, swing_deg: float = 12.0) -> dict[str, np.ndarray]:
    """A chair's pose with a thigh that swings, as keys by bone."""
    turns = np.repeat(chair().turns, FRAMES, axis=0)
    away = np.radians(swing_deg) * np.sin(np.arange(FRAMES) / 9)
    thigh = np.stack([away - 1.33, np.full(FRAMES, 0.1), np.zeros(FRAMES)], axis=1)
    turns[:, LEG_CHAIN.index("left_hip")] = axis_angle_to_quaternion(thigh.astype(np.float32))
    quaternions = np.tile(np.eye(4, dtype=np.float32)[:1], (FRAMES, len(SMPLX), 1))
    quaternions[:, [SMPLX.index(name) for name in LEG_CHAIN]] = turns
    posed = Motion(quaternions, np.zeros((FRAMES, 3)), 30.0, SMPLX)
    rig = addon.scene.rig.read(obj)
    return {keyed.bone: keyed.values for keyed in rig.values(posed, set(LEG_CHAIN)) if keyed.mode}


def legs(addon, obj: bpy.types.Object, frames=range(1, FRAMES, 13)) -> np.ndarray:
    bones = [addon.scene.rig.joints(obj)[name] for name in LEG_CHAIN]
    return np.array([[pose_matrices(obj, frame)[bone] for bone in bones] for frame in frames])


def depths_m(motion: Motion) -> np.ndarray:
    return hand_depths_m(quaternion_to_matrix(motion.quaternions.astype(np.float64)), motion.skeleton)


def recipe(addon, obj: bpy.types.Object):
    return addon.scene.take_list.recipe_of(next(reversed(list(addon.scene.takes.take_strips(obj)))))


def test_hips_legs_and_feet_stay_and_hands_keep_off_the_thighs(addon, scene, sitting):
    before, had = legs(addon, sitting), counts()
    scene.frame_set(20)
    bpy.ops.a2g.generate()
    assert scene.frame_current == 20 and {**counts(), "actions": 0} == {**had, "actions": 0}
    np.testing.assert_array_equal(legs(addon, sitting), before)
    paths = {path for path, _index in curves(addon.bl, strips(sitting)["Gestures"])}
    below = {addon.scene.rig.bone_path(addon.scene.rig.joints(sitting)[name], "") for name in LEG_CHAIN}
    assert not any(path.startswith(tuple(below)) for path in paths)
    shown = addon.scene.rig.read_pose(sitting, range(1, FRAMES), 30.0)
    assert depths_m(shown).max() < 0.005
    made = recipe(addon, sitting)
    assert "LEGS" not in made.body_parts and len(made.request.seat.turns) == FRAMES
    assert made.n_frames == FRAMES  # it idles in its seat, too
    places = joint_positions(shown)
    for side in ("left", "right"):
        hip, knee, wrist = (places[0, shown.skeleton.index(f"{side}_{j}")] for j in ("hip", "knee", "wrist"))
        assert np.linalg.norm(wrist - (hip + knee) / 2) < 0.16


def test_one_undo_takes_it_back(addon, sitting):
    bpy.ops.ed.undo_push(message="before")
    before, had = legs(addon, sitting), counts()
    bpy.ops.a2g.generate("EXEC_DEFAULT", True)
    bpy.ops.ed.undo()
    again = bpy.data.objects["Character"]
    assert counts() == had and set(strips(again)) == {"Sitting"} and again.a2g_seated
    np.testing.assert_array_equal(legs(addon, again), before)


def test_an_update_follows_the_animation_below(addon, sitting):
    bpy.ops.a2g.generate()
    first = recipe(addon, sitting).request.seat
    bpy.ops.a2g.update_take()
    assert recipe(addon, sitting).request.seat == first
    sitting.animation_data.nla_tracks["Sitting"].mute = True
    bpy.ops.a2g.update_take()
    still = recipe(addon, sitting).request.seat
    assert len(strips(sitting)) == 2 and len(still.turns) == 1 and still != first


def test_who_stands_up_gets_a_new_take_with_legs(addon, sitting):
    bpy.ops.a2g.generate()
    sitting.a2g_seated = False
    bpy.ops.a2g.update_take()
    made = recipe(addon, sitting)
    assert len(strips(sitting)) == 3 and made.request.seat is None and "LEGS" in made.body_parts
    sitting.a2g_seated, sitting.a2g_layering = True, "COMBINE"  # over a walk nobody sits
    bpy.ops.a2g.generate()
    assert recipe(addon, sitting).request.seat is None and "LEGS" in recipe(addon, sitting).body_parts


def test_a_phrase_changes_in_its_seat(addon, scene, sitting):
    bpy.ops.a2g.generate()
    before = legs(addon, sitting)
    scene.frame_set(START + 30)
    bpy.ops.a2g.change_phrase()
    np.testing.assert_array_equal(legs(addon, sitting), before)
    assert recipe(addon, sitting).request.choices and recipe(addon, sitting).request.seat is not None


def test_a_pose_without_keys_is_a_seat_too_and_a_listener_sits(addon, scene, character, voice):
    scene.frame_end = 60
    for bone, values in seat_of(addon, character).items():
        character.pose.bones[bone].rotation_mode = "QUATERNION"
        character.pose.bones[bone].rotation_quaternion = values[0]
    bpy.context.view_layer.update()
    before = legs(addon, character, (1, 30))
    character.a2g_seated = True
    bpy.ops.a2g.generate_idle()
    made = recipe(addon, character)
    assert len(made.request.seat.turns) == 1 and made.is_silent
    np.testing.assert_array_equal(legs(addon, character, (1, 30)), before)
    assert depths_m(addon.scene.rig.read_pose(character, range(1, 60), 30.0)).max() < 0.005


@pytest.mark.parametrize("name", ["mpfb_mixamo", "mpfb_rigify", "mpfb_default", "kaykit"])
def test_on_rigs_of_others_the_legs_below_stay_to_the_bit(addon, scene, voice, name):
    if not rigs.available(name):
        pytest.skip("its file is not there")
    obj = rigs.make(name).armature
    scene.a2g_character, scene.frame_end = obj, 60
    seat = chair()
    quaternions = np.tile(np.eye(4, dtype=np.float32)[:1], (1, len(SMPLX), 1))
    quaternions[:, [SMPLX.index(joint) for joint in LEG_CHAIN]] = seat.turns
    posed = addon.a2g_core.body.motion.Motion(quaternions, seat.places, 30.0, addon.a2g_core.body.skeleton.SMPLX)
    action, owner, slot = addon.bl.new_action("Sitting", obj)
    for track in addon.scene.rig.tracks(addon.scene.rig.read(obj), posed, set(LEG_CHAIN)):
        for component in range(track.values.shape[1]):
            curve = addon.bl.new_fcurve(owner, track.path, component, track.group)
            curve.keyframe_points.insert(1, float(track.values[0, component]))
    below = (obj.animation_data or obj.animation_data_create()).nla_tracks.new()
    addon.bl.add_nla_strip(below, "Sitting", 1, action, slot)
    bones = [addon.scene.rig.joints(obj)[joint] for joint in LEG_CHAIN if joint in addon.scene.rig.joints(obj)]
    frames = range(1, 61, 9)
    before = np.array([[pose_matrices(obj, frame)[bone] for bone in bones] for frame in frames])
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 10
    obj.a2g_seated = True
    bpy.ops.a2g.generate()
    after = np.array([[pose_matrices(obj, frame)[bone] for bone in bones] for frame in frames])
    np.testing.assert_array_equal(after, before)
    assert len(addon.scene.take_list.recipe_of(list(addon.scene.takes.take_strips(obj))[-1]).request.seat.turns) == 1
