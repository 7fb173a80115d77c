"""Accents that the artist makes stronger or weaker: how far the body moves around them, beside how it would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Self

import numpy as np

from ..body.resample import eased
from ..errors import ConfigError

STRONGEST = 2.0
REACH_S = 0.7
"""Further away than this from an accent, its strength changes nothing. Accents are a second apart, as a rule."""
_WHOLE_S = 0.2
SAME_S = 0.05
"""Nearer than this, two are the same accent."""
_LATEST_S = 1e9


@dataclass(frozen=True)
class Accent:
    """A moment of the speech, in seconds from its beginning, around which movements are `strength` times as large: 1
    is as they are, 0 lets them rest, 2 is the most."""

    at_s: float
    strength: float

    def __post_init__(self) -> None:
        if not (isfinite(self.at_s) and abs(self.at_s) < _LATEST_S):
            raise ConfigError("an accent is at no time", "give seconds from the beginning of the speech")
        if not 0 <= self.strength <= STRONGEST:
            raise ConfigError(
                "an accent's strength of {strength:g} is out of range", "use values from {low:g} to {high:g}",
                strength=self.strength, low=0, high=STRONGEST,
            )  # fmt: skip

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Of a dict of its fields. ConfigError, LookupError, TypeError or ValueError for anything else."""
        return cls(float(values["at_s"]), float(values["strength"]))


def strength_at(accents: Sequence[Accent], at_s: float) -> float:
    """The strength of the accent at this moment."""
    return next((accent.strength for accent in accents if abs(accent.at_s - at_s) < SAME_S), 1.0)


def with_strength(accents: Sequence[Accent], at_s: float, strength: float) -> tuple[Accent, ...]:
    """The same accents, in order of time, the one at this moment with this strength; 1 is none."""
    others = [accent for accent in accents if abs(accent.at_s - at_s) >= SAME_S]
    return tuple(sorted([*others, *([Accent(at_s, strength)] if strength != 1 else [])], key=lambda a: a.at_s))


def sizes(accents: Sequence[Accent], times_s: np.ndarray) -> np.ndarray:
    """How large movements are at times (n,) rising, beside how they would be, (n, 1) float32: exactly 1 beyond the
    accents' reach. Where two overlap, what they change adds up."""
    out = np.ones(len(times_s))
    for accent in accents:
        low, high = np.searchsorted(times_s, (accent.at_s - REACH_S, accent.at_s + REACH_S))
        away_s = np.abs(times_s[low:high] - accent.at_s)
        out[low:high] += (accent.strength - 1) * eased((REACH_S - away_s) / (REACH_S - _WHOLE_S))
    return np.maximum(out, 0).astype(np.float32)[:, None]
