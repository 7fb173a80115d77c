"""From answers to numbers: Elo from pairs, match over mismatch for alignment, and the five-step ratings of Fig. 4."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ...errors import DataError
from ...files import is_folder, listed
from ...outputs import check_files
from .answers import Answer, Key, Participant, read_key, read_participants
from .design import MODES, RATINGS
from .report import FILES, write_report
from .results import Score, StudyResult
from .statistics import elo, interval, resampled, wilson

BOOTSTRAP_ROUNDS = 2000


def analyse_study(
    answers: list[Path], key: Path, out: Path, *, misses_allowed: int = 0, force: bool = False
) -> StudyResult:  # fmt: skip
    """Read answer files and the key; write `results.csv`, `answers.csv`, `figure.png`, `figure.svg` and `report.html`.

    answers: files, or folders of JSON files. misses_allowed: how many attention checks a participant may fail.
    force: replace files of these names that are no such results. Raises DataError for a file that is damaged or belongs
    to another study, and if every participant was dropped; OutputError where the results cannot be written.
    """
    check_files(out, FILES, force=force)
    known = read_key(key)
    people = read_participants(_files(answers, Path(key)), known)
    result = score(people, known, misses_allowed=misses_allowed)
    kept = [p for p in people if p.name in result.participants]
    return write_report(result, kept, known, Path(out))


def _files(answers: list[Path], key: Path) -> list[Path]:
    paths = [
        f for p in map(Path, answers) for f in ([q for q in listed(p) if q.suffix == ".json"] if is_folder(p) else [p])
    ]
    return [p for p in paths if p.resolve() != key.resolve()]


def score(people: list[Participant], key: Key, *, misses_allowed: int = 0) -> StudyResult:
    """Compute the result without writing anything."""
    missed = {p.name: sum(_failed(a, key) for a in p.answers) for p in people}
    dropped = {
        name: f"failed {n} of {key.checks_per_participant} attention checks"
        for name, n in missed.items()
        if n > misses_allowed
    }
    kept = [p for p in people if p.name not in dropped]
    if not kept:
        raise DataError("every participant failed the attention checks", "ask more people")
    scores = {"realism": _elo_scores, "alignment": _alignment_scores, "rating": _rating_scores}[key.mode](kept, key)
    return StudyResult(key.study, key.mode, key.title, tuple(p.name for p in kept), dropped, tuple(scores))


def _failed(answer: Answer, key: Key) -> bool:
    """Whether this is an attention check that was not answered as its video asked."""
    expected = key.trials[answer.trial].expected
    if expected is None:
        return False
    if key.mode != "rating":
        return answer.choice != expected
    told = next(k for k, video in enumerate(answer.order) if key.videos[video].instruction)
    return any(scores[told] != expected for scores in answer.ratings.values())


def _counted(people: list[Participant], key: Key) -> list[tuple[int, Answer]]:
    """(index of the participant, answer) for all answers except attention checks."""
    return [(k, a) for k, p in enumerate(people) for a in p.answers if key.trials[a.trial].expected is None]


def _elo_scores(people: list[Participant], key: Key) -> list[Score]:
    count = len(key.systems)
    wins = np.zeros((len(people), count, count))
    ties = np.zeros((count, count), int)
    for person, a in _counted(people, key):
        left, right = (key.systems.index(key.videos[v].system) for v in a.order)
        share = {"left": 1.0, "equal": 0.5, "right": 0.0}[a.choice]
        wins[person, left, right] += share
        wins[person, right, left] += 1 - share
        ties[left, right] += a.choice == "equal"
    total, ties = wins.sum(0), (ties + ties.T).sum(1)
    points = elo(total)
    low, high = interval(elo(resampled(wins, BOOTSTRAP_ROUNDS)), len(people))
    scores = []
    for i, system in enumerate(key.systems):
        won, lost = round(total[i].sum() - ties[i] / 2), round(total[:, i].sum() - ties[i] / 2)
        counts = {"win": won, "tie": int(ties[i]), "loss": lost}
        scores.append(
            Score(system, "realism", float(points[i]), float(low[i]), float(high[i]), sum(counts.values()), counts)
        )
    return sorted(scores, key=lambda s: -s.value)


def _alignment_scores(people: list[Participant], key: Key) -> list[Score]:
    kinds = ("match", "tie", "mismatch")
    tally = np.zeros((len(people), len(key.systems), 3))
    for person, a in _counted(people, key):
        right_audio = [key.videos[v].audio == "right" for v in a.order].index(True)
        kind = 1 if a.choice == "equal" else 0 if ("left", "right").index(a.choice) == right_audio else 2
        tally[person, key.systems.index(key.videos[a.order[0]].system), kind] += 1

    def per_cent(counts: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            return 100 * (counts[..., 0] + counts[..., 1] / 2) / counts.sum(-1)

    total = tally.sum(0)
    values, (low, high) = per_cent(total), interval(per_cent(resampled(tally, BOOTSTRAP_ROUNDS)), len(people))
    scores = []
    for i, system in enumerate(key.systems):
        answers = int(total[i].sum())
        if not answers:
            continue  # too few trials per participant for so many systems
        low_share, high_share = wilson(values[i] / 100, answers)
        bounds = (100 * low_share, 100 * high_share)
        counts = dict(zip(kinds, map(int, total[i])))
        scores.append(
            Score(system, "alignment", float(values[i]), float(low[i]), float(high[i]), answers, counts, bounds)
        )
    return sorted(scores, key=lambda s: -s.value)


def _rating_scores(people: list[Participant], key: Key) -> list[Score]:
    scores = []
    steps = np.array(list(RATINGS))
    for question in MODES["rating"].questions:
        tally = np.zeros((len(people), len(key.systems), len(steps)))
        for person, a in _counted(people, key):
            for video, rating in zip(a.order, a.ratings[question]):
                tally[person, key.systems.index(key.videos[video].system), list(RATINGS).index(rating)] += 1
        total = tally.sum(0)
        sums = resampled(tally, BOOTSTRAP_ROUNDS)
        low, high = interval(sums @ steps / sums.sum(-1), len(people))
        rows = [
            Score(system, question, float(total[i] @ steps / total[i].sum()), float(low[i]), float(high[i]),
                  int(total[i].sum()), dict(zip(RATINGS.values(), map(int, total[i]))))
            for i, system in enumerate(key.systems)
        ]  # fmt: skip
        scores += sorted(rows, key=lambda s: -s.value)
    return scores
