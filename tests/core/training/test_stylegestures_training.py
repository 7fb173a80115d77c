"""StyleGestures under training: the likelihood is exact, the way back undoes the way here, and the loop trains it."""

import math

import numpy as np
import pytest
import torch
from torch import nn
from voices import babble

from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.model.baselines.stylegestures import NAMED, generate_frames, mixing_matrix, parameter_shapes
from a2g_core.model.checkpoint import load_model, read_safetensors
from a2g_core.performing.generate import generate
from a2g_core.training.corpus import CorpusWriter
from a2g_core.training.crops import open_crops
from a2g_core.training.stylegestures import StyleGestures
from a2g_core.training.train import resume, train

SMALL = NAMED["stylegestures"].replace(
    name="small", flow_steps=3, hidden_size=12, history_frames=3, lookahead_frames=4, audio_size=5,
    crop_frames=24, batch_size=4, steps=12, learning_rate=3e-3,
)  # fmt: skip

BEYOND = SMALL.architecture.loss_receptive_field


pytestmark = pytest.mark.usefixtures("one_thread")


def _module(config=SMALL, *, busy: float = 0.2) -> StyleGestures:
    """busy: how much the couplings, which begin at rest, and the actnorms do."""
    torch.manual_seed(0)
    module = StyleGestures(config, torch.zeros(66), torch.ones(66))
    for name, weight in module.weights.items():
        if "/out/" in name or "/norm/" in name:
            nn.init.normal_(weight, std=busy)
    return module


def _batch(config=SMALL, n: int | None = None, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    frames = (n or config.training.crop_frames) + 2 * BEYOND
    return torch.randn(2, frames, 64, generator=generator), torch.randn(2, frames, 66, generator=generator)


def test_motion_to_noise_and_back_is_the_same_motion():
    module = _module().eval()
    features, motion = _batch(n=80)
    motion[:, :BEYOND] = 0  # generation begins after the mean pose
    with torch.no_grad():
        noise, _ = module.encode(features, motion)
    parameters = {n: p.detach().numpy() for n, p in module.parameters_by_name().items()}
    made = generate_frames(
        parameters,
        lambda first, n: np.pad(features[0].numpy(), ((0, 40), (0, 0)))[first + BEYOND :][:n],
        lambda first, n, channels: np.pad(noise[0].numpy(), ((0, 40), (0, 0)))[first:][:n],
        SMALL, 0, 80, (np.asarray, np.asarray), lambda share: None,
    )  # fmt: skip
    np.testing.assert_allclose(made, motion[0, BEYOND:-BEYOND], atol=1e-3)
    assert (noise[0] - motion[0, BEYOND:-BEYOND]).abs().mean() > 0.5  # the flow did something


def test_the_determinant_is_that_of_autograds_jacobian():
    config = SMALL.replace(joints=22, flow_steps=2)
    module = _module(config).double().eval()
    features, motion = (x[:1].double() for x in _batch(config, n=3))

    def noise_of(middle):
        whole = torch.cat([motion[0, :BEYOND], middle.unflatten(0, (3, 66)), motion[0, -BEYOND:]])[None]
        return module.encode(features, whole)[0].flatten()

    # All frames at once: a pose also moves the noise of later frames, which see it, but only below the diagonal.
    jacobian = torch.autograd.functional.jacobian(noise_of, motion[0, BEYOND:-BEYOND].flatten())
    assert jacobian[66:, :66].abs().max() > 1e-4 and not jacobian[:66, 66:].any()
    expected = module.encode(features, motion)[1].sum().item()
    assert torch.linalg.slogdet(jacobian)[1].item() == pytest.approx(expected, abs=1e-8)


def test_the_likelihood_of_a_flow_at_rest_is_known():
    """One step at rest: a rotation, then half of the channels times sigmoid(2): a Gaussian that can be written down."""
    config = SMALL.replace(flow_steps=1)
    module = _module(config, busy=0.0).eval()
    features, motion = _batch(config)
    noise = motion[:, BEYOND:-BEYOND].numpy() @ mixing_matrix(
        {n: p.detach().numpy() for n, p in module.parameters_by_name().items()}, 0
    )
    scale = 1 / (1 + math.exp(-2)) + 1e-6
    noise[..., 33:] *= scale
    expected = 0.5 * (noise**2).mean() + 0.5 * math.log(2 * math.pi) - 0.5 * math.log(scale)
    assert module(features, motion)["nll"].item() == pytest.approx(expected, abs=1e-5)


def test_gradients_are_those_of_small_changes():
    module = _module(SMALL.replace(flow_steps=2)).double().eval()
    batch = [x.double() for x in _batch(n=6)]
    parameters = [p for p in module.weights.values() if p.requires_grad]
    module(*batch)["nll"].backward()
    generator = torch.Generator().manual_seed(1)
    for parameter in parameters:
        way = torch.randn(parameter.shape, dtype=torch.float64, generator=generator)
        values = []
        for sign in (1, -1):
            with torch.no_grad():
                parameter += sign * 1e-5 * way
                values.append(module(*batch)["nll"].item())
                parameter -= sign * 1e-5 * way
        expected = (values[0] - values[1]) / 2e-5
        assert (parameter.grad * way).sum().item() == pytest.approx(expected, rel=1e-4, abs=1e-8)


def test_the_first_batch_in_training_sets_the_actnorms_once():
    module = _module(busy=0.0)
    batch, another = _batch(), _batch(seed=1)
    module.eval()(*batch)
    assert not module.weights["initialised"] and not module.weights["step0/norm/bias"].any()
    module.train()(*[3 * x + 1 for x in batch])
    middle = 3 * batch[1][:, BEYOND:-BEYOND] + 1
    np.testing.assert_allclose(module.weights["step0/norm/bias"].detach(), -middle.mean((0, 1)), atol=0.02)
    np.testing.assert_allclose(module.weights["step0/norm/log_scale"].detach(), -middle.std((0, 1)).log(), atol=0.02)
    set_by_first = {n: p.detach().clone() for n, p in module.weights.items()}
    module(*another)
    assert all(torch.equal(p, set_by_first[n]) for n, p in module.weights.items())


@pytest.mark.parametrize("dropout", [0.0, 1.0])
def test_hidden_history_is_not_seen(dropout):
    module = _module(SMALL.replace(history_dropout=dropout, data_noise=0.0))
    features, motion = _batch()
    module(features, motion)  # sets the actnorms
    other = motion.clone()
    other[:, :BEYOND] += 1
    changes = module(features, other)["nll"].item() != module(features, motion)["nll"].item()
    assert changes == (dropout == 0)
    assert module.eval()(features, other)["nll"].item() != module(features, motion)["nll"].item()


def test_noise_bounds_the_likelihood_of_joints_that_never_move():
    module = _module(SMALL, busy=0.0)
    features, motion = _batch()
    motion[..., :9] = 0
    assert torch.isfinite(module(features, motion)["nll"])
    scales = module.weights["step0/norm/log_scale"].exp()
    assert scales[:9].max() < 2 / SMALL.training.data_noise


def test_only_what_generation_needs_is_exported_and_only_weights_learn():
    module = _module()
    assert set(module.parameters_by_name()) - set(parameter_shapes(SMALL.architecture)) == {"initialised"}
    module(*_batch())["nll"].backward()
    still = {n.rsplit("/", 1)[-1] for n, p in module.weights.items() if p.grad is None}
    assert still == {"initialised", "sign", "permutation"}


# Through the loop -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Four sequences whose arms swing with the sound, in the corpus format, at 30 frames per second."""
    folder, rng = tmp_path_factory.mktemp("corpus"), np.random.default_rng(0)
    writer = CorpusWriter(folder, fps=30.0, joints=BODY_HANDS.names, notice="made")
    for k in range(4):
        n = 150 + 30 * k
        samples = np.concatenate(list(babble(n / 30, seed=k).blocks()))
        swing = np.sin(np.arange(n)[:, None, None] / 9 + rng.uniform(0, 6, (1, len(BODY_HANDS), 1)))
        xyz = 0.2 * swing * rng.standard_normal((1, len(BODY_HANDS), 3))
        q = np.concatenate([np.ones((n, len(BODY_HANDS), 1)), xyz], -1)
        q = (q / np.linalg.norm(q, axis=-1, keepdims=True)).astype(np.float32)
        writer.add("validation" if k == 3 else "train", str(k), samples, q)
    writer.close()
    return folder


def test_training_lowers_the_likelihoods_negative(corpus):
    config = SMALL.replace(batch_size=8)
    crops = open_crops(corpus, "train", config)
    statistics = crops.statistics()
    torch.manual_seed(0)
    module = StyleGestures(config, *map(torch.from_numpy, (statistics.motion_mean, statistics.motion_std)))
    optimiser, seen = torch.optim.Adam(module.parameters(), lr=5e-3), []
    for step in range(40):
        loss = module.total_loss(module(*crops.batch(statistics, 0, step)), step)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        seen.append(loss.item())
    assert np.mean(seen[-5:]) < np.mean(seen[:5]) - 0.3  # nats per channel


def test_a_resumed_run_has_the_bits_of_an_uninterrupted_one(corpus, tmp_path):
    train(SMALL, corpus, tmp_path / "whole", device="cpu")
    train(SMALL, corpus, tmp_path / "parts", device="cpu", stop_after=5)
    resume(corpus, tmp_path / "parts", device="cpu")
    whole, parts = (read_safetensors(tmp_path / run / "state.safetensors")[0] for run in ("whole", "parts"))
    assert whole["parameter.initialised"] == 1
    assert whole.keys() == parts.keys() and all(np.array_equal(whole[n], parts[n]) for n in whole)

    model = load_model(tmp_path / "whole" / "model.safetensors")
    speech = babble(3.0)
    motion = generate(speech, model, seed=1)
    assert (motion.fps, len(motion)) == (20, 60) and np.isfinite(motion.quaternions).all()
    part = generate(speech, model, seed=1, span=(20, 41))
    assert np.array_equal(part.quaternions, motion.quaternions[20:41])
    assert not np.array_equal(generate(speech, model, seed=2).quaternions, motion.quaternions)
