"""The scoreboard from end to end on a corpus made here, and the parts that decide what it says."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from small_models import SMALL, random_model

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.cli.main import main
from a2g_core.errors import CheckpointError, ConfigError
from a2g_core.evaluation import people, timing
from a2g_core.evaluation.beside import as_text
from a2g_core.evaluation.broken import CHANCE, WAYS
from a2g_core.evaluation.claims import CLAIMS
from a2g_core.evaluation.entrants import FPS, Entrant, elsewhere_entrant, frozen_entrant, open_clips, seed_of
from a2g_core.evaluation.evaluate import evaluate
from a2g_core.evaluation.metrics import body_positions, l1_cm
from a2g_core.evaluation.scoreboard import MEASURES, Panel, Scores, finish, make_panel, measure
from a2g_core.evaluation.tables import BUDGETS, TABLES, budgeted, take_or_train
from a2g_core.model.checkpoint import save_model
from a2g_core.model.config import NAMED
from a2g_core.training.corpus import CorpusWriter, load_corpus

SECONDS = 11.0
THIN = {"audio_channels": (8,) * 4, "motion_channels": (16,) * 4, "decoder_channels": (16,) * 4}


def babble(seed: int) -> np.ndarray:
    """Bursts of noise, a few a second."""
    rng, t = np.random.default_rng(seed), np.arange(round(SECONDS * 16000)) / 16000
    loud = sum(np.exp(-(((t - at) / 0.06) ** 2)) for at in np.cumsum(rng.uniform(0.25, 0.9, 30)))
    return (0.2 * loud * rng.standard_normal(len(t))).astype(np.float32)


def wave(seed: int) -> np.ndarray:
    """(T, 52, 4): arms that swing with several frequencies."""
    rng, t = np.random.default_rng(seed), np.arange(round(SECONDS * 30))[:, None, None] / 30
    swing = sum(np.sin(2 * np.pi * f * t + rng.uniform(0, 6, (1, 52, 3))) / (1 + f) for f in (0.2, 0.5, 1.1))
    size = np.array([0.5 if "shoulder" in n or "elbow" in n else 0.06 for n in BODY_HANDS.names])[:, None]
    return axis_angle_to_quaternion((size * swing).astype(np.float32))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    writer = CorpusWriter(tmp_path_factory.mktemp("corpus"), fps=30.0, joints=BODY_HANDS.names, notice="made here")
    for k, split in enumerate(["train"] * 4 + ["validation"] * 2 + ["stranger"]):
        takes = np.stack([wave(10 * k), wave(10 * k + 1)]) if split != "train" else None
        writer.add(split, str(k), babble(k), wave(k), takes=takes)
    writer.close()
    return writer.folder


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    """A model of random weights: it moves, like nobody."""
    path = tmp_path_factory.mktemp("model") / "random.safetensors"
    save_model(random_model(SMALL.replace(bank_walk_frames=30, **THIN)), path)
    return path


@pytest.fixture(scope="module")
def report(corpus, model, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("out")
    evaluate(corpus, out, models={"random": model}, samples=2)
    return out


def test_every_row_has_every_measure_that_applies(report):
    rows = json.loads((report / "scores.json").read_text())["rows"]
    assert list(rows) == ["corpus itself", "real motion, another moment", "frozen mean pose", "random"]
    only_models = {"swap_cm"}
    only_codes = {"shared_code_gap", "shared_code_gap_centred"}
    only_moving = {name for name in timing.NUMBERS if name.endswith("_s")}
    for name, row in rows.items():
        missing = {m for m in MEASURES if row["numbers"].get(m) is None}
        missing -= only_moving if name == "frozen mean pose" else set()
        assert missing <= (set() if name == "random" else only_models | only_codes) | {
            "skating",
            "finger_speed_90_deg_s",
        }, name
    assert (rows["random"]["runs"], rows["corpus itself"]["runs"]) == (2, 1)


def test_the_corpus_is_the_ceiling_and_the_frozen_pose_does_not_win(report):
    rows = {n: r["numbers"] for n, r in json.loads((report / "scores.json").read_text())["rows"].items()}
    corpus, frozen = rows["corpus itself"], rows["frozen mean pose"]
    assert corpus["l1_sum_cm"] == 0 and corpus["pck_02m"] == 1 and corpus["hellinger"] < 1e-6
    assert frozen["speed_m_s"] == frozen["diversity_cm"] == frozen["multimodality_cm"] == 0
    assert frozen["l1_sum_cm"] < rows["real motion, another moment"]["l1_sum_cm"]  # the trap that it is there to show
    assert min(rows, key=lambda name: rows[name]["summary"]) == "frozen mean pose"
    assert rows["real motion, another moment"]["summary"] > frozen["summary"] + 0.3


def test_the_report_is_one_page_that_needs_nothing_else(report):
    page = (report / "report.html").read_text()
    assert page.count("data:image/png;base64,") == 4 and page.count("data:video/mp4;base64,") == 4
    assert "http:" not in page and "https:" not in page
    for words in ("frozen mean pose", "5000 frames", "sha256 of its manifest", "FGD floor", "made here"):
        assert words.replace("FGD floor", "its floor") in page


def test_the_table_is_a_csv_too(report):
    lines = [line for line in csv.reader((report / "scores.csv").open()) if not line[0].startswith("#")]
    head, rows = lines[0], {line[0]: line for line in lines[1:]}
    numbers = json.loads((report / "scores.json").read_text())["rows"]
    assert rows.keys() == numbers.keys()
    for name, row in rows.items():
        average, best = numbers[name]["numbers"]["l1_sum_cm"], numbers[name]["best"]["diversity_cm"]
        assert float(row[head.index("l1_sum_cm")]) == pytest.approx(average, rel=1e-5)
        assert float(row[head.index("diversity_cm best")]) == pytest.approx(best, rel=1e-5)


def test_people_broken_motion_chance_and_styles_stand_beside_the_rows(corpus, model, tmp_path):
    """The corpus of a test plays the people; its head and legs move, so that nothing is left out."""
    found = evaluate(corpus, tmp_path, models={"random": model}, samples=2, videos=False, people=corpus)
    told = json.loads((tmp_path / "scores.json").read_text())
    assert told["people"]["both_hands_up"] is not None and told["people"]["l1_sum_cm"] is None
    ways = [*WAYS, CHANCE]
    expected = [(row, way) for row in ("people", "corpus itself", "random") for way in ways]
    assert [(line["row"], line["way"]) for line in told["timing"]] == expected
    lines = {(line["row"], line["way"]): line for line in told["timing"]}
    for row in ("people", "corpus itself", "random"):
        frozen = lines[row, "arms frozen"]
        assert frozen["alignment_arms"] == 0.5 and abs(frozen["onset_wrists"]) < 0.2
        whole, other = lines[row, "as it is"], lines[row, "left and right swapped"]
        assert other["onset_wrists"] == pytest.approx(whole["onset_wrists"], abs=1e-6)
    assert told["styles"]["corpus itself"] and told["styles"]["people"]
    text, page = as_text(found.tables), (tmp_path / "report.html").read_text()
    for title, measures, _ in found.tables:
        assert title in text and title in page and all(m in text for m in measures)
    assert "people, range" in text and "0.41 to 0.75" in text


def test_people_without_head_and_legs_are_not_asked_about_them(corpus):
    clips = open_clips(corpus, "validation")
    assert not people.says_nothing(clips, "onset_head") and people.says_nothing(clips, "l1_sum_cm")
    for clip in clips:
        clip.quaternions[:, [BODY_HANDS.index(n) for n in ("head", "left_knee", "right_knee")]] = [1, 0, 0, 0]
    for name in ("onset_head", "accent_head_s", "alignment_head", "fgd", "fgd_legs", "sliding_cm_s"):
        assert people.says_nothing(clips, name), name
    for name in ("onset_wrists", "alignment_arms", "fgd_upper", "both_hands_up"):
        assert not people.says_nothing(clips, name), name


def test_each_clip_of_a_run_has_a_seed_of_its_own():
    seeds = {seed_of(clip, run) for clip in ("00001", "00002", "00003") for run in range(20)}
    assert len(seeds) == 60 and all(0 <= seed < 2**31 for seed in seeds)
    assert seed_of("00001", 3) == seed_of("00001", 3)


def test_another_speech_is_swapped_in_under_the_same_seed(corpus):
    one, other = open_clips(corpus, "validation")
    swapped = one.saying(other)
    assert swapped.name == one.name and seed_of(swapped.name, 0) == seed_of(one.name, 0)
    np.testing.assert_array_equal(swapped.heard(FPS).features, other.heard(FPS).features)


def test_swapping_the_speech_of_a_model_that_ignores_it_changes_nothing(corpus):
    """As the paper's split codes do after a short training: all of the motion follows from the seed."""

    def perform(clip, run: int) -> Motion:
        turns = np.random.default_rng(seed_of(clip.name, run)).normal(0, 0.3, (1, 52, 3))
        quaternions = axis_angle_to_quaternion(np.repeat(turns, len(clip), axis=0).astype(np.float32))
        return Motion(quaternions, np.zeros((len(clip), 3)), FPS, BODY_HANDS)

    clips = open_clips(corpus, "validation")
    model = random_model(SMALL.replace(**THIN))
    scores = measure(Entrant("deaf", perform, model=model), make_panel(clips, clips), 2)
    assert scores.numbers["swap_cm"] == 0 and scores.numbers["multimodality_cm"] > 1


def test_a_stranger_is_measured_when_asked_for(corpus, report, model, tmp_path):
    asked = evaluate(corpus, tmp_path, models={"random": model}, samples=1, videos=False, split="stranger")
    assert [clip.sequence.speaker for clip in asked.clips] == ["6"] and "1 held-out clips" in asked.facts["measured"]
    usual = json.loads((report / "scores.json").read_text())
    assert asked.rows[2].scores.numbers["l1_sum_cm"] != usual["rows"]["frozen mean pose"]["numbers"]["l1_sum_cm"]
    with pytest.raises(ConfigError, match="not a held-out split"):
        evaluate(corpus, tmp_path, models={"random": model}, split="train")


def test_baselines_are_what_they_say(corpus):
    clips, training = open_clips(corpus, "validation"), open_clips(corpus, "train")
    frozen = frozen_entrant(training).perform(clips[0], 0)
    assert np.ptp(frozen.quaternions, axis=0).max() == 0 and len(frozen) == len(clips[0])
    elsewhere = elsewhere_entrant([*clips, *training])
    moved = [elsewhere.perform(clips[0], run) for run in range(3)]
    assert (moved[0].quaternions == elsewhere.perform(clips[0], 0).quaternions).all()
    assert all(l1_cm(body_positions(m), body_positions(clips[0].truth)) > 1 for m in moved)
    alone = elsewhere_entrant(clips[:1]).perform(clips[0], 0)  # from another frame of itself, around its end
    shift = [k for k in range(len(clips[0])) if np.allclose(alone.quaternions[0], clips[0].truth.quaternions[k])]
    assert len(shift) == 1 and len(clips[0]) // 4 <= shift[0] < 3 * len(clips[0]) // 4


def test_the_corpus_is_as_multimodal_as_its_takes(corpus, report):
    clips = []
    for sequence in load_corpus(corpus, "validation"):
        takes = [sequence.quaternions, *sequence.takes]
        assert len(takes) == 3
        a, b, c = (body_positions(Motion(q, np.zeros((len(q), 3)), FPS, BODY_HANDS)) for q in takes)
        clips.append(100 * np.mean([np.abs(x - y).sum(axis=-1).mean() for x, y in ((a, b), (a, c), (b, c))]))
    row = json.loads((report / "scores.json").read_text())["rows"]["corpus itself"]
    assert row["numbers"]["multimodality_cm"] == pytest.approx(np.mean(clips), rel=1e-4) and row["runs"] == 1


def test_multimodality_is_held_against_the_takes_and_without_any_against_other_moments():
    def row(multimodality: float) -> Scores:
        alike = dict.fromkeys(("speed_m_s", "jerk_m_s3", "diversity_cm", "l1div_m"), 1.0)
        numbers = {**alike, "multimodality_cm": multimodality, "fgd": 1.0, "alignment_arms": people.ALIGNMENT_ARMS}
        return Scores("", numbers, {}, 1, {"arms": np.ones(3)})

    panel = Panel((), None, None, {"fgd": 1.0}, None, None, (), ())
    for own, expected in ((4.0, 7.5 / 8), (0.0, 7.25 / 8)):  # 2 of 4, or 2 of 8
        model = row(2.0)
        finish([model], row(own), row(8.0), panel)
        assert model.numbers["summary"] == pytest.approx(expected)


def test_speech_is_heard_at_each_models_rate(corpus):
    clip = open_clips(corpus, "validation")[0]
    assert clip.heard(FPS).features.shape == (330, 64) and clip.heard(20.0).features.shape == (220, 64)
    at_30, at_20 = clip.heard(FPS).features[::3], clip.heard(20.0).features[::2]  # the same instants
    assert np.abs(at_30[5:-5] - at_20[5:-5]).max() < 0.1  # half precision is kept of the first


def _numbers(**by_row) -> dict:
    """Rows in the table's order, each from a list of one number a row for a measure."""
    names = TABLES[2]
    return {name: {m: values[k] for m, values in by_row.items()} for k, name in enumerate(names)}


def test_the_papers_own_numbers_make_its_claims_hold():
    paper = _numbers(
        l1_sum_cm=[8.22, 8.69, 8.06, 7.94, 7.84], pck_02m=[0.80, 0.77, 0.80, 0.80, 0.82],
        diversity_cm=[6.20, 5.83, 5.86, 6.31, 6.32], multimodality_cm=[0, 5.90, 3.44, 3.68, 4.11],
    )  # fmt: skip
    for row in paper.values():
        row["l1_sum_cm best"] = row["l1_sum_cm"]
    assert [c.text for c in CLAIMS[2] if not c.holds(paper)] == []
    turned = {name: {m: -v for m, v in row.items()} for name, row in paper.items()}
    held = [c.text for c in CLAIMS[2] if c.holds(turned)]
    assert held == [c.text for c in CLAIMS[2] if "average equals its best" in c.text or "hardly changes" in c.text]
    trinity = dict(zip(TABLES[1], [
        {"l1_sum_cm": 7.71, "pck_02m": 0.82, "diversity_cm": 5.99, "multimodality_cm": 0},
        {"l1_sum_cm": 24.68, "pck_02m": 0.39, "diversity_cm": 2.46, "multimodality_cm": 0},
        {"l1_sum_cm": 18.97, "pck_02m": 0.34, "diversity_cm": 2.34, "multimodality_cm": 7.55},
        {"l1_sum_cm": 7.84, "pck_02m": 0.82, "diversity_cm": 6.32, "multimodality_cm": 4.11},
    ]))  # fmt: skip
    broken = [c.text for c in CLAIMS[1] if not c.holds(trinity)]
    assert len(broken) == 1 and "the paper's own Table 1 disagrees" in broken[0]


def test_rows_are_trained_once_and_taken_afterwards(corpus, tmp_path):
    config = NAMED["table2-split"].replace(steps=2, batch_size=2, **THIN)
    first = take_or_train(config, corpus, tmp_path / "run", device="cpu")
    written = (tmp_path / "run/state.safetensors").stat().st_mtime_ns
    again = take_or_train(config, corpus, tmp_path / "run", device="cpu")
    assert first.info == again.info and first.info["steps"] == 2
    assert (tmp_path / "run/state.safetensors").stat().st_mtime_ns == written
    with pytest.raises(CheckpointError, match="differs in learning_rate"):
        take_or_train(config.replace(learning_rate=1.0), corpus, tmp_path / "run", device="cpu")
    other = shutil.copytree(corpus, tmp_path / "other")
    (other / "manifest.json").write_text((corpus / "manifest.json").read_text() + " ")
    with pytest.raises(CheckpointError, match="trained on another corpus"):
        take_or_train(config, other, tmp_path / "run", device="cpu")


def test_budgets_are_stated_for_every_system():
    for budget in BUDGETS:
        for name in {*TABLES[1], *TABLES[2]}:
            config = budgeted(name, budget)
            assert config.name == name and (config.training.steps > 100_000) == (budget == "paper")


def test_the_command_says_what_is_wrong(corpus, tmp_path, capsys):
    assert main(["evaluate", "--corpus", str(corpus), "--out", str(tmp_path)]) == 2
    assert "nothing to evaluate" in capsys.readouterr().err
    assert main(["evaluate", "--corpus", str(corpus), "--out", str(tmp_path), "--model", "ours"]) == 2
    assert "NAME=PATH" in capsys.readouterr().err
