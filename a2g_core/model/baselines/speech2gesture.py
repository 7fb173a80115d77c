"""Speech2Gesture (Ginosar et al., CVPR 2019), the convolutional network that the paper compares with (sec. 5.4).

Eight 2-D convolutions fold a log-mel picture's frequencies into channels; sixteen 1-D convolutions over time follow, a
U-Net of five levels; a linear head says the motion. Sizes, batch norm and leaky ReLU are those of the authors' release.
What differs:

- The head says 6-D rotations, as sec. 5.4 has it, or 2-D key points, as the original.
- Features come at the motion's rate, so the encoder strides over frequency alone. (The original hears seven columns a
  frame, strides over time too, and stretches what is left to the motion's rate.)
- Nothing is padded in time. `VIEW_FRAMES` are eaten at both ends, in training as in generation, and the U-Net's levels
  lie on an absolute grid: a frame does not depend on where a crop or a chunk ends, nor on the span that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import ClassVar, NamedTuple

import numpy as np
from array_api_compat import array_namespace

from ...errors import ConfigError
from ...speech.features import N_MELS
from ..config import SystemConfig

LEVELS = 5
"""Halvings of the frame rate in the U-Net."""
GRID_FRAMES = 2**LEVELS
"""Frames of motion for one of the U-Net's deepest level: chunks and crops are multiples of it."""
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

VIEW_FRAMES = 2**LEVELS * (_READ[-1] + 1) - 1 + _FIRST_LAYERS + _ENCODER_LAYERS
"""Frames of speech beyond a chunk, on each side, that its motion needs: each step down reads 2 n + 1 for n."""


@dataclass(frozen=True)
class Speech2GestureConfig(SystemConfig):
    """Speech2Gesture: widths as published, the paper's losses (Eq. 5-7) and training."""

    system: ClassVar[str] = "speech2gesture"

    name: str = "speech2gesture"

    audio_width: int = 64
    """Channels of the audio encoder's first two layers; the next pairs have 2, 4 and 4 times as many."""
    unet_width: int = 256
    """Channels of the U-Net."""
    discriminator_width: int = 64
    """Channels of the discriminator's first layer; the next two have 2 and 4 times as many."""
    norm_momentum: float = 0.99
    """Share of batch norm's running statistics that a step keeps; generation uses those, training the batch's own."""
    weight_gan: float = 0.0
    """The generator's adversarial loss; 0: there is no discriminator. The original's is 1, beside an L1 of poses in
    units of their deviation; beside Eq. 4 in metres and radians 0.2 is as strong."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("audio_width", "unet_width", "discriminator_width"):
            if not getattr(self, name) > 0:
                raise ConfigError(f"{name} = {getattr(self, name)} makes no sense", "use a number above 0")
        if not 0 <= self.norm_momentum < 1:
            raise ConfigError(f"norm_momentum = {self.norm_momentum} makes no sense", "use a number from 0 to below 1")
        if self.crop_frames % GRID_FRAMES:
            raise ConfigError(
                f"crops of {self.crop_frames} frames do not fit the U-Net", f"use a multiple of {GRID_FRAMES}"
            )
        if self.weight_gan and self.crop_frames < 2 * GRID_FRAMES:
            raise ConfigError(
                "crops are too short for the discriminator", f"use crop_frames of at least {2 * GRID_FRAMES}"
            )

    @property
    def is_random(self) -> bool:
        """It knows one motion for a speech."""
        return False

    @property
    def margin(self) -> int:
        """Frames beyond a crop on each side that its losses need."""
        return VIEW_FRAMES

    @property
    def halo(self) -> int:
        """Frames of speech on each side that a frame of motion depends on: that of the frames worst placed on the grid,
        two from its lines."""
        return VIEW_FRAMES + 2


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


def generator_layers(config: Speech2GestureConfig) -> dict[str, Layer]:
    """Every convolution by name, in order: `audio_encoder.layer0` to `7`, `unet.layer0` to `15`."""
    layers, inputs = {}, 1
    for k, factor in enumerate((1, 1, 2, 2, 4, 4, 4, 4)):
        if k == _ENCODER_LAYERS - 1:  # all bands that are left at once
            over = {"bands": N_MELS // 8}
        else:
            over = {"bands": 4, "band_stride": 2, "pad": 1} if k % 2 else {"bands": 3, "pad": 1}
        outputs = factor * config.audio_width
        layers[f"audio_encoder.layer{k}"] = Layer(inputs, outputs, 3, **over)
        inputs = outputs
    for k in range(_FIRST_LAYERS + 2 * LEVELS + _LAST_LAYERS):
        halves = _FIRST_LAYERS <= k < _FIRST_LAYERS + LEVELS
        layers[f"unet.layer{k}"] = Layer(inputs, config.unet_width, *((4, 2) if halves else (3, 1)))
        inputs = config.unet_width
    return layers


def normalised_layer(parameters, name: str, x, layer: Layer):
    """Convolution, batch norm by running statistics, leaky ReLU: (..., T, bands, inputs) to (..., T', bands', outputs).

    Training has another in its place, which uses the batch's statistics and torch's own convolution.
    """
    xp = array_namespace(x)
    gain = parameters[f"{name}.gain"] / xp.sqrt(parameters[f"{name}.variance"] + NORM_EPSILON)
    y = _convolve(parameters[f"{name}.weight"], x, layer)
    y *= gain
    y += parameters[f"{name}.bias"] - gain * parameters[f"{name}.mean"]
    return xp.maximum(y, LEAK * y)


def speech_to_motion(parameters, features, config: Speech2GestureConfig, layer=normalised_layer):
    """(..., T, 64) normalised log-mel to normalised motion (..., T - 2 VIEW_FRAMES, motion_size).

    The first frame that comes out is a line of the U-Net's grid; as many come out as a multiple of GRID_FRAMES.
    """
    layers, n = generator_layers(config), features.shape[-2] - 2 * VIEW_FRAMES

    def apply(name: str, x):
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


def _convolve(weight, x, layer: Layer):
    """A matrix product for each frame of the kernel, over its bands laid side by side."""
    xp = array_namespace(x)
    if layer.pad:
        edge = xp.zeros_like(x[..., : layer.pad, :])
        x = xp.concat([edge, x, edge], axis=-2)
    bands = (x.shape[-2] - layer.bands) // layer.band_stride + 1
    frames = (x.shape[-3] - layer.time) // layer.time_stride + 1
    reach = (bands - 1) * layer.band_stride + 1
    x = xp.concat([x[..., k : k + reach : layer.band_stride, :] for k in range(layer.bands)], axis=-1)
    reach, total = (frames - 1) * layer.time_stride + 1, None
    for k, part in enumerate(xp.reshape(weight, (layer.time, -1, layer.outputs))):
        # Two axes, as NumPy multiplies stacks of small matrices one by one.
        product = xp.reshape(x[..., k : k + reach : layer.time_stride, :, :], (-1, x.shape[-1])) @ part
        total = product if total is None else total + product
    return xp.reshape(total, (*x.shape[:-3], frames, bands, layer.outputs))


def _twice(x):
    """Each frame two times, (..., T, 1, C) to (..., 2 T, 1, C)."""
    xp = array_namespace(x)
    return xp.reshape(xp.concat([x, x], axis=-2), (*x.shape[:-3], 2 * x.shape[-3], 1, x.shape[-1]))


def _middle(x, frames: int):
    """So many frames from the middle of (..., T, 1, C)."""
    beyond = (x.shape[-3] - frames) // 2
    return x[..., beyond : beyond + frames, :, :]


# Shapes ---------------------------------------------------------------------------------------------------------------


def parameter_shapes(config: Speech2GestureConfig) -> dict[str, tuple[int, ...]]:
    """Name and shape of every parameter of the generator, batch norm's running mean and variance among them."""
    shapes: dict[str, tuple[int, ...]] = {}
    for name, layer in generator_layers(config).items():
        shapes[f"{name}.weight"] = (layer.time * layer.bands * layer.inputs, layer.outputs)
        for part in ("gain", "bias", "mean", "variance"):
            shapes[f"{name}.{part}"] = (layer.outputs,)
    shapes["head.weight"] = (config.unet_width, config.motion_size)
    shapes["head.bias"] = (config.motion_size,)
    return shapes


def flops_per_frame(config: Speech2GestureConfig) -> float:
    """Floating-point operations for a frame, without what chunks compute twice: two a weight, band and frame."""
    total, bands, rate = 2.0 * config.unet_width * config.motion_size, N_MELS, 1.0
    for k, layer in enumerate(generator_layers(config).values()):
        bands = (bands + 2 * layer.pad - layer.bands) // layer.band_stride + 1
        climbs = 0 <= k - (_ENCODER_LAYERS + _FIRST_LAYERS + LEVELS) < LEVELS
        rate *= 2.0 if climbs else 1 / layer.time_stride
        total += 2 * layer.time * layer.bands * layer.inputs * layer.outputs * bands * rate
    return total


# Generation -----------------------------------------------------------------------------------------------------------


def generate_frames(
    parameters, features_of, noise_of, config: Speech2GestureConfig, first: int, n: int, asarray, to_numpy, tick
) -> np.ndarray:
    """Normalised motion of frames first to first + n, (n, motion_size) float32; frames before 0 and past the end exist.

    features_of(first, n): normalised log-mel (n, 64). noise_of: not asked, there is one motion for a speech.
    asarray, to_numpy: to the device's array library and back. tick(share of the n frames) is called after each chunk.
    """
    out = np.empty((n, config.motion_size), np.float32)
    for start in range(first // CHUNK_FRAMES * CHUNK_FRAMES, first + n, CHUNK_FRAMES):
        features = asarray(features_of(start - VIEW_FRAMES, CHUNK_FRAMES + 2 * VIEW_FRAMES))
        made = to_numpy(speech_to_motion(parameters, features, config))
        low, high = max(first, start), min(first + n, start + CHUNK_FRAMES)
        out[low - first : high - first] = made[low - start : high - start]
        tick((high - low) / max(n, 1))
    return out
