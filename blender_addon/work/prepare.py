"""Soon after Blender's start, and before the first click, gets ready what the click needs: see `Maker.prepare`.

Modules are imported on a thread, since the window would stand still meanwhile.
"""

from __future__ import annotations

import threading

import bpy

from .. import late
from ..owner import disown, own, owned
from ..timer import Timer
from ..translations import LANGUAGES, Translations, table
from . import gesture_model, make

_AFTER_S, _TICK_S = 0.5, 0.1


def _read() -> None:
    """The thread's work."""
    late.import_all()
    for language in LANGUAGES:
        table(language)


class Preparing:
    """Imports, and has the maker prepare. Used on the main thread alone."""

    def __init__(self) -> None:
        self.timer = Timer(self.tick)
        self._thread = threading.Thread(target=_read, name="a2g-import", daemon=True)
        self._is_started = False

    def tick(self) -> float | None:
        """Begin, and go on once all is imported. Returns seconds to the next tick, or None."""
        if not self._is_started:
            self._is_started = True
            self._thread.start()
        if self._thread.is_alive():
            return _TICK_S
        owned(Translations).add(LANGUAGES)
        owned(make.Maker).prepare(gesture_model.chosen())
        return None

    def close(self) -> None:
        """Begin nothing more, and wait for what is under way."""
        self.timer.stop()
        if self._is_started:
            self._thread.join()


def register() -> None:
    """Prepare once Blender has started; without an interface nobody waits for a click."""
    preparing = own(Preparing())
    if not bpy.app.background:
        preparing.timer.start(_AFTER_S)


def unregister() -> None:
    """Prepare no more."""
    disown(Preparing).close()
