"""Characters of any make in the walk: which of their bones its steps mean, and what the artist does to such rigs."""

from __future__ import annotations

import json
import random
from typing import Any

import bpy
import deform_table
import random_rigs
import rigs
from moving import swinging
from scenes import write_take
from soak import Refused, Step, Walk
from soak_bones import BONES, bone_of
from soak_facts import MARK
from soak_jobs import select_object

_JOINTS = ("left_shoulder", "right_elbow", "left_wrist", "head", "spine3", "left_hip", "right_knee", "pelvis")
_FRAMES, _ROWS = 30, range(0, 30, 5)


def add_rig(addon: Any, chance: random.Random, name: str) -> bpy.types.Object:
    """Add a character, without its meshes: one drawn at random, or a test rig of this name.

    AssertionError if a take does not look on it as it should.
    """
    character = rigs.make(name) if name else random_rigs.random_rig(chance)
    obj = character.armature
    check_is_right(addon, character)
    obj[BONES] = json.dumps(dict(addon.scene.rig.joints(obj)))
    obj[MARK] = character.name
    obj.name = "Character"
    random_rigs.undress(character)
    bpy.context.scene.a2g_character = obj
    for other in bpy.context.view_layer.objects:
        other.select_set(other == obj)
    bpy.context.view_layer.objects.active = obj
    return obj


def check_is_right(addon: Any, character: rigs.Character) -> None:
    """A take on it points where its source does, measured on the bones that move its mesh."""
    motion = swinging(addon, _FRAMES)
    strip = write_take(addon, character.armature, motion, 1)
    source = deform_table.source_of(motion.quaternions, motion.translation)
    table = deform_table.measure(character, source, 1, _ROWS)
    wrong = {name: m.worst for name, m in table.items() if m.unit == "°" and not m.is_met}
    assert not wrong, f"{character.name}: {wrong}"
    addon.scene.takes.detach_take(character.armature, strip.action)


# What she does to rigs ------------------------------------------------------------------------------------------------


def _bone(walk: Walk) -> tuple[bpy.types.Object, bpy.types.PoseBone]:
    """A bone that gestures turn, of a character chosen at random."""
    obj = walk.character()
    name = bone_of(obj, walk.random.choice(_JOINTS))
    if name not in obj.pose.bones:
        raise Refused("the bone is not there")
    walk.say(name)
    return obj, obj.pose.bones[name]


def rotation_mode(walk: Walk) -> None:
    """A bone turns in another mode: what was keyed in the one before no longer plays."""
    _obj, bone = _bone(walk)
    with walk.hers("bones"):
        bone.rotation_mode = walk.random.choice(random_rigs.MODES)


def lock(walk: Walk) -> None:
    """A bone's rotation is locked, on all axes or on one, or unlocked."""
    _obj, bone = _bone(walk)
    with walk.hers("bones"):
        bone.lock_rotation = walk.random.choice(((True,) * 3, (False,) * 3, (True, False, False)))


def constrain(walk: Walk) -> None:
    """A bone is constrained, or its constraints go."""
    obj, bone = _bone(walk)
    with walk.hers("bones"):
        if len(bone.constraints) and not obj.override_library:
            for constraint in list(bone.constraints):
                bone.constraints.remove(constraint)
            return
        kind = walk.random.choice(("COPY_ROTATION", "DAMPED_TRACK", "LIMIT_ROTATION", "COPY_LOCATION"))
        constraint = bone.constraints.new(kind)
        constraint.influence = walk.random.choice((0.3, 1.0))
        if hasattr(constraint, "target"):
            constraint.target = bpy.data.objects["target"]


def drive(walk: Walk) -> None:
    """A bone's rotation is driven, or its drivers go."""
    obj, bone = _bone(walk)
    if obj.library or obj.override_library:
        raise Refused("drivers of a linked character stay")
    path = "rotation_quaternion" if bone.rotation_mode == "QUATERNION" else "rotation_euler"
    with walk.hers("drivers"):
        if not bone.driver_remove(path):
            for curve in bone.driver_add(path):
                curve.driver.expression = "0.1"


def roll(walk: Walk) -> None:
    """In Edit Mode bones are rolled: takes of before no longer look as they did, and new ones do."""
    obj = walk.character()
    if obj.data.library or obj.override_library or (obj.animation_data and obj.animation_data.use_tweak_mode):
        raise Refused("its bones cannot be edited")
    if bpy.context.mode != "OBJECT":
        raise Refused("not in this mode")
    with walk.hers("rest", "mode", "object", "members"):
        select_object(obj)
        bpy.ops.object.mode_set(mode="EDIT")
        for bone in obj.data.edit_bones:
            if walk.random.random() < 0.3:
                bone.roll += walk.random.uniform(-3, 3)
        bpy.ops.object.mode_set(mode="OBJECT")


def place(walk: Walk) -> None:
    """The object is turned over, scaled, and put elsewhere."""
    obj = walk.character()
    with walk.hers("object"):
        obj.rotation_mode = "XYZ"
        obj.rotation_euler[walk.random.randrange(3)] += walk.random.choice((0.3, 1.5708))
        obj.scale = [walk.random.choice((0.5, 2.0)) * obj.scale[0]] * 3
        obj.location = [walk.random.uniform(-3, 3) for _ in range(3)]


def as_ik(walk: Walk) -> None:
    """The playing take is written for inverse kinematics, or as FK again; most rigs have none that is known."""
    obj, *_ = walk.strip(takes=True)
    known = [other for other in walk.characters() if walk.addon.scene.as_ik.known(other)]
    if known and obj not in known:
        obj = walk.random.choice(known)
        walk.choose(obj)
        walk.say(f"[{obj.name}]")
    if walk.random.random() < 0.3:
        walk.ours("write_as_fk")
        return
    hands = walk.random.random() < 0.7
    walk.ours("write_as_ik", hands=hands, feet=not hands or walk.random.random() < 0.5)


STEPS: dict[Step, int] = {rotation_mode: 2, lock: 2, constrain: 2, drive: 1, roll: 2, place: 2, as_ik: 2}
