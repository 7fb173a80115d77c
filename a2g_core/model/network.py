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
    x = x[..., 2 * dilation : x.shape[-2] - 2 * dilation, :]
    if f"{name}.skip.weight" in parameters:
        x = linear(parameters, f"{name}.skip", x)
    return _relu(y + x)


def steady_block(parameters: Parameters, name: str, x: Array, _dilation: int) -> Array:
    """`residual_block` of what stays as it is, of which one frame tells all: (..., T, inputs) to (..., T, outputs)."""
    return residual_block(parameters, name, x, 0)


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

    By `_filtered` where the parameters hold what that needs, and the length is a whole number of its tiles.
    """
    xp = array_namespace(x)
    n = x.shape[-2] - 2 * dilation
    filters = parameters.get(f"{name}.filters")
    if filters is not None and dilation and n % (2 * dilation) == 0:
        return _filtered(x, filters, parameters[f"{name}.bias"], dilation)
    shifts = [x[..., k * dilation : k * dilation + n, :] for k in range(3)]
    return linear(parameters, name, xp.concat(shifts, axis=-1))


def with_filters(parameters: Parameters) -> dict[str, Array]:
    """Parameters by which convolutions of chunks take two thirds of the products: those given, and for each weight of
    a convolution its `filters` (4, inputs, outputs), see `_filtered`. Not of the motion encoder, whose input has any
    length."""
    added = {}
    for name, weight in parameters.items():
        if name.endswith((".conv0.weight", ".conv1.weight")) and not name.startswith("motion_encoder."):
            xp = array_namespace(weight)
            a, b, c = xp.reshape(weight, (3, -1, weight.shape[-1]))
            added[f"{name.removesuffix('weight')}filters"] = xp.stack([a, (a + b + c) / 2, (a - b + c) / 2, c])
    return {**parameters, **added}


def _filtered(x: Array, filters: Array, bias: Array, dilation: int) -> Array:
    """`convolve` of x (T, inputs) with four products for two frames, where three shifts take six: F(2, 3) of Winograd
    (Lavin and Gray, CVPR 2016, sec. 4.1). Tiles are two frames, `dilation` apart; the result is equal but for rounding.
    Larger tiles, of fewer products still, are not for us: rounding would carry into a frame what no shift of it reads.
    """
    xp = array_namespace(x)
    n, outputs = x.shape[0] // (2 * dilation) - 1, filters.shape[-1]
    halves = xp.reshape(x, (n + 1, 2, dilation, x.shape[-1]))
    a, b, c, d = halves[:-1, 0], halves[:-1, 1], halves[1:, 0], halves[1:, 1]
    tile = xp.empty(a.shape, dtype=x.dtype)  # one for all four, which stays in the cache of one core
    rows, out = xp.reshape(tile, (n * dilation, x.shape[-1])), xp.empty((n, 2, dilation, outputs), dtype=x.dtype)

    def product(operation: Callable[..., Array], left: Array, right: Array, kernel: Array) -> Array:
        operation(left, right, out=tile)
        return xp.reshape(rows @ kernel, out[:, 0].shape)

    first, plus = product(xp.subtract, a, c, filters[0]), product(xp.add, b, c, filters[1])
    minus, last = product(xp.subtract, c, b, filters[2]), product(xp.subtract, b, d, filters[3])
    plus += bias  # which is in both frames of a tile
    first += plus
    xp.add(first, minus, out=out[:, 0])
    plus -= minus
    xp.subtract(plus, last, out=out[:, 1])
    return xp.reshape(out, (2 * n * dilation, outputs))


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
