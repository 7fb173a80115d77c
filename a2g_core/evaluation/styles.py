"""What each style of a model does with its hands, on minutes of held-out speech: one row a style.

A table of all styles together would hide one that knows three gestures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..body.motion import Motion
from ..model.checkpoint import Model
from ..performing.generate import generate
from ..speech.audio import SAMPLE_RATE_HZ
from .entrants import FPS, Clip, hear_samples, seed_of
from .gestures import depth_in_body_m, distinct_gestures, measure_hands
from .metrics import mean_of

DISTINCT = "distinct_a_minute"
DEEPEST = "deepest_in_body_cm"
NUMBERS = {
    DISTINCT: "different gestures in a minute, windows of 1.2 s about strokes that differ by 12 cm",
    DEEPEST: "deepest that a hand is in the trunk or a thigh in any frame, cm",
}
"""Description of the numbers that are measured beside those of `gestures`."""

_MINUTE_FRAMES = round(60 * FPS)
_MOST_MINUTES, _SEEDS = 3, 3


def measure_styles(model: Model, clips: Sequence[Clip]) -> dict[str, dict[str, float]]:
    """Numbers by style, means over three minutes of speech joined from the clips and three seeds; {} without styles."""
    speeches = minutes_of(clips)
    out = {}
    for style in model.styles:
        takes = [
            generate(hear_samples(samples, model), model, seed=seed_of(f"{style} {k}", seed), style=style, fps=FPS)
            for k, samples in enumerate(speeches)
            for seed in range(_SEEDS)
        ]
        out[style] = of_minutes([[take] for take in takes])
    return out


def corpus_styles(clips: Sequence[Clip]) -> dict[str, dict[str, float]]:
    """The same of the corpus's own motion, by style; of an imported corpus, by recording.

    Minutes are joined from clips, so that nothing is said of where takes begin and end.
    """
    groups: dict[str, list[Motion]] = {}
    for clip in clips:
        groups.setdefault(clip.sequence.style or clip.sequence.speaker or clip.name, []).append(clip.truth)
    unknown = dict.fromkeys(("begins_at_rest", "ends_at_rest"), float("nan"))
    return {name: {**of_minutes(in_minutes(motions)), **unknown} for name, motions in groups.items()}


def of_minutes(minutes: Sequence[Sequence[Motion]]) -> dict[str, float]:
    """Numbers of motion that comes in minutes, in one piece or several: means over minutes, but for the deepest."""
    hands = [measure_hands(motion) for minute in minutes for motion in minute]
    seconds = [sum(motion.duration_s for motion in minute) for minute in minutes]
    distinct = [60 * distinct_gestures(minute) / s for minute, s in zip(minutes, seconds, strict=True)]
    depths = [100 * float(depth_in_body_m(motion).max()) for minute in minutes for motion in minute]
    return {DISTINCT: float(np.mean(distinct)), DEEPEST: max(depths), **mean_of(hands)}


def in_minutes(motions: Sequence[Motion]) -> list[list[Motion]]:
    """Motions in order, cut and joined to minutes; what is left over is dropped, unless there is no whole minute."""
    minutes: list[list[Motion]] = [[]]
    for motion in motions:
        first = 0
        while first < len(motion):
            room = _MINUTE_FRAMES - sum(map(len, minutes[-1]))
            piece = motion.slice(first, min(first + room, len(motion)))
            if len(piece) >= 4:
                minutes[-1].append(piece)
            first += len(piece)
            if sum(map(len, minutes[-1])) >= _MINUTE_FRAMES - 4:
                minutes.append([])
    return minutes[:-1] or minutes


def minutes_of(clips: Sequence[Clip]) -> list[np.ndarray]:
    """Up to three minutes of the clips' speech, 16 kHz; fewer clips give one shorter piece."""
    joined = np.concatenate([clip.sequence.samples() for clip in clips])
    n = 60 * SAMPLE_RATE_HZ
    return [joined[k * n : (k + 1) * n] for k in range(min(_MOST_MINUTES, len(joined) // n))] or [joined]
