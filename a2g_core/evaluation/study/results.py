"""What a study found: a score per system and question."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Score:
    """A system's result on a question.

    value: Elo points (realism), percentage of answers that prefer the right speech (alignment; ties count half, chance
    is 50), or mean rating (1 to 5). low, high: 95 % interval by bootstrap over participants. answers: how many it is
    based on. counts: answers by kind: win / tie / loss, match / tie / mismatch, or best ... worst. wilson: the interval
    in per cent that treats answers as independent (alignment only).
    """

    system: str
    question: str
    value: float
    low: float
    high: float
    answers: int
    counts: dict[str, int]
    wilson: tuple[float, float] | None = None


@dataclass(frozen=True)
class StudyResult:
    """The result of a study.

    participants: those whose answers count. dropped: those who failed attention checks, with how many they failed.
    scores: by question, the best first. files: what was written.
    """

    study: str
    mode: str
    title: str
    participants: tuple[str, ...]
    dropped: dict[str, str]
    scores: tuple[Score, ...]
    files: tuple[Path, ...] = ()
