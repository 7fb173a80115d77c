"""Acting out speech with recorded gestures: which clip falls on which accent, and how the clips flow into one another.

Layers, from below: a stance whose feet stay, with idles and drift; gestures, upper body only, blended in and out by
minimum-jerk weights; small nods and beats that follow the voice. Last, hands are pushed out of the trunk and thighs.
Bodies are (T, 52, 4) local quaternions at 30 fps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from ..body.kinematics import forward_kinematics
from ..body.rotations import (
    axis_angle_to_matrix,
    axis_angle_to_quaternion,
    make_continuous,
    matrix_to_quaternion,
    multiply_quaternions,
    quaternion_to_matrix,
    slerp,
)
from ..body.skeleton import BODY_HANDS, BODY_PARTS, mirror_name
from .data.smartbody import FPS, GestureClip, Phases
from .prosody import Prosody

RESTING = ("idle", "shift")
_UNUSED = "fidget"
"""Scratching and the like, seconds long, follows no voice: a model could only learn it as noise."""
_WARP = (0.75, 1.35)
_FREE_BLEND_S = 0.4
_TOP_SPEED_M_S = 4.0
"""Both wrists added; cuts off only what quickening would make of clips that are already quick."""
_CHAIN_BLEND_S = (0.4, 0.7)
_LONGEST_HOLD_S = 1.6
_SHORT_HOLD_S = 0.6
"""A gesture that could start within this after another's stroke takes over from it: nobody drops hands for a moment."""
_RAISED = 0.7
"""Wrists this far on the way to where the emphasis has them count as raised."""
_LEAST_STROKE_S = 0.15
"""So long before its emphasis a gesture has all of the body, however late its hands are raised."""
_PAUSE_S = 1.2
"""In a pause longer than this the hands go to rest."""
_OPENING = (
    "offer",
    "you",
    "me",
    "we",
    "us",
    "here",
    "point",
    "indicate",
    "deictic",
    "inclusivity",
    "receive",
    "pointcenter",
    "pointleft",
    "pointright",
    "question",
    "example",
    "however",
    "besides",
    "when",
)
"""Kinds of gesture that begin a phrase: they present or point, or set one thing beside another."""
_OPENING_ODDS, _BEAT_ODDS = 3.0, 2.0
_TEMPO = (0.9, 1.12)
"""How slow a performance as a whole may be, as a factor on a clip's own time."""
_LONG_VOWEL_S, _SHORT_VOWEL_S = 0.35, 0.1
_RESET_DEGREES = {"spine2": (0.8, 2.0, 0.8), "neck": (1.5, 3.0, 1.2), "head": (1.5, 3.0, 1.2)}
"""How far a joint shifts, about each axis, where a new phrase begins (a deviation)."""

_TRUNK = (
    ("pelvis", -0.03, 0.15, 0.10),
    ("pelvis", 0.04, 0.14, 0.085),
    ("spine1", 0.02, 0.12, 0.075),
    ("spine3", -0.14, 0.13, 0.088),
    ("spine3", -0.06, 0.143, 0.102),
    ("spine3", 0.03, 0.15, 0.105),
    ("spine3", 0.10, 0.135, 0.088),
)
"""Capsules that lie across the body, in metres: joint, height above it, half width, radius. As wide as the figure of
`body/figure.py`."""
_THIGH_RADIUS_M = 0.07
_HAND_RADII_M = {"wrist": 0.022, "middle1": 0.018, "middle3": 0.01}
_PUSHES, _PUSH_SMOOTH_S = 3, 0.1
"""What the smoothing of one push leaves inside, the next pushes out."""

_INDEX = {name: j for j, name in enumerate(BODY_HANDS.names)}
_N_BODY = 22  # the fingers come after the body's joints
_MIRROR = [_INDEX[mirror_name(name)] for name in BODY_HANDS.names]
_LOWER = [_INDEX[name] for name in BODY_PARTS["LEGS"]]
_UPPER = [j for j in range(len(BODY_HANDS)) if j not in _LOWER]


def mirror(quaternions: np.ndarray) -> np.ndarray:
    """Left and right swapped: a reflection across the plane X = 0; (..., 52, 4)."""
    return quaternions[..., _MIRROR, :] * np.array([1, 1, -1, -1], quaternions.dtype)


@dataclass(frozen=True)
class Repertoire:
    """What one performer in one stance can do.

    rest: (52, 4), the pose between gestures. gestures: at least one. idles: what the body does at rest, maybe nothing.
    reach: one number a gesture, 0 (smallest of the repertoire) to 1 (largest), by how far its wrists travel.
    top_speeds: one number a gesture, metres a second: the wrists' fastest, both added. raised_s: one number a gesture,
    seconds of the clip: when the wrists have come most of the way to where the emphasis has them.
    """

    name: str
    rest: np.ndarray
    gestures: tuple[GestureClip, ...]
    idles: tuple[GestureClip, ...]
    reach: np.ndarray
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
        reach=np.argsort(np.argsort(travel)) / max(len(travel) - 1, 1),
        top_speeds=np.array([np.abs(np.diff(curve)).max() * FPS for curve in curves]),
        raised_s=np.array([_raised_s(curve, clip.phases.emphasis) for curve, clip in zip(curves, chosen)]),
    )


def _wrist_travel_m(clip: GestureClip) -> np.ndarray:
    """How far the wrists are from where they began, both added, in metres, (T,)."""
    p, _ = forward_kinematics(quaternion_to_matrix(clip.motion.quaternions), BODY_HANDS)
    wrists = p[:, [_INDEX["left_wrist"], _INDEX["right_wrist"]]]
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
    raised = np.flatnonzero(travel >= _RAISED * travel[round(phases.emphasis * FPS)]) / FPS
    still_up = raised[raised <= phases.stroke].max(initial=phases.emphasis)
    return replace(clip, phases=replace(phases, stroke=float(still_up)))


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
        return self.accent_s - self.clip.phases.emphasis * self.warp

    @property
    def free_after_s(self) -> float:
        """A gesture that starts later than this starts from rest; an earlier one takes over with hands still up."""
        return max(self.end_s, self.hold_s[0] + _SHORT_HOLD_S)


@dataclass(frozen=True)
class Performance:
    """quaternions: (T, 52, 4) float32. gestures: what was placed. owner: (T,) index into gestures, or -1 at rest."""

    quaternions: np.ndarray
    gestures: tuple[Placed, ...]
    owner: np.ndarray


def perform(prosody: Prosody, repertoire: Repertoire, rng: np.random.Generator) -> Performance:
    """Act out a recording; the same generator state gives the same bytes."""
    n = len(prosody.energy)
    liveliness = rng.uniform(0.75, 1.2)
    body = _stance(repertoire, n, rng)
    _reset_posture(body, prosody, liveliness, rng)
    placed = _place(prosody, repertoire, liveliness, rng)
    body, owner, raised = _layer_gestures(body, placed)
    body = _follow_voice(body, prosody, placed, raised, liveliness, rng)
    for _ in range(_PUSHES):
        _push_hands_out(body)
    return Performance(_smooth(body).astype(np.float32), tuple(placed), owner)


# Which gesture on which accent ----------------------------------------------------------------------------------------


def _place(prosody: Prosody, repertoire: Repertoire, liveliness: float, rng: np.random.Generator) -> list[Placed]:
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
        weights = np.exp(-(((repertoire.reach - strength) / 0.3) ** 2) / 2)
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
    phases, duration = clip.phases, clip.motion.duration_s - 1 / FPS
    usual = float(np.clip(rng.normal(slowness, 0.1), 0.82, 1.25))
    quickest = min(max(_WARP[0], repertoire.top_speeds[chosen] / _TOP_SPEED_M_S), _WARP[1])
    for warp in np.linspace(max(usual, quickest), quickest, 3):
        start = accent - phases.emphasis * warp
        stroke_end = accent + (phases.stroke - phases.emphasis) * warp
        # From one gesture straight to where the next has its hands raised: its own way up begins at rest.
        arrive = accent - max((phases.emphasis - repertoire.raised_s[chosen]) * warp, _LEAST_STROKE_S)
        leave = max(arrive - _CHAIN_BLEND_S[1], last.hold_s[0] if last else 0.0)
        if start >= (last.free_after_s if last else 0.0):
            blend = (start, start + _FREE_BLEND_S)
        elif arrive - leave >= _CHAIN_BLEND_S[0]:
            blend = (leave, arrive)
        else:
            continue
        end = accent + (duration - phases.emphasis) * warp
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


# Blending -------------------------------------------------------------------------------------------------------------


def _layer_gestures(body: np.ndarray, placed: list[Placed]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The body with the gestures on it, whose frame it is (T,), and how raised the hands are (T,) in 0..1."""
    owner = np.full(len(body), -1, np.int32)
    raised = np.zeros(len(body))
    for k, gesture in enumerate(placed):
        first = max(int(np.ceil(gesture.blend_s[0] * FPS)), 0)
        stop = min(int(np.floor(gesture.end_s * FPS)) + 1, len(body))
        if stop <= first:
            continue
        at = np.arange(first, stop) / FPS
        weight = _min_jerk((at - gesture.blend_s[0]) / (gesture.blend_s[1] - gesture.blend_s[0]))
        weight *= _min_jerk((gesture.end_s - at) / _FREE_BLEND_S)
        amount = 0.8 + 0.2 * gesture.strength
        clip = _play(gesture, at)
        clip = _on_pelvis(clip, body[first:stop, 0])
        # Less than the whole gesture goes towards the body below, which is rest or the gesture before it.
        body[first:stop, _UPPER] = slerp(body[first:stop, _UPPER], clip[:, _UPPER], (weight * amount)[:, None, None])
        owner[first:stop] = np.where(weight > 0.5, k, owner[first:stop])
        raised[first:stop] = np.maximum(raised[first:stop], weight)
    return body, owner, raised


def _play(gesture: Placed, at_s: np.ndarray) -> np.ndarray:
    """The clip's pose at seconds of the timeline, (N, 52, 4)."""
    last = len(gesture.clip.motion) - 1
    position = np.clip(clip_time(gesture, at_s) * FPS, 0, last)
    left = np.minimum(position.astype(int), last - 1)
    q = gesture.clip.motion.quaternions.astype(np.float64)
    poses = slerp(q[left], q[left + 1], (position - left)[:, None, None])
    return mirror(poses) if gesture.mirrored else poses


def clip_time(gesture: Placed, at_s: np.ndarray) -> np.ndarray:
    """Seconds of the clip (N,) at seconds of the timeline, smooth: a hold slows the clip down only after its accent."""
    phases = gesture.clip.phases
    end = (len(gesture.clip.motion) - 1) / FPS
    # During a hold the clip creeps on, a tenth as fast: living hands are never quite still.
    crept = min(0.1 * (gesture.hold_s[1] - gesture.hold_s[0]), 0.5 * (end - phases.stroke))
    timeline = np.array([gesture.start_s, gesture.accent_s, *gesture.hold_s, gesture.end_s])
    clock = np.array([0.0, phases.emphasis, phases.stroke, phases.stroke + crept, end])
    keep = np.concatenate([[True], np.diff(timeline) > 1e-6])
    return PchipInterpolator(timeline[keep], clock[keep])(at_s)


def _on_pelvis(clip: np.ndarray, pelvis: np.ndarray) -> np.ndarray:
    """The clip on another pelvis (N, 4): its chest keeps its direction in the world, the spine bends evenly."""
    spine = [_INDEX[name] for name in ("pelvis", *BODY_PARTS["TORSO"])]
    world = clip[:, spine].copy()
    for k in range(1, len(spine)):
        world[:, k] = multiply_quaternions(world[:, k - 1], clip[:, spine[k]])
    difference = multiply_quaternions(pelvis, _conjugate(clip[:, 0]))[:, None]
    left_over = slerp(difference, np.array([1.0, 0, 0, 0]), np.linspace(0, 1, len(spine))[:, None])
    world = multiply_quaternions(left_over, world)
    out = clip.copy()
    out[:, spine[1:]] = multiply_quaternions(_conjugate(world[:, :-1]), world[:, 1:])
    return out


def _stance(repertoire: Repertoire, n: int, rng: np.random.Generator) -> np.ndarray:
    """The body at rest for n frames: idles one after another, drifting a little, with breath; feet never turn."""
    flip = rng.random() < 0.5
    rest = repertoire.rest.astype(np.float64)
    body = np.repeat((mirror(rest) if flip else rest)[None], n, axis=0)
    feet = _leg_directions(body)
    at = -round(rng.uniform(0, 8) * FPS)
    while repertoire.idles and at < n:
        clip = repertoire.idles[rng.integers(len(repertoire.idles))].motion.quaternions.astype(np.float64)
        clip = mirror(clip) if flip else clip
        first, stop = max(at, 0), min(at + len(clip), n)
        if stop - first > 2:
            frames = np.arange(first, stop) - at
            edge = np.minimum(frames, len(clip) - 1 - frames) / min(0.8 * FPS, len(clip) / 2)
            body[first:stop] = slerp(body[first:stop], clip[frames], _min_jerk(edge)[:, None, None])
        at += len(clip) + round(rng.uniform(0, 10) * FPS)
    if not repertoire.idles or all(clip.kind != "shift" for clip in repertoire.idles):
        feet = _leg_directions(body)
        _turn(body, "pelvis", _drift(n, (0.5, 1.2, 0.6), (0.03, 0.12), rng))
        _keep_legs(body, feet)
    _plant_feet(body, mirror(rest) if flip else rest)
    phase, rate_hz = rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.3)
    breath = np.sin(2 * np.pi * rate_hz * np.arange(n) / FPS + phase)
    _turn(body, "spine2", np.outer(breath, [-0.4, 0, 0]) + _drift(n, (0.7, 0.7, 0.6), (0.03, 0.15), rng))
    _turn(body, "spine3", np.outer(breath, [-0.5, 0, 0]) + _drift(n, (0.7, 1.0, 0.5), (0.03, 0.2), rng))
    _turn(body, "left_collar", np.outer(breath, [0, 0, 0.6]))
    _turn(body, "right_collar", np.outer(breath, [0, 0, -0.6]))
    for side in ("left", "right"):
        _turn(body, f"{side}_shoulder", _drift(n, (1.0, 1.0, 0.8), (0.05, 0.25), rng))
        _turn(body, f"{side}_elbow", _drift(n, (0.8, 1.2, 0.3), (0.05, 0.25), rng))
    return body


def _follow_voice(
    body: np.ndarray,
    prosody: Prosody,
    placed: list[Placed],
    raised: np.ndarray,
    liveliness: float,
    rng: np.random.Generator,
) -> np.ndarray:
    """Nods on accents, a trunk that leans into loud passages, a wandering gaze, beats where no gesture is."""
    n = len(body)
    at = np.arange(n) / FPS
    taken = np.array([gesture.accent_s for gesture in placed])
    nod, beat = np.zeros(n), np.zeros(n)
    for accent, strength in zip(prosody.accents_s, prosody.strengths):
        peak = accent + rng.normal(0.03, 0.03)
        nod += (1.5 + 4.5 * strength) * rng.uniform(0.7, 1.2) * np.exp(-(((at - peak) / 0.13) ** 2) / 2)
        if not len(taken) or np.abs(taken - accent).min() > 0.2:
            # Up before the accent, down through it: the slope of a bell curve.
            x = (at - peak) / 0.13
            beat -= (4.0 + 10.0 * strength) * rng.uniform(0.7, 1.2) * x * np.exp((1 - x**2) / 2)
    lean = prosody.energy * prosody.speaking
    side = rng.choice([-1.0, 1.0], size=2)
    gaze = _drift(n, (2.0, 5.0, 1.5), (0.04, 0.3), rng)
    zero = np.zeros(n)
    # The head rises and falls with the melody, a little.
    pitching = nod + 2.5 * lean - 0.35 * prosody.pitch
    head = np.stack([pitching, side[0] * 0.35 * nod + zero, side[1] * 0.3 * nod + zero], axis=1) * liveliness
    _turn(body, "neck", 0.4 * (head + gaze))
    _turn(body, "head", 0.6 * (head + gaze))
    trunk = np.stack([0.25 * nod + 2.5 * lean, side[0] * 0.15 * nod + zero, zero], axis=1) * liveliness
    _turn(body, "spine2", 0.5 * trunk)
    _turn(body, "spine3", 0.5 * trunk)
    beat *= liveliness * (0.2 + 0.8 * raised)
    for name, sign in (("left", -1.0), ("right", 1.0)):
        share = rng.uniform(0.6, 1.0)
        _turn(body, f"{name}_elbow", np.stack([zero, sign * share * beat, zero], axis=1))
        _turn(body, f"{name}_wrist", np.stack([zero, zero, -sign * 0.5 * share * beat], axis=1))
    return body


def _reset_posture(body: np.ndarray, prosody: Prosody, liveliness: float, rng: np.random.Generator) -> None:
    """Trunk and head settle a little differently for each phrase, in place; the change begins just before it."""
    starts = np.round((prosody.phrases_s[:, 0] - 0.2) * FPS).astype(int)
    phrase = np.searchsorted(starts, np.arange(len(body)), side="right")
    for joint, degrees in _RESET_DEGREES.items():
        settled = rng.normal(0, 1, (len(starts) + 1, 3)) * degrees * liveliness
        _turn(body, joint, gaussian_filter1d(settled[phrase], 0.25 * FPS, axis=0, mode="nearest"))


def _push_hands_out(body: np.ndarray) -> None:
    """Turn the shoulders, in place, so that hands leave the trunk and thighs; recordings were of slimmer people."""
    p, g = forward_kinematics(quaternion_to_matrix(body), BODY_HANDS)
    starts, ends, radii = _solids(p, g)
    thick = radii + np.array(list(_HAND_RADII_M.values()))[:, None]
    frames = np.arange(len(body))
    for side in ("left", "right"):
        shoulder, collar = _INDEX[f"{side}_shoulder"], _INDEX[f"{side}_collar"]
        points = p[:, [_INDEX[f"{side}_{name}"] for name in _HAND_RADII_M]]
        away = points[:, :, None] - _nearest_on_segments(points[:, :, None], starts[:, None], ends[:, None])
        distance = np.linalg.norm(away, axis=-1)
        # Of each frame only the deepest point of the hand counts.
        point, solid = np.divmod((thick - distance).reshape(len(body), -1).argmax(axis=1), len(radii))
        depth = np.maximum(thick[point, solid] - distance[frames, point, solid], 0)
        push = depth[:, None] * _unit(away[frames, point, solid])
        arm = points[frames, point] - p[:, shoulder]
        turn = np.cross(arm, push) / (arm**2).sum(axis=1, keepdims=True)
        turn = gaussian_filter1d(turn, _PUSH_SMOOTH_S * FPS, axis=0, mode="nearest")
        # About the collar's axes, in which the shoulder's rotation is given.
        turn = (np.swapaxes(g[:, collar], -1, -2) @ turn[..., None])[..., 0]
        body[:, shoulder] = multiply_quaternions(axis_angle_to_quaternion(turn), body[:, shoulder])


def _solids(p: np.ndarray, g: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Trunk and thighs as capsules: two ends (T, S, 3) and radii (S,), from joint positions and global rotations."""
    starts, ends, radii = [], [], []
    for joint, up_m, half_width_m, radius_m in _TRUNK:
        j = _INDEX[joint]
        middle, across = p[:, j] + up_m * g[:, j, :, 1], (half_width_m - radius_m) * g[:, j, :, 0]
        starts, ends, radii = [*starts, middle - across], [*ends, middle + across], [*radii, radius_m]
    for side in ("left", "right"):
        hip, knee = p[:, _INDEX[f"{side}_hip"]], p[:, _INDEX[f"{side}_knee"]]
        starts, ends, radii = [*starts, hip], [*ends, knee], [*radii, _THIGH_RADIUS_M]
    return np.stack(starts, axis=1), np.stack(ends, axis=1), np.array(radii)


def _nearest_on_segments(points: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """(..., 3) each, broadcast."""
    along = ends - starts
    part = ((points - starts) * along).sum(axis=-1) / (along**2).sum(axis=-1)
    return starts + np.clip(part, 0, 1)[..., None] * along


def _turn(body: np.ndarray, joint: str, degrees: np.ndarray) -> None:
    """Turn a joint further, in place, by (T, 3) axis-angle in degrees about its own axes."""
    j = _INDEX[joint]
    body[:, j] = multiply_quaternions(body[:, j], axis_angle_to_quaternion(np.deg2rad(degrees)))


def _leg_directions(body: np.ndarray) -> np.ndarray:
    """World rotations of the two hips, (T, 2, 4)."""
    hips = [_INDEX["left_hip"], _INDEX["right_hip"]]
    return multiply_quaternions(body[:, :1], body[:, hips])


def _keep_legs(body: np.ndarray, directions: np.ndarray) -> None:
    """Set the hips so that the legs keep their directions in the world however the pelvis has turned."""
    body[:, [_INDEX["left_hip"], _INDEX["right_hip"]]] = multiply_quaternions(_conjugate(body[:, :1]), directions)


def _plant_feet(body: np.ndarray, rest: np.ndarray) -> None:
    """Turn the legs, in place, so that the ankles stay as far apart along the floor as in the pose `rest` (52, 4).

    The middle between them is where the body is put on the floor: if one steps, the other would slide.
    """
    p, g = forward_kinematics(quaternion_to_matrix(body), BODY_HANDS)
    standing, _ = forward_kinematics(quaternion_to_matrix(rest), BODY_HANDS)
    left, right = _INDEX["left_ankle"], _INDEX["right_ankle"]
    short = ((standing[left] - standing[right]) - (p[:, left] - p[:, right])) * [0.5, 0, 0.5]
    for side, sign in (("left", 1.0), ("right", -1.0)):
        hip, knee, ankle = (_INDEX[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
        target = p[:, ankle] + sign * short - p[:, hip]
        thigh, calf = p[:, knee] - p[:, hip], p[:, ankle] - p[:, knee]
        bend = _angle(thigh, calf)
        a, b = np.linalg.norm(thigh, axis=-1), np.linalg.norm(calf, axis=-1)
        cosine = ((target**2).sum(axis=-1) - a**2 - b**2) / (2 * a * b)
        hinge = _unit(np.cross(thigh, calf)) * (np.arccos(np.clip(cosine, -1, 1)) - bend)[:, None]
        calf = (axis_angle_to_matrix(hinge) @ calf[..., None])[..., 0]
        reach = thigh + calf
        aim = _unit(np.cross(reach, target)) * _angle(reach, target)[:, None]
        knee_turn, hip_turn = axis_angle_to_quaternion(hinge), axis_angle_to_quaternion(aim)
        # The foot keeps its direction in the world.
        world = [matrix_to_quaternion(g[:, j]) for j in (0, hip, knee, ankle)]
        world[1] = multiply_quaternions(hip_turn, world[1])
        world[2] = multiply_quaternions(hip_turn, multiply_quaternions(knee_turn, world[2]))
        for parent, j in zip(range(3), (hip, knee, ankle)):
            body[:, j] = multiply_quaternions(_conjugate(world[parent]), world[parent + 1])


def _unit(v: np.ndarray) -> np.ndarray:
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


def _angle(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Radians between vectors (..., 3)."""
    return np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), (a * b).sum(axis=-1))


def _drift(
    n: int, degrees: tuple[float, float, float], hz: tuple[float, float], rng: np.random.Generator
) -> np.ndarray:
    """Slow random turning about three axes, (n, 3) in degrees: three sines each, of about that standard deviation."""
    at = np.arange(n)[:, None, None] / FPS
    waves = np.sin(2 * np.pi * (rng.uniform(*hz, size=(3, 3)) * at + rng.uniform(0, 1, size=(3, 3))))
    return waves.sum(axis=2) * np.array(degrees) / np.sqrt(1.5)


def _smooth(body: np.ndarray) -> np.ndarray:
    """Without capture noise: fingers, whose markers popped at times, over about 4 frames, the rest over 2."""
    body = make_continuous(body)
    body[:, :_N_BODY] = gaussian_filter1d(body[:, :_N_BODY], 0.8, axis=0, mode="nearest")
    body[:, _N_BODY:] = gaussian_filter1d(body[:, _N_BODY:], 1.7, axis=0, mode="nearest")
    return body / np.linalg.norm(body, axis=-1, keepdims=True)


def _min_jerk(x: np.ndarray) -> np.ndarray:
    """0 to 1 for x from 0 to 1, with speed and acceleration zero at both ends (Flash and Hogan 1985)."""
    x = np.clip(x, 0, 1)
    return x**3 * (10 - 15 * x + 6 * x**2)


def _conjugate(q: np.ndarray) -> np.ndarray:
    return q * np.array([1, -1, -1, -1], q.dtype)
