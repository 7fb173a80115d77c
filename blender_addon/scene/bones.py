"""The list of bones: which bone of a character is which part of the body, to be seen and corrected.

What is shown is what was recognised; the first correction makes it the character's own list, see ``rig_store``. Its
rows are those of ``a2g_core/body/own_map.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import bpy

from ..a2g_core.body import own_map, rig_map
from ..a2g_core.body.rig_map import Fit, RigMap
from ..a2g_core.body.skeleton import ROWS, SIDES
from ..a2g_core.errors import RigError
from ..a2g_core.files import replacing
from . import found, rig_store


def rows(obj: bpy.types.Object) -> Mapping[str, str]:
    """The bone of each row that has one, also if the armature has lost it; RigError for a list that cannot be read."""
    return _rows(found.fit(obj), rig_store.stored_map(obj))


@lru_cache(maxsize=16)
def _rows(fit: Fit, stored: RigMap | None) -> Mapping[str, str]:
    """Remembered, as each field of the list asks on every redraw. Of a list without a chain, the fit has found it."""
    guessed = own_map.rows(own_map.from_fit(fit))
    return guessed if stored is None else {**guessed, **own_map.rows(stored)}


def current_map(obj: bpy.types.Object) -> RigMap:
    """The list as a map: the character's own one, or else what was recognised."""
    stored = rig_store.stored_map(obj)
    return own_map.from_fit(found.fit(obj)) if stored is None else own_map.with_rows(stored, rows(obj))


def lost_bones(obj: bpy.types.Object) -> list[str]:
    """Bones of the list that the armature does not have: they were renamed or removed."""
    present = names(obj)
    return [bone for bone in rows(obj).values() if bone not in present]


def wanted_rows(obj: bpy.types.Object) -> frozenset[str]:
    """Empty rows, and rows of lost bones, without which no motion can be written: hips, head, and an arm."""
    now, present = rows(obj), names(obj)
    arms = [(f"{side}_shoulder", f"{side}_elbow") for side in SIDES]
    found = {row for row in ("pelvis", "head", *(row for arm in arms for row in arm)) if now.get(row) in present}
    needed = (
        {"pelvis", "head"} if any(found.issuperset(arm) for arm in arms) else {"pelvis", "head", *arms[0], *arms[1]}
    )
    return frozenset(needed - found)


def set_bone(obj: bpy.types.Object, row: str, bone: str) -> None:
    """Put a bone into a row, see ``own_map.assign``; "" empties it. RigError for one that the armature lacks."""
    if row not in ROWS:
        raise RigError("the list of bones has no row '{row}'", "use one that the manual names", row=row)
    if bone and bone not in names(obj):
        raise RigError("'{name}' has no bone '{bone}'", "choose one that it has", name=obj.name, bone=bone)
    rig_store.store_map(obj, own_map.assign(current_map(obj), row, bone))


def active_bone(obj: bpy.types.Object) -> str:
    """The bone that was clicked last in Pose Mode; "" in other modes, or if none is active."""
    bone = _armature(obj).bones.active if obj.mode == "POSE" else None
    return "" if bone is None else bone.name


def mirror(obj: bpy.types.Object, source: str) -> tuple[str, ...]:
    """Fill the other side from this one ("left", "right") by the bones' names; bones that have no counterpart."""
    made, alone = own_map.mirrored(current_map(obj), names(obj), source)
    rig_store.store_map(obj, made)
    return alone


def swap_sides(obj: bpy.types.Object) -> None:
    """Exchange left and right."""
    rig_store.store_map(obj, own_map.swapped(current_map(obj)))


def read_file(obj: bpy.types.Object, path: Path) -> tuple[str, ...]:
    """Take a rig map's file as the character's list; returns those of its bones that the armature does not have.

    RigError, with the file's name, for one that is not valid.
    """
    given = rig_map.read_file(path)
    rig_store.store_map(obj, given)
    # A family's map may give several names for a joint, and leave the chains to the hierarchy: what they are here.
    here = own_map.from_fit(found.fit(obj))
    rig_store.store_map(obj, here)
    if given.folded:
        return ()
    return tuple(named[0] for joint, named in given.joints.items() if joint not in here.joints)


def write_file(obj: bpy.types.Object, path: Path) -> None:
    """Write the list as a rig map's file, named as the file is. Raises OSError."""
    named = replace(current_map(obj), name=path.stem, label=path.stem)
    with replacing(path) as part:
        part.write_text(json.dumps(rig_map.map_data(named), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def names(obj: bpy.types.Object) -> frozenset[str]:
    """The names of an armature's bones."""
    return frozenset(_armature(obj).bones.keys())


def _armature(obj: bpy.types.Object) -> bpy.types.Armature:
    assert isinstance(obj.data, bpy.types.Armature)
    return obj.data
