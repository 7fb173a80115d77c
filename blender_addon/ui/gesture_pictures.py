"""Pictures of the library's gestures, for where one is chosen: drawn on a thread, and shown as soon as they are there.

They are no part of the zip, and no data of the file.
"""

from __future__ import annotations

import logging
import threading
from typing import Any

import bpy
import bpy.utils.previews
import numpy as np

from ..owner import disown, own
from ..scene import pictures

PICTURE_PX = 128
_log = logging.getLogger(__name__)


class GesturePictures:
    """Icons by the gesture's name. A thread draws; it alone writes into `_drawn`, and everything else is done on the
    main thread.
    """

    def __init__(self) -> None:
        self._drawn: dict[str, np.ndarray] = {}
        self._drawing: threading.Thread | None = None
        self._icons: Any = None

    def prepare(self) -> None:
        """Begin to draw, unless that has begun, Blender has no interface, or pictures are not wanted."""
        if self._drawing is None and not bpy.app.background and pictures.are_wanted():
            self._drawing = threading.Thread(target=_draw, args=(self._drawn,), name="a2g-gestures", daemon=True)
            self._drawing.start()

    def wait(self) -> None:
        """Until all are drawn, if that has begun."""
        if self._drawing is not None:
            self._drawing.join()

    def drawn(self) -> list[str]:
        """The gestures that are drawn."""
        return list(self._drawn)

    def icon(self, name: str) -> int:
        """The number of the icon of a gesture; 0 where it is not drawn yet, or there is no such gesture."""
        if self._icons is None:
            self._icons = bpy.utils.previews.new()
        if name not in self._icons and (drawn := self._drawn.get(name)) is not None:
            pictures.keep(self._icons.new(name), drawn)
        return self._icons[name].icon_id if name in self._icons else 0

    def close(self) -> None:
        """Drop the icons. Nothing is shown any more."""
        if self._icons is not None:
            bpy.utils.previews.remove(self._icons)
            self._icons = None


def _draw(drawn: dict[str, np.ndarray]) -> None:
    from ..a2g_core.gestures.library import library
    from ..a2g_core.gestures.picture import picture

    try:
        for name, gesture in library().items():
            drawn[name] = picture(gesture, PICTURE_PX)
    except Exception as error:  # nobody could catch it; gestures are chosen by their names then
        _log.info("no pictures of gestures: %r", error)


def register() -> None:
    """Start with nothing drawn."""
    own(GesturePictures())


def unregister() -> None:
    """Forget the pictures."""
    disown(GesturePictures).close()
