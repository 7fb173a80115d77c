"""Each measure of robustness against faults that were put in by hand, and all of them through the command line."""

import csv
import json

import numpy as np
import pytest
import soundfile
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion, matrix_to_sixd, quaternion_to_matrix
from a2g_core.body.skeleton import BODY, BODY_HANDS
from a2g_core.cli.main import main
from a2g_core.evaluation import drift, robustness
from a2g_core.evaluation.entrants import FPS, open_clips
from a2g_core.evaluation.robustness import (
    QUESTIONS,
    around_silence,
    clipped,
    noisy,
    reconstruction_errors_cm,
    samples_of,
    telephone,
)
from a2g_core.evaluation.scoreboard import WRISTS
from a2g_core.model.checkpoint import save_model
from a2g_core.training.corpus import CorpusWriter

SECONDS = 11.0


def tone(hz: float, seconds: float = 1.0) -> np.ndarray:
    return np.sin(2 * np.pi * hz * np.arange(round(seconds * 16000)) / 16000).astype(np.float32)


def swing(seed: int, n: int = round(SECONDS * 30)) -> np.ndarray:
    """(T, 52, 4): everything swings a little."""
    t, phase = np.arange(n)[:, None, None] / 30, np.random.default_rng(seed).uniform(0, 6, (1, 52, 3))
    return axis_angle_to_quaternion((0.3 * np.sin(3 * t + phase)).astype(np.float32))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    writer = CorpusWriter(tmp_path_factory.mktemp("corpus"), fps=30.0, joints=BODY_HANDS.names, notice="made here")
    for k in range(4):
        samples = np.concatenate(list(babble(SECONDS, k).blocks()))
        writer.add("validation" if k > 1 else "train", str(k), samples, swing(k))
    writer.close()
    return writer.folder


# Bad sound ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hz, kept", [(60, 0), (1000, 1), (2000, 1), (6000, 0)])
def test_a_telephone_lets_its_band_through_and_in_time(hz, kept):
    middle = slice(2000, -2000)
    np.testing.assert_allclose(telephone(tone(hz))[middle], kept * tone(hz)[middle], atol=0.03)


def test_clipping_cuts_what_is_above_a_quarter_of_the_peak():
    samples = 0.3 * tone(5)
    expected = [min(max(float(s) * 10**0.6 / float(np.abs(samples).max()), -1), 1) for s in samples[:3200]]
    np.testing.assert_allclose(clipped(samples)[:3200], expected, atol=1e-6)
    assert (np.abs(clipped(samples)) == 1).mean() > 0.7
    assert not clipped(np.zeros(5)).any()


def test_noise_has_a_tenth_of_the_power():
    speech = 0.2 * tone(300, 4.0)
    noise = noisy(speech) - speech
    assert 10 * np.log10((speech**2).mean() / (noise**2).mean()) == pytest.approx(10, abs=0.2)
    assert np.abs(np.corrcoef(noise[1:], noise[:-1])[0, 1]) < 0.02  # white


def test_a_clips_samples_are_as_long_as_its_motion(corpus):
    clip = open_clips(corpus, "validation")[0]
    assert samples_of(clip).shape == (len(clip) / 30 * 16000,)
    np.testing.assert_array_equal(samples_of(clip), clip.sequence.samples())


# Silence --------------------------------------------------------------------------------------------------------------


def gesturing(moves: slice = slice(0, 0)) -> np.ndarray:
    """(720, 22, 3): wrists go up and down by 20 cm twice a second, but from frame 300 to 420 only in `moves`."""
    t = np.arange(720)
    lively = (t < 300) | (t >= 420)
    lively[moves] = True
    positions = np.zeros((720, 22, 3))
    positions[:, WRISTS, 1] = np.where(lively, 0.1 - 0.1 * np.cos(2 * np.pi * t / 15), 0)[:, None]
    return positions


def test_hands_that_rest_in_silence_and_come_back():
    found = around_silence(gesturing(), 300, "silence")
    assert list(found) == ["speech before", "silence", "speech after silence"]
    assert found["silence"] == {"wrist_height_cm": 0, "wrist_speed_m_s": 0}
    for case in ("speech before", "speech after silence"):
        assert found[case]["wrist_height_cm"] == pytest.approx(10, rel=0.01)
        assert found[case]["wrist_speed_m_s"] == pytest.approx(0.8, rel=0.05)  # 4 x 0.1 m, twice a second


def test_hands_that_do_not_rest_or_do_not_come_back_are_seen():
    restless = around_silence(gesturing(slice(300, 420)), 300, "silence")
    assert restless["silence"]["wrist_speed_m_s"] > 0.7 and restless["silence"]["wrist_height_cm"] > 9
    settling = around_silence(gesturing(slice(300, 330)), 300, "silence")  # the first second is free
    assert settling["silence"]["wrist_speed_m_s"] == 0
    raised = gesturing()
    raised[330:420, WRISTS, 1] = 0.3
    assert around_silence(raised, 300, "silence")["silence"]["wrist_height_cm"] > 29
    gone = gesturing()
    gone[420:] = 0
    assert around_silence(gone, 300, "silence")["speech after silence"]["wrist_speed_m_s"] == 0


# Long, foreign, through the codes -------------------------------------------------------------------------------------


def test_a_pose_that_wanders_off_is_seen(corpus, monkeypatch):
    """One arm is lifted by 0.5 rad in the last third: its wrist moves by a chord of 0.52 m, its elbow of 0.27 m."""

    def wandering(heard, model, **options) -> Motion:
        pose = np.zeros((len(heard.features), 22, 3))
        pose[2 * len(pose) // 3 :, BODY.index("left_shoulder"), 2] = 0.5
        return Motion(axis_angle_to_quaternion(pose), np.zeros((len(pose), 3)), FPS, BODY)

    monkeypatch.setattr(drift, "generate", wandering)
    monkeypatch.setattr(robustness, "_TEN_MINUTES_FRAMES", 900)
    found = robustness._go_on(random_model(), open_clips(corpus, "validation"))
    arm = [np.linalg.norm(np.sum([BODY.offsets[BODY.index(f"left_{j}")] for j in js], axis=0)[:2]) for js in
           (("elbow",), ("elbow", "wrist"))]  # fmt: skip
    assert found["last third"]["mean_pose_moved_cm"] == pytest.approx(100 * sum(arm) * 2 * np.sin(0.25) / 22, rel=1e-4)
    assert found["first third"]["mean_pose_moved_cm"] == 0


def test_reconstruction_is_the_distance_of_joints(monkeypatch):
    """A decoder that gives the motion back, and one that turns an elbow by 0.4 rad: a chord of the forearm."""
    model, motion = random_model(), Motion(swing(0, 60), np.zeros((60, 3)), FPS, BODY_HANDS)

    def decoder(turn: float):
        def decode(*_):
            local = quaternion_to_matrix(motion.quaternions[:, :22])
            elbow = BODY.index("left_elbow")
            local[:, elbow] = local[:, elbow] @ quaternion_to_matrix(axis_angle_to_quaternion(np.array([0, turn, 0])))
            return (matrix_to_sixd(local).reshape(60, -1) - model.motion_mean) / model.motion_std

        return decode

    monkeypatch.setattr(robustness, "decode", decoder(0.0))
    assert reconstruction_errors_cm(model, motion)["joints_cm"] < 1e-3
    monkeypatch.setattr(robustness, "decode", decoder(0.4))
    offset = np.array(BODY.offsets[BODY.index("left_wrist")])
    chord = 100 * np.linalg.norm(offset[[0, 2]]) * 2 * np.sin(0.2)
    found = reconstruction_errors_cm(model, motion)
    assert found["wrists_cm"] == pytest.approx(chord / 2, rel=1e-3)
    assert found["joints_cm"] == pytest.approx(chord / 22, rel=1e-3)


def test_every_frame_is_reconstructed_from_real_codes():
    model, motion = random_model(), Motion(swing(1, 90), np.zeros((90, 3)), FPS, BODY_HANDS)
    assert all(0 < cm < 200 for cm in reconstruction_errors_cm(model, motion).values())


# The command line -----------------------------------------------------------------------------------------------------


@pytest.fixture
def quick(corpus, tmp_path, monkeypatch) -> list[str]:
    monkeypatch.setattr(robustness, "_TEN_MINUTES_FRAMES", 1200)
    monkeypatch.setattr(drift, "LONG_FRAMES", 1200)
    save_model(random_model(SMALL), tmp_path / "random.safetensors")
    (tmp_path / "klingon").mkdir()
    soundfile.write(tmp_path / "klingon/one.wav", np.concatenate(list(babble(16.0, 9).blocks())), 16000)
    return [
        "evaluate", "--corpus", str(corpus), "--model", f"ours={tmp_path / 'random.safetensors'}", "--out",
        str(tmp_path / "out"), "--samples", "2", "--no-videos", "--speech", f"klingon={tmp_path / 'klingon'}",
    ]  # fmt: skip


def test_a_model_that_fails_ends_the_command_with_1_and_the_report_says_all(quick, tmp_path, capsys):
    gate = tmp_path / "gate.json"
    limits = [
        {"measure": "ground_error_cm", "at most": 0.5, "because": "feet on the floor"},
        {"measure": "speed_m_s", "within": 0.0, "because": "nobody is"},
    ]
    gate.write_text(json.dumps({"limits": limits}))
    with pytest.raises(SystemExit) as stopped:
        main([*quick, "--gate", str(gate)])
    assert stopped.value.code == 1
    said_before, said = capsys.readouterr().out.split("report.html")
    assert "ok" in said.split("ground_error_cm")[1].splitlines()[0]
    assert "FAILS" in said.split("speed_m_s")[1].splitlines()[0]
    page = (tmp_path / "out/report.html").read_text()
    assert "nobody is" in page and "klingon" in page and all(text in page for text in QUESTIONS.values())
    written = json.loads((tmp_path / "out/scores.json").read_text())
    assert [c["holds"] for c in written["gate"]] == [True, False]
    answers = written["rows"]["ours"]["robustness"]
    assert list(answers) == [*QUESTIONS, "beneath: klingon", "again: klingon"]  # one recording has no sentences
    speeds = [answers["energy"][energy]["wrist_speed_m_s"] for energy in ("0.5", "1", "1.5", "2")]
    assert speeds == sorted(speeds) and speeds[0] < 0.95 * speeds[1]
    assert answers["languages"]["klingon"]["multimodality_cm"] > 0
    lines = [line for line in csv.reader((tmp_path / "out/scores.csv").open()) if not line[0].startswith("#")]
    rows = {line[0]: dict(zip(lines[0], line)) for line in lines[1:]}
    assert float(rows["ours"]["energy: 2: wrist_speed_m_s"]) == pytest.approx(speeds[3], rel=1e-5)
    assert rows["corpus itself"]["energy: 2: wrist_speed_m_s"] == ""
    assert written["takes"]["ours, klingon"]["wrist_speed_90_m_s"] > 0
    assert "ours, klingon: arms frozen" in said_before and "The same speech recorded again" in said_before


def test_a_model_that_passes_ends_it_with_0(quick, tmp_path):
    limits = [{"measure": "ground_error_cm", "at most": 0.5, "because": "feet on the floor"}]
    (tmp_path / "gate.json").write_text(json.dumps({"limits": limits}))
    assert main([*quick, "--gate", str(tmp_path / "gate.json")]) == 0


def test_what_cannot_be_is_said_in_one_sentence(quick, tmp_path, capsys):
    (tmp_path / "gate.json").write_text("{}")
    for options, said in (
        ([*quick, "--gate", str(tmp_path / "gate.json")], "is not a gate file"),
        ([*quick, "--gate", str(tmp_path / "none.json")], "check the path"),
        (
            [*quick[:3], "--table", "2", *quick[5:7], "--gate", str(tmp_path / "gate.json")],
            "no model to check against the gate",
        ),
    ):
        assert main(options) == 2
        assert said in capsys.readouterr().err
