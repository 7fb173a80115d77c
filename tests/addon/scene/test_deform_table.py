"""The table of acceptance finds each fault that it is there for, on a character that is known to be right."""

from __future__ import annotations

from collections.abc import Callable

import bpy
import deform_table
import numpy as np
import pytest
import rigs
import untouched
from mathutils import Quaternion
from moving import swinging
from scenes import key_clip, turn, write_take

from a2g_core.body.skeleton import mirror_name

FRAMES = 40
ROWS = tuple(range(0, FRAMES, 2))


@pytest.fixture
def own(addon) -> rigs.Character:
    return rigs.make("own")


@pytest.fixture
def motion(addon):
    return swinging(addon, FRAMES, legs=0.004)


@pytest.fixture
def take(addon, own, motion) -> bpy.types.NlaStrip:
    return write_take(addon, own.armature, motion, 1)


@pytest.fixture
def table(own, motion, take) -> Callable[[], dict[str, deform_table.Measure]]:
    source = deform_table.source_of(motion.quaternions, motion.translation)
    return lambda: deform_table.measure(own, source, 1, ROWS)


def turn_keys(addon, take, bone: str, turn: Quaternion) -> None:
    """Turn a bone of a take on all frames, about its own axes."""
    curves = [
        next(c for c in addon.bl.fcurves(take.action, addon.bl.slot_of(take))
             if c.data_path == f'pose.bones["{bone}"].rotation_quaternion' and c.array_index == k)
        for k in range(4)
    ]  # fmt: skip
    for points in zip(*(curve.keyframe_points for curve in curves)):
        turned = Quaternion([point.co.y for point in points]) @ turn
        for point, value in zip(points, turned):
            point.co.y = value
    for curve in curves:
        curve.update()


def move_keys(addon, obj, bone: str, values: np.ndarray) -> None:
    """Move a bone over the frames by values (T, 3), in its own axes, from where its keys have it."""
    action = obj.animation_data.nla_tracks[-1].strips[0].action
    owner = addon.bl.curve_owner(action)
    for k in range(3):
        path = f'pose.bones["{bone}"].location'
        curve = next((c for c in owner.fcurves if c.data_path == path and c.array_index == k), None)
        curve = curve or addon.bl.new_fcurve(owner, path, k, bone)
        moved = [value + curve.evaluate(1 + row) for row, value in enumerate(values[:, k])]
        for row, value in enumerate(moved):
            curve.keyframe_points.insert(1 + row, value)


def test_our_own_armature_follows_a_take_exactly(table):
    found = table()
    assert max(m.worst for n, m in found.items() if m.unit == "°" and m.bar) < 0.05
    assert found["slide"].worst < 0.1 and found["ankle height"].worst < 0.1 and found["fingertip"].worst < 0.1
    assert found["naive arms"].worst < 0.05  # its bones are made so that a copy is right


@pytest.mark.parametrize(
    ("bone", "axis", "measure"),
    [
        ("left_shoulder", "Z", "upper arm"), ("right_elbow", "Y", "forearm"), ("left_wrist", "Z", "hand"),
        ("left_wrist", "X", "palm"), ("right_hip", "X", "thigh"), ("left_knee", "X", "shin"),
        ("right_ring1", "Z", "fingers"), ("left_thumb2", "Y", "fingers"), ("left_index3", "Z", "last phalanx"),
        ("pelvis", "Y", "pelvis"), ("spine3", "Y", "chest"), ("head", "Z", "head"), ("right_ankle", "Y", "foot"),
    ],
)  # fmt: skip
def test_a_bone_that_is_turned_by_two_degrees_is_found(addon, take, table, bone, axis, measure):
    turn_keys(addon, take, bone, _about(axis))
    assert table()[measure].worst > 1.5


def _about(axis: str) -> Quaternion:
    return Quaternion([float(axis == name) for name in "XYZ"], np.radians(2))


def test_a_bone_that_twists_about_itself_is_found(addon, take, table):
    curve = next(
        c for c in addon.bl.fcurves(take.action, addon.bl.slot_of(take))
        if c.data_path == 'pose.bones["left_elbow"].rotation_quaternion' and c.array_index == 1
    )  # fmt: skip
    for point in curve.keyframe_points:
        point.co.y += 0.03 * np.sin(point.co.x)
    curve.update()
    assert table()["roll"].worst > 2


def test_a_foot_that_slides_by_five_millimetres_is_found(addon, own, take, table):
    shift = np.zeros((FRAMES, 3))
    shift[FRAMES // 2 :, 2] = 0.005
    move_keys(addon, own.armature, "left_ankle", shift)
    found = table()
    assert found["slide"].worst > 3 and "left" in found["slide"].where
    assert not found["slide"].is_met


def test_a_foot_that_floats_is_found(addon, own, take, table):
    move_keys(addon, own.armature, "right_ankle", np.tile((0.0, 0.006, 0.0), (FRAMES, 1)))
    found = table()
    assert found["ankle height"].worst == pytest.approx(6, abs=0.5) and "right" in found["ankle height"].where


def test_a_sole_in_the_floor_is_found(addon, own, take, table):
    before = table()["sole below"].worst
    move_keys(addon, own.armature, "pelvis", np.tile((0.0, -0.01, 0.0), (FRAMES, 1)))
    assert table()["sole below"].worst == pytest.approx(before + 10, abs=0.5)


def test_left_and_right_exchanged_are_found(addon, own, take, table):
    own.joints = {joint: own.joints[mirror_name(joint)] for joint in own.joints}
    found = table()
    assert all(found[name].worst > 20 for name in ("upper arm", "forearm", "fingers"))


def test_a_mesh_that_does_not_follow_its_bones_is_found(own, take, table):
    (mesh,) = own.meshes
    mesh.modifiers["Armature"].show_viewport = False
    found = table()
    assert found["fingertip"].worst > 50 and found["fingers"].is_met


def test_it_means_the_same_wherever_the_object_stands(own, take, table):
    before = table()
    own.armature.rotation_euler.z, own.armature.scale, own.armature.location = 1.2, (3, 3, 3), (5, -2, 1)
    bpy.context.view_layer.update()
    for name, measure in table().items():
        assert measure.worst == pytest.approx(before[name].worst, abs=0.05), name


@pytest.mark.parametrize("name", [name for name in rigs.MADE if name not in ("own", "rigify")])
def test_a_made_rig_in_its_rest_pose_is_seen_as_it_is(addon, name):
    character = rigs.make(name)
    seen = deform_table.observe(character, [1, 2])
    still = np.tile((1.0, 0, 0, 0), (2, 55, 1))
    source = deform_table.source_of(still, np.zeros((2, 3)))
    found = deform_table.judge(seen, source, (0, 1))
    assert all(found[name].worst < 0.01 for name in ("pelvis", "chest", "head", "slide", "ankle height", "sole below"))
    if "fingertip" in found:
        assert found["fingertip"].worst < 0.01


def test_what_an_artist_has_made_is_told_from_takes(addon, own, motion):
    obj = own.armature
    key_clip(addon.bl, obj, "wave", 1, {"head": turn(0, np.linspace(0, 1, 9))})
    before = untouched.state(obj, values=False)
    write_take(addon, obj, motion, 20)
    assert untouched.changes(before, untouched.state(obj, values=False)) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda obj: setattr(obj.pose.bones["head"], "rotation_mode", "XYZ"), "pose/head"),
        (lambda obj: setattr(obj.pose.bones["jaw"], "rotation_quaternion", (0.9, 0.1, 0, 0)), "pose/jaw"),
        (lambda obj: obj.pose.bones["jaw"].constraints.new("COPY_SCALE"), "constraints/jaw/0"),
        (lambda obj: obj.pose.bones["jaw"].__setitem__("mine", 2.0), "pose properties/jaw"),
        (lambda obj: obj.driver_add("location", 0), "object drivers/0"),
        (lambda obj: setattr(obj.data.bones["jaw"], "use_deform", False), "bones/jaw"),
        (lambda obj: setattr(bpy.data.actions["wave"].fcurves[0] if hasattr(bpy.data.actions["wave"], "fcurves")
                             else bpy.data.actions["wave"].layers[0].strips[0].channelbags[0].fcurves[0],
                             "mute", True), "actions/wave"),
        (lambda obj: setattr(obj.animation_data.nla_tracks["wave"].strips[0], "scale", 2.0), "object strips/0"),
    ],
)  # fmt: skip
def test_whatever_else_is_changed_is_called_by_name(addon, own, change, name):
    obj = own.armature
    key_clip(addon.bl, obj, "wave", 1, {"head": turn(0, np.linspace(0, 1, 9))})
    before = untouched.state(obj)
    change(obj)
    bpy.context.view_layer.update()
    assert untouched.changes(before, untouched.state(obj)) == [name]
