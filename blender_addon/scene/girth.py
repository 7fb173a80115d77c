"""A character's own body as its hands meet it: the capsules that they keep out of, measured on its mesh.

Measured at rest, on the meshes that the armature moves, as shape keys form them; clothes count. A hand is where its arm
takes it: so the mesh is seen from each shoulder, by how long the arm is beside ours. Nothing else of the armature is
asked, as each family puts its pelvis, its spine and its neck elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import bpy
import numpy as np

from ..a2g_core.body.rig import Rig
from ..a2g_core.body.skeleton import BODY_PARTS, SIDES, SMPLX
from ..a2g_core.body.solids import OURS, Capsule, Solids
from ..a2g_core.errors import A2GError
from . import feet, rig
from .double import armature_of

_PART_OF = {"pelvis": "pelvis", "spine1": "belly", "spine3": "chest"}
"""What a panel calls the part of a body that a joint of the trunk carries; hips carry thighs."""

_OUT = 98.0
"""Per cent of an outline that is no further out: buttons and loose ends do not count."""
_COVERED = 95.0
"""Per cent of a limb's points that a capsule covers."""
_LIE_M = 0.005
"""So much smaller than the mesh capsules are: hands may lie on it."""
_THIGH = (0.1, 0.9)
"""Of the way from hip to knee, where a thigh is looked at."""
_FARTHEST_M, _ASIDE = 0.5, 1.4
"""From the shoulders' plane no body is deeper; what is so many times further aside than they are is none of it."""
_FEWEST = 8
_ON_ARM_M = 0.02
"""A bone that begins so near to an upper arm is one of it."""
_FOREARM = (0.45, 0.75)
_FOREARM_M, _PALM_M = 0.03, 0.018
"""How thick ours are from their middle: the forearm, and the palm at the knuckles."""


class _Skin(NamedTuple):
    """Points of all meshes, (n, 3) along our axes and in armature units, and edges, (m, 2) of their indices; and how
    much bones of the arms, of the hands' palms, of the head move each point, (n,)."""

    points: np.ndarray
    edges: np.ndarray
    arms: np.ndarray
    palms: Mapping[str, np.ndarray]
    head: np.ndarray


def solids(obj: bpy.types.Object) -> Solids:
    """What a character's hands keep out of. A2GError if no mesh moves with the armature, or it has no arms; RigError if
    it cannot be a character."""
    found = rig.read(obj)
    places = {joint: found.axes.T @ place for joint, place in rig.rest_places(obj).items()}
    if not {f"{side}_{joint}" for side in SIDES for joint in ("shoulder", "elbow", "wrist")} <= places.keys():
        raise A2GError("the armature has no arms to measure a body by", "choose their bones in the list of bones")
    skin = _skin(obj, found)
    body = _Seen(skin.points, skin.arms < 0.2, places)
    capsules, n_trunk = [], 0
    for capsule in OURS.capsules():
        if capsule.joint == "head":
            continue
        if capsule.joint.endswith("hip"):
            own = _thigh(capsule, body, places)
        else:
            own = _across(capsule, body.sections(skin, _height(capsule)))
            n_trunk += own is not None
        capsules.append(own or capsule)
    if not n_trunk:
        raise A2GError("no mesh shows how wide the character is", "set Hand Clearance yourself")
    if (head := _head(skin, body)) is not None:
        capsules.append(head)
    return Solids.of(capsules, _thicker_m(skin, places, body.ratio))


def to_text(body: Solids) -> str:
    """To be kept with the character."""
    rounded = {name: np.round(values, 4).tolist() for name, values in body.to_dict().items() if name != "joints"}
    return json.dumps({"joints": body.joints, **rounded})


def measured(obj: bpy.types.Object) -> Solids | None:
    """The body that is kept with a character; None if it was not measured. A2GError for one that cannot be read."""
    if not obj.a2g_solids:
        return None
    try:
        return Solids.from_dict(json.loads(obj.a2g_solids))
    except (LookupError, TypeError, ValueError) as error:
        raise A2GError("the measured body of the character cannot be read", "use Measure Hand Clearance") from error


def wider_cm(body: Solids) -> dict[str, float]:
    """By how many centimetres each part but the head reaches further than ours, at most."""
    found: dict[str, float] = {}
    for joint in dict.fromkeys(OURS.joints):
        if joint != "head" and joint in body.joints:
            mine, theirs = ([c for c in solid.capsules() if c.joint == joint] for solid in (body, OURS))
            more = max(max(_reach(own) - _reach(ours)) for own, ours in zip(mine, theirs, strict=False))
            part = _PART_OF.get(joint, "thighs")
            found[part] = max(found.get(part, -np.inf), 100.0 * float(more))
    return found


def _reach(capsule: Capsule) -> np.ndarray:
    """How far a capsule goes to the left, to the front and to the back, (3,) metres."""
    if capsule.joint.endswith("hip"):
        return np.full(3, capsule.radius_m)
    half, depth = abs(capsule.along[0]) / 2, capsule.start[2]
    return np.array([half + capsule.radius_m, capsule.radius_m + depth, capsule.radius_m - depth])


def _height(capsule: Capsule) -> float:
    return float(SMPLX.rest_places[capsule.joint][1] + capsule.start[1])


class _Seen:
    """Points (n, 3) as our arms would meet them: from each shoulder, by how long the arm is beside ours, on its own
    side of the body. chosen: (n,) those of the body. ratio: armature units to a metre of our arms, (2,)."""

    def __init__(self, points: np.ndarray, chosen: np.ndarray, places: Mapping[str, np.ndarray]) -> None:
        self._places, self._middle = places, (places["left_shoulder"][0] + places["right_shoulder"][0]) / 2
        self.ratio = np.array([_arm_m(side, places) / _arm_m(side, SMPLX.rest_places) for side in SIDES])
        self._is_chosen, self._left = chosen, points[:, 0] > self._middle
        self.points = np.where(self._left[:, None], self.place(points, 0), self.place(points, 1))

    def place(self, points: np.ndarray, side: int) -> np.ndarray:
        """As the left or the right arm meets them, metres."""
        name = f"{SIDES[side]}_shoulder"
        return SMPLX.rest_places[name] + (points - self._places[name]) / self.ratio[side]

    def chosen(self) -> np.ndarray:
        """(n, 3), of the body."""
        return self.points[self._is_chosen]

    def sections(self, skin: _Skin, height_m: float) -> np.ndarray:
        """Where edges of the body cross a height, (k, 2): how far aside, to either side, and how far ahead."""
        a, b = skin.edges[self._is_chosen[skin.edges].all(axis=1)].T
        one_side = self._left[a] == self._left[b]
        start, end = self.points[a[one_side]], self.points[b[one_side]]
        over, under = start[:, 1] - height_m, end[:, 1] - height_m
        crosses = (over > 0) != (under > 0)
        share = (over[crosses] / (over - under)[crosses])[:, None]
        found = start[crosses] + share * (end - start)[crosses]
        return np.abs(found[:, (0, 2)]) * (1, 0) + found[:, (0, 2)] * (0, 1)


def _arm_m(side: str, places: Mapping[str, np.ndarray]) -> float:
    joints = [places[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist")]
    return float(sum(np.linalg.norm(b - a) for a, b in pairwise(joints)))


def _across(ours: Capsule, outline: np.ndarray) -> Capsule | None:
    """A capsule across the trunk that covers an outline (k, 2); None where there is too little of it."""
    shoulder = SMPLX.rest_places["left_shoulder"]
    near = (outline[:, 0] < _ASIDE * shoulder[0]) & (np.abs(outline[:, 1] - shoulder[2]) < _FARTHEST_M)
    aside, ahead = outline[near].T
    if len(aside) < _FEWEST:
        return None
    back, front = np.percentile(ahead, (100.0 - _OUT, _OUT))
    radius, depth = (front - back) / 2, (front + back) / 2
    if radius <= _LIE_M:
        return None
    half = max(float(np.percentile(aside, _OUT)) - radius, 0.0)
    start = np.array((-half, ours.start[1], depth - SMPLX.rest_places[ours.joint][2]))
    return Capsule(ours.joint, start, np.array((2 * half, 0.0, 0.0)), float(radius) - _LIE_M)


def _thigh(ours: Capsule, body: _Seen, places: Mapping[str, np.ndarray]) -> Capsule | None:
    """A capsule about that part of a thigh which ours is about; about all of it, where a mesh shows too little."""
    side = ours.joint.removesuffix("_hip")
    number, knee = SIDES.index(side), f"{side}_knee"
    if not {ours.joint, knee} <= places.keys():
        return None
    hip, end = (body.place(places[joint][None], number)[0] for joint in (ours.joint, knee))
    along, points = end - hip, body.chosen()
    bone = SMPLX.rest_places[knee] - SMPLX.rest_places[ours.joint]
    first, last = (float(at @ bone / (bone @ bone)) for at in (ours.start, ours.start + ours.along))
    part = (points - hip) @ along / (along @ along)
    off = np.linalg.norm(points - hip - part[:, None] * along, axis=1)
    same_side = (points[:, 0] > 0) == (side == "left")
    is_thigh = (part > _THIGH[0]) & (part < _THIGH[1]) & same_side & (off < _FARTHEST_M / 2)
    here = is_thigh & (part > first) & (part < last)
    off = off[here if here.sum() >= _FEWEST else is_thigh]
    radius = float(np.percentile(off, _COVERED)) - _LIE_M if len(off) >= _FEWEST else 0.0
    start = hip - SMPLX.rest_places[ours.joint] + first * along
    return Capsule(ours.joint, start, (last - first) * along, radius) if radius > 0 else None


def _head(skin: _Skin, body: _Seen) -> Capsule | None:
    """An upright capsule about what the head's bone moves; None where that is nothing."""
    points = body.points[skin.head > 0.5]
    if len(points) < _FEWEST:
        return None
    below, above = (np.percentile(points, share, axis=0) for share in (100.0 - _OUT, _OUT))
    radius = max(above[0] - below[0], above[2] - below[2]) / 2
    reach = max(above[1] - below[1] - 2 * radius, 0.0)
    if radius <= _LIE_M:
        return None
    middle = np.array((0.0, below[1] + min(radius, (above[1] - below[1]) / 2), (above[2] + below[2]) / 2))
    start = middle - SMPLX.rest_places["head"]
    return Capsule("head", start, np.array((0.0, reach, 0.0)), float(radius) - _LIE_M)


def _thicker_m(skin: _Skin, places: Mapping[str, np.ndarray], ratio: np.ndarray) -> tuple[float, float]:
    """How much thicker hands, and forearms, are than ours, metres; 0 where nothing of them is seen."""
    palms, forearms = [], []
    for number, side in enumerate(SIDES):
        elbow, wrist = places[f"{side}_elbow"], places[f"{side}_wrist"]
        along = wrist - elbow
        part = (skin.points - elbow) @ along / (along @ along)
        off = np.linalg.norm(skin.points - elbow - part[:, None] * along, axis=1) / ratio[number]
        near = (part > _FOREARM[0]) & (part < _FOREARM[1]) & (skin.arms > 0.5) & (off < 0.2)
        if near.sum() >= _FEWEST:
            forearms.append(np.percentile(off[near], _COVERED) - _FOREARM_M)
        palm = skin.points[skin.palms[side] > 0.5] / ratio[number]
        if len(palm) >= _FEWEST:
            *_axes, across = np.linalg.svd(palm - palm.mean(axis=0), full_matrices=False)[2]
            low, high = np.percentile(palm @ across, (100.0 - _COVERED, _COVERED))
            palms.append((high - low) / 2 - _PALM_M)
    hand, forearm = (float(np.clip(np.mean(found), -0.015, 0.1)) if found else 0.0 for found in (palms, forearms))
    return hand, forearm


def _skin(obj: bpy.types.Object, found: Rig) -> _Skin:
    shown = rig.shown_by(obj, found)
    bones = {joint: {shown[b] for b, c in found.controls.items() if c.joint == joint} for joint in SMPLX.names}
    arms = {*BODY_PARTS["ARMS"], *BODY_PARTS["HANDS"]} - {"left_collar", "right_collar"}
    beyond = [joint for joint in BODY_PARTS["HANDS"] if not joint.endswith("wrist")]
    of_arms = _below(obj, _all(bones, arms) | _on_upper_arms(obj, found))
    of_head = _below(obj, bones["head"])
    of_palms = {
        side: _below(obj, bones[f"{side}_wrist"]) - _below(obj, _all(bones, beyond)) for side in SIDES
    }  # fmt: skip
    groups = (of_arms, of_palms["left"], of_palms["right"], of_head)
    points, edges, shares, n = [np.empty((0, 3))], [np.empty((0, 2), int)], [np.empty((0, len(groups)))], 0
    for mesh, places in feet.meshes(obj, found.axes):
        weights = feet.Weights(mesh, obj)
        seen = np.array([weights.is_seen(k) for k in range(len(places))])
        number = np.full(len(places), -1)
        number[seen] = n + np.arange(seen.sum())
        points.append(places[seen])
        rows = [[weights.of(k, group) for group in groups] for k in np.flatnonzero(seen).tolist()]
        shares.append(np.array(rows).reshape(-1, len(groups)))
        ends = np.empty(2 * len(mesh.data.edges), np.int32)  # type: ignore[union-attr]
        mesh.data.edges.foreach_get("vertices", ends)  # type: ignore[union-attr]
        own = number[ends.reshape(-1, 2)]
        edges.append(own[(own >= 0).all(axis=1)])
        n += int(seen.sum())
    of = np.concatenate(shares)
    palms = dict(zip(SIDES, of[:, 1:3].T, strict=True))
    return _Skin(np.concatenate(points), np.concatenate(edges), of[:, 0], palms, of[:, 3])


def _on_upper_arms(obj: bpy.types.Object, found: Rig) -> set[str]:
    """Bones that move meshes and begin on an upper arm: what shows how it is turned need not carry them."""
    places, on_arms = rig.rest_places(obj), set()
    for side in SIDES:
        shoulder, along = places[f"{side}_shoulder"], places[f"{side}_elbow"] - places[f"{side}_shoulder"]
        for bone in armature_of(obj).bones:
            way = np.array(bone.head_local) - shoulder
            part = np.clip(way @ along / (along @ along), 0.0, 1.0)
            if bone.use_deform and np.linalg.norm(way - part * along) < _ON_ARM_M * found.scale:
                on_arms.add(bone.name)
    return on_arms


def _all(bones: Mapping[str, set[str]], joints: Collection[str]) -> set[str]:
    return {bone for joint in joints for bone in bones.get(joint, ())}


def _below(obj: bpy.types.Object, roots: set[str]) -> set[str]:
    """These bones, with all that hang on them."""
    return set(_hanging(obj, roots))


def _hanging(obj: bpy.types.Object, roots: set[str]) -> Iterator[str]:
    for bone in armature_of(obj).bones:
        if bone.name in roots or any(above.name in roots for above in bone.parent_recursive):
            yield bone.name
