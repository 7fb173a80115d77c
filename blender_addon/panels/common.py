"""What the panels share: where they are shown, and sentences that fit into a sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy

from .. import sentences

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import IconItems

# Labels do not wrap. In pixels at an interface scale of 1: a usual sidebar; its margins, icon and tabs; a character.
_SIDEBAR_PX, _MARGIN_PX, _CHARACTER_PX = 250, 65, 6


class Sidebar(bpy.types.Panel):
    """A panel of the sidebar's tab."""

    bl_region_type = "UI"
    bl_category = "Gestures"


def split(layout: bpy.types.UILayout) -> bpy.types.UILayout:
    """The layout, with labels to the left of values."""
    layout.use_property_split = True
    layout.use_property_decorate = False
    return layout


def draw_sentence(layout: bpy.types.UILayout, context: bpy.types.Context, sentence: str, icon: IconItems) -> None:
    """A sentence on as many lines as it needs."""
    width_px = context.region.width / context.preferences.system.ui_scale if context.region else _SIDEBAR_PX
    sentences.draw_wrapped(layout, sentence, icon, max(10, int((width_px - _MARGIN_PX) / _CHARACTER_PX)))
