"""The moments that a model of `AccentPieces` stores: cues of the training speech that gestures were performed at."""

from __future__ import annotations

import numpy as np

from ..body.kinematics import joint_positions
from ..body.skeleton import JOINT_SETS
from ..model.config import AccentPieces, Architecture
from ..performing.listening import ALONE, Listener
from ..performing.postprocess import motion_from_sixd

_SEEN = "left_wrist", "right_wrist", "head"
_EARLY_S = 0.067
"""A syllable is loudest so long after it is stressed, and a stroke is looked for where it is stressed."""
_STROKE_S, _AROUND_S = 0.1, 1.2
"""To either side: how long a stroke is, and what it is compared with."""
_STILL_M_S = 0.05
"""Added to the speed around a moment: where the body rests, nothing is a stroke."""


def cues_of(features: np.ndarray, beyond: int, reach: int, layout: AccentPieces, fps: float) -> np.ndarray:
    """The cues of a sequence's speech: frame, filler and contour of each, (M, 2 + contour_points).

    features: (T, 64), with `beyond` frames of silence before it and after it, in which the body is held as it stands.
    One more cue lies `reach` frames from the end, with the contour of silence: there nothing is done, nor just before.
    """
    listener = Listener(features, layout, fps)
    cues = listener.cues(beyond, len(features) - beyond)
    about = np.array([(cue.at, cue.filler) for cue in cues]).reshape(-1, 2)
    rest = len(features) - reach - 1, ALONE, *listener.contours(np.array([1e9]))[0]
    return np.concatenate([np.concatenate([about, listener.contours(about[:, 0])], axis=1), [rest]])


def strokes_of(motion: np.ndarray, at: np.ndarray, architecture: Architecture) -> np.ndarray:
    """How fast wrists and head are at moments (M,) in frames of a motion, beside their speed around these, (M,)."""
    if architecture.dimensions == 3:
        skeleton = JOINT_SETS[architecture.joints]
        positions = joint_positions(motion_from_sixd(motion, skeleton, architecture.fps))
        positions = positions[:, [skeleton.index(name) for name in _SEEN]] - positions[:, :1]
    else:
        positions = motion.reshape(len(motion), -1, 2)
    speed = np.linalg.norm(np.gradient(positions, 1 / architecture.fps, axis=0), axis=-1).mean(axis=1)
    total = np.append(0, np.cumsum(speed))

    def mean(reach_s: float) -> np.ndarray:
        reach = reach_s * architecture.fps
        low, high = (np.clip(at + 0.5 - _EARLY_S * architecture.fps + x, 0, len(speed)) for x in (-reach, reach))
        return np.diff(np.interp([low, high], np.arange(len(total)), total), axis=0)[0] / (high - low)

    return mean(_STROKE_S) / (mean(_AROUND_S) + _STILL_M_S)


def worth_keeping(is_accent: np.ndarray, strokes: np.ndarray, styles: np.ndarray, share: float) -> np.ndarray:
    """Which moments (M,) are stored: the fillers, and of each style's accents the share with the clearest strokes."""
    kept = ~is_accent
    for style in np.unique(styles):
        mine = is_accent & (styles == style)
        kept |= mine & (strokes >= np.quantile(strokes[mine], 1 - share)) if mine.any() else False
    return kept
