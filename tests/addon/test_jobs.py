"""The job on its thread, with the timer's ticks made by hand: timers do not run in background mode."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import bpy
import pytest
from scenes import counts, strips


@pytest.fixture
def start(addon, character, speech_file):
    """Starts a job as the button does."""

    def begin() -> None:
        request = addon.operators.generate._Generates.request(SimpleNamespace(), bpy.context)
        addon.jobs.start(request)
        bpy.app.timers.unregister(addon.jobs.tick)

    yield begin
    addon.jobs.abandon()


def tick_to_the_end(jobs, limit_s: float = 60.0) -> None:
    end = time.monotonic() + limit_s
    while jobs.tick() is not None:
        assert time.monotonic() < end, "the job does not end"
        time.sleep(0.02)


def test_a_finished_job_is_written_as_one_undo_step(addon, character, start):
    bpy.ops.ed.undo_push(message="before")
    before = counts()
    start()
    status = bpy.context.window_manager.a2g
    assert status.running
    assert "being generated" in addon.operators.A2G_OT_generate.disabled_reason(bpy.context)
    tick_to_the_end(addon.jobs)
    assert (status.running, status.failed, status.message) == (False, False, "")
    assert "Gestures" in strips(character)
    bpy.ops.ed.undo()
    assert counts() == before


def test_cancel_writes_nothing(addon, character, start, monkeypatch):
    begun = threading.Event()

    def endless(*_args, should_cancel, **_options):
        begun.set()
        while not should_cancel():
            time.sleep(0.01)
        raise addon.errors.Cancelled

    monkeypatch.setattr(addon.jobs, "generate", endless)
    before = counts()
    start()
    assert begun.wait(20)
    assert addon.jobs.tick() is not None
    assert bpy.ops.a2g.cancel() == {"FINISHED"}
    tick_to_the_end(addon.jobs)
    assert counts() == before
    assert bpy.context.window_manager.a2g.message == "Cancelled"
    assert not bpy.context.window_manager.a2g.failed
    assert addon.operators.A2G_OT_generate.disabled_reason(bpy.context) == ""


def test_opening_another_file_ends_the_job(addon, start, monkeypatch):
    ended = threading.Event()

    def endless(*_args, should_cancel, **_options):
        while not should_cancel():
            time.sleep(0.01)
        ended.set()
        raise addon.errors.Cancelled

    monkeypatch.setattr(addon.jobs, "generate", endless)
    start()
    bpy.ops.wm.read_homefile(use_empty=True)
    assert ended.is_set()
    assert not bpy.context.window_manager.a2g.running
    assert addon.jobs.tick() is None
    assert len(bpy.data.actions) == 0


@pytest.mark.parametrize("delete", [lambda obj: bpy.data.objects.remove(obj), lambda _obj: bpy.ops.object.delete()])
def test_a_character_deleted_meanwhile_is_one_sentence(addon, character, start, delete):
    start()
    delete(character)
    tick_to_the_end(addon.jobs)
    status = bpy.context.window_manager.a2g
    assert status.failed
    assert "was deleted" in status.message
    assert len(bpy.data.actions) == 0


def test_a_renamed_character_is_found_again(addon, character, start):
    start()
    character.name = "Somebody Else"
    tick_to_the_end(addon.jobs)
    assert "Gestures" in strips(bpy.data.objects["Somebody Else"])


@pytest.mark.parametrize("error", ["A2G", "bug"])
def test_an_error_on_the_thread_is_told(addon, start, monkeypatch, error):
    def fail(*_args, **_options):
        raise addon.errors.AudioError("it hums", "record it again") if error == "A2G" else ValueError("boom")

    monkeypatch.setattr(addon.jobs, "generate", fail)
    start()
    tick_to_the_end(addon.jobs)
    status = bpy.context.window_manager.a2g
    assert status.failed
    assert status.message == "It hums; record it again." if error == "A2G" else "boom" in status.message
