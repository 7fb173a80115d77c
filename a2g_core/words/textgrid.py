"""TextGrids of Praat and of forced aligners that write them, in Praat's long and short form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import WordsError
from .word import Passage, words_of

_TOKEN = re.compile(r'"((?:[^"]|"")*)"|(?<![^\s])([-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)(?![^\s])|(<exists>)')
_NO_WORDS = {"", "sil", "sp", "<sil>", "<eps>", "<unk>", "spn"}
_DAMAGED = ("the TextGrid is damaged", "save it again in Praat")


def read_textgrid(text: str) -> list[Passage]:
    """The intervals of its tier of words, or, without one that is called so, of the tier with the most words.

    Where no tier of intervals has words, these are points: words that begin there.
    """
    if "ooTextFile" not in text[:200] or "TextGrid" not in text[:200]:
        raise WordsError("it is not a TextGrid", "check that Praat can open it")
    tiers = _tiers(text)
    if not tiers:
        raise WordsError("the TextGrid has no tier with words", "add a tier of words")
    tiers = [tier for tier in tiers if tier.kind == "IntervalTier"] or tiers
    named = [tier for tier in tiers if "word" in tier.name.lower()]
    chosen = named[0] if named else max(tiers, key=lambda tier: sum(len(words_of(p.text)) for p in tier.passages))
    return chosen.passages


@dataclass(frozen=True)
class _Tier:
    kind: str
    name: str
    passages: list[Passage]


def _tiers(text: str) -> list[_Tier]:
    """Every tier that has words. Both forms are the same strings and numbers in a row."""
    tokens = [m.group(1) if m.group(1) is not None else m.group(2) or m.group(3) for m in _TOKEN.finditer(text)]
    tokens = tokens[tokens.index("<exists>") + 1 :] if "<exists>" in tokens else []
    found = []
    try:
        rest = iter(tokens)
        for _ in range(int(next(rest))):
            kind, name, _, _, n = next(rest), next(rest), next(rest), next(rest), int(next(rest))
            rows = [[next(rest) for _ in range(3 if kind == "IntervalTier" else 2)] for _ in range(n)]
            passages = [
                Passage(label.replace('""', '"'), float(times[0]), float(times[1]) if times[1:] else None)
                for *times, label in rows
                if label.strip().lower() not in _NO_WORDS
            ]
            if passages:
                found.append(_Tier(kind, name, passages))
    except (StopIteration, RuntimeError, ValueError):
        raise WordsError(*_DAMAGED) from None
    return found
