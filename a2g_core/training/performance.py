"""Acting out speech with recorded gestures: how the clips flow into one another, and what the body does besides.

Layers, from below: a stance whose feet stay, with idles and drift; gestures (see `placement`), upper body only, blended
in and out by minimum-jerk weights; small nods and beats that follow the voice. Last, hands are pushed out of the trunk
and thighs. Bodies are (T, 52, 4) local quaternions at 30 fps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..body.rotations import make_continuous, multiply_quaternions, slerp
from ..body.skeleton import BODY_HANDS, BODY_PARTS, FINGERS, SIDES
from .data.smartbody import FPS
from .placement import FREE_BLEND_S, Placed, Repertoire, clip_time, place
from .posing import INDEX, conjugate, keep_legs, leg_directions, mirror, plant_feet, push_hands_out, turn
from .prosody import Prosody

_LIVELINESS = (0.85, 1.25)
"""How often a performance gestures, and how large its nods and beats are, as a factor."""
_RESET_DEGREES = {"spine2": (0.8, 2.0, 0.8), "neck": (1.5, 3.0, 1.2), "head": (1.5, 3.0, 1.2)}
"""Standard deviation of a joint's rotation about each axis where a new phrase begins."""
_SETTLE_S = 1.0
"""Over so long a sequence begins and ends with arms in the pose of rest itself."""
_NOD_S = 0.12
"""From where a nod is fastest to where it is lowest."""
_FINGERS_OPEN_DEGREES, _FINGERS_DRIFT_DEGREES, _FINGER_LAG_S = (8.0, 18.0), 6.0, 0.015
"""How far a finger's first joint opens at the weakest and the strongest accent; how far it drifts; how much later each
finger is than the one before."""

_N_BODY = 22  # the fingers come after the body's joints
_LOWER = [INDEX[name] for name in BODY_PARTS["LEGS"]]
_UPPER = [j for j in range(len(BODY_HANDS)) if j not in _LOWER]
_ARMS = {
    side: {INDEX[name] for name in (*BODY_PARTS["ARMS"], *BODY_PARTS["HANDS"]) if name.startswith(side)}
    for side in SIDES
}


@dataclass(frozen=True)
class Performance:
    """quaternions: (T, 52, 4) float32. gestures: what was placed. owner: (T,) index into gestures, or -1 at rest."""

    quaternions: np.ndarray
    gestures: tuple[Placed, ...]
    owner: np.ndarray


def perform(prosody: Prosody, repertoire: Repertoire, rng: np.random.Generator) -> Performance:
    """Act out a recording; the same generator state gives the same bytes."""
    n = len(prosody.energy)
    liveliness = rng.uniform(*_LIVELINESS)
    body = _stance(repertoire, n, rng)
    _reset_posture(body, prosody, liveliness, rng)
    placed = place(prosody, repertoire, liveliness, rng)
    body, owner, raised = _layer_gestures(body, placed)
    body = _follow_voice(body, prosody, placed, raised, liveliness, rng)
    _move_fingers(body, prosody, raised, liveliness, rng)
    push_hands_out(body)
    return Performance(_smooth(body).astype(np.float32), tuple(placed), owner)


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
        weight *= _min_jerk((gesture.end_s - at) / FREE_BLEND_S)
        amount = 0.9 + 0.1 * gesture.strength
        clip = _play(gesture, at)
        clip = _on_pelvis(clip, body[first:stop, 0])
        # A partly blended gesture is mixed with the layer below: the rest pose, or the gesture before it.
        moved = _moved_by(gesture)
        body[first:stop, moved] = slerp(body[first:stop, moved], clip[:, moved], (weight * amount)[:, None, None])
        owner[first:stop] = np.where(weight > 0.5, k, owner[first:stop])
        raised[first:stop] = np.maximum(raised[first:stop], weight)
    return body, owner, raised


def _moved_by(gesture: Placed) -> list[int]:
    """The joints of the upper body, without those of an arm that the gesture does not move."""
    still = [side for side, moves in zip(SIDES, gesture.arms) if not moves]
    return [j for j in _UPPER if not any(j in _ARMS[side] for side in still)]


def _play(gesture: Placed, at_s: np.ndarray) -> np.ndarray:
    """The clip's pose at seconds of the timeline, (N, 52, 4)."""
    last = len(gesture.clip.motion) - 1
    position = np.clip(clip_time(gesture, at_s) * FPS, 0, last)
    left = np.minimum(position.astype(int), last - 1)
    q = gesture.clip.motion.quaternions.astype(np.float64)
    poses = slerp(q[left], q[left + 1], (position - left)[:, None, None])
    return mirror(poses) if gesture.mirrored else poses


def _on_pelvis(clip: np.ndarray, pelvis: np.ndarray) -> np.ndarray:
    """The clip on another pelvis (N, 4): its chest keeps its direction in the world, the spine bends evenly."""
    spine = [INDEX[name] for name in ("pelvis", *BODY_PARTS["TORSO"])]
    world = clip[:, spine].copy()
    for k in range(1, len(spine)):
        world[:, k] = multiply_quaternions(world[:, k - 1], clip[:, spine[k]])
    difference = multiply_quaternions(pelvis, conjugate(clip[:, 0]))[:, None]
    left_over = slerp(difference, np.array([1.0, 0, 0, 0]), np.linspace(0, 1, len(spine))[:, None])
    world = multiply_quaternions(left_over, world)
    out = clip.copy()
    out[:, spine[1:]] = multiply_quaternions(conjugate(world[:, :-1]), world[:, 1:])
    return out


def _stance(repertoire: Repertoire, n: int, rng: np.random.Generator) -> np.ndarray:
    """The body at rest for n frames: idles one after another, with slow drift and breathing; feet never turn."""
    flip = rng.random() < 0.5
    frames = np.arange(n)
    inside = _min_jerk(np.minimum(frames, n - 1 - frames) / (_SETTLE_S * FPS))[:, None]
    rest = repertoire.rest.astype(np.float64)
    body = np.repeat((mirror(rest) if flip else rest)[None], n, axis=0)
    feet = leg_directions(body)
    at = -round(rng.uniform(0, 8) * FPS)
    while repertoire.idles and at < n:
        clip = repertoire.idles[rng.integers(len(repertoire.idles))].motion.quaternions.astype(np.float64)
        clip = mirror(clip) if flip else clip
        first, stop = max(at, 0), min(at + len(clip), n)
        if stop - first > 2:
            part = np.arange(first, stop) - at
            edge = np.minimum(part, len(clip) - 1 - part) / min(0.8 * FPS, len(clip) / 2)
            weight = _min_jerk(edge)[:, None] * inside[first:stop]
            body[first:stop] = slerp(body[first:stop], clip[part], weight[..., None])
        at += len(clip) + round(rng.uniform(0, 10) * FPS)
    if not repertoire.idles or all(clip.kind != "shift" for clip in repertoire.idles):
        feet = leg_directions(body)
        turn(body, "pelvis", _drift(n, (0.5, 1.2, 0.6), (0.03, 0.12), rng))
        keep_legs(body, feet)
    plant_feet(body, mirror(rest) if flip else rest)
    phase, rate_hz = rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.3)
    breath = np.sin(2 * np.pi * rate_hz * np.arange(n) / FPS + phase)
    turn(body, "spine2", np.outer(breath, [-0.4, 0, 0]) + _drift(n, (0.7, 0.7, 0.6), (0.03, 0.15), rng))
    turn(body, "spine3", np.outer(breath, [-0.5, 0, 0]) + _drift(n, (0.7, 1.0, 0.5), (0.03, 0.2), rng))
    turn(body, "left_collar", np.outer(breath, [0, 0, 0.6]))
    turn(body, "right_collar", np.outer(breath, [0, 0, -0.6]))
    for side in ("left", "right"):
        turn(body, f"{side}_shoulder", inside * _drift(n, (1.0, 1.0, 0.8), (0.05, 0.25), rng))
        turn(body, f"{side}_elbow", inside * _drift(n, (0.8, 1.2, 0.3), (0.05, 0.25), rng))
    return body


def _follow_voice(
    body: np.ndarray,
    prosody: Prosody,
    placed: list[Placed],
    raised: np.ndarray,
    liveliness: float,
    rng: np.random.Generator,
) -> np.ndarray:
    """Add nods on accents, leaning into loud passages, a wandering gaze, and beats where there is no gesture."""
    n = len(body)
    at = np.arange(n) / FPS
    nod, beats = np.zeros(n), {side: np.zeros(n) for side in SIDES}
    taken = {side: np.array([g.accent_s for g in placed if g.arms[k]]) for k, side in enumerate(SIDES)}
    for accent, strength in zip(prosody.accents_s, prosody.strengths):
        fastest = accent + rng.normal(0, 0.03)
        nod += (1.5 + 4.5 * strength) * rng.uniform(0.7, 1.2) * _nod((at - fastest) / _NOD_S)
        size = (4.0 + 10.0 * strength) * rng.uniform(0.7, 1.2)
        for side in SIDES:
            if not len(taken[side]) or np.abs(taken[side] - accent).min() > 0.2:
                beats[side] -= _sweep(size, at - fastest)
    lean = prosody.energy * prosody.speaking
    aside = rng.choice([-1.0, 1.0], size=2)
    gaze = _drift(n, (2.0, 5.0, 1.5), (0.04, 0.3), rng)
    zero = np.zeros(n)
    # The head rises and falls slightly with the pitch.
    pitching = nod + 2.5 * lean - 0.35 * prosody.pitch
    head = np.stack([pitching, aside[0] * 0.35 * nod + zero, aside[1] * 0.3 * nod + zero], axis=1) * liveliness
    turn(body, "neck", 0.4 * (head + gaze))
    turn(body, "head", 0.6 * (head + gaze))
    trunk = np.stack([0.25 * nod + 2.5 * lean, aside[0] * 0.15 * nod + zero, zero], axis=1) * liveliness
    turn(body, "spine2", 0.5 * trunk)
    turn(body, "spine3", 0.5 * trunk)
    for side, sign in (("left", -1.0), ("right", 1.0)):
        beat = beats[side] * liveliness * (0.2 + 0.8 * raised) * rng.uniform(0.6, 1.0)
        turn(body, f"{side}_elbow", np.stack([zero, sign * beat, zero], axis=1))
        turn(body, f"{side}_wrist", np.stack([zero, zero, -sign * 0.5 * beat], axis=1))
    return body


def _move_fingers(
    body: np.ndarray, prosody: Prosody, raised: np.ndarray, liveliness: float, rng: np.random.Generator
) -> None:
    """Let fingers drift, and open through the accents one after another, in place: the clips' own rest too much."""
    n = len(body)
    at = np.arange(n) / FPS
    for side, sign in (("left", -1.0), ("right", 1.0)):
        share = rng.uniform(0.7, 1.2) * liveliness
        for k, finger in enumerate(FINGERS):
            opened = np.zeros(n)
            for accent, strength in zip(prosody.accents_s, prosody.strengths):
                size = np.interp(strength, (0, 1), _FINGERS_OPEN_DEGREES)
                opened += _sweep(size, at - accent - k * _FINGER_LAG_S)
            drift = _drift(n, (_FINGERS_DRIFT_DEGREES,) * 3, (0.1, 0.5), rng)
            bend = (0.3 + 0.7 * raised) * (drift[:, 0] - share * opened)
            for joint, part in ((1, 1.0), (2, 0.8), (3, 0.5)):
                axis = (0.0, -sign, 0.0) if finger == "thumb" else (0.0, 0.0, sign)
                size = part * (0.3 if finger == "thumb" else 1.0)
                turn(body, f"{side}_{finger}{joint}", np.outer(size * bend, axis))


def _sweep(size: float, seconds: np.ndarray) -> np.ndarray:
    """From -size to size through 0 at 0 s, fastest there, and slowly back: the slope of a bell curve."""
    x = seconds / 0.13
    return size * x * np.exp((1 - x**2) / 2)


def _nod(x: np.ndarray) -> np.ndarray:
    """A nod, 0 to 1, at x in units of its time down: fastest at 0, lowest at 1, up again three times as slowly."""
    return np.exp(-(((x - 1) / np.where(x < 1, 1.0, 3.0)) ** 2) / 2)


def _reset_posture(body: np.ndarray, prosody: Prosody, liveliness: float, rng: np.random.Generator) -> None:
    """Let trunk and head settle slightly differently for each phrase, in place; the change begins just before it."""
    starts = np.round((prosody.phrases_s[:, 0] - 0.2) * FPS).astype(int)
    phrase = np.searchsorted(starts, np.arange(len(body)), side="right")
    for joint, degrees in _RESET_DEGREES.items():
        settled = rng.normal(0, 1, (len(starts) + 1, 3)) * degrees * liveliness
        turn(body, joint, gaussian_filter1d(settled[phrase], 0.25 * FPS, axis=0, mode="nearest"))


def _drift(
    n: int, degrees: tuple[float, float, float], hz: tuple[float, float], rng: np.random.Generator
) -> np.ndarray:
    """Slow random turning about three axes, (n, 3) in degrees: three sines each, of about that standard deviation."""
    at = np.arange(n)[:, None, None] / FPS
    waves = np.sin(2 * np.pi * (rng.uniform(*hz, size=(3, 3)) * at + rng.uniform(0, 1, size=(3, 3))))
    return waves.sum(axis=2) * np.array(degrees) / np.sqrt(1.5)


def _smooth(body: np.ndarray) -> np.ndarray:
    """Smooth out capture noise: fingers, whose markers jumped at times, over about 4 frames, the rest over 2."""
    body = make_continuous(body)
    body[:, :_N_BODY] = gaussian_filter1d(body[:, :_N_BODY], 0.8, axis=0, mode="nearest")
    body[:, _N_BODY:] = gaussian_filter1d(body[:, _N_BODY:], 1.7, axis=0, mode="nearest")
    return body / np.linalg.norm(body, axis=-1, keepdims=True)


def _min_jerk(x: np.ndarray) -> np.ndarray:
    """0 to 1 for x from 0 to 1, with speed and acceleration zero at both ends (Flash and Hogan 1985)."""
    x = np.clip(x, 0, 1)
    return x**3 * (10 - 15 * x + 6 * x**2)
