"""Answers to numbers: planted rankings are found again, intervals hold, and files from outside are distrusted."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
import pytest

from a2g_core.errors import DataError
from a2g_core.evaluation.study import analyse_study
from a2g_core.evaluation.study.design import design_study
from a2g_core.evaluation.study.make import ANSWERS_FORMAT, describe_key
from a2g_core.evaluation.study.statistics import elo, interval, resampled, wilson

SYSTEMS = {"mocap": 1180.0, "ours": 1060.0, "s2g": 900.0, "stylegestures": 860.0}
"""True Elo points of the simulated systems; their mean is 1000."""
CLIPS = [f"clip-{k}" for k in range(8)]
TRUE_RATES = {"mocap": 0.8, "ours": 0.65, "s2g": 0.5, "stylegestures": 0.45}


class Simulated:
    """A study without videos, and answer files of people who answer by chance as told."""

    def __init__(self, folder, mode, asked=24):
        self.folder, self.mode, self.asked = folder, mode, asked
        self.checks = {"rating": 1}.get(mode, 2)
        rng = np.random.default_rng(3)
        self.design = design_study(mode, list(SYSTEMS), CLIPS, sound=False, checks=self.checks, rng=rng)
        self.key = folder / "key.json"
        key = describe_key(self.design, "abcdef0123456789", "Simulated", asked, self.checks, list(SYSTEMS), {})
        self.key.write_text(json.dumps(key))

    def content(self, name, choose, rng, attentive=True):
        """A whole answer file: choose(systems, videos, rng) answers ordinary trials."""
        trials = [list(self.design.trials)[i] for i in rng.permutation(len(self.design.trials))[: self.asked]]
        checks = [list(self.design.checks)[i] for i in rng.permutation(len(self.design.checks))[: self.checks]]
        answers = []
        for trial in trials + checks:
            known = self.design.trials.get(trial) or self.design.checks[trial]
            order = [known.videos[i] for i in rng.permutation(len(known.videos))]
            answer = choose([self.design.videos[v] for v in order], rng)
            if known.expected is not None:
                answer = self.check_answer(known, order, attentive)
            plays = [1] * len(order)
            answers.append({"trial": trial, "order": order, "answer": answer, "plays": plays, "seconds": 9.5})
        return {"format": ANSWERS_FORMAT, "study": "abcdef0123456789", "mode": self.mode, "participant": name,
                "started": "2026-10-01T10:00:00Z", "finished": "2026-10-01T10:09:00Z", "answers": answers}  # fmt: skip

    def check_answer(self, trial, order, attentive):
        if self.mode != "rating":
            return trial.expected if attentive else {"left": "right", "right": "equal", "equal": "left"}[trial.expected]
        told = [bool(self.design.videos[v].instruction) for v in order]
        row = [trial.expected if (t and attentive) else trial.expected % 5 + 1 for t in told]
        return dict.fromkeys(("realism", "diversity", "matching"), row)

    def write(self, people, choose, seed=0, careless=0):
        rng = np.random.default_rng(seed)
        folder = self.folder / "answers"
        folder.mkdir()
        for k in range(people):
            attentive = k >= careless
            content = self.content(f"p{k:02}", choose if attentive else spite, rng, attentive)
            (folder / f"p{k:02}.json").write_text(json.dumps(content))
        return folder


def by_strength(videos, rng):
    """Bradley-Terry: an Elo gap of 200 is preferred in 76 % of answers."""
    left, right = (SYSTEMS[v.system] for v in videos)
    return "left" if rng.random() < 1 / (1 + 10 ** ((right - left) / 400)) else "right"


def spite(videos, rng):
    """Against everything true, so that it would show if it counted."""
    if len(videos) > 2:
        row = [5 if v.system == "stylegestures" else 1 for v in videos]
        return dict.fromkeys(("realism", "diversity", "matching"), row)
    if videos[0].system == videos[1].system:
        return "left" if videos[0].audio == "wrong" else "right"
    return "left" if SYSTEMS[videos[0].system] < SYSTEMS[videos[1].system] else "right"


def by_match(videos, rng):
    if rng.random() < 0.2:
        return "equal"
    match = rng.random() < (TRUE_RATES[videos[0].system] - 0.1) / 0.8
    return "left" if (videos[0].audio == "right") == match else "right"


def by_rank(videos, rng):
    rank = {"mocap": 4.5, "ours": 3.8, "s2g": 2.2, "stylegestures": 1.8}
    row = [int(np.clip(round(rank[v.system] + rng.normal(0, 0.6)), 1, 5)) for v in videos]
    return dict.fromkeys(("realism", "diversity", "matching"), row)


def table(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def test_planted_strengths_are_found_and_the_careless_left_out(tmp_path):
    study = Simulated(tmp_path, "realism")
    answers = study.write(34, by_strength, careless=4)
    result = analyse_study([answers], study.key, tmp_path / "out")
    assert [s.system for s in result.scores] == list(SYSTEMS)
    for s in result.scores:
        assert s.low < SYSTEMS[s.system] < s.high
        assert s.low < s.value < s.high and s.high - s.low < 120
        assert sum(s.counts.values()) == s.answers
    assert sum(s.answers for s in result.scores) == 2 * 30 * 24  # checks are not counted
    assert sorted(result.dropped) == ["p00", "p01", "p02", "p03"] and len(result.participants) == 30
    assert "failed 2 of 2" in result.dropped["p00"]
    assert all(f.stat().st_size > 100 for f in result.files)
    page = (tmp_path / "out/report.html").read_text()
    assert "30 participants; 4 left out" in page and "p03" in page
    rows = table(tmp_path / "out/results.csv")
    assert [r["system"] for r in rows] == list(SYSTEMS) and float(rows[0]["value"]) > 1100
    assert len(table(tmp_path / "out/answers.csv")) == 2 * 30 * 24


def test_misses_can_be_allowed(tmp_path):
    study = Simulated(tmp_path, "realism")
    answers = study.write(3, by_strength, careless=1)
    assert not analyse_study([answers], study.key, tmp_path / "out", misses_allowed=2).dropped
    everyone = Simulated(tmp_path, "realism").write
    (tmp_path / "answers").rename(tmp_path / "before")
    with pytest.raises(DataError, match="every participant failed"):
        analyse_study([everyone(2, by_strength, careless=2)], study.key, tmp_path / "out")


def test_alignment_is_measured_against_chance(tmp_path):
    study = Simulated(tmp_path, "alignment")
    result = analyse_study([study.write(31, by_match, careless=1)], study.key, tmp_path / "out")
    found = {s.system: s for s in result.scores}
    for system, rate in TRUE_RATES.items():
        s = found[system]
        assert s.low < 100 * rate < s.high and s.wilson[0] < 100 * rate < s.wilson[1]
        match, tie, mismatch = s.counts.values()
        assert s.value == pytest.approx(100 * (match + tie / 2) / (match + tie + mismatch))
        assert 0.1 < tie / s.answers < 0.3
    assert found["mocap"].low > 50 and found["s2g"].low < 50 < found["s2g"].high


def test_ratings_are_counted_as_in_figure_4(tmp_path):
    study = Simulated(tmp_path, "rating", asked=4)
    result = analyse_study([study.write(41, by_rank, careless=1)], study.key, tmp_path / "out")
    assert len(result.scores) == 3 * 4 and list(result.dropped) == ["p00"]
    for s in result.scores:
        assert s.answers == 160  # as in the paper: 40 participants, 4 comparisons each
        weights = {"best": 5, "fine": 4, "not bad": 3, "bad": 2, "worst": 1}
        assert s.value == pytest.approx(sum(weights[k] * n for k, n in s.counts.items()) / 160)
        assert s.low < s.value < s.high
    for question in ("realism", "diversity", "matching"):
        assert [s.system for s in result.scores if s.question == question] == list(SYSTEMS)
    assert (tmp_path / "out/figure.svg").read_text().count("<svg") == 1


def test_an_elo_gap_of_200_is_76_percent_and_ties_are_half_wins():
    preferred = 1 / (1 + 10 ** (-200 / 400))
    assert preferred == pytest.approx(0.7597, abs=1e-4)
    points = elo(np.array([[0, 7597.0], [2403.0, 0]]))
    assert points[0] - points[1] == pytest.approx(200, abs=0.1) and points.mean() == pytest.approx(1000)
    # 60 wins, 20 losses and 20 ties rank like 70 to 30.
    assert elo(np.array([[0, 60 + 10.0], [20 + 10.0, 0]])) == pytest.approx(elo(np.array([[0, 70.0], [30.0, 0]])))
    assert np.isfinite(elo(np.array([[0, 50.0], [0, 0]]))).all()


def test_intervals_cover_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(5)
    truth = np.array(list(SYSTEMS.values()))
    chance = 1 / (1 + 10 ** ((truth[None] - truth[:, None]) / 400))
    upper = np.triu_indices(4, 1)
    hits = []
    for _ in range(60):
        wins = np.zeros((30, 4, 4))
        won = rng.binomial(4, chance[upper], size=(30, 6))
        wins[:, upper[0], upper[1]], wins[:, upper[1], upper[0]] = won, 4 - won
        low, high = interval(elo(resampled(wins, 200)), 30)
        hits.append((low < truth) & (truth < high))
    # 240 intervals of 95 %: 4 standard deviations around, and the bootstrap's known shortfall at 30 people.
    assert 0.88 < np.mean(hits) <= 0.99


def test_wilson_agrees_with_its_published_values():
    # Newcombe 1998, Table I: 81 of 263 and 0 of 20.
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0.0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)


def test_one_participant_gets_no_interval(tmp_path):
    study = Simulated(tmp_path, "realism")
    result = analyse_study([study.write(1, by_strength)], study.key, tmp_path / "out")
    assert all(math.isnan(s.low) for s in result.scores)
    assert "needs two or more participants" in (tmp_path / "out/report.html").read_text()


def broken(change):
    def apply(content):
        change(content)
        return json.dumps(content)

    return apply


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (broken(lambda c: c.update(study="0000")), "answers another study"),
        (broken(lambda c: c.update(format="x")), "not an answer file"),
        (broken(lambda c: c.update(extra=1)), "fields are missing or unknown"),
        (broken(lambda c: c.update(participant="<script>")), "code has characters"),
        (broken(lambda c: c.update(participant=7)), "not text"),
        (broken(lambda c: c["answers"].pop()), "of 26 answers"),
        (broken(lambda c: c["answers"].append(c["answers"][0])), "answered twice"),
        (broken(lambda c: c["answers"][0].update(trial="nope")), "trial is unknown"),
        (broken(lambda c: c["answers"][0].update(answer="best")), "not left, equal or right"),
        (broken(lambda c: c["answers"][0].update(answer=["left"])), "not left, equal or right"),
        (broken(lambda c: c["answers"][0].update(order=c["answers"][1]["order"])), "does not name the trial's videos"),
        (broken(lambda c: c["answers"][0].update(plays=[0, 1])), "not played to its end"),
        (broken(lambda c: c["answers"][0].update(plays=[True, 1])), "not played to its end"),
        (broken(lambda c: c["answers"][0].update(seconds=float("nan"))), "time is not a number"),
        (lambda c: json.dumps(c)[:-9], "not JSON"),
        (lambda c: '{"format": 1, "format": 2}', "not JSON"),
        (lambda c: "[" * 100_000, "not JSON"),
        (lambda c: "[]", "it is not an object"),
        (lambda c: " " * 1_000_001, "too large"),
    ],
)
def test_foreign_and_damaged_files_are_refused_with_a_sentence(tmp_path, damage, says):
    study = Simulated(tmp_path, "realism")
    content = study.content("p1", by_strength, np.random.default_rng(0))
    path = tmp_path / "p1.json"
    path.write_text(damage(content))
    with pytest.raises(DataError, match=says):
        analyse_study([path], study.key, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_doubles_missing_files_and_other_keys_are_refused(tmp_path):
    study = Simulated(tmp_path, "realism")
    content = json.dumps(study.content("p1", by_strength, np.random.default_rng(0)))
    a, b = tmp_path / "a.json", tmp_path / "b.json"
    a.write_text(content)
    b.write_text(content)
    with pytest.raises(DataError, match=r"'a\.json' and 'b\.json' both come from participant 'p1'"):
        analyse_study([a, b], study.key, tmp_path / "out")
    with pytest.raises(DataError, match="no file"):
        analyse_study([tmp_path / "c.json"], study.key, tmp_path / "out")
    with pytest.raises(DataError, match="no answer files"):
        analyse_study([], study.key, tmp_path / "out")
    with pytest.raises(DataError, match="not the key of a study"):
        analyse_study([a], b, tmp_path / "out")
    b.unlink()
    # A folder may hold the key too; it is not taken for answers.
    assert analyse_study([tmp_path], study.key, tmp_path / "out").participants == ("p1",)


def _first(table):
    return next(iter(table.values()))


@pytest.mark.parametrize(
    ("mode", "change"),
    [
        ("realism", lambda k: _first(k["videos"]).update(system="nobody's")),
        ("realism", lambda k: k.update(systems=["ours", "ours"])),
        ("realism", lambda k: _first(k["trials"]).update(videos=list(k["videos"])[:1])),
        ("realism", lambda k: _first(k["trials"]).update(videos=list(k["videos"])[:3])),
        ("realism", lambda k: _first(k["trials"]).update(expected=["left"])),
        ("realism", lambda k: k.update(trials_per_participant=1.5)),
        ("realism", lambda k: k.update(checks_per_participant=float("inf"))),
        ("realism", lambda k: k.update(title="\ud800")),
        ("alignment", lambda k: [v.update(audio="right") for v in k["videos"].values()]),
        ("rating", lambda k: [v.update(instruction="") for v in k["videos"].values()]),
        ("rating", lambda k: k.update(mode=["rating"])),
    ],
)
def test_a_key_that_fits_no_study_is_refused(tmp_path, mode, change):
    study = Simulated(tmp_path, mode)
    answers = study.write(1, {"realism": by_strength, "alignment": by_match, "rating": by_rank}[mode])
    key = json.loads(study.key.read_text())
    change(key)
    study.key.write_text(json.dumps(key))
    with pytest.raises(DataError, match="not the key of a study"):
        analyse_study([answers], study.key, tmp_path / "out")
