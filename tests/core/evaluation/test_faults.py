"""What each measure says of a motion that is spoilt in a known way: the table below, cell by cell.

The table is also the list of what these measures cannot see. Read by columns: freezing *improves* L1 and PCK, which is
why they are no gates; jitter is paid by every measure of liveliness, and passes for the beats of speech in BC; reversal
and a shift in time leave all that is called realism where it was, and so does a body that skates or floats, but for
the measures of feet. Skating counts contacts, so a body that floats has none: the ground error says so. Faults of
rotations are in `test_ranges.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from a2g_core.body.kinematics import forward_kinematics, ground_translation
from a2g_core.body.rotations import axis_angle_to_matrix
from a2g_core.body.skeleton import BODY
from a2g_core.evaluation.beats import beat_consistency, delta_beat_consistency, motion_beats_s
from a2g_core.evaluation.dynamics import (
    l1_divergence,
    mean_acceleration,
    mean_jerk,
    mean_speed,
    median_jerk,
    median_speed,
    speed_distances,
    speed_histograms,
    speed_percentiles,
)
from a2g_core.evaluation.feet import ground_error_cm, skating_share, sliding_speed_cm_s
from a2g_core.evaluation.frechet import frechet_distance
from a2g_core.evaluation.metrics import diversity_cm, l1_cm, multimodality_cm, pck, pck_of_person
from a2g_core.evaluation.scoreboard import WRISTS
from a2g_core.evaluation.timing import Stress, measure_timing

FPS, FRAMES = 30.0, 2400
ARMS = [BODY.index(f"{side}_{joint}") for side in ("left", "right") for joint in ("shoulder", "elbow", "wrist")]
TRUNK = [BODY.index(name) for name in ("spine1", "spine2", "spine3", "neck", "head")]
LEGS = [BODY.index(f"{side}_{joint}") for side in ("left", "right") for joint in ("hip", "knee", "ankle")]


def syllables_s() -> np.ndarray:
    """When the speech is stressed; its last stroke runs over into its first, so that a shift needs no seam."""
    gaps = np.random.default_rng(42).uniform(0.9, 2.4, 100)
    times = np.cumsum(gaps)
    return times[times < FRAMES / FPS - 1.0]


def rotations(seed: int) -> np.ndarray:
    """Axis-angle (T, 22, 3) of a talking body: arms and head go from pose to pose and slow down at each syllable.

    Never to a full stop, for everything sways; feet nearly stand.
    """
    rng = np.random.default_rng(seed)
    t, times = np.arange(FRAMES) / FPS, syllables_s()
    poses = rng.standard_normal((len(times), 22, 3))
    edges = np.concatenate([times, [times[0] + FRAMES / FPS]])
    k = np.searchsorted(edges, t, side="right") - 1  # -1 before the first syllable: still the last stroke
    start, stop = edges[k], np.where(k < 0, edges[0], edges[(k + 1) % len(edges)])
    start = np.where(k < 0, edges[-2] - FRAMES / FPS, start)
    x = ((t - start) / (stop - start))[:, None, None]
    ease = x**3 * (10 - 15 * x + 6 * x**2)
    stroke = poses[k] + ease * (poses[(k + 1) % len(poses)] - poses[k])
    turns = rng.integers(6, 50, (22, 3))
    sway = np.sin(2 * np.pi * turns * t[:, None, None] * FPS / FRAMES + rng.uniform(0, 6, (22, 3)))
    out = np.zeros((FRAMES, 22, 3))
    out[:, ARMS] = 0.5 * stroke[:, ARMS] + 0.1 * sway[:, ARMS]
    out[:, TRUNK] = 0.1 * stroke[:, TRUNK] + 0.015 * sway[:, TRUNK]
    out[:, LEGS] = 0.004 * sway[:, LEGS]
    out[:, ARMS[0], 2] -= 1.0
    out[:, ARMS[3], 2] += 1.0
    return out


@dataclass(frozen=True)
class Case:
    """A predicted motion, with the root's translation, two more takes of it, and the person it is held against."""

    runs: tuple[np.ndarray, ...]
    person: np.ndarray

    def spoilt(self, fault) -> Case:
        return Case(tuple(fault(run) for run in self.runs), self.person)


@cache
def healthy() -> Case:
    """Three takes that agree with the person in little but the syllables."""

    def positions(axis_angles: np.ndarray) -> np.ndarray:
        matrices = axis_angle_to_matrix(axis_angles)
        return forward_kinematics(matrices, BODY)[0] + ground_translation(matrices, BODY)[:, None]

    person = rotations(0)
    mean = person.mean(axis=0)
    runs = [mean + 0.3 * (person - mean) + 0.95 * (other - other.mean(axis=0)) for other in map(rotations, (1, 2, 3))]
    return Case(tuple(positions(run) for run in runs), positions(person))


def rooted(positions: np.ndarray) -> np.ndarray:
    return positions - positions[:, :1]


def drift() -> np.ndarray:
    """(T, 1, 3): 20 cm to and fro, sideways."""
    return np.sin(2 * np.pi * 0.4 * np.arange(FRAMES) / FPS)[:, None, None] * [0.2, 0, 0]


FAULTS = {
    "freezing": lambda p: np.repeat(p.mean(axis=0, keepdims=True), len(p), axis=0),
    "jitter": lambda p: p + 0.01 * np.random.default_rng(9).standard_normal(p.shape),
    "shift": lambda p: np.roll(p, 150, axis=0),  # three clips of Eq. 15, five seconds
    "reversal": lambda p: p[::-1],
    "slide": lambda p: p + drift(),
    "float": lambda p: p + np.array([0, 0.02, 0]),
}

MEASURES = {
    "L1": lambda c: l1_cm(rooted(c.runs[0]), rooted(c.person)),
    "PCK": lambda c: pck(rooted(c.runs[0]), rooted(c.person)),
    "PCK of person": lambda c: pck_of_person(rooted(c.runs[0]), rooted(c.person)),
    "diversity": lambda c: diversity_cm(rooted(c.runs[0])),
    "diversity literal": lambda c: diversity_cm(rooted(c.runs[0]), literal=True),
    "multimodality": lambda c: multimodality_cm([rooted(run) for run in c.runs]),
    "speed": lambda c: mean_speed(rooted(c.runs[0]), FPS),
    "speed median": lambda c: median_speed(rooted(c.runs[0]), FPS),
    "speed of wrists": lambda c: mean_speed(rooted(c.runs[0])[:, WRISTS], FPS),
    "speed 95 %": lambda c: speed_percentiles(rooted(c.runs[0]), FPS)[1],
    "acceleration": lambda c: mean_acceleration(rooted(c.runs[0]), FPS),
    "jerk": lambda c: mean_jerk(rooted(c.runs[0]), FPS),
    "jerk median": lambda c: median_jerk(rooted(c.runs[0]), FPS),
    "Hellinger arms": lambda c: hellinger_to_person(c)["ARMS"],
    "Hellinger torso": lambda c: hellinger_to_person(c)["TORSO"],
    "L1Div": lambda c: l1_divergence(rooted(c.runs[0])),
    "Fréchet of poses": lambda c: frechet_distance(arms(c.runs[0]), arms(c.person)),
    "BC (never shown)": lambda c: beat_consistency(trimmed(), motion_beats_s(rooted(c.runs[0]), FPS, BODY)),
    "delta BC": lambda c: delta_beat_consistency(syllables_s(), rooted(c.runs[0]), FPS, BODY),
    "sliding": lambda c: sliding_speed_cm_s(c.runs[0], FPS, BODY),
    "skating": lambda c: skating_share(c.runs[0], FPS, BODY),
    "ground": lambda c: ground_error_cm(c.runs[0], BODY),
    "onsets, wrists": lambda c: timing_of(c)["onset_wrists_best"],
    "accents, head": lambda c: timing_of(c)["accent_head_height"],
}  # fmt: skip


def timing_of(case: Case) -> dict[str, float]:
    """Speed against bursts in the middle between two syllables, where this body's strokes are fastest."""
    times = syllables_s()
    middles = (times[1:] + times[:-1]) / 2
    bursts = np.exp(-(((np.arange(FRAMES)[:, None] / FPS - middles) / 0.1) ** 2)).sum(axis=1)
    return measure_timing([(Stress(bursts, bursts, middles), rooted(case.runs[0]))], FPS, BODY).numbers


def arms(positions: np.ndarray) -> np.ndarray:
    return rooted(positions)[:, ARMS].reshape(FRAMES, -1)


def hellinger_to_person(case: Case) -> dict[str, float]:
    return speed_distances(*(speed_histograms(rooted(p), FPS, BODY) for p in (case.runs[0], case.person)))


def trimmed() -> np.ndarray:
    times = syllables_s()
    return times[(times >= 2) & (times < FRAMES / FPS - 2)] - 2


UP, DOWN, STILL, NULL, NONE = "up", "down", "still", "to 0", "nothing left to measure"
NEGLIGIBLE = {"ground": 0.1}  # cm

# measure: freezing, jitter, shift, reversal, slide, float
TABLE = {
    "L1":                (DOWN, UP,    UP,    UP,    STILL, STILL),
    "PCK":               (UP,   STILL, DOWN,  DOWN,  STILL, STILL),
    "PCK of person":     (UP,   STILL, DOWN,  DOWN,  STILL, STILL),
    "diversity":         (NULL, UP,    STILL, STILL, STILL, STILL),
    "diversity literal": (NULL, UP,    STILL, STILL, STILL, STILL),
    "multimodality":     (DOWN, STILL, STILL, STILL, STILL, STILL),
    "speed":             (NULL, UP,    STILL, STILL, STILL, STILL),
    "speed median":      (NULL, UP,    STILL, STILL, STILL, STILL),
    "speed of wrists":   (NULL, UP,    STILL, STILL, STILL, STILL),
    "speed 95 %":        (NULL, UP,    STILL, STILL, STILL, STILL),
    "acceleration":      (NULL, UP,    STILL, STILL, STILL, STILL),
    "jerk":              (NULL, UP,    STILL, STILL, STILL, STILL),
    "jerk median":       (NULL, UP,    STILL, STILL, STILL, STILL),
    "Hellinger arms":    (UP,   UP,    STILL, STILL, STILL, STILL),
    "Hellinger torso":   (UP,   UP,    STILL, STILL, STILL, STILL),
    "L1Div":             (NULL, UP,    STILL, STILL, STILL, STILL),
    "Fréchet of poses":  (UP,   STILL, STILL, STILL, STILL, STILL),
    "BC (never shown)":  (NULL, UP,    DOWN,  DOWN,  STILL, STILL),
    "delta BC":          (NULL, DOWN,  DOWN,  DOWN,  STILL, STILL),
    "sliding":           (NULL, UP,    STILL, STILL, UP,    STILL),
    "skating":           (STILL, UP,   STILL, STILL, UP,    NONE),
    "ground":            (STILL, UP,   STILL, STILL, STILL, UP),
    "onsets, wrists":    (NULL, DOWN,  DOWN,  DOWN,  STILL, STILL),
    "accents, head":     (NULL, DOWN,  DOWN,  DOWN,  STILL, STILL),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("measure", MEASURES)
def test_table(measure: str, fault: str):
    before, after = MEASURES[measure](healthy()), MEASURES[measure](healthy().spoilt(FAULTS[fault]))
    print(f"{measure} under {fault}: {before:.4g} -> {after:.4g}")
    told = TABLE[measure][list(FAULTS).index(fault)]
    margin = 0.01 * abs(before) + NEGLIGIBLE.get(measure, 1e-3)
    assert {
        UP: after > before + margin,
        DOWN: after < before - margin,
        STILL: abs(after - before) <= margin,
        NULL: abs(after) < 1e-6 < before,
        NONE: np.isnan(after),
    }[told]


def test_jitter_is_above_all_jerk():
    case = healthy()
    jittered = case.spoilt(FAULTS["jitter"])
    assert MEASURES["jerk"](jittered) > 10 * MEASURES["jerk"](case)
    assert MEASURES["diversity"](jittered) < 1.5 * MEASURES["diversity"](case)


def test_the_base_motion_is_alive_and_listens():
    """Else the table would say little."""
    case = healthy()
    speed, ground = MEASURES["speed"](case), MEASURES["ground"](case)
    assert 0.04 < speed < 0.5 and ground < 0.1
    assert MEASURES["delta BC"](case) > 0.1
