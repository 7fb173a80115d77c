"""Characters linked from another file, as studios have them, and a sequencer that shows another scene."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np
import pytest
from scenes import key_clip, place_sound, save_and_link, select_only, strips, turn


@pytest.fixture
def linked(addon, character, tmp_path) -> bpy.types.Object:
    """The character, linked into a new file."""
    return save_and_link(tmp_path / "library.blend")


def test_a_linked_character_needs_an_override(addon, linked):
    assert "library override" in addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context)


def test_an_overridden_character_keeps_its_take_settings_and_pins(addon, linked, voice, tmp_path):
    obj = linked.override_create(remap_local_usages=True)
    bpy.context.scene.a2g_character = obj
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_seed = "FILE", str(voice), 3
    clip = key_clip(addon.bl, obj, "wave", 20, {"head": turn(2, np.linspace(0, 1, 20))})
    select_only(obj, clip)
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    obj.a2g_pins[0].strength = 0.5
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    path = str(tmp_path / "shot.blend")
    bpy.ops.wm.save_as_mainfile(filepath=path)
    bpy.ops.wm.open_mainfile(filepath=path)
    obj = bpy.context.scene.a2g_character
    assert obj.override_library is not None
    assert (obj.a2g_seed, Path(obj.a2g_speech_file)) == (3, voice)
    assert [(p.track, p.strength) for p in obj.a2g_pins] == [("wave", 0.5)]
    assert list(strips(obj)) == ["wave", "Gestures"]


def test_a_ghost_of_an_overridden_character_is_taken_away_also_after_the_file_was_saved(addon, linked, voice, tmp_path):
    obj = linked.override_create(remap_local_usages=True)
    bpy.context.scene.a2g_character = obj
    obj.a2g_speech_source, obj.a2g_speech_file = "FILE", str(voice)
    bpy.ops.a2g.generate()
    before = {found.name for found in bpy.data.objects}
    bpy.ops.a2g.compare_take()
    path = str(tmp_path / "shot.blend")
    bpy.ops.wm.save_as_mainfile(filepath=path)
    bpy.ops.wm.open_mainfile(filepath=path)
    assert {found.name for found in bpy.data.objects} > before
    bpy.ops.a2g.compare_take()
    assert {found.name for found in bpy.data.objects} == before


def test_speech_comes_from_the_sequencers_scene(addon, character, voice):
    if not hasattr(bpy.context, "sequencer_scene"):
        pytest.skip("the sequencer shows the active scene in this Blender")
    other = bpy.data.scenes.new("edit")
    other.render.fps = 30
    place_sound(other, voice, 40, 70)
    with bpy.context.temp_override(sequencer_scene=other):
        assert addon.bl.sequencer_scene(bpy.context) == other
        assert bpy.ops.a2g.generate() == {"FINISHED"}
    strip = strips(character)["Gestures"]
    assert (strip.frame_start, strip.frame_end) == (40, 69)
