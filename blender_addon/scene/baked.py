"""A baked copy: what a character does on some frames, on a copy in a scene of its own, for Blender's exporters.

The copy has the character's bones in its rest pose and one Action, which keys them on every frame: no constraint,
driver or control is left. Whatever moves the character is in it: takes that play, other animation, inverse kinematics.
The character, its scene and its file stay as they are, and everything that was made for the copy, or by an exporter on
the way, is removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix

from .. import bl
from . import baked_motion, keys, rig
from .baked_bones import ROOT_BONE, Bones, Shape, choose, free_name, names_of, standing_for
from .baked_meshes import apply_modifiers, has_moving_shapes, meshes_of, shape_tracks
from .baked_motion import Placed, bone_tracks, moves, parts
from .double import armature_of, pose_of
from .keys import Track
from .tweaks import Tweaks

_LENT = "a2g lent"
_RESTS = {"rotation_quaternion": (1.0, 0.0, 0.0, 0.0), "location": (0.0, 0.0, 0.0), "scale": (1.0, 1.0, 1.0)}


class Baked:
    """A context that gives the copy and takes it away. object: its armature. scene: in which it is alone.

    frames: of its Action. meshes: its meshes. renamed: its bones' names by those in the character, where they differ.
    """

    def __init__(self, obj: bpy.types.Object, frames: range, shape: Shape, name: str) -> None:
        """obj: the character. frames: of its scene. name: of the Action. A2GError for what cannot be baked."""
        self.shape = shape
        self.frames = frames if shape.first is None else range(shape.first, shape.first + len(frames))
        self._before, self._tweaks = _everything(), Tweaks()
        self._windows = [(window, window.scene, window.view_layer) for window in bpy.context.window_manager.windows]
        try:
            self._make(obj, frames, name)
        except BaseException:
            self._remove()
            raise

    def __enter__(self) -> Baked:
        return self

    def __exit__(self, *_error: object) -> None:
        self._remove()

    @contextmanager
    def active(self) -> Iterator[None]:
        """Operators see the copy's scene, with the copy active and selected, under the character's names."""
        with _under_names(self._wanted), self._in_context():
            yield

    @contextmanager
    def _in_context(self) -> Iterator[None]:
        layer, chosen = self.scene.view_layers[0], [self.object, *self.meshes]
        for obj in chosen:
            obj.select_set(True, view_layer=layer)
        layer.objects.active = self.object
        settings: dict[str, Any] = {
            "scene": self.scene, "view_layer": layer, "collection": self.scene.collection,
            "active_object": self.object, "object": self.object, "selected_objects": chosen,
        }  # fmt: skip
        with bpy.context.temp_override(**settings):
            yield

    def _make(self, obj: bpy.types.Object, frames: range, name: str) -> None:
        bones = choose(obj, self.shape)
        self.scene = bpy.data.scenes.new(name)
        _as_in(self.scene, bpy.context.scene, self.frames)
        if self.shape.at_origin:
            units = self.scene.unit_settings
            self.shape = replace(self.shape, scale=self.shape.scale * units.scale_length)
            units.scale_length /= self.shape.scale
        self.armature: bpy.types.Armature = armature_of(obj).copy()
        self.armature.animation_data_clear()
        self.armature.pose_position = "POSE"
        self.object = bpy.data.objects.new("A2G Baked", self.armature)
        self.meshes: list[bpy.types.Object] = []
        self._wanted: dict[bpy.types.ID, str] = {
            self.object: free_name(self.shape.name or obj.name, bones), self.armature: armature_of(obj).name,
        }  # fmt: skip
        self.scene.collection.objects.link(self.object)
        meshes = list(meshes_of(obj)) if self.shape.with_mesh else []
        seen = baked_motion.see(obj, bones, frames, [mesh for mesh in meshes if has_moving_shapes(mesh)])
        placed = baked_motion.place(obj, bones, seen, self.shape)
        self.names = names_of(bones, self.shape)
        self.renamed = {a: b for a, b in zip(bones.sources, self.names, strict=True) if a and a != b}
        with self._in_context():
            bpy.ops.object.mode_set(mode="EDIT")
            _rebuild(self.armature, bones, self.names, placed)
            bpy.ops.object.mode_set(mode="OBJECT")
        self._key(placed, bones, name)
        for mesh in meshes:
            self._hang(self._copy(mesh, obj, seen.shapes.get(mesh)), mesh, obj, placed, bones)
        if self.shape.needs_skin and not any(len(mesh.vertex_groups) for mesh in self.meshes):
            self._add_skin()

    def _key(self, placed: Placed, bones: Bones, name: str) -> None:
        action, owner, slot = bl.new_action(name, self.object)
        for posed in pose_of(self.object).bones:
            for constraint in list(posed.constraints):
                posed.constraints.remove(constraint)
            posed.rotation_mode = "QUATERNION"
        for track in bone_tracks(placed, bones, self.names, rigid=self.shape.at_origin):
            self._write(owner, track, rest=np.array([_RESTS[track.path.rpartition(".")[2]]]))
        self.object.rotation_mode = "QUATERNION"
        self.object.matrix_world = Matrix(placed.objects[0].tolist())
        if moves(placed.objects):
            place, turn, size = parts(placed.objects)
            for path, values in (("location", place), ("rotation_quaternion", turn), ("scale", size)):
                self._write(owner, Track(path, values.astype(np.float32), self.object.name), rest=values[:1])
        _play(self.object, action, slot)
        self.action = action
        self.scene.frame_set(self.frames[0] - 1)

    def _write(self, owner: Any, track: Track, rest: np.ndarray) -> None:
        """Key a track on every frame, and its rest (1, k) on the frame before if that is wanted."""
        if self.shape.rest_before:
            track = replace(track, values=np.concatenate([rest, track.values]).astype(np.float32))
        keys.write(owner, track, self.frames[0] - self.shape.rest_before)

    def _copy(self, mesh: bpy.types.Object, obj: bpy.types.Object, shapes: np.ndarray | None) -> bpy.types.Object:
        """A copy of a mesh that the character's bones move or carry. shapes: what its n shape keys are, (T, n)."""
        copy, data = mesh.copy(), mesh.data
        copy.animation_data_clear()
        copy.constraints.clear()
        copy.parent, copy.matrix_world = None, mesh.matrix_world
        copy.hide_viewport = copy.hide_select = False  # exporters write what is selected
        assert isinstance(data, bpy.types.Mesh)
        is_edited = data.is_editmode  # exporters would read what is not there
        if is_edited:
            mesh.update_from_editmode()
        if self.renamed or self.shape.at_origin or data.shape_keys is not None or is_edited:
            copy.data = own = data.copy()
            if own.shape_keys is not None:
                own.shape_keys.animation_data_clear()
        self.scene.collection.objects.link(copy)
        self.meshes.append(copy)
        apply_modifiers(self.scene, copy, mesh.name)
        _rename_groups(copy, self.renamed)
        for modifier in copy.modifiers:
            if rig.is_of(modifier, obj):
                modifier.object = self.object
        self._wanted[copy] = mesh.name
        if copy.data is not None and copy.data != data:
            self._wanted[copy.data] = data.name
        if shapes is not None:
            self._key_shapes(copy, shapes)
        return copy

    def _key_shapes(self, copy: bpy.types.Object, values: np.ndarray) -> None:
        """Key what the n shape keys of a mesh do, (T, n)."""
        data = copy.data
        assert isinstance(data, bpy.types.Mesh) and data.shape_keys is not None
        if tracks := list(shape_tracks(data.shape_keys, values)):
            action, owner, slot = bl.new_action(self.action.name, data.shape_keys)
            for track in tracks:
                self._write(owner, track, rest=np.zeros((1, 1)))
            _play(data.shape_keys, action, slot)

    def _add_skin(self) -> None:
        """One small triangle that the lowest bone moves: some formats know a skeleton as what moves a mesh alone."""
        mesh = bpy.data.meshes.new("Skin")
        size = float(self.armature.bones[self.names[0]].length) / 100
        mesh.from_pydata([(0, 0, 0), (size, 0, 0), (0, size, 0)], [], [(0, 1, 2)])
        skin = bpy.data.objects.new("Skin", mesh)
        self.scene.collection.objects.link(skin)
        skin.parent = self.object
        skin.vertex_groups.new(name=self.names[0]).add([0, 1, 2], 1.0, "REPLACE")
        modifier: Any = skin.modifiers.new("Armature", "ARMATURE")
        modifier.object = self.object
        self.meshes.append(skin)

    def rests(self) -> dict[tuple[str, ...], np.ndarray]:
        """How each bone of the copy rests on its parent, (4, 4), by the names from the lowest bone to it."""
        found = {}
        for bone in self.armature.bones:
            above = np.eye(4) if bone.parent is None else np.array(bone.parent.matrix_local, np.float64)
            line = [bone.name, *(parent.name for parent in bone.parent_recursive)]
            found[tuple(reversed(line))] = np.linalg.inv(above) @ np.array(bone.matrix_local, np.float64)
        return found

    def _hang(
        self, copy: bpy.types.Object, mesh: bpy.types.Object, obj: bpy.types.Object, placed: Placed, bones: Bones
    ) -> None:
        """Put a mesh's copy where the mesh is when the character rests."""
        carrier = mesh.parent_bone if mesh.parent == obj and mesh.parent_type == "BONE" else ""
        world = np.array(mesh.matrix_world, np.float64)
        if carrier and carrier in pose_of(obj).bones:
            now = np.array(obj.matrix_world, np.float64) @ np.array(pose_of(obj).bones[carrier].matrix, np.float64)
            world = placed.world @ rig.rest_of(obj, carrier) @ np.linalg.inv(now) @ world
        world = placed.from_world @ world
        copy.parent, copy.parent_type = self.object, "OBJECT"
        copy.matrix_parent_inverse = Matrix.Identity(4)
        copy.rotation_mode = "QUATERNION"
        if self.shape.at_origin and isinstance(copy.data, bpy.types.Mesh):
            copy.data.transform(Matrix(world.tolist()), shape_keys=True)
            if np.linalg.det(world[:3, :3]) < 0:
                copy.data.flip_normals()
            world = np.eye(4)
        else:
            world = np.linalg.inv(placed.objects[0]) @ world
        if carrier:
            kept = standing_for(obj, carrier, set(bones.sources))
            name = self.names[bones.sources.index(kept)] if kept else self.names[0]
            copy.parent_type, copy.parent_bone = "BONE", name
            # A child of a bone hangs on its tail.
            bone = self.armature.bones[name]
            tail = np.array(bone.matrix_local, np.float64) @ _moved((0.0, bone.length, 0.0))
            world = np.linalg.inv(tail) @ world
        copy.matrix_basis = Matrix(world.tolist())

    def _remove(self) -> None:
        for window, scene, layer in self._windows:
            if window.scene != scene:
                window.scene = scene
            if window.view_layer != layer:
                window.view_layer = layer
            layer.update()  # or a window would play the scene's animation later
        self._tweaks.restore()
        made = [data for key, data in _everything().items() if key not in self._before]
        if made:
            bpy.data.batch_remove(made)


@contextmanager
def _under_names(wanted: Mapping[bpy.types.ID, str]) -> Iterator[None]:
    """Copies bear these names meanwhile, and whoever has them another one: files hold names, and names are unique."""
    lenders: list[tuple[bpy.types.ID, str]] = []
    try:
        for copy, name in wanted.items():
            kinds = {bpy.types.Object: bpy.data.objects, bpy.types.Armature: bpy.data.armatures}
            holders: Any = kinds.get(type(copy), bpy.data.meshes)
            for other in [other for other in holders if other.name == name and other.library is None and other != copy]:
                lenders.append((other, name))
                other.name = f"{_LENT} {len(lenders)}"
            copy.name = name
        yield
    finally:
        for number, copy in enumerate(wanted):
            copy.name = f"{_LENT} copy {number}"
        for other, name in lenders:
            other.name = name


# The rest -------------------------------------------------------------------------------------------------------------


def _play(owner: bpy.types.Object | bpy.types.Key, action: bpy.types.Action, slot: Any) -> None:
    data: Any = owner.animation_data_create()
    data.action = action
    if slot is not None:
        data.action_slot = slot


def _as_in(scene: bpy.types.Scene, other: bpy.types.Scene, frames: range) -> None:
    """Give a scene the time and the unit of another one."""
    scene.unit_settings.scale_length = other.unit_settings.scale_length
    scene.render.fps, scene.render.fps_base = other.render.fps, other.render.fps_base
    scene.frame_start, scene.frame_end = frames[0], frames[-1]


def _moved(by: Sequence[float]) -> np.ndarray:
    found = np.eye(4)
    found[:3, 3] = by
    return found


def _rename_groups(mesh: bpy.types.Object, names: Mapping[str, str]) -> None:
    """Give the vertex groups of bones that are called otherwise their names, even if two exchange theirs."""
    groups: Any = mesh.vertex_groups
    wanted = [(group, names.get(group.name, "")) for group in groups]
    taken = set(names.values())
    for number, (group, name) in enumerate(wanted):
        if name or group.name in taken:
            group.name = f"{_LENT} {number}"
    for group, name in wanted:
        if name:
            group.name = name


def _everything() -> dict[tuple[str, int], bpy.types.ID]:
    """All that a file holds, by kind and session uid."""
    found = {}
    for name in dir(bpy.data):
        collection = getattr(bpy.data, name)
        # Shape keys go with their mesh.
        if isinstance(collection, bpy.types.bpy_prop_collection) and name != "shape_keys":
            for data in collection:
                if isinstance(data, bpy.types.ID):
                    found[name, data.session_uid] = data
    return found


def _rebuild(armature: bpy.types.Armature, bones: Bones, names: Sequence[str], placed: Placed) -> None:
    """Give an armature that is edited these bones alone; names are those that they get."""
    edit = armature.edit_bones
    for bone in [bone for bone in edit if bone.name not in bones.sources]:
        edit.remove(bone)
    for bone in edit:
        bone.use_connect, bone.parent = False, None
    made = [edit[source] if source else edit.new(ROOT_BONE) for source in bones.sources]
    for bone, matrix, length in zip(made, placed.rests, placed.lengths, strict=True):
        # A bone's matrix keeps its length, and where a short one points is rounded: in centimetres by degrees.
        bone.head, bone.tail = matrix[:3, 3].tolist(), (matrix[:3, 3] + length * matrix[:3, 1]).tolist()
        bone.matrix = Matrix(matrix.tolist())
    for bone, parent in zip(made, bones.parents, strict=True):
        bone.parent = made[parent] if parent >= 0 else None
        bone.use_inherit_rotation, bone.inherit_scale, bone.use_local_location = True, "FULL", True
        bone.bbone_segments, bone.use_deform = 1, True
    for k, bone in enumerate(made):
        bone.name = f"a2g {k}"  # so that two may exchange their names
    for bone, name in zip(made, names, strict=True):
        bone.name = name
