"""The farm's files take a table of lines to rendered frames: Open Job Description by its own program, Slurm, Flamenco
and Dask by stand-ins of theirs, and Blender by a stand-in of its program around PyPI's bpy."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image
from places import ROOT
from sample_speech import SPEECH

FARM = ROOT / "farm"
BPY = next((path for v in ("4.5", "5.2", "5.0") if (path := ROOT / f".venv-bpy{v}/bin/python").exists()), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BPY is None, reason="there is no environment with bpy; scripts/test.py makes one"),
]
OPENJD = "openjd-cli==0.8.0", "openjd-model==0.13.0", "openjd-sessions==0.13.0"
HERO = """
import bpy, blender_addon
blender_addon.register()
bpy.ops.wm.read_homefile(use_empty=True)
bpy.ops.a2g.add_character()
scene = bpy.context.scene
scene.a2g_character, scene.frame_end = bpy.context.active_object, 2
camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
scene.collection.objects.link(camera)
camera.location, camera.rotation_euler, scene.camera = (0, -5, 1), (1.5708, 0, 0), camera
scene.render.engine = "BLENDER_WORKBENCH"
scene.render.resolution_x = scene.render.resolution_y = 64
import os
bpy.ops.wm.save_as_mainfile(filepath=os.path.abspath("hero.blend"))
os._exit(0)
"""
SBATCH = """#!{python}
import os, re, subprocess, sys
given = dict(a.lstrip("-").split("=", 1) for a in sys.argv[1:] if "=" in a)
first, last = map(int, given["array"].split("-"))
before = given.get("dependency", "aftercorr:0").split(":")[1]
number = str(sum(1 for _ in open("jobs.txt")) + 1) if os.path.exists("jobs.txt") else "1"
assert before == "0" or before in open("jobs.txt").read().split(), "waits for a job that is not there"
for task in range(first, last + 1):
    subprocess.run(["sh", "-c", given["wrap"]], check=True, stdout=sys.stderr,
                   env=dict(os.environ, SLURM_ARRAY_TASK_ID=str(task)))
open("jobs.txt", "a").write(number + "\\n")
print(number)
"""
FLAMENCO = """
const fs = require("fs");
const author = {
    Task: (name, type) => ({ name, type, commands: [], before: [],
        addCommand(c) { this.commands.push(c); }, addDependency(t) { this.before.push(t.name); } }),
    Command: (name, parameters) => ({ name, parameters }),
};
const job = { settings: JSON.parse(process.argv[3]), tasks: [], addTask(t) { this.tasks.push(t); } };
eval(fs.readFileSync(process.argv[2], "utf8") + "; compileJob(job)");
console.log(JSON.stringify(job.tasks));
"""


def started(command, folder: Path, **more) -> str:
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT}", "OMP_NUM_THREADS": "1"}


@pytest.fixture
def shot(tmp_path, environment):
    """A folder with a table of two short lines, the file that they are played in, and a program `blender`."""
    samples, rate = soundfile.read(SPEECH)
    (tmp_path / "audio").mkdir()
    for name, first in (("one", 0), ("two", 3)):
        soundfile.write(tmp_path / f"audio/{name}.wav", samples[first * rate : first * rate + rate // 2], rate)
    rows = "id,sound,seed\na/one,audio/one.wav,1\na/two,audio/two.wav,2\n"
    (tmp_path / "script.csv").write_text(rows, encoding="utf-8")
    started([BPY, "-c", HERO], tmp_path, env=environment)
    blender = tmp_path / "blender"
    blender.write_text(f'#!/bin/sh\nexec {BPY} {ROOT}/tests/helpers/blender_standin.py "$@"\n', encoding="utf-8")
    blender.chmod(blender.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def assert_rendered(folder: Path, frames: int) -> None:
    """Both lines have this many frames at least, in which somebody is seen."""
    for line in (1, 2):
        pictures = sorted((folder / "out").glob(f"{line}-*.png"))
        assert len(pictures) >= frames, sorted(p.name for p in (folder / "out").iterdir())
        first = np.asarray(Image.open(pictures[0]).convert("RGB"), float)
        assert first.std() > 5, "somebody is seen"


@pytest.fixture(scope="module")
def openjd(tmp_path_factory) -> Path:
    """Open Job Description's own program, in an environment of its own."""
    folder = tmp_path_factory.mktemp("openjd")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = subprocess.run(
        [folder / "bin/pip", "install", "-q", *OPENJD], capture_output=True, text=True, check=False, timeout=300
    )
    if pip.returncode:
        pytest.skip(f"pip cannot install openjd-cli here: {pip.stderr[-200:]}")
    return folder / "bin/openjd"


def test_open_job_description_is_valid_and_goes_from_the_table_to_frames(openjd, shot, environment):
    template = FARM / "openjd/template.yaml"
    assert "passes validation" in started([openjd, "check", template], shot)
    given = {"Script": "script.csv", "Character": "hero.blend", "Output": "out"}
    paths = [part for name, value in given.items() for part in ("-p", f"{name}={shot / value}")]
    more = ["-p", f"Blender={shot / 'blender'}", "-p", "Lines=1-2", "-p", "LastFrame=3"]
    said = started(
        [openjd, "run", template, "--step", "Render", "--run-dependencies", *paths, *more], shot, env=environment
    )
    assert "Session ended successfully" in said
    assert_rendered(shot, 2)
    done = subprocess.run(
        [openjd, "run", template, "--step", "Generate", *paths, *more[:2], "-p", "Lines=9-9"],
        cwd=shot, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert done.returncode != 0, "a task that fails stops the run with its exit code"


def test_slurm_by_a_stand_in_for_sbatch(shot, environment):
    sbatch = shot / "bin/sbatch"
    sbatch.parent.mkdir()
    sbatch.write_text(SBATCH.replace("{python}", sys.executable), encoding="utf-8")
    sbatch.chmod(0o755)
    path = f"{sbatch.parent}{os.pathsep}{environment['PATH']}"
    command = ["sh", FARM / "slurm/submit.sh", "script.csv", "hero.blend", "out", "1-2"]
    started(command, shot, env={**environment, "PATH": path, "BLENDER": str(shot / "blender")})
    assert (shot / "jobs.txt").read_text().split() == ["1", "2", "3"]
    assert_rendered(shot, 2)


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node to run a Flamenco job type with")
def test_flamenco_by_a_stand_in_for_its_manager_and_worker(shot, environment):
    (shot / "manager.js").write_text(FLAMENCO, encoding="utf-8")
    settings = {"script": "script.csv", "character": "hero.blend", "output": "out", "lines": 2}
    tasks = json.loads(started(["node", "manager.js", FARM / "flamenco/a2g.js", json.dumps(settings)], shot))
    assert [task["name"] for task in tasks] == [f"{s}-{n}" for n in (1, 2) for s in ("generate", "bake", "render")]
    finished: set[str] = set()
    for task in tasks:
        assert set(task["before"]) <= finished
        for command in task["commands"]:
            assert command["name"] == "exec" and command["parameters"]["exe"] == "{blender}"
            started([shot / "blender", *command["parameters"]["args"]], shot, env=environment)
        finished.add(task["name"])
    assert_rendered(shot, 2)


def test_a_cluster_by_a_stand_in_for_dask(shot, environment):
    """The package is not installed: a module of its name runs what it is given here."""
    (shot / "dask").mkdir()
    (shot / "dask/__init__.py").write_text("", encoding="utf-8")
    (shot / "dask/distributed.py").write_text(
        "class Client:\n    def __init__(self, address): assert address == 'tcp://there:1'\n"
        "    def __enter__(self): return self\n    def __exit__(self, *_): pass\n"
        "    def map(self, f, items, pure): return [f(item) for item in items]\n"
        "    def gather(self, results): return results\n",
        encoding="utf-8",
    )
    (shot / "takes/a").mkdir(parents=True)
    command = [sys.executable, FARM / "on_cluster.py", "dask", "tcp://there:1", "script.csv", "takes"]
    started(command, shot, env={**environment, "PYTHONPATH": f"{shot}{os.pathsep}{ROOT}"})
    assert sorted(path.name for path in (shot / "takes/a").iterdir()) == ["one.npz", "two.npz"]
