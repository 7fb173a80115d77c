"""Hears a speech on a thread of its own, so that it can be shown before anything is generated of it.

The thread never touches bpy. A timer on the main thread sees its end, and tells whoever waits.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable

from ..a2g_core.errors import A2GError, Cancelled
from ..owner import disown, own, owned
from ..speech.strips import SpeechSource
from ..timer import Timer
from .make import Maker
from .orders import Listened
from .said import Said, said

_TICK_S = 0.1
_KEPT = 8

_log = logging.getLogger(__name__)


class Hearing:
    """Speeches as they are seen, by what sounds and by the model's file. Used on the main thread alone; the thread puts
    its result into `_heard`, which is read once it has ended.

    told: called when a speech has been heard.
    """

    def __init__(self, maker: Maker) -> None:
        self.told: list[Callable[[], None]] = []
        self.timer = Timer(self.tick)
        self._maker = maker
        self._known: OrderedDict[tuple[str, str], Said | None] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._cancelled = threading.Event()
        self._heard: dict[tuple[str, str], Said | None] = {}

    def find(self, speech: SpeechSource, model_file: str) -> Said | None:
        """What is known of a speech; None if it cannot be heard, or is not yet: then it is being heard."""
        key = speech.key, model_file
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if self._thread is None:
            self._cancelled = threading.Event()
            work = (key, speech, self._cancelled)
            self._thread = threading.Thread(target=self._hear, args=work, name="a2g-hear", daemon=True)
            self._thread.start()
            self.timer.start(_TICK_S)
        return None

    def tick(self) -> float | None:
        """Keep what was heard, and tell. Returns seconds to the next tick, or None."""
        if self._thread is not None and self._thread.is_alive():
            return _TICK_S
        self._thread = None
        self._known |= self._heard
        self._heard.clear()
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        for tell in self.told:
            tell()
        return None

    def close(self) -> None:
        """Hear no more."""
        self.timer.stop()
        self._cancelled.set()

    def _hear(self, key: tuple[str, str], speech: SpeechSource, cancelled: threading.Event) -> None:
        """The thread's work. What cannot be heard is said where gestures are generated."""
        found = None
        try:
            model = self._maker.models.load(key[1])
            found = said(self._maker.hear(Listened(speech, 0.0), model, cancelled.is_set), model)
        except (A2GError, Cancelled) as error:
            _log.info("a speech is not shown: %s", error)
        except Exception:  # nobody could catch it
            _log.exception("a speech is not shown")
        self._heard[key] = found


def register() -> None:
    """Start with nothing heard."""
    own(Hearing(owned(Maker)))


def unregister() -> None:
    """Forget everything; a thread that is still running ends by itself."""
    disown(Hearing).close()
