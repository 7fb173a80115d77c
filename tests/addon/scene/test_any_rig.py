"""A take on characters of every kind, measured on what Blender makes of it: deform bones, and the mesh."""

from __future__ import annotations

import addon_utils
import bpy
import deform_table
import numpy as np
import pytest
import rigs
import untouched
from deform_table import SIDES
from moving import swinging
from scenes import key_clip, turn, write_take

FRAMES = 30
ROWS = tuple(range(0, FRAMES, 3))
GOAL_DEG = 0.1
"""What limbs and fingers are to be right by; the bar of the table is for what is refused."""


@pytest.fixture
def motion(addon):
    return swinging(addon, FRAMES)


def table_of(character: rigs.Character, motion) -> dict[str, deform_table.Measure]:
    source = deform_table.source_of(motion.quaternions, motion.translation)
    return deform_table.measure(character, source, 1, ROWS)


def astray(table: dict[str, deform_table.Measure], goal_deg: float = GOAL_DEG) -> dict[str, float]:
    """What turns or points elsewhere than in the source, but feet, which stand on the floor in their own way."""
    return {n: m.worst for n, m in table.items() if m.unit == "°" and m.bar is not None and m.worst > goal_deg}


@pytest.mark.parametrize("name", rigs.MADE)
def test_a_take_looks_the_same_on_every_rig(addon, motion, name):
    character = rigs.make(name)
    before = untouched.state(character.armature, values=False)
    write_take(addon, character.armature, motion, 1)
    table = table_of(character, motion)
    assert astray(table) == {}
    assert table["roll"].worst < 1 or name == "rigify"  # whose constraints give deform bones a roll of their own
    assert table["slide"].is_met and (name == "made_chibi" or table["ankle height"].worst < 10)
    if "fingertip" in table:
        assert table["fingertip"].is_met
    assert untouched.changes(before, untouched.state(character.armature, values=False)) == []


@pytest.mark.parametrize("name", [name for name in rigs.FILES if rigs.available(name)])
@pytest.mark.slow
def test_a_take_looks_the_same_on_rigs_by_others(addon, motion, name):
    character = rigs.make(name)
    before = untouched.state(character.armature, values=False)
    write_take(addon, character.armature, motion, 1)
    assert astray(table_of(character, motion)) == {}
    assert untouched.changes(before, untouched.state(character.armature, values=False)) == []


@pytest.mark.parametrize("name", ["made_mixamo", "made_unreal", "made_chibi"])
def test_it_does_where_the_object_is_turned_scaled_and_elsewhere(addon, motion, name):
    character = rigs.make(name)
    obj = character.armature
    obj.rotation_mode = "XYZ"
    obj.rotation_euler.rotate_axis("Y" if name == "made_mixamo" else "Z", np.radians(90))
    obj.scale = [3 * value for value in obj.scale]
    obj.location = (4, -3, 2)
    bpy.context.view_layer.update()
    write_take(addon, obj, motion, 1)
    assert astray(table_of(character, motion)) == {}


@pytest.mark.parametrize("seed", range(3))
def test_the_roll_of_its_bones_does_not_matter(addon, motion, seed):
    character = rigs.make("made_mixamo")
    obj, rng = character.armature, np.random.default_rng(seed)
    bpy.context.view_layer.objects.active = obj
    bpy.ops.object.mode_set(mode="EDIT")
    for bone in obj.data.edit_bones:
        bone.roll = rng.uniform(-3, 3)
    bpy.ops.object.mode_set(mode="OBJECT")
    write_take(addon, obj, motion, 1)
    assert astray(table_of(character, motion)) == {}


def test_two_rigs_in_one_scene_are_each_right(addon, motion):
    first, second = rigs.make("made_curled"), rigs.make("made_modes")
    for character in (first, second):
        write_take(addon, character.armature, motion, 1)
    assert astray(table_of(first, motion)) == {} and astray(table_of(second, motion)) == {}


def test_a_library_override_is_right_and_its_library_untouched(addon, motion, tmp_path):
    made = rigs.make("made_mixamo")
    names = [made.armature.name, *(mesh.name for mesh in made.meshes)]
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.ops.wm.read_homefile(use_empty=True)
    with bpy.data.libraries.load(str(tmp_path / "library.blend"), link=True) as (_, wanted):
        wanted.objects = names
    for obj in wanted.objects:
        bpy.context.collection.objects.link(obj)
    obj = wanted.objects[0].override_create(remap_local_usages=True)
    if obj.name not in bpy.context.collection.objects:
        bpy.context.collection.objects.link(obj)
    bpy.context.view_layer.update()
    write_take(addon, obj, motion, 1)
    character = rigs.Character(made.name, obj, made.joints, made.axes)
    assert astray(table_of(character, motion)) == {}


def test_rigify_keeps_its_drivers_and_is_the_artists_again_when_the_take_is_muted(addon, motion):
    character = rigs.make("rigify")
    obj = character.armature
    drivers = len(obj.animation_data.drivers) + len(obj.data.animation_data.drivers if obj.data.animation_data else ())
    assert drivers > 50
    pose = {bone.name: np.array(bone.matrix) for bone in obj.pose.bones if bone.name.startswith("DEF-")}
    strip = write_take(addon, obj, motion, 1)
    bpy.context.scene.frame_set(10)
    assert obj.pose.bones["upper_arm_parent.L"]["IK_FK"] == 1.0
    strip.mute = True
    # What the take has keyed keeps its last value where nothing else keys it: the artist keys a pose of her own.
    for bone in ("upper_arm_parent.L", "upper_arm_parent.R", "thigh_parent.L", "thigh_parent.R"):
        obj.pose.bones[bone]["IK_FK"] = 0.0
    for bone in obj.pose.bones:
        bone.matrix_basis.identity()
    bpy.context.scene.frame_set(11)
    assert obj.pose.bones["upper_arm_parent.L"]["IK_FK"] == 0.0
    for name, matrix in pose.items():
        np.testing.assert_allclose(np.array(obj.pose.bones[name].matrix), matrix, atol=1e-3, err_msg=name)
    now = len(obj.animation_data.drivers) + len(obj.data.animation_data.drivers if obj.data.animation_data else ())
    assert now == drivers


def test_no_freed_scene_is_left_behind_for_the_next_file():
    rigs.make("rigify")
    bpy.ops.wm.read_homefile(use_empty=True)
    assert bpy.context.id_data in (None, bpy.context.scene)


def test_her_own_keys_and_clips_stay(addon, motion):
    character = rigs.make("made_modes")
    obj = character.armature
    head = obj.pose.bones[character.joints["head"]]
    head.rotation_mode = "QUATERNION"
    key_clip(addon.bl, obj, "nod", 100, {head.name: turn(0, np.linspace(0, 1, 9))})
    obj.pose.bones[character.joints["left_wrist"]]["mine"] = 0.5
    before = untouched.state(obj, values=False)
    write_take(addon, obj, motion, 1)
    assert untouched.changes(before, untouched.state(obj, values=False)) == []


READ = ("pelvis", "spine3", "head", *(f"{side}_{joint}" for side in SIDES for joint in deform_table.ROLLING))


def misread(character: rigs.Character, motion, read) -> dict[str, float]:
    """Degrees by which joints that the rig has were read as turned otherwise than they are, where by 0.01 or more."""
    there = deform_table.source_of(motion.quaternions[list(ROWS)], motion.translation[list(ROWS)])
    here = deform_table.source_of(read.quaternions, read.translation)
    found = {j: deform_table.turned_apart(here.turns[j], there.turns[j]).max() for j in READ if j in character.joints}
    return {joint: round(float(angle), 3) for joint, angle in found.items() if angle > 0.01}


SLOW = [pytest.param(name, marks=pytest.mark.slow) if name == "rigify" else name for name in rigs.MADE]


@pytest.mark.parametrize("name", SLOW)
def test_what_is_read_from_a_pose_is_the_motion_that_made_it(addon, motion, name):
    character = rigs.make(name)
    write_take(addon, character.armature, motion, 1)
    read = addon.scene.rig.read_pose(character.armature, [1 + row for row in ROWS], 30.0)
    assert read.skeleton.names == motion.skeleton.names
    assert misread(character, motion, read) == {}
    hips = [
        np.mean([deform_table.source_of(m.quaternions, m.translation).places[f"{s}_hip"] for s in SIDES], axis=0)
        for m in (read, motion)
    ]
    np.testing.assert_allclose(hips[0], hips[1][list(ROWS)], atol=2e-4)


@pytest.mark.parametrize("name", SLOW)
def test_what_is_read_from_keys_is_the_motion_that_made_them(addon, motion, name):
    character = rigs.make(name)
    strip = write_take(addon, character.armature, motion, 1)
    curves = {(c.data_path, c.array_index): c for c in addon.bl.fcurves(strip.action, addon.bl.slot_of(strip))}
    read, travels = addon.scene.rig.read_keys(
        addon.scene.rig.read(character.armature), curves, [float(1 + row) for row in ROWS], 30.0
    )
    assert travels and misread(character, motion, read) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["made_mixamo", "made_modes", "rigify"])
def test_undo_leaves_every_byte_as_it_was(scene, voice, name):
    obj = rigs.make(name).armature
    scene.a2g_character = obj
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 1
    key = obj.name
    bpy.ops.ed.undo_push(message="made")
    before = untouched.state(obj)
    assert bpy.ops.a2g.generate("EXEC_DEFAULT", True) == {"FINISHED"}
    assert any(action.a2g.is_take for action in bpy.data.actions)
    bpy.ops.ed.undo()
    obj = bpy.data.objects[key]
    assert not any(action.a2g.is_take for action in bpy.data.actions)
    assert untouched.changes(before, untouched.state(obj)) == []


@pytest.fixture(autouse=True)
def rigify_off() -> None:
    """As in a fresh Blender; what a test enables would stay enabled."""
    addon_utils.disable("rigify", default_set=True)
