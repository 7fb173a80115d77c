"""Pin NLA strips, unpin them, go to them, and relink or remove pins whose strip is gone."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

import bpy
from bpy.props import EnumProperty, IntProperty

from ..a2g_core.errors import PinError
from ..scene import nla, pins
from ..ui import state
from ..work import gesture_model
from .base import A2GOperator, Items, keep_items

if TYPE_CHECKING:
    from ..scene.nla import Placed

_ACTIVE = -1


class A2G_OT_pin_clips(A2GOperator):
    """Make generated motion follow the selected NLA strips of the character"""

    bl_idname = "a2g.pin_clips"
    bl_label = "Pin Selected Strips"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        chosen = state.selected_strips(context)
        if not chosen:
            raise PinError("no NLA strip of the character is selected", "select one that plays an action")
        _check_editable(context)
        model = gesture_model.current(context)
        if model is not None and not model.config.has_codes:
            raise PinError("this model cannot follow pinned clips", "choose an Audio2Gestures model in the preferences")
        for placed in chosen:
            pins.check_pinnable(placed)

    def run(self, context: bpy.types.Context) -> None:
        pins.pin_strips(state.chosen_character(context), state.selected_strips(context))


class A2G_OT_unpin_clips(A2GOperator):
    """Let generated motion no longer follow the selected NLA strips"""

    bl_idname = "a2g.unpin_clips"
    bl_label = "Unpin Selected Strips"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not _selected_pinned(context):
            raise PinError("no pinned NLA strip of the character is selected", "select one in the NLA editor")
        _check_editable(context)

    def run(self, context: bpy.types.Context) -> None:
        pins.unpin_strips(state.chosen_character(context), _selected_pinned(context))


class _OnePin(A2GOperator):
    """Acts on one pin of the list."""

    pin: int | Any  # each operator registers it: Blender does not look into this class

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = state.character(context)
        if obj is None or not obj.a2g_pins:
            raise PinError("the character has no pin", "select NLA strips of it and use Pin Selected Strips")
        _check_editable(context)

    def chosen(self, obj: bpy.types.Object) -> int:
        """Index of the pin to act on."""
        index = obj.a2g_active_pin if self.pin == _ACTIVE else self.pin
        if not 0 <= index < len(obj.a2g_pins):
            raise PinError("no pin is chosen", "choose one in the list")
        return index


def _pin_property() -> Any:
    return IntProperty(
        name="Pin",
        description="Number of the pin in the list; -1 is the one that is chosen there",
        default=_ACTIVE, min=_ACTIVE, options={"HIDDEN", "SKIP_SAVE"},
    )  # fmt: skip


class A2G_OT_remove_pin(_OnePin):
    """Remove this pin from the list; its strip, if there is one, stays and is no longer followed"""

    bl_idname = "a2g.remove_pin"
    bl_label = "Remove Pin"

    pin: _pin_property()

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        pins.remove_pin(obj, self.chosen(obj))


class A2G_OT_select_pin(_OnePin):
    """Select the strip of this pin in the NLA editor and go to its first frame"""

    bl_idname = "a2g.select_pin"
    bl_label = "Go to Pin"

    pin: _pin_property()

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        index = self.chosen(obj)
        pinned = pins.find_pin(obj, index)
        if pinned is None:
            raise PinError("the strip of this pin is gone", "use Relink Pin or Remove Pin")
        for placed in nla.placed_strips(obj):
            for strip in (placed.strip, *placed.metas):
                strip.select = False
        for strip in (pinned.strip, *pinned.placed.metas):
            strip.select = True
        obj.a2g_active_pin = index
        context.scene.frame_set(ceil(pinned.strip.frame_start))


def _candidates(context: bpy.types.Context) -> list[Placed]:
    """Strips of the character to which a lost pin could be relinked: those without a pin."""
    obj = state.character(context)
    if obj is None:
        return []
    taken = [pinned.strip for pinned in pins.pinned_strips(obj) if pinned.index is not None]
    return [placed for placed in nla.placed_strips(obj) if placed.strip not in taken]


def _candidate_items(context: bpy.types.Context | None) -> Items | None:
    if context is None:
        return None
    names = [placed.strip.name for placed in _candidates(context)]
    return [(name, name, "") for name in names]


class A2G_OT_relink_pin(_OnePin):
    """Let this lost pin follow another NLA strip of the character, with the settings it had"""

    bl_idname = "a2g.relink_pin"
    bl_label = "Relink Pin"

    pin: _pin_property()
    strip: EnumProperty(
        name="Strip",
        description="Strip to follow; the selected one if none is given",
        items=keep_items(_candidate_items),
        options={"SKIP_SAVE"},
    )

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        super().require(context)
        if not pins.lost_pins(state.chosen_character(context)):
            raise PinError("no pin of the character is lost", "there is nothing to relink")
        if not _candidates(context):
            raise PinError("the character has no strip without a pin", "add the clip to its NLA, or use Remove Pin")

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        index = self.chosen(obj)
        if index not in pins.lost_pins(obj):
            raise PinError("pin '{name}' is not lost", "choose a lost one", name=obj.a2g_pins[index].strip)
        pins.relink_pin(obj, index, self._target(context))

    def _target(self, context: bpy.types.Context) -> Placed:
        if self.properties.is_property_set("strip"):
            return next(placed for placed in _candidates(context) if placed.strip.name == self.strip)
        chosen = state.selected_strips(context)
        if len(chosen) != 1:
            raise PinError("exactly one NLA strip of the character must be selected", "select the one to follow")
        return chosen[0]


def _selected_pinned(context: bpy.types.Context) -> list[Placed]:
    return [placed for placed in state.selected_strips(context) if nla.clip_of(placed.strip).pinned]


def _check_editable(context: bpy.types.Context) -> None:
    obj = state.editable_character(context)
    if obj.animation_data is not None and obj.animation_data.use_tweak_mode:
        raise PinError(
            "an NLA strip of '{name}' is being tweaked", "leave it with Tab in the NLA editor", name=obj.name
        )


CLASSES = (A2G_OT_pin_clips, A2G_OT_unpin_clips, A2G_OT_relink_pin, A2G_OT_remove_pin, A2G_OT_select_pin)
