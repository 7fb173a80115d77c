"""Words and the passages of text that they come in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_DIRECTION = re.compile(r"\[[^\]\n]*\]|\([^\s()]*(?:[^\S\n]+[^\s()]+){0,3}[^\S\n]*\)|[♪♫#]")
"""What stands in a text and is not said: [applause], (door slams). [gesture:no] asks for a gesture with the next word.
More than four words in round brackets are not a direction, but said."""
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_GESTURE = re.compile(r"\[gesture:([^\]\n]+)\]")
_STRESSED = re.compile(r"\*(\S(?:[^*\n]*\S)?)\*")
_BORDER = ".,;:!?…—–。、，！？；："
_CLOSING = "\"'»”’)"
_ALONE = "぀-ヿ㐀-鿿豈-﫿\U00020000-\U0003134f"
"""Kana and Han: written without spaces, so that each character is taken as a word."""
_WORD = re.compile(rf"[{_ALONE}][^\s\w]*|[^\s{_ALONE}]+")


@dataclass(frozen=True)
class Passage:
    """Some text of a speech, and when it is said, in seconds, where that is known. One word of it, or all of it."""

    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True)
class Word:
    """A word as it is written, with the punctuation around it, and when it is said, in seconds.

    gesture: one that the text asks for with it. is_stressed: whether the text marks it with *asterisks*.
    """

    text: str
    start_s: float
    end_s: float
    gesture: str = ""
    is_stressed: bool = False


@dataclass(frozen=True)
class Written:
    """A word of a text, and what the text asks for with it."""

    text: str
    gesture: str = ""
    is_stressed: bool = False

    def at(self, start_s: float, end_s: float) -> Word:
        """The word that is said then."""
        return Word(self.text, start_s, end_s, self.gesture, self.is_stressed)


def written(text: str) -> list[Written]:
    """The words of a text in the order in which they are said, with their punctuation, without what is not said.

    A gesture that is asked for where no word follows goes with the word before.
    """
    found: list[Written] = []
    cut = _GESTURE.split(_UNSEEN.sub("", text))
    for gesture, part in zip(["", *cut[1::2]], cut[::2]):
        wanted = gesture.strip()
        for number, run in enumerate(_STRESSED.split(_DIRECTION.sub(" ", part))):
            for piece in _WORD.findall(run):
                if any(sign.isalnum() for sign in piece):
                    found.append(Written(piece, wanted, bool(number % 2)))
                    wanted = ""
                elif found:  # a dash or a full stop that stands by itself belongs to the word before it
                    found[-1] = replace(found[-1], text=found[-1].text + piece)
        if wanted and found and not found[-1].gesture:
            found[-1] = replace(found[-1], gesture=wanted)
    return found


def spoken(passages: Sequence[Passage]) -> list[tuple[Passage, list[Written]]]:
    """The passages that have words, and these. What one without words asks for goes with the words that follow."""
    found: list[tuple[Passage, list[Written]]] = []
    asked = ""
    for passage in passages:
        if words := written(asked + passage.text):
            found.append((passage, words))
            asked = ""
        else:
            asked += "".join(f"[gesture:{name}] " for name in _GESTURE.findall(passage.text))
    if asked and found:
        passage, words = found[-1]
        found[-1] = passage, [*words[:-1], written(words[-1].text + asked)[0]]
    return found


def in_a_row(words: Iterable[str]) -> str:
    """Words as they are written one behind the other: with spaces, but for those that have none."""
    found = ""
    for word in words:
        is_close = found and re.search(f"[{_ALONE}][^\\s\\w]*$", found) and re.match(f"[{_ALONE}]", word)
        found += word if is_close or not found else f" {word}"
    return found


def parted(word: str) -> tuple[str, str]:
    """A written word without the punctuation that ends it, and that punctuation."""
    bare = word.rstrip(_BORDER + _CLOSING)
    return bare, word[len(bare) :]


def ends_clause(word: str) -> bool:
    """Whether punctuation behind a written word ends a clause; closing quotation marks and brackets may follow it."""
    return word.rstrip(_CLOSING)[-1:] in _BORDER


def words_of(text: str) -> list[str]:
    """The words of a text alone."""
    return [word.text for word in written(text)]


def says_something(text: str) -> bool:
    """Whether a text has words, or asks for a gesture."""
    return bool(_GESTURE.search(text) or written(text))
