"""Hand clearance: hands and forearms farther from the body, for a body that is wider than ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...body.arms import receptive_field
from .table import Control

if TYPE_CHECKING:
    from ...model.checkpoint import Model


def widen_body(frames: np.ndarray, clearance_cm: np.ndarray, model: Model) -> np.ndarray:
    """Frames (T, J * 6) whose hands and forearms keep clear of a trunk and thighs so much wider, (T, 1); none at 0."""
    from ..postprocess import take_hands_out  # all that Blender starts with reads this table

    clear = take_hands_out(frames, model.skeleton, model.fps, clearance_cm[:, 0] / 100)
    return np.where(clearance_cm > 0, clear, frames)


CONTROL = Control(
    "clearance",
    label="Hand Clearance",
    tooltip="Keeps hands and forearms so many centimetres farther from trunk and thighs, for a wide body",
    low=0.0,
    high=30.0,
    soft_high=15.0,
    default=0.0,
    step=50,
    order=40,
    acts_on="motion",
    effect=widen_body,
    receptive_field=receptive_field(30.0),
)
