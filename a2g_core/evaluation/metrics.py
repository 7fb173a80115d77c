"""Measures of motion. Positions go in as metres, distances come out as centimetres."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import ceil

import numpy as np

from ..errors import DataError


def multimodality_cm(runs: Sequence[np.ndarray], *, literal: bool = False) -> float:
    """Eq. 16: how far apart motions for the same speech are, from joint positions (T, J, 3) of each run.

    The mean over all pairs of runs of the L1 distance (summed over xyz, averaged over joints and frames). literal
    divides as the equation is printed, by N * ceil(N / 2), which is not the number of pairs: 5 % lower for 20 runs.
    """
    if len(runs) < 2 or len({run.shape for run in runs}) != 1:
        raise DataError(
            "multimodality needs two or more runs of one shape", "generate the same speech with several seeds"
        )
    distances = [np.abs(a - b).sum(-1).mean() for a, b in combinations(runs, 2)]
    count = len(runs) * ceil(len(runs) / 2) if literal else len(distances)
    return 100 * float(np.sum(distances)) / count
