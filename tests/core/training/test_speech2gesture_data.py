"""The Speech2Gesture format: what we write is read again to the pixel; what is not the format is refused by name."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from a2g_core.body.keypoints import KEYPOINT_NAMES, KEYPOINT_PARENTS, project_keypoints, shoulder_width
from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY, BODY_HANDS
from a2g_core.errors import DataError, MotionError
from a2g_core.training.corpus import CorpusSequence, CorpusWriter, load_corpus, load_manifest
from a2g_core.training.data import speech2gesture as s2g
from a2g_core.training.data.speech2gesture import Interval, import_speech2gesture, write_speech2gesture


def index(name: str) -> int:
    return KEYPOINT_NAMES.index(name)


def make_motion(n=150, fps=30.0, skeleton=BODY_HANDS) -> Motion:
    """Arms that hang and wave, fingers that curl."""
    rng = np.random.default_rng(0)
    pose = np.zeros((n, len(skeleton), 3))
    pose[:, skeleton.index("left_shoulder"), 2], pose[:, skeleton.index("right_shoulder"), 2] = -1.2, 1.2
    waves = np.sin(np.arange(n)[:, None, None] / fps * rng.uniform(1, 4, (1, len(skeleton), 3)))
    return Motion(axis_angle_to_quaternion(pose + 0.15 * waves), np.zeros((n, 3)), fps, skeleton)


def make_samples(seconds: float) -> np.ndarray:
    return (0.3 * np.sin(np.arange(int(seconds * 16000)) * 0.05)).astype(np.float32)


def make_interval(name="a", n=100, speaker="ellen", dataset="train", start_s=61.2) -> Interval:
    motion = make_motion(n, 15.0)
    keypoints = project_keypoints(joint_positions(motion), BODY_HANDS, 640.0) + np.array((640.0, 220.0))
    return Interval(name, speaker, dataset, keypoints, make_samples(n / 15), start_s)


@pytest.fixture
def folder(tmp_path):
    intervals = [make_interval("a"), make_interval("b", 64, dataset="dev"), make_interval("c", 80, "seth", "test")]
    write_speech2gesture(tmp_path / "s2g", intervals)
    return tmp_path / "s2g"


def table(folder) -> list[dict]:
    with (folder / "train.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def rewrite(folder, rows) -> None:
    with (folder / "train.csv").open("w", newline="") as file:
        out = csv.DictWriter(file, rows[0].keys())
        out.writeheader()
        out.writerows(rows)


def spoil(folder, row=0, **arrays) -> None:
    """Change arrays of one row's file."""
    path = folder / table(folder)[row]["pose_fn"]
    with np.load(path) as old:
        np.savez(path, **{**old, **arrays})


def pose_of(folder, row=0) -> np.ndarray:
    with np.load(folder / table(folder)[row]["pose_fn"]) as arrays:
        return arrays["pose"]


# --- key points --------------------------------------------------------


def test_order_is_openpose_without_the_face():
    assert len(KEYPOINT_NAMES) == len(KEYPOINT_PARENTS) == len(set(KEYPOINT_NAMES)) == 49
    assert KEYPOINT_NAMES[:8] == (
        "neck", "right_shoulder", "right_elbow", "right_wrist",
        "left_shoulder", "left_elbow", "left_wrist", "left_hand",
    )  # fmt: skip
    assert KEYPOINT_NAMES[28] == "right_hand" and KEYPOINT_NAMES[29] == "right_thumb1"
    assert KEYPOINT_PARENTS[28] == 3 and KEYPOINT_PARENTS[7] == 6 and KEYPOINT_PARENTS[12] == 7
    assert KEYPOINT_PARENTS[index("left_pinky4")] == index("left_pinky3")
    assert all(parent < k for k, parent in enumerate(KEYPOINT_PARENTS))


def test_projection_is_the_front_view_in_pixels():
    motion = make_motion(3)
    positions = joint_positions(motion)
    points = project_keypoints(positions, BODY_HANDS, 500.0)
    assert points.shape == (3, 49, 2) and np.all(points[:, 0] == 0)
    assert points[0, index("left_shoulder"), 0] > 50 > -50 > points[0, index("right_shoulder"), 0]
    assert points[0, index("left_wrist"), 1] > 50  # below the neck: y is down
    elbow = positions[:, BODY_HANDS.index("left_elbow")] - positions[:, BODY_HANDS.index("left_shoulder")]
    seen = points[:, index("left_elbow")] - points[:, index("left_shoulder")]
    assert np.allclose(seen, elbow[:, :2] * (500, -500), atol=1e-3)
    tip, last, before = (points[:, index(f"right_index{k}")] for k in (4, 3, 2))
    assert np.allclose(tip - last, 0.9 * (last - before), atol=1e-3)
    assert shoulder_width(points) == pytest.approx(500 * 0.34, rel=0.05)
    with pytest.raises(MotionError, match="no fingers"):
        project_keypoints(positions[:, :22], BODY, 500.0)


# --- the format --------------------------------------------------------


def test_files_are_as_the_data_set_has_them(folder):
    rows = table(folder)
    assert tuple(rows[0]) == s2g.COLUMNS
    # Crops every 5 frames and the last one: 36 // 5 + 1 and one more, 1, 16 // 5 + 1 and one more.
    assert [sum(r["interval_id"] == k for r in rows) for k in "abc"] == [9, 1, 5]
    assert rows[0]["start"] == "0 days 00:01:01.200000" and rows[0]["end"] == "0 days 00:01:05.400000"
    with np.load(folder / rows[0]["pose_fn"], allow_pickle=False) as arrays:
        assert arrays["pose"].shape == (64, 2, 49) and arrays["pose"].dtype == np.float64
        assert arrays["audio"].shape == (67200,) and arrays["imgs"].shape == (64,)
    assert (folder / rows[0]["audio_fn"]).is_file()


def in_pixels(corpus: Path, sequence: CorpusSequence) -> np.ndarray:
    """Key points are read in the speaker's mean shoulder widths; the files hold pixels."""
    return sequence.keypoints * load_manifest(corpus)["shoulder_width_px"][sequence.speaker]


def test_what_is_written_is_read_again(folder, tmp_path):
    done = []
    manifest = import_speech2gesture(folder, tmp_path / "corpus", done.append)
    assert done[-1] == 1.0 and manifest["refused"] == [] and manifest["fps"] == 15 and manifest["dimensions"] == 2
    train, held = load_corpus(tmp_path / "corpus", "train"), load_corpus(tmp_path / "corpus", "validation")
    assert [len(s.keypoints) for s in train] == [100] and [len(s.keypoints) for s in held] == [64, 80]
    assert {s.speaker for s in held} == {"ellen", "seth"}
    for sequence, original in zip([*train, *held], [make_interval(n=100), make_interval(n=64), make_interval(n=80)]):
        relative = original.keypoints - original.keypoints[:, :1]
        assert np.abs(in_pixels(tmp_path / "corpus", sequence) - relative).max() < 1e-3
        assert sequence.joints == KEYPOINT_NAMES and sequence.mel.shape == (len(relative), 64)
        heard = np.concatenate([*sequence.speech().blocks()])
        ends = 67200 + round((len(relative) - 64) / 15 * 16000)
        assert np.abs(heard[: ends - 1] - original.samples[: ends - 1]).max() < 1e-3
    widths = manifest["shoulder_width_px"]
    assert widths["ellen"] == pytest.approx(shoulder_width(in_pixels(tmp_path / "corpus", train[0])), rel=0.02)
    assert len(widths) == 2


def test_a_face_among_the_points_is_left_out(folder, tmp_path):
    rewrite(folder, [row for row in table(folder) if row["interval_id"] == "b"])
    pose = pose_of(folder)
    with_face = np.insert(pose, [7, 7, 7], -1e4, axis=2)
    assert with_face.shape == (64, 2, 52)
    spoil(folder, pose=with_face)
    manifest = import_speech2gesture(folder, tmp_path / "corpus")
    assert manifest["refused"] == []
    read = in_pixels(tmp_path / "corpus", load_corpus(tmp_path / "corpus", "validation")[0])
    assert np.abs(read - (pose - pose[:, :, :1]).swapaxes(1, 2)).max() < 1e-3


def test_tables_with_paths_of_another_machine_are_read(folder, tmp_path):
    rewrite(folder, [{**row, "pose_fn": f"/nowhere/{row['pose_fn']}"} for row in table(folder)])
    assert len(import_speech2gesture(folder, tmp_path / "corpus")["sequences"]) == 3


def test_films_of_29_97_pictures_stay_in_time(tmp_path):
    """A minute at 14.985 frames a second: the motion, a straight line over time, is where the sound is."""
    n = 900
    real = make_interval(n=n)
    real.keypoints[:, 20, 0] = real.keypoints[:, 0, 0] + 100 * np.arange(n) / 14.985
    write_speech2gesture(tmp_path / "s2g", [real])
    rows = table(tmp_path / "s2g")
    for row in rows:
        for column in ("start", "end"):
            row[column] = s2g._time(61.2 + (s2g.parse_time(row[column]) - 61.2) * 15 / 14.985)
    rewrite(tmp_path / "s2g", rows)
    assert import_speech2gesture(tmp_path / "s2g", tmp_path / "corpus")["refused"] == []
    (sequence,) = load_corpus(tmp_path / "corpus", "train")
    assert len(sequence.keypoints) == 900  # 899 / 14.985 s later there is the last frame
    assert np.abs(in_pixels(tmp_path / "corpus", sequence)[:, 20, 0] - 100 * np.arange(900) / 15).max() < 0.05


def test_an_interval_with_a_gap_becomes_two(folder, tmp_path):
    write_speech2gesture(folder, [make_interval("long", 250)])
    rows = table(folder)
    rewrite(folder, [row for k, row in enumerate(rows) if k < 3 or k > 20])
    lengths = [e["frames"] for e in import_speech2gesture(folder, tmp_path / "corpus")["sequences"]]
    assert lengths == [74, 250 - 105]


BAD_POSES = {
    "63 frames, not 64": lambda pose: pose[:63],
    r"shape \(64, 2, 50\)": lambda pose: np.concatenate((pose, pose[:, :, :1]), axis=2),
    r"shape \(64, 49, 2\)": lambda pose: pose.swapaxes(1, 2),
    "not finite": lambda pose: np.where(pose == pose[3, 1, 5], np.nan, pose),
    "no shoulders": lambda pose: 0 * pose,
    "other poses": lambda pose: pose + np.arange(64)[:, None, None] * (np.arange(49) > 6),
}


@pytest.mark.parametrize("why", BAD_POSES)
def test_a_bad_crop_is_refused_by_name(folder, tmp_path, why):
    """Row 4 of nine that overlap: the others give the same sequence without it."""
    spoil(folder, 4, pose=BAD_POSES[why](pose_of(folder, 4)))
    manifest = import_speech2gesture(folder, tmp_path / "corpus")
    (refused,) = manifest["refused"]
    assert refused["file"] == table(folder)[4]["pose_fn"]
    with pytest.raises(DataError, match=why):
        raise DataError(refused["why"], "")
    assert [e["frames"] for e in manifest["sequences"]] == [100, 64, 80]


def test_wrong_rates_splits_and_sounds_are_refused(folder, tmp_path):
    rows = table(folder)
    rows[0]["end"] = s2g._time(s2g.parse_time(rows[0]["start"]) + 63 / 30)
    rows[1]["dataset"] = "holdout"
    rows[2]["start"] = "yesterday"
    rows[3]["pose_fn"] = "ellen/train/npz/none.npz"
    rewrite(folder, rows)
    spoil(folder, 4, audio=np.zeros(16000, np.float32))
    (folder / rows[5]["pose_fn"]).write_bytes(b"no archive")
    manifest = import_speech2gesture(folder, tmp_path / "corpus")
    whys = [refused["why"] for refused in manifest["refused"]]
    expected = (
        "has 30.0 frames per second, not 15", "'holdout' is not a split", "'yesterday' is not a time", "is not there",
        "1.00 s of sound to 4.20 s", "cannot be read",
    )  # fmt: skip
    assert len(whys) == 6 and all(part in why for part, why in zip(expected, whys))


def test_folders_that_are_none(tmp_path, folder):
    with pytest.raises(DataError, match=r"no train\.csv"):
        import_speech2gesture(tmp_path, tmp_path / "corpus")
    rows = table(folder)
    rewrite(folder, [{k: v for k, v in row.items() if k != "interval_id"} for row in rows])
    with pytest.raises(DataError, match="no column 'interval_id'"):
        import_speech2gesture(folder, tmp_path / "corpus")
    rewrite(folder, [{**row, "dataset": "none"} for row in rows])
    with pytest.raises(DataError, match="none of the 15 crops"):
        import_speech2gesture(folder, tmp_path / "corpus")


def test_our_corpus_as_the_data_set_would_hold_it(tmp_path):
    """3-D at 30 fps, projected at 15, written, imported: every second frame, seen from the front."""
    motion = make_motion(180)
    writer = CorpusWriter(tmp_path / "3d", fps=30.0, joints=BODY_HANDS.names, notice="test")
    writer.add("train", "84", make_samples(6.0), motion.quaternions)
    writer.close()
    sequences = load_corpus(tmp_path / "3d", "train")
    done = []
    crops = write_speech2gesture(tmp_path / "s2g", s2g.export_speech2gesture({"train": sequences}, done.append))
    assert crops == 7 and done == [1.0]
    import_speech2gesture(tmp_path / "s2g", tmp_path / "2d")
    (flat,) = load_corpus(tmp_path / "2d", "train")
    expected = project_keypoints(joint_positions(motion)[::2], BODY_HANDS, s2g.PIXELS_PER_METRE)
    width = shoulder_width(expected)
    assert flat.speaker == "84" and np.abs(flat.keypoints - expected / width).max() < 0.0005
    assert 180 < width < 240 and shoulder_width(flat.keypoints) == pytest.approx(1, abs=1e-3)


def test_short_intervals_have_no_crops(tmp_path):
    assert write_speech2gesture(tmp_path, [replace(make_interval(n=70), keypoints=make_interval(n=63).keypoints)]) == 0
