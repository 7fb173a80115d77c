"""Each way to record a speech again, by its own definition; and takes whose distance is known."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from scipy.spatial.transform import Rotation
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.errors import A2GError
from a2g_core.evaluation import rerecorded
from a2g_core.evaluation.entrants import FPS, Clip, open_clips
from a2g_core.evaluation.recordings import open_recordings
from a2g_core.evaluation.rerecorded import (
    LATER,
    OTHER,
    QUESTIONS,
    RECORDINGS,
    SOUNDS,
    apart,
    later,
    measure_rerecorded,
    minutes_of_sentences,
    without,
)
from a2g_core.evaluation.scoreboard import Panel, make_panel
from a2g_core.speech.heard import Heard
from a2g_core.training.corpus import CorpusWriter


def speech(seconds: float = 6.0, seed: int = 0) -> np.ndarray:
    return np.concatenate(list(babble(seconds, seed).blocks()))


def level_db(samples: np.ndarray) -> float:
    return 10 * np.log10(np.mean(np.square(samples, dtype=np.float64)))


def take(seed: int = 0, frames: int = 90) -> Motion:
    turns = np.random.default_rng(seed).normal(0, 0.8, (frames, 52, 3)).astype(np.float32)
    return Motion(axis_angle_to_quaternion(turns), np.zeros((frames, 3), np.float32), FPS, BODY_HANDS)


# Sounds ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [case for case in SOUNDS if case != "as recorded"])
def test_what_is_added_lies_15_db_beneath(case):
    samples = speech()
    added = SOUNDS[case](samples) - samples
    assert level_db(added) - level_db(samples) == pytest.approx(-15, abs=0.05)
    if case.startswith("tone"):
        hz = float(case.split()[2])
        spectrum = np.abs(np.fft.rfft(added * np.hanning(len(added))))
        assert np.fft.rfftfreq(len(added), 1 / 16000)[spectrum.argmax()] == pytest.approx(hz, abs=1)


def test_music_has_a_beat_and_changing_chords():
    added = SOUNDS["music"](speech(8.0)) - speech(8.0)
    loudness = np.sqrt((added.reshape(-1, 160) ** 2).mean(axis=1))  # 100 Hz
    spectrum = np.abs(np.fft.rfft(np.diff(loudness).clip(0)))
    rate = np.fft.rfftfreq(len(loudness) - 1, 0.01)
    assert rate[20:][spectrum[20:].argmax()] % (100 / 60) == pytest.approx(0, abs=0.15)
    notes = [np.abs(np.fft.rfft(added[k * 32000 : (k + 1) * 32000]))[:1000].argmax() for k in range(4)]
    assert len(set(notes)) > 1


@pytest.mark.parametrize("case", list(RECORDINGS))
def test_each_format_keeps_the_speech_in_its_place(case):
    """As long to 20 ms, as loud, and no sample early or late."""
    samples = speech()
    again = RECORDINGS[case](samples)
    assert abs(len(again) - len(samples)) < 320
    n = min(len(samples), len(again))
    lags = range(-400, 401, 4)
    match = [np.dot(samples[2000 : n - 2000], again[2000 + k : n - 2000 + k]) for k in lags]
    assert lags[int(np.argmax(match))] == 0
    quieter = -6.02 if case == "half the level" else 0
    assert level_db(again) - level_db(samples) == pytest.approx(quieter, abs=1.0)  # MP3 has no top band


def test_noise_has_its_level_and_silence_its_length():
    samples = 0.1 * speech()
    noise = RECORDINGS["noise of -60 dBFS"](samples) - samples
    assert level_db(noise) == pytest.approx(-60, abs=0.1)
    delayed = later(samples)
    assert not delayed[:16000].any() and np.array_equal(delayed[16000:], samples)


def test_no_ffmpeg_is_said(monkeypatch):
    monkeypatch.setattr(rerecorded, "ffmpeg_path", lambda: "/nowhere/ffmpeg")
    with pytest.raises(A2GError, match="ffmpeg"):
        RECORDINGS["AAC, 192 kbit/s"](speech(3.0))


# Takes ----------------------------------------------------------------------------------------------------------------


def test_an_identical_take_is_0_apart_and_a_swapped_one_1():
    assert apart(take(0), take(0)) == {"frames_apart": 0, "frames_apart_body": 0, "largest_deg": 0}
    negated = replace(take(0), quaternions=-take(0).quaternions)  # the same rotations
    assert apart(take(0), negated)["frames_apart"] == 0
    swapped = apart(take(0), take(1))
    assert swapped["frames_apart"] == swapped["frames_apart_body"] == 1 and swapped["largest_deg"] > 90


@pytest.mark.parametrize("joint, degrees, share, body", [
    ("left_elbow", 4.9, 0, 0), ("left_elbow", 5.1, 0.5, 0.5), ("left_index1", 30.0, 0.5, 0),
])  # fmt: skip
def test_frames_count_from_five_degrees_on_in_any_joint(joint, degrees, share, body):
    """The second half of a take is turned by a known angle, by another library."""
    one, j = take(), BODY_HANDS.index(joint)
    quaternions = one.quaternions.astype(np.float64)
    turn = Rotation.from_rotvec(np.radians(degrees) * np.array([0.6, 0, 0.8]))
    turned = Rotation.from_quat(np.roll(quaternions[45:, j], -1, axis=-1)) * turn
    quaternions[45:, j] = np.roll(turned.as_quat(), 1, axis=-1)
    found = apart(one, replace(one, quaternions=quaternions))
    assert (found["frames_apart"], found["frames_apart_body"]) == (share, body)
    assert found["largest_deg"] == pytest.approx(degrees, abs=1e-3)


def test_what_is_out_of_reach_of_a_sentence_is_compared():
    motion = take(0, 300)  # ten seconds
    kept = without(motion, 4 * 16000, 5 * 16000, reach_s=2.0)
    assert all(np.isnan(value) for value in apart(*[without(motion, 0, 160000, 1.0)] * 2).values())
    expected = [k for k in range(300) if k / 30 < 2 or k / 30 > 7]
    np.testing.assert_array_equal(kept.quaternions, motion.quaternions[expected])


def test_sentences_are_whole_frames_long_and_together_a_minute(tmp_path):
    for k in range(7):
        soundfile.write(tmp_path / f"{k}.wav", speech(12.34, k), 16000)
    (minute,) = minutes_of_sentences(open_recordings(tmp_path))
    assert len(minute) == 5 and {len(sentence) for sentence in minute} == {round(12.9 * 16000)}
    assert minutes_of_sentences(open_recordings(tmp_path)[:4]) == []  # less than a minute


# All of them ----------------------------------------------------------------------------------------------------------


def recorded(folder: Path, seconds: float, count: int) -> list[Clip]:
    for k in range(count):
        soundfile.write(folder / f"{k}.wav", speech(seconds + 0.7 * k, k), 16000)
    return open_recordings(folder)


@pytest.fixture
def few(monkeypatch) -> None:
    monkeypatch.setattr(rerecorded, "_RUNS", 1)
    monkeypatch.setattr(rerecorded, "_BENEATH_TAKES", 3)
    monkeypatch.setattr(rerecorded, "_MINUTE_S", 24.0)


@pytest.fixture(scope="module")
def panel(tmp_path_factory) -> Panel:
    writer = CorpusWriter(tmp_path_factory.mktemp("corpus"), fps=30.0, joints=BODY_HANDS.names, notice="made here")
    writer.add("validation", "0", speech(11.0), take(0, 330).quaternions)
    writer.close()
    clips = open_clips(writer.folder, "validation")
    return make_panel(clips, clips)


def test_a_model_answers_every_question(tmp_path, few, panel):
    """This one's noise is drawn by seed and frame: formats do not swap a take, another seed and other frames do."""
    clips = recorded(tmp_path, 8.0, 3)
    found = measure_rerecorded(random_model(SMALL), panel, {"here": clips})
    assert list(found) == [f"{question}: here" for question in QUESTIONS]
    assert list(found["beneath: here"]) == list(SOUNDS)
    again = found["again: here"]
    assert list(again) == [*RECORDINGS, LATER, OTHER]
    assert again["as recorded"] == dict.fromkeys(again["as recorded"], 0)
    assert again[OTHER]["frames_apart"] > 2 * again["AAC, 192 kbit/s"]["frames_apart"] + 0.3
    assert again[LATER]["frames_apart"] > 2 * again["AAC, 192 kbit/s"]["frames_apart"] + 0.3
    same, own = found["sentences: here"].values()
    assert same["frames_apart"] == same["frames_apart_plan"] == 0 and same["reach_s"] == own["reach_s"] > 1


def test_a_take_that_is_anchored_to_the_speech_survives_and_one_that_is_not_does_not(tmp_path, few, panel, monkeypatch):
    """What is performed follows the loudness, or the number of the frame, or nothing."""

    def performs(of: Callable[[Heard], np.ndarray]):
        def generate(heard: Heard, model, request, **changes) -> Motion:
            turns = np.zeros((len(heard.features), 52, 3), np.float32)
            turns[:, 3] = of(heard)[:, None]
            return Motion(axis_angle_to_quaternion(turns), np.zeros((len(turns), 3), np.float32), FPS, BODY_HANDS)

        monkeypatch.setattr(rerecorded, "generate", generate)
        return rerecorded._hear_again(random_model(SMALL), clips), rerecorded._replace_sentences(
            random_model(SMALL), clips
        )

    clips = recorded(tmp_path, 8.0, 3)
    again, sentences = performs(lambda heard: (heard.features.mean(axis=1) > -45) * 0.5)
    assert again[LATER]["frames_apart"] < 0.02 and sentences["of its own length"]["frames_apart"] < 0.02
    again, sentences = performs(lambda heard: 0.5 * np.sin(np.arange(len(heard.features)) / 7))
    assert again["half the level"]["frames_apart"] == 0 and again[LATER]["frames_apart"] > 0.5
    assert sentences["of the same length"]["frames_apart_2_s"] == 0 < sentences["of its own length"]["frames_apart_2_s"]
    again, _ = performs(lambda heard: np.full(len(heard.features), heard.features.mean() / 10))
    assert again["half the level"]["frames_apart"] == 1


def test_less_than_a_minute_has_no_sentence_to_replace(tmp_path, few, panel):
    found = measure_rerecorded(random_model(SMALL), panel, {"here": recorded(tmp_path, 6.0, 1)})
    assert list(found) == ["beneath: here", "again: here"]
