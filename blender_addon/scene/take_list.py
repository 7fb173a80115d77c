"""The list of takes: which NLA tracks are takes, how each was made, and what can be done with one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

import bpy

from .. import bl
from ..a2g_core.errors import A2GError, MotionError
from ..sentences import sentence
from . import ghost, nla, takes
from .nla import copy_placement
from .recipe import Recipe


def strip_of(track: bpy.types.NlaTrack) -> bpy.types.NlaStrip | None:
    """The take on a track; None for a track of something else."""
    return next((s for s in track.strips if s.action is not None and s.action.a2g.is_take), None)


def tracks_of(obj: bpy.types.Object) -> Iterator[tuple[int, bpy.types.NlaTrack, bpy.types.NlaStrip]]:
    """(index, track, strip) of each take, lowest track first."""
    for index, track in enumerate(obj.animation_data.nla_tracks if obj.animation_data is not None else ()):
        if (strip := strip_of(track)) is not None:
            yield index, track, strip


def active(obj: bpy.types.Object) -> tuple[bpy.types.NlaTrack, bpy.types.NlaStrip] | None:
    """The take that is chosen in the list."""
    chosen = obj.a2g_active_take
    return next(((t, s) for index, t, s in tracks_of(obj) if index == chosen), None)


def named(obj: bpy.types.Object, name: str) -> tuple[bpy.types.NlaTrack, bpy.types.NlaStrip] | None:
    """The take on the track of this name, or else in the strip; of several such tracks, where both have it."""
    found = [(track, strip) for _index, track, strip in tracks_of(obj) if name in (track.name, strip.name)]
    return max(found, key=lambda place: (place[0].name == name, place[1].name == name), default=None)


def recipe_of(strip: bpy.types.NlaStrip) -> Recipe | None:
    """How a take was made; None if that cannot be told, see `problem_of`."""
    read = _read(bl.action_of(strip).a2g.recipe)
    return read if isinstance(read, Recipe) else None


def problem_of(strip: bpy.types.NlaStrip) -> str:
    """Why it cannot be told how a take was made, as a sentence; empty if it can."""
    read = _read(bl.action_of(strip).a2g.recipe)
    return sentence(read) if isinstance(read, MotionError) else ""


@lru_cache(maxsize=256)
def _read(text: str) -> Recipe | MotionError:
    try:
        return Recipe.from_text(text)
    except MotionError as error:
        return error


def age_s(recipe: Recipe) -> float:
    """Seconds since a take was made; 0 for one from the future or from no known time."""
    try:
        made = datetime.fromisoformat(recipe.made)
    except ValueError:
        return 0.0
    made = made if made.tzinfo is not None else made.replace(tzinfo=UTC)
    return max(0.0, (datetime.now(UTC) - made).total_seconds())


def digest(strip: bpy.types.NlaStrip) -> str:
    """Eight hexadecimal digits by which two takes that were not made alike differ."""
    return hashlib.sha256(bl.action_of(strip).a2g.recipe.encode()).hexdigest()[:8]


def choose(obj: bpy.types.Object, track: bpy.types.NlaTrack) -> None:
    """Choose the take on a track in the list."""
    obj.a2g_active_take = list(bl.animation_of(obj).nla_tracks).index(track)


def choose_last(obj: bpy.types.Object) -> None:
    """Choose the take on the uppermost track, which is the newest, in the list."""
    if obj.animation_data is not None:
        obj.a2g_active_take = len(obj.animation_data.nla_tracks) - 1


def use(obj: bpy.types.Object, track: bpy.types.NlaTrack, strip: bpy.types.NlaStrip, alone: bool = False) -> None:
    """Let this take play, and mute the other takes that it covers, or all of them. Pinned ones play on."""
    track.mute = strip.mute = False
    nla.wake(obj)
    takes.mute_others(obj, strip, everywhere=alone)


def duplicate(obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> bpy.types.NlaStrip:
    """A copy of a take, with an Action of its own, on a new track; MotionError if it does not say how it was made."""
    recipe = Recipe.from_text(bl.action_of(strip).a2g.recipe)
    action = bl.action_of(strip).copy()
    action.a2g.pinned = action.a2g.starred = False
    copy = takes.attach_take(obj, action, round(strip.frame_start) - recipe.start_frame)
    copy_placement(strip, copy)
    choose_last(obj)
    return copy


def delete(obj: bpy.types.Object, track: bpy.types.NlaTrack, strip: bpy.types.NlaStrip) -> None:
    """Remove a take, its track if that is empty then, and its Action if nobody else uses it."""
    action, tracks = bl.action_of(strip), bl.animation_of(obj).nla_tracks
    index, is_chosen = list(tracks).index(track), active(obj) == (track, strip)
    nla.check_unused(obj, action)
    try:
        track.strips.remove(strip)
        if not len(track.strips):
            tracks.remove(track)
    except RuntimeError as error:
        raise A2GError(
            "take '{name}' is linked from another file", "mute it, or delete it there", name=track.name
        ) from error
    if ghost.plays(action):
        ghost.remove()  # else the Action would outlive the take, and nobody would use it once the ghost is gone
    if action.users == 0 and action.library is None:
        bpy.data.actions.remove(action)
    if is_chosen:
        left = [i for i, _track, _strip in tracks_of(obj)]
        obj.a2g_active_take = max((i for i in left if i <= index), default=min(left, default=-1))
