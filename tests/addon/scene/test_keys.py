"""The one writer of keys, on whatever property."""

from __future__ import annotations

import bpy
import numpy as np
import pytest


def wave(n: int, k: int) -> np.ndarray:
    return np.sin(np.arange(n * k).reshape(n, k) / 7).astype(np.float32)


def play(owner: bpy.types.ID, action: bpy.types.Action, slot) -> None:
    data = owner.animation_data_create()
    data.action = action
    if slot is not None:
        data.action_slot = slot


@pytest.fixture
def curves_of(addon):
    """An Action's curves, as the writer wants them."""

    def found(action: bpy.types.Action) -> dict:
        return {(c.data_path, c.array_index): c for c in addon.bl.fcurves(action, addon.bl.first_slot(action))}

    return found


def test_bones_custom_properties_and_shape_keys_are_all_tracks(addon, scene, character):
    keys = addon.scene.keys
    character["gaze"] = 0.0
    mesh = bpy.data.objects.new("face", bpy.data.meshes.new("face"))
    mesh.data.vertices.add(1)
    scene.collection.objects.link(mesh)
    mesh.shape_key_add(name="Basis")
    mesh.shape_key_add(name="Smile")
    bone = addon.scene.rig.bone_path("head", "location")
    for owner, path, values, read in (
        (character, bone, wave(30, 3), lambda: list(character.pose.bones["head"].location)),
        (character, '["gaze"]', wave(30, 1), lambda: [character["gaze"]]),
        (mesh.data.shape_keys, 'key_blocks["Smile"].value', np.abs(wave(30, 1)),
         lambda: [mesh.data.shape_keys.key_blocks["Smile"].value]),
    ):  # fmt: skip
        action, curves, slot = addon.bl.new_action("track", owner)
        keys.write(curves, keys.Track(path, values, "group"), 11)
        play(owner, action, slot)
        for frame in (11, 25, 40):
            scene.frame_set(frame)
            np.testing.assert_allclose(read(), values[frame - 11], atol=1e-6)


def test_what_was_written_is_read_back_and_its_checksums_are_its_own(addon, character, curves_of):
    keys = addon.scene.keys
    track = keys.Track(addon.scene.rig.bone_path("head", "location"), wave(40, 3), "head")
    action, owner, _slot = addon.bl.new_action("track", character)
    keys.write(owner, track, 5)
    rows = keys.read(curves_of(action), track, 5, 40)
    np.testing.assert_array_equal(rows, track.values)
    np.testing.assert_array_equal(keys.checksums([rows]), keys.checksums([track.values]))
    rows[17, 1] += 1e-6
    assert (keys.checksums([rows]) != keys.checksums([track.values])).tolist() == [row == 17 for row in range(40)]
    curve = next(iter(curves_of(action).values()))
    assert {point.interpolation for point in curve.keyframe_points} == {"LINEAR"}
    assert curve.group.name == "head"


@pytest.mark.parametrize(("first", "n"), [(6, 40), (5, 39)])
def test_keys_that_are_not_one_on_each_frame_are_not_read(addon, character, curves_of, first, n):
    keys = addon.scene.keys
    track = keys.Track(addon.scene.rig.bone_path("head", "location"), wave(40, 3), "head")
    action, owner, _slot = addon.bl.new_action("track", character)
    keys.write(owner, track, 5)
    assert keys.read(curves_of(action), track, first, n) is None
    missing = keys.Track(addon.scene.rig.bone_path("neck", "location"), wave(40, 3), "neck")
    assert keys.read(curves_of(action), missing, 5, 40) is None


def test_some_keys_are_replaced_and_the_others_stay(addon, character, curves_of):
    keys = addon.scene.keys
    path = addon.scene.rig.bone_path("head", "rotation_quaternion")
    q = wave(40, 4) + np.array([3, 0, 0, 0], np.float32)
    action, owner, _slot = addon.bl.new_action("track", character)
    keys.write(owner, keys.Track(path, q, "head"), 5)
    new = keys.Track(path, -q[10:15], "head")  # the same rotations on the other side
    rows = keys.read(curves_of(action), new, 5, 40)
    keys.overwrite(curves_of(action), new, rows, 5, 10)
    np.testing.assert_array_equal(keys.read(curves_of(action), new, 5, 40), q)  # continuous again
    turned = keys.Track(path, q[10:15] + np.float32(0.1), "head")
    keys.overwrite(curves_of(action), turned, rows, 5, 10)
    after = keys.read(curves_of(action), turned, 5, 40)
    np.testing.assert_array_equal(after[10:15], turned.values)
    np.testing.assert_array_equal(np.delete(after, np.s_[10:15], 0), np.delete(q, np.s_[10:15], 0))
