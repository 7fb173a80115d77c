"""The 55-bone SMPL-X armature, built from our own skeleton: nothing of the licensed body model is used or needed.

Bones lie in SMPL-X space (Y up, facing +Z) and all point along +Y with roll 0, so that a bone's rest rotation is the
identity and an SMPL-X local rotation is its ``rotation_quaternion`` as it stands. The object is turned by +90 degrees
about X, which takes (x, y, z) to (x, -z, y): the character stands on the object's origin and faces the front view.
"""

from __future__ import annotations

import math

import bpy
import numpy as np
from mathutils import Vector

from ..a2g_core.body.motion import Skeleton
from ..a2g_core.body.rig_map import own_map
from ..a2g_core.body.skeleton import CHAINS, PELVIS_HEIGHT_M, SMPLX

_BONE_LENGTH_M = (0.012, 0.15)  # shortest (a finger's end) and longest (a thigh), so that bones can be told apart


def add_armature(context: bpy.types.Context, name: str = "Character", place: Vector | None = None) -> bpy.types.Object:
    """Add the armature at a place (default: the 3D cursor), where its feet stand; select it and make it active.

    It goes to the current collection, or to the scene's if that one is hidden. Call it in Object Mode.
    """
    armature = bpy.data.armatures.new(name)
    obj = bpy.data.objects.new(name, armature)
    assert context.collection is not None and context.scene.collection is not None
    context.collection.objects.link(obj)
    if not obj.visible_get(view_layer=context.view_layer):  # what cannot be seen cannot be edited either
        context.collection.objects.unlink(obj)
        context.scene.collection.objects.link(obj)
    for other in context.selected_objects or ():
        other.select_set(False)
    obj.select_set(True)
    context.view_layer.objects.active = obj
    # Bones can be made in Edit Mode alone.
    bpy.ops.object.mode_set(mode="EDIT")
    _add_bones(armature, SMPLX)
    bpy.ops.object.mode_set(mode="OBJECT")
    obj.location = context.scene.cursor.location if place is None else place
    obj.rotation_euler = (math.pi / 2, 0.0, 0.0)
    assert obj.pose is not None
    for bone in obj.pose.bones:
        bone.rotation_mode = "QUATERNION"
    return obj


def _add_bones(armature: bpy.types.Armature, skeleton: Skeleton) -> None:
    own = own_map()
    name_of = {joint: names[0] for joint, names in own.joints.items()}
    for chain, joints in CHAINS.items():
        name_of |= zip(joints, getattr(own, chain), strict=True)
    names = [name_of[joint] for joint in skeleton.names]
    heads = skeleton.rest_positions + np.array([0.0, PELVIS_HEIGHT_M, 0.0])
    for name, parent, head, length in zip(names, skeleton.parents, heads, _bone_lengths(skeleton), strict=True):
        bone = armature.edit_bones.new(name)
        bone.head = head
        bone.tail = head + np.array([0.0, length, 0.0])
        bone.roll = 0.0
        if parent >= 0:
            bone.parent = armature.edit_bones[names[parent]]


def _bone_lengths(skeleton: Skeleton) -> np.ndarray:
    """Half the way to the farthest child, and to the parent where there is no child, within readable bounds."""
    reach = np.linalg.norm(np.asarray(skeleton.offsets), axis=-1)
    children = [[c for c, p in enumerate(skeleton.parents) if p == j] for j in range(len(skeleton))]
    farthest = [max((reach[c] for c in kids), default=reach[j]) for j, kids in enumerate(children)]
    return np.clip(0.5 * np.asarray(farthest), *_BONE_LENGTH_M)
