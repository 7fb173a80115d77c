"""Puts a take on test rigs and prints how well each follows it: `scripts/rig_table.py [--blender 4.5] [--rigs NAME]`.

Makes the environment of that Blender if it is missing, installs the add-on's zip there, and has the add-on write the
take. What is measured, and what is accepted, stands in `tests/helpers/deform_table.py`; the rigs in
`tests/helpers/rigs.py`. VRM files need the VRM add-on: `pip install --no-deps --target DIR bpy-vrm-format`, and
`--vrm DIR`. Ends with status 1 if a measure misses its bar.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from environments import BLENDERS, ROOT, SetupError, ready

TAKE = ROOT.parent / "shared/data/rigs/source_take.npz"
PACKAGE = "bl_ext.user_default.audio2gestures"
INSIDE = "A2G_RIG_TABLE"
"""Set in the process that has Blender."""
START = 1


def main() -> int:
    """Print the table; 1 if a measure misses its bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_options(parser)
    parser.add_argument("--frames", type=int, default=20, help="how many frames are measured")
    options = parser.parse_args()
    return _inside(options) if INSIDE in os.environ else outside(options, Path(__file__))


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which Blender, rigs and motion."""
    parser.add_argument("--blender", default="4.5", choices=[b.name for b in BLENDERS])
    parser.add_argument("--rigs", nargs="+", default=[], help="names of tests/helpers/rigs.py (default: all there are)")
    parser.add_argument("--takes", nargs="+", type=Path, default=[TAKE], help="motions (.npz); the worst of all counts")
    parser.add_argument("--no-feet", action="store_true", help="without Keep Feet Planted")
    parser.add_argument("--vrm", type=Path, help="folder with the VRM add-on's module io_scene_vrm")


def outside(options: argparse.Namespace, script: Path) -> int:
    """Run a script with the same options in the chosen Blender, where test rigs can be imported; its status."""
    try:
        python = ready(next(b for b in BLENDERS if b.name == options.blender))
    except SetupError as error:
        print(f"rig_table.py: {error}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="a2g-rigs-") as scratch:
        paths = [ROOT, ROOT / "tests/helpers", *([options.vrm] if options.vrm else [])]
        own = {INSIDE: "1", "BLENDER_USER_RESOURCES": scratch, "PYTHONPATH": os.pathsep.join(map(str, paths))}
        environ = {**os.environ, **own}
        return subprocess.run([python, script, *sys.argv[1:]], env=environ, check=False).returncode


def _inside(options: argparse.Namespace) -> int:
    import bpy
    import deform_table
    import numpy as np
    import rigs

    addon = install()
    motions = [addon.a2g_core.formats.smplx_npz.load_npz(path) for path in options.takes]
    tables = {}
    for name in options.rigs or [name for name in rigs.NAMES if rigs.available(name)]:
        bpy.ops.wm.read_homefile(use_empty=True)
        bpy.context.scene.render.fps = round(motions[0].fps)
        try:
            character = rigs.make(name)
            found = []
            for motion in motions:
                seconds = put(addon, character, motion, plants_feet=not options.no_feet)
                source = deform_table.source_of(motion.quaternions, motion.translation)
                rows = [int(row) for row in np.linspace(0, len(motion) - 1, options.frames)]
                found.append(deform_table.measure(character, source, START, rows))
        except Exception as error:  # whatever happens to one rig, the others are measured
            print(f"{name}: {type(error).__name__}: {error}", flush=True)
            tables[name] = {"no take": deform_table.Measure(np.inf, "", 0.0, "")}
            continue
        tables[name] = deform_table.worst_of(found)
        print(f"{name}: written in {seconds:.2f} s", *deform_table.missed(tables[name]), sep="\n    ", flush=True)
    print(
        f"\nBlender {bpy.app.version_string}, {len(motions)} takes, {options.frames} frames of each; ! misses its bar"
    )
    print(deform_table.text(tables), flush=True)
    return int(any(map(deform_table.missed, tables.values())))


def put(addon: Any, character: Any, motion: Any, *, plants_feet: bool) -> float:
    """Give a test rig a take of this motion, as operators make it; the seconds that it took."""
    import scenes

    begin = time.perf_counter()
    placed, _slide_cm = addon.scene.feet.read(character.armature, plants_feet).place(motion)
    scenes.write_take(addon, character.armature, placed, START)
    return time.perf_counter() - begin


def install() -> ModuleType:
    """The add-on, installed from a zip of this tree into the Blender of this process, with its modules."""
    import bpy
    from build_extension import build

    with tempfile.TemporaryDirectory() as folder:
        archive = build(Path(folder))
        bpy.ops.extensions.package_install_files(filepath=str(archive), repo="user_default", enable_on_install=True)
    for name in ("a2g_core.formats.smplx_npz", "a2g_core.performing.request", "scene.feet", "scene.recipe"):
        importlib.import_module(f"{PACKAGE}.{name}")
    return importlib.import_module(PACKAGE)


def leave(status: int) -> NoReturn:
    """End the process with this status."""
    sys.stdout.flush()
    if INSIDE in os.environ:
        os._exit(status)  # Blender may wait for ever in its own clean-up
    sys.exit(status)


if __name__ == "__main__":
    leave(main())
