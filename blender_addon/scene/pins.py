"""Pinned clips: NLA strips that the generated motion follows.

A strip is pinned if, and only if, its Action is marked: ``NlaStrip`` can hold no add-on data, and an Action's mark
survives renaming, copying, splitting and appending. To pin or unpin some of the strips that share one Action, those get
a copy of it for themselves. How closely to follow which strip is in a list on the Object, by names; a strip that is not
in it yet, such as the second part of a split one, follows the entry of the strip that it came from. An entry whose
strip is gone is lost: it stays until it is relinked or removed.

A take goes on a track above its pinned strips and replaces them: it follows them by itself, and its way in and out of
them is part of the motion, which no blending of two curves could be. The pinned strips stay below, untouched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.motion import Motion, Pin
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.skeleton import joints_of
from ..a2g_core.errors import PinError
from . import nla, sharing
from .nla import Placed
from .rig import read

SETTINGS = ("strength", "fade_in_frames", "fade_out_frames", "body_parts", "muted")
"""What an entry says of how a strip is followed."""
_NUMBERED = r"\.\d{3,}$"


@dataclass(frozen=True)
class PinnedStrip:
    """A pinned strip. index: its entry's in the object's list, None if it has none yet. origin: whose settings it then
    follows, None for the defaults. Entries are held by index: adding one moves the others in memory.
    """

    obj: bpy.types.Object
    placed: Placed
    index: int | None
    origin: int | None

    @property
    def strip(self) -> bpy.types.NlaStrip:
        """The NLA strip."""
        return self.placed.strip

    @property
    def entry(self) -> Any:
        """Its own entry, or None."""
        return None if self.index is None else self.obj.a2g_pins[self.index]

    @property
    def settings(self) -> Any:
        """The settings that hold for it: an entry, or what looks like one."""
        if self.origin is not None:
            return self.obj.a2g_pins[self.origin]
        pins: Any = self.obj.bl_rna.properties["a2g_pins"]
        properties = pins.fixed_type.properties
        defaults = {name: properties[name].default for name in SETTINGS if name != "body_parts"}
        return SimpleNamespace(**defaults, body_parts=properties["body_parts"].default_flag)

    @property
    def is_current(self) -> bool:
        """Whether its entry names it as it is called now."""
        return self.index is not None and _exact(self.entry) == _exact(_names(self.placed))

    @property
    def is_followed(self) -> bool:
        """Whether neither the strip nor the pin is muted."""
        return self.placed.plays and not self.settings.muted


@dataclass(frozen=True)
class PinnedClip:
    """What a pinned strip plays, with no reference to Blender. clip begins on start_frame, at the scene's rate.

    strength: 0 to 1, one number or (len(clip),). travels: whether the clip says where the hips are: then they follow it
    to just there, where the strip alone would put them.
    """

    name: str
    clip: Motion
    travels: bool
    start_frame: int
    strength: float | np.ndarray
    fade_in_s: float
    fade_out_s: float


def pinned_strips(obj: bpy.types.Object) -> list[PinnedStrip]:
    """A character's pinned strips, lowest track first, then by time."""
    marked = [placed for placed in nla.placed_strips(obj) if placed.action.a2g.pinned]
    if not marked:
        return []
    found = _match(marked, list(obj.a2g_pins))
    pinned = []
    for number, placed in enumerate(marked):
        index = found.get(number)
        pinned.append(PinnedStrip(obj, placed, index, _origin(obj, placed) if index is None else index))
    return pinned


def lost_pins(obj: bpy.types.Object) -> set[int]:
    """Indices of the entries whose strip is gone."""
    return set(range(len(obj.a2g_pins))) - {pinned.index for pinned in pinned_strips(obj)}


def find_pin(obj: bpy.types.Object, index: int) -> PinnedStrip | None:
    """The strip of an entry; None if it is lost."""
    return next((pinned for pinned in pinned_strips(obj) if pinned.index == index), None)


def is_current(obj: bpy.types.Object) -> bool:
    """Whether the list names every pinned strip as it is called now."""
    return all(pinned.is_current for pinned in pinned_strips(obj))


def check_pinnable(placed: Placed) -> None:
    """PinError if this strip cannot be pinned."""
    name = placed.strip.name
    if placed.action.library is not None:
        raise PinError("the action of '{name}' is linked from another file", "make it local first", name=name)
    nla.check_readable(placed)


def pin_strips(obj: bpy.types.Object, chosen: Sequence[Placed]) -> None:
    """Pin strips; PinError, before anything is changed, if one of them cannot be."""
    for placed in chosen:
        check_pinnable(placed)
        nla.check_seen(obj, placed)
    _mark(obj, chosen, True)
    sync_entries(obj)


def unpin_strips(obj: bpy.types.Object, chosen: Sequence[Placed]) -> None:
    """Unpin strips and forget their settings. Other strips of the same Actions stay pinned."""
    for placed in chosen:
        if placed.action.library is not None:
            raise PinError(
                "the action of '{name}' is linked from another file", "mute its pin instead", name=placed.strip.name
            )
    sync_entries(obj)
    strips = [placed.strip for placed in chosen]
    found = [pinned.index for pinned in pinned_strips(obj) if pinned.strip in strips]
    for index in sorted((index for index in found if index is not None), reverse=True):
        _remove_entry(obj, index)
    _mark(obj, chosen, False)


def remove_pin(obj: bpy.types.Object, index: int) -> None:
    """Remove an entry, and unpin its strip unless that is lost."""
    pinned = find_pin(obj, index)
    if pinned is None:
        _remove_entry(obj, index)
    else:
        unpin_strips(obj, [pinned.placed])


def relink_pin(obj: bpy.types.Object, index: int, placed: Placed) -> None:
    """Give a lost pin another strip, which then follows its settings."""
    check_pinnable(placed)
    pinned = next((p for p in pinned_strips(obj) if p.strip == placed.strip), None)
    if pinned is not None and pinned.index is not None:
        name = placed.strip.name
        raise PinError("strip '{name}' is pinned already", "choose another one, or remove the pin", name=name)
    _mark(obj, [placed], True)
    _write_names(obj.a2g_pins[index], placed)
    sync_entries(obj)


def sync_entries(obj: bpy.types.Object) -> None:
    """Bring the list up to date with strips that were renamed, moved, copied or split. Lost entries stay."""
    for pinned in pinned_strips(obj):
        if pinned.index is None:
            values = {name: getattr(pinned.settings, name) for name in SETTINGS}
            entry = obj.a2g_pins.add()
            for name, value in values.items():
                setattr(entry, name, value)
            _write_names(entry, pinned.placed)
        elif not pinned.is_current:
            _write_names(pinned.entry, pinned.placed)


def read_pins(obj: bpy.types.Object, fps: float) -> list[PinnedClip]:
    """What the pinned strips play, muted ones left out; PinError for one that cannot be read.

    Parts of a split strip that touch are read as one clip, so that nothing fades at the seam.
    """
    followed = [pinned for pinned in pinned_strips(obj) if pinned.is_followed]
    if not followed:
        return []
    rig, clips, before = read(obj), list[PinnedClip](), None
    for pinned in followed:
        clip = _read(rig, pinned, fps)
        joins = before is not None and nla.continues(before, pinned.strip)
        if joins and (clips[-1].clip.skeleton.names, clips[-1].travels) == (clip.clip.skeleton.names, clip.travels):
            clips[-1] = _join(clips[-1], clip)
        else:
            clips.append(clip)
        before = pinned.strip
    return clips


def place_pins(clips: list[PinnedClip], start_frame: int, n_frames: int) -> tuple[list[Pin], list[str]]:
    """Cut the clips to a speech of n_frames from start_frame on: (pins, names of clips that lie outside it)."""
    pins, outside = [], []
    for pinned in clips:
        first = max(0, start_frame - pinned.start_frame)
        last = min(len(pinned.clip), start_frame + n_frames - pinned.start_frame)
        if last - first < 2:
            outside.append(pinned.name)
            continue
        clip = pinned.clip.slice(first, last)
        start_s = (pinned.start_frame + first - start_frame) / clip.fps
        strength = pinned.strength[first:last] if isinstance(pinned.strength, np.ndarray) else pinned.strength
        # Half of a fade lies inside the clip: of what is cut off, that much of the fade is over already.
        fade_in_s = max(0.0, pinned.fade_in_s - 2 * first / clip.fps)
        fade_out_s = max(0.0, pinned.fade_out_s - 2 * (len(pinned.clip) - last) / clip.fps)
        fades_s = fit_fades(fade_in_s, fade_out_s, clip.duration_s)
        pins.append(Pin(clip, start_s, strength, *fades_s, "absolute" if pinned.travels else "none"))
    return pins, outside


def fit_fades(fade_in: float, fade_out: float, length: float) -> tuple[float, float]:
    """Fades whose halves inside a clip of this length do not overlap: both shorter, if they do. All in one unit."""
    shorter = min(1.0, 2 * length / max(fade_in + fade_out, 1e-9))
    return fade_in * shorter, fade_out * shorter


def _read(rig: Rig, pinned: PinnedStrip, fps: float) -> PinnedClip:
    obj, placed, settings = pinned.obj, pinned.placed, pinned.settings
    if not settings.body_parts:
        raise PinError(
            "pinned clip '{name}' has no body part to follow it", "choose some, or mute the pin", name=placed.strip.name
        )
    played = nla.read_strip(obj, rig, placed, joints_of(settings.body_parts), fps)
    frames = nla.whole_frames(placed.strip)
    strength: float | np.ndarray = settings.strength
    if pinned.origin is not None:
        keyed = nla.animated_values(obj, f"a2g_pins[{pinned.origin}].strength", frames)
        strength = strength if keyed is None else np.clip(keyed, 0.0, 1.0)
    influence = nla.influence(placed.strip, frames)
    strength = strength if influence is None else strength * influence
    fades_s = settings.fade_in_frames / fps, settings.fade_out_frames / fps
    return PinnedClip(placed.strip.name, played.motion, played.travels, played.start_frame, strength, *fades_s)


def _join(first: PinnedClip, second: PinnedClip) -> PinnedClip:
    """One clip of two that touch; a frame that both have is the second's."""
    head = first.clip.slice(0, second.start_frame - first.start_frame)
    tail = second.clip
    quaternions = np.concatenate([head.quaternions, tail.quaternions])
    translation = np.concatenate([head.translation, tail.translation])
    clip = Motion(quaternions, translation, tail.fps, tail.skeleton)
    strength = first.strength
    if np.ndim(strength) or np.ndim(second.strength) or strength != second.strength:
        parts = ((first.strength, len(first.clip)), (second.strength, len(tail)))
        before, after = (np.broadcast_to(value, (n,)) for value, n in parts)
        strength = np.concatenate([before[: len(head)], after])
    return replace(first, clip=clip, strength=strength, fade_out_s=second.fade_out_s)


def _mark(obj: bpy.types.Object, chosen: Sequence[Placed], pinned: bool) -> None:
    """Mark the Actions of strips, or take the mark off; where others share one, the chosen strips get a copy."""
    by_name: dict[str, list[bpy.types.NlaStrip]] = {}
    for placed in chosen:
        by_name.setdefault(placed.action.name, []).append(placed.strip)
    for strips in by_name.values():
        action = bl.action_of(strips[0])
        if action.a2g.pinned != pinned:
            action = action if sharing.is_only_played_by(obj, strips) else sharing.give_copy(strips)
            action.a2g.pinned = pinned


def _match(marked: list[Placed], entries: list[Any]) -> dict[int, int]:
    """Which entry belongs to which marked strip, number to index: by all its names, then by fewer and fewer of them.

    Strip names are an object's own. Where several fit, the first strip gets the first entry.
    """
    found: dict[int, int] = {}
    names = [_names(placed) for placed in marked]
    for key in (_exact, _moved, _renamed_on_its_track, _renamed, _with_another_action):
        free = {index: key(entry) for index, entry in enumerate(entries) if index not in found.values()}
        for number, name in enumerate(names):
            index = next((i for i, wanted in free.items() if wanted == key(name)), None)
            if number not in found and index is not None:
                found[number] = index
                del free[index]
    _match_remaining(names, entries, found)
    return found


def _match_remaining(names: list[Any], entries: list[Any], found: dict[int, int]) -> None:
    """Strips of which the strip and the Action were renamed, where only one entry of a vanished Action can be meant."""
    listed = {entry.action for entry in entries}
    strips = [n for n in range(len(names)) if n not in found and names[n].action not in listed]
    vanished = [
        i for i in range(len(entries)) if i not in found.values() and bpy.data.actions.get(entries[i].action) is None
    ]
    for track in {names[n].track for n in strips}:
        here = [n for n in strips if names[n].track == track]
        wanted = [i for i in vanished if entries[i].track == track]
        if len(here) == len(wanted) == 1:
            found[here[0]] = wanted[0]


def _exact(names: Any) -> tuple[str, ...]:
    return names.track, names.strip, names.action


def _moved(names: Any) -> tuple[str, ...]:
    return names.strip, names.action


def _renamed_on_its_track(names: Any) -> tuple[str, ...]:
    return names.track, names.action


def _renamed(names: Any) -> tuple[str, ...]:
    return (names.action,)


def _with_another_action(names: Any) -> tuple[str, ...]:
    return (names.strip,)


def _names(placed: Placed) -> Any:
    return SimpleNamespace(track=placed.track.name, strip=placed.strip.name, action=placed.action.name)


def _write_names(entry: Any, placed: Placed) -> None:
    entry.track, entry.strip, entry.action = placed.track.name, placed.strip.name, placed.action.name
    entry.name = placed.strip.name


def _origin(obj: bpy.types.Object, placed: Placed) -> int | None:
    """The entry of the strip that this one is a copy or a part of, told by its Action or by that one's name."""
    name = placed.action.name
    same: tuple[Callable[[str], bool], ...] = (
        lambda other: other == name,
        lambda other: re.sub(_NUMBERED, "", other) == re.sub(_NUMBERED, "", name),
    )
    for is_same in same:
        for index, entry in enumerate(obj.a2g_pins):
            if is_same(entry.action):
                return index
    return None


def _remove_entry(obj: bpy.types.Object, index: int) -> None:
    """Remove an entry, with its own keys; those of the entries after it move up as these do."""
    try:
        obj.a2g_pins.remove(index)
    except TypeError:  # an override cannot take away what its library holds
        raise PinError(
            "pin '{name}' comes from the linked file", "mute it instead", name=obj.a2g_pins[index].strip
        ) from None
    if index < obj.a2g_active_pin:
        obj.a2g_active_pin -= 1
    obj.a2g_active_pin = min(obj.a2g_active_pin, max(0, len(obj.a2g_pins) - 1))
    data = obj.animation_data
    if data is None:
        return
    users: list[bpy.types.AnimData | bpy.types.NlaStrip] = [data, *(placed.strip for placed in nla.placed_strips(obj))]
    played = {(user.action, bl.slot_of(user)) for user in users if user.action is not None}
    for action, slot in played:
        if action.library is None:
            for curve in list(bl.fcurves(action, slot)):
                _renumber(curve, index, partial(bl.remove_fcurve, action, slot))
    for driver in list(data.drivers):
        _renumber(driver, index, data.drivers.remove)


def _renumber(curve: bpy.types.FCurve, removed: int, remove: Callable[[bpy.types.FCurve], None]) -> None:
    match = re.match(r"a2g_pins\[(\d+)\]", curve.data_path)
    if match is None or (index := int(match[1])) < removed:
        return
    if index == removed:
        remove(curve)
    else:
        curve.data_path = f"a2g_pins[{index - 1}]" + curve.data_path[match.end() :]
