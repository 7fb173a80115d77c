"""Every system behind one door: named, saved, loaded, and made to move by the same call."""

import numpy as np
import pytest
from voices import babble

from a2g_core.body.motion import Pin
from a2g_core.errors import Cancelled, ConfigError, PinError
from a2g_core.model.checkpoint import Model, load_model, save_model
from a2g_core.model.config import Config
from a2g_core.model.systems import SYSTEMS, config_from_dict, named_config, named_configs, parameter_shapes
from a2g_core.performing.controls import Controls
from a2g_core.performing.generate import generate, generate_channels, idle_pose, receptive_field_s
from a2g_core.performing.request import Choice
from a2g_core.performing.seated import chair
from a2g_core.training.crops import Statistics
from a2g_core.training.modules import MODULES, make_module

TINY = {
    "speech2gesture": named_config("speech2gesture").replace(audio_width=4, unet_width=8, normalise_motion=True),
    "stylegestures": named_config("stylegestures").replace(flow_steps=2, hidden_size=8, lstm_layers=1, audio_size=4),
}


def tiny_model(system: str, **changes) -> Model:
    """A model of random weights, as training begins with."""
    config = TINY[system].replace(**changes)
    size = config.architecture.motion_size
    mean = np.zeros(size, np.float32)
    if config.architecture.dimensions == 3 and config.architecture.channels == "sixd":
        mean = np.tile(np.float32([1, 0, 0, 0, 1, 0]), config.architecture.joints)
    statistics = Statistics(*(np.full(64, v, np.float32) for v in (-50, 15)), mean, np.full(size, 0.1, np.float32))
    module = make_module(config, statistics)
    kept = parameter_shapes(config)
    parameters = {n: p.detach().numpy() for n, p in module.parameters_by_name().items() if n in kept}
    return Model(config, parameters, **vars(statistics), info={"name": system, "sha256": ""})


def test_every_system_can_be_trained_and_every_config_is_its_own():
    assert set(SYSTEMS) == set(MODULES)
    for name, config in named_configs().items():
        assert config.name == name and config_from_dict(config.to_dict()) == config


def test_unknown_names_are_answered_with_the_known_ones():
    with pytest.raises(ConfigError, match="stylegestures"):
        named_config("none")
    with pytest.raises(ConfigError, match=r"no system 'none'.*speech2gesture"):
        config_from_dict({"system": "none"})


@pytest.mark.parametrize("system", TINY)
def test_baselines_are_saved_and_move(system, tmp_path):
    model, speech = tiny_model(system), babble(5)
    save_model(model, tmp_path / "m.safetensors")
    again = load_model(tmp_path / "m.safetensors")
    assert again.config == model.config and again.bank.size == 0
    motion = generate(speech, again, seed=1, fps=30.0)
    assert len(motion) == 150 and motion.fps == 30 and np.isfinite(motion.quaternions).all()
    span = generate(speech, again, seed=1, fps=30.0, span=(40, 90))
    assert (span.quaternions == motion.quaternions[40:90]).all()
    other = generate(speech, again, seed=2, fps=30.0)
    assert (other.quaternions != motion.quaternions).any() == model.config.is_random
    assert idle_pose(again).shape == (22, 4) and receptive_field_s(again) > 3


@pytest.mark.parametrize("system", TINY)
def test_what_a_baseline_cannot_do_is_said(system):
    model, speech = tiny_model(system), babble(4)
    clip = generate(speech, model).slice(0, 20)
    with pytest.raises(PinError, match="cannot follow pinned clips; mute the pins"):
        generate(speech, model, pins=[Pin(clip, 1.0)])
    calm, wild = Controls(calm=0.5), Controls(variation=2.0)
    for asked in ({"controls": calm}, {"controls": wild}, {"choices": [Choice(1, 2, 3)]}, {"seat": chair()}):
        with pytest.raises(
            ConfigError, match=r"lacks the controls (calm|variation)|cannot regenerate a part|cannot sit"
        ):
            generate(speech, model, **asked)
    louder = generate(speech, model, controls=Controls(energy=2.0, posture=0.5))
    assert len(louder) == len(generate(speech, model))
    with pytest.raises(Cancelled):
        generate(speech, model, should_cancel=lambda: True)


def test_speech2gesture_says_key_points_too():
    model = tiny_model("speech2gesture", dimensions=2, joints=49, fps=15.0, crop_frames=64)
    assert generate_channels(babble(4), model).shape == (60, 98)


def test_only_audio2gestures_has_codes():
    assert [name for name, system in SYSTEMS.items() if system.config.has_codes] == [Config.system]
