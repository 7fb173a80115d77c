"""Pictures of one take on test rigs beside our own armature: `scripts/rig_pictures.py [--rigs NAME ...] [--out DIR]`.

Contact sheets with a row for each rig, our own first, and a column for each of ten moments: the whole figure, and below
it both hands from nearby, as fingers go wrong unseen. Takes `rig_table.py`'s way into Blender, and its options.
Workbench renders without a GPU; what it needs besides is listed in `demo.py`.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rig_table
from environments import ROOT

if TYPE_CHECKING:
    import bpy
    import numpy as np

BODY, HAND = (200, 270), (100, 100)
GAP = 4
OWN = "own"


def main() -> int:
    """Render the sheets; 1 if a rig could not be given the take."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    rig_table.add_options(parser)
    parser.add_argument("--columns", type=int, default=10, help="moments of the take")
    parser.add_argument("--rows", type=int, default=4, help="rigs on a sheet, our own armature among them")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "rigs")
    options = parser.parse_args()
    if rig_table.INSIDE not in os.environ:
        return rig_table.outside(options, Path(__file__))
    return _inside(options)


def _inside(options: argparse.Namespace) -> int:
    import bpy  # noqa: F401  before modules of Blender's own, which test rigs are made with
    import numpy as np
    import rigs

    addon = rig_table.install()
    motion = addon.a2g_core.formats.smplx_npz.load_npz(options.takes[0])
    moments = [int((k + 0.5) * len(motion) / options.columns) for k in range(options.columns)]
    options.out.mkdir(parents=True, exist_ok=True)
    names = [name for name in options.rigs or rigs.NAMES if name != OWN and rigs.available(name)]
    own, failed, strips = _strip(addon, OWN, motion, moments, options), 0, []
    for name in names:
        try:
            strips.append(_strip(addon, name, motion, moments, options))
        except Exception as error:  # whatever happens to one rig, the others are drawn
            print(f"{name}: {type(error).__name__}: {error}", flush=True)
            failed += 1
    for number, first in enumerate(range(0, len(strips), options.rows - 1), start=1):
        path = options.out / f"rigs-{number}.png"
        _save(np.concatenate([own, *strips[first : first + options.rows - 1]][::-1]), path)
        print(path, flush=True)
    return int(failed > 0)


def _strip(addon: Any, name: str, motion: Any, moments: list[int], options: argparse.Namespace) -> np.ndarray:
    """A row of a sheet, (height, width, 4); as Blender's pictures do, it begins with the lowest line."""
    import bpy
    import numpy as np
    import rigs
    from demo_scene import set_stage
    from mathutils import Vector

    bpy.ops.wm.read_homefile(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps = round(motion.fps)
    folder = options.out
    character = rigs.make(name)
    rig_table.put(addon, character, motion, plants_feet=not options.no_feet)
    set_stage(scene)
    camera = scene.camera
    camera.data.type, camera.data.sensor_fit = "ORTHO", "VERTICAL"
    camera.data.clip_start = 0.001
    world = character.armature.matrix_world
    height = _height(character)
    cells = []
    for moment in moments:
        scene.frame_set(rig_table.START + moment)
        pose = character.armature.evaluated_get(bpy.context.evaluated_depsgraph_get()).pose.bones
        _aim(camera, Vector((0.0, 0.0, 0.5 * height)), Vector((-0.3, -1.0, 0.1)), 1.08 * height)
        label = f"{name}  {moment / motion.fps:.1f} s"
        body = picture(scene, BODY, folder, label)
        hands = []
        for side in ("right", "left"):  # as seen from the front
            wrist = world @ pose[character.joints[f"{side}_wrist"]].head
            elbow = world @ pose[character.joints[f"{side}_elbow"]].head
            place = wrist + 0.3 * (wrist - elbow)
            _aim(camera, place, Vector((-0.3, -1.0, 0.1)), 1.1 * (wrist - elbow).length)
            hands.append(picture(scene, HAND, folder, ""))
        cells.append(np.concatenate([np.concatenate(hands, axis=1), body]))
    strip = np.concatenate([np.pad(cell, ((GAP, 0), (0, GAP), (0, 0)), constant_values=1.0) for cell in cells], axis=1)
    print(f"{name}: drawn", flush=True)
    return strip


def _height(character: Any) -> float:
    """Of what is seen of a character as it stands, in metres."""
    import bpy

    graph = bpy.context.evaluated_depsgraph_get()
    shown = [mesh.evaluated_get(graph) for mesh in character.meshes]
    return max((mesh.matrix_world @ vertex.co).z for mesh in shown for vertex in mesh.data.vertices)


def _aim(camera: bpy.types.Object, at: Any, towards: Any, width: float) -> None:
    """Look at a place from a direction, from outside the character; width: metres from the lower edge to the upper."""
    camera.location = at + 6.0 * towards.normalized()
    camera.rotation_euler = (at - camera.location).to_track_quat("-Z", "Y").to_euler()
    camera.data.ortho_scale = width


def picture(scene: bpy.types.Scene, size: tuple[int, int], folder: Path, label: str) -> np.ndarray:
    """What the camera sees, (height, width, 4)."""
    import bpy
    import numpy as np

    render, path = scene.render, folder / "tile.png"
    render.resolution_x, render.resolution_y, render.resolution_percentage = *size, 100
    render.image_settings.file_format = "PNG"
    for name in ("date", "time", "render_time", "frame", "scene", "camera", "filename", "memory", "hostname"):
        setattr(render, f"use_stamp_{name}", False)
    render.use_stamp = render.use_stamp_note = bool(label)
    render.use_stamp_labels, render.stamp_note_text, render.stamp_font_size = False, label, 12
    render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    image = bpy.data.images.load(str(path))
    pixels = np.empty(size[0] * size[1] * 4, np.float32)
    image.pixels.foreach_get(pixels)
    bpy.data.images.remove(image)
    path.unlink()
    return pixels.reshape(size[1], size[0], 4)


def _save(pixels: np.ndarray, path: Path) -> None:
    import bpy

    image = bpy.data.images.new(path.stem, pixels.shape[1], pixels.shape[0])
    image.pixels.foreach_set(pixels.ravel())
    image.filepath_raw, image.file_format = str(path), "PNG"
    image.save()


if __name__ == "__main__":
    rig_table.leave(main())
