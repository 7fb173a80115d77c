"""Which bones stand for which joints, by the names that families of armatures give them.

A map of exact names is looked up. Of families with folded names (`bone_names.py`), all are tried, and the one that
finds most joints counts; a joint that it lacks may come from another one. Where several bones have a name, those of one
character belong together, and a bone must hang on that of the joint before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from .bone_names import Name, fold, words_of
from .bone_tree import BoneTree
from .rig_checks import ARMS, HANDS, LEGS
from .rig_map import RigMap
from .skeleton import SIDES, SINGLE, SMPLX, mirror_name

CORE: tuple[str, ...] = ("pelvis", "head", *(joint for side in SIDES for joint in ARMS[side][1:3]))
"""Joints by which an armature is recognised as a character."""

_ABOVE = {
    joint: SMPLX.names[parent] if parent >= 0 else None for joint, parent in zip(SMPLX.names, SMPLX.parents)
}  # fmt: skip
_BODY = tuple(joint for joint in SINGLE if joint in ("pelvis", "head", *sum((*LEGS.values(), *ARMS.values()), ())))
_FINGERS = {side: tuple(joint for finger in HANDS[side] for joint in finger) for side in SIDES}
_HEADS = tuple(joint for joint in SINGLE if joint == "jaw" or "eye" in joint)
_MOST_PELVES = 4


def exact(rig_map: RigMap, tree: BoneTree) -> dict[str, str]:
    """The joints that an armature has by a map's own names."""
    found = {joint: next((name for name in names if name in tree), None) for joint, names in rig_map.joints.items()}
    return {joint: name for joint, name in found.items() if name is not None}


def is_of(rig_map: RigMap, tree: BoneTree) -> bool:
    """Whether an armature is of a family of exact names."""
    if not rig_map.recognise:
        return set(CORE) <= exact(rig_map, tree).keys()
    has_all = all(name in tree for name in rig_map.recognise.get("all", ()))
    any_of = rig_map.recognise.get("any", ())
    return has_all and (not any_of or any(name in tree for name in any_of))


class _Folded(NamedTuple):
    """An armature's bones by folded names. bones: by (side, name), best first. names: of each bone."""

    bones: Mapping[tuple[str, str], list[str]]
    names: Mapping[str, Name]


@lru_cache(maxsize=8)
def _vocabulary(maps: tuple[RigMap, ...]) -> frozenset[str]:
    """The words that names of folded families begin with."""
    return frozenset(words.words[0] for name in _names(maps) if (words := words_of(name)).words)


@lru_cache(maxsize=8)
def _cores(maps: tuple[RigMap, ...]) -> frozenset[str]:
    """The names of folded families, folded."""
    known = _vocabulary(maps)
    return frozenset(core for name in _names(maps) for core in fold(name, known)[2:4])


def _names(maps: tuple[RigMap, ...]) -> Iterator[str]:
    for rig_map in maps:
        if rig_map.folded:
            for names in (*rig_map.joints.values(), rig_map.neck):
                yield from names


def _folded(tree: BoneTree, maps: tuple[RigMap, ...]) -> _Folded:
    """An armature's bones by folded names; first those whose prefix most bones share, copies last."""
    known, cores = _vocabulary(maps), _cores(maps)
    names = {bone: fold(bone, known) for bone in tree.names}
    shared: dict[tuple[str, ...], int] = {}
    for name in names.values():
        if name.core in cores and not name.is_helper:
            shared[name.prefix] = shared.get(name.prefix, 0) + 1
    usual = max(shared, key=lambda prefix: shared[prefix], default=())
    bones: dict[tuple[str, str], list[str]] = {}
    for bone, name in names.items():
        for key in dict.fromkeys((name.core, name.loose)):
            bones.setdefault((name.side, key), []).append(bone)
    order = {bone: k for k, bone in enumerate(tree.names)}
    for found in bones.values():
        found.sort(key=lambda b: (names[b].prefix != usual, names[b].is_copy, len(tree.path(b)), order[b]))
    return _Folded(bones, names)


def by_families(tree: BoneTree, maps: tuple[RigMap, ...]) -> tuple[RigMap, dict[str, str]] | None:
    """(The folded family that finds most, the joints found); None if none finds anything."""
    index = _folded(tree, maps)
    known = _vocabulary(maps)
    families = [rig_map for rig_map in maps if rig_map.folded and _may_be(rig_map, tree)]
    tables = {rig_map.name: _candidates(rig_map, index, known) for rig_map in families}
    finds = [(rig_map, _assigned(tree, index, tables[rig_map.name])) for rig_map in families]
    # Of two that find the same, the one with fewer names for a joint is the one that is meant.
    rig_map, found = max(
        finds,
        key=lambda find: (len(find[1]), find[0].verified, -sum(map(len, find[0].joints.values()))),
        default=(None, {}),
    )
    if rig_map is None or not found:
        return None
    for other in families:
        if other is not rig_map:
            _add(tree, index, tables[other.name], found)
    return rig_map, found


def _may_be(rig_map: RigMap, tree: BoneTree) -> bool:
    return not rig_map.recognise or is_of(rig_map, tree)


def _candidates(rig_map: RigMap, index: _Folded, known: frozenset[str]) -> dict[str, list[str]]:
    """Bones that may be each joint, by their names, best first."""
    table = {}
    for joint, side, names in _wanted(rig_map, known):
        bones = [bone for name in names for bone in _called(name, side, index)]
        if bones:
            table[joint] = list(dict.fromkeys(bones))
    return table


@lru_cache(maxsize=64)
def _wanted(rig_map: RigMap, known: frozenset[str]) -> list[tuple[str, str, list[Name]]]:
    """(Joint, its side, the names that a family gives it); the right side's follow from the left."""
    rows = []
    for joint in SINGLE:
        side = next((side for side in SIDES if joint.startswith(f"{side}_")), "")
        names = rig_map.joints.get(joint) or (rig_map.joints.get(mirror_name(joint)) if side else None) or ()
        rows.append((joint, side, [fold(name, known) for name in names]))
    return rows


def _called(wanted: Name, side: str, index: _Folded) -> list[str]:
    """Bones of a name: with the digits as they are written, or else by their numbers; a helper's only if it is one."""
    bones = index.bones.get((side, wanted.core), []) or index.bones.get((side, wanted.loose), [])
    return [bone for bone in bones if index.names[bone].is_helper == wanted.is_helper]


def free_twist(tree: BoneTree, rig_map: RigMap, maps: tuple[RigMap, ...]) -> dict[str, str]:
    """By joint, the bone of an armature that takes half of its twist."""
    if not rig_map.folded:
        return {joint: bone for joint, bone in rig_map.free_twist.items() if bone in tree}
    if not rig_map.free_twist:
        return {}
    index, known = _folded(tree, maps), _vocabulary(maps)
    found = {}
    for joint, name in rig_map.free_twist.items():
        for side in SIDES:
            if bones := _called(fold(name, known), side, index):
                found[joint if joint.startswith(side) else mirror_name(joint)] = bones[0]
    return found


def _assigned(tree: BoneTree, index: _Folded, table: Mapping[str, list[str]]) -> dict[str, str]:
    """The joints that a family finds; of several characters in one armature, those of the one that has most."""
    best: dict[str, str] = {}
    for start in [{"pelvis": bone} for bone in table.get("pelvis", [])[:_MOST_PELVES]] or [{}]:
        found: dict[str, str] = dict(start)
        for joint in SINGLE:
            _take(tree, index, table, found, joint)
        if len(found) > len(best):
            best = found
    return best


def _take(tree: BoneTree, index: _Folded, table: Mapping[str, list[str]], found: dict[str, str], joint: str) -> None:
    """Give a joint the best of its bones, if one is left that hangs where it should."""
    if joint in found or joint not in table:
        return
    used = set(found.values())
    inner = _inner(joint, found)
    free = [bone for bone in table[joint] if bone not in used]
    if inner is not None and inner != "pelvis":
        # A name that one bone has alone tells enough: of some rigs, feet or arms hang on nothing.
        hanging = [bone for bone in free if tree.is_above(found[inner], bone)] or free[: len(free) == 1]
    elif "pelvis" in found:
        hanging = sorted(free, key=lambda bone: -_shared_depth(tree, found["pelvis"], bone))
    else:
        hanging = free
    if hanging:
        first = hanging[0]
        # Of a wrist and a hand that hangs on it, the wrist is the joint.
        like = [bone for bone in hanging if tree.is_above(bone, first) and not _is_worse(index, bone, first)]
        found[joint] = like[0] if like else first


def _is_worse(index: _Folded, bone: str, than: str) -> bool:
    one, other = index.names[bone], index.names[than]
    return one.prefix != other.prefix or one.is_copy > other.is_copy


def _shared_depth(tree: BoneTree, pelvis: str, bone: str) -> int:
    common = tree.common((pelvis, bone))
    return 0 if common is None else len(tree.path(common))


def _inner(joint: str, found: Mapping[str, str]) -> str | None:
    """The nearest joint before one, towards the pelvis, that was found."""
    above = _ABOVE[joint]
    while above is not None and above not in found:
        above = _ABOVE[above]
    return above


def _add(tree: BoneTree, index: _Folded, table: Mapping[str, list[str]], found: dict[str, str]) -> None:
    """Joints that the best family lacks, from another one. Fingers hand by hand: families count them differently."""
    for joint in (*_BODY, *_HEADS):
        outer = [found[j] for j in SINGLE if _ABOVE_ALL[j].get(joint) and j in found]
        if joint not in found:
            _take(tree, index, table, found, joint)
            if joint in found and any(not tree.is_above(found[joint], bone) for bone in outer):
                del found[joint]
    for side in SIDES:
        if not any(joint in found for joint in _FINGERS[side]):
            for joint in _FINGERS[side]:
                _take(tree, index, table, found, joint)


def _all_above(joint: str) -> dict[str, bool]:
    """The joints of a limb that a joint hangs on."""
    limbs = (*LEGS.values(), *ARMS.values())
    return {inner: True for limb in limbs if joint in limb for inner in limb[: limb.index(joint)]}


_ABOVE_ALL = {joint: _all_above(joint) for joint in SINGLE}
