"""The manual, which is installed with the add-on: which page is about what. Online Manual opens it, also offline."""

from __future__ import annotations

from pathlib import Path

import bpy

from ..a2g_core.errors import A2GError
from ..a2g_core.files import is_file

_FOLDER = Path(__file__).resolve().parents[1] / "manual"
_PAGES = {
    "characters": (
        "ops.a2g.*_bone", "ops.a2g.*_bones", "ops.a2g.*bones_preset", "ops.a2g.mute_constraints",
        "types.scene.a2g_character", "types.a2gbones.*",
    ),
    "linked-characters": ("ops.a2g.make_override",),
    "first-take": ("ops.a2g.add_character", "ops.a2g.generate"),
    "idle": ("ops.a2g.generate_idle", "ops.a2g.generate_listening", "ops.a2g.generate_all", "types.object.a2g_idle"),
    "studio": ("ops.a2g.batch",),
    "speech": (
        "ops.a2g.*speech*", "ops.a2g.generate_for_strip", "types.object.a2g_speech_*", "types.object.a2g_start_frame",
    ),
    "words": (
        "ops.a2g.*_words", "ops.a2g.suggest_*", "ops.a2g.list_suggestions", "ops.a2g.mark_as_gesture",
        "ops.a2g.write_gesture_library", "ops.a2g.add_gesture_asset", "types.object.a2g_language",
        "types.object.a2g_per_minute", "types.object.a2g_suggestion_seed", "types.object.a2g_fine_words",
    ),
    "phrases-and-ranges": (
        "ops.a2g.change_phrase", "ops.a2g.regenerate_range", "ops.a2g.*accent", "ops.a2g.press_lane",
        "types.windowmanager.a2g_show_lanes",
    ),
    "pins": (
        "ops.a2g.*pin", "ops.a2g.add_gesture", "ops.a2g.replace_gesture", "ops.a2g.gesture_hand", "ops.a2g.*_clips",
        "ops.a2g.regenerate_around_pins", "types.a2gpin.*",
        "types.windowmanager.a2g_show_pins",
    ),
    "gaze": (
        "ops.a2g.*_shapes", "types.object.a2g_look_*", "types.object.a2g_gaze", "types.object.a2g_gaze_*",
        "types.object.a2g_jaw",
    ),
    "export": ("ops.a2g.export_take",),
    "takes": (
        "ops.a2g.*take*", "ops.a2g.bake_action", "ops.a2g.write_as_*", "types.object.a2g_take_count",
        "types.object.a2g_seed", "types.object.a2g_influence",
    ),
    "engine": ("ops.a2g.*worker", "ops.a2g.*setup*", "ops.a2g.use_cpu"),
    "preferences": ("ops.a2g.use_builtin_model", "ops.a2g.clear_cache"),
    "troubleshooting": (
        "ops.a2g.copy_report", "ops.a2g.open_log", "ops.a2g.leave_*", "ops.a2g.push_down_action",
        "ops.a2g.stash_action", "ops.a2g.enable_nla", "ops.a2g.unsolo", "ops.a2g.use_pose_position",
        "ops.a2g.reset_*", "ops.a2g.restore_frame_rate", "ops.a2g.stop_holding",
    ),
    "sliders": ("ops.a2g.choose_style", "ops.a2g.*performance_preset", "types.object.a2g_*"),
    "index": ("ops.a2g.*", "types.a2g*"),
}  # fmt: skip
"""By page, the operators and properties that it explains, as Blender names them; the first that fits counts."""


def is_here() -> bool:
    """Whether the pages are installed: they are in the zip, and not in a checkout."""
    return is_file(_FOLDER / "index.html")


def url(page: str) -> str:
    """The address of a page. A2GError if there is none."""
    path = _FOLDER / f"{page}.html"
    if not is_file(path):
        raise A2GError("the manual is not installed", "read docs/manual in the add-on's repository")
    return path.as_uri()


def manual_map() -> tuple[str, tuple[tuple[str, str], ...]]:
    """What Blender asks for the page of an operator or a property."""
    pairs = tuple((f"bpy.{pattern}", f"{page}.html") for page, patterns in _PAGES.items() for pattern in patterns)
    return _FOLDER.as_uri() + "/", pairs


def register() -> None:
    """Let Blender's *Online Manual* find our pages."""
    if is_here():
        bpy.utils.register_manual_map(manual_map)


def unregister() -> None:
    """Take them away again."""
    if is_here():
        bpy.utils.unregister_manual_map(manual_map)
