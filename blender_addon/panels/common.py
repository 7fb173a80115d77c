"""What the panels share: where they are shown, and sentences that fit into a sidebar."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import sentences
from ..a2g_core.body.skeleton import BODY_PARTS
from ..properties import toggle_of

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import IconItems

P = ParamSpec("P")
_log = logging.getLogger(__name__)

# Labels do not wrap. In pixels at an interface scale of 1: a usual sidebar; its margins, icon and tabs; a character.
_SIDEBAR_PX, _MARGIN_PX, _CHARACTER_PX = 250, 65, 6


class Sidebar(bpy.types.Panel):
    """A panel of the sidebar's tab."""

    bl_region_type = "UI"
    bl_category = "Gestures"
    page = "index"
    """Of the manual, the page about this panel."""

    def draw_header_preset(self, _context: bpy.types.Context) -> None:
        """A question mark that opens it."""
        self.layout.operator("a2g.open_manual", text="", icon="HELP", emboss=False).page = self.page


def split(layout: bpy.types.UILayout) -> bpy.types.UILayout:
    """The layout, with labels to the left of values."""
    layout.use_property_split = True
    layout.use_property_decorate = False
    return layout


def folded(
    layout: bpy.types.UILayout, name: str, is_closed: bool
) -> tuple[bpy.types.UILayout, bpy.types.UILayout | None]:
    """(The header of a part that folds, its body while it is open). is_closed: until the artist says otherwise."""
    return layout.panel(name, default_closed=is_closed)


def draw_part(
    draw: Callable[Concatenate[bpy.types.UILayout, bpy.types.Context, P], None],
    layout: bpy.types.UILayout, context: bpy.types.Context, *arguments: P.args, **options: P.kwargs,
) -> None:  # fmt: skip
    """Draw a part of a panel. After an error Blender leaves the rest of the panel blank; here a sentence tells it."""
    try:
        draw(layout, context, *arguments, **options)
    except Exception as error:  # the artist must be told of everything, and the rest must be drawn
        text = sentences.unexpected(error)
        _log_once(text)
        draw_sentence(layout, context, text, "ERROR")


def whole(draw: Callable[[Any, bpy.types.Context], None]) -> Callable[[Any, bpy.types.Context], None]:
    """A panel's `draw` as one part."""

    @functools.wraps(draw)
    def draw_whole(self: Any, context: bpy.types.Context) -> None:
        draw_part(lambda _layout, context: draw(self, context), self.layout, context)

    return draw_whole


@functools.lru_cache(maxsize=64)
def _log_once(text: str) -> None:
    """A panel is drawn at every redraw, and the log keeps its last lines only."""
    _log.exception("a panel could not be drawn: %s", text)


def style_label(style: str, drawn: str = "") -> str:
    """A style as it is shown; any, with the one that it draws, for "". A model's own word is not translated."""
    # Not "Any" alone: Blender has a translation of that, about keys, and its own come first.
    return style or (iface_("Any: {name}").format(name=drawn) if drawn else iface_("Any Style"))


def draw_parts(layout: bpy.types.UILayout, owner: Any, name: str) -> None:
    """A set of body parts, each of which a click turns on or off."""
    row = layout.row(align=True)
    row.use_property_split = False  # a label would leave too little room for the names
    for part in BODY_PARTS:
        row.prop(owner, toggle_of(name, part), toggle=True)


def draw_sentence(layout: bpy.types.UILayout, context: bpy.types.Context, sentence: str, icon: IconItems) -> None:
    """A sentence on as many lines as it needs."""
    width_px = context.region.width / context.preferences.system.ui_scale if context.region else _SIDEBAR_PX
    sentences.draw_wrapped(layout, sentence, icon, max(10, int((width_px - _MARGIN_PX) / _CHARACTER_PX)))
