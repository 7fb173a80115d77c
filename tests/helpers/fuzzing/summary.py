"""The table that a run prints: per kind what was read, what was refused, and how many of the refusals were reached."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from places import ROOT

from .kinds import KINDS
from .trial import FINDING, READ, REFUSED, Outcome

HEADER = ("kind", "inputs", "read", "refused", "findings", "read %", "worst s", "worst MB", "refusals reached")


def table(outcomes: Iterable[Outcome]) -> str:
    """One row per kind, and the sum."""
    by_kind: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_kind.setdefault(outcome.kind, []).append(outcome)
    rows = [HEADER, *(_row(kind, found) for kind, found in by_kind.items())]
    rows.append(_row("all", [outcome for found in by_kind.values() for outcome in found]))
    widths = [max(len(row[k]) for row in rows) for k in range(len(HEADER))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in rows)


def _row(kind: str, outcomes: list[Outcome]) -> tuple[str, ...]:
    count = {what: sum(o.what == what for o in outcomes) for what in (READ, REFUSED, FINDING)}
    numbers = (len(outcomes), count[READ], count[REFUSED], count[FINDING])
    worst = max(o.seconds for o in outcomes), max(o.megabytes for o in outcomes)
    reached = "" if kind == "all" else "{} of {}".format(*map(len, refusals(kind, outcomes)))
    return (
        kind, *map(str, numbers), f"{100 * count[READ] / len(outcomes):.0f}", f"{worst[0]:.2f}", f"{worst[1]:.0f}",
        reached,
    )  # fmt: skip


def refusals(kind: str, outcomes: Iterable[Outcome]) -> tuple[set[str], set[str]]:
    """(those reached, all): places "file:line" in the kind's readers where an error of ours is raised."""
    every: dict[str, str] = {}
    for file in KINDS[kind].readers:
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and node.exc is not None:
                lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                every |= {f"{file}:{line}": f"{file}:{node.lineno}" for line in lines}
    reached = {every[place] for o in outcomes for place in o.where if place in every}
    return reached, set(every.values())


def not_reached(kind: str, outcomes: Iterable[Outcome]) -> list[str]:
    """The refusals that no input led to, with their text."""
    reached, every = refusals(kind, outcomes)
    return [f"{place}  {_line(place)}" for place in sorted(every - reached)]


def _line(place: str) -> str:
    file, _, line = place.rpartition(":")
    return (Path(ROOT) / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].strip()
