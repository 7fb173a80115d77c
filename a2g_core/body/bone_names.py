"""Names of bones, folded: what stays of `mixamorig:LeftForeArm`, `Bip01 L Forearm` or `forearm.l` is "forearm", left.

Names are cut into words at capitals, digits and separators. Marks of the side are taken out, and so are words that say
nothing (joint, bone). Words before the first one that any name of a family begins with are a prefix: of a product, a
character or a namespace.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\dA-Za-z_]+")
_SIDES = {"left": "left", "l": "left", "lft": "left", "左": "left", "right": "right", "r": "right", "rgt": "right",
          "右": "right"}  # fmt: skip
_EMPTY = {"joint", "jnt", "jt", "bone", "bn", "bind", "skin", "c", "m", "x"}
"""Words without meaning, among them marks of the middle."""

_HELPERS = {
    "adj", "aim", "attach", "camera", "cloth", "con", "control", "corrective", "ctrl", "driver", "drv", "dummy", "end",
    "hair", "helper", "ik", "master", "mch", "muscle", "nub", "offset", "org", "parent", "phys", "pole", "prop", "ref",
    "roll", "sec", "sim", "skirt", "socket", "tail", "target", "tgt", "tip", "top", "tweak", "twist", "vis", "weapon",
    "wgt", "wing",
    "親", "先", "捩", "捩れ",
}  # fmt: skip
"""Words of bones that serve others, or belong to things: such a bone is never taken for a limb by its name."""

_COPY = re.compile(r"(.+)\.\d{3}")


class Name(NamedTuple):
    """A folded name. prefix: words before the first known one. side: "left", "right" or "". core: the rest, joined.

    loose: the core with digits as numbers, so that 1 and 01 are the same. is_helper: whether it has a helper's word.
    is_copy: whether it ends as Blender ends the names of copies (".001").
    """

    prefix: tuple[str, ...]
    side: str
    core: str
    loose: str
    is_helper: bool
    is_copy: bool


class Words(NamedTuple):
    """The words of a name without its side's marks; see `Name`."""

    words: tuple[str, ...]
    side: str
    is_helper: bool
    is_copy: bool


@lru_cache(maxsize=8192)
def words_of(name: str) -> Words:
    """A bone's name as words in lower case."""
    text = unicodedata.normalize("NFKC", name)
    copy = _COPY.fullmatch(text)
    words, side = [], ""
    for found in _WORDS.findall(copy[1] if copy else text):
        word = found.lower()
        if word not in _SIDES:
            word, mark = _without_side(word)
            side = mark or side
        else:
            word, side = "", _SIDES[word]
        if word and word not in _EMPTY:
            words.append(word)
    return Words(tuple(words), side, not _HELPERS.isdisjoint(words), copy is not None)


def _without_side(word: str) -> tuple[str, str]:
    """(the word without a side written onto it, that side or "")."""
    for mark in ("left", "right", "左", "右"):
        if word.startswith(mark) and len(word) > len(mark):
            return word[len(mark) :], _SIDES[mark]
    return word, ""


@lru_cache(maxsize=8192)
def fold(name: str, vocabulary: frozenset[str]) -> Name:
    """A name folded. vocabulary: words that names of families begin with; what comes before the first is a prefix."""
    words, side, is_helper, is_copy = words_of(name)
    start = next((k for k, word in enumerate(words) if word in vocabulary), 0)
    rest = words[start:]
    loose = "".join(str(int(word)) if word.isdecimal() else word for word in rest)
    return Name(words[:start], side, "".join(rest), loose, is_helper, is_copy)
