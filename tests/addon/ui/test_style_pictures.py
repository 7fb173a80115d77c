"""Pictures of the model's styles: drawn by a thread, shown by the popover, and of one model at a time."""

from __future__ import annotations

from types import SimpleNamespace

import bpy
import numpy as np
import pytest
from layouts import Layout
from scenes import PACKAGE


@pytest.fixture
def pictures(addon):
    found = addon.ui.style_pictures.StylePictures()
    yield found
    found.close()


def draw(pictures, model) -> None:
    """Have a model's styles drawn, as far as the thread and the timer that Blender would run."""
    pictures.prepare(model)
    while pictures.tick() is not None:
        pass


def test_each_style_has_a_picture_of_its_own(addon, pictures):
    model = addon.work.gesture_model.load()
    assert model.styles and not any(pictures.find(model, style) for style in model.styles)
    draw(pictures, model)
    wanted = addon.a2g_core.performing.style_poses.style_pictures(model)
    for style in model.styles:
        height, width = wanted[style].shape[:2]
        preview = pictures.find(model, style)
        assert tuple(preview.image_size) == (width, height)
        shown = np.array(preview.image_pixels_float[:], np.float32).reshape(height, width, 4)[::-1]
        np.testing.assert_allclose(shown, wanted[style], atol=1 / 200)
    assert len({drawn.tobytes() for drawn in wanted.values()}) == len(model.styles)
    assert pictures.find(model, "Odd") is None


def test_pictures_are_of_the_model_that_is_used(addon, pictures):
    model = addon.work.gesture_model.load()
    draw(pictures, model)
    other = SimpleNamespace(info={"sha256": "0"}, styles=model.styles)
    assert not any(pictures.find(other, style) for style in model.styles)


def test_who_wants_no_pictures_has_names_alone(addon, character, pictures):
    preferences = bpy.context.preferences.addons[PACKAGE].preferences
    model = addon.work.gesture_model.load()
    preferences.thumbnails = False
    try:
        draw(pictures, model)
        assert not any(pictures.find(model, style) for style in model.styles)
    finally:
        preferences.thumbnails = True


def test_the_popover_shows_them_above_their_names(addon, character, monkeypatch):
    """Icons have numbers only where there is a window: here each style's is made up."""
    model = addon.work.gesture_model.load()
    numbers = {style: 100 + k for k, style in enumerate(model.styles)}
    kind = addon.ui.style_pictures.StylePictures
    monkeypatch.setattr(kind, "icon", lambda _self, _model, style: numbers[style])
    shown: list[str] = []

    class Seen(Layout):
        def __getattr__(self, name):
            if name == "template_icon":
                return lambda icon_value, scale: shown.append(f"picture {icon_value}")
            call = super().__getattr__(name)

            def note(*args, **options):
                call(*args, **options)
                if name == "operator":
                    shown.append(options["text"])
                return SimpleNamespace() if name == "operator" else self

            return note

    addon.panels.A2G_PT_styles.draw(SimpleNamespace(layout=Seen([])), bpy.context)
    assert shown[0] == "Any Style"
    assert shown[1:] == [text for s in model.styles for text in (f"picture {numbers[s]}", s)]
