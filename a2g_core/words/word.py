"""Words and the passages of text that they come in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIRECTION = re.compile(r"\[[^\]\n]*\]|\([^)\n]*\)|[♪♫#]")
"""What stands in a text and is not said: [applause], (laughs), [gesture:no]."""
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
    """A word as it is written, with the punctuation around it, and when it is said, in seconds."""

    text: str
    start_s: float
    end_s: float


def words_of(text: str) -> list[str]:
    """The words of a text in the order in which they are said, with their punctuation, without what is not said."""
    found: list[str] = []
    for piece in _WORD.findall(_DIRECTION.sub(" ", text)):
        if any(sign.isalnum() for sign in piece):
            found.append(piece)
        elif found:  # a dash or a full stop that stands by itself belongs to the word before it
            found[-1] += piece
    return found
