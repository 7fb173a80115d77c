"""Damaged and forged corpora, states and judges are refused in one sentence; one bad recording ends no import."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from random import Random

import numpy as np
import pytest
from fuzzing import seeds
from fuzzing.mutations import damaged_npz
from fuzzing.safetensors import header_of, packed, unpacked
from recordings import talking, write_smplx, write_sound

from a2g_core.cli.main import main
from a2g_core.errors import A2GError, CheckpointError, DataError
from a2g_core.training import importing
from a2g_core.training.corpus import file_digest, load_corpus, load_manifest
from a2g_core.training.export import export_run
from a2g_core.training.importing import import_corpus
from a2g_core.training.judge_networks import AlignmentScorer, MotionEncoder, ScorerConfig, read_judge, write_judge
from a2g_core.training.state import load_state


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return seeds.corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def whole_state(tmp_path_factory, corpus):
    return seeds.state(tmp_path_factory.mktemp("run"), corpus)


@pytest.fixture
def run(tmp_path, whole_state):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "state.safetensors").write_bytes(whole_state)
    return tmp_path / "run"


def _forge(path, key: str, change) -> None:
    """Change a safetensors file's arrays and description by `change(arrays, about)`."""
    arrays, metadata = unpacked(path.read_bytes())
    about = json.loads(metadata[key])
    arrays = {name: array.copy() for name, array in arrays.items()}
    change(arrays, about)
    path.write_bytes(packed(arrays, header_of(arrays, {key: json.dumps(about)})))


def _set(name: str, value: float):
    def change(arrays, about):
        arrays[name].reshape(-1)[0] = value

    return change


STATES = {
    "NaN in a weight": (_set("parameter.decoder/out/weight", np.nan), "'parameter.decoder/out/weight' .* not finite"),
    "infinity in a moment": (_set("momentum_buffer.decoder/out/weight", np.inf), "not finite"),
    "a spread of 0": (_set("statistics.motion_std", 0), "not above 0"),
    "an array is gone": (lambda arrays, about: arrays.pop("parameter.decoder/out/bias"), "not those of its settings"),
    "an array of another shape": (
        lambda arrays, about: arrays.update({"parameter.decoder/out/bias": np.zeros(1, np.float32)}), "not those of its"
    ),
    "no statistics": (lambda arrays, about: arrays.pop("statistics.motion_std"), "not those of its settings"),
    "a step that is text": (lambda arrays, about: about.update(step="many"), "is damaged"),
    "a negative step": (lambda arrays, about: about.update(step=-1), "is damaged"),
    "a seed beyond all": (lambda arrays, about: about.update(seed=10**30), "is damaged"),
    "seconds that are no number": (lambda arrays, about: about.update(seconds=float("nan")), "is damaged"),
    "no settings": (lambda arrays, about: about.pop("config"), "is damaged"),
    "a newer one": (lambda arrays, about: about.update(schema=99), "newer version"),
    "settings that ask for too much": (
        lambda arrays, about: about["config"]["training"].update(crop_frames=10**9), "crop_frames must be 10000 or less"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STATES)
def test_a_damaged_state_is_refused_before_it_trains_or_is_exported(run, corpus, tmp_path, capsys, case):
    change, message = STATES[case]
    _forge(run / "state.safetensors", "training", change)
    with pytest.raises(CheckpointError, match=message):
        load_state(run, corpus)
    assert main(["export", str(run), "--corpus", str(corpus), "-o", str(tmp_path / "model.safetensors")]) == 2
    assert main(["train", "--resume", "--corpus", str(corpus), "--out", str(run)]) == 2
    assert capsys.readouterr().err.count("\n") == 2 and not (tmp_path / "model.safetensors").exists()


def test_a_moment_of_another_shape_is_refused(run, corpus, tmp_path):
    def change(arrays, about):
        arrays["momentum_buffer.decoder/out/weight"] = np.zeros((2, 2), np.float32)

    _forge(run / "state.safetensors", "training", change)
    with pytest.raises(CheckpointError, match="no 'decoder/out/weight' of its shape"):
        export_run(run, corpus, tmp_path / "model.safetensors")


def test_half_precision_that_a_weight_does_not_fit_is_refused(run, corpus, tmp_path):
    _forge(run / "state.safetensors", "training", _set("parameter.decoder/out/weight", 1e6))
    with pytest.raises(CheckpointError, match=r"'decoder\.out\.weight' in 'half\.safetensors' is not finite"):
        export_run(run, corpus, tmp_path / "half.safetensors", half=True)
    export_run(run, corpus, tmp_path / "whole.safetensors")


# Corpora --------------------------------------------------------------------------------------------------------------


def _change_manifest(**changes):
    def change(told):
        told.update(changes)

    return change


def _change_entry(**changes):
    def change(told):
        told["sequences"][0].update(changes)

    return change


MANIFESTS = {
    "no rate": _change_manifest(fps=0), "a rate that is text": _change_manifest(fps="30"),
    "a rate that is no number": _change_manifest(fps=float("nan")), "four dimensions": _change_manifest(dimensions=4),
    "no joints": _change_manifest(skeleton=[]), "joints that are numbers": _change_manifest(skeleton=[1]),
    "sequences that are none": _change_manifest(sequences={"a": 1}),
    "a width of 0": _change_manifest(shoulder_width_px={"a": 0}),
    "a version without end": _change_manifest(version=float("inf")), "a file elsewhere": _change_entry(file="../x.npz"),
    "a file that is a number": _change_entry(file=5), "frames that are text": _change_entry(frames="45"),
    "other frames": _change_entry(frames=44), "a style that is a list": _change_entry(style=[]),
    "another digest": _change_entry(sha256_arrays="0" * 64),
}  # fmt: skip


@pytest.mark.parametrize("case", MANIFESTS)
def test_a_forged_manifest_is_refused(corpus, tmp_path, case):
    for path in corpus.iterdir():
        os.link(path, tmp_path / path.name)
    told = json.loads((corpus / "manifest.json").read_text())
    MANIFESTS[case](told)
    (tmp_path / "manifest.json").unlink()
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(DataError):
        load_corpus(tmp_path, "train")


@pytest.mark.parametrize("text", ["", "[" * 100_000, "nul", "{}", '{"version": 3}', "\ufeff{}", "\x00"])
def test_a_manifest_that_is_none_is_refused(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="is not a corpus"):
        load_manifest(tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_arrays_that_do_not_fit_their_manifest_are_refused_whatever_their_digest(corpus, tmp_path):
    """In version 3, whose digests are of files and so can be forged for any."""
    whole, rng, refused = (corpus / "00000.npz").read_bytes(), Random(0), 0
    for path in corpus.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for _ in range(30):
        (tmp_path / "00000.npz").write_bytes(damaged_npz(whole, rng))
        told = json.loads((corpus / "manifest.json").read_text())
        told["version"] = 3
        for entry in told["sequences"]:
            for kind in ("npz", "flac"):
                entry[f"sha256_{kind}"] = file_digest((tmp_path / entry["file"]).with_suffix(f".{kind}"))
        (tmp_path / "manifest.json").write_text(json.dumps(told))
        try:
            load_corpus(tmp_path, "train")
        except DataError as error:
            assert "\n" not in str(error)
            refused += 1
    assert refused > 10


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recordings")
    for k in range(2):
        write_smplx(folder / f"{k}_good.npz", talking(5, 30, seed=k))
        write_sound(folder / f"{k}_good.wav", 5.0)
    for name, data in (("3_empty", b""), ("4_text", b"hello"), ("5_cut", (folder / "0_good.npz").read_bytes()[:5000])):
        (folder / f"{name}.npz").write_bytes(data)
        write_sound(folder / f"{name}.wav", 5.0)
    return folder


def test_one_bad_file_never_ends_an_import(recordings, tmp_path, monkeypatch, capsys):
    load = importing.FORMATS["amass"].load

    def fails_unforeseen(path):
        if path.name.startswith("1_"):
            raise MemoryError
        return load(path)

    more = type(importing.FORMATS["amass"])(".npz", fails_unforeseen, "made")
    monkeypatch.setitem(importing.FORMATS, "amass", more)
    write_smplx(recordings / "9_good.npz", talking(5, 30, seed=9))
    write_sound(recordings / "9_good.wav", 5.0)
    assert main(["corpus", "import", str(recordings), "--format", "amass", "--out", str(tmp_path / "c")]) == 0
    said = capsys.readouterr().out
    assert "2 sequences" in said and "4 refused:" in said
    assert "1_good.npz: it cannot be read (MemoryError: MemoryError)" in said
    assert all(f"{name}.npz: " in said for name in ("3_empty", "4_text", "5_cut"))
    assert len(load_manifest(tmp_path / "c")["refused"]) == 4


def test_an_import_of_bad_files_alone_is_refused(recordings, tmp_path):
    bad = tmp_path / "bad"
    bad.mkdir()
    for name in ("3_empty", "4_text"):
        for ending in ("npz", "wav"):
            (bad / f"{name}.{ending}").write_bytes((recordings / f"{name}.{ending}").read_bytes())
    with pytest.raises(DataError, match="none of the 2 recordings can be used"):
        import_corpus(bad, "amass", tmp_path / "c")


# Judges ---------------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:Initializing zero-element")
@pytest.mark.parametrize(
    "changes",
    [{"width": 10**6}, {"width": "8"}, {"width": -8}, {"size": 0}, {"taps": 10**9}, {"dilations": [1e9]}, {"x": 1}],
)
def test_a_judge_that_asks_for_too_much_is_refused(tmp_path, changes):
    path, config = tmp_path / "judge.safetensors", ScorerConfig(8, 4)
    write_judge(AlignmentScorer(config), path, {})
    assert isinstance(read_judge(path, AlignmentScorer)[0], AlignmentScorer)
    _forge(path, "audio2gestures_judge", lambda arrays, about: about.update(config={**asdict(config), **changes}))
    with pytest.raises(CheckpointError, match="unknown here"):
        read_judge(path, AlignmentScorer)
    with pytest.raises(A2GError, match="give the other file"):
        read_judge(path, MotionEncoder)
