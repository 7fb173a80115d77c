"""The soak's walk with characters of any make: random rigs, and the test rigs in turn.

A short walk on two rigs drawn at random; A2G_SOAK_SEEDS=10 A2G_SOAK_STEPS=200 walks further, one of the two then being
a test rig: Rigify, or one from the shared data where that is. See `test_soak.py`.
"""

from __future__ import annotations

import os
import random

import bpy
import pytest
import rigs
import soak_ours
import soak_rigs
from scenes import write_wav
from soak import Walk
from soak_scene import build_library, build_scene
from test_soak import OWN_SEED, SEEDS, STEPS, run, short_voice

IS_LONG = "A2G_SOAK_SEEDS" in os.environ
N_STEPS = int(os.environ.get("A2G_SOAK_STEPS", "40"))
NAMES = [name for name in rigs.NAMES if name != "own" and rigs.available(name)]


@pytest.fixture
def walker(addon, watching, tmp_path, monkeypatch):
    """Makes a walk of a seed, whose characters the seed decides."""
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.0)
    monkeypatch.setattr(addon.work.jobs, "WRITING_S", 0.0)
    voice = write_wav(tmp_path / "voice.wav", short_voice())

    def walk(seed: int) -> Walk:
        chance = random.Random(seed)
        names = ["", NAMES[seed % len(NAMES)] if IS_LONG else ""]
        add = lambda n: soak_rigs.add_rig(addon, chance, names[n])  # noqa: E731
        build_library(addon, voice, tmp_path / "library.blend", add)
        bpy.ops.wm.read_homefile(use_empty=True)
        bpy.context.scene.render.fps = 30
        build_scene(addon, voice, add)
        bpy.ops.ed.undo_push(message="the artist's scene")
        return Walk(addon, seed, tmp_path, STEPS | soak_rigs.STEPS, soak_ours.EFFECTS)

    return walk


@pytest.mark.parametrize("seed", SEEDS if IS_LONG else [OWN_SEED])
def test_random_steps_on_random_rigs_leave_the_artists_work_alone(walker, seed):
    walk = walker(seed)
    run(walk, seed, N_STEPS)
    assert sum(walk.done.values()) > 0.5 * N_STEPS, walk.done
