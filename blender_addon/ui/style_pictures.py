"""Pictures of the gesture model's styles: three poses that tell each from the others, drawn when they can be chosen.

Performing in each style takes a second or two, so a thread does it, which never touches bpy; a timer on the main thread
sees its end. Nothing of it is kept in the artist's file.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

import bpy
import bpy.utils.previews
import numpy as np

from ..owner import disown, own
from ..scene import pictures
from ..timer import Timer
from ..work.redraw import redraw

if TYPE_CHECKING:
    from ..a2g_core.model.checkpoint import Model

_TICK_S = 0.2

_log = logging.getLogger(__name__)


class StylePictures:
    """The pictures of the model whose styles were shown last. Used on the main thread alone; the thread puts its result
    into `_drawn`, which is read once it has ended.
    """

    def __init__(self) -> None:
        self.timer = Timer(self.tick)
        self._shown: Any = bpy.utils.previews.new()
        self._model = ""  # its digest
        self._drawn: dict[str, np.ndarray] = {}
        self._thread: threading.Thread | None = None

    def prepare(self, model: Model) -> None:
        """Draw the styles of a model soon, unless they are drawn."""
        digest = str(model.info["sha256"])
        if digest == self._model or self._thread is not None or not pictures.are_wanted():
            return
        self._model = digest
        self._shown.clear()
        self._drawn = {}
        self._thread = threading.Thread(target=self._draw, args=(model, self._drawn), name="a2g-styles", daemon=True)
        self._thread.start()
        self.timer.start(_TICK_S)

    def tick(self) -> float | None:
        """Show what was drawn. Returns seconds to the next tick, or None."""
        if self._thread is not None and self._thread.is_alive():
            return _TICK_S
        self._thread = None
        for style, drawn in self._drawn.items():
            height, width = drawn.shape[:2]
            preview = self._shown.new(style)
            preview.image_size = (width, height)
            preview.image_pixels_float.foreach_set(np.ascontiguousarray(drawn[::-1]).ravel())  # the lowest row first
        self._drawn = {}
        redraw({"UI"})
        return None

    def find(self, model: Model, style: str) -> Any:
        """A style's picture, one of Blender's previews; None while there is none."""
        if model.info["sha256"] != self._model or style not in self._shown or not pictures.are_wanted():
            return None
        return self._shown[style]

    def icon(self, model: Model, style: str) -> int:
        """The number of its icon; 0 while there is none, or Blender has no interface."""
        found = self.find(model, style)
        return 0 if found is None else int(found.icon_id)

    def close(self) -> None:
        """Draw no more, and forget the pictures; a thread that is still running ends by itself."""
        self.timer.stop()
        bpy.utils.previews.remove(self._shown)

    @staticmethod
    def _draw(model: Model, drawn: dict[str, np.ndarray]) -> None:
        """The thread's work."""
        from ..a2g_core.performing.style_poses import style_pictures

        try:
            drawn |= style_pictures(model)
        except Exception:  # nobody could catch it; the styles are listed without pictures
            _log.exception("styles are not drawn")


def register() -> None:
    """Start with no picture."""
    own(StylePictures())


def unregister() -> None:
    """Forget them."""
    disown(StylePictures).close()
