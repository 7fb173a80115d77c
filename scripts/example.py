"""Makes an example file to open and look around in. For a Python that has bpy (4.4 or newer):

    .venv-bpy4.5/bin/python scripts/example.py                # writes out/example/audio2gestures-example.blend
    .venv-bpy4.5/bin/python scripts/example.py --out FOLDER

The file contains a character with a body, the sample speech packed into a sound strip, three takes of it (the playing
one is starred), a pinned, hand-keyed wave around which that take was regenerated, and camera, light and floor. The
script builds the extension and installs it in a private folder, so that your own Blender is not touched.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from math import radians
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark_blender import SPEECH, install

if TYPE_CHECKING:
    import bpy

ROOT = Path(__file__).resolve().parent.parent
NAME = "audio2gestures-example.blend"
SEEDS = (1, 2, 3)
STARRED = 1  # index of the take that plays, is starred and follows the wave
WAVE_FRAMES = (60, 70, 77, 84, 91, 98, 108)
# Degrees about the character's own front, so that the arm goes up sideways: it hangs, is raised, and swings.
WAVE_DEGREES = {
    "right_shoulder": (70, 25, 25, 25, 25, 25, 70),
    "right_elbow": (0, -85, -120, -80, -120, -85, 0),
}


def main() -> None:
    """Build, install, make the scene, save it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "example", help="folder for the file")
    target = parser.parse_args().out.resolve() / NAME
    with tempfile.TemporaryDirectory(prefix="a2g-example-") as folder:
        install(Path(folder))
        target.parent.mkdir(parents=True, exist_ok=True)
        make(target)
        print(target)
        sys.stdout.flush()
        os._exit(0)  # Blender 4.5 may wait for ever in its own clean-up


def make(target: Path) -> None:
    """Make the example and save it as a .blend."""
    import bpy
    import demo_scene  # it imports bpy, which must know its private folder by then

    demo_scene.SAID = "example: "
    scene = bpy.context.scene
    bpy.context.preferences.filepaths.save_version = 0  # no .blend1
    demo_scene.place_speech(scene, SPEECH)
    scene.sequence_editor.strips["Speech"].sound.pack()
    bpy.ops.a2g.add_character()
    character = scene.a2g_character
    demo_scene.set_stage(scene)
    add_light(scene)
    wave = add_wave(character)
    takes = [demo_scene.generate(character, seed) for seed in SEEDS]
    bpy.ops.a2g.use_take(track=takes[STARRED].name)
    bpy.ops.a2g.star_take(track=takes[STARRED].name)
    character.a2g_active_take = list(character.animation_data.nla_tracks).index(takes[STARRED])
    wave.select = True
    bpy.ops.a2g.pin_clips()
    bpy.ops.a2g.regenerate_around_pins()
    scene.frame_set(WAVE_FRAMES[2])
    bpy.ops.wm.save_as_mainfile(filepath=str(target), compress=True)


def add_light(scene: bpy.types.Scene) -> None:
    """Add a sun for EEVEE and Cycles; the stage itself is lit for Workbench."""
    import bpy

    light = bpy.data.lights.new("Sun", "SUN")
    light.energy, light.angle = 3.0, radians(10)
    sun = bpy.data.objects.new("Sun", light)
    sun.rotation_euler = (radians(50), radians(10), radians(-30))
    scene.collection.objects.link(sun)


def add_wave(character: bpy.types.Object) -> bpy.types.NlaStrip:
    """Key a wave of the right arm as an animator would, and push it down to an NLA track; returns its strip."""
    import bpy
    from mathutils import Quaternion

    for bone, turns in WAVE_DEGREES.items():
        for frame, degrees in zip(WAVE_FRAMES, turns, strict=True):
            character.pose.bones[bone].rotation_quaternion = Quaternion((0.0, 0.0, 1.0), radians(degrees))
            character.pose.bones[bone].keyframe_insert("rotation_quaternion", frame=frame)
    character.animation_data.action.name = "Wave"
    bpy.ops.a2g.push_down_action()
    track = character.animation_data.nla_tracks[-1]
    track.name = "By Hand"
    strip = track.strips[0]
    strip.name, strip.extrapolation = "Wave", "NOTHING"
    return strip


if __name__ == "__main__":
    main()
