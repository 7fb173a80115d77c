"""The skeleton as data: SMPL-X joint names and parents, body parts, and the rest offsets of our own neutral body.

The names and their order are the SMPL-X convention (55 joints), so that files can be exchanged. The proportions are
ours: a plain 1.72 m person in T-pose, arms along X, palms down. No SMPL-X model file was used or is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import index
from typing import Any, Self

import numpy as np

from ..errors import MotionError


@dataclass(frozen=True)
class Skeleton:
    """A tree of joints, parents before children.

    names: of the J joints. parents: index of each joint's parent, -1 for the root, which is joint 0.
    offsets: (J, 3) metres from the parent to the joint in the rest pose.
    Raises MotionError for tables that differ in length or list a child before its parent.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    offsets: tuple[tuple[float, float, float], ...]

    def __post_init__(self) -> None:
        if not len(self.names) == len(self.parents) == len(self.offsets) > 0:
            raise MotionError(
                "the skeleton's names, parents and offsets differ in length", "give one of each per joint"
            )
        if self.parents[0] != -1 or any(not 0 <= p < j for j, p in enumerate(self.parents) if j):
            raise MotionError("the skeleton's joints are out of order", "list every parent before its children")

    def __len__(self) -> int:
        return len(self.names)

    def index(self, name: str) -> int:
        """Index of a joint; MotionError if there is none of this name."""
        try:
            return self.names.index(name)
        except ValueError:
            raise MotionError(f"the skeleton has no joint '{name}'", "use the SMPL-X joint names") from None

    def subset(self, names: Sequence[str]) -> Skeleton:
        """The skeleton of these joints alone, in this order. MotionError if a joint's parent is left out."""
        kept = {name: row for row, name in enumerate(names)}
        parents = []
        for joint in map(self.index, names):
            above = self.parents[joint]
            if above >= 0 and self.names[above] not in kept:
                raise MotionError(
                    f"joint '{self.names[joint]}' is kept without its parent '{self.names[above]}'", "keep both"
                )
            parents.append(-1 if above < 0 else kept[self.names[above]])
        return Skeleton(tuple(names), tuple(parents), tuple(self.offsets[self.index(name)] for name in names))

    @cached_property
    def rest_positions(self) -> np.ndarray:
        """(J, 3) float64, metres: where the joints are in the rest pose. Read-only."""
        positions = np.array(self.offsets, np.float64)
        for joint, parent in enumerate(self.parents[1:], start=1):
            positions[joint] += positions[parent]
        positions.setflags(write=False)
        return positions

    @cached_property
    def rest_places(self) -> Mapping[str, np.ndarray]:
        """`rest_positions` by joint name, (3,) each."""
        return dict(zip(self.names, self.rest_positions, strict=True))

    def to_dict(self) -> dict[str, Any]:
        """Its fields."""
        return {"names": self.names, "parents": self.parents, "offsets": self.offsets}

    @classmethod
    def flat(cls, names: Sequence[str]) -> Self:
        """Joints of which nothing is known but their names: a flat tree without lengths."""
        return cls(tuple(names), (-1, *[0] * (len(names) - 1)), ((0.0, 0.0, 0.0),) * len(names))

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. MotionError, LookupError, TypeError or ValueError for anything else."""
        return cls(
            names=tuple(map(str, values["names"])),
            parents=tuple(map(index, values["parents"])),
            offsets=tuple((float(x), float(y), float(z)) for x, y, z in values["offsets"]),
        )

    @cached_property
    def levels(self) -> tuple[tuple[int, ...], ...]:
        """Joints by distance from the root, so that kinematics can do a whole level at once."""
        depth = [0] * len(self)
        for j, p in enumerate(self.parents[1:], start=1):
            depth[j] = depth[p] + 1
        return tuple(tuple(j for j, d in enumerate(depth) if d == k) for k in range(max(depth) + 1))


# name, parent, offset from the parent in metres (Y up, facing +Z, the character's left is +X)
_Row = tuple[str | None, tuple[float, float, float]]
_CENTRE: dict[str, _Row] = {
    "pelvis": (None, (0.0, 0.0, 0.0)),
    "spine1": ("pelvis", (0.0, 0.10, -0.012)),
    "spine2": ("spine1", (0.0, 0.13, -0.005)),
    "spine3": ("spine2", (0.0, 0.09, 0.002)),
    "neck": ("spine3", (0.0, 0.19, -0.012)),
    "head": ("neck", (0.0, 0.095, 0.018)),
    "jaw": ("head", (0.0, 0.005, 0.022)),
}
_LEFT: dict[str, tuple[str, tuple[float, float, float]]] = {
    "left_hip": ("pelvis", (0.09, -0.07, 0.0)),
    "left_knee": ("left_hip", (0.0, -0.41, 0.005)),
    "left_ankle": ("left_knee", (0.0, -0.40, -0.025)),
    "left_foot": ("left_ankle", (0.01, -0.055, 0.13)),
    "left_collar": ("spine3", (0.055, 0.115, -0.008)),
    "left_shoulder": ("left_collar", (0.115, 0.015, -0.01)),
    "left_elbow": ("left_shoulder", (0.27, 0.0, -0.005)),
    "left_wrist": ("left_elbow", (0.25, 0.0, 0.005)),
    "left_index1": ("left_wrist", (0.096, -0.002, 0.026)),
    "left_index2": ("left_index1", (0.036, -0.002, 0.002)),
    "left_index3": ("left_index2", (0.023, -0.001, 0.001)),
    "left_middle1": ("left_wrist", (0.099, 0.0, 0.003)),
    "left_middle2": ("left_middle1", (0.039, -0.002, 0.0)),
    "left_middle3": ("left_middle2", (0.025, -0.001, 0.0)),
    "left_pinky1": ("left_wrist", (0.083, -0.006, -0.037)),
    "left_pinky2": ("left_pinky1", (0.027, -0.001, -0.003)),
    "left_pinky3": ("left_pinky2", (0.018, -0.001, -0.002)),
    "left_ring1": ("left_wrist", (0.092, -0.002, -0.018)),
    "left_ring2": ("left_ring1", (0.035, -0.002, -0.002)),
    "left_ring3": ("left_ring2", (0.023, -0.001, -0.001)),
    "left_thumb1": ("left_wrist", (0.026, -0.012, 0.027)),
    "left_thumb2": ("left_thumb1", (0.032, -0.004, 0.028)),
    "left_thumb3": ("left_thumb2", (0.025, -0.001, 0.021)),
}
_EYES: dict[str, tuple[str, tuple[float, float, float]]] = {
    "left_eye_smplhf": ("head", (0.032, 0.062, 0.082)),
}

SIDES: tuple[str, str] = ("left", "right")
EYES: tuple[str, str] = ("left_eye_smplhf", "right_eye_smplhf")
FINGERS: tuple[str, ...] = ("index", "middle", "pinky", "ring", "thumb")
"""In SMPL-X's order."""

SMPLX_NAMES: tuple[str, ...] = (
    "pelvis", "left_hip", "right_hip", "spine1", "left_knee", "right_knee", "spine2", "left_ankle", "right_ankle",
    "spine3", "left_foot", "right_foot", "neck", "left_collar", "right_collar", "head", "left_shoulder",
    "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
    "jaw", "left_eye_smplhf", "right_eye_smplhf",
    *(f"{side}_{finger}{k}" for side in SIDES for finger in FINGERS for k in (1, 2, 3)),
)  # fmt: skip


def mirror_name(name: str) -> str:
    """The joint on the other side; centre joints are their own mirror."""
    if name.startswith("left_"):
        return "right_" + name[5:]
    if name.startswith("right_"):
        return "left_" + name[6:]
    return name


def _build() -> Skeleton:
    table = dict(_CENTRE)
    for name, (parent, (x, y, z)) in {**_LEFT, **_EYES}.items():
        table[name] = (parent, (x, y, z))
        table[mirror_name(name)] = (mirror_name(parent), (-x, y, z))
    above = [table[name][0] for name in SMPLX_NAMES]
    parents = tuple(-1 if parent is None else SMPLX_NAMES.index(parent) for parent in above)
    return Skeleton(names=SMPLX_NAMES, parents=parents, offsets=tuple(table[n][1] for n in SMPLX_NAMES))


SMPLX = _build()
"""All 55 joints."""

BODY = SMPLX.subset(SMPLX_NAMES[:22])
"""Pelvis and 21 body joints: what the paper models (sec. 5.3: "the finger motions are removed")."""

BODY_HANDS = SMPLX.subset(SMPLX_NAMES[:22] + SMPLX_NAMES[25:])
"""52 joints: the body and the fingers of both hands."""

JOINT_SETS: dict[int, Skeleton] = {len(skeleton): skeleton for skeleton in (BODY, BODY_HANDS, SMPLX)}
"""The skeletons that a model may have, by their number of joints."""

CHAINS: dict[str, tuple[str, ...]] = {"spine": ("spine1", "spine2", "spine3"), "neck": ("neck",)}
"""Joints of which an armature may have more or fewer: a map lists their bones from below, not by joint."""

SINGLE: tuple[str, ...] = tuple(joint for joint in SMPLX.names if joint not in (*CHAINS["spine"], *CHAINS["neck"]))
"""Joints that a map names one by one."""

ROOM: dict[str, int] = {"spine": 10, "neck": 5}
"""Of each chain, how many bones a list of an armature's bones has room for."""

ROWS: tuple[str, ...] = (*SINGLE, *(f"{chain}_{k}" for chain, room in ROOM.items() for k in range(1, room + 1)))
"""Every row that such a list can have: see `own_map`."""

PELVIS_HEIGHT_M = 0.955
"""Height of the pelvis joint above the floor in the rest pose."""

SOLE_BELOW_FOOT_M = 0.02
"""The sole lies this far below the `left_foot`/`right_foot` joint (the ball of the foot) in the rest pose."""

BODY_PARTS: dict[str, tuple[str, ...]] = {
    "ARMS": tuple(f"{side}_{joint}" for side in SIDES for joint in ("collar", "shoulder", "elbow", "wrist")),
    "HANDS": SMPLX_NAMES[25:],
    "TORSO": ("spine1", "spine2", "spine3"),
    "HEAD": ("neck", "head", "jaw", "left_eye_smplhf", "right_eye_smplhf"),
    # The pelvis belongs to the legs, which move with it.
    "LEGS": ("pelvis", *(f"{side}_{joint}" for side in SIDES for joint in ("hip", "knee", "ankle", "foot"))),
}
"""Joints of each part that can be chosen by itself; every joint belongs to one. Files keep the names, and a `.blend`
file keeps a choice as bits in this order: append only."""


def joints_of(body_parts: Iterable[str]) -> set[str]:
    """Names of the joints of these parts."""
    return {joint for part in body_parts for joint in BODY_PARTS[part]}
