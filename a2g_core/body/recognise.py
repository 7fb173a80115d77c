"""Which bones of an armature stand for which joints: by a map that the user keeps, VRM, Rigify, names, or structure.

What is found is checked by where bones lie and what hangs on what (`rig_checks.py`). What an armature lacks is left out
and said; only without hips, head, or any arm is it of no use. All is computed from names, parents and rest positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..errors import A2GError, RigError
from . import by_name, by_structure, completing
from .bone_tree import BoneAt, BoneTree
from .rig_checks import ARMS, LEGS, beside_trunk, faults
from .rig_map import Fit, RigMap, own_map, rig_maps
from .skeleton import BODY, BODY_HANDS, CHAINS, SIDES, SINGLE, mirror_name

__all__ = ["BoneAt", "recognise"]

_VRM_SIDED = {
    "UpperLeg": "hip", "LowerLeg": "knee", "Foot": "ankle", "Toes": "foot", "Shoulder": "collar",
    "UpperArm": "shoulder", "LowerArm": "elbow", "Hand": "wrist", "Eye": "eye_smplhf",
}  # fmt: skip
_VRM_FINGERS = {"Index": "index", "Middle": "middle", "Little": "pinky", "Ring": "ring"}
_THUMBS = {
    "1.0": ("ThumbMetacarpal", "ThumbProximal", "ThumbDistal"),
    "0.x": ("ThumbProximal", "ThumbIntermediate", "ThumbDistal"),
}
"""VRM 0 calls the bone in the palm proximal, VRM 1.0 metacarpal."""


def _vrm_bones(thumb: tuple[str, ...]) -> dict[str, str]:
    bones = {"hips": "pelvis", "head": "head", "jaw": "jaw"}
    for side in SIDES:
        bones |= {f"{side}{theirs}": f"{side}_{ours}" for theirs, ours in _VRM_SIDED.items()}
        for theirs, ours in _VRM_FINGERS.items():
            for k, part in enumerate(("Proximal", "Intermediate", "Distal"), start=1):
                bones[f"{side}{theirs}{part}"] = f"{side}_{ours}{k}"
        bones |= {f"{side}{name}": f"{side}_thumb{k}" for k, name in enumerate(thumb, start=1)}
    return bones


_VRM = {version: _vrm_bones(thumb) for version, thumb in _THUMBS.items()}
_RIGIFY = {"generated": "rigify", "metarig": "rigify_metarig"}
_MOVED = tuple(BODY_HANDS.names)
_SURE = {"stored": 1.0, "vrm": 1.0, "rigify": 1.0, "names": 0.95, "structure": 0.6}
"""How sure each way is of an armature that has all joints."""

_SAME_PLACE = 1e-4
_UNVERIFIED = 0.85
_WITH_PROBLEMS = 0.3
_AGREE = 0.7
"""Part of the joints for which structure must find the bones that names tell, to be asked for others."""


@dataclass(frozen=True)
class _Guess:
    """Joints found in one way. share: how sure it is of them besides, 0 to 1."""

    map: RigMap
    source: str
    joints: Mapping[str, str]
    share: float = 1.0
    problems: tuple[A2GError, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether the armature is what this says even if something is wrong with it.

        Those bones of a control rig that other families' names fit are not the ones to key.
        """
        return bool(self.map.switches or self.map.deform_prefix)


def recognise(
    bones: Mapping[str, BoneAt],
    *,
    stored: RigMap | None = None,
    vrm: Mapping[str, str] | None = None,
    rigify: str | None = None,
) -> Fit:
    """How an armature can be moved.

    bones: all of them, by name. stored: the map that the user keeps for it; then nothing is guessed. vrm: its bones by
    the names of VRM's human bones, of version 0 or 1. rigify: "generated" or "metarig", if Rigify says so.
    The first way that gives something of use; if none does, the one that finds most, and what is wrong with it.
    RigError if a rig map of ours cannot be read.
    """
    tree = BoneTree(bones)
    if stored is not None:
        return _fit(tree, _stored(tree, stored))
    best: Fit | None = None
    for guess in _guesses(tree, vrm or {}, rigify):
        fit = _fit(tree, guess)
        if not fit.problems or guess.is_certain:
            return fit
        if best is None or fit.score > best.score:
            best = fit
    return best if best is not None else _fit(tree, _Guess(own_map(), "names", {}))


def _guesses(tree: BoneTree, vrm: Mapping[str, str], rigify: str | None) -> Iterator[_Guess]:
    maps = rig_maps()
    if joints := _vrm_joints(tree, vrm):
        yield _completed(tree, _Guess(_vrm_map(joints), "vrm", joints))
    of_rigify = [rig_map for rig_map in maps if rig_map.name in _RIGIFY.values()]
    for rig_map in of_rigify:
        # A metarig is a plain skeleton, and may be that of anything: names tell more than that it is one.
        is_generated = rigify == "generated" and rig_map.name == _RIGIFY["generated"]
        if is_generated or by_name.is_of(rig_map, tree):
            yield _completed(tree, _Guess(rig_map, "rigify", by_name.exact(rig_map, tree)))
    for rig_map in maps:
        if not rig_map.folded and rig_map not in of_rigify and by_name.is_of(rig_map, tree):
            yield _completed(tree, _Guess(rig_map, "names", by_name.exact(rig_map, tree)))
    named = by_name.by_families(tree, maps)
    if named is not None:
        yield _completed(tree, _Guess(named[0], "names", named[1]))
    seen = by_structure.by_structure(tree)
    if seen is not None and (named is None or _agrees(seen[0], named[1])):
        yield _Guess(_STRUCTURE, "structure", *seen)


_STRUCTURE = RigMap("structure", "Structure of the bones", {})


def _stored(tree: BoneTree, stored: RigMap) -> _Guess:
    """The user's own map as it is. Of one that is complete, a bone that the armature lacks was renamed or removed.

    One of a finger or of the face is left out; without one of the body motion would look wrong.
    """
    alone = {joint: names[0] for joint, names in stored.joints.items() if len(names) == 1}
    named = [*(bone for joint, bone in alone.items() if joint in BODY.names), *stored.spine, *stored.neck]
    gone = [name for name in named if name not in tree] if stored.complete else []
    problems = tuple(
        RigError(
            "the list of bones names '{bone}', which the armature does not have",
            "choose another bone for it, or have the bones guessed again",
            bone=bone,
        )
        for bone in gone[:1]
    )
    if stored.folded:
        named_by_family = by_name.by_families(tree, (stored,))
        return _Guess(stored, "stored", {} if named_by_family is None else named_by_family[1])
    return _Guess(stored, "stored", by_name.exact(stored, tree), problems=problems)


# VRM ------------------------------------------------------------------------------------------------------------------


def _vrm_joints(tree: BoneTree, vrm: Mapping[str, str]) -> dict[str, str]:
    """The joints that VRM's human bones name. Version 0 has a thumb's intermediate bone, version 1.0 its metacarpal."""
    table = _VRM["1.0" if any(name.endswith("ThumbMetacarpal") for name in vrm) else "0.x"]
    joints = {table[name]: bone for name, bone in vrm.items() if name in table and bone in tree}
    return {joint: joints[joint] for joint in SINGLE if joint in joints}


def _vrm_map(joints: Mapping[str, str]) -> RigMap:
    return RigMap("vrm", "VRM", {joint: (bone,) for joint, bone in joints.items()}, verified=True)


# From joints to a fit -------------------------------------------------------------------------------------------------


def _completed(tree: BoneTree, guess: _Guess) -> _Guess:
    """With the bones that follow from those found: hips that carry legs and trunk, a renamed bone by its other side.

    A limb that names do not tell is taken from the structure, if that finds the same where names tell.
    """
    joints = completing.completed(tree, guess.joints)
    if guess.source != "vrm":
        joints = completing.with_true_sides(tree, joints)
    if guess.source == "names":
        lacking = [joint for limb in (*ARMS.values(), *LEGS.values()) for joint in limb[:3] if joint not in joints]
        seen = by_structure.by_structure(tree) if any(not joint.endswith("collar") for joint in lacking) else None
        if seen is not None and _agrees(seen[0], joints):
            used = set(joints.values())
            joints |= {joint: bone for joint, bone in seen[0].items() if joint not in joints and bone not in used}
    return replace(guess, joints={joint: joints[joint] for joint in SINGLE if joint in joints})


def _agrees(seen: Mapping[str, str], named: Mapping[str, str]) -> bool:
    """Whether structure finds the bones that names tell, whichever side they call left."""
    mirrored = {mirror_name(joint): bone for joint, bone in named.items()}
    for joints in (named, mirrored):
        same = [joints[joint] == bone for joint, bone in seen.items() if joint in joints]
        if not same or np.mean(same) >= _AGREE:
            return True
    return False


def _fit(tree: BoneTree, guess: _Guess) -> Fit:
    joints, problems = dict(guess.joints), list(guess.problems)
    for error, of in list(faults(tree, joints)):
        # What was guessed can be left out, unless all of it is wrong; what the user chose is told.
        if guess.source == "stored" or len(of) == len(joints):
            problems.append(error)
        else:
            for joint in of:
                joints.pop(joint, None)
    problems += _lacking(joints)
    spine, neck = _chains(tree, guess.map, joints)
    if guess.source == "stored":
        problems += beside_trunk(tree, joints, (*spine, *neck))
    maps = (guess.map,) if guess.source == "stored" else rig_maps()
    return Fit(
        guess.map,
        guess.source,
        joints,
        spine,
        neck,
        _deform(tree, guess.map, joints, (*joints.values(), *spine, *neck)),
        tuple(switch for switch in guess.map.switches if switch.bone in tree),
        {joint: bone for joint, bone in by_name.free_twist(tree, guess.map, maps).items() if joint in joints},
        _missing(joints, spine, neck),
        tuple(problems),
        _score(guess, joints, problems),
    )


def _lacking(joints: Mapping[str, str]) -> Iterator[A2GError]:
    """What an armature cannot do without."""
    if "pelvis" not in joints:
        yield RigError("no bone was found for the hips", "choose it in the list of bones, or choose another armature")
    if "head" not in joints:
        yield RigError("no bone was found for the head", "choose it in the list of bones, or choose another armature")
    if not any({f"{side}_shoulder", f"{side}_elbow"} <= joints.keys() for side in SIDES):
        yield RigError("no bones were found for an arm", "choose it in the list of bones, or choose another armature")


def _chains(tree: BoneTree, rig_map: RigMap, joints: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The bones of trunk and neck, as a map lists them or as they hang.

    A bone of the trunk that the legs hang on belongs to the hips, which turn it.
    """
    listed = [tuple(name for name in chain if name in tree) for chain in (rig_map.spine, rig_map.neck)]
    if rig_map.complete or (not rig_map.folded and (rig_map.spine or rig_map.neck)):
        spine, neck = listed
    else:
        spine, neck = completing.chains(tree, joints)
    used = set(joints.values())
    thighs = [joints[hip] for hip in ("left_hip", "right_hip") if hip in joints]
    free = [name for name in spine if not any(tree.is_above(name, thigh) for thigh in thighs)]
    return tuple(name for name in free if name not in used), tuple(name for name in neck if name not in used)


def _deform(tree: BoneTree, rig_map: RigMap, joints: Mapping[str, str], controls: tuple[str, ...]) -> dict[str, str]:
    """The bone that moves the mesh by control, where they differ: as listed, as named, or the one in the same place."""
    deform = {joints[joint]: bone for joint, bone in rig_map.deform.items() if joint in joints and bone in tree}
    prefix = rig_map.deform_prefix
    moving = [name for name in tree.names if name.startswith(prefix)] if prefix else []
    if moving:
        places = np.array([tree.heads[name] for name in moving])
        for control in controls:
            near = np.abs(places - tree.heads[control]).max(axis=1) < _SAME_PLACE
            named = [f"{prefix}{name}" for name in (control, control.replace("_fk", ""), control.removeprefix("FK-"))]
            there = [name for name in named if name in tree] or sorted(
                np.array(moving)[near], key=lambda n: (len(n), n)
            )
            if there:
                deform.setdefault(control, str(there[0]))
    return {control: bone for control, bone in deform.items() if bone != control}


def _missing(joints: Mapping[str, str], spine: tuple[str, ...], neck: tuple[str, ...]) -> tuple[str, ...]:
    chains = {**dict.fromkeys(CHAINS["spine"], spine), **dict.fromkeys(CHAINS["neck"], neck)}
    return tuple(joint for joint in _MOVED if not chains.get(joint, joint in joints))


def _score(guess: _Guess, joints: Mapping[str, str], problems: list[A2GError]) -> float:
    """How sure a guess is: by its way, by the share of the body's joints that it finds, and by what is wrong."""
    body = [joint for joint in SINGLE if joint in BODY.names]
    share = sum(joint in joints for joint in body) / len(body)
    sure = _SURE[guess.source] * guess.share
    if guess.source == "names" and not guess.map.verified:
        sure *= _UNVERIFIED
    return float(sure * share * (_WITH_PROBLEMS if problems else 1.0))
