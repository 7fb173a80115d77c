"""The add-on's preferences, the folders it writes to, and its keymap entries.

What the preferences look like is in ``panels.preferences``, which stands above this module: see `Tab`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import bpy
from bpy.props import BoolProperty, EnumProperty, IntProperty, StringProperty

from .a2g_core.files import is_file, listed, size_of
from .log import Log
from .owner import disown, own, owned

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import SpaceTypeItems

TAB_NAME = "Gestures"

PRESET_FOLDER = "a2g/performance"
"""Where presets of the performance are, in Blender's preset folders and in ours."""

BONES_PRESET_FOLDER = "a2g/bones"
"""Where presets of the list of bones are, in Blender's preset folders."""

COMMANDS: tuple[tuple[str, str, SpaceTypeItems], ...] = (
    ("a2g.generate", "3D View", "VIEW_3D"),
    ("a2g.next_take", "3D View", "VIEW_3D"),
    ("a2g.pin_clips", "NLA Editor", "NLA_EDITOR"),
)
"""Operators that can be given a key: idname, keymap, space. None has one by default: every key is taken."""

_CLICK = "a2g.press_lane"
"""Asked at each press of the left mouse button in an animation editor, before tools; it takes what is its own."""


def _on_tab_name(_preferences: Any, _context: bpy.types.Context) -> None:
    owned(Tab).move()


def _on_log_level(preferences: Any, _context: bpy.types.Context) -> None:
    owned(Log).set_level(preferences.log_level)


def _on_log_file(preferences: Any, _context: bpy.types.Context) -> None:
    owned(Log).write_to(log_folder() if preferences.log_file else None)


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
        description="Device that the GPU engine runs on",
        items=[
            ("AUTO", "Automatic", "The fastest available device"),
            ("CUDA", "NVIDIA or AMD", "A graphics card by CUDA or ROCm"),
            ("MPS", "Apple", "The GPU of Apple silicon"),
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
    "thumbnails": BoolProperty(
        name="Pictures",
        description="Draw small pictures of takes, each its action's preview, and of styles, and show them in lists",
        default=True,
    ),
    "log_level": EnumProperty(
        name="Log",
        description="How much is written to the system console",
        items=[
            ("DEBUG", "Everything", "Including the engine's output"),
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
        description="Disk space for finished takes that are kept in case Blender crashes",
        default=200, min=0, soft_max=10000,
    ),
}  # fmt: skip

DEFAULTS = SimpleNamespace(**{name: setting.keywords["default"] for name, setting in _SETTINGS.items()})


class A2GPreferences(bpy.types.AddonPreferences):
    """Settings of the add-on, for all files."""

    bl_idname = __package__
    __annotations__ = _SETTINGS

    def draw(self, context: bpy.types.Context) -> None:
        """As ``panels.preferences`` does it."""
        owned(Tab).draw_preferences(self, context)


def get(context: bpy.types.Context | None = None) -> Any:
    """The preferences, or their defaults if the add-on runs without being installed, as from a checkout."""
    addon = (context or bpy.context).preferences.addons.get(__package__)
    stored: A2GPreferences | None = addon.preferences if addon is not None else None
    return DEFAULTS if stored is None else stored


def user_folder(name: str) -> Path:
    """A folder for what the add-on writes: the user's, since an update replaces its own. It may not exist yet."""
    try:
        return Path(bpy.utils.extension_path_user(__package__, path=name))
    except ValueError:  # not installed as an extension
        return Path(bpy.utils.user_resource("DATAFILES", path="audio2gestures")) / name


class Tab:
    """The panels of the sidebar's tab, whose name the artist chooses. Used on the main thread alone.

    panels: in order of registration; those without a tab (lists, menus) are registered with them. draw_preferences:
    draws the add-on's preferences. Both stand above this module, so `panels.register` hands them in.
    """

    def __init__(
        self, panels: tuple[type, ...], draw_preferences: Callable[[A2GPreferences, bpy.types.Context], None]
    ) -> None:
        self.panels, self.draw_preferences = panels, draw_preferences

    def register(self) -> None:
        """Register the panels under the tab's name."""
        name = get().tab_name.strip() or TAB_NAME
        for cls in self.panels:
            if hasattr(cls, "bl_category"):
                cls.bl_category = name
            bpy.utils.register_class(cls)

    def unregister(self) -> None:
        """Unregister them."""
        for cls in reversed(self.panels):
            bpy.utils.unregister_class(cls)

    def move(self) -> None:
        """Follow a change of the tab's name, which Blender reads only when a panel is registered."""
        self.unregister()
        self.register()


def log_folder() -> Path:
    """Where the log file is."""
    return user_folder("log")


def takes_folder() -> Path:
    """Where finished takes are kept for recovery."""
    return user_folder("takes")


def cache_bytes() -> int:
    """Size of the takes kept for recovery."""
    return sum(map(size_of, listed(takes_folder())))


def clear_cache() -> None:
    """Delete the takes kept for recovery."""
    for path in listed(takes_folder()):
        if is_file(path):
            path.unlink(missing_ok=True)


class Shortcuts:
    """The entries of COMMANDS in Blender's keymaps, and the click. Used on the main thread alone."""

    def __init__(self) -> None:
        self._items: list[tuple[bpy.types.KeyMap, bpy.types.KeyMapItem]] = []
        configuration = bpy.context.window_manager.keyconfigs.addon
        if bpy.app.background or configuration is None:
            return
        for operator, name, space in COMMANDS:
            keymap = configuration.keymaps.new(name=name, space_type=space)
            self._items.append((keymap, keymap.keymap_items.new(operator, "NONE", "PRESS")))
        keymap = configuration.keymaps.new(name="Animation", space_type="EMPTY")
        self._items.append((keymap, keymap.keymap_items.new(_CLICK, "LEFTMOUSE", "PRESS")))

    def remove(self) -> None:
        """Take the entries back."""
        for keymap, item in self._items:
            keymap.keymap_items.remove(item)
        self._items.clear()


def register() -> None:
    """Register the preferences and the commands that can be given keys."""
    bpy.utils.register_class(A2GPreferences)
    own(Shortcuts())
    log = owned(Log)
    log.set_level(get().log_level)
    log.write_to(log_folder() if get().log_file else None)


def unregister() -> None:
    """Unregister all of it; Blender keeps the values until the add-on is removed."""
    disown(Shortcuts).remove()
    bpy.utils.unregister_class(A2GPreferences)
