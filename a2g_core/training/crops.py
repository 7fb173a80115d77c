"""A corpus in memory, and random crops of it that are a pure function of (seed, step, rank)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..config import Config
from ..errors import DataError
from ..features import FLOOR_DB
from ..rotations import matrix_to_sixd, quaternion_to_matrix
from ..skeleton import BODY_HANDS, JOINT_SETS
from .corpus import load_corpus


@dataclass(frozen=True)
class Statistics:
    """Per-channel mean and deviation of log-mel (64,) and motion (motion_size,)."""

    feature_mean: np.ndarray
    feature_std: np.ndarray
    motion_mean: np.ndarray
    motion_std: np.ndarray


class Crops:
    """All sequences of a split, each with a margin of silence and of a held pose at both ends, as generation has it.

    features: list of (T, 64) float32 dB. motions: list of (T, motion_size) float32.
    """

    def __init__(self, features: list[np.ndarray], motions: list[np.ndarray], config: Config) -> None:
        self.config, self.length = config, config.crop_frames + 2 * config.margin
        if not features:
            raise DataError("the corpus has no sequences of this split", "build it with 'a2g corpus build'")
        pairs = [self._pad(f, m) for f, m in zip(features, motions, strict=True)]
        self.features, self.motions = [p[0] for p in pairs], [p[1] for p in pairs]
        starts = np.array([len(f) - self.length + 1 for f in self.features])
        self.chance = starts / starts.sum()
        self.starts = starts

    def _pad(self, features: np.ndarray, motion: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if len(features) != len(motion):
            raise DataError(
                f"a sequence has {len(features)} frames of sound and {len(motion)} of motion", "build the corpus again"
            )
        margin = self.config.margin
        after = max(margin, self.length - margin - len(features))  # sequences shorter than a crop are made long enough
        return (
            np.pad(features, ((margin, after), (0, 0)), constant_values=FLOOR_DB).astype(np.float32),
            np.pad(motion, ((margin, after), (0, 0)), mode="edge").astype(np.float32),
        )

    def statistics(self) -> Statistics:
        """Over all frames; identity for the motion unless the config normalises it."""
        features = np.concatenate([f[self.config.margin : -self.config.margin] for f in self.features])
        motion = np.concatenate(self.motions)
        size = self.config.motion_size
        mean, std = np.zeros(size, np.float32), np.ones(size, np.float32)
        if self.config.normalise_motion:
            mean, std = motion.mean(0), motion.std(0).clip(min=0.02)  # a joint that hardly moves must not be blown up
        return Statistics(features.mean(0), features.std(0).clip(min=1.0), mean, std)

    def batch(self, statistics: Statistics, seed: int, step: int, rank: int = 0) -> tuple[Tensor, Tensor]:
        """Normalised features (B, T, 64) and motion (B, T, motion_size); T = crop_frames + 2 margin."""
        rng = np.random.Generator(np.random.Philox(key=np.array([seed, (rank << 40) + step], np.uint64)))
        chosen = rng.choice(len(self.features), self.config.batch_size, p=self.chance)
        cuts = [(k, int(rng.integers(self.starts[k]))) for k in chosen]
        features = np.stack([self.features[k][s : s + self.length] for k, s in cuts])
        motion = np.stack([self.motions[k][s : s + self.length] for k, s in cuts])
        return (
            torch.from_numpy((features - statistics.feature_mean) / statistics.feature_std),
            torch.from_numpy((motion - statistics.motion_mean) / statistics.motion_std),
        )


def open_crops(corpus: Path, split: str, config: Config) -> Crops:
    """Crops of a built corpus, with the config's joints."""
    features, motions = [], []
    joints = [BODY_HANDS.index(n) for n in JOINT_SETS[config.joints].names]
    for sequence in load_corpus(corpus, split):
        features.append(np.asarray(sequence.mel, np.float32))
        sixd = matrix_to_sixd(quaternion_to_matrix(np.asarray(sequence.quaternions, np.float32)[:, joints]))
        motions.append(sixd.reshape(len(sixd), -1))
    return Crops(features, motions, config)
