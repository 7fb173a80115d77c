"""Videos and contact sheets of a take, for a batch: quick ones in the workbench engine, or as the file is set up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from math import tan
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector

from .. import bl
from ..a2g_core.errors import A2GError, OutputError
from ..a2g_core.files import is_file, replacing
from ..scene import rig

_PREVIEW = 640, 360
_TILE = 240, 300
_COLUMNS, _ROWS = 6, 2
_MARGIN = 1.35
"""How much larger than the character a camera sees that looks at it."""


def video(context: bpy.types.Context, obj: bpy.types.Object, path: Path, frames: range, is_final: bool) -> None:
    """Render frames of the scene to an MP4 file with its sound. A2GError, OSError."""
    with _set_up(context, obj, None if is_final else _PREVIEW) as scene, replacing(path) as part:
        render = scene.render
        try:
            bl.write_video(render)
        except TypeError:
            raise A2GError("this Blender writes no videos", "ask for png instead of mp4") from None
        render.use_file_extension, render.filepath = False, str(part)
        scene.frame_start, scene.frame_end = frames.start, frames.stop - 1
        bpy.ops.render.render(animation=True)


def sheet(context: bpy.types.Context, obj: bpy.types.Object, path: Path, frames: range) -> None:
    """Render twelve moments of the frames to one picture. A2GError, OSError."""
    moments = np.linspace(frames.start, frames.stop - 1, _COLUMNS * _ROWS).round().astype(int).tolist()
    with _set_up(context, obj, _TILE) as scene, tempfile.TemporaryDirectory(prefix="a2g-") as folder:
        tiles = []
        bl.write_pictures(scene.render)
        for k, frame in enumerate(moments):
            scene.frame_set(frame)
            scene.render.filepath = str(Path(folder, f"{k}.png"))
            bpy.ops.render.render(write_still=True)
            tiles.append(_pixels(Path(scene.render.filepath)))
        rows = [np.concatenate(tiles[first : first + _COLUMNS], axis=1) for first in range(0, len(tiles), _COLUMNS)]
        whole = np.concatenate(rows[::-1], axis=0)  # Blender's pictures begin at the bottom
        with replacing(path) as part:
            _write_picture(whole, part)


@contextmanager
def _set_up(
    context: bpy.types.Context, obj: bpy.types.Object, preview: tuple[int, int] | None
) -> Iterator[bpy.types.Scene]:
    """The scene, ready to be rendered: as the file says, or quickly in that many pixels, by its camera or one that sees
    the character."""
    scene = context.scene
    if scene.camera is None:
        if preview is None:
            raise A2GError("the scene has no camera", "add one, or leave --final out")
        scene.camera = _camera(scene, obj, preview)
    if preview is not None:
        bl.use_workbench(scene)
        scene.render.resolution_x, scene.render.resolution_y = preview
        scene.render.resolution_percentage = 100
        scene.frame_step, scene.render.use_border = 1, False
    yield scene


def _camera(scene: bpy.types.Scene, obj: bpy.types.Object, size: tuple[int, int]) -> bpy.types.Object:
    """A camera in front of a character that sees all of it."""
    low, high = rig.bounds(obj)
    camera = bpy.data.objects.new("Batch Camera", bpy.data.cameras.new("Batch Camera"))
    scene.collection.objects.link(camera)
    tall = max(high.z - low.z, (high.x - low.x) * size[1] / size[0])
    assert isinstance(camera.data, bpy.types.Camera)
    camera.data.sensor_fit = "VERTICAL"
    away = _MARGIN * tall / 2 / tan(camera.data.angle_y / 2)
    ahead = obj.matrix_world.to_3x3() @ Vector(rig.read(obj).axes[:, 2].tolist())
    ahead = Vector((ahead.x, ahead.y, 0)).normalized()
    camera.location = (low + high) / 2 + away * ahead
    camera.rotation_euler = (-ahead).to_track_quat("-Z", "Y").to_euler()
    return camera


def _pixels(path: Path) -> np.ndarray:
    """A picture as (height, width, 4) float32, the lowest row first."""
    if not is_file(path):
        raise OutputError("Blender rendered no picture", "see its log: without a display it needs EGL")
    image = bpy.data.images.load(str(path))
    pixels = np.empty(image.size[0] * image.size[1] * 4, np.float32)
    image.pixels.foreach_get(pixels)
    shape = image.size[1], image.size[0], 4
    bpy.data.images.remove(image)
    return pixels.reshape(shape)


def _write_picture(pixels: np.ndarray, path: Path) -> None:
    image = bpy.data.images.new("Contact Sheet", pixels.shape[1], pixels.shape[0], alpha=True)
    try:
        image.pixels.foreach_set(pixels.ravel().tolist())
        image.filepath_raw, image.file_format = str(path), "PNG"
        image.save()
    finally:
        bpy.data.images.remove(image)
