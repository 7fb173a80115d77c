"""How it feels, as far as a machine can tell: two clicks, reasons, overrides that last, and no litter."""

from __future__ import annotations

import re

import bpy
import numpy as np
import pytest
from scenes import counts, key_clip, place_sound, pose_matrices, save_and_link, select_only, strips, turn

SENTENCE = re.compile(r"[A-Z'\"0-9][^\n]*; [^\n]+\.")
_ALWAYS = {"check_setup", "clear_cache", "copy_report", "setup_worker", "setup_words", "add_character", "open_manual"}
"""Operators that need no character."""

GENERATING = ("generate", "next_take", "update_take", "regenerate_around_pins", "regenerate_range", "change_phrase",
              "change_accent", "reproduce_take")  # fmt: skip
MAKES_FILES = {"add_performance_preset", "add_bones_preset"}  # a preset of the user's own, which other tests would find


# Two clicks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["STRIP", "FILE"])
def test_two_clicks_from_a_new_file_to_moving_gestures(addon, scene, voice, source):
    bpy.ops.a2g.add_character(with_body=False)  # or an armature of the artist's own
    obj = bpy.context.active_object
    if source == "STRIP":
        place_sound(scene, voice, 50, 137)  # skips where this bpy has no sound strips
    else:
        obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 37
    bpy.ops.ed.undo_push(message="before")
    before = counts()
    assert bpy.ops.a2g.generate("EXEC_DEFAULT", True) == {"FINISHED"}
    curves = list(addon.bl.fcurves(strips(obj)["Gestures"].action, addon.bl.slot_of(strips(obj)["Gestures"])))
    assert len(curves) > 200 and all(len(curve.keyframe_points) > 80 for curve in curves)
    early, late = pose_matrices(obj, 60), pose_matrices(obj, 100)
    moved = [name for name in early if not np.allclose(early[name], late[name], atol=1e-4)]
    assert {"left_wrist", "right_wrist", "head"} <= set(moved)
    bpy.ops.ed.undo()
    assert counts() == before
    assert not strips(bpy.data.objects["Character"])


# Reasons --------------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["nobody", "linked", "missing file", "no model", "running"])
def broken(request, addon, runner, scene, voice, tmp_path, monkeypatch) -> str:
    """A scene in which nothing can be generated, and a word of why."""
    if request.param == "nobody":
        return "no character"
    bpy.ops.a2g.add_character(with_body=False)
    obj = bpy.context.active_object
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 37
    bpy.ops.a2g.generate()
    if request.param == "linked":
        save_and_link(tmp_path / "library.blend")
        return "library override"
    if request.param == "missing file":
        obj.a2g_speech_file = str(tmp_path / "gone.wav")
        return "gone.wav"
    if request.param == "no model":
        monkeypatch.setattr(
            addon.a2g_core.model.checkpoint, "default_model_path", lambda: tmp_path / "gone.safetensors"
        )
        return "model is missing"
    status = bpy.context.window_manager.a2g
    monkeypatch.setattr(runner, "cancel", lambda: None)
    status.running = True
    request.addfinalizer(lambda: setattr(bpy.context.window_manager.a2g, "running", False))
    return "being generated"


def test_every_operator_gives_its_reason_or_works(addon, broken):
    """Enabled without a reason, and then it works or says why not; or disabled with a sentence."""
    registered = {name for name in dir(bpy.types) if name.startswith("A2G_OT_")}
    assert registered == {cls.__name__ for cls in addon.operators.CLASSES}
    wrong = []
    for cls in addon.operators.CLASSES:
        name = cls.bl_idname.removeprefix("a2g.")
        operator, reason = getattr(bpy.ops.a2g, name), cls.disabled_reason(bpy.context)
        if operator.poll() is not (reason == ""):
            wrong.append(f"{name}: poll and reason {reason!r} disagree")
        if reason and not SENTENCE.fullmatch(reason):
            wrong.append(f"{name}: {reason!r} does not say what to do")
        if name in GENERATING and broken != "being generated" and broken not in reason.lower():  # then a click waits
            wrong.append(f"{name}: {reason!r} is not about {broken!r}")
        if reason or name in MAKES_FILES:
            continue
        if broken == "no character" and name not in _ALWAYS:
            wrong.append(f"{name} is enabled without a character")
        try:
            operator("EXEC_DEFAULT")
        except RuntimeError as error:
            text = str(error).strip().removeprefix("Error: ")
            if not SENTENCE.fullmatch(text) or "unforeseen" in text or "unexpected" in text:
                wrong.append(f"{name}: {text!r}")
        if broken == "no character" and bpy.context.scene.a2g_character is not None:
            bpy.data.objects.remove(bpy.context.scene.a2g_character)
        elif broken == "being generated":
            bpy.context.window_manager.a2g.running = True
    assert not wrong, "\n".join(wrong)


# Overrides ------------------------------------------------------------------------------------------------------------


def settings_of(obj: bpy.types.Object) -> dict:
    """Every setting of a character, but for lists."""
    names = [p.identifier for p in obj.bl_rna.properties if p.identifier.startswith("a2g_") and p.type != "COLLECTION"]
    return {name: getattr(obj, name) for name in names}


def test_an_override_keeps_every_setting_animated_strength_pins_and_takes(addon, character, voice, tmp_path):
    shot = str(tmp_path / "shot.blend")
    save_and_link(tmp_path / "library.blend")
    bpy.context.scene.render.fps = 30
    assert "override" in addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context)
    assert bpy.ops.a2g.make_override() == {"FINISHED"}
    obj = bpy.context.scene.a2g_character
    assert obj.override_library is not None
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 37
    obj.a2g_energy, obj.a2g_calm, obj.a2g_posture, obj.a2g_variation = 1.25, 0.5, -0.25, 0.75
    obj.a2g_take_count, obj.a2g_seed, obj.a2g_live = 2, 4, False
    obj.a2g_body_parts, obj.a2g_layering = {"ARMS", "HEAD"}, "COMBINE"
    clip = key_clip(addon.bl, obj, "wave", 60, {"left_elbow": turn(2, np.linspace(0, 1, 40))})
    clip.extrapolation = "NOTHING"
    select_only(obj, clip)
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    pin = obj.a2g_pins[0]
    pin.fade_in_frames, pin.body_parts = 5, {"ARMS"}
    for frame, strength in ((60, 0.0), (90, 1.0)):
        pin.strength = strength
        assert obj.keyframe_insert("a2g_pins[0].strength", frame=frame)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    expected, (before,) = settings_of(obj), addon.scene.pins.read_pins(obj, 30.0)
    assert before.strength[0] < 0.01 and before.strength[-1] > 0.99
    for _ in range(2):
        bpy.ops.wm.save_as_mainfile(filepath=shot)
        bpy.ops.wm.open_mainfile(filepath=shot)
        obj = bpy.context.scene.a2g_character
        assert obj.override_library is not None
        bpy.context.scene.frame_set(bpy.context.scene.frame_current)
        assert settings_of(obj) == expected
        (after,) = addon.scene.pins.read_pins(obj, 30.0)
        np.testing.assert_array_equal(after.strength, before.strength)
        assert [(p.track, p.fade_in_frames, p.body_parts) for p in obj.a2g_pins] == [("wave", 5, {"ARMS"})]
        assert list(strips(obj)) == ["wave", "Gestures", "Gestures 2"]
    assert bpy.ops.a2g.next_take() == {"FINISHED"}
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert "Gestures 3" in strips(obj)


# No litter ------------------------------------------------------------------------------------------------------------


def surroundings(obj: bpy.types.Object) -> dict:
    """All that is not a take: what there is, what is selected, where the artist is."""
    scene, kinds = bpy.context.scene, ("objects", "armatures", "meshes", "collections", "images", "texts", "materials",
                                       "sounds", "scenes", "worlds", "node_groups", "curves")  # fmt: skip
    data = obj.animation_data
    found = {kind: sorted(item.name for item in getattr(bpy.data, kind)) for kind in kinds}
    found["constraints"] = [(b.name, c.name) for b in obj.pose.bones for c in b.constraints]
    found["drivers"] = [c.data_path for c in data.drivers] if data else []
    found["mode"], found["frame"] = bpy.context.mode, (scene.frame_current, scene.frame_subframe)
    found["range"] = (scene.frame_start, scene.frame_end, scene.frame_preview_start, scene.frame_preview_end)
    found["selected"] = [o.name for o in bpy.context.selected_objects]
    found["active"] = bpy.context.view_layer.objects.active
    found["cursor"] = (*scene.cursor.location, *scene.cursor.rotation_euler)
    selected = [s.name for t in (data.nla_tracks if data else ()) for s in t.strips if s.select]
    found["strips"] = [name for name in selected if name in {"wave", "walk"}]
    return found


STEPS = (
    ("generate", {}), ("next_take", {}), ("update_take", {}), ("regenerate_range", {}), ("change_phrase", {}),
    ("change_accent", {}), ("pin_clips", {}), ("regenerate_around_pins", {}), ("reproduce_take", {}),
    ("unpin_clips", {}), ("star_take", {}), ("duplicate_take", {}), ("use_take", {}), ("solo_take", {}),
    ("delete_take", {}), ("recover_take", {}), ("compare_take", {"twice": True}), ("bake_action", {}),
)  # fmt: skip


@pytest.mark.parametrize("mode", ["OBJECT", "POSE"])
def test_no_litter(addon, scene, character, speech_file, mode):
    other = bpy.data.objects.new("lamp post", None)
    scene.collection.objects.link(other)
    character.pose.bones["head"].constraints.new("LIMIT_ROTATION")
    clip = key_clip(addon.bl, character, "wave", 70, {"left_elbow": turn(2, np.linspace(0, 1, 20))})
    clip.extrapolation = "NOTHING"
    select_only(character, clip)
    scene.frame_set(80)
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, 60, 90
    scene.cursor.location = (1, 2, 3)
    scene.a2g_character = character
    if mode == "POSE":
        bpy.ops.object.mode_set(mode="POSE")
    else:
        character.select_set(False)
        other.select_set(True)
        bpy.context.view_layer.objects.active = other
    before = surroundings(character)
    for name, options in STEPS:
        for _ in range(2 if options.get("twice") else 1):
            assert getattr(bpy.ops.a2g, name)() == {"FINISHED"}, name
        assert surroundings(character) == before, name
        assert not [a.name for a in bpy.data.actions if a.users == 0], name
