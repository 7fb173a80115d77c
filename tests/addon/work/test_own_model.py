"""A gesture model of the artist's own: other systems and sizes, what they cannot do, and files that are no use."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
from pathlib import Path
from types import SimpleNamespace

import bpy
import numpy as np
import pytest
from layouts import Layout, drawn
from places import ROOT
from refusals import mends, problems, refusal
from scenes import PACKAGE, counts, curves, key_clip, select_only, strips, turn
from written_models import SMALL, SYSTEM, write_model

TORCH_PYTHON = Path(os.environ.get("A2G_TORCH_PYTHON", ROOT / ".venv/bin/python"))
FINGERS = ("thumb", "index", "middle", "ring", "pinky")


@pytest.fixture
def preferences():
    """The add-on's, with the built-in model again afterwards."""
    chosen = bpy.context.preferences.addons[PACKAGE].preferences
    yield chosen
    chosen.model_file = ""
    chosen.engine, chosen.worker_python, chosen.device = "NUMPY", "", "AUTO"


@pytest.fixture
def talking(character, speech_file) -> bpy.types.Object:
    """A character that speaks from frame 37 to 156."""
    return character


@pytest.fixture
def make(addon, tmp_path):
    """Writes a model file of one of the kinds of SMALL."""

    def write(kind: str, seed: int = 0) -> Path:
        system = addon.a2g_core.model.systems.SYSTEMS[SYSTEM.get(kind, kind)]
        config = system.config().replace(name=kind, **SMALL[kind])
        return write_model(addon, tmp_path / f"{kind} {seed}.safetensors", config, seed)

    return write


@pytest.fixture
def use(make, preferences):
    """Chooses such a model in the preferences."""

    def choose(kind: str, seed: int = 0) -> Path:
        path = make(kind, seed)
        preferences.model_file = str(path)
        return path

    return choose


def keys(addon, obj, name: str = "Gestures") -> dict:
    return curves(addon.bl, strips(obj)[name])


def recipe(addon, obj, name: str = "Gestures"):
    return addon.scene.recipe.Recipe.from_text(strips(obj)[name].action.a2g.recipe)


def reason(addon, name: str) -> str:
    return getattr(addon.operators.generate, f"A2G_OT_{name}").disabled_reason(bpy.context)


def preferences_text(preferences) -> str:
    panel = importlib.import_module(f"{PACKAGE}.panels.preferences")
    names = [p.identifier for p in preferences.bl_rna.properties if p.identifier != "rna_type"]
    values = {name: getattr(preferences, name) for name in names if hasattr(preferences, name)}
    texts: list[str] = []
    shown = SimpleNamespace(**{**values, "layout": Layout(texts), "bl_rna": preferences.bl_rna})
    panel.draw_preferences(shown, bpy.context)
    return " ".join(filter(None, texts))


# Takes ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["audio2gestures", "body", "stitched", "no split", "speech2gesture", "stylegestures"])
def test_a_take_with_a_model_of_ones_own(addon, talking, use, kind):
    path = use(kind)
    assert problems(addon) == []
    bpy.ops.ed.undo_push(message="before")
    before = counts()
    assert bpy.ops.a2g.generate("EXEC_DEFAULT", True) == {"FINISHED"}
    found, model = keys(addon, talking), addon.a2g_core.model.checkpoint.load_model(path)
    bones = {data_path.split('"')[1] for data_path, _ in found}
    assert bones == set(model.skeleton.names)
    assert any(finger in bone for bone in bones for finger in FINGERS) == (kind == "audio2gestures")
    speech = addon.a2g_core.speech.audio.open_speech(Path(talking.a2g_speech_file))
    motion = addon.a2g_core.performing.generate.generate(speech, model, fps=30.0)
    assert all(len(points) == len(motion) == 120 and points[0, 0] == 37 for points in found.values())
    assert np.ptp(found['pose.bones["left_elbow"].rotation_quaternion', 1][:, 1]) > 1e-3
    elbow = motion.quaternions[:, model.skeleton.index("left_elbow")]
    said = np.stack([found['pose.bones["left_elbow"].rotation_quaternion', k][:, 1] for k in range(4)], axis=1)
    np.testing.assert_allclose(np.abs(said[:, 0]), np.abs(elbow[:, 0]), atol=1e-5)
    assert recipe(addon, talking).model == model.info["sha256"]
    assert f"my {kind}" in drawn(addon.panels.A2G_PT_engine)
    bpy.ops.ed.undo()
    assert counts() == before


@pytest.mark.parametrize("kind", ["body", "speech2gesture", "stylegestures"])
def test_another_seed_sliders_and_once_more(addon, talking, use, kind):
    use(kind)
    bpy.ops.a2g.generate()
    first = keys(addon, talking)
    assert bpy.ops.a2g.next_take() == {"FINISHED"}
    second = keys(addon, talking, "Gestures 2")
    is_same = all(np.array_equal(first[key], second[key]) for key in first)
    assert is_same == (kind == "speech2gesture")
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    third = keys(addon, talking, "Gestures 3")
    assert all(np.array_equal(third[key], second[key]) for key in second)
    talking.a2g_energy, talking.a2g_posture, talking.a2g_layering = 1.5, 0.5, "COMBINE"
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert any(not np.array_equal(third[key], points) for key, points in keys(addon, talking, "Gestures 3").items())
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert strips(talking)["Gestures 4"].blend_type == "COMBINE"


def test_the_built_in_model_again(addon, talking, use, preferences):
    talking.a2g_keep_seed = True
    bpy.ops.a2g.generate()
    built_in = keys(addon, talking)
    use("speech2gesture")
    bpy.ops.a2g.generate()
    assert len(keys(addon, talking, "Gestures 2")) < len(built_in)
    assert bpy.ops.a2g.use_builtin_model() == {"FINISHED"}
    assert preferences.model_file == ""
    assert "used already" in refusal(bpy.ops.a2g.use_builtin_model)
    bpy.ops.a2g.generate()
    again = keys(addon, talking, "Gestures 3")
    assert all(np.array_equal(again[key], points) for key, points in built_in.items())


def test_fingers_that_were_animated_before_stay(addon, talking, use):
    clip = key_clip(addon.bl, talking, "fist", 37, {"left_index1": turn(2, np.full(120, 0.7))})
    use("body")
    bpy.ops.a2g.generate()
    bpy.context.scene.frame_set(80)
    np.testing.assert_allclose(
        np.abs(talking.pose.bones["left_index1"].rotation_quaternion), np.abs(turn(2, np.array([0.7]))[0]), atol=1e-4
    )
    assert clip.action.users == 1
    assert "leaves the fingers as they are" in drawn(addon.panels.A2G_PT_gestures)
    talking.a2g_body_parts = {"HANDS"}
    assert "none of the chosen body parts can be moved" in refusal(bpy.ops.a2g.generate).lower()


@pytest.mark.parametrize("kind", ["speech2gesture", "stylegestures"])
def test_the_worker_gets_the_model(addon, engine, talking, use, preferences, kind):
    if not TORCH_PYTHON.is_file():
        pytest.skip("needs a Python with torch: .venv of scripts/test.py, or A2G_TORCH_PYTHON")
    use(kind)
    talking.a2g_keep_seed = True
    bpy.ops.a2g.generate()
    inside = keys(addon, talking)
    preferences.engine, preferences.worker_python, preferences.device = "WORKER", str(TORCH_PYTHON), "CPU"
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    for key, points in keys(addon, talking, "Gestures 2").items():
        np.testing.assert_allclose(points, inside[key], atol=1e-3)


# A model that changes -------------------------------------------------------------------------------------------------


def test_a_take_says_that_it_was_made_with_another_model(addon, talking, use):
    bpy.ops.a2g.generate()
    before, text = keys(addon, talking), strips(talking)["Gestures"].action.a2g.recipe
    bpy.context.scene.use_preview_range = True
    bpy.context.scene.frame_preview_start, bpy.context.scene.frame_preview_end = 60, 90
    use("body")
    for name in ("update_take", "reproduce_take", "regenerate_range", "change_phrase"):
        assert "another gesture model ('built-in model'); use Use Built-in Model" in reason(addon, name), name
        assert "another gesture model" in refusal(getattr(bpy.ops.a2g, name))
    assert reason(addon, "generate") == ""
    clip = key_clip(addon.bl, talking, "wave", 60, {"left_elbow": turn(2, np.linspace(0, 1, 40))})
    select_only(talking, clip)
    bpy.ops.a2g.pin_clips()
    assert "another gesture model" in reason(addon, "regenerate_around_pins")
    assert strips(talking)["Gestures"].action.a2g.recipe == text
    assert all(np.array_equal(points, before[key]) for key, points in keys(addon, talking).items())


def test_a_model_of_ones_own_is_named_after_it_is_gone(addon, talking, use):
    use("body").unlink()
    use("body", seed=1)
    bpy.ops.a2g.generate()
    use("stitched")
    assert "('my body'); choose that one in the preferences, or use Generate Gestures for new motion" in reason(
        addon, "reproduce_take"
    )
    action = strips(talking)["Gestures"].action
    action.a2g.recipe = action.a2g.recipe.replace('"my body"', '""')  # as earlier versions wrote it
    assert f"('{recipe(addon, talking).model[:8]}')" in reason(addon, "reproduce_take")


def test_a_job_for_a_take_of_another_model_says_so(addon, maker, talking, use):
    """As a slider begins it, which asks no button."""
    bpy.ops.a2g.generate()
    before = keys(addon, talking)
    use("body")
    bpy.context.scene.frame_set(60)
    order = addon.work.orders.gather_change(bpy.context, talking, strips(talking)["Gestures"])
    with pytest.raises(addon.a2g_core.errors.A2GError, match="another gesture model"):
        maker.make(order)
    assert all(np.array_equal(points, before[key]) for key, points in keys(addon, talking).items())


def test_a_file_that_is_written_anew_is_read_anew(addon, talking, use, preferences):
    path = use("body")
    bpy.ops.a2g.generate()
    config = addon.work.gesture_model.load(str(path)).config
    write_model(addon, path, config, seed=1)
    os.utime(path, ns=(1, 1))
    assert "another gesture model" in reason(addon, "update_take")
    bpy.ops.a2g.generate()
    assert recipe(addon, talking, "Gestures 2").model != recipe(addon, talking).model
    assert addon.work.gesture_model.load(str(path)) is addon.work.gesture_model.load(str(path))


# What a model cannot do -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["speech2gesture", "stylegestures"])
def test_pins_are_refused_with_the_reason(addon, talking, use, preferences, kind):
    clip = key_clip(addon.bl, talking, "wave", 60, {"left_elbow": turn(2, np.linspace(0, 1, 40))})
    select_only(talking, clip)
    bpy.ops.a2g.pin_clips()
    path = use(kind)
    mends(addon, "cannot follow pinned clips", "a2g.use_builtin_model")
    preferences.model_file = str(path)
    assert "cannot follow pinned clips" in reason(addon, "regenerate_around_pins")
    assert "cannot follow pinned clips" in drawn(addon.panels.A2G_PT_pins).replace("  ", " ")
    talking.a2g_pins[0].muted = True
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert recipe(addon, talking).pins == ()
    assert bpy.ops.a2g.unpin_clips() == {"FINISHED"}
    assert "cannot follow pinned clips" in refusal(bpy.ops.a2g.pin_clips)


@pytest.mark.parametrize("kind", ["no split", "speech2gesture", "stylegestures"])
def test_no_part_of_a_take_can_be_performed_anew(addon, talking, use, kind):
    use(kind)
    bpy.ops.a2g.generate()
    bpy.context.scene.use_preview_range = True
    bpy.context.scene.frame_preview_start, bpy.context.scene.frame_preview_end = 60, 90
    for name in ("regenerate_range", "change_phrase"):
        assert "cannot regenerate a part of a take" in reason(addon, name)
        assert "cannot regenerate a part of a take" in refusal(getattr(bpy.ops.a2g, name))


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [("body", set()), ("no split", {"variation"}), ("speech2gesture", {"calm", "variation"}),
     ("stylegestures", {"calm", "variation"})],
)  # fmt: skip
def test_sliders_that_the_model_has_not_are_greyed_and_not_used(addon, talking, use, kind, lacking):
    use(kind)
    model = addon.work.gesture_model.current()
    controls = addon.a2g_core.performing.controls.table().values()
    assert {control.name for control in controls if not control.works_with(model.config)} == lacking
    talking.a2g_calm, talking.a2g_variation = 0.5, 1.5
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    made = recipe(addon, talking).request.controls
    assert (made.calm, made.variation) == (0.0 if "calm" in lacking else 0.5, 1.0 if "variation" in lacking else 1.5)
    text = drawn(addon.panels.A2G_PT_gestures)
    note = f"This gesture model lacks {', '.join(c.label for c in controls if c.name in lacking)}"
    assert (note in text) if lacking else ("model lacks" not in text)


def test_one_motion_for_one_speech_is_said(addon, talking, use):
    tooltip = addon.operators.generate.A2G_OT_next_take.description
    assert "with the next seed" in tooltip(bpy.context, None)
    assert "one motion" not in drawn(addon.panels.A2G_PT_gestures)
    use("speech2gesture")
    assert "one motion per speech" in tooltip(bpy.context, None)
    assert "one motion per speech" in drawn(addon.panels.A2G_PT_gestures)
    use("stylegestures")
    assert "with the next seed" in tooltip(bpy.context, None)


# Files that are no use ------------------------------------------------------------------------------------------------


def _missing(path: Path) -> None:
    path.unlink()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _flipped(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4] + b"\x01\x02\x03\x04")


def _foreign(path: Path) -> None:
    path.write_text("not a model at all")


def _odd(path: Path) -> None:
    """Whole, and describes nothing that there is."""
    about = {"schema": 3, "config": [], "info": {}, "sha256": hashlib.sha256().hexdigest()}
    text = json.dumps({"__metadata__": {"audio2gestures": json.dumps(about)}}).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("kind", "spoil", "words"),
    [("body", _missing, "here is no gesture model"), ("body", _cut, "cannot be used"),
     ("body", _flipped, "checksum"), ("body", _foreign, "cannot be used"), ("body", _odd, "cannot be used"),
     ("body", _folder, "here is no gesture model"), ("2-D", lambda path: None, "makes 2-D key points")],
)  # fmt: skip
def test_a_file_that_is_no_use_is_told_and_mended(addon, engine, talking, make, preferences, kind, spoil, words):
    path = make(kind)
    spoil(path)
    preferences.model_file = str(path)
    said = refusal(bpy.ops.a2g.generate)
    assert words in said and path.name in said
    assert words in reason(addon, "update_take")
    text = preferences_text(preferences)
    assert words in text and "a2g.use_builtin_model" in text
    assert "no gesture model" in drawn(addon.panels.A2G_PT_engine)
    (finding, *_) = engine.check_setup(addon.work.engine.settings(bpy.context), str(path))
    assert not finding.is_good and words in finding.text
    engine.last_check = ()
    mends(addon, words, "a2g.use_builtin_model")
    assert words not in preferences_text(preferences)
    assert bpy.ops.a2g.generate() == {"FINISHED"}


def test_a_file_that_vanishes_while_takes_exist_changes_nothing(addon, talking, use):
    path = use("body")
    bpy.ops.a2g.generate()
    before = keys(addon, talking)
    path.unlink()
    assert "there is no gesture model" in reason(addon, "update_take").lower()
    bpy.context.scene.frame_set(60)
    assert addon.work.live.gather(talking.session_uid, window=True) is None
    assert all(np.array_equal(points, before[key]) for key, points in keys(addon, talking).items())


def test_the_preferences_and_the_report_name_the_model(addon, talking, use, preferences):
    problem_report = importlib.import_module(f"{PACKAGE}.ui.problem_report")
    assert "(built-in)" in problem_report.report_text(bpy.context)
    path = use("speech2gesture")
    assert "my speech2gesture" in preferences_text(preferences)
    text = problem_report.report_text(bpy.context)
    assert "Gesture model my speech2gesture" in text and f"({path.name})" in text
    assert str(path.parent) not in text
