"""The judges must notice every fault that is put into a motion, and nothing that is not there."""

from __future__ import annotations

import json

import numpy as np
import pytest
from places import ROOT
from safetensors.numpy import save_file

from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY
from a2g_core.errors import CheckpointError, DataError
from a2g_core.evaluation.judges import (
    WEIGHTS,
    alignment_accuracy,
    alignment_against_shift,
    fgd,
    load_alignment_scorer,
    load_judges,
    load_motion_encoder,
    windows_of,
)
from a2g_core.model.checkpoint import checksum, load_model, read_safetensors
from a2g_core.performing.generate import generate
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear
from a2g_core.training.corpus import TRAIN, VALIDATION, CorpusWriter
from a2g_core.training.judge_networks import (
    AlignmentScorer,
    EncoderConfig,
    MotionEncoder,
    ScorerConfig,
    body_points,
    body_windows,
    read_judge,
    write_judge,
)
from a2g_core.training.judges import ENCODER_FILE, SCORER_FILE, train_encoder, train_judges, train_scorer

SMALL_SCORER = ScorerConfig(width=16, size=4, taps=3, dilations=(1, 2, 4), window_frames=60)
SMALL_ENCODER = EncoderConfig(width=16, latents=8)


def talk(seed: int, frames: int = 480, style: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    """A pair: noise that swells at random times, and elbows that jerk then and come back slowly.

    style: how far, in radians, one clip's stance is from another's.
    """
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.integers(12, 40, frames // 12))
    at = np.arange(frames)[:, None] - times[None]
    loud = np.exp(-((at / 3.0) ** 2) / 2).sum(1)
    bent = np.where(at < 0, np.exp(-((at / 2.0) ** 2) / 2), np.exp(-np.abs(at) / 9.0)).sum(1)
    features = rng.uniform(-60, -30) + 25 * loud[:, None] + rng.normal(0, 2, (frames, 64))
    pose = style * rng.normal(size=(1, 22, 3)) + np.zeros((frames, 1, 1))
    for side, sign in (("left", -1), ("right", 1)):
        pose[:, BODY.index(f"{side}_elbow"), 1] += sign * bent * rng.uniform(0.5, 1.0)
    return features.astype(np.float32), axis_angle_to_quaternion(pose).astype(np.float32)


def frozen(motion: np.ndarray) -> np.ndarray:
    return np.repeat(motion[len(motion) // 2][None], len(motion), axis=0)


def trembling(motion: np.ndarray, radians: float) -> np.ndarray:
    shaken = motion + np.random.default_rng(5).normal(0, radians / 2, motion.shape).astype(np.float32)
    return shaken / np.linalg.norm(shaken, axis=-1, keepdims=True)


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def held_out():
    return [talk(seed) for seed in range(100, 112)]


@pytest.fixture(scope="module")
def scorer() -> AlignmentScorer:
    return train_scorer([talk(seed) for seed in range(24)], steps=25, config=SMALL_SCORER)


@pytest.fixture(scope="module")
def encoder() -> MotionEncoder:
    return train_encoder([talk(seed, style=0)[1] for seed in range(24)], steps=20, config=SMALL_ENCODER)


@pytest.fixture(scope="module")
def performances():
    """24 performances of the built-in model, in one style, of the same speech: pairs for the judges that come with the
    program."""
    model = load_model()
    heard = hear(open_speech(ROOT / "scripts/sample/speech.wav"), model.fps)
    return [(heard.features, generate(heard, model, seed=seed, style="Casual").quaternions) for seed in range(24)]


# Alignment ------------------------------------------------------------------------------------------------------------


def test_planted_synchrony_is_found_and_its_absence_is_chance(scorer, held_out):
    right = alignment_accuracy(scorer, held_out)
    control = alignment_accuracy(scorer, held_out, control=True)
    others = alignment_accuracy(scorer, [(held_out[k - 1][0], held_out[k][1]) for k in range(len(held_out))])
    print(right, control, others, sep="\n")
    assert right.windows > 0.9 and right.clips > 0.95
    assert abs(control.windows - 0.5) < 0.1 and abs(control.clips - 0.5) < 0.2
    assert abs(others.windows - 0.5) < 0.15
    assert right.n_windows == 12 * 8 and right.n_clips == 12 and 0 <= right.error < 0.1


def test_the_score_peaks_where_the_motion_belongs(scorer, held_out):
    shifts_s, score = alignment_against_shift(scorer, held_out)
    assert (shifts_s[0], shifts_s[-1]) == (-2, 2) and abs(shifts_s[score.argmax()]) < 0.1
    late = [(features[15:], motion[:-15]) for features, motion in held_out]  # half a second behind its speech
    shifts_s, score = alignment_against_shift(scorer, late)
    assert abs(shifts_s[score.argmax()] + 0.5) < 0.1


def test_motion_that_stands_still_is_neither_right_nor_wrong(scorer, held_out):
    for judge in (scorer, load_alignment_scorer()[0]):
        still = alignment_accuracy(judge, [(features, frozen(motion)) for features, motion in held_out])
        assert still.windows == still.clips == 0.5


def test_neither_level_nor_facing_nor_pose_of_a_motion_changes_the_verdict(scorer, held_out):
    turned = []
    for features, motion in held_out:
        motion = motion.copy()
        motion[:, 0] = [0, 0, 1, 0]  # walks backwards
        motion[:, BODY.index("spine2")] = axis_angle_to_quaternion(np.array([0.2, 0, 0]))
        turned.append((features + 8, motion))
    assert alignment_accuracy(scorer, turned).windows > 0.9


def test_the_same_seed_gives_the_same_verdict(scorer, held_out):
    assert alignment_accuracy(scorer, held_out, 3) == alignment_accuracy(scorer, held_out, 3)


def test_pairs_that_cannot_be_judged_are_refused(scorer):
    features, motion = talk(0)
    with pytest.raises(DataError, match="cannot be compared"):
        alignment_accuracy(scorer, [(features[:-1], motion)])
    with pytest.raises(DataError, match="long enough"):
        alignment_accuracy(scorer, [(features[:80], motion[:80])])
    with pytest.raises(DataError, match="long enough"):
        alignment_against_shift(scorer, [(features[:80], motion[:80])])
    with pytest.raises(DataError, match="cannot see"):
        body_points(motion[:, :9])


# FGD ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shipped", [False, True])
def test_every_fault_raises_fgd(encoder, performances, shipped):
    if shipped:
        encoder, motions = load_motion_encoder()[0], [motion for _, motion in performances]
    else:
        motions = [talk(seed, style=0)[1] for seed in range(200, 240)]
    half = len(motions) // 2
    people, others = windows_of(motions[:half]), motions[half:]
    faults = {
        "reversed": [m[::-1] for m in others],
        "trembling": [trembling(m, 0.03) for m in others],
        "twice as fast": [m[::2] for m in others],
        "frozen": [frozen(m) for m in others],
    }
    floor = fgd(encoder, people, windows_of(others))
    found = {name: fgd(encoder, people, windows_of(faulty)) for name, faulty in faults.items()}
    print({"floor": floor, **found})
    assert fgd(encoder, people, people) == pytest.approx(0, abs=1e-3)
    assert all(value > 1.1 * floor for value in found.values())
    assert found["frozen"] > 2 * floor


def test_a_stronger_tremor_is_worse(encoder):
    motions = [talk(seed, style=0)[1] for seed in range(20)]
    still, found = windows_of(motions), []
    for radians in (0.01, 0.03, 0.1):
        found.append(fgd(encoder, still, windows_of([trembling(m, radians) for m in motions])))
    assert found[0] < found[1] < found[2]


def test_windows_follow_one_another_and_the_tail_is_dropped():
    motion = talk(0, frames=70)[1]
    windows = body_windows(motion)
    assert windows.shape == (2, 32, 132) and windows.dtype == np.float32
    np.testing.assert_array_equal(windows[1], body_windows(motion[32:])[0])
    np.testing.assert_array_equal(windows, body_windows(np.concatenate([motion, motion[:, :5]], axis=1)))


# Training and files ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    writer = CorpusWriter(folder, fps=30.0, joints=BODY.names, notice="made in a test")
    rng = np.random.default_rng(0)
    for k, split in enumerate((TRAIN, TRAIN, TRAIN, VALIDATION)):
        writer.add(split, f"speaker{k}", 0.1 * rng.standard_normal(16 * 16000).astype(np.float32), talk(k)[1])
    writer.close()
    return folder


def test_training_repeats_itself_and_leaves_judges_that_can_be_loaded(corpus, tmp_path):
    steps = {"encoder_steps": 2, "scorer_steps": 2}
    first = train_judges(corpus, tmp_path / "a", **steps, seed=1)
    assert first == train_judges(corpus, tmp_path / "b", **steps, seed=1)
    other = train_judges(corpus, tmp_path / "c", **steps, seed=2)
    assert all(first[name] != other[name] for name in first)
    for name, load in ((ENCODER_FILE, load_motion_encoder), (SCORER_FILE, load_alignment_scorer)):
        _, about = load(tmp_path / "a" / name)
        assert about["sha256"] == first[name] and about["seed"] == 1 and about["steps"] == 2
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    (encoder, said), (scorer, _) = load_judges(tmp_path / "a")
    assert said["judge"] == encoder.judge != scorer.judge


def test_a_corpus_without_the_body_is_refused(tmp_path):
    writer = CorpusWriter(tmp_path / "flat", fps=30.0, joints=["wrist"], dimensions=2, notice="")
    writer.add(TRAIN, "a", np.zeros(16000, np.float32), np.zeros((30, 1, 2), np.float32))
    writer.close()
    with pytest.raises(DataError, match="cannot learn"):
        train_judges(tmp_path / "flat", tmp_path)
    with pytest.raises(DataError, match="12 s"):
        train_scorer([talk(0, frames=200)], steps=1)


@pytest.mark.parametrize("name, kind", [(ENCODER_FILE, MotionEncoder), (SCORER_FILE, AlignmentScorer)])
def test_the_judges_that_come_with_the_program_are_whole(name, kind, tmp_path):
    path = WEIGHTS / name
    judge, about = read_judge(path, kind)
    assert path.stat().st_size < 1_000_000 and len(about["corpus"]) == len(about["sha256"]) == 64
    tensors, _ = read_safetensors(path)
    assert checksum(tensors) == about["sha256"]
    assert not any(p.requires_grad for p in judge.parameters())

    data = bytearray(path.read_bytes())
    data[-1000] ^= 1
    (tmp_path / "damaged").write_bytes(data)
    (tmp_path / "short").write_bytes(data[:-4])
    with pytest.raises(CheckpointError, match="damaged"):
        read_judge(tmp_path / "damaged", kind)
    with pytest.raises(CheckpointError, match="damaged"):
        read_judge(tmp_path / "short", kind)


def test_files_that_are_something_else_are_refused(tmp_path, scorer):
    with pytest.raises(CheckpointError, match="is a 'motion encoder'"):
        load_alignment_scorer(WEIGHTS / ENCODER_FILE)
    with pytest.raises(CheckpointError, match="not a judge file"):
        load_alignment_scorer(ROOT / "a2g_core/model/weights/product.safetensors")
    with pytest.raises(CheckpointError, match="there is no"):
        load_motion_encoder(tmp_path / "nothing")

    write_judge(scorer, tmp_path / "good", {"steps": 60})
    tensors, metadata = read_safetensors(tmp_path / "good")
    about = json.loads(next(iter(metadata.values())))
    wider = {**about, "config": {**about["config"], "width": 17}}
    stranger = {**about, "config": {"colour": "red"}}
    for description in (wider, stranger, {**about, "config": "red"}):
        save_file(tensors, tmp_path / "odd", metadata={next(iter(metadata)): json.dumps(description)})
        with pytest.raises(CheckpointError, match="unknown here"):
            load_alignment_scorer(tmp_path / "odd")

    broken = dict(tensors, feature_mean=np.full_like(tensors["feature_mean"], np.nan))
    description = {**about, "sha256": checksum(broken)}
    save_file(broken, tmp_path / "nan", metadata={next(iter(metadata)): json.dumps(description)})
    with pytest.raises(CheckpointError, match="not finite"):
        load_alignment_scorer(tmp_path / "nan")


def test_a_judge_comes_back_from_its_file_as_it_was(tmp_path, scorer, held_out):
    write_judge(scorer, tmp_path / "judge", {})
    again, _ = load_alignment_scorer(tmp_path / "judge")
    assert alignment_accuracy(again, held_out) == alignment_accuracy(scorer, held_out)


def test_the_built_in_model_moves_with_its_speech(performances):
    scorer, _ = load_alignment_scorer()
    found = alignment_accuracy(scorer, performances)
    control = alignment_accuracy(scorer, performances, control=True)
    print(found, control, sep="\n")
    assert found.windows > 0.6 and found.windows > control.windows + 0.1
