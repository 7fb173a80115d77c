"""A double: a copy of an armature, alone in a scene of its own, that can be turned and evaluated at will.

Blender gives the copy's constraints and drivers the copy as their target where they had the original, so that nothing
of the original changes: neither its pose nor its Action, NLA, drivers or undo history, nor the frame of its scene. No
mesh is deformed, so that a double is evaluated in milliseconds however heavy its character is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from math import floor
from types import TracebackType
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix

from .tweaks import Tweaks


def armature_of(obj: bpy.types.Object) -> bpy.types.Armature:
    """The bones of an object that is known to be an armature."""
    assert isinstance(obj.data, bpy.types.Armature)
    return obj.data


def pose_of(obj: bpy.types.Object) -> bpy.types.Pose:
    """The pose of an object that is known to be an armature."""
    assert obj.pose is not None
    return obj.pose


def _redirect(data: bpy.types.AnimData | None, instead: Mapping[bpy.types.ID, bpy.types.ID]) -> None:
    """Let drivers look at these copies where they look at what was copied."""
    driven: Any = data.drivers if data is not None else ()
    for target in [target for curve in driven for v in curve.driver.variables for target in v.targets]:
        if target.id in instead:
            target.id = instead[target.id]


class Double:
    """A context that gives the double and takes it away again. pose: of its bones, to be changed freely."""

    def __init__(self, obj: bpy.types.Object, *, animated: bool) -> None:
        """animated: whether it plays the object's Action and NLA; drivers and constraints work in any case."""
        self._scene = bpy.data.scenes.new("A2G Double")
        self._carried: list[bpy.types.Object] = []
        self._tweaks: Tweaks | None = None
        self._armature: bpy.types.Armature = armature_of(obj).copy()
        self.object = obj.copy()
        self.object.data = self._armature
        self._armature.pose_position = "POSE"
        self.object.hide_viewport = False  # Blender evaluates nothing that nobody could see
        # Else the original would be evaluated here, too, and left as it is on the last frame.
        self._instead: dict[bpy.types.ID, bpy.types.ID] = {obj: self.object, armature_of(obj): self._armature}
        for copy in (self.object, self._armature):
            _redirect(copy.animation_data, self._instead)
        if self.object.animation_data is not None and not animated:
            self.object.animation_data.action = None
            self.object.animation_data.use_nla = False
        self._scene.collection.objects.link(self.object)

    def __enter__(self) -> Double:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._tweaks is not None:
            self._tweaks.restore()
        bpy.data.scenes.remove(self._scene)
        meshes = [carried.data for carried in self._carried]
        bpy.data.batch_remove([self.object, self._armature, *self._carried, *meshes])

    @property
    def pose(self) -> bpy.types.Pose:
        """The pose, as it is set."""
        return pose_of(self.object)

    def carry(self, mesh: bpy.types.Object) -> bpy.types.Key:
        """Let it carry a copy of a mesh, undeformed, whose shape keys follow the double as the mesh's own follow the
        original; returns these.
        """
        copy, data = mesh.copy(), mesh.data
        assert isinstance(data, bpy.types.Mesh) and data.shape_keys is not None
        own: bpy.types.Mesh = data.copy()
        copy.data, copy.parent, copy.hide_viewport = own, None, False
        copy.modifiers.clear()
        copy.constraints.clear()
        self._scene.collection.objects.link(copy)
        self._carried.append(copy)
        found = own.shape_keys
        assert found is not None
        _redirect(found.animation_data, {**self._instead, mesh: copy, data: own, data.shape_keys: found})
        return found

    def shapes(self, carried: bpy.types.Key) -> np.ndarray:
        """(n,) what the shape keys that it carries were evaluated to last."""
        layer = self._scene.view_layers[0]
        blocks: Any = carried.evaluated_get(layer.depsgraph).key_blocks
        return np.array([0.0 if block.mute else block.value for block in blocks])

    def playing(self, frames: Iterable[float]) -> Iterator[None]:
        """Play these frames one after another, between two whole ones too."""
        # What the double hangs on is played with it, and would stay as it is on the last of them.
        self._tweaks = self._tweaks or Tweaks()
        for frame in frames:
            whole = floor(frame)
            self._scene.frame_set(whole, subframe=frame - whole)
            yield

    def play(self, action: bpy.types.Action, slot: Any) -> None:
        """Let it play this Action, and nothing else; slot: None before Blender has slots."""
        data = self.object.animation_data or self.object.animation_data_create()
        assert data is not None
        data.use_nla, data.action = False, action
        if slot is not None:
            data.action_slot = slot
        data.action_blend_type, data.action_extrapolation, data.action_influence = "REPLACE", "HOLD", 1.0

    def mute(self, chosen: Callable[[bpy.types.Action], bool]) -> None:
        """Of its NLA, do not play the strips of these Actions."""
        data = self.object.animation_data
        waiting = [strip for track in data.nla_tracks for strip in track.strips] if data is not None else []
        while waiting:
            strip = waiting.pop()
            waiting += strip.strips
            strip.mute = strip.mute or (strip.action is not None and chosen(strip.action))

    def keep_up_to(self, level: int) -> None:
        """Of its NLA, play the track of this number alone at its full influence, over what lies below it."""
        data = self.object.animation_data
        assert data is not None
        data.action = None
        for number, track in enumerate(data.nla_tracks):
            track.is_solo = False
            track.mute = track.mute or number > level
            for strip in track.strips if number == level else ():
                strip.use_animated_influence = strip.use_auto_blend = False
                strip.blend_in = strip.blend_out = 0.0

    def pose_as(self, bone: str, matrix: np.ndarray) -> np.ndarray:
        """Pose a bone that nothing plays as this (4, 4) in armature space says, hanging on what it hangs on as that
        was evaluated last; its own transform (4, 4) for that, as its channels hold it.
        """
        own = self.own(bone, matrix)
        self.pose.bones[bone].matrix_basis = Matrix(own.tolist())
        self.object.update_tag()
        return own

    def own(self, bone: str, matrix: np.ndarray) -> np.ndarray:
        """See `pose_as`, which poses the bone so."""
        evaluated: Any = self.object.evaluated_get(self._scene.view_layers[0].depsgraph)
        posed = evaluated.pose.bones[bone]
        found = evaluated.convert_space(
            pose_bone=posed, matrix=Matrix(matrix.tolist()), from_space="POSE", to_space="LOCAL"
        )
        return np.array(found, np.float64)

    def put(self, path: str, index: int, value: float) -> None:
        """Set one component of a property, by its data path from the object; nothing where there is none."""
        end = path.rfind("[") if path.endswith("]") else path.rfind(".")
        try:
            owner: Any = self.object.path_resolve(path[:end]) if end > 0 else self.object
            name = path[end + 2 : -2] if path.endswith("]") else path[end + 1 :]
            if path.endswith("]"):
                owner[name] = type(owner[name])(value)
            elif hasattr(getattr(owner, name), "__setitem__"):
                getattr(owner, name)[index] = value
            else:
                setattr(owner, name, type(getattr(owner, name))(value))
        except (AttributeError, KeyError, IndexError, TypeError, ValueError):
            return
        self.object.update_tag()

    def rest(self, properties: Mapping[tuple[str, str], float]) -> None:
        """Take every bone to its own rest, and give these properties of bones (bone, name) these values."""
        bones: Any = self.pose.bones
        for bone in bones:
            bone.location, bone.scale = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
            bone.rotation_quaternion = (1.0, 0.0, 0.0, 0.0)
            bone.rotation_euler = (0.0, 0.0, 0.0)
            bone.rotation_axis_angle = (0.0, 0.0, 1.0, 0.0)
        for (bone_name, name), value in properties.items():
            owner: Any = self.pose.bones[bone_name]
            owner[name] = type(owner[name])(value)
        self.object.update_tag()

    def turn(self, bone: str, quaternion: tuple[float, float, float, float]) -> None:
        """Rotate a bone about its own axes."""
        turned: Any = self.pose.bones[bone]
        turned.rotation_mode, turned.rotation_quaternion = "QUATERNION", quaternion

    def place(self) -> np.ndarray:
        """Where the object is, (4, 4) in the world's space, as it was evaluated last."""
        layer = self._scene.view_layers[0]
        return np.array(self.object.evaluated_get(layer.depsgraph).matrix_world, np.float64)

    def poses(self, bones: Collection[str]) -> dict[str, np.ndarray]:
        """Evaluated poses, (4, 4) in armature space, of these bones."""
        layer = self._scene.view_layers[0]
        layer.update()
        posed = pose_of(self.object.evaluated_get(layer.depsgraph)).bones
        return {bone: np.array(posed[bone].matrix, np.float64) for bone in bones}
