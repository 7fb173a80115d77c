"""Corrects the stubs of fake-bpy-module for the type checker. Standard library only.

The stubs are generated from Blender's own documentation. They declare as `| None` what is missing only while Blender
starts, and the arguments of callbacks that the documentation itself calls "never None"; and they lack the properties
that this add-on registers on Blender's classes. `write` copies the installed stubs and corrects this, so that the
add-on needs no cast at each use.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
from pathlib import Path

DISTRIBUTION = "fake-bpy-module-5.2"

NEVER_NONE = {
    "Context": ("preferences", "scene", "view_layer", "window_manager"),
    "Menu": ("layout",),
    "Panel": ("layout",),
    "Operator": ("layout",),
    "UIPopupMenu": ("layout",),
}
"""Readonly properties that are there whenever Blender calls an operator, a panel or a timer."""

CALLBACKS = ("Menu", "Operator", "Panel", "UIList")
"""Classes whose methods Blender calls, with arguments that are never None."""

REGISTERED = {
    "Object": {
        "a2g_speech_source": "str",
        "a2g_speech_strip": "str",
        "a2g_speech_channel": "int",
        "a2g_speech_file": "str",
        "a2g_start_frame": "int",
        "a2g_seed": "int",
        "a2g_keep_seed": "bool",
        "a2g_take_count": "int",
        "a2g_style": "str",
        "a2g_live": "bool",
        "a2g_idle": "bool",
        "a2g_body_parts": "set[str]",
        "a2g_layering": "str",
        "a2g_plant_feet": "bool",
        "a2g_seated": "bool",
        "a2g_solids": "str",
        "a2g_look_at": "str",
        "a2g_look_target": "Object | None",
        "a2g_look_strength": "float",
        "a2g_blink": "float",
        "a2g_jaw": "float",
        "a2g_active_take": "int",
        "a2g_influence": "float",
        "a2g_chosen_take": "str",
        "a2g_chosen_track": "str",
        "a2g_body_parts_arms": "bool",
        "a2g_body_parts_hands": "bool",
        "a2g_body_parts_torso": "bool",
        "a2g_body_parts_head": "bool",
        "a2g_body_parts_legs": "bool",
        "a2g_pins": "bpy_prop_collection_idprop[audio2gestures.properties.A2GPin]",
        "a2g_active_pin": "int",
        "a2g_rig_map": "str",
        "a2g_words": "str",
        "a2g_language": "str",
        "a2g_fine_words": "bool",
        "a2g_per_minute": "float",
        "a2g_suggestion_seed": "int",
    },
    "Action": {"a2g": "audio2gestures.properties.A2GClip"},
    "Scene": {"a2g_character": "Object | None", "a2g_bones": "PropertyGroup"},
    "WindowManager": {"a2g": "audio2gestures.properties.A2GStatus", "a2g_show_pins": "bool", "a2g_show_lanes": "bool"},
}
"""Properties that the add-on registers on Blender's classes, with their types; sliders are looked up by name."""


LACKING = {
    "ContextTempOverride": (
        "def __enter__(self) -> ContextTempOverride: ...",
        "def __exit__(self, *_error: object) -> None: ...",
    ),
    "bpy_prop_array": ("def __getitem__(self, index: int) -> typing.Any: ...",),
}
"""Methods of Blender's own classes that the stubs leave out."""


class StubError(Exception):
    """The stubs are missing, or not those that the corrections were written for."""


def write(folder: Path) -> None:
    """Write the corrected `bpy` package to `folder`, which is put on the type checker's path."""
    source = _installed() / "bpy-stubs"
    shutil.copytree(source, folder / "bpy", dirs_exist_ok=True)
    types = folder / "bpy" / "types" / "__init__.pyi"
    types.write_text(correct(types.read_text(encoding="utf-8")), encoding="utf-8")
    operators = folder / "bpy" / "ops" / "__init__.pyi"
    operators.write_text(operators.read_text(encoding="utf-8") + "\na2g: typing.Any\n", encoding="utf-8")


def correct(text: str) -> str:
    """The corrected text of `bpy/types/__init__.pyi`. Raises StubError if a correction finds nothing to correct."""
    for name, properties in NEVER_NONE.items():
        for attribute in properties:
            text = _in_class(text, name, rf"(def {attribute}\(self\) -> )(?:None \| )?(\w+)(?: \| None)+:", r"\1\2:")
    for name in CALLBACKS:
        text = _in_class(
            text, name, r"\b(context|event|layout|properties): (?:None \| )?(\w+)(?: \| None)*", r"\1: \2", 0
        )
    for name, registered in REGISTERED.items():
        lines = "".join(f"    {attribute}: {kind}\n" for attribute, kind in registered.items())
        text = _in_class(text, name, r"\A(class .*:\n)", rf"\g<1>{lines}")
    for name, methods in LACKING.items():
        text = _in_class(text, name, r"\A(class .*:\n)", r"\g<1>" + "".join(f"    {method}\n" for method in methods))
    # Blender reads any sequence here; the stubs ask for its own arrays.
    ours = "tuple[list[int], list[int]]"
    text = _in_class(text, "UIList", r"tuple\[bpy_prop_array\[int\], bpy_prop_array\[int\]\]", ours)
    return _replaced(text, r"^(import typing\n)", r"\1import audio2gestures.properties\n")


def _in_class(text: str, name: str, pattern: str, replacement: str, count: int = 1) -> str:
    found = re.search(rf"^class {name}[(:].*?(?=^class )", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise StubError(f"{DISTRIBUTION} has no class {name}; correct scripts/stubs.py.")
    return text[: found.start()] + _replaced(found.group(), pattern, replacement, count) + text[found.end() :]


def _replaced(text: str, pattern: str, replacement: str, count: int = 1) -> str:
    changed, found = re.subn(pattern, replacement, text, count=count, flags=re.MULTILINE)
    if not found:
        raise StubError(f"{DISTRIBUTION} has nothing like {pattern}; correct scripts/stubs.py.")
    return changed


def _installed() -> Path:
    try:
        distribution = importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError as error:
        raise StubError(
            f"{DISTRIBUTION} is not installed; scripts/test.py makes an environment that has it."
        ) from error
    return Path(str(distribution.locate_file("")))
