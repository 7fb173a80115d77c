"""Whether bones that were found for joints can be those: where they lie, and what hangs on what.

`Found` maps joints to bones. Nothing here looks at names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ..errors import A2GError, RigError, SidesError
from .bone_tree import BoneTree
from .skeleton import FINGERS, SIDES, mirror_name

Found = Mapping[str, str]

LEGS = {side: tuple(f"{side}_{joint}" for joint in ("hip", "knee", "ankle", "foot")) for side in SIDES}
ARMS = {side: tuple(f"{side}_{joint}" for joint in ("collar", "shoulder", "elbow", "wrist")) for side in SIDES}
HANDS = {side: tuple(tuple(f"{side}_{finger}{k}" for k in (1, 2, 3)) for finger in FINGERS) for side in SIDES}
_PAIRED = ("left_shoulder", "left_elbow", "left_wrist", "left_hip", "left_knee", "left_ankle")
_MIDDLE = (0.1, 0.9)
"""Between which parts of the way from hip to ankle, or from shoulder to wrist, knee and elbow lie."""

_LEANS = np.cos(np.radians(55.0))
"""Cosine of the most that people's trunks lean at rest; a horse's lies at right angles to its legs."""

_ACROSS = 0.01
"""Left of a pair lies at most this part of the body's size on the right."""

_NEAR_TRUNK = 0.25
"""How far from the line from hips to head, in parts of it, bones of trunk and neck lie; across, twice as far."""

_SURE = 1.0
"""Votes for the back being in front by which left and right are taken to be exchanged: toes, or knees and elbows."""


def place(tree: BoneTree, found: Found, joint: str) -> np.ndarray | None:
    """Where a joint's bone begins, (3,), if it has one."""
    return tree.heads[found[joint]] if joint in found else None


def middle(tree: BoneTree, found: Found, joint: str) -> np.ndarray | None:
    """The middle, (3,), between a left joint and the right one, if there are both."""
    left, right = place(tree, found, joint), place(tree, found, mirror_name(joint))
    return None if left is None or right is None else (left + right) / 2


def size(tree: BoneTree, found: Found) -> float:
    """The diagonal of the box around all joints, in the armature's unit; 0 without any."""
    places = np.array([tree.heads[bone] for bone in found.values()]).reshape(-1, 3)
    return float(np.linalg.norm(np.ptp(places, axis=0))) if len(places) else 0.0


def to_left(tree: BoneTree, found: Found) -> np.ndarray | None:
    """Direction, (3,) of unit length, from the right bones to the left ones; None where that tells nothing."""
    pairs = [
        (found[joint], found[mirror_name(joint)]) for joint in _PAIRED if {joint, mirror_name(joint)} <= found.keys()
    ]
    whole = sum((tree.heads[left] - tree.heads[right] for left, right in pairs), np.zeros(3))
    return whole / np.linalg.norm(whole) if np.linalg.norm(whole) > 1e-9 else None


def upward(tree: BoneTree, found: Found) -> np.ndarray | None:
    """Direction, (3,) of unit length, from the hips to the head; None without them."""
    low = middle(tree, found, "left_hip")
    low = place(tree, found, "pelvis") if low is None else low
    high = place(tree, found, "head")
    high = middle(tree, found, "left_shoulder") if high is None else high
    if low is None or high is None or np.linalg.norm(high - low) < 1e-9:
        return None
    return (high - low) / np.linalg.norm(high - low)


def crossed(tree: BoneTree, found: Found) -> str | None:
    """A left joint whose bone lies on the character's right, if there is one."""
    left = to_left(tree, found)
    if left is None:
        return None
    least = -_ACROSS * size(tree, found)
    for joint in _PAIRED:
        other = mirror_name(joint)
        if joint not in found or other not in found or _hangs_right(tree, found, joint):
            continue
        if (tree.heads[found[joint]] - tree.heads[found[other]]) @ left < least:
            return joint
    return next((joint for joint in _PAIRED if joint in found), None) if is_backward(tree, found) else None


def _hangs_right(tree: BoneTree, found: Found, joint: str) -> bool:
    """Whether a joint and its other side hang each on its own hip or shoulder: legs may be crossed."""
    root = "left_hip" if joint in LEGS["left"] else "left_shoulder"
    sides = ((root, joint), (mirror_name(root), mirror_name(joint)))
    return all(r in found and tree.is_above(found[r], found[j]) for r, j in sides)


def is_backward(tree: BoneTree, found: Found) -> bool:
    """Whether toes, knees and the rest say that left is right."""
    return forward_votes(tree, found) <= -_SURE


def forward_votes(tree: BoneTree, found: Found) -> float:
    """How sure it is that the front is where left and up say, from toes, knees, elbows, hands, eyes and jaw.

    Negative if they say the opposite; 0 if nothing tells. Each sign of the body has a vote, feet and face count more.
    """
    left, up = to_left(tree, found), upward(tree, found)
    if left is None or up is None:
        return 0.0
    ahead = np.cross(left, up)
    whole = size(tree, found)
    return sum(
        weight * float(np.sign(vector @ ahead))
        for weight, vector in _signs(tree, found)
        if abs(vector @ ahead) > 0.003 * whole and abs(vector @ ahead) > 0.2 * np.linalg.norm(vector)
    )


def _signs(tree: BoneTree, found: Found) -> Iterator[tuple[float, np.ndarray]]:
    """(Weight, vector to the front) of what tells it."""
    for side in SIDES:
        hip, knee, ankle, _foot = LEGS[side]
        _collar, shoulder, elbow, wrist = ARMS[side]
        if ankle in found:
            yield 1.0, _toes(tree, found[ankle]) - tree.heads[found[ankle]]
        for weight, (first, bend, last) in ((0.5, (hip, knee, ankle)), (-0.5, (shoulder, elbow, wrist))):
            if {first, bend, last} <= found.keys():
                yield weight, _bend(*(tree.heads[found[joint]] for joint in (first, bend, last)))
        if {f"{side}_index1", f"{side}_pinky1"} <= found.keys():
            yield 0.25, tree.heads[found[f"{side}_index1"]] - tree.heads[found[f"{side}_pinky1"]]
        if f"{side}_eye_smplhf" in found and "head" in found:
            yield 0.5, tree.heads[found[f"{side}_eye_smplhf"]] - tree.heads[found["head"]]


def _toes(tree: BoneTree, ankle: str) -> np.ndarray:
    """The bone below an ankle that lies farthest from it; the ankle without one."""
    start = tree.heads[ankle]
    return max((tree.heads[bone] for bone in tree.below(ankle)), key=lambda p: np.linalg.norm(p - start), default=start)


def _bend(first: np.ndarray, bend: np.ndarray, last: np.ndarray) -> np.ndarray:
    """From the straight line between two ends to what lies between them, at right angles."""
    line = last - first
    along = (bend - first) @ line / max(line @ line, 1e-12)
    return bend - first - along * line


# Faults ---------------------------------------------------------------------------------------------------------------


def faults(tree: BoneTree, found: Found) -> Iterator[tuple[A2GError, tuple[str, ...]]]:
    """What is wrong with bones, and the joints that are wrong by it: those of a limb, or all."""
    yield from _twice(found)
    yield from _upside_down(tree, found)
    for side in SIDES:
        yield from _not_between(tree, found, LEGS[side], LEGS[side][:3])
        yield from _not_between(tree, found, (*ARMS[side], *sum(HANDS[side], ())), ARMS[side][1:])
    if (joint := crossed(tree, found)) is not None:
        yield (
            SidesError(
                "left and right are exchanged ('{bone}' lies on the other side)",
                "exchange them in the list of bones, or choose the bones again",
                bone=found[joint],
            ),
            tuple(found),
        )
    if lies_down(tree, found):
        yield (
            RigError(
                "the body does not rise from the hips ('{pelvis}') to the head ('{head}')",
                "choose the armature of somebody who stands upright at rest",
                pelvis=found.get("pelvis", found["left_hip"]), head=found["head"],
            ),
            tuple(found),
        )  # fmt: skip


def lies_down(tree: BoneTree, found: Found) -> bool:
    """Whether shoulders or head lie ahead of the hips rather than above them, as those of an animal on four legs."""
    hips, ankles = middle(tree, found, "left_hip"), middle(tree, found, "left_ankle")
    shoulders, head = middle(tree, found, "left_shoulder"), place(tree, found, "head")
    if hips is None or ankles is None or head is None:
        return False
    pelvis = place(tree, found, "pelvis")
    trunks = (head - (hips if pelvis is None else pelvis), (head if shoulders is None else shoulders) - hips)
    legs = hips - ankles
    return any(legs @ trunk < _LEANS * np.linalg.norm(legs) * np.linalg.norm(trunk) for trunk in trunks)


def beside_trunk(tree: BoneTree, found: Found, chain: tuple[str, ...]) -> Iterator[A2GError]:
    """The first bone of trunk and neck, from below, that lies nowhere between the hips, or the bones before it, and the
    head, such as one of a leg that was clicked by mistake.

    Far from there: control rigs have their reasons for bones nearby.
    """
    low, high = place(tree, found, "pelvis"), place(tree, found, "head")
    if low is None or high is None:
        return
    trunk = high - low
    length, reached = max(float(np.linalg.norm(trunk)), 1e-9), 0.0
    for bone in chain:
        along = (tree.heads[bone] - low) @ trunk / length**2
        aside = np.linalg.norm(tree.heads[bone] - low - along * trunk) / length
        if reached - _NEAR_TRUNK < along < 1 + _NEAR_TRUNK and aside < 2 * _NEAR_TRUNK:
            reached = max(reached, along)
        else:
            yield RigError(
                "bone '{bend}' does not lie between '{first}' and '{last}'",
                "choose another bone for it, or have the bones guessed again",
                bend=bone, first=found["pelvis"], last=found["head"],
            )  # fmt: skip
            return


def _twice(found: Found) -> Iterator[tuple[A2GError, tuple[str, ...]]]:
    user: dict[str, str] = {}
    for joint, bone in found.items():
        if bone in user:
            yield (
                RigError("bone '{bone}' stands for two joints", "choose another one for one of them", bone=bone),
                (joint,),
            )
        user[bone] = joint


def _upside_down(tree: BoneTree, found: Found) -> Iterator[tuple[A2GError, tuple[str, ...]]]:
    """Of limbs and fingers, bones that stand for a joint further out and are above one further in."""
    chains = (*LEGS.values(), *ARMS.values(), *(finger for side in SIDES for finger in HANDS[side]))
    for chain in chains:
        there = [joint for joint in chain if joint in found]
        for k, inner in enumerate(there):
            for outer in there[k + 1 :]:
                if tree.is_above(found[outer], found[inner]):
                    yield (
                        RigError(
                            "bone '{outer}' is above '{inner}', and should be below it",
                            "exchange them in the list of bones, or choose the bones again",
                            outer=found[outer], inner=found[inner],
                        ),
                        chain,
                    )  # fmt: skip


def _not_between(
    tree: BoneTree, found: Found, limb: tuple[str, ...], joints: tuple[str, ...]
) -> Iterator[tuple[A2GError, tuple[str, ...]]]:
    if not set(joints) <= found.keys():
        return
    first, bend, last = (tree.heads[found[joint]] for joint in joints)
    line = last - first
    along = (bend - first) @ line / max(line @ line, 1e-12)
    if not _MIDDLE[0] < along < _MIDDLE[1]:
        yield (
            RigError(
                "bone '{bend}' does not lie between '{first}' and '{last}'", "choose other bones for this limb",
                bend=found[joints[1]], first=found[joints[0]], last=found[joints[2]],
            ),
            limb,
        )  # fmt: skip
