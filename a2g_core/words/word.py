"""Words and the passages of text that they come in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_DIRECTION = re.compile(r"\[[^\]\n]*\]|\([^)\n]*\)|[♪♫#]")
"""What stands in a text and is not said: [applause], (laughs). [gesture:no] asks for a gesture with the next word."""
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
    """The words of a text in the order in which they are said, with their punctuation, without what is not said."""
    found: list[Written] = []
    cut = _GESTURE.split(text)
    for gesture, part in zip(["", *cut[1::2]], cut[::2]):
        wanted = gesture.strip()
        for number, run in enumerate(_STRESSED.split(_DIRECTION.sub(" ", part))):
            for piece in _WORD.findall(run):
                if any(sign.isalnum() for sign in piece):
                    found.append(Written(piece, wanted, bool(number % 2)))
                    wanted = ""
                elif found:  # a dash or a full stop that stands by itself belongs to the word before it
                    found[-1] = replace(found[-1], text=found[-1].text + piece)
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
