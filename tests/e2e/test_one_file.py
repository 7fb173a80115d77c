"""A rig, a motion format and a control are one new file each, and no other file changes.

A copy of the repository gets one file of each kind. The new rig, format and control must then work wherever their kind
does: on the command line, in the zip that is built from the copy, and in a Blender that this zip is installed in.

A style cannot be added like this, and need not be: it is data of a model, which learnt it from a corpus and lists it in
`Model.styles`. An effect on the body, such as the nod below, is a control.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from places import ROOT
from waiting import LIMIT_S

SMPLX_MAP = json.loads((ROOT / "a2g_core/body/rigmaps/smplx.json").read_text())
RIG = json.dumps(
    {**SMPLX_MAP, "name": "prefixed", "label": "Prefixed",
     "joints": {joint: f"b_{bone}" for joint, bone in SMPLX_MAP["joints"].items()},
     **{chain: [f"b_{bone}" for bone in SMPLX_MAP[chain]] for chain in ("spine", "neck")}}
)  # fmt: skip

FORMAT = """
import csv
import numpy as np
from ..body.motion import Motion
from ..body.skeleton import SMPLX
from .registry import Format

def save(motion, path):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([motion.fps, *motion.skeleton.names])
        for place, turns in zip(motion.translation, motion.quaternions):
            writer.writerow([repr(float(x)) for x in (*place, *turns.ravel())])

def load(path):
    with open(path, newline="") as file:
        (fps, *names), *rows = csv.reader(file)
    values = np.array(rows, np.float32)
    return Motion(values[:, 3:].reshape(len(rows), -1, 4), values[:, :3], float(fps), SMPLX.subset(tuple(names)))

FORMAT = Format(".csv", "Table", load=load, save=save)
"""

CONTROL = """
import numpy as np
from ...body.rotations import axis_angle_to_matrix, matrix_to_sixd, sixd_to_matrix
from .table import Control

def nod(frames, values, model):
    out = frames.reshape(len(frames), -1, 6).copy()
    head = model.skeleton.index("head")
    turn = axis_angle_to_matrix(np.pad(np.radians(30 * values), ((0, 0), (0, 2))).astype(np.float32))
    out[:, head] = matrix_to_sixd(turn @ sixd_to_matrix(out[:, head]))
    return out.reshape(frames.shape)

CONTROL = Control("nod", label="Nod", tooltip="Bows the head", low=-1.0, high=2.0, soft_high=1.0, default=0.0, order=99,
                  acts_on="motion", effect=nod)
"""

ADDED = {
    "a2g_core/body/rigmaps/prefixed.json": RIG,
    "a2g_core/formats/comma_separated.py": FORMAT,
    "a2g_core/performing/controls/nod.py": CONTROL,
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with one more file of each kind."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("a2g_core", "blender_addon", "scripts", "build/wheels"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    for name, text in ADDED.items():
        assert not (folder / name).exists()
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def a2g(copy: Path) -> Callable[..., str]:
    """Runs the copy's command line, and returns what it prints."""

    def run(*arguments: object) -> str:
        command = [sys.executable, "-m", "a2g_core.cli", *map(str, arguments)]
        environ = {**os.environ, "PYTHONPATH": str(copy)}
        done = subprocess.run(command, cwd=copy, env=environ, capture_output=True, text=True, timeout=LIMIT_S)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module")
def archive(copy: Path) -> Path:
    """The zip that the copy builds."""
    command = [sys.executable, str(copy / "scripts/build_extension.py")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def joints_of(path: Path) -> dict[str, np.ndarray]:
    """Quaternions (T, 4) by joint of a file in the new format."""
    with open(path, newline="") as file:
        (_fps, *names), *rows = csv.reader(file)
    turns = np.array(rows, float)[:, 3:].reshape(len(rows), -1, 4)
    return {name: turns[:, k] for k, name in enumerate(names)}


def test_help_names_the_format_and_the_control(a2g):
    text = " ".join(a2g("generate", "--help").split())
    assert "--nod NOD Bows the head; -1 to 2 (default 0)" in text
    assert text.count(".csv (Table)") == 2  # to write, and to read as a pin


def test_the_control_changes_the_motion_and_the_format_keeps_it(a2g, voice, tmp_path):
    plain, nodding, again = (tmp_path / f"{name}.csv" for name in ("plain", "nodding", "again"))
    a2g("generate", voice, "-o", plain, "--seed", 3, "--device", "numpy")
    a2g("generate", voice, "-o", nodding, "--seed", 3, "--device", "numpy", "--nod", 1)
    before, after = joints_of(plain), joints_of(nodding)
    assert {joint for joint in before if not np.array_equal(before[joint], after[joint])} == {"head"}
    cosine = np.abs(np.sum(before["head"] * after["head"], axis=1)).clip(0, 1)
    np.testing.assert_allclose(np.degrees(2 * np.arccos(cosine)), 30, atol=0.1)
    # Read back: a take of another seed that is pinned to the file bows its head like the file.
    a2g("generate", voice, "-o", again, "--seed", 4, "--device", "numpy", "--pin", f"{nodding}@0", "--pin-fade", 0.2)
    pinned = joints_of(again)["head"]
    middle = slice(10, -10)
    assert np.abs(np.sum(pinned[middle] * after["head"][middle], axis=1)).min() > 0.9999


def test_the_zip_holds_all_three(archive):
    assert set(ADDED) <= set(zipfile.ZipFile(archive).namelist())


def test_panel_property_and_takes_in_blender(archive, blender_with, voice):
    done = blender_with(archive)(f"""
import sys, json, importlib
sys.path.insert(0, {str(ROOT / "tests/helpers")!r})
from types import SimpleNamespace
from layouts import Layout
addon = importlib.import_module("bl_ext.user_default.audio2gestures")
texts, shown = [], []
class Watched(Layout):
    def __getattr__(self, name):
        call = super().__getattr__(name)
        def watched(*args, **options):
            if name == "prop":
                shown.append(args[1])
            call(*args, **options)
            return (Watched(self.texts), Watched(self.texts)) if name == "panel" else Watched(self.texts)
        return watched
bpy.ops.a2g.add_character(with_body=False)
obj = bpy.context.active_object
for bone in obj.data.bones:
    bone.name = "b_" + bone.name
obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_keep_seed = "FILE", {str(voice)!r}, True
bpy.types.A2G_PT_gestures.draw(SimpleNamespace(layout=Watched(texts)), bpy.context)
def take():
    assert bpy.ops.a2g.generate() == {{"FINISHED"}}
    strip = obj.animation_data.nla_tracks[-1].strips[0]
    found = {{}}
    for curve in addon.bl.fcurves(strip.action, addon.bl.slot_of(strip)):
        found.setdefault(curve.data_path, []).append([point.co[1] for point in curve.keyframe_points])
    return found, json.loads(strip.action.a2g.recipe)["request"]["controls"]
plain, _controls = take()
obj.a2g_nod = 99  # Blender keeps it to the range
nodding, controls = take()
row = obj.bl_rna.properties["a2g_nod"]
print("RESULT", json.dumps({{
    "shown": shown, "texts": texts, "controls": controls, "paths": sorted(plain),
    "row": [row.name, row.description, row.hard_min, row.hard_max, row.soft_min, row.soft_max, row.default],
    "changed": sorted(path for path in plain if plain[path] != nodding[path]),
    "presets": bpy.types.A2G_OT_add_performance_preset.preset_values,
}}))
""")
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    result = json.loads(line.removeprefix("RESULT "))
    assert result["row"] == ["Nod", "Bows the head", -1, 2, -1, 1, 0]
    assert result["shown"].index("a2g_nod") == result["shown"].index("a2g_variation") + 1
    assert "obj.a2g_nod" in result["presets"]
    assert result["controls"]["nod"] == 2
    assert result["changed"] == ['pose.bones["b_head"].rotation_quaternion']
    assert all(path.startswith('pose.bones["b_') for path in result["paths"])
    assert "Prefixed · whole body" in " ".join(result["texts"])
