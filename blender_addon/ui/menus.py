"""Entries in Blender's own menus, where F3 finds them too, and the folder of our presets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bpy

from ..owner import owned
from . import gesture_pictures

_TAKES = (
    "a2g.generate", "a2g.next_take", "a2g.generate_idle", "a2g.generate_listening", "a2g.generate_all", "a2g.batch",
    "a2g.update_take", "a2g.regenerate_range", "a2g.regenerate_around_pins", "a2g.reproduce_take", "a2g.cancel", "",
    "a2g.use_take", "a2g.solo_take", "a2g.star_take", "a2g.duplicate_take", "a2g.delete_take", "a2g.compare_take",
    "a2g.move_take", "a2g.raise_take", "a2g.stop_holding", "a2g.unmute_take", "a2g.reset_take_speed",
    "a2g.restore_frame_rate", "a2g.fewer_keys", "a2g.bake_action", "a2g.export_take", "a2g.write_as_ik",
    "a2g.write_as_fk", "a2g.choose_style", "",
)  # fmt: skip
_WORDS = (
    "a2g.update_words", "a2g.forget_words", "a2g.suggest_gestures", "a2g.suggest_again", "a2g.list_suggestions",
    "a2g.mark_as_gesture", "a2g.write_gesture_library", "",
)  # fmt: skip
_PINS = (
    "a2g.add_gesture", "a2g.add_gesture_asset", "a2g.replace_gesture", "a2g.pin_clips", "a2g.unpin_clips",
    "a2g.select_pin", "a2g.remove_pin", "",
)  # fmt: skip
_SPEECH = ("a2g.choose_speech_file", "a2g.find_speech_file", "a2g.place_speech_strip", "a2g.generate_for_strip", "")
_CHARACTER = (
    "a2g.add_character", "a2g.make_override", "a2g.leave_mode", "a2g.push_down_action",
    "a2g.stash_action", "a2g.leave_tweak_mode", "a2g.enable_nla", "a2g.unsolo", "a2g.use_pose_position",
    "a2g.mute_constraints", "a2g.reset_time_stretching", "", "a2g.mirror_bones", "a2g.swap_bones", "a2g.guess_bones",
    "a2g.import_bones", "a2g.export_bones", "a2g.connect_shapes", "a2g.disconnect_shapes",
    "a2g.measure_clearance", "a2g.forget_body", "",
)  # fmt: skip
_ENGINE = (
    "a2g.setup_worker", "a2g.restart_worker", "a2g.stop_worker", "a2g.use_cpu", "a2g.check_setup",
    "a2g.copy_setup_log", "a2g.cancel_setup", "a2g.clear_cache", "",
)  # fmt: skip
_CARE = ("a2g.recover_take", "a2g.copy_report", "a2g.open_log", "a2g.open_manual")
_NLA = (
    "a2g.add_gesture",
    "a2g.replace_gesture",
    "a2g.mark_as_gesture",
    "a2g.pin_clips",
    "a2g.unpin_clips",
    "a2g.regenerate_around_pins",
)


class A2G_MT_gestures(bpy.types.Menu):
    """Every command for gestures"""

    bl_label = "Gestures"

    def draw(self, _context: bpy.types.Context) -> None:
        """By what they are for."""
        layout = self.layout
        owned(gesture_pictures.GesturePictures).prepare()
        for idname in (*_TAKES, *_PINS, *_WORDS, *_SPEECH, *_CHARACTER, *_ENGINE, *_CARE):
            if not idname:
                layout.separator()
            else:
                # Invoked also where a menu would execute: jobs, file browsers and questions need it.
                layout.operator_context = "INVOKE_DEFAULT"
                layout.operator(idname)
            if idname == "a2g.reproduce_take":
                layout.operator("a2g.change_phrase", text="Next Performance of Phrase").direction = "NEXT"
                layout.operator("a2g.change_phrase", text="Previous Performance of Phrase").direction = "PREVIOUS"
                layout.operator("a2g.change_accent", text="Strengthen Accent").direction = "STRONGER"
                layout.operator("a2g.change_accent", text="Weaken Accent").direction = "WEAKER"
                layout.operator("a2g.change_accent", text="Accent as Heard").direction = "AS_HEARD"
        layout.operator_menu_enum("a2g.relink_pin", "strip")
        layout.operator_menu_enum("a2g.gesture_hand", "hand")
        layout.operator_menu_enum("a2g.read_words", "source")


def _draw_add(menu: bpy.types.Menu, _context: bpy.types.Context) -> None:
    menu.layout.operator("a2g.add_character", text="Character", icon="OUTLINER_OB_ARMATURE")


def _draw_commands(menu: bpy.types.Menu, _context: bpy.types.Context) -> None:
    menu.layout.separator()
    menu.layout.menu(A2G_MT_gestures.__name__)


def _draw_nla(menu: bpy.types.Menu, _context: bpy.types.Context) -> None:
    owned(gesture_pictures.GesturePictures).prepare()
    menu.layout.separator()
    menu.layout.operator_context = "INVOKE_DEFAULT"
    for idname in _NLA:
        menu.layout.operator(idname)
    menu.layout.operator_menu_enum("a2g.gesture_hand", "hand")


def _draw_asset_browser(menu: bpy.types.Menu, _context: bpy.types.Context) -> None:
    menu.layout.separator()
    menu.layout.operator_context = "INVOKE_DEFAULT"
    menu.layout.operator("a2g.add_gesture_asset")


def _draw_sequencer(menu: bpy.types.Menu, _context: bpy.types.Context) -> None:
    menu.layout.separator()
    menu.layout.operator_context = "INVOKE_DEFAULT"
    menu.layout.operator("a2g.generate_for_strip")


ENTRIES: tuple[tuple[str, Callable[[bpy.types.Menu, bpy.types.Context], None]], ...] = (
    ("VIEW3D_MT_armature_add", _draw_add),
    ("VIEW3D_MT_object", _draw_commands),
    ("VIEW3D_MT_pose", _draw_commands),
    ("NLA_MT_strips", _draw_nla),
    ("NLA_MT_context_menu", _draw_nla),
    ("ASSETBROWSER_MT_context_menu", _draw_asset_browser),
    ("SEQUENCER_MT_strip", _draw_sequencer),
    ("SEQUENCER_MT_context_menu", _draw_sequencer),
)


def register() -> None:
    """Add our entries, and the folder with our presets."""
    bpy.utils.register_class(A2G_MT_gestures)
    for name, draw in ENTRIES:
        getattr(bpy.types, name).append(draw)
    bpy.utils.register_preset_path(str(Path(__file__).parents[1]))


def unregister() -> None:
    """Take them away again."""
    bpy.utils.unregister_preset_path(str(Path(__file__).parents[1]))
    for name, draw in ENTRIES:
        getattr(bpy.types, name).remove(draw)
    bpy.utils.unregister_class(A2G_MT_gestures)
