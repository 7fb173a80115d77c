"""Places gestures on accents: a performer's repertoire, and what is performed when.

Accents are handled in order. The wrists are fastest on the accent, as people's are, and arrive after it. A gesture
close to the previous one takes over from it while the hands are still up, in a movement that is fastest on the accent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.signal import find_peaks

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
_CHAIN_BLEND_S = (0.36, 0.6)
_LONGEST_HOLD_S = 2.4
_SHORT_HOLD_S = 0.6
"""A gesture that could start within this time after another's stroke takes over: nobody drops hands for a moment."""
_RAISED = 0.7
"""Wrists this far on the way to where they are at the emphasis count as raised."""
_FAST = 0.6
"""A peak of the wrists' speed this high, as a share of the highest before the emphasis, is the stroke's."""
_TAKES_PART = 0.3
"""An arm takes part in a gesture if its wrist travels at least this share of what the other's does."""
_SPREAD_S = 0.05
"""Standard deviation of where the wrists are fastest about the accent: people do not hit it exactly either."""
_PAUSE_S = 1.2
"""In a pause longer than this the hands go to rest."""
_OPENING = (
    "offer", "you", "me", "we", "us", "here", "point", "indicate", "deictic", "inclusivity", "receive",
    "pointcenter", "pointleft", "pointright", "question", "example", "however", "besides", "when",
)  # fmt: skip
"""Kinds of gesture that begin a phrase: they present, point, or contrast."""
_OPENING_ODDS, _BEAT_ODDS, _BOTH_HANDS_ODDS = 3.0, 2.0, 2.5
_SIZE_RANGE, _SIZE_SPREAD = (0.5, 1.05), 0.25
"""Size that the weakest and the strongest accent ask for, as a rank in the repertoire, and the spread about it."""
_NOT_AGAIN = 24
"""So many gestures pass before one is likely to be seen again."""
_TEMPO = (0.9, 1.12)
"""How slow a performance as a whole may be, as a factor on a clip's own time."""
_LONG_VOWEL_S, _SHORT_VOWEL_S = 0.35, 0.1

_WRISTS = [BODY_HANDS.index(name) for name in ("left_wrist", "right_wrist")]


@dataclass(frozen=True)
class Repertoire:
    """What one performer in one stance can do.

    rest: (52, 4), the pose between gestures. gestures: at least one. idles: what the body does at rest, maybe nothing.
    size: one number per gesture, 0 (smallest of the repertoire) to 1 (largest), by how far and high its wrists travel.
    top_speeds: one number per gesture, metres per second: the wrists' fastest, both added. raised_s: one number per
    gesture, seconds of the clip: when the wrists have come most of the way to where they are at the emphasis.
    fastest_s: one number per gesture, seconds of the clip: when they are fastest on the way there. arms: (N, 2) bool,
    left first: which take part.
    """

    name: str
    rest: np.ndarray
    gestures: tuple[GestureClip, ...]
    idles: tuple[GestureClip, ...]
    size: np.ndarray
    top_speeds: np.ndarray
    raised_s: np.ndarray
    fastest_s: np.ndarray
    arms: np.ndarray


def make_repertoire(name: str, stance: list[GestureClip], gestures: list[GestureClip]) -> Repertoire:
    """Rest and idles from the clips of a stance; the gestures may be others' too."""
    firsts = np.stack([clip.motion.quaternions[0] for clip in stance]).astype(np.float64)
    # The clip whose first frame is nearest to all others': clips that were cut late start with a raised hand.
    closeness = np.round(np.abs(np.einsum("ajc,bjc->abj", firsts, firsts)).sum(axis=(1, 2)), 9)
    chosen = tuple(_with_phases(clip) for clip in gestures if clip.kind not in (*RESTING, _UNUSED))
    wrists = [_wrists_m(clip) for clip in chosen]
    apart = [_travels_m(places) for places in wrists]
    curves = [both.sum(axis=1) for both in apart]
    furthest = np.array([both.max(axis=0) for both in apart])
    # Rounded, and ranked stably: gestures that two performers share tie, whatever the machine adds up.
    reach = np.round([curve.max() + places[..., 1].max() for curve, places in zip(curves, wrists)], 6)
    return Repertoire(
        name=name,
        rest=firsts[np.argmax(closeness)],
        gestures=chosen,
        idles=tuple(clip for clip in stance if clip.kind in RESTING),
        size=np.argsort(np.argsort(reach, kind="stable")) / max(len(reach) - 1, 1),
        top_speeds=np.array([np.abs(np.diff(curve)).max() * FPS for curve in curves]),
        raised_s=np.array([_raised_s(curve, _known(clip.phases.emphasis)) for curve, clip in zip(curves, chosen)]),
        fastest_s=np.array([_fastest_s(places, _known(clip.phases.emphasis)) for places, clip in zip(wrists, chosen)]),
        arms=furthest >= _TAKES_PART * furthest.max(axis=1, keepdims=True),
    )


def _wrists_m(clip: GestureClip) -> np.ndarray:
    """Both wrists' places in metres, the root at rest, (T, 2, 3)."""
    p, _ = forward_kinematics(quaternion_to_matrix(clip.motion.quaternions.astype(np.float64)), BODY_HANDS)
    return p[:, _WRISTS]


def _travels_m(wrists: np.ndarray) -> np.ndarray:
    """How far each wrist (T, 2, 3) is from where it began, in metres, (T, 2)."""
    return np.linalg.norm(wrists - wrists[:1], axis=-1)


def _fastest_s(wrists: np.ndarray, emphasis_s: float) -> float:
    """Seconds: the last moment before the emphasis in which wrists (T, 2, 3) are about as fast as they get there."""
    emphasis = round(emphasis_s * FPS)
    speed = np.linalg.norm(np.gradient(wrists, axis=0), axis=-1).sum(axis=1)[: emphasis + 1]
    peaks, _ = find_peaks(np.concatenate([[0], speed, [0]]), height=_FAST * speed.max())
    return float(peaks[-1] - 1) / FPS


def _raised_s(travel_m: np.ndarray, emphasis_s: float) -> float:
    """Seconds: when the wrists' travel (T,) first reaches most of what it is at the emphasis."""
    emphasis = round(emphasis_s * FPS)
    return np.argmax(travel_m[: emphasis + 1] >= _RAISED * travel_m[emphasis]) / FPS


def _with_phases(clip: GestureClip) -> GestureClip:
    """The clip, its phases measured where the file has none: its emphasis is where the hands first get far.

    A marked stroke often ends with the hands down already, where no hold could be; it ends while they are still up.
    """
    travels, phases = _travels_m(_wrists_m(clip)), clip.phases
    travel = travels.sum(axis=1)
    if phases.emphasis is None:
        far = np.flatnonzero(travel > 0.9 * travel.max()) / FPS
        left = np.flatnonzero(travel > 0.2 * travel.max()) / FPS
        phases = Phases(left[0], left[0], far[0], max(far[far < far[0] + 0.6]), far[-1])
    emphasis = _known(phases.emphasis)
    far = travels[round(emphasis * FPS)]
    arms = far >= _TAKES_PART * far.max()
    raised = np.flatnonzero((travels[:, arms] >= _RAISED * far[arms]).all(axis=1)) / FPS
    still_up = raised[raised <= _known(phases.stroke)].max(initial=emphasis)
    return replace(clip, phases=replace(phases, stroke=float(still_up)))


def _known(time_s: float | None) -> float:
    """A phase of a clip of a repertoire: `_with_phases` has measured it where the file has none."""
    if time_s is None:
        raise TypeError("a clip outside of repertoires")
    return time_s


@dataclass(frozen=True)
class Placed:
    """A gesture on the timeline, seconds. accent_s: where the wrists are fastest.

    clock: three pairs of seconds, of the timeline and of the clip: where the gesture begins, a moment of its stroke,
    and where its hands arrive. blend_s: start and end of its blend-in. hold_s: when its hands stop, and when the hold
    ends. arms: left, right: which it moves; the other one stays with the gesture before.
    """

    clip: GestureClip
    mirrored: bool
    accent_s: float
    strength: float
    clock: tuple[tuple[float, float], ...]
    blend_s: tuple[float, float]
    hold_s: tuple[float, float]
    end_s: float
    arms: tuple[bool, bool]

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
    length_s = (len(prosody.energy) - 1) / FPS
    is_opening = np.array([clip.kind in _OPENING for clip in repertoire.gestures])
    is_beat = np.array([clip.kind in ("beat", "chop") for clip in repertoire.gestures])
    both = np.where(repertoire.arms.all(axis=1), _BOTH_HANDS_ODDS, 1.0)
    for accent, strength, vowel_s, opens in zip(
        prosody.accents_s, prosody.strengths, prosody.vowels_s, prosody.opens, strict=True
    ):
        if rng.random() > (0.6 + 0.6 * strength + 0.2 * opens) * liveliness:
            continue
        size = np.interp(strength, (0, 1), _SIZE_RANGE)
        weights = both * np.exp(-(((repertoire.size - size) / _SIZE_SPREAD) ** 2) / 2)
        weights *= np.where(is_opening, _OPENING_ODDS, 1.0) if opens else np.where(is_beat, _BEAT_ODDS, 1.0)
        weights *= [0.02 if clip.gesture in recent else 1.0 for clip in repertoire.gestures]
        chosen = rng.choice(len(weights), p=weights / weights.sum())
        when = accent + rng.normal(0, _SPREAD_S)
        slowness = tempo * np.interp(vowel_s, (_SHORT_VOWEL_S, _LONG_VOWEL_S), (0.93, 1.1))
        new = _fit(placed[-1] if placed else None, repertoire, chosen, when, strength, slowness, rng, length_s)
        if new is None:
            continue
        mirrored = bool(rng.random() < mirroring)
        new = replace(new, mirrored=mirrored, arms=new.arms[::-1] if mirrored else new.arms)
        if placed and new.blend_s[0] < placed[-1].free_after_s:
            placed[-1] = _chain(placed[-1], new, prosody)
        placed.append(new)
        recent = [*recent, new.clip.gesture][-_NOT_AGAIN:]
    return [replace(gesture, end_s=min(gesture.end_s, length_s)) for gesture in _keep_up(placed)]


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
    """Place a gesture so that the wrists are fastest on the accent, quicker if need be; None where there is no time."""
    clip = repertoire.gestures[chosen]
    emphasis, fastest = _known(clip.phases.emphasis), float(repertoire.fastest_s[chosen])
    duration = clip.motion.duration_s - 1 / FPS
    usual = float(np.clip(rng.normal(slowness, 0.1), 0.82, 1.25))
    quickest = min(max(_WARP[0], repertoire.top_speeds[chosen] / _TOP_SPEED_M_S), _WARP[1])
    left, right = (bool(arm) for arm in repertoire.arms[chosen])
    for warp in np.linspace(max(usual, quickest), quickest, 3):
        start, arrive = accent - fastest * warp, accent + (emphasis - fastest) * warp
        if start >= max(last.free_after_s if last else 0.0, 0.0):
            clock = (start, 0.0), (accent, fastest), (arrive, emphasis)
            blend = (start, start + FREE_BLEND_S)
        elif last and (room := min(accent - last.hold_s[0], _CHAIN_BLEND_S[1] / 2)) >= _CHAIN_BLEND_S[0] / 2:
            # From one gesture straight to where this one has its hands raised: its own way up begins at rest.
            blend = (accent - room, accent + room)
            raised, arrive = float(repertoire.raised_s[chosen]), accent + room
            clock = (accent - room, raised), (accent, (raised + emphasis) / 2), (arrive, emphasis)
        else:
            continue
        if arrive + 2 * FREE_BLEND_S < length_s:
            end = arrive + (duration - emphasis) * warp
            return Placed(clip, False, accent, strength, clock, blend, (arrive, arrive), end, (left, right))
    return None


def _chain(last: Placed, new: Placed, prosody: Prosody) -> Placed:
    """The gesture before a near one keeps its hands up until that has taken over, unless the voice pauses between."""
    arrived, (leave, taken) = last.hold_s[0], new.blend_s
    silent = ~prosody.speaking[round(arrived * FPS) : max(round(leave * FPS), 0)]
    if leave - arrived > _LONGEST_HOLD_S or silent.sum() > _PAUSE_S * FPS:
        return last
    return _held_until(last, taken)


def _keep_up(placed: list[Placed]) -> list[Placed]:
    """An arm that the next gesture does not move stays where it is for as long as that gesture's own stays up."""
    out = list(placed)
    for k in range(len(out) - 2, -1, -1):
        this, following = out[k], out[k + 1]
        if this.hold_s[1] >= following.blend_s[1] and any(a and not b for a, b in zip(this.arms, following.arms)):
            out[k] = _held_until(this, following.hold_s[1])
    return out


def _held_until(gesture: Placed, end_s: float) -> Placed:
    """The gesture with its hold ending then; what follows the hold moves with it."""
    start, before = gesture.hold_s
    return replace(gesture, hold_s=(start, max(end_s, before)), end_s=gesture.end_s + max(end_s - before, 0.0))


def clip_time(gesture: Placed, at_s: np.ndarray) -> np.ndarray:
    """Seconds of the clip (N,) at seconds of the timeline, smooth: a hold slows the clip down only after its accent."""
    emphasis, stroke = _known(gesture.clip.phases.emphasis), _known(gesture.clip.phases.stroke)
    end = (len(gesture.clip.motion) - 1) / FPS
    arrived, held = gesture.hold_s
    # What is left of the stroke is done; then the clip creeps on, a 25th as fast: living hands are never quite still.
    beyond = min(stroke - emphasis, held - arrived)
    crept = min(0.04 * (held - arrived - beyond), 0.5 * (end - stroke))
    done = (arrived + beyond, emphasis + beyond), (held, emphasis + beyond + crept)
    points = *gesture.clock, *done, (gesture.end_s, end)
    timeline, clock = np.array(points).T
    keep = np.concatenate([[True], np.diff(timeline) > 1e-6])
    return PchipInterpolator(timeline[keep], clock[keep])(at_s)
