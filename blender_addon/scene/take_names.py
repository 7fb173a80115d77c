"""One name for a take: its NLA track, its strip and its Action are called the same, up to Blender's numbers (.001).

An artist renames whichever she sees. Two of the three then still agree, so the third one is her new name, and the
others follow it. Where no two agree, or several strips share a track or an Action, she has names of her own, which are
kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import bpy

from . import sharing
from .nla import Placed, placed_strips

_NUMBER = r"\.\d{3,}$"


def are_current(obj: bpy.types.Object) -> bool:
    """Whether no take was renamed in part."""
    return next(_renamed(obj), None) is None


def sync(obj: bpy.types.Object) -> None:
    """Let track, strip and Action of each take follow the one that was renamed."""
    for placed, name in list(_renamed(obj)):
        chosen = obj.a2g_active_take
        placed.track.name = placed.strip.name = placed.action.name = name
        obj.a2g_active_take = chosen  # by its new name


def _renamed(obj: bpy.types.Object) -> Iterator[tuple[Placed, str]]:
    """Takes that were renamed in part, and their new names."""
    for placed in placed_strips(obj):
        track, strip, action = placed.track, placed.strip, placed.action
        if not action.a2g.is_take or placed.metas or len(track.strips) > 1 or track.is_override_data:
            continue
        names = [track.name, strip.name, action.name]
        plain = [re.sub(_NUMBER, "", name) for name in names]
        odd = [name for name, base in zip(names, plain, strict=True) if plain.count(base) == 1]
        if len(odd) == 1 and not sharing.is_linked(action) and sharing.is_only_played_by(obj, [strip]):
            yield placed, odd[0]
