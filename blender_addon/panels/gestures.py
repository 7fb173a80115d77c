"""The main panel: character, speech, performance, and the big button; one in each of three editors."""

from __future__ import annotations

import bpy

from ..ui import preflight, state
from .character import draw_character, draw_problems
from .common import Sidebar, draw_part, split, whole
from .gaze import draw_gaze
from .performance import draw_button, draw_performance
from .speech import draw_speech


class _GesturesPanel(Sidebar):
    bl_label = "Gestures"
    page = "first-take"
    bl_order = 0

    @whole
    def draw_header(self, context: bpy.types.Context) -> None:
        """A sign that the character is not ready, visible even while the panel is closed."""
        obj = state.character(context)
        if obj is not None and next(preflight.obstacles(context, obj), None) is not None:
            self.layout.label(text="", icon="ERROR")

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """For the speech that the character's settings specify."""
        _draw(split(self.layout), context, "a2g.generate")


def _draw(layout: bpy.types.UILayout, context: bpy.types.Context, big_button: str) -> None:
    """Everything in the order in which it is needed."""
    obj = state.character(context)
    draw_part(draw_character, layout.column(), context, obj)
    if obj is not None:
        layout.separator()
        draw_part(draw_speech, layout.column(), context, obj)
        layout.separator()
        draw_part(draw_performance, layout.column(), context, obj)
        draw_part(draw_gaze, layout.column(), context, obj)
        layout.separator()
    draw_part(draw_problems, layout, context, obj)
    draw_part(draw_button, layout, context, big_button)


class A2G_PT_gestures(_GesturesPanel):
    """From a voice to a performance"""

    bl_space_type = "VIEW_3D"


class A2G_PT_nla_gestures(_GesturesPanel):
    """From a voice to a performance"""

    bl_space_type = "NLA_EDITOR"
    bl_order = 1
    bl_options = {"DEFAULT_CLOSED"}


class A2G_PT_sequencer_gestures(_GesturesPanel):
    """From a voice to a performance"""

    bl_space_type = "SEQUENCE_EDITOR"

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """For the active strip."""
        _draw(split(self.layout), context, "a2g.generate_for_strip")
