"""The systems that can be trained, saved and made to move: Audio2Gestures and the two that the paper compares it with.

One entry each; the rest of the program asks here which systems there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ..errors import ConfigError
from . import config, network
from .settings import SystemConfig


class System(NamedTuple):
    """config: the class of its settings. parameter_shapes(architecture): name and shape of what generation needs.

    named: its named configs. generate_frames: how it makes motion from features and noise (see the baselines); None
    for Audio2Gestures, whose codes can be pinned and steered: `performing` does it.
    """

    config: type[SystemConfig]
    parameter_shapes: Callable[[Any], dict[str, tuple[int, ...]]]
    named: Mapping[str, SystemConfig]
    generate_frames: Callable[..., np.ndarray] | None = None


def _audio2gestures() -> System:
    return System(config.Config, network.parameter_shapes, config.NAMED)


def _speech2gesture() -> System:
    from .baselines import speech2gesture as s

    return System(s.Speech2GestureConfig, s.parameter_shapes, s.NAMED, s.generate_frames)


def _stylegestures() -> System:
    from .baselines import stylegestures as s

    return System(s.StyleGesturesConfig, s.parameter_shapes, s.NAMED, s.generate_frames)


class _Systems(Mapping[str, System]):
    """Systems by name, each imported when it is asked for."""

    def __init__(self, made: Mapping[str, Callable[[], System]]) -> None:
        self._made = {name: cache(make) for name, make in made.items()}

    def __getitem__(self, name: str) -> System:
        return self._made[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


SYSTEMS = _Systems(
    {"audio2gestures": _audio2gestures, "speech2gesture": _speech2gesture, "stylegestures": _stylegestures}
)


def system_of(settings: SystemConfig) -> System:
    """The system that a config configures."""
    return SYSTEMS[settings.system]


def system_named(name: object) -> System:
    """A system by its name; ConfigError lists the names there are."""
    if not isinstance(name, str) or name not in SYSTEMS:
        raise ConfigError(f"there is no system '{name}'", f"use a version that knows it, or {', '.join(SYSTEMS)}")
    return SYSTEMS[name]


def parameter_shapes(settings: SystemConfig) -> dict[str, tuple[int, ...]]:
    """Name and shape of every parameter that generation with this config needs."""
    return system_of(settings).parameter_shapes(settings.architecture)


def named_configs() -> dict[str, SystemConfig]:
    """Every named config of every system."""
    return {name: settings for system in SYSTEMS.values() for name, settings in system.named.items()}


def named_config(name: str) -> SystemConfig:
    """A config by its name; ConfigError lists the names there are."""
    named = named_configs()
    if name not in named:
        raise ConfigError(f"there is no config '{name}'", f"use one of {', '.join(named)}")
    return named[name]


def config_from_dict(values: dict[str, Any]) -> SystemConfig:
    """The inverse of `SystemConfig.to_dict`, for any system."""
    if not isinstance(values, dict):
        raise ConfigError(f"settings cannot be {type(values).__name__}", "give a table of them")
    return system_named(values.get("system")).config.from_dict(values)
