"""What a written word sounds like, letter by letter: rough, of no language, and enough to find the word by.

A sound is a letter of the Latin alphabet or several that are said as one. Letters of other alphabets are those that
sound like them; a sign that is none of these is as many sounds of no kind (`UNKNOWN`) as it commonly has.
"""

from __future__ import annotations

import re
import unicodedata

UNKNOWN = "?"
FINAL_E = "e."
"""An e that ends a word: often not said."""

_TOGETHER = ("tion", "sch", "th", "ch", "sh", "ng", "ph", "ck", "qu", "ee", "oo", "ou", "ea", "ai", "gh")
SOUNDS = (*"abcdefghijklmnopqrstuvwxyz", *_TOGETHER, FINAL_E, UNKNOWN)

_LATIN = {
    "ß": "ss", "æ": "e", "ø": "o", "œ": "o", "ł": "l", "đ": "d", "ð": "th", "þ": "th", "ı": "i",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "ie", "ж": "sh", "з": "z", "и": "i", "й": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "α": "a", "β": "v", "γ": "g", "δ": "th", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "ks", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "i", "φ": "f",
    "χ": "h", "ψ": "ps", "ω": "o",
}  # fmt: skip
_ADDRESS = re.compile(r"\w\w[./@:\\]+\w\w")
_SIGNS_PER_CHARACTER = (("HANGUL", 3), ("CJK", 3), ("HIRAGANA", 2), ("KATAKANA", 2))
_SOUNDS_PER_DIGIT = 4


def sounds_of(word: str) -> list[str]:
    """The sounds of a word, of `SOUNDS`: at least one."""
    letters = "".join(_latin(sign) for sign in word.lower())
    found, at = [], 0
    while at < len(letters):
        sound = next((group for group in _TOGETHER if letters.startswith(group, at)), letters[at])
        found.append(sound)
        at += len(sound)
    if len(found) > 1 and found[-1] == "e":
        found[-1] = FINAL_E
    return found or [UNKNOWN]


def is_guessed(word: str) -> bool:
    """Whether a word is said in another way than its letters say: a number, an address, a script of other sounds."""
    return UNKNOWN in sounds_of(word) or bool(_ADDRESS.search(word))


def _latin(sign: str) -> str:
    """A sign as letters a to z and question marks."""
    if sign.isdigit():
        return UNKNOWN * _SOUNDS_PER_DIGIT
    if not sign.isalpha():
        return ""
    if sign in _LATIN:
        return _LATIN[sign]
    plain = unicodedata.normalize("NFD", sign)[0]
    if "a" <= plain <= "z":
        return plain
    name = unicodedata.name(sign, "")
    return UNKNOWN * next((n for kind, n in _SIGNS_PER_CHARACTER if name.startswith(kind)), 1)
