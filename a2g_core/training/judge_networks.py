"""The two judges: trained networks that measure motion and never make any. Their files are safetensors with a JSON
description.

`MotionEncoder` says what a piece of motion looks like (for FGD), `AlignmentScorer` whether it belongs to a piece of
speech. Both see the 22 body joints at 30 frames per second, so that they can judge any system.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from ..body.kinematics import forward_kinematics
from ..body.rotations import matrix_to_sixd, quaternion_to_matrix
from ..body.skeleton import BODY, SMPLX, SMPLX_NAMES
from ..errors import CheckpointError, DataError, reason
from ..files import replacing
from ..model.checkpoint import checksum, read_safetensors
from ..speech.features import FLOOR_DB, N_MELS

FPS = 30.0
WINDOW_FRAMES = 32
"""FGD's windows, as in BEAT2's evaluation."""

_WINDOW_SIZE = len(BODY) * 6
_METADATA = "audio2gestures_judge"
_MAX_LOOK = 1 << 12


# What they see --------------------------------------------------------------------------------------------------------


def body_windows(quaternions: np.ndarray) -> np.ndarray:
    """Windows of 32 frames one after another, the rest dropped: (N, 32, 132) 6-D rotations.

    quaternions: (T, J, 4), the body's 22 joints first. DataError where they are fewer.
    """
    sixd = matrix_to_sixd(quaternion_to_matrix(_body_of(quaternions)))
    n = len(sixd) // WINDOW_FRAMES
    return sixd[: n * WINDOW_FRAMES].reshape(n, WINDOW_FRAMES, _WINDOW_SIZE)


_SEEN = SMPLX.subset((*SMPLX_NAMES[:22], "left_eye_smplhf", "right_eye_smplhf", "left_middle1", "right_middle1"))
POINTS = tuple(
    n for n in _SEEN.names if n not in ("pelvis", "left_hip", "right_hip", "spine1", "left_foot", "right_foot")
)
"""The points that the scorer sees. Eyes and knuckles show how head and hands turn, without moving by themselves."""


def body_points(quaternions: np.ndarray) -> np.ndarray:
    """(T, 20, 3) in metres, in the pelvis's frame, so that it does not matter which way a character faces or walks.

    quaternions: (T, J, 4), the body's 22 joints first.
    """
    rotations = np.tile(np.eye(3, dtype=np.float32), (len(quaternions), len(_SEEN), 1, 1))
    rotations[:, 1:22] = quaternion_to_matrix(_body_of(quaternions))[:, 1:]
    positions, _ = forward_kinematics(rotations, _SEEN)
    return positions[:, [_SEEN.index(n) for n in POINTS]]


def _body_of(quaternions: np.ndarray) -> np.ndarray:
    quaternions = np.asarray(quaternions, np.float32)
    if quaternions.ndim != 3 or quaternions.shape[1] < len(BODY) or quaternions.shape[2] != 4:
        raise DataError(
            "a judge cannot see motion of shape {shape}", "give (frames, 22 or more joints, 4) quaternions",
            shape=quaternions.shape,
        )  # fmt: skip
    return quaternions[:, : len(BODY)]


# FGD's encoder --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EncoderConfig:
    """Size of the motion encoder."""

    width: int = 64
    latents: int = 32


class MotionEncoder(nn.Module):
    """Windows (N, 32, 132) to latents (N, 32), each of mean 0 and standard deviation 1 over the training split.

    The encoder half of an autoencoder: `decoder` is trained with it and not kept.
    """

    judge: ClassVar[str] = "motion encoder"
    config_class: ClassVar[type] = EncoderConfig
    pose_mean: Tensor
    pose_std: Tensor
    move_std: Tensor
    step_std: Tensor
    latent_mean: Tensor
    latent_std: Tensor

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        width = config.width
        self.config = config
        self.layers = nn.ModuleList(
            nn.Conv1d(n, width, 4, stride=2, padding=1) for n in (3 * _WINDOW_SIZE, width, width)
        )
        self.head = nn.Linear(width * (WINDOW_FRAMES // 8), config.latents)
        for name in ("pose_mean", "pose_std", "move_std", "step_std"):
            self.register_buffer(name, torch.ones(_WINDOW_SIZE))
        self.register_buffer("latent_mean", torch.zeros(config.latents))
        self.register_buffer("latent_std", torch.ones(config.latents))

    def forward(self, windows: Tensor) -> Tensor:
        """Standardised latents."""
        return (self.code(windows) - self.latent_mean) / self.latent_std

    def code(self, windows: Tensor) -> Tensor:
        """Latents before standardisation."""
        x = self.channels(windows).mT
        for layer in self.layers:
            x = gelu(layer(x))
        return self.head(x.flatten(1))

    def channels(self, windows: Tensor) -> Tensor:
        """The input that is reconstructed, (N, 32, 396): mean pose, deviation from it, and differences between frames.

        Each part has its own scale. Normalised together, stances would outweigh movements: people differ more in how
        they stand than in how they move within a second, and a body frozen in a good stance would look alive.
        """
        mean = windows.mean(1, keepdim=True)
        stance = ((mean - self.pose_mean) / self.pose_std).expand_as(windows)
        steps = windows.diff(dim=1, prepend=windows[:, :1])
        return torch.cat([stance, (windows - mean) / self.move_std, steps / self.step_std], -1)

    def decoder(self) -> nn.Module:
        """A network from latents back to `channels`, used only in training."""
        width, short = self.config.width, WINDOW_FRAMES // 8
        up = [nn.ConvTranspose1d(width, width, 4, stride=2, padding=1) for _ in range(3)]
        return nn.Sequential(
            nn.Linear(self.config.latents, width * short), nn.GELU(), nn.Unflatten(1, (width, short)),
            up[0], nn.GELU(), up[1], nn.GELU(), up[2], nn.GELU(), nn.Conv1d(width, 3 * _WINDOW_SIZE, 3, padding=1),
        )  # fmt: skip


# Alignment scorer -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ScorerConfig:
    """Size of the alignment scorer. window_frames: how much motion and speech is compared at once."""

    width: int = 64
    size: int = 16
    taps: int = 5
    dilations: tuple[int, ...] = (1, 2, 4, 4)
    window_frames: int = 120

    @property
    def receptive_field(self) -> int:
        """Receptive field of both networks, velocities included."""
        return 1 + sum(self.taps // 2 * d for d in self.dilations)


class AlignmentScorer(nn.Module):
    """Two convolutional networks that turn speech and motion into curves (T, 16), which correlate if the two match.

    A window's score is the correlation of its curves. Their means do not count, so that loudness, voice, pose and style
    have no influence; only the timing of changes has.
    """

    judge: ClassVar[str] = "alignment scorer"
    config_class: ClassVar[type] = ScorerConfig
    feature_mean: Tensor
    feature_std: Tensor
    speed_scale: Tensor

    def __init__(self, config: ScorerConfig) -> None:
        super().__init__()
        self.config = config
        self.audio, self.motion = (self._stack(n) for n in (N_MELS, 4 * len(POINTS)))
        self.register_buffer("feature_mean", torch.zeros(N_MELS))
        self.register_buffer("feature_std", torch.ones(N_MELS))
        self.register_buffer("speed_scale", torch.ones(len(POINTS)))
        self.log_temperature = nn.Parameter(torch.tensor(2.0))

    def _stack(self, inputs: int) -> nn.ModuleList:
        c = self.config
        layers = [nn.Conv1d(inputs, c.width, c.taps, dilation=c.dilations[0])]
        layers += [nn.Conv1d(c.width, c.width, c.taps, dilation=d) for d in c.dilations[1:]]
        return nn.ModuleList([*layers, nn.Conv1d(c.width, c.size, 1)])

    def hear(self, features: Tensor) -> Tensor:
        """Log-mel in dB (B, T, 64) to curves (B, T - 2 receptive_field, 16)."""
        x = (features.clamp(min=FLOOR_DB) - self.feature_mean) / self.feature_std
        return self._curves(self.audio, x[:, 1:-1])

    def watch(self, points: Tensor) -> Tensor:
        """`body_points` (B, T, 20, 3) to curves (B, T - 2 receptive_field, 16)."""
        velocity = (points[:, 2:] - points[:, :-2]) * (FPS / 2) / self.speed_scale[:, None]
        speed = velocity.square().sum(-1, keepdim=True).add(1e-6).sqrt()
        # Compressed, so that a big gesture does not count as much as ten small ones.
        return self._curves(self.motion, torch.cat([velocity, speed], -1).asinh().flatten(2))

    def _curves(self, layers: nn.ModuleList, x: Tensor) -> Tensor:
        x = x.mT
        for k, layer in enumerate(layers[:-1]):
            y = gelu(layer(x))
            trim = (x.shape[-1] - y.shape[-1]) // 2
            x = y if k == 0 else y + x[..., trim : x.shape[-1] - trim]
        return layers[-1](x).mT

    def windows(self, curves: Tensor, stride: int) -> Tensor:
        """Curves (B, T, 16) as one unit vector per window, (B, N, 16 window_frames), starting every `stride` frames.

        A constant curve becomes 0 instead of amplified rounding errors.
        """
        pieces = curves.unfold(1, self.config.window_frames, stride)
        centred = (pieces - pieces.mean(-1, keepdim=True)).flatten(2)
        return centred / (centred.square().sum(-1, keepdim=True) + 1e-3 * centred.shape[-1]).sqrt()


# Files ----------------------------------------------------------------------------------------------------------------


def write_judge(judge: MotionEncoder | AlignmentScorer, path: Path, about: dict[str, Any]) -> str:
    """Write a judge, whole or not at all, and return the SHA-256 that identifies it in reports.

    about: description of its training, for the file. Needs the safetensors library.
    """
    from safetensors.numpy import save

    tensors = {n: np.ascontiguousarray(t.detach().cpu().numpy(), np.float32) for n, t in judge.state_dict().items()}
    sha256 = checksum(tensors)
    description = {"judge": judge.judge, "config": asdict(judge.config), **about, "sha256": sha256}
    path.parent.mkdir(parents=True, exist_ok=True)
    data = save(tensors, metadata={_METADATA: json.dumps(description)})
    with replacing(path) as part:
        part.write_bytes(data)
    return sha256


def is_judge(path: Path) -> bool:
    """Whether a file says that it is a judge; it may be damaged."""
    with path.open("rb") as file:
        return f'"{_METADATA}"'.encode() in file.read(_MAX_LOOK)


Judge = TypeVar("Judge", MotionEncoder, AlignmentScorer)


def read_judge(path: Path, kind: type[Judge]) -> tuple[Judge, dict[str, Any]]:
    """(the judge of this kind, the description in its file). Raises CheckpointError for an invalid file."""
    tensors, metadata = read_safetensors(path)
    try:
        about = json.loads(metadata[_METADATA])
        name, sha256, values = about["judge"], about["sha256"], about["config"]
    except (LookupError, TypeError, ValueError, RecursionError):
        raise CheckpointError(f"'{path.name}' is not a judge file", "give a file written by 'a2g judges'") from None
    if name != kind.judge:
        raise CheckpointError(f"'{path.name}' is a '{name}', not a '{kind.judge}'", "give the other file")
    if checksum(tensors) != sha256:
        raise CheckpointError(f"'{path.name}' is damaged (its checksum differs)", "copy or download it again")
    if not all(np.isfinite(array).all() for array in tensors.values()):
        raise CheckpointError(f"'{path.name}' contains values that are not finite", "train the judges again")
    try:
        config = kind.config_class(**{n: tuple(v) if isinstance(v, list) else v for n, v in values.items()})
        with torch.device("meta"):  # which gives no memory to what a forged config asks for
            wanted = {n: tuple(t.shape) or (1,) for n, t in kind(config).state_dict().items()}  # files hold no 0-d
        if wanted != {n: array.shape for n, array in tensors.items()}:
            raise ValueError("its arrays are not those of its settings")
        judge = kind(config)
        judge.load_state_dict({n: torch.from_numpy(array.copy()) for n, array in tensors.items()})
    except Exception as error:  # torch raises whatever sizes without sense lead to
        raise CheckpointError(
            f"'{path.name}' describes a judge unknown here ({reason(error)})", "update Audio2Gestures"
        ) from None
    return judge.eval().requires_grad_(False), about
