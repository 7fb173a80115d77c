"""The armature we add."""

from __future__ import annotations

import bpy
import numpy as np
import pytest


def test_has_the_smplx_bones_where_the_skeleton_says(addon, character):
    skeleton = addon.a2g_core.body.skeleton.SMPLX
    bones = character.data.bones
    assert [bone.name for bone in bones if bone.name not in skeleton.names] == []
    assert len(bones) == 55
    for joint, (name, parent) in enumerate(zip(skeleton.names, skeleton.parents, strict=True)):
        assert (bones[name].parent.name if bones[name].parent else None) == (skeleton.names[parent] if joint else None)
    heads = np.array([bones[name].head_local for name in skeleton.names])
    floor = np.array([0, -addon.a2g_core.body.skeleton.PELVIS_HEIGHT_M, 0])
    np.testing.assert_allclose(heads, skeleton.rest_positions - floor, atol=1e-6)
    assert heads[0, 1] == pytest.approx(addon.a2g_core.body.skeleton.PELVIS_HEIGHT_M)


def test_bones_rest_unturned(character):
    for bone in character.data.bones:
        np.testing.assert_allclose(np.array(bone.matrix_local)[:3, :3], np.eye(3), atol=1e-6)
        assert bone.length > 0.01
    assert {bone.rotation_mode for bone in character.pose.bones} == {"QUATERNION"}


def test_stands_upright_and_faces_the_front(character):
    bpy.context.view_layer.update()
    place = {b.name: np.array(character.matrix_world @ b.head_local) for b in character.data.bones}
    assert place["head"][2] > 1.4 > place["pelvis"][2] > 0.9
    assert place["left_foot"][1] < place["left_ankle"][1]  # toes to the front view
    assert place["left_wrist"][0] > 0.5


def test_is_chosen_selected_and_in_object_mode(scene, character):
    assert scene.a2g_character == character
    assert bpy.context.selected_objects == [character]
    assert character.mode == "OBJECT"


def test_adding_is_one_undo_step(scene):
    bpy.ops.ed.undo_push(message="before")
    bpy.ops.a2g.add_character("EXEC_DEFAULT", True)
    assert len(bpy.data.armatures) == 1
    bpy.ops.ed.undo()
    assert len(bpy.data.objects) == len(bpy.data.armatures) == 0
