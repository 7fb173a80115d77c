"""The scoreboard as one HTML page that needs nothing else, a CSV and a JSON file."""

from __future__ import annotations

import base64
import csv
import html
import io
import json
import math
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from ..body.skeleton import BODY
from ..files import replacing
from ..model.checkpoint import Model
from . import flat
from .beside import Beside, Table, answer_tables, as_html, draw_accents, known, tables
from .drawing import draw_keypoints_video, draw_video, view_of
from .drift import LONG_FRAMES, Drift
from .dynamics import gap
from .entrants import FPS, Entrant, SpeechClip
from .gate import ROW, Check
from .robustness import Answers
from .scoreboard import MEASURES, SUMMARY, Scores

VIDEO_S = 8.0
FILES = {"report.html": ".claims .yes, .claims .no", "scores.csv": "# command,", "scores.json": '"facts"'}
"""What is written, and what each file holds by which it is known again."""
_DPI = 100
_BODY_PARTS_SHOWN = ("ARMS", "HEAD", "TORSO")


@dataclass(frozen=True)
class Row:
    """A row of the table: its scores, and its model (None for a reference row).

    seconds: how long measuring took. run: the folder of its training. robustness: if it was requested.
    """

    entrant: Entrant[Any, Any]
    scores: Scores
    seconds: float
    drift: Drift | None = None
    run: Path | None = None
    robustness: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class Evaluation:
    """Everything in a report."""

    title: str
    rows: list[Row]
    claims: list[tuple[str, bool | None, str]]
    facts: dict[str, str]
    clips: Sequence[SpeechClip] = field(repr=False)
    checks: list[Check] = field(default_factory=list)
    beside: Beside = field(default_factory=Beside)

    @property
    def tables(self) -> list[Table]:
        """What is shown beside the rows."""
        beside = tables([row.scores for row in self.rows], self.beside)
        return beside + answer_tables({row.scores.name: row.robustness for row in self.rows})

    @property
    def measures(self) -> dict[str, str]:
        """Names and descriptions of what the rows are measured by."""
        return flat.MEASURES if isinstance(self.clips[0], flat.FlatClip) else MEASURES


def write_report(evaluation: Evaluation, out: Path, *, videos: bool = True) -> None:
    """Write `FILES` to `out`, each whole or not at all."""
    parts = [_heading(evaluation), _gate(evaluation), _table(evaluation)]
    if "summary" in evaluation.measures:
        parts.append(f"<p class=note>{html.escape(SUMMARY)}</p>")
    parts += [as_html(evaluation.tables), _claims(evaluation), _drifts(evaluation)]
    if evaluation.rows[0].scores.histograms:
        parts += [
            _figure("Speeds, against the corpus (dashed)", _draw_speeds, evaluation),
            _figure("Alignment of the arms against shift: speech from so much later", _draw_alignment, evaluation),
            _figure("Speed around accents, as a multiple of its mean", _draw_accents, evaluation),
            _figure("Angle of each joint from rest: 1st to 99th percentile, and median", _draw_ranges, evaluation),
        ]
    if any(row.run for row in evaluation.rows):
        parts.append(_figure("Learning curves: total training loss", _draw_learning, evaluation))
    if videos:
        parts.append(_videos(evaluation))
    page = _PAGE.replace("@@TITLE@@", html.escape(evaluation.title)).replace("@@BODY@@", "\n".join(parts))
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        html_part, csv_part, json_part = (stack.enter_context(replacing(out / name)) for name in FILES)
        html_part.write_text(page, encoding="utf-8")
        _write_csv(evaluation, csv_part)
        _write_json(evaluation, json_part)


# Files ----------------------------------------------------------------------------------------------------------------


def _write_csv(evaluation: Evaluation, path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for key, value in evaluation.facts.items():
            writer.writerow([f"# {key}", value])
        facts, measures = list(_no_model()), evaluation.measures
        asked = list(dict.fromkeys(key for row in evaluation.rows for key in _flat(row.robustness)))
        writer.writerow(["row", "runs", *measures, *(f"{name} best" for name in measures), *facts, *asked])
        for row in evaluation.rows:
            numbers, best = row.scores.numbers, row.scores.best
            values = [kind.get(name, math.nan) for kind in (numbers, best) for name in measures]
            said = model_facts(row.entrant.model) if row.entrant.model else _no_model()
            shown = ["" if math.isnan(v) else f"{v:.6g}" for v in values]
            answers = _flat(row.robustness)
            found = ["" if math.isnan(v) else f"{v:.6g}" for v in (answers.get(key, math.nan) for key in asked)]
            writer.writerow([row.scores.name, row.scores.runs, *shown, *said.values(), *found])


def _flat(answers: Answers) -> dict[str, float]:
    """By 'question: case: measure'."""
    return {
        f"{question}: {case}: {measure}": value
        for question, cases in answers.items()
        for case, numbers in cases.items()
        for measure, value in numbers.items()
    }


def _write_json(evaluation: Evaluation, path: Path) -> None:
    rows = {
        row.scores.name: {
            "numbers": known(row.scores.numbers), "best": known(row.scores.best), "runs": row.scores.runs,
            "measured_s": round(row.seconds, 1),
            "model": model_facts(row.entrant.model) if row.entrant.model else None,
            "drift": vars(row.drift) if row.drift else None,
            "robustness": {q: {c: known(n) for c, n in cases.items()} for q, cases in row.robustness.items()},
        }
        for row in evaluation.rows
    }  # fmt: skip
    claims = [{"claim": text, "holds": holds, "numbers": said} for text, holds, said in evaluation.claims]
    gate = [
        {"model": c.model, **vars(c.limit), "found": c.value, "corpus": c.corpus, "holds": c.holds}
        for c in evaluation.checks
    ]
    everything = {
        "facts": evaluation.facts,
        "rows": rows,
        "claims": claims,
        "gate": gate,
        **evaluation.beside.as_json(),
    }
    path.write_text(json.dumps(everything, indent=1), encoding="utf-8")


def model_facts(model: Model) -> dict[str, str]:
    """Facts about a model, as shown in the report."""
    settings, trained_s = model.config.training, model.info.get("trained_s")
    return {
        "steps": str(model.info.get("steps", "?")),
        "batch": f"{settings.batch_size} × {settings.crop_frames} frames",
        "trained, hours": "not recorded" if trained_s is None else f"{trained_s / 3600:.2f}",
        "parameters": f"{sum(a.size for a in model.parameters.values()) / 1e6:.2f} M",
        "sha256": model.info["sha256"][:12],
    }


def _no_model() -> dict[str, str]:
    return dict.fromkeys(("steps", "batch", "trained, hours", "parameters", "sha256"), "")


# The page -------------------------------------------------------------------------------------------------------------


def _heading(evaluation: Evaluation) -> str:
    facts = "".join(f"<dt>{html.escape(k)}</dt><dd>{html.escape(v)}</dd>" for k, v in evaluation.facts.items())
    return f"<h1>{html.escape(evaluation.title)}</h1><dl>{facts}</dl>"


def _table(evaluation: Evaluation) -> str:
    rows = evaluation.rows
    head = "".join(f"<th>{html.escape(row.scores.name)}</th>" for row in rows)
    lines = [f"<tr><th></th>{head}</tr>"]
    for name, meaning in evaluation.measures.items():
        cells = "".join(f"<td>{_cell(row.scores, name, rows[0].scores)}</td>" for row in rows)
        lines.append(f"<tr><th title='{html.escape(name)}'>{html.escape(meaning)}</th>{cells}</tr>")
    facts = [model_facts(row.entrant.model) if row.entrant.model else _no_model() for row in rows]
    for key in _no_model():
        lines.append(f"<tr><th>{key}</th>{''.join(f'<td>{html.escape(f[key])}</td>' for f in facts)}</tr>")
    lines.append(f"<tr><th>runs of each clip</th>{''.join(f'<td>{row.scores.runs}</td>' for row in rows)}</tr>")
    note = (
        "<p class=note>Average over runs. In brackets: the best run, where the paper gives it; of speeds, "
        "accelerations, jerks and L1Div the gap to the corpus.</p>"
    )
    return f"<div class=wide><table>{''.join(lines)}</table></div>{note}"


def _cell(scores: Scores, name: str, corpus: Scores) -> str:
    value = scores.numbers.get(name, math.nan)
    if math.isnan(value):
        return "–"
    if abs(value) < 1e-4:
        return "0"
    if name in _GAPS and corpus.numbers[name] and scores is not corpus:
        return f"{value:.3g}{_gap(value, corpus.numbers[name])}"
    best = f" <small>({scores.best[name]:.3g})</small>" if scores.runs > 1 and name in _BEST_SHOWN else ""
    return f"{value:.3g}{best}"


_BEST_SHOWN = ("l1_sum_cm", "l1_mean_cm", "pck_02m", "pck_02h", "diversity_cm", "diversity_literal_cm")
_GAPS = (
    "speed_m_s", "speed_median_m_s", "speed_95_m_s", "wrist_speed_m_s", "acceleration_m_s2", "jerk_m_s3",
    "jerk_median_m_s3", "l1div_m",
)  # fmt: skip


def _gate(evaluation: Evaluation) -> str:
    if not evaluation.checks:
        return ""
    lines = [
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in c.row[:-1])}"
        f"<td class={'yes' if c.holds else 'no'}>{c.row[-1]}</td>"
        f"<td><small>{html.escape(c.limit.because)}</small></td></tr>"
        for c in evaluation.checks
    ]
    head = "".join(f"<th>{name}</th>" for name in (*ROW, "because"))
    return f"<h2>The gate</h2><table class=claims><tr>{head}</tr>{''.join(lines)}</table>"


def _gap(value: float, reference: float) -> str:
    return f" <small>({gap(value, reference):+.0%})</small>" if reference > 0 else ""


def _claims(evaluation: Evaluation) -> str:
    if not evaluation.claims:
        return ""
    lines = [
        f"<tr><td>{html.escape(text)}</td><td class={'yes' if holds else 'no'}>{'holds' if holds else 'does not hold'}"
        f"</td><td><small>{html.escape(said)}</small></td></tr>"
        for text, holds, said in evaluation.claims
    ]
    return f"<h2>The paper's claims, here</h2><table class=claims>{''.join(lines)}</table>"


def _drifts(evaluation: Evaluation) -> str:
    drifts = [row.drift for row in evaluation.rows if row.drift]
    if not drifts:
        return ""

    def thirds(values: tuple[float, ...], digits: str) -> str:
        return "".join(f"<td>{v:{digits}}</td>" for v in values)

    lines = [
        f"<tr><th>{html.escape(d.name)}</th>{thirds(d.speed_m_s, '.4f')}<td>{d.speed_change:+.1%}</td>"
        f"{thirds(d.jerk_m_s3, '.2f')}{thirds(d.diversity_cm, '.2f')}</tr>"
        for d in drifts
    ]
    head = (
        "<tr><th></th><th colspan=3>speed, m/s</th><th>last against first</th><th colspan=3>jerk, m/s³</th>"
        "<th colspan=3>diversity, cm</th></tr>"
    )
    title = f"{LONG_FRAMES} frames: each third hears the same speech"
    return f"<h2>{title}</h2><table>{head}{''.join(lines)}</table>"


def _videos(evaluation: Evaluation) -> str:
    """A few seconds of every row, all on the longest clip."""
    clip = max(evaluation.clips, key=len)
    shown = []
    with tempfile.TemporaryDirectory() as scratch:
        for k, row in enumerate(evaluation.rows):
            path = Path(scratch, f"{k}.mp4")
            _film(row.entrant.perform(clip, 0), clip, path)
            data = base64.b64encode(path.read_bytes()).decode()
            name = html.escape(row.scores.name)
            source = f"<video controls preload=metadata src='data:video/mp4;base64,{data}'></video>"
            shown.append(f"<figure>{source}<figcaption>{name}</figcaption></figure>")
    return f"<h2>The same {VIDEO_S:g} s of held-out speech</h2><div class=videos>{''.join(shown)}</div>"


def _film(motion: Any, clip: SpeechClip, path: Path) -> None:
    """motion: key points for a 2-D clip, a Motion for any other."""
    if isinstance(clip, flat.FlatClip):
        fps = clip.sequence.fps
        shown = motion[: round(VIDEO_S * fps)]
        draw_keypoints_video(path, shown, fps, shoulders=1.0, audio=clip.audio, size=(400, 400))
        return
    positions, rotations = view_of(motion.slice(0, min(len(motion), round(VIDEO_S * FPS))))
    draw_video(path, positions, motion.skeleton, FPS, rotations=rotations, audio=clip.audio, size=(320, 400))


def _figure(title: str, draw: Callable[[Figure, Evaluation], None], evaluation: Evaluation) -> str:
    figure = Figure(figsize=(11, 3.6), dpi=_DPI, layout="constrained")
    draw(figure, evaluation)
    data = io.BytesIO()
    figure.savefig(data, format="png")
    picture = base64.b64encode(data.getvalue()).decode()
    return f"<h2>{html.escape(title)}</h2><img alt='{html.escape(title)}' src='data:image/png;base64,{picture}'>"


def _line(k: int) -> dict[str, Any]:
    """Line style of the k-th row in every plot; the first row is the corpus."""
    return {"linewidth": 1.2, **({"color": "black", "linestyle": "--"} if k == 0 else {"color": f"C{k - 1}"})}


def _draw_speeds(figure: Figure, evaluation: Evaluation) -> None:
    axes = figure.subplots(1, len(_BODY_PARTS_SHOWN), sharey=True)
    for part, ax in zip(_BODY_PARTS_SHOWN, axes, strict=True):
        for k, row in enumerate(evaluation.rows):
            counts = row.scores.histograms[part]
            share = np.maximum(np.cumsum(counts[::-1])[::-1] / counts.sum(), 1e-6)
            ax.plot(np.arange(len(counts)) / 100, share, label=row.scores.name, **_line(k))
        ax.set(title=part.lower(), xlabel="m/s", yscale="log", xlim=(0, 2), ylim=(1e-4, 1.1))
    axes[0].set_ylabel("share of frames at least so fast")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside right center", fontsize="small")


def _draw_alignment(figure: Figure, evaluation: Evaluation) -> None:
    ax = figure.subplots()
    for k, row in enumerate(evaluation.rows):
        assert row.scores.shift_s is not None and row.scores.shift_scores is not None  # a report of a 3-D corpus
        ax.plot(row.scores.shift_s, row.scores.shift_scores, label=row.scores.name, **_line(k))
    ax.axvline(0, color="grey", linewidth=0.6)
    ax.set(xlabel="shift of the speech, s", ylabel="score of the alignment judge")
    figure.legend(*ax.get_legend_handles_labels(), loc="outside right center", fontsize="small")


def _draw_accents(figure: Figure, evaluation: Evaluation) -> None:
    draw_accents(figure, [row.scores for row in evaluation.rows], _line)


def _draw_ranges(figure: Figure, evaluation: Evaluation) -> None:
    ax, joints = figure.subplots(), np.arange(len(BODY))
    width = 0.8 / len(evaluation.rows)
    for k, row in enumerate(evaluation.rows):
        assert row.scores.ranges_deg is not None  # a report of a 3-D corpus
        low, middle, high = row.scores.ranges_deg.T
        at = joints + (k - (len(evaluation.rows) - 1) / 2) * width
        inks = ("black", "white") if k == 0 else (f"C{k - 1}", "black")
        ax.bar(at, high - low, width * 0.9, bottom=low, label=row.scores.name, color=inks[0])
        ax.hlines(middle, at - width * 0.45, at + width * 0.45, color=inks[1], linewidth=0.8)
    ax.set_xticks(joints, BODY.names, rotation=60, ha="right", fontsize="small")
    ax.set_ylabel("degrees")
    figure.legend(*ax.get_legend_handles_labels(), loc="outside right center", fontsize="small")


def _draw_learning(figure: Figure, evaluation: Evaluation) -> None:
    ax = figure.subplots()
    for k, row in enumerate(evaluation.rows):
        if row.run is None:
            continue
        log = EventAccumulator(str(row.run / "log"))
        log.Reload()
        if "train/total" in log.Tags()["scalars"]:
            events = log.Scalars("train/total")
            ax.plot([e.step for e in events], [e.value for e in events], label=row.scores.name, **_line(k))
    ax.set(xlabel="step", ylabel="loss (each system its own)", yscale="symlog")
    figure.legend(*ax.get_legend_handles_labels(), loc="outside right center", fontsize="small")


_PAGE = """<!DOCTYPE html>
<html lang=en><head><meta charset=utf-8><meta name=viewport content="width=device-width"><title>@@TITLE@@</title><style>
body { font: 15px/1.45 system-ui, sans-serif; max-width: 1180px; margin: 2em auto; padding: 0 1em; color: #1c2733; }
h2 { margin-top: 2em; font-size: 1.2em; }
dl { display: grid; grid-template-columns: max-content auto; gap: .2em 1em; }
dt { color: #5b6b7a; } dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
td, th { padding: .25em .6em; border-bottom: 1px solid #dde3e8; text-align: right; vertical-align: top; }
th:first-child, .claims td { text-align: left; font-weight: normal; }
small { color: #5b6b7a; } .note { color: #5b6b7a; max-width: 60em; }
.yes { color: #14713d; } .no { color: #a3341f; } .claims .yes, .claims .no { white-space: nowrap; }
img { max-width: 100%; } .videos { display: flex; flex-wrap: wrap; gap: 1em; }
figure { margin: 0; } video { width: 260px; background: #eee; } figcaption { font-size: 13px; }
</style></head><body>
@@BODY@@
</body></html>
"""
