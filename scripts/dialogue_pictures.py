"""A minute with three characters, from the front and from the side. For a Python that has bpy:

    .venv-bpy4.5/bin/python scripts/dialogue_pictures.py --speech ../shared/data/ship/librispeech

Two speak, in turns, into and over each other, and one listens; *Generate for All Characters* makes their takes. Writes
dialogue.blend, a sheet of ten frames a second around each border (where the takes begin and end, and whenever somebody
begins or stops), and strips of stills; prints how near arms are to the T-pose, and how fast wrists are there.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from math import atan2, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmark_blender import ROOT, install

if TYPE_CHECKING:
    import bpy
    import numpy as np

FPS, LENGTH_S = 30, 60
SIDES = ("left", "right")
TURNS = ((0, 2.5, 9.0), (1, 11.5, 8.5), (0, 19.5, 9.0), (1, 30.0, 1.0), (0, 31.5, 6.0), (1, 44.0, 9.5), (0, 53.0, 4.0))
"""Who speaks from when on for how long, seconds: the other one takes over, falls in, says a word, and waits."""
PLACES = ((-0.75, 0.0, 50.0), (0.75, 0.0, -50.0), (0.0, 0.75, 0.0))
"""Of each character: across, back, and by how many degrees it is turned to its left."""
VIEWS = {"front": ((0.0, -6.0, 1.5), (0.0, 0.3, 0.9)), "side": ((5.9, -2.1, 1.5), (0.0, 0.3, 0.9))}
TILE, COLUMNS = (300, 200), 6
STILL, STILLS_S = (400, 330), (8.0, 13.0, 34.0, 44.0)
BEFORE_S, AFTER_S, EVERY_S = 0.8, 1.6, 0.1
TO_SPEECH_S, TO_IDLE_S = (-1.6, -0.3), (1.0, 2.0)
"""When an idle goes over into speech that begins at 0, and speech into an idle that ended at 0; see `Pauses`."""


class Shown(NamedTuple):
    """A character as Blender shows it: shoulders, elbows and wrists (T, 2, 3) by side, metres in its own space."""

    shoulders: np.ndarray
    elbows: np.ndarray
    wrists: np.ndarray


def main() -> None:
    """Make the scene, click, measure, render."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speech", type=Path, required=True, help="a folder of recordings")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "dialogue")
    parser.add_argument("--look", action="store_true", help="everybody looks at who speaks")
    parser.add_argument("--no-sheets", action="store_true", help="measure, and draw the stills alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="a2g-dialogue-") as folder:
        load = install(Path(folder))
        options.out.mkdir(parents=True, exist_ok=True)
        cast = make(options.speech, options.look)
        print_figures([_shown(load("scene.rig"), obj) for obj in cast])
        draw(options.out, not options.no_sheets)
        sys.stdout.flush()
        os._exit(0)  # Blender 4.5 may wait for ever in its own clean-up


def make(speech: Path, looks: bool) -> list[bpy.types.Object]:
    """The scene with its takes; its characters."""
    import bpy

    scene = bpy.context.scene
    scene.render.fps, scene.frame_start, scene.frame_end = FPS, 1, LENGTH_S * FPS
    strips = scene.sequence_editor_create().strips
    files = sorted(path for path in speech.rglob("*") if path.suffix.lower() in (".flac", ".wav"))
    for file, (who, start_s, length_s) in zip(files, TURNS):
        strip = strips.new_sound(file.stem, str(file), channel=who + 1, frame_start=_frame(start_s))
        strip.frame_final_duration = min(strip.frame_final_duration, round(length_s * FPS))
    cast = []
    for k, (x, y, turn) in enumerate(PLACES):
        bpy.ops.a2g.add_character()
        obj = scene.a2g_character
        obj.name, obj.location, obj.rotation_euler.z = f"Character {k + 1}", (x, y, 0.0), radians(turn)
        if k < 2:
            obj.a2g_speech_source, obj.a2g_speech_channel = "CHANNEL", k + 1
        if looks:
            obj.a2g_look_at = "SPEAKER"
        cast.append(obj)
    bpy.context.view_layer.update()
    bpy.ops.a2g.generate_all()
    return cast


def _frame(at_s: float) -> int:
    return 1 + round(at_s * FPS)


def borders_s() -> list[tuple[str, float]]:
    """What happens when."""
    found = [("begin", 0.0), ("end", LENGTH_S - 1 / FPS)]
    for who, start_s, length_s in TURNS:
        found += [(f"{who + 1}-begins", start_s), (f"{who + 1}-stops", start_s + length_s)]
    return sorted(found, key=lambda border: border[1])


# Figures --------------------------------------------------------------------------------------------------------------


def _shown(rig: Any, obj: bpy.types.Object) -> Shown:
    import bpy
    import numpy as np

    bones, scene = rig.joints(obj), bpy.context.scene
    names = [bones[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist") for side in SIDES]
    places = np.empty((LENGTH_S * FPS, len(names), 3))
    hidden = [mesh for mesh in scene.objects if mesh.type == "MESH"]
    for mesh in hidden:
        mesh.hide_viewport = True
    for row in range(len(places)):
        scene.frame_set(1 + row)
        pose = obj.evaluated_get(bpy.context.evaluated_depsgraph_get()).pose
        places[row] = [pose.bones[name].head for name in names]
    for mesh in hidden:
        mesh.hide_viewport = False
    return Shown(places[:, :2], places[:, 2:4], places[:, 4:])


def print_figures(cast: list[Shown]) -> None:
    """Arms beside the T-pose over the scene's range, and wrists where idles and speech go over into each other."""
    import numpy as np

    for k, shown in enumerate(cast):
        # An arm is as far from the T-pose as the part of it that is further: hands may be raised beside the shoulders.
        parts = np.stack([shown.elbows - shown.shoulders, shown.wrists - shown.elbows])
        across = parts[..., 0] * np.array([1, -1]) / np.linalg.norm(parts, axis=-1)
        apart = np.degrees(np.arccos(np.clip(across, -1, 1))).max(axis=0).min(axis=1)
        speed = np.linalg.norm(np.diff(shown.wrists, axis=0), axis=-1).max(axis=1) * FPS
        print(f"character {k + 1}: arms {apart.min():.0f} degrees from the T-pose at {apart.argmin() / FPS:.1f} s")
        print(f"    wrists {speed.mean():.3f} m/s in the mean, {speed.max():.2f} at {speed.argmax() / FPS:.1f} s")
        for who, start_s, length_s in TURNS:
            if who == k:
                before, after = (
                    _within(speed, at_s + first_s, at_s + stop_s)
                    for at_s, (first_s, stop_s) in ((start_s, TO_SPEECH_S), (start_s + length_s, TO_IDLE_S))
                )
                print(f"    {before:.2f} m/s before {start_s:.1f} s, {after:.2f} m/s after {start_s + length_s:.1f} s")


def _within(speed: np.ndarray, first_s: float, stop_s: float) -> float:
    return float(speed[max(0, round(first_s * FPS)) : round(stop_s * FPS)].max(initial=0.0))


# Pictures -------------------------------------------------------------------------------------------------------------


def draw(out: Path, has_sheets: bool) -> None:
    """A sheet for each border and view, and the scene."""
    import bpy
    import numpy as np
    from demo_scene import save_picture, set_stage
    from mathutils import Vector

    scene = bpy.context.scene
    set_stage(scene)
    scene.objects["Backdrop"].location.y = 1.0
    camera = scene.camera
    camera.data.sensor_fit, camera.data.lens = "VERTICAL", 70.0
    bpy.ops.wm.save_as_mainfile(filepath=str(out / "dialogue.blend"), compress=True)
    for view, (place, aim) in VIEWS.items():
        camera.location = place
        way = Vector(aim) - Vector(place)
        camera.rotation_euler = way.to_track_quat("-Z", "Y").to_euler()
        scene.objects["Backdrop"].rotation_euler.z = atan2(-way.x, way.y)
        stills = [_tile(scene, out, time_s, STILL) for time_s in STILLS_S]
        save_picture(np.concatenate(stills, axis=1), out / f"stills-{view}.png")
        for name, at_s in borders_s() if has_sheets else ():
            first_s, last_s = max(0.0, at_s - BEFORE_S), min(LENGTH_S - 1 / FPS, at_s + AFTER_S)
            times_s = np.arange(first_s, last_s + 1e-6, EVERY_S)
            tiles = [_tile(scene, out, float(time_s), TILE, f"{name} {time_s - at_s:+.1f} s") for time_s in times_s]
            save_picture(_sheet(tiles), out / f"{at_s:04.1f}-{name}-{view}.png")


def _sheet(tiles: list[np.ndarray]) -> np.ndarray:
    import numpy as np

    blank = np.ones_like(tiles[0])
    tiles = tiles + [blank] * (-len(tiles) % COLUMNS)
    rows = [np.concatenate(tiles[k : k + COLUMNS], axis=1) for k in range(0, len(tiles), COLUMNS)]
    return np.concatenate(rows[::-1])  # Blender's lines go upwards


def _tile(scene: bpy.types.Scene, out: Path, time_s: float, size: tuple[int, int], label: str = "") -> np.ndarray:
    from rig_pictures import picture

    scene.frame_set(_frame(time_s))
    return picture(scene, size, out, f"{time_s:.1f} s  {label}")


if __name__ == "__main__":
    main()
