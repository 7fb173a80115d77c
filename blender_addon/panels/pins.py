"""The list of pinned clips, in the 3D View and in the NLA editor."""

from __future__ import annotations

import bpy

from .. import state


class A2G_UL_pins(bpy.types.UIList):
    """Pinned clips by strip name; those whose strip is gone are marked"""

    def draw_item(self, _context, layout, data, item, _icon, _active_data, _active_property, _index=0, _flag=0) -> None:
        """One pinned clip."""
        lost = state.pin_is_lost(data, item)
        layout.label(text=f"{item.strip} (lost)" if lost else item.strip, icon="ERROR" if lost else "PINNED")
        layout.prop(item, "strength", text="", slider=True)


class _PinsPanel:
    bl_label = "Pinned Clips"
    bl_region_type = "UI"
    bl_category = "Gestures"

    def draw(self, context: bpy.types.Context) -> None:
        """The list, the active clip's settings, and what can be done."""
        layout = self.layout
        layout.use_property_split = True
        layout.use_property_decorate = False
        obj = state.character(context)
        if obj is not None and obj.a2g_pins:
            layout.template_list("A2G_UL_pins", "", obj, "a2g_pins", obj, "a2g_active_pin", rows=3)
            if obj.a2g_active_pin < len(obj.a2g_pins):
                pin = obj.a2g_pins[obj.a2g_active_pin]
                layout.prop(pin, "strength")
                layout.prop(pin, "fade_frames")
        row = layout.row(align=True)
        row.operator("a2g.pin_clips", icon="PINNED")
        row.operator("a2g.unpin_clips", text="", icon="UNPINNED")
        layout.operator("a2g.regenerate_around_pins", icon="FILE_REFRESH")


class A2G_PT_pins(_PinsPanel, bpy.types.Panel):
    """Clips that the generated motion follows"""

    bl_space_type = "VIEW_3D"
    bl_parent_id = "A2G_PT_gestures"


class A2G_PT_nla_pins(_PinsPanel, bpy.types.Panel):
    """Clips that the generated motion follows"""

    bl_space_type = "NLA_EDITOR"
