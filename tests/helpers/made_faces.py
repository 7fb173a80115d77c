"""A made face: a mesh on the head whose shape keys a property of the head's bone drives, or keys of their own."""

from __future__ import annotations

import bpy
import numpy as np

SHAPES = ("eyeBlink", "jawOpen", "smile")
"""The first is driven, the second keyed, and the third stays as it is."""


def speaking(obj: bpy.types.Object, frames: range) -> bpy.types.Object:
    """Give an armature with a bone "head" a face, whose right half a modifier makes; it moves on these frames, by
    a strip on top of the NLA.
    """
    mesh = bpy.data.meshes.new("Face")
    mesh.from_pydata([(0, -0.1, 1.6), (0.1, -0.1, 1.6), (0.05, -0.1, 1.7)], [], [(0, 1, 2)])
    face = bpy.data.objects.new("Face", mesh)
    bpy.context.scene.collection.objects.link(face)
    face.parent, face.matrix_parent_inverse = obj, obj.matrix_world.inverted()
    face.vertex_groups.new(name="head").add([0, 1, 2], 1.0, "REPLACE")
    face.modifiers.new("Mirror", "MIRROR")
    face.modifiers.new("Armature", "ARMATURE").object = obj
    for k, name in enumerate(("Basis", *SHAPES)):
        block = face.shape_key_add(name=name)
        block.value = 0.0  # 5.2 begins at 1
        for point in block.data:
            point.co.z -= 0.01 * k
    blocks, head = mesh.shape_keys.key_blocks, obj.pose.bones["head"]
    for frame in (frames[0], frames[-1]):
        head["blink"] = (frame - frames[0]) / len(frames)
        head.keyframe_insert('["blink"]', frame=frame)
        blocks["jawOpen"].value = 1 - head["blink"]
        blocks["jawOpen"].keyframe_insert("value", frame=frame)
    driver = blocks["eyeBlink"].driver_add("value").driver
    variable = driver.variables.new()
    variable.targets[0].id, variable.targets[0].data_path = obj, 'pose.bones["head"]["blink"]'
    driver.expression = variable.name
    data = obj.animation_data
    data.nla_tracks.new().strips.new("Blink", frames[0], data.action)
    data.action = None
    return face


def values(face: bpy.types.Object, frames: range) -> np.ndarray:
    """(T, n) of its shape keys, but for the first, as Blender evaluates them."""
    found = []
    for frame in frames:
        bpy.context.scene.frame_set(frame)
        keys = face.data.shape_keys.evaluated_get(bpy.context.evaluated_depsgraph_get())
        found.append([block.value for block in keys.key_blocks[1:]])
    return np.array(found)
