"""Lets the panels follow what the artist does elsewhere: another character is clicked, a strip moved, a track muted.

Blender redraws the editor in which something was done, and of the others not every sidebar. So after each change, and
whenever sequencer or NLA editor are drawn, what the panels show is compared with what it was before. Nothing is looked
at while an animation plays.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import bpy
from bpy.app.handlers import persistent

from .. import bl
from ..owner import disown, own, owned
from ..scene import ghost
from ..timer import Timer, guarded
from ..work.redraw import redraw
from . import bone_list, state

_SOON_S = 0.05
_MOST_STRIPS = 500
"""Of so many strips the first ones are looked at: comparing must cost nothing that one could notice."""


class SelectionWatch:
    """Chooses the character that was clicked, and redraws sidebars. Used on the main thread alone."""

    def __init__(self) -> None:
        self.timer = Timer(self.look)
        self._active: dict[str, int] = {}  # by scene, the object that was active when it was looked at last
        self._seen: object = None
        self._handles = [
            (space, space.draw_handler_add(self.soon, (), "WINDOW", "POST_PIXEL"))
            for space in (bpy.types.SpaceSequenceEditor, bpy.types.SpaceNLA)
            if not bpy.app.background
        ]

    def close(self) -> None:
        """Look no more."""
        self.timer.stop()
        for space, handle in self._handles:
            space.draw_handler_remove(handle, "WINDOW")

    def forget(self) -> None:
        """Another file was opened: what is active there has not been clicked."""
        self._active.clear()

    def soon(self) -> None:
        """Look after this redraw, unless an animation plays."""
        if not any(window.screen.is_animation_playing for window in bpy.context.window_manager.windows):
            self.timer.start(_SOON_S)

    def look(self) -> None:
        """Choose who was clicked since, and redraw if the panels would show something else."""
        seen = []
        for window in bpy.context.window_manager.windows:
            with bpy.context.temp_override(window=window):
                self.follow(bpy.context)
                seen.append(tuple(_shown(bpy.context)))
        if seen != self._seen:
            self._seen = seen
            redraw({"UI"})

    def follow(self, context: bpy.types.Context) -> None:
        """Choose the character that became active since this was called last, or whose body did."""
        scene, active = context.scene, context.view_layer.objects.active
        before = self._active.get(scene.name)
        self._active[scene.name] = now = active.session_uid if active is not None else 0
        if before in {None, now} or active is None or not scene.is_editable:
            return
        clicked = active if active.type == "ARMATURE" else active.find_armature()
        if clicked is None or ghost.TAG in clicked.keys() or not clicked.users_scene:  # noqa: SIM118 (an Object is no dictionary)
            return
        if clicked != scene.a2g_character and bone_list.summary(clicked).is_usable:
            scene.a2g_character = clicked


def _shown(context: bpy.types.Context) -> Iterator[Any]:
    """What the panels show and other editors change."""
    obj = state.character(context)
    yield (obj.name, obj.mode) if obj is not None else None
    editor = bl.sequencer_scene(context).sequence_editor
    if editor is not None:
        yield editor.active_strip.name if editor.active_strip is not None else ""
        for strip in bl.sequencer_strips(editor)[:_MOST_STRIPS]:
            yield strip.name, strip.select, strip.mute, strip.channel, bl.visible_frames(strip)
    data = obj.animation_data if obj is not None else None
    if data is not None:
        yield data.action.name if data.action is not None else "", data.use_nla, data.use_tweak_mode
        for track in data.nla_tracks[:_MOST_STRIPS]:
            yield track.name, track.mute, track.is_solo
            for strip in track.strips[:_MOST_STRIPS]:
                yield strip.name, strip.select, strip.mute, strip.frame_start, strip.frame_end


@guarded
def _on_update(*_arguments: object) -> None:
    if threading.current_thread() is threading.main_thread():  # a render has a thread of its own
        owned(SelectionWatch).soon()


@guarded
def _on_load(*_arguments: object) -> None:
    owned(SelectionWatch).forget()


def register() -> None:
    """Begin to look."""
    own(SelectionWatch())
    bpy.app.handlers.depsgraph_update_post.append(persistent(_on_update))
    bpy.app.handlers.load_post.append(persistent(_on_load))


def unregister() -> None:
    """Look no more."""
    bpy.app.handlers.load_post.remove(_on_load)
    bpy.app.handlers.depsgraph_update_post.remove(_on_update)
    disown(SelectionWatch).close()
