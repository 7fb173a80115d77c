"""The user's own rig map: rows that say which bone is which part of the body, for one armature, to be corrected.

A row is a joint of the skeleton, or a place in one of the two chains whose length differs from rig to rig: `spine_1`
and so on between hips and neck, `neck_1` and so on between those and the head, from below. Such a map names one bone
for each joint and is complete: what it leaves out was left out on purpose. No bone stands in two rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from .rig_map import Fit, RigMap
from .skeleton import ROOM, SINGLE, mirror_name

NAME = "own"
"""Name of the map of a list that was not exported yet."""

_PLACE = re.compile(rf"({'|'.join(ROOM)})_([1-9][0-9]*)")


def from_fit(fit: Fit) -> RigMap:
    """What was found in an armature, as a map that can be corrected and kept."""
    deform = {joint: fit.deform[bone] for joint, bone in fit.joints.items() if bone in fit.deform}
    return replace(
        fit.map,
        name=NAME,
        joints={joint: (bone,) for joint, bone in fit.joints.items()},
        spine=fit.spine,
        neck=fit.neck,
        deform=deform,
        switches=fit.switches,
        free_twist=dict(fit.free_twist),
        recognise={},
        folded=False,
        complete=True,
    )


def rows(rig_map: RigMap) -> dict[str, str]:
    """The bone of each row that has one."""
    found = {joint: names[0] for joint, names in rig_map.joints.items()}
    for chain in ROOM:
        found |= {f"{chain}_{k}": bone for k, bone in enumerate(getattr(rig_map, chain), start=1)}
    return found


def assign(rig_map: RigMap, row: str, bone: str) -> RigMap:
    """The map with another bone in a row; "" empties it. If another row has the bone, the two rows exchange theirs.

    In a chain, those above an emptied row move down, and a bone for a row beyond the end comes after the last one.
    """
    now = rows(rig_map)
    before, holder = now.get(row, ""), next((other for other, name in now.items() if bone and name == bone), None)
    now[row] = bone
    if holder is not None and holder != row:
        now[holder] = before
    return with_rows(rig_map, now)


def mirrored(rig_map: RigMap, present: Collection[str], source: str = "left") -> tuple[RigMap, tuple[str, ...]]:
    """(The map with the other side filled from this one, by the names of the bones; bones that have no counterpart).

    present: names of the armature's bones. source: "left" or "right". A bone without counterpart changes nothing.
    """
    alone = []
    for row, bone in rows(rig_map).items():
        if row.startswith(f"{source}_"):
            other = other_side(bone, present)
            if other is None:
                alone.append(bone)
            else:
                rig_map = assign(rig_map, mirror_name(row), other)
    return rig_map, tuple(alone)


def swapped(rig_map: RigMap) -> RigMap:
    """The map with left and right exchanged."""
    turned = {mirror_name(row): bone for row, bone in rows(rig_map).items()}
    return replace(
        with_rows(rig_map, turned),
        deform={mirror_name(joint): bone for joint, bone in rig_map.deform.items()},
        free_twist={mirror_name(joint): bone for joint, bone in rig_map.free_twist.items()},
        ik={mirror_name(joint): reach for joint, reach in rig_map.ik.items()},
        aims={mirror_name(eye): aim for eye, aim in rig_map.aims.items()},
    )


def with_rows(rig_map: RigMap, now: Mapping[str, str]) -> RigMap:
    """The map with these rows; what was known about a joint goes with the bone that it no longer has."""
    before = rows(rig_map)
    joints = {joint: (now[joint],) for joint in SINGLE if now.get(joint)}
    kept = {joint for joint in joints if now[joint] == before.get(joint)}
    return replace(
        rig_map,
        joints=joints,
        deform={joint: bone for joint, bone in rig_map.deform.items() if joint in kept},
        free_twist={joint: bone for joint, bone in rig_map.free_twist.items() if joint in kept},
        spine=_chain("spine", now),
        neck=_chain("neck", now),
    )


def _chain(chain: str, now: Mapping[str, str]) -> tuple[str, ...]:
    """The bones of a chain's rows, without the empty ones."""
    places = [
        (int(match[2]), bone) for row, bone in now.items() if (match := _PLACE.fullmatch(row)) and match[1] == chain
    ]
    return tuple(bone for _place, bone in sorted(places) if bone)


# Names of the other side ---------------------------------------------------------------------------------------------

# The letter counts where it stands alone ("Bip01 L Hand", "hand_l"), before a capital ("lHand") or behind a word
# ("handL"); the word anywhere ("mixamorig:LeftArm").
_MARK = re.compile(
    r"left|right|Left|Right|LEFT|RIGHT|左|右|(?<![A-Za-z])[LlRr](?![A-Za-z])|(?<![A-Za-z])[lr](?=[A-Z])"
    r"|(?<=[a-z0-9])[LR](?![A-Za-z])"
)
_OTHER = {"left": "right", "Left": "Right", "LEFT": "RIGHT", "左": "右", "L": "R", "l": "r"}
_OTHER |= {right: left for left, right in _OTHER.items()}


def other_side(bone: str, present: Collection[str]) -> str | None:
    """The bone of the same name with the other side's mark, if the armature has it."""
    marks = list(_MARK.finditer(bone))
    single = [f"{bone[: mark.start()]}{_OTHER[mark[0]]}{bone[mark.end() :]}" for mark in marks]
    every = _MARK.sub(lambda mark: _OTHER[mark[0]], bone)
    return next((name for name in (*single, every) if name != bone and name in present), None)
