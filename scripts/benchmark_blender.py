"""Measures the time from click to keys, and writing keys: compared with keyframe_insert, and on a control rig. For a
Python that has bpy:

    .venv-bpy4.5/bin/python scripts/benchmark_blender.py            # click to keys, in a new Blender
    .venv-bpy4.5/bin/python scripts/benchmark_blender.py --keys     # 5 minutes, and keyframe_insert
    .venv-bpy4.5/bin/python scripts/benchmark_blender.py --rigify   # 5 minutes on a Rigify rig

Builds the extension and installs it in a private folder. Ratios carry over from machine to machine; seconds do not.
"""

from __future__ import annotations

import argparse
import importlib
import os
import statistics
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from build_extension import build

ROOT = Path(__file__).resolve().parent.parent
SPEECH = ROOT / "scripts" / "sample" / "speech.wav"
SPEECH_S = 60
RANGE_FRAMES = 60
TICK_S = 0.005

Load = Callable[[str], ModuleType]
"""Gives a module of the installed add-on by name."""


def main() -> None:
    """Measure what the options ask for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", action="store_true", help="measure only the writing of keys")
    parser.add_argument("--rigify", action="store_true", help="measure only the writing of a take on a Rigify rig")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="a2g-benchmark-") as folder:
        load = install(Path(folder))
        if options.keys:
            keys(load)
        elif options.rigify:
            rigify(load)
        else:
            click_to_keys(load, Path(folder))
        sys.stdout.flush()
        os._exit(0)  # Blender 4.5 may wait for ever in its own clean-up


def install(folder: Path) -> Load:
    """The add-on in a Blender of its own: a function that gives its modules by name."""
    os.environ["BLENDER_USER_RESOURCES"] = str(folder / "blender")
    import bpy

    archive = build(folder)
    bpy.ops.extensions.package_install_files(filepath=str(archive), repo="user_default", enable_on_install=True)
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.context.scene.render.fps = 30

    def load(name: str) -> ModuleType:
        return importlib.import_module(f"bl_ext.user_default.audio2gestures.{name}")

    return load


def click_to_keys(load: Load, folder: Path) -> None:
    """Print the seconds from click to keys for a minute of speech, and how long the interface is blocked meanwhile."""
    import bpy

    bpy.ops.a2g.add_character(with_body=False)
    character = bpy.context.active_object
    speak(character, folder)
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, 901, 900 + RANGE_FRAMES
    print(f"Blender {bpy.app.version_string}, {SPEECH_S} s of speech at 30 fps")
    report("first click to keys", [seconds(bpy.ops.a2g.generate)], 3.0)
    report("later clicks", [seconds(bpy.ops.a2g.generate) for _ in range(5)], 1.5)
    report("next take", [seconds(bpy.ops.a2g.next_take) for _ in range(5)], 1.0)
    report("range of two seconds", [seconds(bpy.ops.a2g.regenerate_range) for _ in range(5)], 0.15)
    owned, orders = load("owner").owned, load("work.orders")
    runner, maker = owned(load("work.jobs").Runner), owned(load("work.make").Maker)
    for what, order in (
        ("job, heard for the first time", lambda: orders.gather(bpy.context, character)),
        ("job, next take", lambda: orders.gather(bpy.context, character)),
        ("job, whole take in place", lambda: load("work.changes").updated(bpy.context, character)),
    ):
        if "first" in what:
            maker.forget_speeches()
        report(f"{what}: longest time the interface is blocked", [longest_gap(runner, order)], 0.05)


def speak(character: Any, folder: Path) -> None:
    """A minute of the sample speech, as a sound strip if this Blender has them, else as a file."""
    import bpy

    with wave.open(str(SPEECH), "rb") as file:
        settings, samples = file.getparams(), file.readframes(file.getnframes())
    minute = samples * (1 + SPEECH_S * settings.framerate // settings.nframes)
    path = folder / "minute.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams(settings)
        file.writeframes(minute[: SPEECH_S * settings.framerate * settings.sampwidth * settings.nchannels])
    character.a2g_speech_source, character.a2g_speech_file = "FILE", str(path)
    editor = bpy.context.scene.sequence_editor_create()
    strips = editor.strips if hasattr(editor, "strips") else editor.sequences
    try:
        strips.new_sound("minute", str(path), 1, 1)
    except RuntimeError:
        print("this Blender was built without sound strips: the speech is read from its file")
        return
    character.a2g_speech_source = "STRIP"


def longest_gap(runner: Any, order: Any) -> float:
    """The longest time that a job blocks a main thread that polls every 5 ms, including the job's own ticks."""
    runner.start(order())
    last, longest, due = time.perf_counter(), 0.0, 0.0
    while True:
        now = time.perf_counter()
        if now >= due:
            wait = runner.tick()
            if wait is None:
                break
            due = now + wait
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
        time.sleep(TICK_S)
    return max(longest, time.perf_counter() - last)


def seconds(operator: Callable[[], object]) -> float:
    """Seconds of one blocking call."""
    began = time.perf_counter()
    operator("EXEC_DEFAULT", True)
    return time.perf_counter() - began


def report(what: str, times: list[float], limit_s: float) -> None:
    """Print one line: the median, and whether it is within the limit."""
    median = statistics.median(times)
    verdict = "under" if median < limit_s else "OVER"
    print(f"{what:76s}{median * 1e3:7.0f} ms  {verdict} {limit_s * 1e3:.0f}", flush=True)


def keys(load: Load) -> None:
    """Print the seconds to write 5 minutes of 55 bones in bulk, and by keyframe_insert.

    The latter is extrapolated from shorter lengths, as its cost grows with the square.
    """
    import bpy
    import numpy as np

    skeleton, scene_keys, bl = load("a2g_core.body.skeleton").SMPLX, load("scene.keys"), load("bl")
    scene_rig = load("scene.rig")
    add_armature = load("scene.smplx_armature").add_armature

    def poses(frames: int) -> np.ndarray:
        swing = 0.3 * np.sin(np.arange(frames)[:, None] / 20 + np.arange(len(skeleton)))
        return np.stack([np.cos(swing), np.sin(swing), 0 * swing, 0 * swing], axis=-1).astype(np.float32)

    frames = 9000
    character, values = add_armature(bpy.context), poses(frames)

    def write() -> None:
        _action, owner, _slot = bl.new_action("keys", character)
        for joint, name in enumerate(skeleton.names):
            path = scene_rig.bone_path(name, "rotation_quaternion")
            scene_keys.write(owner, scene_keys.Track(path, values[:, joint], name), 0)

    bulk_s = statistics.median(_timed(write) for _ in range(3))
    lengths, times = (150, 300, 600), []
    for n in lengths:
        other = add_armature(bpy.context)

        def insert(other: Any = other, n: int = n) -> None:
            for frame in range(n):
                for joint, name in enumerate(skeleton.names):
                    bone = other.pose.bones[name]
                    bone.rotation_quaternion = values[frame, joint]
                    bone.keyframe_insert("rotation_quaternion", frame=frame)

        times.append(_timed(insert))
    linear, square = np.linalg.lstsq(np.array([[n, n * n] for n in lengths], float), np.array(times), rcond=None)[0]
    naive_s = linear * frames + square * frames**2
    print(f"Blender {bpy.app.version_string}: 5 minutes x 55 bones written in {bulk_s:.2f} s")
    measured = ", ".join(f"{n} frames {t:.1f} s" for n, t in zip(lengths, times))
    print(f"keyframe_insert: {measured}; extrapolated to {frames} frames {naive_s:.0f} s,", end=" ")
    print(f"{naive_s / bulk_s:.0f} times as long")


def rigify(load: Load) -> None:
    """Print how long five minutes of a take take to be written on a generated Rigify rig, against our own armature, and
    how often and how long the rig was tried out for it.
    """
    import addon_utils
    import bpy

    own = load("scene.smplx_armature").add_armature(bpy.context)
    addon_utils.enable("rigify", default_set=True)  # without default_set its parameters are not registered
    bpy.ops.object.armature_human_metarig_add()
    metarig = bpy.context.object
    bpy.ops.pose.rigify_generate()
    rig = next(o for o in bpy.data.objects if o.type == "ARMATURE" and o not in (own, metarig))
    followed = load("owner").owned(load("scene.follow").Followed)
    tried = followed.trials
    probe_s = _timed(lambda: load("scene.rig").read(rig))
    both = {"SMPL-X": own, "Rigify": rig}
    took = {name: statistics.median(_timed(lambda o=o: _take(load, o)) for _ in range(3)) for name, o in both.items()}
    ratio, limit = took["Rigify"] / took["SMPL-X"], 1.5
    print(f"Blender {bpy.app.version_string}: " + ", ".join(f"{name} {s:.2f} s" for name, s in took.items()))
    print("Rigify against the SMPL-X armature, five minutes, keys written: "
          f"{ratio:.2f} times, {'under' if ratio < limit else 'OVER'} {limit}")  # fmt: skip
    print(f"the rig was tried out {followed.trials - tried} time(s), in {probe_s:.2f} s")


def _take(load: Load, obj: Any) -> None:
    """Write five minutes of a take to an Action."""
    import numpy as np

    skeleton, frames = load("a2g_core.body.skeleton").SMPLX, 9000
    swing = 0.3 * np.sin(np.arange(frames)[:, None] / 20 + np.arange(len(skeleton)))
    quaternions = np.stack([np.cos(swing), np.sin(swing), 0 * swing, 0 * swing], axis=-1)
    motion = load("a2g_core.body.motion").Motion(quaternions, np.zeros((frames, 3)), 30.0, skeleton)
    request = load("a2g_core.performing.request").Request(fps=30.0)
    parts = tuple(load("a2g_core.body.skeleton").BODY_PARTS)
    recipe = load("scene.recipe").Recipe("", "", "NUMPY", "", "", "", 1, frames, request, (), parts, "REPLACE")
    load("scene.takes").NewTake(obj, motion, recipe, None).finish()


def _timed(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
