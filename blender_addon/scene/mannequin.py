"""Dresses a character's armature with the figure of ``a2g_core/body/figure.py``, so that the motion can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bpy
import numpy as np

from . import rig

if TYPE_CHECKING:
    from ..a2g_core.body.loft import Figure

BODY_COLOUR = (0.93, 0.77, 0.58, 1.0)
JOINT_COLOUR = (0.38, 0.24, 0.15, 1.0)


def dress(armature: bpy.types.Object) -> bpy.types.Object:
    """Add the figure to the armature's collections, bound to its bones; the mesh object.

    It is built on the armature's rest pose, which needs every joint of the body, fingers included, and Y up.
    """
    from ..a2g_core.body.figure import make_figure

    figure, bones = make_figure(rig.rest_places(armature)), rig.joints(armature)
    obj = bpy.data.objects.new("Mannequin", _mesh(figure))
    for collection in armature.users_collection:
        collection.objects.link(obj)
    for joint, weights in figure.weights.items():
        group = obj.vertex_groups.new(name=bones[joint])
        # Most vertices follow one bone wholly: one call for those, one each for the blended ones.
        group.add(np.flatnonzero(weights > 0.999).tolist(), 1.0, "REPLACE")
        for vertex in np.flatnonzero((weights > 0.001) & (weights <= 0.999)).tolist():
            group.add([vertex], float(weights[vertex]), "REPLACE")
    obj.parent = armature
    modifier = obj.modifiers.new("Armature", "ARMATURE")
    assert isinstance(modifier, bpy.types.ArmatureModifier)
    modifier.object = armature
    return obj


def _mesh(figure: Figure) -> bpy.types.Mesh:
    from ..a2g_core.body.loft import JOINT

    mesh = bpy.data.meshes.new("Mannequin")
    mesh.from_pydata(figure.vertices.tolist(), [], figure.faces)
    mesh.polygons.foreach_set("material_index", (figure.materials == JOINT).astype(np.int32))
    mesh.polygons.foreach_set("use_smooth", [True] * len(figure.faces))
    for name, colour, roughness in (("Mannequin", BODY_COLOUR, 0.5), ("Mannequin Joints", JOINT_COLOUR, 0.35)):
        mesh.materials.append(_material(name, colour, roughness))
    mesh.update()
    return mesh


def _material(name: str, colour: tuple[float, float, float, float], roughness: float) -> bpy.types.Material:
    material: Any = bpy.data.materials.new(name)
    material.diffuse_color = colour  # what Workbench shows
    material.roughness = roughness
    material.use_nodes = True
    shader = next(n for n in material.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
    shader.inputs["Base Color"].default_value = colour
    shader.inputs["Roughness"].default_value = roughness
    return material
