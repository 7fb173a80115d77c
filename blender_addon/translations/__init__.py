"""The interface in the artist's language: one file per language, with Blender's name for it.

`scripts/messages.py` lists what the files must contain. Blender's own translations take precedence over ours.
"""

from __future__ import annotations

import bpy

from . import de_DE, es, fr_FR, ja_JP, zh_HANS

LANGUAGES = {
    "de_DE": de_DE.MESSAGES,
    "es": es.MESSAGES,
    "fr_FR": fr_FR.MESSAGES,
    "ja_JP": ja_JP.MESSAGES,
    "zh_HANS": zh_HANS.MESSAGES,
}

# Labels of operators are looked up under the second, everything else under the first.
_CONTEXTS = ("*", "Operator")


def tables() -> dict[str, dict[tuple[str, str], str]]:
    """The tables as Blender wants them: language, then (context, English) to translation."""
    return {
        language: {(context, text): translated for text, translated in messages.items() for context in _CONTEXTS}
        for language, messages in LANGUAGES.items()
    }


def register() -> None:
    """Have Blender translate our texts."""
    bpy.app.translations.register(__name__, tables())


def unregister() -> None:
    """Take the translations back."""
    bpy.app.translations.unregister(__name__)
