"""One take on several characters, side by side: `.venv-bpy4.5/bin/python scripts/beside.py FILE ... --out PICTURE`.

A column for each character, our own first, and a row for each of some moments of the take. Inside Blender's Python;
what it needs besides is listed in `demo.py`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("BLENDER_USER_RESOURCES", tempfile.mkdtemp(prefix="a2g-beside-"))

import bpy
import demo
import demo_character
import demo_scene
import numpy as np

TINTS = ((0.36, 0.47, 0.60), (0.72, 0.52, 0.38), (0.45, 0.58, 0.42), (0.62, 0.45, 0.58))
"""Colours of characters that bring none, so that they can be told apart."""


def main() -> None:
    """Render what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rigs", type=Path, nargs="+", help="files with characters (blend, vrm, fbx, glb)")
    parser.add_argument("--audio", type=Path, default=demo.SAMPLE, help="speech to use")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--moments", type=float, nargs="+", default=(6.7, 12.7), help="seconds of the take to show")
    parser.add_argument("--out", type=Path, required=True, help="picture to write (png)")
    options = parser.parse_args()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    demo_scene.install(demo.build(Path(sys.executable), Path(os.environ["BLENDER_USER_RESOURCES"])))
    columns = [_column(k, rig, options) for k, rig in enumerate((None, *options.rigs))]
    demo_scene.save_picture(np.concatenate(columns, axis=1), options.out)


def _column(number: int, rig: Path | None, options: argparse.Namespace) -> np.ndarray:
    """A character at each moment, (height, width, 4); as Blender's pictures do, it begins with the lowest line."""
    bpy.data.batch_remove([*bpy.data.objects, *bpy.data.actions, *bpy.data.sounds, *bpy.data.materials])
    scene = bpy.context.scene
    scene.sequence_editor_clear()
    demo_scene.place_speech(scene, options.audio.resolve())
    character = demo_character.add(rig)
    if rig is not None:
        _tint(TINTS[number % len(TINTS)])
    demo_scene.set_stage(scene)
    demo_scene.fit_stage(scene, *demo_character.place(character))
    take = demo_scene.generate(character, options.seed)
    frames = [scene.frame_start + round(second * demo_scene.FPS) for second in options.moments]
    tiles = [demo_scene.tile(scene, character, take, frame, options.out) for frame in frames[::-1]]
    padded = [np.pad(t, ((demo_scene.GAP, 0), (0, demo_scene.GAP), (0, 0)), constant_values=1.0) for t in tiles]
    return np.concatenate(padded)


def _tint(colour: tuple[float, float, float]) -> None:
    """Colour what is shown and has no material that says how it looks in a plain render."""
    tint = bpy.data.materials.new("Tint")
    tint.diffuse_color, tint.roughness = (*colour, 1.0), 0.7
    for obj in bpy.context.scene.objects:
        if obj.type == "MESH" and not obj.hide_render:
            obj.data.materials.clear()
            obj.data.materials.append(tint)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # see demo_scene.py
