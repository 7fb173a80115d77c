"""The made corpus, from speech and gestures made here: tone bursts, and an arm that is raised."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
from places import SHARED

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion, quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.errors import DataError
from a2g_core.training.corpus import is_held_out_speaker, load_corpus
from a2g_core.training.data.smartbody import GestureClip
from a2g_core.training.data.smartbody_files import Phases
from a2g_core.training.performance import perform
from a2g_core.training.placement import make_repertoire
from a2g_core.training.posing import mirror
from a2g_core.training.prosody import analyse
from a2g_core.training.synthetic import build_corpus, known_split, list_split, speaker_of, split_of

RATE = 16000
BURSTS_S = (1.0, 1.6, 2.3, 3.0, 6.0, 6.7)


def make_speech(bursts_s=BURSTS_S, length_s=8.0) -> np.ndarray:
    """A voice-like buzz at 120 Hz in bursts of 0.2 s, each a little louder than the last."""
    at = np.arange(int(length_s * RATE)) / RATE
    loudness = sum((0.5 + 0.1 * k) * np.exp(-(((at - t) / 0.07) ** 2)) for k, t in enumerate(bursts_s))
    return (0.2 * loudness * np.sign(np.sin(2 * np.pi * 120 * at))).astype(np.float32)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_clip(number: int) -> GestureClip:
    """Arms hang; the left one rises to the emphasis at 1 s, stays until 1.2 s, and is back at 2 s."""
    pose = np.zeros((61, 52, 3))
    up = np.interp(np.arange(61) / 30, [0.2, 0.9, 1.2, 1.9], [0, 1, 1, 0])
    pose[:, BODY_HANDS.index("left_shoulder"), 2] = -1.3
    pose[:, BODY_HANDS.index("right_shoulder"), 2] = 1.3
    pose[:, BODY_HANDS.index("left_elbow"), 1] = -up * (1.2 + 0.01 * number)
    motion = Motion(axis_angle_to_quaternion(pose), np.zeros((61, 3)), 30.0, BODY_HANDS)
    phases = Phases(0.2, 0.3, 1.0, 1.2, 1.4)
    return GestureClip("ChrBrad", f"ChrBrad@Idle01_Raise{number:02d}", motion, phases, "left", "raise", "Idle01")


def wrists(quaternions: np.ndarray) -> np.ndarray:
    p, _ = forward_kinematics(quaternion_to_matrix(quaternions.astype(float)), BODY_HANDS)
    return p[:, [BODY_HANDS.index("left_wrist"), BODY_HANDS.index("right_wrist")]]


@pytest.fixture(scope="module")
def clips():
    return [make_clip(k) for k in range(40)]


@pytest.fixture(scope="module")
def speech(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("speech")
    paths = [folder / f"{speaker}-1-0000.flac" for speaker in range(110, 135)]
    for path in paths:
        soundfile.write(path, make_speech(), RATE)
    return paths


@pytest.fixture(scope="module")
def corpus(speech, clips, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    build_corpus(speech, clips, folder, seed=3)
    return folder


def test_accents_are_where_the_bursts_are():
    prosody = analyse(make_speech(), 240, 30)
    assert len(prosody.accents_s) == len(BURSTS_S)
    np.testing.assert_allclose(prosody.accents_s, BURSTS_S, atol=0.06)
    assert prosody.speaking[[30, 48, 69, 90, 180, 201]].all() and not prosody.speaking[110:160].any()


def test_accents_do_not_depend_on_level():
    quiet, loud = analyse(0.3 * make_speech(), 240, 30), analyse(make_speech(), 240, 30)
    np.testing.assert_allclose(quiet.accents_s, loud.accents_s, atol=0.02)


@pytest.mark.parametrize("samples", [np.zeros(4 * RATE), np.full(4 * RATE, 1e-9)])
def test_silence_has_no_accents(samples):
    prosody = analyse(samples, 120, 30)
    assert len(prosody.accents_s) == 0 and not prosody.speaking.any()


def test_mirroring_swaps_the_hands_and_twice_is_nothing(clips):
    q = clips[0].motion.quaternions
    np.testing.assert_array_equal(mirror(mirror(q)), q)
    flipped = wrists(mirror(q))[:, ::-1] * np.array([-1, 1, 1])
    np.testing.assert_allclose(flipped, wrists(q), atol=1e-6)


def test_gestures_begin_on_accents_and_the_hand_is_up_when_they_arrive(clips):
    prosody = analyse(make_speech(), 240, 30)
    repertoire = make_repertoire("x", clips, clips)
    for seed in range(8):
        performance = perform(prosody, repertoire, np.random.Generator(np.random.Philox(seed)))
        reach = np.linalg.norm(wrists(performance.quaternions) - wrists(repertoire.rest[None]), axis=-1).max(axis=1)
        for gesture in performance.gestures:
            assert np.abs(prosody.accents_s - gesture.accent_s).min() < 0.15
            assert reach[round(gesture.hold_s[0] * 30)] > 0.15
    assert performance.gestures


def test_hands_rest_in_a_long_pause(clips):
    prosody = analyse(make_speech((1.0, 1.6, 9.0, 9.6), 11.0), 330, 30)
    repertoire = make_repertoire("x", clips, clips)
    for seed in range(8):
        performance = perform(prosody, repertoire, np.random.Generator(np.random.Philox(seed)))
        reach = np.linalg.norm(wrists(performance.quaternions) - wrists(repertoire.rest[None]), axis=-1)
        assert reach[150:210].max() < 0.08


def test_motion_has_no_pops(corpus):
    sequences = list(load_corpus(corpus, "train"))
    assert sequences
    for sequence in sequences:
        velocity = np.diff(wrists(sequence.quaternions), axis=0) * 30
        assert np.linalg.norm(velocity, axis=-1).max() < 3
        assert np.linalg.norm(np.diff(velocity, axis=0) * 30, axis=-1).max() < 60


def test_sequences_agree_in_length_type_and_unit(corpus):
    manifest = json.loads((corpus / "manifest.json").read_text())
    for split in ("train", "validation"):
        for sequence in load_corpus(corpus, split):
            t = len(sequence.mel)
            assert sequence.mel.shape == (t, 64) and sequence.mel.dtype == np.float16
            assert sequence.quaternions.shape == (t, 52, 4) and sequence.quaternions.dtype == np.float32
            assert sequence.gesture.shape == (t,) and sequence.gesture.max() < len(manifest["clips"])
            assert t >= 8 * 30 and (sequence.accents < t).all()
            np.testing.assert_allclose(np.linalg.norm(sequence.quaternions, axis=-1), 1, atol=1e-5)
            assert (np.sum(sequence.quaternions[1:] * sequence.quaternions[:-1], axis=-1) > 0).all()


def test_splits_share_neither_speaker_nor_clip(corpus):
    sequences = json.loads((corpus / "manifest.json").read_text())["sequences"]
    used = {
        split: (
            {s["speaker"] for s in sequences if s["split"] == split},
            {g["clip"] for s in sequences if s["split"] == split for g in s["gestures"]},
        )
        for split in ("train", "validation")
    }
    for train, validation in zip(used["train"], used["validation"]):
        assert train and validation and not train & validation


def test_the_same_seed_gives_the_same_bytes(speech, clips, corpus, tmp_path):
    again = build_corpus(speech, clips, tmp_path / "again", seed=3)
    other = build_corpus(speech[:3], clips, tmp_path / "other", seed=4)
    first = json.loads((corpus / "manifest.json").read_text())
    assert again == first
    assert {s["sha256_arrays"] for s in other["sequences"]}.isdisjoint(s["sha256_arrays"] for s in first["sequences"])


def test_seconds_goes_through_the_speech_again(speech, clips, tmp_path):
    parts: list[float] = []
    manifest = build_corpus(speech[:2], clips, tmp_path, seconds=60, seed=1, progress=parts.append)
    assert 60 <= sum(s["frames"] for s in manifest["sequences"]) / 30 < 80
    assert parts == sorted(parts)


def test_damage_is_noticed(speech, clips, tmp_path):
    manifest = build_corpus(speech[:6], clips, tmp_path, seed=1)
    path = tmp_path / manifest["sequences"][0]["file"]
    for damaged in (path, path.with_suffix(".flac")):
        whole = damaged.read_bytes()
        middle = len(whole) // 2
        damaged.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        with pytest.raises(DataError, match="damaged"):
            load_corpus(tmp_path, manifest["sequences"][0]["split"])
        damaged.write_bytes(whole)
    load_corpus(tmp_path, manifest["sequences"][0]["split"])
    path.unlink()
    with pytest.raises(DataError, match="lacks"):
        load_corpus(tmp_path, manifest["sequences"][0]["split"])


def test_other_motion_or_sound_than_the_manifest_knows_is_noticed(corpus, tmp_path):
    """Whole files, which every reader takes: only the digests of what they hold tell."""
    manifest = json.loads((corpus / "manifest.json").read_text())
    first, second = [s["file"] for s in manifest["sequences"] if s["split"] == "train"][:2]
    shutil.copytree(corpus, tmp_path / "corpus")
    samples, rate = soundfile.read(corpus / first.replace("npz", "flac"), dtype="int16")
    samples[len(samples) // 2] ^= 1
    soundfile.write(tmp_path / "corpus" / first.replace("npz", "flac"), samples, rate)
    with pytest.raises(DataError, match=f"{Path(first).stem}.flac is damaged"):
        load_corpus(tmp_path / "corpus", "train")
    shutil.copy(corpus / first.replace("npz", "flac"), tmp_path / "corpus")
    with np.load(corpus / second) as arrays:
        motion = arrays["motion"].copy()
        motion[0, 0, 0] += 1e-6
        np.savez(tmp_path / "corpus" / second, **{**arrays, "motion": motion})
    with pytest.raises(DataError, match=f"{second} is damaged"):
        load_corpus(tmp_path / "corpus", "train")


def test_errors_say_what_to_do(clips, tmp_path):
    with pytest.raises(DataError, match="not a corpus"):
        load_corpus(tmp_path, "train")
    with pytest.raises(DataError, match="no speech"):
        build_corpus([], clips, tmp_path)


def test_speakers_by_file_name():
    assert speaker_of(Path("103-1240-0000.flac")) == "103"
    assert speaker_of(Path("LJ001-0001.flac")) == "LJ"


def test_the_fixed_split_is_the_rule_and_shares_nothing():
    split = known_split()
    by_split = {name: set() for name in ("train", "validation")}
    for name, entry in split["speech"].items():
        assert entry["speaker"] == speaker_of(Path(name)) and len(entry["sha256"]) == 64
        assert entry["split"] == ("validation" if is_held_out_speaker(entry["speaker"]) else "train")
        by_split[entry["split"]].add(entry["speaker"])
    assert not by_split["train"] & by_split["validation"] and min(map(len, by_split.values())) > 10
    for kind in ("validation", "stranger"):
        assert sum(found == kind for found in split["clips"].values()) > 10


def test_a_gesture_is_held_out_of_all_who_perform_it(data):
    """Two pairs of performers share recordings: the same gesture of another one would be no stranger."""
    splits = {}
    for clip in data.clips():
        assert data.is_made or known_split()["clips"][clip.id] == split_of(clip)
        if clip.performer != "pnskeleton" and clip.kind not in ("idle", "shift"):
            splits.setdefault(clip.gesture, set()).add(split_of(clip))
    assert all(len(found) == 1 for found in splits.values()) and {"validation"} in splits.values()


def test_another_recording_of_a_known_name_is_refused(clips, tmp_path):
    path = tmp_path / next(iter(known_split()["speech"]))
    soundfile.write(path, make_speech(), RATE)
    with pytest.raises(DataError, match="not the file of that name"):
        build_corpus([path], clips, tmp_path / "out")


def test_the_split_lists_the_data_beside_the_repository(data):
    files = [data.speech(k) for k in range(3)] if data.is_made else sorted((SHARED / "data/ship").rglob("*.flac"))
    listed = list_split(files, data.archive, [])
    if data.is_made:
        assert {path.name for path in files} == set(listed["speech"]) and len(listed["archive"]) == 1
        assert all(entry["sha256"] == sha256(path) for path, entry in zip(sorted(files), listed["speech"].values()))
    else:
        assert {name: listed[name] for name in ("speech", "archive")} == {
            name: known_split()[name] for name in ("speech", "archive")
        }
