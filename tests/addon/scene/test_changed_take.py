"""Parts of a take replaced, as `ChangedTake` does it: signs of quaternions, what is edited, and taking it back."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from scenes import curves, pose_matrices, strips, turn, write_take

START, N = 11, 90


@pytest.fixture
def change(addon, character):
    """A take of 90 frames at rest; and a change of it, in which the head turns once around in its frames 30 to 59."""
    body = addon.a2g_core.body
    rest = np.zeros((N, len(body.skeleton.SMPLX.names), 4), np.float32)
    rest[..., 0] = 1
    motion = body.motion.Motion(rest, np.zeros((N, 3), np.float32), 30.0, body.skeleton.SMPLX)
    write_take(addon, character, motion, START)
    turned = rest[30:60].copy()
    turned[:, body.skeleton.SMPLX.names.index("head")] = turn(2, np.linspace(0, 2 * np.pi, 30))
    part = body.motion.Motion(turned, np.zeros((30, 3), np.float32), 30.0, body.skeleton.SMPLX)

    def make(track: str = "Gestures"):
        action = strips(character)[track].action
        recipe = addon.scene.recipe.Recipe.from_text(action.a2g.recipe)
        return addon.scene.takes.ChangedTake(character, action, part, 30, recipe, None)

    return make


def head(addon, obj: bpy.types.Object, track: str = "Gestures") -> np.ndarray:
    """The head's quaternions (90, 4)."""
    found = curves(addon.bl, strips(obj)[track])
    return np.stack(
        [found[addon.scene.rig.bone_path("head", "rotation_quaternion"), k][:, 1] for k in range(4)], axis=1
    )


def edit(addon, obj: bpy.types.Object, row: int) -> bpy.types.Keyframe:
    """Bend the head in one frame, with handles of her own."""
    action = strips(obj)["Gestures"].action
    path = addon.scene.rig.bone_path("head", "rotation_quaternion")
    curve = next(
        c for c in addon.bl.fcurves(action, addon.bl.first_slot(action)) if (c.data_path, c.array_index) == (path, 1)
    )
    key = curve.keyframe_points[row]
    key.co[1] = 0.25
    key.interpolation, key.handle_left_type, key.handle_right_type = "BEZIER", "FREE", "FREE"
    key.handle_right = (key.co[0] + 0.3, 0.5)
    return key


def test_what_follows_goes_to_the_other_side_where_nobody_edited_it(addon, character, change):
    before = pose_matrices(character, START + 80)["head"]
    change().finish()
    q = head(addon, character)
    assert (np.einsum("tk,tk->t", q[1:], q[:-1]) > 0).all(), "no curve jumps"
    np.testing.assert_array_equal(q[60:], np.tile(np.float32([-1, 0, 0, 0]), (30, 1)))
    np.testing.assert_allclose(pose_matrices(character, START + 80)["head"], before, atol=1e-6)
    again = change()
    again.finish()
    assert again.edited == 0, "signs that we turned are no edits"


@pytest.mark.parametrize("row", [75, 89])
def test_an_edited_key_is_not_even_turned_to_the_other_sign(addon, character, change, row):
    key = edit(addon, character, row)
    mine, handle = head(addon, character), tuple(key.handle_right)
    writer = change()
    writer.finish()
    assert writer.edited
    np.testing.assert_array_equal(head(addon, character), mine)
    addon.scene.takes.attach_take(character, writer.as_copy())
    np.testing.assert_array_equal(head(addon, character), mine)
    assert tuple(key.handle_right) == handle
    # In the copy her frame turns with the others, with its handles, and still counts as edited.
    copied = head(addon, character, "Gestures 2")
    np.testing.assert_array_equal(copied[60:], -mine[60:])
    action = strips(character)["Gestures 2"].action
    path = addon.scene.rig.bone_path("head", "rotation_quaternion")
    curve = next(
        c for c in addon.bl.fcurves(action, addon.bl.first_slot(action)) if (c.data_path, c.array_index) == (path, 1)
    )
    assert curve.keyframe_points[row].handle_right[1] == -handle[1]
    known = addon.scene.recipe.Recipe.from_text(action.a2g.recipe).checksums
    now = addon.scene.recipe.Recipe.from_text(strips(character)["Gestures"].action.a2g.recipe).checksums
    assert known[row] == now[row] and (known[60:row] != now[60:row]).all()


def test_a_key_edited_before_the_change_stays_as_it_is(addon, character, change):
    key = edit(addon, character, 10)
    state = tuple(key.co), tuple(key.handle_left), tuple(key.handle_right), key.interpolation
    writer = change()
    writer.finish()
    assert not writer.edited and list(strips(character)) == ["Gestures"]
    assert (tuple(key.co), tuple(key.handle_left), tuple(key.handle_right), key.interpolation) == state
    assert np.abs(head(addon, character)[45, 3]) > 0.9


@pytest.mark.parametrize("edited_row", [None, 10])
def test_a_change_is_taken_back_half_way(addon, character, change, edited_row):
    if edited_row is not None:
        edit(addon, character, edited_row)
    strip = strips(character)["Gestures"]
    other = character.copy()
    bpy.context.collection.objects.link(other)
    shared, before, recipe = strip.action, curves(addon.bl, strip), strip.action.a2g.recipe
    n_actions = len(bpy.data.actions)
    writer = change()
    path = addon.scene.rig.bone_path("head", "rotation_quaternion")

    def write_half() -> None:
        while all(track.path != path for track in writer.tracks[: writer.written]):
            writer.step(0.0)

    write_half()
    assert strip.action != shared and any((before[p] != now).any() for p, now in curves(addon.bl, strip).items())
    writer.revert()
    assert strip.action == shared and len(bpy.data.actions) == n_actions
    assert all((before[p] == now).all() for p, now in curves(addon.bl, strip).items())
    assert strip.action.a2g.recipe == recipe
    # Of an Action that is its own, the keys come back.
    bpy.data.objects.remove(other)
    writer = change()
    write_half()
    writer.revert()
    assert strip.action == shared
    assert all((before[p] == now).all() for p, now in curves(addon.bl, strip).items())
    again = change()
    again.finish()
    assert not again.edited


def test_a_take_that_its_character_no_longer_plays_is_not_changed(addon, character, change):
    """Somebody else may play it."""
    action = strips(character)["Gestures"].action
    other = character.copy()
    bpy.context.collection.objects.link(other)
    writer = change()
    assert not writer.is_gone
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["Gestures"])
    before = curves(addon.bl, strips(other)["Gestures"])
    writer.finish()
    assert writer.is_gone and strips(other)["Gestures"].action == action
    assert all((before[p] == now).all() for p, now in curves(addon.bl, strips(other)["Gestures"]).items())
