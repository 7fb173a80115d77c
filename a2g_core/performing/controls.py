"""What steers a performance besides the speech: sliders that may change over time."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from ..errors import ConfigError

RANGES = {"energy": (0.0, 3.0), "calm": (0.0, 1.0), "posture": (-1.0, 1.0), "variation": (0.0, 3.0)}
"""Smallest and largest value of each control."""


@dataclass(frozen=True)
class Controls:
    """Each a number, or (n,) values, one a frame of the result from the beginning of the speech; the last one holds.

    energy: how far the body moves about where it is; 0 leaves slow changes of pose alone, 1 is as generated, 2 moves
    twice as far.
    calm: 0 as generated, 1 slows the movements and keeps their reach.
    posture: -1 slumped, 0 as generated, 1 upright.
    variation: 0 the most usual way, 1 as trained, more is more unusual.
    """

    energy: float | np.ndarray = 1.0
    calm: float | np.ndarray = 0.0
    posture: float | np.ndarray = 0.0
    variation: float | np.ndarray = 1.0

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            values = np.asarray(getattr(self, name), np.float32)
            if values.ndim > 1 or values.size == 0:
                raise ConfigError("{name} has shape {shape}", "give a number, or one a frame", name=name,
                                  shape=values.shape)  # fmt: skip
            if not ((values >= low) & (values <= high)).all():
                raise ConfigError(
                    "{name} is out of range", "use values from {low:g} to {high:g}", name=name, low=low, high=high
                )

    def at(self, name: str, times_s: np.ndarray, fps: float) -> np.ndarray:
        """Values (n, 1) float32 of a control at these times; fps is the rate at which its values were given."""
        values = np.atleast_1d(np.asarray(getattr(self, name), np.float32))
        return np.interp(times_s * fps, np.arange(len(values)), values).astype(np.float32)[:, None]

    def is_default(self, name: str) -> bool:
        """Whether a control changes nothing anywhere."""
        return bool((np.asarray(getattr(self, name)) == _DEFAULTS[name]).all())


_DEFAULTS = {f.name: f.default for f in fields(Controls)}
NEUTRAL = Controls()
