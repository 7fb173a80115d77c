"""The idle around what a take says: how much room there is for it, and how it meets what lies there."""

from __future__ import annotations

import bpy

from .. import bl
from ..a2g_core.errors import MotionError
from .nla import Placed, placed_strips, playing_curves
from .recipe import Recipe

BLEND_S = 0.5
"""Over this time a take's idle goes over into what plays below it, where the take begins or ends."""


def spoken_frames(strip: bpy.types.NlaStrip) -> tuple[float, float]:
    """First and last frame of what a take says, without the idle around it; all of it where that is not known."""
    whole = strip.frame_start, strip.frame_end
    try:
        recipe = Recipe.from_text(bl.action_of(strip).a2g.recipe)
    except MotionError:
        return whole
    if recipe.request.idle is None or recipe.is_silent or strip.scale != 1.0 or strip.repeat != 1.0:
        return whole
    first = strip.frame_start + recipe.speech_frame - strip.action_frame_start
    return max(first, whole[0]), min(first + recipe.speech_frames - 1, whole[1])


def free_room(obj: bpy.types.Object, room: tuple[int, int], start_frame: int, n_frames: int) -> tuple[int, int]:
    """Of a room for an idle around a speech of n_frames, what no other clip and no other take's speech plays in."""
    first, last = room
    for placed in placed_strips(obj):
        if not placed.plays:
            continue
        is_take = placed.action.a2g.is_take
        begins, ends = spoken_frames(placed.strip) if is_take and not placed.metas else _frames(placed)
        if is_take and (begins, ends) == _frames(placed) and begins <= start_frame <= ends:
            continue  # a take that the new one stands in for
        if ends < start_frame:
            first = max(first, int(ends) + 1)
        elif begins > start_frame + max(n_frames - 1, 0):
            last = min(last, int(begins) - 1)
    return first, last


def _frames(placed: Placed) -> tuple[float, float]:
    outer = placed.metas[0] if placed.metas else placed.strip
    return outer.frame_start, outer.frame_end


def blend(obj: bpy.types.Object, strip: bpy.types.NlaStrip, lead: int, tail: int, fps: float) -> None:
    """Let the ends of a take's idle, of so many frames, go over from and into what plays below them, if anything does.

    Where nothing plays, the bones would come from their rest pose.
    """
    frames = round(BLEND_S * fps)
    if lead and _is_played_below(obj, strip, strip.frame_start):
        strip.blend_in = min(frames, lead)
    if tail and _is_played_below(obj, strip, strip.frame_end):
        strip.blend_out = min(frames, tail)


def _is_played_below(obj: bpy.types.Object, strip: bpy.types.NlaStrip, frame: float) -> bool:
    """Whether what plays below a strip on a frame moves most of what it moves: the rest would come from its rest pose,
    as arms would where only legs sit."""
    mine, below = _paths(strip), set()
    for track in bl.animation_of(obj).nla_tracks:
        if strip in track.strips.values():
            break
        if not track.mute:
            for other in track.strips:
                below |= _paths(other) if not other.mute and _plays_at(other, frame) else set()
    return 2 * len(mine & below) > len(mine)


def _paths(strip: bpy.types.NlaStrip) -> set[str]:
    """What a strip moves, those inside a meta-strip too."""
    inner = {path for part in strip.strips for path in _paths(part)}
    if strip.action is None:
        return inner
    return inner | {path for path, _index in playing_curves(strip.action, bl.slot_of(strip))}


def _plays_at(strip: bpy.types.NlaStrip, frame: float) -> bool:
    """Whether a strip plays on a frame, or holds its last pose there."""
    if strip.frame_start <= frame <= strip.frame_end:
        return True
    return frame > strip.frame_end and strip.extrapolation != "NOTHING"
