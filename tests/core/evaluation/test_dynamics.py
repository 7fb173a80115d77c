import numpy as np
import pytest

from a2g_core.body.skeleton import BODY, BODY_HANDS, BODY_PARTS
from a2g_core.errors import DataError
from a2g_core.evaluation.dynamics import (
    SPEED_BINS,
    gap,
    hellinger,
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


def circle(fps: float, seconds: float = 4.0) -> np.ndarray:
    """A point on a circle of 0.5 m, once in two seconds, and one at rest; (T, 2, 3)."""
    angle = np.pi * np.arange(round(seconds * fps)) / fps
    moving = np.stack([0.5 * np.cos(angle), 0.5 * np.sin(angle), 0 * angle], axis=-1)
    return np.stack([moving, np.zeros_like(moving)], axis=1)


@pytest.mark.parametrize("fps", [60.0, 120.0])
def test_a_circle_has_the_speed_acceleration_and_jerk_of_calculus(fps: float):
    """r ω, r ω², r ω³, halved by the joint at rest."""
    w = np.pi
    assert mean_speed(circle(fps), fps) == pytest.approx(0.25 * w, rel=1e-3)
    assert mean_acceleration(circle(fps), fps) == pytest.approx(0.25 * w**2, rel=1e-3)
    assert mean_jerk(circle(fps), fps) == pytest.approx(0.25 * w**3, rel=1e-3)


def test_differences_in_loops():
    p, fps = np.random.default_rng(0).standard_normal((9, 3, 3)), 25.0
    jerks = [
        np.linalg.norm(p[t + 3, j] - 3 * p[t + 2, j] + 3 * p[t + 1, j] - p[t, j]) for t in range(6) for j in range(3)
    ]
    assert mean_jerk(p, fps) == pytest.approx(np.mean(jerks) * fps**3)
    with pytest.raises(DataError, match="too short"):
        mean_jerk(p[:3], fps)


def test_medians_over_frames_in_loops_and_under_a_burst():
    rng = np.random.default_rng(0)
    p, fps = rng.standard_normal((9, 3, 3)), 25.0
    speeds = [sum(np.linalg.norm(p[t + 1, j] - p[t, j]) for j in range(3)) / 3 * fps for t in range(8)]
    jerks = [
        sum(np.linalg.norm(p[t + 3, j] - 3 * p[t + 2, j] + 3 * p[t + 1, j] - p[t, j]) for j in range(3)) / 3 * fps**3
        for t in range(6)
    ]
    assert median_speed(p, fps) == pytest.approx((sorted(speeds)[3] + sorted(speeds)[4]) / 2)
    assert median_jerk(p, fps) == pytest.approx((sorted(jerks)[2] + sorted(jerks)[3]) / 2)
    calm = np.cumsum(0.001 * rng.standard_normal((301, 3, 3)), axis=0)
    burst = calm.copy()
    burst[100:103] += 0.5  # a mean would see nothing else
    assert median_speed(burst, 30.0) == pytest.approx(median_speed(calm, 30.0), rel=0.02)
    assert mean_speed(burst, 30.0) > 1.5 * mean_speed(calm, 30.0)


def test_percentiles_show_what_a_mean_hides():
    positions = np.zeros((1001, 1, 3))
    positions[901:, 0, 0] = 0.1 * np.arange(1, 101)  # still, then 3 m/s for a tenth of the time
    assert speed_percentiles(positions, 30.0, (50, 89, 95)) == pytest.approx((0, 0, 3.0))


def test_histograms_count_each_body_part_once_and_keep_the_fast():
    rng = np.random.default_rng(0)
    positions = np.cumsum(0.01 * rng.standard_normal((50, 52, 3)), axis=0)
    histograms = speed_histograms(positions, 30.0, BODY_HANDS)
    assert set(histograms) == set(BODY_PARTS)
    assert all(h.shape == (SPEED_BINS,) for h in speed_histograms(100 * positions, 30.0, BODY_HANDS).values())
    assert sum(h.sum() for h in histograms.values()) == 49 * 52
    speed = np.linalg.norm(np.diff(positions, axis=0), axis=-1) * 30
    torso = [BODY_HANDS.index(n) for n in BODY_PARTS["TORSO"]]
    expected, _ = np.histogram(np.clip(speed[:, torso], 0, 1.9999), bins=np.arange(SPEED_BINS + 1) / 100)
    np.testing.assert_array_equal(histograms["TORSO"], expected)
    assert speed_histograms(100 * positions, 30.0, BODY_HANDS)["ARMS"][-1] > 0.9 * 49 * 8
    assert "HANDS" not in speed_histograms(positions[:, :22], 30.0, BODY)


def test_hellinger_of_known_distributions():
    """0 for the same shape, 1 without overlap, and the closed form for two Poisson distributions."""
    k = np.arange(100.0)
    factorials = np.cumsum(np.log(np.maximum(k, 1)))
    a, b = (np.exp(k * np.log(rate) - rate - factorials) for rate in (4.0, 9.0))
    assert hellinger(a, 7 * a) == pytest.approx(0, abs=1e-7)
    assert hellinger(np.array([1, 0]), np.array([0, 5])) == 1
    assert hellinger(a, b) == pytest.approx(np.sqrt(1 - np.exp(-0.5 * (2 - 3) ** 2)))
    assert speed_distances({"arms": a}, {"arms": b}) == {"arms": hellinger(a, b)}
    with pytest.raises(DataError, match="cannot be compared"):
        hellinger(a, 0 * a)


def test_l1_divergence_in_loops_and_of_one_joint():
    p = np.random.default_rng(0).standard_normal((8, 3, 3))
    total = 0.0
    for j in range(3):
        for c in range(3):
            mean = sum(p[:, j, c]) / 8
            total += sum(abs(v - mean) for v in p[:, j, c]) / 8
    assert l1_divergence(p) == pytest.approx(total)
    swing = np.zeros((4, 1, 3))
    swing[:, 0, 1] = [0.1, -0.1, 0.1, -0.1]
    assert l1_divergence(swing) == pytest.approx(0.1)


def test_a_gap_is_a_share_of_what_people_do():
    assert gap(0.12, 0.15) == pytest.approx(-0.2) and gap(0.3, 0.15) == pytest.approx(1.0)
    with pytest.raises(DataError, match="people who move"):
        gap(0.1, 0.0)
