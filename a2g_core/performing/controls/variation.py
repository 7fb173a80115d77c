"""Variation: how far a performance departs from the most usual one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .table import Control

if TYPE_CHECKING:
    from ...model.checkpoint import Model


def scale_departure(signal: np.ndarray, variation: np.ndarray, model: Model) -> np.ndarray:
    """Scale how far the random signal (T, 16) departs from the mean of the model's bank, by variation (T, 1)."""
    usual = model.bank[:, 0].mean(axis=0)
    return signal + (variation - 1) * (signal - usual)


CONTROL = Control(
    "variation",
    label="Variation",
    tooltip="How unusual the performance is: 0 is the most typical one, the same for every seed",
    low=0.0,
    high=3.0,
    soft_high=2.0,
    default=1.0,
    step=5,
    order=40,
    acts_on="signal",
    effect=scale_departure,
)
