"""Strengths from comparisons, shares with intervals, and resampling of participants. NumPy alone."""

from __future__ import annotations

from math import log, sqrt

import numpy as np

ELO_MEAN = 1000.0
ELO_SCALE = 400 / log(10)
"""Elo points per unit of log-odds: 200 points more mean a preference of 1 / (1 + 10^-0.5) = 76 %."""

_PRIOR_TIES = 0.1
"""Prior: a tenth of a tie is added to each pair of systems, so that a system that always won has a finite rating."""

_Z95 = 1.959964


def elo(wins: np.ndarray) -> np.ndarray:
    """Bradley-Terry strengths (..., N) as Elo points around a mean of 1000.

    wins: (..., N, N), how often the row's system was preferred over the column's; a tie is half a win for both.
    Maximum likelihood of P(i over j) = 1 / (1 + exp(t_j - t_i)) by Newton steps, for all leading axes at once.
    """
    count = wins.shape[-1]
    wins = np.asarray(wins, float) + 0.5 * _PRIOR_TIES * (1 - np.eye(count))
    games = wins + np.swapaxes(wins, -1, -2)
    strength = np.zeros(wins.shape[:-1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(strength[..., None, :] - strength[..., :, None]))
        slope = wins.sum(-1) - (games * chance).sum(-1)
        curve = games * chance * (1 - chance)
        # Only differences are determined; the added matrix of ones fixes the mean at zero.
        hessian = np.eye(count) * curve.sum(-1)[..., None] - curve + 1 / count
        step = np.clip(np.linalg.solve(hessian, slope[..., None])[..., 0], -1, 1)
        strength = strength + step
        if np.abs(step).max(initial=0) < 1e-9:
            break
    return ELO_MEAN + ELO_SCALE * (strength - strength.mean(-1, keepdims=True))


def wilson(share: float, count: float) -> tuple[float, float]:
    """95 % interval of a share of `count` independent answers (Wilson 1927)."""
    if count <= 0:
        return float("nan"), float("nan")
    z2 = _Z95**2 / count
    middle = (share + z2 / 2) / (1 + z2)
    half = _Z95 / (1 + z2) * sqrt(share * (1 - share) / count + z2 / (4 * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def resampled(per_participant: np.ndarray, rounds: int, seed: int = 0) -> np.ndarray:
    """Bootstrap sums (rounds, ...): rows of participants (P, ...) drawn with replacement and added up.

    Participants are drawn rather than answers, because one person's answers are not independent.
    """
    people = len(per_participant)
    weights = np.random.default_rng(seed).multinomial(people, np.full(people, 1 / people), size=rounds)
    return np.tensordot(weights.astype(float), per_participant, axes=1)


def interval(samples: np.ndarray, people: int) -> np.ndarray:
    """95 % percentile interval (2, ...) over the first axis; nan for fewer than two people."""
    if people < 2:
        return np.full((2, *samples.shape[1:]), np.nan)
    return np.nanpercentile(samples, (2.5, 97.5), axis=0)
