"""Builds the gesture library: `.venv/bin/python scripts/build_gestures.py --data ../shared/data/ship`.

Writes `a2g_core/gestures/library.npz` and `library.json`, the same bytes every time. The clips were chosen by eye, on
sheets of `gesture_pictures.py`; the notices of their recordings stand beside them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.motion import Motion
from a2g_core.body.resample import sample_motion
from a2g_core.body.rotations import (
    axis_angle_to_matrix,
    make_continuous,
    matrix_to_quaternion,
    quaternion_to_axis_angle,
    quaternion_to_matrix,
)
from a2g_core.body.skeleton import FINGERS as FINGER_NAMES
from a2g_core.files import replacing
from a2g_core.formats.smplx_npz import load_npz
from a2g_core.gestures.library import ARMS, FPS, UNIT, joints
from a2g_core.gestures.peak import reached_s, wrists
from a2g_core.training.data.smartbody import load_clips

OUT = Path(__file__).resolve().parent.parent / "a2g_core" / "gestures"
BEFORE_S, AFTER_S = 0.8, 0.8
LEAST_S = 0.5
"""Of a clip, before and behind its emphasis: at most, and at least."""
FASTEST_M_S = 0.9
"""Of a wrist: a recording in which it is faster is slowed down, so that a pin is no faster than what lies around it. Of
the calmest takes, one in twenty, no wrist is faster."""


class Choice(NamedTuple):
    """A row of the library: `source` is a clip's name, hand what of it is used."""

    name: str
    category: str
    source: str
    hand: str
    with_head: bool = False


_BRAD, _BRAD2 = "ChrBrad/ChrBrad@Idle0", "ChrBrad2/ChrBrad@Idle01_"
_CONNOR, _GARZA, _PN = "ChrConnor/ChrConnor@IdleStand01_", "ChrGarza/ChrGarza@IdleStand01_", "pnskeleton/"

CHOICES = (
    Choice("wave", "greet", "greet_04", "left"),
    Choice("wave high", "greet", "greet_03", "left"),
    Choice("wave big", "greet", "greet_06", "right"),
    Choice("wave friendly", "greet", "greet_07", "left"),
    Choice("wave lively", "greet", "greet_08", "left"),
    Choice("wave long", "greet", "greet_10", "left"),
    Choice("greet small", "greet", "greet_09", "right"),
    Choice("salute", "greet", "salute", "right"),
    Choice("hands joined", "thank", "bow_hands_joined", "both", True),
    Choice("come here", "come", "beckon_03", "left"),
    Choice("come over", "come", "beckon_02", "left"),
    Choice("come wide", "come", "beckon_07", "left"),
    Choice("no", "negate", _CONNOR + "NoForwardBt01", "both"),
    Choice("no aside", "negate", _CONNOR + "NoRightRt01", "right"),
    Choice("no no", "negate", "no_both_palms", "both"),
    Choice("wave off", "negate", _CONNOR + "NegateForwardMidBt01", "both"),
    Choice("wave off low", "negate", _CONNOR + "NegateForwardLowBt01", "both"),
    Choice("wave off one hand", "negate", _CONNOR + "NegateForwardMidRt01", "right"),
    Choice("sweep away", "negate", _CONNOR + "NegateRightMidRt01", "right"),
    Choice("wave off wide", "negate", _GARZA + "NegateForwardMidBt01", "both"),
    Choice("throw up hands", "negate", _GARZA + "NegateLeftMidBt01", "both"),
    Choice("stop", "stop", _CONNOR + "StopForwardBt01", "both"),
    Choice("stop one hand", "stop", _CONNOR + "StopForwardRt01", "right"),
    Choice("stop aside", "stop", _CONNOR + "StopRightRt01", "right"),
    Choice("stop firm", "stop", _GARZA + "StopForwardBt01", "both"),
    Choice("stop high", "stop", _BRAD2 + "StopBt02", "both"),
    Choice("hold on", "stop", _PN + "stop_intense2", "right"),
    Choice("me", "me", _BRAD + "1_MeLf01", "left"),
    Choice("me both hands", "me", _CONNOR + "MeBt01", "both"),
    Choice("me chest", "me", _GARZA + "MeBt01", "both"),
    Choice("you", "you", _CONNOR + "YouForwardRt01", "right"),
    Choice("you both hands", "you", _CONNOR + "YouForwardBt01", "both"),
    Choice("you point", "you", _PN + "you_intense", "right"),
    Choice("all of us", "we", _PN + "us_intense2", "both"),
    Choice("over there", "point", "point_half_right", "right"),
    Choice("to the side", "point", _BRAD2 + "PointRt01", "right"),
    Choice("that way", "point", _BRAD + "3_DeicticLeft", "left"),
    Choice("ahead", "point", "point_front_right", "right"),
    Choice("right here", "here", _BRAD + "1_IndicateLeftLf01", "left"),
    Choice("offer", "offer", _BRAD + "1_OfferBoth01", "both"),
    Choice("plea", "plea", _BRAD + "2_PleaBt01", "both"),
    Choice("plea high", "plea", _BRAD + "3_PleaBt02", "both"),
    Choice("shrug", "unsure", _BRAD2 + "Shrug02", "both"),
    Choice("big", "size", _PN + "bigger2", "both"),
    Choice("huge", "size", _PN + "bigger_intense2", "both"),
    Choice("everything", "all", _PN + "inclusivity_intense2", "both"),
    Choice("however", "contrast", _BRAD + "1_HoweverLf01", "left"),
    Choice("applause", "praise", "clap_a", "both"),
    Choice("chop", "stress", _CONNOR + "ChopBt01", "both"),
    Choice("chop one hand", "stress", _CONNOR + "ChopRt01", "right"),
)

HEAD_TURNS: dict[str, tuple[str, tuple[tuple[float, float, float], ...]]] = {
    "nod": ("affirm", ((0.0, 0, 0), (0.25, 14, 0), (0.55, -3, 0), (0.8, 0, 0))),
    "nod twice": ("affirm", ((0.0, 0, 0), (0.22, 13, 0), (0.45, -2, 0), (0.68, 9, 0), (0.95, 0, 0))),
    "shake head": ("negate", ((0.0, 0, 0), (0.2, 0, 16), (0.5, 0, -17), (0.8, 0, 12), (1.1, 0, 0))),
    "shake head slowly": ("negate", ((0.0, 0, 0), (0.4, 2, 18), (1.0, 3, -19), (1.5, 2, 9), (1.9, 0, 0))),
}
"""Of neck and head together, at times in seconds: degrees down, and to the left. The emphasis is at the second one."""

COUNTED = ("one", "two", "three", "four", "five")
RAISED = ("index", "middle", "ring", "pinky", "thumb")
"""Fingers in the order in which they are raised; a person who counts with the thumb first is not less right."""
COUNTING_ARM, COUNTING_FIST = _BRAD2 + "ExampleLf01", _BRAD2 + "BeatFistMidLf01"


def main() -> None:
    """Build and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with smartbody.tar.xz and clips/")
    options = parser.parse_args()
    rows, arrays = build(options.data)
    OUT.mkdir(exist_ok=True)
    with replacing(OUT / "library.npz") as part, part.open("wb") as file:
        np.savez_compressed(file, **arrays)
    with replacing(OUT / "library.json") as part:
        part.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    size = sum((OUT / name).stat().st_size for name in ("library.npz", "library.json"))
    print(f"{OUT}: {len(rows)} gestures, {size / 1e3:.0f} kB")


def build(data: Path) -> tuple[list[dict], dict[str, np.ndarray]]:
    """What the gestures are, and their clips by name: (T, 3 J) int16 differences in `UNIT`s."""
    clips = {clip.id: clip for clip in load_clips(data / "smartbody.tar.xz", excluded=())}
    rows, arrays = [], {}

    def add(name: str, category: str, hand: str, with_head: bool, at: float, source: str, turns: np.ndarray) -> None:
        rows.append(
            {
                "name": name,
                "category": category,
                "hand": hand,
                "with_head": with_head,
                "emphasis_s": round(at, 4),
                "source": source,
            }
        )
        counts = np.rint(turns.reshape(len(turns), -1) / UNIT).astype(np.int64)
        arrays[name] = np.diff(counts, axis=0, prepend=0).astype("<i2")

    for choice in CHOICES:
        if "/" in choice.source:
            clip = clips[choice.source]
            motion, at = clip.motion, clip.phases.emphasis
        else:
            motion, at = load_npz(data / "clips" / f"{choice.source}.npz"), None
        at = reached_s(motion, choice.hand) if at is None else at
        clip, lead_s = _shown(motion, choice.hand, at)
        turns = _turns(clip, joints(choice.hand, choice.with_head))
        add(choice.name, choice.category, choice.hand, choice.with_head, lead_s, choice.source, turns)
    for name, (category, path) in HEAD_TURNS.items():
        add(name, category, "head", True, path[1][0] + LEAST_S, "made by scripts/build_gestures.py", _head(path))
    for number, name in enumerate(COUNTED, 1):
        turns, at = _count(clips, number)
        add(name, "count", "left", False, at, f"{COUNTING_ARM}, fingers by scripts/build_gestures.py", turns)
    return rows, arrays


def _shown(motion: Motion, hand: str, at: float) -> tuple[Motion, float]:
    """What is shown of a recording about its emphasis, slowly enough; and when that is, in seconds of it."""
    slower = max(1.0, _fastest(motion, hand, at) / FASTEST_M_S)
    lead_s = min(BEFORE_S, max(LEAST_S, at * slower))
    rest_s = min(AFTER_S, max(LEAST_S, (motion.duration_s - at) * slower))
    # Where a recording begins or ends, hands stay where they are while the pin fades.
    beside_s = np.arange(round(-lead_s * FPS), round(rest_s * FPS) + 1) / FPS
    return sample_motion(motion, at + beside_s / slower, FPS), -float(beside_s[0])


def _turns(motion: Motion, names: tuple[str, ...]) -> np.ndarray:
    """(T, J, 3) axis-angles of these joints, collars and neck as on a trunk that stands upright and faces ahead."""
    local = quaternion_to_matrix(make_continuous(motion.quaternions))
    _, world = forward_kinematics(local, motion.skeleton)
    chest = world[:, motion.skeleton.index("spine3")]
    heading = world[0, motion.skeleton.index("pelvis")][:, 2]
    ahead = axis_angle_to_matrix(np.array([0.0, np.arctan2(heading[0], heading[2]), 0.0]))
    turned = {name: local[:, motion.skeleton.index(name)] for name in names}
    for name in turned:
        if name.endswith("collar") or name == "neck":
            turned[name] = ahead.T @ chest @ turned[name]
    quaternions = make_continuous(matrix_to_quaternion(np.stack([turned[name] for name in names], axis=1)))
    return quaternion_to_axis_angle(quaternions)


def _fastest(motion: Motion, hand: str, at_s: float) -> float:
    """How fast a wrist becomes around a time, in metres a second."""
    part = motion.slice(max(0, round((at_s - BEFORE_S) * FPS)), round((at_s + AFTER_S) * FPS) + 1)
    places = wrists(part, hand)
    return float(np.linalg.norm(np.diff(places, axis=0), axis=2).max()) * FPS


def _head(path: tuple[tuple[float, float, float], ...]) -> np.ndarray:
    """Neck and head: half of each turn is in either. What lies around is still, for the fades."""
    times, down, left = np.array(path).T
    at = np.arange(round((times[-1] + 2 * LEAST_S) * FPS) + 1) / FPS - LEAST_S
    k = np.clip(np.searchsorted(times, at, side="right") - 1, 0, len(times) - 2)
    share = np.clip((at - times[k]) / (times[k + 1] - times[k]), 0, 1)
    share = share * share * (3 - 2 * share)
    degrees = np.stack([down[k] + share * (down[k + 1] - down[k]), left[k] + share * (left[k + 1] - left[k])], 1)
    turns = np.zeros((len(at), 2, 3))
    turns[..., :2] = np.radians(degrees)[:, None] / 2
    return turns


def _count(clips: dict, number: int) -> tuple[np.ndarray, float]:
    """An arm that is raised, with so many fingers out of a fist."""
    arm, fist = clips[COUNTING_ARM], clips[COUNTING_FIST]
    shown, lead_s = _shown(arm.motion, "left", arm.phases.emphasis)
    names = joints("left", False)
    turns = _turns(shown, names)
    closed = _turns(fist.motion, names)[round(fist.phases.emphasis * FPS)]
    for k, name in enumerate(names):
        if name in ARMS["left"]:
            continue
        finger = next(f for f in FINGER_NAMES if f in name)
        turns[:, k] = 0 if finger in RAISED[:number] else closed[k]
    return turns, lead_s


if __name__ == "__main__":
    main()
