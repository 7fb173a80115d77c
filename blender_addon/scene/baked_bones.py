"""The bones that a baked copy gets (see `baked`): which, on which, and what they are called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import bpy
import numpy as np

from ..a2g_core.errors import A2GError
from . import rig
from .double import armature_of

ROOT_BONE = "root"
NEAR = 1e-3
"""In parts of a character's spread: bones that are no further apart lie in one place."""


@dataclass(frozen=True)
class Shape:
    """What a copy is to look like.

    deform_only: the bones that deform alone, each on the nearest of them above it. at_origin: the character stands on
    the origin, upright and facing -Y, its object's turn and scale in the bones, with one bone at the origin below all
    others, which carries what moves the object; no bone is scaled. scale: units that a metre has there. with_mesh: its
    meshes. rename: tells of these bones those that must be called otherwise, and how. name: of the armature's object;
    the character's if it is empty. first: frame on which it begins, that of the character's scene if it is None.
    rest_before: it rests on the frame before, which some exporters take for the rest pose. needs_skin: its bones must
    move at least one mesh.
    """

    deform_only: bool = False
    at_origin: bool = False
    scale: float = 1.0
    with_mesh: bool = True
    rename: Callable[[Sequence[str]], Mapping[str, str]] | None = None
    name: str = ""
    first: int | None = None
    rest_before: bool = False
    needs_skin: bool = False


@dataclass(frozen=True)
class Bones:
    """The bones of a copy, parents before children: name in the character ("" for the added root), parent's number."""

    sources: tuple[str, ...]
    parents: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.sources)


def choose(obj: bpy.types.Object, shape: Shape) -> Bones:
    """The bones that a copy gets, parents before children."""
    every = armature_of(obj).bones
    kept = {bone.name for bone in every if not shape.deform_only or bone.use_deform}
    if not kept:
        raise A2GError("no bone of '{name}' deforms", "export it with all of its bones", name=obj.name)
    above: dict[str, str] = {}
    for bone in every:
        if bone.name in kept:
            above[bone.name] = _parent(obj, bone, kept, above)
    tops = [name for name, parent in above.items() if not parent]
    sources: list[str] = []
    if shape.at_origin and not (len(tops) == 1 and _is_at_origin(obj, tops[0])):
        sources.append("")
    waiting = tops[::-1]
    while waiting:
        name = waiting.pop()
        sources.append(name)
        waiting += [child for child in reversed(above) if above[child] == name]
    place = {name: number for number, name in enumerate(sources)}
    return Bones(tuple(sources), tuple(place.get(above.get(name, "-"), -1) for name in sources))


def _is_at_origin(obj: bpy.types.Object, name: str) -> bool:
    return float(np.linalg.norm(rig.rest_of(obj, name)[:3, 3])) < NEAR * spread(obj)


def spread(obj: bpy.types.Object) -> float:
    """How far the heads of a character's bones are apart along an axis, in the armature's unit."""
    heads = np.array([bone.head_local for bone in armature_of(obj).bones])
    return float(np.ptp(heads, axis=0).max()) or 1.0


def _parent(obj: bpy.types.Object, bone: bpy.types.Bone, kept: Collection[str], above: Mapping[str, str]) -> str:
    """The kept bone that carries another one; "" for none. above: what is known so far."""
    for ancestor in bone.parent_recursive:
        name = standing_for(obj, ancestor.name, kept, bone)
        if name and name != bone.name and bone.name not in _line(name, above):
            return name
    return ""


def _line(name: str, above: Mapping[str, str]) -> Iterator[str]:
    while name:
        yield name
        name = above.get(name, "")


def standing_for(obj: bpy.types.Object, name: str, kept: Collection[str], child: bpy.types.Bone | None = None) -> str:
    """The kept bone that does what a bone does: itself, or else one that lies on it, as on control rigs those that
    deform lie on those that are turned; of several the one nearest to the child. "" for none.
    """
    if name in kept:
        return name
    bones = armature_of(obj).bones
    bone, near = bones[name], NEAR * spread(obj)
    start, end = np.array(bone.head_local), np.array(bone.tail_local)
    place = end if child is None else np.array(child.head_local)
    found = [
        other for other in map(bones.__getitem__, kept)
        if other != child and all(_apart(np.array(p), start, end) < near for p in (other.head_local, other.tail_local))
    ]  # fmt: skip
    if not found:
        return ""
    return min(found, key=lambda other: float(np.linalg.norm(np.array(other.tail_local) - place))).name


def _apart(place: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    """How far a place is from a line between two others."""
    along = end - start
    share = np.clip((place - start) @ along / max(along @ along, 1e-12), 0.0, 1.0)
    return float(np.linalg.norm(place - start - share * along))


def names_of(bones: Bones, shape: Shape) -> tuple[str, ...]:
    """What the copy's bones are called."""
    names = list(bones.sources)
    if not names[0]:
        names[0] = next(name for name in (ROOT_BONE, f"{ROOT_BONE}_origin", f"{ROOT_BONE}_0") if name not in names)
    others = {} if shape.rename is None else shape.rename(names)
    return tuple(others.get(name, name) for name in names)


def free_name(name: str, bones: Bones) -> str:
    """A name for the object that no bone has: some readers take two nodes of one name for one."""
    while name in bones.sources or name == ROOT_BONE:
        name = f"{name} Armature"
    return name
