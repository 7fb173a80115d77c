"""What is shown beside the scoreboard's rows: people, motion broken in known ways, chance, each style apart, takes of
other recordings, and how a model's motion changes with what it hears.
"""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matplotlib.figure import Figure

from . import gestures, rerecorded, robustness, styles
from .broken import SHOWN as TIMED
from .broken import BrokenRow
from .dynamics import gap
from .people import PEOPLE, RANGES
from .robustness import Answers
from .scoreboard import MEASURES, Scores
from .timing import PARTS

RANGE_ROW = "people, range"
MOTION = (
    "fgd_upper", "fgd_legs", "fgd", "hand_height_95_cm", "both_hands_up", "wrist_speed_m_s", "wrist_speed_90_m_s",
    "wrist_jerk_median_m_s3", "finger_speed_90_deg_s", "begins_at_rest", "ends_at_rest", "in_body_share",
    styles.DEEPEST,
)  # fmt: skip
STYLES = (
    styles.DISTINCT, "both_hands_up", "hand_height_95_cm", "wrist_speed_90_m_s", "wrist_jerk_median_m_s3",
    "finger_speed_90_deg_s", "begins_at_rest", "ends_at_rest", "in_body_share", styles.DEEPEST,
)  # fmt: skip
_SAID = {**MEASURES, **gestures.NUMBERS, **styles.NUMBERS}

Line = tuple[str, Mapping[str, float | str]]
Table = tuple[str, tuple[str, ...], list[Line]]
"""Title, measures, lines."""


@dataclass
class Beside:
    """floors: of FGD, by measure. people: scores of recordings of people on their own speech, if there were any.

    broken: timing of whole and broken motion. styles: numbers by row and style. takes: of recordings from outside the
    corpus, numbers by 'model, folder'. All empty in 2-D.
    """

    floors: dict[str, float] = field(default_factory=dict)
    people: Scores | None = None
    broken: list[BrokenRow] = field(default_factory=list)
    styles: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    takes: dict[str, dict[str, float]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """All but the floors, for `scores.json`."""
        return {
            "people": known(self.people.numbers) if self.people else None,
            "timing": [{"row": b.source, "way": b.way, **known(b.numbers)} for b in self.broken],
            "takes": {row: known(numbers) for row, numbers in self.takes.items()},
            "styles": {row: {style: known(n) for style, n in found.items()} for row, found in self.styles.items()},
        }


def known(numbers: Mapping[str, float]) -> dict[str, float | None]:
    """Numbers as JSON has them: None for nan."""
    return {name: None if math.isnan(value) else value for name, value in numbers.items()}


def tables(rows: Sequence[Scores], beside: Beside) -> list[Table]:
    """What stands beside the rows, people's range first; nothing for a 2-D corpus."""
    if not beside.broken:
        return []
    range_line: Line = (RANGE_ROW, {name: f"{low:.3g} to {high:.3g}" for name, (low, high) in RANGES.items()})
    people: list[Line] = [(PEOPLE, beside.people.numbers)] if beside.people else []
    floor: Line = ("FGD's floor: training motion", beside.floors)
    timed: list[Line] = [(f"{row.source}: {row.way}", row.numbers) for row in beside.broken]
    clips: list[Line] = [(row.name, row.numbers) for row in rows]
    by_style: list[Line] = [
        (f"{row}: {style}", numbers) for row, found in beside.styles.items() for style, numbers in found.items()
    ]
    return [
        ("Timing", TIMED, [range_line, *timed]),
        ("Hands and bodies", MOTION, [range_line, *people, floor, *clips, *beside.takes.items()]),
        ("Styles, a minute at a time", STYLES, [range_line, *by_style]),
    ]


def answer_tables(answers: Mapping[str, Answers]) -> list[Table]:
    """A table for each question that was asked of a row; in brackets the gap to its first case."""
    out: list[Table] = []
    for question in dict.fromkeys(question for asked in answers.values() for question in asked):
        asked = {row: found[question] for row, found in answers.items() if question in found}
        lines: list[Line] = [
            (f"{row}: {case}", {m: _compared(numbers, next(iter(cases.values())), m) for m in numbers})
            for row, cases in asked.items()
            for case, numbers in cases.items()
        ]
        kind, _, folder = question.partition(": ")
        title = {**robustness.QUESTIONS, **rerecorded.QUESTIONS}[kind]
        out.append((f"{title} ({folder})" if folder else title, tuple(lines[0][1]), lines))
    return out


def _compared(numbers: Mapping[str, float], first: Mapping[str, float], measure: str) -> str:
    is_first = numbers is first or _is_time(measure) or not first[measure] > 0
    return _cell(numbers, measure) + ("" if is_first else f" ({gap(numbers[measure], first[measure]):+.0%})")


def as_text(tables: Sequence[Table]) -> str:
    """For the terminal."""
    parts = []
    for title, measures, lines in tables:
        cells = [("", *measures), *((name, *(_cell(numbers, m) for m in measures)) for name, numbers in lines)]
        widths = [max(len(row[k]) for row in cells) for k in range(len(cells[0]))]
        text = [
            "  ".join(c.ljust(w) if k == 0 else c.rjust(w) for k, (c, w) in enumerate(zip(row, widths)))
            for row in cells
        ]
        parts.append("\n".join([title, *text]))
    return "\n\n".join(parts)


def as_html(tables: Sequence[Table]) -> str:
    """For the report."""
    parts = []
    for title, measures, lines in tables:
        head = "".join(f"<th title='{html.escape(_SAID.get(m, m))}'>{m}</th>" for m in measures)
        body = "".join(
            f"<tr><th>{html.escape(name)}</th>{''.join(f'<td>{_cell(numbers, m)}</td>' for m in measures)}</tr>"
            for name, numbers in lines
        )
        parts.append(
            f"<h2>{html.escape(title)}</h2><div class=wide><table><tr><th></th>{head}</tr>{body}</table></div>"
        )
    return "".join(parts)


def draw_accents(figure: Figure, rows: Sequence[Scores], line: Callable[[int], dict[str, Any]]) -> None:
    """Each row's speed around accents, a plot for each part; line: the style of the k-th row."""
    axes = figure.subplots(1, len(PARTS), sharey=True)
    for part, ax in zip(PARTS, axes, strict=True):
        for k, row in enumerate(rows):
            if row.around:
                ax.plot(row.around.offsets_s, row.around.around[part], label=row.name, **line(k))
        ax.axvline(0, color="grey", linewidth=0.6)
        ax.set(title=part, xlabel="s from the accent")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside right center", fontsize="small")


def _cell(numbers: Mapping[str, float | str], measure: str) -> str:
    value = numbers.get(measure, math.nan)
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "–"
    return f"{value:+.2f}" if _is_time(measure) else "0" if abs(value) < 1e-3 else f"{value:.3g}"


def _is_time(measure: str) -> bool:
    """Whether a measure says how long after the speech something is."""
    return measure.endswith("_lag_s") or (measure.startswith("accent_") and measure.endswith("_s"))
