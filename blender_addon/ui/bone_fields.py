"""The fields of the list of bones: a text for each row, which shows and sets the bone of the character in this scene.

Nothing is kept in them. They are properties of the scene, and not of the character, because what a library override is
said to change would else be stored twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import bpy
from bpy.props import PointerProperty, StringProperty

from ..a2g_core.body.skeleton import ROWS
from ..a2g_core.errors import A2GError
from ..scene import bones
from . import bone_rows, state

_log = logging.getLogger(__name__)


def _getter(row: str) -> Callable[[Any], str]:
    def get(_fields: Any) -> str:
        obj = state.character(bpy.context)
        try:
            return "" if obj is None else bones.rows(obj).get(row, "")
        except A2GError:
            return ""  # the list of problems says why

    return get


def _setter(row: str) -> Callable[[Any, str], None]:
    def set_(_fields: Any, bone: str) -> None:
        try:
            obj = state.editable_character(bpy.context)
            if bones.rows(obj).get(row, "") == bone:
                return  # a field that is emptied by its cross is set twice
            bones.set_bone(obj, row, bone)
            # Blender makes no undo step of what such a field has set (seen in a window of 5.2).
            bpy.ops.ed.undo_push(message="Set Bone")
        except A2GError as error:  # Blender asks for no answer; a field offers only what can be set
            _log.info("row %s: %s", row, error)

    return set_


def _field(row: str) -> Any:
    name, number = bone_rows.label(row)
    return StringProperty(
        name=f"{name} {number}" if number else name,
        description="Bone that moves as this part of the body; if another row has it, the two exchange theirs",
        options={"SKIP_SAVE"},
        get=_getter(row),
        set=_setter(row),
    )


class A2GBoneFields(bpy.types.PropertyGroup):
    """The fields of the list of bones; see the module."""


A2GBoneFields.__annotations__ = {row: _field(row) for row in ROWS}


def register() -> None:
    """Attach the fields to scenes."""
    bpy.utils.register_class(A2GBoneFields)
    bpy.types.Scene.a2g_bones = PointerProperty(type=A2GBoneFields)  # type: ignore[assignment]  # becomes a group


def unregister() -> None:
    """Detach them."""
    del bpy.types.Scene.a2g_bones
    bpy.utils.unregister_class(A2GBoneFields)
