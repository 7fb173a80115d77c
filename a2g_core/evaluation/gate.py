"""The gate: whether a model may ship. Checks its scores against the limits in a file, each of which states its reason.

{"limits": [{"measure": "jerk_median_m_s3", "within": 0.15, "because": "more trembles, less floats"}, ...]}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from ..errors import ConfigError, reason
from ..files import is_file
from .scoreboard import MEASURES, Scores

KINDS: dict[str, Callable[[float, float], tuple[float, float]]] = {
    "at least": lambda limit, corpus: (limit, inf),
    "at most": lambda limit, corpus: (-inf, limit),
    "within": lambda limit, corpus: (corpus * (1 - limit), corpus * (1 + limit)),
    "below the corpus by at most": lambda limit, corpus: (corpus - limit, inf),
}
"""Kinds of limits: (the limit, the corpus's own value of the measure) to the smallest and largest value allowed."""


@dataclass(frozen=True)
class Limit:
    """measure: of `scoreboard.MEASURES`. kind: of `KINDS`. because: its reason, in words."""

    measure: str
    kind: str
    value: float
    because: str


@dataclass(frozen=True)
class Check:
    """One limit applied to one model. value, corpus: the measure of the model, and of the corpus's own motion."""

    model: str
    limit: Limit
    value: float
    corpus: float

    @property
    def allowed(self) -> tuple[float, float]:
        """Smallest and largest value allowed."""
        return KINDS[self.limit.kind](self.limit.value, self.corpus)

    @property
    def holds(self) -> bool:
        """Whether the value is within the limit; False if the measure has no value."""
        low, high = self.allowed
        return low <= self.value <= high

    @property
    def row(self) -> tuple[str, ...]:
        """(model, measure, value, corpus, limit, verdict), as printed."""
        low, high = self.allowed
        bounds = f"at least {low:.4g}" if high == inf else f"at most {high:.4g}"
        said = f"{low:.4g} to {high:.4g}" if -inf < low and high < inf else bounds
        verdict = "ok" if self.holds else "FAILS"
        return self.model, self.limit.measure, f"{self.value:.4g}", f"{self.corpus:.4g}", said, verdict


ROW = ("model", "measure", "value", "corpus", "limit", "")


def load_gate(path: Path) -> list[Limit]:
    """Read a file of limits. Raises ConfigError for an invalid file."""
    if not is_file(path):
        raise ConfigError(f"there is no file '{path}'", "check the path")
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["limits"]
        limits = [_limit(entry) for entry in entries]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ConfigError(
            f"'{path.name}' is not a gate file ({reason(error)})", "see the scoreboard's documentation"
        ) from None
    if not limits:
        raise ConfigError(f"'{path.name}' has no limits", "give one or more")
    return limits


def _limit(entry: dict[str, Any]) -> Limit:
    """Parse one entry. Raises ValueError, KeyError or TypeError."""
    kinds = [name for name in entry if name not in ("measure", "because")]
    if entry["measure"] not in MEASURES:
        raise ValueError(f"there is no measure '{entry['measure']}'")
    if len(kinds) != 1 or kinds[0] not in KINDS or isinstance(entry[kinds[0]], bool):
        raise ValueError(f"the limit of {entry['measure']} is not one of: {', '.join(KINDS)}")
    if not isinstance(entry["because"], str) or not entry["because"]:
        raise ValueError(f"the limit of {entry['measure']} states no reason")
    return Limit(entry["measure"], kinds[0], float(entry[kinds[0]]), entry["because"])


def check(limits: Sequence[Limit], scores: Scores, corpus: Scores) -> list[Check]:
    """Apply every limit to one model, measured on the same clips as the corpus."""
    return [Check(scores.name, x, scores.numbers[x.measure], corpus.numbers[x.measure]) for x in limits]


def as_text(checks: Sequence[Check]) -> str:
    """The checks as a table for the terminal."""
    rows = [ROW, *(c.row for c in checks)]
    widths = [max(len(row[k]) for row in rows) for k in range(len(ROW))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
