"""Takes written for inverse kinematics: limbs stay where they are, and as FK the take is what it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import bpy
import numpy as np
import pytest
import rigs
from moving import swinging
from refusals import refusal
from scenes import curves, pose_matrices, write_take
from untouched import changes, state

FRAMES, START = 30, 11
SEEN = range(START, START + FRAMES, 3)
LIMBS = {"left_wrist": ("shoulder", "elbow", "wrist"), "right_ankle": ("hip", "knee", "ankle")}


@pytest.fixture
def motion(addon):
    return swinging(addon, FRAMES, legs=0.1)


@pytest.fixture
def ik_rig(addon, scene) -> Iterator[bpy.types.Object]:
    """Our own armature with an arm and a leg that reach for goals until a property of the goal says otherwise. The goal
    of the foot carries a bone that its pole hangs on, and neither pole's angle is that of the limb.
    """
    bpy.ops.a2g.add_character(with_body=False)
    obj = scene.a2g_character = bpy.context.active_object
    bpy.ops.object.mode_set(mode="EDIT")
    bones = obj.data.edit_bones
    for end, (above, middle, below) in LIMBS.items():
        side = end.partition("_")[0]
        for name, after in ((above, middle), (middle, below)):
            bones[f"{side}_{name}"].tail = bones[f"{side}_{after}"].head
        for name, place, turn in ((f"goal_{end}", below, 0.0), (f"pole_{end}", middle, -0.4)):
            bone, like = bones.new(name), bones[f"{side}_{place}"]
            bone.head, bone.tail, bone.roll = like.head, like.tail, like.roll + turn
        bones[f"pole_{end}"].head.y += 0.4 if "wrist" in end else -0.4
        bones[f"pole_{end}"].tail.y = bones[f"pole_{end}"].head.y + 0.1
    bones["pole_right_ankle"].parent = bones["goal_right_ankle"]
    bpy.ops.object.mode_set(mode="OBJECT")
    reaches, switches = {}, []
    core = addon.a2g_core.body.rig_map
    for end, (_above, middle, below) in LIMBS.items():
        side, goal, pole = end.partition("_")[0], obj.pose.bones[f"goal_{end}"], f"pole_{end}"
        goal["FK"], goal["on"] = 0.0, 0.0
        goal.rotation_mode = "XZY" if "wrist" in end else "QUATERNION"
        reach = obj.pose.bones[f"{side}_{middle}"].constraints.new("IK")
        reach.target, reach.subtarget, reach.chain_count = obj, goal.name, 2
        reach.pole_target, reach.pole_subtarget, reach.pole_angle, reach.use_stretch = obj, pole, 0.8, False
        turn = obj.pose.bones[f"{side}_{below}"].constraints.new("COPY_ROTATION")
        turn.target, turn.subtarget = obj, goal.name
        for constraint in (reach, turn):
            driver = constraint.driver_add("influence").driver
            for name, key in (("fk", "FK"), ("on", "on")):
                variable = driver.variables.new()
                variable.name, variable.targets[0].id = name, obj
                variable.targets[0].data_path = f'pose.bones["{goal.name}"]["{key}"]'
            driver.expression = "(1 - fk) * on"
        part = "ARMS" if "wrist" in end else "LEGS"
        switches.append(core.Switch(goal.name, "FK", 1.0, (part,)))
        values = (core.Switch(goal.name, "FK", 0.0, ()), core.Switch(goal.name, "on", 1.0, ()))
        reaches[end] = core.Reach(goal.name, pole, "", values)
    own = replace(core.own_map(), switches=tuple(switches), ik=reaches)
    addon.scene.rig_store.store_map(obj, own)
    return obj


def look(obj: bpy.types.Object) -> np.ndarray:
    """Poses (frames, bones, 4, 4) of the bones of the body."""
    names = [bone.name for bone in obj.pose.bones if not bone.name.startswith(("goal", "pole"))]
    return np.array([[poses[name] for name in names] for poses in (pose_matrices(obj, frame) for frame in SEEN)])


def test_limbs_reach_where_the_take_has_them_and_it_is_the_same_as_fk_again(addon, ik_rig, motion):
    strip = write_take(addon, ik_rig, motion, START)
    keyed, before, hers = curves(addon.bl, strip), look(ik_rig), state(ik_rig, values=False)
    assert bpy.ops.a2g.write_as_ik() == {"FINISHED"}
    bpy.context.scene.frame_set(START + 3)
    goal = ik_rig.pose.bones["goal_left_wrist"]
    assert (goal["FK"], goal["on"]) == (0.0, 1.0)
    after = look(ik_rig)
    assert np.abs(after[..., :3, 3] - before[..., :3, 3]).max() < 0.002  # metres
    y = [poses[..., :3, 1] / np.linalg.norm(poses[..., :3, 1], axis=-1, keepdims=True) for poses in (before, after)]
    assert np.degrees(np.arcsin(np.linalg.norm(np.cross(*y), axis=-1).clip(0, 1))).max() < 0.5
    assert changes(hers, state(ik_rig, values=False)) == []
    written = curves(addon.bl, strip)
    assert {path for path, _ in written.keys() - keyed.keys()} == {
        'pose.bones["goal_left_wrist"].location', 'pose.bones["goal_left_wrist"].rotation_euler',
        'pose.bones["pole_left_wrist"].location', 'pose.bones["goal_left_wrist"]["on"]',
        'pose.bones["goal_right_ankle"].location', 'pose.bones["goal_right_ankle"].rotation_quaternion',
        'pose.bones["pole_right_ankle"].location', 'pose.bones["goal_right_ankle"]["on"]',
    }  # fmt: skip
    assert all(len(keys) == FRAMES for keys in written.values())

    assert bpy.ops.a2g.write_as_ik(feet=False) == {"FINISHED"}  # as in the panel that opens then
    left = {path for path, _ in curves(addon.bl, strip).keys() - keyed.keys()}
    assert left and not any("ankle" in path for path in left)
    assert bpy.ops.a2g.write_as_fk() == {"FINISHED"}
    again = curves(addon.bl, strip)
    assert list(again) == list(keyed) and all(np.array_equal(again[place], keyed[place]) for place in keyed)
    assert goal["on"] == 0.0 and tuple(goal.location) == (0, 0, 0)
    np.testing.assert_allclose(look(ik_rig), before, atol=1e-6)
    assert "not written as IK" in refusal(bpy.ops.a2g.write_as_fk)


def test_one_step_to_undo(addon, ik_rig, motion):
    strip = write_take(addon, ik_rig, motion, START)
    keyed, name = curves(addon.bl, strip), ik_rig.name
    bpy.ops.ed.undo_push(message="before")
    assert bpy.ops.a2g.write_as_ik("EXEC_DEFAULT", True) == {"FINISHED"}
    bpy.ops.ed.undo()
    strip = bpy.data.objects[name].animation_data.nla_tracks[0].strips[0]
    again = curves(addon.bl, strip)
    assert again.keys() == keyed.keys() and all(np.array_equal(again[place], keyed[place]) for place in keyed)
    assert not strip.action.a2g.as_ik


def test_baked_and_pinned_it_is_what_it_looks_like(addon, ik_rig, motion):
    strip = write_take(addon, ik_rig, motion, START)
    assert bpy.ops.a2g.write_as_ik() == {"FINISHED"}
    looks = look(ik_rig)
    (placed,) = addon.scene.nla.placed_strips(ik_rig)
    addon.scene.pins.pin_strips(ik_rig, [placed])
    (clip,) = addon.scene.pins.read_pins(ik_rig, 30.0)
    cosine = np.abs(
        np.sum(
            clip.clip.quaternions * motion.quaternions[:, [motion.skeleton.index(n) for n in clip.clip.skeleton.names]],
            axis=2,
        )
    )
    apart = np.degrees(2 * np.arccos(cosine.clip(0, 1))).max(axis=0)
    far = {n for n, a in zip(clip.clip.skeleton.names, apart, strict=True) if a > 0.2}
    assert {"head", "left_wrist", "right_hip"} <= set(clip.clip.skeleton.names)
    assert far <= {
        "left_shoulder",
        "left_elbow",
        "left_wrist",
        "right_hip",
        "right_knee",
        "right_ankle",
    }  # their twists
    addon.scene.pins.unpin_strips(ik_rig, [placed])
    assert bpy.ops.a2g.bake_action() == {"FINISHED"} and strip.mute
    np.testing.assert_allclose(look(ik_rig), looks, atol=1e-4)


def test_what_cannot_be_is_said_and_changes_nothing(addon, ik_rig, motion, monkeypatch):
    strip = write_take(addon, ik_rig, motion, START)
    ops = bpy.ops.a2g
    assert "choose hands or feet" in refusal(lambda: ops.write_as_ik(hands=False, feet=False))
    strip.blend_type = "COMBINE"
    assert "combined with what lies below" in refusal(ops.write_as_ik)
    strip.blend_type = "REPLACE"
    owner = addon.bl.curve_owner(strip.action)
    mine = addon.bl.new_fcurve(owner, 'pose.bones["pole_left_wrist"].location', 0, "pole_left_wrist")
    mine.keyframe_points.insert(START, 1.0)
    assert "keys of your own on 'pole_left_wrist'" in refusal(ops.write_as_ik)
    addon.bl.remove_fcurve(strip.action, addon.bl.slot_of(strip), mine)
    assert ops.write_as_ik() == {"FINISHED"}
    for change in (addon.work.changes.updated, addon.work.changes.new_range, addon.work.changes.around_pins):
        scene = bpy.context.scene
        scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, START, START + 9
        with pytest.raises(addon.a2g_core.errors.A2GError, match="can be changed as FK only"):
            change(bpy.context, ik_rig)
    assert addon.work.live.gather(ik_rig.session_uid, True) is None
    assert ops.write_as_fk() == {"FINISHED"}
    addon.scene.rig_store.store_map(ik_rig, addon.a2g_core.body.rig_map.own_map())
    assert "No IK controls of this rig are known" in refusal(ops.write_as_ik)


@pytest.mark.slow
def test_a_rigify_take(addon, scene, motion):
    """Hands and feet are exact. Its inverse kinematics stretch limbs by a hundredth rather than bend them, so elbows
    and knees lie a little off.
    """
    character = rigs.make("rigify")
    obj = scene.a2g_character = character.armature
    strip = write_take(addon, obj, motion, START)

    def places(names: str) -> np.ndarray:
        bones = [f"DEF-{name}.{side}" for name in names.split() for side in "LR"]
        return np.array([[poses[bone] for bone in bones] for poses in (pose_matrices(obj, frame) for frame in SEEN)])

    keyed = curves(addon.bl, strip)
    ends, middles = places("hand foot toe upper_arm thigh f_index.02"), places("forearm shin")
    assert bpy.ops.a2g.write_as_ik() == {"FINISHED"}
    bpy.context.scene.frame_set(START)
    assert obj.pose.bones["upper_arm_parent.L"]["IK_FK"] == 0.0 == obj.pose.bones["thigh_parent.R"]["IK_FK"]
    assert np.abs(places("hand foot toe upper_arm thigh f_index.02")[..., :3, 3] - ends[..., :3, 3]).max() < 0.001
    off = np.linalg.norm(places("forearm shin")[..., :3, 3] - middles[..., :3, 3], axis=-1)
    assert off[:, :2].max() < 0.012 and off[:, 2:].max() < 0.03
    assert bpy.ops.a2g.write_as_fk() == {"FINISHED"}
    again = curves(addon.bl, strip)
    assert again.keys() == keyed.keys() and all(np.array_equal(again[place], keyed[place]) for place in keyed)
