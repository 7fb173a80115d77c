"""The four networks (sec. 4.1, Fig. 2): audio encoder f_A, motion encoder f_M, mapping net f_R, decoder g.

Written once on the array API: NumPy arrays inside Blender, torch tensors in training and on a GPU. A network is a
function of its parameters (a flat dict of arrays by name) and its input (..., T, channels).

No network pads. Its output is shorter than its input by its receptive field at both ends, in training as in
generation, so every frame that comes out has seen real surroundings: motion does not depend on where a crop or a chunk
ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import exp, prod

import numpy as np

from ..body.array_api import array_namespace
from ..speech.features import N_MELS
from .config import Architecture
from .device import Array

Parameters = Mapping[str, Array]
Gaussian = tuple[Array, Array]
"""Mean and log-variance of a diagonal Gaussian per frame, (..., T, code_size) each."""
Block = Callable[[Parameters, str, Array, int], Array]
"""How a residual block is computed: see `residual_block`."""


def residual_block(parameters: Parameters, name: str, x: Array, dilation: int) -> Array:
    """Two symmetric dilated convolutions of width 3 with ReLU, and the input added: (..., T, inputs) to
    (..., T - 4 dilation, outputs). (Bai et al. 2018 without the causal shift.)
    """
    y = _relu(convolve(parameters, f"{name}.conv0", x, dilation))
    y = _relu(convolve(parameters, f"{name}.conv1", y, dilation))
    x = x[..., 2 * dilation : -2 * dilation, :]
    if f"{name}.skip.weight" in parameters:
        x = linear(parameters, f"{name}.skip", x)
    return _relu(y + x)


def encode_audio(
    parameters: Parameters, features: Array, architecture: Architecture, block: Block = residual_block
) -> Gaussian:
    """f_A: (..., T, 64) normalised log-mel to mean and log-variance of S_A, (..., T - 2 receptive_field, 16) each."""
    h = _residual_stack(parameters, "audio_encoder", features, architecture, block)
    return _gaussian_head(parameters, "audio_encoder.shared", h)


def encode_motion(
    parameters: Parameters, motion: Array, architecture: Architecture, block: Block = residual_block
) -> tuple[Gaussian, Gaussian | None]:
    """f_M: (..., T, motion_size) normalised motion to ((mean, log-variance) of S_M, the same of I_M).

    Each is (..., T - 2 motion_receptive_field, 16). Without split codes the second is None.
    """
    h = _residual_stack(parameters, "motion_encoder", motion, architecture, block)
    if not architecture.split_codes:
        return _gaussian_head(parameters, "motion_encoder.shared", h), None
    trim = architecture.smoothing_receptive_field
    shared = linear(parameters, "motion_encoder.to_shared", h[..., trim : h.shape[-2] - trim, :])
    specific = _smooth(linear(parameters, "motion_encoder.to_specific", h), architecture.specific_sigma_frames, trim)
    return (
        _gaussian_head(parameters, "motion_encoder.shared", shared),
        _gaussian_head(parameters, "motion_encoder.specific", specific),
    )


def map_noise(
    parameters: Parameters, noise: Array, architecture: Architecture, block: Block = residual_block
) -> Gaussian:
    """f_R: (..., T, 16) random signal to mean and log-variance of I_R, (..., T - 2 receptive_field, 16) each.

    "Also a variational autoencoder" says the paper, but nothing is reconstructed: a stochastic map (paper
    notes, point 13).
    """
    h = _residual_stack(parameters, "mapping_net", noise, architecture, block)
    return _gaussian_head(parameters, "mapping_net.specific", h)


def decode(
    parameters: Parameters, shared_code: Array, specific_code: Array | None, architecture: Architecture,
    block: Block = residual_block,
) -> Array:  # fmt: skip
    """g: codes S and I (..., T, 16) to normalised motion (..., T - 2 receptive_field, motion_size).

    I is None without split codes.
    """
    xp = array_namespace(shared_code)
    codes = shared_code if specific_code is None else xp.concat([shared_code, specific_code], axis=-1)
    h = _residual_stack(parameters, "decoder", codes, architecture, block)
    h = _relu(linear(parameters, "decoder.hidden", h))
    return linear(parameters, "decoder.out", h)


# Pieces ---------------------------------------------------------------------------------------------------------------


def _residual_stack(parameters: Parameters, network: str, x: Array, architecture: Architecture, block: Block) -> Array:
    for k, dilation in enumerate(architecture.dilations):
        x = block(parameters, f"{network}.block{k}", x, dilation)
    return x


def convolve(parameters: Parameters, name: str, x: Array, dilation: int) -> Array:
    """Width 3, no padding, as one matrix product over the three shifts laid side by side.

    By `_filtered` where the parameters hold what that needs.
    """
    filters = parameters.get(f"{name}.filters")
    if filters is not None:
        return _filtered(x, filters, parameters[f"{name}.bias"], dilation)
    n = x.shape[-2] - 2 * dilation
    shifts = [x[..., k * dilation : k * dilation + n, :] for k in range(3)]
    return linear(parameters, name, array_namespace(x).concat(shifts, axis=-1))


_FILTERS = (
    (1 / 4, 0, 0), (-1 / 6, -1 / 6, -1 / 6), (-1 / 6, 1 / 6, -1 / 6),
    (1 / 24, 1 / 12, 1 / 6), (1 / 24, -1 / 12, 1 / 6), (0, 0, 1),
)  # fmt: skip
"""G of F(4, 3): what each of six products takes of a convolution's three shifts."""


def with_filters(parameters: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Parameters by which convolutions take half of the products: those given, and for each weight of a convolution
    its `filters` (6, inputs, outputs), see `_filtered`. Not of the motion encoder, whose input may be short."""
    added = {}
    for name, weight in parameters.items():
        if name.endswith((".conv0.weight", ".conv1.weight")) and not name.startswith("motion_encoder."):
            mixed = np.array(_FILTERS, weight.dtype) @ weight.reshape(3, -1)
            added[f"{name.removesuffix('weight')}filters"] = mixed.reshape(6, -1, weight.shape[-1])
    return {**parameters, **added}


def _filtered(x: np.ndarray, filters: np.ndarray, bias: np.ndarray, dilation: int) -> np.ndarray:
    """`convolve` of x (T, inputs) with six products for four frames, where three shifts take twelve: F(4, 3) of
    Winograd (Lavin and Gray, CVPR 2016, sec. 4.3). Tiles are four frames, `dilation` apart; the last one goes on in
    zeros where the length is not a whole number of them. The result is equal but for rounding.
    """
    inputs, outputs, wanted = x.shape[1], filters.shape[-1], len(x) - 2 * dilation
    n = -(-wanted // (4 * dilation))
    if missing := 4 * dilation * n - wanted:
        x = np.concatenate([x, np.zeros((missing, inputs), x.dtype)])
    a, b, c, d = np.moveaxis(x[: -2 * dilation].reshape(n, 4, dilation, inputs), 1, 0)
    e, f = np.moveaxis(x[2 * dilation :].reshape(n, 4, dilation, inputs)[:, 2:], 1, 0)
    tile, p, q = np.empty((3, n, dilation, inputs), x.dtype)  # for all products, which stay in the cache of one core
    rows, out = tile.reshape(n * dilation, inputs), np.empty((n, 4, dilation, outputs), x.dtype)

    def product(k: int) -> np.ndarray:
        return (rows @ filters[k]).reshape(n, dilation, outputs)

    # The products of B^T x, whose rows share these sums: p = e - 4 c, q = d - 4 b; then p = e - c, q = 2 (d - b).
    p = np.add(e, np.multiply(c, -4, out=p), out=p)
    q = np.add(d, np.multiply(b, -4, out=q), out=q)
    np.add(p, q, out=tile)
    one = product(1)
    np.subtract(p, q, out=tile)
    two = product(2)
    np.multiply(a, 4, out=tile)
    tile += p
    tile -= c
    first = product(0)
    np.multiply(d, -4, out=tile)
    tile -= q
    tile += f
    last = product(5)
    np.subtract(e, c, out=p)
    np.subtract(d, b, out=q)
    q *= 2
    np.add(p, q, out=tile)
    three = product(3)
    np.subtract(p, q, out=tile)
    four = product(4)
    # A^T of the products.
    one += bias  # which is in each frame of a tile
    even, odd = one + two, np.subtract(one, two, out=one)
    far, wide = three + four, np.subtract(three, four, out=three)
    first += even
    np.add(first, far, out=out[:, 0])
    wide *= 2
    np.add(odd, wide, out=out[:, 1])
    far *= 4
    np.add(even, far, out=out[:, 2])
    wide *= 4
    wide += odd
    np.add(wide, last, out=out[:, 3])
    return out.reshape(4 * n * dilation, outputs)[:wanted]


def linear(parameters: Parameters, name: str, x: Array) -> Array:
    """(..., inputs) by the matrix of this name, and its bias: (..., outputs)."""
    y = x @ parameters[f"{name}.weight"]
    y += parameters[f"{name}.bias"]
    return y


def _relu(x: Array) -> Array:
    if isinstance(x, np.ndarray):  # always a fresh result, and a second array would cost as much as the sum
        return np.maximum(x, 0, out=x)
    return array_namespace(x).relu(x)


def _smooth(x: Array, sigma_frames: float, receptive_field: int) -> Array:
    """Gaussian average over time, cut off at its receptive field, by which the result is shorter at both ends."""
    if receptive_field == 0:
        return x
    taps = [exp(-0.5 * (k / sigma_frames) ** 2) for k in range(-receptive_field, receptive_field + 1)]
    n = x.shape[-2] - 2 * receptive_field
    return sum((tap / sum(taps)) * x[..., k : k + n, :] for k, tap in enumerate(taps))


def _gaussian_head(parameters: Parameters, name: str, h: Array) -> Gaussian:
    """Mean and log-variance of a diagonal Gaussian, each by two linear layers with ReLU between."""
    mean, log_variance = (
        linear(parameters, f"{name}.{part}1", _relu(linear(parameters, f"{name}.{part}0", h)))
        for part in ("mean", "log_variance")
    )
    return mean, log_variance


# Shapes ---------------------------------------------------------------------------------------------------------------


def parameter_shapes(architecture: Architecture) -> dict[str, tuple[int, ...]]:
    """Name and shape of every parameter; weights are (inputs, outputs), a convolution's inputs are its three shifts."""
    shapes: dict[str, tuple[int, ...]] = {}

    def linear(name: str, inputs: int, outputs: int) -> None:
        shapes[f"{name}.weight"] = (inputs, outputs)
        shapes[f"{name}.bias"] = (outputs,)

    def stack(network: str, inputs: int, channels: tuple[int, ...]) -> None:
        for k, outputs in enumerate(channels):
            linear(f"{network}.block{k}.conv0", 3 * inputs, outputs)
            linear(f"{network}.block{k}.conv1", 3 * outputs, outputs)
            if inputs != outputs:
                linear(f"{network}.block{k}.skip", inputs, outputs)
            inputs = outputs

    def head(name: str, inputs: int) -> None:
        for part in ("mean", "log_variance"):
            linear(f"{name}.{part}0", inputs, hidden)
            linear(f"{name}.{part}1", hidden, code)

    code, hidden = architecture.code_size, 2 * architecture.code_size
    stack("audio_encoder", N_MELS, architecture.audio_channels)
    head("audio_encoder.shared", architecture.audio_channels[-1])
    stack("motion_encoder", architecture.motion_size, architecture.motion_channels)
    width = architecture.motion_channels[-1]
    if architecture.split_codes:
        for kind in ("shared", "specific"):
            linear(f"motion_encoder.to_{kind}", width, hidden)
            head(f"motion_encoder.{kind}", hidden)
    else:
        head("motion_encoder.shared", width)
    if architecture.mapping_net:
        stack("mapping_net", code, architecture.mapping_channels)
        head("mapping_net.specific", architecture.mapping_channels[-1])
    stack("decoder", 2 * code if architecture.split_codes else code, architecture.decoder_channels)
    width = architecture.decoder_channels[-1]
    linear("decoder.hidden", width, width)
    linear("decoder.out", width, architecture.motion_size)
    return shapes


def flops_per_frame(architecture: Architecture, network: str) -> int:
    """Floating-point operations of one network for one frame: two for each weight of its matrices."""
    shapes = parameter_shapes(architecture)
    return sum(2 * prod(s) for n, s in shapes.items() if n.startswith(network + ".") and n.endswith("weight"))
