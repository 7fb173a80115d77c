"""The demo's character, inside Blender: ours, or one from the user's file."""

from __future__ import annotations

import importlib
import math
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector

ADDON = "bl_ext.user_default.audio2gestures"
HEIGHT_M = 1.72
"""Of our own character, which the stage is set for."""

_MENDING = ("use_pose_position", "leave_tweak_mode", "stash_action", "enable_nla", "unsolo")
"""Operators that take away what would hide the take."""


class CharacterError(Exception):
    """There is no character. The message says why, in a sentence."""


def add(file: Path | None) -> bpy.types.Object:
    """Our own character, or the first in a file that gestures can be written to; only it is rendered.

    file: .blend, .vrm, .fbx, .glb or .gltf. The scene has its speech already. Raises CharacterError.
    """
    if file is None:
        bpy.ops.a2g.add_character()
        return bpy.context.scene.a2g_character
    objects = _objects(file)
    armatures = [obj for obj in objects if obj.type == "ARMATURE"]
    reasons = []
    for armature in armatures:
        if not (reason := _refusal(armature)):
            _show(armature, objects)
            return armature
        reasons.append(reason)
    if not reasons:
        # Without the VRM add-on, Blender makes an armature only of bones that a mesh hangs on.
        hint = "; import it with the VRM add-on and save it as .blend" if file.suffix.lower() == ".vrm" else ""
        raise CharacterError(f"there is no armature in {file.name}{hint}.")
    raise CharacterError(f"no armature in {file.name} can be the character. {reasons[0]}")


def _objects(file: Path) -> list[bpy.types.Object]:
    """What is in a file, added to the scene."""
    before, scene = set(bpy.data.objects), bpy.context.scene
    times = (scene.render.fps, scene.render.fps_base, scene.frame_start, scene.frame_end)
    try:
        _read(file)
    except (RuntimeError, OSError) as error:  # what Blender says of a file that it cannot read
        said = str(error).removeprefix("Error: ").strip().splitlines()[0]
        raise CharacterError(f"{file.name} cannot be read: {said}") from error
    # An FBX file brings its own.
    scene.render.fps, scene.render.fps_base, scene.frame_start, scene.frame_end = times
    found = [obj for obj in bpy.data.objects if obj not in before]
    for obj in found:
        if not obj.users_collection:
            bpy.context.scene.collection.objects.link(obj)
    bpy.context.view_layer.update()
    return found


def _read(file: Path) -> None:
    ending = file.suffix.lower()
    if ending == ".blend":
        with bpy.data.libraries.load(str(file)) as (there, wanted):
            wanted.objects = list(there.objects)
    elif ending == ".fbx":
        bpy.ops.import_scene.fbx(filepath=str(file))
    elif ending in (".glb", ".gltf"):
        bpy.ops.import_scene.gltf(filepath=str(file))
    elif ending == ".vrm":
        # A VRM file is a .glb with more in it, which is not needed: bones are recognised by their names.
        with tempfile.TemporaryDirectory(prefix="a2g-demo-") as folder:
            copy = Path(folder, f"{file.stem}.glb")
            shutil.copyfile(file, copy)
            bpy.ops.import_scene.gltf(filepath=str(copy))
    else:
        raise CharacterError(f"{file.name} is none of .blend, .vrm, .fbx, .glb and .gltf.")


def _refusal(armature: bpy.types.Object) -> str:
    """Why no gestures can be written to an armature, as the panel says it; empty if they can."""
    bpy.context.scene.a2g_character = armature
    for name in _MENDING:
        operator = getattr(bpy.ops.a2g, name)
        if operator.poll():
            operator()
    # As if every speech were there: what is asked is whether the character is fit.
    state = importlib.import_module(f"{ADDON}.ui.state")
    sentences = importlib.import_module(f"{ADDON}.sentences")
    return sentences.reason(state.check_character, armature)


def _show(armature: bpy.types.Object, objects: list[bpy.types.Object]) -> None:
    """Render what the armature moves, and nothing else of the file."""
    shown = set(_moved_by(armature, objects))
    for obj in objects:
        obj.hide_render = obj not in shown


def _moved_by(armature: bpy.types.Object, objects: list[bpy.types.Object]) -> Iterator[bpy.types.Object]:
    for obj in objects:
        is_bound = any(m.type == "ARMATURE" and m.object == armature for m in obj.modifiers)
        # A shape that bones are drawn as is in no visible collection of its file, or has no bone to follow.
        is_worn = obj.parent == armature and bool(obj.parent_bone)
        if obj.type == "MESH" and (is_bound or is_worn) and not obj.name.startswith("WGT"):
            yield obj


def place(armature: bpy.types.Object) -> tuple[Vector, float, float]:
    """(Where it stands on the floor, its size over ours, by how many radians it is turned from facing -Y)."""
    found = importlib.import_module(f"{ADDON}.scene.found").fit(armature)
    bones, world = armature.data.bones, armature.matrix_world
    heads = {joint: np.array(world @ bones[bone].head_local) for joint, bone in found.joints.items()}
    heights = [point[2] for point in _corners(armature) or heads.values()]
    pairs = [(f"left_{joint}", f"right_{joint}") for joint in ("hip", "shoulder")]
    across = [heads[left] - heads[right] for left, right in pairs if {left, right} <= heads.keys()]
    # Ours faces -Y, with its left towards +X.
    x, y, _z = sum(across, np.zeros(3)) if across else (1.0, 0.0, 0.0)
    middle, floor = heads["pelvis"], min(heights)
    return Vector((middle[0], middle[1], floor)), (max(heights) - floor) / HEIGHT_M, math.atan2(y, x)


def _corners(armature: bpy.types.Object) -> list[np.ndarray]:
    """Corners of the boxes around what the armature moves, in the world."""
    graph = bpy.context.evaluated_depsgraph_get()
    shown = [obj for obj in _moved_by(armature, list(bpy.context.scene.objects)) if not obj.hide_render]
    return [np.array(obj.matrix_world @ Vector(c)) for obj in shown for c in obj.evaluated_get(graph).bound_box]
