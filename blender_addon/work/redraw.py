"""Redraws the editors that show what the add-on is doing."""

from __future__ import annotations

from collections.abc import Set

import bpy

_EDITORS = {"VIEW_3D", "NLA_EDITOR", "SEQUENCE_EDITOR", "PREFERENCES"}


def redraw(regions: Set[str] = frozenset({"UI", "WINDOW"})) -> None:
    """Redraw regions of these types; pass {"UI"} for the sidebars alone, since drawing a viewport may take long."""
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type in _EDITORS:
                for region in area.regions:
                    if region.type in regions:
                        region.tag_redraw()
