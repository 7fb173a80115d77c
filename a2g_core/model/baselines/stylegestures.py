"""StyleGestures (Alexanderson et al., Eurographics 2020), the paper's LSTM baseline (sec. 5.4): MoGlow for speech.

MoGlow (Henter et al., SIGGRAPH Asia 2020) is a normalising flow from poses to Gaussian noise, frame by frame. Each of
its steps is an actnorm, an invertible matrix and an affine coupling whose LSTM sees half of the channels, the previous
poses and the speech around the frame. Training (`training.stylegestures`) runs it from poses to noise; here it runs
in reverse, each frame given the previous ones. Built from the two papers and their published settings.

Differences: the input has 64 log-mel bands, which a learned layer reduces to the published 27; the first frames follow
the mean pose, as in the authors' code, but that pose is not part of the result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import ClassVar, Literal

import numpy as np

from ...body.array_api import array_namespace
from ...errors import CheckpointError, ConfigError, MotionError
from ...speech.features import N_MELS
from ..device import Array, ToDevice, ToNumpy
from ..network import Parameters
from ..settings import (
    SystemArchitecture,
    SystemConfig,
    SystemGeneration,
    SystemTraining,
    require_at_least,
    require_at_most,
)

CHUNK_FRAMES = 32
"""Frames whose speech is read at once, on a fixed grid: products of one shape round a frame alike in every span."""

_ALL_BEFORE = 1 << 30
_LEAST_SCALE = 1e-6
_FIRST_SCALE = 2.0


@dataclass(frozen=True)
class StyleGesturesArchitecture(SystemArchitecture):
    """The published flow; that of the paper's Trinity model where the authors' releases differ."""

    channels: ClassVar[str] = "rotvec"
    """Axis times angle, as the authors do; 6-D lies on a 3-dimensional surface, where a density is infinite."""

    fps: float = 20.0

    flow_steps: int = 16
    """Steps of the flow, K."""
    hidden_size: int = 800
    """Units of an LSTM layer."""
    lstm_layers: int = 2
    history_frames: int = 5
    """Poses, and frames of speech, before the one that is made."""
    lookahead_frames: int = 20
    """Frames of speech after it."""
    audio_size: int = 27
    """Channels that each frame of speech is brought to: the authors' 27 mel bands."""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_at_least(self, 1, "flow_steps", "hidden_size", "lstm_layers", "history_frames", "audio_size")
        require_at_least(self, 0, "lookahead_frames")
        require_at_most(self, 1000, "flow_steps", "lstm_layers", "history_frames", "lookahead_frames")
        require_at_most(self, 100_000, "hidden_size", "audio_size")

    @property
    def speech_receptive_field(self) -> int:
        """The LSTM remembers all speech before a frame."""
        return _ALL_BEFORE

    @property
    def loss_receptive_field(self) -> int:
        """Of the context around a frame; the LSTM begins empty at each crop."""
        return max(self.history_frames, self.lookahead_frames)

    @property
    def kept_size(self) -> int:
        """Channels that a coupling leaves alone; it moves the others."""
        return self.motion_size // 2

    @property
    def audio_context(self) -> int:
        """Channels of the speech around a frame."""
        return (self.history_frames + 1 + self.lookahead_frames) * self.audio_size


@dataclass(frozen=True)
class StyleGesturesTraining(SystemTraining):
    """The published training, where it can be said in these terms."""

    normalise_motion: bool = True
    crop_frames: int = 55
    """Frames of a clip that are judged: of the authors' 80 (4 s), less what the context takes."""
    batch_size: int = 60
    steps: int = 160_000
    learning_rate: float = 1.5e-3
    schedule: Literal["constant", "cosine"] = "cosine"
    """Theirs: a rise over 3000 steps, then with the square root of the step (Noam) to a tenth. Ours is similar."""
    gradient_clip: float = 1.0
    """Theirs: 100, of a loss in bits per frame; that is 95 times ours, in nats per channel."""

    history_dropout: float = 0.4
    """Probability that a past pose is hidden (zeros), drawn for every frame and distance: against believing the past
    more than the voice."""
    data_noise: float = 0.01
    """Standard deviation of noise on the normalised motion in training. Ours, not published: motion capture is noisy,
    but synthetic motion has joints that never move or follow another exactly, whose likelihood has no upper bound."""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_at_least(self, 0, "data_noise")
        if not 0 <= self.history_dropout <= 1:
            raise ConfigError(f"history_dropout must be from 0 to 1, not {self.history_dropout}", "give a probability")


@dataclass(frozen=True)
class StyleGesturesGeneration(SystemGeneration):
    """How poses are drawn."""

    temperature: float = 1.0
    """Factor on the standard deviation of the noise that poses are made from; at 0 it is the noise's mode, and nothing
    is random."""

    def __post_init__(self) -> None:
        super().__post_init__()
        require_at_least(self, 0, "temperature")
        require_at_most(self, 100, "temperature")


@dataclass(frozen=True)
class StyleGesturesConfig(SystemConfig):
    """StyleGestures, with its published settings."""

    system: ClassVar[str] = "stylegestures"

    name: str = "stylegestures"
    architecture: StyleGesturesArchitecture = StyleGesturesArchitecture()
    training: StyleGesturesTraining = StyleGesturesTraining()
    generation: StyleGesturesGeneration = StyleGesturesGeneration()

    @property
    def is_random(self) -> bool:
        """At temperature 0 there is nothing to draw."""
        return self.generation.temperature > 0


NAMED: dict[str, StyleGesturesConfig] = {"stylegestures": StyleGesturesConfig()}


# Pieces that training shares ------------------------------------------------------------------------------------------


def speech_context(parameters: Parameters, features: Array, architecture: StyleGesturesArchitecture) -> Array:
    """The speech around each frame side by side, (..., T, audio_context).

    features: (..., history + T + lookahead, 64) normalised log-mel.
    """
    xp = array_namespace(features)
    bands = features @ parameters["audio.weight"] + parameters["audio.bias"]
    around = architecture.history_frames + architecture.lookahead_frames
    n = features.shape[-2] - around
    return xp.concat([bands[..., k : k + n, :] for k in range(around + 1)], axis=-1)


def mixing_matrix(parameters: Parameters, step: int) -> Array:
    """The invertible matrix of a step, (channels, channels), to multiply rows with: a permutation of L U.

    L has ones on its diagonal, U signs times exponentials (Kingma and Dhariwal 2018): log|det| is the exponents' sum.
    """
    lower, upper, sign, log_diagonal, permutation = (
        parameters[f"step{step}.mix.{part}"] for part in ("lower", "upper", "sign", "log_diagonal", "permutation")
    )
    xp = array_namespace(lower)
    one = xp.eye(lower.shape[0], dtype=lower.dtype, device=getattr(lower, "device", None))
    product = (xp.tril(lower, k=-1) + one) @ (xp.triu(upper, k=1) + one * (sign * xp.exp(log_diagonal)))
    return xp.take(product, xp.astype(permutation, xp.int64), axis=0)


def coupling_scale(raw: Array) -> Array:
    """The factor that a coupling has on its channels, 1e-6 to 1: what keeps the way back from dividing by zero."""
    return _sigmoid(raw + _FIRST_SCALE) + _LEAST_SCALE


def _sigmoid(x: Array) -> Array:
    xp = array_namespace(x)
    return 0.5 * xp.tanh(0.5 * x) + 0.5  # never overflows


# From noise to motion -------------------------------------------------------------------------------------------------


def generate_frames(
    parameters: Parameters, features_of: Callable[[int, int], np.ndarray],
    noise_of: Callable[[int, int, int], np.ndarray], config: StyleGesturesConfig, first: int, n: int,
    arrays: tuple[ToDevice, ToNumpy], tick: Callable[[float], None],
) -> np.ndarray:  # fmt: skip
    """Normalised motion of frames first to first + n at the config's rate, (n, motion_size) float32.

    Every call begins at frame 0, after the mean pose and with an empty memory: so a frame has the same bits in every
    span, and costs all frames before it. Frames before 0 are the mean pose. features_of(first, n): (n, 64) normalised
    log-mel; noise_of(first, n, channels): (n, channels) standard normal. arrays: to the device's array library and
    back. tick(share) is called for every 32 frames.
    Raises MotionError should the motion leave all bounds: nothing is clipped, here or in the authors' code.
    """
    architecture, (to_device, to_numpy) = config.architecture, arrays
    stop, size, history = first + n, architecture.motion_size, architecture.history_frames
    out = np.zeros((n, size), np.float32)
    flow = [_Step(parameters, k, architecture, arrays) for k in reversed(range(architecture.flow_steps))]
    past = [to_device(np.zeros(size, np.float32))] * history
    xp = array_namespace(past[0])
    for start in range(0, stop, CHUNK_FRAMES):
        tick(start / stop)
        features = features_of(start - history, history + CHUNK_FRAMES + architecture.lookahead_frames)
        speech = speech_context(parameters, to_device(features), architecture)
        heard = [step.hear(speech) for step in flow]
        noise = to_device(np.float32(config.generation.temperature) * noise_of(start, CHUNK_FRAMES, size))
        made = []
        for row in range(min(CHUNK_FRAMES, stop - start)):
            pose, poses = noise[row], xp.concat(past)
            for step, speech_gates in zip(flow, heard, strict=True):
                pose = step.invert(pose, poses, speech_gates[row])
            past = [*past[1:], pose]
            made.append(pose)
        frames = to_numpy(xp.stack(made))
        if not np.isfinite(frames).all():
            raise MotionError(
                "the motion diverged by frame {frame}", "choose another seed",
                frame=start + int(np.argmin(np.isfinite(frames).all(1))),
            )  # fmt: skip
        if start + len(frames) > first:
            low = max(first, start)
            out[low - first : start + len(frames) - first] = frames[low - start :]
    tick(1.0)
    return out


class _Step:
    """One step of the flow, to run back: its matrices laid out for single frames, and its LSTM's memory."""

    def __init__(
        self, parameters: Parameters, k: int, architecture: StyleGesturesArchitecture,
        arrays: tuple[ToDevice, ToNumpy],
    ) -> None:  # fmt: skip
        to_device, to_numpy = arrays
        name, layers = f"step{k}", range(architecture.lstm_layers)
        weights = [parameters[f"{name}.lstm{layer}.weight"] for layer in layers]
        self.biases = [parameters[f"{name}.lstm{layer}.bias"] for layer in layers]
        self.speech_weight = weights[0][: architecture.audio_context]
        self.weights = [weights[0][architecture.audio_context :], *weights[1:]]
        self.out = parameters[f"{name}.out.weight"], parameters[f"{name}.out.bias"]
        self.kept = architecture.kept_size
        # The matrix and the actnorm, turned round into one; whole numbers of float32 would be lost in the inverse.
        double = {n: to_numpy(parameters[n]).astype(np.float64) for n in parameters if n.startswith(f"{name}.mix.")}
        scale = np.exp(-to_numpy(parameters[f"{name}.norm.log_scale"]).astype(np.float64))
        try:
            unmix = np.linalg.inv(mixing_matrix(double, k)) * scale
        except np.linalg.LinAlgError:
            raise CheckpointError(f"step {k} of the model's flow has no way back", "use another model") from None
        self.unmix = to_device(unmix.astype(np.float32))
        self.bias = parameters[f"{name}.norm.bias"]
        empty = to_device(np.zeros(architecture.hidden_size, np.float32))
        self.hidden, self.memory = [empty for _ in layers], [empty for _ in layers]

    def hear(self, speech: Array) -> Array:
        """What the speech (T, audio_context) adds to the first layer's gates, (T, 4 hidden)."""
        return speech @ self.speech_weight + self.biases[0]

    def invert(self, y: Array, poses: Array, speech_gates: Array) -> Array:
        """The step's input (channels,) from its output; the memory goes on by one frame."""
        xp = array_namespace(y)
        kept, moved = y[: self.kept], y[self.kept :]
        x = xp.concat([poses, kept])
        for layer, weight in enumerate(self.weights):
            gates = xp.concat([x, self.hidden[layer]]) @ weight
            gates = gates + (speech_gates if layer == 0 else self.biases[layer])
            x, self.memory[layer] = _remember(gates, self.memory[layer])
            self.hidden[layer] = x
        raw = x @ self.out[0] + self.out[1]
        half = moved.shape[0]
        moved = moved / coupling_scale(raw[half:]) - raw[:half]
        return xp.concat([kept, moved]) @ self.unmix - self.bias


def _remember(gates: Array, memory: Array) -> tuple[Array, Array]:
    """Output and new memory of an LSTM, (hidden,) each, from its gates (input, forget, cell, output side by side)."""
    xp, size = array_namespace(gates), memory.shape[0]
    opened = _sigmoid(gates)
    memory = opened[size : 2 * size] * memory + opened[:size] * xp.tanh(gates[2 * size : 3 * size])
    return opened[3 * size :] * xp.tanh(memory), memory


# Shapes ---------------------------------------------------------------------------------------------------------------


def parameter_shapes(architecture: StyleGesturesArchitecture) -> dict[str, tuple[int, ...]]:
    """Name and shape of every parameter that generation needs; weights are (inputs, outputs).

    An LSTM layer's inputs are (speech, past poses, kept channels | layer below), then its own last output.
    """
    size, hidden = architecture.motion_size, architecture.hidden_size
    shapes: dict[str, tuple[int, ...]] = {"audio.weight": (N_MELS, architecture.audio_size)}
    shapes["audio.bias"] = (architecture.audio_size,)
    for k in range(architecture.flow_steps):
        shapes |= {f"step{k}.norm.{part}": (size,) for part in ("bias", "log_scale")}
        shapes |= {f"step{k}.mix.{part}": (size, size) for part in ("lower", "upper")}
        shapes |= {f"step{k}.mix.{part}": (size,) for part in ("sign", "log_diagonal", "permutation")}
        for layer in range(architecture.lstm_layers):
            inputs = (
                architecture.audio_context + architecture.history_frames * size + architecture.kept_size
                if layer == 0
                else hidden
            )
            shapes[f"step{k}.lstm{layer}.weight"] = (inputs + hidden, 4 * hidden)
            shapes[f"step{k}.lstm{layer}.bias"] = (4 * hidden,)
        shapes[f"step{k}.out.weight"] = (hidden, 2 * (size - architecture.kept_size))
        shapes[f"step{k}.out.bias"] = (2 * (size - architecture.kept_size),)
    return shapes


def flops_per_frame(architecture: StyleGesturesArchitecture) -> int:
    """Floating-point operations of one generated frame: two for each weight, with the two triangles as one matrix."""
    return sum(
        2 * prod(s) for n, s in parameter_shapes(architecture).items() if len(s) == 2 and not n.endswith(".upper")
    )
