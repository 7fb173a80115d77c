"""When something goes wrong: takes kept on the disk, the log, the report, errors nobody foresaw, and old files."""

from __future__ import annotations

import getpass
import io
import json
import logging
import platform
import re
from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace

import bpy
import numpy as np
import pytest
from fuzzing.mutations import damaged_npz, forged_json, json_text
from refusals import problems, refusal
from scenes import PACKAGE, counts, curves, strips
from ticking import tick_to_the_end


@pytest.fixture
def care(addon) -> SimpleNamespace:
    """The modules under test, with nothing kept before and after."""
    modules = SimpleNamespace(
        log=addon.owner.owned(addon.log.Log), log_file=addon.log.FILE_NAME,
        take_cache=addon.work.take_cache, preferences=addon.preferences,
        problem_report=addon.ui.problem_report, old_files=addon.scene.old_files, orders=addon.work.orders,
        scene_takes=addon.scene.takes, report=addon.sentences, operators_care=addon.operators.care,
        operators_base=addon.operators.base,
    )  # fmt: skip
    modules.preferences.clear_cache()
    yield modules
    modules.preferences.clear_cache()
    for name in ("cache_limit_mb", "log_file", "log_level"):
        modules.preferences.get().property_unset(name)


def keys(addon, obj) -> dict:
    return curves(addon.bl, list(strips(obj).values())[-1])


# Kept takes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layering", ["REPLACE", "COMBINE"])
def test_a_take_comes_back_after_its_file_was_lost(addon, care, character, speech_file, layering):
    character.a2g_layering, character.a2g_body_parts = layering, {"ARMS", "TORSO", "LEGS"}
    bpy.ops.a2g.generate()
    before, recipe = keys(addon, character), strips(character)["Gestures"].action.a2g.recipe
    (path,) = care.take_cache.files()
    assert path.parent == care.preferences.takes_folder()
    assert "Character · voice" in care.take_cache.describe(path)[0]

    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.context.scene.render.fps = 30
    bpy.ops.a2g.add_character()
    obj = bpy.context.active_object
    bpy.ops.ed.undo_push(message="before")
    empty = counts()
    assert bpy.ops.a2g.recover_take(True) == {"FINISHED"}
    after, strip = keys(addon, obj), strips(obj)["Gestures"]
    assert after.keys() == before.keys()
    assert all(np.array_equal(after[name], before[name]) for name in before)
    assert strip.action.a2g.recipe == recipe
    assert strip.blend_type == layering
    assert not strip.action.a2g.is_unfinished
    bpy.ops.ed.undo()
    assert counts() == empty


def test_a_job_keeps_its_takes_and_a_change_is_not_kept(runner, care, character, speech_file):
    character.a2g_take_count = 2
    runner.start(care.orders.gather(bpy.context, character))
    runner.timer.stop()
    tick_to_the_end(runner)
    assert len(care.take_cache.files()) == 2
    bpy.ops.a2g.update_take()
    assert len(care.take_cache.files()) == 2
    newest, older = care.take_cache.files()
    assert [care.take_cache.load(path).recipe.request.seed for path in (newest, older)] == [1, 0]
    bpy.ops.a2g.recover_take(take=older.name)
    assert strips(character)["Gestures 3"].action.a2g.seed == 0


def test_the_oldest_go_first_and_a_limit_of_nothing_keeps_nothing(care, character, speech_file):
    bpy.ops.a2g.generate()
    (path,) = care.take_cache.files()
    kept = care.take_cache.load(path)
    place = care.take_cache.place(bpy.context, character)
    size = path.stat().st_size
    for _ in range(4):
        care.take_cache.keep(replace(place, limit_bytes=int(3.5 * size)), kept.motion, kept.recipe, kept.idle)
    assert len(care.take_cache.files()) == 3
    assert path not in care.take_cache.files()
    assert len(list(place.folder.iterdir())) == 3  # nothing unfinished
    care.preferences.clear_cache()
    care.preferences.get().cache_limit_mb = 0
    bpy.ops.a2g.generate()
    assert care.take_cache.files() == []


def test_a_full_disk_costs_nothing_but_a_warning(care, character, speech_file, monkeypatch):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert "Gestures" in strips(character)
    assert list(care.preferences.takes_folder().iterdir()) == []
    assert "No space left" in "\n".join(care.log.lines())


def test_nothing_kept_is_one_sentence(care, character):
    assert "no finished take is kept" in refusal(bpy.ops.a2g.recover_take).lower()


@pytest.mark.parametrize("damage", ["cut", "noise", "empty", "pickle", "joints", "newer"])
def test_a_damaged_file_is_one_sentence(care, character, speech_file, damage):
    bpy.ops.a2g.generate()
    (path,) = care.take_cache.files()
    data = path.read_bytes()
    if damage in {"joints", "newer", "pickle"}:
        with np.load(path) as arrays:
            values = dict(arrays)
        if damage == "pickle":
            values["quaternions"] = np.array([{}], dtype=object)
        else:
            text = values["about"].tobytes().decode()
            text = text.replace('"left_wrist"', '"paw"') if damage == "joints" else text.replace(
                '"schema": 1', '"schema": 9', 1
            )  # fmt: skip
            values["about"] = np.frombuffer(text.encode(), np.uint8)
        np.savez(path, **values)
    else:
        noisy = data[:300] + b"!" * 300 + data[600:]
        path.write_bytes({"cut": data[: len(data) // 2], "noise": noisy, "empty": b""}[damage])
    care.take_cache.describe.cache_clear()
    text = refusal(bpy.ops.a2g.recover_take)
    assert {"joints": "paw", "newer": "newer version"}.get(damage, "damaged") in text


def test_every_other_damage_is_one_sentence_too(addon, care, character, speech_file):
    bpy.ops.a2g.generate()
    (path,) = care.take_cache.files()
    whole, rng, refused = path.read_bytes(), Random(0), 0
    for _ in range(150):
        path.write_bytes(damaged_npz(whole, rng) if rng.random() < 0.6 else _with_forged_text(whole, rng))
        care.take_cache.describe.cache_clear()
        "".join(care.take_cache.describe(path)).encode()
        try:
            care.take_cache.load(path)
        except addon.a2g_core.errors.A2GError as error:
            assert "\n" not in str(error)
            refused += 1
    assert 50 < refused < 150


def _with_forged_text(whole: bytes, rng: Random) -> bytes:
    with np.load(io.BytesIO(whole)) as arrays:
        values = dict(arrays)
    about = json_text(forged_json(json.loads(values["about"].tobytes()), rng))
    values["about"] = np.frombuffer(about.encode("utf-8", "surrogatepass"), np.uint8)
    file = io.BytesIO()
    np.savez(file, **values)
    return file.getvalue()


def test_a_take_whose_recipe_is_damaged_keeps_the_panel_drawing(addon, care, character, speech_file):
    bpy.ops.a2g.generate()
    action, rng = strips(character)["Gestures"].action, Random(0)
    whole, read = json.loads(action.a2g.recipe), 0
    for _ in range(60):
        action.a2g.recipe = json_text(forged_json(whole, rng)).encode("utf-8", "replace").decode()
        problems(addon, character)
        try:
            addon.scene.recipe.Recipe.from_text(action.a2g.recipe)
            read += 1
        except addon.a2g_core.errors.A2GError as error:
            assert refusal(bpy.ops.a2g.reproduce_take).startswith(error.problem[0].upper() + error.problem[1:10])
    assert read < 60


def test_of_a_damaged_one_that_is_the_newest_it_is_said_and_another_can_be_chosen(care, character, speech_file):
    bpy.ops.a2g.generate()
    bpy.ops.a2g.generate()
    newest, older = care.take_cache.files()
    newest.write_bytes(b"")
    assert "damaged" in refusal(bpy.ops.a2g.recover_take)
    assert [item[0] for item in care.operators_care.kept_takes()] == [older.name]
    assert bpy.ops.a2g.recover_take(take=older.name) == {"FINISHED"}


def test_another_frame_rate_is_refused(care, character, speech_file):
    bpy.ops.a2g.generate()
    bpy.context.scene.render.fps = 24
    assert "30 frames per second" in refusal(bpy.ops.a2g.recover_take)


# Log and report -------------------------------------------------------------------------------------------------------


def test_the_log_remembers_200_lines_whatever_the_console_shows(care):
    care.preferences.get().log_level = "ERROR"
    for i in range(300):
        logging.getLogger(f"{PACKAGE}.jobs").info("line %d", i)
    assert len(care.log.lines()) == 200
    assert care.log.lines()[-1].endswith("INFO bl_ext.user_default.audio2gestures.jobs: line 299")


def test_the_log_file_is_the_users_and_can_be_turned_off(care):
    path = care.preferences.log_folder() / care.log_file
    logging.getLogger(PACKAGE).info("written")
    assert path.read_text(encoding="utf-8").endswith("written\n")
    care.preferences.get().log_file = False
    logging.getLogger(PACKAGE).info("not written")
    assert "not written" not in path.read_text(encoding="utf-8")
    path.write_text("x" * 2_000_000)
    care.preferences.get().log_file = True
    assert path.stat().st_size == 0
    assert "without a window" in refusal(bpy.ops.a2g.open_log)


def test_a_log_file_that_cannot_be_written_is_no_error(care, tmp_path):
    (tmp_path / "file").write_text("")
    care.log.write_to(tmp_path / "file" / "log")
    assert "no log file is written" in care.log.lines()[-1]


def test_the_report_says_what_is_needed_and_nothing_private(addon, care, character, voice, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "ada"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "ada"))
    monkeypatch.setattr(getpass, "getuser", lambda: "lovelace")
    monkeypatch.setattr(platform, "node", lambda: "engine7.example.org")
    folder = tmp_path / "ada" / "Secret Client"
    folder.mkdir(parents=True)
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "shot 4.blend"))
    obj = bpy.context.active_object
    obj.a2g_speech_source, obj.a2g_speech_file = "FILE", str(folder / "take.wav")
    obj.a2g_energy = 1.25
    log = logging.getLogger(f"{PACKAGE}.jobs")
    log.info("opened %s by Lovelace on ENGINE7, from '/mnt/Hidden Client/voice.wav'", bpy.data.filepath)
    log.info(r"and 'D:\Hidden Client\voice.wav'; %s", folder / "other")
    status = bpy.context.window_manager.a2g
    status.failed, status.message = True, "It hums; record it again."
    text = care.problem_report.report_text(bpy.context)
    for private in ("Secret Client/", "Hidden", "lovelace", "engine7", str(tmp_path)):
        assert private.lower() not in text.lower(), private
    for said in (f"Blender {bpy.app.version_string}", f"NumPy {np.__version__}", "Audio2Gestures", "NUMPY",
                 addon.a2g_core.model.checkpoint.load_model().info["sha256"], "55/55 bones", "energy: 1.25", "speech_file: take.wav",  # noqa: E501
                 "It hums", "opened shot 4.blend by <user> on <host>", "…/voice.wav", "<folder>/other"):  # fmt: skip
        assert said in text, said
    assert bpy.ops.a2g.copy_report() == {"FINISHED"}


def test_a_report_without_a_character(care):
    assert "No character is chosen" in care.problem_report.report_text(bpy.context)


def test_jobs_are_logged(care, character, speech_file):
    bpy.ops.a2g.generate()
    assert "made 1 take(s)" in "\n".join(care.log.lines())


# Errors nobody foresaw ------------------------------------------------------------------------------------------------


def test_an_error_that_nobody_foresaw_is_one_sentence_and_its_traceback_is_logged(addon, care, character, monkeypatch):
    def fail(*_args, **_options):
        raise ValueError("boom")

    monkeypatch.setattr(addon.scene.smplx_armature, "add_armature", fail)
    text = refusal(bpy.ops.a2g.add_character)
    assert "boom" in text
    assert "Copy Problem Report" in text
    logged = "\n".join(care.log.lines())
    assert "Traceback" in logged
    assert re.search(r"ValueError: boom$", logged, re.MULTILINE)
    assert "a2g.add_character failed" in logged


# Old files ------------------------------------------------------------------------------------------------------------


def test_a_pin_of_the_first_version_keeps_its_fade(addon, care, character, tmp_path):
    character.a2g_pins.add()
    stored = addon.bl.stored_values(character)["a2g_pins"][0]
    stored["fade_frames"] = 21
    assert "fade_in_frames" not in stored
    path = Path(tmp_path) / "old.blend"
    name = character.name
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    bpy.ops.wm.open_mainfile(filepath=str(path))
    pin = bpy.data.objects[name].a2g_pins[0]
    assert (pin.fade_in_frames, pin.fade_out_frames) == (21, 21)
    pin.fade_in_frames = 3
    care.old_files.update_objects()
    assert (pin.fade_in_frames, pin.fade_out_frames) == (3, 21)
