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
from ..body.skeleton import BODY, mirror_name
from ..errors import DataError
from ..files import exists
from ..outputs import check_file, check_folder
from .corpus import TRAIN, load_corpus
from .judge_networks import (
    FPS,
    PARTS,
    WINDOW_FRAMES,
    AlignmentScorer,
    EncoderConfig,
    MotionEncoder,
    ScorerConfig,
    body_windows,
    is_judge,
    part_speeds,
    write_judge,
)

ENCODER_FILE, SCORER_FILE = "motion_encoder.safetensors", "alignment_scorer.safetensors"
SHORTEST_SHIFT_FRAMES = 30
"""Speech shifted by at least this much counts as wrong where it is measured."""

_ENCODER, _SCORER = EncoderConfig(), ScorerConfig()
_ENCODER_BATCH, _SCORER_BATCH = 128, 12
_CROP_FRAMES, _STRIDE_FRAMES = 360, 10
_NEAREST_FRAMES = 10
"""Motion from so near may still fit; from further away, a third of a second, it must lose."""
_RATE, _SCORER_RATE = 2e-3, 2e-2
_TURNS = ("arms", "arms", "head")
_GAIN_DB = 10.0
_SLACK_FRAMES = 3
"""A tenth of a second early or late counts as in time: nobody notices it, and people are not more exact."""
_LOOSE_FRAMES, _WANDER_FRAMES = 3.0, 15
_ELSEWHERE_ABOVE = 0.25
"""Four tenths of the time."""
_MOST_LEAD_FRAMES = 30
_MOST_BLUR_FRAMES, _MOST_TREMBLE_M_S = 4.0, 0.05

_MIRRORED_JOINTS = [BODY.index(mirror_name(n)) for n in BODY.names]


def train_judges(
    corpus: Path, out: Path, *, encoder_steps: int = 1500, scorer_steps: int = 400, seed: int = 0, force: bool = False
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
    """features: (T, 64) dB. speeds: (T, points) m/s by part of the body."""

    features: np.ndarray
    speeds: dict[str, np.ndarray]


def train_scorer(
    pairs: Sequence[tuple[np.ndarray, np.ndarray]], *, steps: int, seed: int = 0, config: ScorerConfig = _SCORER
) -> AlignmentScorer:
    """Train by contrast on pairs of log-mel and motion: a window's own motion must win against others.

    The others are: motion from other times of the same recording, a third of a second away or more, so that voice,
    noise, level and performer give nothing away; its own motion played backwards; and no motion at all. Arms and head
    are trained apart. A corpus that is early or late as a whole is first brought into step (`_lead`), and its timing is
    loosened to people's (`_crop`), so that its rule is neither the target nor the ceiling.
    """
    recordings = [
        _Recording(np.asarray(features, np.float32), part_speeds(motion))
        for features, motion in pairs
        if len(features) >= _CROP_FRAMES
    ]
    if not recordings:
        raise DataError("no recording is 12 s long", "give longer sequences to the alignment scorer")
    torch.manual_seed(seed)
    scorer = AlignmentScorer(config)
    leads = {part: _lead(scorer, recordings, part) for part in PARTS}
    chance = np.array([len(r.features) for r in recordings], float)
    for step, descend in _steps(scorer.parameters(), steps, "alignment scorer", _SCORER_RATE):
        rng = np.random.default_rng([seed, step])
        part = _TURNS[step % len(_TURNS)]
        chosen = rng.choice(len(recordings), (_SCORER_BATCH, 2), p=chance / chance.sum())
        crops = [_crop(recordings[k], recordings[other], part, leads[part], rng) for k, other in chosen]
        features, speeds = (torch.from_numpy(np.stack(arrays)) for arrays in zip(*crops))
        descend(contrastive_loss(scorer, features, speeds, part))
    return scorer.eval().requires_grad_(False)


def contrastive_loss(scorer: AlignmentScorer, features: Tensor, speeds: Tensor, part: str) -> Tensor:
    """InfoNCE (van den Oord et al. 2018, equation 4), both ways, over the windows of each recording.

    features: (B, T, 64) dB. speeds: (B, T, points). For the speech, motion played backwards and no motion are among
    the choices.
    """
    heard = scorer.windows(scorer.hear(features, part), _STRIDE_FRAMES)
    seen, backwards = (scorer.windows(scorer.watch(x, part), _STRIDE_FRAMES) for x in (speeds, speeds.flip(1)))
    temperature = scorer.log_temperature.exp().clamp(max=50)
    scores, reversed_scores = (temperature * x @ heard.mT for x in (seen, backwards))
    batch, n = scores.shape[:2]
    at = torch.arange(n)
    apart = (at[:, None] - at).abs() * _STRIDE_FRAMES
    scores = scores.masked_fill((apart > 0) & (apart < _NEAREST_FRAMES), -torch.inf)
    right = at.repeat(batch)
    choices = torch.cat([scores.mT, reversed_scores.mT, torch.zeros(batch, n, 1)], -1)
    return (cross_entropy(scores.flatten(0, 1), right) + cross_entropy(choices.flatten(0, 1), right)) / 2


@torch.no_grad()
def _lead(scorer: AlignmentScorer, recordings: list[_Recording], part: str) -> int:
    """By how many frames a part of the body comes before the speech it follows, in all recordings: -30 to 30.

    Where the curves of a scorer that has learned nothing, plain onsets and plain speed, correlate best.
    """
    total = np.zeros(2 * _MOST_LEAD_FRAMES + 1)
    for recording in recordings:
        heard, seen = (
            scorer.windows(curve, 1)[0]
            for curve in (
                scorer.hear(torch.from_numpy(recording.features)[None], part),
                scorer.watch(torch.from_numpy(recording.speeds[part])[None], part),
            )
        )
        n = len(heard)
        for k in range(-_MOST_LEAD_FRAMES, _MOST_LEAD_FRAMES + 1):  # motion k frames before its speech
            total[k + _MOST_LEAD_FRAMES] += float(
                (heard[max(0, k) : n - max(0, -k)] * seen[max(0, -k) : n - max(0, k)]).sum()
            )
    return int(total.argmax()) - _MOST_LEAD_FRAMES if total.any() else 0


def _crop(
    recording: _Recording, other: _Recording, part: str, lead: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A random crop of 12 s: (T, 64) dB and (T, points), brought into step and loosened as people's timing is.

    Motion comes a little early or late, by an amount that changes slowly (standard deviation 0.1 s), and for some of
    the time the part does what the speech has nothing to do with: what it does in another recording.
    """
    start = rng.integers(len(recording.features) - _CROP_FRAMES + 1)
    features = recording.features[start : start + _CROP_FRAMES] + rng.uniform(-_GAIN_DB, _GAIN_DB)
    at = float(start - lead) + np.arange(_CROP_FRAMES)
    at = at + rng.uniform(-_SLACK_FRAMES, _SLACK_FRAMES) + _LOOSE_FRAMES * _wander(_CROP_FRAMES, rng)
    speeds = _at(recording.speeds[part], at)
    from_other = _at(other.speeds[part], rng.integers(len(other.features) - _CROP_FRAMES + 1) + np.arange(_CROP_FRAMES))
    elsewhere = gaussian_filter1d((_wander(_CROP_FRAMES, rng) > _ELSEWHERE_ABOVE).astype(float), 3.0)[:, None]
    speeds = speeds + elsewhere * (from_other - speeds)
    speeds = speeds * math.exp(rng.normal(0, 0.4))
    if rng.random() < 0.5:
        speeds = gaussian_filter1d(speeds, rng.uniform(0.5, _MOST_BLUR_FRAMES), axis=0, mode="nearest")
    if rng.random() < 0.5:
        speeds = speeds + np.abs(rng.normal(0, rng.uniform(0, _MOST_TREMBLE_M_S), speeds.shape))
    return features.astype(np.float32), speeds.astype(np.float32)


def _wander(n: int, rng: np.random.Generator) -> np.ndarray:
    """Noise (n,) of standard deviation 1 that changes within half a second."""
    beyond = 4 * _WANDER_FRAMES
    noise = gaussian_filter1d(rng.standard_normal(n + 2 * beyond), _WANDER_FRAMES)[beyond:-beyond]
    return noise * math.sqrt(2 * _WANDER_FRAMES * math.sqrt(math.pi))


def _at(speeds: np.ndarray, frames: np.ndarray) -> np.ndarray:
    """Speeds (T, points) at fractional frames (N,), the ends repeated; (N, points)."""
    frames = np.clip(frames, 0, len(speeds) - 1)
    left = np.minimum(frames.astype(int), len(speeds) - 2)
    return speeds[left] + (frames - left)[:, None] * (speeds[left + 1] - speeds[left])


# Descent --------------------------------------------------------------------------------------------------------------


def _steps(
    parameters: Iterable[nn.Parameter], steps: int, name: str, rate: float = _RATE
) -> Iterator[tuple[int, Callable[[Tensor], None]]]:
    """Yield (step, function that takes its loss) with a progress bar: AdamW, a short warm-up, then a cosine to 0."""
    optimiser = torch.optim.AdamW(parameters, lr=rate, weight_decay=1e-2)
    bar = tqdm(range(steps), desc=name, mininterval=2, disable=None)
    warm = max(1, min(50, steps // 5))
    for step in bar:
        optimiser.param_groups[0]["lr"] = rate * min(1, (step + 1) / warm) * (1 + math.cos(math.pi * step / steps)) / 2

        def descend(loss: Tensor) -> None:
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            bar.set_postfix(loss=f"{loss.item():.4f}", refresh=False)

        yield step, descend
