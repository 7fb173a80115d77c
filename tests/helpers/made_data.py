"""Speech and gestures made here, in the files and folders of the data that models are trained on and that may not be
committed: recordings as LibriSpeech's, an archive as SmartBody's, ZeroEGGS cut to nine joints.

Enough like people that what is measured on them says something: voices with syllables, accents, phrases and pauses;
arms that hang, rise, stroke, stay up and go back. Every file follows from its number alone.
"""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import numpy as np
import soundfile
from recordings import talking

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.rotations import axis_angle_to_matrix, matrix_to_quaternion, quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS, mirror_name

RATE_HZ = 16000

# Speech ---------------------------------------------------------------------------------------------------------------

VOWELS_HZ = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410))
"""Formants of five vowels (Peterson and Barney 1952)."""


def voice(number: int, seconds: float = 12.0) -> np.ndarray:
    """A speaker's own voice, 16 kHz mono float32: syllables of vowel and hiss in phrases with pauses between them."""
    rng = np.random.default_rng([number, 17])
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    knots, loud, rise, vowel, hiss = _syllables(rng, seconds)
    loudness = np.interp(t, knots, loud)
    base_hz, tract = rng.uniform(95, 210), rng.uniform(0.92, 1.12)
    semitones = np.interp(t, knots, rise) + np.sin(2 * np.pi * 0.23 * t + rng.uniform(0, 6))
    pitch_hz = base_hz * 2 ** (semitones / 12)
    phase = 2 * np.pi * np.cumsum(pitch_hz) / RATE_HZ
    formants_hz = tract * np.stack([np.interp(t, knots, f) for f in vowel.T])
    spoken = np.zeros(len(t))
    for harmonic in range(1, 1 + int(3600 / pitch_hz.max())):
        at_hz = harmonic * pitch_hz
        gain = sum(level / (1 + ((at_hz - f) / 90) ** 2) for level, f in zip((1.0, 0.6, 0.3), formants_hz))
        spoken += gain / np.sqrt(harmonic) * np.sin(harmonic * phase)
    noise = np.diff(rng.standard_normal(len(t)), prepend=0) * np.interp(t, knots, hiss)
    samples = loudness * (spoken + 0.4 * noise)
    samples = 0.6 * samples / np.abs(samples).max() + 1e-4 * rng.standard_normal(len(t))
    return samples.astype(np.float32)


def _syllables(rng: np.random.Generator, seconds: float) -> tuple[np.ndarray, ...]:
    """(times, loudness, semitones, formants, hiss) at knots; between them everything changes smoothly."""
    knots: list[tuple[float, float, float, int, float]] = [(0.0, 0.0, 0.0, 0, 0.0)]
    at, accent_in = 0.3, 1
    while at < seconds - 1:
        for k in range(n := int(rng.integers(6, 14))):
            accent_in -= 1
            is_accent = accent_in <= 0
            if is_accent:
                accent_in = int(rng.integers(3, 6))
            length = rng.uniform(0.24, 0.34) if is_accent else rng.uniform(0.12, 0.2)
            level = rng.uniform(0.8, 1.0) if is_accent else rng.uniform(0.2, 0.4)
            fall = 2 - 4 * k / n + (rng.uniform(2, 5) if is_accent else 0)
            sound = int(rng.integers(len(VOWELS_HZ)))
            end = at + length
            knots += [
                (at + 0.02, 0.25 * level, fall, sound, 1.0), (at + 0.07, level, fall, sound, 0.03),
                (end - 0.03, 0.8 * level, fall, sound, 0.03), (end, 0.05, fall, sound, 0.2),
            ]  # fmt: skip
            at = end + 0.005
            if at > seconds - 0.8:
                break
        knots.append((at + 0.05, 0.0, 0.0, 0, 0.0))
        at += rng.uniform(0.35, 1.1)
        knots.append((at, 0.0, 0.0, 0, 0.0))
    times, loud, rise, sounds, hiss = (np.array(column) for column in zip(*knots))
    return times, loud, rise, np.array(VOWELS_HZ, float)[sounds], hiss


def write_voice(folder: Path, number: int) -> Path:
    """A recording under a name like LibriSpeech's, of a speaker of its own; written once."""
    path = folder / f"{90_000 + number}-1-0000.flac"
    if not path.exists():
        soundfile.write(path, voice(number), RATE_HZ, subtype="PCM_16")
    return path


# SmartBody's archive --------------------------------------------------------------------------------------------------

FINGERS = ("Index", "Middle", "Little", "Ring", "Thumb")
OURS = {"Little": "pinky"}
PERFORMERS = (
    ("Gestures", "ChrBrad", ("Idle01", "Idle02", "Idle03")),
    ("FemaleGestures", "ChrGarza", ("IdleStand01",)),
    ("PNGestures", "pnskeleton", ("",)),
)
"""Folder, name of its skeleton, stances. The last one's skeleton is a BVH file."""
KINDS = ("BeatLow", "BeatMid", "BeatHigh", "Offer", "You", "Chop", "Indicate", "Me")
HANDS = ("Lf", "Rt", "Bt")
N_CLIPS = 4 * (len(KINDS) * len(HANDS) + 2) + len(KINDS) * len(HANDS) + 1
_STANCES = {  # shoulder down and out, elbow: degrees
    "Idle01": (68, 6, 28), "Idle02": (70, 10, 40), "Idle03": (48, -20, 85), "IdleStand01": (66, 4, 34), "": (67, 8, 30),
}  # fmt: skip


def make_archive(path: Path) -> Path:
    """`smartbody.tar.xz` with clips of three performers, one of them on a BVH skeleton."""
    with tarfile.open(path, "w:xz", preset=0) as tar:
        for number, (folder, performer, stances) in enumerate(PERFORMERS):
            is_bvh = performer == "pnskeleton"
            rig = _Bvh() if is_bvh else _Sk(size=1.0 + 0.05 * number)
            _add(tar, f"smartbody/{folder}/skeletons/{performer}{'.bvh' if is_bvh else '.sk'}", rig.text())
            for stance in stances:
                for name, turns, phases in _clips(stance, number):
                    full = "_".join(filter(None, (f"{performer}@{stance}", name))) if stance else name or "idle"
                    _add(tar, f"smartbody/{folder}/motions/{full}.skm", _skm(rig, turns, phases))
    return path


def _add(tar: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    tar.addfile(member, io.BytesIO(text.encode()))


def _clips(stance: str, performer: int):
    """(name, axis-angle (T, 52, 3) in radians, {phase: s}) of a stance: at rest, shifting the weight, and gestures."""
    yield "", _at_rest(stance, 90, performer), {}
    if stance:
        yield "WeightShift01", _at_rest(stance, 120, performer, sway=3.0), {}
    for k, kind in enumerate(KINDS):
        for h, hand in enumerate(HANDS):
            number = k * len(HANDS) + h
            # Which gesture is large does not depend on who makes it, as with people who were recorded once.
            reach = 0.35 + 0.65 * ((7 * number) % 24) / 23
            yield f"{kind}{hand}01", *_gesture(stance, hand, reach, performer, number)


def _at_rest(stance: str, n: int, performer: int, sway: float = 0.6) -> np.ndarray:
    """Standing: arms as the stance has them, a trunk that sways."""
    down, out, bent = np.radians(_STANCES[stance])
    turns, t = np.zeros((n, len(BODY_HANDS), 3)), np.arange(n) / 30
    swing = np.radians(sway) * np.sin(np.pi * t / t[-1]) ** 2
    turns[:, BODY_HANDS.index("spine1"), 2] = swing
    turns[:, BODY_HANDS.index("spine3"), 0] = np.radians(1 + performer) + 0.3 * swing
    turns[:, BODY_HANDS.index("head"), 1] = 0.5 * swing
    for side, sign in (("left", 1.0), ("right", -1.0)):
        turns[:, BODY_HANDS.index(f"{side}_shoulder")] = 0.05, -sign * out, -sign * down
        turns[:, BODY_HANDS.index(f"{side}_elbow"), 1] = -sign * bent
        for finger in ("index", "middle", "pinky", "ring"):
            for k in (1, 2, 3):
                turns[:, BODY_HANDS.index(f"{side}_{finger}{k}"), 2] = -sign * np.radians(12 + 2 * k)
    return turns


def _gesture(stance: str, hand: str, reach: float, performer: int, number: int) -> tuple[np.ndarray, dict[str, float]]:
    """Arms rise, stroke on the emphasis, stay up for a moment and go back."""
    seconds = 2.3 + 0.5 * reach + 0.07 * performer + 0.01 * number
    ready, start, emphasis = 0.05, 0.8 + 0.1 * reach, 0.95 + 0.2 * reach
    stroke, relax = emphasis + 0.35, emphasis + 0.6
    turns = _at_rest(stance, round(30 * seconds) + 1, performer)
    t = np.arange(len(turns)) / 30
    up = reach * (_ease((t - ready) / (start - ready)) - _ease((t - relax) / (seconds - 0.15 - relax)))
    beat = reach * np.exp(-(((t - emphasis) / 0.085) ** 2))
    for side, sign in (("left", 1.0), ("right", -1.0)):
        share = 1.0 if hand == "Bt" or hand == {"left": "Lf", "right": "Rt"}[side] else 0.08
        shoulder, elbow, wrist = (BODY_HANDS.index(f"{side}_{n}") for n in ("shoulder", "elbow", "wrist"))
        turns[:, shoulder, 1] -= sign * share * np.radians(38 * up + (number % 5) * 4 * up)
        turns[:, shoulder, 2] += sign * share * np.radians(14 * up)
        turns[:, elbow, 1] -= sign * share * np.radians(58 * up - 22 * beat)
        turns[:, wrist, 2] -= sign * share * np.radians(20 * beat - 10 * up)
        for finger in ("index", "middle", "pinky", "ring"):
            turns[:, BODY_HANDS.index(f"{side}_{finger}1"), 2] += sign * share * np.radians(10 * up)
    turns[:, BODY_HANDS.index("spine3"), 1] += np.radians(4 * up) * {"Lf": -1.0, "Rt": 1.0, "Bt": 0.0}[hand]
    turns[:, BODY_HANDS.index("head"), 0] += np.radians(3 * beat)
    if number % 8 == 0:  # a marker popped, as they did where people were recorded
        turns[len(turns) // 3, BODY_HANDS.index("left_index1"), 2] += np.radians(30)
    phases = {"ready": ready, "strokeStart": start, "emphasis": emphasis, "stroke": stroke, "relax": relax}
    return turns, phases


def _ease(x: np.ndarray) -> np.ndarray:
    x = np.clip(x, 0, 1)
    return x**3 * (10 - 15 * x + 6 * x**2)


def _skm(rig: _Sk | _Bvh, turns: np.ndarray, phases: dict[str, float]) -> str:
    """A motion's text: the root's place, then each joint's axis-angle about its own bind axes."""
    names = [rig.joint_of(name) for name in BODY_HANDS.names]
    told = np.concatenate([turns[:, j] @ rig.bind_of(name) for j, name in enumerate(BODY_HANDS.names)], axis=1)
    lines = [f"channels {3 + len(names)}", *(f"{names[0]} {axis}Pos" for axis in "XYZ"), *(f"{n} Quat" for n in names)]
    lines.append(f"frames {len(turns)}")
    for k, row in enumerate(told):
        values = " ".join(f"{x:.6g}" for x in row)
        lines.append(f"kt {k / 30:.6f} fr 0 1 0 {values}")
    return "\n".join([*lines, *(f"{name} time: {at:.6f}" for name, at in phases.items())]) + "\n"


class _Sk:
    """SmartBody's own format: our body, of another size, whose arms' joints are turned about their bones."""

    def __init__(self, size: float) -> None:
        self.size = size

    def joint_of(self, name: str) -> str:
        side, _, joint = name.partition("_")
        end = {"left": "Lf", "right": "Rt"}.get(side, "")
        if not end:
            return {"pelvis": "JtRoot", "spine1": "JtSpineA", "spine2": "JtSpineB", "spine3": "JtSpineC",
                    "neck": "JtNeckB", "head": "JtSkullA"}[name]  # fmt: skip
        if joint[-1].isdigit():
            finger = {"pinky": "Little"}.get(joint[:-1], joint[:-1].capitalize())
            return f"Jt{finger}{'ABCD'[int(joint[-1]) - 1]}{end}"
        return "Jt" + {"foot": "Ball", "collar": "Clavicle"}.get(joint, joint.capitalize()) + end

    def bind_of(self, name: str) -> np.ndarray:
        """World axes of a joint while the arms are held out: about z its elbow bends."""
        is_arm = "_" in name and name.partition("_")[2].rstrip("1234") in (
            "shoulder", "elbow", "wrist", "index", "middle", "pinky", "ring", "thumb",
        )  # fmt: skip
        if not is_arm:
            return np.eye(3)
        return axis_angle_to_matrix(np.array([np.pi / 2 if name.startswith("left") else -np.pi / 2, 0.0, 0.0]))

    def text(self) -> str:
        """Nested joints, each with its offset and its turn from its parent's axes."""

        def lines(name: str, depth: int):
            above = BODY_HANDS.parents[BODY_HANDS.index(name)] if name in BODY_HANDS.names else -2
            parent = np.eye(3) if above == -1 else self.bind_of(_parent_of(name))
            x, y, z = self.size * np.array(_offset_of(name)) @ parent
            degrees = 0 if np.allclose(parent, self.bind_of(name)) else 90 if name.startswith("left") else -90
            yield f"{'root' if above == -1 else 'joint'} {self.joint_of(name)}"
            yield "{"
            yield f"offset {x:.6f} {y:.6f} {z:.6f}"
            yield f"prerot axis 1 0 0 ang {degrees}"
            for child in _children_of(name):
                yield from lines(child, depth + 1)
            yield "}"

        return "\n".join(lines("pelvis", 0)) + "\n"


class _Bvh:
    """A BVH hierarchy in centimetres on our own axes; feet and fingers end in sites."""

    def joint_of(self, name: str) -> str:
        side, _, joint = name.partition("_")
        start = {"left": "Left", "right": "Right"}.get(side, "")
        if not start:
            return {"pelvis": "Hips", "spine1": "Spine", "spine2": "Spine1", "spine3": "Spine3"}.get(
                name, name.capitalize()
            )
        if joint[-1].isdigit():
            return f"{start}Hand{joint[:-1].capitalize()}{joint[-1]}"
        return start + {"hip": "UpLeg", "knee": "Leg", "ankle": "Foot", "foot": "FootEnd", "collar": "Shoulder",
                        "shoulder": "Arm", "elbow": "ForeArm", "wrist": "Hand"}[joint]  # fmt: skip

    def bind_of(self, name: str) -> np.ndarray:
        return np.eye(3)

    def text(self) -> str:
        def lines(name: str):
            is_end = _is_tip(name) or name.endswith("foot")
            yield "End Site" if is_end else f"{'ROOT' if name == 'pelvis' else 'JOINT'} {self.joint_of(name)}"
            yield "{"
            yield "OFFSET " + " ".join(f"{100 * x:.5f}" for x in _offset_of(name))
            for child in _children_of(name):
                yield from lines(child)
            yield "}"

        return "HIERARCHY\n" + "\n".join(lines("pelvis")) + "\nMOTION\nFrames: 0\n"


def _is_tip(name: str) -> bool:
    return name.endswith("4")


def _parent_of(name: str) -> str:
    return name[:-1] + "3" if _is_tip(name) else BODY_HANDS.names[BODY_HANDS.parents[BODY_HANDS.index(name)]]


def _children_of(name: str) -> list[str]:
    """Our joints below a joint, and the tip of a finger below its last one."""
    if _is_tip(name):
        return []
    if name.rstrip("3") != name and name[:-1].partition("_")[2] in ("index", "middle", "pinky", "ring", "thumb"):
        return [name[:-1] + "4"]
    j = BODY_HANDS.index(name)
    return [child for child, above in zip(BODY_HANDS.names, BODY_HANDS.parents) if above == j]


def _offset_of(name: str) -> np.ndarray:
    """A joint from its parent while the arms are held out; a fingertip goes on as its last bone but one did."""
    return np.array(BODY_HANDS.offsets[BODY_HANDS.index(name[:-1] + "3" if _is_tip(name) else name)])


# Nine joints ----------------------------------------------------------------------------------------------------------

NINE_S = 40.0
_NINE = ("pelvis", "spine2", "spine3", "right_shoulder", "right_elbow", "right_wrist",
         "left_shoulder", "left_elbow", "left_wrist")  # fmt: skip


def write_nine_joints(folder: Path) -> Path:
    """Two recordings, and the first in a mirror, as ZeroEGGS is cut for trying the training."""
    folder.mkdir()
    for stem, number, mirrored in (("001_Neutral_0_x_1_0", 1, False), ("001_Neutral_0_mirror_x_1_0", 1, True),
                                   ("003_Neutral_2_x_1_0", 3, False)):  # fmt: skip
        motion = talking(NINE_S, 60.0, seed=number)
        turns = quaternion_to_matrix(motion.quaternions)
        if mirrored:
            other = [BODY_HANDS.index(mirror_name(name)) for name in BODY_HANDS.names]
            flip = np.diag([-1.0, 1.0, 1.0])
            turns = flip @ turns[:, other] @ flip
        places, world = forward_kinematics(turns, BODY_HANDS)
        values = np.empty((len(places), len(_NINE), 7))
        for k, name in enumerate(_NINE):
            j = BODY_HANDS.index(name)
            values[:, k, :3] = places[:, j] + [0, 1, 0] + motion.translation * ([-1, 1, 1] if mirrored else [1, 1, 1])
            # An arm's bones lie along their joints' own Y, ours along X.
            sign = {"left": -1.0, "right": 1.0}.get(name.partition("_")[0], 0.0)
            along = axis_angle_to_matrix(np.array([0.0, 0.0, sign * np.pi / 2]))
            values[:, k, 3:] = np.roll(matrix_to_quaternion(world[:, j] @ along), -1, axis=-1)
        np.savez(folder / f"{stem}.npz", pos_quat=values.astype(np.float32), fps=60)
        soundfile.write(folder / f"{stem}.flac", voice(number, NINE_S), RATE_HZ, subtype="PCM_16")
    return folder
