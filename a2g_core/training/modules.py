"""Which module trains which system."""

from __future__ import annotations

from typing import Any

import torch

from ..model.settings import SystemConfig
from .crops import Statistics
from .objective import Audio2Gestures
from .speech2gesture import Speech2Gesture
from .stylegestures import StyleGestures
from .system_module import SystemModule

MODULES: dict[str, type[SystemModule[Any]]] = {
    "audio2gestures": Audio2Gestures,
    "speech2gesture": Speech2Gesture,
    "stylegestures": StyleGestures,
}


def make_module(config: SystemConfig, statistics: Statistics) -> SystemModule[SystemConfig]:
    """A module with newly initialised parameters."""
    mean, std = (torch.from_numpy(m.copy()) for m in (statistics.motion_mean, statistics.motion_std))
    make: Any = MODULES[config.system]
    return make(config, mean, std)
