"""The list of pinned clips, in each of three editors."""

from __future__ import annotations

from typing import Any

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import sentences
from ..owner import owned
from ..scene import pins
from ..ui import gesture_pictures, state, watch
from ..work import gesture_model
from .common import Sidebar, draw_parts, draw_sentence, split, whole

_NAME_SHARE = 0.45  # of a row; its frames and its strength take the rest


class A2G_UL_pins(bpy.types.UIList):
    """Pinned clips by strip name, with their frames; those whose strip is gone are marked"""

    # Nine parameters because Blender calls it.
    def draw_item(
        self, _context: bpy.types.Context, layout: bpy.types.UILayout, data: Any, item: Any, _icon: int | None,
        _active_data: Any, _active_property: str | None, index: int | None = 0, _flag: int | None = 0,
    ) -> None:  # fmt: skip
        """One pinned clip."""
        pinned = pins.find_pin(data, index or 0)
        row = layout.row(align=True)
        if pinned is None:
            row.label(text=iface_("{name} (lost)").format(name=item.strip), icon="ERROR")
        else:
            row.active = pinned.is_followed
            split = row.split(factor=_NAME_SHARE)
            split.label(text=pinned.strip.name, icon="PINNED")
            right = split.row(align=True)
            right.label(text=f"{pinned.strip.frame_start:.0f}–{pinned.strip.frame_end:.0f}")
            right.prop(item, "strength", text="", slider=True)
        row.prop(item, "muted", text="", icon="HIDE_ON" if item.muted else "HIDE_OFF", emboss=False)


class _PinsPanel(Sidebar):
    bl_label = "Pinned Clips"
    page = "pins"
    bl_order = 2

    @whole
    def draw_header(self, context: bpy.types.Context) -> None:
        """A sign that a pin is lost, visible even while the panel is closed."""
        obj = state.character(context)
        if obj is not None and pins.lost_pins(obj):
            self.layout.label(text="", icon="ERROR")

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """The list, the active clip's settings, and what can be done."""
        layout = split(self.layout)
        obj, model = state.character(context), gesture_model.current(context)
        problem = sentences.reason(gesture_model.check_pins, model) if model is not None else ""
        if problem:
            draw_sentence(layout, context, problem, "INFO")
        if obj is not None:
            owned(watch.Watch).sync_soon(obj)
            if obj.a2g_pins:
                layout.template_list("A2G_UL_pins", "", obj, "a2g_pins", obj, "a2g_active_pin", rows=3)
                if obj.a2g_active_pin < len(obj.a2g_pins):
                    _draw_pin(layout.column(), obj, obj.a2g_active_pin, is_followed=not problem)
        row = layout.row(align=True)
        row.operator("a2g.pin_clips", icon="PINNED")
        row.operator("a2g.unpin_clips", text="", icon="UNPINNED")
        layout.operator("a2g.add_gesture", icon="ADD")
        owned(gesture_pictures.GesturePictures).prepare()
        layout.operator("a2g.regenerate_around_pins", icon="FILE_REFRESH")


def _draw_pin(layout: bpy.types.UILayout, obj: bpy.types.Object, index: int, is_followed: bool) -> None:
    """Settings of the active pin, greyed out if the model cannot follow it; or how to relink or remove a lost one."""
    entry = obj.a2g_pins[index]
    if pins.find_pin(obj, index) is None:
        layout.label(text="The strip of this pin is gone", icon="ERROR")
        row = layout.row(align=True)
        row.operator_menu_enum("a2g.relink_pin", "strip", icon="LINKED")
        row.operator("a2g.remove_pin", icon="X")
        return
    settings = layout.column()
    settings.enabled = is_followed
    settings.prop(entry, "strength", slider=True)
    column = settings.column(align=True)
    column.prop(entry, "fade_in_frames")
    column.prop(entry, "fade_out_frames", text="Out")
    draw_parts(settings, entry, "body_parts")
    if entry.action in bpy.data.actions and bpy.data.actions[entry.action].a2g.gesture:
        hands = (("LEFT", "Left"), ("BOTH", "Both"), ("RIGHT", "Right"))
        column = layout.column(align=True)
        column.operator("a2g.replace_gesture").pin = index
        row = column.row(align=True)
        for hand, name in hands if bpy.data.actions[entry.action].a2g.hand.upper() in dict(hands) else ():
            change = row.operator("a2g.gesture_hand", text=iface_(name))
            change.hand, change.pin = hand, index
    row = layout.row(align=True)
    row.operator("a2g.select_pin", icon="VIEWZOOM")
    row.operator("a2g.remove_pin", text="", icon="X")


class A2G_PT_pins(_PinsPanel):
    """Clips that the generated motion follows"""

    bl_space_type = "VIEW_3D"
    bl_parent_id = "A2G_PT_gestures"
    bl_options = {"DEFAULT_CLOSED"}


class A2G_PT_sequencer_pins(_PinsPanel):
    """Clips that the generated motion follows"""

    bl_space_type = "SEQUENCE_EDITOR"
    bl_parent_id = "A2G_PT_sequencer_gestures"
    bl_options = {"DEFAULT_CLOSED"}


class A2G_PT_nla_pins(_PinsPanel):
    """Clips that the generated motion follows"""

    # First, and not inside another panel: this is where strips are pinned.
    bl_space_type = "NLA_EDITOR"
    bl_order = 0

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """As in the 3D View, and a switch for showing pins in this editor."""
        _PinsPanel.draw(self, context)
        self.layout.prop(context.window_manager, "a2g_show_pins")
