"""The add-on's preferences, where it may write, and its keymap entries.

What the preferences look like is in ``panels.preferences``, which stands above: it says so to ``follow``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bpy
from bpy.props import BoolProperty, EnumProperty, IntProperty, StringProperty

from . import log

TAB_NAME = "Gestures"

PRESET_FOLDER = "a2g/performance"
"""Where presets of the performance lie, in Blender's folders of presets and in ours."""

COMMANDS = (
    ("a2g.generate", "3D View", "VIEW_3D"),
    ("a2g.next_take", "3D View", "VIEW_3D"),
    ("a2g.pin_clips", "NLA Editor", "NLA_EDITOR"),
)
"""Operators that can be given a key: idname, keymap, space. None has one to begin with: every key is somebody's."""

_panels: tuple[type, ...] = ()
_draw: Callable[[Any, bpy.types.Context], None] | None = None
_keymap_items: list[tuple[bpy.types.KeyMap, bpy.types.KeyMapItem]] = []


def _on_tab_name(_preferences: Any, _context: bpy.types.Context) -> None:
    apply_tab_name()


def _on_log_level(preferences: Any, _context: bpy.types.Context) -> None:
    log.set_level(preferences.log_level)


def _on_log_file(preferences: Any, _context: bpy.types.Context) -> None:
    log.write_to(log_folder() if preferences.log_file else None)


_SETTINGS = {
    "model_file": StringProperty(
        name="Gesture Model",
        description="Model file to generate with, made by 'a2g train' or 'a2g export'; when empty, the built-in model",
        subtype="FILE_PATH",
        default="",
    ),
    "engine": EnumProperty(
        name="Engine",
        description="What generates gestures",
        items=[
            ("NUMPY", "This Computer's CPU", "Inside Blender; needs nothing else"),
            ("WORKER", "Graphics Card", "In a process of its own, which Set Up GPU prepares"),
        ],
        default="NUMPY",
    ),
    "worker_python": StringProperty(
        name="Engine Python",
        description="Python program of the graphics card's engine; when empty, the one that Set Up GPU made",
        subtype="FILE_PATH",
        default="",
    ),
    "device": EnumProperty(
        name="Device",
        description="What the graphics card's engine runs on",
        items=[
            ("AUTO", "Automatic", "The fastest there is"),
            ("CUDA", "NVIDIA or AMD", "A graphics card by CUDA or ROCm"),
            ("MPS", "Apple", "The graphics of Apple silicon"),
            ("CPU", "CPU", "The processor, in the engine's own process"),
        ],
        default="AUTO",
    ),
    "tab_name": StringProperty(
        name="Sidebar Tab",
        description="Name of the tab in the sidebar",
        default=TAB_NAME,
        update=_on_tab_name,
    ),
    "log_level": EnumProperty(
        name="Log",
        description="How much is written to the system console",
        items=[
            ("DEBUG", "Everything", "Also what the engine says"),
            ("INFO", "Steps", "What is being done"),
            ("WARNING", "Warnings", "What may be wrong"),
            ("ERROR", "Errors", "What went wrong"),
        ],
        default="WARNING",
        update=_on_log_level,
    ),
    "log_file": BoolProperty(
        name="Log File",
        description="Also write the log to a file, which Open Log shows",
        default=True,
        update=_on_log_file,
    ),
    "cache_limit_mb": IntProperty(
        name="Recovery Limit (MB)",
        description="Space that finished takes may use on the disk, kept in case Blender ends unexpectedly",
        default=200, min=0, soft_max=10000,
    ),
}  # fmt: skip

_DEFAULTS = SimpleNamespace(**{name: setting.keywords["default"] for name, setting in _SETTINGS.items()})


class A2GPreferences(bpy.types.AddonPreferences):
    """Settings of the add-on, for all files."""

    bl_idname = __package__
    __annotations__ = _SETTINGS

    def draw(self, context: bpy.types.Context) -> None:
        """As ``panels.preferences`` wants it."""
        if _draw is not None:
            _draw(self, context)


def get(context: bpy.types.Context | None = None) -> Any:
    """The preferences; their defaults where the add-on runs without being installed, as from a checkout."""
    addon = (context or bpy.context).preferences.addons.get(__package__)
    return addon.preferences if addon is not None and addon.preferences is not None else _DEFAULTS


def user_folder(name: str) -> Path:
    """A folder of the user's for what the add-on writes: never its own, which an update replaces. May not exist yet."""
    try:
        return Path(bpy.utils.extension_path_user(__package__, path=name))
    except ValueError:  # not installed as an extension
        return Path(bpy.utils.user_resource("DATAFILES", path="audio2gestures")) / name


def follow(panels: tuple[type, ...], draw: Callable[[Any, bpy.types.Context], None]) -> None:
    """Register these classes under the tab of the artist's choice, now and when it changes, and draw the preferences.

    panels: in order of registration; those without a tab (lists, menus) are left as they are.
    """
    global _panels, _draw
    _panels, _draw = panels, draw
    _name_tabs()
    for cls in panels:
        bpy.utils.register_class(cls)


def unfollow() -> None:
    """Unregister what `follow` registered."""
    global _panels, _draw
    for cls in reversed(_panels):
        bpy.utils.unregister_class(cls)
    _panels, _draw = (), None


def apply_tab_name() -> None:
    """Move the panels to the tab of the preferences: Blender reads the name when they are registered."""
    for cls in reversed(_panels):
        bpy.utils.unregister_class(cls)
    _name_tabs()
    for cls in _panels:
        bpy.utils.register_class(cls)


def _name_tabs() -> None:
    name = get().tab_name.strip() or TAB_NAME
    for cls in _panels:
        if hasattr(cls, "bl_category"):
            cls.bl_category = name


def log_folder() -> Path:
    """Where the log file is."""
    return user_folder("log")


def takes_folder() -> Path:
    """Where finished takes are kept for recovery."""
    return user_folder("takes")


def cache_bytes() -> int:
    """Size of the takes kept for recovery."""
    folder = takes_folder()
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) if folder.is_dir() else 0


def clear_cache() -> None:
    """Delete the takes kept for recovery."""
    folder = takes_folder()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_file():
            path.unlink(missing_ok=True)


def _register_keymaps() -> None:
    configuration = bpy.context.window_manager.keyconfigs.addon
    if bpy.app.background or configuration is None:
        return
    for operator, name, space in COMMANDS:
        keymap = configuration.keymaps.new(name=name, space_type=space)
        _keymap_items.append((keymap, keymap.keymap_items.new(operator, "NONE", "PRESS")))


def _unregister_keymaps() -> None:
    for keymap, item in _keymap_items:
        keymap.keymap_items.remove(item)
    _keymap_items.clear()


def register() -> None:
    """Register the preferences and the commands that can be given keys."""
    bpy.utils.register_class(A2GPreferences)
    _register_keymaps()
    log.register()
    log.set_level(get().log_level)
    log.write_to(log_folder() if get().log_file else None)


def unregister() -> None:
    """Take all of it back; Blender keeps the values until the add-on is removed."""
    log.unregister()
    _unregister_keymaps()
    bpy.utils.unregister_class(A2GPreferences)
