"""A function that Blender calls again and again while its interface is idle."""

from __future__ import annotations

from collections.abc import Callable

import bpy


class Timer:
    """Calls `tick` on the main thread. tick returns the seconds until its next call, or None to end.

    Blender knows a timer by the identity of its function, and a bound method is a new object every time it is looked
    up: this class holds on to one.
    """

    def __init__(self, tick: Callable[[], float | None]) -> None:
        self._tick = tick

    @property
    def is_running(self) -> bool:
        """Whether the timer is going to tick."""
        return bpy.app.timers.is_registered(self._tick)

    def start(self, first_interval_s: float) -> None:
        """Begin to tick, unless it does already."""
        if not self.is_running:
            bpy.app.timers.register(self._tick, first_interval=first_interval_s)

    def stop(self) -> None:
        """Tick no more."""
        if self.is_running:
            bpy.app.timers.unregister(self._tick)
