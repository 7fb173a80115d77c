"""The researcher's commands, each run as typed, on small data made here."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from voices import babble

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.cli.main import main
from a2g_core.formats.registry import save_motion
from a2g_core.model.checkpoint import load_model
from a2g_core.training.corpus import CorpusWriter, load_manifest

THIN = ["steps=2", "batch_size=2", "audio_width=4", "unet_width=8", "normalise_motion=true"]


def _swing(n: int, seed: int) -> np.ndarray:
    t, rng = np.arange(n)[:, None, None] / 30, np.random.default_rng(seed)
    return axis_angle_to_quaternion((0.2 * np.sin(2 * t + rng.uniform(0, 6, (1, 52, 3)))).astype(np.float32))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    writer = CorpusWriter(tmp_path_factory.mktemp("corpus"), fps=30.0, joints=BODY_HANDS.names, notice="made here")
    for k in range(3):
        samples = np.concatenate(list(babble(9, seed=k).blocks()))
        writer.add("validation" if k == 2 else "train", str(k), samples, _swing(270, k))
    writer.close()
    return writer.folder


def _train(corpus: Path, out: Path, *settings: str) -> Path:
    arguments = ["train", "--config", "speech2gesture", "--corpus", str(corpus), "--out", str(out), "--device", "cpu"]
    assert main([*arguments, *(x for s in (*THIN, *settings) for x in ("--set", s))]) == 0
    return out / "model.safetensors"


def test_a_baseline_is_trained_and_generates_as_any_other_model(corpus, tmp_path, capsys):
    model = _train(corpus, tmp_path / "run")
    soundfile.write(tmp_path / "speech.wav", np.concatenate(list(babble(3).blocks())), 16000)
    out = tmp_path / "motion.npz"
    assert main(["generate", str(tmp_path / "speech.wav"), "-o", str(out), "--model", str(model), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["frames"] == 90 and out.is_file()
    assert main(["inspect", str(model), "--json"]) == 0
    about = json.loads(capsys.readouterr().out)
    assert about["config"]["system"] == "speech2gesture" and about["info"]["steps"] == 2
    assert about["info"]["trained_s"] >= 0 and about["info"]["notice"] == "made here"


def test_two_dimensions_from_corpus_to_key_points(corpus, tmp_path, capsys):
    assert main(["corpus", "flatten", str(corpus), "--out", str(tmp_path / "s2g")]) == 0
    assert main(
        ["corpus", "import", str(tmp_path / "s2g"), "--format", "speech2gesture", "--out", str(tmp_path / "flat")]
    ) == 0  # fmt: skip
    manifest = load_manifest(tmp_path / "flat")
    assert manifest["notice"] == "made here"  # what a corpus says of its data goes along
    assert (manifest["fps"], manifest["dimensions"], len(manifest["skeleton"])) == (15, 2, 49)
    assert {e["split"] for e in manifest["sequences"]} == {"train", "validation"}
    flat = ["dimensions=2", "joints=49", "fps=15", "crop_frames=64"]
    model = _train(tmp_path / "flat", tmp_path / "run", *flat)
    assert load_model(model).config.architecture.motion_size == 98
    soundfile.write(tmp_path / "speech.wav", np.concatenate(list(babble(4).blocks())), 16000)
    out = tmp_path / "points.npz"
    assert main(["generate", str(tmp_path / "speech.wav"), "-o", str(out), "--model", str(model)]) == 0
    with np.load(out, allow_pickle=False) as file:
        assert file["pose"].shape == (60, 2, 49) and file["fps"] == 15
    wrong = str(out.with_suffix(".bvh"))
    assert main(["generate", str(tmp_path / "speech.wav"), "-o", wrong, "--model", str(model)]) == 2
    assert "2-D model writes .npz" in capsys.readouterr().err
    scores = ["evaluate", "--corpus", str(tmp_path / "flat"), "--out", str(tmp_path / "scores"), "--samples", "2"]
    assert main([*scores, "--model", f"mine={model}"]) == 0
    rows = json.loads((tmp_path / "scores/scores.json").read_text())["rows"]
    assert rows["corpus itself"]["numbers"]["l1_sum_cm"] == 0 < rows["mine"]["numbers"]["l1_sum_cm"]
    assert "data:video/mp4" in (tmp_path / "scores/report.html").read_text()
    assert main([*scores, "--table", "2"]) == 2
    assert "Table 2 is in 3-D" in capsys.readouterr().err


def test_the_wrong_corpus_for_a_config_is_named(corpus, tmp_path, capsys):
    train = ["train", "--config", "speech2gesture", "--corpus", str(corpus), "--device", "cpu", "--out"]
    assert main([*train, str(tmp_path / "a"), "--set", "dimensions=2", "--set", "joints=49"]) == 2
    assert "differ in 2-D and 3-D" in capsys.readouterr().err


def test_a_study_is_made_and_says_what_was_left_out(tmp_path, capsys):
    for folder in ("speech", "ours", "theirs"):
        (tmp_path / folder).mkdir()
    for stem in ("one", "two"):
        soundfile.write(tmp_path / "speech" / f"{stem}.wav", np.concatenate(list(babble(1).blocks())), 16000)
        for k, system in enumerate(("ours", "theirs")):
            if (stem, system) != ("two", "theirs"):
                motion = Motion(_swing(30, k), np.zeros((30, 3)), 30.0, BODY_HANDS)
                save_motion(motion, tmp_path / system / f"{stem}.npz")
    systems = ["--system", f"ours={tmp_path / 'ours'}", "--system", f"theirs={tmp_path / 'theirs'}"]
    make = ["study", "make", *systems, "--speech", str(tmp_path / "speech"), "--out", str(tmp_path / "study")]
    assert main([*make, "--seconds", "0.5"]) == 0
    said = capsys.readouterr().out
    assert "left out because a system lacks them: two" in said and "key.json stays with you" in said
    page = (tmp_path / "study/study.html").read_text()
    assert "ours" not in page.split("<body")[0] and str(tmp_path) not in page
    assert main(["study", "analyse", str(tmp_path), "--key", str(tmp_path / "none.json"), "--out", str(tmp_path)]) == 2
