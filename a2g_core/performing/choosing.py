"""I_R as pieces of I_M at the cues of the speech: which stored moment is performed at which cue.

A choice is made by what is said about its cue, never by the cue's number or time: where the speech is the same, so is
the performance, wherever it is in a file and whatever is said elsewhere. And it is no contest of near equals: each
moment has luck that has nothing to do with the speech, and being unlike what is said costs a little of it. A contour
that is heard a little otherwise changes all of this a little, and rarely who wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

import numpy as np

from ..body.resample import eased
from ..model.checkpoint import Model
from ..model.config import AccentPieces
from .listening import Cue, Listener
from .matching import Key, kept_moments, key_of
from .plan import NO_PLAN, Plan, Planned, damaged
from .request import Choice
from .sampling import draw_luck, interpolate, most_common

_FEWEST_FITTING = 8
_COST = 3.0
"""Luck that it costs to be as unlike the speech as the least alike of the share of moments that fit: such a moment is
performed exp(-3) times as often as one that is quite alike."""
_MOMENTS_AT_REST = 32
_MOST_REMEMBERED = 4096
"""Cues whose draw is kept: they are asked for again by the frames around them."""


class CuedPieces:
    """The random signal of a speech: at each cue a stored moment with its surroundings, blended into the next.

    kept: numbers of the sequences that this take is made from (see `sampling.draw_sequences`). plan: what was performed
    before; of its cues, those that are found in this speech keep their moments. choices: parts of the speech whose cues
    are chosen anew, later ones first. ConfigError for a plan that this model cannot have made.
    """

    def __init__(
        self, model: Model, layout: AccentPieces, listener: Listener, kept: np.ndarray, seed: int, take: int,
        choices: Sequence[Choice] = (), plan: Plan = NO_PLAN,
    ) -> None:  # fmt: skip
        self.layout, self.listener, self.fps, self.seed, self.take = layout, listener, model.fps, seed, take
        self._digest, self._specific, firsts = model.pieces_digest, model.pieces[:, 0], model.sequences[:, 0]
        self._at, fillers, self._contours = model.moments[:, 0], model.moments[:, 1], model.moments[:, 2:]
        sequence = np.searchsorted(firsts, self._at, side="right") - 1
        self._firsts, self._stops = firsts[sequence], np.append(firsts[1:], len(model.pieces))[sequence]
        self._pools = {
            is_filler: _first_with_any(np.isin(sequence, kept) & ((fillers != 0) == is_filler), np.isin(sequence, kept))
            for is_filler in (False, True)
        }
        self._pool_contours = {is_filler: self._contours[pool] for is_filler, pool in self._pools.items()}
        self._contour_weights = layout.contour_weights()
        self._luckiest: dict[tuple[Cue, int, int], list[int]] = {}
        self._moments: dict[Key, int] = {}
        if any(cue.moment >= len(self._at) or len(cue.contour) != layout.contour_points for cue in plan.cues):
            raise damaged()
        self._planned = kept_moments(plan, listener)
        self._choices = [(choice, self._keys_in(choice)) for choice in choices]

    def codes(self, first: int, n_frames: int) -> np.ndarray:
        """I_R of frames first to first + n_frames, (n_frames, 16) float32."""
        gap = self.layout.longest_gap_frames(self.fps)
        cues = self.listener.cues(first - 2 * gap, first + n_frames + gap)
        moments = np.array([self._moment(cue, before) for before, cue in pairwise(cues)])
        frames, at = np.arange(first, first + n_frames), np.array([cue.at for cue in cues[1:]])
        k = np.searchsorted(at, frames, side="right") - 1  # each frame's cue, from which it goes over to the next
        gaps = np.diff(at)
        fades = np.minimum(self.layout.piece_fade_s * self.fps, gaps)
        share = eased(((frames - (at[:-1] + gaps / 2)[k]) / fades[k] + 0.5).astype(np.float32))
        out, coming = self._pieces(moments[k], frames - at[k]), share > 0
        k = k[coming] + 1
        out[coming] += share[coming, None] * (self._pieces(moments[k], frames[coming] - at[k]) - out[coming])
        return out

    def at_rest(self) -> np.ndarray:
        """I_M of this take's sequences where least is said, (16,)."""
        pool = self._pools[True]
        quietest = pool[self._contours[pool].sum(axis=1).argsort(kind="stable")[:_MOMENTS_AT_REST]]
        return most_common(self._pieces(quietest, np.zeros(len(quietest))))

    def performed(self, first: float, stop: float) -> list[tuple[Cue, int]]:
        """The cues from frame first to before frame stop, each with the moment that is performed there."""
        cues = self.listener.cues(first - self.layout.longest_gap_frames(self.fps), stop)
        return [(cue, self._moment(cue, before)) for before, cue in pairwise(cues) if cue.at >= first]

    def plan(self, first: float, stop: float) -> Plan:
        """What is performed at the cues from frame first to before frame stop."""
        performed = self.performed(first, stop)
        contours = self.listener.contours(np.array([cue.at for cue, _ in performed])).round(2).tolist()
        return Plan(self._digest, tuple(
            Planned(round(cue.at / self.fps, 4), cue.filler, moment, tuple(contour))
            for (cue, moment), contour in zip(performed, contours, strict=True)
        ))  # fmt: skip

    def _pieces(self, moments: np.ndarray, frames: np.ndarray) -> np.ndarray:
        """The codes (n, 16) so many frames (n,) after the cues of stored moments (n,); beyond a moment's sequence, that
        sequence's ends."""
        first, stop = self._firsts[moments], self._stops[moments]
        after = frames + self.layout.lead_s * self.fps
        position = self._at[moments] - first + after / self.layout.interval_frames(self.fps)
        return interpolate(self._specific, position, first, stop)

    def _moment(self, cue: Cue, before: Cue) -> int:
        """The stored moment performed at a cue; not the one at the cue before it, where another fits."""
        key = key_of(cue)
        if key not in self._moments:
            self._moments[key] = self._chosen(cue, before)
        return self._moments[key]

    def _chosen(self, cue: Cue, before: Cue) -> int:
        moment = self._planned.get(key_of(cue))
        if moment is None:
            neighbour = self._planned.get(key_of(before))
            if neighbour is None:
                neighbour = self._drawn(before, self.seed, self.take)
            moment = self._drawn(cue, self.seed, self.take, but=neighbour)
        for choice, keys in self._choices:
            if key_of(cue) in keys:
                moment = self._drawn(cue, choice.seed, choice.take, but=moment)
        return moment

    def _drawn(self, cue: Cue, seed: int, take: int, but: int | None = None) -> int:
        """The moment that wins a cue by the luck of this seed and take, but another if there is one.

        So each is drawn with a probability that falls with its cost (the Gumbel-max trick).
        """
        if (cue, seed, take) not in self._luckiest:
            if len(self._luckiest) >= _MOST_REMEMBERED:
                self._luckiest.clear()
            pool = self._pools[cue.filler != 0]
            score = draw_luck(len(pool), seed, take, cue) - self._cost(cue)
            luckiest = [int(score.argmax())]
            if len(pool) > 1:
                score[luckiest[0]] = -np.inf
                luckiest.append(int(score.argmax()))
            self._luckiest[cue, seed, take] = pool[luckiest].tolist()
        first, *others = self._luckiest[cue, seed, take]
        return others[0] if first == but and others else first

    def _cost(self, cue: Cue) -> np.ndarray:
        """What it costs each moment of a cue's pool (M,) to be unlike what is said there, (M,)."""
        contours = self._pool_contours[cue.filler != 0]
        apart = contours - self.listener.contours(np.array([cue.at]))
        unlike = np.square(apart) @ self._contour_weights
        n = min(len(contours), max(_FEWEST_FITTING, ceil(self.layout.fitting_share * len(contours))))
        return _COST * unlike / max(np.partition(unlike, n - 1)[n - 1], 1e-9)

    def _keys_in(self, choice: Choice) -> frozenset[Key]:
        """The cues that a choice is about: those inside it; where there is none, the one nearest to its middle."""
        beyond = self.layout.longest_gap_frames(self.fps)
        start, end = np.clip((choice.start_s * self.fps, choice.end_s * self.fps), 0, self.listener.n_frames).tolist()
        cues = self.listener.cues(start, end)
        if not cues and start < end:
            middle = (start + end) / 2
            cues = [min(self.listener.cues(middle - beyond, middle + beyond), key=lambda cue: abs(cue.at - middle))]
        return frozenset(map(key_of, cues))


def _first_with_any(*masks: np.ndarray) -> np.ndarray:
    """Where the first of these masks is true that is so anywhere; everywhere if there is none."""
    return next((np.flatnonzero(mask) for mask in masks if mask.any()), np.arange(len(masks[0])))
