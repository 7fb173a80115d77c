from __future__ import annotations

import pytest

from a2g_core.words.spelling import SOUNDS, UNKNOWN, is_guessed, sounds_of


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("three", ["th", "r", "ee"]),
        ("Made.", ["m", "a", "d", "e."]),
        ("the", ["th", "e."]),
        ("a", ["a"]),
        ("Schüler", ["sch", "u", "l", "e", "r"]),
        ("naïve", ["n", "ai", "v", "e."]),
        ("вот", ["v", "o", "t"]),
        ("щенок", ["sh", "i", "e", "n", "o", "k"]),
        ("42", [UNKNOWN] * 8),
        ("今", [UNKNOWN] * 3),
        ("か", [UNKNOWN] * 2),
        ("שלום", [UNKNOWN] * 4),
    ],
)
def test_what_words_sound_like(word, sounds):
    assert sounds_of(word) == sounds


def test_every_word_has_sounds_that_were_measured():
    for code in range(0x20, 0x3200):
        assert set(sounds_of(chr(code))) <= set(SOUNDS) and sounds_of(chr(code))


def test_what_letters_do_not_say():
    assert all(map(is_guessed, ("1998", "3rd", "今", "a2g.org", "me@home", "12:30", "www.example.com/a")))
    assert not any(map(is_guessed, ("Well...", "o'clock", "привет", "yes,no", "end.”", "i.e.", "e")))
