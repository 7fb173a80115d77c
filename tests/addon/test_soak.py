"""Hundreds of random operations: no exception, nothing left over, and the artist's own work as it was."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

import bpy
import pytest
from places import ROOT
from scenes import PACKAGE
from soak import Walk
from soak_scene import build_scene

_MORE_SEEDS = [pytest.param(1, marks=pytest.mark.slow)]


@pytest.fixture
def walker(addon, watching, scene, voice, tmp_path, monkeypatch):
    """Makes a walk of a seed, with sliders and keys watched as with an interface."""
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.01)
    # So that keys are written in many pieces, and steps come between them.
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.003)
    build_scene(addon, voice)
    bpy.ops.ed.undo_push(message="the artist's scene")
    return lambda seed: Walk(addon, seed, tmp_path)


def run(walk: Walk, seed: int, n_steps: int) -> None:
    try:
        walk.run(n_steps)
    except BaseException as error:
        error.add_note(f"seed {seed}; the last steps:\n" + "\n".join(walk.history))
        raise


@pytest.mark.parametrize("seed", [0, *_MORE_SEEDS])
def test_500_random_operations_leave_the_artists_work_alone(walker, seed):
    walk = walker(seed)
    run(walk, seed, 500)
    # The walk went everywhere, and most of what was asked for was done.
    assert all(n for name, n in walk.done.items() if name != "refusal"), walk.done
    assert sum(walk.done.values()) > 300, walk.done


def test_a_killed_worker_on_the_way(walker, addon):
    python = Path(os.environ.get("A2G_TORCH_PYTHON", ROOT / ".venv/bin/python"))
    if not python.is_file():
        pytest.skip("needs a Python with torch: .venv of scripts/test.py, or A2G_TORCH_PYTHON")
    chosen = importlib.import_module(f"{PACKAGE}.preferences").get()
    walk = walker(100)
    for _ in range(2):
        run(walk, 100, 15)
        walk.kill_worker(chosen, str(python))
    run(walk, 100, 15)
