"""What follows from the bones that were found: hips, trunk and neck, and a bone that names do not tell.

Hips are the lowest bone that carries both legs and the trunk. A joint without a bone takes the one that lies where the
other side's would be mirrored, or the one between its neighbours on the limb.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .bone_names import words_of
from .bone_tree import BoneTree
from .rig_checks import ARMS, HANDS, LEGS, is_backward, size, to_left
from .skeleton import SIDES, mirror_name

_LIMBS = (*LEGS.values(), *ARMS.values())
_FINGERS = tuple((f"{side}_wrist", *finger) for side in SIDES for finger in HANDS[side])
_SAME_PLACE = 0.03
"""Bones of two sides lie at most this part of the body's size from each other's mirrored place."""

_HIPS_NEAR = 1.0
"""A bone named like hips lies at most this many thighs from the middle of the legs' beginnings."""

_NECK_LOW = 0.02
"""A bone that arms hang on is the neck rather than the chest if it begins no more than this part of the body below them
(of a Biped, the clavicles hang on the neck)."""

_OF_TRUNK = ("spine", "chest", "torso", "rib", "thorax", "上半身")


def completed(tree: BoneTree, joints: Mapping[str, str]) -> dict[str, str]:
    """The joints, with those that follow from others; none loses its bone but the hips."""
    found = dict(joints)
    for limb in (*_LIMBS, *_FINGERS):
        for joint in limb:
            if joint not in found and (bone := _between(tree, found, limb, joint)) is not None:
                found[joint] = bone
    if "head" not in found and (bone := _head(tree, found)) is not None:
        found["head"] = bone
    pelvis = _pelvis(tree, found)
    found.pop("pelvis", None)
    return ({} if pelvis is None else {"pelvis": pelvis}) | found


def _pelvis(tree: BoneTree, found: Mapping[str, str]) -> str | None:
    """The bone that was named, if it carries legs and trunk and lies there; otherwise the lowest that carries both."""
    named = found.get("pelvis")
    thighs = [found[hip] for hip in ("left_hip", "right_hip") if hip in found]
    shoulders = [found[joint] for joint in ("left_shoulder", "right_shoulder") if joint in found]
    upper = [found["head"]] if "head" in found else shoulders
    if not thighs or not upper:
        return named
    carried = [*thighs, *upper]
    if named is not None and all(tree.is_above(named, bone) for bone in carried):
        knees = [found[knee] for knee in ("left_knee", "right_knee") if knee in found]
        start = np.mean([tree.heads[bone] for bone in thighs], axis=0)
        thigh = np.linalg.norm(np.mean([tree.heads[bone] for bone in knees], axis=0) - start) if knees else np.inf
        if np.linalg.norm(tree.heads[named] - start) <= _HIPS_NEAR * thigh:
            return named
    common = tree.common(carried)
    return named if common is None or (common in found.values() and common != named) else common


def _between(tree: BoneTree, found: Mapping[str, str], limb: tuple[str, ...], joint: str) -> str | None:
    """A bone for a joint of a limb without one, which hangs on the joints before it and carries those after it."""
    k = limb.index(joint)
    inner = next((found[name] for name in reversed(limb[:k]) if name in found), found.get("pelvis"))
    outer = [found[name] for name in limb[k + 1 :] if name in found]
    if outer:
        free = tree.path(outer[0])[:-1] if inner is None else tree.between(inner, outer[0])
    else:
        free = tuple(tree.below(inner)) if inner is not None else ()
    used = set(found.values())
    # What has a helper's name would not be keyed by an artist either.
    free = tuple(bone for bone in free if bone not in used and not words_of(bone).is_helper)
    mirrored = _mirrored(tree, found, joint)
    if mirrored is not None:
        whole = size(tree, found)
        off = {bone: round(float(np.linalg.norm(tree.heads[bone] - mirrored)) / whole, 3) for bone in free}
        near = [bone for bone in free if off[bone] < _SAME_PLACE]
        return min(near, key=lambda bone: (off[bone], len(tree.path(bone))), default=None)
    if joint.endswith(("elbow", "knee")) and limb[k - 1] in found and limb[k + 1] in found:
        return _halfway(tree, free, found[limb[k - 1]], found[limb[k + 1]])
    return None


def _mirrored(tree: BoneTree, found: Mapping[str, str], joint: str) -> np.ndarray | None:
    """Where the other side's bone would lie on this side, (3,)."""
    left, other = to_left(tree, found), found.get(mirror_name(joint))
    pairs = [
        (tree.heads[found[name]] + tree.heads[found[mirror_name(name)]]) / 2
        for name in found
        if name.startswith("left_") and mirror_name(name) in found
    ]
    if left is None or other is None or not pairs:
        return None
    place = tree.heads[other]
    return place - 2 * ((place - np.mean(pairs, axis=0)) @ left) * left


def _halfway(tree: BoneTree, free: tuple[str, ...], first: str, last: str) -> str | None:
    """Of the bones between two, the one nearest to the middle of the way."""
    a, b = tree.heads[first], tree.heads[last]
    return min(free, key=lambda bone: np.linalg.norm(tree.heads[bone] - (a + b) / 2), default=None)


def _head(tree: BoneTree, found: Mapping[str, str]) -> str | None:
    """The bone on top of the neck, which is told by its name, or where the arms hang; the one that carries most."""
    arms = [found[joint] for side in SIDES for joint in ARMS[side] if joint in found]
    necks = [bone for bone in tree.names if is_neck(bone)]
    carrier = max(necks, key=lambda bone: len(tree.path(bone))) if necks else tree.common(arms)
    left = to_left(tree, found)
    if len(arms) < 2 or carrier is None or left is None:
        return None
    above = [
        bone
        for bone in tree.children[carrier]
        if bone not in found.values()
        and not words_of(bone).side
        and not words_of(bone).is_helper
        and abs((tree.heads[bone] - tree.heads[carrier]) @ left) < _SAME_PLACE * size(tree, found)
        and not any(tree.is_above(bone, arm) for arm in arms)
    ]
    return max(above, key=lambda bone: len(tree.below(bone)), default=None)


def with_true_sides(tree: BoneTree, joints: Mapping[str, str]) -> dict[str, str]:
    """The joints, left and right exchanged if what tells the front says that names have them the wrong way round."""
    if not is_backward(tree, joints):
        return dict(joints)
    return {mirror_name(joint): bone for joint, bone in joints.items()}


# Trunk and neck -------------------------------------------------------------------------------------------------------


def is_neck(bone: str) -> bool:
    """Whether a bone is called a neck."""
    name = words_of(bone)
    return not name.is_helper and not name.side and any(w.startswith("neck") or w == "首" for w in name.words)


def chains(tree: BoneTree, found: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(Bones between hips and neck, bones between those and the head), from below, as they hang."""
    if "pelvis" not in found or "head" not in found:
        return (), ()
    path = tree.between(found["pelvis"], found["head"])
    start = next((k for k, bone in enumerate(path) if is_neck(bone)), None)
    if start is None:
        start = _above_arms(tree, found, path)
    return path[:start], path[start:]


def _above_arms(tree: BoneTree, found: Mapping[str, str], path: tuple[str, ...]) -> int:
    """The number of bones of the trunk by where the arms hang: those above are the neck."""
    roots = [found.get(f"{side}_collar", found.get(f"{side}_shoulder")) for side in SIDES]
    arms = [bone for bone in roots if bone is not None]
    carrier = tree.common([*arms, found["head"]]) if arms else None
    if carrier not in path:
        return len(path)
    at = path.index(carrier)
    up = tree.heads[found["head"]] - tree.heads[found["pelvis"]]
    up = up / max(np.linalg.norm(up), 1e-9)
    beginning = np.mean([tree.heads[bone] for bone in arms], axis=0)
    is_neck_itself = (beginning - tree.heads[carrier]) @ up < _NECK_LOW * size(tree, found) and not _is_chest(carrier)
    return at if is_neck_itself and at > 0 else at + 1


def _is_chest(bone: str) -> bool:
    """Whether a bone has the name of one of the trunk."""
    return any(word.startswith(_OF_TRUNK) for word in words_of(bone).words)
