import json
import struct
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import FILES_0_2_0
from safetensors.numpy import load_file, save_file
from small_models import ACCENTED, STITCHED, random_model
from voices import babble

from a2g_core.errors import CheckpointError
from a2g_core.model.checkpoint import SCHEMA, checksum, default_model_path, load_model, read_safetensors, save_model
from a2g_core.model.config import PAPER, Pieces
from a2g_core.performing.generate import generate
from a2g_core.speech.features import FLOOR_DB


@pytest.fixture
def path(tmp_path, model):
    save_model(model, tmp_path / "m.safetensors")
    return tmp_path / "m.safetensors"


def test_what_is_saved_is_loaded(path, model):
    loaded = load_model(path)
    assert loaded.config == model.config
    for name, array in model.parameters.items():
        np.testing.assert_array_equal(loaded.parameters[name], array)
    np.testing.assert_array_equal(loaded.bank, model.bank)
    theirs = load_file(path)
    ours, _ = read_safetensors(path)
    assert set(ours) == set(theirs)
    assert all((ours[n] == theirs[n]).all() for n in ours)


def test_half_precision_halves_the_file(tmp_path, path, model):
    save_model(model, tmp_path / "h.safetensors", half=True)
    assert (tmp_path / "h.safetensors").stat().st_size < 0.6 * path.stat().st_size
    loaded = load_model(tmp_path / "h.safetensors")
    np.testing.assert_allclose(
        loaded.parameters["decoder.out.weight"], model.parameters["decoder.out.weight"], rtol=1e-3, atol=1e-4
    )


def test_the_model_that_ships_loads_and_says_what_it_was_trained_on():
    model = load_model()
    assert default_model_path().stat().st_size < 8e6
    assert "Synthetically paired" in model.info["notice"] and model.info["attributions"]


@pytest.mark.parametrize("damage", [
    lambda b: b[: len(b) // 2],
    lambda b: b[:7],
    lambda b: b"",
    lambda b: b[:-100] + bytes(100),
    lambda b: struct.pack("<Q", 1 << 60) + b[8:],
    lambda b: b"not a model at all",
    lambda b: b + b"more",
], ids=["halved", "seven bytes", "empty", "zeroed end", "huge header", "text", "longer"])  # fmt: skip
def test_damaged_files_end_in_one_sentence(path, damage):
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(CheckpointError, match=r"; .*again|; choose"):
        load_model(path)


def _rewrite(path, change):
    tensors, metadata = read_safetensors(path)
    about = json.loads(metadata["audio2gestures"])
    change(tensors, about)
    about["sha256"] = checksum(tensors)
    save_file({n: np.ascontiguousarray(a) for n, a in tensors.items()}, path, {"audio2gestures": json.dumps(about)})


@pytest.mark.parametrize(("change", "message"), [
    (lambda t, a: a.update(schema=SCHEMA + 1), "newer version.*update"),
    (lambda t, a: a["config"].update(sorcery=1), "unknown settings.*update"),
    (lambda t, a: t.pop("decoder.out.bias"), "missing or unknown array"),
    (lambda t, a: t.update({"decoder.out.bias": np.zeros(3, np.float32)}), "has shape"),
    (lambda t, a: t.update({"stats.bank": np.full_like(t["stats.bank"], np.nan)}), "not finite"),
])  # fmt: skip
def test_foreign_or_newer_models_are_refused(path, change, message):
    _rewrite(path, change)
    with pytest.raises(CheckpointError, match=message):
        load_model(path)


def old_settings(config) -> dict:
    """The flat settings of schema 2 for STITCHED or the paper's config, as the program of that time wrote them."""
    about = json.loads(read_safetensors(FILES_0_2_0 / "product.safetensors")[1]["audio2gestures"])["config"]
    new = config.settings()
    flat = {name: new.get(name, value) for name, value in about.items() if name != "system"}
    pieces = isinstance(config.architecture.signal, Pieces)
    return {**flat, "piece_frames": config.architecture.signal.piece_frames(30) if pieces else 0}


@pytest.mark.parametrize("schema", [1, 2])
@pytest.mark.parametrize("config", [STITCHED, PAPER], ids=lambda config: config.name)
def test_files_of_older_schemas_are_read(tmp_path, config, schema):
    path, model = tmp_path / "m.safetensors", random_model(config)
    save_model(model, path)
    _rewrite(path, lambda t, a: a.update(schema=schema, config=old_settings(config)))
    loaded = load_model(path)
    assert loaded.config == config.replace(feature_floor_db=FLOOR_DB)  # which came later
    for name in ("feature_mean", "motion_std", "bank", "pieces", "sequences"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(model, name))


@pytest.mark.parametrize("schema", [2, 3])
def test_settings_of_one_schema_are_not_read_as_anothers(path, schema):
    config = {2: PAPER.to_dict(), 3: old_settings(PAPER)}[schema]
    _rewrite(path, lambda t, a: a.update(schema=schema, config=config))
    with pytest.raises(CheckpointError, match="unknown here"):
        load_model(path)


def test_pieces_come_back(tmp_path):
    model = random_model(STITCHED)
    save_model(model, tmp_path / "m.safetensors", half=True)
    loaded = load_model(tmp_path / "m.safetensors")
    np.testing.assert_array_equal(loaded.pieces, model.pieces)
    np.testing.assert_array_equal(loaded.sequences, model.sequences)
    assert loaded.styles == model.styles == ("Near", "Far") and loaded.pieces.dtype == np.float32


def test_stances_for_every_sequence(tmp_path):
    model = random_model(ACCENTED)
    save_model(replace(model, stances=model.stances[1:]), tmp_path / "m.safetensors")
    with pytest.raises(CheckpointError, match="lacks stances"):
        load_model(tmp_path / "m.safetensors")


def test_moments_come_back(tmp_path):
    model = random_model(ACCENTED)
    save_model(model, tmp_path / "m.safetensors", half=True)
    loaded = load_model(tmp_path / "m.safetensors")
    np.testing.assert_array_equal(loaded.moments, model.moments)
    np.testing.assert_array_equal(loaded.stances, model.stances)
    assert loaded.pieces_digest == model.pieces_digest != random_model(ACCENTED, seed=1).pieces_digest
    assert loaded.styles == ("Near", "Far") and random_model(STITCHED).pieces_digest == ""


@pytest.mark.parametrize(("column", "value", "message"), [
    (0, -0.5, "out of order"), (0, 199.5, "out of order"), (1, 4, "out of order"), (1, -1e9, "out of order"),
    (5, np.nan, "not finite"),
])  # fmt: skip
def test_moments_that_lie_nowhere_are_refused(tmp_path, column, value, message):
    def change(tensors, about):
        tensors["stats.moments"] = tensors["stats.moments"].copy()
        tensors["stats.moments"][3, column] = value

    path = tmp_path / "m.safetensors"
    save_model(random_model(ACCENTED), path)
    _rewrite(path, change)
    with pytest.raises(CheckpointError, match=message):
        load_model(path)


@pytest.mark.parametrize("shape", [(80, 8), (80, 10), (0, 9)])
def test_moments_have_the_contours_of_the_config(tmp_path, shape):
    path = tmp_path / "m.safetensors"
    save_model(random_model(ACCENTED), path)
    _rewrite(path, lambda t, a: t.update({"stats.moments": np.zeros(shape, np.float32)}))
    with pytest.raises(CheckpointError, match=r"'stats.moments' .* has shape"):
        load_model(path)


@pytest.mark.parametrize("change", [
    lambda t, a: t.update({"stats.sequences": np.array([(0, 0), (0, 1)])}),
    lambda t, a: t.update({"stats.sequences": np.array([(5, 0), (120, 1)])}),
    lambda t, a: t.update({"stats.sequences": np.array([(0, 0), (900, 1)])}),
    lambda t, a: t.update({"stats.sequences": np.array([(0, 0), (120, 2)])}),
    lambda t, a: t.update({"stats.sequences": np.array([(0, -1), (120, 1)])}),
    lambda t, a: t.update({"stats.sequences": np.stack([np.arange(0, 200, 9), np.zeros(23)], 1).astype(np.int64)}),
    lambda t, a: a["info"].update(styles="Near"),
    lambda t, a: a["info"].update(styles=["Near", "Near"]),
    lambda t, a: a["info"].update(styles=[1, 2]),
    lambda t, a: a["info"].update(styles=None),
])  # fmt: skip
def test_sequences_out_of_order_are_refused(tmp_path, change):
    path = tmp_path / "m.safetensors"
    save_model(random_model(STITCHED), path)
    _rewrite(path, change)
    with pytest.raises(CheckpointError, match="out of order"):
        load_model(path)


def test_a_changed_number_is_noticed(path):
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(data)
    with pytest.raises(CheckpointError, match="checksum differs"):
        load_model(path)


def test_no_file(tmp_path):
    with pytest.raises(CheckpointError, match="there is no model"):
        load_model(tmp_path / "none.safetensors")


_json = st.recursive(
    st.none() | st.integers(-5, 1 << 70) | st.text(max_size=5) | st.floats(),
    lambda c: (
        st.lists(c, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "dtype", "shape", "data_offsets", "__metadata__"]), c, max_size=4)
    ),
)


@settings(max_examples=300, deadline=None)
@given(
    header=_json
    | st.fixed_dictionaries(
        {
            "a": st.fixed_dictionaries(
                {
                    "dtype": st.sampled_from(["F32", "F16", "X"]),
                    "shape": st.lists(st.integers(-2, 9), max_size=3),
                    "data_offsets": st.lists(st.integers(-9, 99), min_size=2, max_size=2),
                }
            )
        }
    ),
    body=st.binary(max_size=64),
)
def test_hostile_headers_only_ever_raise_checkpoint_errors(tmp_path_factory, header, body):
    text = json.dumps(header).encode()
    path = tmp_path_factory.getbasetemp() / "fuzz.safetensors"
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)
    try:
        arrays, _ = read_safetensors(path)
    except CheckpointError:
        return
    for array in arrays.values():
        assert array.nbytes <= len(body)
    theirs = load_file(path)  # what we accept, the library accepts
    assert all(np.array_equal(arrays[n], theirs[n], equal_nan=True) for n in arrays)


def test_random_model_is_valid_for_every_config(tmp_path):
    from a2g_core.model.config import NAMED

    for config in NAMED.values():
        small = config.replace(audio_channels=(8,) * 4, motion_channels=(8,) * 4, decoder_channels=(8,) * 4)
        save_model(random_model(small), tmp_path / "m.safetensors")
        assert load_model(tmp_path / "m.safetensors").config == small


def _set(name, value):
    def change(model):
        return replace(model, parameters={**model.parameters, name: np.full_like(model.parameters[name], value)})

    return change


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_neither_written_nor_read(tmp_path, path, model, value):
    spoiled = _set("decoder.out.bias", value)(model)
    with pytest.raises(CheckpointError, match=r"'decoder\.out\.bias' in 'n\.safetensors' is not finite"):
        save_model(spoiled, tmp_path / "n.safetensors")
    assert not (tmp_path / "n.safetensors").exists()
    tensors, metadata = read_safetensors(path)
    tensors["decoder.out.bias"] = np.full_like(tensors["decoder.out.bias"], value)
    about = json.loads(metadata["audio2gestures"]) | {"sha256": checksum(tensors)}
    save_file({n: np.array(a) for n, a in tensors.items()}, path, {"audio2gestures": json.dumps(about)})
    with pytest.raises(CheckpointError, match=r"'decoder\.out\.bias' in 'm\.safetensors' is not finite"):
        load_model(path)


def test_what_half_precision_cannot_hold_is_not_written(tmp_path, model):
    large = _set("decoder.out.bias", 1e6)(model)
    with pytest.raises(CheckpointError, match="is not finite"):
        save_model(large, tmp_path / "half.safetensors", half=True)
    save_model(large, tmp_path / "whole.safetensors")


@pytest.mark.parametrize(
    ("part", "setting", "value"),
    [
        ("architecture", "fps", 1e9), ("architecture", "fps", float("nan")), ("architecture", "fps", "30"),
        ("architecture", "joints", True), ("architecture", "dilations", [10**9] * 4), ("architecture", "dilations", []),
        ("architecture", "specific_sigma_frames", 1e8), ("generation", "smoothness_frames", float("nan")),
        ("generation", "smoothness_frames", 1e6), ("generation", "pin_approach_s", 1e9), ("training", "steps", 1.5),
        ("training", "crop_frames", 10**8), ("architecture", "signal", {"kind": "pieces", "piece_candidates": 10**9}),
        ("architecture", "signal", {"kind": "correlated_noise", "noise_sigma_frames": 1e7}),
    ],
)  # fmt: skip
def test_a_forged_file_cannot_ask_for_years_or_terabytes(path, part, setting, value):
    tensors, metadata = read_safetensors(path)
    about = json.loads(metadata["audio2gestures"])
    about["config"][part][setting] = value
    save_file({n: np.array(a) for n, a in tensors.items()}, path, {"audio2gestures": json.dumps(about)})
    with pytest.raises(CheckpointError, match="describes a model unknown here"):
        load_model(path)


def test_a_model_whose_numbers_run_out_of_bounds_makes_no_motion(model):
    wild = _set("decoder.out.weight", 3e38)(model)
    with np.errstate(all="ignore"), pytest.raises(CheckpointError, match="makes motion that is not finite"):
        generate(babble(1.0), wild)
