"""Updates files of older versions of the add-on when they are opened."""

from __future__ import annotations

import logging
from typing import Any

import bpy

from .. import bl
from ..timer import guarded

_log = logging.getLogger(__name__)


def update_objects() -> None:
    """0.1.0 knew one fade of a pin, for both of its ends; up to 0.3.0, a take was chosen by the number of its track."""
    for obj in bpy.data.objects:
        number = None if obj.library is not None else bl.stored_values(obj).get("a2g_active_take")
        if number is not None:
            del bl.stored_values(obj)["a2g_active_take"]
            obj.a2g_active_take = number
        if obj.library is not None or not obj.a2g_pins:
            continue
        for pin, stored in zip(obj.a2g_pins, bl.stored_values(obj).get("a2g_pins", ())):
            fade = stored.get("fade_frames")
            if fade is None:
                continue
            for name in ("fade_in_frames", "fade_out_frames"):
                if name not in stored:
                    setattr(pin, name, fade)
            del stored["fade_frames"]
            _log.info("a pin of an older version was brought up to date")


@bpy.app.handlers.persistent  # type: ignore[untyped-decorator]  # the stubs give it no types
@guarded
def _on_load(*_args: Any) -> None:
    update_objects()


def register() -> None:
    """From now on; a file that was open before is one of this version, or is opened again."""
    bpy.app.handlers.load_post.append(_on_load)


def unregister() -> None:
    """Let files be."""
    bpy.app.handlers.load_post.remove(_on_load)
