"""Speech2Gesture's network: the published layers, what a frame sees, and motion that does not depend on the span."""

import numpy as np
import pytest
import torch

from a2g_core.errors import Cancelled, ConfigError
from a2g_core.model.baselines.speech2gesture import (
    CHUNK_FRAMES,
    CHUNK_RECEPTIVE_FIELD,
    GRID_FRAMES,
    NAMED,
    Layer,
    Speech2GestureArchitecture,
    Speech2GestureConfig,
    convolve,
    flops_per_frame,
    generate_frames,
    generator_layers,
    parameter_shapes,
    speech_to_motion,
)

SMALL = NAMED["speech2gesture"].replace(name="small", audio_width=2, unet_width=8)
ARCHITECTURE = SMALL.architecture


def random_parameters(architecture: Speech2GestureArchitecture, seed: int = 0) -> dict[str, np.ndarray]:
    """Weights that keep the signal's size, and statistics that are nobody's."""
    rng, out = np.random.default_rng(seed), {}
    for name, shape in parameter_shapes(architecture).items():
        if len(shape) == 2:
            out[name] = rng.standard_normal(shape) * np.sqrt(2 / shape[0])
        elif name.endswith(("gain", "variance")):
            out[name] = rng.uniform(0.5, 1.5, shape)
        else:
            out[name] = 0.2 * rng.standard_normal(shape)
    return {name: array.astype(np.float32) for name, array in out.items()}


pytestmark = pytest.mark.usefixtures("one_thread")


class Speech:
    """Features of any frames of an endless speech, and what generation asked for."""

    def __init__(self, first: int = -1000, n: int = 4000) -> None:
        self.first, self.shares = first, []
        self.features = np.random.default_rng(1).standard_normal((n, 64)).astype(np.float32)

    def features_of(self, first: int, n: int) -> np.ndarray:
        return self.features[first - self.first :][:n]

    def generate(self, first: int, n: int, config: Speech2GestureConfig = SMALL) -> np.ndarray:
        def noise_of(*_):
            raise AssertionError("there is nothing random in Speech2Gesture")

        parameters, arrays = random_parameters(config.architecture), (np.asarray, np.asarray)
        return generate_frames(parameters, self.features_of, noise_of, config, first, n, arrays, self.shares.append)


def test_the_layers_are_the_published_ones():
    layers = generator_layers(NAMED["speech2gesture"].architecture)
    encoder = [layer for name, layer in layers.items() if name.startswith("audio_encoder.")]
    unet = [layer for name, layer in layers.items() if name.startswith("unet.")]
    assert [layer.outputs for layer in encoder] == [64, 64, 128, 128, 256, 256, 256, 256]
    assert (encoder[-1].time, encoder[-1].bands) == (3, 8)
    assert len(unet) == 16 and {layer.outputs for layer in unet} == {256}
    assert [layer.time for layer in unet if layer.time_stride == 2] == [4] * 5
    shapes = parameter_shapes(NAMED["speech2gesture"].architecture)
    assert shapes["audio_encoder.layer0.weight"] == (3 * 3 * 1, 64)
    assert shapes["audio_encoder.layer3.weight"] == (3 * 4 * 128, 128)
    assert shapes["audio_encoder.layer7.weight"] == (3 * 8 * 256, 256)
    assert shapes["unet.layer2.weight"] == (4 * 256, 256)
    assert shapes["head.weight"] == (256, 22 * 6)
    assert sum(np.prod(s) for s in shapes.values()) == 7_093_444


@pytest.mark.parametrize("time, bands, strides, pad", [(3, 3, (1, 1), 1), (3, 4, (1, 2), 1), (4, 1, (2, 1), 0)])
def test_the_convolution_is_torchs_conv2d(time, bands, strides, pad):
    layer = Layer(5, 7, time, strides[0], bands, strides[1], pad)
    kernel, x = torch.randn(time, bands, 5, 7), torch.randn(2, 20, 16 if bands > 1 else 1, 5)
    ours = convolve(kernel.reshape(-1, 7).numpy(), x.numpy(), layer)
    theirs = torch.nn.functional.conv2d(
        x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), stride=strides, padding=(0, pad)
    )
    np.testing.assert_allclose(ours, theirs.permute(0, 2, 3, 1), atol=1e-4)


def test_a_chunk_and_a_frame_have_the_receptive_fields_they_say():
    p = {name: torch.from_numpy(a.astype(np.float64)) for name, a in random_parameters(ARCHITECTURE).items()}
    x = torch.randn(2 * CHUNK_RECEPTIVE_FIELD + GRID_FRAMES, 64, dtype=torch.float64, requires_grad=True)
    out = speech_to_motion(p, x, ARCHITECTURE)
    assert out.shape == (GRID_FRAMES, ARCHITECTURE.motion_size)
    before, after = [], []
    for frame in range(GRID_FRAMES):
        (gradient,) = torch.autograd.grad(out[frame].sum(), x, retain_graph=True)
        seen = torch.nonzero(gradient.abs().sum(-1)).flatten() - CHUNK_RECEPTIVE_FIELD
        before.append(frame - seen.min().item())
        after.append(seen.max().item() - frame)
    assert max(before) == max(after) == ARCHITECTURE.speech_receptive_field
    assert before[0] == after[-1] == CHUNK_RECEPTIVE_FIELD  # the chunk's ends use all that it is given


def test_shifts_by_the_grid_shift_the_motion():
    p, x = random_parameters(ARCHITECTURE), Speech().features[: 2 * CHUNK_RECEPTIVE_FIELD + 4 * GRID_FRAMES]
    whole, part = speech_to_motion(p, x, ARCHITECTURE), speech_to_motion(p, x[GRID_FRAMES:], ARCHITECTURE)
    np.testing.assert_allclose(whole[GRID_FRAMES:], part, atol=1e-6 * np.abs(part).max())  # sums in another order


def test_a_batch_is_its_members():
    p, x = (
        random_parameters(ARCHITECTURE),
        Speech().features[: 2 * (2 * CHUNK_RECEPTIVE_FIELD + GRID_FRAMES)].reshape(2, -1, 64),
    )
    both = speech_to_motion(p, x, ARCHITECTURE)
    each = np.stack([speech_to_motion(p, one, ARCHITECTURE) for one in x])
    np.testing.assert_allclose(both, each, atol=1e-6 * np.abs(each).max())


@pytest.mark.parametrize("first, n", [(0, 10), (-300, 400), (500, 30), (CHUNK_FRAMES, CHUNK_FRAMES), (37, 1), (37, 0)])
def test_a_span_is_the_same_bits_as_that_span_of_the_whole(first, n):
    speech = Speech()
    whole = speech.generate(-400, 1600)
    assert sum(speech.shares) == pytest.approx(1)
    np.testing.assert_array_equal(speech.generate(first, n), whole[400 + first :][:n])


def test_speech_far_away_changes_nothing():
    plain, changed = Speech(), Speech()
    changed.features[: 1000 + 300] += 1  # everything before frame 300
    before, after = (s.generate(0, 1200) for s in (plain, changed))
    same = (before == after).all(axis=1)
    assert same[300 + ARCHITECTURE.speech_receptive_field :].all()
    assert not same[:320].any()


def test_cancelling_leaves_at_the_next_chunk():
    def tick(share):
        raise Cancelled

    arguments = (Speech().features_of, None, SMALL, 0, 100, (np.asarray, np.asarray), tick)
    with pytest.raises(Cancelled):
        generate_frames(random_parameters(ARCHITECTURE), *arguments)


def test_two_dimensions_are_channels():
    config = SMALL.replace(dimensions=2, joints=49, fps=15.0, crop_frames=64)
    assert Speech().generate(-5, 20, config).shape == (20, 98)


def test_configs_round_trip_and_say_what_they_cannot():
    for config in NAMED.values():
        assert Speech2GestureConfig.from_dict(config.to_dict()) == config
        assert not config.is_random and config.architecture.loss_receptive_field == CHUNK_RECEPTIVE_FIELD
    assert [c.training.weight_gan for c in NAMED.values()] == [0, 0.2]
    assert SMALL.replace(audio_width="16").architecture.audio_width == 16
    for wrong in ({"crop_frames": 100}, {"audio_width": 0}, {"norm_momentum": 1.0}):
        with pytest.raises(ConfigError):
            SMALL.replace(**wrong)
    with pytest.raises(ConfigError, match="discriminator"):
        SMALL.replace(crop_frames=32, weight_gan=1.0)


def test_flops_count_what_runs():
    architecture = NAMED["speech2gesture"].replace(audio_width=8, unet_width=8).architecture

    def count(n: int) -> float:
        total = 2 * n * architecture.unet_width * architecture.motion_size

        def layer(parameters, name, x, layer):
            nonlocal total
            y = convolve(np.zeros((layer.time * layer.bands * layer.inputs, layer.outputs), np.float32), x, layer)
            total += 2 * layer.time * layer.bands * layer.inputs * y.size
            return y

        features = np.zeros((n + 2 * CHUNK_RECEPTIVE_FIELD, 64), np.float32)
        speech_to_motion(random_parameters(architecture), features, architecture, layer)
        return total

    more = count(2 * GRID_FRAMES) - count(GRID_FRAMES)  # what each chunk computes anew beyond its ends is not counted
    assert more / GRID_FRAMES == flops_per_frame(architecture)
