"""Configs as model files of schema 1 and 2 and training runs of that time hold them: one flat table of settings.

The random signal was a set of numbers of which zeros meant "not this one"; lengths of pieces were frames; and some
lengths were constants of the program.
"""

from __future__ import annotations

from typing import Any

from ..errors import ConfigError
from .config import Config, CorrelatedNoise, Noise, Pieces, Signal
from .settings import SystemConfig
from .systems import system_named

_PIECE_FADE_FRAMES, _PIECE_INTERVAL_FRAMES, _PIN_APPROACH_FRAMES = 30, 6, 27
"""Constants of the program that wrote these files, at every frame rate."""
_GONE = {"weight_relaxed_speed": 0.0, "shared_gain": 1.0}
"""Settings that no longer exist, and the value that has no effect. A model file's weights already contain the effect of
another value; a training run that used one cannot go on."""


def config_from_old_dict(values: dict[str, Any], *, trains: bool = False) -> SystemConfig:
    """A config of schema 1 or 2 as it is today.

    trains: whether training or export will go on from it. Raises ConfigError for settings that were never known, and,
    if it trains, for those that this program can no longer honour.
    """
    if not isinstance(values, dict):
        raise ConfigError(f"settings cannot be {type(values).__name__}", "give a table of them")
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    kind = system_named(values.pop("system", Config.system)).config
    if issubclass(kind, Config):
        lost = [n for n, none in _GONE.items() if values.pop(n, none) != none]
        values |= _lengths(values, lost)
        if trains and lost:
            raise ConfigError(
                f"this run was trained with {', '.join(lost)}, which no longer exist",
                "go on with Audio2Gestures 0.2.0, or train anew",
            )
    return kind().replace(**values)


def _lengths(values: dict[str, Any], lost: list[str]) -> dict[str, Any]:
    """The random signal and the pins' approach from the flat settings, which are taken out of `values`.

    A setting of another signal that still had a say in training is added to `lost`.
    """
    fps = values.get("fps", Config().architecture.fps)
    if not isinstance(fps, int | float) or not fps > 0:
        raise ConfigError(f"fps must be above 0, not {fps}", "give a larger number")
    piece_frames = values.pop("piece_frames", 0)
    pieces = {name: values.pop(name, 1) for name in ("piece_candidates", "piece_gain", "stance_gain")}
    sigma, walk = values.pop("noise_sigma_frames", 0.0), values.pop("bank_walk_frames", 0)
    signal: Signal = Noise()
    if piece_frames:
        signal = Pieces(piece_frames / fps, _PIECE_FADE_FRAMES / fps, _PIECE_INTERVAL_FRAMES / fps, **pieces)
        if sigma and not values.get("jitter_frames"):
            lost.append("noise_sigma_frames beside pieces")
    elif sigma or walk:
        signal = CorrelatedNoise(sigma, walk)
    return {"signal": signal, "pin_approach_s": _PIN_APPROACH_FRAMES / fps, "feet_stay": False}
