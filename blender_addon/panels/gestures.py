"""The main panel: character, speech, performance, and the big button."""

from __future__ import annotations

import textwrap

import bpy

from .. import bl, report, scene_audio, scene_motion, state

# A label does not wrap by itself. Pixels at a scale of 1: a usual sidebar; its margins, icon and tabs; a character.
_SIDEBAR_PX, _MARGIN_PX, _CHARACTER_PX = 250, 65, 6


class A2G_PT_gestures(bpy.types.Panel):
    """Two clicks from a voice to a performance"""

    bl_label = "Gestures"
    bl_space_type = "VIEW_3D"
    bl_region_type = "UI"
    bl_category = "Gestures"

    def draw(self, context: bpy.types.Context) -> None:
        """Character, speech, seed, button: the order in which they are needed."""
        layout = self.layout
        layout.use_property_split = True
        layout.use_property_decorate = False
        obj = state.character(context)
        _draw_character(layout, context, obj)
        if obj is not None:
            _draw_speech(layout.column(), context, obj)
            layout.prop(obj, "a2g_seed")
        _draw_button(layout, context)


def _draw_character(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object | None) -> None:
    layout.prop(context.scene, "a2g_character")
    problem = report.reason(state.check_character, obj)
    if problem:
        draw_sentence(layout, context, problem, "ERROR")
    else:
        name = "" if context.scene.a2g_character == obj else f"{obj.name}: "
        layout.label(text=name + state.readiness(obj), icon="CHECKMARK")
    if obj is None or scene_motion.missing_bones(obj):
        layout.operator("a2g.add_character", icon="OUTLINER_OB_ARMATURE")
    elif scene_motion.hides_nla(obj):
        layout.operator("a2g.push_down_action", icon="NLA_PUSHDOWN")


def _draw_speech(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object) -> None:
    row = layout.row()
    row.use_property_split = False  # a label would leave the names too little room
    row.prop(obj, "a2g_speech_source", expand=True)
    if obj.a2g_speech_source == "FILE":
        layout.prop(obj, "a2g_speech_file")
        layout.prop(obj, "a2g_start_frame")
        layout.operator("a2g.place_speech_strip")
    elif obj.a2g_speech_source == "CHANNEL":
        layout.prop(obj, "a2g_speech_channel")
    elif bl.sequencer_scene(context).sequence_editor is not None:
        layout.prop_search(obj, "a2g_speech_strip", *bl.strips_property(bl.sequencer_scene(context)), icon="SOUND")
    if problem := report.reason(scene_audio.check_speech, context, obj):
        draw_sentence(layout, context, problem, "ERROR")
        if bpy.ops.a2g.find_speech_file.poll():
            layout.operator("a2g.find_speech_file")
    elif obj.a2g_speech_source != "FILE":
        name, first, end = scene_audio.speech_frames(context, obj)
        layout.label(text=f"{name}: frames {first} to {end - 1}", icon="CHECKMARK")


def _draw_button(layout: bpy.types.UILayout, context: bpy.types.Context) -> None:
    status = context.window_manager.a2g
    row = layout.row(align=True)
    row.scale_y = 1.6
    if status.running:
        row.progress(factor=status.fraction, text=f"{status.phase} {status.fraction:.0%}")
        row.operator("a2g.cancel", text="", icon="X")
    else:
        row.operator("a2g.generate", icon="PLAY_SOUND")
    if status.message:
        draw_sentence(layout, context, status.message, "ERROR" if status.failed else "INFO")


def draw_sentence(layout: bpy.types.UILayout, context: bpy.types.Context, sentence: str, icon: str) -> None:
    """A sentence over as many lines as it needs."""
    width_px = context.region.width / context.preferences.system.ui_scale if context.region else _SIDEBAR_PX
    column = layout.column(align=True)
    for line in textwrap.wrap(sentence, max(10, int((width_px - _MARGIN_PX) / _CHARACTER_PX))):
        column.label(text=line, icon=icon)
        icon = "BLANK1"
