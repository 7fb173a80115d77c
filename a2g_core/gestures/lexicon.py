"""Which words call for which gesture: one file a language in `lexicons/`, read as it is.

A file maps categories of the library to phrases, `strong`, `usual` or `weak`: how much a gesture is wanted with them.
Phrases of the category "" mean none: "no doubt" does not negate. `docs/research/words.md` says how to add a language.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..errors import GestureError
from ..words.word import words_of

STRENGTHS = {"strong": 3.0, "usual": 2.0, "weak": 1.0}
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """category: of the gesture that a phrase calls for, "" for none. strength: how much, of `STRENGTHS`."""

    category: str
    strength: float


@dataclass(frozen=True)
class Lexicon:
    """The phrases of a language; longest: of how many words the longest of them is."""

    language: str
    phrases: dict[Phrase, Meaning]
    longest: int

    def match(self, words: Sequence[str], at: int) -> tuple[int, Meaning] | None:
        """The longest phrase that begins with this word: of how many words it is, and what it means."""
        for n in range(min(self.longest, len(words) - at), 0, -1):
            if meaning := self.phrases.get(tuple(words[at : at + n])):
                return n, meaning
        return None


@cache
def languages() -> tuple[str, ...]:
    """Those that there is a lexicon of, as ISO 639-1 calls them."""
    names = (path.name for path in files(__package__).joinpath("lexicons").iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@cache
def lexicon(language: str) -> Lexicon:
    """That of a language. GestureError for one that there is none of."""
    if language not in languages():
        raise GestureError(
            "there is no lexicon of '{language}'", "give {known}", language=language, known=", ".join(languages())
        )
    about = json.loads(files(__package__).joinpath("lexicons", f"{language}.json").read_text("utf-8"))
    phrases = {
        plain(words_of(phrase)): Meaning(category, STRENGTHS[strength])
        for category, by_strength in about.items()
        for strength, some in by_strength.items()
        for phrase in some
    }
    return Lexicon(language, phrases, max(map(len, phrases)))


def language_of(words: Sequence[str]) -> str:
    """The language whose phrases are most of these words, English where none says anything."""
    bare = plain(words)

    def share(language: str) -> int:
        known = lexicon(language)
        return sum(found[0] for at in range(len(bare)) if (found := known.match(bare, at)))

    return max(languages(), key=lambda language: (share(language), language == "en"))


def plain(words: Sequence[str]) -> Phrase:
    """Words as they are compared: without case and punctuation, each kind of apostrophe alike."""
    straight = (word.replace("’", "'").lower() for word in words)
    return tuple("".join(sign for sign in word if sign.isalnum() or sign in "'-").strip("'-") for word in straight)
