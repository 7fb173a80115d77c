"""Reads the NLA of a character: its strips, including those in meta strips, and what each of them plays.

What a strip plays is read on the strip's scene frames, with its scale, repeats and reversal and its bones' rotation
modes, but without what other strips add: from its Action's curves, or, where these do not say what it looks like, by
playing it (see `played`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil, floor, inf
from typing import Any, NamedTuple

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.controls import ROOT
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.skeleton import SMPLX
from ..a2g_core.errors import A2GError, PinError
from ..properties import A2GClip
from . import played
from .keys import Curves
from .rig import keyed_bones, keys_rotation, read_keys
from .rig import read as read_rig


@dataclass(frozen=True)
class Placed:
    """A strip that plays an Action, its track, and the meta strips around it, outermost first."""

    track: bpy.types.NlaTrack
    strip: bpy.types.NlaStrip
    metas: tuple[bpy.types.NlaStrip, ...] = ()

    @property
    def action(self) -> bpy.types.Action:
        """What the strip plays."""
        return bl.action_of(self.strip)

    @property
    def plays(self) -> bool:
        """Whether nothing mutes it."""
        return not (self.track.mute or self.strip.mute or any(meta.mute for meta in self.metas))

    @property
    def is_selected(self) -> bool:
        """Inside a meta strip it is the meta strip that is seen and selected."""
        return self.metas[0].select if self.metas else self.strip.select


def placed_strips(obj: bpy.types.Object) -> Iterator[Placed]:
    """Every strip of an object that plays an Action, lowest track first, then by time."""
    if obj.animation_data is not None:
        for track in obj.animation_data.nla_tracks:
            yield from _leaves(track, track.strips, ())


def _leaves(
    track: bpy.types.NlaTrack, strips: Iterable[bpy.types.NlaStrip], metas: tuple[bpy.types.NlaStrip, ...]
) -> Iterator[Placed]:
    for strip in strips:
        if strip.type == "META":
            yield from _leaves(track, strip.strips, (*metas, strip))
        elif strip.action is not None:
            yield Placed(track, strip, metas)


def find(obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> Placed:
    """Where a strip of an object is. StopIteration if it has no such one."""
    return next(placed for placed in placed_strips(obj) if placed.strip == strip)


def is_tweaked(obj: bpy.types.Object) -> bool:
    """Whether one of an object's strips is being tweaked: then its NLA must stay as it is."""
    return obj.animation_data is not None and obj.animation_data.use_tweak_mode


def check_not_tweaked(obj: bpy.types.Object) -> None:
    """A2GError if one of an object's strips is being tweaked."""
    if is_tweaked(obj):
        raise A2GError("an NLA strip of '{name}' is being tweaked", "use Leave Tweak Mode", name=obj.name)


def check_unused(obj: bpy.types.Object, action: bpy.types.Action) -> None:
    """A2GError if an object's strips, or this Action by way of any object's, are being tweaked.

    Blender may crash when a track or an Action is removed then.
    """
    check_not_tweaked(obj)
    for other in bpy.data.objects:
        if is_tweaked(other) and bl.animation_of(other).action == action:
            check_not_tweaked(other)


def wake(obj: bpy.types.Object) -> None:
    """Let tracks play that were unmuted a moment ago.

    Blender leaves an object whose NLA played nothing when the file was opened out of its calculations, until a track
    comes or goes.
    """
    tracks = bl.animation_of(obj).nla_tracks
    tracks.remove(tracks.new())


def check_room(obj: bpy.types.Object, strip: bpy.types.NlaStrip, frames: float) -> None:
    """A2GError if a strip cannot be moved so far because others lie there."""
    start, length = strip.frame_start + frames, strip.frame_end - strip.frame_start
    track = next(track for track in bl.animation_of(obj).nla_tracks if strip in track.strips.values())
    others = ((other.frame_start, other.frame_end) for other in track.strips if other != strip)
    if any(first < start + length and start < last for first, last in others):
        raise A2GError(
            "NLA track '{name}' has no room there for take '{take}'", "move its other strips out of the way",
            name=track.name, take=strip.name,
        )  # fmt: skip


def move(strip: bpy.types.NlaStrip, frames: float) -> None:
    """Move a strip in time, with its animated influence."""
    strip.frame_start_ui = strip.frame_start + frames
    for curve in strip.fcurves:
        for key in curve.keyframe_points:
            key.co.x, key.handle_left.x, key.handle_right.x = (
                x + frames for x in (key.co.x, key.handle_left.x, key.handle_right.x)
            )


def play_at_own_speed(strip: bpy.types.NlaStrip) -> None:
    """Undo a strip's scale, repeats, reversal and animated time; it stays where it begins."""
    start = strip.frame_start
    strip.use_animated_time, strip.use_reverse = False, False
    strip.repeat = strip.scale = 1.0
    strip.frame_end = max(start + strip.action_frame_end - strip.action_frame_start, start + 1)
    strip.frame_start = start


def playing_takes(obj: bpy.types.Object) -> list[Placed]:
    """The takes that nothing mutes, lowest track first."""
    return [placed for placed in placed_strips(obj) if placed.plays and placed.action.a2g.is_take]


def takes_on_muted_tracks(obj: bpy.types.Object) -> list[Placed]:
    """Takes that only their track mutes, and instead of which no other take plays."""
    playing = playing_takes(obj)
    return [
        placed
        for placed in placed_strips(obj)
        if placed.action.a2g.is_take and placed.track.mute and not placed.strip.mute
        and not any(_overlap(placed.strip, other.strip) for other in playing)
    ]  # fmt: skip


def _overlap(first: bpy.types.NlaStrip, second: bpy.types.NlaStrip) -> bool:
    return first.frame_start <= second.frame_end and second.frame_start <= first.frame_end


def hiding(obj: bpy.types.Object, take: Placed) -> tuple[list[bpy.types.NlaStrip], list[bpy.types.NlaStrip]]:
    """Strips on higher tracks that replace bones of a take: by a pose that they hold beside it, and all along.

    A clip over a part of a take is what the NLA is for. A pose that is held before or after a clip is rarely meant, and
    a clip over all of a take leaves nothing of it.
    """
    holding, covering = [], []
    mine: set[str] | None = None
    is_above = False
    for track in bl.animation_of(obj).nla_tracks:
        if is_above and not track.mute:
            for index, strip in enumerate(track.strips):
                holds = _holds_over(track, index, take.strip)
                if strip.mute or strip.blend_type != "REPLACE" or not (holds or _covers(strip, take.strip)):
                    continue
                mine = _paths([take.strip]) if mine is None else mine
                theirs = _paths([strip])
                if holds and not mine.isdisjoint(theirs):
                    holding.append(strip)
                elif not holds and mine <= theirs:
                    covering.append(strip)
        is_above = is_above or track == take.track
    return holding, covering


def _holds_over(track: bpy.types.NlaTrack, index: int, take: bpy.types.NlaStrip) -> bool:
    """Whether a strip of a track holds a pose on a frame of a take: the last one up to the next strip, or the first."""
    strip, strips = track.strips[index], track.strips
    if strip.extrapolation == "NOTHING":
        return False
    until = strips[index + 1].frame_start if index + 1 < len(strips) else inf
    after = strip.frame_end < take.frame_end and until > take.frame_start and _counts(strip, strip.frame_end)
    is_first = index == 0 and strip.extrapolation == "HOLD"
    return after or (is_first and strip.frame_start > take.frame_start and _counts(strip, strip.frame_start))


def _counts(strip: bpy.types.NlaStrip, frame: float) -> bool:
    """Whether a strip has any influence on its first or last frame, and so on what it holds from there."""
    if (animated := influence(strip, np.array([frame]))) is not None:
        return bool(animated[0] > 0)
    return not (strip.blend_out if frame == strip.frame_end else strip.blend_in)


def _covers(strip: bpy.types.NlaStrip, take: bpy.types.NlaStrip) -> bool:
    is_ours = strip.action is not None and (strip.action.a2g.is_take or strip.action.a2g.pinned)
    return strip.frame_start <= take.frame_start and strip.frame_end >= take.frame_end and not is_ours


def _paths(strips: Iterable[bpy.types.NlaStrip]) -> set[str]:
    """What strips animate, those inside meta strips included."""
    found: set[str] = set()
    for strip in strips:
        if strip.type == "META":
            found |= _paths(strip.strips)
        elif strip.action is not None:
            found |= {curve.data_path for curve in bl.fcurves(strip.action, bl.slot_of(strip)) if not curve.mute}
    return found


def clip_of(strip: bpy.types.NlaStrip) -> A2GClip:
    """What the add-on noted on the Action that a strip plays; not for strips without one (metas, transitions)."""
    if strip.action is None:
        raise ValueError(f"strip '{strip.name}' plays no Action")
    return strip.action.a2g


def check_readable(placed: Placed) -> None:
    """PinError if what a strip plays cannot be told from its Action alone."""
    strip = placed.strip
    if any(s.use_animated_time for s in (strip, *placed.metas)):
        raise PinError("clip '{name}' has animated strip time", "turn off its Animated Strip Time", name=strip.name)
    # A take that is laid over other motion is followed as the gesture that it is.
    if strip.blend_type != "REPLACE" and not placed.action.a2g.is_take:
        raise PinError("clip '{name}' is added to what lies below it", "set its Blending to Replace", name=strip.name)
    if len(strip.modifiers):
        raise PinError("clip '{name}' has modifiers of its own", "remove them from the strip", name=strip.name)
    if any(meta.use_reverse for meta in placed.metas):
        raise PinError("clip '{name}' lies in a reversed meta strip", "reverse the clip itself", name=strip.name)


def check_seen(obj: bpy.types.Object, placed: Placed) -> None:
    """PinError if a strip plays nothing that is seen, on a rig where its keys alone do not tell."""
    found, clip = read_rig(obj), _clip(placed)
    if not played.do_keys_tell(obj, found, clip.curves):
        told = played.seen(obj, found, clip).joints
        if not told:
            raise _nothing_seen(obj, placed, SMPLX.names, told) or _nothing_read(found, placed.strip, clip.curves)


def _clip(placed: Placed) -> played.Clip:
    slot = bl.slot_of(placed.strip)
    return played.Clip(placed.action, slot, playing_curves(placed.action, slot))


def _nothing_seen(
    obj: bpy.types.Object, placed: Placed, chosen: Collection[str], told: Collection[str]
) -> PinError | None:
    """What to say of a strip that keys controls of the chosen joints which do nothing; None if there is no such one."""
    found = played.without_effect(obj, _clip(placed).curves, chosen, told)
    if found is None:
        return None
    bone, switch = found
    return PinError(
        "clip '{name}' turns '{bone}', which has no effect while '{property}' of '{switch}' is not {value}",
        "key that property in the clip, or choose other body parts for it",
        name=placed.strip.name, bone=bone, property=switch.property, switch=switch.bone, value=switch.value,
    )  # fmt: skip


def whole_frames(strip: bpy.types.NlaStrip) -> np.ndarray:
    """The whole scene frames that a strip covers, its last included."""
    return np.arange(ceil(strip.frame_start - 1e-4), floor(strip.frame_end + 1e-4) + 1)


class Read(NamedTuple):
    """What a strip plays on its whole frames, of which the first is start_frame.

    motion: of those of the joints asked for that it turns. travels: whether its translation says where the root is,
    which is then one of these joints; else it is zero.
    """

    start_frame: int
    motion: Motion
    travels: bool


def read_strip(obj: bpy.types.Object, rig: Rig, placed: Placed, joints: Collection[str], fps: float) -> Read:
    """The strip's pose and travel; PinError if they cannot be told."""
    check_readable(placed)
    strip = placed.strip
    frames = whole_frames(strip)
    if len(frames) < 2:
        raise PinError(
            "pinned clip '{name}' is shorter than two frames", "make the strip longer, or unpin it", name=strip.name
        )
    clip, times = _clip(placed), action_times(strip, frames).tolist()
    if played.do_keys_tell(obj, rig, clip.curves):
        keyed = keyed_bones(rig, clip.curves)
        if not keyed:
            raise _nothing_read(rig, strip, clip.curves)
        told = rig.told(keyed)
        motion, travels = read_keys(rig, clip.curves, times, fps)
    else:
        motion, (told, travels) = played.read(obj, rig, clip, times, fps)
        if (problem := _nothing_seen(obj, placed, joints, told)) is not None:
            raise problem
        if not told:
            raise _nothing_read(rig, strip, clip.curves)
    names = tuple(name for name in told if name in joints)
    if not names:
        raise PinError(
            "pinned clip '{name}' turns no bone of the body parts chosen for it",
            "choose others, or unpin it",
            name=strip.name,
        )
    travels = travels and ROOT in joints
    translation = motion.translation if travels else np.zeros((len(frames), 3))
    return Read(int(frames[0]), replace(motion, translation=translation).only(names), travels)


def action_times(strip: bpy.types.NlaStrip, frames: np.ndarray) -> np.ndarray:
    """Frames of the Action that a strip plays on scene frames, with its scale, its repeats and its reversal."""
    length = max(strip.action_frame_end - strip.action_frame_start, 1e-6)
    played = (frames - strip.frame_start) / strip.scale
    # The last frame of the last repeat is the Action's end, not its beginning again.
    repeat = np.minimum(np.floor(played / length + 1e-9), max(ceil(strip.repeat - 1e-9) - 1, 0))
    played = played - repeat * length
    return strip.action_frame_end - played if strip.use_reverse else strip.action_frame_start + played


def copy_placement(source: bpy.types.NlaStrip, target: bpy.types.NlaStrip) -> None:
    """Let a strip, alone on its track, play its Action as another one plays it: trim, speed, place, blending."""
    names = ("action_frame_start", "action_frame_end", "scale", "repeat", "use_reverse")
    if any(getattr(source, name) != getattr(target, name) for name in names):
        for name in names:
            setattr(target, name, getattr(source, name))
    target.use_auto_blend = False
    # The end first: a strip cannot be moved past its own end.
    target.frame_end, target.frame_start = max(source.frame_end, target.frame_start + 1), source.frame_start
    target.frame_end = source.frame_end
    for name in ("blend_in", "blend_out", "blend_type", "extrapolation", "use_auto_blend"):
        setattr(target, name, getattr(source, name))
    target.use_animated_influence = source.use_animated_influence
    if source.use_animated_influence:
        target.influence = source.influence
        _copy_influence(source, target)


def _copy_influence(source: bpy.types.NlaStrip, target: bpy.types.NlaStrip) -> None:
    """Key the influence of a strip as that of another one is keyed."""
    pairs = [(o, k) for o in source.fcurves for k in target.fcurves if o.data_path == k.data_path == "influence"]
    for original, copy in pairs:
        copy.extrapolation = original.extrapolation
        copy.keyframe_points.clear()
        copy.keyframe_points.add(len(original.keyframe_points))
        for key, copied in zip(original.keyframe_points, copy.keyframe_points, strict=True):
            copied.co, copied.interpolation, copied.easing = key.co, key.interpolation, key.easing
            copied.handle_left_type, copied.handle_right_type = key.handle_left_type, key.handle_right_type
            copied.handle_left, copied.handle_right = key.handle_left, key.handle_right
        copy.update()


def continues(first: bpy.types.NlaStrip, second: bpy.types.NlaStrip) -> bool:
    """Whether the second strip plays on where the first ends, as the two parts of a split strip do."""
    if first.action != second.action or bl.slot_of(first) != bl.slot_of(second):
        return False
    if (first.repeat, second.repeat) != (1.0, 1.0):
        return False
    if first.use_reverse != second.use_reverse or abs(first.scale - second.scale) > 1e-5:
        return False
    ends, begins = first.action_frame_end, second.action_frame_start
    if first.use_reverse:
        ends, begins = first.action_frame_start, second.action_frame_end
    return abs(first.frame_end - second.frame_start) < 1e-3 and abs(ends - begins) < 1e-3


def influence(strip: bpy.types.NlaStrip, frames: np.ndarray) -> np.ndarray | None:
    """The strip's Animated Influence on scene frames, 0 to 1; None without one. Blend In and Out are not in it."""
    if not strip.use_animated_influence:
        return None
    curve = next((c for c in strip.fcurves if c.data_path == "influence"), None)
    if curve is None or curve.is_empty:
        return np.full(len(frames), strip.influence)
    return np.clip([curve.evaluate(float(f)) for f in frames], 0.0, 1.0)


def animated_values(obj: bpy.types.Object, path: str, frames: np.ndarray) -> np.ndarray | None:
    """A property's values on scene frames, from the active Action or else the highest NLA strip that keys it.

    None where neither does. Drivers, and the blending of several strips, are not followed.
    """
    data = obj.animation_data
    if data is None:
        return None
    if data.action is not None and (curve := _playing(bl.fcurve(data.action, bl.slot_of(data), path))) is not None:
        return np.array([curve.evaluate(float(f)) for f in frames])
    for placed in reversed(list(placed_strips(obj))):
        strip = placed.strip
        if placed.plays and (curve := _playing(bl.fcurve(placed.action, bl.slot_of(strip), path))) is not None:
            inside = np.clip(frames, strip.frame_start, strip.frame_end)
            return np.array([curve.evaluate(float(t)) for t in action_times(strip, inside)])
    return None


def playing_curves(action: bpy.types.Action, slot: Any) -> dict[tuple[str, int], bpy.types.FCurve]:
    """An Action's curves that are not muted, by data path and index."""
    return {(curve.data_path, curve.array_index): curve for curve in bl.fcurves(action, slot) if _playing(curve)}


def _playing(curve: bpy.types.FCurve | None) -> bpy.types.FCurve | None:
    """A curve, unless it is muted."""
    return None if curve is None or curve.mute or (curve.group is not None and curve.group.mute) else curve


def _nothing_read(rig: Rig, strip: bpy.types.NlaStrip, curves: Curves) -> PinError:
    if keys_rotation(rig, curves):
        return PinError(
            "pinned clip '{name}' keys rotations of another kind than its bones are set to",
            "set the bones to the Rotation Mode that it was keyed in, or unpin it",
            name=strip.name,
        )
    return PinError(
        "pinned clip '{name}' turns none of the character's bones",
        "pin a clip made for it, or unpin it",
        name=strip.name,
    )
