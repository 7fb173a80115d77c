"""Measures how alive takes are: `.venv/bin/python scripts/alive_table.py --speech ../shared/data/ship/librispeech`.

Prints a row for each thing that a body must do that is alive and under control, with its limit: arms that hang where
nothing is said, feet that stand, a pelvis that sways, eyes on their target, strokes that are joined smoothly, hands out
of the body, and changes that stay where they are made. What only a scene shows is measured in Blender, by the tests of
`tests/addon`. All of the demo's speech, but dialogues, which are made from the recordings of a folder. It exits with 1
if a row misses its limit.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from dialogues import Row, at_least, dialogue_rows, from_t_pose_deg, most, world_turns
from on_mesh import MeshBody

from a2g_core.body.contact import hand_depths_m
from a2g_core.body.crossing import arm_depths_m
from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion, Pin
from a2g_core.body.rotations import axis_angle_to_quaternion, geodesic_angle, quaternion_to_matrix
from a2g_core.body.skeleton import EYES, PELVIS_HEIGHT_M, SIDES, SMPLX, SOLE_BELOW_FOOT_M
from a2g_core.model.checkpoint import Model, load_model
from a2g_core.performing.controls import Controls
from a2g_core.performing.face import Jaw, blinks
from a2g_core.performing.gaze import Gaze
from a2g_core.performing.generate import generate, receptive_field_s
from a2g_core.performing.listening import phrases_of, spoken_parts
from a2g_core.performing.request import Choice, Idle, Request
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import Heard, hear, silence

SEEDS, FPS = range(8), 30
BORDER_S = 1.0
"""About a pause the pelvis is watched for so long on either side."""
DEEP_M, LIFTED_M = 0.005, 0.008
BY_MESH = 9
"""Of so many frames, one is looked at on the mannequin's mesh."""
WAVING = ("right_shoulder", "right_elbow")
STROKE_S = 0.7
WAITS_S = 120.0


class Made:
    """Takes of the demo's speech."""

    def __init__(self) -> None:
        root = Path(__file__).resolve().parents[1]
        self.model: Model = load_model()
        self.heard: Heard = hear(open_speech(root / "scripts/sample/speech.wav"), self.model.fps)
        self.spoken = spoken_parts(self.heard)
        self.plain = cache(lambda seed, style="": self.take(seed=seed, style=style))

    def take(self, **request: object) -> Motion:
        """A take of a request."""
        return generate(self.heard, self.model, Request(**request))

    def wait(self, seed: int) -> Motion:
        """Two minutes of somebody who says nothing."""
        return generate(silence(WAITS_S, FPS), self.model, Request(seed=seed, idle=Idle()))

    def stroke(self, number: int) -> Motion:
        """Of a take of a seed of its own, of any style, 0.7 s about one of its strokes."""
        take = self.plain(100 + number % 8)
        speed = wrists(take).max(axis=1)
        peaks = [k for k in range(60, len(speed) - 60) if speed[k] == speed[k - 15 : k + 16].max() > 0.5]
        at = peaks[number * 5 % len(peaks)]
        return take.slice(at - 12, at - 12 + round(STROKE_S * FPS))


def wrists(motion: Motion, order: int = 1) -> np.ndarray:
    """(T - order, 2): speed in m/s, or jerk in m/s³."""
    places = joint_positions(motion)[:, [motion.skeleton.index(f"{side}_wrist") for side in SIDES]]
    return np.linalg.norm(np.diff(places, n=order, axis=0), axis=-1) * motion.fps**order


def wave(seconds: float = 2.0) -> Motion:
    """An upper arm raised, and a forearm that waves: two bones alone."""
    turns, at = np.zeros((round(FPS * seconds), len(SMPLX), 3)), np.arange(round(FPS * seconds)) / FPS
    turns[:, SMPLX.index(WAVING[0]), 1:] = 0.4, 0.3
    turns[:, SMPLX.index(WAVING[1]), 2] = 1.5 - 0.5 * np.sin(9.4 * at)
    return Motion(axis_angle_to_quaternion(turns), np.zeros((len(turns), 3)), FPS, SMPLX).only(WAVING)


# 1. From the first frame to the last ----------------------------------------------------------------------------------


def alive(made: Made, speech: Path, count: int) -> Iterator[Row]:
    """Of dialogues made from recordings, and of takes with an idle around them."""
    yield from dialogue_rows(made.model, speech, count)
    begins, ends = (round(FPS * (4 + at_s)) for at_s in (made.spoken[0][0], made.spoken[-1][1]))
    border, first, later, nearest = [], [], [], []
    for seed in SEEDS:
        take = made.take(seed=seed, idle=Idle(4.0, 4.0))
        speed = wrists(take).max(axis=1)
        border.append(max(speed[: begins + FPS // 2].max(), speed[ends:].max()))
        first.append(speed[begins : begins + FPS].max())
        later.append(speed[begins + FPS : ends].max())
        nearest.append(from_t_pose_deg(take).min())
    yield at_least("an arm from T-pose, with an idle before and after", min(nearest), 30, " deg")
    yield most("wrists until 0.5 s into the voice, and from its end on", max(border), 1.0, " m/s")
    share = np.median(np.array(first) / np.array(later))
    yield Row("  (strokes of its first second, by the rest's)", "", f"{share:.2f}, at most {max(first):.2f} m/s", None)


# 2. and 3. Feet and pelvis --------------------------------------------------------------------------------------------


def stands(made: Made) -> Iterator[Row]:
    """Feet of every style, free, with strokes of the whole body, and with two bones that wave."""
    found: dict[str, list[np.ndarray]] = {"no pin": [], "strokes": [], "a wave": []}
    feet_m, others_deg, off = [], [], []
    for style in made.model.styles:
        for seed in SEEDS:
            takes = {"no pin": made.plain(seed, style)}
            pins = [Pin(made.stroke(4 * seed + k), 2.5 + (1.7 + 0.3 * (seed % 4)) * k) for k in range(4)]
            takes["strokes"] = made.take(seed=seed, style=style, pins=pins)
            takes["a wave"] = made.take(seed=seed, style=style, pins=[Pin(wave(), 4.0 + seed)])
            for name, take in takes.items():
                found[name].append(slides_cm_s(take))
            off.append(lifted(takes["strokes"]))
            free, waving = takes["no pin"], takes["a wave"]
            feet_m.append(np.linalg.norm(feet(free) - feet(waving), axis=-1).max())
            rest = [k for k, name in enumerate(free.skeleton.names) if name not in WAVING]
            others_deg.append(apart_deg(free.quaternions[:, rest], waving.quaternions[:, rest]).max())
    for name, slides in found.items():
        all_of_them = np.concatenate(slides)
        yield most(f"standing foot, mean, {name}, 48 takes", all_of_them.mean(), 0.5, " cm/s")
        yield most(
            f"  99th percentile of the worst take, {name}", max(np.percentile(s, 99) for s in slides), 2, " cm/s"
        )
    yield most("a wave changes a foot by", 1000 * max(feet_m), 5, " mm")
    yield most("  and other joints by", max(others_deg), 2, " deg")
    waits = [made.wait(seed) for seed in SEEDS]
    yield most(
        "standing foot, 99th percentile, idles", max(np.percentile(slides_cm_s(w), 99) for w in waits), 2, " cm/s"
    )
    for name, lifts in (("strokes", off), ("idles", [lifted(wait) for wait in waits])):
        up = np.concatenate(lifts)
        steps = sum(int((np.diff(lift.astype(int), axis=0) == 1).sum()) for lift in lifts)
        note = f" ({steps} steps in {len(lifts)} takes)"
        yield most(f"frames of {name} with both feet off the floor", up.all(axis=1).sum(), 0, "", note)


def feet(motion: Motion) -> np.ndarray:
    """(T, 2, 2, 3): left and right; ankle and ball."""
    index = [[motion.skeleton.index(f"{side}_{joint}") for joint in ("ankle", "foot")] for side in SIDES]
    return joint_positions(motion).astype(np.float64)[:, index]


def slides_cm_s(motion: Motion) -> np.ndarray:
    """Speeds along the floor of the balls of feet that stand: the lower one, and one less than 2 cm higher."""
    ball = feet(motion)[:, :, 1]
    on = ball[..., 1] < ball[..., 1].min(axis=1, keepdims=True) + 0.02
    return 100 * FPS * np.linalg.norm(np.diff(ball[..., [0, 2]], axis=0), axis=-1)[on[1:] & on[:-1]]


def lifted(motion: Motion) -> np.ndarray:
    """(T, 2): whether the ball of a foot is off the floor."""
    return feet(motion)[:, :, 1, 1] + PELVIS_HEIGHT_M - SOLE_BELOW_FOOT_M > LIFTED_M


def apart_deg(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Degrees between quaternions (..., 4)."""
    return np.degrees(geodesic_angle(quaternion_to_matrix(one), quaternion_to_matrix(other)))


def sways(made: Made) -> Iterator[Row]:
    """The pelvis in ten seeds; about the pauses of the speech, and in 48 takes."""
    asides = [100 * np.ptp(made.plain(seed).translation[:, 0]) for seed in range(10)]
    inside = sum(2 <= aside <= 8 for aside in asides)
    yield at_least("seeds of 10 that sway by 2 to 8 cm", inside, 9, "", f" ({min(asides):.1f} to {max(asides):.1f} cm)")
    phrases = phrases_of(made.spoken, 0.2)
    pauses = [(end_s + start_s) / 2 for (_, end_s), (start_s, _) in pairwise(phrases)]
    takes = [made.plain(seed, style) for style in made.model.styles for seed in SEEDS]
    for name, at_s in (("borders", [phrases[0][0], *pauses, phrases[-1][1]]), ("pauses alone", pauses)):
        more = np.mean([moves_more_at(take, at_s) for take in takes])
        yield at_least(f"takes of 48 whose pelvis moves more at {name}", 100 * more, 90, " %")


def moves_more_at(take: Motion, at_s: Sequence[float]) -> bool:
    """Whether the pelvis is faster within a second of these times than elsewhere."""
    speed = np.linalg.norm(np.diff(take.translation[:, [0, 2]], axis=0), axis=-1)
    near = (np.abs(np.arange(len(speed))[:, None] / take.fps - np.array(at_s)) < BORDER_S).any(axis=1)
    return bool(speed[near].mean() > speed[~near].mean())


# 4. Gaze and face -----------------------------------------------------------------------------------------------------


def looks(made: Made) -> Iterator[Row]:
    """Eyes, heads, lids and the jaw."""
    misses, pitches, shares = [], [], []
    for seed in SEEDS:
        for yaw_deg in (0.0, 40.0, -60.0):
            misses.append(eyes_miss_deg(made.take(seed=seed, gaze=Gaze(at(yaw_deg))), at(yaw_deg)).mean())
        _, pitch = looking_deg(made.take(seed=seed, gaze=Gaze(at(0.0))), "head")
        pitches.append(abs(pitch.mean()))
        half = round(made.heard.duration_s * FPS) // 2
        for before, after in ((-10, 15), (-40, 20), (30, -45)):
            target = at(np.where(np.arange(2 * half) < half, before, after))
            yaw, _ = looking_deg(made.take(seed=seed, gaze=Gaze(target)), "head")
            moved = yaw[half + 30 : half + 90].mean() - yaw[half - 60 : half].mean()
            shares.append(100 * moved / (after - before))
    yield most("eyes from a target, mean of the worst take", max(misses), 3, " deg")
    yield at_least("head's part of turns of 25 to 75 degrees, least", min(shares), 40, " %")
    yield most("  most", max(shares), 80, " %")
    yield most("head's pitch from level, the camera looked at", max(pitches), 5, " deg")
    times_s = np.arange(0, made.heard.duration_s, 1 / FPS)
    quiet = ~np.any([(times_s >= start_s) & (times_s < end_s) for start_s, end_s in made.spoken], axis=0)
    yield most("jaw in pauses", Jaw(made.heard).opened(times_s)[quiet].max(), 0.05)
    drawn = [blinks(made.spoken, None, (seed, 0), 0.0, 0.0, made.heard.duration_s + 60) for seed in range(50)]
    between = np.median(np.concatenate([np.diff(at_s) for at_s in drawn]))
    yield Row("blinks, median interval", "3 to 6 s", f"{between:.2f} s", bool(3 <= between <= 6))
    yield most("  the first", max(at_s[0] for at_s in drawn), 5, " s")


def at(yaw_deg: np.ndarray | float) -> np.ndarray:
    """Targets at eye height, two metres away, so far to the left."""
    yaw = np.radians(yaw_deg)
    return 2.0 * np.stack([np.sin(yaw), np.zeros_like(yaw), np.cos(yaw)], axis=-1)


def looking_deg(motion: Motion, joint: str) -> tuple[np.ndarray, np.ndarray]:
    """Where a joint looks, to the left and up, (T,) each."""
    ahead = world_turns(motion)[1][:, motion.skeleton.index(joint), :, 2]
    return np.degrees(np.arctan2(ahead[:, 0], ahead[:, 2])), np.degrees(np.arcsin(ahead[:, 1]))


def eyes_miss_deg(motion: Motion, target: np.ndarray) -> np.ndarray:
    """(T,): how far both eyes together are from a target beside where they are at rest."""
    between = SMPLX.rest_positions[[SMPLX.index(eye) for eye in EYES]].mean(axis=0)
    (places, turns), eyes = world_turns(motion), [motion.skeleton.index(eye) for eye in EYES]
    ahead, way = turns[:, eyes][..., 2].mean(axis=1), target + between - places[:, eyes].mean(axis=1)
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(ahead, way), axis=1), (ahead * way).sum(axis=1)))


# 5. Pins --------------------------------------------------------------------------------------------------------------


def pinned(made: Made) -> Iterator[Row]:
    """Four strokes a take, of other takes' whole bodies and of their arms, outside these clips; and two in a row."""
    arms = [name for name in SMPLX.names if any(part in name for part in ("collar", "shoulder", "elbow", "wrist"))]
    for body in ("whole", "arms"):
        speeds, jerks, off_deg, joins = [], [], [], []
        for seed in SEEDS:
            clips = [made.stroke(4 * seed + k) for k in range(4)]
            clips = clips if body == "whole" else [clip.only(arms) for clip in clips]
            length_s = (len(clips[0]) - 1) / FPS
            pins = [Pin(clip, 2.5 + (1.7 + 0.3 * (seed % 4)) * k) for k, clip in enumerate(clips)]
            free, take = made.plain(seed), made.take(seed=seed, pins=pins)
            joined = np.ones(len(take), bool)
            for pin in pins:
                first, held = round(pin.start_s * FPS), slice(round(pin.fade_in_s * FPS / 2) + 1, -6)
                joined[first : first + len(pin.clip)] = False
                names = [name for name in pin.clip.skeleton.names if name in take.skeleton.names]
                mine, theirs = (m.only(names).quaternions for m in (take.slice(first, first + len(pin.clip)), pin.clip))
                off_deg.append(apart_deg(mine[held], theirs[held]).max())
            speeds.append(wrists(take)[joined[1:]].max() / wrists(free).max())
            jerks.append(np.percentile(wrists(take, 3)[joined[3:]], 99) / np.percentile(wrists(free, 3), 99))
            for k, one in enumerate(clips):
                for other in (made.stroke(4 * seed + k + 1), made.stroke(4 * seed + k + 17)):
                    starts_s = 3.0 + 2.5 * k, 3.0 + 2.5 * k + length_s + 0.5
                    pair = [Pin(clip.only(one.skeleton.names), at) for clip, at in zip((one, other), starts_s)]
                    way = made.take(seed=seed, pins=pair)
                    way = way.slice(round((starts_s[0] + length_s) * FPS), round(starts_s[1] * FPS) + 1)
                    places = joint_positions(way)[:, [way.skeleton.index(f"{side}_wrist") for side in SIDES]]
                    joins.append((wrists(way).max(), np.linalg.norm(places[-1] - places[0], axis=-1).max()))
        yield most(f"4 strokes, {body}: fastest wrist, by the free take's", max(speeds), 1.1)
        yield most("  jerk, 99th percentile, likewise", max(jerks), 1.3)
        yield most("  pose at full strength", max(off_deg), 1, " deg")
        fastest, way_m = max(joins)
        note = (
            f" ({sum(speed > 1.3 for speed, _ in joins)} of {len(joins)} over; here the hand goes {100 * way_m:.0f} cm)"
        )
        yield most("  wrists between two of them, 0.5 s apart", fastest, 1.3, " m/s", note)


# 6. Hands and the body ------------------------------------------------------------------------------------------------


def clear(made: Made) -> Iterator[Row]:
    """Hands and forearms in trunk, thighs, each other and the head; by the mesh, hands alone."""
    styles = [(style, Controls(energy=2.0)) for style in made.model.styles for _ in SEEDS]
    takes = {
        ("20 takes, Energy 1", 0.0): [made.plain(seed) for seed in range(20)],
        ("48 takes, Energy 2", 0.1): [
            made.take(seed=k, style=style, controls=two) for k, (style, two) in enumerate(styles)
        ],
        ("8 idles", 0.0): [made.wait(seed) for seed in SEEDS],
        ("8 takes with idles around", 0.0): [made.take(seed=seed, idle=Idle(4.0, 4.0)) for seed in SEEDS],
    }
    body = MeshBody()
    for (name, limit), found in takes.items():
        capsules = np.concatenate([depths_m(take) for take in found])
        mesh = np.concatenate([body.depths_m(take, BY_MESH) for take in found])
        for how, depths in (("", capsules), (", by mesh", mesh)):
            note = f" (deepest {1000 * depths.max():.1f} mm)"
            yield most(f"frames deeper than 5 mm, {name}{how}", 100 * (depths > DEEP_M).mean(), limit, " %", note)


def depths_m(motion: Motion) -> np.ndarray:
    """(T,): how deep the deeper hand is, thumb and fingers too, or the arms in each other, by capsules."""
    rotations = quaternion_to_matrix(motion.quaternions.astype(np.float64))
    return np.maximum(hand_depths_m(rotations, motion.skeleton).max(axis=1), arm_depths_m(rotations, motion.skeleton))


# 7. Locality ----------------------------------------------------------------------------------------------------------


def local(made: Made) -> Iterator[Row]:
    """Of changes in one place, how many frames out of reach do not keep their bits."""
    n = round(made.heard.duration_s * FPS)
    curve = np.ones(n)
    curve[200:210] = 1.5
    strength = np.zeros(n)
    strength[:60] = 1
    reach_s = receptive_field_s(made.model, Request(controls=Controls(energy=curve), gaze=Gaze(at(0.0))))
    pin_s = made.model.config.pin_receptive_field / FPS
    changes = {
        "a phrase chosen anew": ({"choices": [Choice(6.0, 7.0, 99)]}, {}, 6.0, 7.0, receptive_field_s(made.model)),
        "Energy for ten frames": ({"controls": Controls(energy=curve)}, {}, 200 / FPS, 210 / FPS, reach_s),
        "a pin": ({"pins": [Pin(made.stroke(1), 6.0)]}, {}, 6.0, 6.0 + STROKE_S, pin_s),
        "a gaze for two seconds": ({"gaze": Gaze(at(30.0), strength)}, {}, 0.0, 2.0, reach_s),
    }
    for name, (after, before, first_s, stop_s, far_s) in changes.items():
        differs, out = [], np.ones(n, bool)
        out[max(0, round((first_s - far_s) * FPS) - 1) : round((stop_s + far_s) * FPS) + 2] = False
        for seed in SEEDS[:4]:
            one, other = made.take(seed=seed, **before), made.take(seed=seed, **after)
            differs.append(differing(one, other))
        far, near = (int(np.array(differs)[:, where].sum()) for where in (out, ~out))
        yield most(f"frames further than {far_s:.1f} s from {name} that differ", far, 0, "", f" ({near} nearer do)")


def differing(one: Motion, other: Motion) -> np.ndarray:
    """(T,): whether a body is another one, in a bit."""
    pairs = (one.quaternions, other.only(one.skeleton.names).quaternions), (one.translation, other.translation)
    return np.any([(a != b).reshape(len(a), -1).any(axis=1) for a, b in pairs], axis=0)


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, required=True, help="a folder of recordings")
    parser.add_argument("--dialogues", type=int, default=20)
    options = parser.parse_args()
    made, missed = Made(), 0
    parts: dict[str, Iterator[Row]] = {
        "1": alive(made, options.speech, options.dialogues), "2, 3": stands(made), "3": sways(made),
        "4": looks(made), "5": pinned(made), "6": clear(made), "7": local(made),
    }  # fmt: skip
    for line, rows in parts.items():
        for row in rows:
            verdict = {True: "holds", False: "MISSED", None: ""}[row.holds]
            print(f"{line:5}{row.what:62}{row.limit:>12}  {verdict:8}{row.found}", flush=True)
            missed += row.holds is False
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
