"""Characters that share a take's Action: a change for one of them reaches no other."""

from __future__ import annotations

from collections.abc import Callable

import bpy
import numpy as np
import pytest
from scenes import counts, curves, pose_matrices, save_and_link, select_only, strips
from ticking import run_timers


def duplicated(obj: bpy.types.Object, linked: bool) -> bpy.types.Object:
    """As Shift+D and Alt+D do."""
    bpy.ops.object.select_all(action="DESELECT")
    obj.select_set(True)
    bpy.context.view_layer.objects.active = obj
    bpy.ops.object.duplicate(linked=linked)
    bpy.context.scene.a2g_character = bpy.context.active_object
    return bpy.context.active_object


def copied_scene(_obj: bpy.types.Object) -> bpy.types.Object:
    """The character of a full copy of the scene."""
    bpy.ops.scene.new(type="FULL_COPY")
    (copy,) = (obj for obj in bpy.context.scene.objects if obj.type == "ARMATURE")
    bpy.context.scene.a2g_character = copy
    return copy


COPIES: dict[str, Callable[[bpy.types.Object], bpy.types.Object]] = {
    "duplicate": lambda obj: duplicated(obj, False),
    "linked duplicate": lambda obj: duplicated(obj, True),
    "scene": copied_scene,
}


@pytest.fixture
def original(character, speech_file) -> bpy.types.Object:
    """The character with a take on frames 37 to 156; frame 60 is shown."""
    bpy.context.scene.a2g_character = character
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    bpy.context.scene.frame_set(60)
    return character


@pytest.fixture(params=COPIES)
def copy(request, original) -> bpy.types.Object:
    """A copy of it, which plays the same Action and is the one to act on."""
    made = COPIES[request.param](original)
    assert made != original and strips(made)["Gestures"].action == strips(original)["Gestures"].action
    bpy.context.scene.frame_set(60)
    return made


def change_phrase(_obj: bpy.types.Object) -> None:
    assert bpy.ops.a2g.change_phrase() == {"FINISHED"}


def regenerate_range(_obj: bpy.types.Object) -> None:
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, 50, 140
    assert bpy.ops.a2g.regenerate_range() == {"FINISHED"}


def update_take(obj: bpy.types.Object) -> None:
    obj.a2g_energy = 2.0
    assert bpy.ops.a2g.update_take() == {"FINISHED"}


def star(_obj: bpy.types.Object) -> None:
    assert bpy.ops.a2g.star_take(track="Gestures") == {"FINISHED"}


def pin(obj: bpy.types.Object) -> None:
    select_only(obj, strips(obj)["Gestures"])
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}


def state(addon, obj: bpy.types.Object) -> tuple:
    """All that the add-on keeps of a take, and its keys."""
    strip = strips(obj)["Gestures"]
    clip = strip.action.a2g
    keys = {path: found.tobytes() for path, found in curves(addon.bl, strip).items()}
    return keys, clip.recipe, clip.starred, clip.pinned, clip.seed, strip.mute, strip.frame_start


@pytest.mark.parametrize("change", [change_phrase, regenerate_range, update_take, star, pin])
def test_a_change_for_a_copy_leaves_the_original(addon, original, copy, change):
    before = state(addon, original)
    bpy.ops.ed.undo_push(message="before")
    n_actions = len(bpy.data.actions)
    change(copy)
    assert state(addon, original) == before
    assert state(addon, copy) != before
    mine = strips(copy)["Gestures"].action
    assert mine != strips(original)["Gestures"].action and len(bpy.data.actions) == n_actions + 1
    change(copy)
    assert strips(copy)["Gestures"].action == mine and len(bpy.data.actions) == n_actions + 1, "once is enough"
    assert state(addon, original) == before
    assert list(strips(copy)) == ["Gestures"]


def test_a_change_for_the_original_leaves_the_copy(addon, original, copy):
    before = state(addon, copy)
    bpy.context.scene.a2g_character = original
    change_phrase(original)
    assert state(addon, copy) == before
    assert state(addon, original) != before


def test_a_slider_of_a_copy_leaves_the_original(addon, original, watching, runner, monkeypatch):
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.05)
    copy = duplicated(original, False)
    before = state(addon, original)
    copy.a2g_posture = 1.0
    run_timers(watching, runner)
    assert state(addon, original) == before
    assert state(addon, copy)[0] != before[0]


def test_the_copy_of_a_take_goes_with_one_undo_step(addon, original):
    copy = duplicated(original, False)
    name = copy.name
    bpy.ops.ed.undo_push(message="before")
    before, n_actions = state(addon, copy), len(bpy.data.actions)
    bpy.ops.a2g.change_phrase("EXEC_DEFAULT", True)
    assert len(bpy.data.actions) == n_actions + 1
    bpy.ops.ed.undo()
    copy, original = bpy.data.objects[name], bpy.data.objects["Character"]
    assert state(addon, copy) == before and len(bpy.data.actions) == n_actions
    assert strips(copy)["Gestures"].action == strips(original)["Gestures"].action


def test_an_action_that_an_object_plays_as_its_active_one_is_shared_too(addon, original):
    action = strips(original)["Gestures"].action
    other = bpy.data.objects.new("other", original.data)
    bpy.context.collection.objects.link(other)
    other.animation_data_create().action = action
    change_phrase(original)
    assert strips(original)["Gestures"].action != action


def test_a_ghost_a_fake_user_and_a_second_strip_of_the_character_are_no_others(addon, original):
    """The ghost shows the take as it is; the character's own strips go on playing one Action."""
    strip = strips(original)["Gestures"]
    action = strip.action
    action.use_fake_user = True
    track = original.animation_data.nla_tracks.new()
    track.name = "again"
    again = addon.bl.add_nla_strip(track, "again", 400, action, addon.bl.slot_of(strip))
    before = counts()
    bpy.ops.a2g.compare_take(track="Gestures")
    change_phrase(original)
    assert strip.action == again.action == action
    bpy.ops.a2g.compare_take()
    assert counts() == before


def test_a_copy_plays_what_was_changed(addon, original):
    """In the slot of the Action that it had."""
    copy = duplicated(original, False)
    before = pose_matrices(copy, 60)["left_elbow"]
    update_take(copy)
    assert np.abs(pose_matrices(copy, 60)["left_elbow"] - before).max() > 1e-3
    np.testing.assert_array_equal(pose_matrices(original, 60)["left_elbow"], before)


# Linked takes ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def overridden(original, voice, tmp_path) -> bpy.types.Object:
    """A library override of the character, whose take lies in the library."""
    linked = save_and_link(tmp_path / "library.blend")
    obj = linked.override_create(remap_local_usages=True)
    bpy.context.scene.a2g_character = obj
    bpy.context.scene.render.fps = 30
    bpy.context.scene.frame_set(60)
    assert strips(obj)["Gestures"].action.library is not None
    return obj


@pytest.mark.parametrize("change", [change_phrase, regenerate_range, update_take, star])
def test_a_linked_take_becomes_the_overrides_own(addon, overridden, tmp_path, change):
    before = state(addon, overridden)
    linked = strips(overridden)["Gestures"].action
    change(overridden)
    own = strips(overridden)["Gestures"].action
    assert own.library is None and linked.library is not None
    after = state(addon, overridden)
    assert after != before
    pose = pose_matrices(overridden, 60)["left_elbow"]
    path = str(tmp_path / "shot.blend")
    bpy.ops.wm.save_as_mainfile(filepath=path)
    bpy.ops.wm.open_mainfile(filepath=path)
    obj = bpy.context.scene.a2g_character
    assert obj.override_library is not None and strips(obj)["Gestures"].action.library is None
    assert state(addon, obj) == after
    np.testing.assert_allclose(pose_matrices(obj, 60)["left_elbow"], pose, atol=1e-6)


def test_a_linked_take_below_a_pin_is_raised_above_it(addon, overridden):
    copied = addon.scene.take_list.duplicate(overridden, strips(overridden)["Gestures"])
    copied.action.a2g.pinned = True
    copied.mute = False
    strips(overridden)["Gestures"].mute = False
    bpy.context.scene.frame_set(60)
    addon.scene.takes.raise_above_pins(overridden, strips(overridden)["Gestures"].action)
    names = [track.name for track in overridden.animation_data.nla_tracks]
    top = overridden.animation_data.nla_tracks[-1].strips[0]
    assert len(names) == 3 and not top.mute and strips(overridden)["Gestures"].mute
    assert top.action == strips(overridden)["Gestures"].action


def test_an_action_linked_to_a_character_of_this_file_becomes_its_own(addon, original, tmp_path):
    library = tmp_path / "library.blend"
    bpy.data.libraries.write(str(library), {strips(original)["Gestures"].action})
    with bpy.data.libraries.load(str(library), link=True) as (found, wanted):
        wanted.actions = found.actions
    strip = strips(original)["Gestures"]
    addon.bl.set_nla_action(strip, wanted.actions[0])
    before = state(addon, original)
    assert strip.action.library is not None
    change_phrase(original)
    assert strip.action.library is None and state(addon, original) != before
