"""Folders of recordings, as their owners have them, become a corpus; what does not fit is refused with its reason."""

import json
from pathlib import Path

import made_data
import numpy as np
import pytest
import soundfile
from recordings import POSES, talking, write_bvh, write_smplx, write_sound

from a2g_core.body.kinematics import forward_kinematics, joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.resample import sample_motion
from a2g_core.body.retarget import face_front
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import BODY, BODY_HANDS
from a2g_core.errors import DataError
from a2g_core.model.config import PRODUCT
from a2g_core.training.corpus import load_corpus
from a2g_core.training.data.zeggs import load_nine_joints
from a2g_core.training.importing import import_corpus, share_out
from a2g_core.training.train import train


def everything(folder: Path) -> dict:
    """Sequences of both splits, by name."""
    return {s.name: s for split in ("train", "validation") for s in load_corpus(folder, split)}


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def positions(quaternions: np.ndarray) -> np.ndarray:
    return forward_kinematics(quaternion_to_matrix(quaternions.astype(np.float64)), BODY_HANDS)[0]


@pytest.fixture(scope="module")
def trinity(tmp_path_factory) -> tuple[Path, dict[str, Motion]]:
    """Two good recordings, and one each of what goes wrong."""
    folder, motions = tmp_path_factory.mktemp("trinity"), {}
    for k, name in enumerate(("Recording_001", "Recording_002")):
        motions[name] = talking(5, 60, seed=k)
        write_bvh(folder / f"{name}.bvh", motions[name], POSES["arms down"])
        write_sound(folder / f"{name}.wav", 5.3, click_s=2.0)
    good = (folder / "Recording_001.bvh").read_text()
    for name, text, seconds in (
        ("003_long_sound", good, 6.0), ("004_broken", good[: len(good) * 2 // 3], 5.0), ("005_mute", good, None),
        ("006_short", None, 2.0), ("007_other", good.replace("JOINT Head", "JOINT Skull"), 5.0),
    ):  # fmt: skip
        if text:
            (folder / f"{name}.bvh").write_text(text)
        else:
            write_bvh(folder / f"{name}.bvh", talking(2, 60), POSES["T"])
        if seconds:
            write_sound(folder / f"{name}.wav", seconds)
    soundfile.write(folder / "008_silent.wav", np.zeros(80000), 16000)
    (folder / "008_silent.bvh").write_text(good)
    return folder, motions


@pytest.fixture(scope="module")
def imported(trinity, tmp_path_factory):
    out, shares = tmp_path_factory.mktemp("corpus"), []
    return import_corpus(trinity[0], "trinity", out, progress=shares.append), out, shares


def test_good_recordings_go_on_and_bad_ones_are_refused_with_one_sentence(imported):
    report, out, shares = imported
    assert (report.sequences, report.joints, shares[-1]) == (2, 52, 1.0) and shares == sorted(shares)
    assert report.seconds == {"train": 5.0, "validation": 5.0}
    why = dict(report.refused)
    assert list(why) == [f"{n}.bvh" for n in (
        "003_long_sound", "004_broken", "005_mute", "006_short", "007_other", "008_silent")]  # fmt: skip
    for name, part in (
        ("003_long_sound", "the sound lasts 6.00 s and the motion 5.00 s; give recordings that begin and end"),
        ("004_broken", "'004_broken.bvh' has"), ("005_mute", "there are 0 sounds named '005_mute'"),
        ("006_short", "it lasts 2.0 s"), ("007_other", "lacks the joints Head"), ("008_silent", "its sound is silent"),
    ):  # fmt: skip
        assert part in why[f"{name}.bvh"] and "\n" not in why[f"{name}.bvh"]
        assert name in str(report)
    about = manifest(out)
    assert about["refused"] == [{"file": name, "why": reason} for name, reason in report.refused]
    assert about["skeleton"] == list(BODY_HANDS.names) and "may be distributed unless" in about["notice"]
    assert about["attributions"] == ["Trinity Speech-Gesture, Ferstl and McDonnell 2018"]


def test_motion_and_sound_stay_in_time(trinity, imported):
    for sequence in everything(imported[1]).values():
        truth = sample_motion(face_front(trinity[1][sequence.speaker]), np.arange(150) / 30, 30)
        wrist = BODY_HANDS.index("left_wrist")
        ours, theirs = (positions(q)[:, wrist] for q in (sequence.quaternions, truth.quaternions))
        np.testing.assert_allclose(ours, theirs, atol=0.01)
        shifted = {k: np.abs(ours[3 + k : 147 + k] - theirs[3:147]).mean() for k in (-1, 0, 1)}
        assert min(shifted, key=shifted.get) == 0
        samples, rate = soundfile.read(sequence.audio)
        assert rate == 16000 and len(samples) == 80000  # the sound's tail is gone
        assert abs(np.argmax(np.abs(samples)) / rate - 2.001) < 0.002


@pytest.mark.parametrize("z_up", [False, True])
def test_smplx_keeps_its_rotations_and_stands_up(tmp_path, z_up):
    fps = 120 if z_up else 30
    motions = {f"{k}_{who}_0_{k}_1": talking(4.5, fps, seed=k) for k, who in ((1, "wayne"), (2, "scott"))}
    for folder in ("smplxflame_30", "wave16k", "out"):
        (tmp_path / folder).mkdir()
    for name, motion in motions.items():
        write_smplx(tmp_path / "smplxflame_30" / f"{name}.npz", motion, z_up=z_up)
        write_sound(tmp_path / "wave16k" / f"{name}.wav", 4.5, rate_hz=16000)
    np.savez(tmp_path / "smplxflame_30" / "1_wayne_0_9_9.npz", poses=np.zeros((30, 66)), mocap_frame_rate=30)
    write_sound(tmp_path / "wave16k" / "1_wayne_0_9_9.wav", 1.0)
    report = import_corpus(tmp_path, "amass" if z_up else "beat2", tmp_path / "out")
    assert "shape (30, 66)" in dict(report.refused)["1_wayne_0_9_9.npz"]
    for sequence in everything(tmp_path / "out").values():
        name = next(n for n in motions if n.startswith(sequence.speaker))
        assert sequence.speaker == (name if z_up else name[:7])
        truth = sample_motion(face_front(motions[name]), np.arange(135) / 30, 30)
        np.testing.assert_allclose(positions(sequence.quaternions), positions(truth.quaternions), atol=2e-3)


def test_long_recordings_are_cut_into_pieces_of_their_own_time(tmp_path):
    motion = talking(100, 30)
    write_smplx(tmp_path / "long.npz", motion)
    write_sound(tmp_path / "long.wav", 100.2, click_s=70.0, rate_hz=16000)
    report = import_corpus(tmp_path, "amass", tmp_path / "out")
    pieces = everything(tmp_path / "out")
    assert report.sequences == 2 and report.seconds == {"train": 50.0, "validation": 50.0}
    second = pieces["00001.npz"]
    truth = face_front(motion).quaternions[1500:3000]
    np.testing.assert_allclose(positions(second.quaternions), positions(truth), atol=2e-3)
    samples, _ = soundfile.read(second.audio)
    assert abs(np.argmax(np.abs(samples)) / 16000 - 20.001) < 0.002


def test_all_recordings_of_a_corpus_have_the_joints_of_the_first(tmp_path):
    for name, fingers in (("a", True), ("b", False), ("c", True)):
        write_bvh(tmp_path / f"{name}.bvh", talking(4.5, 30), POSES["A"], fingers=fingers)
        write_sound(tmp_path / f"{name}.wav", 4.5)
    report = import_corpus(tmp_path, "zeggs", tmp_path / "out")
    assert (report.sequences, report.joints) == (2, 52) and "no fingers" in dict(report.refused)["b.bvh"]


@pytest.mark.parametrize(
    ("files", "format", "part"),
    [
        ((), "beat2", r"no \.npz files"),
        (("a.npz",), "beat2", "none of the 1 recordings can be used; a.npz: there are 0 sounds"),
        (("a.npz",), "mp4", "choose one of beat2, amass, trinity, zeggs, zeggs-nc, speech2gesture"),
    ],
)
def test_a_folder_with_nothing_to_use_says_so(tmp_path, files, format, part):
    for name in files:
        (tmp_path / name).write_bytes(b"?")
    with pytest.raises(DataError, match=part):
        import_corpus(tmp_path, format, tmp_path / "out")
    with pytest.raises(DataError, match="there is no folder"):
        import_corpus(tmp_path / "none", "beat2", tmp_path / "out")


def _entries(*rows: tuple[str, str, int]) -> list[dict]:
    return [{"speaker": s, "recording": r, "file": f"{k}.npz", "frames": n} for k, (s, r, n) in enumerate(rows)]


def test_validation_is_never_empty_and_shares_no_speaker_or_recording_with_training():
    by_speaker = _entries(*((f"s{k}", f"r{k}-{n}", 100) for k in range(60) for n in range(3)))
    share_out(by_speaker)
    held = {e["speaker"] for e in by_speaker if e["split"] == "validation"}
    assert 1 <= len(held) <= 12 and not held & {e["speaker"] for e in by_speaker if e["split"] == "train"}
    assert "s0" not in held  # else the next line tests nothing
    two_recordings = _entries(("s0", "r0", 50), ("s0", "r0", 40), ("s0", "r1", 60))
    share_out(two_recordings)
    assert [e["split"] for e in two_recordings] == ["train", "train", "validation"]
    two_pieces = _entries(("s0", "r0", 50), ("s0", "r0", 40))
    share_out(two_pieces)
    assert sorted(e["split"] for e in two_pieces) == ["train", "validation"]
    with pytest.raises(DataError, match="two recordings or more"):
        share_out(_entries(("s0", "r0", 50)))


# Nine joints ----------------------------------------------------------------------------------------------------------


def _nine() -> np.ndarray:
    values = np.zeros((400, 9, 7), np.float32)
    values[..., 6] = 1
    heights = (0.9, 1.2, 1.3, 1.4, 1.7, 1.95, 1.4, 1.7, 1.95)
    values[..., 1], values[:, 3:6, 0], values[:, 6:, 0] = heights, -0.15, 0.15
    return values


def test_nine_joints_whose_arms_point_up_along_their_own_y_point_up(tmp_path):
    np.savez(tmp_path / "a.npz", pos_quat=_nine(), fps=60)
    motion = load_nine_joints(tmp_path / "a.npz")
    arm = joint_positions(motion)[0, BODY.index("left_wrist")] - joint_positions(motion)[0, BODY.index("left_shoulder")]
    np.testing.assert_allclose(arm / np.linalg.norm(arm), [0, 1, 0], atol=0.01)


@pytest.mark.parametrize("values", [np.zeros((9, 7)), np.full((40, 9, 7), np.nan), np.zeros((40, 9, 6))])
def test_nine_joints_of_other_shape_are_refused(tmp_path, values):
    np.savez(tmp_path / "a.npz", pos_quat=values, fps=60)
    with pytest.raises(DataError, match="give finite"):
        load_nine_joints(tmp_path / "a.npz")
    (tmp_path / "b.npz").write_bytes(b"nonsense")
    with pytest.raises(DataError, match="no 9-joint recording"):
        load_nine_joints(tmp_path / "b.npz")


@pytest.fixture(scope="module")
def zeggs(data, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("zeggs")
    report = import_corpus(data.nine_joints, "zeggs-nc", out)
    assert (report.refused, report.joints) == ((), 22)
    assert sum(report.seconds.values()) > (0.99 * 3 * made_data.NINE_S if data.is_made else 360)
    return out


def test_hands_are_where_they_were(data):
    path = data.nine_joints / "003_Neutral_2_x_1_0.npz"
    with np.load(path, allow_pickle=False) as file:
        theirs, fps = file["pos_quat"][..., :3].astype(np.float64), float(file["fps"])
    ours = joint_positions(load_nine_joints(path)).astype(np.float64)
    assert len(ours) == len(theirs) and fps == 60
    across = (theirs[:, 6] - theirs[:, 3]).mean(axis=0)
    yaw = -np.arctan2(-across[2], across[0])
    front = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    for side, first in (("right", 3), ("left", 6)):
        s, e, w = (BODY.index(f"{side}_{n}") for n in ("shoulder", "elbow", "wrist"))
        lengths = [np.linalg.norm(p[:, b] - p[:, a], axis=-1).mean() for p, a, b in (
            (ours, s, e), (ours, e, w), (theirs, first, first + 1), (theirs, first + 1, first + 2))]  # fmt: skip
        scale = sum(lengths[:2]) / sum(lengths[2:])
        apart = ours[:, w] - ours[:, s] - scale * (theirs[:, first + 2] - theirs[:, first]) @ front.T
        assert np.linalg.norm(apart, axis=-1).mean() < 0.04


def test_a_mirrored_copy_is_on_the_side_of_its_original(zeggs):
    both = [e for e in manifest(zeggs)["sequences"] if e["source"].startswith("001")]
    assert len({e["source"] for e in both}) == 2 and len({e["split"] for e in both}) == 1


@pytest.mark.slow
def test_the_training_runs_on_such_pairs(zeggs, tmp_path):
    config = PRODUCT.replace(
        name="small", joints=22, steps=3, audio_channels=(8,) * 4, motion_channels=(16,) * 4,
        decoder_channels=(16,) * 4, batch_size=2, crop_frames=64, specific_sigma_frames=0.0,
    )  # fmt: skip
    assert train(config, zeggs, tmp_path / "run", device="cpu").is_file()


def test_a_sound_whose_channels_cancel_and_one_that_was_cut_off_are_heard(tmp_path):
    samples = 0.1 * np.random.default_rng(0).standard_normal(5 * 16000)
    for name in ("one", "two"):
        write_bvh(tmp_path / f"{name}.bvh", talking(5, 60, seed=0), POSES["arms down"])
    soundfile.write(tmp_path / "one.wav", np.stack([samples, -0.95 * samples], 1), 16000)
    soundfile.write(tmp_path / "two.wav", samples, 16000)
    raw = bytearray((tmp_path / "two.wav").read_bytes())
    raw[4:8] = raw[40:44] = b"\xff\xff\xff\xff"  # as a recorder leaves it that lost power
    (tmp_path / "two.wav").write_bytes(raw)
    report = import_corpus(tmp_path, "trinity", tmp_path / "out")
    assert (report.sequences, report.refused) == (2, ())
    for sequence in everything(tmp_path / "out").values():
        np.testing.assert_allclose(sequence.samples(), samples, atol=1e-3)
