"""TextGrids of Praat and of forced aligners that write them, in Praat's long and short form."""

from __future__ import annotations

import re

from ..errors import WordsError
from .word import Passage, words_of

_TOKEN = re.compile(r'"((?:[^"]|"")*)"|(?<![^\s])([-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)(?![^\s])|(<exists>)')
_NO_WORDS = {"", "sil", "sp", "<sil>", "<eps>", "<unk>", "spn"}
_DAMAGED = ("the TextGrid is damaged", "save it again in Praat")


def read_textgrid(text: str) -> list[Passage]:
    """The intervals of its tier of words, or, without one that is called so, of the tier with the most words."""
    if "ooTextFile" not in text[:200] or "TextGrid" not in text[:200]:
        raise WordsError("it is not a TextGrid", "check that Praat can open it")
    tiers = _tiers(text)
    if not tiers:
        raise WordsError("the TextGrid has no interval tier with words", "add a tier of words")
    named = [passages for name, passages in tiers if "word" in name.lower()]
    return named[0] if named else max((p for _, p in tiers), key=lambda p: sum(len(words_of(q.text)) for q in p))


def _tiers(text: str) -> list[tuple[str, list[Passage]]]:
    """Name and intervals of each interval tier that has words. Both forms are the same strings and numbers in a row."""
    tokens = [m.group(1) if m.group(1) is not None else m.group(2) or m.group(3) for m in _TOKEN.finditer(text)]
    tokens = tokens[tokens.index("<exists>") + 1 :] if "<exists>" in tokens else []
    found = []
    try:
        rest = iter(tokens)
        for _ in range(int(next(rest))):
            kind, name, _, _, n = next(rest), next(rest), next(rest), next(rest), int(next(rest))
            rows = [[next(rest) for _ in range(3 if kind == "IntervalTier" else 2)] for _ in range(n)]
            if kind == "IntervalTier":
                passages = [
                    Passage(label.replace('""', '"'), float(a), float(b))
                    for a, b, label in rows
                    if label.strip().lower() not in _NO_WORDS
                ]
                if passages:
                    found.append((name, passages))
    except (StopIteration, RuntimeError, ValueError):
        raise WordsError(*_DAMAGED) from None
    return found
