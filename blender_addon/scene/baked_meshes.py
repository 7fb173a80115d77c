"""The meshes of a baked copy (see `baked`): which, what their modifiers make of them, and what their shape keys do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import bpy
import numpy as np

from ..a2g_core.errors import A2GError
from . import rig
from .keys import Track

_SAME = 1e-6


def meshes_of(obj: bpy.types.Object) -> Iterable[bpy.types.Object]:
    """What is seen of a character: meshes that its bones move or carry."""
    for mesh in bpy.data.objects:
        if mesh.type != "MESH" or not mesh.users_scene or mesh.hide_render:
            continue
        if rig.is_part_of(mesh, obj):
            yield mesh


def has_moving_shapes(mesh: bpy.types.Object) -> bool:
    """Whether something may move shape keys of a mesh: an Action, the NLA, or drivers."""
    data = mesh.data
    keys = data.shape_keys if isinstance(data, bpy.types.Mesh) else None
    return keys is not None and keys.use_relative and keys.animation_data is not None


def shape_tracks(keys: bpy.types.Key, values: np.ndarray) -> Iterator[Track]:
    """What to key so that the shape keys have these values (T, n); those that stay as they are get theirs at once."""
    blocks: Any = keys.key_blocks
    for block, column in zip(blocks, values.T, strict=True):
        block.value = column[0]
        if np.ptp(column) > _SAME:
            path = f'key_blocks["{bpy.utils.escape_identifier(block.name)}"].value'
            yield Track(path, column[:, None].astype(np.float32), block.name)


def apply_modifiers(scene: bpy.types.Scene, copy: bpy.types.Object, name: str) -> None:
    """Give a mesh that is in this scene alone what its modifiers, but those of armatures, make of it and of each of its
    shape keys: exporters leave out either those or these. name: what the artist calls it. A2GError if they do not fit.
    """
    every: Any = copy.modifiers
    others = [modifier for modifier in every if modifier.type != "ARMATURE"]
    if any(modifier.show_viewport for modifier in others):
        shown = {modifier: modifier.show_viewport for modifier in every if modifier.type == "ARMATURE"}
        for modifier in shown:
            modifier.show_viewport = False
        made, places = _applied(scene, copy)
        if any(len(place) != 3 * len(made.vertices) for place in places.values()):
            raise A2GError(
                "modifiers give shape keys of '{name}' other corners than the mesh itself",
                "turn those modifiers off or apply them, or export without meshes", name=name,
            )  # fmt: skip
        for modifier, was_shown in shown.items():
            modifier.show_viewport = was_shown
        if places:
            _give_shapes(copy, made, places)
        copy.data = made
    for modifier in others:
        copy.modifiers.remove(modifier)


def _applied(scene: bpy.types.Scene, copy: bpy.types.Object) -> tuple[bpy.types.Mesh, dict[str, np.ndarray]]:
    """What a mesh becomes, and where its n corners are, (3 n,), in each of its shape keys."""
    layer, data = scene.view_layers[0], copy.data
    assert isinstance(data, bpy.types.Mesh)
    blocks: Any = data.shape_keys.key_blocks if data.shape_keys is not None else ()

    def evaluated() -> bpy.types.Object:
        if blocks:
            data.update_tag()
        layer.update()
        return copy.evaluated_get(layer.depsgraph)

    kept, pinned = [(block.value, block.mute) for block in blocks], copy.show_only_shape_key
    copy.show_only_shape_key = False
    for block in blocks:
        block.value, block.mute = 0.0, False
    made = bpy.data.meshes.new_from_object(evaluated(), preserve_all_data_layers=True, depsgraph=layer.depsgraph)
    places = {}
    for block in blocks:
        block.slider_max, block.value = max(block.slider_max, 1.0), 1.0
        mesh: Any = evaluated().data
        places[block.name] = np.empty(3 * len(mesh.vertices), np.float32)
        mesh.vertices.foreach_get("co", places[block.name])
        block.value = 0.0
    for block, (value, mute) in zip(blocks, kept, strict=True):
        block.value, block.mute = value, mute
    copy.show_only_shape_key = pinned
    return made, places


def _give_shapes(copy: bpy.types.Object, made: bpy.types.Mesh, places: dict[str, np.ndarray]) -> None:
    """Give a mesh shape keys where the corners are so, set as those of the copy are."""
    old: Any = copy.data
    holder = bpy.data.objects.new("A2G Shapes", made)
    for block in old.shape_keys.key_blocks:
        new: Any = holder.shape_key_add(name=block.name, from_mix=False)
        new.points.foreach_set("co", places[block.name])
        new.slider_min, new.slider_max = block.slider_min, block.slider_max
        new.value, new.mute = block.value, block.mute
