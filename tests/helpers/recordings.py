"""Recordings in other people's formats, made from a motion that is known."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from scipy.spatial.transform import Rotation, Slerp

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS

SIDES = ("left", "right")


def talking(seconds: float, fps: float, seed: int = 0) -> Motion:
    """Arms that hang and swing, elbows that bend, hands and fingers that move, a trunk that sways: smooth in time."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * fps)) / fps

    def wave(deg: float) -> np.ndarray:
        return np.radians(deg) * np.sin(2 * np.pi * rng.uniform(0.2, 0.8) * t + rng.uniform(0, 6))

    turns = np.stack([np.stack([wave(6) for _ in range(3)], -1) for _ in BODY_HANDS.names], 1)
    for side, sign in zip(SIDES, (1.0, -1.0)):
        index = {n: BODY_HANDS.index(f"{side}_{n}") for n in ("shoulder", "elbow", "wrist", "foot", "knee")}
        turns[:, index["shoulder"]] = np.stack([wave(10), sign * wave(15), sign * (np.radians(-60) + wave(20))], -1)
        turns[:, index["elbow"]] = np.stack([wave(3), -sign * (np.radians(60) + wave(35)), wave(2)], -1)
        turns[:, index["wrist"]] = np.stack([wave(30), wave(15), wave(20)], -1)
        turns[:, index["foot"]] = 0
        turns[:, index["knee"]] = np.abs(wave(8))[:, None] * np.array([1.0, 0, 0])
    quaternions = np.roll(Rotation.from_rotvec(turns.reshape(-1, 3)).as_quat(), 1, -1)
    translation = np.stack([wave(3), wave(1), wave(3)], -1)
    return Motion(quaternions.reshape(len(t), -1, 4), translation - translation[0], fps, BODY_HANDS)


@dataclass(frozen=True)
class Pose:
    """A zero pose: world rotation vectors, degrees, of the left arm and the left leg from our rest pose.

    Right ones are mirrored. twist_deg: how the arm's joints are turned about their bones besides.
    """

    arm: tuple[float, float, float] = (0, 0, 0)
    leg: tuple[float, float, float] = (0, 0, 0)
    twist_deg: float = 0.0


POSES = {
    "T": Pose(),
    "A": Pose(arm=(0, 0, -45)),
    "arms down": Pose(arm=(0, 0, -85)),
    "arms in front": Pose(arm=(0, -80, 0)),
    "bones along axes": Pose(arm=(0, 0, 90), leg=(180, 0, 0), twist_deg=120.0),
}


def write_bvh(
    path: Path, motion: Motion, pose: Pose, *, spine: int = 4, z_up: bool = False, fingers: bool = True, scale=None
) -> None:
    """MotionBuilder's names, centimetres, channels Z X Y, other proportions, another zero pose.

    spine: how many spine joints there are. scale: longer or shorter bones, one factor a joint of BODY_HANDS.
    """
    joints = _skeleton(motion, pose, spine, fingers, scale)
    world = Rotation.from_euler("x", 90, degrees=True) if z_up else Rotation.identity()
    names = list(joints)
    root = world.apply((motion.translation + np.array([0.1, 0.95, -0.4])) * 100)
    columns = [root]
    for name in names:
        parent, _, turns = joints[name]
        local = joints[parent][2].inv() * turns if parent else world * turns
        columns.append(local.as_euler("ZXY", degrees=True))
    lines: list[str] = ["HIERARCHY"]
    _write_joint(lines, joints, names[0], 0)
    rows = np.concatenate(columns, axis=1)
    order = _depth_first(joints, names[0])
    keep = [0, 1, 2] + [3 + 3 * names.index(n) + k for n in order for k in range(3)]
    lines += ["MOTION", f"Frames: {len(motion)}", f"Frame Time: {1 / motion.fps:.6f}"]
    lines += [" ".join(f"{x:.6f}" for x in row[keep]) for row in rows]
    path.write_text("\n".join(lines) + "\n")


def _skeleton(motion: Motion, pose: Pose, spine: int, fingers: bool, scale) -> dict:
    """Name to (parent, offset in cm, world rotations), parents first."""
    scale = np.ones(len(BODY_HANDS)) if scale is None else scale
    _, world = forward_kinematics(quaternion_to_matrix(motion.quaternions.astype(np.float64)), BODY_HANDS)
    ours = {n: Rotation.from_matrix(world[:, j]) for j, n in enumerate(BODY_HANDS.names)}
    offset = {n: np.array(BODY_HANDS.offsets[j]) * scale[j] * 100 for j, n in enumerate(BODY_HANDS.names)}
    zero = {n: _zero(n, pose) for n in BODY_HANDS.names}
    out: dict = {}

    def add(name: str, parent: str, our: str, our_parent: str, turns=None, share: float = 1.0) -> None:
        place = zero[our_parent].apply(offset[our]) * share if our_parent else np.zeros(3)
        out[name] = (parent, place, (ours[our] if turns is None else turns) * zero[our].inv())

    add("Hips", "", "pelvis", "")
    add("Spine", "Hips", "spine1", "pelvis")
    if spine == 4:
        add("Spine1", "Spine", "spine2", "spine1")
        add("Spine2", "Spine1", "spine3", "spine2", _between(ours["spine2"], ours["spine3"]), 0.5)
        add("Spine3", "Spine2", "spine3", "spine2", None, 0.5)
    else:
        add("Spine1", "Spine", "spine2", "spine1")
        add("Spine2", "Spine1", "spine3", "spine2")
    chest = f"Spine{spine - 1}"
    add("Neck", chest, "neck", "spine3")
    add("Neck1", "Neck", "head", "neck", _between(ours["neck"], ours["head"]), 0.5)
    add("Head", "Neck1", "head", "neck", None, 0.5)
    for side in SIDES:
        s = side.capitalize()
        arm = ("spine3", f"{side}_collar", f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")
        for (a, b), (x, y) in zip(pairwise(arm), pairwise((chest, *(f"{s}{n}" for n in _ARM)))):
            add(y, x, b, a)
        leg = ("pelvis", *(f"{side}_{n}" for n in ("hip", "knee", "ankle", "foot")))
        for (a, b), (x, y) in zip(pairwise(leg), pairwise(("Hips", *(f"{s}{n}" for n in _LEG)))):
            add(y, x, b, a)
        for finger in ("Thumb", "Index", "Middle", "Ring", "Pinky") if fingers else ():
            for k in (1, 2, 3):
                one = f"{side}_{finger.lower()}{k}"
                above = (f"{s}Hand", f"{side}_wrist") if k == 1 else (f"{s}Hand{finger}{k - 1}", one[:-1] + str(k - 1))
                add(f"{s}Hand{finger}{k}", above[0], one, above[1])
    return out


_ARM, _LEG = ("Shoulder", "Arm", "ForeArm", "Hand"), ("UpLeg", "Leg", "Foot", "ToeBase")


def _zero(name: str, pose: Pose) -> Rotation:
    """World rotation of a joint from our rest pose to the zero pose."""
    side = 1.0 if name.startswith("left") else -1.0
    if name.partition("_")[2] in ("hip", "knee", "ankle", "foot"):
        return _mirrored(pose.leg, side)
    if "_" in name and "collar" not in name:
        twist = Rotation.from_rotvec([np.radians(pose.twist_deg), 0, 0])
        return _mirrored(pose.arm, side) * twist
    return Rotation.identity()


def _mirrored(degrees: tuple[float, float, float], side: float) -> Rotation:
    return Rotation.from_rotvec(np.radians(np.array(degrees) * (1, side, side)))


def _between(a: Rotation, b: Rotation) -> Rotation:
    return Rotation.concatenate([Slerp([0, 1], Rotation.concatenate([x, y]))(0.5) for x, y in zip(a, b)])


def _depth_first(joints: dict, name: str) -> list[str]:
    return [name, *(k for n, (parent, *_) in joints.items() if parent == name for k in _depth_first(joints, n))]


def _write_joint(lines: list[str], joints: dict, name: str, depth: int) -> None:
    tab = "\t" * depth
    place = " ".join(f"{x:.5f}" for x in joints[name][1])
    channels = "6 Xposition Yposition Zposition" if depth == 0 else "3"
    lines += [f"{tab}{'JOINT' if depth else 'ROOT'} {name}", f"{tab}{{", f"{tab}\tOFFSET {place}"]
    lines.append(f"{tab}\tCHANNELS {channels} Zrotation Xrotation Yrotation")
    children = [n for n, (parent, *_) in joints.items() if parent == name]
    for child in children:
        _write_joint(lines, joints, child, depth + 1)
    if not children:
        lines += [f"{tab}\tEnd Site", f"{tab}\t{{", f"{tab}\t\tOFFSET 0 0 0", f"{tab}\t}}"]
    lines.append(f"{tab}}}")


def write_smplx(path: Path, motion: Motion, *, z_up: bool = False) -> None:
    """The keys of BEAT2 and AMASS."""
    poses = np.zeros((len(motion), 55, 3))
    to = [*range(22), *range(25, 55)]
    poses[:, to] = Rotation.from_quat(np.roll(motion.quaternions, -1, -1).reshape(-1, 4)).as_rotvec().reshape(-1, 52, 3)
    trans = motion.translation
    if z_up:
        world = Rotation.from_euler("x", 90, degrees=True)
        poses[:, 0], trans = (world * Rotation.from_rotvec(poses[:, 0])).as_rotvec(), world.apply(trans)
    np.savez(
        path, poses=poses.reshape(len(motion), -1).astype(np.float32), trans=trans.astype(np.float32),
        betas=np.zeros(300), expressions=np.zeros((len(motion), 100)), gender="neutral",
        mocap_frame_rate=motion.fps,
    )  # fmt: skip


def write_sound(path: Path, seconds: float, *, rate_hz: int = 48000, click_s: float | None = None) -> None:
    """A stereo wav of 32-bit floats: faint noise, and a click."""
    samples = 0.01 * np.random.default_rng(0).standard_normal((round(seconds * rate_hz), 2)).astype(np.float32)
    if click_s is not None:
        samples[round(click_s * rate_hz) : round((click_s + 0.002) * rate_hz)] = 0.8
    soundfile.write(path, samples, rate_hz, subtype="FLOAT")
