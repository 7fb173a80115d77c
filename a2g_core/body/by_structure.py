"""Which bones stand for which joints, without names: two legs and two arms on a trunk, by symmetry and hierarchy.

Bones that lie mirrored on both sides of a plane, and hang together on a bone in it, are a pair of limbs. Legs are the
pair that leads away from where the other pair, the arms, is. Left is told by toes, knees, elbows and hands; where they
tell nothing, by Blender's custom that characters look along -Y.
"""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

import numpy as np

from .bone_tree import BoneTree
from .rig_checks import forward_votes
from .skeleton import mirror_name

_TOLERANCE = 0.01
"""Bones are mirrored that lie this part of the armature's size, or less, from each other's mirrored place."""

_ASIDE = 0.02
"""Bones lie beside the plane that are at least this part of the armature's size from it."""

_MIDDLE = 0.005
"""Bones of neck and head lie in the plane, to this part of the armature's size."""

_REACH = 0.12
"""Limbs are at least this long, as part of the armature's size; ears, eyes and the like are shorter."""

_AWAY = -0.5
"""Cosine of the angle between legs and the way from them to the arms: above it, they lead the same way."""

_MOST_PAIRS = 6
_MOST_BONES = 2000
_PLAIN_BONES = 300
_FORE_TO_UPPER = 0.93
"""Length of the forearm, as part of the upper arm's (our body)."""

_PASSED = 0.15
"""How much less likely each bone within an arm's two parts makes them, in the measure of `_unlike`."""

_DOWN = 0.8
"""Cosine of the angle to down below which a foot is told from a shin."""

_HEAD_ABOVE = 0.35
"""How far the head begins above the shoulders, as part of the way to them from the hips (our body)."""

_PALM = 0.45
"""A bone of the palm begins at most at this part of the next bone's distance from the wrist."""

_FINGERS = {5: ("thumb", "index", "middle", "ring", "pinky"), 4: ("thumb", "index", "middle", "pinky")}


class _Pair(NamedTuple):
    """A pair of limbs. trunk: the bone they hang on. chains: of each side, bones from there to the farthest end.

    reach: length from the first bone beside the plane to the end.
    """

    trunk: str
    chains: tuple[tuple[str, ...], tuple[str, ...]]
    reach: float


def by_structure(tree: BoneTree) -> tuple[dict[str, str], float] | None:
    """(Joints by their bones, how sure that is, 0 to 1); None if the armature is not shaped like a person."""
    if not 10 <= len(tree.names) <= _MOST_BONES:
        return None
    heads = np.array([tree.heads[name] for name in tree.names])
    extent = float(np.linalg.norm(np.ptp(heads, axis=0)))
    if extent < 1e-9:
        return None
    sides = [_mirror_images(heads, axis, extent) for axis in range(3)]
    axis = max(range(3), key=lambda k: (len(sides[k]), -k))
    pairs = _pairs(tree, sides[axis], axis, extent)
    found = _person(tree, pairs, axis, extent)
    if found is None:
        return None
    if _is_turned(tree, found, axis):
        found = {mirror_name(joint): bone for joint, bone in found.items()}
    middle = np.median(heads[:, axis])
    beside = np.abs(heads[:, axis] - middle) > _ASIDE * extent
    symmetry = min(2 * len(sides[axis]) / max(int(beside.sum()), 1), 1.0)
    # Of hundreds of bones most are those of a control rig, in which the bones of a body are not those to key.
    return found, symmetry * min(_PLAIN_BONES / len(tree.names), 1.0)


def _is_turned(tree: BoneTree, found: dict[str, str], axis: int) -> bool:
    """Whether what lies towards the positive end of the axis, and is called left, is right."""
    votes = forward_votes(tree, found)
    return votes < 0 if abs(votes) >= 0.5 else axis == 1


def _mirror_images(heads: np.ndarray, axis: int, extent: float) -> list[tuple[int, int]]:
    """Pairs (positive side, negative side) of bones that mirror each other at the plane across an axis."""
    offsets = heads[:, axis] - np.median(heads[:, axis])
    first, second = np.flatnonzero(offsets > _ASIDE * extent), np.flatnonzero(offsets < -_ASIDE * extent)
    if not len(first) or not len(second):
        return []
    mirrored = heads[first].copy()
    mirrored[:, axis] -= 2 * offsets[first]
    distances = np.abs(mirrored[:, None] - heads[second][None]).max(axis=2)
    nearest = distances.argmin(axis=1)
    is_near = distances[np.arange(len(first)), nearest] < _TOLERANCE * extent
    return [(int(a), int(second[b])) for a, b, near in zip(first, nearest, is_near) if near]


def _pairs(tree: BoneTree, images: list[tuple[int, int]], axis: int, extent: float) -> list[_Pair]:
    """The pairs of limbs, those with the longest reach first."""
    roots: dict[tuple[str, str, str], None] = {}
    for a, b in images:
        left, right = tree.path(tree.names[a]), tree.path(tree.names[b])
        trunk = tree.common((left[-1], right[-1]))
        if trunk is not None and trunk not in (left[-1], right[-1]):
            depth = len(tree.path(trunk))
            roots[trunk, left[depth], right[depth]] = None
    found = []
    for trunk, left_root, right_root in roots:
        chains = tuple(_longest(tree, root, axis, extent) for root in (left_root, right_root))
        reach = min(_length(tree, chain) for chain in chains)
        is_pair = len(chains[0]) == len(chains[1]) >= 3 and _are_mirrored(
            tree, chains[0][0], chains[1][0], axis, extent
        )
        if is_pair and reach > _REACH * extent:
            found.append(_Pair(trunk, (chains[0], chains[1]), reach))
    return sorted(found, key=lambda pair: (-pair.reach, pair.trunk, pair.chains))[:_MOST_PAIRS]


def _are_mirrored(tree: BoneTree, left: str, right: str, axis: int, extent: float) -> bool:
    """Whether two bones lie at the same height and depth."""
    off = np.abs(tree.heads[left] - tree.heads[right])
    off[axis] = 0.0
    return bool(off.max() < 2 * _TOLERANCE * extent)


def _longest(tree: BoneTree, root: str, axis: int, extent: float) -> tuple[str, ...]:
    """The bones from a root to the end that is farthest along them, without those that lie in the plane."""
    plane = tree.heads[tree.parents[root] or root][axis]
    reach = {root: 0.0}
    for bone in tree.below(root):
        above = tree.parents[bone]
        assert above is not None
        reach[bone] = reach[above] + float(np.linalg.norm(tree.heads[bone] - tree.heads[above]))
    end = max(reach, key=lambda bone: (reach[bone], bone))
    line = tree.path(end)[len(tree.path(root)) - 1 :]
    return tuple(bone for bone in line if abs(tree.heads[bone][axis] - plane) > _ASIDE * extent / 2)


def _length(tree: BoneTree, chain: tuple[str, ...]) -> float:
    places = np.array([tree.heads[bone] for bone in chain]).reshape(-1, 3)
    return float(np.linalg.norm(np.diff(places, axis=0), axis=1).sum())


def _person(tree: BoneTree, pairs: list[_Pair], axis: int, extent: float) -> dict[str, str] | None:
    """Joints of the two pairs that are most like legs and arms; left is towards the positive end of the axis."""
    options = []
    for k, (legs, arms) in enumerate(permutations(pairs, 2)):
        away = _away(tree, legs, arms)
        if away <= _AWAY and tree.common((legs.trunk, arms.trunk)) is not None:
            # Arms rather than wings have hands.
            fingers = min(max(len(_fingers(tree, bone)) for bone in chain) for chain in arms.chains)
            options.append((-min(fingers, 3), away, -legs.reach - arms.reach, k, legs, arms))
    for *_rank, legs, arms in sorted(options, key=lambda option: option[:4]):
        found: dict[str, str] = {}
        for side, leg, arm in zip(("left", "right"), legs.chains, arms.chains):
            found |= _leg(tree, side, leg, tree.heads[arms.trunk] - tree.heads[leg[0]]) | _arm(tree, side, arm)
        head = _head(tree, legs, arms, axis, extent)
        pelvis = tree.common((legs.chains[0][0], legs.chains[1][0], arms.trunk))
        if head is not None and pelvis is not None and {"left_knee", "left_elbow"} <= found.keys():
            return {"pelvis": pelvis, "head": head} | found
    return None


def _away(tree: BoneTree, legs: _Pair, arms: _Pair) -> float:
    """Cosine between where legs lead and the way from them to the arms: -1 for a person."""
    first, last, other = (
        np.mean([tree.heads[chain[k]] for chain in pair.chains], axis=0)
        for pair, k in ((legs, 0), (legs, -1), (arms, 0))
    )
    down, up = last - first, other - first
    return float(down @ up / max(np.linalg.norm(down) * np.linalg.norm(up), 1e-9))


def _leg(tree: BoneTree, side: str, chain: tuple[str, ...], up: np.ndarray) -> dict[str, str]:
    """Hip, knee, ankle and foot: at the ankle the leg turns away from down, the knee is halfway."""
    down = -up / max(np.linalg.norm(up), 1e-9)
    places = np.array([tree.heads[bone] for bone in chain])
    depth = (places - places[0]) @ down
    steps = np.diff(places, axis=0)
    turns = steps @ down < _DOWN * np.linalg.norm(steps, axis=1)
    ends = [k for k in range(2, len(chain)) if depth[k] > depth.max() / 2 and (k == len(chain) - 1 or turns[k])]
    if not ends:
        return {}
    ankle = ends[0]
    knee = 1 + int(np.abs(depth[1:ankle] - depth[ankle] / 2).argmin())
    joints = {"hip": chain[0], "knee": chain[knee], "ankle": chain[ankle]}
    if ankle + 1 < len(chain):
        joints["foot"] = chain[ankle + 1]
    return {f"{side}_{joint}": bone for joint, bone in joints.items()}


def _arm(tree: BoneTree, side: str, chain: tuple[str, ...]) -> dict[str, str]:
    """Collar, shoulder, elbow, wrist and fingers. The wrist is where fingers begin, or lengths are those of an arm."""
    fork = max((k for k, bone in enumerate(chain) if k >= 2 and len(_fingers(tree, bone)) >= 3), default=None)
    options = [
        (_unlike(tree, chain[s], chain[e], chain[w]) + _PASSED * (w - s - 2), s, e, w)
        for w in ([fork] if fork is not None else range(2, len(chain)))
        for e in range(1, w)
        for s in range(min(e, 3))
    ]
    if not options:
        return {}
    _cost, s, e, w = min(options)
    joints = {"shoulder": chain[s], "elbow": chain[e], "wrist": chain[w]}
    if s > 0:
        joints["collar"] = chain[0]
    found = {f"{side}_{joint}": bone for joint, bone in joints.items()}
    fingers = _fingers(tree, chain[w])
    for finger, bones in zip(_FINGERS.get(len(fingers), ()), _ordered(tree, chain[w], fingers)):
        found |= {f"{side}_{finger}{k}": bone for k, bone in enumerate(_phalanges(tree, chain[w], bones), start=1)}
    return found


def _phalanges(tree: BoneTree, wrist: str, bones: tuple[str, ...]) -> tuple[str, ...]:
    """The first three bones of a finger, without one of the palm, which begins much nearer to the wrist."""
    first, second = (np.linalg.norm(tree.heads[bone] - tree.heads[wrist]) for bone in bones[:2])
    return bones[1:4] if len(bones) > 3 and first < _PALM * second else bones[:3]


def _unlike(tree: BoneTree, shoulder: str, elbow: str, wrist: str) -> float:
    """How far two lengths are from those of an upper arm and a forearm."""
    a, b, c = (tree.heads[bone] for bone in (shoulder, elbow, wrist))
    upper, fore = np.linalg.norm(b - a), np.linalg.norm(c - b)
    if min(upper, fore) < 1e-9:
        return np.inf
    return float(abs(np.log(fore / upper / _FORE_TO_UPPER)) - 0.1 * np.log(upper + fore))


def _fingers(tree: BoneTree, wrist: str) -> list[tuple[str, ...]]:
    """Chains of three bones or more that hang on a bone, each to its end, without bones of the palm."""
    found = []
    for root in tree.children[wrist]:
        line = [root]
        while len(tree.children[line[-1]]) == 1:
            line.append(tree.children[line[-1]][0])
        if not tree.children[line[-1]] and len(line) >= 2:
            found.append(tuple(line))
        elif tree.children[line[-1]]:
            found += _fingers(tree, line[-1])
    return found


def _ordered(tree: BoneTree, wrist: str, fingers: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Fingers from the thumb on: the thumb begins nearest to the wrist, the others follow by their distance from it."""
    if not fingers:
        return []
    place = tree.heads[wrist]
    starts = {line: tree.heads[_phalanges(tree, wrist, line)[0]] for line in fingers}
    thumb = min(fingers, key=lambda line: (np.linalg.norm(starts[line] - place), line))
    others = [line for line in fingers if line is not thumb]
    return [thumb, *sorted(others, key=lambda line: (np.linalg.norm(starts[line] - starts[thumb]), line))]


def _head(tree: BoneTree, legs: _Pair, arms: _Pair, axis: int, extent: float) -> str | None:
    """The head: in the plane, above where the arms hang, as high as heads are; if any, a bone that carries more."""
    hips, shoulders = (np.mean([tree.heads[chain[0]] for chain in pair.chains], axis=0) for pair in (legs, arms))
    plane, limbs = shoulders[axis], {chain[0] for chain in arms.chains}
    line: list[str] = []
    bone = arms.trunk
    while len(line) < 8:
        on = [
            child
            for child in tree.children[bone]
            if abs(tree.heads[child][axis] - plane) < _MIDDLE * extent and limbs.isdisjoint((child, *tree.below(child)))
        ]
        if not on:
            break
        bone = max(on, key=lambda child: (len(tree.below(child)), tree.heads[child] @ (shoulders - hips), child))
        line.append(bone)
    options = [bone for bone in line if len(tree.children[bone]) >= 3] or line
    wanted = shoulders + _HEAD_ABOVE * (shoulders - hips)
    head = min(options, key=lambda bone: np.linalg.norm(tree.heads[bone] - wanted), default=None)
    while head is not None and (above := tree.parents[head]) in line:
        if np.linalg.norm(tree.heads[above] - tree.heads[head]) > _TOLERANCE * extent:
            break
        head = above
    return head
