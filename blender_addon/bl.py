"""Every difference between Blender 4.2 and 5.2, by feature test, and nowhere else.

Actions have slots and layers from 4.4 on, and lose their own curves in 5.0; the sequencer's ``sequences`` become
``strips``, its scene may differ from the active one from 5.0 on, and its frame properties get new names in 5.2.
"""

from __future__ import annotations

import ctypes
import itertools
import struct
from collections.abc import Iterable
from typing import Any, NamedTuple

import bpy

RELATIVE_PATH = {"PATH_SUPPORTS_BLEND_RELATIVE"} if bpy.app.version >= (4, 5, 0) else set()
"""Options of a property with a path that may begin with //; Blender warns without it where it knows it."""

# Actions and the NLA --------------------------------------------------------------------------------------------------


def new_action(name: str, owner: bpy.types.ID) -> tuple[bpy.types.Action, Any, Any]:
    """An empty Action for a datablock: (action, what owns its curves, its slot or None)."""
    action = bpy.data.actions.new(name)
    if not hasattr(action, "slots"):
        return action, action, None
    slot = action.slots.new(id_type=owner.id_type, name=owner.name)
    strip = action.layers.new("Layer").strips.new(type="KEYFRAME")
    return action, strip.channelbag(slot, ensure=True), slot


def first_slot(action: bpy.types.Action) -> Any:
    """The only slot of an Action that ``new_action`` made; None where Actions have no slots."""
    return action.slots[0] if hasattr(action, "slots") else None


def curve_owner(action: bpy.types.Action) -> Any:
    """What owns the curves of an Action that ``new_action`` made."""
    if not hasattr(action, "slots"):
        return action
    return action.layers[0].strips[0].channelbag(action.slots[0], ensure=True)


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


def set_nla_action(strip: bpy.types.NlaStrip, action: bpy.types.Action) -> None:
    """Let a strip play a copy of its Action instead, by the slot of the same name."""
    slot = slot_of(strip)
    identifier = slot.identifier if slot is not None else ""
    strip.action = action
    if slot is not None and (strip.action_slot is None or strip.action_slot.identifier != identifier):
        strip.action_slot = action.slots[identifier]


def remove_fcurve(action: bpy.types.Action, slot: Any, curve: bpy.types.FCurve) -> None:
    """Take a curve out of an Action."""
    if not hasattr(action, "slots"):
        action.fcurves.remove(curve)
        return
    for layer in action.layers:
        for strip in layer.strips:
            bag = strip.channelbag(slot)
            if bag is not None and curve in bag.fcurves.values():
                bag.fcurves.remove(curve)
                return


# The sequencer --------------------------------------------------------------------------------------------------------


def sequencer_scene(context: bpy.types.Context) -> bpy.types.Scene:
    """The scene whose strips the sequencer shows."""
    return getattr(context, "sequencer_scene", None) or context.scene


def sequencer_strips(owner: Any) -> Any:
    """The strips of a sequence editor or of a meta strip, not those inside of metas."""
    return owner.strips if hasattr(owner, "strips") else owner.sequences


def all_strips(scene: bpy.types.Scene) -> Any:
    """Every strip of a scene's sequencer, those inside of metas too."""
    editor, name = strips_property(scene)
    return () if editor is None else getattr(editor, name)


def strips_property(scene: bpy.types.Scene) -> tuple[Any, str]:
    """(owner, property name) of the sequencer's strips, for a search field."""
    editor = scene.sequence_editor
    return editor, "strips_all" if hasattr(editor, "strips_all") else "sequences_all"


def visible_frames(strip: Any) -> tuple[int, int]:
    """First visible frame of a sequencer strip, and the one after its last."""
    if hasattr(strip, "left_handle"):
        return int(strip.left_handle), int(strip.right_handle)
    return int(strip.frame_final_start), int(strip.frame_final_end)


def content_start(strip: Any) -> int:
    """The frame on which the first sample of the strip's sound falls, were it not trimmed.

    Blender plays a sound from a whole frame of its content on, even where the strip's start is given as a fraction.
    """
    offset = strip.left_handle_offset if hasattr(strip, "left_handle_offset") else strip.frame_offset_start
    return visible_frames(strip)[0] - int(offset)


def sound_offset(strip: Any) -> float:
    """Seconds by which the strip's sound is late; 4.2 has no such setting."""
    return getattr(strip, "sound_offset", 0.0)


def is_retimed(strip: Any) -> bool:
    """Whether the strip plays its sound at another speed."""
    return len(getattr(strip, "retiming_keys", ())) > 1


def retiming(strip: Any) -> tuple[list[RetimingKey], int]:
    """The keys of a retimed strip, and how many frames the last one's content is short of the whole.

    Python is told each key's frame only, not what the strip plays there: that is read where the key lies in memory, in
    the layout of 4.2 to 4.5 or that of 5.0 on, told by the distance between keys. ValueError if it makes no sense.
    """
    keys = list(strip.retiming_keys)
    places = [key.as_pointer() for key in keys]
    layouts = {40: "<d2if4x", 32: "<dif"}
    layout = layouts.get(places[1] - places[0])
    if layout is None or any(b - a != places[1] - places[0] for a, b in itertools.pairwise(places)):
        raise ValueError("an unknown layout")
    raw = [struct.unpack(layout, ctypes.string_at(place, struct.calcsize(layout))) for place in places]
    pairs = zip(keys, raw, strict=True)
    found = [RetimingKey(key.timeline_frame, values[-1], bool(values[1] & 1)) for key, values in pairs]
    start, indices = keys[0].timeline_frame, [values[0] for values in raw]
    # The place that Python is told must be the place read, but for another frame rate than the sound was added at.
    ratio = (keys[-1].timeline_frame - start) / indices[-1] if indices[-1] > 0 else 0.0
    is_placed = all(abs(start + i * ratio - key.frame) <= 1.0 for i, key in zip(indices, found, strict=True))
    parts = [key.part for key in found]
    if not (indices[0] == 0 < ratio and is_placed and parts == sorted(parts) and parts[0] >= 0 and parts[-1] <= 1.001):
        raise ValueError("values that make no sense")
    return found, 1 if layout == layouts[40] else 0


class RetimingKey(NamedTuple):
    """On this frame the strip has played this part (0 to 1) of its content; is_transition: its speed changes from here
    to the next key's."""

    frame: int
    part: float
    is_transition: bool


def stored_values(owner: Any) -> Any:
    """What a file keeps of an owner's registered properties, unknown names included; 5.0 moved it from the own ones."""
    return owner if bpy.app.version < (5, 0) else owner.bl_system_properties_get() or {}
