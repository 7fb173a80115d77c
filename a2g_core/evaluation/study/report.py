"""Writes the results of a study as a figure, tables and one HTML page. Needs matplotlib."""

from __future__ import annotations

import base64
import csv
import html
import math
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import A2GError
from ...files import replacing
from .answers import Key, Participant
from .design import MODES, RATINGS
from .results import Score, StudyResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A diverging palette that colour-blind readers can tell apart; best to worst.
_RATING_COLOURS = ("#1a5ea8", "#7fb3dc", "#d9dce2", "#f0a878", "#b5402a")
_DOT = "#2450c8"

_WORDS = {
    "realism": "Elo points from pairwise choices (Bradley-Terry, ties as half a win, mean 1000). 200 points more are a "
    "preference of 76 %. Intervals: 95 %, bootstrap over participants.",
    "alignment": "Share of answers that prefer the right speech over wrong speech of the same speaker under the same "
    "motion, ties as half; 50 % is chance. Intervals: 95 %, bootstrap over participants; Wilson's beside it treats "
    "answers as independent.",
    "rating": "Counts of each rating and mean score (best 5, fine 4, not bad 3, bad 2, worst 1), as in Fig. 4 of the "
    "paper. Intervals: 95 %, bootstrap over participants.",
}
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 860px; margin: 2rem auto; padding: 0 1rem; color: #171b26 }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: .35rem .6rem; border-bottom: 1px solid #d5d9e2; white-space: nowrap }
th:first-child, td:first-child { text-align: left }
img { max-width: 100% }
.quiet { color: #5a6274 }
"""
_FIGURE_TITLE = "Study of Audio2Gestures"
FILES = {
    "results.csv": "question,system,value,", "answers.csv": "participant,trial,clip,place,",
    "figure.png": _FIGURE_TITLE, "figure.svg": _FIGURE_TITLE, "report.html": ": results</title>",
}  # fmt: skip
"""What is written, and what each file holds by which it is known again."""
_UNITS = {"realism": "Elo", "alignment": "match > mismatch, %", "rating": "mean score"}
_DIGITS = {"realism": 0, "alignment": 1, "rating": 2}


def write_report(result: StudyResult, people: list[Participant], key: Key, out: Path) -> StudyResult:
    """Write everything to the folder out. Returns the result with the files' paths."""
    files = tuple(out / name for name in FILES)
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        results, answers, png, svg, page = (stack.enter_context(replacing(path)) for path in files)
        _write_results(result, results)
        _write_answers(people, key, answers)
        _draw(result, png, svg)
        page.write_text(_page(result, png), encoding="utf-8")
    return replace(result, files=files)


def _write_results(result: StudyResult, path: Path) -> None:
    kinds = list(result.scores[0].counts)
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        numbers = ("value", "low_95", "high_95", "wilson_low_95", "wilson_high_95", "answers")
        rows.writerow(["question", "system", *numbers, *kinds])
        for s in result.scores:
            bounds = s.wilson or ("", "")
            values = (f"{v:.4f}" if isinstance(v, float) else v for v in (s.value, s.low, s.high, *bounds))
            rows.writerow([s.question, s.system, *values, s.answers, *s.counts.values()])


def _write_answers(people: list[Participant], key: Key, path: Path) -> None:
    """One row per rated video, without attention checks."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["participant", "trial", "clip", "place", "system", "audio", "question", "answer", "seconds"])
        for person in people:
            for a in person.answers:
                if key.trials[a.trial].expected is not None:
                    continue
                given = a.answer if isinstance(a.answer, dict) else {key.mode: (a.answer,) * len(a.order)}
                for place, name in enumerate(a.order):
                    video = key.videos[name]
                    for question, by_place in given.items():
                        rows.writerow([person.name, a.trial, video.clip, place + 1, video.system, video.audio,
                                       question, by_place[place], a.seconds])  # fmt: skip


def _draw(result: StudyResult, *paths: Path) -> None:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise A2GError("the figure needs matplotlib", "run 'pip install matplotlib'") from None
    questions = list(dict.fromkeys(s.question for s in result.scores))
    by_question = [[s for s in result.scores if s.question == q] for q in questions]
    rows = sum(map(len, by_question))
    figure = Figure(figsize=(7.5, 1.1 + 0.42 * rows + 0.45 * len(questions)), layout="constrained")
    axes = figure.subplots(len(questions), 1, squeeze=False, height_ratios=[len(r) + 0.6 for r in by_question])[:, 0]
    for ax, scores in zip(axes, by_question):
        ax.spines[["top", "right"]].set_visible(False)
        ax.set_yticks(range(len(scores)), [s.system for s in scores])
        ax.set_ylim(len(scores) - 0.45, -0.55)
        ax.tick_params(axis="y", length=0)
        (_draw_bars if result.mode == "rating" else _draw_intervals)(ax, scores, result.mode)
    if result.mode == "rating":
        axes[-1].set_xlabel("number of ratings")
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=len(RATINGS), frameon=False)
    for path in paths:
        when = {"Date": None} if path.suffix == ".svg" else {}
        figure.savefig(path, dpi=160, metadata={"Title": _FIGURE_TITLE, **when})


def _draw_bars(ax: Axes, scores: list[Score], mode: str) -> None:
    """Fig. 4: stacked counts of the ratings, with the mean score beside each bar."""
    for i, s in enumerate(scores):
        start = 0
        for (kind, count), colour in zip(s.counts.items(), _RATING_COLOURS):
            ax.barh(i, count, left=start, color=colour, height=0.66, label=kind if i == 0 else None)
            if count >= 0.05 * s.answers:
                ink = "white" if colour in (_RATING_COLOURS[0], _RATING_COLOURS[-1]) else "#222"
                ax.text(start + count / 2, i, str(count), ha="center", va="center", fontsize=8, color=ink)
            start += count
        ax.text(start * 1.015, i, f"{s.value:.2f}", va="center", fontweight="bold", fontsize=10)
    ax.set_xlim(0, 1.1 * max(s.answers for s in scores))
    ax.set_title(scores[0].question.capitalize(), loc="left", fontsize=11, fontweight="bold")


def _draw_intervals(ax: Axes, scores: list[Score], mode: str) -> None:
    for i, s in enumerate(scores):
        if not math.isnan(s.low):
            ax.plot([s.low, s.high], [i, i], color=_DOT, linewidth=3, alpha=0.45, solid_capstyle="round")
        ax.plot(s.value, i, "o", color=_DOT, markersize=7)
        ax.annotate(f"{s.value:.{_DIGITS[mode]}f}", (s.value, i), (0, 8), textcoords="offset points", ha="center",
                    fontsize=9)  # fmt: skip
    ax.grid(axis="x", color="#e3e6ec")
    ax.set_axisbelow(True)
    if mode == "alignment":
        ax.axvline(50, color="#8b93a5", linestyle="--", linewidth=1)
    ax.margins(x=0.08)
    ax.set_xlabel({"realism": "Elo (95 % interval)", "alignment": "right speech preferred, % (50 = chance)"}[mode])


def _page(result: StudyResult, figure: Path) -> str:
    picture = base64.b64encode(figure.read_bytes()).decode()
    kept, dropped = len(result.participants), len(result.dropped)
    people = f"{kept} participant{'s' * (kept != 1)}; {dropped} left out."
    reasons = "".join(f"<li>{html.escape(n)}: {html.escape(why)}</li>" for n, why in result.dropped.items())
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{html.escape(result.title)}: results</title>
<style>{_STYLE}</style>
</head><body><h1>{html.escape(result.title)}: results</h1>
<p>{people} <span class="quiet">Study {html.escape(result.study)}, {html.escape(result.mode)}.</span></p>
<ul>{reasons}</ul>
<p>{html.escape(_WORDS[result.mode])}</p>
<img alt="Figure of the results; the tables below hold the same numbers" src="data:image/png;base64,{picture}">
{"".join(_table(result, q) for q in dict.fromkeys(s.question for s in result.scores))}
</body></html>
"""


def _table(result: StudyResult, question: str) -> str:
    scores, digits = [s for s in result.scores if s.question == question], _DIGITS[result.mode]
    heads = ["system", _UNITS[result.mode], "95 %", *(["Wilson 95 %"] if scores[0].wilson else []), "answers"]

    def span(low: float, high: float) -> str:
        return "needs two or more participants" if math.isnan(low) else f"{low:.{digits}f} to {high:.{digits}f}"

    rows = [
        [s.system, f"{s.value:.{digits}f}", span(s.low, s.high), *([span(*s.wilson)] if s.wilson else []), s.answers,
         *s.counts.values()]
        for s in scores
    ]  # fmt: skip
    wording = MODES[result.mode].questions[question]
    head = "".join(f"<th>{html.escape(h)}</th>" for h in (*heads, *scores[0].counts))
    body = "".join("<tr>" + "".join(f"<td>{html.escape(str(c))}</td>" for c in row) + "</tr>" for row in rows)
    return f"<h2>{html.escape(wording)}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
