"""The commands of the manual's page for studios, as they stand there, and the farm's files: from a table of lines to
rendered frames. Open Job Description, Deadline Cloud and Dask by their own programs; Slurm, Flamenco, AWS and Blender's
program by stand-ins, the last of them around PyPI's bpy."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import ExitStack
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
TOOLS = (
    "openjd-cli==0.8.0",
    "openjd-model==0.13.0",
    "openjd-sessions==0.13.0",
    "deadline==0.60.10",
    "distributed==2026.8.0",
)
PAGE = (ROOT / "docs/manual/studio.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
LEAVES = {
    "blender -b hero.blend -c a2g_batch": [
        f"out/1/{who}-1.{kind}" for who in ("anna", "ben") for kind in ("blend", "glb", "mp4", "png")
    ],
    "a2g batch script.csv -o takes --format bvh": ["takes/1/anna-1.bvh", "takes/1/ben-1.bvh", "takes/1/anna-1.Ben.bvh"],
    "a2g batch script.csv --check": [],
    "a2g timeline edit.otio": ["from-edit.csv", "from-edit-audio/Hello.wav"],
    "a2g timeline edit.edl": ["from-list.csv", "from-list-audio/Hello.wav"],
    "openjd run": ["out/1-0001.png", "out/2-0049.png"],
    "deadline bundle submit": [],
    "sh farm/slurm/submit.sh": ["jobs.txt", "out/1-0001.png", "out/2-0049.png"],
    "python farm/on_cluster.py": ["takes/1/anna-1.npz", "takes/1/ben-1.Anna.npz"],
}
"""What each command of the page leaves in its folder."""
HERO = """
import bpy, blender_addon
blender_addon.register()
bpy.ops.wm.read_homefile(use_empty=True)
for name in ("Ben", "Anna"):
    bpy.ops.a2g.add_character()
    bpy.context.active_object.name = name
scene = bpy.context.scene
scene.a2g_character = bpy.context.active_object
camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
scene.collection.objects.link(camera)
camera.location, camera.rotation_euler, scene.camera = (0, -5, 1), (1.5708, 0, 0), camera
scene.render.engine = "BLENDER_WORKBENCH"
scene.render.resolution_x = scene.render.resolution_y = 64
scene.frame_end, scene.frame_step = 24, 12
import os
bpy.ops.wm.save_as_mainfile(filepath=os.path.abspath("hero.blend"))
os._exit(0)
"""
EDIT = """
import opentimelineio as otio
time = otio.opentime.RationalTime
media = otio.schema.ExternalReference("audio/anna1.wav", otio.opentime.TimeRange(time(0, 25), time(25, 25)))
track = otio.schema.Track("Anna", kind="Audio")
track.append(otio.schema.Clip("Hello", media, otio.opentime.TimeRange(time(5, 25), time(15, 25))))
otio.adapters.write_to_file(otio.schema.Timeline("scene", tracks=[track]), "edit.otio")
"""
LIST = """TITLE: SCENE

001  AX  A  C  00:00:00:05 00:00:00:20 01:00:02:00 01:00:02:15
* FROM CLIP NAME: Hello
* FROM CLIP: audio/anna1.wav
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


DASK = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(n_workers=2, dashboard_address=None)
    print(cluster.scheduler_address, flush=True)
    sys.stdin.read()
    cluster.close()
"""
AWS = """
import http.server, json, sys, threading
class Farm(http.server.BaseHTTPRequestHandler):
    def answer(self):
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        *_, kind, name = self.path.partition("?")[0].split("/")
        about = {"createdAt": "2026-01-01T00:00:00Z", "createdBy": "me"}
        if self.command == "POST" and name == "jobs":
            open("job.json", "wb").write(sent)
            about = {"jobId": "job-" + "0" * 32}
        elif name == "environments":
            about = {"environments": []}
        elif kind == "jobs":
            about |= {"jobId": name, "name": "", "lifecycleStatus": "CREATE_COMPLETE", "lifecycleStatusMessage": ""}
            about["priority"] = 50
        elif kind == "queues":
            about |= {"farmId": "farm-" + "0" * 32, "queueId": name, "displayName": "Queue", "status": "IDLE"}
            about["defaultBudgetAction"] = "NONE"
        else:
            raise SystemExit("nobody knows " + self.path)
        data = json.dumps(about).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
    do_GET = do_POST = answer
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Farm)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
"""


def started(command, folder: Path, **more) -> str:
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def tools(tmp_path_factory) -> Path:
    """The programs of farms, in an environment of their own, which sees what this one has beside them."""
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [folder / "bin/pip", "install", "-q", *TOOLS]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"pip cannot install {', '.join(TOOLS)} here: {done.stderr[-200:]}")
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "beside.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin"


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """Variables of a shell in which the programs `blender`, `a2g` and `sbatch` are found."""
    programs = tmp_path_factory.mktemp("programs")
    files = {
        "blender": f'#!/bin/sh\nexec {BPY} {ROOT}/tests/helpers/blender_standin.py "$@"\n',
        "a2g": f'#!/bin/sh\nexec {sys.executable} -m a2g_core.cli "$@"\n',
        "sbatch": SBATCH.replace("{python}", sys.executable),
    }
    for name, text in files.items():
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "HOME": str(programs)}


@pytest.fixture(scope="module")
def studio(tmp_path_factory, environment) -> Path:
    """A folder with the page's table, its recordings, the file that they are played in, two edits, and `farm`."""
    folder = tmp_path_factory.mktemp("studio")
    samples, rate = soundfile.read(SPEECH)
    (folder / "audio").mkdir()
    for name, first in (("anna1", 0), ("ben1", 3)):
        soundfile.write(folder / f"audio/{name}.wav", samples[first * rate : (first + 1) * rate], rate)
    (table,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (folder / "script.csv").write_text(table, encoding="utf-8")
    (folder / "edit.edl").write_text(LIST, encoding="utf-8")
    shutil.copytree(FARM, folder / "farm", ignore=shutil.ignore_patterns("__pycache__"))
    started([sys.executable, "-c", EDIT], folder, env=environment)
    started([BPY, "-c", HERO], folder, env=environment)
    return folder


@pytest.fixture
def shot(studio, tmp_path) -> Path:
    """Such a folder, in which nothing was run before; its name is what no shell and no search may trip over."""
    return shutil.copytree(studio, tmp_path / 'hero.blend\'s "ü" $shot')


def assert_seen(picture: Path) -> None:
    """Somebody is seen in a picture."""
    assert np.asarray(Image.open(picture).convert("RGB"), float).std() > 5, picture


@pytest.fixture(scope="module")
def services(tmp_path_factory, environment, tools) -> Iterator[dict[str, str]]:
    """Variables of a shell that knows a Dask scheduler with two workers, and an account of AWS; both are elsewhere."""
    folder, ours = tmp_path_factory.mktemp("elsewhere"), environment["PATH"].partition(os.pathsep)[0]
    with ExitStack() as stack:

        def beside(python: str | Path, text: str) -> str:
            """What a program prints first, that runs until its input ends."""
            (folder / "program.py").write_text(text, encoding="utf-8")
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            process = subprocess.Popen([python, "program.py"], cwd=folder, env=environment, **pipes)
            stack.callback(process.communicate)
            return process.stdout.readline().strip()

        address, port = beside(tools / "python", DASK), beside(sys.executable, AWS)
        settings = (
            "[profile-(default) defaults]\nfarm_id = {0}\n[profile-(default) {0} defaults]\nqueue_id = queue-{1}\n"
        )
        (folder / "config").write_text(settings.format("farm-" + "0" * 32, "0" * 32), encoding="utf-8")
        yield environment | {
            "SCHEDULER": address, "ELSEWHERE": str(folder), "DEADLINE_CONFIG_FILE_PATH": str(folder / "config"),
            "AWS_ENDPOINT_URL_DEADLINE": f"http://127.0.0.1:{port}", "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
            "DEADLINE_CLOUD_TELEMETRY_OPT_OUT": "true",
            "AWS_ACCESS_KEY_ID": "me", "AWS_SECRET_ACCESS_KEY": "mine", "AWS_DEFAULT_REGION": "us-west-2",
            "PATH": os.pathsep.join((ours, str(tools), environment["PATH"])),
        }  # fmt: skip


def test_every_command_of_the_page_is_known_here():
    assert [command for command in COMMANDS if not any(command.startswith(known) for known in LEAVES)] == []
    assert len(COMMANDS) == len(LEAVES)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command.split()[:3]))
def test_the_commands_of_the_page_run_as_they_stand(command, shot, services):
    started(["sh", "-c", command], shot, env=services, stdin=subprocess.DEVNULL)
    (left,) = (names for known, names in LEAVES.items() if command.startswith(known))
    assert [name for name in left if not (shot / name).exists()] == []
    for name in left:
        if name.endswith(".png"):
            assert_seen(shot / name)
    if command.startswith("sh "):
        assert (shot / "jobs.txt").read_text().split() == ["1", "2", "3"], "each waits for the one before"
    if command.startswith("deadline "):
        job = json.loads(Path(services["ELSEWHERE"], "job.json").read_text(encoding="utf-8"))
        assert job["template"] == (FARM / "openjd/template.yaml").read_text(encoding="utf-8")
        given = {name: next(iter(value.values())) for name, value in job["parameters"].items()}
        files = {"Script": "script.csv", "Character": "hero.blend", "Output": "out", "Recordings": "audio"}
        assert {name: Path(given[name]) for name in files} == {name: shot / value for name, value in files.items()}


def test_open_job_description_is_valid_and_tells_what_fails(tools, shot, environment):
    template = FARM / "openjd/template.yaml"
    assert "passes validation" in started([tools / "openjd", "check", template], shot)
    given = {"Script": "script.csv", "Character": "hero.blend", "Output": "out"}
    paths = [part for name, value in given.items() for part in ("-p", f"{name}={shot / value}")]
    done = subprocess.run(
        [tools / "openjd", "run", template, "--step", "Generate", *paths, "-p", "Lines=9-9"],
        cwd=shot, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert "the table has no line 9" in (done.stdout + done.stderr).lower()
    assert done.returncode != 0, "a task that fails stops the run with its exit code"


def test_slurm_gets_no_array_longer_than_it_takes(tmp_path):
    """1000 tasks where nobody has set another number; a list goes to it as it is."""
    (tmp_path / "sbatch").write_text('#!/bin/sh\necho "$@" >> log\ngrep -c . log\n')
    (tmp_path / "scontrol").write_text('#!/bin/sh\necho "MaxArraySize            = $MOST"\n')
    for name in ("sbatch", "scontrol"):
        (tmp_path / name).chmod(0o755)
    for most, lines, arrays in (
        ("", "1-1001", {(0, 1, 1000), (1000, 1, 1)}), ("", "7", {(0, 7, 7)}),
        ("4", "2-8", {(0, 2, 3), (3, 1, 3), (6, 1, 2)}), ("4", "1,5-7", {"1,5-7"}),
    ):  # fmt: skip
        environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "MOST": most}
        submit = ["sh", FARM / "slurm/submit.sh", "script.csv", "hero.blend", "out", lines]
        started(submit, tmp_path, env=environment)
        log = (tmp_path / "log").read_text()
        (tmp_path / "log").unlink()
        asked = re.findall(r"--array=([\d,-]+) .*?_TASK_ID \+ (\d+)\)", log, re.DOTALL)
        assert len(asked) == 3 * len(arrays)
        if isinstance(next(iter(arrays)), str):
            assert {given for given, _ in asked} == arrays
        else:
            assert {(int(more), *map(int, given.split("-"))) for given, more in asked} == arrays


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
            started(["blender", *command["parameters"]["args"]], shot, env=environment)
        finished.add(task["name"])
    assert_seen(shot / "out/1-0001.png")
    assert_seen(shot / "out/2-0049.png")
