"""What was recognised of a character's bones, as the panel says it, and what of it keeps gestures from being made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import sentences
from ..a2g_core.body.skeleton import BODY_HANDS, ROOM, SMPLX
from ..a2g_core.errors import RigError, SidesError
from ..scene import bones, found
from . import bone_rows
from .problem import Fix, Problem

_GUESS = Fix("a2g.guess_bones", "LOOP_BACK")
_SWAP = Fix("a2g.swap_bones", "ARROW_LEFTRIGHT")
_ADD = Fix("a2g.add_character", "OUTLINER_OB_ARMATURE")

_SOURCES = {
    "stored": "Own list", "vrm": "VRM", "rigify": "{rig}", "names": "{rig}", "not verified": "Not verified: {rig}",
    "structure": "By structure",
}  # fmt: skip
"""How bones were found, as it is shown."""


@dataclass(frozen=True)
class Summary:
    """What was recognised of a character.

    text: in a line. counted: the same with numbers, for a report. is_usable: whether gestures can be written to it.
    is_sure: and whether nobody needs to look. left_out: what of the body has no bone, in a line. joints: what of it has
    one. rows: the bone of each row. wanted: rows that need one first.
    """

    text: str
    counted: str
    is_usable: bool
    is_sure: bool
    left_out: str
    joints: frozenset[str]
    rows: Mapping[str, str]
    wanted: Collection[str]

    def count(self, rows: Collection[str]) -> int:
        """How many of these rows have a bone."""
        return sum(row in self.rows for row in rows)

    def trunk(self) -> list[str]:
        """The rows from the hips up; of spine and neck those that have a bone, and one more where there is room."""
        shown = ["pelvis"]
        for chain, room in ROOM.items():
            n_found = self.count([f"{chain}_{k}" for k in range(1, room + 1)])
            shown += [f"{chain}_{k}" for k in range(1, min(n_found + 1, room) + 1)]
        return [*shown, "head"]


def summary(obj: bpy.types.Object) -> Summary:
    """What was recognised of a character."""
    try:
        fit, rows, wanted = found.fit(obj), bones.rows(obj), bones.wanted_rows(obj)
    except RigError:  # `problems` says why
        return Summary(unknown := iface_("Unknown bones"), unknown, False, False, "", frozenset(), {}, ())
    source = "not verified" if fit.source == "names" and not fit.map.verified else fit.source
    how = iface_(_SOURCES[source]).format(rig=iface_(fit.map.label))
    # Hardly a character has a jaw or eyes, so those count, but are not among what is missing.
    joints = frozenset(BODY_HANDS.names) - set(fit.missing) | {row for row in bone_rows.FACE_ROWS if row in fit.joints}
    counted = iface_("{found} · {n}/{total} bones").format(found=how, n=len(joints), total=len(SMPLX))
    left_out = sentences.shorten(bone_rows.names(fit.missing))
    if fit.source == "names" and found.is_own(fit):
        how = iface_("Ready")  # most of these we have added, and their maker's name tells an artist nothing
    told = iface_("{found} without {names}") if fit.missing else iface_("{found} · whole body")
    text = told.format(found=how, names=left_out)
    is_usable = not fit.problems
    return Summary(text, counted, is_usable, is_usable and fit.source != "structure", left_out, joints, rows, wanted)


def problems(obj: bpy.types.Object) -> Iterator[Problem]:
    """Why gestures cannot be written to these bones."""
    mend = (_GUESS,) if obj.a2g_rig_map else (_ADD,)
    try:
        fit = found.fit(obj)
    except RigError as error:
        yield Problem(error, mend)
        return
    for fault in fit.problems:
        yield Problem(fault, (_SWAP,) if isinstance(fault, SidesError) else mend)
