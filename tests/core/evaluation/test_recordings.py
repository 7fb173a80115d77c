"""Recordings from outside the corpus: which are taken, and what is measured of the takes."""

import numpy as np
import pytest
import soundfile
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.errors import ConfigError, DataError
from a2g_core.evaluation.entrants import FPS, Entrant, model_entrant, open_clips, seed_of
from a2g_core.evaluation.evaluate import evaluate
from a2g_core.evaluation.gestures import NUMBERS, measure_hands
from a2g_core.evaluation.recordings import (
    join_recordings,
    measure_takes,
    open_recordings,
    recordings_in,
    takes_of,
)
from a2g_core.evaluation.scoreboard import make_panel, panel_of
from a2g_core.evaluation.styles import DEEPEST
from a2g_core.training.corpus import CorpusWriter
from a2g_core.training.synthetic import known_split


def write(path, seconds: float, level: float = 0.1) -> None:
    soundfile.write(path, np.full(round(seconds * 8000), level), 8000)


@pytest.fixture
def folder(tmp_path):
    for k in range(3):
        soundfile.write(tmp_path / f"{k}.wav", np.concatenate(list(babble(11.0, k).blocks())), 16000)
    return tmp_path


def test_recordings_that_were_trained_on_are_left_out(tmp_path):
    speech = known_split()["speech"]
    trained_on = next(name for name, entry in speech.items() if entry["split"] == "train")
    held_out = next(name for name, entry in speech.items() if entry["split"] == "validation")
    for name in (trained_on, held_out, "another.wav"):
        write(tmp_path / name, 6.0)
    (tmp_path / "notes.txt").write_text("no sound")
    assert [path.name for path in recordings_in(tmp_path)] == sorted([held_out, "another.wav"])
    for path in recordings_in(tmp_path):
        path.unlink()
    with pytest.raises(DataError, match="not among the training data"):
        open_recordings(tmp_path)


def test_short_ones_are_left_out_and_the_first_ones_kept(tmp_path):
    for name, seconds in (("a", 4.9), ("b", 5.1), ("c", 6.0), ("d", 7.0)):
        write(tmp_path / f"{name}.wav", seconds)
    assert [(clip.name, len(clip)) for clip in open_recordings(tmp_path, most=2)] == [("b", 153), ("c", 180)]


def test_recordings_are_joined_into_speeches_and_short_ones_left_out(tmp_path):
    for k, seconds in enumerate((6, 2, 9, 4, 12)):
        write(tmp_path / f"{k}.wav", seconds, 0.1 * (k + 1))
    one, two = join_recordings(tmp_path)
    assert (len(one), len(two)) == (16000 * 16, 16000 * 17)  # 6 + 9, 4 + 12, and pauses of 0.5 s
    assert not np.isclose(one, 0.2, atol=0.01).any()  # the second recording lasts 2 s
    (tmp_path / "few").mkdir()
    with pytest.raises(DataError, match="too little speech"):
        join_recordings(tmp_path / "few")


def test_a_model_hears_a_recording_as_it_hears_any_speech(folder):
    clips = open_recordings(folder)
    takes = takes_of(model_entrant("ours", random_model(SMALL)), clips)
    assert [[len(motion) for motion in run] for run in takes] == [[330] * 3] * 3
    first = [run[0].quaternions for run in takes]
    assert not np.array_equal(first[0], first[1])
    assert len({seed_of(clip.name, run) for clip in clips for run in range(3)}) == 9


def test_takes_are_averaged_but_the_deepest_hand_counts(folder):
    """Of three recordings one is performed with a hand in the thigh."""

    def perform(clip, run: int) -> Motion:
        turns = np.zeros((len(clip), 52, 3), np.float32)
        turns[:, BODY_HANDS.index("left_shoulder"), 2] = -1.85 if clip.name == "1" else -1.25
        turns[:, BODY_HANDS.index("right_shoulder"), 2] = 1.25
        return Motion(axis_angle_to_quaternion(turns), np.zeros((len(clip), 3)), FPS, BODY_HANDS)

    writer = CorpusWriter(folder / "corpus", fps=30.0, joints=BODY_HANDS.names, notice="made here")
    for k in range(2):
        quaternions = axis_angle_to_quaternion(np.random.default_rng(k).normal(0, 0.1, (330, 52, 3)))
        writer.add("validation", str(k), np.concatenate(list(babble(11.0, k).blocks())), quaternions)
    writer.close()
    clips = open_clips(folder / "corpus", "validation")
    spoken = [clip for clip in open_recordings(folder) if clip.audio.parent == folder]
    takes = takes_of(Entrant("posed", perform, is_random=False), spoken)
    found = measure_takes(takes, panel_of(spoken, make_panel(clips, clips)))
    assert {*NUMBERS, DEEPEST, "fgd", "fgd_upper", "alignment_arms"} <= found.keys()
    assert found["in_body_share"] == pytest.approx(1 / 3) and found[DEEPEST] > 2
    expected = np.mean([measure_hands(motion)["hand_height_95_cm"] for motion in takes[0]])
    assert found["hand_height_95_cm"] == pytest.approx(expected)


def test_takes_are_not_made_in_2d(folder):
    writer = CorpusWriter(folder / "flat", fps=30.0, joints=["wrist"], dimensions=2, notice="")
    writer.add("validation", "0", np.concatenate(list(babble(4.0).blocks())), np.zeros((120, 1, 2)))
    writer.close()
    with pytest.raises(ConfigError, match="leave out --speech"):
        evaluate(writer.folder, folder / "out", table=1, speech={"here": folder})
