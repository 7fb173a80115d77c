"""SmartBody's gesture clips: `.skm` motions on `.sk` and `.bvh` skeletons, retargeted to ours.

A `.skm` joint's `Quat` is an axis times an angle in radians; its local rotation is the skeleton's `prerot` times that.
The bind pose (every `Quat` zero) stands with arms held out to the sides in all five skeletons, facing +Z, Y up.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath

import numpy as np

from ...body.kinematics import ground_translation
from ...body.motion import Motion
from ...body.rest import frame, shortest_arc, unit
from ...body.rotations import axis_angle_to_matrix, make_continuous, matrix_to_quaternion, quaternion_to_matrix, slerp
from ...body.skeleton import BODY_HANDS
from ...errors import DataError
from .smartbody_files import Joint, Phases, SkmMotion, parse_bvh, parse_sk, parse_skm, read_files

LICENCE = "LGPL-3.0-or-later"
ATTRIBUTION = f"Gesture clips: SmartBody, University of Southern California ({LICENCE})"

FPS = 30.0

EXCLUDED: dict[str, str] = {
    "ToWalk": "walks away",
    "Turn": "turns the whole body",
    "ToIdle": "changes from one stance to another",
    "ToLocIdle": "changes from one stance to another",
    "KickChair": "kicks a chair",
    "Guitar": "plays an air guitar",
    "ScrewYou": "an insult",
    "Stretch": "stretches, which nobody does while talking",
    "ThrowAway": "throws an object from a stance that no other clip has",
    "pointhere_intense": "bows down to point at the floor",
}
"""Part of a clip's name, and why such a clip does not belong in talking."""

_KINDS = {
    "Weight": "shift",
    "Scratch": "fidget",
    "Squeeze": "fidget",
    "Touch": "fidget",
    "Contemplate": "fidget",
    "Think": "fidget",
}
_HANDS = {"Lf": "left", "Rt": "right", "Bt": "both", "Both": "both"}


@dataclass(frozen=True)
class GestureClip:
    """One clip on BODY_HANDS at 30 fps, facing +Z in its first frame, feet where the rest pose has them.

    stance: how the performer stands in between ("Idle01"); clips of one performer and stance begin and end alike.
    hand: "left", "right", "both", or "" where the name does not say. kind: "beat", "negate", "idle", ...
    """

    performer: str
    name: str
    motion: Motion = field(repr=False)
    phases: Phases
    hand: str
    kind: str
    stance: str

    @property
    def id(self) -> str:
        """Unique among all clips; two performers share some names."""
        return f"{self.performer}/{self.name}"

    @property
    def gesture(self) -> str:
        """What is done, without who does it: "BeatMidBt01" of four performers, some of them from one recording."""
        return self.name.rpartition("@")[2].partition("_")[2] if "@" in self.name else self.name


def load_clips(archive: Path, excluded: Collection[str] = tuple(EXCLUDED)) -> list[GestureClip]:
    """Every clip that belongs in talking, sorted by id; or those whose names have no part in `excluded`.

    archive: `smartbody.tar.xz`, or the folder it unpacks to. Members are read in memory; nothing is written.
    """
    files = dict(read_files(Path(archive)))
    rigs = {}
    for path, text in files.items():
        if path.suffix in (".sk", ".bvh"):
            rigs[path.parts[0]] = (path.stem, _read_rig(path, text))
    clips = []
    for path, text in files.items():
        if path.suffix != ".skm" or any(part in path.stem for part in excluded):
            continue
        if path.parts[0] not in rigs:
            raise DataError(f"the clip {path} has no skeleton beside it", "get the archive again; it is incomplete")
        performer, rig = rigs[path.parts[0]]
        clips.append(_make_clip(performer, path.stem, rig, parse_skm(text, str(path))))
    if not clips:
        raise DataError(f"there are no gesture clips in {archive}", "give smartbody.tar.xz or the folder it unpacks to")
    return sorted(clips, key=lambda clip: clip.id)


def _read_rig(path: PurePosixPath, text: str) -> Rig:
    try:
        joints = parse_sk(text) if path.suffix == ".sk" else parse_bvh(text)
        return Rig(joints, SK_MAP if path.suffix == ".sk" else BVH_MAP)
    except (LookupError, ValueError, TypeError, np.linalg.LinAlgError):
        raise DataError(f"the skeleton {path} is damaged", "get the archive again") from None


def _sk_map() -> dict[str, str]:
    table = {
        "pelvis": "JtRoot", "spine1": "JtSpineA", "spine2": "JtSpineB", "spine3": "JtSpineC",
        "neck": "JtNeckB", "head": "JtSkullA",
    }  # fmt: skip
    for side, end in (("left", "Lf"), ("right", "Rt")):
        for ours, theirs in (
            ("hip", "Hip"), ("knee", "Knee"), ("ankle", "Ankle"), ("foot", "Ball"),
            ("collar", "Clavicle"), ("shoulder", "Shoulder"), ("elbow", "Elbow"), ("wrist", "Wrist"),
        ):  # fmt: skip
            table[f"{side}_{ours}"] = f"Jt{theirs}{end}"
        for ours, theirs in (
            ("index", "Index"), ("middle", "Middle"), ("pinky", "Little"), ("ring", "Ring"), ("thumb", "Thumb"),
        ):  # fmt: skip
            table |= {f"{side}_{ours}{k}": f"Jt{theirs}{'ABCD'[k - 1]}{end}" for k in (1, 2, 3, 4)}
    return table


def _bvh_map() -> dict[str, str]:
    table = {
        "pelvis": "Hips", "spine1": "Spine", "spine2": "Spine1", "spine3": "Spine3", "neck": "Neck", "head": "Head",
    }  # fmt: skip
    for side, start in (("left", "Left"), ("right", "Right")):
        for ours, theirs in (
            ("hip", "UpLeg"), ("knee", "Leg"), ("ankle", "Foot"), ("foot", "FootEnd"),
            ("collar", "Shoulder"), ("shoulder", "Arm"), ("elbow", "ForeArm"), ("wrist", "Hand"),
        ):  # fmt: skip
            table[f"{side}_{ours}"] = f"{start}{theirs}"
        for finger in ("Index", "Middle", "Pinky", "Ring", "Thumb"):
            table |= {f"{side}_{finger.lower()}{k}": f"{start}Hand{finger}{k}" for k in (1, 2, 3)}
            table[f"{side}_{finger.lower()}4"] = f"{start}Hand{finger}3End"
    return table


_SK_TWISTS = {"left_elbow": "JtForearmTwistALf", "right_elbow": "JtForearmTwistARt"}
"""Joints of ours that turn as another of theirs: half the forearm's twist goes to our elbow, the rest to the wrist."""

SK_MAP, BVH_MAP = _sk_map(), _bvh_map()
"""Our joint to theirs; `index4` and its like are fingertips, which only give the last bone its direction."""


class Rig:
    """A source skeleton and how its bind pose lies against our rest pose."""

    def __init__(self, joints: list[Joint], table: dict[str, str]) -> None:
        self.joints = joints
        names = [joint.name for joint in joints]
        missing = sorted(set(table.values()) - set(names))
        if missing:
            raise DataError(f"a skeleton lacks the joints {', '.join(missing[:4])}", "get the archive again")
        self.source = {ours: names.index(theirs) for ours, theirs in table.items()}
        turning = self.source | {ours: names.index(theirs) for ours, theirs in _SK_TWISTS.items() if theirs in names}
        self.turning = [turning[name] for name in BODY_HANDS.names]
        self.bind, self.positions = self.world({}, 1)
        self.align = self._alignment()

    def world(self, rotations: dict[str, np.ndarray], frames: int) -> tuple[np.ndarray, np.ndarray]:
        """World rotations (T, J, 3, 3) and positions (T, J, 3) for local axis-angles (T, 3) by joint name."""
        g = np.empty((frames, len(self.joints), 3, 3))
        p = np.empty((frames, len(self.joints), 3))
        for j, joint in enumerate(self.joints):
            local = joint.prerot
            if joint.name in rotations:
                local = local @ axis_angle_to_matrix(rotations[joint.name])
            if joint.parent < 0:
                g[:, j], p[:, j] = local, joint.offset
            else:
                g[:, j] = g[:, joint.parent] @ local
                p[:, j] = p[:, joint.parent] + g[:, joint.parent] @ joint.offset
        return g, p

    def _direction(self, a: str, b: str) -> np.ndarray:
        """Unit vector of the source's bind pose from our joint a to our joint b."""
        return unit(self.positions[0, self.source[b]] - self.positions[0, self.source[a]])

    def _alignment(self) -> dict[str, np.ndarray]:
        """For each of our joints the world rotation from our rest pose to the source's bind pose.

        The trunk, head, collars and feet of both stand alike, so they need none. A leg turns by the shortest arc. An
        upper arm and its elbow's hinge, a forearm and the palm, a hand and the palm are matched as frames: direction
        and twist. A finger turns by the shortest arc from where its hand's frame puts it.
        """
        align = {name: np.eye(3) for name in BODY_HANDS.names}
        for side, down in (("left", -1.0), ("right", 1.0)):
            hip, knee, ankle = (f"{side}_{n}" for n in ("hip", "knee", "ankle"))
            for a, b in ((hip, knee), (knee, ankle)):
                align[a] = shortest_arc(_rest_direction(a, b), self._direction(a, b))
            shoulder, elbow, wrist = (f"{side}_{n}" for n in ("shoulder", "elbow", "wrist"))
            index, middle, pinky = (f"{side}_{n}1" for n in ("index", "middle", "pinky"))
            # The .sk elbows bend about their own z; the .bvh one lies in our own T-pose and bends about our y.
            bind = self.bind[0, self.source[elbow]]
            hinge = bind[:, 2] if np.abs(bind - np.eye(3)).max() > 1e-6 else np.array([0.0, down, 0.0])
            upper = self._direction(shoulder, elbow), hinge
            align[shoulder] = frame(*upper) @ frame(_rest_direction(shoulder, elbow), np.array([0.0, down, 0.0])).T
            across = self._direction(pinky, index), _rest_direction(pinky, index)
            for a, b in ((elbow, wrist), (wrist, middle)):
                align[a] = frame(self._direction(a, b), across[0]) @ frame(_rest_direction(a, b), across[1]).T
            for finger in ("index", "middle", "pinky", "ring", "thumb"):
                joints = [f"{side}_{finger}{k}" for k in (1, 2, 3, 4)]
                for k, (a, b) in enumerate(pairwise(joints)):
                    rest = _rest_direction(*(joints[1:3] if k == 2 else (a, b)))
                    align[a] = shortest_arc(align[wrist] @ rest, self._direction(a, b)) @ align[wrist]
        return align

    def retarget(self, skm: SkmMotion) -> np.ndarray:
        """Local quaternions (T, 52, 4) of BODY_HANDS at the source's own frames, facing +Z in the first."""
        g, _ = self.world(skm.rotations, len(skm.times_s))
        align = np.stack([self.align[name] for name in BODY_HANDS.names])
        ours = g[:, self.turning] @ np.swapaxes(self.bind[0, self.turning], -1, -2) @ align
        for side in ("left", "right"):
            # A BVH foot ends in a mere site and a toe that hardly bends: the ball follows the ankle.
            if self.joints[self.source[f"{side}_foot"]].name not in skm.rotations:
                ours[:, BODY_HANDS.index(f"{side}_foot")] = ours[:, BODY_HANDS.index(f"{side}_ankle")]
        forward = ours[0, 0, :, 2]
        yaw = np.arctan2(forward[0], forward[2])
        ours = axis_angle_to_matrix(np.array([0.0, -yaw, 0.0])) @ ours
        parents = list(BODY_HANDS.parents[1:])
        local = np.concatenate([ours[:, :1], np.swapaxes(ours[:, parents], -1, -2) @ ours[:, 1:]], axis=1)
        return matrix_to_quaternion(local)


def _make_clip(performer: str, name: str, rig: Rig, skm: SkmMotion) -> GestureClip:
    times = skm.times_s - skm.times_s[0]
    frames = int(np.floor(times[-1] * FPS + 1e-3)) + 1
    quaternions = make_continuous(resample(rig.retarget(skm), times, np.arange(frames) / FPS)).astype(np.float32)
    motion = Motion(quaternions, ground_translation(quaternion_to_matrix(quaternions), BODY_HANDS), FPS, BODY_HANDS)
    stance, _, gesture = name.rpartition("@")[2].partition("_") if "@" in name else ("idle", "", name)
    hand = re.search(r"(Lf|Rt|Bt|Both)\d*$", gesture)
    return GestureClip(
        performer=performer,
        name=name,
        motion=motion,
        phases=skm.phases,
        hand=_HANDS[hand.group(1)] if hand else "",
        kind=kind_of(gesture),
        stance=stance,
    )


def kind_of(gesture: str) -> str:
    """The first word of `NegateLeftLowBt01` or `me_intense2`, in lower case; "idle" for a stance alone."""
    word = re.findall(r"^[A-Z]?[a-z]*", gesture)[0]
    return _KINDS.get(word, word.lower()) or "idle"


def resample(quaternions: np.ndarray, times_s: np.ndarray, at_s: np.ndarray) -> np.ndarray:
    """(T, J, 4) at times_s (T,) to (N, J, 4) at at_s (N,), by slerp between the neighbouring frames."""
    left = np.clip(np.searchsorted(times_s, at_s, side="right") - 1, 0, len(times_s) - 2)
    weight = np.clip((at_s - times_s[left]) / (times_s[left + 1] - times_s[left]), 0, 1)
    return slerp(quaternions[left], quaternions[left + 1], weight[:, None, None])


def _rest_direction(a: str, b: str) -> np.ndarray:
    """Unit vector of our rest pose from joint a to joint b: neighbours, or two fingers of one hand."""

    def below(name: str) -> np.ndarray:
        return np.array(BODY_HANDS.offsets[BODY_HANDS.index(name)])

    child, parent = BODY_HANDS.index(b), BODY_HANDS.index(a)
    return unit(below(b) if BODY_HANDS.parents[child] == parent else below(b) - below(a))
