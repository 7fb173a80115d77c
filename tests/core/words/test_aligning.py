"""The words of the demo's speech, whose times a speech recogniser gave (pocketsphinx 5.1.1, aligned to the text)."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from sample_speech import SENTENCES, SPEECH, TEXT

from a2g_core.errors import WordsError
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import Heard, hear
from a2g_core.words.aligning import align
from a2g_core.words.word import Passage, Written, in_a_row, spoken, words_of, written

STARTS_S = np.array([
    0.25, 1.16, 1.41, 1.64, 1.77, 2.0, 2.28, 2.45, 2.65, 2.84, 2.91, 3.25, 3.35, 3.5, 4.47, 4.65, 5.52,
    5.65, 6.41, 6.57, 6.95, 7.3, 7.42, 8.75, 9.01, 9.12, 9.66, 9.84, 9.94, 10.58, 10.78, 10.91, 11.03, 11.72,
    11.9, 12.18, 13.12, 13.56, 13.91, 14.03, 14.21, 15.41, 15.59, 16.31, 16.55, 16.69, 16.88, 17.12, 17.25,
])  # fmt: skip
OTHER = (
    "A quite different text is read aloud by somebody else, who speaks about the weather of last Thursday evening. "
    "It rained until midnight, and the river rose so high that our neighbours carried their furniture upstairs."
)


@pytest.fixture(scope="module")
def heard() -> Heard:
    return hear(open_speech(SPEECH), 30)


def _errors(words, starts_s=STARTS_S):
    assert len(words) == len(starts_s)
    return np.abs(np.array([word.start_s for word in words]) - starts_s)


def test_words_are_found_where_they_are_said(heard):
    transcript = align([Passage(TEXT)], heard)
    errors = _errors(transcript.words)
    assert [word.text for word in transcript.words] == TEXT.split() and transcript.notes == ()
    assert np.median(errors) < 0.03 and errors.max() < 0.2
    # As many words, evenly: what a guess is worth.
    assert np.median(np.abs(np.linspace(0.25, heard.duration_s, len(STARTS_S), False) - STARTS_S)) > 0.3


def test_words_follow_each_other_and_have_a_length(heard):
    words = align([Passage(TEXT)], heard).words
    assert all(0 <= word.start_s < word.end_s <= heard.duration_s for word in words)
    assert all(a.end_s <= b.start_s + 1e-9 for a, b in pairwise(words))


def test_level_and_colour_of_the_recording_do_not_matter(heard):
    tilt = np.linspace(6, -6, heard.features.shape[1], dtype=np.float32)
    quiet = Heard(heard.features - 12 + tilt, heard.fps, heard.duration_s, "quiet")
    assert _errors(align([Passage(TEXT)], quiet).words).max() < 0.2


def test_passages_with_times_are_kept_and_the_others_found_between_them(heard):
    words, told = TEXT.split(), {11: (3.2, 3.35), 30: (10.8, 10.95)}
    passages = [Passage(text, *told.get(i, (None, None))) for i, text in enumerate(words)]
    found = align(passages, heard).words
    for number, times in told.items():
        assert (found[number].start_s, found[number].end_s) == times
    assert _errors(found).max() < 0.2


def test_a_cue_of_subtitles_is_searched_within_its_own_times(heard):
    firsts = np.cumsum([0, *(len(s.split()) for s in SENTENCES)])[:-1]
    starts = [float(STARTS_S[i]) for i in firsts]
    cues = [Passage(s, a, b) for s, a, b in zip(SENTENCES, starts, [*starts[1:], heard.duration_s])]
    assert _errors(align(cues, heard).words).max() < 0.3


def test_a_sentence_that_the_text_lacks_is_named(heard):
    text = TEXT.replace("Keep the gestures that you love, pin them in place, and ask again. ", "")
    transcript = align([Passage(text)], heard)
    assert len(transcript.words) == len(text.split())
    pattern = r"between 0:([\d.]+) and 0:([\d.]+) something is said that .*"
    said = [re.fullmatch(pattern, str(note)) for note in transcript.notes]
    within = [min(float(m[2]), 12.3) - max(float(m[1]), 8.75) for m in said if m]
    assert all(said) and len(said) <= 3 and max(within) > 1
    before = text.split().index("Everything")
    assert _errors(transcript.words[:before], STARTS_S[:before]).max() < 0.3


def test_words_that_are_not_said_are_named(heard):
    text = TEXT.replace("No camera", "Whatever mathematicians have suspected beforehand. No camera")
    transcript = align([Passage(text)], heard)
    unsaid = " ".join(map(str, transcript.notes))
    assert "mathematicians" in unsaid and "is not heard at 0:0" in unsaid
    assert "mathematicians" not in [word.text for word in transcript.words]


@pytest.mark.parametrize("run", ["perhaps on Monday", "before the train"])
@pytest.mark.parametrize("at", [3, 7, 27])
def test_a_few_words_that_are_not_said_are_named_together_and_the_others_keep_their_times(heard, run, at):
    words = TEXT.split()
    transcript = align([Passage(" ".join([*words[:at], run, *words[at:]]))], heard)
    (note,) = transcript.notes
    assert note.values["words"] == run
    assert abs(float(str(note.values["time"]).removeprefix("0:")) - STARTS_S[at]) < 0.5
    assert _errors(transcript.words).max() < 0.2


def test_another_text_is_told_from_the_right_one(heard):
    notes = list(map(str, align([Passage(OTHER)], heard).notes))
    assert notes == ["the text does not seem to be what is said; check that it belongs to this recording."]


def test_a_text_without_words_and_one_that_is_far_too_long_are_refused(heard):
    with pytest.raises(WordsError, match="no words"):
        align([Passage(" ... [applause] ")], heard)
    told = Passage(TEXT * 40, 0.0, 1.0)
    assert align([told], heard).notes  # nearly nothing of it is heard


def test_a_word_of_any_length_is_one_that_is_not_said(heard):
    found = align([Passage(" ".join(SENTENCES[:2])), Passage("a" * 20_000)], heard)
    assert len(found.words) == len(words_of(" ".join(SENTENCES[:2])))


def test_the_speech_must_be_heard_at_the_rate_that_sounds_were_measured_at(heard):
    with pytest.raises(ValueError, match="24 frames"):
        align([Passage(TEXT)], Heard(heard.features, 24.0, heard.duration_s * 30 / 24, "slow"))


def test_ten_minutes_are_found_as_one_is(heard):
    often = 34
    long = Heard(np.tile(heard.features, (often, 1)), heard.fps, often * len(heard.features) / heard.fps, "long")
    words = align([Passage(" ".join([TEXT] * often))], long).words
    starts = np.concatenate([STARTS_S + i * len(heard.features) / heard.fps for i in range(often)])
    assert long.duration_s > 600 and np.mean(_errors(words, starts) < 0.3) > 0.98


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No - not now...", ["No-", "not", "now..."]),
        ("(laughs) Well, [gesture:no] no!", ["Well,", "no!"]),
        ("今日は。", ["今", "日", "は。"]),
        ("l'eau, c'est", ["l'eau,", "c'est"]),
        ("… 3 pm", ["3", "pm"]),
        (
            "Hi (door slams) there (as was usual in those days), Ann",
            ["Hi", "there", *["(as", "was", "usual", "in", "those", "days),", "Ann"]],
        ),
        ("Hel\u00adlo\x07 \u202eyou\ufeff 🙂 there", ["Hello", "you🙂", "there"]),
    ],
)
def test_words_of_a_text(text, words):
    assert words_of(text) == words


def test_a_text_may_ask_for_gestures_and_stress_words():
    asked = written("I said [gesture:wave off] no, and I *really meant* it*! [laughs] Well [gesture:nod]")
    assert asked[2] == Written("no,", "wave off") and asked[5:7] == [
        Written("really", "", True),
        Written("meant", "", True),
    ]
    assert [word.text for word in asked if word.gesture or word.is_stressed] == ["no,", "really", "meant", "Well"]
    assert asked[-1].gesture == "nod"  # no word follows


def test_a_passage_may_ask_alone():
    asked = spoken([Passage("[gesture:wave]", 1.0), Passage("Hi you", 2.0), Passage("[gesture:nod]", 4.0)])
    assert [[(word.text, word.gesture) for word in words] for _, words in asked] == [[("Hi", "wave"), ("you", "nod")]]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["Hello,", "you"], "Hello, you"),
        (["こ", "ん", "は、", "田", "ABC", "今"], "こんは、田 ABC 今"),
        ([], ""),
    ],
)
def test_words_in_a_row(words, text):
    assert in_a_row(words) == text and words_of(text) == words


def test_subtitles_of_more_than_the_recording_are_heard_as_far_as_it_goes(heard):
    cues = [Passage(TEXT, 0.0, 99.0), Passage("word", 60.0, 61.0), Passage("far beyond the end", 70.0, 72.0)]
    transcript = align([*cues, Passage("with no end of its own", 80.0)], heard)
    assert _errors(transcript.words).max() < 0.2
    (note,) = map(str, transcript.notes)
    assert note.startswith("'word far beyond the end with no end of its own' is not heard at 0:18.0")
    with pytest.raises(WordsError, match="no word of the text is heard"):
        align(cues[1:], heard)


@pytest.mark.parametrize("unknown", ["in 1998", "www.example.com/a", "12:30"])
def test_of_words_whose_sound_is_unknown_none_is_called_not_heard(heard, unknown):
    # Said so in the recording: by a word whose letters say nothing of it, and by none at all.
    for text in (TEXT.replace("voice", unknown), TEXT.replace("No camera", f"{unknown} No camera")):
        transcript = align([Passage(text)], heard)
        assert not [note for note in transcript.notes if any(part in str(note) for part in unknown.split()[-1:])]
        assert len(transcript.words) >= len(words_of(text)) - 2


def test_a_word_that_nobody_could_say_is_named_by_its_beginning(heard):
    (note,) = [str(n) for n in align([Passage(TEXT + " x" * 3 + "y" * 5000)], heard).notes if "yyy" in str(n)]
    assert len(note) < 200 and "…" in note
    with pytest.raises(WordsError, match="no word of the text is heard"):
        align([Passage("y" * 5000)], heard)
