"""Rest corrections: the rotations that turn an armature's rest pose, whatever it is, into the T-pose of our skeleton.

Directions go from the head of a bone to the head of the next bone that stands for a joint, never along the bone itself,
which may lie across its limb (Biped, FBX files with raw axes) or be one of several (twist bones).

* Upper arm and forearm, thigh and shin: the least rotation from where the bone above, corrected, puts the limb.
* Hand: the palm, spanned by the way to the middle knuckle and the way across the knuckles; the least rotation if there
  is but one finger, the forearm's if there is none.
* Fingers: the least rotation, bone by bone from the hand on; the last has no next bone and takes that of the one above.
* Trunk, clavicles and feet: none. Their directions differ by build (clavicles 9 to 39 degrees, feet 4 to 23 in
  measured rigs), so they take over turns alone: a foot that is flat at rest stays flat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .rest import Places, angle_between, direction, frame, shortest_arc
from .skeleton import FINGERS, SIDES, SMPLX

_NONE_RAD = 1e-4
"""A smaller correction is rounding: places are kept in float32, some of them in centimetres."""

_ACROSS = ("index1", "middle1", "ring1", "pinky1")


def rest_corrections(places: Places, axes: np.ndarray) -> dict[str, np.ndarray]:
    """C of each of these joints that has one other than the identity, (3, 3) in armature space.

    places: where joints lie at rest, (3,) in armature space. axes: rotation (3, 3) from SMPL-X axes to the armature's.
    """
    ours = {joint: np.asarray(place) @ axes for joint, place in places.items()}
    found: dict[str, np.ndarray] = {}
    for side in SIDES:
        hand = [f"{side}_{name}" for name in _ACROSS]
        knuckle = next((joint for joint in (hand[1], *hand) if joint in ours), f"{side}_wrist")
        _limb(found, ours, [f"{side}_{name}" for name in ("hip", "knee", "ankle")])
        _limb(found, ours, [f"{side}_{name}" for name in ("shoulder", "elbow", "wrist")], knuckle)
        palm = _palm(found, ours, side, knuckle)
        found[f"{side}_wrist"] = palm
        for finger in FINGERS:
            _chain(found, ours, [f"{side}_{finger}{k}" for k in (1, 2, 3)], palm)
    return {
        joint: axes @ turn @ axes.T
        for joint, turn in found.items()
        if joint in places and angle_between(np.eye(3), turn) > _NONE_RAD
    }


def _limb(found: dict[str, np.ndarray], places: Places, joints: Sequence[str], beyond: str = "") -> None:
    """The two bones of a limb. Where its last joint has no bone, the lower one leads to the joint beyond."""
    ends = [joint for joint in joints if joint in places]
    if joints[-1] not in places and beyond in places:
        ends.append(beyond)
    _chain(found, places, ends, np.eye(3))
    found.pop(ends[-1] if ends else "", None)


def _chain(found: dict[str, np.ndarray], places: Places, joints: Sequence[str], above: np.ndarray) -> None:
    """Each bone by the least rotation from where the one above it puts it; the last, and one without length, as it."""
    present = [joint for joint in joints if joint in places]
    for joint, following in zip(present, [*present[1:], ""]):
        if following and not np.allclose(places[joint], places[following], atol=1e-9):
            lies = above @ direction(places, joint, following)
            above = shortest_arc(lies, direction(SMPLX.rest_places, joint, following)) @ above
        found[joint] = above


def _palm(found: Mapping[str, np.ndarray], places: Places, side: str, knuckle: str) -> np.ndarray:
    """The hand's correction."""
    wrist = f"{side}_wrist"
    above = next((found[f"{side}_{name}"] for name in ("elbow", "shoulder") if f"{side}_{name}" in found), np.eye(3))
    if not {wrist, knuckle} <= places.keys() or knuckle == wrist:
        return above
    across = [joint for joint in (f"{side}_{name}" for name in _ACROSS) if joint in places]
    ours, theirs = direction(SMPLX.rest_places, wrist, knuckle), direction(places, wrist, knuckle)
    if len(across) < 2:
        return shortest_arc(above @ theirs, ours) @ above
    first, last = across[0], across[-1]
    return frame(ours, direction(SMPLX.rest_places, last, first)) @ frame(theirs, direction(places, last, first)).T
