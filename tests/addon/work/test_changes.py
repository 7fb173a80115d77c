"""Changing a take: range, phrase, sliders, pins; what stays, what is kept, and making one once more."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np
import pytest
from refusals import refusal
from scenes import PACKAGE, RATE_HZ, curves, key_clip, pose_matrices, select_only, strips, turn, write_wav
from written_models import SMALL, write_model

START = 37


@pytest.fixture(scope="session")
def monologue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds: three phrases of noise bursts with pauses after 6 and 13 s."""
    t = np.arange(20 * RATE_HZ) / RATE_HZ
    is_said = (t < 5.7) | ((t > 6.3) & (t < 12.7)) | (t > 13.3)
    syllables = np.clip(np.sin(2 * np.pi * 3.3 * t), 0.1, 1)
    samples = is_said * syllables * np.random.default_rng(1).normal(0, 0.15, len(t))
    return write_wav(tmp_path_factory.mktemp("monologue") / "monologue.wav", samples)


@pytest.fixture
def talking(character, monologue):
    """The character with a take of it."""
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(monologue), START
    bpy.context.scene.frame_end = 700
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    return character


def keys(addon, obj, track: str = "Gestures") -> np.ndarray:
    """Values (frames, curves) of a take."""
    found = curves(addon.bl, strips(obj)[track])
    return np.stack([found[path][:, 1] for path in sorted(found)], axis=1)


def moved(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Scene frames whose keys differ."""
    return START + np.flatnonzero((before != after).any(axis=1))


def select_range(first: int, last: int) -> None:
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, first, last


def reach(addon) -> int:
    return round(addon.a2g_core.performing.generate.receptive_field_s(addon.work.gesture_model.load()) * 30) + 1


def test_a_range_changes_and_its_reach_and_nothing_else(addon, talking):
    before = keys(addon, talking)
    select_range(300, 360)
    assert bpy.ops.a2g.regenerate_range() == {"FINISHED"}
    frames = moved(before, keys(addon, talking))
    assert 300 - reach(addon) <= frames.min() < 300
    assert 360 < frames.max() <= 360 + reach(addon)
    assert list(strips(talking)) == ["Gestures"]
    again = keys(addon, talking)
    bpy.ops.a2g.regenerate_range()
    assert moved(again, keys(addon, talking)).size, "a second time gives a third performance"


def test_a_range_follows_the_sliders_of_now_inside_it_alone(addon, talking):
    before = keys(addon, talking)
    select_range(300, 420)
    talking.a2g_energy = 0.0
    bpy.ops.a2g.regenerate_range()
    after = keys(addon, talking)
    speed = np.abs(np.diff(after, axis=0)).mean(axis=1)
    inside = slice(315 - START, 405 - START)
    assert speed[inside].mean() < 0.7 * np.abs(np.diff(before, axis=0)).mean(axis=1)[inside].mean()
    assert moved(before, after).min() > 300 - reach(addon) - 36


def test_a_change_is_seen_on_the_frame_that_is_shown(talking):
    def elbow() -> np.ndarray:
        evaluated = talking.evaluated_get(bpy.context.evaluated_depsgraph_get())
        return np.array(evaluated.pose.bones["left_elbow"].matrix)

    bpy.context.scene.frame_set(330)
    before = elbow()
    select_range(300, 360)
    bpy.ops.a2g.regenerate_range()
    assert np.abs(elbow() - before).max() > 1e-3


def test_one_undo_step_takes_a_change_back(addon, talking):
    bpy.ops.ed.undo_push(message="before")
    before = keys(addon, talking)
    select_range(300, 360)
    bpy.ops.a2g.regenerate_range("EXEC_DEFAULT", True)
    assert moved(before, keys(addon, talking)).size
    bpy.ops.ed.undo()
    assert not moved(before, keys(addon, bpy.data.objects["Character"])).size


def test_a_phrase_goes_through_its_performances_and_back(addon, talking):
    first = keys(addon, talking)
    bpy.context.scene.frame_set(START + 9 * 30)
    bpy.ops.a2g.change_phrase()
    second = keys(addon, talking)
    frames = moved(first, second)
    # From the middle of one pause (6 s) to the middle of the next (13 s).
    assert START + 180 - 5 - reach(addon) <= frames.min() < START + 185
    assert START + 385 < frames.max() <= START + 390 + 5 + reach(addon)
    bpy.ops.a2g.change_phrase()
    third = keys(addon, talking)
    assert moved(second, third).size
    bpy.ops.a2g.change_phrase(direction="PREVIOUS")
    assert not moved(second, keys(addon, talking)).size
    bpy.ops.a2g.change_phrase(direction="PREVIOUS")
    assert not moved(first, keys(addon, talking)).size
    with pytest.raises(RuntimeError, match="first performance"):
        bpy.ops.a2g.change_phrase(direction="PREVIOUS")


@pytest.fixture
def use_few_pieces(addon, tmp_path):
    """Chooses a model that has few pieces and sees most of them: chance draws the same one time and again."""
    preferences = bpy.context.preferences.addons[PACKAGE].preferences

    def use(candidates: int) -> None:
        kind = SMALL["stitched"] | {"piece_candidates": candidates}
        config = addon.a2g_core.model.config.Config().replace(name="stitched", **kind)
        preferences.model_file = str(write_model(addon, tmp_path / f"{candidates}.safetensors", config, seed=0))

    yield use
    preferences.model_file = ""


def test_a_part_is_performed_otherwise_each_time(addon, talking, use_few_pieces, monkeypatch):
    """Also where chance draws again what is performed there already."""
    use_few_pieces(candidates=160)
    talking.a2g_keep_seed = True
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    track = "Gestures 2"
    bpy.context.scene.frame_set(START + 9 * 30)
    select_range(400, 430)
    shown = [keys(addon, talking, track)]
    for change in (bpy.ops.a2g.change_phrase, bpy.ops.a2g.regenerate_range) * 4:
        assert change() == {"FINISHED"}
        shown.append(keys(addon, talking, track))
        assert np.abs(shown[-1] - shown[-2]).max() > 0.005
    choices = addon.scene.recipe.Recipe.from_text(strips(talking)[track].action.a2g.recipe).request.choices
    assert max(choice.take for choice in choices) > 8, "chance did not draw the same one twice: the test shows nothing"
    for _ in range(10):
        try:
            bpy.ops.a2g.change_phrase(direction="PREVIOUS")
        except RuntimeError as error:
            assert "first performance" in str(error)
            break
        shown.append(keys(addon, talking, track))
        assert np.abs(shown[-1] - shown[-2]).max() > 0.005
    else:
        pytest.fail("there is no first performance")


def test_a_part_without_another_performance_says_so(addon, talking, use_few_pieces):
    """All pieces are seen, and one fits best; or nothing varies."""
    use_few_pieces(candidates=3000)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    bpy.ops.a2g.use_builtin_model()
    assert bpy.ops.a2g.use_take(track="Gestures") == {"FINISHED"}
    talking.a2g_variation = 0.0
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    select_range(400, 430)
    refused = "no other performance; raise Variation, choose a longer part, or use another seed"
    for track in ("Gestures", "Gestures 2"):
        bpy.ops.a2g.use_take(track=track)
        if track == "Gestures 2":
            use_few_pieces(candidates=3000)
        before, text = keys(addon, talking, track), strips(talking)[track].action.a2g.recipe
        talking.a2g_variation = float(track == "Gestures 2")
        assert refused in refusal(bpy.ops.a2g.change_phrase)
        assert refused in refusal(bpy.ops.a2g.regenerate_range)
        assert not moved(before, keys(addon, talking, track)).size
        assert strips(talking)[track].action.a2g.recipe == text


def test_phrases_are_changed_independently(addon, talking):
    bpy.context.scene.frame_set(START + 2 * 30)
    bpy.ops.a2g.change_phrase()
    one = keys(addon, talking)
    bpy.context.scene.frame_set(START + 17 * 30)
    bpy.ops.a2g.change_phrase()
    assert moved(one, keys(addon, talking)).min() > START + 385 - reach(addon)


def test_frames_that_the_artist_edited_are_kept(addon, talking):
    strip = strips(talking)["Gestures"]
    curve = next(iter(addon.bl.fcurves(strip.action, addon.bl.first_slot(strip.action))))
    curve.keyframe_points[310 - START].co[1] += 0.25
    mine = keys(addon, talking)
    select_range(300, 360)
    bpy.ops.a2g.regenerate_range()
    assert not moved(mine, keys(addon, talking)).size
    assert strip.mute
    assert moved(mine, keys(addon, talking, "Gestures 2")).size
    assert not strips(talking)["Gestures 2"].mute
    # Elsewhere the take can still be changed in place, and her frame stays.
    strips(talking)["Gestures 2"].mute, strip.mute = True, False
    select_range(560, 600)
    bpy.ops.a2g.regenerate_range()
    after = keys(addon, talking)
    assert moved(mine, after).min() > 450
    assert list(strips(talking)) == ["Gestures", "Gestures 2"]


def test_a_take_whose_keys_were_thinned_out_is_changed_elsewhere_and_kept_there(addon, talking):
    strip = strips(talking)["Gestures"]
    curve = next(iter(addon.bl.fcurves(strip.action, addon.bl.first_slot(strip.action))))
    place = curve.data_path, curve.array_index
    for row in (320 - START, 321 - START):
        curve.keyframe_points.remove(curve.keyframe_points[row])
    mine = curves(addon.bl, strip)
    select_range(500, 540)
    assert bpy.ops.a2g.regenerate_range() == {"FINISHED"}
    assert list(strips(talking)) == ["Gestures"]
    after = curves(addon.bl, strip)
    out_of_reach = 500 - reach(addon) - START - 2
    assert len(after[place]) == 598 and (after[place][:out_of_reach] == mine[place][:out_of_reach]).all()
    assert (after[place] != mine[place]).any()
    # Her two frames would be keyed again: in a take of its own, with a key on each frame.
    select_range(300, 360)
    assert bpy.ops.a2g.regenerate_range() == {"FINISHED"}
    assert list(strips(talking)) == ["Gestures", "Gestures 2"]
    assert all((now == after[path]).all() for path, now in curves(addon.bl, strip).items())
    assert {len(found) for found in curves(addon.bl, strips(talking)["Gestures 2"]).values()} == {600}


def test_edits_stay_protected_whatever_else_is_changed(addon, talking):
    """Also in the copy that another edit made necessary."""
    strip = strips(talking)["Gestures"]
    curve = next(iter(addon.bl.fcurves(strip.action, addon.bl.first_slot(strip.action))))
    for frame in (150, 330):
        curve.keyframe_points[frame - START].co[1] += 0.25
    mine = keys(addon, talking)
    select_range(560, 600)
    bpy.ops.a2g.regenerate_range()
    assert list(strips(talking)) == ["Gestures"], "far from both"
    select_range(130, 170)
    bpy.ops.a2g.regenerate_range()
    assert list(strips(talking)) == ["Gestures", "Gestures 2"]
    copied = keys(addon, talking, "Gestures 2")
    assert (copied[330 - START] == mine[330 - START]).all()
    bpy.ops.a2g.regenerate_range()
    assert list(strips(talking)) == ["Gestures", "Gestures 2"], "what is generated now is hers no longer"
    select_range(310, 350)
    bpy.ops.a2g.regenerate_range()
    assert list(strips(talking)) == ["Gestures", "Gestures 2", "Gestures 3"]
    assert (keys(addon, talking, "Gestures 2")[330 - START] == mine[330 - START]).all()
    for frame in (150, 330):
        assert (keys(addon, talking)[frame - START] == mine[frame - START]).all()


def test_a_change_that_leaves_an_edited_frame_as_it_was_made_is_made_in_place(addon, talking):
    """A pin far away, and sliders that did not move."""
    strip = strips(talking)["Gestures"]
    curve = next(iter(addon.bl.fcurves(strip.action, addon.bl.first_slot(strip.action))))
    curve.keyframe_points[100].co[1] += 0.25
    mine = keys(addon, talking)
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    assert list(strips(talking)) == ["Gestures"]
    np.testing.assert_array_equal(keys(addon, talking), mine)
    clip = key_clip(addon.bl, talking, "wave", 500, {"left_elbow": turn(1, np.linspace(0, -1.5, 40))})
    select_only(talking, clip)
    bpy.ops.a2g.pin_clips()
    assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}
    assert sorted(strips(talking)) == ["Gestures", "wave"]
    frames = moved(mine, keys(addon, talking))
    assert len(frames) and frames.min() > 400


def test_bezier_keys_of_a_changed_take_stay_between_their_values(addon, talking):
    strip = strips(talking)["Gestures"]
    for curve in addon.bl.fcurves(strip.action, addon.bl.first_slot(strip.action)):
        for point in curve.keyframe_points[: 330 - START]:
            point.interpolation = "BEZIER"
        curve.update()
    select_range(300, 360)
    bpy.ops.a2g.regenerate_range()
    for track in ("Gestures", "Gestures 2"):
        action = strips(talking)[track].action
        for curve in addon.bl.fcurves(action, addon.bl.first_slot(action)):
            values = np.array([point.co[1] for point in curve.keyframe_points])
            half = np.array([curve.evaluate(START + row + 0.5) for row in range(len(values) - 1)])
            low, high = np.minimum(values[1:], values[:-1]), np.maximum(values[1:], values[:-1])
            assert max((low - half).max(), (half - high).max()) < 1e-3


def test_update_follows_keyed_sliders(addon, talking):
    before = keys(addon, talking)
    talking.a2g_energy = 0.0
    talking.keyframe_insert("a2g_energy", frame=START + 300)
    talking.a2g_energy = 2.0
    talking.keyframe_insert("a2g_energy", frame=START + 330)
    assert bpy.ops.a2g.update_take() == {"FINISHED"}
    speed, was = (np.abs(np.diff(k, axis=0)).mean(axis=1) for k in (keys(addon, talking), before))
    assert speed[:280].mean() < 0.7 * was[:280].mean()
    assert speed[350:].mean() > 1.4 * was[350:].mean()


def test_sliders_keyed_on_an_nla_strip_count_too(addon, talking):
    talking.a2g_energy = 0.0
    talking.keyframe_insert("a2g_energy", frame=START)
    addon.scene.active_action.push_down_action(talking)
    talking.a2g_energy = 1.0
    before = keys(addon, talking)
    bpy.ops.a2g.update_take()
    speed, was = (np.abs(np.diff(k, axis=0)).mean() for k in (keys(addon, talking), before))
    assert speed < 0.7 * was


def test_regenerating_around_a_pin_leaves_what_is_out_of_reach(addon, talking):
    before = keys(addon, talking)
    strip = key_clip(addon.bl, talking, "wave", 400, {"left_elbow": turn(1, np.linspace(0, -1.5, 40))})
    select_only(talking, strip)
    bpy.ops.a2g.pin_clips()
    assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}
    frames = moved(before, keys(addon, talking))
    half_fade, seen = 4 + 1, addon.work.gesture_model.load().config.pin_receptive_field
    assert frames.min() >= 400 - half_fade - seen
    assert frames.max() <= 440 + half_fade + seen
    # Above the pinned strip, which would hide it, and which is as it was.
    assert list(strips(talking)) == ["wave", "Gestures"]
    assert not strip.mute
    take = strips(talking)["Gestures"]
    strip.mute = True
    alone = {frame: pose_matrices(talking, frame)["left_elbow"] for frame in (390, 420, 460)}
    strip.mute = False
    for frame, pose in alone.items():
        np.testing.assert_allclose(pose_matrices(talking, frame)["left_elbow"], pose, atol=1e-6)
    assert (take.frame_start, take.frame_end) == (START, START + 599)


def test_a_take_can_be_made_once_more(addon, talking):
    bpy.context.scene.frame_set(START + 9 * 30)
    bpy.ops.a2g.change_phrase()
    talking.a2g_energy = 1.7
    bpy.ops.a2g.update_take()
    before = keys(addon, talking)
    talking.a2g_energy, talking.a2g_seed = 0.3, 99
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    np.testing.assert_array_equal(keys(addon, talking, "Gestures 2"), before)


def test_another_speech_cannot_reproduce_it(talking, voice):
    talking.a2g_speech_file = str(voice)
    with pytest.raises(RuntimeError, match=r"not the one that this take was made for \('monologue\.wav'\)"):
        bpy.ops.a2g.reproduce_take()


def test_a_changed_pin_is_named_when_a_take_is_made_once_more(addon, talking):
    strip = key_clip(addon.bl, talking, "wave", 400, {"left_elbow": turn(1, np.linspace(0, -1.5, 40))})
    select_only(talking, strip)
    bpy.ops.a2g.pin_clips()
    bpy.ops.a2g.regenerate_around_pins()
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    talking.a2g_pins[0].strength = 0.5
    with pytest.raises(RuntimeError, match=r"inned clips have changed since this take was made \(wave\)"):
        bpy.ops.a2g.reproduce_take()


def test_the_recipe_says_how_the_take_was_made(addon, talking, monologue):
    recipe = addon.scene.recipe.Recipe.from_text(strips(talking)["Gestures"].action.a2g.recipe)
    assert recipe.model == addon.work.gesture_model.load().info["sha256"]
    assert (recipe.speech, recipe.start_frame, recipe.n_frames, recipe.fps) == ("monologue.wav", START, 600, 30.0)
    assert (
        recipe.speech_digest
        == addon.a2g_core.speech.heard.hear(addon.a2g_core.speech.audio.open_speech(monologue), 30).digest
    )
    assert addon.scene.recipe.Recipe.from_text(recipe.to_text()) == recipe
    assert len(recipe.checksums) == 600


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema": 1}', "no json", '{"schema": 1, "choices": 3}'])
def test_a_damaged_recipe_is_one_sentence(addon, talking, text):
    strips(talking)["Gestures"].action.a2g.recipe = text
    with pytest.raises(RuntimeError, match="has no record of how it was made; generate a new one"):
        bpy.ops.a2g.update_take()


def test_a_newer_recipe_says_so(addon, talking):
    with pytest.raises(addon.a2g_core.errors.MotionError, match="newer version"):
        addon.scene.recipe.Recipe.from_text('{"schema": 99}')


def test_a_take_that_was_moved_is_changed_where_it_is(addon, talking):
    strip = strips(talking)["Gestures"]
    strip.frame_start_ui = START + 100
    before = keys(addon, talking)
    select_range(400, 460)
    bpy.ops.a2g.regenerate_range()
    frames = moved(before, keys(addon, talking)) + 100
    assert 400 - reach(addon) <= frames.min() < 400 and 460 < frames.max() <= 460 + reach(addon)


def test_a_stretched_take_is_refused(talking):
    strips(talking)["Gestures"].scale = 2
    with pytest.raises(RuntimeError, match="does not play at its own speed"):
        bpy.ops.a2g.update_take()


def test_reasons_where_there_is_nothing_to_change(addon, character, speech_file):
    operators = addon.operators.generate
    assert "no take" in operators.A2G_OT_update_take.disabled_reason(bpy.context).lower()
    bpy.ops.a2g.generate()
    assert "P" in operators.A2G_OT_regenerate_range.disabled_reason(bpy.context)
    select_range(2000, 2100)
    assert "outside the take" in operators.A2G_OT_regenerate_range.disabled_reason(bpy.context)


def test_several_takes_at_once_are_one_undo_step(addon, character, speech_file):
    bpy.ops.ed.undo_push(message="before")
    character.a2g_take_count = 3
    bpy.ops.a2g.generate("EXEC_DEFAULT", True)
    found = strips(character)
    assert [s.action.a2g.seed for s in found.values()] == [0, 1, 2]
    assert [s.mute for s in found.values()] == [True, True, False]
    bpy.ops.ed.undo()
    assert not strips(bpy.data.objects["Character"])
    assert not len(bpy.data.actions)


def test_the_next_take_has_a_seed_that_none_has(addon, character, speech_file):
    for _ in range(3):
        bpy.ops.a2g.next_take()
    assert [s.action.a2g.seed for s in strips(character).values()] == [0, 1, 2]


def test_only_the_chosen_body_parts_are_keyed(addon, character, speech_file):
    character.a2g_body_parts = {"ARMS", "HEAD"}
    bpy.ops.a2g.generate()
    bones = {path.split('"')[1] for path, _ in curves(addon.bl, strips(character)["Gestures"])}
    assert {"left_wrist", "right_shoulder", "head", "neck"} <= bones
    assert not {"pelvis", "left_hip", "spine1", "left_index1"} & bones


def test_combined_gestures_lie_on_the_animation_below(addon, maker, character, speech_file):
    """Over the idle pose they are what they would be alone; over a walk the walk goes on."""
    character.a2g_layering, character.a2g_body_parts = "COMBINE", {"ARMS"}
    bpy.ops.a2g.generate()
    strip = strips(character)["Gestures"]
    assert strip.blend_type == "COMBINE"
    strip.mute = True
    idle = maker.idle(addon.work.gesture_model.load())
    arms = [
        addon.a2g_core.body.skeleton.BODY_HANDS.index(name) for name in addon.a2g_core.body.skeleton.BODY_PARTS["ARMS"]
    ]
    poses = {addon.a2g_core.body.skeleton.BODY_HANDS.names[j]: np.tile(idle[j], (200, 1)) for j in arms}
    below = key_clip(addon.bl, character, "idle", 30, poses)
    # Below it: a track that lies higher would be combined with first.
    strip.mute = False
    track = character.animation_data.nla_tracks["Gestures"]
    action = strip.action
    character.animation_data.nla_tracks.remove(track)
    addon.scene.takes.attach_take(character, action)
    combined = {frame: pose_matrices(character, frame) for frame in (60, 90)}
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["Gestures"])
    below.mute = True
    character.a2g_layering = "REPLACE"
    bpy.ops.a2g.generate()
    for frame, pose in combined.items():
        alone = pose_matrices(character, frame)
        for name in ("left_elbow", "right_elbow", "left_shoulder"):
            np.testing.assert_allclose(pose[name][:3, :3], alone[name][:3, :3], atol=1e-3, err_msg=name)
