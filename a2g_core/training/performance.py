"""Acting out speech with recorded gestures: which clip falls on which accent, and how the clips flow into one another.

Layers, from below: a stance whose feet stay, with idles and drift; gestures, upper body only, blended in and out by
minimum-jerk weights; small nods and beats that follow the voice. Bodies are (T, 52, 4) local quaternions at 30 fps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from ..kinematics import forward_kinematics
from ..rotations import axis_angle_to_quaternion, make_continuous, multiply_quaternions, quaternion_to_matrix, slerp
from ..skeleton import BODY_HANDS, BODY_PARTS, mirror_name
from .data.smartbody import FPS, GestureClip, Phases
from .prosody import Prosody

_RESTING = ("idle", "shift")
_UNUSED = "fidget"
"""Scratching and the like, seconds long, follows no voice: a model could only learn it as noise."""
_WARP = (0.75, 1.35)
_FREE_BLEND_S = 0.4
_TOP_SPEED_M_S = 4.0
"""Both wrists added; cuts off only what quickening would make of clips that are already quick."""
_CHAIN_BLEND_S = (0.3, 0.6)
_LONGEST_HOLD_S = 2.5
_PAUSE_S = 1.2
"""In a pause longer than this the hands go to rest."""

_INDEX = {name: j for j, name in enumerate(BODY_HANDS.names)}
_N_BODY = 22  # the fingers come after the body's joints
_MIRROR = [_INDEX[mirror_name(name)] for name in BODY_HANDS.names]
_LOWER = [_INDEX[name] for name in BODY_PARTS["legs"]]
_UPPER = [j for j in range(len(BODY_HANDS)) if j not in _LOWER]


def mirror(quaternions: np.ndarray) -> np.ndarray:
    """Left and right swapped: a reflection across the plane X = 0; (..., 52, 4)."""
    return quaternions[..., _MIRROR, :] * np.array([1, 1, -1, -1], quaternions.dtype)


@dataclass(frozen=True)
class Repertoire:
    """What one performer in one stance can do.

    rest: (52, 4), the pose between gestures. gestures: at least one. idles: what the body does at rest, maybe nothing.
    reach: one number a gesture, 0 (smallest of the repertoire) to 1 (largest), by how far its wrists travel.
    top_speeds: one number a gesture, metres a second: the wrists' fastest, both added.
    """

    name: str
    rest: np.ndarray
    gestures: tuple[GestureClip, ...]
    idles: tuple[GestureClip, ...]
    reach: np.ndarray
    top_speeds: np.ndarray


def make_repertoire(name: str, stance: list[GestureClip], gestures: list[GestureClip]) -> Repertoire:
    """Rest and idles from the clips of a stance; the gestures may be others' too."""
    firsts = np.stack([clip.motion.quaternions[0] for clip in stance])
    # The clip whose first frame is nearest to all others': clips that were cut late start with a raised hand.
    closeness = np.abs(np.einsum("ajc,bjc->abj", firsts, firsts)).sum(axis=(1, 2))
    chosen = tuple(_with_phases(clip) for clip in gestures if clip.kind not in (*_RESTING, _UNUSED))
    curves = [_wrist_travel_m(clip) for clip in chosen]
    travel = np.array([curve.max() for curve in curves])
    return Repertoire(
        name=name,
        rest=firsts[np.argmax(closeness)],
        gestures=chosen,
        idles=tuple(clip for clip in stance if clip.kind in _RESTING),
        reach=np.argsort(np.argsort(travel)) / max(len(travel) - 1, 1),
        top_speeds=np.array([np.abs(np.diff(curve)).max() * FPS for curve in curves]),
    )


def _wrist_travel_m(clip: GestureClip) -> np.ndarray:
    """How far the wrists are from where they began, both added, in metres, (T,)."""
    p, _ = forward_kinematics(quaternion_to_matrix(clip.motion.quaternions), BODY_HANDS)
    wrists = p[:, [_INDEX["left_wrist"], _INDEX["right_wrist"]]]
    return np.linalg.norm(wrists - wrists[:1], axis=-1).sum(axis=1)


def _with_phases(clip: GestureClip) -> GestureClip:
    """The clip, its phases measured where the file has none: its emphasis is where the hands first get far."""
    if clip.phases.emphasis is not None:
        return clip
    travel = _wrist_travel_m(clip)
    far = np.flatnonzero(travel > 0.9 * travel.max()) / FPS
    left = np.flatnonzero(travel > 0.2 * travel.max()) / FPS
    return replace(clip, phases=Phases(left[0], left[0], far[0], max(far[far < far[0] + 0.6]), far[-1]))


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
    placed = _place(prosody, repertoire, liveliness, rng)
    body, owner, raised = _layer_gestures(body, placed)
    body = _follow_voice(body, prosody, placed, raised, liveliness, rng)
    return Performance(_smooth(body).astype(np.float32), tuple(placed), owner)


# Which gesture on which accent ----------------------------------------------------------------------------------------


def _place(prosody: Prosody, repertoire: Repertoire, liveliness: float, rng: np.random.Generator) -> list[Placed]:
    """Go through the accents in order; a strong one gets a gesture more often, and a bigger one, if there is time."""
    placed: list[Placed] = []
    recent: list[str] = []
    mirroring = rng.choice([0.15, 0.85])  # a performer's better hand, or the other one
    length_s = len(prosody.energy) / FPS
    for accent, strength in zip(prosody.accents_s, prosody.strengths):
        if rng.random() > (0.6 + 0.6 * strength) * liveliness:
            continue
        weights = np.exp(-(((repertoire.reach - strength) / 0.3) ** 2) / 2)
        weights *= [0.02 if clip.id in recent else 1.0 for clip in repertoire.gestures]
        chosen = rng.choice(len(weights), p=weights / weights.sum())
        clip, top_speed = repertoire.gestures[chosen], repertoire.top_speeds[chosen]
        when = accent + rng.normal(0, 0.03)
        new = _fit(placed[-1] if placed else None, clip, top_speed, when, strength, rng, length_s)
        if new is None:
            continue
        if placed and new.blend_s[0] < placed[-1].end_s:
            placed[-1] = _chain(placed[-1], new, prosody)
        placed.append(replace(new, mirrored=bool(rng.random() < mirroring)))
        recent = [*recent, clip.id][-6:]
    return placed


def _fit(
    last: Placed | None,
    clip: GestureClip,
    top_speed: float,
    accent: float,
    strength: float,
    rng: np.random.Generator,
    length_s: float,
) -> Placed | None:
    """Place a clip so that its emphasis falls on the accent, quicker if need be; None where there is no time for it."""
    phases, duration = clip.phases, clip.motion.duration_s - 1 / FPS
    usual = float(np.clip(rng.normal(1.0, 0.12), 0.85, 1.2))
    quickest = min(max(_WARP[0], top_speed / _TOP_SPEED_M_S), _WARP[1])
    for warp in np.linspace(max(usual, quickest), quickest, 3):
        start = accent - phases.emphasis * warp
        stroke_end = accent + (phases.stroke - phases.emphasis) * warp
        free_after = last.end_s if last else 0.0
        if start >= free_after:
            blend = (start, start + _FREE_BLEND_S)
        else:
            # The stroke's first quarter still belongs to getting there.
            arrive = accent - 0.75 * (phases.emphasis - phases.stroke_start) * warp
            leave = max(arrive - _CHAIN_BLEND_S[1], last.hold_s[0] if last else 0.0)
            if arrive - leave < _CHAIN_BLEND_S[0]:
                continue
            blend = (leave, arrive)
        end = accent + (duration - phases.emphasis) * warp
        if stroke_end < length_s:
            return Placed(clip, False, accent, strength, warp, blend, (stroke_end, stroke_end), end)
    return None


def _chain(last: Placed, new: Placed, prosody: Prosody) -> Placed:
    """The gesture before a near one keeps its hands up until that takes over, unless the voice pauses in between."""
    stroke_end, leave = last.hold_s[0], new.blend_s[0]
    silent = ~prosody.speaking[round(stroke_end * FPS) : max(round(leave * FPS), 0)]
    if leave - stroke_end > _LONGEST_HOLD_S or silent.sum() > _PAUSE_S * FPS:
        return last
    return replace(last, hold_s=(stroke_end, leave), end_s=last.end_s + leave - stroke_end)


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
    phases, warp = gesture.clip.phases, gesture.warp
    last = len(gesture.clip.motion) - 1
    start = gesture.accent_s - phases.emphasis * warp
    # During a hold the clip creeps on, a tenth as fast: living hands are never quite still.
    crept = min(0.1 * (gesture.hold_s[1] - gesture.hold_s[0]), 0.5 * (last / FPS - phases.stroke))
    timeline = [start, gesture.hold_s[0], gesture.hold_s[1], gesture.end_s]
    clock = [0.0, phases.stroke, phases.stroke + crept, last / FPS]
    keep = np.concatenate([[True], np.diff(timeline) > 1e-6])
    position = PchipInterpolator(np.array(timeline)[keep], np.array(clock)[keep])(at_s) * FPS
    position = np.clip(position, 0, last)
    left = np.minimum(position.astype(int), last - 1)
    q = gesture.clip.motion.quaternions.astype(np.float64)
    poses = slerp(q[left], q[left + 1], (position - left)[:, None, None])
    return mirror(poses) if gesture.mirrored else poses


def _on_pelvis(clip: np.ndarray, pelvis: np.ndarray) -> np.ndarray:
    """The clip with its trunk's direction in the world kept, standing on another pelvis (N, 4)."""
    spine = _INDEX["spine1"]
    world = multiply_quaternions(clip[:, 0], clip[:, spine])
    out = clip.copy()
    out[:, spine] = multiply_quaternions(_conjugate(pelvis), world)
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
    head = np.stack([nod + 2.5 * lean, side[0] * 0.35 * nod + zero, side[1] * 0.3 * nod + zero], axis=1) * liveliness
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
