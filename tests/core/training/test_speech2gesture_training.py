"""Speech2Gesture under training: one network with generation's, losses that reach what they should, the same bits."""

import numpy as np
import pytest
import torch
from voices import babble

from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.model.baselines.speech2gesture import (
    CHUNK_RECEPTIVE_FIELD,
    NAMED,
    Speech2GestureConfig,
    parameter_shapes,
    speech_to_motion,
)
from a2g_core.model.checkpoint import load_model, read_safetensors
from a2g_core.training.corpus import CorpusWriter
from a2g_core.training.crops import Crops, Statistics, open_crops
from a2g_core.training.modules import make_module
from a2g_core.training.speech2gesture import Speech2Gesture, discriminate, steps_of
from a2g_core.training.train import resume, train, validate

GAN = NAMED["speech2gesture-gan"].replace(
    name="small", audio_width=2, unet_width=8, discriminator_width=4, crop_frames=64, batch_size=2, steps=4
)
PLAIN = GAN.replace(weight_gan=0.0)
KEY_POINTS = GAN.replace(dimensions=2, joints=49, fps=15.0)


pytestmark = pytest.mark.usefixtures("one_thread")


def _module(config: Speech2GestureConfig, seed: int = 0) -> Speech2Gesture:
    torch.manual_seed(seed)
    mean = torch.tensor([1.0, 0, 0, 0, 1, 0]).tile(22) if config.architecture.dimensions == 3 else torch.zeros(98)
    return Speech2Gesture(config, mean, torch.full_like(mean, 0.3))


def _batch(config: Speech2GestureConfig) -> tuple[torch.Tensor, torch.Tensor]:
    frames = config.training.crop_frames + 2 * config.architecture.loss_receptive_field
    shape = (config.training.batch_size, frames)
    return torch.randn(*shape, 64), torch.randn(*shape, config.architecture.motion_size)


def _crops(config: Speech2GestureConfig) -> Crops:
    """Motion that follows the loudness of its sound."""
    rng = np.random.default_rng(0)
    loudness = [np.sin(np.arange(200 + 50 * k) / (9 + k)) for k in range(3)]
    features = [-50 + 20 * x[:, None] + rng.standard_normal((len(x), 64)) for x in loudness]
    rest = np.tile([1.0, 0, 0, 0, 1, 0], 22) if config.architecture.dimensions == 3 else np.zeros(98)
    swing = rng.standard_normal(config.architecture.motion_size) * 0.3
    return Crops(features, [(rest + x[:, None] * swing).astype(np.float32) for x in loudness], config)


def _gradients(module: Speech2Gesture, loss: torch.Tensor) -> set[str]:
    """Names of the parameters that a loss moves."""
    module.zero_grad()
    loss.backward(retain_graph=True)
    return {n for n, p in module.parameters_by_name().items() if p.grad is not None and p.grad.abs().sum() > 0}


def test_numpy_and_torch_are_one_definition():
    module, features = _module(PLAIN), _batch(PLAIN)[0]
    for _ in range(3):
        module(*_batch(PLAIN))  # running statistics of their own
    parameters = {n: p.detach().numpy() for n, p in module.parameters_by_name().items()}
    ours = speech_to_motion(parameters, features.numpy(), PLAIN.architecture)
    with torch.no_grad():
        theirs = speech_to_motion(module.parameters_by_name(), features, PLAIN.architecture, module.layer)
    np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_training_normalises_by_the_batch_and_remembers_it():
    config = PLAIN.replace(norm_momentum=0.75)
    module, features = _module(config), _batch(config)[0]
    seen = {}

    def layer(parameters, name, x, layer):
        seen[name] = module.layer(parameters, name, x, layer)
        return seen[name]

    speech_to_motion(module.parameters_by_name(), features, config.architecture, layer)
    for y in seen.values():  # undo the leaky ReLU; gain is 1 and bias 0
        y = torch.where(y < 0, y / 0.2, y)
        assert y.mean((0, 1, 2)).abs().max() < 1e-3
        assert (y.std((0, 1, 2)) - 1).abs().max() < 0.05
    first = torch.nn.functional.conv2d(
        features[:, None], module.weights["audio_encoder/layer0/weight"].T.reshape(-1, 1, 3, 3), padding=(0, 1)
    )
    kept = module.parameters_by_name()
    torch.testing.assert_close(kept["audio_encoder.layer0.mean"].data, 0.25 * first.mean((0, 2, 3)))
    variance = 0.75 + 0.25 * first.transpose(0, 1).flatten(1).var(1)
    torch.testing.assert_close(kept["audio_encoder.layer0.variance"].data, variance)


def test_validation_leaves_the_running_statistics_alone():
    module, crops = _module(GAN), _crops(GAN)
    before = {n: p.detach().clone() for n, p in module.weights.items()}
    report = validate(module, crops, crops.statistics(), 0)
    assert all(np.isfinite(v) for v in report.values())
    assert all(torch.equal(before[n], p) for n, p in module.weights.items())


def test_what_generation_needs_is_among_the_weights():
    shapes = {n: tuple(p.shape) for n, p in _module(GAN).parameters_by_name().items()}
    assert parameter_shapes(GAN.architecture).items() <= shapes.items()
    assert all(n.startswith("discriminator.") for n in shapes.keys() - parameter_shapes(GAN.architecture).keys())
    assert _module(PLAIN).parameters_by_name().keys() == parameter_shapes(PLAIN.architecture).keys()


@pytest.mark.parametrize("config", [PLAIN, GAN, KEY_POINTS], ids=["plain", "gan", "2-D"])
def test_the_losses_move_every_weight(config):
    module = _module(config)
    terms = module(*_batch(config))
    assert ("rotation" in terms) == (config.architecture.dimensions == 3)
    assert ("adversarial_generator" in terms) == (config.training.weight_gan > 0)
    moved = _gradients(module, module.total_loss(terms, 0))
    assert moved == {n for n in module.parameters_by_name() if not n.endswith((".mean", ".variance"))}


def test_generator_and_discriminator_have_losses_of_their_own():
    module = _module(GAN)
    terms = module(*_batch(GAN))
    generator = _gradients(module, terms["adversarial_generator"])
    discriminator = _gradients(module, terms["adversarial_discriminator"])
    assert generator and not [n for n in generator if n.startswith("discriminator.")]
    assert discriminator and all(n.startswith("discriminator.") for n in discriminator)


def test_the_discriminator_learns_to_tell_and_the_generator_is_told():
    torch.manual_seed(0)
    module = _module(GAN)
    parameters = {n: p for n, p in module.parameters_by_name().items() if n.startswith("discriminator.")}
    time = torch.arange(64)[:, None, None]
    real = torch.sin(time / 6 + torch.rand(4, 1, 22, 3) * 6)
    jitter = torch.randn(4, 64, 22, 3)
    optimiser = torch.optim.Adam(parameters.values(), lr=1e-2)
    for _ in range(30):
        loss = module.adversarial_losses(jitter, real)["adversarial_discriminator"]
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert loss < 0.2
    told = module.adversarial_losses(jitter, real)["adversarial_generator"]
    assert told > module.adversarial_losses(real.flip(0), real)["adversarial_generator"] + 0.5


def test_the_discriminator_sees_steps_without_the_root():
    positions = torch.randn(2, 64, 22, 3)
    moved = positions + 5  # everybody stands elsewhere
    torch.testing.assert_close(steps_of(moved), steps_of(positions), atol=1e-5, rtol=0)
    moved[:, :, 0] = 0
    torch.testing.assert_close(steps_of(moved), steps_of(positions), atol=1e-5, rtol=0)
    assert steps_of(positions).shape == (2, 63, 21 * 3)
    module = _module(GAN)
    parameters = {n: p for n, p in module.parameters_by_name().items() if n.startswith("discriminator.")}
    patches = discriminate(parameters, steps_of(positions))
    assert patches.shape == (2, 8)  # 34 steps each, 4 apart: 63 = 34 + 7 * 4 + 1


@pytest.mark.parametrize("config", [PLAIN, GAN, KEY_POINTS], ids=["plain", "gan", "2-D"])
def test_steps_lower_the_loss(config):
    weight_gan = 0.03 if config.training.weight_gan else 0.0  # 1 rules the other losses for longer than a test may take
    config = config.replace(normalise_motion=True, unet_width=16, weight_gan=weight_gan)
    crops = _crops(config)
    statistics, seen = crops.statistics(), []
    torch.manual_seed(0)
    module = make_module(config, statistics)
    optimiser = torch.optim.Adam(module.parameters(), lr=1e-2)
    for step in range(40):
        terms = module(*crops.batch(statistics, 0, step))
        optimiser.zero_grad()
        module.total_loss(terms, step).backward()
        optimiser.step()
        seen.append(terms["position"].item())
    assert np.mean(seen[-3:]) < 0.6 * np.mean(seen[:3])


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Four sequences of random motion in the corpus format."""
    folder, rng = tmp_path_factory.mktemp("corpus"), np.random.default_rng(0)
    writer = CorpusWriter(folder, fps=30.0, joints=BODY_HANDS.names, notice="made", attributions=["here"])
    for k in range(4):
        n = 100 + 20 * k
        samples = np.concatenate(list(babble(n / 30, seed=k).blocks()))
        swing = 0.1 * np.cumsum(rng.standard_normal((n, len(BODY_HANDS), 3)), axis=0) / 10
        q = np.concatenate([np.ones((n, len(BODY_HANDS), 1)), swing], -1)
        q = (q / np.linalg.norm(q, axis=-1, keepdims=True)).astype(np.float32)
        writer.add("validation" if k == 3 else "train", str(k), samples, q)
    writer.close()
    return folder


def test_resuming_gives_the_bits_of_an_uninterrupted_run(corpus, tmp_path):
    train(GAN, corpus, tmp_path / "whole", device="cpu", seed=5, validate_every=2)
    train(GAN, corpus, tmp_path / "parts", device="cpu", seed=5, stop_after=1)
    resume(corpus, tmp_path / "parts", device="cpu")
    whole, parts = (read_safetensors(tmp_path / run / "state.safetensors")[0] for run in ("whole", "parts"))
    assert {n: a.tobytes() for n, a in whole.items()} == {n: a.tobytes() for n, a in parts.items()}
    assert not (whole["parameter.unet/layer3/mean"] == 0).any()


def test_a_trained_model_is_the_generator_alone(corpus, tmp_path):
    model = load_model(train(GAN, corpus, tmp_path, device="cpu", stop_after=1))
    assert model.parameters.keys() == parameter_shapes(GAN.architecture).keys()
    assert model.config == GAN
    crops = open_crops(corpus, "validation", GAN)
    statistics = Statistics(model.feature_mean, model.feature_std, model.motion_mean, model.motion_std)
    features = crops.batch(statistics, 0, 0)[0].numpy()
    made = speech_to_motion(model.parameters, features, model.config.architecture)
    assert made.shape == (2, features.shape[1] - 2 * CHUNK_RECEPTIVE_FIELD, 132) and np.isfinite(made).all()
