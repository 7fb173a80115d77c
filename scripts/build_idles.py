"""Builds the idles that ship, from recordings: `.venv/bin/python scripts/build_idles.py --data ../shared/data/ship`.

Writes `a2g_core/performing/idles/clips.npz`, whose parts `a2g_core/performing/idle_clips.py` explains, the same
bytes every time. The notices of the recordings stand beside it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from a2g_core.body.kinematics import ground_translation
from a2g_core.body.motion import Motion
from a2g_core.body.resample import sample_motion
from a2g_core.body.rotations import (
    make_continuous,
    matrix_to_axis_angle,
    quaternion_to_axis_angle,
    quaternion_to_matrix,
)
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.formats.smplx_npz import load_npz
from a2g_core.performing.idle_clips import ARMS, FINGERS, FPS, JOINTS, TRAVEL, UNIT, mirrored
from a2g_core.training.data.smartbody import load_clips

OUT = Path(__file__).resolve().parent.parent / "a2g_core" / "performing" / "idles" / "clips.npz"

STANDING = ("idle_stand_a", "idle_stand_turned", "pnskeleton/idle")
"""Played without end. The last one's seam is blended."""
SEAM_S = 2.0

SHIFTS = (
    ("ChrBrad/ChrBrad@Idle01_WeightShift01", 0.8, 3.2), ("ChrBrad/ChrBrad@Idle01_WeightShift01", 3.3, 6.3),
    ("ChrBrad/ChrBrad@Idle01_WeightShift02", 0.1, 2.2), ("ChrBrad/ChrBrad@Idle01_WeightShift02", 2.2, 4.8),
    ("idle_stand_shift_a", 3.1, 5.2), ("idle_stand_shift_a", 7.6, 10.0),
    ("ChrBrad/ChrBrad@Idle02_ToIdle01", 0.6, 2.9), ("ChrBrad2/ChrBrad@Idle01_ToIdle02", 0.2, 3.2),
)  # fmt: skip
"""Clips, and from when to when in them the weight goes over to the other leg."""

LOOKS = ("look_around", "look_around_wide", "look_left", "look_right", "look_sides")
WAITS = (
    "wait_hand_belly_left", "wait_hands_low", "wait_hands_low_b", "wait_hand_hip_left",
    "ChrBrad/ChrBrad@Idle01_Contemplate01", "ChrBrad/ChrBrad@Idle01_Think01", "ChrBrad2/ChrBrad@Idle01_TouchHands01",
)  # fmt: skip
NODS = ("nod",)
_SETTLE_S = 0.7


def main() -> None:
    """Build and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with smartbody.tar.xz and clips/")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    clips = build(options.data)
    np.savez(options.out, **clips)
    print(f"{options.out}: {len(clips)} parts, {options.out.stat().st_size / 1e3:.0f} kB")


def build(data: Path) -> dict[str, np.ndarray]:
    """The parts by name, (T, channels) int16 in `UNIT`s."""
    motions = dict(_read(data))
    parts: dict[str, np.ndarray] = {}
    for name in STANDING:
        values = _beside(motions[name], _mean(motions[name]))
        parts[f"standing/{_short(name)}"] = _looped(values) if name == "pnskeleton/idle" else values[:-1]
    shifts = [_shift(motions[name], start_s, end_s) for name, start_s, end_s in SHIFTS]
    lean = np.mean([values[-1] / values[-1, 0] for values in shifts], axis=0)
    lean = (lean - mirrored(lean[None])[0]) / 2
    parts["lean"] = lean[None]
    for (name, start_s, _), values in zip(SHIFTS, shifts):
        parts[f"shift/{_short(name)}-{start_s:g}"] = _dynamics(values, lean)
    for name in LOOKS:
        values = _faded(_beside(motions[name], motions[name].quaternions[0]))
        values[:, _columns(ARMS)] = 0  # a robot's arms go along
        values[:, :TRAVEL] = 0
        parts[f"look/{_short(name)}"] = values
    for name in WAITS:
        parts[f"wait/{_short(name)}"] = _wait(motions[name], has_fingers="/" in name)
    for name in NODS:
        values = _beside(motions[name], motions[name].quaternions[0])
        values[:, : TRAVEL + 3] = 0  # the head alone
        parts[f"nod/{_short(name)}"] = values
    return {name: np.rint(values / UNIT).astype("<i2") for name, values in parts.items()}


def _read(data: Path) -> Iterator[tuple[str, Motion]]:
    """Names and motions on BODY_HANDS, at `FPS`, the feet on the floor."""
    wanted = {*STANDING, *(name for name, *_ in SHIFTS), *LOOKS, *WAITS, *NODS}
    for clip in load_clips(data / "smartbody.tar.xz", excluded=()):
        if clip.id in wanted:
            yield clip.id, _at_our_rate(clip.motion)
    for name in sorted(wanted):
        if "/" not in name:
            motion = load_npz(data / "clips" / f"{name}.npz")
            quaternions = motion.quaternions[:, [motion.skeleton.index(joint) for joint in BODY_HANDS.names]]
            grounded = ground_translation(quaternion_to_matrix(quaternions), BODY_HANDS)
            yield name, _at_our_rate(Motion(quaternions, grounded, motion.fps, BODY_HANDS))


def _at_our_rate(motion: Motion) -> Motion:
    return sample_motion(motion, np.arange(int((len(motion) - 1) / motion.fps * FPS + 1e-6) + 1) / FPS, FPS)


def _short(name: str) -> str:
    return name.rpartition("/")[2].rpartition("@")[2]


def _mean(motion: Motion) -> np.ndarray:
    """The mean rotation of each joint, (J, 4)."""
    q = make_continuous(motion.quaternions).mean(axis=0)
    return q / np.linalg.norm(q, axis=-1, keepdims=True)


def _beside(motion: Motion, pose: np.ndarray) -> np.ndarray:
    """Channels (T, travel and `JOINTS`) of a motion: how far it is from a pose (J, 4), and travels from its mean."""
    index = [BODY_HANDS.index(name) for name in JOINTS]
    r = quaternion_to_matrix(motion.quaternions[:, index].astype(np.float64))
    p = quaternion_to_matrix(pose[index].astype(np.float64))
    turns = matrix_to_axis_angle(np.swapaxes(p, -1, -2) @ r)
    turns[:, 0] = matrix_to_axis_angle(r[:, 0] @ p[0].T)  # of the pelvis, about the axes of the world
    travel = motion.translation - motion.translation.mean(axis=0)
    return np.concatenate([travel, turns.reshape(len(r), -1)], axis=1)


def _columns(joints: tuple[str, ...]) -> list[int]:
    return [TRAVEL + 3 * JOINTS.index(joint) + k for joint in joints for k in range(3)]


def _looped(values: np.ndarray) -> np.ndarray:
    """Without its last `SEAM_S`, which the first frames are blended with, so that the last leads to the first."""
    n = round(SEAM_S * FPS)
    x = ((np.arange(n) + 0.5) / n)[:, None]
    share = x * x * (3 - 2 * x)
    out = values[:-n].copy()
    out[:n] = values[-n:] + share * (values[:n] - values[-n:])
    return out - out.mean(axis=0)


def _shift(motion: Motion, start_s: float, end_s: float) -> np.ndarray:
    """A weight shift from the right leg to the left one, beside its first frame."""
    part = motion.slice(round(start_s * FPS), round(end_s * FPS) + 1)
    values = _beside(part, part.quaternions[0])
    values -= values[0]
    return values if values[-1, 0] > 0 else mirrored(values)


def _dynamics(values: np.ndarray, lean: np.ndarray) -> np.ndarray:
    """Of a shift per metre: in the first channel how much of it is done, in the others what it does besides leaning."""
    values = values / values[-1, 0]
    done = values[:, :1]
    out = _faded(values - done * lean)
    out[:, :1] = done
    return out


def _faded(values: np.ndarray) -> np.ndarray:
    """Values that end at zero."""
    x = np.clip((len(values) - 1 - np.arange(len(values))) / (_SETTLE_S * FPS), 0, 1)[:, None]
    return values * x * x * (3 - 2 * x)


def _wait(motion: Motion, has_fingers: bool) -> np.ndarray:
    """Trunk and head beside the first frame; arms, and fingers where they were recorded, as they are."""
    values = _beside(motion, motion.quaternions[0])
    values[:, :TRAVEL] -= values[0, :TRAVEL]

    def own(joints: tuple[str, ...]) -> np.ndarray:
        q = motion.quaternions[:, [BODY_HANDS.index(name) for name in joints]].astype(np.float64)
        return quaternion_to_axis_angle(q).reshape(len(q), -1)

    values[:, _columns(ARMS)] = own(ARMS)
    return np.concatenate([values, own(FINGERS)], axis=1) if has_fingers else values


if __name__ == "__main__":
    main()
