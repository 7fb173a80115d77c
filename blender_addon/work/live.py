"""Live Update: the playing take follows its character's sliders and style while they are changed.

The frames around the current one follow a moving slider at once, and the whole take follows when the sliders rest. A
take that the artist has edited is left as it is.

Blender makes an undo step when she lets go of a slider, at which not all of the take follows yet. That is the only one:
one undo brings back slider and keys of before. The take's Action is marked until all of it follows, so that it goes on
to follow where undo or redo come back to that step. (The mark also makes the Action another one in each step, without
which Blender would leave it as it is on undo.)
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import bpy

from .. import bl
from ..a2g_core.errors import A2GError
from ..owner import disown, own, owned
from ..properties import ControlWatchers
from ..scene import as_ik, fewer_keys, ghost, nla, sharing, takes
from ..timer import Timer, guarded
from . import jobs, orders

if TYPE_CHECKING:
    from .orders import Order

BEFORE_S, AFTER_S = 1.0, 6.0
"""The window around the current frame that follows a moving slider."""

AT_REST_S = 0.4
"""Sliders that have not moved for so long are at rest."""

_TICK_S = 0.03


class LiveUpdates:
    """What live updates still have to do. Used on the main thread alone."""

    def __init__(self) -> None:
        self.timer = Timer(self.tick)
        self.is_window_shown = False
        """Whether the frames around the current one follow the sliders as they are now."""
        self._moved_at: float | None = None  # None: nothing is left to do
        self._character_uid = 0
        self._has_begun = False

    @property
    def _runner(self) -> jobs.Runner:
        return owned(jobs.Runner)

    @property
    def is_pending(self) -> bool:
        """Whether a change of a slider has not reached the whole take yet."""
        return self._moved_at is not None

    def on_control(self, obj: bpy.types.Object) -> None:
        """A slider of a character was moved, or its style changed."""
        if not obj.a2g_live or obj.library is not None:
            return
        strip = takes.take_at(obj, bpy.context.scene.frame_current)
        if strip is not None and not sharing.is_linked(bl.action_of(strip)):
            bl.action_of(strip).a2g.is_following = True
        self._follow(obj)

    def _follow(self, obj: bpy.types.Object) -> None:
        self._moved_at, self.is_window_shown, self._character_uid = time.monotonic(), False, obj.session_uid
        self.timer.start(_TICK_S)

    def resume(self) -> None:
        """After undo, redo or opening a file: follow where the take did not yet, and nowhere else."""
        self.stop()
        if self._has_begun:
            self._runner.cancel_live()
        if not any(action.a2g.is_following for action in bpy.data.actions):
            return
        for obj in bpy.context.scene.objects:
            is_ghost = ghost.TAG in obj.keys()  # noqa: SIM118 (an Object is no dictionary)
            is_behind = any(bl.action_of(strip).a2g.is_following for strip in takes.take_strips(obj))
            if is_behind and not is_ghost and obj.library is None:
                self._follow(obj)

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
            self._rest()
            self._runner.tell(error)
            return None

    def _rest(self) -> None:
        """Nothing is left to do."""
        self._moved_at = None
        for action in bpy.data.actions:
            if action.a2g.is_following and not sharing.is_linked(action):
                action.a2g.is_following = False

    def stop(self) -> None:
        """Leave undone what has not been done yet."""
        self.timer.stop()
        self._moved_at = None

    def _change(self, began: float, window: bool) -> float | None:
        """Start a job for the take that plays now; None if there is nothing to change."""
        order = gather(self._character_uid, window)
        if order is None:
            self._rest()
            return None
        self.is_window_shown = self._has_begun = True

        def ended(done: bool) -> None:
            is_last = not window and self._moved_at == began
            # Where another job took its place, the rest follows after that one.
            if is_last or not (done or self._runner.is_busy):
                self._rest()

        self._runner.start(order, is_live=True, on_end=ended)
        return _TICK_S


def gather(character_uid: int, window: bool) -> Order | None:
    """The playing take of a character with the sliders of now; None if no take plays or it cannot be changed.

    window: only the frames around the current one, as a preview.
    """
    context, obj = bpy.context, takes.find_object(character_uid)
    strip = None if obj is None else takes.take_at(obj, context.scene.frame_current)
    if obj is None or strip is None or nla.is_tweaked(obj) or as_ik.is_as_ik(strip) or fewer_keys.has_fewer_keys(strip):
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


@bpy.app.handlers.persistent  # type: ignore[untyped-decorator]  # the stubs give it no types
@guarded
def _on_other_state(*_args: object) -> None:
    owned(LiveUpdates).resume()


_HANDLERS = ("undo_post", "redo_post", "load_post")


def register() -> None:
    """Watch the sliders; without an interface nobody sees them move."""
    updates = own(LiveUpdates())
    if not bpy.app.background:
        owned(ControlWatchers).add(updates.on_control)
    for name in _HANDLERS:
        getattr(bpy.app.handlers, name).append(_on_other_state)


def unregister() -> None:
    """Stop watching."""
    for name in _HANDLERS:
        getattr(bpy.app.handlers, name).remove(_on_other_state)
    owned(ControlWatchers).clear()
    disown(LiveUpdates).stop()
