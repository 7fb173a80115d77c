"""What is shown: labels, tooltips, reasons, and panels drawn on a layout that checks every name against Blender."""

from __future__ import annotations

import logging

import bpy
import numpy as np
import pytest
from layouts import Layout, drawn
from scenes import key_clip, select_only, turn

FORBIDDEN = ("infer", "latent", "checkpoint", "neural", "network", "sample", "tensor", "model weights", "decoder")
SMALL = {"a", "an", "at", "and", "around", "as", "for", "in", "of", "on", "per", "the", "to", "with"}


def test_every_operator_has_a_title_case_label_and_a_plain_tooltip(addon):
    assert len(addon.operators.CLASSES) > 40
    for cls in addon.operators.CLASSES:
        assert cls.bl_idname.startswith("a2g.")
        assert all(w[0].isupper() or w in SMALL for w in cls.bl_label.split()), cls.bl_label
        tooltip = cls.__doc__
        assert tooltip and not tooltip.endswith(".") and "\n" not in tooltip, cls
        assert not any(word in (cls.bl_label + tooltip).lower() for word in FORBIDDEN), cls


def test_every_visible_property_has_a_plain_tooltip(character):
    hidden = {
        "a2g_pins",
        "a2g_active_pin",
        "a2g_chosen_take",
        "a2g_chosen_track",
        "rna_type",
        "name",
        "track",
        "strip",
        "action",
    }
    shown = [p for p in character.bl_rna.properties if p.identifier.startswith("a2g_")]
    shown += character.bl_rna.properties["a2g_pins"].fixed_type.properties
    shown = [p for p in shown if p.identifier not in hidden]
    assert len(shown) >= 10
    for prop in shown:
        assert prop.description and not prop.description.endswith("."), prop.identifier
        assert all(w[0].isupper() or w in SMALL for w in prop.name.split()), prop.name
        assert not any(word in (prop.name + prop.description).lower() for word in FORBIDDEN), prop.identifier


def test_panel_offers_an_armature_first(addon, scene):
    text = drawn(addon.panels.A2G_PT_gestures)
    assert "a2g.add_character" in text
    assert "a2g.generate" in text


def test_panel_says_what_is_ready_and_what_is_missing(addon, character):
    text = drawn(addon.panels.A2G_PT_gestures)
    assert "Ready · whole body" in text and "SMPL" not in text and "55" not in text
    assert "no sound strip" in text


def test_panel_with_a_sound_strip(addon, character, sound_strip):
    assert "voice: frames 50 to 136" in drawn(addon.panels.A2G_PT_gestures)


def test_panel_offers_to_push_down_an_action_that_hides_the_take(addon, character):
    strip = key_clip(addon.bl, character, "wave", 50, {"head": turn(2, np.linspace(0, 1, 20))})
    assert "a2g.push_down_action" not in drawn(addon.panels.A2G_PT_gestures)
    character.animation_data.action = strip.action
    if hasattr(strip, "action_slot"):
        character.animation_data.action_slot = strip.action_slot
    assert "a2g.push_down_action" in drawn(addon.panels.A2G_PT_gestures)


def test_panel_while_running_shows_progress_and_a_way_out(addon, character, speech_file):
    status = bpy.context.window_manager.a2g
    status.running, status.phase, status.fraction = True, "Generating", 0.25
    text = drawn(addon.panels.A2G_PT_gestures)
    assert "Generating 25%" in text
    assert "a2g.cancel" in text
    buttons = "a2g.generate_idle a2g.generate_listening a2g.generate_all a2g.batch Generating 25%"
    assert buttons in text, "no button moves away"
    status.running = False


def test_panel_after_a_failure_says_why_and_offers_a_report(addon, character, speech_file):
    status = bpy.context.window_manager.a2g
    status.failed, status.message = True, "It hums; record it again."
    text = drawn(addon.panels.A2G_PT_gestures)
    assert "It hums" in text and "a2g.copy_report" in text
    status.failed, status.message = False, ""
    assert "a2g.copy_report" not in drawn(addon.panels.A2G_PT_gestures)


@pytest.mark.parametrize("panel", ["A2G_PT_pins", "A2G_PT_nla_pins"])
def test_pins_panels(addon, character, panel):
    strip = key_clip(addon.bl, character, "wave", 50, {"head": turn(2, np.linspace(0, 1, 20))})
    select_only(character, strip)
    bpy.ops.a2g.pin_clips()
    text = drawn(getattr(addon.panels, panel))
    assert "a2g.regenerate_around_pins" in text
    assert "a2g.select_pin" in text
    texts: list[str] = []
    row = (None, None, Layout(texts), character, character.a2g_pins[0], 0, character, "a2g_active_pin")
    addon.panels.A2G_UL_pins.draw_item(*row)
    assert {"wave", "50–69"} <= set(texts)
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["wave"])
    addon.panels.A2G_UL_pins.draw_item(*row)
    assert "wave (lost)" in texts
    text = drawn(getattr(addon.panels, panel))
    assert "a2g.relink_pin" in text
    assert "a2g.remove_pin" in text


def test_disabling_and_enabling_again_leaves_nothing(addon, character, speech_file):
    import addon_utils

    module = "bl_ext.user_default.audio2gestures"
    bpy.ops.a2g.generate()
    kinds, runner = addon.owner.kinds(), addon.owner.owned(addon.work.jobs.Runner)
    addon_utils.disable(module)
    assert not hasattr(bpy.types.Scene, "a2g_character")
    found = (getattr(bpy.app.handlers, name) for name in dir(bpy.app.handlers))
    handlers = [some for some in found if isinstance(some, list)]
    assert not [handler for some in handlers for handler in some if handler.__module__.startswith(module)]
    assert logging.getLogger(module).propagate and logging.getLogger(module).level == logging.NOTSET
    assert addon.owner.kinds() == set()
    assert addon_utils.enable(module) is not None
    assert hasattr(bpy.types.Scene, "a2g_character")
    # What nobody has asked for yet is not there yet: the job's runner, and all that it stands on.
    assert addon.owner.kinds() < kinds and type(runner) not in addon.owner.kinds()
    for kind in kinds:
        assert type(addon.owner.owned(kind)) is kind
    assert addon.owner.owned(type(runner)) is not runner and addon.owner.owned(type(runner)).last() is None
