"""What tests ask of a scene."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import bpy
import numpy as np
import pytest

from a2g_core.body import channels

RATE_HZ = 22050
PACKAGE = "bl_ext.user_default.audio2gestures"


def strips(obj: bpy.types.Object) -> dict[str, bpy.types.NlaStrip]:
    """All NLA strips by track name."""
    data = obj.animation_data
    return {t.name: t.strips[0] for t in data.nla_tracks if len(t.strips)} if data else {}


def curves(bl: Any, strip: bpy.types.NlaStrip) -> dict[tuple[str, int], np.ndarray]:
    """Keys (n, 2) of every curve that a strip plays."""
    found = {}
    for curve in bl.fcurves(strip.action, bl.slot_of(strip)):
        points = np.empty(2 * len(curve.keyframe_points), np.float32)
        curve.keyframe_points.foreach_get("co", points)
        found[curve.data_path, curve.array_index] = points.reshape(-1, 2)
    return found


def counts() -> dict[str, int]:
    """How many of each kind of data the file holds."""
    kinds = ("actions", "objects", "armatures", "collections", "sounds", "scenes", "texts", "images")
    return {kind: len(getattr(bpy.data, kind)) for kind in kinds}


def write_take(addon: Any, obj: bpy.types.Object, motion: Any, start_frame: int) -> bpy.types.NlaStrip:
    """A motion as a take, which no speech was heard for."""
    request = addon.a2g_core.performing.request.Request(fps=motion.fps)
    recipe = addon.scene.recipe.Recipe(
        "", "", "NUMPY", "", "", "", start_frame, len(motion), request, (),
        ("ARMS", "HANDS", "HEAD", "LEGS", "TORSO"), "REPLACE",
    )  # fmt: skip
    writer = addon.scene.takes.NewTake(obj, motion, recipe, None)
    return addon.scene.takes.attach_take(obj, writer.finish())


def save_and_link(library: Path | str, name: str = "Character") -> bpy.types.Object:
    """Save the file as a library, and choose its character, linked into an empty file."""
    bpy.ops.wm.save_as_mainfile(filepath=str(library))
    bpy.ops.wm.read_homefile(use_empty=True)
    with bpy.data.libraries.load(str(library), link=True) as (_, wanted):
        wanted.objects = [name]
    obj = wanted.objects[0]
    bpy.context.collection.objects.link(obj)
    bpy.context.scene.a2g_character = obj
    return obj


def pose_matrices(obj: bpy.types.Object, frame: int) -> dict[str, np.ndarray]:
    """Evaluated pose of each bone in armature space, (4, 4)."""
    bpy.context.scene.frame_set(frame)
    evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
    return {bone.name: np.array(bone.matrix) for bone in evaluated.pose.bones}


def key_clip(bl: Any, obj: bpy.types.Object, name: str, start: int, poses: dict[str, np.ndarray]) -> bpy.types.NlaStrip:
    """An artist's own clip on a track of its own: bone quaternions (T, 4) keyed on every frame from start on, in the
    mode that each bone is in.
    """
    action, owner, slot = bl.new_action(name, obj)
    for bone, rotations in poses.items():
        mode = posed.rotation_mode if (posed := obj.pose.bones.get(bone)) else "QUATERNION"
        values = channels.quaternion_to_channel(mode, rotations)
        path = f'pose.bones["{bpy.utils.escape_identifier(bone)}"].{channels.rotation_channel(mode).name}'
        for component in range(values.shape[1]):
            curve = bl.new_fcurve(owner, path, component, bone)
            for frame, value in enumerate(values[:, component]):
                curve.keyframe_points.insert(start + frame, value).interpolation = "LINEAR"
    track = (obj.animation_data or obj.animation_data_create()).nla_tracks.new()
    track.name = name
    return bl.add_nla_strip(track, name, start, action, slot)


def turn(axis: int, angles: np.ndarray) -> np.ndarray:
    """Quaternions (T, 4) about X, Y or Z (0, 1, 2)."""
    q = np.zeros((len(angles), 4))
    q[:, 0], q[:, 1 + axis] = np.cos(angles / 2), np.sin(angles / 2)
    return q


def select_only(obj: bpy.types.Object, *chosen: bpy.types.NlaStrip) -> None:
    """Select these NLA strips of an object and no others."""
    for track in obj.animation_data.nla_tracks:
        for strip in track.strips:
            strip.select = strip in chosen


def write_wav(path: Path, samples: np.ndarray, rate_hz: int = RATE_HZ) -> Path:
    """Mono 16-bit PCM, by the standard library."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate_hz, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def read_wav(path: Path) -> np.ndarray:
    """What write_wav wrote."""
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768


def place_sound(scene: bpy.types.Scene, path: Path, first: int, end: int, *, start: int = 37, channel: int = 1):
    """A sound strip whose sound begins on frame start, cut to the frames from first up to end, if there are any."""
    editor = scene.sequence_editor_create()
    strips = editor.strips if hasattr(editor, "strips") else editor.sequences
    try:
        strip = strips.new_sound("voice", str(path), channel, start)
    except RuntimeError as error:
        if "without Audaspace" in str(error):
            pytest.skip("this bpy was built without sound strips")
        raise
    if first < end:
        cut(strip, first, end)
    return strip


def cut(strip, first: int, end: int) -> None:
    """Drag a sequencer strip's handles; 5.2 has new names for them."""
    if hasattr(strip, "left_handle"):
        strip.left_handle, strip.right_handle = first, end
    else:
        strip.frame_final_start, strip.frame_final_end = first, end
