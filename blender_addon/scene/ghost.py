"""A ghost: a copy of the character beside it that plays one take, for comparison; removed without a trace.

It has a colour of its own, and shows the name of the take that it plays.
"""

from __future__ import annotations

from typing import Any, Literal, cast

import bpy
from mathutils import Matrix

from .. import bl
from . import nla, rig

TAG = "a2g_ghost"
"""Custom property of everything that belongs to a ghost."""

COLLECTION_NAME = "Gesture Compare"
_COLOUR = (0.1, 0.45, 0.8, 1.0)
_PALETTE: Literal["THEME04"] = "THEME04"  # blue, too
_ASIDE_M = 1.2
_ASIDE_OF_HEIGHT = 0.7
"""How far beside the character it stands: of one that is larger than a person, in parts of its height."""


def exists() -> bool:
    """Whether a take is being compared: a ghost whose scene has been removed, which nobody sees, does not count."""
    return any(collection.get(TAG) and collection.users for collection in bpy.data.collections)


def show(scene: bpy.types.Scene, obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> bpy.types.Object:
    """Put a copy of the character, with the meshes that it moves, beside it; it plays this strip's Action."""
    remove()  # what a removed scene has left
    collection = bpy.data.collections.new(COLLECTION_NAME)
    collection[TAG] = True
    scene.collection.children.link(collection)
    # Its drivers drive the copy: of a control rig they turn what the take keys into a pose.
    ghost = _copy(obj, collection, drivers=True)
    ghost.constraints.clear()
    aside = _aside(obj)
    ghost.matrix_world = aside @ obj.matrix_world
    ghost.a2g_pins.clear()
    ghost.name, ghost.show_name = strip.name, True
    if ghost.pose is not None:
        for bone in ghost.pose.bones:
            if bone.color is not None:
                bone.color.palette = _PALETTE
    for mesh in _bound_to(obj):
        copy = _copy(mesh, collection)
        _bind(copy, obj, ghost, aside)
        _colour(copy)
    track = ghost.animation_data_create().nla_tracks.new()
    track.name = strip.name
    placed = bl.add_nla_strip(track, strip.name, int(strip.frame_start), bl.action_of(strip), bl.slot_of(strip))
    nla.copy_placement(strip, placed)
    placed.blend_type, placed.extrapolation, placed.mute = "REPLACE", strip.extrapolation, False
    return ghost


def check_removable() -> None:
    """A2GError if a strip of a ghost is being tweaked."""
    for obj in bpy.data.objects:
        if obj.get(TAG):
            nla.check_not_tweaked(obj)


def remove() -> None:
    """Take every ghost away, and its collection."""
    for obj in [obj for obj in bpy.data.objects if obj.get(TAG)]:
        bpy.data.objects.remove(obj)
    for mesh in [mesh for mesh in bpy.data.meshes if mesh.get(TAG)]:
        bpy.data.meshes.remove(mesh)
    for material in [material for material in bpy.data.materials if material.get(TAG)]:
        bpy.data.materials.remove(material)
    for collection in [collection for collection in bpy.data.collections if collection.get(TAG)]:
        _hand_over(collection)
        bpy.data.collections.remove(collection)


def _hand_over(collection: bpy.types.Collection) -> None:
    """What the artist has in a ghost's collection, as what she appends while it is the active one, goes to those above
    it: it would leave the scene with it.
    """
    above = [scene.collection for scene in bpy.data.scenes] + list(bpy.data.collections)
    for parent in [parent for parent in above if collection in list(parent.children)]:
        for obj in [obj for obj in collection.objects if obj not in list(parent.objects)]:
            parent.objects.link(obj)
        for child in [child for child in collection.children if child not in list(parent.children)]:
            parent.children.link(child)


def plays(action: bpy.types.Action) -> bool:
    """Whether a ghost plays this Action."""
    ghosts = (obj for obj in bpy.data.objects if obj.get(TAG))
    return any(placed.action == action for ghost in ghosts for placed in nla.placed_strips(ghost))


def _aside(obj: bpy.types.Object) -> Matrix:
    return Matrix.Translation((max(_ASIDE_M, _ASIDE_OF_HEIGHT * rig.height(obj)), 0.0, 0.0))


def _copy(obj: bpy.types.Object, collection: bpy.types.Collection, drivers: bool = False) -> bpy.types.Object:
    """A copy that shares the object's data, is not animated, and can be neither selected nor rendered."""
    copy = obj.copy()
    if copy.override_library is not None:
        # A copy of a library override is one, too, and no longer tagged when the file is opened again.
        copy = copy.make_local(clear_liboverride=True)
    copy[TAG] = True
    data = copy.animation_data
    if drivers and data is not None and not data.use_tweak_mode:
        data.action = None
        for track in list(data.nla_tracks):
            data.nla_tracks.remove(track)
    else:
        copy.animation_data_clear()
    copy.hide_select = copy.hide_render = True
    collection.objects.link(copy)
    return copy


def _colour(copy: bpy.types.Object) -> None:
    """Give the copy of a mesh one material of its own; the mesh, which both share, keeps its materials."""
    material = next((m for m in bpy.data.materials if m.get(TAG)), None)
    if material is None:
        material = cast(Any, bpy.data.materials.new(COLLECTION_NAME))
        material[TAG], material.diffuse_color = True, _COLOUR
        for node in material.node_tree.nodes if material.node_tree is not None else ():
            if node.type == "BSDF_PRINCIPLED":
                node.inputs["Base Color"].default_value = _COLOUR
    if not copy.material_slots and isinstance(copy.data, bpy.types.Mesh):  # slots are the mesh's, which both share
        copy.data = copy.data.copy()
        copy.data[TAG] = True
        copy.data.materials.append(None)
    for slot in copy.material_slots:
        slot.link = "OBJECT"
        slot.material = material


def _bound_to(obj: bpy.types.Object) -> list[bpy.types.Object]:
    """Meshes that the armature moves by a modifier."""
    return [mesh for mesh in bpy.data.objects if mesh.users_scene and rig.is_moved_by(mesh, obj)]


def _bind(mesh: bpy.types.Object, obj: bpy.types.Object, ghost: bpy.types.Object, aside: Matrix) -> None:
    for modifier in mesh.modifiers:
        if rig.is_of(modifier, obj):
            modifier.object = ghost
    if mesh.parent == obj:
        mesh.parent = ghost
    else:
        mesh.matrix_world = aside @ mesh.matrix_world
