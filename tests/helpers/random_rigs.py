"""Rigs drawn at random: bones of some family's names, with any build, rest pose, bone axes, rotation modes and size."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import bpy
import rig_names
import rigs
from made_rigs import Build

ORDERS = ("XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX")
MODES = ("QUATERNION", "AXIS_ANGLE", *ORDERS)


class Family(NamedTuple):
    """A way of naming bones. spine, neck: names from below, the longest that there are. second: see `rigs.named`."""

    joints: Callable[[], dict[str, str]]
    spine: Sequence[str]
    neck: Sequence[str]
    second: str = ""


_FAMILIES: dict[str, Family] = {
    "mixamo": Family(lambda: rig_names.mixamo("mixamorig:"), *(
        [f"mixamorig:{name}" for name in names]
        for names in (("Spine", "Spine1", "Spine2", "Spine3", "Spine4"), ("Neck", "Neck1"))
    )),
    "humanik": Family(rig_names.mixamo, ("Spine", "Spine1", "Spine2", "Spine3"), ("Neck", "Neck1", "Neck2")),
    "unreal": Family(rig_names.unreal, [f"spine_0{k}" for k in range(1, 6)], ("neck_01", "neck_02")),
    "makehuman": Family(
        rig_names.makehuman, [f"spine0{k}" for k in range(5, 0, -1)], ("neck01", "neck02", "neck03"), "{name} part {k}"
    ),
    "vroid": Family(
        rig_names.vrm, [f"J_Bip_C_{name}" for name in ("Spine", "Chest", "UpperChest")], ("J_Bip_C_Neck",)
    ),
    "kaykit": Family(rig_names.kaykit, ("spine", "chest"), ()),
}  # fmt: skip
_SIZES = ("hip", "knee", "ankle", "collar", "elbow", "wrist", "spine2", "head", "middle1", "index2")


def random_rig(chance: random.Random) -> rigs.Character:
    """Add one to the scene; it faces -Y and stands on Z = 0, whatever the axes and the scale of its object."""
    name = chance.choice(sorted(_FAMILIES))
    family = _FAMILIES[name]
    joints = family.joints()
    # A spine of one bone has the name of the lowest; arms hang on the highest.
    spine = list(family.spine[: chance.randint(1, len(family.spine))])
    neck = list(family.neck[: chance.randint(0, len(family.neck))])
    joints["spine3"] = spine[-1]
    if neck:
        joints["neck"] = neck[0]
    else:
        joints.pop("neck", None)
    has_fingers = "left_index1" in joints and chance.random() < 0.8
    has_collars = "left_collar" in joints and chance.random() < 0.85
    splits = {part: 2 for part in ("shoulder", "elbow", "hip", "knee") if family.second and chance.random() < 0.6}
    build = Build(
        rigs.named(joints, spine, neck, family.second), _sizes(chance), _turns(chance), splits, len(spine), len(neck),
        root="root" if name != "makehuman" and chance.random() < 0.5 else "",
        has_fingers=has_fingers, has_collars=has_collars,
    )  # fmt: skip
    placing: dict[str, Any] = {
        "scale": chance.choice((1.0, 1.0, 0.01, 0.37, 100.0)),
        "turn": chance.choice(((0.0, 0.0, 0.0), (90.0, 0.0, 0.0), (0.0, 0.0, 90.0), (20.0, -35.0, 130.0))),
        "roll_seed": chance.choice((None, chance.randrange(1000))),
    }
    armature, present = rigs.made(f"random_{name}", joints, build, _modes(chance), **placing)
    return rigs.character(armature.name, armature, present)


def _sizes(chance: random.Random) -> Mapping[str, float]:
    legs = chance.choice((1.0, 1.0, 0.5, 1.2))
    sizes = {joint: chance.uniform(0.85, 1.2) for joint in _SIZES if chance.random() < 0.6}
    return sizes | {joint: legs * sizes.get(joint, 1.0) for joint in ("knee", "ankle")}


def _turns(chance: random.Random) -> Any:
    """A rest pose between T and A, elbows, wrists and legs out of line; sometimes with curled fingers."""
    arms, curl = chance.choice((0.0, -20.0, -45.0, -60.0)), chance.choice((0.0, 0.0, -15.0, -32.0))
    turns = {
        "shoulder": (0.0, chance.uniform(-10, 15), arms), "elbow": (0.0, -chance.uniform(0, 30), 0.0),
        "wrist": (chance.uniform(-30, 15), 0.0, chance.uniform(-8, 8)), "hip": (0.0, 0.0, chance.uniform(0, 8)),
    }  # fmt: skip
    turns |= {f"{finger}{k}": (0.0, 0.0, curl) for finger in rig_names.FINGERS[1:] for k in (1, 2, 3)}
    return rigs.both_sides(turns)


def _modes(chance: random.Random) -> Callable[[int], str]:
    """All bones in one mode, or each in any."""
    drawn = chance.choice(("QUATERNION", "XYZ", chance.choice(MODES), None))
    several = [chance.choice(MODES) for _ in range(7)]
    return lambda n: several[n % len(several)] if drawn is None else drawn


def undress(character: rigs.Character) -> bpy.types.Object:
    """Its armature alone: its meshes go."""
    for mesh in character.meshes:
        bpy.data.objects.remove(mesh)
    character.meshes.clear()
    bpy.context.view_layer.update()
    return character.armature
