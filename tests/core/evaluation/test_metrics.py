from itertools import combinations

import numpy as np
import pytest
from scipy.spatial.distance import pdist

from a2g_core.body.motion import Motion
from a2g_core.body.skeleton import BODY, BODY_HANDS
from a2g_core.errors import DataError
from a2g_core.evaluation.metrics import (
    average_and_best,
    body_positions,
    diversity_cm,
    l1_cm,
    multimodality_cm,
    pck,
    pck_of_person,
)


def noise(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape)


def test_positions_are_of_the_chosen_joints_and_leave_out_where_the_root_is():
    q = np.zeros((2, 52, 4))
    q[..., 0] = 1
    motion = Motion(q, np.float32([[0, 0, 0], [3, 1, -2]]), 30.0, BODY_HANDS)
    np.testing.assert_allclose(body_positions(motion), [BODY.rest_positions] * 2, atol=1e-6)


def test_eq13_by_hand_and_in_loops():
    predicted, target = noise(7, 4, 3), noise(7, 4, 3, seed=1)
    total = sum(abs(predicted[t, j, c] - target[t, j, c]) for t in range(7) for j in range(4) for c in range(3))
    assert l1_cm(predicted, target) == pytest.approx(100 * total / (7 * 4))
    assert l1_cm(predicted, target, form="mean") == pytest.approx(100 * total / (7 * 4 * 3))
    assert l1_cm(target + np.array([0.01, -0.02, 0]), target) == pytest.approx(3.0)
    assert l1_cm(predicted[..., :2], target[..., :2], form="mean") * 2 == pytest.approx(
        l1_cm(predicted[..., :2], target[..., :2])
    )


def test_eq14_by_hand_and_in_loops():
    predicted, target = 0.15 * noise(9, 5, 3), 0.15 * noise(9, 5, 3, seed=1)
    near = [np.sqrt(sum((predicted[t, j] - target[t, j]) ** 2)) < 0.2 for t in range(9) for j in range(5)]
    assert 0 < pck(predicted, target) < 1
    assert pck(predicted, target) == pytest.approx(sum(near) / len(near))
    assert pck(target + np.array([0.19, 0, 0]), target) == 1
    assert pck(target + np.array([0.19, 0.1, 0]), target) == 0


def test_the_other_pck_grows_with_the_person():
    """Key points of a person 100 wide and 50 high: the radius is 20, and 10 for the one half as large."""
    box = np.array([[[0.0, 0.0], [100.0, 50.0], [50.0, 20.0], [10.0, 5.0]]])
    off = box + np.array([[0, 0], [19, 0], [0, 21], [12, 12]])
    assert pck_of_person(off, box) == 0.75
    assert pck_of_person(np.concatenate([off, off]), np.concatenate([box, box])) == 0.75
    assert pck_of_person(box / 2 + (off - box), box / 2) == 0.25


def test_the_other_pck_as_its_authors_compute_it():
    target, predicted = 100 * noise(6, 48, 2), 100 * noise(6, 48, 2, seed=1)
    shares = []
    for t in range(6):
        sides = [max(target[t, :, c]) - min(target[t, :, c]) for c in (0, 1)]
        shares += [np.hypot(*(predicted[t, j] - target[t, j])) <= 0.2 * max(sides) for j in range(48)]
    assert pck_of_person(predicted, target) == pytest.approx(np.mean(shares))


@pytest.mark.parametrize("frames", [100, 149, 150, 537])
def test_eq15_is_the_mean_over_all_pairs_of_clips(frames: int):
    positions = noise(frames, 4, 3)
    clips = [positions[k : k + 50].ravel() for k in range(0, frames - 49, 50)]
    expected = 100 * pdist(clips, "cityblock").mean() / (50 * 4)
    assert diversity_cm(positions) == pytest.approx(expected)
    assert diversity_cm(positions, form="mean") == pytest.approx(expected / 3)


def test_eq15_of_float32_and_of_many_numbers_is_as_exact():
    positions = noise(600, 22, 3).astype(np.float32) + 1000
    clips = positions.astype(np.float64).reshape(200, -1)
    assert diversity_cm(positions, 3) == pytest.approx(100 * pdist(clips, "cityblock").mean() / 66, rel=1e-9)


@pytest.mark.parametrize(("count", "ratio"), [(2, 0.5), (3, 0.5), (5, 0.67), (20, 0.95), (21, 0.909)])
def test_the_printed_divisor_is_not_the_number_of_pairs(count: int, ratio: float):
    """The ratios of the notes' point 7, for both equations."""
    runs = list(noise(count, 5, 3, 3))
    assert multimodality_cm(runs, literal=True) / multimodality_cm(runs) == pytest.approx(ratio, abs=0.005)
    motion = noise(count * 5, 3, 3)
    assert diversity_cm(motion, 5, literal=True) / diversity_cm(motion, 5) == pytest.approx(ratio, abs=0.005)


def test_eq16_by_hand_and_over_pairs():
    still = np.zeros((4, 2, 3))
    assert multimodality_cm([still, still]) == 0
    assert multimodality_cm([still, still + 0.01]) == pytest.approx(3.0)
    assert multimodality_cm([still, still + 0.01, still - 0.01]) == pytest.approx((3 + 3 + 6) / 3)
    runs = list(noise(7, 5, 3, 3))
    assert multimodality_cm(runs) == pytest.approx(np.mean([l1_cm(a, b) for a, b in combinations(runs, 2)]))


def test_average_and_best_as_in_table_1():
    assert average_and_best([1.0, 2.0, 6.0]) == (3.0, 6.0)
    assert average_and_best(iter([1.0, 2.0, 6.0]), min) == (3.0, 1.0)


def test_what_cannot_be_measured_is_said():
    with pytest.raises(DataError, match="several seeds"):
        multimodality_cm([np.zeros((4, 2, 3))])
    with pytest.raises(DataError, match="longer motion"):
        diversity_cm(np.zeros((99, 2, 3)))
    with pytest.raises(DataError, match="same frames and joints"):
        l1_cm(np.zeros((4, 2, 3)), np.zeros((5, 2, 3)))
    with pytest.raises(DataError, match="'sum' or 'mean'"):
        l1_cm(np.zeros((4, 2, 3)), np.zeros((4, 2, 3)), form="median")
