"""Lanes over time in the NLA editor and the sequencer: spans with a text, marks that can be clicked, a curve.

Whoever has something to show provides it, in frames of the character's scene:

    def provide(context, obj):
        return [Lane(iface_("Words"), spans=(Span(12.0, 20.5, "hello"), Span(21.0, 26.0, "there")))]

    def register():
        owned(Lanes).provide("words", provide)

A provider is asked for its lanes by a timer after something was changed or redrawn, never while Blender draws, and not
while an animation plays. It must be cheap (a look into what is known) and return equal lanes where nothing has changed:
what takes longer belongs on a thread, whose end calls `Lanes.soon`. What is drawn is what was provided last. The lanes
of all providers, in the order in which these were registered, are stacked below the scrubbing area of the sequencer,
whose strips lie at the bottom, and above the scroll bar of the NLA editor, whose strips lie at the top.

The sequencer may show another scene, of another frame rate: frames are converted here. A click on anything that has a
`click` is taken; every other click goes to Blender. *Show Lanes* in the sidebar, and Blender's own overlays, switch all
of it off.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import bpy
import numpy as np
from bpy.app.handlers import persistent
from bpy.props import BoolProperty

from .. import bl
from ..owner import disown, own, owned
from ..timer import Timer, guarded
from . import lane, lane_drawing, state

if TYPE_CHECKING:
    from .lane import Click

Provider = Callable[[bpy.types.Context, bpy.types.Object], "Sequence[lane.Lane]"]

_SOON_S = 0.05


class Lanes:
    """What is shown in each window, and who provides it. Used on the main thread alone."""

    def __init__(self) -> None:
        self.timer = Timer(self.look)
        self._providers: dict[str, Provider] = {}
        self._shown: dict[tuple[str, int], tuple[lane.Lane, ...]] = {}  # by scene and character
        self._shapes: WeakKeyDictionary[lane.Curve, np.ndarray] = WeakKeyDictionary()
        self._handles: list[tuple[type, object]] = []
        if not bpy.app.background:
            for name in lane.SPACES.values():
                space = getattr(bpy.types, name)
                self._handles.append((space, space.draw_handler_add(self.draw, (), "WINDOW", "POST_PIXEL")))

    def close(self) -> None:
        """Draw no more."""
        self.timer.stop()
        for space, handle in self._handles:
            space.draw_handler_remove(handle, "WINDOW")  # type: ignore[attr-defined]  # of every space

    def provide(self, name: str, provider: Provider) -> None:
        """Show what this provider has, until `withdraw`."""
        self._providers[name] = provider
        self.soon()

    def withdraw(self, name: str) -> None:
        """Ask this provider no more."""
        self._providers.pop(name, None)
        self._shown.clear()

    def soon(self) -> None:
        """Ask the providers after this redraw, unless an animation plays."""
        manager = bpy.context.window_manager
        if not bpy.app.background and not any(window.screen.is_animation_playing for window in manager.windows):
            self.timer.start(_SOON_S)

    def look(self) -> None:
        """Ask the providers, and redraw the editors if they have something else to show."""
        found: dict[tuple[str, int], tuple[lane.Lane, ...]] = {}
        for window in bpy.context.window_manager.windows:
            with bpy.context.temp_override(window=window):
                obj = state.character(bpy.context)
                is_seen = any(area.type in lane.SPACES for area in window.screen.areas)
                if obj is not None and is_seen and bpy.context.window_manager.a2g_show_lanes:
                    found[_key(bpy.context, obj)] = self.provided(bpy.context, obj)
        before, self._shown = self._shown, found
        if found != before:
            for window in bpy.context.window_manager.windows:
                for area in window.screen.areas:
                    if area.type in lane.SPACES:
                        area.tag_redraw()

    def provided(self, context: bpy.types.Context, obj: bpy.types.Object) -> tuple[lane.Lane, ...]:
        """What the providers have to show for a character now."""
        return tuple(lane for provider in self._providers.values() for lane in provider(context, obj))

    def shown(self, context: bpy.types.Context) -> tuple[lane.Lane, ...]:
        """What the context's editor shows of its character, as it was provided last."""
        obj, space = state.character(context), context.space_data
        if obj is None or space is None or not (context.window_manager.a2g_show_lanes and bl.shows_overlays(context)):
            return ()
        return tuple(lane for lane in self._shown.get(_key(context, obj), ()) if space.type in lane.editors)

    def under(self, context: bpy.types.Context, x: float, y: float) -> tuple[Click, bool] | None:
        """What a click at this place of the context's region means; see `clicked`."""
        space, lanes = context.space_data, self.shown(context)
        if not lanes or space is None:
            return None
        view = lane.View.of(context)
        return lane.clicked(lane.placed(lanes, view, space.type == "SEQUENCE_EDITOR"), view, x, y)

    def draw(self) -> None:
        """Called by Blender for each editor."""
        self.soon()
        _draw(self)

    def shape(self, curve: lane.Curve) -> np.ndarray:
        """The corners of a curve, (2 n, 2): frame, and 0 or its value there."""
        if curve not in self._shapes:
            frames = (curve.first + curve.step * np.arange(len(curve.values))).astype(np.float32)
            below = np.stack([frames, np.zeros_like(frames)], axis=1)
            above = np.stack([frames, curve.values.astype(np.float32)], axis=1)
            self._shapes[curve] = np.stack([below, above], axis=1).reshape(-1, 2)
        return self._shapes[curve]


def _key(context: bpy.types.Context, obj: bpy.types.Object) -> tuple[str, int]:
    return context.scene.name, obj.session_uid


@guarded
def _draw(lanes: Lanes) -> None:
    context = bpy.context
    shown, space = lanes.shown(context), context.space_data
    if shown and space is not None:
        view = lane.View.of(context)
        lane_drawing.draw(lane.placed(shown, view, space.type == "SEQUENCE_EDITOR"), view, lanes.shape)


@guarded
def _on_change(*_arguments: object) -> None:
    if threading.current_thread() is threading.main_thread():  # a render has a thread of its own
        owned(Lanes).soon()


_ON_CHANGE = persistent(_on_change)
_HANDLERS = ("depsgraph_update_post", "undo_post", "redo_post", "load_post")


def _toggled(_self: bpy.types.WindowManager, _context: bpy.types.Context) -> None:
    owned(Lanes).soon()


def register() -> None:
    """Draw in every NLA editor and sequencer; without an interface there is none."""
    bpy.types.WindowManager.a2g_show_lanes = BoolProperty(  # type: ignore[assignment]  # becomes a bool of each instance
        name="Show Lanes",
        description="Show phrases, sound and accents in the NLA editor and the sequencer",
        default=True,
        options={"SKIP_SAVE"},
        update=_toggled,
    )
    own(Lanes())
    for name in _HANDLERS:
        getattr(bpy.app.handlers, name).append(_ON_CHANGE)


def unregister() -> None:
    """Draw no more."""
    for name in _HANDLERS:
        getattr(bpy.app.handlers, name).remove(_ON_CHANGE)
    disown(Lanes).close()
    del bpy.types.WindowManager.a2g_show_lanes
