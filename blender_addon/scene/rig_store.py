"""The user's own rig map, kept with the character as text: what was corrected in the list of bones.

It belongs to the object, not to its armature data, which may be linked from another file, and may serve several
characters. So it survives saving, appending and reloading, also on a library override.
"""

from __future__ import annotations

import json
from functools import lru_cache

import bpy

from ..a2g_core.body import own_map
from ..a2g_core.body.rig_map import RigMap, map_data, parse_map
from ..a2g_core.errors import RigError


def stored_map(obj: bpy.types.Object) -> RigMap | None:
    """The map that is kept with a character, None if there is none; RigError for one that cannot be read."""
    return parse_text(obj.a2g_rig_map) if obj.a2g_rig_map else None


def store_map(obj: bpy.types.Object, rig_map: RigMap | None) -> None:
    """Keep a map with a character in place of the one that it has; None keeps none, so that bones are guessed."""
    obj.a2g_rig_map = "" if rig_map is None else to_text(rig_map)


def to_text(rig_map: RigMap) -> str:
    """A map as it is kept: the JSON of a rig map's file, in one line."""
    return json.dumps(map_data(rig_map), ensure_ascii=False)


@lru_cache(maxsize=64)
def parse_text(text: str) -> RigMap:
    """The inverse of `to_text`; remembered, as the interface asks on every redraw. RigError for what is no map."""
    try:
        return parse_map(text, own_map.NAME)
    except RigError as error:
        raise RigError(
            "the character's list of bones cannot be read ({why})", "have the bones guessed again", why=error.problem
        ) from error
