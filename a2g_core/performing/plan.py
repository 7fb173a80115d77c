"""The plan of a performance: which stored moment is performed at which cue of the speech, as plain data.

With a plan, another recording of the same line keeps its performance, phrase by phrase. What a plan says of the speech
is coarse, so that the cues of that recording can be found in it; which cue is which is `choosing`'s to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from operator import index
from typing import Any, Self

from ..errors import ConfigError

MOST_CUES = 100_000
"""Of a speech of a day and more."""

_MOST_IN_A_CONTOUR = 64
_LONGEST_DIGEST = 64
_LATEST_S, _HIGHEST_MOMENT, _MOST_FILLERS = 1e9, 2**31, 1000


@dataclass(frozen=True)
class Planned:
    """One cue of a speech, and the stored moment that is performed at it.

    at_s: seconds from the beginning of the speech, before 0 where motion begins before it. filler: 0 for a cue on an
    accent; n for the n-th after the accent before it, -n for the n-th ahead of the accent behind it, where speech
    pauses. moment: its number in the model. contour: how loud it is about the cue, rounded (see `listening`).
    """

    at_s: float
    filler: int
    moment: int
    contour: tuple[float, ...]

    def __post_init__(self) -> None:
        numbers = (self.at_s, *self.contour)
        if (
            not all(isfinite(x) and abs(x) < _LATEST_S for x in numbers)
            or not 0 <= self.moment < _HIGHEST_MOMENT or abs(self.filler) > _MOST_FILLERS
            or not 0 < len(self.contour) <= _MOST_IN_A_CONTOUR
        ):  # fmt: skip
            raise damaged()


@dataclass(frozen=True)
class Plan:
    """What is performed where, in order of time; false where nothing is planned, and everything is chosen anew.

    pieces: digest of the model's stored moments (`checkpoint.Model.pieces_digest`), which the planned ones number.
    """

    pieces: str = ""
    cues: tuple[Planned, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "cues", tuple(self.cues))
        times = [cue.at_s for cue in self.cues]
        if (
            len(self.pieces) > _LONGEST_DIGEST or len(times) > MOST_CUES
            or any(not a < b for a, b in pairwise(times))
            or len({len(cue.contour) for cue in self.cues}) > 1
        ):  # fmt: skip
            raise damaged()

    def __bool__(self) -> bool:
        return bool(self.cues)

    def to_dict(self) -> dict[str, Any]:
        """Text and lists of numbers, one entry per cue: JSON."""
        return {
            "pieces": self.pieces,
            "at_s": [float(cue.at_s) for cue in self.cues],
            "fillers": [int(cue.filler) for cue in self.cues],
            "moments": [int(cue.moment) for cue in self.cues],
            "contours": [[float(x) for x in cue.contour] for cue in self.cues],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. A2GError, LookupError, TypeError or ValueError for anything else."""
        pieces, lists = values["pieces"], [values[name] for name in ("at_s", "fillers", "moments", "contours")]
        if not isinstance(pieces, str) or not pieces.isascii() or not all(isinstance(x, list) for x in lists):
            raise TypeError("a plan is text and lists")
        if len(lists[0]) > MOST_CUES:
            raise damaged()
        cues = (
            Planned(float(at_s), index(filler), index(moment), tuple(map(float, contour)))
            for at_s, filler, moment, contour in zip(*lists, strict=True)
        )
        return cls(pieces, tuple(cues))


NO_PLAN = Plan()


def damaged() -> ConfigError:
    """The error about a plan that says what no performance can have planned."""
    return ConfigError("the plan of a performance is damaged", "generate a new take")
