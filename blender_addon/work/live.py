"""Sliders that change the playing take while they are moved, and its style: the frames around the current one first,
then all.

A take that the artist has edited there is left as it is.
"""

from __future__ import annotations

import time
from dataclasses import replace

import bpy

from .. import properties
from ..a2g_core.errors import A2GError
from ..scene import takes
from . import jobs, requests
from .requests import Request

_BEFORE_S, _AFTER_S = 1.0, 6.0  # the window around the current frame that follows a moving slider
_AT_REST_S = 0.4
_TICK_S = 0.03

_moved_at: float | None = None  # when a slider was last moved; None: nothing is left to do
_is_shown = False  # whether the window shows where the sliders are now
_uid = 0


def on_control(obj: bpy.types.Object) -> None:
    """A slider of a character was moved, or its style changed."""
    global _moved_at, _is_shown, _uid
    if not obj.a2g_live or obj.library is not None:
        return
    _moved_at, _is_shown, _uid = time.monotonic(), False, obj.session_uid
    if not bpy.app.timers.is_registered(tick):
        bpy.app.timers.register(tick, first_interval=_TICK_S)


def tick() -> float | None:
    """Change the window, and the whole take once the sliders rest. Returns seconds to the next tick, or None."""
    if _moved_at is None:
        return None
    if jobs.is_busy() or (_is_shown and time.monotonic() - _moved_at < _AT_REST_S):
        return _TICK_S
    return _change(window=not _is_shown)


def _change(window: bool) -> float | None:
    """Begin a job for the take that plays now; None if there is nothing to change."""
    global _moved_at, _is_shown
    request = _request(window)
    if request is None:
        _moved_at = None
        return None
    began, _is_shown = _moved_at, True

    def ended(done: bool) -> None:
        global _moved_at
        is_last = not window and _moved_at == began
        if is_last or not done:
            _moved_at = None
        if is_last and done:
            bpy.ops.ed.undo_push(message="Live Gestures")

    jobs.start(request, is_live=True, on_end=ended)
    return _TICK_S


def _request(window: bool) -> Request | None:
    context, obj = bpy.context, takes.find_object(_uid)
    strip = None if obj is None else takes.take_at(obj, context.scene.frame_current)
    if strip is None:
        return None
    try:
        request = requests.gather_change(context, obj, strip)
        style = requests.read_style(context, obj)
        controls = requests.read_controls(context, obj, request.speech.start_frame)
    except A2GError:
        return None
    change, fps = request.change, request.fps
    if window:
        n, frame = change.recipe.n_frames, context.scene.frame_current - request.speech.start_frame
        first = min(max(0, round(frame - _BEFORE_S * fps)), n - 1)
        span = first, max(first + 1, min(n, round(frame + _AFTER_S * fps)))
        change = replace(change, span=span, is_preview=True)
    return replace(request, style=style, controls=controls, change=change)


def register() -> None:
    """Watch the sliders; without an interface nobody sees them move."""
    if not bpy.app.background:
        properties.control_watchers.append(on_control)


def unregister() -> None:
    """Stop watching."""
    global _moved_at
    _moved_at = None
    properties.control_watchers.clear()
    if bpy.app.timers.is_registered(tick):
        bpy.app.timers.unregister(tick)
