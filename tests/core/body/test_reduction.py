"""Fewer keys: curves stay near what they stand for, and what is kept is kept."""

from __future__ import annotations

import numpy as np
import pytest

from a2g_core.body.reduction import Reduced, Whole, cubics, slopes, tighten


def waves(n: int = 400, width: int = 3) -> np.ndarray:
    """Smooth rows (n, width) that move now and then."""
    time, random = np.arange(n)[:, None] / 30.0, np.random.default_rng(0)
    parts = [np.sin(time * rate + random.uniform(0, 6, width)) for rate in random.uniform(0.5, 9.0, 6)]
    return np.sum(parts, axis=0) * (np.sin(time) > 0)


def reduced(rows: np.ndarray, tolerance: float, kept: np.ndarray | None = None) -> Reduced:
    def error(curve: np.ndarray) -> np.ndarray:
        return np.abs(curve - rows).max(axis=1) / tolerance

    return Reduced(rows, error, np.zeros(len(rows), bool) if kept is None else kept)


@pytest.mark.parametrize("tolerance", [1e-3, 1e-2, 0.1, 1.0])
def test_the_curve_stays_within_the_tolerance(tolerance):
    rows = waves()
    found = reduced(rows, tolerance)
    assert np.abs(found.curve - rows).max() <= tolerance
    np.testing.assert_array_equal(found.curve, cubics(rows, slopes(rows), found.kept))
    np.testing.assert_allclose(found.curve[found.kept], rows[found.kept], atol=1e-12)


def test_more_tolerance_keeps_fewer_keys_and_rest_keeps_two():
    n = [reduced(waves(), tolerance).kept.sum() for tolerance in (1e-3, 1e-2, 0.1, 1.0)]
    assert n == sorted(n, reverse=True) and n[2] < 0.3 * len(waves())
    assert reduced(np.ones((50, 2)), 1e-6).kept.sum() == 2
    assert reduced(np.array([[1.0], [2.0]]), 1e-6).kept.all()


def test_frames_that_must_be_kept_are():
    kept = np.zeros(400, bool)
    kept[[17, 18, 250]] = True
    assert reduced(waves(), 0.5, kept.copy()).kept[kept].all()


def test_what_tracks_make_together_is_near_too():
    """Their errors add up; what only others are part of gets no keys."""
    tracks = {name: reduced(waves(width=1) + k, 0.2) for k, name in enumerate("abc")}
    exact = tracks["a"].rows + tracks["b"].rows
    before = tracks["c"].kept.copy()

    def error(curves) -> np.ndarray:
        return np.abs(curves["a"] + curves["b"] - exact)[:, 0] / 0.05

    tighten(tracks, [Whole(frozenset("ab"), error)])
    assert error({name: track.curve for name, track in tracks.items()}).max() <= 1.0
    np.testing.assert_array_equal(tracks["c"].kept, before)


def test_a_whole_that_errors_of_parts_do_not_explain_gets_keys_on_those_frames():
    """However steep it is in them."""
    tracks = {"a": reduced(waves(width=1), 0.5)}
    rows = tracks["a"].rows

    def error(curves) -> np.ndarray:
        return np.abs(curves["a"] - rows)[:, 0] * 1e12

    tighten(tracks, [Whole(frozenset("a"), error)])
    assert np.abs(tracks["a"].curve - rows).max() <= 1e-12
