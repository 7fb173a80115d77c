"""Sliders that change the playing take, with the timers' ticks made by hand: timers do not run in background mode."""

from __future__ import annotations

import time

import bpy
import numpy as np
import pytest
from scenes import curves, strips
from ticking import run_timers


@pytest.fixture
def live(watching, addon, character, speech_file, monkeypatch):
    """Live updates as they are with an interface; the character has a take on frames 37 to 156."""
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.05)
    bpy.ops.a2g.generate()
    bpy.context.scene.frame_set(60)
    return watching


def keys(addon, obj) -> np.ndarray:
    found = curves(addon.bl, strips(obj)["Gestures"])
    return np.stack([found[path][:, 1] for path in sorted(found)], axis=1)


def test_a_moved_slider_changes_the_playing_take(addon, runner, character, live):
    before = keys(addon, character)
    character.a2g_posture = 1.0
    run_timers(live, runner)
    after = keys(addon, character)
    assert (before != after).any(axis=1).all()
    assert list(strips(character)) == ["Gestures"]
    recipe = addon.scene.recipe.Recipe.from_text(strips(character)["Gestures"].action.a2g.recipe)
    assert recipe.request.controls.posture == 1.0
    character.a2g_posture = 0.0
    run_timers(live, runner)
    np.testing.assert_array_equal(keys(addon, character), before)


def test_the_frames_around_the_current_one_come_first(addon, engine, runner, character, live, monkeypatch):
    spans = []
    real = engine.generate

    def watched(heard, model, request, **options):
        spans.append(request.span)
        return real(heard, model, request, **options)

    monkeypatch.setattr(engine, "generate", watched)
    monkeypatch.setattr(addon.work.live, "AFTER_S", 1.0)
    character.a2g_calm = 1.0
    run_timers(live, runner)
    assert spans == [(0, 53), (0, 120)]


def test_a_half_shown_slider_leaves_the_recipe_of_before(addon, runner, character, live, monkeypatch):
    """Whatever happens until the rest follows, the take goes on saying what most of it is."""
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 1e9)
    monkeypatch.setattr(addon.work.live, "AFTER_S", 1.0)
    before = keys(addon, character)
    character.a2g_posture = 1.0
    while not live.is_window_shown or runner.is_busy:
        live.tick()
        runner.tick()
        time.sleep(0.005)
    after = keys(addon, character)
    assert (before != after).any(axis=1)[:53].all() and not (before != after).any(axis=1)[53:].any()
    assert (
        addon.scene.recipe.Recipe.from_text(strips(character)["Gestures"].action.a2g.recipe).request.controls.posture
        == 0.0
    )


def test_many_moves_end_where_the_slider_ends(addon, runner, character, live):
    for value in np.linspace(0, 1, 8):
        character.a2g_posture = value
        live.tick()
        runner.tick()
    run_timers(live, runner)
    moved = keys(addon, character)
    bpy.ops.a2g.update_take()
    np.testing.assert_array_equal(keys(addon, character), moved)


def test_an_edited_take_is_left_alone_and_says_so(addon, runner, character, live):
    strip = strips(character)["Gestures"]
    curve = next(iter(addon.bl.fcurves(strip.action, addon.bl.first_slot(strip.action))))
    curve.keyframe_points[20].co[1] += 0.5
    before = keys(addon, character)
    character.a2g_posture = 1.0
    run_timers(live, runner)
    np.testing.assert_array_equal(keys(addon, character), before)
    assert "edited by hand" in bpy.context.window_manager.a2g.message


def test_nothing_happens_when_it_is_off_or_no_take_plays(addon, runner, character, live):
    before = keys(addon, character)
    character.a2g_live = False
    character.a2g_posture = 1.0
    assert run_timers(live, runner) == 0
    character.a2g_live = True
    strips(character)["Gestures"].mute = True
    character.a2g_posture = 0.5
    assert run_timers(live, runner) == 0
    np.testing.assert_array_equal(keys(addon, character), before)


def test_a_character_deleted_meanwhile_is_no_error(addon, runner, character, live):
    character.a2g_posture = 1.0
    live.tick()
    bpy.data.objects.remove(character)
    run_timers(live, runner)
    assert not runner.is_busy


# Undo -----------------------------------------------------------------------------------------------------------------


def state(addon) -> tuple[float, bytes, str]:
    """The slider, all keys, and what the take says of itself; from the file, as undo has it."""
    obj = bpy.data.objects["Character"]
    return obj.a2g_energy, keys(addon, obj).tobytes(), strips(obj)["Gestures"].action.a2g.recipe


def drag(live, runner, character, *values: float) -> None:
    """Move the slider as a hand does: it shows near the current frame meanwhile, and Blender makes a step then."""
    for value in values:
        character.a2g_energy = value
        while not live.is_window_shown or runner.is_busy:
            live.tick()
            runner.tick()
            time.sleep(0.005)
    bpy.ops.ed.undo_push(message="Energy")


def test_one_undo_after_a_drag_brings_back_slider_and_keys(addon, runner, character, live, monkeypatch):
    monkeypatch.setattr(addon.work.live, "AFTER_S", 1.0)
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.2)
    bpy.ops.ed.undo_push(message="before")
    before = state(addon)
    drag(live, runner, character, 0.8, 0.5)
    run_timers(live, runner)
    after = state(addon)
    assert after[0] == 0.5 and after[1] != before[1]
    bpy.ops.ed.undo()
    assert run_timers(live, runner) == 0
    assert state(addon) == before
    bpy.ops.ed.redo()
    run_timers(live, runner)
    assert state(addon)[:2] == after[:2]


def test_undo_of_a_later_step_comes_back_to_a_take_that_follows(addon, runner, character, live, monkeypatch):
    monkeypatch.setattr(addon.work.live, "AFTER_S", 1.0)
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.2)
    drag(live, runner, character, 0.5)
    run_timers(live, runner)
    after = state(addon)
    character.location.x = 2.0
    bpy.ops.ed.undo_push(message="moved")
    bpy.ops.ed.undo()
    run_timers(live, runner)
    assert state(addon)[:2] == after[:2]
    assert bpy.data.objects["Character"].location.x == 0.0


def test_what_compares_the_take_does_not_follow_in_its_place(addon, runner, character, live, monkeypatch):
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.2)
    bpy.ops.a2g.compare_take()
    drag(live, runner, character, 0.5)
    run_timers(live, runner)
    after, n_actions = state(addon), len(bpy.data.actions)
    bpy.ops.ed.undo_push(message="later")
    bpy.ops.ed.undo()
    run_timers(live, runner)
    assert state(addon)[:2] == after[:2]
    assert len(bpy.data.actions) == n_actions


def test_undo_while_the_take_follows_leaves_the_keys_of_before(addon, runner, character, live, monkeypatch):
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.2)
    bpy.ops.ed.undo_push(message="before")
    before = state(addon)
    drag(live, runner, character, 0.5)
    live.tick()
    bpy.ops.ed.undo()
    run_timers(live, runner)
    assert state(addon) == before


def test_a_take_that_follows_says_how_far_it_is_and_can_be_ended(addon, runner, character, live):
    status, shown = bpy.context.window_manager.a2g, []
    character.a2g_energy = 0.5
    while live.tick() is not None or runner.is_busy:
        runner.tick()
        shown.append(status.following)
        if status.following:
            bpy.ops.a2g.cancel()
        time.sleep(0.005)
    assert True in shown and not status.following
    recipe = addon.scene.recipe.Recipe.from_text(strips(character)["Gestures"].action.a2g.recipe)
    assert recipe.request.controls.energy == 1.0
    assert not strips(character)["Gestures"].action.a2g.is_following


@pytest.mark.parametrize("after_s", [1.0, 60.0])
def test_handles_follow_once_the_slider_rests(addon, runner, character, live, monkeypatch, after_s):
    """Whether the frames that followed at once were some of the take or all: keys are as those of a new take."""
    monkeypatch.setattr(addon.work.live, "AFTER_S", after_s)
    for posture in (0.5, 1.0):
        character.a2g_posture = posture
        run_timers(live, runner)
    action = strips(character)["Gestures"].action
    for curve in addon.bl.fcurves(action, addon.bl.first_slot(action)):
        keyed = curve.keyframe_points
        found, wanted = np.empty((2, 2 * len(keyed)), np.float32)
        keyed.foreach_get("handle_left", found)
        keyed.handles_recalc()
        keyed.foreach_get("handle_left", wanted)
        np.testing.assert_array_equal(found, wanted)
