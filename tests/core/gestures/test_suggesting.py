from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from math import ceil
from pathlib import Path

import numpy as np
import pytest

from a2g_core.errors import GestureError
from a2g_core.gestures.lexicon import languages, lexicon
from a2g_core.gestures.library import library
from a2g_core.gestures.suggesting import APART_S, named, suggest, suggest_around
from a2g_core.speech.heard import Heard
from a2g_core.words.word import Word, written

SENTENCES = json.loads(Path(__file__).with_name("sentences.json").read_text("utf-8"))
"""What a person finds right with each: categories, - for none. `held_out`: not looked at while phrases were chosen;
`later`: by another, who judged them when all was chosen."""
SPEECH = (
    "Hello, and welcome. No, I never said that we are finished! Everything you see here is huge. Stop, wait a moment. "
    "On the other hand, who knows? You must believe me, please. Firstly, it is true. Thank you, goodbye."
)


def _said(text, word_s=0.4):
    words = [word.at(i * word_s + 0.1, i * word_s + 0.4) for i, word in enumerate(written(text))]
    n = round((len(words) * word_s + 0.5) * 30)
    return words, Heard(np.random.default_rng(0).normal(0, 5, (n, 64)).astype(np.float32), 30.0, n / 30, "made")


def _suggest(text, **options):
    words, heard = _said(text)
    return suggest(words, heard, **{"per_minute": 30, "language": "en", **options})


def _fits(sentence):
    got = [s.gesture.category for s in _suggest(sentence["text"], per_minute=10)]
    return (bool(got) and all(g in sentence["right"] for g in got)) or (not got and "-" in sentence["right"])


@pytest.mark.parametrize(("held_out", "n"), [(False, 40), (True, 20), ("later", 30)])
def test_at_least_four_of_five_sentences_get_what_a_person_finds_right(held_out, n):
    rows = [row for row in SENTENCES if row["held_out"] == held_out]
    assert len(rows) == n
    assert np.mean([_fits(row) for row in rows]) >= 0.8
    found = [(row, s) for row in rows for s in _suggest(row["text"], per_minute=10)]
    wrong = [row for row, s in found if s.gesture.category not in row["right"]]
    assert len(wrong) / len(rows) <= 0.08


def test_one_a_clause_and_far_enough_apart_and_no_more_than_asked_for():
    found = _suggest(SPEECH)
    assert len(found) >= 6
    assert all(b.at_s - a.at_s >= APART_S for a, b in pairwise(found))
    words, heard = _said(SPEECH)
    assert len(suggest(words, heard, per_minute=10, language="en")) == ceil(heard.duration_s / 6)
    assert suggest(words, heard, per_minute=0) == []


def test_the_emphasis_is_where_the_words_are_loudest():
    words, heard = _said("Well, no, thanks.")
    heard.features[:] = -60
    heard.features[19] = 10  # within "no", which lasts from 0.5 to 0.8 s
    (first, *_) = suggest(words, heard, per_minute=60, language="en")
    assert first.said == "no," and first.at_s == pytest.approx(19 / 30)


def test_the_seed_chooses_and_the_same_seed_the_same():
    assert _suggest(SPEECH, seed=4) == _suggest(SPEECH, seed=4)
    chosen = {tuple(s.gesture.name for s in _suggest(SPEECH, seed=seed)) for seed in range(6)}
    assert len(chosen) == 6


def test_what_the_text_asks_for_comes_first():
    found = _suggest("Well [gesture:nod twice] fine, and [gesture:wave] hello, no no.", per_minute=1)
    assert [(s.said, s.gesture.name, s.reason) for s in found] == [
        ("fine,", "nod twice", "asked for"), ("hello,", "wave", "asked for"),
    ]  # fmt: skip
    (found,) = _suggest("[gesture:wave:left] Well.", per_minute=0)
    assert (found.gesture.name, found.gesture.hand) == ("wave", "left")
    with pytest.raises(GestureError, match="there is no gesture 'juggle'"):
        _suggest("[gesture:juggle] Well.")
    with pytest.raises(GestureError, match="'nod' is done with the head"):
        _suggest("[gesture:nod:left] Well.")
    assert _suggest("こんにちは、田中です。", language="ja")[0].said == "こんにちは、"


def test_a_word_that_is_marked_is_stressed():
    (found,) = _suggest("The cat sat on the *table* today.")
    assert (found.said, found.gesture.category, found.reason) == ("table", "stress", "stressed")


def test_gestures_that_are_there_keep_others_away():
    words, heard = _said("No, and then nothing.")
    assert suggest(words, heard, per_minute=60, language="en")
    assert suggest(words, heard, per_minute=60, language="en", taken_s=[0.5]) == []


@pytest.mark.parametrize(
    ("language", "text", "category"),
    [
        ("en", "Of course not, that is nonsense.", "negate"),
        ("de", "Guten Morgen, ich heiße Anna.", "greet"),
        ("es", "Muchas gracias por venir esta noche.", "thank"),
        ("fr", "Je ne sais pas où elle est.", "unsure"),
        ("ja", "こんにちは、田中です。", "greet"),
        ("zh", "大家好，今天天气很好。", "greet"),
    ],
)
def test_every_language_is_told_from_its_words(language, text, category):
    words, heard = _said(text)
    told = [s.gesture.category for s in suggest(words, heard, per_minute=60)]
    assert told == [s.gesture.category for s in suggest(words, heard, per_minute=60, language=language)]
    assert told[0] == category


def test_lexicons_speak_of_the_library():
    categories = {gesture.category for gesture in library().values()}
    assert set(languages()) == {"de", "en", "es", "fr", "ja", "zh"}
    for language in languages():
        known = {meaning.category for meaning in lexicon(language).phrases.values()}
        assert {c.split(" ")[0] for c in known} <= categories | {""} and len(known) > 15
        assert all(phrase and all(phrase) for phrase in lexicon(language).phrases)
    with pytest.raises(GestureError, match="no lexicon of 'xx'"):
        _suggest("Hello.", language="xx")


def test_a_speech_without_words_that_mean_something_has_none():
    assert _suggest("Snow covered quiet fields.") == [] and suggest([], _said("a")[1]) == []


def test_words_are_said_in_their_own_time():
    words, heard = _said(SPEECH)
    late = [Word(w.text, w.start_s + 1000, w.end_s + 1000) for w in words]
    assert all(s.at_s <= heard.duration_s for s in suggest(late, heard, language="en"))


def test_nothing_is_suggested_where_others_are_and_others_take_its_place():
    words, heard = _said(SPEECH)
    free, left_out = suggest_around(words, heard, [], per_minute=20, language="en")
    assert free == suggest(words, heard, per_minute=20, language="en") and not left_out
    busy = [(s.at_s - 0.1, s.at_s + 0.1) for s in free[1:3]]
    found, left_out = suggest_around(words, heard, busy, per_minute=20, language="en")
    assert {s.word for s in free[1:3]} <= {s.word for s in left_out}
    assert not any(s.meets(busy) for s in found) and all(s.meets(busy) for s in left_out)
    assert len(found) > len(free) - 2  # some that were not among the first
    nothing, everything = suggest_around(words, heard, [(0, heard.duration_s)], per_minute=20, language="en")
    assert nothing == [] and len(everything) > len(free)


def test_words_that_need_none_get_none():
    words, heard = _said(SPEECH)
    first = suggest(words, heard, per_minute=30, language="en")[0]
    assert first.word not in [s.word for s in suggest(words, heard, per_minute=30, language="en", without=[first.word])]


def test_of_a_category_with_gestures_of_ones_own_these_are_chosen():
    mine = replace(library()["nod"], name="My Greeting", category="greet")
    words, heard = _said("Hello and welcome. [gesture:my greeting] Now.")
    assert {s.gesture.name for s in suggest(words, heard, per_minute=30, language="en", own=[mine])} == {"My Greeting"}
    assert named("greet", [mine]) is mine and named("wave", [mine]).name == "wave"
    nameless = replace(mine, category="")
    assert suggest(words[:2], heard, language="en", own=[nameless])[0].gesture.name != "My Greeting"
