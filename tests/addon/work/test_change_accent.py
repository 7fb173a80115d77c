"""Accents of a take, by operator and by a click in its lane: what changes, how it is kept, and what the lanes show."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from refusals import refusal
from scenes import RATE_HZ, curves, place_sound, strips, write_wav
from ticking import tick_to_the_end
from waiting import wait_until

START = 37
SAID_S = (0.8, 2.0, 3.1, 5.2, 6.4, 7.7)
"""When the loud syllables are; there is a pause from 3.7 to 4.6 s."""


def bursts(shift_s: float = 0.0, until_s: float = 9.0) -> np.ndarray:
    """A noisy voice with soft syllables, and loud ones at known times."""
    t = np.arange(round(9 * RATE_HZ)) / RATE_HZ
    soft = 0.12 * np.clip(np.sin(2 * np.pi * 4 * t), 0.1, 1) * ((t < 3.7) | (t > 4.6))
    loud = sum(np.exp(-0.5 * ((t - at_s) / 0.06) ** 2) for at_s in SAID_S)
    samples = (soft + loud) * np.random.default_rng(2).normal(0, 0.2, len(t))
    return np.concatenate([np.zeros(round(shift_s * RATE_HZ)), samples[: round(until_s * RATE_HZ)]])


@pytest.fixture
def talking(character, tmp_path):
    """The character with a take of it."""
    path = write_wav(tmp_path / "bursts.wav", bursts())
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(path), START
    bpy.context.scene.frame_end = 400
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    return character


@pytest.fixture
def lanes(addon):
    """What a character's lanes show once its speech was heard, by editor."""
    hearing = addon.owner.owned(addon.work.hearing.Hearing)

    def shown(obj, editor="NLA_EDITOR"):
        addon.ui.speech_lanes.provide(bpy.context, obj)  # has it heard
        wait_until(lambda: hearing.tick() is None)
        return [lane for lane in addon.ui.speech_lanes.provide(bpy.context, obj) if editor in lane.editors]

    return shown


def keys(addon, obj, track: str = "Gestures") -> np.ndarray:
    """Values (frames, curves) of a take."""
    found = curves(addon.bl, strips(obj)[track])
    return np.stack([found[path][:, 1] for path in sorted(found)], axis=1)


def moved(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Scene frames whose keys differ."""
    return START + np.flatnonzero((before != after).any(axis=1))


def accents(addon, obj, track: str = "Gestures") -> list[tuple[float, float]]:
    """Time and strength of a take's accents that are not as heard."""
    recipe = addon.scene.take_list.recipe_of(strips(obj)[track])
    return [(round(a.at_s, 1), a.strength) for a in recipe.request.accents]


def test_the_accent_nearest_to_the_frame_changes_what_is_within_its_reach_step_by_step(addon, talking):
    before = keys(addon, talking)
    bpy.context.scene.frame_current = START + round(5.2 * 30) + 6
    assert bpy.ops.a2g.change_accent() == {"FINISHED"}
    assert accents(addon, talking) == [(5.2, 1.5)]
    frames = moved(before, keys(addon, talking))
    assert len(frames) and abs(frames - (START + 5.2 * 30)).max() <= 0.7 * 30 + 1
    bpy.ops.a2g.change_accent(direction="STRONGER")
    assert accents(addon, talking) == [(5.2, 2.0)]
    assert "as strong as it can be" in refusal(bpy.ops.a2g.change_accent)
    assert list(strips(talking)) == ["Gestures"]
    bpy.ops.a2g.change_accent(direction="AS_HEARD")
    assert accents(addon, talking) == [] and not len(moved(before, keys(addon, talking)))
    assert "as it is heard" in refusal(lambda: bpy.ops.a2g.change_accent(direction="AS_HEARD"))
    for _step in range(2):
        bpy.ops.a2g.change_accent(direction="WEAKER", frame=START + 2.0 * 30)
    assert accents(addon, talking) == [(2.0, 0.0)]
    assert "as weak as it can be" in refusal(lambda: bpy.ops.a2g.change_accent(direction="WEAKER", frame=START + 60))
    assert "No accent is near" in refusal(lambda: bpy.ops.a2g.change_accent(frame=START + 4000))


def test_the_recipe_makes_it_again_and_update_keeps_it(addon, talking):
    bpy.ops.a2g.change_accent(frame=START + 2.0 * 30)
    bpy.ops.a2g.change_accent(frame=START + 6.4 * 30, direction="WEAKER")
    changed = keys(addon, talking)
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    assert not len(moved(changed, keys(addon, talking, "Gestures 2")))
    talking.a2g_energy = 1.4
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert accents(addon, talking, "Gestures 2") == [(2.0, 1.5), (6.4, 0.5)]


def test_a_part_that_was_edited_by_hand_is_kept_and_another_part_is_changed_in_place(addon, talking):
    strip = strips(talking)["Gestures"]
    curve = next(iter(addon.bl.fcurves(strip.action, addon.bl.slot_of(strip))))
    curve.keyframe_points[round(2.0 * 30)].co[1] += 0.3
    edited = keys(addon, talking)
    bpy.ops.a2g.change_accent(frame=START + 7.7 * 30)
    assert list(strips(talking)) == ["Gestures"] and len(moved(edited, keys(addon, talking)))
    before = keys(addon, talking)
    bpy.ops.a2g.change_accent(frame=START + 2.0 * 30)
    assert list(strips(talking)) == ["Gestures", "Gestures 2"]
    assert not len(moved(before, keys(addon, talking)))
    assert accents(addon, talking, "Gestures 2") == [(2.0, 1.5), (7.7, 1.5)]


def test_an_idle_around_the_speech_is_rewritten_too_as_far_as_an_accent_reaches(addon, character, tmp_path):
    path = write_wav(tmp_path / "short.wav", bursts(until_s=8.0))
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(path), START
    character.a2g_idle, bpy.context.scene.frame_end = True, 420
    bpy.ops.a2g.generate()
    bpy.ops.a2g.change_accent(frame=START + 7.7 * 30)
    bpy.ops.a2g.change_accent(frame=START + 7.7 * 30)
    assert accents(addon, character) == [(7.7, 2.0)]
    bpy.ops.a2g.reproduce_take()
    assert not len(moved(keys(addon, character), keys(addon, character, "Gestures 2")))


def test_a_line_that_is_spoken_anew_keeps_its_accents(addon, talking, tmp_path):
    bpy.ops.a2g.change_accent(frame=START + 2.0 * 30)
    bpy.ops.a2g.change_accent(frame=START + 7.7 * 30, direction="WEAKER")
    talking.a2g_speech_file = str(write_wav(tmp_path / "later.wav", bursts(shift_s=0.5)))
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert accents(addon, talking, "Gestures 2") == [(2.5, 1.5), (8.2, 0.5)]
    talking.a2g_speech_file = str(write_wav(tmp_path / "shorter.wav", bursts(until_s=3.6)))
    order = addon.work.changes.updated(bpy.context, talking)
    result = addon.owner.owned(addon.work.make.Maker).make(order)
    assert [a.strength for a in result.takes[0].recipe.request.accents] == [1.5]
    assert any("1 of the accents that you changed are not in this recording" in note for note in result.notes)


def test_lanes_show_phrases_accents_and_sound_where_they_are(addon, talking, lanes):
    phrases, sound = lanes(talking)
    assert [span.text for span in phrases.spans] == ["1 of 2", "2 of 2"]
    assert phrases.spans[0].start == START and phrases.spans[-1].end == START + 9 * 30
    assert abs(phrases.spans[1].start - (START + 4.15 * 30)) < 6, "in the middle of the pause"
    assert np.allclose([mark.frame for mark in sound.marks], START + 30 * np.array(SAID_S), atol=2)
    middle = sound.curve.values[[round(at_s * 30) for at_s in SAID_S]].min()
    assert middle > 2 * sound.curve.values[round(4.15 * 30)] and sound.curve.values.max() == 1
    assert (sound.curve.first, sound.curve.step) == (START, 1.0)
    assert lanes(talking)[1].curve is sound.curve, "equal, so that nothing is drawn again"
    strip = strips(talking)["Gestures"]
    strip.frame_start_ui += 50
    assert lanes(talking)[0].spans[0].start == START + 50
    assert lanes(talking, "SEQUENCE_EDITOR")[0].spans[0].start == START, "there the speech has not moved"
    strip.scale = 2.0
    assert lanes(talking) == [], "it does not play frame by frame"


def test_a_click_in_the_lane_makes_the_accent_stronger_or_weaker(addon, talking, lanes, runner):
    mark = lanes(talking)[1].marks[3]
    heard = mark.height
    for is_upper, strength in ((True, 1.5), (True, 2.0), (False, 1.5)):
        mark.click(bpy.context, is_upper)
        tick_to_the_end(runner)
        mark = lanes(talking)[1].marks[3]
        assert accents(addon, talking) == [(5.2, strength)]
        assert mark.is_other and mark.text == f"× {strength:g}" and mark.height > heard
    for is_upper in (False, False):  # two clicks within one job: both count
        mark.click(bpy.context, is_upper)
    tick_to_the_end(runner)
    assert accents(addon, talking) == [(5.2, 0.5)]
    assert lanes(talking)[1].marks[3].height < heard
    talking.animation_data.nla_tracks["Gestures"].mute = True
    bpy.context.scene.a2g_character = None
    bpy.context.view_layer.objects.active = None
    bpy.data.objects.remove(talking)
    with pytest.raises(addon.a2g_core.errors.A2GError):
        mark.click(bpy.context, True)


def test_the_selected_range_shows_how_far_it_reaches(addon, talking, lanes):
    assert lanes(talking)[0].bands == ()
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, 160, 200
    inner, outer = lanes(talking)[0].bands
    assert inner == (160, 201)
    before = keys(addon, talking)
    bpy.ops.a2g.regenerate_range()
    frames = moved(before, keys(addon, talking))
    assert outer[0] <= frames.min() and frames.max() < outer[1], "what is said is what happens"
    far = round(addon.a2g_core.performing.generate.receptive_field_s(addon.work.gesture_model.load()) * 30)
    assert outer == (max(START, 160 - far), min(START + 270, 201 + far + 1))


def test_a_trimmed_strip_of_a_scene_at_another_place_has_its_own_phrases(addon, character, lanes, tmp_path):
    if not bpy.app.build_options.audaspace:
        pytest.skip("this Blender has no sound strips")
    scene = bpy.context.scene
    path = write_wav(tmp_path / "bursts.wav", bursts())
    place_sound(scene, path, 100 + 45, 100 + 240, start=100)  # 1.5 to 8 seconds of it
    character.a2g_speech_source = "STRIP"
    bpy.ops.a2g.generate()
    phrases, sound = lanes(character, "SEQUENCE_EDITOR")
    assert (phrases.spans[0].start, phrases.spans[-1].end) == (145, 340)
    inside = [at_s for at_s in SAID_S if at_s > 1.6]
    assert np.allclose([mark.frame for mark in sound.marks], 100 + 30 * np.array(inside), atol=2)


def test_a_take_for_another_speech_says_so(addon, talking, lanes, tmp_path):
    lanes(talking)
    talking.a2g_speech_file = str(write_wav(tmp_path / "other.wav", bursts(until_s=6.0)))
    (only,) = lanes(talking)
    assert [span.text for span in only.spans] == ["This take was made for another speech: use Update Take"]
    phrases, sound = lanes(talking, "SEQUENCE_EDITOR")
    assert len(phrases.spans) == 2 and len(sound.marks) == 4 and not any(mark.click for mark in sound.marks)
