"""Which module trains which system. Each has `weights`, `parameters_by_name`, losses of a batch, and `total_loss`."""

from __future__ import annotations

import torch
from torch import nn

from ..model.settings import SystemConfig
from .crops import Statistics
from .objective import Audio2Gestures
from .speech2gesture import Speech2Gesture
from .stylegestures import StyleGestures

MODULES: dict[str, type[nn.Module]] = {
    "audio2gestures": Audio2Gestures,
    "speech2gesture": Speech2Gesture,
    "stylegestures": StyleGestures,
}


def make_module(config: SystemConfig, statistics: Statistics) -> nn.Module:
    """A module with fresh parameters."""
    moments = (torch.from_numpy(m.copy()) for m in (statistics.motion_mean, statistics.motion_std))
    return MODULES[config.system](config, *moments)
