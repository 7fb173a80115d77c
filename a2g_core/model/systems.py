"""The systems that can be trained, saved and made to move: Audio2Gestures and the two that the paper compares it with.

One entry each; the rest of the program asks here and nowhere else which systems there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import ConfigError
from . import config, network
from .baselines import speech2gesture, stylegestures
from .config import SystemConfig


@dataclass(frozen=True)
class System:
    """config: the class of its settings. parameter_shapes(config): name and shape of what generation needs.

    named: its named configs. generate_frames: how it makes motion from features and noise (see the baselines); None
    for Audio2Gestures, whose codes can be pinned and steered: `generate` does it.
    """

    config: type[SystemConfig]
    parameter_shapes: Callable[[SystemConfig], dict[str, tuple[int, ...]]]
    named: dict[str, SystemConfig]
    generate_frames: Callable | None = None


SYSTEMS: dict[str, System] = {
    "audio2gestures": System(config.Config, network.parameter_shapes, config.NAMED),
    "speech2gesture": System(
        speech2gesture.Speech2GestureConfig, speech2gesture.parameter_shapes, speech2gesture.NAMED,
        speech2gesture.generate_frames,
    ),
    "stylegestures": System(
        stylegestures.StyleGesturesConfig, stylegestures.parameter_shapes, stylegestures.NAMED,
        stylegestures.generate_frames,
    ),
}  # fmt: skip


def system_of(settings: SystemConfig) -> System:
    """The system that a config configures."""
    return SYSTEMS[settings.system]


def named_configs() -> dict[str, SystemConfig]:
    """Every named config of every system."""
    return {name: settings for system in SYSTEMS.values() for name, settings in system.named.items()}


def named_config(name: str) -> SystemConfig:
    """A config by its name; ConfigError lists the names there are."""
    named = named_configs()
    if name not in named:
        raise ConfigError(f"there is no config '{name}'", f"use one of {', '.join(named)}")
    return named[name]


def config_from_dict(values: dict) -> SystemConfig:
    """The inverse of `SystemConfig.to_dict`; what does not name its system is Audio2Gestures."""
    system = values.get("system", config.Config.system)
    if system not in SYSTEMS:
        raise ConfigError(f"there is no system '{system}'", f"use a version that knows it, or {', '.join(SYSTEMS)}")
    return SYSTEMS[system].config.from_dict(values)
