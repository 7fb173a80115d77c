"""The kit that makes user studies: matching, equal videos, anonymity, wrong audio, and errors that say what to do."""

from __future__ import annotations

import base64
import json
import re
import subprocess

import imageio_ffmpeg
import numpy as np
import pytest

from a2g_core.body.motion import Motion
from a2g_core.body.skeleton import BODY
from a2g_core.errors import ConfigError, DataError
from a2g_core.evaluation.study import make_study
from a2g_core.evaluation.study.clips import choose_wrong_audio, cut, speaker_of_stem, write_wav
from a2g_core.evaluation.study.design import design_study
from a2g_core.evaluation.video import write_video
from a2g_core.formats.registry import save_motion

RATE_HZ = 16000
CLIPS = ("anna-one", "anna-two", "bert-one")


def write_speech(folder, seconds=1.6):
    folder.mkdir()
    for k, clip in enumerate(CLIPS):
        tone = 0.3 * np.sin(2 * np.pi * (200 + 150 * k) * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
        write_wav(folder / f"{clip}.wav", tone.astype(np.float32), RATE_HZ)
    return folder


def write_motions(folder, fps, seed, ending=".npz"):
    folder.mkdir()
    rng = np.random.default_rng(seed)
    for clip in CLIPS:
        quaternions = np.zeros((round(1.2 * fps), len(BODY), 4), np.float32)
        quaternions[..., 0] = 1
        quaternions[:, BODY.index("left_shoulder"), 1:] = rng.uniform(-0.4, 0.4, 3)
        quaternions /= np.linalg.norm(quaternions, axis=-1, keepdims=True)
        save_motion(Motion(quaternions, np.zeros((len(quaternions), 3)), fps, BODY), folder / f"{clip}{ending}")
    return folder


def write_videos(folder, fps, size):
    folder.mkdir()
    for k, clip in enumerate(CLIPS):
        frames = [np.full((size[1], size[0], 3), 60 * k + i, np.uint8) for i in range(round(1.3 * fps))]
        write_video(folder / f"{clip}.mp4", frames, fps)
    return folder


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    """Speech and three systems: motions at two rates in two formats, and videos of another size and rate."""
    root = tmp_path_factory.mktemp("quokka-material")
    systems = {
        "quokka": write_motions(root / "quokka", 30, 0),
        "zebrafish": write_motions(root / "zebrafish", 20, 1, ".bvh"),
        "wombat": write_videos(root / "wombat", 25, (120, 200)),
    }
    return systems, write_speech(root / "speech")


def videos_of(study):
    """The MP4s in a page, by id."""
    found = re.findall(r'id="video-([0-9a-f]+)">([^<]*)<', study.page.read_text())
    return {name: base64.b64decode(text) for name, text in found}


def ffmpeg(*arguments):
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def realism(material, tmp_path_factory):
    systems, speech = material
    return make_study(systems, speech, tmp_path_factory.mktemp("out"), seconds=1, size=(160, 161), fps=10, clips=2)


@pytest.fixture(scope="module")
def alignment(material, tmp_path_factory):
    systems, speech = material
    two = {name: systems[name] for name in ("quokka", "wombat")}
    return make_study(
        two, speech, tmp_path_factory.mktemp("out"), mode="alignment", seconds=1, size=(160, 160), fps=10,
        pairs_per_participant=3, attention_checks=1, title="A <b>study</b> </script>",
    )  # fmt: skip


def test_all_videos_are_of_one_size_rate_and_length(realism, tmp_path):
    videos, seen = videos_of(realism), set()
    for name, content in videos.items():
        path = tmp_path / f"{name}.mp4"
        path.write_bytes(content)
        about = next(imageio_ffmpeg.read_frames(str(path)))
        pictures = len(ffmpeg("-i", path, "-f", "rawvideo", "-pix_fmt", "gray", "-")) // (160 * 160)
        seen.add((about["size"], about["fps"], pictures, about["codec"], about.get("audio_codec")))
    assert len(videos) == 2 * 3 + 3  # and three attention checks
    assert seen == {((160, 160), 10.0, 10, "h264", None)}


def test_nothing_on_the_page_tells_whose_a_video_is(realism, alignment):
    for study in (realism, alignment):
        text = study.page.read_text()
        data = text.replace("-", "").lower()
        for name in ("quokka", "zebrafish", "wombat", "annaone", "berttwo", "expected", "mismatch", "instruction"):
            assert name not in data
        for content in videos_of(study).values():
            assert not re.search(rb"quokka|zebrafish|wombat|anna|bert", content)
        assert "://" not in text and "connect" not in text.split("</head>")[0].replace("connection", "")


def test_the_key_names_every_video_and_says_that_it_stays(realism):
    key = json.loads(realism.key.read_text())
    assert set(key["videos"]) == set(videos_of(realism))
    assert {v["system"] for v in key["videos"].values()} == {"quokka", "zebrafish", "wombat"}
    assert "never send it to participants" in key["note"]
    assert (key["trials_per_participant"], key["checks_per_participant"]) == (6, 2)
    checks = [t for t in key["trials"].values() if t["expected"]]
    assert sorted(t["expected"] for t in checks) == ["equal", "left", "right"]
    assert all(sum(bool(key["videos"][v]["instruction"]) for v in t["videos"]) == 1 for t in checks)


def test_alignment_pairs_differ_in_speech_alone(alignment, tmp_path):
    key, videos = json.loads(alignment.key.read_text()), videos_of(alignment)
    trial = next(t for t in key["trials"].values() if t["expected"] is None)
    digests = {"v": set(), "a": set()}
    for name in trial["videos"]:
        path = tmp_path / f"{name}.mp4"
        path.write_bytes(videos[name])
        for stream, found in digests.items():
            found.add(ffmpeg("-i", path, "-map", f"0:{stream}", "-c", "copy", "-f", "md5", "-"))
    assert len(digests["v"]) == 1 and len(digests["a"]) == 2
    assert {key["videos"][v]["audio"] for v in trial["videos"]} == {"right", "wrong"}
    wrong = {c: about["wrong_audio"] for c, about in key["about"]["clips"].items()}
    assert wrong["anna-one"]["source"] == "anna-two" and wrong["anna-one"]["kind"] == "another clip"
    assert wrong["bert-one"] == {"source": "bert-one", "start_s": 0.5, "kind": "shifted"}


def test_a_title_cannot_become_markup(alignment):
    text = alignment.page.read_text()
    assert "<b>study" not in text and "A &lt;b&gt;study" in text and '"A \\u003cb>study' in text


def test_an_attention_check_shows_its_text_after_a_moment(realism, tmp_path):
    key, videos = json.loads(realism.key.read_text()), videos_of(realism)
    name = next(i for i, v in key["videos"].items() if v["instruction"])
    told = key["videos"][name]
    plain = next(i for i, v in key["videos"].items() if v == {**told, "instruction": ""})
    frames = []
    for i in (name, plain):
        (tmp_path / f"{i}.mp4").write_bytes(videos[i])
        raw = ffmpeg("-i", tmp_path / f"{i}.mp4", "-f", "rawvideo", "-pix_fmt", "gray", "-")
        frames.append(np.frombuffer(raw, np.uint8).reshape(-1, 160, 160).astype(float))
    difference = np.abs(frames[0] - frames[1]).mean(axis=(1, 2))
    assert difference[:2].max() < 3 and difference[3:].min() > 15


def test_wrong_speech_is_of_the_same_speaker_and_does_not_overlap():
    rng = np.random.default_rng(0)
    spans = {"eve-1": 30.0, "eve-2": 4.0, "bob-1": 30.0}
    assert {choose_wrong_audio("eve-1", 3, spans, speaker_of_stem, rng).source for _ in range(9)} == {"eve-2"}
    for _ in range(20):
        part = choose_wrong_audio("eve-1", 10, spans, speaker_of_stem, rng)
        assert part.kind == "another part" and part.source == "eve-1" and 10 <= part.start_s <= 20
    assert choose_wrong_audio("bob-1", 16, spans, speaker_of_stem, rng).kind == "shifted"


def test_shifted_audio_keeps_length_and_every_sample_but_the_seam():
    samples = np.linspace(0.1, 0.9, 1000, dtype=np.float32)
    shifted = cut(samples, 1000, 0.25, 0.5, circular=True)
    assert len(shifted) == 500
    np.testing.assert_array_equal(shifted[:200], samples[250:450])
    np.testing.assert_array_equal(shifted[300:], samples[50:250])
    assert shifted[250] == 0  # the dip where the end meets the beginning
    assert len(cut(samples, 1000, 0.9, 0.5)) == 500 and cut(samples, 1000, 0.9, 0.5)[-1] == 0


def test_a_design_compares_everything_and_depends_on_its_seed_alone():
    def design(seed):
        rng = np.random.default_rng(seed)
        return design_study("realism", ["a", "b", "c"], ["x", "y"], sound=False, checks=2, rng=rng)

    first = design(1)
    pairs = {(t.clip, frozenset(first.videos[v].system for v in t.videos)) for t in first.trials.values()}
    assert len(pairs) == len(first.trials) == 6
    assert first == design(1) and first != design(2)


def test_what_some_system_lacks_is_left_out_and_told(material, tmp_path):
    systems, speech = material
    shy = tmp_path / "shy"
    shy.mkdir()
    (shy / "anna-one.npz").write_bytes((systems["quokka"] / "anna-one.npz").read_bytes())
    two = {"quokka": systems["quokka"], "shy": shy}
    study = make_study(two, speech, tmp_path / "out", mode="rating", seconds=0.5, size=(64, 64), fps=5)
    assert study.left_out == ("anna-two", "bert-one")
    assert json.loads(study.key.read_text())["checks_per_participant"] == 1


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"mode": "taste"}, ConfigError, "no kind of study 'taste'"),
        ({"seconds": 0}, ConfigError, "cannot have 0 s"),
        ({"size": (10, 10)}, ConfigError, "size"),
        ({"attention_checks": 99}, ConfigError, "attention checks"),
        ({"pairs_per_participant": 0}, ConfigError, "needs trials"),
        ({"systems": {"one": "quokka"}}, ConfigError, "too few"),
        ({"systems": {"one": "nowhere", "two": "quokka"}}, DataError, "no folder"),
        ({"systems": {"one": "speech", "two": "quokka"}}, DataError, "holds none of"),
    ],
)
def test_mistakes_are_answered_with_a_sentence(material, tmp_path, change, error, says):
    systems, speech = material
    root = speech.parent
    if "systems" in change:
        systems = {name: root / folder for name, folder in change["systems"].items()}
    settings = {name: value for name, value in change.items() if name != "systems"}
    with pytest.raises(error, match=says):
        make_study(systems, speech, tmp_path / "out", **settings)
    assert not (tmp_path / "out").exists()
