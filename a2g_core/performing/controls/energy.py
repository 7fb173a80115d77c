"""Energy: how far the body moves about its average pose over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...body.resample import smooth
from .table import Control

if TYPE_CHECKING:
    from ...model.checkpoint import Model

_SIGMA_FRAMES = 12.0  # slower changes are where the body is; faster ones are how it moves


def scale_movement(frames: np.ndarray, energy: np.ndarray, _model: Model) -> np.ndarray:
    """Scale how far frames (T, J * 6) depart from their moving average, by energy (T, 1)."""
    return frames + (energy - 1) * (frames - smooth(frames, _SIGMA_FRAMES))


CONTROL = Control(
    "energy",
    label="Energy",
    tooltip="How far the body moves: 1 is as generated, 2 is twice as far",
    low=0.0,
    high=3.0,
    soft_high=2.0,
    default=1.0,
    step=5,
    order=10,
    acts_on="motion",
    effect=scale_movement,
    receptive_field=36,  # three standard deviations, where `smooth` ends
)
