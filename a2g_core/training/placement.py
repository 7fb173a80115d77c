"""Places gestures on accents: a performer's repertoire, and what is performed when.

Accents are handled in order. A gesture's stroke falls on its accent, and a gesture close to the previous one takes over
from it while the hands are still up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator

from ..body.kinematics import forward_kinematics
from ..body.rotations import quaternion_to_matrix
from ..body.skeleton import BODY_HANDS
from .data.smartbody import FPS, GestureClip
from .data.smartbody_files import Phases
from .prosody import Prosody

RESTING = ("idle", "shift")
_UNUSED = "fidget"
"""Longer clips are left out: scratching and the like follows no voice, so a model could only learn it as noise."""
_WARP = (0.75, 1.35)
FREE_BLEND_S = 0.4
_TOP_SPEED_M_S = 4.0
"""Sum over both wrists. Limits how much a clip is sped up, but not clips that are fast by themselves."""
_CHAIN_BLEND_S = (0.4, 0.7)
_LONGEST_HOLD_S = 1.6
_SHORT_HOLD_S = 0.6
"""A gesture that could start within this time after another's stroke takes over: nobody drops hands for a moment."""
_RAISED = 0.7
"""Wrists this far on the way to where they are at the emphasis count as raised."""
_LEAST_STROKE_S = 0.15
"""This long before its emphasis a gesture has all of the body, however late its hands are raised."""
_PAUSE_S = 1.2
"""In a pause longer than this the hands go to rest."""
_OPENING = (
    "offer", "you", "me", "we", "us", "here", "point", "indicate", "deictic", "inclusivity", "receive",
    "pointcenter", "pointleft", "pointright", "question", "example", "however", "besides", "when",
)  # fmt: skip
"""Kinds of gesture that begin a phrase: they present, point, or contrast."""
_OPENING_ODDS, _BEAT_ODDS = 3.0, 2.0
_TEMPO = (0.9, 1.12)
"""How slow a performance as a whole may be, as a factor on a clip's own time."""
_LONG_VOWEL_S, _SHORT_VOWEL_S = 0.35, 0.1

_WRISTS = [BODY_HANDS.index(name) for name in ("left_wrist", "right_wrist")]


@dataclass(frozen=True)
class Repertoire:
    """What one performer in one stance can do.

    rest: (52, 4), the pose between gestures. gestures: at least one. idles: what the body does at rest, maybe nothing.
    size: one number per gesture, 0 (smallest of the repertoire) to 1 (largest), by how far its wrists travel.
    top_speeds: one number per gesture, metres per second: the wrists' fastest, both added. raised_s: one number per
    gesture, seconds of the clip: when the wrists have come most of the way to where they are at the emphasis.
    """

    name: str
    rest: np.ndarray
    gestures: tuple[GestureClip, ...]
    idles: tuple[GestureClip, ...]
    size: np.ndarray
    top_speeds: np.ndarray
    raised_s: np.ndarray


def make_repertoire(name: str, stance: list[GestureClip], gestures: list[GestureClip]) -> Repertoire:
    """Rest and idles from the clips of a stance; the gestures may be others' too."""
    firsts = np.stack([clip.motion.quaternions[0] for clip in stance])
    # The clip whose first frame is nearest to all others': clips that were cut late start with a raised hand.
    closeness = np.abs(np.einsum("ajc,bjc->abj", firsts, firsts)).sum(axis=(1, 2))
    chosen = tuple(_with_phases(clip) for clip in gestures if clip.kind not in (*RESTING, _UNUSED))
    curves = [_wrist_travel_m(clip) for clip in chosen]
    travel = np.array([curve.max() for curve in curves])
    return Repertoire(
        name=name,
        rest=firsts[np.argmax(closeness)],
        gestures=chosen,
        idles=tuple(clip for clip in stance if clip.kind in RESTING),
        size=np.argsort(np.argsort(travel)) / max(len(travel) - 1, 1),
        top_speeds=np.array([np.abs(np.diff(curve)).max() * FPS for curve in curves]),
        raised_s=np.array([_raised_s(curve, _known(clip.phases.emphasis)) for curve, clip in zip(curves, chosen)]),
    )


def _wrist_travel_m(clip: GestureClip) -> np.ndarray:
    """How far the wrists are from where they began, both added, in metres, (T,)."""
    p, _ = forward_kinematics(quaternion_to_matrix(clip.motion.quaternions), BODY_HANDS)
    wrists = p[:, _WRISTS]
    return np.linalg.norm(wrists - wrists[:1], axis=-1).sum(axis=1)


def _raised_s(travel_m: np.ndarray, emphasis_s: float) -> float:
    """Seconds: when the wrists' travel (T,) first reaches most of what it is at the emphasis."""
    emphasis = round(emphasis_s * FPS)
    return np.argmax(travel_m[: emphasis + 1] >= _RAISED * travel_m[emphasis]) / FPS


def _with_phases(clip: GestureClip) -> GestureClip:
    """The clip, its phases measured where the file has none: its emphasis is where the hands first get far.

    A marked stroke often ends with the hands down already, where no hold could be; it ends while they are still up.
    """
    travel, phases = _wrist_travel_m(clip), clip.phases
    if phases.emphasis is None:
        far = np.flatnonzero(travel > 0.9 * travel.max()) / FPS
        left = np.flatnonzero(travel > 0.2 * travel.max()) / FPS
        phases = Phases(left[0], left[0], far[0], max(far[far < far[0] + 0.6]), far[-1])
    emphasis = _known(phases.emphasis)
    raised = np.flatnonzero(travel >= _RAISED * travel[round(emphasis * FPS)]) / FPS
    still_up = raised[raised <= _known(phases.stroke)].max(initial=emphasis)
    return replace(clip, phases=replace(phases, stroke=float(still_up)))


def _known(time_s: float | None) -> float:
    """A phase of a clip of a repertoire: `_with_phases` has measured it where the file has none."""
    if time_s is None:
        raise TypeError("a clip outside of repertoires")
    return time_s


@dataclass(frozen=True)
class Placed:
    """A gesture on the timeline, seconds. accent_s: where its emphasis falls. warp: its time over the clip's own.

    blend_s: start and end of its blend-in. hold_s: when its stroke has ended, and when the hold after it ends.
    """

    clip: GestureClip
    mirrored: bool
    accent_s: float
    strength: float
    warp: float
    blend_s: tuple[float, float]
    hold_s: tuple[float, float]
    end_s: float

    @property
    def start_s(self) -> float:
        """Where the clip's first frame lies."""
        return self.accent_s - _known(self.clip.phases.emphasis) * self.warp

    @property
    def free_after_s(self) -> float:
        """A gesture that starts later than this starts from rest; an earlier one takes over with hands still up."""
        return max(self.end_s, self.hold_s[0] + _SHORT_HOLD_S)


def place(prosody: Prosody, repertoire: Repertoire, liveliness: float, rng: np.random.Generator) -> list[Placed]:
    """Go through the accents in order; a strong one gets a gesture more often, and a bigger one, if there is time."""
    placed: list[Placed] = []
    recent: list[str] = []
    mirroring = rng.choice([0.15, 0.85])  # a performer's better hand, or the other one
    tempo = rng.uniform(*_TEMPO)
    length_s = len(prosody.energy) / FPS
    is_opening = np.array([clip.kind in _OPENING for clip in repertoire.gestures])
    is_beat = np.array([clip.kind in ("beat", "chop") for clip in repertoire.gestures])
    for accent, strength, vowel_s, opens in zip(
        prosody.accents_s, prosody.strengths, prosody.vowels_s, prosody.opens, strict=True
    ):
        if rng.random() > (0.6 + 0.6 * strength + 0.2 * opens) * liveliness:
            continue
        weights = np.exp(-(((repertoire.size - strength) / 0.3) ** 2) / 2)
        weights *= np.where(is_opening, _OPENING_ODDS, 1.0) if opens else np.where(is_beat, _BEAT_ODDS, 1.0)
        weights *= [0.02 if clip.id in recent else 1.0 for clip in repertoire.gestures]
        chosen = rng.choice(len(weights), p=weights / weights.sum())
        clip = repertoire.gestures[chosen]
        when = accent + rng.normal(0, 0.03)
        slowness = tempo * np.interp(vowel_s, (_SHORT_VOWEL_S, _LONG_VOWEL_S), (0.93, 1.1))
        new = _fit(placed[-1] if placed else None, repertoire, chosen, when, strength, slowness, rng, length_s)
        if new is None:
            continue
        if placed and new.start_s < placed[-1].free_after_s:
            placed[-1] = _chain(placed[-1], new, prosody)
        placed.append(replace(new, mirrored=bool(rng.random() < mirroring)))
        recent = [*recent, clip.id][-6:]
    return placed


def _fit(
    last: Placed | None,
    repertoire: Repertoire,
    chosen: int,
    accent: float,
    strength: float,
    slowness: float,
    rng: np.random.Generator,
    length_s: float,
) -> Placed | None:
    """Place a gesture so that its emphasis falls on the accent, quicker if need be; None where there is no time."""
    clip = repertoire.gestures[chosen]
    emphasis, stroke = _known(clip.phases.emphasis), _known(clip.phases.stroke)
    duration = clip.motion.duration_s - 1 / FPS
    usual = float(np.clip(rng.normal(slowness, 0.1), 0.82, 1.25))
    quickest = min(max(_WARP[0], repertoire.top_speeds[chosen] / _TOP_SPEED_M_S), _WARP[1])
    for warp in np.linspace(max(usual, quickest), quickest, 3):
        start = accent - emphasis * warp
        stroke_end = accent + (stroke - emphasis) * warp
        # From one gesture straight to where the next has its hands raised: its own way up begins at rest.
        arrive = accent - max((emphasis - repertoire.raised_s[chosen]) * warp, _LEAST_STROKE_S)
        leave = max(arrive - _CHAIN_BLEND_S[1], last.hold_s[0] if last else 0.0)
        if start >= (last.free_after_s if last else 0.0):
            blend = (start, start + FREE_BLEND_S)
        elif arrive - leave >= _CHAIN_BLEND_S[0]:
            blend = (leave, arrive)
        else:
            continue
        end = accent + (duration - emphasis) * warp
        if stroke_end < length_s:
            return Placed(clip, False, accent, strength, warp, blend, (stroke_end, stroke_end), end)
    return None


def _chain(last: Placed, new: Placed, prosody: Prosody) -> Placed:
    """The gesture before a near one keeps its hands up until that has taken over, unless the voice pauses between."""
    stroke_end, (leave, arrive) = last.hold_s[0], new.blend_s
    silent = ~prosody.speaking[round(stroke_end * FPS) : max(round(leave * FPS), 0)]
    if leave - stroke_end > _LONGEST_HOLD_S or silent.sum() > _PAUSE_S * FPS:
        return last
    return replace(last, hold_s=(stroke_end, arrive), end_s=last.end_s + arrive - stroke_end)


def clip_time(gesture: Placed, at_s: np.ndarray) -> np.ndarray:
    """Seconds of the clip (N,) at seconds of the timeline, smooth: a hold slows the clip down only after its accent."""
    emphasis, stroke = _known(gesture.clip.phases.emphasis), _known(gesture.clip.phases.stroke)
    end = (len(gesture.clip.motion) - 1) / FPS
    # During a hold the clip creeps on, a tenth as fast: living hands are never quite still.
    crept = min(0.1 * (gesture.hold_s[1] - gesture.hold_s[0]), 0.5 * (end - stroke))
    timeline = np.array([gesture.start_s, gesture.accent_s, *gesture.hold_s, gesture.end_s])
    clock = np.array([0.0, emphasis, stroke, stroke + crept, end])
    keep = np.concatenate([[True], np.diff(timeline) > 1e-6])
    return PchipInterpolator(timeline[keep], clock[keep])(at_s)
