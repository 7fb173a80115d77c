"""A line that was edited, timed anew or recorded again: Update Take makes a take of it with the gestures of the one
before.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import bpy
import numpy as np
import pytest
from places import ROOT
from refusals import problems, refusal
from scenes import PACKAGE, RATE_HZ, curves, cut, key_clip, place_sound, select_only, strips, turn, write_wav
from ticking import run_timers, tick_to_the_end
from written_models import SMALL, write_model

TORCH_PYTHON = Path(os.environ.get("A2G_TORCH_PYTHON", ROOT / ".venv/bin/python"))
START, FPS = 37, 30
PHRASES_S = (9.0, 6.0, 9.0)
"""Of the line as it is first spoken; each ends with a pause of 0.6 s."""

MADE = [("Gestures", True), ("Gestures 2", False)]
"""The take of the line as it was, and that of the line as it is now: which of them is muted."""


def phrase(seconds: float, number: int, slower: float = 1.0) -> np.ndarray:
    """Syllables of different strength in a noisy voice; the number tells what is said. slower: how much slower."""
    rng = np.random.default_rng(number)
    t = np.arange(round(seconds * slower * RATE_HZ)) / RATE_HZ / slower
    strengths = rng.uniform(0.15, 1, round(3.5 * seconds))
    syllables = np.clip(np.sin(2 * np.pi * 3.5 * t), 0, 1) * np.interp(3.5 * t, np.arange(len(strengths)), strengths)
    return syllables * (t < seconds - 0.6) * rng.normal(0, 0.2, len(t))


def line(middle: np.ndarray | None = None, before: int = 0) -> np.ndarray:
    """Three phrases. middle: another second one. before: frames of silence before it begins."""
    first, second, third = (phrase(seconds, number) for number, seconds in enumerate(PHRASES_S))
    silence = np.zeros(before * RATE_HZ // FPS)
    return np.concatenate([silence, first, second if middle is None else middle, third])


@pytest.fixture
def say(character, tmp_path):
    """Lets the character speak these samples, from a file of its own."""

    def speak(samples: np.ndarray, name: str) -> None:
        character.a2g_speech_source, character.a2g_start_frame = "FILE", START
        character.a2g_speech_file = str(write_wav(tmp_path / f"{name}.wav", samples))

    return speak


@pytest.fixture
def talking(addon, character, say, tmp_path):
    """The character with a take of the line, by a model that plans."""
    preferences = bpy.context.preferences.addons[PACKAGE].preferences
    config = addon.a2g_core.model.config.Config().replace(name="planned", **SMALL["planned"])
    preferences.model_file = str(write_model(addon, tmp_path / "planned.safetensors", config, seed=0))
    say(line(), "first")
    bpy.context.scene.frame_end = 900
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    yield character
    preferences.model_file = ""


def keys(addon, obj, track: str = "Gestures") -> np.ndarray:
    """Values (frames, curves) of a take."""
    found = curves(addon.bl, strips(obj)[track])
    return np.stack([found[path][:, 1] for path in sorted(found)], axis=1)


def recipe(addon, obj, track: str = "Gestures"):
    return addon.scene.recipe.Recipe.from_text(strips(obj)[track].action.a2g.recipe)


def assert_same_poses(one: np.ndarray, other: np.ndarray) -> None:
    """Later in a file, sums are rounded otherwise, and a quaternion may have the other sign."""
    np.testing.assert_allclose(np.abs(one), np.abs(other), atol=1e-3)


def assert_kept_outside(before: np.ndarray, after: np.ndarray, longer: int) -> None:
    """Motion some seconds before and after the second phrase is as it was; the line is longer by so many frames."""
    first, stop = (round(FPS * seconds) for seconds in np.cumsum(PHRASES_S)[:2])
    around = 4 * FPS
    assert len(after) == len(before) + longer
    np.testing.assert_array_equal(after[: first - around], before[: first - around])
    # The weight that was shifted before the next phrase comes back in it a little sooner or later, where its beginning
    # is heard otherwise.
    np.testing.assert_allclose(np.abs(after[stop + around + longer :]), np.abs(before[stop + around :]), atol=0.03)
    assert np.abs(after[first:stop] - before[first:stop]).max() > 0.01


# What is kept ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "longer"), [(6.0, 0), (8.0, 60), (4.0, -60)])
def test_phrases_around_one_that_was_replaced_keep_their_motion(addon, talking, say, seconds, longer):
    before = keys(addon, talking)
    say(line(phrase(seconds, number=9)), "second")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert [(name, strip.mute) for name, strip in strips(talking).items()] == [
        ("Gestures", True),
        ("Gestures 2", False),
    ]
    np.testing.assert_array_equal(keys(addon, talking), before)
    assert_kept_outside(before, keys(addon, talking, "Gestures 2"), longer)
    assert strips(talking)["Gestures 2"].frame_start == START


def test_a_phrase_that_is_said_otherwise_keeps_its_gestures(addon, talking, say):
    """Slower by a tenth and not as loud: the same moments are performed at its accents, not those of a new take."""

    def performed(track: str, slower: float) -> list[int]:
        first = PHRASES_S[0]
        end = first + slower * (PHRASES_S[1] - 0.6)
        return [cue.moment for cue in recipe(addon, talking, track).plan.cues if first < cue.at_s < end]

    was = performed("Gestures", 1.0)
    assert len(was) >= 4
    say(line(0.6 * phrase(PHRASES_S[1], number=1, slower=1.1)), "second")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    kept, anew = (
        sum(one == other for one, other in zip(performed(track, 1.1), was)) for track in ("Gestures 2", "Gestures 3")
    )
    assert kept >= 0.75 * len(was) > anew


def test_parts_that_were_performed_otherwise_are_kept_too(addon, talking, say):
    """A range in the first phrase, and the third phrase twice: their pieces are in no seed."""
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, START + 30, START + 100
    assert bpy.ops.a2g.regenerate_range() == {"FINISHED"}
    scene.frame_set(START + 20 * FPS)
    for _ in range(2):
        assert bpy.ops.a2g.change_phrase() == {"FINISHED"}
    before = keys(addon, talking)
    assert len(recipe(addon, talking).request.choices) == 2
    say(line(phrase(8.0, number=9)), "second")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert recipe(addon, talking, "Gestures 2").request.choices == ()
    assert_kept_outside(before, keys(addon, talking, "Gestures 2"), longer=60)


def test_a_take_moves_with_its_line(addon, talking, say):
    """A second of silence before: the same take, a second later."""
    before = keys(addon, talking)
    say(line(before=FPS), "later")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    # Where the voice begins on the very first frame, it is heard up to a frame earlier, and there is less room to shift
    # the weight as it begins: that comes back up to ten seconds later.
    settled = 10 * FPS
    assert_same_poses(keys(addon, talking, "Gestures 2")[FPS + settled : -60], before[settled:-60])


def test_the_worker_keeps_them_too(addon, engine, talking, say):
    if not TORCH_PYTHON.is_file():
        pytest.skip("needs a Python with torch: .venv of scripts/test.py, or A2G_TORCH_PYTHON")
    say(line(phrase(8.0, number=9)), "second")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    inside = keys(addon, talking, "Gestures 2")
    bpy.ops.a2g.use_take(track="Gestures")
    preferences = bpy.context.preferences.addons[PACKAGE].preferences
    preferences.engine, preferences.worker_python, preferences.device = "WORKER", str(TORCH_PYTHON), "CPU"
    try:
        assert bpy.ops.a2g.update_take() == {"FINISHED"}
    finally:
        preferences.engine, preferences.worker_python, preferences.device = "NUMPY", "", "AUTO"
    assert_same_poses(keys(addon, talking, "Gestures 3"), inside)
    assert recipe(addon, talking, "Gestures 3").plan == recipe(addon, talking, "Gestures 2").plan


# The new take ---------------------------------------------------------------------------------------------------------


def test_it_is_a_take_like_any_other(addon, talking, say):
    """Made once more, changed in place and spoken anew again."""
    say(line(phrase(8.0, number=9)), "second")
    bpy.ops.a2g.update_take()
    made = recipe(addon, talking, "Gestures 2")
    assert (made.speech, made.n_frames, made.request.seed) == ("second.wav", 26 * FPS, 0)
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    np.testing.assert_array_equal(keys(addon, talking, "Gestures 3"), keys(addon, talking, "Gestures 2"))
    bpy.ops.a2g.use_take(track="Gestures 2")
    before = keys(addon, talking, "Gestures 2")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert list(strips(talking)) == ["Gestures", "Gestures 2", "Gestures 3"]
    np.testing.assert_array_equal(keys(addon, talking, "Gestures 2"), before)
    bpy.context.scene.frame_set(START + 12 * FPS)
    assert bpy.ops.a2g.change_phrase() == {"FINISHED"}
    assert not np.array_equal(keys(addon, talking, "Gestures 2"), before)
    assert bpy.ops.a2g.change_phrase(direction="PREVIOUS") == {"FINISHED"}
    np.testing.assert_array_equal(keys(addon, talking, "Gestures 2"), before)
    say(line(), "third")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    first, fourth = keys(addon, talking), keys(addon, talking, "Gestures 4")
    np.testing.assert_array_equal(fourth[: 5 * FPS], first[: 5 * FPS])
    assert_same_poses(fourth[19 * FPS :], first[19 * FPS :])


def test_a_part_performed_otherwise_is_all_that_changes(addon, talking):
    """What is written in place is what the whole take would be."""
    scene = bpy.context.scene
    for first in (60, 250, 700):
        scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = (
            True,
            START + first,
            START + first + 25,
        )
        assert bpy.ops.a2g.regenerate_range() == {"FINISHED"}
    scene.frame_set(START + 12 * FPS)
    assert bpy.ops.a2g.change_phrase() == {"FINISHED"}
    assert list(strips(talking)) == ["Gestures"]
    in_place = keys(addon, talking)
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    np.testing.assert_array_equal(keys(addon, talking, "Gestures 2"), in_place)


def test_sliders_and_pins_of_now_are_followed(addon, talking, say):
    strip = key_clip(addon.bl, talking, "wave", START + 600, {"left_elbow": turn(1, np.linspace(0, -1.5, 40))})
    select_only(talking, strip)
    bpy.ops.a2g.pin_clips()
    talking.a2g_energy = 0.25
    say(line(phrase(8.0, number=9)), "second")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    made = recipe(addon, talking, "Gestures 2")
    assert made.request.controls.energy == 0.25 and [pin.name for pin in made.pins] == ["wave"]
    assert made.plan.cues[0].moment == recipe(addon, talking).plan.cues[0].moment


def test_keys_that_she_edited_stay_in_the_old_take(addon, talking, say):
    strip = strips(talking)["Gestures"]
    curve = next(iter(addon.bl.fcurves(strip.action, addon.bl.first_slot(strip.action))))
    curve.keyframe_points[100].co[1] += 0.25
    mine, text = keys(addon, talking), strip.action.a2g.recipe
    say(line(phrase(8.0, number=9)), "second")
    bpy.ops.a2g.update_take()
    np.testing.assert_array_equal(keys(addon, talking), mine)
    assert strips(talking)["Gestures"].action.a2g.recipe == text


def test_a_job_makes_it_as_one_undo_step(addon, runner, talking, say):
    say(line(phrase(8.0, number=9)), "second")
    bpy.ops.ed.undo_push(message="before")
    before = keys(addon, talking)
    runner.start(addon.work.changes.updated(bpy.context, talking))
    tick_to_the_end(runner)
    assert not bpy.context.window_manager.a2g.failed
    assert [(name, strip.mute) for name, strip in strips(talking).items()] == MADE
    assert len(keys(addon, talking, "Gestures 2")) == len(before) + 60
    bpy.ops.ed.undo()
    obj = bpy.data.objects["Character"]
    assert [(name, strip.mute) for name, strip in strips(obj).items()] == [("Gestures", False)]
    assert len(bpy.data.actions) == 1


def test_a_job_that_is_cancelled_leaves_nothing(addon, runner, talking, say):
    """Before it has written anything, while it writes, and when its take is on a track already."""
    before, text = keys(addon, talking), strips(talking)["Gestures"].action.a2g.recipe
    say(line(phrase(8.0, number=9)), "second")
    for reached in (lambda: True, lambda: len(bpy.data.actions) == 2, lambda: runner.job.is_attached):
        runner.start(addon.work.changes.updated(bpy.context, talking))
        runner.job.thread.join()
        while not reached():
            runner.tick()
        runner.cancel()
        tick_to_the_end(runner)
        assert [(name, strip.mute) for name, strip in strips(talking).items()] == [("Gestures", False)]
        assert len(bpy.data.actions) == 1
    np.testing.assert_array_equal(keys(addon, talking), before)
    assert strips(talking)["Gestures"].action.a2g.recipe == text


def test_a_strip_that_was_cut_says_so(addon, scene, talking, tmp_path):
    """Its length tells; Update Take is the button beside it."""
    talking.a2g_speech_source = "STRIP"
    strip = place_sound(scene, write_wav(tmp_path / "strip.wav", line()), START, START + 600, start=START)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    words = "speech 'voice' is 540 frames long, but its take was made for 600"
    assert not [problem for problem in problems(addon) if "frames long" in problem.text]
    cut(strip, START, START + 540)
    before = keys(addon, talking, "Gestures 2")
    warned = [problem for problem in problems(addon) if words in problem.text.lower()]
    assert [fix.operator for fix in warned[0].fixes] == ["a2g.update_take"]
    assert addon.operators.generate.A2G_OT_generate.disabled_reason(bpy.context) == ""
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert problems(addon) == []
    np.testing.assert_array_equal(keys(addon, talking, "Gestures 3")[:400], before[:400])


# What is refused ------------------------------------------------------------------------------------------------------


def test_other_commands_say_that_update_take_comes_first(addon, talking, say):
    before = keys(addon, talking)
    say(line(phrase(8.0, number=9)), "second")
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, START + 30, START + 90
    for name in ("reproduce_take", "regenerate_range", "change_phrase"):
        assert "use Update Take for a new take with its gestures" in refusal(getattr(bpy.ops.a2g, name)), name
    np.testing.assert_array_equal(keys(addon, talking), before)


def test_a_take_without_a_plan_is_left_as_it_is(addon, talking, say):
    """As of an earlier version, or of a model that does not plan."""
    action = strips(talking)["Gestures"].action
    action.a2g.recipe = json.dumps({**json.loads(action.a2g.recipe), "plan": None})
    say(line(phrase(8.0, number=9)), "second")
    assert "use Generate Gestures for a new take" in refusal(bpy.ops.a2g.update_take)
    assert list(strips(talking)) == ["Gestures"]


def test_a_plan_is_of_one_style(addon, talking, say):
    """Another style has other gestures, in place; of another line it is a take of its own, like any new one."""
    planned = recipe(addon, talking).plan
    drawn = recipe(addon, talking).drawn_style
    talking.a2g_style = "Near" if drawn == "Far" else "Far"
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert list(strips(talking)) == ["Gestures"]
    other = recipe(addon, talking).plan
    assert {cue.moment for cue in other.cues}.isdisjoint(cue.moment for cue in planned.cues)
    say(line(phrase(8.0, number=9)), "second")
    talking.a2g_style = drawn
    assert "use Update Take" in refusal(bpy.ops.a2g.update_take)


def test_live_update_leaves_a_take_of_another_line_alone(addon, runner, watching, talking, say, monkeypatch):
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.05)
    before = keys(addon, talking)
    say(line(phrase(8.0, number=9)), "second")
    bpy.context.scene.frame_set(START + 60)
    talking.a2g_energy = 0.25
    run_timers(watching, runner)
    assert list(strips(talking)) == ["Gestures"]
    np.testing.assert_array_equal(keys(addon, talking), before)
    assert "use Update Take" in bpy.context.window_manager.a2g.message
