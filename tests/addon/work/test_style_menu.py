"""Styles of the gesture model: the menu, what a take keeps of its style, and one that the model lacks."""

from __future__ import annotations

import json
from types import SimpleNamespace

import bpy
import numpy as np
import pytest
from layouts import Layout, drawn
from refusals import mends, problems, refusal
from scenes import PACKAGE, curves, save_and_link, strips
from ticking import run_timers
from written_models import SMALL, write_model


@pytest.fixture
def talking(character, speech_file) -> bpy.types.Object:
    """A character that speaks from frame 37 to 156."""
    return character


@pytest.fixture
def use(addon, tmp_path):
    """Chooses a model of one of the kinds of SMALL; the built-in one again afterwards."""
    preferences = bpy.context.preferences.addons[PACKAGE].preferences

    def choose(kind: str) -> None:
        config = addon.a2g_core.model.config.Config().replace(name=kind, **SMALL[kind])
        preferences.model_file = str(write_model(addon, tmp_path / f"{kind}.safetensors", config, seed=0))

    yield choose
    preferences.model_file = ""


@pytest.fixture
def styled(talking, use) -> bpy.types.Object:
    """That character, with a model of the styles Near and Far."""
    use("stitched")
    return talking


def keys(addon, obj, name: str = "Gestures") -> np.ndarray:
    """Values (frames, curves) of a take."""
    found = curves(addon.bl, strips(obj)[name])
    return np.stack([found[path][:, 1] for path in sorted(found)], axis=1)


def recipe(addon, obj, name: str = "Gestures"):
    return addon.scene.recipe.Recipe.from_text(strips(obj)[name].action.a2g.recipe)


def entries(cls) -> list[str]:
    """Labels, one by one."""
    texts: list[str] = []
    cls.draw(SimpleNamespace(layout=Layout(texts)), bpy.context)
    return [text for text in texts if text]


def menu(addon) -> list[str]:
    return entries(addon.panels.A2G_PT_styles)


def shown_style(addon) -> str:
    """What the panel shows beside Style."""
    labels = entries(addon.panels.A2G_PT_gestures)
    return labels[labels.index("Style") + 1]


# The menu -------------------------------------------------------------------------------------------------------------


def test_the_menu_has_the_models_styles_and_any_first(addon, styled):
    assert menu(addon) == ["Any Style", "Near", "Far"]
    assert shown_style(addon).startswith("Any")
    assert bpy.ops.a2g.choose_style(style="Far") == {"FINISHED"}
    assert styled.a2g_style == "Far"
    assert shown_style(addon) == "Far"
    assert bpy.ops.a2g.choose_style(style="") == {"FINISHED"}
    assert styled.a2g_style == ""


def test_a_model_without_styles_shows_no_menu(addon, talking, use):
    use("body")
    assert "Style" not in entries(addon.panels.A2G_PT_gestures)
    assert menu(addon) == ["Any Style"]
    assert "this model has no styles" in refusal(bpy.ops.a2g.choose_style).lower()
    bpy.data.objects.remove(talking)
    assert "no character is chosen" in refusal(bpy.ops.a2g.choose_style).lower()


def test_each_entry_says_what_it_does(addon, styled):
    tooltip = addon.operators.style.A2G_OT_choose_style.description

    def said(**given) -> str:
        options = SimpleNamespace(is_property_set=given.__contains__, **given)
        return tooltip(bpy.context, options)

    assert said(style="") == "A style chosen at random for each take"
    assert said(style="Near") == "Perform in this style"
    assert "Choose the style" in said()


def test_another_file_has_another_menu(addon, styled, use):
    assert menu(addon) == ["Any Style", "Near", "Far"]
    use("body")
    assert menu(addon) == ["Any Style"]
    use("stitched")
    assert menu(addon) == ["Any Style", "Near", "Far"]


# Takes ----------------------------------------------------------------------------------------------------------------


def test_a_take_is_performed_in_the_style_and_says_so(addon, styled):
    styled.a2g_keep_seed = True
    for style in ("Near", "Far", ""):
        styled.a2g_style = style
        assert bpy.ops.a2g.generate() == {"FINISHED"}
    near, far, drawn_one = (keys(addon, styled, name) for name in ("Gestures", "Gestures 2", "Gestures 3"))
    assert np.abs(near - far).max() > 1e-3
    assert any(np.array_equal(drawn_one, one) for one in (near, far))
    assert [recipe(addon, styled, name).request.style for name in strips(styled)] == ["Near", "Far", ""]
    styled.a2g_active_take = list(strips(styled)).index("Gestures 2")
    assert "Style: Far" in drawn(addon.panels.A2G_PT_takes)
    styled.a2g_active_take = list(strips(styled)).index("Gestures 3")
    assert "Style:" not in drawn(addon.panels.A2G_PT_takes)


def test_any_says_which_style_it_draws_and_drew(addon, styled):
    """Each of a few seeds says beforehand, in its recipe and in the list what it is; chosen by name it is the same."""
    promised = []
    for seed in range(6):
        styled.a2g_seed, styled.a2g_style = seed, ""
        promised.append(shown_style(addon).removeprefix("Any: "))
        assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert set(promised) == {"Near", "Far"}
    takes = list(strips(styled))
    assert [recipe(addon, styled, take).drawn_style for take in takes] == promised
    assert {recipe(addon, styled, take).request.style for take in takes} == {""}
    for seed, take in enumerate(takes):
        styled.a2g_active_take = seed
        assert f"Any: {promised[seed]}" in drawn(addon.panels.A2G_PT_takes)
        styled.a2g_seed, styled.a2g_style = seed, promised[seed]
        bpy.ops.a2g.generate()
        np.testing.assert_array_equal(keys(addon, styled, list(strips(styled))[-1]), keys(addon, styled, take))
        assert recipe(addon, styled, list(strips(styled))[-1]).drawn_style == ""
    styled.a2g_style, styled.a2g_take_count = "", 2
    assert shown_style(addon) == "Any Style", "each has its own"


def test_a_take_keeps_its_style_until_it_is_updated(addon, styled):
    styled.a2g_style = "Near"
    bpy.ops.a2g.generate()
    near = keys(addon, styled)
    styled.a2g_style = "Far"
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    np.testing.assert_array_equal(keys(addon, styled, "Gestures 2"), near)
    assert recipe(addon, styled, "Gestures 2").request.style == "Near"
    bpy.ops.a2g.delete_take(track="Gestures 2")
    strips(styled)["Gestures"].mute = False
    bpy.context.scene.frame_set(60)
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, 60, 90
    for change in (bpy.ops.a2g.change_phrase, bpy.ops.a2g.regenerate_range):
        before = keys(addon, styled)
        assert change() == {"FINISHED"}
        assert not np.array_equal(keys(addon, styled), before)
        assert recipe(addon, styled).request.style == "Near"
    changed = keys(addon, styled)
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert recipe(addon, styled).request.style == "Far"
    assert not np.array_equal(keys(addon, styled), changed)
    styled.a2g_style = "Near"
    bpy.ops.a2g.update_take()
    np.testing.assert_array_equal(keys(addon, styled), changed)


def test_a_take_of_an_older_version_has_no_style(addon, styled):
    bpy.ops.a2g.generate()
    action = strips(styled)["Gestures"].action
    values = json.loads(action.a2g.recipe)
    request = values.pop("request")
    stood_alone = {name: request[name] for name in ("seed", "choices", "controls", "pins", "fps")}
    action.a2g.recipe = json.dumps({**values, **stood_alone, "schema": 1})
    before = keys(addon, styled)
    assert recipe(addon, styled).request.style == ""
    styled.a2g_style = "Far"
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    np.testing.assert_array_equal(keys(addon, styled, "Gestures 2"), before)


def test_live_update_follows_the_style(addon, runner, watching, styled, monkeypatch):
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.05)
    styled.a2g_style = "Near"
    bpy.ops.a2g.generate()
    near = keys(addon, styled)
    bpy.context.scene.frame_set(60)
    bpy.ops.a2g.choose_style(style="Far")
    run_timers(watching, runner)
    assert recipe(addon, styled).request.style == "Far"
    assert not np.array_equal(keys(addon, styled), near)
    bpy.ops.a2g.choose_style(style="Near")
    run_timers(watching, runner)
    np.testing.assert_array_equal(keys(addon, styled), near)


# A style that the model lacks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["stitched", "body"])
def test_a_style_that_the_model_lacks_is_told_and_mended(addon, talking, use, kind):
    use(kind)
    bpy.ops.a2g.generate()
    before = keys(addon, talking)
    talking.a2g_style = "Odd"
    text = drawn(addon.panels.A2G_PT_gestures).replace("  ", " ")
    assert "has no style 'Odd'" in text and "a2g.choose_style" in text
    assert "has no style 'Odd'; use Choose Style" in refusal(bpy.ops.a2g.generate)
    assert "has no style 'Odd'" in refusal(bpy.ops.a2g.update_take)
    bpy.context.scene.frame_set(60)
    assert addon.work.live.gather(talking.session_uid, window=True) is None
    with pytest.raises(addon.a2g_core.errors.A2GError, match="has no style 'Odd'"):
        addon.work.orders.gather(bpy.context, talking)
    np.testing.assert_array_equal(keys(addon, talking), before)
    mends(addon, "has no style 'Odd'", "a2g.choose_style")
    assert (talking.a2g_style, problems(addon)) == ("", [])
    assert bpy.ops.a2g.generate() == {"FINISHED"}


def test_no_style_can_be_chosen_that_the_model_lacks(addon, styled):
    assert "has no style 'Odd'" in refusal(lambda: bpy.ops.a2g.choose_style(style="Odd"))
    assert styled.a2g_style == ""


def test_a_style_is_not_lost_with_another_model(addon, styled, use):
    bpy.ops.a2g.choose_style(style="Far")
    use("body")
    assert "has no style 'Far'" in problems(addon)[0].text
    use("stitched")
    assert problems(addon) == [] and styled.a2g_style == "Far"


# Files ----------------------------------------------------------------------------------------------------------------


def test_a_linked_character_keeps_its_style(addon, styled, tmp_path):
    shot = str(tmp_path / "shot.blend")
    save_and_link(tmp_path / "library.blend")
    assert "linked from another file" in refusal(lambda: bpy.ops.a2g.choose_style(style="Far"))
    assert bpy.ops.a2g.make_override() == {"FINISHED"}
    assert bpy.ops.a2g.choose_style(style="Far") == {"FINISHED"}
    for _ in range(2):
        bpy.ops.wm.save_as_mainfile(filepath=shot)
        bpy.ops.wm.open_mainfile(filepath=shot)
        obj = bpy.context.scene.a2g_character
        assert obj.override_library is not None and obj.a2g_style == "Far"
