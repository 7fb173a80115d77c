"""What the artist can do. Each operator only gathers its input, calls one function, and reports."""

from __future__ import annotations

import bpy

from . import (
    batch,
    bones,
    care,
    character,
    engine,
    export,
    face,
    fixes,
    generate,
    gestures,
    lanes,
    pins,
    presets,
    speech,
    style,
    takes,
    words,
)

_MODULES = (
    generate, batch, character, bones, fixes, takes, export, lanes, pins, gestures, words, engine, speech, style,
    presets, face, care,
)  # fmt: skip
CLASSES = tuple(cls for module in _MODULES for cls in module.CLASSES)


def register() -> None:
    """Register every operator."""
    for cls in CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Unregister every operator."""
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)
