"""Clicks in the lanes of the NLA editor and the sequencer; every other click there is left to Blender."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy

from ..a2g_core.errors import A2GError
from ..owner import owned
from ..ui import lane, lanes
from .base import A2GOperator

if TYPE_CHECKING:
    from .base import Status


class A2G_OT_press_lane(A2GOperator):
    """Click what a lane shows: an accent becomes stronger in the upper half, weaker in the lower one"""

    bl_idname = "a2g.press_lane"
    bl_label = "Click in Lane"
    bl_options = {"INTERNAL"}  # what the click does is an undo step of its own

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        area, region = context.area, context.region
        if area is None or area.type not in lane.SPACES or region is None or region.type != "WINDOW":
            raise _nothing()

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> Status:
        """Take the click if something of ours is under it."""
        under = owned(lanes.Lanes).under(context, event.mouse_region_x, event.mouse_region_y)
        if under is None:
            return {"PASS_THROUGH"}
        click, is_upper = under
        return self.attempt(lambda context: click(context, is_upper), context)

    def run(self, _context: bpy.types.Context) -> None:
        """Without a mouse there is nothing to click."""
        raise _nothing()


def _nothing() -> A2GError:
    return A2GError("nothing was clicked", "click an accent in the NLA editor or the sequencer")


CLASSES = (A2G_OT_press_lane,)
