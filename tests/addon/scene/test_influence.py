"""The slider Influence: what it shows, what it does to the character, and whose keys it leaves alone."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from scenes import key_clip, pose_matrices, strips, turn

ELBOW = "left_elbow"
AT = 90


@pytest.fixture
def take(addon, character, speech_file):
    """A take of 120 frames from frame 37 on, over a clip that bends an elbow all along."""
    key_clip(addon.bl, character, "below", 1, {ELBOW: turn(1, np.full(300, 1.0))})
    bpy.ops.a2g.generate()
    bpy.context.scene.a2g_character = character
    return strips(character)["Gestures"]


def elbow(obj, frame: int = AT) -> np.ndarray:
    """How the elbow is turned about its own axes, of length one: what the NLA says, as Blender evaluates it."""
    bpy.context.scene.frame_set(frame)
    evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
    found = np.array(evaluated.pose.bones[ELBOW].rotation_quaternion)
    return found / np.linalg.norm(found)


def mixed(below: np.ndarray, above: np.ndarray, share: float) -> np.ndarray:
    """What Blender's Replace makes of two quaternions: components mixed, then of length one."""
    found = below + share * (above - below)
    return found / np.linalg.norm(found)


def test_it_shows_one_where_blender_shows_nought(character, take):
    assert take.influence == 0.0 and not take.use_animated_influence
    assert character.a2g_influence == 1.0
    full = pose_matrices(character, AT)
    character.a2g_influence = 0.5
    character.a2g_influence = 1.0
    again = pose_matrices(character, AT)
    assert not take.use_animated_influence
    assert all(np.array_equal(full[name], again[name]) for name in full)


@pytest.mark.parametrize("keys", [(), ((37, 1.0), (157, 0.0))], ids=["the slider", "keys of her own"])
def test_a_copy_of_a_take_counts_as_much_as_the_take(character, take, keys):
    character.a2g_influence = 0.25
    if keys:
        (curve,) = (curve for curve in take.fcurves if curve.data_path == "influence")
        curve.keyframe_points.clear()
        for place in keys:
            curve.keyframe_points.insert(*place)
    before = elbow(character)
    bpy.ops.a2g.duplicate_take(track="Gestures")
    assert take.mute
    np.testing.assert_allclose(elbow(character), before, atol=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.6])
def test_the_take_counts_so_much_over_what_is_below(addon, character, take, share):
    above = elbow(character)
    take.mute = True
    below = elbow(character)
    take.mute = False
    character.a2g_influence = share
    assert character.a2g_influence == pytest.approx(share)
    assert np.allclose(elbow(character), mixed(below, above, share), atol=1e-5)
    assert addon.scene.nla.influence(take, np.array([float(AT)]))[0] == pytest.approx(share)


def test_it_is_seen_without_a_step_in_time(character, take):
    bpy.context.scene.frame_set(AT)
    before = elbow(character)
    character.a2g_influence = 0.3
    bpy.context.view_layer.update()
    evaluated = character.evaluated_get(bpy.context.evaluated_depsgraph_get())
    assert not np.allclose(np.array(evaluated.pose.bones[ELBOW].rotation_quaternion), before, atol=1e-3)


def test_ends_that_were_blended_are_blended_still(character, take):
    take.blend_in, take.blend_out = 10.0, 20.0
    start, end = int(take.frame_start), int(take.frame_end)
    full = [elbow(character, frame) for frame in (start, start + 5, end - 10, end)]
    take.mute = True
    below = [elbow(character, frame) for frame in (start, start + 5, end - 10, end)]
    take.mute = False
    character.a2g_influence = 0.999999
    near = [elbow(character, frame) for frame in (start, start + 5, end - 10, end)]
    assert np.allclose(near, full, atol=1e-4)
    character.a2g_influence = 0.5
    assert np.allclose(elbow(character, start), below[0], atol=1e-5)
    assert np.allclose(elbow(character, end), below[3], atol=1e-5)
    assert not np.allclose(elbow(character, start + 30), full[1], atol=1e-2)
    assert character.a2g_influence == pytest.approx(0.5)


@pytest.mark.parametrize("is_on", [True, False])
def test_keys_of_the_artists_own_are_hers(addon, character, take, is_on):
    take.use_animated_influence = True
    curve = next(curve for curve in take.fcurves if curve.data_path == "influence")
    curve.keyframe_points.clear()
    for frame, value in ((40, 0.2), (80, 0.9), (120, 0.4)):
        curve.keyframe_points.insert(frame, value)
    take.use_animated_influence = is_on
    assert addon.scene.influence.value(take) is None
    character.a2g_influence = 0.5
    assert [tuple(round(v, 3) for v in key.co) for key in curve.keyframe_points] == [(40, 0.2), (80, 0.9), (120, 0.4)]
    assert take.use_animated_influence == is_on


def test_one_undo_takes_it_back(character, take):
    bpy.ops.ed.undo_push(message="Before")
    character.a2g_influence = 0.4
    bpy.ops.ed.undo_push(message="Influence")
    bpy.ops.ed.undo()
    obj = bpy.context.scene.a2g_character
    assert obj.a2g_influence == 1.0 and not strips(obj)["Gestures"].use_animated_influence
