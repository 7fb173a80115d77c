import numpy as np
import pytest
from scipy.linalg import sqrtm

from a2g_core.errors import DataError
from a2g_core.evaluation.frechet import frechet_distance


def exact(mean, covariance, n: int = 400) -> np.ndarray:
    """Rows whose sample mean and covariance are these, to rounding."""
    x = np.random.default_rng(0).standard_normal((n, len(mean)))
    x -= x.mean(axis=0)
    x = x @ np.linalg.inv(np.linalg.cholesky(np.atleast_2d(np.cov(x, rowvar=False)))).T
    return x @ np.linalg.cholesky(np.atleast_2d(covariance)).T + mean


def test_closed_form_of_one_and_of_independent_dimensions():
    """|m1 - m2|² + Σ (s1 - s2)²."""
    a, b = exact([1.0], [[4.0]]), exact([4.0], [[9.0]])
    assert frechet_distance(a, b) == pytest.approx(9 + 1, abs=1e-5)
    a, b = exact([0, 0, 0], np.diag([1.0, 4, 9])), exact([1, 2, 0], np.diag([4.0, 1, 9]))
    assert frechet_distance(a, b) == pytest.approx(5 + 1 + 1, abs=1e-5)


def test_a_mixed_pair_by_the_matrix_root_of_scipy():
    rng = np.random.default_rng(1)
    a, b = rng.standard_normal((60, 8)) @ rng.standard_normal((8, 8)), rng.standard_normal((90, 8)) + 0.3
    ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    eye = 1e-6 * np.eye(8)
    expected = ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca + cb - 2 * sqrtm((ca + eye) @ (cb + eye)).real)
    assert frechet_distance(a, b) == pytest.approx(expected, rel=1e-9)
    assert frechet_distance(b, a) == pytest.approx(expected, rel=1e-9)


def test_fewer_rows_than_dimensions_and_dead_dimensions_give_a_number():
    rng = np.random.default_rng(2)
    a, b = rng.standard_normal((10, 32)), rng.standard_normal((12, 32))
    b[:, 5] = 0
    assert np.isfinite(frechet_distance(a, b)) and frechet_distance(a, b) > 0
    assert frechet_distance(a, a) == pytest.approx(0, abs=1e-4)


def test_turning_and_shifting_both_changes_nothing():
    rng = np.random.default_rng(3)
    a, b = rng.standard_normal((50, 4)), 2 * rng.standard_normal((50, 4))
    turn, _ = np.linalg.qr(rng.standard_normal((4, 4)))
    assert frechet_distance(a @ turn + 5, b @ turn + 5) == pytest.approx(frechet_distance(a, b))


def test_shapes_that_do_not_match_are_said():
    with pytest.raises(DataError, match="equal width"):
        frechet_distance(np.zeros((5, 3)), np.zeros((5, 4)))
    with pytest.raises(DataError, match="two or more rows"):
        frechet_distance(np.zeros((1, 3)), np.zeros((5, 3)))
