"""Small steps of who waits: one foot after the other, there and back, and only where nobody speaks."""

from __future__ import annotations

import numpy as np

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.skeleton import PELVIS_HEIGHT_M, SIDES, SOLE_BELOW_FOOT_M
from a2g_core.performing.generate import generate
from a2g_core.performing.pauses import Pauses
from a2g_core.performing.request import Idle, Request
from a2g_core.performing.stepping import REACH_S, Stepping
from a2g_core.speech.heard import silence

FPS, N = 30, 90 * 30


def stepping(*spoken: tuple[float, float], loop_s: float = 0.0, seed: int = 0) -> Stepping:
    return Stepping(Pauses(spoken, N, FPS), seed, 0, loop_s)


def feet(motion: Motion) -> np.ndarray:
    """(T, 2, 2, 3): left and right; ankle and ball."""
    index = [[motion.skeleton.index(f"{side}_{joint}") for joint in ("ankle", "foot")] for side in SIDES]
    return joint_positions(motion)[:, index]


def test_who_waits_steps_with_one_foot_after_the_other_there_and_back(product):
    for seed in (0, 5):
        take = generate(silence(90.0, FPS), product, Request(seed=seed, idle=Idle()))
        found = feet(take)
        ankles, balls = found[:, :, 0], found[:, :, 1]
        lifted = balls[..., 1] + PELVIS_HEIGHT_M - SOLE_BELOW_FOOT_M > 0.01
        assert lifted.any(axis=0).all() and not lifted.all(axis=1).any()
        assert (np.diff(lifted.astype(int), axis=0) == 1).sum() >= 4
        speed = FPS * np.linalg.norm(np.diff(balls[..., [0, 2]], axis=0), axis=-1)
        assert speed[~(lifted[1:] | lifted[:-1])].max() < 0.02 and 0.05 < speed.max() < 0.2
        away = np.linalg.norm(ankles - ankles[:1], axis=-1)
        assert 0.015 < away.max() < 0.07
        rest = stepping(seed=seed).at(0, N).passed[:, 0] == 0
        assert 0.3 < rest.mean() < 0.9 and away[rest].max() < 2e-4  # it stands where it stood
        assert np.linalg.norm(np.diff(take.translation, axis=0), axis=-1).max() * FPS < 0.25


def test_nobody_steps_who_is_about_to_speak_or_has_just_spoken_and_speech_reaches_as_far_as_it_says():
    alone, said = (stepping(*spoken).at(0, N) for spoken in ((), ((40.0, 44.0),)))
    assert not said.passed[round((40 - 2.8) * FPS) : round((44 + 4.5) * FPS)].any() and said.passed.any()
    differs = np.flatnonzero((alone.passed != said.passed)[:, 0]) / FPS
    assert len(differs) and differs.min() >= 40 - REACH_S and differs.max() <= 44 + REACH_S


def test_a_span_has_the_bits_of_the_whole(product):
    request = Request(seed=5, idle=Idle())
    whole = generate(silence(40.0, FPS), product, request)
    steps = np.flatnonzero(np.diff(feet(whole)[:, :, 0], axis=0).any(axis=(1, 2)))
    assert len(steps)
    first = int(steps[len(steps) // 2]) - 20
    part = generate(silence(40.0, FPS), product, Request(seed=5, idle=Idle(), span=(first, first + 50)))
    assert part.quaternions.tobytes() == whole.quaternions[first : first + 50].tobytes()
    assert part.translation.tobytes() == whole.translation[first : first + 50].tobytes()


def test_an_idle_that_loops_has_no_step_over_its_end():
    for seed in range(6):
        steps = stepping(loop_s=30.0, seed=seed).at(0, 31 * FPS)
        assert not steps.passed[0].any() and not steps.passed[30 * FPS :].any()
