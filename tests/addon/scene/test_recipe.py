"""How a take was made: the text of today, and those of versions 0.1 and 0.2.0, whose takes go on working.

`from_0_2_0` was made by that version in Blender 4.5: `recipes.json` for the four seconds of `conftest.voice` from frame
37 on, `kept.npz` for the first of them.
"""

from __future__ import annotations

import json
import shutil
from math import radians
from pathlib import Path
from typing import Any

import bpy
import numpy as np
import pytest
from mathutils import Quaternion
from refusals import refusal
from scenes import select_only, strips

OLD = Path(__file__).parent / "from_0_2_0"
TEXTS: dict[str, dict[str, Any]] = json.loads((OLD / "recipes.json").read_text())
RICH, COMBINED = TEXTS["pins, choice, keyed posture"], TEXTS["combine"]


def read(addon, values: dict[str, Any]):
    return addon.scene.recipe.Recipe.from_text(json.dumps(values))


def full_recipe(addon):
    """A recipe with something in every field."""
    parts = addon.a2g_core.performing
    request = parts.request.Request(
        seed=-7, take=2, style="Open", choices=(parts.request.Choice(0.5, 1.25, 3, 1),),
        controls=parts.controls.Controls(energy=np.linspace(0, 3, 5, dtype=np.float32), posture=-0.25), fps=29.97,
    )  # fmt: skip
    pins = (addon.scene.recipe.PinRecord("wave", "ab" * 32),)
    return addon.scene.recipe.Recipe(
        "1.0", "cd" * 32, "NUMPY", "2026-01-01T00:00:00+00:00", "voice", "ef" * 32, 37, 3, request, pins,
        ("ARMS",), "COMBINE", addon.scene.recipe.pack_checksums(np.array([1, 2, 2**32 - 1])),
    )  # fmt: skip


def test_a_recipe_comes_back(addon):
    recipe = full_recipe(addon)
    again = addon.scene.recipe.Recipe.from_text(recipe.to_text())
    assert again.to_text() == recipe.to_text()
    assert (again.request.seed, again.request.take, again.request.style) == (-7, 2, "Open")
    assert again.request.choices == recipe.request.choices and again.pins == recipe.pins
    np.testing.assert_array_equal(again.request.controls.energy, recipe.request.controls.energy)
    assert (again.request.controls.posture, again.fps) == (-0.25, 29.97)
    np.testing.assert_array_equal(again.checksums, [1, 2, 2**32 - 1])


def test_a_recipe_of_0_2_0_is_read(addon):
    recipe = read(addon, RICH)
    assert (recipe.version, recipe.fps, recipe.start_frame, recipe.n_frames) == ("0.2.0", 30.0, 37, 120)
    assert (recipe.request.seed, recipe.request.take, recipe.request.style) == (5, 0, "Firm")
    assert [(c.seed, c.take) for c in recipe.request.choices] == [(5, 1)]
    assert [pin.name for pin in recipe.pins] == ["wave"] and recipe.request.pins == ()
    assert recipe.request.controls.energy == 1.5
    posture = recipe.request.controls.posture
    assert posture[0] == 0.0 and posture[113] == 1.0 and (np.diff(posture[:114]) >= 0).all()
    assert len(recipe.checksums) == 120


def test_a_recipe_of_0_1_has_no_style(addon):
    """Its text is that of 0.2.0 without this field."""
    recipe = read(addon, {k: v for k, v in COMBINED.items() if k != "style"} | {"schema": 1})
    assert recipe.request.style == ""
    assert recipe.request.controls.calm == 0.25
    assert (recipe.body_parts, recipe.layering) == (("ARMS", "HEAD"), "COMBINE")


@pytest.mark.parametrize("name", sorted(RICH.keys() - {"style"}))
@pytest.mark.parametrize("spoil", ["gone", "odd"])
def test_a_spoiled_old_recipe_is_one_sentence(addon, name, spoil):
    values = {k: v for k, v in RICH.items() if k != name} if spoil == "gone" else {**RICH, name: None}
    with pytest.raises(addon.a2g_core.errors.MotionError, match="does not say how it was made"):
        read(addon, values)


def test_a_spoiled_recipe_is_one_sentence(addon):
    values = json.loads(full_recipe(addon).to_text())
    request = values["request"]
    for name, odd in (
        ("seed", 1.5), ("seed", 2**70), ("fps", None), ("fps", -1), ("choices", [{}]), ("pins", [1]), ("span", 3),
        ("controls", {"energy": {"float32": "?"}}), ("controls", {"energy": {"float32": 5}}), ("controls", 5),
    ):  # fmt: skip
        with pytest.raises(addon.a2g_core.errors.MotionError, match="does not say how it was made"):
            read(addon, {**values, "request": {**request, name: odd}})


def wave(addon, obj: bpy.types.Object) -> None:
    """The pinned clip of `recipes.json`, whose Action held the slider's keys too."""
    for frame, posture in ((37, 0.0), (150, 1.0)):
        obj.a2g_posture = posture
        obj.keyframe_insert("a2g_posture", frame=frame)
    for bone, turns in {"right_shoulder": (70, 25, 25, 70), "right_elbow": (0, -85, -120, 0)}.items():
        pose = obj.pose.bones[bone]
        pose.rotation_mode = "QUATERNION"
        for frame, degrees in zip((60, 75, 90, 105), turns, strict=True):
            pose.rotation_quaternion = Quaternion((0, 0, 1), radians(degrees))
            pose.keyframe_insert("rotation_quaternion", frame=frame)
    bpy.ops.a2g.push_down_action()
    track = obj.animation_data.nla_tracks[-1]
    track.name = track.strips[0].name = "wave"
    track.strips[0].extrapolation = "NOTHING"
    select_only(obj, track.strips[0])
    bpy.ops.a2g.pin_clips()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_take_of_0_2_0_is_made_once_more(addon, character, speech_file, name):
    """Its speech, model and pinned clip are recognised; a slider that has moved since changes nothing."""
    if TEXTS[name]["pins"]:
        wave(addon, character)
    bpy.ops.a2g.generate()
    (strip,) = (strip for strip in strips(character).values() if strip.action.a2g.is_take)
    strip.action.a2g.recipe = json.dumps(TEXTS[name])
    character.a2g_energy, character.a2g_seed = 0.1, 99
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    again = addon.scene.recipe.Recipe.from_text(strips(character)["Gestures 2"].action.a2g.recipe)
    old = read(addon, TEXTS[name])
    assert again.request.to_dict().keys() == old.request.to_dict().keys()
    for field, value in old.request.to_dict().items():
        np.testing.assert_equal(again.request.to_dict()[field], value, err_msg=field)
    assert (again.pins, again.body_parts, again.layering) == (old.pins, old.body_parts, old.layering)


def test_a_take_that_0_2_0_kept_is_recovered(addon, character):
    addon.preferences.clear_cache()
    folder = addon.preferences.takes_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = Path(shutil.copy(OLD / "kept.npz", folder / "1-1.npz"))
    try:
        assert addon.work.take_cache.describe(path)[0].startswith("SMPL-X · word.wav")
        assert bpy.ops.a2g.recover_take() == {"FINISHED"}
        strip = strips(character)["Gestures"]
        recipe = addon.scene.recipe.Recipe.from_text(strip.action.a2g.recipe)
        assert (recipe.version, recipe.request.seed, len(recipe.checksums)) == ("0.2.0", 2, 30)
        path.write_bytes(path.read_bytes()[:9000])
        assert "damaged" in refusal(bpy.ops.a2g.recover_take)
    finally:
        addon.preferences.clear_cache()
