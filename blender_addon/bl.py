"""All differences between Blender 4.2 and 5.2, found by feature tests. No other module asks for the version.

Actions have slots and layers from 4.4 on, and lose their own curves in 5.0. The sequencer's `sequences` become
`strips`, its scene may differ from the active one from 5.0 on, and its frame properties get new names in 5.2.

The type checker knows the API of one version, so what other versions name differently is `Any` here.
"""

from __future__ import annotations

import ctypes
import itertools
import struct
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import bpy

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import PropertyFlagItems

RELATIVE_PATH: set[PropertyFlagItems] = {"PATH_SUPPORTS_BLEND_RELATIVE"} if bpy.app.version >= (4, 5, 0) else set()
"""Options of a property whose path may start with //; versions that know the option warn if it is missing."""

LAST_FRAME = 1048574
"""Last frame of Blender's timeline, and of its strips; the first one is its negative."""

# Actions and the NLA --------------------------------------------------------------------------------------------------


def new_action(name: str, owner: bpy.types.ID) -> tuple[bpy.types.Action, Any, Any]:
    """An empty Action for a datablock: (action, owner of its curves, its slot or None)."""
    action = bpy.data.actions.new(name)
    if not hasattr(action, "slots"):
        return action, action, None
    slot = action.slots.new(id_type=owner.id_type, name=owner.name)
    strip: Any = action.layers.new("Layer").strips.new(type="KEYFRAME")
    return action, strip.channelbag(slot, ensure=True), slot


def action_of(user: bpy.types.AnimData | bpy.types.NlaStrip) -> bpy.types.Action:
    """The Action of a user that is known to have one."""
    assert user.action is not None
    return user.action


def animation_of(obj: bpy.types.Object) -> bpy.types.AnimData:
    """The animation data of an object that is known to have some."""
    assert obj.animation_data is not None
    return obj.animation_data


def first_slot(action: bpy.types.Action) -> Any:
    """The only slot of an Action that `new_action` made; None before 4.4."""
    return action.slots[0] if hasattr(action, "slots") else None


def object_slot(action: bpy.types.Action) -> Any:
    """The first slot of an Action that an object can play; None without one, and before 4.4."""
    return next((s for s in getattr(action, "slots", ()) if s.target_id_type in ("OBJECT", "UNSPECIFIED")), None)


def curve_owner(action: bpy.types.Action) -> Any:
    """The owner of the curves of an Action that `new_action` made."""
    if not hasattr(action, "slots"):
        return action
    strip: Any = action.layers[0].strips[0]
    return strip.channelbag(action.slots[0], ensure=True)


def new_fcurve(owner: Any, path: str, index: int, group: str) -> bpy.types.FCurve:
    """A curve in the named group. owner: as returned by `new_action`."""
    if isinstance(owner, bpy.types.Action):
        old: Any = owner
        return old.fcurves.new(path, index=index, action_group=group)
    if _new_fcurve_takes_group():
        return owner.fcurves.new(path, index=index, group_name=group)
    curve = owner.fcurves.new(path, index=index)
    curve.group = owner.groups.get(group) or owner.groups.new(group)
    return curve


@cache
def _new_fcurve_takes_group() -> bool:
    """Whether a curve is made in a group, as from 5.0 on."""
    kind: Any = bpy.types.ActionChannelbagFCurves
    return "group_name" in kind.bl_rna.functions["new"].parameters


def fcurves(action: bpy.types.Action, slot: Any) -> Iterable[bpy.types.FCurve]:
    """The curves of an Action that a user of this slot plays."""
    return (curve for owner in _curve_owners(action, slot) for curve in owner.fcurves)


def fcurve(action: bpy.types.Action, slot: Any, path: str) -> bpy.types.FCurve | None:
    """The curve of a plain number that a user of this slot plays."""
    found = (owner.fcurves.find(path, index=0) for owner in _curve_owners(action, slot))
    return next((curve for curve in found if curve is not None), None)


def remove_fcurve(action: bpy.types.Action, slot: Any, curve: bpy.types.FCurve) -> None:
    """Remove a curve from an Action."""
    for owner in _curve_owners(action, slot):
        if curve in owner.fcurves.values():
            owner.fcurves.remove(curve)
            return


def _curve_owners(action: bpy.types.Action, slot: Any) -> list[Any]:
    """Whatever has the curves that a user of this slot plays."""
    if not hasattr(action, "slots"):
        return [action]
    if slot is None:
        return []
    strips: list[Any] = [strip for layer in action.layers for strip in layer.strips]
    return [bag for strip in strips if (bag := strip.channelbag(slot)) is not None]


def slot_of(user: bpy.types.AnimData | bpy.types.NlaStrip) -> Any:
    """The slot of its Action that an object's animation data or an NLA strip plays; None before 4.4."""
    return getattr(user, "action_slot", None)


def add_nla_strip(
    track: bpy.types.NlaTrack, name: str, start_frame: int, action: bpy.types.Action, slot: Any
) -> bpy.types.NlaStrip:
    """Put an Action on a track, which must have room for it."""
    strip = track.strips.new(name, start_frame, action)
    strip.name = name  # 4.3 ignores the argument
    if slot is not None and strip.action_slot != slot:
        strip.action_slot = slot  # without a slot the strip does nothing
    return strip


def set_nla_action(strip: bpy.types.NlaStrip, action: bpy.types.Action) -> None:
    """Make a strip play a copy of its Action, with the slot of the same name."""
    slot = slot_of(strip)
    identifier = slot.identifier if slot is not None else ""
    strip.action = action
    if slot is not None and (strip.action_slot is None or strip.action_slot.identifier != identifier):
        strip.action_slot = action.slots[identifier]


# The sequencer --------------------------------------------------------------------------------------------------------


def sequencer_scene(context: bpy.types.Context) -> bpy.types.Scene:
    """The scene whose strips the sequencer shows."""
    return getattr(context, "sequencer_scene", None) or context.scene


def sequencer_strips(owner: Any) -> Any:
    """The strips of a sequence editor or of a meta strip, without those inside meta strips."""
    return owner.strips if hasattr(owner, "strips") else owner.sequences


def all_strips(scene: bpy.types.Scene) -> Any:
    """Every strip of a scene's sequencer, including those inside meta strips."""
    editor, name = strips_property(scene)
    return () if editor is None else getattr(editor, name)


def strips_property(scene: bpy.types.Scene) -> tuple[Any, str]:
    """(owner, property name) of the sequencer's strips, for a search field."""
    editor = scene.sequence_editor
    return editor, "strips_all" if hasattr(editor, "strips_all") else "sequences_all"


def visible_frames(strip: Any) -> tuple[int, int]:
    """Visible frames [first, end) of a sequencer strip."""
    if hasattr(strip, "left_handle"):
        return int(strip.left_handle), int(strip.right_handle)
    return int(strip.frame_final_start), int(strip.frame_final_end)


def content_start(strip: Any) -> int:
    """The frame on which the first sample of the strip's sound would fall if it were not trimmed.

    Blender plays sound from a whole frame of its content, even if the strip's start is a fraction.
    """
    offset = strip.left_handle_offset if hasattr(strip, "left_handle_offset") else strip.frame_offset_start
    return visible_frames(strip)[0] - int(offset)


def sound_offset(strip: Any) -> float:
    """Seconds by which the strip's sound is delayed; 4.2 has no such setting."""
    return getattr(strip, "sound_offset", 0.0)


def is_retimed(strip: Any) -> bool:
    """Whether the strip plays its sound at another speed."""
    return len(getattr(strip, "retiming_keys", ())) > 1


def retiming(strip: Any) -> tuple[list[RetimingKey], int]:
    """The keys of a retimed strip, and how many frames the content of the last one is short of the whole.

    Python sees only the frame of a key, not what the strip plays there. That is read from the key in memory, in the
    layout of 4.2 to 4.5 or that of 5.0 on; the distance between keys tells which. Raises ValueError for anything else.
    """
    keys = list(strip.retiming_keys)
    places = [key.as_pointer() for key in keys]
    layouts = {40: "<d2if4x", 32: "<dif"}
    layout = layouts.get(places[1] - places[0])
    if layout is None or any(b - a != places[1] - places[0] for a, b in itertools.pairwise(places)):
        raise ValueError("unknown memory layout")
    raw = [struct.unpack(layout, ctypes.string_at(place, struct.calcsize(layout))) for place in places]
    pairs = zip(keys, raw, strict=True)
    found = [RetimingKey(key.timeline_frame, values[-1], bool(values[1] & 1)) for key, values in pairs]
    start, indices = keys[0].timeline_frame, [values[0] for values in raw]
    # The frames that Python sees must be those read, up to the frame rate that the sound was added at.
    ratio = (keys[-1].timeline_frame - start) / indices[-1] if indices[-1] > 0 else 0.0
    is_placed = all(abs(start + i * ratio - key.frame) <= 1.0 for i, key in zip(indices, found, strict=True))
    parts = [key.part for key in found]
    if not (indices[0] == 0 < ratio and is_placed and parts == sorted(parts) and parts[0] >= 0 and parts[-1] <= 1.001):
        raise ValueError("implausible values")
    return found, 1 if layout == layouts[40] else 0


class RetimingKey(NamedTuple):
    """By this frame, the strip has played this part (0 to 1) of its content.

    is_transition: whether the speed changes gradually from here to the next key.
    """

    frame: int
    part: float
    is_transition: bool


def stored_values(owner: Any) -> Any:
    """What a file stores of an owner's registered properties, including unknown ones; 5.0 separates custom ones."""
    return owner if bpy.app.version < (5, 0) else owner.bl_system_properties_get() or {}


def shows_overlays(context: bpy.types.Context) -> bool:
    """Whether the editor that the context is about shows overlays; where it has no such switch, it does."""
    space: Any = context.space_data
    return bool(getattr(space, "show_overlays", True))


def shows_markers(context: bpy.types.Context) -> bool:
    """Whether the editor that the context is about shows a row of markers at its lower edge."""
    space: Any = context.space_data
    scene = sequencer_scene(context) if space.type == "SEQUENCE_EDITOR" else context.scene
    return bool(getattr(space, "show_markers", False)) and len(scene.timeline_markers) > 0


def write_video(render: bpy.types.RenderSettings) -> None:
    """Have a render written as H.264 and AAC in MP4. TypeError of a Blender that was built without it."""
    settings: Any = render.image_settings
    if hasattr(settings, "media_type"):  # from 5.0 on
        settings.media_type = "VIDEO"
    settings.file_format = "FFMPEG"
    assert render.ffmpeg is not None
    render.ffmpeg.format = "MPEG4"
    render.ffmpeg.codec = "H264"
    render.ffmpeg.audio_codec = "AAC"
    render.ffmpeg.constant_rate_factor = "HIGH"


def use_workbench(scene: Any) -> None:
    """Render in the quick engine, whose name the stubs leave out."""
    scene.render.engine = "BLENDER_WORKBENCH"
    scene.display.shading.light, scene.display.shading.color_type = "STUDIO", "MATERIAL"
    scene.display.render_aa = "FXAA"  # a third of the time of 8 samples without a graphics card


def write_pictures(render: bpy.types.RenderSettings) -> None:
    """Have a render written as PNG."""
    settings: Any = render.image_settings
    if hasattr(settings, "media_type"):
        settings.media_type = "IMAGE"
    settings.file_format = "PNG"
