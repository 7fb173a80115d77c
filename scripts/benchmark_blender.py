"""Measures the time from click to keys, and writing keys: compared with keyframe_insert, and on a control rig. For a
Python that has bpy:

    .venv-bpy4.5/bin/python scripts/benchmark_blender.py            # click to keys, in a new Blender
    .venv-bpy4.5/bin/python scripts/benchmark_blender.py --keys     # 5 minutes, and keyframe_insert
    .venv-bpy4.5/bin/python scripts/benchmark_blender.py --rigify   # 5 minutes on a Rigify rig
    .venv-bpy4.5/bin/python scripts/benchmark_blender.py --against f1364df   # beside another version, in turns

Builds the extension and installs it in a private folder. Ratios carry over from machine to machine; seconds do not.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SPEECH = ROOT / "scripts" / "sample" / "speech.wav"
SPEECH_S = 60
LONG_S = 600
RANGE_FRAMES = 60
TICK_S = 0.005
MODULE = "bl_ext.user_default.audio2gestures"

FIRST_CLICK, IN_PLACE, ENABLING = "first click to keys", "range of two seconds", "enabling the add-on"
STANDSTILL = f"a slider on a take of {LONG_S // 60} minutes: longest time the window stands still"
OWN, RIGIFY = "five minutes written on our own armature", "five minutes written on a Rigify rig"
MOST_OF_BEFORE = {FIRST_CLICK: 0.6, IN_PLACE: 0.5}
"""What `--against` expects, as a share of the time before; of the rows below, in seconds."""
MOST_S = {STANDSTILL: 0.3, ENABLING: 0.06}
MOST_OF_OWN = 1.5
"""How much longer a take on a Rigify rig may take than on our own armature."""

Load = Callable[[str], ModuleType]
"""Gives a module of the installed add-on by name."""


def main() -> None:
    """Measure what the options ask for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", action="store_true", help="measure only the writing of keys")
    parser.add_argument("--rigify", action="store_true", help="measure only the writing of a take on a Rigify rig")
    parser.add_argument("--against", metavar="COMMIT", help="measure a commit of this repository too, side by side")
    parser.add_argument("--repeats", type=int, default=5, help="with --against: how often each side is measured")
    parser.add_argument("--tree", type=Path, default=ROOT, help="folder of the version to measure (default: this one)")
    options = parser.parse_args()
    if options.against:
        against(options.against, options.repeats)
        return
    sys.path.insert(0, str(options.tree / "scripts"))  # each version builds itself
    with tempfile.TemporaryDirectory(prefix="a2g-benchmark-") as folder:
        load = install(Path(folder))
        if options.keys:
            keys(load)
        elif options.rigify:
            rigify(load)
        else:
            enabling()
            click_to_keys(load, Path(folder))
            rigify(load)
        sys.stdout.flush()
        os._exit(0)  # Blender 4.5 may wait for ever in its own clean-up


def against(commit: str, repeats: int) -> None:
    """Print the rows of this version and of a commit, measured in turns in new Blenders, and their ratio."""
    rows: dict[str, tuple[list[float], list[float]]] = {}
    with tempfile.TemporaryDirectory(prefix="a2g-benchmark-") as folder:
        before = Path(folder, "before")
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "-q", "--detach", before, commit], check=True)
        (ROOT / "build/wheels").mkdir(parents=True, exist_ok=True)
        (before / "build").mkdir()
        (before / "build/wheels").symlink_to(ROOT / "build/wheels")  # so that nothing is downloaded for it
        try:
            for turn in range(repeats):
                for side in (0, 1) if turn % 2 else (1, 0):
                    command = [sys.executable, __file__, "--tree", str((before, ROOT)[side])]
                    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
                    for what, ms in re.findall(r"^(.+?) +(\d+) ms  (?:under|OVER) ", said, re.MULTILINE):
                        rows.setdefault(what, ([], []))[side].append(float(ms))
        finally:
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", before], check=True)
    print(f"{f'medians of {repeats} (least to most), ms':76}{commit[:10]:>22}{'now':>22}  now, of before")
    for what, sides in rows.items():
        old, new = map(statistics.median, sides)
        columns = "".join(f"{f'{statistics.median(s):.0f} ({min(s):.0f} to {max(s):.0f})':>22}" for s in sides)
        print(f"{what:76}{columns}{new / old:9.2f}  {_expected(what, new, old)}", flush=True)
    before, now = (statistics.median(rows[RIGIFY][k]) / statistics.median(rows[OWN][k]) for k in (0, 1))
    what = f"{RIGIFY}, as many times as long as on ours"
    print(f"{what:76}{before:22.2f}{now:22.2f}{now / before:9.2f}  {_verdict(now, MOST_OF_OWN, '')}")


def _expected(what: str, new: float, old: float) -> str:
    """What is expected of a row, if anything is, and whether it is so. new, old: in milliseconds."""
    if what in MOST_OF_BEFORE:
        return _verdict(new / old, MOST_OF_BEFORE[what], " of before")
    return _verdict(new, 1e3 * MOST_S[what], " ms") if what in MOST_S else ""


def _verdict(value: float, most: float, unit: str) -> str:
    return f"{'under' if value <= most else 'OVER'} {most:g}{unit}"


def install(folder: Path) -> Load:
    """The add-on in a Blender of its own: a function that gives its modules by name."""
    os.environ["BLENDER_USER_RESOURCES"] = str(folder / "blender")
    sys.dont_write_bytecode = False  # as in every Blender that has had it enabled before
    import bpy
    from build_extension import build

    archive = build(folder)
    bpy.ops.extensions.package_install_files(filepath=str(archive), repo="user_default", enable_on_install=True)
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.context.scene.render.fps = 30

    def load(name: str) -> ModuleType:
        return importlib.import_module(f"{MODULE}.{name}")

    return load


_ENABLING = f"""
import gc, os, time
import bpy, addon_utils
gc.collect()
began = time.perf_counter()
assert addon_utils.enable({MODULE!r})
print(time.perf_counter() - began, flush=True)
os._exit(0)
"""


def enabling() -> None:
    """Print the seconds that enabling the installed add-on adds to the start of Blender.

    Python looks through all that Blender has imported once enough has come to it: in 4.2 and 4.5 that falls due just
    here, whichever add-on comes next. So it is done before.
    """
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", _ENABLING]
    said = [subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    report(ENABLING, [float(each.stdout.split()[-1]) for each in said], MOST_S[ENABLING])


def click_to_keys(load: Load, folder: Path) -> None:
    """Print the seconds from click to keys for a minute of speech, and how long the interface is blocked meanwhile."""
    import bpy

    bpy.ops.a2g.add_character(with_body=False)
    character = bpy.context.active_object
    speak(character, folder, SPEECH_S)
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, 901, 900 + RANGE_FRAMES
    print(f"Blender {bpy.app.version_string}, {SPEECH_S} s of speech at 30 fps")
    as_drawn(load)
    report(FIRST_CLICK, [seconds(bpy.ops.a2g.generate)], 3.0)
    report("later clicks", [seconds(bpy.ops.a2g.generate) for _ in range(5)], 1.5)
    report("next take", [seconds(bpy.ops.a2g.next_take) for _ in range(5)], 1.0)
    report(IN_PLACE, [seconds(bpy.ops.a2g.regenerate_range) for _ in range(5)], 0.15)
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
    ten_minutes(load, folder)


def as_drawn(load: Load) -> None:
    """What a window has done that has been open for a second: its panel has read the model, and rooms are imported."""
    import bpy

    if importlib.util.find_spec(f"{MODULE}.late") is not None:  # from 0.3.0 on
        load("late").import_all()
    load("work.gesture_model").current(bpy.context)
    bpy.ops.a2g.generate.poll()
    maker = load("owner").owned(load("work.make").Maker)
    if hasattr(maker, "prepare"):  # from 0.3.0 on
        maker.prepare()
        maker.wait_until_prepared()


def ten_minutes(load: Load, folder: Path) -> None:
    """Print how long the window stands still at most while a slider changes the whole of a long take, Blender's own
    evaluation of the keys included, its undo step not."""
    import bpy

    bpy.ops.a2g.add_character(with_body=False)
    character = bpy.context.active_object
    speak(character, folder, LONG_S)
    bpy.ops.a2g.generate("EXEC_DEFAULT", True)
    character.a2g_energy = 1.5
    runner, changes = load("owner").owned(load("work.jobs").Runner), load("work.changes")
    gaps = []
    for energy in (1.5, 0.8, 1.2):
        character.a2g_energy = energy
        bpy.context.view_layer.update()
        gaps.append(longest_gap(runner, lambda: changes.updated(bpy.context, character), evaluates=True))
    report(STANDSTILL, gaps, MOST_S[STANDSTILL])


def speak(character: Any, folder: Path, seconds: int) -> None:
    """So much of the sample speech, as a sound strip if this Blender has them, else as a file."""
    import bpy

    with wave.open(str(SPEECH), "rb") as file:
        settings, samples = file.getparams(), file.readframes(file.getnframes())
    repeated = samples * (1 + seconds * settings.framerate // settings.nframes)
    path = folder / f"{seconds}.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams(settings)
        file.writeframes(repeated[: seconds * settings.framerate * settings.sampwidth * settings.nchannels])
    character.a2g_speech_source, character.a2g_speech_file = "FILE", str(path)
    editor = bpy.context.scene.sequence_editor or bpy.context.scene.sequence_editor_create()
    strips = editor.strips if hasattr(editor, "strips") else editor.sequences
    try:
        strip = strips.new_sound(path.stem, str(path), 1 + len(strips), 1)
    except RuntimeError:
        print("this Blender was built without sound strips: the speech is read from its file")
        return
    character.a2g_speech_source, character.a2g_speech_strip = "STRIP", strip.name


def longest_gap(runner: Any, order: Any, evaluates: bool = False) -> float:
    """The longest time that a job blocks a main thread that polls every 5 ms, including the job's own ticks.

    evaluates: whether the scene is evaluated after each tick, as by a window that is drawn.
    """
    import bpy

    runner.start(order())
    last, longest, due, wait = time.perf_counter(), 0.0, 0.0, 0.0
    while wait is not None:
        now = time.perf_counter()
        if now >= due:
            wait = runner.tick()
            due = now + (wait or 0.0)
            if evaluates:
                bpy.context.view_layer.update()
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
        time.sleep(TICK_S)
    return longest


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

    bpy.ops.wm.read_homefile(use_empty=True)
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
    report(OWN, [took["SMPL-X"]], 1.0)
    report(RIGIFY, [took["Rigify"]], MOST_OF_OWN * took["SMPL-X"])
    print(f"{took['Rigify'] / took['SMPL-X']:.2f} times as long as on our own")
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
