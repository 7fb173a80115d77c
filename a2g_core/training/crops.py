"""A corpus in memory, and random crops of it that are a pure function of (seed, step, rank)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..body.resample import sample_motion
from ..body.rotations import matrix_to_sixd, quaternion_to_axis_angle, quaternion_to_matrix
from ..body.skeleton import JOINT_SETS
from ..errors import DataError
from ..model.settings import SystemArchitecture, SystemConfig
from ..speech.features import log_mel
from .corpus import CorpusSequence, load_corpus
from .rerecording import rerecord

_RERECORDINGS = 3
"""Further recordings of each speech, beside the corpus's own."""


@dataclass(frozen=True)
class Statistics:
    """Per-channel mean and standard deviation of log-mel (64,) and motion (motion_size,)."""

    feature_mean: np.ndarray
    feature_std: np.ndarray
    motion_mean: np.ndarray
    motion_std: np.ndarray


class Crops:
    """All sequences of a split, each with silence and a held pose before and after it, as generation has them, for the
    losses' receptive field.

    features: list of (R, T, 64) float32 dB, R recordings of the same speech. motions: list of (T, motion_size) float32.
    styles: number of each sequence's style among `style_names`.
    """

    def __init__(
        self, features: list[np.ndarray], motions: list[np.ndarray], config: SystemConfig,
        styles: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        self.config = config
        self.beyond = config.architecture.loss_receptive_field
        """Frames before each sequence, and at least as many after it."""
        self.length = config.training.crop_frames + 2 * self.beyond
        if not features:
            raise DataError("the corpus has no sequences of this split", "build it with 'a2g corpus build'")
        pairs = [self._pad(f, m) for f, m in zip(features, motions, strict=True)]
        self.features, self.motions = [p[0] for p in pairs], [p[1] for p in pairs]
        styles = styles or [""] * len(motions)
        self.style_names = tuple(sorted(set(styles)))
        self.styles = [self.style_names.index(style) for style in styles]
        starts = np.array([len(m) - self.length + 1 for m in self.motions])
        self.chance = starts / starts.sum()
        self.starts = starts

    def _pad(self, features: np.ndarray, motion: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        features = features if features.ndim == 3 else features[None]
        if features.shape[1] != len(motion):
            raise DataError(
                f"a sequence has {features.shape[1]} frames of sound and {len(motion)} of motion",
                "build the corpus again",
            )
        before = self.beyond
        after = max(before, self.length - before - len(motion))  # sequences shorter than a crop are made long enough
        silent = self.config.architecture.feature_floor_db
        features = np.maximum(features, np.float32(silent))
        return (
            np.pad(features, ((0, 0), (before, after), (0, 0)), constant_values=silent).astype(np.float32),
            np.pad(motion, ((before, after), (0, 0)), mode="edge").astype(np.float32),
        )

    def statistics(self) -> Statistics:
        """Over all frames; identity for the motion unless the config normalises it."""
        inside = slice(self.beyond, -self.beyond)
        features = np.concatenate([recordings[:, inside].reshape(-1, 64) for recordings in self.features])
        motion = np.concatenate(self.motions)
        size = self.config.architecture.motion_size
        mean, std = np.zeros(size, np.float32), np.ones(size, np.float32)
        if self.config.training.normalise_motion:
            mean, std = motion.mean(0), motion.std(0).clip(min=0.02)  # a joint that hardly moves must not be amplified
        return Statistics(features.mean(0), features.std(0).clip(min=1.0), mean, std)

    def batch(self, statistics: Statistics, seed: int, step: int, rank: int = 0) -> tuple[Tensor, Tensor]:
        """Normalised features (B, T, 64) and motion (B, T, motion_size); T is `length`."""
        rng = np.random.Generator(np.random.Philox(key=np.array([seed, (rank << 40) + step], np.uint64)))
        chosen = rng.choice(len(self.features), self.config.training.batch_size, p=self.chance)
        cuts = [(k, int(rng.integers(self.starts[k]))) for k in chosen]
        recordings = [int(rng.integers(len(self.features[k]))) for k in chosen]
        features = np.stack([self.features[k][r, s : s + self.length] for (k, s), r in zip(cuts, recordings)])
        motion = np.stack([self.motions[k][s : s + self.length] for k, s in cuts])
        return (
            torch.from_numpy((features - statistics.feature_mean) / statistics.feature_std),
            torch.from_numpy((motion - statistics.motion_mean) / statistics.motion_std),
        )


def open_crops(corpus: Path, split: str, config: SystemConfig) -> Crops:
    """Crops of a built corpus, with the config's joints, at its frame rate."""
    sequences = load_corpus(corpus, split)
    architecture, rerecord_speech = config.architecture, config.training.rerecord_speech
    return Crops(
        [features_of(s, architecture.fps, rerecord_speech=rerecord_speech) for s in sequences],
        [channels_of(s, architecture) for s in sequences], config, [s.style for s in sequences],
    )  # fmt: skip


def features_of(sequence: CorpusSequence, fps: float, *, rerecord_speech: bool = False) -> np.ndarray:
    """Log-mel (R, T, 64) in dB at this frame rate: the stored one, or computed anew for another rate; then, if asked
    for, those of the same speech recorded otherwise."""
    n = int(len(sequence.mel) / sequence.fps * fps)
    heard = [np.asarray(sequence.mel, np.float32)]
    if fps != sequence.fps:
        heard = [log_mel(sequence.speech().blocks(), n, fps)]
    if rerecord_speech:
        samples = sequence.samples()
        seed = int.from_bytes(sequence.name.encode(), "big")
        for rng in np.random.default_rng(seed).spawn(_RERECORDINGS):
            heard.append(log_mel([rerecord(samples, rng)], len(heard[0]), fps))
    return np.stack(heard)


def channels_of(sequence: CorpusSequence, architecture: SystemArchitecture) -> np.ndarray:
    """Motion (T, motion_size) as the networks see it, before normalisation."""
    if (architecture.dimensions == 2) != (sequence.keypoints is not None):
        raise DataError("the corpus and the config differ in 2-D and 3-D", "set dimensions, or choose another corpus")
    if sequence.keypoints is not None:
        if (sequence.fps, len(sequence.joints)) != (architecture.fps, architecture.joints):
            raise DataError(
                f"the corpus has {len(sequence.joints)} key points at {sequence.fps:g} fps",
                f"train with --set joints={len(sequence.joints)} --set fps={sequence.fps:g}",
            )
        return sequence.keypoints.reshape(len(sequence.keypoints), -1)
    names = JOINT_SETS[architecture.joints].names
    if missing := sorted(set(names) - set(sequence.joints)):
        raise DataError(f"the corpus has no '{missing[0]}'", "train with --set joints=22, or choose another corpus")
    motion = sequence.motion()
    if architecture.fps != sequence.fps:
        n = int(len(motion) / sequence.fps * architecture.fps)
        motion = sample_motion(motion, np.arange(n) / architecture.fps, architecture.fps)
    quaternions = motion.quaternions[:, [sequence.joints.index(name) for name in names]]
    if architecture.channels == "rotvec":
        channels = quaternion_to_axis_angle(quaternions)
    else:
        channels = matrix_to_sixd(quaternion_to_matrix(quaternions))
    return channels.reshape(len(channels), -1)
