"""Measures by the trained judges: FGD, and whether arms and head belong to their speech.

Figures by different judges cannot be compared, so print a judge's `sha256` beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ..body.skeleton import BODY, BODY_PARTS
from ..errors import DataError
from ..training.judge_networks import FPS, AlignmentScorer, MotionEncoder, body_windows, part_speeds, read_judge
from ..training.judges import ENCODER_FILE, SCORER_FILE, SHORTEST_SHIFT_FRAMES
from .frechet import frechet_distance

WEIGHTS = Path(__file__).parent / "weights"
"""Folder of the built-in judges."""

_TIE = 1e-6
_SHIFTS = 8

About = dict[str, Any]
"""What a judge's file says of itself."""

Pair = tuple[np.ndarray, np.ndarray]
"""Log-mel (T, 64) in dB, and quaternions (T, J, 4) with the body's 22 joints first, both at 30 fps and in step."""


def load_motion_encoder(path: Path | None = None) -> tuple[MotionEncoder, About]:
    """(FGD's encoder, the description in its file); the built-in one by default."""
    return read_judge(path or WEIGHTS / ENCODER_FILE, MotionEncoder)


def load_alignment_scorer(path: Path | None = None) -> tuple[AlignmentScorer, About]:
    """(the alignment scorer, the description in its file); the built-in one by default."""
    return read_judge(path or WEIGHTS / SCORER_FILE, AlignmentScorer)


def load_judges(folder: Path | None = None) -> tuple[tuple[MotionEncoder, About], tuple[AlignmentScorer, About]]:
    """Both judges, from a folder written by `a2g judges`; the built-in ones by default."""
    folder = folder or WEIGHTS
    return load_motion_encoder(folder / ENCODER_FILE), load_alignment_scorer(folder / SCORER_FILE)


# FGD ------------------------------------------------------------------------------------------------------------------


def windows_of(motions: Sequence[np.ndarray]) -> np.ndarray:
    """All windows (N, 32, 132) of motions (T, J, 4) at 30 fps, the body's 22 joints first."""
    return np.concatenate([body_windows(motion) for motion in motions])


@torch.no_grad()
def latents(encoder: MotionEncoder, windows: np.ndarray) -> np.ndarray:
    """(N, 32, 132) to (N, 32)."""
    parts = torch.from_numpy(np.ascontiguousarray(windows, np.float32)).split(1024)
    return np.concatenate([encoder(part).numpy() for part in parts])


LEGS = tuple(j for j, name in enumerate(BODY.names) if name in BODY_PARTS["LEGS"])
UPPER_BODY = tuple(j for j in range(len(BODY)) if j not in LEGS)


def fgd(
    encoder: MotionEncoder, a_windows: np.ndarray, b_windows: np.ndarray, joints: Sequence[int] | None = None
) -> float:
    """Fréchet distance of the latents of two sets of windows (see `windows_of`).

    joints: measure these alone, while the others stand in the training split's mean pose. Latents have standard
    deviation 1 over the training split. Two groups of people have a distance too, which is the measure's floor.
    """
    windows = (a_windows, b_windows) if joints is None else [_alone(encoder, w, joints) for w in (a_windows, b_windows)]
    return frechet_distance(*(latents(encoder, w) for w in windows))


def _alone(encoder: MotionEncoder, windows: np.ndarray, joints: Sequence[int]) -> np.ndarray:
    mean = np.broadcast_to(encoder.pose_mean.numpy(), windows.shape).reshape(*windows.shape[:2], -1, 6).copy()
    mean[:, :, list(joints)] = windows.reshape(mean.shape)[:, :, list(joints)]
    return mean.reshape(windows.shape)


# Alignment ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Alignment:
    """How often the right speech beats a wrong one: 0.5 by chance, or if motion ignores speech; a tie is half a win.

    windows: share of wins over (4 s window, shift). error: its standard error, over clips. n_windows, n_clips: how many
    were compared, with 8 shifts each.
    """

    windows: float
    error: float
    n_windows: int
    n_clips: int


def alignment_accuracy(
    scorer: AlignmentScorer, pairs: Sequence[Pair], part: str, seed: int = 0, *, control: bool = False
) -> Alignment:
    """Compare the right speech with speech from another time of the same recording, at least 1 s away.

    part: 'arms' or 'head', each alone.

    Two windows of motion are judged with their own speech and with each other's. The speech never wraps around, so
    clips shorter than 5 s are left out. control: use wrong speech both times, which gives about 0.5 if the measure is
    fair. Raises DataError if no clip is long enough.
    """
    by_clip = []
    for number, pair in enumerate(pairs):
        rng = np.random.default_rng([seed, number])
        heard, seen = _embed(scorer, pair, part)
        window = scorer.config.window_frames
        wins = [
            _compare(heard, seen, at, rng, control)
            for at in range(0, len(seen), window)
            if _far_from(at, len(seen)).any()
        ]
        if wins:
            by_clip.append((len(wins), np.mean(wins)))
    if not by_clip:
        raise DataError("no clip is long enough to shift its speech", "give clips of 5 s or more")
    counts, shares = np.array(by_clip).T
    mean = float(np.average(shares, weights=counts))
    error = float(np.sqrt((counts**2 * (shares - mean) ** 2).sum()) / counts.sum())
    return Alignment(mean, error, int(counts.sum()), len(counts))


def alignment_against_shift(
    scorer: AlignmentScorer, pairs: Sequence[Pair], part: str, *, most_s: float = 2.0
) -> tuple[np.ndarray, np.ndarray]:
    """(shifts in seconds, mean score at each): how well the motion fits speech from that much later.

    A peak at a positive shift means that the motion comes too early.
    """
    most = round(most_s * FPS)
    shifts = np.arange(-most, most + 1)
    total, count = np.zeros(len(shifts)), 0
    for pair in pairs:
        heard, seen = _embed(scorer, pair, part)
        at = np.arange(most, len(seen) - most)
        if len(at):
            total += [(heard[at + k] * seen[at]).sum() for k in shifts]
            count += len(at)
    if not count:
        raise DataError("no clip is long enough to shift its speech", f"give clips longer than {2 * most_s + 4:g} s")
    return shifts / FPS, total / count


@torch.no_grad()
def _embed(scorer: AlignmentScorer, pair: Pair, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors (N, 120) of the windows of speech and of motion that start at each frame."""
    features, motion = pair
    if len(features) != len(motion) or np.ndim(features) != 2:
        raise DataError(
            "{speech} frames of speech and {motion} of motion cannot be compared", "give both at 30 fps, in step",
            speech=len(features), motion=len(motion),
        )  # fmt: skip
    if len(motion) < scorer.config.window_frames:
        empty = np.zeros((0, scorer.config.window_frames), np.float32)
        return empty, empty
    beyond = scorer.config.receptive_field
    features = np.pad(np.asarray(features, np.float32), ((beyond, beyond), (0, 0)), mode="edge")
    speeds = np.pad(part_speeds(motion)[part], ((beyond, beyond), (0, 0)), mode="edge")
    curves = scorer.hear(torch.from_numpy(features)[None], part), scorer.watch(torch.from_numpy(speeds)[None], part)
    heard, seen = (scorer.windows(curve, 1)[0].numpy() for curve in curves)
    return heard, seen


def _far_from(at: int, n: int) -> np.ndarray:
    """Which of n windows may serve as the wrong one for window `at`, (n,) bool."""
    return np.abs(np.arange(n) - at) >= SHORTEST_SHIFT_FRAMES


def _compare(heard: np.ndarray, seen: np.ndarray, at: int, rng: np.random.Generator, control: bool) -> float:
    """Share of wins of the window that starts at frame `at`."""
    far = np.flatnonzero(_far_from(at, len(heard)))
    other = rng.choice(far, _SHIFTS)
    one = np.full(_SHIFTS, at)
    speech = (rng.choice(far, _SHIFTS), rng.choice(far, _SHIFTS)) if control else (one, other)
    return _wins(*_both_ways(heard, seen, (one, other), speech))


def _both_ways(heard: np.ndarray, seen: np.ndarray, motion: Pair, speech: Pair) -> Pair:
    """Scores of two windows of motion with their own two windows of speech, and with these swapped.

    Swapping is fair; shifting one window alone is not: motion that ignores the speech and is always lively fits the
    speech in the middle of a recording better than the silence at its ends, and would win six times in ten.
    """
    (a, b), (x, y) = motion, speech
    score = [(heard[h] * seen[m]).sum(1) for h, m in ((x, a), (y, b), (y, a), (x, b))]
    return score[0] + score[1], score[2] + score[3]


def _wins(right: np.ndarray, wrong: np.ndarray) -> float:
    difference = right - wrong
    return float(np.where(np.abs(difference) < _TIE, 0.5, difference > 0).mean())
