"""What Blender calls by itself: timers, handlers, drawing. An error in one of them would reach nobody.

Blender prints such an error into a console that few artists see, and drops a timer that raised: what it was to bring to
its end would never end. So everything that Blender calls is guarded here, and says what happens then.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec

import bpy

P = ParamSpec("P")
_log = logging.getLogger(__name__)


class Timer:
    """Calls `tick` on the main thread, again and again while the interface is idle.

    tick returns the seconds until its next call, or None to end. A tick that raises is logged and is the last one.

    Blender knows a timer by the identity of its function, and a bound method is a new object every time it is looked
    up: this class holds on to one.
    """

    def __init__(self, tick: Callable[[], float | None]) -> None:
        self._tick = tick
        self._guarded = self._tick_or_end

    @property
    def is_running(self) -> bool:
        """Whether the timer is going to tick."""
        return bpy.app.timers.is_registered(self._guarded)

    def start(self, first_interval_s: float) -> None:
        """Begin to tick, unless it does already."""
        if not self.is_running:
            bpy.app.timers.register(self._guarded, first_interval=first_interval_s)

    def stop(self) -> None:
        """Tick no more."""
        if self.is_running:
            bpy.app.timers.unregister(self._guarded)

    def _tick_or_end(self) -> float | None:
        try:
            return self._tick()
        except Exception:  # nobody could catch it
            _log.exception("a timer failed")
            return None


def guarded(function: Callable[P, None]) -> Callable[P, None]:
    """A handler or a callback that logs what it raises, and lets Blender go on with the next one."""

    @functools.wraps(function)
    def call(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            function(*arguments, **options)
        except Exception:  # nobody could catch it
            _log.exception("%s failed", function.__qualname__)

    return call
