"""The sidebar tab Gestures, in the 3D View and in the NLA editor."""

from __future__ import annotations

import bpy

from .gestures import A2G_PT_gestures
from .pins import A2G_PT_nla_pins, A2G_PT_pins, A2G_UL_pins

CLASSES = (A2G_UL_pins, A2G_PT_gestures, A2G_PT_pins, A2G_PT_nla_pins)


def register() -> None:
    """Register every panel."""
    for cls in CLASSES:
        bpy.utils.register_class(cls)


def unregister() -> None:
    """Unregister every panel."""
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)
