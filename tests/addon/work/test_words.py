"""The words of a speech in Blender: where they come from, and that they follow their recordings."""

from __future__ import annotations

import json
import shutil

import bpy
import numpy as np
import pytest
from sample_speech import SENTENCES, SPEECH, TEXT
from scenes import cut, place_sound, write_wav

from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear
from a2g_core.words.acoustics import FPS
from a2g_core.words.aligning import align
from a2g_core.words.word import Passage


@pytest.fixture(scope="module")
def known():
    """The words, as the core aligns them to the recording."""
    return align([Passage(TEXT)], hear(open_speech(SPEECH), FPS)).words


@pytest.fixture
def spoken(character):
    """The character says the demo's speech from frame 10 on."""
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(SPEECH), 10
    return character


def _lane(addon, obj):
    return addon.work.words.lane(bpy.context, obj)


def _write_srt(path, words, times=lambda s: s):
    def clock(seconds):
        ms = round(seconds * 1000)
        return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"

    cues = [f"{i}\n{clock(times(w.start_s))} --> {clock(times(w.end_s))}\n{w.text}\n" for i, w in enumerate(words, 1)]
    path.write_text("\n".join(cues), "utf-8")
    return path


@pytest.mark.parametrize("source", ["FILE", "BLOCK", "TYPED"])
def test_a_plain_text_is_found_in_the_speech(addon, scene, spoken, known, tmp_path, source):
    (tmp_path / "said.txt").write_text(TEXT, "utf-8")
    bpy.data.texts.new("said").from_string(TEXT)
    options = {
        "FILE": {"filepath": str(tmp_path / "said.txt")}, "BLOCK": {"block": "said"}, "TYPED": {"text": TEXT},
    }[source]  # fmt: skip
    assert bpy.ops.a2g.read_words(source=source, **options) == {"FINISHED"}
    lane = _lane(addon, spoken)
    assert [text for *_, text in lane] == [w.text for w in known]
    np.testing.assert_allclose([first for first, *_ in lane], [10 + 30 * w.start_s for w in known], atol=0.05)
    scene.render.fps = 24  # seconds stay
    np.testing.assert_allclose([f for f, *_ in _lane(addon, spoken)], [10 + 24 * w.start_s for w in known], atol=0.05)


def test_times_of_a_file_are_kept(addon, spoken, known, tmp_path):
    path = _write_srt(tmp_path / "said.srt", known, lambda s: s + 0.05)
    assert bpy.ops.a2g.read_words(source="FILE", filepath=str(path)) == {"FINISHED"}
    expected = [10 + 30 * (w.start_s + 0.05) for w in known]
    np.testing.assert_allclose([first for first, *_ in _lane(addon, spoken)], expected, atol=0.05)


@pytest.mark.parametrize("part", [slice(None), slice(8, 20)])
def test_markers_are_words_where_they_are(addon, scene, spoken, known, part):
    for word in known[part]:
        scene.timeline_markers.new(word.text, frame=round(10 + 30 * word.start_s))
    scene.timeline_markers.new("F_01", frame=5000)  # far behind what is said
    for marker in scene.timeline_markers:
        marker.select = False
    assert bpy.ops.a2g.read_words(source="MARKERS") == {"FINISHED"}
    lane = _lane(addon, spoken)
    assert [text for *_, text in lane] == [w.text for w in known[part]]
    expected = [round(10 + 30 * w.start_s) for w in known[part]]
    np.testing.assert_allclose([first for first, *_ in lane], expected, atol=0.05)


def test_what_a_file_keeps_is_small_and_is_kept(addon, spoken, known, tmp_path):
    bpy.ops.a2g.read_words(source="TYPED", text=TEXT)
    lane, name = _lane(addon, spoken), spoken.name
    assert len(spoken.a2g_words) < 60 * len(known) + 2 * len(TEXT)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "kept.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "kept.blend"))
    assert _lane(addon, bpy.data.objects[name]) == lane


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"source": "FILE", "filepath": "gone.srt"}, "There is no text"),
        ({"source": "TYPED", "text": "  "}, "The text has no words"),
        ({"source": "BLOCK"}, "This file has no text"),
        ({"source": "MARKERS"}, "No marker with words lies over the speech"),
        ({"source": "STRIPS"}, "No text strip with words lies over the speech"),
    ],
)
def test_what_has_no_words_changes_nothing_and_says_so(addon, spoken, options, sentence):
    bpy.ops.a2g.read_words(source="TYPED", text=TEXT)
    before = spoken.a2g_words
    with pytest.raises(RuntimeError, match=sentence):
        bpy.ops.a2g.read_words(**options)
    assert spoken.a2g_words == before


def test_a_text_that_does_not_fit_is_told_with_its_place(addon, spoken):
    bpy.ops.a2g.read_words(source="TYPED", text=" ".join(SENTENCES[:3] + SENTENCES[4:]))
    (note,) = addon.work.words.of(spoken).notes
    assert note.startswith("Between 0:08") and "is not in the text" in note
    bpy.ops.a2g.read_words(source="TYPED", text=TEXT)
    assert addon.work.words.of(spoken).notes == ()


def test_words_follow_the_strip(addon, scene, character, known):
    strip = place_sound(scene, SPEECH, 0, 0, start=40)
    character.a2g_speech_source = "STRIP"
    bpy.ops.a2g.read_words(source="TYPED", text=TEXT)
    whole = _lane(addon, character)
    np.testing.assert_allclose([f for f, *_ in whole], [40 + 30 * w.start_s for w in known], atol=1.5)
    cut(strip, 100, 200)  # what is trimmed off is not heard, the rest is where it was
    trimmed, expected = _lane(addon, character), [w for w in whole if 100 <= (w[0] + w[1]) / 2 < 200]
    assert [w[2] for w in trimmed] == [w[2] for w in expected]
    np.testing.assert_allclose([w[0] for w in trimmed[1:]], [w[0] for w in expected[1:]], atol=0.01)
    cut(strip, 40, 400)
    strip.frame_start += 25
    moved = _lane(addon, character)
    np.testing.assert_allclose([f for f, *_ in moved], [f + 25 for f, *_ in whole[: len(moved)]], atol=0.01)


@pytest.mark.parametrize("text", [TEXT, " ".join(SENTENCES[3:5])])
def test_a_text_of_a_trimmed_strip_is_that_of_all_or_of_what_is_heard(addon, scene, character, known, text):
    strip = place_sound(scene, SPEECH, 0, 0, start=40)
    character.a2g_speech_source = "STRIP"
    first = next(i for i in range(len(known)) if " ".join(w.text for w in known[i:]).startswith(text))
    expected = known[first : first + len(text.split())]
    frames = (120, 290) if text == TEXT else (round(40 + 30 * expected[0].start_s), round(40 + 30 * expected[-1].end_s))
    cut(strip, *frames)
    bpy.ops.a2g.read_words(source="TYPED", text=text)
    assert addon.work.words.of(character).notes == ()
    lane = _lane(addon, character)
    at = {word.text: 40 + 30 * word.start_s for word in expected}
    assert len(lane) > 10 and [said for *_, said in lane] == [
        w.text for w in expected if frames[0] <= 40 + 15 * (w.start_s + w.end_s) < frames[1]
    ]
    assert np.median([abs(first - at[said]) for first, _, said in lane if text.count(said) == 1]) < 2


def test_subtitles_go_on_beyond_the_recording(addon, spoken, known, tmp_path):
    path = _write_srt(tmp_path / "film.srt", known)
    path.write_text(path.read_text("utf-8") + "\n99\n00:01:00,000 --> 00:01:02,000\nAnother scene\n", "utf-8")
    assert bpy.ops.a2g.read_words(source="FILE", filepath=str(path)) == {"FINISHED"}
    assert [said for *_, said in _lane(addon, spoken)] == [word.text for word in known]
    (note,) = addon.work.words.of(spoken).notes
    assert note.startswith("'Another scene' is not heard at 0:18")


def test_a_marker_may_only_ask_for_a_gesture(addon, scene, spoken):
    for frame, name in ((60, "[gesture:wave:left]"), (70, "Hello"), (200, "you")):
        scene.timeline_markers.new(name, frame=frame)
    for marker in scene.timeline_markers:
        marker.select = False
    bpy.ops.a2g.read_words(source="MARKERS")
    bpy.ops.a2g.suggest_gestures()
    names = [strip.name for track in spoken.animation_data.nla_tracks for strip in track.strips]
    assert "wave · greet · Hello" in names


def test_words_follow_a_strip_at_another_speed(addon, scene, character, known):
    """The first four seconds on eight, and the rest on what is left."""
    strip = place_sound(scene, SPEECH, 0, 0, start=40)
    character.a2g_speech_source = "STRIP"
    bpy.ops.a2g.read_words(source="TYPED", text=TEXT)
    whole, end = _lane(addon, character), addon.bl.visible_frames(strip)[1]
    scene.sequence_editor.active_strip, strip.select = strip, True
    if hasattr(bpy.context.workspace, "sequencer_scene"):
        bpy.context.workspace.sequencer_scene = scene
    strip.show_retiming_keys = True
    bpy.ops.sequencer.retiming_key_add(timeline_frame=160)
    strip.retiming_keys[1].timeline_frame = 280
    other = _lane(addon, character)
    expected = [40 + 2 * (f - 40) if f < 160 else 280 + (f - 160) * (end - 280) / (end - 160) for f, *_ in whole]
    assert [t for *_, t in other] == [t for *_, t in whole]
    np.testing.assert_allclose([f for f, *_ in other], expected, atol=1.5)


def test_pieces_of_a_recording_in_another_order(addon, scene, character, known):
    late = place_sound(scene, SPEECH, 0, 0, start=0)
    cut(late, 200, 300)
    late.frame_start -= 190  # plays frames 200 to 300 of the recording from frame 10 on
    early = place_sound(scene, SPEECH, 0, 0, start=150, channel=2)
    cut(early, 150, 250)
    character.a2g_speech_source, character.a2g_speech_strip = "STRIP", ""
    for strip in (early, late):
        strip.select = True
    said = [w.text for w in known if 200 <= 15 * (w.start_s + w.end_s) < 300 or 15 * (w.start_s + w.end_s) < 100]
    half = [w.text for w in known if 200 <= 15 * (w.start_s + w.end_s) < 300]
    text = " ".join([*half, *said[: len(said) - len(half)]])
    bpy.ops.a2g.read_words(source="TYPED", text=text)
    lane = _lane(addon, character)
    assert " ".join(t for *_, t in lane) == text
    places = {w.text: 30 * w.start_s for w in known}
    off = [
        f - (places[t] - 190 if f < 120 else places[t] + 150) for f, _, t in lane[1:-1] if text.split().count(t) == 1
    ]
    assert np.median(np.abs(off)) < 2


def test_another_recording_is_noticed_and_words_are_found_in_it(addon, scene, spoken, known, tmp_path):
    bpy.ops.a2g.read_words(source="TYPED", text=TEXT)
    copy = tmp_path / "copied.wav"
    shutil.copy(SPEECH, copy)
    spoken.a2g_speech_file = str(copy)
    assert len(_lane(addon, spoken)) == len(known)  # the same bytes are the same recording
    speech = open_speech(SPEECH)
    samples = np.concatenate([np.zeros(speech.rate_hz // 2, np.float32), *(b[:, 0] for b in speech.read())])
    spoken.a2g_speech_file = str(write_wav(tmp_path / "later.wav", samples, speech.rate_hz))
    assert _lane(addon, spoken) == []
    with pytest.raises(RuntimeError, match="another recording"):
        bpy.ops.a2g.suggest_gestures()
    assert bpy.ops.a2g.update_words() == {"FINISHED"}
    lane = _lane(addon, spoken)
    assert [t for *_, t in lane] == [w.text for w in known]
    found = np.array([first for first, *_ in lane]) - [10 + 30 * (w.start_s + 0.5) for w in known]
    assert np.median(np.abs(found)) <= 1 and np.mean(np.abs(found) <= 4) > 0.95


def test_the_lane_shows_them_and_nothing_where_they_are_not_known(addon, spoken):
    provide = addon.ui.word_lane.provide
    assert list(provide(bpy.context, spoken)) == []
    bpy.ops.a2g.read_words(source="TYPED", text=TEXT)
    (lane,) = provide(bpy.context, spoken)
    assert [(s.start, s.end, s.text) for s in lane.spans] == _lane(addon, spoken)
    spoken.a2g_speech_file = "gone.wav"
    assert list(provide(bpy.context, spoken)) == []


def test_text_strips_are_read_with_their_times(addon, scene, spoken, known):
    editor = scene.sequence_editor_create()
    strips = editor.strips if hasattr(editor, "strips") else editor.sequences
    for number, word in enumerate(known):
        first, end = (round(10 + 30 * s) for s in (word.start_s, word.end_s))
        length = {"length": end - first} if bpy.app.version >= (5, 0) else {"frame_end": end}
        strip = strips.new_effect(name=f"t{number}", type="TEXT", channel=1 + number % 3, frame_start=first, **length)
        strip.text, strip.select = word.text, False
    assert bpy.ops.a2g.read_words(source="STRIPS") == {"FINISHED"}
    lane = _lane(addon, spoken)
    assert [text for *_, text in lane] == [w.text for w in known]
    np.testing.assert_allclose([f for f, *_ in lane], [10 + 30 * w.start_s for w in known], atol=1.01)


def test_nothing_is_downloaded_while_blender_may_not_go_online(addon):
    assert not bpy.app.online_access
    with pytest.raises(RuntimeError, match="not allowed to go online"):
        bpy.ops.a2g.setup_words()
    assert addon.work.words_setup.python() is None and not addon.work.words_setup.folder().exists()


def test_what_a_damaged_file_says_are_no_words(addon, spoken):
    for text in ("{", "[]", json.dumps({"words": [["a", 0, 1, 5, "", 0]], "recordings": []}), "null"):
        spoken.a2g_words = text
        assert addon.work.words.of(spoken) is None
