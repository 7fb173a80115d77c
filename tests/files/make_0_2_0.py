"""Makes the files of version 0.2.0 in `0.2.0/`, by 0.2.0 itself; run once, kept so that it is known what they hold.

    git worktree add /tmp/old 15a6319
    cd /tmp/old && .venv-bpy4.5/bin/python scripts/build_extension.py --output /tmp/old-zip
    .venv/bin/python make_0_2_0.py core /tmp/old
    .venv-bpy4.5/bin/python make_0_2_0.py blender /tmp/old-zip/audio2gestures-0.2.0.zip

`core` writes the speech, a small model with its training run, and what it generates; `blender` everything else.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

OUT = Path(__file__).with_name("0.2.0")
SPEECH = OUT / "speech.wav"
RATE_HZ = 8000
START = 11
"""Scene frame on which speech begins; the scene plays 30 frames a second."""
EDITED = slice(8, 14)
"""Rows of the first take's keys that an artist has moved, by EDIT in one curve."""
EDIT = 0.25


def write_speech(path: Path, seconds: float) -> None:
    """Two phrases of a buzzing voice with a pause of 0.8 s between them."""
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    pitch_hz = np.round(110 + 40 * np.abs(np.sin(1.9 * t)), -1)
    buzz = 2 * np.mod(np.cumsum(pitch_hz) / RATE_HZ, 1) - 1
    syllables = np.clip(np.sin(2 * np.pi * 3.3 * t), 0, 1) * (np.abs(t - seconds / 2) > 0.4)
    samples = 0.5 * syllables * buzz
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes((256 * np.rint(127 * samples)).astype("<i2").tobytes())


def make_core(repository: Path) -> None:
    """Speech, model, training run and corpus, and the poses of a motion."""
    sys.path.insert(0, str(repository))
    from a2g_core.audio import open_speech
    from a2g_core.checkpoint import load_model
    from a2g_core.config import PRODUCT
    from a2g_core.generate import generate
    from a2g_core.skeleton import BODY

    from a2g_core.training.corpus import CorpusWriter
    from a2g_core.training.train import train

    OUT.mkdir(exist_ok=True)
    write_speech(SPEECH, 5.0)
    rng = np.random.default_rng(0)
    writer = CorpusWriter(OUT / "corpus", fps=30.0, joints=BODY.names, notice="made of nothing")
    t = np.arange(96)
    for split in ("train", "validation"):
        beat = np.sin(2 * np.pi * 3 * np.arange(96 * 16000 // 30) / 16000) > 0
        tone = 0.3 * np.sin(2 * np.pi * 200 * np.arange(len(beat)) / 16000)
        swing = np.sin(t[:, None, None] / 9 + rng.uniform(0, 6, (1, len(BODY), 3))) * rng.uniform(
            0, 0.2, (len(BODY), 3)
        )
        q = np.concatenate([np.ones((len(t), len(BODY), 1)), np.round(64 * swing) / 64], -1)
        writer.add(split, split, tone * beat, (q / np.linalg.norm(q, axis=-1, keepdims=True)).astype(np.float32))
    writer.close()
    config = PRODUCT.replace(
        name="small", joints=22, audio_channels=(4,) * 4, motion_channels=(8,) * 4, decoder_channels=(8,) * 4,
        batch_size=2, crop_frames=64, steps=6, specific_sigma_frames=0.0, rerecord_speech=False,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        train(config, OUT / "corpus", Path(folder), device="cpu", seed=5, stop_after=3)
        (OUT / "run").mkdir(exist_ok=True)
        shutil.copy(Path(folder, "state.safetensors"), OUT / "run")
        trained = train(config, OUT / "corpus", Path(folder), device="cpu", resume=True)
        shutil.copy(trained, OUT / "model.safetensors")
    motion = generate(open_speech(SPEECH), load_model(OUT / "model.safetensors"), seed=2)
    np.savez_compressed(OUT / "motion.npz", quaternions=motion.quaternions[::15], translation=motion.translation[::15])


def make_blender(extension_zip: Path) -> None:
    """`shot.blend`, `library.blend`, `override.blend`, `kept.npz` and `recipe.json`."""
    private = tempfile.mkdtemp()
    os.environ["BLENDER_USER_RESOURCES"] = private
    import bpy

    bpy.ops.extensions.package_install_files(filepath=str(extension_zip), repo="user_default", enable_on_install=True)
    bpy.context.preferences.filepaths.save_version = 0  # no .blend1
    _shot(bpy)
    _library_and_override(bpy)
    _kept(bpy, Path(private))
    shutil.rmtree(private)
    for path in OUT.rglob("*.*"):
        path.chmod(0o644)


def _scene(bpy, seed: int):
    bpy.ops.wm.read_homefile(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps, scene.frame_end = 30, 240
    bpy.ops.a2g.add_character(with_body=False)
    obj = bpy.context.active_object
    _speak(obj, seed)
    return scene, obj


def _speak(obj, seed: int) -> None:
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(SPEECH), START
    obj.a2g_seed, obj.a2g_body_parts = seed, {"ARMS"}


def _save(bpy, name: str) -> None:
    path = str(OUT / name)
    bpy.ops.wm.save_as_mainfile(filepath=path, compress=True)
    bpy.ops.file.make_paths_relative()
    for obj in bpy.data.objects:
        if obj.library is None and obj.a2g_speech_file:
            obj.a2g_speech_file = "//speech.wav"
    bpy.ops.wm.save_as_mainfile(filepath=path, compress=True)
    print(name, os.path.getsize(path))


def _pin(bpy, obj, name: str, bone: str, first: int, angles: list[float]) -> None:
    """Key a clip of the artist's, push it down and pin it."""
    from mathutils import Quaternion

    posed = obj.pose.bones[bone]
    for k, angle in enumerate(angles):
        posed.rotation_quaternion = Quaternion((0, 0, 1), angle)
        posed.keyframe_insert("rotation_quaternion", frame=first + 5 * k)
    obj.animation_data.action.name = name
    bpy.ops.a2g.push_down_action()
    track = obj.animation_data.nla_tracks[-1]
    track.name = track.strips[0].name = name
    track.strips[0].extrapolation = "NOTHING"
    for strip in (s for t in obj.animation_data.nla_tracks for s in t.strips):
        strip.select = strip == track.strips[0]
    bpy.ops.a2g.pin_clips()


def _shot(bpy) -> None:
    """A character with two takes, the first steered, pinned, with a changed phrase and edited keys."""
    scene, obj = _scene(bpy, seed=3)
    _pin(bpy, obj, "wave", "right_elbow", 60, [0, -1.2, -1.6, -1.2, 0])
    obj.a2g_pins[0].strength, obj.a2g_pins[0].fade_in_frames, obj.a2g_pins[0].body_parts = 0.75, 12, {"ARMS"}
    for frame, posture in ((START, -0.5), (START + 140, 1.0)):
        obj.a2g_posture = posture
        obj.keyframe_insert("a2g_posture", frame=frame)
    obj.animation_data.action.name = "sliders"
    bpy.ops.a2g.push_down_action()
    obj.animation_data.nla_tracks[-1].name = "sliders"
    obj.a2g_style = "Open"
    bpy.ops.a2g.generate()
    scene.frame_set(START + 120)
    bpy.ops.a2g.change_phrase()
    take = obj.animation_data.nla_tracks["Gestures"].strips[0].action
    (OUT / "recipe.json").write_text(take.a2g.recipe)
    take.a2g.starred = True
    curve = next(c for c in take.fcurves if "left_elbow" in c.data_path and c.array_index == 3)
    for point in curve.keyframe_points[EDITED]:
        point.co[1] += EDIT
    # The second as the panel leaves it: another seed, above the first, which it mutes; nothing of it is edited.
    obj.a2g_seed, obj.a2g_style, obj.a2g_energy, obj.a2g_variation = 4, "", 1.5, 1.25
    obj.a2g_pins[0].muted = True
    bpy.ops.a2g.generate()
    obj.a2g_pins[0].muted = False
    assert [t.name for t in obj.animation_data.nla_tracks] == ["wave", "sliders", "Gestures", "Gestures 2"]
    _save(bpy, "shot.blend")


def _library_and_override(bpy) -> None:
    """A character in a library, and a shot with an override of it that has a pin and a take of its own."""
    _scene(bpy, seed=1)
    bpy.context.active_object.a2g_posture = 0.25
    _save(bpy, "library.blend")
    bpy.ops.wm.read_homefile(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps, scene.frame_end = 30, 240
    bpy.ops.wm.save_as_mainfile(filepath=str(OUT / "override.blend"))
    with bpy.data.libraries.load("//library.blend", link=True, relative=True) as (_, wanted):
        wanted.objects = ["SMPL-X"]
    bpy.context.collection.objects.link(wanted.objects[0])
    scene.a2g_character = wanted.objects[0]
    bpy.ops.a2g.make_override()
    obj = scene.a2g_character
    assert obj.override_library is not None
    _speak(obj, seed=5)
    _pin(bpy, obj, "nod", "head", 100, [0, 0.3, 0, 0.3, 0])
    obj.a2g_pins[0].strength = 0.5
    bpy.ops.a2g.generate()
    _save(bpy, "override.blend")


def _kept(bpy, private: Path) -> None:
    """A take of the recovery cache, of a second of speech."""
    bpy.ops.a2g.clear_cache()
    _, obj = _scene(bpy, seed=6)
    short = private / "short.wav"
    write_speech(short, 1.5)
    obj.a2g_speech_file, obj.a2g_body_parts = str(short), {"ARMS", "HEAD", "LEGS"}
    bpy.ops.a2g.generate()
    (kept,) = (p for p in private.rglob("*.npz") if "takes" in p.parts)
    with np.load(kept) as arrays:
        about = json.loads(arrays["about"].tobytes())
    assert about["file"] == "", about  # nothing of this machine goes along
    shutil.copy(kept, OUT / "kept.npz")


if __name__ == "__main__":
    {"core": make_core, "blender": make_blender}[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.flush()
    os._exit(0)  # bpy 4.5 may hang when Python ends
