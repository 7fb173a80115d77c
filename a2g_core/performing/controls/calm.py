"""Calm: slower movements of the same reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...body.resample import smooth
from .table import Control

if TYPE_CHECKING:
    from ...model.checkpoint import Model

_SIGMA_FRAMES = 15.0


def slow_down(codes: np.ndarray, calm: np.ndarray, _model: Model) -> np.ndarray:
    """Blend codes (T, 32) with their moving average, which replaces them where calm (T, 1) is 1.

    The decoder turns slowly changing codes into slow movements of the same reach.
    """
    return codes + calm * (smooth(codes, _SIGMA_FRAMES) - codes)


CONTROL = Control(
    "calm",
    label="Calm",
    tooltip="Slows the movements down without making them smaller",
    low=0.0,
    high=1.0,
    default=0.0,
    subtype="FACTOR",
    order=20,
    acts_on="codes",
    effect=slow_down,
    receptive_field=45,  # three standard deviations, where `smooth` ends
)
