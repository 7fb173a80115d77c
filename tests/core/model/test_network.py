"""The networks' shapes, and what each output frame sees: measured by gradients, not by reading the code."""

import numpy as np
import pytest
import torch
from small_models import SMALL, random_model

from a2g_core.model.config import NAMED, PAPER
from a2g_core.model.network import (
    convolve,
    decode,
    encode_audio,
    encode_motion,
    flops_per_frame,
    map_noise,
    parameter_shapes,
    with_filters,
)
from a2g_core.performing.session import CHUNK_FRAMES

NETWORKS = {
    "audio": (64, lambda p, x, c: encode_audio(p, x, c)[0]),
    "motion": (SMALL.architecture.motion_size, lambda p, x, c: encode_motion(p, x, c)[1][0]),
    "mapping": (16, lambda p, x, c: map_noise(p, x, c)[0]),
    "decoder": (32, lambda p, x, c: decode(p, x[..., :16], x[..., 16:], c)),
}


def _torch_parameters(model):
    return {n: torch.from_numpy(a.astype(np.float64)) for n, a in model.parameters.items()}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_frame_sees_thirty_frames_to_each_side_and_no_more(name):
    size, network = NETWORKS[name]
    x = torch.randn(1, 150, size, dtype=torch.float64, requires_grad=True)
    out = network(_torch_parameters(random_model()), x, SMALL.architecture)
    assert out.shape[1] == 150 - 60
    out[0, 40].abs().sum().backward()  # output frame 40 is input frame 70
    seen = torch.nonzero(x.grad[0].abs().sum(-1)).flatten()
    assert (seen.min().item(), seen.max().item()) == (40, 100)


def test_speech_reaches_motion_within_sixty_frames():
    x = torch.randn(1, 221, 64, dtype=torch.float64, requires_grad=True)
    p = _torch_parameters(random_model())
    shared = encode_audio(p, x, SMALL.architecture)[0]
    out = decode(p, shared, torch.zeros_like(shared), SMALL.architecture)
    out[0, 50].sum().backward()
    seen = torch.nonzero(x.grad[0].abs().sum(-1)).flatten()
    assert (seen.min().item(), seen.max().item()) == (50, 170)
    assert SMALL.architecture.speech_receptive_field == 60


def test_networks_commute_with_shifts_in_time():
    p, x = random_model().parameters, np.random.default_rng(0).standard_normal((200, 64)).astype(np.float32)
    whole, part = encode_audio(p, x, SMALL.architecture)[0], encode_audio(p, x[17:], SMALL.architecture)[0]
    np.testing.assert_allclose(whole[17:], part, atol=1e-6 * np.abs(part).max())  # sums in another order


@pytest.mark.parametrize("name", NETWORKS)
def test_numpy_and_torch_are_one_definition(name):
    size, network = NETWORKS[name]
    model, x = random_model(), np.random.default_rng(0).standard_normal((100, size)).astype(np.float32)
    ours = network(model.parameters, x, SMALL.architecture)
    theirs = network(
        {n: torch.from_numpy(a) for n, a in model.parameters.items()}, torch.from_numpy(x), SMALL.architecture
    )
    np.testing.assert_allclose(ours, theirs.numpy(), atol=2e-4, rtol=1e-4)


def test_the_convolution_is_torchs_conv1d():
    weight, bias, x = torch.randn(8, 5, 3), torch.randn(8), torch.randn(2, 40, 5)
    ours = convolve({"c.weight": weight.permute(2, 1, 0).reshape(15, 8), "c.bias": bias}, "c", x, 4)
    theirs = torch.nn.functional.conv1d(x.mT, weight, bias, dilation=4).mT
    torch.testing.assert_close(ours, theirs, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("dilation", SMALL.architecture.dilations)
def test_with_filters_a_convolution_is_equal_with_fewer_products(dilation):
    rng = np.random.default_rng(0)
    plain = {"a.conv0.weight": rng.standard_normal((36, 20)), "a.conv0.bias": rng.standard_normal(20)}
    filtered = with_filters(plain)
    assert filtered["a.conv0.filters"].shape == (4, 12, 20)
    del filtered["a.conv0.weight"]  # so that nothing else can be used
    x = rng.standard_normal((50 * dilation, 12))
    np.testing.assert_allclose(
        convolve(filtered, "a.conv0", x, dilation), convolve(plain, "a.conv0", x, dilation), atol=1e-12
    )


def test_every_convolution_of_a_chunk_can_use_its_filters():
    parameters = with_filters(random_model().parameters)
    without = {n: a for n, a in parameters.items() if not (".conv" in n and n.endswith(".weight"))}
    chunk = np.zeros((CHUNK_FRAMES + 2 * SMALL.architecture.receptive_field, 64), np.float32)
    assert len(encode_audio(without, chunk, SMALL.architecture)[0]) == CHUNK_FRAMES
    assert len(decode(without, chunk[:, :16], chunk[:, 16:32], SMALL.architecture)) == CHUNK_FRAMES


def test_any_other_length_is_convolved_without_filters():
    parameters = random_model().parameters
    x = np.random.default_rng(0).standard_normal((137, 64)).astype(np.float32)
    np.testing.assert_allclose(
        encode_audio(with_filters(parameters), x, SMALL.architecture)[0],
        encode_audio(parameters, x, SMALL.architecture)[0], atol=2e-4, rtol=1e-4,
    )  # fmt: skip


def test_the_named_configs_are_the_rows_of_table_2():
    rows = [NAMED[f"table2-{n}"] for n in ("baseline", "split", "mapping", "bicycle", "diversity")]
    on = [
        (
            c.architecture.split_codes,
            c.architecture.mapping_net,
            c.training.weight_relaxed > 0,
            c.training.weight_bicycle > 0,
            c.training.weight_diversity > 0,
        )
        for c in rows
    ]
    assert on == [
        (False, False, False, False, False),
        (True, False, True, False, False),
        (True, True, True, False, False),
        (True, True, True, True, False),
        (True, True, True, True, True),
    ]
    assert rows[-1].replace(name="paper") == PAPER
    assert (PAPER.architecture.code_size, PAPER.architecture.joints) == (16, 22)
    assert (PAPER.training.crop_frames, PAPER.training.batch_size, PAPER.training.steps) == (128, 32, 180_000)


def test_flops_count_every_weight_twice():
    shapes = parameter_shapes(PAPER.architecture)
    decoder = sum(np.prod(s) for n, s in shapes.items() if n.startswith("decoder.") and len(s) == 2)
    assert flops_per_frame(PAPER.architecture, "decoder") == 2 * decoder
