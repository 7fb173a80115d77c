"""Hundreds of random steps: no exception, nothing left over, and the artist's own work as it was.

A2G_SOAK_SEEDS=10 walks from seeds 0 to 9 in each Blender; else each Blender has one seed, another than the others.
A2G_SOAK_STEPS=5000 walks farther. `steps.txt` in the test's temporary folder tells the steps, also if Blender crashes.
"""

from __future__ import annotations

import importlib
import os
import signal
from pathlib import Path

import bpy
import numpy as np
import pytest
import soak_hands
import soak_jobs
import soak_ours
import soak_scenes
from places import ROOT
from scenes import PACKAGE, RATE_HZ, write_wav
from soak import Refused, Walk
from soak_scene import build_library, build_scene

# Each Blender goes another way, so that together they try more than one that is walked four times.
OWN_SEED = {(4, 2): 0, (4, 5): 1, (5, 0): 2, (5, 2): 3}.get(bpy.app.version[:2], 0)
N_STEPS = int(os.environ.get("A2G_SOAK_STEPS", "500"))
SEEDS = range(int(os.environ["A2G_SOAK_SEEDS"])) if "A2G_SOAK_SEEDS" in os.environ else [OWN_SEED]
NEVER = set() if bpy.app.build_options.audaspace else {"place_speech", "speech_strip"}
"""Steps that this Blender cannot do."""

STEPS = soak_ours.STEPS | soak_jobs.STEPS | soak_hands.STEPS | soak_scenes.STEPS


@pytest.fixture
def walker(addon, watching, tmp_path, monkeypatch):
    """Makes a walk of a seed, with sliders and keys watched as with an interface."""
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.0)
    # So that keys are written in many pieces, and steps come between them.
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    short = write_wav(tmp_path / "voice.wav", short_voice())
    build_library(addon, short, tmp_path / "library.blend")
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.context.scene.render.fps = 30
    build_scene(addon, short)
    bpy.ops.ed.undo_push(message="the artist's scene")
    return lambda seed: Walk(addon, seed, tmp_path, STEPS, soak_ours.EFFECTS)


def short_voice() -> np.ndarray:
    """Six seconds in phrases of one: long enough for changes that leave a part of a take alone."""
    t = np.arange(6 * RATE_HZ) / RATE_HZ
    loudness = np.clip(np.sin(2 * np.pi * 3 * t), 0, 1) * (t % 1.5 < 1)
    return loudness * (0.4 * np.sin(2 * np.pi * 150 * t) + 0.02 * np.random.default_rng(0).standard_normal(len(t)))


def run(walk: Walk, seed: int, n_steps: int) -> None:
    try:
        walk.run(n_steps)
    except BaseException as error:
        error.add_note(f"seed {seed}; the last steps:\n" + "\n".join(walk.history))
        raise


@pytest.mark.parametrize("seed", SEEDS)
def test_500_random_steps_leave_the_artists_work_alone(walker, seed):
    walk = walker(seed)
    run(walk, seed, N_STEPS)
    # The walk went everywhere, and most of what was asked for was done.
    never = {name for name, n in walk.done.items() if not n} - NEVER
    assert len(never) <= 3 or N_STEPS < 500, never
    assert sum(walk.done.values()) > 0.6 * N_STEPS, walk.done


def test_a_killed_worker_on_the_way(walker, addon):
    python = Path(os.environ.get("A2G_TORCH_PYTHON", ROOT / ".venv/bin/python"))
    if not python.is_file():
        pytest.skip("needs a Python with torch: .venv of scripts/test.py, or A2G_TORCH_PYTHON")
    chosen = importlib.import_module(f"{PACKAGE}.preferences").get()
    walk = walker(100)
    for _ in range(2):
        run(walk, 100, 15)
        kill_worker(walk, chosen, str(python))
    run(walk, 100, 15)


def kill_worker(walk: Walk, chosen, python: str) -> None:
    """A job on a worker that is killed: one sentence, the state idle, and the next take is made."""
    walk.finish()
    walk.history.append("kill_worker")
    engine = walk.addon.owner.owned(walk.addon.work.engine.Engine)
    chosen.engine, chosen.worker_python, chosen.device = "WORKER", python, "CPU"
    try:
        engine.start(walk.addon.work.engine.settings(bpy.context))
        process = engine.worker.process
        os.kill(process.pid, signal.SIGSTOP)  # so that the job is under way, however fast the machine
        try:
            walk.character()
            soak_jobs.begin(walk, "generate")
        except Refused:  # such as for a pin that cannot be read
            return
        walk.runner.tick()
        process.kill()
        walk.finish()
        status = bpy.context.window_manager.a2g
        assert (status.running, status.failed) == (False, True), status.message
    finally:
        chosen.engine, chosen.worker_python, chosen.device = "NUMPY", "", "AUTO"
        engine.stop()
    walk.check()
