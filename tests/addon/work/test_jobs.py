"""The job on its thread, with the timer's ticks made by hand: timers do not run in background mode."""

from __future__ import annotations

import threading
import time

import bpy
import pytest
from scenes import counts, curves, strips
from ticking import tick_to_the_end


@pytest.fixture
def start(addon, runner, character, speech_file):
    """Starts a job as the button does."""

    def begin() -> None:
        runner.start(addon.work.orders.gather(bpy.context, addon.ui.state.character(bpy.context)))
        runner.timer.stop()

    return begin


def test_a_finished_job_is_written_as_one_undo_step(addon, runner, character, start):
    bpy.ops.ed.undo_push(message="before")
    before = counts()
    start()
    status = bpy.context.window_manager.a2g
    assert status.running
    assert "being generated" in addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context)
    tick_to_the_end(runner)
    assert (status.running, status.failed, status.message) == (False, False, "")
    assert "Gestures" in strips(character)
    bpy.ops.ed.undo()
    assert counts() == before


def test_keys_are_written_in_pieces(addon, runner, character, start, monkeypatch):
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    start()
    ticks = []
    while runner.tick() is not None:
        unfinished = [action for action in bpy.data.actions if action.a2g.is_unfinished]
        ticks.append((len(unfinished), sum(len(list(addon.bl.curve_owner(a).fcurves)) for a in unfinished)))
        assert ("Gestures" in strips(character)) == (len(bpy.data.actions) > len(unfinished))
        time.sleep(0.002)
    written = [curves for n, curves in ticks if n]
    assert written == sorted(written) and len(set(written)) > 20
    assert not strips(character)["Gestures"].action.a2g.is_unfinished


def test_undo_while_keys_are_written_starts_over(addon, runner, character, start, monkeypatch):
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    bpy.ops.ed.undo_push(message="one")
    character.location.x = 1
    bpy.ops.ed.undo_push(message="two")
    start()
    while not any(action.a2g.is_unfinished for action in bpy.data.actions):
        assert runner.tick() is not None
        time.sleep(0.002)
    bpy.ops.ed.undo()
    tick_to_the_end(runner)
    character = bpy.data.objects["SMPL-X"]
    found = curves(addon.bl, strips(character)["Gestures"])
    assert len(found) == 52 * 4 + 3
    assert not [action for action in bpy.data.actions if action.users == 0]


def test_cancel_while_keys_are_written_leaves_nothing(addon, runner, character, start, monkeypatch):
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    before = counts()
    start()
    while not len(bpy.data.actions):
        assert runner.tick() is not None
        time.sleep(0.002)
    bpy.ops.a2g.cancel()
    tick_to_the_end(runner)
    assert counts() == before


def test_cancel_writes_nothing(addon, engine, runner, character, start, monkeypatch):
    begun = threading.Event()

    def endless(*_args, should_cancel, **_options):
        begun.set()
        while not should_cancel():
            time.sleep(0.01)
        raise addon.a2g_core.errors.Cancelled

    monkeypatch.setattr(engine, "generate", endless)
    before = counts()
    start()
    assert begun.wait(20)
    assert runner.tick() is not None
    assert bpy.ops.a2g.cancel() == {"FINISHED"}
    tick_to_the_end(runner)
    assert counts() == before
    assert bpy.context.window_manager.a2g.message == "Cancelled"
    assert not bpy.context.window_manager.a2g.failed
    assert addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context) == ""


def test_opening_another_file_ends_the_job(addon, engine, runner, start, monkeypatch):
    begun, ended = threading.Event(), threading.Event()

    def endless(*_args, should_cancel, **_options):
        begun.set()
        while not should_cancel():
            time.sleep(0.01)
        ended.set()
        raise addon.a2g_core.errors.Cancelled

    monkeypatch.setattr(engine, "generate", endless)
    start()
    assert begun.wait(20)
    bpy.ops.wm.read_homefile(use_empty=True)
    assert ended.is_set()
    assert not bpy.context.window_manager.a2g.running
    assert runner.tick() is None
    assert len(bpy.data.actions) == 0


@pytest.mark.parametrize("delete", [lambda obj: bpy.data.objects.remove(obj), lambda _obj: bpy.ops.object.delete()])
def test_a_character_deleted_meanwhile_is_one_sentence(addon, runner, character, start, delete):
    start()
    delete(character)
    tick_to_the_end(runner)
    status = bpy.context.window_manager.a2g
    assert status.failed
    assert "was deleted" in status.message
    assert len(bpy.data.actions) == 0


def test_a_renamed_character_is_found_again(addon, runner, character, start):
    start()
    character.name = "Somebody Else"
    tick_to_the_end(runner)
    assert "Gestures" in strips(bpy.data.objects["Somebody Else"])


@pytest.mark.parametrize("error", ["A2G", "bug"])
def test_an_error_on_the_thread_is_told(addon, engine, runner, start, monkeypatch, error):
    def fail(*_args, **_options):
        raise addon.a2g_core.errors.AudioError("it hums", "record it again") if error == "A2G" else ValueError("boom")

    monkeypatch.setattr(engine, "generate", fail)
    start()
    tick_to_the_end(runner)
    status = bpy.context.window_manager.a2g
    assert status.failed
    assert status.message == "It hums; record it again." if error == "A2G" else "boom" in status.message
