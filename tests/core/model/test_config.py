"""Configs: three parts with one namespace, kinds of random signal, and what older files hold."""

import dataclasses
import json

import pytest
from places import FILES_0_2_0
from small_models import ACCENTED, SMALL, STITCHED

from a2g_core.errors import ConfigError
from a2g_core.model.checkpoint import read_safetensors
from a2g_core.model.config import PAPER, PRODUCT, SIGNALS, AccentPieces, CorrelatedNoise, Generation, Noise, Pieces
from a2g_core.model.old_config import config_from_old_dict
from a2g_core.model.systems import SYSTEMS, config_from_dict, named_configs
from a2g_core.speech.features import FLOOR_DB

SHIPPED = json.loads(read_safetensors(FILES_0_2_0 / "product.safetensors")[1]["audio2gestures"])["config"]
"""The flat settings of a file of schema 2."""
OLD_PRODUCT = PRODUCT.replace(
    feature_floor_db=FLOOR_DB, signal=Pieces(piece_candidates=128, piece_gain=1.16, stance_gain=1.55),
    jitter_frames=7.0, steps=2600, smoothness_frames=1.15, hands_outside=False, rest_s=0.0, feet_stay=False,
)  # fmt: skip
"""What these settings mean: what came later is off, so that its takes are made as they were."""


@pytest.mark.parametrize(
    "config", [*named_configs().values(), SMALL, STITCHED, ACCENTED], ids=lambda config: config.name
)
def test_json_brings_every_config_back(config):
    assert config_from_dict(json.loads(json.dumps(config.to_dict()))) == config


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_two_parts_have_a_setting_of_the_same_name(system):
    config = SYSTEMS[system].config()
    parts = [getattr(config, name) for name in ("architecture", "training", "generation")]
    for kind in SIGNALS.values():  # a config has one of these, so they may share names
        names = [field.name for part in (*parts, kind()) for field in dataclasses.fields(part)]
        assert len(names) == len(set(names)) and "name" not in names


def test_settings_are_changed_whichever_part_has_them():
    changed = PRODUCT.replace(joints="22", steps="5", keep_pins="false", audio_channels="8,8,8,8", filler_s=2)
    assert (changed.architecture.joints, changed.training.steps, changed.generation.keep_pins) == (22, 5, False)
    assert changed.architecture.audio_channels == (8, 8, 8, 8) and changed.architecture.signal.filler_s == 2
    assert PRODUCT.replace(generation=Generation()).generation.smoothness_frames == 0
    assert changed.settings()["steps"] == 5 and changed.settings()["signal"] == "accent_pieces"


def test_the_random_signal_is_one_of_its_kinds():
    correlated = PRODUCT.replace(signal="correlated_noise", noise_sigma_frames="3")
    assert correlated.architecture.signal == CorrelatedNoise(3.0, 150)
    assert PRODUCT.replace(signal=Noise()).architecture.signal == Noise()
    for wrong in ({"signal": "silence"}, {"noise_sigma_frames": 3.0}, {"signal": Noise(), "piece_s": 1.0}):
        with pytest.raises(ConfigError, match=r"silence|unknown settings"):
            PRODUCT.replace(**wrong)
    values = json.loads(json.dumps(PRODUCT.to_dict()))
    values["architecture"]["signal"] = {"kind": "silence"}
    with pytest.raises(ConfigError, match="use noise, correlated_noise, pieces, accent_pieces"):
        config_from_dict(values)


@pytest.mark.parametrize("fps, frames", [(30, (90, 30, 6)), (60, (180, 60, 12)), (25, (75, 25, 5)), (24, (75, 24, 5))])
def test_a_piece_is_a_whole_number_of_intervals_at_every_frame_rate(fps, frames):
    pieces = Pieces()
    assert (pieces.piece_frames(fps), pieces.fade_frames(fps), pieces.interval_frames(fps)) == frames
    assert pieces.samples(fps) == -(-(frames[0] + frames[1]) // frames[2])


def test_a_cues_reach_covers_the_longest_gap_and_fade_at_every_frame_rate():
    layout = AccentPieces()
    for fps in (24, 25, 30, 60):
        reach_s = layout.cue_reach_frames(fps) / fps
        assert reach_s >= (1.5 * layout.filler_s + layout.piece_fade_s) / 2 and reach_s < 2
        assert layout.receptive_field(fps) / fps == pytest.approx(layout.receptive_field(30) / 30, rel=0.03)


@pytest.mark.parametrize("points", [0, 4, 65])
def test_a_contour_has_a_middle(points):
    with pytest.raises(ConfigError):
        AccentPieces(contour_points=points)


@pytest.mark.parametrize(("changes", "message"), [
    ({"dimensions": 5}, "dimensions must be 2 or 3, not 5"),
    ({"joints": 23}, "no 3-D skeleton of 23 joints"),
    ({"steps": 0}, "steps must be above 0"),
    ({"steps": "many"}, "steps cannot be 'many'; give a whole number"),
    ({"keep_pins": "perhaps"}, "give true or false"),
    ({"l1": "max"}, "l1 cannot be 'max'; use mean or sum"),
    ({"audio_channels": "8,8"}, "2 numbers for 4 residual blocks"),
    ({"split_codes": False}, "needs split_codes=True"),
    ({"signal": "pieces"}, "mapping_net=False"),
    ({"signal": "accent_pieces"}, "mapping_net=False"),
    ({"jitter_frames": 7.0}, "jitter_frames=7 needs"),
    ({"crop_frames": 60}, "too short for Eq. 11; use crop_frames above 60"),
    ({"pin_approach_s": -1.0}, "0 or more"),
    ({"rest_s": -1.0}, "0 or more"),
    ({"sorcery": 1}, "unknown settings: sorcery"),
])  # fmt: skip
def test_what_does_not_fit_is_said(changes, message):
    with pytest.raises(ConfigError, match=message):
        PAPER.replace(**changes)


@pytest.mark.parametrize("damage", [
    {"architecture": 5}, {"architecture": {"signal": 5}}, {"training": {"sorcery": 1}}, {"system": "none"},
    {"system": None}, {"sorcery": 1},
])  # fmt: skip
def test_damaged_settings_are_refused(damage):
    with pytest.raises(ConfigError):
        config_from_dict({**PAPER.to_dict(), **damage})


# Files of schema 1 and 2 ----------------------------------------------------------------------------------------------


def test_the_shipped_files_settings_are_those_of_the_product():
    assert "architecture" not in SHIPPED and SHIPPED["piece_frames"] == 90
    assert config_from_old_dict(SHIPPED) == OLD_PRODUCT


def test_old_lengths_keep_their_frames_at_every_frame_rate():
    for fps in (15, 20, 29.97, 60):
        config = config_from_old_dict({**SHIPPED, "fps": fps})
        signal = config.architecture.signal
        assert (signal.piece_frames(fps), signal.fade_frames(fps), signal.interval_frames(fps)) == (90, 30, 6)
        assert config.pin_approach_frames == 27


def test_old_zeros_become_kinds_of_random_signal():
    noise = {**SHIPPED, "piece_frames": 0}
    assert config_from_old_dict(noise).architecture.signal == Noise()
    correlated = config_from_old_dict({**noise, "noise_sigma_frames": 18.0, "bank_walk_frames": 150})
    assert correlated.architecture.signal == CorrelatedNoise(18.0, 150)


def test_a_file_that_names_no_system_is_audio2gestures():
    """As files of schema 1 were, which also lacked the settings that came later."""
    assert config_from_old_dict({"name": "paper", "joints": 22}) == PAPER


def test_lost_settings_stop_a_training_run_but_not_a_finished_model():
    for lost in ({"shared_gain": 2.5}, {"weight_relaxed_speed": 10.0}):
        assert config_from_old_dict({**SHIPPED, **lost}) == OLD_PRODUCT
        with pytest.raises(ConfigError, match=next(iter(lost))):
            config_from_old_dict({**SHIPPED, **lost}, trains=True)
    smooth = {**SHIPPED, "noise_sigma_frames": 4.0, "jitter_frames": 0.0}
    with pytest.raises(ConfigError, match="beside pieces"):
        config_from_old_dict(smooth, trains=True)
    assert config_from_old_dict({**smooth, "jitter_frames": 7.0}, trains=True) == OLD_PRODUCT


@pytest.mark.parametrize("damage", [{"sorcery": 1}, {"fps": 0}, {"fps": "x"}, {"system": []}, {"piece_frames": -6}])
def test_damaged_old_settings_are_refused(damage):
    with pytest.raises(ConfigError):
        config_from_old_dict({**SHIPPED, **damage})
