"""Poles: elbows and knees lie where they are wanted."""

from __future__ import annotations

import numpy as np

from a2g_core.body.reaching import pole_places, swing, swung


def limbs(n: int = 50) -> np.ndarray:
    """Limbs (n, 3, 3) of 0.3 and 0.25, bent at random."""
    rng = np.random.default_rng(3)
    upper, lower = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in rng.normal(0, 1, (2, n, 3)))
    places = rng.normal(0, 1, (n, 3))
    return np.stack([places, places + 0.3 * upper, places + 0.3 * upper + 0.25 * lower], axis=1)


def test_a_pole_lies_in_the_plane_of_its_limb_on_the_side_of_the_middle_joint():
    limb = limbs()
    fallback = np.tile([0.0, 0.0, 1.0], (len(limb), 1))
    poles = pole_places(limb, fallback)
    np.testing.assert_allclose(np.linalg.norm(poles - limb[:, 1], axis=1), 0.55, atol=1e-9)
    line = limb[:, 2] - limb[:, 0]
    line /= np.linalg.norm(line, axis=1, keepdims=True)
    off, out = (v - np.sum(v * line, axis=1, keepdims=True) * line for v in (limb[:, 1] - limb[:, 0],
                                                                             poles - limb[:, 0]))  # fmt: skip
    bent = np.linalg.norm(off, axis=1) > 0.05
    sine = np.linalg.norm(np.cross(off, out), axis=1) / np.linalg.norm(off, axis=1) / np.linalg.norm(out, axis=1)
    assert (
        bent.sum() > 20 and np.degrees(np.arcsin(sine[bent])).max() < 2 and (np.sum(off * out, axis=1)[bent] > 0).all()
    )


def test_a_stretched_limb_points_where_its_upper_bone_says():
    limb = np.array([[[0.0, 0, 0], [0.3, 0, 0], [0.55, 0, 0]]])
    np.testing.assert_allclose(pole_places(limb, np.array([[0.6, 0.8, 0.0]])), [[0.3, 0.55, 0.0]], atol=1e-9)


def test_what_is_swung_by_the_swing_that_is_missing_is_where_it_is_wanted():
    wanted = limbs()
    angles = np.linspace(-2.5, 2.5, len(wanted))
    found = wanted.copy()
    found[:, 1] = swung(wanted[:, 1], wanted, -angles)
    np.testing.assert_allclose(swing(found, wanted), angles, atol=1e-9)
    np.testing.assert_allclose(swung(found[:, 1], wanted, angles), wanted[:, 1], atol=1e-9)
