"""The words of the speech, and what is suggested for them."""

from __future__ import annotations

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import sentences
from ..owner import owned
from ..ui import state
from ..work import words, words_setup
from .common import Sidebar, draw_sentence, split, whole

_NOTES_SHOWN = 3


class _WordsPanel(Sidebar):
    bl_label = "Words"
    page = "words"
    bl_order = 3
    bl_options = {"DEFAULT_CLOSED"}

    @whole
    def draw_header(self, context: bpy.types.Context) -> None:
        """A sign that the words are not those of the speech, visible even while the panel is closed."""
        obj = state.character(context)
        if obj is not None and obj.a2g_words and sentences.reason(words.check_current, context, obj):
            self.layout.label(text="", icon="ERROR")

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """Where the words come from, what does not fit, and the gestures for them."""
        layout, obj = split(self.layout), state.character(context)
        row = layout.row(align=True)
        row.operator_menu_enum("a2g.read_words", "source", icon="FILE_TEXT")
        row.operator("a2g.update_words", text="", icon="FILE_REFRESH")
        row.operator("a2g.forget_words", text="", icon="X")
        if obj is None:
            return
        kept = words.of(obj)
        if kept is not None:
            text = iface_("{n} words are known").format(n=len(kept.words))
            layout.label(text=text, icon="CHECKMARK")
            for note in kept.notes[:_NOTES_SHOWN]:
                draw_sentence(layout, context, note, "ERROR")
            if problem := sentences.reason(words.check_current, context, obj):
                draw_sentence(layout, context, problem, "ERROR")
        _draw_setup(layout, context, obj)
        layout.prop(obj, "a2g_language")
        row = layout.row()
        row.use_property_split = False  # its name is too long to stand before it
        row.prop(obj, "a2g_per_minute", slider=True)
        row = layout.row(align=True)
        row.operator("a2g.suggest_gestures", icon="OUTLINER_OB_LIGHTPROBE")
        row.operator("a2g.suggest_again", text="", icon="FILE_REFRESH")
        row.operator("a2g.list_suggestions", text="", icon="LONGDISPLAY")
        row = layout.row(align=True)
        row.operator("a2g.mark_as_gesture", icon="ACTION")
        row.operator("a2g.write_gesture_library", text="", icon="ASSET_MANAGER")


def _draw_setup(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """Whether English is looked for finely; how far its setup is, or why it failed."""
    setup = owned(words_setup.WordsSetup)
    if setup.is_running and setup.current is not None:
        layout.progress(text=iface_(setup.current.phase), factor=setup.current.fraction)
    elif words_setup.python() is not None:
        layout.prop(obj, "a2g_fine_words")
    else:
        if setup.current is not None and setup.current.problem is not None:
            draw_sentence(layout, context, sentences.sentence(words_setup.problem_of(setup.current.problem)), "ERROR")
        layout.operator("a2g.setup_words", icon="IMPORT")


class A2G_PT_words(_WordsPanel):
    """Gestures that fit what is said"""

    bl_space_type = "VIEW_3D"
    bl_parent_id = "A2G_PT_gestures"


class A2G_PT_sequencer_words(_WordsPanel):
    """Gestures that fit what is said"""

    bl_space_type = "SEQUENCE_EDITOR"
    bl_parent_id = "A2G_PT_sequencer_gestures"


class A2G_PT_nla_words(_WordsPanel):
    """Gestures that fit what is said"""

    bl_space_type = "NLA_EDITOR"
    bl_parent_id = "A2G_PT_nla_gestures"
