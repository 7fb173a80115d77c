"""From an empty scene to a character that talks: three buttons; and panels that follow what is clicked elsewhere."""

from __future__ import annotations

import webbrowser
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import unquote, urlparse

import bpy
import numpy as np
import pytest
from layouts import drawn
from scenes import place_sound, strips

HAS_SOUND = bpy.app.build_options.audaspace


@pytest.fixture
def watch(addon):
    return addon.owner.owned(addon.ui.selection_watch.SelectionWatch)


def test_three_buttons_from_an_empty_scene_to_a_character_that_talks(addon, scene, voice):
    scene.frame_start, scene.frame_end = 11, 20
    bpy.ops.a2g.add_character()
    assert "a2g.choose_speech_file" in drawn(addon.panels.A2G_PT_gestures)
    bpy.ops.ed.undo_push(message="before")
    assert bpy.ops.a2g.choose_speech_file("EXEC_DEFAULT", True, filepath=str(voice)) == {"FINISHED"}
    character = scene.a2g_character
    if HAS_SOUND:
        (strip,) = addon.bl.all_strips(scene)
        first, end = addon.bl.visible_frames(strip)
        assert (character.a2g_speech_source, character.a2g_speech_strip) == ("STRIP", strip.name)
        assert (first, scene.frame_start, scene.frame_end) == (11, 11, end - 1)
        assert scene.sync_mode == "AUDIO_SYNC"
        assert scene.sequence_editor.active_strip == strip and strip.select
        assert addon.operators.speech.A2G_OT_generate_for_strip.disabled_reason(bpy.context) == ""
    else:
        assert (character.a2g_speech_source, character.a2g_speech_file) == ("FILE", str(voice))
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    (take,) = strips(character).values()
    assert take.frame_end > 90
    bpy.ops.ed.undo()
    scene = bpy.context.scene
    assert scene.frame_end == 20 and scene.sync_mode == "NONE", "one undo takes back all of it"
    assert not scene.sequence_editor or not len(addon.bl.all_strips(scene))


@pytest.mark.skipif(not HAS_SOUND, reason="this bpy has no sound strips")
def test_what_placing_changes_besides_can_be_left_as_it_is(addon, scene, character, voice):
    scene.frame_end, scene.sync_mode = 20, "FRAME_DROP"
    bpy.ops.a2g.choose_speech_file(filepath=str(voice), extend_scene=False)
    assert (scene.frame_end, scene.sync_mode) == (20, "FRAME_DROP")
    scene.sync_mode, scene.frame_end = "NONE", 9999
    bpy.ops.a2g.choose_speech_file(filepath=str(voice), sync_to_audio=False)
    assert (scene.frame_end, scene.sync_mode) == (9999, "NONE")


def test_a_second_character_stands_beside_the_first_and_nobody_in_anybody(addon, scene):
    scene.cursor.location = (2.0, 1.0, 0.5)
    for _each in range(3):
        bpy.ops.a2g.add_character(with_body=False)
    places = np.array([obj.location for obj in scene.objects])
    np.testing.assert_allclose(places[0], scene.cursor.location)
    np.testing.assert_allclose(places[:, 1:], [[1.0, 0.5]] * 3)
    apart = [np.linalg.norm(a - b) for i, a in enumerate(places) for b in places[:i]]
    assert min(apart) > 1.0
    scene.cursor.location.y = 9.0
    bpy.ops.a2g.add_character(with_body=False)
    np.testing.assert_allclose(scene.a2g_character.location, (2.0, 9.0, 0.5), err_msg="where nobody stands")


def test_the_panel_follows_who_is_clicked_and_stays_with_whom_it_has(addon, scene, watch):
    bpy.ops.a2g.add_character()
    first = scene.a2g_character
    bpy.ops.a2g.add_character(with_body=False)
    second = scene.a2g_character
    bpy.ops.object.light_add()
    light = bpy.context.active_object
    body = next(obj for obj in scene.objects if obj.type == "MESH")
    bpy.ops.object.armature_add()
    prop = bpy.context.active_object

    def click(obj: bpy.types.Object) -> bpy.types.Object:
        bpy.context.view_layer.objects.active = obj
        watch.follow(bpy.context)
        return scene.a2g_character

    watch.forget()
    assert click(first) == second, "what was active when it was looked at first has not been clicked"
    assert click(light) == second
    assert click(first) == first
    assert click(prop) == first, "no character: nobody could talk with it"
    scene.a2g_character = second  # in the field, while another one is active
    watch.follow(bpy.context)
    assert scene.a2g_character == second
    assert click(body) == first, "its body counts"
    assert addon.ui.state.character(bpy.context) == first


def test_it_redraws_where_something_else_is_to_be_seen(addon, scene, character, watch, voice, monkeypatch):
    drawn_again: list[object] = []
    monkeypatch.setattr(addon.ui.selection_watch, "redraw", drawn_again.append)

    def is_new() -> bool:
        drawn_again.clear()
        watch.look()
        return bool(drawn_again)

    watch.look()
    assert not is_new()
    if HAS_SOUND:
        strip = place_sound(scene, voice, 50, 137)
        assert is_new() and not is_new()
        strip.mute = True
        assert is_new()
    bpy.data.objects.remove(character)
    assert is_new() and not is_new()


def test_every_button_and_every_setting_has_a_page_of_the_manual(addon, character):
    prefix, pairs = addon.ui.manual.manual_map()
    assert (prefix, pairs) in [(prefix, tuple(pairs)) for prefix, pairs in bpy.utils.manual_map()]

    def page(name: str) -> Path:
        found = next(page for pattern, page in pairs if fnmatchcase(name.lower(), pattern))
        return Path(unquote(urlparse(prefix + found).path))

    names = [f"bpy.ops.{cls.bl_idname}" for cls in addon.operators.CLASSES]
    names += [f"bpy.types.Object.{p.identifier}" for p in character.bl_rna.properties if p.identifier[:4] == "a2g_"]
    for name in names:
        assert page(name).is_file(), name
    for name, expected in {
        "bpy.ops.a2g.pin_clips": "pins", "bpy.ops.a2g.remove_pin": "pins", "bpy.ops.a2g.use_take": "takes",
        "bpy.ops.a2g.next_take": "takes", "bpy.ops.a2g.choose_speech_file": "speech",
        "bpy.ops.a2g.generate": "first-take", "bpy.ops.a2g.generate_idle": "idle",
        "bpy.types.Object.a2g_speech_strip": "speech",
        "bpy.types.Object.a2g_energy": "sliders", "bpy.types.Object.a2g_look_at": "gaze",
        "bpy.ops.a2g.setup_worker": "engine", "bpy.ops.a2g.mirror_bones": "characters",
    }.items():  # fmt: skip
        assert page(name).stem == expected, name


def test_each_panel_opens_its_page_offline(addon, scene, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    for panel in addon.panels.CLASSES:
        if hasattr(panel, "page"):
            assert bpy.ops.a2g.open_manual(page=panel.page) == {"FINISHED"}
    assert {urlparse(url).scheme for url in opened} == {"file"}
    assert {Path(unquote(urlparse(url).path)).stem for url in opened} == {
        "first-take",
        "takes",
        "pins",
        "engine",
        "words",
    }
    assert all(Path(unquote(urlparse(url).path)).is_file() for url in opened)


def test_check_setup_says_in_words_how_fast_it_is(addon):
    speed = addon.work.engine.speed
    assert speed(0.05).startswith("fast enough") and speed(0.6).startswith("enough to work") and "slow" in speed(2.0)
