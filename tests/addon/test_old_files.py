"""Files that version 0.2.0 saved (tests/files/make_0_2_0.py): opened, changed, made once more, saved and opened again.

Blender 4.5 saved them. 5.2 reads them as they are, 4.2 as far as it reads files of a newer Blender.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import bpy
import numpy as np
import pytest
from layouts import drawn
from places import FILES_0_2_0
from refusals import refusal
from scenes import PACKAGE, curves, strips
from written_models import SMALL, write_model

START, N_FRAMES = 11, 150
SAME = 1e-4  # between two builds of NumPy; the keys are quaternions


@pytest.fixture
def preferences():
    """The add-on's, with the built-in model again afterwards."""
    chosen = bpy.context.preferences.addons[PACKAGE].preferences
    yield chosen
    chosen.model_file = ""


@pytest.fixture
def opened(addon, tmp_path, preferences):
    """Opens a copy of one of the files; its character. The model is that of 0.2.0."""
    folder = shutil.copytree(FILES_0_2_0, tmp_path / "0.2.0")
    preferences.model_file = str(folder / "product.safetensors")

    def open_file(name: str) -> bpy.types.Object:
        bpy.ops.wm.open_mainfile(filepath=str(folder / name))
        obj = bpy.context.scene.a2g_character or bpy.data.objects["SMPL-X"]
        assert obj.type == "ARMATURE"
        return obj

    return open_file


@pytest.fixture
def shot(opened) -> bpy.types.Object:
    return opened("shot.blend")


def keys(addon, obj: bpy.types.Object, track: str) -> np.ndarray:
    """Values (frames, curves) of a take."""
    found = curves(addon.bl, strips(obj)[track])
    return np.stack([found[path][:, 1] for path in sorted(found)], axis=1)


def play(obj: bpy.types.Object, track: str) -> None:
    """Mute every take but this one."""
    for name, strip in strips(obj).items():
        if strip.action.a2g.is_take:
            strip.mute = name != track


def test_a_file_holds_what_it_held(addon, shot):
    assert list(strips(shot)) == ["wave", "sliders", "Gestures", "Gestures 2"]
    first, second = (strips(shot)[name] for name in ("Gestures", "Gestures 2"))
    assert [(s.frame_start, s.frame_end) for s in (first, second)] == [(START, START + N_FRAMES - 1)] * 2
    assert [(s.mute, s.action.a2g.seed, s.action.a2g.starred) for s in (first, second)] == [
        (True, 3, True),
        (False, 4, False),
    ]
    assert keys(addon, shot, "Gestures").shape == keys(addon, shot, "Gestures 2").shape == (N_FRAMES, 32)
    (pin,) = shot.a2g_pins
    assert (pin.track, pin.strip, pin.name) == ("wave", "wave", "wave")
    assert (pin.strength, pin.fade_in_frames, pin.fade_out_frames, pin.muted) == (0.75, 12, 8, False)
    assert pin.body_parts == {"ARMS"}
    assert (shot.a2g_seed, shot.a2g_style, shot.a2g_energy, shot.a2g_variation) == (4, "", 1.5, 1.25)
    assert shot.a2g_body_parts == {"ARMS"} and Path(bpy.path.abspath(shot.a2g_speech_file)).is_file()
    bpy.context.scene.frame_set(START + 70)  # halfway between the keys of -0.5 and 1
    assert shot.a2g_posture == pytest.approx(0.25, abs=0.01)


def test_a_take_is_made_once_more(addon, shot):
    was = keys(addon, shot, "Gestures 2")
    shot.a2g_pins[0].muted = True  # as it was when that was made
    shot.a2g_seed, shot.a2g_energy, shot.a2g_style = 77, 0.2, "Upright"
    strips(shot)["sliders"].mute = True
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    np.testing.assert_allclose(keys(addon, shot, "Gestures 3"), was, atol=SAME)


def test_a_take_with_pins_is_not_made_once_more_nor_in_part(addon, shot):
    """A pin moved all of the body then. Updated as a whole it is a take of today, which can be changed in part."""
    play(shot, "Gestures")
    was = keys(addon, shot, "Gestures")
    bpy.context.scene.frame_set(START + 120)
    for operator in (bpy.ops.a2g.reproduce_take, bpy.ops.a2g.change_phrase):
        with pytest.raises(RuntimeError, match="follows its pins as an earlier version did"):
            operator()
    np.testing.assert_array_equal(keys(addon, shot, "Gestures"), was)
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert list(strips(shot)) == ["wave", "sliders", "Gestures", "Gestures 2", "Gestures 3"], "the edit is kept"
    now = keys(addon, shot, "Gestures 3")
    assert bpy.ops.a2g.change_phrase() == {"FINISHED"}
    assert np.abs(keys(addon, shot, "Gestures 3") - now).max() > 0.01


def test_a_take_is_updated_in_place(addon, shot):
    shot.a2g_pins[0].muted = True
    was = keys(addon, shot, "Gestures 2")
    shot.a2g_energy = 0.0
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    still = keys(addon, shot, "Gestures 2")
    assert list(strips(shot)) == ["wave", "sliders", "Gestures", "Gestures 2"]
    assert np.abs(np.diff(still, axis=0)).mean() < 0.5 * np.abs(np.diff(was, axis=0)).mean()


def test_updating_with_nothing_changed_changes_nothing(addon, shot):
    """The posture that is keyed on the NLA, the muted pin, Energy and Variation are read as 0.2.0 read them."""
    shot.a2g_pins[0].muted = True
    was = keys(addon, shot, "Gestures 2")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    np.testing.assert_allclose(keys(addon, shot, "Gestures 2"), was, atol=SAME)


def test_edited_keys_stay_when_the_take_is_updated(addon, shot):
    play(shot, "Gestures")
    mine = keys(addon, shot, "Gestures")
    shot.a2g_style, shot.a2g_variation = "Open", 0.5
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    np.testing.assert_array_equal(keys(addon, shot, "Gestures"), mine)
    assert (strips(shot)["Gestures"].mute, strips(shot)["Gestures 3"].mute) == (True, False)
    assert np.abs(keys(addon, shot, "Gestures 3") - mine).max() > 0.01


def test_another_phrase_changes_in_place(addon, shot):
    """The second phrase goes on to its next performance, and back to what it was."""
    shot.a2g_pins[0].muted = True
    mine = keys(addon, shot, "Gestures 2")
    bpy.context.scene.frame_set(START + 120)
    assert bpy.ops.a2g.change_phrase() == {"FINISHED"}
    after = keys(addon, shot, "Gestures 2")
    assert list(strips(shot)) == ["wave", "sliders", "Gestures", "Gestures 2"]
    changed = np.flatnonzero((np.abs(after - mine) > SAME).any(axis=1))
    assert 0 < changed.min() < 75 and changed.max() == N_FRAMES - 1
    assert bpy.ops.a2g.change_phrase(direction="PREVIOUS") == {"FINISHED"}
    np.testing.assert_allclose(keys(addon, shot, "Gestures 2"), mine, atol=SAME)


def test_the_override_has_its_own_settings_pin_and_take(addon, opened):
    obj = opened("override.blend")
    assert (
        obj.override_library is not None
        and Path(bpy.path.abspath(obj.override_library.reference.library.filepath)).is_file()
    )
    assert (obj.a2g_seed, obj.a2g_posture, obj.a2g_start_frame) == (5, 0.25, START)
    assert [(pin.name, pin.strength) for pin in obj.a2g_pins] == [("nod", 0.5)]
    assert list(strips(obj)) == ["nod", "Gestures"]
    was = keys(addon, obj, "Gestures")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    now = keys(addon, obj, "Gestures")
    assert now.shape == was.shape and np.abs(now - was).max() > 0.01, "its pin moves the joints of its clip alone"
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    np.testing.assert_allclose(keys(addon, obj, "Gestures 2"), now, atol=SAME)


@pytest.mark.parametrize("name", ["shot.blend", "override.blend"])
def test_it_is_saved_and_opened_again(addon, opened, tmp_path, name):
    obj = opened(name)
    track = list(strips(obj))[-1]
    obj.a2g_calm = 0.125
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    before = {n: curves(addon.bl, strip) for n, strip in strips(obj).items()}
    recipes = {n: strip.action.a2g.recipe for n, strip in strips(obj).items()}
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "0.2.0" / "again.blend"))
    obj = opened("again.blend")
    assert {n: strip.action.a2g.recipe for n, strip in strips(obj).items()} == recipes
    for strip_name, strip in strips(obj).items():
        after = curves(addon.bl, strip)
        assert after.keys() == before[strip_name].keys()
        for path, values in after.items():
            np.testing.assert_array_equal(values, before[strip_name][path])
    assert obj.a2g_calm == 0.125 and len(obj.a2g_pins) == 1
    shape = keys(addon, obj, track).shape
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert keys(addon, obj, list(strips(obj))[-1]).shape == shape


def test_a_kept_take_is_recovered(addon, character):
    folder = addon.preferences.takes_folder()
    addon.preferences.clear_cache()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(FILES_0_2_0 / "kept.npz", folder / "1-2.npz")
    try:
        assert bpy.ops.a2g.recover_take() == {"FINISHED"}
    finally:
        addon.preferences.clear_cache()
    with np.load(FILES_0_2_0 / "kept.npz") as arrays:
        n = len(arrays["quaternions"])
    strip = strips(character)["Gestures"]
    assert (strip.frame_start, strip.frame_end, strip.action.a2g.seed) == (START, START + n - 1, 6)
    bones = {path.split('"')[1] for path, _ in curves(addon.bl, strip)}
    assert {"left_wrist", "head", "left_knee", "pelvis"} <= bones and "left_index1" not in bones


# Another built-in model than that of 0.2.0 ----------------------------------------------------------------------------


@pytest.fixture
def renewed(addon, tmp_path, preferences, shot, monkeypatch) -> bpy.types.Object:
    """The shot, opened by a version whose built-in model is another one."""
    config = addon.a2g_core.model.config.Config().replace(name="stitched", **SMALL["stitched"])
    path = write_model(addon, tmp_path / "new.safetensors", config, seed=0)
    monkeypatch.setattr(addon.a2g_core.model.checkpoint, "default_model_path", lambda: path)
    preferences.model_file = ""
    return shot


def test_a_take_of_the_model_before_says_whose_it_is_and_stays(addon, renewed):
    was = {name: keys(addon, renewed, name) for name in ("Gestures", "Gestures 2")}
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, START + 20, START + 40
    for name in ("reproduce_take", "update_take", "regenerate_range", "change_phrase", "regenerate_around_pins"):
        assert refusal(getattr(bpy.ops.a2g, name)) == (
            "This take was made with another gesture model ('Audio2Gestures 0.2.0'); choose that version's "
            "product.safetensors in the preferences, or use Generate Gestures for new motion."
        ), name
    renewed.a2g_active_take = list(strips(renewed)).index("Gestures 2")
    assert "'Audio2Gestures 0.2.0'" in drawn(addon.panels.A2G_PT_takes).replace("  ", " ")
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert list(strips(renewed)) == ["wave", "sliders", "Gestures", "Gestures 2", "Gestures 3"]
    assert [strips(renewed)[name].mute for name in ("Gestures 2", "Gestures 3")] == [True, False]
    for name, before in was.items():
        np.testing.assert_array_equal(keys(addon, renewed, name), before)


def test_with_its_model_chosen_it_is_made_once_more(addon, renewed, preferences):
    renewed.a2g_pins[0].muted = True
    preferences.model_file = str(FILES_0_2_0 / "product.safetensors")
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    np.testing.assert_allclose(keys(addon, renewed, "Gestures 3"), keys(addon, renewed, "Gestures 2"), atol=SAME)
    assert "another gesture model" not in drawn(addon.panels.A2G_PT_takes)


def test_every_version_has_its_model_listed(addon):
    """Whoever replaces the built-in model keeps the name of the one before."""
    model = addon.a2g_core.model.checkpoint.load_model(FILES_0_2_0 / "product.safetensors")
    assert addon.work.gesture_model.EARLIER[model.info["sha256"]] == "0.2.0"
