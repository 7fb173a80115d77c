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
from torch.nn.functional import avg_pool1d, conv1d, gelu

from ..body.kinematics import forward_kinematics
from ..body.rotations import matrix_to_sixd, quaternion_to_matrix
from ..body.skeleton import BODY, BODY_PARTS, SMPLX, SMPLX_NAMES
from ..errors import CheckpointError, DataError, reason
from ..files import replacing
from ..model.checkpoint import checksum, read_safetensors
from ..speech.features import N_MELS

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


PARTS: dict[str, tuple[str, ...]] = {
    "arms": tuple(n for n in POINTS if n.partition("_")[2] in ("elbow", "wrist", "middle1")),
    "head": ("head", "left_eye_smplhf", "right_eye_smplhf"),
}
"""The parts of the body that are judged apart, and the points by whose speed they are."""

_MOVING = {
    "arms": [BODY.index(n) for n in BODY_PARTS["ARMS"]],
    "head": [BODY.index(n) for n in BODY_PARTS["HEAD"] if n in BODY.names],
}


def part_speeds(quaternions: np.ndarray) -> dict[str, np.ndarray]:
    """Speeds of each part's points, (T, points) in m/s by part, while the rest of the body stays as in frame 0.

    So each part is judged alone: arms that a swaying trunk carries along do not move. quaternions: (T, J, 4) at 30 fps,
    the body's 22 joints first.
    """
    body = _body_of(quaternions)
    out = {}
    for part, names in PARTS.items():
        alone = np.repeat(body[:1], len(body), axis=0)
        alone[:, _MOVING[part]] = body[:, _MOVING[part]]
        points = body_points(alone)[:, [POINTS.index(n) for n in names]]
        step = np.gradient(points, 1 / FPS, axis=0) if len(points) > 1 else np.zeros_like(points)
        out[part] = np.linalg.norm(step, axis=-1).astype(np.float32)
    return out


@dataclass(frozen=True)
class ScorerConfig:
    """Size of the alignment scorer.

    taps: of its filters. slow_frames: changes over so long are taken out of the curves, so that only what happens
    within a phrase counts: to be lively where the speech is lively is not yet to be in time. window_frames: how much
    motion and speech is compared at once.
    """

    taps: int = 9
    slow_frames: int = 61
    window_frames: int = 120

    @property
    def receptive_field(self) -> int:
        """Receptive field to each side; the rise of the spectrum needs one frame more to the left."""
        return 1 + self.taps // 2 + self.slow_frames // 2


class AlignmentScorer(nn.Module):
    """Turns speech into a curve and motion into a curve for each part of the body; if the two match, they correlate.

    It is small on purpose: what it may hear is how fast bands of the spectrum rise, and loudness; what it may see is
    how fast points move. A network of 170 000 weights, trained on gestures that a rule had placed, learned the rule: it
    gave the rule 1.00, arms 0.7 s too late 0.999, and people 0.76. What is left here is what people do too.

    A window's score is the correlation of its curves. Their means do not count, so that level, voice, pose and style
    have no influence; only the timing of changes has.
    """

    judge: ClassVar[str] = "alignment scorer"
    config_class: ClassVar[type] = ScorerConfig

    def __init__(self, config: ScorerConfig) -> None:
        super().__init__()
        self.config = config
        around = torch.arange(config.taps) - config.taps // 2
        smooth = torch.exp(-(around**2) / (2 * _SMOOTH_FRAMES**2))
        smooth = smooth / smooth.sum()
        self.bands = nn.Parameter(torch.zeros(N_MELS))
        self.loudness = nn.Parameter(torch.zeros(1))
        self.hearing = nn.ParameterDict({part: nn.Parameter(smooth.clone()) for part in PARTS})
        self.seeing = nn.ParameterDict({part: nn.Parameter(smooth.clone()) for part in PARTS})
        self.points = nn.ParameterDict({part: nn.Parameter(torch.zeros(len(names))) for part, names in PARTS.items()})
        self.log_temperature = nn.Parameter(torch.tensor(2.0))

    def hear(self, features: Tensor, part: str) -> Tensor:
        """Log-mel in dB (B, T, 64) to the curve (B, T - 2 receptive_field) that this part is held against."""
        loud = features.mean(-1).quantile(0.95, dim=1)[:, None, None]
        audible = torch.maximum(features, loud - _AUDIBLE_DB)
        rises = (audible[:, 1:] - audible[:, :-1]).relu() @ self.bands.softmax(0)
        return self._quick((rises + self.loudness * audible[:, 1:].mean(-1))[:, :-1], self.hearing[part])

    def watch(self, speeds: Tensor, part: str) -> Tensor:
        """`part_speeds` (B, T, points) of this part to the curve (B, T - 2 receptive_field).

        The root of the speed, so that a big gesture does not count as much as ten small ones.
        """
        curve = (speeds + _LEAST_SPEED_M_S).sqrt() @ self.points[part].softmax(0)
        return _GAIN * self._quick(curve[:, 1:-1], self.seeing[part])

    def _quick(self, curve: Tensor, taps: Tensor) -> Tensor:
        """(B, T) filtered, without its slow part; (B, T - taps + 1 - slow_frames + 1)."""
        filtered = conv1d(curve[:, None], taps[None, None])
        beyond = self.config.slow_frames // 2
        slow = avg_pool1d(filtered, self.config.slow_frames, 1)
        return (filtered[..., beyond : filtered.shape[-1] - beyond] - slow)[:, 0]

    def windows(self, curves: Tensor, stride: int) -> Tensor:
        """Curves (B, T) as one unit vector per window, (B, N, window_frames), starting every `stride` frames.

        A constant curve becomes 0 instead of amplified rounding errors.
        """
        pieces = curves.unfold(1, self.config.window_frames, stride)
        centred = pieces - pieces.mean(-1, keepdim=True)
        return centred / (centred.square().sum(-1, keepdim=True) + 1e-3 * centred.shape[-1]).sqrt()


_AUDIBLE_DB = 40.0
_SMOOTH_FRAMES = 1.5
_LEAST_SPEED_M_S = 1e-3
_GAIN = 10.0
"""Brings the roots of speeds to the size of the speech's curve."""


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
            f"'{path.name}' describes a judge unknown here ({reason(error)})",
            "train the judges again with 'a2g judges', or update Audio2Gestures",
        ) from None
    return judge.eval().requires_grad_(False), about
