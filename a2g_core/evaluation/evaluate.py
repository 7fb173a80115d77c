"""`a2g evaluate`: train or load a table's rows, measure them beside the reference rows, write the report."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from .. import __version__
from ..errors import ConfigError
from ..model.checkpoint import Model, load_model
from ..model.settings import SystemConfig
from ..outputs import check_files
from ..training.corpus import SPLITS, STRANGER, TRAIN, VALIDATION, corpus_digest, load_manifest
from . import timing
from .beside import Beside
from .broken import measure_broken
from .claims import CLAIMS
from .drift import measure_drift
from .entrants import (
    CORPUS,
    REFERENCE_NAMES,
    BodyEntrant,
    Clip,
    corpus_entrant,
    elsewhere_entrant,
    frozen_entrant,
    model_entrant,
    open_clips,
)
from .flat import ROWS as ROWS_2D
from .flat import FlatClip, FlatEntrant, flat_model_entrant, flat_references, flattened, measure_flat, open_flat_clips
from .gate import Check, Limit, check, load_gate
from .judges import load_judges
from .people import PEOPLE, open_people, says_nothing
from .recordings import measure_takes, open_recordings, takes_of
from .report import FILES, Evaluation, Row, write_report
from .rerecorded import measure_rerecorded
from .robustness import Answers, measure_robustness
from .scoreboard import Panel, Scores, finish, make_panel, measure, panel_of
from .styles import corpus_styles, measure_styles
from .tables import TABLES, budgeted, take_or_train

HELD_OUT = {VALIDATION: "other speakers, other gesture clips", STRANGER: "other speakers, another performer"}
"""Splits that can be measured on, and what they do not share with training in a built corpus."""


def evaluate(  # noqa: PLR0913 - one for each option of `a2g evaluate`
    corpus: Path, out: Path, *, table: int | None = None, models: dict[str, Path] | None = None,
    runs: Path | None = None, budget: str = "cpu", samples: int = 20, most_clips: int | None = None,
    judges: Path | None = None, device: str = "auto", seed: int = 0, videos: bool = True, gate: Path | None = None,
    robustness: bool = False, speech: dict[str, Path] | None = None, split: str = VALIDATION,
    people: Path | None = None, force: bool = False,
) -> Evaluation:  # fmt: skip
    """Score a table's rows, these models, or both, and write `report.html`, `scores.csv` and `scores.json` to `out`.

    table: 1 or 2; its rows are loaded from `runs`, or trained into it under the budget. models: further model files to
    measure, by label. samples: runs per clip. most_clips: use at most this many held-out clips. judges: folder of
    judges to use instead of the built-in ones. gate: file of limits that each of `models` is checked against; implies
    robustness. robustness: measure that too. speech: folders of recordings by name, of which takes are made and
    measured beside those of the corpus's speech; robustness is measured on them too.
    split: key of `HELD_OUT`, whose clips are measured. people: a corpus of recordings of people, which no model here
    was trained on, to be measured beside the rows on their own speech. force: replace files of these names that are no
    such report.
    """
    check_files(out, FILES, force=force)
    if table is not None and table not in TABLES:
        raise ConfigError(f"there is no Table {table} to reproduce", "use 1 or 2")
    if split not in HELD_OUT:
        raise ConfigError(f"'{split}' is not a held-out split", f"use {' or '.join(HELD_OUT)}")
    if samples < 1 or (most_clips is not None and most_clips < 1):
        raise ConfigError(f"there are no {samples} samples of {most_clips} clips", "use 1 or more of each")
    if taken := sorted(set(models or {}) & {*_rows_of(table), *REFERENCE_NAMES, PEOPLE}):
        raise ConfigError(f"the name '{taken[0]}' belongs to a row of the table", "name your model otherwise")
    is_flat = load_manifest(corpus)["dimensions"] == 2
    if is_flat and (gate or robustness):
        raise ConfigError(
            "neither gate nor robustness can be measured on a 2-D corpus", "leave them out, or give a 3-D corpus"
        )
    if is_flat and people:
        raise ConfigError("people cannot be measured beside a 2-D corpus", "leave out --people, or give a 3-D corpus")
    if is_flat and speech:
        raise ConfigError("takes cannot be made of recordings in 2-D", "leave out --speech, or give a 3-D corpus")
    if gate and not models:
        raise ConfigError("there is no model to check against the gate", "give --model NAME=FILE")
    limits = load_gate(gate) if gate else []
    score = _score_flat if is_flat else _score
    asked = bool(gate or robustness)
    wanted = _Wanted(
        table, models or {}, runs or out / "runs", budget, device, seed, judges, speech or {}, asked, split, people
    )
    rows, clips, measured = score(corpus, wanted, samples, most_clips)
    title = f"Table {table}" if table else "Scoreboard"
    facts = _facts(corpus, split, measured.floors, judges, len(clips), samples, seed, budget if table else None)
    checks = _check(limits, rows, models or {})
    evaluation = Evaluation(title, rows, _judge_claims(table, rows), facts, clips, checks, measured)
    write_report(evaluation, out, videos=videos)
    return evaluation


def _rows_of(table: int | None) -> tuple[str, ...]:
    return () if table is None else TABLES[table]


@dataclass(frozen=True)
class _Wanted:
    """What is to be measured, and on what. speech: folders of recordings, by name."""

    table: int | None
    models: dict[str, Path]
    runs: Path
    budget: str
    device: str
    seed: int
    judges: Path | None
    speech: dict[str, Path]
    robustness: bool
    split: str
    people: Path | None = None

    def named(
        self, rows: tuple[str, ...], corpus: Path, adapt: Callable[[SystemConfig], SystemConfig] = lambda config: config
    ) -> list[tuple[str, Model, Path | None]]:
        """(name, model, folder of its run) of these configs, trained if necessary, then of the model files."""
        out: list[tuple[str, Model, Path | None]] = []
        for name in rows if self.table else ():
            config = adapt(budgeted(name, self.budget))
            model = take_or_train(config, corpus, self.runs / name, device=self.device, seed=self.seed)
            out.append((name, model, self.runs / name))
        return out + [(label, load_model(path), None) for label, path in self.models.items()]


def _score(corpus: Path, wanted: _Wanted, samples: int, most_clips: int | None) -> tuple[list[Row], list[Clip], Beside]:
    """Rows and clips of a 3-D corpus, and what is shown beside them."""
    clips, training = open_clips(corpus, wanted.split, most_clips), open_clips(corpus, TRAIN)
    panel = make_panel(clips, training, wanted.judges)
    entrants: list[tuple[BodyEntrant, Path | None]] = [
        (corpus_entrant(), None), (elsewhere_entrant([*clips, *training]), None),
        (frozen_entrant(training), None),
    ]  # fmt: skip
    for name, model, run in wanted.named(_rows_of(wanted.table), corpus):
        entrants.append((model_entrant(name, model), run))
    rows, beside = [], Beside(panel.fgd_floors)
    recordings = {folder: open_recordings(path) for folder, path in wanted.speech.items()}
    if wanted.people:
        _measure_people(open_people(wanted.people), panel, beside)
    for entrant, run in entrants:
        began = time.monotonic()
        with tqdm(total=len(clips), desc=entrant.name, unit="clip", mininterval=5) as bar:
            scores = measure(entrant, panel, samples, bar.update)
        drift, robustness = None, Answers()
        if entrant.model is not None:
            drift = measure_drift(entrant.name, entrant.model, clips)
            beside.styles[entrant.name] = measure_styles(entrant.model, clips)
            if wanted.robustness:
                robustness = measure_robustness(entrant.model, panel, wanted.speech)
                robustness |= measure_rerecorded(entrant.model, panel, recordings)
        if entrant.model is not None or entrant.name == CORPUS:
            beside.broken += measure_broken(entrant.name, panel, scores.judged)
        if entrant.model is not None:
            for folder, spoken in recordings.items():
                _measure_takes(entrant, entrant.model, folder, panel_of(spoken, panel), beside)
        scores.judged.clear()
        rows.append(Row(entrant, scores, time.monotonic() - began, drift, run, robustness))
    beside.styles[CORPUS] = corpus_styles(clips)
    finish([row.scores for row in rows], rows[0].scores, rows[1].scores, panel)
    return rows, clips, beside


def _measure_takes(entrant: BodyEntrant, model: Model, folder: str, panel: Panel, beside: Beside) -> None:
    """Takes of recordings; panel: of these."""
    name, takes = f"{entrant.name}, {folder}", takes_of(entrant, panel.clips)
    beside.broken += measure_broken(name, panel, takes)
    beside.takes[name] = measure_takes(takes, panel)
    beside.styles[name] = measure_styles(model, panel.clips)


def _measure_people(people: list[Clip], panel: Panel, beside: Beside) -> None:
    """People on their own speech, by the same judges; measures that say nothing of them are nan."""
    own = panel_of(people, panel)
    scores = measure(corpus_entrant(), own, 1)
    known = {name: float("nan") if says_nothing(people, name) else value for name, value in scores.numbers.items()}
    parts = [part for part in timing.PARTS if not says_nothing(people, f"onset_{part}")]
    beside.broken += measure_broken(PEOPLE, own, scores.judged, parts)
    beside.styles[PEOPLE] = corpus_styles(people)
    beside.people = Scores(PEOPLE, known, {}, 1)


def _score_flat(
    corpus: Path, wanted: _Wanted, samples: int, most_clips: int | None
) -> tuple[list[Row], list[FlatClip], Beside]:
    """The same of a 2-D corpus."""
    if wanted.table == 2:
        raise ConfigError("Table 2 is in 3-D", "use --table 1 on this corpus")
    clips, training = open_flat_clips(corpus, wanted.split, most_clips), open_flat_clips(corpus, TRAIN)
    entrants: list[tuple[FlatEntrant, Path | None]]
    entrants = [(entrant, None) for entrant in flat_references(clips, training)]
    for name, model, run in wanted.named(ROWS_2D, corpus, lambda config: flattened(config, training[0].sequence)):
        entrants.append((flat_model_entrant(name, model), run))
    rows = []
    for entrant, run in entrants:
        began = time.monotonic()
        scores = measure_flat(entrant, clips, samples)
        rows.append(Row(entrant, scores, time.monotonic() - began, None, run))
    return rows, clips, Beside()


def _check(limits: list[Limit], rows: list[Row], names: Collection[str]) -> list[Check]:
    """Check every limit for each of the named rows, against the first row: the corpus."""
    return [c for row in rows if row.scores.name in names for c in check(limits, row.scores, rows[0].scores)]


def _judge_claims(table: int | None, rows: list[Row]) -> list[tuple[str, bool | None, str]]:
    """(claim, whether it holds here, the numbers as text) of each claim of the table."""
    numbers = {
        row.scores.name: {**row.scores.numbers, **{f"{k} best": v for k, v in row.scores.best.items()}} for row in rows
    }
    out: list[tuple[str, bool | None, str]] = []
    for claim in CLAIMS.get(table, ()) if table else ():
        if not all(row in numbers and all(m in numbers[row] for m in claim.measures) for row in claim.needs):
            continue  # 2-D has no StyleGestures, and fewer measures
        said = (f"{row}: " + ", ".join(f"{numbers[row][m]:.3g}" for m in claim.measures) for row in claim.needs)
        out.append((claim.text, claim.holds(numbers), f"{', '.join(claim.measures)}: {'; '.join(said)}"))
    return out


def _facts(
    corpus: Path, split: str, floors: dict[str, float], judges: Path | None, clips: int, samples: int, seed: int,
    budget: str | None,
) -> dict[str, str]:  # fmt: skip
    manifest = load_manifest(corpus)
    hours = dict.fromkeys(SPLITS, 0.0)
    for entry in manifest["sequences"]:
        hours[entry["split"]] += entry["frames"] / manifest["fps"] / 3600
    return {
        "command": " ".join(["a2g", *sys.argv[1:]]),
        "program": f"Audio2Gestures {__version__}",
        "corpus": f"{corpus.name}, sha256 of its manifest {corpus_digest(corpus)[:16]}; "
        f"{hours[TRAIN]:.2f} h training, {hours[split]:.2f} h held out"
        + (f" ({HELD_OUT[split]})" if "clips" in manifest else ""),
        "notice": manifest["notice"],
        "measured": f"{clips} held-out clips, {samples} samples of each, a seed for each; "
        f"{22 if manifest['dimensions'] == 3 else len(manifest['skeleton'])} joints",
        "training": "none" if budget is None else f"budget '{budget}', seed {seed}",
        "judges": _judges(floors, judges) if floors else "none in 2-D",
        "machine": f"{platform.processor() or platform.machine()}, Python {platform.python_version()}",
        "date": time.strftime("%Y-%m-%d"),
    }


def _judges(floors: dict[str, float], folder: Path | None) -> str:
    encoder, scorer = (about["sha256"][:12] for _, about in load_judges(folder))
    floor = ", ".join(f"{name} {value:.2f}" for name, value in floors.items())
    return f"FGD encoder {encoder}, its floor (held-out against training motion): {floor}; alignment scorer {scorer}"
