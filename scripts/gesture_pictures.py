"""Pictures of gestures, to be looked at: `scripts/gesture_pictures.py [--blender 4.5] sheet|speech`.

`sheet`: named gestures, each before, at and after its emphasis, performed by an idling take on some test rigs side by
side. `speech`: a recording, without suggested gestures and with them, ten frames a second. Everything is made by the
operators that an artist clicks; what it needs besides is listed in `demo.py`.
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

FPS = 30
EXAMPLES = (
    "wave", "salute", "hands joined", "come here", "no", "no no", "stop", "stop one hand", "me", "you point", "ahead",
    "offer", "plea", "shrug", "big", "everything", "however", "applause", "nod", "three",
)  # fmt: skip
RIGS = ("own", "mpfb_rigify", "mpfb_mixamo")
BEFORE, AFTER = 9, 9
"""Frames from the emphasis, of the pictures beside it."""
EVERY = 120
"""Frames from one gesture to the next: each has gone before another one comes."""
TILE, ACROSS = (200, 200), 9
SPOKEN_TILE, SPOKEN_ACROSS, SPOKEN_ROWS = (250, 200), 8, 8
SPOKEN_EVERY = 3
APART_M = 1.1
"""Between the two who speak: without suggestions to the left, with them to the right."""
GAP = 3


def main() -> int:
    """Render what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blender", default="4.5")
    parser.add_argument("--vrm", type=Path, help="folder with the VRM add-on's module io_scene_vrm")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "gestures")
    kinds = parser.add_subparsers(dest="kind", required=True)
    sheet = kinds.add_parser("sheet", help="stroke frames of named gestures")
    sheet.add_argument("--gestures", nargs="+", default=list(EXAMPLES), help="names, or ALL")
    sheet.add_argument("--rigs", nargs="+", default=list(RIGS), help="names of tests/helpers/rigs.py")
    speech = kinds.add_parser("speech", help="a recording with and without suggestions")
    speech.add_argument("--speech", type=Path, required=True, help="a recording")
    speech.add_argument("--text", type=Path, required=True, help="what is said in it")
    speech.add_argument("--per-minute", type=float, default=10.0)
    speech.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if rig_table.INSIDE not in os.environ:
        return rig_table.outside(options, Path(__file__))
    addon = rig_table.install()
    options.out.mkdir(parents=True, exist_ok=True)
    (_sheet if options.kind == "sheet" else _speech)(addon, options)
    return 0


# Stroke frames --------------------------------------------------------------------------------------------------------


def _sheet(addon: Any, options: argparse.Namespace) -> None:
    """A block of tiles for each gesture: its moments on each rig, one rig beside the other."""
    import importlib

    import numpy as np

    library = importlib.import_module(f"{addon.__name__}.a2g_core.gestures.library")
    names = list(library.library()) if options.gestures == ["ALL"] else [library.find(n).name for n in options.gestures]
    by_rig = [_performed(name, names, options) for name in options.rigs]
    blocks = [np.concatenate(tiles, axis=1) for tiles in zip(*by_rig, strict=True)]
    in_row = max(1, ACROSS // (3 * len(options.rigs)))
    rows = [blocks[k : k + in_row] for k in range(0, len(blocks), in_row)]
    for number, first in enumerate(range(0, len(rows), 8), start=1):
        _save([np.concatenate(_filled(row, in_row), axis=1) for row in rows[first : first + 8]], options, number)


def _performed(rig: str, names: list[str], options: argparse.Namespace) -> list[np.ndarray]:
    """A rig's pictures of these gestures, each (height, 3 widths, 4)."""
    import bpy
    import numpy as np
    import rigs
    from demo_scene import set_stage
    from mathutils import Vector

    bpy.ops.wm.read_homefile(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps, scene.frame_start, scene.frame_end = FPS, 1, EVERY * (len(names) + 1)
    character = rigs.make(rig)
    scene.a2g_character = character.armature
    moments = [EVERY * (k + 1) for k in range(len(names))]
    for name, frame in zip(names, moments, strict=True):
        scene.frame_set(frame)
        bpy.ops.a2g.add_gesture(gesture=name)
    bpy.ops.a2g.generate_idle()
    set_stage(scene)
    scene.frame_set(1)
    height = _height(character.meshes)
    camera = scene.camera
    camera.data.type, camera.data.sensor_fit = "ORTHO", "VERTICAL"
    place, away = Vector((0.0, 0.0, 0.75 * height)), Vector((-0.35, -1.0, 0.12))
    camera.location = place + 6.0 * away.normalized()
    camera.rotation_euler = (place - camera.location).to_track_quat("-Z", "Y").to_euler()
    camera.data.ortho_scale = 0.78 * height
    found = []
    for name, frame in zip(names, moments, strict=True):
        labels = (f"{name}", f"{rig}", "")
        tiles = [
            _tile(scene, frame + beside, TILE, label, options.out)
            for beside, label in zip((-BEFORE, 0, AFTER), labels, strict=True)
        ]
        found.append(np.concatenate(tiles, axis=1))
    print(f"{rig}: drawn", flush=True)
    return found


def _height(meshes: list[bpy.types.Object]) -> float:
    import bpy

    graph = bpy.context.evaluated_depsgraph_get()
    shown = [mesh.evaluated_get(graph) for mesh in meshes if not mesh.hide_render]
    return max((mesh.matrix_world @ vertex.co).z for mesh in shown for vertex in mesh.data.vertices)


# A recording ----------------------------------------------------------------------------------------------------------


def _speech(addon: Any, options: argparse.Namespace) -> None:
    """Two who say the same with one seed; the one to the right has suggested gestures."""
    import bpy
    from demo_scene import set_stage

    bpy.ops.wm.read_homefile(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps, scene.frame_start = FPS, 1
    cast = []
    for k in range(2):
        bpy.ops.a2g.add_character()
        obj = scene.a2g_character
        obj.location.x = (k - 0.5) * APART_M
        obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(options.speech.resolve()), 1
        obj.a2g_idle, obj.a2g_seed, obj.a2g_keep_seed = False, options.seed, True
        bpy.ops.a2g.generate()
        cast.append(obj)
    bpy.ops.a2g.read_words(source="FILE", filepath=str(options.text.resolve()))
    bpy.ops.a2g.suggest_gestures(per_minute=options.per_minute, seed=options.seed)
    bpy.ops.a2g.regenerate_around_pins()
    take = next(s for t in cast[1].animation_data.nla_tracks for s in t.strips if s.action.a2g.is_take and not s.mute)
    scene.frame_end = int(take.frame_end)
    made = sorted(addon.scene.suggested.find(cast[1]), key=lambda one: one.at_frame)
    for one in made:
        print(f"{one.at_frame / FPS:6.2f} s  {one.strip.name}  ({one.hand})", flush=True)
    words = addon.work.words.lane(bpy.context, cast[1])
    set_stage(scene)
    camera = scene.camera
    camera.location, camera.data.lens = (-0.6, -6.4, 1.45), 78.0
    _look_at(camera, (0.0, 0.0, 1.06))
    frames = range(1, scene.frame_end + 1, SPOKEN_EVERY)
    tiles = [_tile(scene, f, SPOKEN_TILE, _caption(f, words, made), options.out) for f in frames]
    rows = [tiles[k : k + SPOKEN_ACROSS] for k in range(0, len(tiles), SPOKEN_ACROSS)]
    import numpy as np

    for number, first in enumerate(range(0, len(rows), SPOKEN_ROWS), start=1):
        chosen = rows[first : first + SPOKEN_ROWS]
        _save([np.concatenate(_filled(row, SPOKEN_ACROSS), axis=1) for row in chosen], options, number)


def _caption(frame: int, words: list[tuple[float, float, str]], made: list[Any]) -> str:
    said = " ".join(text for first, last, text in words if first - 6 <= frame <= last + 6)
    near = [one.gesture for one in made if abs(one.at_frame - frame) < 12]
    return f"{(frame - 1) / FPS:.1f} s  {said}" + (f"  [{near[0]}]" if near else "")


def _look_at(camera: bpy.types.Object, place: tuple[float, float, float]) -> None:
    from mathutils import Vector

    camera.rotation_euler = (Vector(place) - camera.location).to_track_quat("-Z", "Y").to_euler()


# Pictures -------------------------------------------------------------------------------------------------------------


def _tile(scene: bpy.types.Scene, frame: int, size: tuple[int, int], label: str, folder: Path) -> np.ndarray:
    import numpy as np
    from rig_pictures import picture

    scene.frame_set(frame)
    drawn = picture(scene, size, folder, label)
    return np.pad(drawn, ((GAP, 0), (0, GAP), (0, 0)), constant_values=1.0)


def _filled(row: list[np.ndarray], n: int) -> list[np.ndarray]:
    import numpy as np

    return row + [np.ones_like(row[0])] * (n - len(row))


def _save(rows: list[np.ndarray], options: argparse.Namespace, number: int) -> None:
    """rows: pictures from the uppermost down; each, as Blender's are, from its lowest line up."""
    import numpy as np
    from demo_scene import save_picture

    save_picture(np.concatenate(rows[::-1]), options.out / f"{options.kind}-{number}.png")


if __name__ == "__main__":
    rig_table.leave(main())
