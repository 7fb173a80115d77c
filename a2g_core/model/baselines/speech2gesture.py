"""Speech2Gesture (Ginosar et al., CVPR 2019), the convolutional network that the paper compares with (sec. 5.4).

Eight 2-D convolutions turn the frequencies of a log-mel spectrogram into channels; a U-Net of five levels with sixteen
1-D convolutions over time follows; a linear head outputs the motion. Sizes, batch norm and leaky ReLU are those of the
authors' release. Differences:

- The head outputs 6-D rotations, as in sec. 5.4, or 2-D key points, as in the original.
- Features come at the motion's rate, so the encoder strides over frequency only. (The original has seven columns per
  frame, strides over time too, and resizes the result to the motion's rate.)
- Nothing is padded in time. The output is shorter than the input by `CHUNK_RECEPTIVE_FIELD` at both ends, in training
  as in generation, and the U-Net's levels lie on an absolute grid: a frame does not depend on where a crop or a chunk
  ends, nor on the requested span.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import ClassVar, NamedTuple

import numpy as np

from ...body.array_api import array_namespace
from ...errors import ConfigError
from ...speech.features import N_MELS
from ..device import Array, ToDevice, ToNumpy
from ..network import Parameters
from ..settings import SystemArchitecture, SystemConfig, SystemTraining, require_at_most, require_positive

LEVELS = 5
"""Halvings of the frame rate in the U-Net."""
GRID_FRAMES = 2**LEVELS
"""Frames of motion per frame of the U-Net's deepest level: chunks and crops are multiples of it."""
CHUNK_FRAMES = 16 * GRID_FRAMES
"""Frames made at a time."""
NORM_EPSILON = 1e-3
"""What batch norm adds to a variance, as TensorFlow does."""
LEAK = 0.2
"""Slope of the leaky ReLU below 0."""

_ENCODER_LAYERS, _FIRST_LAYERS, _LAST_LAYERS = 8, 2, 4  # before the U-Net's levels, and after them


def _read_beyond() -> tuple[int, ...]:
    """Frames beyond a chunk, on each side, that the way up reads at each level, in frames of that level."""
    read = [_LAST_LAYERS + 1]
    for _ in range(LEVELS):
        read.append(ceil(read[-1] / 2) + 1)
    return (*read[:-1], read[-1] - 1)  # there is no convolution at the deepest level


_READ = _read_beyond()

FeaturesOf = Callable[[int, int], np.ndarray]
"""Normalised log-mel (n, 64) of the n frames from `first` on, which may lie outside the speech."""

CHUNK_RECEPTIVE_FIELD = 2**LEVELS * (_READ[-1] + 1) - 1 + _FIRST_LAYERS + _ENCODER_LAYERS
"""Frames of speech beyond a chunk, on each side, that its motion needs: each step down reads 2 n + 1 for n."""


@dataclass(frozen=True)
class Speech2GestureArchitecture(SystemArchitecture):
    """Widths as published."""

    audio_width: int = 64
    """Channels of the audio encoder's first two layers; the next pairs have 2, 4 and 4 times as many."""
    unet_width: int = 256
    """Channels of the U-Net."""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_positive(self, "audio_width", "unet_width")
        require_at_most(self, 100_000, "audio_width", "unet_width")

    @property
    def speech_receptive_field(self) -> int:
        """That of the frames worst placed on the grid, two from its lines."""
        return CHUNK_RECEPTIVE_FIELD + 2

    @property
    def loss_receptive_field(self) -> int:
        """A crop is a chunk."""
        return CHUNK_RECEPTIVE_FIELD


@dataclass(frozen=True)
class Speech2GestureTraining(SystemTraining):
    """The paper's losses (Eq. 5-7) and training, and the discriminator."""

    discriminator_width: int = 64
    """Channels of the discriminator's first layer; the next two have 2 and 4 times as many."""
    norm_momentum: float = 0.99
    """Share of batch norm's running statistics that a step keeps; generation uses those, training the batch's own."""
    weight_gan: float = 0.0
    """The generator's adversarial loss; 0: there is no discriminator. The original's is 1, beside an L1 of poses in
    units of their standard deviation; beside Eq. 4 in metres and radians 0.2 is as strong."""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_positive(self, "discriminator_width")
        require_at_most(self, 1024, "discriminator_width")
        if not 0 <= self.norm_momentum < 1:
            raise ConfigError(f"norm_momentum must be from 0 to below 1, not {self.norm_momentum}", "try 0.99")
        if self.crop_frames % GRID_FRAMES:
            raise ConfigError(
                f"crops of {self.crop_frames} frames do not fit the U-Net", f"use a multiple of {GRID_FRAMES}"
            )
        if self.weight_gan and self.crop_frames < 2 * GRID_FRAMES:
            raise ConfigError(
                f"crops of {self.crop_frames} frames are too short for the discriminator",
                f"use crop_frames of at least {2 * GRID_FRAMES}",
            )


@dataclass(frozen=True)
class Speech2GestureConfig(SystemConfig):
    """Speech2Gesture: the published network on the paper's losses."""

    system: ClassVar[str] = "speech2gesture"

    name: str = "speech2gesture"
    architecture: Speech2GestureArchitecture = Speech2GestureArchitecture()
    training: Speech2GestureTraining = Speech2GestureTraining()

    @property
    def is_random(self) -> bool:
        """It knows one motion for a speech."""
        return False


_PLAIN = Speech2GestureConfig()

NAMED: dict[str, Speech2GestureConfig] = {
    c.name: c for c in (_PLAIN, _PLAIN.replace(name="speech2gesture-gan", weight_gan=0.2))
}
"""Without and with its discriminator, the two rows of Table 1."""


# Network --------------------------------------------------------------------------------------------------------------


class Layer(NamedTuple):
    """A convolution over time and frequency bands. Weights are (time * bands * inputs, outputs), bands inside time."""

    inputs: int
    outputs: int
    time: int
    """Width in frames; no padding."""
    time_stride: int = 1
    bands: int = 1
    """Width in bands."""
    band_stride: int = 1
    pad: int = 0
    """Zeros on both sides of the bands."""


def generator_layers(architecture: Speech2GestureArchitecture) -> dict[str, Layer]:
    """Every convolution by name, in order: `audio_encoder.layer0` to `7`, `unet.layer0` to `15`."""
    layers: dict[str, Layer] = {}
    inputs = 1
    for k, factor in enumerate((1, 1, 2, 2, 4, 4, 4, 4)):
        if k == _ENCODER_LAYERS - 1:  # all bands that are left at once
            over = {"bands": N_MELS // 8}
        else:
            over = {"bands": 4, "band_stride": 2, "pad": 1} if k % 2 else {"bands": 3, "pad": 1}
        outputs = factor * architecture.audio_width
        layers[f"audio_encoder.layer{k}"] = Layer(inputs, outputs, 3, **over)
        inputs = outputs
    for k in range(_FIRST_LAYERS + 2 * LEVELS + _LAST_LAYERS):
        halves = _FIRST_LAYERS <= k < _FIRST_LAYERS + LEVELS
        layers[f"unet.layer{k}"] = Layer(inputs, architecture.unet_width, *((4, 2) if halves else (3, 1)))
        inputs = architecture.unet_width
    return layers


def normalised_layer(parameters: Parameters, name: str, x: Array, layer: Layer) -> Array:
    """Convolution, batch norm by running statistics, leaky ReLU: (..., T, bands, inputs) to (..., T', bands', outputs).

    Training has another in its place, which uses the batch's statistics and torch's own convolution.
    """
    xp = array_namespace(x)
    gain = parameters[f"{name}.gain"] / xp.sqrt(parameters[f"{name}.variance"] + NORM_EPSILON)
    y = convolve(parameters[f"{name}.weight"], x, layer)
    y *= gain
    y += parameters[f"{name}.bias"] - gain * parameters[f"{name}.mean"]
    return xp.maximum(y, LEAK * y)


LayerFunction = Callable[[Parameters, str, Array, Layer], Array]


def speech_to_motion(
    parameters: Parameters,
    features: Array,
    architecture: Speech2GestureArchitecture,
    layer: LayerFunction = normalised_layer,
) -> Array:
    """(..., T, 64) normalised log-mel to normalised motion (..., T - 2 CHUNK_RECEPTIVE_FIELD, motion_size).

    The first frame that comes out is a line of the U-Net's grid; as many come out as a multiple of GRID_FRAMES.
    """
    layers, n = generator_layers(architecture), features.shape[-2] - 2 * CHUNK_RECEPTIVE_FIELD

    def apply(name: str, x: Array) -> Array:
        return layer(parameters, name, x, layers[name])

    x = features[..., None]
    for k in range(_ENCODER_LAYERS):
        x = apply(f"audio_encoder.layer{k}", x)
    unet = iter([name for name in layers if name.startswith("unet.")])  # one band is left
    for _ in range(_FIRST_LAYERS):
        x = apply(next(unet), x)
    passed = []
    for _ in range(LEVELS):
        passed.append(x)
        x = apply(next(unet), x)
    for level in reversed(range(LEVELS)):
        frames = n // 2**level + 2 * _READ[level]
        x = _middle(_twice(x), frames) + _middle(passed[level], frames)
        x = apply(next(unet), x)
    for name in unet:
        x = apply(name, x)
    return x[..., 0, :] @ parameters["head.weight"] + parameters["head.bias"]


def convolve(weight: Array, x: Array, layer: Layer) -> Array:
    """A matrix product per frame of the kernel, over its bands laid side by side."""
    xp = array_namespace(x)
    if layer.pad:
        edge = xp.zeros_like(x[..., : layer.pad, :])
        x = xp.concat([edge, x, edge], axis=-2)
    bands = (x.shape[-2] - layer.bands) // layer.band_stride + 1
    frames = (x.shape[-3] - layer.time) // layer.time_stride + 1
    span = (bands - 1) * layer.band_stride + 1
    x = xp.concat([x[..., k : k + span : layer.band_stride, :] for k in range(layer.bands)], axis=-1)
    span, total = (frames - 1) * layer.time_stride + 1, None
    for k, part in enumerate(xp.reshape(weight, (layer.time, -1, layer.outputs))):
        # Two axes, as NumPy multiplies stacks of small matrices one by one.
        product = xp.reshape(x[..., k : k + span : layer.time_stride, :, :], (-1, x.shape[-1])) @ part
        total = product if total is None else total + product
    return xp.reshape(total, (*x.shape[:-3], frames, bands, layer.outputs))


def _twice(x: Array) -> Array:
    """Each frame twice, (..., T, 1, C) to (..., 2 T, 1, C)."""
    xp = array_namespace(x)
    return xp.reshape(xp.concat([x, x], axis=-2), (*x.shape[:-3], 2 * x.shape[-3], 1, x.shape[-1]))


def _middle(x: Array, frames: int) -> Array:
    """The middle `frames` frames of (..., T, 1, C)."""
    beyond = (x.shape[-3] - frames) // 2
    return x[..., beyond : beyond + frames, :, :]


# Shapes ---------------------------------------------------------------------------------------------------------------


def parameter_shapes(architecture: Speech2GestureArchitecture) -> dict[str, tuple[int, ...]]:
    """Name and shape of every parameter of the generator, batch norm's running mean and variance among them."""
    shapes: dict[str, tuple[int, ...]] = {}
    for name, layer in generator_layers(architecture).items():
        shapes[f"{name}.weight"] = (layer.time * layer.bands * layer.inputs, layer.outputs)
        for part in ("gain", "bias", "mean", "variance"):
            shapes[f"{name}.{part}"] = (layer.outputs,)
    shapes["head.weight"] = (architecture.unet_width, architecture.motion_size)
    shapes["head.bias"] = (architecture.motion_size,)
    return shapes


def flops_per_frame(architecture: Speech2GestureArchitecture) -> float:
    """Floating-point operations per frame, two per weight and band, without what neighbouring chunks both compute."""
    total, bands, rate = 2.0 * architecture.unet_width * architecture.motion_size, N_MELS, 1.0
    for k, layer in enumerate(generator_layers(architecture).values()):
        bands = (bands + 2 * layer.pad - layer.bands) // layer.band_stride + 1
        climbs = 0 <= k - (_ENCODER_LAYERS + _FIRST_LAYERS + LEVELS) < LEVELS
        rate *= 2.0 if climbs else 1 / layer.time_stride
        total += 2 * layer.time * layer.bands * layer.inputs * layer.outputs * bands * rate
    return total


# Generation -----------------------------------------------------------------------------------------------------------


def generate_frames(
    parameters: Parameters, features_of: FeaturesOf, noise_of: object, config: Speech2GestureConfig, first: int, n: int,
    arrays: tuple[ToDevice, ToNumpy], tick: Callable[[float], None],
) -> np.ndarray:  # fmt: skip
    """Normalised motion of frames first to first + n, (n, motion_size) float32; frames before 0 and past the end exist.

    features_of(first, n): normalised log-mel (n, 64). noise_of is not called: there is one motion for a speech.
    arrays: to the device's array library and back. tick(share of the n frames) is called after each chunk.
    """
    to_device, to_numpy = arrays
    out = np.empty((n, config.architecture.motion_size), np.float32)
    for start in range(first // CHUNK_FRAMES * CHUNK_FRAMES, first + n, CHUNK_FRAMES):
        features = to_device(features_of(start - CHUNK_RECEPTIVE_FIELD, CHUNK_FRAMES + 2 * CHUNK_RECEPTIVE_FIELD))
        made = to_numpy(speech_to_motion(parameters, features, config.architecture))
        low, high = max(first, start), min(first + n, start + CHUNK_FRAMES)
        out[low - first : high - first] = made[low - start : high - start]
        tick((high - low) / max(n, 1))
    return out
