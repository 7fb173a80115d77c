"""The speech: where it comes from, and which frames it fills."""

from __future__ import annotations

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import bl
from ..speech import strips
from ..ui import preflight


def draw_speech(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """The source, its settings, and what was found there; the list of problems says what is missing."""
    row = layout.row(align=True)
    row.label(text="Speech", icon="SPEAKER")
    row.operator("a2g.choose_speech_file", text="", icon="FILEBROWSER")
    row = layout.row()
    row.use_property_split = False  # a label would leave too little room for the names
    row.prop(obj, "a2g_speech_source", expand=True)
    if obj.a2g_speech_source == "FILE":
        layout.prop(obj, "a2g_speech_file")
        layout.prop(obj, "a2g_start_frame")
        layout.operator("a2g.place_speech_strip", icon="SEQ_SEQUENCER")
    elif obj.a2g_speech_source == "CHANNEL":
        layout.prop(obj, "a2g_speech_channel")
    elif bl.sequencer_scene(context).sequence_editor is not None:
        layout.prop_search(obj, "a2g_speech_strip", *bl.strips_property(bl.sequencer_scene(context)), icon="SOUND")
    if obj.a2g_speech_source != "FILE" and next(preflight.speech_problems(context, obj), None) is None:
        name, first, end = strips.speech_frames(context, obj)
        text = iface_("{name}: frames {first} to {last}").format(name=name, first=first, last=end - 1)
        layout.label(text=text, icon="CHECKMARK")
