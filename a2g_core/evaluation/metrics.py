"""The paper's measures of motion (sec. 5.2.1). Positions go in in metres, distances come out in centimetres.

Positions are (T, J, 3) relative to the root (see `body_positions`), or key points (T, J, 2) in any unit, which is
treated as metres. Every number here depends on how many joints are measured: report that count beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil

import numpy as np

from ..body.kinematics import joint_positions
from ..body.motion import Motion, Skeleton
from ..body.skeleton import BODY
from ..errors import DataError

_BLOCK = 1 << 20  # numbers sorted at a time


def mean_of(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each number over the rows in which it is not nan, by name; nan where it is in all."""
    return {name: mean([row[name] for row in rows]) for name in rows[0]}


def mean(values: Sequence[float]) -> float:
    """Mean of the values that are not nan; nan if there is none."""
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def body_positions(motion: Motion, skeleton: Skeleton = BODY) -> np.ndarray:
    """(T, J, 3) metres relative to the root, of this skeleton's joints alone; the motion may hold more."""
    index = [motion.skeleton.index(name) for name in skeleton.names]
    return joint_positions(motion)[:, index] - motion.translation[:, None, :]


def l1_cm(predicted: np.ndarray, target: np.ndarray, *, form: str = "sum") -> float:
    """Eq. 13: L1 distance of joint positions, mean over frames and joints.

    form: 'sum' over xyz as printed, or 'mean' over xyz as in the authors' code, which is a third of it (paper notes,
    points 3 and 8). A frozen mean pose often scores best, so report this number but do not select by it.
    """
    _check_pair(predicted, target)
    return 100 * float(np.abs(np.subtract(predicted, target, dtype=np.float64)).mean()) * _factor(predicted, form)


def pck(predicted: np.ndarray, target: np.ndarray, radius_m: float = 0.2) -> float:
    """Eq. 14: share of joints closer to their target than radius_m, which the paper gives as 0.2 without a unit."""
    return float((_distances(predicted, target) < radius_m).mean())


def pck_of_person(predicted: np.ndarray, target: np.ndarray, alpha: float = 0.2) -> float:
    """PCK "as in [12]" (Ginosar et al. 2019): the radius is alpha times the larger side of each frame's target box.

    For (T, J, 2) that is width or height, as there; for (T, J, 3) depth counts too, though a standing body is taller
    than deep (paper notes, point 9).
    """
    distances = _distances(predicted, target)
    side = np.ptp(target, axis=1).max(axis=-1)
    return float((distances <= alpha * side[:, None]).mean())


def diversity_cm(positions: np.ndarray, clip_frames: int = 50, *, literal: bool = False, form: str = "sum") -> float:
    """Eq. 15: how far apart the clips of one long motion are; the remainder after the last whole clip is ignored.

    literal, form: see `multimodality_cm` and `l1_cm`. Jitter and broken poses raise it, so compare it with people's.
    Raises DataError for fewer than two clips.
    """
    count = len(positions) // clip_frames
    if count < 2:
        raise DataError(
            "diversity needs two or more clips of {frames} frames", "measure a longer motion", frames=clip_frames
        )
    clips = np.asarray(positions)[: count * clip_frames].reshape(count, clip_frames, *positions.shape[1:])
    return 100 * _mean_pair_l1(clips, literal) * _factor(positions, form)


def multimodality_cm(runs: Sequence[np.ndarray], *, literal: bool = False, form: str = "sum") -> float:
    """Eq. 16: how far apart motions for the same speech are, from joint positions (T, J, 3) of each run.

    The mean over all pairs of runs of the L1 distance (averaged over joints and frames). literal: divide as printed, by
    N * ceil(N / 2), which is not the number of pairs: 5 % lower for 20 runs (paper notes, point 7). form: see `l1_cm`.
    Raises DataError for fewer than two runs.
    """
    if len(runs) < 2 or len({run.shape for run in runs}) != 1:
        raise DataError(
            "multimodality needs two or more runs of the same shape", "generate the same speech with several seeds"
        )
    return 100 * _mean_pair_l1(np.stack(runs), literal) * _factor(runs[0], form)


def average_and_best(values: Iterable[float], best: Callable[[Iterable[float]], float] = max) -> tuple[float, float]:
    """Results of several runs as in Tables 1 and 2: their average, and the best (`min` for Eq. 13)."""
    values = list(values)
    return float(np.mean(values)), float(best(values))


def _mean_pair_l1(items: np.ndarray, literal: bool) -> float:
    """Mean over pairs of items (N, ...) of the mean absolute difference of their numbers.

    Of N sorted numbers, the k-th (from 0) is subtracted from N - 1 - k larger ones and has k smaller ones subtracted
    from it. So sorting each coordinate handles all N (N - 1) / 2 pairs at once.
    """
    n = len(items)
    numbers = items.reshape(n, -1)
    signs = 2.0 * np.arange(n) - (n - 1)
    width = max(1, _BLOCK // n)
    total = sum(
        float((signs @ np.sort(numbers[:, k : k + width].astype(np.float64), axis=0)).sum())
        for k in range(0, numbers.shape[1], width)
    )
    pairs = n * ceil(n / 2) if literal else n * (n - 1) / 2
    return total / numbers.shape[1] / pairs


def _distances(predicted: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Distance of each joint from its target, (T, J), in the positions' unit."""
    _check_pair(predicted, target)
    return np.linalg.norm(np.subtract(predicted, target, dtype=np.float64), axis=-1)


def _factor(positions: np.ndarray, form: str) -> int:
    """The factor that turns a mean over coordinates into centimetres of this form."""
    if form not in ("sum", "mean"):
        raise DataError("there is no form '{form}' of the L1 distance", "use 'sum' or 'mean'", form=form)
    return positions.shape[-1] if form == "sum" else 1


def _check_pair(predicted: np.ndarray, target: np.ndarray) -> None:
    if predicted.shape != target.shape or predicted.ndim != 3 or predicted.size == 0:
        raise DataError(
            "motions of shapes {a} and {b} cannot be compared", "give both the same frames and joints",
            a=predicted.shape, b=target.shape,
        )  # fmt: skip
