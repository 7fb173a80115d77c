"""Audio2Gestures for Blender: the artist's side. The method is in `a2g_core`, which never imports bpy.

Blender waits for what is imported here whenever it starts: what only a click needs is imported inside functions.
"""

from __future__ import annotations

from pathlib import Path

# In the zip a2g_core lies inside this package, in a checkout beside it; either way it is imported as ``.a2g_core``.
_HERE = Path(__file__).resolve().parent
if not (_HERE / "a2g_core").is_dir():
    __path__.append(str(_HERE.parent))

from . import log, operators, panels, preferences, properties, translations  # noqa: E402
from .owner import Late  # noqa: E402
from .scene import follow, influence, old_files, played  # noqa: E402
from .ui import (  # noqa: E402
    bone_diagram,
    bone_fields,
    gesture_pictures,
    lanes,
    manual,
    menus,
    overlay,
    selection_watch,
    speech_lanes,
    style_pictures,
    take_pictures,
    watch,
    word_lane,
)  # fmt: skip
from .work import (  # noqa: E402
    command_line,
    engine,
    engine_setup,
    gesture_model,
    hearing,
    jobs,
    live,
    make,
    prepare,
    words_setup,
)

_PARTS = (
    log, translations, properties, preferences, Late(follow), Late(played), influence, Late(gesture_model),
    Late(engine), Late(engine_setup), Late(make), Late(hearing), Late(words_setup), Late(jobs), live, prepare,
    bone_fields, Late(bone_diagram), operators, panels, menus, manual, Late(watch), Late(take_pictures),
    Late(style_pictures), Late(gesture_pictures), selection_watch, overlay, lanes, command_line, word_lane,
    speech_lanes, old_files,
)  # fmt: skip


def register() -> None:
    """Called by Blender when the add-on is enabled."""
    for part in _PARTS:
        part.register()


def unregister() -> None:
    """Called by Blender when the add-on is disabled."""
    for part in reversed(_PARTS):
        part.unregister()
