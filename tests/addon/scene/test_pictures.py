"""Pictures of takes: they show what the character does in Blender, follow every change, and touch nothing else."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
import rigs
from places import ROOT
from scenes import PACKAGE, counts, curves, key_clip, strips, turn

SPEECH = ROOT / "scripts" / "sample" / "speech.wav"
RIGS = ("own", "made_mixamo", "made_modes", "rigify")


def pixels(action: bpy.types.Action) -> np.ndarray:
    """An Action's preview, (H, W, 4), the uppermost row first."""
    width, height = action.preview.image_size
    found = np.empty(width * height * 4, np.float32)
    action.preview.image_pixels_float.foreach_get(found)
    return found.reshape(height, width, 4)[::-1]


def has_picture(action: bpy.types.Action) -> bool:
    """Whether it has one that is worth showing: in the background, Blender numbers no icons."""
    return action.preview is not None and action.a2g.picture != "" and pixels(action)[..., 3].max() == 1.0


def frames_of(action: bpy.types.Action) -> list[int]:
    return [int(word) for word in action.a2g.picture.split()[:-1]]


def look(addon, obj) -> None:
    """What a panel that shows the takes and the timer after it do."""
    keeper = addon.owner.owned(addon.ui.take_pictures.TakePictures)
    for _index, _track, strip in addon.scene.take_list.tracks_of(obj):
        keeper.icon(obj, strip)
    while keeper.draw_next() is not None:
        pass
    keeper.timer.stop()


@pytest.mark.parametrize("name", RIGS)
def test_the_picture_shows_what_the_character_does(addon, name):
    """Against the pose that Blender evaluates on those frames, measured on the bones and drawn on its own."""
    made = rigs.make(name)
    obj = bpy.context.scene.a2g_character = made.armature
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_idle = "FILE", str(SPEECH), False
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    action = strips(obj)["Gestures"].action
    shown, frames = pixels(action), frames_of(action)
    core = addon.a2g_core.body.picture
    assert shown.shape == (core.SIZE[1], core.SIZE[0], 4) and len(frames) == core.POSES
    posed = addon.scene.rig.read_pose(obj, frames, 30.0)
    drawn = core.draw(posed)
    off = np.abs(shown - drawn).max(axis=-1) > 0.15
    print(f"{name}: {off.sum()} of {(drawn[..., 3] > 0).sum()} pixels differ")
    assert off.sum() < 0.06 * (drawn[..., 3] > 0).sum()
    other = core.draw(addon.scene.rig.read_pose(obj, [f + 40 for f in frames], 30.0))
    assert (np.abs(shown - other).max(axis=-1) > 0.15).sum() > 0.15 * (drawn[..., 3] > 0).sum()


def test_two_takes_have_two_pictures_and_a_copy_has_the_same(addon, character, speech_file):
    character.a2g_take_count = 2
    bpy.ops.a2g.generate()
    first, second = (strips(character)[name].action for name in ("Gestures", "Gestures 2"))
    assert (np.abs(pixels(first) - pixels(second)).max(axis=-1) > 0.2).sum() > 100
    bpy.ops.a2g.duplicate_take(track="Gestures")
    assert np.array_equal(pixels(first), pixels(strips(character)["Gestures 3"].action))


def test_a_changed_phrase_is_drawn_anew(addon, character, speech_file):
    bpy.ops.a2g.generate()
    strip = strips(character)["Gestures"]
    before = pixels(strip.action)
    bpy.context.scene.frame_set(70)
    assert bpy.ops.a2g.change_phrase() == {"FINISHED"}
    assert addon.scene.pictures.is_current(strip)
    assert not np.array_equal(before, pixels(strip.action))


def test_edited_keys_are_drawn_once_the_list_is_looked_at(addon, character, speech_file):
    bpy.ops.a2g.generate()
    strip = strips(character)["Gestures"]
    before, kept = pixels(strip.action), curves(addon.bl, strip)
    assert addon.scene.pictures.is_current(strip)
    path = 'pose.bones["left_elbow"].rotation_quaternion'
    curve = next(c for c in addon.bl.fcurves(strip.action, addon.bl.slot_of(strip)) if c.data_path == path)
    for key in curve.keyframe_points:
        key.co.y += 0.6
    edited = curves(addon.bl, strip)
    assert not addon.scene.pictures.is_current(strip)
    assert np.array_equal(before, pixels(strip.action)), "looking alone draws nothing"
    look(addon, character)
    assert addon.scene.pictures.is_current(strip)
    assert (np.abs(pixels(strip.action) - before).max(axis=-1) > 0.2).sum() > 50
    now = curves(addon.bl, strip)
    assert now.keys() == edited.keys() == kept.keys()
    assert all(np.array_equal(now[place], edited[place]) for place in now)


def test_a_take_of_an_earlier_version_gets_its_picture_and_nothing_else_changes(addon, character, speech_file):
    key_clip(addon.bl, character, "wave", 400, {"head": turn(2, np.linspace(0, 1, 20))})
    bpy.ops.a2g.generate()
    strip = strips(character)["Gestures"]
    strip.action.a2g.picture = ""
    recipe, before = strip.action.a2g.recipe, counts()
    look(addon, character)
    assert has_picture(strip.action)
    assert (strip.action.a2g.recipe, counts()) == (recipe, before)
    assert strips(character)["wave"].action.preview is None, "her own clip is hers"


def test_a_take_that_is_combined_is_drawn_as_it_is_meant(addon, character, speech_file):
    bpy.ops.a2g.generate()
    character.a2g_layering, character.a2g_keep_seed, character.a2g_seed = "COMBINE", True, 0
    bpy.ops.a2g.generate()
    replaced, combined = strips(character)["Gestures"], strips(character)["Gestures 2"]
    assert frames_of(replaced.action) == frames_of(combined.action)
    off = np.abs(pixels(replaced.action) - pixels(combined.action)).max(axis=-1) > 0.15
    assert off.sum() < 0.06 * (pixels(replaced.action)[..., 3] > 0).sum()
    assert addon.scene.pictures.is_current(combined)


def test_who_wants_none_gets_none(addon, character, speech_file):
    chosen = bpy.context.preferences.addons[PACKAGE].preferences
    chosen.thumbnails = False
    try:
        bpy.ops.a2g.generate()
        look(addon, character)
        strip = strips(character)["Gestures"]
        assert strip.action.preview is None and not strip.action.a2g.picture
        assert addon.owner.owned(addon.ui.take_pictures.TakePictures).icon(character, strip) == 0
    finally:
        chosen.thumbnails = True
    look(addon, character)
    assert has_picture(strip.action)


def test_a_file_keeps_them(addon, character, speech_file, tmp_path):
    bpy.ops.a2g.generate()
    before = pixels(strips(character)["Gestures"].action)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "takes.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "takes.blend"))
    strip = strips(bpy.data.objects["Character"])["Gestures"]
    assert addon.scene.pictures.is_current(strip)
    assert np.abs(pixels(strip.action) - before).max() < 1.1 / 255


def test_one_with_nothing_to_show_is_tried_once(addon, scene, voice):
    """A take of which the artist has deleted every key; no timer goes on for it."""
    made = rigs.make("made_chibi")
    obj = scene.a2g_character = made.armature
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_idle = "FILE", str(voice), False
    obj.a2g_body_parts = {"HEAD"}
    bpy.ops.a2g.generate()
    strip = strips(obj)["Gestures"]
    for curve in list(addon.bl.fcurves(strip.action, addon.bl.slot_of(strip))):
        addon.bl.remove_fcurve(strip.action, addon.bl.slot_of(strip), curve)
    look(addon, obj)
    assert addon.scene.pictures.is_current(strip) and strip.action.a2g.picture.startswith("-")
