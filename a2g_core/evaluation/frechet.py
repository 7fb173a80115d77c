"""Fréchet distance of two sets of features; FGD is that of a judge's latents."""

from __future__ import annotations

import numpy as np

from ..errors import DataError

_EPS = 1e-6


def frechet_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Squared Fréchet distance of the Gaussians fitted to features a (N, D) and b (M, D).

    |mean_a - mean_b|^2 + tr(A + B - 2 (A B)^(1/2)) (Heusel et al. 2017, equation 6). As in the usual implementations,
    1e-6 is added to the variances under the root only, so that equal sets come out 2e-6 D below 0. The trace of the
    root is computed from the eigenvalues of the symmetric A^(1/2) B A^(1/2): they equal those of A B and are never
    complex. Raises DataError for sets that no Gaussian can be fitted to.
    """
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1] or min(len(a), len(b)) < 2:
        raise DataError(
            "features of shapes {a} and {b} have no Fréchet distance", "give two or more rows of equal width in both",
            a=a.shape, b=b.shape,
        )  # fmt: skip
    covariance_a, covariance_b = (np.atleast_2d(np.cov(x, rowvar=False)) for x in (a, b))
    offset = _EPS * np.eye(a.shape[1])
    values, vectors = np.linalg.eigh(covariance_a + offset)
    root_a = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    eigenvalues = np.linalg.eigvalsh(root_a @ (covariance_b + offset) @ root_a)
    trace = np.trace(covariance_a) + np.trace(covariance_b) - 2 * np.sqrt(np.maximum(eigenvalues, 0)).sum()
    return float(((a.mean(axis=0) - b.mean(axis=0)) ** 2).sum() + trace)
