"""Every difference between Blender 4.2 and 5.2, by feature test, and nowhere else.

Actions have slots and layers from 4.4 on, and lose their own curves in 5.0; the sequencer's ``sequences`` become
``strips``, its scene may differ from the active one from 5.0 on, and its frame properties get new names in 5.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import bpy

# Actions and the NLA --------------------------------------------------------------------------------------------------


def new_action(name: str, obj: bpy.types.Object) -> tuple[bpy.types.Action, Any, Any]:
    """An empty Action for an object: (action, what owns its curves, its slot or None)."""
    action = bpy.data.actions.new(name)
    if not hasattr(action, "slots"):
        return action, action, None
    slot = action.slots.new(id_type="OBJECT", name=obj.name)
    strip = action.layers.new("Layer").strips.new(type="KEYFRAME")
    return action, strip.channelbag(slot, ensure=True), slot


def new_fcurve(owner: Any, path: str, index: int, group: str) -> bpy.types.FCurve:
    """A curve in the named group; owner is what ``new_action`` returned."""
    if isinstance(owner, bpy.types.Action):
        return owner.fcurves.new(path, index=index, action_group=group)
    if "group_name" in owner.fcurves.bl_rna.functions["new"].parameters:
        return owner.fcurves.new(path, index=index, group_name=group)
    curve = owner.fcurves.new(path, index=index)
    curve.group = owner.groups.get(group) or owner.groups.new(group)
    return curve


def fcurves(action: bpy.types.Action, slot: Any) -> Iterable[bpy.types.FCurve]:
    """The curves of an Action that a user of this slot plays."""
    if not hasattr(action, "slots"):
        return action.fcurves
    if slot is None:
        return ()
    bags = (strip.channelbag(slot) for layer in action.layers for strip in layer.strips)
    return (curve for bag in bags if bag is not None for curve in bag.fcurves)


def slot_of(user: bpy.types.AnimData | bpy.types.NlaStrip) -> Any:
    """The slot that an object's animation data or an NLA strip plays; None where Actions have no slots."""
    return getattr(user, "action_slot", None)


def add_nla_strip(
    track: bpy.types.NlaTrack, name: str, start_frame: int, action: bpy.types.Action, slot: Any
) -> bpy.types.NlaStrip:
    """Put an Action on a track; it must have room there."""
    strip = track.strips.new(name, start_frame, action)
    strip.name = name  # 4.3 ignores the argument
    if slot is not None and strip.action_slot != slot:
        strip.action_slot = slot  # without a slot the strip does nothing
    return strip


# The sequencer --------------------------------------------------------------------------------------------------------


def sequencer_scene(context: bpy.types.Context) -> bpy.types.Scene:
    """The scene whose strips the sequencer shows."""
    return getattr(context, "sequencer_scene", None) or context.scene


def sound_strips(scene: bpy.types.Scene) -> Sequence[Any]:
    """The scene's sound strips, inside meta strips too, by their first visible frame."""
    editor = scene.sequence_editor
    if editor is None:
        return ()
    strips = editor.strips_all if hasattr(editor, "strips_all") else editor.sequences_all
    return sorted((s for s in strips if s.type == "SOUND"), key=lambda s: visible_frames(s)[0])


def strips_property(scene: bpy.types.Scene) -> tuple[Any, str]:
    """(owner, property name) of the sequencer's strips, for a search field."""
    editor = scene.sequence_editor
    return editor, "strips_all" if hasattr(editor, "strips_all") else "sequences_all"


def visible_frames(strip: Any) -> tuple[int, int]:
    """First visible frame of a sequencer strip, and the one after its last."""
    if hasattr(strip, "left_handle"):
        return int(strip.left_handle), int(strip.right_handle)
    return int(strip.frame_final_start), int(strip.frame_final_end)


def content_start(strip: Any) -> float:
    """The frame on which the first sample of the strip's sound falls, were it not trimmed."""
    return strip.content_start if hasattr(strip, "content_start") else strip.frame_start


def is_retimed(strip: Any) -> bool:
    """Whether the strip plays its sound at another speed."""
    return len(getattr(strip, "retiming_keys", ())) > 0
