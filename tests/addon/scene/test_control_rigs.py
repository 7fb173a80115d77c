"""Takes on rigs with controls behind constraints, on every rotation mode, on turned and scaled objects, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import bpy
import numpy as np
import pytest
import rigs
from moving import swinging
from scenes import curves, pose_matrices, save_and_link, select_only, strips, write_take
from untouched import changes, state

FRAMES, START = 40, 11
ARM = "left_elbow"


def rotations(poses, bones) -> np.ndarray:
    return np.array([np.array(poses[bone])[:3, :3] for bone in bones])


@pytest.fixture
def control_rig(addon, scene) -> Iterator[bpy.types.Object]:
    """Our own armature made a control rig, in the ways of Rigify: the neck hangs on a bone that follows half of the
    chest's turn and half of the hips', and the left arm is in IK until a property of the head says otherwise.
    """
    bpy.ops.a2g.add_character(with_body=False)
    obj = bpy.context.active_object
    bpy.ops.object.mode_set(mode="EDIT")
    bones = obj.data.edit_bones
    for name, parent, place in (("MCH-neck", "spine3", "neck"), ("hand_ik", None, "left_wrist")):
        bone = bones.new(name)
        bone.head, bone.tail, bone.roll = bones[place].head, bones[place].tail, bones[place].roll
        bone.parent = bones[parent] if parent else None
    bones["neck"].parent = bones["MCH-neck"]
    bpy.ops.object.mode_set(mode="OBJECT")
    half = obj.pose.bones["MCH-neck"].constraints.new("COPY_ROTATION")
    half.target, half.subtarget, half.influence = obj, "pelvis", 0.5
    head = obj.pose.bones["head"]
    head["IK_FK"] = 0.0
    reach = obj.pose.bones[ARM].constraints.new("IK")
    reach.target, reach.subtarget, reach.chain_count = obj, "hand_ik", 2
    driver = reach.driver_add("influence").driver
    variable = driver.variables.new()
    variable.name, variable.targets[0].id = "fk", obj
    variable.targets[0].data_path = 'pose.bones["head"]["IK_FK"]'
    driver.expression = "1 - fk"
    core = addon.a2g_core.body.rig_map
    switches = (core.Switch("head", "IK_FK", 1.0, ("ARMS",)),)
    addon.scene.rig_store.store_map(obj, replace(core.own_map(), switches=switches))
    return obj


@pytest.fixture
def motion(addon):
    return swinging(addon, FRAMES)


def global_rotations(addon, motion, row: int) -> dict[str, np.ndarray]:
    body = addon.a2g_core.body
    matrices = body.rotations.quaternion_to_matrix(motion.quaternions[row].astype(np.float64))
    _places, turned = body.kinematics.forward_kinematics(matrices, motion.skeleton)
    return dict(zip(motion.skeleton.names, turned, strict=True))


def test_controls_behind_constraints_turn_as_the_motion_does(addon, control_rig, motion):
    rig = addon.scene.rig.read(control_rig)
    follow = rig.controls["neck"].follow
    assert (follow.parent, follow.towards, round(follow.weight, 2)) == ("pelvis", "spine3", 0.5)
    assert all(not control.is_still for control in rig.controls.values())
    write_take(addon, control_rig, motion, START)
    for row in (0, 13, 39):
        poses, wanted = pose_matrices(control_rig, START + row), global_rotations(addon, motion, row)
        for bone in ("pelvis", "spine3", "neck", "head", "left_shoulder", ARM, "left_wrist"):
            np.testing.assert_allclose(poses[bone][:3, :3], rig.axes @ wanted[bone] @ rig.axes.T, atol=1e-4)


def test_trying_a_rig_out_leaves_everything_as_it_is(addon, control_rig):
    control_rig.pose.bones["head"]["never seen"] = 1.5  # or else an earlier test's rig would be remembered
    control_rig.pose.bones["head"].rotation_quaternion = (0.9, 0.3, 0.2, 0.1)
    control_rig.pose.bones["hand_ik"].keyframe_insert("location", frame=3)
    bpy.context.scene.frame_set(7)
    before, data = state(control_rig), [len(getattr(bpy.data, kind)) for kind in ("objects", "scenes", "armatures")]
    followed = addon.owner.owned(addon.scene.follow.Followed)
    tried = followed.trials
    addon.scene.rig.read(control_rig)
    assert followed.trials == tried + 1
    assert changes(before, state(control_rig)) == []
    assert data == [len(getattr(bpy.data, kind)) for kind in ("objects", "scenes", "armatures")]
    assert bpy.context.scene.frame_current == 7
    addon.scene.rig.read(control_rig)
    control_rig.pose.bones["spine2"].rotation_quaternion = (0.9, 0.3, 0.2, 0.1)
    addon.scene.rig.read(control_rig)
    assert followed.trials == tried + 1  # a pose is nothing new
    control_rig.pose.bones["MCH-neck"].constraints[0].influence = 0.25
    assert addon.scene.rig.read(control_rig).controls["neck"].follow.weight == pytest.approx(0.75, abs=0.01)
    assert followed.trials == tried + 2


def test_a_plain_armature_is_not_tried_out(addon, character):
    followed = addon.owner.owned(addon.scene.follow.Followed)
    tried = followed.trials
    addon.scene.rig.read(character)
    assert followed.trials == tried


def test_switches_are_keyed_in_the_take_of_their_parts_and_go_with_it(addon, control_rig, motion):
    path = 'pose.bones["head"]["IK_FK"]'
    strip = write_take(addon, control_rig, motion, START)
    assert set(curves(addon.bl, strip)[path, 0][:, 1]) == {1.0} and len(control_rig.animation_data.drivers) == 1
    bpy.context.scene.frame_set(START + 5)
    assert control_rig.pose.bones["head"]["IK_FK"] == 1.0
    rig = addon.scene.rig.read(control_rig)
    keyed = {track.path for track in addon.scene.rig.tracks(rig, motion, {"head", "left_hip"})}
    assert path not in keyed and len(keyed) == 2


def test_what_a_rig_shows_is_read_as_the_motion_it_was_made_from(addon, control_rig, motion):
    """Key, pose, joint, by way of Blender: 0.01 degrees."""
    write_take(addon, control_rig, motion, START)
    frame = bpy.context.scene.frame_current
    before = state(control_rig)
    back = addon.scene.rig.read_pose(control_rig, range(START, START + FRAMES), 30.0)
    assert bpy.context.scene.frame_current == frame and changes(before, state(control_rig)) == []
    cosine = np.abs(np.sum(back.quaternions.astype(float) * motion.quaternions, axis=-1)) / (
        np.linalg.norm(back.quaternions, axis=-1) * np.linalg.norm(motion.quaternions, axis=-1)
    )
    assert np.degrees(2 * np.arccos(np.clip(cosine, -1, 1))).max() < 0.07  # of float32, by the cosine
    np.testing.assert_allclose(back.translation, motion.translation, atol=1e-4)


def key_reach(obj: bpy.types.Object, switch: float | None) -> bpy.types.NlaStrip:
    """A clip that moves what the left arm reaches for, on every second frame; switch: what it keys that property to."""
    obj.animation_data_create().action = action = bpy.data.actions.new("reach")
    goal, head = obj.pose.bones["hand_ik"], obj.pose.bones["head"]
    for frame in range(1, 22, 2):
        goal.location = (0.1 * np.sin(frame / 3), -0.2, 0.01 * frame)
        goal.keyframe_insert("location", frame=frame)
        if switch is not None:
            head["IK_FK"] = switch
            head.keyframe_insert('["IK_FK"]', frame=frame)
    track = obj.animation_data.nla_tracks.new()
    strip = track.strips.new("reach", START, action)
    if hasattr(strip, "action_slot"):
        strip.action_slot = obj.animation_data.action_slot
    strip.extrapolation, strip.scale = "NOTHING", 1.5
    obj.animation_data.action = None
    return strip


@pytest.mark.parametrize("switch", [None, 0.0])
def test_a_clip_of_what_an_arm_reaches_for_is_read_as_it_looks(addon, control_rig, motion, switch):
    """With the strip's own timing, whatever the character does now; of the switch, that it is not a take's."""
    strip = key_reach(control_rig, switch)
    select_only(control_rig, strip)
    addon.scene.pins.pin_strips(control_rig, list(addon.scene.nla.placed_strips(control_rig)))
    looks = addon.scene.rig.read_pose(control_rig, range(START, START + 31), 30.0)
    rest = [{bone.name: tuple(bone.rotation_quaternion) for bone in control_rig.pose.bones}]
    write_take(addon, control_rig, motion, START)
    bpy.context.scene.frame_set(START + 7)
    assert (
        control_rig.pose.bones["head"]["IK_FK"] == 1.0
        and tuple(control_rig.pose.bones["spine3"].rotation_quaternion) != rest[0]["spine3"]
    )
    before = state(control_rig)
    (clip,) = addon.scene.pins.read_pins(control_rig, 30.0)
    assert changes(before, state(control_rig)) == []
    assert clip.start_frame == START and set(clip.clip.skeleton.names) <= {"left_shoulder", ARM, "left_wrist"}
    assert {"left_shoulder", ARM} <= set(clip.clip.skeleton.names) and not clip.travels
    for joint in clip.clip.skeleton.names:
        found = clip.clip.quaternions[:, clip.clip.skeleton.index(joint)]
        wanted = looks.quaternions[: len(found), looks.skeleton.index(joint)]
        np.testing.assert_allclose(np.abs(np.sum(found * wanted, axis=1)), 1, atol=2e-6)
        assert np.ptp(found, axis=0).max() > 0.01


def test_a_clip_that_was_changed_is_played_again(addon, control_rig):
    strip = key_reach(control_rig, 0.0)
    (placed,) = addon.scene.nla.placed_strips(control_rig)
    addon.scene.pins.pin_strips(control_rig, [placed])
    played = addon.owner.owned(addon.scene.played.Played)
    frames = played.frames
    (first,) = addon.scene.pins.read_pins(control_rig, 30.0)
    addon.scene.pins.read_pins(control_rig, 30.0)
    assert played.frames == frames + len(first.clip)
    for curve in addon.bl.fcurves(strip.action, addon.bl.slot_of(strip)):
        for point in curve.keyframe_points:
            point.co.y += 0.05 * ("location" in curve.data_path)
        curve.update()
    (second,) = addon.scene.pins.read_pins(control_rig, 30.0)
    assert played.frames == frames + 2 * len(first.clip)
    assert np.abs(second.clip.quaternions - first.clip.quaternions).max() > 0.01


def test_a_change_on_every_rotation_mode_and_no_curve_jumps(addon, scene, motion):
    obj = rigs.make("made_modes").armature
    strip = write_take(addon, obj, motion, START)
    modes = {bone.rotation_mode for bone in obj.pose.bones}
    assert len(modes) > 3
    part = motion.slice(10, 20)
    recipe = addon.scene.recipe.Recipe.from_text(strip.action.a2g.recipe)
    before = curves(addon.bl, strip)
    change = addon.scene.takes.ChangedTake(obj, strip.action, part, 10, recipe, None)
    change.finish()
    assert not change.edited
    for place, keys in curves(addon.bl, strip).items():
        np.testing.assert_allclose(keys, before[place], atol=1e-5)
    turned = replace(part, quaternions=np.roll(part.quaternions, 3, axis=0))
    change = addon.scene.takes.ChangedTake(obj, strip.action, turned, 10, recipe, None)
    change.finish()
    after = curves(addon.bl, strips(obj)["Gestures"])
    assert any(not np.array_equal(after[place][10:20], before[place][10:20]) for place in before)
    for place, keys in after.items():
        np.testing.assert_array_equal(keys[:10], before[place][:10])
        assert np.abs(np.diff(keys[:, 1])).max() < 1.5, place
    assert {bone.rotation_mode for bone in obj.pose.bones} == modes


def test_a_take_keyed_in_another_rotation_mode_is_not_changed(addon, character, motion):
    strip = write_take(addon, character, motion, START)
    character.pose.bones["head"].rotation_mode = "XYZ"
    recipe = addon.scene.recipe.Recipe.from_text(strip.action.a2g.recipe)
    change = addon.scene.takes.ChangedTake(character, strip.action, motion.slice(10, 20), 10, recipe, None)
    with pytest.raises(addon.a2g_core.errors.A2GError, match=r"another kind than its bones are set to \(head\)"):
        change.finish()


@pytest.mark.parametrize("name", ["made_mixamo", "made_modes"])
def test_an_object_that_is_turned_and_scaled_moves_alike(addon, scene, motion, name):
    obj = rigs.make(name).armature
    write_take(addon, obj, motion, START)
    before = {bone: np.array(matrix) for bone, matrix in pose_matrices(obj, START + 20).items()}
    obj.rotation_euler, obj.scale, obj.location = (1.0, 0.3, 2.0), (3.0, 3.0, 3.0), (1.0, 2.0, 3.0)
    bpy.context.view_layer.update()
    bpy.ops.a2g.delete_take(track=obj.animation_data.nla_tracks[0].name)
    write_take(addon, obj, motion, START)
    for bone, matrix in pose_matrices(obj, START + 20).items():
        np.testing.assert_allclose(matrix, before[bone], atol=1e-4 * max(1.0, np.abs(before[bone]).max()))


def test_an_override_of_a_control_rig(addon, control_rig, motion, tmp_path):
    name = control_rig.name
    linked = save_and_link(tmp_path / "library.blend", name)
    obj = linked.override_create(remap_local_usages=True)
    addon.scene.rig_store.store_map(obj, addon.scene.rig_store.stored_map(linked))
    rig = addon.scene.rig.read(obj)
    assert rig.controls["neck"].follow.towards == "spine3"
    write_take(addon, obj, motion, START)
    poses, wanted = pose_matrices(obj, START + 13), global_rotations(addon, motion, 13)
    np.testing.assert_allclose(poses["head"][:3, :3], rig.axes @ wanted["head"] @ rig.axes.T, atol=1e-4)


@pytest.mark.slow
def test_a_generated_rigify_follows_on_its_fk_controls(addon, scene, motion):
    obj = rigs.make("rigify").armature
    before = state(obj, values=False)
    n_drivers = len(obj.animation_data.drivers)
    rig = addon.scene.rig.read(obj)
    assert not any(control.is_still for control in rig.controls.values())
    assert rig.controls["neck"].follow == ("torso", "spine_fk.003", pytest.approx(0.5, abs=0.01))
    assert rig.controls["head"].follow.parent == "torso"
    strip = write_take(addon, obj, motion, START)
    switches = [path for path, _ in curves(addon.bl, strip) if "IK_FK" in path]
    assert len(switches) == 4 and len(obj.animation_data.drivers) == n_drivers
    rig = addon.scene.rig.read(obj)
    wanted = rig.turns(motion)
    for row in (0, 13, 39):
        poses = pose_matrices(obj, START + row)
        for bone, control in rig.controls.items():
            turn = poses[bone][:3, :3] @ control.rest.T
            q = addon.a2g_core.body.rotations.quaternion_to_matrix(wanted[bone][row])
            np.testing.assert_allclose(turn, q, atol=5e-4, err_msg=bone)
    back = addon.scene.rig.read_pose(obj, range(START, START + FRAMES), 30.0)
    places = [addon.a2g_core.body.kinematics.joint_positions(read) for read in (back, motion)]
    for side in ("left", "right"):
        for a, b in (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("wrist", "middle1")):
            rows = [motion.skeleton.index(f"{side}_{joint}") for joint in (a, b)]
            found, expected = (place[:, rows[1]] - place[:, rows[0]] for place in places)
            assert np.linalg.norm(found - expected, axis=1).max() < 0.002, (side, a)
    bpy.ops.a2g.delete_take(track=obj.animation_data.nla_tracks[0].name)
    assert [name for name in changes(before, state(obj, values=False)) if "nla" not in name.lower()] == []
