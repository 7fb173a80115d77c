"""Live Update: the playing take follows its character's sliders and style while they are changed.

The frames around the current one follow a moving slider at once, and the whole take follows when the sliders rest. A
take that the artist has edited is left as it is.
"""

from __future__ import annotations

import time
from dataclasses import replace

import bpy

from ..a2g_core.errors import A2GError
from ..owner import disown, own, owned
from ..properties import ControlWatchers
from ..scene import as_ik, nla, takes
from ..timer import Timer
from . import orders
from .jobs import Runner
from .orders import Order

BEFORE_S, AFTER_S = 1.0, 6.0
"""The window around the current frame that follows a moving slider."""

AT_REST_S = 0.4
"""Sliders that have not moved for so long are at rest."""

_TICK_S = 0.03


class LiveUpdates:
    """What live updates still have to do. Used on the main thread alone."""

    def __init__(self, runner: Runner) -> None:
        self.timer = Timer(self.tick)
        self.is_window_shown = False
        """Whether the frames around the current one follow the sliders as they are now."""
        self._runner = runner
        self._moved_at: float | None = None  # None: nothing is left to do
        self._character_uid = 0

    @property
    def is_pending(self) -> bool:
        """Whether a change of a slider has not reached the whole take yet."""
        return self._moved_at is not None

    def on_control(self, obj: bpy.types.Object) -> None:
        """A slider of a character was moved, or its style changed."""
        if not obj.a2g_live or obj.library is not None:
            return
        self._moved_at, self.is_window_shown, self._character_uid = time.monotonic(), False, obj.session_uid
        self.timer.start(_TICK_S)

    def tick(self) -> float | None:
        """Change the window, and the whole take once the sliders rest. Returns seconds to the next tick, or None.

        Never raises: an error is shown, and nothing is left to do.
        """
        if self._moved_at is None:
            return None
        try:
            if self._runner.is_busy or (self.is_window_shown and time.monotonic() - self._moved_at < AT_REST_S):
                return _TICK_S
            return self._change(self._moved_at, window=not self.is_window_shown)
        except Exception as error:  # nobody could catch it
            self._moved_at = None
            self._runner.tell(error)
            return None

    def stop(self) -> None:
        """Leave undone what has not been done yet."""
        self.timer.stop()
        self._moved_at = None

    def _change(self, began: float, window: bool) -> float | None:
        """Start a job for the take that plays now; None if there is nothing to change."""
        order = gather(self._character_uid, window)
        if order is None:
            self._moved_at = None
            return None
        self.is_window_shown = True

        def ended(done: bool) -> None:
            is_last = not window and self._moved_at == began
            # Where another job took its place, the rest follows after that one.
            if is_last or not (done or self._runner.is_busy):
                self._moved_at = None
            if is_last and done:
                bpy.ops.ed.undo_push(message="Live Gestures")

        self._runner.start(order, is_live=True, on_end=ended)
        return _TICK_S


def gather(character_uid: int, window: bool) -> Order | None:
    """The playing take of a character with the sliders of now; None if no take plays or it cannot be changed.

    window: only the frames around the current one, as a preview.
    """
    context, obj = bpy.context, takes.find_object(character_uid)
    strip = None if obj is None else takes.take_at(obj, context.scene.frame_current)
    if obj is None or strip is None or nla.is_tweaked(obj) or as_ik.is_as_ik(strip):
        return None
    try:
        order = orders.as_set_now(context, obj, orders.gather_change(context, obj, strip))
        order = orders.held_as_now(obj, order)
    except A2GError:
        return None
    change, fps = order.take_to_change, order.fps
    if window:
        n, frame = change.recipe.n_frames, context.scene.frame_current - order.speech.start_frame
        frame += change.recipe.lead_frames
        first = min(max(0, round(frame - BEFORE_S * fps)), n - 1)
        span = first, max(first + 1, min(n, round(frame + AFTER_S * fps)))
        change = replace(change, span=span, is_preview=True)
    return replace(order, change=change)


def register() -> None:
    """Watch the sliders; without an interface nobody sees them move."""
    updates = own(LiveUpdates(owned(Runner)))
    if not bpy.app.background:
        owned(ControlWatchers).add(updates.on_control)


def unregister() -> None:
    """Stop watching."""
    owned(ControlWatchers).clear()
    disown(LiveUpdates).stop()
