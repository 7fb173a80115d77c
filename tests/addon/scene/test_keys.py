"""The one writer of keys, on whatever property."""

from __future__ import annotations

import itertools

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
    keyed = addon.scene.edits.read(curves_of(action), track, 5, 40)
    np.testing.assert_array_equal(keyed.values, track.values)
    assert not keyed.edited.any() and not keyed.is_removed.any()
    np.testing.assert_array_equal(keys.checksums([keyed.values]), keys.checksums([track.values]))
    keyed.values[17, 1] += 1e-6
    assert (keys.checksums([keyed.values]) != keys.checksums([track.values])).tolist() == [r == 17 for r in range(40)]
    curve = next(iter(curves_of(action).values()))
    assert {point.interpolation for point in curve.keyframe_points} == {"LINEAR"}
    assert curve.group.name == "head"


def test_keys_turned_to_bezier_follow_the_values_and_stay_between_them(addon, character, curves_of):
    values = np.random.default_rng(0).normal(0, 1, (40, 1)).astype(np.float32)
    action, owner, _slot = addon.bl.new_action("track", character)
    addon.scene.keys.write(owner, addon.scene.keys.Track('["gaze"]', values, "gaze"), 5)
    (curve,) = curves_of(action).values()
    for point in curve.keyframe_points:
        point.interpolation = "BEZIER"
    assert_between_keys(curve)
    assert {point.handle_left_type for point in curve.keyframe_points} == {"AUTO_CLAMPED"}
    slopes = [point.handle_right[1] - point.co[1] for point in curve.keyframe_points]
    assert np.abs(slopes).max() > 0.01, "handles that lie flat everywhere do not follow the values"


def assert_between_keys(curve: bpy.types.FCurve) -> None:
    """Between two frames a curve never leaves the range of its two keys."""
    points = [tuple(point.co) for point in curve.keyframe_points]
    for (frame, a), (_next, b) in itertools.pairwise(points):
        for t in (0.2, 0.5, 0.8):
            assert min(a, b) - 1e-4 <= curve.evaluate(frame + t) <= max(a, b) + 1e-4


def test_a_spliced_quaternion_follows_the_row_before_and_the_rest_follows_it(addon):
    keys = addon.scene.keys
    q = wave(40, 4) + np.array([3, 0, 0, 0], np.float32)
    new = keys.Track("q", -q[10:15], "head", "QUATERNION")  # the same rotations on the other side
    rows, rest = keys.splice(new, q, 10)
    np.testing.assert_array_equal(rows, q)  # continuous again
    assert rest is None
    # In two steps to the other side: what follows goes there too.
    turned = np.float32([(1, 0.2, 0, 0), (0, 1, 0, 0), (-1, 0.2, 0, 0)])
    rows, rest = keys.splice(keys.Track("q", turned, "head", "QUATERNION"), q, 10)
    np.testing.assert_array_equal(rows, np.concatenate([q[:10], turned, -q[13:]]))
    assert (rest.sign == -1).all() and not rest.offset.any()
    # Values that are no quaternion are what they are.
    rows, rest = keys.splice(keys.Track("q", turned, "head"), q, 10)
    np.testing.assert_array_equal(rows, np.concatenate([q[:10], turned, q[13:]]))
    assert rest is None


@pytest.mark.parametrize("mode", ["XYZ", "ZXY", "AXIS_ANGLE"])
def test_a_spliced_rotation_runs_on_and_no_curve_jumps(addon, mode):
    """Whatever turns the new values and the rows after them were counted from."""
    keys, channels = addon.scene.keys, addon.a2g_core.body.channels
    angles = np.cumsum(np.random.default_rng(2).standard_normal((60, 3)), axis=0) * 0.1 + [0.4, 0.2, -0.3]
    q = addon.a2g_core.body.rotations.axis_angle_to_quaternion(angles)
    rows = channels.quaternion_to_channel(mode, q).astype(np.float32)
    away = channels.Shift(np.ones(rows.shape[1]), 2 * np.pi * np.eye(rows.shape[1])[0] * 3)
    spliced, rest = keys.splice(keys.Track("r", away(rows[20:30]), "head", mode), rows, 20)
    np.testing.assert_allclose(spliced, rows, atol=1e-4)
    assert rest is None
    rows[30:] = away(rows[30:])
    spliced, rest = keys.splice(keys.Track("r", rows[20:30], "head", mode), rows, 20)
    assert np.abs(np.diff(spliced, axis=0)).max() < 1.0 and rest is not None
    same = channels.channel_to_quaternion(mode, spliced.astype(np.float64))
    np.testing.assert_allclose(np.abs(np.sum(same * q, axis=1)), 1, atol=1e-6)
    rows[19] = rows[30] = np.nan  # nothing follows from what is not keyed
    spliced, rest = keys.splice(keys.Track("r", away(rows[20:30]), "head", mode), rows, 20)
    np.testing.assert_array_equal(spliced[20:30], away(rows[20:30]))
    assert rest is None


def test_some_keys_are_replaced_and_the_others_stay(addon, character, curves_of):
    """To the last bit, with their handles, also where Blender has not set those yet."""
    keys = addon.scene.keys
    track = keys.Track('["gaze"]', wave(40, 1), "gaze")
    action, owner, _slot = addon.bl.new_action("track", character)
    keys.write(owner, track, 5)
    (curve,) = curves_of(action).values()
    for point in (curve.keyframe_points[9], curve.keyframe_points[20]):
        point.interpolation, point.handle_left_type, point.handle_right_type = "BEZIER", "FREE", "FREE"
        point.co[1] += 0.5
        point.handle_right = (point.co[0] + 0.4, 7.0)
    before = keys_of(curve)
    keys.overwrite(curve, np.arange(15, 20), np.arange(5.0))
    assert [point.co[1] for point in curve.keyframe_points[10:15]] == [0, 1, 2, 3, 4]
    after = keys_of(curve)
    assert after[:10] + after[15:] == before[:10] + before[15:]
    keys.overwrite(curve, np.arange(15, 20), np.arange(5.0), keys.Shifted(19.5, -1.0, 0.0))
    np.testing.assert_array_equal([key[1] for key in keys_of(curve)[15:]], [-key[1] for key in before[15:]])
    assert curve.keyframe_points[20].handle_right[1] == -7.0


def keys_of(curve: bpy.types.FCurve) -> list[tuple]:
    """All that a key is."""
    return [
        (
            *k.co,
            *k.handle_left,
            *k.handle_right,
            k.interpolation,
            k.easing,
            k.handle_left_type,
            k.handle_right_type,
            k.type,
        )
        for k in curve.keyframe_points
    ]


def test_keys_made_plain_stand_on_their_frames_alone(addon, character, curves_of):
    keys = addon.scene.keys
    action, owner, _slot = addon.bl.new_action("track", character)
    keys.write(owner, keys.Track('["gaze"]', wave(40, 1), "gaze"), 5)
    (curve,) = curves_of(action).values()
    points = curve.keyframe_points
    for point in points:
        point.interpolation, point.easing, point.type = "SINE", "EASE_IN", "EXTREME"
        point.handle_left_type = "FREE"
    points.insert(12.3, 9.0)
    for frame in (14, 15, 30):
        points.remove(next(point for point in points if point.co[0] == frame))
    before = {key[0]: key for key in keys_of(curve)}
    frames = np.array([12, 13, 14, 15, 18])
    keys.make_plain(curve, frames)
    keys.overwrite(curve, frames, np.arange(5.0))
    curve.update()
    after = {key[0]: key for key in keys_of(curve)}
    assert [point.co[0] for point in points] == [float(f) for f in range(5, 45) if f != 30]
    assert {frame: after[frame][1] for frame in frames} == dict(zip(frames, range(5), strict=True))
    assert all(after[frame][6] == "LINEAR" for frame in frames)
    assert all(
        after[frame][:2] + after[frame][6:] == before[frame][:2] + before[frame][6:] for frame in after.keys() - frames
    )
