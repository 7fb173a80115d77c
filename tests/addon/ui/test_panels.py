"""Panels in every editor and every state, menus, presets: nothing is written while drawing, and nothing vanishes."""

from __future__ import annotations

import contextlib
import os
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import bpy
import numpy as np
import pytest
from layouts import Layout, drawn
from scenes import curves, key_clip, place_sound, read_wav, select_only, strips, turn, write_wav


def panels(addon) -> list[type]:
    """Those of the sidebar; what a button opens is a panel too."""
    found = [cls for cls in addon.panels.CLASSES if issubclass(cls, bpy.types.Panel)]
    return [cls for cls in found if cls.bl_region_type != "HEADER"]


def header(panel) -> str:
    texts: list[str] = []
    icons: list[str] = []
    layout = Layout(texts)
    layout.label = lambda text="", icon="NONE": icons.append(icon)
    panel.draw_header(SimpleNamespace(layout=layout), bpy.context)
    return " ".join(icons)


def draw_all(addon) -> dict[str, str]:
    for panel in panels(addon):
        if hasattr(panel, "draw_header"):
            header(panel)
    return {panel.__name__: drawn(panel) for panel in panels(addon)}


def test_the_same_panels_in_three_editors_in_a_stable_order(addon):
    spaces: dict[str, list[type]] = {}
    for panel in panels(addon):
        spaces.setdefault(panel.bl_space_type, []).append(panel)
        assert panel.bl_category == "Gestures"
        assert panel.bl_region_type == "UI"
        assert not hasattr(panel, "poll") or "poll" not in vars(panel)  # a panel never vanishes
    assert set(spaces) == {"VIEW_3D", "NLA_EDITOR", "SEQUENCE_EDITOR"}
    for space, found in spaces.items():
        assert [panel.bl_order for panel in found] == sorted(panel.bl_order for panel in found)
        if space == "NLA_EDITOR":  # where strips are pinned, that comes first
            pins = found.pop(0)
            assert pins.bl_label == "Pinned Clips" and not hasattr(pins, "bl_parent_id")
            assert [panel.bl_label for panel in found] == ["Gestures", "Takes", "Words", "Engine"]
        else:
            assert [panel.bl_label for panel in found] == ["Gestures", "Takes", "Pinned Clips", "Words", "Engine"]
        assert all(panel.bl_parent_id == found[0].__name__ for panel in found[1:])


def test_every_panel_draws_in_every_state_and_writes_nothing(addon, scene, voice):
    assert all(draw_all(addon).values())
    bpy.ops.a2g.add_character(with_body=False)
    obj = scene.a2g_character
    for source in ("STRIP", "CHANNEL", "FILE"):
        obj.a2g_speech_source = source
        draw_all(addon)
    obj.a2g_speech_file = str(voice)
    bpy.ops.a2g.generate()
    select_only(obj, strips(obj)["Gestures"])
    bpy.ops.a2g.pin_clips()
    before = len(bpy.data.actions), obj.a2g_active_take, len(obj.a2g_pins)
    texts = draw_all(addon)
    assert (len(bpy.data.actions), obj.a2g_active_take, len(obj.a2g_pins)) == before
    assert "a2g.bake_action" in texts["A2G_PT_nla_takes"]
    assert "Strengthen Accent" in texts["A2G_PT_takes"]
    assert "Gestures" in drawn(addon.panels.takes.A2G_PT_take_pictures)
    assert "a2g.generate_for_strip" in texts["A2G_PT_sequencer_gestures"]
    assert "Seed 0, version " in texts["A2G_PT_takes"]
    assert addon.work.gesture_model.load().info["sha256"][:8] not in texts["A2G_PT_takes"], "no artist wants a hash"
    strips(obj)["Gestures"].action.a2g.recipe = "?"
    assert "has no record of how it was made" in drawn(addon.panels.A2G_PT_takes)
    obj.a2g_active_take = 50
    draw_all(addon)
    bpy.ops.a2g.compare_take(track="Gestures")
    draw_all(addon)


def test_version_and_problems_with_their_buttons(addon, character):
    assert "Audio2Gestures " in drawn(addon.panels.A2G_PT_engine)
    text = drawn(addon.panels.A2G_PT_gestures)
    assert "a2g.choose_speech_file" in text
    character.data.pose_position = "REST"
    assert "a2g.use_pose_position" in drawn(addon.panels.A2G_PT_nla_gestures)


def test_a_failed_engine_offers_its_remedies(addon, character, speech_file):
    status = bpy.context.window_manager.a2g
    status.message, status.failed, status.problem = "The engine ended.", True, "WorkerError"
    try:
        assert "a2g.use_cpu" in drawn(addon.panels.A2G_PT_gestures)
        status.problem = "AudioError"
        assert "a2g.use_cpu" not in drawn(addon.panels.A2G_PT_gestures)
    finally:
        status.message, status.failed, status.problem = "", False, ""


def test_a_lost_pin_shows_on_the_closed_panel(addon, character):
    strip = key_clip(addon.bl, character, "wave", 50, {"head": turn(2, np.linspace(0, 1, 20))})
    select_only(character, strip)
    bpy.ops.a2g.pin_clips()
    assert header(addon.panels.A2G_PT_pins) == ""
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["wave"])
    assert header(addon.panels.A2G_PT_pins) == "ERROR"


def test_what_keeps_gestures_from_being_generated_shows_on_the_closed_panel(addon, character, speech_file):
    kinds = (addon.panels.A2G_PT_gestures, addon.panels.A2G_PT_nla_gestures, addon.panels.A2G_PT_sequencer_gestures)
    assert {header(kind) for kind in kinds} == {""}
    character.a2g_speech_file = "//gone.wav"
    assert {header(kind) for kind in kinds} == {"ERROR"}
    bpy.data.objects.remove(character)
    assert {header(kind) for kind in kinds} == {""}, "an empty scene is no error"


def test_words_of_another_recording_show_on_the_closed_panel(addon, character, speech_file, tmp_path):
    assert header(addon.panels.A2G_PT_words) == ""
    bpy.ops.a2g.read_words(source="TYPED", text="hello there")
    assert header(addon.panels.A2G_PT_words) == ""
    character.a2g_speech_file = str(write_wav(tmp_path / "other.wav", read_wav(speech_file)[::-1]))
    assert header(addon.panels.A2G_PT_words) == "ERROR"


def test_engine_trouble_shows_on_the_closed_panel(addon, character):
    assert header(addon.panels.A2G_PT_engine) == ""
    preferences = bpy.context.preferences.addons["bl_ext.user_default.audio2gestures"].preferences
    preferences.engine = "WORKER"
    try:
        assert header(addon.panels.A2G_PT_engine) == "ERROR"
    finally:
        preferences.engine = "NUMPY"


def test_takes_list_shows_takes_alone_newest_first(addon, character, speech_file):
    key_clip(addon.bl, character, "wave", 400, {"head": turn(2, np.linspace(0, 1, 20))})
    character.a2g_take_count = 2
    character.a2g_seed = 7
    bpy.ops.a2g.generate()
    drawn_styles = [addon.work.gesture_model.drawn_style(addon.work.gesture_model.load(), seed) for seed in (7, 8)]
    ui_list = SimpleNamespace(bitflag_filter_item=1, filter_name="")
    tracks = character.animation_data.nla_tracks
    assert [t.name for t in tracks] == ["wave", "Gestures", "Gestures 2"]
    assert addon.panels.A2G_UL_takes.filter_items(ui_list, bpy.context, character.animation_data, "nla_tracks") == (
        [0, 1, 1], [2, 1, 0],
    )  # fmt: skip
    ui_list.filter_name = "GESTURES 2"
    assert addon.panels.A2G_UL_takes.filter_items(ui_list, bpy.context, character.animation_data, "nla_tracks")[0] == [
        0, 0, 1,
    ]  # fmt: skip
    texts: list[str] = []
    for track in tracks:
        addon.panels.A2G_UL_takes.draw_item(
            ui_list, bpy.context, Layout(texts), character.animation_data, track, 0, character, "a2g_active_take"
        )
    assert all(drawn_styles)
    assert {f"7 {drawn_styles[0]}", f"8 {drawn_styles[1]}"} <= set(texts)


def test_the_playing_take_has_a_mark_of_its_own(addon, character, speech_file):
    character.a2g_take_count = 2
    bpy.ops.a2g.generate()
    bpy.context.scene.frame_set(40)

    def marks() -> list[str]:
        data, icons = character.animation_data, []
        for track in data.nla_tracks:
            addon.panels.A2G_UL_takes.draw_item(
                SimpleNamespace(), bpy.context, Layout([], icons), data, track, 0, character, "a2g_active_take"
            )
        return [icon for icon in icons if icon in ("PLAY", "DOT")]

    assert marks() == ["DOT", "PLAY"]
    bpy.ops.a2g.use_take(track="Gestures")
    assert marks() == ["PLAY", "DOT"]


AGES = [({}, "now"), ({"minutes": 2.1}, "2 min ago"), ({"hours": 2}, "2 h ago"), ({"days": 2}, "2 d ago")]


@pytest.mark.parametrize(("ago", "text"), AGES)
def test_the_tooltip_of_a_take_tells_it_apart(addon, character, speech_file, ago, text):
    bpy.ops.a2g.generate()
    clip = strips(character)["Gestures"].action.a2g
    recipe = addon.scene.recipe.Recipe.from_text(clip.recipe)
    made = datetime.fromisoformat(recipe.made) - timedelta(**ago)
    clip.recipe = replace(recipe, made=made.isoformat()).to_text()
    lines = addon.operators.takes.A2G_OT_choose_take.description(bpy.context, SimpleNamespace(track="Gestures"))
    assert lines.splitlines()[:2] == ["Gestures", "Seed 0"]
    digest = addon.scene.take_list.digest(strips(character)["Gestures"])
    assert lines.splitlines()[-3:] == ["Length: 4.0 s", f"Made: {text}", f"Hash: {digest}"]


def test_a_click_turns_one_body_part_on_or_off(character):
    character.a2g_body_parts_legs = False
    character.a2g_body_parts_head = False
    assert character.a2g_body_parts == {"ARMS", "HANDS", "TORSO"}
    character.a2g_body_parts_head = True
    assert character.a2g_body_parts == {"ARMS", "HANDS", "TORSO", "HEAD"}
    assert character.a2g_body_parts_head and not character.a2g_body_parts_legs
    pin = character.a2g_pins.add()
    pin.body_parts_arms = False
    assert pin.body_parts == {"HANDS", "TORSO", "HEAD", "LEGS"}


def test_f3_finds_every_operator(addon, character):
    found = drawn(addon.ui.menus.A2G_MT_gestures)
    for cls in addon.operators.CLASSES:
        if "INTERNAL" not in getattr(cls, "bl_options", ()):
            has_own_texts = cls.bl_idname in {"a2g.change_phrase", "a2g.change_accent"}
            assert cls.bl_idname in found or cls.bl_label in found or has_own_texts, cls.bl_idname
    for text in ("Next Performance of Phrase", "Strengthen Accent", "Weaken Accent", "Accent as Heard"):
        assert text in found


def test_entries_in_blenders_menus(addon):
    for name, draw in addon.ui.menus.ENTRIES:
        menu = getattr(bpy.types, name)
        assert draw in menu._dyn_ui_initialize()
        draw(SimpleNamespace(layout=Layout([])), bpy.context)


def test_add_character_with_and_without_body(addon, scene):
    bpy.ops.a2g.add_character(with_body=False)
    assert [obj.type for obj in scene.objects] == ["ARMATURE"]
    bpy.ops.a2g.add_character()
    assert scene.a2g_character == bpy.context.active_object
    assert sorted(obj.type for obj in scene.objects) == ["ARMATURE", "ARMATURE", "MESH"]
    assert next(obj for obj in scene.objects if obj.type == "MESH").parent == scene.a2g_character


def test_a_character_stands_at_the_cursor_and_faces_the_front(addon, scene):
    scene.cursor.location = (1.0, -2.0, 0.5)
    bpy.ops.mesh.primitive_cube_add()
    bpy.ops.ed.undo_push(message="before")
    assert bpy.ops.a2g.add_character("EXEC_DEFAULT", True) == {"FINISHED"}
    obj, body = scene.a2g_character, next(o for o in scene.objects if o.name == "Mannequin")
    assert obj == bpy.context.active_object and bpy.context.selected_objects == [obj]
    bpy.context.view_layer.update()
    points = np.array([body.matrix_world @ v.co for v in body.data.vertices])
    np.testing.assert_allclose(points[:, 2].min(), 0.5, atol=1e-3)
    np.testing.assert_allclose((points[:, 0].min() + points[:, 0].max()) / 2, 1.0, atol=1e-3)
    head, left, toes = (
        np.array(obj.matrix_world @ obj.data.bones[b].head_local) for b in ("head", "left_hip", "left_foot")
    )
    assert head[2] > 1.9 and left[0] > 1.05 and toes[1] < -2.05
    bpy.ops.ed.undo()
    assert [o.type for o in bpy.context.scene.objects] == ["MESH"] and bpy.context.scene.a2g_character is None


def test_a_character_is_seen_also_where_the_active_collection_is_not(addon, scene):
    hidden = bpy.data.collections.new("Hidden")
    scene.collection.children.link(hidden)
    layer = bpy.context.view_layer.layer_collection.children["Hidden"]
    bpy.context.view_layer.active_layer_collection = layer
    layer.hide_viewport = True
    bpy.ops.a2g.add_character()
    assert scene.a2g_character.visible_get() and not len(hidden.objects)


def test_generate_for_the_active_strip(addon, scene, character, voice):
    reason = addon.operators.speech.A2G_OT_generate_for_strip.disabled_reason
    assert "no strip with sound is active" in reason(bpy.context).lower()
    place_sound(scene, voice, 50, 137)
    second = place_sound(scene, voice, 300, 380, start=300, channel=2)
    scene.sequence_editor.active_strip = second
    assert bpy.ops.a2g.generate_for_strip() == {"FINISHED"}
    assert (character.a2g_speech_source, character.a2g_speech_strip) == ("STRIP", second.name)
    assert strips(character)["Gestures"].frame_start == 300


def test_our_presets_are_in_the_zip_and_found(addon, extension_zip):
    names = zipfile.ZipFile(extension_zip).namelist()
    shipped = {name for name in names if name.startswith("presets/a2g/performance/") and name.endswith(".py")}
    assert {name.rpartition("/")[2] for name in shipped} == {"calm.py", "natural.py", "lively.py"}
    assert bpy.utils.preset_paths("a2g/performance")


def _use_preset(name: str) -> None:
    path = bpy.utils.preset_find(name, "a2g/performance", ext=".py")
    bpy.ops.script.execute_preset(filepath=path, menu_idname="A2G_MT_performance_presets")


@pytest.mark.parametrize(("name", "energy"), [("calm", 0.7), ("natural", 1.0), ("lively", 1.35)])
def test_a_preset_sets_the_sliders(addon, character, name, energy):
    character.a2g_energy, character.a2g_body_parts, character.a2g_layering = 2.0, {"HEAD"}, "COMBINE"
    character.a2g_style = "Near"
    _use_preset(name)
    assert character.a2g_energy == pytest.approx(energy)
    assert character.a2g_body_parts == {"ARMS", "HANDS", "TORSO", "HEAD", "LEGS"}
    assert (character.a2g_layering, character.a2g_style) == ("REPLACE", "")


def test_fewer_keys_has_presets_of_ours_and_of_the_artist(addon, character, extension_zip, speech_file):
    """Blender shows them above the operator's options."""
    folder = "operator/a2g.fewer_keys"
    names = zipfile.ZipFile(extension_zip).namelist()
    assert "PRESET" in addon.operators.takes.A2G_OT_fewer_keys.bl_options
    bpy.ops.a2g.generate()
    left = []
    for name in ("many_keys", "few_keys", "fewest_keys"):
        assert f"presets/{folder}/{name}.py" in names
        chosen = SimpleNamespace(error_deg=0.0)
        text = Path(bpy.utils.preset_find(name, folder, ext=".py")).read_text()
        shown = SimpleNamespace(context=SimpleNamespace(active_operator=chosen))
        exec(text.replace("import bpy", ""), {"bpy": shown})
        assert bpy.ops.a2g.fewer_keys(track="Gestures", error_deg=chosen.error_deg) == {"FINISHED"}
        fewer = list(strips(character).values())[-1]
        left.append(sum(map(len, curves(addon.bl, fewer).values())))
    assert left[0] > left[1] > left[2]


@pytest.mark.parametrize(
    "line", ["obj.a2g_energy = float('nan')", "obj.a2g_energy = 'x'", "obj.a2g_sorcery = 1",
             "obj.a2g_body_parts = {'TAIL'}", "obj.a2g_layering = 3", "obj.a2g_style = '\\udcff'", "this is no Python"],
)  # fmt: skip
def test_a_damaged_preset_is_said_and_leaves_a_character_that_can_perform(
    addon, character, speech_file, tmp_path, line
):
    whole = Path(bpy.utils.preset_find("calm", "a2g/performance", ext=".py")).read_text()
    (tmp_path / "damaged.py").write_text(f"{whole}\n{line}\n")
    with contextlib.suppress(RuntimeError):  # Blender's own report of what went wrong
        bpy.ops.script.execute_preset(filepath=str(tmp_path / "damaged.py"), menu_idname="A2G_MT_performance_presets")
    try:
        assert bpy.ops.a2g.generate() == {"FINISHED"}
    except RuntimeError as error:
        assert "Traceback" not in str(error) and "energy is out of range" in str(error).lower()


def test_a_preset_of_ones_own(addon, character):
    character.a2g_energy, character.a2g_body_parts, character.a2g_layering = 1.75, {"HEAD", "ARMS"}, "COMBINE"
    character.a2g_style = "Near"
    assert bpy.ops.a2g.add_performance_preset(name="My Own") == {"FINISHED"}
    character.a2g_energy, character.a2g_body_parts, character.a2g_layering = 1.0, {"LEGS"}, "REPLACE"
    character.a2g_style = ""
    _use_preset("My_Own")
    assert character.a2g_energy == pytest.approx(1.75)
    assert character.a2g_body_parts == {"HEAD", "ARMS"}
    assert (character.a2g_layering, character.a2g_style) == ("COMBINE", "Near")
    assert bpy.ops.a2g.add_performance_preset(name="My_Own", remove_name=True) == {"FINISHED"}
    assert bpy.utils.preset_find("My_Own", "a2g/performance", ext=".py") is None


def test_tab_name_moves_all_panels(addon):
    preferences = bpy.context.preferences.addons["bl_ext.user_default.audio2gestures"].preferences
    preferences.tab_name = "Speech"
    try:
        assert {panel.bl_category for panel in panels(addon)} == {"Speech"}
    finally:
        preferences.tab_name = "Gestures"


def test_a_part_that_cannot_be_drawn_is_told_and_the_rest_is_there(addon, scene, character, speech_file, monkeypatch):
    def broken(*_arguments):
        raise PermissionError("a drive that is gone")

    monkeypatch.setattr(addon.speech.strips, "check_speech", broken)
    text = drawn(addon.panels.A2G_PT_gestures, fails=True)
    assert "a drive that is gone" in text
    assert "a2g.place_speech_strip" in text and "a2g.next_take" in text
    assert not bpy.ops.a2g.generate.poll()


def test_a_folder_that_may_not_be_read_blanks_no_panel(addon, character, sound_strip, monkeypatch, tmp_path):
    """As on a network drive, or where another user's files are: even asking whether a file is there fails."""
    real, closed = os.stat, tmp_path / "closed"

    def refuse(path, *arguments, **options):
        if isinstance(path, (str, os.PathLike)) and str(path).startswith(str(closed)):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "stat", refuse)
    with pytest.raises(PermissionError):
        (closed / "voice.wav").stat()
    preferences = addon.preferences.get()
    monkeypatch.setattr(addon.preferences, "takes_folder", lambda: closed / "takes")
    preferences.engine, preferences.worker_python = "WORKER", str(closed / "python")
    preferences.model_file = str(closed / "model.safetensors")
    try:
        for character.a2g_speech_source, shown in (("FILE", "voice.wav"), ("STRIP", "Speech")):
            character.a2g_speech_file = str(closed / "voice.wav")
            sound_strip.sound.filepath = str(closed / "voice.wav")
            assert all(draw_all(addon)) and shown in "\n".join(draw_all(addon).values())
            texts = [problem.text for problem in addon.ui.preflight.problems(bpy.context, character)]
            assert any("voice.wav" in text for text in texts), texts
        assert addon.preferences.cache_bytes() == 0 and addon.work.take_cache.files() == []
        assert "no gesture model" in "\n".join(texts).lower(), texts
    finally:
        preferences.engine, preferences.worker_python, preferences.model_file = "NUMPY", "", ""
