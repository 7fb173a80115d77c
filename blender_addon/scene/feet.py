"""A character's feet: what of a motion must change so that they stay planted on a body of other proportions.

Read from the armature and the meshes it moves, on the main thread; the rest is plain data, so that a job's thread can
do the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import bpy
import numpy as np

from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.skeleton import SIDES
from . import rig

if TYPE_CHECKING:
    from ..a2g_core.body.legs import Legs, Skin

UNKNOWN_CM = -1.0
"""Slide of feet that nobody measured."""

_BELOW, _ABOVE, _BESIDE, _ALONG = 0.02, 0.03, 0.3, 0.6
"""Of a mesh what is so near to the floor and to an ankle, in metres of our skeleton, may be a sole."""


@dataclass(frozen=True, eq=False)
class Feet:
    """The legs of a character at rest, if it has any, and whether its feet are to be planted.

    are_ours: whether it is our own body, whose motion is taken as it comes. metre_cm: centimetres in the scene to a
    metre of our skeleton.
    """

    legs: Legs | None
    are_planted: bool
    are_ours: bool = False
    metre_cm: float = 100.0

    def place(self, motion: Motion) -> tuple[Motion, float]:
        """The motion for this character, and by how many centimetres a planted foot slides in it at most.

        As it came, to the bit, for our own body and for a character without legs.
        """
        from ..a2g_core.body import planting
        from ..a2g_core.body.legs import slide_m

        if self.legs is None:
            return motion, UNKNOWN_CM
        if not self.are_planted or self.are_ours:
            return motion, slide_m(planting.as_it_comes(motion, self.legs)) * self.metre_cm
        planted = planting.planted(motion, self.legs)
        return planted.motion, slide_m(planted.after) * self.metre_cm


def read(obj: bpy.types.Object, are_planted: bool) -> Feet:
    """The feet of a character; RigError if it has no rig."""
    from ..a2g_core.body.legs import legs_of

    found = rig.read(obj)
    places = {joint: found.axes.T @ place for joint, place in rig.rest_places(obj).items()}
    legs = legs_of(places, ratio=found.scale)
    are_ours = legs is not None and legs.is_ours and found.is_ours
    if legs is not None and are_planted and not are_ours:
        floor = float((places["left_hip"] + places["right_hip"])[1]) / 2.0 - legs.height_m * found.scale
        skins = [_skin(obj, found, {joint: places.get(f"{side}_{joint}") for joint in ("ankle", "foot")}, floor)
                 for side in SIDES]  # fmt: skip
        legs = legs_of(places, ratio=found.scale, skins=skins)
    size = float(np.mean(np.abs(np.array(obj.matrix_world.to_scale()))))
    return Feet(legs, are_planted, are_ours, 100.0 * found.scale * size)


def _skin(obj: bpy.types.Object, found: Rig, joints: Mapping[str, np.ndarray | None], floor: float) -> Skin:
    """What a foot moves near the floor. joints: where its ankle and its toes begin, at rest, in our axes."""
    from ..a2g_core.body.legs import Skin

    ankle, scale = joints["ankle"], found.scale
    assert ankle is not None
    low, high = floor - _BELOW * scale, floor + _ABOVE * scale
    bones = _foot_bones(obj, found.axes, ankle, high, scale)
    toes = joints["foot"]
    beyond = {name for name, head in bones.items() if toes is not None and head[2] > toes[2] - 0.01 * scale}
    points, shares = [np.empty((0, 3))], [np.empty(0)]
    for mesh, places in meshes(obj, found.axes):
        off = np.abs(places - ankle) / scale
        near = (places[:, 1] > low) & (places[:, 1] < high) & (off[:, 0] < _BESIDE) & (off[:, 2] < _ALONG)
        weights = Weights(mesh, obj)
        of_feet = {k: weights.of(k, set(bones)) for k in np.flatnonzero(near).tolist() if weights.is_seen(k)}
        chosen = [k for k, weight in of_feet.items() if weight > 0.5]
        points.append(places[chosen])
        shares.append(np.array([weights.of(k, beyond) / of_feet[k] for k in chosen]))
    return Skin(np.concatenate(points), np.concatenate(shares))


class Weights:
    """How much bones of the armature move the vertices of a mesh, and which of these are seen."""

    def __init__(self, mesh: bpy.types.Object, obj: bpy.types.Object) -> None:
        assert isinstance(mesh.data, bpy.types.Mesh) and isinstance(obj.data, bpy.types.Armature)
        self.vertices = mesh.data.vertices
        deforming = {bone.name for bone in obj.data.bones if bone.use_deform}
        self.bones = {group.index: group.name for group in mesh.vertex_groups if group.name in deforming}
        indices = {group.name: group.index for group in mesh.vertex_groups}
        self.masks = [
            (indices.get(m.vertex_group, -1), m.invert_vertex_group, m.threshold)
            for m in mesh.modifiers
            if isinstance(m, bpy.types.MaskModifier) and m.mode == "VERTEX_GROUP" and m.show_viewport
        ]

    def is_seen(self, vertex: int) -> bool:
        """Whether no modifier hides a vertex, as helpers of clothes are hidden."""
        weights = {g.group: g.weight for g in self.vertices[vertex].groups} if self.masks else {}
        return not any((weights.get(group, 0.0) > limit) == inverted for group, inverted, limit in self.masks)

    def of(self, vertex: int, bones: set[str]) -> float:
        """The share of these bones in moving a vertex; weights need not add up to one."""
        weights = {self.bones[g.group]: g.weight for g in self.vertices[vertex].groups if g.group in self.bones}
        return sum(weights[name] for name in bones & weights.keys()) / max(sum(weights.values()), 1e-9)


def _foot_bones(
    obj: bpy.types.Object, axes: np.ndarray, ankle: np.ndarray, high: float, scale: float
) -> dict[str, np.ndarray]:
    """Bones that move a mesh and begin at the ankle or below, on its side of the body; where, in our axes."""
    assert isinstance(obj.data, bpy.types.Armature)
    heads = {bone.name: axes.T @ np.array(bone.head_local) for bone in obj.data.bones if bone.use_deform}
    highest = max(high, float(ankle[1]) + 0.01 * scale)
    return {
        name: head
        for name, head in heads.items()
        if head[1] < highest and abs(head[0] - ankle[0]) < abs(head[0] + ankle[0])
    }


def meshes(obj: bpy.types.Object, axes: np.ndarray) -> Iterator[tuple[bpy.types.Object, np.ndarray]]:
    """Meshes that an armature moves, with their points (n, 3) at rest, as shape keys form them, in our axes."""
    to_armature = np.linalg.inv(np.array(obj.matrix_world, np.float64))
    for mesh in bpy.context.scene.objects:
        if not isinstance(mesh.data, bpy.types.Mesh) or not len(mesh.data.vertices):
            continue
        if not rig.is_moved_by(mesh, obj):
            continue
        matrix = to_armature @ np.array(mesh.matrix_world, np.float64)
        yield mesh, (_formed(mesh.data) @ matrix[:3, :3].T + matrix[:3, 3]) @ axes


def _formed(data: bpy.types.Mesh) -> np.ndarray:
    """Points (n, 3) of a mesh, with its shape keys."""
    points = _columns(data.vertices, len(data.vertices))
    if data.shape_keys is None or not data.shape_keys.use_relative:
        return points
    formed = points.copy()
    for key in data.shape_keys.key_blocks:
        if key.value and not key.mute and key.relative_key is not None and key.relative_key != key:
            formed += key.value * (_columns(key.data, len(points)) - _columns(key.relative_key.data, len(points)))
    return formed


def _columns(items: bpy.types.bpy_prop_collection[Any], n: int) -> np.ndarray:
    values = np.empty(3 * n, np.float32)
    items.foreach_get("co", values)
    return values.reshape(n, 3).astype(np.float64)
