"""The demo's part inside Blender, started by `demo.py` in the environment with `bpy`.

Does what an artist would do: installs the extension, places the speech, adds the character or
imports it, clicks Generate twice.
Then renders the result.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import bpy
import demo_character
import imageio_ffmpeg
import numpy as np
from mathutils import Vector

FPS = 30
VIDEO_SIZE = (768, 432)
TILE_SIZE = (320, 360)
COLUMNS, ROWS = 6, 2
GAP = 6
BACKDROP_COLOUR = (0.42, 0.50, 0.58, 1.0)
SAID = "demo: "  # demo.py passes lines that begin like this on to the user
TOLD = 3  # exit status if the last such line says why


def main() -> None:
    """Speech in, pictures out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--extension", type=Path, required=True)
    parser.add_argument("--audio", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rig", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    arguments = parser.parse_args()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.context.preferences.filepaths.save_version = 0  # no demo.blend1
    install(arguments.extension)
    scene = bpy.context.scene
    place_speech(scene, as_wav(arguments.audio, arguments.out / "speech.wav"))
    try:
        character = demo_character.add(arguments.rig)
    except demo_character.CharacterError as error:
        give_up(str(error))
    set_stage(scene)
    if arguments.rig is not None:
        say(f"character: {character.name}")
        fit_stage(scene, *demo_character.place(character))
    takes = [generate(character, seed) for seed in (arguments.seed, arguments.seed + 1)]
    render_sheet(scene, character, takes, arguments.out / "demo.png")
    play(character, takes[0])
    set_video(scene, "demo.mp4")
    bpy.ops.wm.save_as_mainfile(filepath=str(arguments.out / "demo.blend"))
    bpy.ops.file.make_paths_relative()
    bpy.ops.wm.save_mainfile()
    render_video(scene)


def say(text: str) -> None:
    """Tell the user."""
    print(f"{SAID}{text}", flush=True)


def give_up(reason: str) -> NoReturn:
    """Tell the user why the demo stops, and exit."""
    say(reason)
    raise SystemExit(TOLD)


def install(extension: Path) -> None:
    """Install the zip as the user would."""
    before = set(bpy.context.preferences.addons.keys())
    bpy.ops.extensions.package_install_files(filepath=str(extension), repo="user_default", enable_on_install=True)
    if before == set(bpy.context.preferences.addons.keys()):
        give_up(f"Blender refused to install {extension.name}.")
    say(f"installed {extension.name} in Blender {bpy.app.version_string}")


def as_wav(audio: Path, target: Path) -> Path:
    """Convert the speech to a WAV beside the .blend: any format works, and the two can be moved together."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-i", audio, "-vn", "-c:a", "pcm_s16le", target]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if run.returncode:
        give_up(f"ffmpeg cannot read {audio.name} as sound; convert it to WAV.")
    return target


def place_speech(scene: bpy.types.Scene, speech: Path) -> None:
    """Place the speech as a sound strip from frame 1, and fit the scene's length to it."""
    scene.render.fps, scene.render.fps_base = FPS, 1.0
    strip = scene.sequence_editor_create().strips.new_sound("Speech", str(speech), channel=1, frame_start=1)
    scene.frame_start, scene.frame_end = 1, strip.frame_final_end - 1
    say(f"speech: {(scene.frame_end - scene.frame_start + 1) / FPS:.1f} s")


def generate(character: bpy.types.Object, seed: int) -> bpy.types.NlaTrack:
    """Click Generate; returns the new take's track."""
    before = {t.name for t in character.animation_data.nla_tracks} if character.animation_data else set()
    character.a2g_seed = seed
    start = time.monotonic()
    try:
        bpy.ops.a2g.generate()
    except RuntimeError as error:  # what the operator would show in Blender's window
        give_up(str(error).removeprefix("Error: ").strip())
    tracks = [t for t in character.animation_data.nla_tracks if t.name not in before]
    say(f"generated a take with seed {seed} in {time.monotonic() - start:.1f} s")
    return tracks[0]


def play(character: bpy.types.Object, take: bpy.types.NlaTrack) -> None:
    """Let this take play alone."""
    for track in character.animation_data.nla_tracks:
        for strip in track.strips:
            strip.mute = track != take


def set_stage(scene: bpy.types.Scene) -> None:
    """Add backdrop, camera and Workbench lighting: 0.2 s per frame without a GPU; EEVEE and Cycles take seconds."""
    scene.collection.objects.link(_backdrop())
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    scene.collection.objects.link(camera)
    scene.camera = camera
    camera.location = (-1.35, -4.35, 1.42)
    camera.rotation_euler = (Vector((0.0, 0.0, 0.94)) - camera.location).to_track_quat("-Z", "Y").to_euler()
    # Fitted by height, so that the video and the sheet's narrow tiles show the character equally large.
    camera.data.sensor_fit, camera.data.lens = "VERTICAL", 52.0
    scene.render.engine = "BLENDER_WORKBENCH"
    scene.display.render_aa = "FXAA"
    scene.display.light_direction = (0.35, 0.75, 0.45)
    scene.display.shadow_shift = 0.05
    shading = scene.display.shading
    shading.light, shading.color_type = "STUDIO", "MATERIAL"
    shading.show_shadows, shading.shadow_intensity = True, 0.35
    shading.show_cavity, shading.cavity_type = True, "SCREEN"
    shading.show_specular_highlight = True
    scene.view_settings.view_transform = "Standard"
    scene.view_settings.exposure = 0.7


def fit_stage(scene: bpy.types.Scene, middle: Vector, size: float, turn_rad: float) -> None:
    """Move the stage to where a character stands, as large as it is over ours, and turned as it is."""
    stage = bpy.data.objects.new("Stage", None)
    scene.collection.objects.link(stage)
    stage.location, stage.rotation_euler, stage.scale = middle, (0.0, 0.0, turn_rad), (size, size, size)
    for obj in (scene.camera, scene.objects["Backdrop"]):
        obj.parent = stage
    lens = scene.camera.data
    lens.clip_start, lens.clip_end = lens.clip_start * size, lens.clip_end * size


def _backdrop() -> bpy.types.Object:
    """A floor that curves up into a wall."""
    bend = np.linspace(0.0, 0.5 * np.pi, 24)
    depth = np.concatenate(([-12.0], 3.0 + 2.5 * np.sin(bend), [5.5]))
    height = np.concatenate(([0.0], 2.5 - 2.5 * np.cos(bend), [9.0]))
    vertices = [(x, y, z) for x in (-14.0, 14.0) for y, z in zip(depth, height)]
    n = len(depth)
    mesh = bpy.data.meshes.new("Backdrop")
    mesh.from_pydata(vertices, [], [(k, n + k, n + k + 1, k + 1) for k in range(n - 1)])
    mesh.polygons.foreach_set("use_smooth", [True] * (n - 1))
    material = bpy.data.materials.new("Backdrop")
    material.diffuse_color, material.roughness = BACKDROP_COLOUR, 1.0
    mesh.materials.append(material)
    return bpy.data.objects.new("Backdrop", mesh)


def render_sheet(
    scene: bpy.types.Scene, character: bpy.types.Object, takes: list[bpy.types.NlaTrack], target: Path
) -> None:
    """Render two rows of the first take and, below them, the second take at the times of the second row."""
    length = scene.frame_end - scene.frame_start + 1
    count = COLUMNS * ROWS
    frames = [scene.frame_start + round((k + 0.5) * length / count) for k in range(count)]
    wanted = [(takes[0], f) for f in frames] + [(takes[1], f) for f in frames[-COLUMNS:]]
    tiles = [tile(scene, character, take, frame, target) for take, frame in wanted]
    width, height = TILE_SIZE
    rows = ROWS + 1
    sheet = np.ones((rows * height + (rows - 1) * GAP, COLUMNS * width + (COLUMNS - 1) * GAP, 4), np.float32)
    for k, picture in enumerate(tiles):
        x, y = (k % COLUMNS) * (width + GAP), (rows - 1 - k // COLUMNS) * (height + GAP)  # Blender's rows go upwards
        sheet[y : y + height, x : x + width] = picture
    save_picture(sheet, target)


def save_picture(pixels: np.ndarray, target: Path) -> None:
    """Write a picture, (height, width, 4) from the lowest line up, as PNG."""
    image = bpy.data.images.new("sheet", pixels.shape[1], pixels.shape[0])
    image.pixels.foreach_set(pixels.ravel())
    image.filepath_raw, image.file_format = str(target), "PNG"
    image.save()
    bpy.data.images.remove(image)
    say(f"rendered {target.name}")


def tile(
    scene: bpy.types.Scene, character: bpy.types.Object, take: bpy.types.NlaTrack, frame: int, target: Path
) -> np.ndarray:
    """What the camera sees on a frame of a take, (height, width, 4); as Blender's pictures do, from the lowest line up.

    target: where the picture will be; what Blender renders is written beside it for a moment.
    """
    play(character, take)
    scene.frame_set(frame)
    render = scene.render
    render.resolution_x, render.resolution_y, render.resolution_percentage = *TILE_SIZE, 100
    render.image_settings.file_format = "PNG"
    for name in ("date", "time", "render_time", "frame", "scene", "camera", "filename", "memory", "hostname"):
        setattr(render, f"use_stamp_{name}", False)
    render.use_stamp, render.use_stamp_note, render.use_stamp_labels = True, True, False
    render.stamp_note_text = f"seed {take.strips[0].action.a2g.seed}   {(frame - scene.frame_start) / FPS:.1f} s"
    render.stamp_font_size, render.stamp_background = 14, (0.0, 0.0, 0.0, 0.45)
    path = target.with_name("tile.png")
    render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    render.use_stamp = False
    image = bpy.data.images.load(str(path))
    pixels = np.empty(TILE_SIZE[0] * TILE_SIZE[1] * 4, np.float32)
    image.pixels.foreach_get(pixels)
    bpy.data.images.remove(image)
    path.unlink()
    return pixels.reshape(TILE_SIZE[1], TILE_SIZE[0], 4)


def set_video(scene: bpy.types.Scene, name: str) -> None:
    """Set the output to H.264 and AAC in an MP4 that any player opens, beside the .blend."""
    render = scene.render
    render.resolution_x, render.resolution_y = VIDEO_SIZE
    render.filepath, render.use_file_extension = f"//{name}", False
    render.image_settings.file_format = "FFMPEG"
    render.ffmpeg.format, render.ffmpeg.codec, render.ffmpeg.audio_codec = "MPEG4", "H264", "AAC"
    render.ffmpeg.constant_rate_factor, render.ffmpeg.gopsize, render.ffmpeg.audio_bitrate = "HIGH", FPS, 160
    scene.frame_set(scene.frame_start)


def render_video(scene: bpy.types.Scene) -> None:
    """Render the whole speech, reporting progress now and then."""
    length, start = scene.frame_end - scene.frame_start + 1, time.monotonic()

    def tell(scene: bpy.types.Scene, *_ignored: object) -> None:
        done = scene.frame_current - scene.frame_start + 1
        if done * 4 // length > (done - 1) * 4 // length:
            say(f"rendered {done} of {length} frames ({(time.monotonic() - start) / done:.2f} s per frame)")

    bpy.app.handlers.render_write.append(tell)
    bpy.ops.render.render(animation=True)


if __name__ == "__main__":
    main()
    # Blender's own clean-up can wait for ever at exit (seen in 4.5.15: ~GlobalState in pthread_cond_destroy).
    sys.stdout.flush()
    os._exit(0)
