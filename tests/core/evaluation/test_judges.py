"""The judges must notice every fault that is put into a motion, and nothing that is not there."""

from __future__ import annotations

import json

import numpy as np
import pytest
from places import ROOT
from safetensors.numpy import save_file

from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY, BODY_PARTS, mirror_name
from a2g_core.errors import CheckpointError, DataError
from a2g_core.evaluation.judges import (
    LEGS,
    UPPER_BODY,
    WEIGHTS,
    alignment_accuracy,
    alignment_against_shift,
    fgd,
    load_alignment_scorer,
    load_judges,
    load_motion_encoder,
    windows_of,
)
from a2g_core.evaluation.people import ALIGNMENT_ARMS, open_people
from a2g_core.model.checkpoint import checksum, load_model, read_safetensors
from a2g_core.performing.generate import generate
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear
from a2g_core.training.corpus import TRAIN, VALIDATION, CorpusWriter
from a2g_core.training.importing import import_corpus
from a2g_core.training.judge_networks import (
    PARTS,
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

SMALL_SCORER = ScorerConfig(taps=7, slow_frames=61, window_frames=60)
ARMS = [BODY.index(name) for name in BODY_PARTS["ARMS"]]
MIRRORED = [BODY.index(mirror_name(name)) for name in BODY.names]
SMALL_ENCODER = EncoderConfig(width=16, latents=8)


def talk(
    seed: int, frames: int = 480, style: float = 0.1, early: int = 0, nods: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """A pair: noise that swells at random times, and elbows that jerk then and come back slowly.

    style: how far, in radians, one clip's stance is from another's. early: by how many frames the body comes
    first. nods: how far the head jerks with the elbows, in radians.
    """
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.integers(12, 40, frames // 12))
    at = np.arange(frames)[:, None] - times[None]
    loud = np.exp(-((at / 3.0) ** 2) / 2).sum(1)
    at = at + early
    bent = np.where(at < 0, np.exp(-((at / 2.0) ** 2) / 2), np.exp(-np.abs(at) / 9.0)).sum(1)
    features = rng.uniform(-60, -30) + 25 * loud[:, None] + rng.normal(0, 2, (frames, 64))
    pose = style * rng.normal(size=(1, 22, 3)) + np.zeros((frames, 1, 1))
    for side, sign in (("left", -1), ("right", 1)):
        pose[:, BODY.index(f"{side}_elbow"), 1] += sign * bent * rng.uniform(0.5, 1.0)
    pose[:, BODY.index("head"), 0] += nods * bent
    return features.astype(np.float32), axis_angle_to_quaternion(pose).astype(np.float32)


def with_arms(change):
    """A fault of the arms alone."""

    def fault(motion: np.ndarray) -> np.ndarray:
        out = motion.copy()
        out[:, ARMS] = change(motion)[:, ARMS]
        return out

    return fault


def late(motion: np.ndarray, frames: int = 10) -> np.ndarray:
    return np.concatenate([np.repeat(motion[:1], frames, axis=0), motion[:-frames]])


def swapped(motion: np.ndarray) -> np.ndarray:
    """Left and right."""
    return motion[:, MIRRORED] * np.array([1, 1, -1, -1], np.float32)


def frozen(motion: np.ndarray) -> np.ndarray:
    return np.repeat(motion[len(motion) // 2][None], len(motion), axis=0)


def trembling(motion: np.ndarray, radians: float) -> np.ndarray:
    shaken = motion + np.random.default_rng(5).normal(0, radians / 2, motion.shape).astype(np.float32)
    return shaken / np.linalg.norm(shaken, axis=-1, keepdims=True)


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def held_out():
    return [talk(seed, nods=0.3) for seed in range(100, 112)]


@pytest.fixture(scope="module")
def scorer() -> AlignmentScorer:
    return train_scorer([talk(seed, nods=0.3) for seed in range(24)], steps=25, config=SMALL_SCORER)


@pytest.fixture(scope="module")
def encoder() -> MotionEncoder:
    return train_encoder([talk(seed, style=0)[1] for seed in range(24)], steps=20, config=SMALL_ENCODER)


@pytest.fixture(scope="module")
def performances():
    """48 performances of the built-in model, in one style, of the same speech: pairs for the judges that come with the
    program."""
    model = load_model()
    heard = hear(open_speech(ROOT / "scripts/sample/speech.wav"), model.fps)
    return [(heard.features, generate(heard, model, seed=seed, style="Upright").quaternions) for seed in range(48)]


# Alignment ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_planted_synchrony_is_found_and_its_absence_is_chance(scorer, held_out, part):
    right = alignment_accuracy(scorer, held_out, part)
    control = alignment_accuracy(scorer, held_out, part, control=True)
    swapped_speech = [(held_out[k - 1][0], held_out[k][1]) for k in range(len(held_out))]
    others = alignment_accuracy(scorer, swapped_speech, part)
    print(right, control, others, sep="\n")
    assert right.windows > 0.85
    assert abs(control.windows - 0.5) < 0.1
    assert abs(others.windows - 0.5) < 0.15
    assert right.n_windows == 12 * 8 and right.n_clips == 12 and 0 <= right.error < 0.1


def test_late_frozen_and_backward_arms_lose_and_the_head_is_judged_by_itself(scorer, held_out):
    def found(fault, part="arms"):
        return alignment_accuracy(scorer, [(f, with_arms(fault)(m)) for f, m in held_out], part).windows

    right = alignment_accuracy(scorer, held_out, "arms").windows
    assert found(late) < right - 0.15
    assert found(lambda m: m[::-1]) < right - 0.25
    assert found(frozen) == 0.5
    for fault in (late, frozen):
        assert found(fault, "head") == alignment_accuracy(scorer, held_out, "head").windows


def test_left_and_right_may_change_places(scorer, held_out):
    """As much in time as before: whoever sees a difference sees hands, not timing."""
    right = alignment_accuracy(scorer, held_out, "arms").windows
    assert alignment_accuracy(scorer, [(f, swapped(m)) for f, m in held_out], "arms").windows == pytest.approx(
        right, abs=0.05
    )


def test_a_corpus_that_is_early_teaches_no_earliness(held_out):
    """The rule that made a corpus must not become the ceiling: what is in step scores as high."""
    scorer = train_scorer([talk(seed, early=12) for seed in range(24)], steps=25, config=SMALL_SCORER)
    early = [talk(seed, early=12) for seed in range(100, 112)]
    assert (
        alignment_accuracy(scorer, held_out, "arms").windows > alignment_accuracy(scorer, early, "arms").windows + 0.15
    )
    shifts_s, score = alignment_against_shift(scorer, early, "arms")
    assert abs(shifts_s[score.argmax()] - 0.4) < 0.1


def test_the_score_peaks_where_the_motion_belongs(scorer, held_out):
    shifts_s, score = alignment_against_shift(scorer, held_out, "arms")
    assert (shifts_s[0], shifts_s[-1]) == (-2, 2) and abs(shifts_s[score.argmax()]) < 0.1
    late = [(features[15:], motion[:-15]) for features, motion in held_out]  # half a second behind its speech
    shifts_s, score = alignment_against_shift(scorer, late, "arms")
    assert abs(shifts_s[score.argmax()] + 0.5) < 0.1


def test_motion_that_stands_still_is_neither_right_nor_wrong(scorer, held_out):
    for judge in (scorer, load_alignment_scorer()[0]):
        for part in PARTS:
            still = alignment_accuracy(judge, [(features, frozen(motion)) for features, motion in held_out], part)
            assert still.windows == 0.5


def test_neither_level_nor_facing_nor_pose_of_a_motion_changes_the_verdict(scorer, held_out):
    turned = []
    for features, motion in held_out:
        motion = motion.copy()
        motion[:, 0] = [0, 0, 1, 0]  # walks backwards
        motion[:, BODY.index("spine2")] = axis_angle_to_quaternion(np.array([0.2, 0, 0]))
        turned.append((features + 8, motion))
    assert alignment_accuracy(scorer, turned, "arms").windows > 0.85


def test_the_same_seed_gives_the_same_verdict(scorer, held_out):
    assert alignment_accuracy(scorer, held_out, "arms", 3) == alignment_accuracy(scorer, held_out, "arms", 3)


def test_pairs_that_cannot_be_judged_are_refused(scorer):
    features, motion = talk(0)
    with pytest.raises(DataError, match="cannot be compared"):
        alignment_accuracy(scorer, [(features[:-1], motion)], "arms")
    with pytest.raises(DataError, match="long enough"):
        alignment_accuracy(scorer, [(features[:80], motion[:80])], "arms")
    with pytest.raises(DataError, match="long enough"):
        alignment_against_shift(scorer, [(features[:80], motion[:80])], "arms")
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
    # Backward, gestures look much the same in windows as short as these: it is the timing that is wrong.
    assert found.pop("reversed") > 1.03 * floor and all(value > 1.5 * floor for value in found.values())
    assert found["frozen"] > 2 * floor


def test_fgd_of_arms_does_not_see_legs_and_the_other_way_round(encoder):
    motions = [talk(seed, style=0)[1] for seed in range(20)]
    still = windows_of(motions)
    knees = [m.copy() for m in motions]
    for k, motion in enumerate(knees):
        swing = np.zeros((len(motion), 3))
        swing[:, 0] = 0.5 * np.sin(np.arange(len(motion)) / (3 + k))
        motion[:, BODY.index("left_knee")] = axis_angle_to_quaternion(swing)
    moved = windows_of(knees)
    assert abs(fgd(encoder, still, moved, UPPER_BODY)) < 1e-3 < 0.1 < fgd(encoder, still, moved, LEGS)
    elbows = windows_of([frozen(m) for m in motions])
    assert fgd(encoder, still, elbows, LEGS) < 0.1 * fgd(encoder, still, elbows, UPPER_BODY)


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
    wider = {**about, "config": {**about["config"], "taps": 17}}
    stranger = {**about, "config": {"colour": "red"}}
    for description in (wider, stranger, {**about, "config": "red"}):
        save_file(tensors, tmp_path / "odd", metadata={next(iter(metadata)): json.dumps(description)})
        with pytest.raises(CheckpointError, match="unknown here"):
            load_alignment_scorer(tmp_path / "odd")

    broken = dict(tensors, bands=np.full_like(tensors["bands"], np.nan))
    description = {**about, "sha256": checksum(broken)}
    save_file(broken, tmp_path / "nan", metadata={next(iter(metadata)): json.dumps(description)})
    with pytest.raises(CheckpointError, match="not finite"):
        load_alignment_scorer(tmp_path / "nan")


def test_a_judge_comes_back_from_its_file_as_it_was(tmp_path, scorer, held_out):
    write_judge(scorer, tmp_path / "judge", {})
    again, _ = load_alignment_scorer(tmp_path / "judge")
    assert alignment_accuracy(again, held_out, "arms") == alignment_accuracy(scorer, held_out, "arms")


def test_the_built_in_model_moves_with_its_speech(performances):
    """Early or late as it may be: somewhere near, its arms fit."""
    scorer, _ = load_alignment_scorer()
    shifts_s, score = alignment_against_shift(scorer, performances, "arms")
    print(shifts_s[score.argmax()], score.max(), score.mean())
    assert abs(shifts_s[score.argmax()]) < 0.7 and score.max() > score.mean() + 0.08


def test_people_are_the_ceiling_of_the_built_in_scorer(best_data, tmp_path):
    if best_data.is_made:
        pytest.skip("needs the recordings of people in ../shared/data")
    import_corpus(best_data.nine_joints, "zeggs-nc", tmp_path)
    clips = open_people(tmp_path)
    scorer, _ = load_alignment_scorer()

    def found(fault) -> float:
        pairs = [(clip.heard(30.0).features, with_arms(fault)(clip.truth.quaternions)) for clip in clips]
        return alignment_accuracy(scorer, pairs, "arms").windows

    people = found(lambda m: m)
    assert people == pytest.approx(ALIGNMENT_ARMS, abs=0.02)
    assert found(late) < people - 0.15 and found(frozen) == 0.5 and found(lambda m: m[::-1]) < people - 0.2
