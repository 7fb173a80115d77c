"""The interface in the artist's language: one file per language, with Blender's name for it.

`scripts/messages.py` lists what the files must contain. Blender's own translations take precedence over ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import cast

import bpy

from ..owner import disown, own

LANGUAGES = ("de_DE", "es", "fr_FR", "ja_JP", "zh_HANS")

# Labels of operators are looked up under the second, everything else under the first.
_CONTEXTS = ("*", "Operator")

Table = dict[tuple[str, str], str]


def messages(language: str) -> dict[str, str]:
    """English to translation."""
    return cast(dict[str, str], import_module(f"{__name__}.{language}").MESSAGES)


@cache
def table(language: str) -> Table:
    """The same as Blender wants it: (context, English) to translation."""
    return {(context, text): other for text, other in messages(language).items() for context in _CONTEXTS}


class Translations:
    """The languages that Blender has been given: at first the one that it speaks, for to read all five takes longer
    than most of what else is done when the add-on is enabled. Used on the main thread alone.
    """

    def __init__(self) -> None:
        self._given: dict[str, Table] = {}
        bpy.app.translations.register(__name__, self._given)

    def add(self, languages: Iterable[str]) -> None:
        """Give Blender these languages too."""
        missing = {language: table(language) for language in languages if language not in self._given}
        if missing:
            # It remembers what it has found in its language, until it is told of another table.
            bpy.app.translations.unregister(__name__)
            self._given |= missing
            bpy.app.translations.register(__name__, self._given)

    def follow(self) -> None:
        """Give Blender the language that it speaks now, if it is one of ours."""
        spoken = bpy.app.translations.locale.partition("_")[0]
        self.add(language for language in LANGUAGES if language.partition("_")[0] == spoken)

    def close(self) -> None:
        """Take all back."""
        bpy.app.translations.unregister(__name__)


def register() -> None:
    """Have Blender translate our texts."""
    own(Translations()).follow()


def unregister() -> None:
    """Take the translations back."""
    disown(Translations).close()
