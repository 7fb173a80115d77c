"""How a take was made, as text: that of today, and those of versions 0.1 and 0.2.0."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import bpy
import numpy as np
import pytest
from places import FILES_0_2_0
from scenes import curves, strips

OLD: dict[str, Any] = json.loads((FILES_0_2_0 / "recipe.json").read_text())


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
        ("ARMS",), "COMBINE", addon.scene.recipe.pack_checksums(np.array([1, 2, 2**32 - 1])), "mine", "Near",
    )  # fmt: skip


def test_a_recipe_comes_back(addon):
    recipe = full_recipe(addon)
    again = addon.scene.recipe.Recipe.from_text(recipe.to_text())
    assert again.to_text() == recipe.to_text()
    assert (again.request.seed, again.request.take, again.request.style) == (-7, 2, "Open")
    assert again.request.choices == recipe.request.choices and again.pins == recipe.pins
    np.testing.assert_array_equal(again.request.controls.energy, recipe.request.controls.energy)
    assert (again.request.controls.posture, again.fps) == (-0.25, 29.97)
    assert (again.model_name, again.drawn_style, again.style) == ("mine", "Near", "Open")
    np.testing.assert_array_equal(again.checksums, [1, 2, 2**32 - 1])


def test_a_recipe_of_0_2_0_is_read(addon):
    recipe, choice = read(addon, OLD), OLD["choices"][0]
    for name in ("version", "model", "speech_digest", "start_frame", "n_frames", "layering", "row_checksums", "fps"):
        assert getattr(recipe, name) == OLD[name], name
    assert (recipe.request.seed, recipe.request.take, recipe.request.style) == (3, 0, "Open")
    assert recipe.request.choices == (addon.a2g_core.performing.request.Choice(**choice),)
    assert [vars(pin) for pin in recipe.pins] == OLD["pins"] and recipe.request.pins == ()
    assert recipe.request.controls.energy == OLD["controls"]["energy"]
    posture = recipe.request.controls.posture
    assert (posture[0], posture[-1]) == (-0.5, 1.0) and (np.diff(posture) >= 0).all()
    assert len(recipe.checksums) == OLD["n_frames"]
    assert (recipe.model_name, recipe.drawn_style) == ("", "")


def test_a_recipe_of_0_1_has_no_style(addon):
    """Its text is that of 0.2.0 without this field."""
    recipe = read(addon, {name: value for name, value in OLD.items() if name != "style"} | {"schema": 1})
    assert (recipe.request.style, recipe.request.seed, recipe.fps) == ("", 3, 30.0)


def test_an_old_recipe_is_written_as_those_of_today(addon):
    again = addon.scene.recipe.Recipe.from_text(read(addon, OLD).to_text())
    assert json.loads(again.to_text())["schema"] == addon.scene.recipe.SCHEMA
    np.testing.assert_equal(again.request.to_dict(), read(addon, OLD).request.to_dict())


@pytest.mark.parametrize("name", sorted(OLD.keys() - {"style"}))
@pytest.mark.parametrize("spoil", ["gone", "odd"])
def test_a_spoiled_old_recipe_is_one_sentence(addon, name, spoil):
    values = {k: v for k, v in OLD.items() if k != name} if spoil == "gone" else {**OLD, name: None}
    with pytest.raises(addon.a2g_core.errors.MotionError, match="has no record of how it was made"):
        read(addon, values)


def test_a_spoiled_recipe_is_one_sentence(addon):
    values = json.loads(full_recipe(addon).to_text())
    request = values["request"]
    for name, odd in (
        ("seed", 1.5), ("seed", 2**70), ("fps", None), ("fps", -1), ("choices", [{}]), ("pins", [1]), ("span", 3),
        ("controls", {"energy": {"float32": "?"}}), ("controls", {"energy": {"float32": 5}}), ("controls", 5),
    ):  # fmt: skip
        with pytest.raises(addon.a2g_core.errors.MotionError, match="has no record of how it was made"):
            read(addon, {**values, "request": {**request, name: odd}})


def test_the_digest_of_a_pin_tells_apart_what_changes_the_motion(addon):
    body = addon.a2g_core.body
    q = np.tile(np.float32([1, 0, 0, 0]), (9, 22, 1))
    clip = body.motion.Motion(q, np.zeros((9, 3), np.float32), 30.0, body.skeleton.BODY)
    pin = body.motion.Pin(clip, 2.0, 0.5, 0.2, 0.4)
    digest = addon.scene.recipe.digest_pin
    turned = q.copy()
    turned[4, 3] = np.cos(0.001), np.sin(0.001), 0, 0
    others = [
        replace(pin, start_s=2.01), replace(pin, strength=0.6), replace(pin, strength=np.full(9, 0.6)),
        replace(pin, fade_in_s=0.3), replace(pin, fade_out_s=0.3), replace(pin, clip=replace(clip, quaternions=turned)),
        replace(pin, clip=replace(clip, quaternions=q[:8], translation=clip.translation[:8])),
    ]  # fmt: skip
    assert len({digest(p) for p in (pin, *others)}) == 1 + len(others)
    assert digest(replace(pin, clip=replace(clip, quaternions=-q))) == digest(pin), "the same rotations"


@pytest.mark.parametrize("values", ["old", "new"])
def test_a_slider_that_is_not_installed_is_named(addon, values):
    """A control is one file, which may have been removed."""
    if values == "old":
        recipe = {**OLD, "controls": {**OLD["controls"], "chin": 0.5}}
    else:
        recipe = json.loads(full_recipe(addon).to_text())
        recipe["request"]["controls"]["chin"] = 0.5
    with pytest.raises(
        addon.a2g_core.errors.MotionError, match=r"made with the slider 'chin'.*put back its file 'chin.py'"
    ):
        read(addon, recipe)


def test_why_a_take_cannot_be_read_is_told(addon, character, speech_file):
    bpy.ops.a2g.generate()
    strip = strips(character)["Gestures"]
    problem_of = addon.scene.take_list.problem_of
    assert problem_of(strip) == ""
    values = json.loads(strip.action.a2g.recipe)
    values["request"]["controls"]["chin"] = 0.5
    strip.action.a2g.recipe = json.dumps(values)
    assert addon.scene.take_list.recipe_of(strip) is None
    assert "chin.py" in problem_of(strip)
    with pytest.raises(RuntimeError, match="chin"):
        bpy.ops.a2g.update_take()
    strip.action.a2g.recipe = "?"
    assert "no record of how it was made" in problem_of(strip)


def test_damaged_checksums_are_no_recipe_and_missing_ones_are_edits(addon, character, speech_file):
    recipe = full_recipe(addon)
    for text in ("?", "abc", "ä"):
        with pytest.raises(addon.a2g_core.errors.MotionError, match="has no record of how it was made"):
            read(addon, {**json.loads(recipe.to_text()), "row_checksums": text})
    bpy.ops.a2g.generate()
    strip = strips(character)["Gestures"]
    for cut in ("", addon.scene.recipe.pack_checksums(np.arange(7))):
        strip.action.a2g.recipe = json.dumps({**json.loads(strip.action.a2g.recipe), "row_checksums": cut})
        before, n = curves(addon.bl, strip), len(strips(character))
        strip.mute = False
        bpy.context.scene.frame_set(60)
        bpy.ops.a2g.use_take(track="Gestures")
        assert bpy.ops.a2g.change_phrase() == {"FINISHED"}
        assert len(strips(character)) == n + 1
        assert all((now == before[path]).all() for path, now in curves(addon.bl, strip).items())
