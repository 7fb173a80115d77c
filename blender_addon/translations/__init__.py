"""The interface in the artist's language: a file for each, named as Blender names the language.

``scripts/messages.py`` tells what the files must hold. Blender's own translations come first: where it knows a text,
ours is not asked.
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

# Labels of operators are looked up under the one, everything else under the other.
_CONTEXTS = ("*", "Operator")


def tables() -> dict[str, dict[tuple[str, str], str]]:
    """What Blender is given: language, then (context, English) to translation."""
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
