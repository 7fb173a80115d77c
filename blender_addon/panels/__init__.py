"""The sidebar tab Gestures, in the 3D View and in the NLA editor."""

from __future__ import annotations

from ..preferences import follow, unfollow
from .engine import A2G_PT_engine
from .gestures import A2G_PT_gestures
from .pins import A2G_PT_nla_pins, A2G_PT_pins, A2G_UL_pins
from .preferences import draw_preferences

CLASSES = (A2G_UL_pins, A2G_PT_gestures, A2G_PT_pins, A2G_PT_nla_pins, A2G_PT_engine)


def register() -> None:
    """Register every panel, under the tab of the artist's choice."""
    follow(CLASSES, draw_preferences)


def unregister() -> None:
    """Unregister every panel."""
    unfollow()
