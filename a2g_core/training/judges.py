"""Trains the judges, independently of any generator and only on the corpus's training split.

They are small: training takes minutes on two cores. The same corpus, seed and number of threads give the same files.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import gaussian_filter1d
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, mse_loss
from tqdm import tqdm

from ..body.rotations import matrix_to_sixd, quaternion_to_matrix
from ..body.skeleton import BODY, BODY_PARTS, mirror_name
from ..errors import DataError
from ..files import exists
from ..outputs import check_file, check_folder
from .corpus import TRAIN, load_corpus
from .judge_networks import (
    FPS,
    POINTS,
    WINDOW_FRAMES,
    AlignmentScorer,
    EncoderConfig,
    MotionEncoder,
    ScorerConfig,
    body_points,
    body_windows,
    is_judge,
    write_judge,
)

ENCODER_FILE, SCORER_FILE = "motion_encoder.safetensors", "alignment_scorer.safetensors"
SHORTEST_SHIFT_FRAMES = 30
"""Speech shifted by at least this much counts as wrong; by less, it may still fit the neighbouring syllable."""

_ENCODER, _SCORER = EncoderConfig(), ScorerConfig()
_ENCODER_BATCH, _SCORER_BATCH = 128, 12
_CROP_FRAMES, _STRIDE_FRAMES = 360, 15
_RATE = 2e-3
_GAIN_DB = 10.0
_SLACK_FRAMES = 3
"""A tenth of a second early or late counts as in time: nobody notices it, and people are not more exact."""
_MOST_BLUR_FRAMES, _MOST_TREMBLE_M = 4.0, 0.002
_SEES_SHARE = {"everything": 0.4, "arms": 0.45, "no arms": 0.15}
"""How often the scorer sees which part of the body; otherwise it would learn to look only at nodding heads."""

_ARMS = [BODY.index(n) for n in BODY_PARTS["ARMS"]]
_NO_ARMS = [j for j in range(len(BODY)) if j not in _ARMS]
_MIRRORED_POINTS = [POINTS.index(mirror_name(n)) for n in POINTS]
_MIRRORED_JOINTS = [BODY.index(mirror_name(n)) for n in BODY.names]


def train_judges(
    corpus: Path, out: Path, *, encoder_steps: int = 1500, scorer_steps: int = 800, seed: int = 0, force: bool = False
) -> dict[str, str]:
    """Train both on a corpus, write them to the folder `out`, and return each file's SHA-256 of tensors by its name.

    force: replace files of these names that are no judges. OutputError where `out` cannot be written.
    """
    check_folder(out)
    for name in (ENCODER_FILE, SCORER_FILE):
        if exists(Path(out) / name):
            check_file(Path(out) / name, is_ours=is_judge, force=force)
    sequences = load_corpus(corpus, TRAIN)
    if any(s.keypoints is not None or s.fps != FPS or s.joints[: len(BODY)] != BODY.names for s in sequences):
        raise DataError(
            f"the judges cannot learn from the corpus in {corpus}", "give one with the 22 body joints at 30 fps"
        )
    pairs = [(np.asarray(s.mel, np.float32), s.motion().quaternions[:, : len(BODY)]) for s in sequences]
    manifest = hashlib.sha256((Path(corpus) / "manifest.json").read_bytes()).hexdigest()
    about = {"corpus": manifest, "seed": seed}
    encoder = train_encoder([motion for _, motion in pairs], steps=encoder_steps, seed=seed)
    scorer = train_scorer(pairs, steps=scorer_steps, seed=seed)
    return {
        ENCODER_FILE: write_judge(encoder, Path(out) / ENCODER_FILE, {**about, "steps": encoder_steps}),
        SCORER_FILE: write_judge(scorer, Path(out) / SCORER_FILE, {**about, "steps": scorer_steps}),
    }


# FGD's encoder --------------------------------------------------------------------------------------------------------


def train_encoder(
    motions: Sequence[np.ndarray], *, steps: int, seed: int = 0, config: EncoderConfig = _ENCODER
) -> MotionEncoder:
    """Train an autoencoder on motions (T, J, 4), body joints first, half of them mirrored. Returns its encoder."""
    sixd = [matrix_to_sixd(quaternion_to_matrix(np.asarray(q[:, : len(BODY)], np.float32))) for q in motions]
    sixd = [x for x in sixd if len(x) >= WINDOW_FRAMES]
    if not sixd:
        raise DataError("no motion is as long as a window of 32 frames", "give longer sequences")
    torch.manual_seed(seed)
    encoder = MotionEncoder(config)
    both = [m.reshape(len(m), -1) for x in sixd for m in (x, _mirror_sixd(x))]
    _set_pose_scales(encoder, both)
    decoder = encoder.decoder()
    chance = np.array([len(m) - WINDOW_FRAMES + 1 for m in both], float)
    for step, descend in _steps([*encoder.parameters(), *decoder.parameters()], steps, "motion encoder"):
        rng = np.random.default_rng([seed, step])
        chosen = rng.choice(len(both), _ENCODER_BATCH, p=chance / chance.sum())
        starts = [(both[k], rng.integers(int(chance[k]))) for k in chosen]
        windows = torch.from_numpy(np.stack([m[s : s + WINDOW_FRAMES] for m, s in starts]))
        descend(mse_loss(decoder(encoder.code(windows)), encoder.channels(windows).mT))
    with torch.no_grad():
        codes = encoder.code(torch.from_numpy(np.concatenate([body_windows(q) for q in motions])))
        encoder.latent_mean.copy_(codes.mean(0))
        encoder.latent_std.copy_(codes.std(0)).clamp_(min=1e-3)
    return encoder.eval().requires_grad_(False)


def _set_pose_scales(encoder: MotionEncoder, motions: list[np.ndarray]) -> None:
    """Scales of `MotionEncoder.channels` over motions (T, 132)."""
    windows = np.concatenate([m[: len(m) // WINDOW_FRAMES * WINDOW_FRAMES] for m in motions])
    windows = windows.reshape(-1, WINDOW_FRAMES, windows.shape[-1])
    stances = windows.mean(1)
    scales = {
        "pose_mean": stances.mean(0),
        # A joint that hardly moves must not be amplified.
        "pose_std": stances.std(0).clip(min=0.02),
        "move_std": (windows - stances[:, None]).std((0, 1)).clip(min=0.01),
        "step_std": np.diff(windows, axis=1).std((0, 1)).clip(min=0.002),
    }
    for name, values in scales.items():
        getattr(encoder, name).copy_(torch.from_numpy(values))


def _mirror_sixd(sixd: np.ndarray) -> np.ndarray:
    """Left and right swapped, (T, 22, 6): what crosses the plane X = 0 changes its sign."""
    return sixd[:, _MIRRORED_JOINTS] * np.array([1, -1, -1, -1, 1, 1], np.float32)


# Alignment scorer -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Recording:
    """features: (T, 64) dB. points: (T, 20, 3) by how much of the body moves."""

    features: np.ndarray
    points: dict[str, np.ndarray]


def train_scorer(
    pairs: Sequence[tuple[np.ndarray, np.ndarray]], *, steps: int, seed: int = 0, config: ScorerConfig = _SCORER
) -> AlignmentScorer:
    """Train by contrast (InfoNCE, van den Oord et al. 2018, equation 4, both ways) on pairs of log-mel and motion.

    The scorer must tell each window's own speech from other times *of the same recording*, so that voice, noise, level
    and performer give nothing away.
    """
    recordings = [_open(features, motion) for features, motion in pairs if len(features) >= _CROP_FRAMES]
    if not recordings:
        raise DataError("no recording is 12 s long", "give longer sequences to the alignment scorer")
    torch.manual_seed(seed)
    scorer = AlignmentScorer(config)
    _set_scales(scorer, recordings)
    chance = np.array([len(r.features) for r in recordings], float)
    for step, descend in _steps(scorer.parameters(), steps, "alignment scorer"):
        rng = np.random.default_rng([seed, step])
        chosen = rng.choice(len(recordings), _SCORER_BATCH, p=chance / chance.sum())
        crops = [_crop(recordings[k], rng) for k in chosen]
        features, points = (torch.from_numpy(np.stack(part)) for part in zip(*crops))
        descend(contrastive_loss(scorer, features, points))
    return scorer.eval().requires_grad_(False)


def contrastive_loss(scorer: AlignmentScorer, features: Tensor, points: Tensor) -> Tensor:
    """InfoNCE over the windows of each recording: features (B, T, 64) dB, points (B, T, 20, 3)."""
    heard = scorer.windows(scorer.hear(features), _STRIDE_FRAMES)
    seen = scorer.windows(scorer.watch(points), _STRIDE_FRAMES)
    scores = scorer.log_temperature.exp().clamp(max=50) * seen @ heard.mT
    batch, n = scores.shape[:2]
    at = torch.arange(n)
    apart = (at[:, None] - at).abs() * _STRIDE_FRAMES
    scores = scores.masked_fill((apart > 0) & (apart < SHORTEST_SHIFT_FRAMES), -torch.inf)
    right = at.repeat(batch)
    return (cross_entropy(scores.flatten(0, 1), right) + cross_entropy(scores.mT.flatten(0, 1), right)) / 2


def _open(features: np.ndarray, quaternions: np.ndarray) -> _Recording:
    """Keep the hidden part of the body as it is in the first frame."""
    only_arms, no_arms = quaternions.copy(), quaternions.copy()
    only_arms[:, _NO_ARMS], no_arms[:, _ARMS] = quaternions[:1, _NO_ARMS], quaternions[:1, _ARMS]
    points = [body_points(q) for q in (quaternions, only_arms, no_arms)]
    return _Recording(np.asarray(features, np.float32), dict(zip(_SEES_SHARE, points)))


def _set_scales(scorer: AlignmentScorer, recordings: list[_Recording]) -> None:
    features = np.concatenate([r.features for r in recordings])
    steps = np.concatenate([np.diff(r.points["everything"], axis=0) for r in recordings])
    with torch.no_grad():
        scorer.feature_mean.copy_(torch.from_numpy(features.mean(0)))
        scorer.feature_std.copy_(torch.from_numpy(features.std(0))).clamp_(min=1.0)
        speed_m_s = FPS * np.sqrt((steps**2).sum(-1).mean(0))
        scorer.speed_scale.copy_(torch.from_numpy(speed_m_s)).clamp_(min=0.01)


def _crop(recording: _Recording, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A random crop of 12 s, augmented in every way that does not affect timing: (T, 64) dB and (T, 20, 3)."""
    start = rng.integers(len(recording.features) - _CROP_FRAMES + 1)
    span = slice(start, start + _CROP_FRAMES)
    features = recording.features[span] + rng.uniform(-_GAIN_DB, _GAIN_DB)
    points = recording.points[rng.choice(list(_SEES_SHARE), p=list(_SEES_SHARE.values()))]
    late = rng.integers(-_SLACK_FRAMES, _SLACK_FRAMES + 1)
    points = points[np.clip(np.arange(span.start, span.stop) - late, 0, len(points) - 1)]
    if rng.random() < 0.5:
        points = points[:, _MIRRORED_POINTS] * np.array([-1, 1, 1], np.float32)
    points = points * math.exp(rng.normal(0, 0.4))
    if rng.random() < 0.5:
        points = gaussian_filter1d(points, rng.uniform(0.5, _MOST_BLUR_FRAMES), axis=0, mode="nearest")
    if rng.random() < 0.5:
        points = points + rng.normal(0, rng.uniform(0, _MOST_TREMBLE_M), points.shape)
    return features.astype(np.float32), points.astype(np.float32)


# Descent --------------------------------------------------------------------------------------------------------------


def _steps(parameters: Iterable[nn.Parameter], steps: int, name: str) -> Iterator[tuple[int, Callable[[Tensor], None]]]:
    """Yield (step, function that takes its loss) with a progress bar: AdamW, a short warm-up, then a cosine to 0."""
    optimiser = torch.optim.AdamW(parameters, lr=_RATE, weight_decay=1e-2)
    bar = tqdm(range(steps), desc=name, mininterval=2, disable=None)
    warm = max(1, min(50, steps // 5))
    for step in bar:
        optimiser.param_groups[0]["lr"] = _RATE * min(1, (step + 1) / warm) * (1 + math.cos(math.pi * step / steps)) / 2

        def descend(loss: Tensor) -> None:
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            bar.set_postfix(loss=f"{loss.item():.4f}", refresh=False)

        yield step, descend
