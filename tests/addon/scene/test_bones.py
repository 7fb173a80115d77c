"""The list of bones: kept with the character, corrected row by row, as a file, as a preset; and what is told of it."""

from __future__ import annotations

import json

import bpy
import numpy as np
import pytest
import rigs
from refusals import refusal
from scenes import save_and_link


@pytest.fixture
def mixamo(scene) -> bpy.types.Object:
    """A character with Mixamo's names, as its FBX arrives."""
    obj = rigs.make("made_mixamo").armature
    scene.a2g_character = obj
    return obj


def fields(scene=None):
    return (scene or bpy.context.scene).a2g_bones


def told(addon, obj) -> str:
    """What of the problems is about bones."""
    return " ".join(problem.text for problem in addon.ui.bone_list.problems(obj))


def test_the_fields_show_what_was_recognised(addon, mixamo):
    assert mixamo.a2g_rig_map == ""
    assert fields().left_shoulder == "mixamorig:LeftArm"
    assert [getattr(fields(), f"spine_{k}") for k in (1, 2, 3, 4)] == [
        "mixamorig:Spine", "mixamorig:Spine1", "mixamorig:Spine2", "",
    ]  # fmt: skip
    assert (fields().neck_1, fields().jaw) == ("mixamorig:Neck", "")


def test_a_correction_is_kept_and_forgotten(addon, mixamo):
    fields().left_wrist = ""
    assert fields().left_wrist == "" and fields().right_wrist == "mixamorig:RightHand"
    found = addon.scene.found.fit(mixamo)
    assert found.source == "stored" and "left_wrist" in found.missing
    fields().left_wrist = "mixamorig:LeftHand"
    assert addon.scene.found.fit(mixamo).missing == ()
    assert bpy.ops.a2g.guess_bones() == {"FINISHED"}
    assert mixamo.a2g_rig_map == "" and addon.scene.found.fit(mixamo).source == "names"
    assert refusal(bpy.ops.a2g.guess_bones) == "The list of bones was not corrected; there is nothing to forget."


def test_a_bone_that_stands_elsewhere_is_exchanged(addon, mixamo):
    fields().left_elbow = "mixamorig:LeftHand"
    assert (fields().left_elbow, fields().left_wrist) == ("mixamorig:LeftHand", "mixamorig:LeftForeArm")
    assert "is above" in told(addon, mixamo)
    fields().left_elbow = "mixamorig:LeftForeArm"
    assert told(addon, mixamo) == ""


def test_no_field_takes_what_is_no_bone(addon, mixamo):
    fields().left_elbow = "Nobody"
    assert fields().left_elbow == "mixamorig:LeftForeArm" and mixamo.a2g_rig_map == ""
    said = refusal(lambda: bpy.ops.a2g.set_bone(row="left_elbow", bone="Nobody"))
    assert said == f"'{mixamo.name}' has no bone 'Nobody'; choose one that it has."
    said = refusal(lambda: bpy.ops.a2g.set_bone(row="tail", bone="mixamorig:Hips"))
    assert said == "The list of bones has no row 'tail'; use one that the manual names."


def test_a_click_in_pose_mode_picks(addon, mixamo):
    bpy.context.view_layer.objects.active = mixamo
    said = refusal(lambda: bpy.ops.a2g.pick_bone(row="left_wrist"))
    assert said == f"'{mixamo.name}' is not in Pose Mode; click a bone there first."
    bpy.ops.object.mode_set(mode="POSE")
    mixamo.data.bones.active = None
    said = refusal(lambda: bpy.ops.a2g.pick_bone(row="left_wrist"))
    assert said == f"No bone of '{mixamo.name}' is active; click one first."
    mixamo.data.bones.active = mixamo.data.bones["mixamorig:LeftHandMiddle1"]
    assert bpy.ops.a2g.pick_bone(row="left_wrist") == {"FINISHED"}
    assert (fields().left_wrist, fields().left_middle1) == ("mixamorig:LeftHandMiddle1", "mixamorig:LeftHand")


def test_a_side_is_filled_from_the_other(addon, mixamo):
    for row in ("collar", "shoulder", "elbow", "wrist"):
        setattr(fields(), f"right_{row}", "")
    assert bpy.ops.a2g.mirror_bones() == {"FINISHED"}
    assert addon.scene.found.fit(mixamo).missing == ()
    fields().left_knee = ""
    assert bpy.ops.a2g.mirror_bones(source="RIGHT") == {"FINISHED"}
    assert fields().left_knee == "mixamorig:LeftLeg"


def test_exchanged_sides_are_told_and_mended(addon, mixamo):
    assert bpy.ops.a2g.swap_bones() == {"FINISHED"}
    assert fields().left_hip == "mixamorig:RightUpLeg"
    (problem,) = addon.ui.bone_list.problems(mixamo)
    assert "eft and right are exchanged" in problem.text
    assert [fix.operator for fix in problem.fixes] == ["a2g.swap_bones"]
    assert problem.text == addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context)
    assert bpy.ops.a2g.swap_bones() == {"FINISHED"}
    assert told(addon, mixamo) == ""


@pytest.mark.parametrize("row", ["pelvis", "head"])
def test_a_row_that_must_be_filled(addon, mixamo, row):
    setattr(fields(), row, "")
    assert row in addon.ui.bone_list.summary(mixamo).wanted
    (problem,) = addon.ui.bone_list.problems(mixamo)
    assert [fix.operator for fix in problem.fixes] == ["a2g.guess_bones"]
    assert bpy.ops.a2g.guess_bones() == {"FINISHED"}
    assert told(addon, mixamo) == "" and not addon.ui.bone_list.summary(mixamo).wanted


def test_one_arm_is_enough(addon, mixamo):
    for row in ("collar", "shoulder", "elbow", "wrist"):
        setattr(fields(), f"right_{row}", "")
    assert told(addon, mixamo) == "" and not addon.ui.bone_list.summary(mixamo).wanted
    fields().left_elbow = ""
    assert told(addon, mixamo).startswith("No bones were found for an arm")
    wanted = addon.ui.bone_list.summary(mixamo).wanted
    assert {"left_elbow", "right_shoulder", "right_elbow"} <= set(wanted)


def test_a_renamed_bone_is_told(addon, mixamo):
    fields().left_index1 = ""
    mixamo.data.bones["mixamorig:LeftHand"].name = "Pranke"
    assert "names 'mixamorig:LeftHand', which the armature does not have" in told(addon, mixamo)
    assert fields().left_wrist == "mixamorig:LeftHand"  # in red: no such bone
    fields().left_wrist = "Pranke"
    assert told(addon, mixamo) == ""


def test_a_finger_that_is_gone_is_left_out_and_told(addon, mixamo):
    """And so is a bone of the face: the character goes on to gesture."""
    fields().left_index1 = ""
    mixamo.data.bones["mixamorig:LeftHandRing1"].name = "Ringfinger"
    assert told(addon, mixamo) == ""
    assert {"left_index1", "left_ring1"} <= set(addon.scene.found.fit(mixamo).missing)
    (problem,) = addon.ui.showing.problems(bpy.context, mixamo)
    assert "(mixamorig:LeftHandRing1)" in problem.text and [f.operator for f in problem.fixes] == ["a2g.guess_bones"]
    fields().left_ring1 = "Ringfinger"
    assert not list(addon.ui.showing.problems(bpy.context, mixamo))


def test_a_list_that_cannot_be_read_is_told_and_mended(addon, mixamo):
    mixamo.a2g_rig_map = '{"format": 99}'
    (problem,) = addon.ui.bone_list.problems(mixamo)
    assert "cannot be read" in problem.text and [fix.operator for fix in problem.fixes] == ["a2g.guess_bones"]
    assert not addon.ui.bone_list.summary(mixamo).is_usable
    assert fields().left_elbow == ""
    assert bpy.ops.a2g.guess_bones() == {"FINISHED"}
    assert fields().left_elbow == "mixamorig:LeftForeArm"


# Where it is kept -----------------------------------------------------------------------------------------------------


def test_it_survives_saving_and_appending(addon, mixamo, tmp_path):
    fields().left_index1, name, path = "", mixamo.name, str(tmp_path / "hero.blend")
    kept = mixamo.a2g_rig_map
    bpy.ops.wm.save_as_mainfile(filepath=path)
    bpy.ops.wm.open_mainfile(filepath=path)
    assert bpy.context.scene.a2g_character.a2g_rig_map == kept
    bpy.ops.wm.read_homefile(use_empty=True)
    with bpy.data.libraries.load(path) as (_there, wanted):
        wanted.objects = [name]
    assert wanted.objects[0].a2g_rig_map == kept
    assert addon.scene.found.fit(wanted.objects[0]).source == "stored"


def test_a_library_override_has_its_own(addon, mixamo, tmp_path):
    save_and_link(tmp_path / "library.blend", mixamo.name)
    linked = addon.ui.state.character(bpy.context)
    said = refusal(lambda: bpy.ops.a2g.set_bone(row="jaw", bone=""))
    assert "linked from another file" in said
    fields().left_elbow = "mixamorig:LeftHand"  # as a field that is greyed out
    assert linked.a2g_rig_map == ""
    assert bpy.ops.a2g.make_override() == {"FINISHED"}
    obj = addon.ui.state.character(bpy.context)
    fields().left_index1 = ""
    kept, shot = obj.a2g_rig_map, str(tmp_path / "shot.blend")
    for _ in range(2):
        bpy.ops.wm.save_as_mainfile(filepath=shot)
        bpy.ops.wm.open_mainfile(filepath=shot)
        obj = bpy.context.scene.a2g_character
        assert obj.override_library is not None and obj.a2g_rig_map == kept
        assert "left_index1" in addon.scene.found.fit(obj).missing


def test_each_correction_is_one_undo_step(addon, mixamo):
    bpy.ops.ed.undo_push(message="before")
    name = mixamo.name
    for run in (
        lambda: bpy.ops.a2g.swap_bones("EXEC_DEFAULT", True),
        lambda: bpy.ops.a2g.set_bone("EXEC_DEFAULT", True, row="left_index1", bone=""),
        lambda: bpy.ops.a2g.mirror_bones("EXEC_DEFAULT", True),
    ):
        run()
        assert bpy.data.objects[name].a2g_rig_map
        bpy.ops.ed.undo()
        assert not bpy.data.objects[name].a2g_rig_map


def test_what_a_field_sets_is_one_undo_step(addon, mixamo):
    bpy.ops.ed.undo_push(message="before")
    name = mixamo.name
    fields().left_wrist = "mixamorig:LeftHand"  # as it was
    assert mixamo.a2g_rig_map == ""
    fields().left_wrist = ""
    fields().left_wrist = ""
    bpy.ops.ed.undo()
    assert not bpy.data.objects[name].a2g_rig_map
    bpy.ops.ed.redo()
    assert bpy.data.objects[name].a2g_rig_map and fields().left_wrist == ""


def test_two_characters_have_lists_of_their_own(addon, mixamo, scene):
    other = mixamo.copy()  # shares the armature data
    scene.collection.objects.link(other)
    scene.a2g_character = other
    fields().left_index1 = ""
    assert other.a2g_rig_map and not mixamo.a2g_rig_map
    scene.a2g_character = mixamo
    assert fields().left_index1 == "mixamorig:LeftHandIndex1"


# Files ----------------------------------------------------------------------------------------------------------------


def test_an_exported_list_is_a_rig_map_and_is_imported(addon, mixamo, tmp_path):
    fields().left_index3 = ""
    assert bpy.ops.a2g.export_bones(filepath=str(tmp_path / "hero")) == {"FINISHED"}
    path = tmp_path / "hero.json"
    assert json.loads(path.read_text(encoding="utf-8"))["name"] == "hero"
    assert addon.a2g_core.body.rig_map.read_map(path).joints["left_shoulder"] == ("mixamorig:LeftArm",)
    before = addon.scene.bones.rows(mixamo)
    bpy.ops.a2g.guess_bones()
    assert bpy.ops.a2g.import_bones(filepath=str(path)) == {"FINISHED"}
    assert addon.scene.bones.rows(mixamo) == before and "left_index3" not in before


def test_a_copy_of_a_file_may_have_any_name(addon, mixamo, tmp_path):
    fields().left_index3 = ""
    assert bpy.ops.a2g.export_bones(filepath=str(tmp_path / "hero.json")) == {"FINISHED"}
    copy = (tmp_path / "hero.json").rename(tmp_path / "hero (2).json")
    bpy.ops.a2g.guess_bones()
    assert bpy.ops.a2g.import_bones(filepath=str(copy)) == {"FINISHED"}
    assert "left_index3" not in addon.scene.bones.rows(mixamo)


def test_a_familys_map_is_resolved_when_it_is_imported(addon, mixamo):
    path = addon.a2g_core.body.rig_map.FOLDER / "humanik.json"
    assert bpy.ops.a2g.import_bones(filepath=str(path)) == {"FINISHED"}
    assert told(addon, mixamo) == ""
    assert fields().spine_3 == "mixamorig:Spine2" and fields().left_shoulder == "mixamorig:LeftArm"


def test_what_cannot_be_imported_changes_nothing(addon, mixamo, tmp_path):
    said = refusal(lambda: bpy.ops.a2g.import_bones(filepath=str(tmp_path / "gone.json")))
    assert said.startswith("There is no file")
    bad = tmp_path / "bad.json"
    bad.write_text("[]", encoding="utf-8")
    assert "bad.json" in refusal(lambda: bpy.ops.a2g.import_bones(filepath=str(bad)))
    assert mixamo.a2g_rig_map == ""
    folder = tmp_path / "folder.json"
    folder.mkdir()
    assert "cannot be written" in refusal(lambda: bpy.ops.a2g.export_bones(filepath=str(folder)))
    assert refusal(bpy.ops.a2g.export_bones) == "No file was named; name one to write to."


def test_a_preset_keeps_what_was_recognised_too(addon, mixamo, tmp_path, monkeypatch):
    monkeypatch.setattr(bpy.utils, "user_resource", lambda *_a, **_o: str(tmp_path))
    assert bpy.ops.a2g.add_bones_preset(name="Hero") == {"FINISHED"}
    assert mixamo.a2g_rig_map == ""
    (path,) = tmp_path.glob("*.py")
    assert bpy.ops.a2g.use_bones_preset(filepath=str(path)) == {"FINISHED"}
    assert addon.scene.found.fit(mixamo).source == "stored" and addon.scene.found.fit(mixamo).missing == ()


# What the line says ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words", "left_out"),
    [
        ("made_mixamo", "52/55", ""),
        ("made_unreal", "52/55", ""),
        ("made_makehuman", "50/55", "Toes"),
        ("made_curled", "52/55", ""),
        ("made_chibi", "19/55", "Neck, Clavicle, Fingers"),
    ],
)
def test_the_line_tells_what_was_found_and_what_not(addon, scene, name, words, left_out):
    obj = rigs.make(name).armature
    found = addon.ui.bone_list.summary(obj)
    assert words in found.counted and found.is_usable
    assert found.left_out == left_out
    assert found.text.endswith(f" without {left_out}" if left_out else " · whole body")


def test_bones_without_any_names_are_seen_and_to_be_looked_at(addon, scene):
    obj = rigs.make("made_mixamo").armature
    for number, bone in enumerate(obj.data.bones):
        bone.name = f"b{number}"
    found = addon.ui.bone_list.summary(obj)
    assert found.text.startswith("By structure") and found.is_usable and not found.is_sure


def test_an_armature_that_is_nobody(addon, scene):
    obj = bpy.data.objects.new("crane", bpy.data.armatures.new("crane"))
    scene.collection.objects.link(obj)
    found = addon.ui.bone_list.summary(obj)
    assert not found.is_usable and {"pelvis", "head"} <= set(found.wanted)
    (first, *_others) = addon.ui.bone_list.problems(obj)
    assert [fix.operator for fix in first.fixes] == ["a2g.add_character"]


def test_moved_bones_are_recognised_anew(addon, mixamo):
    before = addon.scene.found.fit(mixamo)
    assert addon.scene.found.fit(mixamo) is before
    bpy.context.view_layer.objects.active = mixamo
    bpy.ops.object.mode_set(mode="EDIT")
    bones = mixamo.data.edit_bones
    bones["mixamorig:LeftForeArm"].parent = bones["mixamorig:Hips"]
    bpy.ops.object.mode_set(mode="OBJECT")
    assert addon.scene.found.fit(mixamo) is not before
    assert np.isfinite(before.score)
