"""Armatures made in code, each with some of the traps that real rigs hold; none of them needs a file.

Heads are given in metres where the character stands: Z up, the character faces -Y, its left is +X, its soles on Z = 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import bpy
import numpy as np
from mathutils import Euler, Matrix, Vector
from rig_names import FINGERS

from a2g_core.body.skeleton import SMPLX, SOLE_BELOW_FOOT_M

STANDING = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
"""World axes of a character that stands as above, from SMPL-X axes (Y up, facing +Z)."""

Turns = Mapping[str, tuple[float, float, float]]
"""By joint: a turn about the parent's axes in the rest pose, axis-angle in degrees, SMPL-X axes."""


class Build(NamedTuple):
    """How an armature is made. sizes: factor of the offset that leads to a joint; turns: its rest pose.

    splits: by joint, how many bones lie from there to the next joint of its limb. spine, neck: how many bones.
    extras: bones that hang on the bone of a joint, each (name, joint).
    """

    names: Callable[[str, int], str]
    sizes: Mapping[str, float] = {}
    turns: Turns = {}
    splits: Mapping[str, int] = {}
    spine: int = 3
    neck: int = 1
    root: str = ""
    has_fingers: bool = True
    has_collars: bool = True
    extras: tuple[tuple[str, str], ...] = ()


class Row(NamedTuple):
    """A bone: where it begins and where what it moves ends, (3,) in metres."""

    name: str
    parent: str
    head: np.ndarray
    end: np.ndarray
    joint: str


NEXT = {
    "shoulder": "elbow", "elbow": "wrist", "wrist": "middle1", "hip": "knee", "knee": "ankle", "ankle": "foot",
    "collar": "shoulder", **{f"{finger}{k}": f"{finger}{k + 1}" for finger in FINGERS for k in (1, 2)},
}  # fmt: skip
"""The joint of a limb that the next segment begins at, without sides."""


def rest_places(sizes: Mapping[str, float], turns: Turns) -> dict[str, np.ndarray]:
    """Where each joint lies at rest, (3,) metres, soles on the floor. sizes: by joint without its side."""
    places, bases = {}, {}
    for joint, parent, offset in zip(SMPLX.names, SMPLX.parents, SMPLX.offsets, strict=True):
        above = SMPLX.names[parent] if parent >= 0 else ""
        base, place = bases.get(above, np.eye(3)), places.get(above, np.zeros(3))
        places[joint] = place + base @ (sizes.get(_plain(joint), 1.0) * np.array(offset))
        axis = Vector(np.radians(turns.get(joint, (0.0, 0.0, 0.0))))
        bases[joint] = base @ np.array(Matrix.Rotation(axis.length, 3, axis)) if axis.length else base
    below = places["left_foot"][1] - SOLE_BELOW_FOOT_M * sizes.get("foot", 1.0)
    return {joint: STANDING @ (place - (0.0, below, 0.0)) for joint, place in places.items()}


def rows(build: Build) -> list[Row]:
    """The bones, parents before children."""
    places = rest_places(build.sizes, build.turns)
    found: list[Row] = []
    last: dict[str, str] = {"": build.root}
    if build.root:
        found.append(Row(build.root, "", np.zeros(3), np.array((0.0, -0.1, 0.0)), ""))

    def add(joint: str, above: str, head: np.ndarray, end: np.ndarray, count: int) -> None:
        parent = last[above]
        for k in range(count):
            start, stop = head + (end - head) * k / count, head + (end - head) * (k + 1) / count
            found.append(Row(build.names(joint, k), parent, start, stop, joint if k == 0 else ""))
            parent = found[-1].name
        last[joint] = parent

    trunk = places["neck"] - places["spine1"]
    add("pelvis", "", places["pelvis"], places["spine1"], 1)
    add("spine", "pelvis", places["spine1"], places["spine1"] + trunk, build.spine)
    if build.neck:
        add("neck", "spine", places["neck"], places["head"], build.neck)
    add("head", "neck" if build.neck else "spine", places["head"], places["head"] + (0.0, 0.0, 0.2), 1)
    for side in ("left", "right"):
        for joint, above in _limbs(build):
            name = f"{side}_{joint}"
            head, end = places[name], _end(places, side, joint)
            parent = above if above in last else f"{side}_{above}"
            add(name, parent, head, end, build.splits.get(joint, 1))
    for name, joint in build.extras:
        owner = next(row for row in found if row.joint == joint)
        found.append(Row(name, owner.name, (owner.head + owner.end) / 2, owner.end, ""))
    return found


def _limbs(build: Build) -> list[tuple[str, str]]:
    """(joint, the one above it), without sides."""
    arms = [("collar", "spine"), ("shoulder", "collar")] if build.has_collars else [("shoulder", "spine")]
    arms += [("elbow", "shoulder"), ("wrist", "elbow")]
    legs = [("hip", "pelvis"), ("knee", "hip"), ("ankle", "knee"), ("foot", "ankle")]
    fingers = [(f"{f}{k}", f"{f}{k - 1}" if k > 1 else "wrist") for f in FINGERS for k in (1, 2, 3)]
    return arms + legs + (fingers if build.has_fingers else [])


def _end(places: Mapping[str, np.ndarray], side: str, joint: str) -> np.ndarray:
    if joint in NEXT:
        return places[f"{side}_{NEXT[joint]}"]
    if joint == "foot":
        return places[f"{side}_foot"] + (0.0, -0.07, 0.0)
    last, before = places[f"{side}_{joint}"], places[f"{side}_{joint[:-1]}{int(joint[-1]) - 1}"]
    return last + 0.9 * (last - before)


def _plain(joint: str) -> str:
    return joint.removeprefix("left_").removeprefix("right_")


def build_armature(
    name: str, bones: Sequence[Row], *, scale: float = 1.0, turn: tuple[float, float, float] = (0.0, 0.0, 0.0),
    roll_seed: int | None = None,
) -> bpy.types.Object:  # fmt: skip
    """Add an armature; call it in Object Mode. scale, turn (Euler degrees): of its object, bones in its units and axes.

    roll_seed: lets bones point anywhere and roll at random, as those of raw FBX files do.
    """
    armature = bpy.data.armatures.new(name)
    obj = bpy.data.objects.new(name, armature)
    bpy.context.collection.objects.link(obj)
    obj.rotation_euler, obj.scale = Euler(np.radians(turn)), (scale,) * 3
    bpy.context.view_layer.update()
    inverse = obj.matrix_world.inverted()
    bpy.context.view_layer.objects.active = obj
    bpy.ops.object.mode_set(mode="EDIT")
    rng = np.random.default_rng(roll_seed)
    for row in bones:
        bone = armature.edit_bones.new(row.name)
        end = row.end if roll_seed is None else row.head + 0.05 * _unit(rng.standard_normal(3))
        bone.head, bone.tail = inverse @ Vector(row.head), inverse @ Vector(end)
        bone.roll = 0.0 if roll_seed is None else rng.uniform(-math.pi, math.pi)
        if row.parent:
            bone.parent = armature.edit_bones[row.parent]
    bpy.ops.object.mode_set(mode="OBJECT")
    return obj


def _unit(v: np.ndarray) -> np.ndarray:
    return v / np.linalg.norm(v)
